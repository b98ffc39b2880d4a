/* Promise (steppe.h, scenario/node.h): a bad scenario is an error that names file, line,
 * column and what was expected, with the nearest valid key; nothing unknown is ignored,
 * and no file, however odd, does harm. */
#include "scenario/node.h"

#include "support.h"

#include <sys/stat.h>
#include <unistd.h>

/* Three lines that every case begins with, and a district for line 4. */
#define PLACE "districts: [{ id: a, name: A, width: 20, height: 20 }]\n"

typedef struct bad {
    const char *text;
    const char *place;    /* "LINE:COLUMN" of what is wrong */
    const char *words[3]; /* what the message says as well */
} bad;

static void expect_message(void **state, int status, int wanted_status,
                           const char *wanted, const char *about)
{
    const char *message = context_of(state) ? steppe_context_message(context_of(state))
                                            : "";
    if (status == wanted_status && strstr(message, wanted))
        return;
    fail_msg("status %d, \"%s\": '%s' is missing, for\n%.400s", status, message, wanted,
             about);
}

static void expect_bad(void **state, const char *text, size_t size, const char *wanted)
{
    steppe_scenario *s = *state; /* anything but NULL */
    int status = steppe_scenario_parse(context_of(state), "bad.yaml", text, size, NULL, 0,
                                       &s);
    if (status == STEPPE_OK) {
        steppe_scenario_free(s);
        fail_msg("it was taken for a scenario:\n%.400s", text);
    }
    assert_null(s);
    expect_message(state, status, STEPPE_BAD_SCENARIO, wanted, text);
}

static void expect_all_bad(void **state, const bad *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *place = words(state, "bad.yaml:%s: ", cases[i].place);
        expect_bad(state, cases[i].text, strlen(cases[i].text), place);
        for (int k = 0; k < 3 && cases[i].words[k]; k++)
            expect_message(state, STEPPE_BAD_SCENARIO, STEPPE_BAD_SCENARIO,
                           cases[i].words[k], cases[i].text);
    }
}

#define EXPECT_ALL_BAD(cases) \
    expect_all_bad(state, cases, sizeof(cases) / sizeof *(cases))

/* ---- keys ---- */

static void unknown_keys_are_named(void **state)
{
    static const bad CASES[] = {
        {HEAD PLACE "citzens: {}\n",
         "5:1",
         {"unknown key 'citzens' in the scenario", "did you mean 'citizens'?"}},
        {HEAD PLACE "citizens: { legitmacy: 0.5 }\n",
         "5:13",
         {"unknown key 'legitmacy' in citizens", "did you mean 'legitimacy'?"}},
        {HEAD PLACE "citizens:\n  viison: 7\n",
         "6:3",
         {"'viison'", "did you mean 'vision'?"}},
        {HEAD PLACE "Citizens: {}\n", "5:1", {"did you mean 'citizens'?"}},
        {HEAD PLACE "banana: 1\n", "5:1", {"unknown key 'banana'", "the nearest are: "}},
        {HEAD PLACE "officers: { banana: 1 }\n",
         "5:13",
         {"in officers", "expected one of: density, vision"}},
        {HEAD "districts: [{ id: a, nam: A, width: 20, height: 20 }]\n",
         "4:22",
         {"'nam' in districts", "did you mean 'name'?"}},
        {HEAD PLACE "events: [{ id: e, title: E, hour: 1, fuel_prise: 9 }]\n",
         "5:38",
         {"in events", "did you mean 'fuel_price'?"}},
        {HEAD PLACE "units: [{ id: u, name: U, populatoin: 9 }]\n",
         "5:27",
         {"did you mean 'population'?"}},
        {HEAD PLACE "citizens: { able: { valeu: 1 } }\n",
         "5:21",
         {"in an annotated value", "did you mean 'value'?"}},
        {HEAD PLACE "sources: { s: { titel: T } }\n",
         "5:17",
         {"in a source", "did you mean 'title'?"}},
        {HEAD PLACE "provenance: { citizens.able: { kindd: fact } }\n",
         "5:32",
         {"in provenance", "did you mean 'kind'?"}},
        {HEAD PLACE "provenance: { citizens.abel: { kind: claim } }\n",
         "5:15",
         {"'citizens.abel' names no parameter"}},
        {HEAD PLACE "provenance: { citizens.: { kind: claim } }\n",
         "5:15",
         {"names no parameter"}},
        {HEAD PLACE "? [a, b]\n: 1\n", "5:3", {"a key must be a word"}},
        {HEAD PLACE "? { a: b }\n: 1\n", "5:3", {"a key must be a word"}},
        {HEAD PLACE "'': 1\n", "5:1", {"unknown key ''"}},
        {HEAD PLACE "questions:\n  - { id: q, text: T, change: [\"scale=2\"], outcome: "
                    "peak,\n      control: [\"citizens.able=0\"] }\n",
         "7:7",
         {"'control' is called 'positive_control' now"}},
    };
    EXPECT_ALL_BAD(CASES);
}

static void doubled_keys_are_named(void **state)
{
    static const bad CASES[] = {
        {HEAD "title: Another\n" PLACE,
         "4:1",
         {"'title' stands here twice", "in line 2"}},
        {HEAD PLACE "citizens: { able: 1, vision: 7, able: 1 }\n",
         "5:33",
         {"'able' stands here twice", "in line 5"}},
        {HEAD "districts: [{ id: a, name: A, id: b, width: 2, height: 2 }]\n",
         "4:31",
         {"'id' stands here twice"}},
        {HEAD PLACE "citizens: { able: { value: 1, value: 1 } }\n",
         "5:31",
         {"'value' stands here twice"}},
        {HEAD PLACE "citizens: {}\n\"citizens\": {}\n", "6:1", {"twice", "in line 5"}},
    };
    EXPECT_ALL_BAD(CASES);
}

static void missing_keys_are_named(void **state)
{
    static const bad CASES[] = {
        {"title: T\ntime: { steps: 5 }\n" PLACE, "1:1", {"'steppe' is missing"}},
        {"steppe: 1\ntime: { steps: 5 }\n" PLACE, "1:1", {"'title' is missing"}},
        {"steppe: 1\ntitle: T\n" PLACE, "1:1", {"'time' is missing"}},
        {"steppe: 1\ntitle: T\ntime: { step: 1 }\n" PLACE,
         "3:7",
         {"'steps' is missing in time", "steps to run"}},
        {HEAD, "1:1", {"'districts' is missing or empty"}},
        {HEAD "districts: []\n", "1:1", {"'districts' is missing or empty"}},
        {HEAD "districts: [{ name: A, width: 2, height: 2 }]\n",
         "4:13",
         {"'id' is missing in districts"}},
        {HEAD "districts: [{ id: a, width: 2, height: 2 }]\n",
         "4:13",
         {"'name' is missing"}},
        {HEAD "districts: [{ id: a, name: A }]\n",
         "4:13",
         {"district 'a'", "'population' is missing (or width and height)"}},
        {HEAD "districts: [{ id: a, name: A, width: 20 }]\n",
         "4:13",
         {"give both width and height"}},
        {HEAD "districts: [{ id: a, name: A, population: 9, height: 20 }]\n",
         "4:13",
         {"give both width and height"}},
        {HEAD "districts: [{ id: a, name: A, population: 9, lat: 20 }]\n",
         "4:13",
         {"give both lat and lon"}},
        {HEAD "news: { reach: 1 }\ndistricts:\n"
              "  - { id: a, name: A, population: 9, lat: 20, lon: 9 }\n"
              "  - { id: b, name: B, population: 9 }\n",
         "7:5",
         {"district 'b'", "'lat' and 'lon' are missing"}},
        {HEAD "news: { emboldens: 0.1 }\ndistricts:\n"
              "  - { id: a, name: A, population: 9 }\n"
              "  - { id: b, name: B, population: 9 }\n",
         "6:5",
         {"district 'a'", "'lat' and 'lon' are missing"}},
        {HEAD "legitimacy: { enabled: true }\ndistricts:\n"
              "  - { id: a, name: A, population: 9 }\n"
              "  - { id: b, name: B, population: 9 }\n",
         "6:5",
         {"district 'a'", "'lat' and 'lon' are missing"}},
        {HEAD PLACE "events: [{ title: E, hour: 1 }]\n",
         "5:10",
         {"'id' is missing in events"}},
        {HEAD PLACE "events: [{ id: e, hour: 1 }]\n", "5:10", {"'title' is missing"}},
        {HEAD PLACE "units: [{ id: u }]\n", "5:9", {"'name' is missing in units"}},
        {HEAD PLACE "sources: { s: { author: A } }\n",
         "5:15",
         {"source 's' has no 'title'"}},
        {HEAD PLACE "sources: { s: { title: '' } }\n",
         "5:15",
         {"source 's' has no 'title'"}},
        {"steppe: 1\ntitle: ''\ntime: { steps: 5 }\n" PLACE,
         "2:8",
         {"title must not be empty"}},
    };
    EXPECT_ALL_BAD(CASES);
}

