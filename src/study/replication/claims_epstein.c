/* Epstein (2002), Models I and II: every published claim, with each way to take the ratio C/A. The
 * numbers of an independent replication are those of LITERATURE 1.4. */
#include "study/replication/claims.h"

#include <math.h>
#include <string.h>

enum { RATIOS = 3, LEVELS = 8, JAILS = 8, DENSITIES = 51, LONG = 3000, CAP = 15000 };

static const char *const RATIO[RATIOS] = {"floor", "literal", "round"};
static const int JAIL[JAILS] = {5, 10, 15, 20, 30, 40, 50, 60};

#define INDEPENDENT "independent replication"

/* ---- what is run ---- */

/* One arm for each ratio. */
static void plan_ratios(steppe_replication *r, int run, const char *file, size_t runs,
                        uint64_t steps, bool series)
{
    for (int k = 0; k < RATIOS; k++) {
        stp_arm *arm = stp_arm_add(r, file, runs, steps, "run%d-%s", run, RATIO[k]);
        stp_arm_set(arm, "citizens.ratio=%s", RATIO[k]);
        arm->series = series;
    }
}

static void plan_sweeps(steppe_replication *r)
{
    static const char RUN2[] = "epstein-2002-run2.yaml";
    for (int i = 0; i < LEVELS; i++) {
        for (int k = 0; k < 2; k++) {
            stp_arm *arm = stp_arm_add(r, RUN2, 10, LONG, "legitimacy%d-%s", i, RATIO[k]);
            stp_arm_set(arm, "citizens.ratio=%s", RATIO[k]);
            stp_arm_set(arm, "citizens.legitimacy=%.2f", 0.6 + 0.05 * i);
        }
    }
    for (int i = 0; i < JAILS; i++)
        stp_arm_set(stp_arm_add(r, RUN2, 20, LONG, "jail%d", i),
                    "detention.term_max=%d h", JAIL[i]);
    /* the densest first, which take longest */
    for (int i = DENSITIES - 1; i >= 0; i--)
        stp_arm_set(stp_arm_add(r, "epstein-2002-run8.yaml", 50, CAP, "density%d", i),
                    "officers.density=%.3f", 0.002 * i);
}

void stp_epstein_plan(steppe_replication *r)
{
    plan_ratios(r, 1, "epstein-2002-run1.yaml", 100, 1000, false);
    for (int k = 0; k < RATIOS; k++) {
        stp_arm *moving = stp_arm_add(r, "epstein-2002-run1.yaml", 50, 500, "moving-%s",
                                      RATIO[k]);
        stp_arm_set(moving, "citizens.ratio=%s", RATIO[k]);
        stp_arm_set(moving, "citizens.movement=random");
        moving->looks = STP_LOOK_NEAR;
    }
    plan_ratios(r, 2, "epstein-2002-run2.yaml", 100, LONG, true);
    stp_arm_set(stp_arm_add(r, "epstein-2002-run2.yaml", 30, LONG, "still"),
                "citizens.movement=none");
    stp_arm_set(stp_arm_add(r, "epstein-2002-run2.yaml", 30, LONG, "patrol"),
                "citizens.movement=officers");
    stp_arm *tension = stp_arm_add(r, "epstein-2002-run2.yaml", 20, LONG, "tension");
    tension->looks = STP_LOOK_TENSION;
    plan_ratios(r, 3, "epstein-2002-run3.yaml", 100, 200, true);
    plan_ratios(r, 4, "epstein-2002-run4.yaml", 100, 200, true);
    plan_ratios(r, 5, "epstein-2002-run5.yaml", 100, 650, true);
    plan_ratios(r, 6, "epstein-2002-run6.yaml", 30, 1000, false);
    plan_ratios(r, 7, "epstein-2002-run7.yaml", 100, LONG, false);
    plan_ratios(r, 8, "epstein-2002-run8.yaml", 100, LONG, false);
    plan_ratios(r, 9, "epstein-2002-peacekeepers.yaml", 100, LONG, false);
    for (int k = 0; k < RATIOS; k++) {
        stp_arm *leave = stp_arm_add(r, "epstein-2002-run8.yaml", 100, LONG, "leave-%s",
                                     RATIO[k]);
        stp_arm_set(leave, "citizens.ratio=%s", RATIO[k]);
        stp_arm_set(leave, "events.withdrawal.enabled=true");
    }
    plan_sweeps(r);
}

