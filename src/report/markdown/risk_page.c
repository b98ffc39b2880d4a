/* Risk by region and week as a page in Markdown, with a map of shares and a diagram of reliability. */
#include "base/number.h"
#include "report/charts/chart.h"
#include "report/charts/heat_map.h"
#include "report/format/markdown.h"
#include "report/format/table.h"
#include "study/risk/risk.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_DRAWN = 60, CELLS_LISTED = 20, ROWS_LISTED = 60 };

typedef struct page {
    const steppe_risk *risk;
    const char *stem;
    stp_plot *plot;
} page;

/* ---- the tables ---- */

/* Rows with what a table has beside them. */
typedef struct numbered_region {
    size_t rank;
    steppe_risk_region of;
} numbered_region;
typedef struct numbered_cell {
    size_t rank;
    char begins[STEPPE_TIME_TEXT];
    steppe_risk_cell of;
} numbered_cell;
typedef struct named_bin {
    const char *name;
    steppe_risk_bin of;
} named_bin;

/* clang-format off */
#define F(member) STEPPE_FIELD(numbered_region, member)
static const steppe_column REGIONS[] = {
    {"rank", "", STEPPE_CELL_COUNT, F(rank)},
    {"id", NULL, F(of.id)},
    {"name", "region", F(of.name)},
    {"risk", "risk", STEPPE_CELL_SHARE, 1, 2, F(of.risk)},
    {"risk_low", .list = "interval", F(of.low)},
    {"risk_high", .list = "interval", F(of.high)},
    {"weeks", "weeks with unrest", STEPPE_CELL_FIXED, 2, F(of.weeks)},
    {"share", "highest share active", STEPPE_CELL_SHARE, 3, F(of.share)},
    {"rank_best", "possible ranks", STEPPE_CELL_COUNT, 0, 1, .list = "ranks", F(of.best)},
    {"rank_worst", .list = "ranks", F(of.worst)}};
#undef F
#define F(member) STEPPE_FIELD(steppe_risk_week, member)
static const steppe_column WEEKS[] = {
    {"week", "week", STEPPE_CELL_COUNT, F(week)},
    {"begins", "begins", F(begins)},
    {"risk", "risk of unrest anywhere", STEPPE_CELL_SHARE, 1, 2, F(risk)},
    {"risk_low", .list = "interval", F(low)},
    {"risk_high", .list = "interval", F(high)},
    {"regions", "regions with unrest", STEPPE_CELL_FIXED, 2, F(regions)}};
#undef F
#define F(member) STEPPE_FIELD(numbered_cell, member)
static const steppe_column CELLS[] = {
    {NULL, "", STEPPE_CELL_COUNT, F(rank)},
    {"region", NULL, F(of.id)},
    {NULL, "region", F(of.name)},
    {"week", "week", STEPPE_CELL_COUNT, F(of.week)},
    {NULL, "begins", F(begins)},
    {"risk", "risk", STEPPE_CELL_SHARE, 1, 2, F(of.risk)},
    {"risk_low", .list = "interval", F(of.low)},
    {"risk_high", .list = "interval", F(of.high)},
    {"share", "highest share active", STEPPE_CELL_SHARE, 3, F(of.share)}};
#undef F
#define F(member) STEPPE_FIELD(steppe_risk_forecast, member)
static const steppe_column FORECASTS[] = {
    {"name", "forecast", F(name)},
    {"meaning", "by", .wide = true, F(meaning)},
    {"cases", NULL, F(cases)},
    {"brier", "Brier score", STEPPE_CELL_FIXED, 4, F(brier)},
    {"reliability", "reliability", STEPPE_CELL_FIXED, 4, F(reliability)},
    {"resolution", "resolution", STEPPE_CELL_FIXED, 4, F(resolution)},
    {"uncertainty", "uncertainty", STEPPE_CELL_FIXED, 4, F(uncertainty)},
    {"skill", "skill", STEPPE_CELL_FIXED, 3, 2, F(skill)},
    {"skill_low", .list = "skill_interval", F(low)},
    {"skill_high", .list = "skill_interval", F(high)},
    {"hits", "hits", STEPPE_CELL_COUNT, .wide = true, F(hits)},
    {"misses", "misses", STEPPE_CELL_COUNT, .wide = true, F(misses)},
    {"false_alarms", "false alarms", STEPPE_CELL_COUNT, .wide = true, F(false_alarms)},
    {"quiet", "quiet", STEPPE_CELL_COUNT, .wide = true, F(quiet)}};
