/* Answers to a scenario's questions: a page in Markdown by the claims that they test, with a picture. */
#include "base/number.h"
#include "base/text.h"
#include "report/charts/forest.h"
#include "report/format/markdown.h"
#include "report/format/table.h"
#include "scenario/scenario.h"
#include "study/stats/interval.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct page {
    const steppe_scenario *scenario;
    const steppe_answer *const *answers;
    size_t count;
    uint64_t seed;
    const char *stem; /* of the picture's name */
} page;

/* ---- one answer on the page ---- */

/* "less: citizen-hours" */
static void put_verdict(FILE *file, const steppe_answer_facts *f)
{
    bool signs = f->verdict == STEPPE_ANSWER_MORE || f->verdict == STEPPE_ANSWER_LESS;
    fprintf(file, "%s%s%s", steppe_verdict_text(f->verdict), signs ? ": " : "",
            signs ? f->outcome : "");
}

static void put_tables(FILE *file, const steppe_answer *answer,
                       const steppe_answer_facts *f)
{
    if (f->pairs > 0) {
        fprintf(file, "\n%s, %s:\n\n", f->outcome, f->unit);
        stp_table_put(file, steppe_answer_table(answer, "distribution"));
        stp_table_put(file, steppe_answer_table(answer, "details"));
    }
    if (f->cause_count > 0) {
        fputs("Shares of the causes (Shapley: over all orders in which they are taken "
              "away):\n\n",
              file);
        stp_table_put(file, steppe_answer_table(answer, "causes"));
    }
    if (f->point_count > 0) {
        fputs("Along ", file);
        stp_page_code(file, f->driver);
        fprintf(file, ", %zu pair%s each:\n\n", f->point_pairs,
                steppe_plural((double)f->point_pairs));
        stp_table_put(file, steppe_answer_table(answer, "points"));
    }
}

static const stp_question *question_of(const page *p, const steppe_answer_facts *f)
{
    for (size_t i = 0; i < p->scenario->question_count; i++)
        if (strcmp(p->scenario->questions[i].id, f->id) == 0)
            return &p->scenario->questions[i];
    return NULL;
}

static void put_settings(FILE *file, const char *what, char *const *settings,
                         size_t count)
{
    if (count == 0)
        return;
    fprintf(file, "%s: ", what);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ", " : "", file);
        stp_page_code(file, settings[i]);
    }
    fputs(". ", file);
}

/* The command that gives the answer again. */
static void put_command(FILE *file, const page *p, const steppe_answer_facts *f)
{
    stp_text command = {0};
    stp_text_add(&command, "steppe ask ");
    stp_shell_word(&command, p->scenario->file);
    stp_text_add(&command, " ");
    stp_shell_word(&command, f->id);
    stp_text_add(&command, " --seed %llu", (unsigned long long)p->seed);
    if (p->count > 0 && steppe_answer_read(p->answers[0])->population_held)
        stp_text_add(
            &command, " --population-seed %llu",
            (unsigned long long)steppe_answer_read(p->answers[0])->population_seed);
    if (strcmp(f->sampled, "prior") == 0 && !*f->sampled_why)
        stp_text_add(&command, " --sample prior");
    fputs("Command: ", file);
    stp_page_code(file, command.data);
    fputs("\n\n", file);
    stp_text_free(&command);
}

/* When it was registered, and line by line what changed since. */
static void put_registration(FILE *file, const steppe_answer *answer,
                             const steppe_answer_facts *f)
{
    fputs("Registration: ", file);
    stp_page_text(file, f->registered_words);
    fputs(".\n\n", file);
    if (f->registration_change_count > 0)
        stp_table_put(file, steppe_answer_table(answer, "registration"));
}

static void put_answer(FILE *file, const page *p, const steppe_answer *answer)
{
    const steppe_answer_facts *f = steppe_answer_read(answer);
    const stp_question *q = question_of(p, f);
    fputs("### ", file);
    stp_page_text(file, f->text);
    fputs("\n\n**", file);
    put_verdict(file, f);
    fputs(".** ", file);
    stp_page_text(file, steppe_answer_words(answer));
    fputs("\n\n", file);
    if (q) {
        put_settings(file, "Both arms", q->base, q->base_count);
        put_settings(file, "The treatment arm", q->change, q->change_count);
        stp_page_text(file, q->note);
        fputs("\n\n", file);
        if (q->margin_reason) {
            fputs("Margin: ", file);
            stp_page_text(file, q->margin_reason);
            fputs("\n\n", file);
        }
    }
    put_registration(file, answer, f);
    put_tables(file, answer, f);
    put_command(file, p, f);
}

/* ---- all of them ---- */

static void put_summary(FILE *file, const page *p)
{
    fputs("## In short\n\n![effects in units of the margin](", file);
    stp_page_target(file, p->stem);
    fputs(".svg)\n\n", file);
    stp_table_put(file, steppe_answers_table(p->answers, p->count));
}

static bool is_about(const steppe_answer *answer, const char *claim)
{
    return strcmp(steppe_answer_read(answer)->claim, claim) == 0;
}

static bool is_asked_about(const steppe_scenario *s, const char *claim)
{
    for (size_t i = 0; i < s->question_count; i++)
        if (s->questions[i].claim && strcmp(s->questions[i].claim, claim) == 0)
            return true;
    return false;
}

