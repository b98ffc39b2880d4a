/* The map with its slider, and the order in which unrest spread. */
#include "report/format/html.h"
#include "report/charts/map.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_PANELS = 12, PANEL_COLUMNS = 4 };

void stp_map_open(FILE *file, const stp_map *map, double below, const char *more)
{
    fprintf(
        file,
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %.0f %.0f' width='%.0f' "
        "height='%.0f' font-family='system-ui,Helvetica,Arial,sans-serif' role='img' "
        "%s>\n",
        map->width, map->height + below, map->width, map->height + below, more);
}

/* ---- the districts as a table ---- */

static void write_when(FILE *file, const stp_report *report, size_t step)
{
    char time[STEPPE_TIME_TEXT], words[64];
    if (step == 0) {
        fputs("–", file);
        return;
    }
    steppe_scenario_time(report->scenario, step, time);
    stp_html_text(file, stp_date_words(time, 0, words, sizeof words));
}

/* The district whose unrest began first of those not yet written; the count if there is none. */
static size_t next_district(const stp_report *report, const bool *written)
{
    size_t count = report->series.district_count, best = count;
    for (size_t i = 0; i < count; i++) {
        size_t mine = report->district_summaries[i].unrest
                          ? report->district_summaries[i].unrest
                          : SIZE_MAX;
        size_t its = best < count && report->district_summaries[best].unrest
                         ? report->district_summaries[best].unrest
                         : SIZE_MAX;
        if (!written[i] && (best == count || mine < its))
            best = i;
    }
    return best;
}

static void write_row(FILE *file, const stp_report *report, size_t i)
{
    const steppe_scenario *s = report->scenario;
    const stp_district_summary *f = &report->district_summaries[i];
    char words[STP_COUNT_TEXT];
    fputs("<tr><th scope='row'>", file);
    stp_html_text(file, s->places[i].name ? s->places[i].name : s->places[i].id);
    fputs("</th><td class='text'>", file);
    stp_html_text(file, s->places[i].unit >= 0 ? s->units[s->places[i].unit].name : "");
    fprintf(file, "</td><td>%s</td><td class='text'>",
            stp_count_words((double)stp_place_residents(s, i), words));
    write_when(file, report, f->unrest);
    fprintf(file, "</td><td>%s</td><td class='text'>", stp_count_words(f->peak, words));
    write_when(file, report, f->peak_step);
    fprintf(file, "</td><td>%s</td>", stp_count_words(f->arrests, words));
    if (report->series_of[STP_TOTAL_KILLED])
        fprintf(file, "<td>%s</td>", stp_count_words(f->killed, words));
    fputs("</tr>\n", file);
}

static int write_districts(FILE *file, const stp_report *report)
{
    size_t count = report->series.district_count;
    bool *written = calloc(count, sizeof *written);
    if (!written)
        return stp_no_memory(report->context);
    fprintf(
        file,
        "<details><summary>The numbers, district by district</summary>"
        "<div class='scroll'><table><caption>Districts in the order in which unrest "
        "began: "
        "the first time that %g residents of 1,000 were in the "
        "street</caption><thead><tr>"
        "<th scope='col'>District</th><th scope='col'>Unit</th><th scope='col'>Residents"
        "</th><th scope='col'>Unrest began</th><th scope='col'>Most in the street</th>"
        "<th scope='col'>when</th><th scope='col'>Arrests</th>%s</tr></thead><tbody>\n",
        1000 * report->scenario->outcome.unrest_share.value,
        report->series_of[STP_TOTAL_KILLED] ? "<th scope='col'>Deaths</th>" : "");
    for (size_t i; (i = next_district(report, written)) < count;) {
        written[i] = true;
        write_row(file, report, i);
    }
    fputs("</tbody></table></div></details>\n", file);
    free(written);
    return STEPPE_OK;
}

/* ---- the map ---- */