/* ---- Model I ---- */

/* What is published; a tier is that of the floor. */
static const stp_row CLAIMS[] = {
    {.id = "a",
     .tier = "must",
     .claim =
         "Deceptive behaviour: whoever has a grievance hides it while an officer is near",
     .source = "Epstein 2002, Fig. 1"},
    {.id = "b2",
     .claim = "Run 1: a constant few dozen are active",
     .replicated = "33 to 62, mean 48",
     .source = INDEPENDENT},
    {.id = "b3",
     .claim = "... the same, if everybody moves",
     .replicated = "33 to 62, mean 48",
     .source = INDEPENDENT},
    {.id = "b",
     .tier = "must",
     .claim = "Free assembly catalyses: with movement, outbursts in 3,000 steps of Run 2 "
              "are more than without",
     .source = "Epstein 2002, Fig. 2"},
    {.id = "b4",
     .claim = "... because citizens assemble: they are more than if officers alone move",
     .source = "Epstein 2002, Fig. 2"},
    {.id = "c",
     .tier = "must",
     .claim = "Punctuated equilibrium (Run 2): long calm, broken by outbursts (ten or "
              "more in 3,000 steps)",
     .source = "Epstein 2002, Figs. 3 and 4"},
    {.id = "d",
     .tier = "gap",
     .claim = "Mean wait between outbursts (from below 50 active to above)",
     .published = "60 steps (s.d. 55)",
     .replicated = "21.8 (18.7 to 24.2)",
     .source = "Epstein 2002, Fig. 5"},
    {.id = "d2",
     .claim = "The log frequency of waits falls with a slope; taken here of waits above "
              "30 steps",
     .published = "-0.07 a step",
     .source = "Epstein 2002, Fig. 6"},
    {.id = "e",
     .tier = "should",
     .claim = "Mean activation of an outburst",
     .published = "708 (s.d. 230 between outbursts)",
     .replicated = "779 (679 to 929)",
     .source = "Epstein 2002, Fig. 7"},
    {.id = "c2",
     .claim = "Outbursts in 3,000 steps of Run 2",
     .replicated = "101 to 122",
     .source = INDEPENDENT},
    {.id = "c3",
     .claim = "Highest peak of Run 2",
     .replicated = "290 to 368",
     .source = INDEPENDENT},
    {.id = "c4",
     .claim = "Share of the steps of Run 2 with fewer than ten active",
     .replicated = "0.61 to 0.68",
     .source = INDEPENDENT},
    {.id = "c5",
     .tier = "must",
     .claim = "With C/A as printed, Run 2 has no outbursts",
     .replicated = "none in 20 runs of 3,000 steps, peaks of 13 to 34",
     .source = INDEPENDENT},
    {.id = "f",
     .tier = "must",
     .claim = "Tension (mean grievance times the number of the quiet, over mean risk "
              "aversion) builds up before outbursts",
     .source = "Epstein 2002, Fig. 8"},
    {.id = "g",
     .tier = "should",
     .claim = "Legitimacy falls slowly from 0.9 to 0.2: no spike (never more than 50 "
              "active), while the jail fills",
     .replicated = "spikes in 3 of 20 runs",
     .source = "Epstein 2002, Fig. 9"},
    {.id = "h",
     .tier = "should",
     .claim = "Legitimacy falls from 0.9 to 0.7 at once: the peak is higher than when it "
              "falls slowly",
     .replicated = "in 17 of 20 pairs of runs",
     .source = "Epstein 2002, Fig. 10"},
    {.id = "h2",
     .tier = "should",
     .claim = "... and it is an explosion (more than 50 active)",
     .replicated = "in 9 of 20 runs",
     .source = "Epstein 2002, Fig. 10"},
    {.id = "h3",
     .tier = "gap",
     .claim = "... and more are jailed than when it falls slowly",
     .replicated = "in 7 of 20 pairs; means 314 and 425",
     .source = "Epstein 2002, Fig. 10"},
    {.id = "i",
     .tier = "must",
     .claim = "Officers withdrawn one by one: it tips",
     .replicated = "in 20 of 20 runs; mean step 177, with 66 to 118 officers left",
     .source = "Epstein 2002, Fig. 11"},
    {.id = "j",
     .tier = "must",
     .claim = "Two groups, legitimacy 0.9, no officers (Run 6): they coexist",
     .replicated = "no kills in 20 of 20 runs",
     .source = "Epstein 2002, Fig. 12"},
    {.id = "k",
     .tier = "must",
     .claim = "Legitimacy 0.8, no officers (Run 7): always genocide",
     .published = "30 of 30 runs",
     .replicated = "20 of 20 runs",
     .source = "Epstein 2002, Fig. 13"},
    {.id = "k2",
     .tier = "must",
     .claim = "... and the victor is random",
     .source = "Epstein 2002, Fig. 13"},
    {.id = "k3",
     .claim = "... and how long it takes",
     .replicated = "steps 30 to 190, mean 94",
     .source = INDEPENDENT},
    {.id = "l",
     .tier = "gap",
     .claim = "Peacekeepers from step 50 on: safe havens (both groups are there after "
              "3,000 steps)",
     .replicated = "genocide in 20 of 20 runs, by step 377 at the latest",
     .source = "Epstein 2002, Fig. 14"},
    {.id = "m",
     .tier = "gap",
     .claim = "Officers from the beginning (Run 8): stable but nasty (both groups are "
              "there after 3,000 steps)",
     .replicated = "genocide in 20 of 20 runs",
     .source = "Epstein 2002"},
    {.id = "m3",
     .claim = "... and how long it takes until one group is gone",
     .replicated = "steps 75 to 882, mean 180",
     .source = INDEPENDENT},
    {.id = "m2", .claim = "... and genocide once they leave", .source = "Epstein 2002"},
    {.id = "o",
     .claim = "Outbursts per 1,000 steps of Run 2 for legitimacy 0.60, 0.65, ... 0.95",
     .replicated = "48.2, 50, 47.8, 47.4, 43.2, 26.8, 0, 0",
     .source = INDEPENDENT},
    {.id = "o2",
     .claim = "The same, with C/A as printed",
     .replicated = "6.2, 2.0, 0.4, 0.2, 0, 0, 0, 0",
     .source = INDEPENDENT},
    {.id = "p",
     .tier = "should",
     .claim = "Longer jail, longer calm: mean wait in Run 2 for longest terms of 10 to "
              "60 steps",
     .source = INDEPENDENT},
    {.id = "p2",
     .claim = "... for terms up to 10, 15, 20, 30, 40, 50 and 60 steps",
     .replicated = "3.5, 11.0, 14.8, 21.2, 28.1, 33.2, 40.4 (none for 5)",
     .source = INDEPENDENT},
    {.id = "n",
     .tier = "should",
     .claim = "Cop density from 0 to 0.1: the mean time to genocide rises",
     .replicated = "94 without officers to 222 to 262 near 0.1",
     .source = "Epstein 2002, Figs. 15 and 16"},
    {.id = "n3",
     .claim = "... to how many steps near 0.1 (mean over the five densest)",
     .replicated = "222 to 262",
     .source = INDEPENDENT},
    {.id = "n2",
     .tier = "should",
     .claim = "... and so does its standard deviation",
     .source = "Epstein 2002, Figs. 15 and 17"},
};

