/* Promise (steppe_run_fields): each step's fields are the conditions that its street found, the
 * same by any engine and threads; what is off is as the scenario gives it, or nothing; results
 * files hold them in millionths, and those without them are read all the same. */
#include "country.h"
#include "engine/run.h"

#include "record/recorder.h"
#include "record/results.h"

#include <unistd.h>

static const double ONE = 4294967296.0;

static void release_run(void *run)
{
    steppe_run_free(run);
}

/* Three towns that use every mechanism, one agent for ten; settings may follow. */
enum { STEPS = 60, TOWNS = 3, MAX_SETTINGS = 6 };
static steppe_run *towns(void **state, const steppe_run_options *options,
                         const char *const settings[MAX_SETTINGS])
{
    steppe_run_options all = *options;
    steppe_scenario *s;
    steppe_run *run;
    size_t count = 0;
    while (count < MAX_SETTINGS && settings[count])
        count++;
    all.seed = 1;
    all.scale = 10;
    expect_ok(state, steppe_scenario_open(context_of(state),
                                          "tests/property/scenarios/three-towns.yaml",
                                          settings, count, &s));
    keep(state, s, release_scenario);
    expect_ok(state, steppe_run_create(context_of(state), s, &all, &run));
    keep(state, run, release_run);
    assert_int_equal(steppe_run_district_count(run), TOWNS);
    return run;
}

static const char *const FORCE[MAX_SETTINGS] = {"force.enabled=true",
                                                "obedience.enabled=true",
                                                "obedience.base=-1",
                                                "obedience.orders=0.7"};
static const steppe_run_options FAST = {.threads = 1};

/* ---- what they are ---- */

static void they_are_what_the_street_found(void **state)
{
    steppe_run *run = towns(state, &FAST, FORCE);
    const steppe_fields *f = steppe_run_fields(run);
    bool low = false, shifted = false, lowered = false, raised = false, heard = false,
         wavered = false;
    for (int step = 0; step <= STEPS; step++) {
        for (size_t i = 0; i < TOWNS; i++) {
            const stp_conditions *c = &run->conditions[i];
            assert_same(f[i].legitimacy, c->legitimacy / 65536.0);
            assert_same(f[i].heard, c->news / 65536.0);
            assert_same(f[i].threshold_shift, (double)c->threshold_shift / ONE);
            assert_same(f[i].orders, 0.7);
            assert_near(f[i].obedience, (double)c->obey[0] / ONE, 1e-12);
            low |= f[i].legitimacy < 0.87;
            shifted |= f[i].hardship > 0.03;
            lowered |= f[i].threshold_shift > 1e-4;
            raised |= f[i].threshold_shift < -0.03;
            heard |= f[i].heard > 0.01;
            wavered |= f[i].obedience < 0.97;
        }
        if (step < STEPS)
            expect_ok(state, steppe_run_advance(run, 1));
    }
    assert_true(low && shifted && lowered && raised && heard && wavered);
}

/* Every citizen's shift, in the groups that they were drawn into: their mean is within four
 * standard errors of what the shares make one expect. */
static void hardship_is_the_mean_over_citizens(void **state)
{
    country c = country_of(state,
                           HEAD "districts: [{ id: a, name: A, width: 200, height: 200, "
                                "fuel_dependence: 0.3, unemployment: 0.2 }]\n",
                           1);
    const stp_district *d = &c.world->districts[0];
    stp_conditions now = {.shift = {1000, 20000, -5000, 40000}, .force_count = 1};
    double sum = 0, squares = 0;
    steppe_fields f;
    stp_nation_fields(c.nation, 0, &now, &f);
    for (uint32_t i = 0; i < d->citizens; i++) {
        uint32_t group = stp_traits_of(c.world, d, i).group & (STP_FUEL | STP_JOBLESS);
        double shift = now.shift[group] / 65536.0;
        sum += shift;
        squares += shift * shift;
    }
    double mean = sum / d->citizens,
           error = sqrt((squares / d->citizens - mean * mean) / d->citizens);
    assert_near(f.hardship, mean, 4 * error);
    /* The shares are whole 2^-32s. */
    assert_near(f.hardship,
                (0.7 * 0.8 * 1000 + 0.3 * 0.8 * 20000 - 0.7 * 0.2 * 5000 +
                 0.3 * 0.2 * 40000) /
                    65536,
                1e-8);
}

