/* What citizens and officers decide (Epstein 2002, Model I), in whole numbers. */
#ifndef STP_RULES_H
#define STP_RULES_H

#include "world/world.h"

typedef struct stp_rules {
    int rule_set;              /* STP_EPSTEIN ... */
    uint64_t cloning;          /* Model II: probability of a child, of 2^32 ... */
    uint32_t lifetime;         /* ... and longest life, in steps */
    int64_t threshold;         /* T in units of 2^-32 */
    bool moves, officers_move; /* citizens; officers */
    bool acts_first;
    uint64_t arrest_share; /* probability of an arrest, of 2^32 */
    uint32_t max_term;     /* Jmax in steps; UINT32_MAX: for ever */
    bool term_fixed;
    bool force;       /* violence, shots, disobedience */
    int64_t violence; /* T_v - T in units of 2^-32; INT64_MAX / 2: nobody is violent */
    uint64_t attack, attack_lethality, lethality; /* of the section `force`, of 2^32 */
    uint32_t max_actives;                         /* largest A of the table */
    uint32_t max_officers;                        /* largest C of the table */
    double arrest_constant;                       /* k, and ... */
    int ratio;      /* ... STP_RATIO_..., for values beyond the table */
    uint32_t *risk; /* P in units of 1/65536, [C * max_actives + A - 1] */
} stp_rules;

enum { STP_MAX_FORCES = 6 };

/* Conditions of a district in a step: the national fields in fixed point, the same for
 * every engine. */
typedef struct stp_conditions {
    uint32_t legitimacy; /* L, units of 1/65536, 0 .. 65536 */
    int32_t shift[4];    /* of hardship, by STP_FUEL | STP_JOBLESS; units of 1/65536 */
    uint32_t news;       /* actives heard of by news, units of 1/65536 */
    uint32_t attention;  /* extra weight of an active in sight, units of 1/65536 */
    int64_t threshold_shift; /* subtracted from the rules' threshold; units of 2^-32 */
    uint32_t officers;       /* on the street, in agents */
    /* With force. Officers have numbers from 0 in the order of their identities: those of
     * force k are force_end[k - 1] (0 for the first) .. force_end[k] - 1; any beyond the
     * last belong to the last. */
    uint32_t force_count; /* >= 1 */
    uint32_t force_end[STP_MAX_FORCES];
    /* Probabilities of 2^32 that an officer obeys or leaves for good; the rest stand
     * by. */
    uint64_t obey[STP_MAX_FORCES], defect[STP_MAX_FORCES];
    uint32_t epoch;   /* each officer draws once per epoch whether to obey */
    uint64_t shot;    /* probability of a shot instead of an arrest, of 2^32 */
    bool shot_at_all; /* also at actives who are not violent */
} stp_conditions;

/* Errors: STEPPE_NO_MEMORY. */
int stp_rules_create(steppe_context *context, const steppe_scenario *scenario,
                     const stp_world *world, stp_rules **rules);
void stp_rules_free(stp_rules *rules);

/* Perceived probability of arrest P = 1 - exp(-k ratio(C / A)) in units of 1/65536, with
 * C = officers >= 0, A = actives >= 1; ratio: STP_RATIO_... */
uint32_t stp_risk(double k, int ratio, uint32_t officers, uint32_t actives);

/* Hardship as it is felt now: H' = H + shift, within [0, 65535]. */
static inline uint32_t stp_felt_hardship(const stp_conditions *now, uint32_t hardship,
                                         uint32_t group)
{
    int64_t felt = (int64_t)hardship + now->shift[group & (STP_FUEL | STP_JOBLESS)];
    return felt < 0 ? 0 : felt > 65535 ? 65535 : (uint32_t)felt;
}

/* Grievance less threshold, G - T = H' (1 - L) - T + threshold_shift, in units of
 * 2^-32. */
static inline int64_t stp_margin(const stp_rules *rules, const stp_conditions *now,
                                 uint32_t hardship, uint32_t group)
{
    return (int64_t)((uint64_t)stp_felt_hardship(now, hardship, group) *
                     (65536 - now->legitimacy)) -
           rules->threshold + now->threshold_shift;
}

/* Would a citizen act if no officer were in sight? With presence `home`, only those are
 * on the street. */
