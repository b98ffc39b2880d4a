#include "street/presets/presets.h"

#include <stdlib.h>
#include <string.h>

enum { LANES = 32 };

/* ---- fields ---- */

static size_t byte_of(const stp_field *f, uint32_t x, uint32_t y)
{
    return (size_t)(y + STP_HALO) * f->stride + x + STP_HALO;
}

static bool make_field(stp_field *f, const stp_district *d)
{
    f->stride = d->width + 2 * STP_HALO + LANES;
    f->bytes = calloc((size_t)f->stride * (d->height + 2 * STP_HALO), 1);
    return f->bytes != NULL;
}

/* Set a patch's byte and its copies in the halo. */
static void set_byte(const stp_field *f, const stp_district *d, uint32_t cell,
                     uint8_t value)
{
    int width = (int)d->width, height = (int)d->height;
    int x = (int)(cell % d->width), y = (int)(cell / d->width);
    f->bytes[byte_of(f, (uint32_t)x, (uint32_t)y)] = value;
    if (x >= STP_HALO && y >= STP_HALO && x < width - STP_HALO && y < height - STP_HALO)
        return;
    for (int v = -1; v <= 1; v++) {
        for (int h = -1; h <= 1; h++) {
            int column = x + h * width, row = y + v * height;
            if (column >= -STP_HALO && column < width + STP_HALO && row >= -STP_HALO &&
                row < height + STP_HALO)
                f->bytes[(ptrdiff_t)(row + STP_HALO) * f->stride + column + STP_HALO] =
                    value;
        }
    }
}

static const uint8_t *corner(const stp_district_preset *p, const stp_field *f,
                             const stp_sight *sight, uint32_t cell)
{
    return f->bytes + byte_of(f, cell % p->district->width, cell / p->district->width) -
           (size_t)sight->radius * f->stride - (size_t)sight->radius;
}

static uint32_t sum_row(const uint8_t *row, const uint8_t *mask)
{
    uint32_t sum = 0;
    for (int i = 0; i < LANES; i++)
        sum += row[i] & mask[i];
    return sum;
}

uint32_t stp_field_sum(const stp_district_preset *p, const stp_field *field,
                       const stp_sight *sight, uint32_t cell)
{
    const uint8_t *row = corner(p, field, sight, cell);
    uint16_t sums[LANES] = {0};
    for (int y = 0; y <= 2 * sight->radius; y++, row += field->stride)
        for (int i = 0; i < LANES; i++)
            sums[i] = (uint16_t)(sums[i] + (row[i] & sight->mask[y][i]));
    uint32_t sum = 0;
    for (int i = 0; i < LANES; i++)
        sum += sums[i];
    return sum;
}

uint32_t stp_field_find(const stp_district_preset *p, const stp_field *field,
                        const stp_sight *sight, uint32_t cell, uint32_t k, uint32_t *rest)
{
    const stp_district *d = p->district;
    const uint8_t *row = corner(p, field, sight, cell);
    uint32_t y = 0, x = 0;
    for (uint32_t sum; k >= (sum = sum_row(row, sight->mask[y]));
         y++, row += field->stride)
        k -= sum;
    while (k >= (uint32_t)(row[x] & sight->mask[y][x])) {
        k -= row[x] & sight->mask[y][x];
        x++;
    }
    *rest = k;
    x = (cell % d->width + x + d->width - (uint32_t)sight->radius) % d->width;
    y = (cell / d->width + y + d->height - (uint32_t)sight->radius) % d->height;
    return y * d->width + x;
}

static void make_sight(stp_sight *sight, const stp_disc *disc, bool own)
{
    memset(sight, 0, sizeof *sight);
    sight->radius = disc->radius;
    for (uint32_t i = 0; i < disc->count; i++)
        sight->mask[disc->dy[i] + disc->radius][disc->dx[i] + disc->radius] = 0xff;
    if (own)
        sight->mask[disc->radius][disc->radius] = 0xff;
}

/* ---- patches and people ---- */

