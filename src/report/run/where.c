/* The map with its slider, and the order in which unrest spread. */
#include "report/charts/map.h"
#include "report/format/html.h"
#include "report/format/table.h"
#include "report/run/run.h"
#include "report/svg/draw.h"

#include <math.h>
#include <stdlib.h>

enum { MAX_PANELS = 12, PANEL_COLUMNS = 4 };

/* ---- the districts as a table ---- */

typedef struct start {
    size_t step, district;
} start;

static int by_start(const void *a, const void *b)
{
    const start *x = a, *y = b;
    return x->step != y->step ? (x->step > y->step) - (x->step < y->step)
                              : (x->district > y->district) - (x->district < y->district);
}

typedef struct district_row {
    const char *id, *label, *name, *unit, *unit_name;
    double latitude, longitude, peak, arrests, killed, deaths; /* NAN: none */
    size_t residents;
    char unrest[STEPPE_TIME_TEXT], unrest_words[STP_WHEN_TEXT],
        peak_time[STEPPE_TIME_TEXT], peak_words[STP_WHEN_TEXT];
} district_row;

#define F(member) STEPPE_FIELD(district_row, member)
static const steppe_column DISTRICTS[] = {
    {NULL, "District", F(label)},
    {NULL, "Unit", F(unit_name)},
    {"district", NULL, F(id)},
    {"name", NULL, F(name)},
    {"unit", NULL, F(unit)},
    {"latitude", F(latitude)},
    {"longitude", F(longitude)},
    {"residents", "Residents", STEPPE_CELL_COUNT, F(residents)},
    {"unrest_began", NULL, F(unrest)},
    {NULL, "Unrest began", F(unrest_words)},
    {"most_active", "Most in the street", STEPPE_CELL_COUNT, F(peak)},
    {"most_active_at", NULL, F(peak_time)},
    {NULL, "when", F(peak_words)},
    {"arrests", "Arrests", STEPPE_CELL_COUNT, F(arrests)},
    {"deaths", NULL, F(killed)},
    {NULL, "Deaths", STEPPE_CELL_COUNT, .wide = true, F(deaths)}};
#undef F

static void say_when(const stp_report *report, size_t step, char time[STEPPE_TIME_TEXT],
                     char words[STP_WHEN_TEXT])
{
    if (step > 0) {
        steppe_scenario_time(report->scenario, step, time);
        stp_when_words(report, step, false, words);
    } else {
        snprintf(words, STP_WHEN_TEXT, "–");
    }
}

static void add_district(steppe_table *table, const stp_report *report, size_t i)
{
    const steppe_scenario *s = report->scenario;
    const stp_district_spec *spec = &s->districts[i];
    const stp_district_summary *d = &report->district_summaries[i];
    const bool placed = spec->latitude.given && spec->longitude.given;
    district_row r = {.id = spec->id,
                      .label = stp_report_district_name(report, i),
                      .name = spec->name,
                      .unit = spec->unit >= 0 ? s->units[spec->unit].id : "",
                      .unit_name = spec->unit >= 0 ? s->units[spec->unit].name : "",
                      .latitude = placed ? spec->latitude.value : NAN,
                      .longitude = placed ? spec->longitude.value : NAN,
                      .peak = d->peak,
                      .arrests = d->arrests,
                      .killed = report->series_of[STP_TOTAL_KILLED] ? d->killed : NAN,
                      .deaths = stp_map_measured(report, STP_MAP_DEATHS) ? d->killed
                                                                         : NAN,
                      .residents = stp_district_residents(s, i)};
    say_when(report, d->unrest, r.unrest, r.unrest_words);
    say_when(report, d->peak_step, r.peak_time, r.peak_words);
    steppe_table_add(table, &r);
}

/* In the order in which unrest began. */
static int write_districts(FILE *file, const stp_report *report)
{
    size_t count = report->series.district_count;
    start *starts = calloc(count, sizeof *starts);
    if (!starts)
        return stp_no_memory(report->context);
    for (size_t i = 0; i < count; i++) {
        size_t step = report->district_summaries[i].unrest;
        starts[i] = (start){step ? step : SIZE_MAX, i};
    }
    qsort(starts, count, sizeof *starts, by_start);
    steppe_table *table = steppe_table_create(STEPPE_COLUMNS(DISTRICTS));
    for (size_t i = 0; i < count; i++)
        add_district(table, report, starts[i].district);
    free(starts);
    return stp_table_put_html(
        file, report->context, table,
        &(stp_table_frame){"The numbers, district by district",
                           .caption = "Districts in the order in which unrest began"});
}

/* ---- the map ---- */

