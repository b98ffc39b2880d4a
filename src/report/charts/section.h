/* What the parts of a page share: sections, and sentences that several of them say. */
#ifndef STP_SECTION_H
#define STP_SECTION_H

#include "report/load/report.h"

/* A section of the page. */
typedef struct stp_page_section {
    const char *id, *title;
    bool (*there)(const stp_report *report);            /* has it anything to say? */
    int (*write)(FILE *file, const stp_report *report); /* 0, or a negative status */
} stp_page_section;

/* "5 January 2022, 14:00", or "step 120" where a scenario has no dates; returns words. */
enum { STP_WHEN_TEXT = 64 };
const char *stp_when_words(const stp_report *report, size_t step, bool day_only,
                           char words[STP_WHEN_TEXT]);
/* The same as HTML. */
void stp_write_when(FILE *file, const stp_report *report, size_t step, bool day_only);

/* "1,000 residents in 2 districts, over 14 days ...; one agent ..." */
void stp_write_setting(FILE *file, const stp_report *report);

/* The events as a list, numbered as in the charts. */
void stp_write_events(FILE *file, const stp_report *report);

/* "Source: Steppe 0.1.0, seed 1." */
void stp_write_source(FILE *file, const stp_report *report);

#endif
