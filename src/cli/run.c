/* steppe run SCENARIO */
#include "cli.h"
#include "progress.h"
#include "solve.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* The actives after each step, of a scenario without dates. */
typedef struct series {
    double *active;
    size_t count, capacity;
} series;

/* A run at its end. */
typedef struct ending {
    const cli_options *options;
    const steppe_scenario *scenario;
    const steppe_run *run;
    const steppe_summarizer *summarizer;
    const series *series;
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

/* ---- the table of days ---- */

typedef struct day_row {
    steppe_summary_day of;
    const char *most_active;
} day_row;

static steppe_table *days_table(const void *ending_of, const char *name)
{
    static const steppe_column DAYS[] = {
        {"day", "day", STEPPE_FIELD(day_row, of.day)},
        {"districts_with_unrest", "districts", STEPPE_CELL_COUNT,
         STEPPE_FIELD(day_row, of.districts)},
        {"units_with_unrest", "units", STEPPE_CELL_COUNT,
         STEPPE_FIELD(day_row, of.units)},
        {"peak_active", "peak active", STEPPE_CELL_COUNT,
         STEPPE_FIELD(day_row, of.peak_active)},
        {"arrests", "arrests", STEPPE_CELL_COUNT, STEPPE_FIELD(day_row, of.arrests)},
        {"most_active", "most active", STEPPE_FIELD(day_row, most_active)}};
    const ending *e = ending_of;
    steppe_table *table = steppe_table_create(DAYS, sizeof DAYS / sizeof *DAYS);
    day_row row;
    (void)name;
    for (size_t i = 0; steppe_summarizer_day(e->summarizer, i, &row.of) == STEPPE_OK;
         i++) {
        row.most_active = row.of.districts ? district_name(e->run, row.of.first) : "";
        steppe_table_add(table, &row);
    }
    return table;
}

/* ---- JSON ---- */

/* A summary with the names of its districts. */
typedef struct summary_row {
    const char *peak_district, *lowest_district;
    steppe_summary of;
} summary_row;

/* clang-format off */
#define F(member) STEPPE_FIELD(summary_row, member)
static const steppe_column SUMMARY[] = {
    {"totals.citizen_hours", F(of.citizen_hours)}, {"totals.arrests", F(of.arrests)},
    {"totals.releases", F(of.releases)}, {"totals.detained_at_end", F(of.detained)},
    {"totals.peak_active", F(of.peak_active)}, {"totals.peak_step", F(of.peak_step)},
    {"totals.peak_time", F(of.peak_time)}, {"totals.peak_district", F(peak_district)},
    {"totals.killed", F(of.killed)}, {"totals.died", F(of.died)}, {"totals.born", F(of.born)},
    {"totals.group_1", .list = "totals.groups", F(of.groups[0])},
    {"totals.group_2", .list = "totals.groups", F(of.groups[1])},
    {"legitimacy.lowest", F(of.lowest_legitimacy)}, {"legitimacy.step", F(of.lowest_step)},
    {"legitimacy.time", F(of.lowest_time)}, {"legitimacy.district", F(lowest_district)},
    {"seat.strength_first", F(of.strength_first)}, {"seat.strength_lowest", F(of.strength_lowest)},
    {"seat.strength_last", F(of.strength_last)}, {"seat.removed", F(of.purged)},
    {"seat.defections", F(of.defections)}, {"seat.exits", F(of.exits)}, {"seat.gifts", F(of.gifts)},
    {"seat.given", F(of.given)}, {"seat.fallen", F(of.fallen)}, {"seat.fallen_time", F(of.fallen_time)},
    {"seat.fell_channel", F(of.fell_channel)}};
#undef F
/* clang-format on */

static void add_summary(json_t *json, const ending *e)
{
    summary_row row;
    steppe_summarizer_read(e->summarizer, &row.of);
    row.peak_district = row.of.peak_step ? district_name(e->run, row.of.peak_district)
                                         : "";
    row.lowest_district = district_name(e->run, row.of.lowest_district);
    CLI_ADD_FIELDS(json, SUMMARY, &row);
    if (row.of.lowest_step == 0) /* it does not respond */
        json_object_set_new(json, "legitimacy", json_null());
    if (!row.of.seat)
        json_object_set_new(json, "seat", json_null());
}

static json_t *json_of(const void *object)
{
    static const char *const ENGINES[] = {"fast", "reference", "preset"};
    const ending *e = object;
    const cli_options *o = e->options;
    bool held = cli_given(o, "population-seed");
    double activations = (double)steppe_run_activations(e->run);
    json_t *json = json_pack(
        "{s:s, s:s, s:o, s:o, s:s, s:i, s:o, s:o, s:f, s:s, s:i}", "status", e->status,
        "title", steppe_scenario_title(e->scenario), "digest",
        cli_digest_json(steppe_run_digest(e->run)), "scenario_digest",
        cli_digest_json(steppe_scenario_digest(e->scenario)), "version", steppe_version(),
        "results_version", STEPPE_RESULTS_VERSION, "seed", cli_seed_json(o->seed),
        "population_seed", cli_population_json(true, held ? o->population_seed : o->seed),
        "scale", steppe_run_scale(e->run), "engine", ENGINES[steppe_run_engine(e->run)],
        "threads", steppe_run_threads(e->run));
    json_t *more = json_pack(
        "{s:I, s:I, s:I, s:I, s:f, s:o, s:o, s:I, s:o, s:o, s:o}", "residents",
        (json_int_t)steppe_scenario_residents(e->scenario), "agents",
        (json_int_t)steppe_run_agents(e->run), "steps",
        (json_int_t)steppe_run_step(e->run), "activations", (json_int_t)activations,
        "seconds", e->seconds, "activations_per_second",
        cli_number_json(activations / e->seconds), "resident_hours_per_second",
        cli_number_json(resident_hours(e) / e->seconds), "peak_memory_bytes",
        (json_int_t)peak_memory(), "results", cli_text(e->path), "settings",
        cli_settings_json(e->scenario), "warnings",
        cli_warnings_json(e->scenario, steppe_run_scale(e->run), e->summarizer));
    json_object_update(json, more);
    json_decref(more);
    add_summary(json, e);
    return json;
}

/* ---- terminal ---- */

enum { DAYS_SHOWN = 40, SPARKS = 60 };
/* Active agents from which Epstein (2002) speaks of an outburst. */
static const double OUTBURST = 50;

/* The most active of each part of the run, as a line of blocks. */
static void print_sparkline(const series *s, double peak)
{
    static const char *const BLOCKS[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    size_t parts = s->count < SPARKS ? s->count : SPARKS;
    printf("%-16s", "active");
    for (size_t i = 0; i < parts; i++) {
        double most = 0;
        for (size_t k = i * s->count / parts; k < (i + 1) * s->count / parts; k++)
            most = s->active[k] > most ? s->active[k] : most;
        fputs(BLOCKS[peak > 0 ? (size_t)ceil(8 * most / peak) : 0], stdout);
    }
    putchar('\n');
}

static void print_outbursts(const ending *e, const steppe_summary *s)
{
    steppe_outbursts o = steppe_outbursts_of(e->series->active, e->series->count,
                                             OUTBURST);
    char size[STEPPE_NUMBER_TEXT], wait[STEPPE_NUMBER_TEXT];
    if (s->peak_active > 0)
        print_sparkline(e->series, s->peak_active);
    printf("%-16s%zu of more than %g active", "outbursts", o.count, OUTBURST);
    if (o.count > 0)
        printf("; mean size %s", cli_number(o.size, size));
    if (o.count > 1)
        printf(", mean wait %s steps", cli_number(o.wait, wait));
    putchar('\n');
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
    char text[600];
    size_t used = (size_t)snprintf(text, sizeof text, "%zu of %zu districts", reached,
                                   count);
    for (size_t shown = 0; shown < 8 && shown < reached;) {
        uint64_t next = UINT64_MAX;
        for (size_t i = 0; i < count; i++) {
            uint64_t first = steppe_summarizer_first_unrest(e->summarizer, i);
            if (first > last && first < next)
                next = first;
        }
        for (size_t i = 0; i < count && shown < 8 && used < sizeof text; i++)
            if (steppe_summarizer_first_unrest(e->summarizer, i) == next)
                used += (size_t)snprintf(text + used, sizeof text - used, "%s%s",
                                         shown++ ? ", " : "; first ",
                                         district_name(e->run, i));
        last = next;
    }
    printf("%-16s", "unrest reached");
    cli_wrap(text, 16);
}

static void print_seat(const steppe_summary *s)
{
    char given[STEPPE_NUMBER_TEXT];
    bool both = strcmp(s->fell_channel, "both") == 0;
    printf("%-16sstrength of the incumbent %.3f, lowest %.3f, at the end %.3f\n",
           "seat of power", s->strength_first, s->strength_lowest, s->strength_last);
    printf("%-16s%llu removed from office, %llu defection%s, %llu exit%s, %llu gift%s "
           "(%s)\n",
           "", (unsigned long long)s->purged, (unsigned long long)s->defections,
           steppe_plural((double)s->defections), (unsigned long long)s->exits,
           steppe_plural((double)s->exits), (unsigned long long)s->gifts,
           steppe_plural((double)s->gifts), cli_count(s->given, given));
    if (s->fallen)
        printf("%-16sthe ruler fell at %s, by %s\n", "", s->fallen_time,
               both ? "elite and street" : s->fell_channel);
    else
        printf("%-16sthe ruler did not fall\n", "");
}

static void print_head(const ending *e)
{
    char a[STEPPE_NUMBER_TEXT], b[STEPPE_NUMBER_TEXT], people[48] = "";
    size_t districts = steppe_run_district_count(e->run);
    double residents = (double)steppe_scenario_residents(e->scenario),
           agents = (double)steppe_run_agents(e->run);
    if (cli_given(e->options, "population-seed"))
        snprintf(people, sizeof people, ", population seed %llu",
                 (unsigned long long)e->options->population_seed);
    screen_put(steppe_scenario_title(e->scenario));
    printf("\n%s resident%s as %s agent%s (%g per agent), %zu district%s\n",
           cli_count(residents, a), steppe_plural(residents), cli_count(agents, b),
           steppe_plural(agents), steppe_run_scale(e->run), districts,
           steppe_plural((double)districts));
    printf("%llu of %llu steps, seed %llu%s%s\n",
           (unsigned long long)steppe_run_step(e->run),
           (unsigned long long)steppe_run_steps(e->run),
           (unsigned long long)e->options->seed, people,
           strcmp(e->status, "complete") == 0 ? "" : "; INCOMPLETE");
}

static void print_totals(const ending *e, const steppe_summary *s)
{
    char a[STEPPE_NUMBER_TEXT], b[STEPPE_NUMBER_TEXT], c[STEPPE_NUMBER_TEXT];
    bool dated = steppe_scenario_dated(e->scenario);
    if (s->peak_step == 0)
        printf("%-16snobody was active\n", "peak");
    else if (steppe_run_district_count(e->run) > 1)
        printf("%-16s%s active at %s, most of them in %s\n", "peak",
               cli_count(s->peak_active, a), s->peak_time,
               district_name(e->run, s->peak_district));
    else
        printf("%-16s%s active at %s\n", "peak", cli_count(s->peak_active, a),
               s->peak_time);
    printf("%-16s%s citizen-%s\n", "unrest", cli_count(s->citizen_hours, a),
           dated ? "hours" : "steps");
    printf("%-16s%s; released %s; in detention at the end %s\n", "arrests",
           cli_count(s->arrests, a), cli_count(s->releases, b),
           cli_count(s->detained, c));
    bool grouped = s->died + s->born + s->groups[0] + s->groups[1] > 0; /* Model II */
    if (s->killed > 0 && !grouped)
        printf("%-16s%s citizen%s killed\n", "lives", cli_count(s->killed, a),
               steppe_plural(s->killed));
    if (grouped)
        printf(
            "%-16s%s killed, %s died of age, %s born; groups at the end %.0f and %.0f\n",
            "lives", cli_count(s->killed, a), cli_count(s->died, b),
            cli_count(s->born, c), s->groups[0], s->groups[1]);
    if (s->lowest_step)
        printf("%-16slowest %.3f at %s, in %s\n", "legitimacy", s->lowest_legitimacy,
               s->lowest_time, district_name(e->run, s->lowest_district));
    if (s->seat)
        print_seat(s);
}

static void print(const void *object)
{
    const ending *e = object;
    steppe_summary s;
    steppe_summarizer_read(e->summarizer, &s);
    char a[STEPPE_NUMBER_TEXT], b[STEPPE_NUMBER_TEXT], c[STEPPE_NUMBER_TEXT];
    double activations = (double)steppe_run_activations(e->run);
    print_head(e);
    if (steppe_scenario_dated(e->scenario)) {
        steppe_table *days = days_table(e, "days");
        steppe_table_limit(days, DAYS_SHOWN);
        cli_print_table(days);
    }
    putchar('\n');
    if (!steppe_scenario_dated(e->scenario))
        print_outbursts(e, &s);
    print_spread(e);
    print_totals(e, &s);
    printf("%-16s%s activations in %.1f s: %.1f million/s, %d thread%s\n", "speed",
           cli_count(activations, a), e->seconds, activations / e->seconds / 1e6,
           steppe_run_threads(e->run), steppe_plural(steppe_run_threads(e->run)));
    if (steppe_scenario_dated(e->scenario))
        printf("%-16s%s resident-hours: %s million/s\n", "",
               cli_count(resident_hours(e), b),
               progress_millions(resident_hours(e) / e->seconds, c));
    printf("%-16s%s\n", "memory", cli_bytes(peak_memory(), a));
    printf("%-16s%016llx\n", "digest", (unsigned long long)steppe_run_digest(e->run));
    cli_print_settings(e->scenario);
    printf("%-16s%s\n", "results", e->path);
    printf("\nA model, not a forecast: what happens in it, under these assumptions.\n");
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
    if (!e->options->quiet)
        cli_warn(NULL, 0, e->summarizer);
    int code = cli_show(e->options, context,
                        &(cli_finding){e, days_table, NULL, json_of, NULL, print});
    if (!stopped || code != EXIT_DONE)
        return code;
    fprintf(stderr,
            "steppe: interrupted after step %llu; kept, marked incomplete, in %s\n",
            (unsigned long long)steppe_run_step(e->run), e->path);
    return EXIT_INTERRUPTED;
}

/* Fewer steps than the scenario has may leave out events that it is about. */
static void note_steps(const cli_options *o, const steppe_scenario *scenario)
{
    steppe_event_info e;
    size_t left_out = 0;
    for (size_t i = 0; steppe_scenario_event(scenario, i, &e) == STEPPE_OK; i++)
        left_out += e.enabled && e.step > o->steps &&
                    e.step <= steppe_scenario_steps(scenario);
    if (o->steps > 0 && left_out > 0)
        fprintf(stderr,
                "steppe: note: %zu event%s of the scenario lie%s after step %llu\n",
                left_out, steppe_plural((double)left_out), left_out == 1 ? "s" : "",
                (unsigned long long)o->steps);
}

static int observe_interruption(const steppe_run *run, void *user)
{
    (void)run;
    (void)user;
    return cli_interrupted();
}

/* Keep how many are active; what does not fit into memory is not shown. */
static int observe_active(const steppe_run *run, void *user)
{
    series *s = user;
    if (s->count == s->capacity) {
        size_t capacity = 2 * s->capacity + 1024;
        double *active = realloc(s->active, capacity * sizeof *active);
        if (!active)
            return 0;
        s->active = active;
        s->capacity = capacity;
    }
    s->active[s->count++] = steppe_run_active(run);
    return 0;
}

/* All that looks on. */
static int observe(const cli_options *o, const steppe_scenario *scenario, steppe_run *run,
                   progress *line, series *active)
{
    int status = STEPPE_OK;
    if (!o->quiet)
        status = steppe_run_observe(run, progress_observe, line);
    if (status == STEPPE_OK && !steppe_scenario_dated(scenario))
        status = steppe_run_observe(run, observe_active, active);
    if (status == STEPPE_OK)
        status = steppe_run_observe(run, observe_interruption, NULL);
    return status;
}

static int run_scenario(const cli_options *o, steppe_context *context,
                        const steppe_scenario *scenario)
{
    const steppe_run_options options = {.seed = o->seed,
                                        .population_seed_given =
                                            cli_given(o, "population-seed"),
                                        .population_seed = o->population_seed,
                                        .scale = o->scale,
                                        .steps = o->steps,
                                        .threads = o->threads,
                                        .engine = o->engine,
                                        .schedule = o->schedule,
                                        .simd = o->simd};
    steppe_run *run = NULL;
    steppe_recorder *recorder = NULL;
    steppe_summarizer *summarizer = NULL;
    progress line;
    series active = {0};
    int code;
    if (!o->quiet)
        note_steps(o, scenario);
    int status = steppe_run_create(context, scenario, &options, &run);
    if (status == STEPPE_OK)
        status = steppe_summarizer_create(context, run, &summarizer);
    if (status == STEPPE_OK)
        status = steppe_recorder_create(context, o->out, run, &recorder);
    if (status == STEPPE_OK && !o->quiet)
        cli_warn(scenario, o->scale, NULL);
    if (status == STEPPE_OK)
        status = observe(o, scenario, run, &line, &active);
    if (status == STEPPE_OK) {
        progress_begin(&line, o->quiet);
        status = steppe_run_advance(run, UINT64_MAX);
        ending e = {.options = o,
                    .scenario = scenario,
                    .run = run,
                    .summarizer = summarizer,
                    .series = &active,
                    .path = steppe_recorder_path(recorder),
                    .seconds = progress_now() - line.started};
        progress_end(&line);
        code = finish(&e, context, recorder, status);
    } else {
        code = cli_report(context, status);
    }
    free(active.active);
    steppe_recorder_free(recorder);
    steppe_summarizer_free(summarizer);
    steppe_run_free(run);
    return code;
}

static int solve_scenario(const cli_options *o, steppe_context *context,
                          const steppe_scenario *scenario)
{
    static const char *const OF_STREETS[] = {"scale",    "population-seed",
                                             "threads",  "engine",
                                             "schedule", "simd",
                                             "steps",    NULL};
    for (size_t i = 0; OF_STREETS[i]; i++)
        if (cli_given(o, OF_STREETS[i]))
            fprintf(stderr, "steppe: note: --%s has no effect under the model '%s'\n",
                    OF_STREETS[i], steppe_scenario_model(scenario));
    signal(SIGINT, SIG_DFL); /* there is nothing half done to be kept */
    signal(SIGTERM, SIG_DFL);
    if (signal(SIGHUP, SIG_DFL) == SIG_IGN)
        signal(SIGHUP, SIG_IGN);
    if (cli_interrupted())
        return EXIT_INTERRUPTED;
    return cli_solve(o, context, scenario);
}

typedef struct arguments {
    cli_options common;
    size_t draw; /* 0: the values as they stand */
    const char *posterior;
} arguments;

static int work(void *user, steppe_context *context, steppe_scenario *scenario)
{
    const arguments *a = user;
    steppe_scenario *drawn = NULL;
    if (a->draw) {
        int status = steppe_scenario_draw(context, scenario, a->posterior, a->draw,
                                          &drawn);
        if (status != STEPPE_OK)
            return cli_report(context, status);
        scenario = drawn;
    }
    int code = strcmp(steppe_scenario_model(scenario), "street") == 0
                   ? run_scenario(&a->common, context, scenario)
                   : solve_scenario(&a->common, context, scenario);
    steppe_scenario_free(drawn);
    return code;
}

enum { DRAW = 0x500, POSTERIOR };

static error_t parse(int key, char *text, struct argp_state *state)
{
    arguments *a = state->input;
    switch (key) {
    case DRAW: a->draw = cli_whole(state, "--draw", text, 1, 1000000); return 0;
    case POSTERIOR: a->posterior = text; return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

int command_run(int argc, char **argv)
{
    static const char *const TABLES[] = {"days", NULL};
    static const struct argp_option OPTIONS[] = {
        {"draw", DRAW, "K", 0,
         "the parameters of draw K of the posterior, which steppe calibrate makes", 1},
        {"posterior", POSTERIOR, "FILE", 0,
         "file of the draws (default: posterior.csv beside the scenario)", 1},
        {0}};
    static const struct argp ARGP = {
        .options = OPTIONS,
        .parser = parse,
        .args_doc = "SCENARIO",
        .doc =
            "Run a scenario. The results go into a new SQLite file; a summary goes to "
            "standard output. Exit status: 0 done, 1 failed, 2 bad input or usage, 130 "
            "interrupted (Ctrl-C, SIGTERM or SIGHUP: what was done is kept).\v"
            "The same scenario and seed give the same bits on any number of threads and "
            "either engine: compare the digests, or two results files with 'steppe "
            "diff'."};
    arguments a = {.common = {.has = CLI_SET | CLI_SEED | CLI_POPULATION | CLI_SCALE |
                                     CLI_STEPS | CLI_THREADS | CLI_ENGINE |
                                     CLI_OUT_FOLDER | CLI_JSON | CLI_CSV | CLI_QUIET,
                              .least = 1,
                              .most = 1,
                              .tables = TABLES,
                              .out = "results",
                              .out_default = "results",
                              .seed = 1}};
    return cli_with_scenario(&ARGP, argc, argv, &a, work);
}
