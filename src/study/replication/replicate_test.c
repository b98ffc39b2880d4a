/* Promise (study/replication/replicate.h): verdicts follow their criteria; what is
 * wrong with the file of a study is found before a run, with its place; results are
 * the same on any number of threads; a page is written whole or not at all. */
#include "study/replication/replicate.h"

#include "support.h"

#include <dirent.h>
#include <unistd.h>

#define FOLDER "scenarios/published"

/* ---- verdicts ---- */

static stp_interval interval(double estimate, double half)
{
    return (stp_interval){estimate, estimate - half, estimate + half, 10};
}

static void verdicts_of_intervals(void **state)
{
    (void)state;
    stp_row row = {0};
    static const struct {
        double estimate, half;
        steppe_verdict above, below, within; /* 10; of 10 to 20 */
    } CASES[] = {
        {12, 1, STEPPE_REPRODUCED, STEPPE_NOT_REPRODUCED, STEPPE_REPRODUCED},
        {12, 3, STEPPE_TREND_ONLY, STEPPE_NOT_REPRODUCED, STEPPE_REPRODUCED},
        {9, 2, STEPPE_NOT_REPRODUCED, STEPPE_TREND_ONLY, STEPPE_REPRODUCED},
        {9, 0.5, STEPPE_NOT_REPRODUCED, STEPPE_REPRODUCED, STEPPE_TREND_ONLY},
        {7, 0.5, STEPPE_NOT_REPRODUCED, STEPPE_REPRODUCED, STEPPE_NOT_REPRODUCED},
        {24, 0.5, STEPPE_REPRODUCED, STEPPE_NOT_REPRODUCED, STEPPE_TREND_ONLY},
        {26, 0.5, STEPPE_REPRODUCED, STEPPE_NOT_REPRODUCED, STEPPE_NOT_REPRODUCED},
        {NAN, 0, STEPPE_NOT_REPRODUCED, STEPPE_NOT_REPRODUCED, STEPPE_NOT_REPRODUCED},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        stp_interval of = interval(CASES[i].estimate, CASES[i].half);
        stp_verdict_above(&row, of, 10, 1, "");
        assert_int_equal(row.verdict, CASES[i].above);
        stp_verdict_below(&row, of, 10, 1, "");
        assert_int_equal(row.verdict, CASES[i].below);
        stp_verdict_within(&row, of, 10, 20, 1, "");
        assert_int_equal(row.verdict, CASES[i].within);
    }
    stp_verdict_within(&row, interval(12, 1), 10, 20, 1, " steps");
    assert_string_equal(row.ours, "12.0 steps (11.0 to 13.0)");
    assert_string_equal(row.criterion,
                        "the interval meets 10 to 20; trend: within a fourth of it");
}

/* An arm of 100 runs whose first measure is 1, 2, ... 100. */
static void verdicts_of_runs(void **state)
{
    (void)state;
    double values[100], workspace[100];
    stp_arm arm = {.runs = 100, .width = 1, .values = values, .workspace = workspace};
    stp_row row = {0};
    for (int i = 0; i < 100; i++)
        values[i] = i + 1;
    static const struct {
        double published;
        steppe_verdict verdict;
    } CASES[] = {{50, STEPPE_REPRODUCED},
                 {4, STEPPE_REPRODUCED},
                 {98, STEPPE_NOT_REPRODUCED},
                 {3, STEPPE_NOT_REPRODUCED}};
    for (size_t i = 0; i < 4; i++) {
        stp_verdict_typical(&row, &arm, 0, CASES[i].published, 0, "");
        assert_int_equal(row.verdict, CASES[i].verdict);
    }
    for (int i = 0; i < 100; i++)
        values[i] = 100 + i / 100.0;
    stp_verdict_typical(&row, &arm, 0, 70, 0,
                        ""); /* none of the runs, within a factor 1.5 */
    assert_int_equal(row.verdict, STEPPE_TREND_ONLY);
    stp_verdict_typical(&row, &arm, 0, 66, 0, "");
    assert_int_equal(row.verdict, STEPPE_NOT_REPRODUCED);
    values[3] = NAN;
    stp_verdict_always(&row, stp_share_interval(94, 100), "seen");
    assert_int_equal(row.verdict, STEPPE_TREND_ONLY);
    stp_verdict_always(&row, stp_share_interval(99, 100), "seen");
    assert_int_equal(row.verdict, STEPPE_REPRODUCED);
    assert_non_null(strstr(row.ours, "seen in 99 of 100 runs"));
    stp_verdict_always(&row, stp_share_interval(1, 100), "unseen");
    assert_int_equal(row.verdict, STEPPE_NOT_REPRODUCED);
    stp_verdict_always(&row, stp_share_interval(7, 7), "seen");
    assert_int_equal(row.verdict, STEPPE_REPRODUCED);
    assert_int_equal(stp_arm_mean(&arm, 0).n, 99);
    assert_near(stp_arm_difference(&arm, 0, &arm, 0).estimate, 0, 0);
    stp_verdict_each(&row, 100, 100);
    assert_int_equal(row.verdict, STEPPE_REPRODUCED);
    stp_verdict_each(&row, 99, 100);
    assert_int_equal(row.verdict, STEPPE_NOT_REPRODUCED);
    assert_string_equal(row.ours, "99 of 100 runs");
}

