/* Models without a lattice: the numbers of the papers, or those that their formulas give, to every
 * printed digit (LITERATURE 2, 3.1, 3.2, 3.5, 3.6). */
#include "models/ktab.h"
#include "study/replication/claims.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MAX_VARIANTS = 4, MAX_OUTCOMES = 10 };

/* A claim about numbers without chance: the outcomes of one scenario under some settings, all of
 * the first variant, then all of the next. */
typedef struct solved {
    const char *study, *file;
    stp_row row;
    const char *settings[MAX_VARIANTS]; /* "" for none */
    const char *outcomes[MAX_OUTCOMES];
    double published[STP_MAX_FIGURES];
    int decimals;
} solved;

#define KTAB_OUTCOMES                                                     \
    {                                                                     \
        "probability.conditional.left", "probability.conditional.centre", \
            "probability.conditional.right", "probability.uniform.left",  \
            "probability.uniform.centre", "probability.uniform.right",    \
            "probability.incentive.left", "probability.incentive.centre", \
            "probability.incentive.right"                                 \
    }
#define RISK_OUTCOMES                                                                \
    {                                                                                \
        "risk.nl", "risk.be", "risk.lu", "risk.de", "risk.fr", "risk.it", "risk.uk", \
            "risk.ie", "risk.dk", "risk.gr"                                          \
    }
#define THREE_ROOTS "global_game={signal: 0.5, alpha: 4, beta: 1, cost: 0.5}"

static const char BY_FORMULA[] = "Morris and Shin 2003; numbers by the formula";
static const char BY_KTAB[] = "Wise, Lester and Efird 2015; numbers by its rules";
static const char SCHOLZ[] = "Scholz, Calbert and Smith 2011";

