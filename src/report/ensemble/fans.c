/* The time series of an ensemble over days, as fans. */
#include "report/format/html.h"
#include "report/load/report_many.h"
#include "report/charts/timeline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const stp_figure FANS[STP_DAILY_SERIES_COUNT] = {
    {.name = "active",
     .title = "Citizens in the street",
     .unit = "residents",
     .note = "Mean of each day."},
    {.name = "violent",
     .title = "Violent citizens",
     .unit = "residents",
     .note = "Mean of each day."},
    {.name = "detention",
     .title = "In detention",
     .unit = "residents",
     .note = "At the end of each day."},
    {.name = "deaths",
     .title = "Deaths since the start",
     .unit = "residents",
     .note = "Citizens who were killed, added up in each run."},
    {.name = "obedience",
     .title = "Officers who obey",
     .unit = "share of those on the street",
     .note = "Mean of each day; all forces together.",
     .values = STP_VALUES_SHARE},
    {.name = "legitimacy",
     .title = "Legitimacy",
     .unit = "share, 0 to 1",
     .note = "Mean over residents, at the end of each day.",
     .values = STP_VALUES_PART},
    {.name = "strength",
     .title = "Strength of the incumbent",
     .unit = "share, 0 to 1",
     .note = "The probability that the incumbent's camp beats the rival's; at the end of "
             "each day.",
     .values = STP_VALUES_SHARE},
};

size_t stp_many_fans(const stp_report *report, stp_figure *figures,
                     stp_daily_series *which)
{
    size_t count = 0;
    for (int c = 0; c < STP_DAILY_SERIES_COUNT; c++)
        if (report->many->series_of[c]) {
            figures[count] = FANS[c];
            which[count++] = (stp_daily_series)c;
        }
    return count;
}

/* ---- the picture ---- */

typedef struct fan {
    stp_frame frame;
    const double *values; /* [day * STP_FAN + k] */
    size_t days;
    double day_steps, shift; /* shift: of the day's value, in days */
} fan;

/* The mean of a day stands in its middle, what is at its end there. */
static double shift_of(stp_daily_series which)
{
    return which == STP_DAILY_SERIES_ACTIVE || which == STP_DAILY_SERIES_VIOLENT ||
                   which == STP_DAILY_SERIES_OBEYING
               ? 0.5
               : 1;
}

static double x_of(const fan *f, size_t day)
{
    double steps = (double)f->frame.report->series.steps;
    return stp_frame_x(&f->frame, fmin(steps, ((double)day + f->shift) * f->day_steps));
}

static double y_of(const fan *f, size_t day, int k)
{
    return stp_frame_y(&f->frame, f->values[day * STP_FAN + (size_t)k]);
}

static bool has(const fan *f, size_t day)
{
    return day < f->days && !isnan(f->values[day * STP_FAN]);
}

/* Days from `first` on that have values; a day alone is a stroke. */
static void draw_part(const fan *f, size_t first, size_t end, int low, int high,
                      const char *opacity)
{
    FILE *file = f->frame.file;
    if (end - first == 1) {
        fprintf(file,
                "<path class='curve0' d='M%.1f %.1fV%.1f' stroke='#0072b2' "
                "stroke-width='8' stroke-opacity='%s'/>\n",
                x_of(f, first), y_of(f, first, low), y_of(f, first, high), opacity);
        return;
    }
    fprintf(file, "<path class='fan' fill='#0072b2' fill-opacity='%s' d='", opacity);
    for (size_t d = first; d < end; d++)
        fprintf(file, "%s%.1f %.1f", d == first ? "M" : "L", x_of(f, d),
                y_of(f, d, high));
    for (size_t d = end; d-- > first;)
        fprintf(file, "L%.1f %.1f", x_of(f, d), y_of(f, d, low));
    fputs("z'/>\n", file);
}

