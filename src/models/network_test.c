/* Promise (models/network.h): the four kinds of network are what their names say,
 * and people on them take part as the rule says; extra ties can keep them away (Siegel
 * 2009). */
#include "models/network.h"

#include "base/normal.h"
#include "base/random.h"

#include "support.h"

/* ---- networks ---- */

typedef enum kind { SMALL_WORLD, VILLAGES, OPINION_LEADER, HIERARCHY, KINDS } kind;

/* count: reach, size, ties or span; number: moved, across, exponent or siblings. */
static stp_network made(kind k, uint64_t seed, uint32_t n, uint32_t count, double number)
{
    stp_network network = {0};
    int status = -1;
    switch (k) {
    case SMALL_WORLD:
        status = stp_network_small_world(seed, n, count, number, &network);
        break;
    case VILLAGES: status = stp_network_villages(seed, n, count, number, &network); break;
    case OPINION_LEADER:
        status = stp_network_opinion_leader(seed, n, count, number, &network);
        break;
    default: status = stp_network_hierarchy(seed, n, count, number, &network);
    }
    assert_int_equal(status, 0);
    assert_int_equal(network.n, n);
    return network;
}

static uint32_t degree(const stp_network *network, uint32_t i)
{
    return (uint32_t)(network->first[i + 1] - network->first[i]);
}

static int tied(const stp_network *network, uint32_t i, uint32_t k)
{
    for (size_t t = network->first[i]; t < network->first[i + 1]; t++)
        if (network->tie[t] == k)
            return 1;
    return 0;
}

/* Both ways, none to oneself, none twice, in rising order. */
static void expect_sound(const stp_network *network)
{
    assert_int_equal(network->first[0], 0);
    for (uint32_t i = 0; i < network->n; i++) {
        assert_true(network->first[i] <= network->first[i + 1]);
        for (size_t t = network->first[i]; t < network->first[i + 1]; t++) {
            assert_true(network->tie[t] < network->n);
            assert_true(network->tie[t] != i);
            assert_true(t == network->first[i] || network->tie[t - 1] < network->tie[t]);
            assert_true(tied(network, network->tie[t], i));
        }
    }
}

/* Number of parts between which there is no way. */
static uint32_t parts(const stp_network *network)
{
    uint32_t *queue = malloc(network->n * sizeof *queue), count = 0;
    char *seen = calloc(network->n, 1);
    assert_non_null(queue);
    assert_non_null(seen);
    for (uint32_t start = 0; start < network->n; start++) {
        if (seen[start])
            continue;
        size_t head = 0, tail = 0;
        count++;
        seen[start] = 1;
        queue[tail++] = start;
        while (head < tail) {
            uint32_t i = queue[head++];
            for (size_t t = network->first[i]; t < network->first[i + 1]; t++) {
                if (!seen[network->tie[t]])
                    queue[tail++] = network->tie[t];
                seen[network->tie[t]] = 1;
            }
        }
    }
    free(queue);
    free(seen);
    return count;
}

static void expect_same_network(const stp_network *a, const stp_network *b)
{
    assert_int_equal(a->n, b->n);
    assert_memory_equal(a->first, b->first, (a->n + 1) * sizeof *a->first);
    assert_memory_equal(a->tie, b->tie, a->first[a->n] * sizeof *a->tie);
}

/* One of every kind, for tests of all. */
static const struct {
    uint32_t count;
    double number;
} USUAL[KINDS] = {{3, 0.1}, {10, 0.02}, {3, 3}, {5, 0.5}};

static void every_network_is_sound(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int trial = 0; trial < 200; trial++) {
        kind k = trial % KINDS;
        uint32_t count = 1 + any_below(&random, 4);
        uint32_t n = 2 * count + 1 + any_below(&random, 60);
        double number = any_below(&random, 5) / 4.0; /* a probability, its ends as well */
        number = k == OPINION_LEADER ? 2.05 + 3 * number : number;
        stp_network network = made(k, any(&random), n, count, number);
        expect_sound(&network);
        stp_network_free(&network);
        assert_null(network.first);
        stp_network_free(&network);
    }
}

