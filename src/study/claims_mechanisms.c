/* Each mechanism on by itself: does the outcome move as its source says? The places are invented;
 * both sides of a comparison have the same seeds, and differ in the settings of one mechanism. */
#include "study/claims.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS = 20, DOSES_MOST = 5, COMMON_MOST = 8 };

/* Where, for how long, and which window is looked at. */
typedef struct stage {
    const char *file;
    uint64_t steps, from, to;
} stage;

/* What follows an event in the town comes at hour 50, and is taken back at hour 125. */
static const stage TOWN = {"mechanisms-town.yaml", 200, 50, 125},
                   AFTERMATH = {"mechanisms-town.yaml", 200, 75, 125},
                   LONG = {"mechanisms-town.yaml", 600, 0, 0},
                   PLAIN = {"epstein-2002-run2.yaml", 200, 50, 125},
                   COUNTRY = {"mechanisms-country.yaml", 150, 40, 150},
                   MARCH = {"mechanisms-country.yaml", 60, 25, 60},
                   LEMOS = {"lemos-2016-legitimacy.yaml", 3000, 0, 0};

/* ---- what is run ---- */

/* clang-format off */
typedef struct single {
    const char *name;
    const stage *stage;
    const char *settings[STP_SETTINGS_MOST];
} single;

static const single SINGLES[] = {
    {"plain", &PLAIN, {"districts.lattice.width=50", "districts.lattice.height=50"}},
    {"town", &TOWN, {NULL}},
    /* causes without the mechanisms that would feel them */
    {"idle", &TOWN, {"news.enabled=false", "news.emboldens=1", "hardship.enabled=false",
                     "curfew.enabled=false", "events.price.enabled=true", "events.curfew.enabled=true",
                     "events.relief.enabled=true", "events.silence.enabled=true",
                     "events.crackdown.enabled=true"}},
    {"violent-alone", &TOWN, {"force.enabled=true", "force.violence_threshold=0.14",
                              "force.lethality=0.5", "events.crackdown.enabled=true",
                              "events.crackdown.shots_at=violent"}},
    {"all-active", &TOWN, {"force.enabled=true", "force.violence_threshold=0.14",
                           "force.lethality=0.5", "events.crackdown.enabled=true"}},
    {"open", &COUNTRY, {"news.reach=0.5", "citizens.ratio=literal", "officers.arrest_probability=0"}},
    {"cut", &COUNTRY, {"news.reach=0.5", "citizens.ratio=literal", "officers.arrest_probability=0",
                       "events.shutdown.enabled=true"}},
    {"look", &COUNTRY, {"news.reach=0.5", "citizens.ratio=literal", "officers.arrest_probability=0",
                        "events.shutdown.enabled=true", "events.shutdown.attention=2"}},
    {"deaf", &LEMOS, {"legitimacy.enabled=false"}},
    {"lemos", &LEMOS, {NULL}},
    {"relief", &TOWN, {"events.relief.enabled=true"}},
    {"spoilt", &TOWN, {"events.relief.enabled=true", "events.relief-ends.enabled=true",
                       "hardship.expectation_weight=1"}},
    {"unspoilt", &TOWN, {"events.relief.enabled=true", "events.relief-ends.enabled=true"}},
    {"orders", &TOWN, {"force.enabled=true", "obedience.enabled=true"}},
    {"silence", &TOWN, {"force.enabled=true", "obedience.enabled=true",
                        "events.silence.enabled=true"}},
    {"word", &TOWN, {"force.enabled=true", "obedience.enabled=true", "events.silence.enabled=true",
                     "events.word.enabled=true"}},
    {"half", &TOWN, {"officers.deployment=0.5"}},
    {"guards", &TOWN, {"officers.deployment=0.5", "events.guards.enabled=true"}},
    {"curfew", &TOWN, {"events.curfew.enabled=true", "events.curfew-lifted.enabled=true"}},
};

