#!/usr/bin/env bash
# Registered questions: frozen before they are asked, compared with how they are asked; and draws of the posterior.
# shellcheck source=tap.sh
. "$(dirname "$0")/tap.sh"

cat >plain.yaml <<'END'
steppe: 1
title: A town
time: { steps: 20 }
citizens:
  legitimacy: { value: 0.8, range: [0.76, 0.84], kind: assumption }
  able: { value: 0.5, range: [0.4, 0.6], kind: assumption }
districts: [{ id: town, name: Town, width: 16, height: 16 }]
events:
  - { id: more, title: More officers, hour: 6, reinforcement: 0 }
questions:
  - id: officers
    text: What do forty more officers do?
    claim: C0
    change: ["events.more.reinforcement=40"]
    placebo: ["events.more.title=Another", "events.more.hour=6"]
    outcome: citizen-hours
    smallest: 0.2
    margin_reason: "Less than a fifth is what \"one day to the next\" brings:\nnothing to act on."
    pairs: 50
    draws: 6
    driver: officers.arrest_probability
    driver_low: 0.2
    driver_high: 1
  - { id: one, text: ... and one?, change: ["events.more.reinforcement=1"], outcome: peak, smallest_absolute: 5,
      pairs: 50, draws: 0 }
END
cp plain.yaml town.yaml
today=$(date -u +%F)

ask() { # ARGUMENT ... : as JSON
    steppe ask "$@" --json -q
    exits 0
}
refuses() { # MESSAGE ARGUMENT ...
    local message=$1
    shift
    steppe ask "$@"
    exits 2
    quiet_on out
    says "$message" err
}
state() { json '.answers[0].registration.state'; }

test_not_registered() {
    ask town.yaml officers --draws 0
    same "the state" "$(state)" 'not registered'
    same "no changes" "$(json '.answers[0].registration.changes | tostring')" '[]'
    steppe ask town.yaml officers --draws 0 -q
    says 'registration: not registered' out
    steppe ask town.yaml officers --draws 0 --page not.md -q
    grep -q '^Registration: not registered\.$' not.md || problem "the page does not say so"
    [ ! -e town.registered.yaml ] || problem "a file was written"
}

test_registered() {
    refuses "question 'one': its margin has no reason: say in 'margin_reason'" town.yaml --register
    [ ! -e town.registered.yaml ] || problem "a part was registered"
    sed 's/margin_reason: .*/margin_reason: "  "/' plain.yaml >blank.yaml
    refuses "question 'officers': its margin has no reason" blank.yaml officers --register
    steppe ask town.yaml officers --register --json
    exits 0
    same "what is said" "$(json '.questions[0] | [.id, .state, .file] | tostring')" \
        '["officers","registered","town.registered.yaml"]'
    same "runs that were there" "$(json '.questions[0].runs_before')" '50 pairs from --seed 1 with --scale 1'
    grep -q "^    registered: \"$today\"$" town.registered.yaml || problem "the day is not in the file"
    grep -q '^        - "events.more.title=Another"$' town.registered.yaml || problem "a list has no line per item"
    cp town.registered.yaml first.yaml
    steppe ask town.yaml officers --register
    says 'registered already' out
    holds "the file is as it was" cmp town.registered.yaml first.yaml
    ask town.yaml officers
    same "the state" "$(state)" registered
    same "the day" "$(json '.answers[0].registration.date')" "$today"
    steppe ask town.yaml officers -q
    says "registration: registered on $today, when runs of it were there already (50" out
    steppe ask town.yaml officers --csv
    matches "registered on $today" out
    ask town.yaml one
    same "another question" "$(state)" 'not registered'
}

# Runs that are made afterwards are no runs before.
test_in_time() {
    mkdir clean
    cp plain.yaml clean/town.yaml
    steppe ask clean/town.yaml officers --register --out clean/runs --csv
    exits 0
    ask clean/town.yaml officers --draws 6 --out clean/runs
    same "the state" "$(json '.answers[0].registration.words')" "registered on $today"
    sed -i 's/text: ... and one/text: ... and a single one/' clean/town.yaml
    ask clean/town.yaml officers --out clean/runs
    same "another question changes nothing" "$(state)" registered
}

