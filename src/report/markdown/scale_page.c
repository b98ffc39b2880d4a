/* Outcomes at several scales, as a page in Markdown with one picture. */
#include "base/number.h"
#include "report/charts/chart.h"
#include "report/format/markdown.h"
#include "report/format/table.h"
#include "study/scale/scale.h"

#include <math.h>
#include <stdlib.h>

static const char *const VERDICTS[] = {"undecided",        "equivalent",
                                       "!depends on it",   "the same at every scale",
                                       "not in the model", "the reference"};

/* What tables are made of. */
typedef struct chosen {
    const steppe_scale_check *check;
    const bool *wanted; /* by outcome; NULL: all */
} chosen;

typedef struct outcome_row {
    steppe_scale_row of;
    double margin, margin_absolute; /* NAN for none */
    double constant;                /* the mean at every scale, if it is the same */
    double required;                /* runs per scale, if undecided */
} outcome_row;

typedef struct scale_row {
    const char *outcome;
    steppe_scale_cell of;
} scale_row;

/* clang-format off */
#define F(member) STEPPE_FIELD(outcome_row, member)
static const steppe_column OUTCOMES[] = {
    {"name", "outcome", F(of.name)},
    {"unit", "unit", F(of.unit)},
    {"meaning", "what it is", .wide = true, F(of.meaning)},
    {"margin", "margin", STEPPE_CELL_SHARE, 1, F(margin)},
    {"margin_absolute", "margin in units", STEPPE_CELL_NUMBER, F(margin_absolute)},
    {"margin_of", "from question", .wide = true, F(of.margin_of)},
    {"verdict", "verdict", .words = VERDICTS, F(of.verdict)},
    {NULL, "value", STEPPE_CELL_NUMBER, .wide = true, F(constant)},
    {"agrees_from", "agrees from", STEPPE_CELL_NUMBER, F(of.from)},
    {"slope", "change per tenfold scale", STEPPE_CELL_SHARE, 1, 2, .wide = true, F(of.slope)},
    {"slope_low", F(of.slope_low)},
    {"slope_high", F(of.slope_high)},
    {"required_runs", NULL, F(of.needed)},
    {NULL, "runs required", STEPPE_CELL_COUNT, F(required)}};
#undef F
#define F(member) STEPPE_FIELD(scale_row, member)
static const steppe_column BY_SCALE[] = {
    {"outcome", "outcome", F(outcome)},
    {"scale", "residents per agent", STEPPE_CELL_NUMBER, 10, F(of.scale)},
    {"runs", "runs", STEPPE_CELL_COUNT, .wide = true, F(of.count)},
    {"median", "median", STEPPE_CELL_NUMBER, .wide = true, F(of.quantiles[2])},
    {NULL, "5 to 95 %", STEPPE_CELL_NUMBER, 0, 1, .wide = true, F(of.quantiles[0])},
    {NULL, F(of.quantiles[4])},
    {"mean", "mean", STEPPE_CELL_NUMBER, F(of.mean)},
    {"mean_low", F(of.mean_low)},
    {"mean_high", F(of.mean_high)},
    {"deviation", F(of.deviation)},
    {"difference", "difference", STEPPE_CELL_NUMBER, 0, 2, .wide = true, F(of.difference)},
    {"low", F(of.low)},
    {"high", F(of.high)},
    {"differs", "differs", STEPPE_CELL_FLAG, .wide = true, F(of.differs)},
    {"ratio", "ratio of means", STEPPE_CELL_FIXED, 3, 2, F(of.ratio)},
    {"ratio_low", F(of.ratio_low)},
    {"ratio_high", F(of.ratio_high)},
    {"equivalence_p", "p of equivalence", STEPPE_CELL_NUMBER, 3, .wide = true, F(of.equivalence)},
    {"robust_p", "with rare flips", STEPPE_CELL_NUMBER, 3, .wide = true, F(of.robust)},
    {"flips", F(of.flips)},
    {"flips_most", F(of.flips_most)},
    {"spread", "ratio of spreads", STEPPE_CELL_NUMBER, 3, 2, .wide = true, .list = "spread", F(of.spread)},
    {"spread_low", .list = "spread", F(of.spread_low)},
    {"spread_high", .list = "spread", F(of.spread_high)},
    {"q5", .list = "quantiles", F(of.quantiles[0])},
    {"q25", .list = "quantiles", F(of.quantiles[1])},
    {"q50", .list = "quantiles", F(of.quantiles[2])},
    {"q75", .list = "quantiles", F(of.quantiles[3])},
    {"q95", .list = "quantiles", F(of.quantiles[4])},
    {"verdict", "verdict", .words = VERDICTS, F(of.verdict)}};
