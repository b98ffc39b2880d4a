#!/usr/bin/env bash
# Every scenario of the project can be checked and described, and errors name their place.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

mapfile -t files < <(find "$root/scenarios" "$root/tests/property/scenarios" \
    -name '*.yaml' -not -path '*/published/claims/*' | sort)

is_street() { # FILE
    ! grep -q '^model:' "$1"
}

test_check() {
    local file
    [ "${#files[@]}" -ge 2 ] || problem "there are no scenarios"
    for file in "${files[@]}"; do
        steppe check "$file"
        exits 0
        quiet_on err
        says "$file: good: " out
        if is_street "$file"; then
            matches '; [0-9,]+ residents, [0-9]+ districts?, .* digest [0-9a-f]{16}$' out
        else
            matches '; model [a-z-]+, digest [0-9a-f]{16}$' out
        fi
    done
}

test_describe() {
    local file
    for file in "${files[@]}"; do
        steppe describe "$file"
        exits 0
        quiet_on err
        if is_street "$file"; then
            says 'citizens.legitimacy' out
            says 'schedule' out
        fi
        matches '^[0-9]+ values: [0-9]+ facts?, [0-9]+ claims?, [0-9]+ assumptions?' out
    done
}

# Each parameter that the program knows stands there with unit, kind and source.
test_describe_is_whole() {
    local file
    for file in "${files[@]}"; do
        steppe describe --json "$file"
        exits 0
        same "one object" "$(jq -s length "$work/out")" 1
        same "entries with a strange kind" "$(json '[.entries[] | select(.kind |
            IN("fact", "claim", "assumption", "unstated", "default") | not)] | length')" 0
        same "facts without a source" "$(json '[.entries[] |
            select(.kind == "fact" and .source == "")] | length')" 0
        same "entries without name, value or meaning" "$(json '[.entries[] |
            select(.name == "" or .value == "" or .meaning == "")] | length')" 0
        same "entries named twice" "$(json '.entries | length')" \
            "$(json '[.entries[].name] | unique | length')"
        jq -r '.entries[].name' "$work/out" | sort >named
        is_street "$file" || continue
        steppe describe --parameters
        parameters_of_sections | sort >known
        same "parameters that are not described" "$(comm -13 named known)" ''
    done
}

# "citizens.vision" and so on: what every scenario has, from the table of all parameters.
parameters_of_sections() {
    awk -F ' *[|] *' '
        /^## /     { section = $0; sub(/^## /, "", section); next }
        /^[|] `/   { name = $2; gsub(/`/, "", name)
                     if (section ~ /^(citizens|officers|detention|news|hardship)$/)
                         print section "." name }' "$work/out"
}

test_parameters() {
    steppe describe --parameters
    exits 0
    quiet_on err
    local row
    # shellcheck disable=SC2016 # those are no commands
    for row in '| `density` | number | share | (0, 1\] | 0.7 |' '## citizens' \
        '| `vision` | number | cells | \[0, 15.999\] | 7 |' '## events'; do
        says "$row" out
    done
    same "cells in rows" \
        "$(grep '^|' "$work/out" | awk -F '|' '{ print NF }' | sort -u)" 9
    [ "$(parameters_of_sections | wc -l)" -ge 28 ] || problem "too few parameters"
}

test_resolved() {
    local file digest
    for file in "${files[@]}"; do
        digest=$("$STEPPE" check "$file" | sed 's/.*digest //')
        steppe describe --resolved "$file"
        exits 0
        cp "$work/out" resolved.yaml
        steppe check resolved.yaml
        exits 0
        says "digest $digest" out
        steppe describe --resolved resolved.yaml
        holds "resolving twice changes $file" cmp "$work/out" resolved.yaml
    done
}

# ---- bad scenarios ---------------------------------------------------------------------

good='steppe: 1
title: Small
time: { step: 1 h, steps: 10 }
citizens:
  density: 0.7
  vision: 7
districts:
  - { id: here, name: Here, width: 20, height: 20 }
events:
  - id: price
    title: A price
    hour: 2
    fuel_price: 3
'

# Replace one line of the good scenario, and see where the program finds fault.
bad() { # LINE TEXT LINE:COLUMN MESSAGE
    printf '%s' "$good" | awk -v line="$1" -v text="$2" \
        'NR == line { print text; next } { print }' >bad.yaml
    is_bad "$3" "$4"
}

is_bad() { # LINE:COLUMN MESSAGE : of bad.yaml
    local command
    for command in check describe run; do
        steppe "$command" bad.yaml
        exits 2
        quiet_on out
        matches "^steppe: bad.yaml:$1: " err
        says "$2" err
    done
}

test_good() {
    printf '%s' "$good" >good.yaml
    steppe check good.yaml
    exits 0
}

