/* Measures activations per second: Steppe by schedule and threads, and the baseline,
 * taking turns, so that drift of the machine affects all; and bytes per agent. See
 * bench/README.md. */
#include "baseline.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <steppe.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5, CONTESTANTS = 3, MAX_STEPS = 100000 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void fail(const char *words)
{
    fprintf(stderr, "bench: %s\n", words);
    exit(1);
}

/* side: of a lattice; 0: the country with everybody on the street. */
static steppe_run *open_run(steppe_context *context, const char *path, int side,
                            steppe_schedule schedule, int threads,
                            steppe_scenario **scenario)
{
    char width[64], height[64];
    snprintf(width, sizeof width, "districts.lattice.width=%d", side);
    snprintf(height, sizeof height, "districts.lattice.height=%d", side);
    const char *lattice[] = {width, height}, *country[] = {"presence=street"};
    steppe_run_options options = {.seed = 1,
                                  .threads = threads,
                                  .schedule = schedule,
                                  .steps = MAX_STEPS};
    steppe_run *run;
    if (steppe_scenario_open(context, path, side ? lattice : country, side ? 2 : 1,
                             scenario) != STEPPE_OK ||
        steppe_run_create(context, *scenario, &options, &run) != STEPPE_OK)
        fail(steppe_context_message(context));
    return run;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_value);
    return values[count / 2];
}

/* Activations per second of a run over some steps. */
static double time_run(steppe_run *run, uint64_t steps)
{
    uint64_t before = steppe_run_activations(run);
    double start = now();
    steppe_run_advance(run, steps);
    return (double)(steppe_run_activations(run) - before) / (now() - start);
}

static double time_baseline(baseline *model, uint64_t steps)
{
    uint64_t activations = 0;
    double start = now();
    for (uint64_t i = 0; i < steps; i++)
        activations += baseline_step(model);
    return (double)activations / (now() - start);
}

/* One lattice: baseline, Steppe with one thread, Steppe with two, alternating for
 * ROUNDS. */
static void measure_lattice(const char *path, int side, steppe_schedule schedule,
                            uint64_t steps)
{
    steppe_context *context;
    steppe_scenario *scenarios[2];
    steppe_run *runs[2];
    double rates[CONTESTANTS][ROUNDS], ratios[2][ROUNDS];
    if (steppe_context_create(&context) != STEPPE_OK)
        fail("out of memory");
    for (int k = 0; k < 2; k++)
        runs[k] = open_run(context, path, side, schedule, k + 1, &scenarios[k]);
    baseline *model = baseline_create(side, 1);
    if (!model)
        fail("out of memory");
    time_run(runs[0], steps); /* warm-up, past the first outburst */
    time_run(runs[1], steps);
    time_baseline(model, steps);
    for (int i = 0; i < ROUNDS; i++) {
        rates[0][i] = time_baseline(model, steps);
        rates[1][i] = time_run(runs[0], steps);
        rates[2][i] = time_run(runs[1], steps);
        ratios[0][i] = rates[1][i] / rates[0][i];
        ratios[1][i] = rates[2][i] / rates[1][i];
    }
    printf("%4d x %-4d  %-10s  %8.2f  %8.2f  %8.2f  %9.1f x  %9.2f x\n", side, side,
           schedule == STEPPE_TILES ? "tiles" : "sequential",
           median(rates[0], ROUNDS) / 1e6, median(rates[1], ROUNDS) / 1e6,
           median(rates[2], ROUNDS) / 1e6, median(ratios[0], ROUNDS),
           median(ratios[1], ROUNDS));
    fflush(stdout);
    baseline_free(model);
    for (int k = 0; k < 2; k++) {
        steppe_run_free(runs[k]);
        steppe_scenario_free(scenarios[k]);
    }
    steppe_context_free(context);
}

/* The country at scale 1 with everybody on the street, by threads. bench/home measures
 * presence `home`. */
static void measure_country(const char *path, uint64_t steps)
{
    steppe_context *context;
    steppe_scenario *scenarios[2];
    steppe_run *runs[2];
    double rates[2][ROUNDS], ratios[ROUNDS];
    if (steppe_context_create(&context) != STEPPE_OK)
        fail("out of memory");
    for (int k = 0; k < 2; k++) {
        runs[k] = open_run(context, path, 0, STEPPE_TILES, k + 1, &scenarios[k]);
        time_run(runs[k], 1);
    }
    for (int i = 0; i < ROUNDS; i++) {
        rates[0][i] = time_run(runs[0], steps);
        rates[1][i] = time_run(runs[1], steps);
        ratios[i] = rates[1][i] / rates[0][i];
    }
    printf("%-11s  %-10s  %8s  %8.2f  %8.2f  %11s  %9.2f x\n", "Kazakhstan", "tiles", "",
           median(rates[0], ROUNDS) / 1e6, median(rates[1], ROUNDS) / 1e6, "",
           median(ratios, ROUNDS));
    fflush(stdout);
    for (int k = 0; k < 2; k++) {
        steppe_run_free(runs[k]);
        steppe_scenario_free(scenarios[k]);
    }
    steppe_context_free(context);
}

