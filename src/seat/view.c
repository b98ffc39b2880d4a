/* The seat of power as others see it. */
#include "seat/seat.h"

#include "scenario/parameter.h"

static const char *const KINDS[] = {"appointed", "dismissed", "detained",  "exiled",
                                    "taken",     "filled",    "left",      "donated",
                                    "defected",  "returned",  "asked",     "granted",
                                    "refused",   "promised",  "delivered", "stance",
                                    "hotspot",   "fund",      "fell",      "void"};
static const char *const WHEREABOUTS[] = {"at large", "detained", "abroad"};

void stp_seat_note(steppe_seat *seat, stp_seat_kind kind, int event, int person,
                   int office, int power, double amount)
{
    if (seat->log_count < seat->log_capacity)
        seat->log[seat->log_count++] = (stp_seat_entry){kind,   seat->today, event,
                                                        person, office,      power,
                                                        amount};
}

void stp_seat_count(const steppe_seat *seat, stp_seat_tally *tally)
{
    for (size_t i = 0; i < seat->log_count; i++) {
        stp_seat_kind kind = seat->log[i].kind;
        tally->defections += kind == STP_LOG_DEFECTED;
        tally->exits += kind == STP_LOG_LEFT;
        tally->gifts += kind == STP_LOG_DONATED;
        tally->falls += kind == STP_LOG_FELL;
        tally->removed += kind == STP_LOG_DISMISSED || kind == STP_LOG_DETAINED ||
                          kind == STP_LOG_EXILED;
        tally->given += kind == STP_LOG_DONATED ? seat->log[i].amount : 0;
    }
}

void steppe_seat_read(const steppe_seat *seat, steppe_seat_state *state)
{
    const stp_seat_effects *e = &seat->effects;
    *state = (steppe_seat_state){
        .days = seat->days,
        .look = seat->look,
        .strength = seat->strength,
        .signal = seat->signal,
        .threshold = seat->threshold,
        .backing = seat->backing,
        .blame = seat->blame,
        .orders = e->orders,
        .pace = e->pace,
        .survival = e->survival,
        .restraint = e->restraint,
        .image = e->image,
        .reform_legitimacy = e->reform_legitimacy,
        .blame_legitimacy = e->blame_legitimacy,
        .reform_hardship = e->reform_hardship,
        .fund_relief = e->fund_relief,
        .promised = seat->promised,
        .delivered = seat->delivered,
        .fund = seat->fund,
        .paid = seat->paid,
        .seized = seat->seized,
        .whole = seat->whole,
        .fallen = seat->fallen,
        .fell_day = seat->fell_day,
        .fell_channel = !seat->fallen                       ? ""
                        : seat->by_elite && seat->by_street ? "both"
                        : seat->by_elite                    ? "elite"
                                                            : "street",
    };
    for (int work = 0; work < STP_WORK_COUNT; work++)
        state->output[work] = seat->output[work];
    for (size_t i = 0; i < seat->scenario->person_count; i++)
        state->defectors += seat->persons[i].defected && stp_seat_plays(seat, i);
}

size_t steppe_seat_person_count(const steppe_seat *seat)
{
    return seat->scenario->person_count;
}

size_t steppe_seat_office_count(const steppe_seat *seat)
{
    return seat->scenario->office_count;
}

size_t steppe_seat_tie_count(const steppe_seat *seat)
{
    return seat->scenario->tie_count;
}

size_t steppe_seat_power_count(const steppe_seat *seat)
{
    return seat->scenario->power_count;
}

int steppe_seat_person_at(const steppe_seat *seat, size_t index,
                          steppe_seat_person *person)
{
    const steppe_scenario *s = seat->scenario;
    if (index >= s->person_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_person *claimed = &s->persons[index];
    const stp_seat_person *p = &seat->persons[index];
    bool incumbent = (int)index == s->seat.incumbent;
    *person = (steppe_seat_person){
        .id = claimed->id,
        .name = claimed->name,
        .position = incumbent ? 1 : claimed->position.value,
        .competence = claimed->competence.value,
        .exposure = claimed->exposure.value,
        .resources = p->resources,
        .weight = p->weight,
        .insecurity = p->insecurity,
        .doubt = p->doubt,
        .cost = p->cost,
        .defected = p->defected,
        .incumbent = incumbent,
        .place = WHEREABOUTS[p->whereabouts],
    };
    return STEPPE_OK;
}

int steppe_seat_office_at(const steppe_seat *seat, size_t index,
                          steppe_seat_office *office)
{
    const steppe_scenario *s = seat->scenario;
    if (index >= s->office_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_office *claimed = &s->offices[index];
    const stp_seat_office *o = &seat->offices[index];
    *office = (steppe_seat_office){
        .id = claimed->id,
        .name = claimed->name,
        .holder = o->holder,
        .changed = o->changed,
        .since = o->since,
        .power = claimed->power.value,
        .ramp = stp_seat_ramp(seat, index),
        .output = stp_seat_output(seat, index),
    };
    for (int work = 0; work < STP_WORK_COUNT; work++)
        office->weight[work] = claimed->work[work].value;
    return STEPPE_OK;
}

int steppe_seat_tie_at(const steppe_seat *seat, size_t index, steppe_seat_tie *tie)
{
    static const char *const TIES[STP_TIE_KINDS] = {"kin", "patronage", "business"};
    const steppe_scenario *s = seat->scenario;
    if (index >= s->tie_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_tie *t = &s->ties[index];
    *tie = (steppe_seat_tie){t->id, TIES[(size_t)t->kind.value], (size_t)t->a,
                             (size_t)t->b, t->strength.value};
    return STEPPE_OK;
}

int steppe_seat_power_at(const steppe_seat *seat, size_t index, steppe_seat_power *power)
{
    const steppe_scenario *s = seat->scenario;
    if (index >= s->power_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_seat_power *p = &seat->powers[index];
    *power = (steppe_seat_power){
        .id = s->powers[index].id,
        .name = s->powers[index].name,
        .stance = p->stance,
        .means = s->powers[index].means.value,
        .attention = p->attention,
        .asked = p->asked,
        .granted = p->granted,
    };
    return STEPPE_OK;
}

size_t steppe_seat_entry_count(const steppe_seat *seat)
{
    return seat->log_count;
}

int steppe_seat_entry_at(const steppe_seat *seat, size_t index, steppe_seat_entry *entry)
{
    if (index >= seat->log_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_seat_entry *e = &seat->log[index];
    *entry = (steppe_seat_entry){
        .day = e->day,
        .event = e->event >= 0 ? seat->scenario->events[e->event].id : "",
        .kind = KINDS[e->kind],
        .person = e->person,
        .office = e->office,
        .power = e->power,
        .amount = e->amount,
    };
    return STEPPE_OK;
}
