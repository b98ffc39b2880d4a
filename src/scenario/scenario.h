/* A scenario: the values of its file, checked, with every default. */
#ifndef STP_SCENARIO_H
#define STP_SCENARIO_H

#include "base/error.h"
#include "base/text.h"
#include "scenario/choices.h"
#include "scenario/observable.h"

typedef enum stp_kind {
    STP_KIND_DEFAULT, /* the table's, where the file has no value */
    STP_KIND_UNSTATED,
    STP_KIND_FACT,
    STP_KIND_CLAIM,
    STP_KIND_ASSUMPTION,
} stp_kind;

/* "default", "unstated", "fact", "claim" or "assumption". */
const char *stp_kind_word(stp_kind kind);

/* A value and its provenance. A choice is the index of its word, a flag 0 or 1, a date minutes since 1970,
 * a list of numbers their count. */
typedef struct stp_quantity {
    double value;
    double low, high; /* parameter range; both NAN without one */
    stp_kind kind;
    bool given; /* in the file, or by a setting */
    bool
        set; /* by the caller: kind, source and note are those of the value it replaces, and are
                 * not shown (stp_quantity_kind) */
    int source;              /* index of the source, or -1 */
    char *note;              /* or NULL */
    struct stp_prior *prior; /* over [low, high]; NULL: uniform, if there is a range */
    unsigned line, column;
} stp_quantity;

/* The numbers of a list. */
typedef struct stp_numbers {
    double *items;
    size_t count;
} stp_numbers;

enum { STP_FORCES_LISTED = 6 }; /* forces of a scenario, at most */
/* Districts between which news may travel without news.cutoff: the kernel takes 200 MB. */
enum { STP_MAX_HEARING = 5000 };
/* Correlations and parameter groups, at most. */
enum { STP_CORRELATIONS_LISTED = 1000, STP_GROUPS_LISTED = 1000 };
/* Records of the seat of power, at most. */
enum {
    STP_PERSONS_LISTED = 64,
    STP_OFFICES_LISTED = 64,
    STP_TIES_LISTED = 1024,
    STP_POWERS_LISTED = 8,
    STP_HOTSPOTS_LISTED = 8,
};

typedef struct stp_source {
    char *id, *title, *author, *year, *licence, *note;
} stp_source;

typedef struct stp_unit {
    char *id, *name;
    stp_quantity population;
} stp_unit;

typedef struct stp_district_spec {
    char *id, *name, *unit_id;
    int unit;                                             /* index, or -1 */
    stp_quantity latitude, longitude;                     /* degrees */
    stp_quantity population;                              /* residents */
    stp_quantity officers;                                /* posts */
    stp_quantity width, height;                           /* cells, at scale 1 */
    stp_quantity fuel_dependence, unemployment, able;     /* shares */
    stp_quantity legitimacy, hardship_low, hardship_high; /* as in citizens */
    stp_quantity active_at_start;                         /* persons; of a contagion */
} stp_district_spec;

/* One of the forces that officers belong to. */
typedef struct stp_force {
    char *id, *name;
    stp_quantity own;       /* flag: the districts' own officers are of this force */
    stp_quantity patronage; /* share */
    stp_quantity speed;     /* km/h */
    stp_quantity ready;     /* h */
} stp_force;

/* Where an office works, each with a weight. */
enum {
    STP_WORK_SECURITY,
    STP_WORK_ECONOMY,
    STP_WORK_IMAGE,
    STP_WORK_DIPLOMACY,
    STP_WORK_COUNT,
};

/* The seat of power: offices, persons, ties between them, and foreign powers. */
typedef struct stp_office {
    char *id, *name, *holder_id;
    int holder;                               /* index of a person, or -1: vacant */
    stp_quantity power, work[STP_WORK_COUNT]; /* weights */
    stp_quantity learning;                    /* h */
} stp_office;

typedef struct stp_person {
    char *id, *name;
    stp_quantity resources;  /* money */
    stp_quantity position;   /* x: 0 the rival's camp, 1 the incumbent's */
    stp_quantity competence; /* q, from 1/2 to 1 */
    stp_quantity exposure, insecurity;
    stp_quantity eligible; /* flag: may be appointed to a vacancy */
} stp_person;

