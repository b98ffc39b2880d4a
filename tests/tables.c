/* Promise (steppe.h, Tables): one table is written alike on terminals, in Markdown, HTML, CSV and JSON: the
 * same numbers, every text escaped, nothing where there is no number. */
#include "support.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

typedef struct row {
    const char *name;
    char note[16];
    double share, low, high;
    size_t count;
    int64_t money;
    bool sure;
    enum { BAD, GOOD } verdict;
} row;

static const char *const VERDICTS[] = {"!bad", "good"};

#define F(member) STEPPE_FIELD(row, member)
static const steppe_column COLUMNS[] = {
    {"name", "name", .joined = 1, F(name)},
    {"note", NULL, F(note)},
    {"share", "share", STEPPE_CELL_SHARE, 1, 2, F(share)},
    {"share_low", .list = "interval", F(low)},
    {"share_high", .list = "interval", F(high)},
    {"count", "count", STEPPE_CELL_COUNT, F(count)},
    {"more.money", "money", STEPPE_CELL_COUNT, F(money)},
    {"sure", "sure", STEPPE_CELL_FLAG, .wide = true, F(sure)},
    {"verdict", "verdict", .words = VERDICTS, F(verdict)}};
enum { COUNT = sizeof COLUMNS / sizeof *COLUMNS };

static steppe_table *some_table(void)
{
    steppe_table *t = steppe_table_create(COLUMNS, COUNT);
    steppe_table_add(t, &(row){"a|<b>", "1 & only", 0.125, 0.1, 0.2, 1234567, -5000, true,
                               GOOD});
    steppe_table_add(t, &(row){"=1", "", NAN, NAN, NAN, 0, 0, false, BAD});
    return t;
}

static void expect_text(steppe_format format, int width, const char *expected)
{
    steppe_table *t = some_table();
    char *text = steppe_table_text(t, format, width);
    assert_non_null(text);
    assert_string_equal(text, expected);
    free(text);
    steppe_table_free(t);
}

static void a_terminal_has_columns(void **state)
{
    (void)state;
    expect_text(STEPPE_TERMINAL, 0,
                "name                   share      count   money  verdict\n"
                "a|<b>  12.5 % (10.0 to 20.0)  1,234,567  -5,000  good\n"
                "=1                         –          0       0  BAD\n");
}

static void markdown_is_escaped(void **state)
{
    (void)state;
    expect_text(
        STEPPE_MARKDOWN, 0,
        "| name | share | count | money | sure | verdict |\n"
        "|---|---:|---:|---:|---|---|\n"
        "| a\\|\\<b\\> | 12.5 % (10.0 to 20.0) | 1,234,567 | -5,000 | yes | good |\n"
        "| =1 | – | 0 | 0 | no | **bad** |\n\n");
}

static void html_is_escaped(void **state)
{
    (void)state;
    expect_text(
        STEPPE_HTML, 0,
        "<table>\n<thead><tr><th scope='col'>name</th><th scope='col'>share</th>"
        "<th scope='col'>from</th><th scope='col'>to</th><th scope='col'>count</th>"
        "<th scope='col'>money</th><th scope='col'>sure</th><th scope='col'>verdict</th>"
        "</tr></thead>\n<tbody>\n"
        "<tr><th scope='row'>a|&lt;b&gt;<small>1 &amp; only</small></th>"
        "<td data-value='0.125'>12.5 %</td><td data-value='0.1'>10.0 %</td>"
        "<td data-value='0.2'>20.0 %</td><td data-value='1234567'>1,234,567</td>"
        "<td data-value='-5000'>-5,000</td><td class='text'>yes</td>"
        "<td class='text'>good</td></tr>\n"
        "<tr><th scope='row'>=1</th><td data-value=''>–</td><td data-value=''>–</td>"
        "<td data-value=''>–</td><td data-value='0'>0</td><td data-value='0'>0</td>"
        "<td class='text'>no</td><td class='text'><strong>bad</strong></td></tr>\n"
        "</tbody>\n</table>\n");
}

static void csv_has_all_columns(void **state)
{
    (void)state;
    expect_text(STEPPE_CSV, 0,
                "name,note,share,share_low,share_high,count,more.money,sure,verdict\n"
                "\"a|<b>\",\"1 & only\",0.125,0.1,0.2,1234567,-5000,true,\"good\"\n"
                "\"'=1\",,,,,0,0,false,\"bad\"\n");
}

