/* steppe ask SCENARIO [QUESTION...] */
#include "cli.h"
#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- progress ---- */

typedef struct stage_line {
    progress line;
    char stage[60];
} stage_line;

static int show(const char *stage, double done, void *user)
{
    stage_line *s = user;
    if (strcmp(s->stage, stage) != 0) {
        progress_end(&s->line);
        progress_begin(&s->line, s->line.quiet);
        snprintf(s->stage, sizeof s->stage, "%s", stage);
        if (!s->line.quiet && !s->line.terminal)
            fprintf(stderr, "runs of the arm '%s'\n", stage);
    }
    return progress_share(done, &s->line);
}

typedef struct arguments {
    cli_options common;
    bool registering;
} arguments;

enum { KEY_REGISTER = 0x100 };

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    (void)text;
    switch (key) {
    case KEY_REGISTER: a->registering = true; return 0;
    case ARGP_KEY_END:
        if (a->registering && a->common.setting_count > 0)
            argp_error(state, "--register and --set exclude each other: a registration "
                              "is of the scenario's file");
        if (a->registering && (a->common.page || a->common.list))
            argp_error(state, "--register and --%s exclude each other",
                       a->common.page ? "page" : "list");
        return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* ---- answers ---- */

typedef struct answers {
    const steppe_scenario *scenario;
    uint64_t seed;
    steppe_answer **all;
    size_t count;
} answers;

static steppe_table *answers_table(const void *object, const char *name)
{
    const answers *a = object;
    (void)name;
    return steppe_answers_table((const steppe_answer *const *)a->all, a->count);
}

static void print_registration(const steppe_answer *answer)
{
    const steppe_answer_facts *f = steppe_answer_read(answer);
    printf("registration: ");
    cli_wrap(f->registered_words, 14);
    if (f->registration_change_count > 0)
        cli_print_table(steppe_answer_table(answer, "registration"));
}

static void print_answer(const steppe_answer *answer)
{
    const steppe_answer_facts *f = steppe_answer_read(answer);
    char words[120];
    printf("== %s%s%s%s: %s ==\n", f->id, *f->claim ? " (" : "", f->claim,
           *f->claim ? ")" : "", steppe_verdict_text(f->verdict));
    cli_wrap(f->text, 0);
    putchar('\n');
    cli_wrap(steppe_answer_words(answer), 0);
    print_registration(answer);
    if (f->pairs + f->failed > 0) { /* it was run */
        printf("\n%s, %s; population: %s\n", f->outcome, f->unit,
               cli_population_words(f->population_held, f->population_seed, "all pairs",
                                    "each pair", words));
        if (f->failed)
            printf("%zu more pair%s FAILED and left out: %s\n", f->failed,
                   steppe_plural((double)f->failed), f->failure);
        cli_print_table(steppe_answer_table(answer, "distribution"));
        cli_print_table(steppe_answer_table(answer, "details"));
    }
    if (f->cause_count > 0) {
        puts("\nshares of the causes (Shapley: over all orders in which they are taken "
             "away):");
        cli_print_table(steppe_answer_table(answer, "causes"));
    }
    if (f->point_count > 0) {
        printf("\nalong %s, %zu pair%s each:\n", f->driver, f->point_pairs,
               steppe_plural((double)f->point_pairs));
        cli_print_table(steppe_answer_table(answer, "points"));
    }
    putchar('\n');
}

static void set_table(json_t *object, const char *key, steppe_table *table)
{
    json_object_set_new(object, key, steppe_table_json(table));
    steppe_table_free(table);
}

/* What a row of the table lacks: its lists; and null for what was not computed. */
static void complete_answer(json_t *object, const steppe_answer *answer,
                            const steppe_scenario *scenario)
{
    const steppe_answer_facts *f = steppe_answer_read(answer);
    json_t *sides = json_object_get(object, "sides");
    set_table(json_object_get(object, "registration"), "changes",
              steppe_answer_table(answer, "registration"));
    set_table(object, "distribution", steppe_answer_table(answer, "distribution"));
    set_table(json_object_get(object, "space"), "drivers",
              steppe_answer_table(answer, "drivers"));
    set_table(object, "causes", steppe_answer_table(answer, "causes"));
    set_table(json_object_get(object, "break_even"), "points",
              steppe_answer_table(answer, "points"));
    if (!(f->take_off > 0))
        json_object_set_new(object, "take_off", json_null());
    if (!f->falls)
        json_object_set_new(object, "falls", json_null());
    if (!f->has_placebo)
        json_object_set_new(sides, "placebo", json_null());
    if (!f->has_positive_control)
        json_object_set_new(sides, "positive_control", json_null());
    if (f->point_count == 0)
        json_object_set_new(object, "break_even", json_null());
    if (!f->population_held)
        json_object_set_new(object, "population_seed", json_null());
    json_object_set_new(object, "warnings", cli_warnings_json(scenario, f->scale, NULL));
}

static json_t *json_of(const void *object)
{
    return json_pack("{s:s, s:i}", "title",
                     steppe_scenario_title(((const answers *)object)->scenario),
                     "verdict_rules", STEPPE_VERDICT_RULES);
}

static void complete(json_t *json, const void *object)
{
    const answers *a = object;
    for (size_t i = 0; i < a->count; i++)
        complete_answer(json_array_get(json_object_get(json, "answers"), i), a->all[i],
                        a->scenario);
}

static int write_page(steppe_context *context, const void *object, const char *path)
{
    const answers *a = object;
    return steppe_answers_write_page(context, a->scenario,
                                     (const steppe_answer *const *)a->all, a->count,
                                     a->seed, path);
}

/* Each answer was printed when it was there. */
static void print_nothing(const void *object)
{
    (void)object;
}

/* ---- the command ---- */

static steppe_table *questions_table(const void *scenario, const char *name)
{
#define F(member) STEPPE_FIELD(steppe_question_info, member)
    static const steppe_column QUESTIONS[] = {{"id", "question", F(id)},
                                              {"claim", "claim", F(claim)},
                                              {"text", "asked", F(text)},
                                              {"outcome", "outcome", F(outcome)},
                                              {"unit", NULL, F(unit)},
                                              {"meaning", NULL, F(meaning)},
                                              {"note", NULL, F(note)}};
#undef F
    steppe_table *table = steppe_table_create(QUESTIONS,
                                              sizeof QUESTIONS / sizeof *QUESTIONS);
    steppe_question_info q;
    (void)name;
    for (size_t i = 0; steppe_scenario_question(scenario, i, &q) == STEPPE_OK; i++)
        steppe_table_add(table, &q);
    return table;
}

static json_t *list_json(const void *scenario)
{
    return json_pack("{s:s}", "title", steppe_scenario_title(scenario));
}

static void print_list(const void *scenario)
{
    cli_print_table(questions_table(scenario, "questions"));
}

static int list_questions(const cli_options *o, steppe_context *context,
                          const steppe_scenario *scenario)
{
    static const char *const TABLES[] = {"questions", NULL};
    cli_options list = *o;
    list.tables = TABLES;
    list.page = NULL;
    list.quiet = false;
    return cli_show(&list, context,
                    &(cli_finding){scenario, questions_table, NULL, list_json, NULL,
                                   print_list});
}

/* Index of a question; -1 after saying that there is none. */
static long find_question(const steppe_scenario *scenario, const char *name)
{
    steppe_question_info q;
    for (size_t i = 0; steppe_scenario_question(scenario, i, &q) == STEPPE_OK; i++)
        if (strcmp(q.id, name) == 0)
            return (long)i;
    char word[200];
    fprintf(stderr, "steppe: no question is called '%s'; there are:",
            steppe_show_line(name, word, sizeof word));
    for (size_t i = 0; steppe_scenario_question(scenario, i, &q) == STEPPE_OK; i++)
        fprintf(stderr, "%s %s", i ? "," : "", q.id);
    fprintf(stderr, "\n");
    return -1;
}

/* Warn of what is hardly meant. */
static int check_question(const cli_options *o, steppe_context *context,
                          const steppe_scenario *scenario, size_t index)
{
    char warning[700] = "";
    steppe_question_info q;
    int status = steppe_question_check(context, scenario, index);
    if (!o->quiet && steppe_scenario_question(scenario, index, &q) == STEPPE_OK)
        cli_warn(scenario, o->scale != 0 ? o->scale : q.scale, NULL);
    if (status == STEPPE_OK)
        status = steppe_question_warn(context, scenario, index, warning, sizeof warning);
    if (*warning)
        fprintf(stderr, "steppe: warning: %s\n", warning);
    return status;
}

static int ask_one(const cli_options *o, steppe_context *context,
                   const steppe_scenario *scenario, size_t index, steppe_answer **answer)
{
    stage_line line = {.stage = ""};
    steppe_ask_options options = cli_ask_options(o);
    options.progress = show;
    options.user = &line;
    int status = check_question(o, context, scenario, index);
    progress_begin(&line.line, o->quiet);
    if (status == STEPPE_OK)
        status = steppe_ask(context, scenario, index, &options, answer);
    progress_end(&line.line);
    if (status == STEPPE_STOPPED)
        return cli_say_interrupted(o->out);
    if (status != STEPPE_OK || !*answer)
        return cli_report(context, status);
    if (!o->json && !o->csv && !o->page)
        print_answer(*answer);
    fflush(stdout);
    return EXIT_DONE;
}

/* Say which runs failed. Returns EXIT_FAILED if all pairs of a question did. */
static int say_failures(const answers *a)
{
    int code = EXIT_DONE;
    for (size_t i = 0; i < a->count; i++) {
        const steppe_answer_facts *f = steppe_answer_read(a->all[i]);
        if (f->failed > 0)
            fprintf(stderr, "steppe: question '%s': %zu of %zu pairs failed; %s\n", f->id,
                    f->failed, f->failed + f->pairs, f->failure);
        else if (*f->failure)
            fprintf(stderr,
                    "steppe: question '%s': runs other than its pairs failed; %s\n",
                    f->id, f->failure);
        if (f->pairs == 0 && f->failed > 0)
            code = EXIT_FAILED;
    }
    return code;
}

static int ask_all(const cli_options *o, steppe_context *context,
                   const steppe_scenario *scenario)
{
    size_t named = o->argument_count - 1;
    answers a = {.scenario = scenario,
                 .seed = o->seed,
                 .count = named ? named : steppe_scenario_question_count(scenario)};
    if (steppe_scenario_question_count(scenario) == 0) {
        fprintf(stderr, "steppe: %s has no 'questions'\n", o->arguments[0]);
        return EXIT_USAGE;
    }
    a.all = calloc(a.count, sizeof *a.all);
    int code = a.all ? EXIT_DONE : cli_no_memory();
    for (size_t i = 0; i < a.count && code == EXIT_DONE; i++) {
        long index = named ? find_question(scenario, o->arguments[i + 1]) : (long)i;
        code = index < 0 ? EXIT_USAGE
                         : ask_one(o, context, scenario, (size_t)index, &a.all[i]);
    }
    if (code == EXIT_DONE) {
        code = cli_show(o, context,
                        &(cli_finding){&a, answers_table, write_page, json_of, complete,
                                       print_nothing});
        int failed = say_failures(&a);
        code = code == EXIT_DONE ? failed : code;
    }
    for (size_t i = 0; a.all && i < a.count; i++)
        steppe_answer_free(a.all[i]);
    free(a.all);
    return code;
}

/* ---- registration ---- */

typedef struct registration {
    const steppe_scenario *scenario;
    steppe_table **done; /* taken by the first who asks for it */
} registration;

static steppe_table *done_table(const void *object, const char *name)
{
    const registration *r = object;
    steppe_table *table = *r->done;
    (void)name;
    *r->done = NULL;
    return table;
}

static json_t *registration_json(const void *object)
{
    return json_pack("{s:s}", "title",
                     steppe_scenario_title(((const registration *)object)->scenario));
}

static void print_done(const void *object)
{
    cli_print_table(done_table(object, NULL));
}

/* Indices of the questions that are named, or of all; the caller frees them. Returns the exit status. */
static int find_questions(const cli_options *o, const steppe_scenario *scenario,
                          size_t **found, size_t *count)
{
    size_t named = o->argument_count - 1;
    *count = named ? named : steppe_scenario_question_count(scenario);
    if (steppe_scenario_question_count(scenario) == 0) {
        fprintf(stderr, "steppe: %s has no 'questions'\n", o->arguments[0]);
        return EXIT_USAGE;
    }
    *found = calloc(*count, sizeof **found);
    if (!*found)
        return cli_no_memory();
    for (size_t i = 0; i < *count; i++) {
        long index = named ? find_question(scenario, o->arguments[i + 1]) : (long)i;
        if (index < 0)
            return EXIT_USAGE;
        (*found)[i] = (size_t)index;
    }
    return EXIT_DONE;
}

/* Today in UTC. */
static const char *today(char date[16])
{
    time_t now = time(NULL);
    struct tm utc;
    if (!gmtime_r(&now, &utc) || strftime(date, 16, "%Y-%m-%d", &utc) == 0)
        snprintf(date, 16, "1970-01-01");
    return date;
}

static int register_all(const cli_options *o, steppe_context *context,
                        const steppe_scenario *scenario)
{
    static const char *const TABLES[] = {"questions", NULL};
    const steppe_ask_options asked = cli_ask_options(o);
    char date[16];
    const steppe_register_options options = {&asked, today(date), o->force};
    steppe_table *done = NULL;
    const registration r = {scenario, &done};
    size_t *questions = NULL, count = 0;
    int code = find_questions(o, scenario, &questions, &count);
    int status = code == EXIT_DONE
                     ? steppe_questions_register(context, scenario, questions, count,
                                                 &options, &done)
                     : STEPPE_OK;
    free(questions);
    if (code == EXIT_DONE && status != STEPPE_OK)
        code = cli_report(context, status);
    if (code == EXIT_DONE) {
        cli_options shown = *o;
        shown.tables = TABLES;
        shown.csv = o->csv ? TABLES[0] : NULL;
        code = cli_show(&shown, context,
                        &(cli_finding){&r, done_table, NULL, registration_json, NULL,
                                       print_done});
    }
    steppe_table_free(done);
    return code;
}

static int work(void *user, steppe_context *context, steppe_scenario *scenario)
{
    const arguments *a = user;
    const cli_options *o = &a->common;
    return o->list          ? list_questions(o, context, scenario)
           : a->registering ? register_all(o, context, scenario)
                            : ask_all(o, context, scenario);
}

int command_ask(int argc, char **argv)
{
    static const char *const TABLES[] = {"answers", NULL};
    static const char *const PICTURES[] = {".svg", NULL};
    static const struct argp_option OPTIONS[] = {
        {"register", KEY_REGISTER, NULL, 0,
         "run nothing: freeze how the questions will be asked with these options, in "
         "NAME.registered.yaml beside the scenario; answers are compared with it. What "
         "is "
         "registered otherwise is an error, or with --force registered anew, and answers "
         "say so",
         0},
        {0}};
    static const struct argp ARGP = {
        OPTIONS, parse, .args_doc = "SCENARIO [QUESTION...]",
        .doc =
            "Answer the questions of a scenario, or those that are named: run the two "
            "arms of each in pairs, on the same random numbers, until the verdict is "
            "settled.\v"
            "The runs are kept, so that the same command finds them again, and resumes "
            "after an interruption. Exit status: 0 done, whatever the answers; 1 failed, "
            "or all pairs of a question have; 2 bad input or usage; 130 interrupted."};
    arguments a = {.common = {.has = CLI_SET | CLI_SEED | CLI_POPULATION | CLI_SCALE |
                                     CLI_PAIRS | CLI_WIDTH | CLI_SOURCE | CLI_THREADS |
                                     CLI_OUT_FOLDER | CLI_PAGE | CLI_FORCE | CLI_JSON |
                                     CLI_CSV | CLI_QUIET | CLI_LIST,
                              .least = 1,
                              .tables = TABLES,
                              .pictures = PICTURES,
                              .out = "results/ask",
                              .out_default = "results/ask",
                              .seed = 1}};
    return cli_with_scenario(&ARGP, argc, argv, &a, work);
}
