#include "record/bounds.h"

#include "base/text.h"
#include "record/results.h"

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
/* May a value be NULL? OPTIONAL: also, the column may be missing. */
enum { NEVER, MAYBE, OPTIONAL };
#define MAX_COUNT 1e13
#define FINITE 1e300
#define ROUNDING 1e-9

/* clang-format off */
typedef struct domain {
    const char *table, *column;
    int type, empty;
    double low, high;
} domain;

static const domain DOMAINS[] = {
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
    {"series", "tension", REAL, OPTIONAL, 0, FINITE},
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
    {"replicate", "trajectory_digest", TEXT, MAYBE, 0, 0},
    {"replicate", "checkpoint_digest", TEXT, MAYBE, 0, 0},
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
    {"statistic", "statistic", WHOLE, NEVER, 0, 1e6},
    {"statistic", "name", TEXT, NEVER, 0, 0},
    {"sample", "wave", WHOLE, NEVER, 0, 1e6},
    {"sample", "point", WHOLE, NEVER, 0, 1e9},
    {"sample", "seed", TEXT, NEVER, 0, 0},
    {"sample", "status", TEXT, NEVER, 0, 0},
    {"sample", "digest", TEXT, MAYBE, 0, 0},
    {"sample", "took_off", WHOLE, NEVER, 0, 1},
    {"sample_draw", "point", WHOLE, NEVER, 0, 1e9},
    {"sample_draw", "value", REAL, NEVER, -FINITE, FINITE},
    {"measured", "point", WHOLE, NEVER, 0, 1e9},
    {"measured", "value", REAL, NEVER, -FINITE, FINITE},
    {"posterior", "draw", WHOLE, NEVER, 0, 1e9},
    {"posterior", "value", REAL, NEVER, -FINITE, FINITE},
    {"truth", "rank", REAL, MAYBE, 0, 1},
};

/* Counts, columns of both `step` and `series`. */
static const char *const COUNTS[] = {
    "active", "arrests", "releases", "detained", "officers", "activations", "alive", "killed", "died", "born",
    "group_0", "group_1", "violent", "wounded", "obeying", "officers_killed", "officers_wounded",
    "officers_left", "on_street"};

/* What must hold between the columns of a row. */
static const struct rule {
    const char *table, *holds, *words;
} RULES[] = {
    {"series", "active <= alive", "more are active than alive"},
    {"series", "detained <= alive", "more are detained than alive"},
    {"series", "violent <= alive", "more are violent than alive"},
    {"series", "active <= on_street", "more are active than on the street"},
    {"series", "on_street + detained <= alive", "more are on the street or detained than alive"},
    {"series", "group_0 + group_1 > 0 OR alive <= (SELECT citizens FROM district WHERE"
     " district.district = series.district)", "more are alive than the district has citizens"},
    {"series", "district IN (SELECT district FROM district)", "there is no such district"},
    {"step", "active <= alive", "more are active than alive"},
    {"replicate", "status IN ('done', 'failed')", "status is neither done nor failed"},
    {"outcome", "name NOT IN ('legitimacy', 'strength', 'lowest-strength', 'fall') OR"
     " value BETWEEN -1e-9 AND 1.000000001", "value is not a share"},
    {"outcome", "name NOT IN ('citizen-hours', 'peak', 'deaths', 'arrests', 'detained',"
     " 'districts', 'units', 'defections', 'exits', 'given') OR value >= 0", "value is less than 0"},
    {"unrest", "region IN (SELECT region FROM region)", "there is no such region"},
    {"draw", "factor IN (SELECT factor FROM factor)", "there is no such factor"},
    {"sample", "status IN ('done', 'stopped', 'failed')", "status is none of done, stopped, failed"},
    {"sample_draw", "factor IN (SELECT factor FROM factor)", "there is no such factor"},
    {"measured", "statistic IN (SELECT statistic FROM statistic)", "there is no such statistic"},
    {"posterior", "factor IN (SELECT factor FROM factor)", "there is no such factor"},
};

/* The columns that identify a row. */
static const struct keys {
    const char *table, *columns[3];
} KEYS[] = {
    {"district", {"district"}}, {"event", {"id"}}, {"step", {"step"}}, {"series", {"step", "district"}},
    {"seat", {"day"}}, {"person_day", {"day", "person"}}, {"office_day", {"day", "office"}},
    {"power_day", {"day", "power"}}, {"act", {"act"}}, {"factor", {"factor"}},
    {"replicate", {"replicate"}}, {"draw", {"replicate", "factor"}}, {"outcome", {"replicate", "name"}},
    {"day", {"replicate", "day"}}, {"region", {"region"}}, {"unrest", {"replicate", "week", "region"}},
    {"statistic", {"statistic"}}, {"sample", {"wave", "point"}}, {"sample_draw", {"wave", "point", "factor"}},
    {"measured", {"wave", "point", "statistic"}}, {"posterior", {"draw", "factor"}},
    {"truth", {"truth", "quantity"}},
};

