/* Writes a run into SQLite as it goes. Steps are committed in batches, so that a run that is
 * killed leaves a valid file with all but the last second or so, marked "running". */
#include "record/recording.h"

#include "scenario/duration.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static const char RUN_SCHEMA[] =
    "CREATE TABLE district (district INTEGER PRIMARY KEY, id TEXT, name TEXT, unit TEXT,"
    " latitude REAL, longitude REAL, residents INTEGER, citizens INTEGER,"
    " width INTEGER, height INTEGER, schedule TEXT);"
    "CREATE TABLE event (step INTEGER, id TEXT, title TEXT, enabled INTEGER, source TEXT,"
    " note TEXT);";

/* The counts that steps and series hold, in the order of their columns. */
static const struct {
    const char *name;
    size_t offset; /* in steppe_counts */
} COUNTS[] = {
    {"active", offsetof(steppe_counts, active)},
    {"arrests", offsetof(steppe_counts, arrests)},
    {"releases", offsetof(steppe_counts, releases)},
    {"detained", offsetof(steppe_counts, detained)},
    {"officers", offsetof(steppe_counts, officers)},
    {"activations", offsetof(steppe_counts, activations)},
    {"alive", offsetof(steppe_counts, citizens)},
    {"killed", offsetof(steppe_counts, killed)},
    {"died", offsetof(steppe_counts, died)},
    {"born", offsetof(steppe_counts, born)},
    {"group_0", offsetof(steppe_counts, groups[0])},
    {"group_1", offsetof(steppe_counts, groups[1])},
    {"violent", offsetof(steppe_counts, violent)},
    {"wounded", offsetof(steppe_counts, wounded)},
    {"obeying", offsetof(steppe_counts, obeying)},
    {"officers_killed", offsetof(steppe_counts, officers_killed)},
    {"officers_wounded", offsetof(steppe_counts, officers_wounded)},
    {"officers_left", offsetof(steppe_counts, officers_left)},
    {"on_street", offsetof(steppe_counts, on_street)},
};
enum { COUNT_COUNT = sizeof COUNTS / sizeof *COUNTS };

/* The fields that series hold, behind the counts, in the order of their columns. */
static const struct {
    const char *name;
    size_t offset; /* in steppe_fields */
} FIELDS[STP_FIELDS] = {
    {"legitimacy", offsetof(steppe_fields, legitimacy)},
    {"hardship", offsetof(steppe_fields, hardship)},
    {"threshold_shift", offsetof(steppe_fields, threshold_shift)},
    {"heard", offsetof(steppe_fields, heard)},
    {"orders", offsetof(steppe_fields, orders)},
    {"obedience", offsetof(steppe_fields, obedience)},
};

const char *stp_field_name(int field)
{
    return FIELDS[field].name;
}

static double now_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* ---- what stands in it before the first step ---- */

static int write_run_facts(steppe_recorder *r)
{
    const steppe_run *run = r->run;
    char people[24];
    snprintf(people, sizeof people, "%llu",
             (unsigned long long)run->world->population_seed);
    stp_record_fact(r, "population_seed", people);
    stp_record_number(r, "scale", run->world->scale);
    stp_record_number(r, "steps", (double)run->steps);
    stp_record_number(r, "step_hours", run->scenario->time.step.value);
    stp_record_number(r, "field_unit", 1.0 / STP_FIELD_PARTS);
    stp_record_number(r, "unrest_share", run->scenario->outcome.unrest_share.value);
    stp_record_fact(r, "force", run->rules->force ? "true" : "false");
    stp_record_fact(r, "seat", run->nation->seat ? "true" : "false");
    stp_record_number(r, "agents", (double)steppe_run_agents(run));
    stp_record_number(r, "threads", run->threads);
    stp_record_fact(r, "engine", run->engine->name);
    stp_record_fact(r, "schedule",
                    run->schedule == STEPPE_TILES ? "tiles" : "sequential");
    return stp_record_digest(r, "initial_digest", run->digest);
}