/* A choice of measures, if there are two; play, and the slider. */
static void write_controls(FILE *file, const stp_report *report)
{
    int measures = 0;
    for (int m = 0; m < STP_MAP_MEASURES; m++)
        measures += stp_map_measured(report, (stp_map_measure)m);
    fputs("<div class='controls' hidden>\n", file);
    if (measures > 1)
        fputs(
            "<div class='measures' role='radiogroup' aria-label='What the map shows'>\n",
            file);
    for (int m = 0; m < STP_MAP_MEASURES && measures > 1; m++)
        if (stp_map_measured(report, (stp_map_measure)m))
            fprintf(
                file,
                "<label><input type='radio' name='measure' value='%d'%s><span>%s%s</span>"
                "</label>\n",
                m, m == 0 ? " checked" : "", stp_map_names[m], m ? " so far" : "");
    fputs(measures > 1 ? "</div>\n" : "", file);
    fputs(
        "<div class='player'><button type='button' class='play' aria-label='Play'>"
        "<svg viewBox='0 0 20 20' width='20' height='20' aria-hidden='true'><path "
        "class='go' d='M5 3l12 7-12 7z'/><path class='halt' d='M5 3h4v14H5zM11 "
        "3h4v14h-4z'/></svg></button>\n<div class='track'><div class='ticks' "
        "aria-hidden='true'></div><svg class='pulse' viewBox='0 0 600 40' "
        "preserveAspectRatio='none' aria-hidden='true'></svg><input type='range' "
        "class='time' min='0' max='0' value='0' step='1' aria-label='Time'></div></div>\n"
        "</div>\n",
        file);
}

static int write_map(FILE *file, const stp_report *report)
{
    stp_map map;
    int status = stp_map_create(report, &map);
    if (status != STEPPE_OK)
        return status;
    stp_map_fill(&map, STP_MAP_ACTIVE, 1, report->series.steps);
    fputs("<figure class='map' data-name='map'>\n<div class='moment' "
          "aria-live='off'><span class='when'>Each district at its worst</span> <span "
          "class='count'></span></div>\n<div class='land'>\n",
          file);
    stp_map_open(file, &map, 0, "Map of the country, district by district");
    stp_map_write(file, &map, STP_MAP_ACTIVE, false);
    fputs("</svg>\n<div class='tip' hidden></div>\n</div>\n", file);
    write_controls(file, report);
    if (report->event_count > 0)
        fputs("<div class='happening'></div>\n", file);
    for (int m = 0; m < STP_MAP_MEASURES; m++)
        if (stp_map_measured(report, (stp_map_measure)m))
            stp_map_write_page_key(file, &map, (stp_map_measure)m);
    fprintf(file, "<figcaption>%s ", stp_map_shapes_words(&map));
    stp_write_source(file, report);
    stp_map_write_credit(file, report);
    fputs("</figcaption>\n", file);
    status = write_districts(file, report);
    fputs("</figure>\n", file);
    stp_map_clear(&map);
    return status;
}

const stp_page_section stp_section_map = {"map", "Where and when", stp_map_there,
                                          write_map};

/* ---- the order of spread ---- */

/* The maps of the first days of unrest; without dates, of as many parts of the run. */
typedef struct panels {
    size_t count, from, steps; /* steps: that each covers */
} panels;

static panels panels_of(const stp_report *report)
{
    const size_t steps = report->series.steps;
    size_t first = SIZE_MAX;
    panels p = {0, 0, (size_t)fmax(1, lround(24 / report->series.step_hours))};
    for (size_t i = 0; i < report->series.district_count; i++)
        if (report->district_summaries[i].unrest &&
            report->district_summaries[i].unrest - 1 < first)
            first = report->district_summaries[i].unrest - 1;
    if (first == SIZE_MAX)
        return p;
    p.from = first - first % p.steps;
    if (!stp_scenario_dated(report->scenario)) {
        p.from = first;
        p.steps = (steps - first + MAX_PANELS - 1) / MAX_PANELS;
    }
    size_t count = (steps - p.from + p.steps - 1) / p.steps;
    p.count = count < MAX_PANELS ? count : MAX_PANELS;
    return p;
}

static bool has_spread(const stp_report *report)
{
    return stp_map_there(report) && panels_of(report).count >= 2;
}

static size_t last_step(const stp_report *report, const panels *p, size_t panel)
{
    size_t last = p->from + (panel + 1) * p->steps;
    return last < report->series.steps ? last : report->series.steps;
}

