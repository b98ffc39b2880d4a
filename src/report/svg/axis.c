#include "report/svg/axis.h"

#include "report/svg/label.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Beyond MOST, differences overflow. Ranges narrower than NARROW of their numbers, or
 * than SMALLEST, are those of a constant: doubles tell no ticks apart in them. */
static const double MOST = 1e300, NARROW = 1e-11, SMALLEST = 1e-280;

/* So much of its range may be added to an axis for a tick. */
static const double BEYOND = 0.02;

enum { MAX_TICKS = 11 };

bool stp_axis_shows(double value)
{
    return isfinite(value) && fabs(value) <= MOST;
}

double stp_axis_known(double value)
{
    return stp_axis_shows(value) ? value : NAN;
}

static double power_of_ten(int n)
{
    double power = 1;
    for (int i = 0; i < n; i++)
        power *= 10;
    return power;
}

/* Multiplied out rather than left to libm, so that all machines write the same bytes. */
static double times_ten_to(double value, int exponent)
{
    return exponent < 0 ? value / power_of_ten(-exponent)
                        : value * power_of_ten(exponent);
}

static int digits_of(int64_t n)
{
    int digits = 0;
    for (; n != 0; n /= 10)
        digits++;
    return digits;
}

/* Tick k of a logarithmic axis is *n * 10^exponent; returns the exponent. */
static int factor_tick(const stp_axis *axis, int64_t k, int64_t *n)
{
    static const int mantissas[3] = {1, 2, 5};
    int64_t decade = k / 3 - (k % 3 < 0);
    *n = axis->mantissa == 1 ? mantissas[k - decade * 3] : 1;
    return (int)(axis->mantissa == 1 ? decade : k * (digits_of(axis->mantissa) - 1));
}

double stp_axis_tick(const stp_axis *axis, int64_t k)
{
    if (axis->logarithmic) {
        int64_t n;
        int exponent = factor_tick(axis, k, &n);
        return times_ten_to((double)n, exponent);
    }
    return times_ten_to((double)(k * axis->mantissa), axis->exponent);
}

/* How many steps a value is from zero; a whole number if it is one but for rounding. */
static double steps_to(const stp_axis *axis, double value)
{
    double steps = times_ten_to(value, -axis->exponent) / axis->mantissa;
    double whole = floor(steps + 0.5);
    return fabs(steps - whole) < 1e-6 + 1e-14 * fabs(steps) ? whole : steps;
}

/* In which units labels are best read. */
static int shift_of(const stp_axis *axis)
{
    int64_t k = axis->last > -axis->first ? axis->last : -axis->first;
    if (axis->first > axis->last || k == 0)
        return 0;
    int highest = digits_of(k * axis->mantissa) + axis->exponent - 1;
    if (highest >= 15 || highest < -4)
        return highest;
    int thousands = highest / 3 * 3;
    return highest >= 6 && axis->exponent >= thousands - 2 ? thousands : 0;
}

/* Begin with steps that are too fine. */
static void begin(stp_axis *axis, double low, double high)
{
    double size = fmax(fabs(low), fabs(high));
    if (low > high) {
        low = 0;
        high = 1;
    } else if (high - low <= SMALLEST || high - low <= NARROW * size) {
        low = low < -SMALLEST ? 2 * low : 0;
        high = high > SMALLEST ? 2 * high : low < 0 ? 0 : 1;
    }
    *axis = (stp_axis){.low = low, .high = high, .mantissa = 1};
    double finest = (high - low) / 100;
    while (power_of_ten(axis->exponent) <= finest)
        axis->exponent++;
    while (times_ten_to(1, axis->exponent) > finest)
        axis->exponent--;
}

static void next_step(stp_axis *axis)
{
    static const int next[6] = {0, 2, 5, 0, 0, 1};
    axis->mantissa = next[axis->mantissa];
    axis->exponent += axis->mantissa == 1;
}

stp_axis stp_axis_across(double low, double high, double length, double size)
{
    stp_axis axis;
    for (begin(&axis, low, high);; next_step(&axis)) {
        double from = steps_to(&axis, axis.low), to = steps_to(&axis, axis.high);
        /* a tick just beyond an end is taken in */
        axis.first = (int64_t)ceil(from - BEYOND * (to - from));
        axis.last = (int64_t)floor(to + BEYOND * (to - from));
        axis.shift = shift_of(&axis);
        double apart = length / (to - from);
        if (axis.last - axis.first < MAX_TICKS &&
            (axis.first >= axis.last ||
             apart >= stp_axis_label_width(&axis, size) + 1.5 * size))
            break;
    }
    axis.low = fmin(axis.low, stp_axis_tick(&axis, axis.first));
    axis.high = fmax(axis.high, stp_axis_tick(&axis, axis.last));
    return axis;
}