# What was changed since is listed, line by line; a registration is replaced by hand alone, and that stays in the file.
test_changed() {
    sed -i 's/smallest: 0.2/smallest: 0.3/; s/hour=6/hour=5/; s/pairs: 50$/pairs: 60/' town.yaml
    ask town.yaml officers --seed 2 --scale 2 --draws 0
    same "the state" "$(state)" changed
    same "what changed" "$(json '[.answers[0].registration.changes[].field] | join(" ")')" \
        'placebo margin pairs looks draws sample width scale seed'
    same "a line" "$(json '.answers[0].registration.changes[] | select(.field == "margin") | [.registered, .now] | join("; ")')" \
        '0.2 of the mean of the control arm; 0.3 of the mean of the control arm'
    steppe ask town.yaml officers -q --draws 6
    matches '^ *placebo +events.more.title=Another, events.more.hour=6 +events.more.title=Another, events.more.hour=5' out
    says 'asked otherwise now: placebo' out
    refuses "question 'officers' was registered on $today, and is asked otherwise now: placebo was" town.yaml officers --register
    says 'town.registered.yaml:7: ' err
    holds "the file is as it was" cmp town.registered.yaml first.yaml
    steppe ask town.yaml officers --register --force
    exits 0
    says 'registered anew' out
    ask town.yaml officers --draws 6
    same "the state" "$(state)" changed
    same "since when" "$(json '[.answers[0].registration.changes[] | .since + " " + .field] | join(", ")')" \
        "$today placebo, $today margin, $today pairs, $today looks"
    steppe ask town.yaml officers --page page.md -q
    grep -q "^Registration: registered on $today, .*anew on $today (placebo, margin, pairs, looks)" page.md ||
        problem "the page does not say that it was registered anew"
    grep -q "^| $today | pairs | 50 | 60 |" page.md || problem "the page does not list it"
    grep -q '^Margin: Less than a fifth' page.md || problem "the page has no reason of the margin"
    ask town.yaml officers --set citizens.vision=2
    same "a setting" "$(json '.answers[0].registration.changes[-1].field')" runs_digest
    run_short page town.yaml
    steppe report "$result" --answers --draws 6 --out page.html -q
    grep -q "<dt>Registration</dt><dd>registered on $today" page.html || problem "the report does not say it"
    grep -q 'registered 50, now 60' page.html || problem "the report does not list it"
}

damaged() { # SED-SCRIPT MESSAGE
    sed "$1" first.yaml >town.registered.yaml
    refuses "town.registered.yaml:$2" town.yaml officers --draws 0 -q
    refuses "town.registered.yaml:$2" town.yaml officers --register --force
}
test_files() {
    sed -i 's/smallest: 0.3/smallest: 0.2/' town.yaml
    damaged 's/pairs: "50"/pairs: "60"/' "7:5: the registration of 'officers' was changed by hand or is damaged"
    damaged "s/registered: \"$today\"/registered: \"2022-01-06\"/" "7:5: the registration of 'officers' was changed by hand"
    damaged 's/registered: ".*/registered: "yesterday"/' "8:17: 'registered': expected a day such as 2022-01-06, not 'yesterday'"
    damaged 's/"town.yaml"/"village.yaml"/' "5:11: holds registrations of 'village.yaml', not of 'town.yaml'"
    damaged 's/registrations: 1/registrations: 2/' "4:16: expected 'registrations: 1'"
    damaged 's/^registrations: 1/some: thing/' '1: expected a file of registrations'
    damaged '1,$d' '1: expected a file of registrations'
    damaged 's/runs_before/runs_befor/' "9:5: a registration has no key 'runs_befor'; is it 'runs_before'?"
    damaged 's/      margin:/      magrin:/' "21:7: a design has no key 'magrin'; is it 'margin'?"
    damaged '/^    digest/d' "7:5: expected the key 'digest'"
    damaged 's/^    design:/    design: [/' '' # not valid YAML
    damaged 's/        - "events.more.reinforcement=40"/        - {}/' "14:11: 'change': expected a setting, not a mapping"
    rm town.registered.yaml
    mkdir town.registered.yaml
    refuses 'town.registered.yaml' town.yaml officers --draws 0 -q
    rmdir town.registered.yaml
    refuses '--register and --set exclude each other' town.yaml --register --set citizens.vision=2
    refuses '--register and --page exclude each other' town.yaml --register --page x.md
    refuses "no question is called 'offices'" town.yaml offices --register
    refuses "has no 'questions'" "$epstein" --register
}

