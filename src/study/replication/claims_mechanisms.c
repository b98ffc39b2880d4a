/* Each mechanism on by itself: does the outcome move as its source says? The places are invented;
 * both sides of a comparison have the same seeds, and differ in the settings of one mechanism. */
#include "study/replication/claims.h"
#include "study/replication/mechanism_tables.h"

#include <math.h>
#include <string.h>

enum { WAYS = 4 };

/* Where a column sets out for the first town, and how far that is in km. */
static const char *const WAY[WAYS] = {"second", "fourth", "sixth", "eighth"};
static const double KILOMETRES[WAYS] = {50, 150, 250, 350};

void stp_mechanisms_plan(steppe_replication *r)
{
    static const char *const COLUMN[] = {"events.column.enabled=true"};
    stp_directions_plan(r, &STP_MECHANISMS);
    for (int i = 0; i < WAYS; i++)
        stp_arm_set(stp_stage_arm(r, &STP_MARCH, COLUMN, 1, "way", i),
                    "events.column.from=%s", WAY[i]);
}

/* ---- verdicts ---- */

static void verdict_on_off(steppe_replication *r)
{
    static const char *const NAMES[] = {"plain", "idle"};
    static const char *const CLAIMS[] = {
        "With every mechanism off, the town is the street of Epstein's Run 2, to the "
        "last "
        "bit",
        "... also if what moves them happens (a price, a curfew, orders), while they are "
        "off"};
    for (int k = 0; k < 2; k++) {
        stp_row *row = stp_row_add(r, (stp_row){.variant = "everything off",
                                                .id = NAMES[k],
                                                .tier = "must",
                                                .claim = CLAIMS[k],
                                                .source = STP_BY_OWN});
        const stp_arm *a = stp_single_arm(r, "town"), *b = stp_single_arm(r, NAMES[k]);
        size_t hits = 0;
        for (size_t i = 0; i < a->runs; i++)
            hits += a->values[i * a->width + STP_DIGEST] ==
                    b->values[i * b->width + STP_DIGEST];
        stp_verdict_each(row, hits, a->runs);
        stp_row_say(row, " end with the same digest");
    }
}

static void verdict_on_violence(steppe_replication *r)
{
    stp_row *row = stp_row_add(
        r, (stp_row){.variant = "violence",
                     .id = "within",
                     .tier = "must",
                     .claim = "... and never more than are active, at the end of any "
                              "step, even where it takes no more to be violent",
                     .source = STP_BY_OWN});
    const stp_arm *arm = stp_arm_find(r, "violence/0");
    size_t hits = 0;
    for (size_t i = 0; i < arm->runs; i++)
        hits += arm->values[i * arm->width + STP_VIOLENT_EXCESS] <= 0;
    stp_verdict_each(row, hits, arm->runs);
}

/* ---- low and high state violence ---- */

static void show_repression(steppe_replication *r)
{
    static const char AFTERWARDS[] = "active afterwards";
    stp_figure *figure = stp_figure_add(
        r, "mechanisms-repression",
        "Active citizens in the 50 hours after a day of shots at all who were active: by "
        "how often officers shot in place of arrests; and by how many came to help for "
        "that day or for good (shots in one of ten acts, a tenth of them fatal); and by "
        "harder orders where these also frighten.",
        3);
    stp_plot *plot = stp_figure_plot(figure, "Harder orders",
                                     "share of acts that are shots", AFTERWARDS);
    stp_plot_sweep(r, &STP_MECHANISMS, plot, "no shot kills", "harder-0",
                   STP_ACTIVE_WITHIN);
    stp_plot_sweep(r, &STP_MECHANISMS, plot, "one in ten kills", "harder-1",
                   STP_ACTIVE_WITHIN);
    stp_plot_sweep(r, &STP_MECHANISMS, plot, "every shot kills", "harder-2",
                   STP_ACTIVE_WITHIN);
    plot = stp_figure_plot(figure, "More officers", "officers who come beside 100",
                           AFTERWARDS);
    stp_plot_sweep(r, &STP_MECHANISMS, plot, "they stay", "more", STP_ACTIVE_WITHIN);
    stp_plot_sweep(r, &STP_MECHANISMS, plot, "they leave", "gone", STP_ACTIVE_WITHIN);
    plot = stp_figure_plot(figure, "Harder orders and fear",
                           "share of acts that are shots", AFTERWARDS);
    stp_plot_sweep(r, &STP_MECHANISMS, plot, "fear.effect 2", "torn-2",
                   STP_ACTIVE_WITHIN);
    stp_plot_sweep(r, &STP_MECHANISMS, plot, "5", "torn-5", STP_ACTIVE_WITHIN);
    stp_plot_sweep(r, &STP_MECHANISMS, plot, "10", "torn-10", STP_ACTIVE_WITHIN);
}

