/* Any text as a setting (--set) over a small scenario that has everything to set: an
 * error, or a scenario that reads back to itself. */
#include "fuzz.h"

static const char TEXT[] =
    "steppe: 1\n"
    "title: Everything to set\n"
    "time: { start: 2022-01-01, step: 1 h, steps: 9 }\n"
    "sources: { s: { title: S, year: 2022 } }\n"
    "citizens: { legitimacy: { value: 0.8, range: [0.7, 0.9], kind: claim, source: s } "
    "}\n"
    "hardship: { price_base: 60 tenge/l, price_lag: 2 d }\n"
    "units: [{ id: u, name: U, population: 30 }]\n"
    "districts:\n"
    "  - { id: a, name: A, unit: u, lat: 1, lon: 2, population: 10, able: &able 0.5 }\n"
    "  - { id: b, name: B, unit: u, lat: 3, lon: 4, population: 20, able: *able }\n"
    "events:\n"
    "  - { id: e, title: E, date: 2022-01-01T03:00, units: [u], legitimacy: 0.5 }\n"
    "  - { id: f, title: F, hour: 4, districts: [a, b], fuel_price: 90, enabled: false "
    "}\n"
    "provenance: { districts.population: { kind: fact, source: s } }\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    steppe_context *context;
    steppe_scenario *scenario;
    char *setting = malloc(size + 1);
    if (!setting || steppe_context_create(&context) != STEPPE_OK) {
        free(setting);
        return 0;
    }
    memcpy(setting, data, size);
    setting[size] = '\0';
    int status = steppe_scenario_parse(context, "fuzz.yaml", TEXT, sizeof TEXT - 1,
                                       (const char *const[]){setting}, 1, &scenario);
    const char *message = steppe_context_message(context);
    if (status == STEPPE_OK)
        must_read_back(context, scenario);
    else
        MUST(status == STEPPE_BAD_SCENARIO && !scenario && *message, "%s", message);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    free(setting);
    return 0;
}