static void verdicts_of_figures(void **state)
{
    (void)state;
    stp_row row = {0};
    const double printed[] = {0.4595, 0.5}, ours[] = {0.45953, 0.49996},
                 off[] = {0.4596, 0.5};
    stp_verdict_figures(&row, ours, printed, 2, 4);
    assert_int_equal(row.verdict, STEPPE_REPRODUCED);
    assert_string_equal(row.ours, "0.4595, 0.5000");
    stp_verdict_figures(&row, off, printed, 2, 4);
    assert_int_equal(row.verdict, STEPPE_NOT_REPRODUCED);
    stp_verdict_figures(&row, (const double[]){NAN, 0.5}, printed, 2, 4);
    assert_int_equal(row.verdict, STEPPE_NOT_REPRODUCED);
    const double published[] = {48, 0};
    stp_interval near[] = {interval(45, 1), interval(1, 1)},
                 far[] = {interval(38, 1), interval(3, 1)};
    stp_verdict_profile(&row, near, published, 2, 2, 1);
    assert_int_equal(row.verdict, STEPPE_REPRODUCED);
    stp_verdict_profile(&row, far, published, 2, 2, 1);
    assert_int_equal(row.verdict, STEPPE_TREND_ONLY);
    far[1].estimate = 5;
    stp_verdict_profile(&row, far, published, 2, 2, 1);
    assert_int_equal(row.verdict, STEPPE_NOT_REPRODUCED);
}

/* ---- measures against those of a run by hand ---- */

static void measures_are_those_of_a_run(void **state)
{
    const char *const settings[] = {"detention.term_max=15 h"};
    static double active[400], detained[400];
    double values[STP_MEASURE_COUNT];
    expect_ok(state,
              stp_measure_run(context_of(state),
                              &(stp_measured){.file = FOLDER "/epstein-2002-run2.yaml",
                                              .settings = settings,
                                              .setting_count = 1,
                                              .seed = 4,
                                              .steps = 400,
                                              .looks = STP_LOOK_NEAR | STP_LOOK_TENSION,
                                              .active = active,
                                              .detained = detained},
                              values));
    double sum = 0, peak = 0, jail = 0, calm = 0, size = 0;
    int outbursts = 0, within = 0, first = 0;
    for (int i = 0; i < 400; i++) {
        sum += active[i] / 400;
        jail += detained[i] / 400;
        calm += (active[i] < 10) / 400.0;
        peak = active[i] > peak ? active[i] : peak;
        if (!within && active[i] > 50) {
            within = 1;
            first = outbursts++ ? first : i + 1;
        }
        within &= active[i] >= 50;
        size += within ? active[i] : 0;
    }
    assert_true(outbursts > 3);
    assert_near(values[STP_MEAN_ACTIVE], sum, 1e-9);
    assert_near(values[STP_MEAN_DETAINED], jail, 1e-9);
    assert_near(values[STP_CALM], calm, 1e-9);
    assert_same(values[STP_PEAK], peak);
    assert_same(values[STP_LAST_DETAINED], detained[399]);
    assert_same(values[STP_OUTBURSTS], outbursts);
    assert_same(values[STP_TIPPED], first);
    assert_same(values[STP_OFFICERS_THEN], 64);
    assert_near(values[STP_OUTBURST_SIZE], size / outbursts, 1e-9);
    assert_true(isnan(values[STP_EXTINCT]) && isnan(values[STP_VICTOR]));
    assert_true(values[STP_ACTIVE_NEAR] < values[STP_ACTIVE_FAR]);
    assert_true(values[STP_TENSION_BEFORE] > values[STP_TENSION_CALM]);
}

