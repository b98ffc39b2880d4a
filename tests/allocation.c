/* Promise (steppe.h): a call that is out of memory fails with STEPPE_NO_MEMORY, leaves its
 * object as it was, sets its output to NULL and leaks nothing, whichever allocation it
 * was that failed.
 *
 * The linker sends every call of the allocator in the library here (-Wl,--wrap). What
 * libyaml, SQLite, OpenMP and libc allocate by themselves is not reached. */
#include "base/output.h"
#include "engine/run.h"
#include "scenario/parameter_group.h"
#include "support.h"

#include <dirent.h>
#include <stdatomic.h>
#include <unistd.h>

/* ---- the allocator that fails ---- */

/* Threads come here too, hence the atomics; the rest changes only between calls. */
static struct {
    bool watching;
    bool only_growth;    /* only realloc may fail */
    long fail_at;        /* number of the allocation that fails, from 0; -1: none */
    size_t budget;       /* bytes; what is asked for beyond fails; 0: no budget */
    atomic_long made;    /* allocations asked for since watching */
    atomic_long live;    /* of those, how many have not been freed */
    atomic_size_t bytes; /* asked for in all */
    atomic_bool over_budget;
} heap;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *old, size_t size);
void *__real_aligned_alloc(size_t alignment, size_t size);
void __real_free(void *memory);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_aligned_alloc(size_t alignment, size_t size);
void __wrap_free(void *memory);

static bool refuses(size_t size, bool growth)
{
    if (!heap.watching || (heap.only_growth && !growth))
        return false;
    size_t bytes = atomic_fetch_add(&heap.bytes, size) + size;
    if (heap.budget && bytes > heap.budget)
        heap.over_budget = true;
    return atomic_fetch_add(&heap.made, 1) == heap.fail_at || heap.over_budget;
}

static void *count(void *memory)
{
    if (heap.watching && memory)
        atomic_fetch_add(&heap.live, 1);
    return memory;
}

void *__wrap_malloc(size_t size)
{
    return refuses(size, false) ? NULL : count(__real_malloc(size));
}

void *__wrap_calloc(size_t number, size_t size)
{
    return refuses(number * size, false) ? NULL : count(__real_calloc(number, size));
}

void *__wrap_realloc(void *old, size_t size)
{
    if (refuses(size, true))
        return NULL;
    void *memory = __real_realloc(old, size);
    return old ? memory : count(memory);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return refuses(size, false) ? NULL : count(__real_aligned_alloc(alignment, size));
}

void __wrap_free(void *memory)
{
    if (heap.watching && memory)
        atomic_fetch_sub(&heap.live, 1);
    __real_free(memory);
}

static void watch(long fail_at)
{
    heap.only_growth = false;
    heap.budget = 0;
    heap.fail_at = fail_at;
    heap.made = heap.live = 0;
    heap.bytes = 0;
    heap.over_budget = false;
    heap.watching = true;
}

/* Has the allocation that should fail been reached? If not, everything has been tried. */
static bool reached(void)
{
    return heap.made > heap.fail_at;
}

/* Try something with one allocation failing, from number `first` on, every `by`-th, until there is none of that
 * number. attempt: makes it of `what` and frees it; returns the status. */
static void expect_clean(void **state, int (*attempt)(void **state, const void *what),
                         const void *what, long first, long by)
{
    for (long n = first;; n += by) {
        watch(n);
        int status = attempt(state, what);
        heap.watching = false;
        assert_int_equal(heap.live, 0);
        if (status == STEPPE_OK)
            break;
        assert_int_equal(status, STEPPE_NO_MEMORY);
    }
}

/* What failed left nothing behind, and said why. Returns the status. */
static int expect_none(void **state, int status, const void *made)
{
    heap.fail_at = -1;
    assert_null(made);
    assert_string_equal(steppe_context_message(context_of(state)), "out of memory");
    return status;
}

/* ---- scenarios ---- */

