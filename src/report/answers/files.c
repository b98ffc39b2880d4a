/* Answers as files: pictures and CSV; and the command that asks one again. */
#include "report/answers/answers.h"

#include "base/text.h"
#include "report/charts/answer_picture.h"
#include "report/charts/forest.h"
#include "report/format/html.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const steppe_answer **stp_answers_list(const stp_report *report)
{
    const steppe_answer **list = calloc(report->answer_count + 1,
                                        sizeof(const steppe_answer *));
    size_t count = 0;
    for (size_t i = 0; list && i < report->scenario->question_count; i++)
        if (report->answers[i])
            list[count++] = report->answers[i];
    return list;
}

const char *stp_answer_source(const stp_report *report, const steppe_answer_facts *f,
                              char source[STP_SOURCE_TEXT])
{
    char people[48] = "";
    if (f->population_held)
        snprintf(people, sizeof people, ", population seed %llu",
                 (unsigned long long)f->population_seed);
    snprintf(
        source, STP_SOURCE_TEXT,
        "Source: Steppe %.40s, question %.40s, %zu pairs from seed %llu%s, one agent "
        "for %g.",
        report->facts[STP_FACT_VERSION], f->id, f->pairs,
        (unsigned long long)report->asking->seed, people, f->scale);
    return source;
}

/* ---- how it is asked ---- */

void stp_answer_write_command(FILE *file, const stp_report *report, const char *id)
{
    const steppe_ask_options *o = report->asking;
    stp_html_write(file, "<code>steppe ask again.yaml {}", id);
    if (o->seed != 1)
        fprintf(file, " --seed %llu", (unsigned long long)o->seed);
    if (o->population_seed_given)
        fprintf(file, " --population-seed %llu", (unsigned long long)o->population_seed);
    if (o->scale != 0)
        fprintf(file, " --scale %g", o->scale);
    if (o->pairs != 0)
        fprintf(file, " --pairs %zu", o->pairs);
    if (o->no_draws || o->draws != 0)
        fprintf(file, " --draws %zu", o->draws);
    if (o->width != 0)
        fprintf(file, " --width %g", o->width);
    if (o->sampling)
        stp_html_write(file, " --sample {}", o->sampling);
    if (strcmp(o->folder, "results/ask") != 0)
        stp_html_write(file, " --out {}", report->folder_word);
    fputs("</code>", file);
}

/* ---- tables ---- */

static void put(FILE *file, double value)
{
    putc(',', file);
    stp_csv_number(file, value);
}

static void put_row(FILE *file, const char *name, double mean, const double *quantiles)
{
    stp_csv_text(file, name);
    put(file, mean);
    for (int k = 0; k < 5; k++)
        put(file, quantiles[k]);
    putc('\n', file);
}

static void put_distributions(FILE *file, const steppe_answer_facts *f)
{
    fputs("what,mean,q05,q25,q50,q75,q95\n", file);
    put_row(file, "without the change", f->base, f->quantiles[0]);
    put_row(file, "with it", f->changed, f->quantiles[1]);
    put_row(file, "differences", f->effect, f->quantiles[2]);
    if (f->draws > 0)
        put_row(file, "differences over the ranges", NAN, f->draw_quantiles);
}

static void put_break_even(FILE *file, const steppe_answer_facts *f)
{
    stp_csv_text(file, f->driver);
    fputs(",effect,low,high\n", file);
    for (size_t k = 0; k < f->point_count; k++) {
        const steppe_answer_point *p = &f->points[k];
        fprintf(file, "%.10g", p->value);
        put(file, p->effect);
        put(file, p->low);
        put(file, p->high);
        putc('\n', file);
    }
}

int stp_answer_csv(FILE *file, const stp_report *report, const void *what, int which)
{
    (void)report;
    (which ? put_break_even : put_distributions)(file, what);
    return STEPPE_OK;
}

