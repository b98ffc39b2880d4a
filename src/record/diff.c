/* Where two results files first differ. */
#include "base/text.h"
#include "record/recorder.h"
#include "record/results.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reader {
    steppe_context *context;
    sqlite3 *a, *b;
    const char *path_a, *path_b;
    steppe_difference *difference;
} reader;

static int fail_db(const reader *r, sqlite3 *db)
{
    return stp_results_damaged(r->context, db == r->a ? r->path_a : r->path_b, db);
}

static int fact_of(const reader *r, sqlite3 *db, const char *key, char *value,
                   size_t size)
{
    return stp_results_fact(r->context, db == r->a ? r->path_a : r->path_b, db, key,
                            value, size);
}

static void add_difference(const reader *r, const char *words, const char *a,
                           const char *b)
{
    steppe_difference *d = r->difference;
    size_t used = strlen(d->settings);
    snprintf(d->settings + used, sizeof d->settings - used, "%sthe %s differ (%s and %s)",
             used ? "; " : "", words, a, b);
}

/* Whose population is drawn from the seed of its run differs from others as its seed does. In an ensemble without
 * the fact each run has its own. */
static int compare_populations(const reader *r)
{
    char seeds[2][64], people[2][64], model[32];
    sqlite3 *const dbs[] = {r->a, r->b};
    bool own = true;
    int status = STEPPE_OK;
    for (int i = 0; i < 2 && status == STEPPE_OK; i++) {
        status = fact_of(r, dbs[i], "seed", seeds[i], sizeof seeds[i]);
        if (status == STEPPE_OK)
            status = fact_of(r, dbs[i], "population_seed", people[i], sizeof people[i]);
        if (status == STEPPE_OK)
            status = fact_of(r, dbs[i], "model", model, sizeof model);
        if (status == STEPPE_OK && !*people[i])
            snprintf(people[i], sizeof people[i], "%.63s",
                     strcmp(model, "ensemble") == 0 ? "one a run" : seeds[i]);
        own = own && status == STEPPE_OK && strcmp(people[i], seeds[i]) == 0;
    }
    if (status == STEPPE_OK && !own && strcmp(people[0], people[1]) != 0)
        add_difference(r, "population seeds", people[0], people[1]);
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
        char a[64], b[64];
        status = fact_of(r, r->a, FACTS[i].key, a, sizeof a);
        if (status == STEPPE_OK)
            status = fact_of(r, r->b, FACTS[i].key, b, sizeof b);
        if (status == STEPPE_OK && strcmp(a, b) != 0)
            add_difference(r, FACTS[i].words, a, b);
    }
    return status == STEPPE_OK ? compare_populations(r) : status;
}

static const char *text_of(sqlite3_stmt *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s, column);
    return text ? text : "";
}