/* Arms that differ in one value: its doses. */
typedef struct sweep {
    const char *name;
    const stage *stage;
    const char *key;
    int count;
    double doses[DOSES_MOST];
    const char *settings[COMMON_MOST];
} sweep;

#define CRACKDOWN "force.enabled=true", "legitimacy.enabled=true", "citizens.legitimacy=0.85", \
    "events.crackdown.enabled=true", "events.crackdown-ends.enabled=true"

static const sweep SWEEPS[] = {
    {"violence", &TOWN, "force.violence_threshold", 4, {0.1, 0.12, 0.14, 0.16},
     {"force.enabled=true"}},
    {"attack", &TOWN, "force.attack", 4, {0, 0.001, 0.002, 0.004},
     {"force.enabled=true", "force.violence_threshold=0.1"}},
    {"shots", &TOWN, "events.crackdown.shots", 5, {0, 0.25, 0.5, 0.75, 1},
     {"force.enabled=true", "force.lethality=0.5", "events.crackdown.enabled=true"}},
    {"lethal", &TOWN, "force.lethality", 5, {0, 0.25, 0.5, 0.75, 1},
     {"force.enabled=true", "events.crackdown.enabled=true"}},
    {"harder-0", &AFTERMATH, "events.crackdown.shots", 4, {0, 0.1, 0.3, 1},
     {CRACKDOWN, "force.lethality=0"}},
    {"harder-1", &AFTERMATH, "events.crackdown.shots", 4, {0, 0.1, 0.3, 1},
     {CRACKDOWN}},
    {"harder-2", &AFTERMATH, "events.crackdown.shots", 4, {0, 0.1, 0.3, 1},
     {CRACKDOWN, "force.lethality=1"}},
    {"more", &AFTERMATH, "events.column.reinforcement", 5, {0, 25, 50, 75, 100},
     {CRACKDOWN, "events.crackdown.shots=0.1", "events.column.enabled=true"}},
    {"gone", &AFTERMATH, "events.column.reinforcement", 5, {0, 25, 50, 75, 100},
     {CRACKDOWN, "events.crackdown.shots=0.1", "events.column.enabled=true",
      "events.column-leaves.enabled=true"}},
    {"term", &LONG, "detention.term_max", 4, {10, 20, 40, 60}, {NULL}},
    {"embolden", &COUNTRY, "news.emboldens", 4, {0, 0.1, 0.2, 0.4}, {NULL}},
    {"reach", &COUNTRY, "news.reach", 4, {0, 0.5, 1, 2}, {NULL}},
    {"price", &TOWN, "events.price.fuel_price", 4, {1, 1.25, 1.5, 2}, {"events.price.enabled=true"}},
    {"depend", &TOWN, "districts.town.fuel_dependence", 5, {0, 0.25, 0.5, 0.75, 1},
     {"events.price.enabled=true"}},
    {"jobless", &TOWN, "districts.town.unemployment", 4, {0, 0.1, 0.2, 0.4}, {NULL}},
    {"crowd", &TOWN, "officers.density", 4, {0.02, 0.03, 0.04, 0.05},
     {"force.enabled=true", "obedience.enabled=true"}},
    {"peers", &TOWN, "obedience.peers_effect", 4, {0, 1, 2, 3},
     {"force.enabled=true", "obedience.enabled=true", "events.silence.enabled=true"}},
    {"survival", &TOWN, "obedience.survival", 5, {0, 0.25, 0.5, 0.75, 1},
     {"force.enabled=true", "obedience.enabled=true"}},
    {"patronage", &TOWN, "forces.police.patronage", 5, {0, 0.25, 0.5, 0.75, 1},
     {"force.enabled=true", "obedience.enabled=true"}},
    {"column", &TOWN, "events.column.reinforcement", 4, {0, 25, 50, 75},
     {"events.column.enabled=true"}},
    {"curfews", &TOWN, "curfew.effect", 4, {0, 0.01, 0.02, 0.04}, {"events.curfew.enabled=true"}},
};
/* clang-format on */