/* ---- values ---- */

static void wrong_types_are_named(void **state)
{
    static const bad CASES[] = {
        {HEAD PLACE "citizens: { able: all }\n",
         "5:19",
         {"able must be a number (share), not 'all'"}},
        {HEAD PLACE "citizens: { able: [1] }\n",
         "5:19",
         {"able must be a number, not a list"}},
        {HEAD PLACE "citizens: { able: '1' }\n",
         "5:19",
         {"able must be a number, not the quoted text '1'"}},
        {HEAD PLACE "citizens: { able: \"1\" }\n", "5:19", {"the quoted text '1'"}},
        {HEAD PLACE "citizens: { able: }\n", "5:19", {"able must be", "nothing"}},
        {HEAD PLACE "citizens: { able: ~ }\n", "5:19", {"not '~'"}},
        {HEAD PLACE "citizens: { able: nan }\n", "5:19", {"not 'nan'"}},
        {HEAD PLACE "citizens: { able: .nan }\n", "5:19", {"not '.nan'"}},
        {HEAD PLACE "citizens: { able: 1e999 }\n", "5:19", {"must be a number"}},
        {HEAD PLACE "citizens: { able: 0x1 }\n", "5:19", {"able"}},
        {HEAD PLACE "citizens: { able: 0,5 }\n",
         "5:19",
         {"a comma ends a number; write 0.5"}},
        {HEAD PLACE "citizens: { able: 1-0 }\n", "5:19", {"must be a number"}},
        {HEAD PLACE "citizens: { able: true }\n", "5:19", {"must be a number"}},
        {HEAD PLACE "citizens: { able: {} }\n",
         "5:19",
         {"needs 'value', 'range' or 'prior'"}},
        {HEAD PLACE "citizens: { able: { kind: claim } }\n",
         "5:19",
         {"needs 'value', 'range' or 'prior'"}},
        {HEAD PLACE "citizens: { able: { value: { value: 1 } } }\n",
         "5:28",
         {"must be a number, not a mapping"}},
        {HEAD PLACE "citizens: { able: { value: 1, default: 1 } }\n",
         "5:40",
         {"'value' or 'default', not both"}},
        {"steppe: 1\ntitle: T\ntime: { steps: 2.5 }\n" PLACE,
         "3:16",
         {"steps must be a whole number, not 2.5"}},
        {"steppe: 1\ntitle: [T]\ntime: { steps: 2 }\n" PLACE,
         "2:8",
         {"title must be a text, not a list"}},
        {HEAD "districts: [{ id: a, name: { x: y }, width: 2, height: 2 }]\n",
         "4:28",
         {"name must be a text, not a mapping"}},
        {HEAD "districts: [{ id: a b, name: A, width: 2, height: 2 }]\n",
         "4:19",
         {"id must be a short name", "'a b'"}},
        {HEAD "districts: [{ id: '', name: A, width: 2, height: 2 }]\n",
         "4:19",
         {"id must be a short name", "nothing"}},
        {HEAD "districts: [{ id: a.b, name: A, width: 2, height: 2 }]\n",
         "4:19",
         {"id must be a short name"}},
        {HEAD "districts:\n  - { id: "
              "a123456789b123456789c123456789d123456789e123456789f123456789abcd,"
              " name: A, width: 2, height: 2 }\n",
         "5:11",
         {"id must be a short name"}},
        {HEAD "districts: { a: 1 }\n",
         "4:12",
         {"districts must be a list, not a mapping"}},
        {HEAD "districts: 7\n", "4:12", {"districts must be a list, not '7'"}},
        {HEAD "districts: [7]\n", "4:13", {"districts: each entry must be a mapping"}},
        {HEAD PLACE "citizens: 7\n", "5:11", {"citizens must be a mapping", "not '7'"}},
        {HEAD PLACE "citizens: []\n", "5:11", {"citizens must be a mapping", "a list"}},
        {HEAD PLACE "sources: []\n", "5:10", {"sources must be a mapping"}},
        {HEAD PLACE "sources: { s: T }\n", "5:15", {"source 's' must be a mapping"}},
        {HEAD PLACE "provenance: []\n", "5:13", {"provenance must be a mapping"}},
        {HEAD PLACE "provenance: { citizens.able: fact }\n",
         "5:30",
         {"provenance must be {kind, source, note}"}},
        {HEAD PLACE "events: [{ id: e, title: E, hour: 1, units: u }]\n",
         "5:45",
         {"units must be a list of ids"}},
        {HEAD PLACE "events: [{ id: e, title: E, hour: 1, units: [] }]\n",
         "5:45",
         {"units must be a list of ids"}},
        {HEAD PLACE "events: [{ id: e, title: E, hour: 1, units: [[u]] }]\n",
         "5:46",
         {"units must be a short name"}},
        {"- steppe: 1\n", "1:1", {"a scenario must be a mapping", "not a list"}},
        {"steppe\n", "1:1", {"a scenario must be a mapping", "not 'steppe'"}},
        {"7\n", "1:1", {"a scenario must be a mapping", "not '7'"}},
    };
    EXPECT_ALL_BAD(CASES);
}

static void wrong_words_are_named(void **state)
{
    static const bad CASES[] = {
        {HEAD PLACE "citizens: { ratio: flor }\n",
         "5:20",
         {"ratio must be literal, floor or round, not 'flor'", "did you mean 'floor'?"}},
        {HEAD PLACE "citizens: { ratio: 1 }\n",
         "5:20",
         {"must be literal, floor or round"}},
        {HEAD PLACE "citizens: { ratio: [floor] }\n", "5:20", {"not a list"}},
        {HEAD PLACE "citizens: { ratio: Floor }\n", "5:20", {"did you mean 'floor'?"}},
        {HEAD PLACE "citizens: { neighbourhood: moor }\n",
         "5:28",
         {"euclidean, moore or von-neumann", "did you mean 'moore'?"}},
        {HEAD PLACE "schedule: tyles\n", "5:11", {"did you mean 'tiles'?"}},
        {HEAD PLACE "news: { enabled: yes }\n",
         "5:18",
         {"enabled must be false or true"}},
        {HEAD PLACE "news: { enabled: 1 }\n", "5:18", {"enabled must be false or true"}},
        {HEAD PLACE "news: { enabled: ture }\n", "5:18", {"did you mean 'true'?"}},
        {HEAD PLACE "citizens: { able: { value: 1, kind: guess } }\n",
         "5:37",
         {"kind must be fact, claim or assumption, not 'guess'"}},
        {HEAD PLACE "citizens: { able: { value: 1, kind: [fact] } }\n",
         "5:37",
         {"kind must be fact, claim or assumption, not a list"}},
        {HEAD PLACE "citizens: { able: { value: 1, note: [n] } }\n",
         "5:37",
         {"note must be a text"}},
    };
    EXPECT_ALL_BAD(CASES);
}

