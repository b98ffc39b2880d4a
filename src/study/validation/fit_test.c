/* Results files made by hand, measured and compared with what was observed. */
#include "support.h"

#include "record/recorder.h"
#include "record/results.h"

#include <unistd.h>

/* Two units of two and one districts of 100 citizens; two days, hour by hour. */
#define COUNTRY                                                                      \
    "steppe: 1\ntitle: T\ntime: { start: 2022-01-01, steps: 48 }\n"                  \
    "citizens: { density: 1 }\nofficers: { density: 0 }\nnews: { enabled: false }\n" \
    "outcome: { unrest_share: 0.1 }\n"                                               \
    "units: [{ id: u, name: U }, { id: v, name: V }]\n"                              \
    "districts:\n  - { id: a, name: A, unit: u, width: 10, height: 10 }\n"           \
    "  - { id: b, name: B, unit: u, width: 10, height: 10 }\n"                       \
    "  - { id: c, name: C, unit: v, width: 10, height: 10 }\n"

enum { DISTRICTS = 3, STEPS = 48 };

/* Counts of district `d` at the end of step `t` (from 1), in the order of stp_series_column. */
typedef void (*filler)(int t, int d, long counts[STP_SERIES_COLUMNS]);

/* What a file is to be. */
typedef struct kind {
    int steps;
    filler fill;
    const char *after; /* SQL that is run in the end, or NULL */
} kind;

static char folder[] = "/tmp/steppe-unit-XXXXXX", path[2][64];

static void run_sql(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
}

static void add_row(void **state, sqlite3 *db, const kind *k, int t, int d)
{
    long counts[STP_SERIES_COLUMNS] = {0};
    stp_text sql = {0};
    counts[STP_SERIES_ALIVE] = 100;
    if (k->fill)
        k->fill(t, d, counts);
    stp_text_add(&sql, "INSERT INTO series (step, district, digest");
    for (int c = 0; c < STP_SERIES_COLUMNS; c++)
        stp_text_add(&sql, ", %s", stp_series_column_name((stp_series_column)c));
    stp_text_add(&sql, ", on_street) VALUES (%d, %d, ''", t, d);
    for (int c = 0; c < STP_SERIES_COLUMNS; c++)
        stp_text_add(&sql, ", %ld", counts[c]);
    stp_text_add(&sql, ", %ld)", counts[STP_SERIES_ALIVE] - counts[STP_SERIES_DETAINED]);
    keep(state, sql.data, free);
    run_sql(db, sql.data);
}

/* A table of counts: first those that a test fills, then the others. */
static void create_steps(void **state, sqlite3 *db, const char *begin, const char *end)
{
    static const char *const OTHERS[] = {"releases", "activations",      "died",
                                         "born",     "group_0",          "group_1",
                                         "wounded",  "officers_wounded", "officers_left"};
    stp_text sql = {0};
    stp_text_add(&sql, "%s", begin);
    for (int c = 0; c < STP_SERIES_COLUMNS; c++)
        stp_text_add(&sql, ", %s INTEGER DEFAULT 0",
                     stp_series_column_name((stp_series_column)c));
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++)
        stp_text_add(&sql, ", %s DEFAULT 0", OTHERS[i]);
    stp_text_add(&sql, ", on_street DEFAULT 50%s)", end);
    keep(state, sql.data, free);
    run_sql(db, sql.data);
}

