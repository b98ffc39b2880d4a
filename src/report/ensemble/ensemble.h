/* The page of an ensemble. */
#ifndef STP_ENSEMBLE_PAGE_H
#define STP_ENSEMBLE_PAGE_H

#include "report/charts/figure_file.h"
#include "report/charts/section.h"
#include "report/charts/time_chart.h"
#include "report/load/runs.h"

extern const stp_page_section stp_section_fans, stp_section_outcomes, stp_section_risk,
    stp_section_draws;

void stp_ensemble_write_story(FILE *file, const stp_report *report);
/* Each figure of the ensemble as a file. */
int stp_ensemble_put_figures(const stp_figure_folder *folder);

/* Charts over days that an ensemble has, into charts[STP_DAILY_SERIES_COUNT]; which[i]: the series of
 * chart i. */
size_t stp_fans_list(const stp_report *report, stp_time_chart *charts,
                     stp_daily_series *which);
/* They as data of the page. */
void stp_fans_write_data(FILE *file, const stp_report *report);

/* ---- writers of figures ---- */

/* what: the stp_time_chart; which: its stp_daily_series. */
int stp_fan_draw(FILE *file, const stp_report *report, const void *what, int which);
int stp_fan_csv(FILE *file, const stp_report *report, const void *what, int which);
/* Do runs differ in an outcome by more than one agent? If not, it is a sentence, not a picture. */
bool stp_outcome_varies(const stp_report *report, int outcome);
/* which: such an outcome. */
int stp_outcome_draw(FILE *file, const stp_report *report, const void *what, int which);
int stp_outcomes_csv(FILE *file, const stp_report *report, const void *what, int which);
/* What was drawn from ranges, by rank correlation with unrest. */
int stp_draws_draw(FILE *file, const stp_report *report, const void *what, int which);
int stp_draws_csv(FILE *file, const stp_report *report, const void *what, int which);
/* Regions and weeks. */
int stp_risk_draw(FILE *file, const stp_report *report, const void *what, int which);
int stp_risk_csv(FILE *file, const stp_report *report, const void *what, int which);
/* ... on a map. which: 1 as a figure of the page, 0 as a file. */
int stp_risk_map_draw(FILE *file, const stp_report *report, const void *what, int which);
bool stp_risk_map_there(const stp_report *report);

#endif