#undef F
#define F(member) STEPPE_FIELD(named_bin, member)
static const steppe_column BINS[] = {
    {"name", "forecast", F(name)},
    {"from", "predicted", STEPPE_CELL_SHARE, 0, 1, F(of.from)},
    {"to", F(of.to)},
    {"forecast", "mean", STEPPE_CELL_SHARE, 1, F(of.forecast)},
    {"happened", "observed", STEPPE_CELL_SHARE, 1, 2, F(of.happened)},
    {"happened_low", .list = "interval", F(of.low)},
    {"happened_high", .list = "interval", F(of.high)},
    {"cases", "cases", STEPPE_CELL_COUNT, F(of.cases)}};
#undef F
#define F(member) STEPPE_FIELD(steppe_risk_state, member)
static const steppe_column STATES[] = {
    {"state", "a region at the end of a week", F(name)},
    {"trained", "trained", STEPPE_CELL_SHARE, 1, 2, F(trained)},
    {"trained_low", .list = "trained_interval", F(trained_low)},
    {"trained_high", .list = "trained_interval", F(trained_high)},
    {"trained_cases", "weeks", STEPPE_CELL_COUNT, F(trained_cases)},
    {"evaluated", "evaluated", STEPPE_CELL_SHARE, 1, 2, F(evaluated)},
    {"evaluated_low", .list = "evaluated_interval", F(evaluated_low)},
    {"evaluated_high", .list = "evaluated_interval", F(evaluated_high)},
    {"evaluated_cases", "weeks", STEPPE_CELL_COUNT, F(evaluated_cases)}};
#undef F
#define F(member) STEPPE_FIELD(steppe_risk_record, member)
static const steppe_column RECORDS[] = {
    {"region", NULL, F(id)},
    {NULL, "region", F(name)},
    {"week", "week", STEPPE_CELL_COUNT, F(week)},
    {"observation", "observation", F(observation)},
    {"kind", "kind", F(kind)},
    {"confidence", "confidence", F(confidence)},
    {"sure", "beyond doubt", STEPPE_CELL_FLAG, F(sure)},
    {"risk", "risk in the model", STEPPE_CELL_SHARE, 1, 2, F(risk)},
    {"risk_low", .list = "interval", F(low)},
    {"risk_high", .list = "interval", F(high)}};
#undef F
/* clang-format on */

static void add_regions(steppe_table *t, const void *object)
{
    const steppe_risk *r = object;
    for (size_t i = 0; i < r->facts.regions; i++)
        steppe_table_add(t, &(numbered_region){i + 1, r->regions[i]});
}

static void add_weeks(steppe_table *t, const void *object)
{
    const steppe_risk *r = object;
    for (size_t i = 0; i < r->week_count; i++)
        steppe_table_add(t, &r->weeks[i]);
}

static void add_cells(steppe_table *t, const void *object)
{
    const steppe_risk *r = object;
    for (size_t i = 0; i < r->cell_count; i++) {
        numbered_cell row = {.rank = i + 1, .of = r->cells[i]};
        steppe_scenario_day(r->scenario, 7 * (row.of.week - 1), row.begins);
        steppe_table_add(t, &row);
    }
}

static void add_forecasts(steppe_table *t, const void *object)
{
    const steppe_risk *r = object;
    for (size_t i = 0; i < r->forecast_count; i++)
        steppe_table_add(t, &r->forecasts[i]);
}

static void add_bins(steppe_table *t, const void *object)
{
    const steppe_risk *r = object;
    for (size_t k = 0; k < r->forecast_count; k++)
        for (size_t i = 0; i < r->bin_counts[k]; i++)
            steppe_table_add(t, &(named_bin){r->forecasts[k].name, r->bins[k][i]});
}

static void add_states(steppe_table *t, const void *object)
{
    const steppe_risk *r = object;
    for (size_t i = 0; i < r->state_count; i++)
        steppe_table_add(t, &r->states[i]);
}

static void add_records(steppe_table *t, const void *object)
{
    const steppe_risk *r = object;
    for (size_t i = 0; i < r->record_count; i++)
        steppe_table_add(t, &r->records[i]);
}

