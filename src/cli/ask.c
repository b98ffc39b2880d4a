/* steppe ask SCENARIO [QUESTION...] */
#include "ask.h"
#include "progress.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_QUESTIONS = 64,
    KEY_SEED = 0x100,
    KEY_SCALE,
    KEY_PAIRS,
    KEY_DRAWS,
    KEY_WIDTH,
    KEY_PAGE,
    KEY_THREADS,
    KEY_JSON,
    KEY_LIST
};

typedef struct arguments {
    scenario_arguments scenario;
    const char *names[MAX_QUESTIONS];
    size_t count;
    steppe_ask_options options;
    const char *page;
    bool json, quiet, list;
} arguments;

static const struct argp_option OPTIONS[] = {
    {"list", KEY_LIST, NULL, 0, "list the questions and stop", 0},
    {"pairs", KEY_PAIRS, "N", 0,
     "pairs of runs, at most (default: the question's); fewer if the verdict is settled; "
     "with fewer than 50 there is none",
     0},
    {"draws", KEY_DRAWS, "N", 0,
     "pairs over the parameter ranges (default: the question's); 0: none", 0},
    {"width", KEY_WIDTH, "W", 0,
     "part of each range, around the value that is used, that they are over (default: "
     "the "
     "question's)",
     0},
    {"scale", KEY_SCALE, "S", 0,
     "residents that one agent stands for (default: the question's, or the scenario's)",
     0},
    {"seed", KEY_SEED, "S", 0, "seed of the first pair (default 1)", 0},
    CLI_POPULATION_OPTION("all pairs (default: each has its own, by its seed)"),
    {"threads", KEY_THREADS, "N", 0,
     "runs at the same time (default: one a core); never changes answers", 0},
    CLI_SET_OPTION,
    {"out", 'o', "DIR", 0,
     "folder for the runs, which are kept and found again (default: results/ask)", 0},
    {"page", KEY_PAGE, "FILE.md", 0,
     "write the answers, by the claims that they test, as a page with a picture beside "
     "it",
     0},
    CLI_FORCE_OPTION,
    {"json", KEY_JSON, NULL, 0, "print one JSON object on standard output", 0},
    {"quiet", 'q', NULL, 0, "no progress", 0},
    {0}};

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    steppe_ask_options *o = &a->options;
    switch (key) {
    case KEY_LIST: a->list = true; return 0;
    case KEY_PAIRS: o->pairs = cli_whole(state, "--pairs", text, 2, 100000); return 0;
    case KEY_DRAWS:
        o->draws = cli_whole(state, "--draws", text, 0, 100000);
        o->no_draws = o->draws == 0;
        return 0;
    case KEY_WIDTH: o->width = cli_width(state, text); return 0;
    case KEY_SCALE: o->scale = cli_scale(state, text); return 0;
    case KEY_SEED: o->seed = cli_whole(state, "--seed", text, 0, UINT64_MAX); return 0;
    case CLI_KEY_POPULATION:
        o->population_seed = cli_population(state, text);
        o->population_seed_given = true;
        return 0;
    case KEY_THREADS:
        o->threads = (int)cli_whole(state, "--threads", text, 1, 1024);
        return 0;
    case 'o': o->folder = text; return 0;
    case 'q': a->quiet = true; return 0;
    case KEY_PAGE: a->page = text; return 0;
    case KEY_JSON: a->json = true; return 0;
    case ARGP_KEY_ARG:
        if (a->scenario.file && a->count < MAX_QUESTIONS) {
            a->names[a->count++] = text;
            return 0;
        }
        return cli_scenario_key(key, text, state, &a->scenario);
    case ARGP_KEY_NO_ARGS: argp_error(state, "which SCENARIO?"); return 0;
    default: return cli_scenario_key(key, text, state, &a->scenario);
    }
}

/* ---- progress ---- */

typedef struct stage_line {
    progress line;
    char stage[60];
} stage_line;

static int show(const char *stage, double done, void *user)
{
    stage_line *s = user;
    if (strcmp(s->stage, stage) != 0) {
        bool quiet = s->line.quiet;
        progress_end(&s->line);
        progress_begin(&s->line);
        s->line.quiet = quiet;
        snprintf(s->stage, sizeof s->stage, "%s", stage);
        if (!quiet && !s->line.terminal)
            fprintf(stderr, "runs of the arm '%s'\n", stage);
    }
    return progress_share(done, &s->line);
}

/* ---- an answer ---- */

static void print_row(const char *name, const double *values, int count)
{
    char text[40];
    printf("  %-24s", name);
    for (int k = 0; k < count; k++)
        printf(" %14s", cli_number(values[k], text));
    putchar('\n');
}

