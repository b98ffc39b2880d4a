/* Registrations of questions: their designs, frozen before they are asked, in a file beside the scenario. */
#ifndef STP_REGISTRATION_H
#define STP_REGISTRATION_H

#include "study/questions/ask.h"

/* What is frozen: a name in the file, and whether it is a list. */
#define STP_REGISTERED_LIST(X)                    \
    X(TEXT, "text", false)                        \
    X(CLAIM, "claim", false)                      \
    X(BASE, "base", true)                         \
    X(CHANGE, "change", true)                     \
    X(CAUSES, "causes", true)                     \
    X(PLACEBO, "placebo", true)                   \
    X(POSITIVE_CONTROL, "positive_control", true) \
    X(OUTCOME, "outcome", false)                  \
    X(FROM, "from", false)                        \
    X(TO, "to", false)                            \
    X(MARGIN, "margin", false)                    \
    X(MARGIN_REASON, "margin_reason", false)      \
    X(PAIRS, "pairs", false)                      \
    X(LOOKS, "looks", false)                      \
    X(ERROR, "error", false)                      \
    X(TAKE_OFF, "take_off", false)                \
    X(BY_CONSTRUCTION, "by_construction", false)  \
    X(DRIVER, "driver", false)                    \
    X(DRIVER_RANGE, "driver_range", false)        \
    X(DRAWS, "draws", false)                      \
    X(SAMPLE, "sample", false)                    \
    X(WIDTH, "width", false)                      \
    X(SCALE, "scale", false)                      \
    X(SEED, "seed", false)                        \
    X(POPULATION_SEED, "population_seed", false)  \
    X(RESULTS_VERSION, "results_version", false)  \
    X(VERDICT_RULES, "verdict_rules", false)      \
    X(RUNS_DIGEST, "runs_digest", false)          \
    X(SCENARIO_DIGEST, "scenario_digest", false)

typedef enum stp_registered_field {
#define X(name, word, list) STP_REGISTERED_##name,
    STP_REGISTERED_LIST(X)
#undef X
        STP_REGISTERED_FIELDS
} stp_registered_field;

extern const struct stp_registered_info {
    const char *word;
    bool list;
} STP_REGISTERED[STP_REGISTERED_FIELDS];

/* Between the items of a list: no text of a scenario has it. */
enum { STP_REGISTERED_BREAK = 0x1f };

/* The design of a question, as texts; NULL: it has none of this. */
typedef struct stp_registered_design {
    char *values[STP_REGISTERED_FIELDS];
} stp_registered_design;

typedef struct stp_registered_change {
    char *field, *registered, *now; /* "" for none; lists in a line */
} stp_registered_change;

/* A day on which a question was registered anew. */
typedef struct stp_registered_revision {
    char *date, *runs_before;
    stp_registered_change *changes;
    size_t count;
} stp_registered_revision;

typedef struct stp_registered {
    char *id, *date;
    char *runs_before; /* of the question that were kept on that day; "": none */
    stp_registered_design design;
    stp_registered_revision *revisions;
    size_t revision_count;
    unsigned line; /* in the file */
} stp_registered;

typedef struct stp_registrations {
    char *path, *scenario; /* scenario: name of its file, without folders */
    stp_registered *all;
    size_t count;
} stp_registrations;

/* ---- the file ---- */

/* Read the registrations in the folder of a scenario's file; none if there is no file. To be cleared, also after a failure.
 * Errors: STEPPE_BAD_SCENARIO (not a file of registrations, of another scenario, changed by hand, damaged; with the line),
 * STEPPE_CANNOT_READ, STEPPE_NO_MEMORY. */
int stp_registrations_read(steppe_context *context, const char *scenario_file,
                           stp_registrations *registrations);
/* The same of a text. */
int stp_registrations_parse(steppe_context *context, const void *bytes, size_t size,
                            stp_registrations *registrations);
/* Write them; the file is replaced when the new one is whole. Errors: STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY. */
int stp_registrations_write(steppe_context *context,
                            const stp_registrations *registrations);
void stp_registrations_clear(stp_registrations *registrations);
void stp_registered_clear(stp_registered *registered);

/* That of a question; NULL: none. */
stp_registered *stp_registrations_find(const stp_registrations *registrations,
                                       const char *id);

/* ---- a question ---- */

/* The design with which a question is asked. To be cleared, also after a failure. Errors: STEPPE_NO_MEMORY. */
int stp_registered_design_make(const stp_asking *a, stp_registered_design *design);
void stp_registered_design_clear(stp_registered_design *design);

/* The next field from `field` on in which two designs differ; STP_REGISTERED_FIELDS: none. Digests of the whole
 * scenario are not compared: another question changes them. */
size_t stp_registered_differ(const stp_registered_design *a,
                             const stp_registered_design *b, size_t field);

/* A value on one line, which the caller frees; NULL: out of memory. */
char *stp_registered_line(const char *value);

/* Compare the registration of the question with how it is asked, for the facts of the answer. Errors: those of
 * stp_registrations_read. */
int stp_ask_registration(const stp_asking *a);

#endif
