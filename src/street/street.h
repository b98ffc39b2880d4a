/* The street: the state of everyone, and one step of it. Each engine stores it in its own
 * way; the reference and the fast engine are bit-identical. */
#ifndef STP_STREET_H
#define STP_STREET_H

#include "street/rules.h"

/* What an engine reports of one district after a step. */
typedef struct stp_tally {
    steppe_counts counts;
    uint64_t digest; /* sum of stp_agent_hash over its agents */
} stp_tally;

typedef struct stp_street stp_street;

/* Sums over citizens who are quiet, at liberty and able to act; whole numbers,
 * independent of order. */
typedef struct stp_calm {
    uint64_t count, grievance, aversion; /* units of 1, 2^-32 and 2^-16 */
} stp_calm;

/* Add `count` citizens of the same traits, if they are able to act. */
static inline void stp_calm_add(stp_calm *calm, const stp_conditions *now,
                                stp_traits traits, uint64_t count)
{
    if (traits.group & STP_UNABLE)
        return;
    calm->count += count;
    calm->grievance += count * stp_felt_hardship(now, traits.hardship, traits.group) *
                       (65536 - now->legitimacy);
    calm->aversion += count * traits.risk_aversion;
}

typedef struct stp_engine_options {
    int threads; /* >= 1 */
    steppe_simd simd;
    const stp_stop *stop; /* asked between districts, tiles and turns; NULL: never */
} stp_engine_options;

typedef struct stp_engine {
    const char *name;
    /* Place everyone on the lattices, with `conditions[i].officers` officers on the
     * street of district i. The world and rules must outlive the street. Errors:
     * STEPPE_NO_MEMORY, STEPPE_BAD_ARGUMENT (the processor lacks simd),
     * STEPPE_STOPPED. */
    int (*create)(steppe_context *context, const stp_world *world, const stp_rules *rules,
                  const stp_conditions *conditions, const stp_engine_options *options,
                  stp_street **street);
    /* One step (from 1): officers are posted or withdrawn, everyone at liberty has one
     * turn, terms that are over end. conditions, tallies: one per district. Errors:
     * STEPPE_NO_MEMORY, STEPPE_STOPPED; the street is then unusable. */
    int (*step)(stp_street *street, uint32_t step, const stp_conditions *conditions,
                stp_tally *tallies);
    /* The tally of a district's present state, with no turns, arrests or releases. */
    void (*tally)(const stp_street *street, size_t district, stp_tally *tally);
    /* The invariant that a district violates; NULL if none. For builds with tests. */
    const char *(*violation)(const stp_street *street, size_t district);
    /* The form of the engine that runs a district, in words for people; NULL: there is
     * one form. */
    const char *(*variant)(const stp_district *district);
    /* As steppe_run_visit. */
    void (*visit)(const stp_street *street, size_t district, steppe_visitor visitor,
                  void *user);
    void (*free)(stp_street *street);
    /* With presence `home`: the sums over a district's citizens, at home or on the
     * street, under the conditions `now`. NULL of engines without presence. Errors:
     * STEPPE_NO_MEMORY. */
    int (*calm)(stp_street *street, size_t district, const stp_conditions *now,
                stp_calm *calm);
} stp_engine;

/* A citizen of Epstein's Model I, or an officer, in a cell, for `visit`. */
static inline steppe_agent stp_agent_seen(const stp_world *world,
                                          const stp_district *district, uint32_t id,
                                          uint32_t cell, bool active)
{
    bool officer = id >= district->citizens;
    stp_traits traits = officer ? (stp_traits){0} : stp_traits_of(world, district, id);
    return (steppe_agent){.id = id,
                          .column = cell % district->width,
                          .row = cell / district->width,
                          .officer = officer,
                          .active = active,
                          .hardship = traits.hardship / 65536.0,
                          .risk_aversion = traits.risk_aversion / 65536.0};
}

/* STP_HOME: the fast engine with presence `home`. */
extern const stp_engine STP_REFERENCE, STP_FAST, STP_HOME, STP_PRESET;

#endif