static void seed_decides_all(void **state)
{
    (void)state;
    for (kind k = 0; k < KINDS; k++) {
        stp_network a = made(k, 7, 300, USUAL[k].count, USUAL[k].number);
        stp_network b = made(k, 7, 300, USUAL[k].count, USUAL[k].number);
        stp_network c = made(k, 8, 300, USUAL[k].count, USUAL[k].number);
        expect_same_network(&a, &b);
        assert_true(a.first[300] != c.first[300] ||
                    memcmp(a.tie, c.tie, a.first[300] * sizeof *a.tie) != 0);
        assert_int_equal(parts(&a), 1);
        stp_network_free(&a);
        stp_network_free(&b);
        stp_network_free(&c);
    }
}

static void small_world_is_a_ring_with_short_cuts(void **state)
{
    (void)state;
    enum { N = 1000, REACH = 5 };
    stp_network ring = made(SMALL_WORLD, 1, N, REACH, 0);
    for (uint32_t i = 0; i < N; i++) {
        assert_int_equal(degree(&ring, i), 2 * REACH);
        for (uint32_t k = 1; k <= REACH; k++)
            assert_true(tied(&ring, i, (i + k) % N));
    }
    assert_int_equal(parts(&ring), 1);
    stp_network_free(&ring);
    for (double moved = 0.1; moved <= 1; moved += 0.3) {
        stp_network network = made(SMALL_WORLD, 2, N, REACH, moved);
        expect_sound(&network);
        assert_int_equal(network.first[N], 2 * REACH * N); /* moved, none lost */
        size_t near = 0;
        for (uint32_t i = 0; i < N; i++) {
            assert_true(degree(&network, i) >= REACH); /* those that one began oneself */
            for (uint32_t k = 1; k <= REACH; k++)
                near += tied(&network, i, (i + k) % N);
        }
        /* 5,000 ties: a standard error of 0.007; 0.01 of those moved land near again */
        assert_near((double)near / (REACH * N), 1 - moved + 0.01 * moved, 0.03);
        stp_network_free(&network);
    }
    /* with everybody tied to everybody there is nowhere to move */
    stp_network full = made(SMALL_WORLD, 3, 7, 3, 1);
    assert_int_equal(full.first[7], 42);
    stp_network_free(&full);
}

static void villages_are_cliques(void **state)
{
    (void)state;
    enum { N = 995, SIZE = 10 };
    stp_network apart = made(VILLAGES, 1, N, SIZE, 0);
    for (uint32_t i = 0; i < N; i++)
        assert_int_equal(degree(&apart, i), i < 990 ? 9 : 4);
    assert_int_equal(parts(&apart), 100);
    stp_network_free(&apart);
    stp_network some = made(VILLAGES, 1, N, SIZE, 0.02);
    expect_sound(&some);
    for (uint32_t i = 0; i < N; i++)
        for (uint32_t k = 0; k < N; k++)
            assert_true(i == k || i / SIZE != k / SIZE || tied(&some, i, k));
    /* pairs across: 490,050, of which 2 % with a standard error of 98 */
    double within = 99 * 45 + 10, across = (double)some.first[N] / 2 - within;
    assert_near(across, 0.02 * (N * (N - 1) / 2 - within), 400);
    stp_network_free(&some);
    stp_network all = made(VILLAGES, 1, 50, SIZE, 1);
    assert_int_equal(all.first[50], 50 * 49);
    stp_network_free(&all);
    stp_network alone = made(VILLAGES, 1, 50, 1, 0);
    assert_int_equal(alone.first[50], 0);
    stp_network_free(&alone);
}

/* Pairs across one by one, with what a number of draws gives: every distance as often. */
static void ties_across_go_everywhere(void **state)
{
    (void)state;
    enum { N = 2000, BINS = 10 };
    double count[BINS] = {0}, chi2 = 0;
    stp_network network = made(VILLAGES, 5, N, 1, 0.01);
    for (uint32_t i = 0; i < N; i++)
        for (size_t t = network.first[i]; t < network.first[i + 1]; t++)
            count[network.tie[t] * BINS / N] += 1;
    for (int i = 0; i < BINS; i++) {
        double wanted = N * 0.01 * N / BINS;
        chi2 += (count[i] - wanted) * (count[i] - wanted) / wanted;
    }
    stp_network_free(&network);
    assert_true(chi2 < 40); /* twice 9 degrees: each tie counts twice, here and there */
}

