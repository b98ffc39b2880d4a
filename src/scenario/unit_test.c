/* Promise (scenario/unit.h): units convert to the one that a parameter is kept in, and to
 * no other; dates are those of the Gregorian calendar, checked, and turn into minutes and
 * back. */
#include "scenario/unit.h"

#include "support.h"

#include <stdio.h>

/* ---- units ---- */

static void units_convert(void **state)
{
    (void)state;
    static const struct {
        const char *given, *wanted;
        double factor;
    } CASES[] = {
        {"h", "h", 1},
        {"hour", "h", 1},
        {"hours", "h", 1},
        {"min", "h", 1.0 / 60},
        {"s", "h", 1.0 / 3600},
        {"d", "h", 24},
        {"day", "h", 24},
        {"days", "h", 24},
        {"week", "h", 168},
        {"weeks", "h", 168},
        {"km", "km", 1},
        {"m", "km", 0.001},
        {"km/h", "km/h", 1},
        {"share", "share", 1},
        {"%", "share", 0.01},
        {"residents", "residents", 1},
        {"people", "residents", 1},
        {"officers", "officers", 1},
        {"cells", "cells", 1},
        {"degrees", "degrees", 1},
        {"steps", "steps", 1},
        {"tenge/l", "money/l", 1},
        {"EUR/l", "money/l", 1}, /* any currency */
        {"tenge", "money", 1},
        {"KZT", "money", 1},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        double factor = NAN;
        assert_true(stp_unit_factor(CASES[i].given, CASES[i].wanted, &factor));
        assert_same(factor, CASES[i].factor);
    }
}

static void units_of_something_else_do_not(void **state)
{
    (void)state;
    static const char *const WRONG[][2] = {{"km", "h"},
                                           {"h", "km"},
                                           {"m", "h"},
                                           {"%", "h"},
                                           {"h", "share"},
                                           {"share", ""},
                                           {"%", ""},
                                           {"residents", "officers"},
                                           {"cells", "steps"},
                                           {"furlong", "km"},
                                           {"H", "h"},
                                           {"hr", "h"},
                                           {"", "h"},
                                           {"months", "h"},
                                           {"tenge", "money/l"},
                                           {"/l", "money/l"},
                                           {"tenge/kg", "money/l"},
                                           {"tenge/l", "money"},
                                           {"km/h", "money"},
                                           {"%", "money"},
                                           {"tenge/l", "h"},
                                           {"h ", "h"}};
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        double factor;
        if (stp_unit_factor(WRONG[i][0], WRONG[i][1], &factor)) {
            print_error("'%s' was taken for '%s'\n", WRONG[i][0], WRONG[i][1]);
            fail();
        }
    }
}

/* The message about a wrong unit has the right ones, for every parameter. */
static void there_are_words_for_every_unit(void **state)
{
    (void)state;
    char buffer[256];
    steppe_parameter_info info;
    for (size_t i = 0; i < steppe_parameter_count(); i++) {
        assert_int_equal(steppe_parameter(i, buffer, sizeof buffer, &info), STEPPE_OK);
        assert_true(strlen(stp_unit_choices(info.unit)) > 0);
    }
    assert_non_null(strstr(stp_unit_choices("h"), "min"));
    assert_non_null(strstr(stp_unit_choices("share"), "%"));
}

/* ---- dates ---- */

static int64_t minutes_of(const char *text)
{
    int64_t minutes = INT64_MIN;
    if (!stp_date_parse(text, &minutes)) {
        print_error("'%s' was not taken for a date\n", text);
        fail();
    }
    return minutes;
}

/* Days since 1970 of some dates, from tables of Julian day numbers (1970-01-01 is
 * 2440588), which are independent of any formula here. */
