/* One turn of an agent, and the two schedules, in the fast engine. What happens is what
 * reference.c does, to the bit. */
#include "street/fast.h"

/* ---- one turn ---- */

typedef struct turn {
    const stp_street *s;
    town *t;
    worker *w;
    const stp_conditions *now;
    job *j;
} turn;

static uint32_t shifted(const stp_grid *grid, uint32_t cell, int dx, int dy)
{
    int width = (int)grid->width, height = (int)grid->height;
    int x = (int)(cell % grid->width) + dx, y = (int)(cell / grid->width) + dy;
    x += x < 0 ? width : x >= width ? -width : 0;
    y += y < 0 ? height : y >= height ? -height : 0;
    return (uint32_t)(y * width + x);
}

/* What is set around a cell: how many, and the window to pick from. */
static uint32_t look(const town *t, const uint16_t *plane, const stp_stencil *stencil,
                     uint32_t cell, uint64_t flip, stp_window *window)
{
    stp_window_read(window, plane, &t->grid, stencil, cell % t->grid.width,
                    cell / t->grid.width, flip);
    return stp_window_count(window, stencil);
}

static uint32_t pick(const town *t, const stp_stencil *stencil, const stp_window *window,
                     uint32_t cell, uint32_t k)
{
    int dx, dy;
    stp_window_pick(window, stencil, k, &dx, &dy);
    return shifted(&t->grid, cell, dx, dy);
}

static uint32_t move(town *t, const stp_stencil *stencil, uint32_t cell, uint32_t word)
{
    stp_window window;
    uint32_t empty = look(t, t->occupied, stencil, cell, ~(uint64_t)0, &window);
    if (empty == 0)
        return cell;
    uint32_t to = pick(t, stencil, &window, cell, stp_below(word, empty));
    bool active = stp_plane_get(t->active, &t->grid, cell % t->grid.width,
                                cell / t->grid.width);
    vacate(t, cell);
    occupy(t, to, t->words[cell]);
    if (active)
        stp_plane_set(t->active, &t->grid, to % t->grid.width, to / t->grid.width, true);
    return to;
}

static void decide(const turn *u, uint32_t cell, uint32_t word)
{
    town *t = u->t;
    const stp_stencil *stencil = &t->citizen_stencil;
    uint64_t self = t->words[cell];
    uint32_t group = self >> GROUP_SHIFT & 7, hardship = self >> HARDSHIP_SHIFT & 0xffff;
    int64_t margin = stp_margin(u->s->rules, u->now, hardship, group);
    bool active = false;
    if (margin > 0 && !(group & STP_UNABLE)) { /* else never, whatever is in sight */
        stp_window window;
        uint32_t officers = look(t, t->police, stencil, cell, 0, &window);
        uint32_t seen = look(t, t->active, stencil, cell, 0, &window);
        active = stp_is_active(u->s->rules, margin, (uint32_t)(self >> AVERSION_SHIFT),
                               officers, stp_reckoned(u->s->rules, u->now, seen, word));
    }
    uint32_t x = cell % t->grid.width, y = cell / t->grid.width;
    if (active != stp_plane_get(t->active, &t->grid, x, y))
        stp_plane_set(t->active, &t->grid, x, y, active);
}

static void arrest(const turn *u, uint32_t cell, const stp_words *words)
{
    town *t = u->t;
    stp_window window;
    if (words->w[3] >= u->s->rules->arrest_share)
        return;
    uint32_t seen = look(t, t->active, &t->officer_stencil, cell, 0, &window);
    if (seen == 0)
        return;
    uint32_t at = pick(t, &t->officer_stencil, &window, cell,
                       stp_below(words->w[1], seen));
    u->w->captives[u->w->captive_count++] =
        (captive){t->words[at], stp_release_step(u->s->rules, u->s->step, words->w[2]),
                  t->district->index};
    vacate(t, at);
    u->j->arrests++;
}

static void act(const turn *u, uint32_t cell, const stp_words *words)
{
    if (u->t->words[cell] & OFFICER)
        arrest(u, cell, words);
    else
        decide(u, cell, words->w[1]);
}

static void take_turn(const turn *u, uint32_t cell)
{
    town *t = u->t;
    const stp_rules *rules = u->s->rules;
    uint64_t self = t->words[cell] ^ PARITY;
    t->words[cell] = self;
    const stp_stencil *stencil = self & OFFICER ? &t->officer_stencil
                                                : &t->citizen_stencil;
    stp_words words = stp_turn_words(u->s->world->seed, t->district->index,
                                     (uint32_t)(self & IDENTITY), u->s->step);
    if (rules->acts_first)
        act(u, cell, &words);
    if (rules->moves)
        cell = move(t, stencil, cell, words.w[0]);
    if (!rules->acts_first)
        act(u, cell, &words);
    u->j->activations++;
}

/* ---- the two schedules ---- */

static void go_sequential(const turn *u)
{
    town *t = u->t;
    uint32_t count = t->district->citizens + t->on_street;
    for (uint32_t id = 0; id < count; id++)
        t->order[id] = id;
    stp_shuffle shuffle = stp_shuffle_begin(u->s->world->seed, t->district->index, 0,
                                            u->s->step);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t swap = stp_shuffle_pick(&shuffle, i, count), id = t->order[swap];
        t->order[swap] = t->order[i];
        uint32_t cell = t->where[id];
        if (!is_empty(t, cell) && (t->words[cell] & IDENTITY) == id)
            take_turn(u, cell);
    }
}

/* Those who stood in the tile when the step began and have not been arrested since: they are
 * still there, and have not had their turn; whoever has come since has. */
static uint32_t list_tile(const turn *u, const stp_tile *tile)
{
    const town *t = u->t;
    const stp_grid *grid = &t->grid;
    uint64_t done = parity_of(u->s->step);
    uint32_t count = 0;
    for (uint32_t r = 0; r < tile->height; r++) {
        uint32_t y = tile->y + r < grid->height ? tile->y + r
                                                : tile->y + r - grid->height;
        for (uint32_t c = 0; c < tile->width; c++) {
            uint32_t x = tile->x + c < grid->width ? tile->x + c
                                                   : tile->x + c - grid->width;
            uint32_t cell = y * grid->width + x;
            if (stp_plane_get(t->occupied, grid, x, y) &&
                (t->words[cell] & PARITY) != done)
                u->w->list[count++] = cell;
        }
    }
    return count;
}

static void go_tile(const turn *u)
{
    town *t = u->t;
    uint32_t *list = u->w->list;
    stp_tile tile = stp_tile_of(t->district, &t->tiling, u->j->part);
    uint32_t count = list_tile(u, &tile);
    uint64_t done = parity_of(u->s->step);
    stp_shuffle shuffle = stp_shuffle_begin(u->s->world->seed, t->district->index,
                                            u->j->part, u->s->step);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t swap = stp_shuffle_pick(&shuffle, i, count), cell = list[swap];
        list[swap] = list[i];
        /* Still there? It may have been arrested; another, done, may stand there then. */
        if (!is_empty(t, cell) && (t->words[cell] & PARITY) != done)
            take_turn(u, cell);
    }
}

void stp_fast_turns(const stp_street *s, job *j, worker *w)
{
    town *t = &s->towns[j->town];
    turn u = {s, t, w, &s->conditions[j->town], j};
    if (t->district->tiled)
        go_tile(&u);
    else
        go_sequential(&u);
}
