/* The answers to a scenario's questions, in a report. */
#ifndef STP_ANSWERS_SECTION_H
#define STP_ANSWERS_SECTION_H

#include "report/charts/figure_file.h"
#include "report/charts/section.h"

extern const stp_page_section stp_section_answers;

int stp_answers_put_figures(const stp_figure_folder *folder);
/* The answers that are there as a list that the caller frees; NULL if out of memory. */
const steppe_answer **stp_answers_list(const stp_report *report);

/* "Source: Steppe 0.1.0, question c7, 40 pairs ..."; returns source. */
enum { STP_SOURCE_TEXT = 320 };
const char *stp_answer_source(const stp_report *report, const steppe_answer_facts *facts,
                              char source[STP_SOURCE_TEXT]);

/* ---- one answer, as HTML ---- */

/* All of it. index: of the question. Errors: STEPPE_NO_MEMORY. */
int stp_answer_write(FILE *file, const stp_report *report, size_t index);
/* "unrest falls by 98 %", or another verdict; returns words. */
enum { STP_VERDICT_TEXT = 120 };
const char *stp_answer_verdict(const steppe_answer_facts *facts,
                               char words[STP_VERDICT_TEXT]);
/* The command that asks a question again. */
void stp_answer_write_command(FILE *file, const stp_report *report, const char *id);

#endif
