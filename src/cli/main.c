/* steppe COMMAND [ARGUMENT...] */
#include "cli.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
} COMMANDS[] = {
    {"run", command_run, "run a scenario and keep the results"},
    {"check", command_check, "check a scenario file"},
    {"describe", command_describe,
     "list every number of a scenario with unit, kind and source"},
    {"ask", command_ask, "answer the what-if questions of a scenario"},
    {"calibrate", command_calibrate,
     "find which parameters agree with the record of a scenario"},
    {"ensemble", command_ensemble,
     "run a scenario many times, over seeds and parameter ranges"},
    {"diff", command_diff, "find the first difference between two results files"},
    {"fit", command_fit, "compare results with what was observed"},
    {"report", command_report,
     "make a page of a run or an ensemble: map, charts, record, sources"},
    {"seat", command_seat,
     "show the seat of power: who holds what, and what each act changed"},
    {"replicate", command_replicate,
     "run published models again and compare with the published numbers"},
    {"scale-check", command_scale_check,
     "test whether outcomes depend on the residents per agent"},
    {"sensitivity", command_sensitivity,
     "rank parameters by what they do to outcomes: Morris, Sobol or PAWN"},
    {"risk", command_risk, "rank regions and weeks by the risk of unrest in a scenario"},
};
enum { COMMAND_COUNT = sizeof COMMANDS / sizeof *COMMANDS };

static void print_help(FILE *out)
{
    fprintf(
        out,
        "Steppe simulates unrest and power in a whole country, one agent per citizen.\n"
        "It is a model for understanding and preventing harm, not a forecast.\n\n"
        "Usage: steppe COMMAND [ARGUMENT...]\n\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-11s %s\n", COMMANDS[i].name, COMMANDS[i].help);
    fprintf(out, "\n'steppe COMMAND --help' explains a command; 'steppe --version' "
                 "prints the version.\n"
                 "\nTry:  steppe run scenarios/published/epstein-2002-run2.yaml\n");
}

/* The command that was probably meant; NULL if none is near. */
static const char *nearest(const char *word)
{
    const char *names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        names[i] = COMMANDS[i].name;
    return steppe_nearest(word, names, COMMAND_COUNT);
}

enum { STACK_LEAST = 1 << 20 };

static bool has_stack(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= STACK_LEAST)
        return true;
    fprintf(stderr,
            "steppe: the stack is limited to %llu KB; %d KB are needed: raise the limit "
            "(ulimit -s)\n",
            (unsigned long long)limit.rlim_cur / 1024, STACK_LEAST / 1024);
    return false;
}

/* Threads that wait for each other have to sleep. By default they spin, which takes the core from other programs:
 * next to other work two threads were four times slower than one (docs/decisions/021). GNU's OpenMP reads this
 * when it is loaded, so the program starts itself again; if that fails, it continues as it is. */
static void let_threads_sleep(char **argv)
{
    if (getenv("OMP_WAIT_POLICY") || setenv("OMP_WAIT_POLICY", "passive", 0) != 0)
        return;
    execv("/proc/self/exe", argv);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        let_threads_sleep(argv);
    if (!has_stack())
        return EXIT_FAILED;
    screen_begin();
    /* A reader that went away, or a file that may not grow, is an error and no sudden end. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(argv[1], COMMANDS[i].name) == 0)
            return COMMANDS[i].run(argc - 1, argv + 1);
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0) {
        printf("steppe %s (results version %d, results format %d, scenario format %d)\n",
               steppe_version(), STEPPE_RESULTS_VERSION, STEPPE_RESULTS_FORMAT,
               STEPPE_SCENARIO_FORMAT);
        return cli_close_output(EXIT_DONE);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return cli_close_output(EXIT_DONE);
    }
    const char *meant = nearest(argv[1]);
    char word[200];
    fprintf(stderr,
            "steppe: there is no command '%s'%s%s%s; 'steppe --help' lists them\n",
            steppe_show_line(argv[1], word, sizeof word), meant ? "; did you mean '" : "",
            meant ? meant : "", meant ? "'?" : "");
    return EXIT_USAGE;
}
