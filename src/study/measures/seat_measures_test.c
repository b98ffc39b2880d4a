/* Promise (study/measures/seat_measures.h): what is measured of a seat of power by itself is what a seat advanced
 * by hand does, seed by seed; and what is not there is named. */
#include "study/measures/seat_measures.h"

#include "support.h"

#define FILE_NAME "scenarios/published/seat-of-power.yaml"

enum { DAYS = 40, RUNS = 12 };
static const char *const SETTINGS[] = {"events.dismissal.enabled=true",
                                       "events.raid.enabled=true",
                                       "events.reshuffle.enabled=true",
                                       "flight.exit_rate=0.2", "flight.donate_rate=0.2"};
enum { SETTING_COUNT = sizeof SETTINGS / sizeof *SETTINGS };

typedef struct tally {
    double turned, most, exits, gifts, given, competence;
    steppe_seat_state end;
} tally;

/* Advance a seat by hand; on every day from the third on, one in 200 is active. */
static tally by_hand(void **state, const steppe_scenario *scenario, uint64_t seed)
{
    tally t = {.competence = NAN};
    bool turned[64] = {false};
    steppe_seat *seat;
    expect_ok(state, steppe_seat_create(context_of(state), scenario, seed, &seat));
    for (uint64_t hour = 0; hour < 24 * DAYS; hour++) {
        const steppe_seat_look look = {.active = hour / 24 > 2 ? 0.005 : 0, .media = 0.8};
        steppe_seat_entry e;
        double today = 0;
        steppe_seat_step(seat, hour + 1, &look);
        for (size_t i = 0; steppe_seat_entry_at(seat, i, &e) == STEPPE_OK; i++) {
            bool turns = strcmp(e.kind, "defected") == 0;
            t.turned += turns && !turned[e.person];
            today += turns;
            if (turns)
                turned[e.person] = true;
            t.exits += strcmp(e.kind, "left") == 0;
            t.gifts += strcmp(e.kind, "donated") == 0;
            t.given += strcmp(e.kind, "donated") == 0 ? e.amount : 0;
            t.competence = strcmp(e.kind, "filled") == 0 ? e.amount : t.competence;
        }
        t.most = fmax(t.most, today);
    }
    steppe_seat_read(seat, &t.end);
    steppe_seat_free(seat);
    return t;
}

static void a_probe_measures_what_a_seat_does(void **state)
{
    const stp_seat_watch watch = {.days = DAYS, .active = 0.005, .from = 2, .cut = 0.2};
    static double values[RUNS][STP_SEAT_MEASURE_COUNT];
    steppe_scenario *scenario;
    double turned = 0, exits = 0, gifts = 0;
    expect_ok(state, stp_seat_measures(context_of(state), FILE_NAME, SETTINGS,
                                       SETTING_COUNT, &watch, RUNS, values[0]));
    expect_ok(state, steppe_scenario_open(context_of(state), FILE_NAME, SETTINGS,
                                          SETTING_COUNT, &scenario));
    for (int i = 0; i < RUNS; i++) {
        tally t = by_hand(state, scenario, (uint64_t)i + 1);
        assert_same(values[i][STP_SEAT_TURNED], t.turned);
        assert_same(values[i][STP_SEAT_ANY], t.turned > 0);
        assert_same(values[i][STP_MAX_SEAT], t.most);
        assert_same(values[i][STP_SEAT_EXITS], t.exits);
        assert_same(values[i][STP_SEAT_GIFTS], t.gifts);
        assert_same(values[i][STP_SEAT_GIVEN], t.given);
        assert_same(values[i][STP_SEAT_STRENGTH], t.end.strength);
        assert_same(values[i][STP_SEAT_SIGNAL], t.end.signal);
        assert_same(values[i][STP_SEAT_ORDERS], t.end.orders);
        assert_same(values[i][STP_SEAT_FELL], t.end.fallen);
        assert_same(values[i][STP_SEAT_KEPT], 1);
        if (!t.end.fallen)
            assert_same(values[i][STP_SEAT_COMPETENCE], t.competence);
        turned += t.turned;
        exits += t.exits;
        gifts += t.gifts;
    }
    assert_true(turned > 0 && exits > 0 && gifts > 0);
    steppe_scenario_free(scenario);
}