typedef struct stp_tie {
    char *id, *a_id, *b_id;
    int a, b; /* indices of persons */
    stp_quantity kind, strength;
} stp_tie;

typedef struct stp_power {
    char *id, *name;
    stp_quantity stance, means, distance, slots, grants;
} stp_power;

typedef struct stp_hotspot {
    char *id, *name;
    stp_quantity salience;
} stp_hotspot;

/* An actor of a model of bargaining. */
typedef struct stp_actor {
    char *id, *name;
    stp_quantity weight, position, salience, risk;
} stp_actor;

typedef struct stp_event {
    char *id, *title, *note, *source_id;
    char *force_id, *from_id; /* as written, or NULL */
    int source;               /* index, or -1 */
    int force;                /* index; the districts' own where the event does not say */
    int from;                 /* index of the district where they set out, or -1 */
    stp_quantity date;        /* minutes since 1970 */
    stp_quantity hour;        /* hours since the start, for scenarios without dates */
    stp_quantity enabled;     /* flag */
    stp_quantity over;        /* hours in which its effects come about; 0: at once */
    double residents;         /* of all districts where it happens */
    bool *where;              /* one per district */
    char **units, **districts; /* as written; counts below */
    size_t unit_count, district_count;
    uint64_t due; /* the step before which it happens, from 1; 0: before the run begins */
    uint64_t
        parts; /* steps in which its effects come about, in equal parts; at least 1 */
    /* effects; absent ones have given == false */
    stp_quantity fuel_price, media_reach, attention, deployment, reinforcement,
        legitimacy, relief, curfew, guards, frees, survival, orders, shots, shots_at;
    /* An act at the seat of power, and on whom: ids as written, or NULL, and indices, or -1. */
    stp_quantity act, amount, severity, seized;
    char *person_id, *office_id, *power_id, *hotspot_id, *granted_id;
    int person, office, power, hotspot;
    int granted; /* the power that must have granted troops for this to happen, or -1 */
} stp_event;

/* A rank correlation, the same of each two of the parameters, of what is not known of them. */
typedef struct stp_correlation {
    char *id;
    char **parameters; /* paths, in which * is any id, or part of one */
    size_t parameter_count;
    stp_quantity correlation;
} stp_correlation;

/* A group of parameters that a sensitivity analysis moves together. */
typedef struct stp_group_spec {
    char *id, *title;
    char **parameters; /* paths, as of a correlation */
    size_t parameter_count;
    stp_quantity infer; /* flag: a calibration infers them */
} stp_group_spec;

/* An error of reporting that observations share. */
typedef struct stp_reporting_bias {
    char *id, *title;
    stp_quantity sd; /* on the scale of its observations */
} stp_reporting_bias;

/* Something on record that a run is compared with; never an input. */
typedef struct stp_observation {
    char *id, *title, *pattern;
    stp_quantity measure, confidence; /* stp_observable; 0 high, 1 medium, 2 low */
    stp_quantity at, from, to;        /* minutes since 1970 */
    stp_quantity at_hour, from_hour, to_hour; /* hours since the start */
    stp_quantity value, date;                 /* a date for measures that are one */
    char **units, **districts;                /* as written; counts below */
    size_t unit_count, district_count;
    /* The error model: see observation_error.h. */
    stp_quantity error, discrepancy, misclassified;
    stp_quantity censored; /* 0 below, 1 above; given == false: neither */
    stp_quantity train;    /* flag; given == false: it trains */
    char *bias_id;
    int bias;                 /* index of a reporting bias, or -1 */
    bool *where;              /* one per district */
    double begins, ends;      /* of the period, hours since the start */
    double wanted, low, high; /* value and range in the measure's unit; NAN without */
} stp_observation;

/* What somebody says of the country, which questions put to the test. */
typedef struct stp_claim {
    char *id, *text, *source_id, *note;
    int source; /* -1: none */
} stp_claim;

