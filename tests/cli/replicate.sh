#!/usr/bin/env bash
# Published models and their published numbers: table, JSON, page, and errors.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

cd "$root" || exit 1 # where the scenarios are
quick=(granovetter kuran global-game ktab expected-utility egorov-sonin contagion)

test_list() {
    steppe replicate --list
    exits 0
    quiet_on err
    local study
    for study in epstein netlogo mesa siegel mechanisms seat "${quick[@]}"; do matches "^$study +" out; done
}

# The unit numbers, to all printed digits.
test_numbers() {
    steppe replicate "${quick[@]}" --json
    exits 0
    same "verdicts that must be" \
        "$(json '[.claims[] | select(.tier == "must") | .verdict] | unique | join(",")')" \
        reproduced
    same "KTAB, exponent 2" \
        "$(json '.claims[] | select(.study == "ktab" and .id == "square") | .ours')" \
        '0.4875, 0.5093, 0.0032, 0.4749, 0.4949, 0.0302, 0.5165, 0.4777, 0.0058'
    same "global game" \
        "$(json '.claims[] | select(.study == "global-game" and .id == "signal") | .ours')" \
        '0.841, 0.718, 0.539'
    # where the reduction lacks the published sign, it says so
    same "a claim that fails" \
        "$(json '.claims[] | select(.id == "weaker") | .verdict')" 'not reproduced'
}

test_table() {
    steppe replicate kuran
    exits 0
    matches '^first .* 10, 90 % +0.10, 0.90 +reproduced$' out
    says '2 claims: 2 reproduced, 0 trend only, 0 not reproduced' out
}

# Fewer runs say the same more loosely; the distributions hold a number for each seed.
test_effort() {
    steppe replicate netlogo --effort 2 --json --quiet
    exits 0
    quiet_on err
    same "values" "$(json '.distributions[0].values_by_seed | length')" 2
    same "measures" "$(json '.distributions | length')" 6
    same "runs" "$(json '.claims[0].runs')" 2
    local outbursts
    outbursts=$(json '.claims[0].estimate | floor')
    [ "$outbursts" -gt 80 ] && [ "$outbursts" -lt 120 ] || problem "outbursts: $outbursts"
}

# Each mechanism by itself; two runs are enough to see which way. A town with all of them off is
# bit-identical to the plain street, and what does not move as its source says is reported.
test_directions() {
    steppe replicate mechanisms --effort 10 --json --quiet
    exits 0
    same "claims about everything off" "$(json '[.claims[] | select(.variant == "everything off")
        | .id + " " + .verdict] | join(", ")')" 'plain reproduced, idle reproduced'
    same "mechanisms" "$(json '[.claims[].variant] | unique | length')" 15
    same "those that must be and are not" "$(json '[.claims[]
        | select(.tier == "must" and .verdict == "not reproduced") | .id] | join(", ")')" ""
    # without fear harder orders enlarge later protest, with it they shrink it
    same "what is not had with a mechanism off" "$(json '[.claims[] | select(.tier == "gap")
        | .id + " " + .verdict] | join(", ")')" 'high not reproduced'
    same "claims without a source" "$(json '[.claims[] | select(.source == "")] | length')" 0
}

# The seat of power: what chance has no part in holds with few runs as well; an office without
# weight changes no bit of the street, and what is not reproduced is reported.
test_seat() {
    steppe replicate seat --effort 4 --json --quiet
    exits 0
    local id
    for id in bits rest zero money kinds alone learning silent w-security s-security delivered; do
        same "$id" "$(json ".claims[] | select(.id == \"$id\") | .verdict")" reproduced
    done
    same "where exposure cannot hurt" \
        "$(json '.claims[] | select(.tier == "gap") | .id + " " + .verdict')" 'harmless not reproduced'
    same "claims without a source" "$(json '[.claims[] | select(.source == "")] | length')" 0
    local many
    many=$(json '{claims, distributions}' | md5sum)
    steppe replicate seat --effort 4 --json --quiet --threads 1
    same "with one thread" "$(json '{claims, distributions}' | md5sum)" "$many"
}

test_threads() {
    local study one three
    for study in 'siegel --effort 10' 'mesa --effort 1'; do # claims alone, and with distributions
        # shellcheck disable=SC2086 # the words are arguments
        steppe replicate $study --json --threads 1
        one=$(json '{claims, distributions}' | md5sum)
        # shellcheck disable=SC2086
        steppe replicate $study --json --threads 3
        exits 0
        three=$(json '{claims, distributions}' | md5sum)
        same "$study with three threads" "$three" "$one"
    done
    holds "mesa has no distribution" [ "$(json '.distributions | length')" -gt 3 ]
}