static void json_has_lists_and_members(void **state)
{
    (void)state;
    steppe_table *t = some_table();
    json_t *rows = steppe_table_json(t), *first = json_array_get(rows, 0);
    assert_int_equal(json_array_size(rows), 2);
    assert_string_equal(json_string_value(json_object_get(first, "name")), "a|<b>");
    json_t *interval = json_object_get(first, "interval");
    assert_int_equal(json_array_size(interval), 2);
    assert_true(json_real_value(json_array_get(interval, 1)) == 0.2);
    assert_int_equal(json_integer_value(json_object_get(first, "count")), 1234567);
    json_t *more = json_object_get(first, "more");
    assert_int_equal(json_integer_value(json_object_get(more, "money")), -5000);
    assert_true(json_is_true(json_object_get(first, "sure")));
    json_t *second = json_array_get(rows, 1);
    assert_true(json_is_null(json_object_get(second, "share")));
    assert_string_equal(json_string_value(json_object_get(second, "verdict")), "bad");
    json_decref(rows);
    steppe_table_free(t);
}

/* No line is wider than the terminal, and nothing is lost. */
static void long_texts_go_over_lines(void **state)
{
    (void)state;
    steppe_table *t = steppe_table_create(COLUMNS, COUNT);
    steppe_table_add(t, &(row){"one two three four five six seven eight nine ten", "",
                               0.5, 0.4, 0.6, 1234567, 1, true, GOOD});
    char *text = steppe_table_text(t, STEPPE_TERMINAL, 72);
    int lines = 0;
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        assert_true(steppe_text_width(line) <= 72);
        lines++;
    }
    assert_true(lines > 2);
    free(text);
    steppe_table_free(t);
}

static void rows_beyond_the_limit_are_counted(void **state)
{
    (void)state;
    steppe_table *t = some_table();
    steppe_table_limit(t, 1);
    char *text = steppe_table_text(t, STEPPE_TERMINAL, 0);
    assert_non_null(strstr(text, "... and 1 more\n"));
    assert_null(strstr(text, "=1"));
    free(text);
    text = steppe_table_text(t, STEPPE_CSV, 0);
    assert_non_null(strstr(text, "=1")); /* programs get all */
    free(text);
    steppe_table_free(t);
}

static void cells_can_be_read(void **state)
{
    (void)state;
    steppe_table *t = some_table();
    assert_int_equal(steppe_table_row_count(t), 2);
    assert_int_equal(steppe_table_column_count(t), COUNT);
    assert_string_equal(steppe_table_column(t, 2)->key, "share");
    assert_null(steppe_table_column(t, COUNT));
    assert_true(steppe_table_number(t, 0, 2) == 0.125);
    assert_true(isnan(steppe_table_number(t, 1, 2)));
    assert_true(isnan(steppe_table_number(t, 2, 2)));
    assert_string_equal(steppe_table_word(t, 1, 0), "=1");
    assert_string_equal(steppe_table_word(t, 0, 2), "");
    steppe_table_free(t);
    steppe_table_free(NULL);
    steppe_table_add(NULL, &(row){0});
    assert_null(steppe_table_text(NULL, STEPPE_CSV, 0));
}

static void numbers_read_alike(void **state)
{
    (void)state;
    static const struct {
        double value;
        steppe_cell cell;
        int decimals;
        const char *words;
    } CASES[] = {{12345.4, STEPPE_CELL_COUNT, 0, "12,345"},
                 {-1234567, STEPPE_CELL_COUNT, 0, "-1,234,567"},
                 {0.012345, STEPPE_CELL_NUMBER, 0, "0.01235"},
                 {123456, STEPPE_CELL_NUMBER, 0, "123,456"},
                 {0.5, STEPPE_CELL_FIXED, 3, "0.500"},
                 {0.5, STEPPE_CELL_SIGNED, 1, "+0.5"},
                 {0.123, STEPPE_CELL_SHARE, 1, "12.3"},
                 {NAN, STEPPE_CELL_NUMBER, 0, "–"},
                 {INFINITY, STEPPE_CELL_COUNT, 0, "–"},
                 {1e300, STEPPE_CELL_COUNT, 0, "1e+300"}};
    char buffer[STEPPE_NUMBER_TEXT];
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_string_equal(steppe_number_words(CASES[i].value, CASES[i].cell,
                                                CASES[i].decimals, buffer),
                            CASES[i].words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_terminal_has_columns),
        cmocka_unit_test(markdown_is_escaped),
        cmocka_unit_test(html_is_escaped),
        cmocka_unit_test(csv_has_all_columns),
        cmocka_unit_test(json_has_lists_and_members),
        cmocka_unit_test(long_texts_go_over_lines),
        cmocka_unit_test(rows_beyond_the_limit_are_counted),
        cmocka_unit_test(cells_can_be_read),
        cmocka_unit_test(numbers_read_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
