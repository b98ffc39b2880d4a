/* steppe check SCENARIO */
#include "cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is wrong, as it is found: printed, or kept for JSON. */
typedef struct findings {
    json_t *errors, *warnings; /* NULL: they are printed */
    size_t more;               /* that are not listed */
    int code;
} findings;

static void note(findings *f, const steppe_context *context, int status)
{
    const char *problem;
    size_t count = steppe_context_problem_count(context), listed = 0;
    if (status == STEPPE_OK)
        return;
    if (!f->errors) {
        int code = cli_report(context, status);
        f->code = f->code == EXIT_DONE ? code : f->code;
        return;
    }
    for (; (problem = steppe_context_problem(context, listed)); listed++)
        json_array_append_new(f->errors, json_string(problem));
    if (count == 0)
        json_array_append_new(f->errors, json_string(steppe_context_message(context)));
    f->more += count > listed ? count - listed : 0;
    bool bad = status == STEPPE_BAD_SCENARIO || status == STEPPE_BAD_ARGUMENT ||
               status == STEPPE_CANNOT_READ;
    f->code = bad ? EXIT_USAGE : EXIT_FAILED;
}

/* What may be wrong with a file that can be read: people that do not fit, questions that cannot be asked. */
static void look_further(findings *f, steppe_context *context,
                         const steppe_scenario *scenario)
{
    if (strcmp(steppe_scenario_model(scenario), "street") == 0) {
        const steppe_run_options plan = {.dry_run = true};
        steppe_run *run;
        note(f, context, steppe_run_create(context, scenario, &plan, &run));
        steppe_run_free(run);
    }
    for (size_t i = 0; i < steppe_scenario_question_count(scenario); i++) {
        char warning[700];
        int status = steppe_question_check(context, scenario, i);
        note(f, context, status);
        if (status != STEPPE_OK ||
            steppe_question_warn(context, scenario, i, warning, sizeof warning) !=
                STEPPE_OK ||
            !*warning)
            continue;
        if (f->errors)
            json_array_append_new(f->warnings, json_string(warning));
        else
            fprintf(stderr, "steppe: warning: %s\n", warning);
    }
}

static int print_json(const cli_options *o, findings *f, const steppe_scenario *scenario)
{
    json_t *object = json_pack("{s:s, s:b, s:O, s:I, s:O}", "file", o->arguments[0],
                               "good", f->code == EXIT_DONE, "errors", f->errors,
                               "more_errors", (json_int_t)f->more, "warnings",
                               f->warnings);
    if (object && scenario) {
        json_object_set_new(object, "title",
                            json_string(steppe_scenario_title(scenario)));
        json_object_set_new(object, "model",
                            json_string(steppe_scenario_model(scenario)));
        json_object_set_new(object, "scenario_digest",
                            cli_digest_json(steppe_scenario_digest(scenario)));
        json_object_set_new(object, "settings", cli_settings_json(scenario));
    }
    int code = cli_print_json(object);
    return code == EXIT_DONE ? f->code : code;
}

static int print_good(const cli_options *o, const steppe_scenario *scenario)
{
    char residents[STEPPE_NUMBER_TEXT];
    unsigned long long digest = steppe_scenario_digest(scenario);
    const double people = (double)steppe_scenario_residents(scenario);
    const size_t districts = steppe_scenario_district_count(scenario),
                 events = steppe_scenario_event_count(scenario);
    const uint64_t steps = steppe_scenario_steps(scenario);
    screen_put(o->arguments[0]);
    fputs(": good: ", stdout);
    screen_put(steppe_scenario_title(scenario));
    fputs("; ", stdout);
    if (strcmp(steppe_scenario_model(scenario), "street") != 0)
        printf("model %s, digest %016llx\n", steppe_scenario_model(scenario), digest);
    else
        printf(
            "%s resident%s, %zu district%s, %zu event%s, %llu step%s, digest %016llx\n",
            cli_count(people, residents), steppe_plural(people), districts,
            steppe_plural((double)districts), events, steppe_plural((double)events),
            (unsigned long long)steps, steppe_plural((double)steps), digest);
    return cli_close_output(EXIT_DONE);
}

int command_check(int argc, char **argv)
{
    static const struct argp ARGP = {
        .args_doc = "SCENARIO",
        .doc =
            "Check a scenario file: exit status 0 if it can be run, 2 with messages that "
            "name file, line and column if it cannot: all that is wrong, up to 20 "
            "lines."};
    cli_options o = {.has = CLI_SET | CLI_JSON, .least = 1, .most = 1};
    steppe_context *context = NULL;
    steppe_scenario *scenario = NULL;
    cli_parse(&ARGP, argc, argv, &o);
    findings f = {.errors = o.json ? json_array() : NULL,
                  .warnings = o.json ? json_array() : NULL,
                  .code = EXIT_DONE};
    if (cli_context_create(&context) != EXIT_DONE)
        return EXIT_FAILED;
    note(&f, context,
         steppe_scenario_open(context, o.arguments[0], o.settings, o.setting_count,
                              &scenario));
    if (scenario) {
        if (!o.json)
            cli_print_warnings(scenario);
        for (size_t i = 0; o.json && i < steppe_scenario_warning_count(scenario); i++)
            json_array_append_new(f.warnings,
                                  json_string(steppe_scenario_warning(scenario, i)));
        look_further(&f, context, scenario);
    }
    int code = o.json                ? print_json(&o, &f, scenario)
               : f.code == EXIT_DONE ? print_good(&o, scenario)
                                     : f.code;
    json_decref(f.errors);
    json_decref(f.warnings);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    free(o.arguments);
    return code;
}
