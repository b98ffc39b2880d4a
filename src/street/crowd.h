/* Who of a district could come to the street with presence `home`: those near the threshold, listed by
 * group from the most hardship to the least. As conditions change, a mark moves along each list, so that a
 * step costs what comes and not what the district has. The others are not listed: when the mark reaches
 * the end of a list, people are drawn again and twice as many are. */
#ifndef STP_CROWD_H
#define STP_CROWD_H

#include "street/fast_base.h"

enum {
    STP_GROUPS_ABLE = 4,  /* of those able to act: sets of STP_FUEL and STP_JOBLESS */
    STP_NOBODY_IS = 65536 /* a hardship that nobody has */
};

/* Those of a group who have at least a hardship; ids and hardships: from the most to the least. */
typedef struct stp_roll {
    uint32_t *ids;
    uint16_t *hardships; /* units of 1/65536 */
    uint32_t count, capacity;
    uint32_t
        bound; /* least hardship of those who are listed; STP_NOBODY_IS: nobody is yet */
    uint32_t mark;  /* so many of them are above the threshold */
    uint32_t least; /* the least hardship that is, when the mark was set */
} stp_roll;

typedef struct stp_crowd {
    stp_roll rolls[STP_GROUPS_ABLE];
    uint32_t *coming; /* words (see fast_base.h) of those who come, by identity */
    uint32_t coming_count, coming_capacity;
} stp_crowd;

void stp_crowd_begin(stp_crowd *crowd);
void stp_crowd_free(stp_crowd *crowd);

/* Note that somebody comes; word: identity and group. False if out of memory. */
bool stp_crowd_add(stp_crowd *crowd, uint32_t word);

/* Would a citizen of a hardship and group have been drawn to the street in the step before? */
static inline bool stp_crowd_had(const stp_crowd *crowd, uint32_t hardship,
                                 uint32_t group)
{
    return hardship >= crowd->rolls[group].least;
}

/* Note those whom these conditions draw to the street and those before did not, but for whom `away` (a bit a
 * citizen) has marked. draws: a processor's. False if out of memory or the work was stopped. */
bool stp_crowd_move(stp_crowd *crowd, const stp_world *world,
                    const stp_district *district, const stp_rules *rules,
                    const stp_conditions *now, const uint64_t *away,
                    const stp_level *level, const stp_stop *stop);

/* Bring those who come into the order of their identities. */
void stp_crowd_sort(stp_crowd *crowd);

#endif
