/* The claims of a study's file: each names a number, a criterion, and what is said of
 * it. */
#include "study/replication/computations.h"
#include "study/replication/study_reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_VARIANTS = 8, MAX_DECIMALS = 12 };

static int decimals_of(stp_study_reader *s, const stp_node *claim)
{
    return (int)stp_study_number_of(s, claim, "decimals", 0, MAX_DECIMALS, 0);
}

/* ---- the number ---- */

static void find_mean(stp_study_reader *s, const stp_node *claim, stp_number *n)
{
    stp_points p;
    stp_study_points(s, claim, "mean", &p);
    n->interval = p.count == 1 ? p.interval[0] : stp_mean_interval(p.mean, p.count);
}

/* The two arms that a claim names, and a measure of each. */
static bool find_pair(stp_study_reader *s, const stp_node *claim, const char *key,
                      const stp_arm *pair[2], size_t measures[2])
{
    const stp_arm *arms[STP_MAX_POINTS];
    const stp_node *names = stp_node_get(claim, key),
                   *measure = stp_node_get(claim, "measure"), *these;
    const stp_node *const *items = &measure;
    size_t count = 1;
    if (!measure) {
        these = stp_study_need(s, claim, "measures");
        if (!these)
            return false;
        items = stp_study_items(s, &these, 2, &count);
    }
    if (stp_study_arms_of(s, names, arms) != 2) {
        STP_STUDY_FAIL(s, names, "expected two arms");
        return false;
    }
    for (size_t i = 0; i < 2 && count > 0; i++) {
        const stp_node *item = items[i < count ? i : 0];
        pair[i] = arms[i];
        measures[i] = stp_study_measure(s, arms[i], item, stp_study_text(s, item));
    }
    return count > 0;
}

static void find_difference(stp_study_reader *s, const stp_node *claim, stp_number *n)
{
    const stp_arm *pair[2];
    size_t measures[2];
    if (!find_pair(s, claim, "difference", pair, measures))
        return;
    n->interval = stp_arm_difference(pair[0], measures[0], pair[1], measures[1]);
    if (pair[0]->certain && pair[1]->certain)
        n->interval.low = n->interval.high = n->interval.estimate;
    int decimals = decimals_of(s, claim);
    snprintf(n->text, sizeof n->text, ": %.*f, against %.*f", decimals,
             stp_arm_mean(pair[0], measures[0]).estimate, decimals,
             stp_arm_mean(pair[1], measures[1]).estimate);
}

/* A measure with its range: "none" (a run that has no such value), a number, or two. */
static bool is_within(stp_study_reader *s, const stp_node *range, double value)
{
    double ends[2];
    if (range->kind == STP_SCALAR && strcmp(range->text, "none") == 0)
        return isnan(value);
    size_t count = stp_study_numbers(s, range, ends, 1, 2);
    return count > 0 && value >= ends[0] && value <= ends[count - 1];
}

static void find_share(stp_study_reader *s, const stp_node *claim, stp_number *n)
{
    const stp_arm *arms[STP_MAX_POINTS];
    const stp_node *where = stp_study_need(s, claim, "where");
    size_t count = stp_study_arms_of(s, stp_node_get(claim, "share"), arms);
    if (where && where->kind != STP_MAPPING)
        STP_STUDY_FAIL(s, where, "expected a mapping of measures to their ranges");
    n->counted = true;
    for (size_t k = 0; k < count && s->status == STEPPE_OK; k++)
        for (size_t i = 0; i < arms[k]->runs; i++) {
            bool hit = true;
            for (size_t m = 0; m < where->count; m++) {
                const stp_node *name = where->items[2 * m];
                size_t measure = stp_study_measure(s, arms[k], name, name->text);
                hit &= is_within(s, where->items[2 * m + 1],
                                 arms[k]->values[i * arms[k]->width + measure]);
            }
            n->hits += hit;
            n->runs++;
        }
    n->interval = stp_share_interval(n->hits, n->runs);
}

