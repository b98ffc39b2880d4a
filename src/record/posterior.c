#include "record/posterior.h"

#include "base/file.h"
#include "base/output.h"
#include "base/text.h"
#include "scenario/node.h"
#include "scenario/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* Begins the file as it will begin, so that somebody else's file is not mistaken for ours. */
static int write_mark(FILE *file, const void *user)
{
    (void)user;
    return fputs(MARK, file) == EOF;
}

int stp_posterior_try(steppe_context *context, const char *path)
{
    stp_outputs outputs = {.context = context};
    int status = stp_file_check(context, path, STEPPE_CANNOT_WRITE);
    if (status == STEPPE_OK)
        status = stp_outputs_write(&outputs, path, STP_OUTPUT_CSV, write_mark, NULL);
    int tried = stp_outputs_close(&outputs,
                                  status == STEPPE_OK ? STEPPE_STOPPED : status);
    return status == STEPPE_OK ? STEPPE_OK : tried;
}

/* ---- reading ---- */

typedef struct reader {
    steppe_context *context;
    const char *path;
    const stp_range *ranges;
    size_t range_count;
    FILE *file;
    char *line;
    size_t room, number; /* number: of the line, from 1 */
    size_t columns;
    bool of_other; /* of another version of the scenario or of the results */
    size_t
        *range_of; /* of each column: the range, or range_count where it has none now */
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

/* The digest of the scenario's file, without settings. */
static int plain_digest(steppe_context *context, const steppe_scenario *scenario,
                        unsigned long long *digest)
{
    steppe_scenario *plain = NULL;
    int status = scenario->setting_count == 0
                     ? STEPPE_OK
                     : steppe_scenario_open(context, scenario->file, NULL, 0, &plain);
    if (status == STEPPE_OK)
        *digest = steppe_scenario_digest(plain ? plain : scenario);
    steppe_scenario_free(plain);
    return status;
}

/* The second line: "# scenario DIGEST, results version N, ...". */
static bool read_mark(const char *line, unsigned long long *digest, long *version)
{
    static const char SCENARIO[] = "# scenario ", VERSION[] = ", results version ";
    enum { DIGITS = 16 };
    char *end;
    if (strncmp(line, SCENARIO, strlen(SCENARIO)) != 0)
        return false;
    const char *from = line + strlen(SCENARIO);
    *digest = strtoull(from, &end, 16);
    if (end != from + DIGITS || strncmp(end, VERSION, strlen(VERSION)) != 0)
        return false;
    from = end + strlen(VERSION);
    *version = strtol(from, &end, 10);
    return end > from;
}

static int read_head(reader *r, const steppe_scenario *scenario)
{
    unsigned long long digest = 0;
    long version = 0;
    if (!next(r) || strncmp(r->line, MARK, strlen(MARK) - 1) != 0)
        return reject(r, "expected a posterior, which `steppe calibrate` writes");
    if (!next(r) || !read_mark(r->line, &digest, &version))
        return reject(r, "expected the digest of the scenario");
    r->of_other = version != STEPPE_RESULTS_VERSION;
    if (r->of_other)
        return stp_fail(
            r->context, STEPPE_BAD_RESULTS,
            "%.800s: was calibrated with results version %ld, and this is %d: "
            "calibrate again",
            r->path, version, STEPPE_RESULTS_VERSION);
    unsigned long long now;
    int status = plain_digest(r->context, scenario, &now);
    r->of_other = status == STEPPE_OK && digest != now;
    if (r->of_other)
        return stp_fail(r->context, STEPPE_BAD_RESULTS,
                        "%.800s: was calibrated for another version of %.200s (digest "
                        "%016llx, now %016llx): calibrate again",
                        r->path, scenario->file, digest, now);
    return status;
}

static size_t count_cells(const char *line)
{
    size_t count = 1;
    for (const char *c = line; (c = strchr(c, ',')); c++)
        count++;
    return count;
}

static size_t range_called(const reader *r, const char *path)
{
    size_t k = 0;
    while (k < r->range_count && strcmp(r->ranges[k].path, path) != 0)
        k++;
    return k;
}

static int read_paths(reader *r)
{
    if (!next(r) || !*r->line)
        return reject(r, "expected the names of the parameters");
    char *rest = r->line, why[300];
    bool *there = calloc(r->range_count + 1, sizeof *there);
    r->range_of = calloc(count_cells(r->line), sizeof *r->range_of);
    for (char *cell; there && r->range_of && (cell = strsep(&rest, ","));) {
        size_t range = range_called(r, cell);
        r->range_of[r->columns++] = range;
        there[range] = true;
    }
    size_t missing = 0;
    while (there && missing < r->range_count && there[missing])
        missing++;
    bool whole = there && r->range_of;
    free(there);
    if (!whole)
        return stp_no_memory(r->context);
    if (missing == r->range_count)
        return STEPPE_OK;
    snprintf(why, sizeof why, "has no column for %.200s", r->ranges[missing].path);
    return reject(r, why);
}

static int read_row(reader *r, stp_draws *d)
{
    size_t cells = count_cells(r->line), n = r->range_count;
    char why[120], *rest = r->line;
    snprintf(why, sizeof why, "has %zu numbers, and there are %zu parameters", cells,
             r->columns);
    if (cells != r->columns)
        return reject(r, why);
    if ((d->count & (d->count + 1)) == 0) { /* space for twice as many and one */
        double *values = realloc(d->values,
                                 ((2 * d->count + 1) * n + 1) * sizeof *values);
        if (!values)
            return stp_no_memory(r->context);
        memset(values + d->count * n, 0, ((d->count + 1) * n + 1) * sizeof *values);
        d->values = values;
    }
    for (size_t k = 0; k < cells; k++) {
        const char *cell = strsep(&rest, ",");
        double value;
        int64_t minutes;
        bool number = stp_number_parse(cell, &value);
        if (!number && stp_date_parse(cell, &minutes)) {
            number = true;
            value = (double)minutes;
        }
        snprintf(why, sizeof why, "column %zu: expected a number, not '%.40s'", k + 1,
                 cell);
        if (!number)
            return reject(r, why);
        if (r->range_of[k] < n)
            d->values[d->count * n + r->range_of[k]] = value;
    }
    d->count++;
    return STEPPE_OK;
}

static int read_all(reader *r, const steppe_scenario *scenario, stp_draws *d)
{
    int status = read_head(r, scenario);
    if (status == STEPPE_OK)
        status = read_paths(r);
    while (status == STEPPE_OK && next(r))
        status = read_row(r, d);
    if (status == STEPPE_OK && ferror(r->file))
        status = stp_fail(r->context, STEPPE_CANNOT_READ, "%.800s: cannot be read",
                          r->path);
    return status == STEPPE_OK && d->count == 0 ? reject(r, "expected a draw") : status;
}

char *stp_posterior_beside(const char *scenario_file)
{
    const char *slash = strrchr(scenario_file, '/');
    stp_text path = {0};
    stp_text_add(&path, "%.*sposterior.csv", slash ? (int)(slash - scenario_file + 1) : 0,
                 scenario_file);
    if (!path.failed)
        return path.data;
    stp_text_free(&path);
    return NULL;
}

bool stp_posterior_is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

int stp_posterior_read(steppe_context *context, const steppe_scenario *scenario,
                       const stp_range *ranges, size_t range_count, const char *path,
                       stp_draws *draws)
{
    *draws = (stp_draws){.count = 0};
    char *own = path ? stp_copy(path) : stp_posterior_beside(scenario->file);
    reader r = {.context = context,
                .path = own,
                .ranges = ranges,
                .range_count = range_count};
    int status = own ? STEPPE_OK : stp_no_memory(context);
    if (own && !stp_posterior_is_there(own))
        status = stp_fail(context, STEPPE_CANNOT_READ,
                          "%.800s: is not there: 'steppe calibrate %.300s' makes it", own,
                          scenario->file);
    if (status == STEPPE_OK)
        status = stp_file_open(context, own, &r.file);
    if (status == STEPPE_OK) {
        status = read_all(&r, scenario, draws);
        fclose(r.file);
    }
    free(r.line);
    free(r.range_of);
    free(own);
    if (status != STEPPE_OK)
        stp_draws_clear(draws);
    draws->of_other = r.of_other;
    return status;
}

void stp_draws_clear(stp_draws *d)
{
    free(d->values);
    *d = (stp_draws){.count = 0};
}

/* ---- one draw ---- */

static int vary(steppe_context *context, const steppe_scenario *scenario,
                const stp_range *ranges, size_t count, const double *values,
                steppe_scenario **drawn)
{
    char **texts = calloc(count + 1, sizeof *texts);
    stp_setting *settings = calloc(count + 1, sizeof *settings);
    bool whole = texts && settings;
    for (size_t k = 0; whole && k < count; k++) {
        whole = (texts[k] = stp_range_setting(&ranges[k], values[k])) != NULL;
        settings[k] = (stp_setting){texts[k], "draw"};
    }
    int status = whole ? stp_scenario_vary(context, scenario, settings, count, STP_WHOLE,
                                           drawn)
                       : stp_no_memory(context);
    for (size_t k = 0; texts && k < count; k++)
        free(texts[k]);
    free(texts);
    free(settings);
    return status;
}

int steppe_scenario_draw(steppe_context *context, const steppe_scenario *scenario,
                         const char *path, size_t draw, steppe_scenario **drawn)
{
    stp_range *ranges = NULL;
    size_t count = 0;
    stp_draws draws = {.count = 0};
    *drawn = NULL;
    int status = stp_ranges_find(context, scenario, &ranges, &count);
    if (status == STEPPE_OK)
        status = stp_posterior_read(context, scenario, ranges, count, path, &draws);
    if (status == STEPPE_OK && (draw < 1 || draw > draws.count))
        status = stp_fail(context, STEPPE_BAD_ARGUMENT,
                          "draw must be in [1, %zu], of the posterior, not %zu",
                          draws.count, draw);
    if (status == STEPPE_OK && draws.values)
        status = vary(context, scenario, ranges, count, draws.values + (draw - 1) * count,
                      drawn);
    stp_draws_clear(&draws);
    stp_ranges_free(ranges, count);
    return status;
}

const char *steppe_sampling_words(const steppe_scenario *scenario, const char *sampling,
                                  size_t draws, char *buffer)
{
    enum { SIZE = 160 };
    char *path = stp_posterior_beside(scenario->file);
    bool missing = path && !stp_posterior_is_there(path);
    free(path);
    if (!sampling || !*sampling || strcmp(sampling, "none") == 0)
        snprintf(buffer, SIZE, "with every number at its default");
    else if (strcmp(sampling, "posterior") == 0)
        snprintf(buffer, SIZE, "over %zu draws of the posterior", draws);
    else
        snprintf(buffer, SIZE, "over %zu draws of the prior%s", draws,
                 missing ? ": no posterior.csv beside the scenario" : "");
    return buffer;
}