static void put_answer(FILE *file, const steppe_answer_facts *f)
{
    const char *const texts[] = {f->id,      f->claim,
                                 f->text,    steppe_verdict_text(f->verdict),
                                 f->outcome, f->unit};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        fputs(k ? "," : "", file);
        stp_csv_text(file, texts[k]);
    }
    fprintf(file, ",%zu,%zu", f->pairs, f->max_pairs);
    const double numbers[] = {f->scale,
                              f->smallest,
                              f->base,
                              f->changed,
                              f->effect,
                              f->low,
                              f->high,
                              f->bootstrap_low,
                              f->bootstrap_high,
                              f->required_pairs,
                              f->required_pairs_equivalent,
                              f->share,
                              f->robust_low,
                              f->robust_high,
                              f->flips_most};
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        put(file, numbers[k]);
    if (f->draws > 0)
        fprintf(file, ",%zu,%zu,%zu,%zu,%zu", f->draws, f->draws_positive, f->draws_zero,
                f->draws_negative, f->draws_agree);
    else
        fputs(",0,,,,", file);
    putc(',', file);
    stp_csv_text(file, f->driver);
    put(file, f->break_even);
    put(file, f->break_even_low);
    put(file, f->break_even_high);
    putc(',', file);
    stp_csv_text(file, f->sampled);
    putc(',', file);
    stp_csv_text(file, f->registered_words);
    putc('\n', file);
}

int stp_answers_csv(FILE *file, const stp_report *report, const void *what, int which)
{
    (void)what, (void)which;
    fputs("question,claim,text,verdict,outcome,unit,pairs,max_pairs,scale,smallest,"
          "without,with,effect,low,high,bootstrap_low,bootstrap_high,needed,needed_"
          "equivalent,share,robust_low,robust_high,flips_most,draws,more,same,less,agree,"
          "driver,break_even,break_even_low,break_even_high,sampled,registration\n",
          file);
    for (size_t i = 0; i < report->scenario->question_count; i++)
        if (report->answers[i])
            put_answer(file, steppe_answer_read(report->answers[i]));
    return STEPPE_OK;
}

/* ---- files ---- */

static int draw_forest(FILE *file, const stp_report *report, const void *what, int which)
{
    const steppe_answer **list = stp_answers_list(report);
    (void)what, (void)which;
    if (!list)
        return stp_no_memory(report->context);
    stp_forest_write(file, list, report->answer_count);
    free(list);
    return STEPPE_OK;
}

/* what: the facts; which: 1 for the break-even. */
static int draw_answer(FILE *file, const stp_report *report, const void *what, int which)
{
    char source[STP_SOURCE_TEXT];
    stp_answer_source(report, what, source);
    (which ? stp_answer_draw_turn : stp_answer_draw)(file, what, source);
    return STEPPE_OK;
}

static int put_one(const stp_figure_folder *folder, const steppe_answer_facts *facts)
{
    int status = STEPPE_OK, pictures = facts->point_count > 0 ? 2 : 1;
    for (int turn = 0; turn < pictures && status == STEPPE_OK; turn++) {
        stp_text name = {0};
        stp_text_add(&name, "answer-%s%s", facts->id, turn ? "-turn" : "");
        status = name.failed ? stp_no_memory(folder->report->context)
                             : stp_figure_put_pair(folder, name.data, draw_answer,
                                                   stp_answer_csv, facts, turn);
        stp_text_free(&name);
    }
    return status;
}

int stp_answers_put_figures(const stp_figure_folder *folder)
{
    const stp_report *report = folder->report;
    int status = stp_figure_put_pair(folder, "answers", draw_forest, stp_answers_csv,
                                     NULL, 0);
    for (size_t i = 0; i < report->scenario->question_count && status == STEPPE_OK; i++)
        if (report->answers[i])
            status = put_one(folder, steppe_answer_read(report->answers[i]));
    return status;
}