static void a_run_ends_when_a_group_is_gone(void **state)
{
    static double active[2000], detained[2000];
    double values[STP_MEASURE_COUNT];
    expect_ok(state,
              stp_measure_run(context_of(state),
                              &(stp_measured){.file = FOLDER "/epstein-2002-run7.yaml",
                                              .seed = 1,
                                              .steps = 2000,
                                              .active = active,
                                              .detained = detained},
                              values));
    int last = (int)values[STP_EXTINCT];
    assert_true(last > 10 && last < 2000);
    assert_false(isnan(active[last - 1]));
    assert_true(isnan(active[last]) && isnan(detained[1999]));
    assert_true(values[STP_VICTOR] == 0 || values[STP_VICTOR] == 1);
    assert_true(values[STP_KILLED] > 100);
}

/* ---- measures of several districts ---- */

enum { TOWNS = 8, HOURS = 60, FROM = 25, TO = 40 };
static const char *const SPREADING[] = {
    "news.emboldens=0.4", "force.enabled=true",     "force.violence_threshold=0.12",
    "force.attack=0.001", "obedience.enabled=true", "events.column.enabled=true"};
enum { SPREADING_COUNT = sizeof SPREADING / sizeof *SPREADING };

typedef struct watched {
    double active[HOURS], arrests[HOURS], obeying[HOURS], officers[HOURS], violent[HOURS];
    double hit, first[TOWNS], share;
    uint64_t digest;
} watched;

static int watch(const steppe_run *run, void *user)
{
    watched *w = user;
    const steppe_counts *c = steppe_run_counts(run);
    uint64_t step = steppe_run_step(run);
    double obeying = 0;
    for (size_t i = 0; i < TOWNS; i++) {
        w->active[step - 1] += (double)c[i].active;
        w->arrests[step - 1] += (double)c[i].arrests;
        w->officers[step - 1] += (double)c[i].officers;
        w->violent[step - 1] += (double)c[i].violent;
        w->hit += (double)(c[i].officers_killed + c[i].officers_wounded);
        obeying += (double)c[i].obeying;
        if (w->first[i] == 0 && (double)c[i].active >= w->share * (double)c[i].citizens)
            w->first[i] = (double)step;
    }
    w->obeying[step - 1] = obeying / w->officers[step - 1];
    w->digest = steppe_run_digest(run);
    return 0;
}

static double mean_between(const double *series, int from, int to)
{
    double sum = 0;
    for (int i = from; i < to; i++)
        sum += series[i] / (to - from);
    return sum;
}