/* One for each model without a lattice. */
static const char *const MODELS[] = {
    "scenarios/published/kuran-1989.yaml",
    "scenarios/published/granovetter-1978-normal.yaml",
    "scenarios/published/siegel-2009-village.yaml",
    "scenarios/published/siegel-2009-opinion-leader.yaml",
    "scenarios/published/bonnasse-gahot-contagion.yaml",
    "scenarios/published/global-game.yaml",
    "scenarios/published/ktab-three-positions.yaml",
    "scenarios/published/expected-utility-scholz-2011.yaml",
    "scenarios/published/egorov-sonin-2011.yaml",
};
enum { MODEL_COUNT = sizeof MODELS / sizeof *MODELS };

static const char TEXT[] =
    "steppe: 1\ntitle: T\ndescription: D\nschedule: tiles\n"
    "time: { start: 2022-01-01, steps: 30 }\n"
    "sources: { s: { title: S, author: A, year: 1, licence: L, note: N }, t: { title: T "
    "} }\n"
    "citizens: { vision: 1, legitimacy: { value: 0.1, range: [0, 0.2], kind: claim,\n"
    "  source: s, note: &n Why }, able: { value: 1, note: *n } }\n"
    "officers: { vision: { value: 1, prior: { choices: [2, 1], weights: [1, 3] } } }\n"
    "news: { reach: { value: 1, prior: { normal: [1, 0.5] } },\n"
    "  lag: { value: 4, range: [2, 9], prior: { triangular: [1, 4, 9] } } }\n"
    "units: [{ id: u, name: U }, { id: v, name: V, population: 700 }]\n"
    "districts:\n"
    "  - { id: a, name: A, unit: u, lat: 1, lon: 2, width: 45, height: 41 }\n"
    "  - { id: b, name: B, unit: v, lat: 3, lon: 4, population: 700, officers: 60 }\n"
    "events:\n"
    "  - { id: e, title: E, date: 2022-01-02, source: s, note: M, units: [u, v],\n"
    "      districts: [a, b], legitimacy: 0.5 }\n"
    "  - { id: f, title: F, hour: 3, reinforcement: 20, force: h, from: a, guards: 3 }\n"
    "  - { id: g, title: G, hour: 2, act: detain, person: p, seized: 0.5 }\n"
    "  - { id: h, title: H, hour: 2, act: ask-troops, power: w }\n"
    "  - { id: i, title: I, hour: 3, granted_by: w, relief: 0.1 }\n"
    "seat: { enabled: true, incumbent: r, capital: a }\n"
    "offices: [{ id: o, name: O, security: 1, holder: p }, { id: q, name: Q, holder: r "
    "}]\n"
    "persons: [{ id: r, name: R }, { id: p, name: P, resources: { value: 9, note: M } "
    "},\n"
    "  { id: k, name: K, resources: 5, insecurity: 1 }]\n"
    "ties: [{ id: t, a: r, b: p, kind: kin }]\n"
    "powers: [{ id: w, name: W, stance: 1, distance: 9 km }]\n"
    "hotspots: [{ id: x, name: X, salience: 1 }]\n"
    "forces: [{ id: g, name: G }, { id: h, name: H, ready: { value: 1, note: R } }]\n"
    "provenance: { districts.population: { kind: fact, source: t, note: P } }\n"
    "correlations: [{ id: c, parameters: [news.reach, news.lag], correlation: 0.5 },\n"
    "  { id: d, parameters: [officers.vision, fear.effect], correlation: 0.1 }]\n"
    "parameter_groups: [{ id: g, title: G, parameters: [news.*] }]\n"
    "reporting_biases: [{ id: b, title: B, sd: 0.3 }]\n"
    "observed:\n"
    "  - { id: o, title: O, pattern: P, measure: turnout, at: 2022-01-01, units: [u],\n"
    "      value: { value: 1, range: [1, 2], source: s, note: N }, confidence: low,\n"
    "      bias: b, error: { value: 1, note: E } }\n"
    "  - { id: p, title: O, pattern: Q, measure: deaths, districts: [a, b], value: 3,\n"
    "      confidence: high }\n";
static const char *const SETTINGS[] = {"citizens.threshold=0", "events.f.enabled=true",
                                       "hardship.price_base=60", "title=Other"};

static int parse_text(steppe_context *context, const char *text, steppe_scenario **s)
{
    return steppe_scenario_parse(context, "test.yaml", text, strlen(text), SETTINGS,
                                 sizeof SETTINGS / sizeof *SETTINGS, s);
}

