/* Promise: no answer, and no check of the scale, whatever its numbers, is written with "nan" or "inf" in a
 * sentence, a table, a page or a picture. (JSON: tests/cli/ask.sh.) */
#include "report/answers/answers.h"
#include "report/charts/answer_picture.h"
#include "report/charts/forest.h"
#include "report/format/table.h"
#include "study/questions/ask.h"
#include "study/scale/scale.h"

#include "support.h"

#include <ctype.h>
#include <unistd.h>

enum { TRIALS = 1500 };

static const char SCENARIO[] =
    "steppe: 1\ntitle: A town\ntime: { steps: 4 }\n"
    "districts: [{ id: town, name: Town, width: 9, height: 9 }]\n"
    "questions:\n"
    "  - { id: q, text: Why?, change: [\"citizens.legitimacy=0.5\"], outcome: peak, "
    "smallest: 0.1 }\n";

/* ---- words that are no numbers ---- */

static bool is_word(const char *text, const char *from, size_t length)
{
    bool before = from > text && isalnum((unsigned char)from[-1]);
    return !before && !isalnum((unsigned char)from[length]);
}

static void assert_numbers(const char *text, const char *what)
{
    static const char *const BAD[] = {"nan", "inf", "infinity"};
    assert_non_null(text);
    for (size_t k = 0; k < sizeof BAD / sizeof *BAD; k++)
        for (const char *c = text; *c; c++)
            if (strncasecmp(c, BAD[k], strlen(BAD[k])) == 0 &&
                is_word(text, c, strlen(BAD[k])))
                fail_msg("%s has '%s': %.120s", what, BAD[k],
                         c > text + 60 ? c - 60 : text);
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    size_t length = (size_t)ftell(file);
    char *text = calloc(length + 1, 1);
    rewind(file);
    assert_int_equal(fread(text, 1, length, file), length);
    fclose(file);
    return text;
}

static void assert_file(const char *path)
{
    char *text = read_file(path);
    assert_numbers(text, path);
    free(text);
    remove(path);
}

/* ---- answers ---- */

static double any_number(uint64_t *random)
{
    static const double ALL[] = {0,         1,   -1,     0.5,     NAN,    INFINITY,
                                 -INFINITY, 1e6, -1e300, 1.7e308, 5e-324, 1234.5};
    return ALL[any_below(random, sizeof ALL / sizeof *ALL)];
}

static double any_finite(uint64_t *random)
{
    double value;
    do
        value = any_number(random);
    while (!isfinite(value));
    return value;
}

/* Every number of a blank answer is NAN: give each another. */
static void scatter(void *memory, size_t size, uint64_t *random)
{
    const double blank = NAN;
    for (size_t at = 0; at + sizeof blank <= size; at += sizeof blank)
        if (memcmp((char *)memory + at, &blank, sizeof blank) == 0) {
            double value = any_number(random);
            memcpy((char *)memory + at, &value, sizeof value);
        }
}

static size_t any_count(uint64_t *random)
{
    static const size_t ALL[] = {0, 0, 1, 2, 50, 1000};
    return ALL[any_below(random, sizeof ALL / sizeof *ALL)];
}

/* Shares and points are complete, or absent. */
static void make_whole(steppe_answer_facts *f, uint64_t *random)
{
    for (int k = 0; k < 6; k++)
        f->off_rate[k / 3][k % 3] = any_between(random, 0, 1);
    f->off_difference = f->off_low = f->off_high = any_between(random, -1, 1);
    f->fall_difference = f->fall_low = f->fall_high = any_between(random, -1, 1);
    f->dummy_correlation = any_between(random, -1, 1);
    f->dummy_p = any_between(random, 0, 1);
    if (isfinite(f->flips_most)) /* a probability */
        f->flips_most = any_between(random, 0, 1);
    f->holds = f->holds_low = f->holds_high = any_below(random, 2)
                                                  ? any_between(random, 0, 1)
                                                  : NAN;
    if (any_below(random, 2))
        f->agree_low = f->agree_high = any_between(random, 0, 1);
    else
        f->agree_low = f->agree_high = NAN;
    f->beyond_low = f->beyond_high = any_below(random, 2) ? any_between(random, 0, 1)
                                                          : NAN;
    f->draws_zero = f->draws / 2;
    f->draws_agree = (f->draws - f->draws_zero) / 2;
    f->point_count = f->turn == STEPPE_BREAK_EVEN_NONE ? 0 : 3;
    for (int k = 0; k < 3; k++) {
        steppe_answer_point *p = &f->points[k];
        *p = (steppe_answer_point){k, any_number(random), any_number(random),
                                   any_number(random)};
    }
    if (f->turn == STEPPE_BREAK_EVEN_FOUND) {
        f->break_even = any_finite(random);
        if (!isfinite(f->break_even_low))
            f->break_even_high = any_finite(random);
    }
}

