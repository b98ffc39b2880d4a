#!/usr/bin/env bash
# Ensembles: seeds and ranges, one file that is resumed after any end, failures, errors.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

cat >town.yaml <<'END'
steppe: 1
title: A town
time: { steps: 30 }
citizens: { legitimacy: { value: 0.8, range: [0.7, 0.9], kind: assumption },
  hardship_low: { value: 0, range: [0, 0.6], kind: assumption },
  hardship_high: { value: 1, range: [0.4, 1], kind: claim } }
districts: [{ id: town, name: Town, width: 20, height: 20 }]
END

# All rows of a file but those that say when or by what it was made.
rows() { # FILE
    sqlite3 -batch "$1" "SELECT key, value FROM run ORDER BY key; SELECT * FROM factor;
        SELECT * FROM replicate ORDER BY replicate; SELECT * FROM draw ORDER BY 1, 2;
        SELECT * FROM outcome ORDER BY 1, 2; SELECT * FROM day ORDER BY 1, 2;
        SELECT * FROM region; SELECT * FROM unrest ORDER BY 1, 2, 3" 2>&1
}

test_seeds() {
    steppe ensemble town.yaml -n 10 --seed 5 --out seeds.sqlite
    exits 0
    says '10 replicates from seed 5; 0 existed, 10 made' out
    same "seeds" "$(sql seeds.sqlite 'SELECT min(seed), max(seed) FROM replicate')" '10|9'
    run_short one town.yaml --seed 7
    same "a replicate is that run" "$(json .digest)" \
        "$(sql seeds.sqlite "SELECT digest FROM replicate WHERE seed = '7'")"
    same "its outcome" "$(json '.totals.citizen_hours | floor')" "$(sql seeds.sqlite "SELECT
        CAST(value AS INTEGER) FROM outcome JOIN replicate USING (replicate)
        WHERE seed = '7' AND name = 'citizen-hours'")"
    steppe ensemble town.yaml -n 10 --seed 5 --threads 1 --out again.sqlite -q
    same "threads" "$(rows again.sqlite)" "$(rows seeds.sqlite)"
    steppe diff again.sqlite seeds.sqlite
    exits 0
    says 'all replicates are the same' out
    steppe ensemble town.yaml -n 3 --seed 6 --out other.sqlite -q
    steppe diff other.sqlite seeds.sqlite
    exits 1
    says 'first difference: replicate 0: done' out
}

# One population in all runs, also of a file that is resumed.
test_population() {
    steppe ensemble town.yaml -n 4 --seed 5 --out each.sqlite
    says 'population: drawn anew with each run, from its seed' out
    same "fact" "$(fact each.sqlite population_seed)" ''
    steppe ensemble town.yaml -n 4 --seed 5 --population-seed 3 --out people.sqlite
    exits 0
    says 'population: the same in all runs, drawn from the seed 3' out
    same "fact" "$(fact people.sqlite population_seed)" 3
    run_short one town.yaml --seed 7 --population-seed 3
    same "a replicate is that run" "$(json .digest)" \
        "$(sql people.sqlite "SELECT digest FROM replicate WHERE seed = '7'")"
    steppe ensemble town.yaml -n 6 --seed 5 --population-seed 3 --out people.sqlite --json
    exits 0
    same "it is resumed" "$(json '"\(.existing_replicates) \(.made) \(.population_seed)"')" '4 2 3'
    refuses 'its population is held fixed, drawn from the seed 3, not from the seed 4; choose another file, or give the same --population-seed' \
        town.yaml -n 6 --seed 5 --population-seed 4 --out people.sqlite
    refuses 'its population is held fixed, drawn from the seed 3, not drawn anew with each run' \
        town.yaml -n 6 --seed 5 --out people.sqlite
    refuses 'its population is drawn anew with each run, not held fixed, drawn from the seed 3' \
        town.yaml -n 4 --seed 5 --population-seed 3 --out each.sqlite
    refuses "has no street whose population a seed draws" \
        "$root/scenarios/published/siegel-2009-small-world.yaml" -n 2 --population-seed 3 --out net0.sqlite
    steppe report people.sqlite --out people.html
    exits 0
    grep -q 'All have the same population, drawn from the seed 3\.' people.html ||
        problem "the report does not say that the population is held"
    grep -q -e 'steppe ensemble again.yaml -n 6 --seed 5 --population-seed 3 --scale' people.html ||
        problem "the report does not give the seed of the population"
    steppe report "$result" --out one.html
    grep -q -e 'steppe run again.yaml --seed 7 --population-seed 3 --scale' one.html ||
        problem "nor does that of a run"
    grep -q 'seed 7, population seed 3\.' one.html || problem "nor do its figures"
}