/* Of the person, the office and the power that are asked for. */
static void a_probe_looks_at_whom_it_is_told(void **state)
{
    const char *const settings[] = {"events.successor.enabled=true",
                                    "defection.enabled=false"};
    const stp_seat_watch watch = {.days = 34,
                                  .person = "kin",
                                  .office = "state-security",
                                  .power = "neighbour",
                                  .lost = 20};
    double values[STP_SEAT_MEASURE_COUNT];
    expect_ok(state, stp_seat_measures(context_of(state), FILE_NAME, settings, 2, &watch,
                                       1, values));
    assert_same(values[STP_SEAT_INSECURITY], 0);
    assert_same(values[STP_SEAT_ATTENTION], 0);
    assert_same(values[STP_SEAT_FELL_STREET], 1); /* on the given day */
    assert_same(values[STP_SEAT_FELL_ELITE], 0);
    assert_true(values[STP_SEAT_RAMP] > 0.5);
    assert_near(values[STP_SEAT_OUTPUT], 0.7 * values[STP_SEAT_RAMP], 1e-12);
}

/* Thirty days after a change of holder, as of the day that has just ended. */
static void a_ramp_is_as_of_the_last_day(void **state)
{
    const char *const settings[] = {"events.successor.enabled=true"};
    const stp_seat_watch watch = {.days = 34, .office = "state-security"};
    double values[STP_SEAT_MEASURE_COUNT];
    expect_ok(state, stp_seat_measures(context_of(state), FILE_NAME, settings, 1, &watch,
                                       1, values));
    assert_near(values[STP_SEAT_RAMP], 1 - 0.5 * exp(-1), 1e-12);
}

/* A street that makes the ruler look as weak as can be, and nobody who may change sides. */
static void without_the_game_the_elite_lets_nobody_fall(void **state)
{
    const char *const settings[] = {"defection.enabled=false"};
    const stp_seat_watch watch = {.days = 20, .active = 0.1};
    double values[STP_SEAT_MEASURE_COUNT];
    expect_ok(state, stp_seat_measures(context_of(state), FILE_NAME, settings, 1, &watch,
                                       1, values));
    assert_true(values[STP_SEAT_STRENGTH] < values[STP_SEAT_THRESHOLD]);
    assert_same(values[STP_SEAT_FELL], 0);
    expect_ok(state, stp_seat_measures(context_of(state), FILE_NAME, NULL, 0, &watch, 1,
                                       values));
    assert_same(values[STP_SEAT_FELL_ELITE], 1);
}

static void what_is_not_there_is_named(void **state)
{
    steppe_context *context = context_of(state);
    double values[STP_SEAT_MEASURE_COUNT];
    const stp_seat_watch watches[] = {{.days = 1, .person = "nobody-1"},
                                      {.days = 1, .office = "nobody-1"},
                                      {.days = 1, .power = "nobody-1"}};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(stp_seat_measures(context, FILE_NAME, NULL, 0, &watches[i], 1,
                                           values),
                         STEPPE_BAD_ARGUMENT);
        assert_non_null(strstr(steppe_context_message(context), "nobody-1"));
    }
    assert_int_equal(stp_seat_measures(context, "nowhere.yaml", NULL, 0, &watches[0], 1,
                                       values),
                     STEPPE_CANNOT_READ);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(a_probe_measures_what_a_seat_does),
        with_shelf(a_probe_looks_at_whom_it_is_told),
        with_shelf(a_ramp_is_as_of_the_last_day),
        with_shelf(without_the_game_the_elite_lets_nobody_fall),
        with_shelf(what_is_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
