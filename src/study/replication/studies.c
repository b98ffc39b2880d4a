#include "study/replication/replicate.h"

const stp_study STP_STUDIES[] = {
    {"epstein", "Epstein 2002: civil violence, Models I and II",
     "Run by run as in the paper's Table 2, each with the three ways to take the ratio "
     "of "
     "officers to actives: cut to a whole number (floor), as printed (literal), "
     "rounded."},
    {"netlogo", "NetLogo's Rebellion, by its own rules",
     "The preset `netlogo-rebellion.yaml` at its default settings."},
    {"mesa", "Mesa's Epstein model, by its own rules",
     "The preset `mesa-epstein.yaml` at its default settings."},
    {"granovetter", "Granovetter 1978: thresholds",
     "Who acts once enough others do; to every printed digit."},
    {"kuran", "Kuran 1989: sparks and prairie fires",
     "Public opposition as the smallest fixed point of the thresholds; the sequences "
     "from "
     "memory."},
    {"siegel", "Siegel 2009: networks and collective action",
     "Participation on four kinds of network; the rule from memory, the numbers "
     "assumptions: "
     "what is compared is the direction."},
    {"global-game", "Casper and Tyson 2014, Morris and Shin 2003: the global game",
     "Below which strength a regime falls when those who may turn on it see a public "
     "signal."},
    {"ktab", "KTAB: collective choice by three resolution rules",
     "Odds of the options, to every printed digit."},
    {"expected-utility", "Scholz, Calbert and Smith 2011: expected utility bargaining",
     "The test set of ten countries under the three readings of the published formula. A "
     "comparator only: its replications doubt it, and each other."},
    {"egorov-sonin", "Egorov and Sonin 2011, Zakharov 2016: whom a ruler appoints",
     "Reductions of the models, whose numbers are assumptions: what is compared is the "
     "direction."},
    {"contagion", "Bonnasse-Gahot et al. 2018: contagion between places",
     "The equations from memory, on invented places: what is compared is the direction."},
    {"mechanisms", "The mechanisms of Steppe, one at a time: directions",
     "Invented places in which everything is off but one mechanism: the same seeds with "
     "more and "
     "with less of it. What is compared is the direction that the source gives, not a "
     "number. Of "
     "more than two doses, what counts is by how much a straight line through them rises "
     "from the "
     "first to the last, run by run."},
    {"seat", "The seat of power: offices, networks, appointments, reform, powers outside",
     "An invented country with a divided seat of power. Most rows run the seat alone, "
     "many times, and show it a street that is given; those in citizen-hours run the "
     "whole "
     "country. What is compared is the direction; of more than two doses as for the "
     "mechanisms."},
};
const size_t STP_STUDY_COUNT = sizeof STP_STUDIES / sizeof *STP_STUDIES;
