/* Presence `home` beside `street`: the same scenarios, the same seeds, every outcome of an ensemble. */
#ifndef STUDY_PRESENCE_H
#define STUDY_PRESENCE_H

#include "compare.h"
#include "study/measures/outcome.h"
#include "study/stats/interval.h"
#include "study/stats/paired.h"

#include <stdbool.h>

enum {
    PRESENCE_CASES = 5,
    PRESENCE_FEWEST = 30, /* seeds, for a verdict */
    PRESENCE_TESTS = 3,   /* of an outcome */
};

/* A mean within this share of the other's does not matter. */
extern const double PRESENCE_MARGIN;

/* What is compared. */
extern const struct presence_case {
    const char *name, *head;
    const char *scenario;
    const char *schedule; /* as a setting; NULL: the scenario's */
    double scale;         /* 0: the scenario's */
    unsigned steps;       /* hours, too */
    bool usual;           /* compared unless others are asked for */
} PRESENCE_ALL[PRESENCE_CASES];

typedef enum presence_verdict {
    PRESENCE_ABSENT,    /* the scenario has no such outcome */
    PRESENCE_SAME,      /* one value, in every run of both arms */
    PRESENCE_ALIKE,     /* by seed the same in both arms, to the bit */
    PRESENCE_FEW,       /* too few seeds */
    PRESENCE_UNDECIDED, /* no difference is found, and none is excluded */
    PRESENCE_WITHIN, /* no difference is found, and one beyond the margin is excluded */
    PRESENCE_DIFFERS,
} presence_verdict;

typedef struct presence_outcome {
    presence_verdict verdict;
    study_comparison samples; /* of street, and of home */
    stp_interval ratio;       /* of the means, home over street: 95 % */
    stp_interval narrow;      /* the same: 90 %, which the margin is compared with */
    stp_paired pairs;         /* home less street, of a seed */
    /* Kolmogorov and Smirnov; Mann and Whitney; Student, of the pairs. Before and after Holm. */
    double p[PRESENCE_TESTS], corrected[PRESENCE_TESTS];
} presence_outcome;

typedef struct presence_result {
    bool asked;      /* is the case to be on the page? */
    size_t seeds;    /* that were asked for */
    size_t there[2]; /* seeds that an arm has */
    size_t pairs;    /* seeds that both arms have */
    uint64_t steps;  /* of each run */
    char why[400];   /* there are none; "" if it just has not been run */
    double
        *values[2]
               [STP_OUTCOME_COUNT]; /* [pairs], of street and of home; by seed at first */
    presence_outcome outcomes[STP_OUTCOME_COUNT];
} presence_result;

/* All cases, those that are not on the page too. */
typedef struct presence_study {
    presence_result results[PRESENCE_CASES];
    size_t tests, below; /* how many; with p < 0.05 before Holm's correction */
    double smallest;     /* p after it */
} presence_study;

typedef struct presence_options {
    const char
        *folder;    /* of the files of ensembles, two a case; made if it is not there */
    size_t seeds;   /* from 1 on, the same in both arms */
    uint64_t steps; /* 0: the case's */
    int threads;    /* 0: one a core */
    bool quiet;     /* nothing on standard output */
    int (*progress)(double done, void *user); /* anything but 0 stops; or NULL */
    void *user;
} presence_options;

/* Number of the case of a name, or -1. */
int presence_find(const char *name, size_t length);

/* Run what is missing of a case, a few seeds of one arm and of the other in turn. Returns 0, or 1 if it
 * was stopped: the same call goes on. */
int presence_run(size_t number, const presence_options *options);

/* Read what the files of a case hold, run or not. To be cleared by presence_clear. */
void presence_read(size_t number, const presence_options *options,
                   presence_result *result);
/* Two samples an outcome in place of what was read. The numbers are copied. */
void presence_take(presence_result *result, size_t outcome, const double *street,
                   const double *home, size_t pairs);

/* Test all outcomes of all cases that are asked for. The values are sorted by it. */
void presence_judge(presence_study *study);
void presence_clear(presence_study *study);

/* Write the page. picture: name of the picture beside it; NULL: there is none. */
void presence_write(FILE *file, const presence_study *study, const char *picture);
/* The picture of what was judged; false, and nothing is written, if that is nothing. */
bool presence_draw(const presence_study *study, const char *path);

#endif
