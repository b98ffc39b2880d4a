#include "trial.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* ---- which scenarios, and which of them is being tried ---- */

trial now;

void print_scenario(void)
{
    fprintf(stderr, "\n# STEPPE_SCENARIO=%" PRIu64 ", seed %" PRIu64 ":\n",
            now.scenario.number, now.scenario.seed);
    fwrite(now.text, 1, now.length, stderr);
}

/* The program itself may find that something is wrong, and abort. */
static void on_abort(int number)
{
    print_scenario();
    signal(number, SIG_DFL);
    raise(number);
}

/* The sanitizers' way to have a last word; absent without them. */
void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

void write_now(void)
{
    now.length = random_scenario_write(&now.scenario, now.text);
}

static void draw_now(uint64_t number)
{
    random_scenario_draw(&now.scenario, number);
    write_now();
}

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && strcmp(value, "1") == 0;
}

uint64_t trial_count(uint64_t count)
{
    return is_set("STEPPE_LONG")    ? count * 10
           : is_set("STEPPE_SHORT") ? count / 3
                                    : count;
}

bool next_scenario(uint64_t test, uint64_t i, uint64_t count)
{
    const char *chosen = getenv("STEPPE_SCENARIO");
    count = trial_count(count);
    if (chosen && i > 0)
        return false;
    if (chosen)
        draw_now(strtoull(chosen, NULL, 10));
    else if (i < count)
        draw_now(test * 1000000 + i);
    return chosen || i < count;
}

/* ---- running, and what is kept of a run ---- */

static void keep(const steppe_run *run, trace *t)
{
    uint64_t step = steppe_run_step(run), sum = 0;
    size_t row = (size_t)step * t->districts;
    const steppe_counts *counts = steppe_run_counts(run);
    t->digests[step] = steppe_run_digest(run);
    for (size_t i = 0; i < t->districts; i++) {
        t->local[row + i] = steppe_run_district_digest(run, i);
        t->counts[row + i] = counts[i];
        t->active += counts[i].active;
        t->arrests += counts[i].arrests;
        t->releases += counts[i].releases;
        sum += t->local[row + i];
    }
    HOLDS(sum == t->digests[step], "step %" PRIu64 ": the digest is not its districts'",
          step);
}

static int on_step(const steppe_run *run, void *user)
{
    trace *t = user;
    keep(run, t);
    t->steps = steppe_run_step(run);
    return 0;
}

static void trace_begin(trace *t, const steppe_run *run)
{
    size_t steps = (size_t)steppe_run_steps(run) + 1;
    *t = (trace){.districts = steppe_run_district_count(run)};
    t->digests = calloc(steps, sizeof *t->digests);
    t->local = calloc(steps * t->districts, sizeof *t->local);
    t->counts = calloc(steps * t->districts, sizeof *t->counts);
    assert_true(t->digests && t->local && t->counts);
    for (size_t i = 0; i < t->districts; i++) {
        steppe_district_info info;
        assert_int_equal(steppe_run_district(run, i, &info), STEPPE_OK);
        t->tiled |= strcmp(info.schedule, "tiles") == 0;
    }
    keep(run, t);
}

void trace_free(trace *t)
{
    free(t->digests);
    free(t->local);
    free(t->counts);
}

trace run_now(const steppe_run_options *options, uint64_t stride)
{
    trace t;
    steppe_context *context;
    steppe_scenario *scenario;
    steppe_run *run;
    assert_int_equal(steppe_context_create(&context), STEPPE_OK);
    const char *const settings[] = {"presence=home"};
    int status = steppe_scenario_parse(context, "random.yaml", now.text, now.length,
                                       settings, now.home, &scenario);
    HOLDS(status == STEPPE_OK, "%s", steppe_context_message(context));
    status = steppe_run_create(context, scenario, options, &run);
    HOLDS(status == STEPPE_OK, "%s", steppe_context_message(context));
    trace_begin(&t, run);
    assert_int_equal(steppe_run_observe(run, on_step, &t), STEPPE_OK);
    while (status == STEPPE_OK && steppe_run_step(run) < steppe_run_steps(run))
        status = steppe_run_advance(run, stride ? stride : UINT64_MAX);
    HOLDS(status == STEPPE_OK, "%s", steppe_context_message(context));
    HOLDS(t.steps == now.scenario.steps, "%" PRIu64 " steps of %" PRIu64, t.steps,
          now.scenario.steps);
    t.activations = steppe_run_activations(run);
    for (size_t i = 0; i < t.districts; i++) {
        double tension = NAN;
        HOLDS(steppe_run_tension(run, i, &tension) == STEPPE_OK, "tension of %zu", i);
        t.tension += tension;
    }
    steppe_run_free(run);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    return t;
}

trace run_simply(void)
{
    return run_now(&(steppe_run_options){.seed = now.scenario.seed, .threads = 1}, 0);
}

void same_until(const trace *a, const trace *b, uint64_t until, const char *what)
{
    for (uint64_t step = 0; step <= until && step <= a->steps; step++) {
        for (size_t i = 0; i < a->districts; i++) {
            size_t at = (size_t)step * a->districts + i;
            HOLDS(memcmp(&a->counts[at], &b->counts[at], sizeof *a->counts) == 0,
                  "%s: step %" PRIu64 ", district %zu: counts differ (active %" PRIu64
                  " and %" PRIu64 ")",
                  what, step, i, a->counts[at].active, b->counts[at].active);
            HOLDS(a->local[at] == b->local[at],
                  "%s: step %" PRIu64 ", district %zu: digests differ", what, step, i);
        }
        HOLDS(a->digests[step] == b->digests[step], "%s: step %" PRIu64, what, step);
    }
}

int run_trials(const char *name, const struct CMUnitTest *tests, size_t count)
{
    signal(SIGABRT, on_abort);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(print_scenario);
    cmocka_set_test_filter(getenv("STEPPE_TEST"));
    return _cmocka_run_group_tests(name, tests, count, NULL, NULL);
}
