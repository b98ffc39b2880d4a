#!/usr/bin/env bash
# A full disk, an output that cannot be written, a reader that goes away: an error that
# says so, status 1, and what was done is kept.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

# ---- full disk -------------------------------------------------------------------------
# Steps are committed every second; a larger lattice fills the disk in some more.
larger=(--set districts.lattice.width=80 --set districts.lattice.height=80)

mounted=
unmount() { [ -z "$mounted" ] || umount "$mounted" 2>/dev/null; }
trap 'unmount; clean_up' EXIT

keeps_beginning() { # FILE
    local steps
    steps=$(sql "$1" 'SELECT count(*) FROM step')
    same "integrity" "$(sql "$1" 'PRAGMA integrity_check')" ok
    differ "status" "$(fact "$1" status)" complete
    same "last step" "$(sql "$1" 'SELECT coalesce(max(step), 0) FROM step')" "$steps"
    same "rows" "$(sql "$1" 'SELECT count(*) FROM series')" "$steps"
    [ "$steps" -gt 0 ] || problem "no step was kept"
}

test_full_disk() {
    steppe run "$epstein" "${larger[@]}" --steps 1000000 --threads 1 --out small
    exits 1
    quiet_on out
    says 'steppe: small/epstein-2002-run2-seed1.sqlite: cannot be written: ' err
    says 'full' err
    says 'what was written so far is kept in small/epstein-2002-run2-seed1.sqlite' err
    keeps_beginning small/epstein-2002-run2-seed1.sqlite
}

test_no_room_at_all() {
    rm -f small/*
    head -c 5000000 /dev/zero >small/ballast 2>/dev/null
    steppe run "$epstein" --steps 5 --threads 1 --out small
    exits 1
    quiet_on out
    says 'cannot be' err
    same "files left" "$(ls small)" ballast
}

# A limit on the size of files is a full disk that needs no rights to set up.
test_file_limit() {
    ran="steppe run, with files of at most 1000 KB"
    (
        ulimit -f 1000
        exec "$STEPPE" run "$epstein" "${larger[@]}" --steps 1000000 --out limited
    ) >out 2>err </dev/null
    status=$?
    exits 1
    quiet_on out
    says 'limited/epstein-2002-run2-seed1.sqlite: cannot be written: ' err
    keeps_beginning limited/epstein-2002-run2-seed1.sqlite
}

# ---- standard output -------------------------------------------------------------------

results=$work/known.sqlite
"$STEPPE" run "$epstein" --steps 5 --threads 1 --quiet --out known </dev/null &&
    mv known/*.sqlite "$results"

# Every way of printing something, each a line of arguments.
printing=(
    "run $epstein --steps 5 --threads 1 --out printed"
    "run $epstein --steps 5 --threads 1 --out printed --json --quiet"
    "check $epstein"
    "describe $epstein"
    "describe $epstein --json"
    "describe $epstein --resolved"
    "describe --parameters"
    "diff $results $results"
    "--version"
    "--help"
)

fails_politely() {
    exits 1
    same "lines on stderr" "$(grep -c '^steppe: ' "$work/err")" 1
    says 'steppe: standard output cannot be written: ' err
}

test_full_output() {
    for ran in "${printing[@]}"; do
        # shellcheck disable=SC2086 # the words are arguments
        "$STEPPE" $ran >/dev/full 2>"$work/err" </dev/null
        status=$?
        fails_politely
        says 'No space left on device' err
    done
}

test_closed_output() {
    for ran in "${printing[@]}"; do
        # shellcheck disable=SC2086
        "$STEPPE" $ran >&- 2>"$work/err" </dev/null
        status=$?
        fails_politely
    done
    for file in printed/*; do
        same "integrity of $file" "$(sql "$file" 'PRAGMA integrity_check')" ok
    done
}

test_broken_pipe() {
    for ran in "${printing[@]}"; do
        # shellcheck disable=SC2086
        {
            sleep 0.2
            "$STEPPE" $ran 2>"$work/err" </dev/null
            echo $? >status
        } | :
        status=$(cat status)
        fails_politely
        says 'Broken pipe' err
    done
}

# Nobody looks at the progress any more: the run continues.
test_broken_stderr() {
    {
        sleep 0.2
        "$STEPPE" run "$epstein" --threads 1 --out on 2>&1 >out
        echo $? >status
    } | :
    status=$(cat status)
    exits 0
    says 'digest' out
    steppe run "$epstein" --steps 5 --threads 1 --out on 2>&-
    exits 0
}

plan 7
mkdir small
if mount -t tmpfs -o size=1000k none small 2>/dev/null; then
    mounted=$work/small
    try "a full disk ends the run, and keeps what was done" test_full_disk
    try "a disk without any room leaves nothing" test_no_room_at_all
else
    skip "a full disk ends the run, and keeps what was done" "no right to mount one"
    skip "a disk without any room leaves nothing" "no right to mount one"
fi
try "so does a limit on the size of files" test_file_limit
try "an output that is full is an error" test_full_output
try "an output that is closed is an error" test_closed_output
try "an output that nobody reads is an error" test_broken_pipe
try "a run continues if nobody reads its progress" test_broken_stderr
finish
