#include "report/charts/time_chart.h"

#include "report/format/html.h"
#include "report/svg/draw.h"
#include "report/svg/path.h"

#include <math.h>
#include <string.h>

static const double WIDTH = 600, HEIGHT = 268, IMPRINT = 22, RIGHT = 14, TOP = 44,
                    FOOT = 30, TEXT = 12, NUMBER = 34;

/* Of Okabe and Ito (2008), and ink for their yellow; the dashes do without colour. */
static const struct {
    const char *colour, *dashes;
} STYLES[STP_MAX_CHART_CURVES] = {{"#0072b2", ""},
                                  {"#d55e00", " stroke-dasharray='6 3'"},
                                  {"#009e73", " stroke-dasharray='2 2'"},
                                  {"#cc79a7", " stroke-dasharray='9 3 2 3'"},
                                  {"#e69f00", " stroke-dasharray='12 3'"},
                                  {"#56b4e9", " stroke-dasharray='4 2 1 2 1 2'"},
                                  {"#1b2530", " stroke-dasharray='1 3'"},
                                  {"#8a949c", ""}};

/* The legend: two curves in a row, where their words end; more in columns. */
enum { LEGEND_COLUMNS = 3 };
static const double LEGEND_ROW = 17, COLUMN_WORD = 106;

typedef stp_chart_frame frame;

steppe_column stp_time_chart_column(const stp_time_chart *chart, const char *key,
                                    const char *title, size_t offset)
{
    bool share = chart->values == STP_VALUES_SHARE || chart->values == STP_VALUES_PART;
    return (steppe_column){.key = key,
                           .title = title,
                           .cell = chart->values == STP_VALUES_COUNT ? STEPPE_CELL_COUNT
                                   : share                           ? STEPPE_CELL_FIXED
                                                                     : STEPPE_CELL_NUMBER,
                           .decimals = share ? 3 : 4,
                           .offset = offset,
                           .field = STEPPE_FIELD_REAL};
}

double stp_chart_frame_x(const frame *f, double step)
{
    return f->left + f->width * step / (double)f->report->series.steps;
}

double stp_chart_frame_y(const frame *f, double value)
{
    return f->top + f->height * (1 - (value - f->y.low) / (f->y.high - f->y.low));
}

static frame frame_of(FILE *file, const stp_report *report, const stp_time_chart *chart,
                      double low, double high)
{
    size_t rows = chart->count > 2 ? (chart->count - 1) / LEGEND_COLUMNS : 0;
    frame f = {.file = file,
               .report = report,
               .chart = chart,
               .top = TOP + LEGEND_ROW * (double)rows,
               .height = HEIGHT - TOP - FOOT};
    if (chart->values == STP_VALUES_SHARE)
        low = 0, high = 1;
    if (chart->values == STP_VALUES_AMOUNT)
        low = fmin(0, low);
    f.y = stp_axis_upwards(low, high, f.height, TEXT);
    f.left = fmax(38, stp_axis_label_width(&f.y, TEXT) + 14);
    f.width = WIDTH - f.left - RIGHT;
    return f;
}

static void draw_grid(const frame *f)
{
    char text[STP_AXIS_TEXT];
    for (int64_t k = f->y.first; k <= f->y.last; k++) {
        double y = stp_chart_frame_y(f, stp_axis_tick(&f->y, k));
        fprintf(f->file, "<path class='grid' stroke='#e3e6e8' d='M%.1f %.1fh%.1f'/>\n",
                f->left, y, f->width);
        stp_svg_text(f->file, f->left - 6, y + 4, TEXT, "end", STP_PALE,
                     stp_axis_label(&f->y, k, text));
    }
}

static void put_tick(const frame *f, double step, const char *words)
{
    double x = stp_chart_frame_x(f, step), foot = f->top + f->height;
    bool first = x<f->left + 16, last = x> WIDTH - RIGHT - 12;
    fprintf(f->file, "<path d='M%.1f %.1fv4' stroke='#8a949c'/>", x, foot);
    stp_svg_text(f->file, x, foot + 18, TEXT,
                 first  ? "start"
                 : last ? "end"
                        : "middle",
                 STP_PALE, words);
}