/* In bytes. */
static double peak_memory(void)
{
    FILE *file = fopen("/proc/self/status", "r");
    char line[256];
    double kib = 0;
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "VmHWM: %lf", &kib) == 1)
            break;
    if (file)
        fclose(file);
    return kib * 1024;
}

/* Bytes per agent: how much this process, which has done nothing else, grows by making a
 * run with one thread and taking some steps. */
static void print_memory(const char *name, const char *path, int side, uint64_t steps)
{
    steppe_context *context;
    steppe_scenario *scenario;
    double before = peak_memory();
    if (steppe_context_create(&context) != STEPPE_OK)
        fail("out of memory");
    steppe_run *run = open_run(context, path, side, STEPPE_TILES, 1, &scenario);
    steppe_run_advance(run, steps);
    uint64_t detained = 0;
    for (size_t i = 0; i < steppe_run_district_count(run); i++)
        detained += steppe_run_counts(run)[i].detained;
    printf("%-11s  %6.2f bytes per agent after %" PRIu64
           " steps, %.0f %% of them detained\n",
           name, (peak_memory() - before) / (double)steppe_run_agents(run), steps,
           100 * (double)detained / (double)steppe_run_agents(run));
    steppe_run_free(run);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
}

/* The same in a new process of this program. */
static void measure_memory(const char *name, const char *path, const char *side,
                           const char *steps)
{
    fflush(stdout);
    pid_t child = fork();
    if (child < 0)
        fail("cannot create a process");
    if (child == 0) {
        execl("/proc/self/exe", "bench", "memory", name, path, side, steps, (char *)NULL);
        _exit(1);
    }
    int status;
    if (waitpid(child, &status, 0) != child || status != 0)
        fail("cannot measure the memory");
}

/* Mean and standard error of actives over seeds, Steppe's and the baseline's: are they
 * the same model? */
static void compare_models(const char *path)
{
    enum { SEEDS = 40, SIDE = 40, STEPS = 400 };
    double sums[2][2] = {{0}}, squares[2] = {0};
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        steppe_context *context;
        steppe_scenario *scenario;
        steppe_context_create(&context);
        steppe_run *first = open_run(context, path, SIDE, STEPPE_SEQUENTIAL, 1,
                                     &scenario),
                   *run;
        steppe_run_free(first);
        steppe_run_options options = {.seed = seed,
                                      .threads = 1,
                                      .steps = STEPS,
                                      .schedule = STEPPE_SEQUENTIAL};
        steppe_run_create(context, scenario, &options, &run);
        baseline *model = baseline_create(SIDE, seed);
        double means[2] = {0}, detained[2] = {0};
        for (int i = 0; i < STEPS; i++) {
            steppe_run_advance(run, 1);
            baseline_step(model);
            means[0] += (double)steppe_run_counts(run)[0].active / STEPS;
            detained[0] += (double)steppe_run_counts(run)[0].detained / STEPS;
            means[1] += (double)baseline_active(model) / STEPS;
            detained[1] += (double)baseline_detained(model) / STEPS;
        }
        for (int k = 0; k < 2; k++) {
            sums[k][0] += means[k] / SEEDS;
            sums[k][1] += detained[k] / SEEDS;
            squares[k] += means[k] * means[k] / SEEDS;
        }
        baseline_free(model);
        steppe_run_free(run);
        steppe_scenario_free(scenario);
        steppe_context_free(context);
    }
    for (int k = 0; k < 2; k++)
        printf("%-9s mean active %.2f (standard error %.2f), mean detained %.1f\n",
               k ? "baseline:" : "Steppe:", sums[k][0],
               sqrt((squares[k] - sums[k][0] * sums[k][0]) / (SEEDS - 1)), sums[k][1]);
}

int main(int argc, char **argv)
{
    const char *lattice = "bench/lattice.yaml",
               *country = "scenarios/kazakhstan-2022/scenario.yaml";
    if (argc == 6 && strcmp(argv[1], "memory") == 0) {
        print_memory(argv[2], argv[3], atoi(argv[4]), strtoull(argv[5], NULL, 10));
        return 0;
    }
    bool quick = argc > 1 && strcmp(argv[1], "quick") == 0;
    printf("million activations per second; medians of %d alternating rounds\n\n",
           ROUNDS);
    printf("%-11s  %-10s  %8s  %8s  %8s  %11s  %11s\n", "", "schedule", "baseline",
           "1 thread", "2 threads", "1 / baseline", "2 / 1");
    measure_lattice(lattice, 40, STEPPE_SEQUENTIAL, 1500);
    measure_lattice(lattice, 192, STEPPE_TILES, 80);
    measure_lattice(lattice, 4992, STEPPE_TILES, quick ? 1 : 2);
    if (quick)
        return 0;
    measure_country(country, 6);
    printf("\nmemory of the whole state\n");
    measure_memory("960 x 960", lattice, "960", "60");
    measure_memory("4992 x 4992", lattice, "4992", "60");
    measure_memory("Kazakhstan", country, "0", "120");
    printf("\nthe same model? 40 x 40, 40 seeds, 400 steps\n");
    compare_models(lattice);
    return 0;
}
