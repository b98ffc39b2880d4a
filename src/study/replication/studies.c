#include "study/replication/replicate.h"

/* What each says stands in its file. */
const stp_study STP_STUDIES[] = {
    {"epstein", "Epstein 2002: civil violence, Models I and II"},
    {"netlogo", "NetLogo's Rebellion, by its own rules"},
    {"mesa", "Mesa's Epstein model, by its own rules"},
    {"granovetter", "Granovetter 1978: thresholds"},
    {"kuran", "Kuran 1989: sparks and prairie fires"},
    {"siegel", "Siegel 2009: networks and collective action"},
    {"global-game", "Casper and Tyson 2014, Morris and Shin 2003: the global game"},
    {"ktab", "KTAB: collective choice by three resolution rules"},
    {"expected-utility", "Scholz, Calbert and Smith 2011: expected utility bargaining"},
    {"egorov-sonin", "Egorov and Sonin 2011, Zakharov 2016: whom a ruler appoints"},
    {"contagion", "Bonnasse-Gahot et al. 2018: contagion between districts"},
    {"mechanisms", "The mechanisms of Steppe, one at a time: directions"},
    {"seat",
     "The seat of power: offices, networks, appointments, reform, powers outside"},
};
const size_t STP_STUDY_COUNT = sizeof STP_STUDIES / sizeof *STP_STUDIES;
