#include "report/format/html.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *const MONTHS[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

/* Month (0 .. 11) and day of a date; 0 if it is none. */
static int read_date(const char *time, int *month)
{
    long parts[3]; /* year, month, day */
    for (int k = 0; k < 3; k++) {
        char *end;
        parts[k] = strtol(time, &end, 10);
        if (end == time || (k < 2 && *end != '-'))
            return 0;
        time = end + 1;
    }
    if (parts[1] < 1 || parts[1] > 12 || parts[2] < 1 || parts[2] > 31)
        return 0;
    *month = (int)parts[1] - 1;
    return (int)parts[2];
}

void stp_html_write(FILE *file, const char *pattern, ...)
{
    va_list texts;
    va_start(texts, pattern);
    for (const char *from = pattern; *from;) {
        const char *gap = strstr(from, "{}");
        size_t length = gap ? (size_t)(gap - from) : strlen(from);
        fwrite(from, 1, length, file);
        from += length;
        if (gap) {
            stp_html_text(file, va_arg(texts, const char *));
            from += 2;
        }
    }
    va_end(texts);
}

const char *stp_date_words(const char *time, int day_only, char *buffer, size_t size)
{
    int month = 0, day = read_date(time, &month);
    const char *hour = strchr(time, 'T');
    if (!day)
        snprintf(buffer, size, "%s", time);
    else if (day_only || !hour)
        snprintf(buffer, size, "%d %s %.4s", day, MONTHS[month], time);
    else
        snprintf(buffer, size, "%d %s %.4s, %.5s", day, MONTHS[month], time, hour + 1);
    return buffer;
}

const char *stp_day_words(const char *time, char *buffer, size_t size)
{
    int month = 0, day = read_date(time, &month);
    if (day)
        snprintf(buffer, size, "%d %.3s", day, MONTHS[month]);
    else
        snprintf(buffer, size, "%s", time);
    return buffer;
}

static void put_digits(FILE *file, uint64_t n)
{
    static const char DIGITS[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    do {
        uint64_t digit = n & 31;
        n >>= 5;
        putc(DIGITS[digit | (n ? 32 : 0)], file);
    } while (n);
}

static void put_zeros(stp_packer *p)
{
    if (p->zeros > 0) {
        put_digits(p->file, 0);
        put_digits(p->file, p->zeros - 1);
    }
    p->zeros = 0;
}

void stp_pack(stp_packer *p, int64_t value)
{
    int64_t change = value - p->last;
    p->last = value;
    if (change == 0) {
        p->zeros++;
        return;
    }
    put_zeros(p);
    uint64_t size = change < 0 ? 0 - (uint64_t)change : (uint64_t)change;
    put_digits(p->file, size << 1 | (change < 0));
}

void stp_pack_real(stp_packer *packer, double value, double parts)
{
    bool shown = value >= 0 && value * parts < 1e15;
    stp_pack(packer, shown ? (int64_t)floor(value * parts + 0.5) : -1);
}

void stp_pack_end(stp_packer *p)
{
    put_zeros(p);
    p->last = 0;
}