/* A row for a claim with a ratio. */
static stp_row *add(steppe_replication *r, int ratio, const char *id)
{
    size_t i = 0;
    while (strcmp(CLAIMS[i].id, id) != 0)
        i++;
    stp_row row = CLAIMS[i];
    row.variant = RATIO[ratio];
    if (ratio != 0 && strcmp(id, "c5") != 0)
        row.tier = NULL;
    return stp_row_add(r, row);
}

static void verdict_on_run_1(steppe_replication *r, int k)
{
    const stp_arm *run = stp_arm_find(r, "run1-%s", RATIO[k]),
                  *moving = stp_arm_find(r, "moving-%s", RATIO[k]);
    stp_row *row = add(r, k, "a");
    stp_interval far = stp_arm_mean(moving, STP_ACTIVE_FAR),
                 near = stp_arm_mean(moving, STP_ACTIVE_NEAR);
    stp_verdict_above(row,
                      stp_arm_difference(moving, STP_ACTIVE_FAR, moving, STP_ACTIVE_NEAR),
                      0, 3, "");
    stp_row_say(row,
                ": %.1f %% of the aggrieved are active without an officer in sight, "
                "%.1f %% with one (Run 1 with movement)",
                100 * far.estimate, 100 * near.estimate);
    row = add(r, k, "b2");
    stp_verdict_within(row, stp_arm_mean(run, STP_MEAN_ACTIVE), 33, 62, 1, "");
    row = add(r, k, "b3");
    stp_verdict_within(row, stp_arm_mean(moving, STP_MEAN_ACTIVE), 33, 62, 1, "");
}

