/* Texts as each format wants them, one function a format. Everything that a scenario, a file name or an option
 * says goes through here. All texts may be NULL, which is an empty one. Controls, and bytes that are no
 * UTF-8, become U+FFFD; in one line alone, newlines and tabs become blanks. */
#ifndef STP_ESCAPE_H
#define STP_ESCAPE_H

#include "base/text.h"

#include <stddef.h>
#include <stdio.h>

/* ---- Markdown ---- */

/* A text in a line: nothing in it is a mark of Markdown, of HTML or of a formula. */
void stp_page_text(FILE *file, const char *text);
/* The same as code, whether in a table or not. */
void stp_page_code(FILE *file, const char *text);
/* A path as the target of a link or a picture. */
void stp_page_target(FILE *file, const char *path);
/* A word of a command for a shell, in quotes if it needs them; to be put as code. */
void stp_shell_word(stp_text *text, const char *word);

/* ---- HTML and SVG ---- */

/* A text between tags or in a quoted attribute. */
void stp_html_text(FILE *file, const char *text);
/* The same of its first `length` bytes. */
void stp_label_write(FILE *file, const char *text, size_t length);

/* ---- JSON and CSV ---- */

/* A JSON string with its quotes, safe inside a <script>: '<', '>', '&', U+2028 and U+2029 are escaped. */
void stp_json_text(FILE *file, const char *text);

/* A field of CSV, in quotes; what a spreadsheet would take for a formula gets an apostrophe before it. */
void stp_csv_text(FILE *file, const char *text);

#endif
