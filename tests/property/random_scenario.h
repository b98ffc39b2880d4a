/* Small scenarios made at random, for tests of what holds for all of them. A scenario is
 * a function of its number alone: it is drawn as plain facts, which a test may change,
 * and then written as the YAML that the program reads. */
#ifndef RANDOM_SCENARIO_H
#define RANDOM_SCENARIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MAX_RANDOM_DISTRICTS = 6,
    MAX_RANDOM_EVENTS = 5,
    MAX_RANDOM_FORCES = 3,
    MAX_RANDOM_PERSONS = 9,
    MAX_RANDOM_OFFICES = 6,
    MAX_RANDOM_TIES = 12,
    MAX_RANDOM_POWERS = 3,
    MAX_RANDOM_HOTSPOTS = 2,
    MAX_RANDOM_ACTS = 8,
    MAX_RANDOM_TEXT = 65536
};

typedef struct random_district {
    uint32_t width, height; /* in the file; 0: a square for the population */
    uint32_t population;    /* in the file; 0: by the density */
    int64_t officers;       /* in the file; -1: by officers.density */
    int unit;               /* 0, 1, or -1 */
    double latitude, longitude, fuel_dependence, unemployment;
    double able, legitimacy, hardship_low, hardship_high; /* NAN: as for all */
    /* what follows from the above at the scenario's scale */
    uint64_t residents, posts, citizens, cells;
} random_district;

typedef struct random_event {
    uint64_t due; /* the step before which it happens, from 1 */
    double hour;
    bool dated, enabled, removed; /* removed: not written at all */
    bool where[MAX_RANDOM_DISTRICTS];
    char place[96]; /* "units: [u0]", "districts: [d0, d2]", or "" */
    double fuel_price, media_reach, attention, deployment, reinforcement, legitimacy,
        relief, curfew; /* NAN: none */
    int force, from;    /* of reinforcement and guards; from: a district, or -1 */
    double guards, frees, survival, orders, shots; /* NAN: none */
    const char *shots_at;                          /* NULL: none */
} random_event;

typedef struct random_force {
    double speed, ready, patronage;
} random_force;

typedef struct random_person {
    double position, competence, exposure, insecurity;
    uint32_t resources;
    bool eligible;
} random_person;

typedef struct random_office {
    int holder;                       /* -1: vacant */
    double power, works[4], learning; /* power: NAN: not said */
} random_office;

typedef struct random_tie {
    int a, b;
    const char *kind;
    double strength;
} random_tie;

typedef struct random_power {
    double stance, means, distance, grants;
    uint32_t slots;
} random_power;

/* An act, with what it needs. */
typedef struct random_act {
    const char *act;
    double hour, over; /* NAN: none, as the next */
    double amount, severity, seized;
    int person, office, power, hotspot; /* -1: none */
    int granted;                        /* by a power, or -1 */
} random_act;

/* A seat of power. The incumbent is person 0. */
typedef struct random_seat {
    bool there;    /* in the file */
    bool reversed; /* persons stand in the file the other way round */
    const char *rule, *victory;
    double fall_time, street_effect, media_freedom, cost, signal_time, defector_effort,
        insecurity_effort, economy_lag, image_effect, image_reference, survival_effect,
        half_life, exit_rate, donate_rate, payout, fund_effect, fill_time, patience, pace,
        status_quo, loss_effect, unit, restraint, blame;
    bool defects, channels, purges, flees, fills, reforms, attends; /* is switched on */
    size_t person_count, office_count, tie_count, power_count, hotspot_count, act_count;
    random_person persons[MAX_RANDOM_PERSONS];
    random_office offices[MAX_RANDOM_OFFICES];
    random_tie ties[MAX_RANDOM_TIES];
    random_power powers[MAX_RANDOM_POWERS];
    double hotspots[MAX_RANDOM_HOTSPOTS];
    random_act acts[MAX_RANDOM_ACTS];
} random_seat;

typedef struct random_scenario {
    uint64_t number; /* it is made from this */
    uint64_t seed;   /* of its runs */
    double scale, step_hours;
    uint64_t steps;
    bool dated, tiles;
    double density, vision, hardship_low, hardship_high, hardship_rate, legitimacy,
        threshold, arrest_constant, able;
    const char *neighbourhood, *movement, *order, *ratio, *term;
    bool force;
    double violence, attack, attack_lethality, lethality;
    double officer_density, officer_vision, deployment, arrest_probability;
    double term_max; /* h, may be infinite */
    bool news, hardship;
    double reach, distance, exponent, attention, price_effect, price_lag,
        unemployment_effect;
    double emboldens, saturation, lag, expectation_weight, expectation_lag,
        expectation_tolerance;
    double curfew_effect;
    bool responds; /* legitimacy does */
    double legality_weight, support_weight, justification, half_life, arrest_weight,
        wound_weight, death_weight, own_weight, news_weight;
    bool fear;
    double fear_effect, fear_half_life, fear_wound_weight, fear_news_weight;
    bool boldness;
    double boldness_effect, boldness_half_life, boldness_most, boldness_undone;
    bool obedience;
    double period, crowd_effect, peers_effect, orders_effect, base, survival, orders,
        shots;
    size_t force_count; /* in the file; 0: no list */
    random_force forces[MAX_RANDOM_FORCES];
    size_t district_count, event_count;
    random_district districts[MAX_RANDOM_DISTRICTS];
    random_event events[MAX_RANDOM_EVENTS];
    random_seat seat;
} random_scenario;

/* Draw the scenario called `number`. Everyone fits on it, whatever the events. */
void random_scenario_draw(random_scenario *scenario, uint64_t number);

/* Write it as YAML; returns its length. */
size_t random_scenario_write(const random_scenario *scenario, char text[MAX_RANDOM_TEXT]);

/* Officers that the file orders onto the street of a district in a step (0: before the
 * first). */
uint64_t random_scenario_officers(const random_scenario *scenario, size_t district,
                                  uint64_t step);

/* The longest term in whole steps; UINT64_MAX: for ever. */
uint64_t random_scenario_term(const random_scenario *scenario);

#endif
