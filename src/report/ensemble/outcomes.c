/* The outcomes of the runs of an ensemble, and what was drawn for them. */
#include "base/number.h"
#include "report/ensemble/ensemble.h"
#include "report/format/table.h"
#include "report/svg/axis.h"
#include "report/svg/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BINS = 20, DRIVERS = 15 };

static bool is_share(stp_outcome k)
{
    return strcmp(STP_OUTCOMES[k].unit, "share") == 0;
}

/* ---- distributions ---- */

/* The least difference of values that are counts, in agents or otherwise; 0 of others. */
static double unit_of(const stp_report *report, int k)
{
    const char *unit = STP_OUTCOMES[k].unit;
    return strncmp(unit, "residents", 9) == 0 ? report->series.scale
           : strcmp(unit, "share") == 0       ? 0
                                              : 1;
}

bool stp_outcome_varies(const stp_report *report, int k)
{
    const stp_runs *m = report->runs;
    return k != STP_OUTCOME_FALL && m->highest[k] - m->lowest[k] > unit_of(report, k);
}

typedef struct histogram {
    double low, high;
    size_t bins, counts[MAX_BINS], most;
} histogram;

/* Few whole numbers have a bin each. */
static histogram histogram_of(const stp_report *report, int k)
{
    const stp_runs *m = report->runs;
    const double unit = unit_of(report, k);
    histogram h = {m->lowest[k], m->highest[k], 0, {0}, 0};
    h.bins = (size_t)fmin(MAX_BINS, fmax(5, ceil(sqrt((double)m->counts[k]))));
    if (unit > 0 && h.high - h.low < 12 * unit) {
        h.bins = (size_t)lround((h.high - h.low) / unit) + 1;
        h.low -= unit / 2;
        h.high += unit / 2;
    }
    for (size_t i = 0; i < m->done; i++) {
        double value = m->outcomes[k][i];
        if (!stp_axis_shows(value))
            continue;
        size_t bin = (size_t)((value - h.low) / (h.high - h.low) * (double)h.bins);
        bin = bin < h.bins ? bin : h.bins - 1;
        h.most = ++h.counts[bin] > h.most ? h.counts[bin] : h.most;
    }
    return h;
}

static const double LEFT = 26, WIDTH = 248, TOP = 12, FOOT = 92;

static void draw_bars(FILE *file, const stp_axis *axis, const histogram *h)
{
    double from = stp_axis_place(axis, h->low), to = stp_axis_place(axis, h->high),
           part = (to - from) / (double)h->bins;
    for (size_t b = 0; b < h->bins; b++) {
        double high = (FOOT - TOP) * (double)h->counts[b] / (double)h->most;
        if (h->counts[b] > 0)
            fprintf(file,
                    "<rect class='f-less' x='%.1f' y='%.1f' width='%.1f' height='%.1f' "
                    "fill='#0072b2'/>\n",
                    LEFT + WIDTH * (from + part * (double)b), FOOT - high,
                    fmax(1, WIDTH * part - 1), high);
    }
}

/* Bars, and below them the range of nine in ten runs, with the median. */
int stp_outcome_draw(FILE *file, const stp_report *report, const void *what, int which)
{
    const double *q = report->runs->quantiles[which];
    char text[STP_AXIS_TEXT];
    (void)what;
    histogram h = histogram_of(report, which);
    stp_axis axis = stp_axis_across(h.low, h.high, WIDTH, 13);
    stp_svg_open(file, 300, 134, STP_OUTCOMES[which].meaning, "");
    draw_bars(file, &axis, &h);
    fprintf(file,
            "<path d='M%.1f %.1fh%.1f' stroke='#8a949c'/>\n"
            "<path class='s-ink' d='M%.1f %.1fH%.1f' stroke='#1b2530' "
            "stroke-width='1.5'/>\n<path class='s-ink' d='M%.1f %.1fv10' "
            "stroke='#1b2530' stroke-width='3'/>\n",
            LEFT, FOOT, WIDTH, LEFT + WIDTH * stp_axis_place(&axis, q[0]), FOOT + 11,
            LEFT + WIDTH * stp_axis_place(&axis, q[4]),
            LEFT + WIDTH * stp_axis_place(&axis, q[2]), FOOT + 6);
    for (int64_t t = axis.first; t <= axis.last; t++) {
        double value = stp_axis_tick(&axis, t);
        if (is_share((stp_outcome)which) || value == floor(value))
            stp_svg_text(file, LEFT + WIDTH * stp_axis_place(&axis, value), FOOT + 34, 13,
                         "middle", STP_PALE, stp_axis_label(&axis, t, text));
    }
    fputs("</svg>\n", file);
    return STEPPE_OK;
}