static void dates_count_from_1970(void **state)
{
    (void)state;
    static const struct {
        const char *date;
        int64_t julian_day;
    } CASES[] = {
        {"1970-01-01", 2440588}, {"2000-01-01", 2451545}, /* J2000 */
        {"1858-11-17", 2400001}, /* day 0 of the modified count */
        {"1900-01-01", 2415021}, {"1582-10-15", 2299161}, /* first day of the calendar */
        {"1600-01-01", 2305448}, {"1999-12-31", 2451544},
        {"2022-01-01", 2459581}, {"0001-01-01", 1721426},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_int_equal(minutes_of(CASES[i].date),
                         (CASES[i].julian_day - 2440588) * 1440);
    assert_int_equal(minutes_of("2022-01-05T16:30") * 60,
                     1641400200); /* POSIX time, UTC */
    assert_int_equal(minutes_of("1969-12-31T23:59"), -1);
}

static void dates_have_three_forms(void **state)
{
    (void)state;
    assert_int_equal(minutes_of("2022-01-05T16:30"), minutes_of("2022-01-05 16:30"));
    assert_int_equal(minutes_of("2022-01-05T16:30"), minutes_of("2022-01-05T16:30:00"));
    assert_int_equal(minutes_of("2022-01-05T00:00"), minutes_of("2022-01-05"));
}

/* Every day of 400 years, which is the calendar's period, and a year to either side: days
 * of a naive calendar against minutes, and back. */
static void four_hundred_years_round_trip(void **state)
{
    (void)state;
    static const int LENGTH[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t day = 2415021 - 2440588 -
                  365; /* 1899-01-01, by the Julian day of 1900-01-01 */
    for (int year = 1899; year <= 2301; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; month++) {
            int length = LENGTH[month - 1] + (month == 2 && leap);
            for (int d = 1; d <= length; d++, day++) {
                char text[STP_DATE_TEXT], again[STP_DATE_TEXT];
                int hour = (d * 7 + month) % 24, minute = (d * 13 + year) % 60;
                snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d", year, month, d,
                         hour, minute);
                int64_t minutes = minutes_of(text);
                assert_int_equal(minutes, day * 1440 + hour * 60 + minute);
                assert_string_equal(stp_date_text(minutes, again), text);
            }
        }
    }
    assert_int_equal(day, minutes_of("2302-01-01") / 1440);
}

static void leap_days_are_those_of_gregory(void **state)
{
    (void)state;
    int64_t minutes;
    assert_true(stp_date_parse("2000-02-29", &minutes));
    assert_true(stp_date_parse("2024-02-29", &minutes));
    assert_true(stp_date_parse("2400-02-29", &minutes));
    assert_false(stp_date_parse("1900-02-29", &minutes));
    assert_false(stp_date_parse("2100-02-29", &minutes));
    assert_false(stp_date_parse("2022-02-29", &minutes));
    assert_int_equal(minutes_of("2000-03-01") - minutes_of("2000-02-28"), 2 * 1440);
    assert_int_equal(minutes_of("1900-03-01") - minutes_of("1900-02-28"), 1 * 1440);
}

static void the_ends_of_the_calendar_round_trip(void **state)
{
    (void)state;
    static const char *const DATES[] = {"0001-01-01T00:00", "0400-12-31T23:59",
                                        "1582-10-04T12:00", "1969-12-31T23:59",
                                        "1970-01-01T00:00", "9999-12-31T23:59"};
    char text[STP_DATE_TEXT];
    for (size_t i = 0; i < sizeof DATES / sizeof *DATES; i++)
        assert_string_equal(stp_date_text(minutes_of(DATES[i]), text), DATES[i]);
}

static void other_texts_are_no_dates(void **state)
{
    (void)state;
    static const char *const NOT[] = {"",
                                      "2022",
                                      "2022-01",
                                      "2022-1-05",
                                      "22-01-05",
                                      "2022/01/05",
                                      "05-01-2022",
                                      "2022-00-05",
                                      "2022-13-05",
                                      "2022-01-00",
                                      "2022-01-32",
                                      "2022-04-31",
                                      "0000-01-01",
                                      "2022-01-05T",
                                      "2022-01-05T24:00",
                                      "2022-01-05T16:60",
                                      "2022-01-05T16",
                                      "2022-01-05T16:30:01",
                                      "2022-01-05T16:30Z",
                                      "2022-01-05T16:30+06:00",
                                      "2022-01-05x16:30",
                                      " 2022-01-05",
                                      "2022-01-05 ",
                                      "+022-01-05",
                                      "2022-+1-05",
                                      "2022- 1-05",
                                      "2022-01-05T 6:30",
                                      "2022-01-05T-6:30",
                                      "tomorrow",
                                      "2022-01-05T16:30:0",
                                      "2022-01-05T16:30:00.0",
                                      "2022-W01-3"};
    for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++) {
        int64_t minutes;
        if (stp_date_parse(NOT[i], &minutes)) {
            print_error("'%s' was taken for a date\n", NOT[i]);
            fail();
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_convert),
        cmocka_unit_test(units_of_something_else_do_not),
        cmocka_unit_test(there_are_words_for_every_unit),
        cmocka_unit_test(dates_count_from_1970),
        cmocka_unit_test(dates_have_three_forms),
        cmocka_unit_test(four_hundred_years_round_trip),
        cmocka_unit_test(leap_days_are_those_of_gregory),
        cmocka_unit_test(the_ends_of_the_calendar_round_trip),
        cmocka_unit_test(other_texts_are_no_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
