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
#define OFFICE(field) offsetof(stp_office, field)
#define PERSON(field) offsetof(stp_person, field)
#define TIE(field) offsetof(stp_tie, field)
#define POWER(field) offsetof(stp_power, field)
#define CLAIM(field) offsetof(stp_claim, field)
#define QUESTION(field) offsetof(stp_question, field)
#define HOTSPOT(field) offsetof(stp_hotspot, field)
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
static const char KTAB[] = "Wise, Lester and Efird 2015";
static const char GAME[] = "Morris and Shin 2003; Casper and Tyson 2014 (reduced)";
static const char VIZIERS[] = "Egorov and Sonin 2011 (reduced)";
static const char FINKEL[] = "Finkel and Gehlbach 2020 (reduced)";
static const char NOTICE[] = "Jones and Baumgartner 2005 (reduced)";

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
    {STP_TOP, "presence", STP_CHOICE, STP_OPTIONAL, CHOICE(0, "street|home"), TOP(top.presence), 0,
     "where citizens are: all of them on the street, as Epstein has it; or at home, but for those who are able and whose grievance is above the threshold", MODEL},

    {STP_TIME, "start", STP_DATE, STP_ABSENT, TEXT, TOP(time.start), 0,
     "local date and time at which the first step begins; without it, events have hours", ""},
    {STP_TIME, "step", STP_NUMBER, STP_OPTIONAL, "h", 0, 8760, true, 1, NULL, TOP(time.step), 0,
     "simulated time of one step: a whole number of minutes", MODEL, .span = STP_SPAN_EXACT},
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
     "longest life; a life is drawn uniformly from 1 .. so many whole steps (rules: epstein-2)", EPSTEIN, .span = STP_SPAN_CUT},

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
     "longest term Jmax, cut to whole steps; .inf: for ever", EPSTEIN, true, .span = STP_SPAN_CUT},
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
    {STP_NEWS, "cutoff", STP_NUMBER, STP_OPTIONAL, "km", 0, INFINITY, true, INFINITY, NULL, TOP(news.cutoff), 0,
     "distance between districts beyond which nothing is heard, the kernel being 0 there; .inf: none. More than 5,000 districts that hear of each other need one", MODEL, true},
    {STP_NEWS, "attention", STP_NUMBER, STP_OPTIONAL, "", 0, 100, false, 0, NULL, TOP(news.attention), 0,
     "extra weight of each active that a citizen sees, as when people look in the street for what they cannot read", "Hassanpour 2011"},
    {STP_NEWS, "emboldens", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, false, 0, NULL, TOP(news.emboldens), 0,
     "how much hearing of activity lowers the threshold T, for each unit of the share active that is heard of; not below 0", MODEL},
    {STP_NEWS, "saturation", STP_NUMBER, STP_OPTIONAL, "share", 0, INFINITY, true, INFINITY, NULL, TOP(news.saturation), 0,
     "share active, as it is heard of, from about which more of it emboldens no more; .inf: never", "Bonnasse-Gahot et al. 2018", true},
    {STP_NEWS, "lag", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 0, NULL, TOP(news.lag), 0,
     "time in which news of activity gets through, and fades; 0: at once, from the last step", MODEL, .span = STP_SPAN_EXACT},

    {STP_HARDSHIP, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(1), TOP(hardship.enabled), 0,
     "whether prices, unemployment, relief and unmet expectations shift hardship", MODEL},
    {STP_HARDSHIP, "price_base", STP_NUMBER, STP_OPTIONAL, "money/l", ABOVE_0, 1, NULL, TOP(hardship.price_base), 0,
     "fuel price at the start, to which people are used", MODEL},
    {STP_HARDSHIP, "price_effect", STP_NUMBER, STP_OPTIONAL, "", -10, 10, false, 0, NULL, TOP(hardship.price_effect), 0,
     "shift of hardship of those who depend on fuel, for each unit of ln(price / base), where everyone does; elsewhere times fuel_dependence", MODEL},
    {STP_HARDSHIP, "price_lag", STP_NUMBER, STP_OPTIONAL, "h", 0, 1e6, false, 0, NULL, TOP(hardship.price_lag), 0,
     "time constant with which a new price is felt; 0: at once", MODEL, .span = STP_SPAN_EXACT},
    {STP_HARDSHIP, "unemployment_effect", STP_NUMBER, STP_OPTIONAL, "", -1, 1, false, 0, NULL, TOP(hardship.unemployment_effect), 0,
     "shift of hardship of those out of work", MODEL},
    {STP_HARDSHIP, "expectation_weight", STP_NUMBER, STP_OPTIONAL, "", 0, 100, false, 0, NULL, TOP(hardship.expectation_weight), 0,
     "shift of hardship for each unit by which people are worse off than they expect", "Davies 1962 (reduced)"},
    {STP_HARDSHIP, "expectation_lag", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 720, NULL, TOP(hardship.expectation_lag), 0,
     "time constant with which people get used to how they are off, and expect it; .inf: never", "Davies 1962 (reduced)", true, .span = STP_SPAN_EXACT},
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
     "time in which half of the support lost comes back; .inf: never", LEMOS, true, .span = STP_SPAN_EXACT},
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
     "time in which half of the fear fades; .inf: never", MODEL, true, .span = STP_SPAN_EXACT},
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
     "time after which each officer decides anew, to whole steps", MODEL, .span = STP_SPAN_NEAREST},
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

    {STP_SEAT, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(0), TOP(seat.enabled), 0,
     "whether there is a seat of power: offices, those who hold them, and acts; off, its sections and acts do nothing", MODEL},
    {STP_SEAT, "incumbent", STP_ID, STP_ABSENT, TEXT, TOP(seat.incumbent_id), 0,
     "id of the person who rules; needed where it is enabled", MODEL},
    {STP_SEAT, "capital", STP_ID, STP_ABSENT, TEXT, TOP(seat.capital_id), 0,
     "id of the district whose forces, if they no longer obey and the violent outnumber them, let the ruler fall; without it, no street does", MODEL},
    {STP_SEAT, "rule", STP_CHOICE, STP_OPTIONAL, CHOICE(2, "binary|proportional-binary|proportional|proportional-cubic|cubic|prospect"), TOP(seat.rule), 0,
     "how loudly a person speaks for incumbent or rival, given its position: as ktab.rule", KTAB},
    {STP_SEAT, "victory", STP_CHOICE, STP_OPTIONAL, CHOICE(0, "linear|square|quartic|octic|decisive"), TOP(seat.victory), 0,
     "how surely the stronger camp wins: as ktab.victory", KTAB},
    {STP_SEAT, "resource_weight", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, false, 0, NULL, TOP(seat.resource_weight), 0,
     "weight of a unit of a person's resources, on the scale of the offices' power", MODEL},
    {STP_SEAT, "fall_time", STP_NUMBER, STP_OPTIONAL, "h", ABOVE_0, 72, NULL, TOP(seat.fall_time), 0,
     "the ruler falls when the strength has been below the threshold of the game of defection for so long (in whole days, rounded up)", MODEL, .span = STP_SPAN_DAYS},
    {STP_SEAT, "fall_obeying", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.2, NULL, TOP(seat.fall_obeying), 0,
     "... or when fewer than this share of the capital's officers obey, and the violent outnumber those who do", MODEL},

    {STP_DEFECTION, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(1), TOP(defection.enabled), 0,
     "whether persons may change sides", GAME},
    {STP_DEFECTION, "street_effect", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, false, 100, NULL, TOP(defection.street_effect), 0,
     "b: by how much the public signal of strength falls, for a share active of 1", MODEL},
    {STP_DEFECTION, "backing_effect", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, false, 0.2, NULL, TOP(defection.backing_effect), 0,
     "b': by how much it rises with full backing from outside", MODEL},
    {STP_DEFECTION, "alpha", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, false, 6, NULL, TOP(defection.alpha), 0,
     "precision of the public signal where media are free", GAME},
    {STP_DEFECTION, "media_freedom", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.5, NULL, TOP(defection.media_freedom), 0,
     "share of that precision that there is", "Casper and Tyson 2014"},
    {STP_DEFECTION, "beta", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, true, 9, NULL, TOP(defection.beta), 0,
     "precision of what each person sees alone", GAME},
    {STP_DEFECTION, "cost", STP_NUMBER, STP_OPTIONAL, "", 0, 1, true, 0.7, NULL, TOP(defection.cost), 0,
     "c: cost of changing sides as a share of what the ruler's fall wins", GAME, false, true},
    {STP_DEFECTION, "loyalty_effect", STP_NUMBER, STP_OPTIONAL, "", 0, 1, false, 0.3, NULL, TOP(defection.loyalty_effect), 0,
     "by how much that is more for who stands with the incumbent, and less for who stands with the rival", MODEL},
    {STP_DEFECTION, "tie_effect", STP_NUMBER, STP_OPTIONAL, "", 0, 1, false, 0.2, NULL, TOP(defection.tie_effect), 0,
     "by how much it is more for who has a full tie to the incumbent", MODEL},
    {STP_DEFECTION, "fear_effect", STP_NUMBER, STP_OPTIONAL, "", 0, 1, false, 0.2, NULL, TOP(defection.fear_effect), 0,
     "by how much it is less at full insecurity", MODEL},
    {STP_DEFECTION, "signal_time", STP_NUMBER, STP_OPTIONAL, "h", ABOVE_0, 720, NULL, TOP(defection.signal_time), 0,
     "time after which each person sees something new (in whole days, rounded up)", MODEL, .span = STP_SPAN_DAYS},
    {STP_DEFECTION, "return_margin", STP_NUMBER, STP_OPTIONAL, "", 0, 1, false, 0.1, NULL, TOP(defection.return_margin), 0,
     "who has defected comes back when the belief in the ruler's fall is this much below the cost", MODEL},

    {STP_CHANNELS, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(1), TOP(channels.enabled), 0,
     "whether what offices do reaches the street", MODEL},
    {STP_CHANNELS, "reference", STP_NUMBER, STP_OPTIONAL, "", 0.5, 1, false, 0.75, NULL, TOP(channels.reference), 0,
     "competence of holders at which everything is as without a seat of power", MODEL},
    {STP_CHANNELS, "fresh", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.5, NULL, TOP(channels.fresh), 0,
     "share of the output that a new holder has at first", MODEL},
    {STP_CHANNELS, "defector_effort", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0, NULL, TOP(channels.defector_effort), 0,
     "effort of a holder who has defected", MODEL},
    {STP_CHANNELS, "insecurity_effort", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0, NULL, TOP(channels.insecurity_effort), 0,
     "effort lost at full insecurity", MODEL},
    {STP_CHANNELS, "security_effect", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.5, NULL, TOP(channels.security_effect), 0,
     "how far the quality of orders hangs on the security offices", MODEL},
    {STP_CHANNELS, "economy_lag", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 0, NULL, TOP(channels.economy_lag), 0,
     "time in which relief reaches people at reference output of the economic offices; 0: at once, whatever these do", MODEL, .span = STP_SPAN_EXACT},
    {STP_CHANNELS, "image_effect", STP_NUMBER, STP_OPTIONAL, "", 0, 1, false, 0.2, NULL, TOP(channels.image_effect), 0,
     "legitimacy for each unit of exposure times competence above the reference", MODEL},
    {STP_CHANNELS, "image_reference", STP_NUMBER, STP_OPTIONAL, "", 0.5, 1, false, 0.75, NULL, TOP(channels.image_reference), 0,
     "competence at which exposure neither helps nor hurts; 0.5: it can never hurt", MODEL},
    {STP_CHANNELS, "image_lag", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 168, NULL, TOP(channels.image_lag), 0,
     "time in which an image forms", MODEL, .span = STP_SPAN_EXACT},
    {STP_CHANNELS, "diplomacy_effect", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.5, NULL, TOP(channels.diplomacy_effect), 0,
     "how far backing from outside hangs on the offices of diplomacy", MODEL},
    {STP_CHANNELS, "survival_effect", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0, NULL, TOP(channels.survival_effect), 0,
     "how far the forces' belief in the regime (obedience.survival) follows the incumbent's strength below that of the start", MODEL},

    {STP_PURGE, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(1), TOP(purge.enabled), 0,
     "whether a purge frightens those tied to who is purged", MODEL},
    {STP_PURGE, "kin", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 1, NULL, TOP(purge.kinds[STP_TIE_KIN]), 0,
     "how much a tie of kinship counts, for its strength", MODEL},
    {STP_PURGE, "patronage", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.7, NULL, TOP(purge.kinds[STP_TIE_PATRONAGE]), 0,
     "the same of patronage", MODEL},
    {STP_PURGE, "business", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.5, NULL, TOP(purge.kinds[STP_TIE_BUSINESS]), 0,
     "the same of business", MODEL},
    {STP_PURGE, "fear", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.5, NULL, TOP(purge.fear), 0,
     "insecurity that a purge of full severity brings along a full tie", MODEL},
    {STP_PURGE, "half_life", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 1440, NULL, TOP(purge.half_life), 0,
     "time in which half of an insecurity fades; .inf: never", MODEL, true, .span = STP_SPAN_EXACT},

    {STP_FLIGHT, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(1), TOP(flight.enabled), 0,
     "whether insecure persons leave the country, or give to the relief fund", MODEL},
    {STP_FLIGHT, "exit_rate", STP_NUMBER, STP_OPTIONAL, "", 0, 1, false, 0.02, NULL, TOP(flight.exit_rate), 0,
     "hazard a day, at full insecurity, that who has resources leaves with them", MODEL},
    {STP_FLIGHT, "donate_rate", STP_NUMBER, STP_OPTIONAL, "", 0, 1, false, 0.05, NULL, TOP(flight.donate_rate), 0,
     "... or gives", MODEL},
    {STP_FLIGHT, "donation", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.1, NULL, TOP(flight.donation), 0,
     "share of the resources given each time", MODEL},
    {STP_FLIGHT, "donation_relief", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.5, NULL, TOP(flight.donation_relief), 0,
     "share of the insecurity that who gives is rid of", MODEL},
    {STP_FLIGHT, "payout", STP_NUMBER, STP_OPTIONAL, "", 0, 1, false, 0.01, NULL, TOP(flight.payout), 0,
     "share of the fund that is paid out a day, at reference output of the economic offices", MODEL},
    {STP_FLIGHT, "fund_effect", STP_NUMBER, STP_OPTIONAL, "", FROM_0, 0, NULL, TOP(flight.fund_effect), 0,
     "how much less hardship there is for each unit of money a resident that the fund has paid lately (it fades by half in 30 days)", MODEL},

    {STP_VACANCIES, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(1), TOP(vacancies.enabled), 0,
     "whether an office that no act fills is filled by the incumbent", VIZIERS},
    {STP_VACANCIES, "fill_time", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 336, NULL, TOP(vacancies.fill_time), 0,
     "time that an office stands vacant before (in whole days, rounded up)", MODEL, .span = STP_SPAN_DAYS},
    {STP_VACANCIES, "bribe", STP_NUMBER, STP_OPTIONAL, "", 1e-9, 1e9, false, 5, NULL, TOP(vacancies.bribe), 0,
     "what a plotter pays if the ruler falls: as appointment.bribe", VIZIERS},
    {STP_VACANCIES, "punishment", STP_NUMBER, STP_OPTIONAL, "", 0, 1e9, false, 2, NULL, TOP(vacancies.punishment), 0,
     "what betrayal costs if he survives", VIZIERS},
    {STP_VACANCIES, "wage", STP_NUMBER, STP_OPTIONAL, "", 0, 1e9, false, 1, NULL, TOP(vacancies.wage), 0,
     "what loyalty pays", VIZIERS},
    {STP_VACANCIES, "detect_least", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.3, NULL, TOP(vacancies.detect_least), 0,
     "probability that the least competent uncovers a plot", VIZIERS},
    {STP_VACANCIES, "detect_most", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.9, NULL, TOP(vacancies.detect_most), 0,
     "... the most competent", VIZIERS},

    {STP_REFORM, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(1), TOP(reform.enabled), 0,
     "whether people mind what is promised and delivered", FINKEL},
    {STP_REFORM, "promise_effect", STP_NUMBER, STP_OPTIONAL, "", 0, 2, false, 0.1, NULL, TOP(reform.promise_effect), 0,
     "hardship for a full reform that is promised and not delivered", FINKEL},
    {STP_REFORM, "loss_effect", STP_NUMBER, STP_OPTIONAL, "", 0, 2, false, 0, NULL, TOP(reform.loss_effect), 0,
     "hardship as far as delivery is below the status quo", FINKEL},
    {STP_REFORM, "status_quo", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0, NULL, TOP(reform.status_quo), 0,
     "what people have of reform, or of what it would take away, at the start", FINKEL},
    {STP_REFORM, "patience", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 1440, NULL, TOP(reform.patience), 0,
     "time in which a promise comes to be counted on; 0: at once, as in the source", MODEL, .span = STP_SPAN_EXACT},
    {STP_REFORM, "pace", STP_NUMBER, STP_OPTIONAL, "", 0, 1, false, 0, NULL, TOP(reform.pace), 0,
     "part of what is promised that is delivered a day by itself, at reference output of the economic offices; 0: only acts deliver", MODEL},
    {STP_REFORM, "legitimacy", STP_NUMBER, STP_OPTIONAL, "", 0, 1, false, 0.1, NULL, TOP(reform.legitimacy), 0,
     "legitimacy that a full reform brings when delivered", MODEL},

    {STP_ATTENTION, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(1), TOP(attention.enabled), 0,
     "whether powers outside look, back and blame", NOTICE},
    {STP_ATTENTION, "unit", STP_NUMBER, STP_OPTIONAL, "share", 0, 1, true, 0.001, NULL, TOP(attention.unit), 0,
     "share of citizens active that is a salience of 1 for a power 1,000 km away", MODEL},
    {STP_ATTENTION, "half_life", STP_NUMBER, STP_OPTIONAL, "h", ABOVE_0, 336, NULL, TOP(attention.half_life), 0,
     "time in which unrest loses half of its novelty, and regains it in calm", NOTICE, .span = STP_SPAN_EXACT},
    {STP_ATTENTION, "lag", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 48, NULL, TOP(attention.lag), 0,
     "time in which a power turns to what it attends to, or away", MODEL, .span = STP_SPAN_EXACT},
    {STP_ATTENTION, "restraint", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.5, NULL, TOP(attention.restraint), 0,
     "share of shots that full blame prevents", MODEL},
    {STP_ATTENTION, "blame_legitimacy", STP_NUMBER, STP_OPTIONAL, "", 0, 1, false, 0.1, NULL, TOP(attention.blame_legitimacy), 0,
     "legitimacy lost at full blame where there are orders to shoot", MODEL},

    {STP_OUTCOME, "unrest_share", STP_NUMBER, STP_OPTIONAL, "share", 0, 1, true, 0.001, NULL, TOP(outcome.unrest_share), 0,
     "a district has unrest when at least this share of its citizens is active", MODEL},
    {STP_OUTCOME, "tension_every", STP_NUMBER, STP_ABSENT, "h", 0, 8760, true, 0, NULL, TOP(outcome.tension_every), 0,
     "how often results files get the tension of each district, to whole steps: mean grievance of those who are quiet, times their number, over their mean risk aversion; if left out, never", EPSTEIN, .span = STP_SPAN_NEAREST},

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
     "time from an order to the departure, for events that say where it sets out (from)", MODEL, .span = STP_SPAN_EXACT},

    {STP_EVENTS, "id", STP_ID, STP_REQUIRED, TEXT, EVENT(id), 0, "short name for references", ""},
    {STP_EVENTS, "title", STP_STRING, STP_REQUIRED, TEXT, EVENT(title), 0, "what happened", ""},
    {STP_EVENTS, "date", STP_DATE, STP_ABSENT, TEXT, EVENT(date), 0,
     "local date and time: it takes effect in the step that begins then or next", ""},
    {STP_EVENTS, "hour", STP_NUMBER, STP_ABSENT, "h", FROM_0, 0, NULL, EVENT(hour), 0,
     "hours since the start, in place of a date; .inf: never", "", true, .span = STP_SPAN_MOMENT},
    {STP_EVENTS, "enabled", STP_FLAG, STP_OPTIONAL, FLAG(1), EVENT(enabled), 0,
     "false removes the event from the run", MODEL},
    {STP_EVENTS, "over", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 0, NULL, EVENT(over), 0,
     "time in which its effects come about, in equal parts, one a step; 0: at once", MODEL, .span = STP_SPAN_PARTS},
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
    {STP_EVENTS, "act", STP_CHOICE, STP_ABSENT, CHOICE(0, "appoint|dismiss|detain|exile|take-office|ask-troops|promise-reform|deliver-reform|stance|hotspot|open-fund"), EVENT(act), 0,
     "an act at the seat of power", MODEL},
    {STP_EVENTS, "person", STP_ID, STP_ABSENT, TEXT, EVENT(person_id), 0, "id of the person whom the act is about", ""},
    {STP_EVENTS, "office", STP_ID, STP_ABSENT, TEXT, EVENT(office_id), 0, "id of the office that the act is about", ""},
    {STP_EVENTS, "power", STP_ID, STP_ABSENT, TEXT, EVENT(power_id), 0,
     "id of the power that is asked for troops, or changes its stance", ""},
    {STP_EVENTS, "hotspot", STP_ID, STP_ABSENT, TEXT, EVENT(hotspot_id), 0,
     "id of the hot spot that changes its salience", ""},
    {STP_EVENTS, "amount", STP_NUMBER, STP_ABSENT, "", -1, 1e6, false, 0, NULL, EVENT(amount), 0,
     "how much reform is promised or delivered in all (a share), a power's stance from now on (-1 to 1), or the salience of a hot spot", MODEL},
    {STP_EVENTS, "severity", STP_NUMBER, STP_ABSENT, "share", SHARE, 0, NULL, EVENT(severity), 0,
     "how much of a purge it is to those tied to who is dismissed (without it: 0.5), detained or exiled (1), or whose office is taken (0.5); 0: he left by himself", MODEL},
    {STP_EVENTS, "seized", STP_NUMBER, STP_ABSENT, "share", SHARE, 0, NULL, EVENT(seized), 0,
     "share of the resources that is taken from who is detained or exiled", MODEL},
    {STP_EVENTS, "granted_by", STP_ID, STP_ABSENT, TEXT, EVENT(granted_id), 0,
     "id of the power that must have granted troops, or nothing of the event happens", MODEL},

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

    {STP_OFFICES, "id", STP_ID, STP_REQUIRED, TEXT, OFFICE(id), 0, "short name for references", ""},
    {STP_OFFICES, "name", STP_STRING, STP_REQUIRED, TEXT, OFFICE(name), 0, "name of the office", ""},
    {STP_OFFICES, "holder", STP_ID, STP_ABSENT, TEXT, OFFICE(holder_id), 0,
     "id of the person who holds it at the start; without one it is vacant", ""},
    {STP_OFFICES, "power", STP_NUMBER, STP_ABSENT, "", 0, 1e6, false, 0, NULL, OFFICE(power), 0,
     "weight that it gives its holder in a contest of camps; without it, the sum of the four below", KTAB},
    {STP_OFFICES, "security", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, false, 0, NULL, OFFICE(work[STP_WORK_SECURITY]), 0,
     "its weight among the offices on which the quality of orders hangs", MODEL},
    {STP_OFFICES, "economy", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, false, 0, NULL, OFFICE(work[STP_WORK_ECONOMY]), 0,
     "its weight among those on which the pace of relief, of the fund and of reform hangs", MODEL},
    {STP_OFFICES, "image", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, false, 0, NULL, OFFICE(work[STP_WORK_IMAGE]), 0,
     "its weight among those whose holders are the regime's image", MODEL},
    {STP_OFFICES, "diplomacy", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, false, 0, NULL, OFFICE(work[STP_WORK_DIPLOMACY]), 0,
     "its weight among those on which backing from outside hangs", MODEL},
    {STP_OFFICES, "learning", STP_NUMBER, STP_OPTIONAL, "h", FROM_0, 1440, NULL, OFFICE(learning), 0,
     "time constant in which a new holder learns the office; 0: none needed", MODEL, .span = STP_SPAN_EXACT},

    {STP_PERSONS, "id", STP_ID, STP_REQUIRED, TEXT, PERSON(id), 0, "short name for references: a role, as a rule", ""},
    {STP_PERSONS, "name", STP_STRING, STP_REQUIRED, TEXT, PERSON(name), 0, "who it is", ""},
    {STP_PERSONS, "resources", STP_INTEGER, STP_OPTIONAL, "money", 0, 1e15, false, 0, NULL, PERSON(resources), 0,
     "what the person owns, in whole units of any money, the same for all", MODEL},
    {STP_PERSONS, "position", STP_NUMBER, STP_OPTIONAL, "", 0, 1, false, 0.5, NULL, PERSON(position), 0,
     "x: where the person stands, from the rival's camp (0) to the incumbent's (1)", KTAB},
    {STP_PERSONS, "competence", STP_NUMBER, STP_OPTIONAL, "", 0.5, 1, false, 0.75, NULL, PERSON(competence), 0,
     "q: from 1/2, no better than chance, to 1", VIZIERS},
    {STP_PERSONS, "exposure", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.3, NULL, PERSON(exposure), 0,
     "how much the person is in the public eye", MODEL},
    {STP_PERSONS, "insecurity", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0, NULL, PERSON(insecurity), 0,
     "z at the start: fear of being next", MODEL},
    {STP_PERSONS, "eligible", STP_FLAG, STP_OPTIONAL, FLAG(0), PERSON(eligible), 0,
     "whether the incumbent may appoint the person to a vacancy that no act fills", MODEL},

    {STP_TIES, "id", STP_ID, STP_REQUIRED, TEXT, TIE(id), 0, "short name for references", ""},
    {STP_TIES, "a", STP_ID, STP_REQUIRED, TEXT, TIE(a_id), 0, "id of a person", ""},
    {STP_TIES, "b", STP_ID, STP_REQUIRED, TEXT, TIE(b_id), 0, "id of the other", ""},
    {STP_TIES, "kind", STP_CHOICE, STP_REQUIRED, CHOICE(0, "kin|patronage|business"), TIE(kind), 0,
     "what ties them", MODEL},
    {STP_TIES, "strength", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 1, NULL, TIE(strength), 0,
     "how strongly", MODEL},

    {STP_POWERS, "id", STP_ID, STP_REQUIRED, TEXT, POWER(id), 0, "short name for references", ""},
    {STP_POWERS, "name", STP_STRING, STP_REQUIRED, TEXT, POWER(name), 0, "name of the power outside", ""},
    {STP_POWERS, "stance", STP_NUMBER, STP_OPTIONAL, "", -1, 1, false, 0, NULL, POWER(stance), 0,
     "from blame (-1) to support (1) of the incumbent", MODEL},
    {STP_POWERS, "means", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 1, NULL, POWER(means), 0,
     "how much its stance can do", MODEL},
    {STP_POWERS, "distance", STP_NUMBER, STP_REQUIRED, "km", ABOVE_0, 0, NULL, POWER(distance), 0,
     "how far away it is: what is far is less salient", NOTICE},
    {STP_POWERS, "slots", STP_INTEGER, STP_OPTIONAL, "", 1, 9, false, 1, NULL, POWER(slots), 0,
     "hot spots that it can attend to at once, the most salient first", NOTICE},
    {STP_POWERS, "grants", STP_NUMBER, STP_OPTIONAL, "share", SHARE, 0.3, NULL, POWER(grants), 0,
     "support (stance, means and attention, times diplomacy) at which it grants troops when asked", MODEL},

    {STP_HOTSPOTS, "id", STP_ID, STP_REQUIRED, TEXT, HOTSPOT(id), 0, "short name for references", ""},
    {STP_HOTSPOTS, "name", STP_STRING, STP_REQUIRED, TEXT, HOTSPOT(name), 0, "what happens elsewhere", ""},
    {STP_HOTSPOTS, "salience", STP_NUMBER, STP_OPTIONAL, "", 0, 1e6, false, 0, NULL, HOTSPOT(salience), 0,
     "how salient it is to every power, on the scale of the country's own unrest (attention.unit)", NOTICE},

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
     "hours since the start, in place of the date `at`", "", .span = STP_SPAN_MOMENT},
    {STP_OBSERVED, "from_hour", STP_NUMBER, STP_ABSENT, "h", FROM_0, 0, NULL, OBSERVED(from_hour), 0,
     "the same, in place of `from`", "", .span = STP_SPAN_MOMENT},
    {STP_OBSERVED, "to_hour", STP_NUMBER, STP_ABSENT, "h", FROM_0, 0, NULL, OBSERVED(to_hour), 0,
     "the same, in place of `to`", "", .span = STP_SPAN_MOMENT},
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

    {STP_CLAIMS, "id", STP_ID, STP_REQUIRED, TEXT, CLAIM(id), 0, "short name, as questions have it in `claim`", ""},
    {STP_CLAIMS, "text", STP_STRING, STP_REQUIRED, TEXT, CLAIM(text), 0, "what is claimed", ""},
    {STP_CLAIMS, "source", STP_ID, STP_ABSENT, TEXT, CLAIM(source_id), 0, "id of the source that claims it", ""},
    {STP_CLAIMS, "note", STP_STRING, STP_ABSENT, TEXT, CLAIM(note), 0, "what is left out, or where else it is answered", ""},

    {STP_QUESTIONS, "id", STP_ID, STP_REQUIRED, TEXT, QUESTION(id), 0, "short name for references", ""},
    {STP_QUESTIONS, "text", STP_STRING, STP_REQUIRED, TEXT, QUESTION(text), 0, "the question, as one would ask it", ""},
    {STP_QUESTIONS, "claim", STP_STRING, STP_ABSENT, TEXT, QUESTION(claim), 0, "the claim that it puts to the test: id of one of `claims`, if the scenario has them", ""},
    {STP_QUESTIONS, "note", STP_STRING, STP_ABSENT, TEXT, QUESTION(note), 0, "what the arms stand for, and what they leave out", ""},
    {STP_QUESTIONS, "base", STP_TEXTS, STP_ABSENT, TEXT, QUESTION(base), QUESTION(base_count),
     "settings, KEY=VALUE as for --set, of the control arm (without them: the scenario as it stands)", ""},
    {STP_QUESTIONS, "change", STP_TEXTS, STP_REQUIRED, TEXT, QUESTION(change), QUESTION(change_count),
     "settings of the treatment arm, on top of those of the control arm", ""},
    {STP_QUESTIONS, "placebo", STP_TEXTS, STP_ABSENT, TEXT, QUESTION(placebo), QUESTION(placebo_count),
     "settings, on top of those of the control arm, that should do nothing", "Klein et al. 2024"},
    {STP_QUESTIONS, "control", STP_TEXTS, STP_ABSENT, TEXT, QUESTION(control), QUESTION(control_count),
     "settings, on top of those of the control arm, that are known to matter", ""},
    {STP_QUESTIONS, "outcome", STP_CHOICE, STP_REQUIRED, CHOICE(0, "citizen-hours|peak|deaths|arrests|detained|districts|units|legitimacy|strength|lowest-strength|fall|defections|exits|given|delivered"), QUESTION(outcome), 0,
     "what is compared (docs/questions.md)", ""},
    {STP_QUESTIONS, "from", STP_DATE, STP_ABSENT, TEXT, QUESTION(from), 0, "when the window of the outcome begins; without it, at the start", ""},
    {STP_QUESTIONS, "to", STP_DATE, STP_ABSENT, TEXT, QUESTION(to), 0, "when it ends, and the runs with it; without it, at the end", ""},
    {STP_QUESTIONS, "from_hour", STP_NUMBER, STP_ABSENT, "h", FROM_0, 0, NULL, QUESTION(from_hour), 0, "the same as `from`, in hours since the start", "", .span = STP_SPAN_MOMENT},
    {STP_QUESTIONS, "to_hour", STP_NUMBER, STP_ABSENT, "h", ABOVE_0, 0, NULL, QUESTION(to_hour), 0, "the same as `to`, in hours since the start", "", .span = STP_SPAN_MOMENT},
    {STP_QUESTIONS, "smallest", STP_NUMBER, STP_ABSENT, "share", ABOVE_0, 0, NULL, QUESTION(smallest), 0,
     "smallest effect of interest (the margin), as a share of the mean of the control arm", "Lakens 2017"},
    {STP_QUESTIONS, "smallest_absolute", STP_NUMBER, STP_ABSENT, "", ABOVE_0, 0, NULL, QUESTION(smallest_absolute), 0,
     "the same in units of the outcome", "Lakens 2017"},
    {STP_QUESTIONS, "scale", STP_NUMBER, STP_ABSENT, "residents", 1, 1e9, false, 0, NULL, QUESTION(scale), 0,
     "residents that one agent stands for (without it: the scenario's)", ""},
    {STP_QUESTIONS, "pairs", STP_INTEGER, STP_OPTIONAL, "", 10, 100000, false, 160, NULL, QUESTION(pairs), 0,
     "pairs of runs, at most; fewer if the verdict is settled; with fewer than 50 there is none", MODEL},
    {STP_QUESTIONS, "draws", STP_INTEGER, STP_OPTIONAL, "", 0, 100000, false, 64, NULL, QUESTION(draws), 0,
     "pairs over the parameter ranges, one at each point; 0: none", MODEL},
    {STP_QUESTIONS, "width", STP_NUMBER, STP_OPTIONAL, "share", 0, 1, true, 1, NULL, QUESTION(width), 0,
     "part of each range, around the value that is used, that these are drawn from", MODEL},
    {STP_QUESTIONS, "error", STP_NUMBER, STP_OPTIONAL, "share", 0, 0.5, true, 0.05, NULL, QUESTION(error), 0,
     "probability of a wrong verdict, over all looks at the data", "Lan and DeMets 1983"},
    {STP_QUESTIONS, "take_off", STP_NUMBER, STP_ABSENT, "share", 0, 1, true, 0, NULL, QUESTION(take_off), 0,
     "unrest has taken off where the citizen-hours of the window exceed this share of the residents' hours (without it: 0.0001, for outcomes of unrest)", MODEL},
    {STP_QUESTIONS, "by_construction", STP_STRING, STP_ABSENT, TEXT, QUESTION(by_construction), 0,
     "why the model cannot say otherwise: then that is the verdict, and nothing is run", ""},
    {STP_QUESTIONS, "driver", STP_STRING, STP_ABSENT, TEXT, QUESTION(driver), 0,
     "a value of the scenario (as for --set) whose size may decide the answer: break-even is looked for in its range", ""},
    {STP_QUESTIONS, "driver_low", STP_NUMBER, STP_ABSENT, "", ANY, 0, NULL, QUESTION(driver_low), 0,
     "low end of that range", ""},
    {STP_QUESTIONS, "driver_high", STP_NUMBER, STP_ABSENT, "", ANY, 0, NULL, QUESTION(driver_high), 0,
     "high end of that range", ""},
};
/* clang-format on */
const size_t STP_PARAMETER_COUNT = sizeof STP_PARAMETERS / sizeof *STP_PARAMETERS;