static void find_same(stp_study_reader *s, const stp_node *claim, stp_number *n)
{
    const stp_arm *pair[2];
    size_t measures[2];
    if (!find_pair(s, claim, "same", pair, measures))
        return;
    if (pair[0]->kind != pair[1]->kind || pair[0]->width != pair[1]->width) {
        STP_STUDY_FAIL(s, claim, "runs of different kinds cannot be the same");
        return;
    }
    const stp_node *names = stp_node_get(claim, "measures");
    n->counted = true;
    n->runs = pair[0]->runs < pair[1]->runs ? pair[0]->runs : pair[1]->runs;
    for (size_t i = 0; i < n->runs; i++) {
        bool same = true;
        for (size_t m = 0; m < (names ? 2 : 1); m++)
            same &= pair[0]->values[i * pair[0]->width + measures[m]] ==
                    pair[1]->values[i * pair[1]->width + measures[m]];
        n->hits += same;
    }
    n->interval = stp_share_interval(n->hits, n->runs);
}

/* The means at each dose, in words. */
static void say_doses(char *text, size_t size, const stp_points *p, const char *name,
                      int decimals)
{
    size_t used = 0;
    for (size_t k = 0; k < 2 * p->count && used < size; k++) {
        bool doses = k >= p->count;
        const char *between = k == 0 ? "" : k == p->count ? " " : ", ";
        if (k == p->count)
            used += (size_t)snprintf(text + used, size - used, " at %s", name);
        if (used < size && doses)
            used += (size_t)snprintf(text + used, size - used, "%s%g", between,
                                     p->dose[k - p->count]);
        else if (used < size)
            used += (size_t)snprintf(text + used, size - used, "%s%.*f", between,
                                     decimals, p->mean[k]);
    }
}

/* Mean over the runs of what a straight line through the doses rises by, from the
 * first dose to the last, in one run; `less`: beyond what it does in arms of the same
 * doses. */
static void find_rise(stp_study_reader *s, const stp_node *claim, stp_number *n)
{
    const stp_arm *arms[STP_MAX_POINTS], *less[STP_MAX_POINTS];
    const stp_node *base = stp_node_get(claim, "less"),
                   *name = stp_study_need(s, claim, "measure");
    stp_points p;
    stp_study_points(s, claim, "rise", &p);
    size_t count = stp_study_arms_of(s, stp_node_get(claim, "rise"), arms), measure = 0;
    if ((base && stp_study_arms_of(s, base, less) != count) || p.count != count) {
        STP_STUDY_FAIL(s, claim, "expected as many arms and doses as %zu", count);
        return;
    }
    size_t runs = count > 0 ? arms[0]->runs : 0;
    for (size_t k = 0; k < count; k++) {
        runs = arms[k]->runs < runs ? arms[k]->runs : runs;
        if (name)
            measure = stp_study_measure(s, arms[k], name, stp_study_text(s, name));
        if (arms[k]->kind != arms[0]->kind || arms[k]->width != arms[0]->width ||
            (base &&
             (less[k]->kind != arms[0]->kind || less[k]->width != arms[0]->width)))
            STP_STUDY_FAIL(s, claim, "runs of several kinds cannot be compared");
    }
    if (s->status != STEPPE_OK)
        return;
    double *rises = malloc((runs + 1) * sizeof *rises), y[STP_MAX_POINTS];
    for (size_t i = 0; rises && i < runs; i++) {
        for (size_t k = 0; k < count; k++) {
            y[k] = arms[k]->values[i * arms[k]->width + measure];
            if (base && i < less[k]->runs)
                y[k] -= less[k]->values[i * less[k]->width + measure];
        }
        rises[i] = stp_slope_interval(p.dose, y, count).estimate *
                   (p.dose[count - 1] - p.dose[0]);
    }
    if (!rises)
        s->status = stp_no_memory(s->r->context);
    n->interval = stp_mean_interval(rises, rises ? runs : 0);
    free(rises);
    snprintf(n->text, sizeof n->text, "; ");
    say_doses(n->text + 2, sizeof n->text - 2, &p, arms[0]->dose_name,
              decimals_of(s, claim));
}

