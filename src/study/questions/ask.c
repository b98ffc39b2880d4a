#include "study/questions/ask.h"

#include "study/questions/registration.h"

#include "record/recorder.h"
#include "scenario/needs.h"
#include "scenario/node.h"
#include "scenario/questions.h"
#include "scenario/range.h"
#include "scenario/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIDE_PAIRS = 20 };

/* The step of the event whose setting this is; 0 for other settings. */
static uint64_t due_of(const steppe_scenario *s, const char *setting)
{
    const stp_event *e = stp_setting_event(s, setting);
    return e ? e->due : 0;
}

static int parse_arm(const stp_asking *a, const stp_ask_arm_plan *arm,
                     steppe_scenario **scenario)
{
    stp_setting settings[STP_MAX_ASK_SETTINGS];
    for (size_t i = 0; i < arm->setting_count; i++)
        settings[i] = (stp_setting){arm->settings[i], "setting"};
    return stp_scenario_vary(a->context, a->scenario, settings, arm->setting_count,
                             STP_TO_RUN, scenario);
}

/* The last step that both arms share: the one before the first event of the change; 0 if it changes anything
 * else. */
static uint64_t find_change(const stp_question *q, const steppe_scenario *x,
                            const steppe_scenario *y)
{
    uint64_t first = UINT64_MAX;
    for (size_t i = 0; i < q->change_count; i++) {
        uint64_t due_x = due_of(x, q->change[i]), due_y = due_of(y, q->change[i]);
        uint64_t due = due_x < due_y ? due_x : due_y;
        first = due < first ? due : first;
    }
    return first == UINT64_MAX || first == 0 ? 0 : first - 1;
}

static double window_hours(const stp_question *q, const steppe_scenario *s)
{
    return (double)(q->ends - q->begins) * s->time.step.value;
}

/* What one agent adds to an outcome; to citizen-hours, if it is active throughout the window. */
static double agent_worth(const stp_asking *a, const steppe_scenario *s)
{
    switch ((size_t)a->question->outcome.value) {
    case STP_OUTCOME_CITIZEN_HOURS: return a->scale * window_hours(a->question, s);
    case STP_OUTCOME_PEAK:
    case STP_OUTCOME_DEATHS:
    case STP_OUTCOME_ARRESTS:
    case STP_OUTCOME_DETAINED: return a->scale;
    default: return 0;
    }
}

/* Citizen-hours above which unrest has taken off; 0 for outcomes that are not of unrest. */
static double find_take_off(const stp_asking *a, const steppe_scenario *s)
{
    const stp_question *q = a->question;
    steppe_answer_facts *f = &a->answer->facts;
    if (q->take_off.given)
        f->take_off = q->take_off.value;
    else if (stp_outcome_is_of_unrest((size_t)q->outcome.value))
        f->take_off = STP_TAKE_OFF;
    return stp_residents_hours(s, f->take_off, window_hours(q, s));
}

/* Is a mechanism off that the outcome needs? x, y: control arm and treatment arm. */
static void find_obstacle(const stp_question *q, const steppe_scenario *x,
                          const steppe_scenario *y, steppe_answer *answer)
{
    size_t outcome = (size_t)q->outcome.value;
    const char *needs = NULL;
    if (outcome == STP_OUTCOME_DEATHS && x->force.enabled.value == 0 &&
        y->force.enabled.value == 0)
        needs = "force.enabled, which is off in both arms";
    else if (outcome >= STP_OUTCOME_STRENGTH &&
             (x->seat.enabled.value == 0 || y->seat.enabled.value == 0))
        needs = "seat.enabled, which is off";
    if (!needs)
        return;
    snprintf(answer->because, sizeof answer->because, "'%s' needs %s",
             STP_OUTCOMES[outcome].name, needs);
    answer->facts.because = answer->because;
    answer->facts.verdict = STEPPE_ANSWER_NOT_ASKABLE;
}

