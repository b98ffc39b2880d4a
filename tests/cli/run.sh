#!/usr/bin/env bash
# What a run says, and what stands in its results file.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

test_json() {
    steppe run "$epstein" --json --steps 200 --threads 1 --out json
    exits 0
    same "objects on standard output" "$(jq -s length "$work/out")" 1
    local key type
    while read -r key type; do
        same "type of $key" "$(json "$key | type")" "$type"
    done <<'END'
.digest string
.scenario_digest string
.version string
.results_version number
.seed string
.population_seed string
.engine string
.threads number
.residents number
.agents number
.steps number
.activations number
.seconds number
.activations_per_second number
.resident_hours_per_second number
.peak_memory_bytes number
.results string
.status string
.totals object
.totals.citizen_hours number
.totals.arrests number
.totals.peak_active number
.legitimacy null
.days array
END
    holds "the digest has 16 digits" grep -qE '"digest": "[0-9a-f]{16}"' "$work/out"
    same residents "$(json .residents)" 1120
    same agents "$(json .agents)" 1184
    same steps "$(json .steps)" 200
    same status "$(json .status)" complete
    same version "$(json .version)" "$(cat "$root/VERSION")"
    same days "$(json '.days | length')" 9
    same "arrests of all days" "$(json '[.days[].arrests] | add')" \
        "$(json .totals.arrests)"
    same "highest peak of a day" "$(json '[.days[].peak_active] | max')" \
        "$(json .totals.peak_active)"
    same "resident-hours: those of 200 steps of an hour" \
        "$(json '.resident_hours_per_second * .seconds | round')" "$((1120 * 200))"
    matches 'million activations/s  [0-9.]+ million resident-hours/s  ' err
}

test_quiet() {
    steppe run "$epstein" --quiet --steps 200 --threads 1 --out quiet
    exits 0
    quiet_on out err
    steppe run "$epstein" -q --json --steps 200 --threads 1 --out quiet
    exits 0
    quiet_on err
    same status "$(json .status)" complete
}

test_summary() {
    steppe run "$epstein" --steps 200 --threads 1 --seed 5 --out summary
    exits 0
    says 'Epstein 2002, Model I, Run 2' out
    says '1,120 residents as 1,184 agents (1 per agent)' out
    says '200 of 200 steps, seed 5' out
    matches '^active +[ ▁▂▃▄▅▆▇█]+$' out
    matches '^outbursts +[0-9]+ of more than 50 active' out
    matches '^peak +[0-9]+ active at step [0-9]+$' out
    matches '^unrest +[0-9,]+ citizen-steps$' out
    matches '^arrests +[0-9,]+; released [0-9,]+; in detention at the end [0-9]+$' out
    matches '^speed +[0-9,]+ activations in .* 1 threads?$' out
    matches '^memory +[0-9.]+ [MG]B$' out
    matches '^digest +[0-9a-f]{16}$' out
    matches '^results +summary/epstein-2002-run2-seed5.sqlite$' out
    says 'not a forecast' out
    steppe run "$two_towns" --steps 30 --threads 1 --out summary
    says 'unrest reached  2 of 2 districts; first Harbour' out
    matches '^ +[0-9,]+ resident-hours: [0-9.,]+ million/s$' out
    matches '^day +districts +units ' out
    matches '^2022-03-01 ' out
    matches '^2022-03-02 ' out
    steppe run "$epstein" --set citizens.legitimacy=1 --steps 50 --threads 1 --out summary
    says 'nobody was active' out
}

# Where legitimacy responds, the summary says how low it fell.
test_legitimacy() {
    local responds=(--set legitimacy.enabled=true --set legitimacy.arrest_weight=20)
    steppe run "$two_towns" --steps 30 --threads 1 --out legitimacy
    exits 0
    holds "a line on what does not respond" [ "$(grep -c '^legitimacy' "$work/out")" = 0 ]
    steppe run "$two_towns" --steps 30 --threads 1 --out legitimacy "${responds[@]}"
    exits 0
    matches '^legitimacy +lowest 0\.[0-9]{3} at 2022-03-0[12]T[0-9:]+, in (Harbour|Market)$' out
    run_short legitimacy "$two_towns" --steps 30 "${responds[@]}"
    same "the lowest, as in the file" "$(json \
        '.legitimacy | "\(.lowest * 1e6 | round)|\(.step)|\(.time)|\(.district)"')" \
        "$(sql "$result" 'SELECT legitimacy, step, time, name FROM series JOIN step USING (step)
            JOIN district USING (district) ORDER BY legitimacy, step, district LIMIT 1')"
}