enum {
    SINGLE_COUNT = sizeof SINGLES / sizeof *SINGLES,
    SWEEP_COUNT = sizeof SWEEPS / sizeof *SWEEPS,
    WAYS = 4
};

/* Where a column sets out for the first town, and how far that is in km. */
static const char *const WAY[WAYS] = {"second", "fourth", "sixth", "eighth"};
static const double KILOMETRES[WAYS] = {50, 150, 250, 350};

static stp_arm *plan_arm(steppe_replication *r, const stage *on,
                         const char *const *settings, int most, const char *name,
                         int number)
{
    stp_arm *arm = stp_arm_add(r, on->file, RUNS, on->steps, "%s/%d", name, number);
    arm->from = on->from;
    arm->to = on->to;
    for (int i = 0; i < most && settings[i]; i++)
        stp_arm_set(arm, "%s", settings[i]);
    return arm;
}

void stp_mechanisms_plan(steppe_replication *r)
{
    static const char *const COLUMN[] = {"events.column.enabled=true"};
    for (int i = 0; i < SINGLE_COUNT; i++)
        plan_arm(r, SINGLES[i].stage, SINGLES[i].settings, STP_SETTINGS_MOST,
                 SINGLES[i].name, 0);
    for (int i = 0; i < SWEEP_COUNT; i++) {
        const sweep *s = &SWEEPS[i];
        for (int k = 0; k < s->count; k++)
            stp_arm_set(plan_arm(r, s->stage, s->settings, COMMON_MOST, s->name, k),
                        "%s=%g", s->key, s->doses[k]);
    }
    for (int i = 0; i < WAYS; i++)
        stp_arm_set(plan_arm(r, &MARCH, COLUMN, 1, "way", i), "events.column.from=%s",
                    WAY[i]);
}

/* ---- what is claimed ---- */

/* What a measure does as a dose rises, or in the first arm against the second. */
typedef struct direction {
    stp_row row;
    const char *more, *less; /* arms; less NULL: more is a sweep */
    stp_measure measure;
    int sign; /* of what is claimed */
    int decimals;
    const char *unit;
} direction;

#define OWN "Steppe model"
#define REPRESSION "Steinert-Threlkeld, Chan and Joo"
#define NEWS "Bonnasse-Gahot et al. 2018"
#define LOYALTY "Bellin 2004, 2012; Barany 2016"
#define LEMOS_2016 "Lemos, Lopes and Coelho 2016"

