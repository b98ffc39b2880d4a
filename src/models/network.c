#include "models/network.h"

#include "base/exact.h"
#include "base/normal.h"
#include "base/random.h"

#include <math.h>
#include <stdlib.h>

/* ---- what the networks are made of ---- */

typedef struct pair {
    uint32_t a, b;
} pair;

typedef struct pairs {
    pair *list;
    size_t count, capacity;
} pairs;

static int tie(pairs *p, uint32_t a, uint32_t b)
{
    if (p->count == p->capacity) {
        size_t capacity = p->capacity ? 2 * p->capacity : 1024;
        pair *list = realloc(p->list, capacity * sizeof *list);
        if (!list)
            return -1;
        p->list = list;
        p->capacity = capacity;
    }
    p->list[p->count++] = (pair){a, b};
    return 0;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* The network of the pairs if there was memory for all of them; frees the pairs. */
static int join(pairs *p, int status, uint32_t n, stp_network *network)
{
    stp_network made = {n, NULL, NULL};
    if (!status) {
        made.first = calloc((size_t)n + 1, sizeof *made.first);
        made.tie = malloc((2 * p->count + 1) * sizeof *made.tie);
    }
    if (!made.first || !made.tie) {
        stp_network_free(&made);
        free(p->list);
        return -1;
    }
    for (size_t k = 0; k < p->count; k++) {
        made.first[p->list[k].a]++;
        made.first[p->list[k].b]++;
    }
    for (uint32_t i = 0; i < n; i++)
        made.first[i + 1] += made.first[i];
    /* first[i] is the end of i's ties now, and goes down to their beginning */
    for (size_t k = 0; k < p->count; k++) {
        made.tie[--made.first[p->list[k].a]] = p->list[k].b;
        made.tie[--made.first[p->list[k].b]] = p->list[k].a;
    }
    for (uint32_t i = 0; i < n; i++)
        qsort(made.tie + made.first[i], made.first[i + 1] - made.first[i],
              sizeof *made.tie, by_number);
    free(p->list);
    *network = made;
    return 0;
}

void stp_network_free(stp_network *network)
{
    free(network->first);
    free(network->tie);
    *network = (stp_network){0, NULL, NULL};
}

/* A number in [0, 1), and one in (0, 1), from the first two words. */
static double fraction(stp_words words)
{
    return ((words.w[0] >> 5) * 67108864.0 + (words.w[1] >> 6)) / 9007199254740992.0;
}

static double open_fraction(stp_words words)
{
    return ((words.w[0] >> 6) * 67108864.0 + (words.w[1] >> 6) + 0.5) /
           4503599627370496.0;
}

static stp_words drawn(uint64_t seed, stp_network_stream stream, uint32_t person,
                       uint32_t step, uint32_t draw)
{
    return stp_random(seed, STP_PURPOSE_MODEL, stream, person, step, draw);
}

/* ---- Small World ---- */

/* A tie stays with the person who began it, reach for each: no others need be looked
 * at. */
static int tied(const pairs *ring, uint32_t reach, uint32_t a, uint32_t b)
{
    for (uint32_t k = 0; k < reach; k++)
        if (ring->list[(size_t)a * reach + k].b == b ||
            ring->list[(size_t)b * reach + k].b == a)
            return 1;
    return 0;
}

/* Moves the far end of a tie of person i. */
static void move(uint64_t seed, uint32_t n, uint32_t reach, uint32_t i, uint32_t k,
                 pairs *ring, uint32_t *degree)
{
    uint32_t *end = &ring->list[(size_t)i * reach + k].b, other, draw = 1;
    if (degree[i] == n - 1)
        return; /* nobody is left to be tied to */
    do {
        other = stp_below(drawn(seed, STP_STREAM_SMALL_WORLD, i, k, draw++).w[0], n);
    } while (other == i || tied(ring, reach, i, other));
    degree[*end]--;
    degree[other]++;
    *end = other;
}

int stp_network_small_world(uint64_t seed, uint32_t n, uint32_t reach, double moved,
                            stp_network *network)
{
    pairs ring = {0};
    uint32_t *degree = malloc(n * sizeof *degree);
    int status = degree ? 0 : -1;
    for (uint32_t i = 0; !status && i < n; i++) {
        degree[i] = 2 * reach;
        for (uint32_t k = 0; !status && k < reach; k++)
            status = tie(&ring, i, (uint32_t)(((uint64_t)i + k + 1) % n));
    }
    for (uint32_t k = 0; !status && k < reach; k++)
        for (uint32_t i = 0; i < n; i++)
            if (fraction(drawn(seed, STP_STREAM_SMALL_WORLD, i, k, 0)) < moved)
                move(seed, n, reach, i, k, &ring, degree);
    free(degree);
    return join(&ring, status, n, network);
}

/* ---- Village ---- */

/* Ties of person i to those from number `from` on, each with probability 1 - e^-rate:
 * instead of asking for each of them, draws how many are passed over before the next
 * tie. */
static int tie_across(uint64_t seed, uint32_t i, uint64_t from, uint32_t n, double rate,
                      pairs *p)
{
    for (uint32_t draw = 0; from < n; draw++) {
        double u = open_fraction(drawn(seed, STP_STREAM_VILLAGES, i, 0, draw));
        double passed = floor(-stp_log(u) / rate);
        if (passed >= (double)(n - from))
            break;
        from += (uint64_t)passed;
        if (tie(p, i, (uint32_t)from++))
            return -1;
    }
    return 0;
}

int stp_network_villages(uint64_t seed, uint32_t n, uint32_t size, double across,
                         stp_network *network)
{
    pairs p = {0};
    int status = 0;
    /* A probability of 1 is a rate at which nobody is ever passed over. */
    double rate = across < 1 ? -stp_log(1 - across) : 1e6;
    for (uint32_t i = 0; !status && i < n; i++) {
        uint64_t end = ((uint64_t)(i / size) + 1) * size;
        end = end < n ? end : n;
        for (uint64_t k = (uint64_t)i + 1; !status && k < end; k++)
            status = tie(&p, i, (uint32_t)k);
        if (!status && rate > 0)
            status = tie_across(seed, i, end, n, rate, &p);
    }
    return join(&p, status, n, network);
}

/* ---- Opinion Leader ---- */

/* Somebody for newcomer i to be tied to; the ties from number `begun` of the list on
 * count for the person at their far end. */
static uint32_t leader(stp_words words, const pairs *p, size_t begun, uint32_t i,
                       double head_start)
{
    double old = (double)(p->count - begun);
    if (fraction(words) * (old + i * head_start) < old)
        return p->list[begun + stp_below(words.w[2], (uint32_t)(p->count - begun))].b;
    return stp_below(words.w[2], i);
}

/* The ties of newcomer i, all to different persons. */
static int arrive(uint64_t seed, uint32_t i, uint32_t ties, size_t begun,
                  double head_start, pairs *p)
{
    pairs old = *p; /* the ties of i do not count yet */
    uint32_t draw = 0;
    for (uint32_t k = 0; k < ties; k++) {
        uint32_t other, again;
        do {
            stp_words words = drawn(seed, STP_STREAM_OPINION_LEADER, i, 0, draw++);
            old.list = p->list;
            other = leader(words, &old, begun, i, head_start);
            again = 0;
            for (size_t own = old.count; own < p->count; own++)
                again |= p->list[own].b == other;
        } while (again);
        if (tie(p, i, other))
            return -1;
    }
    return 0;
}

int stp_network_opinion_leader(uint64_t seed, uint32_t n, uint32_t ties, double exponent,
                               stp_network *network)
{
    pairs p = {0};
    int status = 0;
    for (uint32_t i = 1; i <= ties; i++)
        for (uint32_t k = 0; !status && k < i; k++)
            status = tie(&p, i, k);
    size_t begun = p.count;
    for (uint32_t i = ties + 1; !status && i < n; i++)
        status = arrive(seed, i, ties, begun, ties * (exponent - 2), &p);
    return join(&p, status, n, network);
}

/* ---- Hierarchy ---- */

int stp_network_hierarchy(uint64_t seed, uint32_t n, uint32_t span, double siblings,
                          stp_network *network)
{
    pairs p = {0};
    int status = 0;
    for (uint32_t i = 1; !status && i < n; i++) {
        uint32_t superior = (i - 1) / span, eldest = superior * span + 1;
        status = tie(&p, superior, i);
        for (uint32_t k = eldest; !status && k < i; k++)
            if (fraction(drawn(seed, STP_STREAM_HIERARCHY, i, 0, k - eldest)) < siblings)
                status = tie(&p, k, i);
    }
    return join(&p, status, n, network);
}

/* ---- participation ---- */

typedef struct person {
    double b;       /* own motivation */
    double c;       /* what the others' passivity takes from it */
    uint32_t alike; /* of those tied to this one, who take part */
    int in;
} person;

typedef struct crowd {
    const stp_network *network;
    double memory;
    person *persons;
    uint32_t *joining; /* in this step */
} crowd;

static void motivate(const stp_motivation *motivation, uint64_t seed, crowd *people)
{
    for (uint32_t i = 0; i < people->network->n; i++) {
        double u = open_fraction(drawn(seed, STP_STREAM_MOTIVATION, i, 0, 0));
        double b = motivation->mean + motivation->deviation * stp_normal_inverse(u);
        people->persons[i] = (person){b, -1, 0, 0};
    }
}

/* How passive those around person i are. */
static double passivity(const crowd *people, uint32_t i)
{
    const stp_network *network = people->network;
    size_t ties = network->first[i + 1] - network->first[i];
    return ties ? 1 - people->persons[i].alike / (double)ties : 1;
}

/* What a step left behind. */
typedef struct change {
    uint32_t joined;
    int pending; /* somebody will join as soon as their c has come far enough */
} change;

/* One step of all at once. Those who take part stay, so only the others are looked at. */
static change advance(crowd *people)
{
    const stp_network *network = people->network;
    change now = {0, 0};
    for (uint32_t i = 0; i < network->n; i++) {
        person *who = &people->persons[i];
        if (who->in)
            continue;
        double limit = passivity(people, i), before = who->c;
        who->c = people->memory * before - (1 - people->memory) * limit;
        if (who->b + who->c > 0)
            people->joining[now.joined++] = i;
        else
            now.pending |= who->b - limit > 0 && who->c != before;
    }
    for (uint32_t k = 0; k < now.joined; k++) {
        uint32_t i = people->joining[k];
        people->persons[i].in = 1;
        for (size_t t = network->first[i]; t < network->first[i + 1]; t++)
            people->persons[network->tie[t]].alike++;
    }
    return now;
}

int stp_network_participate(const stp_network *network, const stp_motivation *motivation,
                            uint64_t seed, uint32_t *path,
                            stp_participation *participation)
{
    size_t n = network->n;
    crowd people = {network, motivation->memory, malloc(n * sizeof *people.persons),
                    malloc(n * sizeof *people.joining)};
    int status = people.persons && people.joining ? 0 : -1;
    if (!status) {
        stp_participation result = {0, 0, 0};
        uint32_t in = 0;
        motivate(motivation, seed, &people);
        if (path)
            path[0] = 0;
        for (uint32_t t = 1; !result.settled && t <= motivation->steps; t++) {
            change now = advance(&people);
            in += now.joined;
            if (path)
                path[t] = in;
            result.steps = now.joined ? t : result.steps;
            result.settled = !now.joined && !now.pending;
        }
        result.share = in / (double)n;
        *participation = result;
    }
    free(people.persons);
    free(people.joining);
    return status;
}