/* Midnights, as many as fit; of long runs the first of a month. */
static void draw_dates(const frame *f)
{
    static const int EVERY[] = {1, 2, 3, 4, 7, 14};
    const steppe_scenario *s = f->report->scenario;
    double days = (double)f->report->series.steps * f->report->series.step_hours / 24;
    int every = 0, day = 0;
    for (size_t i = 0; i < sizeof EVERY / sizeof *EVERY && every == 0; i++)
        if (days / EVERY[i] <= f->width / 46)
            every = EVERY[i];
    char before[STEPPE_TIME_TEXT], time[STEPPE_TIME_TEXT], words[32];
    steppe_scenario_time(s, 0, before);
    for (size_t step = 0; step <= f->report->series.steps; step++) {
        steppe_scenario_time(s, step, time);
        bool midnight = step == 0 || strncmp(time, before, 10) != 0;
        memcpy(before, time, sizeof before);
        if (!midnight)
            continue;
        if (every > 0 && days <= 75 ? day % every == 0 : strncmp(time + 8, "01", 2) == 0)
            put_tick(f, (double)step, stp_day_words(time, words, sizeof words));
        day++;
    }
}

/* The time of a scenario without dates. */
static void draw_steps(const frame *f)
{
    double steps = (double)f->report->series.steps;
    stp_axis axis = stp_axis_across(0, steps, f->width, TEXT);
    char text[STP_AXIS_TEXT], words[STP_AXIS_TEXT + 8];
    for (int64_t k = axis.first; k <= axis.last; k++) {
        double step = stp_axis_tick(&axis, k);
        snprintf(words, sizeof words, "%s%s", step > 0 ? "" : "step ",
                 stp_axis_label(&axis, k, text));
        if (step <= steps)
            put_tick(f, step, words);
    }
}

static double event_x(const frame *f, size_t index)
{
    steppe_event_info event = stp_report_event(f->report, index);
    return stp_chart_frame_x(f, (double)(event.step > 0 ? event.step - 1 : 0));
}

/* Events `first` to `last` as one mark, with their titles for who points at it. */
static void draw_mark(const frame *f, size_t first, size_t last)
{
    char words[48];
    double x = event_x(f, first), end = event_x(f, last);
    snprintf(words, sizeof words, last > first ? "%zu–%zu" : "%zu", first + 1, last + 1);
    fprintf(f->file,
            "<path d='M%.1f %.1fV%.1f' stroke='#b09a6a' stroke-opacity='.7' "
            "stroke-width='.8' stroke-dasharray='2 2'/><path d='M%.1f %.1fH%.1f' "
            "stroke='#b09a6a' stroke-width='4'><title>",
            x, f->top - 4, f->top + f->height, x - 1, f->top - 4, end + 1);
    for (size_t i = first; i <= last; i++) {
        fprintf(f->file, "%s%zu ", i > first ? "\n" : "", i + 1);
        stp_html_text(f->file, stp_report_event(f->report, i).title);
    }
    fputs("</title></path>\n", f->file);
    stp_svg_text(f->file, (x + end) / 2, f->top - 9, 9.5, "middle",
                 (stp_paint){"mark", "#6b5b3e"}, words);
}

/* Events whose numbers would collide share a mark: "3–7". */
static void draw_events(const frame *f)
{
    const size_t count = f->report->event_count;
    fputs("<g class='marks'>\n", f->file);
    for (size_t first = 0, last; first < count; first = last + 1) {
        for (last = first; last + 1 < count; last++) {
            double middle = (event_x(f, first) + event_x(f, last)) / 2;
            if (event_x(f, last + 1) > middle + NUMBER)
                break;
        }
        draw_mark(f, first, last);
    }
    fputs("</g>\n", f->file);
}

static void draw_curve(const frame *f, size_t index)
{
    const double *values = f->chart->curves[index];
    stp_path path = {.file = f->file};
    fprintf(f->file,
            "<path class='curve%zu' fill='none' stroke='%s' stroke-width='1.7' "
            "stroke-linejoin='round'%s d='",
            index, STYLES[index].colour, STYLES[index].dashes);
    for (size_t i = 0; i < f->report->series.steps; i++) {
        if (!stp_axis_shows(values[i]))
            stp_path_lift(&path);
        else
            stp_path_to(&path,
                        (stp_spot){lround(10 * stp_chart_frame_x(f, (double)i + 1)),
                                   lround(10 * stp_chart_frame_y(f, values[i]))});
    }
    stp_path_lift(&path);
    fputs("'/>\n", f->file);
}

double stp_chart_frame_word(const frame *f, double x, const char *word)
{
    stp_svg_text(f->file, x + 28, 17, TEXT, "start", STP_INK, word);
    return x + 28 + stp_label_width(word, strlen(word), TEXT) + 20;
}

