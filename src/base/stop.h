/* Long work asks here whether to stop: between districts, tiles and turns, in steps and
 * in set-up, in any thread. */
#ifndef STP_STOP_H
#define STP_STOP_H

#include <stdbool.h>

/* Once `ask` returns true it keeps returning true. */
typedef struct stp_stop {
    bool (*ask)(void *user); /* NULL: never */
    void *user;
} stp_stop;

/* stop may be NULL. */
static inline bool stp_stop_asked(const stp_stop *stop)
{
    return stop && stop->ask && stop->ask(stop->user);
}

#endif
