/* Each figure of an ensemble as a file. */
#include "base/text.h"
#include "report/ensemble/ensemble.h"

static int put_fans(const stp_figure_folder *folder)
{
    stp_time_chart charts[STP_DAILY_SERIES_COUNT];
    stp_daily_series which[STP_DAILY_SERIES_COUNT];
    size_t count = stp_fans_list(folder->report, charts, which);
    int status = STEPPE_OK;
    for (size_t i = 0; i < count && status == STEPPE_OK; i++)
        status = stp_figure_put_pair(folder, charts[i].name, stp_fan_draw, stp_fan_csv,
                                     &charts[i], (int)which[i]);
    return status;
}

static int put_outcomes(const stp_figure_folder *folder)
{
    int status = stp_figure_put(folder, "outcomes", "csv", stp_outcomes_csv, NULL, 0);
    for (int k = 0; k < STP_OUTCOME_COUNT && status == STEPPE_OK; k++) {
        stp_text name = {0};
        if (!stp_outcome_varies(folder->report, k))
            continue;
        stp_text_add(&name, "outcome-%s", STP_OUTCOMES[k].name);
        status = name.failed ? stp_no_memory(folder->report->context)
                             : stp_figure_put(folder, name.data, "svg", stp_outcome_draw,
                                              NULL, k);
        stp_text_free(&name);
    }
    return status;
}

int stp_ensemble_put_figures(const stp_figure_folder *folder)
{
    const stp_report *report = folder->report;
    int status = put_fans(folder);
    if (status == STEPPE_OK)
        status = put_outcomes(folder);
    if (status == STEPPE_OK && stp_section_risk.there(report))
        status = stp_figure_put_pair(folder, "risk", stp_risk_draw, stp_risk_csv, NULL,
                                     0);
    if (status == STEPPE_OK && stp_risk_map_there(report))
        status = stp_figure_put(folder, "risk-map", "svg", stp_risk_map_draw, NULL, 0);
    if (status == STEPPE_OK && stp_section_draws.there(report))
        status = stp_figure_put_pair(folder, "draws", stp_draws_draw, stp_draws_csv, NULL,
                                     0);
    return status;
}
