/* The page as a whole. */
#ifndef STP_PAGE_H
#define STP_PAGE_H

#include "report/charts/section.h"

extern const stp_page_section stp_section_basis;

/* The data of the page, as the text of a JSON object. Returns 0 or a negative status. */
int stp_page_write_data(FILE *file, const stp_report *report);

#endif