/* What is asked of a scenario: two arms that differ in a change. */
typedef struct stp_question {
    char *id, *text, *claim, *note, *driver, *by_construction, *margin_reason;
    char **base, **change, **placebo, **positive_control; /* settings; counts below */
    char **causes;                                        /* see causes.h */
    size_t base_count, change_count, placebo_count, positive_control_count, cause_count;
    stp_quantity outcome, from, to, from_hour, to_hour, smallest, smallest_absolute,
        scale, pairs, draws, width, error, take_off, driver_low, driver_high;
    int claim_index;       /* in the list of claims; -1: none */
    uint64_t begins, ends; /* the window: steps after `begins` up to `ends` */
} stp_question;

/* Plain values of a whole column: provenance: {districts.population: {kind, source}}. */
typedef struct stp_column {
    char *path, *source_id, *note;
    stp_quantity quantity; /* kind, source, note, low/high unused */
} stp_column;

struct steppe_scenario {
    char *file; /* name of the file, for messages and results */
    char *title, *description;
    struct {
        stp_quantity format, model, scale, schedule, rules, presence;
    } top;
    struct {
        stp_quantity start, step, steps;
    } time;
    struct {
        stp_quantity density, vision, neighbourhood, movement, order, hardship_low,
            hardship_high, hardship_rate, legitimacy, threshold, arrest_constant, ratio,
            able, cloning, lifetime;
    } citizens;
    struct {
        stp_quantity density, vision, deployment, arrest_probability, shots;
    } officers;
    struct {
        stp_quantity term_max, term;
    } detention;
    struct {
        stp_quantity enabled, reach, distance, exponent, cutoff, attention, emboldens,
            saturation, lag;
    } news;
    struct {
        stp_quantity enabled, price_base, price_effect, price_lag, unemployment_effect,
            expectation_weight, expectation_lag, expectation_tolerance;
    } hardship;
    struct {
        stp_quantity enabled, violence_threshold, attack, attack_lethality, lethality;
    } force;
    struct {
        stp_quantity enabled, legality_weight, justification_weight, support_weight,
            justification, half_life, arrest_weight, wound_weight, death_weight,
            own_weight, news_weight;
    } legitimacy;
    struct {
        stp_quantity enabled, effect;
    } curfew;
    struct {
        stp_quantity enabled, effect, half_life, wound_weight, news_weight;
    } fear;
    struct {
        stp_quantity enabled, effect, half_life, most, undone;
    } boldness;
    struct {
        stp_quantity enabled, period, base, defect_base, crowd_effect, crowd_half,
            peers_effect, survival_effect, survival, patronage_effect, orders_effect,
            orders;
    } obedience;
    struct {
        char *incumbent_id, *capital_id;
        int incumbent, capital; /* index of a person, of a district; or -1 */
        stp_quantity enabled, rule, victory, resource_weight, fall_time, fall_obeying;
    } seat;
    struct {
        stp_quantity enabled, street_effect, backing_effect, alpha, media_freedom, beta,
            cost, loyalty_effect, tie_effect, fear_effect, signal_time, return_margin;
    } defection;
    struct {
        stp_quantity enabled, reference, fresh, defector_effort, insecurity_effort,
            security_effect, economy_lag, image_effect, image_reference, image_lag,
            diplomacy_effect, survival_effect;
    } channels;
    struct {
        stp_quantity enabled, kinds[STP_TIE_KINDS], fear, half_life;
    } purge;
    struct {
        stp_quantity enabled, exit_rate, donate_rate, donation, donation_relief, payout,
            fund_effect;
    } flight;
    struct {
        stp_quantity enabled, fill_time, bribe, punishment, wage, detect_least,
            detect_most;
    } vacancies;
    struct {
        stp_quantity enabled, promise_effect, loss_effect, status_quo, patience, pace,
            legitimacy;
    } reform;
    struct {
        stp_quantity enabled, unit, half_life, lag, restraint, blame_legitimacy;
    } attention;
    struct {
        stp_quantity unrest_share, tension_every;
    } outcome;
    struct {
        stp_quantity distribution, values, persons, mean, deviation, whole, start;
        stp_numbers list; /* of the values */
    } threshold;
    struct {
        stp_quantity kind, persons, reach, moved, size, across, ties, exponent, span,
            siblings, mean, deviation, memory, steps;
    } network;
    struct {
        stp_quantity omega, response, beta, gamma, critical, distance, exponent,
            susceptible, substeps;
    } contagion;
    struct {
        stp_quantity signal, alpha, beta, cost;
    } global_game;
    struct {
        stp_quantity rule, victory, resolution;
    } ktab;
    struct {
        stp_quantity reading, range, rounds;
    } expected_utility;
    struct {
        stp_quantity weakness, bribe, punishment, wage, detect_least, detect_most, base,
            cost, outside_least, outside_most;
    } appointment;
    stp_source *sources;
    stp_column *columns;
    stp_unit *units;
    stp_district_spec *districts;
    stp_force *forces; /* never NULL: without a list, one of default properties */
    stp_event *events;
    stp_actor *actors;
    stp_office *offices;
    stp_person *persons;
    stp_tie *ties;
    stp_power *powers;
    stp_hotspot *hotspots;
    size_t office_count, person_count, tie_count, power_count, hotspot_count;
    stp_correlation *correlations;
    size_t correlation_count;
    stp_reporting_bias *biases;
    size_t bias_count;
    stp_observation *observations;
    size_t observation_count;
    stp_claim *claims;
    size_t claim_count;
    stp_question *questions;
    size_t question_count;
    stp_group_spec *groups;
    size_t group_count;
    size_t source_count, column_count, unit_count, district_count, event_count,
        actor_count;
    size_t force_count; /* of the list; 0: none */
    int own_force;      /* index of the force of the districts' own officers */
    char **settings;    /* of the caller, "key.path=value", as they were given */
    size_t setting_count;
    char **warnings;
    size_t warning_count;
    stp_text resolved;
    /* Of the resolved text, where values that the caller set have the kind and source of those they
     * replace; runs_digest up to `observed`: without what changes no run. */
    uint64_t digest, runs_digest;
    struct stp_tree *tree; /* what it was read from, for variants; NULL in a variant */
    struct stp_entry *entries;
    size_t entry_count;
};

