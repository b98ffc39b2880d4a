/* Do the schedules `sequential` and `tiles` agree in distribution? Runs Epstein's Run 2 many times under each,
 * with different seeds, and compares the distributions over runs.
 *
 *     schedules PAGE.md PICTURE.svg [RUNS]
 */
#include "compare.h"
#include "report/charts/chart.h"
#include "study/measures/outburst.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <steppe.h>
#include <string.h>

enum { SETTINGS = 3, MEASURES = 6, SHOWN = 3, WARM = 100, MAX_RUNS = 10000 };

static const char SCENARIO[] = "bench/lattice.yaml";

typedef struct setting {
    const char *head, *name; /* name: the same in short */
    const char *values[8];
    int count, steps;
    uint64_t threshold;
} setting;

static const setting ALL[SETTINGS] = {
    {"192 x 192 cells, vision 7: 16 tiles of 48 x 48",
     "192 x 192",
     {"districts.lattice.width=192", "districts.lattice.height=192"},
     2,
     1200,
     500},
    {"352 x 352 cells, vision 7: 16 tiles of 88 x 88",
     "352 x 352",
     {"districts.lattice.width=352", "districts.lattice.height=352"},
     2,
     700,
     1700},
    {"144 x 144 cells, vision 5 in squares (Moore): 16 tiles of 36 x 36",
     "144 x 144, Moore",
     {"districts.lattice.width=144", "districts.lattice.height=144", "citizens.vision=5",
      "officers.vision=5", "citizens.neighbourhood=moore"},
     5,
     1200,
     270},
};

static const struct {
    const char *name, *unit;
} MEASURED[MEASURES] = {
    {"mean active", "citizens"},
    {"mean in detention", "citizens"},
    {"outbursts", "per run"},
    {"size of an outburst", "active citizens, summed"},
    {"wait between outbursts", "steps"},
    {"highest peak", "active citizens"},
};

static void run_once(const setting *s, steppe_schedule schedule, uint64_t seed,
                     double measures[MEASURES])
{
    steppe_context *context;
    steppe_scenario *scenario;
    steppe_run *run;
    steppe_run_options options = {.seed = seed,
                                  .threads = 1,
                                  .schedule = schedule,
                                  .steps = (uint64_t)s->steps};
    steppe_district_info district;
    stp_outbursts outbursts = stp_outbursts_begin(s->threshold);
    double active = 0, detained = 0;
    if (steppe_context_create(&context) != STEPPE_OK)
        study_stop("out of memory");
    if (steppe_scenario_open(context, SCENARIO, s->values, (size_t)s->count, &scenario) !=
            STEPPE_OK ||
        steppe_run_create(context, scenario, &options, &run) != STEPPE_OK ||
        steppe_run_district(run, 0, &district) != STEPPE_OK)
        study_stop(steppe_context_message(context));
    if (strcmp(district.schedule, schedule == STEPPE_TILES ? "tiles" : "sequential") != 0)
        study_stop("a lattice is too small for tiles");
    for (int step = 0; step < s->steps; step++) {
        if (steppe_run_advance(run, 1) != STEPPE_OK)
            study_stop(steppe_context_message(context));
        const steppe_counts *now = steppe_run_counts(run);
        if (step < WARM)
            continue;
        stp_outbursts_add(&outbursts, now->active);
        active += (double)now->active / (s->steps - WARM);
        detained += (double)now->detained / (s->steps - WARM);
    }
    measures[0] = active;
    measures[1] = detained;
    measures[2] = (double)outbursts.count;
    measures[3] = stp_outbursts_size(&outbursts);
    measures[4] = stp_outbursts_wait(&outbursts);
    measures[5] = (double)outbursts.peak;
    steppe_run_free(run);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
}

/* values[measure][run] of one setting and schedule; seeds from first_seed upwards. */
static void run_all(const setting *s, steppe_schedule schedule, uint64_t first_seed,
                    int runs, double *values[MEASURES])
{
#pragma omp parallel for schedule(dynamic)
    for (int i = 0; i < runs; i++) {
        double measures[MEASURES];
        run_once(s, schedule, first_seed + (uint64_t)i, measures);
        for (int m = 0; m < MEASURES; m++) {
            if (isnan(measures[m]))
                study_stop(
                    "a run has no outburst, or only one: choose another threshold");
            values[m][i] = measures[m];
        }
    }
}

typedef struct comparison {
    study_comparison of;
    double difference,
        margin; /* of means, in percent of the first; half its 95 % interval */
} comparison;

static comparison compare(double *a, double *b, size_t n)
{
    comparison c = {.of = study_compare(a, b, n)};
    const double *means = c.of.means, *deviations = c.of.deviations;
    double error = sqrt((deviations[0] * deviations[0] + deviations[1] * deviations[1]) /
                        (double)n);
    c.difference = 100 * (means[1] - means[0]) / means[0];
    c.margin = 100 * 1.96 * error / means[0];
    return c;
}

/* As study_holm. */
static double smallest_p(comparison all[SETTINGS][MEASURES], size_t *below)
{
    double p[SETTINGS * MEASURES * 2];
    int tests = SETTINGS * MEASURES * 2;
    for (int i = 0; i < tests; i++) {
        const study_comparison *c = &all[i / 2 / MEASURES][i / 2 % MEASURES].of;
        p[i] = i % 2 ? c->mw.p : c->ks.p;
    }
    return study_holm(p, (size_t)tests, below);
}

