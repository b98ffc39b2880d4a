/* Does `presence: home` change the outcomes? Runs each case with `street` and with `home`, with the same seeds,
 * into files of ensembles that can be resumed, and writes a page of the differences.
 *
 *     presence PAGE.md PICTURE.svg
 */
#include "presence_study.h"

#include <argp.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

static volatile sig_atomic_t interrupted;

static void interrupt(int signal)
{
    (void)signal;
    interrupted = 1;
}

static int watch(double done, void *user)
{
    (void)done;
    (void)user;
    return interrupted;
}

typedef struct arguments {
    presence_options options;
    const char *files[2], *cases;
} arguments;

static const struct argp_option OPTIONS[] = {
    {"seeds", 'n', "N", 0, "seeds in each arm (default 30)", 0},
    {"cases", 'c', "LIST", 0,
     "cases to run, separated by commas, or none (default: all but kazakhstan-200, a "
     "quick trial); the page also has the existing runs of the others",
     0},
    {"folder", 'f', "DIR", 0,
     "folder of the ensembles' files, created or resumed (default: results/presence)", 0},
    {"steps", 's', "N", 0, "steps of each run, for a quick trial (default: the case's)",
     0},
    {"threads", 't', "N", 0, "runs at the same time (default: one per core)", 0},
    {0}};

static size_t whole(struct argp_state *state, const char *text, size_t most)
{
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno || end == text || *end || value < 1 || (size_t)value > most)
        argp_error(state, "expected a whole number from 1 to %zu, not '%s'", most, text);
    return (size_t)value;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case 'n': a->options.seeds = whole(state, text, 100000); return 0;
    case 'c': a->cases = text; return 0;
    case 'f': a->options.folder = text; return 0;
    case 's': a->options.steps = whole(state, text, 1000000); return 0;
    case 't': a->options.threads = (int)whole(state, text, 1024); return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 1)
            argp_error(state, "too many files");
        a->files[state->arg_num] = text;
        return 0;
    case ARGP_KEY_END:
        if (state->arg_num < 2)
            argp_error(state, "missing arguments PAGE.md PICTURE.svg");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* Flag the cases to run; exit for an unknown name. */
static void choose(const char *list, bool run[PRESENCE_CASES])
{
    for (int c = 0; c < PRESENCE_CASES; c++)
        run[c] = !list && PRESENCE_ALL[c].usual;
    if (!list || strcmp(list, "none") == 0)
        return;
    for (const char *name = list;; name++) {
        size_t length = strcspn(name, ",");
        int c = presence_find(name, length);
        if (c < 0) {
            fprintf(stderr,
                    "presence: unknown case '%.*s'; expected one of:", (int)length, name);
            for (int k = 0; k < PRESENCE_CASES; k++)
                fprintf(stderr, " %s", PRESENCE_ALL[k].name);
            fprintf(stderr, "\n");
            exit(2);
        }
        run[c] = true;
        name += length;
        if (!*name)
            return;
    }
}

int main(int argc, char **argv)
{
    static const struct argp ARGP = {OPTIONS,
                                     parse,
                                     "PAGE.md PICTURE.svg",
                                     "Compare presence 'home' with 'street' and write a "
                                     "page. After an interruption, the same command "
                                     "resumes.",
                                     NULL,
                                     NULL,
                                     NULL};
    static presence_study study;
    arguments a = {
        .options = {.seeds = 30, .folder = "results/presence", .progress = watch}};
    bool run[PRESENCE_CASES];
    argp_err_exit_status = 2;
    argp_parse(&ARGP, argc, argv, 0, NULL, &a);
    choose(a.cases, run);
    const struct sigaction action = {.sa_handler = interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    /* the longest case last */
    for (int c = PRESENCE_CASES - 1; c >= 0; c--)
        if (run[c] && presence_run((size_t)c, &a.options) != 0) {
            fprintf(stderr,
                    "presence: interrupted; the same command resumes; --cases none "
                    "writes the page of the existing runs\n");
            return 130;
        }
    for (int c = 0; c < PRESENCE_CASES; c++) {
        study.results[c].asked = run[c] || PRESENCE_ALL[c].usual;
        if (study.results[c].asked)
            presence_read((size_t)c, &a.options, &study.results[c]);
    }
    presence_test(&study);
    const char *slash = strrchr(a.files[1], '/');
    bool drawn = presence_draw(&study, a.files[1]);
    FILE *page = study_open(a.files[0]);
    presence_write(page, &study, drawn ? slash ? slash + 1 : a.files[1] : NULL);
    study_close(page, a.files[0]);
    presence_clear(&study);
    printf("presence: %s\n", a.files[0]);
    return 0;
}
