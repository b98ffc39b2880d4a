#!/usr/bin/env bash
# Risk by region and week: shares of runs, trials of forecasts, the record, pages, what goes wrong.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

# Two towns far apart and small enough to break out by chance; weeks of 42 steps.
cat >towns.yaml <<'END2'
steppe: 1
title: Towns
time: { start: 2022-01-01, steps: 210, step: 4 h }
citizens: { legitimacy: { value: 0.82, range: [0.75, 0.9], kind: assumption } }
units: [{ id: west, name: West }, { id: east, name: East }, { id: south, name: South }]
districts:
  - { id: harbour, name: Harbour, unit: west, width: 20, height: 20, lat: 44, lon: 51 }
  - { id: market, name: Market, unit: east, width: 20, height: 20, lat: 44, lon: 60 }
  - { id: mine, name: Mine, unit: east, width: 16, height: 16, lat: 45, lon: 61 }
  - { id: farm, name: Farm, unit: south, width: 16, height: 16, lat: 40, lon: 60, hardship_high: 0.2 }
outcome: { unrest_share: 0.2 }
observed:
  - { id: all, title: Everywhere, pattern: P, measure: units-with-unrest, at: 2022-01-03,
      units: [west, east], value: { value: 2, range: [1, 2], kind: claim }, confidence: medium }
  - { id: crowd, title: A crowd, pattern: P, measure: turnout, at: 2022-01-10, units: [west],
      value: { value: 200, range: [100, 300], kind: claim }, confidence: high }
  - { id: dead, title: Deaths, pattern: P, measure: deaths, units: [west], value: 7, confidence: medium }
END2

test_shares() {
    steppe risk towns.yaml -n 12 --seed 5 --threads 1 --out towns.sqlite --json
    exits 0
    cp out first
    same "regions" "$(json '.region_count, .week_count' | tr '\n' ' ')" '3 5 '
    same "risk of a region" "$(json '[.regions[] | {(.id): .risk}] | add | .west * 12 | round')" \
        "$(sql towns.sqlite "SELECT count(DISTINCT replicate) FROM unrest JOIN region USING (region)
            WHERE id = 'west' AND unrest")"
    same "risk of a week" "$(json '.weeks[1].risk * 12 | round')" \
        "$(sql towns.sqlite "SELECT count(DISTINCT replicate) FROM unrest WHERE week = 1 AND unrest")"
    same "rows are region-weeks" "$(json '.region_weeks | length')" 15
    same "rows of a run" "$(sql towns.sqlite 'SELECT count(*) FROM unrest')" 180
    same "by falling risk" "$(json '[.region_weeks[].risk] | . == (sort | reverse)')" true
    same "unrest is the share that the scenario says" "$(sql towns.sqlite "SELECT count(*) FROM unrest
        WHERE unrest <> (share >= 0.2)")" 0
    same "the quiet end" "$(json '.regions[-1] | .id, .risk' | tr '\n' ' ')" 'south 0 '
    holds "something happened, and not always" test "$(json '.mean > 0 and .mean < 0.6')" = true
    steppe risk towns.yaml -n 12 --seed 5 --threads 2 --out other.sqlite --json
    same "threads" "$(sed 's/other.sqlite/towns.sqlite/' out)" "$(cat first)"
    steppe risk towns.yaml --results towns.sqlite --json
    same "the same without a run" "$(cat out)" "$(cat first)"
}

# The unrest of a week is that of the results file of the same run.
test_same_as_runs() {
    run_short one towns.yaml --seed 7
    same "districts' shares" "$(sql "$result" "SELECT (s.step - 1) / 42, d.unit,
            printf('%.9f', max(1.0 * s.active / d.citizens)) FROM series s JOIN district d USING (district)
            GROUP BY 1, 2 ORDER BY 1, 2")" \
        "$(sql towns.sqlite "SELECT week, name, printf('%.9f', share) FROM unrest JOIN region USING (region)
            JOIN replicate USING (replicate) WHERE seed = '7' ORDER BY 1, 2")"
}

