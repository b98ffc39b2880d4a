/* Run a scenario and watch it: on Epstein's lattice long calm is broken by sudden outbursts. */
#include <steppe.h>

#include <inttypes.h>
#include <stdio.h>

/* Called after each step. Counts are one per district; this scenario has one district. */
static int watch(const steppe_run *run, void *user)
{
    const steppe_counts *now = steppe_run_counts(run);
    (void)user;
    if (now->active > 50)
        printf("%s: %" PRIu64 " active, %" PRIu64 " arrested\n", steppe_run_time(run),
               now->active, now->arrests);
    return 0; /* continue */
}

int main(void)
{
    steppe_context *context = NULL;
    steppe_scenario *scenario = NULL;
    steppe_run *run = NULL;
    int failed = steppe_context_create(&context) ||
                 steppe_scenario_open(context,
                                      "scenarios/published/epstein-2002-run2.yaml", NULL,
                                      0, &scenario) ||
                 steppe_run_create(context, scenario, NULL, &run) ||
                 steppe_run_observe(run, watch, NULL) || steppe_run_advance(run, 200);
    if (failed && context)
        fprintf(stderr, "watch: %s\n", steppe_context_message(context));
    steppe_run_free(run);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    return failed;
}
