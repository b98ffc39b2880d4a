#include "report/charts/timeline.h"

#include "report/format/html.h"
#include "report/svg/label.h"
#include "report/svg/path.h"

#include <math.h>
#include <string.h>

static const double WIDTH = 600, HEIGHT = 268, IMPRINT = 22, RIGHT = 14, TOP = 44,
                    FOOT = 30, TEXT = 12;

/* Of Okabe and Ito (2008), and ink for their yellow; the dashes do without colour. */
static const struct {
    const char *colour, *dashes;
} STYLES[STP_FIGURE_CURVES] = {{"#0072b2", ""},
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

typedef stp_frame frame;

double stp_frame_x(const frame *f, double step)
{
    return f->left + f->width * step / (double)f->report->series.steps;
}

double stp_frame_y(const frame *f, double value)
{
    return f->top + f->height * (1 - (value - f->y.low) / (f->y.high - f->y.low));
}

static frame frame_of(FILE *file, const stp_report *report, const stp_figure *figure,
                      double low, double high)
{
    size_t rows = figure->count > 2 ? (figure->count - 1) / LEGEND_COLUMNS : 0;
    frame f = {.file = file,
               .report = report,
               .figure = figure,
               .top = TOP + LEGEND_ROW * (double)rows,
               .height = HEIGHT - TOP - FOOT};
    if (figure->values == STP_VALUES_SHARE)
        low = 0, high = 1;
    if (figure->values == STP_VALUES_AMOUNT)
        low = fmin(0, low);
    f.y = stp_axis_upwards(low, high, f.height, TEXT);
    f.left = fmax(38, stp_axis_label_width(&f.y, TEXT) + 14);
    f.width = WIDTH - f.left - RIGHT;
    return f;
}

static void draw_grid(const frame *f)
{
    char text[STP_AXIS_TEXT];
    fputs("<g class='grid' stroke='#e3e6e8'>\n", f->file);
    for (int64_t k = f->y.first; k <= f->y.last; k++)
        fprintf(f->file, "<path d='M%.1f %.1fh%.1f'/>\n", f->left,
                stp_frame_y(f, stp_axis_tick(&f->y, k)), f->width);
    fputs("</g>\n<g class='pale' text-anchor='end' fill='#55606a'>\n", f->file);
    for (int64_t k = f->y.first; k <= f->y.last; k++)
        fprintf(f->file, "<text x='%.1f' y='%.1f'>%s</text>\n", f->left - 6,
                stp_frame_y(f, stp_axis_tick(&f->y, k)) + 4,
                stp_axis_label(&f->y, k, text));
    fputs("</g>\n", f->file);
}

static void put_tick(const frame *f, double step, const char *words)
{
    double x = stp_frame_x(f, step), foot = f->top + f->height;
    fprintf(f->file, "<path d='M%.1f %.1fv4' stroke='#8a949c'/>", x, foot);
    if (x < f->left + 16 || x > WIDTH - RIGHT - 12)
        fprintf(f->file, "<text x='%.1f' y='%.1f' text-anchor='%s'>", x, foot + 18,
                x < f->left + 16 ? "start" : "end");
    else
        fprintf(f->file, "<text x='%.1f' y='%.1f'>", x, foot + 18);
    stp_html_text(f->file, words);
    fputs("</text>\n", f->file);
}

/* Midnights, not more than have room; of long runs the first of a month. */
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

static void draw_hours(const frame *f)
{
    double hours = (double)f->report->series.steps * f->report->series.step_hours;
    stp_axis axis = stp_axis_across(0, hours, f->width, TEXT);
    char text[STP_AXIS_TEXT], words[STP_AXIS_TEXT + 8];
    for (int64_t k = axis.first; k <= axis.last; k++) {
        double step = stp_axis_tick(&axis, k) / f->report->series.step_hours;
        snprintf(words, sizeof words, "%s h", stp_axis_label(&axis, k, text));
        if (step <= (double)f->report->series.steps)
            put_tick(f, step, words);
    }
}

static void draw_time(const frame *f)
{
    fprintf(f->file,
            "<path d='M%.1f %.1fh%.1f' stroke='#8a949c'/>\n"
            "<g class='pale' text-anchor='middle' fill='#55606a'>\n",
            f->left, f->top + f->height, f->width);
    if (stp_scenario_dated(f->report->scenario))
        draw_dates(f);
    else
        draw_hours(f);
    fputs("</g>\n", f->file);
}

/* Thin lines with the event's number above, where there is room for it. */
static void draw_events(const frame *f)
{
    double free_from = 0;
    fputs("<g class='marks' font-size='9.5' text-anchor='middle' fill='#6b5b3e'>\n",
          f->file);
    for (size_t i = 0; i < f->report->event_count; i++) {
        steppe_event_info event = stp_report_event(f->report, i);
        double x = stp_frame_x(f, (double)(event.step > 0 ? event.step - 1 : 0));
        fprintf(f->file,
                "<path d='M%.1f %.1fV%.1f' stroke='#b09a6a' stroke-opacity='.55' "
                "stroke-width='.8' stroke-dasharray='2 2'><title>%zu ",
                x, f->top - 4, f->top + f->height, i + 1);
        stp_html_text(f->file, event.title);
        fputs("</title></path>\n", f->file);
        if (x >= free_from) {
            fprintf(f->file, "<text x='%.1f' y='%.1f'>%zu</text>\n", x, f->top - 8,
                    i + 1);
            free_from = x + (i >= 9 ? 15 : 10);
        }
    }
    fputs("</g>\n", f->file);
}

static void draw_curve(const frame *f, size_t index)
{
    const double *values = f->figure->curves[index];
    stp_path path = {.file = f->file};
    fprintf(f->file,
            "<path class='curve%zu' fill='none' stroke='%s' stroke-width='1.7' "
            "stroke-linejoin='round'%s d='",
            index, STYLES[index].colour, STYLES[index].dashes);
    for (size_t i = 0; i < f->report->series.steps; i++) {
        if (!stp_axis_shows(values[i]))
            stp_path_lift(&path);
        else
            stp_path_to(&path, (stp_spot){lround(10 * stp_frame_x(f, (double)i + 1)),
                                          lround(10 * stp_frame_y(f, values[i]))});
    }
    stp_path_lift(&path);
    fputs("'/>\n", f->file);
}

double stp_frame_word(const stp_frame *f, double x, const char *word)
{
    fprintf(f->file, "<text class='ink' x='%.1f' y='17'>", x + 28);
    stp_html_text(f->file, word);
    fputs("</text>\n", f->file);
    return x + 28 + stp_label_width(word, strlen(word), TEXT) + 20;
}

void stp_frame_unit(const stp_frame *f)
{
    fprintf(f->file,
            "<text class='pale' x='%.1f' y='17' text-anchor='end' fill='#55606a'>",
            WIDTH - RIGHT);
    stp_html_text(f->file, f->figure->unit);
    fputs("</text>\n", f->file);
}

/* The word of a curve in its column of the legend, which it is fitted into. */
static void put_column(const frame *f, double x, double y, const char *word)
{
    stp_label l = stp_label_fit(word, COLUMN_WORD, 1, TEXT, 8);
    for (int i = 0; i < l.count; i++) {
        fprintf(f->file, "<text class='ink' x='%.1f' y='%.1f' font-size='%.1f'", x + 28,
                y + 4, l.size);
        if (l.squeezed[i] > 0)
            fprintf(f->file, " textLength='%.1f' lengthAdjust='spacingAndGlyphs'",
                    l.squeezed[i]);
        putc('>', f->file);
        stp_label_write(f->file, l.lines[i], l.lengths[i]);
        fputs("</text>\n", f->file);
    }
}

static void draw_legend(const frame *f)
{
    double x = f->left, y = 13;
    bool columns = f->figure->count > 2;
    for (size_t c = 0; c < f->figure->count; c++) {
        if (columns) {
            size_t row = c / LEGEND_COLUMNS;
            x = f->left + (COLUMN_WORD + 44) * (double)(c % LEGEND_COLUMNS);
            y = 13 + LEGEND_ROW * (double)row;
        }
        fprintf(f->file,
                "<path class='curve%zu' d='M%.1f %.1fh22' fill='none' stroke='%s' "
                "stroke-width='2.4'%s/>",
                c, x, y, STYLES[c].colour, STYLES[c].dashes);
        if (columns)
            put_column(f, x, y, f->figure->labels[c]);
        else
            x = stp_frame_word(f, x, f->figure->labels[c]);
    }
    stp_frame_unit(f);
}

/* What it is and whence; the page says that around it. */
void stp_frame_end(const stp_frame *f)
{
    fprintf(f->file,
            "<text class='imprint' x='%.1f' y='%.1f' fill='#55606a' font-size='10.5'>",
            f->left, HEIGHT + f->top - TOP + 10);
    stp_html_text(f->file, f->figure->title);
    fputs(", ", f->file);
    stp_html_text(f->file, f->figure->unit);
    fputs(". ", f->file);
    stp_report_write_source(f->file, f->report);
    fputs("</text>\n</svg>\n", f->file);
}

stp_frame stp_frame_begin(FILE *file, const stp_report *report, const stp_figure *figure,
                          double low, double high)
{
    frame f = frame_of(file, report, figure, low, high);
    double height = HEIGHT + f.top - TOP + IMPRINT;
    fprintf(
        file,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %.0f %.0f' width='%.0f' "
        "height='%.0f' font-family='system-ui,Helvetica,Arial,sans-serif' "
        "font-size='12' fill='#1b2530' role='img'>\n<title>",
        WIDTH, height, WIDTH, height);
    stp_html_text(file, figure->title);
    fputs("</title>\n<rect class='sheet' width='100%' height='100%' fill='#fff'/>\n",
          file);
    draw_grid(&f);
    draw_events(&f);
    draw_time(&f);
    return f;
}

void stp_timeline_write(FILE *file, const stp_report *report, const stp_figure *figure)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t c = 0; c < figure->count; c++)
        for (size_t i = 0; i < report->series.steps; i++) {
            double value = figure->curves[c][i];
            low = stp_axis_shows(value) ? fmin(low, value) : low;
            high = stp_axis_shows(value) ? fmax(high, value) : high;
        }
    frame f = stp_frame_begin(file, report, figure, low, high);
    for (size_t c = figure->count; c-- > 0;)
        draw_curve(&f, c);
    draw_legend(&f);
    stp_frame_end(&f);
}
