/* The national fields: what the street finds at the beginning of a step. Everything here is
 * computed once a step, in double and in a fixed order, and rounded to fixed point before
 * any citizen sees it. One file a mechanism. */
#ifndef STP_NATION_H
#define STP_NATION_H

#include "street/rules.h"

enum { STP_GROUPS = 4 }; /* sets of STP_FUEL and STP_JOBLESS */

/* What events set, a quantity each. */
enum {
    STP_COURSE_PRICE,
    STP_COURSE_MEDIA,
    STP_COURSE_ATTENTION,
    STP_COURSE_DEPLOYMENT,
    STP_COURSE_LEGITIMACY,
    STP_COURSE_REINFORCEMENT,
    STP_COURSE_RELIEF,
    STP_COURSE_CURFEW,
    STP_COURSE_COUNT,
};

/* A quantity on its way, in equal parts, to where an event sends it. */
typedef struct stp_course {
    double from, to;
    uint64_t first,
        steps; /* the step of the first part, and how many; 0: it stands still */
} stp_course;

/* Where the mechanisms stand in one district. */
typedef struct stp_province {
    double legitimacy;        /* while nothing happens */
    double fuel_dependence;   /* share of citizens whose budget hangs on fuel */
    double price_base, price; /* of fuel, per litre */
    double felt;              /* ln(price / base) as it is felt so far */
    double media_reach;       /* factor on news.reach */
    double attention;
    double deployment;           /* share of the posts on the street */
    double reinforcement;        /* officers beside them, at scale 1 */
    double relief;               /* shift of hardship, downwards */
    double curfew;               /* strictness */
    double expected[STP_GROUPS]; /* how well off a group expects to be */
    double active;       /* share of citizens active at the end of the last step */
    double harm;         /* done to citizens in the last step, per citizen */
    double support_lost; /* share */
    double in_sight;     /* citizens that one expects in vision: cells times density */
    stp_course courses[STP_COURSE_COUNT];
} stp_province;

typedef struct stp_nation {
    const steppe_scenario *scenario; /* borrowed, and needed only while steps are made */
    const stp_world *world;
    stp_province *provinces;
    double *kernel; /* count x count, rows normalised; NULL without news */
} stp_nation;

/* The scenario and world must outlive the nation. Errors: STEPPE_NO_MEMORY. */
int stp_nation_create(steppe_context *context, const steppe_scenario *scenario,
                      const stp_world *world, stp_nation **nation);
void stp_nation_free(stp_nation *nation);

/* The conditions of the step to come (from 1; 0 when the world is made): events that fall
 * due, then fields from the state at the end of the last step. counts: of the last step, one a
 * district; all 0 before the first. conditions: one a district. */
void stp_nation_step(stp_nation *nation, uint64_t step, const steppe_counts *counts,
                     stp_conditions *conditions);

/* ---- the mechanisms ---- */

/* Apply the events that are due before this step, and go on with those that take longer. */
void stp_events_apply(stp_nation *nation, uint64_t step);

/* Let people expect what they have, before the first step. */
void stp_hardship_start(const stp_nation *nation, stp_province *province);
/* Let the fuel price be felt, and people get used to how they are off, for the time of one step. */
void stp_hardship_step(const stp_nation *nation, stp_province *province);
/* Shift of hardship of a group (STP_FUEL | STP_JOBLESS), as a share. */
double stp_hardship_shift(const stp_nation *nation, const stp_province *province,
                          unsigned group);

/* The kernel between districts (count x count, rows sum to 1); NULL when memory ran out. */
double *stp_news_kernel(const steppe_scenario *scenario);
/* Actives that a citizen of a district hears of from everywhere. */
double stp_news_heard(const stp_nation *nation, size_t district);
/* By how much news lowers the threshold T in a district. */
double stp_news_boldness(const stp_nation *nation, size_t district);

/* Harm per citizen that the counts of a step tell of. citizens: of the district. */
double stp_legitimacy_harm(const steppe_scenario *scenario, const steppe_counts *counts,
                           double citizens);
/* Let support recover for the time of one step, and fall by the harm done in it. */
void stp_legitimacy_step(const stp_nation *nation, size_t district);
/* Legitimacy now, as a share. */
double stp_legitimacy(const stp_nation *nation, const stp_province *province);

/* By how much a curfew raises the threshold T. */
double stp_curfew_cost(const stp_nation *nation, const stp_province *province);

#endif