static void show_news(steppe_replication *r)
{
    stp_figure *figure = stp_figure_add(
        r, "mechanisms-news",
        "How far and how fast unrest spreads from one of eight towns, by how much it "
        "emboldens to hear of it.",
        2);
    stp_plot *plot = stp_figure_plot(figure, "Farther", "news.emboldens",
                                     "towns that ever have unrest");
    stp_plot_sweep(r, &STP_MECHANISMS, plot, "", "embolden", STP_DISTRICTS);
    plot = stp_figure_plot(figure, "Faster", "news.emboldens", "mean hour of the first");
    stp_plot_sweep(r, &STP_MECHANISMS, plot, "", "embolden", STP_ARRIVAL);
}

/* Later protest against that without a shot; below: whether it should be less. */
static stp_row *verdict_on_later(steppe_replication *r, const stp_row *claim, bool below,
                                 const char *name, int dose)
{
    stp_row *row = stp_row_add(r, *claim);
    const stp_arm *arm = stp_arm_find(r, "%s/%d", name, dose),
                  *none = stp_arm_find(r, "harder-1/0");
    stp_verdict_sign(row,
                     stp_arm_difference(arm, STP_ACTIVE_WITHIN, none, STP_ACTIVE_WITHIN),
                     below ? -1 : 1, 1, " active");
    stp_row_say(row, ": %.1f, against %.1f without a shot",
                stp_arm_mean(arm, STP_ACTIVE_WITHIN).estimate,
                stp_arm_mean(none, STP_ACTIVE_WITHIN).estimate);
    return row;
}

/* Both halves of the finding, by what harm costs of legitimacy alone. Violence may be high by harder
 * orders to the same officers, or by more officers with the same orders. */
static void verdict_on_repression(steppe_replication *r)
{
    stp_row claim = {.variant = "state violence",
                     .tier = "must",
                     .source = STP_BY_REPRESSION};
    claim.id = "low";
    claim.claim = "Low state violence enlarges later protest: 25 hours in which officers "
                  "shoot in one of ten acts, a tenth of it fatal, where harm costs "
                  "legitimacy and nobody is afraid; active in the 50 hours after that";
    verdict_on_later(r, &claim, false, "harder-1", 1);
    claim.tier = "gap";
    claim.id = "high";
    claim.claim = "High state violence shrinks it: the same with a shot in every act, "
                  "without fear, which it would take (below)";
    stp_row *row = verdict_on_later(r, &claim, true, "harder-1", 3);
    const stp_arm *fatal = stp_arm_find(r, "harder-2/3");
    stp_row_say(row,
                ". Without fear, citizens mind the officers in sight, not what they do. "
                "Were every shot fatal: %.1f, with %.0f of 1,750 citizens dead",
                stp_arm_mean(fatal, STP_ACTIVE_WITHIN).estimate,
                stp_arm_mean(fatal, STP_KILLED).estimate);
    claim.tier = "should";
    claim.id = "high-numbers";
    claim.claim =
        "... or the orders of the first row to twice as many officers, who stay";
    row = verdict_on_later(r, &claim, true, "more", 4);
    stp_row_say(row, "; %.1f killed, %.1f by the fewer of the first row",
                stp_arm_mean(stp_arm_find(r, "more/4"), STP_KILLED).estimate,
                stp_arm_mean(stp_arm_find(r, "harder-1/1"), STP_KILLED).estimate);
    claim.id = "high-gone";
    claim.claim = "... or to twice as many, who leave when it ends";
    verdict_on_later(r, &claim, true, "gone", 4);
}

/* What the same orders leave where people are more, and less, afraid than in the row. */
static void say_fears(const steppe_replication *r, stp_row *row, int dose)
{
    stp_row_say(
        row, "; %.1f were fear.effect 2, %.1f were it 10",
        stp_arm_mean(stp_arm_find(r, "torn-2/%d", dose), STP_ACTIVE_WITHIN).estimate,
        stp_arm_mean(stp_arm_find(r, "torn-10/%d", dose), STP_ACTIVE_WITHIN).estimate);
}

/* Both halves again, with fear beside legitimacy, and all settings but the orders the same. */
static void verdict_on_torn(steppe_replication *r)
{
    stp_row claim = {.variant = "state violence",
                     .tier = "must",
                     .source = STP_BY_REPRESSION};
    claim.id = "low-fear";
    claim.claim = "With fear beside legitimacy (fear.effect 5, half-life 50 h as that of "
                  "support), low state violence enlarges later protest: a shot in one of "
                  "ten acts";
    stp_row *row = verdict_on_later(r, &claim, false, "torn-5", 1);
    say_fears(r, row, 1);
    claim.id = "high-fear";
    claim.claim = "... and, with the same settings, high state violence shrinks it: a "
                  "shot in every act";
    row = verdict_on_later(r, &claim, true, "torn-5", 3);
    stp_row_say(row,
                ", with %.0f of 1,750 citizens dead; %.1f with a shot in three of "
                "ten acts",
                stp_arm_mean(stp_arm_find(r, "torn-5/3"), STP_KILLED).estimate,
                stp_arm_mean(stp_arm_find(r, "torn-5/2"), STP_ACTIVE_WITHIN).estimate);
    say_fears(r, row, 3);
    show_repression(r);
}

