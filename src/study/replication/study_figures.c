/* The figures and distributions of a study's file. */
#include "study/replication/study_reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FIGURES = 20, MAX_CLAIMS = 1000, MAX_DISTRIBUTIONS = 50 };

/* A curve, and the plot that it belongs to. */
typedef struct curve {
    const stp_node *node;
    const char *name;
    stp_plot *plot;
} curve;

static void add(stp_study_reader *s, const curve *c, stp_mark mark, size_t count,
                const double *x, const double *y, const double *low, const double *high)
{
    if (c->plot->curve_count == STP_MAX_CURVES)
        STP_STUDY_FAIL(s, c->node, "a plot has at most %d curves", STP_MAX_CURVES);
    else if (!x || !y ||
             stp_plot_add(c->plot, c->name, mark, count, x, y, low, high) != 0)
        s->status = stp_no_memory(s->r->context);
}

/* The first of the arms of a name, and its measure. */
static const stp_arm *arm_of(stp_study_reader *s, const curve *c, const char *key,
                             size_t *measure)
{
    const stp_arm *arms[STP_MAX_POINTS];
    const stp_node *name = measure ? stp_study_need(s, c->node, "measure") : NULL;
    size_t count = stp_study_arms_of(s, stp_node_get(c->node, key), arms);
    if (count == 0 || (measure && !name))
        return NULL;
    if (measure)
        *measure = stp_study_measure(s, arms[0], name, stp_study_text(s, name));
    return arms[0];
}

/* Active, or in detention, step by step. */
static void draw_series(stp_study_reader *s, const curve *c)
{
    static const char *const OF[] = {"active", "detained"};
    const stp_arm *arm = arm_of(s, c, "series", NULL);
    const stp_node *of = stp_study_need(s, c->node, "of");
    if (!arm || !of)
        return;
    if (!arm->series) {
        STP_STUDY_FAIL(s, c->node, "the run '%s' keeps no series (series: true)",
                       arm->name);
        return;
    }
    bool detained = stp_study_choice(s, of, "series", stp_study_text(s, of), OF, 2) == 1;
    double *x = malloc(arm->steps * sizeof *x);
    for (uint64_t i = 0; x && i < arm->steps; i++)
        x[i] = (double)(i + 1);
    add(s, c, STP_MARK_LINE, arm->steps, x, detained ? arm->detained : arm->active, NULL,
        NULL);
    free(x);
}

/* Share of the runs with at most so much. */
static void draw_spread(stp_study_reader *s, const curve *c)
{
    size_t measure;
    const stp_arm *arm = arm_of(s, c, "spread", &measure);
    if (!arm)
        return;
    double *x = stp_arm_values(arm, measure), *y = malloc(arm->runs * sizeof *y);
    size_t known = stp_sort(x, arm->runs);
    for (size_t i = 0; y && i < known; i++)
        y[i] = (double)(i + 1) / (double)known;
    add(s, c, STP_MARK_STEPS, known, x, y, NULL, NULL);
    free(y);
}

/* An upright line, at a value such as the published one. */
static void draw_upright(stp_study_reader *s, const curve *c)
{
    double x = stp_study_number(s, stp_node_get(c->node, "upright"), -INFINITY, INFINITY);
    add(s, c, STP_MARK_LINE, 2, (const double[]){x, x}, (const double[]){0, 1}, NULL,
        NULL);
}

static void swap(double *values, size_t a, size_t b)
{
    double kept = values[a];
    values[a] = values[b];
    values[b] = kept;
}

/* Against the doses, from low to high; or against the numbers `at`. */
static stp_points points_of(stp_study_reader *s, const curve *c, const char *key)
{
    stp_points p;
    const stp_node *at = stp_node_get(c->node, "at");
    stp_study_points(s, c->node, key, &p);
    if (at && stp_study_numbers(s, at, p.dose, p.count, STP_MAX_POINTS) != p.count)
        STP_STUDY_FAIL(s, at, "expected %zu numbers, as many as there are points",
                       p.count);
    for (size_t i = 1; i < p.count; i++)
        for (size_t k = i; k > 0 && p.dose[k - 1] > p.dose[k]; k--) {
            stp_interval kept = p.interval[k];
            p.interval[k] = p.interval[k - 1];
            p.interval[k - 1] = kept;
            swap(p.dose, k, k - 1);
            swap(p.mean, k, k - 1);
            swap(p.deviation, k, k - 1);
        }
    return p;
}