static void print_sides(const steppe_answer_facts *f)
{
    if (f->has_placebo)
        printf("  placebo: %zu of %zu pairs bit-identical\n", f->placebo_identical,
               f->side_pairs);
    if (f->has_control) {
        const double values[] = {f->control_effect, f->control_low, f->control_high};
        print_row("positive control", values, 3);
    }
}

static void print_space(const steppe_answer_facts *f)
{
    size_t told = f->draws - f->draws_zero;
    if (f->draws == 0)
        return;
    printf(
        "  over the ranges (width %g): %zu points, %zu more, %zu less, %zu the same in "
        "both arms, %zu beyond the margin%s\n",
        f->width, f->draws, f->draws_positive, f->draws_negative, f->draws_zero,
        f->draws_beyond, f->draws_failed ? "; some FAILED" : "");
    if (isfinite(f->agree_low) && told > 0)
        printf("  of the %zu that differ, as the verdict says: %zu, %.0f %% (%.0f to "
               "%.0f)\n",
               told, f->draws_agree, 100 * (double)f->draws_agree / (double)told,
               100 * f->agree_low, 100 * f->agree_high);
    print_row("difference there", f->draw_quantiles, 5);
    if (!f->screened)
        printf(
            "  which of %zu ranges it correlates with: not looked for, as it takes %zu "
            "points, none of which fails\n",
            f->screen_ranges, f->screen_points);
    for (size_t k = 0; k < f->driver_count; k++)
        printf("  correlates with %s (rank correlation %+.2f, p %.2g over all ranges)\n",
               f->drivers[k], f->driver_correlation[k], f->driver_p[k]);
    if (f->screened)
        printf("  a dummy that means nothing: rank correlation %+.2f, p %.2g\n",
               f->dummy_correlation, f->dummy_p);
}

static void print_break_even(const steppe_answer_facts *f)
{
    char a[4][40];
    if (f->point_count == 0)
        return;
    printf("  by %s (%zu pairs each):\n", f->driver, f->point_pairs);
    for (size_t k = 0; k < f->point_count; k++) {
        const steppe_answer_point *p = &f->points[k];
        printf("    at %-22s %14s %14s %14s\n", cli_number(p->value, a[0]),
               cli_number(p->effect, a[1]), cli_number(p->low, a[2]),
               cli_number(p->high, a[3]));
    }
    if (f->turn == STEPPE_BREAK_EVEN_FOUND)
        printf("  break-even at %s (%s to %s)\n", cli_number(f->break_even, a[0]),
               cli_number(f->break_even_low, a[1]), cli_number(f->break_even_high, a[2]));
    else
        printf("  break-even: %s\n", ask_break_even_text(f->turn));
}

static void print_take_off(const steppe_answer_facts *f)
{
    char a[3][40];
    size_t n = f->off_both + f->off_base + f->off_changed + f->off_neither;
    if (n == 0)
        return;
    printf(
        "  takes off (over %s residents h): both %zu, control arm alone %zu, treatment "
        "arm alone %zu, neither %zu\n",
        cli_number(f->take_off_hours, a[0]), f->off_both, f->off_base, f->off_changed,
        f->off_neither);
    for (int arm = 0; arm < 2; arm++)
        printf("    probability in the %s arm: %.3f (%.3f to %.3f)\n",
               arm ? "treatment" : "control", f->off_rate[arm][0], f->off_rate[arm][1],
               f->off_rate[arm][2]);
    printf("    difference %+.3f (%.3f to %.3f), exact p %s\n", f->off_difference,
           f->off_low, f->off_high, cli_number(f->off_p, a[0]));
    printf("    effect where both take off: %s (%s to %s)\n",
           cli_number(f->given_effect, a[0]), cli_number(f->given_low, a[1]),
           cli_number(f->given_high, a[2]));
}

