#include "record/bounds.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct checker {
    steppe_context *context;
    const char *path;
    sqlite3 *db;
} checker;

enum { WHOLE, REAL, TEXT };
enum { NEVER, MAYBE }; /* empty */
#define MAX_COUNT 1e13
#define FINITE 1e300
#define ROUNDING 1e-9

/* clang-format off */
/* Columns that a file lacks are not looked at: older files have fewer. */
static const struct domain {
    const char *table, *column;
    int type, empty;
    double low, high;
} DOMAINS[] = {
    {"district", "district", WHOLE, NEVER, 0, 1e6},
    {"district", "id", TEXT, MAYBE, 0, 0},
    {"district", "name", TEXT, MAYBE, 0, 0},
    {"district", "latitude", REAL, MAYBE, -90, 90},
    {"district", "longitude", REAL, MAYBE, -360, 360},
    {"district", "residents", WHOLE, NEVER, 0, MAX_COUNT},
    {"district", "citizens", WHOLE, NEVER, 0, MAX_COUNT},
    {"district", "width", WHOLE, NEVER, 1, 1e9},
    {"district", "height", WHOLE, NEVER, 1, 1e9},
    {"event", "step", WHOLE, NEVER, 0, 9.3e18},
    {"event", "enabled", WHOLE, NEVER, 0, 1},
    {"step", "step", WHOLE, NEVER, 1, 1e9},
    {"step", "time", TEXT, NEVER, 0, 0},
    {"step", "digest", TEXT, NEVER, 0, 0},
    {"series", "step", WHOLE, NEVER, 0, 1e9},
    {"series", "district", WHOLE, NEVER, 0, 1e6},
    {"series", "digest", TEXT, NEVER, 0, 0},
    {"series", "legitimacy", WHOLE, NEVER, 0, 1e6},
    {"series", "hardship", WHOLE, NEVER, -1e12, 1e12},
    {"series", "threshold_shift", WHOLE, NEVER, -1e12, 1e12},
    {"series", "heard", WHOLE, NEVER, 0, 1e18},
    {"series", "orders", WHOLE, NEVER, 0, 1e12},
    {"series", "obedience", WHOLE, NEVER, 0, 1e6},
    {"series", "tension", REAL, MAYBE, 0, FINITE},
    {"seat", "day", WHOLE, NEVER, 0, 1e6},
    {"seat", "step", WHOLE, NEVER, 0, 1e9},
    {"seat", "active", REAL, NEVER, 0, FINITE},
    {"seat", "media", REAL, NEVER, -FINITE, FINITE},
    {"seat", "capital_lost", WHOLE, NEVER, 0, 1},
    {"seat", "strength", REAL, NEVER, -ROUNDING, 1 + ROUNDING},
    {"seat", "signal", REAL, NEVER, -FINITE, FINITE},
    {"seat", "threshold", REAL, NEVER, -FINITE, FINITE},
    {"seat", "defectors", WHOLE, NEVER, 0, 1e6},
    {"person_day", "day", WHOLE, NEVER, 0, 1e6},
    {"person_day", "person", WHOLE, NEVER, 0, 1e6},
    {"person_day", "insecurity", REAL, NEVER, -FINITE, FINITE},
    {"person_day", "defected", WHOLE, NEVER, 0, 1},
    {"office_day", "day", WHOLE, NEVER, 0, 1e6},
    {"office_day", "office", WHOLE, NEVER, 0, 1e6},
    {"office_day", "holder", WHOLE, NEVER, -2, 1e6},
    {"power_day", "day", WHOLE, NEVER, 0, 1e6},
    {"power_day", "power", WHOLE, NEVER, 0, 1e6},
    {"power_day", "attention", REAL, NEVER, -FINITE, FINITE},
    {"act", "step", WHOLE, NEVER, 0, 1e9},
    {"act", "day", WHOLE, NEVER, 0, 1e6},
    {"act", "kind", TEXT, NEVER, 0, 0},
    {"act", "amount", REAL, NEVER, -FINITE, FINITE},
    {"factor", "factor", WHOLE, NEVER, 0, 1e6},
    {"factor", "path", TEXT, NEVER, 0, 0},
    {"factor", "low", REAL, NEVER, -FINITE, FINITE},
    {"factor", "high", REAL, NEVER, -FINITE, FINITE},
    {"replicate", "replicate", WHOLE, NEVER, 0, 999999},
    {"replicate", "seed", TEXT, NEVER, 0, 0},
    {"replicate", "message", TEXT, MAYBE, 0, 0},
    {"replicate", "digest", TEXT, MAYBE, 0, 0},
    {"replicate", "path", TEXT, MAYBE, 0, 0},
    {"replicate", "watched", TEXT, MAYBE, 0, 0},
    {"draw", "factor", WHOLE, NEVER, 0, 1e6},
    {"draw", "value", REAL, NEVER, -FINITE, FINITE},
    {"outcome", "name", TEXT, NEVER, 0, 0},
    {"outcome", "value", REAL, NEVER, -FINITE, FINITE},
    {"day", "day", WHOLE, NEVER, 0, 1e9},
    {"day", "active", REAL, MAYBE, 0, FINITE},
    {"day", "violent", REAL, MAYBE, 0, FINITE},
    {"day", "detained", REAL, MAYBE, 0, FINITE},
    {"day", "killed", REAL, MAYBE, 0, FINITE},
    {"day", "obeying", REAL, MAYBE, 0, FINITE},
    {"day", "legitimacy", REAL, MAYBE, -ROUNDING, 1 + ROUNDING},
    {"day", "strength", REAL, MAYBE, -ROUNDING, 1 + ROUNDING},
    {"region", "region", WHOLE, NEVER, 0, 1e6},
    {"unrest", "week", WHOLE, NEVER, 0, 1e8},
    {"unrest", "region", WHOLE, NEVER, 0, 1e6},
    {"unrest", "unrest", WHOLE, NEVER, 0, 1},
    {"unrest", "share", REAL, NEVER, 0, 1},
};

