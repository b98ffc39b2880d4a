/* What an ensemble came to: each outcome over its replicates. */
#include "record/ensemble.h"
#include "record/results.h"
#include "study/interval.h"
#include "study/outcome.h"
#include "study/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct steppe_ensemble_table {
    steppe_ensemble_row rows[STP_OUTCOME_COUNT];
    size_t count;
};

typedef struct reader {
    steppe_context *context;
    const char *path;
    sqlite3 *db;
    double *values; /* room for those of one outcome */
    size_t capacity;
} reader;

static int find_room(reader *r)
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

static int read_outcome(reader *r, int which, steppe_ensemble_table *table)
{
    static const double SHARES[5] = {0.05, 0.25, 0.5, 0.75, 0.95};
    size_t n = 0;
    int status = stp_ensemble_outcome(r->context, r->path, r->db,
                                      STP_OUTCOMES[which].name, r->values, r->capacity);
    if (status != STEPPE_OK)
        return status;
    for (size_t i = 0; i < r->capacity; i++)
        if (!isnan(r->values[i]))
            r->values[n++] = r->values[i];
    if (n == 0)
        return STEPPE_OK;
    steppe_ensemble_row *row = &table->rows[table->count++];
    *row = (steppe_ensemble_row){STP_OUTCOMES[which].name,    STP_OUTCOMES[which].unit,
                                 STP_OUTCOMES[which].meaning, n,
                                 stp_mean(r->values, n),      {0}};
    stp_sort(r->values, n);
    for (int k = 0; k < 5; k++)
        row->quantiles[k] = stp_quantile(r->values, n, SHARES[k]);
    return STEPPE_OK;
}

int steppe_ensemble_table_open(steppe_context *context, const char *path,
                               steppe_ensemble_table **table)
{
    *table = NULL;
    reader r = {context, path, NULL, NULL, 0};
    steppe_ensemble_table *made = calloc(1, sizeof *made);
    int status = made ? stp_results_open(context, path, &r.db) : stp_no_memory(context);
    if (status == STEPPE_OK)
        status = find_room(&r);
    for (int k = 0; k < STP_OUTCOME_COUNT && status == STEPPE_OK; k++)
        status = read_outcome(&r, k, made);
    sqlite3_close(r.db);
    free(r.values);
    if (status != STEPPE_OK) {
        free(made);
        return status;
    }
    *table = made;
    return STEPPE_OK;
}

void steppe_ensemble_table_free(steppe_ensemble_table *table)
{
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
