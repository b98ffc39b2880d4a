/* The seat of power, fact by fact: does what persons, offices and powers do move as its source says?
 * Most is the seat alone, shown a street that is given; what reaches the street is runs of the whole
 * country. */
#include "study/replication/claims.h"
#include "study/replication/seat_tables.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char SEAT_FILE[] = "seat-of-power.yaml";

/* ---- arms that are no table ---- */

enum { RULES = 6, VICTORIES = 5, STREETS = 3, ELITES = 3 };
static const char *const RULE[RULES] = {"binary",       "proportional-binary",
                                        "proportional", "proportional-cubic",
                                        "cubic",        "prospect"};
static const char *const VICTORY[VICTORIES] = {"linear", "square", "quartic", "octic",
                                               "decisive"};
/* From a calm street to one in revolt, and from an elite that stands to one that wavers. */
static const double LEGITIMACY[STREETS] = {0.9, 0.75, 0.6};
static const double COUNCIL[ELITES] = {0.15, 0.4, 0.8};

static const stp_stage CAMPS = {SEAT_FILE, .runs = 2, .seat = {.days = 4}},
                       RANGE = {SEAT_FILE, 192, .from = 0, .to = 192, .runs = 10};

static void plan_rules(steppe_replication *r)
{
    static const char *const PURGE[] = {"defection.enabled=false",
                                        "events.dismissal.enabled=true"};
    for (int k = 0; k < 2 * RULES * VICTORIES; k++) {
        int rule = k / 2 / VICTORIES, victory = k / 2 % VICTORIES;
        stp_arm *arm = stp_stage_arm(r, &CAMPS, PURGE, 1 + k % 2, "seat-rule", k);
        stp_arm_set(arm, "seat.rule=%s", RULE[rule]);
        stp_arm_set(arm, "seat.victory=%s", VICTORY[victory]);
    }
}

/* Whole countries that may fall in both ways: the street tempts the elite, and officers without
 * orders let the street win. */
static void plan_range(steppe_replication *r)
{
    static const char *const OPEN[] = {"defection.street_effect=4", "force.enabled=true",
                                       "obedience.enabled=true",
                                       "channels.security_effect=1",
                                       "force.violence_threshold=0.12"};
    for (int k = 0; k < STREETS * ELITES; k++) {
        stp_arm *arm = stp_stage_arm(r, &RANGE, OPEN, 5, "seat-range", k);
        stp_arm_set(arm, "citizens.legitimacy=%g", LEGITIMACY[k / ELITES]);
        stp_arm_set(arm, "offices.council.power=%g", COUNCIL[k % ELITES]);
    }
}

void stp_seat_plan(steppe_replication *r)
{
    stp_directions_plan(r, &STP_SEAT_DIRECTIONS);
    plan_rules(r);
    plan_range(r);
}

/* ---- small helpers ---- */

static double value(const stp_arm *arm, size_t run, size_t measure)
{
    return arm->values[run * arm->width + measure];
}

static double single(const steppe_replication *r, const char *name, size_t measure)
{
    return stp_arm_mean(stp_single_arm(r, name), measure).estimate;
}

static double dose(const steppe_replication *r, const char *name, int k, size_t measure)
{
    return stp_arm_mean(stp_arm_find(r, "%s/%d", name, k), measure).estimate;
}

/* ---- verdicts by hand ---- */

static void verdict_on_quiet(steppe_replication *r)
{
    stp_row claim = {.variant = "calm", .tier = "must", .source = STP_SEAT_OWN};
    const stp_arm *arm = stp_single_arm(r, "seat-quiet");
    claim.id = "stands";
    claim.claim = "Half a year in which nothing happens: a divided seat stands";
    stp_verdict_always(stp_row_add(r, claim), stp_arm_share(arm, STP_SEAT_FELL, 0, 0),
                       "no fall");
    claim.id = "few";
    claim.tier = "should";
    claim.claim = "... and few change sides: fewer than one in ten, who may come back";
    stp_verdict_below(stp_row_add(r, claim), stp_arm_mean(arm, STP_SEAT_SHARE_TURNED),
                      0.1, 3, " of all");
}

