#!/usr/bin/env bash
# Sensitivity: indices of a scenario's parameters, designs that others can read, and what is refused.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

cat >town.yaml <<'END'
steppe: 1
title: A town
time: { start: 2022-03-01T00:00, step: 1 h, steps: 12 }
citizens:
  density: 0.7
  vision: 2
  legitimacy: { value: 0.82, range: [0.7, 0.95], kind: assumption }
  hardship_high: { value: 0.9, range: [0.7, 1], kind: assumption }
officers:
  density: 0.03
  arrest_probability: { value: 0.4, range: [0.2, 0.8], kind: assumption }
detention: { term_max: { value: 12 h, range: [2 h, 48 h], kind: assumption } }
districts: [{ id: town, name: Town, width: 16, height: 16 }]
events:
  - { id: rise, title: Rise, date: { value: 2022-03-01T04:00, range: [2022-03-01T02:00, 2022-03-01T06:00],
      kind: assumption }, legitimacy: { value: 0.8, range: [0.7, 0.9], kind: assumption } }
END
cat >crowd.yaml <<'END'
steppe: 1
title: A crowd
model: threshold
threshold:
  distribution: list
  values: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
END

sensitivity() { # ARGUMENT ... : as JSON
    steppe sensitivity "$@" --json -q
    exits 0
    quiet_on err
}

refuses() { # MESSAGE ARGUMENT ...
    local message=$1
    shift
    steppe sensitivity "$@" -q
    [ "$status" = 1 ] || [ "$status" = 2 ] || problem "exit status $status"
    says "$message" err
    quiet_on out
}

test_schema() {
    sensitivity town.yaml --groups --outcome arrests --out m.sqlite
    same "facts" "$(json '[.method, .parameter_count, .group_count, .count, .point_count, .made, .failed] | tostring')" \
        '["morris",6,4,30,180,180,0]'
    same "groups" "$(json '[.indices[].group] | sort | tostring')" '["citizens","detention","dummy","events","officers"]'
    same "ranks" "$(json '[.indices[].rank] | tostring')" '[1,2,3,4,5]'
    same "intervals" "$(json 'all(.indices[]; .mu_star_low <= .mu_star and .mu_star <= .mu_star_high)')" true
    same "order" "$(json '[.indices[].mu_star] | . == (sort | reverse)')" true
    same "groups of several have no sign" "$(json '[.indices[] | select(.mu == null) | .group] | sort | tostring')" \
        '["citizens","events"]'
    same "one dummy, without parameters" "$(json '[.indices[] | select(.dummy) | .parameters] | tostring')" '[0]'
    # shellcheck disable=SC2016 # jq's variable
    same "convergence ends with the index" "$(json '. as $x | [.convergence[] | select(.count == 30 and .group == "citizens") | .index] ==
        [$x.indices[] | select(.group == "citizens") | .mu_star]')" true
    sensitivity town.yaml --groups=record --outcome arrests --out r.sqlite -n 10
    same "records" "$(json '[.indices[].group | select(startswith("events"))] | tostring')" '["events.rise"]'
}

# Another outcome needs no run, and more trajectories only the new ones.
test_kept() {
    sensitivity town.yaml --groups -n 8 --out k.sqlite
    same "by default" "$(json '[.outcomes[].name] | tostring')" '["take-off","take-off-size"]'
    sensitivity town.yaml --groups -n 8 --out k.sqlite --outcome deaths --outcome peak
    same "others" "$(json '[.outcomes[].name, .made] | tostring')" '["deaths","peak",0]'
    sensitivity town.yaml --groups -n 12 --out k.sqlite --outcome peak
    same "grown" "$(json '[.existing_replicates, .made] | tostring')" '[48,24]'
    json '.indices | tostring' >grown
    sensitivity town.yaml --groups -n 12 --out new.sqlite --outcome peak --threads 1
    same "as if at once" "$(json '.indices | tostring')" "$(cat grown)"
    refuses 'holds another design' town.yaml -n 12 --out k.sqlite
    refuses 'holds another ensemble: its sampling is morris, not saltelli' town.yaml --method sobol -n 64 --out k.sqlite
    steppe report k.sqlite --out k.html
    exits 0
    grep -q 'steppe sensitivity again.yaml --method morris --seed 1' k.html || problem "the report does not say what made it"
    steppe risk town.yaml --results k.sqlite
    exits 2
    says 'holds the design of a sensitivity analysis' err
}

