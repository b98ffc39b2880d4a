#include "record/calibration.h"

#include "record/recorder.h"
#include "record/results.h"
#include "record/row.h"
#include "scenario/model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct stp_calibration_store {
    stp_store_file file;
    size_t ranges, statistics;
};

static const char SCHEMA[] =
    "CREATE TABLE run (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "CREATE TABLE factor (factor INTEGER PRIMARY KEY, path TEXT, low REAL, high REAL,"
    " kind TEXT);"
    "CREATE TABLE statistic (statistic INTEGER PRIMARY KEY, name TEXT);"
    "CREATE TABLE sample (wave INTEGER, point INTEGER, seed TEXT, status TEXT,"
    " message TEXT, took_off INTEGER, digest TEXT, PRIMARY KEY (wave, point))"
    " WITHOUT ROWID;"
    "CREATE TABLE sample_draw (wave INTEGER, point INTEGER, factor INTEGER, value REAL,"
    " PRIMARY KEY (wave, point, factor)) WITHOUT ROWID;"
    "CREATE TABLE measured (wave INTEGER, point INTEGER, statistic INTEGER, value REAL,"
    " PRIMARY KEY (wave, point, statistic)) WITHOUT ROWID;"
    "CREATE TABLE posterior (draw INTEGER, factor INTEGER, value REAL,"
    " PRIMARY KEY (draw, factor)) WITHOUT ROWID;"
    "CREATE TABLE truth (truth INTEGER, quantity INTEGER, rank REAL,"
    " PRIMARY KEY (truth, quantity)) WITHOUT ROWID;" STP_SETTING_SCHEMA;

/* ---- opening ---- */

static bool write_lists(sqlite3 *db, const stp_calibration_head *h)
{
    stp_row factor = stp_row_begin(db, "INTO factor", 5);
    for (size_t i = 0; i < h->range_count; i++) {
        const stp_range *r = &h->ranges[i];
        stp_row_whole(&factor, (int64_t)i);
        stp_row_text(&factor, r->path);
        stp_row_real(&factor, r->low);
        stp_row_real(&factor, r->high);
        stp_row_text(&factor, stp_kind_word(r->kind));
        stp_row_put(&factor);
    }
    stp_row statistic = stp_row_begin(db, "INTO statistic", 2);
    for (size_t i = 0; i < h->statistic_count; i++) {
        stp_row_whole(&statistic, (int64_t)i);
        stp_row_text(&statistic, h->statistics[i]);
        stp_row_put(&statistic);
    }
    bool written = stp_row_end(&factor);
    return stp_row_end(&statistic) && written;
}

static bool write_head(sqlite3 *db, const void *user)
{
    const stp_calibration_head *h = user;
    char format[16], results[16];
    snprintf(format, sizeof format, "%d", STEPPE_RESULTS_FORMAT);
    snprintf(results, sizeof results, "%d", STEPPE_RESULTS_VERSION);
    return stp_row_fact(db, "model", "calibration") &&
           stp_row_fact(db, "status", "running") &&
           stp_row_fact(db, "title", h->scenario->title) &&
           stp_row_fact(db, "scenario_file", h->scenario->file) &&
           stp_row_fact(db, "scenario", h->scenario->resolved.data) &&
           stp_row_fact(db, "version", steppe_version()) &&
           stp_row_fact(db, "format_version", format) &&
           stp_row_fact(db, "results_version", results) &&
           stp_row_fact(db, "design", h->design) && write_lists(db, h) &&
           stp_write_settings(db, h->scenario);
}

/* Report the first line in which two designs differ. */
static int differs(const stp_store_file *f, const char *held, const char *wanted)
{
    for (;;) {
        size_t a = strcspn(held, "\n"), b = strcspn(wanted, "\n");
        if (a != b || strncmp(held, wanted, a) != 0 || !held[a] || !wanted[b])
            return stp_fail(f->context, STEPPE_BAD_RESULTS,
                            "%.800s: holds another calibration, with '%.*s' in place of "
                            "'%.*s': choose another file",
                            f->path, (int)(a < 200 ? a : 200), held,
                            (int)(b < 200 ? b : 200), wanted);
        held += a + 1;
        wanted += b + 1;
    }
}

static int compare_design(stp_store_file *f, const char *design)
{
    char model[32], *held = NULL;
    int status = stp_results_fact(f->context, f->path, f->db, "model", model,
                                  sizeof model);
    if (status == STEPPE_OK && strcmp(model, "calibration") != 0)
        return stp_fail(f->context, STEPPE_BAD_RESULTS,
                        "%.800s: is not the file of a calibration: choose another file",
                        f->path);
    if (status == STEPPE_OK)
        status = stp_results_text(f->context, f->path, f->db, "design", &held);
    if (status == STEPPE_OK && !held)
        status = stp_results_reject(f->context, f->path, "table 'run' has no 'design'");
    else if (status == STEPPE_OK && strcmp(held, design) != 0)
        status = differs(f, held, design);
    free(held);
    return status;
}

int stp_calibration_open(steppe_context *context, const char *path,
                         const stp_calibration_head *head, stp_calibration_store **store)
{
    *store = NULL;
    stp_calibration_store *s = calloc(1, sizeof *s);
    if (!s)
        return stp_no_memory(context);
    s->ranges = head->range_count;
    s->statistics = head->statistic_count;
    bool made;
    int status = stp_store_file_open(context, path, "calibration", SCHEMA, write_head,
                                     head, &s->file, &made);
    if (status == STEPPE_OK && !made)
        status = compare_design(&s->file, head->design);
    if (status != STEPPE_OK) {
        stp_calibration_close(s);
        return status;
    }
    *store = s;
    return STEPPE_OK;
}

void stp_calibration_close(stp_calibration_store *store)
{
    if (!store)
        return;
    stp_store_file_close(&store->file);
    free(store);
}

/* ---- runs ---- */

static bool add_head(sqlite3 *db, const stp_calibration_row *r, bool *exists)
{
    char seed[24], digest[24];
    stp_row w = stp_row_begin(db, "OR IGNORE INTO sample", 7);
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)r->seed);
    snprintf(digest, sizeof digest, "%016llx", (unsigned long long)r->digest);
    stp_row_whole(&w, (int64_t)r->wave);
    stp_row_whole(&w, (int64_t)r->point);
    stp_row_text(&w, seed);
    stp_row_text(&w, r->failure ? "failed" : r->stopped ? "stopped" : "done");
    stp_row_text(&w, r->failure);
    stp_row_whole(&w, r->took_off);
    stp_row_text(&w, r->failure ? NULL : digest);
    stp_row_put(&w);
    *exists = sqlite3_changes(db) == 0;
    return stp_row_end(&w);
}

