/* steppe risk --json */
#include "risk.h"

#include <math.h>

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *interval(double low, double high)
{
    return json_pack("[o, o]", number(low), number(high));
}

static json_t *regions_json(const steppe_risk *r)
{
    json_t *rows = json_array();
    steppe_risk_region row;
    for (size_t i = 0; steppe_risk_region_at(r, i, &row) == STEPPE_OK; i++)
        json_array_append_new(rows,
                              json_pack("{s:s, s:s, s:f, s:o, s:f, s:f, s:[I, I]}", "id",
                                        row.id, "name", row.name, "risk", row.risk,
                                        "interval", interval(row.low, row.high), "weeks",
                                        row.weeks, "share", row.share, "ranks",
                                        (json_int_t)row.best, (json_int_t)row.worst));
    return rows;
}

static json_t *weeks_json(const steppe_risk *r)
{
    json_t *rows = json_array();
    steppe_risk_week row;
    for (size_t i = 0; steppe_risk_week_at(r, i, &row) == STEPPE_OK; i++)
        json_array_append_new(rows, json_pack("{s:I, s:s, s:f, s:o, s:f}", "week",
                                              (json_int_t)row.week, "begins", row.begins,
                                              "risk", row.risk, "interval",
                                              interval(row.low, row.high), "regions",
                                              row.regions));
    return rows;
}

static json_t *cells_json(const steppe_risk *r)
{
    json_t *rows = json_array();
    steppe_risk_cell row;
    for (size_t i = 0; steppe_risk_cell_at(r, i, &row) == STEPPE_OK; i++)
        json_array_append_new(rows,
                              json_pack("{s:s, s:I, s:f, s:o, s:f}", "region", row.id,
                                        "week", (json_int_t)row.week, "risk", row.risk,
                                        "interval", interval(row.low, row.high), "share",
                                        row.share));
    return rows;
}

static json_t *bins_json(const steppe_risk *r, size_t forecast)
{
    json_t *rows = json_array();
    steppe_risk_bin b;
    for (size_t i = 0; steppe_risk_bin_at(r, forecast, i, &b) == STEPPE_OK; i++)
        json_array_append_new(rows,
                              json_pack("{s:f, s:f, s:f, s:f, s:o, s:I}", "from", b.from,
                                        "to", b.to, "forecast", b.forecast, "happened",
                                        b.happened, "interval", interval(b.low, b.high),
                                        "cases", (json_int_t)b.cases));
    return rows;
}

static json_t *forecasts_json(const steppe_risk *r)
{
    json_t *rows = json_array();
    steppe_risk_forecast f;
    for (size_t i = 0; steppe_risk_forecast_at(r, i, &f) == STEPPE_OK; i++)
        json_array_append_new(
            rows,
            json_pack("{s:s, s:s, s:I, s:f, s:f, s:f, s:f, s:o, s:o, s:I, s:I, s:I, s:I, "
                      "s:o}",
                      "name", f.name, "meaning", f.meaning, "cases", (json_int_t)f.cases,
                      "brier", f.brier, "reliability", f.reliability, "resolution",
                      f.resolution, "uncertainty", f.uncertainty, "skill",
                      number(f.skill), "skill_interval", interval(f.low, f.high), "hits",
                      (json_int_t)f.hits, "misses", (json_int_t)f.misses, "false_alarms",
                      (json_int_t)f.false_alarms, "quiet", (json_int_t)f.quiet, "bins",
                      bins_json(r, i)));
    return rows;
}

static json_t *states_json(const steppe_risk *r)
{
    json_t *rows = json_array();
    steppe_risk_state s;
    for (size_t i = 0; steppe_risk_state_at(r, i, &s) == STEPPE_OK; i++)
        json_array_append_new(rows, json_pack("{s:s, s:I, s:o, s:o, s:I, s:o, s:o}",
                                              "state", s.name, "trained_cases",
                                              (json_int_t)s.trained_cases, "trained",
                                              number(s.trained), "trained_interval",
                                              interval(s.trained_low, s.trained_high),
                                              "tried_cases", (json_int_t)s.tried_cases,
                                              "tried", number(s.tried), "tried_interval",
                                              interval(s.tried_low, s.tried_high)));
    return rows;
}

static json_t *record_json(const steppe_risk *r)
{
    const steppe_risk_record_facts *f = steppe_risk_record_read(r);
    json_t *rows = json_array();
    steppe_risk_record row;
    for (size_t i = 0; steppe_risk_record_at(r, i, &row) == STEPPE_OK; i++)
        json_array_append_new(rows,
                              json_pack("{s:s, s:I, s:s, s:s, s:s, s:b, s:f, s:o}",
                                        "region", row.id, "week", (json_int_t)row.week,
                                        "observation", row.observation, "kind", row.kind,
                                        "confidence", row.confidence, "sure",
                                        (int)row.sure, "risk", row.risk, "interval",
                                        interval(row.low, row.high)));
    return json_pack("{s:I, s:I, s:I, s:I, s:o, s:o, s:I, s:I, s:o}", "named",
                     (json_int_t)f->named, "regions", (json_int_t)f->regions, "weeks",
                     (json_int_t)f->weeks, "doubtful", (json_int_t)f->doubtful, "brier",
                     number(f->brier), "brier_worst", number(f->brier_worst), "hits",
                     (json_int_t)f->hits, "left_out", (json_int_t)f->undated, "rows",
                     rows);
}

json_t *risk_json(const steppe_scenario *scenario, const steppe_risk *r)
{
    const steppe_risk_facts *f = steppe_risk_read(r);
    json_t *object = json_pack(
        "{s:s, s:o, s:I, s:I, s:I, s:I, s:[I, I], s:f, s:f, s:s, s:o, s:o, s:o}", "title",
        steppe_scenario_title(scenario), "results", cli_text(f->path), "replicates",
        (json_int_t)f->replicates, "failed", (json_int_t)f->failed, "regions_in_all",
        (json_int_t)f->regions, "weeks_in_all", (json_int_t)f->weeks, "window",
        (json_int_t)f->from, (json_int_t)f->to, "scale", f->scale, "unrest_share",
        f->unrest_share, "sampling", f->sampling, "any", cli_real(f->any), "any_interval",
        interval(f->any_low, f->any_high), "mean", cli_real(f->mean));
    json_t *more = json_pack("{s:o, s:o, s:o, s:o, s:I, s:I, s:o, s:o, s:o, s:I, s:I}",
                             "regions", regions_json(r), "weeks", weeks_json(r),
                             "region_weeks", cells_json(r), "against",
                             cli_text(f->against), "trained", (json_int_t)f->trained,
                             "tried", (json_int_t)f->tried, "forecasts",
                             forecasts_json(r), "states", states_json(r), "record",
                             record_json(r), "districts", (json_int_t)f->districts,
                             "coarse_districts", (json_int_t)f->coarse);
    json_object_update(object, more);
    json_decref(more);
    json_object_set_new(object, "population_seed",
                        cli_population_json(f->population_held, f->population_seed));
    json_object_set_new(object, "warnings", cli_warnings_json(scenario, f->scale, NULL));
    return object;
}