static void measures_are_those_of_all_districts(void **state)
{
    static const char TOWN_FILE[] = FOLDER "/mechanisms-country.yaml";
    double values[STP_MEASURE_COUNT], arrival = 0, reached = 0, more = NAN;
    watched w = {.share = 0.04};
    steppe_scenario *scenario;
    steppe_run *run;
    expect_ok(state, stp_measure_run(context_of(state),
                                     &(stp_measured){.file = TOWN_FILE,
                                                     .settings = SPREADING,
                                                     .setting_count = SPREADING_COUNT,
                                                     .seed = 3,
                                                     .steps = HOURS,
                                                     .from = FROM,
                                                     .to = TO},
                                     values));
    expect_ok(state, steppe_scenario_open(context_of(state), TOWN_FILE, SPREADING,
                                          SPREADING_COUNT, &scenario));
    expect_ok(state,
              steppe_run_create(context_of(state), scenario,
                                &(steppe_run_options){.seed = 3, .steps = HOURS}, &run));
    expect_ok(state, steppe_run_observe(run, watch, &w));
    expect_ok(state, steppe_run_advance(run, HOURS));
    steppe_run_free(run);
    steppe_scenario_free(scenario);
    for (int i = 0; i < TOWNS; i++) {
        reached += w.first[i] > 0;
        arrival += (w.first[i] > 0 ? w.first[i] : HOURS + 1) / TOWNS;
    }
    for (int i = HOURS - 1; i > 0; i--)
        more = w.officers[i] > w.officers[0] ? i + 1 : more;
    assert_true(reached > 1 && w.hit > 0 && more > FROM);
    assert_same(values[STP_DISTRICTS_REACHED], reached);
    assert_near(values[STP_ARRIVAL], arrival, 1e-9);
    assert_same(values[STP_STRENGTHENED], more);
    assert_same(values[STP_OFFICERS_HIT], w.hit);
    assert_near(values[STP_ARRESTS], HOURS * mean_between(w.arrests, 0, HOURS), 1e-6);
    assert_near(values[STP_MEAN_VIOLENT], mean_between(w.violent, 0, HOURS), 1e-9);
    assert_near(values[STP_MEAN_ACTIVE], mean_between(w.active, 0, HOURS), 1e-9);
    assert_near(values[STP_ACTIVE_WITHIN], mean_between(w.active, FROM, TO), 1e-9);
    assert_near(values[STP_ACTIVE_AFTER], mean_between(w.active, TO, HOURS), 1e-9);
    assert_near(values[STP_ARRESTS_WITHIN], mean_between(w.arrests, FROM, TO), 1e-9);
    assert_near(values[STP_OBEYING_WITHIN], mean_between(w.obeying, FROM, TO), 1e-9);
    assert_near(values[STP_OBEYING_AFTER], mean_between(w.obeying, TO, HOURS), 1e-9);
    assert_true(values[STP_VIOLENT_EXCESS] <= 0);
    assert_near(values[STP_LAST_LEGITIMACY], (7 * 0.88 + 0.6) / TOWNS, 1e-4);
    assert_true((uint64_t)values[STP_DIGEST] == w.digest >> 12);
    assert_near(values[STP_CITIZEN_HOURS], (TO - FROM) * mean_between(w.active, FROM, TO),
                1e-6);
    assert_same(values[STP_FELL], 0); /* there is nobody who could */
}

/* The capital's forces give way: day 3 is the first that begins after it. */
static void a_fall_is_measured(void **state)
{
    static const char *const settings[] = {"defection.enabled=false",
                                           "force.enabled=true",
                                           "obedience.enabled=true",
                                           "events.silence.enabled=true",
                                           "force.violence_threshold=0.12",
                                           "citizens.legitimacy=0.6"};
    double values[STP_MEASURE_COUNT];
    stp_measured what = {.file = FOLDER "/seat-of-power.yaml",
                         .settings = settings,
                         .setting_count = 6,
                         .seed = 1,
                         .steps = 72};
    expect_ok(state, stp_measure_run(context_of(state), &what, values));
    assert_same(values[STP_FELL], 0);
    what.steps = 120;
    expect_ok(state, stp_measure_run(context_of(state), &what, values));
    assert_same(values[STP_FELL], 2);
    what.setting_count =
        0; /* a street that the elite takes as a sign, and nothing else */
    expect_ok(state, stp_measure_run(context_of(state), &what, values));
    assert_same(values[STP_FELL], 1);
}

static void release_replication(void *replication)
{
    steppe_replication_free(replication);
}

/* ---- the files of studies ---- */

