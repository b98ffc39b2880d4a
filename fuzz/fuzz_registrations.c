/* Any bytes as the registrations of a scenario's questions: an error with its place, or registrations that are whole. */
#include "fuzz.h"

#include "study/questions/registration.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    steppe_context *context;
    char path[] = "town.registered.yaml";
    stp_registrations all = {.path = strdup(path)};
    if (!all.path || steppe_context_create(&context) != STEPPE_OK) {
        free(all.path);
        return -1;
    }
    int status = stp_registrations_parse(context, data, size, &all);
    const char *message = steppe_context_message(context);
    MUST(status == STEPPE_OK || status == STEPPE_BAD_SCENARIO, "%d: %s", status, message);
    MUST(status == STEPPE_OK || strncmp(message, path, strlen(path)) == 0, "no place: %s",
         message);
    for (size_t i = 0; status == STEPPE_OK && i < all.count; i++)
        MUST(stp_registrations_find(&all, all.all[i].id) == &all.all[i] &&
                 strlen(all.all[i].date) == 10 && all.all[i].runs_before,
             "registration %zu is not whole", i);
    stp_registrations_clear(&all);
    steppe_context_free(context);
    return 0;
}
