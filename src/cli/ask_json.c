/* An answer of steppe ask as JSON. */
#include "ask.h"

#include <math.h>

const char *ask_break_even_text(steppe_break_even found)
{
    static const char *const TEXTS[] = {"none", "found", "nowhere", "not resolved"};
    return TEXTS[found];
}

static json_t *real(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *reals(const double *values, int count)
{
    json_t *list = json_array();
    for (int k = 0; k < count; k++)
        json_array_append_new(list, real(values[k]));
    return list;
}

static json_t *space_json(const steppe_answer_facts *f)
{
    json_t *drivers = json_array();
    for (size_t k = 0; k < f->driver_count; k++)
        json_array_append_new(drivers,
                              json_pack("{s:s, s:o, s:o}", "path", f->drivers[k],
                                        "correlation", real(f->driver_correlation[k]),
                                        "p", real(f->driver_p[k])));
    json_t *screening = json_pack("{s:b, s:I, s:I, s:o, s:o, s:o}", "done",
                                  (int)f->screened, "ranges",
                                  (json_int_t)f->screen_ranges, "points_needed",
                                  (json_int_t)f->screen_points, "least_correlation",
                                  real(f->screen_least), "dummy_correlation",
                                  real(f->dummy_correlation), "dummy_p",
                                  real(f->dummy_p));
    return json_pack("{s:f, s:I, s:I, s:o, s:o, s:I, s:I, s:I, s:I, s:I, s:o, s:o, s:o}",
                     "width", f->width, "draws", (json_int_t)f->draws, "agree",
                     (json_int_t)f->draws_agree, "agree_low", real(f->agree_low),
                     "agree_high", real(f->agree_high), "failed",
                     (json_int_t)f->draws_failed, "more", (json_int_t)f->draws_positive,
                     "same", (json_int_t)f->draws_zero, "less",
                     (json_int_t)f->draws_negative, "beyond", (json_int_t)f->draws_beyond,
                     "quantiles", reals(f->draw_quantiles, 5), "drivers", drivers,
                     "screening", screening);
}

static json_t *sides_json(const steppe_answer_facts *f)
{
    json_t *object = json_pack("{s:I}", "pairs", (json_int_t)f->side_pairs);
    if (f->has_placebo)
        json_object_set_new(object, "placebo",
                            json_pack("{s:I, s:o, s:o, s:o}", "identical",
                                      (json_int_t)f->placebo_identical, "effect",
                                      real(f->placebo_effect), "low",
                                      real(f->placebo_low), "high",
                                      real(f->placebo_high)));
    if (f->has_control)
        json_object_set_new(object, "positive_control",
                            json_pack("{s:o, s:o, s:o}", "effect",
                                      real(f->control_effect), "low",
                                      real(f->control_low), "high",
                                      real(f->control_high)));
    return object;
}

static json_t *points_json(const steppe_answer_facts *f)
{
    json_t *list = json_array();
    for (size_t k = 0; k < f->point_count; k++) {
        const steppe_answer_point *p = &f->points[k];
        json_array_append_new(list,
                              json_pack("{s:o, s:o, s:o, s:o}", "value", real(p->value),
                                        "effect", real(p->effect), "low", real(p->low),
                                        "high", real(p->high)));
    }
    return list;
}

static json_t *take_off_json(const steppe_answer_facts *f)
{
    if (!(f->take_off > 0))
        return json_null();
    return json_pack(
        "{s:f, s:o, s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:[o, o, o]}",
        "share", f->take_off, "citizen_hours", real(f->take_off_hours), "both",
        (json_int_t)f->off_both, "control", (json_int_t)f->off_base, "treatment",
        (json_int_t)f->off_changed, "neither", (json_int_t)f->off_neither, "control_rate",
        reals(f->off_rate[0], 3), "treatment_rate", reals(f->off_rate[1], 3),
        "difference", real(f->off_difference), "low", real(f->off_low), "high",
        real(f->off_high), "p", real(f->off_p), "effect_given_both",
        real(f->given_effect), real(f->given_low), real(f->given_high));
}

static json_t *flips_json(const steppe_answer_facts *f)
{
    return json_pack("{s:I, s:o, s:o, s:o, s:o}", "seen", (json_int_t)f->flips, "most",
                     real(f->flips_most), "size", real(f->flips_size), "low",
                     real(f->robust_low), "high", real(f->robust_high));
}

static json_t *falls_json(const steppe_answer_facts *f)
{
    if (!f->falls)
        return json_null();
    return json_pack("{s:I, s:I, s:I, s:I, s:o, s:o, s:o, s:o}", "both",
                     (json_int_t)f->fell_both, "first", (json_int_t)f->fell_base,
                     "second", (json_int_t)f->fell_changed, "neither",
                     (json_int_t)f->fell_neither, "difference", real(f->fall_difference),
                     "low", real(f->fall_low), "high", real(f->fall_high), "p",
                     real(f->fall_p));
}

static json_t *break_even_json(const steppe_answer_facts *f)
{
    return json_pack("{s:s, s:I, s:o, s:s, s:o, s:o, s:o}", "driver", f->driver, "pairs",
                     (json_int_t)f->point_pairs, "points", points_json(f), "found",
                     ask_break_even_text(f->turn), "value", real(f->break_even), "low",
                     real(f->break_even_low), "high", real(f->break_even_high));
}

/* Everything that is a number of the pairs. */
static json_t *numbers_json(const steppe_answer_facts *f)
{
    const struct {
        const char *name;
        double value;
    } NUMBERS[] = {{"smallest", f->smallest},
                   {"agent", f->agent},
                   {"base", f->base},
                   {"changed", f->changed},
                   {"effect", f->effect},
                   {"low", f->low},
                   {"high", f->high},
                   {"bootstrap_low", f->bootstrap_low},
                   {"bootstrap_high", f->bootstrap_high},
                   {"narrow_low", f->narrow_low},
                   {"narrow_high", f->narrow_high},
                   {"ratio", f->ratio},
                   {"ratio_low", f->ratio_low},
                   {"ratio_high", f->ratio_high},
                   {"equivalence_p", f->equivalence},
                   {"superiority", f->superiority},
                   {"variance_reduction", f->variance_reduction},
                   {"needed", f->needed},
                   {"needed_equivalent", f->needed_equivalent}};
    json_t *object = json_object();
    for (size_t k = 0; k < sizeof NUMBERS / sizeof *NUMBERS; k++)
        json_object_set_new(object, NUMBERS[k].name, real(NUMBERS[k].value));
    json_object_set_new(object, "share",
                        f->share > 0 ? json_real(f->share) : json_null());
    return object;
}

json_t *ask_answer_json(const steppe_answer *answer)
{
    static const char *const REASONS[] = {"", "too few pairs", "too few differ",
                                          "rare flips"};
    const steppe_answer_facts *f = steppe_answer_read(answer);
    json_t *object = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, "
        "s:I, "
        "s:f}",
        "id", f->id, "text", f->text, "claim", f->claim, "outcome", f->outcome, "unit",
        f->unit, "verdict", steppe_verdict_text(f->verdict), "reason", REASONS[f->reason],
        "because", f->because, "words", steppe_answer_words(answer), "pairs",
        (json_int_t)f->pairs, "max_pairs", (json_int_t)f->max_pairs, "failed",
        (json_int_t)f->failed, "identical", (json_int_t)f->identical, "same_before",
        (json_int_t)f->same_before, "idle", (json_int_t)f->idle, "changes_after_step",
        (json_int_t)f->changes, "scale", f->scale);
    json_t *more = numbers_json(f);
    json_t *rest = json_pack("{s:[I, I, I], s:[o, o, o], s:o, s:o, s:o, s:o, s:o}",
                             "signs", (json_int_t)f->positive, (json_int_t)f->zero,
                             (json_int_t)f->negative, "quantiles",
                             reals(f->quantiles[0], 5), reals(f->quantiles[1], 5),
                             reals(f->quantiles[2], 5), "flips", flips_json(f),
                             "take_off", take_off_json(f), "sides", sides_json(f),
                             "space", space_json(f), "falls", falls_json(f));
    json_object_update(object, more);
    json_object_update(object, rest);
    json_decref(more);
    json_decref(rest);
    json_object_set_new(object, "population_seed",
                        cli_population_json(f->population_held, f->population_seed));
    if (*f->driver && f->point_count > 0)
        json_object_set_new(object, "break_even", break_even_json(f));
    return object;
}
