#!/usr/bin/env bash
# Readers beside who writes, folders and files that cannot be written, pipes and devices for files, and
# values that no run has: every reader alike.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

cp "$root/tests/property/scenarios/two-towns.yaml" towns.yaml
cat >town.yaml <<'END'
steppe: 1
title: A town
time: { steps: 30 }
districts: [{ id: town, name: Town, width: 20, height: 20 }]
questions:
  - { id: calm, text: Calmer?, change: ["citizens.legitimacy=0.99"], outcome: citizen-hours, smallest: 0.1,
      pairs: 50, draws: 0 }
END
cat >observed.yaml <<'END'
steppe: 1
title: A town
time: { steps: 30 }
districts: [{ id: town, name: Town, width: 20, height: 20 }]
observed: [{ id: t, title: T, pattern: P, measure: turnout, value: 3, confidence: low }]
END

# A program that reads a file as long as another of that name exists.
read_along() { # FILE QUERY FLAG
    python3 - "$1" "$2" "$3" <<'END' &
import os, sqlite3, sys, time
while os.path.exists(sys.argv[3]):
    try:
        rows = sqlite3.connect(sys.argv[1]).execute(sys.argv[2])
        rows.fetchone()
        break
    except sqlite3.OperationalError:
        time.sleep(0.05)
open(sys.argv[3] + ".open", "w").close()
while os.path.exists(sys.argv[3]):
    time.sleep(0.05)
END
    reader=$!
    children+=("$reader")
}

await() { # FILE
    local i
    for ((i = 0; i < 300; i++)); do
        [ -e "$1" ] && return
        sleep 0.05
    done
    problem "$1 did not appear in 15 s"
    rm -f reading
}

# The reader has its cursor open through many commits, and past the end of the run.
test_run_beside_reader() {
    local file=beside/epstein-2002-run2-seed1.sqlite
    touch reading
    "$STEPPE" run "$epstein" --steps 100000000 --threads 1 --out beside -q 2>err </dev/null &
    local child=$!
    children=("$child")
    await "$file"
    read_along "$file" 'SELECT a.step, b.step FROM step a, step b' reading
    await reading.open
    sleep "${READER_SECONDS:-4}"
    kill -TERM "$child"
    wait "$child"
    status=$?
    exits 130
    says "note: another program has $file open: $file-wal stays until" err
    [ -e "$file-wal" ] || problem "no -wal is there"
    [ "$(sql "$file" 'SELECT count(*) FROM step')" = "$(fact "$file" steps_done)" ] ||
        problem "what the file says is not what it holds"
    rm reading reading.open
    wait "$reader"
    children=()
    steppe report "$file" --out beside.html
    exits 0
    same "files in the end" "$(find beside -type f)" "$file"
}

test_ensemble_beside_reader() {
    local mode
    for mode in wal delete; do
        rm -f many.sqlite*
        steppe ensemble town.yaml -n 4 --out many.sqlite -q
        exits 0
        same "files" "$(ls many.sqlite*)" many.sqlite
        sql many.sqlite "PRAGMA journal_mode = $mode" >/dev/null
        touch reading
        read_along many.sqlite 'SELECT a.value FROM outcome a, outcome b, outcome c' reading
        await reading.open
        if [ "$mode" = wal ]; then
            steppe ensemble town.yaml -n 12 --out many.sqlite -q
            exits 0
            says 'note: another program has many.sqlite open' err
        fi
        rm -f reading reading.open
        wait "$reader"
        steppe ensemble town.yaml -n 12 --out many.sqlite -q
        exits 0
        steppe ensemble town.yaml -n 12 --out whole.sqlite -q
        same "what it holds" "$(sql many.sqlite 'SELECT * FROM replicate ORDER BY 1; SELECT * FROM outcome ORDER BY 1, 2')" \
            "$(sql whole.sqlite 'SELECT * FROM replicate ORDER BY 1; SELECT * FROM outcome ORDER BY 1, 2')"
        sql many.sqlite 'SELECT 1' >/dev/null
        same "files in the end" "$(ls many.sqlite*)" many.sqlite
    done
    children=()
}