const char *stp_section_name(stp_section section)
{
    static const char *const NAMES[] = {"",
                                        "time",
                                        "citizens",
                                        "officers",
                                        "detention",
                                        "news",
                                        "hardship",
                                        "force",
                                        "legitimacy",
                                        "curfew",
                                        "fear",
                                        "obedience",
                                        "seat",
                                        "defection",
                                        "channels",
                                        "purge",
                                        "flight",
                                        "vacancies",
                                        "reform",
                                        "attention",
                                        "outcome",
                                        "threshold",
                                        "network",
                                        "contagion",
                                        "global_game",
                                        "ktab",
                                        "expected_utility",
                                        "appointment",
                                        "units",
                                        "districts",
                                        "forces",
                                        "events",
                                        "actors",
                                        "offices",
                                        "persons",
                                        "ties",
                                        "powers",
                                        "hotspots",
                                        "observed",
                                        "claims",
                                        "questions"};
    return NAMES[section];
}

#define LIST(section, type, records, count)             \
    {                                                   \
        section, sizeof(type), TOP(records), TOP(count) \
    }
/* The last three change no run. */
const stp_list STP_LISTS[] = {
    LIST(STP_UNITS, stp_unit, units, unit_count),
    LIST(STP_DISTRICTS, stp_place, places, place_count),
    LIST(STP_FORCES, stp_force, forces, force_count),
    LIST(STP_EVENTS, stp_event, events, event_count),
    LIST(STP_ACTORS, stp_actor, actors, actor_count),
    LIST(STP_OFFICES, stp_office, offices, office_count),
    LIST(STP_PERSONS, stp_person, persons, person_count),
    LIST(STP_TIES, stp_tie, ties, tie_count),
    LIST(STP_POWERS, stp_power, powers, power_count),
    LIST(STP_HOTSPOTS, stp_hotspot, hotspots, hotspot_count),
    LIST(STP_OBSERVED, stp_observation, observations, observation_count),
    LIST(STP_CLAIMS, stp_claim, claims, claim_count),
    LIST(STP_QUESTIONS, stp_question, questions, question_count),
};
const size_t STP_LIST_COUNT = sizeof STP_LISTS / sizeof *STP_LISTS;

const stp_list *stp_list_of(stp_section section)
{
    const stp_list *list = STP_LISTS;
    while (list->section != section)
        list++;
    return list;
}

size_t stp_list_count(const steppe_scenario *scenario, const stp_list *list)
{
    return *(const size_t *)(const void *)((const char *)scenario + list->count);
}

void *stp_list_record(const steppe_scenario *scenario, const stp_list *list, size_t index)
{
    char *records = *(char *const *)(const void *)((const char *)scenario +
                                                   list->records);
    return records ? records + index * list->size : NULL; /* NULL + 0 is undefined */
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

const stp_parameter *stp_parameter_at(const char *path)
{
    size_t length = strcspn(path, ".");
    for (size_t i = 0; i < STP_PARAMETER_COUNT && path[length]; i++) {
        const stp_parameter *p = &STP_PARAMETERS[i];
        const char *section = stp_section_name(p->section);
        if (p->section != STP_TOP && strcmp(p->name, path + length + 1) == 0 &&
            strlen(section) == length && strncmp(section, path, length) == 0)
            return p;
    }
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

bool stp_is_texts(stp_type type)
{
    return type == STP_IDS || type == STP_TEXTS;
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
