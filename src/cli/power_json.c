/* A seat of power as JSON. */
#include "power.h"

static json_t *persons_json(const steppe_seat *seat)
{
    json_t *list = json_array();
    steppe_seat_person p;
    for (size_t i = 0; steppe_seat_person_at(seat, i, &p) == STEPPE_OK; i++)
        json_array_append_new(
            list,
            json_pack("{s:s, s:s, s:b, s:f, s:f, s:f, s:I, s:f, s:f, s:f, s:f, s:b, s:s}",
                      "id", p.id, "name", p.name, "incumbent", p.incumbent, "position",
                      p.position, "competence", p.competence, "exposure", p.exposure,
                      "resources", (json_int_t)p.resources, "weight", p.weight,
                      "insecurity", p.insecurity, "doubt", p.doubt, "cost", p.cost,
                      "defected", p.defected, "place", p.place));
    return list;
}

static const char *person_id(const steppe_seat *seat, int person)
{
    steppe_seat_person p;
    return person >= 0 && steppe_seat_person_at(seat, (size_t)person, &p) == STEPPE_OK
               ? p.id
               : NULL;
}

static json_t *offices_json(const power_view *v)
{
    json_t *list = json_array();
    steppe_seat_office o;
    char day[STEPPE_TIME_TEXT];
    for (size_t k = 0; steppe_seat_office_at(v->seat, k, &o) == STEPPE_OK; k++)
        json_array_append_new(
            list,
            json_pack("{s:s, s:s, s:s?, s:b, s:s?, s:f, s:[f, f, f, f], s:f, s:f}", "id",
                      o.id, "name", o.name, "holder", person_id(v->seat, o.holder),
                      "official", o.holder == STEPPE_SEAT_OFFICIAL, "since",
                      o.changed ? steppe_scenario_day(v->scenario, o.since, day) : NULL,
                      "power", o.power, "weights", o.weight[0], o.weight[1], o.weight[2],
                      o.weight[3], "ramp", o.ramp, "output", o.output));
    return list;
}

static json_t *ties_json(const steppe_seat *seat)
{
    json_t *list = json_array();
    steppe_seat_tie t;
    for (size_t k = 0; steppe_seat_tie_at(seat, k, &t) == STEPPE_OK; k++)
        json_array_append_new(list,
                              json_pack("{s:s, s:s, s:s, s:s, s:f}", "id", t.id, "kind",
                                        t.kind, "a", person_id(seat, (int)t.a), "b",
                                        person_id(seat, (int)t.b), "strength",
                                        t.strength));
    return list;
}

static json_t *powers_json(const steppe_seat *seat)
{
    json_t *list = json_array();
    steppe_seat_power p;
    for (size_t k = 0; steppe_seat_power_at(seat, k, &p) == STEPPE_OK; k++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:f, s:f, s:f, s:b, s:b}", "id",
                                              p.id, "name", p.name, "stance", p.stance,
                                              "means", p.means, "attention", p.attention,
                                              "asked", p.asked, "granted", p.granted));
    return list;
}

static json_t *entries_json(const power_view *v)
{
    json_t *list = json_array();
    char day[STEPPE_TIME_TEXT];
    for (size_t i = 0; i < v->entry_count; i++) {
        const power_entry *e = &v->entries[i];
        json_array_append_new(
            list, json_pack("{s:I, s:s, s:s, s:s, s:s}", "step", (json_int_t)e->step,
                            "day", steppe_scenario_day(v->scenario, e->day, day), "event",
                            e->event, "kind", e->kind, "words", e->words));
    }
    return list;
}

static json_t *effects_json(const steppe_seat_state *s)
{
    return json_pack("{s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "orders", s->orders,
                     "pace", s->pace, "survival", s->survival, "restraint", s->restraint,
                     "image", s->image, "reform_legitimacy", s->reform_legitimacy,
                     "blame_legitimacy", s->blame_legitimacy, "reform_hardship",
                     s->reform_hardship, "fund_relief", s->fund_relief);
}

int power_print_json(const power_view *v)
{
    steppe_seat_state s;
    char time[STEPPE_TIME_TEXT], seed[24];
    steppe_seat_read(v->seat, &s);
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)v->seed);
    json_t *object =
        json_pack("{s:s, s:s, s:I, s:o, s:s, s:f, s:f, s:f, s:I, s:f, s:f, s:b, s:s}",
                  "title", steppe_scenario_title(v->scenario), "time",
                  steppe_scenario_time(v->scenario, v->step > 0 ? v->step - 1 : 0, time),
                  "days", (json_int_t)s.days, "street", cli_text(v->street), "seed", seed,
                  "strength", s.strength, "signal", s.signal, "threshold", s.threshold,
                  "defectors", (json_int_t)s.defectors, "backing", s.backing, "blame",
                  s.blame, "fallen", s.fallen, "fell_channel", s.fell_channel);
    json_t *more = json_pack(
        "{s:f, s:f, s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o}", "promised",
        s.promised, "delivered", s.delivered, "fund", (json_int_t)s.fund, "paid",
        (json_int_t)s.paid, "seized", (json_int_t)s.seized, "whole", (json_int_t)s.whole,
        "effects", effects_json(&s), "offices", offices_json(v), "persons",
        persons_json(v->seat), "ties", ties_json(v->seat), "powers", powers_json(v->seat),
        "happened", entries_json(v));
    if (object && more)
        json_object_update(object, more);
    json_decref(more);
    return cli_print_json(object);
}
