/* steppe run FILE */
#include "cli.h"
#include "progress.h"
#include "solve.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

typedef struct arguments {
    scenario_arguments scenario;
    const char *folder;
    steppe_run_options options;
    const char *of_streets[9]; /* the options given that are for streets alone */
    size_t of_street_count;
    bool json, quiet;
} arguments;

enum {
    KEY_SCALE = 0x100,
    KEY_SEED,
    KEY_THREADS,
    KEY_ENGINE,
    KEY_SCHEDULE,
    KEY_STEPS,
    KEY_JSON,
    KEY_SIMD
};

static const struct argp_option OPTIONS[] = {
    {"scale", KEY_SCALE, "S", 0, "residents that one agent stands for (at least 1)", 0},
    {"seed", KEY_SEED, "N", 0, "seed of every random number (default 1)", 0},
    CLI_POPULATION_OPTION("it; all else is drawn by --seed (default: that seed)"),
    {"threads", KEY_THREADS, "N", 0,
     "threads (default: one a core); never changes results", 0},
    {"engine", KEY_ENGINE, "NAME", 0,
     "fast (default) or reference; never changes results", 0},
    {"schedule", KEY_SCHEDULE, "NAME", 0, "sequential or tiles (default: the scenario's)",
     0},
    {"simd", KEY_SIMD, "LEVEL", 0,
     "best (default), plain, v3 (AVX2) or v4 (AVX-512); never changes results", 0},
    {"steps", KEY_STEPS, "N", 0, "steps to run (default: the scenario's)", 0},
    CLI_SET_OPTION,
    {"out", 'o', "DIR", 0, "folder for the results file (default: results)", 0},
    {"json", KEY_JSON, NULL, 0, "print one JSON object on standard output", 0},
    {"quiet", 'q', NULL, 0, "no progress and no summary", 0},
    {0}};

/* In the order of their enumerations. */
static const char *const ENGINES[] = {"fast", "reference", NULL}; /* to choose from */
static const char *const ENGINE_NAMES[] = {"fast", "reference", "classic"};
static const char *const SCHEDULES[] = {"sequential", "tiles", NULL};
static const char *const SIMDS[] = {"best", "plain", "v3", "v4", NULL};

/* The options that mean nothing without a lattice. */
static const char *of_streets(int key)
{
    for (const struct argp_option *o = OPTIONS; o->name; o++)
        if (o->key == key && key != KEY_SEED && key != KEY_JSON && key > 0xff)
            return o->name;
    return NULL;
}

/* The place of a word in a list that ends with NULL; argp's error if it is not there. */
static int word_of(struct argp_state *state, const char *option, const char *text,
                   const char *const *words)
{
    char list[80] = "";
    for (int i = 0; words[i]; i++) {
        if (strcmp(text, words[i]) == 0)
            return i;
        size_t used = strlen(list);
        snprintf(list + used, sizeof list - used, "%s%s",
                 !i             ? ""
                 : words[i + 1] ? ", "
                                : " or ",
                 words[i]);
    }
    argp_error(state, "%s: expected %s, not '%s'", option, list, text);
    return 0;
}

/* Once each; name may be NULL. */
static void note_option(arguments *a, const char *name)
{
    for (size_t i = 0; name && i < a->of_street_count; i++)
        if (a->of_streets[i] == name)
            return;
    if (name && a->of_street_count < sizeof a->of_streets / sizeof *a->of_streets)
        a->of_streets[a->of_street_count++] = name;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    steppe_run_options *o = &a->options;
    note_option(a, of_streets(key));
    switch (key) {
    case KEY_SCALE: o->scale = cli_scale(state, text); return 0;
    case KEY_SEED: o->seed = cli_whole(state, "--seed", text, 0, UINT64_MAX); return 0;
    case CLI_KEY_POPULATION:
        o->population_seed = cli_population(state, text);
        o->population_seed_given = true;
        return 0;
    case KEY_THREADS:
        o->threads = (int)cli_whole(state, "--threads", text, 1, 1024);
        return 0;
    case KEY_STEPS: o->steps = cli_whole(state, "--steps", text, 1, 1000000000); return 0;
    case KEY_ENGINE:
        o->engine = (steppe_engine)word_of(state, "--engine", text, ENGINES);
        return 0;
    case KEY_SCHEDULE:
        o->schedule = (steppe_schedule)(STEPPE_SEQUENTIAL +
                                        word_of(state, "--schedule", text, SCHEDULES));
        return 0;
    case KEY_SIMD: o->simd = (steppe_simd)word_of(state, "--simd", text, SIMDS); return 0;
    case 'o': a->folder = text; return 0;
    case 'q': a->quiet = true; return 0;
    case KEY_JSON: a->json = true; return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "which scenario FILE?"); return 0;
    default: return cli_scenario_key(key, text, state, &a->scenario);
    }
}