test_population() {
    steppe risk towns.yaml -n 4 --seed 5 --population-seed 3 --out people.sqlite
    exits 0
    says 'population: the same in all runs, drawn from the seed 3' out
    steppe risk towns.yaml --results people.sqlite --json
    same "its seed" "$(json .population_seed)" 3
    run_short person towns.yaml --seed 7 --population-seed 3
    same "a run of it" "$(json .digest)" "$(sql people.sqlite "SELECT digest FROM replicate WHERE seed = '7'")"
    steppe risk towns.yaml -n 4 --seed 5 --population-seed 4 --out people.sqlite
    exits 2
    says 'its population is held fixed, drawn from the seed 3' err
    steppe risk towns.yaml --results people.sqlite --population-seed 3
    exits 2
    says '--results and --population-seed exclude each other' err
    steppe risk towns.yaml --results towns.sqlite
    says 'population: drawn anew with each run, from its seed' out
    steppe risk towns.yaml --results people.sqlite --page people.md -q
    grep -q '^All runs have the same population, drawn from the seed 3: ' people.md || problem "the page does not say so"
}

test_forecasts() {
    steppe risk towns.yaml --results towns.sqlite --json
    same "halves" "$(json '.trained, .evaluated' | tr '\n' ' ')" '6 6 '
    same "six ways" "$(json '.forecasts | length')" 6
    same "cases" "$(json '[.forecasts[].cases] | unique | .[]')" 72
    same "parts add up" "$(json '[.forecasts[] |
        (.brier - .reliability + .resolution - .uncertainty | fabs < 1e-9)] | all')" true
    same "bins hold all cases" "$(json '.reliability | group_by(.name) | map(map(.cases) | add) | unique | .[]')" 72
    same "hits" "$(json '[.forecasts[] | .hits + .misses + .false_alarms + .quiet] | unique | .[]')" 72
    steppe risk towns.yaml --results towns.sqlite --weeks 2-2 --json
    same "one week has no week before" "$(json '.forecasts | length')" 0
    same "the window" "$(json '.weeks | length')" 1
    steppe ensemble towns.yaml -n 8 --seed 100 --sample latin --out ranges.sqlite -q
    steppe risk towns.yaml --results towns.sqlite --against ranges.sqlite --json
    exits 0
    same "all learn, all try" "$(json '.trained, .evaluated' | tr '\n' ' ')" '12 8 '
}

test_record() {
    steppe risk towns.yaml --results towns.sqlite --json
    same "named" "$(json '[.record[] | "\(.region) \(.week) \(.sure)"] | sort | join(", ")')" \
        'east 1 false, west 1 false, west 2 true'
    same "left out" "$(json .record_summary.left_out)" 1
    same "score" "$(json '([.record[] | (1 - .risk) * (1 - .risk)] | add / length) - .record_summary.brier |
        fabs < 1e-9')" true
}

test_page() {
    steppe risk towns.yaml --results towns.sqlite --page page.md
    exits 0
    says 'A model, not a forecast' out
    holds "the page says what it is" grep -qF '**A model, not a forecast of real events.**' page.md
    holds "it shows the map" grep -qF '](page-map.svg)' page.md
    holds "a cell for each region-week" test "$(grep -c '<rect.*<title>' page-map.svg)" = 15
    same "files" "$(echo page*)" "page-map.svg page-reliability.svg page.md"
    cp page.md before
    steppe risk towns.yaml --results towns.sqlite --page page.md -q
    quiet_on out err
    holds "the same page again" cmp page.md before
}