/* Two forces of 30 and 10 officers. */
static void obedience_is_weighted_by_officers(void **state)
{
    static const char TEXT[] = HEAD LATTICE
        "force: { enabled: %s }\nobedience: { enabled: %s }\n"
        "forces: [{ id: a, name: A }, { id: b, name: B }]\n";
    stp_conditions now = {.force_count = 2,
                          .officers = 40,
                          .force_end = {30, 40},
                          .obey = {(uint64_t)1 << 31, (uint64_t)1 << 32}};
    steppe_fields f;
    country c = country_of(state, words(state, TEXT, "true", "true"), 1);
    stp_nation_fields(c.nation, 0, &now, &f);
    assert_same(f.obedience, (30 * 0.5 + 10 * 1.0) / 40);
    now.officers = now.force_end[0] = now.force_end[1] = 0;
    stp_nation_fields(c.nation, 0, &now, &f);
    assert_same(f.obedience, 0.5);
    c = country_of(state, words(state, TEXT, "false", "true"), 1);
    stp_nation_fields(c.nation, 0, &now, &f);
    assert_same(f.obedience, 1);
    c = country_of(state, words(state, TEXT, "true", "false"), 1);
    stp_nation_fields(c.nation, 0, &now, &f);
    assert_same(f.obedience, 1);
}

/* Much goes on, and nothing responds: legitimacy is that of the districts, to the fixed point. */
static void off_they_are_given_or_nothing(void **state)
{
    static const char *const OFF[MAX_SETTINGS] = {"legitimacy.enabled=false",
                                                  "hardship.enabled=false",
                                                  "news.enabled=false",
                                                  "curfew.enabled=false",
                                                  "citizens.legitimacy=0.7"};
    static const double GIVEN[TOWNS] = {0.7, 0.89, 0.88};
    steppe_run *run = towns(state, &FAST, OFF);
    steppe_summarizer *m;
    steppe_summary sum;
    expect_ok(state, steppe_summarizer_create(context_of(state), run, &m));
    for (int step = 0; step < STEPS; step++) {
        expect_ok(state, steppe_run_advance(run, 1));
        for (size_t i = 0; i < TOWNS; i++) {
            steppe_fields f = steppe_run_fields(run)[i];
            assert_near(f.legitimacy, GIVEN[i], 0.5 / 65536);
            assert_same(f.hardship, 0);
            assert_same(f.threshold_shift, 0);
            assert_same(f.heard, 0);
            assert_same(f.orders, 1);
            assert_same(f.obedience, 1);
        }
    }
    steppe_summarizer_read(m, &sum);
    steppe_summarizer_free(m);
    assert_true(sum.arrests > 0);
    assert_int_equal(sum.lowest_step, 0);
    assert_same(sum.lowest_legitimacy, 0);
}

static void engines_and_threads_agree(void **state)
{
    static const steppe_run_options WAYS[] = {{.threads = 1},
                                              {.threads = 3},
                                              {.threads = 1, .engine = STEPPE_REFERENCE}};
    steppe_run *runs[3];
    for (int w = 0; w < 3; w++)
        runs[w] = towns(state, &WAYS[w], FORCE);
    for (int step = 0; step < STEPS; step++)
        for (int w = 0; w < 3; w++) {
            expect_ok(state, steppe_run_advance(runs[w], 1));
            assert_memory_equal(steppe_run_fields(runs[w]), steppe_run_fields(runs[0]),
                                TOWNS * sizeof(steppe_fields));
        }
    for (size_t i = 0; i < TOWNS; i++) {
        double tension[3];
        for (int w = 0; w < 3; w++)
            expect_ok(state, steppe_run_tension(runs[w], i, &tension[w]));
        assert_same(tension[1], tension[0]);
        assert_same(tension[2], tension[0]);
    }
}

/* ---- tension ---- */

/* Epstein's index in doubles, where no mechanism shifts anything. */
typedef struct index_sums {
    double legitimacy, count, grievance, aversion;
} index_sums;

static void add_up(const steppe_agent *a, void *user)
{
    index_sums *x = user;
    if (a->officer || a->active || a->detained)
        return;
    x->count++;
    x->grievance += a->hardship * (1 - x->legitimacy);
    x->aversion += a->risk_aversion;
}

static void tension_is_that_of_epstein(void **state)
{
    static const char *const RULES[] = {"epstein", "epstein-2", "netlogo", "mesa"};
    for (int i = 0; i < 4; i++) {
        steppe_run *run;
        expect_ok(state,
                  steppe_run_create(context_of(state),
                                    parse(state, words(state, HEAD LATTICE "rules: %s\n",
                                                       RULES[i])),
                                    NULL, &run));
        keep(state, run, release_run);
        expect_ok(state, steppe_run_advance(run, 5));
        index_sums x = {.legitimacy = steppe_run_fields(run)[0].legitimacy};
        double tension;
        expect_ok(state, steppe_run_visit(run, 0, add_up, &x));
        expect_ok(state, steppe_run_tension(run, 0, &tension));
        assert_true(x.count > 0 && tension > 0);
        assert_near(tension, x.grievance / x.count * x.count / (x.aversion / x.count),
                    1e-9 * tension);
        assert_int_equal(steppe_run_tension(run, 1, &tension), STEPPE_BAD_ARGUMENT);
    }
}