static bool add_numbers(sqlite3 *db, const char *into, const stp_calibration_row *r,
                        size_t count, const double *values)
{
    stp_row w = stp_row_begin(db, into, 4);
    for (size_t k = 0; k < count; k++) {
        if (isnan(values[k]))
            continue;
        stp_row_whole(&w, (int64_t)r->wave);
        stp_row_whole(&w, (int64_t)r->point);
        stp_row_whole(&w, (int64_t)k);
        stp_row_real(&w, values[k]);
        stp_row_put(&w);
    }
    return stp_row_end(&w);
}

int stp_calibration_add(stp_calibration_store *s, const stp_calibration_row *r)
{
    bool exists = false;
    if (stp_store_file_begin(&s->file) != STEPPE_OK)
        return STEPPE_CANNOT_WRITE;
    sqlite3 *db = s->file.db;
    bool ok = add_head(db, r, &exists);
    if (ok && !exists)
        ok = add_numbers(db, "INTO sample_draw", r, s->ranges, r->values) &&
             (r->failure ||
              add_numbers(db, "INTO measured", r, s->statistics, r->measured));
    return stp_store_file_end(&s->file, ok);
}

static int read_heads(stp_store_file *f, sqlite3_stmt *q, size_t count,
                      stp_calibration_kept *kept)
{
    int code;
    while ((code = sqlite3_step(q)) == SQLITE_ROW) {
        sqlite3_int64 i = sqlite3_column_int64(q, 0);
        if (i < 0 || (size_t)i >= count)
            continue;
        const char *status = (const char *)sqlite3_column_text(q, 2);
        const char *digest = (const char *)sqlite3_column_text(q, 4);
        kept[i] = (stp_calibration_kept){
            .there = true,
            .failed = strcmp(status, "failed") == 0,
            .stopped = strcmp(status, "stopped") == 0,
            .took_off = sqlite3_column_int(q, 3) != 0,
            .seed = strtoull((const char *)sqlite3_column_text(q, 1), NULL, 10),
            .digest = digest ? strtoull(digest, NULL, 16) : 0};
    }
    return code == SQLITE_DONE ? STEPPE_OK
                               : stp_results_damaged(f->context, f->path, f->db);
}

