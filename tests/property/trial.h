/* Small scenarios made at random, run, and what is kept of the runs. If something does not hold, the
 * scenario is printed with its number; with STEPPE_SCENARIO=NUMBER in the environment that one
 * alone is tried, with STEPPE_LONG=1 ten times as many, with STEPPE_SHORT=1 a third of them, with
 * STEPPE_TEST=NAME one test alone. */
#ifndef TRIAL_H
#define TRIAL_H

#include "random_scenario.h"
#include "steppe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

typedef struct trial {
    random_scenario scenario;
    char text[MAX_RANDOM_TEXT];
    size_t length;
    bool home; /* run with presence `home` */
} trial;

/* The scenario that is being tried. */
extern trial now;

typedef struct trace {
    uint64_t steps;
    size_t districts;
    uint64_t *digests;     /* one per step, from 0 */
    uint64_t *local;       /* of each district, [step * districts + district] */
    steppe_counts *counts; /* likewise */
    uint64_t activations;  /* in all */
    double tension;        /* at the end, over the districts */
    uint64_t active, arrests, releases; /* sums over steps and districts */
    bool tiled;                         /* some district ran by tiles */
} trace;

#define HOLDS(condition, ...)      \
    do {                           \
        if (!(condition)) {        \
            print_scenario();      \
            fail_msg(__VA_ARGS__); \
        }                          \
    } while (0)

void print_scenario(void);

/* Write the text of `now` again, after its facts were changed. */
void write_now(void);

/* How many scenarios a test tries that tries `count` by default. */
uint64_t trial_count(uint64_t count);

/* Draw scenario i of a test into `now`; false after the last. Each test has its own scenarios. */
bool next_scenario(uint64_t test, uint64_t i, uint64_t count);

/* Read `now` and run it, `stride` steps at a time (0: all at once). */
trace run_now(const steppe_run_options *options, uint64_t stride);

/* The same with one thread. */
trace run_simply(void);
void trace_free(trace *t);

/* Nothing differs up to and including a step; what: how the two runs came about. */
void same_until(const trace *a, const trace *b, uint64_t until, const char *what);

/* Run the tests of a program; returns its exit status. */
int run_trials(const char *name, const struct CMUnitTest *tests, size_t count);

#endif
