/* The tables of the seat of power: its people and offices, each day, and what happened. A step longer
 * than a day writes its last day only. */
#include "record/recording.h"

#include <math.h>
#include <stdio.h>

static const char SCHEMA[] =
    "CREATE TABLE person (person INTEGER PRIMARY KEY, id TEXT, name TEXT, position REAL,"
    " competence REAL, exposure REAL, incumbent INTEGER);"
    "CREATE TABLE office (office INTEGER PRIMARY KEY, id TEXT, name TEXT, power REAL,"
    " security REAL, economy REAL, image REAL, diplomacy REAL);"
    "CREATE TABLE tie (tie INTEGER PRIMARY KEY, id TEXT, kind TEXT, a INTEGER, b INTEGER,"
    " strength REAL);"
    "CREATE TABLE power (power INTEGER PRIMARY KEY, id TEXT, name TEXT, means REAL);"
    "CREATE TABLE person_day (day INTEGER, person INTEGER, weight REAL, resources "
    "INTEGER,"
    " insecurity REAL, doubt REAL, cost REAL, defected INTEGER, place TEXT,"
    " PRIMARY KEY (day, person)) WITHOUT ROWID;"
    "CREATE TABLE office_day (day INTEGER, office INTEGER, holder INTEGER, ramp REAL,"
    " output REAL, PRIMARY KEY (day, office)) WITHOUT ROWID;"
    "CREATE TABLE power_day (day INTEGER, power INTEGER, stance REAL, attention REAL,"
    " asked INTEGER, granted INTEGER, PRIMARY KEY (day, power)) WITHOUT ROWID;"
    "CREATE TABLE act (act INTEGER PRIMARY KEY, step INTEGER, day INTEGER, event TEXT,"
    " kind TEXT, person INTEGER, office INTEGER, power INTEGER, amount REAL);"
    "CREATE TABLE seat (day INTEGER PRIMARY KEY, step INTEGER, active REAL, media REAL,"
    " capital_lost INTEGER, strength REAL, signal REAL, threshold REAL, defectors "
    "INTEGER,"
    " backing REAL, blame REAL, security REAL, economy REAL, diplomacy REAL, orders REAL,"
    " pace REAL, survival REAL, restraint REAL, image REAL, reform_legitimacy REAL,"
    " blame_legitimacy REAL, reform_hardship REAL, fund_relief REAL, promised REAL,"
    " delivered REAL, fund INTEGER, paid INTEGER, seized INTEGER, whole INTEGER);";

static stp_row begin(steppe_recorder *r, const char *table, int columns)
{
    char into[40];
    snprintf(into, sizeof into, "INTO %s", table);
    return stp_row_begin(r->db, into, columns);
}

static void end(steppe_recorder *r, stp_row *w)
{
    if (!stp_row_end(w))
        stp_record_fail(r);
}

/* ---- people, offices, ties, foreign powers ---- */

static void write_persons(steppe_recorder *r, const steppe_seat *seat)
{
    stp_row w = begin(r, "person", 7);
    steppe_seat_person p;
    for (size_t i = 0; !w.failed && steppe_seat_person_at(seat, i, &p) == STEPPE_OK;
         i++) {
        stp_row_whole(&w, (int64_t)i);
        stp_row_text(&w, p.id);
        stp_row_text(&w, p.name);
        stp_row_real(&w, p.position);
        stp_row_real(&w, p.competence);
        stp_row_real(&w, p.exposure);
        stp_row_whole(&w, p.incumbent);
        stp_row_put(&w);
    }
    end(r, &w);
}

static void write_offices(steppe_recorder *r, const steppe_seat *seat)
{
    stp_row w = begin(r, "office", 8);
    steppe_seat_office o;
    for (size_t k = 0; !w.failed && steppe_seat_office_at(seat, k, &o) == STEPPE_OK;
         k++) {
        stp_row_whole(&w, (int64_t)k);
        stp_row_text(&w, o.id);
        stp_row_text(&w, o.name);
        stp_row_real(&w, o.power);
        for (int work = 0; work < 4; work++)
            stp_row_real(&w, o.weight[work]);
        stp_row_put(&w);
    }
    end(r, &w);
}

static void write_ties(steppe_recorder *r, const steppe_seat *seat)
{
    stp_row w = begin(r, "tie", 6);
    steppe_seat_tie t;
    for (size_t k = 0; !w.failed && steppe_seat_tie_at(seat, k, &t) == STEPPE_OK; k++) {
        stp_row_whole(&w, (int64_t)k);
        stp_row_text(&w, t.id);
        stp_row_text(&w, t.kind);
        stp_row_whole(&w, (int64_t)t.a);
        stp_row_whole(&w, (int64_t)t.b);
        stp_row_real(&w, t.strength);
        stp_row_put(&w);
    }
    end(r, &w);
}

static void write_powers(steppe_recorder *r, const steppe_seat *seat)
{
    stp_row w = begin(r, "power", 4);
    steppe_seat_power p;
    for (size_t k = 0; !w.failed && steppe_seat_power_at(seat, k, &p) == STEPPE_OK; k++) {
        stp_row_whole(&w, (int64_t)k);
        stp_row_text(&w, p.id);
        stp_row_text(&w, p.name);
        stp_row_real(&w, p.means);
        stp_row_put(&w);
    }
    end(r, &w);
}

/* ---- a day ---- */

