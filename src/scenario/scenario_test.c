/* Promise (steppe.h, scenario/): a scenario is read as it is written, every default
 * filled in; what was resolved reads back to the same scenario; every number knows where
 * it comes from. */
#include "scenario/scenario.h"

#include "scenario/model.h"
#include "support.h"

#include <ftw.h>

/* ---- resolved text ---- */

static void expect_same_scenario(void **state, const steppe_scenario *a,
                                 const steppe_scenario *b)
{
    (void)state;
    assert_string_equal(steppe_scenario_resolved(a), steppe_scenario_resolved(b));
    assert_true(steppe_scenario_digest(a) == steppe_scenario_digest(b));
    assert_string_equal(steppe_scenario_title(a), steppe_scenario_title(b));
    assert_true(steppe_scenario_residents(a) == steppe_scenario_residents(b));
    assert_true(steppe_scenario_steps(a) == steppe_scenario_steps(b));
    assert_int_equal(steppe_scenario_district_count(a),
                     steppe_scenario_district_count(b));
    assert_int_equal(steppe_scenario_event_count(a), steppe_scenario_event_count(b));
    for (size_t i = 0; i < steppe_scenario_event_count(a); i++)
        assert_true(a->events[i].due == b->events[i].due);
}

static void expect_round_trip(void **state, const steppe_scenario *s)
{
    expect_same_scenario(state, s, parse(state, steppe_scenario_resolved(s)));
}

static char files[64][512];
static size_t file_count;

static int note_file(const char *path, const struct stat *facts, int kind, struct FTW *at)
{
    (void)facts;
    (void)at;
    size_t length = strlen(path);
    if (kind == FTW_F && length > 5 && strcmp(path + length - 5, ".yaml") == 0 &&
        !strstr(path, "/claims/") && file_count < 64)
        snprintf(files[file_count++], sizeof *files, "%s", path);
    return 0;
}

static void every_scenario_reads_back_the_same(void **state)
{
    nftw("scenarios", note_file, 16, FTW_PHYS);
    assert_true(file_count >= 2);
    for (size_t i = 0; i < file_count; i++) {
        steppe_scenario *s;
        expect_ok(state, steppe_scenario_open(context_of(state), files[i], NULL, 0, &s));
        keep(state, s, release_scenario);
        expect_round_trip(state, s);
    }
}

static void kazakhstan_has_its_people(void **state)
{
    steppe_scenario *s;
    expect_ok(state, steppe_scenario_open(context_of(state),
                                          "scenarios/kazakhstan-2022/scenario.yaml", NULL,
                                          0, &s));
    keep(state, s, release_scenario);
    /* 1 January 2022, Bureau of National Statistics: 19,503,159 in 17 units. */
    assert_int_equal(steppe_scenario_residents(s), 19503159);
    assert_int_equal(s->unit_count, 17);
}

