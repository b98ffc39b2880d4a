#!/usr/bin/env bash
# The seat of power: what is shown of it, what acts changed, the picture, runs, and what goes wrong.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

cat >seat.yaml <<'END'
steppe: 1
title: An invented country with a divided seat of power
time: { start: 2022-01-01, step: 1 h, steps: 480 }
officers: { deployment: 0.9 }
districts:
  - { id: capital, name: Capital, width: 60, height: 60 }
seat: { enabled: true, incumbent: ruler, capital: capital, resource_weight: 0.000001 }
offices:
  - { id: presidency, name: Presidency, power: 0.4, image: 0.6, holder: ruler }
  - { id: council, name: Security Council, power: 0.15, security: 0.4, holder: founder }
  - { id: state-security, name: State security, power: 0.2, security: 0.6, learning: 30 d,
      holder: spy-chief }
persons:
  - { id: ruler, name: The incumbent, position: 1, exposure: 0.8 }
  - { id: founder, name: The predecessor, position: 0, exposure: 0.5 }
  - { id: spy-chief, name: The chair of state security,
      position: { value: 0.3, range: [0, 0.6], kind: assumption }, competence: { value: 0.75, range: [0.5, 1], kind: assumption } }
  - { id: tycoon, name: A business owner, resources: 200000 tenge, position: 0.4 }
ties:
  - { id: t1, a: founder, b: spy-chief, kind: patronage, strength: 0.8 }
  - { id: t2, a: founder, b: tycoon, kind: kin, strength: 1 }
powers:
  - { id: neighbour, name: A neighbour, stance: 0.8, means: 0.9, distance: 500 km, slots: 2 }
  - { id: far, name: A far power, stance: -0.3, means: 0.6, distance: 9000 km }
hotspots:
  - { id: elsewhere, name: A war elsewhere, salience: 0.3 }
events:
  - { id: takes-council, title: The incumbent takes the council, date: 2022-01-05T19:00, act: take-office, office: council }
  - { id: dismissal, title: The chief goes, date: 2022-01-05T20:00, act: dismiss, person: spy-chief }
  - { id: asks, title: Troops are asked for, date: 2022-01-05T23:00, act: ask-troops, power: neighbour }
  - { id: arrival, title: They come, date: 2022-01-06T18:00, granted_by: neighbour, guards: 2000,
      districts: [capital] }
  - { id: detention, title: He is held, date: 2022-01-06T12:00, act: detain, person: spy-chief, seized: 0 }
  - { id: promise, title: A reform is promised, date: 2022-01-10, act: promise-reform, amount: 0.6 }
  - { id: delivery, title: Delivered, date: 2022-01-15, act: deliver-reform, amount: 0.4, over: 7 d }
END
calm=(--set citizens.legitimacy=1) # nobody acts

test_start() {
    steppe seat seat.yaml
    exits 0
    quiet_on err
    says 'The seat of power at 2022-01-01T00:00; street: quiet; seed 1' out
    matches '^strength +0\.597 ' out # by hand: .4 / (.4 + .15 + .2 * .4 + .2 * .2)
    matches '^Security Council +The predecessor +the start' out
    matches 'quality of orders  x 1\.000' out
    says 'no finding about anybody' out
}

# All acts up to a moment, and what follows at the next midnight.
test_at() {
    steppe seat seat.yaml --at 2022-01-05T18:59
    matches '^Security Council +The predecessor' out
    steppe seat seat.yaml --at 2022-01-05T19:00
    matches '^Security Council +The incumbent +2022-01-05' out
    matches '^strength +0\.597 ' out
    steppe seat seat.yaml --at 2022-01-06
    matches '^strength +0\.932 ' out # .55 / .59
    matches '^State security +- vacant - ' out
    matches 'quality of orders  x 0\.602' out
    matches '^2022-01-05  The chair of state security is dismissed' out
    matches '^A neighbour .* granted$' out
}

test_json() {
    steppe seat seat.yaml --at 2022-01-20 --json
    exits 0
    same "strength" "$(json '.strength * 1000 | round')" 949 # .75 / .79, with a new official
    same "who is held" "$(json '[.persons[] | select(.place == "detained") | .id] | join(",")')" \
        spy-chief
    same "an official" "$(json '.offices[2] | [.holder, .official] | tostring')" '[null,true]'
    same "money" "$(json '.whole == .fund + .paid + .seized + ([.persons[].resources] | add)')" true
    same "the log" "$(json '[.happened[] | select(.event != "") | .kind] | join(" ")')" \
        'taken dismissed asked granted detained promised delivered'
}

# The same with and without each act.
test_acts() {
    steppe seat seat.yaml --acts
    exits 0
    quiet_on err
    matches 'takes-council +strength of the incumbent +0\.9322 +0\.6780$' out
    steppe seat seat.yaml --acts --csv
    matches '"security","factor on the quality of orders","0\.6110","0\.7000"$' out
    matches '"outside","troops of A neighbour","granted","not granted"$' out
    matches '"reform","legitimacy by delivery","0\.0400","0\.0000"$' out
    steppe seat seat.yaml --acts --json
    same "acts" "$(json '[.acts[].event] | reduce .[] as $e ([]; if index($e) then . else . + [$e] end) | join(" ")')" \
        'takes-council dismissal asks detention promise delivery'
    same "channels" "$(json '.acts[0].event as $first | [.acts[] | select(.event == $first) | .channel] | unique | join(" ")')" \
        'elite fear office security'
}