/* clang-format off */
static const direction DIRECTIONS[] = {
    {{.variant = "violence", .id = "threshold", .tier = "must", .source = OWN,
      .claim = "The more it takes to turn violent (the second threshold), the fewer are violent"},
     "violence", NULL, STP_MEAN_VIOLENT, -1, 1, " violent citizens"},
    {{.variant = "violence", .id = "attack", .tier = "should", .source = OWN,
      .claim = "The readier violent citizens are to strike, the more officers are wounded or killed"},
     "attack", NULL, STP_OFFICERS_HIT, 1, 1, " officers"},
    {{.variant = "rules of engagement", .id = "killed", .tier = "must", .source = OWN,
      .claim = "The more acts of officers are shots in place of arrests, the more citizens are killed"},
     "shots", NULL, STP_KILLED, 1, 0, " killed"},
    {{.variant = "rules of engagement", .id = "arrests", .tier = "must", .source = OWN,
      .claim = "... and the fewer are arrested"},
     "shots", NULL, STP_ARRESTS, -1, 0, " arrests"},
    {{.variant = "rules of engagement", .id = "lethality", .tier = "must", .source = OWN,
      .claim = "The more often a shot kills, the more die"},
     "lethal", NULL, STP_KILLED, 1, 0, " killed"},
    {{.variant = "rules of engagement", .id = "at-whom", .tier = "should", .source = OWN,
      .claim = "Orders to shoot at all who are active kill more than orders to shoot at the violent alone"},
     "all-active", "violent-alone", STP_KILLED, 1, 0, " killed"},
    {{.variant = "detention", .id = "calm", .tier = "must", .source = "independent replications of Epstein 2002",
      .claim = "Longer detention lengthens the calm: steps from one outburst to the next, by the longest term"},
     "term", NULL, STP_WAIT, 1, 1, " steps"},
    {{.variant = "detention", .id = "unrest", .tier = "should", .source = "independent replications of Epstein 2002",
      .claim = "... and there is less unrest"},
     "term", NULL, STP_MEAN_ACTIVE, -1, 1, " active"},
    {{.variant = "news", .id = "farther", .tier = "must", .source = NEWS,
      .claim = "News that emboldens carries unrest farther: of eight towns, those that ever have it"},
     "embolden", NULL, STP_DISTRICTS, 1, 1, " towns"},
    {{.variant = "news", .id = "faster", .tier = "must", .source = NEWS,
      .claim = "... and faster: mean hour of its first unrest over the eight (151: never)"},
     "embolden", NULL, STP_ARRIVAL, -1, 1, " h"},
    {{.variant = "news", .id = "safety-farther", .tier = "must", .source = NEWS,
      .claim = "News that makes one's own risk look smaller carries unrest farther: of eight towns, those that ever have it"},
     "reach", NULL, STP_DISTRICTS, 1, 1, " towns"},
    {{.variant = "news", .id = "safety-faster", .tier = "must", .source = NEWS,
      .claim = "... and faster: mean hour of its first unrest over the eight (151: never)"},
     "reach", NULL, STP_ARRIVAL, -1, 1, " h"},
    {{.variant = "shutdown", .id = "damps", .tier = "must", .source = "Hassanpour 2011",
      .claim = "A shutdown that only keeps people from hearing damps unrest (where citizens fear by degrees and nobody is arrested)"},
     "cut", "open", STP_ACTIVE_WITHIN, -1, 1, " active"},
    {{.variant = "shutdown", .id = "fans", .tier = "must", .source = "Hassanpour 2011",
      .claim = "... and the same shutdown fans it if people look in the street for what they cannot read"},
     "look", "open", STP_ACTIVE_WITHIN, 1, 1, " active"},
    {{.variant = "legitimacy", .id = "grows", .tier = "must", .source = LEMOS_2016,
      .claim = "Legitimacy that falls with unrest and arrests makes unrest grow, against legitimacy that stays"},
     "lemos", "deaf", STP_MEAN_ACTIVE, 1, 1, " active"},
    {{.variant = "hardship", .id = "price", .tier = "must", .source = OWN " (decision 004)",
      .claim = "The more the price of fuel rises, the more unrest follows"},
     "price", NULL, STP_ACTIVE_WITHIN, 1, 1, " active"},
    {{.variant = "hardship", .id = "dependence", .tier = "must", .source = OWN " (decision 004)",
      .claim = "... and the same rise (to twice the price) the more, the more citizens depend on fuel"},
     "depend", NULL, STP_ACTIVE_WITHIN, 1, 1, " active"},
    {{.variant = "hardship", .id = "unemployment", .tier = "must", .source = OWN,
      .claim = "The more citizens are out of work, the more unrest"},
     "jobless", NULL, STP_MEAN_ACTIVE, 1, 1, " active"},
    {{.variant = "hardship", .id = "relief", .tier = "must", .source = OWN,
      .claim = "Relief lowers unrest while it lasts"},
     "relief", "town", STP_ACTIVE_WITHIN, -1, 1, " active"},
    {{.variant = "expectations", .id = "ends", .tier = "must", .source = "Davies 1962 (reduced)",
      .claim = "Relief that ends leaves more unrest than relief that was never given, once people had come to expect it"},
     "spoilt", "town", STP_ACTIVE_AFTER, 1, 1, " active"},
    {{.variant = "expectations", .id = "expected", .tier = "must", .source = "Davies 1962 (reduced)",
      .claim = "... and more than relief that ends where nothing was expected"},
     "spoilt", "unspoilt", STP_ACTIVE_AFTER, 1, 1, " active"},
    {{.variant = "obedience", .id = "orders", .tier = "must", .source = "police of Almaty, 4 January 2022, by reports",
      .claim = "Without orders fewer officers obey: share of those on the street"},
     "silence", "orders", STP_OBEYING_WITHIN, -1, 3, ""},
    {{.variant = "obedience", .id = "orders-arrests", .tier = "must", .source = "police of Almaty, 4 January 2022, by reports",
      .claim = "... fewer citizens are arrested (in an hour)"},
     "silence", "orders", STP_ARRESTS_WITHIN, -1, 1, " arrests"},
    {{.variant = "obedience", .id = "orders-unrest", .tier = "must", .source = "police of Almaty, 4 January 2022, by reports",
      .claim = "... and more are active"},
     "silence", "orders", STP_ACTIVE_WITHIN, 1, 1, " active"},
    {{.variant = "obedience", .id = "orders-again", .tier = "must", .source = OWN,
      .claim = "Orders that come again bring obedience back, against none that come"},
     "word", "silence", STP_OBEYING_AFTER, 1, 3, ""},
    {{.variant = "obedience", .id = "crowds", .tier = "must", .source = LOYALTY,
      .claim = "The more officers face the same town, and so the smaller the crowd an officer, the more of them obey"},
     "crowd", NULL, STP_OBEYING_WITHIN, 1, 3, ""},
    {{.variant = "obedience", .id = "peers", .tier = "must", .source = LOYALTY,
      .claim = "The more it weighs that others stand by, the fewer obey when orders fail"},
     "peers", NULL, STP_OBEYING_WITHIN, -1, 3, ""},
    {{.variant = "obedience", .id = "survival", .tier = "must", .source = LOYALTY,
      .claim = "The more officers believe that the regime survives, the more obey"},
     "survival", NULL, STP_OBEYING_WITHIN, 1, 3, ""},
    {{.variant = "obedience", .id = "patronage", .tier = "must", .source = LOYALTY,
      .claim = "The more officers owe to the regime (patronage), the more obey"},
     "patronage", NULL, STP_OBEYING_WITHIN, 1, 3, ""},
    {{.variant = "officers who come", .id = "present", .tier = "must", .source = "Epstein 2002",
      .claim = "The more officers are sent to a town, the less unrest there is"},
     "column", NULL, STP_ACTIVE_WITHIN, -1, 1, " active"},
    {{.variant = "officers who come", .id = "guards", .tier = "must", .source = "CSTO in Kazakhstan, January 2022",
      .claim = "Guards who set local officers free for the street (half of them were bound) lower unrest"},
     "guards", "half", STP_ACTIVE_WITHIN, -1, 1, " active"},
    {{.variant = "curfew", .id = "strict", .tier = "must", .source = OWN,
      .claim = "The more a curfew raises the cost of going out, the less unrest while it is in force"},
     "curfews", NULL, STP_ACTIVE_WITHIN, -1, 1, " active"},
};
/* clang-format on */

