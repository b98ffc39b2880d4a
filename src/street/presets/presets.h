/* Small lattices by the rules of others: NetLogo's Rebellion, Mesa's Epstein model, and Epstein's
 * Model II, to the last detail of their semantics (LITERATURE 1.2, 1.5). One engine of their own:
 * patches that several agents may share, agents that are born and die, one district after the
 * other on one thread. Shared by classic.c (places, people, the engine) and preset_rules.c (a
 * turn under each set of rules). */
#ifndef STP_PRESETS_H
#define STP_PRESETS_H

#include "base/digest.h"
#include "street/schedule.h"
#include "street/street.h"

enum { STP_NOBODY = -1, STP_HALO = 16 };

/* standing: STP_OFF_DUTY is also that of an officer withdrawn. */
typedef struct stp_inhabitant {
    uint32_t id; /* never given again; a place among the people is, after a death */
    uint16_t hardship, risk_aversion; /* units of 1/65536 */
    uint8_t standing;                 /* stp_standing */
    uint8_t group;                    /* Model II: 0 or 1 */
    bool officer;
    uint32_t cell;
    uint32_t term; /* steps or turns in detention that are left */
    uint32_t dies; /* Model II: the step at whose end it dies of age */
    int32_t next;  /* the next on the same patch, or STP_NOBODY */
} stp_inhabitant;

/* A byte a patch with a halo that repeats the other side, so that no look around wraps. */
typedef struct stp_field {
    uint8_t *bytes;
    uint32_t stride;
} stp_field;

typedef struct stp_patchwork {
    const stp_district *district;
    stp_inhabitant *people; /* citizens and officers in the order in which they came */
    uint32_t count, capacity;
    int32_t *first; /* on each patch, or STP_NOBODY */
    /* How many officers and actives a patch has; 1 where one may move to; how many of each group
     * (Model II). */
    stp_field officers, actives, open, groups[2];
    uint32_t *order;
    uint32_t next_id;
    int32_t vacant; /* the first of the places of those who died before this step */
    uint32_t first_officer, officer_count;
    uint32_t on_street, citizens; /* officers on the street; citizens alive */
    bool failed;                  /* memory ran out */
    stp_tally *tally;
} stp_patchwork;

/* Offsets in sight row by row, and a mask of them: [row][column], radius in the middle. */
typedef struct stp_sight {
    int radius;
    uint8_t mask[2 * STP_MAX_RADIUS + 1][32];
} stp_sight;

struct stp_street {
    const stp_world *world;
    const stp_rules *rules;
    stp_patchwork *patchworks;
    stp_sight *sights; /* [2 * district + officer] */
    uint32_t step;
    const stp_conditions *now;
    const stp_stop *stop;
};

/* Those below are given people by their place in `people`. */

/* Sum of a field over what is in sight of a patch. */
uint32_t stp_field_sum(const stp_patchwork *p, const stp_field *field,
                       const stp_sight *sight, uint32_t cell);

/* The patch that holds the k-th (from 0) of that sum, patches row by row; *rest: how many of the
 * patch come before it. */
uint32_t stp_field_find(const stp_patchwork *p, const stp_field *field,
                        const stp_sight *sight, uint32_t cell, uint32_t k,
                        uint32_t *rest);

/* Put person `who` on a patch, or take it away; standing is kept. Fields follow. */
void stp_patch_enter(const stp_street *s, stp_patchwork *p, uint32_t who, uint32_t cell);
void stp_patch_leave(const stp_street *s, stp_patchwork *p, uint32_t who);

/* Give person `who` another standing where it is; fields follow. */
void stp_person_become(const stp_street *s, stp_patchwork *p, uint32_t who,
                       uint8_t standing);

/* A new person who is nowhere yet, with the next identity; its place, or UINT32_MAX if memory ran
 * out. */
uint32_t stp_person_add(stp_patchwork *p, stp_inhabitant person);

/* One turn of person `who` under the scenario's rules. */
void stp_preset_turn(const stp_street *s, stp_patchwork *p, uint32_t who);

#endif