static void verdict_on_weakest(steppe_replication *r)
{
    stp_row *row = stp_row_add(
        r,
        (stp_row){.variant = "appointments",
                  .id = "weakest",
                  .tier = "should",
                  .claim = "... and, where betrayal pays whatever the vizier sees, one "
                           "who knows no more than chance (strength 0.50, 0.43, 0.37)",
                  .published = "0.5",
                  .source = "Egorov and Sonin 2011 (reduced)"});
    double ours[3], least[3] = {0.5, 0.5, 0.5};
    for (int k = 0; k < 3; k++)
        ours[k] = dose(r, "seat-weakest", k, STP_SEAT_COMPETENCE);
    stp_verdict_figures(row, ours, least, 3, 2);
    row->runs = stp_arm_find(r, "seat-weakest/0")->runs;
}

static void draw_appointments(steppe_replication *r)
{
    stp_figure *figure = stp_figure_add(
        r, "seat-appointments",
        "Competence of who fills a vacancy, by the strength of the ruler on the day "
        "before; a point is a run, in which some have changed sides.",
        2);
    static const char *const NAMES[2] = {"seat-loyal", "seat-known"};
    static const char *const TITLES[2] = {"Anybody", "One of five persons"};
    for (int n = 0; n < 2; n++) {
        stp_plot *plot = stp_figure_plot(figure, TITLES[n],
                                         "strength of the ruler (theta)",
                                         "competence appointed");
        const stp_sweep *s = stp_sweep_find(&STP_SEAT_DIRECTIONS, NAMES[n]);
        size_t runs = stp_arm_find(r, "%s/0", NAMES[n])->runs, count = 0;
        double *x = malloc(2 * runs * (size_t)s->count * sizeof *x),
               *y = x ? x + runs * (size_t)s->count : NULL;
        for (int k = 0; x && k < s->count; k++) {
            const stp_arm *arm = stp_arm_find(r, "%s/%d", NAMES[n], k);
            for (size_t i = 0; i < runs; i++, count++) {
                x[count] = value(arm, i, STP_SEAT_THEN);
                y[count] = value(arm, i, STP_SEAT_COMPETENCE);
            }
        }
        stp_plot_points(r, plot, "", x, y, count);
        free(x);
    }
}

static void verdict_on_learning(steppe_replication *r)
{
    static const double FORMULA[5] = {0.5, 0.8161, 0.9323, 0.9751, 0.9988};
    double ours[5];
    for (int k = 0; k < 5; k++)
        ours[k] = dose(r, "seat-learn", k, STP_SEAT_RAMP);
    stp_row *row = stp_row_add(
        r, (stp_row){.variant = "change of holder",
                     .id = "learning",
                     .tier = "should",
                     .claim = "... as 1 - 0.5 exp(-t / 30 days), after 0, 30, 60, 90 and "
                              "180 days",
                     .published = "0.5000, 0.8161, 0.9323, 0.9751, 0.9988",
                     .source = STP_SEAT_OWN});
    stp_verdict_figures(row, ours, FORMULA, 5, 4);
    row = stp_row_add(r, (stp_row){.variant = "change of holder",
                                   .id = "vacant",
                                   .tier = "must",
                                   .claim = "An office that nobody holds gives nothing",
                                   .published = "0",
                                   .source = STP_SEAT_OWN});
    double vacant = single(r, "seat-purged", STP_SEAT_OUTPUT);
    stp_verdict_figures(row, &vacant, (const double[]){0}, 1, 4);
}

