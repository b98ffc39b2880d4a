/* Promise (steppe.h, scenario/): settings are kept; what they set is the caller's assumption, and
 * leaves the digest as it would be if the file said it; messages about a scenario that was varied
 * name the user's own lines, or the setting. */
#include "scenario/node.h"
#include "scenario/scenario.h"

#include "support.h"

static const char TEXT[] = "steppe: 1\n"                                  /* 1 */
                           "title: Set\n"                                 /* 2 */
                           "time: { steps: 5 }\n"                         /* 3 */
                           "sources: { census: { title: The census } }\n" /* 4 */
                           "citizens:\n"                                  /* 5 */
                           "  legitimacy: { value: 0.8, range: [0.7, 0.9], kind: claim,\n"
                           "    source: census, note: N }\n"                   /* 7 */
                           "  able: 0.9\n"                                     /* 8 */
                           "districts:\n"                                      /* 9 */
                           "  - { id: a, name: A, width: 20, height: 20 }\n"   /* 10 */
                           "\n"                                                /* 11 */
                           "  - { id: b, name: B,\n"                           /* 12 */
                           "      population: 300 }\n"                         /* 13 */
                           "events:\n"                                         /* 14 */
                           "  - { id: e, title: E, hour: 1, districts: [a],\n" /* 15 */
                           "      legitimacy: 0.5 }\n"                         /* 16 */
                           "provenance:\n"
                           "  districts.population: { kind: fact, source: census }\n";

static steppe_scenario *parse_text(void **state, const char *text,
                                   const char *const *settings, size_t count)
{
    steppe_scenario *s;
    expect_ok(state, steppe_scenario_parse(context_of(state), "set.yaml", text,
                                           strlen(text), settings, count, &s));
    keep(state, s, release_scenario);
    return s;
}

static steppe_entry entry_of(const steppe_scenario *s, const char *path)
{
    steppe_entry e;
    for (size_t i = 0; steppe_scenario_entry(s, i, &e) == STEPPE_OK; i++)
        if (strcmp(e.path, path) == 0)
            return e;
    fail_msg("no entry is called %s", path);
    return e;
}

static void settings_are_kept(void **state)
{
    const char *const settings[] = {"citizens.able=0.5", "citizens.able=0.6"};
    steppe_scenario *s = parse_text(state, TEXT, settings, 2);
    assert_int_equal(steppe_scenario_setting_count(s), 2);
    assert_string_equal(steppe_scenario_setting(s, 0), settings[0]);
    assert_string_equal(steppe_scenario_setting(s, 1), settings[1]);
    assert_null(steppe_scenario_setting(s, 2));
    assert_int_equal(steppe_scenario_setting_count(parse_text(state, TEXT, NULL, 0)), 0);
}

/* Of a value that had a kind, one that had none, one of a whole column, and one that was a default. */
static void what_is_set_is_the_callers_assumption(void **state)
{
    static const struct {
        const char *path, *setting, *range;
    } CASES[] = {{"citizens.legitimacy", "citizens.legitimacy=0.75", ""},
                 {"citizens.legitimacy", "citizens.legitimacy.value=0.75", "0.7 .. 0.9"},
                 {"citizens.legitimacy", "citizens.legitimacy={range: [0.2, 0.4]}",
                  "0.2 .. 0.4"},
                 {"citizens.able", "citizens.able=0.75", ""},
                 {"citizens.threshold", "citizens={threshold: 0.2}", ""},
                 {"districts.b.population", "districts.b.population=400", ""},
                 {"events.e.legitimacy", "events.1.legitimacy=0.4", ""},
                 {"scale", "scale=2", ""}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const steppe_scenario *s = parse_text(state, TEXT, &CASES[i].setting, 1);
        steppe_entry e = entry_of(s, CASES[i].path);
        assert_string_equal(e.kind, "assumption");
        assert_string_equal(e.source, "set by the caller (--set)");
        assert_string_equal(e.source_id, "");
        assert_string_equal(e.note, "");
        assert_string_equal(e.range, CASES[i].range);
        const steppe_scenario *again = parse_text(state, steppe_scenario_resolved(s),
                                                  NULL, 0);
        assert_string_equal(entry_of(again, CASES[i].path).source, e.source);
        assert_string_equal(steppe_scenario_resolved(again), steppe_scenario_resolved(s));
        assert_true(steppe_scenario_digest(again) == steppe_scenario_digest(s));
        assert_true(again->runs_digest == s->runs_digest);
    }
}

