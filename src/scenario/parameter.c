#include "scenario/parameter.h"

#include "scenario/unit.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define TOP(field) offsetof(steppe_scenario, field)
#define UNIT(field) offsetof(stp_unit, field)
#define PLACE(field) offsetof(stp_place, field)
#define FORCE(field) offsetof(stp_force, field)
#define EVENT(field) offsetof(stp_event, field)
#define OBSERVED(field) offsetof(stp_observation, field)
#define ACTOR(field) offsetof(stp_actor, field)
#define ANY -INFINITY, INFINITY, false
#define FROM_0 0, INFINITY, false
#define ABOVE_0 0, INFINITY, true
#define SHARE 0, 1, false
#define TEXT "", 0, 0, false, 0, NULL
#define FLAG(fallback) "", 0, 1, false, fallback, NULL
#define CHOICE(fallback, words) "", 0, 0, false, fallback, words

static const char EPSTEIN[] = "Epstein 2002";
static const char MODEL[] = "Steppe model";
static const char LEMOS[] = "Lemos, Lopes and Coelho 2016 (reduced)";
static const char DETERRENCE[] = "Lichbach 1987; Opp and Roehl 1990 (reduced)";
static const char BELLIN[] = "Bellin 2012; Barany 2016 (reduced)";

/* clang-format off */
const stp_parameter STP_PARAMETERS[] = {
    /* section, name, type, need, unit, low, high, open low, default, words, where, extra,
     * meaning, source */
    {STP_TOP, "steppe", STP_INTEGER, STP_REQUIRED, "", 1, 1, false, 0, NULL, TOP(top.format), 0,
     "version of the scenario file format", ""},
    {STP_TOP, "title", STP_STRING, STP_REQUIRED, TEXT, TOP(title), 0,
     "what the scenario is, in a line", ""},
    {STP_TOP, "description", STP_STRING, STP_OPTIONAL, TEXT, TOP(description), 0,
     "what it is about, what is known and what is assumed", ""},
    {STP_TOP, "model", STP_CHOICE, STP_OPTIONAL, CHOICE(0, "street|threshold|network|contagion|global-game|ktab|expected-utility|appointment"), TOP(top.model), 0,
     "what is modelled: citizens and officers on lattices, or one of the models of collective action that need none", MODEL},
    {STP_TOP, "scale", STP_NUMBER, STP_OPTIONAL, "residents", 1, 1e9, false, 1, NULL, TOP(top.scale), 0,
     "residents that one agent stands for", MODEL},
    {STP_TOP, "schedule", STP_CHOICE, STP_OPTIONAL, CHOICE(0, "sequential|tiles"), TOP(top.schedule), 0,
     "order of activation: one random permutation a district and step, or tiles of four colours (lattices too small for tiles run sequential)", MODEL},
    {STP_TOP, "rules", STP_CHOICE, STP_OPTIONAL, CHOICE(0, "epstein|epstein-2|netlogo|mesa"), TOP(top.rules), 0,
     "whose rules the street has: those of Epstein's Model I, with all that Steppe adds; or, on small lattices and by themselves, of his Model II, of NetLogo's Rebellion, of Mesa's Epstein model", "Epstein 2002; Wilensky 2004 (NetLogo); Mesa 3"},

    {STP_TIME, "start", STP_DATE, STP_ABSENT, TEXT, TOP(time.start), 0,
     "local date and time at which the first step begins; without it, events have hours", ""},
    {STP_TIME, "step", STP_NUMBER, STP_OPTIONAL, "h", 0, 8760, true, 1, NULL, TOP(time.step), 0,
     "simulated time of one step: a whole number of minutes", MODEL},
    {STP_TIME, "steps", STP_INTEGER, STP_REQUIRED, "steps", 1, 1e9, false, 0, NULL, TOP(time.steps), 0,
     "steps to run", ""},

    {STP_CITIZENS, "density", STP_NUMBER, STP_OPTIONAL, "share", 0, 1, true, 0.7, NULL, TOP(citizens.density), 0,
     "citizens a cell of a district's lattice", EPSTEIN},
    {STP_CITIZENS, "vision", STP_NUMBER, STP_OPTIONAL, "cells", 0, 15.999, false, 7, NULL, TOP(citizens.vision), 0,
     "radius within which a citizen sees and moves (Euclidean: cells at this distance or less); below 1 under the rules netlogo alone", EPSTEIN},
    {STP_CITIZENS, "neighbourhood", STP_CHOICE, STP_OPTIONAL, CHOICE(0, "euclidean|moore|von-neumann"), TOP(citizens.neighbourhood), 0,
     "shape of vision, for citizens and officers", EPSTEIN},
    {STP_CITIZENS, "movement", STP_CHOICE, STP_OPTIONAL, CHOICE(0, "random|none|officers"), TOP(citizens.movement), 0,
     "to an empty cell drawn uniformly within vision, or not at all (officers likewise), or officers alone", EPSTEIN},
    {STP_CITIZENS, "order", STP_CHOICE, STP_OPTIONAL, CHOICE(0, "move-act|act-move"), TOP(citizens.order), 0,
     "whether an agent moves first or acts first (officers likewise)", EPSTEIN},
    {STP_CITIZENS, "hardship_low", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0, NULL, TOP(citizens.hardship_low), 0,
     "hardship H is drawn from here ...", EPSTEIN},
    {STP_CITIZENS, "hardship_high", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 1, NULL, TOP(citizens.hardship_high), 0,
     "... to here", EPSTEIN},
    {STP_CITIZENS, "hardship_rate", STP_NUMBER, STP_OPTIONAL, "", 0, 100, false, 0, NULL, TOP(citizens.hardship_rate), 0,
     "how its density falls on the way, exponentially: by a factor e^-rate in all; 0: uniform, as Epstein has it", MODEL},
    {STP_CITIZENS, "legitimacy", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.82, NULL, TOP(citizens.legitimacy), 0,
     "legitimacy L of the regime; grievance is H (1 - L)", EPSTEIN},
    {STP_CITIZENS, "threshold", STP_NUMBER, STP_OPTIONAL, "", -1, 1, false, 0.1, NULL, TOP(citizens.threshold), 0,
     "active when grievance less net risk exceeds this (T)", EPSTEIN},
    {STP_CITIZENS, "arrest_constant", STP_NUMBER, STP_OPTIONAL, "", FROM_0, 2.3, NULL, TOP(citizens.arrest_constant), 0,
     "k in the perceived arrest probability 1 - exp(-k ratio(C/A))", EPSTEIN},
    {STP_CITIZENS, "ratio", STP_CHOICE, STP_OPTIONAL, CHOICE(1, "literal|floor|round"), TOP(citizens.ratio), 0,
     "how C/A (officers to actives in vision) is taken: as it is, cut to a whole number, or rounded (half to even)", "Epstein 2002; NetLogo (floor), Mesa (round)"},
    {STP_CITIZENS, "able", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 1, NULL, TOP(citizens.able), 0,
     "share of citizens who are able to take part", MODEL},
    {STP_CITIZENS, "cloning", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.05, NULL, TOP(citizens.cloning), 0,
     "probability that a citizen has a child in a step (rules: epstein-2)", EPSTEIN},
    {STP_CITIZENS, "lifetime", STP_NUMBER, STP_OPTIONAL, "h", 1, 1e9, false, 200, NULL, TOP(citizens.lifetime), 0,
     "longest life; a life is drawn uniformly from 1 .. so many whole steps (rules: epstein-2)", EPSTEIN},

    {STP_OFFICERS, "density", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.04, NULL, TOP(officers.density), 0,
     "officers a cell, in districts that do not give their officers", EPSTEIN},
    {STP_OFFICERS, "vision", STP_NUMBER, STP_OPTIONAL, "cells", 0, 15.999, false, 7, NULL, TOP(officers.vision), 0,
     "radius within which an officer sees and moves", EPSTEIN},
    {STP_OFFICERS, "deployment", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 1, NULL, TOP(officers.deployment), 0,
     "share of a district's officers who are on the street", MODEL},
    {STP_OFFICERS, "arrest_probability", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 1, NULL, TOP(officers.arrest_probability), 0,
     "probability that an officer who sees an active citizen makes an arrest in a step", "Epstein 2002 (1)"},
    {STP_OFFICERS, "shots", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0, NULL, TOP(officers.shots), 0,
     "rules of engagement: probability that an officer who acts fires a shot in place of an arrest; at the violent alone, unless an event orders otherwise", MODEL},

    {STP_DETENTION, "term_max", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 30, NULL, TOP(detention.term_max), 0,
     "longest term Jmax, cut to whole steps; .inf: for ever", EPSTEIN, true},
    {STP_DETENTION, "term", STP_CHOICE, STP_OPTIONAL, CHOICE(0, "uniform|fixed"), TOP(detention.term), 0,
     "a term is drawn uniformly from 0 .. Jmax whole steps, or is always Jmax", EPSTEIN},

    {STP_NEWS, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(1), TOP(news.enabled), 0,
     "whether news travels: of activity, to the actives that a citizen counts (reach) and to its threshold (emboldens), and of harm, to support (legitimacy.news_weight) and to fear (fear.news_weight)", "Bonnasse-Gahot et al. 2018"},
    {STP_NEWS, "reach", STP_NUMBER, STP_OPTIONAL, "", FROM_0, 0, NULL, TOP(news.reach), 0,
     "media reach: actives heard of for each active in vision, were activity everywhere alike", MODEL},
    {STP_NEWS, "distance", STP_NUMBER, STP_OPTIONAL, "km", ABOVE_0, 100, NULL, TOP(news.distance), 0,
     "d0 of the kernel (1 + d/d0)^-delta between districts", "Bonnasse-Gahot et al. 2018"},
    {STP_NEWS, "exponent", STP_NUMBER, STP_OPTIONAL, "", 0, 100, false, 1, NULL, TOP(news.exponent), 0,
     "delta of that kernel", "Bonnasse-Gahot et al. 2018"},
    {STP_NEWS, "attention", STP_NUMBER, STP_OPTIONAL, "", 0, 100, false, 0, NULL, TOP(news.attention), 0,
     "extra weight of each active that a citizen sees, as when people look in the street for what they cannot read", "Hassanpour 2011"},
    {STP_NEWS, "emboldens", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, false, 0, NULL, TOP(news.emboldens), 0,
     "how much hearing of activity lowers the threshold T, for each unit of the share active that is heard of; not below 0", MODEL},
    {STP_NEWS, "saturation", STP_NUMBER, STP_OPTIONAL, "share", 0, INFINITY, true, INFINITY, NULL, TOP(news.saturation), 0,
     "share active, as it is heard of, from about which more of it emboldens no more; .inf: never", "Bonnasse-Gahot et al. 2018", true},
    {STP_NEWS, "lag", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 0, NULL, TOP(news.lag), 0,
     "time in which news of activity gets through, and fades; 0: at once, from the last step", MODEL},

    {STP_HARDSHIP, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(1), TOP(hardship.enabled), 0,
     "whether prices, unemployment, relief and unmet expectations shift hardship", MODEL},
    {STP_HARDSHIP, "price_base", STP_NUMBER, STP_OPTIONAL, "money/l", ABOVE_0, 1, NULL, TOP(hardship.price_base), 0,
     "fuel price at the start, to which people are used", MODEL},
    {STP_HARDSHIP, "price_effect", STP_NUMBER, STP_OPTIONAL, "", -10, 10, false, 0, NULL, TOP(hardship.price_effect), 0,
     "shift of hardship of those who depend on fuel, for each unit of ln(price / base), where everyone does; elsewhere times fuel_dependence", MODEL},
    {STP_HARDSHIP, "price_lag", STP_NUMBER, STP_OPTIONAL, "h", 0, 1e6, false, 0, NULL, TOP(hardship.price_lag), 0,
     "time constant with which a new price is felt; 0: at once", MODEL},
    {STP_HARDSHIP, "unemployment_effect", STP_NUMBER, STP_OPTIONAL, "", -1, 1, false, 0, NULL, TOP(hardship.unemployment_effect), 0,
     "shift of hardship of those out of work", MODEL},
    {STP_HARDSHIP, "expectation_weight", STP_NUMBER, STP_OPTIONAL, "", 0, 100, false, 0, NULL, TOP(hardship.expectation_weight), 0,
     "shift of hardship for each unit by which people are worse off than they expect", "Davies 1962 (reduced)"},
    {STP_HARDSHIP, "expectation_lag", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 720, NULL, TOP(hardship.expectation_lag), 0,
     "time constant with which people get used to how they are off, and expect it; .inf: never", "Davies 1962 (reduced)", true},
    {STP_HARDSHIP, "expectation_tolerance", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0, NULL, TOP(hardship.expectation_tolerance), 0,
     "how much less than expected is put up with", "Davies 1962 (reduced)"},

    {STP_LEGITIMACY, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(0), TOP(legitimacy.enabled), 0,
     "whether legitimacy falls with unrest and harm, and recovers", LEMOS},
    {STP_LEGITIMACY, "legality_weight", STP_NUMBER, STP_OPTIONAL, "", SHARE, 0.25, NULL, TOP(legitimacy.legality_weight), 0,
     "weight of legality: the share of citizens who are not active", LEMOS},
    {STP_LEGITIMACY, "justification_weight", STP_NUMBER, STP_OPTIONAL, "", SHARE, 0.25, NULL, TOP(legitimacy.justification_weight), 0,
     "weight of justification", LEMOS},
    {STP_LEGITIMACY, "support_weight", STP_NUMBER, STP_OPTIONAL, "", SHARE, 0.5, NULL, TOP(legitimacy.support_weight), 0,
     "weight of support", LEMOS},
    {STP_LEGITIMACY, "justification", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 1, NULL, TOP(legitimacy.justification), 0,
     "justification: the part of legitimacy that neither unrest nor harm takes away", LEMOS},
    {STP_LEGITIMACY, "half_life", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 168, NULL, TOP(legitimacy.half_life), 0,
     "time in which half of the support lost comes back; .inf: never", LEMOS, true},
    {STP_LEGITIMACY, "arrest_weight", STP_NUMBER, STP_OPTIONAL, "", 0, 1e9, false, 1, NULL, TOP(legitimacy.arrest_weight), 0,
     "harm of an arrest: support falls by exp(-harm per citizen)", MODEL},
    {STP_LEGITIMACY, "wound_weight", STP_NUMBER, STP_OPTIONAL, "", 0, 1e9, false, 10, NULL, TOP(legitimacy.wound_weight), 0,
     "harm of a citizen wounded by officers", MODEL},
    {STP_LEGITIMACY, "death_weight", STP_NUMBER, STP_OPTIONAL, "", 0, 1e9, false, 100, NULL, TOP(legitimacy.death_weight), 0,
     "harm of a citizen killed", MODEL},
    {STP_LEGITIMACY, "own_weight", STP_NUMBER, STP_OPTIONAL, "", 0, 1000, false, 1, NULL, TOP(legitimacy.own_weight), 0,
     "weight of harm in the own district", MODEL},
    {STP_LEGITIMACY, "news_weight", STP_NUMBER, STP_OPTIONAL, "", 0, 1000, false, 0.5, NULL, TOP(legitimacy.news_weight), 0,
     "weight of harm in other districts, by the kernel of news and the media reach there is", MODEL},

    {STP_CURFEW, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(1), TOP(curfew.enabled), 0,
     "whether curfews keep people back", MODEL},
    {STP_CURFEW, "effect", STP_NUMBER, STP_OPTIONAL, "", 0, 2, false, 0, NULL, TOP(curfew.effect), 0,
     "how much a full curfew (event effect 1) raises the threshold T: what going out costs beside the risk of arrest", MODEL},

    {STP_FEAR, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(0), TOP(fear.enabled), 0,
     "whether people are afraid of what officers did to others", DETERRENCE},
    {STP_FEAR, "effect", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, false, 5, NULL, TOP(fear.effect), 0,
     "how much fear raises the threshold T, for each unit of recent harm per citizen: at 5 by 0.05 if one in a hundred was killed", MODEL},
    {STP_FEAR, "half_life", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 168, NULL, TOP(fear.half_life), 0,
     "time in which half of the fear fades; .inf: never", MODEL, true},
    {STP_FEAR, "wound_weight", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, false, 0.1, NULL, TOP(fear.wound_weight), 0,
     "harm of a citizen wounded by officers, where that of a citizen killed is 1", MODEL},
    {STP_FEAR, "news_weight", STP_NUMBER, STP_OPTIONAL, "", 0, 1000, false, 0.5, NULL, TOP(fear.news_weight), 0,
     "weight of harm in other districts, by the kernel of news and the media reach there is; in the own it is 1", MODEL},

    {STP_FORCE, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(0), TOP(force.enabled), 0,
     "whether citizens may be violent, officers may shoot, stand by or leave, and people be wounded and die", MODEL},
    {STP_FORCE, "violence_threshold", STP_NUMBER, STP_OPTIONAL, "", -1, INFINITY, false, INFINITY, NULL, TOP(force.violence_threshold), 0,
     "violent when grievance less net risk exceeds this (T_v), at least citizens.threshold; .inf: nobody is", MODEL, true},
    {STP_FORCE, "attack", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0, NULL, TOP(force.attack), 0,
     "probability that a violent citizen who is not outnumbered hits an officer in sight in a step, were no officer to be seen beside; times (violent - officers) / (violent + officers) in sight", MODEL},
    {STP_FORCE, "attack_lethality", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0, NULL, TOP(force.attack_lethality), 0,
     "probability that an officer who is hit dies; the others are wounded and do not come back", MODEL},
    {STP_FORCE, "lethality", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0, NULL, TOP(force.lethality), 0,
     "probability that a citizen who is shot at dies; the others are wounded and quiet in that step", MODEL},

    {STP_OBEDIENCE, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(0), TOP(obedience.enabled), 0,
     "whether officers may shirk or defect; false: all obey", MODEL},
    {STP_OBEDIENCE, "period", STP_NUMBER, STP_OPTIONAL, "h", 0, 8760, true, 4, NULL, TOP(obedience.period), 0,
     "time after which each officer decides anew, to whole steps", MODEL},
    {STP_OBEDIENCE, "base", STP_NUMBER, STP_OPTIONAL, "", -100, 100, false, 0, NULL, TOP(obedience.base), 0,
     "log odds of shirking against obeying when all else is 0", MODEL},
    {STP_OBEDIENCE, "defect_base", STP_NUMBER, STP_OPTIONAL, "", -100, 100, false, -5, NULL, TOP(obedience.defect_base), 0,
     "log odds of defecting against obeying when all else is 0", MODEL},
    {STP_OBEDIENCE, "crowd_effect", STP_NUMBER, STP_OPTIONAL, "", 0, 100, false, 2, NULL, TOP(obedience.crowd_effect), 0,
     "how much a crowd without end, an officer, raises both log odds", BELLIN},
    {STP_OBEDIENCE, "crowd_half", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, true, 10, NULL, TOP(obedience.crowd_half), 0,
     "active citizens an officer at which half of that effect is felt", MODEL},
    {STP_OBEDIENCE, "peers_effect", STP_NUMBER, STP_OPTIONAL, "", 0, 100, false, 3, NULL, TOP(obedience.peers_effect), 0,
     "how much it raises both log odds that all other officers of the district stand by", BELLIN},
    {STP_OBEDIENCE, "survival_effect", STP_NUMBER, STP_OPTIONAL, "", 0, 100, false, 3, NULL, TOP(obedience.survival_effect), 0,
     "how much full belief in the regime's survival lowers both log odds", BELLIN},
    {STP_OBEDIENCE, "survival", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 1, NULL, TOP(obedience.survival), 0,
     "belief of the forces that the regime survives", MODEL},
    {STP_OBEDIENCE, "patronage_effect", STP_NUMBER, STP_OPTIONAL, "", 0, 100, false, 2, NULL, TOP(obedience.patronage_effect), 0,
     "how much full patronage of a force lowers both log odds", BELLIN},
    {STP_OBEDIENCE, "orders_effect", STP_NUMBER, STP_OPTIONAL, "", 0, 100, false, 4, NULL, TOP(obedience.orders_effect), 0,
     "how much it raises the log odds of shirking that there are no orders", MODEL},
    {STP_OBEDIENCE, "orders", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 1, NULL, TOP(obedience.orders), 0,
     "quality of the orders that the forces have: 1 clear, 0 none", MODEL},

    {STP_OUTCOME, "unrest_share", STP_NUMBER, STP_OPTIONAL, "share", 0, 1, true, 0.001, NULL, TOP(outcome.unrest_share), 0,
     "a district has unrest when at least this share of its citizens is active", MODEL},
    {STP_OUTCOME, "tension_every", STP_NUMBER, STP_ABSENT, "h", 0, 8760, true, 0, NULL, TOP(outcome.tension_every), 0,
     "how often results files get the tension of each district, to whole steps: mean grievance of those who are quiet, times their number, over their mean risk aversion; if left out, never", EPSTEIN},

    {STP_OF_THRESHOLD, "distribution", STP_CHOICE, STP_REQUIRED, CHOICE(0, "list|uniform|normal"), TOP(threshold.distribution), 0,
     "where the thresholds come from: a list, 0, 1, 2 ... of the persons, or the quantiles of a normal distribution at (i + 1/2) / persons", "Granovetter 1978; Kuran 1989"},
    {STP_OF_THRESHOLD, "values", STP_NUMBERS, STP_REQUIRED, "", ANY, 0, NULL, TOP(threshold.values), TOP(threshold.list),
     "thresholds, one a person: how many must act before this one does; .inf never acts (distribution: list)", "Granovetter 1978; Kuran 1989", true},
    {STP_OF_THRESHOLD, "persons", STP_INTEGER, STP_REQUIRED, "persons", 1, 1e6, false, 0, NULL, TOP(threshold.persons), 0,
     "persons (distribution: uniform or normal)", "Granovetter 1978; Kuran 1989"},
    {STP_OF_THRESHOLD, "mean", STP_NUMBER, STP_REQUIRED, "", -1e15, 1e15, false, 0, NULL, TOP(threshold.mean), 0,
     "mean of the thresholds (distribution: normal)", "Granovetter 1978; Kuran 1989"},
    {STP_OF_THRESHOLD, "deviation", STP_NUMBER, STP_REQUIRED, "", 0, 1e15, false, 0, NULL, TOP(threshold.deviation), 0,
     "standard deviation of the thresholds (distribution: normal)", "Granovetter 1978; Kuran 1989"},
    {STP_OF_THRESHOLD, "whole", STP_NUMBER, STP_ABSENT, "", 1e-9, 1e15, false, 0, NULL, TOP(threshold.whole), 0,
     "unit of the thresholds, as what all persons together make: 100 for percentages; without it, the number of persons", "Granovetter 1978; Kuran 1989"},
    {STP_OF_THRESHOLD, "start", STP_CHOICE, STP_OPTIONAL, CHOICE(0, "nobody|everybody"), TOP(threshold.start), 0,
     "who acts before the first round: from nobody to the smallest equilibrium, from everybody to the largest", "Granovetter 1978; Kuran 1989"},

    {STP_OF_NETWORK, "kind", STP_CHOICE, STP_REQUIRED, CHOICE(0, "small-world|village|opinion-leader|hierarchy"), TOP(network.kind), 0,
     "kind of network", "Siegel 2009"},
    {STP_OF_NETWORK, "persons", STP_INTEGER, STP_REQUIRED, "persons", 1, 1e7, false, 0, NULL, TOP(network.persons), 0,
     "persons", "Siegel 2009"},
    {STP_OF_NETWORK, "reach", STP_INTEGER, STP_REQUIRED, "persons", 1, 1e6, false, 0, NULL, TOP(network.reach), 0,
     "persons on either side to whom each is tied on the ring (kind: small-world)", "Watts and Strogatz 1998"},
    {STP_OF_NETWORK, "moved", STP_NUMBER, STP_REQUIRED, "share", SHARE, 0, NULL, TOP(network.moved), 0,
     "probability that a tie is moved to a person drawn at random (kind: small-world)", "Watts and Strogatz 1998"},
    {STP_OF_NETWORK, "size", STP_INTEGER, STP_REQUIRED, "persons", 1, 1e7, false, 0, NULL, TOP(network.size), 0,
     "persons a village, all tied to each other (kind: village)", "Siegel 2009"},
    {STP_OF_NETWORK, "across", STP_NUMBER, STP_REQUIRED, "share", SHARE, 0, NULL, TOP(network.across), 0,
     "probability of a tie between two persons of different villages (kind: village)", "Siegel 2009"},
    {STP_OF_NETWORK, "ties", STP_INTEGER, STP_REQUIRED, "persons", 1, 1e5, false, 0, NULL, TOP(network.ties), 0,
     "persons to whom each newcomer is tied (kind: opinion-leader)", "Dorogovtsev, Mendes and Samukhin 2000"},
    {STP_OF_NETWORK, "exponent", STP_NUMBER, STP_REQUIRED, "", 2, 1000, true, 0, NULL, TOP(network.exponent), 0,
     "the share of persons with k ties falls as k to minus this: the closer to 2, the greater the leaders (kind: opinion-leader)", "Dorogovtsev, Mendes and Samukhin 2000"},
    {STP_OF_NETWORK, "span", STP_INTEGER, STP_REQUIRED, "persons", 1, 1e7, false, 0, NULL, TOP(network.span), 0,
     "subordinates a superior (kind: hierarchy)", "Siegel 2009"},
    {STP_OF_NETWORK, "siblings", STP_NUMBER, STP_REQUIRED, "share", SHARE, 0, NULL, TOP(network.siblings), 0,
     "probability of a tie between two who have the same superior (kind: hierarchy)", "Siegel 2009"},
    {STP_OF_NETWORK, "mean", STP_NUMBER, STP_REQUIRED, "", -1e6, 1e6, false, 0, NULL, TOP(network.mean), 0,
     "mean of the own motivation b, which is normal; above 1 a person begins alone", "Siegel 2009"},
    {STP_OF_NETWORK, "deviation", STP_NUMBER, STP_REQUIRED, "", 0, 1e6, false, 0, NULL, TOP(network.deviation), 0,
     "its standard deviation", "Siegel 2009"},
    {STP_OF_NETWORK, "memory", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.5, NULL, TOP(network.memory), 0,
     "lambda: how much of the last view of the others stays from step to step", "Siegel 2009"},
    {STP_OF_NETWORK, "steps", STP_INTEGER, STP_OPTIONAL, "steps", 1, 1e6, false, 100000, NULL, TOP(network.steps), 0,
     "the most steps that are made, if nothing settles before", MODEL},

    {STP_OF_CONTAGION, "omega", STP_NUMBER, STP_REQUIRED, "", 0, 1e6, false, 0, NULL, TOP(contagion.omega), 0,
     "rate a day at which the active stop, for good", "Bonnasse-Gahot et al. 2018"},
    {STP_OF_CONTAGION, "response", STP_CHOICE, STP_OPTIONAL, CHOICE(0, "linear|threshold"), TOP(contagion.response), 0,
     "rate at which a susceptible person joins, for a felt activity of A: beta A, or beta (1 - exp(-gamma (A - critical))) above the critical one", "Bonnasse-Gahot et al. 2018"},
    {STP_OF_CONTAGION, "beta", STP_NUMBER, STP_REQUIRED, "", 0, 1e6, false, 0, NULL, TOP(contagion.beta), 0,
     "linear: rate a day and active person; threshold: the highest rate a day", "Bonnasse-Gahot et al. 2018"},
    {STP_OF_CONTAGION, "gamma", STP_NUMBER, STP_REQUIRED, "", 0, 1e6, true, 0, NULL, TOP(contagion.gamma), 0,
     "how fast the rate rises with activity, for each active person (response: threshold)", "Bonnasse-Gahot et al. 2018"},
    {STP_OF_CONTAGION, "critical", STP_NUMBER, STP_REQUIRED, "persons", 0, 1e12, false, 0, NULL, TOP(contagion.critical), 0,
     "felt activity below which nobody joins (response: threshold)", "Bonnasse-Gahot et al. 2018"},
    {STP_OF_CONTAGION, "distance", STP_NUMBER, STP_REQUIRED, "km", 1e-6, 1e6, false, 0, NULL, TOP(contagion.distance), 0,
     "d0 of the kernel (1 + d/d0)^-delta between districts", "Bonnasse-Gahot et al. 2018"},
    {STP_OF_CONTAGION, "exponent", STP_NUMBER, STP_REQUIRED, "", 0, 100, false, 0, NULL, TOP(contagion.exponent), 0,
     "delta of that kernel; 0: no space", "Bonnasse-Gahot et al. 2018"},
    {STP_OF_CONTAGION, "susceptible", STP_NUMBER, STP_REQUIRED, "share", SHARE, 0, NULL, TOP(contagion.susceptible), 0,
     "zeta: share of a district's residents who are susceptible at first", "Bonnasse-Gahot et al. 2018"},
    {STP_OF_CONTAGION, "substeps", STP_INTEGER, STP_OPTIONAL, "", 1, 10000, false, 10, NULL, TOP(contagion.substeps), 0,
     "steps of the solver in each step of time", MODEL},

    {STP_OF_GLOBAL_GAME, "signal", STP_NUMBER, STP_REQUIRED, "", -1e6, 1e6, false, 0, NULL, TOP(global_game.signal), 0,
     "y: what everybody sees of the regime's strength; protest lowers it", "Morris and Shin 2003; Casper and Tyson 2014"},
    {STP_OF_GLOBAL_GAME, "alpha", STP_NUMBER, STP_REQUIRED, "", 0, 1e9, false, 0, NULL, TOP(global_game.alpha), 0,
     "precision (1 / variance) of that public signal; free media raise it", "Morris and Shin 2003; Casper and Tyson 2014"},
    {STP_OF_GLOBAL_GAME, "beta", STP_NUMBER, STP_REQUIRED, "", 1e-9, 1e9, false, 0, NULL, TOP(global_game.beta), 0,
     "precision of what each sees alone", "Morris and Shin 2003"},
    {STP_OF_GLOBAL_GAME, "cost", STP_NUMBER, STP_REQUIRED, "share", 0, 1, true, 0, NULL, TOP(global_game.cost), 0,
     "cost of turning on the regime as a share of what its fall wins", "Morris and Shin 2003", false, true},

    {STP_OF_KTAB, "rule", STP_CHOICE, STP_OPTIONAL, CHOICE(2, "binary|proportional-binary|proportional|proportional-cubic|cubic|prospect"), TOP(ktab.rule), 0,
     "how loudly an actor votes, given how much better one option is to it than the other", "Wise, Lester and Efird 2015"},
    {STP_OF_KTAB, "victory", STP_CHOICE, STP_OPTIONAL, CHOICE(0, "linear|square|quartic|octic|decisive"), TOP(ktab.victory), 0,
     "how surely the stronger coalition wins: strength to the power of 1, 2, 4 or 8, or a tenth stronger is enough", "Wise, Lester and Efird 2015"},
    {STP_OF_KTAB, "resolution", STP_CHOICE, STP_OPTIONAL, CHOICE(2, "conditional|uniform|incentive"), TOP(ktab.resolution), 0,
     "how the options' probabilities follow from those of the duels: it defeats every other; a Markov chain with challengers all alike, or by what they have to win", "Wise, Lester and Efird 2015"},

    {STP_OF_EXPECTED_UTILITY, "reading", STP_CHOICE, STP_REQUIRED, CHOICE(0, "print|net|all-pairs"), TOP(expected_utility.reading), 0,
     "votes for i over all votes, as printed; net votes; or over the votes of all pairs: the replications disagree", "Scholz, Calbert and Smith 2011"},
    {STP_OF_EXPECTED_UTILITY, "range", STP_NUMBER, STP_ABSENT, "", ABOVE_0, 0, NULL, TOP(expected_utility.range), 0,
     "range of the positions on the issue; without it, from the lowest position to the highest", "Scholz, Calbert and Smith 2011"},
    {STP_OF_EXPECTED_UTILITY, "rounds", STP_INTEGER, STP_OPTIONAL, "", 0, 1000, false, 1, NULL, TOP(expected_utility.rounds), 0,
     "rounds of bargaining", "Scholz, Calbert and Smith 2011"},

    {STP_OF_APPOINTMENT, "weakness", STP_NUMBER, STP_REQUIRED, "share", 0, 1, true, 0, NULL, TOP(appointment.weakness), 0,
     "mu: prior probability that the ruler is weak", "Egorov and Sonin 2011 (reduced)", false, true},
    {STP_OF_APPOINTMENT, "bribe", STP_NUMBER, STP_REQUIRED, "", 1e-9, 1e9, false, 0, NULL, TOP(appointment.bribe), 0,
     "what a plotter pays if the ruler falls, in any unit, say years of wages", "Egorov and Sonin 2011 (reduced)"},
    {STP_OF_APPOINTMENT, "punishment", STP_NUMBER, STP_REQUIRED, "", 0, 1e9, false, 0, NULL, TOP(appointment.punishment), 0,
     "what betrayal costs if the ruler survives", "Egorov and Sonin 2011 (reduced)"},
    {STP_OF_APPOINTMENT, "wage", STP_NUMBER, STP_REQUIRED, "", 0, 1e9, false, 0, NULL, TOP(appointment.wage), 0,
     "what loyalty pays, while the ruler survives", "Egorov and Sonin 2011 (reduced)"},
    {STP_OF_APPOINTMENT, "detect_least", STP_NUMBER, STP_REQUIRED, "share", SHARE, 0, NULL, TOP(appointment.detect_least), 0,
     "probability that a vizier of no competence uncovers a plot", "Egorov and Sonin 2011 (reduced)"},
    {STP_OF_APPOINTMENT, "detect_most", STP_NUMBER, STP_REQUIRED, "share", SHARE, 0, NULL, TOP(appointment.detect_most), 0,
     "the same of a vizier of full competence; linear between", "Egorov and Sonin 2011 (reduced)"},
    {STP_OF_APPOINTMENT, "base", STP_NUMBER, STP_ABSENT, "share", SHARE, 0, NULL, TOP(appointment.base), 0,
     "the ruler's survival without any effort of the vizier", "Zakharov 2016 (reduced)"},
    {STP_OF_APPOINTMENT, "cost", STP_NUMBER, STP_ABSENT, "", 1e-9, 1e9, false, 0, NULL, TOP(appointment.cost), 0,
     "kappa: effort l costs kappa l^2 / 2", "Zakharov 2016 (reduced)"},
    {STP_OF_APPOINTMENT, "outside_least", STP_NUMBER, STP_ABSENT, "", 0, 1e9, false, 0, NULL, TOP(appointment.outside_least), 0,
     "what a vizier of no competence has if the ruler falls", "Zakharov 2016 (reduced)"},
    {STP_OF_APPOINTMENT, "outside_most", STP_NUMBER, STP_ABSENT, "", 0, 1e9, false, 0, NULL, TOP(appointment.outside_most), 0,
     "the same of a vizier of full competence; linear between", "Zakharov 2016 (reduced)"},

    {STP_UNITS, "id", STP_ID, STP_REQUIRED, TEXT, UNIT(id), 0, "short name for references", ""},
    {STP_UNITS, "name", STP_STRING, STP_REQUIRED, TEXT, UNIT(name), 0, "name of the first-level unit", ""},
    {STP_UNITS, "population", STP_INTEGER, STP_ABSENT, "residents", 0, 4e9, false, 0, NULL, UNIT(population), 0,
     "residents: its districts must sum to it", ""},

    {STP_DISTRICTS, "id", STP_ID, STP_REQUIRED, TEXT, PLACE(id), 0, "short name for references", ""},
    {STP_DISTRICTS, "name", STP_STRING, STP_REQUIRED, TEXT, PLACE(name), 0, "name of the town or area", ""},
    {STP_DISTRICTS, "unit", STP_ID, STP_ABSENT, TEXT, PLACE(unit_id), 0, "id of its first-level unit", ""},
    {STP_DISTRICTS, "lat", STP_NUMBER, STP_ABSENT, "degrees", -90, 90, false, 0, NULL, PLACE(latitude), 0,
     "latitude (WGS 84)", ""},
    {STP_DISTRICTS, "lon", STP_NUMBER, STP_ABSENT, "degrees", -180, 180, false, 0, NULL, PLACE(longitude), 0,
     "longitude (WGS 84)", ""},
    {STP_DISTRICTS, "population", STP_INTEGER, STP_ABSENT, "residents", 1, 4e9, false, 0, NULL, PLACE(population), 0,
     "residents; without it, density times the cells of the lattice", ""},
    {STP_DISTRICTS, "officers", STP_INTEGER, STP_ABSENT, "officers", 0, 4e9, false, 0, NULL, PLACE(officers), 0,
     "officers of the district, on the street or not; without it, officers.density times the cells", ""},
    {STP_DISTRICTS, "width", STP_INTEGER, STP_ABSENT, "cells", 1, 65000, false, 0, NULL, PLACE(width), 0,
     "columns of the lattice; without it, a square that holds the population at the density", ""},
    {STP_DISTRICTS, "height", STP_INTEGER, STP_ABSENT, "cells", 1, 65000, false, 0, NULL, PLACE(height), 0,
     "rows of the lattice", ""},
    {STP_DISTRICTS, "fuel_dependence", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 1, NULL, PLACE(fuel_dependence), 0,
     "share of citizens whose budget hangs on the fuel price", MODEL},
    {STP_DISTRICTS, "unemployment", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0, NULL, PLACE(unemployment), 0,
     "share of citizens out of work", MODEL},
    {STP_DISTRICTS, "able", STP_NUMBER, STP_INHERITED, "share", SHARE, 1, NULL, PLACE(able), 0,
     "as citizens.able, here", MODEL},
    {STP_DISTRICTS, "legitimacy", STP_NUMBER, STP_INHERITED, "share", SHARE, 0, NULL, PLACE(legitimacy), 0,
     "as citizens.legitimacy, here", EPSTEIN},
    {STP_DISTRICTS, "hardship_low", STP_NUMBER, STP_INHERITED, "share", SHARE, 0, NULL, PLACE(hardship_low), 0,
     "as citizens.hardship_low, here", EPSTEIN},
    {STP_DISTRICTS, "hardship_high", STP_NUMBER, STP_INHERITED, "share", SHARE, 0, NULL, PLACE(hardship_high), 0,
     "as citizens.hardship_high, here", EPSTEIN},
    {STP_DISTRICTS, "active_at_start", STP_NUMBER, STP_OPTIONAL, "persons", 0, 4e9, false, 0, NULL, PLACE(active_at_start), 0,
     "persons active before the first step (model: contagion)", "Bonnasse-Gahot et al. 2018"},

    {STP_FORCES, "id", STP_ID, STP_REQUIRED, TEXT, FORCE(id), 0, "short name for references", ""},
    {STP_FORCES, "name", STP_STRING, STP_REQUIRED, TEXT, FORCE(name), 0, "name of the force", ""},
    {STP_FORCES, "own", STP_FLAG, STP_ABSENT, FLAG(0), FORCE(own), 0,
     "whether the districts' own officers belong to it; where no force says true, they belong to the first that does not say false", MODEL},
    {STP_FORCES, "patronage", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.5, NULL, FORCE(patronage), 0,
     "how much its officers owe to the regime: pay, posts, ties (obedience.patronage_effect)", BELLIN},
    {STP_FORCES, "speed", STP_NUMBER, STP_OPTIONAL, "km/h", ABOVE_0, 60, NULL, FORCE(speed), 0,
     "speed at which it travels, along great circles", MODEL},
    {STP_FORCES, "ready", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 0, NULL, FORCE(ready), 0,
     "time from an order to the departure, for events that say where it sets out (from)", MODEL},

    {STP_EVENTS, "id", STP_ID, STP_REQUIRED, TEXT, EVENT(id), 0, "short name for references", ""},
    {STP_EVENTS, "title", STP_STRING, STP_REQUIRED, TEXT, EVENT(title), 0, "what happened", ""},
    {STP_EVENTS, "date", STP_DATE, STP_ABSENT, TEXT, EVENT(date), 0,
     "local date and time: it takes effect in the step that begins then or next", ""},
    {STP_EVENTS, "hour", STP_NUMBER, STP_ABSENT, "h", FROM_0, 0, NULL, EVENT(hour), 0,
     "hours since the start, in place of a date; .inf: never", "", true},
    {STP_EVENTS, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(1), EVENT(enabled), 0,
     "false removes the event from the run", MODEL},
    {STP_EVENTS, "over", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 0, NULL, EVENT(over), 0,
     "time in which its effects come about, in equal parts, one a step; 0: at once", MODEL},
    {STP_EVENTS, "source", STP_ID, STP_ABSENT, TEXT, EVENT(source_id), 0, "id of its source", ""},
    {STP_EVENTS, "note", STP_STRING, STP_ABSENT, TEXT, EVENT(note), 0, "what is known and what is not", ""},
    {STP_EVENTS, "units", STP_IDS, STP_ABSENT, TEXT, EVENT(units), EVENT(unit_count),
     "units where it happens (neither units nor districts: everywhere)", ""},
    {STP_EVENTS, "districts", STP_IDS, STP_ABSENT, TEXT, EVENT(districts), EVENT(district_count),
     "districts where it happens", ""},
    {STP_EVENTS, "fuel_price", STP_NUMBER, STP_ABSENT, "money/l", ABOVE_0, 0, NULL, EVENT(fuel_price), 0,
     "new fuel price", MODEL},
    {STP_EVENTS, "media_reach", STP_NUMBER, STP_ABSENT, "", 0, 100, false, 0, NULL, EVENT(media_reach), 0,
     "factor on all that is heard from elsewhere, from now on (1: as always; below 1: what is left in a shutdown; 0: nothing)", MODEL},
    {STP_EVENTS, "attention", STP_NUMBER, STP_ABSENT, "", 0, 100, false, 0, NULL, EVENT(attention), 0,
     "news.attention from now on: in a shutdown, what draws people to look in the street", "Hassanpour 2011"},
    {STP_EVENTS, "deployment", STP_NUMBER, STP_ABSENT, "share", SHARE, 0, NULL, EVENT(deployment), 0,
     "officers.deployment from now on", MODEL},
    {STP_EVENTS, "reinforcement", STP_INTEGER, STP_ABSENT, "officers", 0, 1e9, false, 0, NULL, EVENT(reinforcement), 0,
     "officers of a force on the street beside the districts' posts from now on, in all, shared among the event's districts by population", MODEL},
    {STP_EVENTS, "guards", STP_INTEGER, STP_ABSENT, "officers", 0, 1e9, false, 0, NULL, EVENT(guards), 0,
     "members of a force who guard sites from now on, in all, shared among the event's districts by population: they do not patrol, but set local officers free", "CSTO in Kazakhstan 2022"},
    {STP_EVENTS, "frees", STP_NUMBER, STP_ABSENT, "", 0, 100, false, 0, NULL, EVENT(frees), 0,
     "local officers whom each guard sets free for the street, as far as there are any off it (without it: 1)", "CSTO in Kazakhstan 2022"},
    {STP_EVENTS, "force", STP_ID, STP_ABSENT, TEXT, EVENT(force_id), 0,
     "id of the force of its reinforcement or guards (without it: that of the districts' own officers)", ""},
    {STP_EVENTS, "from", STP_ID, STP_ABSENT, TEXT, EVENT(from_id), 0,
     "id of the district where its reinforcement or guards set out: they come after the force's ready time and the way at its speed (without it: at once)", ""},
    {STP_EVENTS, "survival", STP_NUMBER, STP_ABSENT, "share", SHARE, 0, NULL, EVENT(survival), 0,
     "obedience.survival from now on", BELLIN},
    {STP_EVENTS, "orders", STP_NUMBER, STP_ABSENT, "share", SHARE, 0, NULL, EVENT(orders), 0,
     "obedience.orders from now on", MODEL},
    {STP_EVENTS, "shots", STP_NUMBER, STP_ABSENT, "share", SHARE, 0, NULL, EVENT(shots), 0,
     "officers.shots from now on", MODEL},
    {STP_EVENTS, "shots_at", STP_CHOICE, STP_ABSENT, CHOICE(0, "violent|active"), EVENT(shots_at), 0,
     "at whom shots may be fired from now on: the violent alone, or all who are active", MODEL},
    {STP_EVENTS, "legitimacy", STP_NUMBER, STP_ABSENT, "share", SHARE, 0, NULL, EVENT(legitimacy), 0,
     "legitimacy from now on; where it responds (legitimacy.enabled), what it is while nothing happens", EPSTEIN},
    {STP_EVENTS, "relief", STP_NUMBER, STP_ABSENT, "share", SHARE, 0, NULL, EVENT(relief), 0,
     "how much less hardship everybody has from now on (0: the relief ends)", MODEL},
    {STP_EVENTS, "curfew", STP_NUMBER, STP_ABSENT, "share", SHARE, 0, NULL, EVENT(curfew), 0,
     "how strict a curfew is, from now on (1: full, 0: lifted)", MODEL},

    {STP_ACTORS, "id", STP_ID, STP_REQUIRED, TEXT, ACTOR(id), 0,
     "short name for references", ""},
    {STP_ACTORS, "name", STP_STRING, STP_REQUIRED, TEXT, ACTOR(name), 0,
     "name of the actor", ""},
    {STP_ACTORS, "weight", STP_NUMBER, STP_REQUIRED, "", 0, 1e9, true, 0, NULL, ACTOR(weight), 0,
     "what the actor can bring to bear, in any unit", "Scholz, Calbert and Smith 2011; Wise, Lester and Efird 2015"},
    {STP_ACTORS, "position", STP_NUMBER, STP_REQUIRED, "", -1e9, 1e9, false, 0, NULL, ACTOR(position), 0,
     "where it stands on the issue (model: ktab: from 0 to 1)", "Scholz, Calbert and Smith 2011; Wise, Lester and Efird 2015"},
    {STP_ACTORS, "salience", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 1, NULL, ACTOR(salience), 0,
     "share of its weight that it spends on the issue (model: expected-utility)", "Scholz, Calbert and Smith 2011"},
    {STP_ACTORS, "risk", STP_NUMBER, STP_OPTIONAL, "", -1, 1, false, 0, NULL, ACTOR(risk), 0,
     "attitude R in the utility (1 - d)(1 + R d) of what is at distance d: above 0 it shuns risk (model: ktab)", "Wise, Lester and Efird 2015"},

    {STP_OBSERVED, "id", STP_ID, STP_REQUIRED, TEXT, OBSERVED(id), 0, "short name for references", ""},
    {STP_OBSERVED, "title", STP_STRING, STP_REQUIRED, TEXT, OBSERVED(title), 0, "what was observed, in a line", ""},
    {STP_OBSERVED, "pattern", STP_STRING, STP_REQUIRED, TEXT, OBSERVED(pattern), 0,
     "the pattern that it belongs to, the same text for all that do", "Grimm et al. 2005"},
    {STP_OBSERVED, "measure", STP_CHOICE, STP_REQUIRED, CHOICE(0, "units-with-unrest|turnout|participants|deaths|deaths-share|detained|detained-share|arrests|violence-peak|non-violent-units|obeying|first-unrest|unrest-after|none"), OBSERVED(measure), 0,
     "how a results file is measured (docs/scenario-files.md); none: not at all, on record only", MODEL},
    {STP_OBSERVED, "at", STP_DATE, STP_ABSENT, TEXT, OBSERVED(at), 0,
     "local date and time: of measures of a moment the moment, of others the day, 24 hours from it", ""},
    {STP_OBSERVED, "from", STP_DATE, STP_ABSENT, TEXT, OBSERVED(from), 0,
     "when the period begins; without it, at the start", ""},
    {STP_OBSERVED, "to", STP_DATE, STP_ABSENT, TEXT, OBSERVED(to), 0,
     "when the period ends (2022-01-05: as 4 January ends); without it, at the end of the run", ""},
    {STP_OBSERVED, "at_hour", STP_NUMBER, STP_ABSENT, "h", FROM_0, 0, NULL, OBSERVED(at_hour), 0,
     "hours since the start, in place of the date `at`", ""},
    {STP_OBSERVED, "from_hour", STP_NUMBER, STP_ABSENT, "h", FROM_0, 0, NULL, OBSERVED(from_hour), 0,
     "the same, in place of `from`", ""},
    {STP_OBSERVED, "to_hour", STP_NUMBER, STP_ABSENT, "h", FROM_0, 0, NULL, OBSERVED(to_hour), 0,
     "the same, in place of `to`", ""},
    {STP_OBSERVED, "units", STP_IDS, STP_ABSENT, TEXT, OBSERVED(units), OBSERVED(unit_count),
     "units where it was observed (neither units nor districts: everywhere)", ""},
    {STP_OBSERVED, "districts", STP_IDS, STP_ABSENT, TEXT, OBSERVED(districts), OBSERVED(district_count),
     "districts where it was observed", ""},
    {STP_OBSERVED, "value", STP_NUMBER, STP_ABSENT, "", FROM_0, 0, NULL, OBSERVED(value), 0,
     "what was observed, in residents, units, or as a share of 1; its range is what the sources leave open", ""},
    {STP_OBSERVED, "date", STP_DATE, STP_ABSENT, TEXT, OBSERVED(date), 0,
     "the same of a measure that is a date (violence-peak)", ""},
    {STP_OBSERVED, "confidence", STP_CHOICE, STP_REQUIRED, CHOICE(0, "high|medium|low"), OBSERVED(confidence), 0,
     "how far the record is to be trusted", ""},
};
/* clang-format on */
const size_t STP_PARAMETER_COUNT = sizeof STP_PARAMETERS / sizeof *STP_PARAMETERS;

