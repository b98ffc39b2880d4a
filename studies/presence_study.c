#include "presence_study.h"

#include "record/ensemble.h"
#include "record/recorder.h"
#include "record/results.h"
#include "study/stats/two_sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COUNTRY "scenarios/kazakhstan-2022/scenario.yaml"
#define TOWNS "studies/presence-towns.yaml"

const double PRESENCE_MARGIN = 0.1;

const struct presence_case PRESENCE_ALL[PRESENCE_CASES] = {
    {"kazakhstan-1", "Kazakhstan at 1:1", COUNTRY, NULL, 1, 456, true},
    {"kazakhstan-20", "Kazakhstan at 1:20", COUNTRY, NULL, 20, 456, true},
    {"towns-sequential", "Two towns, sequential", TOWNS, "schedule=sequential", 0, 72,
     true},
    {"towns-tiles", "Two towns, tiles", TOWNS, "schedule=tiles", 0, 72, true},
    {"kazakhstan-200", "Kazakhstan at 1:200, a quick trial", COUNTRY, NULL, 200, 456,
     false},
};

static const char *const ARMS[2] = {"street", "home"};

/* Seeds of one arm before those of the other, so that an interruption leaves pairs. */
enum { BLOCK = 10 };

int presence_find(const char *name, size_t length)
{
    for (int i = 0; i < PRESENCE_CASES; i++)
        if (strlen(PRESENCE_ALL[i].name) == length &&
            strncmp(PRESENCE_ALL[i].name, name, length) == 0)
            return i;
    return -1;
}

/* ---- runs ---- */

typedef struct arm {
    steppe_context *context;
    steppe_scenario *scenario;
    char *path, setting[32];
    const char *settings[1];
    steppe_ensemble_options options;
} arm;

static void open_arm(size_t number, int k, const presence_options *o, arm *a)
{
    const struct presence_case *c = &PRESENCE_ALL[number];
    *a = (arm){.options = {.seed = 1,
                           .scale = c->scale,
                           .steps = o->steps ? o->steps : c->steps,
                           .setting_count = 1,
                           .at_least = true,
                           .threads = o->threads,
                           .progress = o->progress,
                           .user = o->user}};
    if (asprintf(&a->path, "%s/%s-%s.sqlite", o->folder, c->name, ARMS[k]) < 0 ||
        steppe_context_create(&a->context) != STEPPE_OK)
        study_stop("out of memory");
    snprintf(a->setting, sizeof a->setting, "presence=%s", ARMS[k]);
    a->settings[0] = a->setting;
    a->options.settings = a->settings;
    a->options.path = a->path;
    if (steppe_scenario_open(a->context, c->scenario, &c->schedule, c->schedule != NULL,
                             &a->scenario) != STEPPE_OK)
        study_stop(steppe_context_message(a->context));
}

static void close_arm(arm *a)
{
    steppe_scenario_free(a->scenario);
    steppe_context_free(a->context);
    free(a->path);
}

static int run_arm(size_t number, int k, size_t seeds, const presence_options *o)
{
    arm a;
    steppe_ensemble_summary summary;
    open_arm(number, k, o, &a);
    a.options.count = seeds;
    int status = steppe_ensemble(a.context, a.scenario, &a.options, &summary);
    if (status != STEPPE_OK && status != STEPPE_STOPPED)
        study_stop(steppe_context_message(a.context));
    if (summary.failed)
        study_stop(summary.failure);
    if (status == STEPPE_OK && summary.made && !o->quiet)
        printf("%s, %s: %zu of %zu seeds\n", PRESENCE_ALL[number].head, ARMS[k], seeds,
               o->seeds);
    fflush(stdout);
    close_arm(&a);
    return status == STEPPE_STOPPED;
}

int presence_run(size_t number, const presence_options *o)
{
    steppe_context *context;
    if (steppe_context_create(&context) != STEPPE_OK)
        study_stop("out of memory");
    if (stp_make_folder(context, o->folder) != STEPPE_OK)
        study_stop(steppe_context_message(context));
    steppe_context_free(context);
    for (size_t seeds = 0; seeds < o->seeds;) {
        seeds = seeds + BLOCK < o->seeds ? seeds + BLOCK : o->seeds;
        for (int k = 0; k < 2; k++)
            if (run_arm(number, k, seeds, o))
                return 1;
    }
    return 0;
}

/* ---- reading ---- */

static void free_values(presence_result *r)
{
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < STP_OUTCOME_COUNT; i++) {
            free(r->values[k][i]);
            r->values[k][i] = NULL;
        }
}

/* Read the values of an arm by seed. Returns their number, 0 with r->why on failure. Every run has
 * citizen-hours. */
static size_t read_arm(size_t number, int k, const presence_options *o,
                       presence_result *r)
{
    arm a;
    steppe_ensemble_summary summary;
    sqlite3 *db = NULL;
    size_t count = 0;
    open_arm(number, k, o, &a);
    a.options.count = 1;
    a.options.cached_only = true;
    int status = steppe_ensemble(a.context, a.scenario, &a.options, &summary);
    if (status == STEPPE_OK) {
        status = stp_results_open(a.context, a.path, &db);
        if (status == STEPPE_OK)
            status = stp_ensemble_size(a.context, a.path, db, &count);
        for (int i = 0; i < STP_OUTCOME_COUNT && status == STEPPE_OK; i++) {
            r->values[k][i] = study_values(count);
            status = stp_ensemble_outcome(a.context, a.path, db, STP_OUTCOMES[i].name,
                                          r->values[k][i], count);
        }
        sqlite3_close(db);
    }
    if (status != STEPPE_OK)
        count = 0;
    for (size_t s = 0; s < count; s++)
        r->there[k] += !isnan(r->values[k][STP_OUTCOME_CITIZEN_HOURS][s]);
    if (status != STEPPE_OK && status != STEPPE_STOPPED)
        snprintf(r->why, sizeof r->why, "%s", steppe_context_message(a.context));
    close_arm(&a);
    return count;
}