/* A results file as the recorder would write it. */
static void make_file(void **state, int number, const kind *k)
{
    sqlite3 *db;
    unlink(path[number]);
    assert_int_equal(sqlite3_open(path[number], &db), SQLITE_OK);
    run_sql(db,
            words(state, "PRAGMA application_id = %d; PRAGMA user_version = %d; BEGIN",
                  STP_APPLICATION_ID, STEPPE_RESULTS_FORMAT));
    run_sql(db,
            "CREATE TABLE run (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
            "INSERT INTO run VALUES ('scale', '2'), ('step_hours', '1'),"
            " ('status', 'complete'), ('scenario', ''), ('force', 'true');"
            "CREATE TABLE district (district INTEGER PRIMARY KEY, id TEXT, citizens "
            "INTEGER, name TEXT, latitude REAL, longitude REAL, residents DEFAULT 200,"
            " width DEFAULT 10, height DEFAULT 10);"
            "INSERT INTO district (district, id, citizens)"
            " VALUES (0, 'a', 100), (1, 'b', 100), (2, 'c', 100)");
    create_steps(state, db, "CREATE TABLE step (step INTEGER PRIMARY KEY, time, digest",
                 "");
    create_steps(state, db, "CREATE TABLE series (step INTEGER, district INTEGER, digest",
                 ", legitimacy DEFAULT 0, hardship DEFAULT 0, threshold_shift DEFAULT 0,"
                 " heard DEFAULT 0, orders DEFAULT 0, obedience DEFAULT 0,"
                 " PRIMARY KEY (step, district)");
    for (int t = 1; t <= k->steps; t++) {
        run_sql(db, words(state,
                          "INSERT INTO step (step, time, digest) VALUES (%d, "
                          "'2022-01-%02dT%02d:00', '')",
                          t, 1 + t / 24, t % 24));
        for (int d = 0; d < DISTRICTS; d++)
            add_row(state, db, k, t, d);
    }
    if (k->after)
        run_sql(db, k->after);
    run_sql(db, "COMMIT");
    sqlite3_close(db);
}

static void release_fit(void *fit)
{
    steppe_fit_free(fit);
}

/* A fit of `files` files to an entry of `observed` ("measure: ..., value: ..."). */
static const steppe_fit *fit_of(void **state, size_t files, const char *entry)
{
    const char *const paths[] = {path[0], path[1]};
    const steppe_scenario *s = parse(
        state, words(state,
                     COUNTRY "observed: [{ id: o, title: O, pattern: P, confidence: "
                             "low, %s }]\n",
                     entry));
    steppe_fit *fit;
    expect_ok(state, steppe_fit_open(context_of(state), s, paths, files, &fit));
    keep(state, fit, release_fit);
    return fit;
}

static steppe_fit_row row_of(void **state, const char *entry)
{
    steppe_fit_row row;
    assert_int_equal(steppe_fit_row_at(fit_of(state, 1, entry), 0, &row), STEPPE_OK);
    return row;
}

/* The measure of the first file by itself. */
static double measure(void **state, const char *entry)
{
    return row_of(state, words(state, "value: 1, %s", entry)).simulated;
}

/* A rises from 8 active to 20 after six hours and to 30 on the second day; B has 5 all the time; C
 * has 40 for one hour of the second day, in which three are killed. */
static void lively(int t, int d, long counts[STP_SERIES_COLUMNS])
{
    long active[] = {t <= 6 ? 8 : t <= 24 ? 20 : 30, 5, t == 30 ? 40 : 0};
    counts[STP_SERIES_ACTIVE] = active[d];
    counts[STP_SERIES_ARRESTS] = d == 0;
    counts[STP_SERIES_DETAINED] = d == 0 ? t : 0;
    counts[STP_SERIES_OFFICERS] = d == 2 ? 0 : 4;
    counts[STP_SERIES_OBEYING] = d == 2 ? 0 : t <= 24 ? 1 : 4;
    counts[STP_SERIES_VIOLENT] = d == 2 && t == 30 ? 9 : d == 0 && t == 31 ? 1 : 0;
    counts[STP_SERIES_KILLED] = d == 2 && t == 30 ? 3 : 0;
    counts[STP_SERIES_OFFICERS_KILLED] = d == 0 && t == 40;
}

static const kind LIVELY = {STEPS, lively, NULL};