static const solved SOLVED[] = {
    {"granovetter",
     "granovetter-1978-uniform.yaml",
     {.id = "uniform",
      .tier = "must",
      .claim = "Thresholds 0, 1, ... 99: all 100 act",
      .published = "100",
      .source = "Granovetter 1978"},
     {""},
     {"acting"},
     {100},
     0},
    {"granovetter",
     "granovetter-1978-changed.yaml",
     {.id = "changed",
      .tier = "must",
      .claim = "... with the threshold of 1 changed to 2: one acts",
      .published = "1",
      .source = "Granovetter 1978"},
     {""},
     {"acting"},
     {1},
     0},
    {"granovetter",
     "granovetter-1978-normal.yaml",
     {.id = "jump",
      .tier = "must",
      .claim =
          "Normal thresholds, mean 25: past a standard deviation of some 12.2 the "
          "equilibrium jumps from some 6 % to 100 % (endless crowd, at 12.22 and 12.25)",
      .published = "5.98 and 100 %",
      .source = "Granovetter 1978; digits by the formula"},
     {"threshold.deviation=12.22", "threshold.deviation=12.25"},
     {"endless.share"},
     {0.0598, 1},
     4},
    {"granovetter",
     "granovetter-1978-normal.yaml",
     {.id = "hundred",
      .claim = "... and of 100 persons, between 12.5 and 13",
      .published = "5, 100",
      .source = "by the formula, at quantiles (i + 1/2) / 100"},
     {"threshold.deviation=12.5", "threshold.deviation=13"},
     {"acting"},
     {5, 100},
     0},
    {"kuran",
     "kuran-1989.yaml",
     {.id = "first",
      .tier = "must",
      .claim =
          "Thresholds 0, 20, 20, 30, ... 100: opposition of 10 %; the second person to "
          "10: 90 %",
      .published = "10, 90 %",
      .source = "Kuran 1989, 1991"},
     {"", "threshold.values.2=10"},
     {"share"},
     {0.1, 0.9},
     2},
    {"kuran",
     "kuran-1989-second.yaml",
     {.id = "second",
      .tier = "must",
      .claim =
          "Thresholds 0, 20, 30, 30, 40, ... 100: the same change moves 10 % to 20 % "
          "only",
      .published = "10, 20 %",
      .source = "Kuran 1989, 1991"},
     {"", "threshold.values.2=10"},
     {"share"},
     {0.1, 0.2},
     2},
    {"global-game",
     "global-game.yaml",
     {.id = "no-signal",
      .tier = "must",
      .claim =
          "Without a public signal (alpha = 0) the regime falls below 1 - c (c = 0.4)",
      .published = "0.600",
      .source = BY_FORMULA},
     {"global_game.alpha=0"},
     {"threshold.1"},
     {0.6},
     3},
    {"global-game",
     "global-game.yaml",
     {.id = "signal",
      .tier = "must",
      .claim = "alpha = beta = 1, c = 0.4: thresholds for the signal y = 0.2, 0.5, 0.8",
      .published = "0.841, 0.718, 0.539",
      .source = BY_FORMULA},
     {"global_game.signal=0.2", "", "global_game.signal=0.8"},
     {"threshold.1"},
     {0.841, 0.718, 0.539},
     3},
    {"global-game",
     "global-game.yaml",
     {.id = "three-roots",
      .tier = "must",
      .claim = "alpha = 4, beta = 1, c = 0.5, y = 0.5: three equilibria",
      .published = "0.030, 0.500, 0.970",
      .source = BY_FORMULA},
     {THREE_ROOTS},
     {"threshold.1", "threshold.2", "threshold.3"},
     {0.03, 0.5, 0.97},
     3},
    {"ktab",
     "ktab-three-positions.yaml",
     {.id = "linear",
      .tier = "must",
      .claim =
          "Positions 0, 0.4, 1, weights 3, 2, 1, exponent 1: odds by the conditional, "
          "Markov-uniform and Markov-incentive rule",
      .published =
          "0.4595, 0.4955, 0.0450; 0.4316, 0.4596, 0.1088; 0.5001, 0.4477, 0.0522",
      .source = BY_KTAB},
     {"ktab.victory=linear"},
     KTAB_OUTCOMES,
     {.4595, .4955, .0450, .4316, .4596, .1088, .5001, .4477, .0522},
     4},
    {"ktab",
     "ktab-three-positions.yaml",
     {.id = "square",
      .tier = "must",
      .claim = "... exponent 2",
      .published =
          "0.4875, 0.5093, 0.0032; 0.4749, 0.4949, 0.0302; 0.5165, 0.4777, 0.0058",
      .source = BY_KTAB},
     {"ktab.victory=square"},
     KTAB_OUTCOMES,
     {.4875, .5093, .0032, .4749, .4949, .0302, .5165, .4777, .0058},
     4},
    {"ktab",
     "ktab-three-positions.yaml",
     {.id = "winner",
      .tier = "must",
      .claim =
          "The resolution rule alone changes the winner (positions by the three rules)",
      .published = "0.4, 0.4, 0.0",
      .source = BY_KTAB},
     {""},
     {"winner.conditional", "winner.uniform", "winner.incentive"},
     {0.4, 0.4, 0},
     1},
    {"expected-utility",
     "expected-utility-scholz-2011.yaml",
     {.id = "median",
      .tier = "must",
      .claim = "Ten countries on one issue: weighted median",
      .published = "7",
      .source = SCHOLZ},
     {""},
     {"median.start"},
     {7},
     0},
    {"expected-utility",
     "expected-utility-scholz-2011.yaml",
     {.id = "print",
      .claim = "Risk exponents with the probability as it is printed",
      .published = "1.117 1.004 0.500 1.117 1.018 1.018 2.000 0.648 1.454 1.557",
      .source = SCHOLZ},
     {"expected_utility.reading=print"},
     RISK_OUTCOMES,
     {1.117, 1.004, .5, 1.117, 1.018, 1.018, 2, .648, 1.454, 1.557},
     3},
    {"expected-utility",
     "expected-utility-scholz-2011.yaml",
     {.id = "net",
      .claim = "... with net votes (the replication by dmasad)",
      .published = "1.127 0.781 0.500 1.127 1.078 1.078 2.000 0.525 1.472 1.140",
      .source = SCHOLZ},
     {"expected_utility.reading=net"},
     RISK_OUTCOMES,
     {1.127, .781, .5, 1.127, 1.078, 1.078, 2, .525, 1.472, 1.140},
     3},
    {"expected-utility",
     "expected-utility-scholz-2011.yaml",
     {.id = "all-pairs",
      .claim = "... with the votes of all pairs (the replication by jmckib)",
      .published = "1.406 0.754 0.509 1.406 1.047 1.047 1.965 0.500 2.000 1.112",
      .source = SCHOLZ},
     {"expected_utility.reading=all-pairs"},
     RISK_OUTCOMES,
     {1.406, .754, .509, 1.406, 1.047, 1.047, 1.965, .5, 2, 1.112},
     3},
    {"contagion",
     "bonnasse-gahot-contagion.yaml",
     {.id = "calm",
      .claim = "Below the critical activity nobody joins",
      .published = "0",
      .source = "Bonnasse-Gahot et al. 2018, equations from memory"},
     {"contagion.critical=2"},
     {"joined"},
     {0},
     0},
};
enum { SOLVED_COUNT = sizeof SOLVED / sizeof *SOLVED };

