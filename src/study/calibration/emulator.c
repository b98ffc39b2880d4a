#include "study/calibration/emulator.h"

#include "base/exact.h"
#include "study/stats/matrix.h"
#include "study/stats/statistics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Points with values. */
typedef struct sample {
    size_t n, dimensions;
    const double **x; /* borrowed rows */
    double *y;
} sample;

/* Legendre polynomials of degree 1 to 3, with a mean square of 1 over [-1, 1]. */
static void polynomials(double x, double p[3])
{
    p[0] = x * 1.7320508075688772;
    p[1] = (1.5 * x * x - 0.5) * 2.23606797749979;
    p[2] = (2.5 * x * x - 1.5) * x * 2.6457513110645906;
}

/* The terms at a point: constant, main effects, products of two. */
static void terms_at(const stp_emulator *e, const double *x, double *t)
{
    double linear[STP_MAX_ACTIVE];
    size_t used = 0, degrees = e->cubes ? 3 : 2;
    t[used++] = 1;
    for (size_t a = 0; a < e->active_count; a++) {
        double p[3];
        polynomials(x[e->active[a]], p);
        linear[a] = p[0];
        for (size_t d = 0; d < degrees; d++)
            t[used++] = p[d];
    }
    for (size_t a = 0; a < e->active_count; a++)
        for (size_t b = a + 1; b < e->active_count; b++)
            t[used++] = linear[a] * linear[b];
}

static size_t term_count(size_t active, bool cubes)
{
    return 1 + (cubes ? 3 : 2) * active + active * (active ? active - 1 : 0) / 2;
}

/* ---- which inputs are active ---- */

typedef struct selection {
    const sample *s;
    size_t columns; /* of the basis, orthonormal */
    double *basis;  /* [column * n] */
    double *residual;
} selection;

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += a[i] * b[i];
    return sum;
}

/* Make a column orthogonal to the first `columns` of the basis and of length 1; false if nothing of it is left. */
static bool orthogonalise(const selection *f, size_t columns, double *column)
{
    size_t n = f->s->n;
    double before = dot(column, column, n);
    for (int again = 0; again < 2; again++)
        for (size_t c = 0; c < columns; c++) {
            double part = dot(f->basis + c * n, column, n);
            for (size_t i = 0; i < n; i++)
                column[i] -= part * f->basis[c * n + i];
        }
    double left = dot(column, column, n);
    if (!(left > 1e-10 * before) || left == 0)
        return false;
    for (size_t i = 0; i < n; i++)
        column[i] /= sqrt(left);
    return true;
}

/* A candidate for the next active input: alone, or by its product with one that is active. */
typedef struct candidate {
    size_t input;
    int partner; /* index of an active input; -1: none */
} candidate;

static double candidate_term(const stp_emulator *e, const double *x, candidate c,
                             size_t degree)
{
    double p[3] = {0}, other[3] = {0};
    polynomials(x[c.input], p);
    if (c.partner < 0)
        return p[degree];
    polynomials(x[e->active[c.partner]], other);
    return p[0] * other[0];
}

/* How much of the residual a candidate's terms explain: its linear and quadratic one, or the product. Leaves them
 * behind the basis; *added: how many there are. */
static double explained_by(selection *f, const stp_emulator *e, candidate c,
                           size_t *added)
{
    const sample *s = f->s;
    double sum = 0;
    *added = 0;
    for (size_t d = 0; d < (c.partner < 0 ? 2 : 1); d++) {
        double *column = f->basis + (f->columns + *added) * s->n;
        for (size_t i = 0; i < s->n; i++)
            column[i] = candidate_term(e, s->x[i], c, d);
        if (!orthogonalise(f, f->columns + *added, column))
            continue;
        double part = dot(column, f->residual, s->n);
        sum += part * part;
        ++*added;
    }
    return sum;
}

static bool is_active(const stp_emulator *e, size_t input)
{
    for (size_t a = 0; a < e->active_count; a++)
        if (e->active[a] == input)
            return true;
    return false;
}

/* By how much a candidate lowers Schwarz's criterion (1978); the price of a term is doubled because the best of
 * many is taken, and doubled again for products, of which there are more. */
static double worth(const selection *f, double squares, double explained, candidate c,
                    size_t added)
{
    double n = (double)f->s->n, left = fmax(squares - explained, squares * 1e-12);
    return n * stp_log(squares / left) -
           (c.partner < 0 ? 2 : 4) * (double)added * stp_log(n);
}

