/* Reading the file of a study: nodes checked, names of arms and measures resolved.
 * What is wrong is noted with its place, and reading continues with a harmless value:
 * `status` says whether all was right. */
#ifndef STP_STUDY_READER_H
#define STP_STUDY_READER_H

#include "scenario/read.h"
#include "study/replication/replicate.h"

typedef struct stp_study_reader {
    steppe_replication *r;
    const stp_study *study;
    stp_reader yaml;
    const char *variant; /* what '*' stands for in the name of an arm, or NULL */
    unsigned computed;   /* a set of computations that claims have named */
    int status;          /* of the last failure */
} stp_study_reader;

/* Note what is wrong at a node. */
#define STP_STUDY_FAIL(reader, node, ...) \
    ((reader)->status = stp_read_fail(&(reader)->yaml, node, __VA_ARGS__))

/* Is it a mapping with none but these keys? keys: up to the first NULL. */
bool stp_study_keys(stp_study_reader *s, const stp_node *node, const char *where,
                    const char *const *keys);
/* The value of a key that must be there; NULL if it is not. */
const stp_node *stp_study_need(stp_study_reader *s, const stp_node *mapping,
                               const char *key);
/* A text, borrowed; the value of a key, or NULL if it is absent. */
const char *stp_study_text(stp_study_reader *s, const stp_node *node);
const char *stp_study_text_of(stp_study_reader *s, const stp_node *mapping,
                              const char *key);
/* A number in [low, high], `low` if it is wrong; the value of a key, or `fallback` if
 * it is absent. */
double stp_study_number(stp_study_reader *s, const stp_node *node, double low,
                        double high);
double stp_study_number_of(stp_study_reader *s, const stp_node *mapping, const char *key,
                           double low, double high, double fallback);
/* The items of a list, or the node alone; *count: at most `max`. */
const stp_node *const *stp_study_items(stp_study_reader *s, const stp_node *const *node,
                                       size_t max, size_t *count);
/* A list of `min` to `max` numbers, or a number; returns how many. */
size_t stp_study_numbers(stp_study_reader *s, const stp_node *node, double *numbers,
                         size_t min, size_t max);
/* Index of a text among `count` words; 0 if it is none of them. what: "measure". */
size_t stp_study_choice(stp_study_reader *s, const stp_node *node, const char *what,
                        const char *word, const char *const *words, size_t count);

/* Read each item of a list of the file, also behind one that is wrong. */
void stp_study_each(stp_study_reader *s, const char *key, size_t max,
                    void (*read)(stp_study_reader *s, const stp_node *node));

/* The arms of a name in which '*' is the variant; NULL, and noted, if there are none. */
stp_arm *const *stp_study_arms(stp_study_reader *s, const stp_node *node,
                               const char *name, size_t *count);
/* The arms of a name or of a list of names, at most STP_MAX_POINTS; returns how many. */
size_t stp_study_arms_of(stp_study_reader *s, const stp_node *node, const stp_arm **arms);
/* A measure of an arm, by its name. */
size_t stp_study_measure(stp_study_reader *s, const stp_arm *arm, const stp_node *node,
                         const char *name);
/* Names of the measures of an arm. */
const char *const *stp_measure_names(const stp_arm *arm, size_t *count);

/* A measure of several arms against their doses. */
typedef struct stp_points {
    size_t count;
    double dose[STP_MAX_POINTS], mean[STP_MAX_POINTS], deviation[STP_MAX_POINTS];
    stp_interval interval[STP_MAX_POINTS];
} stp_points;

/* Those of the arms that a mapping names under `key`: of its `measure`, or of all
 * outcomes; within the range `doses`, times `scale`. */
void stp_study_points(stp_study_reader *s, const stp_node *mapping, const char *key,
                      stp_points *points);

/* Add the rows of a claim, with their verdicts. */
void stp_study_claim(stp_study_reader *s, const stp_node *claim);
/* Note a computation of the study that no claim has named. */
void stp_study_check_computations(stp_study_reader *s);

#endif
