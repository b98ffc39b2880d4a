/* The page of one run. */
#ifndef STP_RUN_PAGE_H
#define STP_RUN_PAGE_H

#include "report/charts/figure_file.h"
#include "report/charts/section.h"
#include "report/charts/time_chart.h"

extern const stp_page_section stp_section_map, stp_section_spread, stp_section_charts,
    stp_section_seat, stp_section_record;

/* The first screen: what was run, what came of it, and that it is no forecast. */
void stp_run_write_story(FILE *file, const stp_report *report);

/* The charts that a run has, into charts[STP_MAX_CHARTS]; returns how many. */
size_t stp_run_charts(const stp_report *report, stp_time_chart *charts);

/* Each figure of the run as a file. */
int stp_run_put_figures(const stp_figure_folder *folder);
int stp_run_put_maps(const stp_figure_folder *folder);
int stp_run_put_seat(const stp_figure_folder *folder);

#endif