static void refresh(const stp_street *s, stp_district_preset *p, uint32_t cell)
{
    uint32_t officers = 0, actives = 0, free_citizens = 0, detained = 0, groups[2] = {0};
    for (int32_t i = p->first[cell]; i != STP_NOBODY; i = p->people[i].next) {
        const stp_inhabitant *a = &p->people[i];
        officers += a->officer;
        actives += a->standing == STP_ACTIVE;
        detained += a->standing == STP_DETAINED;
        free_citizens += a->standing == STP_QUIET || a->standing == STP_ACTIVE;
        groups[a->group] += !a->officer;
    }
    bool shared = s->rules->rule_set == STP_NETLOGO;
    set_byte(&p->officers, p->district, cell, (uint8_t)officers);
    set_byte(&p->actives, p->district, cell, (uint8_t)actives);
    set_byte(&p->open, p->district, cell,
             officers + free_citizens == 0 && (shared || detained == 0));
    if (s->rules->rule_set == STP_EPSTEIN_2)
        for (int g = 0; g < 2; g++)
            set_byte(&p->groups[g], p->district, cell, (uint8_t)groups[g]);
}

void stp_patch_enter(const stp_street *s, stp_district_preset *p, uint32_t who,
                     uint32_t cell)
{
    p->people[who].cell = cell;
    p->people[who].next = p->first[cell];
    p->first[cell] = (int32_t)who;
    refresh(s, p, cell);
}

void stp_patch_leave(const stp_street *s, stp_district_preset *p, uint32_t who)
{
    uint32_t cell = p->people[who].cell;
    int32_t *link = &p->first[cell];
    while (*link != (int32_t)who)
        link = &p->people[*link].next;
    *link = p->people[who].next;
    refresh(s, p, cell);
}

void stp_person_become(const stp_street *s, stp_district_preset *p, uint32_t who,
                       uint8_t standing)
{
    if (p->people[who].standing == standing)
        return;
    p->people[who].standing = standing;
    refresh(s, p, p->people[who].cell);
}

uint32_t stp_person_add(stp_district_preset *p, stp_inhabitant person)
{
    uint32_t index = p->count;
    if (p->next_id == STP_MAX_IDENTITY)
        return UINT32_MAX;
    if (p->vacant != STP_NOBODY) {
        index = (uint32_t)p->vacant;
        p->vacant = p->people[index].next;
    } else if (p->count == p->capacity) {
        uint32_t capacity = p->capacity + p->capacity / 2 + 64;
        stp_inhabitant *people = realloc(p->people, capacity * sizeof *people);
        if (people)
            p->people = people;
        uint32_t *order = people ? realloc(p->order, capacity * sizeof *order) : NULL;
        if (!order)
            return UINT32_MAX;
        p->order = order;
        p->capacity = capacity;
    }
    p->count += index == p->count;
    person.id = p->next_id++;
    p->people[index] = person;
    return index;
}

/* An empty patch: of those that stp_candidate tries, or, where all are taken, one drawn
 * from all that are empty; UINT32_MAX if there is none. */
static uint32_t find_empty(const stp_street *s, const stp_district_preset *p,
                           uint32_t who)
{
    const stp_district *d = p->district;
    uint32_t cell = 0, id = p->people[who].id;
    for (uint32_t attempt = 0; attempt < STP_ATTEMPTS; attempt++) {
        cell = stp_candidate(s->world->seed, d, id, s->step, attempt);
        if (p->first[cell] == STP_NOBODY)
            return cell;
    }
    uint32_t empty = 0;
    for (cell = 0; cell < d->cells; cell++)
        empty += p->first[cell] == STP_NOBODY;
    stp_words words = stp_random(s->world->seed, STP_PURPOSE_PLACE, d->index, id, s->step,
                                 STP_ATTEMPTS / 4);
    uint32_t k = stp_below(words.w[0], empty);
    for (cell = 0; cell < d->cells; cell++)
        if (p->first[cell] == STP_NOBODY && k-- == 0)
            return cell;
    return UINT32_MAX;
}

/* ---- arrivals and withdrawals ---- */

static stp_inhabitant born_citizen(const stp_street *s, const stp_district_preset *p,
                                   uint32_t id)
{
    stp_traits traits = stp_traits_of(s->world, p->district, id);
    stp_words life = stp_random(s->world->seed, STP_PURPOSE_LIFE, p->district->index, id,
                                0, 0);
    return (stp_inhabitant){.hardship = traits.hardship,
                            .risk_aversion = traits.risk_aversion,
                            .standing = STP_QUIET,
                            .group = (uint8_t)(s->rules->rule_set == STP_EPSTEIN_2 &&
                                               life.w[0] & 1),
                            .dies = 1 + stp_below(life.w[1], s->rules->lifetime),
                            .next = STP_NOBODY};
}

/* Officers to be on the street: as the conditions say or, of a number that was drawn, the
 * same share. */