static void measures_are_what_they_say(void **state)
{
    make_file(state, 0, &LIVELY);
    assert_same(measure(state, "measure: units-with-unrest, at: 2022-01-01"), 1);
    assert_same(measure(state, "measure: units-with-unrest, at: 2022-01-02"), 2);
    assert_same(measure(state, "measure: units-with-unrest, to_hour: 6"), 0);
    assert_same(measure(state, "measure: turnout"), 2 * 75);
    assert_same(measure(state, "measure: turnout, at: 2022-01-01"), 2 * 25);
    assert_same(measure(state, "measure: turnout, districts: [b, c]"), 2 * 45);
    assert_same(measure(state, "measure: participants, at: 2022-01-02"), 2 * 75);
    assert_same(measure(state, "measure: participants, units: [u]"), 2 * 35);
    assert_same(measure(state, "measure: arrests, from_hour: 12, to_hour: 36"), 2 * 24);
    assert_same(measure(state, "measure: detained, at: 2022-01-01T10:00"), 2 * 10);
    assert_same(measure(state, "measure: detained, at: 2022-01-01T10:30"), 2 * 10);
    assert_same(measure(state, "measure: detained-share, to_hour: 24"), 24.0 / 25);
    assert_near(measure(state, "measure: unrest-after, at: 2022-01-02, districts: [a]"),
                30.0 * 24 / (8 * 6 + 20 * 18), 1e-12);
}

static void so_are_those_of_force(void **state)
{
    make_file(state, 0, &LIVELY);
    assert_same(measure(state, "measure: deaths"), 2 * 4);
    assert_same(measure(state, "measure: deaths, at: 2022-01-01"), 0);
    assert_same(measure(state, "measure: deaths-share, units: [v]"), 0.75);
    assert_same(measure(state, "measure: violence-peak"), 30);
    assert_same(measure(state, "measure: violence-peak, units: [u]"), 31);
    /* 1 of 200 is no more than a tenth of 0.1, 9 of 100 are */
    assert_same(measure(state, "measure: non-violent-units"), 0.5);
    assert_same(measure(state, "measure: non-violent-units, units: [u]"), 1);
    assert_same(measure(state, "measure: obeying, at: 2022-01-01"), 0.25);
    assert_same(measure(state, "measure: obeying, at: 2022-01-02"), 1);
    assert_same(measure(state, "measure: first-unrest, districts: [a]"), 1);
    assert_same(measure(state, "measure: first-unrest, units: [v]"), 0);
}

static void expect_match(void **state, const char *entry, steppe_fit_match match,
                         double distance)
{
    steppe_fit_row row = row_of(state, entry);
    if (row.match != match)
        fail_msg("%s: %d, not %d (%s)", entry, row.match, match, row.simulated_words);
    if (row.distance != distance) /* infinite ones are equal, not near */
        assert_near(row.distance, distance, 1e-12);
}

/* At most 150 residents are active, and two units have unrest. */
static void verdicts_go_by_their_rules(void **state)
{
    make_file(state, 0, &LIVELY);
    expect_match(state, "measure: turnout, value: { value: 100, range: [90, 150] }",
                 STEPPE_FIT_MATCHED, 0);
    expect_match(state, "measure: turnout, value: { value: 100, range: [90, 140] }",
                 STEPPE_FIT_NEAR, log(150.0 / 140));
    expect_match(state, "measure: turnout, value: 120", STEPPE_FIT_MATCHED, log(1.25));
    expect_match(state, "measure: turnout, value: 300", STEPPE_FIT_NEAR, log(0.5));
    expect_match(state, "measure: turnout, value: 301", STEPPE_FIT_APART,
                 log(150.0 / 301));
    expect_match(state, "measure: turnout, value: 0", STEPPE_FIT_APART, INFINITY);
    expect_match(state, "measure: deaths, to_hour: 9, value: 0", STEPPE_FIT_MATCHED, 0);
    expect_match(state, "measure: deaths, to_hour: 9, value: 3", STEPPE_FIT_APART,
                 -INFINITY);
    expect_match(state, "measure: units-with-unrest, value: 1", STEPPE_FIT_NEAR, 1);
    expect_match(state, "measure: units-with-unrest, value: 5", STEPPE_FIT_APART, -3);
    expect_match(state, "measure: units-with-unrest, value: { value: 5, range: [3, 7] }",
                 STEPPE_FIT_NEAR, -1);
    expect_match(state, "measure: deaths-share, units: [v], value: 0.6", STEPPE_FIT_NEAR,
                 0.15);
    expect_match(state, "measure: violence-peak, date: 2022-01-01T20:00",
                 STEPPE_FIT_MATCHED, 10);
    expect_match(
        state, "measure: violence-peak, date: { range: [2022-01-01, 2022-01-01T12:00] }",
        STEPPE_FIT_NEAR, 18);
}