const char *stp_section_name(stp_section section)
{
    static const char *const NAMES[] = {
        "",          "time",        "citizens", "officers",         "detention",
        "news",      "hardship",    "force",    "legitimacy",       "curfew",
        "fear",      "obedience",   "outcome",  "threshold",        "network",
        "contagion", "global_game", "ktab",     "expected_utility", "appointment",
        "units",     "districts",   "forces",   "events",           "actors",
        "observed"};
    return NAMES[section];
}

#define LIST(section, type, records, count)             \
    {                                                   \
        section, sizeof(type), TOP(records), TOP(count) \
    }
/* The last is that of what was observed: what differs in it alone changes no run. */
const stp_list STP_LISTS[] = {
    LIST(STP_UNITS, stp_unit, units, unit_count),
    LIST(STP_DISTRICTS, stp_place, places, place_count),
    LIST(STP_FORCES, stp_force, forces, force_count),
    LIST(STP_EVENTS, stp_event, events, event_count),
    LIST(STP_ACTORS, stp_actor, actors, actor_count),
    LIST(STP_OBSERVED, stp_observation, observations, observation_count),
};
const size_t STP_LIST_COUNT = sizeof STP_LISTS / sizeof *STP_LISTS;

size_t stp_list_count(const steppe_scenario *scenario, const stp_list *list)
{
    return *(const size_t *)(const void *)((const char *)scenario + list->count);
}

