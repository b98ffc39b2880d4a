/* The national fields, which the street finds at the beginning of a step. They are
 * computed once per step, in double and in a fixed order, and rounded to fixed point
 * before any citizen sees them. One file per mechanism. */
#ifndef STP_NATION_H
#define STP_NATION_H

#include "base/ramp.h"
#include "seat/seat.h"
#include "street/rules.h"

enum { STP_GROUPS = 4 }; /* sets of STP_FUEL and STP_JOBLESS */

/* The quantities that events set. */
enum {
    STP_RAMP_PRICE,
    STP_RAMP_MEDIA,
    STP_RAMP_ATTENTION,
    STP_RAMP_DEPLOYMENT,
    STP_RAMP_LEGITIMACY,
    STP_RAMP_RELIEF,
    STP_RAMP_CURFEW,
    STP_RAMP_SURVIVAL,
    STP_RAMP_ORDERS,
    STP_RAMP_SHOTS,
    STP_RAMP_COUNT,
};

/* What a force has sent to a district, at scale 1. */
enum {
    STP_SENT_STREET, /* officers on the street */
    STP_SENT_FREED,  /* local officers whom its guards set free */
    STP_SENT_COUNT,
};
typedef struct stp_detachment {
    double sent[STP_SENT_COUNT];
    stp_ramp ramps[STP_SENT_COUNT];
    size_t latest[STP_SENT_COUNT]; /* the event that holds, from 1; 0: none so far */
    uint64_t obey, defect;         /* probabilities of this epoch, of 2^32 */
} stp_detachment;

/* State of the mechanisms in a district. */
typedef struct stp_district_state {
    double legitimacy;        /* while nothing happens */
    double fuel_dependence;   /* share of citizens whose budget depends on fuel */
    double price_base, price; /* of fuel, per litre */
    double felt;              /* ln(price / base) as felt so far */
    double media_reach;       /* factor on news.reach */
    double attention;
    double deployment;           /* share of the posts on the street */
    double relief;               /* shift of hardship, downwards ... */
    double relief_reached;       /* ... and the part that has reached people */
    double curfew;               /* strictness */
    double expected[STP_GROUPS]; /* how well off a group expects to be */
    double survival;     /* belief of the forces that the regime survives, a share */
    double orders;       /* quality of their orders, a share */
    double shots;        /* share of acts of officers that are shots */
    bool shots_at_all;   /* also at the active who are not violent */
    double active;       /* share of citizens active at the end of the last step */
    double heard;        /* the same share of other districts, as heard of here */
    double harm;         /* done to citizens in the last step, per citizen */
    double support_lost; /* share */
    double hurt; /* citizens killed, and wounded by weight, in the last step, a share */
    double fear; /* the same of all the past, faded */
    double unpunished; /* citizen-hours of the last step that were, per citizen */
    double boldness;   /* the same of all the past, faded */
    double crowd;    /* size of the crowd that officers faced in the last step, a share */
    double shirking; /* share of the officers on the street who then did not obey */
    double in_sight; /* citizens expected in vision: cells times density */
    stp_ramp ramps[STP_RAMP_COUNT];
    stp_detachment detachments[STP_MAX_FORCES]; /* by force, in the scenario's order */
} stp_district_state;

/* An event sends people to a district, who arrive before a step. */
typedef struct stp_sending {
    size_t event, district;
    uint64_t step;
} stp_sending;

/* Numbers that districts report to one another. */
typedef enum stp_reported {
    STP_REPORTED_ACTIVE,
    STP_REPORTED_HARM,
    STP_REPORTED_HURT,
    STP_REPORTED_COUNT,
} stp_reported;

/* A kernel as sparse rows. */
typedef struct stp_near {
    size_t *begins;      /* [count + 1]: where the row of a district begins below */
    uint32_t *districts; /* rising within a row */
    double *weights;     /* of a row, sum 1 */
    size_t count;
} stp_near;

typedef struct stp_nation {
    const steppe_scenario *scenario; /* borrowed, and needed only during steps */
    const stp_world *world;
    const stp_stop *stop; /* of the context */
    stp_district_state *districts;
    double
        *kernel; /* [count x count], rows sum to 1; NULL without news or with a cutoff */
    stp_near *near; /* the kernel with a cutoff, else NULL */
    double *reported
        [STP_REPORTED_COUNT]; /* of the last step, by district; NULL without news */
    stp_sending *sendings;    /* by event in the order of the file, then by district */
    size_t sending_count;
    steppe_seat *seat;        /* of power; NULL if there is none */
    stp_seat_effects effects; /* of the seat */
    double day_active;        /* shares of citizens active, summed over ... */
    uint64_t day_steps;       /* ... the steps since a day last began */
    bool capital_lost;        /* in one of them */
} stp_nation;

/* The scenario, world and context must outlive the nation. Errors: STEPPE_NO_MEMORY,
 * STEPPE_STOPPED. */
int stp_nation_create(steppe_context *context, const steppe_scenario *scenario,
                      const stp_world *world, stp_nation **nation);
void stp_nation_free(stp_nation *nation);

/* The conditions of the next step (from 1; 0 when the world is made): applies the events
 * that fall due, then computes the fields from the state at the end of the last step.
 * counts: of the last step, one per district; all 0 before the first. conditions: one per
 * district. Errors: STEPPE_STOPPED; the nation is then unusable. */
int stp_nation_step(stp_nation *nation, uint64_t step, const steppe_counts *counts,
                    stp_conditions *conditions);

