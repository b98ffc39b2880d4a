/* Promise (base/text.h): numbers written as text read back as the same numbers, in the
 * fewest digits that do; a misspelt word finds the one that was meant, and only such a
 * one. */
#include "base/text.h"

#include "support.h"

#include <stdio.h>

/* ---- growing text ---- */

static void text_grows(void **state)
{
    (void)state;
    stp_text text = {0};
    char expected[5000] = "";
    for (int i = 0; i < 1000; i++) {
        stp_text_add(&text, "%d,", i);
        char item[16];
        snprintf(item, sizeof item, "%d,", i);
        strcat(expected, item);
    }
    assert_false(text.failed);
    assert_int_equal(text.length, strlen(expected));
    assert_string_equal(text.data, expected);
    stp_text_free(&text);
    assert_null(text.data);
    stp_text_free(&text); /* twice is once */
}

static void bytes_are_added_as_they_are(void **state)
{
    (void)state;
    stp_text text = {0};
    stp_text_append(&text, "a\0%s", 4);
    stp_text_append(&text, "", 0);
    assert_int_equal(text.length, 4);
    assert_memory_equal(text.data, "a\0%s", 5); /* and a NUL behind */
    stp_text_free(&text);
}

/* ---- numbers ---- */

static double number_of_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static void expect_round_trip(double value)
{
    char text[STP_NUMBER_TEXT];
    double again;
    stp_number_text(value, text);
    if (!stp_number_parse(text, &again) || memcmp(&again, &value, sizeof value) != 0) {
        print_error("%.17g became '%s'\n", value, text);
        fail();
    }
}

static void numbers_round_trip(void **state)
{
    (void)state;
    uint64_t random = 1;
    for (int i = 0; i < 100000; i++) {
        double value = number_of_bits((uint64_t)any(&random) << 33 ^ any(&random));
        if (isfinite(value))
            expect_round_trip(value);
    }
    static const double EDGES[] = {0.0,
                                   -0.0,
                                   1,
                                   -1,
                                   0.1,
                                   1.0 / 3,
                                   2.3,
                                   65536,
                                   1e15,
                                   1e16,
                                   1e17,
                                   1e22,
                                   1e23,
                                   4e9,
                                   1e-7,
                                   5e-324,
                                   2.2e-308,
                                   1.797e308,
                                   0.82,
                                   1e100,
                                   1e-100,
                                   9007199254740993.0,
                                   0.30000000000000004};
    for (size_t i = 0; i < sizeof EDGES / sizeof *EDGES; i++)
        expect_round_trip(EDGES[i]);
}

static void numbers_are_short(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } CASES[] = {{0, "0"},
                 {0.7, "0.7"},
                 {0.82, "0.82"},
                 {-0.1, "-0.1"},
                 {2101485, "2101485"},
                 {0.1 + 0.2, "0.30000000000000004"},
                 {1e9, "1000000000"},
                 {720, "720"},
                 {0.009, "0.009"},
                 {64.1, "64.1"},
                 {1e23, "1e+23"},
                 {43.2567, "43.2567"},
                 {1.0 / 3, "0.3333333333333333"}};
    char text[STP_NUMBER_TEXT];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(stp_number_text(CASES[i].value, text), CASES[i].text);
}

static void infinity_has_its_own_text(void **state)
{
    (void)state;
    char text[STP_NUMBER_TEXT];
    double value;
    assert_string_equal(stp_number_text(INFINITY, text), ".inf");
    assert_true(stp_number_parse(".inf", &value));
    assert_true(isinf(value) && value > 0);
}

static void only_numbers_are_numbers(void **state)
{
    (void)state;
    static const char *const NOT[] = {"",      " ",        "abc",   "1x",    "x1",
                                      "0x10",  "1e",       "e5",    "1 2",   "1,5",
                                      "nan",   ".nan",     "inf",   "-.inf", "+.inf",
                                      "NaN",   "1..2",     "--1",   " 1",    "1 ",
                                      "1e400", ".",        "-",     "+",     "1-2",
                                      "1e5.5", "infinity", "1_000", "0b1",   "1f",
                                      ".inf ", "1e+",      "\n1",   "١"};
    double value;
    for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++)
        if (stp_number_parse(NOT[i], &value)) {
            print_error("'%s' was taken for a number\n", NOT[i]);
            fail();
        }
    static const struct {
        const char *text;
        double value;
    } ARE[] = {{"0", 0},    {"-1", -1}, {"+2", 2},       {"1e3", 1000}, {"1E3", 1000},
               {".5", 0.5}, {"5.", 5},  {"1e-3", 0.001}, {"007", 7},    {"1e+2", 100}};
    for (size_t i = 0; i < sizeof ARE / sizeof *ARE; i++) {
        assert_true(stp_number_parse(ARE[i].text, &value));
        assert_same(value, ARE[i].value);
    }
}

/* ---- the nearest word ---- */

static const char *const WORDS[] = {"density", "vision",   "legitimacy", "threshold",
                                    "ratio",   "movement", "order",      "able"};
enum { WORD_COUNT = sizeof WORDS / sizeof *WORDS };

static void nearest_word_is_the_one_meant(void **state)
{
    (void)state;
    static const char *const MEANT[][2] = {
        {"density", "density"},       /* itself */
        {"densty", "density"},        /* a letter missing */
        {"densiity", "density"},      /* one too many */
        {"dansity", "density"},       /* a wrong one */
        {"desnity", "density"},       /* two exchanged */
        {"Legitimacy", "legitimacy"}, /* case does not count */
        {"LEGITIMACY", "legitimacy"}, {"legitamacy", "legitimacy"},
        {"treshhold", "threshold"},   {"rato", "ratio"},
        {"moevment", "movement"},     {"abel", "able"}};
    for (size_t i = 0; i < sizeof MEANT / sizeof *MEANT; i++) {
        const char *nearest = stp_nearest(MEANT[i][0], WORDS, WORD_COUNT);
        assert_non_null(nearest);
        assert_string_equal(nearest, MEANT[i][1]);
    }
}

