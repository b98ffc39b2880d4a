/* What the fuzz targets share. */
#ifndef STP_FUZZ_H
#define STP_FUZZ_H

#include "steppe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

#endif
