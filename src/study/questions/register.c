/* Register questions: freeze how they will be asked. */
#include "study/questions/registration.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct registering {
    steppe_context *context;
    const steppe_scenario *scenario;
    const steppe_register_options *options;
    stp_registrations all;
    bool changed; /* the file is to be written */
    steppe_table *done;
} registering;

typedef struct done_row {
    const char *id, *state, *date, *changes, *runs_before, *file;
} done_row;

static const steppe_column DONE[] = {{"id", "question", STEPPE_FIELD(done_row, id)},
                                     {"state", "state", STEPPE_FIELD(done_row, state)},
                                     {"registered", "on", STEPPE_FIELD(done_row, date)},
                                     {"changes", "changed",
                                      STEPPE_FIELD(done_row, changes)},
                                     {"runs_before", "runs that were there already",
                                      STEPPE_FIELD(done_row, runs_before)},
                                     {"file", NULL, STEPPE_FIELD(done_row, file)}};

static bool is_blank(const char *text)
{
    return !text || text[strspn(text, " \t\n")] == '\0';
}

/* May the question be registered? */
static int check(const registering *r, size_t index)
{
    const stp_question *q = &r->scenario->questions[index];
    int status = steppe_question_check(r->context, r->scenario, index);
    if (status == STEPPE_OK && is_blank(q->margin_reason))
        return stp_fail(r->context, STEPPE_BAD_SCENARIO,
                        "%s: question '%s': its margin has no reason: say in "
                        "'margin_reason' why smaller effects would not matter, and it "
                        "can be registered",
                        r->scenario->file, q->id);
    return status;
}

/* "pairs was 60, is 50; claim was none, is C1" */
static int add_differences(const registering *r, const stp_registered_design *then,
                           const stp_registered_design *now, stp_text *words)
{
    bool whole = true;
    for (size_t k = 0;
         (k = stp_registered_differ(then, now, k)) < STP_REGISTERED_FIELDS && whole;
         k++) {
        char *was = stp_registered_line(then->values[k]),
             *is = stp_registered_line(now->values[k]);
        whole = was && is;
        if (whole)
            stp_text_add(words, "%s%s was %.120s, is %.120s", words->length ? "; " : "",
                         STP_REGISTERED[k].word, *was ? was : "none", *is ? is : "none");
        free(was);
        free(is);
    }
    return whole && !words->failed ? STEPPE_OK : stp_no_memory(r->context);
}

/* What changed, as a revision of the registration; takes runs_before. */
static int add_revision(const registering *r, stp_registered *old,
                        const stp_registered_design *now, char *runs_before)
{
    size_t count = 0;
    for (size_t k = 0;
         (k = stp_registered_differ(&old->design, now, k)) < STP_REGISTERED_FIELDS; k++)
        count++;
    stp_registered_revision *list = realloc(old->revisions,
                                            (old->revision_count + 1) * sizeof *list);
    if (!list) {
        free(runs_before);
        return stp_no_memory(r->context);
    }
    old->revisions = list;
    stp_registered_revision *v = &list[old->revision_count++];
    *v = (stp_registered_revision){stp_copy(r->options->date), runs_before,
                                   calloc(count + 1, sizeof *v->changes), 0};
    bool whole = v->date && v->changes;
    for (size_t k = 0; whole && (k = stp_registered_differ(&old->design, now, k)) <
                                    STP_REGISTERED_FIELDS;
         k++) {
        v->changes[v->count] = (stp_registered_change){
            stp_copy(STP_REGISTERED[k].word), stp_registered_line(old->design.values[k]),
            stp_registered_line(now->values[k])};
        const stp_registered_change *c = &v->changes[v->count++];
        whole = c->field && c->registered && c->now;
    }
    return whole ? STEPPE_OK : stp_no_memory(r->context);
}

/* A new registration; takes runs_before and the design. */
static int add_new(registering *r, const char *id, stp_registered_design *now,
                   char *runs_before)
{
    stp_registered *list = realloc(r->all.all, (r->all.count + 1) * sizeof *list);
    if (!list) {
        free(runs_before);
        return stp_no_memory(r->context);
    }
    r->all.all = list;
    list[r->all.count] = (stp_registered){.id = stp_copy(id),
                                          .date = stp_copy(r->options->date),
                                          .runs_before = runs_before,
                                          .design = *now};
    *now = (stp_registered_design){{NULL}};
    const stp_registered *made = &list[r->all.count++];
    r->changed = true;
    return made->id && made->date ? STEPPE_OK : stp_no_memory(r->context);
}