static size_t filled(const char *const *words, size_t most)
{
    size_t count = 0;
    while (count < most && words[count])
        count++;
    return count;
}

/* One solution of a scenario with one outcome or more. */
static stp_arm *plan_one(steppe_replication *r, const char *file, const char *setting,
                         const char *const *outcomes, size_t count, const char *name)
{
    stp_arm *arm = stp_arm_add(r, file, 1, 0, "%s", name);
    if (*setting)
        stp_arm_set(arm, "%s", setting);
    for (size_t i = 0; i < count; i++)
        arm->outcomes[i] = outcomes[i];
    arm->outcome_count = count;
    return arm;
}

static void plan_solved(steppe_replication *r)
{
    for (int i = 0; i < SOLVED_COUNT; i++) {
        const solved *s = &SOLVED[i];
        for (size_t k = 0; k < filled(s->settings, MAX_VARIANTS); k++) {
            char name[48];
            snprintf(name, sizeof name, "%s-%s-%zu", s->study, s->row.id, k);
            if (strcmp(s->study, r->study->name) == 0)
                plan_one(r, s->file, s->settings[k], s->outcomes,
                         filled(s->outcomes, MAX_OUTCOMES), name);
        }
    }
}

static void verdict_on_solved(steppe_replication *r)
{
    for (int i = 0; i < SOLVED_COUNT; i++) {
        const solved *s = &SOLVED[i];
        double ours[STP_MAX_FIGURES];
        size_t count = 0, width = filled(s->outcomes, MAX_OUTCOMES);
        if (strcmp(s->study, r->study->name) != 0)
            continue;
        for (size_t k = 0; k < filled(s->settings, MAX_VARIANTS); k++) {
            const stp_arm *arm = stp_arm_find(r, "%s-%s-%zu", s->study, s->row.id, k);
            for (size_t o = 0; o < width; o++)
                ours[count++] = arm->values[o];
        }
        stp_verdict_figures(stp_row_add(r, s->row), ours, s->published, count,
                            s->decimals);
    }
}

/* ---- one outcome along one parameter ---- */

enum { MAX_SWEEP = 64 };

typedef struct sweep {
    const char *name, *file, *parameter, *also,
        *outcome; /* also: another setting, or "" */
    double from, by;
    int count;
} sweep;

static void plan_sweep(steppe_replication *r, const sweep *s)
{
    for (int i = 0; i < s->count; i++) {
        char name[48];
        snprintf(name, sizeof name, "%s-%d", s->name, i);
        stp_arm *arm = plan_one(r, s->file, s->also, &s->outcome, 1, name);
        stp_arm_set(arm, "%s=%.10g", s->parameter, s->from + s->by * i);
    }
}

/* x and y of a sweep. */
static void read_sweep(const steppe_replication *r, const sweep *s, double *x, double *y)
{
    for (int i = 0; i < s->count; i++) {
        x[i] = s->from + s->by * i;
        y[i] = stp_arm_find(r, "%s-%d", s->name, i)->values[0];
    }
}

static void draw_sweep(steppe_replication *r, stp_plot *plot, const sweep *s,
                       const char *name)
{
    double x[MAX_SWEEP], y[MAX_SWEEP];
    read_sweep(r, s, x, y);
    stp_plot_line(r, plot, name, x, y, (size_t)s->count);
}

/* ---- Granovetter, Kuran ---- */

static const sweep CROWDS[2] = {{"crowd", "granovetter-1978-normal.yaml",
                                 "threshold.deviation", "", "share", 5, 0.5, 51},
                                {"endless", "granovetter-1978-normal.yaml",
                                 "threshold.deviation", "", "endless.share", 5, 0.5, 51}};

void stp_granovetter_plan(steppe_replication *r)
{
    plan_solved(r);
    plan_sweep(r, &CROWDS[0]);
    plan_sweep(r, &CROWDS[1]);
}

