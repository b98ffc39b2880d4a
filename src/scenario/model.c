#include "scenario/model.h"

#include <string.h>

enum {
    STREET = 1 << STP_STREET,
    THRESHOLD = 1 << STP_THRESHOLD,
    NETWORK = 1 << STP_NETWORK,
    CONTAGION = 1 << STP_CONTAGION,
    GLOBAL_GAME = 1 << STP_GLOBAL_GAME,
    KTAB = 1 << STP_KTAB,
    EXPECTED_UTILITY = 1 << STP_EXPECTED_UTILITY,
    APPOINTMENT = 1 << STP_APPOINTMENT,
    ALL = (1 << (STP_APPOINTMENT + 1)) - 1,
};

/* The models that use the parameters of a section, in general; those of sections that are
 * not here are for streets. */
static const unsigned SECTIONS[STP_SECTION_COUNT] = {
    [STP_TOP] = ALL,
    [STP_TIME] = STREET | CONTAGION,
    [STP_OF_THRESHOLD] = THRESHOLD,
    [STP_OF_NETWORK] = NETWORK,
    [STP_OF_CONTAGION] = CONTAGION,
    [STP_OF_GLOBAL_GAME] = GLOBAL_GAME,
    [STP_OF_KTAB] = KTAB,
    [STP_OF_EXPECTED_UTILITY] = EXPECTED_UTILITY,
    [STP_OF_APPOINTMENT] = APPOINTMENT,
    [STP_ACTORS] = KTAB | EXPECTED_UTILITY,
};

/* ... and those of which it is different. */
static const struct {
    stp_section section;
    const char *name;
    unsigned models;
} PARAMETERS[] = {
    {STP_TOP, "scale", STREET},
    {STP_TOP, "schedule", STREET},
    {STP_TOP, "rules", STREET},
    {STP_TOP, "presence", STREET},
    {STP_TIME, "start", STREET},
    {STP_DISTRICTS, "id", STREET | CONTAGION},
    {STP_DISTRICTS, "name", STREET | CONTAGION},
    {STP_DISTRICTS, "lat", STREET | CONTAGION},
    {STP_DISTRICTS, "lon", STREET | CONTAGION},
    {STP_DISTRICTS, "population", STREET | CONTAGION},
    {STP_DISTRICTS, "active_at_start", CONTAGION},
    {STP_ACTORS, "salience", EXPECTED_UTILITY},
    {STP_ACTORS, "risk", KTAB},
};

/* Parameters that hang on a choice in their own section; words: bits of its places. */
static const struct {
    stp_section section;
    const char *name, *choice;
    unsigned words;
} CHOICES[] = {
    {STP_OF_THRESHOLD, "values", "distribution", 1 << STP_THRESHOLDS_LIST},
    {STP_OF_THRESHOLD, "persons", "distribution",
     1 << STP_THRESHOLDS_UNIFORM | 1 << STP_THRESHOLDS_NORMAL},
    {STP_OF_THRESHOLD, "mean", "distribution", 1 << STP_THRESHOLDS_NORMAL},
    {STP_OF_THRESHOLD, "deviation", "distribution", 1 << STP_THRESHOLDS_NORMAL},
    {STP_OF_NETWORK, "reach", "kind", 1 << STP_SMALL_WORLD},
    {STP_OF_NETWORK, "moved", "kind", 1 << STP_SMALL_WORLD},
    {STP_OF_NETWORK, "size", "kind", 1 << STP_VILLAGE},
    {STP_OF_NETWORK, "across", "kind", 1 << STP_VILLAGE},
    {STP_OF_NETWORK, "ties", "kind", 1 << STP_OPINION_LEADER},
    {STP_OF_NETWORK, "exponent", "kind", 1 << STP_OPINION_LEADER},
    {STP_OF_NETWORK, "span", "kind", 1 << STP_HIERARCHY},
    {STP_OF_NETWORK, "siblings", "kind", 1 << STP_HIERARCHY},
    {STP_OF_CONTAGION, "gamma", "response", 1 << STP_CONTAGION_THRESHOLD},
    {STP_OF_CONTAGION, "critical", "response", 1 << STP_CONTAGION_THRESHOLD},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

stp_model stp_model_of(const steppe_scenario *s)
{
    return (stp_model)s->top.model.value;
}

static unsigned models_of(const stp_parameter *p)
{
    for (size_t i = 0; i < COUNT(PARAMETERS); i++)
        if (PARAMETERS[i].section == p->section &&
            strcmp(PARAMETERS[i].name, p->name) == 0)
            return PARAMETERS[i].models;
    return SECTIONS[p->section] ? SECTIONS[p->section] : STREET;
}

/* The line of CHOICES on a parameter; COUNT(CHOICES) if there is none. */
static size_t line_of(const stp_parameter *p)
{
    size_t i = 0;
    while (i < COUNT(CHOICES) &&
           (CHOICES[i].section != p->section || strcmp(CHOICES[i].name, p->name) != 0))
        i++;
    return i;
}

const stp_parameter *stp_model_choice(const steppe_scenario *s, const stp_parameter *p)
{
    size_t line = line_of(p);
    bool used = models_of(p) >> stp_model_of(s) & 1u;
    return used && line < COUNT(CHOICES)
               ? stp_parameter_find(p->section, CHOICES[line].choice)
               : NULL;
}

bool stp_model_uses(const steppe_scenario *s, const stp_parameter *p)
{
    if (!(models_of(p) >> stp_model_of(s) & 1u))
        return false;
    const stp_parameter *choice = stp_model_choice(s, p);
    if (!choice)
        return true;
    const stp_quantity *q = (const stp_quantity *)(const void *)((const char *)s +
                                                                 choice->offset);
    return CHOICES[line_of(p)].words >> (unsigned)q->value & 1u;
}

bool stp_model_has(const steppe_scenario *s, stp_section section)
{
    for (size_t i = 0; i < STP_PARAMETER_COUNT; i++)
        if (STP_PARAMETERS[i].section == section && stp_model_uses(s, &STP_PARAMETERS[i]))
            return true;
    return false;
}

const char *steppe_scenario_model(const steppe_scenario *s)
{
    static const char *const NAMES[] = {"street",           "threshold",   "network",
                                        "contagion",        "global-game", "ktab",
                                        "expected-utility", "appointment"};
    return NAMES[stp_model_of(s)];
}
