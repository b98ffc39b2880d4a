/* Promise (seat/offices.c, seat/vacancies.c): an office gives what its holder can, does
 * and has trained; its channels are exactly neutral where all are of the reference
 * competence; an office of weight 0 moves nothing; and a vacancy goes to the less
 * competent, the weaker the incumbent is. */
#include "court.h"

#include "models/appointment.h"

#define QUIET "defection: { enabled: false }\nflight: { enabled: false }\n"

/* A ruler and a holder of an office with all works; what the holder is, and sections. */
static court bureau(void **state, const char *holds, const char *sections)
{
    return daily(state,
                 words(state,
                       QUIET "seat: { enabled: true, incumbent: ruler }\n"
                             "persons:\n  - { id: ruler, name: R }\n"
                             "  - { id: h, name: H, %s }\n  - { id: n, name: N }\n"
                             "offices:\n"
                             "  - { id: o, name: O, security: 1, economy: 2, image: 3,\n"
                             "      diplomacy: 4, holder: h }\n%s",
                       holds, sections));
}

/* ---- learning ---- */

static void a_new_holder_learns(void **state)
{
    static const struct {
        const char *fresh;
        double first, learning; /* h */
    } CASES[] = {{"", 0.5, 1440},
                 {"channels: { fresh: 0 }\n", 0, 240},
                 {"channels: { fresh: 0.8 }\n", 0.8, 72},
                 {"channels: { fresh: 1 }\n", 1, 72}};
    for (size_t i = 0; i < 4; i++) {
        court c = daily(
            state,
            words(state,
                  QUIET
                  "seat: { enabled: true, incumbent: r }\n%s"
                  "persons: [{ id: r, name: R }, { id: h, name: H, competence: 0.9 }]\n"
                  "offices: [{ id: o, name: O, learning: %g, holder: r }]\n"
                  "events: [{ id: e, title: E, hour: 48, act: appoint, person: h,\n"
                  "  office: o }]\n",
                  CASES[i].fresh, CASES[i].learning));
        quiet_days(&c, 2);
        assert_same(office(&c, "o").ramp, 1); /* who was there at the start */
        for (int day = 0; day < 400; day++) {
            quiet_days(&c, 1);
            double wanted = 1 - (1 - CASES[i].first) * exp(-24 * day / CASES[i].learning);
            assert_near(office(&c, "o").ramp, wanted, 1e-14);
            assert_near(office(&c, "o").output, 0.9 * wanted, 1e-14);
        }
        assert_near(office(&c, "o").ramp, 1, 1e-2);
    }
}

static void some_offices_need_no_learning(void **state)
{
    court c =
        daily(state, QUIET
              "seat: { enabled: true, incumbent: r }\nchannels: { fresh: 0 }\n"
              "persons: [{ id: r, name: R }]\n"
              "offices: [{ id: o, name: O, learning: 0 }]\n"
              "events: [{ id: e, title: E, hour: 0, act: take-office, office: o }]\n");
    assert_same(office(&c, "o").ramp, 0);
    quiet_days(&c, 1);
    assert_same(office(&c, "o").ramp, 1);
}

/* ---- effort ---- */

static void what_a_holder_gives(void **state)
{
    static const struct {
        double insecurity;
        bool defected;
        stp_whereabouts whereabouts;
        double output; /* of a competence of 0.8 */
    } CASES[] = {{0, false, STP_AT_LARGE, 0.8},
                 {0.5, false, STP_AT_LARGE, 0.8 * 0.8},
                 {1, false, STP_AT_LARGE, 0.8 * 0.6},
                 {0, true, STP_AT_LARGE, 0.8 * 0.3},
                 {1, true, STP_AT_LARGE, 0.8 * 0.6 * 0.3},
                 {0, false, STP_IN_DETENTION, 0},
                 {0, false, STP_ABROAD, 0}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        court c = bureau(state, "competence: 0.8",
                         "channels: { insecurity_effort: 0.4, defector_effort: 0.3 }\n");
        stp_seat_person *p = person(&c, "h");
        p->insecurity = CASES[i].insecurity;
        p->defected = CASES[i].defected;
        p->whereabouts = CASES[i].whereabouts;
        assert_near(office(&c, "o").output, CASES[i].output, 1e-15);
        stp_seat_work(c.seat);
        assert_near(c.seat->output[STP_WORK_SECURITY], CASES[i].output / 0.75, 1e-15);
    }
}