static const steppe_registration_change CHANGES[] = {{"2022-01-06", "pairs", "50", "60"},
                                                     {"", "driver", "", "<b>"}};

static void make_answer(steppe_answer *answer, uint64_t *random)
{
    steppe_answer_facts *f = &answer->facts;
    stp_answer_blank(f);
    scatter(f, sizeof *f, random);
    f->id = "q";
    f->text = "Why?";
    f->claim = f->because = "";
    f->outcome = "peak";
    f->unit = "residents";
    f->driver = "citizens.legitimacy";
    f->verdict = (steppe_answer_verdict)any_below(random, 9);
    f->reason = (steppe_answer_reason)any_below(random, 4);
    f->turn = (steppe_break_even)any_below(random, 4);
    size_t *const counts[] = {&f->pairs,        &f->max_pairs,    &f->failed,
                              &f->identical,    &f->idle,         &f->flips,
                              &f->positive,     &f->off_both,     &f->off_base,
                              &f->off_changed,  &f->zero,         &f->off_neither,
                              &f->fell_both,    &f->side_pairs,   &f->draws,
                              &f->draws_failed, &f->screen_points};
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
        *counts[k] = any_count(random);
    f->scale = 1 + any_count(random);
    f->share = any_below(random, 2) ? 0.1 : 0;
    f->agent = any_below(random, 2) ? 40 : 0;
    f->take_off = any_below(random, 2) ? 0.01 : 0;
    f->take_off_hours = 17;
    f->falls = any_below(random, 2);
    f->has_placebo = any_below(random, 2);
    f->has_positive_control = any_below(random, 2);
    f->screened = any_below(random, 2);
    f->width = any_below(random, 2) ? 1 : 0.25;
    f->sampled = any_below(random, 2) ? "prior" : "posterior";
    f->registration_changes = CHANGES;
    f->registration_change_count = any_below(random, 3);
    make_whole(f, random);
}

static void answers_have_numbers_or_none(void **state)
{
    (void)state;
    uint64_t random = 7;
    steppe_context *context = NULL;
    assert_int_equal(steppe_context_create(&context), STEPPE_OK);
    steppe_scenario *scenario = NULL;
    assert_int_equal(steppe_scenario_parse(context, "town.yaml", SCENARIO,
                                           sizeof SCENARIO - 1, NULL, 0, &scenario),
                     STEPPE_OK);
    char page[] = "/tmp/steppe-answers-XXXXXX", path[64], picture[64];
    int descriptor = mkstemp(page);
    assert_true(descriptor >= 0);
    close(descriptor);
    remove(page);
    snprintf(path, sizeof path, "%s.md", page);
    snprintf(picture, sizeof picture, "%s.svg", page);
    const steppe_ask_options asking = {.seed = 1, .folder = "results"};
    for (int t = 0; t < TRIALS; t++) {
        steppe_answer answer = {.words = NULL};
        steppe_answer *answers[1] = {&answer};
        const steppe_answer *read_only[1] = {&answer};
        char *refusals[1] = {NULL};
        make_answer(&answer, &random);
        assert_int_equal(stp_answer_word(context, &answer), STEPPE_OK);
        assert_numbers(answer.words, "an answer");
        assert_int_equal(steppe_answers_write_page(context, scenario, read_only, 1, 1,
                                                   path),
                         STEPPE_OK);
        assert_file(path);
        assert_file(picture);
        stp_report report = {.context = context,
                             .scenario = scenario,
                             .asking = &asking,
                             .answers = answers,
                             .refusals = refusals,
                             .answer_count = 1};
        FILE *file = fopen(page, "wb");
        assert_non_null(file);
        assert_int_equal(stp_section_answers.write(file, &report), STEPPE_OK);
        steppe_table *tables[] = {steppe_answers_table(read_only, 1),
                                  steppe_answer_table(&answer, "distributions"),
                                  steppe_answer_table(&answer, "points")};
        for (int k = 0; k < 3; k++)
            assert_int_equal(stp_table_put_csv(file, context, tables[k]), STEPPE_OK);
        fclose(file);
        assert_file(page);
        free(answer.words);
    }
    steppe_scenario_free(scenario);
    steppe_context_free(context);
}

