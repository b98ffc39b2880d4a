/* Promise (models/appointment.h): the reductions of Egorov and Sonin (2011) and of
 * Zakharov (2016), and the signs of their effects, where the reductions have them. */
#include "models/appointment.h"

#include "support.h"

/* Betrayal pays beyond even odds, p* = (1 + 2) / (4 + 2) = 1/2; a plot is uncovered as
 * surely as a signal is right, detect(q) = q. */
static stp_appointment even(double weakness)
{
    return (stp_appointment){weakness, 4, 2, 1, 0.5, 1};
}

static stp_appointment any_appointment(uint64_t *random)
{
    double least = any_between(random, 0, 0.5);
    return (stp_appointment){any_between(random, 0.02, 0.98),
                             any_between(random, 0.5, 10),
                             any_between(random, 0, 5),
                             any_between(random, 0.1, 3),
                             least,
                             any_between(random, least + 0.01, least + 0.5)};
}

static void competence_sharpens_the_belief(void **state)
{
    (void)state;
    for (double mu = 0.05; mu < 1; mu += 0.05) {
        stp_appointment a = even(mu);
        assert_near(stp_appointment_posterior(&a, 0.5, true), mu, 1e-15);
        assert_near(stp_appointment_posterior(&a, 0.5, false), mu, 1e-15);
        assert_same(stp_appointment_posterior(&a, 1, true), 1);
        assert_same(stp_appointment_posterior(&a, 1, false), 0);
        assert_near(stp_appointment_posterior(&a, 0.8, true),
                    mu * 0.8 / (mu * 0.8 + (1 - mu) * 0.2), 1e-15);
        for (double q = 0.5; q < 0.99; q += 0.01) {
            assert_true(stp_appointment_posterior(&a, q + 0.01, true) >
                        stp_appointment_posterior(&a, q, true));
            /* Beliefs average to the prior over the signals that a ruler of each kind
             * gives. */
            double weak = mu * q + (1 - mu) * (1 - q);
            assert_near(weak * stp_appointment_posterior(&a, q, true) +
                            (1 - weak) * stp_appointment_posterior(&a, q, false),
                        mu, 1e-15);
        }
    }
}

static void the_incompetent_betray_only_the_vulnerable(void **state)
{
    (void)state;
    uint64_t random = 21;
    for (int trial = 0; trial < 2000; trial++) {
        stp_appointment a = any_appointment(&random);
        double limit = (a.wage + a.punishment) / (a.bribe + a.punishment);
        assert_same(stp_appointment_belief_to_betray(&a), limit);
        if (fabs(a.weakness - limit) < 1e-12)
            continue;
        bool betrays = a.weakness > limit;
        for (int signal = 0; signal < 2; signal++)
            assert_int_equal(stp_appointment_betrays(&a, 0.5, signal), betrays);
        for (int weak = 0; weak < 2; weak++)
            assert_near(stp_appointment_betrayal(&a, 0.5, weak), betrays, 1e-15);
    }
}

static void the_competent_betray_the_weak_and_keep_to_the_strong(void **state)
{
    (void)state;
    stp_appointment a = even(0.3); /* a signal of weakness pays from q = 0.7 on */
    assert_same(stp_appointment_betrayal(&a, 0.69, true), 0);
    assert_same(stp_appointment_betrayal(&a, 0.69, false), 0);
    assert_near(stp_appointment_betrayal(&a, 0.71, true), 0.71, 1e-15);
    assert_near(stp_appointment_betrayal(&a, 0.71, false), 0.29, 1e-15);
    assert_same(stp_appointment_betrayal(&a, 1, true), 1);
    assert_same(stp_appointment_betrayal(&a, 1, false), 0);
    a = even(0.6); /* betrayed after any signal until that of strength is good enough */
    assert_near(stp_appointment_betrayal(&a, 0.59, true), 1, 1e-15);
    assert_near(stp_appointment_betrayal(&a, 0.61, true), 0.61, 1e-15);
    uint64_t random = 22;
    for (int trial = 0; trial < 2000; trial++) {
        a = any_appointment(&random);
        double q = any_between(&random, 0.5, 1);
        assert_true(stp_appointment_betrayal(&a, q, true) >=
                    stp_appointment_betrayal(&a, q, false));
    }
}

