/* What holds for all scenarios, tried on small ones made at random. If something does not
 * hold, the scenario is printed with its number; with STEPPE_SCENARIO=NUMBER in the
 * environment that one alone is tried, with STEPPE_LONG=1 ten times as many. */
#include "random_scenario.h"
#include "steppe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <inttypes.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- which scenarios, and which of them is being tried ---- */

static struct {
    random_scenario scenario;
    char text[MAX_RANDOM_TEXT];
    size_t length;
    bool home; /* run with presence `home` */
} now;

static void print_scenario(void)
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

static void write_now(void)
{
    now.length = random_scenario_write(&now.scenario, now.text);
}

static void draw_now(uint64_t number)
{
    random_scenario_draw(&now.scenario, number);
    write_now();
}

/* Draw scenario i of a test into `now`; false after the last. Tests have their own. */
static bool next_scenario(uint64_t test, uint64_t i, uint64_t count)
{
    const char *chosen = getenv("STEPPE_SCENARIO"), *longer = getenv("STEPPE_LONG");
    if (longer && strcmp(longer, "1") == 0)
        count *= 10;
    if (chosen && i > 0)
        return false;
    if (chosen)
        draw_now(strtoull(chosen, NULL, 10));
    else if (i < count)
        draw_now(test * 1000000 + i);
    return chosen || i < count;
}

#define HOLDS(condition, ...)      \
    do {                           \
        if (!(condition)) {        \
            print_scenario();      \
            fail_msg(__VA_ARGS__); \
        }                          \
    } while (0)

/* ---- running, and what is kept of a run ---- */

typedef struct trace {
    uint64_t steps;
    size_t districts;
    uint64_t *digests;     /* one a step, from 0 */
    uint64_t *local;       /* of each district, [step * districts + district] */
    steppe_counts *counts; /* likewise */
    uint64_t activations;  /* in all */
    double tension;        /* at the end, over the districts */
    uint64_t active, arrests, releases; /* sums over steps and districts */
    bool tiled;                         /* some district ran by tiles */
} trace;

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

static void trace_free(trace *t)
{
    free(t->digests);
    free(t->local);
    free(t->counts);
}

/* Read `now` and run it, `stride` steps at a time (0: all at once). */
static trace run_now(const steppe_run_options *options, uint64_t stride)
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

static trace run_simply(void)
{
    return run_now(&(steppe_run_options){.seed = now.scenario.seed, .threads = 1}, 0);
}

/* Nothing differs up to and including a step; what: how the two runs came about. */
static void same_until(const trace *a, const trace *b, uint64_t until, const char *what)
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

/* ---- engines, threads, schedules ---- */

/* How the fast engine is run; stride: so many steps at a time, 0: all at once. Stopping
 * between steps must not matter either. */
static const struct {
    int threads;
    steppe_simd simd;
    uint64_t stride;
} WAYS[] = {{1, STEPPE_SIMD_PLAIN, 0}, {1, STEPPE_SIMD_V3, 0},
            {1, STEPPE_SIMD_V4, 0},    {2, STEPPE_SIMD_BEST, 1},
            {3, STEPPE_SIMD_PLAIN, 7}, {8, STEPPE_SIMD_BEST, 0}};

static void agree(steppe_schedule schedule, bool *tiled, uint64_t *arrests)
{
    steppe_run_options options = {.seed = now.scenario.seed,
                                  .schedule = schedule,
                                  .engine = STEPPE_REFERENCE};
    trace truth = run_now(&options, 0);
    options.engine = STEPPE_FAST;
    for (size_t i = 0; i < sizeof WAYS / sizeof *WAYS; i++) {
        char what[80];
        if (!steppe_has_simd(WAYS[i].simd))
            continue;
        options.threads = WAYS[i].threads;
        options.simd = WAYS[i].simd;
        trace t = run_now(&options, WAYS[i].stride);
        snprintf(what, sizeof what, "%s%s, reference against %d threads, simd %d",
                 now.home ? "home, " : "",
                 schedule == STEPPE_TILES ? "tiles" : "sequential", WAYS[i].threads,
                 WAYS[i].simd);
        same_until(&truth, &t, truth.steps, what);
        HOLDS(t.activations == truth.activations, "%s: activations", what);
        HOLDS(t.tension == truth.tension, "%s: tension", what);
        trace_free(&t);
    }
    *tiled |= truth.tiled;
    *arrests += truth.arrests;
    trace_free(&truth);
}

