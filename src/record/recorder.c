/* Writes a run into SQLite. Steps are committed about once a second: a killed run leaves a valid file,
 * marked "running", without the last of them. */
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

/* Columns of `step` and `series`, in order. */
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

/* Columns of `series` behind the counts, in order. */
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

/* ---- before the first step ---- */

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
    stp_row w = stp_row_begin(r->db, "INTO district", 11);
    for (size_t i = 0; !w.failed && i < r->run->world->count; i++) {
        steppe_district_info d;
        steppe_run_district(r->run, i, &d);
        stp_row_whole(&w, (int64_t)i);
        stp_row_text(&w, d.id);
        stp_row_text(&w, d.name);
        stp_row_text(&w, d.unit);
        stp_row_real(&w, d.latitude);
        stp_row_real(&w, d.longitude);
        stp_row_whole(&w, (int64_t)d.residents);
        stp_row_whole(&w, (int64_t)r->run->world->districts[i].citizens);
        stp_row_whole(&w, d.width);
        stp_row_whole(&w, d.height);
        stp_row_text(&w, d.schedule);
        stp_row_put(&w);
    }
    return stp_row_end(&w) ? STEPPE_OK : stp_record_fail(r);
}

static int write_events(steppe_recorder *r)
{
    const steppe_scenario *scenario = r->run->scenario;
    stp_row w = stp_row_begin(r->db, "INTO event", 6);
    for (size_t i = 0; !w.failed && i < scenario->event_count; i++) {
        const stp_event *e = &scenario->events[i];
        stp_row_whole(&w, e->due > INT64_MAX ? INT64_MAX : (int64_t)e->due);
        stp_row_text(&w, e->id);
        stp_row_text(&w, e->title);
        stp_row_whole(&w, e->enabled.value != 0);
        stp_row_text(&w, e->source >= 0 ? scenario->sources[e->source].title : NULL);
        stp_row_text(&w, e->note);
        stp_row_put(&w);
    }
    return stp_row_end(&w) ? STEPPE_OK : stp_record_fail(r);
}

/* ---- steps ---- */

static uint64_t *count_of(steppe_counts *counts, int column)
{
    return (uint64_t *)(void *)((char *)counts + COUNTS[column].offset);
}

/* A whole number takes a third of the space of a real one. */
static int64_t field_of(const steppe_fields *fields, int column)
{
    double value = *(const double *)(const void *)((const char *)fields +
                                                   FIELDS[column].offset);
    return (int64_t)floor(value * STP_FIELD_PARTS + 0.5);
}

/* The columns behind the keys. */
static void add_counts(stp_row *w, uint64_t digest, steppe_counts counts)
{
    stp_row_hex(w, digest);
    for (int k = 0; k < COUNT_COUNT; k++)
        stp_row_whole(w, (int64_t)*count_of(&counts, k));
}

static double tension_of(const steppe_recorder *r, uint64_t step, size_t district)
{
    double tension;
    return step % r->tension_every == 0 &&
                   steppe_run_tension(r->run, district, &tension) == STEPPE_OK
               ? tension
               : NAN;
}

/* Steps between two values of the tension; 0: never. */
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
    int64_t step = (int64_t)steppe_run_step(r->run);
    steppe_counts sum = {0};
    for (size_t i = 0; i < r->run->world->count && r->status == STEPPE_OK; i++) {
        steppe_counts here = counts[i];
        for (int k = 0; k < COUNT_COUNT; k++)
            *count_of(&sum, k) += *count_of(&here, k);
        stp_row_whole(&r->series, step);
        stp_row_whole(&r->series, (int64_t)i);
        add_counts(&r->series, steppe_run_district_digest(r->run, i), here);
        for (int k = 0; k < STP_FIELDS; k++)
            stp_row_whole(&r->series, field_of(&fields[i], k));
        if (r->tension_every > 0)
            stp_row_real(&r->series, tension_of(r, (uint64_t)step, i));
        if (!stp_row_put(&r->series))
            return stp_record_fail(r);
    }
    stp_row_whole(&r->step, step);
    stp_row_text(&r->step, steppe_run_time(r->run));
    add_counts(&r->step, steppe_run_digest(r->run), sum);
    return stp_row_put(&r->step) ? r->status : stp_record_fail(r);
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

/* Create `step`, or with the fields `series`, and prepare to write its rows. */
static int open_table(steppe_recorder *r, const char *name, const char *keys, bool fields,
                      const char *end, stp_row *rows)
{
    stp_text create = {0};
    char into[20];
    int columns = 3 + COUNT_COUNT;
    bool tension = fields && r->tension_every > 0;
    stp_text_add(&create, "CREATE TABLE %s (%s, digest TEXT", name, keys);
    for (int k = 0; k < COUNT_COUNT; k++)
        stp_text_add(&create, ", %s INTEGER", COUNTS[k].name);
    for (int k = 0; fields && k < STP_FIELDS; k++, columns++)
        stp_text_add(&create, ", %s INTEGER", FIELDS[k].name);
    stp_text_add(&create, "%s%s", tension ? ", tension REAL" : "", end);
    snprintf(into, sizeof into, "INTO %s", name);
    if (create.failed) {
        r->status = stp_no_memory(r->context);
    } else if (stp_record_execute(r, create.data) == STEPPE_OK) {
        *rows = stp_row_begin(r->db, into, columns + tension);
        if (rows->failed)
            stp_record_fail(r);
    }
    stp_text_free(&create);
    return r->status;
}

static int open_tables(steppe_recorder *r)
{
    return open_table(r, "step", "step INTEGER PRIMARY KEY, time TEXT", false, ")",
                      &r->step) == STEPPE_OK
               ? open_table(r, "series", "step INTEGER, district INTEGER", true,
                            ", PRIMARY KEY (step, district)) WITHOUT ROWID", &r->series)
               : r->status;
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
                        "a recorder must be created before the first step");
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
    if (!r->run || !r->db) /* a solution is written when the recorder is created */
        return r->status;
    bool complete = r->run->step == r->run->steps;
    if (r->status != STEPPE_OK) { /* keep what was committed before the failure */
        stp_record_execute(r, "ROLLBACK");
        stp_record_number(r, "steps_done", (double)r->committed_step);
        stp_record_fact(r, "status", "incomplete");
        stp_record_close(r);
        return stp_record_fail(r); /* renews the message */
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
    stp_row_end(&r->step);
    stp_row_end(&r->series);
    sqlite3_close(r->db);
    if (r->file >= 0)
        close(r->file);
    free(r->path);
    free(r->path_before);
    free(r);
}
