/* What holds for all scenarios, tried on small ones made at random. */
#include "trial.h"

#include <string.h>

/* ---- what holds at every step ---- */

static void check_people(const trace *t, uint64_t step, size_t i)
{
    const random_district *d = &now.scenario.districts[i];
    const steppe_counts *c = &t->counts[(size_t)step * t->districts + i];
    uint64_t officers = random_scenario_officers(&now.scenario, i, step);
    uint64_t dead = 0, gone = 0;
    for (uint64_t k = 1; k <= step; k++) {
        const steppe_counts *then = &t->counts[(size_t)k * t->districts + i];
        dead += then->killed;
        gone += then->officers_killed + then->officers_wounded + then->officers_left;
    }
    HOLDS(c->citizens + dead == d->citizens,
          "step %" PRIu64 ", district %zu: %" PRIu64 " citizens and %" PRIu64
          " dead, not %" PRIu64,
          step, i, c->citizens, dead, d->citizens);
    HOLDS(c->violent <= c->active && c->obeying <= c->officers,
          "step %" PRIu64 ", district %zu: %" PRIu64 " violent of %" PRIu64
          " active, %" PRIu64 " obey of %" PRIu64,
          step, i, c->violent, c->active, c->obeying, c->officers);
    HOLDS(c->active + c->detained <= c->citizens,
          "step %" PRIu64 ", district %zu: %" PRIu64 " active, %" PRIu64 " detained",
          step, i, c->active, c->detained);
    HOLDS(c->officers <= officers && c->officers + gone >= officers,
          "step %" PRIu64 ", district %zu: %" PRIu64 " officers, not %" PRIu64, step, i,
          c->officers, officers);
}

static void check_flow(const trace *t, uint64_t step, size_t i)
{
    const steppe_counts *c = &t->counts[(size_t)step * t->districts + i];
    const steppe_counts *before = c - t->districts;
    uint64_t turns = before->citizens - before->detained + c->officers;
    HOLDS(before->detained + c->arrests == c->detained + c->releases,
          "step %" PRIu64 ", district %zu: %" PRIu64 " detained, %" PRIu64
          " arrests, %" PRIu64 " releases, %" PRIu64 " detained then",
          step, i, before->detained, c->arrests, c->releases, c->detained);
    uint64_t lost = c->officers_killed + c->officers_wounded + c->officers_left;
    HOLDS(c->activations <= turns + lost &&
              c->activations + c->arrests + c->killed + lost >= turns,
          "step %" PRIu64 ", district %zu: %" PRIu64 " of %" PRIu64
          " at liberty had a turn, %" PRIu64 " were arrested",
          step, i, c->activations, turns, c->arrests);
    HOLDS(c->arrests + c->killed + c->wounded <= c->officers + lost,
          "step %" PRIu64 ", district %zu: %" PRIu64 " officers made %" PRIu64 " arrests",
          step, i, c->officers, c->arrests);
}

/* Nobody is held longer than the longest term, nor released before being arrested. */
static void check_terms(const trace *t, size_t i)
{
    uint64_t longest = random_scenario_term(&now.scenario), arrested = 0, released = 0;
    bool fixed = strcmp(now.scenario.term, "fixed") == 0;
    for (uint64_t step = 1; step <= t->steps; step++) {
        size_t at = (size_t)step * t->districts + i;
        uint64_t due = 0;
        for (uint64_t k = 1; longest < step && k <= step - longest; k++)
            due += t->counts[(size_t)k * t->districts + i].arrests;
        arrested += t->counts[at].arrests;
        released += t->counts[at].releases;
        HOLDS(released >= due && released <= (fixed ? due : arrested),
              "step %" PRIu64 ", district %zu: %" PRIu64 " released so far, %" PRIu64
              " arrested, %" PRIu64 " terms over",
              step, i, released, arrested, due);
        HOLDS(longest < UINT64_MAX || released == 0, "released from a term for ever");
    }
}

static void test_invariants_hold_at_every_step(void **state)
{
    (void)state;
    uint64_t i = 0, arrests = 0, releases = 0;
    for (; next_scenario(2, i, 150); i++) {
        trace t = run_simply();
        uint64_t sum = 0;
        for (uint64_t step = 0; step <= t.steps; step++) {
            for (size_t k = 0; k < t.districts; k++) {
                check_people(&t, step, k);
                if (step > 0)
                    check_flow(&t, step, k);
                sum += t.counts[(size_t)step * t.districts + k].activations;
            }
        }
        for (size_t k = 0; k < t.districts; k++)
            check_terms(&t, k);
        HOLDS(sum == t.activations, "activations are not the sum of the steps'");
        arrests += t.arrests > 0;
        releases += t.releases > 0;
        trace_free(&t);
    }
    if (i > 1) {
        assert_true(arrests * 4 > i);
        assert_true(releases * 8 > i);
    }
}

