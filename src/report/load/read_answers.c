/* Find the answers to the scenario's questions among the runs that are kept. */
#include "base/text.h"
#include "report/format/escape.h"
#include "report/load/report.h"
#include "study/questions/ask.h"

#include <stdlib.h>

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
    if (*report->facts[STP_FACT_SCENARIO_FILE])
        kept.scenario_file = report->facts[STP_FACT_SCENARIO_FILE];
    report->asking = options;
    report->answers = calloc(count + 1, sizeof(steppe_answer *));
    report->refusals = calloc(count + 1, sizeof *report->refusals);
    report->elsewhere = calloc(count + 1, sizeof *report->elsewhere);
    stp_text word = {0};
    stp_shell_word(&word, options->folder);
    report->folder_word = word.data;
    int status = report->answers && report->refusals && report->elsewhere && !word.failed
                     ? STEPPE_OK
                     : stp_no_memory(report->context);
    for (size_t i = 0; i < count && status == STEPPE_OK; i++)
        status = find_answer(report, &kept, i);
    return status;
}
