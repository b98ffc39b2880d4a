#!/usr/bin/env bash
# A run that is interrupted, ended or killed leaves a file with what was done.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

# Many small districts fill SQLite's cache between two commits, so that a killed run
# leaves a journal to be played back; the classic model leaves one that need not be.
villages=$work/villages.yaml
{
    echo 'steppe: 1'
    echo 'title: Many villages'
    echo 'time: { steps: 1000000 }'
    echo 'citizens: { legitimacy: 0.7 }'
    echo 'districts:'
    for i in {1..200}; do
        echo "  - { id: v$i, name: Village $i, width: 6, height: 5 }"
    done
} >"$villages"

begin() { # ARGUMENT ... : starts a run that would take hours; sets $child
    ran="steppe run $*"
    "$STEPPE" run "$@" --threads 1 >"$work/out" 2>"$work/err" </dev/null &
    child=$!
    children=("$child")
}

# Wait until a results file holds committed steps.
await_steps() { # FILE
    local i rows
    for ((i = 0; i < 150; i++)); do
        rows=$(sqlite3 -readonly "$1" 'SELECT count(*) FROM step' 2>/dev/null)
        [ "${rows:-0}" -gt 0 ] && return
        sleep 0.1
    done
    problem "no step was committed in 15 s"
}

finish_child() { # SIGNAL ... : sends the signals, sets $status
    local signal
    for signal in "$@"; do kill -s "$signal" "$child" || problem "the run had ended"; done
    wait "$child" 2>/dev/null
    status=$?
    children=()
}

# Rows of all tables go as far as each other.
keeps_whole_steps() { # FILE DISTRICTS
    local steps
    steps=$(sql "$1" 'SELECT count(*) FROM step')
    same "integrity" "$(sql "$1" 'PRAGMA integrity_check')" ok
    [ "$steps" -gt 0 ] || problem "no step was kept"
    same "last step" "$(sql "$1" 'SELECT max(step) FROM step')" "$steps"
    same "rows of districts" "$(sql "$1" 'SELECT count(*) FROM series')" \
        $((steps * $2))
}

test_signal() { # SIGNAL
    begin "$epstein" --steps 100000000 --out "by-$1"
    local file=by-$1/epstein-2002-run2-seed1.sqlite
    await_steps "$file"
    finish_child "$1"
    exits 130
    says 'INCOMPLETE' out
    matches "interrupted after step [0-9]+; kept, marked incomplete, in $file" err
    same status "$(fact "$file" status)" incomplete
    keeps_whole_steps "$file" 1
    same steps_done "$(fact "$file" steps_done)" \
        "$(sql "$file" 'SELECT count(*) FROM step')"
    same "files" "$(find "by-$1" -type f)" "$file"
}

test_signal_json() {
    begin "$epstein" --steps 100000000 --out json --json --quiet
    await_steps json/epstein-2002-run2-seed1.sqlite
    finish_child INT
    exits 130
    same status "$(json .status)" incomplete
    same steps "$(json .steps)" \
        "$(sql json/epstein-2002-run2-seed1.sqlite 'SELECT count(*) FROM step')"
    same digest "$(json .digest)" "$(sql json/epstein-2002-run2-seed1.sqlite \
        'SELECT digest FROM step ORDER BY step DESC LIMIT 1')"
}

# Stopped anywhere, a run has done what the whole run does.
test_interrupted_is_beginning() {
    local file=by-INT/epstein-2002-run2-seed1.sqlite steps
    steps=$(fact "$file" steps_done)
    run_short whole "$epstein" --steps $((steps + 100)) --quiet
    steppe diff "$file" "$result"
    exits 1
    says "the same as far as $file goes: $steps steps" out
}

test_killed() { # SCENARIO DISTRICTS : $hot is 1 if it left a journal to be played back
    local name file copy steps
    name=$(basename "$1" .yaml)
    file=killed/$name-seed1.sqlite
    begin "$1" --quiet --out killed --steps 100000000
    await_steps "$file"
    sleep 0.6 # into the next batch
    finish_child KILL
    exits 137
    copy=killed-copy/$name-seed1.sqlite
    mkdir -p killed-copy
    cp "$file" "$copy"
    [ ! -e "$file-journal" ] || cp "$file-journal" "$copy-journal"
    hot=$(head -c 1 "$file-journal" 2>/dev/null | tr -d '\0' | wc -c) # else it is zeros
    same "status" "$(fact "$copy" status)" running
    keeps_whole_steps "$copy" "$2"
    steps=$(sql "$copy" 'SELECT count(*) FROM step')
    run_short whole "$1" --steps $((steps + 5)) --quiet
    steppe diff "$file" "$result" # before anything else opens it
    exits 1
    says "the same as far as $file goes: $steps steps" out
    steppe diff "$result" "$file"
    exits 1
    says "the same as far as $file goes: $steps steps" out
    run_short killed "$1" --steps 5 --quiet
    differ "name of the next run" "$result" "$file"
}