/* Run 2 with movement, without it, and with that of officers alone. */
static void verdict_on_assembly(steppe_replication *r)
{
    const stp_arm *free_ones = stp_arm_find(r, "run2-floor"),
                  *still = stp_arm_find(r, "still"), *patrol = stp_arm_find(r, "patrol");
    stp_row *row = add(r, 0, "b");
    stp_verdict_above(row,
                      stp_arm_difference(free_ones, STP_OUTBURSTS, still, STP_OUTBURSTS),
                      0, 0, " more");
    row = add(r, 0, "b4");
    stp_verdict_above(row,
                      stp_arm_difference(free_ones, STP_OUTBURSTS, patrol, STP_OUTBURSTS),
                      0, 0, " more");
}

static void verdict_on_run_2(steppe_replication *r, int k)
{
    const stp_arm *arm = stp_arm_find(r, "run2-%s", RATIO[k]);
    stp_row *row = add(r, k, "c");
    stp_verdict_always(row, stp_arm_share(arm, STP_OUTBURSTS, 10, INFINITY),
                       "ten outbursts or more");
    stp_row_say(row, "; fewer than 10 active in %.0f %% of the steps, peak %.0f",
                100 * stp_arm_mean(arm, STP_CALM).estimate,
                stp_arm_mean(arm, STP_PEAK).estimate);
    row = add(r, k, "d");
    stp_verdict_typical(row, arm, STP_WAIT, 60, 1, " steps");
    row = add(r, k, "d2");
    stp_verdict_typical(row, arm, STP_WAIT_SLOPE, -0.07, 3, " a step");
    row = add(r, k, "e");
    stp_verdict_typical(row, arm, STP_OUTBURST_SIZE, 708, 0, "");
}

/* The numbers of the independent replication for Run 2, and tension: with the floor alone. */
static void verdict_on_run_2_more(steppe_replication *r)
{
    const stp_arm *floors = stp_arm_find(r, "run2-floor"),
                  *literal = stp_arm_find(r, "run2-literal"),
                  *tension = stp_arm_find(r, "tension");
    stp_row *row = add(r, 0, "c2");
    stp_verdict_within(row, stp_arm_mean(floors, STP_OUTBURSTS), 101, 122, 1, "");
    row = add(r, 0, "c3");
    stp_verdict_within(row, stp_arm_mean(floors, STP_PEAK), 290, 368, 0, " active");
    row = add(r, 0, "c4");
    stp_verdict_within(row, stp_arm_mean(floors, STP_CALM), 0.61, 0.68, 3, "");
    row = add(r, 1, "c5");
    stp_verdict_always(row, stp_arm_share(literal, STP_OUTBURSTS, 0, 0), "no outburst");
    stp_row_say(row, "; peak %.0f", stp_arm_mean(literal, STP_PEAK).estimate);
    row = add(r, 0, "f");
    stp_verdict_above(row,
                      stp_arm_difference(tension, STP_TENSION_BEFORE, tension,
                                         STP_TENSION_CALM),
                      0, 2, "");
    stp_row_say(row, " more in the 5 steps before one than in other calm, %.1f",
                stp_arm_mean(tension, STP_TENSION_CALM).estimate);
}