static int observe_interruption(const steppe_run *run, void *user)
{
    (void)run;
    (void)user;
    return cli_interrupted();
}

/* ---- what is printed in the end ---- */

typedef struct ending {
    const arguments *a;
    const steppe_scenario *scenario;
    const steppe_run *run;
    const steppe_summarizer *summarizer;
    const char *path; /* of the results */
    const char *status;
    double seconds;
} ending;

static double peak_memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss * 1024;
}

/* Residents times the hours that were simulated. */
static double resident_hours(const ending *e)
{
    return progress_residents(e->run) * (double)steppe_run_step(e->run) *
           steppe_run_step_hours(e->run);
}

static const char *district_name(const steppe_run *run, size_t index)
{
    steppe_district_info d;
    return steppe_run_district(run, index, &d) == STEPPE_OK ? d.name : "";
}

static json_t *days_json(const ending *e)
{
    json_t *days = json_array();
    steppe_summary_day d;
    for (size_t i = 0; steppe_summarizer_day(e->summarizer, i, &d) == STEPPE_OK; i++)
        json_array_append_new(
            days, json_pack("{s:s, s:I, s:I, s:f, s:f, s:s}", "day", d.day,
                            "districts_with_unrest", (json_int_t)d.districts,
                            "units_with_unrest", (json_int_t)d.units, "peak_active",
                            d.peak_active, "arrests", d.arrests, "most_active",
                            d.districts ? district_name(e->run, d.first) : ""));
    return days;
}

static json_t *totals_json(const ending *e)
{
    steppe_summary s;
    steppe_summarizer_read(e->summarizer, &s);
    return json_pack("{s:f, s:f, s:f, s:f, s:f, s:I, s:s, s:s, s:f, s:f, s:f, s:[f, f]}",
                     "citizen_hours", s.citizen_hours, "arrests", s.arrests, "releases",
                     s.releases, "detained_at_end", s.detained, "peak_active",
                     s.peak_active, "peak_step", (json_int_t)s.peak_step, "peak_time",
                     s.peak_time, "peak_district",
                     s.peak_step ? district_name(e->run, s.peak_district) : "", "killed",
                     s.killed, "died", s.died, "born", s.born, "groups", s.groups[0],
                     s.groups[1]);
}

/* null where legitimacy does not respond. */
static json_t *legitimacy_json(const ending *e)
{
    steppe_summary s;
    steppe_summarizer_read(e->summarizer, &s);
    if (s.lowest_step == 0)
        return json_null();
    return json_pack("{s:f, s:I, s:s, s:s}", "lowest", s.lowest_legitimacy, "step",
                     (json_int_t)s.lowest_step, "time", s.lowest_time, "district",
                     district_name(e->run, s.lowest_district));
}

/* null where there is no seat of power. */
static json_t *seat_json(const ending *e)
{
    steppe_summary s;
    steppe_summarizer_read(e->summarizer, &s);
    if (!s.seat)
        return json_null();
    return json_pack("{s:f, s:f, s:f, s:I, s:I, s:I, s:I, s:f, s:b, s:s, s:s}",
                     "strength_first", s.strength_first, "strength_lowest",
                     s.strength_lowest, "strength_last", s.strength_last, "removed",
                     (json_int_t)s.purged, "defections", (json_int_t)s.defections,
                     "exits", (json_int_t)s.exits, "gifts", (json_int_t)s.gifts, "given",
                     s.given, "fallen", s.fallen, "fallen_time", s.fallen_time,
                     "fell_channel", s.fell_channel);
}