static void survival_adds_the_two_losses(void **state)
{
    (void)state;
    stp_appointment a = even(0.3);
    assert_near(stp_appointment_survival(&a, 0.5), 1 - 0.3 * 0.5, 1e-15);
    assert_near(stp_appointment_survival(&a, 0.69), 1 - 0.3 * 0.31, 1e-15);
    assert_near(stp_appointment_survival(&a, 0.71), 1 - 0.3 * 0.71 - 0.3 * 0.29, 1e-15);
    assert_near(stp_appointment_survival(&a, 1), 1 - 0.3, 1e-15);
    a = (stp_appointment){0.5, 10, 0, 1, 0.2, 0.6}; /* detect(q) = 0.2 + 0.4 (2 q - 1) */
    assert_near(stp_appointment_survival(&a, 0.5), 1 - 0.5 - 0.5 * 0.8, 1e-15);
    a.wage = 20; /* nobody pays more than that */
    assert_near(stp_appointment_survival(&a, 0.75), 1 - 0.5 * 0.6, 1e-15);
    assert_same(stp_appointment_choice(&a), 1);
}

/* With p* = 1/2 a signal of weakness pays from q = 1 - mu on. */
static void vulnerable_rulers_choose_mediocre_viziers(void **state)
{
    (void)state;
    double before = 1;
    for (int k = 1; k <= 50; k++) {
        stp_appointment a = even(k / 100.0);
        double choice = stp_appointment_choice(&a);
        assert_near(choice, 1 - k / 100.0, 1.01e-4); /* a step of the grid */
        assert_true(choice < before);
        before = choice;
    }
}

/* The same for any parameters, as long as an uninformed vizier is loyal. */
static void choice_falls_with_vulnerability_below_the_limit(void **state)
{
    (void)state;
    uint64_t random = 23;
    for (int trial = 0; trial < 60; trial++) {
        stp_appointment a = any_appointment(&random);
        double limit = stp_appointment_belief_to_betray(&a), before = 1;
        limit = limit < 1 ? limit : 1;
        for (int k = 1; k < 20; k++) {
            a.weakness = limit * k / 20;
            double choice = stp_appointment_choice(&a);
            assert_true(choice <= before);
            assert_same(stp_appointment_betrayal(&a, choice, true), 0);
            before = choice;
        }
    }
}

/* What the reduction does not have: above p* the choice rises again, as only a signal of
 * strength that can be relied on keeps the vizier loyal. */
static void choice_rises_again_above_the_limit(void **state)
{
    (void)state;
    double before = 0.5;
    for (int k = 51; k < 100; k++) {
        stp_appointment a = even(k / 100.0);
        double choice = stp_appointment_choice(&a);
        assert_near(choice, k / 100.0, 1.01e-4);
        assert_true(choice > before);
        before = choice;
    }
}

static void effort_solves_its_condition(void **state)
{
    (void)state;
    uint64_t random = 24;
    for (int trial = 0; trial < 5000; trial++) {
        double least = any_between(&random, 0, 1);
        stp_appointment_effort e = {any_between(&random, 0, 0.99),
                                    exp(any_between(&random, -12, 8)), 1.5, least,
                                    any_between(&random, least, 1.4)};
        double q = any_between(&random, 0.5, 1), l = stp_appointment_loyalty(&e, q);
        double outside = e.outside_least +
                         (e.outside_most - e.outside_least) * (2 * q - 1);
        double gain = (1 - e.base) * exp(-l) * (e.wage - outside);
        assert_true(l > 0);
        assert_near(e.cost * l / gain, 1, 1e-12);
    }
}

static void who_is_hired_elsewhere_works_less(void **state)
{
    (void)state;
    stp_appointment_effort e = {0.6, 0.1, 1, 0.2, 0.9};
    double before = INFINITY;
    for (double q = 0.5; q <= 1; q += 0.005) {
        double l = stp_appointment_loyalty(&e, q);
        assert_true(l > 0 && l < before);
        before = l;
    }
    e.outside_most = 1.8; /* beyond q = 3/4 it pays no worse elsewhere */
    assert_true(stp_appointment_loyalty(&e, 0.74) > 0);
    assert_same(stp_appointment_loyalty(&e, 0.76), 0);
    e.base = 1; /* he survives anyway */
    assert_same(stp_appointment_loyalty(&e, 0.5), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(competence_sharpens_the_belief),
        cmocka_unit_test(the_incompetent_betray_only_the_vulnerable),
        cmocka_unit_test(the_competent_betray_the_weak_and_keep_to_the_strong),
        cmocka_unit_test(survival_adds_the_two_losses),
        cmocka_unit_test(vulnerable_rulers_choose_mediocre_viziers),
        cmocka_unit_test(choice_falls_with_vulnerability_below_the_limit),
        cmocka_unit_test(choice_rises_again_above_the_limit),
        cmocka_unit_test(effort_solves_its_condition),
        cmocka_unit_test(who_is_hired_elsewhere_works_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