static void verdict_on_money(steppe_replication *r)
{
    stp_row *row = stp_row_add(
        r, (stp_row){.variant = "purges",
                     .id = "money",
                     .tier = "must",
                     .claim = "Money is neither made nor lost by exits, gifts, payments "
                              "and seizure: to the unit, on every day of half a year",
                     .source = STP_SEAT_OWN});
    size_t hits = 0, runs = 0;
    for (int k = -1; k < 5; k++) {
        const stp_arm *arm = k < 0 ? stp_single_arm(r, "seat-raid")
                                   : stp_arm_find(r, "seat-flight/%d", k);
        for (size_t i = 0; i < arm->runs; i++, runs++)
            hits += value(arm, i, STP_SEAT_KEPT) > 0;
    }
    stp_verdict_each(row, hits, runs);
    row->runs = runs;
    stp_row_say(row, "; of 500,000, %.0f given on average after a full purge",
                dose(r, "seat-flight", 4, STP_SEAT_GIVEN));
}

static void verdict_on_ties(steppe_replication *r)
{
    static const double FORMULA[4] = {0.4, 0.28, 0.2, 0};
    static const char *const NAMES[4] = {"seat-z-kin", "seat-z-client", "seat-z-partner",
                                         "seat-z-tycoon"};
    double ours[4];
    for (int k = 0; k < 4; k++)
        ours[k] = single(r, NAMES[k], STP_SEAT_INSECURITY);
    stp_row claim = {.variant = "ties", .tier = "must", .source = STP_SEAT_OWN};
    claim.id = "kinds";
    claim.claim =
        "A purge frightens kin more than clients, and these more than partners in "
        "business, by ties of the same strength; who has no tie is not afraid";
    claim.published = "0.400, 0.280, 0.200, 0.000";
    stp_verdict_figures(stp_row_add(r, claim), ours, FORMULA, 4, 3);
    claim.id = "alone";
    claim.claim =
        "Fear goes along ties and no farther: persons who are frightened, of whom "
        "four have a tie to who was purged";
    claim.published = "4";
    double frightened = single(r, "seat-z-kin", STP_SEAT_FRIGHTENED);
    stp_verdict_figures(stp_row_add(r, claim), &frightened, (const double[]){4}, 1, 0);
}

/* By how much more a measure rises in one sweep than in another of the same doses, run by run. */
static stp_interval steeper(const steppe_replication *r, const char *name,
                            const char *than, size_t measure)
{
    const stp_sweep *s = stp_sweep_find(&STP_SEAT_DIRECTIONS, name);
    const stp_arm *a[STP_MAX_DOSES] = {stp_arm_find(r, "%s/0", name)},
                  *b[STP_MAX_DOSES] = {stp_arm_find(r, "%s/0", than)};
    for (int k = 1; k < s->count; k++) {
        a[k] = stp_arm_find(r, "%s/%d", name, k);
        b[k] = stp_arm_find(r, "%s/%d", than, k);
    }
    size_t runs = a[0]->runs;
    double *more = malloc(runs * sizeof *more), y[STP_MAX_DOSES];
    for (size_t i = 0; more && i < runs; i++) {
        for (int k = 0; k < s->count; k++)
            y[k] = value(a[k], i, measure) - value(b[k], i, measure);
        more[i] = stp_slope_interval(s->doses, y, (size_t)s->count).estimate *
                  (s->doses[s->count - 1] - s->doses[0]);
    }
    stp_interval mean = stp_mean_interval(more, more ? runs : 0);
    free(more);
    return mean;
}

