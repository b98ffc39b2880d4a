#!/usr/bin/env bash
# Results files are never overwritten, and a folder that cannot be written is an error.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

test_two_runs() {
    run_short twice "$epstein" --steps 50
    local first=$result
    cp "$first" copy
    run_short twice "$epstein" --steps 60
    differ "name of the results" "$result" "$first"
    same "name" "$result" twice/epstein-2002-run2-seed1-2.sqlite
    holds "the first file was changed" cmp "$first" copy
    same "steps in the second" "$(fact "$result" steps_done)" 60
}

test_foreign_file() {
    mkdir foreign
    echo mine >foreign/epstein-2002-run2-seed1.sqlite
    ln -s "$work/elsewhere" foreign/epstein-2002-run2-seed1-2.sqlite
    run_short foreign "$epstein" --steps 5
    same "somebody's file" "$(cat foreign/epstein-2002-run2-seed1.sqlite)" mine
    same "name" "$result" foreign/epstein-2002-run2-seed1-3.sqlite
    [ ! -e elsewhere ] || problem "it wrote through a link"
}

test_at_once() {
    local i pids=() pid
    for i in 1 2 3 4; do
        "$STEPPE" run "$epstein" --steps 400 --threads 1 --json --quiet --out once \
            >"once-$i.json" 2>"once-$i.err" </dev/null &
        pids+=($!)
    done
    children+=("${pids[@]}")
    for pid in "${pids[@]}"; do
        wait "$pid" || problem "one of the runs failed: $(cat once-*.err)"
    done
    children=()
    same "different files" "$(jq -r .results once-*.json | sort -u | wc -l)" 4
    same "different digests" "$(jq -r .digest once-*.json | sort -u | wc -l)" 1
    while IFS= read -r i; do
        same "steps in $i" "$(sql "$i" 'SELECT count(*) FROM step')" 400
        same "status of $i" "$(fact "$i" status)" complete
    done < <(jq -r .results once-*.json)
    same "files left" "$(find once -type f | wc -l)" 4
}

cannot() { # FOLDER MESSAGE
    steppe run "$epstein" --steps 5 --threads 1 --out "$1"
    exits 1
    quiet_on out
    says "$2" err
    matches '^steppe: ' err
}

test_bad_folders() {
    echo >a-file
    cannot a-file 'Not a directory'
    cannot a-file/below 'Not a directory'
    cannot '' 'the folder cannot be made'
    cannot "$(printf 'x%.0s' {1..300})" 'File name too long'
    cannot "$(printf 'folder/%.0s' {1..800})" 'File name too long'
    cannot /dev/null/x 'Not a directory'
    cannot /proc/nowhere 'the folder cannot be made'
    same "the file" "$(cat a-file)" ''
}

# What it says and does without the rights to write; root has all, so it steps down.
test_unwritable() {
    local as=()
    [ "$(id -u)" = 0 ] && as=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    mkdir -m 555 unwritable
    chmod 755 "$work"
    cp "$STEPPE" "$epstein" .
    ran="steppe run --out unwritable, without the right"
    "${as[@]}" ./steppe run epstein-2002-run2.yaml --steps 5 --threads 1 \
        --out unwritable >out 2>err
    status=$?
    exits 1
    quiet_on out
    says 'steppe: unwritable/epstein-2002-run2-seed1.sqlite: ' err
    says 'cannot be created: Permission denied' err
    "${as[@]}" ./steppe run epstein-2002-run2.yaml --steps 5 --threads 1 \
        --out unwritable/below >out 2>err
    status=$?
    exits 1
    says 'unwritable/below: the folder cannot be made: Permission denied' err
    same "files" "$(find unwritable -type f | wc -l)" 0
}

can_step_down() {
    [ "$(id -u)" != 0 ] || setpriv --reuid=65534 --regid=65534 --clear-groups \
        test -x / 2>/dev/null
}

plan 5
try "a second run gets a file of its own" test_two_runs
try "other files and links are left alone" test_foreign_file
try "runs that start at once get a file each" test_at_once
try "a folder that cannot be is an error" test_bad_folders
if can_step_down; then
    try "a folder without the right to write is an error" test_unwritable
else
    skip "a folder without the right to write is an error" "root cannot step down here"
fi
finish