/* ---- when nothing can happen ---- */

static void test_nobody_rises_against_full_legitimacy(void **state)
{
    (void)state;
    for (uint64_t i = 0; next_scenario(3, i, 20); i++) {
        random_scenario *s = &now.scenario;
        s->legitimacy = 1;
        s->seat.there = false; /* whose image may take from it */
        s->threshold = fmax(s->threshold, 0);
        s->news = s->hardship = false;
        for (size_t k = 0; k < s->district_count; k++)
            s->districts[k].legitimacy = NAN;
        for (size_t k = 0; k < s->event_count; k++)
            s->events[k].legitimacy = NAN;
        write_now();
        trace t = run_simply();
        HOLDS(t.active == 0 && t.arrests == 0,
              "%" PRIu64 " were active, %" PRIu64 " arrested", t.active, t.arrests);
        trace_free(&t);
    }
}

static void test_without_officers_nobody_is_arrested(void **state)
{
    (void)state;
    uint64_t i = 0, active = 0;
    for (; next_scenario(4, i, 20); i++) {
        random_scenario *s = &now.scenario;
        for (size_t k = 0; k < s->district_count; k++)
            s->districts[k].officers = 0;
        for (size_t k = 0; k < s->event_count; k++)
            s->events[k].reinforcement = NAN;
        write_now();
        trace t = run_simply();
        HOLDS(t.arrests == 0, "%" PRIu64 " were arrested by nobody", t.arrests);
        active += t.active > 0;
        trace_free(&t);
    }
    assert_true(i == 1 || active * 4 > i);
}

static void test_without_movement_nothing_but_arrests_clears_a_cell(void **state)
{
    (void)state;
    /* Where nobody is ever active and nobody moves, no step differs from the last. */
    for (uint64_t i = 0; next_scenario(5, i, 10); i++) {
        random_scenario *s = &now.scenario;
        s->movement = "none";
        s->able = 0;
        s->obedience = false; /* officers may leave for good */
        for (size_t k = 0; k < s->district_count; k++)
            s->districts[k].able = NAN;
        s->event_count = 0;
        write_now();
        trace t = run_simply();
        for (uint64_t step = 1; step <= t.steps; step++)
            HOLDS(t.digests[step] == t.digests[0], "step %" PRIu64 " changed something",
                  step);
        trace_free(&t);
    }
}

/* ---- the nation's mechanisms ---- */

/* Where they are given no weight they change nothing, whatever else is said of them. */
static void test_without_weight_is_as_switched_off(void **state)
{
    (void)state;
    uint64_t i = 0, differ = 0;
    for (; next_scenario(9, i, 16); i++) {
        random_scenario *s = &now.scenario;
        s->responds = true;
        trace with = run_simply();
        s->responds = s->fear = s->boldness = false;
        s->emboldens = s->expectation_weight = s->curfew_effect = 0;
        for (size_t k = 0; k < s->event_count; k++)
            s->events[k].curfew = NAN;
        write_now();
        trace off = run_simply();
        s->responds = s->fear = s->boldness = true;
        s->legality_weight = s->fear_effect = s->boldness_effect = 0;
        s->arrest_weight = s->wound_weight = s->death_weight = 0;
        s->expectation_lag = 5;
        s->events[0].curfew = 1;
        write_now();
        trace weightless = run_simply();
        same_until(&off, &weightless, off.steps, "switched off against weightless");
        differ += with.digests[with.steps] != off.digests[off.steps];
        trace_free(&with);
        trace_free(&off);
        trace_free(&weightless);
    }
    assert_true(i == 1 || differ * 4 > i); /* or this would show nothing */
}

/* A curfew that costs more than any grievance is worth keeps everyone at home, and in their beds:
 * nobody is arrested, so that nothing is lost of legitimacy either. */
static void test_the_strictest_curfew_keeps_everyone_at_home(void **state)
{
    (void)state;
    for (uint64_t i = 0; next_scenario(10, i, 12); i++) {
        random_scenario *s = &now.scenario;
        s->curfew_effect = 2;
        s->event_count = 1;
        s->events[0] = (random_event){.due = 1,
                                      .enabled = true,
                                      .fuel_price = 4,
                                      .media_reach = 3,
                                      .attention = 4,
                                      .deployment = NAN,
                                      .reinforcement = NAN,
                                      .legitimacy = 0,
                                      .relief = NAN,
                                      .curfew = 1};
        write_now();
        trace t = run_simply();
        HOLDS(t.active == 0 && t.arrests == 0,
              "%" PRIu64 " were active, %" PRIu64 " arrested", t.active, t.arrests);
        trace_free(&t);
    }
}

