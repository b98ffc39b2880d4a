#!/usr/bin/env bash
# The report of a run: what is in it, names that mean harm, files that are not good, and, where Chromium is
# there, how the page behaves in it.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

# PNG are drawn by rsvg-convert; where it is not there, by something that only makes files.
ink=$(command -v rsvg-convert || true)
stub() { # FOLDER COMMAND ... : a rsvg-convert of our own
    mkdir -p "$1"
    cat >"$1/rsvg-convert" <<END
#!/bin/sh
for a; do case \$a in --output=*) out=\${a#*=} ;; esac; done
$2
END
    chmod +x "$1/rsvg-convert"
}
if [ -z "$ink" ]; then
    stub ink "echo drawn >\"\$out\""
    PATH=$PWD/ink:$PATH
fi

run_short runs "$two_towns"
one=$result

shows() { # TEXT [FILE]
    grep -qF -e "$1" "${2:-page.html}" || problem "${2:-page.html} does not show '$1'"
}

hides() { # REGULAR-EXPRESSION [FILE]
    ! grep -qE -e "$1" "${2:-page.html}" || problem "${2:-page.html} has '$1'"
}

# The data of a page: what stands in its script of the type application/json.
data_of() { # FILE FILTER
    python3 - "$1" <<'END' | jq -r "$2"
import re
import sys
text = open(sys.argv[1], encoding="utf-8").read()
print(re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)[1])
END
}

test_page() {
    steppe report "$one" --out page.html
    exits 0
    quiet_on err
    says 'report: page.html' out
    same "first line" "$(head -n 1 page.html)" '<!DOCTYPE html>'
    shows '<h1>Two towns that hear of each other</h1>'
    shows 'A model, not a forecast.'
    shows 'Harbour'
    shows 'Tiles: districts, from north to south and west to east.' # no boundaries: a grid
    same "tiles" "$(grep -c "<rect .* data-district='" page.html)" 2
    hides "name='measure' value='2'" # nobody was killed
    shows 'A higher price in the west'
    shows '<h2 id="basis-title">What it rests on</h2>'
    shows 'steppe run again.yaml --seed 1 --scale 1 --steps 40 --schedule tiles'
    shows "$(sql "$one" 'SELECT digest FROM step ORDER BY step DESC LIMIT 1')"
    hides 'Not taken into account</' # an event that is off
    hides 'id="seat"'
    hides 'id="record"'
    same "the last line" "$(tail -n 1 page.html)" '</html>'
    cp page.html before
    steppe report "$one" --out page.html --quiet
    exits 0
    quiet_on out err
    holds "the same page again" cmp page.html before
    steppe report "$one"
    holds "beside the results" cmp "${one%.sqlite}.html" before
    same "what is left beside it" "$(ls runs)" "$(basename "${one%.sqlite}.html")
$(basename "$one")"
}

# Nothing is fetched: there is no address in it but those of namespaces.
test_no_address() {
    steppe report "$one" --out page.html
    local addresses
    addresses=$(grep -oE "(https?:)?//[a-zA-Z][a-zA-Z0-9.-]+[a-zA-Z0-9/]*" page.html |
        grep -vE '^http://www.w3.org/2000/svg|github.com/leeoniya/uPlot' | sort -u)
    same "addresses" "$addresses" ''
    shows "default-src 'none'"
    hides '<link[^>]*stylesheet|<script[^>]*src=|@import|url\('
}

