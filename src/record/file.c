/* The results file: its place, its schema, and the facts written before the first step. */
#include "record/recording.h"
#include "record/results.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char SCHEMA[] =
    "CREATE TABLE run (key TEXT PRIMARY KEY, value) WITHOUT ROWID;"
    "CREATE TABLE parameter (path TEXT, value TEXT, range TEXT, unit TEXT, kind TEXT,"
    " source TEXT, note TEXT);" STP_SETTING_SCHEMA;

/* ---- rows ---- */

int stp_record_fail(steppe_recorder *r)
{
    if (r->status == STEPPE_OK)
        r->reason = sqlite3_errstr(sqlite3_errcode(r->db));
    r->status = STEPPE_CANNOT_WRITE;
    return stp_fail(r->context, r->status, "%.800s: cannot be written: %s", r->path,
                    r->reason);
}

int stp_record_execute(steppe_recorder *r, const char *sql)
{
    return sqlite3_exec(r->db, sql, NULL, NULL, NULL) == SQLITE_OK ? STEPPE_OK
                                                                   : stp_record_fail(r);
}

int stp_record_fact(steppe_recorder *r, const char *key, const char *value)
{
    return stp_row_fact(r->db, key, value) ? STEPPE_OK : stp_record_fail(r);
}

int stp_record_number(steppe_recorder *r, const char *key, double value)
{
    char text[STP_NUMBER_TEXT];
    return stp_record_fact(r, key, stp_number_text(value, text));
}

int stp_record_digest(steppe_recorder *r, const char *key, uint64_t value)
{
    char text[20];
    snprintf(text, sizeof text, "%016llx", (unsigned long long)value);
    return stp_record_fact(r, key, text);
}

/* ---- where the file goes ---- */

int stp_make_folder(steppe_context *context, const char *folder)
{
    if (strlen(folder) >= PATH_MAX)
        return stp_fail(context, STEPPE_CANNOT_WRITE,
                        "%.800s: the folder cannot be made: %s", folder,
                        strerror(ENAMETOOLONG));
    char *path = stp_copy(folder);
    if (!path)
        return stp_no_memory(context);
    int error = 0;
    for (char *c = path + 1;; c++) {
        if (*c != '/' && *c != '\0')
            continue;
        char held = *c;
        *c = '\0';
        error = mkdir(path, 0777) == 0 || errno == EEXIST || errno == EISDIR ? 0 : errno;
        *c = held;
        if (held == '\0' || error)
            break;
    }
    free(path);
    if (error)
        return stp_fail(context, STEPPE_CANNOT_WRITE,
                        "%.800s: the folder cannot be made: %s", folder, strerror(error));
    return STEPPE_OK;
}

const char *steppe_scenario_stem(const steppe_scenario *scenario, char *buffer,
                                 size_t size)
{
    const char *file = scenario->file;
    const char *name = strrchr(file, '/');
    name = name ? name + 1 : file;
    size_t length = strcspn(name, ".");
    if (strncmp(name, "scenario.", 9) == 0 && name - file > 1) {
        const char *end = name - 1;
        name = end;
        while (name > file && name[-1] != '/')
            name--;
        length = (size_t)(end - name);
    }
    if (length == 0 || (length <= 2 && name[0] == '.')) {
        name = "run";
        length = 3;
    }
    snprintf(buffer, size, "%.*s", length < size ? (int)length : (int)size - 1, name);
    return buffer;
}

/* Create FOLDER/STEM-seedN.sqlite, or -2, -3 ... if it exists. */
static int claim_file(steppe_recorder *r, const char *folder)
{
    char stem[128];
    steppe_scenario_stem(r->scenario, stem, sizeof stem);
    size_t size = strlen(folder) + sizeof stem + 64;
    r->path = malloc(size);
    if (!r->path)
        return stp_no_memory(r->context);
    for (unsigned i = 1; i < 100000; i++) {
        char number[16] = "";
        if (i > 1)
            snprintf(number, sizeof number, "-%u", i);
        snprintf(r->path, size, "%s/%s-seed%llu%s.sqlite", folder, stem,
                 (unsigned long long)r->seed, number);
        int file = open(r->path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        if (file >= 0) {
            close(file);
            /* O_PATH: closing any other descriptor would drop SQLite's locks. */
            r->file = open(r->path, O_PATH | O_CLOEXEC);
            return STEPPE_OK;
        }
        if (errno != EEXIST)
            break;
    }
    return stp_fail(r->context, STEPPE_CANNOT_WRITE, "%.800s: cannot be created: %s",
                    r->path, strerror(errno));
}

/* ---- facts ---- */

static int write_facts(steppe_recorder *r, const char *status)
{
    const steppe_scenario *s = r->scenario;
    char seed[24];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)r->seed);
    stp_record_fact(r, "status", status);
    stp_record_fact(r, "title", s->title);
    stp_record_fact(r, "model", steppe_scenario_model(s));
    stp_record_fact(r, "scenario_file", s->file);
    stp_record_digest(r, "scenario_digest", s->digest);
    stp_record_fact(r, "scenario", s->resolved.data);
    stp_record_fact(r, "seed", seed);
    stp_record_fact(r, "version", steppe_version());
    stp_record_number(r, "results_version", STEPPE_RESULTS_VERSION);
    return stp_record_number(r, "format_version", STEPPE_RESULTS_FORMAT);
}

