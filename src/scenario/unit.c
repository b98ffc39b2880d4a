#include "scenario/unit.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
static const struct {
    const char *name, *canonical;
    double factor;
} UNITS[] = {
    {"h", "h", 1},           {"hour", "h", 1},
    {"hours", "h", 1},       {"min", "h", 1.0 / 60},
    {"s", "h", 1.0 / 3600},  {"d", "h", 24},
    {"day", "h", 24},        {"days", "h", 24},
    {"week", "h", 168},      {"weeks", "h", 168},
    {"km", "km", 1},         {"m", "km", 0.001},
    {"share", "share", 1},   {"%", "share", 0.01},
    {"residents", "residents", 1}, {"people", "residents", 1},
    {"persons", "residents", 1},   {"officers", "officers", 1},
    {"km/h", "km/h", 1},     {"cells", "cells", 1},   {"degrees", "degrees", 1},
    {"steps", "steps", 1},
};
/* clang-format on */
enum { UNIT_COUNT = sizeof UNITS / sizeof *UNITS };

bool stp_unit_factor(const char *given, const char *wanted, double *factor)
{
    *factor = 1;
    if (strcmp(wanted, "money/l") == 0) { /* any currency: only ratios of prices matter */
        size_t length = strlen(given);
        return length > 2 && strcmp(given + length - 2, "/l") == 0;
    }
    if (strcmp(wanted, "money") == 0) /* any currency, the same throughout */
        return !strchr(given, '/') && !strchr(given, '%');
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        if (strcmp(UNITS[i].name, given) == 0 &&
            strcmp(UNITS[i].canonical, wanted) == 0) {
            *factor = UNITS[i].factor;
            return true;
        }
    }
    return false;
}

const char *stp_unit_choices(const char *wanted)
{
    if (strcmp(wanted, "h") == 0)
        return "a time in h, min, s, d or week";
    if (strcmp(wanted, "km") == 0)
        return "a distance in km or m";
    if (strcmp(wanted, "share") == 0)
        return "a share of 1, or %";
    if (strcmp(wanted, "money/l") == 0)
        return "a price a litre, such as tenge/l";
    if (strcmp(wanted, "money") == 0)
        return "a sum of money, such as tenge";
    if (strcmp(wanted, "") == 0)
        return "a bare number without a unit";
    return wanted;
}

/* Days since 1970-01-01 of a Gregorian date: counts years from March, so that leap days come
 * last. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
    if (month <= 2)
        year--;
    int64_t era_year = year % 400, era = year / 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + era_year * 365 + era_year / 4 - era_year / 100 + day_of_year -
           719468;
}

static bool leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int digits_at(const char *text, int from, int count)
{
    int value = 0;
    for (int i = from; i < from + count; i++)
        value = 10 * value + (text[i] - '0');
    return value;
}

bool stp_date_parse(const char *text, int64_t *minutes)
{
    static const int LENGTH[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const char *shape = "dddd-dd-ddTdd:dd:00";
    size_t length = strlen(text);
    if (length != 10 && length != 16 && length != 19)
        return false;
    for (size_t i = 0; i < length; i++) {
        bool digit = text[i] >= '0' && text[i] <= '9';
        if (shape[i] == 'd'   ? !digit
            : shape[i] == 'T' ? text[i] != 'T' && text[i] != ' '
                              : text[i] != shape[i])
            return false;
    }
    int year = digits_at(text, 0, 4), month = digits_at(text, 5, 2),
        day = digits_at(text, 8, 2);
    int hour = length > 10 ? digits_at(text, 11, 2) : 0;
    int minute = length > 10 ? digits_at(text, 14, 2) : 0;
    if (year < 1 || month < 1 || month > 12 || hour > 23 || minute > 59)
        return false;
    if (day < 1 || day > LENGTH[month - 1] + (month == 2 && leap(year)))
        return false;
    *minutes = (days_of(year, month, day) * 24 + hour) * 60 + minute;
    return true;
}

const char *stp_date_text(int64_t minutes, char buffer[STP_DATE_TEXT])
{
    int64_t days = minutes >= 0 ? minutes / 1440 : -((1439 - minutes) / 1440);
    int64_t rest = minutes - days * 1440;
    int64_t year = 1970 + days * 400 / 146097;
    while (days_of(year, 1, 1) > days)
        year--;
    while (days_of(year + 1, 1, 1) <= days)
        year++;
    int64_t month = 12;
    while (days_of(year, month, 1) > days)
        month--;
    snprintf(buffer, STP_DATE_TEXT, "%04d-%02d-%02dT%02d:%02d", (int)year % 10000,
             (int)month, (int)(days - days_of(year, month, 1) + 1) % 100,
             (int)(rest / 60) % 100, (int)(rest % 60) % 100);
    return buffer;
}