static void find_slope(stp_study_reader *s, const stp_node *claim, stp_number *n)
{
    static const char *const OF[] = {"mean", "deviation"};
    const char *of = stp_study_text_of(s, claim, "of");
    stp_points p;
    stp_study_points(s, claim, "slope", &p);
    bool deviation = of && stp_study_choice(s, stp_node_get(claim, "of"), "statistic", of,
                                            OF, 2) == 1;
    n->interval = stp_slope_interval(p.dose, deviation ? p.deviation : p.mean, p.count);
}

static void find_values(stp_study_reader *s, const stp_node *claim, stp_number *n)
{
    stp_points p;
    stp_study_points(s, claim, "values", &p);
    if (p.count > STP_MAX_NUMBERS) {
        STP_STUDY_FAIL(s, claim, "more than %d values", STP_MAX_NUMBERS);
        p.count = STP_MAX_NUMBERS;
    }
    n->count = p.count;
    memcpy(n->values, p.interval, p.count * sizeof *n->values);
    n->runs = p.count ? p.interval[0].n : 0;
}

static void find_computed(stp_study_reader *s, const stp_node *claim, stp_number *n)
{
    const stp_arm *arms[STP_MAX_POINTS];
    const stp_node *name = stp_node_get(claim, "compute"),
                   *runs = stp_node_get(claim, "runs");
    const char *wanted = stp_study_text(s, name);
    size_t count = runs ? stp_study_arms_of(s, runs, arms) : 0, i = 0;
    while (i < STP_COMPUTATION_COUNT &&
           (strcmp(STP_COMPUTATIONS[i].study, s->study->name) != 0 ||
            strcmp(STP_COMPUTATIONS[i].name, wanted) != 0))
        i++;
    if (i == STP_COMPUTATION_COUNT) {
        STP_STUDY_FAIL(s, name, "the study '%s' has no computation '%.60s'",
                       s->study->name, wanted);
        return;
    }
    const stp_computation *c = &STP_COMPUTATIONS[i];
    s->computed |= 1U << i;
    bool right = count >= c->min && count <= c->max;
    for (size_t k = 0; k < count; k++)
        right &= arms[k]->kind == c->kind &&
                 (c->outcomes == 0 || arms[k]->width == c->outcomes);
    if (!right && s->status == STEPPE_OK)
        STP_STUDY_FAIL(s, name,
                       "'%s' is computed of %zu to %zu arms of its own kind (key 'runs')",
                       wanted, c->min, c->max);
    else if (right && !c->compute(arms, count, n))
        s->status = stp_no_memory(s->r->context);
}

static const struct {
    const char *key;
    void (*find)(stp_study_reader *s, const stp_node *claim, stp_number *n);
} NUMBERS[] = {{"mean", find_mean},     {"difference", find_difference},
               {"share", find_share},   {"same", find_same},
               {"rise", find_rise},     {"slope", find_slope},
               {"values", find_values}, {"compute", find_computed}};
enum { NUMBER_COUNT = sizeof NUMBERS / sizeof *NUMBERS };

/* ---- the criterion ---- */

typedef struct criterion {
    const stp_node *claim, *bound; /* bound: the value of the criterion's key */
    const stp_number *number;
    int decimals;
    const char *unit;
} criterion;

static double bound_of(stp_study_reader *s, const criterion *c)
{
    bool computed = c->bound->kind == STP_SCALAR &&
                    strcmp(c->bound->text, "computed") == 0;
    return computed ? c->number->bound
                    : stp_study_number(s, c->bound, -INFINITY, INFINITY);
}

static void apply_above(stp_study_reader *s, const criterion *c, stp_row *row)
{
    stp_verdict_above(row, c->number->interval, bound_of(s, c), c->decimals, c->unit);
}

static void apply_below(stp_study_reader *s, const criterion *c, stp_row *row)
{
    stp_verdict_below(row, c->number->interval, bound_of(s, c), c->decimals, c->unit);
}