static void wrong_units_are_named(void **state)
{
    static const bad CASES[] = {
        {HEAD PLACE "detention: { term_max: 30 km }\n",
         "5:24",
         {"term_max cannot be in 'km'", "a time in h, min, s, d or week"}},
        {HEAD PLACE "detention: { term_max: 30 hrs }\n", "5:24", {"cannot be in 'hrs'"}},
        {HEAD PLACE "detention: { term_max: { value: 30, unit: km } }\n",
         "5:33",
         {"cannot be in 'km'"}},
        {HEAD PLACE "detention: { term_max: { value: 30, unit: [h] } }\n",
         "5:43",
         {"unit must be a word, not a list"}},
        {HEAD PLACE "detention: { term_max: { range: [1 h, 2 km] } }\n",
         "5:39",
         {"cannot be in 'km'"}},
        {HEAD PLACE "news: { distance: 30 h }\n", "5:19", {"a distance in km or m"}},
        {HEAD PLACE "citizens: { able: 5 cells }\n", "5:19", {"a share of 1, or %"}},
        {HEAD PLACE "citizens: { threshold: 5 % }\n",
         "5:24",
         {"a bare number without a unit"}},
        {HEAD PLACE "hardship: { price_base: 5 tenge }\n",
         "5:25",
         {"a price a litre, such as tenge/l"}},
        {HEAD "districts: [{ id: a, name: A, population: 5 officers }]\n",
         "4:43",
         {"population cannot be in 'officers'", "expected residents"}},
    };
    EXPECT_ALL_BAD(CASES);
}

static void values_out_of_range_are_named(void **state)
{
    static const bad CASES[] = {
        {"steppe: 2\ntitle: T\ntime: { steps: 5 }\n" PLACE,
         "1:9",
         {"steppe must be", "not 2"}},
        {"steppe: 1\ntitle: T\ntime: { steps: 0 }\n" PLACE,
         "3:16",
         {"steps must be in [1, "}},
        {"steppe: 1\ntitle: T\ntime: { steps: -5 }\n" PLACE, "3:16", {"not -5"}},
        {"steppe: 1\ntitle: T\ntime: { steps: 5, step: 0 }\n" PLACE,
         "3:25",
         {"step must be in ", "h, not 0"}},
        {"steppe: 1\ntitle: T\ntime: { steps: 5, step: 10 s }\n" PLACE,
         "3:25",
         {"step must be a whole number of minutes"}},
        {"steppe: 1\ntitle: T\ntime: { steps: 5, step: 0.01 }\n" PLACE,
         "3:25",
         {"step must be a whole number of minutes"}},
        {HEAD PLACE "citizens: { density: 0 }\n",
         "5:22",
         {"density must be in (0, 1] share, not 0"}},
        {HEAD PLACE "citizens: { density: 1.01 }\n", "5:22", {"(0, 1]", "not 1.01"}},
        {HEAD PLACE "citizens: { able: 101 % }\n", "5:19", {"[0, 1]", "not 1.01"}},
        {HEAD PLACE "citizens: { able: -0.1 }\n", "5:19", {"not -0.1"}},
        {HEAD PLACE "citizens: { able: .inf }\n", "5:19", {"[0, 1]", "not .inf"}},
        {HEAD PLACE "citizens: { vision: 0.5 }\n",
         "5:21",
         {"at least 1 cell", "'netlogo' alone"}},
        {HEAD PLACE "rules: netlogo\ncitizens: { vision: -1 }\n", "6:21", {"[0, "}},
        {HEAD PLACE "citizens: { vision: 16 }\n", "5:21", {"not 16"}},
        {HEAD PLACE "citizens: { threshold: 1.5 }\n", "5:24", {"[-1, 1]"}},
        {HEAD PLACE "citizens: { arrest_constant: -1 }\n", "5:30", {">= 0"}},
        {HEAD PLACE "news: { distance: 0 }\n", "5:19", {"> 0 km"}},
        {HEAD PLACE "hardship: { price_base: 0 }\n", "5:25", {"> 0"}},
        {HEAD PLACE "scale: 0.5\n", "5:8", {"scale must be in [1, "}},
        {HEAD "districts: [{ id: a, name: A, width: 9, height: 9, able: 0.5 }]\n"
              "rules: epstein-2\n",
         "4:58",
         {"'able' does nothing under the rules 'epstein-2'"}},
        {HEAD PLACE "rules: mesa\n"
                    "events: [{ id: e, title: E, hour: 1, reinforcement: 9 }]\n",
         "6:53",
         {"'reinforcement' does nothing under the rules 'mesa'"}},
        {HEAD PLACE "rules: mesa\ncitizens: { order: act-move }\n",
         "6:20",
         {"'order' does nothing under the rules 'mesa'"}},
        {HEAD PLACE "citizens: { cloning: 0.1 }\n",
         "5:22",
         {"'cloning' does nothing under the rules 'epstein'"}},
        {HEAD PLACE "rules: netlogo\nnews: { reach: 2 }\n",
         "6:16",
         {"'reach' does nothing under the rules 'netlogo'"}},
        {HEAD PLACE "rules: netlogo\nlegitimacy: { enabled: true }\n",
         "6:24",
         {"'enabled' does nothing under the rules 'netlogo'"}},
        {HEAD PLACE "rules: mesa\ncurfew: { effect: 1 }\n",
         "6:19",
         {"'effect' does nothing under the rules 'mesa'"}},
        {HEAD PLACE "rules: mesa\nevents: [{ id: e, title: E, hour: 1, relief: 0.1 }]\n",
         "6:46",
         {"'relief' does nothing under the rules 'mesa'"}},
        {HEAD PLACE
         "rules: epstein-2\nevents: [{ id: e, title: E, hour: 1, curfew: 1 }]\n",
         "6:46",
         {"'curfew' does nothing under the rules 'epstein-2'"}},
        {HEAD PLACE "events: [{ id: e, title: E, hour: 1, curfew: 1.1 }]\n",
         "5:46",
         {"curfew must be in [0, 1]"}},
        {HEAD "districts: [{ id: a, name: A, width: 20, height: 65001 }]\n",
         "4:50",
         {"[1, 65000] cells"}},
        {HEAD "districts: [{ id: a, name: A, population: 0 }]\n", "4:43", {"not 0"}},
        {HEAD "districts: [{ id: a, name: A, population: 4e9, lat: 90.1, lon: 0 }]\n",
         "4:53",
         {"lat must be in [-90, 90] degrees"}},
        {HEAD "districts: [{ id: a, name: A, population: 5e9 }]\n",
         "4:43",
         {"not 5000000000"}},
        {HEAD PLACE "citizens: { able: { range: [0.5, 1.5] } }\n", "5:34", {"[0, 1]"}},
        {HEAD PLACE "citizens: { hardship_low: 0.6, hardship_high: 0.4 }\n",
         "5:27",
         {"hardship_low is above hardship_high"}},
        {HEAD "districts: [{ id: a, name: A, width: 9, height: 9, hardship_low: 0.6,\n"
              "  hardship_high: 0.5 }]\n",
         "4:66",
         {"district 'a'", "hardship_low is above hardship_high"}},
    };
    EXPECT_ALL_BAD(CASES);
}

/* What is infinite is meant only where the table says so (detention.term_max, "for
 * ever"): elsewhere no run can be made of it. */
static void infinities_that_mean_nothing_are_errors(void **state)
{
    static const bad CASES[] = {
        {"steppe: 1\ntitle: T\ntime: { steps: 5, step: .inf }\n" PLACE,
         "3:25",
         {"step must"}},
        {"steppe: 1\ntitle: T\ntime: { steps: 5, step: 1e300 }\n" PLACE,
         "3:25",
         {"step must"}},
        {HEAD PLACE "citizens: { arrest_constant: .inf }\n",
         "5:30",
         {"arrest_constant must"}},
        {HEAD PLACE "hardship: { price_base: .inf }\n", "5:25", {"price_base must"}},
        {HEAD PLACE "events: [{ id: e, title: E, hour: 1, fuel_price: .inf }]\n",
         "5:50",
         {"fuel_price must"}},
        {HEAD PLACE "news: { reach: .inf }\n", "5:16", {"reach must"}},
    };
    EXPECT_ALL_BAD(CASES);
}