static void agree_on_all(void)
{
    uint64_t i = 0, tiled = 0, eventful = 0;
    for (; next_scenario(1, i, 48); i++) {
        bool tiles = false;
        uint64_t arrests = 0;
        agree(STEPPE_SEQUENTIAL, &tiles, &arrests);
        agree(STEPPE_TILES, &tiles, &arrests);
        tiled += tiles;
        eventful += arrests > 0;
    }
    if (i > 1) { /* or this would show nothing */
        assert_true(tiled * 4 > i);
        assert_true(eventful * 4 > i);
    }
}

static void test_engines_and_threads_agree(void **state)
{
    (void)state;
    agree_on_all();
}

static void test_engines_and_threads_agree_at_home(void **state)
{
    (void)state;
    now.home = true;
    agree_on_all();
    now.home = false;
}

/* Lattices with sides of 1 .. 2 * vision cells, or one such side: small worlds in which sight is
 * cut along one axis or both. */
static void write_narrow(uint64_t number)
{
    static const char *const SHAPES[] = {"euclidean", "moore", "von-neumann"};
    uint64_t r = number * 0x9e3779b97f4a7c15u + 1;
    uint32_t draws[12];
    for (int i = 0; i < 12; i++) {
        r = r * 6364136223846793005u + 1442695040888963407u;
        draws[i] = (uint32_t)(r >> 33);
    }
    unsigned vision = 1 + draws[0] % 15,
             other = draws[1] % 2 ? vision : 1 + draws[2] % 15;
    unsigned narrow = 1 + draws[3] % (2 * vision), second = 1 + draws[4] % (2 * vision),
             side = 1 + draws[5] % (2 * vision), length = 40 + draws[6] % 60;
    now.scenario.number = number;
    now.scenario.seed = draws[7];
    now.scenario.steps = 12;
    now.length = (size_t)snprintf(
        now.text, sizeof now.text,
        "steppe: 1\ntitle: narrow\ntime: { steps: 12 }\n"
        "citizens: { vision: %u, neighbourhood: %s, legitimacy: 0.%u, order: %s }\n"
        "officers: { vision: %u, density: 0.06 }\nforce: { enabled: %s, attack: 0.3, "
        "violence_threshold: 0.3 }\ndistricts:\n"
        "  - { id: a, name: A, width: %u, height: %u }\n"
        "  - { id: b, name: B, width: %u, height: %u }\n"
        "  - { id: c, name: C, width: %u, height: %u }\n",
        vision, SHAPES[draws[8] % 3], 5 + draws[9] % 4,
        draws[10] % 2 ? "act-move" : "move-act", other, draws[11] % 2 ? "true" : "false",
        narrow, second, length, side, side, length);
}

static void test_engines_agree_where_sight_is_cut(void **state)
{
    (void)state;
    const char *longer = getenv("STEPPE_LONG");
    uint64_t count = longer && strcmp(longer, "1") == 0 ? 600 : 60, eventful = 0;
    for (uint64_t i = 0; i < count; i++) {
        bool tiles = false;
        uint64_t arrests = 0;
        write_narrow(i);
        agree(STEPPE_SEQUENTIAL, &tiles, &arrests);
        agree(STEPPE_TILES, &tiles, &arrests);
        now.home = true;
        agree(i % 2 ? STEPPE_SEQUENTIAL : STEPPE_TILES, &tiles, &arrests);
        now.home = false;
        eventful += arrests > 0;
    }
    assert_true(eventful * 4 > count * 3);
}

/* ---- what holds at every step ---- */