static void quiet_run(int t, int d, long counts[STP_SERIES_COLUMNS])
{
    (void)t;
    counts[STP_SERIES_OFFICERS] = counts[STP_SERIES_OBEYING] = d == 1;
}

static void expect_words(void **state, const char *entry, steppe_fit_match match,
                         const char *what)
{
    steppe_fit_row row = row_of(state, words(state, "value: 1, %s", entry));
    assert_int_equal(row.match, match);
    assert_string_equal(row.simulated_words, what);
    assert_true(isnan(row.simulated) && isnan(row.distance) && isnan(row.values[0]));
    assert_int_equal(row.files, 0);
}

/* A run in which nothing happens has no share of deaths; that is a finding. */
static void what_did_not_happen_does_not_match(void **state)
{
    const kind quiet = {STEPS, quiet_run, NULL};
    make_file(state, 0, &quiet);
    expect_words(state, "measure: deaths-share", STEPPE_FIT_APART, "no deaths");
    expect_words(state, "measure: violence-peak", STEPPE_FIT_APART, "no violence");
    expect_words(state, "measure: first-unrest", STEPPE_FIT_APART, "no unrest");
    expect_words(state, "measure: unrest-after, at_hour: 24", STEPPE_FIT_APART,
                 "no unrest before");
    expect_words(state, "measure: detained-share", STEPPE_FIT_APART, "no participants");
    expect_words(state, "measure: obeying, districts: [a]", STEPPE_FIT_APART,
                 "no officers");
    assert_same(measure(state, "measure: deaths"), 0);
    assert_same(measure(state, "measure: obeying"), 1);
}

static void forceless(int t, int d, long counts[STP_SERIES_COLUMNS])
{
    (void)t;
    counts[STP_SERIES_OFFICERS] = d == 1;
}

/* What a file does not hold is no finding. */
static void what_is_not_in_a_file_is_named(void **state)
{
    static const char WITHOUT_FORCE[] = "not in the run: a street without force";
    kind k = {STEPS, lively, NULL};
    make_file(state, 0, &k);
    expect_words(state, "measure: none", STEPPE_FIT_UNKNOWN, "no measure");
    assert_same(measure(state, "measure: turnout"), 150);
    k = (kind){STEPS, forceless, "UPDATE run SET value = 'false' WHERE key = 'force'"};
    make_file(state, 0, &k);
    expect_words(state, "measure: deaths", STEPPE_FIT_UNKNOWN, WITHOUT_FORCE);
    expect_words(state, "measure: obeying", STEPPE_FIT_UNKNOWN, WITHOUT_FORCE);
    assert_same(measure(state, "measure: arrests"), 0);
}

