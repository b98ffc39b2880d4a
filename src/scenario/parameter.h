/* The one table of parameters: it drives reading, checking, describing and the docs. */
#ifndef STP_PARAMETER_H
#define STP_PARAMETER_H

#include "scenario/scenario.h"

typedef enum stp_type {
    STP_NUMBER,  /* stp_quantity */
    STP_INTEGER, /* stp_quantity, whole */
    STP_CHOICE,  /* stp_quantity: place in `words` */
    STP_FLAG,    /* stp_quantity: 0 or 1 */
    STP_DATE,    /* stp_quantity: minutes since 1970 */
    STP_NUMBERS, /* stp_quantity: how many, and an stp_numbers at the offset `extra` */
    STP_STRING,  /* char *: any text */
    STP_ID,      /* char *: letters, digits, - and _ */
    STP_IDS,     /* char ** and a count behind the offset `extra` */
    STP_TEXTS,   /* the same of any texts */
} stp_type;

typedef enum stp_section {
    STP_TOP,
    STP_TIME,
    STP_CITIZENS,
    STP_OFFICERS,
    STP_DETENTION,
    STP_NEWS,
    STP_HARDSHIP,
    STP_FORCE,
    STP_LEGITIMACY,
    STP_CURFEW,
    STP_FEAR,
    STP_BOLDNESS,
    STP_OBEDIENCE,
    STP_SEAT,
    STP_DEFECTION,
    STP_CHANNELS,
    STP_PURGE,
    STP_FLIGHT,
    STP_VACANCIES,
    STP_REFORM,
    STP_ATTENTION,
    STP_OUTCOME,
    STP_OF_THRESHOLD, /* those of the models without a lattice */
    STP_OF_NETWORK,
    STP_OF_CONTAGION,
    STP_OF_GLOBAL_GAME,
    STP_OF_KTAB,
    STP_OF_EXPECTED_UTILITY,
    STP_OF_APPOINTMENT,
    STP_UNITS, /* from here on: lists of mappings with an id */
    STP_DISTRICTS,
    STP_FORCES,
    STP_EVENTS,
    STP_ACTORS,
    STP_OFFICES, /* the seat of power */
    STP_PERSONS,
    STP_TIES,
    STP_POWERS,
    STP_HOTSPOTS,
    STP_CORRELATIONS,
    STP_BIASES, /* from here on: what changes no run and no draw */
    STP_OBSERVED,
    STP_CLAIMS,
    STP_QUESTIONS,
    STP_PARAMETER_GROUPS,
    STP_SECTION_COUNT,
} stp_section;

/* A section of the file, or a list of records that begin with an id. */
typedef struct stp_section_row {
    const char *name; /* in the file; "" for the top */
    unsigned models,
        rules; /* that know its parameters: bits of stp_model, of STP_EPSTEIN ... */
    const char *record; /* what a record of a list is called */
    size_t size;        /* of a record, or of the scenario, bytes */
    size_t records,
        count;   /* offsets in the scenario: a pointer to the records, a size_t */
    size_t most; /* records */
} stp_section_row;

extern const stp_section_row STP_SECTIONS[STP_SECTION_COUNT];

/* Records of a list, record `index`, and its id. */
size_t stp_list_count(const steppe_scenario *scenario, stp_section list);
void *stp_list_record(const steppe_scenario *scenario, stp_section list, size_t index);
const char *stp_list_id(const steppe_scenario *scenario, stp_section list, size_t index);

enum stp_need {
    STP_OPTIONAL,
    STP_REQUIRED,
    STP_INHERITED, /* of a district: taken from the section `citizens` when absent */
    STP_ABSENT,    /* no default: absent means absent */
};

/* How the model rounds a time. Every parameter in hours has one of these. */
typedef enum stp_span {
    STP_SPAN_NONE,   /* not a time */
    STP_SPAN_EXACT,  /* a lag, a half-life, a time added to a moment: carried exactly */
    STP_SPAN_MOMENT, /* hours since the start: falls into a step */
    STP_SPAN_PARTS, /* comes about in equal parts, one per step, to the nearest; at least one */
    STP_SPAN_CUT,     /* counted in whole steps that fit into it */
    STP_SPAN_NEAREST, /* counted in whole steps, to the nearest, halves up */
    STP_SPAN_DAYS,    /* counted in whole days (the seat's), rounded up */
} stp_span;

typedef struct stp_parameter {
    stp_section section;
    const char *name;
    stp_type type;
    enum stp_need need;
    const char *unit;  /* canonical unit, "" for none */
    double low, high;  /* legal range ... */
    bool open_low;     /* ... without its low end */
    double fallback;   /* default, for STP_OPTIONAL */
    const char *words; /* of a choice: "a|b|c" */
    size_t offset;     /* of the quantity or text in the section's record */
    size_t extra;      /* of the count of a list */
    const char *meaning, *source;
    bool endless;   /* may be .inf */
    bool open_high; /* the legal range is without its high end */
    stp_span span;
    unsigned models, rules; /* that know it; 0: those of its section */
    const char *choice;  /* the choice in its section that it depends on, or NULL ... */
    unsigned words_used; /* ... and with which of its words it is used, bits */
} stp_parameter;

/* Sorted by section. To add a parameter, add its row, and the field that holds it. */
extern const stp_parameter STP_PARAMETERS[];
extern const size_t STP_PARAMETER_COUNT;

/* The first parameter of a section; behind the last is one of another section. */
const stp_parameter *stp_section_parameters(stp_section section);

/* The field of a parameter in a record. */
stp_quantity *stp_quantity_of(void *record, const stp_parameter *parameter);
char **stp_string_of(void *record, const stp_parameter *parameter);
stp_numbers *stp_numbers_of(void *record, const stp_parameter *parameter);

/* Number of words of a choice; word `index` into buffer. */
size_t stp_choice_count(const char *words);
const char *stp_choice_word(const char *words, size_t index, char *buffer, size_t size);

bool stp_is_texts(stp_type type);

/* Is a value stored as an stp_quantity? */
bool stp_is_quantity(stp_type type);

/* The parameter of that name in a section, or NULL. */
const stp_parameter *stp_parameter_find(stp_section section, const char *name);

/* The parameter at a path, "news.reach" or "districts.population", or NULL. */
const stp_parameter *stp_parameter_at(const char *path);

/* The legal range in words, "(0, 1]", ">= 0", or "". */
const char *stp_range_words(const stp_parameter *parameter, char *buffer, size_t size);

/* A value as the file would write it, without its unit. */
const char *stp_value_text(const stp_parameter *parameter, double value, char *buffer,
                           size_t size);

#endif