test_bad_keys() {
    bad 6 '  visoin: 7' 6:3 "did you mean 'vision'?"
    bad 3 'tiem: { step: 1 h, steps: 10 }' 3:1 "did you mean 'time'?"
    bad 6 '  density: 0.6' 6:3 'stands here twice; first in line 5'
    bad 13 '    fuel_prize: 3' 13:5 "did you mean 'fuel_price'?"
    bad 2 '' 1:1 "'title' is missing"
    bad 3 'time: { step: 1 h }' 3:7 "'steps' is missing"
    bad 8 '  - { id: here, name: Here, width: 20 }' 8:5 'give both width and height'
    bad 12 '' 10:5 "give a 'date' or an 'hour'"
}

test_bad_values() {
    bad 5 '  density: 7' 5:12 'density must be in (0, 1]'
    bad 5 '  density: dense' 5:12 'density must be a number'
    bad 5 '  density: 0.7 km' 5:12 "cannot be in 'km'; expected a share of 1, or %"
    bad 5 '  density: "0.7"' 5:12 'must be a number'
    bad 5 '  density: { value: 0.7, range: [0.8, 0.9] }' 5:21 'outside its own range'
    bad 5 '  density: { value: 0.7, kind: guess }' 5:32 'kind must be fact, claim or'
    bad 5 '  density: { value: 0.7, kind: fact }' 5:12 'called a fact but names no source'
    bad 5 '  density: { value: 0.7, source: nobody }' 5:34 "no source is called 'nobody'"
    bad 6 '  vision: 16' 6:11 'vision must be in [0, 15.999]'
    bad 6 '  neighbourhood: mooore' 6:18 "did you mean 'moore'?"
    bad 3 'time: { step: 1 h, steps: 1.5 }' 3:27 'steps must be a whole number'
    bad 3 'time: { step: 40 s, steps: 10 }' 3:15 'whole number of minutes'
    bad 3 'time: { start: 2022-02-30, steps: 10 }' 3:16 'must be a date'
    bad 12 '    date: 2022-01-01' 12:11 'no time.start'
    bad 12 '    hour: -1' 12:11 'hour must be in'
    bad 8 '  - { id: here, name: Here, width: 20, height: 20, population: 500 }' 8:5 \
        'do not fit on 400 cells'
    bad 8 '  - { id: "he re", name: Here, width: 20, height: 20 }' 8:11 'short name'
    bad 13 '    districts: [there]' 13:16 "no district is called 'there'"
    bad 1 'steppe: 2' 1:9 'steppe must be in [1, 1]'
}

test_bad_yaml() {
    bad 4 'citizens: [' 6:9 'not valid YAML'
    bad 5 "$(printf '\tdensity: 0.7')" 5:1 'tab'
    bad 2 'title: "Small' '[0-9]+:[0-9]+' 'not valid YAML'
    bad 6 '  vision: *seven' 6:11 'has no anchor'
    bad 1 '--- 5' 2:6 'not valid YAML'
    printf '%s---\n%s' "$good" "$good" >bad.yaml
    is_bad 14:1 'a second document begins here'
    printf 'steppe: 1\ntitle: caf\xe9\n' >bad.yaml
    is_bad 2:11 'not a text file in UTF-8'
    printf 'steppe: 1\ntitle: "a\\0b"\n' >bad.yaml
    is_bad 2:8 'NUL'
    : >bad.yaml
    is_bad 1:1 'the file is empty'
    echo '# nothing but a remark' >bad.yaml
    is_bad 1:1 'the file is empty'
    echo 'just a text' >bad.yaml
    is_bad 1:1 'must be a mapping'
    head -c 3000 /dev/urandom >bad.yaml
    is_bad '[0-9]+:[0-9]+' ''
    printf '%s' "$(printf '[%.0s' {1..5000})" >bad.yaml
    is_bad '1:[0-9]+' 'nested too deeply'
}

test_people_fit() {
    printf 'steppe: 1\ntitle: T\ntime: { steps: 5 }\ncitizens: { density: 1 }\n' >bad.yaml
    echo 'districts: [{ id: a, name: A, population: 100, officers: 30 }]' >>bad.yaml
    steppe check bad.yaml
    exits 2
    says 'do not fit' err
}

test_parameters_page() {
    steppe describe --parameters
    cmp -s "$work/out" "$root/docs/parameters.md" ||
        problem "docs/parameters.md is not what 'steppe describe --parameters' prints"
}

plan 11
try "every scenario is good" test_check
try "every scenario is described" test_describe
try "its description has every parameter, with kind and source" test_describe_is_whole
try "the table of parameters has its rows" test_parameters
try "and it is the one in the docs" test_parameters_page
try "a scenario whose people do not fit is not good" test_people_fit
try "a resolved scenario is the same scenario" test_resolved
try "the model of the bad ones is good" test_good
try "the message about a wrong, doubled or missing key has its place" test_bad_keys
try "so is a wrong value" test_bad_values
try "so is what is not YAML" test_bad_yaml
finish
