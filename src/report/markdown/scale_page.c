/* Outcomes at several scales, as a page in Markdown with one picture. */
#include "base/text.h"
#include "report/charts/chart.h"
#include "report/format/markdown.h"
#include "study/scale/scale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const VERDICTS[] = {"undecided",         "equivalent",
                                       "**depends on it**", "the same at every scale",
                                       "not in the model",  "the reference"};

/* "1.23M", "12,345", "0.0123" or "-" */
static const char *number(double value, char buffer[40])
{
    long whole = lround(fabs(value) < 1e15 ? value : 0);
    const char *sign = whole < 0 ? "-" : "";
    whole = labs(whole);
    if (isnan(value))
        snprintf(buffer, 40, "-");
    else if (isinf(value))
        snprintf(buffer, 40, "no bound");
    else if (fabs(value) >= 1e7 && fabs(value) < 1e15)
        snprintf(buffer, 40, "%.4gM", value / 1e6);
    else if (whole >= 1000000 && fabs(value) < 1e7)
        snprintf(buffer, 40, "%s%ld,%03ld,%03ld", sign, whole / 1000000,
                 whole / 1000 % 1000, whole % 1000);
    else if (whole >= 1000 && whole < 1000000)
        snprintf(buffer, 40, "%s%ld,%03ld", sign, whole / 1000, whole % 1000);
    else
        snprintf(buffer, 40, "%.4g", value);
    return buffer;
}

static void write_scale(FILE *file, double scale)
{
    char text[40];
    fprintf(file, "1:%s", number(scale, text));
}

/* "-1.2 (-3.4 to 1.0)" and a bar */
static void write_interval(FILE *file, double value, double low, double high)
{
    char a[40], b[40], c[40];
    if (!isfinite(value) || isnan(low) || isnan(high))
        fprintf(file, "%s | ", number(value, a));
    else
        fprintf(file, "%s (%s to %s) | ", number(value, a), number(low, b),
                number(high, c));
}

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
            "%llu steps. One agent stands for",
            steppe_version(), STEPPE_RESULTS_VERSION, STEPPE_VERDICT_RULES, f->seeds,
            (unsigned long long)f->seed, (unsigned long long)(f->seed + f->seeds - 1),
            (unsigned long long)f->steps);
    for (size_t k = 0; k < f->scale_count; k++) {
        char text[40];
        fprintf(file, "%s%s",
                k == 0                   ? " "
                : k + 1 < f->scale_count ? ", "
                                         : " or ",
                number(f->scales[k], text));
        failed += f->failed[k];
    }
    fputs(" residents; the last is the\nreference. ", file);
    if (f->population_held)
        fprintf(
            file,
            "All runs of a scale have the same population, drawn from the seed %llu. ",
            (unsigned long long)f->population_seed);
    else
        fputs("Each run has a population of its own, drawn from its seed. ", file);
    if (f->seeds < STP_FEWEST_RUNS)
        fprintf(file, "**There is no verdict: %d runs at each scale are needed.** ",
                STP_FEWEST_RUNS);
    if (failed)
        fprintf(file, "%zu runs failed and are left out. ", failed);
    fputs("What is finer than the reference was not run.\n\n", file);
}

/* "10 % (c6-price) | " */
static void write_margin(FILE *file, const steppe_scale_row *r)
{
    char text[40];
    if (r->margin > 0)
        fprintf(file, "%g %%", 100 * r->margin);
    if (r->margin_absolute > 0)
        fprintf(file, "%s%s", r->margin > 0 ? " and " : "",
                number(r->margin_absolute, text));
    if (*r->margin_of) {
        fputs(" (", file);
        stp_page_text(file, r->margin_of);
        fputs(")", file);
    }
    fputs(" | ", file);
}