/* ---- verdicts ---- */

static const sweep *find_sweep(const char *name)
{
    const sweep *s = SWEEPS;
    while (strcmp(s->name, name) != 0)
        s++;
    return s;
}

static const stp_arm *single_arm(const steppe_replication *r, const char *name)
{
    return stp_arm_find(r, "%s/0", name);
}

/* Mean over the runs of what a straight line through the doses rises by, from the first dose to
 * the last, in one run. */
static stp_interval rise(const steppe_replication *r, const char *name,
                         const double *doses, int count, stp_measure measure)
{
    const stp_arm *arms[DOSES_MOST];
    for (int k = 0; k < count; k++)
        arms[k] = stp_arm_find(r, "%s/%d", name, k);
    double *rises = malloc(arms[0]->runs * sizeof *rises), y[DOSES_MOST];
    for (size_t i = 0; rises && i < arms[0]->runs; i++) {
        for (int k = 0; k < count; k++)
            y[k] = arms[k]->values[i * arms[k]->width + measure];
        rises[i] = stp_slope_interval(doses, y, (size_t)count).estimate *
                   (doses[count - 1] - doses[0]);
    }
    stp_interval mean = stp_mean_interval(rises, rises ? arms[0]->runs : 0);
    free(rises);
    return mean;
}

