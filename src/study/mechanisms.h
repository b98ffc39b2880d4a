/* What the study `mechanisms` runs and claims, as tables. */
#ifndef STP_MECHANISMS_H
#define STP_MECHANISMS_H

#include "study/probe.h"
#include "study/replicate.h"

enum { STP_DOSES_MOST = 5, STP_COMMON_MOST = 8 };

/* Where, for how long, and which window is looked at. */
typedef struct stp_stage {
    const char *file;
    uint64_t steps, from, to;
} stp_stage;

/* Officers from elsewhere, on their way to the first of eight towns. */
extern const stp_stage STP_MARCH;

typedef struct stp_single {
    const char *name;
    const stp_stage *stage;
    const char *settings[STP_SETTINGS_MOST];
} stp_single;

/* Arms that differ in one value: its doses. */
typedef struct stp_sweep {
    const char *name;
    const stp_stage *stage;
    const char *key;
    int count;
    double doses[STP_DOSES_MOST];
    const char *settings[STP_COMMON_MOST];
} stp_sweep;

/* What a measure does as a dose rises, or in the first arm against the second. */
typedef struct stp_direction {
    stp_row row;
    const char *more, *less; /* arms; less NULL: more is a sweep */
    stp_measure measure;
    int sign; /* of what is claimed */
    int decimals;
    const char *unit;
} stp_direction;

extern const stp_single STP_SINGLES[];
extern const stp_sweep STP_SWEEPS[];
extern const stp_direction STP_DIRECTIONS[];
extern const size_t STP_SINGLE_COUNT, STP_SWEEP_COUNT, STP_DIRECTION_COUNT;

/* Sources that rows name more than once. */
#define STP_BY_OWN "Steppe model"
#define STP_BY_REPRESSION "Steinert-Threlkeld, Chan and Joo"
#define STP_BY_LEMOS "Lemos, Lopes and Coelho 2016"

#endif