# The fields of every step and district, in the unit that the file gives.
test_fields() {
    run_short fields "$two_towns" --steps 30 --set citizens.legitimacy=0.875
    same unit "$(fact "$result" field_unit)" 1e-06
    same "legitimacy of the districts, and of an event" "$(sql "$result" "
        SELECT DISTINCT id, round(legitimacy * (SELECT value FROM run WHERE key = 'field_unit'),
            3) FROM series JOIN district USING (district) ORDER BY district, step")" \
        $'harbour|0.875\nmarket|0.87\nmarket|0.9'
    same "hardship before the price rises: unemployment times its effect, 0.05" \
        "$(sql "$result" 'SELECT DISTINCT hardship FROM series WHERE step <= 3')" \
        $'5000\n2500'
    same "districts where it then does" "$(sql "$result" 'SELECT count(DISTINCT district)
        FROM series WHERE hardship > 10000')" 2
    same "news before anybody is active" \
        "$(sql "$result" 'SELECT sum(heard) FROM series WHERE step = 1')" 0
    differ "news when many are" "$(sql "$result" 'SELECT max(heard) FROM series')" 0
    same "officers who choose" \
        "$(sql "$result" 'SELECT DISTINCT threshold_shift, orders, obedience FROM series')" \
        '0|1000000|1000000'
    run_short fields "$two_towns" --steps 30 --set 'outcome.tension_every=6 h'
    same "steps with a tension" "$(sql "$result" 'SELECT group_concat(DISTINCT step),
        min(tension) > 0 FROM series WHERE tension IS NOT NULL')" '6,12,18,24,30|1'
}

test_settings() {
    local before scenario
    run_short set "$two_towns" --steps 30
    before=$(json .digest) scenario=$(json .scenario_digest)
    run_short set "$two_towns" --steps 30 --set events.address.enabled=false \
        --set 'districts.market.legitimacy={value: 0.86, kind: assumption}'
    differ "digest" "$before" "$(json .digest)"
    differ "scenario's digest" "$scenario" "$(json .scenario_digest)"
    same "the value in the results" "$(sql "$result" \
        "SELECT value, kind FROM parameter WHERE path = 'districts.market.legitimacy'")" \
        '0.86|assumption'
    same "the event in the results" \
        "$(sql "$result" "SELECT enabled FROM event WHERE id = 'address'")" 0
    run_short set "$two_towns" --steps 30 --set citizens.vision=7
    same "digest after setting what is so already" "$(json .digest)" "$before"
}

# The same seed and schedule: the same digest with any engine, on any number of threads.
test_matrix() {
    local schedule way digest first
    declare -A of_schedule
    for schedule in tiles sequential; do
        first=
        for way in "fast 1" "fast 2" "fast 3" "fast 8" "reference 1" "reference 3"; do
            steppe run "$two_towns" --steps 8 --engine "${way% *}" --threads "${way#* }" \
                --schedule "$schedule" --json --quiet --out matrix
            exits 0
            same "engine" "$(json .engine)" "${way% *}"
            digest=$(json .digest)
            same "$way, $schedule" "$digest" "${first:=$digest}"
        done
        of_schedule[$schedule]=$first
    done
    differ "digest of tiles and sequential" "${of_schedule[tiles]}" \
        "${of_schedule[sequential]}"
    steppe run "$two_towns" --steps 8 --json --quiet --out matrix
    same "schedule of the scenario" "$(json .digest)" "${of_schedule[tiles]}"
    steppe run "$two_towns" --steps 8 --json --quiet --out matrix --seed 2
    differ "digest of another seed" "$(json .digest)" "${of_schedule[tiles]}"
}