static void verdict_on_legitimacy(steppe_replication *r, int k)
{
    const stp_arm *slow = stp_arm_find(r, "run3-%s", RATIO[k]),
                  *jump = stp_arm_find(r, "run4-%s", RATIO[k]);
    stp_row *row = add(r, k, "g");
    stp_verdict_always(row, stp_arm_share(slow, STP_PEAK, 0, 50), "no spike");
    stp_row_say(row, "; %.0f in detention at the end",
                stp_arm_mean(slow, STP_LAST_DETAINED).estimate);
    row = add(r, k, "h");
    stp_verdict_above(row, stp_arm_difference(jump, STP_PEAK, slow, STP_PEAK), 0, 1,
                      " active more");
    row = add(r, k, "h2");
    stp_verdict_always(row, stp_arm_share(jump, STP_PEAK, 51, INFINITY), "an explosion");
    row = add(r, k, "h3");
    stp_verdict_above(row,
                      stp_arm_difference(jump, STP_LAST_DETAINED, slow,
                                         STP_LAST_DETAINED),
                      0, 0, " more");
}

static void verdict_on_withdrawal(steppe_replication *r, int k)
{
    const stp_arm *arm = stp_arm_find(r, "run5-%s", RATIO[k]);
    stp_row *row = add(r, k, "i");
    stp_verdict_always(row, stp_arm_share(arm, STP_TIPPED, 1, INFINITY), "tipped");
    stp_interval when = stp_arm_mean(arm, STP_TIPPED);
    if (when.n > 0)
        stp_row_say(row, "; at step %.0f on average, with %.0f of 118 officers left",
                    when.estimate, stp_arm_mean(arm, STP_OFFICERS_THEN).estimate);
}

/* ---- Model II ---- */

static void say_when(stp_row *row, const stp_arm *arm)
{
    stp_interval mean = stp_arm_mean(arm, STP_EXTINCT);
    if (mean.n > 0)
        stp_row_say(row, "; one group gone after %.0f steps on average", mean.estimate);
}

static void verdict_on_groups(steppe_replication *r, int k)
{
    const stp_arm *calm = stp_arm_find(r, "run6-%s", RATIO[k]),
                  *war = stp_arm_find(r, "run7-%s", RATIO[k]);
    stp_row *row = add(r, k, "j");
    stp_verdict_always(row, stp_arm_share(calm, STP_KILLED, 0, 0), "nobody killed");
    row = add(r, k, "k");
    stp_verdict_always(row, stp_arm_share(war, STP_EXTINCT, 0, INFINITY),
                       "one group gone");
    say_when(row, war);
    row = add(r, k, "k2");
    stp_verdict_within(row, stp_arm_share(war, STP_VICTOR, 1, 1), 0.5, 0.5, 2,
                       " of the runs won by the second group");
    if (k == 0)
        stp_verdict_within(add(r, k, "k3"), stp_arm_mean(war, STP_EXTINCT), 94, 94, 0,
                           " steps");
}

static void verdict_on_officers(steppe_replication *r, int k)
{
    const stp_arm *late = stp_arm_find(r, "run9-%s", RATIO[k]),
                  *there = stp_arm_find(r, "run8-%s", RATIO[k]),
                  *leave = stp_arm_find(r, "leave-%s", RATIO[k]);
    stp_row *row = add(r, k, "l");
    stp_verdict_always(row, stp_arm_without(late, STP_EXTINCT), "both groups there");
    say_when(row, late);
    row = add(r, k, "m");
    stp_verdict_always(row, stp_arm_without(there, STP_EXTINCT), "both groups there");
    say_when(row, there);
    if (k == 0)
        stp_verdict_within(add(r, k, "m3"), stp_arm_mean(there, STP_EXTINCT), 180, 180, 0,
                           " steps");
    row = add(r, k, "m2");
    stp_verdict_always(row, stp_arm_share(leave, STP_EXTINCT, 0, INFINITY),
                       "one group gone");
    say_when(row, leave);
}

