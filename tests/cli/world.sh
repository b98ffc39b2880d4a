#!/usr/bin/env bash
# Worlds of very many districts, made by bench/world/make: they are read in seconds, have the residents that were
# asked for, and need a cutoff of news.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"
make=$root/bench/world/make

test_made() {
    "$make" --residents 1234567 --out a.yaml || problem "not made"
    "$make" --residents 1234567 >b.yaml || problem "not written"
    holds "the same arguments, the same file" cmp a.yaml b.yaml
    "$make" --residents 1234567 --seed 2 --out c.yaml
    cmp -s a.yaml c.yaml && problem "another seed, the same file"
    steppe check a.yaml --json
    exits 0
    quiet_on err
    steppe check a.yaml
    says '; 1,234,567 residents, 6 districts' out
    grep -q 'made up' a.yaml || problem "not said to be made up"
    "$make" --residents 3 --districts 4 >d.yaml 2>"$work/err" && problem "3 residents in 4 districts"
    says '3 residents cannot live in 4 districts' err
}

# Who is the same on every machine runs to the same digest, which engine ever runs it.
test_run() {
    "$make" --residents 20000 --districts 40 --out small.yaml
    local threads first=''
    for threads in 1 2; do
        steppe run small.yaml --json --quiet --threads $threads
        exits 0
        [ "$first" = '' ] || same "digest" "$(json .digest)" "$first"
        first=$(json .digest)
    done
    steppe run small.yaml --json --quiet --engine reference
    same "digest of the reference" "$(json .digest)" "$first"
    steppe run small.yaml --json --quiet --set 'news.cutoff=20100 km'
    first=$(json .digest)
    steppe run small.yaml --json --quiet --set news.cutoff=.inf
    same "digest without a cutoff" "$(json .digest)" "$first"
}

# Reading is linear in districts, and nothing is kept for pairs of them: with that it would take minutes.
test_many() {
    "$make" --out world.yaml
    ran="steppe check, 40,000 districts"
    (ulimit -t 120 && "$STEPPE" check world.yaml) >"$work/out" 2>"$work/err"
    status=$?
    exits 0
    says '; 8,200,000,000 residents, 40000 districts' out
    steppe check world.yaml --set news.cutoff=.inf
    exits 2
    says "40000 districts hear of each other" err
    says "give a 'cutoff' in news" err
    steppe check world.yaml --set 'news.cutoff=12000 km'
    exits 2
    says 'within news.cutoff' err
}

plan 3
try "made-up worlds have the residents that were asked for" test_made
try "they run, and a cutoff beyond all districts changes nothing" test_run
try "40,000 districts are read in seconds" test_many
finish