static void verdict_on_media(steppe_replication *r)
{
    stp_row claim = {.variant = "protest as a signal",
                     .tier = "must",
                     .source = "Casper and Tyson 2014; Morris and Shin 2003 (reduced)"};
    claim.id = "free";
    claim.claim = "... and the more so, the freer the media: what the share of runs in "
                  "which somebody does rises by, media_freedom 1 less 0.5";
    const stp_sweep *free_media = stp_sweep_find(&STP_SEAT_DIRECTIONS,
                                                 "seat-protest-free");
    stp_row *row = stp_row_add(r, claim);
    stp_verdict_above(row,
                      steeper(r, "seat-protest-free", "seat-protest-half", STP_SEAT_ANY),
                      0, 3, "");
    stp_row_say_doses(r, row, free_media->name, free_media->key, free_media->doses,
                      free_media->count, STP_SEAT_ANY, 3);
    stp_row_say(row, " with free media");
    claim.id = "free-many";
    claim.claim = "... the same of how many do";
    stp_verdict_above(stp_row_add(r, claim),
                      steeper(r, "seat-protest-free", "seat-protest-half",
                              STP_SEAT_TURNED),
                      0, 2, " persons");
    claim.id = "silent";
    claim.claim = "... and not at all without free media: media_freedom 0";
    claim.published = "0";
    const stp_sweep *s = stp_sweep_find(&STP_SEAT_DIRECTIONS, "seat-protest-0");
    stp_verdict_within(stp_row_add(r, claim),
                       stp_sweep_rise(r, s->name, s->doses, s->count, STP_SEAT_TURNED), 0,
                       0, 2, " persons");
    stp_figure *figure = stp_figure_add(
        r, "seat-protest",
        "How protest turns the elite, by the freedom of the media: within ten days.", 2);
    static const char *const NAMES[3] = {"seat-protest-0", "seat-protest-half",
                                         "seat-protest-free"};
    static const char *const WORDS[3] = {"media_freedom 0", "0.5", "1"};
    stp_plot *any = stp_figure_plot(figure, "Somebody", "share of citizens active",
                                    "share of runs in which somebody turns");
    for (int k = 0; k < 3; k++)
        stp_plot_sweep(r, &STP_SEAT_DIRECTIONS, any, WORDS[k], NAMES[k], STP_SEAT_ANY);
    stp_plot *all = stp_figure_plot(figure, "How many", "share of citizens active",
                                    "persons who turn");
    for (int k = 0; k < 3; k++)
        stp_plot_sweep(r, &STP_SEAT_DIRECTIONS, all, WORDS[k], NAMES[k], STP_SEAT_TURNED);
}

/* ---- cascades ---- */

/* The same seeds, in which a great person is held by a tie or not: who turned only where he did. */
static void verdict_on_pull(steppe_replication *r)
{
    const stp_arm *great = stp_single_arm(r, "seat-great"),
                  *held = stp_single_arm(r, "seat-held");
    double *more = malloc(great->runs * sizeof *more);
    size_t n = 0;
    for (size_t i = 0; more && i < great->runs; i++)
        if (value(great, i, STP_SEAT_PERSON_TURNED) > 0 &&
            value(held, i, STP_SEAT_PERSON_TURNED) == 0)
            more[n++] = value(great, i, STP_SEAT_OTHERS) -
                        value(held, i, STP_SEAT_OTHERS);
    stp_row *row = stp_row_add(
        r, (stp_row){.variant = "cascades",
                     .id = "pull",
                     .tier = "must",
                     .claim = "A great person who turns takes others along: others who "
                              "turn, less those who do with the same draws where a tie "
                              "to the ruler holds him",
                     .source = "Casper and Tyson 2014; Hale 2005"});
    stp_verdict_above(row, stp_mean_interval(more, n), 0, 2, " persons");
    stp_row_say(row, ", in the %zu of %zu runs in which it does", n, great->runs);
    free(more);
}