static void write_controls(FILE *file, const stp_report *report)
{
    fputs("<div class='controls' hidden>\n<div class='measures' role='radiogroup' "
          "aria-label='What the map shows'>\n",
          file);
    for (int m = 0; m < STP_MAP_MEASURES; m++)
        if (stp_map_measured(report, (stp_map_measure)m))
            fprintf(
                file,
                "<label><input type='radio' name='measure' value='%d'%s><span>%s%s</span>"
                "</label>\n",
                m, m == 0 ? " checked" : "", stp_map_names[m], m ? " so far" : "");
    fputs(
        "</div>\n<div class='player'><button type='button' class='play' "
        "aria-label='Play'><svg viewBox='0 0 20 20' width='20' height='20' "
        "aria-hidden='true'>"
        "<path class='go' d='M5 3l12 7-12 7z'/><path class='halt' d='M5 3h4v14H5zM11 "
        "3h4v14h-4z'/>"
        "</svg></button>\n<div class='track'><div class='ticks' aria-hidden='true'></div>"
        "<svg class='pulse' viewBox='0 0 600 40' preserveAspectRatio='none' "
        "aria-hidden='true'>"
        "</svg>"
        "<input type='range' class='time' min='0' max='0' value='0' step='1' "
        "aria-label='Time'></div></div>\n</div>\n",
        file);
}

/* What the colours mean, for each measure; the first is shown. */
static void write_keys(FILE *file, const stp_map *map)
{
    for (int m = 0; m < STP_MAP_MEASURES; m++) {
        if (!stp_map_measured(map->report, (stp_map_measure)m))
            continue;
        fprintf(file,
                "<div class='key' data-measure='%d'%s><span>%s%s, per 100,000 residents:"
                "</span>\n",
                m, m ? " hidden" : "", stp_map_names[m], m ? " so far" : "");
        for (int i = 0; i < STP_MAP_CLASSES; i++) {
            char words[48];
            stp_map_class_words(map->cuts[m], i, words, sizeof words);
            fprintf(file, "<span><i class='c%d'></i>%s</span>\n", i, words);
        }
        fputs("</div>\n", file);
    }
}

void stp_map_write_credit(FILE *file, const stp_report *report)
{
    if (report->boundaries.count == 0 || !*report->boundaries.source)
        return;
    fputs(" Boundaries: ", file);
    stp_html_text(file, report->boundaries.source);
    fputs(".", file);
}

static int write_map(FILE *file, const stp_report *report)
{
    stp_map map;
    int status = stp_map_create(report, &map);
    double *values = calloc(report->series.district_count, sizeof *values);
    if (status == STEPPE_OK && !values)
        status = stp_no_memory(report->context);
    if (status == STEPPE_OK) {
        stp_map_values(report, STP_MAP_ACTIVE, 1, report->series.steps, values);
        fputs("<figure class='map' data-name='map'>\n<div class='moment' aria-live='off'>"
              "<span class='when'>Each district in its worst hour</span> <span "
              "class='count'>"
              "</span></div>\n<div class='land'>\n",
              file);
        stp_map_open(file, &map, 0, "class='country'");
        fputs("<title>Map of the country, district by district</title>\n"
              "<rect class='sheet' width='100%' height='100%' fill='#fff'/>\n",
              file);
        stp_map_write_shapes(file, &map);
        stp_map_write(file, &map, STP_MAP_ACTIVE, values, false);
        fputs("</svg>\n<div class='tip' hidden></div>\n</div>\n", file);
        write_controls(file, report);
        fputs("<div class='happening'></div>\n", file);
        write_keys(file, &map);
        fputs("<figcaption>", file);
        fputs(
            report->boundaries.count
                ? "Shaded: units, with all their districts. Circles: towns, the area by "
                  "residents. Equal-area projection. "
                : "Circles: districts, the area by residents. Equal-area projection. ",
            file);
        stp_report_write_source(file, report);
        stp_map_write_credit(file, report);
        fputs("</figcaption>\n", file);
        status = write_districts(file, report);
        fputs("</figure>\n", file);
    }
    free(values);
    stp_map_clear(&map);
    return status;
}

