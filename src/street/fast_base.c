#include "street/fast_base.h"

void stp_sums_add(const stp_sums *sums, stp_tally *tally)
{
    steppe_counts *c = &tally->counts;
    c->activations += sums->activations;
    c->active += sums->active;
    c->arrests += sums->arrests;
    c->obeying += sums->obeying;
    c->violent += sums->violent;
    c->killed += sums->killed;
    c->wounded += sums->wounded;
    c->officers_killed += sums->officers_killed;
    c->officers_wounded += sums->officers_wounded;
    c->officers_left += sums->officers_left;
    tally->digest += sums->digest;
}

const char *stp_fast_variant(const stp_district *d)
{
    stp_stencil stencils[2];
    stp_stencil_make(&stencils[0], &d->citizen_disc);
    stp_stencil_make(&stencils[1], &d->officer_disc);
    return stp_is_square(stencils) ? "fast" : "fast, wide windows";
}

bool steppe_has_simd(steppe_simd simd)
{
    if (simd == STEPPE_SIMD_BEST || simd == STEPPE_SIMD_PLAIN)
        return true;
#ifdef STP_SIMD_LEVELS
    if (simd == STEPPE_SIMD_V3)
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
    if (simd == STEPPE_SIMD_V4)
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
               __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512vpopcntdq");
#endif
    return false;
}

int stp_level_choose(steppe_context *context, steppe_simd simd, const stp_level **level)
{
    static const stp_level *const LEVELS[] = {
        NULL,
        &stp_level_plain,
#ifdef STP_SIMD_LEVELS
        &stp_level_v3,
        &stp_level_v4,
#endif
    };
    if (simd == STEPPE_SIMD_BEST)
        simd = steppe_has_simd(STEPPE_SIMD_V4)   ? STEPPE_SIMD_V4
               : steppe_has_simd(STEPPE_SIMD_V3) ? STEPPE_SIMD_V3
                                                 : STEPPE_SIMD_PLAIN;
    if (!steppe_has_simd(simd))
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "this processor lacks the instructions of simd level %d", simd);
    *level = LEVELS[simd];
    return STEPPE_OK;
}
