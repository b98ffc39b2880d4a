#include "report/chart.h"
int stp_chart_write(FILE *file, const stp_plot *plots, size_t count, size_t columns)
{
    (void)plots;
    (void)count;
    (void)columns;
    fputs("<svg/>", file);
    return 0;
}