# Each range is drawn from evenly; draws that do not fit together fail alone, with the reason.
test_ranges() {
    local how
    for how in latin sobol; do
        steppe ensemble town.yaml -n 16 --sample "$how" --out "$how.sqlite" --json --keep-going
        exits 0
        same "ranges" "$(json .ranges)" 3
        same "status" "$(sql "$how.sqlite" "SELECT value FROM run WHERE key = 'status'")" complete
        same "a point in each slice" "$(sql "$how.sqlite" "SELECT count(DISTINCT
            CAST((value - low) / (high - low) * 16 AS INTEGER)) FROM draw JOIN factor USING (factor)
            GROUP BY factor ORDER BY factor" | tr '\n' ' ')" '16 16 16 '
        same "who failed" "$(sql "$how.sqlite" "SELECT count(*) FROM replicate WHERE status = 'failed'")" \
            "$(sql "$how.sqlite" "SELECT count(*) FROM draw a JOIN draw b USING (replicate)
               WHERE a.factor = 0 AND b.factor = 1 AND a.value > b.value")"
        same "why" "$(sql "$how.sqlite" "SELECT count(*) FROM replicate WHERE status = 'failed' AND
            message LIKE '%hardship_low is above hardship_high%'")" "$(json .failed)"
    done
    steppe ensemble town.yaml -n 24 --sample sobol --out sobol.sqlite --json
    same "it grew" "$(json .made)" 8
    steppe ensemble town.yaml -n 24 --sample sobol --out whole.sqlite -q
    exits 1
    same "as if at once" "$(rows sobol.sqlite)" "$(rows whole.sqlite)"
}

# Ended at any moment, the same command makes exactly what is missing. One that is done begins again.
test_killed() { # HOW MANY TIMES
    local killed=0 ended=0 child
    steppe ensemble town.yaml -n 60 --sample latin --out undisturbed.sqlite -q
    rm -f killed.sqlite*
    while ((killed < $1 && ended < 20 * $1)); do
        "$STEPPE" ensemble town.yaml -n 60 --sample latin --out killed.sqlite -q >/dev/null 2>&1 &
        child=$!
        children=("$child")
        sleep "0.$(printf %03d $((RANDOM % 60)))"
        kill -9 "$child" 2>/dev/null
        wait "$child" 2>/dev/null
        if [ $? = 137 ]; then killed=$((killed + 1)); else ended=$((ended + 1)); fi
        children=()
        [ -s killed.sqlite ] || continue
        [ "$(sql killed.sqlite 'PRAGMA integrity_check')" = ok ] || problem "corrupt after kill $killed"
        [ "$(sql killed.sqlite "SELECT value FROM run WHERE key = 'status'" 2>/dev/null)" = complete ] || continue
        same "row for row, after kill $killed" "$(rows killed.sqlite)" "$(rows undisturbed.sqlite)"
        rm -f killed.sqlite*
    done
    same "how often it was killed" "$killed" "$1"
    steppe ensemble town.yaml -n 60 --sample latin --out killed.sqlite -q --keep-going
    exits 0
    same "all are there" "$(sql killed.sqlite 'SELECT count(*) FROM replicate')" 60
    same "row for row" "$(rows killed.sqlite)" "$(rows undisturbed.sqlite)"
}