void stp_granovetter_verdicts(steppe_replication *r)
{
    verdict_on_solved(r);
    stp_figure *figure = stp_figure_add(r, "granovetter",
                                        "Normal thresholds with mean 25: who acts in the "
                                        "end, by their standard deviation.",
                                        1);
    stp_plot *plot = stp_figure_plot(figure,
                                     "A small change of the crowd, a large one of what "
                                     "it does",
                                     "standard deviation of the thresholds (%)",
                                     "share that acts");
    draw_sweep(r, plot, &CROWDS[0], "100 persons");
    draw_sweep(r, plot, &CROWDS[1], "endless crowd");
}

void stp_solved_plan(steppe_replication *r)
{
    plan_solved(r);
}

void stp_solved_verdicts(steppe_replication *r)
{
    verdict_on_solved(r);
}

/* ---- Siegel ---- */

enum { NETWORKS = 4, SOCIETIES = 50, MOTIVATIONS = 11 };

static const struct {
    const char *name, *file, *more, *words;
} NETWORK[NETWORKS] = {
    {"small-world", "siegel-2009-small-world.yaml", "network.reach=25", "Small World"},
    {"village", "siegel-2009-village.yaml", "network.across=0.01", "Village"},
    {"opinion-leader", "siegel-2009-opinion-leader.yaml", "network.ties=25",
     "Opinion Leader"},
    {"hierarchy", "siegel-2009-hierarchy.yaml", "network.siblings=1", "Hierarchy"},
};

static double motivation(int index)
{
    return 0.3 + 0.05 * index;
}

static stp_arm *plan_society(steppe_replication *r, int network, double mean, bool more,
                             size_t runs)
{
    stp_arm *arm = stp_arm_add(r, NETWORK[network].file, runs, 0, "siegel-%d-%.2f-%d",
                               network, mean, more);
    stp_arm_set(arm, "network.mean=%.2f", mean);
    if (more)
        stp_arm_set(arm, "%s", NETWORK[network].more);
    arm->outcomes[arm->outcome_count++] = "share";
    return arm;
}

void stp_siegel_plan(steppe_replication *r)
{
    for (int n = 0; n < NETWORKS; n++) {
        for (int more = 0; more < 2; more++) {
            plan_society(r, n, 0.4, more, SOCIETIES);
            plan_society(r, n, 0.7, more, SOCIETIES);
        }
        for (int i = 0; i < MOTIVATIONS; i++)
            if (i != 2 && i != 8) /* 0.4 and 0.7, which are there */
                plan_society(r, n, motivation(i), false, SOCIETIES / 2);
    }
}

void stp_siegel_verdicts(steppe_replication *r)
{
    static const char *const IDS[NETWORKS][2] = {{"small-world", "small-world-2"},
                                                 {"village", "village-2"},
                                                 {"opinion-leader", "opinion-leader-2"},
                                                 {"hierarchy", "hierarchy-2"}};
    stp_figure *figure = stp_figure_add(
        r, "siegel",
        "Participation on the four kinds of network by the mean of motivation.", 1);
    stp_plot *plot = stp_figure_plot(figure, "Four networks", "mean motivation",
                                     "share that takes part");
    for (int n = 0; n < NETWORKS; n++) {
        const stp_arm *weak = stp_arm_find(r, "siegel-%d-0.40-0", n),
                      *weak_more = stp_arm_find(r, "siegel-%d-0.40-1", n),
                      *strong = stp_arm_find(r, "siegel-%d-0.70-0", n),
                      *strong_more = stp_arm_find(r, "siegel-%d-0.70-1", n);
        stp_row *row = stp_row_add(
            r, (stp_row){.id = IDS[n][0],
                         .tier = "must",
                         .claim = "Extra ties can reduce participation (weak motivation, "
                                  "mean 0.4)",
                         .source = "Siegel 2009, rule from memory"});
        stp_verdict_below(row, stp_arm_difference(weak_more, 0, weak, 0), 0, 3,
                          " of all");
        row = stp_row_add(r,
                          (stp_row){.id = IDS[n][1],
                                    .claim = "... and raise it, if motivation is strong "
                                             "(mean 0.7)",
                                    .source = "Siegel 2009, rule from memory"});
        stp_verdict_above(row, stp_arm_difference(strong_more, 0, strong, 0), 0, 3,
                          " of all");
        double x[MOTIVATIONS];
        stp_interval y[MOTIVATIONS];
        for (int i = 0; i < MOTIVATIONS; i++) {
            x[i] = motivation(i);
            y[i] = stp_arm_mean(stp_arm_find(r, "siegel-%d-%.2f-0", n, x[i]), 0);
        }
        stp_plot_means(r, plot, NETWORK[n].words, x, y, MOTIVATIONS);
    }
}