# The numbers are those of the file.
test_numbers() {
    steppe report "$one" --out page.html --figures figures
    exits 0
    same "figures" "$(cd figures && echo *)" "active.csv active.png active.svg arrests.csv arrests.png arrests.svg detention.csv detention.png \
detention.svg districts.csv legitimacy.csv legitimacy.png legitimacy.svg map-active.png map-active.svg \
map-arrests.png map-arrests.svg spread.png spread.svg"
    same "active in step 25" "$(sed -n 26p figures/active.csv)" \
        "$(sql "$one" "SELECT step || ',\"' || time || '\",' || active FROM step WHERE step = 25")"
    same "arrests" "$(tail -n 1 figures/arrests.csv | cut -d, -f3)" \
        "$(sql "$one" 'SELECT sum(arrests) FROM step')"
    same "deaths of the market" "$(grep -c '^"market"' figures/districts.csv)" 1
    same "peak of the market" "$(grep '^"market"' figures/districts.csv | cut -d, -f8)" \
        "$(sql "$one" 'SELECT max(active) FROM series WHERE district = 1')"
    same "steps" "$(data_of page.html .steps)" 40
    same "districts" "$(data_of page.html '.districts | map(.[0]) | join(",")')" Harbour,Market
    same "scenario" "$(data_of page.html .scenario)" "$(fact "$one" scenario)"
    for picture in figures/*.svg; do
        holds "$picture is XML" python3 -c \
            'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "$picture"
    done
}

# Every picture as PNG, twice as wide as it says.
test_png() {
    local picture
    for picture in figures/*.svg; do
        holds "$picture has its PNG" python3 - "$picture" <<'END'
import struct
import sys
import xml.dom.minidom
sheet = xml.dom.minidom.parse(sys.argv[1]).documentElement
data = open(sys.argv[1][:-3] + "png", "rb").read()
size = struct.unpack(">II", data[16:24])
box = sheet.getAttribute("viewBox").split()
assert data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) > 2000
assert abs(size[0] - 2 * float(box[2])) <= 2 and abs(size[1] - 2 * float(box[3])) <= 2, (size, box)
END
    done
}

test_no_png() {
    (PATH=$PWD/nowhere exec "$STEPPE" report "$one" --out page.html --figures plain) >out 2>err </dev/null
    status=$?
    exits 0
    same "what is said" "$(cat err)" \
        "steppe: figures are written without PNG: rsvg-convert is missing (Debian: librsvg2-bin)"
    same "figures" "$(cd plain && echo *.svg | wc -w) $(cd plain && echo *.png)" "7 *.png"
    stub bad "echo 'no ink' >&2; echo half >\"\$out\"; exit 3"
    (PATH=$PWD/bad:$PATH exec "$STEPPE" report "$one" --out page.html --figures bad-figures) >out 2>err </dev/null
    status=$?
    exits 1
    says "bad-figures/active.png: cannot be written by $PWD/bad/rsvg-convert: it ended with status 3: no ink" err
    same "what is left" "$(ls -A bad-figures)" ""
    stub bad "kill -9 \$\$"
    (PATH=$PWD/bad:$PATH exec "$STEPPE" report "$one" --figures bad-figures -q) >out 2>err </dev/null
    status=$?
    exits 1
    says "it was ended by signal 9" err
    steppe report "$one" --figures -x -q # no option for the program
    exits 0
    [ -s ./-x/active.png ] || problem "a folder whose name begins with a dash has no PNG"
}

# What went in, by kind; and the scenario in the page makes the same run again.
test_basis() {
    steppe report "$one" --out page.html
    local kind count
    for kind in fact claim assumption unstated default; do
        count=$(sql "$one" "SELECT count(*) FROM parameter WHERE kind = '$kind'")
        if [ "$count" = 0 ]; then
            hides "<th scope='row'>$kind<"
        else
            shows "<th scope='row'>$kind</th><td data-value='$count'>$count</td>"
        fi
    done
    data_of page.html .scenario >again.yaml
    run_short again again.yaml --seed 1 --scale 1 --steps 40 --schedule tiles
    steppe diff "$one" "$result"
    exits 0
}

# The page's packed numbers, unpacked by other hands.
test_packing() {
    steppe report "$one" --out page.html
    data_of page.html '.map[0].values[0]' >packed
    same "active of the harbour" "$(python3 - packed <<'END'
import string
import sys
digits = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
text, at, last, out = open(sys.argv[1]).read().strip(), 0, 0, []
def number():
    global at
    n = shift = 0
    while True:
        d = digits.index(text[at])
        at += 1
        n |= (d & 31) << shift
        shift += 5
        if not d & 32:
            return n
while at < len(text):
    n = number()
    if n == 0:
        out += [last] * (1 + number())
    else:
        last += -(n >> 1) if n & 1 else n >> 1
        out.append(last)
print(",".join(map(str, out)))
END
)" "$(sql "$one" 'SELECT group_concat(active) FROM
        (SELECT active FROM series WHERE district = 0 ORDER BY step)')"
}

# ---- names that mean harm --------------------------------------------------------------

hostile() { # -> a scenario whose every text tries to be more than text
    sed -e 's|^title: .*|title: "</script><script>pwned=1</script>\\u2028 <img src=x onerror=pwned=1> \\"q\\" '"'"'a'"'"' \& --"|' \
        -e 's|name: Harbour|name: "<b>Harbour</b></script><script>pwned=2</script>"|' \
        -e 's|name: West|name: "x\\" onmouseover=\\"pwned=3"|' \
        -e 's|name: Market|name: "=cmd(1)"|' \
        -e 's|title: A higher price in the west|title: "<svg onload=pwned=4>]]>"|' \
        -e 's|^description: >|description: \|\n  </blockquote><script>pwned=5</script>|' "$two_towns"
    cat <<'END'
  - { id: war, title: War, date: 2022-03-02T05:00, act: hotspot, hotspot: h, amount: 3 }
seat: { enabled: true, incumbent: r, capital: harbour }
offices: [{ id: o, name: "<b>Office</b>", power: 1, holder: p }, { id: l, name: "=1+1", holder: p }]
persons: [{ id: r, name: "<img src=x onerror=pwned=14>" }, { id: p, name: "</td><script>pwned=15</script>" }]
ties: [{ id: t, a: r, b: p, kind: kin, strength: 0.5 }]
powers:
  - { id: w, name: "</script><script>pwned=12</script>", stance: 1, distance: 9 km }
  - { id: x, name: "<svg onload=pwned=16>", stance: -1, distance: 900 km }
  - { id: y, name: Y, distance: 900 km }
  - { id: z, name: A power whose name is longer than the space that the picture has for it, distance: 900 km }
hotspots: [{ id: h, name: "<img src=x onerror=pwned=13>", salience: 2 }]
END
}

test_hostile() {
    hostile >hostile.yaml
    run_short bad hostile.yaml --steps 40
    steppe report "$result" --out hostile.html --figures hostile
    exits 0
    same "salience of the hot spot" "$(cut -d, -f3 hostile/hotspots.csv | uniq | tr '\n' ' ')" \
        "\"<img src=x onerror=pwned=13>\" 2 3 "
    same "when it changed" "$(grep -m 1 ',3$' hostile/hotspots.csv | cut -d, -f1)" \
        "$(sql "$result" "SELECT step FROM act WHERE kind = 'hotspot'")"
    same "powers" "$(sql "$result" "SELECT count(*) FROM power")" \
        "$(($(head -n 1 hostile/attention.csv | tr -cd , | wc -c) - 1))"
    for picture in hostile/*.svg; do
        holds "$picture is XML" python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "$picture"
    done
    same "offices" "$(grep '^"p"' hostile/seat-after.csv | cut -d, -f3)" '"<b>Office</b>; =1+1"'
    hides '<script>pwned|<img|<svg onload|<b>Harbour|onmouseover="' hostile.html
    shows '&lt;/script&gt;&lt;script&gt;pwned=1' hostile.html
    same "scripts" "$(grep -c '<script' hostile.html)" "$(grep -c '<script' before)"
    same "ends of scripts" "$(grep -o '</script' hostile.html | wc -l)" \
        "$(grep -o '</script' before | wc -l)"
    same "the title is a text" "$(data_of hostile.html .title)" \
        "$(fact "$result" title)"
    holds "the picture is XML" python3 -c \
        'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' hostile/map-active.svg
    hides '<b>Harbour' hostile/map-active.svg
    steppe report "$result" --figures hostile -q
    shows "\"'=cmd(1)\"" hostile/districts.csv # no formula for a spreadsheet
}

# ---- files that are not good -----------------------------------------------------------

refuses() { # MESSAGE ARGUMENT ...
    local message=$1
    shift
    rm -f refused.html
    steppe report "$@"
    exits 2
    quiet_on out
    says "$message" err
    [ ! -e refused.html ] || problem "a page was written"
}

test_refused() {
    echo 'steppe: 1' >text
    refuses 'nowhere: cannot be opened' nowhere --out refused.html
    refuses 'text: not a Steppe results file' text --out refused.html
    refuses 'RESULTS'
    refuses 'steppe' "$one" text
    cp "$one" same.sqlite
    refuses 'was read in this call, and is never replaced' same.sqlite --out same.sqlite
    holds "the results are untouched" cmp same.sqlite "$one"
    steppe run "$root/scenarios/published/ktab-three-positions.yaml" --out model --json
    refuses "is of the model 'ktab', which has no street" "$(json .results)" --out refused.html
    steppe ensemble "$root/scenarios/published/siegel-2009-small-world.yaml" -n 2 --out model.sqlite
    exits 0
    refuses "model.sqlite: is of the model 'network', which has no street; reports are made of runs and ensembles of streets" \
        model.sqlite --out refused.html
    cp "$one" other.sqlite
    sql other.sqlite 'PRAGMA user_version = 99'
    refuses 'has results format 99; this version of Steppe reads format' other.sqlite --out refused.html
}

test_damaged() {
    cp "$one" broken.sqlite
    sql broken.sqlite 'DELETE FROM series WHERE step = 7'
    refuses 'steps or districts are missing' broken.sqlite --out refused.html
    cp "$one" broken.sqlite
    sql broken.sqlite "UPDATE run SET value = 'steppe: [' WHERE key = 'scenario'"
    refuses 'damaged: the scenario in it' broken.sqlite --out refused.html
    cp "$one" broken.sqlite
    sql broken.sqlite "UPDATE run SET value = replace(value, 'harbour', 'haven') WHERE key = 'scenario'"
    refuses 'its districts are not those of its scenario' broken.sqlite --out refused.html
    head -c 20000 "$one" >broken.sqlite
    refuses 'damaged' broken.sqlite --out refused.html
    cp "$one" broken.sqlite
    sql broken.sqlite 'DELETE FROM series; DELETE FROM step'
    refuses 'has no step' broken.sqlite --out refused.html
}

# People may be arrested more than once: more arrests than residents are no trouble for the map.
test_many_arrests() {
    cp "$one" many.sqlite
    sql many.sqlite 'UPDATE series SET arrests = 5000000 WHERE step = 3'
    steppe report many.sqlite --out page.html
    exits 0
    same "the last cut" "$(data_of page.html '.map[1].cuts[3]')" 10000000
}

test_incomplete() {
    cp "$one" part.sqlite
    sql part.sqlite "DELETE FROM series WHERE step > 10; DELETE FROM step WHERE step > 10;
        UPDATE run SET value = 'incomplete' WHERE key = 'status'"
    steppe report part.sqlite --out page.html
    exits 0
    shows 'This run is not complete:</strong> 10 of 40 steps were done. It was interrupted.'
    hides 'An address</'
    sql part.sqlite "UPDATE run SET value = 'running' WHERE key = 'status'"
    steppe report part.sqlite --out page.html
    shows 'It is still running, or was killed.'
}

test_unwritable() {
    steppe report "$one" --out nowhere/page.html
    exits 1
    quiet_on out
    says 'nowhere/page.html: cannot be written' err
    steppe report "$one" --out /dev/full
    exits 1
    says '/dev/full: cannot be written' err
    holds "/dev/full is a device still" test -c /dev/full
    steppe report "$one" --out page.html --figures text
    exits 1
    steppe report "$one" --out page.html
    cp page.html old.html
    (
        ulimit -f 20
        exec "$STEPPE" report "$one" --out page.html
    ) >out 2>err </dev/null
    status=$?
    exits 1
    says 'page.html: cannot be written' err
    holds "the page that was there is gone" cmp page.html old.html
    same "what is left of the new one" "$(find . -name '.steppe*')" ""
}

# ---- boundaries, the seat, the record --------------------------------------------------

# Undated: steps, and no days or hours. What does not change is a sentence, and what is not there is not named.
test_undated() {
    run_short undated "$epstein"
    steppe report "$result" --out undated.html --figures undated
    exits 0
    shows 'In 1,000 steps, unrest broke out ' undated.html
    shows 'over 1,000 steps; one agent for every resident.' undated.html
    shows 'Not drawn: legitimacy stayed the same.' undated.html
    shows '>step 0</text>' undated/active.svg
    hides '[0-9] (h|hours|days)\b|numbered below|>day [0-9]|Citizens killed|id="events"' undated.html
    same "figures" "$(cd undated && echo *.svg)" 'active.svg arrests.svg detention.svg'
    steppe ensemble "$epstein" -n 3 --steps 100 --out undated.sqlite -q
    steppe report undated.sqlite --out undated.html
    shows "<p class='headline'>Unrest took off in " undated.html
    shows 'steps 25–48' undated.html
    hides '>day [0-9]|[0-9] days' undated.html
}

test_boundaries() {
    cat >square.json <<'END'
{"type":"Topology","source":"drawn <by> hand","arcs":[[[50,43],[52,43]],[[52,43],[52,44.5],[50,44.5],[50,43]],
[[52,43],[54,43],[54,44.5],[52,44.5]]],"objects":{"o":{"type":"GeometryCollection","geometries":[
{"type":"Polygon","arcs":[[0,1]],"properties":{"unit":"west"}},{"type":"Point","coordinates":[0,0]},
{"type":"MultiPolygon","arcs":[[[2,-2]]],"properties":{"unit":"east"}}]}}}
END
    steppe report "$one" --out page.html --map square.json
    exits 0
    shows 'Boundaries: drawn &lt;by&gt; hand.'
    same "areas" "$(grep -c "^<path id='area" page.html)" 2
    shows "data-unit='1'"
    echo '{"type":"Topology","arcs":[[[0,0],[1,1]]],"objects":{"a":{"type":"Polygon","arcs":[[7]]}}}' >bad.json
    refuses 'bad.json:1:' "$one" --map bad.json --out refused.html
    says 'expected the number of an arc' err
    echo '{"type":"FeatureCollection"}' >bad.json
    refuses "expected TopoJSON: an object of the type 'Topology'" "$one" --map bad.json --out refused.html
    echo '{"type":' >bad.json
    refuses 'bad.json' "$one" --map bad.json --out refused.html
    refuses 'nowhere.json: cannot be opened' "$one" --map nowhere.json --out refused.html
}

test_country() {
    holds "boundaries.py --check" python3 "$root/scenarios/kazakhstan-2022/boundaries.py" --check
    run_short country "$root/scenarios/kazakhstan-2022/scenario.yaml" --scale 1000 --steps 150
    country=$result
    steppe report "$country" --out country.html --figures country
    exits 0
    same "areas" "$(grep -c "^<path id='area" country.html)" 16
    shows 'Natural Earth' country.html
    shows 'id="seat"' country.html
    shows 'id="record"' country.html
    shows 'P1 ' country.html
    same "acts" "$(($(wc -l <country/seat-acts.csv) - 1))" "$(sql "$country" 'SELECT count(*) FROM act')"
    holds "the network is there" grep -q '<svg' country/seat-after.svg
    same "persons" "$(($(wc -l <country/seat-after.csv) - 1))" "$(sql "$country" 'SELECT count(*) FROM person')"
    same "ties" "$(($(wc -l <country/seat-ties.csv) - 1))" "$(sql "$country" 'SELECT count(*) FROM tie')"
    same "powers" "$(head -n 1 country/attention.csv)" \
        'step,time,"Russia","China","United States","European Union"'
    local power
    for power in 0 1 2 3; do
        same "attention of power $power, day by day" "$(cut -d, -f$((power + 3)) country/attention.csv | tail -n +2 |
            uniq | xargs printf '%.6f\n')" \
            "$(sql "$country" "SELECT printf('%.6f', attention) FROM power_day WHERE power = $power ORDER BY day" | uniq)"
    done
    [ ! -e country/hotspots.csv ] || problem "a hot spot that never changes is drawn"
    shows "<p class='headline'>It began in " country.html
    shows '<summary>Scripted events <span' country.html
    shows '>2–' country/active.svg # events close together share a mark
    [ "$(stat -c %s country.html)" -lt 5000000 ] || problem "the page is larger than 5 MB"
}

# ---- answers ---------------------------------------------------------------------------

# Texts that try to be more than text; one question is asked, one is not, one cannot be.
cat >town.yaml <<'END'
steppe: 1
title: A town
time: { steps: 24 }
citizens: { legitimacy: { value: 0.8, range: [0.76, 0.84], kind: assumption } }
districts: [{ id: town, name: Town, width: 20, height: 20 }]
events: [{ id: more, title: More officers, hour: 6, reinforcement: 0 }]
claims:
  - { id: K1, text: "Officers <b>calm</b></script><script>pwned=6</script> a town" }
  - { id: K2, text: Nobody asks this, note: "<img src=x onerror=pwned=7>" }
questions:
  - { id: officers, claim: K1, text: "Do <i>forty</i> officers matter\" onmouseover=\"pwned=8 ?",
      note: "</p><script>pwned=9</script>", change: ["events.more.reinforcement=40"],
      placebo: ["events.more.title=<u>Another</u>"], positive_control: ["citizens.legitimacy=0.7"],
      outcome: citizen-hours, smallest: 0.05, pairs: 10, draws: 4,
      driver: officers.arrest_probability, driver_low: 0.2, driver_high: 1 }
  - { id: later, text: Is this "asked" & answered?, change: ["events.more.reinforcement=1"],
      outcome: peak, smallest: 0.001, pairs: 10, draws: 0 }
  - { id: wrong, text: Can this be asked?, change: ["events.more.reinforcement=-1"],
      outcome: peak, smallest: 0.001, pairs: 10, draws: 0 }
END

test_answers() {
    run_short towns town.yaml
    town=$result
    steppe report "$town" --out page.html
    hides 'id="answers"'
    steppe report "$town" --out page.html --answers
    exits 0
    shows '0 of them are answered'
    [ ! -e results ] || problem "a folder was made"
    "$STEPPE" ask town.yaml officers -q --threads 1 --json >asked.json || problem "cannot be asked"
    (cd results/ask && sha256sum -- *) >kept
    steppe report "$town" --out answers.html --answers --figures answers
    exits 0
    quiet_on err
    same "the runs that were kept" "$(cd results/ask && sha256sum -- *)" "$(cat kept)"
    shows '1 of them is answered by runs that are kept in <code>results/ask</code>' answers.html
    same "answers" "$(grep -c "<article class='answer'" answers.html)" 1
    local words
    words=$(jq -r '.answers[0].words' asked.json)
    shows "$words" answers.html
    shows '10 of 10 pairs bit-identical' answers.html
    shows 'identical up to step 6, where' answers.html
    shows ' of 4 parameter sets it lowers unrest' answers.html
    hides '<dd>none<|not looked at' answers.html # the question 'later' has neither placebo nor parameter sets
    shows 'steppe ask again.yaml later<' answers.html
    shows 'Claims without a question' answers.html
    shows "question &#39;wrong&#39;, settings of &#39;change&#39;" answers.html
    hides '<script>pwned|<img|<b>calm|<i>forty|<u>Another|onmouseover="' answers.html
    same "effect" "$(python3 -c 'import csv; r = next(csv.DictReader(open("answers/answers.csv")))
print(r["id"], r["pairs"], r["space.draws"], "%.6g %.6g %.6g" % tuple(float(r[k]) for k in ("effect", "low", "high")))')" \
        "$(jq -r '.answers[0] | "\(.id) \(.pairs) \(.space.draws) \(.effect) \(.low) \(.high)"' asked.json |
            awk '{ printf "%s %s %s %.6g %.6g %.6g", $1, $2, $3, $4, $5, $6 }')"
    same "points of the driver" "$(wc -l <answers/answer-officers-turn.csv)" \
        "$(jq -r '.answers[0].break_even.points | length + 1' asked.json)"
    same "median without the change" "$(sed -n 2p answers/answer-officers.csv | cut -d, -f5)" \
        "$(jq -r '.answers[0].distribution[0].quantiles[2]' asked.json | awk '{ printf "%.10g", $1 }')"
    for picture in answers/answer*.svg; do
        holds "$picture is XML" python3 -c \
            'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "$picture"
    done
}

# What was asked otherwise is not found, and never run.
test_answers_otherwise() {
    local option
    for option in --pairs=11 --seed=2 --population-seed=3 --scale=2 --draws=5 --width=0.5; do
        steppe report "$town" --out page.html --answers "$option"
        exits 0
        shows "0 of them are answered"
        shows "steppe ask again.yaml officers ${option/=/ }<"
        shows 'Asked already, with 10 pairs from --seed 1 with --scale '
    done
    steppe report "$town" --out page.html --answers --pairs 6
    shows '1 of them is answered' # all of its runs are among those that are kept
    same "the runs that were kept" "$(cd results/ask && sha256sum -- *)" "$(cat kept)"
    steppe report "$town" --out page.html "--answers=no 'such <place>"
    exits 0
    shows "--out &#39;no &#39;\\&#39;&#39;such &lt;place&gt;&#39;"
    [ ! -e "no 'such <place>" ] || problem "a folder was made"
    data_of page.html .scenario >again.yaml # the command that the page gives
    steppe ask again.yaml later --out results/ask -q
    exits 0
    steppe report "$town" --out page.html --answers
    shows '2 of them are answered'
    steppe report "$one" --out page.html --answers
    shows 'The scenario asks no questions.'
    refuses '--pairs requires --answers' "$town" --pairs 6 --out refused.html
    without "results/ask/$(awk 'NR == 1 { print $2 }' kept)" 'replicate = 3'
    steppe report "$town" --out page.html --answers
    shows 'steppe ask again.yaml officers<' # a run is missing
    echo damaged >"results/ask/$(awk 'NR == 1 { print $2 }' kept)" # one that is looked at
    refuses 'not a Steppe results file, or damaged' "$town" --answers --out refused.html
}

without() { # FILE CONDITION : the file without replicates, as if they had not been run
    local table
    for table in replicate draw outcome day unrest; do sql "$1" "DELETE FROM $table WHERE $2"; done
}

# ---- ensembles -------------------------------------------------------------------------

hostile_many() { # -> an ensemble, of a scenario whose every text tries to be more than text
    sed -e 's|^title: .*|title: "Many </h1><script>pwned=10</script>"|' -e 's|name: West|name: "<img src=x onerror=pwned=11>"|' \
        -e 's|^  legitimacy: .*|  legitimacy: { value: 0.85, range: [0.8, 0.9], kind: assumption, note: "<b>x</b>" }|' \
        "$two_towns" >hostile-runs.yaml
}

quantile() { # FILE SQL SHARE : of the values that a query gives
    sql "$1" "$2" | python3 -c 'import sys
v, q = sorted(map(float, sys.stdin)), float(sys.argv[1])
at = q * (len(v) - 1)
low = int(at)
print("%.6g" % (v[low] + (at - low) * (v[min(low + 1, len(v) - 1)] - v[low])))' "$3"
}

field() { # FILE ROW-THAT-BEGINS-WITH FIELD : of CSV
    grep "^$2," "$1" | cut -d, -f"$3" | awk '{ printf "%.6g", $1 }'
}

test_many() {
    hostile_many
    steppe ensemble hostile-runs.yaml -n 7 --steps 192 --sample latin --threads 1 --out runs.sqlite -q
    exits 0
    steppe report runs.sqlite --out runs.html --figures fans
    exits 0
    quiet_on err
    same "the last line" "$(tail -n 1 runs.html)" '</html>'
    shows 'report of an ensemble' runs.html
    shows 'These are 7 runs of a model' runs.html
    local off # runs with more citizen-hours than one of ten thousand residents would make in 192 h
    off=$(sql runs.sqlite "SELECT count(*) FROM outcome WHERE name = 'citizen-hours' AND value > 1e-4 * 192 * 36913")
    shows "<p class='headline'>Unrest took off in $off of 7 runs. At the peak of those" runs.html
    shows "The other $((7 - off)) run" runs.html
    shows 'by a Latin hypercube' runs.html
    hides 'is not complete' runs.html
    shows 'steppe ensemble again.yaml -n 7 --seed 1 --scale 1 --steps 192 --sample latin<' runs.html
    hides '<script>pwned|<img' runs.html
    shows '&lt;img src=x onerror=pwned=11&gt;' runs.html
    same "scripts" "$(grep -c '<script' runs.html)" "$(grep -c '<script' before)"
    local share i=3 day
    for share in 0.05 0.25 0.5 0.75 0.95; do
        for day in 0 6; do
            same "active on day $day, $share" "$(field fans/active.csv $((day + 1)) "$i")" \
                "$(quantile runs.sqlite "SELECT active FROM day WHERE day = $day" "$share")"
        done
        same "peak, $share" "$(field fans/outcomes.csv '"peak"' $((i + 2)))" \
            "$(quantile runs.sqlite "SELECT value FROM outcome WHERE name = 'peak'" "$share")"
        i=$((i + 1))
    done
    same "days" "$(($(wc -l <fans/legitimacy.csv) - 1))" "$(sql runs.sqlite 'SELECT max(day) + 1 FROM day')"
    same "what was drawn" "$(($(wc -l <fans/draws.csv) - 1))" "$(sql runs.sqlite 'SELECT count(*) FROM factor')"
    same "unrest of the east in week 1" "$(grep '^"east"' fans/risk.csv | cut -d, -f5)" \
        "$(sql runs.sqlite "SELECT sum(unrest) FROM unrest JOIN region USING (region) WHERE id = 'east' AND week = 0")"
    for picture in fans/*.svg; do
        holds "$picture is XML" python3 -c \
            'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "$picture"
    done
    steppe report runs.sqlite --out page.html --figures mapped --map square.json
    exits 0
    shows 'Boundaries: drawn &lt;by&gt; hand.'
    local unit any class
    for unit in 0 1; do # the class of a share: none, up to 20, 40, 60, 80 %, more
        any=$(sql runs.sqlite "SELECT count(DISTINCT replicate) FROM unrest WHERE unrest AND region = $unit")
        class=$((any * 5 == 7 * 5 ? 5 : (any * 5 + 6) / 7))
        shows "<use href='#area$unit' class='c$class'"
    done
    same "areas" "$(grep -c "^<path id='area" mapped/risk-map.svg)" 2
    data_of runs.html .scenario >again.yaml
    steppe ensemble again.yaml -n 7 --seed 1 --scale 1 --steps 192 --sample latin --out again.sqlite -q
    same "made again" "$(sql again.sqlite 'SELECT replicate, digest FROM replicate')" \
        "$(sql runs.sqlite 'SELECT replicate, digest FROM replicate')"
}

test_many_parts() {
    cp runs.sqlite part.sqlite
    without part.sqlite 'replicate > 4'
    sql part.sqlite "UPDATE run SET value = 'running' WHERE key = 'status'; DELETE FROM outcome WHERE replicate = 1;
        DELETE FROM day WHERE replicate = 1; DELETE FROM unrest WHERE replicate = 1;
        UPDATE replicate SET status = 'failed', message = 'no <i>luck</i>' WHERE replicate = 1"
    steppe report part.sqlite --out page.html
    exits 0
    shows 'This ensemble is not complete:</strong> it has 5 of 7 runs.'
    shows '1 run failed</strong> and is left out; the first says: no &lt;i&gt;luck&lt;/i&gt;'
    shows 'These are 4 runs'
    shows '4 runs from seed 1'
    steppe ensemble "$epstein" -n 1 --steps 30 --out single.sqlite -q
    steppe report single.sqlite --out page.html
    exits 0
    hides 'id="draws"'
    shows 'These are 1 run of a model'
    local arm
    for arm in results/ask/*; do
        [ "$(sql "$arm" "SELECT value FROM run WHERE key = 'settings'")" != events.more.reinforcement=1 ] || break
    done
    steppe report "$arm" --out page.html
    shows 'An arm of a question:</strong>'
    shows 'events.more.reinforcement=1'
    cp runs.sqlite broken.sqlite
    without broken.sqlite 1
    refuses 'has no replicate that succeeded yet' broken.sqlite --out refused.html
    cp runs.sqlite broken.sqlite
    sql broken.sqlite "UPDATE day SET day = day + 1000000 WHERE replicate = 2"
    refuses 'a day lies beyond the run' broken.sqlite --out refused.html
    cp runs.sqlite broken.sqlite
    sql broken.sqlite "UPDATE run SET value = 'steppe: [' WHERE key = 'scenario'"
    refuses 'damaged: the scenario in it' broken.sqlite --out refused.html
    cp runs.sqlite broken.sqlite
    sql broken.sqlite "DROP TABLE outcome"
    refuses 'damaged' broken.sqlite --out refused.html
    cp runs.sqlite broken.sqlite # numbers that no run has
    sql broken.sqlite "UPDATE outcome SET value = 1e300 WHERE replicate < 4; UPDATE outcome SET value = 9e999
        WHERE replicate = 5; UPDATE day SET active = -1e300, legitimacy = 9e999; UPDATE draw SET value = 1e308;
        UPDATE factor SET path = '<img src=x>', kind = '<b>', low = -9e999"
    refuses "damaged: table 'factor', factor 0: low is -Inf" broken.sqlite --out refused.html
    cp runs.sqlite broken.sqlite # as large as a number may be
    sql broken.sqlite "UPDATE outcome SET value = 1e300 WHERE replicate < 4 AND name IN ('peak', 'deaths', 'arrests');
        UPDATE day SET active = 1e300, detained = NULL; UPDATE draw SET value = 1e299;
        UPDATE factor SET path = '<img src=x>', kind = '<b>', low = -1e300"
    steppe report broken.sqlite --out page.html --figures broken
    exits 0
    hides '<img|<b>&' page.html
    for picture in broken/*.svg; do
        holds "$picture is XML" python3 -c \
            'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "$picture"
        hides "['MLHVhv ]-?(nan|inf)\\b" "$picture"
    done
    cp runs.sqlite itself.sqlite
    refuses 'was read in this call, and is never replaced' itself.sqlite --out itself.sqlite
}

# ---- in a browser ----------------------------------------------------------------------

browser=$(command -v chromium || command -v chromium-browser || true)
behaves() { # PAGE [WORD] : see report_page.py
    local line
    while IFS= read -r line; do problem "$line"; done < <(
        python3 "$root/tests/cli/report_page.py" "$browser" "$@" 2>&1)
}
test_charts() {
    shows '/*! uPlot' country.html
    shows 'uPlot=function' country.html
}
test_browser() { behaves "$PWD/country.html" country; }
test_browser_hostile() { behaves "$PWD/hostile.html" hostile; }
test_browser_many() { behaves "$PWD/runs.html" many; }
test_browser_answers() { behaves "$PWD/answers.html" answers; }

plan 25
try "a page says what was run and what it rests on" test_page
try "it has no address in it" test_no_address
try "its numbers are those of the file" test_numbers
if [ -n "$ink" ]; then
    try "every figure is drawn as PNG too" test_png
else
    skip "every figure is drawn as PNG too" "no rsvg-convert"
fi
try "a missing rsvg-convert is said, a failing one is an error" test_no_png
try "it says what went in, and how to make it again" test_basis
try "packed numbers are those of the file" test_packing
try "names that mean harm are texts" test_hostile
try "what is no results file of a street is refused" test_refused
try "damaged files are refused" test_damaged
try "more arrests than residents are shown" test_many_arrests
try "what is not complete is said" test_incomplete
try "a page that cannot be written is an error, and the old one stays" test_unwritable
try "without dates it counts steps, and nothing empty is shown" test_undated
try "boundaries are read, bad ones refused" test_boundaries
try "a country has boundaries, seat and record" test_country
try "answers whose runs are kept are on the page" test_answers
try "what was asked otherwise, or not, is said, and not run" test_answers_otherwise
try "an ensemble has fans, outcomes, draws and regions" test_many
try "parts of an ensemble, arms and damaged ones" test_many_parts
if [ -n "$browser" ]; then
    try "the page works in a browser and asks for nothing" test_browser
    try "names that mean harm do none in a browser" test_browser_hostile
    try "answers work in a browser, and their texts do no harm" test_browser_answers
    try "an ensemble's page works in a browser" test_browser_many
else
    skip "the page works in a browser and asks for nothing" "no chromium"
    skip "names that mean harm do none in a browser" "no chromium"
    skip "answers work in a browser, and their texts do no harm" "no chromium"
    skip "an ensemble's page works in a browser" "no chromium"
fi
# The tests above look at whichever charts there are.
if [ -f "$root/node_modules/uplot/dist/uPlot.iife.min.js" ]; then
    try "charts that answer to the pointer are in the page" test_charts
else
    skip "charts that answer to the pointer are in the page" "npm has brought no uPlot"
fi
finish
