/* A scale with round numbers on it. */
#ifndef STP_AXIS_H
#define STP_AXIS_H

#include <stdbool.h>
#include <stdint.h>

/* Ticks stand at k * mantissa * 10^exponent for k = first to last (none if first >
 * last); on a logarithmic axis at 1, 2 and 5 times powers of ten (mantissa 1), or at
 * the powers k of the mantissa (10, 100 ...). */
typedef struct stp_axis {
    double low, high;
    int64_t first, last;
    int mantissa, exponent; /* mantissa: 1, 2 or 5 */
    int shift;              /* labels are in units of 10^shift */
    bool logarithmic;
} stp_axis;

enum { STP_AXIS_TEXT = 64 };

/* The numbers that a picture can show; what is not is a gap. */
bool stp_axis_shows(double value);
/* A number of a results file; NAN for what only a damaged one has. */
double stp_axis_known(double value);

/* An axis from low to high (low > high: no numbers, 0 to 1), `length` pixels long,
 * with as many ticks as labels fit: letters of `size` pixels, side
 * by side. */
stp_axis stp_axis_across(double low, double high, double length, double size);

/* The same for an axis upwards: labels one above the other. It begins and ends with a
 * tick, and with zero if zero is near. */
stp_axis stp_axis_upwards(double low, double high, double length, double size);

/* The same for an axis across on which a factor is a distance; 0 < low, else as if there
 * were no numbers. */
stp_axis stp_axis_across_by_factors(double low, double high, double length, double size);

/* The place of a value on the axis: 0 at its low end, 1 at its high, and no further. */
double stp_axis_place(const stp_axis *axis, double value);

/* Where tick k is. */
double stp_axis_tick(const stp_axis *axis, int64_t k);

/* Its label: "1,000", "0.05", "-2.5M" (millions; bn, tn), "2x10^-7" (typeset, in UTF-8). */
const char *stp_axis_label(const stp_axis *axis, int64_t k, char buffer[STP_AXIS_TEXT]);

/* The width of the widest label, in pixels. */
double stp_axis_label_width(const stp_axis *axis, double size);

#endif