static void bad_ranges_are_named(void **state)
{
    static const bad CASES[] = {
        {HEAD PLACE "citizens: { able: { range: [0.7, 0.5] } }\n",
         "5:28",
         {"the low end of the range is above its high end"}},
        {HEAD PLACE "citizens: { able: { value: 0.8, range: [0.5, 0.7] } }\n",
         "5:28",
         {"able lies outside its own range"}},
        {HEAD PLACE "citizens: { able: { default: 0.4, range: [0.5, 0.7] } }\n",
         "5:30",
         {"able lies outside its own range"}},
        {HEAD PLACE "citizens: { able: { range: [0.5] } }\n",
         "5:28",
         {"range must be a list of two numbers [low, high], not a list"}},
        {HEAD PLACE "citizens: { able: { range: [0.5, 0.6, 0.7] } }\n",
         "5:28",
         {"a list of two numbers"}},
        {HEAD PLACE "citizens: { able: { range: 0.5 } }\n", "5:28", {"not '0.5'"}},
        {HEAD PLACE "citizens: { able: { range: [a, b] } }\n", "5:29", {"not 'a'"}},
        {HEAD PLACE "citizens: { ratio: { value: floor, range: [0, 1] } }\n",
         "5:43",
         {"ratio is not a number: it cannot have a range"}},
        {HEAD PLACE "news: { enabled: { range: [false, true] } }\n",
         "5:27",
         {"it cannot have a range"}},
        {HEAD PLACE "citizens: { ratio: { range: [literal, floor] } }\n",
         "5:29",
         {"it cannot have a range"}},
        {HEAD "districts: [{ id: a, name: A, population: { range: [1.5, 2] } }]\n",
         "4:53",
         {"whole number"}},
    };
    EXPECT_ALL_BAD(CASES);
}

static void bad_dates_are_named(void **state)
{
    static const bad CASES[] = {
        {"steppe: 1\ntitle: T\ntime: { steps: 5, start: 2022-02-30 }\n" PLACE,
         "3:26",
         {"start must be a date such as 2022-01-05", "not '2022-02-30'"}},
        {"steppe: 1\ntitle: T\ntime: { steps: 5, start: tomorrow }\n" PLACE,
         "3:26",
         {"not 'tomorrow'"}},
        {"steppe: 1\ntitle: T\ntime: { steps: 5, start: [2022] }\n" PLACE,
         "3:26",
         {"not a list"}},
        {"steppe: 1\ntitle: T\ntime: { steps: 5, start: 2022-01-05T25:00 }\n" PLACE,
         "3:26",
         {"must be a date"}},
        {HEAD PLACE "events: [{ id: e, title: E, date: 2022-01-05 }]\n",
         "5:35",
         {"event 'e': it has a date, but the scenario has no time.start"}},
        {HEAD PLACE "events: [{ id: e, title: E }]\n",
         "5:10",
         {"event 'e': give a 'date' or an 'hour'"}},
        {"steppe: 1\ntitle: T\ntime: { steps: 5, start: 2022-01-01 }\n" PLACE
         "events: [{ id: e, title: E, date: 2022-01-05, hour: 3 }]\n",
         "5:10",
         {"event 'e'", "not both"}},
        {HEAD PLACE "events: [{ id: e, title: E, hour: -1 }]\n",
         "5:35",
         {"hour must be"}},
    };
    EXPECT_ALL_BAD(CASES);
}

/* ---- references, sums, sources ---- */

static void broken_references_are_named(void **state)
{
    static const bad CASES[] = {
        {HEAD "units: [{ id: mangystau, name: M }]\n"
              "districts: [{ id: a, name: A, unit: mangistau, width: 9, height: 9 }]\n",
         "5:37",
         {"no unit is called 'mangistau'", "did you mean 'mangystau'?"}},
        {HEAD "districts: [{ id: a, name: A, unit: u, width: 9, height: 9 }]\n",
         "4:37",
         {"no unit is called 'u'"}},
        {HEAD "districts: [{ id: almaty, name: A, width: 9, height: 9 }]\n"
              "events: [{ id: e, title: E, hour: 1, districts: [almtay] }]\n",
         "5:49",
         {"no district is called 'almtay'", "did you mean 'almaty'?"}},
        {HEAD PLACE "events: [{ id: e, title: E, hour: 1, units: [u] }]\n",
         "5:45",
         {"no unit is called 'u'"}},
        {HEAD PLACE "sources: { press: { title: T } }\n"
                    "events: [{ id: e, title: E, hour: 1, source: pres }]\n",
         "6:46",
         {"no source is called 'pres'", "did you mean 'press'?"}},
        {HEAD PLACE "sources: { press: { title: T } }\n"
                    "citizens: { able: { value: 1, source: prses } }\n",
         "6:39",
         {"no source is called 'prses'", "did you mean 'press'?"}},
        {HEAD PLACE "citizens: { able: { value: 1, source: press } }\n",
         "5:39",
         {"no source is called 'press'"}},
        {HEAD PLACE "citizens: { able: { value: 1, source: [press] } }\n",
         "5:39",
         {"source must be the id of an entry"}},
        {HEAD PLACE "provenance: { citizens.able: { source: press } }\n",
         "5:40",
         {"no source is called 'press'"}},
    };
    EXPECT_ALL_BAD(CASES);
}

static void facts_need_sources(void **state)
{
    static const bad CASES[] = {
        {HEAD PLACE "citizens: { able: { value: 1, kind: fact } }\n",
         "5:19",
         {"able is called a fact but names no source"}},
        {HEAD PLACE "provenance: { citizens.able: { kind: fact } }\n",
         "5:30",
         {"citizens.able is called a fact but names no source"}},
    };
    EXPECT_ALL_BAD(CASES);
}

static void doubled_ids_are_named(void **state)
{
    static const bad CASES[] = {
        {HEAD "districts:\n  - { id: a, name: A, width: 9, height: 9 }\n"
              "  - { id: b, name: B, width: 9, height: 9 }\n"
              "  - { id: a, name: C, width: 9, height: 9 }\n",
         "7:11",
         {"the id 'a' stands in districts twice"}},
        {HEAD PLACE "units: [{ id: u, name: U }, { id: u, name: V }]\n",
         "5:35",
         {"the id 'u' stands in units twice"}},
        {HEAD PLACE
         "events: [{ id: e, title: E, hour: 1 }, { id: e, title: F, hour: 2 }]\n",
         "5:46",
         {"the id 'e' stands in events twice"}},
    };
    EXPECT_ALL_BAD(CASES);
}

static void people_who_do_not_add_up_or_fit_are_named(void **state)
{
    static const bad CASES[] = {
        {HEAD "units: [{ id: u, name: U, population: 31 }]\n"
              "districts: [{ id: a, name: A, unit: u, population: 10 },\n"
              "  { id: b, name: B, unit: u, population: 20 }]\n",
         "4:39",
         {"the districts of 'u' have 30 residents, the unit 31"}},
        {HEAD "districts: [{ id: a, name: A, width: 5, height: 5, population: 26 }]\n",
         "4:13",
         {"district 'a'", "do not fit on 25 cells"}},
        {HEAD "districts: [{ id: a, name: A, width: 5, height: 5, population: 20,\n"
              "  officers: 6 }]\n",
         "4:13",
         {"26 citizens and officers do not fit on 25 cells"}},
        {HEAD "citizens: { density: 1 }\n" PLACE, "5:13", {"do not fit on 400 cells"}},
    };
    EXPECT_ALL_BAD(CASES);
}

/* ---- YAML itself ---- */