static void say_doses(const steppe_replication *r, stp_row *row, const char *name,
                      const char *key, const double *doses, int count,
                      stp_measure measure, int decimals)
{
    for (int k = 0; k < count; k++)
        stp_row_say(row, "%s%.*f", k ? ", " : "; ", decimals,
                    stp_arm_mean(stp_arm_find(r, "%s/%d", name, k), measure).estimate);
    stp_row_say(row, " at %s", key);
    for (int k = 0; k < count; k++)
        stp_row_say(row, "%s%g", k ? ", " : " ", doses[k]);
}

static void judge_sign(stp_row *row, stp_interval i, int sign, int decimals,
                       const char *unit)
{
    if (sign > 0)
        stp_judge_above(row, i, 0, decimals, unit);
    else
        stp_judge_below(row, i, 0, decimals, unit);
}

/* One arm against another. */
static void judge_pair(steppe_replication *r, const direction *d)
{
    const stp_arm *more = single_arm(r, d->more), *less = single_arm(r, d->less);
    stp_row *row = stp_row_add(r, d->row);
    judge_sign(row, stp_arm_difference(more, d->measure, less, d->measure), d->sign,
               d->decimals, d->unit);
    stp_row_say(row, ": %.*f, against %.*f", d->decimals,
                stp_arm_mean(more, d->measure).estimate, d->decimals,
                stp_arm_mean(less, d->measure).estimate);
}

static void judge_sweep(steppe_replication *r, const direction *d)
{
    const sweep *s = find_sweep(d->more);
    stp_row *row = stp_row_add(r, d->row);
    judge_sign(row, rise(r, s->name, s->doses, s->count, d->measure), d->sign,
               d->decimals, d->unit);
    say_doses(r, row, s->name, s->key, s->doses, s->count, d->measure, d->decimals);
}

/* What chance has no part in: it holds in each run, or not. */
static void judge_each(stp_row *row, size_t hits, size_t runs)
{
    stp_judge_figures(row, (const double[]){(double)hits}, (const double[]){(double)runs},
                      1, 0);
    stp_row_say(row, " of %zu runs", runs);
}

static void judge_off(steppe_replication *r)
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
                                                .source = OWN});
        const stp_arm *a = single_arm(r, "town"), *b = single_arm(r, NAMES[k]);
        size_t hits = 0;
        for (size_t i = 0; i < a->runs; i++)
            hits += a->values[i * a->width + STP_DIGEST] ==
                    b->values[i * b->width + STP_DIGEST];
        judge_each(row, hits, a->runs);
        stp_row_say(row, " end with the same digest");
    }
}

static void judge_violence(steppe_replication *r)
{
    stp_row *row = stp_row_add(
        r, (stp_row){.variant = "violence",
                     .id = "within",
                     .tier = "must",
                     .claim = "... and never more than are active, at the end of any "
                              "step, even where it takes no more to be violent",
                     .source = OWN});
    const stp_arm *arm = stp_arm_find(r, "violence/0");
    size_t hits = 0;
    for (size_t i = 0; i < arm->runs; i++)
        hits += arm->values[i * arm->width + STP_VIOLENT_EXCESS] <= 0;
    judge_each(row, hits, arm->runs);
}

/* ---- low and high state violence ---- */

/* Means of the arms of a sweep against its doses. */
static void plot_sweep(steppe_replication *r, stp_plot *plot, const char *label,
                       const char *name, stp_measure measure)
{
    const sweep *s = find_sweep(name);
    stp_interval means[DOSES_MOST];
    for (int k = 0; k < s->count; k++)
        means[k] = stp_arm_mean(stp_arm_find(r, "%s/%d", name, k), measure);
    stp_plot_means(r, plot, label, s->doses, means, (size_t)s->count);
}