static void draw_means(stp_study_reader *s, const curve *c)
{
    stp_points p = points_of(s, c, "means");
    double low[STP_MAX_POINTS], high[STP_MAX_POINTS];
    for (size_t i = 0; i < p.count; i++) {
        low[i] = p.interval[i].low;
        high[i] = p.interval[i].high;
    }
    add(s, c, STP_MARK_POINTS, p.count, p.dose, p.mean, low, high);
}

static void draw_line(stp_study_reader *s, const curve *c)
{
    stp_points p = points_of(s, c, "line");
    add(s, c, STP_MARK_LINE, p.count, p.dose, p.mean, NULL, NULL);
}

static void draw_points(stp_study_reader *s, const curve *c)
{
    stp_points p = points_of(s, c, "points");
    add(s, c, STP_MARK_POINTS, p.count, p.dose, p.mean, NULL, NULL);
}

static void draw_deviations(stp_study_reader *s, const curve *c)
{
    stp_points p = points_of(s, c, "deviations");
    add(s, c, STP_MARK_POINTS, p.count, p.dose, p.deviation, NULL, NULL);
}

static void draw_published(stp_study_reader *s, const curve *c)
{
    double x[STP_MAX_POINTS], y[STP_MAX_POINTS];
    const stp_node *at = stp_study_need(s, c->node, "at");
    size_t count = stp_study_numbers(s, stp_node_get(c->node, "published"), y, 1,
                                     STP_MAX_POINTS);
    if (at && stp_study_numbers(s, at, x, count, count) == count)
        add(s, c, STP_MARK_POINTS, count, x, y, NULL, NULL);
}

/* Two measures against each other: a point is a run. */
static void draw_scatter(stp_study_reader *s, const curve *c)
{
    const stp_arm *arms[STP_MAX_POINTS];
    const stp_node *names = stp_study_need(s, c->node, "measures");
    size_t count = stp_study_arms_of(s, stp_node_get(c->node, "scatter"), arms), pair = 0,
           all = 0, of[2];
    const stp_node *const *items = names ? stp_study_items(s, &names, 2, &pair) : NULL;
    if (pair != 2) {
        STP_STUDY_FAIL(s, c->node, "expected two measures");
        return;
    }
    for (size_t k = 0; k < count; k++)
        all += arms[k]->runs;
    double *x = malloc((2 * all + 1) * sizeof *x), *y = x + all;
    for (size_t k = 0, at = 0; x && k < count; k++) {
        for (int i = 0; i < 2; i++)
            of[i] = stp_study_measure(s, arms[k], items[i], stp_study_text(s, items[i]));
        for (size_t i = 0; i < arms[k]->runs; i++, at++) {
            x[at] = arms[k]->values[i * arms[k]->width + of[0]];
            y[at] = arms[k]->values[i * arms[k]->width + of[1]];
        }
    }
    add(s, c, STP_MARK_POINTS, all, x, y, NULL, NULL);
    free(x);
}

static const struct {
    const char *key;
    void (*draw)(stp_study_reader *s, const curve *c);
} CURVES[] = {{"series", draw_series},
              {"spread", draw_spread},
              {"upright", draw_upright},
              {"means", draw_means},
              {"line", draw_line},
              {"points", draw_points},
              {"deviations", draw_deviations},
              {"published", draw_published},
              {"scatter", draw_scatter}};
enum { CURVE_COUNT = sizeof CURVES / sizeof *CURVES };

static void read_curve(stp_study_reader *s, const stp_node *node, stp_plot *plot)
{
    static const char *const KEYS[] = {"name",      "series",  "spread",  "upright",
                                       "means",     "line",    "points",  "deviations",
                                       "published", "scatter", "measure", "measures",
                                       "of",        "at",      "scale",   "doses",
                                       NULL};
    if (!stp_study_keys(s, node, "a curve", KEYS))
        return;
    const char *name = stp_study_text_of(s, node, "name");
    const curve c = {node, name ? name : "", plot};
    size_t i = 0;
    while (i < CURVE_COUNT && !stp_node_get(node, CURVES[i].key))
        i++;
    if (i == CURVE_COUNT)
        STP_STUDY_FAIL(s, node,
                       "a curve has a key that says what it shows, such as "
                       "'means' or 'series'");
    else
        CURVES[i].draw(s, &c);
}