static void check_people(const trace *t, uint64_t step, size_t i)
{
    const random_district *d = &now.scenario.districts[i];
    const steppe_counts *c = &t->counts[(size_t)step * t->districts + i];
    uint64_t officers = random_scenario_officers(&now.scenario, i, step);
    uint64_t dead = 0, gone = 0;
    for (uint64_t k = 1; k <= step; k++) {
        const steppe_counts *then = &t->counts[(size_t)k * t->districts + i];
        dead += then->killed;
        gone += then->officers_killed + then->officers_wounded + then->officers_left;
    }
    HOLDS(c->citizens + dead == d->citizens,
          "step %" PRIu64 ", district %zu: %" PRIu64 " citizens and %" PRIu64
          " dead, not %" PRIu64,
          step, i, c->citizens, dead, d->citizens);
    HOLDS(c->violent <= c->active && c->obeying <= c->officers,
          "step %" PRIu64 ", district %zu: %" PRIu64 " violent of %" PRIu64
          " active, %" PRIu64 " obey of %" PRIu64,
          step, i, c->violent, c->active, c->obeying, c->officers);
    HOLDS(c->active + c->detained <= c->citizens,
          "step %" PRIu64 ", district %zu: %" PRIu64 " active, %" PRIu64 " detained",
          step, i, c->active, c->detained);
    HOLDS(c->officers <= officers && c->officers + gone >= officers,
          "step %" PRIu64 ", district %zu: %" PRIu64 " officers, not %" PRIu64, step, i,
          c->officers, officers);
}

static void check_flow(const trace *t, uint64_t step, size_t i)
{
    const steppe_counts *c = &t->counts[(size_t)step * t->districts + i];
    const steppe_counts *before = c - t->districts;
    uint64_t turns = before->citizens - before->detained + c->officers;
    HOLDS(before->detained + c->arrests == c->detained + c->releases,
          "step %" PRIu64 ", district %zu: %" PRIu64 " detained, %" PRIu64
          " arrests, %" PRIu64 " releases, %" PRIu64 " detained then",
          step, i, before->detained, c->arrests, c->releases, c->detained);
    uint64_t lost = c->officers_killed + c->officers_wounded + c->officers_left;
    HOLDS(c->activations <= turns + lost &&
              c->activations + c->arrests + c->killed + lost >= turns,
          "step %" PRIu64 ", district %zu: %" PRIu64 " of %" PRIu64
          " at liberty had a turn, %" PRIu64 " were arrested",
          step, i, c->activations, turns, c->arrests);
    HOLDS(c->arrests + c->killed + c->wounded <= c->officers + lost,
          "step %" PRIu64 ", district %zu: %" PRIu64 " officers made %" PRIu64 " arrests",
          step, i, c->officers, c->arrests);
}

/* Nobody is held longer than the longest term, nor released before being arrested. */
static void check_terms(const trace *t, size_t i)
{
    uint64_t longest = random_scenario_term(&now.scenario), arrested = 0, released = 0;
    bool fixed = strcmp(now.scenario.term, "fixed") == 0;
    for (uint64_t step = 1; step <= t->steps; step++) {
        size_t at = (size_t)step * t->districts + i;
        uint64_t due = 0;
        for (uint64_t k = 1; longest < step && k <= step - longest; k++)
            due += t->counts[(size_t)k * t->districts + i].arrests;
        arrested += t->counts[at].arrests;
        released += t->counts[at].releases;
        HOLDS(released >= due && released <= (fixed ? due : arrested),
              "step %" PRIu64 ", district %zu: %" PRIu64 " released so far, %" PRIu64
              " arrested, %" PRIu64 " terms over",
              step, i, released, arrested, due);
        HOLDS(longest < UINT64_MAX || released == 0, "released from a term for ever");
    }
}

static void test_invariants_hold_at_every_step(void **state)
{
    (void)state;
    uint64_t i = 0, arrests = 0, releases = 0;
    for (; next_scenario(2, i, 150); i++) {
        trace t = run_simply();
        uint64_t sum = 0;
        for (uint64_t step = 0; step <= t.steps; step++) {
            for (size_t k = 0; k < t.districts; k++) {
                check_people(&t, step, k);
                if (step > 0)
                    check_flow(&t, step, k);
                sum += t.counts[(size_t)step * t.districts + k].activations;
            }
        }
        for (size_t k = 0; k < t.districts; k++)
            check_terms(&t, k);
        HOLDS(sum == t.activations, "activations are not the sum of the steps'");
        arrests += t.arrests > 0;
        releases += t.releases > 0;
        trace_free(&t);
    }
    if (i > 1) {
        assert_true(arrests * 4 > i);
        assert_true(releases * 8 > i);
    }
}

/* ---- when nothing can happen ---- */

