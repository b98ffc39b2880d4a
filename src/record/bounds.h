/* The domains of the values of results files. stp_results_open checks them, so that no reader has to. */
#ifndef STP_BOUNDS_H
#define STP_BOUNDS_H

#include "base/error.h"

#include <sqlite3.h>

/* Check that every value lies in its domain and that the tables are consistent. The message names table,
 * row, column, value and what was expected. Errors: STEPPE_BAD_RESULTS, STEPPE_NO_MEMORY. */
int stp_bounds_check(steppe_context *context, const char *path, sqlite3 *db);

#endif
