/* Parameter ranges: which there are, what is drawn from them, and how they are narrowed. */
#include "scenario/range.h"

#include "support.h"

static const char TEXT[] =
    "steppe: 1\n"
    "title: A town\n"
    "time: { steps: 40, start: 2022-01-01 }\n"
    "sources: { paper: { title: A paper } }\n"
    "citizens:\n"
    "  legitimacy: { value: 0.8, range: [0.7, 0.84], kind: assumption }\n"
    "  vision: { value: 7, range: [5, 9], kind: claim, source: paper }\n"
    "officers: { arrest_probability: { value: 0.9, range: [0.8, 1], kind: fact, source: "
    "paper } }\n"
    "districts: [{ id: town, name: Town, width: 30, height: 30 }]\n"
    "events:\n"
    "  - { id: more, title: More officers, reinforcement: { range: [2, 5] },\n"
    "      date: { value: 2022-01-01T10:00, range: [2022-01-01T08:00, 2022-01-01T20:00] "
    "} }\n";

typedef struct list {
    stp_range *ranges;
    size_t count;
} list;

static void release_list(void *thing)
{
    list *l = thing;
    stp_ranges_free(l->ranges, l->count);
    free(l);
}

static list *list_of(void **state)
{
    list *l = calloc(1, sizeof *l);
    assert_non_null(l);
    keep(state, l, release_list);
    expect_ok(state, stp_ranges_find(context_of(state), parse(state, TEXT), &l->ranges,
                                     &l->count));
    return l;
}

static stp_range *range_of(list *l, const char *path)
{
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->ranges[i].path, path) == 0)
            return &l->ranges[i];
    fail_msg("no range %s", path);
    return NULL;
}

/* Assumptions, claims and what says nothing of its kind; no facts. */
static void facts_are_not_varied(void **state)
{
    list *l = list_of(state);
    assert_int_equal(l->count, 4);
    range_of(l, "citizens.legitimacy");
    range_of(l, "citizens.vision");
    range_of(l, "events.more.reinforcement");
    range_of(l, "events.more.date");
}

static void ends_are_reached_and_whole_numbers_are_whole(void **state)
{
    list *l = list_of(state);
    const stp_range *r = range_of(l, "citizens.legitimacy");
    assert_same(stp_range_at(r, 0), 0.7);
    assert_same(stp_range_at(r, 1), 0.84);
    const stp_range *whole = range_of(l, "events.more.reinforcement");
    int seen = 0;
    for (int k = 0; k < 100; k++) {
        double value = stp_range_at(whole, k / 100.0);
        assert_true(value == 2 || value == 3 || value == 4 || value == 5);
        seen |= 1 << (int)value;
    }
    assert_int_equal(seen, 4 + 8 + 16 + 32);
}

/* A part of the range lies around the value that is used as the whole does. */
static void a_part_lies_around_what_is_used(void **state)
{
    list *l = list_of(state);
    stp_range *r = range_of(l, "citizens.legitimacy");
    stp_range_narrow(r, 0.5);
    assert_near(r->low, 0.75, 1e-12);
    assert_near(r->high, 0.82, 1e-12);
    stp_range_narrow(r, 1);
    assert_near(r->low, 0.75, 1e-12);
}

/* Nothing outside the range is drawn, however narrow; what is drawn can be set. */
static void what_is_drawn_lies_in_the_range_and_can_be_set(void **state)
{
    list *l = list_of(state);
    static const double WIDTHS[] = {1, 0.5, 0.1, 0.01, 0};
    for (size_t i = 0; i < l->count; i++) {
        double low = l->ranges[i].low, high = l->ranges[i].high;
        for (size_t w = 0; w < sizeof WIDTHS / sizeof *WIDTHS; w++) {
            stp_range r = l->ranges[i];
            stp_range_narrow(&r, WIDTHS[w]);
            for (int k = 0; k <= 8; k++) {
                double value = stp_range_at(&r, k / 8.0);
                assert_true(value >= low && value <= high);
                char *setting = stp_range_setting(&r, value);
                assert_non_null(setting);
                keep(state, setting, free);
                const char *settings[] = {setting};
                steppe_scenario *other = NULL;
                expect_ok(state,
                          steppe_scenario_parse(context_of(state), "town.yaml", TEXT,
                                                strlen(TEXT), settings, 1, &other));
                steppe_scenario_free(other);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(facts_are_not_varied),
        cmocka_unit_test_setup_teardown(ends_are_reached_and_whole_numbers_are_whole,
                                        make_shelf, clear_shelf),
        cmocka_unit_test_setup_teardown(a_part_lies_around_what_is_used, make_shelf,
                                        clear_shelf),
        cmocka_unit_test_setup_teardown(what_is_drawn_lies_in_the_range_and_can_be_set,
                                        make_shelf, clear_shelf),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