/* Is it few or nearly all? At the street at which nearest to half of them turn. */
static void verdict_on_humps(steppe_replication *r)
{
    const stp_sweep *s = stp_sweep_find(&STP_SEAT_DIRECTIONS, "seat-many");
    int half = 0;
    for (int k = 1; k < s->count; k++)
        if (fabs(dose(r, s->name, k, STP_SEAT_SHARE_TURNED) - 0.5) <
            fabs(dose(r, s->name, half, STP_SEAT_SHARE_TURNED) - 0.5))
            half = k;
    const stp_arm *arm = stp_arm_find(r, "%s/%d", s->name, half);
    double third = 1 / 3.0;
    stp_interval few = stp_arm_share(arm, STP_SEAT_SHARE_TURNED, 0, third),
                 most = stp_arm_share(arm, STP_SEAT_SHARE_TURNED, 2 * third, 1);
    stp_interval middle = stp_share_interval(
        arm->runs - (size_t)round((few.estimate + most.estimate) * (double)arm->runs),
        arm->runs);
    stp_row *row = stp_row_add(
        r, (stp_row){.variant = "cascades",
                     .id = "humps",
                     .tier = "should",
                     .claim = "A cascade takes few or nearly all: a middle third of the "
                              "elite turns in fewer runs than the smaller of the outer "
                              "thirds, where half of it does on average",
                     .source = "Hale 2005; Casper and Tyson 2014"});
    stp_verdict_below(row, middle, fmin(few.estimate, most.estimate), 2, " of the runs");
    stp_row_say(row, "; up to a third: %.2f, from two thirds: %.2f, at %g active",
                few.estimate, most.estimate, s->doses[half]);
}

static void verdict_on_cascades(steppe_replication *r)
{
    verdict_on_pull(r);
    verdict_on_humps(r);
}

/* ---- falls ---- */

/* Share of all runs that fell by the elite and the street as given. */
static stp_interval fell_so(const stp_arm *arm, bool elite, bool street)
{
    size_t hits = 0;
    for (size_t i = 0; i < arm->runs; i++)
        hits += (value(arm, i, STP_SEAT_FELL_ELITE) > 0) == elite &&
                (value(arm, i, STP_SEAT_FELL_STREET) > 0) == street;
    return stp_share_interval(hits, arm->runs);
}

/* Of the falls in whole countries over a range of streets and elites. */
static void verdict_on_range(steppe_replication *r)
{
    size_t of[4] = {0};
    for (int k = 0; k < STREETS * ELITES; k++) {
        const stp_arm *arm = stp_arm_find(r, "seat-range/%d", k);
        for (size_t i = 0; i < arm->runs; i++)
            of[(size_t)value(arm, i, STP_FELL)]++;
    }
    stp_row *row = stp_row_add(
        r, (stp_row){.variant = "two ways to fall",
                     .id = "insiders",
                     .tier = "should",
                     .claim = "Most dictators who fall do so by insiders; here over a "
                              "range of streets and elites that is ours, so that no "
                              "number can be more than a trend",
                     .published = "205 of 303 (67.7 %)",
                     .source = "Svolik 2009 (as context)"});
    stp_verdict_above(row, stp_share_interval(of[1], of[1] + of[2] + of[3]), 0.5, 2,
                      " by the elite alone");
    if (row->verdict == STEPPE_REPRODUCED)
        row->verdict = STEPPE_TREND_ONLY;
    stp_row_say(row, "; %zu elite, %zu street, %zu both, %zu none", of[1], of[2], of[3],
                of[0]);
}

static void verdict_on_falls(steppe_replication *r)
{
    stp_row claim = {.variant = "two ways to fall",
                     .tier = "must",
                     .source = STP_SEAT_OWN};
    const stp_sweep *elite = stp_sweep_find(&STP_SEAT_DIRECTIONS, "seat-elite");
    claim.id = "elite";
    claim.claim =
        "With nobody on the street, the weaker the ruler the more often he falls "
        "within a month, by the elite: share of runs, by the council's power";
    stp_row *row = stp_row_add(r, claim);
    stp_verdict_above(row,
                      stp_sweep_rise(r, elite->name, elite->doses, elite->count,
                                     STP_SEAT_FELL_ELITE),
                      0, 3, "");
    stp_row_say_doses(r, row, elite->name, elite->key, elite->doses, elite->count,
                      STP_SEAT_FELL_ELITE, 3);
    claim.id = "weaker";
    claim.tier = "should";
    claim.claim = "... always, if he is weaker than his rival (strength 0.32)";
    stp_verdict_always(stp_row_add(r, claim),
                       fell_so(stp_arm_find(r, "seat-elite/2"), true, false),
                       "a fall by the elite");
    claim.id = "loyal-stands";
    claim.tier = "must";
    claim.claim = "A loyal elite and nobody on the street: no fall";
    stp_verdict_always(stp_row_add(r, claim),
                       fell_so(stp_single_arm(r, "seat-loyal-elite"), false, false),
                       "no fall");
    claim.id = "street";
    claim.claim = "A loyal elite, and the capital's forces give way: by the street";
    stp_verdict_always(stp_row_add(r, claim),
                       fell_so(stp_single_arm(r, "seat-street"), false, true),
                       "a fall by the street");
    claim.id = "both";
    claim.claim = "Both on one day: by both";
    stp_verdict_always(stp_row_add(r, claim),
                       fell_so(stp_single_arm(r, "seat-both"), true, true), "both");
    claim.id = "stormed";
    claim.claim = "Forces of the capital without orders or belief in the regime, against "
                  "a town in revolt (a run of the country): by the street";
    stp_verdict_always(stp_row_add(r, claim),
                       stp_arm_share(stp_single_arm(r, "seat-stormed"), STP_FELL, 2, 2),
                       "a fall by the street");
    verdict_on_range(r);
}

