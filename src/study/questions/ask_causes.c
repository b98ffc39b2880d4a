/* Which share each cause has in what all together make: Shapley's value (1953), the mean over all orders in which the
 * causes are taken away. Every set of causes is an arm of its own, on the same seeds. */
#include "scenario/causes.h"
#include "study/questions/ask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    const stp_asking *a;
    const char *sampling;
    size_t causes, sets, runs;
    size_t units;    /* runs, or draws, of which each has several */
    double *outcome; /* [set * runs]; set: bit k without cause k */
    double *value;   /* [cause * units], Shapley's */
} job;

/* The control arm without the causes of a set; that without all is the treatment arm. */
static stp_ask_arm_plan arm_without(const job *j, size_t set)
{
    const stp_question *q = j->a->question;
    stp_ask_arm_plan arm = stp_ask_arm_of(q, set ? "without causes" : "base", NULL, 0);
    for (size_t i = 0; i < q->change_count; i++)
        if (set >> stp_cause_of(q, q->change[i]) & 1)
            stp_ask_arm_add(&arm, &q->change[i], 1);
    return arm;
}

static int run_sets(job *j)
{
    int status = STEPPE_OK;
    for (size_t set = 0; set < j->sets && status == STEPPE_OK; set++) {
        stp_ask_arm_plan arm = arm_without(j, set);
        stp_ask_arm_runs runs;
        status = stp_ask_arm_run(j->a, &arm, j->sampling, j->runs, &runs);
        if (status == STEPPE_OK)
            memcpy(j->outcome + set * j->runs, runs.outcome,
                   j->runs * sizeof *j->outcome);
        stp_ask_arm_clear(&runs);
    }
    return status;
}

static double factorial(size_t n)
{
    return n < 2 ? 1 : (double)n * factorial(n - 1);
}

static bool is_complete(const job *j, size_t run)
{
    for (size_t set = 0; set < j->sets; set++)
        if (!isfinite(j->outcome[set * j->runs + run]))
            return false;
    return true;
}

/* What a cause adds in one run. */
static double value_of(const job *j, size_t cause, size_t run)
{
    double sum = 0, orders = factorial(j->causes);
    for (size_t set = 0; set < j->sets; set++) {
        if (set >> cause & 1)
            continue;
        size_t gone = (size_t)__builtin_popcountll(set);
        double weight = factorial(gone) * factorial(j->causes - 1 - gone) / orders;
        sum += weight * (j->outcome[set * j->runs + run] -
                         j->outcome[(set | (size_t)1 << cause) * j->runs + run]);
    }
    return sum;
}

/* Means of the runs of each unit; returns how many units have any. */
static size_t gather(job *j)
{
    size_t n = 0;
    for (size_t u = 0; u < j->units; u++) {
        size_t count = 0;
        double sums[STP_MAX_CAUSES] = {0};
        for (size_t run = u; run < j->runs; run += j->units) {
            if (!is_complete(j, run))
                continue;
            count++;
            for (size_t c = 0; c < j->causes; c++)
                sums[c] += value_of(j, c, run);
        }
        if (count == 0)
            continue;
        for (size_t c = 0; c < j->causes; c++)
            j->value[c * j->units + n] = sums[c] / (double)count;
        n++;
    }
    return n;
}

static void fill(const job *j, size_t n)
{
    steppe_answer *answer = j->a->answer;
    steppe_answer_facts *f = &answer->facts;
    double all = 0;
    stp_cause_names(j->a->question, answer->causes);
    f->cause_count = j->causes;
    for (size_t c = 0; c < j->causes; c++) {
        stp_interval m = stp_mean_interval(j->value + c * j->units, n);
        f->causes[c] = (steppe_answer_cause){answer->causes[c], m.estimate, m.low, m.high,
                                             NAN};
        all += m.estimate;
    }
    for (size_t c = 0; c < j->causes && all != 0; c++)
        f->causes[c].share = f->causes[c].effect / all;
}

int stp_ask_causes(const stp_asking *a)
{
    const steppe_answer_facts *f = &a->answer->facts;
    char names[STP_MAX_CAUSES][STP_CAUSE_NAME];
    size_t draws = stp_ask_verdict_draws(a), causes = stp_cause_names(a->question, names);
    size_t runs = draws ? draws * f->draw_pairs : f->pairs + f->failed;
    job j = {.a = a,
             .sampling = draws ? "posterior" : "none",
             .causes = causes,
             .sets = (size_t)1 << causes,
             .runs = runs,
             .units = draws ? draws : runs};
    if (causes == 0)
        return STEPPE_OK;
    j.outcome = calloc(j.sets * runs + 1, sizeof *j.outcome);
    j.value = calloc(causes * j.units + 1, sizeof *j.value);
    int status = j.outcome && j.value ? run_sets(&j) : stp_no_memory(a->context);
    if (status == STEPPE_OK)
        fill(&j, gather(&j));
    free(j.outcome);
    free(j.value);
    return status;
}