static void write_person_days(steppe_recorder *r, const steppe_seat *seat, uint64_t day)
{
    stp_row w = begin(r, "person_day", 9);
    steppe_seat_person p;
    for (size_t i = 0; !w.failed && steppe_seat_person_at(seat, i, &p) == STEPPE_OK;
         i++) {
        stp_row_whole(&w, (int64_t)day);
        stp_row_whole(&w, (int64_t)i);
        stp_row_real(&w, p.weight);
        stp_row_whole(&w, p.resources);
        stp_row_real(&w, p.insecurity);
        stp_row_real(&w, p.doubt);
        stp_row_real(&w, p.cost);
        stp_row_whole(&w, p.defected);
        stp_row_text(&w, p.place);
        stp_row_put(&w);
    }
    end(r, &w);
}

static void write_office_days(steppe_recorder *r, const steppe_seat *seat, uint64_t day)
{
    stp_row w = begin(r, "office_day", 5);
    steppe_seat_office o;
    for (size_t k = 0; !w.failed && steppe_seat_office_at(seat, k, &o) == STEPPE_OK;
         k++) {
        stp_row_whole(&w, (int64_t)day);
        stp_row_whole(&w, (int64_t)k);
        stp_row_whole(&w, o.holder);
        stp_row_real(&w, o.ramp);
        stp_row_real(&w, o.output);
        stp_row_put(&w);
    }
    end(r, &w);
}

static void write_power_days(steppe_recorder *r, const steppe_seat *seat, uint64_t day)
{
    stp_row w = begin(r, "power_day", 6);
    steppe_seat_power p;
    for (size_t k = 0; !w.failed && steppe_seat_power_at(seat, k, &p) == STEPPE_OK; k++) {
        stp_row_whole(&w, (int64_t)day);
        stp_row_whole(&w, (int64_t)k);
        stp_row_real(&w, p.stance);
        stp_row_real(&w, p.attention);
        stp_row_whole(&w, p.asked);
        stp_row_whole(&w, p.granted);
        stp_row_put(&w);
    }
    end(r, &w);
}

static void write_day(steppe_recorder *r, const steppe_seat_state *s, uint64_t step)
{
    stp_row w = begin(r, "seat", 29);
    stp_row_whole(&w, (int64_t)s->days - 1);
    stp_row_whole(&w, (int64_t)step);
    stp_row_real(&w, s->look.active);
    stp_row_real(&w, s->look.media);
    stp_row_whole(&w, s->look.capital_lost);
    stp_row_real(&w, s->strength);
    stp_row_real(&w, s->signal);
    stp_row_real(&w, s->threshold);
    stp_row_whole(&w, (int64_t)s->defectors);
    const double reals[] = {s->backing,
                            s->blame,
                            s->output[0],
                            s->output[1],
                            s->output[3],
                            s->orders,
                            s->pace,
                            s->survival,
                            s->restraint,
                            s->image,
                            s->reform_legitimacy,
                            s->blame_legitimacy,
                            s->reform_hardship,
                            s->fund_relief,
                            s->promised,
                            s->delivered};
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        stp_row_real(&w, reals[i]);
    const int64_t sums[] = {s->fund, s->paid, s->seized, s->whole};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        stp_row_whole(&w, sums[i]);
    stp_row_put(&w);
    end(r, &w);
}

static void write_acts(steppe_recorder *r, const steppe_seat *seat, uint64_t step)
{
    steppe_seat_entry e;
    if (steppe_seat_entry_count(seat) == 0)
        return;
    stp_row w = begin(r, "act", 9);
    for (size_t i = 0; !w.failed && steppe_seat_entry_at(seat, i, &e) == STEPPE_OK; i++) {
        stp_row_real(&w, NAN); /* SQLite numbers it */
        stp_row_whole(&w, (int64_t)step);
        stp_row_whole(&w, (int64_t)e.day);
        stp_row_text(&w, e.event);
        stp_row_text(&w, e.kind);
        stp_row_whole(&w, e.person);
        stp_row_whole(&w, e.office);
        stp_row_whole(&w, e.power);
        stp_row_real(&w, e.amount);
        stp_row_put(&w);
    }
    end(r, &w);
}

int stp_record_seat_open(steppe_recorder *r)
{
    const steppe_seat *seat = steppe_run_seat(r->run);
    if (!seat || stp_record_execute(r, SCHEMA) != STEPPE_OK)
        return r->status;
    write_persons(r, seat);
    write_offices(r, seat);
    write_ties(r, seat);
    write_powers(r, seat);
    return r->status;
}

int stp_record_seat_step(steppe_recorder *r)
{
    const steppe_seat *seat = steppe_run_seat(r->run);
    steppe_seat_state state;
    if (!seat)
        return r->status;
    uint64_t step = steppe_run_step(r->run);
    write_acts(r, seat, step);
    steppe_seat_read(seat, &state);
    if (state.days == r->seat_days)
        return r->status;
    r->seat_days = state.days;
    write_day(r, &state, step);
    write_person_days(r, seat, state.days - 1);
    write_office_days(r, seat, state.days - 1);
    write_power_days(r, seat, state.days - 1);
    return r->status;
}

int stp_record_seat_end(steppe_recorder *r)
{
    const steppe_seat *seat = steppe_run_seat(r->run);
    steppe_seat_state state;
    if (!seat)
        return r->status;
    steppe_seat_read(seat, &state);
    if (state.fallen)
        stp_record_number(r, "fell_day", (double)state.fell_day);
    return stp_record_fact(r, "fell_channel", state.fell_channel);
}
