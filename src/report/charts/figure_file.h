/* Figures as files of their own: SVG, PNG if a program for it is there, and CSV. */
#ifndef STP_FIGURE_FILE_H
#define STP_FIGURE_FILE_H

#include "report/load/report.h"

/* Where they go. */
typedef struct stp_figure_folder {
    const stp_report *report;
    const char *path;
    stp_outputs *outputs;
} stp_figure_folder;

/* Write a figure or its numbers. what, which: as each writer says. Returns 0 or a negative status. */
typedef int (*stp_figure_writer)(FILE *file, const stp_report *report, const void *what,
                                 int which);

/* Write FOLDER/NAME.ENDING, and the PNG of a picture ("svg"). Errors: STEPPE_CANNOT_WRITE,
 * STEPPE_NO_MEMORY, those of the writer. */
int stp_figure_put(const stp_figure_folder *folder, const char *name, const char *ending,
                   stp_figure_writer write, const void *what, int which);

/* A picture and its numbers. */
int stp_figure_put_pair(const stp_figure_folder *folder, const char *name,
                        stp_figure_writer picture, stp_figure_writer numbers,
                        const void *what, int which);

#endif
