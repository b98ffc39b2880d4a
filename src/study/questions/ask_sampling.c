/* What the points of a question are drawn from: the posterior of a calibration, or the prior. */
#include "base/text.h"
#include "record/posterior.h"
#include "study/questions/ask.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

size_t stp_ask_draws(const stp_asking *a)
{
    return a->options->no_draws ? 0
           : a->options->draws  ? a->options->draws
                                : (size_t)a->question->draws.value;
}

static int check_word(const stp_asking *a, const char *sampling)
{
    if (!sampling || strcmp(sampling, "prior") == 0)
        return STEPPE_OK;
    if (strcmp(sampling, "posterior") != 0)
        return stp_fail(a->context, STEPPE_BAD_ARGUMENT,
                        "sampling must be prior or posterior, not '%.40s'", sampling);
    if (a->options->width != 0)
        return stp_fail(a->context, STEPPE_BAD_ARGUMENT,
                        "a posterior has no ranges of which a part could be drawn: leave "
                        "out the width");
    return STEPPE_OK;
}

static void draw_from(stp_asking *a, const char *sampling, const char *why)
{
    a->sampling = sampling;
    a->sampling_why = why;
}

/* Read the posterior; `must`: it was asked for. */
static int try_posterior(stp_asking *a, const stp_range *ranges, size_t count, bool must)
{
    stp_draws draws;
    int status = stp_posterior_read(a->context, a->scenario, ranges, count, a->posterior,
                                    &draws);
    if (status == STEPPE_OK) {
        draw_from(a, "posterior", "");
        a->width = 1;
        a->posterior_count = draws.count;
        a->posterior_digest = XXH64(draws.values,
                                    draws.count * count * sizeof *draws.values,
                                    draws.count);
    } else if (!must && draws.of_other) {
        draw_from(a, "sobol",
                  "posterior.csv is of another version of the scenario or of Steppe");
        status = STEPPE_OK;
    }
    stp_draws_clear(&draws);
    return status;
}

int stp_ask_choose_sampling(stp_asking *a)
{
    const char *sampling = a->options->sampling, *beside = a->options->scenario_file;
    stp_range *ranges = NULL;
    size_t count = 0;
    int status = check_word(a, sampling);
    if (status != STEPPE_OK || stp_ask_draws(a) == 0)
        return status;
    bool must = sampling && strcmp(sampling, "posterior") == 0;
    a->posterior = stp_posterior_beside(beside ? beside : a->scenario->file);
    if (!a->posterior)
        return stp_no_memory(a->context);
    status = stp_ranges_find(a->context, a->scenario, &ranges, &count);
    if (status != STEPPE_OK || count == 0) { /* nothing is drawn */
        stp_ranges_free(ranges, count);
        return status;
    }
    if (sampling && !must)
        draw_from(a, "sobol", "");
    else if (!must && a->options->width != 0)
        draw_from(a, "sobol", "a part of each range was asked for");
    else if (!must && !stp_posterior_is_there(a->posterior))
        draw_from(a, "sobol", "no posterior.csv beside the scenario");
    else
        status = try_posterior(a, ranges, count, must);
    stp_ranges_free(ranges, count);
    return status;
}

void stp_asking_clear(stp_asking *a)
{
    free(a->posterior);
    a->posterior = NULL;
}
