#include "study/measures/seat_measures.h"

#include "seat/seat.h"

#include <math.h>
#include <string.h>

/* What is measured of one run, day by day. */
typedef struct seat_meter {
    steppe_seat *seat;
    const stp_seat_watch *watch;
    int person, office, power; /* indices, or -1 */
    bool turned[STP_PERSONS_LISTED], frightened[STP_PERSONS_LISTED];
    bool counts[STP_PERSONS_LISTED]; /* who ever had weight, but for the incumbent */
    size_t most;
    stp_seat_tally tally;
    bool person_left, kept;            /* kept: no money was made or lost */
    double competence, then, strength; /* strength: as of the day before */
} seat_meter;

static void follow_entry(seat_meter *p, const steppe_seat_entry *e, size_t *today)
{
    if (strcmp(e->kind, "defected") == 0) {
        p->turned[e->person] = true;
        ++*today;
    } else if (strcmp(e->kind, "left") == 0) {
        p->person_left |= e->person == p->person;
    } else if (strcmp(e->kind, "filled") == 0) {
        p->competence = e->amount;
        p->then = p->strength;
    }
}

static void follow_persons(seat_meter *p)
{
    steppe_seat_state state;
    steppe_seat_person person;
    steppe_seat_read(p->seat, &state);
    int64_t money = state.fund + state.paid + state.seized;
    for (size_t i = 0; steppe_seat_person_at(p->seat, i, &person) == STEPPE_OK; i++) {
        p->frightened[i] |= person.insecurity > 0;
        p->counts[i] |= person.weight > 0 && !person.incumbent;
        money += person.resources;
    }
    p->kept &= money == state.whole;
    p->strength = state.strength;
}

/* What the seat sees of the day before. */
static steppe_seat_look look_before(const stp_seat_watch *w, uint64_t day)
{
    return (steppe_seat_look){
        .active = day > w->from ? w->active : 0,
        .media = 1 - w->cut,
        .capital_lost = w->lost > 0 && day == w->lost,
    };
}

static void follow_steps(seat_meter *p)
{
    const steppe_scenario *s = p->seat->scenario;
    for (uint64_t step = 1; stp_day_of_step(s, step) < p->watch->days; step++) {
        const steppe_seat_look look = look_before(p->watch, stp_day_of_step(s, step));
        steppe_seat_entry entry;
        size_t today = 0;
        uint64_t began = steppe_seat_step(p->seat, step, &look);
        for (size_t i = 0; steppe_seat_entry_at(p->seat, i, &entry) == STEPPE_OK; i++)
            follow_entry(p, &entry, &today);
        stp_seat_count(p->seat, &p->tally);
        p->most = today > p->most ? today : p->most;
        if (began > 0)
            follow_persons(p);
    }
}

static size_t count(const bool *flags, size_t n)
{
    size_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += flags[i];
    return sum;
}

static void fill_last(const seat_meter *p, double *values)
{
    steppe_seat_state s;
    steppe_seat_person person = {.insecurity = NAN};
    steppe_seat_office office = {.output = NAN, .ramp = NAN};
    steppe_seat_power power = {.attention = NAN};
    steppe_seat_read(p->seat, &s);
    if (p->person >= 0)
        steppe_seat_person_at(p->seat, (size_t)p->person, &person);
    if (p->office >= 0)
        steppe_seat_office_at(p->seat, (size_t)p->office, &office);
    if (p->power >= 0)
        steppe_seat_power_at(p->seat, (size_t)p->power, &power);
    values[STP_SEAT_STRENGTH] = s.strength;
    values[STP_SEAT_SIGNAL] = s.signal;
    values[STP_SEAT_THRESHOLD] = s.threshold;
    values[STP_SEAT_ORDERS] = s.orders;
    values[STP_SEAT_PACE] = s.pace;
    values[STP_SEAT_IMAGE] = s.image;
    values[STP_SEAT_BACKING] = s.backing;
    values[STP_SEAT_INSECURITY] = person.insecurity;
    values[STP_SEAT_OUTPUT] = office.output;
    values[STP_SEAT_RAMP] = office.ramp;
    values[STP_SEAT_ATTENTION] = power.attention;
    values[STP_SEAT_GRANTED] = power.granted;
    values[STP_SEAT_FELL] = s.fallen;
    values[STP_SEAT_FELL_ELITE] = s.fallen && strcmp(s.fell_channel, "street") != 0;
    values[STP_SEAT_FELL_STREET] = s.fallen && strcmp(s.fell_channel, "elite") != 0;
}