# ---- what cannot be written ------------------------------------------------------------

mounted=
unmount() { [ -z "$mounted" ] || umount "$mounted" 2>/dev/null; }
trap 'unmount; clean_up' EXIT

test_read_only() {
    local name
    run_short fixed town.yaml
    cp "$result" fixed/done.sqlite
    steppe ensemble town.yaml -n 4 --out fixed/many.sqlite -q
    for name in 'done' many; do # as one whose last reader was faster than the end of the run
        cp "fixed/$name.sqlite" "fixed/$name wal?.sqlite"
        sql "fixed/$name wal?.sqlite" 'PRAGMA journal_mode = WAL' >/dev/null
    done
    cp fixed/done.sqlite fixed/killed.sqlite
    python3 - <<'END'
import os, sqlite3
db = sqlite3.connect("fixed/killed.sqlite", isolation_level=None)
db.execute("PRAGMA journal_mode = WAL")
db.execute("UPDATE run SET value = 'running' WHERE key = 'status'")
os._exit(0)
END
    rm -f fixed/killed.sqlite-shm
    mkdir only
    mount --bind fixed only && mounted=$work/only && mount -o remount,bind,ro only || return
    for name in 'done' 'done wal?'; do
        steppe report "only/$name.sqlite" --out page.html
        exits 0
        steppe diff "only/$name.sqlite" "$result"
        exits 0
        steppe fit observed.yaml "only/$name.sqlite"
        exits 0
    done
    for name in many 'many wal?'; do
        steppe report "only/$name.sqlite" --out page.html
        exits 0
        steppe risk town.yaml --results "only/$name.sqlite" -q
        exits 0
    done
    steppe report only/killed.sqlite --out page.html
    exits 2
    says 'only/killed.sqlite: its run was killed, and it or its folder cannot be written: copy it' err
    steppe run town.yaml --out only -q
    exits 1
    says 'only/town-seed1' err
    says 'cannot be created: Read-only file system' err
    steppe ensemble town.yaml -n 5 --out only/many.sqlite -q
    exits 1
    says 'only/many.sqlite: cannot be written: Read-only file system' err
}

# ---- what is no file -------------------------------------------------------------------

refuses() { # MESSAGE ARGUMENT ... : within seconds
    local message=$1
    shift
    ran="steppe $*"
    timeout 10 "$STEPPE" "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$?
    [ "$status" = 1 ] || [ "$status" = 2 ] || problem "exit status $status of $ran"
    grep -qF -e "$message" "$work/err" || problem "does not say '$message' after $ran: $(head -n 2 "$work/err")"
}

test_no_file() {
    run_short sound town.yaml
    mkfifo pipe
    mkdir folder
    local what
    for what in pipe /dev/zero folder; do
        local message='not a regular file'
        [ "$what" != folder ] || message='expected a regular file'
        refuses "$message" run "$what"
        refuses "$message" check "$what"
        refuses "$message" describe "$what"
        refuses "$message" report "$what" --out page.html
        refuses "$message" report "$result" --map "$what" --out page.html
        refuses "$message" diff "$what" "$result"
        refuses "$message" diff "$result" "$what"
        refuses "$message" fit observed.yaml "$what"
        refuses "$message" fit "$what" "$result"
        refuses "$message" ensemble town.yaml -n 4 --out "$what"
        refuses "$message" risk town.yaml -n 4 --out "$what"
        refuses "$message" risk town.yaml --results "$what"
        refuses "$message" seat towns.yaml --results "$what"
    done
}

# ---- values that no run has ------------------------------------------------------------

damage() { # FILE SQL : a copy, as broken.sqlite
    cp "$1" broken.sqlite
    sql broken.sqlite "$2"
}