static steppe_table *outcome_table(const stp_runs *m)
{
    typedef struct row {
        const char *name, *unit;
        size_t runs;
        double mean, quantiles[STP_FAN];
    } row;
#define F(member) STEPPE_FIELD(row, member)
    static const steppe_column COLUMNS[] = {
        {"outcome", "Outcome", F(name)},
        {"unit", "Unit", F(unit)},
        {"runs", "Runs", STEPPE_CELL_COUNT, F(runs)},
        {"mean", "mean", STEPPE_CELL_NUMBER, F(mean)},
        {"q05", "5 %", STEPPE_CELL_NUMBER, F(quantiles[0])},
        {"q25", "25 %", STEPPE_CELL_NUMBER, F(quantiles[1])},
        {"q50", "50 %", STEPPE_CELL_NUMBER, F(quantiles[2])},
        {"q75", "75 %", STEPPE_CELL_NUMBER, F(quantiles[3])},
        {"q95", "95 %", STEPPE_CELL_NUMBER, F(quantiles[4])}};
#undef F
    steppe_table *table = steppe_table_create(STEPPE_COLUMNS(COLUMNS));
    for (int k = 0; k < STP_OUTCOME_COUNT; k++) {
        row r = {
            STP_OUTCOMES[k].name, STP_OUTCOMES[k].unit, m->counts[k], m->means[k], {0}};
        memcpy(r.quantiles, m->quantiles[k], sizeof r.quantiles);
        if (r.runs > 0)
            steppe_table_add(table, &r);
    }
    return table;
}

int stp_outcomes_csv(FILE *file, const stp_report *report, const void *what, int which)
{
    (void)what, (void)which;
    return stp_table_put_csv(file, report->context, outcome_table(report->runs));
}

/* "Not drawn, since runs hardly differ: deaths 0; districts 0 to 1." */
static void write_constants(FILE *file, const stp_report *report)
{
    const stp_runs *m = report->runs;
    char low[STP_COUNT_TEXT], high[STP_COUNT_TEXT];
    bool any = false;
    for (int k = 0; k < STP_OUTCOME_COUNT; k++) {
        if (m->counts[k] == 0 || stp_outcome_varies(report, k))
            continue;
        fprintf(file, "%s%s %s",
                any ? "; " : "<p class='note'>Not drawn, since runs hardly differ: ",
                STP_OUTCOMES[k].name, stp_amount_words(m->lowest[k], low));
        if (m->highest[k] > m->lowest[k])
            fprintf(file, " to %s", stp_amount_words(m->highest[k], high));
        any = true;
    }
    fputs(any ? ".</p>\n" : "", file);
}

static bool has_outcomes(const stp_report *report)
{
    bool any = false;
    for (int k = 0; k < STP_OUTCOME_COUNT; k++)
        any = any || report->runs->counts[k] > 0;
    return any;
}

static int write_outcomes(FILE *file, const stp_report *report)
{
    fputs("<figure class='spread' data-name='outcomes'>\n<div class='panels'>\n", file);
    for (int k = 0; k < STP_OUTCOME_COUNT; k++) {
        if (!stp_outcome_varies(report, k))
            continue;
        fprintf(file, "<div class='panel'><b>%s</b> <span>%s</span>\n",
                STP_OUTCOMES[k].name, STP_OUTCOMES[k].unit);
        stp_outcome_draw(file, report, NULL, k);
        fprintf(file, "<small>%s</small></div>\n", STP_OUTCOMES[k].meaning);
    }
    fputs("</div>\n<figcaption>How many runs had which value; below, the range from 5 to "
          "95 % of the runs, with the median. ",
          file);
    stp_write_source(file, report);
    fputs("</figcaption>\n", file);
    write_constants(file, report);
    int status = stp_table_put_html(file, report->context, outcome_table(report->runs),
                                    &(stp_table_frame){"The numbers"});
    fputs("</figure>\n", file);
    return status;
}

const stp_page_section stp_section_outcomes = {"outcomes", "Outcomes of the runs",
                                               has_outcomes, write_outcomes};

/* ---- what was drawn ---- */

static size_t drivers_of(const stp_runs *m)
{
    size_t count = 0;
    while (count < m->factor_count && count < DRIVERS &&
           !isnan(m->factors[count].correlation))
        count++;
    return count;
}

