/* Presence `home` compared with `street`: the same scenarios and seeds, every outcome of an ensemble. */
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

/* Equivalence margin, as a share of the mean. */
extern const double PRESENCE_MARGIN;

extern const struct presence_case {
    const char *name, *head;
    const char *scenario;
    const char *schedule; /* as a setting; NULL: the scenario's */
    double scale;         /* 0: the scenario's */
    unsigned steps;       /* hours */
    bool usual;           /* compared by default */
} PRESENCE_ALL[PRESENCE_CASES];

typedef enum presence_verdict {
    PRESENCE_ABSENT,    /* the scenario has no such outcome */
    PRESENCE_SAME,      /* one value in all runs */
    PRESENCE_ALIKE,     /* identical by seed */
    PRESENCE_FEW,       /* too few seeds */
    PRESENCE_UNDECIDED, /* neither a difference nor equivalence is shown */
    PRESENCE_WITHIN, /* equivalent: no difference is found, and one beyond the margin is excluded */
    PRESENCE_DIFFERS,
} presence_verdict;

typedef struct presence_outcome {
    presence_verdict verdict;
    study_comparison samples; /* of street, and of home */
    stp_interval ratio;       /* of the means, home over street: 95 % */
    stp_interval narrow;      /* the same, 90 %: compared with the margin */
    stp_paired pairs;         /* home less street, of a seed */
    /* Kolmogorov and Smirnov; Mann and Whitney; Student, paired. Before and after Holm. */
    double p[PRESENCE_TESTS], corrected[PRESENCE_TESTS];
} presence_outcome;

typedef struct presence_result {
    bool asked;      /* the page has the case */
    size_t seeds;    /* requested */
    size_t there[2]; /* seeds per arm */
    size_t pairs;    /* seeds of both arms */
    uint64_t steps;  /* of each run */
    char why[400];   /* an error; "" if the case has not been run */
    double *
        values[2]
              [STP_OUTCOME_COUNT]; /* [pairs], of street and home; by seed until tested */
    presence_outcome outcomes[STP_OUTCOME_COUNT];
} presence_result;

typedef struct presence_study {
    presence_result results[PRESENCE_CASES];
    size_t tests, below; /* below: with p < 0.05 before Holm's correction */
    double smallest;     /* corrected p */
} presence_study;

typedef struct presence_options {
    const char *folder; /* of the ensembles' files, two per case; created if missing */
    size_t seeds;       /* from 1 on, the same in both arms */
    uint64_t steps;     /* 0: the case's */
    int threads;        /* 0: one per core */
    bool quiet;         /* nothing on standard output */
    int (*progress)(double done, void *user); /* anything but 0 stops; or NULL */
    void *user;
} presence_options;

/* Number of the case of a name, or -1. */
int presence_find(const char *name, size_t length);

/* Run the missing replicates of a case, alternating between arms. Returns 0, or 1 if stopped; the same call
 * resumes. */
int presence_run(size_t number, const presence_options *options);

/* Read the existing runs of a case. Cleared by presence_clear. */
void presence_read(size_t number, const presence_options *options,
                   presence_result *result);
/* Replace both samples of an outcome by copies of these. */
void presence_take(presence_result *result, size_t outcome, const double *street,
                   const double *home, size_t pairs);

/* Test all outcomes of all cases on the page; sorts the values. */
void presence_test(presence_study *study);
void presence_clear(presence_study *study);

/* Write the page. picture: its file name; NULL: none. */
void presence_write(FILE *file, const presence_study *study, const char *picture);
/* Draw the compared outcomes; false, without a file, if there are none. */
bool presence_draw(const presence_study *study, const char *path);

#endif
