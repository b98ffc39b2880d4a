/* The runs of a study's file: `stages`, which say where and for how long, and `runs`,
 * each one arm, or one arm for each combination of the values that `vary`. */
#include "study/replication/study_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_RUNS = 10000, MAX_STEPS = 100000, MAX_ARMS = 4000, MAX_VARIED = 4 };

static const char *const RUN_KEYS[] = {"name",  "stage",  "vary",    "dose",     "file",
                                       "steps", "from",   "to",      "runs",     "set",
                                       "seat",  "series", "observe", "outcomes", NULL},
                         *const STAGE_KEYS[] = {"file",    "steps",    "from", "to",
                                                "runs",    "set",      "seat", "series",
                                                "observe", "outcomes", NULL};

static void add_setting(stp_study_reader *s, stp_arm *arm, const stp_node *node,
                        const char *key, const char *value)
{
    if (arm->setting_count == STP_MAX_SETTINGS ||
        strlen(key) + strlen(value) + 2 > STP_SETTING_TEXT)
        STP_STUDY_FAIL(s, node, "more than %d settings, or one longer than %d bytes",
                       STP_MAX_SETTINGS, STP_SETTING_TEXT - 1);
    else
        snprintf(arm->settings[arm->setting_count++], STP_SETTING_TEXT, "%s%s%s", key,
                 *key ? "=" : "", value);
}

static void read_seat(stp_study_reader *s, const stp_node *node, stp_arm *arm)
{
    static const char *const KEYS[] = {"days",   "active", "from",  "cut", "lost",
                                       "person", "office", "power", NULL};
    if (!stp_study_keys(s, node, "'seat'", KEYS))
        return;
    arm->kind = STP_ARM_SEAT;
    arm->seat = (stp_seat_watch){
        .days = (uint64_t)stp_study_number_of(s, node, "days", 1, MAX_STEPS, 1),
        .active = stp_study_number_of(s, node, "active", 0, 1, 0),
        .from = (uint64_t)stp_study_number_of(s, node, "from", 0, MAX_STEPS, 0),
        .cut = stp_study_number_of(s, node, "cut", 0, 1, 0),
        .lost = (uint64_t)stp_study_number_of(s, node, "lost", 0, MAX_STEPS, 0),
        .person = stp_study_text_of(s, node, "person"),
        .office = stp_study_text_of(s, node, "office"),
        .power = stp_study_text_of(s, node, "power")};
}

static void read_outcomes(stp_study_reader *s, const stp_node *node, stp_arm *arm)
{
    const stp_node *const *items = stp_study_items(s, &node, STP_MAX_OUTCOMES,
                                                   &arm->outcome_count);
    for (size_t i = 0; i < arm->outcome_count; i++)
        arm->outcomes[i] = stp_study_text(s, items[i]);
    if (arm->outcome_count > 0)
        arm->kind = STP_ARM_SOLVED;
}

/* What a stage and a run may both say. */
static void read_stage(stp_study_reader *s, const stp_node *node, stp_arm *arm)
{
    static const char *const OBSERVED[] = {"near", "tension"};
    static const unsigned FLAGS[] = {STP_LOOK_NEAR, STP_LOOK_TENSION};
    const stp_node *set = stp_node_get(node, "set"), *seat = stp_node_get(node, "seat"),
                   *outcomes = stp_node_get(node, "outcomes");
    const char *file = stp_study_text_of(s, node, "file"),
               *series = stp_study_text_of(s, node, "series"),
               *observed = stp_study_text_of(s, node, "observe");
    size_t count;
    arm->file = file ? file : arm->file;
    arm->steps = (uint64_t)stp_study_number_of(s, node, "steps", 1, MAX_STEPS,
                                               (double)arm->steps);
    arm->from = (uint64_t)stp_study_number_of(s, node, "from", 0, MAX_STEPS,
                                              (double)arm->from);
    arm->to = (uint64_t)stp_study_number_of(s, node, "to", 1, MAX_STEPS, (double)arm->to);
    arm->runs = (size_t)stp_study_number_of(s, node, "runs", 1, MAX_RUNS,
                                            (double)arm->runs);
    if (set) {
        const stp_node *const *items = stp_study_items(s, &set, STP_MAX_SETTINGS, &count);
        for (size_t i = 0; i < count; i++)
            add_setting(s, arm, items[i], "", stp_study_text(s, items[i]));
    }
    if (seat)
        read_seat(s, seat, arm);
    if (outcomes)
        read_outcomes(s, outcomes, arm);
    if (series)
        arm->series = stp_study_choice(s, stp_node_get(node, "series"), "value", series,
                                       (const char *const[]){"false", "true"}, 2);
    if (observed)
        arm->looks = FLAGS[stp_study_choice(s, stp_node_get(node, "observe"), "value",
                                            observed, OBSERVED, 2)];
}

