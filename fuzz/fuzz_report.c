/* A page of a damaged results file: an error that says why, or a page that is whole. Bytes that begin as
 * a database does are the file; others are edits of the values in a sound one, of a run or of an
 * ensemble. */
#include "fuzz.h"

#include <sqlite3.h>

enum { SOUND = 2, VALUES = 16 };

static char folder[200], path[256], page[256], sound[SOUND][256];

static const char TEXT[] =
    "steppe: 1\ntitle: T\ntime: { start: 2022-01-01T00:00, step: 6 h, steps: 32 }\n"
    "citizens: { legitimacy: { value: 0.5, range: [0.4, 0.6], kind: assumption },\n"
    "  vision: 1 }\n"
    "seat: { enabled: true, incumbent: r, capital: a }\n"
    "units: [{ id: u, name: U }, { id: v, name: V }]\n"
    "districts:\n"
    "  - { id: a, name: A, unit: u, lat: 43, lon: 51, width: 8, height: 8 }\n"
    "  - { id: b, name: B, unit: v, lat: 44, lon: 52, width: 8, height: 8 }\n"
    "offices: [{ id: o, name: O, security: 1, holder: p }]\n"
    "persons: [{ id: r, name: R }, { id: p, name: P, position: 0 }]\n"
    "ties: [{ id: t, a: r, b: p, kind: kin }]\n"
    "powers: [{ id: w, name: W, stance: 1, distance: 9 km }]\n"
    "hotspots: [{ id: h, name: H, salience: 2 }]\n"
    "events:\n"
    "  - { id: e, title: E, hour: 30, act: hotspot, hotspot: h, amount: 3 }\n"
    "  - { id: d, title: D, hour: 40, act: detain, person: p }\n"
    "observed:\n"
    "  - { id: x, title: X, pattern: P, measure: detained, at_hour: 2, value: 3,\n"
    "      confidence: low }\n";

static void clean_up(void)
{
    for (int i = 0; i < SOUND; i++)
        remove_all(sound[i]);
    remove_all(path);
    remove_all(page);
    rmdir(folder);
}

/* The file of a run, and that of an ensemble. */
static void make_sound(void)
{
    steppe_context *context = NULL;
    steppe_scenario *scenario = NULL;
    steppe_ensemble_summary summary;
    snprintf(sound[1], sizeof sound[1], "%s/ensemble.sqlite", folder);
    const steppe_ensemble_options many = {
        .count = 3, .seed = 1, .sampling = "latin", .path = sound[1], .threads = 1};
    MUST(steppe_context_create(&context) == STEPPE_OK &&
             steppe_scenario_parse(context, "sound.yaml", TEXT, sizeof TEXT - 1, NULL, 0,
                                   &scenario) == STEPPE_OK &&
             steppe_ensemble(context, scenario, &many, &summary) == STEPPE_OK,
         "%s", steppe_context_message(context));
    record_run(context, scenario, 32, folder, sound[0]);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count;
    (void)arguments;
    make_folder(folder);
    snprintf(path, sizeof path, "%s/input.sqlite", folder);
    snprintf(page, sizeof page, "%s/page.html", folder);
    atexit(clean_up);
    make_sound();
    return 0;
}

static int write_file(const char *name, const void *data, size_t size)
{
    FILE *file = fopen(name, "wb");
    return file && fwrite(data, 1, size, file) == size && fclose(file) == 0 ? 0 : -1;
}

static int copy_file(const char *from, const char *to)
{
    static char part[1 << 20];
    FILE *file = fopen(from, "rb");
    size_t size = file ? fread(part, 1, sizeof part, file) : 0;
    if (file)
        fclose(file);
    return size > 0 ? write_file(to, part, size) : -1;
}

/* The name of the table (or of its column) that a number points at. */
static int name_of(sqlite3 *db, const char *sql, const char *table, unsigned number,
                   char name[64])
{
    sqlite3_stmt *q = NULL;
    *name = '\0';
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK) {
        if (table)
            sqlite3_bind_text(q, 2, table, -1, SQLITE_STATIC);
        sqlite3_bind_int(q, 1, (int)number);
        if (sqlite3_step(q) == SQLITE_ROW)
            snprintf(name, 64, "%s", (const char *)sqlite3_column_text(q, 0));
    }
    sqlite3_finalize(q);
    return *name ? 0 : -1;
}

