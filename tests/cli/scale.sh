#!/usr/bin/env bash
# Scales: what depends on them and what does not, runs that are found again, and what is refused.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

# Without officers nobody has anything to fear: how many are active is a share of all, whatever the scale. With
# them, a few agents are a town of other distances.
cat >town.yaml <<'END'
steppe: 1
title: A town
time: { steps: 12 }
scale: 1
citizens: { legitimacy: 0.75 }
officers: { density: 0 }
districts:
  - { id: town, name: Town, population: 400000 }
END
sed 's/density: 0 }/density: 0.04 }/; s/0.75/0.8/' town.yaml >quiet.yaml

scale() { # ARGUMENT ... : as JSON
    steppe scale-check "$@" --json -q
    exits 0
    quiet_on err
}

test_schema() {
    scale town.yaml --seeds 30 --scales 200,1000,500
    same "scales" "$(json '.scales | map(floor) | tostring')" '[1000,500,200]'
    same "the reference" "$(json .reference)" 200
    same "facts" "$(json '[.seeds, .seed, .steps, .existing_replicates, .made] | tostring')" '[30,"1",12,0,90]'
    same "none failed" "$(json '.failed | tostring')" '[0,0,0]'
    same "a cell a scale" "$(json '.by_scale | group_by(.outcome) | map(length) | unique | tostring')" '[3]'
    same "the seat is not there" "$(json '.outcomes | map(select(.name == "fall")) | length')" 0
    same "keys" "$(json '.outcomes[0] | keys | tostring')" \
        '["agrees_from","margin","margin_absolute","margin_of","meaning","name","required_runs","slope","slope_high","slope_low","unit","verdict"]'
    same "the reference's cell" "$(json '.by_scale[2].verdict')" 'the reference'
    same "the interval of the ratio" "$(json '.by_scale[0] | .ratio_low < .ratio and .ratio < .ratio_high')" true
    same "quantiles" "$(json '.by_scale[0].quantiles | . == sort and length == 5')" true
    same "dead" "$(json '.outcomes[] | select(.name == "deaths") | .verdict')" 'the same at every scale'
}

# A mean is that of the runs by hand.
test_by_hand() {
    local sum=0 seed
    for seed in 1 2 3; do
        run_short hand town.yaml --seed "$seed" --scale 500
        sum=$(awk "BEGIN { printf \"%.17g\", $sum + $(json .totals.citizen_hours) }")
    done
    scale town.yaml --seeds 3 --scales 500,400 --outcome citizen-hours
    same "outcomes" "$(json '.outcomes | length')" 1
    same "the sum of the runs" "$(json '.by_scale[0].mean * 3 | round')" "$(printf %.0f "$sum")"
}

# Few agents have more noise, the peak of a town without officers is the same share of it, and one with officers
# and thirty agents is another town.
test_verdicts() {
    scale town.yaml --seeds 30 --scales 1000,100 --outcome peak
    same "the peak" "$(json '.outcomes[0].verdict')" equivalent
    same "it agrees from" "$(json '.outcomes[0].agrees_from')" 1000
    same "more noise" "$(json '.by_scale[0].spread | .[0] > 1.5 and .[1] < .[0] and .[0] < .[2]')" true
    scale quiet.yaml --seeds 30 --scales 13000,100 --outcome citizen-hours
    same "unrest" "$(json '.outcomes[0].verdict')" 'depends on it'
    same "from no scale on" "$(json '.outcomes[0].agrees_from')" null
    scale quiet.yaml --seeds 30 --scales 1000,500 --outcome arrests --margin 0.4
    same "at the margin" "$(json '.outcomes[0].verdict')" undecided
    same "what it takes" "$(json '.outcomes[0].required_runs | . == null or . > 30')" true
}

# No verdict rests on fewer than thirty runs, not even that all are the same.
test_few() {
    scale town.yaml --seeds 29 --scales 1000,500
    same "verdicts" "$(json '[.outcomes[].verdict] | unique | tostring')" '["undecided"]'
    same "the mean" "$(json '.by_scale[0].mean | type')" number
    steppe scale-check town.yaml --seeds 29 --scales 1000,500 --page few.md
    says 'a verdict takes 30 runs' out
    grep -q 'No verdict: that takes 30 runs' few.md || problem "the page does not say it"
}

