#include "random_scenario.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- drawing ---- */

static const double WORK = 10e6; /* see steps_for */

/* SplitMix64: nothing that the program itself draws from. */
static uint64_t draw(uint64_t *state)
{
    uint64_t x = *state += 0x9e3779b97f4a7c15u;
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static uint32_t below(uint64_t *state, uint32_t n)
{
    return (uint32_t)((draw(state) >> 32) * n >> 32);
}

static uint32_t between(uint64_t *state, uint32_t low, uint32_t high)
{
    return low + below(state, high - low + 1);
}

static bool chance(uint64_t *state, uint32_t percent)
{
    return below(state, 100) < percent;
}

/* A number with two digits after the point. */
static double hundredths(uint64_t *state, double low, double high)
{
    uint32_t steps = (uint32_t)floor((high - low) * 100 + 0.5);
    return floor(low * 100 + below(state, steps + 1) + 0.5) / 100;
}

#define PICK(state, list) (list)[below(state, sizeof(list) / sizeof *(list))]

static double draw_vision(uint64_t *r)
{
    static const double OFTEN[] = {1, 1.2, 1.5, 1.7, 2, 2.9, 3, 5, 7, 7, 7.1, 12};
    return chance(r, 85) ? PICK(r, OFTEN) : hundredths(r, 1, 15.9);
}

static void draw_rules(random_scenario *s, uint64_t *r)
{
    static const char *const SHAPES[] = {"euclidean", "euclidean", "moore",
                                         "von-neumann"};
    static const char *const RATIOS[] = {"literal", "floor", "round"};
    static const double ARRESTS[] = {1, 1, 0.5, 0.03, 0}, CONSTANTS[] = {2.3, 2.3, 0, 9};
    static const double TERMS[] = {0, 1, 2, 5, 12, 30, INFINITY};
    s->density = chance(r, 15) ? 1 : hundredths(r, 0.05, 0.95);
    s->vision = draw_vision(r);
    s->officer_vision = chance(r, 50) ? s->vision : draw_vision(r);
    s->neighbourhood = PICK(r, SHAPES);
    s->movement = chance(r, 20) ? (chance(r, 50) ? "none" : "officers") : "random";
    s->order = chance(r, 30) ? "act-move" : "move-act";
    s->ratio = PICK(r, RATIOS);
    s->hardship_low = chance(r, 70) ? 0 : hundredths(r, 0, 0.5);
    s->hardship_high = chance(r, 70) ? 1 : hundredths(r, 0.5, 1);
    s->hardship_rate = chance(r, 60) ? 0 : hundredths(r, 0, 20);
    s->legitimacy = hundredths(r, 0.2, 0.9);
    s->threshold = hundredths(r, chance(r, 5) ? -0.1 : 0, 0.2);
    s->arrest_constant = PICK(r, CONSTANTS);
    s->able = chance(r, 60) ? 1 : hundredths(r, 0, 1);
    s->officer_density = s->density < 0.9 ? hundredths(r, 0, 0.09) : 0;
    s->deployment = chance(r, 60) ? 1 : hundredths(r, 0, 1);
    s->arrest_probability = PICK(r, ARRESTS);
    s->term_max = PICK(r, TERMS);
    s->term = chance(r, 30) ? "fixed" : "uniform";
}

/* Violence and what answers it, in a third of the scenarios. */
static void draw_force(random_scenario *s, uint64_t *r)
{
    static const double ABOVE[] = {0, 0, 0.02, 0.05, 0.2, INFINITY};
    s->force = chance(r, 35);
    s->violence = s->threshold + PICK(r, ABOVE);
    s->attack = chance(r, 20) ? 0 : hundredths(r, 0, 1);
    s->attack_lethality = hundredths(r, 0, 1);
    s->lethality = hundredths(r, 0, 1);
}

static void draw_fields(random_scenario *s, uint64_t *r)
{
    static const double REACHES[] = {0.3, 1, 3, 100}, LAGS[] = {0, 0, 5, 48};
    s->news = chance(r, 75);
    s->reach = chance(r, 20) ? 0 : PICK(r, REACHES);
    s->distance = between(r, 1, 500);
    s->exponent = hundredths(r, 0, 3);
    s->attention = chance(r, 70) ? 0 : hundredths(r, 0, 3);
    s->hardship = chance(r, 75);
    s->price_effect = hundredths(r, -0.5, 1);
    s->price_lag = PICK(r, LAGS);
    s->unemployment_effect = hundredths(r, -0.3, 0.6);
}

/* What is off by default: about half of all scenarios have each of it. */
static void draw_nation(random_scenario *s, uint64_t *r)
{
    static const double LAGS[] = {0, 3, 20, 720, INFINITY}, WEIGHTS[] = {0, 0.3, 1};
    static const double HARMS[] = {0, 0.5, 3, 100};
    s->emboldens = chance(r, 50) ? 0 : hundredths(r, 0, 2);
    s->saturation = chance(r, 50) ? INFINITY : hundredths(r, 0.01, 0.3);
    s->lag = chance(r, 50) ? 0 : hundredths(r, 0, 9);
    s->expectation_weight = chance(r, 50) ? 0 : hundredths(r, 0, 3);
    s->expectation_lag = PICK(r, LAGS);
    s->expectation_tolerance = chance(r, 50) ? 0 : hundredths(r, 0, 0.2);
    s->curfew_effect = chance(r, 50) ? 0 : hundredths(r, 0, 0.3);
    s->responds = chance(r, 50);
    s->legality_weight = PICK(r, WEIGHTS);
    s->support_weight = PICK(r, WEIGHTS);
    s->justification = hundredths(r, 0, 1);
    s->half_life = PICK(r, LAGS);
    s->arrest_weight = PICK(r, HARMS);
    s->death_weight = PICK(r, HARMS);
    s->wound_weight = chance(r, 50) ? 10 : hundredths(r, 0, 40);
    s->own_weight = PICK(r, WEIGHTS);
    s->news_weight = PICK(r, WEIGHTS);
    for (size_t i = 0; i < MAX_RANDOM_EVENTS; i++) {
        s->events[i].relief = chance(r, 25) ? hundredths(r, 0, 0.5) : NAN;
        s->events[i].curfew = chance(r, 25) ? hundredths(r, 0, 1) : NAN;
    }
}

/* Sides that fit `least` or more tiles: those are at least 4 r + 16 cells. */
static uint32_t draw_side(uint64_t *r, uint32_t radius, uint32_t least, uint32_t most)
{
    uint32_t room = least * (4 * radius + 16);
    return room * between(r, 1, room < most ? most / room : 1) + below(r, 25);
}

/* Columns and rows of a lattice, in agents: odd ones, small ones, and ones that are cut
 * into tiles; those are large if vision is long, and then there is only one of them. */
static void draw_sides(const random_scenario *s, uint64_t *r, uint32_t *width,
                       uint32_t *height)
{
    static const uint32_t ODD[][2] = {{1, 1},  {1, 2},   {2, 2},   {3, 50},  {50, 3},
                                      {1, 70}, {31, 33}, {16, 16}, {15, 17}, {40, 41}};
    uint32_t kind = below(r, 10), radius = (uint32_t)fmax(s->vision, s->officer_vision);
    if (kind < 2) {
        const uint32_t *sides = PICK(r, ODD);
        *width = sides[0];
        *height = sides[1];
    } else if (kind < 6 || (radius > 3 && s->district_count > 1)) {
        *width = between(r, 2, 45);
        *height = between(r, 2, 45);
    } else {
        bool wide = chance(r, 50); /* eight tiles or more in all */
        *width = draw_side(r, radius, wide ? 4 : 2, 190);
        *height = draw_side(r, radius, wide ? 2 : 4, 120);
    }
}

static double scaled(double people, double scale)
{
    return floor(people / scale + 0.5);
}

/* What follows from what the file says of a district. */
static void settle(const random_scenario *s, random_district *d)
{
    double cells = (double)d->width * d->height, width, height;
    d->residents = d->population ? d->population
                                 : (uint64_t)(s->density * d->width * d->height + 0.5);
    d->citizens = (uint64_t)scaled((double)d->residents, s->scale);
    d->citizens = d->citizens ? d->citizens : 1;
    if (d->officers >= 0)
        d->posts = (uint64_t)d->officers;
    else
        d->posts = (uint64_t)floor(s->officer_density *
                                       (d->width ? cells : d->population / s->density) +
                                   0.5);
    if (d->width) {
        width = fmax(1, floor(d->width / sqrt(s->scale) + 0.5));
        height = fmax(1, floor(d->height / sqrt(s->scale) + 0.5));
    } else {
        width = height = fmax(1, ceil(sqrt((double)d->citizens / s->density)));
    }
    d->cells = (uint64_t)(width * height);
}

static bool fits(const random_scenario *s, const random_district *d)
{
    bool in_file = d->width == 0 ||
                   d->residents + d->posts <= (uint64_t)d->width * d->height;
    return in_file && (double)d->citizens + ceil((double)d->posts / s->scale) + 1 <=
                          (double)d->cells + (d->posts == 0);
}

static void draw_people(random_scenario *s, random_district *d, uint64_t *r)
{
    uint32_t width, height, kind = below(r, 3);
    double side = sqrt(s->scale);
    draw_sides(s, r, &width, &height);
    d->width = (uint32_t)fmax(1, floor(width * side + 0.5));
    d->height = (uint32_t)fmax(1, floor(height * side + 0.5));
    d->officers = -1;
    uint32_t cells = d->width * d->height;
    if (kind == 0) { /* its own people */
        uint32_t most = cells - (uint32_t)(s->officer_density * cells + 0.5);
        d->population = between(r, 1, most ? most : 1);
    } else if (kind == 1) { /* people without a lattice */
        d->population = (uint32_t)fmax(1, floor(s->density * cells));
        d->width = d->height = 0;
    }
    if (chance(r, 30))
        d->officers = between(r, 0, (uint32_t)(cells * 0.03) + 1);
    settle(s, d);
    if (!fits(s, d)) {
        d->officers = 0;
        settle(s, d);
    }
    for (; !fits(s, d) && d->residents > 1; settle(s, d)) /* scales and roundings */
        d->population = (uint32_t)(d->residents - d->residents / 20 - 1);
}

static void draw_district(random_scenario *s, random_district *d, uint64_t *r)
{
    d->unit = (int)below(r, 3) - 1;
    d->latitude = hundredths(r, 40, 55);
    d->longitude = hundredths(r, 47, 87);
    d->fuel_dependence = chance(r, 30) ? below(r, 2) : hundredths(r, 0, 1);
    d->unemployment = chance(r, 30) ? 0 : hundredths(r, 0, 1);
    d->able = chance(r, 70) ? NAN : hundredths(r, 0, 1);
    d->legitimacy = chance(r, 80) ? NAN : hundredths(r, 0, 1);
    d->hardship_low = chance(r, 80) ? NAN : hundredths(r, 0, s->hardship_high);
    d->hardship_high = chance(r, 80) ? NAN : hundredths(r, s->hardship_low, 1);
    if (d->hardship_low > d->hardship_high)
        d->hardship_high = d->hardship_low;
    draw_people(s, d, r);
}

/* Where an event happens: everywhere, in a unit that exists, or in some districts. */
static void draw_place(const random_scenario *s, random_event *e, uint64_t *r)
{
    uint32_t kind = below(r, 3);
    size_t found = 0;
    for (size_t i = 0; i < s->district_count; i++) {
        bool here = kind == 0   ? true
                    : kind == 1 ? s->districts[i].unit == 0
                                : chance(r, 50);
        if (here && kind == 2)
            sprintf(e->place + strlen(e->place), "%sd%zu", found ? ", " : "districts: [",
                    i);
        e->where[i] = here;
        found += here;
    }
    if (kind == 1 && found)
        sprintf(e->place, "units: [u0]");
    else if (kind == 2 && found)
        strcat(e->place, "]");
    for (size_t i = 0; i < s->district_count && found == 0; i++)
        e->where[i] = true;
}

/* Residents of all districts where an event happens. */
static double residents_of(const random_scenario *s, const random_event *e)
{
    double residents = 0;
    for (size_t i = 0; i < s->district_count; i++)
        residents += e->where[i] ? (double)s->districts[i].residents : 0;
    return residents;
}

/* As many officers as fit into each district by its share. */
static double draw_reinforcement(const random_scenario *s, const random_event *e,
                                 uint64_t *r)
{
    double least = 1000, residents = residents_of(s, e);
    for (size_t i = 0; i < s->district_count; i++) {
        const random_district *d = &s->districts[i];
        double workspace = (double)d->cells - (double)d->citizens -
                           ceil((double)d->posts / s->scale) - 2;
        if (e->where[i])
            least = fmin(least, workspace * s->scale * residents / (double)d->residents);
    }
    return least > 0 ? between(r, 0, (uint32_t)least) : NAN;
}

static void draw_event(const random_scenario *s, random_event *e, uint64_t *r)
{
    static const double PRICES[] = {0.5, 1, 1.3, 2, 4}, REACHES[] = {0, 0.1, 1, 3};
    *e = (random_event){.enabled = chance(r, 85)};
    e->hour = below(r, (uint32_t)(s->steps + 2)) * s->step_hours;
    if (chance(r, 30)) /* between two steps: it waits for the next */
        e->hour += s->step_hours / 2;
    e->due = (uint64_t)ceil(e->hour / s->step_hours) + 1;
    e->dated = s->dated && chance(r, 70);
    draw_place(s, e, r);
    e->fuel_price = chance(r, 30) ? PICK(r, PRICES) : NAN;
    e->media_reach = chance(r, 25) ? PICK(r, REACHES) : NAN;
    e->attention = chance(r, 20) ? hundredths(r, 0, 4) : NAN;
    e->deployment = chance(r, 35) ? hundredths(r, 0, 1) : NAN;
    e->reinforcement = chance(r, 35) ? draw_reinforcement(s, e, r) : NAN;
    e->legitimacy = chance(r, 25) ? hundredths(r, 0, 1) : NAN;
}

/* ---- forces: from draws of their own, so that the rest is as it would be without ---- */

/* Orders of an event, and whom it sends. What it sends is cut to the share of one force, so that
 * all fit into each district. */
static void draw_orders(const random_scenario *s, random_event *e, uint64_t *r)
{
    static const double FREES[] = {0, 0.5, 0.8, 1, 3};
    e->guards = chance(r, 25) ? between(r, 0, 400) : NAN;
    e->frees = !isnan(e->guards) && chance(r, 70) ? PICK(r, FREES) : NAN;
    e->survival = chance(r, 15) ? hundredths(r, 0, 1) : NAN;
    e->orders = chance(r, 15) ? hundredths(r, 0, 1) : NAN;
    e->shots = chance(r, 15) ? hundredths(r, 0, 1) : NAN;
    e->shots_at = !chance(r, 15) ? NULL : chance(r, 50) ? "active" : "violent";
    e->from = -1;
    if (isnan(e->reinforcement) && isnan(e->guards))
        return;
    if (s->force_count > 0) {
        e->force = (int)below(r, (uint32_t)s->force_count);
        e->reinforcement = floor(e->reinforcement / (double)s->force_count);
    }
    if (chance(r, 50))
        e->from = (int)below(r, (uint32_t)s->district_count);
}

static void draw_forces(random_scenario *s, uint64_t *r)
{
    static const double PERIODS[] = {1, 2, 4, 6}, READY[] = {0, 0, 1, 3.3};
    static const double SPEEDS[] = {30, 60, 200, 900};
    s->force_count = chance(r, 50) ? 0 : between(r, 1, MAX_RANDOM_FORCES);
    for (size_t f = 0; f < s->force_count; f++)
        s->forces[f] = (random_force){PICK(r, SPEEDS), PICK(r, READY),
                                      hundredths(r, 0, 1)};
    s->obedience = chance(r, 50);
    s->period = PICK(r, PERIODS);
    s->crowd_effect = hundredths(r, 0, 3);
    s->peers_effect = hundredths(r, 0, 3);
    s->orders_effect = hundredths(r, 0, 5);
    s->base = hundredths(r, -2, 2);
    s->survival = hundredths(r, 0, 1);
    s->orders = hundredths(r, 0, 1);
    s->shots = chance(r, 70) ? 0 : hundredths(r, 0, 0.5);
    for (size_t i = 0; i < s->event_count; i++)
        draw_orders(s, &s->events[i], r);
}

/* Of what officers did, in about half of all scenarios. */
static void draw_fear(random_scenario *s, uint64_t *r)
{
    static const double EFFECTS[] = {0.5, 5, 5, 100}, WEIGHTS[] = {0, 0.1, 1};
    static const double HALVES[] = {0, 3, 168, INFINITY};
    s->fear = chance(r, 50);
    s->fear_effect = PICK(r, EFFECTS);
    s->fear_half_life = PICK(r, HALVES);
    s->fear_wound_weight = PICK(r, WEIGHTS);
    s->fear_news_weight = PICK(r, WEIGHTS);
}

/* Of having been in the street, in about half of all scenarios. */
static void draw_boldness(random_scenario *s, uint64_t *r)
{
    static const double EFFECTS[] = {0.001, 0.01, 0.01, 1}, UNDONE[] = {0, 1, 24};
    static const double HALVES[] = {0, 3, 720, INFINITY}, MOST[] = {0.005, 0.02, 0.5};
    s->boldness = chance(r, 50);
    s->boldness_effect = PICK(r, EFFECTS);
    s->boldness_half_life = PICK(r, HALVES);
    s->boldness_most = PICK(r, MOST);
    s->boldness_undone = PICK(r, UNDONE);
}

/* ---- a seat of power: from draws of its own as well ---- */

static void draw_persons(random_seat *s, uint64_t *r)
{
    s->person_count = between(r, 1, MAX_RANDOM_PERSONS);
    for (size_t i = 0; i < s->person_count; i++)
        s->persons[i] = (random_person){
            .position = hundredths(r, 0, 1),
            .competence = 0.5 + 0.05 * (double)i +
                          hundredths(r, 0, 0.04), /* all differ */
            .exposure = hundredths(r, 0, 1),
            .insecurity = chance(r, 50) ? 0 : hundredths(r, 0, 1),
            .resources = chance(r, 30) ? 0 : between(r, 1, 1000000),
            .eligible = chance(r, 40),
        };
    s->office_count = below(r, MAX_RANDOM_OFFICES + 1);
    for (size_t k = 0; k < s->office_count; k++) {
        random_office *o = &s->offices[k];
        o->holder = (int)below(r, (uint32_t)s->person_count + 1) - 1;
        o->power = chance(r, 50) ? NAN : hundredths(r, 0, 1);
        for (int work = 0; work < 4; work++)
            o->works[work] = chance(r, 50) ? 0 : hundredths(r, 0, 1);
        o->learning = chance(r, 20) ? 0 : between(r, 1, 200);
    }
}

static void draw_ties(random_seat *s, uint64_t *r)
{
    static const char *const KINDS[] = {"kin", "patronage", "business"};
    size_t most = s->person_count > 1 ? below(r, MAX_RANDOM_TIES + 1) : 0;
    for (size_t n = 0; n < most; n++) {
        random_tie *t = &s->ties[s->tie_count];
        t->a = (int)below(r, (uint32_t)s->person_count);
        t->b = (int)below(r, (uint32_t)s->person_count);
        t->kind = PICK(r, KINDS);
        t->strength = hundredths(r, 0, 1);
        bool idle = t->a == t->b;
        for (size_t k = 0; k < s->tie_count; k++) {
            const random_tie *u = &s->ties[k];
            bool same = (u->a == t->a && u->b == t->b) || (u->a == t->b && u->b == t->a);
            idle |= same && u->kind == t->kind;
        }
        s->tie_count += !idle;
    }
}

static void draw_powers(random_seat *s, uint64_t *r)
{
    s->power_count = below(r, MAX_RANDOM_POWERS + 1);
    for (size_t k = 0; k < s->power_count; k++)
        s->powers[k] = (random_power){hundredths(r, -1, 1), hundredths(r, 0, 1),
                                      between(r, 1, 9000), hundredths(r, 0, 1),
                                      between(r, 1, 3)};
    s->hotspot_count = below(r, MAX_RANDOM_HOTSPOTS + 1);
    for (size_t k = 0; k < s->hotspot_count; k++)
        s->hotspots[k] = hundredths(r, 0, 30);
}

/* Index of one of `count`, if the act has it, else -1; `can`: is there one? */
static int draw_index(uint64_t *r, bool wanted, size_t count, bool *can)
{
    *can &= !wanted || count > 0;
    return wanted && count > 0 ? (int)below(r, (uint32_t)count) : -1;
}

static void draw_act(random_seat *s, double hours, uint64_t *r)
{
    enum { PERSON = 1, OFFICE = 2, POWER = 4, HOTSPOT = 8, SHARE = 16, PURGE = 32 };
    static const struct {
        const char *act;
        int has;
    } ACTS[] = {{"appoint", PERSON | OFFICE},
                {"dismiss", PERSON | PURGE},
                {"dismiss", OFFICE | PURGE},
                {"detain", PERSON | PURGE},
                {"exile", PERSON | PURGE},
                {"take-office", OFFICE | PURGE},
                {"ask-troops", POWER},
                {"ask-troops", POWER},
                {"promise-reform", SHARE},
                {"deliver-reform", SHARE},
                {"stance", POWER | SHARE},
                {"hotspot", HOTSPOT | SHARE},
                {"open-fund", 0}};
    random_act *a = &s->acts[s->act_count];
    size_t kind = below(r, sizeof ACTS / sizeof *ACTS);
    int has = ACTS[kind].has;
    bool can = true;
    *a = (random_act){.act = ACTS[kind].act, .seized = NAN, .over = NAN};
    a->hour = floor(hundredths(r, 0, 1) * hours);
    a->person = draw_index(r, has & PERSON, s->person_count, &can);
    a->office = draw_index(r, has & OFFICE, s->office_count, &can);
    a->power = draw_index(r, has & POWER, s->power_count, &can);
    a->hotspot = draw_index(r, has & HOTSPOT, s->hotspot_count, &can);
    a->amount = has & SHARE ? hundredths(r, 0, 1) : NAN;
    a->severity = (has & PURGE) && chance(r, 50) ? hundredths(r, 0, 1) : NAN;
    if (strcmp(a->act, "detain") == 0 || strcmp(a->act, "exile") == 0)
        a->seized = chance(r, 50) ? hundredths(r, 0, 1) : NAN;
    if ((has & SHARE) && chance(r, 40))
        a->over = between(r, 1, 200);
    a->granted = s->power_count && chance(r, 25) ? (int)below(r, (uint32_t)s->power_count)
                                                 : -1;
    s->act_count += can;
}

static void draw_seat_rules(random_seat *s, uint64_t *r)
{
    static const char *const RULES[] = {
        "proportional",       "binary", "proportional-binary",
        "proportional-cubic", "cubic",  "prospect"};
    static const char *const VICTORIES[] = {"linear",  "linear", "square",
                                            "quartic", "octic",  "decisive"};
    static const double LAGS[] = {0, 24, 100, 1000};
    s->rule = PICK(r, RULES);
    s->victory = PICK(r, VICTORIES);
    s->fall_time = chance(r, 50) ? fmax(24, between(r, 1, 100)) : 1000;
    s->street_effect = chance(r, 50) ? 100 : hundredths(r, 0, 10);
    s->media_freedom = hundredths(r, 0, 1);
    s->cost = hundredths(r, 0.01, 0.99);
    s->signal_time = fmax(24, between(r, 1, 1000));
    s->defector_effort = hundredths(r, 0, 1);
    s->insecurity_effort = hundredths(r, 0, 1);
    s->economy_lag = PICK(r, LAGS);
    s->image_effect = hundredths(r, 0, 1);
    s->image_reference = hundredths(r, 0.5, 1);
    s->survival_effect = chance(r, 50) ? 0 : hundredths(r, 0, 1);
    s->half_life = PICK(r, LAGS);
    s->exit_rate = hundredths(r, 0, 0.5);
    s->donate_rate = hundredths(r, 0, 1);
    s->payout = hundredths(r, 0, 1);
    s->fund_effect = hundredths(r, 0, 0.1);
    s->fill_time = between(r, 0, 100);
    if (s->fill_time > 0 && s->fill_time < 24)
        s->fill_time = 24; /* shorter ones are refused */
    s->patience = PICK(r, LAGS);
    s->pace = hundredths(r, 0, 1);
    s->status_quo = hundredths(r, 0, 1);
    s->loss_effect = hundredths(r, 0, 2);
    s->unit = hundredths(r, 0.01, 0.3);
    s->restraint = hundredths(r, 0, 1);
    s->blame = hundredths(r, 0, 1);
}

/* In about half of all scenarios; its acts within the time of the run. */
static void draw_seat(random_seat *s, double hours, uint64_t *r)
{
    s->there = chance(r, 50);
    draw_seat_rules(s, r);
    bool *const on[] = {&s->defects, &s->channels, &s->purges, &s->flees,
                        &s->fills,   &s->reforms,  &s->attends};
    for (size_t k = 0; k < sizeof on / sizeof *on; k++)
        *on[k] = chance(r, 85);
    draw_persons(s, r);
    draw_ties(s, r);
    draw_powers(s, r);
    size_t acts = below(r, MAX_RANDOM_ACTS + 1);
    for (size_t n = 0; n < acts; n++)
        draw_act(s, hours, r);
}

/* Cells within a vision, about. */
static double cells_seen(const random_scenario *s, double vision)
{
    if (s->neighbourhood[0] == 'm')
        return 4 * (vision + 1) * (vision + 1);
    return s->neighbourhood[0] == 'v' ? 2 * vision * vision + 4
                                      : 3.2 * vision * vision + 4;
}

/* So many steps that the reference engine looks at about as many cells in each. */
static uint64_t steps_for(const random_scenario *s)
{
    double citizens = 0, officers = 0;
    for (size_t i = 0; i < s->district_count; i++) {
        citizens += (double)s->districts[i].citizens;
        officers += (double)s->districts[i].posts / s->scale;
    }
    double cost = citizens * (20 + 3 * cells_seen(s, s->vision)) +
                  officers * (20 + 3 * cells_seen(s, s->officer_vision));
    double steps = WORK / cost;
    return steps < 3 ? 3 : steps > 40 ? 40 : (uint64_t)steps;
}

void random_scenario_draw(random_scenario *s, uint64_t number)
{
    static const double SCALES[] = {1, 1, 1, 1, 4, 9, 2.5}, HOURS[] = {1, 1, 0.5, 2};
    uint64_t state = number * 0x632be59bd9b4e019u + 1, *r = &state;
    uint64_t apart = ~state; /* so that what is drawn from it changes nothing else */
    memset(s, 0, sizeof *s);
    s->number = number;
    s->seed = draw(r);
    s->scale = PICK(r, SCALES);
    s->step_hours = PICK(r, HOURS);
    s->dated = chance(r, 50);
    s->tiles = chance(r, 50);
    s->district_count = chance(r, 40) ? 1 : between(r, 2, MAX_RANDOM_DISTRICTS);
    draw_rules(s, r);
    draw_fields(s, r);
    for (size_t i = 0; i < s->district_count; i++)
        draw_district(s, &s->districts[i], r);
    s->steps = steps_for(s);
    s->event_count = below(r, MAX_RANDOM_EVENTS + 1);
    for (size_t i = 0; i < s->event_count; i++)
        draw_event(s, &s->events[i], r);
    draw_force(s, r);
    draw_nation(s, &apart);
    uint64_t other = number * 0x2545f4914f6cdd1du + 3;
    draw_forces(s, &other);
    draw_fear(s, &other);
    draw_boldness(s, &other);
    uint64_t court = number * 0x9fb21c651e98df25u + 5;
    draw_seat(&s->seat, (double)s->steps * s->step_hours, &court);
    if (s->term_max > 0 && s->term_max < s->step_hours)
        s->term_max = s->step_hours; /* shorter ones are refused */
    if (s->period > 0 && s->period < s->step_hours)
        s->period = s->step_hours;
}

/* ---- writing ---- */

typedef struct writer {
    char *text;
    size_t used;
} writer;

static void add(writer *w, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    w->used += (size_t)vsnprintf(w->text + w->used, MAX_RANDOM_TEXT - w->used, format,
                                 arguments);
    va_end(arguments);
}

static void add_number(writer *w, const char *key, double value)
{
    if (isinf(value))
        add(w, "%s: .inf", key);
    else if (!isnan(value))
        add(w, "%s: %.10g", key, value);
}

/* The same on a line of its own; nothing if there is no value. */
static void add_line(writer *w, const char *key, double value)
{
    if (isnan(value))
        return;
    add_number(w, key, value);
    add(w, "\n");
}

static void write_rules(writer *w, const random_scenario *s)
{
    add(w, "steppe: 1\ntitle: Random scenario %llu\nschedule: %s\n",
        (unsigned long long)s->number, s->tiles ? "tiles" : "sequential");
    add_line(w, "scale", s->scale);
    add(w, "time: { %sstep: %g h, steps: %llu }\n",
        s->dated ? "start: 2022-01-01T00:00, " : "", s->step_hours,
        (unsigned long long)s->steps);
    add(w, "citizens:\n");
    add_line(w, "  density", s->density);
    add_line(w, "  vision", s->vision);
    add(w, "  neighbourhood: %s\n  movement: %s\n  order: %s\n  ratio: %s\n",
        s->neighbourhood, s->movement, s->order, s->ratio);
    add_line(w, "  hardship_low", s->hardship_low);
    add_line(w, "  hardship_high", s->hardship_high);
    add_line(w, "  hardship_rate", s->hardship_rate);
    add_line(w, "  legitimacy", s->legitimacy);
    add_line(w, "  threshold", s->threshold);
    add_line(w, "  arrest_constant", s->arrest_constant);
    add_line(w, "  able", s->able);
    add(w, "officers:\n");
    add_line(w, "  density", s->officer_density);
    add_line(w, "  vision", s->officer_vision);
    add_line(w, "  deployment", s->deployment);
    add_line(w, "  arrest_probability", s->arrest_probability);
    add_line(w, "  shots", s->shots);
    add(w, "detention:\n  term: %s\n", s->term);
    add_line(w, "  term_max", s->term_max);
    if (!s->force)
        return;
    add(w, "force:\n  enabled: true\n");
    add_line(w, "  violence_threshold", s->violence);
    add_line(w, "  attack", s->attack);
    add_line(w, "  attack_lethality", s->attack_lethality);
    add_line(w, "  lethality", s->lethality);
}

static void write_fields(writer *w, const random_scenario *s)
{
    add(w, "news:\n  enabled: %s\n", s->news ? "true" : "false");
    add_line(w, "  reach", s->reach);
    add_line(w, "  distance", s->distance);
    add_line(w, "  exponent", s->exponent);
    add_line(w, "  attention", s->attention);
    add_line(w, "  emboldens", s->emboldens);
    add_line(w, "  saturation", s->saturation);
    add_line(w, "  lag", s->lag);
    add(w, "hardship:\n  enabled: %s\n", s->hardship ? "true" : "false");
    add_line(w, "  price_effect", s->price_effect);
    add_line(w, "  price_lag", s->price_lag);
    add_line(w, "  unemployment_effect", s->unemployment_effect);
    add_line(w, "  expectation_weight", s->expectation_weight);
    add_line(w, "  expectation_lag", s->expectation_lag);
    add_line(w, "  expectation_tolerance", s->expectation_tolerance);
    add(w, "curfew:\n");
    add_line(w, "  effect", s->curfew_effect);
    add(w, "legitimacy:\n  enabled: %s\n", s->responds ? "true" : "false");
    add_line(w, "  legality_weight", s->legality_weight);
    add_line(w, "  support_weight", s->support_weight);
    add_line(w, "  justification", s->justification);
    add_line(w, "  half_life", s->half_life);
    add_line(w, "  arrest_weight", s->arrest_weight);
    add_line(w, "  wound_weight", s->wound_weight);
    add_line(w, "  death_weight", s->death_weight);
    add_line(w, "  own_weight", s->own_weight);
    add_line(w, "  news_weight", s->news_weight);
    add(w, "fear:\n  enabled: %s\n", s->fear ? "true" : "false");
    add_line(w, "  effect", s->fear_effect);
    add_line(w, "  half_life", s->fear_half_life);
    add_line(w, "  wound_weight", s->fear_wound_weight);
    add_line(w, "  news_weight", s->fear_news_weight);
    add(w, "boldness:\n  enabled: %s\n", s->boldness ? "true" : "false");
    add_line(w, "  effect", s->boldness_effect);
    add_line(w, "  half_life", s->boldness_half_life);
    add_line(w, "  most", s->boldness_most);
    add_line(w, "  undone", s->boldness_undone);
}

static void write_forces(writer *w, const random_scenario *s)
{
    add(w, "obedience:\n  enabled: %s\n", s->obedience ? "true" : "false");
    add_line(w, "  period", s->period);
    add_line(w, "  base", s->base);
    add_line(w, "  crowd_effect", s->crowd_effect);
    add_line(w, "  peers_effect", s->peers_effect);
    add_line(w, "  orders_effect", s->orders_effect);
    add_line(w, "  survival", s->survival);
    add_line(w, "  orders", s->orders);
    if (s->force_count)
        add(w, "forces:\n");
    for (size_t f = 0; f < s->force_count; f++) {
        add(w, "  - id: f%zu\n    name: Force %zu\n", f, f);
        add_line(w, "    speed", s->forces[f].speed);
        add_line(w, "    ready", s->forces[f].ready);
        add_line(w, "    patronage", s->forces[f].patronage);
    }
}

static void add_flag(writer *w, const char *section, bool on)
{
    add(w, "%s:\n  enabled: %s\n", section, on ? "true" : "false");
}

static void write_seat_rules(writer *w, const random_seat *s)
{
    add_flag(w, "seat", true);
    add(w, "  incumbent: p0\n  capital: d0\n  rule: %s\n  victory: %s\n", s->rule,
        s->victory);
    add(w, "  resource_weight: 0.000001\n");
    add_line(w, "  fall_time", s->fall_time);
    add_flag(w, "defection", s->defects);
    add_line(w, "  street_effect", s->street_effect);
    add_line(w, "  media_freedom", s->media_freedom);
    add_line(w, "  cost", s->cost);
    add_line(w, "  signal_time", s->signal_time);
    add_flag(w, "channels", s->channels);
    add_line(w, "  defector_effort", s->defector_effort);
    add_line(w, "  insecurity_effort", s->insecurity_effort);
    add_line(w, "  economy_lag", s->economy_lag);
    add_line(w, "  image_effect", s->image_effect);
    add_line(w, "  image_reference", s->image_reference);
    add_line(w, "  survival_effect", s->survival_effect);
    add_flag(w, "purge", s->purges);
    add_line(w, "  half_life", s->half_life);
    add_flag(w, "flight", s->flees);
    add_line(w, "  exit_rate", s->exit_rate);
    add_line(w, "  donate_rate", s->donate_rate);
    add_line(w, "  payout", s->payout);
    add_line(w, "  fund_effect", s->fund_effect);
    add_flag(w, "vacancies", s->fills);
    add_line(w, "  fill_time", s->fill_time);
    add_flag(w, "reform", s->reforms);
    add_line(w, "  patience", s->patience);
    add_line(w, "  pace", s->pace);
    add_line(w, "  status_quo", s->status_quo);
    add_line(w, "  loss_effect", s->loss_effect);
    add_flag(w, "attention", s->attends);
    add_line(w, "  unit", s->unit);
    add_line(w, "  restraint", s->restraint);
    add_line(w, "  blame_legitimacy", s->blame);
}

static void write_persons(writer *w, const random_seat *s)
{
    static const char *const WORKS[] = {"    security", "    economy", "    image",
                                        "    diplomacy"};
    add(w, "persons:\n");
    for (size_t n = 0; n < s->person_count; n++) {
        size_t i = s->reversed ? s->person_count - 1 - n : n;
        const random_person *p = &s->persons[i];
        add(w, "  - id: p%zu\n    name: Person %zu\n    eligible: %s\n", i, i,
            p->eligible ? "true" : "false");
        add_line(w, "    position", p->position);
        add_line(w, "    competence", p->competence);
        add_line(w, "    exposure", p->exposure);
        add_line(w, "    insecurity", p->insecurity);
        add_line(w, "    resources", p->resources);
    }
    if (s->office_count)
        add(w, "offices:\n");
    for (size_t k = 0; k < s->office_count; k++) {
        const random_office *o = &s->offices[k];
        add(w, "  - id: o%zu\n    name: Office %zu\n", k, k);
        if (o->holder >= 0)
            add(w, "    holder: p%d\n", o->holder);
        add_line(w, "    power", o->power);
        add_line(w, "    learning", o->learning);
        for (int work = 0; work < 4; work++)
            add_line(w, WORKS[work], o->works[work]);
    }
    if (s->tie_count)
        add(w, "ties:\n");
    for (size_t k = 0; k < s->tie_count; k++)
        add(w, "  - { id: t%zu, a: p%d, b: p%d, kind: %s, strength: %g }\n", k,
            s->ties[k].a, s->ties[k].b, s->ties[k].kind, s->ties[k].strength);
}

static void write_seat(writer *w, const random_seat *s)
{
    if (!s->there)
        return;
    write_seat_rules(w, s);
    write_persons(w, s);
    if (s->power_count)
        add(w, "powers:\n");
    for (size_t k = 0; k < s->power_count; k++) {
        const random_power *p = &s->powers[k];
        add(w,
            "  - { id: w%zu, name: Power %zu, stance: %g, means: %g, distance: %g km,\n"
            "      slots: %u, grants: %g }\n",
            k, k, p->stance, p->means, p->distance, p->slots, p->grants);
    }
    if (s->hotspot_count)
        add(w, "hotspots:\n");
    for (size_t k = 0; k < s->hotspot_count; k++)
        add(w, "  - { id: h%zu, name: Hot spot %zu, salience: %g }\n", k, k,
            s->hotspots[k]);
}

static void add_id(writer *w, const char *key, char letter, int index)
{
    if (index >= 0)
        add(w, "    %s: %c%d\n", key, letter, index);
}

static void write_act(writer *w, const random_act *a, size_t index)
{
    add(w, "  - id: a%zu\n    title: Act %zu\n    act: %s\n", index, index, a->act);
    add_line(w, "    hour", a->hour);
    add_id(w, "person", 'p', a->person);
    add_id(w, "office", 'o', a->office);
    add_id(w, "power", 'w', a->power);
    add_id(w, "hotspot", 'h', a->hotspot);
    add_id(w, "granted_by", 'w', a->granted);
    add_line(w, "    amount", a->amount);
    add_line(w, "    severity", a->severity);
    add_line(w, "    seized", a->seized);
    add_line(w, "    over", a->over);
}

static void write_district(writer *w, const random_scenario *s, size_t index)
{
    const random_district *d = &s->districts[index];
    add(w, "  - id: d%zu\n    name: District %zu\n", index, index);
    if (d->unit >= 0)
        add(w, "    unit: u%d\n", d->unit);
    add_line(w, "    lat", d->latitude);
    add_line(w, "    lon", d->longitude);
    if (d->population)
        add(w, "    population: %u\n", d->population);
    if (d->width)
        add(w, "    width: %u\n    height: %u\n", d->width, d->height);
    if (d->officers >= 0)
        add(w, "    officers: %lld\n", (long long)d->officers);
    add_line(w, "    fuel_dependence", d->fuel_dependence);
    add_line(w, "    unemployment", d->unemployment);
    add_line(w, "    able", d->able);
    add_line(w, "    legitimacy", d->legitimacy);
    add_line(w, "    hardship_low", d->hardship_low);
    add_line(w, "    hardship_high", d->hardship_high);
}

static void write_event(writer *w, const random_scenario *s, const random_event *e,
                        size_t index)
{
    unsigned minutes = (unsigned)floor(e->hour * 60 + 0.5);
    add(w, "  - id: e%zu\n    title: Event %zu\n", index, index);
    if (e->dated)
        add(w, "    date: 2022-01-%02uT%02u:%02u\n", 1 + minutes / 1440,
            minutes / 60 % 24, minutes % 60);
    else
        add_line(w, "    hour", e->hour);
    if (!e->enabled)
        add(w, "    enabled: false\n");
    if (e->place[0])
        add(w, "    %s\n", e->place);
    add_line(w, "    fuel_price", e->fuel_price);
    add_line(w, "    media_reach", e->media_reach);
    add_line(w, "    attention", e->attention);
    add_line(w, "    deployment", e->deployment);
    add_line(w, "    reinforcement", e->reinforcement);
    add_line(w, "    legitimacy", e->legitimacy);
    add_line(w, "    relief", e->relief);
    add_line(w, "    curfew", e->curfew);
    add_line(w, "    survival", e->survival);
    add_line(w, "    orders", e->orders);
    add_line(w, "    shots", e->shots);
    if (e->shots_at)
        add(w, "    shots_at: %s\n", e->shots_at);
    if (isnan(e->reinforcement) && isnan(e->guards))
        return;
    add_line(w, "    guards", e->guards);
    add_line(w, "    frees", e->frees);
    if (e->force > 0 && s->force_count)
        add(w, "    force: f%d\n", e->force);
    if (e->from >= 0)
        add(w, "    from: d%d\n", e->from);
}

size_t random_scenario_write(const random_scenario *s, char text[MAX_RANDOM_TEXT])
{
    writer w = {text, 0};
    write_rules(&w, s);
    write_fields(&w, s);
    write_forces(&w, s);
    write_seat(&w, &s->seat);
    add(&w, "units:\n  - { id: u0, name: North }\n  - { id: u1, name: South }\n");
    add(&w, "districts:\n");
    for (size_t i = 0; i < s->district_count; i++)
        write_district(&w, s, i);
    bool begun = false;
    for (size_t i = 0; i < s->event_count; i++) {
        if (s->events[i].removed)
            continue;
        if (!begun)
            add(&w, "events:\n");
        begun = true;
        write_event(&w, s, &s->events[i], i);
    }
    for (size_t i = 0; s->seat.there && i < s->seat.act_count; i++) {
        if (!begun)
            add(&w, "events:\n");
        begun = true;
        write_act(&w, &s->seat.acts[i], i);
    }
    return w.used;
}

/* ---- what follows ---- */

/* Great-circle distance by the spherical law of cosines. */
static double distance_km(const random_district *a, const random_district *b)
{
    double degree = acos(-1) / 180, north = a->latitude * degree,
           south = b->latitude * degree;
    double cosine = sin(north) * sin(south) +
                    cos(north) * cos(south) * cos((a->longitude - b->longitude) * degree);
    return 6371.0088 * acos(fmin(cosine, 1));
}

/* The step before which those whom an event sends are in a district. */
static uint64_t arrival(const random_scenario *s, const random_event *e, size_t district)
{
    random_force f = {.speed = 60};
    if (e->from < 0)
        return e->due;
    if (s->force_count)
        f = s->forces[e->force];
    double way = (size_t)e->from == district
                     ? 0
                     : distance_km(&s->districts[e->from], &s->districts[district]);
    double hours = e->hour + f.ready + way / f.speed;
    return (uint64_t)ceil(hours / s->step_hours - 1e-9) + 1;
}

/* What holds of a force in a district: of the events that have come about there, what the last
 * one to be ordered has sent; NAN: none. guards: else reinforcement. */
static double sent(const random_scenario *s, size_t district, uint64_t step, int force,
                   bool guards)
{
    const random_event *last = NULL;
    for (size_t i = 0; i < s->event_count; i++) {
        const random_event *e = &s->events[i];
        double people = guards ? e->guards : e->reinforcement;
        if (e->enabled && !e->removed && e->where[district] && !isnan(people) &&
            (s->force_count ? e->force : 0) == force && arrival(s, e, district) <= step &&
            (!last || e->due >= last->due))
            last = e;
    }
    if (!last)
        return 0;
    double frees = isnan(last->frees) ? 1 : last->frees;
    return (guards ? last->guards * frees : last->reinforcement) *
           ((double)s->districts[district].residents / residents_of(s, last));
}

uint64_t random_scenario_officers(const random_scenario *s, size_t district,
                                  uint64_t step)
{
    double deployment = s->deployment, freed = 0, posts, officers;
    for (uint64_t now = 1; now <= step; now++) {
        for (size_t i = 0; i < s->event_count; i++) {
            const random_event *e = &s->events[i];
            if (e->due == now && e->enabled && !e->removed && e->where[district] &&
                !isnan(e->deployment))
                deployment = e->deployment;
        }
    }
    int forces = s->force_count ? (int)s->force_count : 1;
    posts = (double)s->districts[district].posts;
    officers = posts * deployment;
    for (int f = 0; f < forces; f++)
        freed += sent(s, district, step, f, true);
    officers += fmin(freed, posts - officers);
    for (int f = 0; f < forces; f++)
        officers += sent(s, district, step, f, false);
    return (uint64_t)scaled(officers, s->scale);
}

uint64_t random_scenario_term(const random_scenario *s)
{
    double steps = floor(s->term_max / s->step_hours);
    return isinf(steps) ? UINT64_MAX : (uint64_t)steps;
}