/* What differs in one step, by district. */
static int explain_step(const reader *r, sqlite3_int64 step, const char *time)
{
    static const char SQL[] =
        "SELECT d.name, s.active, s.arrests, s.detained, s.officers, s.digest FROM "
        "series s "
        "JOIN district d USING (district) WHERE s.step = ? ORDER BY s.district";
    static const char *const WORDS[] = {"",         "active",   "arrests",
                                        "detained", "officers", "digest"};
    steppe_difference *d = r->difference;
    sqlite3_stmt *a = NULL, *b = NULL;
    d->step = (uint64_t)step;
    snprintf(d->what, sizeof d->what, "step %lld (%s)", (long long)step, time);
    if (sqlite3_prepare_v2(r->a, SQL, -1, &a, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(r->b, SQL, -1, &b, NULL) == SQLITE_OK) {
        sqlite3_bind_int64(a, 1, step);
        sqlite3_bind_int64(b, 1, step);
        while (sqlite3_step(a) == SQLITE_ROW && sqlite3_step(b) == SQLITE_ROW) {
            int column = 1;
            while (column < 6 && strcmp(text_of(a, column), text_of(b, column)) == 0)
                column++;
            if (column == 6)
                continue;
            size_t used = strlen(d->what);
            snprintf(d->what + used, sizeof d->what - used, ", %s: %s %s and %s",
                     text_of(a, 0), WORDS[column], text_of(a, column),
                     text_of(b, column));
            break;
        }
    }
    sqlite3_finalize(a);
    sqlite3_finalize(b);
    return STEPPE_OK;
}

static int compare_rows(const reader *r, sqlite3_stmt *a, sqlite3_stmt *b)
{
    steppe_difference *d = r->difference;
    sqlite3_int64 last = 0;
    for (;;) {
        int more_a = sqlite3_step(a), more_b = sqlite3_step(b);
        if (more_a != SQLITE_ROW && more_a != SQLITE_DONE)
            return fail_db(r, r->a);
        if (more_b != SQLITE_ROW && more_b != SQLITE_DONE)
            return fail_db(r, r->b);
        if (more_a == SQLITE_DONE && more_b == SQLITE_DONE) {
            d->same = true;
            snprintf(d->what, sizeof d->what, "all %lld steps are the same",
                     (long long)last);
            return STEPPE_OK;
        }
        if (more_a != more_b) {
            const char *shorter = more_a == SQLITE_DONE ? r->path_a : r->path_b;
            d->step = (uint64_t)last + 1;
            snprintf(d->what, sizeof d->what,
                     "the same as far as %.200s goes: %lld steps", shorter,
                     (long long)last);
            return STEPPE_OK;
        }
        if (strcmp(text_of(a, 1), text_of(b, 1)) != 0)
            return explain_step(r, sqlite3_column_int64(a, 0), text_of(a, 2));
        last = sqlite3_column_int64(a, 0);
    }
}

static int compare_digests(const reader *r)
{
    static const char SQL[] = "SELECT step, digest, time FROM step ORDER BY step";
    sqlite3_stmt *a = NULL, *b = NULL;
    int status = STEPPE_OK;
    if (sqlite3_prepare_v2(r->a, SQL, -1, &a, NULL) != SQLITE_OK)
        status = fail_db(r, r->a);
    else if (sqlite3_prepare_v2(r->b, SQL, -1, &b, NULL) != SQLITE_OK)
        status = fail_db(r, r->b);
    else
        status = compare_rows(r, a, b);
    sqlite3_finalize(a);
    sqlite3_finalize(b);
    return status;
}

/* ---- the fields that steps found ---- */

static bool has_fields(sqlite3 *db)
{
    bool all = true;
    for (int k = 0; k < STP_FIELDS; k++)
        all = all &&
              sqlite3_table_column_metadata(db, NULL, "series", stp_field_name(k), NULL,
                                            NULL, NULL, NULL, NULL) == SQLITE_OK;
    return all;
}

/* Columns of the rows that are set side by side: two in words, two keys, and the fields. */
enum { KEYS_FROM = 2, FIELDS_FROM = 4, FIELDS_END = FIELDS_FROM + STP_FIELDS };

/* Which of two rows comes first, by step and district. */
static sqlite3_stmt *first_of(sqlite3_stmt *a, sqlite3_stmt *b)
{
    for (int k = KEYS_FROM; k < FIELDS_FROM; k++)
        if (sqlite3_column_int64(a, k) != sqlite3_column_int64(b, k))
            return sqlite3_column_int64(a, k) < sqlite3_column_int64(b, k) ? a : b;
    return a;
}

static int compare_field_rows(const reader *r, sqlite3_stmt *a, sqlite3_stmt *b)
{
    steppe_difference *d = r->difference;
    char steps[64];
    snprintf(steps, sizeof steps, "%.63s", d->what);
    for (;;) {
        int more_a = sqlite3_step(a), more_b = sqlite3_step(b), column = KEYS_FROM;
        if (more_a != SQLITE_ROW && more_a != SQLITE_DONE)
            return fail_db(r, r->a);
        if (more_b != SQLITE_ROW && more_b != SQLITE_DONE)
            return fail_db(r, r->b);
        if (more_a == SQLITE_DONE || more_b == SQLITE_DONE)
            return STEPPE_OK; /* more is of a run that goes on */
        while (column < FIELDS_END && strcmp(text_of(a, column), text_of(b, column)) == 0)
            column++;
        if (column == FIELDS_END)
            continue;
        sqlite3_stmt *first = first_of(a, b);
        d->same = false;
        d->step = (uint64_t)sqlite3_column_int64(first, KEYS_FROM);
        snprintf(d->what, sizeof d->what,
                 "the fields of step %llu (%.40s), %.100s: ", (unsigned long long)d->step,
                 text_of(first, 0), text_of(first, 1));
        size_t used = strlen(d->what);
        if (column < FIELDS_FROM)
            snprintf(d->what + used, sizeof d->what - used, "in one file alone; %s",
                     steps);
        else
            snprintf(d->what + used, sizeof d->what - used, "%s %.40s and %.40s; %s",
                     stp_field_name(column - FIELDS_FROM), text_of(a, column),
                     text_of(b, column), steps);
        return STEPPE_OK;
    }
}

/* Of files whose digests are the same, as far as both hold fields. */
static int compare_fields(const reader *r)
{
    steppe_difference *d = r->difference;
    bool there_a = has_fields(r->a), there_b = has_fields(r->b);
    stp_text sql = {0};
    sqlite3_stmt *a = NULL, *b = NULL;
    int status = STEPPE_OK;
    if (there_a != there_b) {
        size_t used = strlen(d->what);
        snprintf(d->what + used, sizeof d->what - used, "; %.200s has no fields",
                 there_a ? r->path_b : r->path_a);
    }
    if (!there_a || !there_b)
        return STEPPE_OK;
    stp_text_add(&sql, "SELECT t.time, d.name, s.step, s.district");
    for (int k = 0; k < STP_FIELDS; k++)
        stp_text_add(&sql, ", s.%s / %d.0", stp_field_name(k), STP_FIELD_PARTS);
    stp_text_add(&sql, " FROM series s JOIN step t USING (step) JOIN district d USING "
                       "(district) ORDER BY s.step, s.district");
    if (sql.failed)
        status = stp_no_memory(r->context);
    else if (sqlite3_prepare_v2(r->a, sql.data, -1, &a, NULL) != SQLITE_OK)
        status = fail_db(r, r->a);
    else if (sqlite3_prepare_v2(r->b, sql.data, -1, &b, NULL) != SQLITE_OK)
        status = fail_db(r, r->b);
    else
        status = compare_field_rows(r, a, b);
    sqlite3_finalize(a);
    sqlite3_finalize(b);
    stp_text_free(&sql);
    return status;
}

/* ---- tables of values ---- */

/* Compare what two queries say, row by row: a name, a value and, in the third column, how the
 * row is called. *same tells; if not, what differs first stands in the difference. */
static int compare_values(const reader *r, const char *sql, bool *same)
{
    steppe_difference *d = r->difference;
    sqlite3_stmt *a = NULL, *b = NULL;
    int status = STEPPE_OK;
    *same = true;
    if (sqlite3_prepare_v2(r->a, sql, -1, &a, NULL) != SQLITE_OK)
        status = fail_db(r, r->a);
    else if (sqlite3_prepare_v2(r->b, sql, -1, &b, NULL) != SQLITE_OK)
        status = fail_db(r, r->b);
    while (status == STEPPE_OK && *same) {
        int more_a = sqlite3_step(a), more_b = sqlite3_step(b);
        if (more_a != SQLITE_ROW && more_a != SQLITE_DONE)
            status = fail_db(r, r->a);
        else if (more_b != SQLITE_ROW && more_b != SQLITE_DONE)
            status = fail_db(r, r->b);
        if (status != STEPPE_OK || (more_a == SQLITE_DONE && more_b == SQLITE_DONE))
            break;
        sqlite3_stmt *longer = more_a == SQLITE_ROW ? a : b;
        *same = more_a == more_b && strcmp(text_of(a, 2), text_of(b, 2)) == 0 &&
                strcmp(text_of(a, 0), text_of(b, 0)) == 0;
        if (*same)
            continue;
        d->step = (uint64_t)sqlite3_column_int64(longer, 1);
        if (more_a == more_b && strcmp(text_of(a, 2), text_of(b, 2)) == 0)
            snprintf(d->what, sizeof d->what, "%.200s: %.100s and %.100s", text_of(a, 2),
                     text_of(a, 0), text_of(b, 0));
        else
            snprintf(d->what, sizeof d->what, "%.200s stands in one file alone",
                     text_of(longer, 2));
    }
    sqlite3_finalize(a);
    sqlite3_finalize(b);
    return status;
}

/* The same of queries one after another, up to the first that differs. */
static int compare_queries(const reader *r, const char *const *queries, size_t count,
                           bool *same)
{
    int status = STEPPE_OK;
    *same = true;
    for (size_t i = 0; i < count && status == STEPPE_OK && *same; i++)
        status = compare_values(r, queries[i], same);
    return status;
}

/* Of files that hold nothing else. words: for those that are the same. */
static int compare_tables(const reader *r, const char *const *queries, size_t count,
                          const char *words)
{
    bool same;
    int status = compare_queries(r, queries, count, &same);
    r->difference->same = status == STEPPE_OK && same;
    if (r->difference->same)
        snprintf(r->difference->what, sizeof r->difference->what, "%s", words);
    return status;
}

/* ---- the seat of power ---- */

static bool has_seat(sqlite3 *db)
{
    return sqlite3_table_column_metadata(db, NULL, "seat", "day", NULL, NULL, NULL, NULL,
                                         NULL) == SQLITE_OK;
}

/* Of files that are else the same: what happened there, then where each day found it. */
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
    bool there_a = has_seat(r->a), there_b = has_seat(r->b), same = true;
    char steps[64];
    if (there_a != there_b) {
        size_t used = strlen(d->what);
        snprintf(d->what + used, sizeof d->what - used, "; %.200s has no seat of power",
                 there_a ? r->path_b : r->path_a);
    }
    if (!there_a || !there_b)
        return STEPPE_OK;
    snprintf(steps, sizeof steps, "%.63s", d->what);
    int status = compare_queries(r, QUERIES, sizeof QUERIES / sizeof *QUERIES, &same);
    d->same = same;
    size_t used = strlen(d->what);
    if (!same)
        snprintf(d->what + used, sizeof d->what - used, "; %s", steps);
    return status;
}