static double best_candidate(selection *f, const stp_emulator *e, double squares,
                             candidate *best)
{
    double most = 0;
    for (size_t k = 0; k < f->s->dimensions; k++)
        for (int a = -1; a < (int)e->active_count && !is_active(e, k); a++) {
            candidate c = {k, a};
            size_t added = 0;
            double explained = explained_by(f, e, c, &added);
            double w = worth(f, squares, explained, c, added);
            if (w > most) {
                most = w;
                *best = c;
            }
        }
    return most;
}

static void select_inputs(stp_emulator *e, selection *f, size_t most)
{
    const sample *s = f->s;
    double squares = dot(f->residual, f->residual, s->n);
    candidate best = {0, -1};
    while (e->active_count < most && squares > 0 &&
           best_candidate(f, e, squares, &best) > 0) {
        size_t added = 0;
        squares = fmax(squares - explained_by(f, e, best, &added), squares * 1e-12);
        for (size_t c = f->columns; c < f->columns + added; c++) {
            double part = dot(f->basis + c * s->n, f->residual, s->n);
            for (size_t i = 0; i < s->n; i++)
                f->residual[i] -= part * f->basis[c * s->n + i];
        }
        f->columns += added;
        e->active[e->active_count++] = best.input;
    }
}

static int find_active(stp_emulator *e, const sample *s, size_t most)
{
    selection f = {s, 1, calloc((2 * STP_MAX_ACTIVE + 3) * s->n + 1, sizeof(double)),
                   malloc(s->n * sizeof(double))};
    double mean = stp_mean(s->y, s->n);
    if (f.basis && f.residual) {
        for (size_t i = 0; i < s->n; i++) {
            f.basis[i] = 1 / sqrt((double)s->n);
            f.residual[i] = s->y[i] - mean;
        }
        select_inputs(e, &f, most);
    }
    int status = f.basis && f.residual ? 0 : -1;
    free(f.basis);
    free(f.residual);
    return status;
}

/* ---- fitting ---- */

typedef struct design {
    size_t n, terms;
    double *x;       /* [point * terms] */
    double *moments; /* X'WX, [terms * terms] */
    double *target;  /* X'Wy, [terms] */
} design;

static void add_moments(design *d, const double *row, double weight, double target)
{
    for (size_t a = 0; a < d->terms; a++) {
        double w = weight * row[a];
        for (size_t b = 0; b <= a; b++)
            d->moments[a * d->terms + b] += w * row[b];
        d->target[a] += row[a] * target;
    }
}

/* The ridge that predicts best when each point is left out in turn, by Allen's (1974) PRESS. On success the
 * emulator has its factor, coefficients and noise. */
static bool fit_ridge(stp_emulator *e, const design *d, const double *y, double ridge,
                      double *workspace, double *press, double *noise)
{
    size_t p = d->terms;
    memcpy(e->factor, d->moments, p * p * sizeof *e->factor);
    for (size_t a = 1; a < p; a++)
        e->factor[a * p + a] += ridge;
    if (!stp_cholesky(e->factor, p))
        return false;
    memcpy(e->coefficients, d->target, p * sizeof *d->target);
    stp_solve_lower(e->factor, p, e->coefficients);
    stp_solve_upper(e->factor, p, e->coefficients);
    double trace = 0, squares = 0;
    *press = 0;
    for (size_t i = 0; i < d->n; i++) {
        const double *row = d->x + i * p;
        double residual = y[i] - dot(row, e->coefficients, p);
        memcpy(workspace, row, p * sizeof *row);
        stp_solve_lower(e->factor, p, workspace);
        double leverage = dot(workspace, workspace, p);
        double left_out = residual / fmax(1 - leverage, 1e-6);
        trace += leverage;
        squares += residual * residual;
        *press += left_out * left_out;
    }
    *noise = squares / fmax((double)d->n - trace, 1);
    return true;
}

static void fit_number(stp_emulator *e, design *d, const double *y)
{
    double workspace[STP_MAX_TERMS], best = INFINITY, chosen = 1, press, noise;
    for (size_t i = 0; i < d->n; i++)
        add_moments(d, d->x + i * d->terms, 1, y[i]);
    static const double RIDGES[] = {1e-4, 1e-3, 0.01, 0.1, 1, 10, 100};
    for (size_t k = 0; k < sizeof RIDGES / sizeof *RIDGES; k++)
        if (fit_ridge(e, d, y, RIDGES[k], workspace, &press, &noise) && press < best) {
            best = press;
            chosen = RIDGES[k];
        }
    fit_ridge(e, d, y, chosen, workspace, &press, &e->noise);
}

