/* The outcomes of an ensemble over its replicates. */
#include "record/ensemble.h"
#include "record/results.h"
#include "study/measures/outcome.h"
#include "study/stats/interval.h"
#include "study/stats/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct steppe_ensemble_table {
    steppe_ensemble_row *rows;
    size_t count;
    /* Of a model without a street, for the names of its outcomes; else NULL. */
    steppe_scenario *scenario;
    steppe_solution *solution;
};

typedef struct reader {
    steppe_context *context;
    const char *path;
    sqlite3 *db;
    double *values; /* of one outcome */
    size_t capacity;
} reader;

static int find_size(reader *r)
{
    char model[32];
    int status = stp_results_fact(r->context, r->path, r->db, "model", model,
                                  sizeof model);
    if (status == STEPPE_OK && strcmp(model, "ensemble") != 0)
        return stp_fail(r->context, STEPPE_BAD_RESULTS, "%s: holds no ensemble", r->path);
    if (status != STEPPE_OK)
        return status;
    status = stp_ensemble_size(r->context, r->path, r->db, &r->capacity);
    if (status == STEPPE_OK && !(r->values = calloc(r->capacity + 1, sizeof(double))))
        status = stp_no_memory(r->context);
    return status;
}

/* If the ensemble is of a model without a street: solve it once more, for the names of its outcomes. */
static int find_names(reader *r, steppe_ensemble_table *table)
{
    sqlite3_stmt *s = NULL;
    int status = STEPPE_OK;
    if (sqlite3_prepare_v2(r->db, "SELECT value FROM run WHERE key = 'scenario'", -1, &s,
                           NULL) != SQLITE_OK)
        return stp_results_damaged(r->context, r->path, r->db);
    const char *text = sqlite3_step(s) == SQLITE_ROW
                           ? (const char *)sqlite3_column_text(s, 0)
                           : NULL;
    if (text)
        status = steppe_scenario_parse(r->context, r->path, text, strlen(text), NULL, 0,
                                       &table->scenario);
    sqlite3_finalize(s);
    if (status == STEPPE_OK && table->scenario &&
        strcmp(steppe_scenario_model(table->scenario), "street") != 0)
        status = steppe_solution_create(r->context, table->scenario, 1, &table->solution);
    return status;
}

static int read_outcome(reader *r, const steppe_outcome *outcome,
                        steppe_ensemble_table *table)
{
    static const double SHARES[5] = {0.05, 0.25, 0.5, 0.75, 0.95};
    size_t n = 0;
    int status = stp_ensemble_outcome(r->context, r->path, r->db, outcome->name,
                                      r->values, r->capacity);
    if (status != STEPPE_OK)
        return status;
    for (size_t i = 0; i < r->capacity; i++)
        if (!isnan(r->values[i]))
            r->values[n++] = r->values[i];
    if (n == 0)
        return STEPPE_OK;
    steppe_ensemble_row *row = &table->rows[table->count++];
    *row = (steppe_ensemble_row){outcome->name,          outcome->unit,
                                 outcome->meaning,       n,
                                 stp_mean(r->values, n), {0}};
    stp_sort(r->values, n);
    for (int k = 0; k < 5; k++)
        row->quantiles[k] = stp_quantile(r->values, n, SHARES[k]);
    return STEPPE_OK;
}

static int read_outcomes(reader *r, steppe_ensemble_table *table)
{
    size_t count = table->solution ? steppe_solution_outcome_count(table->solution)
                                   : STP_OUTCOME_COUNT;
    int status = STEPPE_OK;
    table->rows = calloc(count + 1, sizeof *table->rows);
    if (!table->rows)
        return stp_no_memory(r->context);
    for (size_t k = 0; k < count && status == STEPPE_OK; k++) {
        steppe_outcome outcome;
        if (table->solution)
            steppe_solution_outcome(table->solution, k, &outcome);
        else
            outcome = (steppe_outcome){STP_OUTCOMES[k].name, 0, STP_OUTCOMES[k].unit,
                                       STP_OUTCOMES[k].meaning};
        status = read_outcome(r, &outcome, table);
    }
    return status;
}

int steppe_ensemble_table_open(steppe_context *context, const char *path,
                               steppe_ensemble_table **table)
{
    *table = NULL;
    reader r = {context, path, NULL, NULL, 0};
    steppe_ensemble_table *made = calloc(1, sizeof *made);
    int status = made ? stp_results_open(context, path, &r.db) : stp_no_memory(context);
    if (status == STEPPE_OK)
        status = find_size(&r);
    if (status == STEPPE_OK)
        status = find_names(&r, made);
    if (status == STEPPE_OK)
        status = read_outcomes(&r, made);
    sqlite3_close(r.db);
    free(r.values);
    if (status != STEPPE_OK) {
        steppe_ensemble_table_free(made);
        return status;
    }
    *table = made;
    return STEPPE_OK;
}

void steppe_ensemble_table_free(steppe_ensemble_table *table)
{
    if (!table)
        return;
    steppe_solution_free(table->solution);
    steppe_scenario_free(table->scenario);
    free(table->rows);
    free(table);
}

int steppe_ensemble_row_at(const steppe_ensemble_table *table, size_t index,
                           steppe_ensemble_row *row)
{
    if (index >= table->count)
        return STEPPE_BAD_ARGUMENT;
    *row = table->rows[index];
    return STEPPE_OK;
}
