#include "study/scale/scale.h"

#include <math.h>
#include <stdio.h>

/* The equivalence margin, the narrower if there are two: a line above and one below the reference's mean. */
static int add_margin(const steppe_scale_check *check, const steppe_scale_row *row,
                      double mean, stp_plot *plot)
{
    const double ends[2] = {check->scales[check->facts.scale_count - 1],
                            check->scales[0]};
    double share = row->margin * fabs(mean), height = share;
    bool absolute = row->margin_absolute > 0 &&
                    !(share > 0 && share <= row->margin_absolute);
    if (absolute)
        height = row->margin_absolute;
    int bad = 0;
    for (int side = 1; side >= -1 && bad == 0; side -= 2) {
        const double heights[2] = {mean + side * height, mean + side * height};
        char name[STP_PLOT_TEXT];
        snprintf(name, sizeof name, "%s%g%s", side > 0 ? "+" : "\u2212",
                 absolute ? height : 100 * row->margin, absolute ? "" : " %");
        bad = stp_plot_add(plot, name, STP_MARK_LINE, 2, ends, heights, NULL, NULL);
    }
    return bad;
}

int stp_scale_plot(const steppe_scale_check *check, size_t outcome, stp_plot *plot)
{
    size_t count = check->facts.scale_count;
    const steppe_scale_cell *cells = check->cells + outcome * count;
    const steppe_scale_row *row = &check->rows[outcome];
    double median[STP_MAX_SCALES], low[STP_MAX_SCALES], high[STP_MAX_SCALES],
        mean[STP_MAX_SCALES] = {0}, from[STP_MAX_SCALES], to[STP_MAX_SCALES];
    for (size_t k = 0; k < count; k++) {
        median[k] = cells[k].quantiles[2];
        low[k] = cells[k].quantiles[0];
        high[k] = cells[k].quantiles[4];
        mean[k] = cells[k].mean;
        from[k] = cells[k].mean_low;
        to[k] = cells[k].mean_high;
    }
    *plot = (stp_plot){.reference = mean[count - 1], .by_factors = true};
    snprintf(plot->title, sizeof plot->title, "%s", row->name);
    snprintf(plot->x_axis, sizeof plot->x_axis, "residents per agent");
    snprintf(plot->y_axis, sizeof plot->y_axis, "%s", row->unit);
    snprintf(plot->reference_name, sizeof plot->reference_name, "mean at 1:%g",
             check->scales[count - 1]);
    int bad = stp_plot_add(plot, "median, 5-95 %", STP_MARK_POINTS, count, check->scales,
                           median, low, high);
    char name[STP_PLOT_TEXT];
    snprintf(name, sizeof name, "mean, its %g %%", 100 * (1 - check->facts.error));
    if (bad == 0)
        bad = stp_plot_add(plot, name, STP_MARK_POINTS, count, check->scales, mean, from,
                           to);
    return bad ? bad : add_margin(check, row, mean[count - 1], plot);
}