static int make_scenario(void **state, const void *text)
{
    steppe_scenario *s = *state; /* anything but NULL */
    int status = parse_text(context_of(state), text, &s);
    if (status != STEPPE_OK)
        return expect_none(state, status, s);
    steppe_scenario_free(s);
    return status;
}

static void a_scenario_fails_cleanly(void **state)
{
    expect_clean(state, make_scenario, TEXT, 0, 1);
    assert_false(reached());
    assert_true(heap.made > 200);
}

static void release_draws(stp_range *ranges, size_t count, stp_copula *copula,
                          stp_parameter_group *groups, size_t group_count)
{
    stp_ranges_free(ranges, count);
    stp_copula_free(copula);
    stp_parameter_groups_free(groups, group_count);
}

static void draws_fail_cleanly(void **state)
{
    steppe_scenario *s;
    expect_ok(state, parse_text(context_of(state), TEXT, &s));
    keep(state, s, release_scenario);
    for (long n = 0;; n++) {
        stp_range *ranges;
        stp_copula *copula = NULL;
        stp_parameter_group *groups = NULL;
        size_t count, group_count = 0;
        watch(n);
        int status = stp_ranges_find(context_of(state), s, &ranges, &count);
        if (status == STEPPE_OK)
            status = stp_copula_create(context_of(state), s, ranges, count, &copula);
        if (status == STEPPE_OK)
            status = stp_parameter_groups_find(context_of(state), s, ranges, count,
                                               STP_UNGROUPED_ALONE, &groups,
                                               &group_count);
        heap.fail_at = -1;
        release_draws(ranges, count, copula, groups, group_count);
        heap.watching = false;
        assert_int_equal(heap.live, 0);
        if (status == STEPPE_OK)
            break;
        assert_int_equal(status, STEPPE_NO_MEMORY);
    }
}

/* That a file was read is noted in the context for good, and where that fails, any file may have been: it is
 * noted here before memory is watched. */
static int open_scenario(void **state, const void *path)
{
    steppe_scenario *s = *state;
    int status = steppe_scenario_open(context_of(state), path, NULL, 0, &s);
    if (status == STEPPE_OK)
        steppe_scenario_free(s);
    else
        assert_null(s);
    return status;
}

static void expect_clean_file(void **state, const char *path, long first, long by)
{
    stp_note_read(context_of(state), path);
    expect_clean(state, open_scenario, path, first, by);
    assert_false(reached());
}

static void a_file_fails_cleanly(void **state)
{
    expect_clean_file(state, "scenarios/published/epstein-2002-run2.yaml", 0, 1);
    for (size_t i = 0; i < MODEL_COUNT;
         i++) /* a third of each, not the same: they are read alike */
        expect_clean_file(state, MODELS[i], (long)i % 3, 3);
}

/* A scenario that is bad as well: while memory is short, that is what the status says. */
static void a_bad_scenario_fails_cleanly(void **state)
{
    static const char *const ENDS[] = {
        "banana: 1\n",
        "title: Again\n",
        "outcome: [\n",
        "outcome: *none\n",
        "outcome: {unrest_share: x}\n",
        "hardship: {price_base: {value: 1, note: N, kind: fact}}\n",
        "---\n",
        ""};
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        const char *text = words(state, "%s%s", TEXT, ENDS[i]);
        const char *const settings[] = {"events.g.enabled=1"}; /* bad for the last text */
        for (long n = 0;; n++) {
            steppe_scenario *s = *state;
            watch(n);
            int status = steppe_scenario_parse(context_of(state), "test.yaml", text,
                                               strlen(text), settings, *ENDS[i] ? 0 : 1,
                                               &s);
            heap.watching = false;
            assert_int_equal(heap.live, 0);
            assert_null(s);
            if (!reached()) {
                assert_int_equal(status, STEPPE_BAD_SCENARIO);
                break;
            }
            assert_int_equal(status, STEPPE_NO_MEMORY);
        }
    }
}

static void a_context_fails_cleanly(void **state)
{
    steppe_context *context = *state;
    watch(0);
    int status = steppe_context_create(&context);
    heap.watching = false;
    assert_int_equal(status, STEPPE_NO_MEMORY);
    assert_null(context);
}

/* ---- runs ---- */