static int print_json(const ending *e)
{
    const steppe_run_options *o = &e->a->options;
    char digest[20], scenario[20], seed[24];
    snprintf(digest, sizeof digest, "%016llx",
             (unsigned long long)steppe_run_digest(e->run));
    snprintf(scenario, sizeof scenario, "%016llx",
             (unsigned long long)steppe_scenario_digest(e->scenario));
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)o->seed);
    json_t *object = json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:f, s:s, s:i}",
                               "status", e->status, "title",
                               steppe_scenario_title(e->scenario), "digest", digest,
                               "scenario_digest", scenario, "version", steppe_version(),
                               "results_version", STEPPE_RESULTS_VERSION, "seed", seed,
                               "scale", steppe_run_scale(e->run), "engine",
                               ENGINE_NAMES[steppe_run_engine(e->run)], "threads",
                               steppe_run_threads(e->run));
    json_t *more =
        json_pack("{s:I, s:I, s:I, s:I, s:o, s:o, s:I, s:o, s:o, s:o, s:o, s:o}",
                  "residents", (json_int_t)steppe_scenario_residents(e->scenario),
                  "agents", (json_int_t)steppe_run_agents(e->run), "steps",
                  (json_int_t)steppe_run_step(e->run), "activations",
                  (json_int_t)steppe_run_activations(e->run), "seconds",
                  cli_real(e->seconds), "activations_per_second",
                  cli_real((double)steppe_run_activations(e->run) / e->seconds),
                  "peak_memory_bytes", (json_int_t)peak_memory(), "results",
                  cli_text(e->path), "totals", totals_json(e), "legitimacy",
                  legitimacy_json(e), "seat", seat_json(e), "days", days_json(e));
    if (object && more)
        json_object_update(object, more);
    json_decref(more);
    if (object) {
        json_object_set_new(object, "resident_hours_per_second",
                            cli_real(resident_hours(e) / e->seconds));
        json_object_set_new(object, "population_seed",
                            cli_population_json(true, o->population_seed_given
                                                          ? o->population_seed
                                                          : o->seed));
        json_object_set_new(object, "settings", cli_settings_json(e->scenario));
        json_object_set_new(object, "warnings",
                            cli_warnings_json(e->scenario, steppe_run_scale(e->run),
                                              e->summarizer));
    }
    return cli_print_json(object);
}

enum { DAYS_SHOWN = 40 };

static void print_days(const ending *e)
{
    size_t count = steppe_summarizer_day_count(e->summarizer);
    char active[32], arrests[32];
    printf("\n%-16s %9s %9s %12s %10s  %s\n", "day", "districts", "units", "peak active",
           "arrests", "most active");
    for (size_t i = 0; i < count && i < DAYS_SHOWN; i++) {
        steppe_summary_day d;
        steppe_summarizer_day(e->summarizer, i, &d);
        printf("%-16s %9zu %9zu %12s %10s  %s\n", d.day, d.districts, d.units,
               cli_grouped(d.peak_active, active), cli_grouped(d.arrests, arrests),
               d.districts ? district_name(e->run, d.first) : "-");
    }
    if (count > DAYS_SHOWN)
        printf("... and %zu more; all are in the results file\n", count - DAYS_SHOWN);
}

/* The districts in the order in which unrest reached them. */
static void print_spread(const ending *e)
{
    size_t count = steppe_run_district_count(e->run), reached = 0;
    uint64_t last = 0;
    for (size_t i = 0; i < count; i++)
        reached += steppe_summarizer_first_unrest(e->summarizer, i) > 0;
    if (count < 2)
        return;
    printf("\nunrest reached %zu of %zu districts", reached, count);
    for (size_t shown = 0; shown < 8 && shown < reached;) {
        uint64_t next = UINT64_MAX;
        for (size_t i = 0; i < count; i++) {
            uint64_t first = steppe_summarizer_first_unrest(e->summarizer, i);
            if (first > last && first < next)
                next = first;
        }
        for (size_t i = 0; i < count && shown < 8; i++)
            if (steppe_summarizer_first_unrest(e->summarizer, i) == next)
                printf("%s%s", shown++ ? ", " : "; first: ", district_name(e->run, i));
        last = next;
    }
    printf("\n");
}

static void print_seat(const steppe_summary *s)
{
    char given[32];
    printf(
        "seat of power   strength of the incumbent %.3f, lowest %.3f, at the end %.3f\n",
        s->strength_first, s->strength_lowest, s->strength_last);
    printf("                %llu removed from office, %llu defections, %llu exits, %llu "
           "gifts (%s)\n",
           (unsigned long long)s->purged, (unsigned long long)s->defections,
           (unsigned long long)s->exits, (unsigned long long)s->gifts,
           cli_grouped(s->given, given));
    if (s->fallen)
        printf("                the ruler fell at %s, by %s%s\n", s->fallen_time,
               strcmp(s->fell_channel, "both") == 0 ? "" : "the ",
               strcmp(s->fell_channel, "both") == 0 ? "both elite and street"
                                                    : s->fell_channel);
    else
        printf("                the ruler did not fall\n");
}

