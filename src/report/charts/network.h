/* The seat of power as a picture. */
#ifndef STP_NETWORK_H
#define STP_NETWORK_H

#include "steppe.h"

#include <stdio.h>

/* Write it as an <svg> element; see steppe_seat_write_picture. Errors: STEPPE_NO_MEMORY,
 * STEPPE_CANNOT_WRITE. */
int stp_network_write(FILE *file, steppe_context *context, const steppe_seat *seat,
                      const char *title, const char *caption);

#endif