/* A value as `describe` shows it. */
typedef struct stp_entry {
    char *path, *value, *range, *prior;
    const char *unit, *kind, *source_id, *source, *note, *meaning;
} stp_entry;

/* Does the scenario have dates (time.start)? */
bool stp_scenario_dated(const steppe_scenario *scenario);

/* May news travel from one district to another? */
bool stp_scenario_hears(const steppe_scenario *scenario);

/* The kind of a value: what the caller set is the caller's assumption. */
stp_kind stp_quantity_kind(const stp_quantity *quantity);

/* How much of a variant is made. */
typedef enum stp_variant {
    STP_TO_RUN, /* no texts, entries and warnings; dates of questions are not checked */
    STP_WHOLE,  /* all that there is after opening the file with the same settings */
} stp_variant;

/* A scenario (that is no variant itself) with settings on top of its own, as if its file had been opened
 * with all of them; the file is not parsed again. Messages name a setting by its `from`. Threads may share
 * `base`. Errors: as those of steppe_scenario_parse. */
struct stp_setting;
int stp_scenario_vary(steppe_context *context, const steppe_scenario *base,
                      const struct stp_setting *settings, size_t count, stp_variant how,
                      steppe_scenario **varied);

/* Does a run of so many steps end before the year 10000? Without dates always. */
bool stp_steps_dated(const steppe_scenario *scenario, uint64_t steps);
/* Minutes of a step: whole. */
int64_t stp_step_minutes(const steppe_scenario *scenario);

/* Residents and officers of a district, given or by density, at scale 1. */
uint64_t stp_district_residents(const steppe_scenario *scenario, size_t index);
uint64_t stp_district_officers(const steppe_scenario *scenario, size_t index);

/* Number of forces: 1, the districts' own officers, without a list. */
size_t stp_force_count(const steppe_scenario *scenario);

/* The step, from 1, that begins `later` minutes after an event, or the next to begin. Uses the event's time
 * in the file. */
uint64_t stp_event_step(const steppe_scenario *scenario, const stp_event *event,
                        double later);

/* Local officers whom the guards of an event set free, in all. */
double stp_event_freed(const stp_event *event);

/* The key of a person's random numbers: a hash of the id (FNV-1a, 32 bits). */
uint32_t stp_person_key(const stp_person *person);

/* The share of a district in the residents of all districts where an event happens; 0 if it does
 * not happen there. */
double stp_event_share(const steppe_scenario *scenario, const stp_event *event,
                       size_t index);

#endif
