/* Where two results files first differ. */
#include "base/text.h"
#include "record/recorder.h"
#include "record/results.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct reader {
    steppe_context *context;
    sqlite3 *db[2];
    const char *path[2];
    steppe_difference *difference;
} reader;

/* A query of both files, row by row. */
typedef struct rows {
    sqlite3_stmt *s[2];
    bool more[2]; /* has the file another row? */
} rows;

static int begin(const reader *r, rows *q, const char *sql)
{
    *q = (rows){0};
    for (int i = 0; i < 2; i++)
        if (sqlite3_prepare_v2(r->db[i], sql, -1, &q->s[i], NULL) != SQLITE_OK)
            return stp_results_damaged(r->context, r->path[i], r->db[i]);
    return STEPPE_OK;
}

static int next(const reader *r, rows *q)
{
    for (int i = 0; i < 2; i++) {
        int code = sqlite3_step(q->s[i]);
        q->more[i] = code == SQLITE_ROW;
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            return stp_results_damaged(r->context, r->path[i], r->db[i]);
    }
    return STEPPE_OK;
}

static void end(const rows *q)
{
    sqlite3_finalize(q->s[0]);
    sqlite3_finalize(q->s[1]);
}

static const char *text_of(const rows *q, int file, int column)
{
    const char *text = (const char *)sqlite3_column_text(q->s[file], column);
    return text ? text : "";
}

static bool is_same(const rows *q, int column)
{
    return strcmp(text_of(q, 0, column), text_of(q, 1, column)) == 0;
}

/* Append to the words of the difference. */
__attribute__((format(printf, 2, 3))) static void add(steppe_difference *d,
                                                      const char *format, ...)
{
    size_t used = strlen(d->what);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(d->what + used, sizeof d->what - used, format, arguments);
    va_end(arguments);
}

/* ---- settings ---- */

static void add_setting(const reader *r, const char *words, char values[2][64])
{
    steppe_difference *d = r->difference;
    size_t used = strlen(d->settings);
    snprintf(d->settings + used, sizeof d->settings - used, "%sthe %s differ (%s and %s)",
             used ? "; " : "", words, values[0], values[1]);
}

static int read_both(const reader *r, const char *key, char values[2][64])
{
    int status = STEPPE_OK;
    for (int i = 0; i < 2 && status == STEPPE_OK; i++)
        status = stp_results_fact(r->context, r->path[i], r->db[i], key, values[i],
                                  sizeof values[i]);
    return status;
}

/* Population seeds that equal the seeds differ as those do: do not say it twice. An ensemble without the
 * fact draws a population per run. */
static int compare_populations(const reader *r)
{
    char seeds[2][64], people[2][64], models[2][64];
    bool own = true;
    int status = read_both(r, "seed", seeds);
    if (status == STEPPE_OK)
        status = read_both(r, "model", models);
    if (status == STEPPE_OK)
        status = read_both(r, "population_seed", people);
    for (int i = 0; i < 2 && status == STEPPE_OK; i++) {
        if (!*people[i])
            snprintf(people[i], sizeof people[i], "one per run");
        own = own && strcmp(people[i], seeds[i]) == 0;
    }
    if (status == STEPPE_OK && !own && strcmp(models[0], models[1]) == 0 &&
        strcmp(people[0], people[1]) != 0)
        add_setting(r, "population seeds", people);
    return status;
}

static int compare_facts(const reader *r)
{
    static const struct {
        const char *key, *words;
    } FACTS[] = {{"results_version", "results versions"},
                 {"scenario_digest", "scenarios"},
                 {"seed", "seeds"},
                 {"scale", "scales"},
                 {"schedule", "schedules"},
                 {"initial_digest", "states at the start"}};
    int status = STEPPE_OK;
    for (size_t i = 0; i < sizeof FACTS / sizeof *FACTS && status == STEPPE_OK; i++) {
        char values[2][64];
        status = read_both(r, FACTS[i].key, values);
        if (status == STEPPE_OK && strcmp(values[0], values[1]) != 0)
            add_setting(r, FACTS[i].words, values);
    }
    return status == STEPPE_OK ? compare_populations(r) : status;
}