static void show_repression(steppe_replication *r)
{
    static const char AFTERWARDS[] = "active afterwards";
    stp_figure *figure = stp_figure_add(
        r, "mechanisms-repression",
        "Active citizens in the 50 hours after a day of shots at all who were active: by "
        "how often officers shot in place of arrests; and by how many came to help for "
        "that day or for good (shots in one of ten acts, a tenth of them fatal).",
        2);
    stp_plot *plot = stp_figure_plot(figure, "Harder orders",
                                     "share of acts that are shots", AFTERWARDS);
    plot_sweep(r, plot, "no shot kills", "harder-0", STP_ACTIVE_WITHIN);
    plot_sweep(r, plot, "one in ten kills", "harder-1", STP_ACTIVE_WITHIN);
    plot_sweep(r, plot, "every shot kills", "harder-2", STP_ACTIVE_WITHIN);
    plot = stp_figure_plot(figure, "More officers", "officers who come beside 100",
                           AFTERWARDS);
    plot_sweep(r, plot, "they stay", "more", STP_ACTIVE_WITHIN);
    plot_sweep(r, plot, "they leave", "gone", STP_ACTIVE_WITHIN);
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
    plot_sweep(r, plot, "", "embolden", STP_DISTRICTS);
    plot = stp_figure_plot(figure, "Faster", "news.emboldens", "mean hour of the first");
    plot_sweep(r, plot, "", "embolden", STP_ARRIVAL);
}

/* Later protest against that without a shot; below: whether it should be less. */
static stp_row *judge_later(steppe_replication *r, const stp_row *claim, bool below,
                            const char *name, int dose)
{
    stp_row *row = stp_row_add(r, *claim);
    const stp_arm *arm = stp_arm_find(r, "%s/%d", name, dose),
                  *none = stp_arm_find(r, "harder-1/0");
    judge_sign(row, stp_arm_difference(arm, STP_ACTIVE_WITHIN, none, STP_ACTIVE_WITHIN),
               below ? -1 : 1, 1, " active");
    stp_row_say(row, ": %.1f, against %.1f without a shot",
                stp_arm_mean(arm, STP_ACTIVE_WITHIN).estimate,
                stp_arm_mean(none, STP_ACTIVE_WITHIN).estimate);
    return row;
}

/* Both halves of the finding. Violence may be high by harder orders to the same officers, or by more
 * officers with the same orders. */
static void judge_repression(steppe_replication *r)
{
    stp_row claim = {.variant = "state violence", .tier = "must", .source = REPRESSION};
    claim.id = "low";
    claim.claim = "Low state violence enlarges later protest: 25 hours in which officers "
                  "shoot in one of ten acts, a tenth of it fatal, where harm costs "
                  "legitimacy; active in the 50 hours after that";
    judge_later(r, &claim, false, "harder-1", 1);
    claim.id = "high";
    claim.claim = "High state violence shrinks it: the same with a shot in every act";
    stp_row *row = judge_later(r, &claim, true, "harder-1", 3);
    const stp_arm *fatal = stp_arm_find(r, "harder-2/3");
    stp_row_say(row,
                ". Citizens fear officers in sight, not what they do. Were every shot "
                "fatal: %.1f, with %.0f of 1,750 citizens dead",
                stp_arm_mean(fatal, STP_ACTIVE_WITHIN).estimate,
                stp_arm_mean(fatal, STP_KILLED).estimate);
    claim.tier = "should";
    claim.id = "high-numbers";
    claim.claim =
        "... or the orders of the first row to twice as many officers, who stay";
    row = judge_later(r, &claim, true, "more", 4);
    stp_row_say(row, "; %.1f killed, %.1f by the fewer of the first row",
                stp_arm_mean(stp_arm_find(r, "more/4"), STP_KILLED).estimate,
                stp_arm_mean(stp_arm_find(r, "harder-1/1"), STP_KILLED).estimate);
    claim.id = "high-gone";
    claim.claim = "... or to twice as many, who leave when it ends";
    judge_later(r, &claim, true, "gone", 4);
    show_repression(r);
}

