/* Correlations and parameter groups: their parameters exist, the matrix of all correlations is positive definite,
 * and no parameter is in two groups. */
#include "scenario/check.h"
#include "scenario/copula.h"
#include "scenario/path.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_CORRELATED = 500 }; /* parameters */

/* ---- parameter groups ---- */

static int check_groups(const stp_reader *r, stp_path_list *list)
{
    const steppe_scenario *s = r->scenario;
    char path[200];
    int status = STEPPE_OK;
    for (size_t i = 0; i < s->group_count && status == STEPPE_OK; i++) {
        const stp_group_spec *g = &s->groups[i];
        status = stp_may_continue(r, stp_path_list_read(r, STP_PARAMETER_GROUPS, i,
                                                        g->parameters, g->parameter_count,
                                                        list));
    }
    if (status != STEPPE_OK)
        return status;
    stp_path_list_sort(list);
    for (size_t k = 1; k < list->count; k++) {
        const stp_path_match *a = &list->items[k - 1], *b = &list->items[k];
        if (stp_path_same(a, b) && a->owner != b->owner)
            return stp_read_fail_in(r, STP_PARAMETER_GROUPS, b->owner, "parameters",
                                    "%s is in the group '%s' too: a parameter is in one "
                                    "group at most",
                                    stp_path_text(s, b, path, sizeof path),
                                    s->groups[a->owner].id);
    }
    return STEPPE_OK;
}

/* ---- correlations ---- */

/* The correlated parameters, and the matrix of what is stated of them. */
typedef struct matrix {
    stp_path_list matches; /* sorted; of all correlations */
    size_t *place;         /* of each match: its parameter, from 0 */
    size_t *first;         /* of each parameter: its first match */
    size_t size;           /* parameters */
    double *stated, *work; /* [size * size]; NAN: nothing */
    size_t *by;            /* [size * size]: the correlation that states it */
} matrix;

static void release(matrix *m)
{
    free(m->matches.items);
    free(m->place);
    free(m->first);
    free(m->stated);
    free(m->work);
    free(m->by);
}

static int read_correlations(const stp_reader *r, matrix *m)
{
    const steppe_scenario *s = r->scenario;
    int status = STEPPE_OK;
    for (size_t i = 0; i < s->correlation_count && status == STEPPE_OK; i++) {
        const stp_correlation *c = &s->correlations[i];
        size_t before = m->matches.count;
        status = stp_path_list_read(r, STP_CORRELATIONS, i, c->parameters,
                                    c->parameter_count, &m->matches);
        if (status == STEPPE_OK && m->matches.count - before < 2)
            status = stp_read_fail_in(r, STP_CORRELATIONS, i, "parameters",
                                      "it takes two parameters or more");
        status = stp_may_continue(r, status);
    }
    return status;
}

/* Number the parameters, and allocate their matrix. */
static int lay_out(const stp_reader *r, matrix *m)
{
    size_t n = m->matches.count;
    stp_path_list_sort(&m->matches);
    m->place = calloc(n + 1, sizeof *m->place);
    m->first = calloc(n + 1, sizeof *m->first);
    if (!m->place || !m->first)
        return stp_no_memory(r->context);
    for (size_t k = 0; k < n; k++) {
        bool old = k > 0 && stp_path_same(&m->matches.items[k], &m->matches.items[k - 1]);
        if (!old)
            m->first[m->size++] = k;
        m->place[k] = m->size - 1;
    }
    if (m->size > MAX_CORRELATED)
        return stp_read_fail(r, stp_node_in(r, STP_CORRELATIONS, ""),
                             "%zu parameters are correlated; there may be at most %d",
                             m->size, MAX_CORRELATED);
    size_t cells = m->size * m->size + 1;
    m->stated = calloc(cells, sizeof *m->stated);
    m->work = calloc(cells, sizeof *m->work);
    m->by = calloc(cells, sizeof *m->by);
    if (!m->stated || !m->work || !m->by)
        return stp_no_memory(r->context);
    for (size_t k = 0; k < cells; k++)
        m->stated[k] = NAN;
    return STEPPE_OK;
}