/* ---- doses ---- */

/* Value `index` of what varies: of a list, of {from, by, count}, or of {VALUE: DOSE
 * ...}. */
typedef struct dose {
    char text[STP_ARM_NAME];
    double number;
} dose;

static bool is_range(const stp_node *values)
{
    return stp_node_get(values, "by") != NULL;
}

static size_t dose_count(stp_study_reader *s, const stp_node *values)
{
    static const char *const KEYS[] = {"from", "by", "count", NULL};
    if (!is_range(values))
        return values->count;
    if (!stp_study_keys(s, values, "a range", KEYS))
        return 0;
    return (size_t)stp_study_number_of(s, values, "count", 1, STP_MAX_POINTS, 1);
}

static dose dose_at(stp_study_reader *s, const stp_node *values, size_t index)
{
    dose d;
    if (is_range(values)) {
        d.number = stp_study_number_of(s, values, "from", -1e9, 1e9, 0) +
                   stp_study_number_of(s, values, "by", -1e9, 1e9, 0) * (double)index;
        snprintf(d.text, sizeof d.text, "%.10g", d.number);
        return d;
    }
    bool named = values->kind == STP_MAPPING;
    const stp_node *value = values->items[named ? 2 * index : index];
    const char *text = stp_study_text(s, value);
    snprintf(d.text, sizeof d.text, "%s", text);
    d.number = named ? stp_study_number(s, values->items[2 * index + 1], -1e9, 1e9)
                     : strtod(text, NULL);
    if (strlen(text) >= sizeof d.text || strchr(text, '/'))
        STP_STUDY_FAIL(s, value, "a value that varies has fewer than %d bytes, and no /",
                       STP_ARM_NAME);
    return d;
}

/* Settings of the scenario, or what a seat of power alone is shown. */
static void give_dose(stp_study_reader *s, stp_arm *arm, const stp_node *key,
                      const dose *d)
{
    bool shown = strncmp(key->text, "shown.", 6) == 0;
    double least = strcmp(key->text, "shown.days") == 0;
    if (shown && (arm->kind != STP_ARM_SEAT || !(d->number >= least) || d->number > 1e6))
        STP_STUDY_FAIL(
            s, key, "'%s' is for a seat of power alone (key 'seat'), from %g to 1000000",
            key->text, least);
    else if (strcmp(key->text, "shown.active") == 0)
        arm->seat.active = d->number;
    else if (strcmp(key->text, "shown.cut") == 0)
        arm->seat.cut = d->number;
    else if (strcmp(key->text, "shown.days") == 0)
        arm->seat.days = (uint64_t)d->number;
    else
        add_setting(s, arm, key, key->text, d->text);
}

static void add_arm(stp_study_reader *s, const stp_node *node, const stp_arm *arm)
{
    if (s->r->arm_count == MAX_ARMS)
        STP_STUDY_FAIL(s, node, "more than %d arms", MAX_ARMS);
    else if (stp_arm_add(s->r, arm) != STEPPE_OK)
        s->status = stp_no_memory(s->r->context);
}

/* One arm for each combination of the values from key `level` of `vary` on. */
static void add_arms(stp_study_reader *s, const stp_node *node, size_t level,
                     const stp_arm *without)
{
    const stp_node *vary = stp_node_get(node, "vary");
    if (!vary || level == vary->count) {
        add_arm(s, node, without);
        return;
    }
    const stp_node *key = vary->items[2 * level], *values = vary->items[2 * level + 1];
    size_t length = strlen(without->name), count = dose_count(s, values);
    if (count == 0 || count > STP_MAX_POINTS)
        STP_STUDY_FAIL(s, values, "expected 1 to %d values of %s", STP_MAX_POINTS,
                       key->text);
    for (size_t i = 0; i < count && s->status == STEPPE_OK; i++) {
        stp_arm arm = *without;
        dose d = dose_at(s, values, i);
        if (length + strlen(d.text) + 2 > sizeof arm.name) {
            STP_STUDY_FAIL(s, values,
                           "the name of a run and its values take more than %d bytes",
                           STP_ARM_NAME - 1);
            return;
        }
        snprintf(arm.name + length, sizeof arm.name - length, "/%s", d.text);
        arm.dose = d.number;
        if (!arm.dose_name && level + 1 == vary->count)
            arm.dose_name = key->text;
        give_dose(s, &arm, key, &d);
        add_arms(s, node, level + 1, &arm);
    }
}

