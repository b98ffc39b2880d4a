/* A quantity on its way, in equal parts, to where an event sends it. */
#ifndef STP_COURSE_H
#define STP_COURSE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct stp_course {
    double from, to;
    uint64_t first,
        parts; /* the time (step, day) of the first part, and how many; 0: it stands still */
} stp_course;

/* The part of the way that falls to a time: at the last the quantity is where it was sent. */
static inline void stp_course_go_on(stp_course *course, double *quantity, uint64_t time)
{
    if (course->parts == 0)
        return;
    uint64_t part = time - course->first + 1;
    bool there = part >= course->parts;
    *quantity = there ? course->to
                      : course->from + (course->to - course->from) * (double)part /
                                           (double)course->parts;
    course->parts = there ? 0 : course->parts;
}

#endif
