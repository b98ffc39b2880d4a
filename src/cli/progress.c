#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

double progress_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void progress_begin(progress *p, bool quiet)
{
    *p = (progress){.quiet = quiet,
                    .terminal = isatty(STDERR_FILENO),
                    .started = progress_now()};
}

double progress_residents(const steppe_run *run)
{
    steppe_district_info d;
    double residents = 0;
    for (size_t i = 0; steppe_run_district(run, i, &d) == STEPPE_OK; i++)
        residents += (double)d.residents;
    return residents;
}

const char *progress_millions(double value, char *buffer)
{
    if (value < 1e8)
        snprintf(buffer, 32, "%.1f", value / 1e6);
    else
        cli_count(value / 1e6, buffer);
    return buffer;
}

/* Columns of the terminal; 80 if it does not say. */
static size_t columns(void)
{
    struct winsize size = {.ws_col = 0};
    bool said = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return said ? size.ws_col : 80;
}

enum { LINE = 256, LINES_WORDED = 4 };

/* The line without its end, the better the smaller `words` is, and the shorter the larger. */
static void word_line(const progress *p, const steppe_run *run, double spent, int words,
                      char line[LINE])
{
    double done = (double)steppe_run_step(run), all = (double)steppe_run_steps(run);
    double seconds = spent / done * (all - done);
    double lived = p->residents * done * steppe_run_step_hours(run) / spent;
    double turns = (double)steppe_run_activations(run) / spent;
    char people[STEPPE_NUMBER_TEXT], rate[STEPPE_NUMBER_TEXT], hours[STEPPE_NUMBER_TEXT],
        left[32], speed[160] = "";
    progress_millions(turns, rate);
    progress_millions(lived, hours);
    if (words == 0)
        snprintf(speed, sizeof speed,
                 "  %s million activations/s  %s million resident-hours/s", rate, hours);
    else if (words == 1)
        snprintf(speed, sizeof speed, "  %s M activations/s  %s M resident-hours/s", rate,
                 hours);
    else if (words == 2)
        snprintf(speed, sizeof speed, "  %s M resident-hours/s", hours);
    snprintf(left, sizeof left, seconds < 60 ? "%.0f s left" : "%.1f min left",
             seconds < 60 ? seconds : seconds / 60);
    snprintf(line, LINE, "%3.0f %%  %s  %s active%s  %s", 100 * done / all,
             steppe_run_time(run), cli_count(steppe_run_active(run), people), speed,
             left);
}

/* A line that is written over again and again goes past what shows controls on standard error. */
static void print_line(progress *p, const steppe_run *run, double now)
{
    char line[LINE];
    size_t most = p->terminal ? columns() - 1 : LINE; /* in the last column it may wrap */
    if (p->residents == 0)
        p->residents = progress_residents(run);
    for (int words = 0; words < LINES_WORDED; words++) {
        word_line(p, run, now - p->started, words, line);
        if (strlen(line) <= most)
            break;
    }
    dprintf(STDERR_FILENO, "%s%.*s%s", p->terminal ? "\r" : "", (int)most, line,
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
        /* A line every tenth of the run, at most one per second. */
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
        dprintf(STDERR_FILENO, "%s%3.0f %%  %.0f s, about %.0f s left%s",
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

int progress_ensemble(const cli_options *o, steppe_context *context,
                      const steppe_scenario *scenario, const char *path,
                      steppe_ensemble_summary *summary, double *seconds)
{
    progress line;
    steppe_ensemble_options options = cli_ensemble_options(o);
    options.path = path;
    options.progress = progress_share;
    options.user = &line;
    progress_begin(&line, o->quiet);
    int status = steppe_ensemble(context, scenario, &options, summary);
    progress_end(&line);
    *seconds = progress_now() - line.started;
    if (status == STEPPE_STOPPED)
        return cli_say_interrupted(path);
    if (status != STEPPE_OK)
        return cli_report(context, status);
    cli_note_shared(path);
    return EXIT_DONE;
}
