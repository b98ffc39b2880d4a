/* Paths of parameters that vary, "news.reach" or "events.lpg-price.fuel_price", and patterns of paths, in which *
 * stands for any letters but a point: "events.*.fuel_price". */
#ifndef STP_PATH_H
#define STP_PATH_H

#include "scenario/read.h"

bool stp_path_matches(const char *pattern, const char *path);

/* A number of the scenario that a pattern matches. */
typedef struct stp_path_match {
    const stp_parameter *parameter;
    size_t record; /* of a list; else 0 */
    size_t owner;  /* the caller's */
} stp_path_match;

typedef struct stp_path_list {
    stp_path_match *items;
    size_t count, capacity;
} stp_path_list;

/* Add all numbers (also dates) that a pattern matches, given or not. False: out of memory. */
bool stp_path_list_add(stp_path_list *list, const steppe_scenario *scenario,
                       const char *pattern, size_t owner);

/* Order by parameter, record and owner. */
void stp_path_list_sort(stp_path_list *list);

/* Do two matches name the same number? */
bool stp_path_same(const stp_path_match *a, const stp_path_match *b);

/* "events.lpg-price.fuel_price" */
const char *stp_path_text(const steppe_scenario *scenario, const stp_path_match *match,
                          char *buffer, size_t size);

/* Add the matches of every pattern of `key` in record `index` of a list, owned by it; a pattern without a match is an
 * error. Errors: STEPPE_BAD_SCENARIO, STEPPE_NO_MEMORY. */
int stp_path_list_read(const stp_reader *reader, stp_section section, size_t index,
                       char *const *patterns, size_t count, stp_path_list *list);

#endif