typedef struct arm {
    steppe_engine engine;
    steppe_schedule schedule;
    int threads;
} arm;

static const arm ARMS[] = {{STEPPE_REFERENCE, STEPPE_SEQUENTIAL, 1},
                           {STEPPE_REFERENCE, STEPPE_TILES, 1},
                           {STEPPE_FAST, STEPPE_SEQUENTIAL, 1},
                           {STEPPE_FAST, STEPPE_TILES, 1},
                           {STEPPE_FAST, STEPPE_TILES, 3}};
enum { ARM_COUNT = sizeof ARMS / sizeof *ARMS };

static steppe_scenario *scenario_of(void **state)
{
    steppe_scenario *s;
    expect_ok(state, parse_text(context_of(state), TEXT, &s));
    keep(state, s, release_scenario);
    return s;
}

static int create(void **state, const steppe_scenario *s, const arm *a, steppe_run **run)
{
    const steppe_run_options options = {.seed = 1,
                                        .threads = a->threads,
                                        .engine = a->engine,
                                        .schedule = a->schedule};
    return steppe_run_create(context_of(state), s, &options, run);
}

/* A run that is to be made. */
typedef struct plan {
    const steppe_scenario *scenario;
    const arm *arm;
} plan;

static int make_run(void **state, const void *what)
{
    const plan *p = what;
    steppe_run *run = *state;
    int status = create(state, p->scenario, p->arm, &run);
    if (status != STEPPE_OK)
        return expect_none(state, status, run);
    steppe_run_free(run);
    return status;
}

static void a_run_fails_cleanly(void **state)
{
    const steppe_scenario *s = scenario_of(state);
    for (size_t i = 0; i < ARM_COUNT; i++) {
        expect_clean(state, make_run, &(plan){s, &ARMS[i]}, 0, 1);
        assert_false(reached());
        assert_true(heap.made > 12);
    }
}

/* Steps of an engine by itself: what looks at invariants in builds with tests allocates
 * too, and takes a failure for a violation. Returns the status of the first step that
 * fails. */
static int steps_of_engine(steppe_run *run, uint32_t steps)
{
    int status = STEPPE_OK;
    for (uint32_t step = 1; step <= steps && status == STEPPE_OK; step++) {
        stp_nation_step(run->nation, step, run->counts, run->conditions);
        status = run->engine->step(run->street, step, run->conditions, run->tallies);
    }
    return status;
}

static void a_step_fails_cleanly(void **state)
{
    const steppe_scenario *s = scenario_of(state);
    long most = 0;
    for (size_t i = 0; i < ARM_COUNT; i++) {
        for (long n = 0;; n++) {
            steppe_run *run;
            watch(-1);
            expect_ok(state, create(state, s, &ARMS[i], &run));
            heap.made = 0;
            heap.fail_at = n;
            int status = steps_of_engine(run, 4);
            uint64_t arrests = run->tallies[0].counts.arrests;
            steppe_run_free(run);
            heap.watching = false;
            assert_int_equal(heap.live, 0);
            most = heap.made > most ? heap.made : most;
            if (status == STEPPE_OK) {
                assert_true(arrests > 0); /* something had to be stored */
                break;
            }
            assert_int_equal(status, STEPPE_NO_MEMORY);
        }
        assert_false(reached());
    }
    assert_true(most > 0);
}

static void a_step_that_fails_says_which(void **state)
{
    steppe_run *run;
    expect_ok(state, create(state, scenario_of(state), &ARMS[3], &run));
    watch(0);
    heap.only_growth = true;
    int status = steppe_run_advance(run, 1);
    heap.watching = false;
    uint64_t step = steppe_run_step(run);
    steppe_run_free(run);
    assert_int_equal(status, STEPPE_NO_MEMORY);
    assert_string_equal(steppe_context_message(context_of(state)),
                        "out of memory at step 1");
    assert_int_equal(step, 0); /* the step is not done */
}

/* ---- the seat of power ---- */

static int make_seat(void **state, const void *scenario)
{
    steppe_seat *seat = *state;
    int status = steppe_seat_create(context_of(state), scenario, 1, &seat);
    if (status != STEPPE_OK)
        return expect_none(state, status, seat);
    steppe_seat_free(seat);
    return status;
}