static void read_plot(stp_study_reader *s, const stp_node *node, stp_study_figure *figure)
{
    static const char *const KEYS[] = {"title", "x", "y", "curves", NULL};
    if (!stp_study_keys(s, node, "a plot", KEYS))
        return;
    stp_plot *p = &figure->plots[figure->count++];
    char *texts[] = {p->title, p->x_axis, p->y_axis};
    p->reference = NAN;
    for (int i = 0; i < 3; i++) {
        const stp_node *text = stp_study_need(s, node, KEYS[i]);
        snprintf(texts[i], STP_PLOT_TEXT, "%s", text ? stp_study_text(s, text) : "");
    }
    const stp_node *curves = stp_study_need(s, node, "curves");
    size_t count = 0;
    const stp_node *const *items = curves ? stp_study_items(s, &curves, STP_MAX_CURVES,
                                                            &count)
                                          : NULL;
    for (size_t i = 0; i < count && s->status == STEPPE_OK; i++)
        read_curve(s, items[i], p);
}

static void read_figure(stp_study_reader *s, const stp_node *node)
{
    static const char *const KEYS[] = {"name", "caption", "columns", "plots", NULL};
    if (!stp_study_keys(s, node, "a figure", KEYS))
        return;
    const stp_node *name = stp_study_need(s, node, "name"),
                   *caption = stp_study_need(s, node, "caption"),
                   *plots = stp_study_need(s, node, "plots");
    if (!name || !caption || !plots)
        return;
    size_t count;
    const stp_node *const *items = stp_study_items(s, &plots, STP_MAX_PLOTS, &count);
    stp_study_figure *figure = stp_figure_add(s->r, s->study);
    if (!figure) {
        s->status = stp_no_memory(s->r->context);
        return;
    }
    figure->name = stp_study_text(s, name);
    figure->caption = stp_study_text(s, caption);
    figure->columns = (size_t)stp_study_number_of(s, node, "columns", 1, 6, 1);
    if (*figure->name == '\0' ||
        figure->name[strspn(figure->name, "abcdefghijklmnopqrstuvwxyz0123456789-")])
        STP_STUDY_FAIL(s, name, "a figure is named by a-z, 0-9 and -: its file is");
    for (size_t i = 0; i < count && s->status == STEPPE_OK; i++)
        read_plot(s, items[i], figure);
}

static void read_distribution(stp_study_reader *s, const stp_node *node)
{
    static const char *const KEYS[] = {"run", "measure", "name", "unit", NULL};
    const stp_arm *arms[STP_MAX_POINTS];
    if (!stp_study_keys(s, node, "a distribution", KEYS))
        return;
    const stp_node *run = stp_study_need(s, node, "run"),
                   *measure = stp_study_need(s, node, "measure"),
                   *name = stp_study_need(s, node, "name");
    const char *unit = stp_study_text_of(s, node, "unit");
    if (!run || !measure || !name || stp_study_arms_of(s, run, arms) == 0)
        return;
    size_t which = stp_study_measure(s, arms[0], measure, stp_study_text(s, measure));
    if (stp_distribution_add(s->r, arms[0], which, stp_study_text(s, name),
                             unit ? unit : "") != STEPPE_OK)
        s->status = stp_no_memory(s->r->context);
}

int stp_study_conclude(steppe_replication *r, const stp_study *study,
                       const stp_tree *tree)
{
    stp_findings found = {.bad = false};
    stp_study_reader s = {.r = r,
                          .study = study,
                          .yaml = {r->context, tree, NULL, &found}};
    stp_problems_begin(r->context);
    stp_study_each(&s, "claims", MAX_CLAIMS, stp_study_claim);
    stp_study_check_computations(&s);
    stp_study_each(&s, "distributions", MAX_DISTRIBUTIONS, read_distribution);
    stp_study_each(&s, "figures", MAX_FIGURES, read_figure);
    return s.status == STEPPE_BAD_SCENARIO ? stp_problems_report(r->context, s.status)
                                           : s.status;
}
