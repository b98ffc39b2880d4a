/* The design and the results of a sensitivity analysis as CSV files, for SALib and sensobol. */
#include "base/output.h"
#include "base/text.h"
#include "record/recorder.h"
#include "study/sensitivity/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void put_number(FILE *file, double value)
{
    char text[STP_NUMBER_TEXT];
    if (isfinite(value))
        fputs(stp_number_text(value, text), file);
}

/* The matrix of Saltelli's design that a point is of; for other methods its number in its trajectory. */
static void put_place(FILE *file, const steppe_sensitivity *s, size_t point)
{
    size_t length = stp_sensitivity_length(s), at = point % length;
    fprintf(file, "%zu,", point / length + 1);
    if (s->method != STEPPE_SOBOL)
        fprintf(file, "%zu", at + 1);
    else if (at == 0 || at + 1 == length)
        fputs(at == 0 ? "A" : "B", file);
    else
        fprintf(file, "AB:%s", s->groups[at - 1]);
}

typedef struct job {
    steppe_context *context;
    const steppe_sensitivity *s;
} job;

static int write_design(FILE *file, const void *user)
{
    const job *j = user;
    const steppe_sensitivity *s = j->s;
    size_t n = s->range_count;
    double *parts = calloc(2 * n + 1, sizeof *parts), *values = parts ? parts + n : NULL;
    fputs("row,point", file);
    for (size_t k = 0; k < n; k++)
        fprintf(file, ",%s", s->ranges[k].path);
    fputs(",dummy\n", file);
    for (size_t p = 0; values && p < s->facts.points; p++) {
        stp_sensitivity_parts(s, p, parts);
        stp_ranges_draw(s->ranges, n, s->copula, parts, values);
        put_place(file, s, p);
        for (size_t k = 0; k < n; k++) {
            fputc(',', file);
            put_number(file, values[k]);
        }
        fputc(',', file);
        put_number(file, s->points[p * (n + 1) + n]);
        fputc('\n', file);
    }
    int result = values ? 0 : stp_no_memory(j->context);
    free(parts);
    return result;
}

static int write_results(FILE *file, const void *user)
{
    const steppe_sensitivity *s = ((const job *)user)->s;
    fputs("row,point", file);
    for (size_t i = 0; i < s->facts.outcomes; i++)
        fprintf(file, ",%s", s->outcomes[i].name);
    fputc('\n', file);
    for (size_t p = 0; p < s->facts.points; p++) {
        put_place(file, s, p);
        for (size_t i = 0; i < s->facts.outcomes; i++) {
            fputc(',', file);
            put_number(file, s->outcomes[i].values[p]);
        }
        fputc('\n', file);
    }
    return 0;
}

/* A parameter file of SALib: name, lower bound, upper bound, group; it skips lines that begin with #. */
static int write_problem(FILE *file, const void *user)
{
    const steppe_sensitivity *s = ((const job *)user)->s;
    fputs("#name,low,high,group\n", file);
    for (size_t k = 0; k < s->range_count; k++) {
        fprintf(file, "%s,", s->ranges[k].path);
        put_number(file, s->ranges[k].low);
        fputc(',', file);
        put_number(file, s->ranges[k].high);
        fprintf(file, ",%s\n", s->groups[s->group_of[k]]);
    }
    fputs("dummy,0,1,dummy\n", file);
    return 0;
}

int steppe_sensitivity_export(steppe_context *context, const steppe_sensitivity *s,
                              const char *folder)
{
    static const struct {
        const char *name;
        stp_output_writer write;
    } FILES[] = {{"design.csv", write_design},
                 {"results.csv", write_results},
                 {"problem.csv", write_problem}};
    const job j = {context, s};
    stp_outputs outputs = {.context = context};
    int status = stp_make_folder(context, folder);
    for (int i = 0; i < 3 && status == STEPPE_OK; i++) {
        stp_text path = {0};
        stp_text_add(&path, "%s/%s", folder, FILES[i].name);
        status = path.failed ? stp_no_memory(context)
                             : stp_outputs_write(&outputs, path.data, STP_OUTPUT_CSV,
                                                 FILES[i].write, &j);
        stp_text_free(&path);
    }
    return stp_outputs_close(&outputs, status);
}
