#!/usr/bin/env bash
# Limits of the system, of dates and of numbers are met with a sentence, not with a crash.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

printf 'steppe: 1\ntitle: Town\ntime: { steps: 3 }\ndistricts:\n  - { id: a, name: A, width: 20, height: 20 }\n' >town.yaml

test_stack() {
    local command
    for command in "check town.yaml" "run town.yaml" "describe --parameters"; do
        # shellcheck disable=SC2086
        (ulimit -s 64 && "$STEPPE" $command) >"$work/out" 2>"$work/err"
        status=$?
        ran="steppe $command, ulimit -s 64"
        exits 1
        says 'ulimit -s' err
    done
    (ulimit -s 1024 && "$STEPPE" run town.yaml --quiet) >"$work/out" 2>"$work/err"
    status=$?
    exits 0
}

test_threads() {
    local command
    for command in "run town.yaml" "ensemble town.yaml -n 2 --out e.sqlite" "replicate granovetter --effort 1 --scenarios $root/scenarios/published"; do
        # shellcheck disable=SC2086
        (ulimit -v 1000000 && "$STEPPE" $command --threads 1000) >"$work/out" 2>"$work/err"
        status=$?
        ran="steppe $command --threads 1000, ulimit -v"
        exits 1
        says 'of 1000 threads can be created' err
    done
}

test_numbers() {
    local value
    for value in 0x10 ' 16' 16x nan inf -1 0.5 16,5 ''; do
        steppe run town.yaml --scale "$value"
        exits 2
        says '--scale: expected a number' err
        steppe scale-check town.yaml --scales "16,$value"
        exits 2
        if [ "$value" != 0.5 ]; then # a margin like any other
            steppe scale-check town.yaml --margin "$value"
            exits 2
        fi
        steppe ensemble town.yaml -n 2 --scale "$value"
        exits 2
    done
    steppe check town.yaml --set scale=0x10
    exits 2
    steppe check town.yaml --set scale=1e1
    exits 0
}

test_last_year() {
    steppe check town.yaml --set time.start=9999-12-31T22:00
    exits 2
    says 'after the year 9999' err
    steppe check town.yaml --set time.start=9999-12-31T20:00
    exits 0
    steppe run town.yaml --set time.start=9999-12-31T20:00 --steps 4
    exits 2
    says 'after the year 9999' err
    steppe describe town.yaml --set time.start=9999-01-01 --set 'time.step=1 d' --set time.steps=400
    exits 2
}

# A village has at least one agent: at 1:1000 no 1,000 people.
test_people() {
    cat >village.yaml <<'EOF'
steppe: 1
title: A city and a village
time: { steps: 3 }
citizens: { legitimacy: 0 }
officers: { density: 0 }
districts:
  - { id: city, name: City, population: 5000 }
  - { id: village, name: Village, population: 30 }
EOF
    steppe run village.yaml --scale 1000 --json --quiet
    exits 0
    same "peak" "$(json .totals.peak_active)" 5030
    same "hours" "$(json .totals.citizen_hours)" 15090
    steppe run village.yaml --scale 1000
    exits 0
    says '5,030 active' out
    [ -z "$(grep -o '6,000' "$work/out")" ] || problem "6,000 of 5,030"
    steppe ensemble village.yaml --scale 1000 -n 2 --quiet --out v.sqlite
    exits 0
    same "peak of an ensemble" "$(sql v.sqlite "SELECT CAST(max(value) AS INTEGER) FROM outcome WHERE name = 'peak'")" 5030
    steppe run village.yaml --scale 600 --json --quiet # 8 agents, 4,800 and 600
    same "peak at 600" "$(json .totals.peak_active)" 4830
}

# What a coarse scale and an outburst at the start mean is said by every command that runs.
test_warnings() {
    cat >force.yaml <<'EOF'
steppe: 1
title: A force
time: { steps: 30 }
citizens: { legitimacy: 0 }
districts:
  - { id: city, name: City, population: 90000 }
  - { id: village, name: Village, population: 300 }
events:
  - { id: troops, title: Troops come, hour: 5, reinforcement: 1500 }
questions:
  - { id: q, text: Fewer?, outcome: peak, scale: 1000, change: ["events.troops.enabled=false"], smallest_absolute: 10 }
EOF
    local command words='sends 1500 officers, who are 2 agents'
    for command in "run force.yaml --scale 1000" "ensemble force.yaml --scale 1000 -n 2 --out w.sqlite" \
        "ask force.yaml q --pairs 2" "scale-check force.yaml --scales 1000,500 --seeds 3"; do
        # shellcheck disable=SC2086
        steppe $command
        says "$words" err
        says 'one active agent is already unrest' err
        # shellcheck disable=SC2086
        steppe $command --quiet
        [ -z "$(grep warning "$work/err")" ] || problem "quiet, and it warns"
    done
    steppe run force.yaml --scale 1000
    says 'were active on the first day' err
    steppe run force.yaml --scale 1000 --json --quiet
    same "warnings" "$(json '.warnings | length')" 5
    steppe run town.yaml --json --quiet
    same "none" "$(json '.warnings | length')" 0
    steppe run force.yaml --scale 100 --set citizens.legitimacy=0.3 --set detention.term_max=0 --set officers.density=0.3 --set citizens.density=0.6 --steps 30
    says 'more arrests' err
}

plan 6
try "a small stack is refused" test_stack
try "threads that cannot be made are refused" test_threads
try "one reader of numbers, for options and files" test_numbers
try "no run goes beyond the year 9999" test_last_year
try "people are never more than there are" test_people
try "coarse scales and outbursts are warned of" test_warnings
finish