refused_by_all() { # MESSAGE : broken.sqlite, the results of a run
    refuses "$1" report broken.sqlite --out page.html
    refuses "$1" diff broken.sqlite broken.sqlite
    refuses "$1" diff "$result" broken.sqlite
    refuses "$1" fit observed.yaml broken.sqlite
    refuses "$1" seat town.yaml --results broken.sqlite
    refuses "$1" ensemble town.yaml --out broken.sqlite
}

test_damaged_run() {
    run_short sound town.yaml
    damage "$result" 'UPDATE series SET active = 9223372036854775807 WHERE step = 3'
    refused_by_all "table 'series', step 3, district 0: active is 9223372036854775807; expected a whole number"
    damage "$result" 'UPDATE series SET active = alive + 1 WHERE step = 7'
    refused_by_all "table 'series', step 7, district 0: more are active than alive"
    damage "$result" 'UPDATE series SET on_street = alive + 1 WHERE step = 8'
    refused_by_all "table 'series', step 8, district 0: more are on the street or detained than alive"
    damage "$result" 'UPDATE series SET active = 1, on_street = 0 WHERE step = 8'
    refused_by_all "table 'series', step 8, district 0: more are active than on the street"
    damage "$result" "UPDATE series SET arrests = -1 WHERE step = 9"
    refused_by_all "table 'series', step 9, district 0: arrests is -1"
    damage "$result" "UPDATE run SET value = '99' WHERE key = 'results_version'"
    refused_by_all "results_version is '99'"
    says 'made by a later version' err
    damage "$result" "UPDATE run SET value = 'nan' WHERE key = 'scale'"
    refused_by_all "scale is 'nan'; expected a number from 1 to 1000000000"
    damage "$result" "UPDATE run SET value = 'perhaps' WHERE key = 'status'"
    refused_by_all "status is 'perhaps'; expected running|complete|incomplete"
    damage "$result" "UPDATE series SET legitimacy = NULL WHERE step = 2"
    refused_by_all "table 'series', step 2, district 0: legitimacy is empty"
    damage "$result" 'ALTER TABLE series DROP COLUMN heard'
    refused_by_all "table 'series' has no column 'heard'"
    damage "$result" "UPDATE step SET digest = x'00ff' WHERE step = 2"
    refused_by_all "table 'step', step 2: digest is"
    damage "$result" 'UPDATE district SET citizens = 1'
    refused_by_all "more are alive than the district has citizens"
}

refused_by_many() { # MESSAGE : broken.sqlite, an ensemble
    refuses "$1" report broken.sqlite --out page.html
    refuses "$1" diff broken.sqlite broken.sqlite
    refuses "$1" risk town.yaml --results broken.sqlite
    refuses "$1" risk town.yaml --results many.sqlite --against broken.sqlite
    refuses "$1" risk town.yaml -n 6 --out broken.sqlite
    refuses "$1" ensemble town.yaml -n 6 --out broken.sqlite
}

test_damaged_ensemble() {
    rm -f many.sqlite
    steppe ensemble town.yaml -n 6 --out many.sqlite -q
    damage many.sqlite 'UPDATE unrest SET unrest = 5 WHERE replicate = 2'
    refused_by_many "table 'unrest', replicate 2, week 0, region 0: unrest is 5; expected a whole number from 0 to 1"
    damage many.sqlite 'UPDATE replicate SET replicate = 300000000 WHERE replicate = 3'
    refused_by_many "table 'replicate', replicate 300000000: replicate is 300000000"
    damage many.sqlite 'UPDATE replicate SET replicate = 7 WHERE replicate = 3' # its seed is that of 3
    refused_by_many "replicate 7: seed is 4; expected 8"
    damage many.sqlite "UPDATE replicate SET replicate = 7, seed = 8 WHERE replicate = 3"
    refused_by_many "replicate 7: seed is 8; expected 8, and one of 6 replicates"
    damage many.sqlite 'DELETE FROM replicate WHERE replicate = 3'
    refused_by_many "replicate 3: has outcomes, but is not done in table 'replicate'"
    damage many.sqlite "DELETE FROM outcome WHERE replicate = 4 AND name = 'peak'"
    refused_by_many "replicate 4: lacks the outcome 'peak'"
    damage many.sqlite "UPDATE outcome SET value = 9e999 WHERE name = 'peak' AND replicate = 1"
    refused_by_many "table 'outcome', replicate 1, name peak: value is Inf"
    damage many.sqlite "UPDATE day SET legitimacy = 1.5"
    refused_by_many "legitimacy is 1.5; expected a number from 0 to 1"
    damage many.sqlite 'DELETE FROM day WHERE replicate = 5 AND day = 1'
    refused_by_many "replicate 5: has fewer days than others"
}