/* A file that uses everything. */
static const char FULL[] =
    "steppe: 1\n"
    "title: All of it\n"
    "description: 'Everything that a scenario may say'\n"
    "scale: { value: 2, kind: assumption }\n"
    "schedule: tiles\n"
    "time: { start: 2022-01-01T06:30, step: 30 min, steps: 48 }\n"
    "sources:\n"
    "  census: { title: A census, author: Bureau, year: 2021, licence: facts, note: N }\n"
    "  press: { title: The press }\n"
    "citizens: { density: 0.7, vision: 3.5, neighbourhood: von-neumann, movement: "
    "none,\n"
    "  order: act-move, hardship_low: 0.1, hardship_high: { range: [0.5, 0.7] },\n"
    "  legitimacy: { value: 0.8, range: [0.7, 0.9], kind: claim, source: press },\n"
    "  threshold: -0.1, arrest_constant: 2, ratio: { value: round, kind: assumption },\n"
    "  able: 0.9 }\n"
    "officers: { density: 0.02, vision: 2, deployment: 0.5, arrest_probability: 50 %,\n"
    "  shots: 0.01 }\n"
    "detention: { term_max: .inf, term: fixed }\n"
    "news: { enabled: true, reach: 0.5, distance: 150 km, exponent: 2, attention: 0.1 }\n"
    "hardship: { enabled: true, price_base: 60 tenge/l, price_effect: 0.2, price_lag: 2 "
    "d,\n"
    "  unemployment_effect: 0.1 }\n"
    "obedience: { enabled: true, period: 6 h, base: 1, defect_base: -6, crowd_effect: "
    "1,\n"
    "  crowd_half: 8, peers_effect: 2, survival_effect: 2, survival: 0.9,\n"
    "  patronage_effect: 1, orders_effect: 5, orders: 80 % }\n"
    "outcome: { unrest_share: 1 % }\n"
    "units:\n"
    "  - { id: u, name: Unit, population: { value: 3000, kind: fact, source: census } }\n"
    "  - { id: v, name: Void }\n"
    "districts:\n"
    "  - { id: a, name: A, unit: u, lat: 43.25, lon: 76.95, population: 1000, officers: "
    "10,\n"
    "      fuel_dependence: 0.3, unemployment: 0.05, able: 0.5, legitimacy: 0.7,\n"
    "      hardship_low: 0.2, hardship_high: 0.6 }\n"
    "  - { id: b, name: B, unit: u, lat: -10, lon: -170.5, population: 2000 }\n"
    "  - { id: c, name: C, lat: 50, lon: 60, width: 30, height: 20 }\n"
    "forces:\n"
    "  - { id: police, name: Police, own: true, patronage: 0.4 }\n"
    "  - { id: army, name: Army, speed: 50 km/h, ready: 6 h }\n"
    "events:\n"
    "  - { id: e, title: E, date: 2022-01-01T12:00, source: press, note: W, units: [u],\n"
    "      fuel_price: 90 tenge/l, media_reach: 0.5, attention: 1, deployment: 1,\n"
    "      reinforcement: { range: [10, 25] }, legitimacy: 0.6, guards: 4, frees: 0.8,\n"
    "      force: army, from: a, survival: 0.7, orders: 0.2, shots: 0.1, shots_at: "
    "active }\n"
    "  - { id: f, title: F, hour: 3 h, enabled: false, districts: [a, c] }\n"
    "provenance:\n"
    "  districts.population: { kind: fact, source: census, note: split }\n"
    "  citizens.density: { kind: assumption }\n";

static void everything_reads_back_the_same(void **state)
{
    expect_round_trip(state, parse(state, FULL));
    expect_round_trip(state, parse(state, HEAD LATTICE));
}

static void defaults_are_written_out(void **state)
{
    const char *resolved = steppe_scenario_resolved(parse(state, HEAD LATTICE));
    assert_non_null(strstr(resolved, "legitimacy: 0.82"));
    assert_non_null(strstr(resolved, "ratio: floor"));
    assert_non_null(strstr(resolved, "step: 1\n"));
    assert_non_null(strstr(resolved, "enabled: true"));
}

