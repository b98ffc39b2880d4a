#!/usr/bin/env bash
# The programs of examples/ do what their first comments say. They are built beside the command.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

examples=$(dirname "$STEPPE")/examples

example() { # NAME
    ran="example_$1"
    (cd "$root" && "$examples/example_$1") >"$work/out" 2>"$work/err"
    status=$?
    exits 0
    quiet_on err
}

test_watch() {
    example watch
    matches '^step 199: [0-9]+ active, [0-9]+ arrested$' out
    holds "some hours are calm" test "$(wc -l <"$work/out")" -lt 100
}

test_setting() {
    example setting
    same "the higher the legitimacy, the fewer are active" \
        "$(sed -E 's/.*: ([0-9.]+) of.*/\1/' "$work/out" | sort -rn)" \
        "$(sed -E 's/.*: ([0-9.]+) of.*/\1/' "$work/out")"
    same "lines" "$(wc -l <"$work/out")" 3
}

test_arms() {
    example arms
    matches '^[+-][0-9]+ citizen-hours, standard error [0-9]+, 20 pairs$' out
}

plan 3
if [ ! -x "$examples/example_watch" ]; then
    for name in watch setting arms; do skip "the example $name" "the examples are not built"; done
    finish
fi
try "one watches a run" test_watch
try "one changes a setting" test_setting
try "one compares two arms" test_arms
finish
