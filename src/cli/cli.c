#include "cli.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool reported; /* that standard output cannot be written */

void cli_check_output(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return;
    if (!reported) {
        fprintf(stderr, "steppe: standard output cannot be written: %s\n",
                strerror(errno));
        fflush(stderr);
    }
    _exit(EXIT_FAILED);
}

int cli_report(const steppe_context *context, int status)
{
    const char *message = steppe_context_message(context), *problem;
    size_t count = steppe_context_problem_count(context), listed = 0;
    for (; (problem = steppe_context_problem(context, listed)); listed++)
        fprintf(stderr, "steppe: %s\n", problem);
    if (count > listed)
        fprintf(stderr, "steppe: and %zu more\n", count - listed);
    if (count == 0)
        fprintf(stderr, "steppe: %s\n", *message ? message : steppe_status_text(status));
    switch (status) {
    case STEPPE_BAD_SCENARIO:
    case STEPPE_BAD_ARGUMENT:
    case STEPPE_CANNOT_READ:
    case STEPPE_BAD_RESULTS: return EXIT_USAGE;
    case STEPPE_STOPPED: return cli_interrupted() ? EXIT_INTERRUPTED : EXIT_FAILED;
    default: return EXIT_FAILED;
    }
}

int cli_no_memory(void)
{
    fprintf(stderr, "steppe: %s\n", steppe_status_text(STEPPE_NO_MEMORY));
    return EXIT_FAILED;
}

static volatile sig_atomic_t interrupted;
static struct timespec interrupted_at;

/* Terminals, shells and timeout(1) send some signals twice at once, to a process and to its group: a second
 * one counts from half a second on. */
static void on_signal(int number)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double later = (double)(now.tv_sec - interrupted_at.tv_sec) +
                   (double)(now.tv_nsec - interrupted_at.tv_nsec) * 1e-9;
    if (!interrupted) {
        interrupted_at = now;
        interrupted = 1;
    } else if (later > 0.5) {
        signal(number, SIG_DFL);
        raise(number); /* heeded when this returns */
    }
}

void cli_watch_interruption(void)
{
    struct sigaction action = {.sa_handler = on_signal}, before;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (sigaction(SIGHUP, NULL, &before) == 0 && before.sa_handler != SIG_IGN) /* nohup */
        sigaction(SIGHUP, &action, NULL);
}

bool cli_interrupted(void)
{
    return interrupted;
}

/* For whatever takes long in the library. */
static bool asked_to_stop(void *user)
{
    (void)user;
    return interrupted;
}

int cli_context_create(steppe_context **context)
{
    int status = steppe_context_create(context);
    if (status == STEPPE_OK) {
        steppe_context_watch(*context, asked_to_stop, NULL);
        return EXIT_DONE;
    }
    fprintf(stderr, "steppe: %s\n", steppe_status_text(status));
    return EXIT_FAILED;
}

int cli_failed(int code, size_t failed, size_t all, const char *first, bool keep_going)
{
    if (failed == 0)
        return code;
    fprintf(stderr, "steppe: %zu of %zu runs failed; %s%s\n", failed, all, first,
            keep_going || code != EXIT_DONE ? ""
                                            : " (--keep-going ends with 0 all the same)");
    return code == EXIT_DONE && !keep_going ? EXIT_FAILED : code;
}

void cli_note_shared(const char *path)
{
    char name[4096];
    struct stat facts;
    if (snprintf(name, sizeof name, "%s-wal", path) < (int)sizeof name &&
        stat(name, &facts) == 0)
        fprintf(stderr,
                "steppe: note: another program has %s open: %s stays until that "
                "program closes it\n",
                path, name);
}

int cli_say_interrupted(const char *kept)
{
    if (*kept)
        fprintf(stderr,
                "steppe: interrupted; what was run is kept in %s: the same command "
                "resumes it\n",
                kept);
    else
        fprintf(stderr, "steppe: interrupted\n");
    return EXIT_INTERRUPTED;
}

const char *cli_results_path(const cli_options *options, const steppe_scenario *scenario,
                             const char *ending, char buffer[160])
{
    char stem[128];
    if (options->out)
        return options->out;
    mkdir("results", 0777); /* opening the file says why if that did not work */
    snprintf(buffer, 160, "results/%s-%s.sqlite",
             steppe_scenario_stem(scenario, stem, sizeof stem), ending);
    return buffer;
}

