/* The seat of power: offices and their holders, ties, acts, and foreign powers. One file
 * per mechanism; docs/mechanisms-seat.md has all equations.
 *
 * The seat knows neither lattice nor districts. Once a day it observes the country, and
 * returns a few numbers (effects), which are neutral as long as every office is held at
 * the reference competence and nothing happens. All is in double, in the order of the
 * file, except money, which is in whole units. */
#ifndef STP_SEAT_H
#define STP_SEAT_H

#include "base/lag.h"
#include "base/ramp.h"
#include "scenario/scenario.h"

enum { STP_DAY_HOURS = 24, STP_DAY_MINUTES = 1440 };

typedef enum stp_whereabouts {
    STP_AT_LARGE,
    STP_IN_DETENTION,
    STP_ABROAD,
} stp_whereabouts;

typedef struct stp_seat_person {
    uint32_t key;       /* of random numbers, independent of other persons */
    int64_t resources;  /* kept abroad */
    double insecurity;  /* z */
    double weight;      /* in the contest of camps */
    double doubt, cost; /* of the last decision: belief that the ruler falls, and c */
    bool defected;
    stp_whereabouts whereabouts;
} stp_seat_person;

typedef struct stp_seat_office {
    int holder;        /* index, or STEPPE_SEAT_NOBODY or _OFFICIAL */
    double competence; /* of a nameless official */
    bool changed;      /* the first holder is gone ... */
    uint64_t since;    /* ... and the state is that since this day */
} stp_seat_office;

typedef struct stp_seat_power {
    double stance, attention;
    bool asked, granted;
} stp_seat_power;

/* Effects on the nation; neutral: factors 1, the others 0. */
typedef struct stp_seat_effects {
    double orders, pace, survival, restraint;
    double image, reform_legitimacy, blame_legitimacy, reform_hardship, fund_relief;
} stp_seat_effects;

extern const stp_seat_effects STP_SEAT_NEUTRAL;

typedef enum stp_seat_kind {
    STP_LOG_APPOINTED,
    STP_LOG_DISMISSED,
    STP_LOG_DETAINED,
    STP_LOG_EXILED,
    STP_LOG_TAKEN,
    STP_LOG_FILLED,
    STP_LOG_LEFT,
    STP_LOG_DONATED,
    STP_LOG_DEFECTED,
    STP_LOG_RETURNED,
    STP_LOG_ASKED,
    STP_LOG_GRANTED,
    STP_LOG_REFUSED,
    STP_LOG_PROMISED,
    STP_LOG_DELIVERED,
    STP_LOG_STANCE,
    STP_LOG_HOTSPOT,
    STP_LOG_FUND,
    STP_LOG_FELL,
    STP_LOG_VOID,
} stp_seat_kind;

typedef struct stp_seat_entry {
    stp_seat_kind kind;
    uint64_t day;
    int event, person, office, power;
    double amount;
} stp_seat_entry;

struct steppe_seat {
    const steppe_scenario *scenario; /* borrowed */
    uint64_t seed;
    stp_seat_person persons[STP_PERSONS_LISTED];
    stp_seat_office offices[STP_OFFICES_LISTED];
    stp_seat_power powers[STP_POWERS_LISTED];
    double hotspots[STP_HOTSPOTS_LISTED]; /* salience */
    double ties[STP_PERSONS_LISTED][STP_PERSONS_LISTED];
    uint64_t days;  /* that have begun; the next is day `days` */
    uint64_t today; /* the day of what happens now */
    steppe_seat_look look;
    /* The contest of camps. */
    double strength, strength_at_start, signal, threshold;
    uint64_t days_below; /* in a row, of the strength below the threshold */
    double output[STP_WORK_COUNT];
    double image; /* in public opinion */
    /* The relief fund. */
    bool fund_open;
    int64_t fund, paid, seized, whole; /* whole: the constant sum of all money */
    double paid_lately;
    /* Reform. */
    double promised, delivered, counted_on;
    stp_ramp promise, delivery; /* in days */
    double novelty, backing, blame;
    bool fallen, by_street, by_elite;
    uint64_t fell_day;
    stp_seat_effects effects;
    stp_seat_entry *log; /* of the last step */
    size_t log_count, log_capacity;
};

