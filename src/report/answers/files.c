/* Answers as files: pictures and CSV; and the command that asks one again. */
#include "report/answers/answers.h"

#include "base/text.h"
#include "report/charts/answer_picture.h"
#include "report/charts/forest.h"
#include "report/format/html.h"
#include "report/format/table.h"

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
        "Source: Steppe %.40s, question %.40s, %zu pair%s from seed %llu%s, one agent "
        "for %g.",
        report->facts[STP_FACT_VERSION], f->id, f->pairs, steppe_plural((double)f->pairs),
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

static int write_answers_csv(FILE *file, const stp_report *report, const void *what,
                             int which)
{
    const steppe_answer **list = stp_answers_list(report);
    (void)what, (void)which;
    int status = list
                     ? stp_table_put_csv(file, report->context,
                                         steppe_answers_table(list, report->answer_count))
                     : stp_no_memory(report->context);
    free(list);
    return status;
}

/* what: the answer; which: 1 for the break-even. */
static int draw_answer(FILE *file, const stp_report *report, const void *what, int which)
{
    const steppe_answer_facts *f = steppe_answer_read(what);
    char source[STP_SOURCE_TEXT];
    stp_answer_source(report, f, source);
    (which ? stp_answer_draw_turn : stp_answer_draw)(file, f, source);
    return STEPPE_OK;
}

static int write_answer_csv(FILE *file, const stp_report *report, const void *what,
                            int which)
{
    return stp_table_put_csv(file, report->context,
                             steppe_answer_table(what,
                                                 which ? "points" : "distributions"));
}

static int put_one(const stp_figure_folder *folder, const steppe_answer *answer)
{
    const steppe_answer_facts *facts = steppe_answer_read(answer);
    int status = STEPPE_OK, pictures = facts->point_count > 0 ? 2 : 1;
    for (int turn = 0; turn < pictures && status == STEPPE_OK; turn++) {
        stp_text name = {0};
        stp_text_add(&name, "answer-%s%s", facts->id, turn ? "-turn" : "");
        status = name.failed ? stp_no_memory(folder->report->context)
                             : stp_figure_put_pair(folder, name.data, draw_answer,
                                                   write_answer_csv, answer, turn);
        stp_text_free(&name);
    }
    return status;
}

int stp_answers_put_figures(const stp_figure_folder *folder)
{
    const stp_report *report = folder->report;
    int status = stp_figure_put_pair(folder, "answers", draw_forest, write_answers_csv,
                                     NULL, 0);
    for (size_t i = 0; i < report->scenario->question_count && status == STEPPE_OK; i++)
        if (report->answers[i])
            status = put_one(folder, report->answers[i]);
    return status;
}