/* Shifts count, and those who cannot take part do not. */
static void tension_follows_the_fields(void **state)
{
    double before, able, shifted;
    static const char *const ABLE[MAX_SETTINGS] = {"citizens.able=0.5"};
    static const char *const SHIFTED[MAX_SETTINGS] = {
        "hardship.unemployment_effect=-0.5"};
    static const char *const PLAIN[MAX_SETTINGS] = {"hardship.unemployment_effect=0"};
    expect_ok(state, steppe_run_tension(towns(state, &FAST, PLAIN), 0, &before));
    expect_ok(state, steppe_run_tension(towns(state, &FAST, ABLE), 0, &able));
    expect_ok(state, steppe_run_tension(towns(state, &FAST, SHIFTED), 0, &shifted));
    assert_near(able / before, 0.5, 0.1); /* of some 800 citizens */
    /* A tenth are out of work: theirs of 0 to 0.8 falls to 0 to 0.3, from a mean of 0.4 to one of
     * 0.3^2 / 2 / 0.8. */
    assert_near(shifted / before, 1 - 0.1 * (1 - 0.05625 / 0.4), 0.03);
}

/* ---- the summary ---- */

static void the_summary_has_the_lowest_legitimacy(void **state)
{
    steppe_run *run = towns(state, &FAST, FORCE);
    steppe_summarizer *m;
    steppe_summary sum;
    double lowest = 2;
    uint64_t when = 0;
    size_t where = 0;
    char time[32] = "";
    expect_ok(state, steppe_summarizer_create(context_of(state), run, &m));
    while (steppe_run_step(run) < STEPS) {
        expect_ok(state, steppe_run_advance(run, 1));
        for (size_t i = 0; i < TOWNS; i++)
            if (steppe_run_fields(run)[i].legitimacy < lowest) {
                lowest = steppe_run_fields(run)[i].legitimacy;
                when = steppe_run_step(run);
                where = i;
                snprintf(time, sizeof time, "%.31s", steppe_run_time(run));
            }
    }
    steppe_summarizer_read(m, &sum);
    steppe_summarizer_free(m);
    assert_same(sum.lowest_legitimacy, lowest);
    assert_int_equal(sum.lowest_step, when);
    assert_int_equal(sum.lowest_district, where);
    assert_string_equal(sum.lowest_time, time);
}

/* ---- results files ---- */

static char folder[] = "/tmp/steppe-unit-XXXXXX";

static void release_file(void *path)
{
    unlink(path);
    free(path);
}

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    sqlite3_close(db);
}

/* Fields of every step, as they were while it ran. */
typedef struct memory {
    steppe_fields fields[STEPS][TOWNS];
} memory;

static int remember(const steppe_run *run, void *user)
{
    memory *m = user;
    memcpy(m->fields[steppe_run_step(run) - 1], steppe_run_fields(run),
           sizeof m->fields[0]);
    return 0;
}

/* Path of the results of a run. m: may be NULL. */
static const char *results(void **state, const char *const settings[MAX_SETTINGS],
                           memory *m)
{
    steppe_recorder *r;
    steppe_run *run = towns(state, &FAST, settings);
    expect_ok(state, steppe_recorder_create(context_of(state), folder, run, &r));
    if (m)
        expect_ok(state, steppe_run_observe(run, remember, m));
    expect_ok(state, steppe_run_advance(run, STEPS));
    expect_ok(state, steppe_recorder_finish(r));
    char *path = strdup(steppe_recorder_path(r));
    keep(state, path, release_file);
    steppe_recorder_free(r);
    return path;
}

static void files_hold_them_in_millionths(void **state)
{
    memory *m = calloc(1, sizeof *m);
    keep(state, m, free);
    const char *path = results(state, FORCE, m);
    sqlite3 *db;
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db,
                           "SELECT legitimacy, hardship, threshold_shift, heard, orders, "
                           "obedience, (SELECT value FROM run WHERE key = 'field_unit') "
                           "FROM series ORDER BY step, district",
                           -1, &s, NULL),
        SQLITE_OK);
    for (int row = 0; row < STEPS * TOWNS; row++) {
        const steppe_fields *f = &m->fields[row / TOWNS][row % TOWNS];
        const double wanted[] = {f->legitimacy, f->hardship, f->threshold_shift,
                                 f->heard,      f->orders,   f->obedience};
        assert_int_equal(sqlite3_step(s), SQLITE_ROW);
        for (int k = 0; k < 6; k++) {
            assert_int_equal(sqlite3_column_type(s, k), SQLITE_INTEGER);
            assert_near(sqlite3_column_double(s, k) * sqlite3_column_double(s, 6),
                        wanted[k], 0.5000001e-6);
        }
        /* Legitimacy is a whole number of 1/65536ths, and can be had back. */
        assert_int_equal(lround(sqlite3_column_double(s, 0) * 0.065536),
                         lround(f->legitimacy * 65536));
    }
    assert_int_equal(sqlite3_step(s), SQLITE_DONE);
    sqlite3_finalize(s);
    sqlite3_close(db);
}

