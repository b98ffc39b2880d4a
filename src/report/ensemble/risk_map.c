/* Where in the country runs of an ensemble had unrest: the share of them, region by region. */
#include "report/charts/map.h"
#include "report/ensemble/ensemble.h"

/* Shares of the runs as a map has them: per 100,000. */
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
        map->cuts[STP_MAP_RISK][c] = CUTS[c];
    for (size_t i = 0; i < s->district_count; i++)
        map->values[i] = share_of(report->runs, stp_region_of(s, i)) * map->residents[i];
    return STEPPE_OK;
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
    stp_map_open(file, &map, 40, "Share of the runs with unrest, region by region");
    stp_map_write(file, &map, STP_MAP_RISK, false);
    stp_map_write_key(file, &map, STP_MAP_RISK, 14, map.height + 2);
    fputs("</svg>\n", file);
    if (which) {
        fputs("</div>\n", file);
        stp_map_write_page_key(file, &map, STP_MAP_RISK);
        fprintf(file, "<figcaption>%s%s ", stp_map_shapes_words(&map),
                report->scenario->unit_count > 0
                    ? " Districts have the colour of their unit."
                    : "");
        stp_write_source(file, report);
        stp_map_write_credit(file, report);
        fputs("</figcaption>\n</figure>\n", file);
    }
    stp_map_clear(&map);
    return STEPPE_OK;
}
