/* A regime and those who may turn on it, as a global game (Morris and Shin 2003): an
 * elite that sees the street as a public signal over-reacts to it (Casper and Tyson
 * 2014). The regime has a strength theta that nobody knows; it falls if theta is below a
 * threshold, which is where the share of those who turn on it is just enough. */
#ifndef STP_GLOBAL_GAME_H
#define STP_GLOBAL_GAME_H

#include <stdbool.h>

enum { STP_GLOBAL_GAME_MAX = 3 }; /* thresholds that one game can have */

typedef struct stp_global_game {
    /* y: what everybody sees of the regime's strength, any number; protest lowers it. */
    double signal;
    /* Precision (1 / variance) of the public signal, >= 0; free media raise it. */
    double alpha;
    /* Precision of what each sees alone, > 0. */
    double beta;
    /* c: the cost of turning on a regime as a share of what its fall wins, in (0, 1). */
    double cost;
} stp_global_game;

/* Whether the game has one threshold whatever the signal and the cost: alpha / sqrt(beta)
 * <= sqrt(2 pi). Source: Morris and Shin (2003). */
bool stp_global_game_is_unique(const stp_global_game *game);

/* All thresholds theta* = Phi(alpha / sqrt(beta) (theta* - y) - sqrt((alpha + beta) /
 * beta) Phi^-1(c)), from low to high; the regime falls if theta < theta*.
 * Of three, the middle one is unstable. Returns how many there are: 1 to 3, or 0 if a
 * parameter is out of its range or alpha / sqrt(beta) overflows. Sources: Morris and Shin
 * (2003); Casper and Tyson (2014) for the use. */
int stp_global_game_thresholds(const stp_global_game *game,
                               double thresholds[STP_GLOBAL_GAME_MAX]);

#endif