static int write_districts(steppe_recorder *r)
{
    sqlite3_stmt *s = stp_record_prepare(
        r, "INSERT INTO district VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; s && i < r->run->world->count; i++) {
        steppe_district_info d;
        steppe_run_district(r->run, i, &d);
        sqlite3_bind_int64(s, 1, (sqlite3_int64)i);
        sqlite3_bind_text(s, 2, d.id, -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(s, 3, d.name, -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(s, 4, d.unit, -1, SQLITE_TRANSIENT);
        if (isnan(d.latitude)) { /* NULL */
            sqlite3_bind_null(s, 5);
            sqlite3_bind_null(s, 6);
        } else {
            sqlite3_bind_double(s, 5, d.latitude);
            sqlite3_bind_double(s, 6, d.longitude);
        }
        sqlite3_bind_int64(s, 7, (sqlite3_int64)d.residents);
        sqlite3_bind_int64(s, 8, (sqlite3_int64)r->run->world->districts[i].citizens);
        sqlite3_bind_int64(s, 9, d.width);
        sqlite3_bind_int64(s, 10, d.height);
        sqlite3_bind_text(s, 11, d.schedule, -1, SQLITE_TRANSIENT);
        stp_record_row(r, s);
    }
    sqlite3_finalize(s);
    return r->status;
}

static int write_events(steppe_recorder *r)
{
    const steppe_scenario *scenario = r->run->scenario;
    sqlite3_stmt *s = stp_record_prepare(r,
                                         "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; s && i < scenario->event_count; i++) {
        const stp_event *e = &scenario->events[i];
        const char *source = e->source >= 0 ? scenario->sources[e->source].title : NULL;
        sqlite3_bind_int64(s, 1, e->due > INT64_MAX ? INT64_MAX : (sqlite3_int64)e->due);
        sqlite3_bind_text(s, 2, e->id, -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(s, 3, e->title, -1, SQLITE_TRANSIENT);
        sqlite3_bind_int(s, 4, e->enabled.value != 0);
        sqlite3_bind_text(s, 5, source, -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(s, 6, e->note, -1, SQLITE_TRANSIENT);
        stp_record_row(r, s);
    }
    sqlite3_finalize(s);
    return r->status;
}

/* ---- steps ---- */

static uint64_t *count_of(steppe_counts *counts, int column)
{
    return (uint64_t *)(void *)((char *)counts + COUNTS[column].offset);
}

/* Whole numbers take a third of the room of others. */
static sqlite3_int64 field_of(const steppe_fields *fields, int column)
{
    double value = *(const double *)(const void *)((const char *)fields +
                                                   FIELDS[column].offset);
    return (sqlite3_int64)floor(value * STP_FIELD_PARTS + 0.5);
}

/* A row: two keys (the second a number or, if not NULL, a text), a digest, the counts and, if not
 * NULL, the fields. */
static void write_row(steppe_recorder *r, sqlite3_stmt *s, uint64_t step, size_t district,
                      const char *time, uint64_t digest, steppe_counts counts,
                      const steppe_fields *fields)
{
    char text[20];
    snprintf(text, sizeof text, "%016llx", (unsigned long long)digest);
    sqlite3_bind_int64(s, 1, (sqlite3_int64)step);
    if (time)
        sqlite3_bind_text(s, 2, time, -1, SQLITE_TRANSIENT);
    else
        sqlite3_bind_int64(s, 2, (sqlite3_int64)district);
    sqlite3_bind_text(s, 3, text, -1, SQLITE_TRANSIENT);
    for (int k = 0; k < COUNT_COUNT; k++)
        sqlite3_bind_int64(s, k + 4, (sqlite3_int64)*count_of(&counts, k));
    for (int k = 0; fields && k < STP_FIELDS; k++)
        sqlite3_bind_int64(s, k + 4 + COUNT_COUNT, field_of(fields, k));
    stp_record_row(r, s);
}

/* In a step that has it; the binding stays as the row is written. */
static void bind_tension(steppe_recorder *r, uint64_t step, size_t district)
{
    const int column = 4 + COUNT_COUNT + STP_FIELDS;
    double tension;
    if (r->tension_every == 0)
        return;
    if (step % r->tension_every == 0 &&
        steppe_run_tension(r->run, district, &tension) == STEPPE_OK)
        sqlite3_bind_double(r->series, column, tension);
    else
        sqlite3_bind_null(r->series, column);
}

/* Steps from one look at the tension to the next. */
static uint64_t tension_steps(const steppe_scenario *s)
{
    const stp_quantity *every = &s->outcome.tension_every;
    return every->given
               ? stp_span_count(STP_SPAN_NEAREST, every->value, s->time.step.value)
               : 0;
}

static int write_step(steppe_recorder *r)
{
    const steppe_counts *counts = steppe_run_counts(r->run);
    const steppe_fields *fields = steppe_run_fields(r->run);
    uint64_t step = steppe_run_step(r->run);
    steppe_counts sum = {0};
    for (size_t i = 0; i < r->run->world->count && r->status == STEPPE_OK; i++) {
        steppe_counts here = counts[i];
        for (int k = 0; k < COUNT_COUNT; k++)
            *count_of(&sum, k) += *count_of(&here, k);
        bind_tension(r, step, i);
        write_row(r, r->series, step, i, NULL, steppe_run_district_digest(r->run, i),
                  here, &fields[i]);
    }
    write_row(r, r->step, step, 0, steppe_run_time(r->run), steppe_run_digest(r->run),
              sum, NULL);
    return r->status;
}

static int on_step(const steppe_run *run, void *user)
{
    steppe_recorder *r = user;
    write_step(r);
    stp_record_seat_step(r);
    if (r->status == STEPPE_OK && now_seconds() - r->committed > 1.0) {
        if (stp_record_execute(r, "COMMIT; BEGIN") == STEPPE_OK)
            r->committed_step = run->step;
        r->committed = now_seconds();
    }
    return r->status != STEPPE_OK;
}

/* ---- the object ---- */

/* Create a table of steps, with the counts and, for districts, the fields, and prepare to write its
 * rows; NULL if it failed. */
static sqlite3_stmt *open_table(steppe_recorder *r, const char *name, const char *keys,
                                bool districts, const char *more)
{
    stp_text create = {0}, insert = {0};
    sqlite3_stmt *statement = NULL;
    stp_text_add(&create, "CREATE TABLE %s (%s, digest TEXT", name, keys);
    stp_text_add(&insert, "INSERT INTO %s VALUES (?, ?, ?", name);
    for (int k = 0; k < COUNT_COUNT; k++) {
        stp_text_add(&create, ", %s INTEGER", COUNTS[k].name);
        stp_text_add(&insert, ", ?");
    }
    for (int k = 0; districts && k < STP_FIELDS; k++) {
        stp_text_add(&create, ", %s INTEGER", FIELDS[k].name);
        stp_text_add(&insert, ", ?");
    }
    if (districts && r->tension_every > 0) {
        stp_text_add(&create, ", tension REAL");
        stp_text_add(&insert, ", ?");
    }
    stp_text_add(&create, "%s", more);
    stp_text_add(&insert, ")");
    if (create.failed || insert.failed)
        r->status = stp_no_memory(r->context);
    else if (stp_record_execute(r, create.data) == STEPPE_OK)
        statement = stp_record_prepare(r, insert.data);
    stp_text_free(&create);
    stp_text_free(&insert);
    return statement;
}

static int open_tables(steppe_recorder *r)
{
    r->step = open_table(r, "step", "step INTEGER PRIMARY KEY, time TEXT", false, ")");
    if (r->step)
        r->series = open_table(r, "series", "step INTEGER, district INTEGER", true,
                               ", PRIMARY KEY (step, district)) WITHOUT ROWID");
    return r->status;
}

static int open_run(steppe_recorder *r)
{
    if (stp_record_execute(r, RUN_SCHEMA) == STEPPE_OK && open_tables(r) == STEPPE_OK &&
        write_run_facts(r) == STEPPE_OK && write_districts(r) == STEPPE_OK &&
        write_events(r) == STEPPE_OK && stp_record_seat_open(r) == STEPPE_OK)
        stp_record_execute(r, "COMMIT; BEGIN");
    if (r->status != STEPPE_OK)
        return r->status;
    r->committed = now_seconds();
    return r->status;
}

int steppe_recorder_create(steppe_context *context, const char *folder, steppe_run *run,
                           steppe_recorder **recorder)
{
    *recorder = NULL;
    if (run->step > 0 || !run->street)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "a recorder must be made before the first step");
    steppe_recorder *r = calloc(1, sizeof *r);
    if (!r)
        return stp_no_memory(context);
    *r = (steppe_recorder){.context = context,
                           .file = -1,
                           .run = run,
                           .scenario = run->scenario,
                           .seed = run->world->seed,
                           .tension_every = tension_steps(run->scenario)};
    int status = stp_record_open(r, folder, "running");
    if (status == STEPPE_OK && (status = open_run(r)) != STEPPE_OK)
        stp_record_remove(r);
    if (status == STEPPE_OK)
        status = steppe_run_observe(run, on_step, r);
    if (status != STEPPE_OK) {
        steppe_recorder_free(r);
        return status;
    }
    *recorder = r;
    return STEPPE_OK;
}

/* ---- both ---- */

const char *steppe_recorder_path(const steppe_recorder *recorder)
{
    return recorder->path;
}

int steppe_recorder_status(const steppe_recorder *recorder)
{
    return recorder->status;
}

int steppe_recorder_finish(steppe_recorder *r)
{
    if (!r->run || !r->db) /* a solution was written as a whole */
        return r->status;
    bool complete = r->run->step == r->run->steps;
    if (r->status != STEPPE_OK) { /* keep what was committed before the failure */
        stp_record_execute(r, "ROLLBACK");
        stp_record_number(r, "steps_done", (double)r->committed_step);
        stp_record_fact(r, "status", "incomplete");
        stp_record_close(r);
        return stp_record_fail(r); /* the context has heard of other things since */
    }
    stp_record_seat_end(r);
    stp_record_number(r, "steps_done", (double)r->run->step);
    stp_record_fact(r, "status", complete ? "complete" : "incomplete");
    stp_record_execute(r, "COMMIT");
    if (r->status != STEPPE_OK) {
        stp_record_close(r);
        return stp_record_fail(r);
    }
    return stp_record_close(r);
}

void steppe_recorder_free(steppe_recorder *r)
{
    if (!r)
        return;
    sqlite3_finalize(r->step);
    sqlite3_finalize(r->series);
    sqlite3_close(r->db);
    if (r->file >= 0)
        close(r->file);
    free(r->path);
    free(r->path_before);
    free(r);
}
