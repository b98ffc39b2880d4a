/* The criteria. */
#include "study/replication/replicate.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void say(char *text, const char *format, va_list arguments)
{
    size_t used = strlen(text);
    vsnprintf(text + used, STP_WORDS - used, format, arguments);
}

void stp_row_say(stp_row *row, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(row->ours, format, arguments);
    va_end(arguments);
}

__attribute__((format(printf, 2, 3))) static void demand(stp_row *row, const char *format,
                                                         ...)
{
    va_list arguments;
    row->criterion[0] = '\0';
    va_start(arguments, format);
    say(row->criterion, format, arguments);
    va_end(arguments);
}

static void note_interval(stp_row *row, stp_interval i, int decimals, const char *unit)
{
    row->interval = i;
    row->runs = i.n;
    row->ours[0] = '\0';
    if (isnan(i.estimate))
        stp_row_say(row, "never seen");
    else if (isnan(i.low) || i.low == i.high)
        stp_row_say(row, "%.*f%s", decimals, i.estimate, unit);
    else
        stp_row_say(row, "%.*f%s (%.*f to %.*f)", decimals, i.estimate, unit, decimals,
                    i.low, decimals, i.high);
}

/* The verdict of two conditions; a comparison with NAN is false, so no data are no
 * success. */
static steppe_verdict verdict_of(bool reproduced, bool trend)
{
    return reproduced ? STEPPE_REPRODUCED
           : trend    ? STEPPE_TREND_ONLY
                      : STEPPE_NOT_REPRODUCED;
}

void stp_verdict_above(stp_row *row, stp_interval i, double bound, int decimals,
                       const char *unit)
{
    note_interval(row, i, decimals, unit);
    demand(row, "the whole interval above %g; trend: the estimate", bound);
    row->verdict = verdict_of(i.low > bound, i.estimate > bound);
}

void stp_verdict_below(stp_row *row, stp_interval i, double bound, int decimals,
                       const char *unit)
{
    note_interval(row, i, decimals, unit);
    demand(row, "the whole interval below %g; trend: the estimate", bound);
    row->verdict = verdict_of(i.high < bound, i.estimate < bound);
}

void stp_verdict_within(stp_row *row, stp_interval i, double low, double high,
                        int decimals, const char *unit)
{
    note_interval(row, i, decimals, unit);
    double from = low - fabs(low) / 4, to = high + fabs(high) / 4;
    if (low == high)
        demand(row, "the interval has %g in it; trend: within a fourth of it", low);
    else
        demand(row, "the interval meets %g to %g; trend: within a fourth of it", low,
               high);
    row->verdict = verdict_of(i.low <= high && i.high >= low,
                              i.estimate >= from && i.estimate <= to);
}

void stp_verdict_typical(stp_row *row, const stp_arm *arm, size_t measure,
                         double published, int decimals, const char *unit)
{
    double *values = stp_arm_values(arm, measure);
    stp_interval i = stp_mean_interval(values, arm->runs);
    size_t known = stp_sort(values, arm->runs);
    double low = stp_quantile(values, known, 0.025),
           high = stp_quantile(values, known, 0.975);
    note_interval(row, i, decimals, unit);
    if (known > 0)
        stp_row_say(row, "; middle 95 %% of the runs: %.*f to %.*f", decimals, low,
                    decimals, high);
    demand(
        row,
        "%g, a number of one run, lies within the middle 95 %% of our runs; trend: our "
        "mean within a factor 1.5 of it",
        published);
    row->verdict = verdict_of(published >= low && published <= high,
                              i.estimate > published / 1.5 &&
                                  i.estimate < published * 1.5);
}

void stp_verdict_always(stp_row *row, stp_interval share, const char *what)
{
    row->interval = share;
    row->runs = share.n;
    row->ours[0] = '\0';
    stp_row_say(row, "%s in %.0f of %zu runs (%.0f to %.0f %%)", what,
                share.estimate * (double)share.n, share.n, 100 * share.low,
                100 * share.high);
    demand(row, "in 19 of 20 runs; trend: in four of five");
    row->verdict = verdict_of(share.estimate >= 0.95, share.estimate >= 0.8);
}

void stp_verdict_figures(stp_row *row, const double *ours, const double *published,
                         size_t count, int decimals)
{
    size_t same = 0;
    double unit = pow(10, decimals);
    row->ours[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        stp_row_say(row, "%s%.*f", i ? ", " : "", decimals, ours[i]);
        same += fabs(round(ours[i] * unit) - round(published[i] * unit)) < 0.5;
    }
    row->interval = (stp_interval){NAN, NAN, NAN, 0};
    row->runs = 1;
    demand(row, "every printed digit");
    row->verdict = verdict_of(same == count, false);
}

void stp_verdict_each(stp_row *row, size_t hits, size_t runs)
{
    stp_verdict_figures(row, (const double[]){(double)hits},
                        (const double[]){(double)runs}, 1, 0);
    stp_row_say(row, " of %zu runs", runs);
    row->runs = runs;
}

void stp_verdict_profile(stp_row *row, const stp_interval *ours, const double *published,
                         size_t count, double margin, int decimals)
{
    size_t near = 0, nearer = 0;
    row->ours[0] = '\0';
    row->runs = 0;
    for (size_t i = 0; i < count; i++) {
        double estimate = isnan(ours[i].estimate) ? 0 : ours[i].estimate,
               off = fabs(estimate - published[i]);
        nearer += off <= fmax(published[i] / 10, margin);
        near += off <= fmax(published[i] / 4, 2 * margin);
        stp_row_say(row, "%s%.*f", i ? ", " : "", decimals, estimate);
        row->runs += ours[i].n;
    }
    row->interval = (stp_interval){NAN, NAN, NAN, 0};
    demand(row, "each within a tenth of ours, or %g; trend: a fourth, or %g", margin,
           2 * margin);
    row->verdict = verdict_of(nearer == count, near == count);
}