static inline bool stp_is_drawn(const stp_rules *rules, const stp_conditions *now,
                                uint32_t hardship, uint32_t group)
{
    return !(group & STP_UNABLE) && stp_margin(rules, now, hardship, group) > 0;
}

/* Actives that a citizen takes into account: itself, `seen` in sight (with the extra
 * weight of attention) and those of the news. word: the citizen's draw, which rounds the
 * fraction up or down at random. */
static inline uint32_t stp_perceived_actives(const stp_rules *rules,
                                             const stp_conditions *now, uint32_t seen,
                                             uint32_t word)
{
    uint64_t heard = ((uint64_t)now->news + (uint64_t)now->attention * seen +
                      (word >> 16)) >>
                     16;
    uint64_t actives = 1 + seen + heard;
    return actives < rules->max_actives ? (uint32_t)actives : rules->max_actives;
}

/* Active if G - R P > T. margin: G - T. */
static inline bool stp_is_active(const stp_rules *rules, int64_t margin,
                                 uint32_t risk_aversion, uint32_t officers,
                                 uint32_t actives)
{
    uint64_t risk = rules->risk[(size_t)officers * rules->max_actives + actives - 1];
    return margin > (int64_t)(risk_aversion * risk);
}

typedef enum stp_duty { STP_OBEYS, STP_STANDS_BY, STP_LEAVES } stp_duty;

static inline uint32_t stp_force_of(const stp_conditions *now, uint32_t number)
{
    uint32_t k = 0;
    while (k + 1 < now->force_count && number >= now->force_end[k])
        k++;
    return k;
}

/* What an officer does in an epoch. number: in its district, from 0; word: its draw for
 * the epoch. */
static inline stp_duty stp_duty_by(const stp_conditions *now, uint32_t number,
                                   uint32_t word)
{
    uint32_t force = stp_force_of(now, number);
    return now->obey[force] > UINT32_MAX                      ? STP_OBEYS
           : word < now->obey[force]                          ? STP_OBEYS
           : word >= ((uint64_t)1 << 32) - now->defect[force] ? STP_LEAVES
                                                              : STP_STANDS_BY;
}

static inline stp_duty stp_duty_of(const stp_conditions *now, uint64_t seed,
                                   uint32_t district, uint32_t agent, uint32_t number)
{
    if (now->obey[stp_force_of(now, number)] > UINT32_MAX)
        return STP_OBEYS;
    return stp_duty_by(
        now, number,
        stp_random(seed, STP_PURPOSE_OBEY, district, agent, now->epoch, 0).w[0]);
}

/* Probability, of 2^32, that a violent citizen hits one of the officers in sight: grows
 * with the local majority of the violent (itself included). */
static inline uint64_t stp_attack_share(const stp_rules *rules, uint32_t violent,
                                        uint32_t officers)
{
    return violent > officers
               ? rules->attack * (violent - officers) / (violent + officers)
               : 0;
}

/* Draws for the use of force. An officer with a suspect: word 0 whether it shoots, word 1
 * whether that kills. A violent citizen: word 0 whether it hits, word 1 whom, word 2
 * whether that kills. */
static inline stp_words stp_force_words(uint64_t seed, uint32_t district, uint32_t agent,
                                        uint32_t step)
{
    return stp_random(seed, STP_PURPOSE_ACTIVATE, district, agent, step, 1);
}

/* The step at whose end a citizen arrested in `step` is released. */
static inline uint32_t stp_release_step(const stp_rules *rules, uint32_t step,
                                        uint32_t word)
{
    if (rules->max_term == UINT32_MAX)
        return UINT32_MAX;
    uint32_t term = rules->term_fixed ? rules->max_term
                                      : stp_below(word, rules->max_term + 1);
    return step + term;
}

/* Draws of an agent on its turn: word 0 its move; a citizen's word 1 what it hears; an
 * officer's word 1 whom it picks, word 2 the term, word 3 whether it arrests. */
static inline stp_words stp_turn_words(uint64_t seed, uint32_t district, uint32_t agent,
                                       uint32_t step)
{
    return stp_random(seed, STP_PURPOSE_ACTIVATE, district, agent, step, 0);
}

#endif
