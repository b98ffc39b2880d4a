#include "scenario/observable.h"

const stp_measure_row STP_OBSERVABLES[STP_OBSERVABLE_COUNT] = {
    [STP_OBSERVABLE_UNITS_WITH_UNREST] = {"units-with-unrest", "units", STP_BY_NUMBER,
                                          false, true,
                                          "units with a district in unrest at any step"},
    [STP_OBSERVABLE_TURNOUT] = {"turnout", "residents", STP_BY_RATIO, false, false,
                                "most residents active at the end of one step"},
    [STP_OBSERVABLE_PARTICIPANTS] =
        {"participants", "residents", STP_BY_RATIO, false, false,
         "each district's most active residents at the end of one step, "
         "summed: the least that took part"},
    [STP_OBSERVABLE_DEATHS] = {"deaths", "persons", STP_BY_RATIO, false, false,
                               "citizens and officers killed"},
    [STP_OBSERVABLE_DEATHS_SHARE] =
        {"deaths-share", "share", STP_BY_SHARE, false, false,
         "share of all deaths of the period that happened here"},
    [STP_OBSERVABLE_DETAINED] = {"detained", "residents", STP_BY_RATIO, true, false,
                                 "residents in detention at that time"},
    [STP_OBSERVABLE_DETAINED_SHARE] =
        {"detained-share", "share", STP_BY_SHARE, false, false,
         "detained at the end of the period, per participant of it"},
    [STP_OBSERVABLE_ARRESTS] = {"arrests", "residents", STP_BY_RATIO, false, false,
                                "arrests"},
    [STP_OBSERVABLE_VIOLENCE_PEAK] =
        {"violence-peak", "h", STP_BY_HOURS, false, false,
         "when the first of the steps with most violent residents ends"},
    [STP_OBSERVABLE_NON_VIOLENT_UNITS] =
        {"non-violent-units", "share", STP_BY_SHARE, false, true,
         "share of units of whose residents never more than a tenth "
         "of unrest_share are violent"},
    [STP_OBSERVABLE_OBEYING] =
        {"obeying", "share", STP_BY_SHARE, false, false,
         "share of officers on the street who obey, mean over the steps"},
    [STP_OBSERVABLE_FIRST_UNREST] =
        {"first-unrest", "", STP_BY_SHARE, false, false,
         "1 if the first district in unrest is one of these, else 0"},
    [STP_OBSERVABLE_UNREST_AFTER] =
        {"unrest-after", "", STP_BY_RATIO, true, false,
         "unrest of the 24 hours after, over that of the 24 before"},
    [STP_OBSERVABLE_NONE] = {"none", "", STP_BY_NUMBER, false, false,
                             "nothing in a results file measures it"},
};