/* In the limit a share (m + A) / (m + A + m A) of the persons is chosen by no newcomer,
 * with A = m (exponent - 2): 2 / (m + 2) for exponent 3. A large exponent makes small
 * leaders. */
static void opinion_leaders_have_many_ties(void **state)
{
    (void)state;
    enum { N = 20000, TIES = 2 };
    uint32_t before = N;
    for (double exponent = 2.25; exponent <= 4; exponent += 0.75) {
        stp_network network = made(OPINION_LEADER, 3, N, TIES, exponent);
        expect_sound(&network);
        assert_int_equal(network.first[N], 2 * (3 + (N - 3) * TIES));
        uint32_t largest = 0, least = 0;
        for (uint32_t i = 0; i < N; i++) {
            assert_true(degree(&network, i) >= TIES);
            least += degree(&network, i) == TIES;
            largest = degree(&network, i) > largest ? degree(&network, i) : largest;
        }
        double a = TIES * (exponent - 2);
        assert_near((double)least / N, (TIES + a) / (TIES + a + TIES * a), 0.015);
        assert_true(largest < before);
        before = largest;
        assert_int_equal(parts(&network), 1);
        stp_network_free(&network);
    }
    assert_true(before > 20 * TIES);
}

static void hierarchy_is_a_tree(void **state)
{
    (void)state;
    enum { N = 1 + 4 + 16 + 64 };
    stp_network tree = made(HIERARCHY, 1, N, 4, 0);
    assert_int_equal(tree.first[N], 2 * (N - 1));
    assert_int_equal(parts(&tree), 1);
    assert_int_equal(degree(&tree, 0), 4);
    for (uint32_t i = 1; i < N; i++) {
        assert_int_equal(degree(&tree, i), i < 21 ? 5 : 1);
        assert_true(tied(&tree, i, (i - 1) / 4));
    }
    stp_network_free(&tree);
    stp_network offices = made(HIERARCHY, 1, N, 4, 1);
    for (uint32_t i = 1; i < N; i++)
        assert_int_equal(degree(&offices, i), i < 21 ? 8 : 4);
    stp_network_free(&offices);
    stp_network half = made(HIERARCHY, 1, 100001, 10, 0.5);
    /* 450,000 pairs of siblings, standard error 335 */
    assert_near((double)half.first[100001] / 2 - 100000, 225000, 1400);
    stp_network_free(&half);
    stp_network line = made(HIERARCHY, 1, 5, 1, 1);
    assert_int_equal(line.first[5], 8);
    stp_network_free(&line);
}

/* ---- participation ---- */

static stp_participation participation_of(const stp_network *network, double mean,
                                          double deviation, double memory, uint64_t seed)
{
    stp_motivation motivation = {mean, deviation, memory, 1000000};
    stp_participation result;
    assert_int_equal(stp_network_participate(network, &motivation, seed, NULL, &result),
                     0);
    return result;
}

/* Everybody thinks again in every step, and may leave: nothing is taken for granted. */
static stp_participation step_by_step(const stp_network *network,
                                      const stp_motivation *motivation, uint64_t seed)
{
    enum { MOST = 200 };
    double b[MOST], c[MOST], share = 0;
    int in[MOST] = {0}, next[MOST];
    stp_participation result = {0};
    for (uint32_t i = 0; i < network->n; i++) {
        stp_words w = stp_random(seed, STP_PURPOSE_MODEL, STP_STREAM_MOTIVATION, i, 0, 0);
        double u = ldexp(ldexp(w.w[0] >> 6, 26) + (w.w[1] >> 6) + 0.5, -52);
        b[i] = motivation->mean + motivation->deviation * stp_normal_inverse(u);
        c[i] = -1;
    }
    for (uint32_t step = 1; step <= motivation->steps; step++) {
        for (uint32_t i = 0; i < network->n; i++) {
            double seen = 0;
            for (size_t t = network->first[i]; t < network->first[i + 1]; t++)
                seen += in[network->tie[t]];
            seen = degree(network, i) ? seen / degree(network, i) : 0;
            c[i] = motivation->memory * c[i] - (1 - motivation->memory) * (1 - seen);
            next[i] = b[i] + c[i] > 0;
        }
        if (memcmp(in, next, network->n * sizeof *in) != 0)
            result.steps = step;
        memcpy(in, next, network->n * sizeof *in);
    }
    for (uint32_t i = 0; i < network->n; i++)
        share += in[i];
    result.share = share / network->n;
    return result;
}