static int print_summary(const ending *e)
{
    steppe_summary s;
    steppe_summarizer_read(e->summarizer, &s);
    char a[32], b[32], c[32], people[48] = "";
    double scale = steppe_run_scale(e->run);
    if (e->a->options.population_seed_given)
        snprintf(people, sizeof people, ", population seed %llu",
                 (unsigned long long)e->a->options.population_seed);
    screen_put(steppe_scenario_title(e->scenario));
    putchar('\n');
    printf("%s residents as %s agents (one for %g), %zu district%s; %llu of %llu steps, "
           "seed %llu%s%s\n",
           cli_grouped((double)steppe_scenario_residents(e->scenario), a),
           cli_grouped((double)steppe_run_agents(e->run), b), scale,
           steppe_run_district_count(e->run),
           steppe_run_district_count(e->run) == 1 ? "" : "s",
           (unsigned long long)steppe_run_step(e->run),
           (unsigned long long)steppe_run_steps(e->run),
           (unsigned long long)e->a->options.seed, people,
           strcmp(e->status, "complete") == 0 ? "" : "; INCOMPLETE");
    print_days(e);
    print_spread(e);
    if (s.peak_step)
        printf("peak            %s active at %s, most of them in %s\n",
               cli_grouped(s.peak_active, a), s.peak_time,
               district_name(e->run, s.peak_district));
    else
        printf("peak            nobody was active\n");
    printf("unrest          %s citizen-hours\n", cli_grouped(s.citizen_hours, a));
    printf("arrests         %s; released %s; in detention at the end %s\n",
           cli_grouped(s.arrests, a), cli_grouped(s.releases, b),
           cli_grouped(s.detained, c));
    bool grouped = s.died + s.born + s.groups[0] + s.groups[1] > 0; /* Model II */
    if (s.killed > 0 && !grouped)
        printf("lives           %s citizens killed\n", cli_grouped(s.killed, a));
    if (grouped)
        printf(
            "lives           %s killed, %s died of age, %s born; left of the groups %.0f "
            "and %.0f\n",
            cli_grouped(s.killed, a), cli_grouped(s.died, b), cli_grouped(s.born, c),
            s.groups[0], s.groups[1]);
    if (s.lowest_step)
        printf("legitimacy      lowest %.3f at %s, in %s\n", s.lowest_legitimacy,
               s.lowest_time, district_name(e->run, s.lowest_district));
    if (s.seat)
        print_seat(&s);
    printf("speed           %s activations in %.1f s: %.1f million a second, %d threads\n"
           "                %s resident-hours: %s million a second\n",
           cli_grouped((double)steppe_run_activations(e->run), a), e->seconds,
           (double)steppe_run_activations(e->run) / e->seconds / 1e6,
           steppe_run_threads(e->run), cli_grouped(resident_hours(e), b),
           progress_millions(resident_hours(e) / e->seconds, c));
    printf("memory          %s\n", cli_bytes(peak_memory(), a));
    printf("digest          %016llx\n", (unsigned long long)steppe_run_digest(e->run));
    cli_print_settings(e->scenario);
    printf("results         %s\n", e->path);
    printf("\nA model, not a forecast: what happens in it, under these assumptions.\n");
    return cli_close_output(EXIT_DONE);
}

/* ---- the command ---- */

static int finish(ending *e, steppe_context *context, steppe_recorder *recorder,
                  int status)
{
    bool stopped = status == STEPPE_STOPPED && cli_interrupted();
    const char *before = e->path;
    int written = steppe_recorder_finish(recorder);
    e->path = steppe_recorder_path(recorder);
    if (written != STEPPE_OK || steppe_recorder_status(recorder) != STEPPE_OK) {
        fprintf(stderr, "steppe: %s\n", steppe_context_message(context));
        if (*e->path)
            fprintf(stderr, "steppe: what was written so far is kept in %s\n", e->path);
        return EXIT_FAILED;
    }
    if (strcmp(e->path, before) != 0)
        fprintf(stderr, "steppe: note: %s was moved during the run, to %s\n", before,
                e->path);
    cli_note_shared(e->path);
    if (status != STEPPE_OK && !stopped)
        return cli_report(context, status);
    e->status = stopped ? "incomplete" : "complete";
    int code = EXIT_DONE;
    if (!e->a->quiet)
        cli_warn(NULL, 0, e->summarizer);
    if (e->a->json)
        code = print_json(e);
    else if (!e->a->quiet)
        code = print_summary(e);
    if (!stopped || code != EXIT_DONE)
        return code;
    fprintf(stderr,
            "steppe: interrupted after step %llu; kept, marked incomplete, in %s\n",
            (unsigned long long)steppe_run_step(e->run), e->path);
    return EXIT_INTERRUPTED;
}

