/* Sensitivity indices as tables, and as a page in Markdown with pictures. */
#include "report/charts/bars.h"
#include "report/charts/chart.h"
#include "report/charts/effects.h"
#include "report/format/markdown.h"
#include "report/format/table.h"
#include "study/sensitivity/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN = 20 }; /* groups in a picture, and the dummy */

/* ---- tables ---- */

typedef struct convergence_row {
    const char *outcome, *group;
    size_t count;
    double index, low, high;
} convergence_row;

typedef struct outcome_row {
    const char *name, *unit, *meaning;
    size_t points, missing;
    double mean, deviation;
} outcome_row;

typedef struct parameter_row {
    const char *path, *group, *kind;
    double value, low, high;
    char words[3][64]; /* the same, with their units */
} parameter_row;

/* clang-format off */
#define F(member) STEPPE_FIELD(steppe_sensitivity_row, member)
static const steppe_column BY_MORRIS[] = {
    {"outcome", "outcome", F(outcome)},
    {"rank", "rank", STEPPE_CELL_COUNT, F(rank)},
    {"group", "group", STEPPE_CELL_CODE, F(group)},
    {"parameters", "parameters", STEPPE_CELL_COUNT, F(parameters)},
    {"mu_star", "mu*", STEPPE_CELL_NUMBER, 0, 2, F(index)},
    {"mu_star_low", F(low)},
    {"mu_star_high", F(high)},
    {"spread", "spread", STEPPE_CELL_NUMBER, F(spread)},
    {"mu", "mu", STEPPE_CELL_NUMBER, .wide = true, F(mu)},
    {"sigma", "sigma", STEPPE_CELL_NUMBER, .wide = true, F(sigma)},
    {"effects", "effects", STEPPE_CELL_COUNT, F(used)},
    {"dummy", F(dummy)},
    {"above_dummy", "above dummy", STEPPE_CELL_FLAG, F(above)}};
static const steppe_column BY_SOBOL[] = {
    {"outcome", "outcome", F(outcome)},
    {"rank", "rank", STEPPE_CELL_COUNT, F(rank)},
    {"group", "group", STEPPE_CELL_CODE, F(group)},
    {"parameters", "parameters", STEPPE_CELL_COUNT, F(parameters)},
    {"total", "total", STEPPE_CELL_FIXED, 3, 2, F(index)},
    {"total_low", F(low)},
    {"total_high", F(high)},
    {"first", "first", STEPPE_CELL_FIXED, 3, 2, F(second)},
    {"first_low", F(second_low)},
    {"first_high", F(second_high)},
    {"first_jansen", "first (Jansen)", STEPPE_CELL_FIXED, 3, .wide = true, F(first_jansen)},
    {"rows", "rows", STEPPE_CELL_COUNT, F(used)},
    {"dummy", F(dummy)},
    {"above_dummy", "above dummy", STEPPE_CELL_FLAG, F(above)}};
static const steppe_column BY_PAWN[] = {
    {"outcome", "outcome", F(outcome)},
    {"rank", "rank", STEPPE_CELL_COUNT, F(rank)},
    {"parameter", "parameter", STEPPE_CELL_CODE, F(group)},
    {"median", "median distance", STEPPE_CELL_FIXED, 3, 2, F(index)},
    {"median_low", F(low)},
    {"median_high", F(high)},
    {"maximum", "maximum", STEPPE_CELL_FIXED, 3, 2, F(second)},
    {"maximum_low", F(second_low)},
    {"maximum_high", F(second_high)},
    {"points", "points", STEPPE_CELL_COUNT, F(used)},
    {"dummy", F(dummy)},
    {"above_dummy", "above dummy", STEPPE_CELL_FLAG, F(above)}};
#undef F
#define F(member) STEPPE_FIELD(outcome_row, member)
static const steppe_column OUTCOMES[] = {
    {"name", "outcome", F(name)},
    {"unit", "unit", F(unit)},
    {"meaning", "what it is", .wide = true, F(meaning)},
    {"mean", "mean", STEPPE_CELL_NUMBER, F(mean)},
    {"deviation", "standard deviation", STEPPE_CELL_NUMBER, F(deviation)},
    {"points", "points", STEPPE_CELL_COUNT, F(points)},
    {"missing", "without it", STEPPE_CELL_COUNT, F(missing)}};
#undef F
#define F(member) STEPPE_FIELD(convergence_row, member)
static const steppe_column CONVERGENCE[] = {
    {"outcome", "outcome", F(outcome)},
    {"group", "group", STEPPE_CELL_CODE, F(group)},
    {"count", "design", STEPPE_CELL_COUNT, F(count)},
    {"index", "index", STEPPE_CELL_NUMBER, 0, 2, F(index)},
    {"low", F(low)},
    {"high", F(high)}};
