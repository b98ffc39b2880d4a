/* The continuous ranked probability score (Matheson and Winkler 1976) of a forecast given as a sample. */
#ifndef STP_CRPS_H
#define STP_CRPS_H

#include <stddef.h>

/* Mean |x - observed| less half of the mean |x - x'|, over those of values[0 .. n-1] that are not NAN: 0 for a
 * perfect forecast, in the unit of the values, lower is better (Gneiting and Raftery 2007, equation 21; the pairs
 * without those of a value with itself: Ferro 2014). NAN for fewer than two values or a NAN observation. Sorts values. */
double stp_crps(double *values, size_t n, double observed);

#endif