int stp_draws_draw(FILE *file, const stp_report *report, const void *what, int which)
{
    static const double ACROSS = 480, NAMES = 218, ROW = 24, HEAD = 40;
    const stp_runs *m = report->runs;
    size_t count = drivers_of(m);
    double height = HEAD + ROW * (double)count + 30, zero = NAMES + (ACROSS - NAMES) / 2,
           reach = (ACROSS - NAMES) / 2 - 30;
    char words[16];
    (void)what, (void)which;
    stp_svg_open(file, ACROSS, height, "What unrest correlates with", "");
    stp_svg_text(file, zero, 18, 13, "middle", STP_PALE,
                 "rank correlation with citizen-hours");
    for (int k = -2; k <= 2; k++) {
        fprintf(file, "<path class='grid' d='M%.1f %.1fV%.1f' stroke='#e3e6e8'/>",
                zero + reach * k / 2, HEAD - 6, height - 26);
        snprintf(words, sizeof words, "%g", k / 2.0);
        stp_svg_text(file, zero + reach * k / 2, height - 10, 13, "middle", STP_PALE,
                     words);
    }
    for (size_t i = 0; i < count; i++) {
        const stp_factor *f = &m->factors[i];
        double y = HEAD + ROW * (double)i, size = reach * fabs(f->correlation);
        bool more = f->correlation > 0;
        fprintf(file,
                "<rect class='f-%s' x='%.1f' y='%.1f' width='%.1f' height='14' "
                "fill='%s' fill-opacity='%s'/>\n",
                more ? "more" : "less", more ? zero : zero - size, y, size,
                more ? "#d55e00" : "#0072b2", f->p < 0.05 ? "1" : ".35");
        stp_svg_fitted(file, NAMES - 8, y + 11, NAMES - 14, 13, "end", STP_INK, f->path);
    }
    fputs("</svg>\n", file);
    return STEPPE_OK;
}

static steppe_table *draws_table(const stp_runs *m)
{
#define F(member) STEPPE_FIELD(stp_factor, member)
    static const steppe_column COLUMNS[] = {
        {"path", "Number", STEPPE_CELL_CODE, .offset = offsetof(stp_factor, path)},
        {"kind", "Kind", .offset = offsetof(stp_factor, kind)},
        {"low", "from", STEPPE_CELL_NUMBER, F(low)},
        {"high", "to", STEPPE_CELL_NUMBER, F(high)},
        {"q05", "drawn: 5 %", STEPPE_CELL_NUMBER, F(quantiles[0])},
        {"q50", "50 %", STEPPE_CELL_NUMBER, F(quantiles[2])},
        {"q95", "95 %", STEPPE_CELL_NUMBER, F(quantiles[4])},
        {"correlation", "rank correlation", STEPPE_CELL_SIGNED, 2, F(correlation)},
        {"p", "p", STEPPE_CELL_NUMBER, 2, F(p)}};
#undef F
    steppe_table *table = steppe_table_create(STEPPE_COLUMNS(COLUMNS));
    for (size_t i = 0; i < m->factor_count; i++) {
        stp_factor f = m->factors[i];
        f.p = isnan(f.correlation) ? NAN : f.p;
        steppe_table_add(table, &f);
    }
    return table;
}

int stp_draws_csv(FILE *file, const stp_report *report, const void *what, int which)
{
    (void)what, (void)which;
    return stp_table_put_csv(file, report->context, draws_table(report->runs));
}

static bool has_draws(const stp_report *report)
{
    return report->runs->factor_count > 0;
}

/* Ranges that unrest correlates with, at an error rate of 0.05 for all of them together. */
static size_t beyond_chance(const stp_runs *m)
{
    size_t count = 0;
    for (size_t i = 0; i < m->factor_count; i++)
        count += !isnan(m->factors[i].correlation) && m->factors[i].p < 0.05;
    return count;
}

static const char *count_or_none(size_t n, char words[32])
{
    snprintf(words, 32, "%zu", n);
    return n ? words : "none";
}

static int write_draws(FILE *file, const stp_report *report)
{
    const stp_runs *m = report->runs;
    const bool posterior = stp_runs_of_posterior(m);
    char count[32];
    fprintf(file,
            "<p>%zu unknown number%s %s drawn%s anew for each "
            "run, %s %s. Those that unrest correlates with most are at the top; %s of "
            "them by more than chance. That is no proof of a cause, and few runs say "
            "little.</p>\n<figure class='asked' data-name='draws'>\n",
            m->factor_count, steppe_plural((double)m->factor_count),
            m->factor_count == 1 ? "was" : "were",
            posterior              ? " together"
            : m->factor_count == 1 ? " from the parameter range"
                                   : " from the parameter ranges",
            posterior ? "as" : "by", stp_runs_sampling(m),
            count_or_none(beyond_chance(m), count));
    if (drivers_of(m) > 0) {
        fputs("<div class='still'>\n", file);
        stp_draws_draw(file, report, NULL, 0);
        fputs("</div>\n", file);
    }
    fputs("<figcaption>Rank correlation of what was drawn with the unrest of the run; "
          "pale: within chance (Holm's p of all ranges, 0.05 or more). ",
          file);
    stp_write_source(file, report);
    fputs("</figcaption>\n", file);
    int status = stp_table_put_html(file, report->context, draws_table(m),
                                    &(stp_table_frame){"All that was drawn"});
    fputs("</figure>\n", file);
    return status;
}

const stp_page_section stp_section_draws = {"draws", "What was drawn", has_draws,
                                            write_draws};