# Ended while it runs, the same command goes on.
test_interrupted() {
    local child
    "$STEPPE" risk towns.yaml -n 40 --seed 5 --threads 1 --out killed.sqlite -q >/dev/null 2>&1 &
    child=$!
    children=("$child")
    for _ in {1..200}; do
        [ "$(sqlite3 killed.sqlite 'SELECT count(*) > 2 FROM replicate' 2>/dev/null)" = 1 ] && break
        sleep 0.05
    done
    kill -9 "$child"
    wait "$child" 2>/dev/null
    children=()
    steppe risk towns.yaml -n 40 --seed 5 --threads 1 --out killed.sqlite --json
    exits 0
    same "all are there" "$(json .replicates)" 40
    steppe risk towns.yaml -n 40 --seed 5 --out whole.sqlite --json
    cp out whole
    steppe risk towns.yaml --results killed.sqlite --json
    same "as if at once" "$(sed 's/killed.sqlite/whole.sqlite/' out)" "$(cat whole)"
}

refuses() { # MESSAGE ARGUMENT ...
    local message=$1
    shift
    steppe risk "$@"
    exits 2
    says "$message" err
}

test_refused() {
    refuses 'missing argument SCENARIO'
    refuses "--weeks: expected two weeks such as 4-26, or one, not '5-2'" towns.yaml --weeks 5-2
    refuses "--weeks: expected" towns.yaml --weeks soon
    refuses 'the run has weeks 1 to 5' towns.yaml --weeks 4-9 --out none.sqlite
    holds "before anything is run" test ! -e none.sqlite
    refuses 'the run has weeks 1 to 5' towns.yaml --weeks 4-9 --results towns.sqlite
    refuses '--results and --scale exclude each other' towns.yaml --results towns.sqlite --scale 2
    refuses 'expected a whole number from 4' towns.yaml -n 3
    refuses 'nowhere.sqlite: cannot be opened' towns.yaml --results nowhere.sqlite
    refuses 'is of another scenario' towns.yaml --results towns.sqlite --set citizens.legitimacy=0.5
    refuses 'has seeds that' towns.yaml --results towns.sqlite --against towns.sqlite
    refuses 'has no street' "$root/scenarios/published/ktab-three-positions.yaml" --out y.sqlite
    refuses 'has no street' "$root/scenarios/published/siegel-2009-small-world.yaml" --out y.sqlite
    run_short one towns.yaml
    refuses 'holds no ensemble' towns.yaml --results "$result"
    cp towns.sqlite old.sqlite
    sqlite3 old.sqlite 'DROP TABLE unrest; DROP TABLE region'
    refuses "there is no table 'unrest'" towns.yaml --results old.sqlite
    cp towns.sqlite odd.sqlite
    sqlite3 odd.sqlite 'UPDATE unrest SET week = 77 WHERE replicate = 3 AND week = 4'
    refuses "a week or region that the run does not have" towns.yaml --results odd.sqlite
    cp towns.sqlite few.sqlite
    sqlite3 few.sqlite 'DELETE FROM unrest WHERE replicate = 3 AND week = 4'
    refuses 'replicate 3: has fewer weeks than others' towns.yaml --results few.sqlite
    cp towns.sqlite few.sqlite
    sqlite3 few.sqlite "UPDATE replicate SET status = 'failed' WHERE replicate = 3;
        DELETE FROM unrest WHERE replicate = 3; DELETE FROM outcome WHERE replicate = 3;
        DELETE FROM day WHERE replicate = 3"
    steppe risk towns.yaml --results few.sqlite --json --keep-going
    exits 0
    same "what failed is left out" "$(json '.replicates, .failed' | tr '\n' ' ')" '11 1 '
    steppe risk towns.yaml --results towns.sqlite --page nowhere/page.md
    exits 1
    says 'cannot be written' err
}

plan 8
try "risk is the share of runs, on any number of threads" test_shares
try "weeks are those of the results file of a run" test_same_as_runs
try "all runs may have the same population" test_population
try "forecasts are trained on some runs and evaluated on others" test_forecasts
try "the record names regions and weeks" test_record
try "a page with its pictures" test_page
try "killed, the same command goes on" test_interrupted
try "other files and misuse are refused" test_refused
finish