#undef F
#define F(member) STEPPE_FIELD(parameter_row, member)
static const steppe_column PARAMETERS[] = {
    {"path", "parameter", STEPPE_CELL_CODE, F(path)},
    {"group", "group", STEPPE_CELL_CODE, F(group)},
    {NULL, "value", F(words[0])},
    {NULL, "low", F(words[1])},
    {NULL, "high", F(words[2])},
    {"value", F(value)},
    {"low", F(low)},
    {"high", F(high)},
    {"kind", "kind", .wide = true, F(kind)}};
#undef F
/* clang-format on */

static void add_indices(steppe_table *t, const void *object)
{
    const steppe_sensitivity *s = object;
    for (size_t i = 0; i < s->facts.outcomes * s->factors.groups; i++)
        steppe_table_add(t, &s->rows[i]);
}

static void add_outcomes(steppe_table *t, const void *object)
{
    const steppe_sensitivity *s = object;
    for (size_t i = 0; i < s->facts.outcomes; i++) {
        const stp_sensitivity_outcome *o = &s->outcomes[i];
        steppe_table_add(t, &(outcome_row){o->name, o->unit, o->meaning, s->facts.points,
                                           o->missing, o->mean, o->deviation});
    }
}

static void add_convergence(steppe_table *t, const void *object)
{
    const steppe_sensitivity *s = object;
    size_t n = s->factors.groups;
    for (size_t i = 0; i < s->facts.outcomes * n; i++)
        for (size_t k = 0; k < s->step_count; k++) {
            size_t group = s->order[i];
            const stp_sensitivity_step *p =
                &s->steps[(i / n * n + group) * s->step_count + k];
            steppe_table_add(t,
                             &(convergence_row){s->outcomes[i / n].name, s->groups[group],
                                                p->count, p->index, p->low, p->high});
        }
}

static void add_parameters(steppe_table *t, const void *object)
{
    const steppe_sensitivity *s = object;
    char text[64];
    for (size_t k = 0; k < s->range_count; k++) {
        const stp_range *r = &s->ranges[k];
        parameter_row row = {r->path,
                             s->groups[s->group_of[k]],
                             stp_kind_word(r->kind),
                             r->value,
                             r->low,
                             r->high,
                             {{0}}};
        const double values[3] = {r->value, r->low, r->high};
        for (int i = 0; i < 3; i++)
            snprintf(row.words[i], sizeof row.words[i], "%s",
                     stp_value_text(r->parameter, values[i], text, sizeof text));
        steppe_table_add(t, &row);
    }
}

steppe_table *steppe_sensitivity_table(const steppe_sensitivity *s, const char *name)
{
    static const steppe_table_kind INDICES[] = {
        {"indices", STEPPE_COLUMNS(BY_MORRIS), add_indices},
        {"indices", STEPPE_COLUMNS(BY_SOBOL), add_indices},
        {"indices", STEPPE_COLUMNS(BY_PAWN), add_indices}};
    const steppe_table_kind kinds[] = {
        INDICES[s->method],
        {"outcomes", STEPPE_COLUMNS(OUTCOMES), add_outcomes},
        {"convergence", STEPPE_COLUMNS(CONVERGENCE), add_convergence},
        {"parameters", STEPPE_COLUMNS(PARAMETERS), add_parameters},
        {0}};
    return steppe_table_make(kinds, name, s);
}

/* ---- pictures ---- */

static const steppe_sensitivity_row *rows_of(const steppe_sensitivity *s, size_t outcome)
{
    return s->rows + outcome * s->factors.groups;
}

/* The first groups by rank and the dummy. */
static bool is_drawn(const steppe_sensitivity_row *row)
{
    return row->rank <= SHOWN || row->dummy;
}

static double dummy_high(const steppe_sensitivity *s, size_t outcome)
{
    for (size_t i = 0; i < s->factors.groups; i++)
        if (rows_of(s, outcome)[i].dummy)
            return rows_of(s, outcome)[i].high;
    return NAN;
}

static void fill_bars(const steppe_sensitivity *s, size_t outcome, stp_bar *bars,
                      stp_bar_panel *panel)
{
    *panel = (stp_bar_panel){s->outcomes[outcome].name, stp_sensitivity_index_name(s),
                             bars, 0, dummy_high(s, outcome)};
    if (s->method != STEPPE_MORRIS)
        panel->axis = "index";
    for (size_t i = 0; i < s->factors.groups; i++) {
        const steppe_sensitivity_row *r = &rows_of(s, outcome)[i];
        if (is_drawn(r))
            bars[panel->count++] = (stp_bar){r->group,       r->index,  r->low,
                                             r->high,        r->second, r->second_low,
                                             r->second_high, !r->above};
    }
}