static void apply_within(stp_study_reader *s, const criterion *c, stp_row *row)
{
    double ends[2];
    if (stp_study_numbers(s, c->bound, ends, 2, 2) == 2)
        stp_verdict_within(row, c->number->interval, ends[0], ends[1], c->decimals,
                           c->unit);
}

static void apply_typical(stp_study_reader *s, const criterion *c, stp_row *row)
{
    const stp_arm *arms[STP_MAX_POINTS];
    const stp_node *names = stp_study_need(s, c->claim, "mean"),
                   *measure = stp_study_need(s, c->claim, "measure");
    if (!names || !measure)
        return;
    if (stp_study_arms_of(s, names, arms) != 1)
        STP_STUDY_FAIL(s, names, "'typical' is a criterion for one arm");
    else
        stp_verdict_typical(row, arms[0],
                            stp_study_measure(s, arms[0], measure,
                                              stp_study_text(s, measure)),
                            stp_study_number(s, c->bound, -INFINITY, INFINITY),
                            c->decimals, c->unit);
}

static bool is_counted(stp_study_reader *s, const criterion *c)
{
    if (!c->number->counted)
        STP_STUDY_FAIL(s, c->bound,
                       "this criterion is for a share of runs (key 'share' "
                       "or 'same')");
    return c->number->counted;
}

static void apply_always(stp_study_reader *s, const criterion *c, stp_row *row)
{
    if (is_counted(s, c))
        stp_verdict_always(row, c->number->interval, stp_study_text(s, c->bound));
}

static void apply_every_run(stp_study_reader *s, const criterion *c, stp_row *row)
{
    if (is_counted(s, c))
        stp_verdict_each(row, c->number->hits, c->number->runs);
}

/* As many published numbers as there are values? */
static bool are_as_many(stp_study_reader *s, const criterion *c, double *published)
{
    size_t count = stp_study_numbers(s, c->bound, published, 1, STP_MAX_NUMBERS);
    if (count != c->number->count)
        STP_STUDY_FAIL(s, c->bound, "%zu numbers for %zu values (key 'values')", count,
                       c->number->count);
    return count == c->number->count;
}

static void apply_digits(stp_study_reader *s, const criterion *c, stp_row *row)
{
    double published[STP_MAX_NUMBERS], ours[STP_MAX_NUMBERS];
    for (size_t i = 0; i < c->number->count; i++)
        ours[i] = c->number->values[i].estimate;
    if (!are_as_many(s, c, published))
        return;
    stp_verdict_figures(row, ours, published, c->number->count, c->decimals);
    row->runs = c->number->runs > 1 ? c->number->runs : 1;
}

static void apply_profile(stp_study_reader *s, const criterion *c, stp_row *row)
{
    double published[STP_MAX_NUMBERS];
    const stp_node *margin = stp_study_need(s, c->claim, "margin");
    if (margin && are_as_many(s, c, published))
        stp_verdict_profile(row, c->number->values, published, c->number->count,
                            stp_study_number(s, margin, 0, INFINITY), c->decimals);
}

static const struct {
    const char *key;
    void (*apply)(stp_study_reader *s, const criterion *c, stp_row *row);
} CRITERIA[] = {{"above", apply_above},   {"below", apply_below},
                {"within", apply_within}, {"typical", apply_typical},
                {"always", apply_always}, {"every_run", apply_every_run},
                {"digits", apply_digits}, {"profile", apply_profile}};
enum { CRITERION_COUNT = sizeof CRITERIA / sizeof *CRITERIA };

/* ---- what is said of it ---- */

/* "ARM MEASURE" with ".2" decimals and "x100" times as much: the mean; "known ARM
 * ...": the share of runs that have it; "doses ARM ...": the means at each dose. False
 * if there is no such number. */