steppe_table *steppe_risk_table(const steppe_risk *risk, const char *name)
{
    static const steppe_table_kind KINDS[] = {
        {"regions", STEPPE_COLUMNS(REGIONS), add_regions},
        {"weeks", STEPPE_COLUMNS(WEEKS), add_weeks},
        {"region_weeks", STEPPE_COLUMNS(CELLS), add_cells},
        {"forecasts", STEPPE_COLUMNS(FORECASTS), add_forecasts},
        {"reliability", STEPPE_COLUMNS(BINS), add_bins},
        {"states", STEPPE_COLUMNS(STATES), add_states},
        {"record", STEPPE_COLUMNS(RECORDS), add_records},
        {0}};
    return steppe_table_make(KINDS, name, risk);
}

static void put_table(FILE *file, const steppe_risk *r, const char *name, size_t limit)
{
    steppe_table *table = steppe_risk_table(r, name);
    steppe_table_limit(table, limit);
    stp_table_put(file, table);
}

/* ---- the page ---- */

static void write_head(FILE *file, const steppe_risk *r)
{
    const steppe_risk_facts *f = &r->facts;
    char any[3][STP_COUNT_TEXT], mean[STP_COUNT_TEXT], from[STEPPE_TIME_TEXT],
        to[STEPPE_TIME_TEXT], differ[240], words[160];
    if (strcmp(f->sampling, "none") == 0)
        snprintf(differ, sizeof differ,
                 "Runs differ only in their seeds: uncertain parameters have their "
                 "defaults");
    else
        snprintf(differ, sizeof differ, "Runs differ in their seeds and parameters: %s",
                 steppe_sampling_words(r->scenario, f->sampling, f->replicates, words));
    steppe_scenario_day(r->scenario, 7 * (f->from - 1), from);
    steppe_scenario_day(r->scenario,
                        7 * f->to - 1 - (f->to == f->weeks ? 7 - f->last_days : 0), to);
    fputs("# ", file);
    stp_page_text(file, steppe_scenario_title(r->scenario));
    fprintf(
        file,
        ": which region, which week\n\nWritten by `steppe risk --page`, not by "
        "hand; version %s, results version %d.\n\n"
        "**A model, not a forecast of real events.** Risk is the share of %zu runs of "
        "the model in which a region\nhas unrest in a week: %g of a district's "
        "citizens active at once. Weeks %zu to %zu, %s to %s%s.\n%s; %g %s per "
        "agent.\nIntervals of shares are Wilson's, 95 %%: they "
        "say how much more runs could change, not how far\nthe model is from the "
        "country.\n\n",
        steppe_version(), STEPPE_RESULTS_VERSION, f->replicates, f->unrest_share, f->from,
        f->to, from, to,
        f->to == f->weeks && f->last_days < 7 ? " (the last week is incomplete)" : "",
        differ, f->scale, f->scale == 1 ? "resident" : "residents");
    if (f->population_held)
        fprintf(file,
                "All runs have the same population, drawn from the seed %llu: chance is "
                "in what happens to it.\n\n",
                (unsigned long long)f->population_seed);
    else
        fputs("Each run has a population of its own, drawn from its seed.\n\n", file);
    if (f->failed)
        fprintf(file, "%zu run%s failed or incomplete: left out.\n\n", f->failed,
                steppe_plural((double)f->failed));
    if (f->coarse)
        fprintf(file,
                "**A coarse scale:** in %zu of %zu districts a single active agent "
                "counts as unrest. Risks may differ at a `--scale` nearer to 1.\n\n",
                f->coarse, f->districts);
    fprintf(
        file,
        "Unrest anywhere in these weeks: %s %% of the runs (%s to %s). Mean over regions "
        "and weeks: %s %%.\n\n",
        stp_fixed_words(100 * f->any, 1, 0, any[0]),
        stp_fixed_words(100 * f->any_low, 1, 0, any[1]),
        stp_fixed_words(100 * f->any_high, 1, 0, any[2]),
        stp_fixed_words(100 * f->mean, 2, 0, mean));
}

static void write_regions(FILE *file, const steppe_risk *r, const char *stem)
{
    bool apart = false;
    for (size_t i = 0; i < r->facts.regions; i++)
        apart = apart || r->regions[i].best > 1 || r->regions[i].worst < r->facts.regions;
    fputs("## Regions\n\nRisk over all these weeks. Possible ranks: those that a region "
          "may have, as far as intervals do not overlap.\n\n",
          file);
    put_table(file, r, "regions", ROWS_LISTED);
    if (!apart)
        fputs(
            "All these intervals overlap: so few runs do not tell the regions apart, and "
            "the order is no finding.\n\n",
            file);
    fputs("![risk by region and week](", file);
    stp_page_target(file, stem);
    fputs("-map.svg)\n\n", file);
}

