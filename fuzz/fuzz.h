/* What the fuzz targets share. */
#ifndef STP_FUZZ_H
#define STP_FUZZ_H

#include "steppe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Called by libFuzzer with one input after another. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Called once before the first. */
int LLVMFuzzerInitialize(int *count, char ***arguments);

/* Stop with a finding unless something holds. */
#define MUST(holds, ...)                                                \
    do {                                                                \
        if (!(holds)) {                                                 \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #holds); \
            fprintf(stderr, __VA_ARGS__);                               \
            fputc('\n', stderr);                                        \
            abort();                                                    \
        }                                                               \
    } while (0)

/* The resolved text of a scenario must read back to the same scenario. */
static inline void must_read_back(steppe_context *context,
                                  const steppe_scenario *scenario)
{
    steppe_scenario *again;
    const char *resolved = steppe_scenario_resolved(scenario);
    int status = steppe_scenario_parse(context, "resolved.yaml", resolved,
                                       strlen(resolved), NULL, 0, &again);
    MUST(status == STEPPE_OK, "%s\n%s", steppe_context_message(context), resolved);
    const char *twin = steppe_scenario_resolved(again);
    MUST(strcmp(resolved, twin) == 0, "%s\nbecame\n%s", resolved, twin);
    MUST(steppe_scenario_digest(scenario) == steppe_scenario_digest(again), "%s",
         resolved);
    steppe_scenario_free(again);
}

/* A new folder for what a target writes. */
static inline void make_folder(char folder[200])
{
    const char *where = getenv("TMPDIR");
    snprintf(folder, 200, "%.150s/steppe-fuzz-XXXXXX", where ? where : "/tmp");
    MUST(mkdtemp(folder), "%s", folder);
}

/* Remove a results file, or a page, and what may lie beside it. */
static inline void remove_all(const char *file)
{
    static const char *const ENDS[] = {"", "-journal", "-wal", "-shm", ".part"};
    char name[300];
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        snprintf(name, sizeof name, "%s%s", file, ENDS[i]);
        unlink(name);
    }
}

/* A sound results file in a folder, of a scenario's whole run; path: where it is. */
static inline void record_run(steppe_context *context, const steppe_scenario *scenario,
                              uint64_t steps, const char *folder, char path[256])
{
    steppe_run *run = NULL;
    steppe_recorder *recorder = NULL;
    const steppe_run_options options = {.seed = 1, .threads = 1};
    MUST(steppe_run_create(context, scenario, &options, &run) == STEPPE_OK &&
             steppe_recorder_create(context, folder, run, &recorder) == STEPPE_OK &&
             steppe_run_advance(run, steps) == STEPPE_OK &&
             steppe_recorder_finish(recorder) == STEPPE_OK,
         "%s", steppe_context_message(context));
    snprintf(path, 256, "%s", steppe_recorder_path(recorder));
    steppe_recorder_free(recorder);
    steppe_run_free(run);
}

#endif