/* Counts, in both tables that have them. */
static const char *const COUNTS[] = {
    "active", "arrests", "releases", "detained", "officers", "activations", "killed", "died", "born",
    "group_0", "group_1", "violent", "wounded", "obeying", "officers_killed", "officers_wounded",
    "officers_left", "on_street", NULL};

/* What must hold between the columns of a row; needs, lacks: columns without, or with, which it is not
 * asked. */
static const struct rule {
    const char *table, *needs[3], *holds, *words, *lacks;
} RULES[] = {
    {"series", {"active", "alive"}, "alive IS NULL OR active <= alive", "more are active than alive"},
    {"series", {"detained", "alive"}, "alive IS NULL OR detained <= alive", "more are detained than alive"},
    {"series", {"violent", "alive"}, "alive IS NULL OR violent <= alive", "more are violent than alive"},
    {"series", {"active", "on_street"}, "active <= on_street", "more are active than on the street"},
    {"series", {"on_street", "detained", "alive"}, "alive IS NULL OR on_street + detained <= alive",
     "more are on the street or detained than alive"},
    {"series", {"alive"}, "alive IS NULL OR (typeof(alive) = 'integer' AND alive BETWEEN 0 AND 10000000000000)",
     "alive is no count"},
    {"series", {"alive", "group_0", "group_1"},
     "alive IS NULL OR group_0 + group_1 > 0 OR alive <= (SELECT citizens FROM district WHERE"
     " district.district = series.district)", "more are alive than the district has citizens"},
    {"series", {"active"},
     "active <= (SELECT citizens FROM district WHERE district.district = series.district)",
     "more are active than the district has citizens", "alive"},
    {"series", {"district"}, "district IN (SELECT district FROM district)", "there is no such district"},
    {"step", {"active", "alive"}, "alive IS NULL OR active <= alive", "more are active than alive"},
    {"replicate", {"status"}, "status IN ('done', 'failed')", "status is neither done nor failed"},
    {"outcome", {"value"}, "name NOT IN ('legitimacy', 'strength', 'lowest-strength', 'fall') OR"
     " value BETWEEN -1e-9 AND 1.000000001", "value is no share"},
    {"outcome", {"value"}, "name NOT IN ('citizen-hours', 'peak', 'deaths', 'arrests', 'detained',"
     " 'districts', 'units', 'defections', 'exits', 'given') OR value >= 0", "value is less than 0"},
    {"unrest", {"unrest"}, "region IN (SELECT region FROM region)", "there is no such region"},
    {"draw", {"factor"}, "factor IN (SELECT factor FROM factor)", "there is no such factor"},
};

