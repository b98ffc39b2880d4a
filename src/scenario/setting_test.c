/* Promise (steppe.h, scenario/): settings are kept; what they set is the caller's assumption, with the digest of
 * a file that has these values; a variant is what opening the file with its settings gives, and its messages
 * name lines of the file, or the setting. */
#include "scenario/node.h"
#include "scenario/parameter.h"
#include "scenario/write.h"

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

/* So runs that were kept under settings are found again. */
static void the_digest_is_that_of_a_file_with_the_value(void **state)
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
    int status = stp_scenario_vary(context_of(state), s, &varied, 1, STP_WHOLE, &other);
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

/* ---- a variant is what opening the file with its settings gives ---- */

enum { MAX_SETTINGS = 5, SETTING = 200 };

/* A value for a parameter, good or bad. */
static void draw_value(uint64_t *random, const stp_parameter *p, char *value, size_t size)
{
    static const char *const ODD[] = {"",        "true",
                                      "[1, 2]",  "{value: 0.5}",
                                      "x",       "2022-01-05",
                                      "-1",      "{range: [0, 1]}",
                                      "0.5 km",  "1e9",
                                      "'1'",     "{a: b}",
                                      "7,000 h", "{kind: claim, value: 1}"};
    double high = p && isfinite(p->high) ? p->high : 1000,
           low = p && isfinite(p->low) ? p->low : 0;
    if (!p || any_below(random, 4) == 0)
        snprintf(value, size, "%s", ODD[any_below(random, sizeof ODD / sizeof *ODD)]);
    else if (p->type == STP_CHOICE)
        stp_choice_word(p->words, any_below(random, (uint32_t)stp_choice_count(p->words)),
                        value, size);
    else if (p->type == STP_FLAG)
        snprintf(value, size, "%s", any_below(random, 2) ? "true" : "false");
    else if (p->type == STP_DATE)
        snprintf(value, size, "2022-01-%02uT06:00", 1 + any_below(random, 28));
    else if (p->type == STP_INTEGER)
        snprintf(value, size, "%.0f", any_between(random, low, fmin(high, 400)));
    else
        snprintf(value, size, any_below(random, 3) ? "%.6g" : "{value: %.6g, note: N}",
                 any_between(random, low, high));
}

static void draw_setting(uint64_t *random, const steppe_scenario *s, char *setting)
{
    static const char *const TAILS[] = {".value", ".range", ".x", "s"};
    char value[64];
    steppe_entry e;
    size_t count = steppe_scenario_entry_count(s);
    steppe_scenario_entry(s, any_below(random, (uint32_t)count), &e);
    const char *dot = strchr(e.path, '.'), *last = strrchr(e.path, '.');
    char path[SETTING]; /* "districts.almaty.population" without the id */
    snprintf(path, sizeof path, "%.*s%s", dot ? (int)(dot - e.path) : 0, e.path,
             last ? last : "");
    draw_value(random, stp_parameter_at(path), value, sizeof value);
    snprintf(setting, SETTING, "%s%s=%s", e.path,
             any_below(random, 8) ? "" : TAILS[any_below(random, 4)], value);
}

static void expect_same(const steppe_scenario *a, const steppe_scenario *b)
{
    assert_string_equal(steppe_scenario_resolved(a), steppe_scenario_resolved(b));
    assert_true(a->digest == b->digest && a->runs_digest == b->runs_digest);
    assert_int_equal(a->warning_count, b->warning_count);
    for (size_t i = 0; i < a->warning_count; i++)
        assert_string_equal(a->warnings[i], b->warnings[i]);
    assert_int_equal(a->entry_count, b->entry_count);
    for (size_t i = 0; i < a->entry_count; i++) {
        assert_string_equal(a->entries[i].path, b->entries[i].path);
        assert_string_equal(a->entries[i].value, b->entries[i].value);
        assert_string_equal(a->entries[i].range, b->entries[i].range);
        assert_string_equal(a->entries[i].source, b->entries[i].source);
    }
    assert_int_equal(a->setting_count, b->setting_count);
}