/* ---- steps ---- */

/* The first district and count that differ in a step. */
static int explain_step(const reader *r, sqlite3_int64 step, const char *time)
{
    static const char *const WORDS[] = {"",         "active",   "arrests",
                                        "detained", "officers", "digest"};
    steppe_difference *d = r->difference;
    rows q;
    d->step = (uint64_t)step;
    add(d, "step %lld (%s)", (long long)step, time);
    int status = begin(r, &q,
                       "SELECT d.name, s.active, s.arrests, s.detained, s.officers, "
                       "s.digest FROM series s JOIN district d USING (district) WHERE "
                       "s.step = ? ORDER BY s.district");
    for (int i = 0; i < 2 && status == STEPPE_OK; i++)
        sqlite3_bind_int64(q.s[i], 1, step);
    while (status == STEPPE_OK && (status = next(r, &q)) == STEPPE_OK && q.more[0] &&
           q.more[1]) {
        int column = 1;
        while (column < 6 && is_same(&q, column))
            column++;
        if (column == 6)
            continue;
        add(d, ", %s: %s %s and %s", text_of(&q, 0, 0), WORDS[column],
            text_of(&q, 0, column), text_of(&q, 1, column));
        break;
    }
    end(&q);
    return status;
}

static int compare_rows(const reader *r, rows *q)
{
    steppe_difference *d = r->difference;
    sqlite3_int64 last = 0;
    int status;
    while ((status = next(r, q)) == STEPPE_OK && q->more[0] && q->more[1]) {
        if (!is_same(q, 1))
            return explain_step(r, sqlite3_column_int64(q->s[0], 0), text_of(q, 0, 2));
        last = sqlite3_column_int64(q->s[0], 0);
    }
    if (status != STEPPE_OK)
        return status;
    d->same = q->more[0] == q->more[1];
    if (d->same) {
        add(d, "all %lld steps are the same", (long long)last);
    } else {
        d->step = (uint64_t)last + 1;
        add(d, "the same as far as %.200s goes: %lld steps", r->path[q->more[0]],
            (long long)last);
    }
    return STEPPE_OK;
}

static int compare_digests(const reader *r)
{
    rows q;
    int status = begin(r, &q, "SELECT step, digest, time FROM step ORDER BY step");
    if (status == STEPPE_OK)
        status = compare_rows(r, &q);
    end(&q);
    return status;
}

/* ---- fields ---- */

/* Columns of the query: time, name; the keys, step and district; the fields. */
enum { KEYS_FROM = 2, FIELDS_FROM = 4, FIELDS_END = FIELDS_FROM + STP_FIELDS };

/* The file whose row comes first, by step and district. */
static int first_of(const rows *q)
{
    for (int k = KEYS_FROM; k < FIELDS_FROM; k++) {
        sqlite3_int64 a = sqlite3_column_int64(q->s[0], k),
                      b = sqlite3_column_int64(q->s[1], k);
        if (a != b)
            return a < b ? 0 : 1;
    }
    return 0;
}

static int compare_field_rows(const reader *r, rows *q)
{
    steppe_difference *d = r->difference;
    char steps[64];
    int status;
    snprintf(steps, sizeof steps, "%.63s", d->what);
    while ((status = next(r, q)) == STEPPE_OK && q->more[0] && q->more[1]) {
        int column = KEYS_FROM, first = first_of(q);
        while (column < FIELDS_END && is_same(q, column))
            column++;
        if (column == FIELDS_END)
            continue;
        d->same = false;
        d->step = (uint64_t)sqlite3_column_int64(q->s[first], KEYS_FROM);
        d->what[0] = '\0';
        add(d, "the fields of step %llu (%.40s), %.100s: ", (unsigned long long)d->step,
            text_of(q, first, 0), text_of(q, first, 1));
        if (column < FIELDS_FROM)
            add(d, "in one file only; %s", steps);
        else
            add(d, "%s %.40s and %.40s; %s", stp_field_name(column - FIELDS_FROM),
                text_of(q, 0, column), text_of(q, 1, column), steps);
        break;
    }
    return status; /* more rows are those of a run that still runs */
}

