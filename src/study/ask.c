#include "study/ask.h"

#include "record/recorder.h"
#include "scenario/range.h"
#include "study/statistics.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOKS = 3, FIRST_LOOK = 50, SIDE_PAIRS = 20, RESAMPLES = 5000, NONE_PAIRS = 50 };

/* ---- when the arms part ---- */

/* The step before which an event happens whose setting this is; 0 if it is something else. */
static uint64_t due_of(const steppe_scenario *s, const char *setting)
{
    if (strncmp(setting, "events.", 7) != 0)
        return 0;
    size_t length = strcspn(setting + 7, ".=");
    for (size_t i = 0; i < s->event_count; i++)
        if (strlen(s->events[i].id) == length &&
            strncmp(s->events[i].id, setting + 7, length) == 0)
            return s->events[i].due;
    return 0;
}

static int parse_arm(const stp_asking *a, const stp_ask_arm_plan *arm,
                     steppe_scenario **scenario)
{
    return steppe_scenario_parse(a->context, a->scenario->file,
                                 a->scenario->resolved.data, a->scenario->resolved.length,
                                 arm->settings, arm->setting_count, scenario);
}

/* The last step that both arms share: the one before the first event that the change touches; 0 if it
 * touches anything else. */
static int find_change(stp_asking *a)
{
    const stp_question *q = a->question;
    stp_ask_arm_plan base = stp_ask_arm_of(q, "base", NULL, 0),
                     changed = stp_ask_arm_of(q, "change", q->change, q->change_count);
    steppe_scenario *x = NULL, *y = NULL;
    uint64_t first = UINT64_MAX;
    int status = parse_arm(a, &base, &x);
    if (status == STEPPE_OK)
        status = parse_arm(a, &changed, &y);
    for (size_t i = 0; i < q->change_count && status == STEPPE_OK; i++) {
        uint64_t due_x = due_of(x, q->change[i]), due_y = due_of(y, q->change[i]);
        uint64_t due = due_x < due_y ? due_x : due_y;
        first = due < first ? due : first;
    }
    a->changes = first == UINT64_MAX || first == 0 ? 0 : first - 1;
    steppe_scenario_free(x);
    steppe_scenario_free(y);
    return status;
}

/* ---- pairs, until the verdict is settled ---- */

/* Pairs at each look; returns how many looks. */
static size_t plan_looks(size_t most, size_t pairs[LOOKS])
{
    size_t count = 0;
    for (size_t k = 1; k <= LOOKS; k++) {
        size_t n = k == LOOKS ? most : most * k / LOOKS;
        if (n >= FIRST_LOOK || k == LOOKS)
            pairs[count++] = n;
    }
    return count;
}

double stp_ask_smallest(const stp_question *q, double base, double changed)
{
    if (q->smallest_absolute.given)
        return q->smallest_absolute.value;
    return q->smallest.value * fabs(base != 0 ? base : changed);
}

static bool is_zero(const stp_ask_contrast *c)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->differences[i] != 0)
            return false;
    return true;
}

static steppe_answer_verdict verdict_of(const stp_ask_contrast *c, const stp_judgement *j)
{
    if (c->n > 0 && c->identical == c->n)
        return STEPPE_ANSWER_SAME;
    if (c->n >= NONE_PAIRS && is_zero(c))
        return STEPPE_ANSWER_NONE;
    if (j->verdict == STP_NEGLIGIBLE)
        return STEPPE_ANSWER_NEGLIGIBLE;
    if (j->verdict == STP_EFFECT)
        return j->wide.estimate > 0 ? STEPPE_ANSWER_MORE : STEPPE_ANSWER_LESS;
    return STEPPE_ANSWER_UNDECIDED;
}

/* Fewer pairs than these are never judged. */
static double judged(double pairs)
{
    return pairs < STP_FEWEST_UNLIKE ? STP_FEWEST_UNLIKE : pairs;
}