/* ---- the global game ---- */

static const sweep SIGNALS[3] = {{"media0.25", "global-game.yaml", "global_game.signal",
                                  "global_game.alpha=0.25", "threshold.1", 0, 0.025, 41},
                                 {"media1", "global-game.yaml", "global_game.signal",
                                  "global_game.alpha=1", "threshold.1", 0, 0.025, 41},
                                 {"media2.25", "global-game.yaml", "global_game.signal",
                                  "global_game.alpha=2.25", "threshold.1", 0, 0.025, 41}};

void stp_global_game_plan(steppe_replication *r)
{
    plan_solved(r);
    for (int i = 0; i < 3; i++)
        plan_sweep(r, &SIGNALS[i]);
}

/* How far the threshold falls as the signal goes from 0.2 to 0.8. */
static double reaction(const steppe_replication *r, const sweep *s)
{
    double x[MAX_SWEEP], y[MAX_SWEEP];
    read_sweep(r, s, x, y);
    return y[8] - y[32];
}

void stp_global_game_verdicts(steppe_replication *r)
{
    verdict_on_solved(r);
    stp_row *row = stp_row_add(
        r,
        (stp_row){.id = "media",
                  .tier = "must",
                  .claim =
                      "Protest (a lower signal) moves the elite the more, the freer the "
                      "media (alpha)",
                  .source = "Casper and Tyson 2014; core of Morris and Shin"});
    stp_verdict_above(row,
                      stp_exactly(reaction(r, &SIGNALS[2]) - reaction(r, &SIGNALS[0])), 0,
                      3, " more of the threshold at alpha = 2.25 than at 0.25");
    stp_figure *figure = stp_figure_add(r, "global-game",
                                        "Below which strength the regime falls, by the "
                                        "public signal (beta = 1, c = 0.4).",
                                        1);
    stp_plot *plot = stp_figure_plot(figure, "The street as a signal", "public signal y",
                                     "threshold");
    draw_sweep(r, plot, &SIGNALS[0], "alpha = 0.25");
    draw_sweep(r, plot, &SIGNALS[1], "alpha = 1");
    draw_sweep(r, plot, &SIGNALS[2], "alpha = 2.25");
}

/* ---- KTAB ---- */

void stp_ktab_verdicts(steppe_replication *r)
{
    verdict_on_solved(r);
    /* Everybody prefers one option, and is indifferent enough to the next: a cycle. */
    static const double WEIGHTS[3] = {1, 1, 1},
                        UTILITIES[9] = {1, 0.5, 0, 0, 1, 0.5, 0.5, 0, 1};
    static const double THIRDS[9] = {1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0,
                                     1 / 3.0, 1 / 3.0, 1 / 3.0, 1 / 3.0};
    double strengths[9], victories[9], odds[9];
    bool converged;
    stp_ktab_strengths(STP_KTAB_PROPORTIONAL, WEIGHTS, UTILITIES, 3, 3, strengths);
    stp_ktab_victories(STP_KTAB_LINEAR, strengths, 3, victories);
    for (int k = 0; k < 3; k++)
        if (stp_ktab_resolve((stp_ktab_resolution)k, strengths, victories, 3, 1000,
                             odds + 3 * (size_t)k, &converged) != 0)
            r->failed = true;
    if (r->failed)
        return;
    stp_row *row = stp_row_add(
        r, (stp_row){
               .id = "cycle",
               .tier = "must",
               .claim = "A symmetric cycle of three options: a third each, by every rule "
                        "(by the library's functions: positions on a line make no cycle)",
               .published = "1/3 each",
               .source = BY_KTAB});
    stp_verdict_figures(row, odds, THIRDS, 9, 4);
}

/* ---- Egorov and Sonin, Zakharov ---- */

static const sweep RULERS = {"ruler",
                             "egorov-sonin-2011.yaml",
                             "appointment.weakness",
                             "",
                             "competence",
                             0.05,
                             0.05,
                             19};

void stp_appointment_plan(steppe_replication *r)
{
    static const char *const EFFORTS[] = {"effort.least", "effort.most"};
    plan_sweep(r, &RULERS);
    plan_one(r, "egorov-sonin-2011.yaml", "", EFFORTS, 2, "effort");
}

