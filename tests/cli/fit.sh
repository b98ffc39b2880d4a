#!/usr/bin/env bash
# Results compared with what was observed: table, JSON, page, ensembles, and what goes wrong.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

{
    cat "$two_towns"
    cat <<'END'
observed:
  - { id: crowd, title: The crowd of the first day, pattern: P1 it grows, measure: turnout,
      at: 2022-03-01, value: { range: [1, 100000], kind: assumption }, confidence: low }
  - { id: units, title: Units with unrest, pattern: P1 it grows, measure: units-with-unrest,
      value: 2, confidence: high }
  - { id: dead, title: Deaths, pattern: P2 it is bloody, measure: deaths, value: 7,
      confidence: medium }
END
} >observed.yaml
for seed in 1 2 3; do
    "$STEPPE" run "$two_towns" --threads 1 --quiet --seed $seed --out runs >/dev/null
done
one=runs/two-towns-seed1.sqlite

test_table() {
    steppe fit observed.yaml $one
    exits 0
    quiet_on err # the scenarios differ in nothing but what was observed
    matches '^P1 it grows .* matched$' out
    matches '^The crowd of .* +5\.?[0-9,e+]+ \(1 to 100,000\) +[0-9,]+ +matched$' out
    matches ' 2  +2 +matched$' out
    matches ' 7  +not in the run: .* +not in the file$' out
    says '2 patterns: 1 matched, 0 near, 0 not matched, 1 not in the file' out
    steppe fit observed.yaml $one --quiet
    quiet_on out err
}

# The numbers are those of the file.
test_json() {
    steppe fit observed.yaml $one --json
    exits 0
    same "turnout" "$(json '.observed[0].simulated')" "$(sql $one "SELECT
        max(active) * (SELECT value FROM run WHERE key = 'scale') FROM step
        WHERE step <= 24")"
    same "match" "$(json '.observed[0].match')" matched
    same "without a value" "$(json '.observed[2].simulated')" null
    same "patterns" "$(json '.patterns | map(.match) | join(",")')" 'matched,not in the file'
    same "files" "$(json '.files')" 1
}

test_ensemble() {
    steppe fit observed.yaml runs/two-towns-seed?.sqlite --json
    exits 0
    same "files" "$(json '.files')" 3
    same "values" "$(json '.observed[0].values | length')" 3
    same "the median" "$(json '.observed[0] | .simulated == (.values | sort | .[1])')" true
    same "the ends" "$(json '.observed[0] |
        .simulated_low <= .simulated and .simulated <= .simulated_high')" true
}

test_page() {
    steppe fit observed.yaml runs/two-towns-seed?.sqlite --page page.md
    exits 0
    matches '^page +page.md$' out
    holds "the page has its head" grep -q '^# Two towns that hear of each other: ' page.md
    holds "the page shows the picture" grep -qF '](page-1.svg)' page.md
    holds "the picture is there" grep -q '^<svg' page-1.svg
    holds "its rules" grep -qF 'within a factor 1.25' page.md
    same "files" "$(echo page*)" "page-1.svg page-2.svg page.md"
    cp page.md before
    steppe fit observed.yaml runs/two-towns-seed?.sqlite --page page.md
    holds "the same page again" cmp page.md before
}

# What was observed changes nothing in a run.
test_no_cause() {
    run_short with observed.yaml
    local with=$result
    steppe diff $one "$with"
    exits 0
    steppe fit observed.yaml "$with"
    quiet_on err
    same "in the file" "$(sql "$with" "SELECT value FROM parameter
        WHERE path = 'observed.units.value'")" 2
}

test_other_scenario() {
    run_short other "$two_towns" --set citizens.legitimacy=0.9
    steppe fit observed.yaml "$result"
    exits 0
    says "note: $result is of another scenario than observed.yaml" err
    says "'legitimacy: {value: 0.9, kind: assumption, set: true}' and here 'legitimacy: 0.85'" err
    steppe fit observed.yaml "$result" --set citizens.legitimacy=0.9
    exits 0
    quiet_on err
}

test_incomplete() {
    run_short short "$two_towns" --steps 30
    steppe fit observed.yaml "$result"
    exits 0
    matches 'the file ends with .* +not in the file$' out
    run_short short "$two_towns" --steps 30
    sql "$result" "UPDATE run SET value = 'incomplete' WHERE key = 'status'"
    steppe fit observed.yaml "$result"
    exits 0
    says "$result is incomplete: 30 of 40 steps" err
}