void *stp_list_record(const steppe_scenario *scenario, const stp_list *list, size_t index)
{
    char *records = *(char *const *)(const void *)((const char *)scenario +
                                                   list->records);
    return records + index * list->size;
}

const char *stp_list_id(const steppe_scenario *scenario, const stp_list *list,
                        size_t index)
{
    return *(char **)stp_list_record(scenario, list, index);
}

stp_quantity *stp_quantity_of(void *record, const stp_parameter *parameter)
{
    return (stp_quantity *)(void *)((char *)record + parameter->offset);
}

char **stp_string_of(void *record, const stp_parameter *parameter)
{
    return (char **)(void *)((char *)record + parameter->offset);
}

stp_numbers *stp_numbers_of(void *record, const stp_parameter *parameter)
{
    return (stp_numbers *)(void *)((char *)record + parameter->extra);
}

const stp_parameter *stp_parameter_find(stp_section section, const char *name)
{
    for (size_t i = 0; i < STP_PARAMETER_COUNT; i++)
        if (STP_PARAMETERS[i].section == section &&
            strcmp(STP_PARAMETERS[i].name, name) == 0)
            return &STP_PARAMETERS[i];
    return NULL;
}

size_t stp_choice_count(const char *words)
{
    size_t count = 1;
    for (; *words; words++)
        count += *words == '|';
    return count;
}