static int read_measured(stp_calibration_store *s, sqlite3_stmt *q, size_t count,
                         double *measured)
{
    int code;
    for (size_t i = 0; i < count * s->statistics; i++)
        measured[i] = NAN;
    while ((code = sqlite3_step(q)) == SQLITE_ROW) {
        sqlite3_int64 i = sqlite3_column_int64(q, 0), k = sqlite3_column_int64(q, 1);
        if (i >= 0 && (size_t)i < count && k >= 0 && (size_t)k < s->statistics)
            measured[(size_t)i * s->statistics + (size_t)k] = sqlite3_column_double(q, 2);
    }
    return code == SQLITE_DONE
               ? STEPPE_OK
               : stp_results_damaged(s->file.context, s->file.path, s->file.db);
}

int stp_calibration_read(stp_calibration_store *s, size_t wave, size_t count,
                         stp_calibration_kept *kept, double *measured)
{
    memset(kept, 0, count * sizeof *kept);
    sqlite3_stmt *heads = stp_store_file_prepare(
        &s->file,
        "SELECT point, seed, status, took_off, digest FROM sample WHERE wave = ?");
    sqlite3_stmt *numbers = stp_store_file_prepare(
        &s->file, "SELECT point, statistic, value FROM measured WHERE wave = ?");
    int status = heads && numbers ? STEPPE_OK : STEPPE_BAD_RESULTS;
    if (status == STEPPE_OK) {
        sqlite3_bind_int64(heads, 1, (sqlite3_int64)wave);
        sqlite3_bind_int64(numbers, 1, (sqlite3_int64)wave);
        status = read_heads(&s->file, heads, count, kept);
    }
    if (status == STEPPE_OK)
        status = read_measured(s, numbers, count, measured);
    sqlite3_finalize(heads);
    sqlite3_finalize(numbers);
    return status;
}

/* ---- synthetic truths ---- */

int stp_calibration_add_truth(stp_calibration_store *s, size_t truth, size_t count,
                              const double *ranks)
{
    int status = stp_store_file_begin(&s->file);
    if (status != STEPPE_OK)
        return status;
    stp_row w = stp_row_begin(s->file.db, "OR IGNORE INTO truth", 3);
    for (size_t k = 0; k < count; k++) {
        stp_row_whole(&w, (int64_t)truth);
        stp_row_whole(&w, (int64_t)k);
        stp_row_real(&w, ranks[k]);
        stp_row_put(&w);
    }
    return stp_store_file_end(&s->file, stp_row_end(&w));
}

int stp_calibration_read_truths(stp_calibration_store *s, size_t truths, size_t count,
                                bool *there, double *ranks)
{
    sqlite3_stmt *q = stp_store_file_prepare(&s->file,
                                             "SELECT truth, quantity, rank FROM truth");
    int code = q ? SQLITE_DONE : SQLITE_ERROR;
    memset(there, 0, truths * sizeof *there);
    while (q && (code = sqlite3_step(q)) == SQLITE_ROW) {
        sqlite3_int64 t = sqlite3_column_int64(q, 0), k = sqlite3_column_int64(q, 1);
        if (t < 0 || (size_t)t >= truths || k < 0 || (size_t)k >= count)
            continue;
        there[t] = true;
        ranks[(size_t)t * count + (size_t)k] = sqlite3_column_type(q, 2) == SQLITE_NULL
                                                   ? NAN
                                                   : sqlite3_column_double(q, 2);
    }
    sqlite3_finalize(q);
    return code == SQLITE_DONE
               ? STEPPE_OK
               : stp_results_damaged(s->file.context, s->file.path, s->file.db);
}

/* ---- the end ---- */

static bool write_posterior(stp_calibration_store *s, size_t draws, const double *values)
{
    sqlite3 *db = s->file.db;
    if (sqlite3_exec(db, "DELETE FROM posterior", NULL, NULL, NULL) != SQLITE_OK)
        return false;
    stp_row w = stp_row_begin(db, "INTO posterior", 3);
    for (size_t i = 0; i < draws * s->ranges; i++) {
        stp_row_whole(&w, (int64_t)(i / s->ranges));
        stp_row_whole(&w, (int64_t)(i % s->ranges));
        stp_row_real(&w, values[i]);
        stp_row_put(&w);
    }
    return stp_row_end(&w);
}

int stp_calibration_finish(stp_calibration_store *s, size_t draws, const double *values)
{
    int status = draws > 0 ? stp_store_file_begin(&s->file) : STEPPE_OK;
    if (status == STEPPE_OK && draws > 0)
        status = stp_store_file_end(&s->file, write_posterior(s, draws, values));
    return status == STEPPE_OK ? stp_store_file_finish(&s->file) : status;
}

int stp_calibration_leave(stp_calibration_store *s)
{
    return stp_store_file_leave(&s->file);
}
