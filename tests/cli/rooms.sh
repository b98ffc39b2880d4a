#!/usr/bin/env bash
# The rooms of src/ keep their order, and the test that says so sees it when they do not.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

rooms=$root/tests/rooms.py

test_order() {
    python3 "$rooms" >out || problem "$(cat out)"
}

wants() { # TEXT : a copy of two rooms is refused with it
    python3 "$rooms" copy >out && problem "nothing was found"
    holds "it says: $1" grep -qF "$1" out
}

test_faults() {
    mkdir -p copy/src/base copy/src/street copy/src/cli
    echo '#include "street/street.h"' >copy/src/base/text.c
    echo '#include "street/crowd.h"' >copy/src/street/street.h
    echo '#include "street/street.h"' >copy/src/street/crowd.h
    echo '#include "base/text.h"' >copy/src/cli/run.c
    : >copy/src/base/text.h
    wants 'base/text.c includes street/street.h'
    wants 'a cycle: street/crowd.h -> street/street.h -> street/crowd.h'
    wants 'cli/run.c includes base/text.h'
}

plan 2
try "rooms include no later one, and no headers include each other" test_order
try "an include to a later room, a cycle and a way round the public header are found" test_faults
finish