/* ---- sweeps ---- */

static void verdict_on_levels(steppe_replication *r)
{
    static const double PUBLISHED[2][LEVELS] = {{48.2, 50, 47.8, 47.4, 43.2, 26.8, 0, 0},
                                                {6.2, 2, 0.4, 0.2, 0, 0, 0, 0}};
    stp_figure *figure = stp_figure_add(
        r, "legitimacy",
        "Outbursts in Run 2 by legitimacy, with the ratio C/A cut to a whole number and "
        "as "
        "printed: ours (mean of 10 runs, 95 % interval) and those of an independent "
        "replication.",
        2);
    for (int k = 0; k < 2; k++) {
        stp_interval ours[LEVELS];
        double levels[LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            const double per_1000 = 1000.0 / LONG;
            ours[i] = stp_arm_mean(stp_arm_find(r, "legitimacy%d-%s", i, RATIO[k]),
                                   STP_OUTBURSTS);
            ours[i].estimate *= per_1000;
            ours[i].low *= per_1000;
            ours[i].high *= per_1000;
            levels[i] = 0.6 + 0.05 * i;
        }
        stp_row *row = add(r, k, k ? "o2" : "o");
        stp_verdict_profile(row, ours, PUBLISHED[k], LEVELS, 2, 1);
        stp_plot *plot = stp_figure_plot(figure, k ? "as printed (literal)" : "floor",
                                         "legitimacy L", "outbursts per 1,000 steps");
        stp_plot_means(r, plot, "Steppe", levels, ours, LEVELS);
        stp_plot_points(r, plot, INDEPENDENT, levels, PUBLISHED[k], LEVELS);
    }
}

static void verdict_on_jails(steppe_replication *r)
{
    static const double PUBLISHED[JAILS] = {NAN, 3.5, 11, 14.8, 21.2, 28.1, 33.2, 40.4};
    stp_interval ours[JAILS];
    double terms[JAILS], means[JAILS];
    for (int i = 0; i < JAILS; i++) {
        ours[i] = stp_arm_mean(stp_arm_find(r, "jail%d", i), STP_WAIT);
        means[i] = ours[i].estimate;
        terms[i] = JAIL[i];
    }
    stp_verdict_above(add(r, 0, "p"), stp_slope_interval(terms + 1, means + 1, JAILS - 1),
                      0, 2, " steps for each step of the longest term");
    stp_verdict_profile(add(r, 0, "p2"), ours + 1, PUBLISHED + 1, JAILS - 1, 1, 1);
    stp_figure *figure = stp_figure_add(
        r, "jail",
        "Mean wait between the outbursts of Run 2 by the longest term in jail.", 1);
    stp_plot *plot = stp_figure_plot(figure, "Longer jail, longer calm",
                                     "longest term Jmax (steps)", "mean wait (steps)");
    stp_plot_means(r, plot, "Steppe", terms, ours, JAILS);
    stp_plot_points(r, plot, INDEPENDENT, terms, PUBLISHED, JAILS);
}

static void verdict_on_densities(steppe_replication *r)
{
    enum { DENSEST = 5 };
    double density[DENSITIES], means[DENSITIES], deviations[DENSITIES];
    stp_interval times[DENSITIES];
    for (int i = 0; i < DENSITIES; i++) {
        const stp_arm *arm = stp_arm_find(r, "density%d", i);
        times[i] = stp_arm_mean(arm, STP_EXTINCT);
        density[i] = 0.002 * i;
        means[i] = times[i].estimate;
        deviations[i] = stp_arm_deviation(arm, STP_EXTINCT);
    }
    stp_row *row = add(r, 0, "n");
    stp_verdict_above(row, stp_slope_interval(density, means, DENSITIES), 0, 0,
                      " steps per unit of density");
    stp_row_say(row, "; %.0f steps without officers, %.0f at 0.1", means[0],
                means[DENSITIES - 1]);
    stp_verdict_within(add(r, 0, "n3"),
                       stp_mean_interval(means + DENSITIES - DENSEST, DENSEST), 222, 262,
                       0, " steps");
    row = add(r, 0, "n2");
    stp_verdict_above(row, stp_slope_interval(density, deviations, DENSITIES), 0, 0,
                      " steps per unit of density");
    stp_figure *figure = stp_figure_add(r, "officers",
                                        "Model II: time until one group is gone, by the "
                                        "density of officers (floor; 50 runs "
                                        "each), and its standard deviation.",
                                        2);
    stp_plot *plot = stp_figure_plot(figure, "Mean, 95 % interval", "officers a cell",
                                     "steps to genocide");
    stp_plot_means(r, plot, "", density, times, DENSITIES);
    plot = stp_figure_plot(figure, "Standard deviation", "officers a cell", "steps");
    stp_plot_points(r, plot, "", density, deviations, DENSITIES);
}