/* Read a text as the file of a study, with effort 1, and look for what is wrong. */
static int read_study(void **state, const char *study, const char *text,
                      steppe_replication **replication)
{
    steppe_context *context = context_of(state);
    steppe_replication *r = calloc(1, sizeof *r);
    size_t index = 0;
    assert_non_null(r);
    keep(state, r, release_replication);
    r->context = context;
    r->effort = 1;
    r->trees = calloc(STP_STUDY_COUNT, sizeof *r->trees);
    while (strcmp(STP_STUDIES[index].name, study) != 0)
        index++;
    int status = stp_tree_parse(context, "study.yaml", text, strlen(text),
                                &r->trees[index]);
    if (status == STEPPE_OK)
        status = stp_study_plan(r, &STP_STUDIES[index], &r->trees[index]);
    if (status == STEPPE_OK)
        status = stp_arms_prepare(r);
    if (status == STEPPE_OK)
        status = stp_study_conclude(r, &STP_STUDIES[index], &r->trees[index]);
    if (replication)
        *replication = r;
    return status;
}

static char *text_of(void **state, const char *study)
{
    char path[200], *text = calloc(1, 1 << 20);
    keep(state, text, free);
    snprintf(path, sizeof path, FOLDER "/claims/%s.yaml", study);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

/* No file without a study, no study without a file, and nothing wrong with any. */
static void every_study_has_its_file(void **state)
{
    DIR *folder = opendir(FOLDER "/claims");
    size_t files = 0, claims = 0;
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));)
        files += strstr(entry->d_name, ".yaml") != NULL;
    closedir(folder);
    assert_int_equal(files, STP_STUDY_COUNT);
    for (size_t i = 0; i < STP_STUDY_COUNT; i++) {
        steppe_replication *r;
        const char *name = STP_STUDIES[i].name;
        expect_ok(state, read_study(state, name, text_of(state, name), &r));
        for (size_t k = 0; k < r->row_count; k++) {
            assert_true(*r->rows[k]->id && *r->rows[k]->claim && *r->rows[k]->source);
            assert_true(*r->rows[k]->criterion && *r->rows[k]->ours);
        }
        claims += r->row_count;
    }
    assert_int_equal(claims, 221);
}

#define STUDY "study: kuran\nabout: A\nlicence: none\n"
#define RUNS                                                            \
    "runs:\n"                                                           \
    "  - {name: r, file: f.yaml, outcomes: share, vary: {x: [1, 2]}}\n" \
    "  - {name: s, file: f.yaml, steps: 10}\n"
#define CLAIM "claims:\n- {id: c, claim: C, source: S, "