static int refuse(const registering *r, const stp_registered *old, const char *changes)
{
    return stp_fail(r->context, STEPPE_BAD_ARGUMENT,
                    "%.200s:%u: question '%.60s' was registered on %s, and is asked "
                    "otherwise now: %.400s; --force registers it anew, and every answer "
                    "will say what changed",
                    r->all.path, old->line, old->id, old->date, changes);
}

static void add_row(registering *r, const char *id, const char *state,
                    const stp_registered *q, const char *changes, const char *runs_before)
{
    done_row row = {id, state, q->date, changes, runs_before, r->all.path};
    steppe_table_add(r->done, &row);
}

/* The question has a registration: is it the same? Takes runs_before. */
static int renew(registering *r, stp_registered *old, stp_registered_design *now,
                 char *runs_before)
{
    stp_text changes = {0};
    int status = add_differences(r, &old->design, now, &changes);
    bool same = changes.length == 0;
    if (status == STEPPE_OK && same)
        add_row(r, old->id, "registered already", old, "", old->runs_before);
    else if (status == STEPPE_OK && !r->options->again)
        status = refuse(r, old, changes.data);
    else if (status == STEPPE_OK) {
        add_row(r, old->id, "registered anew", old, changes.data, runs_before);
        status = add_revision(r, old, now, runs_before);
        runs_before = NULL;
        stp_registered_design then = old->design;
        old->design = *now;
        *now = then;
        r->changed = true;
    }
    free(runs_before);
    stp_text_free(&changes);
    return status;
}

/* Runs of it that are kept, in words; "" for none. */
static int find_runs(const registering *r, size_t index, char **words)
{
    stp_text found = {0};
    stp_text_add(&found, "%s", "");
    int status = found.failed ? stp_no_memory(r->context)
                              : stp_ask_kept_otherwise(r->context, r->scenario, index,
                                                       r->options->asked, &found);
    if (status == STEPPE_OK)
        *words = found.data;
    else
        stp_text_free(&found);
    return status;
}

static int register_one(registering *r, size_t index)
{
    const char *id = r->scenario->questions[index].id;
    stp_asking a = stp_asking_of(r->context, r->scenario, index, r->options->asked);
    stp_registered_design now = {{NULL}};
    char *runs_before = NULL;
    int status = check(r, index);
    if (status == STEPPE_OK)
        status = stp_ask_choose_sampling(&a);
    if (status == STEPPE_OK)
        status = stp_registered_design_make(&a, &now);
    if (status == STEPPE_OK)
        status = find_runs(r, index, &runs_before);
    stp_registered *old = status == STEPPE_OK ? stp_registrations_find(&r->all, id)
                                              : NULL;
    if (old)
        status = renew(r, old, &now, runs_before);
    else if (status == STEPPE_OK) {
        status = add_new(r, id, &now, runs_before);
        if (status == STEPPE_OK)
            add_row(r, id, "registered", &r->all.all[r->all.count - 1], "",
                    r->all.all[r->all.count - 1].runs_before);
    }
    stp_registered_design_clear(&now);
    stp_asking_clear(&a);
    return status;
}

int steppe_questions_register(steppe_context *context, const steppe_scenario *scenario,
                              const size_t *questions, size_t count,
                              const steppe_register_options *options, steppe_table **done)
{
    registering r = {.context = context, .scenario = scenario, .options = options};
    *done = NULL;
    if (scenario->setting_count > 0)
        return stp_fail(context, STEPPE_BAD_ARGUMENT,
                        "%s: a registration is of the scenario's file: leave out the "
                        "settings (--set)",
                        scenario->file);
    r.done = steppe_table_create(DONE, sizeof DONE / sizeof *DONE);
    int status = stp_registrations_read(context, scenario->file, &r.all);
    for (size_t i = 0; i < count && status == STEPPE_OK; i++)
        status = questions[i] < scenario->question_count
                     ? register_one(&r, questions[i])
                     : stp_fail(context, STEPPE_BAD_ARGUMENT,
                                "%s: there is no question %zu", scenario->file,
                                questions[i]);
    if (status == STEPPE_OK && r.changed)
        status = stp_registrations_write(context, &r.all);
    if (status == STEPPE_OK && !r.done)
        status = stp_no_memory(context);
    if (status == STEPPE_OK)
        *done = r.done;
    else
        steppe_table_free(r.done);
    stp_registrations_clear(&r.all);
    return status;
}