/* What the arms' scenarios tell before any run. */
static int examine_arms(stp_asking *a)
{
    const stp_question *q = a->question;
    steppe_answer_facts *f = &a->answer->facts;
    steppe_scenario *x = NULL, *y = NULL;
    int status = parse_arm(a, &a->control, &x);
    if (status == STEPPE_OK)
        status = parse_arm(a, &a->treatment, &y);
    if (status == STEPPE_OK) {
        f->changes = a->changes = find_change(q, x, y);
        f->agent = agent_worth(a, x);
        f->take_off_hours = a->take_off = find_take_off(a, x);
        find_obstacle(q, x, y, a->answer);
    }
    if (q->by_construction && f->verdict == STEPPE_ANSWER_UNDECIDED) {
        f->because = q->by_construction;
        f->verdict = STEPPE_ANSWER_BY_CONSTRUCTION;
    }
    steppe_scenario_free(x);
    steppe_scenario_free(y);
    return status;
}

/* ---- placebo and positive control ---- */

static int ask_side(const stp_asking *a, const char *name, char *const *settings,
                    size_t count, stp_ask_comparison *c)
{
    const stp_ask_arm_plan side = stp_ask_arm_of(a->question, name, settings, count);
    return stp_ask_comparison_run(a, &a->control, &side, "none",
                                  a->answer->facts.side_pairs, c, NULL);
}

static int ask_sides(const stp_asking *a)
{
    const stp_question *q = a->question;
    steppe_answer_facts *f = &a->answer->facts;
    stp_ask_comparison c;
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
        stp_ask_comparison_clear(&c);
    }
    if (status == STEPPE_OK && q->positive_control_count > 0) {
        status = ask_side(a, "positive_control", q->positive_control,
                          q->positive_control_count, &c);
        stp_interval m = stp_mean_interval(c.differences, c.n);
        f->has_positive_control = true;
        f->positive_control_effect = m.estimate;
        f->positive_control_low = m.low;
        f->positive_control_high = m.high;
        stp_ask_comparison_clear(&c);
    }
    return status;
}

/* ---- the whole ---- */

static int make_folder(const stp_asking *a)
{
    return a->options->cached_only ? STEPPE_OK
                                   : stp_make_folder(a->context, a->options->folder);
}

stp_asking stp_asking_of(steppe_context *context, const steppe_scenario *scenario,
                         size_t index, const steppe_ask_options *options)
{
    const stp_question *q = &scenario->questions[index];
    return (stp_asking){.context = context,
                        .scenario = scenario,
                        .question = q,
                        .options = options,
                        .control = stp_ask_arm_of(q, "base", NULL, 0),
                        .treatment = stp_ask_arm_of(q, "change", q->change,
                                                    q->change_count),
                        .scale = options->scale != 0 ? options->scale
                                 : q->scale.given    ? q->scale.value
                                                     : scenario->top.scale.value,
                        .width = options->width != 0 ? options->width : q->width.value,
                        .sampling_why = ""};
}

/* What is known of the answer before anything is run. */
static void begin_answer(const stp_asking *a)
{
    const stp_question *q = a->question;
    steppe_answer_facts *f = &a->answer->facts;
    stp_answer_blank(f);
    f->id = q->id;
    f->text = q->text;
    f->claim = q->claim ? q->claim : "";
    f->outcome = STP_OUTCOMES[(size_t)q->outcome.value].name;
    f->unit = STP_OUTCOMES[(size_t)q->outcome.value].unit;
    f->scale = a->scale;
    f->population_held = a->options->population_seed_given;
    f->population_seed = a->options->population_seed;
    f->failure = a->answer->failure;
    f->share = q->smallest.given ? q->smallest.value : 0;
    if (q->smallest_absolute.given)
        f->smallest = q->smallest_absolute.value;
}

static int check_posterior(const stp_asking *asking);