# The margin of an outcome is its question's; of others it is that of the options.
test_margins() {
    cp town.yaml asked.yaml
    cat >>asked.yaml <<'END'
questions:
  - { id: peaks, text: Which?, change: ["citizens.legitimacy=0.8"], outcome: peak, smallest: 0.0001, draws: 0 }
  - { id: wide, text: Which?, change: ["citizens.legitimacy=0.8"], outcome: peak, smallest: 0.3, draws: 0 }
  - { id: hours, text: Which?, change: ["citizens.legitimacy=0.8"], outcome: citizen-hours, smallest_absolute: 1e9, draws: 0 }
END
    scale asked.yaml --seeds 30 --scales 1000,100
    same "the smallest of its questions" \
        "$(json '.outcomes[] | select(.name == "peak") | [.margin, .margin_absolute, .margin_of, .verdict] | tostring')" \
        '[0.0001,null,"peaks","undecided"]'
    same "in units of the outcome" \
        "$(json '.outcomes[] | select(.name == "citizen-hours") | [.margin, .margin_of, .verdict] | tostring')" \
        '[null,"hours","equivalent"]'
    same "without a question" "$(json '.outcomes[] | select(.name == "legitimacy") | [.margin, .margin_of] | tostring')" '[0.1,""]'
    same "flips" "$(json '.by_scale[0] | .flips == 0 and .flips_most > 0 and .robust_p >= .equivalence_p')" true
    steppe scale-check asked.yaml --seeds 30 --scales 1000,100 -q --page asked.md
    for margin in '+0.01 %' '+1e+09'; do
        holds "the picture shows $margin" grep -qF ">$margin<" asked.svg
    done
    holds "the picture has no number that is none" [ "$(grep -c 'nan' asked.svg)" = 0 ]
}

test_again() {
    local before after said
    scale town.yaml --seeds 6 --scales 1000,500 --threads 2 --out kept
    before=$(find kept -name '*.sqlite' -printf '%f %s %T@\n' | sort)
    said=$(json '.outcomes, .by_scale')
    scale town.yaml --seeds 6 --scales 1000,500 --out kept
    after=$(find kept -name '*.sqlite' -printf '%f %s %T@\n' | sort)
    same "files" "$after" "$before"
    same "all were there" "$(json '[.existing_replicates, .made] | tostring')" '[12,0]'
    scale town.yaml --seeds 6 --scales 500,1000 --threads 1 --out single
    same "one thread" "$(json '.outcomes, .by_scale')" "$said"
    scale town.yaml --seeds 4 --scales 1000,500,250 --out kept
    same "another scale alone" "$(json '[.existing_replicates, .made] | tostring')" '[8,4]'
    scale town.yaml --seeds 4 --scales 1000,500 --set citizens.legitimacy=0.7 --out kept
    same "settings are others" "$(json .made)" 8
}

test_population() {
    scale town.yaml --seeds 4 --scales 1000,500 --out people --population-seed 3
    same "its seed, and new runs" "$(json '[.population_seed, .made] | tostring')" '["3",8]'
    run_short person town.yaml --seed 2 --population-seed 3 --scale 500
    same "a run of it" "$(json .digest)" \
        "$(sql "$(find people -name '*-500-*.sqlite')" "SELECT digest FROM replicate WHERE seed = '2'")"
    scale town.yaml --seeds 4 --scales 1000,500 --out people
    same "each its own" "$(json '[.population_seed, .made] | tostring')" '[null,8]'
    steppe scale-check town.yaml --seeds 4 --scales 1000,500 --out people --population-seed 3 --page people.md
    exits 0
    says 'population: the same in all runs of a scale, drawn from the seed 3' out
    tr '\n' ' ' <people.md | grep -q 'All runs of a scale have the same population, drawn from the seed 3\.' ||
        problem "the page does not say so"
}