/* Colour the map by a panel, and say when that is. */
static void set_panel(stp_map *map, const panels *p, size_t panel, char words[48])
{
    char time[STEPPE_TIME_TEXT];
    size_t first = p->from + panel * p->steps, last = last_step(map->report, p, panel);
    stp_map_fill(map, STP_MAP_ACTIVE, first + 1, last);
    steppe_scenario_time(map->report->scenario, first, time);
    if (stp_scenario_dated(map->report->scenario))
        stp_day_words(time, words, 48);
    else
        snprintf(words, 48, "steps %zu–%zu", first + 1, last);
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

static int write_panels(FILE *file, const stp_report *report)
{
    stp_map map;
    const panels p = panels_of(report);
    int status = stp_map_create(report, &map);
    if (status != STEPPE_OK)
        return status;
    fputs("<figure class='spread' data-name='spread'>\n<div class='panels'>\n", file);
    for (size_t i = 0; i < p.count; i++) {
        char words[48];
        set_panel(&map, &p, i, words);
        fprintf(file,
                "<div class='panel'><b>%s</b> <span>%zu of %zu districts so far</span>\n",
                words, reached(report, last_step(report, &p, i)),
                report->series.district_count);
        stp_svg_open(file, map.width, map.height, words, "aria-hidden='true'");
        stp_map_write(file, &map, STP_MAP_ACTIVE, true);
        fputs("</svg></div>\n", file);
    }
    fprintf(file,
            "</div>\n<figcaption>Each %s at its worst: the most residents per 100,000 in "
            "the street at the end of any step of it, coloured as the map above. ",
            stp_scenario_dated(report->scenario) ? "day" : "part of the run");
    stp_write_source(file, report);
    fputs("</figcaption>\n</figure>\n", file);
    stp_map_clear(&map);
    return STEPPE_OK;
}

const stp_page_section stp_section_spread = {"spread", "How it spread", has_spread,
                                             write_panels};

/* ---- as files ---- */

static int draw_map(FILE *file, const stp_report *report, const void *what, int which)
{
    const stp_map_measure measure = (stp_map_measure)which;
    stp_map map;
    int status = stp_map_create(report, &map);
    (void)what;
    if (status != STEPPE_OK)
        return status;
    stp_map_fill(&map, measure, 1, report->series.steps);
    stp_map_open(file, &map, 40, stp_map_names[measure]);
    stp_map_write(file, &map, measure, false);
    stp_map_write_key(file, &map, measure, 14, map.height + 2);
    fputs("</svg>\n", file);
    stp_map_clear(&map);
    return STEPPE_OK;
}

static int draw_spread(FILE *file, const stp_report *report, const void *what, int which)
{
    stp_map map;
    const panels p = panels_of(report);
    int status = stp_map_create(report, &map);
    (void)what, (void)which;
    if (status != STEPPE_OK)
        return status;
    const double across = map.width / PANEL_COLUMNS, part = 0.94 / PANEL_COLUMNS,
                 down = map.height * part + 34;
    const double rows = ceil((double)p.count / PANEL_COLUMNS);
    stp_svg_open(file, map.width, rows * down + 50, "How it spread", "");
    stp_map_write_shapes(file, &map);
    for (size_t i = 0; i < p.count; i++) {
        char words[48];
        const size_t row = i / PANEL_COLUMNS;
        double x = across * (double)(i % PANEL_COLUMNS), y = down * (double)row;
        set_panel(&map, &p, i, words);
        fprintf(file,
                "<text x='%.1f' y='%.1f' font-size='13' font-weight='bold'>%s</text>\n"
                "<g transform='translate(%.1f %.1f) scale(%.4f)'>\n",
                x + 8, y + 20, words, x, y + 26, part);
        stp_map_write(file, &map, STP_MAP_ACTIVE, true);
        fputs("</g>\n", file);
    }
    stp_map_write_key(file, &map, STP_MAP_ACTIVE, 14, rows * down + 14);
    fputs("</svg>\n", file);
    stp_map_clear(&map);
    return STEPPE_OK;
}

static int districts_csv(FILE *file, const stp_report *report, const void *what,
                         int which)
{
    steppe_table *table = steppe_table_create(STEPPE_COLUMNS(DISTRICTS));
    (void)what, (void)which;
    for (size_t i = 0; i < report->scenario->district_count; i++)
        add_district(table, report, i);
    return stp_table_put_csv(file, report->context, table);
}

int stp_run_put_maps(const stp_figure_folder *folder)
{
    static const char *const NAMES[STP_MAP_MEASURES] = {"map-active", "map-arrests",
                                                        "map-deaths"};
    int status = stp_figure_put(folder, "districts", "csv", districts_csv, NULL, 0);
    for (int m = 0; m < STP_MAP_MEASURES && status == STEPPE_OK; m++)
        if (stp_map_there(folder->report) &&
            stp_map_measured(folder->report, (stp_map_measure)m))
            status = stp_figure_put(folder, NAMES[m], "svg", draw_map, NULL, m);
    return status == STEPPE_OK && has_spread(folder->report)
               ? stp_figure_put(folder, "spread", "svg", draw_spread, NULL, 0)
               : status;
}