static void draw_band(const fan *f, int low, int high, const char *opacity)
{
    for (size_t d = 0; d < f->days; d++) {
        size_t end = d;
        while (has(f, end))
            end++;
        if (end > d) {
            draw_part(f, d, end, low, high, opacity);
            d = end;
        }
    }
}

static void draw_median(const fan *f)
{
    FILE *file = f->frame.file;
    fputs("<path class='curve0' fill='none' stroke='#0072b2' stroke-width='1.8' "
          "stroke-linejoin='round' stroke-linecap='round' d='",
          file);
    for (size_t d = 0; d < f->days; d++)
        if (has(f, d))
            fprintf(file, "%s%.1f %.1f%s", d > 0 && has(f, d - 1) ? "L" : "M", x_of(f, d),
                    y_of(f, d, 2), d == 0 && !has(f, 1) ? "h.1" : "");
    fputs("'/>\n", file);
}

static void draw_legend(const stp_frame *frame)
{
    static const struct {
        const char *word, *opacity;
    } BANDS[2] = {{"half of the runs", ".45"}, {"nine in ten", ".18"}};
    double x = frame->left;
    fprintf(frame->file,
            "<path class='curve0' d='M%.1f 13h22' stroke='#0072b2' "
            "stroke-width='2.4'/>",
            x);
    x = stp_frame_word(frame, x, "median");
    for (int k = 0; k < 2; k++) {
        fprintf(frame->file,
                "<rect class='fan' x='%.1f' y='7' width='22' height='12' fill='#0072b2' "
                "fill-opacity='%s'/>",
                x, BANDS[k].opacity);
        x = stp_frame_word(frame, x, BANDS[k].word);
    }
    stp_frame_unit(frame);
}

void stp_many_draw_fan(FILE *file, const stp_report *report, const stp_figure *figure,
                       stp_daily_series which)
{
    const stp_many *m = report->many;
    const double *values = m->series_of[which];
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < m->day_count * STP_FAN; i++)
        if (stp_axis_shows(values[i])) {
            low = fmin(low, values[i]);
            high = fmax(high, values[i]);
        }
    fan f = {stp_frame_begin(file, report, figure, low, high), values, m->day_count,
             24 / report->series.step_hours, shift_of(which)};
    draw_band(&f, 0, 4, ".18");
    draw_band(&f, 1, 3, ".33");
    draw_median(&f);
    draw_legend(&f.frame);
    stp_frame_end(&f.frame);
}

/* ---- numbers ---- */

void stp_many_write_fan_data(FILE *file, const stp_report *report)
{
    enum { PARTS_COUNT = 100, PARTS_SHARE = 100000 };
    const stp_many *m = report->many;
    stp_figure figures[STP_DAILY_SERIES_COUNT];
    stp_daily_series which[STP_DAILY_SERIES_COUNT];
    size_t count = stp_many_fans(report, figures, which);
    fprintf(file, "\"days\":%zu,\"charts\":[", m->day_count);
    for (size_t i = 0; i < count; i++) {
        int parts = figures[i].values == STP_VALUES_COUNT ? PARTS_COUNT : PARTS_SHARE;
        fputs(i ? ",\n" : "", file);
        stp_report_write_chart_head(file, &figures[i], parts);
        fprintf(file, "\"shift\":%g,\"values\":[", shift_of(which[i]));
        for (size_t k = 0; k < STP_FAN; k++) {
            stp_packer packer = {.file = file};
            fputs(k ? ",\"" : "\"", file);
            for (size_t d = 0; d < m->day_count; d++)
                stp_pack_real(&packer, m->series_of[which[i]][d * STP_FAN + k], parts);
            stp_pack_end(&packer);
            putc('"', file);
        }
        fputs("]}", file);
    }
    fputs("],\n", file);
}