test_interrupted() { # SIGNAL STATUS
    local child said
    rm -rf cut
    scale town.yaml --seeds 24 --scales 200,10 --out whole
    said=$(json '.outcomes, .by_scale')
    "$STEPPE" scale-check town.yaml --seeds 24 --scales 200,10 --threads 1 -q --out cut >/dev/null 2>"$work/cut.err" &
    child=$!
    children=("$child")
    for ((i = 0; i < 100; i++)); do
        [ -n "$(find cut -name '*-200-*.sqlite' 2>/dev/null)" ] && break
        sleep 0.05
    done
    sleep 0.1
    kill -s "$1" "$child" 2>/dev/null
    wait "$child" 2>/dev/null
    status=$?
    children=()
    exits "$2"
    [ "$1" = KILL ] || grep -q 'the same command resumes it' "$work/cut.err" || problem "does not say how to resume"
    scale town.yaml --seeds 24 --scales 200,10 --out cut
    same "after it" "$(json '.outcomes, .by_scale')" "$said"
    same "none twice" "$(json '.existing_replicates + .made')" 48
}

test_shown() {
    steppe scale-check town.yaml --seeds 30 --scales 1000,500 --page page.md --out kept
    exits 0
    matches '^peak  ' out
    matches '^deaths .* the same' out
    says 'Undecided is no' out
    matches '^page  *page.md' out
    grep -q '^| peak | ' page.md || problem "the page has no row"
    grep -q '(page.svg)' page.md || problem "the page has no picture"
    holds "the picture is there" grep -q '^<svg' page.svg
    grep -q '>1,000</text>' page.svg || problem "the axis has no 1,000"
    steppe scale-check town.yaml --seeds 6 --scales 1000,500 -q --out kept
    exits 0
    quiet_on out err
}

refuses() { # MESSAGE ARGUMENT ...
    local message=$1
    shift
    steppe scale-check "$@"
    exits 2
    quiet_on out
    says "$message" err
}

test_refused() {
    local bad
    refuses 'missing argument SCENARIO'
    for bad in 0 0,10 -5,10 ten 100,ten '100,' ',100' 100,,50 1e10,5 nan,5 inf,5 0x10,5 '100 50' ''; do
        refuses '--scales: expected numbers from 1 to 1e9' town.yaml --scales="$bad"
    done
    refuses '--scales: expected two scales or more' town.yaml --scales 100
    refuses '--scales: 100 is there twice' town.yaml --scales 100,50,100
    refuses '--scales: 100 is there twice' town.yaml --scales 100,1e2
    refuses '--scales: more than 16' town.yaml --scales "$(seq -s, 17)"
    refuses "--seeds: expected a whole number from 3" town.yaml --seeds 2
    refuses '--margin: expected a number between 0 and 1' town.yaml --margin 10
    refuses "no outcome is called 'peek'; there are: citizen-hours, peak" town.yaml --outcome peek
    refuses 'nowhere.yaml: cannot be opened' nowhere.yaml
    refuses 'has no street to run' "$root/scenarios/published/ktab-three-positions.yaml"
    refuses 'has no street to run' "$root/scenarios/published/siegel-2009-small-world.yaml"
    : >file
    steppe scale-check town.yaml --seeds 3 --scales 1000,500 --out file/folder
    exits 1
    says 'the folder cannot be made' err
    steppe scale-check town.yaml --seeds 3 --scales 1000,500 --page nowhere/x.md -q --out kept
    exits 1
    says 'cannot be written' err
}

plan 11
try "all that is known of each scale is in the JSON" test_schema
try "means are those of single runs" test_by_hand
try "what depends on the scale is found, what does not is not, few runs decide nothing" test_verdicts
try "fewer than thirty runs decide nothing" test_few
try "the margin of an outcome is its question's" test_margins
try "runs are found again, whatever the threads" test_again
try "all runs of a scale may have the same population" test_population
try "interrupted, it resumes" test_interrupted TERM 130
try "killed, it resumes" test_interrupted KILL 137
try "people can read it" test_shown
try "wrong scales and misuse are refused" test_refused
finish