/* Every 24 h, that is each 12th step. */
static void files_hold_tension_if_asked_to(void **state)
{
    static const char *const DAILY[MAX_SETTINGS] = {"outcome.tension_every=24 h"};
    static const char SQL[] = "SELECT step, district, tension FROM series WHERE tension "
                              "IS NOT NULL ORDER BY step, district";
    const char *path = results(state, DAILY, NULL);
    steppe_run *run = towns(state, &FAST, DAILY);
    sqlite3 *db;
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, SQL, -1, &s, NULL), SQLITE_OK);
    for (int step = 12; step <= STEPS; step += 12) {
        expect_ok(state, steppe_run_advance(run, 12));
        for (int i = 0; i < TOWNS; i++) {
            double tension;
            expect_ok(state, steppe_run_tension(run, (size_t)i, &tension));
            assert_int_equal(sqlite3_step(s), SQLITE_ROW);
            assert_int_equal(sqlite3_column_int(s, 0), step);
            assert_int_equal(sqlite3_column_int(s, 1), i);
            assert_same(sqlite3_column_double(s, 2), tension);
        }
    }
    assert_int_equal(sqlite3_step(s), SQLITE_DONE);
    sqlite3_finalize(s);
    sqlite3_close(db);
    path = results(state, (const char *const[MAX_SETTINGS]){NULL}, NULL);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, SQL, -1, &s, NULL), SQLITE_ERROR);
    sqlite3_close(db);
}

static void expect_difference(void **state, const char *a, const char *b, bool same,
                              const char *what)
{
    steppe_difference d;
    expect_ok(state, steppe_results_diff(context_of(state), a, b, &d));
    if (!strstr(d.what, what))
        fail_msg("'%s' does not say '%s'", d.what, what);
    assert_int_equal(d.same, same);
    assert_int_equal(d.step == 0, same);
}

/* Orders that nobody goes by. */
static const char *const IDLE[MAX_SETTINGS] = {"obedience.orders=0.4"};

static void a_difference_in_them_alone_is_told(void **state)
{
    const char *a = results(state, (const char *const[MAX_SETTINGS]){NULL}, NULL),
               *b = results(state, IDLE, NULL);
    expect_difference(state, a, a, true, "all 60 steps are the same");
    expect_difference(state, a, b, false,
                      "the fields of step 1 (step 1), Harbour: orders 1.0 and 0.4; all "
                      "60 steps are the same");
    run_sql(b, "UPDATE series SET orders = 1000000;"
               "UPDATE district SET name = 'Haven'; UPDATE step SET time = 'noon'");
    expect_difference(state, a, b, true,
                      "all 60 steps are the same"); /* by another name */
    run_sql(b, "UPDATE series SET heard = heard + 1 "
               "WHERE step = 7 AND district = 2");
    expect_difference(state, b, a, false, "the fields of step 7 (noon), Haven: heard ");
    run_sql(b, "DELETE FROM series WHERE step = 7 AND district = 2");
    expect_difference(state, a, b, false,
                      "the fields of step 7 (step 7), School: in one file only");
    expect_difference(state, b, a, false,
                      "the fields of step 7 (step 7), School: in one file only");
    steppe_difference d; /* a name without end does not fit */
    run_sql(b, "UPDATE district SET name = hex(zeroblob(9999))");
    expect_ok(state, steppe_results_diff(context_of(state), b, a, &d));
    assert_false(d.same);
    assert_true(strlen(d.what) < sizeof d.what - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(they_are_what_the_street_found),
        with_shelf(hardship_is_the_mean_over_citizens),
        with_shelf(obedience_is_weighted_by_officers),
        with_shelf(off_they_are_given_or_nothing),
        with_shelf(engines_and_threads_agree),
        with_shelf(tension_is_that_of_epstein),
        with_shelf(tension_follows_the_fields),
        with_shelf(the_summary_has_the_lowest_legitimacy),
        with_shelf(files_hold_them_in_millionths),
        with_shelf(files_hold_tension_if_asked_to),
        with_shelf(a_difference_in_them_alone_is_told),
    };
    if (!mkdtemp(folder))
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    rmdir(folder);
    return failed;
}