/* Until someone is active or arrested, legitimacy that responds is legitimacy that does not. */
static void test_legitimacy_responds_to_nothing_but_what_happened(void **state)
{
    (void)state;
    uint64_t i = 0, differ = 0;
    for (; next_scenario(11, i, 16); i++) {
        random_scenario *s = &now.scenario;
        s->responds = false;
        write_now();
        trace fixed = run_simply();
        s->responds = true;
        s->arrest_weight = 100;
        s->legality_weight = s->support_weight = s->own_weight = 1;
        write_now();
        trace responding = run_simply();
        uint64_t first = 0; /* step with activity at its end or an arrest in it */
        for (bool quiet = true; quiet && first <= fixed.steps; first += quiet)
            for (size_t k = 0; k < fixed.districts; k++) {
                const steppe_counts *c =
                    &fixed.counts[(size_t)first * fixed.districts + k];
                quiet &= c->active == 0 && c->arrests == 0;
            }
        same_until(&fixed, &responding, first, "before anything happened");
        differ += fixed.digests[fixed.steps] != responding.digests[fixed.steps];
        trace_free(&fixed);
        trace_free(&responding);
    }
    assert_true(i == 1 || differ * 4 > i);
}

/* Until somebody is hurt, people who would be afraid are as those who would not. */
static void test_fear_is_of_nothing_but_harm(void **state)
{
    (void)state;
    uint64_t i = 0, differ = 0;
    for (; next_scenario(12, i, 16); i++) {
        random_scenario *s = &now.scenario;
        s->force = true;
        s->shots = 1;
        s->violence = s->threshold;
        s->fear = false;
        write_now();
        trace bold = run_simply();
        s->fear = true;
        s->fear_effect = 100;
        s->fear_wound_weight = 1;
        write_now();
        trace afraid = run_simply();
        uint64_t first = 0; /* step in which somebody was hurt */
        for (bool quiet = true; quiet && first <= bold.steps; first += quiet)
            for (size_t k = 0; k < bold.districts; k++) {
                const steppe_counts *c = &bold.counts[(size_t)first * bold.districts + k];
                quiet &= c->killed == 0 && c->wounded == 0;
            }
        same_until(&bold, &afraid, first, "before anybody was hurt");
        differ += bold.digests[bold.steps] != afraid.digests[afraid.steps];
        trace_free(&bold);
        trace_free(&afraid);
    }
    assert_true(i == 1 || differ * 4 > i);
}

/* Until somebody was active at the end of a step, nobody is bolder. */
static void test_boldness_is_of_nothing_but_presence(void **state)
{
    (void)state;
    uint64_t i = 0, differ = 0;
    for (; next_scenario(13, i, 16); i++) {
        random_scenario *s = &now.scenario;
        s->boldness = false;
        write_now();
        trace timid = run_simply();
        s->boldness = true;
        s->boldness_effect = 10;
        s->boldness_most = 0.05;
        s->boldness_undone = 0;
        write_now();
        trace bold = run_simply();
        uint64_t first = 0; /* step at whose end somebody was active */
        for (bool quiet = true; quiet && first <= timid.steps; first += quiet)
            for (size_t k = 0; k < timid.districts; k++)
                quiet &= timid.counts[(size_t)first * timid.districts + k].active == 0;
        same_until(&timid, &bold, first, "before anybody was active");
        differ += timid.digests[timid.steps] != bold.digests[bold.steps];
        trace_free(&timid);
        trace_free(&bold);
    }
    assert_true(i == 1 || differ * 4 > i);
}

/* ---- common random numbers ---- */

/* Run `now` with its event `k` as it is, disabled, and removed. */
static void try_event(size_t k, uint64_t *differ)
{
    random_event *e = &now.scenario.events[k];
    e->enabled = true;
    write_now();
    trace with = run_simply();
    e->enabled = false;
    e->reinforcement = 1e6; /* nor does anybody have to fit who will not come */
    write_now();
    trace disabled = run_simply();
    e->removed = true;
    write_now();
    trace without = run_simply();
    same_until(&disabled, &without, without.steps, "event disabled against removed");
    same_until(&with, &without, e->due - 1, "before the event is due");
    for (uint64_t step = e->due; step <= with.steps; step++) {
        if (with.digests[step] != without.digests[step]) {
            ++*differ;
            break;
        }
    }
    trace_free(&with);
    trace_free(&disabled);
    trace_free(&without);
}