static void put_claim(FILE *file, const page *p, const stp_claim *claim)
{
    const steppe_scenario *s = p->scenario;
    size_t asked = 0;
    fputs("## ", file);
    stp_page_text(file, claim->id);
    fputs(": ", file);
    stp_page_text(file, claim->text);
    fputs("\n\n", file);
    if (claim->source >= 0) {
        fputs("Claimed by: ", file);
        stp_page_text(file, s->sources[claim->source].title);
        fputs(". ", file);
    }
    stp_page_text(file, claim->note);
    fputs("\n\n", file);
    for (size_t i = 0; i < p->count; i++)
        if (is_about(p->answers[i], claim->id) && ++asked)
            put_answer(file, p, p->answers[i]);
    if (asked == 0)
        fputs(is_asked_about(s, claim->id) ? "Not asked here.\n\n"
                                           : "No question tests it.\n\n",
              file);
}

/* Answers to questions of no claim on the list. */
static void put_others(FILE *file, const page *p)
{
    bool headed = p->scenario->claim_count == 0;
    for (size_t i = 0; i < p->count; i++) {
        bool listed = false;
        for (size_t k = 0; k < p->scenario->claim_count && !listed; k++)
            listed = is_about(p->answers[i], p->scenario->claims[k].id);
        if (listed)
            continue;
        if (!headed)
            fputs("## Other questions\n\n", file);
        headed = true;
        put_answer(file, p, p->answers[i]);
    }
}

typedef struct factor_row {
    const char *question;
    double factor;
} factor_row;

/* How many times as many runs unpaired arms would have needed. */
static void put_pairing(FILE *file, const page *p)
{
    static const steppe_column FACTORS[] = {{"question", "question",
                                             STEPPE_FIELD(factor_row, question)},
                                            {"factor", "factor", STEPPE_CELL_NUMBER, 3,
                                             STEPPE_FIELD(factor_row, factor)}};
    double *factors = calloc(p->count + 1, sizeof *factors);
    steppe_table *table = steppe_table_create(FACTORS, 2);
    char text[STP_COUNT_TEXT];
    size_t n = 0;
    for (size_t i = 0; factors && i < p->count; i++) {
        const steppe_answer_facts *f = steppe_answer_read(p->answers[i]);
        if (!isfinite(f->variance_reduction))
            continue;
        factors[n++] = f->variance_reduction;
        steppe_table_add(table, &(factor_row){f->id, f->variance_reduction});
    }
    if (n > 0) {
        stp_sort(factors, n);
        fprintf(
            file,
            "## What pairing saves\n\nRuns that unpaired arms would need for the same "
            "interval, in units of those that were made: the sum of the\nvariances of "
            "both arms over the variance of the differences. Questions in which no pair "
            "differs are left out.\nMedian of %zu question%s: **%s**.\n\n",
            n, steppe_plural((double)n),
            steppe_number_words(stp_quantile(factors, n, 0.5), STEPPE_CELL_NUMBER, 3,
                                text));
        stp_table_put(file, table);
        table = NULL;
    }
    steppe_table_free(table);
    free(factors);
}

/* What is drawn anew with each pair. All answers were asked alike. */
static void put_population(FILE *file, const page *p)
{
    const steppe_answer_facts *f = p->count ? steppe_answer_read(p->answers[0]) : NULL;
    if (f && f->population_held)
        fprintf(file, "All pairs have the same population, drawn from the seed %llu.\n\n",
                (unsigned long long)f->population_seed);
    else
        fputs("Each pair of runs has a population of its own, the same in both arms.\n\n",
              file);
}

static int write_page(FILE *file, const void *user)
{
    const page *p = user;
    fputs("# ", file);
    stp_page_text(file, steppe_scenario_title(p->scenario));
    fprintf(
        file,
        ": claims put to the test\n\nWritten by `steppe ask --page`, not by hand; "
        "version %s, results version %d, verdict rules %d, seed %llu.\nAnswers by other "
        "verdict rules are not valid.\n\nEvery answer holds in this model, under these "
        "assumptions: it is no forecast, and no finding\nabout a person. The control arm "
        "is the scenario, or the "
        "scenario with the settings named; the treatment arm has the change as "
        "well.\nHow verdicts are made: docs/questions.md of Steppe.\n\n",
        steppe_version(), STEPPE_RESULTS_VERSION, STEPPE_VERDICT_RULES,
        (unsigned long long)p->seed);
    put_population(file, p);
    stp_page_settings(file, p->scenario);
    put_summary(file, p);
    for (size_t i = 0; i < p->scenario->claim_count; i++)
        put_claim(file, p, &p->scenario->claims[i]);
    put_others(file, p);
    put_pairing(file, p);
    return 0;
}

static int write_picture(FILE *file, const void *user)
{
    const page *p = user;
    return stp_forest_write(file, p->answers, p->count);
}

int steppe_answers_write_page(steppe_context *context, const steppe_scenario *scenario,
                              const steppe_answer *const *answers, size_t count,
                              uint64_t seed, const char *path)
{
    stp_page all = stp_page_begin(context, path);
    const page p = {scenario, answers, count, seed, all.name};
    stp_page_picture(&all, ".svg", write_picture, &p);
    return stp_page_end(&all, write_page, &p);
}