# Whether there is something to be played back is a matter of luck: a few times, then.
test_killed_with_journal() {
    local i
    for i in {1..4}; do
        rm -rf killed killed-copy
        test_killed "$villages" 200
        [ -z "$problems" ] && [ "$hot" = 0 ] || return
    done
}

test_second_signal() {
    begin "$villages" --quiet --steps 100000000 --out second
    await_steps second/villages-seed1.sqlite
    kill -s STOP "$child" # so that both are there before it can look
    kill -s INT "$child"
    kill -s TERM "$child"
    kill -s CONT "$child"
    finish_child
    [ "$status" = 130 ] || [ "$status" = 143 ] || exits 143
    keeps_whole_steps second/villages-seed1.sqlite 200
}

# It may be busy reading or placing people when it is asked to stop, or have just begun.
test_early_signal() {
    local delay
    for delay in 0 0.01 0.03 0.1; do
        rm -rf early
        begin "$villages" --quiet --steps 100000000 --out early
        sleep "$delay"
        finish_child TERM # the shell has its children ignore SIGINT at first
        [ "$status" = 130 ] || [ "$status" = 143 ] || exits 130
        [ ! -e early/villages-seed1.sqlite-journal ] || problem "a journal was left"
    done
}

# One step, or the setting up, that takes long: ended within moments, with whole steps alone.
test_long_step() { # SIGNAL RULES SIDE
    printf 'steppe: 1\ntitle: Long\nrules: %s\ntime: { steps: 100000 }\ncitizens: { legitimacy: 0.6 }\ndistricts:\n  - { id: a, name: A, width: %d, height: %d }\n' \
        "$2" "$3" "$3" >"long-$2.yaml"
    local delay before
    for delay in 0.2 3; do
        rm -rf long
        begin "long-$2.yaml" --quiet --out long
        sleep "$delay"
        before=$SECONDS
        finish_child "$1"
        exits 130
        [ $((SECONDS - before)) -le 4 ] || problem "it took $((SECONDS - before)) s"
        [ ! -e "long/long-$2-seed1.sqlite" ] || {
            same status "$(fact "long/long-$2-seed1.sqlite" status)" incomplete
            same "steps kept" "$(fact "long/long-$2-seed1.sqlite" steps_done)" \
                "$(sql "long/long-$2-seed1.sqlite" 'SELECT count(*) FROM step')"
        }
    done
}

# The runs of an ensemble are stopped in their middle, not after the end of one.
test_long_ensemble() {
    printf 'steppe: 1\ntitle: Many\ntime: { steps: 100000000 }\ndistricts:\n  - { id: a, name: A, width: 60, height: 60 }\n' >endless.yaml
    "$STEPPE" ensemble endless.yaml -n 4 --out endless.sqlite --quiet --threads 2 \
        >"$work/out" 2>"$work/err" </dev/null &
    child=$!
    children=("$child")
    sleep 2
    local before=$SECONDS
    finish_child HUP
    exits 130
    [ $((SECONDS - before)) -le 4 ] || problem "it took $((SECONDS - before)) s"
}

plan 13
try "Ctrl-C keeps what was done and ends with 130" test_signal INT
try "so does SIGTERM" test_signal TERM
try "so does SIGHUP" test_signal HUP
try "a long step by NetLogo's rules is cut short" test_long_step TERM netlogo 2500
try "so is one of Model I in one district" test_long_step HUP epstein 6000
try "so is one of Mesa's" test_long_step INT mesa 2000
try "so are the runs of an ensemble" test_long_ensemble
try "an interrupted run still prints its JSON" test_signal_json
try "an interrupted run is the beginning of the whole one" test_interrupted_is_beginning
try "a killed run leaves a file with whole steps" test_killed "$epstein" 1
try "so it does in the middle of a large batch" test_killed_with_journal
try "a second signal does not damage the file" test_second_signal
try "a signal right at the start is heeded" test_early_signal
finish