test_seeds() {
    local seed
    for seed in 0 18446744073709551615; do
        run_short seeds "$epstein" --steps 2 --seed "$seed"
        same "seed in JSON" "$(json .seed)" "$seed"
        same "seed in the results" "$(fact "$result" seed)" "$seed"
        same "name of the file" "$result" "seeds/epstein-2002-run2-seed$seed.sqlite"
    done
}

test_tables() {
    run_short tables "$two_towns" --steps 30
    local table
    for table in run district event parameter step series; do
        differ "rows of $table" "$(sql "$result" "SELECT count(*) FROM $table")" 0
    done
    same integrity "$(sql "$result" 'PRAGMA integrity_check')" ok
    same status "$(fact "$result" status)" complete
    same steps_done "$(fact "$result" steps_done)" 30
    same "digest of the scenario" "$(fact "$result" scenario_digest)" \
        "$(json .scenario_digest)"
    same districts "$(sql "$result" 'SELECT id, width, height FROM district')" \
        $'harbour|130|200\nmarket|201|133'
    same "steps" "$(sql "$result" 'SELECT count(*), min(step), max(step) FROM step')" \
        '30|1|30'
    same "series" "$(sql "$result" 'SELECT count(*) FROM series')" 60
    same "time of the last step" \
        "$(sql "$result" 'SELECT time FROM step WHERE step = 30')" '2022-03-02T06:00'
    same "last digest" "$(sql "$result" 'SELECT digest FROM step WHERE step = 30')" \
        "$(json .digest)"
    same "step of an event" \
        "$(sql "$result" "SELECT step FROM event WHERE id = 'cut'")" 13
}

test_sums() {
    run_short sums "$two_towns" --steps 30 --scale 3
    same "steps that are not the sum of their districts" "$(sql "$result" '
        SELECT count(*) FROM step t JOIN (SELECT step, sum(active) a, sum(arrests) b,
            sum(releases) c, sum(detained) d, sum(officers) e, sum(activations) f
            FROM series GROUP BY step) s USING (step)
        WHERE t.active != a OR t.arrests != b OR t.releases != c OR t.detained != d
            OR t.officers != e OR t.activations != f')" 0
    same "steps with people lost" "$(sql "$result" '
        SELECT count(*) FROM step a JOIN step b ON b.step = a.step + 1
        WHERE a.detained + b.arrests - b.releases != b.detained')" 0
    differ "anything happened" "$(json .totals.arrests)" 0
    same activations "$(sql "$result" 'SELECT sum(activations) FROM step')" \
        "$(json .activations)"
    same citizen-hours "$(sql "$result" 'SELECT 3 * sum(active) FROM step')" \
        "$(json '.totals.citizen_hours | round')"
    same arrests "$(sql "$result" 'SELECT 3 * sum(arrests) FROM step')" \
        "$(json '.totals.arrests | round')"
    same releases "$(sql "$result" 'SELECT 3 * sum(releases) FROM step')" \
        "$(json '.totals.releases | round')"
    same detained "$(sql "$result" 'SELECT 3 * detained FROM step WHERE step = 30')" \
        "$(json '.totals.detained_at_end | round')"
    same peak "$(sql "$result" 'SELECT 3 * max(active) FROM step')" \
        "$(json '.totals.peak_active | round')"
    same "agents, 493 of them officers" "$(json .agents)" \
        "$(sql "$result" 'SELECT sum(citizens) + 493 FROM district')"
}

# Of whoever is at liberty some are on the street, and with presence `street` all of them.
test_on_street() {
    run_short outside "$two_towns" --steps 30 --scale 3 --engine reference
    same "rows where somebody at liberty is not on the street" "$(sql "$result" '
        SELECT count(*) FROM series WHERE on_street != alive - detained')" 0
    run_short outside "$two_towns" --steps 30 --scale 3 --engine reference --set presence=home
    same "rows with more on the street than are at liberty, or fewer than are active" "$(sql "$result" '
        SELECT count(*) FROM series WHERE on_street + detained > alive OR active > on_street')" 0
    same "steps that are not the sum of their districts" "$(sql "$result" '
        SELECT count(*) FROM step t JOIN (SELECT step, sum(on_street) a FROM series GROUP BY step) s
        USING (step) WHERE t.on_street != a')" 0
    same "somebody comes, and somebody stays at home" "$(sql "$result" '
        SELECT sum(on_street) > 0, sum(on_street + detained) < sum(alive) FROM step')" '1|1'
}