/* ---- powers outside ---- */

static void verdict_on_slots(steppe_replication *r)
{
    stp_row *row = stp_row_add(
        r, (stp_row){.variant = "attention from outside",
                     .id = "slots",
                     .tier = "must",
                     .claim = "... and not if it can look at two at once: attention with "
                              "a war elsewhere less that without",
                     .published = "0",
                     .source = "Jones and Baumgartner 2005 (reduced)"});
    stp_verdict_within(row,
                       stp_arm_difference(stp_single_arm(r, "seat-two"),
                                          STP_SEAT_ATTENTION,
                                          stp_single_arm(r, "seat-first"),
                                          STP_SEAT_ATTENTION),
                       0, 0, 3, "");
    stp_row_say(row, "; %.3f with a single slot",
                single(r, "seat-second", STP_SEAT_ATTENTION));
}

/* ---- exposure ---- */

static void verdict_on_turn(steppe_replication *r)
{
    stp_row *row = stp_row_add(
        r, (stp_row){.variant = "exposure",
                     .id = "turns",
                     .tier = "must",
                     .claim = "The sign turns at channels.image_reference: at that "
                              "competence exposure changes nothing",
                     .published = "0",
                     .source = STP_SEAT_OWN});
    const stp_sweep *s = stp_sweep_find(&STP_SEAT_DIRECTIONS, "seat-middle");
    stp_verdict_within(row,
                       stp_sweep_rise(r, s->name, s->doses, s->count, STP_SEAT_IMAGE), 0,
                       0, 4, "");
}

/* ---- weights of offices ---- */

/* Do both arms end alike, seed by seed? */
static void verdict_on_same(const steppe_replication *r, stp_row *row, const char *one,
                            const char *other)
{
    const stp_arm *a = stp_single_arm(r, one), *b = stp_single_arm(r, other);
    size_t hits = 0;
    for (size_t i = 0; i < a->runs; i++)
        hits += value(a, i, STP_DIGEST) == value(b, i, STP_DIGEST) &&
                value(a, i, STP_CITIZEN_HOURS) == value(b, i, STP_CITIZEN_HOURS);
    stp_verdict_each(row, hits, a->runs);
    row->runs = a->runs;
    stp_row_say(row, " end with the same digest");
}