test_two_at_once() {
    "$STEPPE" ensemble town.yaml -n 30 --out both.sqlite -q >/dev/null 2>&1 &
    local child=$!
    children=("$child")
    steppe ensemble town.yaml -n 30 --out both.sqlite -q
    exits 0
    wait "$child" || problem "the other failed"
    children=()
    steppe ensemble town.yaml -n 30 --out alone.sqlite -q
    same "the same file" "$(rows both.sqlite)" "$(rows alone.sqlite)"
}

refuses() { # MESSAGE ARGUMENT ...
    local message=$1
    shift
    steppe ensemble "$@"
    exits 2
    says "$message" err
}

test_refused() {
    refuses 'missing argument SCENARIO'
    refuses "sampling must be none, latin, sobol or posterior, not 'dice'" town.yaml --sample dice
    refuses 'no value has a range' "$epstein" --sample latin --out x.sqlite
    refuses 'a Latin hypercube of 16 replicates cannot be extended to 17' town.yaml -n 17 --sample latin --out latin.sqlite
    refuses 'its seed is 5, not 6' town.yaml -n 10 --seed 6 --out seeds.sqlite
    refuses 'its scenario (or its settings) is' town.yaml -n 10 --seed 5 --out seeds.sqlite --set time.steps=31
    run_short one town.yaml
    refuses 'holds a run, not an ensemble' town.yaml --out "$result"
    echo 'this is no database, and it is longer than its header would be' >text.sqlite
    steppe ensemble town.yaml --out text.sqlite
    [ "$status" != 0 ] || problem "took a text for results"
    refuses "has one solution, whatever the seed" "$root/scenarios/published/ktab-three-positions.yaml" --out y.sqlite
    steppe ensemble town.yaml -n 2 --out nowhere/x.sqlite
    exits 1
    says 'nowhere/x.sqlite: cannot be created' err
}

# Whatever draws by its seed can be an ensemble, and what has ranges can be drawn.
test_models() {
    local network=$root/scenarios/published/siegel-2009-small-world.yaml seed
    steppe ensemble "$network" -n 4 --out net.sqlite -q
    exits 0
    steppe ensemble "$network" -n 6 --out net.sqlite --json
    exits 0
    same "made" "$(json '"\(.existing_replicates) \(.made) \(.failed)"')" "4 2 0"
    same "unit" "$(json '.outcomes[0] | "\(.name) \(.unit) \(.replicates)"')" "share share 6"
    for seed in 1 6; do
        steppe run "$network" --seed $seed --out alone --json
        same "share of seed $seed" "$(sql net.sqlite "SELECT value = $(json '.outcomes[0].value') FROM outcome
            WHERE name = 'share' AND replicate = $((seed - 1))")" 1
    done
    sed '/^  threshold.persons/d; s/persons: 100/persons: { value: 100, range: [50, 200], kind: assumption }/' \
        "$root/scenarios/published/granovetter-1978-uniform.yaml" >drawn.yaml
    steppe ensemble drawn.yaml -n 4 --out drawn.sqlite -q
    exits 2
    steppe ensemble drawn.yaml -n 4 --sample latin --out drawn.sqlite --json
    exits 0
    same "drawn" "$(json '"\(.ranges) \(.made) \(.failed)"')" "1 4 0"
}

plan 7
try "replicates are runs of their seeds, on any number of threads" test_seeds
try "a population may be the same in all runs" test_population
try "ranges are drawn from evenly, and failures are noted" test_ranges
kills=20
[ "${STEPPE_LONG:-}" != 1 ] || kills=200
try "killed again and again, nothing is lost or doubled" test_killed "${KILLS:-$kills}"
try "two at the same ensemble end with the same file" test_two_at_once
try "other files and misuse are refused" test_refused
try "an ensemble of a model without a street" test_models
finish
