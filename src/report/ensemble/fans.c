/* The time series of an ensemble over days, as fans. */
#include "report/ensemble/ensemble.h"
#include "report/format/html.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const stp_time_chart FANS[STP_DAILY_SERIES_COUNT] = {
    {.name = "active",
     .title = "Citizens in the street",
     .unit = "residents",
     .note = "Mean of each day."},
    {.name = "violent",
     .title = "Violent citizens",
     .unit = "residents",
     .note = "Mean of each day."},
    {.name = "detention",
     .title = "People held",
     .unit = "residents",
     .note = "In detention at the end of each day."},
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

size_t stp_fans_list(const stp_report *report, stp_time_chart *charts,
                     stp_daily_series *which)
{
    size_t count = 0;
    for (int c = 0; c < STP_DAILY_SERIES_COUNT; c++)
        if (report->runs->series_of[c]) {
            charts[count] = FANS[c];
            which[count++] = (stp_daily_series)c;
        }
    return count;
}

/* ---- the picture ---- */

typedef struct fan {
    stp_chart_frame frame;
    const double *values; /* [day * STP_FAN + k] */
    size_t days;
    double day_steps, shift; /* shift: of the day's value, in days */
} fan;

/* Where in a day its value stands: a mean in the middle, else at the end. */
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
    return stp_chart_frame_x(&f->frame,
                             fmin(steps, ((double)day + f->shift) * f->day_steps));
}

static double y_of(const fan *f, size_t day, int k)
{
    return stp_chart_frame_y(&f->frame, f->values[day * STP_FAN + (size_t)k]);
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

static void draw_legend(const stp_chart_frame *frame)
{
    static const struct {
        const char *word, *opacity;
    } BANDS[2] = {{"half of the runs", ".45"}, {"nine in ten", ".18"}};
    double x = frame->left;
    fprintf(frame->file,
            "<path class='curve0' d='M%.1f 13h22' stroke='#0072b2' "
            "stroke-width='2.4'/>",
            x);
    x = stp_chart_frame_word(frame, x, "median");
    for (int k = 0; k < 2; k++) {
        fprintf(frame->file,
                "<rect class='fan' x='%.1f' y='7' width='22' height='12' fill='#0072b2' "
                "fill-opacity='%s'/>",
                x, BANDS[k].opacity);
        x = stp_chart_frame_word(frame, x, BANDS[k].word);
    }
    stp_chart_frame_unit(frame);
}

int stp_fan_draw(FILE *file, const stp_report *report, const void *what, int which)
{
    const stp_runs *m = report->runs;
    const double *values = m->series_of[which];
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < m->day_count * STP_FAN; i++)
        if (stp_axis_shows(values[i])) {
            low = fmin(low, values[i]);
            high = fmax(high, values[i]);
        }
    fan f = {stp_chart_frame_begin(file, report, what, low, high), values, m->day_count,
             24 / report->series.step_hours, shift_of((stp_daily_series)which)};
    draw_band(&f, 0, 4, ".18");
    draw_band(&f, 1, 3, ".33");
    draw_median(&f);
    draw_legend(&f.frame);
    stp_chart_frame_end(&f.frame);
    return STEPPE_OK;
}

/* ---- numbers ---- */