/* Texts that YAML has its own ideas about. */
static void texts_survive(void **state)
{
    static const char *const TEXTS[] = {
        "plain",
        "with \\\"quotes\\\" and \\\\ backslashes",
        "'single' # and no comment: really",
        "two\\nlines, and \\n\\n an empty one",
        " blanks around ",
        "tab\\tand bell\\a and escape\\e",
        "carriage\\rreturn",
        "\\x01\\x1f\\x7f",
        "\xd0\xa2\xd0\xb5\xd0\xbc\xd1\x96\xd1\x80\xd1\x82\xd0\xb0\xd1\x83", /* Cyrillic */
        "\xf0\x9f\x90\xb4 \xe2\x82\xb8", /* horse, tenge */
        "- not a list",
        "{not: a mapping}",
        "*not &an !alias",
        "%d %s %n",
        "~",
        "null",
        "\\u00a0no break",
        "\\u00ff",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        expect_round_trip(
            state,
            parse(state,
                  words(state, "steppe: 1\ntitle: \"%s\"\ntime: { steps: 5 }\n" LATTICE,
                        TEXTS[i])));
}

/* Characters that YAML takes for line breaks, or does not allow unescaped. */
static void rare_characters_survive(void **state)
{
    static const char *const TEXTS[] = {
        "next\\u0085line",         "line\\u2028separator", "paragraph\\u2029separator",
        "byte\\ufefforder",        "c1 \\u0080 control",   "c1 \\u009b control",
        "not \\ufffe a character", "nor \\uffff this"};
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        expect_round_trip(
            state,
            parse(state,
                  words(state, "steppe: 1\ntitle: \"%s\"\ntime: { steps: 5 }\n" LATTICE,
                        TEXTS[i])));
}

static void long_texts_survive(void **state)
{
    char *text = malloc(100001);
    keep(state, text, free);
    memset(text, 'x', 100000);
    text[100000] = '\0';
    expect_round_trip(state, parse(state, words(state,
                                                "steppe: 1\ntitle: \"%s\"\n"
                                                "time: { steps: 5 }\n" LATTICE,
                                                text)));
}

static void long_source_ids_survive(void **state)
{
    char *id = malloc(2001);
    keep(state, id, free);
    memset(id, 'x', 2000);
    id[2000] = '\0';
    steppe_scenario *s;
    const char *text = words(state, HEAD LATTICE "sources:\n  ? %s\n  : { title: T }\n",
                             id);
    int status = steppe_scenario_parse(context_of(state), "test.yaml", text, strlen(text),
                                       NULL, 0, &s);
    if (status ==
        STEPPE_OK) { /* or it is an error: but not a text that does not read back */
        keep(state, s, release_scenario);
        expect_round_trip(state, s);
    }
}

/* ---- what is the same, and what is not ---- */

static uint64_t digest_of(void **state, const char *text)
{
    return steppe_scenario_digest(parse(state, text));
}

static void spelling_does_not_matter(void **state)
{
    uint64_t digest = digest_of(state, HEAD LATTICE);
    assert_true(digest == digest_of(state, "%YAML 1.1\n---\n# A comment\n" HEAD LATTICE));
    assert_true(digest == digest_of(state,
                                    "time:\n  steps: 5   # five\ntitle: 'A test'\n"
                                    "steppe: 1\n\ndistricts:\n- name: A\n  height: 20\n"
                                    "  width: 20\n  id: a\n"));
    assert_true(digest == digest_of(state, "---\n" HEAD LATTICE "...\n"));
    assert_true(digest ==
                digest_of(state, "\xef\xbb\xbf" HEAD LATTICE)); /* a byte order mark */
    /* As on Windows. */
    assert_true(digest == digest_of(state, "steppe: 1\r\ntitle: A test\r\n"
                                           "time: { steps: 5 }\r\n" LATTICE));
    /* A default that is said is not the same as one that is not: somebody stands for it.
     * But its value is. */
    assert_true(parse(state, HEAD "citizens: { density: 0.7 }\n" LATTICE)
                    ->citizens.density.value ==
                parse(state, HEAD LATTICE)->citizens.density.value);
}

static void aliases_are_their_anchors(void **state)
{
    assert_true(digest_of(state, HEAD
                          "citizens: { legitimacy: &l { value: 0.8, kind: claim } }\n"
                          "districts: [{ id: a, name: A, width: 20, height: 20,\n"
                          "  legitimacy: *l }]\n") ==
                digest_of(state,
                          HEAD "citizens: { legitimacy: { value: 0.8, kind: claim } }\n"
                               "districts: [{ id: a, name: A, width: 20, height: 20,\n"
                               "  legitimacy: { value: 0.8, kind: claim } }]\n"));
}

/* Each sets a parameter to something else than in FULL. */
/* clang-format off */
static const char *const CHANGES[] = {
    "title=Other", "description=Other", "scale=3", "schedule=sequential",
    "time.start=2022-01-01T06:00", "time.step=1 h", "time.steps=49",
    "citizens.density=0.6", "citizens.vision=4", "citizens.neighbourhood=moore",
    "citizens.movement=random", "citizens.order=move-act", "citizens.hardship_low=0.2",
    "citizens.hardship_high=0.8", "citizens.hardship_high.range=[0.4, 0.8]",
    "citizens.legitimacy=0.81", "citizens.threshold=0", "citizens.arrest_constant=3",
    "citizens.ratio=floor", "citizens.able=1", "citizens.able=0.75",
    "citizens.able={ range: [0.5, 1] }", "citizens.able={ range: [0.625, 0.875] }",
    "officers.density=0.03", "officers.vision=3", "officers.deployment=0.6",
    "officers.arrest_probability=0.6", "detention.term_max=5", "detention.term=uniform",
    "news.enabled=false", "news.reach=1", "news.distance=100", "news.exponent=1",
    "news.attention=0", "hardship.enabled=false", "hardship.price_base=50",
    "hardship.price_effect=0.1", "hardship.price_lag=1",
    "hardship.unemployment_effect=0", "outcome.unrest_share=0.5", "units.v.name=Other",
    "units.v.id=w", "units.u.population.note=Other", "districts.a.name=Other",
    "districts.a.lat=1", "districts.a.lon=1", "districts.a.officers=11",
    "districts.a.fuel_dependence=0", "districts.a.unemployment=0", "districts.a.able=1",
    "districts.a.legitimacy=0.71", "districts.a.hardship_low=0",
    "districts.a.hardship_high=1", "districts.c.width=31", "districts.c.height=21",
    "events.e.title=Other", "events.e.date=2022-01-01T12:01", "events.e.enabled=false",
    "events.e.source=census", "events.e.note=Other", "events.e.units=[v]",
    "events.f.districts=[a]", "events.f.hour=4", "events.e.fuel_price=91",
    "events.e.media_reach=1", "events.e.attention=2", "events.e.deployment=0",
    "events.e.reinforcement=9", "events.e.legitimacy=1", "events.e.guards=5",
    "events.e.frees=0.9", "events.e.force=police", "events.e.from=b",
    "events.e.survival=1", "events.e.orders=1", "events.e.shots=1",
    "events.e.shots_at=violent", "forces.army.speed=51", "forces.army.ready=7",
    "forces.army.name=Other", "forces.police.patronage=0.5", "forces.police.own=false",
    "officers.shots=0", "obedience.enabled=false", "obedience.period=7",
    "obedience.base=2", "obedience.defect_base=-7", "obedience.crowd_effect=2",
    "obedience.crowd_half=9", "obedience.peers_effect=3", "obedience.survival_effect=3",
    "obedience.survival=1", "obedience.patronage_effect=2", "obedience.orders_effect=6",
    "obedience.orders=1", "sources.press.title=Other", "sources.census.author=Other",
    "sources.census.year=1", "sources.census.licence=Other",
    "sources.census.note=Other", "provenance={}",
    "citizens.legitimacy.range=[0.6, 0.9]", "citizens.legitimacy.kind=assumption",
    "citizens.legitimacy.source=census",
};
/* clang-format on */

static void every_parameter_shows_in_the_digest(void **state)
{
    enum { COUNT = sizeof CHANGES / sizeof *CHANGES };
    uint64_t digests[COUNT + 1];
    digests[COUNT] = digest_of(state, FULL);
    for (size_t i = 0; i < COUNT; i++) {
        digests[i] = steppe_scenario_digest(parse_set(state, FULL, &CHANGES[i], 1));
        for (size_t k = 0; k < i; k++)
            assert_true(digests[i] != digests[k]);
        if (digests[i] == digests[COUNT])
            fail_msg("%s does not show", CHANGES[i]);
    }
}

/* ---- numbers ---- */

static double hardship_high(void **state, const char *value)
{
    return parse(state,
                 words(state, HEAD "citizens: { hardship_high: %s }\n" LATTICE, value))
        ->citizens.hardship_high.value;
}

static void numbers_have_units(void **state)
{
    static const struct {
        const char *term;
        double hours;
    } CASES[] = {{"48", 48},
                 {"48 h", 48},
                 {"48h", 48},
                 {"2 d", 48},
                 {"2d", 48},
                 {"90 min", 1.5},
                 {"1 week", 168},
                 {"7200 s", 2},
                 {"4.8e1 hours", 48},
                 {".inf", INFINITY},
                 {"{ value: 2, unit: d }", 48},
                 {"{ value: 2 d, unit: h }", 48}, /* its own goes first */
                 {"{ range: [1, 3], unit: d }", 48},
                 {"{ range: [1 d, 72 h] }", 48}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        double value = parse(state,
                             words(state, HEAD "detention: { term_max: %s }\n" LATTICE,
                                   CASES[i].term))
                           ->detention.term_max.value;
        assert_true(value == CASES[i].hours);
    }
    const steppe_scenario *s =
        parse(state, HEAD
              "news: { distance: 1500 m }\noutcome: { unrest_share: 5 % }\n" LATTICE);
    assert_same(s->news.distance.value, 1.5);
    assert_same(s->outcome.unrest_share.value, 0.05);
}

/* A number is the same however it is written, and so is the digest. */
static void per_cent_is_a_hundredth(void **state)
{
    for (int percent = 0; percent <= 100; percent++) {
        double value = hardship_high(state, words(state, "%d %%", percent));
        if (value != percent / 100.0)
            fail_msg("%d %% is %.17g and not %.17g", percent, value, percent / 100.0);
    }
}

static void a_minute_is_a_sixtieth_of_an_hour(void **state)
{
    for (int minutes = 0; minutes <= 600; minutes++) {
        double value = parse(state, words(state, HEAD "news: { lag: %d min }\n" LATTICE,
                                          minutes))
                           ->news.lag.value;
        if (value != minutes / 60.0)
            fail_msg("%d min are %.17g h and not %.17g", minutes, value, minutes / 60.0);
    }
}

static void numbers_have_many_spellings(void **state)
{
    static const char *const HALVES[] = {"0.5",
                                         ".5",
                                         "5e-1",
                                         "+0.5",
                                         "0.50",
                                         "50 %",
                                         "50%",
                                         "5E-1",
                                         "0.5 share",
                                         "{ value: 0.5 }",
                                         "{ default: 0.5 }",
                                         "{ default: 0.5, range: [0, 1] }",
                                         "{ range: [0.25, 0.75] }",
                                         "{ range: [0.5, 0.5] }"};
    for (size_t i = 0; i < sizeof HALVES / sizeof *HALVES; i++)
        assert_same(hardship_high(state, HALVES[i]), 0.5);
}

static void a_range_stands_for_its_middle(void **state)
{
    const steppe_scenario *s = parse(state, FULL);
    assert_near(s->citizens.hardship_high.value, 0.6, 1e-15);
    assert_same(s->citizens.hardship_high.low, 0.5);
    assert_same(s->citizens.hardship_high.high, 0.7);
    assert_same(s->events[0].reinforcement.value, 17); /* of 10 .. 25, a whole number */
    assert_same(s->citizens.legitimacy.value, 0.8);    /* said, so not the middle's 0.8 */
    s = parse_set(state, FULL, (const char *[]){"citizens.legitimacy.value=0.71"}, 1);
    assert_same(s->citizens.legitimacy.value, 0.71);
    assert_true(isnan(s->citizens.threshold.low));
    assert_true(isnan(s->citizens.threshold.high));
}

static void people_follow_the_density_where_not_given(void **state)
{
    const steppe_scenario *s = parse(state, FULL);
    assert_int_equal(stp_district_residents(s, 0), 1000);
    assert_int_equal(stp_district_residents(s, 2), 420); /* 70% of 600 cells */
    assert_int_equal(stp_district_officers(s, 0), 10);
    assert_int_equal(stp_district_officers(s, 1), 57); /* 2% of 2000 / 0.7 cells */
    assert_int_equal(stp_district_officers(s, 2), 12);
    assert_int_equal(steppe_scenario_residents(s), 3420);
}

static void districts_inherit_from_citizens(void **state)
{
    const steppe_scenario *s = parse(state, FULL);
    const stp_district_spec *own = &s->districts[0], *heir = &s->districts[1];
    assert_same(own->able.value, 0.5);
    assert_same(own->legitimacy.value, 0.7);
    assert_same(own->hardship_low.value, 0.2);
    assert_same(own->hardship_high.value, 0.6);
    assert_same(heir->able.value, 0.9);
    assert_same(heir->legitimacy.value, 0.8);
    assert_same(heir->hardship_low.value, 0.1);
    assert_near(heir->hardship_high.value, 0.6, 1e-15);
    assert_false(heir->able.given);
    assert_same(heir->fuel_dependence.value, 1); /* defaults of its own */
    assert_same(heir->unemployment.value, 0);
}

static void a_units_districts_sum_to_it(void **state)
{
    parse(state, HEAD "units: [{ id: u, name: U, population: 30 }]\n"
                      "districts: [{ id: a, name: A, unit: u, population: 10 },\n"
                      "  { id: b, name: B, unit: u, population: 20 }]\n"
                      "news: { reach: 0 }\n");
    /* Residents by density count like others: 280 of 400 cells. */
    parse(state, HEAD "units: [{ id: u, name: U, population: 290 }]\n"
                      "districts: [{ id: a, name: A, unit: u, population: 10 },\n"
                      "  { id: b, name: B, unit: u, width: 20, height: 20 }]\n"
                      "news: { reach: 0 }\n");
}

/* ---- provenance ---- */

static const steppe_entry *entry_of(void **state, const steppe_scenario *s,
                                    const char *path)
{
    steppe_entry *entry = malloc(sizeof *entry);
    keep(state, entry, free);
    for (size_t i = 0; steppe_scenario_entry(s, i, entry) == STEPPE_OK; i++)
        if (strcmp(entry->path, path) == 0)
            return entry;
    fail_msg("no entry '%s'", path);
    return NULL;
}

static void expect_entry(void **state, const steppe_scenario *s, const char *path,
                         const char *value, const char *range, const char *kind,
                         const char *source, const char *note)
{
    const steppe_entry *e = entry_of(state, s, path);
    assert_string_equal(e->value, value);
    assert_string_equal(e->range, range);
    assert_string_equal(e->kind, kind);
    assert_string_equal(e->source, source);
    assert_string_equal(e->note, note);
    assert_true(strlen(e->meaning) > 0);
}

static void every_number_knows_where_it_comes_from(void **state)
{
    const steppe_scenario *s = parse(state, FULL);
    expect_entry(state, s, "citizens.legitimacy", "0.8", "0.7 .. 0.9", "claim",
                 "The press", "");
    expect_entry(state, s, "citizens.threshold", "-0.1", "", "unstated", "", "");
    expect_entry(state, s, "citizens.ratio", "round", "", "assumption", "", "");
    expect_entry(state, s, "units.u.population", "3000", "", "fact", "A census", "");
    expect_entry(state, s, "scale", "2", "", "assumption", "", "");
    expect_entry(state, s, "time.start", "2022-01-01T06:30", "", "unstated", "", "");
    expect_entry(state, s, "events.e.reinforcement", "17", "10 .. 25", "unstated", "",
                 "");
    expect_entry(state, s, "events.f.enabled", "false", "", "unstated", "", "");
    assert_string_equal(entry_of(state, s, "detention.term_max")->unit, "h");
    assert_string_equal(entry_of(state, s, "citizens.ratio")->unit, "");
    /* A default has the source of the table. */
    s = parse(state, HEAD LATTICE);
    expect_entry(state, s, "citizens.legitimacy", "0.82", "", "default", "Epstein 2002",
                 "");
}

static void a_column_speaks_for_its_plain_values(void **state)
{
    const steppe_scenario *s = parse(state, FULL);
    expect_entry(state, s, "districts.a.population", "1000", "", "fact", "A census",
                 "split");
    expect_entry(state, s, "districts.b.population", "2000", "", "fact", "A census",
                 "split");
    expect_entry(state, s, "citizens.density", "0.7", "", "assumption", "", "");
    /* Not for a value that speaks for itself. */
    s = parse_set(state, FULL,
                  (const char *[]){"districts.b.population={ value: 2000, kind: claim,"
                                   " source: press, note: own }"},
                  1);
    expect_entry(state, s, "districts.b.population", "2000", "", "claim", "The press",
                 "own");
    expect_entry(state, s, "districts.a.population", "1000", "", "fact", "A census",
                 "split");
}

static void entries_are_those_of_the_scenario(void **state)
{
    const steppe_scenario *s = parse(state, HEAD LATTICE);
    size_t count = steppe_scenario_entry_count(s), districts = 0;
    steppe_entry e;
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(steppe_scenario_entry(s, i, &e), STEPPE_OK);
        districts += strncmp(e.path, "districts.", 10) == 0;
        assert_null(strstr(e.path, "start")); /* absent, so not there */
    }
    assert_int_equal(districts, 2); /* width and height: what the file says */
    assert_int_equal(steppe_scenario_entry(s, count, &e), STEPPE_BAD_ARGUMENT);
    assert_int_equal(steppe_scenario_entry(s, SIZE_MAX, &e), STEPPE_BAD_ARGUMENT);
}