static void write_verdicts(FILE *file, const steppe_scale_check *check,
                           const bool *wanted)
{
    char text[40];
    fputs("| outcome | what it is | margin | verdict | agrees from | change a tenfold of "
          "the "
          "scale, % "
          "| runs a scale needed |\n|---|---|---|---|---|---|---|\n",
          file);
    for (size_t i = 0; i < check->facts.outcome_count; i++) {
        const steppe_scale_row *r = &check->rows[i];
        if (!is_shown(check, wanted, i))
            continue;
        fputs("| ", file);
        stp_page_cell(file, r->name);
        stp_page_cell(file, r->meaning);
        write_margin(file, r);
        fputs(VERDICTS[r->verdict], file);
        if (r->verdict == STEPPE_SCALE_SAME)
            fprintf(file, ": %s",
                    number(check->cells[i * check->facts.scale_count].mean, text));
        fputs(" | ", file);
        if (isnan(r->from))
            fputs("no scale", file);
        else
            write_scale(file, r->from);
        fputs(" | ", file);
        if (isfinite(100 * r->slope) && isfinite(100 * r->slope_low) &&
            isfinite(100 * r->slope_high))
            fprintf(file, "%+.1f (%+.1f to %+.1f)", 100 * r->slope, 100 * r->slope_low,
                    100 * r->slope_high);
        fprintf(file, " | %s |\n",
                r->verdict == STEPPE_SCALE_UNDECIDED ? number(r->needed, text) : "");
    }
    putc('\n', file);
}

static void write_cell(FILE *file, const steppe_scale_cell *c)
{
    char a[40], b[40];
    fputs("| ", file);
    write_scale(file, c->scale);
    fprintf(file, " | %zu | %s | ", c->count, number(c->quantiles[2], a));
    fprintf(file, "%s to %s | ", number(c->quantiles[0], a), number(c->quantiles[4], b));
    fprintf(file, "%s | ", number(c->mean, a));
    if (c->verdict == STEPPE_SCALE_REFERENCE) {
        fputs("| | | | the reference |\n", file);
        return;
    }
    write_interval(file, c->difference, c->low, c->high);
    write_interval(file, c->ratio, c->ratio_low, c->ratio_high);
    fprintf(file, "%s (%s) | ", number(c->equivalence, a), number(c->robust, b));
    write_interval(file, c->spread, c->spread_low, c->spread_high);
    fprintf(file, "%s%s |\n", VERDICTS[c->verdict],
            c->verdict == STEPPE_SCALE_UNDECIDED && c->differs ? "; differs" : "");
}

static void write_outcome(FILE *file, const steppe_scale_check *check, size_t outcome)
{
    const steppe_scale_row *r = &check->rows[outcome];
    size_t count = check->facts.scale_count;
    double sure = 100 * (1 - check->facts.error);
    fprintf(file, "## %s\n\n%s, %s: %s.\n\n", r->name, r->meaning, r->unit,
            VERDICTS[r->verdict]);
    fprintf(
        file,
        "| scale | runs | median | 5 to 95 %% | mean | difference (%g %%) | ratio (%g "
        "%%) | p of equivalence (with rare flips) | ratio of spreads (%g %%) | "
        "verdict |\n|---|---|---|---|---|---|---|---|---|---|\n",
        sure, 100 * (1 - 2 * check->facts.error), sure);
    for (size_t k = 0; k < count; k++)
        write_cell(file, &check->cells[outcome * count + k]);
    putc('\n', file);
}