void stp_appointment_verdicts(steppe_replication *r)
{
    double x[MAX_SWEEP], y[MAX_SWEEP];
    read_sweep(r, &RULERS, x, y);
    stp_row *row = stp_row_add(
        r,
        (stp_row){.id = "weak",
                  .tier = "must",
                  .claim = "The more vulnerable the ruler, the less competent the vizier "
                           "whom he chooses (weak with probability 0.05 to 0.45)",
                  .source = "Egorov and Sonin 2011, a reduction"});
    stp_verdict_below(row, stp_slope_interval(x, y, 9), 0, 2,
                      " for each unit of probability");
    row = stp_row_add(
        r, (stp_row){.id = "weaker",
                     .claim = "... also where he is weak with probability 0.55 to 0.95",
                     .source = "Egorov and Sonin 2011, a reduction"});
    stp_verdict_below(row, stp_slope_interval(x + 10, y + 10, 9), 0, 2,
                      " for each unit of probability");
    const stp_arm *effort = stp_arm_find(r, "effort");
    row = stp_row_add(
        r,
        (stp_row){.id = "effort",
                  .tier = "must",
                  .claim =
                      "Who would be hired elsewhere works less for the ruler: effort of "
                      "the most competent less that of the least",
                  .source = "Zakharov 2016, a reduction"});
    stp_verdict_below(row, stp_exactly(effort->values[1] - effort->values[0]), 0, 2, "");
    stp_figure *figure = stp_figure_add(r, "egorov-sonin",
                                        "Competence of the vizier whom the ruler chooses "
                                        "(1/2: none). Above 1/2 the reduction "
                                        "lacks the published sign.",
                                        1);
    stp_plot *plot = stp_figure_plot(figure, "Loyalty or competence",
                                     "probability that the ruler is weak",
                                     "competence chosen");
    stp_plot_points(r, plot, "", x, y, (size_t)RULERS.count);
}

/* ---- contagion ---- */

enum { PLACES = 16 };

static const char *const PEAK_HOURS[PLACES] = {
    "peak_hour.place-1",  "peak_hour.place-2",  "peak_hour.place-3",
    "peak_hour.place-4",  "peak_hour.place-5",  "peak_hour.place-6",
    "peak_hour.place-7",  "peak_hour.place-8",  "peak_hour.place-9",
    "peak_hour.place-10", "peak_hour.place-11", "peak_hour.place-12",
    "peak_hour.place-13", "peak_hour.place-14", "peak_hour.place-15",
    "peak_hour.place-16"};

void stp_contagion_plan(steppe_replication *r)
{
    static const char FILE_NAME[] = "bonnasse-gahot-contagion.yaml";
    plan_solved(r);
    plan_one(r, FILE_NAME, "", PEAK_HOURS, PLACES / 2, "wave-0");
    plan_one(r, FILE_NAME, "", PEAK_HOURS + PLACES / 2, PLACES / 2, "wave-1");
}

void stp_contagion_verdicts(steppe_replication *r)
{
    double hours[PLACES], kilometres[PLACES];
    size_t later = 0;
    for (int i = 0; i < PLACES; i++) {
        const stp_arm *half = stp_arm_find(r, "wave-%d", i / (PLACES / 2));
        hours[i] = half->values[i % (PLACES / 2)];
        kilometres[i] = 10.0 * i;
        later += i > 0 && hours[i] > hours[i - 1];
    }
    stp_row *row = stp_row_add(
        r,
        (stp_row){.id = "wave",
                  .tier = "must",
                  .claim =
                      "Unrest travels as a wave: the peak of each place comes later than "
                      "that of the one before (16 places 10 km apart)",
                  .source = "Bonnasse-Gahot et al. 2018, equations from memory"});
    stp_verdict_figures(row, (const double[]){(double)later},
                        (const double[]){PLACES - 1}, 1, 0);
    stp_row_say(row, " of 15; %.1f km a day",
                24 * kilometres[PLACES - 1] / (hours[PLACES - 1] - hours[0]));
    verdict_on_solved(r);
    stp_figure *figure = stp_figure_add(
        r, "contagion", "When unrest peaks in each of 16 places along a line.", 1);
    stp_plot *plot = stp_figure_plot(figure, "A wave of riots",
                                     "distance from the first (km)", "hours to the peak");
    stp_plot_points(r, plot, "", kilometres, hours, PLACES);
}