static uint32_t officers_now(const stp_street *s, const stp_district_preset *p)
{
    const stp_district *d = p->district;
    if (s->rules->rule_set != STP_MESA)
        return s->now->officers;
    if (d->posts == 0)
        return p->officer_count; /* the conditions tell no share */
    uint64_t share = (uint64_t)p->officer_count * s->now->officers / d->posts;
    return share < p->officer_count ? (uint32_t)share : p->officer_count;
}

static void set_officers(const stp_street *s, stp_district_preset *p)
{
    uint32_t officers = officers_now(s, p);
    while (p->on_street > officers) {
        uint32_t who = p->first_officer + --p->on_street;
        stp_patch_leave(s, p, who);
        p->people[who].standing = STP_OFF_DUTY;
    }
    while (p->on_street < officers) {
        uint32_t who = p->first_officer + p->on_street, cell = find_empty(s, p, who);
        if (cell == UINT32_MAX)
            return; /* the lattice is full */
        p->people[who].standing = STP_OFFICER;
        p->on_street++;
        stp_patch_enter(s, p, who, cell);
    }
}

/* Mesa: every cell is drawn as officer, citizen or empty, so the numbers vary. */
static bool populate_drawn(const stp_street *s, stp_district_preset *p)
{
    const stp_district *d = p->district;
    const uint64_t officer = d->officer_draw, citizen = officer + d->citizen_draw;
    for (int pass = 0; pass < 2; pass++) {
        if (pass == 1)
            p->first_officer = p->count;
        for (uint32_t cell = 0; cell < d->cells; cell++) {
            if (stp_stop_asked(s->stop))
                return false;
            uint32_t word =
                stp_random(s->world->seed, STP_PURPOSE_PLACE, d->index, cell, 0, 0).w[0];
            bool is_officer = word < officer, is_citizen = !is_officer && word < citizen;
            if (pass == 0 ? !is_citizen : !is_officer)
                continue;
            stp_inhabitant person = pass ? (stp_inhabitant){.officer = true,
                                                            .standing = STP_OFFICER,
                                                            .next = STP_NOBODY}
                                         : born_citizen(s, p, p->count);
            uint32_t who = stp_person_add(p, person);
            if (who == UINT32_MAX)
                return false;
            stp_patch_enter(s, p, who, cell);
        }
    }
    p->officer_count = p->on_street = p->count - p->first_officer;
    p->citizens = p->first_officer;
    return true;
}

/* The others: exact numbers, one agent per patch. */
static bool populate_exactly(const stp_street *s, stp_district_preset *p)
{
    const stp_district *d = p->district;
    for (uint32_t i = 0; i < d->citizens; i++) {
        uint32_t who = stp_person_add(p, born_citizen(s, p, i));
        if (who == UINT32_MAX || stp_stop_asked(s->stop))
            return false;
        stp_patch_enter(s, p, who, find_empty(s, p, who));
    }
    p->citizens = p->first_officer = d->citizens;
    p->officer_count = d->max_officers;
    for (uint32_t i = 0; i < d->max_officers; i++)
        if (stp_person_add(p, (stp_inhabitant){.officer = true,
                                               .standing = STP_OFF_DUTY,
                                               .next = STP_NOBODY}) == UINT32_MAX)
            return false;
    set_officers(s, p);
    return true;
}

/* ---- the end of a step ---- */

/* NetLogo: all terms run, from the step of the arrest on. */
static void count_down(const stp_street *s, stp_district_preset *p)
{
    for (uint32_t who = 0; who < p->count; who++) {
        stp_inhabitant *a = &p->people[who];
        if (a->standing != STP_DETAINED || a->term == UINT32_MAX || --a->term > 0)
            continue;
        stp_person_become(s, p, who, STP_QUIET);
        p->tally->counts.releases++;
    }
}

/* Model II: release those whose terms are over, and let the old die. */
static void release_and_bury(const stp_street *s, stp_district_preset *p)
{
    for (uint32_t who = 0; who < p->count; who++) {
        stp_inhabitant *a = &p->people[who];
        if (a->officer || a->standing == STP_DEAD)
            continue;
        if (a->dies <= s->step) {
            if (a->standing != STP_DETAINED)
                stp_patch_leave(s, p, who);
            a->standing = STP_DEAD;
            p->citizens--;
            p->tally->counts.died++;
            continue;
        }
        if (a->standing != STP_DETAINED || a->term == UINT32_MAX || a->term > s->step)
            continue;
        uint32_t cell = find_empty(s, p, who);
        if (cell == UINT32_MAX)
            continue; /* the lattice is full: tried again in the next step */
        a->standing = STP_QUIET;
        stp_patch_enter(s, p, who, cell);
        p->tally->counts.releases++;
    }
}

