/* The results store: one SQLite file per run. */
#ifndef STP_RECORDER_H
#define STP_RECORDER_H

#include "engine/run.h"

#include <sqlite3.h>

/* Steppe's id in SQLite's header: "Stpp". */
enum { STP_APPLICATION_ID = 0x53747070 };

/* The settings that a scenario was opened with, in order. */
#define STP_SETTING_SCHEMA \
    "CREATE TABLE setting (setting INTEGER PRIMARY KEY, path TEXT, value TEXT);"
/* Returns false on failure; the database has the reason. */
bool stp_write_settings(sqlite3 *db, const steppe_scenario *scenario);

/* Create a folder and its parents, if missing. Errors: STEPPE_CANNOT_WRITE,
 * STEPPE_NO_MEMORY. */
int stp_make_folder(steppe_context *context, const char *folder);

/* Fields in `series`, in millionths. */
enum { STP_FIELDS = 6, STP_FIELD_PARTS = 1000000 };

/* The column of a field, 0 .. STP_FIELDS - 1. */
const char *stp_field_name(int field);

#endif
