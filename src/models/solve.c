#include "models/solve.h"

#include "models/appointment.h"
#include "models/global_game.h"
#include "scenario/model.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- what a solution is made of ---- */

static char *dotted(const char *name, const char *id)
{
    stp_text text = {0};
    stp_text_add(&text, "%s%s%s", name, id ? "." : "", id ? id : "");
    return text.data;
}

void stp_solution_add(steppe_solution *s, const char *name, const char *id, double value,
                      const char *unit, const char *meaning, const char *whose)
{
    if (s->outcome_count == s->outcome_capacity) {
        size_t capacity = 2 * s->outcome_capacity + 16;
        stp_solution_outcome *outcomes = realloc(s->outcomes,
                                                 capacity * sizeof *outcomes);
        if (!outcomes) {
            s->failed = true;
            return;
        }
        s->outcomes = outcomes;
        s->outcome_capacity = capacity;
    }
    stp_text words = {0};
    stp_text_add(&words, "%s%s%s", meaning, whose ? ": " : "", whose ? whose : "");
    stp_solution_outcome *o = &s->outcomes[s->outcome_count++];
    *o = (stp_solution_outcome){dotted(name, id), words.data, value, unit};
    s->failed |= words.failed || !o->name;
}

void stp_solution_add_plain(steppe_solution *s, const stp_plain_outcome *outcomes,
                            size_t count)
{
    for (size_t i = 0; i < count; i++)
        stp_solution_add(s, outcomes[i].name, NULL, outcomes[i].value, outcomes[i].unit,
                         outcomes[i].meaning, NULL);
}

bool stp_solution_allocate(steppe_solution *s, size_t steps, size_t columns)
{
    s->columns = calloc(columns, sizeof *s->columns);
    s->path = calloc(steps * columns, sizeof *s->path);
    if (!s->columns || !s->path) {
        s->failed = true;
        return false;
    }
    s->steps = steps;
    s->column_count = columns;
    return true;
}

void stp_solution_name(steppe_solution *s, size_t column, const char *name,
                       const char *id)
{
    s->columns[column] = dotted(name, id);
    s->failed |= !s->columns[column];
}

double *stp_solution_at(steppe_solution *s, size_t step, size_t column)
{
    return &s->path[step * s->column_count + column];
}

/* ---- the shortest of the models ---- */

int stp_solve_global_game(steppe_context *context, steppe_solution *solution)
{
    const steppe_scenario *s = solution->scenario;
    const stp_global_game game = {s->global_game.signal.value, s->global_game.alpha.value,
                                  s->global_game.beta.value, s->global_game.cost.value};
    double thresholds[STP_GLOBAL_GAME_MAX];
    int count = stp_global_game_thresholds(&game, thresholds);
    if (count == 0)
        return stp_fail(context, STEPPE_BAD_SCENARIO,
                        "%s: the global game has no threshold that can be computed",
                        s->file);
    stp_solution_add_plain(
        solution,
        (const stp_plain_outcome[]){
            {"unique", stp_global_game_is_unique(&game), "",
             "1 if there is one threshold whatever the signal and the cost"},
            {"thresholds", count, "",
             "thresholds that the game has; the middle one of three is unstable"}},
        2);
    for (int i = 0; i < count; i++) {
        char number[12];
        snprintf(number, sizeof number, "%d", i + 1);
        stp_solution_add(solution, "threshold", number, thresholds[i], "",
                         "the regime falls if its strength is below this", NULL);
    }
    return STEPPE_OK;
}

static void solve_vizier(steppe_solution *solution, double choice)
{
    static const struct {
        const char *id, *whose;
        double competence;
    } VIZIERS[] = {{"least", "a vizier of no competence (1/2)", 0.5},
                   {"chosen", "the vizier who is chosen", -1},
                   {"most", "a vizier of full competence (1)", 1}};
    const steppe_scenario *s = solution->scenario;
    const stp_appointment_effort effort = {s->appointment.base.value,
                                           s->appointment.cost.value,
                                           s->appointment.wage.value,
                                           s->appointment.outside_least.value,
                                           s->appointment.outside_most.value};
    for (int i = 0; i < 3; i++) {
        double competence = VIZIERS[i].competence < 0 ? choice : VIZIERS[i].competence;
        stp_solution_add(
            solution, "effort", VIZIERS[i].id,
            stp_appointment_loyalty(&effort, competence), "",
            "effort for the ruler, of which 1 takes away 1 - 1/e of his risk",
            VIZIERS[i].whose);
    }
}

