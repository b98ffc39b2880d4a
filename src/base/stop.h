/* The one place where work that takes long looks whether it should give up: between districts, tiles
 * and turns, in steps and in set-up, in any thread. */
#ifndef STP_STOP_H
#define STP_STOP_H

#include <stdbool.h>
#include <stddef.h>

/* Once it says true it goes on saying so. */
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
