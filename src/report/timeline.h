/* Courses over time drawn as SVG, with a mark for each event. */
#ifndef STP_TIMELINE_H
#define STP_TIMELINE_H

#include "report/report.h"

/* Draw the courses of a figure as an <svg> element. */
void stp_timeline_write(FILE *file, const stp_report *report, const stp_figure *figure);

#endif
