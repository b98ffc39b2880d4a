/* Claims have sources that are there; questions: their windows lie inside the run, they say what effect matters, and what drives the answer
 * has a range. That their settings can be applied is for who asks to find out (steppe_question_check):
 * here the scenario is not whole yet. */
#include "scenario/check.h"

#include <math.h>
#include <string.h>

/* A time as a date or an hour, as the last step of it; `otherwise` if it is not given. */
static int read_time(const stp_reader *r, size_t index, const char *key,
                     const stp_quantity *date, const stp_quantity *hour,
                     uint64_t otherwise, uint64_t *step)
{
    const steppe_scenario *s = r->scenario;
    const stp_node *node = stp_node_of(r, STP_QUESTIONS, index, date->given ? key : "id");
    bool given;
    double hours;
    int status = stp_moment(r, STP_QUESTIONS, index, key, date, hour, &given, &hours);
    *step = otherwise;
    if (status != STEPPE_OK || !given)
        return status;
    double steps = floor(hours * 60 / (double)stp_step_minutes(s) + 1e-9);
    if (steps < 0 || steps > 1e9)
        return stp_read_fail(r, node, "question '%s': '%s' lies outside any run",
                             s->questions[index].id, key);
    *step = (uint64_t)steps;
    return STEPPE_OK;
}

/* A range of the driver, if there is one. */
static int check_driver(const stp_reader *r, size_t index)
{
    const stp_question *q = &r->scenario->questions[index];
    bool ends = q->driver_low.given && q->driver_high.given;
    if (!q->driver && !q->driver_low.given && !q->driver_high.given)
        return STEPPE_OK;
    if (!q->driver || !ends || q->driver_low.value >= q->driver_high.value)
        return stp_read_fail(r,
                             stp_node_of(r, STP_QUESTIONS, index,
                                         q->driver ? "driver" : "driver_low"),
                             "question '%s': a driver needs 'driver', and a range from "
                             "'driver_low' up to 'driver_high'",
                             q->id);
    return STEPPE_OK;
}

static int check_question(const stp_reader *r, size_t index)
{
    stp_question *q = &r->scenario->questions[index];
    uint64_t end = (uint64_t)r->scenario->time.steps.value;
    int status = read_time(r, index, "from", &q->from, &q->from_hour, 0, &q->begins);
    if (status == STEPPE_OK)
        status = read_time(r, index, "to", &q->to, &q->to_hour, end, &q->ends);
    q->claim_index = -1;
    if (status == STEPPE_OK && r->scenario->claim_count > 0)
        status = stp_refer(r, STP_QUESTIONS, index, "claim", q->claim, STP_CLAIMS,
                           &q->claim_index);
    if (status != STEPPE_OK)
        return status;
    if (q->begins >= q->ends)
        return stp_read_fail(r, stp_node_of(r, STP_QUESTIONS, index, "to"),
                             "question '%s': the window is empty", q->id);
    if (q->smallest.given == q->smallest_absolute.given)
        return stp_read_fail(
            r, stp_node_of(r, STP_QUESTIONS, index, "id"),
            "question '%s': say what effect matters: 'smallest', a share, "
            "or 'smallest_absolute'%s",
            q->id, q->smallest.given ? ", not both" : "");
    return check_driver(r, index);
}

int stp_check_questions(const stp_reader *r)
{
    const steppe_scenario *s = r->scenario;
    int status = STEPPE_OK;
    for (size_t i = 0; i < s->claim_count && status == STEPPE_OK; i++)
        status = stp_refer_source(r, STP_CLAIMS, i, s->claims[i].source_id,
                                  &s->claims[i].source);
    for (size_t i = 0; i < s->question_count && status == STEPPE_OK; i++)
        status = check_question(r, i);
    return status;
}