static void print_figures(const steppe_answer_facts *f)
{
    char a[3][40];
    const double effect[] = {f->effect, f->low, f->high};
    const double bootstrap[] = {f->effect, f->bootstrap_low, f->bootstrap_high};
    const double narrow[] = {f->smallest, f->narrow_low, f->narrow_high};
    const double robust[] = {f->smallest, f->robust_low, f->robust_high};
    printf("  %-24s %14s %14s %14s %14s %14s\n", "", "5 %", "25 %", "50 %", "75 %",
           "95 %");
    print_row("control arm", f->quantiles[0], 5);
    print_row("treatment arm", f->quantiles[1], 5);
    print_row("difference", f->quantiles[2], 5);
    printf("  %-24s %14s %14s %14s\n", "", "mean", "from", "to");
    print_row("effect (all looks)", effect, 3);
    print_row("... by the bootstrap", bootstrap, 3);
    printf("  %-24s %14s %14s %14s\n", "", "margin", "from", "to");
    print_row("compared with the margin", narrow, 3);
    print_row("... with rare flips", robust, 3);
    if (isfinite(f->flips_most))
        printf("  flips: %zu of %zu pairs, so up to %.1f %% of all, each of up to %s\n",
               f->flips, f->pairs, 100 * f->flips_most, cli_number(f->flips_size, a[0]));
    printf("  pairs: %zu more, %zu the same, %zu less; equivalence p %s; pairing saves a "
           "factor %s\n",
           f->positive, f->zero, f->negative, cli_number(f->equivalence, a[0]),
           cli_number(f->variance_reduction, a[1]));
    print_take_off(f);
    if (f->falls)
        printf(
            "  falls: both %zu, control arm alone %zu, treatment arm alone %zu, neither "
            "%zu; difference %+.3f (%.3f to %.3f), exact p %s\n",
            f->fell_both, f->fell_base, f->fell_changed, f->fell_neither,
            f->fall_difference, f->fall_low, f->fall_high, cli_number(f->fall_p, a[0]));
}

static void print_answer(const steppe_answer *answer)
{
    const steppe_answer_facts *f = steppe_answer_read(answer);
    char words[120];
    printf("== %s%s%s%s: %s ==\n", f->id, *f->claim ? " (" : "", f->claim,
           *f->claim ? ")" : "", steppe_verdict_text(f->verdict));
    cli_wrap(f->text, 0, 92);
    putchar('\n');
    cli_wrap(steppe_answer_words(answer), 0, 92);
    if (f->pairs + f->failed == 0) { /* nothing was run */
        putchar('\n');
        return;
    }
    printf("\n  %s, %s; one agent for %g residents; %zu pairs of at most %zu\n",
           f->outcome, f->unit, f->scale, f->pairs, f->max_pairs);
    printf("  population: %s\n",
           cli_population_words(f->population_held, f->population_seed, "all pairs",
                                "each pair", words));
    if (f->failed)
        printf("  %zu pairs more FAILED, and are left out: %s\n", f->failed, f->failure);
    if (f->changes)
        printf("  the arms part after step %llu; %zu of %zu pairs are the same until "
               "then, %zu "
               "to the end\n",
               (unsigned long long)f->changes, f->same_before, f->pairs, f->identical);
    else
        printf("  the arms differ from the start; %zu of %zu pairs are the same to the "
               "end\n",
               f->identical, f->pairs);
    print_figures(f);
    print_sides(f);
    print_space(f);
    print_break_even(f);
    putchar('\n');
}

/* ---- the command ---- */

static int list_as_json(const steppe_scenario *scenario)
{
    json_t *list = json_array();
    steppe_question_info q;
    for (size_t i = 0; steppe_scenario_question(scenario, i, &q) == STEPPE_OK; i++)
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id",
                                              q.id, "claim", q.claim, "text", q.text,
                                              "outcome", q.outcome, "unit", q.unit,
                                              "meaning", q.meaning, "note", q.note));
    return cli_print_json(json_pack("{s:s, s:o}", "title",
                                    steppe_scenario_title(scenario), "questions", list));
}

