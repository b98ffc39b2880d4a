/* What is printed: everything that goes to standard output and standard error is looked at on its way,
 * so that no title, name or option can make a terminal do anything but show it. */
#ifndef SCREEN_H
#define SCREEN_H

#include <stddef.h>
#include <stdio.h>

/* From here on, standard output and standard error show controls instead of sending them (newlines and
 * tabs apart). To be called once, before anything is printed. */
void screen_begin(void);

/* Print a text in one line, newlines shown as well. */
void screen_put(const char *text);

/* How many columns a text takes on a terminal: 2 for wide letters, 0 for accents that stand on the letter
 * before them. */
int screen_width(const char *text);

/* Print a text in a column: with two spaces behind it, or after blanks if it stands to the right. What is
 * wider than the column is printed whole (cell, right), or cut off between letters, with '~' at the end
 * (cut). */
void screen_cell(const char *text, int width);
void screen_right(const char *text, int width);
void screen_cut(const char *text, int width);

#endif
