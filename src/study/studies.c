#include "study/claims.h"

const stp_study STP_STUDIES[] = {
    {"epstein", "Epstein 2002: civil violence, Models I and II",
     "Run by run as in the paper's Table 2, each with the three ways to take the ratio "
     "of "
     "officers to actives: cut to a whole number (floor), as printed (literal), rounded.",
     stp_epstein_plan, stp_epstein_judge},
    {"netlogo", "NetLogo's Rebellion, by its own rules",
     "The preset `netlogo-rebellion.yaml` at its default settings.", stp_netlogo_plan,
     stp_netlogo_judge},
    {"mesa", "Mesa's Epstein model, by its own rules",
     "The preset `mesa-epstein.yaml` at its default settings.", stp_mesa_plan,
     stp_mesa_judge},
};
const size_t STP_STUDY_COUNT = sizeof STP_STUDIES / sizeof *STP_STUDIES;
