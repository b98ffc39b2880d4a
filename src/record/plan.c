#include "record/plan.h"

#include "base/text.h"
#include "record/results.h"

#include <stdio.h>
#include <string.h>
#include <xxhash.h>

static const struct {
    const char *key, *words;
} FACTS[STP_PLAN_FACTS] = {{"runs_digest", "scenario (or its settings)"},
                           {"seed", "seed"},
                           {"scale", "scale"},
                           {"steps", "number of steps"},
                           {"sampling", "sampling"},
                           {"results_version", "results version"},
                           {"format_version", "format version"},
                           {"settings_digest", "settings of the arm"},
                           {"from", "beginning of the window"},
                           {"to", "end of the window"},
                           {"watch", "step of the checkpoint digest"},
                           {"width", "width"},
                           {"population_seed", "population seed"},
                           {"design_digest", "design"}};

void stp_plan_facts(const stp_plan *p, char facts[STP_PLAN_FACTS][STP_PLAN_TEXT])
{
    snprintf(facts[0], STP_PLAN_TEXT, "%016llx",
             (unsigned long long)p->scenario->runs_digest);
    snprintf(facts[1], STP_PLAN_TEXT, "%llu", (unsigned long long)p->seed);
    stp_number_text(p->scale, facts[2]);
    snprintf(facts[3], STP_PLAN_TEXT, "%llu", (unsigned long long)p->steps);
    snprintf(facts[4], STP_PLAN_TEXT, "%s", p->sampling);
    snprintf(facts[5], STP_PLAN_TEXT, "%d", STEPPE_RESULTS_VERSION);
    snprintf(facts[6], STP_PLAN_TEXT, "%d", STEPPE_RESULTS_FORMAT);
    snprintf(facts[7], STP_PLAN_TEXT, "%016llx",
             (unsigned long long)XXH64(p->settings, strlen(p->settings), 0));
    snprintf(facts[8], STP_PLAN_TEXT, "%llu", (unsigned long long)p->from);
    snprintf(facts[9], STP_PLAN_TEXT, "%llu", (unsigned long long)p->to);
    snprintf(facts[10], STP_PLAN_TEXT, "%llu", (unsigned long long)p->watch);
    stp_number_text(p->width, facts[11]);
    facts[STP_PLAN_POPULATION][0] = '\0';
    if (p->population_held)
        snprintf(facts[STP_PLAN_POPULATION], STP_PLAN_TEXT, "%llu",
                 (unsigned long long)p->population_seed);
    facts[STP_PLAN_DESIGN][0] = '\0';
    if (p->designed)
        snprintf(facts[STP_PLAN_DESIGN], STP_PLAN_TEXT, "%016llx",
                 (unsigned long long)p->design);
}

const char *stp_plan_key(int fact)
{
    return FACTS[fact].key;
}

static int refuse_population(steppe_context *context, const char *path, const char *held,
                             const char *wanted)
{
    char is[80] = "drawn anew with each run", asked[80] = "drawn anew with each run";
    if (*held)
        snprintf(is, sizeof is, "held fixed, drawn from the seed %.20s", held);
    if (*wanted)
        snprintf(asked, sizeof asked, "%sfrom the seed %.20s",
                 *held ? "" : "held fixed, drawn ", wanted);
    return stp_fail(context, STEPPE_BAD_RESULTS,
                    "%s: holds another ensemble: its population is %s, not %s; choose "
                    "another file, or give the same --population-seed",
                    path, is, asked);
}

int stp_plan_compare(steppe_context *context, const char *path, sqlite3 *db,
                     const stp_plan *p)
{
    char facts[STP_PLAN_FACTS][STP_PLAN_TEXT], held[STP_PLAN_TEXT], model[32];
    int status = stp_results_fact(context, path, db, "model", model, sizeof model);
    if (status == STEPPE_OK && strcmp(model, "ensemble") != 0)
        return stp_fail(context, STEPPE_BAD_RESULTS,
                        "%s: holds a run, not an ensemble: choose another file", path);
    stp_plan_facts(p, facts);
    for (int i = 0; i < STP_PLAN_FACTS && status == STEPPE_OK; i++) {
        status = stp_results_fact(context, path, db, FACTS[i].key, held, sizeof held);
        if (status == STEPPE_OK && i == STP_PLAN_POPULATION &&
            strcmp(held, facts[i]) != 0)
            return refuse_population(context, path, held, facts[i]);
        if (status == STEPPE_OK && i == STP_PLAN_DESIGN && strcmp(held, facts[i]) != 0)
            return stp_fail(context, STEPPE_BAD_RESULTS,
                            "%s: holds another design (other parameters, groups or "
                            "numbers of points or seeds): choose another file",
                            path);
        if (status == STEPPE_OK && strcmp(held, facts[i]) != 0)
            return stp_fail(context, STEPPE_BAD_RESULTS,
                            "%s: holds another ensemble: its %s is %s, not %s; choose "
                            "another file",
                            path, FACTS[i].words, held, facts[i]);
    }
    return status;
}