static void an_incomplete_file_is_taken_as_far_as_it_goes(void **state)
{
    kind k = {30, lively, "UPDATE run SET value = 'incomplete' WHERE key = 'status'"};
    make_file(state, 0, &k);
    assert_same(measure(state, "measure: turnout, at: 2022-01-01"), 50);
    expect_words(state, "measure: turnout", STEPPE_FIT_UNKNOWN,
                 "the file ends with step 30");
    expect_words(state, "measure: unrest-after, at_hour: 24", STEPPE_FIT_UNKNOWN,
                 "the file ends with step 30");
    const steppe_fit *fit = fit_of(state, 1, "measure: turnout, value: 1");
    assert_non_null(strstr(steppe_fit_note(fit, 0), "is incomplete: 30 of 48 steps"));
    assert_non_null(strstr(steppe_fit_note(fit, 1), "does not contain its scenario"));
    assert_null(steppe_fit_note(fit, 2));
    k.steps = 0; /* nothing was committed */
    make_file(state, 0, &k);
    expect_words(state, "measure: turnout, at: 2022-01-01", STEPPE_FIT_UNKNOWN,
                 "the file ends with step 0");
    expect_words(state, "measure: detained, at: 2022-01-02", STEPPE_FIT_UNKNOWN,
                 "the file ends with step 0");
}

static void several_files_have_a_spread(void **state)
{
    kind quiet = {STEPS, quiet_run, NULL};
    make_file(state, 0, &LIVELY);
    make_file(state, 1, &quiet);
    steppe_fit_row row;
    const steppe_fit *fit = fit_of(state, 2, "measure: turnout, value: 75");
    assert_int_equal(steppe_fit_row_at(fit, 0, &row), STEPPE_OK);
    assert_int_equal(row.files, 2);
    assert_same(row.values[0], 150);
    assert_same(row.values[1], 0);
    assert_same(row.simulated, 75);
    assert_near(row.simulated_low, 7.5, 1e-12);
    assert_near(row.simulated_high, 142.5, 1e-12);
    assert_int_equal(row.match, STEPPE_FIT_MATCHED);
    assert_int_equal(steppe_fit_file_count(fit), 2);
    fit = fit_of(state, 2, "measure: deaths-share, units: [v], value: 0.7");
    assert_int_equal(steppe_fit_row_at(fit, 0, &row), STEPPE_OK);
    assert_int_equal(row.files, 1); /* there were no deaths in the other */
    assert_same(row.simulated, 0.75);
    assert_string_equal(row.simulated_words,
                        "0.75 (0.75 to 0.75); no deaths in 1 of 2 files");
}

static void a_pattern_is_its_worst_row(void **state)
{
    const char *const paths[] = {path[0]};
    steppe_fit *fit;
    steppe_fit_pattern p;
    make_file(state, 0, &LIVELY);
    const steppe_scenario *s =
        parse(state, COUNTRY
              "observed:\n"
              "  - { id: o, title: O, pattern: P, confidence: low, measure: turnout, "
              "value: 150 }\n"
              "  - { id: p, title: O, pattern: Q, confidence: low, measure: none }\n"
              "  - { id: q, title: O, pattern: P, confidence: low, measure: deaths, "
              "value: 5 }\n"
              "  - { id: r, title: O, pattern: P, confidence: low, measure: none, value: "
              "5 }\n");
    expect_ok(state, steppe_fit_open(context_of(state), s, paths, 1, &fit));
    keep(state, fit, release_fit);
    assert_int_equal(steppe_fit_pattern_count(fit), 2);
    assert_int_equal(steppe_fit_pattern_at(fit, 0, &p), STEPPE_OK);
    assert_string_equal(p.pattern, "P");
    assert_int_equal(p.rows, 3);
    assert_int_equal(p.matched, 1);
    assert_int_equal(p.near, 1);
    assert_int_equal(p.match, STEPPE_FIT_NEAR);
    assert_int_equal(steppe_fit_pattern_at(fit, 1, &p), STEPPE_OK);
    assert_int_equal(p.match, STEPPE_FIT_UNKNOWN);
    assert_int_equal(steppe_fit_pattern_at(fit, 2, &p), STEPPE_BAD_ARGUMENT);
}

