/* Citizens of a district who may come to the street with presence `home`: those near the
 * threshold, listed by group from the highest hardship down. As conditions change, a mark
 * moves along each list, so that the cost of a step grows with those who come and not
 * with the district. When a mark reaches the end of its list, everybody is drawn again
 * and twice as many are listed. */
#ifndef STP_CROWD_H
#define STP_CROWD_H

#include "street/fast_base.h"

enum {
    STP_GROUPS_ABLE = 4,  /* of those able to act: sets of STP_FUEL and STP_JOBLESS */
    STP_NOBODY_IS = 65536 /* a hardship that nobody has */
};

/* Citizens of a group by falling hardship. */
typedef struct stp_roll {
    uint32_t *ids;
    uint16_t *hardships; /* units of 1/65536 */
    uint32_t count, capacity;
    uint32_t bound; /* least hardship listed; STP_NOBODY_IS: nobody is listed yet */
    uint32_t mark;  /* how many are above the threshold */
    uint32_t least; /* least hardship above the threshold when the mark was set */
} stp_roll;

typedef struct stp_crowd {
    stp_roll rolls[STP_GROUPS_ABLE];
    uint32_t *coming; /* words (see fast_base.h) of those who come */
    uint32_t coming_count, coming_capacity;
} stp_crowd;

void stp_crowd_begin(stp_crowd *crowd);
void stp_crowd_free(stp_crowd *crowd);

/* Add someone who comes; word: identity and group. False if out of memory. */
bool stp_crowd_add(stp_crowd *crowd, uint32_t word);

/* Were citizens of a hardship and group drawn to the street in the step before? */
static inline bool stp_crowd_had(const stp_crowd *crowd, uint32_t hardship,
                                 uint32_t group)
{
    return hardship >= crowd->rolls[group].least;
}

/* Add those whom the conditions `now` draw to the street and the conditions before did
 * not, except those marked in `away` (one bit per citizen). False if out of memory or
 * stopped. */
bool stp_crowd_move(stp_crowd *crowd, const stp_world *world,
                    const stp_district *district, const stp_rules *rules,
                    const stp_conditions *now, const uint64_t *away,
                    const stp_level *level, const stp_stop *stop);

/* Sort those who come by identity. */
void stp_crowd_sort(stp_crowd *crowd);

#endif
