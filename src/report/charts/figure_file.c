#include "report/charts/figure_file.h"

#include "base/text.h"
#include "report/svg/png.h"

#include <string.h>

/* What a file is made of. */
typedef struct job {
    const stp_report *report;
    stp_figure_writer write;
    const void *what;
    int which;
} job;

static int write_file(FILE *file, const void *user)
{
    const job *j = user;
    return j->write(file, j->report, j->what, j->which);
}

/* The picture that was written last, once more as NAME.png. */
static int put_png(const stp_report *report, stp_outputs *outputs, const char *svg)
{
    stp_text png = {0}, drawn = {0};
    const char *part;
    stp_text_add(&png, "%.*s.png", (int)(strlen(svg) - strlen(".svg")), svg);
    stp_text_add(&drawn, "%s", stp_outputs_last(outputs));
    int status = png.failed || drawn.failed
                     ? stp_no_memory(report->context)
                     : stp_outputs_reserve(outputs, png.data, STP_OUTPUT_PNG, &part);
    if (status == STEPPE_OK)
        status = stp_png_write(report->context, report->png, drawn.data, part, png.data);
    stp_text_free(&png);
    stp_text_free(&drawn);
    return status;
}

int stp_figure_put(const stp_figure_folder *folder, const char *name, const char *ending,
                   stp_figure_writer write, const void *what, int which)
{
    const job j = {folder->report, write, what, which};
    stp_text path = {0};
    bool picture = strcmp(ending, "svg") == 0;
    size_t before = folder->outputs->count;
    stp_text_add(&path, "%s/%s.%s", folder->path, name, ending);
    int status = path.failed
                     ? stp_no_memory(folder->report->context)
                     : stp_outputs_write(folder->outputs, path.data,
                                         picture ? STP_OUTPUT_SVG : STP_OUTPUT_CSV,
                                         write_file, &j);
    bool plain = folder->outputs->count > before; /* no pipe, no device */
    if (status == STEPPE_OK && folder->report->png && picture && plain)
        status = put_png(folder->report, folder->outputs, path.data);
    stp_text_free(&path);
    return status;
}

int stp_figure_put_pair(const stp_figure_folder *folder, const char *name,
                        stp_figure_writer picture, stp_figure_writer numbers,
                        const void *what, int which)
{
    int status = stp_figure_put(folder, name, "svg", picture, what, which);
    return status == STEPPE_OK ? stp_figure_put(folder, name, "csv", numbers, what, which)
                               : status;
}