/* What the page and its pictures are made of. */
typedef struct page {
    steppe_context *context;
    const steppe_sensitivity *s;
    const char *stem;
} page;

static int draw_bars(FILE *file, const void *user)
{
    static const char *const FIRST[] = {"mu*", "total", "median"},
                             *const SECOND[] = {NULL, "first order", "maximum"};
    const page *p = user;
    const steppe_sensitivity *s = p->s;
    size_t n = s->facts.outcomes, most = s->factors.groups;
    stp_bar *bars = calloc(n * most + 1, sizeof *bars);
    stp_bar_panel *panels = calloc(n + 1, sizeof *panels);
    int result = bars && panels ? 0 : stp_no_memory(p->context);
    for (size_t i = 0; result == 0 && i < n; i++)
        fill_bars(s, i, bars + i * most, &panels[i]);
    if (result == 0 && stp_bars_write(file, "Sensitivity indices", FIRST[s->method],
                                      SECOND[s->method], panels, n) != 0)
        result = 1;
    free(bars);
    free(panels);
    return result;
}

/* Has every group a sigma? */
static bool has_sigma(const steppe_sensitivity *s)
{
    return s->factors.groups == s->factors.count;
}

static void fill_effects(const steppe_sensitivity *s, size_t outcome, stp_effect *effects,
                         stp_effect_panel *panel)
{
    bool sigma = has_sigma(s);
    *panel = (stp_effect_panel){s->outcomes[outcome].name, "mu*: mean absolute effect",
                                sigma ? "sigma: standard deviation of the effects"
                                      : "standard deviation of the absolute effects",
                                effects, s->factors.groups};
    for (size_t i = 0; i < s->factors.groups; i++) {
        const steppe_sensitivity_row *r = &rows_of(s, outcome)[i];
        effects[i] = (stp_effect){r->group, r->index, sigma ? r->sigma : r->spread,
                                  !r->above, (r->rank <= 12 && r->index > 0) || r->dummy};
    }
}

static int draw_effects(FILE *file, const void *user)
{
    const page *p = user;
    const steppe_sensitivity *s = p->s;
    size_t n = s->facts.outcomes, most = s->factors.groups;
    stp_effect *effects = calloc(n * most + 1, sizeof *effects);
    stp_effect_panel *panels = calloc(n + 1, sizeof *panels);
    int result = effects && panels ? 0 : stp_no_memory(p->context);
    for (size_t i = 0; result == 0 && i < n; i++)
        fill_effects(s, i, effects + i * most, &panels[i]);
    if (result == 0 && stp_effects_write(file, "Elementary effects", panels, n) != 0)
        result = 1;
    free(effects);
    free(panels);
    return result;
}

static int draw_convergence(FILE *file, const void *user)
{
    const page *p = user;
    const steppe_sensitivity *s = p->s;
    size_t n = s->facts.outcomes;
    stp_plot *plots = calloc(n + 1, sizeof *plots);
    int result = plots ? 0 : stp_no_memory(p->context);
    for (size_t i = 0; result == 0 && i < n; i++)
        if (stp_sensitivity_convergence_plot(s, i, &plots[i]) != 0)
            result = stp_no_memory(p->context);
    if (result == 0 && stp_chart_write(file, plots, n, n < 2 ? 1 : 2) != 0)
        result = 1;
    for (size_t i = 0; plots && i < n; i++)
        stp_plot_clear(&plots[i]);
    free(plots);
    return result;
}

/* ---- the page ---- */

static void write_head(FILE *file, const steppe_sensitivity *s)
{
    const steppe_sensitivity_facts *f = &s->facts;
    fputs("# ", file);
    stp_page_text(file, steppe_scenario_title(s->scenario));
    fprintf(
        file,
        ": which parameters matter?\n\nWritten by `steppe sensitivity --page`, not by "
        "hand; version %s, results version %d.\n\nMethod: %s. %zu parameters in %zu "
        "groups, and a dummy; %zu %s, %zu points, %zu seed%s each: %zu runs of %llu "
        "steps, %g resident%s per agent, seed %llu.",
        steppe_version(), STEPPE_RESULTS_VERSION, f->method, f->parameters, f->groups,
        f->count, stp_sensitivity_unit_name(s), f->points, f->seeds,
        f->seeds == 1 ? "" : "s", f->runs, (unsigned long long)f->steps, f->scale,
        f->scale == 1 ? "" : "s", (unsigned long long)f->seed);
    if (f->failed)
        fprintf(file, " %zu runs failed; their outcomes are missing.", f->failed);
    fputs("\n\n", file);
}