# The seeds of a trajectory's points are the same unless the dummy moves.
test_seeds() {
    sensitivity town.yaml --groups -n 8 --seeds 2 --outcome peak --out s.sqlite --export s
    same "seeds a point" "$(json '[.seeds, .replicates, .point_count] | tostring')" '[2,96,48]'
    same "blocks of two" "$(sql s.sqlite "SELECT count(DISTINCT seed) FROM replicate")" 32
    python3 - <<'END' || problem "seeds do not follow the dummy"
import csv, sqlite3
design = list(csv.DictReader(open("s/design.csv")))
results = list(csv.DictReader(open("s/results.csv")))
db = sqlite3.connect("s.sqlite")
seeds = dict(db.execute("SELECT replicate, seed FROM replicate"))
peak = dict(db.execute("SELECT replicate, value FROM outcome WHERE name = 'peak'"))
draws = {}
for replicate, path, value in db.execute("SELECT replicate, path, value FROM draw JOIN factor USING (factor)"):
    draws.setdefault(replicate, {})[path] = value
for p, row in enumerate(design):
    first = design[p // 6 * 6]
    block = p // 6 * 2 + (row["dummy"] != first["dummy"])
    for k in range(2):
        assert int(seeds[2 * p + k]) == 1 + 2 * block + k
        for path, value in draws[2 * p + k].items():
            assert float(row[path]) == value, (path, row[path], value)
    assert abs(float(results[p]["peak"]) - (peak[2 * p] + peak[2 * p + 1]) / 2) < 1e-9
END
}

# What SALib and sensobol take: design and problem, in their order.
test_export() {
    sensitivity town.yaml --groups -n 8 --outcome arrests --out e.sqlite --export morris
    sensitivity town.yaml --groups --method sobol -n 60 --outcome arrests --outcome take-off-size --out f.sqlite --export sobol
    json '[.indices[] | select(.outcome == "arrests") | {(.group): [.total, .first, .first_jansen]}] | add' >sobol.json
    sensitivity town.yaml --groups -n 8 --outcome arrests --out e.sqlite
    json '[.indices[] | {(.group): [.mu_star, .mu, .sigma]}] | add' >morris.json
    python3 - <<'END' >why 2>&1 || problem "$(tail -n 1 why)"
import csv, json, statistics as st
def read(folder):
    problem = [l.strip().split(",") for l in open(f"{folder}/problem.csv") if not l.startswith("#")]
    design = list(csv.DictReader(open(f"{folder}/design.csv")))
    results = list(csv.DictReader(open(f"{folder}/results.csv")))
    names = [p[0] for p in problem]
    assert list(design[0]) == ["row", "point"] + names, "columns"
    assert len(design) == len(results)
    for row in design:
        for name, low, high, _ in problem:
            assert float(low) <= float(row[name]) <= float(high), name
    groups = list(dict.fromkeys(p[3] for p in problem))
    assert groups[-1] == "dummy"
    return {p[0]: p[3] for p in problem}, groups, design, results
def near(a, b, what):
    assert (a is None and b is None) or abs(a - b) <= 1e-9 * max(1, abs(b)), (what, a, b)

group, groups, design, results = read("morris")
y = [float(r["arrests"]) for r in results]
length = len(groups) + 1
effects = {g: [] for g in groups}
for t in range(0, len(design), length):
    for p in range(t, t + length - 1):
        moved = [n for n in group if design[p][n] != design[p + 1][n]]
        assert len({group[n] for n in moved}) == 1 and len(moved) >= 1, moved
        up = float(design[p + 1][moved[0]]) > float(design[p][moved[0]])
        effects[group[moved[0]]].append((y[p + 1] - y[p]) / (2 / 3) * (1 if up else -1))
for g, (mu_star, mu, sigma) in json.load(open("morris.json")).items():
    near(mu_star, st.mean(map(abs, effects[g])), g)
    if mu is not None:
        near(mu, st.mean(effects[g]), g)
        near(sigma, st.stdev(effects[g]), g)

group, groups, design, results = read("sobol")
y = [float(r["arrests"]) for r in results]
length, n = len(groups) + 2, len(y) // (len(groups) + 2)
for j in range(n):
    rows = design[j * length:(j + 1) * length]
    assert [r["point"] for r in rows] == ["A"] + ["AB:" + g for g in groups] + ["B"]
    for i, g in enumerate(groups):
        for name in group:
            assert rows[i + 1][name] == rows[-1 if group[name] == g else 0][name], name
# The estimators of SALib: values are centred, the variance is that of A and B.
mean = st.mean(y)
a, b = [v - mean for v in y[0::length]], [v - mean for v in y[length - 1::length]]
variance = st.pvariance(a + b)
for i, g in enumerate(groups):
    ab = [v - mean for v in y[i + 1::length]]
    total, first, jansen = json.load(open("sobol.json"))[g]
    near(total, st.mean((x - z) ** 2 for x, z in zip(a, ab)) / 2 / variance, "total")
    near(first, st.mean(w * (z - x) for x, w, z in zip(a, b, ab)) / variance, "first")
    near(jansen, 1 - st.mean((w - z) ** 2 for w, z in zip(b, ab)) / 2 / variance, "jansen")
END
    # what no run has is empty
    same "empty where nothing took off" "$(awk -F, 'NR > 1 && ($4 == "") != ($3 == "") && $4 != ""' sobol/results.csv)" ''
}

test_pawn() {
    sensitivity town.yaml --method pawn --vary citizens --vary officers --outcome arrests -n 460 --out p.sqlite --export pawn
    same "parameters" "$(json '[.parameters[].path] | tostring')" \
        '["citizens.hardship_high","citizens.legitimacy","officers.arrest_probability"]'
    same "distances" "$(json 'all(.indices[]; 0 <= .median and .median <= .maximum and .maximum <= 1)')" true
    same "each point a seed" "$(sql p.sqlite 'SELECT count(DISTINCT seed) FROM replicate')" 460
    same "a hypercube" "$(awk -F, 'NR > 1 { seen[int($6 * 460)] = 1 } END { print length(seen) }' pawn/design.csv)" 460
}

test_page() {
    steppe sensitivity town.yaml --groups -n 8 --outcome arrests --out g.sqlite --page g.md -q
    exits 0
    for suffix in indices effects convergence; do
        holds "g-$suffix.svg is XML" python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.argv[1])' "g-$suffix.svg"
        grep -q "(g-$suffix.svg)" g.md || problem "the page lacks g-$suffix.svg"
    done
    grep -q 'Written by .steppe sensitivity --page' g.md || problem "the page does not say what wrote it"
    steppe sensitivity town.yaml --groups -n 8 --outcome arrests --out g.sqlite
    says '48 runs; 48 existed, 0' out
    says 'not above the dummy' out
    steppe sensitivity town.yaml --groups -n 8 --outcome arrests --out g.sqlite --csv=parameters -q
    same "CSV" "$(head -n 1 out)" 'path,group,value,low,high,kind'
}

