#ifndef STP_CHART_H
#define STP_CHART_H
#include "study/plot.h"
#include <stdio.h>
int stp_chart_write(FILE *file, const stp_plot *plots, size_t count, size_t columns);
#endif