static void write_outcome(FILE *file, const steppe_sensitivity *s, size_t outcome)
{
    static const steppe_column *const COLUMNS[] = {BY_MORRIS, BY_SOBOL, BY_PAWN};
    static const size_t COUNTS[] = {sizeof BY_MORRIS / sizeof *BY_MORRIS,
                                    sizeof BY_SOBOL / sizeof *BY_SOBOL,
                                    sizeof BY_PAWN / sizeof *BY_PAWN};
    const stp_sensitivity_outcome *o = &s->outcomes[outcome];
    fprintf(file, "## %s\n\nIn %s: ", o->name, o->unit);
    stp_page_text(file, o->meaning);
    fputs(".\n\n", file);
    if (o->missing)
        fprintf(file, "%zu of %zu points do not have this outcome. %s\n\n", o->missing,
                s->facts.points,
                s->method == STEPPE_MORRIS  ? "An effect with such an end is left out."
                : s->method == STEPPE_SOBOL ? "Rows with such a point are left out."
                                            : "They are left out.");
    steppe_table *table = steppe_table_create(COLUMNS[s->method] +
                                                  1, /* without the outcome */
                                              COUNTS[s->method] - 1);
    for (size_t i = 0; i < s->factors.groups; i++)
        steppe_table_add(table, &rows_of(s, outcome)[i]);
    stp_table_put(file, table);
}

static void write_rules(FILE *file, const steppe_sensitivity *s)
{
    static const char *const RULES[] = {
        "*mu\\** is the mean absolute change of the outcome when all parameters of a "
        "group "
        "move by two thirds of their ranges\n(on four levels), over that share "
        "(Campolongo, Cariboni and Saltelli 2007). *Spread* and *sigma* are large where "
        "the\neffect depends on the other parameters, or is not linear; *mu* and "
        "*sigma*, "
        "with signs, exist for single parameters alone.\n",
        "*First* is the share of the outcome's variance that a group explains alone "
        "(Saltelli and others 2010); *total* the share\nthat would remain if all others "
        "were known, with all interactions (Jansen 1999).\n",
        "A *distance* is that of Kolmogorov and Smirnov between the outcome in a slice "
        "of "
        "the parameter's range and in all points\n(Pianosi and Wagener 2018): the median "
        "and the maximum over slices.\n"};
    static const char *const DUMMIES[] = {
        "The *dummy* has no parameter: when it moves, only the seeds change. A group "
        "that "
        "is not above it cannot be told from chance.",
        "The *dummy* has no parameter: when it moves, only the seeds change. A group "
        "that "
        "is not above it cannot be told from chance.",
        ("The *dummy* is drawn like a parameter, and nothing depends on it. What is not "
        "above it cannot be told from chance.")};
    fprintf(file,
            "## How to read it\n\n%s\n%s\nIntervals: 95 %%, bootstrap over %s; they do "
            "not correct for the number of groups. More in\n"
            "docs/sensitivity.md of the program.\n\n## Parameters\n\n",
            RULES[s->method], DUMMIES[s->method],
            s->method == STEPPE_MORRIS ? "effects" : stp_sensitivity_unit_name(s));
    stp_table_put(file, steppe_sensitivity_table(s, "parameters"));
}

static void put_picture(FILE *file, const page *p, const char *words, const char *suffix)
{
    fprintf(file, "![%s](", words);
    stp_page_target(file, p->stem);
    fprintf(file, "%s)\n\n", suffix);
}

static int write_page(FILE *file, const void *user)
{
    const page *p = user;
    const steppe_sensitivity *s = p->s;
    write_head(file, s);
    stp_page_settings(file, s->scenario);
    stp_table_put(file, steppe_sensitivity_table(s, "outcomes"));
    put_picture(file, p, "indices with their intervals", "-indices.svg");
    if (s->method == STEPPE_MORRIS)
        put_picture(file, p, "effects against their spread", "-effects.svg");
    put_picture(file, p, "convergence of the indices", "-convergence.svg");
    for (size_t i = 0; i < s->facts.outcomes; i++)
        write_outcome(file, s, i);
    write_rules(file, s);
    return 0;
}

int steppe_sensitivity_write_page(steppe_context *context, const steppe_sensitivity *s,
                                  const char *path)
{
    stp_page all = stp_page_begin(context, path);
    const page p = {context, s, all.name};
    stp_page_picture(&all, "-indices.svg", draw_bars, &p);
    if (s->method == STEPPE_MORRIS)
        stp_page_picture(&all, "-effects.svg", draw_effects, &p);
    stp_page_picture(&all, "-convergence.svg", draw_convergence, &p);
    return stp_page_end(&all, write_page, &p);
}