# A picture is well-formed, the same each time, and takes names as text.
test_picture() {
    steppe seat seat.yaml --at 2022-01-12 --svg a.svg
    exits 0
    says 'picture: a.svg' out
    steppe seat seat.yaml --at 2022-01-12 --svg b.svg
    holds "the same picture" cmp a.svg b.svg
    sed 's/name: The predecessor/name: "<script>alert(1)<\/script> \& co"/' seat.yaml >odd.yaml
    steppe seat odd.yaml --svg odd.svg --json
    exits 0
    same "JSON alone" "$(json .title)" 'An invented country with a divided seat of power'
    same "the end" "$(tail -n 1 odd.svg)" '</svg>'
    grep -q '<script>' odd.svg && problem "a name became markup"
    steppe seat seat.yaml --svg nowhere/a.svg
    exits 1
    says 'nowhere/a.svg: cannot be written' err
}

# The seat of a run, and the same again from its file.
test_run() {
    run_short runs seat.yaml --seed 3
    says '"strength_first"' out
    same "the days" "$(sql "$result" 'SELECT count(*) FROM seat')" 20
    same "money" "$(sql "$result" 'SELECT count(DISTINCT whole) FROM seat')" 1
    local last first=$result
    last=$(sql "$result" 'SELECT round(strength, 9), round(threshold, 9) FROM seat ORDER BY day DESC LIMIT 1')
    steppe seat seat.yaml --results "$first" --at 2022-01-20 --json
    exits 0
    same "replayed" "$(json '[.strength, .threshold | . * 1e9 | round / 1e9 | tostring] | join("|")')" "$last"
    same "the seed" "$(json .seed)" 3
    same "what happened" "$(json '[.happened[].kind] | join(" ")')" \
        "$(sql "$first" "SELECT group_concat(kind, ' ') FROM (SELECT kind FROM act ORDER BY act)")"
    run_short twice seat.yaml --seed 3
    steppe diff "$first" "$result"
    exits 0
}

# What differs in the palace alone is found when the street is the same.
test_diff() {
    run_short calm "${calm[@]}" seat.yaml
    local first=$result
    run_short calm "${calm[@]}" seat.yaml --set events.takes-council.severity=0.2
    steppe diff "$first" "$result"
    exits 1
    says 'the seat of power, day 5' out
    calm+=(--set channels.enabled=false --set reform.enabled=false)
    run_short calm "${calm[@]}" seat.yaml --set events.arrival.enabled=false
    first=$result
    run_short calm "${calm[@]}" seat.yaml --set seat.enabled=false --set events.arrival.enabled=false
    steppe diff "$first" "$result"
    exits 0
    says 'has no seat of power' out
}

# Off, acts do nothing, and the street is that of a file without a seat.
test_off() {
    run_short off seat.yaml --set seat.enabled=false --set events.arrival.guards=0
    local digest
    digest=$(json .digest)
    same "no seat" "$(json .seat)" null
    same "no tables" "$(sql "$result" "SELECT count(*) FROM sqlite_master WHERE name = 'seat'")" 0
    sed -n '1,/^seat:/p' seat.yaml | grep -v '^seat:' >bare.yaml
    run_short off bare.yaml
    same "the digest" "$(json .digest)" "$digest"
}

refuses() { # MESSAGE ARGUMENT ...
    local message=$1
    shift
    steppe seat "$@"
    exits 2
    quiet_on out
    says "$message" err
}

test_refused() {
    refuses 'missing argument SCENARIO'
    refuses 'seat.enabled is false' "$two_towns"
    refuses 'seat.enabled is false' "$two_towns" --acts
    refuses "'yesterday' is no date" seat.yaml --at yesterday
    refuses 'is before the scenario starts' seat.yaml --at 2021-12-31
    refuses 'is after the end' seat.yaml --at 9999-01-01
    refuses 'is after the end' seat.yaml --at 2024-02-01
    refuses 'cannot be opened' seat.yaml --results nowhere.sqlite
    run_short without "$two_towns" --steps 30
    refuses 'the run had no seat of power' seat.yaml --results "$result"
    refuses "no person is called 'rulr'; did you mean 'ruler'?" seat.yaml --set seat.incumbent=rulr
    refuses "the act 'dismiss'" seat.yaml --set events.dismissal.amount=1
    sed 's/^seat:.*//' seat.yaml >headless.yaml
    refuses "'offices' do nothing without a section 'seat'" headless.yaml
}

plan 9
try "the seat at the start is that of the file" test_start
try "acts happen at their hour, what follows at midnight" test_at
try "JSON has all of it, and money is kept" test_json
try "each act is compared with the same without it" test_acts
try "a picture is drawn, the same each time" test_picture
try "a run holds its seat, and its file takes it the same way again" test_run
try "diff finds what differs at the seat alone" test_diff
try "a seat that is off changes nothing" test_off
try "wrong files and misuse are refused" test_refused
finish
