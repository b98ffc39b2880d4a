#!/usr/bin/env bash
# Texts that try to be more than text: in every page, picture and table that a command writes, in
# JSON, in messages and in what is shown on a terminal.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

# Every text of it is hostile: marks of Markdown, HTML and formulas, controls, a second line.
cat >make.py <<'END'
import json
import re
import sys

BAD = ("x</title></script><script>pwned=1</script> `c` |b| [l](http://x) ![i](y) *s* __u__ ~~d~~ $m$ "
       "&lt; \\ \"q\" 'a'\n- item\n# head\x1b[31m\u202ertl\u2066")
bad = json.dumps(BAD)
text = open(sys.argv[1]).read()
for line in ("title: .*", "name: Harbour", "name: West", "title: A higher price in the west"):
    word = line.split(":")[0]
    text = re.sub(("^" if line.endswith("*") else "") + line, lambda _: word + ": " + bad, text, count=1, flags=re.M)
if len(sys.argv) > 2:
    text += """
sources:
  s: { title: BAD }
claims:
  - { id: c1, text: BAD, source: s, note: BAD }
observed:
  - { id: crowd, pattern: BAD, title: BAD, measure: units-with-unrest, at: 2022-03-01,
      value: { value: 2, kind: claim, source: s, note: BAD }, confidence: low }
  - { id: more, pattern: BAD, title: BAD, measure: turnout, at: 2022-03-01, value: 5000,
      confidence: low, districts: [harbour] }
questions:
  - { id: price, claim: c1, text: BAD, note: BAD, outcome: arrests,
      change: ["events.price.enabled=false", "districts.market.name='a|b`c'"], smallest: 0.1, pairs: 10, draws: 0, scale: 100 }
""".replace("BAD", bad)
print(text)
END
in="in (1)[x] \$y\`.yaml"
python3 make.py "$two_towns" more >"$in"
"$STEPPE" run "$in" --scale 50 --steps 30 --threads 1 --out runs -q || exit 1
run=$(echo runs/*.sqlite)
"$STEPPE" ensemble "$in" -n 4 --scale 100 --threads 1 --out 'm `a|b` (1).sqlite' -q || exit 1
many='m `a|b` (1).sqlite'
"$STEPPE" ensemble "$in" -n 4 --seed 9 --scale 100 --threads 1 --out 'n `a|b` (1).sqlite' -q || exit 1

# What a page in Markdown must not be, whatever stands in it.
cat >look.py <<'END'
import os
import re
import sys
import urllib.parse

path = sys.argv[1]
text = open(path, encoding="utf-8", newline="").read()
wrong = []
for c in text:
    if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in "\u202e\u2066\u2028":
        wrong.append("a control: %r" % c)
        break
bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", text)  # without what is escaped
bare = re.sub(r"<code>[^<>`|]*</code>", "CODE", bare)
bare = re.sub(r"`[^`\n|]*`", "CODE", bare)  # without code
for image in re.findall(r"!\[[^\]\n]*\]\(([^()\s]*)\)", bare):
    name = os.path.join(os.path.dirname(path), urllib.parse.unquote(image))
    if not os.path.exists(name):
        wrong.append("a picture that is not there: " + name)
bare = re.sub(r"!\[[^\]\n]*\]\([^()\s]*\)", "", bare)
for mark in ("<", "](", "~~", "$", "__", "`"):
    if mark in bare:
        wrong.append("raw %r: %s" % (mark, bare[max(0, bare.index(mark) - 40):][:80]))
for line in text.split("\n"):
    if re.match(r"(- item|# head|# *head)", line):
        wrong.append("a line of its own: " + line)
for table in re.findall(r"(?:^\|.*\n)+", bare, re.M):
    counts = {row.count("|") for row in table.splitlines()}
    if len(counts) != 1:
        wrong.append("a table with rows of %s bars: %s" % (sorted(counts), table[:200]))
if "pwned" in sys.argv[2:] and "pwned" not in text:
    wrong.append("the title is missing")
print("\n".join(wrong))
END

page='p (1)[x] `y`|z&é.md'

test_page() { # SAYS ARGUMENT ...
    local says=$1 picture
    shift
    rm -rf pages
    mkdir pages
    steppe "$@" -q --page "pages/$page"
    exits 0
    same "what is wrong with the page" "$(python3 look.py "pages/$page" $says)" ""
    for picture in pages/*.svg; do
        holds "$picture is XML" python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "$picture"
    done
}

test_report() {
    rm -rf pages
    mkdir pages
    steppe report "$1" -q --out 'pages/r.html' --figures pages/figures
    exits 0
    local file
    for file in pages/figures/*.svg; do
        holds "$file is XML" python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "$file"
    done
    for file in pages/figures/*.csv; do
        holds "$file is a table" python3 - "$file" <<'END'
import csv
import sys

rows = list(csv.reader(open(sys.argv[1], encoding="utf-8", newline="")))
assert len({len(row) for row in rows}) == 1, rows[:3]
for row in rows[1:]:
    for cell in row:
        try:
            float(cell)
        except ValueError:
            assert not cell or cell[0] not in "=+-@\t\r", cell
        assert not any(ord(c) < 32 or c in "\u202e\u2066" for c in cell), cell
END
    done
    holds "no raw mark in the page" python3 - pages/r.html <<'END'
import re
import sys

text = open(sys.argv[1], encoding="utf-8", newline="").read()
assert "<script>pwned" not in text and "\x1b" not in text
assert not re.search("[\u202e\u2066]", text)
END
}

test_picture() {
    python3 make.py "$root/scenarios/published/seat-of-power.yaml" >seat.yaml
    steppe seat seat.yaml --json --svg 'p (1).svg'
    exits 0
    holds "the picture is XML" python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' 'p (1).svg'
    same "the title" "$(json '.title | contains("pwned")')" true
}

plan 8
try "a page of ask" test_page pwned ask "$in" --pairs 4 --threads 1 --out kept
try "a page of fit" test_page pwned fit "$in" "$run"
try "a page of risk" test_page pwned risk "$in" --results "$many" --against 'n `a|b` (1).sqlite'
try "a page of scale-check" test_page pwned scale-check "$in" --scales 100,50 --seeds 3 --steps 10 --threads 1 --out scales
try "a page of replicate" test_page '' replicate granovetter --effort 1 --scenarios "$root/scenarios/published"
try "the report of a run" test_report "$run"
try "the report of an ensemble" test_report "$many"
try "a picture of the seat" test_picture
finish
