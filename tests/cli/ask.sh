#!/usr/bin/env bash
# Questions: what changes nothing, what changes much, what is not known; and what goes wrong.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

cat >town.yaml <<'END'
steppe: 1
title: A town
time: { steps: 40 }
citizens: { legitimacy: { value: 0.8, range: [0.76, 0.84], kind: assumption } }
districts: [{ id: town, name: Town, width: 30, height: 30 }]
events:
  - { id: note, title: A note, hour: 10 }
  - { id: more, title: More officers, hour: 12, reinforcement: 0 }
questions:
  - { id: title, text: Does a title matter?, change: ["events.note.title=Another"],
      outcome: citizen-hours, smallest: 0.05, pairs: 50, draws: 8 }
  - { id: officers, text: What do forty more officers do?, claim: C0, change: ["events.more.reinforcement=40"],
      placebo: ["events.note.title=Another"], positive_control: ["citizens.legitimacy=0.7"],
      outcome: citizen-hours, smallest: 0.2, pairs: 60, draws: 16,
      driver: officers.arrest_probability, driver_low: 0.2, driver_high: 1 }
  - { id: unclear, text: What does one more officer do?, change: ["events.more.reinforcement=1"],
      outcome: peak, smallest: 0.001, pairs: 50, draws: 0 }
  - { id: small, text: Does it matter for a tenfold effect?, change: ["events.more.reinforcement=1"],
      outcome: citizen-hours, smallest: 10, pairs: 60, draws: 0 }
  - { id: still, text: Does one more officer calm a calm town?, base: ["citizens.legitimacy=1"],
      change: ["events.more.reinforcement=1"], outcome: arrests, smallest_absolute: 1, pairs: 50, draws: 0 }
  - { id: made, text: Would it be so?, change: ["events.more.reinforcement=1"], by_construction: Nothing else can be.,
      outcome: peak, smallest: 0.1, pairs: 50, draws: 8, driver: officers.arrest_probability, driver_low: 0.2, driver_high: 1 }
  - { id: hard, text: What does fear do?, change: ["citizens.legitimacy=0.9"],
      outcome: citizen-hours, smallest: 0.1, pairs: 50, draws: 0, take_off: 0.01 }
  - { id: dead, text: Do more officers cost lives?, base: ["force.enabled=true"],
      change: ["events.more.reinforcement=40"], outcome: deaths, smallest_absolute: 1, pairs: 50, draws: 0 }
END

# The keeper of the archive has no weight in anything; the spokesman makes the country's image.
cat >seat.yaml <<'END'
steppe: 1
title: A town with a seat of power
time: { steps: 96 }
citizens: { legitimacy: 0.82 }
seat: { enabled: true, incumbent: ruler, capital: town }
channels: { image_effect: 1, image_lag: 0 h }
reform: { pace: 0.1 }
districts: [{ id: town, name: Town, width: 30, height: 30 }]
offices:
  - { id: presidency, name: Presidency, holder: ruler, power: 0.6, image: 0.2 }
  - { id: council, name: Council, holder: founder, power: 0.3, security: 1 }
  - { id: cabinet, name: Cabinet, holder: premier, power: 0.1, economy: 1 }
  - { id: archive, name: Archive, holder: keeper }
  - { id: podium, name: Spokesman, holder: speaker, image: 0.8 }
persons:
  - { id: ruler, name: Ruler, position: 1 }
  - { id: founder, name: Founder, position: 0 }
  - { id: premier, name: Premier, position: 0.5 }
  - { id: keeper, name: Keeper, position: 0.5 }
  - { id: speaker, name: Speaker, position: 0.5 }
  - { id: fool, name: A fool, position: 1, competence: 0.5, exposure: 1 }
events:
  - { id: reform, title: A reform is promised, hour: 0, act: promise-reform, amount: 1 }
  - { id: appointment, title: The fool gets the archive, hour: 24, act: appoint, person: fool, office: archive }
  - { id: other, title: ... or is spokesman, hour: 24, enabled: false, act: appoint, person: fool, office: podium }
  - { id: purge, title: ... or heads the cabinet, hour: 24, enabled: false, act: appoint, person: fool, office: cabinet }
questions:
  - { id: null-office, text: Does it matter who keeps the archive?, change: ["events.appointment.enabled=false"],
      placebo: ["events.appointment.title=Another"], positive_control: ["events.other.enabled=true"],
      outcome: citizen-hours, smallest: 0.1, pairs: 50, draws: 0,
      driver: offices.archive.image, driver_low: 0, driver_high: 4 }
  - { id: planted, text: ... or who speaks?, change: ["events.other.enabled=true"],
      placebo: ["events.other.title=Another"], outcome: citizen-hours, smallest: 0.1, pairs: 50, draws: 0 }
  - { id: reform, text: ... or who heads the cabinet?, change: ["events.purge.enabled=true"],
      outcome: delivered, smallest_absolute: 0.01, pairs: 50, draws: 0 }