/* Everything that the pairs say, at the look at which they were left. */
static int fill_facts(const stp_asking *a, const stp_ask_contrast *c,
                      const stp_judgement *j, const stp_pair_table *falls)
{
    steppe_answer_facts *f = &a->answer->facts;
    stp_paired p = stp_paired_summary(c->differences, c->n, 0.95);
    stp_interval bootstrap = {NAN, NAN, NAN, 0};
    double *spare = calloc(c->n + 1, sizeof *spare);
    if (!spare || stp_bootstrap_interval(c->differences, c->n, 0.95, a->options->seed,
                                         RESAMPLES, &bootstrap) != 0) {
        free(spare);
        return stp_no_memory(a->context);
    }
    f->pairs = c->n;
    f->failed = c->failed;
    f->identical = c->identical;
    f->same_before = c->same_before;
    f->base = stp_mean(c->base, c->n);
    f->changed = stp_mean(c->changed, c->n);
    f->effect = p.mean.estimate;
    f->low = j->wide.low;
    f->high = j->wide.high;
    f->narrow_low = j->narrow.low;
    f->narrow_high = j->narrow.high;
    f->bootstrap_low = bootstrap.low;
    f->bootstrap_high = bootstrap.high;
    f->too_alike = j->too_alike;
    f->positive = p.positive;
    f->zero = p.zero;
    f->negative = p.negative;
    f->superiority = ((double)p.positive + (double)p.zero / 2) / (double)p.n;
    stp_ask_quantiles(c->base, c->n, spare, f->quantiles[0]);
    stp_ask_quantiles(c->changed, c->n, spare, f->quantiles[1]);
    stp_ask_quantiles(c->differences, c->n, spare, f->quantiles[2]);
    free(spare);
    double x = stp_deviation(c->base, c->n), y = stp_deviation(c->changed, c->n);
    f->pairing = p.deviation > 0 ? (x * x + y * y) / (p.deviation * p.deviation) : NAN;
    double ratio = p.deviation > 0 ? f->smallest / p.deviation : NAN;
    f->needed = judged(stp_pairs_needed(ratio, a->question->error.value, 0.8));
    f->needed_negligible =
        judged(stp_pairs_needed_for_equivalence(ratio, a->question->error.value, 0.8));
    f->equivalence = f->smallest > 0 ? stp_equivalent(c->differences, c->n, f->smallest,
                                                      a->question->error.value)
                                           .p
                                     : NAN;
    stp_interval risk = stp_risk_difference(*falls, 0.95);
    f->falls = falls->both + falls->only_a + falls->only_b + falls->neither > 0;
    f->fell_both = falls->both;
    f->fell_base = falls->only_a;
    f->fell_changed = falls->only_b;
    f->fell_neither = falls->neither;
    f->fall_difference = risk.estimate;
    f->fall_low = risk.low;
    f->fall_high = risk.high;
    f->fall_p = stp_mcnemar(*falls);
    return STEPPE_OK;
}

/* A judgement at a look; with the pairs that there really are at the looks so far. */
static int judge(const stp_asking *a, const stp_ask_contrast *c, const size_t *pairs,
                 size_t looks, size_t look, stp_judgement *j)
{
    double error = a->question->error.value, delta = a->answer->facts.smallest;
    stp_sequential plan;
    *j = (stp_judgement){.verdict = STP_UNDECIDED,
                         .wide = {NAN, NAN, NAN, 0},
                         .narrow = {NAN, NAN, NAN, 0}};
    if (c->n < 2 || pairs[look] < 2)
        return STEPPE_OK;
    if (stp_sequential_plan(STP_SPEND_LATE, error, error, delta > 0 ? delta : 1, pairs,
                            looks, &plan) != 0)
        return stp_no_memory(a->context);
    *j = stp_sequential_judge(&plan, look, c->differences);
    if (!(delta > 0) && j->verdict == STP_NEGLIGIBLE)
        j->verdict = STP_UNDECIDED;
    return STEPPE_OK;
}

static int ask_pairs(const stp_asking *a)
{
    const stp_question *q = a->question;
    steppe_answer_facts *f = &a->answer->facts;
    stp_ask_arm_plan base = stp_ask_arm_of(q, "base", NULL, 0),
                     changed = stp_ask_arm_of(q, "change", q->change, q->change_count);
    f->most_pairs = a->options->pairs ? a->options->pairs : (size_t)q->pairs.value;
    size_t pairs[LOOKS], looks = plan_looks(f->most_pairs, pairs);
    int status = STEPPE_OK;
    for (size_t k = 0; k < looks && status == STEPPE_OK; k++) {
        stp_ask_contrast c;
        stp_pair_table falls;
        stp_judgement j;
        status = stp_ask_contrast_run(a, &base, &changed, "none", pairs[k], &c, &falls);
        if (status == STEPPE_OK && k == 0) /* fixed at the first look */
            f->smallest = stp_ask_smallest(q, stp_mean(c.base, c.n),
                                           stp_mean(c.changed, c.n));
        pairs[k] = status == STEPPE_OK ? c.n : pairs[k];
        if (status == STEPPE_OK)
            status = judge(a, &c, pairs, looks, k, &j);
        if (status == STEPPE_OK)
            status = fill_facts(a, &c, &j, &falls);
        if (status == STEPPE_OK)
            f->verdict = verdict_of(&c, &j);
        stp_ask_contrast_clear(&c);
        if (status == STEPPE_OK && f->verdict != STEPPE_ANSWER_UNDECIDED)
            break;
    }
    return status;
}

/* ---- beside it: what should do nothing, and what should matter ---- */

static int ask_side(const stp_asking *a, const char *name, char *const *settings,
                    size_t count, stp_ask_contrast *c)
{
    stp_ask_arm_plan base = stp_ask_arm_of(a->question, "base", NULL, 0),
                     side = stp_ask_arm_of(a->question, name, settings, count);
    return stp_ask_contrast_run(a, &base, &side, "none", a->answer->facts.side_pairs, c,
                                NULL);
}

