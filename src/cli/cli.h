/* What the commands share. The command line uses the public header alone. */
#ifndef CLI_H
#define CLI_H

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

/* From here on, the first SIGINT, SIGTERM and SIGHUP ask for a clean end, which cli_interrupted
 * tells, and which the library looks at wherever it may take long; a second of one of them ends the
 * process at once. SIGHUP stays ignored where it was (nohup). */
void cli_watch_interruption(void);
bool cli_interrupted(void);

/* The scenario that a command works on: FILE and --set KEY=VALUE options. */
typedef struct scenario_arguments {
    const char *file;
    const char *settings[256];
    size_t setting_count;
} scenario_arguments;

#define CLI_SET_OPTION                                                                  \
    {                                                                                   \
        "set", 's', "KEY=VALUE", 0, "replace a value of the scenario; may be repeated", \
            0                                                                           \
    }

/* Handle argp's keys for these; ARGP_ERR_UNKNOWN for any other key. */
error_t cli_scenario_key(int key, char *text, struct argp_state *state,
                         scenario_arguments *arguments);

/* Open it, in a new context. Returns EXIT_DONE, or the exit status of a failure that has been
 * reported; the caller frees both in either case. */
int cli_scenario_open(const scenario_arguments *arguments, steppe_context **context,
                      steppe_scenario **scenario);

/* A number of an option: whole, within [low, high]; argp's error if it is not. */
unsigned long long cli_whole(struct argp_state *state, const char *option,
                             const char *text, unsigned long long low,
                             unsigned long long high);

/* A scale: a number from 1 to 1e9; argp's error if it is not. */
double cli_scale(struct argp_state *state, const char *text);

/* The part of a range: a number above 0, up to 1; argp's error if it is not. */
double cli_width(struct argp_state *state, const char *text);

/* "12,345,678" into buffer (at least 32 bytes). */
const char *cli_grouped(double value, char *buffer);

/* "12,345", "0.0123" or "-" (not a number) into buffer (at least 40 bytes). */
const char *cli_number(double value, char *buffer);

/* "3.2 GB" into buffer (at least 32 bytes). */
const char *cli_bytes(double bytes, char *buffer);

/* Print a text in a column of `width` letters, and two spaces. */
void cli_print_cell(const char *text, int width);

/* Print a text over several lines of `width` letters, each after `indent` blanks but the first, which has
 * begun. */
void cli_wrap(const char *text, int indent, int width);

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
