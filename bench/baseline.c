/* The same model in good plain C: a byte per cell with a halo, so that no window wraps;
 * the disc scanned row by row, 16 bytes at a time, which the compiler vectorizes; one
 * random permutation of all agents per step; a fast stateful generator; citizens whose
 * grievance is below the threshold do not look around. Compiled with -O3
 * -march=native. */
#include "baseline.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { V = 7, ROWS = 2 * V + 1, LANES = 16, HALO = 16 };
enum { EMPTY, QUIET, ACTIVE, OFFICER, DETAINED };

typedef struct agent {
    int32_t x, y;
    float hardship, aversion;
    uint8_t state;
    int32_t left; /* of the term */
} agent;

struct baseline {
    int side, stride;
    uint8_t *grid; /* with the halo */
    uint32_t *who; /* agent in each cell, without */
    agent *agents;
    uint32_t *order;
    uint32_t citizens, count;
    uint8_t disc[ROWS][LANES]; /* 1 where the disc is */
    float risk[ROWS * ROWS];   /* by floor(C / A) */
    uint64_t random[2];
};

/* xoroshiro128+ (Blackman and Vigna 2018). */
static uint64_t next(baseline *m)
{
    uint64_t a = m->random[0], b = m->random[1], sum = a + b;
    b ^= a;
    m->random[0] = (a << 24 | a >> 40) ^ b ^ b << 16;
    m->random[1] = b << 37 | b >> 27;
    return sum;
}

static uint32_t below(baseline *m, uint32_t n)
{
    return (uint32_t)((next(m) >> 32) * n >> 32);
}

static float uniform(baseline *m)
{
    return (float)(next(m) >> 40) / 16777216.0f;
}

/* Set a cell, and its copies in the halo. */
static void set(baseline *m, int x, int y, uint8_t value)
{
    int n = m->side;
    for (int cy = y - n; cy < n + V; cy += n) {
        if (cy < -V)
            continue;
        for (int cx = x - n; cx < n + V; cx += n)
            if (cx >= -V)
                m->grid[(cy + HALO) * m->stride + cx + HALO] = value;
    }
}

static void set_cell(baseline *m, int x, int y, uint8_t value)
{
    int n = m->side;
    if (x >= V && y >= V && x < n - V && y < n - V)
        m->grid[(y + HALO) * m->stride + x + HALO] = value;
    else
        set(m, x, y, value);
}

static const uint8_t *corner(const baseline *m, int x, int y)
{
    return m->grid + (y - V + HALO) * m->stride + x - V + HALO;
}

/* Cells of a kind in the disc around (x, y). */
static int count(const baseline *m, int x, int y, uint8_t kind)
{
    const uint8_t *row = corner(m, x, y);
    uint8_t sums[LANES] = {0};
    for (int r = 0; r < ROWS; r++, row += m->stride)
        for (int i = 0; i < LANES; i++)
            sums[i] = (uint8_t)(sums[i] + ((row[i] == kind) & m->disc[r][i]));
    int sum = 0;
    for (int i = 0; i < LANES; i++)
        sum += sums[i];
    return sum;
}

/* The k-th of them, row by row. */
static void pick(const baseline *m, int *x, int *y, uint8_t kind, int k)
{
    const uint8_t *row = corner(m, *x, *y);
    for (int r = 0; r < ROWS; r++, row += m->stride) {
        int sum = 0;
        for (int i = 0; i < LANES; i++)
            sum += (row[i] == kind) & m->disc[r][i];
        if (k >= sum) {
            k -= sum;
            continue;
        }
        for (int i = 0; i < ROWS; i++) {
            if (row[i] == kind && m->disc[r][i] && k-- == 0) {
                *x = (*x + i - V + m->side) % m->side;
                *y = (*y + r - V + m->side) % m->side;
                return;
            }
        }
    }
}

static void place(baseline *m, uint32_t id, uint8_t kind)
{
    agent *a = &m->agents[id];
    do {
        a->x = (int32_t)below(m, (uint32_t)m->side);
        a->y = (int32_t)below(m, (uint32_t)m->side);
    } while (m->grid[(a->y + HALO) * m->stride + a->x + HALO] != EMPTY);
    a->state = kind;
    set_cell(m, a->x, a->y, kind);
    m->who[(size_t)a->y * (size_t)m->side + (size_t)a->x] = id;
}