/* ---- settings ---- */

static void settings_replace_values(void **state)
{
    const char *const settings[] = {"citizens.legitimacy=0.5",
                                    "districts.b.population=3000",
                                    "units.u.population=4000",
                                    "events.f.enabled=true",
                                    "events.2.title=Renamed",
                                    "detention.term_max=2 d",
                                    "title=With = signs",
                                    "events.e.units=[u, v]",
                                    "citizens.able={ range: [0.2, 0.4] }"};
    const steppe_scenario *s = parse_set(state, FULL, settings,
                                         sizeof settings / sizeof *settings);
    assert_same(s->citizens.legitimacy.value, 0.5);
    assert_same(s->districts[1].population.value, 3000);
    assert_same(s->events[1].enabled.value, 1);
    assert_string_equal(s->events[1].title, "Renamed");
    assert_same(s->detention.term_max.value, 48);
    assert_string_equal(steppe_scenario_title(s), "With = signs");
    assert_int_equal(s->events[0].unit_count, 2);
    assert_near(s->citizens.able.value, 0.3, 1e-15);
    assert_same(s->citizens.vision.value, 3.5); /* what is not named stays */
}

static void settings_add_what_is_not_there(void **state)
{
    const char *const settings[] = {"citizens.legitimacy=0.5",
                                    "hardship.price_base=60",
                                    "districts.a.legitimacy=0.4",
                                    "scale=3",
                                    "sources.s.title=A source",
                                    "events=[{ id: e, title: E, hour: 1, source: s }]"};
    const steppe_scenario *s = parse_set(state, HEAD LATTICE, settings,
                                         sizeof settings / sizeof *settings);
    assert_same(s->citizens.legitimacy.value, 0.5);
    assert_same(s->hardship.price_base.value, 60);
    assert_same(s->districts[0].legitimacy.value, 0.4);
    assert_same(s->top.scale.value, 3);
    assert_int_equal(s->event_count, 1);
    assert_int_equal(s->events[0].source, 0);
}