/* ---- pictures of runs ---- */

static void show_runs(steppe_replication *r)
{
    stp_figure *figure = stp_figure_add(r, "run2",
                                        "Active citizens in Run 2, seed 1, 3,000 steps: "
                                        "with C/A cut to a whole number, as "
                                        "printed, and rounded.",
                                        1);
    for (int k = 0; k < RATIOS; k++) {
        const stp_arm *arm = stp_arm_find(r, "run2-%s", RATIO[k]);
        stp_plot *plot = stp_figure_plot(figure, RATIO[k], "step", "active citizens");
        stp_plot_run(r, plot, "", arm, arm->active);
    }
    figure = stp_figure_add(r, "waits",
                            "Over 100 runs of Run 2: share of the runs with at most so "
                            "much.",
                            2);
    stp_plot *plot = stp_figure_plot(figure, "Mean wait between outbursts", "steps",
                                     "share of the runs");
    stp_plot_spread(r, plot, "floor", stp_arm_find(r, "run2-floor"), STP_WAIT);
    stp_plot_spread(r, plot, "round", stp_arm_find(r, "run2-round"), STP_WAIT);
    stp_plot_upright(r, plot, "published", 60);
    plot = stp_figure_plot(figure, "Mean activation of an outburst",
                           "active citizens, summed over its steps", "share of the runs");
    stp_plot_spread(r, plot, "floor", stp_arm_find(r, "run2-floor"), STP_OUTBURST_SIZE);
    stp_plot_spread(r, plot, "round", stp_arm_find(r, "run2-round"), STP_OUTBURST_SIZE);
    stp_plot_upright(r, plot, "published", 708);
}

static void show_shocks(steppe_replication *r)
{
    static const struct {
        int run;
        const char *title;
    } SHOWN[] = {{3, "Run 3: legitimacy falls by 0.01 a step"},
                 {4, "Run 4: legitimacy falls by 0.2 at once"},
                 {5, "Run 5: an officer leaves every 5 steps"}};
    stp_figure *figure = stp_figure_add(
        r, "shocks", "Runs 3, 4 and 5 with the floor, seed 1: active, and in detention.",
        3);
    for (size_t i = 0; i < sizeof SHOWN / sizeof *SHOWN; i++) {
        const stp_arm *arm = stp_arm_find(r, "run%d-floor", SHOWN[i].run);
        stp_plot *plot = stp_figure_plot(figure, SHOWN[i].title, "step", "citizens");
        stp_plot_run(r, plot, "active", arm, arm->active);
        stp_plot_run(r, plot, "in detention", arm, arm->detained);
    }
}

void stp_epstein_verdicts(steppe_replication *r)
{
    for (int k = 0; k < RATIOS; k++) {
        verdict_on_run_1(r, k);
        verdict_on_run_2(r, k);
        if (k == 0) {
            verdict_on_assembly(r);
            verdict_on_run_2_more(r);
        }
        verdict_on_legitimacy(r, k);
        verdict_on_withdrawal(r, k);
        verdict_on_groups(r, k);
        verdict_on_officers(r, k);
    }
    verdict_on_levels(r);
    verdict_on_jails(r);
    verdict_on_densities(r);
    show_runs(r);
    show_shocks(r);
}
