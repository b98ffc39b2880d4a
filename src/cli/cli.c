#include "cli.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool told; /* that standard output cannot be written */

/* argp prints help itself and does not look whether that worked. */
static void check_output(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return;
    if (!told) {
        fprintf(stderr, "steppe: standard output cannot be written: %s\n",
                strerror(errno));
        fflush(stderr);
    }
    _exit(EXIT_FAILED);
}

void cli_parse(const struct argp *argp, int argc, char **argv, void *input)
{
    char name[64];
    snprintf(name, sizeof name, "steppe %s", argv[0]);
    argv[0] = name; /* argp names it in its messages */
    argp_err_exit_status = EXIT_USAGE;
    atexit(check_output);
    argp_parse(argp, argc, argv, 0, NULL, input);
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

error_t cli_scenario_key(int key, char *text, struct argp_state *state,
                         scenario_arguments *a)
{
    switch (key) {
    case 's':
        if (a->setting_count == sizeof a->settings / sizeof *a->settings)
            argp_error(state, "too many --set options");
        a->settings[a->setting_count++] = text;
        return 0;
    case CLI_KEY_FORCE: a->force = true; return 0;
    case ARGP_KEY_ARG:
        if (a->file)
            argp_error(state, "one scenario at a time; '%s' is one too many", text);
        a->file = text;
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
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
        fprintf(
            stderr,
            "steppe: note: another program has %s open: %s stays beside it until that "
            "program closes it\n",
            path, name);
}

int cli_scenario_open(const scenario_arguments *a, steppe_context **context,
                      steppe_scenario **scenario)
{
    *scenario = NULL;
    if (cli_context_create(context) != EXIT_DONE)
        return EXIT_FAILED;
    steppe_context_replace(*context, a->force);
    int status = steppe_scenario_open(*context, a->file, a->settings, a->setting_count,
                                      scenario);
    if (status != STEPPE_OK)
        return cli_report(*context, status);
    cli_print_warnings(*scenario);
    return EXIT_DONE;
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

int cli_page_check(steppe_context *context, const char *page, const char *const *pictures,
                   size_t count)
{
    int status = page ? steppe_page_check(context, page, pictures, count) : STEPPE_OK;
    return status == STEPPE_OK ? EXIT_DONE : cli_report(context, status);
}

unsigned long long cli_whole(struct argp_state *state, const char *option,
                             const char *text, unsigned long long low,
                             unsigned long long high)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno || value < low ||
        value > high)
        argp_error(state, "%s: expected a whole number from %llu to %llu, not '%s'",
                   option, low, high, text);
    return value;
}

unsigned long long cli_population(struct argp_state *state, const char *text)
{
    return cli_whole(state, "--population-seed", text, 0, UINT64_MAX);
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

json_t *cli_population_json(bool held, uint64_t seed)
{
    char text[24];
    snprintf(text, sizeof text, "%llu", (unsigned long long)seed);
    return held ? json_string(text) : json_null();
}

double cli_scale(struct argp_state *state, const char *text)
{
    double value;
    if (!steppe_number_parse(text, &value) || !(value >= 1 && value <= 1e9))
        argp_error(state, "--scale: expected a number from 1 to 1e9, not '%s'", text);
    return value;
}

double cli_width(struct argp_state *state, const char *text)
{
    double value;
    if (!steppe_number_parse(text, &value) || !(value > 0 && value <= 1))
        argp_error(state, "--width: expected a number above 0, up to 1, not '%s'", text);
    return value;
}

const char *cli_grouped(double value, char *buffer)
{
    char digits[32];
    if (!isfinite(value)) {
        snprintf(buffer, 32, "-");
        return buffer;
    }
    if (fabs(value) >= 1e22) { /* of a damaged file: there is no room for its digits */
        snprintf(buffer, 32, "%.4g", value);
        return buffer;
    }
    int length = snprintf(digits, sizeof digits, "%.0f", value);
    char *out = buffer;
    for (int i = 0; i < length && out < buffer + 30; i++) {
        if (i > 0 && (length - i) % 3 == 0 && digits[i - 1] != '-')
            *out++ = ',';
        *out++ = digits[i];
    }
    *out = '\0';
    return buffer;
}

const char *cli_number(double value, char *buffer)
{
    if (!isfinite(value))
        snprintf(buffer, 40, "-");
    else if (fabs(value) >= 1000)
        cli_grouped(value, buffer);
    else
        snprintf(buffer, 40, "%.4g", value);
    return buffer;
}

void cli_wrap(const char *text, int indent, int width)
{
    static const char BLANKS[] = " \n\t";
    int column = 0;
    while (*text) {
        char word[256];
        size_t length = strcspn(text, BLANKS);
        bool whole = length < sizeof word;
        snprintf(word, sizeof word, "%.*s", (int)length, text);
        int columns = whole ? screen_width(word) : (int)length;
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

json_t *cli_real(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
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
        fprintf(stderr, "steppe: no JSON can be made of it: memory ran out, or a text is "
                        "not UTF-8\n");
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
    told = true;
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
