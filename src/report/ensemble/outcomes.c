/* What the runs of an ensemble came to, and what was drawn for them. */
#include "report/svg/axis.h"
#include "report/format/html.h"
#include "report/svg/label.h"
#include "report/load/report_many.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_BINS = 20, DRIVERS = 15 };

static bool is_share(stp_outcome k)
{
    return strcmp(STP_OUTCOMES[k].unit, "share") == 0;
}

static const char *words_of(stp_outcome k, double value, char words[STP_COUNT_TEXT])
{
    return isnan(value)  ? "–"
           : is_share(k) ? stp_share_words(value, words)
                         : stp_count_words(value, words);
}

/* ---- distributions ---- */

typedef struct histogram {
    double low, high;
    size_t bins, counts[MAX_BINS], most;
} histogram;

static histogram histogram_of(const stp_many *m, stp_outcome k)
{
    histogram h = {INFINITY, -INFINITY, 0, {0}, 0};
    for (size_t i = 0; i < m->done; i++)
        if (stp_axis_shows(m->outcomes[k][i])) {
            h.low = fmin(h.low, m->outcomes[k][i]);
            h.high = fmax(h.high, m->outcomes[k][i]);
        }
    h.bins = (size_t)fmin(MAX_BINS, fmax(5, ceil(sqrt((double)m->counts[k]))));
    for (size_t i = 0; i < m->done && h.low <= h.high; i++) {
        double value = m->outcomes[k][i], width = h.high - h.low;
        if (!stp_axis_shows(value))
            continue;
        size_t bin = width > 0 ? (size_t)((value - h.low) / width * (double)h.bins)
                               : h.bins / 2;
        bin = bin < h.bins ? bin : h.bins - 1;
        h.most = ++h.counts[bin] > h.most ? h.counts[bin] : h.most;
    }
    return h;
}

/* Bars, and below them what nine in ten runs are within, with the median. */
void stp_many_draw_outcome(FILE *file, const stp_report *report, stp_outcome outcome)
{
    const stp_outcome k = outcome;
    static const double LEFT = 26, WIDTH = 248, TOP = 12, FOOT = 92;
    const stp_many *m = report->many;
    const double *q = m->quantiles[k];
    char text[STP_AXIS_TEXT];
    histogram h = histogram_of(m, k);
    stp_axis axis = stp_axis_across(h.low, h.high, WIDTH, 13);
    double from = stp_axis_place(&axis, h.low), to = stp_axis_place(&axis, h.high);
    bool point = !(h.high > h.low);
    fprintf(file,
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 134' width='300' "
            "height='134' font-family='system-ui,Helvetica,Arial,sans-serif' "
            "font-size='13' fill='#1b2530' role='img'>\n<title>%s, %s: %s</title>\n<rect "
            "class='sheet' width='100%%' height='100%%' fill='#fff'/>\n",
            STP_OUTCOMES[k].name, STP_OUTCOMES[k].unit, STP_OUTCOMES[k].meaning);
    for (size_t b = 0; b < h.bins && h.most > 0; b++) {
        double part = (to - from) / (double)h.bins;
        double x = LEFT + WIDTH * (from + part * (double)b), wide = WIDTH * part - 1;
        double high = (FOOT - TOP) * (double)h.counts[b] / (double)h.most;
        if (h.counts[b] > 0)
            fprintf(file,
                    "<rect class='f-less' x='%.1f' y='%.1f' width='%.1f' height='%.1f' "
                    "fill='#0072b2'/>\n",
                    point ? LEFT + WIDTH * from - 4 : x, FOOT - high,
                    point ? 8 : fmax(1, wide), high);
    }
    fprintf(file,
            "<path d='M%.1f %.1fh%.1f' stroke='#8a949c'/>\n"
            "<path class='s-ink' d='M%.1f %.1fH%.1f' stroke='#1b2530' "
            "stroke-width='1.5'/>\n<path class='s-ink' d='M%.1f %.1fv10' "
            "stroke='#1b2530' stroke-width='3'/>\n<g class='pale' text-anchor='middle' "
            "fill='#55606a'>\n",
            LEFT, FOOT, WIDTH, LEFT + WIDTH * stp_axis_place(&axis, q[0]), FOOT + 11,
            LEFT + WIDTH * stp_axis_place(&axis, q[4]),
            LEFT + WIDTH * stp_axis_place(&axis, q[2]), FOOT + 6);
    for (int64_t t = axis.first; t <= axis.last; t++)
        fprintf(file, "<text x='%.1f' y='%.1f'>%s</text>\n",
                LEFT + WIDTH * stp_axis_place(&axis, stp_axis_tick(&axis, t)), FOOT + 34,
                stp_axis_label(&axis, t, text));
    fputs("</g>\n</svg>\n", file);
}

