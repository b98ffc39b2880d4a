/* Questions: two arms run in pairs, and the verdict. */
#ifndef STP_ASK_H
#define STP_ASK_H

#include "scenario/causes.h"
#include "study/measures/outcome.h"
#include "study/stats/finding.h"

/* The runs of an arm; numbers of failed ones are NAN. */
typedef struct stp_ask_arm_runs {
    double *outcome, *fall; /* of the question; of the seat of power, NAN without one */
    double *unrest;         /* citizen-hours of the window */
    uint64_t *trajectory_digest,
        *checkpoint_digest; /* of all steps; of the last step before the change */
    size_t count;
} stp_ask_arm_runs;

/* Settings of an arm: those of the question's control arm, then its own. */
enum { STP_MAX_ASK_SETTINGS = 120 };
typedef struct stp_ask_arm_plan {
    const char *name; /* in the names of files */
    const char *settings[STP_MAX_ASK_SETTINGS];
    size_t setting_count;
} stp_ask_arm_plan;

/* A question while it is being asked. */
typedef struct stp_asking {
    steppe_context *context;
    const steppe_scenario *scenario;
    const stp_question *question;
    const steppe_ask_options *options;
    stp_ask_arm_plan control, treatment;
    double scale, width; /* width: of the ranges that points are drawn from */
    uint64_t
        changes; /* the last step that both arms share; 0: they differ from the start */
    double take_off; /* citizen-hours above which unrest has taken off; 0: not known */
    const char *sampling; /* of the points, "sobol" or "posterior"; NULL: no points ... */
    const char
        *sampling_why; /* ... and why not the posterior; "": it is, or was not wanted */
    char *posterior;   /* path of its file */
    uint64_t posterior_digest; /* of its draws; 0: these are not used */
    size_t posterior_count;    /* of them */
    steppe_answer *answer;
} stp_asking;

/* Question `index` with its options, before what they are drawn from is chosen. To be cleared after that. */
stp_asking stp_asking_of(steppe_context *context, const steppe_scenario *scenario,
                         size_t index, const steppe_ask_options *options);
void stp_asking_clear(stp_asking *asking);

/* Points over the parameters: 0: none. */
size_t stp_ask_draws(const stp_asking *asking);
/* Choose what they are drawn from: the posterior beside the scenario if it is there and fits, unless the options say
 * otherwise. Errors: STEPPE_BAD_ARGUMENT, STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS (damaged, or wanted and of another
 * version), STEPPE_NO_MEMORY. */
int stp_ask_choose_sampling(stp_asking *asking);

/* The pairs at each interim analysis, with so many at most; returns how many there are. */
enum { STP_ASK_LOOKS = 3 };
size_t stp_ask_looks(size_t most, size_t pairs[STP_ASK_LOOKS]);

/* Run `count` replicates of an arm, or find those that are there, and read them. sampling: as of
 * steppe_ensemble_options. runs: to be cleared with stp_ask_arm_clear, also after a failure. */
int stp_ask_arm_run(const stp_asking *asking, const stp_ask_arm_plan *arm,
                    const char *sampling, size_t count, stp_ask_arm_runs *runs);
void stp_ask_arm_clear(stp_ask_arm_runs *runs);
/* What was drawn from the ranges, by replicate, of the file of an arm that was run.
 * values[ranges * count]: range by range. */
int stp_ask_arm_draws(const stp_asking *asking, const stp_ask_arm_plan *arm,
                      const char *sampling, size_t ranges, size_t count, double *values);

/* The plan of an arm; more: settings on top of those of the control arm. */
stp_ask_arm_plan stp_ask_arm_of(const stp_question *question, const char *name,
                                char *const *more, size_t count);
void stp_ask_arm_add(stp_ask_arm_plan *arm, char *const *settings, size_t count);