static void the_last_setting_prevails(void **state)
{
    const char *const settings[] = {"citizens.legitimacy=0.5", "citizens={ vision: 2 }",
                                    "citizens.legitimacy=0.6", "citizens.legitimacy=0.7"};
    const steppe_scenario *s = parse_set(state, HEAD LATTICE, settings, 4);
    assert_same(s->citizens.legitimacy.value, 0.7);
    assert_same(s->citizens.vision.value, 2);
}

static void a_setting_is_the_file_edited(void **state)
{
    assert_true(steppe_scenario_digest(
                    parse_set(state, HEAD LATTICE,
                              (const char *[]){"citizens.legitimacy=0.5"}, 1)) ==
                digest_of(state, HEAD "citizens: { legitimacy: 0.5 }\n" LATTICE));
}

/* ---- the table of parameters ---- */

static void parameters_are_documented(void **state)
{
    (void)state;
    char buffer[256];
    steppe_parameter_info info;
    size_t count = steppe_parameter_count();
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(steppe_parameter(i, buffer, sizeof buffer, &info), STEPPE_OK);
        assert_true(strlen(info.name) > 0 && strlen(info.type) > 0);
        assert_true(strlen(info.meaning) > 0);
        bool has_default = strlen(info.fallback) > 0 &&
                           strcmp(info.fallback, "required") != 0;
        if (has_default && strlen(info.source) == 0)
            fail_msg("the default of %s.%s comes from nowhere", info.section, info.name);
        for (size_t k = 0; k < i; k++) { /* no name stands twice */
            char other[256];
            steppe_parameter_info twin;
            steppe_parameter(k, other, sizeof other, &twin);
            assert_false(strcmp(twin.section, info.section) == 0 &&
                         strcmp(twin.name, info.name) == 0);
        }
    }
    assert_int_equal(steppe_parameter(count, buffer, sizeof buffer, &info),
                     STEPPE_BAD_ARGUMENT);
    assert_int_equal(steppe_parameter(0, buffer, 255, &info), STEPPE_BAD_ARGUMENT);
}