/* The verdict, and the points over the parameters. */
static int ask_arms(const stp_asking *a)
{
    if (stp_ask_verdict_draws(a) > 0)
        return stp_ask_over_posterior(a);
    int status = stp_ask_pairs(a);
    return status == STEPPE_OK ? stp_ask_space(a) : status;
}

static int make_answer(stp_asking *a)
{
    int (*const parts[])(const stp_asking *) = {check_posterior, make_folder,
                                                ask_arms,        stp_ask_causes,
                                                ask_sides,       stp_ask_break_even};
    begin_answer(a);
    int status = stp_ask_choose_sampling(a);
    if (status == STEPPE_OK)
        status = stp_ask_registration(a);
    if (status == STEPPE_OK)
        status = examine_arms(a);
    bool runs = a->answer->facts.verdict == STEPPE_ANSWER_UNDECIDED;
    for (size_t k = 0; k < sizeof parts / sizeof *parts && status == STEPPE_OK && runs;
         k++)
        status = parts[k](a);
    return status == STEPPE_OK ? stp_answer_word(a->context, a->answer) : status;
}

int steppe_ask(steppe_context *context, const steppe_scenario *scenario, size_t index,
               const steppe_ask_options *options, steppe_answer **answer)
{
    *answer = NULL;
    if (index >= scenario->question_count)
        return stp_fail(context, STEPPE_BAD_ARGUMENT, "%s: there is no question %zu",
                        scenario->file, index);
    stp_asking a = stp_asking_of(context, scenario, index, options);
    a.answer = calloc(1, sizeof *a.answer);
    if (!a.answer)
        return stp_no_memory(context);
    int status = make_answer(&a);
    stp_asking_clear(&a);
    if (status == STEPPE_OK)
        *answer = a.answer;
    else
        steppe_answer_free(a.answer);
    return status;
}

