#include "scenario/model.h"

#include <stdint.h>

stp_model stp_model_of(const steppe_scenario *s)
{
    return (stp_model)s->top.model.value;
}

const stp_parameter *stp_model_choice(const steppe_scenario *s, const stp_parameter *p)
{
    unsigned models = p->models ? p->models : STP_SECTIONS[p->section].models;
    bool used = models >> stp_model_of(s) & 1u;
    return used && p->choice ? stp_parameter_find(p->section, p->choice) : NULL;
}

bool stp_model_uses(const steppe_scenario *s, const stp_parameter *p)
{
    unsigned models = p->models ? p->models : STP_SECTIONS[p->section].models;
    const stp_parameter *choice = stp_model_choice(s, p);
    if (!choice)
        return models >> stp_model_of(s) & 1u;
    const stp_quantity *q = stp_quantity_of((void *)(uintptr_t)s, choice);
    return p->words_used >> (unsigned)q->value & 1u;
}

bool stp_model_has(const steppe_scenario *s, stp_section section)
{
    const stp_parameter *p = stp_section_parameters(section);
    while (p->section == section && !stp_model_uses(s, p))
        p++;
    return p->section == section;
}

const char *steppe_scenario_model(const steppe_scenario *s)
{
    static const char *const NAMES[] = {STP_MODEL_LIST(STP_NAME)};
    return NAMES[stp_model_of(s)];
}