static void files_that_are_no_yaml_are_named(void **state)
{
    static const bad CASES[] = {
        {"", "1:1", {"the file is empty", "expected a scenario"}},
        {"\n\n", "1:1", {"the file is empty"}},
        {"# nothing\n# but comments\n", "1:1", {"the file is empty"}},
        {"---\n", "2:1", {"a scenario must be a mapping", "nothing"}},
        {HEAD "citizens:\n\tvision: 7\n" PLACE, "5:1", {"tab", "indent with spaces"}},
        {HEAD "citizens: { vision: 7\n", "5:1", {"not valid YAML"}},
        {HEAD "districts: [{ id: a, name: 'A\n", "5:1", {"not valid YAML"}},
        {HEAD "districts:\n  - id: a\n   name: A\n", "6:4", {"not valid YAML"}},
        {HEAD PLACE "title\n", "6:1", {"not valid YAML"}},
        {HEAD PLACE "---\n" HEAD PLACE, "5:1", {"a second document begins here"}},
        {HEAD PLACE "...\n---\n", "6:1", {"a second document begins here"}},
        {HEAD PLACE "%YAML 1.1\n", "6:1", {"not valid YAML"}},
        {HEAD "description: \"\\q\"\n", "4:15", {"not valid YAML"}},
        {"%YAML 9.9\n---\n" HEAD PLACE, "1:1", {"not valid YAML"}},
        {HEAD PLACE "citizens: { able: @x }\n", "5:19", {"not valid YAML"}},
        {HEAD PLACE "citizens: *none\n", "5:11", {"the alias *none has no anchor &none"}},
        {HEAD PLACE "citizens: &c { vision: *c }\n",
         "5:24",
         {"the alias *c stands inside its own anchor"}},
        {HEAD PLACE "citizens: &c [[[*c]]]\n", "5:17", {"inside its own anchor"}},
        {HEAD PLACE "units: [&u { id: u, name: U }, *u]\n",
         "5:18",
         {"the id 'u' stands in units twice"}},
        {HEAD PLACE "citizens: { <<: { vision: 7 } }\n", "5:13", {"unknown key '<<'"}},
    };
    EXPECT_ALL_BAD(CASES);
}

/* What an unterminated file of any length leaves is an error or, where it happens to be
 * whole, a scenario; never anything else. */
static void truncated_files_do_no_harm(void **state)
{
    static const char WHOLE[] = HEAD
        "citizens:\n  legitimacy: { value: 0.8, range: [0.7, 0.9], kind: claim, source: "
        "s }\n"
        "sources: { s: { title: \"A source\" } }\n" PLACE
        "events:\n  - { id: e, title: 'E', hour: 3 h, districts: [a] }\n";
    size_t good = 0;
    for (size_t size = 0; size < sizeof WHOLE; size++) {
        steppe_scenario *s;
        char *text = malloc(size +
                            1); /* of just this size, so that a step too far shows */
        memcpy(text, WHOLE, size);
        int status = steppe_scenario_parse(context_of(state), "bad.yaml", text, size,
                                           NULL, 0, &s);
        free(text);
        good += status == STEPPE_OK;
        if (status == STEPPE_OK)
            steppe_scenario_free(s);
        else
            expect_message(state, status, STEPPE_BAD_SCENARIO, "bad.yaml:", WHOLE);
    }
    assert_true(good >= 2 && good < 100); /* whole, and where it happens to be: few */
}