static void write_weeks(FILE *file, const steppe_risk *r)
{
    fputs("## Weeks\n\n", file);
    put_table(file, r, "weeks", SIZE_MAX);
    fputs("## Where and when most\n\n", file);
    put_table(file, r, "region_weeks", CELLS_LISTED);
}

static void write_calibration(FILE *file, const steppe_risk *r, const char *stem)
{
    const steppe_risk_facts *f = &r->facts;
    fputs("## Calibration inside the model\n\n", file);
    if (r->forecast_count == 0) {
        fputs("Only one week: there is no week before to forecast from.\n\n", file);
        return;
    }
    fprintf(file, "Trained on %zu runs, evaluated on %zu others", f->trained,
            f->evaluated);
    if (*f->against) {
        fputs(" (", file);
        stp_page_code(file, f->against);
        fputs(")", file);
    }
    fprintf(
        file,
        ", for weeks %zu to %zu of every region. Score and parts by Brier (1950)\nand "
        "Murphy (1973): score = reliability - resolution + uncertainty. Skill is "
        "relative to the first line: 1 is perfect, 0 no better;\nits interval is a "
        "jackknife over runs. A forecast of 50 %% or more counts as a warning: hits, "
        "misses, false alarms.\n\n",
        f->from + 1, f->to);
    put_table(file, r, "forecasts", SIZE_MAX);
    fputs("How often unrest followed a week that ended like this:\n\n", file);
    put_table(file, r, "states", SIZE_MAX);
    if (!f->near)
        fputs("Districts have no coordinates: no state knows of unrest nearby.\n\n",
              file);
    fputs("Predicted and observed frequency:\n\n", file);
    put_table(file, r, "reliability", SIZE_MAX);
    fputs("![reliability](", file);
    stp_page_target(file, stem);
    fputs("-reliability.svg)\n\n", file);
    if (!*f->against)
        fputs("Both halves are runs of the same model: skill shows that there are enough "
              "runs, and what the week before is\nworth in the model; it says nothing "
              "about the country. `--against` evaluates on runs under other "
              "assumptions.\n\n",
              file);
}

/* ---- the record ---- */

static void write_record(FILE *file, const steppe_risk *r)
{
    const steppe_risk_record_facts *f = &r->record;
    fputs("## Compared with the record\n\n", file);
    if (f->named == 0)
        fputs("The section `observed` names no region with unrest in a week: there is "
              "nothing to compare.\n",
              file);
    else {
        put_table(file, r, "record", SIZE_MAX);
        char scores[2][STP_COUNT_TEXT];
        fprintf(file,
                "%zu region%s in %zu week%s of %zu: Brier score %s; at worst %s, as %zu "
                "doubtful ones need not have had\nunrest. The risk is 50 %% or more in "
                "%zu of %zu.\n",
                f->regions, steppe_plural((double)f->regions), f->weeks,
                steppe_plural((double)f->weeks), r->facts.weeks,
                stp_fixed_words(f->brier, 3, 0, scores[0]),
                stp_fixed_words(f->brier_worst, 3, 0, scores[1]), f->doubtful, f->hits,
                f->named);
        fputs(
            "\nThis is hardly a calibration. The record names regions with unrest and "
            "none without: no false alarm is possible,\nand a forecast of \"everywhere\" "
            "scores best. The regions of one country in one week are one event, not "
            "many.\nAnd if the scenario was tuned to that event, a hit is no test.\n",
            file);
    }
    if (f->undated)
        fprintf(file,
                "\nLeft out: %zu more observation%s of districts, but of no single week, "
                "or of "
                "no unrest.\n",
                f->undated, steppe_plural((double)f->undated));
    fputs("\nFor all other weeks the scenario records nothing, neither unrest nor calm: "
          "there the risk is untested.\n",
          file);
}

static int write_page(FILE *file, const void *user)
{
    const page *p = user;
    write_head(file, p->risk);
    stp_page_settings(file, p->risk->scenario);
    write_regions(file, p->risk, p->stem);
    write_weeks(file, p->risk);
    write_calibration(file, p->risk, p->stem);
    write_record(file, p->risk);
    return ferror(file);
}