static void verdict_on_legitimacy(steppe_replication *r)
{
    const stp_arm *lemos = stp_single_arm(r, "lemos"), *deaf = stp_single_arm(r, "deaf");
    stp_row row = {.variant = "legitimacy", .tier = "must", .source = STP_BY_LEMOS};
    row.id = "rebellion";
    row.tier = "should"; /* it may come after the last step */
    row.claim =
        "... up to a rebellion (more than 50 of 1,120 active), where there is none "
        "if legitimacy stays";
    stp_row *tipped = stp_row_add(r, row);
    stp_verdict_always(tipped, stp_arm_share(lemos, STP_TIPPED, 1, INFINITY),
                       "a rebellion");
    stp_row_say(tipped, ", after %.0f steps on average; %.0f %% if legitimacy stays",
                stp_arm_mean(lemos, STP_TIPPED).estimate,
                100 * stp_arm_share(deaf, STP_TIPPED, 1, INFINITY).estimate);
    row.id = "returns";
    row.tier = "must";
    row.claim =
        "... after which legitimacy does not return: at the end of 3,000 steps, less "
        "what it was (0.89)";
    stp_row *end = stp_row_add(r, row);
    stp_verdict_below(end,
                      stp_arm_difference(lemos, STP_LAST_LEGITIMACY, deaf,
                                         STP_LAST_LEGITIMACY),
                      -0.05, 3, "");
}

static void verdict_on_way(steppe_replication *r)
{
    stp_row row = {.variant = "officers who come", .tier = "must", .source = STP_BY_OWN};
    row.id = "later";
    row.claim = "The farther they come from, the later they arrive: first hour with more "
                "officers than before, by km";
    stp_row *late = stp_row_add(r, row);
    stp_verdict_above(late, stp_sweep_rise(r, "way", KILOMETRES, WAYS, STP_STRENGTHENED),
                      0, 1, " h");
    stp_row_say_doses(r, late, "way", "km", KILOMETRES, WAYS, STP_STRENGTHENED, 0);
    row.id = "left";
    row.claim = "... and the more unrest is left, in the 35 hours after the order";
    stp_row *left = stp_row_add(r, row);
    stp_verdict_above(left, stp_sweep_rise(r, "way", KILOMETRES, WAYS, STP_ACTIVE_WITHIN),
                      0, 1, " active");
    stp_row_say_doses(r, left, "way", "km", KILOMETRES, WAYS, STP_ACTIVE_WITHIN, 1);
}

static void verdict_on_curfew(steppe_replication *r)
{
    const stp_arm *arm = stp_single_arm(r, "curfew");
    stp_row *row = stp_row_add(
        r, (stp_row){.variant = "curfew",
                     .id = "lifted",
                     .tier = "must",
                     .claim = "... and unrest comes back when it is lifted, for it does "
                              "nothing about grievance: active after it, less during it",
                     .source = STP_BY_OWN});
    stp_verdict_above(row,
                      stp_arm_difference(arm, STP_ACTIVE_AFTER, arm, STP_ACTIVE_WITHIN),
                      0, 1, " active");
    stp_row_say(row, ": %.1f, against %.1f", stp_arm_mean(arm, STP_ACTIVE_AFTER).estimate,
                stp_arm_mean(arm, STP_ACTIVE_WITHIN).estimate);
}

/* What is judged by hand, behind the last direction of its mechanism. */
static const struct {
    const char *behind;
    void (*verdict)(steppe_replication *r);
} BY_HAND[] = {{"threshold", verdict_on_violence}, {"at-whom", verdict_on_repression},
               {"fades", verdict_on_torn},         {"grows", verdict_on_legitimacy},
               {"guards", verdict_on_way},         {"safety-faster", show_news},
               {"strict", verdict_on_curfew}};

void stp_mechanisms_verdicts(steppe_replication *r)
{
    verdict_on_off(r);
    for (size_t i = 0; i < STP_MECHANISMS.claim_count; i++) {
        const stp_direction *d = &STP_MECHANISMS.claims[i];
        stp_verdict_direction(r, &STP_MECHANISMS, d);
        for (size_t k = 0; k < sizeof BY_HAND / sizeof *BY_HAND; k++)
            if (strcmp(BY_HAND[k].behind, d->row.id) == 0)
                BY_HAND[k].verdict(r);
    }
}