stp_axis stp_axis_upwards(double low, double high, double length, double size)
{
    stp_axis axis;
    begin(&axis, low, high);
    if (axis.low > 0 && axis.low < 0.4 * axis.high)
        axis.low = 0;
    if (axis.high < 0 && axis.high > 0.4 * axis.low)
        axis.high = 0;
    for (;; next_step(&axis)) {
        axis.first = (int64_t)floor(steps_to(&axis, axis.low));
        axis.last = (int64_t)ceil(steps_to(&axis, axis.high));
        double apart = length / (double)(axis.last - axis.first);
        if (axis.last - axis.first < MAX_TICKS && apart >= 2.6 * size)
            break;
    }
    axis.shift = shift_of(&axis);
    axis.low = stp_axis_tick(&axis, axis.first);
    axis.high = stp_axis_tick(&axis, axis.last);
    return axis;
}

stp_axis stp_axis_across_by_factors(double low, double high, double length, double size)
{
    if (!(low > 0 && low <= high))
        low = 1, high = 10;
    stp_axis axis = {.low = low, .high = high, .mantissa = 1, .logarithmic = true};
    if (low == high) {
        axis.low = low / 2;
        axis.high = high * 2;
    }
    for (;; axis.mantissa *= 10) {
        double slack = pow(axis.high / axis.low, BEYOND);
        axis.first = -400;
        while (stp_axis_tick(&axis, axis.first) < axis.low / slack)
            axis.first++;
        axis.last = axis.first - 1;
        while (stp_axis_tick(&axis, axis.last + 1) <= axis.high * slack)
            axis.last++;
        double decades = axis.mantissa == 1 ? log10(2) : digits_of(axis.mantissa) - 1;
        double apart = length / log10(axis.high / axis.low) * decades;
        if (axis.mantissa == 100000 || axis.first >= axis.last ||
            apart >= stp_axis_label_width(&axis, size) + 0.5 * size)
            break;
    }
    if (axis.first <= axis.last) {
        axis.low = fmin(axis.low, stp_axis_tick(&axis, axis.first));
        axis.high = fmax(axis.high, stp_axis_tick(&axis, axis.last));
    }
    return axis;
}

double stp_axis_place(const stp_axis *axis, double value)
{
    double place = axis->logarithmic
                       ? log(value / axis->low) / log(axis->high / axis->low)
                       : (value - axis->low) / (axis->high - axis->low);
    return fmin(fmax(place, 0), 1);
}

/* n * 10^exponent, n >= 0, with commas between thousands. */
static void write_plain(char *text, size_t size, int64_t n, int exponent)
{
    char digits[32];
    int decimals = exponent < 0 ? -exponent : 0;
    int count = snprintf(digits, sizeof digits, "%0*lld", decimals + 1, (long long)n);
    size_t at = 0;
    int whole = count - decimals + (exponent > 0 ? exponent : 0);
    for (int i = 0; i < whole + decimals && at + 2 < size; i++) {
        if (i == whole)
            text[at++] = '.';
        else if (i > 0 && i < whole && (whole - i) % 3 == 0)
            text[at++] = ',';
        text[at++] = i < count ? digits[i] : '0';
    }
    text[at] = '\0';
}

/* "x10^-7", typeset. */
static void write_power(char *text, size_t size, int exponent)
{
    static const char *const raised[10] = {"\u2070", "\u00b9", "\u00b2", "\u00b3",
                                           "\u2074", "\u2075", "\u2076", "\u2077",
                                           "\u2078", "\u2079"};
    int n = exponent < 0 ? -exponent : exponent;
    snprintf(text, size, "\u00d710%s%s%s%s", exponent < 0 ? "\u207b" : "",
             n >= 100 ? raised[n / 100] : "", n >= 10 ? raised[n / 10 % 10] : "",
             raised[n % 10]);
}

const char *stp_axis_label(const stp_axis *axis, int64_t k, char buffer[STP_AXIS_TEXT])
{
    static const char *const units[5] = {"", "", "M", "bn", "tn"};
    int64_t n = k * axis->mantissa;
    int exponent = axis->exponent;
    char plain[28], power[20];
    if (axis->logarithmic)
        exponent = factor_tick(axis, k, &n);
    snprintf(power, sizeof power, "%s",
             axis->shift >= 6 && axis->shift < 15 ? units[axis->shift / 3] : "");
    if (axis->shift < 0 || axis->shift >= 15)
        write_power(power, sizeof power, axis->shift);
    write_plain(plain, sizeof plain, n < 0 ? -n : n, exponent - axis->shift);
    if (n == 0)
        snprintf(buffer, STP_AXIS_TEXT, "0");
    else
        snprintf(buffer, STP_AXIS_TEXT, "%s%s%s", n < 0 ? "\u2212" : "", plain, power);
    return buffer;
}

double stp_axis_label_width(const stp_axis *axis, double size)
{
    double widest = 0;
    char text[STP_AXIS_TEXT];
    for (int64_t k = axis->first; k <= axis->last && k - axis->first < 200; k++) {
        stp_axis_label(axis, k, text);
        widest = fmax(widest, stp_label_width(text, strlen(text), size));
    }
    return widest;
}
