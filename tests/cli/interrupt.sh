#!/usr/bin/env bash
# A run that is interrupted, ended or killed leaves a file with what was done.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

# Many small districts fill SQLite's cache between two commits, so that a killed run leaves half
# a batch in its -wal.
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

test_killed() { # SCENARIO DISTRICTS
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
    [ -s "$file-wal" ] || problem "a killed run has no -wal"
    cp "$file-wal" "$copy-wal"
    same "status" "$(fact "$copy" status)" running
    keeps_whole_steps "$copy" "$2"
    steps=$(sql "$copy" 'SELECT count(*) FROM step')
    run_short whole "$1" --steps $((steps + 5)) --quiet
    steppe diff "$file" "$result" # before anything else opens it
    exits 1
    says "the same as far as $file goes: $steps steps" out
    same "files after it was read" "$(find killed -name "$name-seed1.sqlite*")" "$file"
    steppe diff "$result" "$file"
    exits 1
    says "the same as far as $file goes: $steps steps" out
    run_short killed "$1" --steps 5 --quiet
    differ "name of the next run" "$result" "$file"
}

test_killed_in_batch() {
    local i
    for i in {1..2}; do
        rm -rf killed killed-copy
        test_killed "$villages" 200
        [ -z "$problems" ] || return
    done
}

# Killed before anything was committed: readers say so.
test_killed_early() {
    mkdir early-kill
    : >early-kill/empty.sqlite
    sqlite3 early-kill/wal.sqlite 'PRAGMA journal_mode = WAL' >/dev/null
    sqlite3 early-kill/made.sqlite "PRAGMA application_id = $((0x53747070)); PRAGMA user_version = 2"
    local file
    for file in early-kill/*.sqlite; do
        steppe report "$file" --out never.html
        exits 2
        says "$file: not a Steppe results file, or one whose run was stopped before its first step" err
        steppe diff "$file" "$file"
        exits 2
        says 'stopped before its first step' err
    done
    run_short few "$epstein" --steps 2 --quiet
    cp "$result" early-kill/no-step.sqlite
    sql early-kill/no-step.sqlite "DELETE FROM step; DELETE FROM series;
        UPDATE run SET value = 'running' WHERE key = 'status'"
    steppe report early-kill/no-step.sqlite --out never.html
    exits 2
    says 'stopped before its first step' err
}

# Each command that makes many runs: ended within one that would take hours, and resumed.
long=$work/long.yaml short=$work/short.yaml
for file in "$long:100000000" "$short:40"; do
    cat >"${file%:*}" <<END
steppe: 1
title: A town
time: { steps: ${file#*:} }
districts: [{ id: town, name: Town, width: 24, height: 24 }]
questions:
  - { id: calm, text: Calmer?, change: ["citizens.legitimacy=0.99"], outcome: citizen-hours, smallest: 0.1,
      pairs: 100, draws: 0 }
END
done

many() { # COMMAND SCENARIO : its arguments
    case $1 in
    ensemble) echo ensemble "$2" -n 200 --out many/e.sqlite -q ;;
    risk) echo risk "$2" -n 200 --out many/r.sqlite -q ;;
    ask) echo ask "$2" --out many -q ;;
    scale-check) echo scale-check "$2" --scales 2,1 --seeds 100 --out many -q ;;
    esac
}

end_many() { # COMMAND SIGNAL SCENARIO SECONDS : leaves $status
    ran="steppe $(many "$1" "$3")"
    # shellcheck disable=SC2046
    "$STEPPE" $(many "$1" "$3") >"$work/out" 2>"$work/err" </dev/null &
    child=$!
    children=("$child")
    sleep "$4"
    local before=$SECONDS
    kill -s "$2" "$child" 2>/dev/null
    wait "$child" 2>/dev/null
    status=$?
    children=()
    ((SECONDS - before < 6)) || problem "it took $((SECONDS - before)) s to end"
}

test_many() { # COMMAND
    local signal file
    for signal in INT TERM HUP; do
        rm -rf many
        mkdir many
        end_many "$1" "$signal" "$long" 1
        exits 130
        says 'interrupted; ' err
        for file in many/*; do
            same "status of $file after SIG$signal" "$(fact "$file" status)" incomplete
        done
        same "what is beside" "$(find many -name '*-*' ! -name '*.sqlite')" ''
    done
    rm -rf many
    mkdir many
    end_many "$1" TERM "$short" 0.2
    # shellcheck disable=SC2046
    steppe $(many "$1" "$short")
    exits 0
    for file in many/*.sqlite; do
        same "status of $file in the end" "$(fact "$file" status)" complete
    done
}

test_nohup() {
    (
        trap '' HUP
        exec "$STEPPE" run "$epstein" --steps 100000000 --threads 1 --out nohup -q
    ) >out 2>err </dev/null &
    child=$!
    children=("$child")
    await_steps nohup/epstein-2002-run2-seed1.sqlite
    kill -s HUP "$child"
    sleep 0.5
    finish_child TERM
    exits 130
}

test_second_signal() {
    begin "$villages" --quiet --steps 100000000 --out second
    await_steps second/villages-seed1.sqlite
    kill -s STOP "$child" # so that both are there before it can look
    kill -s INT "$child"
    kill -s TERM "$child" # at once: such are sent by shells and terminals
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
        [ ! -e early/villages-seed1.sqlite ] || [ "$status" = 143 ] ||
            [ ! -e early/villages-seed1.sqlite-wal ] || problem "a -wal was left"
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

plan 19
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
try "so it does in the middle of a large batch" test_killed_in_batch
try "killed before its first step, readers say so" test_killed_early
for command in ensemble ask risk scale-check; do
    try "'steppe $command' ends at once, is marked, and goes on" test_many "$command"
done
try "a SIGHUP that is ignored stays so" test_nohup
try "a second signal does not damage the file" test_second_signal
try "a signal right at the start is heeded" test_early_signal
finish
