/* The order of a day at the seat of power, and its effects on the country. */
#include "seat/seat.h"

#include "scenario/duration.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

const stp_seat_effects STP_SEAT_NEUTRAL = {.orders = 1,
                                           .pace = 1,
                                           .survival = 1,
                                           .restraint = 1};

/* ---- time ---- */

uint64_t stp_whole_days(double hours, uint64_t least)
{
    uint64_t days = stp_span_count(STP_SPAN_DAYS, hours, 24);
    return days < least ? least : days;
}

uint64_t stp_day_of_step(const steppe_scenario *s, uint64_t step)
{
    return (step - 1) * (uint64_t)stp_step_minutes(s) / STP_DAY_MINUTES;
}

/* ---- making ---- */

static void start_persons(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    for (size_t i = 0; i < s->person_count; i++)
        seat->persons[i] = (stp_seat_person){
            .key = stp_person_key(&s->persons[i]),
            .resources = (int64_t)s->persons[i].resources.value,
            .insecurity = s->persons[i].insecurity.value,
        };
    for (size_t k = 0; k < s->office_count; k++)
        seat->offices[k] = (stp_seat_office){.holder = s->offices[k].holder};
    for (size_t k = 0; k < s->power_count; k++)
        seat->powers[k] = (stp_seat_power){.stance = s->powers[k].stance.value};
    for (size_t k = 0; k < s->hotspot_count; k++)
        seat->hotspots[k] = s->hotspots[k].salience.value;
}

/* Does an act open the fund, which else is open from the start? */
static bool opens_later(const steppe_scenario *s)
{
    for (size_t i = 0; i < s->event_count; i++)
        if (s->events[i].act.given && s->events[i].act.value == STP_ACT_OPEN_FUND &&
            s->events[i].enabled.value != 0)
            return true;
    return false;
}

static void find_effects(steppe_seat *seat);

static void start(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    start_persons(seat);
    stp_seat_tie_up(seat);
    seat->look = (steppe_seat_look){.media = 1};
    seat->fund_open = !opens_later(s);
    seat->whole = stp_seat_money(seat);
    seat->novelty = 1;
    seat->promised = seat->delivered = seat->counted_on = s->reform.status_quo.value;
    stp_seat_weigh(seat);
    seat->strength_at_start = seat->strength;
    stp_seat_work(seat);
    seat->image = seat->output[STP_WORK_IMAGE]; /* without a lag at the start */
    stp_seat_signal(seat);
    find_effects(seat);
}

/* The most entries of a step: those of its acts and of each of its days. */
static size_t max_entries(const steppe_scenario *s)
{
    uint64_t days = (uint64_t)(s->time.step.value / 24) + 2;
    uint64_t a_day = 4 * s->person_count + 2 * s->office_count + s->power_count + 2;
    return s->event_count * (s->office_count + 2) + days * a_day;
}

int steppe_seat_create(steppe_context *context, const steppe_scenario *scenario,
                       uint64_t seed, steppe_seat **seat)
{
    *seat = NULL;
    if (scenario->seat.enabled.value == 0)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "%s: seat.enabled is false: there is no seat of power",
                        scenario->file);
    steppe_seat *made = calloc(1, sizeof *made);
    if (!made)
        return stp_no_memory(context);
    made->scenario = scenario;
    made->seed = seed;
    made->log_capacity = max_entries(scenario);
    made->log = calloc(made->log_capacity, sizeof *made->log);
    if (!made->log) {
        steppe_seat_free(made);
        return stp_no_memory(context);
    }
    start(made);
    *seat = made;
    return STEPPE_OK;
}

void steppe_seat_free(steppe_seat *seat)
{
    if (!seat)
        return;
    free(seat->log);
    free(seat);
}

/* ---- a day ---- */

bool stp_seat_plays(const steppe_seat *seat, size_t person)
{
    return seat->persons[person].whereabouts == STP_AT_LARGE;
}

/* A factor that is 1 at output 1. */
static double factor(double effect, double output)
{
    return 1 + effect * (output - 1);
}

