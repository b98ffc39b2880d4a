/* Promise (studies/presence_study.h): `make presence` compares both arms seed by seed and resumes from the
 * existing runs; says what differs, by how much, and what does not; and leaves out no case in silence. */
#include "support.h"

#include "presence_study.h"

#include <unistd.h>

enum { MANY = 60, SHORT = 6 };

/* ---- a page as text ---- */

static const char *page_of(void **state, const presence_study *study)
{
    char *text = NULL;
    size_t size;
    FILE *file = open_memstream(&text, &size);
    assert_non_null(file);
    presence_write(file, study, "picture.svg");
    fclose(file);
    keep(state, text, free);
    return text;
}

static void says(const char *page, const char *words)
{
    if (!strstr(page, words)) {
        print_error("%s\nthe page does not say '%s'\n", page, words);
        fail();
    }
}

static void is_silent(const char *page, const char *words)
{
    if (strstr(page, words)) {
        print_error("%s\nthe page says '%s'\n", page, words);
        fail();
    }
}

/* ---- verdicts, of made-up samples ---- */

static void release_study(void *study)
{
    presence_clear(study);
    free(study);
}

static presence_study *empty_study(void **state)
{
    presence_study *study = calloc(1, sizeof *study);
    assert_non_null(study);
    keep(state, study, release_study);
    return study;
}

/* Values around 100 in both arms, those of home around 100 times `factor`. */
static void put(presence_study *study, size_t outcome, size_t pairs, double factor,
                double spread)
{
    double street[MANY], home[MANY];
    uint64_t random = outcome + 1;
    for (size_t i = 0; i < pairs; i++) {
        street[i] = any_between(&random, 100 - spread, 100 + spread);
        home[i] = any_between(&random, 100 - spread, 100 + spread) * factor;
    }
    presence_take(&study->results[1], outcome, street, home, pairs);
}

static void verdicts(void **state)
{
    presence_study *study = empty_study(state);
    presence_result *r = &study->results[1];
    double constant[MANY], by_seed[MANY];
    r->asked = true;
    r->seeds = MANY;
    for (size_t i = 0; i < MANY; i++) {
        constant[i] = 2;
        by_seed[i] = (double)(i % 7);
    }
    put(study, STP_OUTCOME_CITIZEN_HOURS, MANY, 1, 5);
    put(study, STP_OUTCOME_PEAK, MANY, 1.3, 5);
    put(study, STP_OUTCOME_ARRESTS, MANY, 0.96, 3);
    put(study, STP_OUTCOME_DEATHS, MANY, 1, 100);
    presence_take(r, STP_OUTCOME_UNITS, constant, constant, MANY);
    presence_take(r, STP_OUTCOME_STRENGTH, by_seed, by_seed, MANY);
    presence_test(study);
    assert_int_equal(r->outcomes[STP_OUTCOME_CITIZEN_HOURS].verdict, PRESENCE_WITHIN);
    assert_int_equal(r->outcomes[STP_OUTCOME_PEAK].verdict, PRESENCE_DIFFERS);
    assert_int_equal(r->outcomes[STP_OUTCOME_ARRESTS].verdict, PRESENCE_DIFFERS);
    assert_int_equal(r->outcomes[STP_OUTCOME_DEATHS].verdict, PRESENCE_UNDECIDED);
    assert_int_equal(r->outcomes[STP_OUTCOME_UNITS].verdict, PRESENCE_SAME);
    assert_int_equal(r->outcomes[STP_OUTCOME_STRENGTH].verdict, PRESENCE_ALIKE);
    assert_int_equal(r->outcomes[STP_OUTCOME_FALL].verdict, PRESENCE_ABSENT);
    assert_int_equal(study->tests, 4 * PRESENCE_TESTS); /* what cannot differ is not */
    assert_near(r->outcomes[STP_OUTCOME_PEAK].ratio.estimate, 1.3, 0.03);
    const char *page = page_of(state, study);
    says(page,
         "**2 of 4 outcomes differ between `home` and `street`.**\nThey are: peak in "
         "Kazakhstan at 1:20 (home over street 1.");
    says(page, "; arrests in Kazakhstan at 1:20");
    says(page, "The largest difference of means is that of peak in Kazakhstan");
    says(page, "Of the others, 1 are equivalent within 10 %;");
    says(page, "**differs**, by less than 10 % |");
    says(page, "| units (units) | 2 | 2 | | | | | | | the same in every run |");
    says(page, "identical by seed");
    says(page, "This scenario has no detained, districts, legitimacy, lowest-strength,");
    is_silent(page, "1:1 has");
}

static void nothing_differs(void **state)
{
    presence_study *study = empty_study(state);
    study->results[1].asked = study->results[0].asked = true;
    study->results[1].seeds = study->results[0].seeds = MANY;
    put(study, STP_OUTCOME_PEAK, 40, 1, 5);
    presence_test(study);
    const char *page = page_of(state, study);
    says(page,
         "**No difference between `home` and `street` is found in any of 1 outcomes.**");
    says(page, "- **Kazakhstan at 1:1 has not been run**.\n");
    says(page, "Compared: Kazakhstan at 1:20 (40 seeds).\n");
    says(page, "- **Kazakhstan at 1:20 has 40 of the 60 seeds** requested.");
}

