/* What a report rests on: every number with kind and source, versions, and how to make it again. */
#include "report/format/html.h"
#include "report/load/report_many.h"

#include <string.h>

static const char *const KINDS[] = {"fact", "claim", "assumption", "unstated", "default"};
static const char *const MEANINGS[] = {
    "published, with a source",
    "said by somebody, with a source; others may dispute it",
    "not known: set by the authors of the scenario, over a range",
    "given in the scenario without a kind",
    "not in the scenario: the program's own value",
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

static void write_kinds(FILE *file, const stp_report *report)
{
    fputs("<div class='scroll'><table><caption>The numbers of the scenario, by "
          "kind</caption>"
          "<thead><tr><th scope='col'>Kind</th><th scope='col'>Numbers</th><th "
          "scope='col'>with "
          "a range</th><th scope='col'>What that means</th></tr></thead><tbody>\n",
          file);
    for (size_t i = 0; i < KIND_COUNT; i++)
        fprintf(
            file,
            "<tr><th scope='row'>%s</th><td>%zu</td><td>%zu</td><td class='text'>%s</td>"
            "</tr>\n",
            KINDS[i], count_kind(report, KINDS[i], false),
            count_kind(report, KINDS[i], true), MEANINGS[i]);
    fputs("</tbody></table></div>\n", file);
}

static void write_entry(FILE *file, const stp_input *input)
{
    fputs("<tr><th scope='row'><code>", file);
    stp_html_text(file, input->texts[STP_INPUT_PATH]);
    fputs("</code></th><td>", file);
    stp_html_text(file, input->texts[STP_INPUT_VALUE]);
    fputs("</td><td>", file);
    stp_html_text(file, input->texts[STP_INPUT_RANGE]);
    fputs("</td><td class='text'>", file);
    stp_html_text(file, input->texts[STP_INPUT_UNIT]);
    fputs("</td><td class='text'>", file);
    stp_html_text(file, input->texts[STP_INPUT_SOURCE]);
    if (*input->texts[STP_INPUT_NOTE]) {
        fputs("<small>", file);
        stp_html_text(file, input->texts[STP_INPUT_NOTE]);
        fputs("</small>", file);
    }
    fputs("</td></tr>\n", file);
}

/* The entries of a kind. Many are of a district: those come last, so that what holds for the whole
 * country is read first. */
static void write_entries(FILE *file, const stp_report *report, const char *kind,
                          const char *title)
{
    size_t count = count_kind(report, kind, false);
    if (count == 0)
        return;
    fprintf(file,
            "<details><summary>%s <span class='count'>%zu</span></summary><div "
            "class='scroll'>"
            "<table><thead><tr><th scope='col'>Number</th><th scope='col'>Value</th>"
            "<th scope='col'>Range</th><th scope='col'>Unit</th><th scope='col'>Source "
            "and note"
            "</th></tr></thead><tbody>\n",
            title, count);
    for (int places = 0; places < 2; places++)
        for (size_t i = 0; i < report->input_count; i++) {
            const stp_input *input = &report->inputs[i];
            if (is_kind(input, kind) && (strncmp(input->texts[STP_INPUT_PATH],
                                                 "districts.", 10) == 0) == (places == 1))
                write_entry(file, input);
        }
    fputs("</tbody></table></div></details>\n", file);
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
        fputs("<li><b>", file);
        stp_html_text(file, source->title);
        fputs("</b>", file);
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
    stp_html_text(file, value);
    fputs("</dd></div>\n", file);
}

/* An option of the command that makes it again. */
static void write_population(FILE *file, const stp_report *report)
{
    if (!*stp_report_population(report))
        return;
    fputs(" --population-seed ", file);
    stp_html_text(file, stp_report_population(report));
}

static void write_repeat(FILE *file, const stp_report *report)
{
    fputs("<h3>To make it again</h3>\n<p>The same scenario and seed give the same bits, "
          "on any "
          "machine and any number of threads. <button type='button' "
          "class='save-scenario' hidden>"
          "Save the scenario</button> as <code>again.yaml</code>, with every setting and "
          "default, "
          "and:</p>\n<pre><code>steppe run again.yaml --seed ",
          file);
    stp_html_text(file, report->facts[STP_FACT_SEED]);
    write_population(file, report);
    fputs(" --scale ", file);
    stp_html_text(file, report->facts[STP_FACT_SCALE]);
    fputs(" --steps ", file);
    stp_html_text(file, report->facts[STP_FACT_STEPS]);
    fputs(" --schedule ", file);
    stp_html_text(file, report->facts[STP_FACT_SCHEDULE]);
    fputs(
        "</code></pre>\n<p class='note'>The results file has it too: <code>sqlite3 FILE "
        "\"SELECT "
        "value FROM run WHERE key = 'scenario'\" &gt; again.yaml</code>. <code>steppe "
        "diff"
        "</code> says whether two results files are the same.</p>\n<dl class='facts'>\n",
        file);
    write_fact(file, "Seed", report->facts[STP_FACT_SEED]);
    write_fact(file, "Seed of the population", stp_report_population(report));
    write_fact(file, "Residents an agent", report->facts[STP_FACT_SCALE]);
    write_fact(file, "Agents", report->facts[STP_FACT_AGENTS]);
    write_fact(file, "Steppe", report->facts[STP_FACT_VERSION]);
    write_fact(file, "Results version", report->facts[STP_FACT_RESULTS_VERSION]);
    write_fact(file, "Scenario file", report->facts[STP_FACT_SCENARIO_FILE]);
    write_fact(file, "Digest of the scenario", report->facts[STP_FACT_SCENARIO_DIGEST]);
    write_fact(file, "Digest of the last step", report->digest);
    write_fact(file, "Engine", report->facts[STP_FACT_ENGINE]);
    fputs("</dl>\n", file);
}

/* The same of an ensemble; an arm of a question is made again by asking it. */
static void write_repeat_many(FILE *file, const stp_report *report)
{
    const stp_many *m = report->many;
    char count[32];
    fputs("<h3>To make it again</h3>\n<p>The same scenario and seeds give the same bits, "
          "on any machine and any number of threads. <button type='button' "
          "class='save-scenario' hidden>Save the scenario</button> as "
          "<code>again.yaml</code>, and:</p>\n<pre><code>",
          file);
    if (*m->settings) {
        fputs("steppe ask again.yaml", file);
        write_population(file, report);
    } else {
        fprintf(file, "steppe ensemble again.yaml -n %zu --seed ", m->planned);
        stp_html_text(file, report->facts[STP_FACT_SEED]);
        write_population(file, report);
        fputs(" --scale ", file);
        stp_html_text(file, report->facts[STP_FACT_SCALE]);
        fputs(" --steps ", file);
        stp_html_text(file, report->facts[STP_FACT_STEPS]);
        fputs(" --sample ", file);
        stp_html_text(file, m->sampling);
        if (strcmp(m->width, "1") != 0) {
            fputs(" --width ", file);
            stp_html_text(file, m->width);
        }
    }
    fputs("</code></pre>\n<dl class='facts'>\n", file);
    snprintf(count, sizeof count, "%zu of %zu", m->done, m->planned);
    write_fact(file, "Runs", count);
    write_fact(file, "First seed", report->facts[STP_FACT_SEED]);
    write_fact(file, "Seed of the population, in all runs",
               stp_report_population(report));
    write_fact(file, "Residents an agent", report->facts[STP_FACT_SCALE]);
    write_fact(file, "Steps", report->facts[STP_FACT_STEPS]);
    write_fact(file, "Sampling", stp_many_sampling(m));
    write_fact(file, "Steppe", report->facts[STP_FACT_VERSION]);
    write_fact(file, "Results version", report->facts[STP_FACT_RESULTS_VERSION]);
    write_fact(file, "Scenario file", report->facts[STP_FACT_SCENARIO_FILE]);
    write_fact(file, "Digest of the scenario, without questions",
               report->facts[STP_FACT_SCENARIO_DIGEST]);
    fputs("</dl>\n", file);
}

static bool always(const stp_report *report)
{
    (void)report;
    return true;
}

static int write_basis(FILE *file, const stp_report *report)
{
    fputs("<p>No answer is better than what it was made of. These are all the numbers "
          "that went in, and where each comes from. ",
          file);
    fputs(
        report->many
            ? "What nobody knows is a range. The file of an ensemble keeps the scenario "
              "with every default filled in, so that the program's own values are here "
              "among those without a kind.</p>\n"
            : "What nobody knows is a range; this run used one value of it. One run is "
              "an anecdote: to see what chance and the ranges allow, it takes many "
              "(<code>steppe ensemble</code>, <code>steppe ask</code>).</p>\n",
        file);
    if (report->scenario->description && *report->scenario->description) {
        fputs("<details class='about'><summary>What the scenario says of itself</summary>"
              "<blockquote>",
              file);
        stp_html_text(file, report->scenario->description);
        fputs("</blockquote></details>\n", file);
    }
    write_kinds(file, report);
    write_entries(file, report, "assumption", "Assumptions");
    write_entries(file, report, "claim", "Claims");
    write_entries(file, report, "fact", "Facts");
    write_entries(file, report, "unstated", "Given without a kind");
    write_entries(file, report, "default", "Defaults");
    write_sources(file, report);
    (report->many ? write_repeat_many : write_repeat)(file, report);
    fputs("<p class='caution'><strong>It is not a forecast.</strong> Steppe is made for "
          "understanding and preventing harm. What it says, it says of the model, under "
          "the "
          "assumptions that the scenario states.</p>\n",
          file);
    return STEPPE_OK;
}

const stp_report_section stp_section_basis = {"basis", "What it rests on", always,
                                              write_basis};