static bool say_piece(stp_study_reader *s, const stp_node *node, char *piece, char *text,
                      size_t size)
{
    enum { MAX_PARTS = 5 };
    char *parts[MAX_PARTS], *rest = NULL;
    size_t count = 0, found;
    int decimals = 0;
    double factor = 1;
    for (char *p = strtok_r(piece, " ", &rest); p; p = strtok_r(NULL, " ", &rest)) {
        if (*p == '.')
            decimals = atoi(p + 1);
        else if (*p == 'x' && p[1] >= '0' && p[1] <= '9')
            factor = strtod(p + 1, NULL);
        else if (count < MAX_PARTS)
            parts[count++] = p;
    }
    const char *verb = count == 3 ? parts[0] : "";
    stp_arm *const *arms = count == 2 || strcmp(verb, "known") == 0 ||
                                   strcmp(verb, "doses") == 0
                               ? stp_study_arms(s, node, parts[count - 2], &found)
                               : NULL;
    if (!arms || decimals < 0 || decimals > MAX_DECIMALS) {
        STP_STUDY_FAIL(s, node,
                       "expected {ARM MEASURE}, {known ARM MEASURE} or "
                       "{doses ARM MEASURE}, with .DECIMALS and xFACTOR");
        return false;
    }
    size_t measure = stp_study_measure(s, arms[0], node, parts[count - 1]);
    stp_interval mean = stp_arm_mean(arms[0], measure);
    if (*verb == 'd') {
        stp_points p = {0};
        for (; p.count < found && p.count < STP_MAX_POINTS; p.count++) {
            measure = stp_study_measure(s, arms[p.count], node, parts[count - 1]);
            p.dose[p.count] = arms[p.count]->dose;
            p.mean[p.count] = stp_arm_mean(arms[p.count], measure).estimate;
        }
        say_doses(text, size, &p, arms[0]->dose_name, decimals);
        return true;
    }
    double value = *verb ? (double)mean.n / (double)arms[0]->runs : mean.estimate;
    snprintf(text, size, "%.*f", decimals, value * factor);
    return !isnan(value);
}

/* Append a text in which {...} stands for numbers; nothing if one of them is not
 * there. */
static void say(stp_study_reader *s, const stp_node *node, stp_row *row)
{
    char text[STP_WORDS] = "", piece[STP_WORDS], number[STP_WORDS];
    size_t used = 0;
    bool complete = true;
    for (const char *at = stp_study_text(s, node); *at && used < sizeof text;) {
        size_t length = strcspn(at, *at == '{' ? "}" : "{");
        snprintf(piece, sizeof piece, "%.*s", (int)length, at);
        at += length;
        const char *words = piece;
        if (piece[0] == '{') {
            at += *at == '}';
            complete &= say_piece(s, node, piece + 1, number, sizeof number);
            words = number;
        }
        used += (size_t)snprintf(text + used, sizeof text - used, "%s", words);
    }
    if (complete)
        stp_row_say(row, "%s", text);
}

/* ---- all of them ---- */

static const char *const CLAIM_KEYS[] = {
    "id",     "variant", "variants",   "tier",     "claim",  "published", "replicated",
    "source", "mean",    "difference", "share",    "same",   "rise",      "slope",
    "values", "compute", "measure",    "measures", "where",  "less",      "of",
    "doses",  "scale",   "runs",       "above",    "below",  "within",    "typical",
    "always", "digits",  "every_run",  "profile",  "margin", "decimals",  "unit",
    "say",    "at_best", "chance",     NULL};

/* Which one of so many keys a claim has; `count` if none or several. */
static size_t the_one(stp_study_reader *s, const stp_node *claim, const char *what,
                      const char *const *keys, size_t count)
{
    size_t one = count, there = 0;
    for (size_t i = 0; i < count; i++)
        if (stp_node_get(claim, keys[i])) {
            one = i;
            there++;
        }
    if (there == 1)
        return one;
    char words[200] = "";
    for (size_t i = 0, used = 0; i < count; i++)
        used += (size_t)snprintf(words + used, sizeof words - used, "%s%s", i ? ", " : "",
                                 keys[i]);
    STP_STUDY_FAIL(s, claim, "a claim has one %s, not %zu: %s", what, there, words);
    return count;
}

