/* Promise (scenario/duration.h): every time in the table of parameters is carried exactly, or counted
 * in whole steps or days and refused below one; what is rounded is said. */
#include "scenario/duration.h"

#include "support.h"

#define WEEKS "steppe: 1\ntitle: T\ntime: { step: 1 week, steps: 9 }\n"
#define PLACE "districts: [{ id: a, name: A, width: 20, height: 20 }]\n"

static void every_time_in_the_table_has_its_rule(void **state)
{
    size_t counted = 0;
    (void)state;
    for (size_t i = 0; i < STP_PARAMETER_COUNT; i++) {
        const stp_parameter *p = &STP_PARAMETERS[i];
        bool street = p->section < STP_OF_THRESHOLD || p->section >= STP_UNITS;
        if (street && (strcmp(p->unit, "h") == 0) != (p->span != STP_SPAN_NONE))
            fail_msg("%s.%s has no rule, or is no time", STP_SECTIONS[p->section].name,
                     p->name);
        counted += p->span >= STP_SPAN_CUT;
    }
    assert_true(counted >= 7);
}

static void times_are_counted(void **state)
{
    (void)state;
    assert_int_equal(stp_span_count(STP_SPAN_CUT, 30, 4), 7);
    assert_int_equal(stp_span_count(STP_SPAN_NEAREST, 30, 4), 8);
    assert_int_equal(stp_span_count(STP_SPAN_NEAREST, 29, 4), 7);
    assert_int_equal(stp_span_count(STP_SPAN_CUT, 0.3, 0.1), 3); /* not 2.9999 */
    assert_int_equal(stp_span_count(STP_SPAN_CUT, 0, 4), 0);
    assert_int_equal(stp_span_count(STP_SPAN_PARTS, 0, 4), 1);
    assert_int_equal(stp_span_count(STP_SPAN_PARTS, 11, 4), 3);
    assert_int_equal(stp_span_count(STP_SPAN_DAYS, 25, 4), 2);
    assert_int_equal(stp_span_count(STP_SPAN_DAYS, 24, 4), 1);
    assert_true(stp_span_count(STP_SPAN_CUT, INFINITY, 4) == UINT64_MAX);
    assert_true(stp_span_count(STP_SPAN_NEAREST, 1e300, 1) == 1000000000000000);
}

/* place: "file:line:column"; wanted: what the message says as well; NULL: it is good. */
static void expect(void **state, const char *text, const char *setting, const char *place,
                   const char *wanted)
{
    steppe_scenario *s = NULL;
    int status = steppe_scenario_parse(context_of(state), "t.yaml", text, strlen(text),
                                       setting ? &setting : NULL, setting != NULL, &s);
    const char *message = status == STEPPE_OK ? ""
                                              : steppe_context_message(context_of(state));
    steppe_scenario_free(s);
    if (wanted ? status != STEPPE_BAD_SCENARIO || !strstr(message, wanted) ||
                     !strstr(message, place)
               : status != STEPPE_OK)
        fail_msg("\"%s\" and not %s for\n%s%s", message, wanted ? wanted : "good", text,
                 setting ? setting : "");
}

static void a_time_below_a_step_is_refused(void **state)
{
    static const struct {
        const char *text, *setting, *place, *wanted;
    } CASES[] = {
        {WEEKS PLACE, NULL, "t.yaml:3:", "term_max is 30 h by default"},
        {WEEKS PLACE, NULL, "t.yaml:3:", "(time.step: 168 h)"},
        {WEEKS "detention: { term_max: 6 d }\n" PLACE, NULL,
         "t.yaml:4:24:", "detention.term_max is 144 h"},
        {WEEKS "detention: { term_max: 0 }\n" PLACE, NULL, "", NULL},
        {WEEKS "detention: { term_max: .inf }\n" PLACE, NULL, "", NULL},
        {WEEKS "detention: { term_max: 10 d }\n" PLACE, NULL, "", NULL},
        {WEEKS "detention: { term_max: 10 d }\n" PLACE, "detention.term_max=30", "--set",
         "give at least 168 h, or 0"},
        {HEAD PLACE, "time.step=2 d", "--set", "term_max is 30 h by default"},
        {HEAD PLACE "outcome: { tension_every: 30 min }\n", NULL,
         "t.yaml:5:27:", "outcome.tension_every is 0.5 h"},
        {HEAD PLACE "obedience: { enabled: true, period: 59 min }\n", NULL,
         "t.yaml:5:37:", "obedience.period"},
        {HEAD PLACE "obedience: { enabled: false, period: 59 min }\n", NULL, "", NULL},
        {WEEKS "detention: { term_max: 0 }\nobedience: { enabled: true }\n" PLACE, NULL,
         "t.yaml:3:", "obedience.period is 4 h by default"},
        {HEAD PLACE "rules: epstein-2\ncitizens: { lifetime: 90 min }\n", "time.step=2",
         "t.yaml:6:23:", "citizens.lifetime"},
        {HEAD PLACE "vacancies: { enabled: true, fill_time: 23 h }\n", NULL,
         "t.yaml:5:40:", "counted in whole days, and shorter than one"},
        {HEAD PLACE "vacancies: { enabled: true, fill_time: 0 }\n", NULL, "", NULL},
        {HEAD PLACE "legitimacy: { half_life: 1 min }\nnews: { lag: 1 min }\n", NULL, "",
         NULL},
        {HEAD PLACE
         "events: [{ id: e, title: E, hour: 0, over: 1 min, deployment: 0 }]\n",
         NULL, "", NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        expect(state, CASES[i].text, CASES[i].setting, CASES[i].place, CASES[i].wanted);
}

static void what_is_rounded_is_said(void **state)
{
    steppe_rounded_time t;
    steppe_scenario *s = parse(state,
                               "steppe: 1\ntitle: T\ntime: { step: 4 h, steps: 9 }\n"
                               "obedience: { enabled: true, period: 7 h }\n"
                               "seat: { fall_time: 60 h }\n" PLACE);
    assert_int_equal(steppe_scenario_rounded(s, 0, &t), STEPPE_OK);
    assert_string_equal(t.name, "term_max");
    assert_true(t.count == 7 && t.unit == 4 && t.hours == 30);
    assert_int_equal(steppe_scenario_rounded(s, 1, &t), STEPPE_OK);
    assert_string_equal(t.section, "obedience");
    assert_true(t.count == 2 && t.unit == 4 && t.hours == 7);
    assert_int_equal(steppe_scenario_rounded(s, 2, &t), STEPPE_BAD_ARGUMENT);
    s = parse(state, HEAD PLACE); /* 30 steps of an hour */
    assert_int_equal(steppe_scenario_rounded(s, 0, &t), STEPPE_BAD_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_time_in_the_table_has_its_rule),
        cmocka_unit_test(times_are_counted),
        with_shelf(a_time_below_a_step_is_refused),
        with_shelf(what_is_rounded_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
