#!/usr/bin/env bash
# Presence `home`: who is on the street, the same bits by any engine and threads, and where it is refused.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

cat >towns.yaml <<'END'
steppe: 1
title: Two towns, mostly at home
presence: home
schedule: tiles
time: { start: 2022-01-01T00:00, step: 1 h, steps: 40 }
citizens: { legitimacy: 0.8, able: 0.5, hardship_high: 0.45 }
officers: { density: 0.03 }
detention: { term_max: 9 h }
hardship: { price_base: { value: 60, unit: tenge/l }, price_effect: 0.2 }
force: { enabled: true, violence_threshold: 0.15, lethality: 0.3 }
districts:
  - { id: mill, name: Mill, lat: 43.6, lon: 51.2, width: 200, height: 150 }
  - { id: ford, name: Ford, lat: 43.9, lon: 51.9, width: 40, height: 40 }
events:
  - { id: fare, title: The price doubles, date: 2022-01-01T10:00, fuel_price: { value: 120, unit: tenge/l } }
  - { id: back, title: The price falls, date: 2022-01-02T00:00, fuel_price: { value: 50, unit: tenge/l } }
END

# Everybody is on the street, in detention, dead or at home; on a street without a home, nobody is at home.
test_who_is_out() {
    local file
    steppe run towns.yaml --out one --json
    exits 0
    file=$(json .results)
    same "more than live there" "$(sql "$file" 'SELECT count(*) FROM series WHERE on_street + detained > alive')" 0
    same "active at home" "$(sql "$file" 'SELECT count(*) FROM series WHERE active > on_street')" 0
    same "the price brings people out" "$(sql "$file" 'SELECT (SELECT on_street FROM step WHERE step = 20) >
        (SELECT on_street FROM step WHERE step = 1)')" 1
    same "most are at home" "$(sql "$file" 'SELECT count(*) FROM series WHERE on_street * 2 > alive')" 0
    steppe run towns.yaml --set presence=street --out two --json
    file=$(json .results)
    same "nobody is at home" "$(sql "$file" 'SELECT count(*) FROM series WHERE on_street + detained != alive')" 0
}

test_the_same_bits() {
    local how digest=
    for how in "--threads 1" "--threads 3" "--engine reference" "--simd plain"; do
        # shellcheck disable=SC2086 # an option and its value
        steppe run towns.yaml --seed 7 $how --out same --json
        exits 0
        same "$how" "$(json .digest)" "${digest:=$(json .digest)}"
    done
    steppe run towns.yaml --seed 7 --schedule sequential --engine reference --out same --json
    digest=$(json .digest)
    steppe run towns.yaml --seed 7 --schedule sequential --threads 2 --out same --json
    same "sequential" "$(json .digest)" "$digest"
}

test_stopped_and_asked() {
    steppe ensemble towns.yaml -n 4 --out many.sqlite -q
    exits 0
    same "with its own population" "$(sql many.sqlite "SELECT count(*) FROM outcome WHERE name = 'peak'")" 4
    steppe ensemble towns.yaml -n 4 --out held.sqlite --population-seed 1 -q
    exits 0
    same "seed 1 has its own" "$(sql held.sqlite 'SELECT digest FROM replicate WHERE replicate = 0')" \
        "$(sql many.sqlite 'SELECT digest FROM replicate WHERE replicate = 0')"
    same "the others have that one too" "$(sql held.sqlite "ATTACH 'many.sqlite' AS m; SELECT count(*) FROM
        replicate a JOIN m.replicate b USING (replicate) WHERE a.digest = b.digest")" 1
}

# Tension is of all residents who are quiet, also of those at home: in a large district, where they are counted by
# hardship, and in a small one.
test_tension() {
    local engine tensions=
    sed 's/width: 200, height: 150/width: 260, height: 250, fuel_dependence: 0.4, unemployment: 0.2/
        s/steps: 40/steps: 30/' towns.yaml >large.yaml
    echo 'outcome: { tension_every: 3 h }' >>large.yaml
    for engine in reference fast; do
        steppe run large.yaml --engine $engine --out tension --json
        exits 0
        same "$engine" "$(sql "$(json .results)" 'SELECT step, district, tension FROM series
            WHERE tension IS NOT NULL ORDER BY 1, 2' | tee tensions)" "${tensions:=$(cat tensions)}"
    done
    [ "$(wc -l <tensions)" -ge 16 ] || problem "tension is missing: $(wc -l <tensions) rows"
    same "it rises with the price" "$(awk -F'|' '$2 == 0 { t[$1] = $3 } END { print (t[24] > t[9]) }' tensions)" 1
}

test_refused() {
    local file
    for file in netlogo-rebellion mesa-epstein epstein-2002-run8; do
        steppe check "$root/scenarios/published/$file.yaml" --set presence=home
        exits 2
        says "'presence' does nothing under the rules" err
    done
    steppe check towns.yaml --set presence=hom
    exits 2
    says 'must be street or home' err
}

# Nobody has a reason to come out, and nobody is posted: a thread may begin with such a district.
test_nobody_out() {
    local schedule
    cat >empty.yaml <<'END'
steppe: 1
title: Nobody out
time: { steps: 4 }
scale: 1
presence: home
citizens: { legitimacy: 1 }
officers: { density: 0 }
districts:
  - { id: town, name: Town, population: 100000 }
END
    for schedule in tiles sequential; do
        steppe run empty.yaml --schedule $schedule --out empty --json
        exits 0
        same "activations, $schedule" "$(json .activations)" 0
    done
}

# Beside other work, a thread that spins while it waits has the core that the other one needs.
test_threads_sleep() {
    # GNU's OpenMP tells what it makes of its environment each time that the program is started.
    (unset OMP_WAIT_POLICY && OMP_DISPLAY_ENV=verbose "$STEPPE" check towns.yaml) >out 2>err
    same "by itself" "$(grep GOMP_SPINCOUNT err | tail -1)" "  GOMP_SPINCOUNT = '0'"
    OMP_WAIT_POLICY=active OMP_DISPLAY_ENV=verbose "$STEPPE" check towns.yaml >out 2>err
    holds "as the user says" grep -q "GOMP_SPINCOUNT = '[1-9I]" err
}

plan 7
try "who is on the street, and who at home" test_who_is_out
try "the same bits by any engine, threads and schedule" test_the_same_bits
try "ensembles, with a population of their own or one for all" test_stopped_and_asked
try "tension counts those at home" test_tension
try "other rules know no home" test_refused
try "a street on which there is nobody" test_nobody_out
try "threads that wait sleep, unless the user says otherwise" test_threads_sleep
finish
