/* The seat of power: offices and those who hold them, what ties them, acts, and powers outside. One
 * file a mechanism; docs/mechanisms-seat.md has the equations together.
 *
 * It knows neither lattice nor districts. Once a day it looks at what happens in the country, and
 * what it does in turn are a few numbers (effects), which are neutral as long as every office is
 * held by someone of the reference competence and nothing happens. All is in double, in the order
 * of the file, but money, which is in whole units. */
#ifndef STP_SEAT_H
#define STP_SEAT_H

#include "base/lag.h"
#include "base/ramp.h"
#include "scenario/scenario.h"

enum { STP_DAY_HOURS = 24, STP_DAY_MINUTES = 1440 };

typedef enum stp_place_of_person {
    STP_AT_LARGE,
    STP_IN_DETENTION,
    STP_ABROAD,
} stp_place_of_person;

typedef struct stp_seat_person {
    uint32_t key; /* by which random numbers are drawn: other persons change nothing */
    int64_t resources;  /* they go along abroad */
    double insecurity;  /* z */
    double weight;      /* in the contest of camps */
    double doubt, cost; /* of the last decision: belief that the ruler falls, and c */
    bool defected;
    stp_place_of_person place;
} stp_seat_person;

typedef struct stp_seat_office {
    int holder;        /* index, or STEPPE_SEAT_NOBODY or _OFFICIAL */
    double competence; /* of an official without name */
    bool changed;      /* the holder is not that of the start ... */
    uint64_t since;    /* ... but since this day; or it has been vacant since */
} stp_seat_office;

typedef struct stp_seat_power {
    double stance, attention;
    bool asked, granted;
} stp_seat_power;

/* What the nation feels; neutral: factors 1, the others 0. */
typedef struct stp_seat_effects {
    double orders, pace, survival, restraint;
    double image, reform_legitimacy, blame_legitimacy, reform_hardship, fund_relief;
} stp_seat_effects;

extern const stp_seat_effects STP_SEAT_NEUTRAL;

/* The words of kinds are in view.c. */
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
    uint64_t days;  /* that have begun: the next to begin is day `days` */
    uint64_t today; /* the day of what happens now */
    steppe_seat_look look;
    /* The contest of camps. */
    double strength, strength_at_start, signal, threshold;
    uint64_t days_below; /* on end, that the strength has been below the threshold */
    /* What offices do. */
    double output[STP_WORK_COUNT];
    double image; /* as it has formed */
    /* The relief fund. */
    bool fund_open;
    int64_t fund, paid, seized, whole; /* whole: of everything, which never changes */
    double paid_lately;
    /* Reform. */
    double promised, delivered, counted_on;
    stp_ramp promise, delivery; /* their way; in days */
    /* Powers outside. */
    double novelty, backing, blame;
    bool fallen, by_street, by_elite;
    uint64_t fell_day;
    stp_seat_effects effects;
    stp_seat_entry *log; /* of the last step */
    size_t log_count, log_most;
};

/* A time in whole days, rounded up; at least `least`. */
uint64_t stp_whole_days(double hours, uint64_t least);
/* The day in which a step (from 1) begins. */
uint64_t stp_day_of_step(const steppe_scenario *scenario, uint64_t step);

/* Is a person at large, and so part of the contest? */
bool stp_seat_plays(const steppe_seat *seat, size_t person);
/* Note what happened. event, person, office, power: indices, or -1. */
void stp_seat_note(steppe_seat *seat, stp_seat_kind kind, int event, int person,
                   int office, int power, double amount);

/* How often things happened, and what was given. */
typedef struct stp_seat_tally {
    uint64_t defections, exits, gifts, falls;
    uint64_t removed; /* dismissed, detained or exiled */
    double given;     /* money */
} stp_seat_tally;

/* Add what happened in the last step. */
void stp_seat_count(const steppe_seat *seat, stp_seat_tally *tally);

/* ---- the mechanisms ---- */

/* acts.c: do what event `index` of the scenario says, today. */
void stp_seat_act(steppe_seat *seat, size_t index);
/* Let a person go from every office that it holds. */
void stp_seat_vacate(steppe_seat *seat, size_t person);
/* Put someone (index, or an official of that competence) into an office. */
void stp_seat_install(steppe_seat *seat, size_t office, int holder, double competence);

/* strength.c: weights of persons and the strength of the incumbent. */
void stp_seat_weigh(steppe_seat *seat);

/* defection.c: the public signal and the threshold of the game, at the strength of now ... */
void stp_seat_signal(steppe_seat *seat);
/* ... and who changes sides today, until no more do. */
void stp_seat_defect(steppe_seat *seat);
/* What a person sees alone in an epoch, as a standard normal number. */
double stp_seat_private(const steppe_seat *seat, size_t person, uint64_t day);

/* insecurity.c: work out the ties between persons, once. */
void stp_seat_tie_up(steppe_seat *seat);
/* Frighten those tied to who is purged. severity: a share. */
void stp_seat_purge(steppe_seat *seat, size_t person, double severity);
/* Let insecurity fade for a day. */
void stp_seat_calm(steppe_seat *seat);

/* flight.c: who leaves or gives today; and what the fund pays. */
void stp_seat_flee(steppe_seat *seat);
void stp_seat_pay(steppe_seat *seat);
/* All money that there is. */
int64_t stp_seat_money(const steppe_seat *seat);

/* vacancies.c: fill the offices that have been vacant for long enough. */
void stp_seat_fill(steppe_seat *seat);
/* The competence that the incumbent looks for at this strength. */
double stp_seat_wanted(const steppe_seat *seat);

/* offices.c: what the offices do today. */
void stp_seat_work(steppe_seat *seat);
/* Share of an office's work that its holder has trained, and its output; 0 if nobody does it. */
double stp_seat_ramp(const steppe_seat *seat, size_t office);
double stp_seat_output(const steppe_seat *seat, size_t office);

/* powers.c: to what powers outside attend today, and what comes of it. */
void stp_seat_attend(steppe_seat *seat);
/* Ask a power for troops. event: that asks, or -1. */
void stp_seat_ask(steppe_seat *seat, size_t power, int event);
/* Has a power granted troops? Where powers outside do not act by the model, as the scenario has
 * it: yes. */
bool stp_seat_grants(const steppe_seat *seat, size_t power);

/* reform.c: a day of what is promised and delivered. */
void stp_seat_reform(steppe_seat *seat);

/* fall.c: does the ruler fall today? */
void stp_seat_fall(steppe_seat *seat);

#endif