static void count(const stp_street *s, const stp_district_preset *p, stp_tally *tally)
{
    uint32_t district = p->district->index;
    bool removed = s->rules->rule_set == STP_EPSTEIN_2;
    tally->counts.citizens = p->citizens;
    tally->counts.officers = tally->counts.obeying = p->on_street;
    for (uint32_t who = 0; who < p->count; who++) {
        const stp_inhabitant *a = &p->people[who];
        if (a->standing == STP_DEAD || a->standing == STP_OFF_DUTY)
            continue;
        bool detained = a->standing == STP_DETAINED;
        tally->counts.active += a->standing == STP_ACTIVE;
        tally->counts.detained += detained;
        tally->counts.on_street += a->standing == STP_QUIET || a->standing == STP_ACTIVE;
        if (!a->officer)
            tally->counts.groups[a->group]++;
        tally->digest += stp_agent_hash(district, a->id, (stp_standing)a->standing,
                                        detained && removed ? a->term : a->cell);
        if (detained && !removed) /* on the lattice, and for how long */
            tally->digest += stp_agent_hash(district, a->id, STP_OFF_DUTY, a->term);
    }
}

/* ---- the engine ---- */

static void preset_free(stp_street *s)
{
    if (!s)
        return;
    for (size_t i = 0; s->districts && i < s->world->count; i++) {
        stp_district_preset *p = &s->districts[i];
        free(p->people);
        free(p->first);
        free(p->order);
        free(p->officers.bytes);
        free(p->actives.bytes);
        free(p->open.bytes);
        free(p->groups[0].bytes);
        free(p->groups[1].bytes);
    }
    free(s->districts);
    free(s->sights);
    free(s);
}

static bool make_district(const stp_street *s, stp_district_preset *p,
                          const stp_district *d)
{
    p->district = d;
    p->vacant = STP_NOBODY;
    p->first = malloc(d->cells * sizeof *p->first);
    if (!p->first || !make_field(&p->officers, d) || !make_field(&p->actives, d) ||
        !make_field(&p->open, d))
        return false;
    if (s->rules->rule_set == STP_EPSTEIN_2 &&
        (!make_field(&p->groups[0], d) || !make_field(&p->groups[1], d)))
        return false;
    for (uint32_t cell = 0; cell < d->cells; cell++) {
        p->first[cell] = STP_NOBODY;
        set_byte(&p->open, d, cell, 1);
    }
    return s->rules->rule_set == STP_MESA ? populate_drawn(s, p) : populate_exactly(s, p);
}

static bool make_parts(stp_street *s, const stp_conditions *conditions)
{
    const stp_world *world = s->world;
    s->districts = calloc(world->count, sizeof *s->districts);
    s->sights = calloc(2 * world->count, sizeof *s->sights);
    bool made = s->districts && s->sights, own = s->rules->rule_set == STP_NETLOGO;
    for (size_t i = 0; i < world->count && made; i++) {
        s->now = &conditions[i];
        make_sight(&s->sights[2 * i], &world->districts[i].citizen_disc, own);
        make_sight(&s->sights[2 * i + 1], &world->districts[i].officer_disc, own);
        made = make_district(s, &s->districts[i], &world->districts[i]);
    }
    return made && !stp_stop_asked(s->stop);
}

static int preset_create(steppe_context *context, const stp_world *world,
                         const stp_rules *rules, const stp_conditions *conditions,
                         const stp_engine_options *options, stp_street **street)
{
    stp_street *s = *street = calloc(1, sizeof *s);
    if (!s)
        return stp_no_memory(context);
    *s = (stp_street){.world = world, .rules = rules, .stop = options->stop};
    if (make_parts(s, conditions))
        return STEPPE_OK;
    preset_free(s);
    *street = NULL;
    return stp_fail_setup(context, options->stop);
}

static bool is_there(const stp_inhabitant *a)
{
    return a->standing != STP_DEAD && a->standing != STP_OFF_DUTY;
}