#undef F
/* clang-format on */

static bool is_shown(const steppe_scale_check *check, const bool *wanted, size_t outcome)
{
    return (!wanted || wanted[outcome]) &&
           check->rows[outcome].verdict != STEPPE_SCALE_ABSENT;
}

/* Is there anything to be seen in a picture? */
static bool is_drawn(const steppe_scale_check *check, const bool *wanted, size_t outcome)
{
    return is_shown(check, wanted, outcome) &&
           check->rows[outcome].verdict != STEPPE_SCALE_SAME;
}

static void add_outcomes(steppe_table *t, const void *object)
{
    const chosen *c = object;
    for (size_t i = 0; i < c->check->facts.outcome_count; i++) {
        const steppe_scale_row *r = &c->check->rows[i];
        bool same = r->verdict == STEPPE_SCALE_SAME;
        if (!is_shown(c->check, c->wanted, i))
            continue;
        double mean = c->check->cells[i * c->check->facts.scale_count].mean;
        steppe_table_add(t,
                         &(outcome_row){*r, r->margin > 0 ? r->margin : NAN,
                                        r->margin_absolute > 0 ? r->margin_absolute : NAN,
                                        same ? mean : NAN,
                                        r->verdict == STEPPE_SCALE_UNDECIDED ? r->needed
                                                                             : NAN});
    }
}

static void add_by_scale(steppe_table *t, const void *object)
{
    const chosen *c = object;
    size_t scales = c->check->facts.scale_count;
    for (size_t i = 0; i < c->check->facts.outcome_count; i++)
        for (size_t k = 0; k < scales && is_shown(c->check, c->wanted, i); k++)
            steppe_table_add(t, &(scale_row){c->check->rows[i].name,
                                             c->check->cells[i * scales + k]});
}

static const steppe_table_kind KINDS[] = {{"outcomes", STEPPE_COLUMNS(OUTCOMES),
                                           add_outcomes},
                                          {"by_scale", STEPPE_COLUMNS(BY_SCALE),
                                           add_by_scale},
                                          {0}};

steppe_table *steppe_scale_check_table(const steppe_scale_check *check,
                                       const bool *wanted, const char *name)
{
    return steppe_table_make(KINDS, name, &(chosen){check, wanted});
}

/* ---- parts of the page ---- */

static void write_head(FILE *file, const steppe_scale_check *check)
{
    const steppe_scale_facts *f = &check->facts;
    size_t failed = 0;
    fputs("# ", file);
    stp_page_text(file, steppe_scenario_title(check->scenario));
    fprintf(file,
            ": does the scale matter?\n\nWritten by `steppe scale-check --page`, not "
            "by hand; version %s, results version %d, verdict rules %d.\nVerdicts by "
            "other rules do not stand.\n\nAt each scale %zu runs, seeds %llu to %llu, of "
            "%llu steps. Residents per agent:",
            steppe_version(), STEPPE_RESULTS_VERSION, STEPPE_VERDICT_RULES, f->seeds,
            (unsigned long long)f->seed, (unsigned long long)(f->seed + f->seeds - 1),
            (unsigned long long)f->steps);
    for (size_t k = 0; k < f->scale_count; k++) {
        char text[STP_COUNT_TEXT];
        fprintf(file, "%s%s", k == 0 ? " " : ", ",
                steppe_number_words(f->scales[k], STEPPE_CELL_NUMBER, 10, text));
        failed += f->failed[k];
    }
    fputs("; the last is the\nreference. ", file);
    if (f->population_held)
        fprintf(
            file,
            "All runs of a scale have the same population, drawn from the seed %llu. ",
            (unsigned long long)f->population_seed);
    else
        fputs("Each run has a population of its own, drawn from its seed. ", file);
    if (f->seeds < STP_FEWEST_RUNS)
        fprintf(file, "**No verdict: that takes %d runs at each scale.** ",
                STP_FEWEST_RUNS);
    if (failed)
        fprintf(file, "%zu run%s failed and left out. ", failed,
                steppe_plural((double)failed));
    fputs("Nothing finer than the reference was run.\n\n", file);
}

static void write_outcome(FILE *file, const steppe_scale_check *check, size_t outcome)
{
    const steppe_scale_row *r = &check->rows[outcome];
    bool wanted[STP_OUTCOME_COUNT] = {false};
    const char *verdict = VERDICTS[r->verdict];
    wanted[outcome] = true;
    fprintf(file, "## %s\n\n%s, %s: %s. Intervals: %g %%, of ratios %g %%.\n\n", r->name,
            r->meaning, r->unit, verdict + (*verdict == '!'),
            100 * (1 - check->facts.error), 100 * (1 - 2 * check->facts.error));
    stp_table_put(file, steppe_scale_check_table(check, wanted, "by_scale"));
}