static void judge_legitimacy(steppe_replication *r)
{
    const stp_arm *lemos = single_arm(r, "lemos"), *deaf = single_arm(r, "deaf");
    stp_row row = {.variant = "legitimacy", .tier = "must", .source = LEMOS_2016};
    row.id = "rebellion";
    row.tier = "should"; /* it may come after the last step */
    row.claim =
        "... up to a rebellion (more than 50 of 1,120 active), where there is none "
        "if legitimacy stays";
    stp_row *tipped = stp_row_add(r, row);
    stp_judge_always(tipped, stp_arm_share(lemos, STP_TIPPED, 1, INFINITY),
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
    stp_judge_below(end,
                    stp_arm_difference(lemos, STP_LAST_LEGITIMACY, deaf,
                                       STP_LAST_LEGITIMACY),
                    -0.05, 3, "");
}

static void judge_way(steppe_replication *r)
{
    stp_row row = {.variant = "officers who come", .tier = "must", .source = OWN};
    row.id = "later";
    row.claim = "The farther they come from, the later they arrive: first hour with more "
                "officers than before, by km";
    stp_row *late = stp_row_add(r, row);
    stp_judge_above(late, rise(r, "way", KILOMETRES, WAYS, STP_STRENGTHENED), 0, 1, " h");
    say_doses(r, late, "way", "km", KILOMETRES, WAYS, STP_STRENGTHENED, 0);
    row.id = "left";
    row.claim = "... and the more unrest is left, in the 35 hours after the order";
    stp_row *left = stp_row_add(r, row);
    stp_judge_above(left, rise(r, "way", KILOMETRES, WAYS, STP_ACTIVE_WITHIN), 0, 1,
                    " active");
    say_doses(r, left, "way", "km", KILOMETRES, WAYS, STP_ACTIVE_WITHIN, 1);
}

static void judge_curfew(steppe_replication *r)
{
    const stp_arm *arm = single_arm(r, "curfew");
    stp_row *row = stp_row_add(
        r, (stp_row){.variant = "curfew",
                     .id = "lifted",
                     .tier = "must",
                     .claim = "... and unrest comes back when it is lifted, for it does "
                              "nothing about grievance: active after it, less during it",
                     .source = OWN});
    stp_judge_above(row,
                    stp_arm_difference(arm, STP_ACTIVE_AFTER, arm, STP_ACTIVE_WITHIN), 0,
                    1, " active");
    stp_row_say(row, ": %.1f, against %.1f", stp_arm_mean(arm, STP_ACTIVE_AFTER).estimate,
                stp_arm_mean(arm, STP_ACTIVE_WITHIN).estimate);
}

/* What is judged by hand, behind the last direction of its mechanism. */
static const struct {
    const char *behind;
    void (*judge)(steppe_replication *r);
} BY_HAND[] = {{"threshold", judge_violence}, {"at-whom", judge_repression},
               {"grows", judge_legitimacy},   {"guards", judge_way},
               {"safety-faster", show_news},  {"strict", judge_curfew}};

void stp_mechanisms_judge(steppe_replication *r)
{
    judge_off(r);
    for (size_t i = 0; i < sizeof DIRECTIONS / sizeof *DIRECTIONS; i++) {
        const direction *d = &DIRECTIONS[i];
        if (d->less)
            judge_pair(r, d);
        else
            judge_sweep(r, d);
        for (size_t k = 0; k < sizeof BY_HAND / sizeof *BY_HAND; k++)
            if (strcmp(BY_HAND[k].behind, d->row.id) == 0)
                BY_HAND[k].judge(r);
    }
}
