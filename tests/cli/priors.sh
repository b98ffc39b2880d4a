#!/usr/bin/env bash
# Promise: priors, correlations, groups and errors of observations are described, drawn from, and part of the plan of
# an ensemble.
# shellcheck source=tests/cli/tap.sh
source "$(dirname "$0")/tap.sh"
plan 5

cat >town.yaml <<'END'
steppe: 1
title: A town
time: { steps: 30 }
citizens:
  legitimacy: { value: 0.8, prior: { normal: [0.8, 0.05] }, kind: assumption }
  threshold: { range: [0, 0.2], prior: { beta: [2, 5] }, kind: assumption }
  vision: { value: 7, prior: { choices: [5, 7], weights: [1, 3] }, kind: claim }
districts: [{ id: town, name: Town, width: 20, height: 20 }]
correlations:
  - { id: mood, parameters: [citizens.legitimacy, citizens.threshold], correlation: -0.7 }
parameter_groups:
  - { id: sight, title: Who sees how far, parameters: ["*.vision"] }
reporting_biases: [{ id: counts, title: Official counts, sd: 0.3 }]
observed:
  - { id: crowd, title: Crowd, pattern: P, measure: turnout, value: { value: 50, range: [20, 80] }, confidence: low,
      discrepancy: 0.4, bias: counts, train: false }
END

test_describe() {
    steppe describe town.yaml
    exits 0
    says '0.8 (0.6455 .. 0.954; normal: [0.8, 0.05])' out
    says 'choices: [5, 7], weights: [1, 3]' out
    says 'citizens.legitimacy, citizens.threshold' out
    says 'sight' out
    steppe describe town.yaml --json
    same "prior" "$(json '.entries[] | select(.name == "citizens.threshold") | .prior')" 'beta: [2, 5]'
    same "correlation" "$(json '.correlations[0].correlation')" -0.7
    same "group" "$(json '.parameter_groups[0].parameters')" '*.vision'
    same "error" "$(json '.observation_errors[0] | "\(.scale) \(.bias_sd) \(.discrepancy) \(.bias) \(.train)"')" \
        'log 0.3 0.4 counts false'
    steppe describe town.yaml --csv=entries
    says 'normal: [0.8, 0.05]' out
    steppe describe town.yaml --resolved
    cp out again.yaml
    steppe describe again.yaml --resolved
    same "the resolved text" "$(cat out)" "$(cat again.yaml)"
}

# Spearman's correlation of 200 draws has a standard error of 0.04 near -0.7.
test_draws() {
    steppe ensemble town.yaml -n 200 --sample sobol --scale 40 --out drawn.sqlite -q
    exits 0
    same "choices" "$(sql drawn.sqlite "SELECT DISTINCT value FROM draw JOIN factor USING (factor)
        WHERE path = 'citizens.vision' ORDER BY 1" | tr '\n' ' ')" '5.0 7.0 '
    same "three quarters see 7 cells" "$(sql drawn.sqlite "SELECT abs(avg(value = 7) - 0.75) < 0.02 FROM draw
        JOIN factor USING (factor) WHERE path = 'citizens.vision'")" 1
    same "the tails of the normal prior" "$(sql drawn.sqlite "SELECT min(value) > 0.6454 AND max(value) < 0.9546
        AND abs(avg(value) - 0.8) < 0.003 FROM draw JOIN factor USING (factor) WHERE path = 'citizens.legitimacy'")" 1
    same "correlation" "$(sql drawn.sqlite "WITH d AS (SELECT replicate,
        max(value) FILTER (WHERE path = 'citizens.legitimacy') AS a,
        max(value) FILTER (WHERE path = 'citizens.threshold') AS b
        FROM draw JOIN factor USING (factor) GROUP BY replicate),
        r AS (SELECT rank() OVER (ORDER BY a) AS x, rank() OVER (ORDER BY b) AS y FROM d)
        SELECT abs(1 - 6.0 * sum((x - y) * (x - y)) / (200 * (200.0 * 200 - 1)) + 0.7) < 0.12 FROM r")" 1
}

test_plan() {
    steppe ensemble town.yaml -n 4 --sample sobol --scale 40 --out plan.sqlite -q
    exits 0
    sed 's/normal: \[0.8, 0.05\]/normal: [0.8, 0.06]/' town.yaml >other.yaml
    steppe ensemble other.yaml -n 6 --sample sobol --scale 40 --out plan.sqlite -q
    exits 2
    says 'plan.sqlite' err
    sed 's/correlation: -0.7/correlation: -0.6/' town.yaml >other.yaml
    steppe ensemble other.yaml -n 6 --sample sobol --scale 40 --out plan.sqlite -q
    exits 2
    sed 's/sd: 0.3/sd: 0.5/; s/id: sight/id: eyes/' town.yaml >other.yaml
    steppe ensemble other.yaml -n 6 --sample sobol --scale 40 --out plan.sqlite -q
    exits 0
    steppe diff plan.sqlite plan.sqlite
    exits 0
}

test_mistakes() {
    steppe check town.yaml --set 'citizens.legitimacy={value: 0.8, prior: {nomral: [0.8, 0.1]}}'
    exits 2
    says "did you mean 'normal'?" err
    steppe check town.yaml --set citizens.legitimacy.value=0.2
    exits 2
    says 'legitimacy lies outside its prior, 0.645' err
    sed 's/citizens.threshold\]/citizens.thresold]/; s/"\*.vision"/officers.vison/; s/bias: counts/bias: count/' town.yaml >bad.yaml
    steppe check bad.yaml
    exits 2
    same "lines" "$(wc -l <err)" 3
    says "bad.yaml:10:51: 'citizens.thresold' names no parameter of citizens; did you mean 'threshold'?" err
    says "bad.yaml:12:56: 'officers.vison' names no parameter of officers; did you mean 'vision'?" err
    says "no reporting bias is called 'count'; did you mean 'counts'?" err
}

test_warning() {
    sed '/threshold: {/d' town.yaml >idle.yaml
    steppe check idle.yaml
    exits 0
    says "idle.yaml:9:29: correlation 'mood' has no effect: it takes two of its parameters with a range" err
    steppe check town.yaml --set citizens.threshold=0.1
    exits 0
    quiet_on err
}

try "describe shows them, in the terminal, JSON, CSV and resolved text" test_describe
try "an ensemble draws from them" test_draws
try "a file is not resumed with another prior or correlation, but with other errors and groups" test_plan
try "mistakes are named" test_mistakes
try "a correlation without ranges is warned of" test_warning
finish
