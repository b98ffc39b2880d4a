/* What a results file holds of the seat of power: who there is, each day, and what happened. A step
 * that is longer than a day leaves its last day alone. */
#include "record/recording.h"

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

/* A row of a table: a text as a text, a whole number or a real one, in the order of the columns. */
typedef struct row {
    steppe_recorder *recorder;
    sqlite3_stmt *statement;
    int column;
} row;

static row begin(steppe_recorder *r, const char *table, int columns)
{
    char sql[256];
    int used = snprintf(sql, sizeof sql, "INSERT INTO %s VALUES (?", table);
    for (int i = 1; i < columns; i++)
        used += snprintf(sql + used, sizeof sql - (size_t)used, ", ?");
    snprintf(sql + used, sizeof sql - (size_t)used, ")");
    return (row){r, stp_record_prepare(r, sql), 0};
}

static void text(row *w, const char *value)
{
    sqlite3_bind_text(w->statement, ++w->column, value, -1, SQLITE_TRANSIENT);
}

static void whole(row *w, int64_t value)
{
    sqlite3_bind_int64(w->statement, ++w->column, value);
}

static void real(row *w, double value)
{
    sqlite3_bind_double(w->statement, ++w->column, value);
}

static void end_row(row *w)
{
    stp_record_row(w->recorder, w->statement);
    w->column = 0;
}

static void end(row *w)
{
    sqlite3_finalize(w->statement);
}

/* ---- who there is ---- */

static void write_persons(steppe_recorder *r, const steppe_seat *seat)
{
    row w = begin(r, "person", 7);
    steppe_seat_person p;
    for (size_t i = 0; w.statement && steppe_seat_person_at(seat, i, &p) == STEPPE_OK;
         i++) {
        whole(&w, (int64_t)i);
        text(&w, p.id);
        text(&w, p.name);
        real(&w, p.position);
        real(&w, p.competence);
        real(&w, p.exposure);
        whole(&w, p.incumbent);
        end_row(&w);
    }
    end(&w);
}

static void write_offices(steppe_recorder *r, const steppe_seat *seat)
{
    row w = begin(r, "office", 8);
    steppe_seat_office o;
    for (size_t k = 0; w.statement && steppe_seat_office_at(seat, k, &o) == STEPPE_OK;
         k++) {
        whole(&w, (int64_t)k);
        text(&w, o.id);
        text(&w, o.name);
        real(&w, o.power);
        for (int work = 0; work < 4; work++)
            real(&w, o.weight[work]);
        end_row(&w);
    }
    end(&w);
}

static void write_ties(steppe_recorder *r, const steppe_seat *seat)
{
    row w = begin(r, "tie", 6);
    steppe_seat_tie t;
    for (size_t k = 0; w.statement && steppe_seat_tie_at(seat, k, &t) == STEPPE_OK; k++) {
        whole(&w, (int64_t)k);
        text(&w, t.id);
        text(&w, t.kind);
        whole(&w, (int64_t)t.a);
        whole(&w, (int64_t)t.b);
        real(&w, t.strength);
        end_row(&w);
    }
    end(&w);
}

static void write_powers(steppe_recorder *r, const steppe_seat *seat)
{
    row w = begin(r, "power", 4);
    steppe_seat_power p;
    for (size_t k = 0; w.statement && steppe_seat_power_at(seat, k, &p) == STEPPE_OK;
         k++) {
        whole(&w, (int64_t)k);
        text(&w, p.id);
        text(&w, p.name);
        real(&w, p.means);
        end_row(&w);
    }
    end(&w);
}

/* ---- a day ---- */

static void write_person_days(steppe_recorder *r, const steppe_seat *seat, uint64_t day)
{
    row w = begin(r, "person_day", 9);
    steppe_seat_person p;
    for (size_t i = 0; w.statement && steppe_seat_person_at(seat, i, &p) == STEPPE_OK;
         i++) {
        whole(&w, (int64_t)day);
        whole(&w, (int64_t)i);
        real(&w, p.weight);
        whole(&w, p.resources);
        real(&w, p.insecurity);
        real(&w, p.doubt);
        real(&w, p.cost);
        whole(&w, p.defected);
        text(&w, p.place);
        end_row(&w);
    }
    end(&w);
}

static void write_office_days(steppe_recorder *r, const steppe_seat *seat, uint64_t day)
{
    row w = begin(r, "office_day", 5);
    steppe_seat_office o;
    for (size_t k = 0; w.statement && steppe_seat_office_at(seat, k, &o) == STEPPE_OK;
         k++) {
        whole(&w, (int64_t)day);
        whole(&w, (int64_t)k);
        whole(&w, o.holder);
        real(&w, o.ramp);
        real(&w, o.output);
        end_row(&w);
    }
    end(&w);
}

static void write_power_days(steppe_recorder *r, const steppe_seat *seat, uint64_t day)
{
    row w = begin(r, "power_day", 6);
    steppe_seat_power p;
    for (size_t k = 0; w.statement && steppe_seat_power_at(seat, k, &p) == STEPPE_OK;
         k++) {
        whole(&w, (int64_t)day);
        whole(&w, (int64_t)k);
        real(&w, p.stance);
        real(&w, p.attention);
        whole(&w, p.asked);
        whole(&w, p.granted);
        end_row(&w);
    }
    end(&w);
}

static void write_day(steppe_recorder *r, const steppe_seat_state *s, uint64_t step)
{
    row w = begin(r, "seat", 29);
    if (!w.statement)
        return;
    whole(&w, (int64_t)s->days - 1);
    whole(&w, (int64_t)step);
    real(&w, s->look.active);
    real(&w, s->look.media);
    whole(&w, s->look.capital_lost);
    real(&w, s->strength);
    real(&w, s->signal);
    real(&w, s->threshold);
    whole(&w, (int64_t)s->defectors);
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
        real(&w, reals[i]);
    const int64_t sums[] = {s->fund, s->paid, s->seized, s->whole};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        whole(&w, sums[i]);
    end_row(&w);
    end(&w);
}

static void write_acts(steppe_recorder *r, const steppe_seat *seat, uint64_t step)
{
    steppe_seat_entry e;
    if (steppe_seat_entry_count(seat) == 0)
        return;
    row w = begin(r, "act", 9);
    for (size_t i = 0; w.statement && steppe_seat_entry_at(seat, i, &e) == STEPPE_OK;
         i++) {
        w.column++; /* its number is SQLite's to give */
        whole(&w, (int64_t)step);
        whole(&w, (int64_t)e.day);
        text(&w, e.event);
        text(&w, e.kind);
        whole(&w, e.person);
        whole(&w, e.office);
        whole(&w, e.power);
        real(&w, e.amount);
        end_row(&w);
    }
    end(&w);
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