refuses() { # MESSAGE ARGUMENT ...
    local message=$1
    shift
    steppe fit "$@"
    exits 2
    quiet_on out
    says "$message" err
}

test_refused() {
    echo 'steppe: 1' >text
    refuses 'nowhere: cannot be opened' observed.yaml nowhere
    refuses 'text: not a Steppe results file' observed.yaml text
    refuses 'not a Steppe results file' observed.yaml $one text
    refuses 'nowhere.yaml: cannot be opened' nowhere.yaml $one
    refuses "the section 'observed' is missing" "$two_towns" $one
    run_short foreign "$epstein" --steps 2
    refuses "has no district 'harbour': results of another scenario" observed.yaml "$result"
    steppe run "$root/scenarios/published/ktab-three-positions.yaml" --out model --json
    result=$(json .results)
    refuses "holds the model 'ktab'" observed.yaml "$result"
    refuses "the model 'ktab' has no street" \
        "$root/scenarios/published/ktab-three-positions.yaml" "$result"
    refuses 'missing argument SCENARIO'
    refuses 'missing argument RESULTS' observed.yaml
    steppe fit observed.yaml $one --page nowhere/page.md
    exits 1
    says 'nowhere/page' err
    says 'cannot be written' err
}

# The same run counts once, whatever its file is called; only like is compared with like.
test_alike() {
    local first
    run_short alike "$two_towns" --steps 40
    first=$result
    cp "$first" alike/copy.sqlite
    run_short alike "$two_towns" --steps 40 --threads 2 # another file of it
    steppe fit observed.yaml "$first" alike/copy.sqlite "$result" --json
    exits 0
    same "files" "$(json .files)" 1
    says "alike/copy.sqlite is the same run as $first: it counts once" err
    says "$result is the same run as $first: it counts once" err
    run_short alike "$two_towns" --steps 40 --seed 2
    steppe fit observed.yaml "$result" "$first" "$result" --json
    exits 0
    same "files of two seeds" "$(json .files)" 2
    run_short alike "$two_towns" --steps 30 --seed 3
    steppe fit observed.yaml "$first" "$result" --json
    exits 0
    says "$result has 30 steps, and $first has 40" err
    run_short alike "$two_towns" --steps 40 --scale 2
    refuses "its scale is 2, and that of $first is 1" observed.yaml "$first" "$result"
    cp "$first" alike/older.sqlite
    sql alike/older.sqlite "UPDATE run SET value = '1' WHERE key = 'results_version'"
    refuses "alike/older.sqlite: its results version is 1" observed.yaml "$first" alike/older.sqlite
    steppe ensemble "$two_towns" -n 2 --steps 24 --out alike/many.sqlite -q
    refuses "holds an ensemble, without the steps that a fit measures: run the scenario" \
        observed.yaml alike/many.sqlite
    refuses "holds an ensemble" observed.yaml "$first" alike/many.sqlite
}

# The record of the country is complete, whatever the run shows of it.
test_country() {
    run_short country "$root/scenarios/kazakhstan-2022/scenario.yaml" --scale 500
    steppe fit "$root/scenarios/kazakhstan-2022/scenario.yaml" "$result" --json
    exits 0
    quiet_on err
    same "patterns" "$(json '[.patterns[].pattern | split(" ")[0]] | join(" ")')" \
        'P1 P2 P3 P4 P5 P6 P7 P8 P9 P10'
    same "without a source" "$(json '[.observed[] | select(.source_id == "")] | length')" 0
    same "kinds" "$(json '[.observed[].kind] | unique | join(",")')" assumption,claim,fact
}

plan 10
try "a table says observed, simulated and whether they match" test_table
try "JSON has the numbers of the file" test_json
try "several files have a median and a spread" test_ensemble
try "a page is written with a picture per pattern" test_page
try "what was observed changes no run" test_no_cause
try "another scenario is noted" test_other_scenario
try "what a file lacks is named" test_incomplete
try "wrong files and misuse are refused" test_refused
try "the same run counts once, and only like is compared with like" test_alike
try "the record of January 2022 has its ten patterns" test_country
finish
