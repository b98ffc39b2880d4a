/* The rules of published models on small lattices: NetLogo's Rebellion, Mesa's Epstein
 * model and Epstein's Model II, with all their details. They have an engine of their own:
 * patches that agents may share, agents that are born and die, one thread. Shared by
 * presets.c (people, patches, the engine) and preset_rules.c (a turn under each set of
 * rules). */
#ifndef STP_PRESETS_H
#define STP_PRESETS_H

#include "base/digest.h"
#include "street/schedule.h"
#include "street/street.h"

enum { STP_NOBODY = -1, STP_HALO = 16 };

typedef struct stp_inhabitant {
    uint32_t id;                      /* never given again, unlike an index into people */
    uint16_t hardship, risk_aversion; /* units of 1/65536 */
    uint8_t standing;                 /* stp_standing; STP_OFF_DUTY: withdrawn */
    uint8_t group;                    /* Model II: 0 or 1 */
    bool officer;
    uint32_t cell;
    uint32_t term; /* steps or turns of detention left; Model II: the last step of it */
    uint32_t dies; /* Model II: the step at whose end it dies of age */
    int32_t next;  /* the next on the same patch, or STP_NOBODY */
} stp_inhabitant;

/* One byte per patch, with a halo that repeats the opposite side, so that no window
 * wraps. */
typedef struct stp_field {
    uint8_t *bytes;
    uint32_t stride;
} stp_field;

typedef struct stp_district_preset {
    const stp_district *district;
    stp_inhabitant *people; /* citizens and officers in the order of their arrival */
    uint32_t count, capacity;
    int32_t *first; /* on each patch, or STP_NOBODY */
    /* Officers and actives on a patch; 1 if one may move there; citizens of each group
     * (Model II). */
    stp_field officers, actives, open, groups[2];
    uint32_t *order;
    uint32_t next_id;
    int32_t vacant; /* index of the first of those who died before this step */
    uint32_t first_officer, officer_count;
    uint32_t on_street, citizens; /* officers on the street; citizens alive */
    bool failed;                  /* out of memory */
    stp_tally *tally;
} stp_district_preset;

/* Mask of the patches in sight, [row][column]; the centre is at [radius][radius]. */
typedef struct stp_sight {
    int radius;
    uint8_t mask[2 * STP_MAX_RADIUS + 1][32];
} stp_sight;

struct stp_street {
    const stp_world *world;
    const stp_rules *rules;
    stp_district_preset *districts;
    stp_sight *sights; /* [2 * district + officer] */
    uint32_t step;
    const stp_conditions *now;
    const stp_stop *stop;
};

/* People are given by their index in `people`. */

/* Sum of a field over the patches in sight of one. */
uint32_t stp_field_sum(const stp_district_preset *p, const stp_field *field,
                       const stp_sight *sight, uint32_t cell);

/* The patch with the k-th (from 0) of that sum, row by row; *rest: its number within the
 * patch. */
uint32_t stp_field_find(const stp_district_preset *p, const stp_field *field,
                        const stp_sight *sight, uint32_t cell, uint32_t k,
                        uint32_t *rest);

/* Put person `who` on a patch, or take it away. Both, and the next, update the fields. */
void stp_patch_enter(const stp_street *s, stp_district_preset *p, uint32_t who,
                     uint32_t cell);
void stp_patch_leave(const stp_street *s, stp_district_preset *p, uint32_t who);

/* Change the standing of person `who`. */
void stp_person_become(const stp_street *s, stp_district_preset *p, uint32_t who,
                       uint8_t standing);

/* Add a person, on no patch yet, with the next identity. Its index, or UINT32_MAX if out
 * of memory. */
uint32_t stp_person_add(stp_district_preset *p, stp_inhabitant person);

/* One turn of person `who` under the scenario's rules. */
void stp_preset_turn(const stp_street *s, stp_district_preset *p, uint32_t who);

#endif