END

ask() { # QUESTION ARGUMENT ... : as JSON; its answer is .answers[0]
    steppe ask town.yaml "$@" --json -q
    exits 0
    if [ "$1" = title ]; then says "the change changes nothing" err; else quiet_on err; fi
}

# A change that changes nothing: bit-identical arms, where both are the same at every point.
test_null() {
    ask title
    same "the verdict" "$(json '.answers[0].verdict')" 'the same'
    same "pairs" "$(json '.answers[0] | [.pairs, .identical, .same_before, .changes_after_step] | tostring')" \
        '[50,50,50,10]'
    same "over the ranges" "$(json '.answers[0].space | [.draws, .same] | tostring')" '[8,8]'
    same "no share of points that neither agree nor disagree" \
        "$(json '.answers[0].space | [.agree, .agree_low] | tostring')" '[0,null]'
    says 'each of 50 pairs of runs is bit-identical' out
}

# At how many points of the ranges the arms of the effect differ by more than a share of the first.
beyond() { # SHARE
    local file base='' changed=''
    for file in results/ask/*; do
        [ "$(fact "$file" sampling) $(fact "$file" replicates)" = 'sobol 16' ] || continue
        case $(fact "$file" settings) in
        '') base=$file ;;
        events.more.reinforcement=40) changed=$file ;;
        esac
    done
    sql "$base" "ATTACH '$changed' AS c; SELECT sum(abs(y.value - x.value) > $1 * x.value) FROM outcome x
        JOIN c.outcome y USING (replicate, name) WHERE name = 'citizen-hours'"
}

# A large effect is found; the placebo does nothing, the positive control does; the arms are one until the change.
test_effect() {
    ask officers
    same "the verdict" "$(json '.answers[0].verdict')" less
    same "until then" "$(json '.answers[0] | .same_before == .pairs and .identical == 0')" true
    same "the interval" "$(json '.answers[0] | .low < .effect and .effect < .high and .high < 0')" true
    same "the placebo" "$(json '.answers[0].sides | .placebo.identical == .pairs')" true
    same "the positive control" "$(json '.answers[0].sides.positive_control.low > 0')" true
    same "points" "$(json '.answers[0].space | .draws == 16 and .more + .same + .less == 16')" true
    same "points beyond a share of the control arm there" "$(json '.answers[0].space.beyond')" "$(beyond 0.2)"
    same "points of the driver, by value" \
        "$(json '.answers[0].break_even.points | (map(.value) | . == sort) and map(.low < .effect) == map(true)')" true
    same "its ends" "$(json '.answers[0].break_even.points | [.[0].value, .[-1].value] | map(. * 10 | round) | tostring')" '[2,10]'
    matches 'it lowers citizen-hours by' out
    local words
    words=$(json '.answers[0].words')
    ask officers --threads 1 --out afresh
    same "threads" "$(json '.answers[0].words')" "$words"
    steppe ask town.yaml officers -q
    says '== officers (C0): less ==' out
    matches '^placebo +20 of 20 pairs bit-identical$' out
    says 'not computed: 16 points' out
}

# One population in all pairs: other runs, kept in other files, and an answer that says so.
test_population() {
    local file people counts=''
    for people in 3 4 ''; do
        ask officers --pairs 4 --draws 0 --out people ${people:+--population-seed "$people"}
        same "its seed" "$(json '.answers[0].population_seed')" "${people:-null}"
        if [ "$people" = 3 ]; then
            matches 'All pairs have one population, drawn from the seed 3: the answer is about these people'
        fi
    done
    for file in people/*; do
        counts+="$(fact "$file" population_seed):$(fact "$file" settings) "
        if [ "$(fact "$file" population_seed) $(fact "$file" settings)" = '3 ' ]; then people=$file; fi
    done
    for file in 3 4 ''; do
        same "files of the control arm of '$file'" "$(tr ' ' '\n' <<<"$counts" | grep -cx "$file:")" 1
    done
    run_short person town.yaml --seed 2 --population-seed 3
    same "a run of a pair" "$(sql "$people" "SELECT digest FROM replicate WHERE seed = '2'")" "$(json .digest)"
    steppe ask town.yaml officers --pairs 4 --draws 0 -q --out people
    says 'population: drawn anew with each pair, from its seed' out
    steppe ask town.yaml officers --pairs 4 --draws 0 --population-seed 3 --out people --page people.md -q
    exits 0
    grep -q '^All pairs have the same population, drawn from the seed 3\.$' people.md || problem "the page does not say so"
    grep -q -e '--seed 1 --population-seed 3' people.md || problem "the page does not give the seed"
}

test_undecided() {
    ask unclear
    same "the verdict" "$(json '.answers[0].verdict')" undecided
    same "what it would take" "$(json '.answers[0].required_pairs > 50')" true
    says 'is undecided' out
}

# No verdict rests on fewer than fifty pairs, whatever they say; estimates are given.
test_few() {
    local question
    for question in title officers small; do
        ask "$question" --pairs 49 --draws 0
        same "$question" "$(json '.answers[0] | "\(.verdict), \(.reason)"')" 'undecided, too few pairs'
        same "$question's effect" "$(json '.answers[0].effect | type')" number
    done
    says 'Too few pairs: 50 are needed' out
    sed 's/pairs: 60, draws: 16/pairs: 20, draws: 0/' town.yaml >few.yaml
    steppe ask few.yaml officers --json -q
    same "of the scenario's own" "$(json '.answers[0].reason')" 'too few pairs'
}

# What has no spread is the surest answer there is.
test_constant() {
    cat >constant.yaml <<'EOF'
steppe: 1
title: Constant difference
time: { steps: 40 }
districts: [{ id: town, name: The town, width: 20, height: 20 }]
questions:
  - { id: q, text: Unrest at all?, base: ["citizens.legitimacy=0.99"], change: ["citizens.legitimacy=0.3"],
      outcome: districts, smallest_absolute: 0.5, pairs: 60, draws: 0 }
EOF
    steppe ask constant.yaml --json -q
    same "the verdict" "$(json '.answers[0] | [.verdict, .effect, .low, .high] | tostring')" '["more",1,1,1]'
    steppe ask constant.yaml -q
    says '== q: more ==' out
    says 'it raises districts by 1 (1 to 1)' out
    steppe ask constant.yaml --page constant.md -q
    cat constant.md constant.svg >>"$work/out"
    holds "no nan, no inf" not_a_number
    sed 's/=0.99/=X/; s/=0.3/=0.99/; s/=X/=0.3/' constant.yaml >back.yaml
    steppe ask back.yaml --json -q
    same "the other way" "$(json '.answers[0] | [.verdict, .effect] | tostring')" '["less",-1]'
    sed 's/smallest_absolute: 0.5/smallest: 0.5/' constant.yaml >share.yaml # of a mean of 0
    steppe ask share.yaml -q
    says '== q: more ==' out
    holds "no nan, no inf" not_a_number
}
not_a_number() { ! grep -qiwE 'nan|inf|-nan|infinity' "$work/out"; }

# Where the question has no answer here, it is said why, in this order and without waste.
test_no_answer() {
    ask still # nobody is in the street in either arm
    same "the floor" "$(json '.answers[0] | [.verdict, .idle] | tostring')" '["floor",50]'
    ask made --out made
    same "by construction" "$(json '.answers[0] | [.verdict, .because, .pairs] | tostring')" \
        '["by construction","Nothing else can be.",0]'
    [ ! -e made ] || problem "something was run"
    ask officers --scale 4 --pairs 50 --draws 0
    same "below resolution" "$(json '.answers[0] | [.verdict, .agent] | tostring')" '["below resolution",160]'
    # without force nobody dies: refused where the scenario is checked, or said here
    sed 's/outcome: arrests/outcome: deaths/' town.yaml >dead.yaml
    steppe ask dead.yaml still --json -q
    [ "$status" != 0 ] || problem "an outcome that cannot change was asked"
    says "the outcome 'deaths' cannot change: nobody dies with force off" err
}

# Of each arm how often unrest takes off, and the effect where it does in both.
test_take_off() {
    ask hard
    same "pairs" "$(json '.answers[0].take_off | .both + .control + .treatment + .neither')" 50
    same "what it is" "$(json '.answers[0].take_off | [.share, (.citizen_hours | round)] | tostring')" '[0.01,252]'
    same "rates" "$(json '.answers[0].take_off | .control_rate[0] * 50 == .both + .control and
        .treatment_rate[1] <= .treatment_rate[0] and .low <= .difference and .difference <= .high')" true
    same "flips" "$(json '.answers[0] | .flips.seen == .take_off.control + .take_off.treatment')" true
    same "no take-off known" "$(steppe ask seat.yaml reform --pairs 3 --json -q; json '.answers[0].take_off')" null
}

test_equivalent() {
    ask small
    same "the verdict" "$(json '.answers[0].verdict')" equivalent
    same "within, also with the flips that there may be" \
        "$(json '.answers[0] | -.margin < .flips.low and .flips.low < .narrow_low and .flips.high < .margin')" true
    same "the ratio" "$(json '.answers[0] | .share == 10 and .ratio_low < .ratio and .ratio < .ratio_high')" true
    says 'both arms are equivalent in citizen-hours' out
    ask dead # who does not shoot kills nobody
    same "none" "$(json '.answers[0].verdict')" floor
}

# Who holds an office without any weight changes nothing, one with weight does, and the weight from which on
# it matters is found.
test_office() {
    ask_seat() { steppe ask seat.yaml "$@" --json -q && exits 0 && quiet_on err; }
    ask_seat null-office
    same "the verdict" "$(json '.answers[0].verdict')" 'the same'
    same "pairs" "$(json '.answers[0] | [.pairs, .identical] | tostring')" '[50,50]'
    same "the placebo" "$(json '.answers[0].sides.placebo | .identical')" 20
    same "the positive control" "$(json '.answers[0].sides.positive_control.low > 0')" true
    same "at no weight" "$(json '.answers[0].break_even.points[0].effect')" 0
    same "break-even" "$(json '.answers[0].break_even | .found == "found" and .low > 0 and .low < .value and .value < .high
        and .high < 4')" true
    ask_seat null-office --set offices.archive.image=4
    same "with weight" "$(json '.answers[0].verdict')" less
    ask_seat planted
    same "the planted effect" "$(json '.answers[0].verdict')" more
    same "its placebo" "$(json '.answers[0].sides.placebo.identical')" 20
}

# Reform that offices deliver depends on who heads the cabinet.
test_reform() {
    steppe ask seat.yaml reform --json -q
    exits 0
    same "the verdict" "$(json '.answers[0].effect < -0.01')" true
    same "shares" "$(json '.answers[0] | .control_mean < 1 and .treatment_mean > 0')" true
    sed 's/seat: { enabled: true/seat: { enabled: false/' seat.yaml >street.yaml
    steppe ask street.yaml reform --json -q
    exits 2
    says "the outcome 'delivered' cannot change: there is no seat of power" err
}

# Pairs are those that one would get by hand.
test_by_hand() {
    local sum=0 seed with without
    for seed in 1 2 3; do
        run_short hand town.yaml --seed "$seed"
        without=$(json .totals.citizen_hours)
        run_short hand town.yaml --seed "$seed" --set events.more.reinforcement=40
        with=$(json .totals.citizen_hours)
        sum=$(awk "BEGIN { printf \"%.17g\", $sum + $with - $without }")
    done
    ask officers --pairs 3 --draws 0 --out three
    same "the sum of differences" "$(json '.answers[0].effect * 3 | round')" "$(printf %.0f "$sum")"
}

# Asked again, runs are found; killed, the question is resumed.
test_again() {
    ask officers
    local before after
    before=$(find results/ask -name '*.sqlite' -printf '%f %s %T@\n' | sort)
    ask officers
    after=$(find results/ask -name '*.sqlite' -printf '%f %s %T@\n' | sort)
    same "files" "$after" "$before"
    local words
    words=$(json '.answers[0].words')
    "$STEPPE" ask town.yaml officers -q --out killed >/dev/null 2>&1 &
    local child=$!
    children=("$child")
    sleep 0.3
    kill -9 "$child" 2>/dev/null
    wait "$child" 2>/dev/null
    children=()
    ask officers --out killed
    same "after a kill" "$(json '.answers[0].words')" "$words"
}

refuses() { # MESSAGE ARGUMENT ...
    local message=$1
    shift
    steppe ask "$@"
    exits 2
    quiet_on out
    says "$message" err
}

test_refused() {
    refuses 'missing argument SCENARIO'
    refuses "has no 'questions'" "$epstein"
    refuses "no question is called 'offices'; there are: title, officers" town.yaml offices
    sed 's/events.more.reinforcement=40/events.mor.reinforcement=40/' town.yaml >typo.yaml
    refuses "question 'officers', settings of 'change'" typo.yaml officers
    steppe check typo.yaml
    exits 2
    says "question 'officers', settings of 'change'" err
    sed 's/, smallest: 0.05, pairs: 50/, pairs: 50/' town.yaml >pointless.yaml
    refuses "question 'title': give the smallest effect of interest" pointless.yaml
    sed 's/driver_low: 0.2/driver_low: 2/' town.yaml >backwards.yaml
    refuses "a driver needs 'driver', and a range" backwards.yaml
    sed 's/pairs: 50,/pairs: 50, to_hour: 5, from_hour: 5,/' town.yaml >empty.yaml
    refuses 'the window is empty' empty.yaml
    sed 's/^questions:/claims: [{ id: C1, text: Another }]\nquestions:/' town.yaml >other.yaml
    refuses "no claim is called 'C0'; did you mean 'C1'" other.yaml
    sed 's/^questions:/claims: [{ id: C0, text: A claim, source: nobody }]\nquestions:/' town.yaml >source.yaml
    refuses "no source is called 'nobody'" source.yaml
    : >file
    steppe ask town.yaml title --out file/folder
    exits 1
    says 'the folder cannot be made' err
}

# Those of the country can be asked.
test_country() {
    steppe ask "$root/scenarios/kazakhstan-2022/scenario.yaml" --list
    exits 0
    matches '^c1-appointment +C1 ' out
    steppe ask "$root/scenarios/kazakhstan-2022/scenario.yaml" c6-price --scale 2000 --pairs 4 --draws 0 --json -q
    exits 0
    same "pairs" "$(json '.answers[0].pairs')" 4
}

# A page: by claims, also those that nothing is asked of; what is Markdown's own is text there.
test_page() {
    sed 's/^questions:/sources: { paper: { title: A paper } }\nclaims:\n  - { id: C0, text: "Officers *help* <b>", source: paper }\n  - { id: C1, text: Titles matter, note: Elsewhere }\nquestions:/' \
        town.yaml >claims.yaml
    steppe ask claims.yaml officers title still --page page.md
    exits 0
    matches '^page +page.md$' out
    for line in '^## C0: Officers \\\*help\\\* \\<b\\>$' '^Claimed by: A paper' '^\*\*less: citizen-hours\.\*\* In this model' \
        '^## C1: Titles matter$' '^No question tests it\.$' '^## Other questions$' '^\| placebo \| 20 of 20 pairs bit-identical \|$' \
        '^Command: .steppe ask claims.yaml officers --seed 1.$' '^Median of [0-9] questions*: \*\*[0-9.]+\*\*\.$'; do
        matches "$line" page.md
    done
    steppe ask claims.yaml title --page few.md
    matches '^Not asked here\.$' few.md # of C0
    same "the picture has one row per question" "$(grep -c '<circle' page.svg)" 3
    python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse("page.svg")' 2>err ||
        problem "page.svg is no XML"
    cp page.md before.md
    steppe ask claims.yaml officers title still --page page.md -q
    exits 0
    cmp -s before.md page.md || problem "the same page twice differs"
    steppe ask claims.yaml title --page nowhere/page.md
    exits 1
    says 'cannot be written' err
}

# The ranges can be narrowed around what is used.
test_width() {
    ask title --width 0.25 --draws 8 --pairs 50
    same "the width" "$(json '.answers[0].space | [.width, .draws] | tostring')" '[0.25,8]'
    steppe ensemble town.yaml -n 20 --sample sobol --width 0.25 -q --out narrow.sqlite
    exits 0
    same "the ends" "$(sqlite3 narrow.sqlite 'SELECT round(low, 6), round(high, 6) FROM factor')" '0.79|0.81'
    same "what is drawn" "$(sqlite3 narrow.sqlite 'SELECT min(value) > 0.79 AND max(value) < 0.81 FROM draw')" 1
    steppe ensemble town.yaml -n 20 --sample sobol -q --out narrow.sqlite
    exits 2
    says 'holds another ensemble: its width is 0.25, not 1' err
    for width in 0 1.5 half; do
        steppe ask town.yaml title --width "$width"
        exits 2
        says '--width: expected a number above 0, up to 1' err
    done
}

plan 17
try "a change of nothing leaves the arms bit-identical" test_null
try "a large effect is found, with placebo and positive control" test_effect
try "what is not known is said to be, with what it would take" test_undecided
try "what is within the margin, whatever flips there may be, is equivalent" test_equivalent
try "fewer than fifty pairs decide nothing" test_few
try "a difference that never varies is an answer" test_constant
try "what has no answer here is said to have none, and why" test_no_answer
try "how often unrest takes off, and the effect where it does" test_take_off
try "an office without weight changes nothing, one with weight does" test_office
try "how much of a reform is delivered depends on who delivers it" test_reform
try "the pairs are those of single runs" test_by_hand
try "runs are kept, and found again after any end" test_again
try "misuse and bad questions are refused" test_refused
try "answers become a page, by the claims that they test" test_page
try "all pairs may have the same population" test_population
try "ranges can be narrowed around what is used" test_width
try "the country's questions can be asked" test_country
finish
