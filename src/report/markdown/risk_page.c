/* Risk by region and week as a page in Markdown, with a map of shares and a diagram of reliability. */
#include "base/text.h"
#include "report/charts/chart.h"
#include "report/charts/heat_map.h"
#include "report/format/html.h"
#include "report/format/markdown.h"
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

/* "12.3 % (4.5 to 20.1)" */
static void share_words(double share, double low, double high, char words[64])
{
    if (!isfinite(share))
        snprintf(words, 64, "not known");
    else if (!isfinite(low) || !isfinite(high))
        snprintf(words, 64, "%.1f %%", 100 * share);
    else
        snprintf(words, 64, "%.1f %% (%.1f to %.1f)", 100 * share, 100 * low, 100 * high);
}

/* ---- the tables ---- */

static void write_head(FILE *file, const steppe_risk *r)
{
    const steppe_risk_facts *f = &r->facts;
    char any[64], from[STEPPE_TIME_TEXT], to[STEPPE_TIME_TEXT];
    steppe_scenario_day(r->scenario, 7 * (f->from - 1), from);
    steppe_scenario_day(r->scenario,
                        7 * f->to - 1 - (f->to == f->weeks ? 7 - f->last_days : 0), to);
    share_words(f->any, f->any_low, f->any_high, any);
    fputs("# ", file);
    stp_page_text(file, steppe_scenario_title(r->scenario));
    fprintf(
        file,
        ": which region, which week\n\nWritten by `steppe risk --page`, not by "
        "hand; version %s, results version %d.\n\n"
        "**A model, not a forecast of real events.** Risk is the share of %zu runs of "
        "the model in which a region\nhas unrest in a week: %g of a district's "
        "citizens active at once. Weeks %zu to %zu, %s to %s%s.\n%s; one agent "
        "for %g residents.\nIntervals of shares are Wilson's, 95 %%: they tell what "
        "more runs\nwould change, not how far the model is from the country.\n\n",
        steppe_version(), STEPPE_RESULTS_VERSION, f->replicates, f->unrest_share, f->from,
        f->to, from, to,
        f->to == f->weeks && f->last_days < 7 ? " (the last week is not whole)" : "",
        strcmp(f->sampling, "none") == 0
            ? "Runs differ in their seeds alone: what is not known stands at its "
              "default"
            : "Runs differ in their seeds, and in what is drawn from the ranges of "
              "what is not known",
        f->scale);
    if (f->population_held)
        fprintf(file,
                "All runs have the same population, drawn from the seed %llu: chance is "
                "in what happens to it.\n\n",
                (unsigned long long)f->population_seed);
    else
        fputs("Each run has a population of its own, drawn from its seed.\n\n", file);
    if (f->failed)
        fprintf(file, "%zu runs failed, or are not whole, and are left out.\n\n",
                f->failed);
    if (f->coarse)
        fprintf(file,
                "**A coarse scale:** in %zu of %zu districts a single active agent is "
                "already unrest, and so few agents may miss\nwhat more of them would "
                "begin. Runs with `--scale` nearer to 1 may give other risks.\n\n",
                f->coarse, f->districts);
    char mean[STP_COUNT_TEXT];
    fprintf(
        file,
        "Unrest anywhere in these weeks: %s of the runs. Mean over regions and weeks: "
        "%s %%.\n\n",
        any, stp_fixed_words(100 * f->mean, 2, 0, mean));
}

static void write_regions(FILE *file, const steppe_risk *r, const char *stem)
{
    fputs("## Regions\n\nRisk over all these weeks. Ranks: those that a region may hold, "
          "as far as intervals lie wholly apart.\n\n"
          "| | region | risk | weeks with unrest | highest share active | may be rank "
          "|\n|---:|---|---|---:|---:|---|\n",
          file);
    for (size_t i = 0; i < r->facts.regions && i < ROWS_LISTED; i++) {
        const steppe_risk_region *row = &r->regions[i];
        char words[64];
        share_words(row->risk, row->low, row->high, words);
        fprintf(file, "| %zu | ", i + 1);
        stp_page_cell(file, row->name);
        fprintf(file, "%s | %.2f | %.3f %% | %zu to %zu |\n", words, row->weeks,
                100 * row->share, row->best, row->worst);
    }
    bool apart = false;
    for (size_t i = 0; i < r->facts.regions; i++)
        apart = apart || r->regions[i].best > 1 || r->regions[i].worst < r->facts.regions;
    if (!apart)
        fputs(
            "\nAll these intervals overlap: so many runs do not tell the regions apart, "
            "and the order is no finding.\n",
            file);
    if (r->facts.regions > ROWS_LISTED)
        fprintf(file, "\n%zu more are left out.\n", r->facts.regions - ROWS_LISTED);
    fputs("\n![risk by region and week](", file);
    stp_page_target(file, stem);
    fputs("-map.svg)\n\n", file);
}

