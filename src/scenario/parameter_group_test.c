/* Groups of parameter ranges: those of the file, and the rest. */
#include "scenario/parameter_group.h"

#include "scenario/path.h"
#include "support.h"

#define TOWN                                                                            \
    "steppe: 1\ntitle: T\ntime: { steps: 40 }\n"                                        \
    "districts: [{ id: town, name: Town, width: 30, height: 30 }]\n"                    \
    "citizens: { legitimacy: { range: [0.5, 0.9] }, threshold: { range: [0, 0.2] } }\n" \
    "events:\n"                                                                         \
    "  - { id: a, title: A, hour: 1, media_reach: { range: [0, 1] } }\n"                \
    "  - { id: b, title: B, hour: { range: [2, 9] }, media_reach: { range: [0, 1] } }\n"
#define GROUPS                                                                         \
    "parameter_groups:\n"                                                              \
    "  - { id: media, title: What media reach, parameters: [events.*.media_reach] }\n" \
    "  - { id: mood, parameters: [citizens.legitimacy, citizens.vision] }\n"           \
    "  - { id: fixed, parameters: [officers.vision] }\n"

typedef struct grouping {
    stp_range *ranges;
    stp_parameter_group *groups;
    size_t range_count, count;
} grouping;

static void release_grouping(void *thing)
{
    grouping *g = thing;
    stp_ranges_free(g->ranges, g->range_count);
    stp_parameter_groups_free(g->groups, g->count);
    free(g);
}

static grouping *grouping_of(void **state, const char *text, stp_ungrouped ungrouped)
{
    const steppe_scenario *s = parse(state, text);
    grouping *g = calloc(1, sizeof *g);
    assert_non_null(g);
    keep(state, g, release_grouping);
    expect_ok(state, stp_ranges_find(context_of(state), s, &g->ranges, &g->range_count));
    expect_ok(state,
              stp_parameter_groups_find(context_of(state), s, g->ranges, g->range_count,
                                        ungrouped, &g->groups, &g->count));
    return g;
}

static void expect_group(const grouping *g, size_t index, const char *name, bool stated,
                         const char *first, size_t count)
{
    const stp_parameter_group *group = &g->groups[index];
    assert_string_equal(group->name, name);
    assert_true(group->stated == stated);
    assert_string_equal(g->ranges[group->members[0]].path, first);
    assert_int_equal(group->count, count);
    for (size_t i = 1; i < group->count; i++)
        assert_true(group->members[i] > group->members[i - 1]);
}

/* Members without a range, and groups without a member, are left out. */
static void the_rest_stands_alone(void **state)
{
    const grouping *g = grouping_of(state, TOWN GROUPS, STP_UNGROUPED_ALONE);
    assert_int_equal(g->range_count, 5);
    assert_int_equal(g->count, 4);
    expect_group(g, 0, "media", true, "events.a.media_reach", 2);
    expect_group(g, 1, "mood", true, "citizens.legitimacy", 1);
    expect_group(g, 2, "citizens.threshold", false, "citizens.threshold", 1);
    expect_group(g, 3, "events.b.hour", false, "events.b.hour", 1);
}

static void or_is_left_out(void **state)
{
    const grouping *g = grouping_of(state, TOWN GROUPS, STP_UNGROUPED_LEFT_OUT);
    assert_int_equal(g->count, 2);
}

static void or_goes_by_columns(void **state)
{
    const grouping *g = grouping_of(state, TOWN, STP_UNGROUPED_BY_COLUMN);
    assert_int_equal(g->count, 4);
    expect_group(g, 0, "citizens.legitimacy", false, "citizens.legitimacy", 1);
    expect_group(g, 2, "events.*.media_reach", false, "events.a.media_reach", 2);
    expect_group(g, 3, "events.*.hour", false, "events.b.hour", 1);
}

static void they_change_no_run_and_read_back(void **state)
{
    const steppe_scenario *a = parse(state, TOWN), *b = parse(state, TOWN GROUPS);
    assert_true(a->runs_digest == b->runs_digest);
    assert_true(a->digest != b->digest);
    const steppe_scenario *c = parse(state, steppe_scenario_resolved(b));
    assert_string_equal(steppe_scenario_resolved(b), steppe_scenario_resolved(c));
}

static void patterns_stay_within_their_part(void **state)
{
    (void)state;
    assert_true(stp_path_matches("events.*.fuel_price", "events.lpg-price.fuel_price"));
    assert_true(stp_path_matches("events.lpg-*.fuel*", "events.lpg-price.fuel_price"));
    assert_true(stp_path_matches("*.*.*", "events.lpg-price.fuel_price"));
    assert_true(stp_path_matches("*a*b*", "xaxbx"));
    assert_true(stp_path_matches("news.reach", "news.reach"));
    assert_false(stp_path_matches("events.*", "events.lpg-price.fuel_price"));
    assert_false(stp_path_matches("*", "news.reach"));
    assert_false(stp_path_matches("news.reac", "news.reach"));
    assert_false(stp_path_matches("news.reach.x", "news.reach"));
    assert_false(stp_path_matches("*ab", "aba"));
}

static void what_is_wrong_is_named(void **state)
{
    static const refused CASES[] = {
        {TOWN "parameter_groups: [{ id: g, parameters: [events.*.fuel_prize] }]\n",
         "9:42", "names no parameter of events; did you mean 'fuel_price'?"},
        {TOWN "parameter_groups: [{ id: g, parameters: [events.*.title] }]\n", "9:42",
         "is not a number"},
        {TOWN "parameter_groups: [{ id: g, parameters: [scale] }]\n", "9:42",
         "expected SECTION.NAME or LIST.ID.NAME"},
        {TOWN "parameter_groups: [{ id: g, parameters: news.reach }]\n", "9:41",
         "parameters must be a list of texts, such as [news.reach]"},
        {TOWN "parameter_groups:\n  - { id: g, parameters: [news.*] }\n"
              "  - { id: h, parameters: [news.reach] }\n",
         "11:26", "news.reach is in the group 'g' too"},
        {TOWN "parameter_groups: [{ id: g }]\n", "9:20", "'parameters' is missing"},
        {TOWN "parameter_groups: [{ id: g, parameter: [news.reach] }]\n", "9:29",
         "did you mean 'parameters'?"},
    };
    expect_refused(state, CASES, sizeof CASES / sizeof *CASES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(the_rest_stands_alone),
        with_shelf(or_is_left_out),
        with_shelf(or_goes_by_columns),
        with_shelf(they_change_no_run_and_read_back),
        cmocka_unit_test(patterns_stay_within_their_part),
        with_shelf(what_is_wrong_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