void steppe_answer_free(steppe_answer *answer)
{
    if (!answer)
        return;
    for (size_t k = 0; k < answer->change_count; k++)
        for (int i = 0; i < 4; i++)
            free(answer->changes[k].texts[i]);
    free(answer->changes);
    free(answer->shown_changes);
    free(answer->registered_on);
    free(answer->registered_words);
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

/* Parse an arm; a failure names it. */
static int try_arm(const stp_asking *a, const stp_ask_arm_plan *arm,
                   steppe_scenario **scenario)
{
    char message[700];
    int status = parse_arm(a, arm, scenario);
    if (status == STEPPE_OK)
        return status;
    snprintf(message, sizeof message, "%s", steppe_context_message(a->context));
    return stp_fail(a->context, status, "%s: question '%s', settings of '%s': %s",
                    a->scenario->file, a->question->id, arm->name, message);
}

static int try_arms(const stp_asking *a, steppe_scenario **base,
                    steppe_scenario **changed)
{
    const stp_question *q = a->question;
    const stp_ask_arm_plan arms[] = {a->control, a->treatment,
                                     stp_ask_arm_of(q, "placebo", q->placebo,
                                                    q->placebo_count),
                                     stp_ask_arm_of(q, "positive_control",
                                                    q->positive_control,
                                                    q->positive_control_count)};
    steppe_scenario *other = NULL, **made[] = {base, changed, &other, &other};
    int status = STEPPE_OK;
    for (size_t k = 0; k < sizeof arms / sizeof *arms && status == STEPPE_OK; k++) {
        status = try_arm(a, &arms[k], made[k]);
        steppe_scenario_free(other);
        other = NULL;
    }
    return status;
}

/* The value at a path of an arm, as text; "" if there is none. */
static const char *value_at(const steppe_scenario *arm, const char *path)
{
    steppe_entry e;
    for (size_t i = 0; steppe_scenario_entry(arm, i, &e) == STEPPE_OK; i++)
        if (strcmp(e.path, path) == 0)
            return e.value;
    return "";
}

/* A change to a value inside the range that only the control arm draws from has no direction: it raises the
 * value at some points and lowers it at others. */
static int check_drawn(const stp_asking *a, const steppe_scenario *changed)
{
    const stp_question *q = a->question;
    stp_range *ranges;
    size_t count;
    bool drawn = stp_ask_draws(a) > 0;
    int status = stp_ranges_find(a->context, a->scenario, &ranges, &count);
    for (size_t k = 0; k < count && status == STEPPE_OK && drawn; k++) {
        stp_range *range = &ranges[k];
        char text[64];
        double value;
        if (!stp_settings_reach(q->change, q->change_count, range->path) ||
            stp_settings_reach(q->base, q->base_count, range->path))
            continue;
        stp_range_narrow(range, a->width);
        bool inside = range->parameter->type != STP_DATE &&
                      stp_number_parse(value_at(changed, range->path), &value) &&
                      value > range->low && value < range->high;
        if (inside)
            status = stp_fail(
                a->context, STEPPE_BAD_SCENARIO,
                "%s: question '%s': the change sets %s to %s, inside the range that the "
                "control arm draws it from, and so has no direction: set it in 'base' as "
                "well, or ask with 'draws: 0'",
                a->scenario->file, q->id, range->path,
                stp_value_text(range->parameter, value, text, sizeof text));
    }
    stp_ranges_free(ranges, count);
    return status;
}

/* The posterior may reach beyond the part of the ranges that the question draws from otherwise. */
static int check_posterior(const stp_asking *a)
{
    steppe_scenario *changed = NULL;
    if (!a->posterior_digest || a->question->width.value == 1)
        return STEPPE_OK;
    int status = try_arm(a, &a->treatment, &changed);
    if (status == STEPPE_OK)
        status = stp_write_entries(a->context, changed);
    if (status == STEPPE_OK)
        status = check_drawn(a, changed);
    steppe_scenario_free(changed);
    return status;
}

static int check_arms(const stp_asking *a, const steppe_scenario *base,
                      steppe_scenario *changed)
{
    const stp_question *q = a->question;
    const char *why = stp_question_unaskable(base, q);
    if (why && stp_question_unaskable(changed, q))
        return stp_fail(a->context, STEPPE_BAD_SCENARIO,
                        "%s: question '%s': the outcome '%s' cannot change: %s",
                        a->scenario->file, q->id,
                        STP_OUTCOMES[(size_t)q->outcome.value].name, why);
    int status = stp_write_entries(a->context, changed);
    return status == STEPPE_OK ? check_drawn(a, changed) : status;
}

int steppe_question_check(steppe_context *context, const steppe_scenario *scenario,
                          size_t index)
{
    const steppe_ask_options options = {.seed = 1};
    if (index >= scenario->question_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_asking a = stp_asking_of(context, scenario, index, &options);
    steppe_scenario *base = NULL, *changed = NULL;
    int status = try_arms(&a, &base, &changed);
    if (status == STEPPE_OK)
        status = check_arms(&a, base, changed);
    steppe_scenario_free(base);
    steppe_scenario_free(changed);
    return status;
}

int steppe_question_warn(steppe_context *context, const steppe_scenario *scenario,
                         size_t index, char *buffer, size_t size)
{
    const steppe_ask_options options = {.seed = 1};
    buffer[0] = '\0';
    if (index >= scenario->question_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_asking a = stp_asking_of(context, scenario, index, &options);
    steppe_scenario *x = NULL, *y = NULL;
    uint64_t one = 0, other = 1;
    int status = try_arm(&a, &a.control, &x);
    if (status == STEPPE_OK)
        status = try_arm(&a, &a.treatment, &y);
    if (status == STEPPE_OK)
        status = stp_write_values(context, x, &one);
    if (status == STEPPE_OK)
        status = stp_write_values(context, y, &other);
    if (status == STEPPE_OK && one == other)
        snprintf(buffer, size,
                 "%s: question '%s': the change changes nothing: every value is as in "
                 "the control arm",
                 scenario->file, a.question->id);
    steppe_scenario_free(x);
    steppe_scenario_free(y);
    return status;
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