static int list_questions(const steppe_scenario *scenario)
{
    steppe_question_info q;
    for (size_t i = 0; steppe_scenario_question(scenario, i, &q) == STEPPE_OK; i++) {
        screen_cell(q.id, 15);
        screen_cell(q.claim, 3);
        screen_put(q.text);
        printf(" (%s)\n", q.outcome);
    }
    return cli_close_output(EXIT_DONE);
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

static int ask_one(const arguments *a, steppe_context *context,
                   const steppe_scenario *scenario, size_t index, steppe_answer **answer)
{
    stage_line line = {.stage = ""};
    steppe_ask_options options = a->options;
    progress_begin(&line.line);
    line.line.quiet = a->quiet;
    options.progress = show;
    options.user = &line;
    char warning[700] = "";
    int status = steppe_question_check(context, scenario, index);
    steppe_question_info q;
    if (!a->quiet && steppe_scenario_question(scenario, index, &q) == STEPPE_OK)
        cli_warn(scenario, options.scale != 0 ? options.scale : q.scale, NULL);
    if (status == STEPPE_OK)
        status = steppe_question_warn(context, scenario, index, warning, sizeof warning);
    if (*warning)
        fprintf(stderr, "steppe: warning: %s\n", warning);
    if (status == STEPPE_OK)
        status = steppe_ask(context, scenario, index, &options, answer);
    progress_end(&line.line);
    if (status == STEPPE_STOPPED) {
        fprintf(stderr, "steppe: interrupted; what was run is kept, and the same command "
                        "goes on\n");
        return EXIT_INTERRUPTED;
    }
    if (status != STEPPE_OK)
        return cli_report(context, status);
    if (!a->json && !a->page)
        print_answer(*answer);
    fflush(stdout);
    return EXIT_DONE;
}

/* Say which runs failed. Returns EXIT_FAILED if all pairs of a question did. */
static int say_failures(steppe_answer *const *answers, size_t count)
{
    int code = EXIT_DONE;
    for (size_t i = 0; i < count; i++) {
        const steppe_answer_facts *f = steppe_answer_read(answers[i]);
        if (f->failed > 0)
            fprintf(stderr, "steppe: question '%s': %zu of %zu pairs failed; %s\n", f->id,
                    f->failed, f->failed + f->pairs, f->failure);
        else if (*f->failure)
            fprintf(stderr, "steppe: question '%s': runs beside its pairs failed; %s\n",
                    f->id, f->failure);
        if (f->pairs == 0 && f->failed > 0)
            code = EXIT_FAILED;
    }
    return code;
}

/* Everything that was answered, as what was asked for. */
static int tell(const arguments *a, steppe_context *context,
                const steppe_scenario *scenario, steppe_answer *const *answers,
                size_t count)
{
    if (a->page) {
        int status = steppe_answers_write_page(context, scenario,
                                               (const steppe_answer *const *)answers,
                                               count, a->options.seed, a->page);
        if (status != STEPPE_OK)
            return cli_report(context, status);
    }
    if (a->json) {
        json_t *list = json_array();
        for (size_t i = 0; i < count; i++) {
            json_t *object = ask_answer_json(answers[i]);
            json_object_set_new(object, "warnings",
                                cli_warnings_json(scenario,
                                                  steppe_answer_read(answers[i])->scale,
                                                  NULL));
            json_array_append_new(list, object);
        }
        return cli_print_json(json_pack("{s:s, s:i, s:o}", "title",
                                        steppe_scenario_title(scenario), "verdict_rules",
                                        STEPPE_VERDICT_RULES, "answers", list));
    }
    if (a->page && !a->quiet)
        printf("page: %s\n", a->page);
    return cli_close_output(EXIT_DONE);
}

static int ask_all(const arguments *a, steppe_context *context,
                   const steppe_scenario *scenario)
{
    size_t there = steppe_scenario_question_count(scenario);
    size_t count = a->count ? a->count : there;
    if (there == 0) {
        fprintf(stderr, "steppe: %s asks nothing: it has no 'questions'\n",
                a->scenario.file);
        return EXIT_USAGE;
    }
    steppe_answer **answers = calloc(count, sizeof *answers);
    int code = answers ? EXIT_DONE : EXIT_FAILED;
    for (size_t i = 0; i < count && code == EXIT_DONE; i++) {
        long index = a->count ? find_question(scenario, a->names[i]) : (long)i;
        code = index < 0 ? EXIT_USAGE
                         : ask_one(a, context, scenario, (size_t)index, &answers[i]);
    }
    if (code == EXIT_DONE) {
        code = tell(a, context, scenario, answers, count);
        int failed = say_failures(answers, count);
        code = code == EXIT_DONE ? failed : code;
    }
    for (size_t i = 0; answers && i < count; i++)
        steppe_answer_free(answers[i]);
    free(answers);
    return code;
}

int command_ask(int argc, char **argv)
{
    static const struct argp ARGP = {
        OPTIONS,
        parse,
        "SCENARIO [QUESTION...]",
        "Answer the questions of a scenario, or those that are named: run the two arms "
        "of "
        "each in pairs, on the same random numbers, until the verdict is settled.\v"
        "The runs are kept, so that the same command finds them again, and one that was "
        "interrupted or killed goes on. Exit status: 0 done, whatever the answers; 1 "
        "failed, or all pairs of a question have; 2 bad input or usage; 130 interrupted.",
        NULL,
        NULL,
        NULL};
    arguments a = {.options = {.seed = 1, .folder = "results/ask"}};
    steppe_context *context = NULL;
    steppe_scenario *scenario = NULL;
    cli_parse(&ARGP, argc, argv, &a);
    cli_watch_interruption();
    int code = cli_scenario_open(&a.scenario, &context, &scenario);
    static const char *const PICTURES[] = {".svg"};
    if (code == EXIT_DONE && !a.list)
        code = cli_page_check(context, a.page, PICTURES, 1);
    if (code == EXIT_DONE)
        code = a.list && a.json ? list_as_json(scenario)
               : a.list         ? list_questions(scenario)
                                : ask_all(&a, context, scenario);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    return code;
}