/* A blank answer, as of a question that was never run, has words, too. */
static void a_blank_answer_can_be_said(void **state)
{
    (void)state;
    steppe_context *context = NULL;
    assert_int_equal(steppe_context_create(&context), STEPPE_OK);
    for (int verdict = 0; verdict < 9; verdict++) {
        steppe_answer answer = {.words = NULL};
        stp_answer_blank(&answer.facts);
        answer.facts.outcome = answer.facts.unit = "peak";
        answer.facts.verdict = (steppe_answer_verdict)verdict;
        assert_int_equal(stp_answer_word(context, &answer), STEPPE_OK);
        assert_numbers(answer.words, "a blank answer");
        free(answer.words);
    }
    steppe_context_free(context);
}

/* ---- the scale ---- */

static void scales_have_numbers_or_none(void **state)
{
    (void)state;
    static const double DEGENERATE[] = {0, 1, -1, NAN, 1e300, -1e300, 5, 5};
    uint64_t random = 9;
    steppe_context *context = NULL;
    assert_int_equal(steppe_context_create(&context), STEPPE_OK);
    steppe_scenario *scenario = NULL;
    assert_int_equal(steppe_scenario_parse(context, "town.yaml", SCENARIO,
                                           sizeof SCENARIO - 1, NULL, 0, &scenario),
                     STEPPE_OK);
    char page[] = "/tmp/steppe-scale-XXXXXX", path[64], picture[64];
    int descriptor = mkstemp(page);
    assert_true(descriptor >= 0);
    close(descriptor);
    remove(page);
    snprintf(path, sizeof path, "%s.md", page);
    snprintf(picture, sizeof picture, "%s.svg", page);
    for (int t = 0; t < TRIALS / 5; t++) {
        enum { RUNS = 40 };
        steppe_scale_check check = {.scenario = scenario, .scales = {100, 50}};
        steppe_scale_row row = {.name = "peak",
                                .unit = "residents",
                                .meaning = "most",
                                .margin = 0.1,
                                .margin_of = ""};
        steppe_scale_cell cells[2];
        double values[2 * RUNS];
        size_t runs = any_below(&random, 2) ? RUNS : 3;
        for (size_t i = 0; i < 2 * runs; i++) /* constant per scale, or mixed */
            values[i] = DEGENERATE[t % 2 ? any_below(&random, 8)
                                         : (size_t)(t / 2 + (i < runs ? 0 : t / 16)) % 8];
        const stp_scale_rule rule = {.share = 0.1,
                                     .absolute = t % 3 ? 0 : 2,
                                     .error = 0.05};
        assert_int_equal(stp_scale_verdicts(check.scales, 2, values, runs, &rule, &row,
                                            cells),
                         0);
        check.rows = &row;
        check.cells = cells;
        check.facts = (steppe_scale_facts){.scale_count = 2,
                                           .outcome_count = 1,
                                           .scales = check.scales,
                                           .failed = check.failed,
                                           .seeds = runs,
                                           .steps = 4,
                                           .margin = 0.1,
                                           .error = 0.05};
        assert_int_equal(steppe_scale_check_write_page(context, &check, NULL, path),
                         STEPPE_OK);
        assert_file(path);
        if (access(picture, F_OK) == 0)
            assert_file(picture);
    }
    steppe_scenario_free(scenario);
    steppe_context_free(context);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_have_numbers_or_none),
        cmocka_unit_test(a_blank_answer_can_be_said),
        cmocka_unit_test(scales_have_numbers_or_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
