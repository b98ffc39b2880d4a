/* Read what foreign powers attend to, and the hot spots elsewhere that compete for it. */
#include "report/load/report.h"
#include "report/svg/axis.h"

#include <string.h>

static int make_all_series(stp_report *report, double **series, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        series[k] = stp_report_series(report);
        if (!series[k])
            return stp_no_memory(report->context);
    }
    return STEPPE_OK;
}

/* The hot spot that an event changes; their count if it changes none. */
static size_t hotspot_of(const steppe_scenario *s, const char *event)
{
    for (size_t i = 0; event && i < s->event_count; i++)
        if (s->events[i].hotspot_id && strcmp(s->events[i].id, event) == 0)
            return (size_t)s->events[i].hotspot;
    return s->hotspot_count;
}

/* Read values of a series, each at its step, and forward-fill all of them. sql: step, which of the `count` series
 * (a number, or an event that changes a hot spot), value. */
static int read_series(stp_report *report, sqlite3 *db, const char *sql, double **series,
                       size_t count)
{
    sqlite3_stmt *q = NULL;
    int code;
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK)
        return stp_results_damaged(report->context, report->path, db);
    while ((code = sqlite3_step(q)) == SQLITE_ROW) {
        sqlite3_int64 step = sqlite3_column_int64(q, 0);
        size_t k = sqlite3_column_type(q, 1) == SQLITE_TEXT
                       ? hotspot_of(report->scenario,
                                    (const char *)sqlite3_column_text(q, 1))
                       : (size_t)sqlite3_column_int64(q, 1);
        if (step >= 1 && (size_t)step <= report->series.steps && k < count)
            series[k][step - 1] = stp_axis_known(sqlite3_column_double(q, 2));
    }
    sqlite3_finalize(q);
    for (size_t k = 0; k < count; k++)
        stp_report_forward_fill(report, series[k]);
    return code == SQLITE_DONE ? STEPPE_OK
                               : stp_results_damaged(report->context, report->path, db);
}

int stp_report_read_attention(stp_report *report, sqlite3 *db)
{
    const steppe_scenario *s = report->scenario;
    if (s->attention.enabled.value == 0 || s->power_count == 0)
        return STEPPE_OK;
    int status = make_all_series(report, report->attention, s->power_count);
    if (status == STEPPE_OK)
        status = make_all_series(report, report->salience, s->hotspot_count);
    if (status == STEPPE_OK)
        status =
            read_series(report, db,
                        "SELECT seat.step, power, attention FROM power_day JOIN seat "
                        "USING (day)",
                        report->attention, s->power_count);
    for (size_t k = 0; k < s->hotspot_count && status == STEPPE_OK; k++)
        report->salience[k][0] = s->hotspots[k].salience.value; /* acts then change it */
    if (status == STEPPE_OK)
        status = read_series(report, db,
                             "SELECT step, event, amount FROM act WHERE kind = 'hotspot' "
                             "ORDER BY act",
                             report->salience, s->hotspot_count);
    return status;
}