static void test_nobody_rises_against_full_legitimacy(void **state)
{
    (void)state;
    for (uint64_t i = 0; next_scenario(3, i, 20); i++) {
        random_scenario *s = &now.scenario;
        s->legitimacy = 1;
        s->seat.there = false; /* whose image may take from it */
        s->threshold = fmax(s->threshold, 0);
        s->news = s->hardship = false;
        for (size_t k = 0; k < s->district_count; k++)
            s->districts[k].legitimacy = NAN;
        for (size_t k = 0; k < s->event_count; k++)
            s->events[k].legitimacy = NAN;
        write_now();
        trace t = run_simply();
        HOLDS(t.active == 0 && t.arrests == 0,
              "%" PRIu64 " were active, %" PRIu64 " arrested", t.active, t.arrests);
        trace_free(&t);
    }
}

static void test_without_officers_nobody_is_arrested(void **state)
{
    (void)state;
    uint64_t i = 0, active = 0;
    for (; next_scenario(4, i, 20); i++) {
        random_scenario *s = &now.scenario;
        for (size_t k = 0; k < s->district_count; k++)
            s->districts[k].officers = 0;
        for (size_t k = 0; k < s->event_count; k++)
            s->events[k].reinforcement = NAN;
        write_now();
        trace t = run_simply();
        HOLDS(t.arrests == 0, "%" PRIu64 " were arrested by nobody", t.arrests);
        active += t.active > 0;
        trace_free(&t);
    }
    assert_true(i == 1 || active * 4 > i);
}

static void test_without_movement_nothing_but_arrests_clears_a_cell(void **state)
{
    (void)state;
    /* Where nobody is ever active and nobody moves, no step differs from the last. */
    for (uint64_t i = 0; next_scenario(5, i, 10); i++) {
        random_scenario *s = &now.scenario;
        s->movement = "none";
        s->able = 0;
        s->obedience = false; /* officers may leave for good */
        for (size_t k = 0; k < s->district_count; k++)
            s->districts[k].able = NAN;
        s->event_count = 0;
        write_now();
        trace t = run_simply();
        for (uint64_t step = 1; step <= t.steps; step++)
            HOLDS(t.digests[step] == t.digests[0], "step %" PRIu64 " changed something",
                  step);
        trace_free(&t);
    }
}

/* ---- the nation's mechanisms ---- */

/* Where they are given no weight they change nothing, whatever else is said of them. */
static void test_without_weight_is_as_switched_off(void **state)
{
    (void)state;
    uint64_t i = 0, differ = 0;
    for (; next_scenario(9, i, 16); i++) {
        random_scenario *s = &now.scenario;
        s->responds = true;
        trace with = run_simply();
        s->responds = s->fear = false;
        s->emboldens = s->expectation_weight = s->curfew_effect = 0;
        for (size_t k = 0; k < s->event_count; k++)
            s->events[k].curfew = NAN;
        write_now();
        trace off = run_simply();
        s->responds = s->fear = true;
        s->legality_weight = s->fear_effect = 0;
        s->arrest_weight = s->wound_weight = s->death_weight = 0;
        s->expectation_lag = 5;
        s->events[0].curfew = 1;
        write_now();
        trace weightless = run_simply();
        same_until(&off, &weightless, off.steps, "switched off against weightless");
        differ += with.digests[with.steps] != off.digests[off.steps];
        trace_free(&with);
        trace_free(&off);
        trace_free(&weightless);
    }
    assert_true(i == 1 || differ * 4 > i); /* or this would show nothing */
}

/* A curfew that costs more than any grievance is worth keeps everyone at home, and in their beds:
 * nobody is arrested, so that nothing is lost of legitimacy either. */
static void test_the_strictest_curfew_keeps_everyone_at_home(void **state)
{
    (void)state;
    for (uint64_t i = 0; next_scenario(10, i, 12); i++) {
        random_scenario *s = &now.scenario;
        s->curfew_effect = 2;
        s->event_count = 1;
        s->events[0] = (random_event){.due = 1,
                                      .enabled = true,
                                      .fuel_price = 4,
                                      .media_reach = 3,
                                      .attention = 4,
                                      .deployment = NAN,
                                      .reinforcement = NAN,
                                      .legitimacy = 0,
                                      .relief = NAN,
                                      .curfew = 1};
        write_now();
        trace t = run_simply();
        HOLDS(t.active == 0 && t.arrests == 0,
              "%" PRIu64 " were active, %" PRIu64 " arrested", t.active, t.arrests);
        trace_free(&t);
    }
}