/* How a row is named. */
static const struct keys {
    const char *table, *columns[3];
} KEYS[] = {
    {"district", {"district"}}, {"event", {"id"}}, {"step", {"step"}}, {"series", {"step", "district"}},
    {"seat", {"day"}}, {"person_day", {"day", "person"}}, {"office_day", {"day", "office"}},
    {"power_day", {"day", "power"}}, {"act", {"act"}}, {"factor", {"factor"}},
    {"replicate", {"replicate"}}, {"draw", {"replicate", "factor"}}, {"outcome", {"replicate", "name"}},
    {"day", {"replicate", "day"}}, {"region", {"region"}}, {"unrest", {"replicate", "week", "region"}},
};

/* Facts of the table `run`; low above high: a text. Those that a file lacks are not looked at. */
static const struct fact {
    const char *key, *words; /* words: of a text, one of these */
    double low, high;
    bool whole;
} FACTS[] = {
    {"status", "running|complete|incomplete", 1, 0, false},
    {"seat", "true|false", 1, 0, false},
    {"force", "true|false", 1, 0, false},
    {"schedule", "sequential|tiles", 1, 0, false},
    {"sampling", "none|latin|sobol", 1, 0, false},
    {"scale", NULL, 1, 1e9, false},
    {"steps", NULL, 0, 1e9, true},
    {"steps_done", NULL, 0, 1e9, true},
    {"step_hours", NULL, 1e-9, 1e9, false},
    {"agents", NULL, 0, MAX_COUNT, true},
    {"threads", NULL, 1, 4096, true},
    {"field_unit", NULL, 1e-6, 1e-6, false},
    {"unrest_share", NULL, 0, 1, false},
    {"results_version", NULL, 1, STEPPE_RESULTS_VERSION, true},
    {"format_version", NULL, 1, STEPPE_FORMAT_VERSION, true},
    {"replicates", NULL, 1, 1e6, true},
    {"width", NULL, 1e-300, 1, false},
    {"seed", NULL, 0, 18446744073709551616.0, true},
    {"population_seed", NULL, 0, 18446744073709551616.0, true},
    {"from", NULL, 0, 18446744073709551616.0, true},
    {"to", NULL, 0, 18446744073709551616.0, true},
    {"watch", NULL, 0, 18446744073709551616.0, true},
};
/* clang-format on */

static int damaged(const checker *c, const char *why)
{
    return stp_fail(c->context, STEPPE_BAD_RESULTS,
                    "%.400s: not a Steppe results file, or damaged: %s", c->path, why);
}

static int broken(const checker *c)
{
    return damaged(c, sqlite3_errmsg(c->db));
}

static bool has(const checker *c, const char *table, const char *column)
{
    return sqlite3_table_column_metadata(c->db, NULL, table, column, NULL, NULL, NULL,
                                         NULL, NULL) == SQLITE_OK;
}

/* ---- the columns of a table ---- */

static void add_domain(stp_text *sql, const struct domain *d)
{
    static const char *const TYPES[] = {"= 'integer'", "IN ('integer', 'real')",
                                        "= 'text'"};
    stp_text_add(sql, "(typeof(%s) %s", d->column, TYPES[d->type]);
    if (d->type != TEXT)
        stp_text_add(sql, " AND %s BETWEEN %.17g AND %.17g", d->column, d->low, d->high);
    if (d->empty == MAYBE)
        stp_text_add(sql, " OR %s IS NULL", d->column);
    stp_text_add(sql, ")");
}