/* Differences of two arms, of the pairs whose runs both went well. */
typedef struct stp_ask_comparison {
    double *base, *changed, *differences;
    bool *base_off,
        *changed_off;  /* whether each run took off; false where that is not known */
    size_t *replicate; /* [n], which of the runs */
    size_t n, failed, identical, same_before;
} stp_ask_comparison;

/* Run both arms and compare them. falls: of all pairs, or NULL. To be cleared, also after a failure. */
int stp_ask_comparison_run(const stp_asking *asking, const stp_ask_arm_plan *base,
                           const stp_ask_arm_plan *changed, const char *sampling,
                           size_t count, stp_ask_comparison *comparison,
                           stp_pair_table *falls);
void stp_ask_comparison_clear(stp_ask_comparison *comparison);

/* The margin in units of the outcome: a share is of the control arm's value, or of the treatment arm's if
 * that is 0. */
double stp_ask_smallest(const stp_question *question, double base, double changed);

/* The quantiles 5, 25, 50, 75 and 95 % of n values. workspace[n]. */
void stp_ask_quantiles(const double *values, size_t n, double *workspace,
                       double *quantiles);

/* The verdict from pairs, as facts. pairs: at each look so far. falls: of all pairs. */
int stp_ask_conclude(const stp_asking *asking, const stp_ask_comparison *comparison,
                     const size_t *pairs, size_t looks, size_t look,
                     const stp_pair_table *falls);
/* How far points over the parameters agree with the verdict, and what their differences correlate with, as facts. */
int stp_ask_space_of(const stp_asking *asking, const stp_ask_comparison *points);
/* Has the verdict a side with which an effect can agree? Does one, that is not 0? smallest: the margin. */
bool stp_ask_has_sides(const steppe_answer_facts *facts);
bool stp_ask_agrees(const steppe_answer_facts *facts, double effect, double smallest);

/* Draws of the posterior that the verdict is over; 0: it is at the scenario's own values. */
size_t stp_ask_verdict_draws(const stp_asking *asking);

/* Parts of an answer: the verdict, from pairs, or over the posterior; over the parameter ranges; shares of causes;
 * break-even. */
int stp_ask_causes(const stp_asking *asking);
int stp_ask_over_posterior(const stp_asking *asking);
int stp_ask_pairs(const stp_asking *asking);
int stp_ask_space(const stp_asking *asking);
int stp_ask_break_even(const stp_asking *asking);

/* Since when, field, registered value, value now. */
typedef struct stp_answer_change {
    char *texts[4];
} stp_answer_change;

struct steppe_answer {
    steppe_answer_facts facts;
    char *words; /* the answer, in a few sentences */
    char because[200];
    char drivers[STEPPE_ANSWER_DRIVERS][128];
    char causes[STP_MAX_CAUSES][STP_CAUSE_NAME];
    char failure[400]; /* the first run that failed, and why */
    char *registered_on, *registered_words;
    stp_answer_change *changes; /* since the registration */
    size_t change_count;
    steppe_registration_change *shown_changes; /* the same, for the facts */
};

/* Facts of an answer that has none yet: every number that is not a count is NAN. */
void stp_answer_blank(steppe_answer_facts *facts);
/* Put the answer into words, from its facts. Errors: STEPPE_NO_MEMORY. */
int stp_answer_word(steppe_context *context, steppe_answer *answer);

/* In what share of the parameters a verdict holds, in words; "" if that is not known. */
enum { STP_AGREEMENT_TEXT = 80 };
const char *stp_answer_agreement(const steppe_answer_facts *facts,
                                 char words[STP_AGREEMENT_TEXT]);

/* The other options with which runs of the question's treatment arm are kept in the folder of `options`:
 * "30 pairs from --seed 1 with --scale 200; ..." added to `words`. Files that cannot be read are skipped.
 * Errors: STEPPE_NO_MEMORY. */
int stp_ask_kept_otherwise(steppe_context *context, const steppe_scenario *scenario,
                           size_t index, const steppe_ask_options *options,
                           stp_text *words);

#endif
