/* HTML, dates, and numbers for the script of a page. */
#ifndef STP_HTML_H
#define STP_HTML_H

#include "base/number.h"
#include "report/format/escape.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Write HTML in which each "{}" is the next text (const char *, escaped; NULL: ""). */
void stp_html_write(FILE *file, const char *pattern, ...);

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