/* By default fear takes nothing, and who has defected gives nothing. */
static void by_default(void **state)
{
    court c = bureau(state, "competence: 0.8", "");
    person(&c, "h")->insecurity = 1;
    assert_same(office(&c, "o").output, 0.8);
    person(&c, "h")->defected = true;
    assert_same(office(&c, "o").output, 0);
}

static void an_official_works_and_is_no_image(void **state)
{
    court c = bureau(state, "competence: 1, exposure: 1", "");
    stp_seat_install(c.seat, 0, STEPPE_SEAT_OFFICIAL, 0.6);
    c.seat->days = c.seat->today = 100000; /* trained */
    stp_seat_work(c.seat);
    assert_near(c.seat->output[STP_WORK_SECURITY], 0.6 / 0.75, 1e-12);
    assert_same(c.seat->output[STP_WORK_IMAGE], 0);
}

/* ---- the channels ---- */

static void the_mean_is_by_weight(void **state)
{
    court c = daily(state,
                    QUIET "seat: { enabled: true, incumbent: r }\n"
                          "channels: { reference: 0.8 }\n"
                          "persons: [{ id: r, name: R, competence: 1 },\n"
                          "  { id: h, name: H, competence: 0.6 }]\n"
                          "offices:\n"
                          "  - { id: o, name: O, security: 3, economy: 1, holder: r }\n"
                          "  - { id: p, name: P, security: 1, diplomacy: 5, holder: h }\n"
                          "  - { id: q, name: Q, economy: 1 }\n");
    steppe_seat_state s = seen(&c);
    assert_near(s.output[STP_WORK_SECURITY], (3 * 1 + 1 * 0.6) / (4 * 0.8), 1e-14);
    assert_near(s.output[STP_WORK_ECONOMY], (1 * 1 + 0) / (2 * 0.8), 1e-14);
    assert_near(s.output[STP_WORK_DIPLOMACY], 0.6 / 0.8, 1e-14);
    assert_near(s.orders, 0.5 + 0.5 * 3.6 / 3.2, 1e-14);
    assert_near(s.pace, 1 / 1.6, 1e-14);
}

static void security_counts_as_far_as_is_said(void **state)
{
    static const double EFFECTS[] = {0, 0.25, 1};
    for (size_t i = 0; i < 3; i++) {
        court c = bureau(state, "competence: 0.6",
                         words(state, "channels: { security_effect: %g }\n", EFFECTS[i]));
        assert_near(seen(&c).orders, 1 + EFFECTS[i] * (0.6 / 0.75 - 1), 1e-15);
    }
}

/* Not nearly: exactly, for any weights. */
static void a_seat_of_the_reference_is_exactly_neutral(void **state)
{
    uint64_t random = 3;
    for (int n = 0; n < 60; n++) {
        stp_text offices = {0};
        for (int k = 0; k < 7; k++)
            stp_text_add(&offices,
                         "  - { id: o%d, name: O, security: %.17g, economy: %.17g,\n"
                         "      image: %.17g, diplomacy: %.17g, holder: %s }\n",
                         k, any_between(&random, 0, 3), any_between(&random, 0, 1),
                         any_between(&random, 0, 1), any_between(&random, 0, 1e6),
                         k % 2 ? "h" : "r");
        double reference = n % 2 ? 0.75 : any_between(&random, 0.5, 1);
        court c = daily(
            state,
            words(
                state,
                "seat: { enabled: true, incumbent: r }\n"
                "channels: { defector_effort: 1, reference: %.17g, survival_effect: 1,\n"
                "  image_reference: %.17g }\n"
                "persons: [{ id: r, name: R, competence: %.17g, exposure: 0.7 },\n"
                "  { id: h, name: H, position: 0.9, competence: %.17g }]\n"
                "offices:\n%s",
                reference, reference, reference, reference, offices.data));
        free(offices.data);
        for (int day = 0; day < 20; day++) {
            steppe_seat_state s = seen(&c);
            assert_same(s.orders, 1);
            assert_same(s.pace, 1);
            assert_same(s.survival, 1);
            assert_same(s.restraint, 1);
            assert_same(s.image, 0);
            assert_same(s.reform_legitimacy, 0);
            assert_same(s.blame_legitimacy, 0);
            assert_same(s.reform_hardship, 0);
            assert_same(s.fund_relief, 0);
            assert_same(s.output[STP_WORK_SECURITY], 1);
            assert_same(s.output[STP_WORK_ECONOMY], 1);
            assert_same(s.output[STP_WORK_DIPLOMACY], 1);
            assert_same(s.output[STP_WORK_IMAGE], 0);
            quiet_days(&c, 1);
        }
    }
}