static void write_weeks(FILE *file, const steppe_risk *r)
{
    fputs("## Weeks\n\n| week | begins | risk of unrest anywhere | regions with unrest "
          "|\n|---:|---|---|---:|\n",
          file);
    for (size_t i = 0; i < r->week_count; i++) {
        const steppe_risk_week *row = &r->weeks[i];
        char words[64];
        share_words(row->risk, row->low, row->high, words);
        fprintf(file, "| %zu | %s | %s | %.2f |\n", row->week, row->begins, words,
                row->regions);
    }
    fputs("\n## Where and when most\n\n| | region | week | begins | risk | highest share "
          "active |\n|---:|---|---:|---|---|---:|\n",
          file);
    for (size_t i = 0; i < r->cell_count && i < CELLS_LISTED && r->cells[i].risk > 0;
         i++) {
        const steppe_risk_cell *row = &r->cells[i];
        char words[64], begins[STEPPE_TIME_TEXT];
        share_words(row->risk, row->low, row->high, words);
        fprintf(file, "| %zu | ", i + 1);
        stp_page_cell(file, row->name);
        fprintf(file, "%zu | %s | %s | %.3f %% |\n", row->week,
                steppe_scenario_day(r->scenario, 7 * (row->week - 1), begins), words,
                100 * row->share);
    }
    putc('\n', file);
}

/* ---- calibration ---- */

static void write_forecasts(FILE *file, const steppe_risk *r)
{
    fputs(
        "| forecast | Brier score | reliability | resolution | uncertainty | skill | "
        "hits | misses | false alarms | quiet |\n|---|---:|---:|---:|---:|---|---:|---:|"
        "---:|---:|\n",
        file);
    for (size_t i = 0; i < r->forecast_count; i++) {
        const steppe_risk_forecast *f = &r->forecasts[i];
        char a[STP_COUNT_TEXT];
        fprintf(file, "| %s: %s", f->name, f->meaning);
        const double parts[] = {f->brier, f->reliability, f->resolution, f->uncertainty};
        for (int k = 0; k < 4; k++)
            fprintf(file, " | %s", stp_fixed_words(parts[k], 4, 0, a));
        fputs(" | ", file);
        if (!isfinite(f->skill))
            fputs("none to be had", file);
        else if (!isfinite(f->low) || !isfinite(f->high))
            fprintf(file, "%.3f", f->skill);
        else
            fprintf(file, "%.3f (%.3f to %.3f)", f->skill, f->low, f->high);
        fprintf(file, " | %zu | %zu | %zu | %zu |\n", f->hits, f->misses, f->false_alarms,
                f->quiet);
    }
    putc('\n', file);
}

static void write_bins(FILE *file, const steppe_risk *r, stp_forecast which)
{
    fprintf(file,
            "What was said and what came, forecast '%s':\n\n| said | mean | came | cases "
            "|\n|---|---:|---|---:|\n",
            r->forecasts[which].name);
    for (size_t i = 0; i < r->bin_counts[which]; i++) {
        const steppe_risk_bin *b = &r->bins[which][i];
        char words[64];
        share_words(b->happened, b->low, b->high, words);
        if (b->from == b->to)
            fprintf(file, "| %.0f %% |", 100 * b->from);
        else
            fprintf(file, "| %.0f to %.0f %% |", 100 * b->from, 100 * b->to);
        char said[STP_COUNT_TEXT];
        fprintf(file, " %s %% | %s | %zu |\n",
                stp_fixed_words(100 * b->forecast, 1, 0, said), words, b->cases);
    }
    putc('\n', file);
}

static void write_states(FILE *file, const steppe_risk *r)
{
    fputs(
        "The warning: of the weeks that ended like this, so many were followed by one "
        "of unrest.\n\n| a region at the end of a week | trained | weeks | tried | weeks "
        "|\n|---|---|---:|---|---:|\n",
        file);
    for (size_t i = 0; i < r->state_count; i++) {
        const steppe_risk_state *s = &r->states[i];
        char trained[64] = "never", tried[64] = "never";
        if (s->trained_cases)
            share_words(s->trained, s->trained_low, s->trained_high, trained);
        if (s->tried_cases)
            share_words(s->tried, s->tried_low, s->tried_high, tried);
        fputs("| ", file);
        stp_page_cell(file, s->name);
        fprintf(file, "%s | %zu | %s | %zu |\n", trained, s->trained_cases, tried,
                s->tried_cases);
    }
    putc('\n', file);
}

static void write_calibration(FILE *file, const steppe_risk *r, const char *stem)
{
    const steppe_risk_facts *f = &r->facts;
    fputs("## Calibration inside the model\n\n", file);
    if (r->forecast_count == 0) {
        fputs("One week alone: nothing to be forecast from the week before.\n\n", file);
        return;
    }
    fprintf(file, "Learnt from %zu runs, tried on %zu others", f->trained, f->tried);
    if (*f->against) {
        fputs(" (", file);
        stp_page_code(file, f->against);
        fputs(")", file);
    }
    fprintf(
        file,
        ": weeks %zu to %zu of every "
        "region. Score and parts by Brier (1950)\nand Murphy (1973): score = "
        "reliability - resolution + uncertainty. Skill is beside the first line, 1 "
        "perfect, 0 no better;\nits interval is a jackknife over runs. Hits and false "
        "alarms: 50 %% and more is a warning.\n\n",
        f->from + 1, f->to);
    write_forecasts(file, r);
    write_states(file, r);
    if (!f->near)
        fputs("Districts have no coordinates: nothing is near anything.\n\n", file);
    write_bins(file, r, STP_FORECAST_REGION_WEEK);
    write_bins(file, r, STP_FORECAST_STATE_WEEK);
    fputs("![reliability](", file);
    stp_page_target(file, stem);
    fputs("-reliability.svg)\n\n", file);
    if (!*f->against)
        fputs("Both halves are runs of the same model: that one forecasts the other says "
              "that there are runs enough, and\nwhat the week before is worth in the "
              "model; it says nothing about the country. `--against` tries them on\nruns "
              "under other assumptions.\n\n",
              file);
}

