/* Answers for a report: found again, and as tables. */
#include "base/text.h"
#include "report/charts/forest.h"
#include "report/format/html.h"
#include "report/svg/label.h"
#include "report/load/report.h"
#include "study/questions/ask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Its runs are not all kept: was it asked with other options? */
static int find_elsewhere(stp_report *report, const steppe_ask_options *options,
                          size_t index)
{
    stp_text words = {0};
    int status = stp_ask_kept_otherwise(report->context, report->scenario, index, options,
                                        &words);
    if (status != STEPPE_OK)
        stp_text_free(&words);
    report->elsewhere[index] = words.data;
    return status;
}

static int find_answer(stp_report *report, const steppe_ask_options *options,
                       size_t index)
{
    steppe_context *context = report->context;
    int status = steppe_question_check(context, report->scenario, index);
    if (status == STEPPE_BAD_SCENARIO) {
        report->refusals[index] = stp_copy(steppe_context_message(context));
        return report->refusals[index] ? STEPPE_OK : stp_no_memory(context);
    }
    if (status == STEPPE_OK)
        status = steppe_ask(context, report->scenario, index, options,
                            &report->answers[index]);
    report->answer_count += status == STEPPE_OK;
    return status == STEPPE_STOPPED ? find_elsewhere(report, options, index) : status;
}

int stp_report_find_answers(stp_report *report, const steppe_ask_options *options)
{
    size_t count = report->scenario->question_count;
    steppe_ask_options kept = *options;
    kept.cached_only = true;
    report->asking = options;
    report->answers = calloc(count + 1, sizeof(steppe_answer *));
    report->refusals = calloc(count + 1, sizeof *report->refusals);
    report->elsewhere = calloc(count + 1, sizeof *report->elsewhere);
    int status = report->answers && report->refusals && report->elsewhere
                     ? STEPPE_OK
                     : stp_no_memory(report->context);
    for (size_t i = 0; i < count && status == STEPPE_OK; i++)
        status = find_answer(report, &kept, i);
    return status;
}

const steppe_answer **stp_report_answer_list(const stp_report *report)
{
    const steppe_answer **list = calloc(report->answer_count + 1,
                                        sizeof(const steppe_answer *));
    size_t count = 0;
    for (size_t i = 0; list && i < report->scenario->question_count; i++)
        if (report->answers[i])
            list[count++] = report->answers[i];
    return list;
}

const char *stp_report_answer_source(const stp_report *report,
                                     const steppe_answer_facts *f,
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

/* A word of a command line, in quotes if it needs them. */
static void word(FILE *file, const char *text)
{
    bool plain = *text && strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVW"
                                       "XYZ0123456789_./-") == strlen(text);
    fputs(plain ? "" : "'", file);
    for (const char *from = text; *from;) {
        size_t length = strcspn(from, "'");
        stp_label_write(file, from, length);
        from += length;
        if (*from) {
            fputs("'\\''", file);
            from++;
        }
    }
    fputs(plain ? "" : "'", file);
}

void stp_report_answer_command(FILE *file, const stp_report *report, const char *id)
{
    const steppe_ask_options *o = report->asking;
    fputs("<code>steppe ask again.yaml ", file);
    stp_html_text(file, id);
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
    if (strcmp(o->folder, "results/ask") != 0) {
        fputs(" --out ", file);
        word(file, o->folder);
    }
    fputs("</code>", file);
}

/* ---- tables ---- */

static void put(FILE *file, double value)
{
    if (isfinite(value))
        fprintf(file, ",%.10g", value);
    else
        putc(',', file);
}

static void put_row(FILE *file, const char *name, double mean, const double *quantiles)
{
    stp_csv_text(file, name);
    put(file, mean);
    for (int k = 0; k < 5; k++)
        put(file, quantiles[k]);
    putc('\n', file);
}

void stp_report_answer_csv(FILE *file, const steppe_answer_facts *f)
{
    fputs("what,mean,q05,q25,q50,q75,q95\n", file);
    put_row(file, "without the change", f->base, f->quantiles[0]);
    put_row(file, "with it", f->changed, f->quantiles[1]);
    put_row(file, "differences", f->effect, f->quantiles[2]);
    if (f->draws > 0)
        put_row(file, "differences over the ranges", NAN, f->draw_quantiles);
}

void stp_report_turn_csv(FILE *file, const steppe_answer_facts *f)
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
                              f->needed,
                              f->needed_equivalent,
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
    putc('\n', file);
}

void stp_report_answers_csv(FILE *file, const stp_report *report)
{
    fputs("question,claim,text,verdict,outcome,unit,pairs,max_pairs,scale,smallest,"
          "without,with,effect,low,high,bootstrap_low,bootstrap_high,needed,"
          "needed_equivalent,share,robust_low,robust_high,flips_most,draws,more,same,"
          "less,agree,driver,break_even,break_even_low,break_even_high\n",
          file);
    for (size_t i = 0; i < report->scenario->question_count; i++)
        if (report->answers[i])
            put_answer(file, steppe_answer_read(report->answers[i]));
}
