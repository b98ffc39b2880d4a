/* Any bytes as a results file, compared with itself, with a sound one and with observations: an error or an
 * answer; and a file is the same as itself. */
#include "fuzz.h"

static char folder[200], path[256], sound[256];
static steppe_context *kept;
static steppe_scenario *observed; /* the scenario of the sound one */

static const char TEXT[] = "steppe: 1\ntitle: T\ntime: { steps: 3 }\n"
                           "citizens: { legitimacy: 0.5, vision: 1 }\n"
                           "districts: [{ id: a, name: A, width: 8, height: 8 }]\n";
static const char OBSERVED[] =
    "observed:\n"
    "  - { id: a, title: A, pattern: P, measure: turnout, value: 3, confidence: low }\n"
    "  - { id: b, title: B, pattern: P, measure: deaths, value: 3, confidence: low }\n"
    "  - { id: c, title: C, pattern: Q, measure: obeying, value: 1, confidence: low }\n"
    "  - { id: d, title: D, pattern: Q, measure: detained, at_hour: 2, value: 3,\n"
    "      confidence: low }\n"
    "  - { id: e, title: E, pattern: R, measure: unrest-after, at_hour: 2, value: 3,\n"
    "      confidence: low }\n"
    "  - { id: f, title: F, pattern: R, measure: first-unrest, value: 1, confidence: low "
    "}\n";

static void clean_up(void)
{
    remove_all(path);
    remove_all(sound);
    rmdir(folder);
    steppe_scenario_free(observed);
    steppe_context_free(kept);
}

static void make_sound(void)
{
    steppe_context *context = NULL;
    steppe_scenario *scenario = NULL;
    MUST(steppe_context_create(&context) == STEPPE_OK &&
             steppe_scenario_parse(context, "sound.yaml", TEXT, sizeof TEXT - 1, NULL, 0,
                                   &scenario) == STEPPE_OK,
         "%s", steppe_context_message(context));
    record_run(context, scenario, 3, folder, sound);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
}

int LLVMFuzzerInitialize(int *count, char ***arguments)
{
    (void)count;
    (void)arguments;
    make_folder(folder);
    snprintf(path, sizeof path, "%s/input.sqlite", folder);
    make_sound();
    char text[sizeof TEXT + sizeof OBSERVED];
    snprintf(text, sizeof text, "%s%s", TEXT, OBSERVED);
    MUST(steppe_context_create(&kept) == STEPPE_OK &&
             steppe_scenario_parse(kept, "sound.yaml", text, strlen(text), NULL, 0,
                                   &observed) == STEPPE_OK,
         "%s", steppe_context_message(kept));
    atexit(clean_up);
    return 0;
}

static int compare(steppe_context *context, const char *a, const char *b, bool *same)
{
    steppe_difference d;
    int status = steppe_results_diff(context, a, b, &d);
    const char *message = steppe_context_message(context);
    MUST(status == STEPPE_OK || status == STEPPE_BAD_RESULTS ||
             status == STEPPE_CANNOT_READ,
         "%d: %s", status, message);
    MUST(status == STEPPE_OK || *message, "no message");
    MUST(status != STEPPE_OK || (memchr(d.what, '\0', sizeof d.what) && *d.what),
         "no words");
    MUST(status != STEPPE_OK || memchr(d.settings, '\0', sizeof d.settings), "no end");
    *same = status == STEPPE_OK && d.same;
    return status;
}

static void compare_observed(steppe_context *context)
{
    const char *const paths[] = {path, sound};
    steppe_fit *fit;
    int status = steppe_fit_open(context, observed, paths, 2, &fit);
    MUST(status == STEPPE_OK || status == STEPPE_BAD_RESULTS ||
             status == STEPPE_CANNOT_READ,
         "%d: %s", status, steppe_context_message(context));
    MUST((status == STEPPE_OK) == (fit != NULL), "no fit");
    steppe_fit_free(fit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    steppe_context *context;
    bool same;
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(data, 1, size, file) != size || fclose(file) != 0 ||
        steppe_context_create(&context) != STEPPE_OK)
        return -1;
    if (compare(context, path, path, &same) == STEPPE_OK)
        MUST(same, "it differs from itself");
    compare(context, path, sound, &same);
    compare(context, sound, path, &same);
    compare_observed(context);
    steppe_context_free(context);
    remove_all(path);
    return 0;
}