static void agrees_with_step_by_step(void **state)
{
    (void)state;
    uint64_t random = 17;
    const double memories[] = {0, 0.3, 0.9, 1};
    for (int trial = 0; trial < 160; trial++) {
        kind k = trial % KINDS;
        stp_network network = made(k, any(&random), 20 + any_below(&random, 180),
                                   USUAL[k].count, USUAL[k].number);
        stp_motivation motivation = {any_between(&random, 0.2, 0.9),
                                     any_between(&random, 0.05, 0.5),
                                     memories[any_below(&random, 4)], 600};
        uint64_t seed = any(&random);
        stp_participation result, wanted = step_by_step(&network, &motivation, seed);
        assert_int_equal(stp_network_participate(&network, &motivation, seed, NULL,
                                                 &result),
                         0);
        assert_same(result.share, wanted.share);
        assert_int_equal(result.steps, wanted.steps);
        assert_int_equal(result.settled, 1);
        /* cut short */
        motivation.steps = result.steps;
        assert_int_equal(stp_network_participate(&network, &motivation, seed, NULL,
                                                 &result),
                         0);
        assert_same(result.share, wanted.share);
        assert_int_equal(result.settled, 0);
        stp_network_free(&network);
    }
}

/* Alone, everyone takes part who would begin: 1 - Phi((1 - mean) / deviation) of them. */
static void alone_only_the_bold_take_part(void **state)
{
    (void)state;
    enum { N = 100000 };
    stp_network nobody = made(VILLAGES, 1, N, 1, 0);
    stp_participation result = participation_of(&nobody, 0.6, 0.3, 0.5, 4);
    assert_near(result.share, 0.5 * erfc(0.4 / 0.3 / sqrt(2)), 0.005); /* s.e. 0.001 */
    assert_int_equal(result.steps, 1);
    assert_same(participation_of(&nobody, 1.001, 0, 0.5, 4).share, 1);
    stp_participation none = participation_of(&nobody, 1, 0, 0.5, 4);
    assert_same(none.share, 0);
    assert_int_equal(none.steps, 0);
    assert_int_equal(none.settled, 1);
    stp_network_free(&nobody);
}

static void more_motivation_never_means_less(void **state)
{
    (void)state;
    for (kind k = 0; k < KINDS; k++) {
        stp_network network = made(k, 3, 500, USUAL[k].count, USUAL[k].number);
        double before = 0;
        for (int i = 0; i <= 30; i++) {
            double share = participation_of(&network, i / 20.0, 0.25, 0.5, 9).share;
            assert_true(share >= before);
            before = share;
        }
        assert_true(before > 0.98);
        stp_network_free(&network);
    }
}

/* Memory delays; only one that never fades stops it. */
static void memory_decides_when_not_how_many(void **state)
{
    (void)state;
    const double memories[] = {0, 0.5, 0.9, 0.99};
    for (kind k = 0; k < KINDS; k++) {
        stp_network network = made(k, 3, 500, USUAL[k].count, USUAL[k].number);
        stp_participation first = participation_of(&network, 0.7, 0.25, 0, 2),
                          last = first;
        for (int i = 1; i < 4; i++) {
            stp_participation result = participation_of(&network, 0.7, 0.25, memories[i],
                                                        2);
            assert_same(result.share, first.share);
            assert_true(result.steps > last.steps);
            last = result;
        }
        assert_true(first.share > 0.2);
        stp_participation frozen = participation_of(&network, 0.7, 0.25, 1, 2);
        assert_true(frozen.share < first.share);
        assert_int_equal(frozen.steps, 1);
        assert_int_equal(frozen.settled, 1);
        stp_network_free(&network);
    }
}