const stp_report_section stp_section_map = {"map", "Where and when", stp_map_there,
                                            write_map};

/* ---- the order of spread ---- */

/* The first days of unrest, and how many steps one is. */
static size_t first_days(const stp_report *report, size_t *day, size_t *from)
{
    *day = (size_t)fmax(1, lround(24 / report->series.step_hours));
    *from = SIZE_MAX;
    for (size_t i = 0; i < report->series.district_count; i++)
        if (report->district_summaries[i].unrest &&
            report->district_summaries[i].unrest - 1 < *from)
            *from = report->district_summaries[i].unrest - 1;
    if (*from == SIZE_MAX)
        return 0;
    *from -= *from % *day;
    size_t days = (report->series.steps - *from + *day - 1) / *day;
    return days < MAX_PANELS ? days : MAX_PANELS;
}

static bool has_spread(const stp_report *report)
{
    size_t day, from;
    return stp_map_there(report) && first_days(report, &day, &from) >= 2;
}

/* How many districts had unrest by a step. */
static size_t reached(const stp_report *report, size_t step)
{
    size_t count = 0;
    for (size_t i = 0; i < report->series.district_count; i++)
        count += report->district_summaries[i].unrest > 0 &&
                 report->district_summaries[i].unrest <= step;
    return count;
}

static void panel_title(const stp_report *report, size_t step, char *words, size_t size)
{
    char time[STEPPE_TIME_TEXT];
    steppe_scenario_time(report->scenario, step, time);
    if (stp_scenario_dated(report->scenario))
        stp_day_words(time, words, size);
    else
        snprintf(words, size, "from %.20s", time);
}

static int write_panels(FILE *file, const stp_report *report)
{
    stp_map map;
    size_t day, from, count = first_days(report, &day, &from);
    double *values = calloc(report->series.district_count, sizeof *values);
    int status = stp_map_create(report, &map);
    if (status == STEPPE_OK && !values)
        status = stp_no_memory(report->context);
    fputs("<figure class='spread' data-name='spread'>\n<div class='panels'>\n", file);
    for (size_t i = 0; i < count && status == STEPPE_OK; i++) {
        size_t first = from + i * day, last = first + day;
        char words[48];
        last = last < report->series.steps ? last : report->series.steps;
        stp_map_values(report, STP_MAP_ACTIVE, first + 1, last, values);
        panel_title(report, first, words, sizeof words);
        fprintf(file, "<div class='panel'><b>");
        stp_html_text(file, words);
        fprintf(file, "</b> <span>%zu of %zu districts so far</span>\n",
                reached(report, last), report->series.district_count);
        stp_map_open(file, &map, 0, "aria-hidden='true'");
        stp_map_write(file, &map, STP_MAP_ACTIVE, values, true);
        fputs("</svg></div>\n", file);
    }
    fputs("</div>\n<figcaption>Each day at its worst: the most residents per 100,000 who "
          "were in "
          "the street at the end of any step of it, coloured as the map above. ",
          file);
    stp_report_write_source(file, report);
    fputs("</figcaption>\n</figure>\n", file);
    free(values);
    stp_map_clear(&map);
    return status;
}

const stp_report_section stp_section_spread = {"spread", "How it spread", has_spread,
                                               write_panels};

/* ---- as files ---- */