static void far_words_are_not_proposed(void **state)
{
    (void)state;
    assert_null(stp_nearest("banana", WORDS, WORD_COUNT));
    assert_null(stp_nearest("population", WORDS, WORD_COUNT));
    assert_null(stp_nearest("density", WORDS, 0));
    assert_null(stp_nearest("density", NULL, 0));
    assert_null(stp_nearest("", WORDS, WORD_COUNT));
}

/* An exchange of neighbours is one mistake, not two: from a word of four letters (which
 * may be two mistakes away), "abcd" is nearer to "abdc" than to a word with two letters
 * changed. */
static void an_exchange_is_one_mistake(void **state)
{
    (void)state;
    const char *const words[] = {"abxy", "abdc"};
    assert_string_equal(stp_nearest("abcd", words, 2), "abdc");
    /* Words of one or two letters may be one mistake away: an exchange just is. */
    const char *const pair[] = {"ba"};
    assert_string_equal(stp_nearest("ab", pair, 1), "ba");
}

static void the_first_of_equals_is_proposed(void **state)
{
    (void)state;
    const char *const words[] = {"bat", "cat", "hat"};
    assert_string_equal(stp_nearest("rat", words, 3), "bat");
    assert_string_equal(stp_nearest("hat", words, 3), "hat"); /* unless one is nearer */
    /* or has the same letters, in another order */
    static const char *const times[] = {"ties", "time"};
    assert_string_equal(stp_nearest("tiem", times, 2), "time");
    assert_string_equal(stp_nearest("tiees", times, 2), "ties");
}

static void long_words_do_no_harm(void **state)
{
    (void)state;
    char word[200];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    const char *const words[] = {word, "density"};
    assert_null(stp_nearest(word, words + 1, 1));
    stp_nearest("density", words, 2);
    word[63] = '\0'; /* the longest that is compared */
    char twin[64];
    memcpy(twin, word, sizeof twin);
    twin[62] = 'b';
    assert_string_equal(stp_nearest(twin, words, 2), word);
}

/* What may follow what: Unicode's table of well-formed byte sequences (3-7). */
static void clean_texts_are_utf_8(void **state)
{
    (void)state;
    static const char *const CLEAN[] = {"",
                                        "a",
                                        "tab\tand\nline",
                                        "~",
                                        "\xc2\xa0",
                                        "\xdf\xbf",
                                        "\xe0\xa0\x80",
                                        "\xed\x9f\xbf",
                                        "\xee\x80\x80",
                                        "\xef\xbf\xbd",
                                        "\xf0\x90\x80\x80",
                                        "\xf4\x8f\xbf\xbf",
                                        "\xd2\x9a\xd0\xb0\xd0\xb7",
                                        "x\xe2\x82\xb8y"};
    static const char *const NOT[] = {
        "\x01",
        "a\x1b[31m",
        "\x7f",
        "\r", /* control characters */
        "\x80",
        "\xbf",
        "a\xbf", /* an end without a beginning */
        "\xc0\xaf",
        "\xc1\xbf",
        "\xe0\x9f\xbf",
        "\xf0\x8f\xbf\xbf", /* too long a form */
        "\xed\xa0\x80",
        "\xed\xbf\xbf", /* halves of surrogate pairs */
        "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80",
        "\xff", /* beyond Unicode */
        "\xc3",
        "\xe2\x82",
        "\xf0\x90\x80",
        "\xe2\x28\xa1",
        "\xc3(", /* cut short */
    };
    for (size_t i = 0; i < sizeof CLEAN / sizeof *CLEAN; i++)
        assert_true(stp_text_clean(CLEAN[i]));
    for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++)
        if (stp_text_clean(NOT[i]))
            fail_msg("text %zu was taken for clean", i);
}

static void copies_are_own(void **state)
{
    (void)state;
    char original[] = "text";
    char *copy = stp_copy(original);
    original[0] = 'n';
    assert_string_equal(copy, "text");
    free(copy);
    copy = stp_copy("");
    assert_string_equal(copy, "");
    free(copy);
}

static void a_text_is_shown_in_one_line(void **state)
{
    (void)state;
    char line[16];
    assert_string_equal(steppe_show_line("a\n\x1b\xff", line, sizeof line),
                        "a\\n\\x1b\\xff");
    /* what does not fit is cut off between letters */
    assert_string_equal(steppe_show_line("abc\xc3\xa9", line, 5), "abc");
    assert_string_equal(steppe_show_line("abc\xc3\xa9", line, 6), "abc\xc3\xa9");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows),
        cmocka_unit_test(bytes_are_added_as_they_are),
        cmocka_unit_test(numbers_round_trip),
        cmocka_unit_test(numbers_are_short),
        cmocka_unit_test(infinity_has_its_own_text),
        cmocka_unit_test(only_numbers_are_numbers),
        cmocka_unit_test(nearest_word_is_the_one_meant),
        cmocka_unit_test(far_words_are_not_proposed),
        cmocka_unit_test(an_exchange_is_one_mistake),
        cmocka_unit_test(the_first_of_equals_is_proposed),
        cmocka_unit_test(long_words_do_no_harm),
        cmocka_unit_test(clean_texts_are_utf_8),
        cmocka_unit_test(a_text_is_shown_in_one_line),
        cmocka_unit_test(copies_are_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