void stp_chart_frame_unit(const frame *f)
{
    stp_svg_text(f->file, WIDTH - RIGHT, 17, TEXT, "end", STP_PALE, f->chart->unit);
}

static void draw_legend(const frame *f)
{
    double x = f->left, y = 13;
    bool columns = f->chart->count > 2;
    for (size_t c = 0; c < f->chart->count; c++) {
        if (columns) {
            x = f->left + (COLUMN_WORD + 44) * (double)(c % LEGEND_COLUMNS);
            const size_t row = c / LEGEND_COLUMNS;
            y = 13 + LEGEND_ROW * (double)row;
        }
        fprintf(f->file,
                "<path class='curve%zu' d='M%.1f %.1fh22' fill='none' stroke='%s' "
                "stroke-width='2.4'%s/>",
                c, x, y, STYLES[c].colour, STYLES[c].dashes);
        if (columns)
            stp_svg_fitted(f->file, x + 28, y + 4, COLUMN_WORD, TEXT, "start", STP_INK,
                           f->chart->labels[c]);
        else
            x = stp_chart_frame_word(f, x, f->chart->labels[c]);
    }
    stp_chart_frame_unit(f);
}

/* The page says this around it. */
void stp_chart_frame_end(const frame *f)
{
    fprintf(f->file,
            "<text class='imprint' x='%.1f' y='%.1f' fill='#55606a' font-size='10.5'>",
            f->left, HEIGHT + f->top - TOP + 10);
    stp_html_text(f->file, f->chart->title);
    fputs(", ", f->file);
    stp_html_text(f->file, f->chart->unit);
    fputs(". ", f->file);
    stp_write_source(f->file, f->report);
    fputs("</text>\n</svg>\n", f->file);
}

frame stp_chart_frame_begin(FILE *file, const stp_report *report,
                            const stp_time_chart *chart, double low, double high)
{
    frame f = frame_of(file, report, chart, low, high);
    stp_svg_open(file, WIDTH, HEIGHT + f.top - TOP + IMPRINT, chart->title, "");
    draw_grid(&f);
    draw_events(&f);
    fprintf(file, "<path d='M%.1f %.1fh%.1f' stroke='#8a949c'/>\n", f.left,
            f.top + f.height, f.width);
    (stp_scenario_dated(report->scenario) ? draw_dates : draw_steps)(&f);
    return f;
}

int stp_time_chart_draw(FILE *file, const stp_report *report, const void *what, int which)
{
    const stp_time_chart *chart = what;
    double low = INFINITY, high = -INFINITY;
    (void)which;
    for (size_t c = 0; c < chart->count; c++)
        for (size_t i = 0; i < report->series.steps; i++) {
            double value = chart->curves[c][i];
            low = stp_axis_shows(value) ? fmin(low, value) : low;
            high = stp_axis_shows(value) ? fmax(high, value) : high;
        }
    frame f = stp_chart_frame_begin(file, report, chart, low, high);
    for (size_t c = chart->count; c-- > 0;)
        draw_curve(&f, c);
    draw_legend(&f);
    stp_chart_frame_end(&f);
    return STEPPE_OK;
}

void stp_time_chart_begin(FILE *file, const stp_time_chart *chart, size_t index)
{
    fprintf(file,
            "<figure class='chart' aria-labelledby='chart-%s' data-chart='%zu' "
            "data-name='%s'>\n<h3 id='chart-%s'>%s "
            "<span class='unit'>%s</span></h3>\n<div class='plot' hidden></div>"
            "<div class='still'>\n",
            chart->name, index, chart->name, chart->name, chart->title, chart->unit);
}

void stp_time_chart_caption(FILE *file, const stp_report *report,
                            const stp_time_chart *chart)
{
    fprintf(file, "</div>\n<figcaption>%s ", chart->note);
    stp_write_source(file, report);
    fputs("</figcaption>\n", file);
}

void stp_time_chart_write_head(FILE *file, const stp_time_chart *chart, int parts)
{
    static const char *const VALUES[] = {"count", "share", "part", "amount"};
    fprintf(file,
            "{\"name\":\"%s\",\"title\":\"%s\",\"unit\":\"%s\",\"is\":\"%s\","
            "\"parts\":%d,",
            chart->name, chart->title, chart->unit, VALUES[chart->values], parts);
}