void stp_fans_write_data(FILE *file, const stp_report *report)
{
    enum { PARTS_COUNT = 100, PARTS_SHARE = 100000 };
    const stp_runs *m = report->runs;
    stp_time_chart charts[STP_DAILY_SERIES_COUNT];
    stp_daily_series which[STP_DAILY_SERIES_COUNT];
    size_t count = stp_fans_list(report, charts, which);
    fprintf(file, "\"days\":%zu,\"charts\":[", m->day_count);
    for (size_t i = 0; i < count; i++) {
        int parts = charts[i].values == STP_VALUES_COUNT ? PARTS_COUNT : PARTS_SHARE;
        fputs(i ? ",\n" : "", file);
        stp_time_chart_write_head(file, &charts[i], parts);
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

/* "5 January 2022", or "steps 25–48" where a scenario has no dates. */
static const char *day_words(const stp_report *report, size_t d, char words[64])
{
    char day[STEPPE_TIME_TEXT];
    double day_steps = 24 / report->series.step_hours;
    if (stp_scenario_dated(report->scenario))
        return stp_date_words(steppe_scenario_day(report->scenario, d, day), 1, words,
                              64);
    snprintf(words, 64, "steps %.0f–%.0f", floor((double)d * day_steps) + 1,
             fmin((double)report->series.steps, floor((double)(d + 1) * day_steps)));
    return words;
}

static steppe_table *fan_table(const stp_report *report, const stp_time_chart *chart,
                               stp_daily_series which)
{
    typedef struct row {
        size_t day;
        char date[STEPPE_TIME_TEXT], words[64];
        double values[STP_FAN];
    } row;
    static const struct {
        const char *key, *title;
    } QUANTILES[STP_FAN] = {{"q05", "5 %"},
                            {"q25", "25 %"},
                            {"q50", "50 %"},
                            {"q75", "75 %"},
                            {"q95", "95 %"}};
    const stp_runs *m = report->runs;
    steppe_column columns[3 + STP_FAN] = {{NULL,
                                           stp_scenario_dated(report->scenario) ? "Day"
                                                                                : "Steps",
                                           STEPPE_FIELD(row, words)},
                                          {"day", NULL, STEPPE_FIELD(row, day)},
                                          {"date", NULL, STEPPE_FIELD(row, date)}};
    for (int k = 0; k < STP_FAN; k++)
        columns[3 + k] = stp_time_chart_column(chart, QUANTILES[k].key,
                                               QUANTILES[k].title,
                                               offsetof(row, values[k]));
    steppe_table *table = steppe_table_create(columns, sizeof columns / sizeof *columns);
    for (size_t d = 0; d < m->day_count; d++) {
        row r = {.day = d + 1};
        steppe_scenario_day(report->scenario, d, r.date);
        day_words(report, d, r.words);
        memcpy(r.values, m->series_of[which] + d * STP_FAN, sizeof r.values);
        steppe_table_add(table, &r);
    }
    return table;
}

int stp_fan_csv(FILE *file, const stp_report *report, const void *what, int which)
{
    return stp_table_put_csv(file, report->context,
                             fan_table(report, what, (stp_daily_series)which));
}

/* Is anything of the events drawn, such as a date? */
static bool draws_events(const stp_runs *m)
{
    for (size_t k = 0; k < m->factor_count; k++)
        if (strncmp(m->factors[k].path, "events.", 7) == 0)
            return true;
    return false;
}

static bool has_fans(const stp_report *report)
{
    stp_time_chart charts[STP_DAILY_SERIES_COUNT];
    stp_daily_series which[STP_DAILY_SERIES_COUNT];
    return stp_fans_list(report, charts, which) > 0;
}

static void write_note(FILE *file, const stp_report *report)
{
    const stp_runs *m = report->runs;
    fputs(
        "<p class='note'>Each day by itself: the median of the runs, and the bands that "
        "half of them and nine in ten of them lie in. The line is no run: single runs "
        "rise and fall more sharply.",
        file);
    if (m->took_off > 0 && m->took_off < m->counts[STP_OUTCOME_CITIZEN_HOURS])
        fprintf(
            file,
            " The runs are of two kinds, with unrest (%zu) and calm (%zu): the median "
            "may show neither.",
            m->took_off, m->counts[STP_OUTCOME_CITIZEN_HOURS] - m->took_off);
    if (report->event_count > 0)
        fputs(draws_events(m) ? " Dotted lines are scripted events at their default "
                                "dates, numbered below."
                              : " Dotted lines are scripted events, numbered below.",
              file);
    fputs("</p>\n<p class='note interactive' hidden>Point at a chart to read that day in "
          "all of them; drag to zoom, double-click to see everything again.</p>\n",
          file);
}

static int write_fans(FILE *file, const stp_report *report)
{
    stp_time_chart charts[STP_DAILY_SERIES_COUNT];
    stp_daily_series which[STP_DAILY_SERIES_COUNT];
    size_t count = stp_fans_list(report, charts, which);
    write_note(file, report);
    fputs("<div class='charts fans'>\n", file);
    for (size_t i = 0; i < count; i++) {
        stp_time_chart_begin(file, &charts[i], i);
        stp_fan_draw(file, report, &charts[i], (int)which[i]);
        stp_time_chart_caption(file, report, &charts[i]);
        int status = stp_table_put_html(
            file, report->context, fan_table(report, &charts[i], which[i]),
            &(stp_table_frame){"The numbers", .caption = "Quantiles of the runs"});
        if (status != STEPPE_OK)
            return status;
        fputs("</figure>\n", file);
    }
    fputs("</div>\n", file);
    stp_write_events(file, report);
    return STEPPE_OK;
}

const stp_page_section stp_section_fans = {"over-time", "Over time", has_fans,
                                           write_fans};