/* Until someone is active or arrested, legitimacy that responds is legitimacy that does not. */
static void test_legitimacy_responds_to_nothing_but_what_happened(void **state)
{
    (void)state;
    uint64_t i = 0, differ = 0;
    for (; next_scenario(11, i, 16); i++) {
        random_scenario *s = &now.scenario;
        s->responds = false;
        write_now();
        trace fixed = run_simply();
        s->responds = true;
        s->arrest_weight = 100;
        s->legality_weight = s->support_weight = s->own_weight = 1;
        write_now();
        trace responding = run_simply();
        uint64_t first = 0; /* step with activity at its end or an arrest in it */
        for (bool quiet = true; quiet && first <= fixed.steps; first += quiet)
            for (size_t k = 0; k < fixed.districts; k++) {
                const steppe_counts *c =
                    &fixed.counts[(size_t)first * fixed.districts + k];
                quiet &= c->active == 0 && c->arrests == 0;
            }
        same_until(&fixed, &responding, first, "before anything happened");
        differ += fixed.digests[fixed.steps] != responding.digests[fixed.steps];
        trace_free(&fixed);
        trace_free(&responding);
    }
    assert_true(i == 1 || differ * 4 > i);
}

/* Until somebody is hurt, people who would be afraid are as those who would not. */
static void test_fear_is_of_nothing_but_harm(void **state)
{
    (void)state;
    uint64_t i = 0, differ = 0;
    for (; next_scenario(12, i, 16); i++) {
        random_scenario *s = &now.scenario;
        s->force = true;
        s->shots = 1;
        s->violence = s->threshold;
        s->fear = false;
        write_now();
        trace bold = run_simply();
        s->fear = true;
        s->fear_effect = 100;
        s->fear_wound_weight = 1;
        write_now();
        trace afraid = run_simply();
        uint64_t first = 0; /* step in which somebody was hurt */
        for (bool quiet = true; quiet && first <= bold.steps; first += quiet)
            for (size_t k = 0; k < bold.districts; k++) {
                const steppe_counts *c = &bold.counts[(size_t)first * bold.districts + k];
                quiet &= c->killed == 0 && c->wounded == 0;
            }
        same_until(&bold, &afraid, first, "before anybody was hurt");
        differ += bold.digests[bold.steps] != afraid.digests[afraid.steps];
        trace_free(&bold);
        trace_free(&afraid);
    }
    assert_true(i == 1 || differ * 4 > i);
}

/* ---- common random numbers ---- */

/* Run `now` with its event `k` as it is, disabled, and removed. */
static void try_event(size_t k, uint64_t *differ)
{
    random_event *e = &now.scenario.events[k];
    e->enabled = true;
    write_now();
    trace with = run_simply();
    e->enabled = false;
    e->reinforcement = 1e6; /* nor does anybody have to fit who will not come */
    write_now();
    trace disabled = run_simply();
    e->removed = true;
    write_now();
    trace without = run_simply();
    same_until(&disabled, &without, without.steps, "event disabled against removed");
    same_until(&with, &without, e->due - 1, "before the event is due");
    for (uint64_t step = e->due; step <= with.steps; step++) {
        if (with.digests[step] != without.digests[step]) {
            ++*differ;
            break;
        }
    }
    trace_free(&with);
    trace_free(&disabled);
    trace_free(&without);
}

static void test_an_event_changes_nothing_before_it_is_due(void **state)
{
    (void)state;
    uint64_t tried = 0, differ = 0;
    for (uint64_t i = 0; next_scenario(6, i, 60); i++) {
        if (now.scenario.event_count == 0)
            continue;
        try_event(i % now.scenario.event_count, &differ);
        tried++;
    }
    assert_true(tried < 5 || differ * 4 > tried); /* or this would show nothing */
}

/* Without news a district does not know of the others: what happens there changes nothing
 * here. */