void stp_many_fan_csv(FILE *file, const stp_report *report, stp_daily_series which)
{
    const stp_many *m = report->many;
    char day[STEPPE_TIME_TEXT];
    fputs("day,date,q05,q25,q50,q75,q95\n", file);
    for (size_t d = 0; d < m->day_count; d++) {
        fprintf(file, "%zu,%s", d + 1, steppe_scenario_day(report->scenario, d, day));
        for (int k = 0; k < STP_FAN; k++) {
            double value = m->series_of[which][d * STP_FAN + (size_t)k];
            putc(',', file);
            stp_csv_number(file, value);
        }
        putc('\n', file);
    }
}

static void write_value(FILE *file, const stp_figure *figure, double value)
{
    char words[STP_COUNT_TEXT];
    stp_html_cell(file, value,
                  figure->values == STP_VALUES_COUNT ? stp_count_words(value, words)
                                                     : stp_share_words(value, words));
}

static void write_table(FILE *file, const stp_report *report, const stp_figure *figure,
                        stp_daily_series which)
{
    const stp_many *m = report->many;
    char day[STEPPE_TIME_TEXT], words[64];
    fprintf(file,
            "<details><summary>The numbers</summary><div class='scroll'><table>"
            "<caption>%s, %s: what so many of the runs are below</caption><thead><tr>"
            "<th scope='col'>Day</th><th scope='col'>5 %%</th><th scope='col'>25 %%</th>"
            "<th scope='col'>50 %%</th><th scope='col'>75 %%</th><th scope='col'>95 %%"
            "</th></tr></thead><tbody>\n",
            figure->title, figure->unit);
    for (size_t d = 0; d < m->day_count; d++) {
        steppe_scenario_day(report->scenario, d, day);
        fputs("<tr><th scope='row'>", file);
        stp_html_text(file, stp_date_words(day, 1, words, sizeof words));
        fputs("</th>", file);
        for (int k = 0; k < STP_FAN; k++)
            write_value(file, figure, m->series_of[which][d * STP_FAN + (size_t)k]);
        fputs("</tr>\n", file);
    }
    fputs("</tbody></table></div></details>\n", file);
}

/* Is anything of the events drawn, such as a date? */
static bool draws_events(const stp_many *m)
{
    for (size_t k = 0; k < m->factor_count; k++)
        if (strncmp(m->factors[k].path, "events.", 7) == 0)
            return true;
    return false;
}

static bool has_fans(const stp_report *report)
{
    stp_figure figures[STP_DAILY_SERIES_COUNT];
    stp_daily_series which[STP_DAILY_SERIES_COUNT];
    return stp_many_fans(report, figures, which) > 0;
}

static int write_fans(FILE *file, const stp_report *report)
{
    stp_figure figures[STP_DAILY_SERIES_COUNT];
    stp_daily_series which[STP_DAILY_SERIES_COUNT];
    size_t count = stp_many_fans(report, figures, which);
    fputs("<p class='note'>Each day for itself: the median of the runs, and within what "
          "half of them and nine in ten of them lie. The line is no run: single runs "
          "rise and fall more sharply. Dotted lines are events, numbered below",
          file);
    fputs(draws_events(report->many)
              ? "; what is drawn of them is at its default here.</p>\n"
              : ".</p>\n",
          file);
    fputs(
        "<p class='note interactive' hidden>Point at a chart to read that day in all of "
        "them; drag to zoom, double-click to see everything again.</p>\n<div "
        "class='charts fans'>\n",
        file);
    for (size_t i = 0; i < count; i++) {
        const stp_figure *f = &figures[i];
        stp_report_begin_chart(file, f, i);
        stp_many_draw_fan(file, report, f, which[i]);
        stp_report_caption_chart(file, report, f);
        write_table(file, report, f, which[i]);
        fputs("</figure>\n", file);
    }
    fputs("</div>\n", file);
    stp_report_write_events(file, report);
    return STEPPE_OK;
}

const stp_report_section stp_section_fans = {"over-time", "Over time", has_fans,
                                             write_fans};