static void fill(const seat_meter *p, double *values)
{
    size_t persons = steppe_seat_person_count(p->seat),
           turned = count(p->turned, persons);
    bool he = p->person >= 0 && p->turned[p->person];
    size_t of_weight = 0;
    for (size_t i = 0; i < persons; i++)
        of_weight += p->turned[i] && p->counts[i];
    fill_last(p, values);
    values[STP_SEAT_TURNED] = (double)turned;
    values[STP_SEAT_ANY] = turned > 0;
    values[STP_SEAT_PERSON_TURNED] = he;
    values[STP_SEAT_OTHERS] = (double)(turned - he);
    values[STP_MAX_SEAT] = (double)p->most;
    values[STP_SEAT_SHARE_TURNED] = (double)of_weight / (double)count(p->counts, persons);
    values[STP_SEAT_COMPETENCE] = p->competence;
    values[STP_SEAT_THEN] = p->then;
    values[STP_SEAT_EXITS] = (double)p->tally.exits;
    values[STP_SEAT_PERSON_EXITS] = p->person_left;
    values[STP_SEAT_GIFTS] = (double)p->tally.gifts;
    values[STP_SEAT_GIVEN] = p->tally.given;
    values[STP_SEAT_FRIGHTENED] = (double)count(p->frightened, persons);
    values[STP_SEAT_KEPT] = p->kept;
}

/* Index of a record by its id; -1 without an id. Records are `size` bytes apart and begin with the id. */
static int find(steppe_context *context, const void *first, size_t size, size_t count_of,
                const char *id, int *found)
{
    *found = -1;
    for (size_t i = 0; id && i < count_of; i++)
        if (strcmp(*(char *const *)((const char *)first + i * size), id) == 0)
            *found = (int)i;
    return !id || *found >= 0 ? STEPPE_OK
                              : stp_fail(context, STEPPE_BAD_ARGUMENT,
                                         "there is no '%s' at the seat of power", id);
}

static int run_once(steppe_context *context, const steppe_scenario *s,
                    const stp_seat_watch *watch, uint64_t seed, double *values)
{
    seat_meter p = {.watch = watch, .kept = true, .competence = NAN, .then = NAN};
    int status = find(context, s->persons, sizeof *s->persons, s->person_count,
                      watch->person, &p.person);
    if (status == STEPPE_OK)
        status = find(context, s->offices, sizeof *s->offices, s->office_count,
                      watch->office, &p.office);
    if (status == STEPPE_OK)
        status = find(context, s->powers, sizeof *s->powers, s->power_count, watch->power,
                      &p.power);
    if (status == STEPPE_OK)
        status = steppe_seat_create(context, s, seed, &p.seat);
    if (status == STEPPE_OK) {
        follow_steps(&p);
        fill(&p, values);
    }
    steppe_seat_free(p.seat);
    return status;
}

int stp_seat_measures(steppe_context *context, const char *file,
                      const char *const *settings, size_t setting_count,
                      const stp_seat_watch *watch, size_t runs, double *values)
{
    steppe_scenario *scenario;
    int status = steppe_scenario_open(context, file, settings, setting_count, &scenario);
    for (size_t i = 0; status == STEPPE_OK && i < runs; i++)
        status = run_once(context, scenario, watch, i + 1,
                          values + i * STP_SEAT_MEASURE_COUNT);
    steppe_scenario_free(scenario);
    return status;
}
