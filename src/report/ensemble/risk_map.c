/* Where in the country runs of an ensemble had unrest: the share of them, region by region. */
#include "report/charts/map.h"
#include "report/ensemble/ensemble.h"
#include "report/format/html.h"

/* Shares as a map has them: residents per 100,000. */
static const double CUTS[STP_MAP_CUTS] = {20000, 40000, 60000, 80000};

bool stp_risk_map_there(const stp_report *report)
{
    return stp_section_risk.there(report) && stp_map_there(report);
}

static double share_of(const stp_runs *m, int region)
{
    for (size_t k = 0; k < m->region_count; k++)
        if ((int)m->regions[k].region == region)
            return (double)m->regions[k].any / (double)m->with_weeks;
    return 0;
}

/* Lay out the map with as many residents of each district as its region's share. Errors:
 * STEPPE_NO_MEMORY. */
static int lay_out(const stp_report *report, stp_map *map)
{
    const steppe_scenario *s = report->scenario;
    int status = stp_map_create(report, map);
    if (status != STEPPE_OK)
        return status;
    for (int c = 0; c < STP_MAP_CUTS; c++)
        map->cuts[STP_MAP_ACTIVE][c] = CUTS[c];
    for (size_t i = 0; i < s->place_count; i++)
        map->values[i] = share_of(report->runs, stp_region_of(s, i)) * map->residents[i];
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

/* With a legend below, which the page hides for its own. */
static void draw(FILE *file, const stp_map *map)
{
    static const double FOOT = 40, STEP = 118;
    const double y = map->height + 2;
    char words[32];
    stp_map_open(file, map, FOOT, "Share of the runs with unrest, region by region");
    stp_map_write(file, map, STP_MAP_ACTIVE, false);
    fprintf(file,
            "<g class='imprint' fill='#444'><text x='14' y='%.1f'>Share of the runs with "
            "unrest in any week. ",
            y);
    stp_write_source(file, map->report);
    fputs("</text>\n", file);
    for (int i = 0; i < STP_MAP_CLASSES; i++) {
        class_words(i, words, sizeof words);
        stp_map_write_class(file, i, 14 + STEP * i, y + 9, words);
    }
    fputs("</g>\n</svg>\n", file);
}

static void write_caption(FILE *file, const stp_map *map)
{
    const stp_report *report = map->report;
    char words[32];
    fputs("<div class='key'><span>Runs with unrest in any week:</span>\n", file);
    for (int i = 0; i < STP_MAP_CLASSES; i++) {
        class_words(i, words, sizeof words);
        fprintf(file, "<span><i class='c%d'></i>%s</span>\n", i, words);
    }
    fprintf(file, "</div>\n<figcaption>%s ", stp_map_shapes_words(map));
    if (report->scenario->unit_count > 0)
        fputs("Districts have the colour of their unit. ", file);
    stp_write_source(file, report);
    stp_map_write_credit(file, report);
    fputs("</figcaption>\n", file);
}

int stp_risk_map_draw(FILE *file, const stp_report *report, const void *what, int which)
{
    stp_map map;
    int status = lay_out(report, &map);
    (void)what;
    if (status != STEPPE_OK)
        return status;
    if (which)
        fputs("<figure class='asked where' data-name='risk-map'>\n<div class='still'>\n",
              file);
    draw(file, &map);
    if (which) {
        fputs("</div>\n", file);
        write_caption(file, &map);
        fputs("</figure>\n", file);
    }
    stp_map_clear(&map);
    return STEPPE_OK;
}