/* Fewer steps than the scenario has may leave out events that it is about. */
static void note_steps(const arguments *a, const steppe_scenario *scenario)
{
    steppe_event_info e;
    size_t left_out = 0;
    uint64_t steps = a->options.steps;
    for (size_t i = 0; steppe_scenario_event(scenario, i, &e) == STEPPE_OK; i++)
        left_out += e.enabled && e.step > steps &&
                    e.step <= steppe_scenario_steps(scenario);
    if (steps > 0 && left_out > 0)
        fprintf(stderr,
                "steppe: note: %zu event%s of the scenario lie%s after step %llu\n",
                left_out, left_out == 1 ? "" : "s", left_out == 1 ? "s" : "",
                (unsigned long long)steps);
}

static int run_scenario(const arguments *a, steppe_context *context,
                        const steppe_scenario *scenario)
{
    steppe_run *run = NULL;
    steppe_recorder *recorder = NULL;
    steppe_summarizer *summarizer = NULL;
    progress line;
    int code = EXIT_FAILED;
    if (!a->quiet)
        note_steps(a, scenario);
    int status = steppe_run_create(context, scenario, &a->options, &run);
    if (status == STEPPE_OK)
        status = steppe_summarizer_create(context, run, &summarizer);
    if (status == STEPPE_OK)
        status = steppe_recorder_create(context, a->folder, run, &recorder);
    if (status == STEPPE_OK && !a->quiet)
        cli_warn(scenario, a->options.scale, NULL);
    if (status == STEPPE_OK && !a->quiet)
        status = steppe_run_observe(run, progress_observe, &line);
    if (status == STEPPE_OK)
        status = steppe_run_observe(run, observe_interruption, NULL);
    if (status == STEPPE_OK) {
        progress_begin(&line);
        status = steppe_run_advance(run, UINT64_MAX);
        ending e = {.a = a,
                    .scenario = scenario,
                    .run = run,
                    .summarizer = summarizer,
                    .path = steppe_recorder_path(recorder),
                    .seconds = progress_now() - line.started};
        if (!a->quiet)
            progress_end(&line);
        code = finish(&e, context, recorder, status);
    } else {
        code = cli_report(context, status);
    }
    steppe_recorder_free(recorder);
    steppe_summarizer_free(summarizer);
    steppe_run_free(run);
    return code;
}

static int solve_scenario(const arguments *a, steppe_context *context,
                          const steppe_scenario *scenario)
{
    for (size_t i = 0; i < a->of_street_count; i++)
        fprintf(stderr, "steppe: note: --%s does nothing under the model '%s'\n",
                a->of_streets[i], steppe_scenario_model(scenario));
    signal(SIGINT, SIG_DFL); /* there is nothing half done to be kept */
    signal(SIGTERM, SIG_DFL);
    if (signal(SIGHUP, SIG_DFL) == SIG_IGN)
        signal(SIGHUP, SIG_IGN);
    if (cli_interrupted())
        return EXIT_INTERRUPTED;
    const solve_arguments how = {a->folder, a->options.seed, a->json, a->quiet};
    return cli_solve(&how, context, scenario);
}

int command_run(int argc, char **argv)
{
    static const struct argp ARGP = {
        OPTIONS,
        parse,
        "FILE",
        "Run a scenario. The results go into a new SQLite file; a summary goes to "
        "standard "
        "output. Exit status: 0 done, 1 failed, 2 bad input or usage, 130 interrupted "
        "(Ctrl-C, SIGTERM or SIGHUP: what was done is kept).\v"
        "The same scenario and seed give the same bits on any number of threads and "
        "either "
        "engine: compare the digests, or two results files with 'steppe diff'.",
        NULL,
        NULL,
        NULL};
    arguments a = {.folder = "results", .options = {.seed = 1}};
    steppe_context *context;
    steppe_scenario *scenario;
    cli_parse(&ARGP, argc, argv, &a);
    cli_watch_interruption();
    int code = cli_scenario_open(&a.scenario, &context, &scenario);
    if (code == EXIT_DONE)
        code = strcmp(steppe_scenario_model(scenario), "street") == 0
                   ? run_scenario(&a, context, scenario)
                   : solve_scenario(&a, context, scenario);
    steppe_scenario_free(scenario);
    steppe_context_free(context);
    return code;
}