# Who people are, and what happens to them, may have a seed each.
test_population() {
    local digest first
    run_short people "$two_towns" --steps 20 --seed 7
    digest=$(json .digest)
    same "population seed" "$(json .population_seed) $(fact "$result" population_seed)" '7 7'
    run_short people "$two_towns" --steps 20 --seed 7 --population-seed 7
    same "with its own seed" "$(json .digest)" "$digest"
    run_short people "$two_towns" --steps 20 --seed 7 --population-seed 3
    differ "with another population" "$(json .digest)" "$digest"
    digest=$(json .digest)
    first=$result
    same "population seed" "$(json '"\(.seed) \(.population_seed)"') $(fact "$result" population_seed)" '7 3 3'
    run_short people "$two_towns" --steps 20 --seed 7 --population-seed 3 --engine reference --threads 2
    same "by the reference engine" "$(json .digest)" "$digest"
    steppe diff "$first" "$result"
    exits 0
    run_short people "$two_towns" --steps 20 --seed 3
    differ "whose people they are" "$(json .digest)" "$digest"
    steppe diff "$first" "$result"
    exits 1
    says 'the seeds differ (7 and 3); ' out
    holds "the population seeds are the same" bash -c "! grep -q 'population seeds' '$work/out'"
    run_short people "$two_towns" --steps 20 --seed 7
    steppe diff "$first" "$result"
    says 'the population seeds differ (3 and 7)' out
    steppe run "$two_towns" --steps 20 --seed 7 --population-seed 3 --out people
    says 'seed 7, population seed 3' out
    run_short people "$two_towns" --steps 5 --population-seed 18446744073709551615
    same "the largest" "$(json .population_seed)" 18446744073709551615
    steppe run "$root/scenarios/published/kuran-1989.yaml" --population-seed 3 --out people -q
    says "note: --population-seed has no effect under the model 'threshold'" err
}

# Whoever has the results has the scenario.
test_scenario_in_results() {
    run_short kept "$two_towns" --steps 20 --set citizens.able=0.7
    local digest
    digest=$(json .digest)
    sql "$result" "SELECT value FROM run WHERE key = 'scenario'" >kept.yaml
    run_short kept kept.yaml --steps 20
    same digest "$(json .digest)" "$digest"
}

test_where_results_go() {
    mkdir -p land
    cp "$epstein" land/scenario.yaml
    steppe run land/scenario.yaml --quiet --steps 1 --threads 1
    exits 0
    holds "no results/land-seed1.sqlite" test -s results/land-seed1.sqlite
    steppe run land/scenario.yaml --quiet --steps 1 --threads 1 -o a/b/c/
    exits 0
    holds "no a/b/c/land-seed1.sqlite" test -s a/b/c/land-seed1.sqlite
    same "other files" "$(find a results -type f | wc -l)" 2
}

test_lives() {
    steppe run "$root/tests/property/scenarios/afraid.yaml" --out lives
    exits 0
    says ' citizens killed' out
    holds "no word of Model II's births" bash -c "! grep -q born '$work/out'"
    steppe run "$root/scenarios/published/epstein-2002-run7.yaml" --out lives
    exits 0
    says ' born; groups at the end ' out
}

plan 15
try "--json prints one object with every key" test_json
try "--quiet says nothing" test_quiet
try "the summary has its lines" test_summary
try "the summary says how low legitimacy fell, where it responds" test_legitimacy
try "the results file has the fields of every step and district" test_fields
try "--set replaces values and adds up" test_settings
try "engines, threads and schedules give the digests that they should" test_matrix
try "the smallest and largest seed work" test_seeds
try "who people are may have a seed of its own" test_population
try "the results file has its tables" test_tables
try "sums in the results file are those that the run reports" test_sums
try "it says how many citizens are on the street" test_on_street
try "a results file holds its scenario" test_scenario_in_results
try "results go where --out says, folders are made" test_where_results_go
try "it says who was killed, and of births where there are any" test_lives
finish
