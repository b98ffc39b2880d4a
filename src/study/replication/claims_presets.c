/* The two reference implementations of Epstein's Model I by their own rules: NetLogo's Rebellion
 * and Mesa's example. Their distributions are shown to be set beside those of the originals. */
#include "study/replication/claims.h"

#include <math.h>

enum { STEPS = 3000, RUNS = 100 };

static void plan(steppe_replication *r, const char *name, const char *file)
{
    stp_arm_add(r, file, RUNS, STEPS, "%s", name)->series = true;
    stp_arm *literal = stp_arm_add(r, file, 30, STEPS, "%s-literal", name);
    stp_arm_set(literal, "citizens.ratio=literal");
    literal->series = true;
}

static void show(steppe_replication *r, const char *name, const char *caption)
{
    static const struct {
        stp_measure measure;
        const char *words, *unit;
    } SHOWN[] = {
        {STP_MEAN_ACTIVE, "active, mean over the steps", "citizens"},
        {STP_MEAN_DETAINED, "in detention, mean over the steps", "citizens"},
        {STP_OUTBURSTS, "outbursts (above 50 active, then below) in 3,000 steps", ""},
        {STP_OUTBURST_SIZE, "size of an outburst", "citizens, summed over its steps"},
        {STP_WAIT, "wait between outbursts", "steps"},
        {STP_PEAK, "highest peak", "active citizens"},
    };
    const stp_arm *arm = stp_arm_find(r, "%s", name);
    for (size_t i = 0; i < sizeof SHOWN / sizeof *SHOWN; i++)
        stp_distribution_add(r, arm, SHOWN[i].measure, SHOWN[i].words, SHOWN[i].unit);
    stp_figure *figure = stp_figure_add(r, name, caption, 1);
    stp_plot *plot = stp_figure_plot(figure, "at its default settings", "step",
                                     "active citizens");
    stp_plot_run(r, plot, "", arm, arm->active);
    arm = stp_arm_find(r, "%s-literal", name);
    plot = stp_figure_plot(figure, "with C/A as printed (literal)", "step",
                           "active citizens");
    stp_plot_run(r, plot, "", arm, arm->active);
}

void stp_netlogo_plan(steppe_replication *r)
{
    plan(r, "netlogo", "netlogo-rebellion.yaml");
}

void stp_netlogo_verdicts(steppe_replication *r)
{
    static const char MEASURED[] = "measured with NetLogo";
    const stp_arm *arm = stp_arm_find(r, "netlogo"),
                  *literal = stp_arm_find(r, "netlogo-literal");
    stp_row *row = stp_row_add(r, (stp_row){.id = "outbursts",
                                            .claim = "Outbursts in 3,000 steps",
                                            .published = "93 to 109",
                                            .source = MEASURED,
                                            .tier = "must"});
    stp_verdict_within(row, stp_arm_mean(arm, STP_OUTBURSTS), 93, 109, 1, "");
    row = stp_row_add(r, (stp_row){.id = "size",
                                   .claim = "Mean activation of an outburst",
                                   .published = "1107",
                                   .source = MEASURED,
                                   .tier = "must"});
    stp_verdict_typical(row, arm, STP_OUTBURST_SIZE, 1107, 0, "");
    row = stp_row_add(r, (stp_row){.id = "wait",
                                   .claim = "Mean wait between outbursts",
                                   .published = "23.1 steps",
                                   .source = MEASURED,
                                   .tier = "must"});
    stp_verdict_typical(row, arm, STP_WAIT, 23.1, 1, " steps");
    row = stp_row_add(
        r, (stp_row){.id = "literal",
                     .variant = "literal",
                     .claim = "Without the floor there is no punctuated equilibrium",
                     .source = "NetLogo's Rebellion, Info tab",
                     .tier = "must"});
    stp_verdict_always(row, stp_arm_share(literal, STP_OUTBURSTS, 0, 0), "no outburst");
    stp_row_say(row, "; peak %.0f", stp_arm_mean(literal, STP_PEAK).estimate);
    show(r, "netlogo", "Active citizens in NetLogo's Rebellion, seed 1.");
}

void stp_mesa_plan(steppe_replication *r)
{
    plan(r, "mesa", "mesa-epstein.yaml");
}

void stp_mesa_verdicts(steppe_replication *r)
{
    const stp_arm *arm = stp_arm_find(r, "mesa"),
                  *literal = stp_arm_find(r, "mesa-literal");
    stp_row *row = stp_row_add(
        r,
        (stp_row){.id = "round",
                  .claim = "Rounding C/A brings outbursts that are not there without it: "
                           "higher peaks",
                  .source = "Mesa, pull request 2429",
                  .tier = "must"});
    stp_verdict_above(row, stp_arm_difference(arm, STP_PEAK, literal, STP_PEAK), 0, 0,
                      " active more");
    stp_row_say(row, ": %.0f, against %.0f without it",
                stp_arm_mean(arm, STP_PEAK).estimate,
                stp_arm_mean(literal, STP_PEAK).estimate);
    show(r, "mesa", "Active citizens in Mesa's Epstein model, seed 1.");
}