void presence_read(size_t number, const presence_options *o, presence_result *r)
{
    *r = (presence_result){.asked = r->asked, .seeds = o->seeds};
    size_t counts[2], most;
    for (int k = 0; k < 2; k++)
        counts[k] = read_arm(number, k, o, r);
    r->steps = o->steps ? o->steps : PRESENCE_ALL[number].steps;
    most = counts[0] < counts[1] ? counts[0] : counts[1];
    for (size_t s = 0; s < most; s++) {
        if (isnan(r->values[0][STP_OUTCOME_CITIZEN_HOURS][s]) ||
            isnan(r->values[1][STP_OUTCOME_CITIZEN_HOURS][s]))
            continue;
        for (int i = 0; i < STP_OUTCOME_COUNT; i++)
            for (int k = 0; k < 2; k++)
                r->values[k][i][r->pairs] = r->values[k][i][s];
        r->pairs++;
    }
    if (r->pairs == 0)
        free_values(r);
}

void presence_take(presence_result *r, size_t outcome, const double *street,
                   const double *home, size_t pairs)
{
    const double *const from[2] = {street, home};
    for (int k = 0; k < 2; k++) {
        free(r->values[k][outcome]);
        r->values[k][outcome] = study_values(pairs);
        memcpy(r->values[k][outcome], from[k], pairs * sizeof(double));
    }
    r->pairs = pairs;
}

/* ---- tests ---- */

/* Two-sided p of Student's paired test (1908). */
static double paired_p(const stp_paired *d)
{
    if (d->n < 2)
        return 1;
    if (!(d->deviation > 0))
        return d->mean.estimate == 0 ? 1 : 0;
    double t = d->mean.estimate / d->deviation * sqrt((double)d->n);
    return 2 * stp_student_cumulative(-fabs(t), (double)d->n - 1);
}

/* PRESENCE_UNDECIDED: there is something to test. */
static presence_verdict plain_verdict(const double *a, const double *b, size_t n)
{
    bool alike = true, same = true;
    for (size_t i = 0; i < n; i++) {
        alike = alike && a[i] == b[i];
        same = same && a[i] == a[0];
    }
    if (!alike)
        return PRESENCE_UNDECIDED;
    return same ? PRESENCE_SAME : PRESENCE_ALIKE;
}

/* All but the corrected p and the verdict. */
static void compare_outcome(presence_result *r, size_t i)
{
    double *a = r->values[0][i], *b = r->values[1][i];
    size_t n = r->pairs;
    presence_outcome *o = &r->outcomes[i];
    *o = (presence_outcome){.verdict = PRESENCE_ABSENT};
    if (n == 0 || !a || isnan(a[0]) || isnan(b[0]))
        return;
    o->verdict = plain_verdict(a, b, n);
    double *differences = study_values(n);
    for (size_t s = 0; s < n; s++)
        differences[s] = b[s] - a[s];
    o->pairs = stp_paired_summary(differences, n, 0.95);
    free(differences);
    const stp_moments street = stp_moments_of(a, n), home = stp_moments_of(b, n);
    o->ratio = stp_ratio_interval(&home, &street, 0.95);
    o->narrow = stp_ratio_interval(&home, &street, 0.90);
    o->samples = study_compare(a, b, n);
    o->p[0] = o->samples.ks.p;
    o->p[1] = o->samples.mw.p;
    o->p[2] = paired_p(&o->pairs);
}

static void decide(presence_outcome *o, size_t pairs)
{
    double p = fmin(o->corrected[0], fmin(o->corrected[1], o->corrected[2]));
    if (pairs < PRESENCE_FEWEST)
        o->verdict = PRESENCE_FEW;
    else if (p < 0.05)
        o->verdict = PRESENCE_DIFFERS;
    else if (o->narrow.low >= 1 - PRESENCE_MARGIN &&
             o->narrow.high <= 1 + PRESENCE_MARGIN)
        o->verdict = PRESENCE_WITHIN;
    else
        o->verdict = PRESENCE_UNDECIDED;
}

void presence_test(presence_study *study)
{
    double p[PRESENCE_CASES * STP_OUTCOME_COUNT * PRESENCE_TESTS];
    presence_outcome *of[PRESENCE_CASES * STP_OUTCOME_COUNT];
    size_t count = 0, pairs[PRESENCE_CASES * STP_OUTCOME_COUNT];
    for (int c = 0; c < PRESENCE_CASES; c++)
        for (int i = 0; i < STP_OUTCOME_COUNT && study->results[c].asked; i++) {
            presence_result *r = &study->results[c];
            compare_outcome(r, (size_t)i);
            if (r->outcomes[i].verdict != PRESENCE_UNDECIDED)
                continue;
            memcpy(&p[count * PRESENCE_TESTS], r->outcomes[i].p, sizeof r->outcomes[i].p);
            pairs[count] = r->pairs;
            of[count++] = &r->outcomes[i];
        }
    study->tests = count * PRESENCE_TESTS;
    study->smallest = study_holm(p, study->tests, &study->below);
    for (size_t j = 0; j < count; j++) {
        memcpy(of[j]->corrected, &p[j * PRESENCE_TESTS], sizeof of[j]->corrected);
        decide(of[j], pairs[j]);
    }
}

void presence_clear(presence_study *study)
{
    for (int c = 0; c < PRESENCE_CASES; c++)
        free_values(&study->results[c]);
}
