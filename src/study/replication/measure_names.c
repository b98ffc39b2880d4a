/* What the files of studies call the measures. */
#include "study/replication/study_reader.h"

static const char *const LATTICE[STP_MEASURE_COUNT] = {
    [STP_MEAN_ACTIVE] = "mean_active",
    [STP_PEAK] = "peak",
    [STP_PEAK_STEP] = "peak_step",
    [STP_CALM] = "calm",
    [STP_OUTBURSTS] = "outbursts",
    [STP_OUTBURST_SIZE] = "outburst_size",
    [STP_WAIT] = "wait",
    [STP_WAIT_SLOPE] = "wait_slope",
    [STP_MEAN_DETAINED] = "mean_detained",
    [STP_LAST_DETAINED] = "last_detained",
    [STP_TIPPED] = "tipped",
    [STP_OFFICERS_THEN] = "officers_then",
    [STP_KILLED] = "killed",
    [STP_EXTINCT] = "extinct",
    [STP_VICTOR] = "victor",
    [STP_ACTIVE_NEAR] = "active_near",
    [STP_ACTIVE_FAR] = "active_far",
    [STP_TENSION_BEFORE] = "tension_before",
    [STP_TENSION_CALM] = "tension_calm",
    [STP_ARRESTS] = "arrests",
    [STP_WOUNDED] = "wounded",
    [STP_OFFICERS_HIT] = "officers_hit",
    [STP_MEAN_VIOLENT] = "mean_violent",
    [STP_VIOLENT_EXCESS] = "violent_excess",
    [STP_DISTRICTS_REACHED] = "districts",
    [STP_ARRIVAL] = "arrival",
    [STP_STRENGTHENED] = "strengthened",
    [STP_LAST_LEGITIMACY] = "last_legitimacy",
    [STP_DIGEST] = "digest",
    [STP_ACTIVE_WITHIN] = "active_within",
    [STP_ACTIVE_AFTER] = "active_after",
    [STP_ARRESTS_WITHIN] = "arrests_within",
    [STP_OBEYING_WITHIN] = "obeying_within",
    [STP_OBEYING_AFTER] = "obeying_after",
    [STP_CITIZEN_HOURS] = "citizen_hours",
    [STP_FELL] = "fell",
};

static const char *const SEAT[STP_SEAT_MEASURE_COUNT] = {
    [STP_SEAT_STRENGTH] = "strength",
    [STP_SEAT_SIGNAL] = "signal",
    [STP_SEAT_THRESHOLD] = "threshold",
    [STP_SEAT_ORDERS] = "orders",
    [STP_SEAT_PACE] = "pace",
    [STP_SEAT_IMAGE] = "image",
    [STP_SEAT_BACKING] = "backing",
    [STP_SEAT_INSECURITY] = "insecurity",
    [STP_SEAT_OUTPUT] = "output",
    [STP_SEAT_RAMP] = "ramp",
    [STP_SEAT_ATTENTION] = "attention",
    [STP_SEAT_GRANTED] = "granted",
    [STP_SEAT_TURNED] = "turned",
    [STP_SEAT_ANY] = "any_turned",
    [STP_SEAT_PERSON_TURNED] = "person_turned",
    [STP_SEAT_OTHERS] = "others_turned",
    [STP_MAX_SEAT] = "max_turned",
    [STP_SEAT_SHARE_TURNED] = "share_turned",
    [STP_SEAT_FELL] = "fell",
    [STP_SEAT_FELL_ELITE] = "fell_elite",
    [STP_SEAT_FELL_STREET] = "fell_street",
    [STP_SEAT_COMPETENCE] = "competence",
    [STP_SEAT_THEN] = "strength_then",
    [STP_SEAT_EXITS] = "exits",
    [STP_SEAT_PERSON_EXITS] = "person_exits",
    [STP_SEAT_GIFTS] = "gifts",
    [STP_SEAT_GIVEN] = "given",
    [STP_SEAT_FRIGHTENED] = "frightened",
    [STP_SEAT_KEPT] = "money_kept",
};

const char *const *stp_measure_names(const stp_arm *arm, size_t *count)
{
    if (arm->kind == STP_ARM_SOLVED) {
        *count = arm->outcome_count;
        return arm->outcomes;
    }
    *count = arm->width;
    return arm->kind == STP_ARM_SEAT ? SEAT : LATTICE;
}
