/* The options that several commands have: each is declared, explained and read once. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <argp.h>
#include <stdint.h>
#include <steppe.h>

/* Which of them a command has; together by |. */
enum {
    CLI_SET = 1 << 0,
    CLI_SEED = 1 << 1,
    CLI_POPULATION = 1 << 2,
    CLI_SCALE = 1 << 3,
    CLI_STEPS = 1 << 4,
    CLI_REPLICATES = 1 << 5,
    CLI_SAMPLE = 1 << 6,
    CLI_WIDTH = 1 << 7,
    CLI_PAIRS = 1 << 8, /* and --draws */
    CLI_THREADS = 1 << 9,
    CLI_ENGINE = 1 << 10, /* and --schedule, --simd */
    CLI_KEEP_GOING = 1 << 11,
    CLI_OUT_FOLDER = 1 << 12,
    CLI_OUT_FILE = 1 << 13,
    CLI_PAGE = 1 << 14,
    CLI_FORCE = 1 << 15,
    CLI_JSON = 1 << 16,
    CLI_CSV = 1 << 17,
    CLI_QUIET = 1 << 18,
    CLI_LIST = 1 << 19,
    CLI_SOURCE = 1 << 20, /* --sample of questions: prior or posterior */
    CLI_MAX_OPTIONS = 32,
};

/* The first member of each command's own arguments. The first part is set before cli_parse, with the
 * defaults of the second. */
typedef struct cli_options {
    unsigned has;
    size_t least, most;      /* arguments; most 0: as many as there are */
    const char *out_default; /* of --out, as its help names it */
    const char *const
        *tables; /* that --csv may name, the first if it names none; ends with NULL */
    const char *const *pictures; /* what --page writes beside the page; ends with NULL */

    const char **arguments; /* the first is the scenario, of commands that open one */
    size_t argument_count;
    const char *settings[256];
    size_t setting_count;
    uint64_t seed, population_seed, steps;
    double scale, width;
    size_t replicates, pairs, draws;
    const char *sampling, *out, *page, *csv; /* csv: name of the table */
    int threads;
    steppe_engine engine;
    steppe_schedule schedule;
    steppe_simd simd;
    bool keep_going, force, json, quiet, list;
    const char *usage;                  /* "SCENARIO [QUESTION...]" */
    const char *given[CLI_MAX_OPTIONS]; /* names of the common options given, once each */
    size_t given_count;
} cli_options;

/* Read a command's arguments; `own` holds its own options, its usage and its explanation, and is given
 * `arguments`, which begin with cli_options. Ends the process with 2 on bad usage, 0 after --help. The
 * caller frees options->arguments. */
void cli_parse(const struct argp *own, int argc, char **argv, void *arguments);

/* The options of the library that the common options say. */
steppe_ask_options cli_ask_options(const cli_options *options);
steppe_ensemble_options cli_ensemble_options(const cli_options *options);

/* Was a common option given? */
bool cli_given(const cli_options *options, const char *name);
/* The first option given of a list that ends with NULL; NULL if none was. */
const char *cli_first_given(const cli_options *options, const char *const *names);

/* The number of an option: whole, within [low, high]; argp's error if it is not. */
unsigned long long cli_whole(struct argp_state *state, const char *option,
                             const char *text, unsigned long long low,
                             unsigned long long high);

#endif