static double logistic(double x)
{
    return x >= 0 ? 1 / (1 + stp_exp(-x)) : stp_exp(x) / (1 + stp_exp(x));
}

/* Newton's steps on the penalised likelihood; the penalty is that of a normal prior of each
 * coefficient, with variance 10. */
static void fit_binary(stp_emulator *e, design *d, const double *y)
{
    enum { STEPS = 25 };
    size_t p = d->terms;
    double step[STP_MAX_TERMS];
    memset(e->coefficients, 0, sizeof e->coefficients);
    for (int k = 0; k < STEPS; k++) {
        memset(d->moments, 0, p * p * sizeof *d->moments);
        memset(d->target, 0, p * sizeof *d->target);
        for (size_t i = 0; i < d->n; i++) {
            const double *row = d->x + i * p;
            double chance = logistic(dot(row, e->coefficients, p));
            add_moments(d, row, fmax(chance * (1 - chance), 1e-6), y[i] - chance);
        }
        memcpy(e->factor, d->moments, p * p * sizeof *e->factor);
        for (size_t a = 0; a < p; a++) {
            double penalty =
                a ? 1 : 0.01; /* else a statistic that is always 1 has no constant */
            e->factor[a * p + a] += penalty;
            step[a] = d->target[a] - penalty * e->coefficients[a];
        }
        if (!stp_cholesky(e->factor, p))
            return;
        stp_solve_lower(e->factor, p, step);
        stp_solve_upper(e->factor, p, step);
        double largest = 0;
        for (size_t a = 0; a < p; a++)
            largest = fmax(largest, fabs(step[a]));
        double part = largest > 4 ? 4 / largest : 1;
        for (size_t a = 0; a < p; a++)
            e->coefficients[a] += part * step[a];
        if (largest < 1e-9)
            return;
    }
}

static int fit_terms(stp_emulator *e, const sample *s)
{
    size_t p = e->terms;
    design d = {s->n, p, malloc((s->n * p + 1) * sizeof(double)),
                calloc(p * p, sizeof(double)), calloc(p, sizeof(double))};
    e->factor = calloc(p * p, sizeof *e->factor);
    int status = d.x && d.moments && d.target && e->factor ? 0 : -1;
    if (status == 0) {
        for (size_t i = 0; i < s->n; i++)
            terms_at(e, s->x[i], d.x + i * p);
        if (s->n == 0)
            e->factor[0] = 1; /* predicts 0, of which `used` warns */
        else if (e->binary)
            fit_binary(e, &d, s->y);
        else
            fit_number(e, &d, s->y);
    }
    free(d.x);
    free(d.moments);
    free(d.target);
    return status;
}

/* Three points for each term at least, for cubic terms six. */
static int choose_terms(stp_emulator *e, const sample *s)
{
    size_t most = STP_MAX_ACTIVE;
    while (most > 0 && term_count(most, false) * 3 > s->n)
        most--;
    if (s->n >= 10 && find_active(e, s, most) != 0)
        return -1;
    e->cubes = !e->binary && term_count(e->active_count, true) * 6 <= s->n;
    e->terms = term_count(e->active_count, e->cubes);
    return 0;
}

int stp_emulator_fit(stp_emulator *e, bool binary, size_t n, size_t dimensions,
                     const double *x, const double *y)
{
    *e = (stp_emulator){.binary = binary};
    sample s = {0, dimensions, malloc((n + 1) * sizeof *s.x),
                malloc((n + 1) * sizeof *s.y)};
    int status = s.x && s.y ? 0 : -1;
    for (size_t i = 0; i < n && status == 0; i++)
        if (!isnan(y[i])) {
            s.x[s.n] = x + i * dimensions;
            s.y[s.n++] = y[i];
        }
    e->used = s.n;
    if (status == 0)
        status = choose_terms(e, &s);
    if (status == 0)
        status = fit_terms(e, &s);
    free(s.x);
    free(s.y);
    return status;
}

void stp_emulator_clear(stp_emulator *e)
{
    free(e->factor);
    e->factor = NULL;
}

stp_prediction stp_emulator_predict(const stp_emulator *e, const double *x)
{
    double t[STP_MAX_TERMS];
    terms_at(e, x, t);
    double mean = dot(t, e->coefficients, e->terms);
    stp_solve_lower(e->factor, e->terms, t);
    double spread = dot(t, t, e->terms);
    if (!e->binary)
        return (stp_prediction){mean, spread * e->noise};
    /* The mean of a logistic of a normal variable, by MacKay (1992). */
    return (stp_prediction){logistic(mean / sqrt(1 + 0.39269908169872414 * spread)), 0};
}