static void wrong_files_are_told(void **state)
{
    static const struct {
        const char *text, *message;
    } CASES[] = {
        {"study: kuran\nabout: A\nclaims: []\n",
         "study.yaml:1:1: the key 'licence' is missing"},
        {"study: ktab\nabout: A\nlicence: none\nclaims: []\n",
         "study.yaml:1:8: expected 'study: kuran'"},
        {STUDY "claim: []\n", "study.yaml:4:1: unknown key 'claim' in the file of a "
                              "study; did you mean 'claims'?"},
        {"[1, 2]\n",
         "study.yaml:1:1: expected a mapping for the file of a study, not a list"},
        {STUDY "runs: [{name: a/b, file: f, outcomes: x}]\nclaims: []\n",
         "the name of a run has"},
        {STUDY "runs: [{name: a, outcomes: x}]\nclaims: []\n",
         "the key 'file' is missing"},
        {STUDY "runs: [{name: a, file: f}]\nclaims: []\n", "the key 'steps' is missing"},
        {STUDY "runs: [{name: a, file: f, steps: 2, stage: t}]\nclaims: []\n",
         "there is no stage 't'"},
        {STUDY "runs: [{name: a, file: f, steps: 0.1}]\nclaims: []\n",
         "study.yaml:4:34: expected a number from 1 to 100000, not '0.1'"},
        {STUDY
         "runs: [{name: a, file: f, steps: 2, vary: {shown.cut: [1]}}]\nclaims: []\n",
         "is for a seat of power alone"},
        {STUDY "runs: [{name: a, file: f, steps: 2, vary: {x: 1}}]\nclaims: []\n",
         "expected a list of values"},
        {STUDY "runs: [{name: a, file: f, steps: 2}, {name: a, file: f, steps: "
               "2}]\nclaims: []\n",
         "there is a run 'a' already"},
        {STUDY RUNS CLAIM "values: q, digits: 1}\n",
         "study.yaml:8:40: there is no run 'q'"},
        {STUDY RUNS CLAIM "values: r, digits: 1}\n", "1 numbers for 2 values"},
        {STUDY RUNS CLAIM "values: r, digits: [1, x]}\n",
         "expected a number from -.inf to .inf, not 'x'"},
        {STUDY RUNS CLAIM "values: r}\n",
         "a claim has one criterion, not 0: above, below"},
        {STUDY RUNS CLAIM "values: r, mean: r, digits: [1, 2]}\n",
         "a claim has one number, not 2: mean"},
        {STUDY RUNS CLAIM "mean: s, above: 0}\n", "the key 'measure' is missing"},
        {STUDY RUNS CLAIM "mean: s, measure: peek, above: 0}\n",
         "there is no measure 'peek' here; did you mean 'peak'?"},
        {STUDY RUNS CLAIM "mean: r, measure: peak, above: 0}\n",
         "there is no measure 'peak' here"},
        {STUDY RUNS CLAIM "mean: s, measure: peak, always: yes}\n",
         "for a share of runs"},
        {STUDY RUNS CLAIM "mean: s, measure: peak, above: 0, tier: most}\n",
         "there is no tier 'most' here; did you mean 'must'?"},
        {STUDY RUNS CLAIM "mean: s, measure: peak, above: 0, say: '{s peak .1'}\n", NULL},
        {STUDY RUNS CLAIM "mean: s, measure: peak, above: 0, say: '{s}'}\n",
         "expected {ARM MEASURE}"},
        {STUDY RUNS CLAIM "difference: [s, s, s], measure: peak, above: 0}\n",
         "expected two arms"},
        {STUDY RUNS CLAIM "compute: cycle, digits: 1}\n",
         "the study 'kuran' has no computation 'cycle'"},
        {STUDY RUNS "claims: []\nfigures: [{name: ../x, caption: c, plots: []}]\n",
         "a figure is named by"},
        {STUDY RUNS
         "claims: []\nfigures: [{name: x, caption: c, plots: [{title: t, x: x, y: y, "
         "curves: [{series: s, of: active}]}]}]\n",
         "the run 's' keeps no series"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int status = read_study(state, "kuran", CASES[i].text, NULL);
        const char *message = steppe_context_message(context_of(state));
        if (!CASES[i].message) {
            assert_int_equal(status, STEPPE_OK);
            continue;
        }
        assert_int_equal(status, STEPPE_BAD_SCENARIO);
        if (!strstr(message, CASES[i].message))
            fail_msg("'%s', not '%s'", message, CASES[i].message);
    }
}

/* What the program can compute and no claim names, and the reverse. */
static void computations_and_claims_belong_together(void **state)
{
    char *text = text_of(state, "ktab"), *at = strstr(text, "compute: cycle");
    assert_non_null(at);
    memcpy(at, "values: linear", 14);
    assert_int_equal(read_study(state, "ktab", text, NULL), STEPPE_BAD_SCENARIO);
    assert_non_null(strstr(steppe_context_message(context_of(state)),
                           "no claim has 'compute: cycle'"));
    memcpy(at, "compute: cyclo", 14);
    assert_int_equal(read_study(state, "ktab", text, NULL), STEPPE_BAD_SCENARIO);
    assert_non_null(strstr(steppe_context_message(context_of(state)),
                           "the study 'ktab' has no computation 'cyclo'"));
}

/* ---- all of it, small ---- */

static steppe_replication *small(void **state, const char *name, int threads)
{
    steppe_replication *r;
    expect_ok(state, steppe_replicate(context_of(state),
                                      &(steppe_replication_options){.folder = FOLDER,
                                                                    .names = &name,
                                                                    .name_count = 1,
                                                                    .effort = 1,
                                                                    .threads = threads},
                                      &r));
    keep(state, r, release_replication);
    return r;
}

static void the_same_on_any_number_of_threads(void **state)
{
    /* The one without distributions is quick; tests/cli/replicate.sh has both. */
    bool longer = getenv("STEPPE_LONG") != NULL;
    const char *study = longer ? "mesa" : "siegel";
    steppe_replication *one = small(state, study, 1), *three = small(state, study, 3);
    steppe_distribution a, b;
    assert_int_equal(steppe_replication_distribution_count(one) > 3, longer);
    for (size_t i = 0; steppe_replication_distribution(one, i, &a) == STEPPE_OK; i++) {
        assert_int_equal(steppe_replication_distribution(three, i, &b), STEPPE_OK);
        assert_int_equal(a.count, b.count);
        assert_memory_equal(a.values, b.values, a.count * sizeof *a.values);
    }
    steppe_claim c, d;
    for (size_t i = 0; steppe_replication_claim(one, i, &c) == STEPPE_OK; i++) {
        assert_int_equal(steppe_replication_claim(three, i, &d), STEPPE_OK);
        assert_string_equal(c.ours, d.ours);
        assert_int_equal(c.verdict, d.verdict);
    }
}

static int stop_at_once(double done, void *user)
{
    (void)user;
    assert_true(done > 0 && done <= 1);
    return 1;
}

static void errors_are_named(void **state)
{
    steppe_context *context = context_of(state);
    steppe_replication *r;
    const char *name = "netlego";
    steppe_replication_options o = {
        .folder = FOLDER, .names = &name, .name_count = 1, .effort = 1, .threads = 2};
    assert_int_equal(steppe_replicate(context, &o, &r), STEPPE_BAD_ARGUMENT);
    assert_null(r);
    assert_non_null(strstr(steppe_context_message(context), "did you mean 'netlogo'?"));
    name = "netlogo";
    o.folder = "nowhere";
    assert_int_equal(steppe_replicate(context, &o, &r), STEPPE_CANNOT_READ);
    assert_non_null(strstr(steppe_context_message(context),
                           "nowhere/claims/netlogo.yaml"));
    o.folder = FOLDER;
    o.effort = -1;
    assert_int_equal(steppe_replicate(context, &o, &r), STEPPE_BAD_ARGUMENT);
    o.effort = 1;
    name = "siegel";
    o.progress = stop_at_once;
    assert_int_equal(steppe_replicate(context, &o, &r), STEPPE_STOPPED);
    assert_null(r);
    assert_null(steppe_study_name(1000));
    assert_null(steppe_study_title(1000));
}

static void pages_are_written_whole_or_not_at_all(void **state)
{
    steppe_replication *r = small(state, "granovetter", 2);
    char folder[] = "/tmp/steppe-page-XXXXXX", path[64], picture[64], line[400] = "";
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/page.md", folder);
    snprintf(picture, sizeof picture, "%s/page-granovetter.svg", folder);
    expect_ok(state, steppe_replication_write_page(context_of(state), r, path));
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    assert_string_equal(line, "# Published models, run again\n");
    bool shown = false;
    while (fgets(line, sizeof line, file))
        shown |= strstr(line, "](page-granovetter.svg)") != NULL;
    assert_true(shown);
    fclose(file);
    assert_int_equal(access(picture, R_OK), 0);
    remove(path);
    remove(picture);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left there */
    assert_int_equal(steppe_replication_write_page(context_of(state), r, path),
                     STEPPE_CANNOT_WRITE);
    assert_non_null(strstr(steppe_context_message(context_of(state)), "page"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_of_intervals),
        cmocka_unit_test(verdicts_of_runs),
        cmocka_unit_test(verdicts_of_figures),
        with_shelf(measures_are_those_of_a_run),
        with_shelf(measures_are_those_of_all_districts),
        with_shelf(a_run_ends_when_a_group_is_gone),
        with_shelf(a_fall_is_measured),
        with_shelf(every_study_has_its_file),
        with_shelf(wrong_files_are_told),
        with_shelf(computations_and_claims_belong_together),
        with_shelf(the_same_on_any_number_of_threads),
        with_shelf(errors_are_named),
        with_shelf(pages_are_written_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
