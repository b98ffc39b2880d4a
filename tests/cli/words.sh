#!/usr/bin/env bash
# The words are those of the field, and the test that says so sees it when they are not.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

words=$root/tests/words.py
test_repository() {
    python3 "$words" >out || problem "$(cat out)"
}

wants() { # TEXT : copy/ is refused with it
    python3 "$words" --root copy src >out && problem "nothing was found"
    holds "it says: $1" grep -qF "$1" out
}

test_faults() {
    mkdir -p copy/src
    printf '/* It hangs\n * on the scale. */\n' >copy/src/a.c
    printf '/* A file for all. */\nint x; /* -1 if memory\n        ran out */\n' >copy/src/b.h
    printf 'One flag\na district.\n' >copy/src/c.md
    wants "src/a.c:1: 'hangs on': say: depends on"
    wants "src/b.h:2: 'memory ran out': say: out of memory"
    wants "src/c.md:1: 'flag a district': say: per:"
}

test_quotations() {
    mkdir -p quoted/src
    echo 'He wrote "it hangs on him". <!-- words: ok -->' >quoted/src/a.md
    python3 "$words" --root quoted src >out || problem "$(cat out)"
}

plan 3
try "no word of the list is used" test_repository
try "a word is found, also across lines" test_faults
try "a quotation may be marked" test_quotations
finish