static void refuse(void **state, const char *after, const char *what)
{
    const char *const paths[] = {path[0]};
    kind k = {STEPS, lively, after};
    steppe_fit *fit = *state;
    make_file(state, 0, &k);
    const steppe_scenario *s =
        parse(state, COUNTRY "observed: [{ id: o, title: O, pattern: P, confidence: low, "
                             "measure: turnout, value: 150 }]\n");
    assert_int_equal(steppe_fit_open(context_of(state), s, paths, 1, &fit),
                     STEPPE_BAD_RESULTS);
    assert_null(fit);
    if (!strstr(steppe_context_message(context_of(state)), what))
        fail_msg("%s: %s", after, steppe_context_message(context_of(state)));
}

static void foreign_and_damaged_files_are_refused(void **state)
{
    refuse(state, "UPDATE district SET id = 'z' WHERE district = 1",
           "has no district 'b': results of another scenario");
    refuse(state, "UPDATE step SET time = 'step 1' WHERE step = 1",
           "begins at another time");
    refuse(state, "UPDATE step SET time = '2022-01-01T02:00' WHERE step = 1",
           "begins at another time");
    refuse(state, "INSERT INTO run VALUES ('model', 'ktab')", "holds the model 'ktab'");
    refuse(state, "DELETE FROM series WHERE step = 7 AND district = 1",
           "steps or districts are missing");
    refuse(state, "DELETE FROM step WHERE step = 7", "steps or districts are missing");
    refuse(state, "UPDATE series SET active = -1 WHERE step = 7 AND district = 1",
           "table 'series', step 7, district 1: active is -1; expected a whole number");
    refuse(state, "UPDATE series SET active = 'x' WHERE step = 7 AND district = 1",
           "table 'series', step 7, district 1: active is x; expected a whole number");
    refuse(state, "UPDATE run SET value = 'x' WHERE key = 'scale'", "scale is 'x'");
    refuse(state, "UPDATE run SET value = 'nan' WHERE key = 'scale'", "scale is 'nan'");
    refuse(state, "DELETE FROM run WHERE key = 'step_hours'", "has no 'step_hours'");
    refuse(state, "DROP TABLE series", "damaged");
    refuse(state, "ALTER TABLE series RENAME COLUMN active TO x", "no column 'active'");
    refuse(state, "INSERT INTO district (district, id, citizens) VALUES (3, 'd', 1)",
           "missing");
    refuse(
        state, "PRAGMA user_version = 1",
        "has results format 1; this version of Steppe reads format 2: run the scenario "
        "again");
    refuse(state, "PRAGMA user_version = 9", "has results format 9");
}

static void a_scenario_must_have_something_observed(void **state)
{
    const char *const paths[] = {"nowhere"};
    steppe_fit *fit = *state;
    assert_int_equal(steppe_fit_open(context_of(state), parse(state, COUNTRY), paths, 1,
                                     &fit),
                     STEPPE_BAD_ARGUMENT);
    assert_null(fit);
}

static void districts_may_stand_in_any_order(void **state)
{
    kind k = {STEPS, lively,
              "UPDATE district SET id = 'x' WHERE id = 'a';"
              "UPDATE district SET id = 'a' WHERE id = 'c';"
              "UPDATE district SET id = 'c' WHERE id = 'x'"};
    make_file(state, 0, &k);
    assert_same(measure(state, "measure: turnout, districts: [a]"), 80);
    assert_same(measure(state, "measure: deaths-share, units: [v]"), 0.25);
}

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    for (int i = 0; i < 2; i++)
        snprintf(path[i], sizeof path[i], "%s/%d.sqlite", folder, i);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path[0]);
    unlink(path[1]);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(measures_are_what_they_say),
        with_shelf(so_are_those_of_force),
        with_shelf(verdicts_go_by_their_rules),
        with_shelf(what_did_not_happen_does_not_match),
        with_shelf(what_is_not_in_a_file_is_named),
        with_shelf(an_incomplete_file_is_taken_as_far_as_it_goes),
        with_shelf(several_files_have_a_spread),
        with_shelf(a_pattern_is_its_worst_row),
        with_shelf(foreign_and_damaged_files_are_refused),
        with_shelf(a_scenario_must_have_something_observed),
        with_shelf(districts_may_stand_in_any_order),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