static void test_without_news_districts_are_apart(void **state)
{
    (void)state;
    for (uint64_t i = 0; next_scenario(7, i, 40); i++) {
        random_scenario *s = &now.scenario;
        if (s->district_count < 2)
            continue;
        s->news = s->seat.there = false; /* the seat sees the whole country */
        s->event_count = 0;
        write_now();
        trace calm = run_simply();
        s->event_count = 1;
        s->events[0] = (random_event){.due = 2,
                                      .hour = s->step_hours,
                                      .enabled = true,
                                      .place = "districts: [d1]",
                                      .fuel_price = 4,
                                      .media_reach = 3,
                                      .attention = 1,
                                      .deployment = 0,
                                      .reinforcement = NAN,
                                      .legitimacy = 0,
                                      .relief = 0.3,
                                      .curfew = 0.5,
                                      .from = -1,
                                      .guards = NAN,
                                      .frees = NAN,
                                      .survival = 0.5,
                                      .orders = 0.5,
                                      .shots = 0.5};
        write_now();
        trace moved = run_simply();
        for (uint64_t step = 0; step <= calm.steps; step++)
            for (size_t k = 0; k < calm.districts; k++)
                HOLDS(k == 1 || calm.local[(size_t)step * calm.districts + k] ==
                                    moved.local[(size_t)step * calm.districts + k],
                      "step %" PRIu64 ": an event in d1 changed d%zu", step, k);
        trace_free(&calm);
        trace_free(&moved);
    }
}

/* ---- what is read is what was written ---- */

static uint64_t digest_of(const char *text, size_t length, char *resolved)
{
    steppe_context *context;
    steppe_scenario *scenario;
    assert_int_equal(steppe_context_create(&context), STEPPE_OK);
    int status = steppe_scenario_parse(context, "random.yaml", text, length, NULL, 0,
                                       &scenario);
    HOLDS(status == STEPPE_OK, "%s", steppe_context_message(context));
    uint64_t digest = steppe_scenario_digest(scenario);
    HOLDS(steppe_scenario_district_count(scenario) == now.scenario.district_count,
          "districts");
    HOLDS(strlen(steppe_scenario_resolved(scenario)) < MAX_RANDOM_TEXT, "too long");
    strcpy(resolved, steppe_scenario_resolved(scenario));
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    return digest;
}

static void test_a_resolved_scenario_is_the_same_scenario(void **state)
{
    (void)state;
    static char resolved[MAX_RANDOM_TEXT], again[MAX_RANDOM_TEXT];
    for (uint64_t i = 0; next_scenario(8, i, 100); i++) {
        uint64_t first = digest_of(now.text, now.length, resolved);
        uint64_t second = digest_of(resolved, strlen(resolved), again);
        HOLDS(strcmp(resolved, again) == 0, "resolving twice gives another text");
        HOLDS(first == second, "the digests differ");
        if (i % 10 != 0)
            continue;
        trace written = run_simply();
        strcpy(now.text, resolved);
        now.length = strlen(resolved);
        trace reread = run_simply();
        same_until(&written, &reread, written.steps, "as written against resolved");
        trace_free(&written);
        trace_free(&reread);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_engines_and_threads_agree),
        cmocka_unit_test(test_engines_and_threads_agree_at_home),
        cmocka_unit_test(test_engines_agree_where_sight_is_cut),
        cmocka_unit_test(test_invariants_hold_at_every_step),
        cmocka_unit_test(test_nobody_rises_against_full_legitimacy),
        cmocka_unit_test(test_without_officers_nobody_is_arrested),
        cmocka_unit_test(test_without_movement_nothing_but_arrests_clears_a_cell),
        cmocka_unit_test(test_without_weight_is_as_switched_off),
        cmocka_unit_test(test_the_strictest_curfew_keeps_everyone_at_home),
        cmocka_unit_test(test_legitimacy_responds_to_nothing_but_what_happened),
        cmocka_unit_test(test_fear_is_of_nothing_but_harm),
        cmocka_unit_test(test_an_event_changes_nothing_before_it_is_due),
        cmocka_unit_test(test_without_news_districts_are_apart),
        cmocka_unit_test(test_a_resolved_scenario_is_the_same_scenario),
    };
    signal(SIGABRT, on_abort);
    if (__sanitizer_set_death_callback)
        __sanitizer_set_death_callback(print_scenario);
    cmocka_set_test_filter(getenv("STEPPE_TEST"));
    return cmocka_run_group_tests_name("properties", tests, NULL, NULL);
}
