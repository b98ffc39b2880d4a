/* The results store: one SQLite file a run. */
#ifndef STP_RECORDER_H
#define STP_RECORDER_H

#include "engine/run.h"

#include <sqlite3.h>

/* Marks the file as Steppe's in SQLite's header ("Stpp"). */
enum { STP_APPLICATION_ID = 0x53747070 };

/* The settings that a scenario was opened with, in their order; files of before have no such table. */
#define STP_SETTING_SCHEMA \
    "CREATE TABLE setting (setting INTEGER PRIMARY KEY, path TEXT, value TEXT);"
/* Write them. Returns whether that went well; if not, the database says why. */
bool stp_write_settings(sqlite3 *db, const steppe_scenario *scenario);

/* Make a folder, with those above it, if it is missing. Errors: STEPPE_CANNOT_WRITE,
 * STEPPE_NO_MEMORY. */
int stp_make_folder(steppe_context *context, const char *folder);

/* Fields of a step and district that `series` holds, in millionths; older files have none. */
enum { STP_FIELDS = 6, STP_FIELD_PARTS = 1000000 };

/* The column of a field, 0 .. STP_FIELDS - 1. */
const char *stp_field_name(int field);

#endif