static void conclude(stp_study_reader *s, const stp_node *claim, stp_row *row)
{
    static const char *const BEST[] = {"trend"}, *const CHANCE[] = {"false"};
    const char *numbers[NUMBER_COUNT], *criteria[CRITERION_COUNT];
    stp_number n = {.bound = NAN};
    for (size_t i = 0; i < NUMBER_COUNT; i++)
        numbers[i] = NUMBERS[i].key;
    for (size_t i = 0; i < CRITERION_COUNT; i++)
        criteria[i] = CRITERIA[i].key;
    size_t which = the_one(s, claim, "number", numbers, NUMBER_COUNT),
           how = the_one(s, claim, "criterion", criteria, CRITERION_COUNT);
    if (which == NUMBER_COUNT || how == CRITERION_COUNT)
        return;
    NUMBERS[which].find(s, claim, &n);
    const char *unit = stp_study_text_of(s, claim, "unit"),
               *best = stp_study_text_of(s, claim, "at_best"),
               *chance = stp_study_text_of(s, claim, "chance");
    const stp_node *text = stp_node_get(claim, "say");
    const criterion c = {.claim = claim,
                         .bound = stp_node_get(claim, criteria[how]),
                         .number = &n,
                         .decimals = decimals_of(s, claim),
                         .unit = unit ? unit : ""};
    if (s->status != STEPPE_OK)
        return;
    CRITERIA[how].apply(s, &c, row);
    if (!text || NUMBERS[which].find == find_computed)
        stp_row_say(row, "%s", n.text);
    if (text)
        say(s, text, row);
    if (best && stp_study_choice(s, claim, "value of 'at_best'", best, BEST, 1) == 0 &&
        row->verdict == STEPPE_REPRODUCED)
        row->verdict = STEPPE_TREND_ONLY;
    if (chance && stp_study_choice(s, claim, "value of 'chance'", chance, CHANCE, 1) == 0)
        row->runs = 1;
}

/* One row for each variant; the tier is that of the first. */
void stp_study_claim(stp_study_reader *s, const stp_node *claim)
{
    static const char *const TIERS[] = {"must", "should", "gap"};
    if (!stp_study_keys(s, claim, "a claim", CLAIM_KEYS))
        return;
    const stp_node *id = stp_study_need(s, claim, "id"),
                   *words = stp_study_need(s, claim, "claim"),
                   *source = stp_study_need(s, claim, "source"),
                   *variants = stp_node_get(claim, "variants");
    const stp_node *const *items = NULL;
    size_t count = 1;
    if (!id || !words || !source)
        return;
    if (variants)
        items = stp_study_items(s, &variants, MAX_VARIANTS, &count);
    for (size_t k = 0; k < count && s->status == STEPPE_OK; k++) {
        stp_row *row = stp_row_add(s->r, s->study);
        if (!row) {
            s->status = stp_no_memory(s->r->context);
            return;
        }
        s->variant = items ? stp_study_text(s, items[k]) : NULL;
        row->id = stp_study_text(s, id);
        row->claim = stp_study_text(s, words);
        row->source = stp_study_text(s, source);
        row->variant = items ? s->variant : stp_study_text_of(s, claim, "variant");
        row->published = stp_study_text_of(s, claim, "published");
        row->replicated = stp_study_text_of(s, claim, "replicated");
        row->tier = k == 0 ? stp_study_text_of(s, claim, "tier") : NULL;
        if (row->tier)
            stp_study_choice(s, stp_node_get(claim, "tier"), "tier", row->tier, TIERS, 3);
        conclude(s, claim, row);
    }
    s->variant = NULL;
}

void stp_study_check_computations(stp_study_reader *s)
{
    for (size_t i = 0; i < STP_COMPUTATION_COUNT; i++)
        if (strcmp(STP_COMPUTATIONS[i].study, s->study->name) == 0 &&
            !(s->computed >> i & 1) && s->status == STEPPE_OK)
            STP_STUDY_FAIL(s, stp_node_get(s->yaml.tree->root, "claims"),
                           "no claim has 'compute: %s', which the program can compute",
                           STP_COMPUTATIONS[i].name);
}
