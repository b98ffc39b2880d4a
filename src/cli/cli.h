/* What the commands share. The command line uses the public header alone. */
#ifndef CLI_H
#define CLI_H

#include "screen.h"

#include <argp.h>
#include <jansson.h>
#include <steppe.h>

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_INTERRUPTED = 130 };

/* The commands: arguments as main's, beginning with the command's name. */
int command_run(int argc, char **argv);
int command_check(int argc, char **argv);
int command_describe(int argc, char **argv);
int command_diff(int argc, char **argv);
int command_ask(int argc, char **argv);
int command_ensemble(int argc, char **argv);
int command_fit(int argc, char **argv);
int command_power(int argc, char **argv);
int command_replicate(int argc, char **argv);
int command_scale_check(int argc, char **argv);
int command_risk(int argc, char **argv);
int command_report(int argc, char **argv);

/* Parse a command's arguments by argp; exits with 2 on bad usage, 0 after --help. */
void cli_parse(const struct argp *argp, int argc, char **argv, void *input);

/* Print the context's message and return the exit status for a failure. */
int cli_report(const steppe_context *context, int status);

/* Create a context. Returns EXIT_DONE, or EXIT_FAILED after printing why. */
int cli_context_create(steppe_context **context);

/* From here on, the first SIGINT, SIGTERM and SIGHUP ask for a clean end, which cli_interrupted tells, and
 * which the library looks at wherever it may take long; one that comes half a second later, or more, ends
 * the process at once. A SIGHUP that is ignored (nohup) stays so. */
void cli_watch_interruption(void);
bool cli_interrupted(void);

/* The scenario that a command works on: FILE and --set KEY=VALUE options. */
typedef struct scenario_arguments {
    const char *file;
    const char *settings[256];
    size_t setting_count;
    bool force; /* outputs may replace what Steppe did not write */
} scenario_arguments;

enum { CLI_KEY_FORCE = 0x2000 };
#define CLI_FORCE_OPTION                                                                \
    {                                                                                   \
        "force", CLI_KEY_FORCE, NULL, 0,                                                \
            "replace a file that is there even if Steppe did not write it (never what " \
            "was read, a scenario or a database)",                                      \
            0                                                                           \
    }

#define CLI_SET_OPTION                                                                  \
    {                                                                                   \
        "set", 's', "KEY=VALUE", 0, "replace a value of the scenario; may be repeated", \
            0                                                                           \
    }

/* Whose population it is; what: of which runs. */
enum { CLI_KEY_POPULATION = 0x3000 };
#define CLI_POPULATION_OPTION(what)                                                \
    {                                                                              \
        "population-seed", CLI_KEY_POPULATION, "N", 0,                             \
            "seed of who people are (hardship, risk aversion, groups) in " what, 0 \
    }

/* Of commands that make many runs: how they end if some of those fail. */
enum { CLI_KEY_KEEP_GOING = 0x1000 };
#define CLI_KEEP_GOING_OPTION                                                            \
    {                                                                                    \
        "keep-going", CLI_KEY_KEEP_GOING, NULL, 0,                                       \
            "end with 0 though some runs failed, as long as there is anything to say", 0 \
    }

/* Say that so many of the runs failed; `first`: which and why. Returns EXIT_FAILED, or `code` if none did or
 * that is no failure. */
int cli_failed(int code, size_t failed, size_t all, const char *first, bool keep_going);

/* Say so if another program has a results file open, so that what was written is in FILE-wal too. */
void cli_note_shared(const char *path);

/* Handle argp's keys for these; ARGP_ERR_UNKNOWN for any other key. */
error_t cli_scenario_key(int key, char *text, struct argp_state *state,
                         scenario_arguments *arguments);

/* Open it, in a new context. Returns EXIT_DONE, or the exit status of a failure that has been
 * reported; the caller frees both in either case. */
int cli_scenario_open(const scenario_arguments *arguments, steppe_context **context,
                      steppe_scenario **scenario);

/* Whether a page may go to `page`, if it is not NULL, and its pictures beside it: asked before
 * anything is run. EXIT_DONE, or the exit status of a refusal that has been reported. */
int cli_page_check(steppe_context *context, const char *page, const char *const *pictures,
                   size_t count);
/* Print the warnings of a scenario, a line each, on standard error. */
void cli_print_warnings(const steppe_scenario *scenario);

/* The settings that a scenario was opened with: as a list of texts, or a line each. */
json_t *cli_settings_json(const steppe_scenario *scenario);
void cli_print_settings(const steppe_scenario *scenario);

/* A number of an option: whole, within [low, high]; argp's error if it is not. */
unsigned long long cli_whole(struct argp_state *state, const char *option,
                             const char *text, unsigned long long low,
                             unsigned long long high);

/* The value of --population-seed; argp's error if it is not one. */
unsigned long long cli_population(struct argp_state *state, const char *text);
/* "the same in all runs, drawn from the seed 3", or, if it is not held fixed, "drawn anew with each run"; runs:
 * "all runs" or the like, run: "each run". buffer: at least 120 bytes. */
const char *cli_population_words(bool held, uint64_t seed, const char *runs,
                                 const char *run, char *buffer);
/* The seed of a population that is held fixed in JSON, as a text; null if it is not. */
json_t *cli_population_json(bool held, uint64_t seed);

/* A scale: a number from 1 to 1e9; argp's error if it is not. */
double cli_scale(struct argp_state *state, const char *text);

/* The part of a range: a number above 0, up to 1; argp's error if it is not. */
double cli_width(struct argp_state *state, const char *text);

/* "12,345,678", or "-" for what is no number, into buffer (at least 32 bytes). */
const char *cli_grouped(double value, char *buffer);

/* "12,345", "0.0123" or "-" (no number, or none that is finite) into buffer (at least 40 bytes). */
const char *cli_number(double value, char *buffer);

/* "3.2 GB" into buffer (at least 32 bytes). */
const char *cli_bytes(double bytes, char *buffer);

/* Print a text over several lines of `width` columns, each after `indent` blanks but the first, which has
 * begun. */
void cli_wrap(const char *text, int indent, int width);

/* A number in JSON: null if it is none, or not finite. */
json_t *cli_real(double value);
/* A text in JSON; what is no UTF-8 (the name of a file may be anything) as steppe_show_letter shows it. */
json_t *cli_text(const char *text);

/* Print an object on standard output, with a newline, and free it. Returns EXIT_DONE, or
 * EXIT_FAILED when it could not be written. */
int cli_print_json(json_t *object);

/* Warnings of a scenario at a scale (0: its own) and, if summarizer is not NULL, of a run: on standard
 * error, or as a JSON array. */
void cli_warn(const steppe_scenario *scenario, double scale,
              const steppe_summarizer *summarizer);
json_t *cli_warnings_json(const steppe_scenario *scenario, double scale,
                          const steppe_summarizer *summarizer);

/* EXIT_FAILED with a message if standard output could not be written, else `status`. */
int cli_close_output(int status);

#endif