static void expect_domain(const struct domain *d, char *words, size_t size)
{
    if (d->type == TEXT)
        snprintf(words, size, "expected a text");
    else if (d->low <= -FINITE && d->high >= FINITE)
        snprintf(words, size, "expected a finite number");
    else if (d->high >= FINITE)
        snprintf(words, size, "expected a finite number, %.10g or more", d->low);
    else
        snprintf(words, size, "expected a %snumber from %.10g to %.10g",
                 d->type == WHOLE ? "whole " : "",
                 d->low < 0 && d->low > -1e-6 ? 0 : d->low,
                 d->high > 1 && d->high < 1.1 ? 1 : d->high);
}

/* "table 'series', step 3, district 0: " of the row that a statement stands at. */
static void name_row(sqlite3_stmt *s, const struct keys *k, char *words, size_t size)
{
    size_t used = (size_t)snprintf(words, size, "table '%s'", k->table);
    for (int i = 0; i < 3 && k->columns[i] && used < size; i++) {
        const char *value = (const char *)sqlite3_column_text(s, i);
        used += (size_t)snprintf(words + used, size - used, ", %s %.60s", k->columns[i],
                                 value ? value : "NULL");
    }
}

/* The first row for which `holds` does not. Returns whether there is one, and names it. */
static int find_row(const checker *c, const struct keys *k, const char *shown,
                    const char *holds, const char *words)
{
    stp_text sql = {0};
    sqlite3_stmt *s = NULL;
    char row[300], why[700];
    int columns = 0, status = STEPPE_OK;
    stp_text_add(&sql, "SELECT ");
    for (; columns < 3 && k->columns[columns]; columns++)
        stp_text_add(&sql, "%s, ", k->columns[columns]);
    stp_text_add(&sql, "%s FROM %s WHERE NOT coalesce(%s, 0) LIMIT 1",
                 shown ? shown : "1", k->table, holds);
    if (sql.failed)
        status = stp_no_memory(c->context);
    else if (sqlite3_prepare_v2(c->db, sql.data, -1, &s, NULL) != SQLITE_OK)
        status = broken(c);
    int code = status == STEPPE_OK ? sqlite3_step(s) : SQLITE_DONE;
    if (code == SQLITE_ROW) {
        name_row(s, k, row, sizeof row);
        const char *value = (const char *)sqlite3_column_text(s, columns);
        if (shown)
            snprintf(why, sizeof why, "%s: %s is %.60s; %s", row, shown,
                     value ? value : "empty", words);
        else
            snprintf(why, sizeof why, "%s: %s", row, words);
        status = damaged(c, why);
    } else if (code != SQLITE_DONE) {
        status = broken(c);
    }
    sqlite3_finalize(s);
    stp_text_free(&sql);
    return status;
}

/* Which column is it? They are asked one by one once it is known that there is one. */
static int name_column(const checker *c, const struct keys *k)
{
    char words[160];
    int status = STEPPE_OK;
    for (size_t i = 0; i < sizeof DOMAINS / sizeof *DOMAINS && status == STEPPE_OK; i++) {
        const struct domain *d = &DOMAINS[i];
        stp_text holds = {0};
        if (strcmp(d->table, k->table) != 0 || !has(c, d->table, d->column))
            continue;
        add_domain(&holds, d);
        expect_domain(d, words, sizeof words);
        status = holds.failed ? stp_no_memory(c->context)
                              : find_row(c, k, d->column, holds.data, words);
        stp_text_free(&holds);
    }
    for (int i = 0; COUNTS[i] && status == STEPPE_OK; i++) {
        struct domain d = {k->table, COUNTS[i], WHOLE, NEVER, 0, MAX_COUNT};
        stp_text holds = {0};
        bool counted = strcmp(k->table, "series") == 0 || strcmp(k->table, "step") == 0;
        if (!counted || !has(c, d.table, d.column))
            continue;
        add_domain(&holds, &d);
        expect_domain(&d, words, sizeof words);
        status = holds.failed ? stp_no_memory(c->context)
                              : find_row(c, k, d.column, holds.data, words);
        stp_text_free(&holds);
    }
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES && status == STEPPE_OK; i++) {
        bool asked = strcmp(RULES[i].table, k->table) == 0;
        for (int n = 0; n < 3 && RULES[i].needs[n]; n++)
            asked = asked && has(c, k->table, RULES[i].needs[n]);
        asked = asked && (!RULES[i].lacks || !has(c, k->table, RULES[i].lacks));
        if (asked)
            status = find_row(c, k, NULL, RULES[i].holds, RULES[i].words);
    }
    return status;
}

