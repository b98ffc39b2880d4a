/* Compare two arms in pairs: do shorter terms of detention bring more unrest? Both runs of a pair
 * have the same seed, and so share every random number that the change leaves alone. */
#include <steppe.h>

#include <math.h>
#include <stdio.h>

enum { PAIRS = 20 };

static int add_active(const steppe_run *run, void *sum)
{
    *(double *)sum += steppe_run_active(run);
    return 0;
}

/* Active citizens, summed over 500 hours; NAN if the scenario could not be run. */
static double citizen_hours(steppe_context *context, const char *setting, uint64_t seed)
{
    const steppe_run_options options = {.seed = seed};
    steppe_scenario *scenario = NULL;
    steppe_run *run = NULL;
    double sum = 0;
    int failed = steppe_scenario_open(context,
                                      "scenarios/published/epstein-2002-run2.yaml",
                                      &setting, 1, &scenario) ||
                 steppe_run_create(context, scenario, &options, &run) ||
                 steppe_run_observe(run, add_active, &sum) ||
                 steppe_run_advance(run, 500);
    steppe_run_free(run);
    steppe_scenario_free(scenario);
    return failed ? NAN : sum;
}

int main(void)
{
    double sum = 0, squares = 0;
    steppe_context *context;
    if (steppe_context_create(&context) != STEPPE_OK)
        return 1;
    for (uint64_t seed = 1; seed <= PAIRS; seed++) {
        double control = citizen_hours(context, "detention.term_max=30 h", seed);
        double treatment = citizen_hours(context, "detention.term_max=10 h", seed);
        sum += treatment - control;
        squares += (treatment - control) * (treatment - control);
    }
    double mean = sum / PAIRS, variance = (squares - sum * mean) / (PAIRS - 1);
    if (isfinite(mean))
        printf("%+.0f citizen-hours, standard error %.0f, %d pairs\n", mean,
               sqrt(variance / PAIRS), PAIRS);
    else
        fprintf(stderr, "arms: %s\n", steppe_context_message(context));
    steppe_context_free(context);
    return !isfinite(mean);
}