static void parameters_say_their_range_and_default(void **state)
{
    (void)state;
    static const struct {
        const char *section, *name, *range, *fallback, *type;
    } CASES[] = {{"citizens", "density", "(0, 1]", "0.7", "number"},
                 {"citizens", "legitimacy", "[0, 1]", "0.82", "number"},
                 {"citizens", "ratio", "", "floor", "literal|floor|round"},
                 {"detention", "term_max", ">= 0", "30", "number"},
                 {"news", "distance", "> 0", "100", "number"},
                 {"news", "enabled", "", "true", "true or false"},
                 {"districts", "able", "[0, 1]", "citizens.able", "number"},
                 {"districts", "id", "", "required", "id"},
                 {"events", "date", "", "", "date"},
                 {"events", "units", "", "", "list of ids"},
                 {"time", "steps", "[1, 1000000000]", "required", "whole number"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char buffer[256];
        steppe_parameter_info info;
        bool found = false;
        for (size_t k = 0; k < steppe_parameter_count() && !found; k++) {
            steppe_parameter(k, buffer, sizeof buffer, &info);
            found = strcmp(info.section, CASES[i].section) == 0 &&
                    strcmp(info.name, CASES[i].name) == 0;
        }
        assert_true(found);
        assert_string_equal(info.range, CASES[i].range);
        assert_string_equal(info.fallback, CASES[i].fallback);
        assert_string_equal(info.type, CASES[i].type);
    }
}

/* Defaults lie in their ranges, and each can be written into a file as it is shown. */
static void defaults_are_valid(void **state)
{
    const steppe_scenario *street = parse(state, HEAD LATTICE);
    for (size_t i = 0; i < STP_PARAMETER_COUNT; i++) {
        const stp_parameter *p = &STP_PARAMETERS[i];
        if (p->need != STP_OPTIONAL || !stp_is_quantity(p->type) ||
            p->section >= STP_UNITS || !stp_model_uses(street, p))
            continue;
        char value[64];
        const char *name = STP_SECTIONS[p->section].name;
        const char *setting = words(state, "%s%s%s=%s", name, *name ? "." : "", p->name,
                                    stp_value_text(p, p->fallback, value, sizeof value));
        parse_set(state, HEAD LATTICE, &setting, 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(every_scenario_reads_back_the_same),
        with_shelf(kazakhstan_has_its_people),
        with_shelf(everything_reads_back_the_same),
        with_shelf(defaults_are_written_out),
        with_shelf(texts_survive),
        with_shelf(rare_characters_survive),
        with_shelf(long_texts_survive),
        with_shelf(long_source_ids_survive),
        with_shelf(spelling_does_not_matter),
        with_shelf(aliases_are_their_anchors),
        with_shelf(every_parameter_shows_in_the_digest),
        with_shelf(numbers_have_units),
        with_shelf(per_cent_is_a_hundredth),
        with_shelf(a_minute_is_a_sixtieth_of_an_hour),
        with_shelf(numbers_have_many_spellings),
        with_shelf(a_range_stands_for_its_middle),
        with_shelf(people_follow_the_density_where_not_given),
        with_shelf(districts_inherit_from_citizens),
        with_shelf(a_units_districts_sum_to_it),
        with_shelf(every_number_knows_where_it_comes_from),
        with_shelf(a_column_speaks_for_its_plain_values),
        with_shelf(entries_are_those_of_the_scenario),
        with_shelf(settings_replace_values),
        with_shelf(settings_add_what_is_not_there),
        with_shelf(the_last_setting_prevails),
        with_shelf(a_setting_is_the_file_edited),
        cmocka_unit_test(parameters_are_documented),
        cmocka_unit_test(parameters_say_their_range_and_default),
        with_shelf(defaults_are_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