static void write_rules(FILE *file, const steppe_scale_check *check)
{
    double error = 100 * check->facts.error;
    fprintf(
        file,
        "## How verdicts are made\n\nEach coarser scale is compared with the reference, "
        "with unequal variances (Welch 1947). The margin of an outcome\nis the smallest "
        "that a question of the scenario gives for it (named in the table; its window "
        "may "
        "differ), or else\n`--margin`. A verdict takes %d runs.\n\n"
        "- *equivalent*: two one-sided tests, at %g %%, reject that the means differ by "
        "the "
        "margin or more (Schuirmann\n  1987; a margin that is a share is one of the "
        "ratio, "
        "so that the reference's own error counts: Sasabuchi 1980),\n  and still do if "
        "runs "
        "that take off at only one scale were as frequent as they may be (95 %%, Clopper "
        "and\n  Pearson), each by the larger of the 5 to 95 %% ranges. Of an outcome: at "
        "every scale, which needs no correction.\n"
        "- *depends on it*: a test at %g %% rejects that they differ by the margin or "
        "less. "
        "Of an outcome: at some scale,\n  each tested at %g %% over the number of scales "
        "(Bonferroni).\n"
        "- *undecided*: neither. It is no evidence that the scale does not matter. "
        "*Differs*: the interval of the\n  difference excludes 0; it may still lie "
        "within "
        "the margin.\n"
        "- *the same at every scale*: each seed gives the same number as at the "
        "reference, "
        "which is shown.\n\n",
        STP_FEWEST_RUNS, error, error, error);
    fputs(
        "*Agrees from*: the coarsest scale from which all finer ones are equivalent, or "
        "the same. *Runs required*: to show\nequivalence of an undecided outcome, if the "
        "means are truly the same (power 80 %). *Change per tenfold scale*: the\n"
        "least-squares line through the means over the logarithm of the scale. Verdicts "
        "of different outcomes are not\ncorrected for their number. *Ratio of spreads*: "
        "standard deviation over that of the reference; its intervals are\nrather too "
        "short.\n\n"
        "Runs of different scales have the same seeds, but count as independent; persons "
        "at the seat, which they share, make\nintervals too wide. All this holds for "
        "this "
        "scenario, these steps and these scales; that the finest agrees with\nstill "
        "finer "
        "ones is a guess from the trend, until they are run.\n",
        file);
}

/* ---- files ---- */

typedef struct page {
    const steppe_scale_check *check;
    const bool *wanted;
    const char *stem;
    stp_plot *plots; /* of the picture */
    size_t count;    /* of them; 0: there is no picture */
} page;

static int draw(FILE *file, const void *user)
{
    const page *p = user;
    return stp_chart_write(file, p->plots, p->count, p->count < 2 ? 1 : 2);
}

static int write_page(FILE *file, const void *user)
{
    const page *p = user;
    write_head(file, p->check);
    stp_page_settings(file, p->check->scenario);
    stp_table_put(file, steppe_scale_check_table(p->check, p->wanted, "outcomes"));
    if (p->count) {
        fputs("![outcomes against the scale](", file);
        stp_page_target(file, p->stem);
        fputs(".svg)\n\n", file);
    }
    for (size_t i = 0; i < p->check->facts.outcome_count; i++)
        if (is_drawn(p->check, p->wanted, i))
            write_outcome(file, p->check, i);
    write_rules(file, p->check);
    return 0;
}

int steppe_scale_check_write_page(steppe_context *context,
                                  const steppe_scale_check *check, const bool *wanted,
                                  const char *path)
{
    stp_page all = stp_page_begin(context, path);
    page p = {check, wanted, all.name, calloc(STP_OUTCOME_COUNT, sizeof *p.plots), 0};
    bool bad = !p.plots;
    for (size_t i = 0; !bad && i < check->facts.outcome_count; i++)
        if (is_drawn(check, wanted, i))
            bad = stp_scale_plot(check, i, &p.plots[p.count++]) != 0;
    if (bad)
        all.status = stp_no_memory(context);
    if (p.count > 0)
        stp_page_picture(&all, ".svg", draw, &p);
    int status = stp_page_end(&all, write_page, &p);
    for (size_t i = 0; p.plots && i < STP_OUTCOME_COUNT; i++)
        stp_plot_clear(&p.plots[i]);
    free(p.plots);
    return status;
}
