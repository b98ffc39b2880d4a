/* What a report rests on: every input with kind and source, versions, and how to repeat it. */
#include "report/format/html.h"
#include "report/format/table.h"
#include "report/load/runs.h"
#include "report/page/page.h"

#include <string.h>

/* Kinds of numbers, in the order in which they are listed. */
static const struct {
    const char *kind, *title, *meaning;
} KINDS[] = {
    {"assumption", "Assumptions",
     "not known: set by the authors of the scenario, over a range"},
    {"claim", "Claims", "said by somebody, with a source; others may dispute it"},
    {"fact", "Facts", "published, with a source"},
    {"unstated", "Given without a kind", "given in the scenario without a kind"},
    {"default", "Defaults", "not in the scenario: the program's own value"},
};
enum { KIND_COUNT = sizeof KINDS / sizeof *KINDS };

static bool is_kind(const stp_input *input, const char *kind)
{
    return strcmp(input->texts[STP_INPUT_KIND], kind) == 0;
}

static size_t count_kind(const stp_report *report, const char *kind, bool ranged)
{
    size_t count = 0;
    for (size_t i = 0; i < report->input_count; i++)
        count += is_kind(&report->inputs[i], kind) &&
                 (!ranged || *report->inputs[i].texts[STP_INPUT_RANGE]);
    return count;
}

static int write_kinds(FILE *file, const stp_report *report)
{
    typedef struct row {
        const char *kind, *meaning;
        size_t count, ranged;
    } row;
    static const steppe_column COLUMNS[] = {
        {NULL, "Kind", STEPPE_FIELD(row, kind)},
        {NULL, "Numbers", STEPPE_CELL_COUNT, STEPPE_FIELD(row, count)},
        {NULL, "with a range", STEPPE_CELL_COUNT, STEPPE_FIELD(row, ranged)},
        {NULL, "What that means", STEPPE_FIELD(row, meaning)}};
    steppe_table *table = steppe_table_create(STEPPE_COLUMNS(COLUMNS));
    for (size_t i = 0; i < KIND_COUNT; i++) {
        const row r = {KINDS[i].kind, KINDS[i].meaning,
                       count_kind(report, KINDS[i].kind, false),
                       count_kind(report, KINDS[i].kind, true)};
        if (r.count > 0)
            steppe_table_add(table, &r);
    }
    return stp_table_put_html(file, report->context, table,
                              &(stp_table_frame){
                                  .caption = "The numbers of the scenario, by kind"});
}

/* The entries of a kind, those of districts last. */
static int write_entries(FILE *file, const stp_report *report, const char *kind,
                         const char *title)
{
#define F(member) .offset = offsetof(stp_input, texts[member])
    static const steppe_column COLUMNS[] = {
        {NULL, "Number", STEPPE_CELL_CODE, F(STP_INPUT_PATH)},
        {NULL, "Value", STEPPE_CELL_NUMBER, F(STP_INPUT_VALUE)},
        {NULL, "Range", STEPPE_CELL_NUMBER, F(STP_INPUT_RANGE)},
        {NULL, "Unit", F(STP_INPUT_UNIT)},
        {NULL, "Source and note", .joined = 1, F(STP_INPUT_SOURCE)},
        {NULL, NULL, F(STP_INPUT_NOTE)}};
#undef F
    size_t count = count_kind(report, kind, false);
    char summary[96];
    if (count == 0)
        return STEPPE_OK;
    snprintf(summary, sizeof summary, "%s <span class='count'>%zu</span>", title, count);
    steppe_table *table = steppe_table_create(STEPPE_COLUMNS(COLUMNS));
    for (int of_districts = 0; of_districts < 2; of_districts++)
        for (size_t i = 0; i < report->input_count; i++) {
            const stp_input *input = &report->inputs[i];
            if (is_kind(input, kind) &&
                (strncmp(input->texts[STP_INPUT_PATH], "districts.", 10) == 0) ==
                    (of_districts == 1))
                steppe_table_add(table, input);
        }
    return stp_table_put_html(file, report->context, table, &(stp_table_frame){summary});
}

static void write_sources(FILE *file, const stp_report *report)
{
    const steppe_scenario *s = report->scenario;
    if (s->source_count == 0)
        return;
    fprintf(file,
            "<details><summary>Sources <span class='count'>%zu</span></summary><ul "
            "class='sources'>\n",
            s->source_count);
    for (size_t i = 0; i < s->source_count; i++) {
        const stp_source *source = &s->sources[i];
        stp_html_write(file, "<li><b>{}</b>", source->title);
        const char *const parts[] = {source->author, source->year, source->licence,
                                     source->note};
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
            if (parts[k] && *parts[k]) {
                fputs(k < 3 ? ". " : ". <small>", file);
                stp_html_text(file, parts[k]);
                fputs(k < 3 ? "" : "</small>", file);
            }
        fputs("</li>\n", file);
    }
    fputs("</ul></details>\n", file);
}

static void write_fact(FILE *file, const char *name, const char *value)
{
    if (!*value)
        return;
    fprintf(file, "<div><dt>%s</dt><dd>", name);
    stp_html_write(file, "{}</dd></div>\n", value);
}

/* An option of the command that makes it again. */
static void write_population(FILE *file, const stp_report *report)
{
    if (!*stp_report_population(report))
        return;
    stp_html_write(file, " --population-seed {}", stp_report_population(report));
}