static void go(const stp_street *s, stp_district_preset *p)
{
    uint32_t count = 0;
    p->vacant = STP_NOBODY;
    for (uint32_t who = 0; who < p->count; who++) {
        stp_inhabitant *a = &p->people[who];
        if (is_there(a)) {
            p->order[count++] = who;
        } else if (a->standing == STP_DEAD) {
            a->next = p->vacant;
            p->vacant = (int32_t)who;
        }
    }
    stp_shuffle shuffle = stp_shuffle_begin(s->world->seed, p->district->index, 0,
                                            s->step);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t who = stp_shuffle_deal(&shuffle, p->order, i, count);
        if (i % 64 == 0 && stp_stop_asked(s->stop))
            return;
        if (is_there(&p->people[who])) /* it may have been killed */
            stp_preset_turn(s, p, who);
    }
}

static int preset_step(stp_street *s, uint32_t step, const stp_conditions *conditions,
                       stp_tally *tallies)
{
    s->step = step;
    for (size_t i = 0; i < s->world->count; i++) {
        stp_district_preset *p = &s->districts[i];
        s->now = &conditions[i];
        p->tally = &tallies[i];
        *p->tally = (stp_tally){0};
        set_officers(s, p);
        go(s, p);
        if (p->failed)
            return STEPPE_NO_MEMORY;
        if (stp_stop_asked(s->stop))
            return STEPPE_STOPPED;
        if (s->rules->rule_set == STP_NETLOGO)
            count_down(s, p);
        else if (s->rules->rule_set == STP_EPSTEIN_2)
            release_and_bury(s, p);
        count(s, p, p->tally);
    }
    return STEPPE_OK;
}

static void preset_tally(const stp_street *s, size_t district, stp_tally *tally)
{
    *tally = (stp_tally){0};
    count(s, &s->districts[district], tally);
}

/* Everyone is on exactly one patch, or rightly on none; fields agree with lists. */
static const char *preset_violation(const stp_street *s, size_t district)
{
    const stp_district_preset *p = &s->districts[district];
    uint32_t listed = 0, there = 0, citizens = 0, officers = 0;
    bool removed = s->rules->rule_set == STP_EPSTEIN_2;
    for (uint32_t cell = 0; cell < p->district->cells; cell++) {
        uint32_t sums[2] = {0}, here = 0;
        for (int32_t i = p->first[cell]; i != STP_NOBODY; i = p->people[i].next) {
            if (p->people[i].cell != cell)
                return "someone stands where they are not";
            sums[0] += p->people[i].officer;
            sums[1] += p->people[i].standing == STP_ACTIVE;
            listed++;
            here++;
        }
        uint32_t x = cell % p->district->width, y = cell / p->district->width;
        if (p->officers.bytes[byte_of(&p->officers, x, y)] != sums[0] ||
            p->actives.bytes[byte_of(&p->actives, x, y)] != sums[1])
            return "a field does not say who is there";
        if (here > 1 && s->rules->rule_set != STP_NETLOGO)
            return "two on one patch";
    }
    for (uint32_t who = 0; who < p->count; who++) {
        const stp_inhabitant *a = &p->people[who];
        there += is_there(a) && !(removed && a->standing == STP_DETAINED);
        citizens += is_there(a) && !a->officer;
        officers += is_there(a) && a->officer;
    }
    if (listed != there)
        return "someone is nowhere, or in two places";
    return citizens == p->citizens && officers == p->on_street
               ? NULL
               : "the counts of the living are wrong";
}

static void preset_visit(const stp_street *s, size_t district, steppe_visitor visitor,
                         void *user)
{
    const stp_district_preset *p = &s->districts[district];
    for (uint32_t cell = 0; cell < p->district->cells; cell++) {
        for (int32_t i = p->first[cell]; i != STP_NOBODY; i = p->people[i].next) {
            const stp_inhabitant *a = &p->people[i];
            steppe_agent seen = {.id = a->id,
                                 .column = cell % p->district->width,
                                 .row = cell / p->district->width,
                                 .officer = a->officer,
                                 .active = a->standing == STP_ACTIVE,
                                 .detained = a->standing == STP_DETAINED,
                                 .group = a->group,
                                 .hardship = a->hardship / 65536.0,
                                 .risk_aversion = a->risk_aversion / 65536.0};
            visitor(&seen, user);
        }
    }
}

const stp_engine STP_PRESET = {.name = "preset",
                               .create = preset_create,
                               .step = preset_step,
                               .tally = preset_tally,
                               .violation = preset_violation,
                               .visit = preset_visit,
                               .free = preset_free};
