#!/usr/bin/env bash
# The shares of causes in an effect: Shapley's values, recomputed from the runs; and causes that are no causes.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

cat >town.yaml <<'END'
steppe: 1
title: A town
time: { steps: 20 }
citizens: { legitimacy: { value: 0.8, range: [0.76, 0.84], kind: assumption } }
districts: [{ id: town, name: Town, width: 16, height: 16, fuel_dependence: 1, unemployment: 0.3 }]
hardship: { price_base: 1, price_effect: 0.1, unemployment_effect: 0.2 }
events:
  - { id: price, title: The price doubles, hour: 4, fuel_price: 2 }
  - { id: orders, title: Officers leave, hour: 6, deployment: 0.2 }
questions:
  - id: shares
    text: What makes the unrest?
    change: ["events.price.enabled=false", "hardship.unemployment_effect=0", "events.orders.enabled=false"]
    causes: ["price: events.price.*", "jobs: hardship.unemployment_effect", "orders: events.orders.*"]
    outcome: citizen-hours
    smallest: 0.1
    margin_reason: A tenth is what one day brings to the next.
    pairs: 60
    draws: 0
END
cp town.yaml plain.yaml

test_shares() {
    local f settings
    declare -A of
    steppe ask town.yaml shares --out kept --json -q
    exits 0
    same "causes" "$(json '[.answers[0].causes[].cause] | join(" ")')" 'price jobs orders'
    same "shares sum to one" "$(json '[.answers[0].causes[].share] | add * 1e6 | round')" 1000000
    same "effects sum to the effect" "$(json '.answers[0] | ([.causes[].effect] | add) + .effect | fabs < 1e-6')" true
    says 'Of the causes, price adds' out
    local pairs
    pairs=$(json '.answers[0].pairs')
    same "arms" "$(find kept -type f | wc -l)" 8
    for f in kept/*.sqlite; do
        settings=$(fact "$f" settings | sed 's/=.*//' | sort | paste -sd' ')
        of[${settings:-none}]=$(sql "$f" "SELECT avg(value) FROM outcome WHERE name = 'citizen-hours' AND replicate < $pairs")
    done
    same "different arms" "${#of[@]}" 8
    local p=events.price.enabled o=events.orders.enabled j=hardship.unemployment_effect
    same "Shapley's value of the price" "$(json '.answers[0].causes[0].effect' | xargs printf %.6f)" \
        "$(awk "BEGIN { printf \"%.6f\", (${of[none]} - ${of[$p]}) / 3 + (${of[$o]} - ${of[$o $p]}) / 6 + \
            (${of[$j]} - ${of[$p $j]}) / 6 + (${of[$o $j]} - ${of[$o $p $j]}) / 3 }")"
    steppe ask town.yaml shares --out kept -q
    matches '^price +[0-9.,]+ \([0-9.,]+ to [0-9.,]+\) +[0-9.]+ %' out
    steppe ask town.yaml shares --out kept -q --page page.md
    holds "a page has them" grep -q '^| price | ' page.md
    steppe ask town.yaml --register
    holds "they are registered" grep -q 'price: events.price' town.registered.yaml
}

test_posterior() {
    local digest k
    cp plain.yaml drawn.yaml
    sed -i 's/draws: 0/draws: 50/' drawn.yaml
    posterior() {
        echo "# Posterior, written by \`steppe calibrate\`"
        echo "# scenario $1, results version $(sed -n 's/^#define STEPPE_RESULTS_VERSION //p' "$root/include/steppe.h"), 50 draws"
        echo citizens.legitimacy
        for k in {1..50}; do echo "0.7$((k % 10))5"; done
    }
    posterior 0000000000000000 >posterior.csv
    steppe ask drawn.yaml --sample posterior --out drawn -q
    digest=$(sed -n 's/.*, now \([0-9a-f]\{16\}\)).*/\1/p' err)
    posterior "$digest" >posterior.csv
    steppe ask drawn.yaml --out drawn --json -q
    exits 0
    same "over the posterior" "$(json '.answers[0] | .space.draws, (.causes | length)' | paste -sd' ')" '50 3'
    same "effects sum to the effect" "$(json '.answers[0] | ([.causes[].effect] | add) + .effect | fabs < 1e-6')" true
    rm posterior.csv
}

refuses() { # MESSAGE CAUSES
    sed "s|causes: .*|causes: $2|" plain.yaml >wrong.yaml
    steppe check wrong.yaml
    exits 2
    says "$1" err
    matches '^(steppe: )?wrong.yaml:[0-9]+:[0-9]+: ' err
}

test_refused() {
    refuses "a cause is 'NAME: PATHS', such as 'price: events.lpg-*', not 'price'" '["price", "jobs: hardship.*"]'
    refuses "the change 'events.orders.enabled=false' belongs to no cause" '["price: events.price.*", "jobs: hardship.*"]'
    refuses "the change 'events.price.enabled=false' belongs to more than one cause" \
        '["price: events.price.*", "jobs: hardship.*", "all: events.*"]'
    refuses "no setting of the change belongs to 'more'" \
        '["price: events.price.*", "jobs: hardship.*", "orders: events.orders.*", "more: news.*"]'
    refuses "at most four causes: 'e' is the fifth" '["a: x", "b: x", "c: x", "d: x", "e: x"]'
    refuses "one cause, 'all', has no other to share with" '["all: *"]'
    refuses "not 'price:'" '["price:", "jobs: hardship.*"]'
    sed 's|causes: .*|causes: ["made: events.price.*", "made: events.orders.*", "jobs: hardship.*"]|' plain.yaml >two.yaml
    steppe ask two.yaml --pairs 50 --out two --json -q
    same "a name on two lines is one cause" "$(json '[.answers[0].causes[].cause] | join(" ")')" 'made jobs'
}

plan 3
try "shares of three causes, recomputed" test_shares
try "over the posterior" test_posterior
try "what is refused" test_refused
finish
