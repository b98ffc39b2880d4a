/* A picture of SVG as a PNG, by a program that is there for it. */
#ifndef STP_PNG_H
#define STP_PNG_H

#include "base/error.h"

/* Draw the file `svg` into the file `png`, with the mark of Steppe (base/output.h). program: the path of
 * rsvg-convert; called: the picture's name in messages. Errors: STEPPE_CANNOT_WRITE (with what the program said), STEPPE_NO_MEMORY. */
int stp_png_write(steppe_context *context, const char *program, const char *svg,
                  const char *png, const char *called);

#endif