static int ask_sides(const stp_asking *a)
{
    const stp_question *q = a->question;
    steppe_answer_facts *f = &a->answer->facts;
    stp_ask_contrast c;
    int status = STEPPE_OK;
    size_t ran = f->pairs + f->failed;
    f->side_pairs = ran < SIDE_PAIRS ? ran : SIDE_PAIRS;
    if (q->placebo_count > 0) {
        status = ask_side(a, "placebo", q->placebo, q->placebo_count, &c);
        stp_interval m = stp_mean_interval(c.differences, c.n);
        f->has_placebo = true;
        f->placebo_identical = c.identical;
        f->placebo_effect = m.estimate;
        f->placebo_low = m.low;
        f->placebo_high = m.high;
        stp_ask_contrast_clear(&c);
    }
    if (status == STEPPE_OK && q->control_count > 0) {
        status = ask_side(a, "control", q->control, q->control_count, &c);
        stp_interval m = stp_mean_interval(c.differences, c.n);
        f->has_control = true;
        f->control_effect = m.estimate;
        f->control_low = m.low;
        f->control_high = m.high;
        stp_ask_contrast_clear(&c);
    }
    return status;
}

/* ---- the whole ---- */

static int make_folder(const stp_asking *a)
{
    return a->options->kept_only ? STEPPE_OK
                                 : stp_make_folder(a->context, a->options->folder);
}

int steppe_ask(steppe_context *context, const steppe_scenario *scenario, size_t index,
               const steppe_ask_options *options, steppe_answer **answer)
{
    *answer = NULL;
    if (index >= scenario->question_count)
        return stp_fail(context, STEPPE_BAD_ARGUMENT, "%s: there is no question %zu",
                        scenario->file, index);
    const stp_question *q = &scenario->questions[index];
    steppe_answer *made = calloc(1, sizeof *made);
    if (!made)
        return stp_no_memory(context);
    stp_asking a = {.context = context,
                    .scenario = scenario,
                    .question = q,
                    .options = options,
                    .scale = options->scale != 0 ? options->scale
                             : q->scale.given    ? q->scale.value
                                                 : scenario->top.scale.value,
                    .width = options->width != 0 ? options->width : q->width.value,
                    .answer = made};
    made->facts.id = q->id;
    made->facts.text = q->text;
    made->facts.claim = q->claim ? q->claim : "";
    made->facts.outcome = STP_OUTCOMES[(size_t)q->outcome.value].name;
    made->facts.unit = STP_OUTCOMES[(size_t)q->outcome.value].unit;
    made->facts.scale = a.scale;
    int (*const parts[])(const stp_asking *) = {make_folder, ask_pairs, ask_sides,
                                                stp_ask_space, stp_ask_break_even};
    int status = find_change(&a);
    made->facts.changes = a.changes;
    for (size_t k = 0; k < sizeof parts / sizeof *parts && status == STEPPE_OK; k++)
        status = parts[k](&a);
    if (status == STEPPE_OK)
        status = stp_answer_word(context, made);
    if (status != STEPPE_OK) {
        steppe_answer_free(made);
        return status;
    }
    *answer = made;
    return STEPPE_OK;
}

void steppe_answer_free(steppe_answer *answer)
{
    if (!answer)
        return;
    free(answer->words);
    free(answer);
}

const steppe_answer_facts *steppe_answer_read(const steppe_answer *answer)
{
    return &answer->facts;
}

const char *steppe_answer_words(const steppe_answer *answer)
{
    return answer->words;
}

int steppe_question_check(steppe_context *context, const steppe_scenario *scenario,
                          size_t index)
{
    const steppe_ask_options options = {.seed = 1};
    if (index >= scenario->question_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_question *q = &scenario->questions[index];
    stp_asking a = {.context = context,
                    .scenario = scenario,
                    .question = q,
                    .options = &options};
    const stp_ask_arm_plan arms[] = {
        stp_ask_arm_of(q, "base", NULL, 0),
        stp_ask_arm_of(q, "change", q->change, q->change_count),
        stp_ask_arm_of(q, "placebo", q->placebo, q->placebo_count),
        stp_ask_arm_of(q, "control", q->control, q->control_count)};
    for (size_t k = 0; k < sizeof arms / sizeof *arms; k++) {
        char message[700];
        steppe_scenario *other = NULL;
        int status = parse_arm(&a, &arms[k], &other);
        steppe_scenario_free(other);
        if (status == STEPPE_OK)
            continue;
        snprintf(message, sizeof message, "%s", steppe_context_message(context));
        return stp_fail(context, status, "%s: question '%s', settings of '%s': %s",
                        scenario->file, q->id, arms[k].name, message);
    }
    return STEPPE_OK;
}

size_t steppe_scenario_question_count(const steppe_scenario *scenario)
{
    return scenario->question_count;
}

int steppe_scenario_question(const steppe_scenario *scenario, size_t index,
                             steppe_question_info *question)
{
    if (index >= scenario->question_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_question *q = &scenario->questions[index];
    const struct stp_outcome_info *o = &STP_OUTCOMES[(size_t)q->outcome.value];
    *question = (steppe_question_info){q->id,
                                       q->text,
                                       q->claim ? q->claim : "",
                                       q->note ? q->note : "",
                                       o->name,
                                       o->unit,
                                       o->meaning,
                                       q->scale.given ? q->scale.value
                                                      : scenario->top.scale.value};
    return STEPPE_OK;
}
