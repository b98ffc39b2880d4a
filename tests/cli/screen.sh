#!/usr/bin/env bash
# What is printed: controls are shown and not sent, errors are one line, columns stand under each
# other whatever letters are in them.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

bad='T\e[31mx\ny\x7f\x85\u202er\u2066' # in quotes of YAML
put=${bad//\\/\\\\}                      # ... and of sed
{
    sed -e "s|^title: .*|title: \"$put\"|" -e "s|name: Harbour|name: \"Copiapó$put\"|" \
        -e "s|name: West|name: \"$put\"|" -e "s|title: A higher price in the west|title: \"$put\"|" "$two_towns"
    cat <<END
sources:
  s: { title: "$bad" }
observed:
  - { id: crowd, pattern: "$bad", title: "$bad", measure: turnout, at: 2022-03-01,
      value: { value: 5000, kind: claim, source: s, note: "$bad" }, confidence: low }
questions:
  - { id: price, text: "$bad", note: "$bad", outcome: arrests, change: [events.price.enabled=false],
      smallest: 0.1, pairs: 10, draws: 0, scale: 100 }
END
} >bad.yaml
sed "s|^title: .*|title: \"$put\"|; s|name: President|name: \"$put\"|" \
    "$root/scenarios/published/seat-of-power.yaml" >seat.yaml
sed "s|^title: .*|title: \"$put\"|" "$root/scenarios/published/granovetter-1978-uniform.yaml" >crowd.yaml
folder=$'f\e[31m\xff\xe2\x80\xae' # U+202E, by its bytes: bash knows \u in UTF-8 alone
mkdir "$folder"
"$STEPPE" run bad.yaml --scale 50 --steps 30 --threads 1 --out "$folder" -q || exit 1
run=$folder/bad-seed1.sqlite

# Nothing on either stream that a terminal would obey.
obeyed() {
    python3 - out err <<'END'
import sys

for name in sys.argv[1:]:
    text = open(name, "rb").read()
    try:
        for c in text.decode("utf-8"):
            if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 or c in "\u202e\u2066\u2028":
                print("%s: %r" % (name, c))
                break
    except UnicodeDecodeError as wrong:
        print(name, wrong)
END
}

shown() { # STATUS ARGUMENT ...
    local wanted=$1
    shift
    steppe "$@"
    exits "$wanted"
    same "what a terminal would obey" "$(obeyed)" ""
}

test_commands() {
    shown 0 check bad.yaml
    says 'T\x1b[31mx\ny\u007f\u0085\u202er' out
    same "lines" "$(wc -l <out)" 1
    shown 0 describe bad.yaml
    shown 0 describe bad.yaml --json
    shown 0 describe bad.yaml --resolved
    shown 0 run bad.yaml --scale 50 --steps 30 --threads 1 --out "$folder"
    says 'T\x1b[31mx\ny' out
    says 'f\x1b[31m\xff\u202e/bad-seed1-2.sqlite' out
    shown 0 run crowd.yaml --out "$folder"
    shown 0 ensemble bad.yaml -n 4 --scale 100 --threads 1 --out "$folder/many.sqlite"
    shown 0 risk bad.yaml --results "$folder/many.sqlite"
    shown 0 ask bad.yaml --list
    shown 0 ask bad.yaml --pairs 4 --threads 1 --out "$folder/kept"
    shown 0 fit bad.yaml "$run"
    shown 0 seat seat.yaml
    shown 0 seat seat.yaml --acts
    shown 0 scale-check bad.yaml --scales 100,50 --seeds 3 --steps 10 --threads 1 --out "$folder/scales"
    shown 0 report "$run"
    shown 0 diff "$run" "$run"
}

test_json() {
    local title
    title=$(python3 -c 'print(ascii("T\x1b[31mx\ny\x7f\x85\u202er\u2066"))')
    for command in "describe bad.yaml" "run crowd.yaml --out r" "ask bad.yaml --list"; do
        # shellcheck disable=SC2086 # words
        shown 0 $command --json
        same "title of $command" "$(python3 -c 'import json; print(ascii(json.load(open("out"))["title"]))')" "$title"
    done
    shown 0 run bad.yaml --scale 50 --steps 3 --threads 1 --out "$folder" --json
    same "results" "$(json .results)" 'f\x1b[31m\xff\u202e/bad-seed1-3.sqlite'
    shown 0 ensemble bad.yaml -n 4 --scale 100 --threads 1 --out "$folder/many.sqlite" --json
    shown 0 risk bad.yaml --results "$folder/many.sqlite" --json
    holds "the answer of risk" jq -e .results out
}

one_line() { # ARGUMENT ...
    shown 2 "$@"
    same "lines of the error from $1 that begin no message" "$(grep -vc '^steppe: ' err)" 0
    quiet_on out
}

test_errors() {
    local odd=$'no\e[31m\nsuch\x9b\xff'
    one_line check "$odd"
    one_line describe "$odd"
    one_line report "$odd"
    one_line diff "$odd" "$odd"
    one_line "$odd"
    one_line ask bad.yaml "$odd"
    one_line scale-check bad.yaml --outcome "$odd"
    one_line fit bad.yaml "$odd"
    one_line risk bad.yaml --results "$odd"
    one_line run bad.yaml --set "$odd=1"
    one_line run bad.yaml --set "title"
    one_line run bad.yaml --set $'citizens.legitimacy="a\e[31m\nb"'
    printf 'steppe: 1\ntitle: x\n"k\\e[31m\\nx": 1\ndistricts: [{ id: a, width: 9, height: 9 }]\n' >key.yaml
    one_line check key.yaml
    says 'unknown key '"'"'k\x1b[31m\nx'"'" err
    printf 'steppe: 1\ntitle: x\ndistricts: [{ id: "a\\e[31m\\nb", width: 9, height: 9 }]\n' >id.yaml
    one_line check id.yaml
    shown 2 run $'--bad\e[31m' bad.yaml # the words of argp, with a second line of its own
}

# ---- columns ---------------------------------------------------------------------------

cat >wide.yaml <<'END'
steppe: 1
title: Names of many letters
time: { steps: 20 }
units:
  - { id: u1, name: Ñuble }
  - { id: u2, name: 東京都 }
  - { id: u3, name: Almaty }
  - { id: u4, name: A unit whose name is longer than its column is wide é́ё }
districts:
  - { id: a, name: Copiapó, unit: u1, width: 9, height: 9 }
  - { id: b, name: 東京, unit: u2, width: 9, height: 9 }
  - { id: c, name: "Cafe\u0301 \u0915\u094d\u0937", unit: u3, width: 9, height: 9 }
  - { id: d, name: 東京東京東京東京東京東京東京東京東京東京, unit: u4, width: 9, height: 9 }
  - { id: e, name: Plain, unit: u3, width: 9, height: 9 }
END

# Rows of a table from the one whose first word is FIRST on, as the columns (on a terminal) at which the
# word WORD, a pattern, begins in each.
cat >columns.py <<'END'
import re
import sys
import unicodedata


def width(text):
    return sum(0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else
               2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


first, word, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
lines = open("out", encoding="utf-8").read().split("\n")
at = next(i for i, line in enumerate(lines) if line.split()[:1] == [first])
rows = lines[at + 1:at + 1 + count]
found = {width(row[:re.search(word, row).start()]) for row in rows}
print(len(rows), "rows,", "at one column" if len(found) == 1 else sorted(found))
END

test_columns() {
    steppe describe wide.yaml
    exits 0
    same "districts of 'describe'" "$(python3 columns.py district '9 x 9' 5)" "5 rows, at one column"
    same "... and their units" "$(python3 columns.py district 'Ñuble|東京都|Almaty|A unit' 5)" "5 rows, at one column"
    says '東京東京東京東京東京東京東京東京' out
    steppe ensemble wide.yaml -n 4 --threads 1 --out wide.sqlite -q
    steppe risk wide.yaml --results wide.sqlite
    exits 0
    same "regions of 'risk'" "$(python3 columns.py region '\)' 4)" "4 rows, at one column"
    sed 's|name: President|name: Președinte 大統領|; s|name: Prime|name: "Cafe\\u0301"|' seat.yaml >seat-wide.yaml
    steppe seat seat-wide.yaml
    exits 0
    same "offices of 'seat'" "$(python3 columns.py office 'the start' 3)" "3 rows, at one column"
    LC_ALL=C steppe describe wide.yaml # whatever the locale is
    same "in another locale" "$(python3 columns.py district '9 x 9' 5)" "5 rows, at one column"
}

test_whole_letters() { # a name of any length is cut between letters
    local count
    for count in 15 16 17 18 30; do
        steppe describe wide.yaml --set "districts.a.name=$(printf '東%.0s' $(seq $count))é"
        exits 0
        holds "UTF-8 with $count letters" python3 -c 'open("out", encoding="utf-8").read()'
    done
}

plan 5
try "controls are shown by every command" test_commands
try "JSON says what is so" test_json
try "errors are one line" test_errors
try "columns stand under each other" test_columns
try "names are cut between letters" test_whole_letters
finish