/* ---- all of them ---- */

static void name_arm(stp_study_reader *s, const stp_node *node, stp_arm *arm)
{
    const stp_node *named = stp_study_need(s, node, "name");
    const char *name = named ? stp_study_text(s, named) : "";
    size_t count;
    if (!named)
        return;
    if (*name == '\0' || strpbrk(name, "/*{} ") || strlen(name) >= STP_ARM_NAME / 2)
        STP_STUDY_FAIL(s, named,
                       "the name of a run has 1 to %d letters, none of them / * { } or a "
                       "space",
                       STP_ARM_NAME / 2 - 1);
    else if (stp_arms_find(s->r, s->study, name, &count))
        STP_STUDY_FAIL(s, named, "there is a run '%s' already", name);
    else
        snprintf(arm->name, sizeof arm->name, "%s", name);
}

static void read_run(stp_study_reader *s, const stp_node *node)
{
    stp_arm arm = {.study = s->study, .runs = 1};
    if (!stp_study_keys(s, node, "a run", RUN_KEYS))
        return;
    const stp_node *on = stp_node_get(node, "stage"), *vary = stp_node_get(node, "vary");
    const stp_node *stage = on ? stp_node_get(stp_node_get(s->yaml.tree->root, "stages"),
                                              stp_study_text(s, on))
                               : NULL;
    if (on && !stage)
        STP_STUDY_FAIL(s, on, "there is no stage '%.60s'", stp_study_text(s, on));
    name_arm(s, node, &arm);
    read_stage(s, stage ? stage : node, &arm);
    if (stage)
        read_stage(s, node, &arm);
    arm.dose_name = stp_study_text_of(s, node, "dose");
    if (!arm.file)
        stp_study_need(s, node, "file");
    if (arm.kind == STP_ARM_LATTICE && arm.steps == 0)
        stp_study_need(s, node, "steps");
    if (arm.series && arm.kind != STP_ARM_LATTICE)
        STP_STUDY_FAIL(s, node, "only a run on a lattice has a series");
    if (vary && (vary->kind != STP_MAPPING || vary->count > MAX_VARIED))
        STP_STUDY_FAIL(s, vary, "expected a mapping of 1 to %d keys with their values",
                       MAX_VARIED);
    for (size_t i = 0; vary && vary->kind == STP_MAPPING && i < vary->count; i++)
        if (vary->items[2 * i + 1]->kind == STP_SCALAR)
            STP_STUDY_FAIL(s, vary->items[2 * i + 1], "expected a list of values");
    if (s->status == STEPPE_OK)
        add_arms(s, node, 0, &arm);
}

int stp_study_plan(steppe_replication *r, const stp_study *study, stp_tree *tree)
{
    static const char *const KEYS[] = {"study",         "about",   "licence",
                                       "stages",        "runs",    "claims",
                                       "distributions", "figures", NULL};
    stp_findings found = {.bad = false};
    stp_study_reader s = {.r = r,
                          .study = study,
                          .yaml = {r->context, tree, NULL, &found}};
    const stp_node *root = tree->root, *stages = stp_node_get(root, "stages");
    stp_problems_begin(r->context);
    if (stp_study_keys(&s, root, "the file of a study", KEYS)) {
        const stp_node *name = stp_study_need(&s, root, "study");
        if (name && strcmp(stp_study_text(&s, name), study->name) != 0)
            STP_STUDY_FAIL(&s, name, "expected 'study: %s', as the file is called",
                           study->name);
        const stp_node *about = stp_study_need(&s, root, "about");
        if (about)
            stp_study_text(&s, about);
        stp_study_need(&s, root, "licence");
        stp_study_need(&s, root, "claims");
    }
    for (size_t i = 0; stages && stages->kind == STP_MAPPING && i < stages->count; i++)
        stp_study_keys(&s, stages->items[2 * i + 1], "a stage", STAGE_KEYS);
    stp_study_each(&s, "runs", MAX_ARMS, read_run);
    return s.status == STEPPE_BAD_SCENARIO ? stp_problems_report(r->context, s.status)
                                           : s.status;
}

const char *stp_study_about(const steppe_replication *r, const stp_study *study)
{
    return stp_node_get(r->trees[study - STP_STUDIES].root, "about")->text;
}