static void find_effects(steppe_seat *seat)
{
    const steppe_scenario *s = seat->scenario;
    stp_seat_effects *e = &seat->effects;
    *e = STP_SEAT_NEUTRAL;
    if (s->channels.enabled.value != 0) {
        double fallen = fmin(1, seat->strength / seat->strength_at_start);
        e->orders = factor(s->channels.security_effect.value,
                           seat->output[STP_WORK_SECURITY]);
        e->pace = seat->output[STP_WORK_ECONOMY];
        e->image = s->channels.image_effect.value * seat->image;
        e->survival = factor(s->channels.survival_effect.value, fallen);
    }
    if (s->attention.enabled.value != 0) {
        e->restraint = 1 - s->attention.restraint.value * seat->blame;
        e->blame_legitimacy = s->attention.blame_legitimacy.value * seat->blame;
    }
    if (s->reform.enabled.value != 0) {
        double quo = s->reform.status_quo.value;
        e->reform_hardship = s->reform.promise_effect.value *
                                 fmax(0, seat->counted_on - seat->delivered) +
                             s->reform.loss_effect.value * fmax(0, quo - seat->delivered);
        e->reform_legitimacy = s->reform.legitimacy.value * (seat->delivered - quo);
    }
    if (s->flight.enabled.value != 0) {
        double residents = (double)steppe_scenario_residents(s);
        e->fund_relief = fmin(1, s->flight.fund_effect.value *
                                     (seat->paid_lately / residents));
    }
}

static void check_invariants(const steppe_seat *seat)
{
#ifdef STP_INVARIANTS
    const char *violation = stp_seat_money(seat) != seat->whole
                                ? "money was created or lost"
                            : seat->strength < 0 || seat->strength > 1
                                ? "the strength is no probability"
                                : NULL;
    for (size_t i = 0; i < seat->scenario->person_count && !violation; i++)
        if (seat->persons[i].resources < 0 || seat->persons[i].insecurity < 0 ||
            seat->persons[i].insecurity > 1)
            violation = "a person has less than nothing, or an insecurity beyond 1";
    if (violation) {
        fprintf(stderr, "day %llu at the seat of power: %s\n",
                (unsigned long long)seat->days, violation);
        abort();
    }
#else
    (void)seat;
#endif
}

static void one_day(steppe_seat *seat)
{
    seat->today = seat->days;
    if (!seat->fallen) {
        stp_seat_attend(seat);
        stp_seat_calm(seat);
        stp_seat_defect(seat);
        stp_seat_flee(seat);
        stp_seat_fill(seat);
        stp_seat_weigh(seat);
        stp_seat_signal(seat);
        stp_seat_work(seat);
        stp_seat_pay(seat);
        stp_seat_reform(seat);
        find_effects(seat);
        stp_seat_fall(seat);
        check_invariants(seat);
    }
    seat->days++;
}

static void apply(steppe_seat *seat, size_t index)
{
    const stp_event *e = &seat->scenario->events[index];
    if (e->granted >= 0 && !stp_seat_grants(seat, (size_t)e->granted))
        stp_seat_note(seat, STP_LOG_REFUSED, (int)index, -1, -1, e->granted, 0);
    else if (e->act.given)
        stp_seat_act(seat, index);
}

static void begin_days(steppe_seat *seat, uint64_t until, const steppe_seat_look *look)
{
    static const steppe_seat_look QUIET = {.media = 1};
    for (; seat->days < until; one_day(seat))
        if (!seat->fallen)
            seat->look = look ? *look : QUIET;
}

uint64_t steppe_seat_step(steppe_seat *seat, uint64_t step, const steppe_seat_look *look)
{
    const steppe_scenario *s = seat->scenario;
    uint64_t day = stp_day_of_step(s, step), before = seat->days;
    seat->log_count = 0;
    begin_days(seat, day, look); /* of a long step */
    seat->today = day;
    for (size_t i = 0; i < s->event_count; i++)
        if (s->events[i].due == step && s->events[i].enabled.value != 0)
            apply(seat, i);
    begin_days(seat, day + 1, look);
    return seat->days - before;
}
