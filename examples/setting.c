/* Run a scenario with one setting changed: how many are active at different levels of legitimacy? */
#include <steppe.h>

#include <stdio.h>

/* Citizens active, on average over the steps; negative if the scenario could not be run. */
static double mean_active(steppe_context *context, const char *setting)
{
    steppe_scenario *scenario = NULL;
    steppe_run *run = NULL;
    double sum = 0;
    int failed = steppe_scenario_open(context,
                                      "scenarios/published/epstein-2002-run2.yaml",
                                      &setting, 1, &scenario) ||
                 steppe_run_create(context, scenario, NULL, &run);
    while (!failed && steppe_run_step(run) < steppe_run_steps(run)) {
        failed = steppe_run_advance(run, 1);
        sum += steppe_run_active(run);
    }
    double mean = failed ? -1 : sum / (double)steppe_run_steps(run);
    steppe_run_free(run);
    steppe_scenario_free(scenario);
    return mean;
}

int main(void)
{
    static const char *const SETTINGS[] = {"citizens.legitimacy=0.7",
                                           "citizens.legitimacy=0.8",
                                           "citizens.legitimacy=0.9"};
    steppe_context *context;
    if (steppe_context_create(&context) != STEPPE_OK)
        return 1;
    double mean = 0;
    for (int i = 0; i < 3 && mean >= 0; i++) {
        mean = mean_active(context, SETTINGS[i]);
        if (mean >= 0)
            printf("%s: %.1f of 1120 citizens active\n", SETTINGS[i], mean);
        else
            fprintf(stderr, "setting: %s\n", steppe_context_message(context));
    }
    steppe_context_free(context);
    return mean < 0;
}
