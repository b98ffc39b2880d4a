#!/usr/bin/env bash
# Calibration: one file that is resumed after any end, the same posterior on any threads, draws of it, errors.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

cp "$root/scenarios/two-towns/scenario.yaml" towns.yaml
small=(towns.yaml --runs 20 --waves 1 --predicted 10 -q)

# All that a calibration keeps, but for when and by what it was made.
rows() { # FILE
    sqlite3 -batch "$1" "SELECT key, value FROM run ORDER BY key; SELECT * FROM factor;
        SELECT * FROM statistic; SELECT * FROM sample ORDER BY 1, 2; SELECT * FROM sample_draw ORDER BY 1, 2, 3;
        SELECT * FROM measured ORDER BY 1, 2, 3; SELECT * FROM posterior ORDER BY 1, 2" 2>&1
}

test_posterior() {
    steppe calibrate "${small[@]}" --threads 1 --out one.sqlite --posterior one.csv --json
    exits 0
    same "runs" "$(json '"\(.parameters_inferred) \(.training) \(.runs) \(.made)"')" '7 5 50 50'
    same "parameters" "$(json '.parameters | length')" 7
    same "held out" "$(json '[.observations[] | select(.role == "held out")] | length')" 1
    same "draws" "$(wc -l <one.csv)" 1003
    steppe calibrate "${small[@]}" --threads 3 --out three.sqlite --posterior three.csv
    exits 0
    same "threads" "$(rows three.sqlite)" "$(rows one.sqlite)"
    holds "the posterior is the same" cmp one.csv three.csv
    steppe calibrate "${small[@]}" --out one.sqlite --posterior again.csv --json
    same "nothing is run again" "$(json '"\(.runs) \(.made)"')" '50 0'
    holds "nor changes" cmp one.csv again.csv
    steppe calibrate "${small[@]}" --out one.sqlite --posterior again.csv --csv=waves
    matches '^wave,points,stopped' out
}

test_inferred() {
    steppe calibrate "${small[@]}" --parameters 'citizens.*' --out some.sqlite --posterior some.csv --json
    exits 0
    same "what is inferred" "$(json '[.parameters[].path] | join(" ")')" 'citizens.hardship_rate citizens.legitimacy'
    steppe calibrate "${small[@]}" --parameters 'citizen.*' --out none.sqlite
    exits 2
    says "no parameter group and no parameter with a range is called 'citizen.*'" err
}

test_draws() {
    steppe ensemble towns.yaml --sample posterior -n 2 -q
    exits 2
    says "posterior.csv: is not there: 'steppe calibrate towns.yaml' makes it" err
    cp one.csv posterior.csv
    run_short drawn towns.yaml --draw 2
    same "the draw's values" "$(sql "$result" "SELECT group_concat(value, ',') FROM setting ORDER BY setting")" \
        "$(sed -n 5p posterior.csv | sed 's/\(.*\)/\1/')"
    run_short moved towns.yaml --draw 2 --set citizens.legitimacy=0.84
    same "what is set stays" "$(sql "$result" "SELECT value FROM setting WHERE path = 'citizens.legitimacy'")" 0.84
    steppe ensemble towns.yaml --sample posterior -n 3 --out drawn.sqlite -q
    exits 0
    same "an ensemble's draws" "$(sql drawn.sqlite "SELECT value FROM draw WHERE replicate = 1 AND factor = 1")" \
        "$(sed -n 5p posterior.csv | cut -d, -f2)"
    steppe run towns.yaml --draw 1001
    exits 2
    says 'draw must be in [1, 1000]' err
    sed 's/able: 0.5/able: 0.51/' towns.yaml >other.yaml
    steppe run other.yaml --draw 1
    exits 2
    says 'posterior.csv: was calibrated for another version of other.yaml' err
    steppe run towns.yaml --draw 1 --posterior towns.yaml
    exits 2
    says 'towns.yaml:1: expected a posterior' err
    sed '5s/^[^,]*,/x,/' one.csv >posterior.csv
    steppe run towns.yaml --draw 1
    exits 2
    says "posterior.csv:5: column 1: expected a number, not 'x'" err
    sed '6s/,.*//' one.csv >posterior.csv
    steppe run towns.yaml --draw 1
    says 'posterior.csv:6: has 1 numbers, and there are 7 parameters' err
    sed '3s/citizens.legitimacy/citizens.able/' one.csv >posterior.csv
    steppe run towns.yaml --draw 1
    says 'posterior.csv:3: has no column for citizens.legitimacy' err
    rm posterior.csv
}