static void write_head(FILE *file, comparison all[SETTINGS][MEASURES], int runs,
                       const char *picture)
{
    int tests = SETTINGS * MEASURES * 2;
    size_t below;
    double smallest = smallest_p(all, &below), largest = 0;
    for (int s = 0; s < SETTINGS; s++)
        for (int m = 0; m < MEASURES; m++)
            largest = fmax(largest, fabs(all[s][m].difference));
    fputs("# The two schedules compared\n\n"
          "The schedule `tiles` lets several threads work on one lattice. It is part of "
          "the\n"
          "model: the agents of a tile are activated together, not mixed with those of "
          "the\n"
          "whole lattice as in `sequential`. Does that change the outcomes?\n\n",
          file);
    fprintf(file,
            "Written by `make schedules`, not by hand: %d runs of Epstein's Run 2\n"
            "(`%s`) under each schedule, with seeds 1 to %d and %d to %d.\n"
            "The first %d steps are left out. An outburst begins above a threshold of "
            "actives and\n"
            "ends below it. Every measure is one number per run; the tests compare the "
            "two\n"
            "schedules.\n\n",
            runs, SCENARIO, runs, runs + 1, 2 * runs, WARM);
    fprintf(file, "**%s** The largest difference of two means is %.1f %%.\n",
            smallest < 0.05 ? "They differ, slightly." : "No difference is found.",
            largest);
    fprintf(
        file,
        "Of %d tests, %zu have p < 0.05, where %.1f are expected without a difference; "
        "the\n"
        "smallest p after Holm's correction is %.2g. The cause, and what keeps it small, "
        "is in\n"
        "[decision 009](decisions/009-larger-tiles.md).\n\n",
        tests, below, 0.05 * tests, smallest);
    fprintf(file, "![Distributions of the measures over runs](%s)\n\n", picture);
}

static void write_table(FILE *file, const setting *s, const comparison all[MEASURES])
{
    fprintf(file,
            "## %s\n\nRuns of %d steps. An outburst: more than %" PRIu64 " active.\n\n",
            s->head, s->steps, s->threshold);
    fputs(
        "| measure | sequential, mean (s.d.) | tiles, mean (s.d.) | difference of means, "
        "95 % interval | p, Kolmogorov-Smirnov | p, Mann-Whitney |\n"
        "|---|---|---|---|---|---|\n",
        file);
    for (int m = 0; m < MEASURES; m++) {
        const comparison *c = &all[m];
        fprintf(file, "| %s (%s) | %.4g (%.2g) | %.4g (%.2g) |", MEASURED[m].name,
                MEASURED[m].unit, c->of.means[0], c->of.deviations[0], c->of.means[1],
                c->of.deviations[1]);
        fprintf(file, " %+.2f %% (%+.2f to %+.2f) | %.2g | %.2g |\n", c->difference,
                c->difference - c->margin, c->difference + c->margin, c->of.ks.p,
                c->of.mw.p);
    }
    fputs("\n", file);
}

static void write_page(FILE *file, comparison all[SETTINGS][MEASURES], int runs,
                       const char *picture)
{
    write_head(file, all, runs, picture);
    for (int s = 0; s < SETTINGS; s++)
        write_table(file, &ALL[s], all[s]);
    fputs("The p values in the tables are not corrected.\n", file);
}

/* One measure in one setting under both schedules. values: sorted. */
static stp_plot plot_of(const setting *s, int measure, const double *sequential,
                        const double *tiles, size_t n)
{
    static const char *const NAMES[2] = {"sequential", "tiles"};
    char title[STP_PLOT_TEXT];
    snprintf(title, sizeof title, "%s: %s", MEASURED[measure].name, s->name);
    return study_plot(title, MEASURED[measure].unit, NAMES, sequential, tiles, n);
}

int main(int argc, char **argv)
{
    int runs = argc > 3 ? atoi(argv[3]) : 250;
    if (argc < 3 || runs < 2 || runs > MAX_RUNS)
        study_stop("usage: schedules PAGE.md PICTURE.svg [RUNS]");
    static comparison all[SETTINGS][MEASURES];
    static stp_plot plots[SETTINGS * SHOWN];
    static const int shown[SHOWN] = {0, 3, 4};
    for (int s = 0; s < SETTINGS; s++) {
        double *values[2][MEASURES];
        for (int k = 0; k < 2; k++) {
            for (int m = 0; m < MEASURES; m++)
                values[k][m] = study_values((size_t)runs);
            run_all(&ALL[s], k ? STEPPE_TILES : STEPPE_SEQUENTIAL,
                    1 + (uint64_t)k * (uint64_t)runs, runs, values[k]);
            printf("%s, %s: %d runs done\n", ALL[s].head, k ? "tiles" : "sequential",
                   runs);
            fflush(stdout);
        }
        for (int m = 0; m < MEASURES; m++)
            all[s][m] = compare(values[0][m], values[1][m], (size_t)runs);
        for (int i = 0; i < SHOWN; i++)
            plots[s * SHOWN + i] = plot_of(&ALL[s], shown[i], values[0][shown[i]],
                                           values[1][shown[i]], (size_t)runs);
    }
    const char *slash = strrchr(argv[2], '/');
    FILE *page = study_open(argv[1]), *picture = study_open(argv[2]);
    write_page(page, all, runs, slash ? slash + 1 : argv[2]);
    if (stp_chart_write(picture, plots, (size_t)SETTINGS * SHOWN, SHOWN) != 0)
        study_stop("the picture could not be written");
    study_close(page, argv[1]);
    study_close(picture, argv[2]);
    for (int i = 0; i < SETTINGS * SHOWN; i++)
        stp_plot_clear(&plots[i]);
    return 0;
}
