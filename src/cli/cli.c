#include "cli.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* argp prints help itself and does not look whether that worked. */
static void check_output(void)
{
    if (fflush(stdout) != 0 || ferror(stdout))
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
    const char *message = steppe_context_message(context);
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
    case ARGP_KEY_ARG:
        if (a->file)
            argp_error(state, "one scenario at a time; '%s' is one too many", text);
        a->file = text;
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
    (void)number;
    interrupted = 1;
}

void cli_watch_interruption(void)
{
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND},
                     before;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, NULL, &before);
    if (before.sa_handler != SIG_IGN) /* nohup */
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

int cli_scenario_open(const scenario_arguments *a, steppe_context **context,
                      steppe_scenario **scenario)
{
    *scenario = NULL;
    if (cli_context_create(context) != EXIT_DONE)
        return EXIT_FAILED;
    int status = steppe_scenario_open(*context, a->file, a->settings, a->setting_count,
                                      scenario);
    return status == STEPPE_OK ? EXIT_DONE : cli_report(*context, status);
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
    if (isnan(value))
        snprintf(buffer, 40, "-");
    else if (fabs(value) >= 1000 && isfinite(value))
        cli_grouped(value, buffer);
    else
        snprintf(buffer, 40, "%.4g", value);
    return buffer;
}

void cli_print_cell(const char *text, int width)
{
    int letters = 0; /* UTF-8: bytes that begin a letter */
    for (const char *c = text; *c; c++)
        letters += ((unsigned char)*c & 0xc0) != 0x80;
    printf("%s%*s  ", text, letters < width ? width - letters : 0, "");
}

void cli_wrap(const char *text, int indent, int width)
{
    int column = 0;
    while (*text) {
        int length = (int)strcspn(text, " ");
        if (column > 0 && column + 1 + length > width) {
            printf("\n%*s", indent, "");
            column = 0;
        } else if (column > 0) {
            putchar(' ');
            column++;
        }
        printf("%.*s", length, text);
        column += length;
        text += length;
        text += strspn(text, " ");
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

int cli_print_json(json_t *object)
{
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