static void binary_files_are_named(void **state)
{
    static const struct {
        const char *bytes;
        size_t size;
    } CASES[] = {
        {"\x7f"
         "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0",
         16},
        {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16},
        {"\x1f\x8b\x08\0\0\0\0\0", 8},
        {"SQLite format 3\0", 16},
        {"\xff\xff\xff\xff", 4},
        {"\0\0\0\0\0\0\0\0", 8},
        {"title: \xc3\x28\n", 10},         /* not UTF-8 */
        {"title: \xed\xa0\x80\n", 11},     /* half of a surrogate pair */
        {"title: \xf4\x90\x80\x80\n", 12}, /* beyond Unicode */
        {"title: \xc0\xaf\n", 10},         /* a longer form than need be */
        {"title: a\x01z\n", 11},           /* a control character */
        {"title: \xc3", 8},                /* cut inside a character */
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        expect_bad(state, CASES[i].bytes, CASES[i].size, "bad.yaml:1:");
    static const char DEEP[] = HEAD "# fine until\n  here: \xff\n";
    expect_bad(state, DEEP, sizeof DEEP - 1, "bad.yaml:5:9: not a text file in UTF-8");
}

static void nul_characters_are_errors(void **state)
{
    static const char RAW[] = HEAD "description: a\0b\n" PLACE;
    expect_bad(state, RAW, sizeof RAW - 1, "bad.yaml:4:");
    static const char ESCAPED[] = HEAD "description: \"a\\0b\"\n" PLACE;
    expect_bad(state, ESCAPED, sizeof ESCAPED - 1,
               "bad.yaml:4:14: a text may not contain a NUL character");
    static const char KEY[] = HEAD PLACE "\"title\\0\": x\n";
    expect_bad(state, KEY, sizeof KEY - 1, "bad.yaml:5:1: ");
}

/* ---- the seat of power ---- */

/* On lines 5 to 9: a seat, two persons, an office, a power, a hot spot. */
#define COURT                                                     \
    "seat: { enabled: true, incumbent: ruler }\n"                 \
    "persons: [{ id: ruler, name: R }, { id: chief, name: C }]\n" \
    "offices: [{ id: police, name: P, holder: chief }]\n"         \
    "powers: [{ id: north, name: N, distance: 1 km }]\n"          \
    "hotspots: [{ id: war, name: W }]\n"
#define ACT(keys) HEAD PLACE COURT "events: [{ id: e, title: E, hour: 1, " keys " }]\n"
#define PEOPLE                                               \
    HEAD PLACE "seat: { enabled: true, incumbent: ruler }\n" \
               "persons: [{ id: ruler, name: R }, { id: chief, name: C }]\n"

static void who_is_not_at_the_seat_is_named(void **state)
{
    static const bad CASES[] = {
        {HEAD PLACE "seat: { enabled: true }\n", "5:18", {"'incumbent' is missing"}},
        {HEAD PLACE "seat: { enabled: true, incumbent: nobody }\n",
         "5:35",
         {"no person is called 'nobody'"}},
        {HEAD PLACE "seat: { enabled: false, incumbent: rule }\n"
                    "persons: [{ id: ruler, name: R }]\n",
         "5:36",
         {"'rule'", "did you mean 'ruler'?"}},
        {PEOPLE "seat2: 1\n", "7:1", {"did you mean 'seat'?"}},
        {HEAD PLACE "persons: [{ id: ruler, name: R }]\n"
                    "seat: { enabled: true, incumbent: ruler, capital: b }\n",
         "6:51",
         {"no district is called 'b'", "did you mean 'a'?"}},
        {PEOPLE "offices: [{ id: o, name: O, holder: chef }]\n",
         "7:37",
         {"no person is called 'chef'", "did you mean 'chief'?"}},
        {PEOPLE "ties: [{ id: t, a: chef, b: ruler, kind: kin }]\n",
         "7:20",
         {"'chef'", "did you mean 'chief'?"}},
        {PEOPLE "ties: [{ id: t, a: chief, b: rule, kind: kin }]\n",
         "7:30",
         {"'rule'", "did you mean 'ruler'?"}},
        {ACT("act: dismiss, person: chef"), "10:60", {"did you mean 'chief'?"}},
        {ACT("act: take-office, office: polic"), "10:64", {"did you mean 'police'?"}},
        {ACT("act: ask-troops, power: nort"), "10:62", {"did you mean 'north'?"}},
        {ACT("act: hotspot, hotspot: warr, amount: 1"),
         "10:61",
         {"no hot spot is called 'warr'", "did you mean 'war'?"}},
        {ACT("granted_by: nort, relief: 0.1"), "10:50", {"did you mean 'north'?"}},
    };
    EXPECT_ALL_BAD(CASES);
}

static void ties_that_tie_nobody_are_named(void **state)
{
    static const bad CASES[] = {
        {PEOPLE "ties: [{ id: t, a: chief, b: chief, kind: kin }]\n",
         "7:30",
         {"tie 't' is of 'chief' to itself"}},
        {PEOPLE "ties: [{ id: t, a: chief, b: ruler, kind: kin },\n"
                "  { id: u, a: ruler, b: chief, kind: kin }]\n",
         "8:3",
         {"'ruler' and 'chief' have a tie of this kind already, 't'"}},
        {PEOPLE "ties: [{ id: t, a: chief, b: ruler }]\n", "7:8", {"'kind' is missing"}},
        {PEOPLE "ties: [{ id: t, a: chief, b: ruler, kind: friend }]\n",
         "7:43",
         {"kin, patronage or business"}},
        {PEOPLE "ties: [{ id: t, a: chief, b: ruler, kind: kin, strength: 1.1 }]\n",
         "7:58",
         {"strength must be in [0, 1]"}},
    };
    EXPECT_ALL_BAD(CASES);
}

static void acts_that_lack_or_idle_are_named(void **state)
{
    static const bad CASES[] = {
        {ACT("act: sing"), "10:43", {"or open-fund, not 'sing'"}},
        {ACT("person: chief"), "10:46", {"'person' does nothing without an 'act'"}},
        {ACT("amount: 1"), "10:46", {"'amount' does nothing without an 'act'"}},
        {ACT("severity: 1"), "10:48", {"'severity' does nothing without an 'act'"}},
        {ACT("act: dismiss"),
         "10:43",
         {"to dismiss needs a 'person', an 'office', or both"}},
        {ACT("act: appoint, person: chief"), "10:43", {"'appoint' needs 'office'"}},
        {ACT("act: appoint, office: police"), "10:43", {"'appoint' needs 'person'"}},
        {ACT("act: detain"), "10:43", {"'detain' needs 'person'"}},
        {ACT("act: exile"), "10:43", {"'exile' needs 'person'"}},
        {ACT("act: take-office"), "10:43", {"'take-office' needs 'office'"}},
        {ACT("act: ask-troops"), "10:43", {"'ask-troops' needs 'power'"}},
        {ACT("act: promise-reform"), "10:43", {"'promise-reform' needs 'amount'"}},
        {ACT("act: deliver-reform"), "10:43", {"'deliver-reform' needs 'amount'"}},
        {ACT("act: stance, power: north"), "10:43", {"'stance' needs 'amount'"}},
        {ACT("act: stance, amount: 1"), "10:43", {"'stance' needs 'power'"}},
        {ACT("act: hotspot, amount: 1"), "10:43", {"'hotspot' needs 'hotspot'"}},
        {ACT("act: open-fund, amount: 1"),
         "10:62",
         {"'amount' does nothing with the act 'open-fund'"}},
        {ACT("act: appoint, person: chief, office: police, severity: 1"),
         "10:93",
         {"'severity' does nothing with the act 'appoint'"}},
        {ACT("act: dismiss, person: chief, seized: 0.5"),
         "10:75",
         {"'seized' does nothing with the act 'dismiss'"}},
        {ACT("act: detain, person: chief, office: police"),
         "10:74",
         {"'office' does nothing with the act 'detain'"}},
        {ACT("act: promise-reform, amount: 1.1"), "10:67", {"must be in [0, 1]"}},
        {ACT("act: deliver-reform, amount: -0.1"), "10:67", {"must be in [0, 1]"}},
        {ACT("act: promise-reform, amount: { value: 0.5, range: [0, 2] }"),
         "10:67",
         {"must be in [0, 1]"}},
        {ACT("act: stance, power: north, amount: 2"), "10:73", {"must be in [-1, 1]"}},
        {ACT("act: hotspot, hotspot: war, amount: -1"), "10:74", {"[0, 1e+06]"}},
        {ACT("act: exile, person: chief, seized: 2"), "10:73", {"must be in [0, 1]"}},
    };
    EXPECT_ALL_BAD(CASES);
}

static void values_out_of_range_at_the_seat_are_named(void **state)
{
    static const bad CASES[] = {
        {HEAD PLACE "seat: { enabled: true, incumbent: r }\n"
                    "persons: [{ id: r, name: R, competence: 0.4 }]\n",
         "6:41",
         {"competence must be in [0.5, 1]"}},
        {HEAD PLACE "seat: { enabled: false }\n"
                    "persons: [{ id: r, name: R, resources: 1.5 }]\n",
         "6:40",
         {"resources must be a whole number"}},
        {HEAD PLACE "seat: { enabled: false }\n"
                    "persons: [{ id: r, name: R, resources: 5 km/h }]\n",
         "6:40",
         {"a sum of money, such as tenge"}},
        {HEAD PLACE "seat: { enabled: false }\npowers: [{ id: p, name: P }]\n",
         "6:10",
         {"'distance' is missing"}},
        {HEAD PLACE "seat: { enabled: false }\n"
                    "powers: [{ id: p, name: P, distance: 1 km, slots: 10 }]\n",
         "6:51",
         {"slots must be in [1, 9]"}},
        {HEAD PLACE "seat: { enabled: false, rule: loud }\n", "5:31", {"cubic"}},
        {HEAD PLACE "defection: { cost: 1 }\n", "5:20", {"cost must be in (0, 1)"}},
        {HEAD PLACE "seat: { fall_time: 0 }\n", "5:20", {"fall_time must be"}},
        {HEAD PLACE "seat: { resource_weight: 1e7 }\n",
         "5:26",
         {"resource_weight must be in [0, 1000000]"}},
        {HEAD PLACE "vacancies: { bribe: 0 }\n", "5:21", {"bribe must be in"}},
    };
    EXPECT_ALL_BAD(CASES);
}

/* More precise than the game can bear: alpha / sqrt(beta) at most sqrt(2 pi). */
static void games_of_three_solutions_are_named(void **state)
{
    static const bad CASES[] = {
        {HEAD PLACE "defection: { alpha: 16 }\n",
         "5:21",
         {"at most sqrt(2 pi beta), 7.51988"}},
        {HEAD PLACE "defection: { media_freedom: 1, beta: 4, alpha: 6 }\n",
         "5:48",
         {"5.01326"}},
        {HEAD PLACE "defection: { beta: 1 }\n", "5:12", {"2.50663"}},
    };
    EXPECT_ALL_BAD(CASES);
    parse(state, HEAD PLACE "defection: { alpha: 15 }\n"); /* times a half */
}

static void what_does_nothing_without_a_seat_is_named(void **state)
{
    static const bad CASES[] = {
        {HEAD PLACE "persons: [{ id: r, name: R }]\n",
         "5:10",
         {"'persons' do nothing without a section 'seat'"}},
        {HEAD PLACE "offices: [{ id: r, name: R }]\n", "5:10", {"'offices' do nothing"}},
        {HEAD PLACE "hotspots: [{ id: r, name: R }]\n",
         "5:11",
         {"'hotspots' do nothing"}},
        {HEAD PLACE "powers: [{ id: r, name: R, distance: 1 }]\n",
         "5:9",
         {"'powers' do nothing"}},
        {HEAD PLACE "events: [{ id: e, title: E, hour: 1, act: open-fund }]\n",
         "5:43",
         {"'act' does nothing without a section 'seat'"}},
        {HEAD PLACE "events: [{ id: e, title: E, hour: 1, granted_by: p }]\n",
         "5:50",
         {"without a section 'seat'"}},
    };
    EXPECT_ALL_BAD(CASES);
    /* With one that is switched off they stand by. */
    parse(state,
          HEAD PLACE "seat: { enabled: false }\npersons: [{ id: r, name: R }]\n"
                     "events: [{ id: e, title: E, hour: 1, act: dismiss, person: r }]\n");
}

static void lists_of_the_seat_that_are_too_long_are_named(void **state)
{
    static const struct {
        const char *name, *keys;
        int most;
    } CASES[] = {{"persons", "", 64},
                 {"offices", "", 64},
                 {"powers", ", distance: 1 km", 8},
                 {"hotspots", "", 8}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        for (int more = 0; more < 2; more++) {
            stp_text text = {0};
            stp_text_add(&text, HEAD PLACE "seat: { enabled: false }\n%s:\n",
                         CASES[i].name);
            for (int k = 0; k < CASES[i].most + more; k++)
                stp_text_add(&text, "  - { id: p%d, name: P%s }\n", k, CASES[i].keys);
            keep(state, text.data, free);
            if (more)
                expect_bad(state, text.data, text.length,
                           words(state,
                                 "bad.yaml:7:3: there may be at most %d %s, not %d",
                                 CASES[i].most, CASES[i].name, CASES[i].most + 1));
            else
                parse(state, text.data);
        }
}

/* Two ids that draw the same random numbers: found by search, as anybody would have to. */
static void ids_of_one_hash_are_named(void **state)
{
    const char *text = HEAD PLACE "seat: { enabled: false }\n"
                                  "persons:\n  - { id: yiijsv, name: P }\n"
                                  "  - { id: other, name: O }\n"
                                  "  - { id: ktodoe, name: Q }\n";
    expect_bad(state, text, strlen(text),
               "bad.yaml:9:11: the ids 'yiijsv' and 'ktodoe' have the same hash");
}

/* ---- sizes ---- */

static void deep_nesting_is_an_error(void **state)
{
    for (int depth = 40; depth <= 100000; depth *= 50) {
        stp_text text = {0};
        stp_text_add(&text, HEAD PLACE "citizens: ");
        for (int i = 0; i < depth; i++)
            stp_text_append(&text, "[", 1);
        keep(state, text.data, free);
        expect_bad(state, text.data, text.length, "bad.yaml:5:");
        expect_message(state, STEPPE_BAD_SCENARIO, STEPPE_BAD_SCENARIO,
                       "nested too deeply", "");
    }
}

/* A billion laughs: each level holds the one before nine times over. 9^11 texts of 60
 * letters would be 1.9 TB. */
static void alias_bombs_do_not_go_off(void **state)
{
    const char *text = HEAD PLACE
        "l0: &l0 'hahahahahahahahahahahahahahahahahahahahahahahahahahahahahaha'\n";
    for (int level = 1; level <= 11; level++)
        text = words(
            state, "%sl%d: &l%d [*l%d, *l%d, *l%d, *l%d, *l%d, *l%d, *l%d, *l%d, *l%d]\n",
            text, level, level, level - 1, level - 1, level - 1, level - 1, level - 1,
            level - 1, level - 1, level - 1, level - 1);
    /* 9^7 is five million; the next level is more than the eight million that are allowed. */
    expect_bad(state, text, strlen(text),
               "bad.yaml:13:5: expands to more than 8000000 values");
    /* The same by mappings, each of two. */
    text = HEAD PLACE "l0: &l0 { a: b }\n";
    for (int level = 1; level <= 40; level++)
        text = words(state, "%sl%d: &l%d { a: *l%d, b: *l%d }\n", text, level, level,
                     level - 1, level - 1);
    expect_bad(state, text, strlen(text), "expands to more than 8000000 values");
}

static void too_many_anchors_are_an_error(void **state)
{
    stp_text text = {0};
    stp_text_add(&text, HEAD PLACE "citizens:\n");
    for (int i = 0; i <= STP_MAX_ANCHORS; i++)
        stp_text_add(&text, "  k%d: &a%d 1\n", i, i);
    keep(state, text.data, free);
    expect_bad(state, text.data, text.length, "bad.yaml:1006:");
    expect_message(state, STEPPE_BAD_SCENARIO, STEPPE_BAD_SCENARIO,
                   "more than 1000 anchors", "");
}

static void too_many_keys_are_an_error(void **state)
{
    stp_text text = {0};
    stp_text_add(&text, HEAD PLACE "sources:\n");
    for (int i = 0; i <= STP_MAX_KEYS; i++)
        stp_text_add(&text, "  k%d: { title: T }\n", i);
    keep(state, text.data, free);
    expect_bad(state, text.data, text.length, "bad.yaml:10006:3: too many keys");
}

static void too_many_records_are_an_error(void **state)
{
    stp_text text = {0};
    stp_text_add(&text, HEAD PLACE "units: [");
    for (int i = 0; i <= 100000; i++)
        stp_text_append(&text, "1,", 2);
    stp_text_add(&text, "]\n");
    keep(state, text.data, free);
    expect_bad(state, text.data, text.length,
               "bad.yaml:5:8: there may be at most 100000 units");
    stp_text events = {0};
    stp_text_add(&events, HEAD PLACE "events: [");
    for (int i = 0; i <= 20000; i++)
        stp_text_append(&events, "1,", 2);
    stp_text_add(&events, "]\n");
    keep(state, events.data, free);
    expect_bad(state, events.data, events.length,
               "bad.yaml:5:9: there may be at most 20000 events");
}

/* Of many records each is known by its id: the twin of the first is found, and whoever is meant by a unit. */
static void many_records_are_told_apart(void **state)
{
    enum { MANY = 30000 };
    for (int twin = 0; twin < 2; twin++) {
        stp_text text = {0};
        stp_text_add(&text, HEAD "units:\n");
        for (int i = 0; i < MANY; i++)
            stp_text_add(&text, "  - { id: u%d, name: U, population: 9 }\n", i);
        stp_text_add(&text, "districts:\n");
        for (int i = 0; i < MANY; i++)
            stp_text_add(&text, "  - { id: d%d, name: D, unit: u%d, population: %d }\n",
                         twin && i == MANY - 1 ? 0 : i, MANY - 1 - i,
                         !twin && i == 29000 ? 8 : 9);
        stp_text_add(&text,
                     "events: [{ id: e, title: E, hour: 1, reinforcement: 1, "
                     "units: [u%d, u7], districts: [d5] }]\n",
                     twin ? 8 : MANY);
        keep(state, text.data, free);
        expect_bad(state, text.data, text.length,
                   twin ? "the id 'd0' stands in districts twice"
                        : "bad.yaml:1004:38: the districts of 'u999' have 8 residents, "
                          "the unit 9");
        if (twin)
            continue;
        assert_int_equal(steppe_context_problem_count(context_of(state)), 2);
        assert_non_null(strstr(steppe_context_problem(context_of(state), 1),
                               "no unit is called 'u30000'"));
    }
}

/* What happens in each of very many districts takes memory for all of them. */
static void too_many_events_in_too_many_districts_are_an_error(void **state)
{
    stp_text text = {0};
    stp_text_add(&text, HEAD "districts:\n");
    for (int i = 0; i < 50000; i++)
        stp_text_add(&text, "  - { id: d%d, name: D, population: 9 }\n", i);
    stp_text_add(&text, "events:\n");
    for (int i = 0; i < 8001; i++)
        stp_text_add(&text, "  - { id: e%d, title: E, hour: 1, relief: 1 }\n", i);
    keep(state, text.data, free);
    expect_bad(state, text.data, text.length,
               "8001 events and things observed in 50000 districts are too many");
}

/* Messages are cut, not overrun, and say where all the same. */
static void long_words_are_cut_short(void **state)
{
    char *word = malloc(100001);
    keep(state, word, free);
    memset(word, 'x', 100000);
    word[100000] = '\0';
    const char *const formats[] = {HEAD PLACE "? %s\n: 1\n",
                                   HEAD PLACE "citizens: { able: %s }\n",
                                   HEAD PLACE "citizens: { able: 1 %s }\n",
                                   HEAD PLACE "citizens: { ratio: %s }\n",
                                   HEAD PLACE "citizens: *%s\n",
                                   HEAD PLACE "time2: &%s [1]\n",
                                   HEAD PLACE "events: [{ id: %s, title: E, hour: 1 }]\n",
                                   HEAD PLACE "sources: {\n  ? %s\n  : x }\n"};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        char *text;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        assert_true(asprintf(&text, formats[i], word) > 0);
#pragma GCC diagnostic pop
        keep(state, text, free);
        expect_bad(state, text, strlen(text), "bad.yaml:");
        assert_true(strlen(steppe_context_message(context_of(state))) < 1100);
    }
    /* A long file name leaves the end of it out, not memory. */
    steppe_scenario *s;
    assert_int_equal(steppe_scenario_parse(context_of(state), word, "x: [", 4, NULL, 0,
                                           &s),
                     STEPPE_BAD_SCENARIO);
}

/* ---- settings ---- */

static void bad_settings_are_named(void **state)
{
    static const char TEXT[] = HEAD PLACE "events: [{ id: price, title: P, hour: 1 }]\n";
    static const struct {
        const char *setting, *words;
    } CASES[] = {
        {"", "expected KEY=VALUE"},
        {"=", "expected KEY=VALUE"},
        {"=1", "expected KEY=VALUE"},
        {"citizens.legitimacy", "--set citizens.legitimacy: expected KEY=VALUE"},
        {"citizens.legitimacy=", "--set citizens.legitimacy=: there is no value"},
        {"citizens.legitimacy=# 1", "there is no value"},
        {"citizens.legitimacy=2",
         "--set citizens.legitimacy=2: legitimacy must be in [0, 1]"},
        {"citizens.legitimacy=high",
         "--set citizens.legitimacy=high: legitimacy must be a number"},
        {"citizens.legitmacy=0.5", "did you mean 'legitimacy'?"},
        {"citzens.legitimacy=0.5", "did you mean 'citizens'?"},
        {"citizens.legitimacy.value.x=1", "legitimacy"},
        {"citizens.=1", "'' leads nowhere"},
        {".=1", "'' leads nowhere"},
        {"citizens..able=1", "'' leads nowhere"},
        {"title.x=1", "'x' leads nowhere"},
        {"events.prise.enabled=false",
         "--set events.prise.enabled=false: nothing is called 'prise' there; did you mean"
         " 'price'?"},
        {"events.banana.enabled=false", "nothing is called 'banana' there"},
        {"events.2.enabled=false", "nothing is called '2' there"},
        {"events.0.enabled=false", "nothing is called '0' there"},
        {"events.-1.enabled=false", "nothing is called '-1' there"},
        {"events.price.enabled=[", "--set events.price.enabled=[:2:1: not valid YAML"},
        {"events.price.enabled=*x", "no anchor"},
        {"events.price.enabled=1\n--- 2", "a second document"},
        {"events.price.title=\xff", "not a text file in UTF-8"},
        {"sources.\xff\x06.title=T", "the key is not text in UTF-8"},
        {"sources.a\x1b[31m.title=T", "has control characters"},
        {"sources.a b.title=T", "the id of a source must be a short name"},
        {"districts=[]", "'districts' is missing or empty"},
        {"districts={}", "districts must be a list"},
        {"steppe=7", "steppe must be"},
        {"time=1", "time must be a mapping"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        steppe_scenario *s = *state;
        int status = steppe_scenario_parse(context_of(state), "bad.yaml", TEXT,
                                           strlen(TEXT), &CASES[i].setting, 1, &s);
        if (status == STEPPE_OK)
            steppe_scenario_free(s);
        expect_message(state, status, STEPPE_BAD_SCENARIO, CASES[i].words,
                       CASES[i].setting);
        assert_null(s);
    }
}

/* One bad setting among good ones spoils the lot. */
static void any_bad_setting_is_enough(void **state)
{
    static const char TEXT[] = HEAD PLACE;
    const char *const settings[] = {"scale=2", "scale=-2", "scale=3", "nonsense"};
    steppe_scenario *s;
    assert_int_equal(steppe_scenario_parse(context_of(state), "bad.yaml", TEXT,
                                           strlen(TEXT), settings, 4, &s),
                     STEPPE_BAD_SCENARIO);
    expect_message(state, STEPPE_BAD_SCENARIO, STEPPE_BAD_SCENARIO,
                   "--set nonsense: expected KEY=VALUE", TEXT);
    assert_int_equal(steppe_scenario_parse(context_of(state), "bad.yaml", TEXT,
                                           strlen(TEXT), settings, 3, &s),
                     STEPPE_OK); /* a later one replaces the bad one */
    steppe_scenario_free(s);
}

/* ---- files ---- */

static void expect_unreadable(void **state, const char *path, int wanted,
                              const char *says)
{
    steppe_scenario *s = *state;
    int status = steppe_scenario_open(context_of(state), path, NULL, 0, &s);
    if (status == STEPPE_OK)
        steppe_scenario_free(s);
    expect_message(state, status, wanted, path, path);
    expect_message(state, status, wanted, says, path);
    assert_null(s);
}

/* A file of so many zero bytes. */
static void expect_unreadable_size(void **state, off_t size, const char *says)
{
    char path[] = "/tmp/steppe-unit-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(ftruncate(file, size), 0);
    assert_int_equal(close(file), 0);
    expect_unreadable(state, path, STEPPE_BAD_SCENARIO, says);
    assert_int_equal(unlink(path), 0);
}

static void files_that_cannot_be_read_are_named(void **state)
{
    expect_unreadable(state, "no/such/file.yaml", STEPPE_CANNOT_READ, "cannot be opened");
    expect_unreadable(state, "", STEPPE_CANNOT_READ, "cannot be opened");
    expect_unreadable(state, "meson.build/file.yaml", STEPPE_CANNOT_READ,
                      "cannot be opened");
    expect_unreadable(state, "scenarios", STEPPE_CANNOT_READ, "is a folder");
    expect_unreadable(state, ".", STEPPE_CANNOT_READ, "is a folder");
    expect_unreadable(state, "/dev/null", STEPPE_CANNOT_READ,
                      "not a regular file (a device)");
    expect_unreadable(state, "/dev/zero", STEPPE_CANNOT_READ,
                      "not a regular file (a device)");
    expect_unreadable_size(state, 0, ":1:1: the file is empty");
    if (access("/proc/self/mem", R_OK) == 0) /* opens, but fails to be read */
        expect_unreadable(state, "/proc/self/mem", STEPPE_CANNOT_READ, "cannot be read");
}

static void files_without_permission_are_named(void **state)
{
    char path[] = "/tmp/steppe-unit-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(close(file), 0);
    assert_int_equal(chmod(path, 0), 0);
    uid_t user = geteuid(), nobody = 65534;
    if (user == 0) /* root may read it all the same */
        assert_int_equal(seteuid(nobody), 0);
    bool barred = euidaccess(path, R_OK) != 0;
    if (barred)
        expect_unreadable(state, path, STEPPE_CANNOT_READ,
                          "cannot be opened: Permission");
    assert_int_equal(seteuid(user), 0);
    unlink(path);
    if (!barred)
        skip();
}

static void large_files_are_left_off(void **state)
{
    expect_unreadable_size(state, (off_t)65 << 20, "larger than 64 MiB");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_shelf(unknown_keys_are_named),
        with_shelf(doubled_keys_are_named),
        with_shelf(missing_keys_are_named),
        with_shelf(wrong_types_are_named),
        with_shelf(wrong_words_are_named),
        with_shelf(wrong_units_are_named),
        with_shelf(values_out_of_range_are_named),
        with_shelf(infinities_that_mean_nothing_are_errors),
        with_shelf(bad_ranges_are_named),
        with_shelf(bad_dates_are_named),
        with_shelf(broken_references_are_named),
        with_shelf(facts_need_sources),
        with_shelf(doubled_ids_are_named),
        with_shelf(people_who_do_not_add_up_or_fit_are_named),
        with_shelf(files_that_are_no_yaml_are_named),
        with_shelf(truncated_files_do_no_harm),
        with_shelf(binary_files_are_named),
        with_shelf(nul_characters_are_errors),
        with_shelf(who_is_not_at_the_seat_is_named),
        with_shelf(ties_that_tie_nobody_are_named),
        with_shelf(acts_that_lack_or_idle_are_named),
        with_shelf(values_out_of_range_at_the_seat_are_named),
        with_shelf(games_of_three_solutions_are_named),
        with_shelf(what_does_nothing_without_a_seat_is_named),
        with_shelf(lists_of_the_seat_that_are_too_long_are_named),
        with_shelf(ids_of_one_hash_are_named),
        with_shelf(deep_nesting_is_an_error),
        with_shelf(alias_bombs_do_not_go_off),
        with_shelf(too_many_anchors_are_an_error),
        with_shelf(too_many_keys_are_an_error),
        with_shelf(too_many_records_are_an_error),
        with_shelf(many_records_are_told_apart),
        with_shelf(too_many_events_in_too_many_districts_are_an_error),
        with_shelf(long_words_are_cut_short),
        with_shelf(bad_settings_are_named),
        with_shelf(any_bad_setting_is_enough),
        with_shelf(files_that_cannot_be_read_are_named),
        with_shelf(files_without_permission_are_named),
        with_shelf(large_files_are_left_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
