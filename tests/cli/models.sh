#!/usr/bin/env bash
# Models without a lattice by the same commands: run, check, describe and diff.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

published=$root/scenarios/published
uniform=$published/granovetter-1978-uniform.yaml
village=$published/siegel-2009-village.yaml
ktab=$published/ktab-three-positions.yaml

outcome() { # NAME : of the JSON object on standard output
    json ".outcomes[] | select(.name == \"$1\") | .value"
}

test_run() {
    steppe run "$uniform" --out run
    exits 0
    quiet_on err
    says 'Granovetter 1978: thresholds 0, 1, 2 ... 99' out
    says 'model threshold, seed 1' out
    matches '^acting +100  persons  persons who act in the end$' out
    matches '^rounds +100  rounds ' out
    says 'run/granovetter-1978-uniform-seed1.sqlite' out
    says 'A model, not a forecast' out
}

test_json() {
    steppe run "$ktab" --out run --json --seed 7
    exits 0
    quiet_on err
    same status "$(json .status)" complete
    same model "$(json .model)" ktab
    same seed "$(json .seed)" 7
    same "keys of an outcome" "$(json '.outcomes[0] | keys | join(" ")')" \
        'meaning name unit value'
    same winner "$(outcome winner)" 0
    same "winner by another resolution" "$(outcome winner.uniform)" 0.4
    same "probability of the centre" \
        "$(json '.outcomes[] | select(.name == "probability.incentive.centre") |
            .value * 10000 | round')" 4477
    holds "the results file" test -s "$(json .results)"
}

test_set() {
    steppe run "$uniform" --out run --json --set threshold.persons=40
    same acting "$(outcome acting)" 40
    steppe run "$published/granovetter-1978-changed.yaml" --out run --json
    same acting "$(outcome acting)" 1
    steppe run "$published/granovetter-1978-changed.yaml" --out run --json \
        --set threshold.values.2=1
    same acting "$(outcome acting)" 100
}

test_quiet() {
    steppe run "$uniform" --out quiet --quiet
    exits 0
    quiet_on out err
    same "files" "$(ls quiet)" granovetter-1978-uniform-seed1.sqlite
}

test_results() {
    steppe run "$uniform" --out results --quiet
    local file=results/granovetter-1978-uniform-seed1.sqlite
    same tables "$(sql "$file" "SELECT group_concat(name, ' ') FROM
        (SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name)")" \
        'outcomes parameter run series setting'
    same status "$(fact "$file" status)" complete
    same model "$(fact "$file" model)" threshold
    same outcome "$(sql "$file" "SELECT value FROM outcomes WHERE name = 'acting'")" 100.0
    same series "$(sql "$file" "SELECT count(*), max(value) FROM series")" '101|100.0'
    sql "$file" "SELECT value FROM run WHERE key = 'scenario'" >again.yaml
    steppe run again.yaml --out results --quiet
    exits 0
    steppe diff "$file" results/again-seed1.sqlite
    exits 0
}

test_check() {
    steppe check "$uniform"
    exits 0
    matches '; model threshold, digest [0-9a-f]{16}$' out
    sed 's/persons: 100/persons: 0/' "$uniform" >bad.yaml
    steppe check bad.yaml
    exits 2
    matches 'bad.yaml:[0-9]+:[0-9]+: persons must be in' err
    { cat "$uniform"; echo 'citizens: { vision: 3 }'; } >bad.yaml
    local command
    for command in check describe run; do
        steppe "$command" bad.yaml
        exits 2
        quiet_on out
        matches "bad.yaml:[0-9]+:1: 'citizens' does nothing under the model 'threshold'" err
    done
}

test_describe() {
    steppe describe "$ktab"
    exits 0
    matches '^actors.centre.weight +2 +assumption' out
    matches '^ktab.rule +proportional +fact +ktab-2015$' out
    grep -q 'lattice' "$work/out" && problem "it speaks of lattices"
    steppe describe --resolved "$ktab"
    says 'model: ktab' out
    grep -q 'citizens' "$work/out" && problem "it speaks of citizens"
}

test_diff() {
    steppe run "$village" --out diff --quiet
    steppe run "$village" --out diff --quiet
    steppe run "$village" --out diff --quiet --seed 2
    steppe diff diff/siegel-2009-village-seed1.sqlite diff/siegel-2009-village-seed1-2.sqlite
    exits 0
    same "what it says" "$(cat "$work/out")" 'same: all outcomes and all steps are the same'
    steppe diff diff/siegel-2009-village-seed1.sqlite diff/siegel-2009-village-seed2.sqlite
    exits 1
    says 'note: the seeds differ (1 and 2)' out
    matches '^first difference: share: 0\.[0-9]+ and 0\.[0-9]+$' out
    run_short diff "$two_towns" --steps 2 --quiet
    steppe diff diff/siegel-2009-village-seed1.sqlite "$result"
    exits 1
    says 'first difference: the models: network and street' out
}

test_misuse() {
    local option plain
    steppe run "$uniform" --out needless
    plain=$(grep '^acting' out)
    for option in --scale=2 --threads=1 --engine=fast --schedule=tiles --simd=plain \
        --steps=5; do
        steppe run "$uniform" --out needless "$option"
        exits 0
        same "the outcome with $option" "$(grep '^acting' out)" "$plain"
        says "${option%%=*} has no effect under the model 'threshold'" err
    done
    steppe run "$uniform" --out needless --threads 1 --steps 5 --threads 2
    same "notes" "$(grep -c '^steppe: note: ' err)" 2
    steppe run "$uniform" --out /dev/null/there
    exits 1
    says 'cannot be made' err
}

test_runs_away() {
    steppe run "$published/bonnasse-gahot-contagion.yaml" --set contagion.beta=1000 \
        --set contagion.substeps=1 --set 'time.step=500 h' --out away
    exits 2
    quiet_on out
    says 'raise contagion.substeps' err
    [ ! -e away ] || problem "it left something"
}

plan 10
try "a model is solved and shown" test_run
try "as JSON" test_json
try "values can be set" test_set
try "quietly" test_quiet
try "the results file has outcomes and series, and reads back" test_results
try "check accepts good files and refuses bad ones" test_check
try "describe speaks of what the model has" test_describe
try "diff says whether and where two differ" test_diff
try "options of streets are refused" test_misuse
try "a contagion too fast for its steps is an error" test_runs_away
finish
