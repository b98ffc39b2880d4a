/* What is printed: everything that goes to standard output and standard error is filtered, so that no title,
 * name or option can make a terminal do anything but show it. */
#ifndef SCREEN_H
#define SCREEN_H

#include <stddef.h>
#include <stdio.h>

/* From here on, standard output and standard error show controls instead of sending them (except newlines
 * and tabs). To be called once, before anything is printed. */
void screen_begin(void);

/* Print a text in one line, newlines shown as well. */
void screen_put(const char *text);

#endif