int stp_report_draw_map(FILE *file, const stp_report *report, stp_map_measure measure)
{
    stp_map map;
    double *values = calloc(report->series.district_count, sizeof *values);
    int status = stp_map_create(report, &map);
    if (status == STEPPE_OK && !values)
        status = stp_no_memory(report->context);
    if (status == STEPPE_OK) {
        stp_map_values(report, measure, 1, report->series.steps, values);
        stp_map_open(file, &map, 40, "");
        fputs("<rect width='100%' height='100%' fill='#fff'/>\n", file);
        stp_map_write_shapes(file, &map);
        stp_map_write(file, &map, measure, values, false);
        stp_map_write_key(file, &map, measure, 14, map.height + 2);
        fputs("</svg>\n", file);
    }
    free(values);
    stp_map_clear(&map);
    return status;
}

int stp_report_draw_spread(FILE *file, const stp_report *report)
{
    stp_map map;
    size_t day, from, count = first_days(report, &day, &from);
    double *values = calloc(report->series.district_count, sizeof *values);
    int status = stp_map_create(report, &map);
    if (status == STEPPE_OK && !values)
        status = stp_no_memory(report->context);
    if (status == STEPPE_OK) {
        const double across = map.width / PANEL_COLUMNS, part = 0.94 / PANEL_COLUMNS,
                     down = map.height * part + 34;
        const double rows = ceil((double)count / PANEL_COLUMNS);
        fprintf(file,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %.0f %.0f' "
                "font-family='Helvetica,Arial,sans-serif'>\n"
                "<rect width='100%%' height='100%%' fill='#fff'/>\n",
                map.width, rows * down + 50);
        stp_map_write_shapes(file, &map);
        for (size_t i = 0; i < count; i++) {
            size_t first = from + i * day, last = first + day;
            char words[48];
            last = last < report->series.steps ? last : report->series.steps;
            stp_map_values(report, STP_MAP_ACTIVE, first + 1, last, values);
            panel_title(report, first, words, sizeof words);
            size_t row = i / PANEL_COLUMNS;
            double x = across * (double)(i % PANEL_COLUMNS), y = down * (double)row;
            fprintf(file, "<text x='%.1f' y='%.1f' font-size='13' font-weight='bold'>",
                    x + 8, y + 20);
            stp_html_text(file, words);
            fprintf(file, "</text>\n<g transform='translate(%.1f %.1f) scale(%.4f)'>\n",
                    x, y + 26, part);
            stp_map_write(file, &map, STP_MAP_ACTIVE, values, true);
            fputs("</g>\n", file);
        }
        stp_map_write_key(file, &map, STP_MAP_ACTIVE, 14, rows * down + 14);
        fputs("</svg>\n", file);
    }
    free(values);
    stp_map_clear(&map);
    return status;
}

int stp_report_districts_csv(FILE *file, const stp_report *report)
{
    const steppe_scenario *s = report->scenario;
    char time[STEPPE_TIME_TEXT];
    fputs("district,name,unit,latitude,longitude,residents,unrest_began,most_active,"
          "most_active_at,arrests,deaths\n",
          file);
    for (size_t i = 0; i < s->place_count; i++) {
        const stp_district_summary *f = &report->district_summaries[i];
        stp_csv_text(file, s->places[i].id);
        putc(',', file);
        stp_csv_text(file, s->places[i].name);
        putc(',', file);
        stp_csv_text(file, s->places[i].unit >= 0 ? s->units[s->places[i].unit].id : "");
        if (s->places[i].latitude.given && s->places[i].longitude.given)
            fprintf(file, ",%.6g,%.6g,", s->places[i].latitude.value,
                    s->places[i].longitude.value);
        else
            fputs(",,,", file);
        fprintf(file, "%llu,%s,%.0f,", (unsigned long long)stp_place_residents(s, i),
                f->unrest ? steppe_scenario_time(s, f->unrest, time) : "", f->peak);
        fprintf(file, "%s,%.0f,",
                f->peak_step ? steppe_scenario_time(s, f->peak_step, time) : "",
                f->arrests);
        if (report->series_of[STP_TOTAL_KILLED])
            fprintf(file, "%.0f", f->killed);
        putc('\n', file);
    }
    return STEPPE_OK;
}