static int write_parameters(steppe_recorder *r)
{
    stp_row w = stp_row_begin(r->db, "INTO parameter", 7);
    steppe_entry e;
    for (size_t i = 0;
         !w.failed && steppe_scenario_entry(r->scenario, i, &e) == STEPPE_OK; i++) {
        const char *const texts[] = {e.path, e.value,  e.range, e.unit,
                                     e.kind, e.source, e.note};
        for (int k = 0; k < 7; k++)
            stp_row_text(&w, texts[k]);
        stp_row_put(&w);
    }
    return stp_row_end(&w) ? STEPPE_OK : stp_record_fail(r);
}

bool stp_write_settings(sqlite3 *db, const steppe_scenario *scenario)
{
    stp_row w = stp_row_begin(db, "INTO setting", 3);
    for (size_t i = 0; !w.failed && i < scenario->setting_count; i++) {
        const char *setting = scenario->settings[i], *equals = strchr(setting, '=');
        stp_row_whole(&w, (int64_t)i);
        sqlite3_bind_text(w.statement, ++w.column, setting, (int)(equals - setting),
                          SQLITE_TRANSIENT);
        stp_row_text(&w, equals + 1);
        stp_row_put(&w);
    }
    return stp_row_end(&w);
}

/* Leaves a transaction open. */
static int open_database(steppe_recorder *r, const char *status)
{
    char pragmas[160];
    snprintf(pragmas, sizeof pragmas,
             "PRAGMA synchronous = NORMAL; PRAGMA application_id = %d;"
             "PRAGMA user_version = %d; BEGIN",
             STP_APPLICATION_ID, STEPPE_RESULTS_FORMAT);
    if (sqlite3_open_v2(r->path, &r->db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        return stp_record_fail(r);
    if (r->run) /* a solution takes one transaction */
        stp_wal_begin(r->db);
    sqlite3_busy_timeout(r->db, 10000);
    stp_record_execute(r, pragmas);
    if (r->status == STEPPE_OK && stp_record_execute(r, SCHEMA) == STEPPE_OK &&
        write_facts(r, status) == STEPPE_OK && write_parameters(r) == STEPPE_OK &&
        !stp_write_settings(r->db, r->scenario))
        stp_record_fail(r);
    return r->status;
}

int stp_record_open(steppe_recorder *r, const char *folder, const char *status)
{
    int made = stp_make_folder(r->context, folder);
    if (made == STEPPE_OK)
        made = claim_file(r, folder);
    if (made == STEPPE_OK && (made = open_database(r, status)) != STEPPE_OK)
        stp_record_remove(r);
    return made;
}

/* Remove -wal and -shm of a file; all: and everything else, the file included. */
static void remove_companions(const char *path, bool all)
{
    static const char *const ENDS[] = {"-wal", "-shm", "-journal", ""};
    for (int k = 0; k < (all ? 4 : 2); k++) {
        struct stat facts;
        stp_text name = {0};
        stp_text_add(&name, "%s%s", path, ENDS[k]);
        if (!name.failed && stat(name.data, &facts) == 0 &&
            (all || k > 0 || facts.st_size == 0))
            unlink(name.data);
        stp_text_free(&name);
    }
}

/* Statements first: they keep the database open. */
static void close_database(steppe_recorder *r)
{
    stp_row_end(&r->step);
    stp_row_end(&r->series);
    sqlite3_close(r->db);
    r->db = NULL;
}

void stp_record_remove(steppe_recorder *r)
{
    close_database(r);
    remove_companions(r->path, true);
}

/* Does the path still name the file that was created? */
static bool is_there(const steppe_recorder *r)
{
    struct stat ours, there;
    return r->file < 0 || fstat(r->file, &ours) != 0 ||
           (stat(r->path, &there) == 0 && ours.st_ino == there.st_ino &&
            ours.st_dev == there.st_dev);
}

/* Find out where a moved file is. */
static int find_moved(steppe_recorder *r)
{
    char link[64], now[PATH_MAX + 16];
    struct stat ours;
    snprintf(link, sizeof link, "/proc/self/fd/%d", r->file);
    ssize_t length = readlink(link, now, sizeof now - 1);
    if (length <= 0 || fstat(r->file, &ours) != 0 || ours.st_nlink == 0) {
        stp_fail(r->context, STEPPE_CANNOT_WRITE,
                 "%.800s: was removed during the run: nothing is kept", r->path);
        length = 0;
    }
    now[length] = '\0';
    char *path = stp_copy(now);
    if (!path)
        return stp_no_memory(r->context);
    free(r->path_before);
    r->path_before = r->path;
    r->path = path;
    if (length == 0)
        return STEPPE_CANNOT_WRITE;
    if (!is_there(r))
        return stp_fail(r->context, STEPPE_CANNOT_WRITE,
                        "%.800s: was moved during the run, to an unknown place", r->path);
    return STEPPE_OK;
}

int stp_record_close(steppe_recorder *r)
{
    if (r->db && r->run)
        stp_wal_end(r->db);
    close_database(r);
    int status = STEPPE_OK;
    if (r->path && !is_there(r)) {
        status = find_moved(r);
        if (status == STEPPE_OK) /* SQLite looked under the old name */
            remove_companions(r->path, false);
    }
    if (r->file >= 0)
        close(r->file);
    r->file = -1;
    return status;
}