static void a_seat_fails_cleanly(void **state)
{
    expect_clean(state, make_seat, scenario_of(state), 0, 1);
    assert_false(reached());
    assert_true(heap.made >= 2);
}

/* Whatever happens there. */
static void its_days_allocate_nothing(void **state)
{
    const steppe_seat_look look = {.active = 0.02, .media = 1};
    steppe_seat *seat;
    expect_ok(state, steppe_seat_create(context_of(state), scenario_of(state), 1, &seat));
    watch(-1);
    for (uint64_t step = 1; step <= 24 * 300; step++)
        steppe_seat_step(seat, step, step % 2000 < 1000 ? &look : NULL);
    heap.watching = false;
    steppe_seat_state s;
    steppe_seat_read(seat, &s);
    steppe_seat_free(seat);
    assert_int_equal(heap.made, 0);
    assert_int_equal(s.days, 300);
    assert_true(s.seized > 0);
}

/* ---- observers ---- */

static void a_summary_fails_cleanly(void **state)
{
    const steppe_scenario *s = scenario_of(state);
    bool made = false;
    for (long n = 0; !made; n++) {
        steppe_run *run;
        steppe_summarizer *m = *state;
        expect_ok(state, create(state, s, &ARMS[0], &run));
        watch(n);
        int status = steppe_summarizer_create(context_of(state), run, &m);
        made = status == STEPPE_OK;
        steppe_summarizer_free(m);
        heap.watching = false;
        steppe_run_free(run);
        assert_int_equal(heap.live, 0);
        if (!made) {
            assert_int_equal(status, STEPPE_NO_MEMORY);
            assert_null(m);
        }
    }
}

/* A day that cannot be noted stops the run; nothing is lost of the run itself. */
static void a_summary_that_fails_stops_the_run(void **state)
{
    steppe_run *run;
    steppe_summarizer *m;
    expect_ok(state, create(state, scenario_of(state), &ARMS[0], &run));
    expect_ok(state, steppe_summarizer_create(context_of(state), run, &m));
    watch(0);
    heap.only_growth = true;
    int status = steppe_run_advance(run, 1);
    heap.watching = false;
    uint64_t step = steppe_run_step(run);
    steppe_summarizer_free(m);
    steppe_run_free(run);
    assert_true(status == STEPPE_NO_MEMORY || status == STEPPE_STOPPED);
    assert_int_equal(step, 1);
}

static void a_recorder_fails_cleanly(void **state)
{
    const steppe_scenario *s = scenario_of(state);
    char folder[] = "/tmp/steppe-unit-XXXXXX";
    assert_non_null(mkdtemp(folder));
    bool made = false, clean = true;
    for (long n = 0; !made && clean; n++) {
        steppe_run *run;
        steppe_recorder *r = *state;
        expect_ok(state, create(state, s, &ARMS[0], &run));
        watch(n);
        int status = steppe_recorder_create(context_of(state), folder, run, &r);
        made = status == STEPPE_OK;
        clean = made || (status == STEPPE_NO_MEMORY && !r);
        char path[256] = "";
        if (made)
            snprintf(path, sizeof path, "%s", steppe_recorder_path(r));
        steppe_recorder_free(r); /* one file is left, and nothing beside it */
        if (made)
            unlink(path);
        heap.watching = false;
        steppe_run_free(run);
        clean = clean && heap.live == 0;
    }
    assert_int_equal(rmdir(folder), 0); /* no file is left behind either */
    assert_true(clean);
}

/* ---- solutions ---- */

static int make_solution(void **state, const void *scenario)
{
    steppe_solution *solution = *state;
    int status = steppe_solution_create(context_of(state), scenario, 1, &solution);
    if (status != STEPPE_OK)
        return expect_none(state, status, solution);
    steppe_solution_free(solution);
    return status;
}

static void a_solution_fails_cleanly(void **state)
{
    for (size_t i = 0; i < MODEL_COUNT; i++) {
        steppe_scenario *s;
        expect_ok(state, steppe_scenario_open(context_of(state), MODELS[i], NULL, 0, &s));
        keep(state, s, release_scenario);
        expect_clean(state, make_solution, s, 0, 1);
        assert_false(reached());
        assert_true(heap.made > 5);
    }
}