/* Everything that must hold of a row, in one condition. */
static void add_all(const checker *c, const struct keys *k, stp_text *holds)
{
    bool counted = strcmp(k->table, "series") == 0 || strcmp(k->table, "step") == 0;
    stp_text_add(holds, "1");
    for (size_t i = 0; i < sizeof DOMAINS / sizeof *DOMAINS; i++)
        if (strcmp(DOMAINS[i].table, k->table) == 0 &&
            has(c, k->table, DOMAINS[i].column)) {
            stp_text_add(holds, " AND ");
            add_domain(holds, &DOMAINS[i]);
        }
    for (int i = 0; counted && COUNTS[i]; i++)
        if (has(c, k->table, COUNTS[i]))
            stp_text_add(holds, " AND typeof(%s) = 'integer' AND %s BETWEEN 0 AND %.0f",
                         COUNTS[i], COUNTS[i], MAX_COUNT);
    for (size_t i = 0; i < sizeof RULES / sizeof *RULES; i++) {
        bool asked = strcmp(RULES[i].table, k->table) == 0;
        for (int n = 0; n < 3 && RULES[i].needs[n]; n++)
            asked = asked && has(c, k->table, RULES[i].needs[n]);
        asked = asked && (!RULES[i].lacks || !has(c, k->table, RULES[i].lacks));
        if (asked)
            stp_text_add(holds, " AND (%s)", RULES[i].holds);
    }
}

static int check_table(const checker *c, const struct keys *k)
{
    stp_text sql = {0}, holds = {0};
    sqlite3_stmt *s = NULL;
    for (int i = 0; i < 3 && k->columns[i]; i++)
        if (!has(c, k->table, k->columns[i]))
            return STEPPE_OK; /* no such table, or another of that name */
    add_all(c, k, &holds);
    if (!holds.failed)
        stp_text_add(&sql, "SELECT 1 FROM %s WHERE NOT coalesce(%s, 0) LIMIT 1", k->table,
                     holds.data);
    int status = holds.failed || sql.failed ? stp_no_memory(c->context) : STEPPE_OK;
    if (status == STEPPE_OK &&
        sqlite3_prepare_v2(c->db, sql.data, -1, &s, NULL) != SQLITE_OK)
        status = broken(c);
    int code = status == STEPPE_OK ? sqlite3_step(s) : SQLITE_DONE;
    sqlite3_finalize(s);
    if (code == SQLITE_ROW) {
        status = name_column(c, k);
        if (status == STEPPE_OK) /* it cannot be */
            status = damaged(c, k->table);
    } else if (code != SQLITE_DONE) {
        status = broken(c);
    }
    stp_text_free(&sql);
    stp_text_free(&holds);
    return status;
}

/* ---- facts ---- */

static bool is_one_of(const char *value, const char *words)
{
    size_t length = strlen(value);
    for (const char *word = words; word; word = strchr(word, '|')) {
        word += *word == '|';
        if (length > 0 && strncmp(word, value, length) == 0 &&
            (word[length] == '|' || word[length] == '\0'))
            return true;
    }
    return false;
}

static int check_fact(const checker *c, const struct fact *f, const char *value)
{
    char why[300];
    double number = 0;
    bool good, later = strcmp(f->key, "results_version") == 0;
    if (f->words) {
        good = is_one_of(value, f->words);
        snprintf(why, sizeof why, "table 'run': %s is '%.60s'; expected %s", f->key,
                 value, f->words);
    } else {
        good = stp_number_parse(value, &number) && number >= f->low &&
               number <= f->high && (!f->whole || floor(number) == number);
        snprintf(why, sizeof why,
                 "table 'run': %s is '%.60s'; expected a %snumber from "
                 "%.10g to %.10g%s",
                 f->key, value, f->whole ? "whole " : "", f->low, f->high,
                 later && number > f->high ? ": it was made by a later version" : "");
    }
    return good ? STEPPE_OK : damaged(c, why);
}