static int fail_twice(const stp_reader *r, const matrix *m, size_t i, size_t k,
                      size_t owner)
{
    char one[200], other[200];
    const steppe_scenario *s = r->scenario;
    return stp_read_fail_in(r, STP_CORRELATIONS, owner, "parameters",
                            "'%s' has a correlation of %s and %s already",
                            s->correlations[m->by[i * m->size + k]].id,
                            stp_path_text(s, &m->matches.items[m->first[k]], one,
                                          sizeof one),
                            stp_path_text(s, &m->matches.items[m->first[i]], other,
                                          sizeof other));
}

/* Enter one correlation. members: workspace of `size` places. */
static int enter(const stp_reader *r, matrix *m, size_t owner, size_t *members)
{
    size_t count = 0;
    double value = r->scenario->correlations[owner].correlation.value;
    for (size_t k = 0; k < m->matches.count; k++) {
        bool own = m->matches.items[k].owner == owner;
        if (own && (count == 0 || members[count - 1] != m->place[k]))
            members[count++] = m->place[k];
    }
    if (count < 2)
        return stp_read_fail_in(r, STP_CORRELATIONS, owner, "parameters",
                                "it names one parameter alone, twice");
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++) {
            size_t at = members[i] * m->size + members[k];
            if (!isnan(m->stated[at]))
                return fail_twice(r, m, members[i], members[k], owner);
            m->stated[at] = value;
            m->by[at] = owner;
        }
    return STEPPE_OK;
}

/* The row at which the matrix of all correlations, times a factor, proves not to be positive definite; or size. */
static size_t weak_row(matrix *m, double factor)
{
    for (size_t i = 0; i < m->size; i++)
        for (size_t k = 0; k <= i; k++) {
            double stated = m->stated[i * m->size + k];
            m->work[i * m->size + k] = i == k ? 1.0
                                       : isnan(stated)
                                           ? 0.0
                                           : stp_copula_normal(stated * factor);
        }
    return stp_copula_factor(m->work, m->size);
}

static int check_definite(const stp_reader *r, matrix *m)
{
    char path[200];
    size_t row = weak_row(m, 1.0), owner = 0;
    if (row == m->size)
        return STEPPE_OK;
    double low = 0, high = 1;
    for (int i = 0; i < 12; i++) {
        double middle = (low + high) / 2;
        if (weak_row(m, middle) == m->size)
            low = middle;
        else
            high = middle;
    }
    for (size_t k = 0; k < m->matches.count; k++)
        if (m->place[k] == row)
            owner = m->matches.items[k].owner; /* the last of the file */
    return stp_read_fail_in(
        r, STP_CORRELATIONS, owner, "correlation",
        "the correlations contradict each other (their matrix is not positive definite) "
        "at %s; multiplied by %.2f they would not",
        stp_path_text(r->scenario, &m->matches.items[m->first[row]], path, sizeof path),
        floor(low * 100) / 100);
}

static int check_matrix(const stp_reader *r, matrix *m)
{
    int status = read_correlations(r, m);
    if (status == STEPPE_OK && !r->found->bad)
        status = lay_out(r, m);
    if (status != STEPPE_OK || r->found->bad)
        return status;
    size_t *members = calloc(m->size + 1, sizeof *members);
    if (!members)
        return stp_no_memory(r->context);
    for (size_t i = 0; i < r->scenario->correlation_count && status == STEPPE_OK; i++)
        status = enter(r, m, i, members);
    free(members);
    return status == STEPPE_OK ? check_definite(r, m) : status;
}

int stp_check_priors(const stp_reader *r)
{
    stp_path_list groups = {0};
    matrix m = {.size = 0};
    if (!r->whole) /* a variant to be run draws nothing */
        return STEPPE_OK;
    int status = stp_is_broken(r, STP_PARAMETER_GROUPS)
                     ? STEPPE_OK
                     : stp_may_continue(r, check_groups(r, &groups));
    if (status == STEPPE_OK && !stp_is_broken(r, STP_CORRELATIONS))
        status = stp_may_continue(r, check_matrix(r, &m));
    free(groups.items);
    release(&m);
    return status;
}
