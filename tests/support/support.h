/* What the unit tests share: cmocka, numbers compared with a tolerance, and things made
 * from a few lines of text, which a test need not free: they stand on its shelf. */
#ifndef STP_TEST_SUPPORT_H
#define STP_TEST_SUPPORT_H

#include "steppe.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world/world.h"

/* ---- numbers ---- */

static inline void expect_near(double value, double wanted, double tolerance,
                               const char *what, const char *file, int line)
{
    if (fabs(value - wanted) <= tolerance)
        return;
    print_error("%s is %.17g, not %.17g (+- %g)\n", what, value, wanted, tolerance);
    _fail(file, line);
}

/* |value - wanted| <= tolerance; NAN is near nothing. */
#define assert_near(value, wanted, tolerance) \
    expect_near((value), (wanted), (tolerance), #value, __FILE__, __LINE__)

/* Exactly equal, with both shown when not. */
#define assert_same(value, wanted) assert_near(value, wanted, 0.0)

/* The tests' own random numbers: an LCG of 64 bits (Knuth's MMIX), high bits used. They
 * have nothing in common with the generator that is tested. */
static inline uint32_t any(uint64_t *random)
{
    *random = *random * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*random >> 33);
}

static inline uint32_t any_below(uint64_t *random, uint32_t n)
{
    return any(random) % n;
}

static inline double any_between(uint64_t *random, double low, double high)
{
    return low + (high - low) * any(random) / 2147483648.0;
}

/* ---- the shelf: what is freed after a test, whether it passed or not ---- */

typedef struct shelf {
    steppe_context *context;
    struct item {
        void *thing;
        void (*release)(void *thing);
    } * items;
    size_t count;
} shelf;

static inline int make_shelf(void **state)
{
    shelf *s = calloc(1, sizeof *s);
    *state = s;
    return s && steppe_context_create(&s->context) == STEPPE_OK ? 0 : -1;
}

static inline int clear_shelf(void **state)
{
    shelf *s = *state;
    while (s->count-- > 0) /* what was made last may lean on what was made before */
        s->items[s->count].release(s->items[s->count].thing);
    free(s->items);
    steppe_context_free(s->context);
    free(s);
    return 0;
}

/* cmocka_unit_test with a shelf in *state. */
#define with_shelf(function) \
    cmocka_unit_test_setup_teardown(function, make_shelf, clear_shelf)

static inline void keep(void **state, void *thing, void (*release)(void *thing))
{
    shelf *s = *state;
    s->items = realloc(s->items, (s->count + 1) * sizeof *s->items);
    assert_non_null(s->items);
    s->items[s->count++] = (struct item){thing, release};
}

static inline steppe_context *context_of(void **state)
{
    return ((shelf *)*state)->context;
}

static inline void expect_ok(void **state, int status)
{
    if (status != STEPPE_OK)
        print_error("%s\n", steppe_context_message(context_of(state)));
    assert_int_equal(status, STEPPE_OK);
}

/* ---- scenarios and worlds from text ---- */

/* The least that stands before other sections, and one district. */
#define HEAD "steppe: 1\ntitle: A test\ntime: { steps: 5 }\n"
#define LATTICE "districts: [{ id: a, name: A, width: 20, height: 20 }]\n"

/* A text made like printf's. */
static inline const char *words(void **state, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static inline const char *words(void **state, const char *format, ...)
{
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    int size = vasprintf(&text, format, arguments);
    va_end(arguments);
    assert_true(size >= 0);
    keep(state, text, free);
    return text;
}

/* A scenario that cannot be read: where it is wrong, "LINE:COLUMN", and words of the message. */
typedef struct refused {
    const char *text, *place, *words;
} refused;

/* Each is refused at its place, with its words; those that are not are printed. */
static inline void expect_refused(void **state, const refused *cases, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        steppe_scenario *s = *state;
        const char *text = cases[i].text;
        int status = steppe_scenario_parse(context_of(state), "bad.yaml", text,
                                           strlen(text), NULL, 0, &s);
        const char *message = steppe_context_message(context_of(state));
        const char *place = words(state, "bad.yaml:%s: ", cases[i].place);
        bool right = status == STEPPE_BAD_SCENARIO && !s && strstr(message, place) &&
                     strstr(message, cases[i].words);
        if (!right)
            print_error("%s\n  is not\n%s... %s\n", message, place, cases[i].words);
        wrong += !right;
    }
    assert_int_equal(wrong, 0);
}

static inline void release_scenario(void *scenario)
{
    steppe_scenario_free(scenario);
}

static inline void release_world(void *world)
{
    stp_world_free(world);
}

/* A scenario that must be valid. */
static inline steppe_scenario *parse_set(void **state, const char *text,
                                         const char *const *settings, size_t count)
{
    steppe_scenario *scenario;
    expect_ok(state, steppe_scenario_parse(context_of(state), "test.yaml", text,
                                           strlen(text), settings, count, &scenario));
    keep(state, scenario, release_scenario);
    return scenario;
}

static inline steppe_scenario *parse(void **state, const char *text)
{
    return parse_set(state, text, NULL, 0);
}

static inline stp_world *world_of(void **state, const steppe_scenario *scenario,
                                  double scale, steppe_schedule schedule)
{
    stp_world *world;
    expect_ok(state, stp_world_create(context_of(state), scenario, 1, 1, scale, schedule,
                                      &world));
    keep(state, world, release_world);
    return world;
}

#endif