/* NULL if the file does not have the fact; else its text, to be freed. */
static int read_fact(const checker *c, const char *key, char **value)
{
    sqlite3_stmt *s = NULL;
    *value = NULL;
    if (sqlite3_prepare_v2(c->db, "SELECT value FROM run WHERE key = ?", -1, &s, NULL) !=
        SQLITE_OK)
        return broken(c);
    sqlite3_bind_text(s, 1, key, -1, SQLITE_TRANSIENT);
    int code = sqlite3_step(s), status = STEPPE_OK;
    if (code == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(s, 0);
        *value = stp_copy(text ? text : "");
        status = *value ? STEPPE_OK : stp_no_memory(c->context);
    } else if (code != SQLITE_DONE) {
        status = broken(c);
    }
    sqlite3_finalize(s);
    return status;
}

static int check_facts(const checker *c)
{
    int status = STEPPE_OK;
    for (size_t i = 0; i < sizeof FACTS / sizeof *FACTS && status == STEPPE_OK; i++) {
        char *value;
        status = read_fact(c, FACTS[i].key, &value);
        if (status == STEPPE_OK && value)
            status = check_fact(c, &FACTS[i], value);
        free(value);
    }
    return status;
}

/* ---- the tables of an ensemble fit together ---- */

/* A query whose first row is a fault: a replicate, and perhaps what is the matter with it. */
static int find_fault(const checker *c, const char *sql, const char *words)
{
    sqlite3_stmt *s = NULL;
    char why[300];
    int status = STEPPE_OK;
    if (sqlite3_prepare_v2(c->db, sql, -1, &s, NULL) != SQLITE_OK)
        return broken(c);
    int code = sqlite3_step(s);
    if (code == SQLITE_ROW) {
        const char *more = (const char *)sqlite3_column_text(s, 1);
        snprintf(why, sizeof why, "replicate %lld: %s%s%.60s%s",
                 (long long)sqlite3_column_int64(s, 0), words, more ? " '" : "",
                 more ? more : "", more ? "'" : "");
        status = damaged(c, why);
    } else if (code != SQLITE_DONE) {
        status = broken(c);
    }
    sqlite3_finalize(s);
    return status;
}

static int check_rows(const checker *c)
{
    /* clang-format off */
    static const struct {
        const char *table, *sql, *words;
    } FAULTS[] = {
        {"draw", "SELECT replicate, NULL FROM draw WHERE replicate NOT IN (SELECT replicate FROM replicate)"
         " LIMIT 1", "has draws, and stands not in the table 'replicate'"},
        {"outcome", "SELECT replicate, NULL FROM outcome WHERE replicate NOT IN (SELECT replicate FROM"
         " replicate WHERE status = 'done') LIMIT 1",
         "has outcomes, and stands not in the table 'replicate' as done"},
        {"day", "SELECT replicate, NULL FROM day WHERE replicate NOT IN (SELECT replicate FROM replicate"
         " WHERE status = 'done') LIMIT 1", "has days, and stands not in the table 'replicate' as done"},
        {"unrest", "SELECT replicate, NULL FROM unrest WHERE replicate NOT IN (SELECT replicate FROM"
         " replicate WHERE status = 'done') LIMIT 1",
         "has weeks, and stands not in the table 'replicate' as done"},
        {"draw", "SELECT replicate, NULL FROM replicate r WHERE (SELECT count(*) FROM draw d WHERE"
         " d.replicate = r.replicate) <> (SELECT count(*) FROM factor) LIMIT 1",
         "has not one draw for each factor"},
        {"outcome", "WITH names AS (SELECT DISTINCT name FROM outcome WHERE name NOT IN ('legitimacy',"
         " 'strength', 'lowest-strength')) SELECT replicate, name FROM replicate r, names n WHERE"
         " status = 'done' AND NOT EXISTS (SELECT 1 FROM outcome o WHERE o.replicate = r.replicate AND"
         " o.name = n.name) LIMIT 1", "lacks the outcome"},
        {"outcome", "SELECT replicate, NULL FROM replicate WHERE status = 'done' AND NOT EXISTS (SELECT 1"
         " FROM outcome) LIMIT 1", "has no outcomes"},
        {"day", "WITH n AS (SELECT r.replicate AS i, (SELECT count(*) FROM day d WHERE d.replicate ="
         " r.replicate) AS rows FROM replicate r WHERE status = 'done') SELECT i, NULL FROM n WHERE"
         " rows < (SELECT max(rows) FROM n) LIMIT 1", "lacks days that others have"},
        {"unrest", "WITH n AS (SELECT r.replicate AS i, (SELECT count(*) FROM unrest d WHERE d.replicate ="
         " r.replicate) AS rows FROM replicate r WHERE status = 'done') SELECT i, NULL FROM n WHERE"
         " rows < (SELECT max(rows) FROM n) LIMIT 1", "lacks weeks that others have"},
    };
    /* clang-format on */
    int status = STEPPE_OK;
    for (size_t i = 0; i < sizeof FAULTS / sizeof *FAULTS && status == STEPPE_OK; i++)
        if (has(c, FAULTS[i].table, "replicate"))
            status = find_fault(c, FAULTS[i].sql, FAULTS[i].words);
    return status;
}

