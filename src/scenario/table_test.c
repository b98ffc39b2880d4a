/* Promise (scenario/parameter.h): a parameter is a row of the table and the field that holds it. One row
 * more, in a copy of the table that takes the place of the library's, is read, checked, described, drawn
 * from and documented. */
#include "scenario/scenario.h"

/* The scenario, with the field of the row behind it. */
typedef struct larger_scenario {
    steppe_scenario scenario;
    stp_quantity zeal;
} larger_scenario;

#define STP_SCENARIO_OF_A_TEST larger_scenario
#define STP_ROW_OF_A_TEST             \
    {STP_CITIZENS,                    \
     "zeal",                          \
     STP_NUMBER,                      \
     STP_OPTIONAL,                    \
     "share",                         \
     0,                               \
     1,                               \
     true,                            \
     0.25,                            \
     NULL,                            \
     offsetof(larger_scenario, zeal), \
     0,                               \
     "what the test is about",        \
     "A test",                        \
     .rules = MODEL_1},
#include "scenario/table.c"

#include "scenario/range.h"
#include "scenario/write.h"

#include "support.h"

static double zeal_of(const steppe_scenario *s)
{
    return ((const larger_scenario *)(const void *)s)->zeal.value;
}

static void it_is_read(void **state)
{
    assert_same(zeal_of(parse(state, HEAD LATTICE)), 0.25);
    assert_same(zeal_of(parse(state, HEAD "citizens: { zeal: 40 % }\n" LATTICE)), 0.4);
    const char *set = "citizens.zeal=0.5";
    assert_same(zeal_of(parse_set(state, HEAD LATTICE, &set, 1)), 0.5);
}

static void it_is_checked(void **state)
{
    static const struct {
        const char *line, *message;
    } BAD[] = {
        {"citizens: { zeal: 0 }\n", "zeal must be in (0, 1] share, not 0"},
        {"citizens: { zeal: 3 h }\n",
         "zeal cannot be in 'h'; expected a share of 1, or %"},
        {"citizens: { zeall: 1 }\n", "did you mean 'zeal'?"},
        {"news: { zeal: 1 }\n", "unknown key 'zeal' in news; it belongs to citizens"},
        {"rules: mesa\ncitizens: { zeal: 0.5 }\n",
         "'zeal' does nothing under the rules 'mesa': leave it out"},
    };
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        steppe_scenario *s;
        const char *text = words(state, "%s%s%s", HEAD, BAD[i].line, LATTICE);
        assert_int_equal(steppe_scenario_parse(context_of(state), "t.yaml", text,
                                               strlen(text), NULL, 0, &s),
                         STEPPE_BAD_SCENARIO);
        assert_non_null(strstr(steppe_context_message(context_of(state)),
                               BAD[i].message));
    }
}

static void it_is_written_and_described(void **state)
{
    const steppe_scenario *s = parse(
        state, HEAD "citizens: { zeal: { value: 0.5, kind: claim, note: N } }\n" LATTICE);
    assert_non_null(strstr(steppe_scenario_resolved(s),
                           "  zeal: {value: 0.5, kind: claim, note: \"N\"}\n"));
    assert_same(zeal_of(parse(state, steppe_scenario_resolved(s))), 0.5);
    assert_true(steppe_scenario_digest(s) !=
                steppe_scenario_digest(parse(state, HEAD LATTICE)));
    steppe_entry e = {0};
    for (size_t i = 0; steppe_scenario_entry(s, i, &e) == STEPPE_OK; i++)
        if (strcmp(e.path, "citizens.zeal") == 0)
            break;
    assert_string_equal(e.value, "0.5");
    assert_string_equal(e.kind, "claim");
    assert_string_equal(e.meaning, "what the test is about");
}

static void it_is_drawn_from(void **state)
{
    const steppe_scenario *s = parse(state, HEAD
                                     "citizens: { zeal: { range: [0.2, 0.4] } }\n"
                                     "questions: [{ id: q, text: T, outcome: peak, "
                                     "smallest: 0.1, change: [\"citizens.zeal=1\"] }]"
                                     "\n" LATTICE);
    stp_range *ranges;
    size_t count;
    expect_ok(state, stp_ranges_find(context_of(state), s, &ranges, &count));
    assert_int_equal(count, 1);
    assert_string_equal(ranges[0].path, "citizens.zeal");
    stp_ranges_free(ranges, count);
}

/* `steppe describe --parameters`, of which docs/parameters.md is made, prints these. */
static void it_is_documented(void **state)
{
    (void)state;
    char buffer[256];
    steppe_parameter_info info = {0};
    for (size_t i = 0; steppe_parameter(i, buffer, sizeof buffer, &info) == STEPPE_OK;
         i++)
        if (strcmp(info.name, "zeal") == 0)
            break;
    assert_string_equal(info.section, "citizens");
    assert_string_equal(info.type, "number");
    assert_string_equal(info.range, "(0, 1]");
    assert_string_equal(info.fallback, "0.25");
    assert_string_equal(info.meaning, "what the test is about");
}

/* What finds a section's rows relies on it. */
static void the_table_is_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; i < STP_PARAMETER_COUNT; i++)
        assert_true(STP_PARAMETERS[i - 1].section <= STP_PARAMETERS[i].section);
    assert_int_equal(STP_PARAMETERS[STP_PARAMETER_COUNT].section, STP_SECTION_COUNT);
    for (int k = 0; k < STP_SECTION_COUNT; k++)
        assert_int_equal(stp_section_parameters((stp_section)k)->section, k);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(it_is_read),
        with_shelf(it_is_checked),
        with_shelf(it_is_written_and_described),
        with_shelf(it_is_drawn_from),
        with_shelf(it_is_documented),
        with_shelf(the_table_is_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
