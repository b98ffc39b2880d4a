#include "record/posterior.h"

#include "base/file.h"
#include "base/output.h"
#include "base/text.h"
#include "scenario/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MARK "# Posterior, written by `steppe calibrate`\n"

/* ---- writing ---- */

typedef struct content {
    const steppe_scenario *scenario;
    const stp_range *ranges;
    size_t range_count, draws;
    const double *values;
} content;

static int write_content(FILE *file, const void *user)
{
    const content *c = user;
    fprintf(file, MARK "# scenario %016llx, results version %d, %zu draws\n",
            (unsigned long long)steppe_scenario_digest(c->scenario),
            STEPPE_RESULTS_VERSION, c->draws);
    for (size_t k = 0; k < c->range_count; k++)
        fprintf(file, "%s%s", k ? "," : "", c->ranges[k].path);
    for (size_t i = 0; i < c->draws * c->range_count; i++) {
        const stp_range *r = &c->ranges[i % c->range_count];
        char text[64];
        fprintf(file, "%s%s", i % c->range_count ? "," : "\n",
                stp_value_text(r->parameter, c->values[i], text, sizeof text));
    }
    return fputc('\n', file) == EOF;
}

int stp_posterior_write(steppe_context *context, const char *path,
                        const steppe_scenario *scenario, const stp_range *ranges,
                        size_t range_count, size_t draws, const double *values)
{
    const content c = {scenario, ranges, range_count, draws, values};
    return stp_output_write(context, path, STP_OUTPUT_CSV, write_content, &c);
}

/* ---- reading ---- */

typedef struct reader {
    steppe_context *context;
    const char *path;
    FILE *file;
    char *line;
    size_t room, number; /* number: of the line, from 1 */
} reader;

static int reject(const reader *r, const char *why)
{
    return stp_fail(r->context, STEPPE_BAD_RESULTS, "%.800s:%zu: %s", r->path, r->number,
                    why);
}

/* The next line without its end; false after the last. */
static bool next(reader *r)
{
    ssize_t length = getline(&r->line, &r->room, r->file);
    if (length < 0)
        return false;
    r->number++;
    while (length > 0 && (r->line[length - 1] == '\n' || r->line[length - 1] == '\r'))
        r->line[--length] = '\0';
    return true;
}

static int read_head(reader *r, const steppe_scenario *scenario)
{
    unsigned long long digest = 0;
    int version = 0;
    if (!next(r) || strncmp(r->line, MARK, strlen(MARK) - 1) != 0)
        return reject(r, "expected a posterior, which `steppe calibrate` writes");
    if (!next(r) ||
        sscanf(r->line, "# scenario %16llx, results version %d", &digest, &version) != 2)
        return reject(r, "expected the digest of the scenario");
    if (version != STEPPE_RESULTS_VERSION)
        return stp_fail(r->context, STEPPE_BAD_RESULTS,
                        "%.800s: was calibrated with results version %d, and this is %d: "
                        "calibrate again",
                        r->path, version, STEPPE_RESULTS_VERSION);
    if (digest != steppe_scenario_digest(scenario))
        return stp_fail(r->context, STEPPE_BAD_RESULTS,
                        "%.800s: was calibrated for another version of %.200s (digest "
                        "%016llx, now %016llx): calibrate again",
                        r->path, scenario->file, digest,
                        (unsigned long long)steppe_scenario_digest(scenario));
    return STEPPE_OK;
}

static size_t count_cells(const char *line)
{
    size_t count = 1;
    for (const char *c = line; (c = strchr(c, ',')); c++)
        count++;
    return count;
}

static int read_paths(reader *r, stp_draws *d)
{
    if (!next(r) || !*r->line)
        return reject(r, "expected the names of the parameters");
    char *rest = r->line;
    d->paths = calloc(count_cells(r->line), sizeof *d->paths);
    for (char *cell; d->paths && (cell = strsep(&rest, ","));) {
        if (!(d->paths[d->parameter_count] = stp_copy(cell)))
            return stp_no_memory(r->context);
        d->parameter_count++;
    }
    return d->paths ? STEPPE_OK : stp_no_memory(r->context);
}

static int read_row(reader *r, stp_draws *d)
{
    size_t cells = count_cells(r->line), n = d->parameter_count;
    char why[120], *rest = r->line;
    snprintf(why, sizeof why, "has %zu numbers, and there are %zu parameters", cells, n);
    if (cells != n)
        return reject(r, why);
    if ((d->count & (d->count + 1)) == 0) { /* room for twice as many and one */
        double *values = realloc(d->values, (2 * d->count + 1) * n * sizeof *values);
        if (!values)
            return stp_no_memory(r->context);
        d->values = values;
    }
    for (size_t k = 0; k < n; k++) {
        const char *cell = strsep(&rest, ",");
        double *value = &d->values[d->count * n + k];
        int64_t minutes;
        if (stp_number_parse(cell, value))
            continue;
        if (stp_date_parse(cell, &minutes)) {
            *value = (double)minutes;
            continue;
        }
        snprintf(why, sizeof why, "column %zu: expected a number, not '%.40s'", k + 1,
                 cell);
        return reject(r, why);
    }
    d->count++;
    return STEPPE_OK;
}

static int read_all(reader *r, const steppe_scenario *scenario, stp_draws *d)
{
    int status = read_head(r, scenario);
    if (status == STEPPE_OK)
        status = read_paths(r, d);
    while (status == STEPPE_OK && next(r))
        status = read_row(r, d);
    if (status == STEPPE_OK && ferror(r->file))
        status = stp_fail(r->context, STEPPE_CANNOT_READ, "%.800s: cannot be read",
                          r->path);
    return status == STEPPE_OK && d->count == 0 ? reject(r, "expected a draw") : status;
}

/* A name in the scenario's folder; the caller frees it. */
static char *beside(const steppe_scenario *scenario, const char *name)
{
    const char *slash = strrchr(scenario->file, '/');
    stp_text path = {0};
    stp_text_add(&path, "%.*s%s", slash ? (int)(slash - scenario->file + 1) : 0,
                 scenario->file, name);
    if (!path.failed)
        return path.data;
    stp_text_free(&path);
    return NULL;
}

int stp_posterior_read(steppe_context *context, const steppe_scenario *scenario,
                       const char *path, stp_draws *draws)
{
    *draws = (stp_draws){.count = 0};
    char *own = path ? stp_copy(path) : beside(scenario, "posterior.csv");
    reader r = {.context = context, .path = own};
    int status = own ? stp_file_open(context, own, &r.file) : stp_no_memory(context);
    if (status == STEPPE_OK) {
        status = read_all(&r, scenario, draws);
        fclose(r.file);
    }
    free(r.line);
    free(own);
    if (status != STEPPE_OK)
        stp_draws_clear(draws);
    return status;
}

void stp_draws_clear(stp_draws *d)
{
    for (size_t k = 0; k < d->parameter_count; k++)
        free(d->paths[k]);
    free(d->paths);
    free(d->values);
    *d = (stp_draws){.count = 0};
}
