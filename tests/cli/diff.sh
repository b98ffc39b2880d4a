#!/usr/bin/env bash
# Where two results first differ, and what is no results file at all.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

run_short base "$two_towns" --steps 25 --quiet
base=$result

test_same() {
    run_short same "$two_towns" --steps 25 --quiet
    steppe diff "$base" "$result"
    exits 0
    quiet_on err
    same "what it says" "$(cat "$work/out")" 'same: all 25 steps are the same'
    steppe run "$two_towns" --steps 25 --quiet --threads 3 --out same
    steppe diff "$base" same/two-towns-seed1-2.sqlite
    exits 0
    steppe diff "$base" "$base"
    exits 0
}

test_engines() {
    run_short engines "$two_towns" --steps 6 --quiet
    local fast=$result
    run_short engines "$two_towns" --steps 6 --quiet --engine reference
    steppe diff "$fast" "$result"
    exits 0
    same "what it says" "$(cat "$work/out")" 'same: all 6 steps are the same'
}

test_seeds() {
    run_short other "$two_towns" --steps 25 --quiet --seed 2
    steppe diff "$base" "$result"
    exits 1
    says 'note: the seeds differ (1 and 2); the states at the start differ' out
    says 'first difference: step 1 (2022-03-01T01:00), Harbour: ' out
}

# Two runs that differ in one event are the same until it happens, and then there.
test_event() {
    run_short other "$two_towns" --steps 25 --quiet --set events.police.enabled=false
    steppe diff "$base" "$result"
    exits 1
    says 'note: the scenarios differ' out
    says 'first difference: step 16 (2022-03-01T16:00), Harbour: ' out
    run_short other "$two_towns" --steps 25 --quiet --set events.address.legitimacy=0.8
    steppe diff "$result" "$base"
    exits 1
    says 'first difference: step 21 (2022-03-01T21:00), Market: active ' out
}

test_schedules() {
    run_short other "$two_towns" --steps 5 --quiet --schedule sequential
    steppe diff "$base" "$result"
    exits 1
    says 'the schedules differ (tiles and sequential)' out
    says 'step 1 ' out
}

test_lengths() {
    run_short short "$two_towns" --steps 7 --quiet
    local short=$result
    steppe diff "$base" "$short"
    exits 1
    says "the same as far as $short goes: 7 steps" out
    steppe diff "$short" "$base"
    exits 1
    says "the same as far as $short goes: 7 steps" out
}

# What people find may differ without any of them doing anything else.
test_fields() {
    run_short fields "$two_towns" --steps 25 --quiet --set obedience.orders=0.25
    steppe diff "$base" "$result"
    exits 1
    says 'note: the scenarios differ' out
    says 'first difference: the fields of step 1 (2022-03-01T01:00), Harbour: orders 1.0 and 0.25; all 25 steps are the same' out
}

refuses() { # FILE MESSAGE
    steppe diff "$base" "$1"
    exits 2
    quiet_on out
    says "steppe: $1" err
    says "$2" err
    steppe diff "$1" "$base"
    exits 2
    says "steppe: $1" err
}

test_not_results() {
    echo 'steppe: 1' >text
    : >empty
    head -c 20000 /dev/urandom >noise
    sql other.sqlite 'CREATE TABLE t (x); INSERT INTO t VALUES (1)'
    refuses nowhere.sqlite 'cannot be opened'
    refuses text 'not a Steppe results file'
    refuses empty 'not a Steppe results file'
    refuses noise 'not a Steppe results file'
    refuses other.sqlite 'not a Steppe results file'
    refuses "$epstein" 'not a Steppe results file'
    refuses "$work" ''
    same "the text" "$(cat text)" 'steppe: 1'
    [ ! -s empty ] || problem "it wrote into an empty file"
    [ ! -e nowhere.sqlite ] || problem "it made a file"
}

test_another_format() {
    cp "$base" future
    sql future 'PRAGMA user_version = 99'
    refuses future 'future: has results format 99; this version of Steppe reads format 2'
    cp "$base" old
    sql old 'PRAGMA user_version = 1'
    refuses old 'old: has results format 1; this version of Steppe reads format 2: run the scenario again'
}

# Cut off, or with bytes overwritten: status 2, or 0 if the steps can still be read.
test_damaged() {
    local size part
    size=$(stat -c %s "$base")
    for part in 1 15 100 1024 4096 $((size / 2)) $((size - 4096)); do
        head -c "$part" "$base" >cut-off
        steppe diff "$base" cut-off
        [ "$status" = 2 ] || problem "cut off after $part of $size bytes: status $status"
        matches '^steppe: cut-off: ' err
    done
    for ((part = 0; part < size; part += 8192)); do
        cp "$base" holes
        head -c 4096 /dev/zero | dd of=holes bs=1 seek="$part" conv=notrunc status=none
        steppe diff "$base" holes
        [ "$status" = 0 ] || [ "$status" = 2 ] ||
            problem "with 4096 zeros at $part: status $status"
    done
    cp "$base" without
    sql without 'DROP TABLE step'
    refuses without ''
    cp "$base" without
    sql without 'DROP TABLE run'
    refuses without ''
}

test_results_stay() {
    local before
    before=$(sha256sum "$base")
    steppe diff "$base" "$base"
    same "the file" "$(sha256sum "$base")" "$before"
    chmod 444 "$base"
    steppe diff "$base" "$base"
    exits 0
    chmod 644 "$base"
}

plan 11
try "equal results are the same, on any threads" test_same
try "so are those of the two engines" test_engines
try "other seeds differ from the first step" test_seeds
try "one event: its step and district are named" test_event
try "the schedules make a difference" test_schedules
try "a shorter run is named" test_lengths
try "fields that differ alone are named" test_fields
try "what is no results file is refused" test_not_results
try "results of another format are refused" test_another_format
try "damaged results do no harm" test_damaged
try "comparing changes nothing" test_results_stay
finish