static int compare_steps(const reader *r)
{
    int status = compare_digests(r);
    if (status == STEPPE_OK && r->difference->same)
        status = compare_fields(r);
    return status == STEPPE_OK && r->difference->same ? compare_seats(r) : status;
}

/* ---- solutions ---- */

static int compare_solutions(const reader *r)
{
    static const char *const QUERIES[] = {
        "SELECT printf('%!.17g', value), 0, name FROM outcomes ORDER BY rowid",
        "SELECT printf('%!.17g', value), step, 'step ' || step || ', ' || name FROM "
        "series "
        "ORDER BY step, name",
    };
    return compare_tables(r, QUERIES, 2, "all outcomes and all steps are the same");
}

static int compare_ensembles(const reader *r)
{
    static const char *const QUERIES[] = {
        "SELECT status || coalesce(' ' || digest, ''), replicate, 'replicate ' || "
        "replicate "
        "FROM replicate ORDER BY replicate",
        "SELECT printf('%!.17g', value), replicate, 'replicate ' || replicate || ', ' || "
        "name FROM outcome ORDER BY replicate, name",
    };
    return compare_tables(r, QUERIES, 2, "all replicates are the same");
}

/* By the model that each file holds; one of before there were others says nothing. */
static int compare_results(const reader *r)
{
    steppe_difference *d = r->difference;
    char a[32], b[32];
    int status = fact_of(r, r->a, "model", a, sizeof a);
    if (status == STEPPE_OK)
        status = fact_of(r, r->b, "model", b, sizeof b);
    if (status != STEPPE_OK)
        return status;
    bool street_a = !*a || strcmp(a, "street") == 0;
    bool street_b = !*b || strcmp(b, "street") == 0;
    if (street_a && street_b)
        return compare_steps(r);
    if (strcmp(a, b) == 0)
        return strcmp(a, "ensemble") == 0 ? compare_ensembles(r) : compare_solutions(r);
    snprintf(d->what, sizeof d->what, "the models: %s and %s", street_a ? "street" : a,
             street_b ? "street" : b);
    return STEPPE_OK;
}

int steppe_results_diff(steppe_context *context, const char *path_a, const char *path_b,
                        steppe_difference *difference)
{
    *difference = (steppe_difference){0};
    reader r = {context, NULL, NULL, path_a, path_b, difference};
    int status = stp_results_open(context, path_a, &r.a);
    if (status == STEPPE_OK)
        status = stp_results_open(context, path_b, &r.b);
    if (status == STEPPE_OK)
        status = compare_facts(&r);
    if (status == STEPPE_OK)
        status = compare_results(&r);
    sqlite3_close(r.a);
    sqlite3_close(r.b);
    return status;
}
