/* Numbers, dates and tables in pages. */
#ifndef STP_HTML_H
#define STP_HTML_H

#include "base/number.h"
#include "report/format/escape.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* A number in a field of CSV: empty for what is no number, or not finite. */
void stp_csv_number(FILE *file, double value);

/* A cell of a table: words, and the number that a save button writes; "–" for what is no number. */
void stp_html_cell(FILE *file, double value, const char *words);

/* Write HTML in which each "{}" is the next text (const char *, escaped; NULL: ""). */
void stp_html_write(FILE *file, const char *pattern, ...);

/* ---- tables ---- */

/* Begin a table that scrolls. summary: it is folded behind these words, or NULL. caption: or NULL.
 * columns: their titles, "|" between them. */
void stp_html_table_begin(FILE *file, const char *summary, const char *caption,
                          const char *columns);
/* End a table that was begun with a summary, or without. */
void stp_html_table_end(FILE *file, int folded);
/* Begin a row with its name; the caller ends it. */
void stp_html_row(FILE *file, const char *name);
/* A cell with a text. */
void stp_html_words(FILE *file, const char *text);

/* ---- time ---- */

/* "5 January 2022, 14:00" of "2022-01-05T14:00" (without the hour if `day` is true); anything else as
 * it is. Returns buffer. */
const char *stp_date_words(const char *time, int day, char *buffer, size_t size);
/* "5 Jan" of the same. */
const char *stp_day_words(const char *time, char *buffer, size_t size);

/* ---- numbers for the script ---- */

/* Whole numbers as a text of digits in base 64 (A-Z a-z 0-9 + /), as differences to the one before; a
 * difference of 0 is followed by how many more there are. Each number is its digits of 5 bits, the
 * lowest first, bit 5 set while more follow; differences have their sign in bit 0. */
typedef struct stp_packer {
    FILE *file;
    int64_t last;
    uint64_t zeros;
} stp_packer;
void stp_pack(stp_packer *packer, int64_t value);
/* A number of 0 or more in units of 1 / parts; -1 for what is none. */
void stp_pack_real(stp_packer *packer, double value, double parts);
void stp_pack_end(stp_packer *packer);

#endif
