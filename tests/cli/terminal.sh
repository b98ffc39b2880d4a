#!/usr/bin/env bash
# Progress: one line that renews itself on a terminal, plain lines elsewhere.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

control=$'[\r\033]'

# Run a shell command on a terminal of its own; what it shows goes to $work/out.
on_terminal() { # COMMAND
    ran="on a terminal: $1"
    script --quiet --return --command "$1" /dev/null >"$work/out" 2>"$work/err" </dev/null
    status=$?
}

test_line_on_terminal() {
    on_terminal "'$STEPPE' run '$epstein' --steps 8000 --threads 1 --out results"
    exits 0
    says $'\r' out
    tr '\r' '\n' <"$work/out" >lines
    holds "no progress with percent, time, rate and time left" grep -qE \
        '^ *[0-9]+ %  step [0-9]+  [0-9,]+ active  [0-9.,]+ M resident-hours/s  .* left' lines
    holds "the line is not erased in the end" grep -qE "^$(printf '\033')\[K" lines
    # The summary follows below, whole.
    matches '^digest +[0-9a-f]{16}' out
    says 'not a forecast' out
    [ "$(grep -c ' left' lines)" -ge 2 ] || problem "the line never changed"
}

# The longest line that fits, so that it never wraps.
test_widths() {
    local width words
    for width in 200 100 80 52 20; do
        on_terminal "stty cols $width; '$STEPPE' run '$two_towns' --steps 3000 --threads 1 --out results -s time.steps=3000"
        exits 0
        tr '\r' '\n' <"$work/out" | grep '^ *[0-9]* %' | sed 's/\x1b.*//' >lines
        same "lines over $width columns wide" "$(awk -v most="$width" 'length >= most' lines | wc -l)" 0
        case $width in
        200) words=' million activations/s  .* million resident-hours/s  .* left$' ;;
        100) words=' M activations/s  .* M resident-hours/s  .* left$' ;;
        80) words=' active  [0-9.,]+ M resident-hours/s  .* left$' ;;
        52) words=' active  .* left$' ;;
        20) words='^ *[0-9]+ %  2022' ;;
        esac
        same "lines of other words at $width columns" "$(grep -cvE "$words" lines)" 0
        [ -s lines ] || problem "no line at $width columns"
    done
}

test_output_elsewhere() {
    on_terminal "'$STEPPE' run '$epstein' --steps 3000 --threads 1 --out results >summary"
    exits 0
    says ' left' out
    holds "no summary in the file" grep -q '^digest' summary
    same "lines with control characters" "$(grep -c "$control" summary)" 0
}

test_quiet_on_terminal() {
    on_terminal "'$STEPPE' run '$epstein' --steps 2000 --threads 1 --out results --quiet"
    exits 0
    quiet_on out
}

test_interrupted_on_terminal() {
    on_terminal "'$STEPPE' run '$epstein' --steps 100000000 --threads 1 --out results &
        child=\$!; sleep 0.7; kill -TERM \$child; wait \$child"
    exits 130
    matches '; kept, marked incomplete, in results/' out
}

test_lines_elsewhere() {
    steppe run "$epstein" --steps 6000 --threads 1 --out results
    exits 0
    same "lines with control characters" "$(grep -c "$control" err)" 0
    [ "$(grep -cvE '^ *[0-9]+ %  step [0-9]+ .* (s|min) left$|^steppe: warning: ' err)" = 0 ] ||
        problem "other lines than those of progress"
    [ "$(wc -l <err)" -ge 1 ] || problem "no progress at all"
    [ "$(wc -l <err)" -le 10 ] || problem "more than ten lines of progress"
    says 'digest' out
}

plan 6
if script --quiet --return --command true /dev/null >/dev/null 2>&1 </dev/null; then
    try "a terminal shows a line that renews itself" test_line_on_terminal
    try "the line never wraps" test_widths
    try "so it does if only the summary goes elsewhere" test_output_elsewhere
    try "--quiet is quiet on a terminal" test_quiet_on_terminal
    try "an interruption is reported on a terminal" test_interrupted_on_terminal
else
    skip "a terminal shows a line that renews itself" "script (util-linux) is missing"
    skip "the line never wraps" "script is missing"
    skip "so it does if only the summary goes elsewhere" "script is missing"
    skip "--quiet is quiet on a terminal" "script is missing"
    skip "an interruption is reported on a terminal" "script is missing"
fi
try "elsewhere, progress is a few plain lines" test_lines_elsewhere
finish
