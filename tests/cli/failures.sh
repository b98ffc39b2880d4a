#!/usr/bin/env bash
# Runs that fail: counted from the file, at every call; exit statuses; messages that name what was drawn.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

# Densities that may not fit on the lattice: some draws fail, and with the other range all of them.
country() { # FILE LOWEST-OFFICERS
    cat >"$1" <<END
steppe: 1
title: Draws that may not fit
time: { steps: 20 }
citizens: { density: { range: [0.6, 1.0], default: 0.7, kind: assumption } }
officers: { density: { range: [$2, 0.6], default: 0.04, kind: assumption } }
districts: [{ id: town, name: Town, width: 20, height: 20 }]
questions:
  - { id: calm, text: Calmer?, change: ["citizens.legitimacy=0.99"], outcome: citizen-hours, smallest: 0.1,
      pairs: 50, draws: 8 }
  - { id: never, text: Never?, base: ["officers.density=0.5"], change: ["citizens.legitimacy=0.99"],
      outcome: citizen-hours, smallest: 0.1, pairs: 50, draws: 0 }
END
}
country some.yaml 0.0
country all.yaml 0.5

failed_in() { sql "$1" "SELECT count(*) FROM replicate WHERE status = 'failed'"; }

test_counted() {
    local call
    for call in 1 2 3; do
        steppe ensemble some.yaml -n 10 --sample latin --out some.sqlite --json
        exits 1
        same "failed, call $call" "$(json .failed)" "$(failed_in some.sqlite)"
        says "$(failed_in some.sqlite) of 10 runs failed; replicate" err
    done
    steppe ensemble some.yaml -n 10 --sample latin --out some.sqlite
    exits 1
    says "$(failed_in some.sqlite) of all FAILED" out
    steppe ensemble some.yaml -n 10 --sample latin --out some.sqlite --keep-going
    exits 0
    says 'runs failed; replicate' err
    steppe ensemble some.yaml -n 4 --out good.sqlite
    exits 0
    quiet_on_failures
}

quiet_on_failures() { ! grep -q 'failed' "$work/err" || problem "says that something failed"; }

test_all_failed() {
    steppe ensemble all.yaml -n 5 --sample latin --out all.sqlite --set officers.density.default=0.5 \
        --set citizens.density.default=0.6
    [ "$status" != 0 ] || problem "all runs failed, and it ends with 0"
}

# A failure names its draw, and lines of the file that the caller has; or the value itself, where that is wrong.
test_words() {
    message_of() { sql "$1" "SELECT message FROM replicate WHERE status = 'failed' LIMIT 1"; }
    case $(message_of some.sqlite) in
    "draw "*": some.yaml:$(grep -n 'id: town' some.yaml | cut -d: -f1):"*"do not fit"*) ;;
    *) problem "neither draw nor line is named: $(message_of some.sqlite)" ;;
    esac
    cat >low.yaml <<'END'
steppe: 1
title: A town
time: { steps: 5 }
citizens: { legitimacy: { value: 0.8, range: [0.7, 0.9], kind: assumption },
  hardship_low: { value: 0.5, range: [0.45, 0.9], kind: assumption },
  hardship_high: { value: 0.55, range: [0.1, 0.6], kind: claim } }
districts: [{ id: town, name: Town, width: 20, height: 20 }]
END
    steppe ensemble low.yaml -n 8 --sample sobol --out low.sqlite
    exits 1
    case $(message_of low.sqlite) in
    *legitimacy*) problem "names a draw that it is not about: $(message_of low.sqlite)" ;;
    "draw "*": citizens.hardship_"*"=0."*": hardship_low is above"*) ;;
    *) problem "the draw is not named: $(message_of low.sqlite)" ;;
    esac
}

test_risk() {
    steppe risk some.yaml -n 30 --sample latin --out risk.sqlite -q
    exits 1
    says 'of 30 runs failed; replicate' err
    steppe risk some.yaml --results risk.sqlite -q
    exits 1
    says 'of 30 runs failed' err
    steppe risk some.yaml --results risk.sqlite -q --keep-going
    exits 0
}

test_scale_check() {
    steppe scale-check some.yaml --scales 2,1 --seeds 3 --set officers.density=0.04 --out scales -q
    exits 0
    quiet_on_failures
    steppe scale-check "$root/scenarios/published/ktab-three-positions.yaml" --out scales
    exits 2
}

test_ask() {
    steppe ask some.yaml calm --pairs 50 --draws 8 --out arms
    exits 0
    says "question 'calm': runs other than its pairs failed; arm '" err
    says ': draw ' err
}

plan 6
try "those that failed are counted from the file" test_counted
try "where all failed, it ends so" test_all_failed
try "a failure names its draw and lines of the caller's file" test_words
try "a risk with failed runs ends with 1" test_risk
try "so would a scale check" test_scale_check
try "a question says which runs failed" test_ask
finish