static void keeping_a_solution_fails_cleanly(void **state)
{
    steppe_scenario *s;
    steppe_solution *solution;
    char folder[] = "/tmp/steppe-unit-XXXXXX";
    expect_ok(state, steppe_scenario_open(context_of(state), MODELS[0], NULL, 0, &s));
    keep(state, s, release_scenario);
    expect_ok(state, steppe_solution_create(context_of(state), s, 1, &solution));
    assert_non_null(mkdtemp(folder));
    bool made = false, clean = true;
    for (long n = 0; !made && clean; n++) {
        steppe_recorder *r = *state;
        watch(n);
        int status = steppe_recorder_write_solution(context_of(state), folder, solution,
                                                    &r);
        made = status == STEPPE_OK;
        clean = made || (status == STEPPE_NO_MEMORY && !r);
        char path[256] = "";
        if (made)
            snprintf(path, sizeof path, "%s", steppe_recorder_path(r));
        steppe_recorder_free(r); /* one file is left, and nothing beside it */
        if (made)
            unlink(path);
        heap.watching = false;
        clean = clean && heap.live == 0;
    }
    steppe_solution_free(solution);
    assert_int_equal(rmdir(folder), 0);
    assert_true(clean);
}

/* ---- fit ---- */

/* A results file of 30 steps; its path. */
static const char *results_of(void **state, const char *folder)
{
    steppe_run *run;
    steppe_recorder *r;
    expect_ok(state, create(state, scenario_of(state), &ARMS[0], &run));
    expect_ok(state, steppe_recorder_create(context_of(state), folder, run, &r));
    expect_ok(state, steppe_run_advance(run, 30));
    expect_ok(state, steppe_recorder_finish(r));
    const char *path = words(state, "%s", steppe_recorder_path(r));
    steppe_recorder_free(r);
    steppe_run_free(run);
    return path;
}

static void a_fit_fails_cleanly(void **state)
{
    char folder[] = "/tmp/steppe-unit-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = results_of(state, folder), *const paths[] = {path, path};
    const steppe_scenario *s = scenario_of(state);
    const char *page = words(state, "%s/page.md", folder);
    bool made = false, clean = true;
    for (long n = 0; !made && clean; n++) {
        steppe_fit *fit = *state;
        watch(n);
        int status = steppe_fit_open(context_of(state), s, paths, 2, &fit);
        clean = status == STEPPE_OK || (status == STEPPE_NO_MEMORY && !fit);
        if (status == STEPPE_OK)
            status = steppe_fit_write_page(context_of(state), fit, page);
        made = status == STEPPE_OK;
        steppe_fit_free(fit);
        heap.watching = false;
        clean = clean && (made || status == STEPPE_NO_MEMORY) && heap.live == 0;
    }
    unlink(path);
    unlink(page);
    unlink(words(state, "%s/page-1.svg", folder));
    unlink(words(state, "%s/page-2.svg", folder));
    assert_int_equal(rmdir(folder), 0);
    assert_true(clean);
    assert_true(heap.made > 40);
}

/* ---- report ---- */