/* Mean share in `count` societies of a thousand, whose members are the same whatever
 * the ties. */
static double mean_share(kind k, uint32_t count, double number, double mean,
                         double deviation)
{
    enum { SOCIETIES = 20 };
    double sum = 0;
    for (uint64_t seed = 0; seed < SOCIETIES; seed++) {
        stp_network network = made(k, seed, 1000, count, number);
        sum += participation_of(&network, mean, deviation, 0.5, seed).share;
        stp_network_free(&network);
    }
    return sum / SOCIETIES;
}

/* Siegel 2009: extra ties reduce participation where motivation is weak, as the few
 * who act are lost among the many that everyone sees, and raise it where motivation is
 * strong. Each second network is the first with ties added; for Opinion Leader, one
 * with more ties. */
static void extra_ties_can_reduce_participation(void **state)
{
    (void)state;
    static const struct {
        kind k;
        uint32_t few_count;
        double few;
        uint32_t many_count;
        double many;
    } CASES[] = {
        {SMALL_WORLD, 1, 0, 25, 0},
        {VILLAGES, 10, 0, 10, 0.01},
        {OPINION_LEADER, 2, 3, 25, 3},
        {HIERARCHY, 10, 0.25, 10, 1},
    };
    for (int i = 0; i < 4; i++) {
        kind k = CASES[i].k;
        double weak_few = mean_share(k, CASES[i].few_count, CASES[i].few, 0.4, 0.3);
        double weak_many = mean_share(k, CASES[i].many_count, CASES[i].many, 0.4, 0.3);
        double strong_few = mean_share(k, CASES[i].few_count, CASES[i].few, 0.7, 0.3);
        double strong_many = mean_share(k, CASES[i].many_count, CASES[i].many, 0.7, 0.3);
        if (weak_many > 0.9 * weak_few || strong_many < 1.05 * strong_few)
            fail_msg("kind %d: %.4f to %.4f, and %.4f to %.4f", k, weak_few, weak_many,
                     strong_few, strong_many);
    }
}

/* Numbers of this version: they may change only with the version of the results. */
static void numbers_are_those_of_this_version(void **state)
{
    (void)state;
    static const struct {
        size_t ties; /* twice as many as pairs */
        uint32_t sum;
        uint32_t in, steps;
    } KNOWN[KINDS] = {{6000, 3995139311, 379, 29},
                      {29144, 2443155821, 974, 33},
                      {5988, 822343100, 580, 80},
                      {4018, 486310634, 305, 18}};
    for (kind k = 0; k < KINDS; k++) {
        stp_network network = made(k, 42, 1000, USUAL[k].count, USUAL[k].number);
        uint32_t sum = 0;
        for (size_t t = 0; t < network.first[1000]; t++)
            sum = 31 * sum + network.tie[t];
        stp_participation result = participation_of(&network, 0.6, 0.3, 0.5, 42);
        size_t ties = network.first[1000];
        stp_network_free(&network);
        assert_int_equal(ties, KNOWN[k].ties);
        assert_int_equal(sum, KNOWN[k].sum);
        assert_near(1000 * result.share, KNOWN[k].in, 1e-9);
        assert_int_equal(result.steps, KNOWN[k].steps);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_network_is_sound),
        cmocka_unit_test(seed_decides_all),
        cmocka_unit_test(small_world_is_a_ring_with_short_cuts),
        cmocka_unit_test(villages_are_cliques),
        cmocka_unit_test(ties_across_go_everywhere),
        cmocka_unit_test(opinion_leaders_have_many_ties),
        cmocka_unit_test(hierarchy_is_a_tree),
        cmocka_unit_test(agrees_with_step_by_step),
        cmocka_unit_test(alone_only_the_bold_take_part),
        cmocka_unit_test(more_motivation_never_means_less),
        cmocka_unit_test(memory_decides_when_not_how_many),
        cmocka_unit_test(extra_ties_can_reduce_participation),
        cmocka_unit_test(numbers_are_those_of_this_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
