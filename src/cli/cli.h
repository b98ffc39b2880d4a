/* What the commands share. The command line uses the public header alone. */
#ifndef CLI_H
#define CLI_H

#include "options.h"
#include "screen.h"

#include <jansson.h>

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_INTERRUPTED = 130 };

/* The commands: arguments as main's, beginning with the command's name. */
int command_run(int argc, char **argv);
int command_check(int argc, char **argv);
int command_describe(int argc, char **argv);
int command_diff(int argc, char **argv);
int command_ask(int argc, char **argv);
int command_calibrate(int argc, char **argv);
int command_ensemble(int argc, char **argv);
int command_fit(int argc, char **argv);
int command_seat(int argc, char **argv);
int command_replicate(int argc, char **argv);
int command_scale_check(int argc, char **argv);
int command_risk(int argc, char **argv);
int command_sensitivity(int argc, char **argv);
int command_report(int argc, char **argv);

/* ---- A command from beginning to end ---- */

/* What a command does with its scenario; arguments begin with cli_options. Returns the exit status. */
typedef int (*cli_work)(void *arguments, steppe_context *context,
                        steppe_scenario *scenario);

/* Read the arguments (as cli_parse), open the scenario that they name (none without arguments), check that
 * --page may be written, and do the work. Returns its exit status, or that of a failure that has been
 * reported. */
int cli_with_scenario(const struct argp *own, int argc, char **argv, void *arguments,
                      cli_work work);

/* Print the context's message and return the exit status for a failure. */
int cli_report(const steppe_context *context, int status);

/* Say that memory is out; returns EXIT_FAILED. */
int cli_no_memory(void);

/* Create a context. Returns EXIT_DONE, or EXIT_FAILED after printing why. */
int cli_context_create(steppe_context **context);

/* From here on, the first SIGINT, SIGTERM or SIGHUP asks for a clean end, which cli_interrupted
 * reports, and which the library checks for wherever it may take long; one that comes half a second later, or
 * more, ends the process at once. A SIGHUP that is ignored (nohup) stays so. */
void cli_watch_interruption(void);
bool cli_interrupted(void);

/* Say that many runs were interrupted, and where what was done is kept ("" if nothing is). Returns
 * EXIT_INTERRUPTED. */
int cli_say_interrupted(const char *kept);

/* Say that so many of the runs failed; `first`: which and why. Returns EXIT_FAILED, or `code` if none
 * did or --keep-going was given. */
int cli_failed(int code, size_t failed, size_t all, const char *first, bool keep_going);

/* Say so if another program has a results file open, so that what was written is in FILE-wal too. */
void cli_note_shared(const char *path);

/* The path of a file of many runs: --out, or results/NAME-ENDING.sqlite, in buffer, with its folder
 * made. */
const char *cli_results_path(const cli_options *options, const steppe_scenario *scenario,
                             const char *ending, char buffer[160]);

/* May the page be written, and its pictures beside it? EXIT_DONE, or the exit status of a refusal that
 * has been reported. */
int cli_page_check(steppe_context *context, const cli_options *options);

/* EXIT_FAILED with a message if standard output could not be written, else `status`. */
int cli_close_output(int status);
/* The same at exit, for what argp prints. */
void cli_check_output(void);

/* ---- Warnings ---- */

/* Print the warnings of a scenario, a line each, on standard error. */
void cli_print_warnings(const steppe_scenario *scenario);
/* Warnings of a scenario at a scale (0: its own) and, if summarizer is not NULL, of a run: on standard
 * error, or as a JSON array. */
void cli_warn(const steppe_scenario *scenario, double scale,
              const steppe_summarizer *summarizer);
json_t *cli_warnings_json(const steppe_scenario *scenario, double scale,
                          const steppe_summarizer *summarizer);

/* ---- What is printed ---- */

/* A table by its name, of whatever `object` is; NULL when out of memory. */
typedef steppe_table *(*cli_table_of)(const void *object, const char *name);

/* Print a table on the terminal below an empty line, unless it has no rows, and free it. */
void cli_print_table(steppe_table *table);
/* Print a table as CSV, and free it. Returns the exit status. */
int cli_print_csv(steppe_table *table);

/* What a command has found, in the forms in which it can be shown. */
typedef struct cli_finding {
    const void *object; /* of all of them */
    cli_table_of table_of;
    int (*write_page)(steppe_context *context, const void *object,
                      const char *path); /* or NULL */
    json_t *(*json)(const void *object); /* all but the tables ... */
    void (*complete)(json_t *json,
                     const void *object); /* ... and what they lack; or NULL */
    void (*print)(const void *object);
} cli_finding;

/* Write the page that was asked for, and show the finding as JSON, as CSV or on the terminal. Returns the exit
 * status. */
int cli_show(const cli_options *options, steppe_context *context,
             const cli_finding *finding);

/* Put the fields of a record into a JSON object. */
void cli_add_fields(json_t *object, const steppe_column *columns, size_t count,
                    const void *record);
#define CLI_ADD_FIELDS(object, columns, record) \
    cli_add_fields(object, columns, sizeof(columns) / sizeof *(columns), record)

/* Print an object on standard output, with a newline, and free it. Returns EXIT_DONE, or
 * EXIT_FAILED when it could not be written. */
int cli_print_json(json_t *object);
/* A text in JSON; what is no UTF-8 (a file's name may be anything) as steppe_show_letter shows it. */
json_t *cli_text(const char *text);
/* A number, or a list of numbers; null for what is none. */
json_t *cli_number_json(double value);
json_t *cli_numbers_json(const double *values, size_t count);
/* A digest, "0123456789abcdef", and a seed, in JSON: texts, as neither fits a double. */
json_t *cli_digest_json(uint64_t digest);
json_t *cli_seed_json(uint64_t seed);
/* The seed of a population that is held fixed; null if each run has its own. */
json_t *cli_population_json(bool held, uint64_t seed);
/* "the same in all runs, drawn from the seed 3", or "drawn anew with each run, from its seed". runs: "all
 * runs" or the like, run: "each run". buffer: at least 120 bytes. */
const char *cli_population_words(bool held, uint64_t seed, const char *runs,
                                 const char *run, char *buffer);

/* The settings that a scenario was opened with: as a list of texts, or a line each. */
json_t *cli_settings_json(const steppe_scenario *scenario);
void cli_print_settings(const steppe_scenario *scenario);

/* "12,345,678", or "–" for what is no number, into buffer (STEPPE_NUMBER_TEXT bytes). */
const char *cli_count(double value, char *buffer);
/* The same, or "0.0123" below 1000. */
const char *cli_number(double value, char *buffer);
/* "3.2 GB" into buffer (at least 32 bytes). */
const char *cli_bytes(double bytes, char *buffer);

/* Columns of the terminal; 0 if standard output is none: tables in files and pipes have lines of any length. */
int cli_width(void);
/* Print a text over several lines of the terminal's width, each after `indent` blanks but the first,
 * which has begun in that column. */
void cli_wrap(const char *text, int indent);

#endif