/* C1: whoever holds it, and whatever becomes of him. */
static void an_office_without_weight_moves_nothing(void **state)
{
    static const char *const HOLDERS[] = {"h", "n", "ruler"};
    static const double COMPETENCE[] = {0.5, 0.77, 1};
    court plain = bureau(state, "competence: 0.9, exposure: 0.8", "");
    quiet_days(&plain, 9);
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++) {
            court c = bureau(state, "competence: 0.9, exposure: 0.8",
                             words(state,
                                   "  - { id: idle, name: I, holder: %s }\n"
                                   "  - { id: vacant, name: V }\n"
                                   "events: [{ id: e, title: E, hour: 24, act: dismiss, "
                                   "office: idle }]\n",
                                   HOLDERS[i]));
            c.scenario->persons[2].competence.value = COMPETENCE[k];
            quiet_days(&c, 9);
            expect_alike(&plain, &(court){.scenario = plain.scenario, .seat = c.seat});
        }
}

/* Where no office works in a field, nothing there depends on offices. */
static void a_field_without_offices_is_as_it_is(void **state)
{
    court c = daily(state, QUIET "seat: { enabled: true, incumbent: r }\n"
                                 "persons: [{ id: r, name: R, competence: 0.5 }]\n"
                                 "offices: [{ id: o, name: O, power: 1, holder: r }]\n");
    for (int work = 0; work < STP_WORK_COUNT; work++)
        assert_same(seen(&c).output[work], work == STP_WORK_IMAGE ? 0 : 1);
    assert_same(office(&c, "o").power, 1);
    court d = bureau(state, "competence: 0.5", "");
    assert_same(office(&d, "o").power, 10); /* what is not said is the sum */
}

static void switched_off_offices_do_nothing(void **state)
{
    court c = bureau(state, "competence: 0.5, exposure: 1",
                     "channels: { enabled: false, survival_effect: 1 }\n"
                     "events: [{ id: e, title: E, hour: 0, act: detain, person: h }]\n");
    quiet_days(&c, 30);
    assert_same(seen(&c).orders, 1);
    assert_same(seen(&c).pace, 1);
    assert_same(seen(&c).image, 0);
    assert_same(seen(&c).survival, 1);
}

/* ---- the image ---- */

static void exposure_helps_the_able_and_hurts_the_others(void **state)
{
    static const double REFERENCES[] = {0.5, 0.75, 0.9};
    static const double COMPETENCE[] = {0.5, 0.6, 0.75, 0.9, 1};
    static const double EXPOSURE[] = {0, 0.3, 1};
    for (size_t r = 0; r < 3; r++)
        for (size_t q = 0; q < 5; q++)
            for (size_t e = 0; e < 3; e++) {
                court c = bureau(
                    state,
                    words(state, "competence: %g, exposure: %g", COMPETENCE[q],
                          EXPOSURE[e]),
                    words(state, "channels: { image_reference: %g, image_effect: 0.3 }\n",
                          REFERENCES[r]));
                double wanted = EXPOSURE[e] * (COMPETENCE[q] - REFERENCES[r]);
                assert_near(seen(&c).output[STP_WORK_IMAGE], wanted, 1e-15);
                assert_near(seen(&c).image, 0.3 * wanted, 1e-15);
                quiet_days(&c, 30); /* what is there at the start has formed */
                assert_near(seen(&c).image, 0.3 * wanted, 1e-15);
                assert_true(REFERENCES[r] > 0.5 || seen(&c).image >= 0);
            }
}

static void an_image_forms_in_its_time(void **state)
{
    static const double LAGS[] = {0, 24, 168};
    for (size_t i = 0; i < 3; i++) {
        court c = bureau(
            state, "competence: 1, exposure: 0.8",
            words(state,
                  "channels: { image_lag: %g, image_effect: 0.5 }\n"
                  "vacancies: { enabled: false }\n"
                  "events: [{ id: e, title: E, hour: 24, act: dismiss, person: h }]\n",
                  LAGS[i]));
        quiet_days(&c, 1);
        double first = 0.5 * 0.8 * 0.25;
        assert_near(seen(&c).image, first, 1e-15);
        for (int day = 1; day < 30; day++) {
            quiet_days(&c, 1);
            double left = LAGS[i] > 0 ? exp(-24 * day / LAGS[i]) : 0;
            assert_near(seen(&c).image, first * left, 1e-14);
        }
    }
}

/* ---- belief in the regime ---- */

