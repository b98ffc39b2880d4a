/* Any bytes as the file of a study of `steppe replicate`: an error with its place, or
 * rows, of which none lacks a criterion. Nothing is run. */
#include "fuzz.h"

#include "study/replication/replicate.h"

enum { MAX_RUNS = 100000 };

/* The study of which the bytes say that they are its file; else the first. */
static size_t study_of(const uint8_t *data, size_t size)
{
    for (size_t i = 0; i < STP_STUDY_COUNT; i++) {
        char line[64];
        int length = snprintf(line, sizeof line, "study: %s\n", STP_STUDIES[i].name);
        if (memmem(data, size, line, (size_t)length))
            return i;
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    steppe_context *context;
    steppe_replication *r = calloc(1, sizeof *r);
    if (!r || steppe_context_create(&context) != STEPPE_OK) {
        free(r);
        return 0;
    }
    size_t runs = 0, study = study_of(data, size);
    r->context = context;
    r->effort = 1;
    r->trees = calloc(STP_STUDY_COUNT, sizeof *r->trees);
    int status = stp_tree_parse(context, "fuzz.yaml", data, size, &r->trees[study]);
    if (status == STEPPE_OK)
        status = stp_study_plan(r, &STP_STUDIES[study], &r->trees[study]);
    for (size_t i = 0; i < r->arm_count; i++)
        runs += r->arms[i]->runs + (r->arms[i]->series ? r->arms[i]->steps : 0);
    if (runs <= MAX_RUNS) {
        if (status == STEPPE_OK)
            status = stp_arms_prepare(r);
        if (status == STEPPE_OK)
            status = stp_study_conclude(r, &STP_STUDIES[study], &r->trees[study]);
    }
    MUST(status == STEPPE_OK || status == STEPPE_BAD_SCENARIO, "%d", status);
    MUST(status == STEPPE_OK || *steppe_context_message(context), "no message");
    for (size_t i = 0; status == STEPPE_OK && i < r->row_count; i++)
        MUST(*r->rows[i]->criterion, "row %zu has no criterion", i);
    steppe_replication_free(r);
    steppe_context_free(context);
    return 0;
}