test_page() {
    steppe replicate granovetter ktab --page "$work/page.md"
    exits 0
    matches "^page +$work/page.md$" out
    holds "the page has its head" grep -q '^# Published models, run again$' "$work/page.md"
    holds "the page shows the picture" grep -qF '](page-granovetter.svg)' "$work/page.md"
    holds "the picture is there" grep -q '^<svg' "$work/page-granovetter.svg"
    holds "every row has nine cells" \
        awk -F'|' '/^\| (uniform|linear|cycle) /{n++; if (NF != 11) exit 1} END{exit n != 3}' \
        "$work/page.md"
    same "files" "$(cd "$work" && echo page*)" "page-granovetter.svg page.md"
    cp "$work/page.md" "$work/before"
    steppe replicate granovetter ktab --page "$work/page.md" --threads 1
    holds "the same page again" cmp "$work/page.md" "$work/before"
}

test_misuse() {
    steppe replicate ktap
    exits 2
    says "there is no study 'ktap'; did you mean 'ktab'?" err
    steppe replicate --effort 0
    exits 2
    says "--effort: expected a whole number from 1 to 10000, not '0'" err
    steppe replicate ktab --scenarios "$work/nowhere"
    exits 2
    says "$work/nowhere/claims/ktab.yaml: cannot be opened" err
    steppe replicate ktab --page "$work/nowhere/page.md"
    exits 1
    says "$work/nowhere/page.md: cannot be written" err
    steppe replicate granovetter --page /dev/full/page.md
    exits 1
    mkdir -p "$work/broken"
    cp -r scenarios/published/claims "$work/broken"
    sed 's/^ktab:/ktap:/' scenarios/published/ktab-three-positions.yaml \
        >"$work/broken/ktab-three-positions.yaml"
    steppe replicate ktab --scenarios "$work/broken"
    exits 2
    matches 'ktab-three-positions.yaml:[0-9]+:' err
}

# Each problem of a file of claims, with its place, before anything is run.
test_claims() {
    mkdir -p "$work/claims/claims"
    cp scenarios/published/*.yaml "$work/claims"
    sed 's/measure: outbursts/measure: outburst/; s/tier: should/tier: shall/; s/say: .*/sya: x/' \
        scenarios/published/claims/epstein.yaml >"$work/claims/claims/epstein.yaml"
    steppe replicate epstein --scenarios "$work/claims"
    exits 2
    matches "claims/epstein.yaml:[0-9]+:[0-9]+: there is no measure 'outburst' here; did you mean 'outbursts'\\?" err
    matches "claims/epstein.yaml:[0-9]+:[0-9]+: unknown key 'sya' in a claim; did you mean 'say'\\?" err
    matches "claims/epstein.yaml:[0-9]+:[0-9]+: there is no tier 'shall' here" err
    sed 's/digits: 15/digits: 14/' scenarios/published/claims/contagion.yaml >"$work/claims/claims/contagion.yaml"
    steppe replicate contagion --scenarios "$work/claims" --json
    exits 0
    same "a number that is not ours" "$(json '.claims[] | select(.id == "wave") | .verdict')" 'not reproduced'
}

# Elsewhere than in a checkout, and not installed: it says what it looked for.
test_elsewhere() {
    cd "$work" || exit 1
    steppe replicate ktab
    [ "$status" = 0 ] || says 'scenarios/published/claims/ktab.yaml: cannot be opened' err
    steppe replicate ktab --scenarios "$root/scenarios/published"
    exits 0
    cd "$root" || exit 1
}

test_interrupt() {
    "$STEPPE" replicate epstein --page "$work/never.md" >"$work/out" 2>"$work/err" </dev/null &
    local child=$!
    children=("$child")
    sleep 1
    kill -s INT "$child" || problem "it had ended"
    wait "$child" 2>/dev/null
    status=$?
    children=()
    exits 130
    says 'interrupted' err
    [ ! -e "$work/never.md" ] || problem "a page was written"
}

plan 12
try "the studies are listed" test_list
try "the published numbers come out to every printed digit" test_numbers
try "a table says claim, number, criterion and verdict" test_table
try "the effort sets the number of runs" test_effort
try "each mechanism moves the outcome as its source says, or the table says that it does not" test_directions
try "the claims about the seat of power are reproduced, or the table says that they are not" test_seat
try "the number of threads changes nothing" test_threads
try "a page is written with its pictures" test_page
try "an error says what to do" test_misuse
try "an error in a file of claims names file, line and what was expected" test_claims
try "scenario files are looked for where they are said to be" test_elsewhere
try "Ctrl-C ends it" test_interrupt
finish