const char *stp_choice_word(const char *words, size_t index, char *buffer, size_t size)
{
    while (index-- > 0 && (words = strchr(words, '|')))
        words++;
    snprintf(buffer, size, "%.*s", words ? (int)strcspn(words, "|") : 0,
             words ? words : "");
    return buffer;
}

bool stp_is_quantity(stp_type type)
{
    return type <= STP_NUMBERS;
}

const char *stp_range_words(const stp_parameter *p, char *buffer, size_t size)
{
    char low[STP_NUMBER_TEXT], high[STP_NUMBER_TEXT];
    buffer[0] = '\0';
    if (p->type != STP_NUMBER && p->type != STP_INTEGER && p->type != STP_NUMBERS)
        return buffer;
    stp_number_text(p->low, low);
    stp_number_text(p->high, high);
    if (isinf(p->low) && isinf(p->high))
        return buffer;
    if (isinf(p->high))
        snprintf(buffer, size, "%s %s", p->open_low ? ">" : ">=", low);
    else
        snprintf(buffer, size, "%s%s, %s%s", p->open_low ? "(" : "[", low, high,
                 p->open_high ? ")" : "]");
    return buffer;
}

const char *stp_value_text(const stp_parameter *p, double value, char *buffer,
                           size_t size)
{
    char number[STP_NUMBER_TEXT];
    switch (p->type) {
    case STP_CHOICE: return stp_choice_word(p->words, (size_t)value, buffer, size);
    case STP_FLAG: snprintf(buffer, size, "%s", value != 0 ? "true" : "false"); break;
    case STP_DATE: {
        char date[STP_DATE_TEXT];
        snprintf(buffer, size, "%s", stp_date_text((int64_t)value, date));
        break;
    }
    default: snprintf(buffer, size, "%s", stp_number_text(value, number));
    }
    return buffer;
}