test_killed() { # HOW MANY TIMES
    local killed=0 ended=0 child
    rm -f killed.sqlite*
    while ((killed < $1 && ended < 20 * $1)); do
        "$STEPPE" calibrate "${small[@]}" --out killed.sqlite --posterior killed.csv >/dev/null 2>&1 &
        child=$!
        children=("$child")
        sleep "0.$(printf %03d $((RANDOM % 400)))"
        kill -9 "$child" 2>/dev/null
        wait "$child" 2>/dev/null
        if [ $? = 137 ]; then killed=$((killed + 1)); else ended=$((ended + 1)); fi
        children=()
        [ -s killed.sqlite ] || continue
        [ "$(sql killed.sqlite 'PRAGMA integrity_check')" = ok ] || problem "corrupt after kill $killed"
        [ "$(fact killed.sqlite status 2>/dev/null)" = complete ] || continue
        same "row for row, after kill $killed" "$(rows killed.sqlite)" "$(rows one.sqlite)"
        rm -f killed.sqlite* killed.csv
    done
    same "how often it was killed" "$killed" "$1"
    steppe calibrate "${small[@]}" --out killed.sqlite --posterior killed.csv
    exits 0
    same "row for row" "$(rows killed.sqlite)" "$(rows one.sqlite)"
    holds "the posterior, byte for byte" cmp killed.csv one.csv
}

test_another() {
    steppe calibrate "${small[@]}" --seed 2 --out one.sqlite --posterior x.csv
    exits 2
    says "one.sqlite: holds another calibration, with 'seed 1' in place of 'seed 2': choose another file" err
    sed 's/error: 0.2,/error: 0.25,/' towns.yaml >other.yaml
    steppe calibrate other.yaml --runs 20 --waves 1 --predicted 10 -q --out one.sqlite --posterior x.csv
    exits 2
    says "holds another calibration" err
    steppe ensemble towns.yaml -n 2 --out one.sqlite -q
    exits 2
    steppe calibrate "${small[@]}" --out drawn.sqlite --posterior x.csv
    exits 2
    says 'drawn.sqlite: is not the file of a calibration' err
    echo "not ours" >mine.csv
    steppe calibrate "${small[@]}" --out one.sqlite --posterior mine.csv
    exits 2
    same "a file of somebody else's" "$(cat mine.csv)" "not ours"
    steppe calibrate "$epstein" --out x.sqlite
    exits 2
    says "has nothing to calibrate to: the section 'observed' needs" err
    steppe calibrate "$root/scenarios/published/global-game.yaml" --out x.sqlite
    exits 2
    says 'has no street to be calibrated' err
}

test_synthetic() {
    steppe calibrate towns.yaml --runs 20 --waves 1 --synthetic 3 --out truths.sqlite -q --json
    exits 0
    same "ranks" "$(json '.ranks | length')" 10
    same "truths" "$(json '"\(.ranks[0].truths) \(.truths)"')" '3 3'
    cp truths.sqlite before.sqlite
    steppe calibrate towns.yaml --runs 20 --waves 1 --synthetic 3 --bank 40 --out banked.sqlite -q --json
    exits 0
    same "ranks with a bank" "$(json '.ranks | length')" 10
    steppe calibrate towns.yaml --runs 20 --waves 1 --synthetic 12 --bank 10 --out x.sqlite -q
    exits 2
    says 'a bank of 10 runs is too small for 12 truths' err
}

test_chains() {
    local chains=(towns.yaml --chains 10 -q) child
    steppe calibrate "${chains[@]}" --threads 1 --out chain.sqlite --posterior chain.csv --json
    exits 0
    same "draws" "$(wc -l <chain.csv)" 93
    same "runs" "$(json '.runs == 180 + 90 * (.levels | length)')" true
    same "the whole likelihood" "$(json '.levels[-1].power')" 1
    steppe calibrate "${chains[@]}" --out ended.sqlite --posterior ended.csv &
    child=$!
    children=("$child")
    sleep 0.5
    kill -9 "$child" 2>/dev/null
    wait "$child" 2>/dev/null
    children=()
    steppe calibrate "${chains[@]}" --threads 3 --out ended.sqlite --posterior ended.csv
    exits 0
    same "row for row, on other threads and after a kill" "$(rows ended.sqlite)" "$(rows chain.sqlite)"
    holds "the posterior, byte for byte" cmp ended.csv chain.csv
    steppe calibrate towns.yaml --chains 10 --runs 20 --synthetic 2 --out chained.sqlite -q --json
    exits 0
    same "ranks" "$(json '"\(.ranks | length) \(.truths)"')" '10 2'
    steppe calibrate towns.yaml --chains 10 --waves 2 --out x.sqlite
    exits 2
    says "a number of waves belongs to emulators: not with chains of runs" err
    steppe calibrate towns.yaml --chains 11 --out chain.sqlite --posterior x.csv
    exits 2
    says "with '10 chains of 9 moves from 90 runs of the prior' in place of '11 chains" err
    steppe calibrate towns.yaml --chains 9 --out x.sqlite
    exits 2
    says "--chains" err
}

plan 7
try "a posterior: the same on any threads, once" test_posterior
try "what is inferred is chosen by names" test_inferred
try "runs and ensembles of draws" test_draws
try "killed at any moment, it becomes the same" test_killed "$([ "${STEPPE_LONG:-}" ] && echo 100 || echo 8)"
try "another calibration's file, and what cannot be calibrated" test_another
try "synthetic truths" test_synthetic
try "chains of runs" test_chains
finish