static void verdict_on_zero(steppe_replication *r)
{
    double ours[4] = {dose(r, "seat-security", 0, STP_SEAT_ORDERS) - 1,
                      dose(r, "seat-economy", 0, STP_SEAT_PACE) - 1,
                      dose(r, "seat-image", 0, STP_SEAT_IMAGE),
                      dose(r, "seat-diplomacy", 0, STP_SEAT_BACKING) -
                          single(r, "seat-neutral", STP_SEAT_BACKING)};
    stp_row claim = {.variant = "weight of an office",
                     .tier = "must",
                     .source = STP_SEAT_OWN};
    claim.id = "zero";
    claim.claim =
        "An office without weight does nothing: orders, pace, image and support "
        "less what they are with a holder of the reference competence";
    claim.published = "0";
    stp_row *row = stp_row_add(r, claim);
    stp_verdict_figures(row, ours, (const double[4]){0}, 4, 12);
    claim.id = "bits";
    claim.claim =
        "... to the last bit on the street: state security vacant, a cabinet and "
        "a foreign minister of competence 0.5 in full view, all of weight 0, "
        "against the same seat without any of it";
    claim.published = NULL;
    row = stp_row_add(r, claim);
    verdict_on_same(r, row, "seat-zero", "seat-on");
    claim.id = "rest";
    claim.claim =
        "... and a seat at which everybody is of the reference competence is, to "
        "the last bit, as no seat at all";
    verdict_on_same(r, stp_row_add(r, claim), "seat-rest", "seat-off");
}

/* ---- rules of the contest ---- */

static void verdict_on_rule_count(stp_row *row, size_t hits)
{
    stp_verdict_figures(row, (const double[]){(double)hits},
                        (const double[]){RULES * VICTORIES}, 1, 0);
    stp_row_say(row, " of %d", RULES * VICTORIES);
}

static void verdict_on_rules(steppe_replication *r)
{
    double least = 1, greatest = 0;
    size_t above = 0, up = 0, down = 0;
    for (int k = 0; k < RULES * VICTORIES; k++) {
        double before = dose(r, "seat-rule", 2 * k, STP_SEAT_STRENGTH),
               after = dose(r, "seat-rule", 2 * k + 1, STP_SEAT_STRENGTH);
        least = fmin(least, before);
        greatest = fmax(greatest, before);
        above += before > 0.5;
        up += after > before;
        down += after < before;
    }
    stp_row claim = {.variant = "rules of the contest",
                     .tier = "should",
                     .published = "30 of 30",
                     .source = "Wise, Lester and Efird 2015 (its rules)"};
    claim.id = "stronger";
    claim.claim =
        "The ruler of this country is stronger than his rival, whatever the rule "
        "of voting (six) and of victory (five); how strong is a choice of rule";
    stp_row *row = stp_row_add(r, claim);
    verdict_on_rule_count(row, above);
    stp_row_say(row,
                " pairs of rule and victory; strength %.3f to %.3f (%.3f by those of the "
                "scenario)",
                least, greatest, single(r, "seat-neutral", STP_SEAT_STRENGTH));
    claim.id = "purge";
    claim.claim = "... and stronger still on the day of the purge";
    row = stp_row_add(r, claim);
    verdict_on_rule_count(row, up);
    stp_row_say(row,
                "; weaker in %zu, and in the others at the end of "
                "what a decisive victory knows",
                down);
}

/* What is judged by hand, behind the last direction of its mechanism. */
static const struct {
    const char *behind;
    void (*verdict)(steppe_replication *r);
} BY_HAND[] = {{"known", verdict_on_weakest},   {"known", draw_appointments},
               {"back", verdict_on_learning},   {"gifts", verdict_on_money},
               {"turn", verdict_on_ties},       {"tips", verdict_on_media},
               {"cut", verdict_on_cascades},    {"cut", verdict_on_falls},
               {"elsewhere", verdict_on_slots}, {"strong", verdict_on_turn},
               {"w-diplomacy", verdict_on_zero}};

void stp_seat_verdicts(steppe_replication *r)
{
    verdict_on_quiet(r);
    for (size_t i = 0; i < STP_SEAT_DIRECTIONS.claim_count; i++) {
        const stp_direction *d = &STP_SEAT_DIRECTIONS.claims[i];
        stp_verdict_direction(r, &STP_SEAT_DIRECTIONS, d);
        for (size_t k = 0; k < sizeof BY_HAND / sizeof *BY_HAND; k++)
            if (strcmp(BY_HAND[k].behind, d->row.id) == 0)
                BY_HAND[k].verdict(r);
    }
    verdict_on_rules(r);
}