/* ... unless the caller says where it comes from. */
static void a_caller_may_name_a_source(void **state)
{
    const char *setting = "citizens.able={value: 0.4, kind: fact, source: census}";
    steppe_entry e = entry_of(parse_text(state, TEXT, &setting, 1), "citizens.able");
    assert_string_equal(e.kind, "fact");
    assert_string_equal(e.source, "The census");
}

/* Runs that were kept under settings are found again: their digest is that of before. */
static void the_digest_is_that_of_a_file_which_says_so(void **state)
{
    const char *setting = "citizens.able=0.5";
    char text[sizeof TEXT];
    memcpy(text, TEXT, sizeof TEXT);
    strstr(text, "able: 0.9")[8] = '5';
    const steppe_scenario *set = parse_text(state, TEXT, &setting, 1),
                          *file = parse_text(state, text, NULL, 0);
    assert_true(set->digest == file->digest);
    assert_true(set->runs_digest == file->runs_digest);
    assert_string_not_equal(steppe_scenario_resolved(set),
                            steppe_scenario_resolved(file));
}

static void set_is_for_assumptions(void **state)
{
    static const char *const BAD[] = {"citizens.able={value: 0.5, set: true}",
                                      "citizens.able={value: 0.5, kind: fact, source: "
                                      "census, set: true}",
                                      "citizens.able={value: 0.5, kind: assumption, "
                                      "set: 3}",
                                      "citizens.able={value: 0.5, kind: assumption, "
                                      "set: {knd: fact}}"};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        steppe_scenario *s;
        assert_int_equal(steppe_scenario_parse(context_of(state), "x", TEXT, strlen(TEXT),
                                               &BAD[i], 1, &s),
                         STEPPE_BAD_SCENARIO);
        assert_non_null(strstr(steppe_context_message(context_of(state)), "set"));
    }
}

/* ---- messages about what was varied ---- */

static void expect_varied(void **state, const steppe_scenario *s, const char *setting,
                          const char *message)
{
    const stp_setting varied = {setting, "draw 3:"};
    steppe_scenario *other = NULL;
    int status = stp_scenario_vary(context_of(state), s, &varied, 1, &other);
    steppe_scenario_free(other);
    assert_int_equal(status, STEPPE_BAD_SCENARIO);
    assert_string_equal(steppe_context_message(context_of(state)), message);
}

static void messages_count_the_lines_of_the_file(void **state)
{
    const char *set = "citizens.hardship_low=0.6";
    const steppe_scenario *s = parse_text(state, TEXT, &set, 1);
    expect_varied(
        state, s, "citizens.legitimacy=2",
        "draw 3: citizens.legitimacy=2: legitimacy must be in [0, 1] share, not "
        "2");
    expect_varied(state, s, "citizens.density=0.99",
                  "set.yaml:10:5: district 'a': 412 citizens and officers do not fit on "
                  "400 cells");
    expect_varied(state, s, "districts.a.id=z",
                  "set.yaml:15:44: no district is called 'a'; did you mean 'z'?");
    expect_varied(state, s, "time.start=2022-01-01T00:00:61",
                  "draw 3: time.start=2022-01-01T00:00:61: start must be a date such as "
                  "2022-01-05 or 2022-01-05T16:30, not '2022-01-01T00:00:61'");
    /* Together with what was set before, which is named. */
    expect_varied(state, s, "citizens.hardship_high=0.5",
                  "--set citizens.hardship_low=0.6: hardship_low is above hardship_high");
}

/* Every line of a resolved text has its place: no more, no fewer. */
static void every_line_has_an_origin(void **state)
{
    steppe_scenario *s;
    expect_ok(state, steppe_scenario_open(context_of(state),
                                          "scenarios/kazakhstan-2022/scenario.yaml", NULL,
                                          0, &s));
    keep(state, s, release_scenario);
    size_t lines = 0;
    for (const char *c = steppe_scenario_resolved(s); *c; c++)
        lines += *c == '\n';
    assert_int_equal(s->line_count, lines);
    for (size_t i = 0; i < lines; i++)
        assert_true(s->lines[i].line > 0 && s->lines[i].column > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(settings_are_kept),
        with_shelf(what_is_set_is_the_callers_assumption),
        with_shelf(a_caller_may_name_a_source),
        with_shelf(the_digest_is_that_of_a_file_which_says_so),
        with_shelf(set_is_for_assumptions),
        with_shelf(messages_count_the_lines_of_the_file),
        with_shelf(every_line_has_an_origin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