void stp_many_outcomes_csv(FILE *file, const stp_report *report)
{
    const stp_many *m = report->many;
    fputs("outcome,unit,runs,mean,q05,q25,q50,q75,q95\n", file);
    for (int k = 0; k < STP_OUTCOME_COUNT; k++) {
        if (m->counts[k] == 0)
            continue;
        fprintf(file, "%s,%s,%zu,", STP_OUTCOMES[k].name, STP_OUTCOMES[k].unit,
                m->counts[k]);
        stp_csv_number(file, m->means[k]);
        for (int i = 0; i < STP_FAN; i++) {
            putc(',', file);
            stp_csv_number(file, m->quantiles[k][i]);
        }
        putc('\n', file);
    }
}

static void write_outcome_table(FILE *file, const stp_many *m)
{
    char words[STP_COUNT_TEXT];
    fputs("<details><summary>The numbers</summary><div class='scroll'><table><thead><tr>"
          "<th scope='col'>Outcome</th><th scope='col'>Unit</th><th "
          "scope='col'>Runs</th><th scope='col'>mean</th><th scope='col'>5 %</th><th "
          "scope='col'>25 %</th><th scope='col'>50 %</th><th scope='col'>75 %</th><th "
          "scope='col'>95 %</th></tr></thead><tbody>\n",
          file);
    for (int k = 0; k < STP_OUTCOME_COUNT; k++) {
        if (m->counts[k] == 0)
            continue;
        fprintf(file, "<tr><th scope='row'>%s</th><td class='text'>%s</td><td>%zu</td>",
                STP_OUTCOMES[k].name, STP_OUTCOMES[k].unit, m->counts[k]);
        stp_html_cell(file, m->means[k], words_of((stp_outcome)k, m->means[k], words));
        for (int i = 0; i < STP_FAN; i++)
            stp_html_cell(file, m->quantiles[k][i],
                          words_of((stp_outcome)k, m->quantiles[k][i], words));
        fputs("</tr>\n", file);
    }
    fputs("</tbody></table></div></details>\n", file);
}

static bool has_outcomes(const stp_report *report)
{
    bool any = false;
    for (int k = 0; k < STP_OUTCOME_COUNT; k++)
        any = any || report->many->counts[k] > 0;
    return any;
}

static int write_outcomes(FILE *file, const stp_report *report)
{
    const stp_many *m = report->many;
    fputs("<figure class='spread' data-name='outcomes'>\n<div class='panels'>\n", file);
    for (int k = 0; k < STP_OUTCOME_COUNT; k++) {
        if (m->counts[k] == 0)
            continue;
        fprintf(file, "<div class='panel'><b>%s</b> <span>%s</span>\n",
                STP_OUTCOMES[k].name, STP_OUTCOMES[k].unit);
        stp_many_draw_outcome(file, report, (stp_outcome)k);
        fprintf(file, "<small>%s</small></div>\n", STP_OUTCOMES[k].meaning);
    }
    fputs("</div>\n<figcaption>How many runs came to what; below, from 5 to 95 % of the "
          "runs, with the median. ",
          file);
    stp_report_write_source(file, report);
    fputs("</figcaption>\n", file);
    write_outcome_table(file, m);
    fputs("</figure>\n", file);
    return STEPPE_OK;
}

const stp_report_section stp_section_outcomes = {"outcomes", "What the runs came to",
                                                 has_outcomes, write_outcomes};

/* ---- what was drawn ---- */

static size_t drivers_of(const stp_many *m)
{
    size_t count = 0;
    while (count < m->factor_count && count < DRIVERS &&
           !isnan(m->factors[count].correlation))
        count++;
    return count;
}

void stp_many_draw_drivers(FILE *file, const stp_report *report)
{
    static const double WIDTH = 480, NAMES = 218, ROW = 24, TOP = 40;
    const stp_many *m = report->many;
    size_t count = drivers_of(m);
    double height = TOP + ROW * (double)count + 30, zero = NAMES + (WIDTH - NAMES) / 2,
           reach = (WIDTH - NAMES) / 2 - 30;
    fprintf(file,
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %.0f %.0f' "
            "width='%.0f' height='%.0f' "
            "font-family='system-ui,Helvetica,Arial,sans-serif' font-size='13' "
            "fill='#1b2530' role='img'>\n<title>What unrest goes with</title>\n<rect "
            "class='sheet' width='100%%' height='100%%' fill='#fff'/>\n<text "
            "class='pale' x='%.1f' y='18' text-anchor='middle' fill='#55606a'>rank "
            "correlation with citizen-hours</text>\n",
            WIDTH, height, WIDTH, height, zero);
    for (int k = -2; k <= 2; k++)
        fprintf(file,
                "<path class='grid' d='M%.1f %.1fV%.1f' stroke='#e3e6e8'/><text "
                "class='pale' x='%.1f' y='%.1f' text-anchor='middle' "
                "fill='#55606a'>%g</text>\n",
                zero + reach * k / 2, TOP - 6, height - 26, zero + reach * k / 2,
                height - 10, k / 2.0);
    for (size_t i = 0; i < count; i++) {
        const stp_factor *f = &m->factors[i];
        double y = TOP + ROW * (double)i, size = reach * fabs(f->correlation);
        stp_label label = stp_label_fit(f->path, NAMES - 14, 1, 13, 8);
        fprintf(file,
                "<rect class='f-%s' x='%.1f' y='%.1f' width='%.1f' height='14' "
                "fill='%s' fill-opacity='%s'/>\n<text x='%.1f' y='%.1f' "
                "text-anchor='end' class='ink' font-size='%.1f'",
                f->correlation > 0 ? "more" : "less",
                f->correlation > 0 ? zero : zero - size, y, size,
                f->correlation > 0 ? "#d55e00" : "#0072b2", f->p < 0.05 ? "1" : ".35",
                NAMES - 8, y + 11, label.size);
        if (label.count > 0 && label.squeezed[0] > 0)
            fprintf(file, " textLength='%.1f' lengthAdjust='spacingAndGlyphs'",
                    label.squeezed[0]);
        putc('>', file);
        if (label.count > 0)
            stp_label_write(file, label.lines[0], label.lengths[0]);
        fputs("</text>\n", file);
    }
    fputs("</svg>\n", file);
}