static void survival_follows_strength_downwards(void **state)
{
    static const double EFFECTS[] = {0, 0.4, 1};
    for (size_t i = 0; i < 3; i++) {
        court c = bureau(
            state, "position: 0",
            words(state,
                  "  - { id: p, name: P, power: 10, holder: ruler }\n"
                  "channels: { survival_effect: %g }\n"
                  "events:\n"
                  "  - { id: a, title: A, hour: 24, act: appoint, person: n,\n"
                  "      office: p }\n"
                  "  - { id: b, title: B, hour: 48, act: take-office, office: p }\n"
                  "  - { id: c, title: C, hour: 72, act: take-office, office: o }\n",
                  EFFECTS[i]));
        assert_near(seen(&c).strength, 0.5, 1e-9);
        quiet_days(&c, 2); /* the ruler has nothing: n is of neither camp */
        assert_near(seen(&c).survival, 1 - EFFECTS[i], 1e-8);
        quiet_days(&c, 1);
        assert_near(seen(&c).survival, 1, 1e-8);
        quiet_days(&c, 1);
        assert_near(seen(&c).strength, 1, 1e-8);
        assert_same(seen(&c).survival, 1); /* nor above that of the start */
    }
}

/* ---- vacancies ---- */

static void the_weaker_look_for_the_less_competent(void **state)
{
    court c = bureau(state, "position: 0", "");
    const stp_appointment usual = {
        .bribe = 5, .punishment = 2, .wage = 1, .detect_least = 0.3, .detect_most = 0.9};
    double worst = stp_appointment_belief_to_betray(&usual), last = 2;
    assert_near(worst, 3.0 / 7, 1e-15);
    for (int n = 99; n >= 0; n--) {
        double theta = n / 100.0;
        c.seat->strength = theta;
        double wanted = stp_seat_wanted(c.seat);
        assert_true(wanted <= last && wanted >= 0.5 && wanted <= 1);
        /* q (1 - mu) odds: the most competent whom a signal of weakness does not turn */
        double mu = fmax(1 - theta, 0.01), odds = worst / (1 - worst) * (1 - mu) / mu;
        if (mu < worst)
            assert_near(wanted, fmin(odds / (1 + odds), 1), 2e-4);
        else /* beyond it no less, where the reduction has another sign */
            assert_near(wanted, 0.5, 2e-4);
        last = wanted;
    }
}

/* Three who might, and who is chosen at each strength. */
static court vacancy(void **state, const char *vacancies, const char *people)
{
    return daily(state,
                 words(state,
                       QUIET
                       "seat: { enabled: true, incumbent: ruler }\n"
                       "vacancies: { fill_time: 0, %s }\n"
                       "offices:\n"
                       "  - { id: throne, name: T, power: 1, holder: ruler }\n"
                       "  - { id: house, name: H, power: 1, holder: rival }\n"
                       "  - { id: o, name: O }\n"
                       "persons:\n  - { id: ruler, name: R, eligible: true }\n"
                       "  - { id: rival, name: V, position: 0, eligible: true }\n%s",
                       vacancies, people));
}