test_refused() {
    refuses 'to tell the indices of 6 parameters from chance takes 7 trajectories, that is 56 runs; 3 are too few' town.yaml -n 3
    refuses 'takes 735 points' "$root/scenarios/kazakhstan-2022/scenario.yaml" --scale 1000 --method pawn -n 100
    refuses '414 parameters, each alone, would take' "$root/scenarios/kazakhstan-2022/scenario.yaml" --scale 1000
    refuses "did you mean 'citizens'" town.yaml --vary citizen
    refuses "no outcome is called 'death'" town.yaml --outcome death
    refuses 'pawn looks at each parameter alone' town.yaml --method pawn --groups
    refuses 'no value has a range to be drawn from' crowd.yaml
    refuses '--levels: expected an even number' town.yaml --levels 3
    refuses '--method: expected morris, sobol or pawn' town.yaml --method fast
    [ ! -e results ] || [ -z "$(ls results)" ] || problem "a refused call left a file"
}

# Killed at any moment, the same command makes the rest; indices are those of a call that was not.
test_killed() {
    local arguments=(town.yaml --method sobol --groups -n 60 --outcome arrests --json -q) made child
    sensitivity "${arguments[@]:0:8}" --out whole.sqlite
    json '.indices | tostring' >whole
    for _ in 1 2 3; do
        "$STEPPE" sensitivity "${arguments[@]}" --out cut.sqlite >/dev/null 2>&1 &
        child=$!
        children+=("$child")
        sleep 0.3
        kill -9 "$child" 2>/dev/null
        wait "$child" 2>/dev/null
    done
    made=$(sql cut.sqlite 'SELECT count(*) FROM replicate')
    steppe sensitivity "${arguments[@]}" --out cut.sqlite
    exits 0
    same "the rest" "$(json '.existing_replicates + .made')" 420
    [ "$(json '.existing_replicates')" -ge "${made:-0}" ] || problem "runs were lost"
    same "indices" "$(json '.indices | tostring')" "$(cat whole)"
}

# Groups of the scenario come first; values follow priors and correlations.
test_priors() {
    cat town.yaml - >priors.yaml <<'END'
correlations: [{ id: mood, parameters: [citizens.legitimacy, citizens.hardship_high], correlation: 0.8 }]
parameter_groups: [{ id: force, title: Force, parameters: ["officers.*", "detention.*"] }]
END
    sed -i 's/range: \[0.7, 0.95\]/prior: { normal: [0.82, 0.05] }/' priors.yaml
    sensitivity priors.yaml --groups -n 8 --outcome arrests --out q.sqlite --export priors
    same "groups" "$(json '[.indices[].group] | sort | tostring')" '["citizens","dummy","events","force"]'
    same "values" "$(awk -F, 'NR > 1 { print $3, $4 }' priors/design.csv | sort -u | wc -l)" \
        "$(sql q.sqlite "SELECT count(*) FROM (SELECT DISTINCT a.value, b.value FROM draw a JOIN draw b USING (replicate)
            WHERE a.factor = 0 AND b.factor = 1)")"
    same "levels have no ends" "$(sql q.sqlite "SELECT min(value) > 0.72 AND max(value) < 0.92 FROM draw JOIN factor
        USING (factor) WHERE path = 'citizens.legitimacy'")" 1
}

plan 9
try "what it finds, as JSON" test_schema
try "runs are found again, and designs grow" test_kept
try "only the dummy changes the seeds" test_seeds
try "SALib and sensobol can read what is exported" test_export
try "PAWN of a few parameters" test_pawn
try "a page with pictures" test_page
try "what is refused" test_refused
try "killed again and again, nothing is lost" test_killed
try "groups, priors and correlations of the scenario" test_priors
finish
