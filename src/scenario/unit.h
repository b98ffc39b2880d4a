/* Units that a scenario may write behind a number, and dates. */
#ifndef STP_UNIT_H
#define STP_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Factor that turns a number in `given` into the canonical unit `wanted` of a parameter
 * ("h", "km", "share", "residents", ...). False if the unit is unknown or measures
 * something else. Money per amount ("tenge/l") converts only to itself. */
bool stp_unit_factor(const char *given, const char *wanted, double *factor);

/* The units that may stand where `wanted` is expected, "h, min, s, d, week". */
const char *stp_unit_choices(const char *wanted);

/* Minutes since 1970-01-01T00:00 of "YYYY-MM-DD" or "YYYY-MM-DDTHH:MM" (a blank may stand
 * for the T, and seconds ":00" may follow), in the proleptic Gregorian calendar without time
 * zones. False if the text is no such date. */
bool stp_date_parse(const char *text, int64_t *minutes);

enum { STP_DATE_TEXT = 32 };
/* "YYYY-MM-DDTHH:MM". */
const char *stp_date_text(int64_t minutes, char buffer[STP_DATE_TEXT]);

#endif
