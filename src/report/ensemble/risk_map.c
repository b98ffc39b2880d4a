/* Where in the country runs of an ensemble had unrest: the share of them, region by region. */
#include "report/format/html.h"
#include "report/charts/map.h"
#include "report/load/report_many.h"

#include <stdlib.h>

/* Shares as a map has them: residents per 100,000. */
static const double CUTS[STP_MAP_CUTS] = {20000, 40000, 60000, 80000};

bool stp_many_has_map(const stp_report *report)
{
    return stp_section_risk.there(report) && stp_map_there(report);
}

static double share_of(const stp_many *m, int region)
{
    for (size_t k = 0; k < m->region_count; k++)
        if ((int)m->regions[k].region == region)
            return (double)m->regions[k].any / (double)m->with_weeks;
    return 0;
}

/* The map, and of each district as many residents as its region's share. Errors: STEPPE_NO_MEMORY. */
static int lay_out(const stp_report *report, stp_map *map, double **values)
{
    const steppe_scenario *s = report->scenario;
    int status = stp_map_create(report, map);
    *values = calloc(s->place_count + 1, sizeof **values);
    if (status != STEPPE_OK)
        return status;
    if (!*values)
        return stp_no_memory(report->context);
    for (int c = 0; c < STP_MAP_CUTS; c++)
        map->cuts[STP_MAP_ACTIVE][c] = CUTS[c];
    for (size_t i = 0; i < s->place_count; i++)
        (*values)[i] = share_of(report->many, stp_region_of(s, i)) * map->residents[i];
    return STEPPE_OK;
}

static void class_words(int class, char *words, size_t size)
{
    if (class == 0)
        snprintf(words, size, "in no run");
    else
        snprintf(words, size, "%s %.0f %%", class <= STP_MAP_CUTS ? "up to" : "more than",
                 CUTS[class <= STP_MAP_CUTS ? class - 1 : STP_MAP_CUTS - 1] / 1000);
}

/* With the meaning of its colours below, which the page says around it. */
static void draw(FILE *file, const stp_map *map, const double *values)
{
    static const double FOOT = 40, STEP = 118;
    const double y = map->height + 2;
    char words[32];
    stp_map_open(file, map, FOOT, "class='country'");
    fputs("<title>Share of the runs with unrest, region by region</title>\n<rect "
          "class='sheet' width='100%' height='100%' fill='#fff'/>\n",
          file);
    stp_map_write_shapes(file, map);
    stp_map_write(file, map, STP_MAP_ACTIVE, values, false);
    fprintf(file,
            "<g class='imprint' font-size='12' fill='#444'><text x='14' y='%.1f'>Share "
            "of the runs with unrest in any week. ",
            y);
    stp_report_write_source(file, map->report);
    fputs("</text>\n", file);
    for (int i = 0; i < STP_MAP_CLASSES; i++) {
        class_words(i, words, sizeof words);
        stp_map_write_class(file, i, 14 + STEP * i, y + 9, words);
    }
    fputs("</g>\n</svg>\n", file);
}

static void write_key(FILE *file, const stp_report *report)
{
    char words[32];
    fputs("<div class='key'><span>Runs with unrest in any week:</span>\n", file);
    for (int i = 0; i < STP_MAP_CLASSES; i++) {
        class_words(i, words, sizeof words);
        fprintf(file, "<span><i class='c%d'></i>%s</span>\n", i, words);
    }
    fputs("</div>\n<figcaption>", file);
    fputs(report->boundaries.count ? "Shaded: units. " : "", file);
    fputs(report->scenario->unit_count > 0
              ? "Circles: districts, the area by residents, in the colour of their unit. "
              : "Circles: districts, the area by residents. ",
          file);
    stp_report_write_source(file, report);
    stp_map_write_credit(file, report);
    fputs("</figcaption>\n", file);
}

static int write_figure(FILE *file, const stp_report *report, bool page)
{
    stp_map map;
    double *values;
    int status = lay_out(report, &map, &values);
    if (page)
        fputs("<figure class='asked where' data-name='risk-map'>\n<div class='still'>\n",
              file);
    if (status == STEPPE_OK)
        draw(file, &map, values);
    if (page) {
        fputs("</div>\n", file);
        write_key(file, report);
        fputs("</figure>\n", file);
    }
    free(values);
    stp_map_clear(&map);
    return status;
}

int stp_many_write_risk_map(FILE *file, const stp_report *report)
{
    return write_figure(file, report, true);
}

int stp_many_draw_risk_map(FILE *file, const stp_report *report)
{
    return write_figure(file, report, false);
}
