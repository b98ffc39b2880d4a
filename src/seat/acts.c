/* Acts: what the scenario's events do at the seat of power. They change persons, offices,
 * reform and foreign powers, never a citizen. An act without an effect (to dismiss who is
 * gone, to appoint who is in detention) is logged as void. */
#include "seat/seat.h"

#include <math.h>

/* ---- offices ---- */

static void leave(steppe_seat *seat, size_t office)
{
    seat->offices[office] = (stp_seat_office){.holder = STEPPE_SEAT_NOBODY,
                                              .changed = true,
                                              .since = seat->today};
}

void stp_seat_vacate(steppe_seat *seat, size_t person)
{
    for (size_t k = 0; k < seat->scenario->office_count; k++)
        if (seat->offices[k].holder == (int)person)
            leave(seat, k);
}

void stp_seat_install(steppe_seat *seat, size_t office, int holder, double competence)
{
    seat->offices[office] = (stp_seat_office){.holder = holder,
                                              .competence = competence,
                                              .changed = true,
                                              .since = seat->today};
}

/* ---- one function per act; false: it has no effect ---- */

static double severity_of(const stp_event *e, double usual)
{
    return e->severity.given ? e->severity.value : usual;
}

static bool appoint(steppe_seat *seat, const stp_event *e, int event)
{
    if (!stp_seat_plays(seat, (size_t)e->person) ||
        seat->offices[e->office].holder == e->person)
        return false;
    stp_seat_install(seat, (size_t)e->office, e->person, 0);
    stp_seat_note(seat, STP_LOG_APPOINTED, event, e->person, e->office, -1, 0);
    return true;
}

/* From the office that the act names, or from all that the person holds. */
static bool dismiss(steppe_seat *seat, const stp_event *e, int event)
{
    int person = e->person >= 0 ? e->person : seat->offices[e->office].holder;
    bool done = false;
    for (size_t k = 0; k < seat->scenario->office_count; k++) {
        bool meant = e->office < 0 || e->office == (int)k;
        if (!meant || person == STEPPE_SEAT_NOBODY || seat->offices[k].holder != person)
            continue;
        leave(seat, k);
        stp_seat_note(seat, STP_LOG_DISMISSED, event, person, (int)k, -1, 0);
        done = true;
    }
    if (done && person >= 0)
        stp_seat_purge(seat, (size_t)person, severity_of(e, 0.5));
    return done;
}

static bool remove_person(steppe_seat *seat, const stp_event *e, int event,
                          stp_whereabouts whereabouts)
{
    stp_seat_person *p = &seat->persons[e->person];
    if (p->whereabouts >= whereabouts) /* from detention one may be sent abroad */
        return false;
    double share = e->seized.given ? e->seized.value : 0;
    int64_t taken = (int64_t)floor((double)p->resources * share);
    taken = taken < p->resources ? taken : p->resources;
    p->resources -= taken;
    seat->seized += taken;
    p->whereabouts = whereabouts;
    stp_seat_vacate(seat, (size_t)e->person);
    stp_seat_note(seat, whereabouts == STP_ABROAD ? STP_LOG_EXILED : STP_LOG_DETAINED,
                  event, e->person, -1, -1, (double)taken);
    stp_seat_purge(seat, (size_t)e->person, severity_of(e, 1));
    return true;
}

static bool take_office(steppe_seat *seat, const stp_event *e, int event)
{
    int incumbent = seat->scenario->seat.incumbent;
    int holder = seat->offices[e->office].holder;
    if (holder == incumbent || !stp_seat_plays(seat, (size_t)incumbent))
        return false;
    stp_seat_install(seat, (size_t)e->office, incumbent, 0);
    stp_seat_note(seat, STP_LOG_TAKEN, event, holder, e->office, -1, 0);
    if (holder >= 0)
        stp_seat_purge(seat, (size_t)holder, severity_of(e, 0.5));
    return true;
}

/* In equal parts, one for each day that begins from now on. */
static bool start_ramp(const steppe_seat *seat, const stp_event *e, stp_ramp *ramp,
                       double now)
{
    *ramp = (stp_ramp){now, e->amount.value, seat->days,
                       stp_whole_days(e->over.value, 1)};
    return true;
}

static bool promise_reform(steppe_seat *seat, const stp_event *e, int event)
{
    stp_seat_note(seat, STP_LOG_PROMISED, event, -1, -1, -1, e->amount.value);
    return start_ramp(seat, e, &seat->promise, seat->promised);
}

static bool deliver_reform(steppe_seat *seat, const stp_event *e, int event)
{
    stp_seat_note(seat, STP_LOG_DELIVERED, event, -1, -1, -1, e->amount.value);
    return start_ramp(seat, e, &seat->delivery, seat->delivered);
}

static bool change_stance(steppe_seat *seat, const stp_event *e, int event)
{
    seat->powers[e->power].stance = e->amount.value;
    stp_seat_note(seat, STP_LOG_STANCE, event, -1, -1, e->power, e->amount.value);
    return true;
}

static bool change_hotspot(steppe_seat *seat, const stp_event *e, int event)
{
    seat->hotspots[e->hotspot] = e->amount.value;
    stp_seat_note(seat, STP_LOG_HOTSPOT, event, -1, -1, -1, e->amount.value);
    return true;
}

static bool open_fund(steppe_seat *seat, int event)
{
    if (seat->fund_open)
        return false;
    seat->fund_open = true;
    stp_seat_note(seat, STP_LOG_FUND, event, -1, -1, -1, 0);
    return true;
}

static bool carry_out(steppe_seat *seat, const stp_event *e, int event)
{
    switch ((int)e->act.value) {
    case STP_ACT_APPOINT: return appoint(seat, e, event);
    case STP_ACT_DISMISS: return dismiss(seat, e, event);
    case STP_ACT_DETAIN: return remove_person(seat, e, event, STP_IN_DETENTION);
    case STP_ACT_EXILE: return remove_person(seat, e, event, STP_ABROAD);
    case STP_ACT_TAKE_OFFICE: return take_office(seat, e, event);
    case STP_ACT_PROMISE_REFORM: return promise_reform(seat, e, event);
    case STP_ACT_DELIVER_REFORM: return deliver_reform(seat, e, event);
    case STP_ACT_STANCE: return change_stance(seat, e, event);
    case STP_ACT_HOTSPOT: return change_hotspot(seat, e, event);
    case STP_ACT_OPEN_FUND: return open_fund(seat, event);
    default: stp_seat_ask(seat, (size_t)e->power, event); return true;
    }
}

void stp_seat_act(steppe_seat *seat, size_t index)
{
    const stp_event *e = &seat->scenario->events[index];
    if (seat->fallen || !carry_out(seat, e, (int)index))
        stp_seat_note(seat, STP_LOG_VOID, (int)index, e->person, e->office, e->power, 0);
}