void stp_many_draws_csv(FILE *file, const stp_report *report)
{
    const stp_many *m = report->many;
    fputs("path,kind,low,high,q05,q50,q95,correlation,p\n", file);
    for (size_t i = 0; i < m->factor_count; i++) {
        const stp_factor *f = &m->factors[i];
        stp_csv_text(file, f->path);
        putc(',', file);
        stp_csv_text(file, f->kind);
        const double shown[] = {f->low, f->high, f->quantiles[0], f->quantiles[2],
                                f->quantiles[4]};
        for (int k = 0; k < 5; k++) {
            putc(',', file);
            stp_csv_number(file, shown[k]);
        }
        putc(',', file);
        if (isfinite(f->correlation) && isfinite(f->p))
            fprintf(file, "%.6f,%.6g", f->correlation, f->p);
        else
            putc(',', file);
        putc('\n', file);
    }
}

static void write_factor(FILE *file, const stp_factor *f)
{
    const double numbers[] = {f->low, f->high, f->quantiles[0], f->quantiles[2],
                              f->quantiles[4]};
    char words[STP_COUNT_TEXT];
    fputs("<tr><th scope='row'><code>", file);
    stp_html_text(file, f->path);
    fputs("</code></th><td class='text'>", file);
    stp_html_text(file, f->kind);
    fputs("</td>", file);
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) {
        snprintf(words, sizeof words, "%.4g", numbers[k]);
        stp_html_cell(file, numbers[k], words);
    }
    snprintf(words, sizeof words, "%+.2f", f->correlation);
    stp_html_cell(file, f->correlation, words);
    snprintf(words, sizeof words, "%.2g", f->p);
    stp_html_cell(file, isnan(f->correlation) ? NAN : f->p, words);
    fputs("</tr>\n", file);
}

static bool has_draws(const stp_report *report)
{
    return report->many->factor_count > 0;
}

/* Ranges with which unrest goes, at an error rate of 0.05 for all of them together. */
static size_t beyond_chance(const stp_many *m)
{
    size_t count = 0;
    for (size_t i = 0; i < m->factor_count; i++)
        count += !isnan(m->factors[i].correlation) && m->factors[i].p < 0.05;
    return count;
}

static int write_draws(FILE *file, const stp_report *report)
{
    const stp_many *m = report->many;
    fprintf(file,
            "<p>%zu number%s that nobody knows %s drawn from the range%s anew for each "
            "run, by %s. Those with which unrest rises or falls most are at the top; "
            "with %zu of all it does so beyond what chance does. That is no proof of a "
            "cause, and few runs say little.</p>\n<figure "
            "class='asked' data-name='draws'>\n",
            m->factor_count, m->factor_count == 1 ? "" : "s",
            m->factor_count == 1 ? "was" : "were", m->factor_count == 1 ? "" : "s",
            stp_many_sampling(m), beyond_chance(m));
    fputs("<div class='still'>\n", file);
    stp_many_draw_drivers(file, report);
    fputs("</div>\n<figcaption>Rank correlation of what was drawn with the unrest of the "
          "run; pale: within what chance does (Holm's p of all ranges, 0.05 or more). ",
          file);
    stp_report_write_source(file, report);
    fputs("</figcaption>\n<details><summary>All that was drawn</summary><div "
          "class='scroll'><table><thead><tr><th scope='col'>Number</th><th "
          "scope='col'>Kind</th><th scope='col'>from</th><th scope='col'>to</th><th "
          "scope='col'>drawn: 5 %</th><th scope='col'>50 %</th><th scope='col'>95 "
          "%</th><th scope='col'>rank correlation</th><th scope='col'>p</th></tr>"
          "</thead><tbody>\n",
          file);
    for (size_t i = 0; i < m->factor_count; i++)
        write_factor(file, &m->factors[i]);
    fputs("</tbody></table></div></details>\n</figure>\n", file);
    return STEPPE_OK;
}

const stp_report_section stp_section_draws = {"draws", "What was drawn", has_draws,
                                              write_draws};