static int compare_fields(const reader *r)
{
    stp_text sql = {0};
    rows q = {0};
    stp_text_add(&sql, "SELECT t.time, d.name, s.step, s.district");
    for (int k = 0; k < STP_FIELDS; k++)
        stp_text_add(&sql, ", s.%s / %d.0", stp_field_name(k), STP_FIELD_PARTS);
    stp_text_add(&sql, " FROM series s JOIN step t USING (step) JOIN district d USING "
                       "(district) ORDER BY s.step, s.district");
    int status = sql.failed ? stp_no_memory(r->context) : begin(r, &q, sql.data);
    if (status == STEPPE_OK)
        status = compare_field_rows(r, &q);
    end(&q);
    stp_text_free(&sql);
    return status;
}

/* ---- tables of values ---- */

/* Compare queries one after another, up to the first difference. Their columns: a value, a step, and what
 * the row is called. */
static int compare_queries(const reader *r, const char *const *queries, size_t count,
                           bool *same)
{
    steppe_difference *d = r->difference;
    int status = STEPPE_OK;
    *same = true;
    for (size_t i = 0; i < count && status == STEPPE_OK && *same; i++) {
        rows q;
        status = begin(r, &q, queries[i]);
        while (status == STEPPE_OK && *same && (status = next(r, &q)) == STEPPE_OK &&
               (q.more[0] || q.more[1])) {
            bool paired = q.more[0] && q.more[1] && is_same(&q, 2);
            int longer = q.more[0] ? 0 : 1;
            *same = paired && is_same(&q, 0);
            if (*same)
                continue;
            d->step = (uint64_t)sqlite3_column_int64(q.s[longer], 1);
            d->what[0] = '\0';
            if (paired)
                add(d, "%.200s: %.100s and %.100s", text_of(&q, 0, 2), text_of(&q, 0, 0),
                    text_of(&q, 1, 0));
            else
                add(d, "%.200s is in one file only", text_of(&q, longer, 2));
        }
        end(&q);
    }
    return status;
}

/* Files that hold nothing else. words: if they are the same. */
static int compare_tables(const reader *r, const char *const *queries, size_t count,
                          const char *words)
{
    bool same;
    int status = compare_queries(r, queries, count, &same);
    r->difference->same = status == STEPPE_OK && same;
    if (r->difference->same)
        add(r->difference, "%s", words);
    return status;
}

/* ---- the seat of power ---- */

/* What happened, then the state of each day; steps and fields are the same. */
static int compare_seats(const reader *r)
{
    static const char *const QUERIES[] = {
        "SELECT kind || coalesce(' ' || (SELECT id FROM person p WHERE p.person = "
        "act.person), '') || coalesce(' ' || (SELECT id FROM office o WHERE o.office = "
        "act.office), '') || ' ' || amount, day, 'at the seat of power, day ' || day || "
        "', act ' || act FROM act ORDER BY act",
        "SELECT printf('strength %.9f, signal %.9f, threshold %.9f', strength, signal, "
        "threshold), day, 'the seat of power, day ' || day FROM seat ORDER BY day",
        "SELECT printf('orders %.9f, pace %.9f, image %.9f', orders, pace, image), day, "
        "'the seat of power, day ' || day FROM seat ORDER BY day",
        "SELECT printf('insecurity %.9f, resources %d', insecurity, resources), day, "
        "'the seat of power, day ' || day || ', ' || coalesce(id, '') FROM person_day "
        "LEFT JOIN person USING (person) ORDER BY day, person",
    };
    steppe_difference *d = r->difference;
    char steps[64];
    bool has[2];
    for (int i = 0; i < 2; i++)
        has[i] = sqlite3_table_column_metadata(r->db[i], NULL, "seat", "day", NULL, NULL,
                                               NULL, NULL, NULL) == SQLITE_OK;
    if (has[0] != has[1])
        add(d, "; %.200s has no seat of power", r->path[has[0]]);
    if (!has[0] || !has[1])
        return STEPPE_OK;
    snprintf(steps, sizeof steps, "%.63s", d->what);
    int status = compare_queries(r, QUERIES, sizeof QUERIES / sizeof *QUERIES, &d->same);
    if (!d->same)
        add(d, "; %s", steps);
    return status;
}