int stp_solve_appointment(steppe_context *context, steppe_solution *solution)
{
    (void)context;
    const steppe_scenario *s = solution->scenario;
    const stp_appointment a = {s->appointment.weakness.value,
                               s->appointment.bribe.value,
                               s->appointment.punishment.value,
                               s->appointment.wage.value,
                               s->appointment.detect_least.value,
                               s->appointment.detect_most.value};
    double choice = stp_appointment_choice(&a);
    const stp_plain_outcome outcomes[] = {
        {"competence", choice, "probability",
         "competence q of the vizier whom the ruler chooses: that a signal is right "
         "(1/2: "
         "void, 1: always)"},
        {"belief_to_betray", stp_appointment_belief_to_betray(&a), "probability",
         "belief that the ruler is weak above which betrayal pays; above 1: never"},
        {"belief.weak", stp_appointment_posterior(&a, choice, true), "probability",
         "that vizier's belief after a signal of weakness"},
        {"betrayal.weak", stp_appointment_betrayal(&a, choice, true), "probability",
         "that the vizier betrays a weak ruler"},
        {"betrayal.strong", stp_appointment_betrayal(&a, choice, false), "probability",
         "that the vizier betrays a strong ruler"},
        {"survival", stp_appointment_survival(&a, choice), "",
         "what the ruler maximises: his survival, where the vizier is loyal"},
        {"survival.least", stp_appointment_survival(&a, 0.5), "",
         "the same with a vizier of no competence"},
        {"survival.most", stp_appointment_survival(&a, 1), "",
         "the same with a vizier of full competence"}};
    stp_solution_add_plain(solution, outcomes, sizeof outcomes / sizeof *outcomes);
    if (s->appointment.base.given)
        solve_vizier(solution, choice);
    return STEPPE_OK;
}

/* ---- the object ---- */

static int solve(steppe_context *context, steppe_solution *s)
{
    static int (*const SOLVE[])(steppe_context * context, steppe_solution * solution) = {
        [STP_THRESHOLD] = stp_solve_threshold,
        [STP_NETWORK] = stp_solve_network,
        [STP_CONTAGION] = stp_solve_contagion,
        [STP_GLOBAL_GAME] = stp_solve_global_game,
        [STP_KTAB] = stp_solve_ktab,
        [STP_EXPECTED_UTILITY] = stp_solve_expected_utility,
        [STP_APPOINTMENT] = stp_solve_appointment};
    int model = stp_model_of(s->scenario);
    if (!SOLVE[model])
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "%s: a street has no solution: it is run step by step "
                        "(steppe_run_create)",
                        s->scenario->file);
    int status = SOLVE[model](context, s);
    return status == STEPPE_OK && s->failed ? stp_no_memory(context) : status;
}

int steppe_solution_create(steppe_context *context, const steppe_scenario *scenario,
                           uint64_t seed, steppe_solution **solution)
{
    *solution = NULL;
    steppe_solution *s = calloc(1, sizeof *s);
    if (!s)
        return stp_no_memory(context);
    s->scenario = scenario;
    s->seed = seed;
    int status = solve(context, s);
    if (status != STEPPE_OK) {
        steppe_solution_free(s);
        return status;
    }
    *solution = s;
    return STEPPE_OK;
}

void steppe_solution_free(steppe_solution *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->outcome_count; i++) {
        free(s->outcomes[i].name);
        free(s->outcomes[i].meaning);
    }
    for (size_t i = 0; i < s->column_count; i++)
        free(s->columns[i]);
    free(s->outcomes);
    free(s->columns);
    free(s->path);
    free(s);
}

size_t steppe_solution_outcome_count(const steppe_solution *s)
{
    return s->outcome_count;
}

int steppe_solution_outcome(const steppe_solution *s, size_t index,
                            steppe_outcome *outcome)
{
    if (index >= s->outcome_count)
        return STEPPE_BAD_ARGUMENT;
    const stp_solution_outcome *o = &s->outcomes[index];
    *outcome = (steppe_outcome){o->name, o->value, o->unit, o->meaning};
    return STEPPE_OK;
}

size_t steppe_solution_series_count(const steppe_solution *s)
{
    return s->column_count;
}

const char *steppe_solution_series_name(const steppe_solution *s, size_t series)
{
    return series < s->column_count ? s->columns[series] : NULL;
}

size_t steppe_solution_series_steps(const steppe_solution *s)
{
    return s->steps;
}

int steppe_solution_series_value(const steppe_solution *s, size_t series, size_t step,
                                 double *value)
{
    if (series >= s->column_count || step >= s->steps)
        return STEPPE_BAD_ARGUMENT;
    *value = s->path[step * s->column_count + series];
    return STEPPE_OK;
}