# The draws of a question are those of the posterior, if there is one that fits.
sampled() { json '.answers[0].space | .sampled + ": " + .sampled_why'; }
posterior() { # DIGEST
    echo "# Posterior, written by \`steppe calibrate\`"
    echo "# scenario $1, results version $(sed -n 's/^#define STEPPE_RESULTS_VERSION //p' "$root/include/steppe.h"), 4 draws"
    echo citizens.able,citizens.legitimacy
    printf '%s\n' 0.45,0.77 0.5,0.78 0.55,0.79 0.5,0.8
}
test_posterior() {
    local digest
    cp plain.yaml drawn.yaml
    ask drawn.yaml officers --pairs 4 --out drawn
    same "without one" "$(sampled)" 'prior: no posterior.csv beside the scenario'
    says 'Over 6 draws of the prior (no posterior.csv beside the scenario), it raises' out
    says 'Fewer than 50 draws are a look' out
    refuses "posterior.csv: is not there: 'steppe calibrate drawn.yaml' makes it" drawn.yaml officers --pairs 4 --sample posterior
    posterior 0000000000000000 >posterior.csv
    ask drawn.yaml officers --pairs 4 --out drawn
    same "of another version" "$(sampled)" 'prior: posterior.csv is of another version of the scenario or of Steppe'
    refuses 'was calibrated for another version of drawn.yaml' drawn.yaml officers --pairs 4 --sample posterior --out drawn
    digest=$(sed -n 's/.*, now \([0-9a-f]\{16\}\)).*/\1/p' err)
    same "files of the prior" "$(find drawn -type f | wc -l)" 11
    posterior "$digest" >posterior.csv
    ask drawn.yaml officers --pairs 4 --out drawn
    same "with one" "$(sampled)" 'posterior: '
    says 'Over 6 draws of the posterior, it raises' out
    same "files of the posterior" "$(find drawn -type f | wc -l)" 13
    steppe ask drawn.yaml officers --pairs 4 --out drawn -q
    matches '^over the posterior +6 draws: more at' out
    ask drawn.yaml officers --pairs 4 --out drawn --sample prior
    same "by hand" "$(sampled)" 'prior: '
    ask drawn.yaml officers --pairs 4 --out drawn --width 0.5
    same "a part of the ranges" "$(sampled)" 'prior: a part of each range was asked for'
    refuses 'leave out the width' drawn.yaml officers --sample posterior --width 0.5
    refuses "sampling must be prior or posterior, not 'both'" drawn.yaml officers --sample both
    sed '4s/0.45/x/' posterior.csv >damaged.csv && mv damaged.csv posterior.csv
    refuses "posterior.csv:4: column 1: expected a number, not 'x'" drawn.yaml officers --pairs 4 --out drawn
    posterior "$digest" >posterior.csv
}