static int compare_steps(const reader *r)
{
    int status = compare_digests(r);
    if (status == STEPPE_OK && r->difference->same)
        status = compare_fields(r);
    return status == STEPPE_OK && r->difference->same ? compare_seats(r) : status;
}

/* ---- the object ---- */

static int compare_results(const reader *r)
{
    static const char *const SOLUTION[] = {
        "SELECT printf('%!.17g', value), 0, name FROM outcomes ORDER BY rowid",
        "SELECT printf('%!.17g', value), step, 'step ' || step || ', ' || name FROM "
        "series ORDER BY step, name",
    };
    static const char *const ENSEMBLE[] = {
        "SELECT status || coalesce(' ' || digest, ''), replicate, 'replicate ' || "
        "replicate FROM replicate ORDER BY replicate",
        "SELECT printf('%!.17g', value), replicate, 'replicate ' || replicate || ', ' || "
        "name FROM outcome ORDER BY replicate, name",
    };
    static const char *const CALIBRATION[] = {
        "SELECT status || coalesce(' ' || digest, ''), point, 'wave ' || wave || ', run "
        "' || "
        "point FROM sample ORDER BY wave, point",
        "SELECT printf('%!.17g', value), point, 'wave ' || wave || ', run ' || point || "
        "', "
        "statistic ' || statistic FROM measured ORDER BY wave, point, statistic",
        "SELECT printf('%!.17g', value), draw, 'the posterior, draw ' || draw || ', "
        "factor ' "
        "|| factor FROM posterior ORDER BY draw, factor",
        "SELECT printf('%!.17g', rank), truth, 'truth ' || truth || ', quantity ' || "
        "quantity "
        "FROM truth ORDER BY truth, quantity",
    };
    char models[2][64];
    int status = read_both(r, "model", models);
    if (status != STEPPE_OK)
        return status;
    if (strcmp(models[0], models[1]) != 0)
        add(r->difference, "the models: %s and %s", models[0], models[1]);
    else if (strcmp(models[0], "street") == 0)
        return compare_steps(r);
    else if (strcmp(models[0], "ensemble") == 0)
        return compare_tables(r, ENSEMBLE, 2, "all replicates are the same");
    else if (strcmp(models[0], "calibration") == 0)
        return compare_tables(r, CALIBRATION, 4,
                              "all runs and the posterior are the same");
    else
        return compare_tables(r, SOLUTION, 2, "all outcomes and all steps are the same");
    return STEPPE_OK;
}

int steppe_results_diff(steppe_context *context, const char *path_a, const char *path_b,
                        steppe_difference *difference)
{
    *difference = (steppe_difference){0};
    reader r = {context, {NULL, NULL}, {path_a, path_b}, difference};
    int status = stp_results_open(context, path_a, &r.db[0]);
    if (status == STEPPE_OK)
        status = stp_results_open(context, path_b, &r.db[1]);
    if (status == STEPPE_OK)
        status = compare_facts(&r);
    if (status == STEPPE_OK)
        status = compare_results(&r);
    sqlite3_close(r.db[0]);
    sqlite3_close(r.db[1]);
    return status;
}
