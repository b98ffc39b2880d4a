#!/usr/bin/env bash
# Promise: all errors of a scenario are listed at once, with what would be right; every command warns of what has
# no effect; questions that cannot be right are refused before a run.
# shellcheck source=tests/cli/tap.sh
source "$(dirname "$0")/tap.sh"
plan 9

cat >first.yaml <<'END'
steppe: 1
title: A first file
population: 7000000
citizens:
  legitimacy: 0,7
  viison: 4
time: { steps: 48 }
districts:
  - { id: town, name: T, population: 7,000,000 }
  - { id: city, name: C, population: 7 million }
  - { id: lake, name: L, population: 500, fuel_price: 3 }
events:
  - { id: x, title: X, hour: 2, districts: [twon], curfew: 1 }
END
test_all() {
    steppe check first.yaml
    exits 2
    same "lines" "$(wc -l <err)" 7
    says "first.yaml:3:1: unknown key 'population' in the scenario; it belongs to units or districts" err
    says "first.yaml:5:15: legitimacy must be a number (share), not '0,7'; write 0.7" err
    says "did you mean 'vision'?" err
    says "first.yaml:9:38: population: a comma ends a number; write 7000000" err
    says "first.yaml:10:38: population must be a whole number (residents), not '7 million'; write 7000000" err
    says "it belongs to events" err
    says "no district is called 'twon'; did you mean 'town'?" err
    same "order of lines" "$(cut -d: -f3 err | sort -n | tr '\n' ' ')" "$(cut -d: -f3 err | tr '\n' ' ')"
    for command in run ask ensemble describe; do
        steppe $command first.yaml
        exits 2
        same "lines of $command" "$(grep -c '^steppe: first.yaml:' err)" 7
    done
}
test_json() {
    steppe check first.yaml --json
    exits 2
    same "errors" "$(json '.errors | length')" 7
    same "good" "$(json .good)" false
}
test_most() {
    { printf 'steppe: 1\ntitle: M\ntime: { steps: 4 }\ndistricts:\n'
      for i in $(seq 25); do echo "  - { id: d$i, name: D, population: -$i }"; done; } >most.yaml
    steppe check most.yaml
    exits 2
    same "lines" "$(wc -l <err)" 21
    says "steppe: and 5 more" err
    steppe check most.yaml --json
    same "more" "$(json .more_errors)" 5
}
test_letters() {
    printf 'steppe: 1\ntitle: L\ntime: { steps:\xc2\xa048 }\ncitizens: { legitimacy\xc2\xa0: 0.5, able: \xe2\x88\x920.5 }\ndistricts: [{ id: a, name: A, population: 400 }]\n' >odd.yaml
    steppe check odd.yaml
    exits 2
    same "lines" "$(wc -l <err)" 3
    says "a no-break space (U+00A0)" err
    says "a typographic minus sign (U+2212)" err
}
cat >events.yaml <<'END'
steppe: 1
title: Nothing
time: { start: 2022-01-01, steps: 12 }
districts: [{ id: town, name: T, width: 16, height: 16 }]
events:
  - { id: fare, title: F, date: 2022-01-01T03:00, fuel_price: 830 }
  - { id: late, title: L, date: 2023-01-01, legitimacy: 0.1 }
END
test_idle() {
    for command in check "run --quiet" "ensemble -n 2 --quiet --out e.sqlite" describe; do
        # shellcheck disable=SC2086 # options
        steppe $command events.yaml
        exits 0
        says "events.yaml:6:5: event 'fare' has no effect: hardship.price_effect is 0" err
        says "event 'late' lies after the run" err
    done
    steppe check events.yaml --json
    same "warnings" "$(json '.warnings | length')" 2
    steppe run events.yaml --steps 2 --out notes
    exits 0
    says "note: 1 event of the scenario lies after step 2" err
    steppe check events.yaml --set events.late.enabled=false --set hardship.price_effect=0.2
    exits 0
    quiet_on err
}
question() { # KEYS : a file with a question
    cat >question.yaml <<END
steppe: 1
title: Q
time: { start: 2022-01-01, steps: 24 }
citizens: { legitimacy: { range: [0.5, 0.9], default: 0.7, kind: assumption } }
districts: [{ id: town, name: T, width: 16, height: 16 }]
events: [{ id: late, title: L, date: 2023-01-01, legitimacy: 0.1 }]
questions:
  - { id: q, text: Q, smallest_absolute: 1, pairs: 50, $1 }
END
}
refused() { # KEYS WORDS : by check and ask, and nothing is run
    question "$1"
    for command in check "ask --out kept"; do
        # shellcheck disable=SC2086 # options
        steppe $command question.yaml
        exits 2
        says "$2" err
    done
    holds "nothing is run" test ! -e kept
}
test_impossible() {
    local change='change: ["events.late.date=2022-01-01"], draws: 0'
    refused "outcome: deaths, $change" "nobody dies with force off"
    refused "outcome: fall, $change" "there is no seat of power (seat.enabled is false)"
    refused "outcome: units, $change" "there are no 'units'"
    question 'outcome: deaths, change: ["force.enabled=true"], draws: 0'
    steppe check question.yaml
    exits 0
}
test_fixed() {
    for setting in time.steps=5 scale=5 steps=5 start=2022-01-01 title=T seed=2 "time={steps: 5}"; do
        refused "outcome: peak, draws: 0, change: [\"$setting\"]" "is the same in both arms"
    done
    refused 'outcome: peak, draws: 0, base: ["scale=5"], change: ["citizens.able=0.5"]' "cannot be in 'base'"
}
test_drawn() {
    refused 'outcome: peak, draws: 32, change: ["citizens.legitimacy=0.7"]' "has no direction"
    for keys in 'draws: 0, change: ["citizens.legitimacy=0.6"]' \
        'draws: 32, base: ["citizens.legitimacy=0.6"], change: ["citizens.legitimacy=0.7"]' \
        'draws: 32, change: ["citizens.legitimacy=0.95"]'; do
        question "outcome: peak, $keys"
        steppe check question.yaml
        exits 0
    done
}
test_rests() {
    refused 'outcome: peak, draws: 0, change: ["events.late.enabled=false"]' "which lies after the run: it cannot matter"
    question 'outcome: peak, draws: 0, change: ["citizens.legitimacy=0.7"]'
    steppe check question.yaml
    exits 0
    says "the change changes nothing" err
}

try "all errors are listed at once, with hints, by every command" test_all
try "check --json lists it" test_json
try "beyond twenty it is counted" test_most
try "letters that look like others are named" test_letters
try "every command warns of what does nothing, or lies outside the run" test_idle
try "an outcome that cannot change is refused" test_impossible
try "what both arms have in common cannot be changed" test_fixed
try "a change inside the range that is drawn is refused" test_drawn
try "a change of what never happens is refused; one of nothing is a warning" test_rests
finish