test_damaged_arm() {
    steppe ask town.yaml --out arms
    exits 0
    local arm
    arm=$(find arms -name '*.sqlite' | sort | head -n 1)
    sql "$arm" "DELETE FROM outcome WHERE replicate = 11 AND name = 'citizen-hours'"
    steppe ask town.yaml --out arms
    exits 2
    says "$arm: not a Steppe results file, or damaged: replicate 11: lacks the outcome 'citizen-hours'" err
}

# ---- moved away ------------------------------------------------------------------------

test_moved() {
    local end
    for end in moved removed; do
        rm -rf here gone
        "$STEPPE" run "$epstein" --steps 100000000 --threads 1 --out here -q 2>err </dev/null &
        local child=$!
        children=("$child")
        await here/epstein-2002-run2-seed1.sqlite
        sleep 1.5
        if [ "$end" = moved ]; then mv here gone; else rm -r here; fi
        sleep 0.3
        kill -TERM "$child"
        wait "$child"
        status=$?
        children=()
        if [ "$end" = moved ]; then
            exits 130
            says "was moved during the run, to $work/gone/epstein-2002-run2-seed1.sqlite" err
            says "kept, marked incomplete, in $work/gone/epstein-2002-run2-seed1.sqlite" err
            same "files" "$(ls gone)" epstein-2002-run2-seed1.sqlite
            same "status" "$(fact gone/epstein-2002-run2-seed1.sqlite status)" incomplete
        else
            exits 1
            says 'was removed during the run: nothing is kept' err
            ! grep -q 'kept in' err || problem "says that something is kept"
        fi
    done
}

test_settings_kept() {
    run_short settings town.yaml --set citizens.legitimacy=0.5 --set 'districts.town.name=a=b'
    same "of a run" "$(sql "$result" 'SELECT * FROM setting ORDER BY 1' | tr '\n' ' ')" \
        '0|citizens.legitimacy|0.5 1|districts.town.name|a=b '
    run_short settings town.yaml
    same "without any" "$(sql "$result" 'SELECT count(*) FROM setting')" 0
    steppe ensemble town.yaml -n 2 --set time.steps=5 --out set.sqlite -q
    same "of an ensemble" "$(sql set.sqlite 'SELECT * FROM setting')" '0|time.steps|5'
    steppe run "$root/scenarios/published/kuran-1989.yaml" --set threshold.values.2=10 --out kuran -q
    same "of a solution" "$(sql kuran/*.sqlite 'SELECT * FROM setting')" '0|threshold.values.2|10'
}

plan 9
try "a reader never stops a run" test_run_beside_reader
try "nor an ensemble, in a file of either kind" test_ensemble_beside_reader
if mkdir mountable && mount --bind mountable mountable 2>/dev/null && umount mountable; then
    try "files are read where nothing can be written" test_read_only
else
    skip "files are read where nothing can be written" "no right to mount a folder"
fi
try "a pipe, a device and a folder are refused by all" test_no_file
try "values that no run has are refused by all" test_damaged_run
try "and those that no ensemble has" test_damaged_ensemble
try "and those that no arm of a question has" test_damaged_arm
try "a folder that is moved or removed is reported" test_moved
try "files keep the settings that they were made with" test_settings_kept
finish