# With 50 draws or more the verdict is over the posterior, with as many pairs of each as chance asks for: recomputed here
# from the runs that were kept.
test_over_posterior() {
    local digest k control treatment
    cp plain.yaml drawn.yaml
    rm -rf drawn
    posterior 0000000000000000 >posterior.csv
    refuses 'was calibrated for another version' drawn.yaml officers --draws 50 --sample posterior --out drawn
    digest=$(sed -n 's/.*, now \([0-9a-f]\{16\}\)).*/\1/p' err)
    posterior "$digest" | sed 's/, 4 draws/, 60 draws/; /^[0-9]/d' >posterior.csv
    for k in {1..60}; do echo "0.4$((k % 10)),0.7$(((k * 7) % 10))" >>posterior.csv; done
    ask drawn.yaml officers --draws 50 --out drawn
    same "pairs" "$(json '.answers[0] | "\(.pairs) \(.space.pairs) \(.space.draws)"')" '400 8 50'
    says 'over 400 pairs of runs, 8 at each of 50 draws of the posterior' out
    says 'From one draw to the next the effect varies by' out
    for k in drawn/*.sqlite; do
        [ "$(sql "$k" 'SELECT count(*) FROM replicate')" = 400 ] || continue
        case "$(fact "$k" settings)" in
            '') control=$k ;;
            *) treatment=$k ;;
        esac
    done
    same "draws go round" "$(sql "$control" 'SELECT count(*) FROM draw a JOIN draw b ON a.factor = b.factor
        AND b.replicate = a.replicate + 50 AND a.value = b.value')" 700
    same "effect and components" "$(sql "$control" "ATTACH '$treatment' AS t;
        WITH d AS (SELECT a.replicate % 50 AS unit, b.value - a.value AS x FROM outcome a
                   JOIN t.outcome b USING (replicate, name) WHERE a.name = 'citizen-hours'),
        m AS (SELECT unit, avg(x) AS mean FROM d GROUP BY unit),
        w AS (SELECT sum((x - mean) * (x - mean)) / 350 AS within FROM d JOIN m USING (unit)),
        v AS (SELECT sum((mean - (SELECT avg(mean) FROM m)) * (mean - (SELECT avg(mean) FROM m))) / 49 AS means FROM m)
        SELECT printf('%.4g %.4g %.4g %.4g', (SELECT avg(mean) FROM m), sqrt(within),
            sqrt(max(0, means - within / 8)), sqrt(within / 400)) FROM w, v")" \
        "$(json '.answers[0] | "\(.effect) \(.space.within_deviation) \(.space.between_deviation) \(.space.seed_error)"' |
            xargs printf '%.4g %.4g %.4g %.4g')"
    steppe ask drawn.yaml officers --draws 50 --out drawn -q
    matches '^standard deviation of the effect +[0-9.,]+ over draws' out
    ask drawn.yaml officers --draws 50 --out drawn --threads 1
    cp out once
    rm -rf drawn
    ask drawn.yaml officers --draws 50 --out drawn --threads 3
    holds "the same on any threads" cmp out once
    ask drawn.yaml officers --draws 500 --out drawn
    same "no more draws than there are" "$(json '.answers[0] | "\(.pairs) \(.space.pairs) \(.space.draws)"')" '480 8 60'
    rm posterior.csv
}

# The same words of an ensemble, of the risk and of a report.
test_words() {
    steppe ensemble drawn.yaml -n 4 --sample posterior --out many.sqlite
    says '2 parameters over 4 draws of the posterior' out
    steppe report many.sqlite --out many.html -q
    grep -q 'drawn together from the posterior: parameter sets that agree with the record' many.html ||
        problem "the report does not say it"
    ! grep -q 'sensitivity analysis' many.html || problem "the report takes it for a sensitivity analysis"
    grep -q 'steppe ensemble again.yaml -n 4 --seed 1 --scale 1 --steps 20 --sample posterior' many.html ||
        problem "the command is another"
    steppe risk drawn.yaml -n 4 --sample posterior --out risk.sqlite --page risk.md
    exits 0
    says 'parameters: over 4 draws of the posterior' out
    grep -q 'Runs differ in their seeds and parameters: over 4 draws of the posterior' risk.md || problem "the page does not say it"
    rm posterior.csv
    steppe risk drawn.yaml -n 4 --sample latin --out prior.sqlite --json -q
    same "over the prior" "$(json .parameters)" 'over 4 draws of the prior: no posterior.csv beside the scenario'
    steppe risk drawn.yaml -n 4 --out none.sqlite --json -q
    same "over none" "$(json .parameters)" 'with every number at its default'
}

plan 8
try "what is not registered is called so" test_not_registered
try "a question is registered, with the reason of its margin" test_registered
try "one that is registered first has no runs before" test_in_time
try "what changed is listed line by line" test_changed
try "wrong, damaged and foreign files are errors with their place" test_files
try "draws are of the posterior, or it is said why not" test_posterior
try "ensembles, risk and reports say what was drawn from" test_words
try "a verdict over the posterior" test_over_posterior
finish