/* No verdict rests on few seeds, however far apart they are. */
static void few_seeds(void **state)
{
    presence_study *study = empty_study(state);
    study->results[1].asked = true;
    put(study, STP_OUTCOME_PEAK, PRESENCE_FEWEST - 1, 3, 1);
    presence_test(study);
    assert_int_equal(study->results[1].outcomes[STP_OUTCOME_PEAK].verdict, PRESENCE_FEW);
    const char *page = page_of(state, study);
    says(page, "**No result yet:**");
    says(page, "- **Kazakhstan at 1:20 has 29 seeds**: 30 are needed for a verdict.");
}

/* ---- the two towns, run ---- */

/* A folder of the test's own, and the options of a few short runs in it. */
static presence_options few_runs(char folder[64])
{
    strcpy(folder, "/tmp/steppe-presence-XXXXXX");
    assert_non_null(mkdtemp(folder));
    return (presence_options){
        .folder = folder, .seeds = 2, .steps = SHORT, .threads = 1, .quiet = true};
}

static void remove_runs(const char *folder)
{
    static const char *const CASES[2] = {"towns-tiles", "towns-sequential"};
    char path[160];
    for (int i = 0; i < 4; i++) {
        snprintf(path, sizeof path, "%s/%s-%s.sqlite", folder, CASES[i / 2],
                 i % 2 ? "home" : "street");
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/picture.svg", folder);
    unlink(path);
    assert_int_equal(rmdir(folder), 0);
}

static size_t towns(const char *schedule)
{
    char name[32];
    snprintf(name, sizeof name, "towns-%s", schedule);
    int number = presence_find(name, strlen(name));
    assert_true(number >= 0);
    return (size_t)number;
}

static void read_all(const presence_options *options, presence_study *study)
{
    presence_clear(study);
    for (size_t c = 0; c < PRESENCE_CASES; c++) {
        study->results[c].asked = PRESENCE_ALL[c].usual;
        if (study->results[c].asked)
            presence_read(c, options, &study->results[c]);
    }
    presence_test(study);
}

static void towns_are_run(void **state)
{
    char folder[64], path[160], other[160];
    presence_study *study = empty_study(state);
    presence_options options = few_runs(folder);
    size_t tiles = towns("tiles"), sequential = towns("sequential");
    assert_int_equal(presence_run(tiles, &options), 0);
    read_all(&options, study);
    assert_int_equal(study->results[tiles].pairs, 2);
    double first = study->results[tiles].values[0][STP_OUTCOME_ARRESTS][0];
    assert_true(first > 0);
    /* Both arms were run as they are called: they have no random number of the street in common. */
    assert_true(study->results[tiles].outcomes[STP_OUTCOME_ARRESTS].pairs.zero < 2);
    options.seeds = 3; /* resumes from the existing runs */
    assert_int_equal(presence_run(tiles, &options), 0);
    assert_int_equal(presence_run(sequential, &options), 0);
    read_all(&options, study);
    assert_int_equal(study->results[tiles].pairs, 3);
    assert_int_equal(study->results[sequential].pairs, 3);
    const char *page = page_of(state, study);
    says(page, "- **Two towns, tiles has 3 seeds**: 30 are needed");
    says(page, "- **Kazakhstan at 1:1 has not been run**.");
    says(page, "## Kazakhstan at 1:20\n");
    says(page, "`schedule=tiles`, 6 steps. 3 seeds in each arm.");
    says(page, "This scenario has no strength, lowest-strength, fall, defections, exits, "
               "given, delivered.");
    snprintf(path, sizeof path, "%s/picture.svg", folder);
    assert_true(presence_draw(study, path));
    assert_int_equal(access(path, R_OK), 0);
    /* A file of something else is reported as such. */
    snprintf(path, sizeof path, "%s/towns-sequential-home.sqlite", folder);
    snprintf(other, sizeof other, "%s/towns-tiles-home.sqlite", folder);
    assert_int_equal(rename(path, other), 0);
    read_all(&options, study);
    assert_int_equal(study->results[tiles].pairs, 0);
    page = page_of(state, study);
    says(page,
         "**Two towns, tiles has not been run in both arms**: 3 seeds by `street`, 0 by "
         "`home`; ");
    says(page, "holds another ensemble");
    says(page, "**Two towns, sequential has not been run in both arms**: 3 seeds by "
               "`street`, 0 by `home`.");
    remove_runs(folder);
}

static int stop_at_once(double done, void *user)
{
    (void)done;
    (void)user;
    return 1;
}

static void stopped_runs_go_on(void **state)
{
    char folder[64];
    presence_study *study = empty_study(state);
    presence_options options = few_runs(folder);
    options.progress = stop_at_once;
    assert_int_equal(presence_run(towns("tiles"), &options), 1);
    options.progress = NULL;
    assert_int_equal(presence_run(towns("tiles"), &options), 0);
    read_all(&options, study);
    assert_int_equal(study->results[towns("tiles")].pairs, 2);
    remove_runs(folder);
}

/* What the case of that name is for: lattices too small for tiles would run sequential. */
static void towns_have_tiles(void **state)
{
    const struct presence_case *c = &PRESENCE_ALL[towns("tiles")];
    steppe_scenario *scenario;
    expect_ok(state, steppe_scenario_open(context_of(state), c->scenario, &c->schedule, 1,
                                          &scenario));
    keep(state, scenario, release_scenario);
    const stp_world *world = world_of(state, scenario, 1, STEPPE_TILES);
    assert_int_equal(world->count, 2);
    for (size_t i = 0; i < world->count; i++)
        assert_true(world->districts[i].tiled);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(verdicts),           with_shelf(nothing_differs),
        with_shelf(few_seeds),          with_shelf(towns_are_run),
        with_shelf(stopped_runs_go_on), with_shelf(towns_have_tiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
