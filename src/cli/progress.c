#include "progress.h"

#include "cli.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

double progress_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void progress_begin(progress *p)
{
    *p = (progress){.terminal = isatty(STDERR_FILENO), .started = progress_now()};
}

/* A line that is written over again and again goes past what shows controls on standard error. */
static void print_line(const progress *p, const steppe_run *run, double now)
{
    double done = (double)steppe_run_step(run), all = (double)steppe_run_steps(run);
    double spent = now - p->started, rate = (double)steppe_run_activations(run) / spent;
    char left[32] = "";
    double seconds = spent / done * (all - done);
    snprintf(left, sizeof left, seconds < 60 ? "%.0f s left" : "%.1f min left",
             seconds < 60 ? seconds : seconds / 60);
    char people[32];
    dprintf(STDERR_FILENO, "%s%3.0f %%  %s  %s active  %.1f million activations/s  %s%s",
            p->terminal ? "\r" : "", 100 * done / all, steppe_run_time(run),
            cli_grouped(steppe_run_active(run), people), rate / 1e6, left,
            p->terminal ? "\033[K" : "\n");
}

int progress_observe(const steppe_run *run, void *user)
{
    progress *p = user;
    double now = progress_now();
    if (p->terminal) {
        if (now - p->printed < 0.1)
            return 0;
    } else {
        /* A line every tenth of the run, and not more than one a second. */
        unsigned tenths = (unsigned)(10 * steppe_run_step(run) / steppe_run_steps(run));
        if (tenths == p->tenths || now - p->printed < 1)
            return 0;
        p->tenths = tenths;
    }
    print_line(p, run, now);
    p->printed = now;
    p->shown = true;
    return 0;
}

int progress_share(double done, void *user)
{
    progress *p = user;
    double now = progress_now(), spent = now - p->started;
    unsigned tenths = (unsigned)(10 * done);
    bool due = p->terminal ? now - p->printed >= 0.1
                           : tenths > p->tenths && now - p->printed >= 1;
    if (!p->quiet && due && done > 0) {
        double left = spent / done * (1 - done);
        dprintf(STDERR_FILENO, "%s%3.0f %%  %.0f s, some %.0f s left%s",
                p->terminal ? "\r" : "", 100 * done, spent, left,
                p->terminal ? "\033[K" : "\n");
        p->printed = now;
        p->tenths = tenths;
        p->shown = true;
    }
    return cli_interrupted();
}

void progress_end(progress *p)
{
    if (p->terminal && p->shown)
        dprintf(STDERR_FILENO, "\r\033[K");
}