static uint64_t values_of(void **state, const steppe_scenario *s)
{
    uint64_t digest;
    expect_ok(state, stp_write_values(context_of(state), s, &digest));
    return digest;
}

/* One file, opened with all settings, and opened with some of them and varied by the others. */
static bool try_settings(void **state, const char *file, const char *const *settings,
                         size_t before, size_t count)
{
    steppe_scenario *base, *whole, *varied, *to_run;
    steppe_context *context = context_of(state);
    char message[4096];
    stp_setting more[MAX_SETTINGS];
    for (size_t i = before; i < count; i++)
        more[i - before] = (stp_setting){settings[i], "--set"};
    if (steppe_scenario_open(context, file, settings, before, &base) != STEPPE_OK)
        return false;
    uint64_t was = values_of(state, base);
    int opened = steppe_scenario_open(context, file, settings, count, &whole);
    snprintf(message, sizeof message, "%s", steppe_context_message(context));
    int status = stp_scenario_vary(context, base, more, count - before, STP_WHOLE,
                                   &varied);
    assert_int_equal(status, opened);
    if (status != STEPPE_OK)
        assert_string_equal(steppe_context_message(context), message);
    status = stp_scenario_vary(context, base, more, count - before, STP_TO_RUN, &to_run);
    if (opened == STEPPE_OK) {
        assert_int_equal(status, STEPPE_OK);
        expect_same(whole, varied);
        assert_true(values_of(state, to_run) == values_of(state, whole));
    }
    assert_true(values_of(state, base) == was);
    steppe_scenario_free(base); /* a variant outlives it */
    if (varied)
        values_of(state, varied);
    steppe_scenario_free(whole);
    steppe_scenario_free(varied);
    steppe_scenario_free(to_run);
    return opened == STEPPE_OK;
}

static void a_variant_is_what_opening_with_its_settings_gives(void **state)
{
    static const char *const FILES[] = {"scenarios/kazakhstan-2022/scenario.yaml",
                                        "scenarios/published/epstein-2002-run2.yaml",
                                        "scenarios/published/kuran-1989.yaml"};
    enum { TRIALS = 150 };
    size_t good = 0;
    uint64_t random = 19;
    for (size_t f = 0; f < sizeof FILES / sizeof *FILES; f++) {
        steppe_scenario *s;
        expect_ok(state, steppe_scenario_open(context_of(state), FILES[f], NULL, 0, &s));
        keep(state, s, release_scenario);
        for (int i = 0; i < TRIALS; i++) {
            char texts[MAX_SETTINGS][SETTING];
            const char *settings[MAX_SETTINGS];
            size_t count = 1 + any_below(&random, MAX_SETTINGS),
                   before = any_below(&random, (uint32_t)count);
            for (size_t k = 0; k < count; k++) {
                draw_setting(&random, s, texts[k]);
                settings[k] = texts[k];
            }
            good += try_settings(state, FILES[f], settings, before, count);
        }
    }
    assert_true(good > TRIALS / 4 && good < 3 * TRIALS - TRIALS / 4);
}

/* A value that two keys share by an alias is set at the path alone. */
static void a_setting_leaves_aliases_alone(void **state)
{
    const char *text = HEAD "citizens: { hardship_low: &x { value: 0.2 }, "
                            "hardship_high: *x }\n" LATTICE;
    const char *set = "citizens.hardship_low.value=0.1";
    const steppe_scenario *s = parse_text(state, text, &set, 1);
    assert_same(s->citizens.hardship_low.value, 0.1);
    assert_same(s->citizens.hardship_high.value, 0.2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(settings_are_kept),
        with_shelf(what_is_set_is_the_callers_assumption),
        with_shelf(a_caller_may_name_a_source),
        with_shelf(the_digest_is_that_of_a_file_with_the_value),
        with_shelf(set_is_for_assumptions),
        with_shelf(messages_count_the_lines_of_the_file),
        with_shelf(a_variant_is_what_opening_with_its_settings_gives),
        with_shelf(a_setting_leaves_aliases_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