/* The command of a run. */
static void write_run_command(FILE *file, const stp_report *report)
{
    stp_html_write(file, "steppe run again.yaml --seed {}", report->facts[STP_FACT_SEED]);
    write_population(file, report);
    stp_html_write(file, " --scale {} --steps {} --schedule {}",
                   report->facts[STP_FACT_SCALE], report->facts[STP_FACT_STEPS],
                   report->facts[STP_FACT_SCHEDULE]);
}

/* ... of an ensemble; an arm of a question is made again by asking it. */
static void write_ensemble_command(FILE *file, const stp_report *report)
{
    const stp_runs *m = report->runs;
    if (*m->settings) {
        fputs("steppe ask again.yaml", file);
        write_population(file, report);
        return;
    }
    if (stp_runs_designed(m)) {
        stp_html_write(file, "steppe sensitivity again.yaml --method {} --seed {}",
                       strcmp(m->sampling, "saltelli") == 0 ? "sobol" : m->sampling,
                       report->facts[STP_FACT_SEED]);
        write_population(file, report);
        stp_html_write(file,
                       " --scale {} --steps {} # and its --groups, --vary, -n, --seeds",
                       report->facts[STP_FACT_SCALE], report->facts[STP_FACT_STEPS]);
        return;
    }
    fprintf(file, "steppe ensemble again.yaml -n %zu --seed ", m->planned);
    stp_html_text(file, report->facts[STP_FACT_SEED]);
    write_population(file, report);
    stp_html_write(file, " --scale {} --steps {} --sample {}",
                   report->facts[STP_FACT_SCALE], report->facts[STP_FACT_STEPS],
                   m->sampling);
    if (strcmp(m->width, "1") != 0)
        stp_html_write(file, " --width {}", m->width);
}

static void write_repeat(FILE *file, const stp_report *report)
{
    char count[48] = "";
    const bool many = report->runs != NULL;
    fprintf(file,
            "<h3>How to repeat it</h3>\n<p>The same scenario and seed%s give "
            "bit-identical results, on any machine and any number of threads. <button "
            "type='button' class='save-scenario' hidden>Save the scenario</button> as "
            "<code>again.yaml</code>, with every setting and default, and:</p>\n"
            "<pre tabindex='0'><code>",
            many ? "s" : "");
    (many ? write_ensemble_command : write_run_command)(file, report);
    fputs("</code></pre>\n", file);
    if (!many)
        fputs("<p class='note'>The results file has the scenario too: <code>sqlite3 FILE "
              "\"SELECT value FROM run WHERE key = 'scenario'\" &gt; again.yaml</code>. "
              "<code>steppe diff</code> compares two results files.</p>\n",
              file);
    else
        snprintf(count, sizeof count, "%zu of %zu", report->runs->done,
                 report->runs->planned);
    fputs("<dl class='facts'>\n", file);
    write_fact(file, "Runs", count);
    write_fact(file, many ? "First seed" : "Seed", report->facts[STP_FACT_SEED]);
    write_fact(file, "Seed of the population", stp_report_population(report));
    write_fact(file, "Residents per agent", report->facts[STP_FACT_SCALE]);
    write_fact(file, "Agents", report->facts[STP_FACT_AGENTS]);
    write_fact(file, "Steps", report->facts[STP_FACT_STEPS]);
    write_fact(file, "Sampling", many ? stp_runs_sampling(report->runs) : "");
    write_fact(file, "Steppe", report->facts[STP_FACT_VERSION]);
    write_fact(file, "Results version", report->facts[STP_FACT_RESULTS_VERSION]);
    write_fact(file, "Scenario file", report->facts[STP_FACT_SCENARIO_FILE]);
    write_fact(file,
               many ? "Digest of the scenario, without questions"
                    : "Digest of the scenario",
               report->facts[STP_FACT_SCENARIO_DIGEST]);
    write_fact(file, "Digest of the last step", report->digest);
    write_fact(file, "Engine", report->facts[STP_FACT_ENGINE]);
    fputs("</dl>\n", file);
}

static bool always(const stp_report *report)
{
    (void)report;
    return true;
}

static int write_basis(FILE *file, const stp_report *report)
{
    fputs("<p>All the inputs, and where each comes from. ", file);
    fputs(
        report->runs
            ? "What nobody knows is a range. The file of an ensemble keeps the scenario "
              "with every default filled in, so the program's own values are among those "
              "without a kind.</p>\n"
            : "What nobody knows is a range; this run used one value of it. One run is "
              "an anecdote: to see what chance and the ranges allow, it takes many "
              "(<code>steppe ensemble</code>, <code>steppe ask</code>).</p>\n",
        file);
    if (report->scenario->description && *report->scenario->description)
        stp_html_write(file,
                       "<details class='about'><summary>What the scenario says of "
                       "itself</summary><blockquote>{}</blockquote></details>\n",
                       report->scenario->description);
    int status = write_kinds(file, report);
    for (size_t i = 0; i < KIND_COUNT && status == STEPPE_OK; i++)
        status = write_entries(file, report, KINDS[i].kind, KINDS[i].title);
    write_sources(file, report);
    write_repeat(file, report);
    fputs("<p class='caution'><strong>It is not a forecast.</strong> Steppe is made for "
          "understanding and preventing harm. What it says, it says of the model, under "
          "the assumptions that the scenario states.</p>\n",
          file);
    return status;
}

const stp_page_section stp_section_basis = {"basis", "What it rests on", always,
                                            write_basis};