/* The conditions `now` of a district as observers see them. */
void stp_nation_fields(const stp_nation *nation, size_t district,
                       const stp_conditions *now, steppe_fields *fields);

/* ---- the mechanisms ---- */

/* Show the seat of power the last step, and let it act before this one. */
void stp_nation_seat_step(stp_nation *nation, uint64_t step, const steppe_counts *counts,
                          const stp_conditions *last);
/* Is an event void because a foreign power did not grant it? */
bool stp_nation_refuses(const stp_nation *nation, const stp_event *event);
/* Quality of orders, and belief in the regime's survival, shares, with the effects of the
 * seat. */
double stp_nation_orders(const stp_nation *nation, const stp_district_state *p);
double stp_nation_survival(const stp_nation *nation, const stp_district_state *p);

/* Apply the events that are due before this step, and advance gradual ones. */
void stp_events_apply(stp_nation *nation, uint64_t step);

/* Set the expectations before the first step. */
void stp_hardship_start(const stp_nation *nation, stp_district_state *p);
/* Advance the felt fuel price and the expectations by one step. */
void stp_hardship_step(const stp_nation *nation, stp_district_state *p);
/* Shift of hardship of a group (STP_FUEL | STP_JOBLESS), as a share. */
double stp_hardship_shift(const stp_nation *nation, const stp_district_state *p,
                          unsigned group);

/* Make the kernel of all pairs of districts, or of those within news.cutoff. Incomplete
 * if stopped. Errors: STEPPE_NO_MEMORY, STEPPE_BAD_ARGUMENT (too many pairs within the
 * cutoff). */
int stp_news_create(steppe_context *context, stp_nation *nation);
void stp_news_free(stp_nation *nation);
/* The kernel of all pairs (count x count, rows sum to 1), to be freed; NULL if out of
 * memory. */
double *stp_kernel_of_all(const steppe_scenario *scenario, const stp_stop *stop);
/* The kernel of the pairs within `cutoff` km (> 0), rows summing to 1; bit-identical to
 * that of all pairs if all are within. Errors: as stp_news_create; *near is NULL then. */
int stp_kernel_of_near(steppe_context *context, const steppe_scenario *scenario,
                       double cutoff, stp_near **near);
void stp_near_free(stp_near *near);
/* Keep what districts report of the last step. */
void stp_news_observe(stp_nation *nation);
/* Advance what is heard in a district by one step. */
void stp_news_step(const stp_nation *nation, size_t district);
/* The sum by the kernel of a number that all other districts report; 0 without a
 * kernel. */
double stp_news_elsewhere(const stp_nation *nation, size_t district, stp_reported what);
/* Actives that a citizen of a district hears of. */
double stp_news_heard(const stp_nation *nation, const stp_district_state *p);
/* By how much news lowers the threshold T. */
double stp_news_lowers(const stp_nation *nation, const stp_district_state *p);

/* Harm per citizen in a step. citizens: of the district. */
double stp_legitimacy_harm(const steppe_scenario *scenario, const steppe_counts *counts,
                           double citizens);
/* Advance support by one step: it recovers, and falls by the harm of the last step. */
void stp_legitimacy_step(const stp_nation *nation, size_t district);
/* Legitimacy now, as a share. */
double stp_legitimacy(const stp_nation *nation, const stp_district_state *p);

/* By how much a curfew raises the threshold T. */
double stp_curfew_cost(const stp_nation *nation, const stp_district_state *p);

/* Citizens killed, and wounded by weight, in a step, as a share. citizens: of the
 * district. */
double stp_fear_hurt(const steppe_scenario *scenario, const steppe_counts *counts,
                     double citizens);
/* Advance fear by one step: it fades, and grows by the harm of the last step. */
void stp_fear_step(const stp_nation *nation, size_t district);
/* By how much fear raises the threshold T. */
double stp_fear_cost(const stp_nation *nation, const stp_district_state *p);

/* Citizen-hours of a step that went unpunished, per citizen. citizens: of the district. */
double stp_boldness_gained(const steppe_scenario *scenario, const steppe_counts *counts,
                           double citizens);
/* Advance boldness by one step: it fades, and grows by the unpunished hours of the last step. */
void stp_boldness_step(const stp_nation *nation, size_t district);
/* By how much boldness lowers the threshold T. */
double stp_boldness_lowers(const stp_nation *nation, const stp_district_state *p);

/* Compute who is sent where, and when they arrive. Errors: STEPPE_NO_MEMORY. */
int stp_forces_create(steppe_context *context, stp_nation *nation);
/* Apply the arrivals and departures that are due. */
void stp_forces_step(stp_nation *nation, uint64_t step);
/* The officers on the street of a district, by force. */
void stp_forces_settle(const stp_nation *nation, size_t index,
                       stp_conditions *conditions);

/* What an officer's choice depends on; all in [0, 1]. */
typedef struct stp_temptation {
    double crowd, shirking, survival, patronage, orders;
} stp_temptation;

/* Probabilities that an officer obeys and that it defects, of 2^32; their sum is at most
 * that. */
void stp_obedience_odds(const steppe_scenario *scenario, const stp_temptation *temptation,
                        uint64_t *obey, uint64_t *defect);
/* Keep what officers saw in the last step. */
void stp_obedience_observe(const stp_nation *nation, stp_district_state *p,
                           const steppe_counts *counts);
/* At the beginning of an epoch, set its probabilities. */
void stp_obedience_step(stp_nation *nation, uint64_t step);
/* The epoch of a step, from 0. */
uint32_t stp_obedience_epoch(const steppe_scenario *scenario, uint64_t step);

#endif