/* Facts of the table `run`, checked where they are present. */
static const struct fact {
    const char *key, *words; /* words: the values of a text; NULL: a number */
    double low, high;
    bool whole;
} FACTS[] = {
    {"status", "running|complete|incomplete", 1, 0, false},
    {"seat", "true|false", 1, 0, false},
    {"force", "true|false", 1, 0, false},
    {"schedule", "sequential|tiles", 1, 0, false},
    {"sampling", "none|latin|sobol|posterior|morris|saltelli|pawn", 1, 0, false},
    {"scale", NULL, 1, 1e9, false},
    {"steps", NULL, 0, 1e9, true},
    {"steps_done", NULL, 0, 1e9, true},
    {"step_hours", NULL, 1e-9, 1e9, false},
    {"agents", NULL, 0, MAX_COUNT, true},
    {"threads", NULL, 1, 4096, true},
    {"field_unit", NULL, 1e-6, 1e-6, false},
    {"unrest_share", NULL, 0, 1, false},
    {"results_version", NULL, 1, STEPPE_RESULTS_VERSION, true},
    {"format_version", NULL, 1, STEPPE_RESULTS_FORMAT, true},
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
    return stp_results_reject(c->context, c->path, why);
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

/* Step to the first row of a query. *s, which the caller finalizes, is NULL if there is none. */
static int find_first(const checker *c, const char *sql, sqlite3_stmt **s)
{
    int code = sqlite3_prepare_v2(c->db, sql, -1, s, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(*s);
    if (code == SQLITE_ROW)
        return STEPPE_OK;
    int status = code == SQLITE_DONE ? STEPPE_OK : broken(c);
    sqlite3_finalize(*s);
    *s = NULL;
    return status;
}

/* ---- the rows of a table ---- */

/* What must hold of a row; column: NULL for a rule between columns. */
typedef struct condition {
    const char *column;
    char sql[400], words[160];
} condition;

enum {
    DOMAIN_COUNT = sizeof DOMAINS / sizeof *DOMAINS,
    COUNT_COUNT = sizeof COUNTS / sizeof *COUNTS,
    RULE_COUNT = sizeof RULES / sizeof *RULES,
    CONDITION_COUNT = DOMAIN_COUNT + COUNT_COUNT + RULE_COUNT,
};

static void describe_domain(const domain *d, condition *q)
{
    static const char *const TYPES[] = {"= 'integer'", "IN ('integer', 'real')",
                                        "= 'text'"};
    char range[120] = "";
    if (d->type != TEXT)
        snprintf(range, sizeof range, " AND %s BETWEEN %.17g AND %.17g", d->column,
                 d->low, d->high);
    q->column = d->column;
    snprintf(q->sql, sizeof q->sql, "typeof(%s) %s%s%s%s%s", d->column, TYPES[d->type],
             range, d->empty == NEVER ? "" : " OR ", d->empty == NEVER ? "" : d->column,
             d->empty == NEVER ? "" : " IS NULL");
    if (d->type == TEXT)
        snprintf(q->words, sizeof q->words, "expected a text");
    else if (d->low <= -FINITE && d->high >= FINITE)
        snprintf(q->words, sizeof q->words, "expected a finite number");
    else if (d->high >= FINITE)
        snprintf(q->words, sizeof q->words, "expected a finite number, %.10g or more",
                 d->low);
    else
        snprintf(q->words, sizeof q->words, "expected a %snumber from %.10g to %.10g",
                 d->type == WHOLE ? "whole " : "",
                 d->low < 0 && d->low > -1e-6 ? 0 : d->low,
                 d->high > 1 && d->high < 1.1 ? 1 : d->high);
}

/* Condition `index` (below CONDITION_COUNT), if it is one of this table. */
static bool get_condition(const checker *c, const char *table, size_t index, condition *q)
{
    domain d = {table, NULL, WHOLE, NEVER, 0, MAX_COUNT};
    if (index >= DOMAIN_COUNT + COUNT_COUNT) {
        const struct rule *rule = &RULES[index - DOMAIN_COUNT - COUNT_COUNT];
        q->column = NULL;
        snprintf(q->sql, sizeof q->sql, "%s", rule->holds);
        snprintf(q->words, sizeof q->words, "%s", rule->words);
        return strcmp(rule->table, table) == 0;
    }
    if (index < DOMAIN_COUNT) {
        d = DOMAINS[index];
        if (strcmp(d.table, table) != 0 ||
            (d.empty == OPTIONAL && !has(c, table, d.column)))
            return false;
    } else {
        d.column = COUNTS[index - DOMAIN_COUNT];
        if (strcmp(table, "series") != 0 && strcmp(table, "step") != 0)
            return false;
    }
    describe_domain(&d, q);
    return true;
}

/* Look for a row that breaks a condition; if there is one, the error names it. */
static int check_condition(const checker *c, const struct keys *k, const condition *q)
{
    char sql[1024], row[300], why[700];
    sqlite3_stmt *s;
    int columns = 0;
    size_t used = (size_t)snprintf(sql, sizeof sql, "SELECT ");
    for (; columns < 3 && k->columns[columns]; columns++)
        used += (size_t)snprintf(sql + used, sizeof sql - used, "%s, ",
                                 k->columns[columns]);
    snprintf(sql + used, sizeof sql - used,
             "%s FROM %s WHERE NOT coalesce(%s, 0) LIMIT 1", q->column ? q->column : "1",
             k->table, q->sql);
    int status = find_first(c, sql, &s);
    if (!s)
        return status;
    used = (size_t)snprintf(row, sizeof row, "table '%s'", k->table);
    for (int i = 0; i < columns && used < sizeof row; i++) {
        const char *value = (const char *)sqlite3_column_text(s, i);
        used += (size_t)snprintf(row + used, sizeof row - used, ", %s %.60s",
                                 k->columns[i], value ? value : "NULL");
    }
    const char *value = (const char *)sqlite3_column_text(s, columns);
    if (q->column)
        snprintf(why, sizeof why, "%s: %s is %.60s; %s", row, q->column,
                 value ? value : "empty", q->words);
    else
        snprintf(why, sizeof why, "%s: %s", row, q->words);
    sqlite3_finalize(s);
    return damaged(c, why);
}

/* One query asks whether any row breaks any condition; only then are they asked one by one. */
static int check_table(const checker *c, const struct keys *k)
{
    stp_text sql = {0};
    condition q;
    char why[160];
    for (int i = 0; i < 3 && k->columns[i]; i++)
        if (!has(c, k->table, k->columns[i]))
            return STEPPE_OK; /* no such table, or another of that name */
    stp_text_add(&sql, "SELECT 1 FROM %s WHERE NOT coalesce(1", k->table);
    for (size_t i = 0; i < CONDITION_COUNT; i++) {
        if (!get_condition(c, k->table, i, &q))
            continue;
        if (q.column && !has(c, k->table, q.column)) {
            stp_text_free(&sql);
            snprintf(why, sizeof why, "table '%s' has no column '%s'", k->table,
                     q.column);
            return damaged(c, why);
        }
        stp_text_add(&sql, " AND (%s)", q.sql);
    }
    stp_text_add(&sql, ", 0) LIMIT 1");
    sqlite3_stmt *s = NULL;
    int status = sql.failed ? stp_no_memory(c->context) : find_first(c, sql.data, &s);
    bool broken_row = s != NULL;
    sqlite3_finalize(s);
    stp_text_free(&sql);
    for (size_t i = 0; i < CONDITION_COUNT && broken_row && status == STEPPE_OK; i++)
        if (get_condition(c, k->table, i, &q))
            status = check_condition(c, k, &q);
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

static int check_facts(const checker *c)
{
    int status = STEPPE_OK;
    for (size_t i = 0; i < sizeof FACTS / sizeof *FACTS && status == STEPPE_OK; i++) {
        char *value;
        status = stp_results_text(c->context, c->path, c->db, FACTS[i].key, &value);
        if (status == STEPPE_OK && value)
            status = check_fact(c, &FACTS[i], value);
        free(value);
    }
    return status;
}

/* ---- the tables of an ensemble are consistent ---- */

/* A query whose first row is a fault: a replicate, and the name of what it lacks, if any. */
static int find_fault(const checker *c, const char *sql, const char *words)
{
    sqlite3_stmt *s;
    char why[300];
    int status = find_first(c, sql, &s);
    if (!s)
        return status;
    const char *more = (const char *)sqlite3_column_text(s, 1);
    snprintf(why, sizeof why, "replicate %lld: %s%s%.60s%s",
             (long long)sqlite3_column_int64(s, 0), words, more ? " '" : "",
             more ? more : "", more ? "'" : "");
    sqlite3_finalize(s);
    return damaged(c, why);
}

#define NOT_DONE \
    " replicate NOT IN (SELECT replicate FROM replicate WHERE status = 'done') LIMIT 1"
#define FEWER_ROWS(table)                                                         \
    "WITH n AS (SELECT r.replicate AS i, (SELECT count(*) FROM " table " d WHERE" \
    " d.replicate = r.replicate) AS rows FROM replicate r WHERE status = 'done')" \
    " SELECT i, NULL FROM n WHERE rows < (SELECT max(rows) FROM n) LIMIT 1"

static int check_rows(const checker *c)
{
    /* clang-format off */
    static const struct {
        const char *table, *sql, *words;
    } FAULTS[] = {
        {"draw", "SELECT replicate, NULL FROM draw WHERE replicate NOT IN (SELECT replicate FROM replicate)"
         " LIMIT 1", "has draws, but no row in table 'replicate'"},
        {"outcome", "SELECT replicate, NULL FROM outcome WHERE" NOT_DONE,
         "has outcomes, but is not done in table 'replicate'"},
        {"day", "SELECT replicate, NULL FROM day WHERE" NOT_DONE,
         "has days, but is not done in table 'replicate'"},
        {"unrest", "SELECT replicate, NULL FROM unrest WHERE" NOT_DONE,
         "has weeks, but is not done in table 'replicate'"},
        {"draw", "SELECT replicate, NULL FROM replicate r WHERE (SELECT count(*) FROM draw d WHERE"
         " d.replicate = r.replicate) <> (SELECT count(*) FROM factor) LIMIT 1",
         "does not have one draw per factor"},
        {"outcome", "WITH names AS (SELECT DISTINCT name FROM outcome WHERE name NOT IN ('legitimacy',"
         " 'strength', 'lowest-strength')) SELECT replicate, name FROM replicate r, names n WHERE"
         " status = 'done' AND NOT EXISTS (SELECT 1 FROM outcome o WHERE o.replicate = r.replicate AND"
         " o.name = n.name) LIMIT 1", "lacks the outcome"},
        {"outcome", "SELECT replicate, NULL FROM replicate WHERE status = 'done' AND NOT EXISTS (SELECT 1"
         " FROM outcome) LIMIT 1", "has no outcomes"},
        {"day", FEWER_ROWS("day"), "has fewer days than others"},
        {"unrest", FEWER_ROWS("unrest"), "has fewer weeks than others"},
    };
    /* clang-format on */
    char why[60];
    int status = STEPPE_OK;
    for (size_t i = 0; i < sizeof FAULTS / sizeof *FAULTS && status == STEPPE_OK; i++) {
        snprintf(why, sizeof why, "there is no table '%s'", FAULTS[i].table);
        status = has(c, FAULTS[i].table, "replicate")
                     ? find_fault(c, FAULTS[i].sql, FAULTS[i].words)
                     : damaged(c, why);
    }
    return status;
}

/* Replicate i has seed `seed` + i, or at least `seed` where a design says which; i < `replicates`. */
static int check_seeds(const checker *c, uint64_t seed, uint64_t replicates,
                       bool designed)
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
        unsigned long long expected = seed + index,
                           held = text ? strtoull(text, NULL, 10) : 0;
        bool right = held == expected ||
                     (designed && held - seed <= 2 * replicates); /* modulo 2^64 */
        if (index < replicates && text && right)
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
    static const char *const KEYS_READ[] = {"model", "seed", "replicates",
                                            "design_digest"};
    char *values[4] = {NULL, NULL, NULL, NULL};
    int status = STEPPE_OK;
    for (int i = 0; i < 4 && status == STEPPE_OK; i++)
        status = stp_results_text(c->context, c->path, c->db, KEYS_READ[i], &values[i]);
    bool is = status == STEPPE_OK && values[0] && strcmp(values[0], "ensemble") == 0;
    if (is && (!values[1] || !values[2]))
        status = damaged(c, "table 'run': seed or replicates are missing");
    else if (is)
        status = check_seeds(c, strtoull(values[1], NULL, 10),
                             strtoull(values[2], NULL, 10), values[3] != NULL);
    if (is && status == STEPPE_OK)
        status = check_rows(c);
    for (int i = 0; i < 4; i++)
        free(values[i]);
    return status;
}

/* ---- all of it ---- */

/* In one transaction: the file may be written meanwhile. */
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