/* ---- the pictures ---- */

/* What the map points at; one block. */
typedef struct words {
    char columns[STEPPE_TIME_TEXT + 16], note[64];
} words;

static int draw_map(FILE *file, const void *user)
{
    const steppe_risk *r = ((const page *)user)->risk;
    size_t rows = r->facts.regions < ROWS_DRAWN ? r->facts.regions : ROWS_DRAWN,
           columns = r->week_count, most = rows > columns ? rows : columns;
    char title[160], caption[200];
    words *text = calloc(most + 1, sizeof *text);
    const char **names = calloc(rows + columns + rows + 1, sizeof *names);
    double *shares = calloc(rows * columns + 1, sizeof *shares);
    bool whole = text && names && shares;
    for (size_t i = 0; whole && i < rows; i++) {
        const steppe_risk_region *row = &r->regions[i];
        names[i] = row->name;
        snprintf(text[i].note, sizeof text[i].note, "%.0f (%.0f to %.0f)",
                 100 * row->risk, 100 * row->low, 100 * row->high);
        names[rows + columns + i] = text[i].note;
        for (size_t w = 0; w < columns; w++)
            shares[i * columns + w] = r->grid[w * r->facts.regions + row->index].risk;
    }
    for (size_t w = 0; whole && w < columns; w++) {
        snprintf(text[w].columns, sizeof text[w].columns, "%zu: %s", r->weeks[w].week,
                 r->weeks[w].begins);
        names[rows + w] = text[w].columns;
    }
    snprintf(title, sizeof title, "%.120s: risk of unrest",
             steppe_scenario_title(r->scenario));
    snprintf(caption, sizeof caption,
             "Per cent of %zu runs of the model in which the region has unrest in the "
             "week that begins then. A model, not a forecast.%s",
             r->facts.replicates,
             rows < r->facts.regions ? " The first 60 regions." : "");
    const stp_heat_map map = {title,         caption,      "risk",
                              "week",        rows,         columns,
                              names,         names + rows, names + rows + columns,
                              "in any week", shares};
    int bad = whole ? stp_heat_map_write(file, &map) : -1;
    free(text);
    free(names);
    free(shares);
    return bad;
}

static int draw_plot(FILE *file, const void *user)
{
    return stp_chart_write(file, ((const page *)user)->plot, 1, 1);
}

static int add_curve(stp_plot *plot, const steppe_risk *r, stp_forecast which)
{
    double x[STP_BINS], y[STP_BINS], low[STP_BINS], high[STP_BINS];
    size_t n = r->bin_counts[which];
    for (size_t i = 0; i < n; i++) {
        const steppe_risk_bin *b = &r->bins[which][i];
        x[i] = b->forecast;
        y[i] = b->happened;
        low[i] = b->low;
        high[i] = b->high;
    }
    return stp_plot_add(plot, r->forecasts[which].name, STP_MARK_POINTS, n, x, y, low,
                        high);
}

static void write_plot(stp_page *all, const steppe_risk *r)
{
    static const double ENDS[2] = {0, 1};
    stp_plot plot = {.reference = NAN};
    snprintf(plot.title, sizeof plot.title, "Reliability: predicted and observed");
    snprintf(plot.x_axis, sizeof plot.x_axis, "forecast");
    snprintf(plot.y_axis, sizeof plot.y_axis, "share of cases with unrest");
    bool bad = stp_plot_add(&plot, "perfect", STP_MARK_LINE, 2, ENDS, ENDS, NULL, NULL) ||
               add_curve(&plot, r, STP_FORECAST_REGION_WEEK) ||
               add_curve(&plot, r, STP_FORECAST_STATE_WEEK);
    if (bad)
        all->status = stp_no_memory(all->outputs.context);
    const page p = {r, NULL, &plot};
    stp_page_picture(all, "-reliability.svg", draw_plot, &p);
    stp_plot_clear(&plot);
}

int steppe_risk_write_page(steppe_context *context, const steppe_risk *risk,
                           const char *path)
{
    stp_page all = stp_page_begin(context, path);
    const page p = {risk, all.name, NULL};
    stp_page_picture(&all, "-map.svg", draw_map, &p);
    if (risk->forecast_count > 0)
        write_plot(&all, risk);
    return stp_page_end(&all, write_page, &p);
}