/* Replicate i has the seed `seed + i`, and there are no more than there are to be. */
static int check_seeds(const checker *c, uint64_t seed, uint64_t replicates)
{
    sqlite3_stmt *s = NULL;
    char why[300];
    int code, status = STEPPE_OK;
    if (sqlite3_prepare_v2(c->db, "SELECT replicate, seed FROM replicate", -1, &s,
                           NULL) != SQLITE_OK)
        return broken(c);
    while (status == STEPPE_OK && (code = sqlite3_step(s)) == SQLITE_ROW) {
        uint64_t index = (uint64_t)sqlite3_column_int64(s, 0);
        const char *text = (const char *)sqlite3_column_text(s, 1);
        unsigned long long expected = seed + index;
        if (index < replicates && text && strtoull(text, NULL, 10) == expected)
            continue;
        snprintf(
            why, sizeof why,
            "table 'replicate', replicate %llu: seed is %.40s; expected %llu, and one "
            "of %llu replicates",
            (unsigned long long)index, text ? text : "empty", expected,
            (unsigned long long)replicates);
        status = damaged(c, why);
    }
    if (status == STEPPE_OK && code != SQLITE_DONE)
        status = broken(c);
    sqlite3_finalize(s);
    return status;
}

static int check_ensemble(const checker *c)
{
    static const char *const KEYS_NEEDED[] = {"model", "seed", "replicates"};
    char *values[3] = {NULL, NULL, NULL};
    int status = STEPPE_OK;
    for (int i = 0; i < 3 && status == STEPPE_OK; i++)
        status = read_fact(c, KEYS_NEEDED[i], &values[i]);
    bool is = status == STEPPE_OK && values[0] && strcmp(values[0], "ensemble") == 0;
    if (is && (!values[1] || !values[2]))
        status = damaged(c, "table 'run': seed or replicates are missing");
    else if (is)
        status = check_seeds(c, strtoull(values[1], NULL, 10),
                             strtoull(values[2], NULL, 10));
    if (is && status == STEPPE_OK)
        status = check_rows(c);
    for (int i = 0; i < 3; i++)
        free(values[i]);
    return status;
}

/* ---- all of it ---- */

/* As it stood at one moment, though it may be written meanwhile. */
int stp_bounds_check(steppe_context *context, const char *path, sqlite3 *db)
{
    const checker c = {context, path, db};
    if (sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
        return broken(&c);
    int status = check_facts(&c);
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS && status == STEPPE_OK; i++)
        status = check_table(&c, &KEYS[i]);
    if (status == STEPPE_OK)
        status = check_ensemble(&c);
    sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