/* Boundaries of both units. */
static const char *boundaries_in(void **state, const char *folder)
{
    const char *path = words(state, "%s/map.json", folder);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("{\"type\": \"Topology\", \"source\": \"S\", \"arcs\": [[[1, 0], [3, 1], [2, "
          "3]], "
          "[[1, 0], [2, 3]]], \"objects\": {\"o\": {\"type\": \"Polygon\", \"arcs\": "
          "[[0, -2]], \"properties\": {\"unit\": \"u\", \"name\": \"U\"}}}}",
          file);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void remove_all_in(void **state, const char *folder)
{
    struct dirent *entry;
    DIR *list = opendir(folder);
    while (list && (entry = readdir(list)))
        unlink(words(state, "%s/%s", folder, entry->d_name));
    if (list)
        closedir(list);
    assert_int_equal(rmdir(folder), 0);
}

/* Some of its allocations: most are those of a scenario and a fit, which are tried above. */
static void a_report_fails_cleanly(void **state)
{
    char folder[] = "/tmp/steppe-unit-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = results_of(state, folder);
    const steppe_report_options o = {words(state, "%s/page.html", folder),
                                     words(state, "%s/figures", folder),
                                     boundaries_in(state, folder)};
    bool made = false, clean = true;
    for (long n = 0; !made && clean; n += 101) {
        watch(n);
        int status = steppe_report_write(context_of(state), path, &o);
        heap.watching = false;
        made = status == STEPPE_OK;
        clean = (made || status == STEPPE_NO_MEMORY) && heap.live == 0;
    }
    assert_int_equal(access(o.page, R_OK), 0);
    remove_all_in(state, o.figures);
    remove_all_in(state, folder);
    assert_true(clean);
    assert_true(heap.made > 400);
}

/* The same of an ensemble, some of its allocations, with answers looked for where there are none. */
static void a_report_of_many_fails_cleanly(void **state)
{
    char folder[] = "/tmp/steppe-unit-XXXXXX";
    assert_non_null(mkdtemp(folder));
    const char *path = words(state, "%s/many.sqlite", folder);
    const steppe_ensemble_options many = {
        .count = 2, .seed = 1, .steps = 30, .path = path, .threads = 1};
    const steppe_ask_options ask = {.seed = 1, .folder = words(state, "%s/none", folder)};
    const steppe_report_options o = {words(state, "%s/page.html", folder),
                                     words(state, "%s/figures", folder), NULL, &ask};
    steppe_ensemble_summary summary;
    bool made = false, clean = true;
    expect_ok(state,
              steppe_ensemble(context_of(state), scenario_of(state), &many, &summary));
    for (long n = 0; !made && clean; n += 7) {
        watch(n);
        int status = steppe_report_write(context_of(state), path, &o);
        heap.watching = false;
        made = status == STEPPE_OK;
        clean = (made || status == STEPPE_NO_MEMORY) && heap.live == 0;
    }
    assert_int_equal(access(o.page, R_OK), 0);
    remove_all_in(state, o.figures);
    remove_all_in(state, folder);
    assert_true(clean);
    assert_true(heap.made > 400);
}

/* ---- sensitivity ---- */

/* All runs are in the file, so that what fails is the analysis, its page and its export. */
static void a_sensitivity_fails_cleanly(void **state)
{
    static const char RANGES[] = HEAD
        "citizens: { legitimacy: { value: 0.8, range: [0.7, 0.9], kind: claim },\n"
        "  hardship_high: { value: 1, range: [0.5, 1], kind: claim } }\n" LATTICE;
    char folder[] = "/tmp/steppe-unit-XXXXXX", message[400] = "";
    assert_non_null(mkdtemp(folder));
    const steppe_scenario *s = parse(state, RANGES);
    for (int method = STEPPE_MORRIS; method <= STEPPE_SOBOL; method++) {
        const steppe_sensitivity_options o = {.method = (steppe_sensitivity_method)method,
                                              .count = method == STEPPE_MORRIS ? 7 : 60,
                                              .seed = 1,
                                              .path = words(state, "%s/%d.sqlite", folder,
                                                            method),
                                              .threads = 1};
        const char *export = words(state, "%s/export-%d", folder, method),
                   *page = words(state, "%s/page-%d.md", folder, method);
        steppe_sensitivity *made;
        expect_ok(state, steppe_sensitivity_run(context_of(state), s, &o, &made));
        steppe_sensitivity_free(made);
        bool done = false, clean = true;
        for (long n = 0; !done && clean; n++) {
            steppe_context *c =
                NULL; /* one that has lost what it read refuses all files */
            made = NULL;
            watch(n);
            int status = steppe_context_create(&c);
            if (status == STEPPE_OK)
                status = steppe_sensitivity_run(c, s, &o, &made);
            clean = status == STEPPE_OK || (status == STEPPE_NO_MEMORY && !made);
            if (status == STEPPE_OK)
                status = steppe_sensitivity_write_page(c, made, page);
            if (status == STEPPE_OK)
                status = steppe_sensitivity_export(c, made, export);
            done = status == STEPPE_OK;
            if (c)
                snprintf(message, sizeof message, "%s", steppe_context_message(c));
            steppe_sensitivity_free(made);
            steppe_context_free(c);
            heap.watching = false;
            clean = clean && (done || status == STEPPE_NO_MEMORY) && heap.live == 0;
        }
        if (!clean)
            print_error("method %d, allocation %ld, %ld not freed: %s\n", method,
                        heap.fail_at, (long)heap.live, message);
        assert_true(clean);
        assert_true(heap.made > 40);
        remove_all_in(state, export);
    }
    remove_all_in(state, folder);
}

/* ---- replication ---- */

static int replicate(void **state, const void *name)
{
    const char *const names[] = {name};
    const steppe_replication_options o = {.folder = "scenarios/published",
                                          .names = names,
                                          .name_count = 1,
                                          .effort = 1,
                                          .threads = 1};
    steppe_replication *r = *state;
    int status = steppe_replicate(context_of(state), &o, &r);
    if (status == STEPPE_OK)
        steppe_replication_free(r);
    else
        assert_null(r);
    return status;
}

/* One study of numbers alone, each allocation; one with a figure, some of them. */
static void a_replication_fails_cleanly(void **state)
{
    expect_clean(state, replicate, "kuran", 0, 1);
    expect_clean(state, replicate, "egorov-sonin", 0, 199);
}

/* ---- how much ---- */

/* "No file can make the tree larger than itself" (scenario/node.h); nor may it make the
 * rest of the library take more than a file could need. */
static void expect_modest(void **state, const char *text)
{
    steppe_scenario *s;
    watch(-1);
    heap.budget = (size_t)512 << 20;
    int status = steppe_scenario_parse(context_of(state), "test.yaml", text, strlen(text),
                                       NULL, 0, &s);
    if (status == STEPPE_OK)
        steppe_scenario_free(s);
    heap.watching = false;
    assert_int_equal(heap.live, 0);
    if (heap.over_budget)
        fail_msg("a file of %zu bytes made the library ask for more than %zu",
                 strlen(text), heap.budget);
}

enum { LONG_TEXT = 8 << 20, COPIES = 1500 }; /* 12 GiB if each copy is made */

static char *long_text(void **state)
{
    char *text = malloc(LONG_TEXT + 1);
    keep(state, text, free);
    memset(text, 'x', LONG_TEXT);
    text[LONG_TEXT] = '\0';
    return text;
}

/* One long text, named again and again. */
static void an_alias_of_a_long_text_is_no_bomb(void **state)
{
    stp_text text = {0};
    stp_text_add(&text, HEAD LATTICE "description: &t %s\nsources:\n", long_text(state));
    for (int i = 0; i < COPIES; i++)
        stp_text_add(&text, "  s%d: { title: *t }\n", i);
    keep(state, text.data, free);
    expect_modest(state, text.data);
}

/* One long note on a column, which speaks for each of its values. */
static void a_long_note_on_a_column_is_no_bomb(void **state)
{
    stp_text text = {0};
    stp_text_add(&text,
                 HEAD "provenance: { districts.population: { note: %s } }\n"
                      "districts:\n",
                 long_text(state));
    for (int i = 0; i < COPIES; i++)
        stp_text_add(&text, "  - { id: d%d, name: D, population: 1 }\n", i);
    keep(state, text.data, free);
    expect_modest(state, text.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(a_scenario_fails_cleanly),
        with_shelf(draws_fail_cleanly),
        with_shelf(a_file_fails_cleanly),
        with_shelf(a_bad_scenario_fails_cleanly),
        with_shelf(a_context_fails_cleanly),
        with_shelf(a_run_fails_cleanly),
        with_shelf(a_step_fails_cleanly),
        with_shelf(a_step_that_fails_says_which),
        with_shelf(a_seat_fails_cleanly),
        with_shelf(its_days_allocate_nothing),
        with_shelf(a_summary_fails_cleanly),
        with_shelf(a_summary_that_fails_stops_the_run),
        with_shelf(a_recorder_fails_cleanly),
        with_shelf(a_fit_fails_cleanly),
        with_shelf(a_report_fails_cleanly),
        with_shelf(a_report_of_many_fails_cleanly),
        with_shelf(a_sensitivity_fails_cleanly),
        with_shelf(a_replication_fails_cleanly),
        with_shelf(a_solution_fails_cleanly),
        with_shelf(keeping_a_solution_fails_cleanly),
        with_shelf(an_alias_of_a_long_text_is_no_bomb),
        with_shelf(a_long_note_on_a_column_is_no_bomb),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