int cli_page_check(steppe_context *context, const cli_options *options)
{
    static const char *const NONE[] = {NULL};
    const char *const *pictures = options->pictures ? options->pictures : NONE;
    size_t count = 0;
    while (pictures[count])
        count++;
    int status = options->page
                     ? steppe_page_check(context, options->page, pictures, count)
                     : STEPPE_OK;
    return status == STEPPE_OK ? EXIT_DONE : cli_report(context, status);
}

int cli_with_scenario(const struct argp *own, int argc, char **argv, void *arguments,
                      cli_work work)
{
    cli_options *options = arguments;
    steppe_context *context = NULL;
    steppe_scenario *scenario = NULL;
    cli_parse(own, argc, argv, arguments);
    cli_watch_interruption();
    int code = cli_context_create(&context);
    if (code == EXIT_DONE && options->argument_count > 0) {
        steppe_context_replace(context, options->force);
        int status = steppe_scenario_open(context, options->arguments[0],
                                          options->settings, options->setting_count,
                                          &scenario);
        code = status == STEPPE_OK ? EXIT_DONE : cli_report(context, status);
    }
    if (code == EXIT_DONE && scenario) {
        cli_print_warnings(scenario);
        code = cli_page_check(context, options);
    }
    if (code == EXIT_DONE)
        code = work(arguments, context, scenario);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    free(options->arguments);
    return code;
}

void cli_print_warnings(const steppe_scenario *scenario)
{
    for (size_t i = 0; i < steppe_scenario_warning_count(scenario); i++)
        fprintf(stderr, "steppe: warning: %s\n", steppe_scenario_warning(scenario, i));
}

json_t *cli_settings_json(const steppe_scenario *scenario)
{
    json_t *list = json_array();
    for (size_t i = 0; i < steppe_scenario_setting_count(scenario); i++)
        json_array_append_new(list, json_string(steppe_scenario_setting(scenario, i)));
    return list;
}

void cli_print_settings(const steppe_scenario *scenario)
{
    for (size_t i = 0; i < steppe_scenario_setting_count(scenario); i++)
        printf("%-16s%s\n", i ? "" : "set by --set",
               steppe_scenario_setting(scenario, i));
}

const char *cli_population_words(bool held, uint64_t seed, const char *runs,
                                 const char *run, char *buffer)
{
    if (held)
        snprintf(buffer, 120, "the same in %s, drawn from the seed %llu", runs,
                 (unsigned long long)seed);
    else
        snprintf(buffer, 120, "drawn anew with %s, from its seed", run);
    return buffer;
}

json_t *cli_number_json(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *cli_numbers_json(const double *values, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, cli_number_json(values[i]));
    return list;
}

json_t *cli_digest_json(uint64_t digest)
{
    return json_sprintf("%016llx", (unsigned long long)digest);
}

json_t *cli_seed_json(uint64_t seed)
{
    return json_sprintf("%llu", (unsigned long long)seed);
}

json_t *cli_population_json(bool held, uint64_t seed)
{
    return held ? cli_seed_json(seed) : json_null();
}

const char *cli_count(double value, char *buffer)
{
    return steppe_number_words(value, STEPPE_CELL_COUNT, 0, buffer);
}

const char *cli_number(double value, char *buffer)
{
    return steppe_number_words(value, STEPPE_CELL_NUMBER, 4, buffer);
}

int cli_width(void)
{
    struct winsize size = {.ws_col = 0};
    bool said = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40;
    return said ? size.ws_col : isatty(STDOUT_FILENO) ? 80 : 0;
}

void cli_wrap(const char *text, int indent)
{
    static const char BLANKS[] = " \n\t";
    int column = 0, width = (cli_width() ? cli_width() : 80) - indent;
    while (*text) {
        char word[256];
        size_t length = strcspn(text, BLANKS);
        bool whole = length < sizeof word;
        snprintf(word, sizeof word, "%.*s", (int)length, text);
        int columns = whole ? steppe_text_width(word) : (int)length;
        if (column > 0 && column + 1 + columns > width) {
            printf("\n%*s", indent, "");
            column = 0;
        } else if (column > 0) {
            putchar(' ');
            column++;
        }
        printf("%.*s", (int)length, text);
        column += columns;
        text += length;
        text += strspn(text, BLANKS);
    }
    putchar('\n');
}