/* Hours as whole days, rounded up; at least `least`. */
uint64_t stp_whole_days(double hours, uint64_t least);
/* The day in which a step (from 1) begins. */
uint64_t stp_day_of_step(const steppe_scenario *scenario, uint64_t step);

/* Is a person at large, and so part of the contest? */
bool stp_seat_plays(const steppe_seat *seat, size_t person);
/* Add an entry to the log. event, person, office, power: indices, or -1. */
void stp_seat_note(steppe_seat *seat, stp_seat_kind kind, int event, int person,
                   int office, int power, double amount);

typedef struct stp_seat_tally {
    uint64_t defections, exits, gifts, falls;
    uint64_t removed; /* dismissed, detained or exiled */
    double given;     /* money */
} stp_seat_tally;

/* Add the events of the last step. */
void stp_seat_count(const steppe_seat *seat, stp_seat_tally *tally);

/* ---- the mechanisms ---- */

/* acts.c: apply the act of event `index` of the scenario. */
void stp_seat_act(steppe_seat *seat, size_t index);
/* Remove a person from all its offices. */
void stp_seat_vacate(steppe_seat *seat, size_t person);
/* Give an office to a person (index), or to an official of a competence. */
void stp_seat_install(steppe_seat *seat, size_t office, int holder, double competence);

/* strength.c: compute the weights of persons and the strength of the incumbent. */
void stp_seat_weigh(steppe_seat *seat);

/* defection.c: compute the public signal and the threshold of the game from the
 * strength. */
void stp_seat_signal(steppe_seat *seat);
/* Decide who changes sides today. */
void stp_seat_defect(steppe_seat *seat);
/* A person's private signal in the epoch of a day, as a standard normal number. */
double stp_seat_private(const steppe_seat *seat, size_t person, uint64_t day);

/* insecurity.c: compute the ties between persons, once. */
void stp_seat_tie_up(steppe_seat *seat);
/* Frighten those tied to a person who is purged. severity: a share. */
void stp_seat_purge(steppe_seat *seat, size_t person, double severity);
/* Fade insecurity by a day. */
void stp_seat_calm(steppe_seat *seat);

/* flight.c: decide who leaves or gives today; pay from the fund. */
void stp_seat_flee(steppe_seat *seat);
void stp_seat_pay(steppe_seat *seat);
/* The sum of all money. */
int64_t stp_seat_money(const steppe_seat *seat);

/* vacancies.c: fill the offices that have been vacant long enough. */
void stp_seat_fill(steppe_seat *seat);
/* The competence that the incumbent looks for at this strength. */
double stp_seat_wanted(const steppe_seat *seat);

/* offices.c: compute the output of today. */
void stp_seat_work(steppe_seat *seat);
/* Ramp of an office's holder, from `fresh` to 1, and its output; 0 if vacant. */
double stp_seat_ramp(const steppe_seat *seat, size_t office);
double stp_seat_output(const steppe_seat *seat, size_t office);

/* powers.c: compute attention, backing and blame of today. */
void stp_seat_attend(steppe_seat *seat);
/* Ask a power for troops. event: the cause, or -1. */
void stp_seat_ask(steppe_seat *seat, size_t power, int event);
/* Has a power granted troops? Yes if the section `attention` is off. */
bool stp_seat_grants(const steppe_seat *seat, size_t power);

/* reform.c: advance promise and delivery by a day. */
void stp_seat_reform(steppe_seat *seat);

/* fall.c: decide whether the ruler falls today. */
void stp_seat_fall(steppe_seat *seat);

#endif
