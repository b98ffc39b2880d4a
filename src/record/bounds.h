/* What the values of results files may be. There is one table of it, and every reader looks there when it
 * opens a file (stp_results_open), so that none ever reckons with a value that no run has. */
#ifndef STP_BOUNDS_H
#define STP_BOUNDS_H

#include "base/error.h"

#include <sqlite3.h>

/* Does every value of the file lie in its domain, and do its tables fit together? The message names table,
 * row, column and value, and what was expected. Errors: STEPPE_BAD_RESULTS, STEPPE_NO_MEMORY. */
int stp_bounds_check(steppe_context *context, const char *path, sqlite3 *db);

#endif