const char *cli_bytes(double bytes, char *buffer)
{
    static const char *const UNITS[] = {"B", "KB", "MB", "GB", "TB"};
    size_t unit = 0;
    while (bytes >= 1000 && unit < 4) {
        bytes /= 1000;
        unit++;
    }
    snprintf(buffer, 32, "%.*f %s", bytes < 10 && unit ? 1 : 0, bytes, UNITS[unit]);
    return buffer;
}

void cli_print_table(steppe_table *table)
{
    char *text = steppe_table_row_count(table) > 0
                     ? steppe_table_text(table, STEPPE_TERMINAL, cli_width())
                     : NULL;
    if (text)
        printf("\n%s", text);
    else if (!table || steppe_table_row_count(table) > 0)
        cli_no_memory();
    free(text);
    steppe_table_free(table);
}

int cli_print_csv(steppe_table *table)
{
    char *text = steppe_table_text(table, STEPPE_CSV, 0);
    steppe_table_free(table);
    if (!text)
        return cli_no_memory();
    fputs(text, stdout);
    free(text);
    return cli_close_output(EXIT_DONE);
}

int cli_show(const cli_options *o, steppe_context *context, const cli_finding *f)
{
    int status = o->page ? f->write_page(context, f->object, o->page) : STEPPE_OK;
    if (status != STEPPE_OK)
        return cli_report(context, status);
    if (o->json) {
        json_t *object = f->json(f->object);
        int bad = 0;
        for (const char *const *name = o->tables; *name; name++) {
            steppe_table *table = f->table_of(f->object, *name);
            bad |= json_object_set_new(object, *name, steppe_table_json(table));
            steppe_table_free(table);
        }
        if (f->complete)
            f->complete(object, f->object);
        if (bad) {
            json_decref(object);
            object = NULL;
        }
        return cli_print_json(object);
    }
    if (o->csv)
        return cli_print_csv(f->table_of(f->object, o->csv));
    if (!o->quiet)
        f->print(f->object);
    if (o->page && !o->quiet)
        printf("%-16s%s\n", "page", o->page);
    return cli_close_output(EXIT_DONE);
}

void cli_add_fields(json_t *object, const steppe_column *columns, size_t count,
                    const void *record)
{
    steppe_table *table = steppe_table_create(columns, count);
    steppe_table_add(table, record);
    json_t *rows = steppe_table_json(table);
    json_object_update(object, json_array_get(rows, 0));
    json_decref(rows);
    steppe_table_free(table);
}

json_t *cli_text(const char *text)
{
    json_t *plain = json_string(text);
    size_t size = STEPPE_SHOWN_LETTER * strlen(text) + 1;
    char *shown = plain ? NULL : malloc(size);
    if (shown)
        plain = json_string(steppe_show_line(text, shown, size));
    free(shown);
    return plain;
}

int cli_print_json(json_t *object)
{
    if (!object)
        fprintf(stderr,
                "steppe: no JSON can be made of it: out of memory, or a text is not "
                "UTF-8\n");
    int bad = object
                  ? json_dumpf(object, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(15))
                  : -1;
    json_decref(object);
    if (bad == 0)
        putchar('\n');
    return cli_close_output(bad == 0 ? EXIT_DONE : EXIT_FAILED);
}

int cli_close_output(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    fprintf(stderr, "steppe: standard output cannot be written: %s\n", strerror(errno));
    reported = true;
    return EXIT_FAILED;
}

/* Warning `index` of a scenario at a scale, and then of a run. */
static bool find_warning(const steppe_scenario *scenario, double scale,
                         const steppe_summarizer *summarizer, size_t index,
                         char text[STEPPE_WARNING_TEXT])
{
    size_t before = 0;
    while (scenario && steppe_scale_warning(scenario, scale, before, text) == STEPPE_OK) {
        if (before++ == index)
            return true;
    }
    return summarizer &&
           steppe_run_warning(summarizer, index - before, text) == STEPPE_OK;
}

void cli_warn(const steppe_scenario *scenario, double scale,
              const steppe_summarizer *summarizer)
{
    char text[STEPPE_WARNING_TEXT];
    for (size_t i = 0; find_warning(scenario, scale, summarizer, i, text); i++)
        fprintf(stderr, "steppe: warning: %s\n", text);
}

json_t *cli_warnings_json(const steppe_scenario *scenario, double scale,
                          const steppe_summarizer *summarizer)
{
    char text[STEPPE_WARNING_TEXT];
    json_t *list = json_array();
    for (size_t i = 0; find_warning(scenario, scale, summarizer, i, text); i++)
        json_array_append_new(list, json_string(text));
    return list;
}