baseline *baseline_create(int side, uint64_t seed)
{
    baseline *m = calloc(1, sizeof *m);
    size_t cells = (size_t)side * (size_t)side;
    if (!m)
        return NULL;
    m->side = side;
    m->stride = side + 2 * HALO;
    m->citizens = (uint32_t)(0.7 * (double)cells + 0.5);
    m->count = m->citizens + (uint32_t)(0.04 * (double)cells + 0.5);
    m->random[0] = seed * 0x9e3779b97f4a7c15u + 1;
    m->random[1] = seed ^ 0xd1342543de82ef95u;
    m->grid = calloc((size_t)m->stride * (size_t)m->stride, 1);
    m->who = calloc(cells, sizeof *m->who);
    m->agents = calloc(m->count, sizeof *m->agents);
    m->order = calloc(m->count, sizeof *m->order);
    if (!m->grid || !m->who || !m->agents || !m->order) {
        baseline_free(m);
        return NULL;
    }
    for (int y = -V; y <= V; y++)
        for (int x = -V; x <= V; x++)
            m->disc[y + V][x + V] = x * x + y * y <= V * V && (x || y);
    for (int i = 0; i < ROWS * ROWS; i++)
        m->risk[i] = 1.0f - expf(-2.3f * (float)i);
    for (uint32_t id = 0; id < m->count; id++) {
        m->agents[id].hardship = uniform(m);
        m->agents[id].aversion = uniform(m);
        m->order[id] = id;
        place(m, id, id < m->citizens ? QUIET : OFFICER);
    }
    return m;
}

static void move(baseline *m, uint32_t id)
{
    agent *a = &m->agents[id];
    int empty = count(m, a->x, a->y, EMPTY);
    if (empty == 0)
        return;
    int x = a->x, y = a->y;
    pick(m, &x, &y, EMPTY, (int)below(m, (uint32_t)empty));
    set_cell(m, a->x, a->y, EMPTY);
    a->x = x;
    a->y = y;
    set_cell(m, x, y, a->state);
    m->who[(size_t)y * (size_t)m->side + (size_t)x] = id;
}

static void decide(baseline *m, agent *a)
{
    const float legitimacy = 0.82f, threshold = 0.1f;
    float margin = a->hardship * (1 - legitimacy) - threshold;
    uint8_t state = QUIET;
    if (margin > 0) {
        int officers = count(m, a->x, a->y, OFFICER);
        int actives = 1 + count(m, a->x, a->y, ACTIVE);
        if (margin > a->aversion * m->risk[officers / actives])
            state = ACTIVE;
    }
    if (state != a->state)
        set_cell(m, a->x, a->y, state);
    a->state = state;
}

static void arrest(baseline *m, const agent *a)
{
    int seen = count(m, a->x, a->y, ACTIVE);
    if (seen == 0)
        return;
    int x = a->x, y = a->y;
    pick(m, &x, &y, ACTIVE, (int)below(m, (uint32_t)seen));
    agent *suspect = &m->agents[m->who[(size_t)y * (size_t)m->side + (size_t)x]];
    suspect->state = DETAINED;
    suspect->left = (int32_t)below(m, 31);
    set_cell(m, x, y, EMPTY);
}

static void release(baseline *m)
{
    for (uint32_t id = 0; id < m->citizens; id++)
        if (m->agents[id].state == DETAINED && m->agents[id].left-- <= 0)
            place(m, id, QUIET);
}

uint64_t baseline_step(baseline *m)
{
    uint64_t activations = 0;
    for (uint32_t i = m->count - 1; i > 0; i--) {
        uint32_t k = below(m, i + 1), swap = m->order[i];
        m->order[i] = m->order[k];
        m->order[k] = swap;
    }
    for (uint32_t i = 0; i < m->count; i++) {
        uint32_t id = m->order[i];
        if (m->agents[id].state == DETAINED)
            continue;
        move(m, id);
        if (id < m->citizens)
            decide(m, &m->agents[id]);
        else
            arrest(m, &m->agents[id]);
        activations++;
    }
    release(m);
    return activations;
}

static uint64_t in_state(const baseline *m, uint8_t state)
{
    uint64_t sum = 0;
    for (uint32_t id = 0; id < m->citizens; id++)
        sum += m->agents[id].state == state;
    return sum;
}

uint64_t baseline_active(const baseline *m)
{
    return in_state(m, ACTIVE);
}

uint64_t baseline_detained(const baseline *m)
{
    return in_state(m, DETAINED);
}

void baseline_free(baseline *m)
{
    if (!m)
        return;
    free(m->grid);
    free(m->who);
    free(m->agents);
    free(m->order);
    free(m);
}