/* Five bytes: which table, column and row become what. */
static void edit(sqlite3 *db, const uint8_t *data)
{
    static const char *const TO[VALUES] = {"NULL",    "0",        "-1",
                                           "1",       "9e999",    "-9e999",
                                           "1e300",   "-1e300",   "'<b>'",
                                           "''",      "x'ff00'",  "4611686018427387904",
                                           "1000000", "0.000001", "'9e999'",
                                           "'-1e30'"};
    char table[64], column[64], sql[400];
    if (name_of(db,
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name "
                "LIMIT 1 OFFSET ?1 % (SELECT count(*) FROM sqlite_master WHERE type = "
                "'table')",
                NULL, data[0], table) != 0 ||
        name_of(db,
                "SELECT name FROM pragma_table_info(?2) LIMIT 1 OFFSET ?1 % (SELECT "
                "count(*) FROM pragma_table_info(?2))",
                table, data[1], column) != 0)
        return;
    unsigned row = data[2] + 256U * (data[3] & 3);
    if (data[4] & 0x80)
        snprintf(sql, sizeof sql,
                 "DELETE FROM %s WHERE %s = (SELECT %s FROM %s LIMIT 1 OFFSET %u)", table,
                 column, column, table, row);
    else
        snprintf(sql, sizeof sql,
                 "UPDATE OR IGNORE %s SET %s = %s WHERE %s IN (SELECT %s FROM %s LIMIT 1 "
                 "OFFSET %u)",
                 table, column, TO[data[4] % VALUES], column, column, table, row);
    sqlite3_exec(db, sql, NULL, NULL, NULL);
}

static int make_damaged(const uint8_t *data, size_t size)
{
    sqlite3 *db = NULL;
    if (size >= 16 && memcmp(data, "SQLite format 3", 16) == 0)
        return write_file(path, data, size);
    if (copy_file(sound[size > 0 && data[0] % 2], path) != 0 ||
        sqlite3_open(path, &db) != SQLITE_OK)
        return -1;
    sqlite3_exec(db, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; BEGIN",
                 NULL, NULL, NULL);
    for (size_t i = 1; i + 5 <= size && i < 100; i += 5)
        edit(db, data + i);
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    sqlite3_close(db);
    return 0;
}

/* It ends as a page does, and has nothing that is no number where a picture wants one. */
static void must_be_whole(void)
{
    static const char END[] = "</body>\n</html>\n";
    FILE *file = fopen(page, "rb");
    MUST(file, "no page");
    MUST(fseek(file, 0, SEEK_END) == 0, "no end");
    long size = ftell(file);
    char *text = malloc((size_t)size + 1);
    MUST(text && fseek(file, 0, SEEK_SET) == 0 &&
             fread(text, 1, (size_t)size, file) == (size_t)size,
         "cannot be read");
    fclose(file);
    text[size] = '\0';
    MUST(size > (long)sizeof END && strcmp(text + size - (sizeof END - 1), END) == 0,
         "%ld bytes", size);
    static const char *const NOT[] = {"='nan", "='-nan", "='inf", "='-inf",
                                      " nan ", "Lnan",   "Mnan",  "Linf",
                                      "Minf",  ":nan",   ":inf",  ">nan",
                                      ">inf",  " inf ",  ",nan",  "(nan"};
    for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++) {
        const char *at = strstr(text, NOT[i]);
        MUST(!at, "no number: %.60s", at - (at - text < 30 ? 0 : 30));
    }
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    steppe_context *context;
    const steppe_report_options options = {.page = page};
    remove_all(page);
    if (make_damaged(data, size) != 0 || steppe_context_create(&context) != STEPPE_OK)
        return -1;
    int status = steppe_report_write(context, path, &options);
    const char *message = steppe_context_message(context);
    MUST(status == STEPPE_OK || status == STEPPE_BAD_RESULTS ||
             status == STEPPE_CANNOT_READ,
         "%d: %s", status, message);
    MUST(status == STEPPE_OK || *message, "no message");
    if (status == STEPPE_OK)
        must_be_whole();
    else
        MUST(access(page, F_OK) != 0, "a page of %s", message);
    steppe_context_free(context);
    remove_all(path);
    return 0;
}