static void write_rules(FILE *file, const steppe_scale_check *check)
{
    double error = 100 * check->facts.error;
    fprintf(
        file,
        "## How it is judged\n\nEach coarser scale is compared with the reference, with "
        "variances of its own (Welch 1947). The margin of an outcome\nis the smallest "
        "that "
        "a question of the scenario about it gives (named in the table; its window may "
        "be "
        "another),\nor else the one of `--margin`. No verdict rests on fewer than %d "
        "runs.\n\n"
        "- *equivalent*: both one-sided tests, at %g %%, refuse that the means "
        "differ by the margin or more (Schuirmann\n  1987; a share is one of the ratio, "
        "so "
        "that the reference's own error counts: Sasabuchi 1980), and still do if runs "
        "that\n"
        "  take off at one scale alone were as frequent as they may be (95 %%, Clopper "
        "and "
        "Pearson), each by the larger of the 5 to\n  95 %% ranges. Of the outcome: at "
        "every "
        "scale, which needs no correction.\n"
        "- *depends on it*: a test at %g %% refuses that they differ by the margin or "
        "less. "
        "Of the outcome: at some scale, each\n  tested at %g %% over the number of "
        "scales "
        "(Bonferroni).\n"
        "- *undecided*: neither. It is no evidence that the scale does not matter. "
        "*differs* says that the difference's\n  interval leaves 0 out; whether it is "
        "beyond the margin is not known.\n"
        "- *the same at every scale*: each seed gives the same number as at the "
        "reference; the mean is shown.\n\n",
        STP_FEWEST_RUNS, error, error, error);
    fputs("*Agrees from*: the coarsest scale from which on all finer ones are "
          "equivalent, or "
          "the same. *Runs needed*: to show\n"
          "equivalence of an undecided one, if the means are truly the same "
          "(power 80 %). The *change a tenfold* is\n"
          "the least-squares line through the means over the logarithm of the scale. "
          "Verdicts of different outcomes\n"
          "are not corrected for there being several. *Ratio of spreads*: standard "
          "deviation over that of the reference; its\nintervals are rather too short.\n\n"
          "Runs of different scales have the same seeds, but count as independent; what "
          "the persons at the seat share makes\nintervals too wide. What is "
          "shown holds for this scenario, these\n"
          "steps and these scales; that the finest agrees with still finer ones is a "
          "guess from the trend, until they are run.\n",
          file);
}

/* ---- files ---- */

/* The page, or its picture. */
typedef struct part {
    const steppe_scale_check *check;
    const bool *wanted;
    const char *stem;
    stp_plot *plots; /* NULL: the page */
    size_t count;
} part;

static int write_part(FILE *file, const void *user)
{
    const part *p = user;
    if (p->plots)
        return stp_chart_write(file, p->plots, p->count, p->count < 2 ? 1 : 2);
    write_head(file, p->check);
    stp_page_settings(file, p->check->scenario);
    write_verdicts(file, p->check, p->wanted);
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

/* *count: outcomes in it; 0: there is none. */
static int write_picture(stp_outputs *outputs, const steppe_scale_check *check,
                         const bool *wanted, const char *stem, size_t *count)
{
    stp_plot *plots = calloc(STP_OUTCOME_COUNT, sizeof *plots);
    stp_text path = {0};
    stp_text_add(&path, "%s.svg", stem);
    bool bad = !plots || path.failed;
    *count = 0;
    for (size_t i = 0; !bad && i < check->facts.outcome_count; i++)
        if (is_drawn(check, wanted, i))
            bad = stp_scale_plot(check, i, &plots[(*count)++]) != 0;
    int status = bad ? stp_no_memory(outputs->context) : STEPPE_OK;
    const part picture = {check, wanted, stem, plots, *count};
    if (!bad && *count > 0)
        status = stp_outputs_write(outputs, path.data, STP_OUTPUT_SVG, write_part,
                                   &picture);
    for (size_t i = 0; plots && i < STP_OUTCOME_COUNT; i++)
        stp_plot_clear(&plots[i]);
    free(plots);
    stp_text_free(&path);
    return status;
}

int steppe_scale_check_write_page(steppe_context *context,
                                  const steppe_scale_check *check, const bool *wanted,
                                  const char *path)
{
    const char *name;
    char *stem = stp_page_stem(path, &name);
    size_t count = 0;
    stp_outputs outputs = {.context = context};
    int status = stem ? write_picture(&outputs, check, wanted, stem, &count)
                      : stp_no_memory(context);
    const part page = {.check = check, .wanted = wanted, .stem = name, .count = count};
    if (status == STEPPE_OK)
        status = stp_outputs_write(&outputs, path, STP_OUTPUT_MARKDOWN, write_part,
                                   &page);
    free(stem);
    return stp_outputs_close(&outputs, status);
}