/* ---- the record ---- */

static void write_record(FILE *file, const steppe_risk *r)
{
    const steppe_risk_record_facts *f = &r->record;
    fputs("## Beside the record\n\n", file);
    if (f->named == 0)
        fputs("The section `observed` names no region as one of unrest in a week: there "
              "is nothing to set beside it.\n",
              file);
    else {
        fputs(
            "| region | week | by | confidence | risk in the model |\n|---|---:|---|---|"
            "---|\n",
            file);
        for (size_t i = 0; i < r->record_count; i++) {
            const steppe_risk_record *row = &r->records[i];
            char words[64];
            share_words(row->risk, row->low, row->high, words);
            fputs("| ", file);
            stp_page_cell(file, row->name);
            fprintf(file, "%zu | ", row->week);
            stp_page_cell(file, row->observation);
            stp_page_text(file, row->kind);
            fputs(", ", file);
            stp_page_text(file, row->confidence);
            fprintf(file, "%s | %s |\n", row->sure ? "" : ", doubtful", words);
        }
        char scores[2][STP_COUNT_TEXT];
        fprintf(file,
                "\n%zu regions in %zu week%s of %zu: Brier score %s; at worst %s, as "
                "%zu of the doubtful need not have had\nunrest. The risk is 50 %% or "
                "more in %zu of %zu.\n",
                f->regions, f->weeks, f->weeks == 1 ? "" : "s", r->facts.weeks,
                stp_fixed_words(f->brier, 3, 0, scores[0]),
                stp_fixed_words(f->brier_worst, 3, 0, scores[1]), f->doubtful, f->hits,
                f->named);
        fputs(
            "\nThis is hardly a calibration. The record names regions with unrest and "
            "none without: no false alarm is possible,\nand whoever says \"everywhere\" "
            "scores best. The regions of one country in one week are one event, in which "
            "each\nhears of the others, and not as many. And if the values of the "
            "scenario were set with that event in view, a hit\nis no test.\n",
            file);
    }
    if (f->undated)
        fprintf(file,
                "\n%zu more observations name places, but no single week or no unrest: "
                "they are left out.\n",
                f->undated);
    fputs("\nOf all other weeks the scenario records nothing, neither unrest nor calm: "
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

static int write_plot(stp_outputs *outputs, const steppe_risk *r, const char *path)
{
    static const double ENDS[2] = {0, 1};
    stp_plot plot = {.reference = NAN};
    snprintf(plot.title, sizeof plot.title, "Reliability: what was said, what came");
    snprintf(plot.x_axis, sizeof plot.x_axis, "forecast");
    snprintf(plot.y_axis, sizeof plot.y_axis, "share of cases with unrest");
    bool bad = stp_plot_add(&plot, "perfect", STP_MARK_LINE, 2, ENDS, ENDS, NULL, NULL) ||
               add_curve(&plot, r, STP_FORECAST_REGION_WEEK) ||
               add_curve(&plot, r, STP_FORECAST_STATE_WEEK);
    const page p = {r, NULL, &plot};
    int status = bad ? stp_no_memory(outputs->context)
                     : stp_outputs_write(outputs, path, STP_OUTPUT_SVG, draw_plot, &p);
    stp_plot_clear(&plot);
    return status;
}

int steppe_risk_write_page(steppe_context *context, const steppe_risk *risk,
                           const char *path)
{
    const char *name;
    char *stem = stp_page_stem(path, &name);
    stp_text map = {0}, plot = {0};
    if (stem) {
        stp_text_add(&map, "%s-map.svg", stem);
        stp_text_add(&plot, "%s-reliability.svg", stem);
    }
    int status = !stem || map.failed || plot.failed ? stp_no_memory(context) : STEPPE_OK;
    const page p = {risk, name, NULL};
    stp_outputs outputs = {.context = context};
    if (status == STEPPE_OK)
        status = stp_outputs_write(&outputs, map.data, STP_OUTPUT_SVG, draw_map, &p);
    if (status == STEPPE_OK && risk->forecast_count > 0)
        status = write_plot(&outputs, risk, plot.data);
    if (status == STEPPE_OK)
        status = stp_outputs_write(&outputs, path, STP_OUTPUT_MARKDOWN, write_page, &p);
    status = stp_outputs_close(&outputs, status);
    free(stem);
    stp_text_free(&map);
    stp_text_free(&plot);
    return status;
}
