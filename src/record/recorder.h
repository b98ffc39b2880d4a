/* The results store: one SQLite file a run. */
#ifndef STP_RECORDER_H
#define STP_RECORDER_H

#include "engine/run.h"

#include <sqlite3.h>

/* Marks the file as Steppe's in SQLite's header ("Stpp"). */
enum { STP_APPLICATION_ID = 0x53747070 };

#endif