static void the_nearest_is_appointed(void **state)
{
    static const struct {
        const char *people, *chosen;
    } CASES[] = {
        /* at theta = 1/2 he looks for 1/2 */
        {"  - { id: a, name: A, competence: 0.8, eligible: true }\n"
         "  - { id: b, name: B, competence: 0.6, eligible: true }\n"
         "  - { id: c, name: C, competence: 0.7, eligible: true }\n",
         "b"},
        {"  - { id: a, name: A, competence: 0.5 }\n" /* not eligible */
         "  - { id: c, name: C, competence: 0.7, eligible: true }\n",
         "c"},
        /* as near: who stands nearer to the incumbent; then the first */
        {"  - { id: a, name: A, competence: 0.6, position: 0.5, eligible: true }\n"
         "  - { id: b, name: B, competence: 0.6, position: 0.7, eligible: true }\n"
         "  - { id: c, name: C, competence: 0.6, position: 0.6, eligible: true }\n",
         "b"},
        {"  - { id: c, name: C, competence: 0.6, position: 0.7, eligible: true }\n"
         "  - { id: b, name: B, competence: 0.6, position: 0.7, eligible: true }\n",
         "c"},
        {"  - { id: a, name: A, competence: 0.6 }\n", "official"},
        {"", "official"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        court c = vacancy(state, "enabled: true", CASES[i].people);
        quiet_days(&c, 1);
        assert_string_equal(holder(&c, "o"), CASES[i].chosen);
        assert_int_equal(noted(&c, "filled"), 1);
        assert_int_equal(first_noted(&c, "filled")->person, office(&c, "o").holder);
        if (office(&c, "o").holder == STEPPE_SEAT_OFFICIAL) {
            assert_near(c.seat->offices[2].competence, 0.5, 1e-3);
            assert_near(first_noted(&c, "filled")->amount, 0.5, 1e-3);
        }
    }
}

static void the_gone_and_the_disloyal_are_not(void **state)
{
    for (int why = 0; why < 4; why++) {
        court c = vacancy(state, "enabled: true",
                          "  - { id: a, name: A, competence: 0.5, eligible: true }\n"
                          "  - { id: b, name: B, competence: 1, eligible: true }\n");
        stp_seat_person *a = person(&c, "a");
        a->whereabouts = why == 1   ? STP_IN_DETENTION
                         : why == 2 ? STP_ABROAD
                                    : STP_AT_LARGE;
        a->defected = why == 3;
        quiet_days(&c, 1);
        assert_string_equal(holder(&c, "o"), why ? "b" : "a");
    }
}

static void it_waits_its_time(void **state)
{
    static const struct {
        const char *time;
        uint64_t days;
    } CASES[] = {{"0", 0}, {"24 h", 1}, {"26 h", 2}, {"25 h", 2}, {"14 d", 14}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        court c = daily(state,
                        words(state,
                              QUIET
                              "seat: { enabled: true, incumbent: r }\n"
                              "vacancies: { fill_time: %s }\n"
                              "persons: [{ id: r, name: R }, { id: h, name: H }]\n"
                              "offices: [{ id: o, name: O, holder: h },\n"
                              "  { id: p, name: P }]\n"
                              "events: [{ id: e, title: E, hour: 72, act: dismiss,\n"
                              "  office: o }]\n",
                              CASES[i].time));
        quiet_days(&c, 40);
        assert_int_equal(noted(&c, "filled"), 2);
        for (size_t k = 0; k < c.count; k++)
            if (strcmp(c.noted[k].kind, "filled") == 0)
                assert_int_equal(c.noted[k].day,
                                 CASES[i].days + (c.noted[k].office == 0 ? 3 : 0));
    }
}

/* Who has just been appointed has an office. */
static void nobody_gets_two(void **state)
{
    court c = daily(state, QUIET
                    "seat: { enabled: true, incumbent: r }\n"
                    "vacancies: { fill_time: 0 }\npersons:\n  - { id: r, name: R }\n"
                    "  - { id: a, name: A, eligible: true }\n"
                    "  - { id: b, name: B, eligible: true, position: 0.9 }\n"
                    "offices: [{ id: o, name: O }, { id: p, name: P },\n"
                    "  { id: q, name: Q }]\n");
    quiet_days(&c, 1);
    assert_string_equal(holder(&c, "o"), "b");
    assert_string_equal(holder(&c, "p"), "a");
    assert_string_equal(holder(&c, "q"), "official");
}

static void the_script_comes_first(void **state)
{
    court c = vacancy(state, "enabled: true",
                      "  - { id: a, name: A, competence: 0.5, eligible: true }\n"
                      "  - { id: b, name: B, competence: 1 }\n"
                      "events: [{ id: e, title: E, hour: 0, act: appoint, person: b,\n"
                      "  office: o }]\n");
    quiet_days(&c, 5);
    assert_string_equal(holder(&c, "o"), "b");
    c = vacancy(state, "enabled: false", "");
    quiet_days(&c, 100);
    assert_string_equal(holder(&c, "o"), "nobody");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(a_new_holder_learns),
        with_shelf(some_offices_need_no_learning),
        with_shelf(what_a_holder_gives),
        with_shelf(by_default),
        with_shelf(an_official_works_and_is_no_image),
        with_shelf(the_mean_is_by_weight),
        with_shelf(security_counts_as_far_as_is_said),
        with_shelf(a_seat_of_the_reference_is_exactly_neutral),
        with_shelf(an_office_without_weight_moves_nothing),
        with_shelf(a_field_without_offices_is_as_it_is),
        with_shelf(switched_off_offices_do_nothing),
        with_shelf(exposure_helps_the_able_and_hurts_the_others),
        with_shelf(an_image_forms_in_its_time),
        with_shelf(survival_follows_strength_downwards),
        with_shelf(the_weaker_look_for_the_less_competent),
        with_shelf(the_nearest_is_appointed),
        with_shelf(the_gone_and_the_disloyal_are_not),
        with_shelf(it_waits_its_time),
        with_shelf(nobody_gets_two),
        with_shelf(the_script_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