static void test_an_event_changes_nothing_before_it_is_due(void **state)
{
    (void)state;
    uint64_t tried = 0, differ = 0;
    for (uint64_t i = 0; next_scenario(6, i, 60); i++) {
        if (now.scenario.event_count == 0)
            continue;
        try_event(i % now.scenario.event_count, &differ);
        tried++;
    }
    assert_true(tried < 5 || differ * 4 > tried); /* or this would show nothing */
}

/* Without news a district does not know of the others: what happens there changes nothing
 * here. */
static void test_without_news_districts_are_apart(void **state)
{
    (void)state;
    for (uint64_t i = 0; next_scenario(7, i, 40); i++) {
        random_scenario *s = &now.scenario;
        if (s->district_count < 2)
            continue;
        s->news = s->seat.there = false; /* the seat sees the whole country */
        s->event_count = 0;
        write_now();
        trace calm = run_simply();
        s->event_count = 1;
        s->events[0] = (random_event){.due = 2,
                                      .hour = s->step_hours,
                                      .enabled = true,
                                      .place = "districts: [d1]",
                                      .fuel_price = 4,
                                      .media_reach = 3,
                                      .attention = 1,
                                      .deployment = 0,
                                      .reinforcement = NAN,
                                      .legitimacy = 0,
                                      .relief = 0.3,
                                      .curfew = 0.5,
                                      .from = -1,
                                      .guards = NAN,
                                      .frees = NAN,
                                      .survival = 0.5,
                                      .orders = 0.5,
                                      .shots = 0.5};
        write_now();
        trace moved = run_simply();
        for (uint64_t step = 0; step <= calm.steps; step++)
            for (size_t k = 0; k < calm.districts; k++)
                HOLDS(k == 1 || calm.local[(size_t)step * calm.districts + k] ==
                                    moved.local[(size_t)step * calm.districts + k],
                      "step %" PRIu64 ": an event in d1 changed d%zu", step, k);
        trace_free(&calm);
        trace_free(&moved);
    }
}

/* ---- what is read is what was written ---- */

static uint64_t digest_of(const char *text, size_t length, char *resolved)
{
    steppe_context *context;
    steppe_scenario *scenario;
    assert_int_equal(steppe_context_create(&context), STEPPE_OK);
    int status = steppe_scenario_parse(context, "random.yaml", text, length, NULL, 0,
                                       &scenario);
    HOLDS(status == STEPPE_OK, "%s", steppe_context_message(context));
    uint64_t digest = steppe_scenario_digest(scenario);
    HOLDS(steppe_scenario_district_count(scenario) == now.scenario.district_count,
          "districts");
    HOLDS(strlen(steppe_scenario_resolved(scenario)) < MAX_RANDOM_TEXT, "too long");
    strcpy(resolved, steppe_scenario_resolved(scenario));
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    return digest;
}

static void test_a_resolved_scenario_is_the_same_scenario(void **state)
{
    (void)state;
    static char resolved[MAX_RANDOM_TEXT], again[MAX_RANDOM_TEXT];
    for (uint64_t i = 0; next_scenario(8, i, 100); i++) {
        uint64_t first = digest_of(now.text, now.length, resolved);
        uint64_t second = digest_of(resolved, strlen(resolved), again);
        HOLDS(strcmp(resolved, again) == 0, "resolving twice gives another text");
        HOLDS(first == second, "the digests differ");
        if (i % 10 != 0)
            continue;
        trace written = run_simply();
        strcpy(now.text, resolved);
        now.length = strlen(resolved);
        trace reread = run_simply();
        same_until(&written, &reread, written.steps, "as written against resolved");
        trace_free(&written);
        trace_free(&reread);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_invariants_hold_at_every_step),
        cmocka_unit_test(test_nobody_rises_against_full_legitimacy),
        cmocka_unit_test(test_without_officers_nobody_is_arrested),
        cmocka_unit_test(test_without_movement_nothing_but_arrests_clears_a_cell),
        cmocka_unit_test(test_without_weight_is_as_switched_off),
        cmocka_unit_test(test_the_strictest_curfew_keeps_everyone_at_home),
        cmocka_unit_test(test_legitimacy_responds_to_nothing_but_what_happened),
        cmocka_unit_test(test_fear_is_of_nothing_but_harm),
        cmocka_unit_test(test_boldness_is_of_nothing_but_presence),
        cmocka_unit_test(test_an_event_changes_nothing_before_it_is_due),
        cmocka_unit_test(test_without_news_districts_are_apart),
        cmocka_unit_test(test_a_resolved_scenario_is_the_same_scenario),
    };
    return run_trials("properties", tests, sizeof tests / sizeof *tests);
}
