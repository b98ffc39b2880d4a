/* Steppe: a simulator of unrest and power in a whole country, one agent per citizen.
 *
 * The only public header. A program opens a scenario, creates a run from it, advances the
 * run step by step with observers, and records it in a results file.
 *
 * Conventions
 * - A function that can fail returns an int: STEPPE_OK (0) or a negative steppe_status.
 *   The context has the message of the last failure (steppe_context_message).
 * - A failed call leaves its object as it was, and sets its output pointer to NULL.
 * - X_free(NULL) is legal. "Borrowed" pointers belong to the object they came from.
 * - The library never prints, never exits and keeps no globals. A context, and the
 *   objects made with it, belong to one thread at a time; different contexts are
 *   independent. */
#ifndef STEPPE_H
#define STEPPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Version of the meaning of results: the same scenario, seed and results version give the
 * same digest of every step, whatever the machine, threads, engine or compiler. */
#define STEPPE_RESULTS_VERSION 4
/* Format of scenario files: `steppe: 1`. */
#define STEPPE_SCENARIO_FORMAT 1
/* Format of results files. Files of other formats are refused. */
#define STEPPE_RESULTS_FORMAT 2

typedef enum steppe_status {
    STEPPE_OK = 0,
    STEPPE_NO_MEMORY = -1,    /* out of memory */
    STEPPE_BAD_SCENARIO = -2, /* the scenario (or a setting) is not valid */
    STEPPE_BAD_ARGUMENT = -3, /* an option of the call is not valid */
    STEPPE_CANNOT_READ = -4,  /* a file cannot be opened or read */
    STEPPE_CANNOT_WRITE = -5, /* a file cannot be created or written */
    STEPPE_BAD_RESULTS = -6,  /* not a results file, damaged, or of another format */
    STEPPE_STOPPED = -7,      /* an observer or the context asked to stop */
} steppe_status;

/* The version of the library, "major.minor.patch". */
const char *steppe_version(void);

/* A sentence for a status code; never NULL. */
const char *steppe_status_text(int status);

/* ---- Context: where the detail of errors lives ------------------------------------- */

typedef struct steppe_context steppe_context;

/* Create a context. Errors: STEPPE_NO_MEMORY. */
int steppe_context_create(steppe_context **context);
void steppe_context_free(steppe_context *context);
/* Set a function that the context's runs, and calls that make runs, ask whether to stop:
 * between districts, tiles and turns, during set-up and within steps, so that they end
 * within a second (STEPPE_STOPPED). stop: quick, called from several threads at once, and
 * true for ever once it was true; NULL: none. */
void steppe_context_watch(steppe_context *context, bool (*stop)(void *user), void *user);
/* Message of the last failure ("kazakhstan.yaml:41:12: density must be ..."), "" if
 * nothing failed; borrowed until the next call that uses the context. */
const char *steppe_context_message(const steppe_context *context);
/* All problems of a scenario file after STEPPE_BAD_SCENARIO, in the order of the file;
 * the message is the first. Their number (0 after any other failure), and problem `index`
 * of the first 20 (NULL beyond); borrowed like the message. */
size_t steppe_context_problem_count(const steppe_context *context);
const char *steppe_context_problem(const steppe_context *context, size_t index);

/* Outputs (pages, pictures, tables) never replace a file that was read in this context, a
 * results file or a scenario; nor, unless `any` is true, a file that Steppe did not
 * write. */
void steppe_context_replace(steppe_context *context, bool any);

/* Check, before hours of work, that a page in Markdown may go to `path`, and its pictures
 * into the same folder; writing checks again. pictures: `count` suffixes to the page's
 * name without its ending, such as "-map.svg". Errors: STEPPE_BAD_ARGUMENT. */
int steppe_page_check(steppe_context *context, const char *path,
                      const char *const *pictures, size_t count);

/* ---- Texts on a terminal ----------------------------------------------------------- */

enum { STEPPE_SHOWN_LETTER = 8 };
/* The first letter of a text of `length` > 0 bytes as a terminal may be sent it: what it would obey (controls,
 * newlines, what turns the direction of writing) as "\x1b", "\n" or "\u202e", a byte that is no UTF-8 as
 * "\xff". Returns how many bytes of `shown` it takes (no NUL follows); *size: those of the text. */
size_t steppe_show_letter(const char *text, size_t length,
                          char shown[STEPPE_SHOWN_LETTER], size_t *size);

/* A whole text so, in one line, in a buffer of `size` bytes, which is returned. What does not fit is cut off
 * between letters. `text` and `buffer` must not overlap. */
const char *steppe_show_line(const char *text, char *buffer, size_t size);

/* The nearest of `count` words to `word`, if it is near enough to be what was meant: one edit (a letter too many,
 * too few, another, or two that changed places), and one more for every four letters of `word`; NULL if none
 * is. Borrowed from `words`. */
const char *steppe_nearest(const char *word, const char *const *words, size_t count);

/* ---- Tables: numbers with their titles, for people and for programs ------------------- */

/* A table is columns that describe their cells, and rows. Commands print it, pages show it, and it can
 * be read cell by cell into a data frame. Numbers are doubles, NAN for none. */
typedef struct steppe_table steppe_table;

/* How the cells of a column are shown; JSON and CSV hold the numbers themselves. */
typedef enum steppe_cell {
    STEPPE_CELL_TEXT = 0,
    STEPPE_CELL_CODE = 1,   /* a text that is typed: a key, a path */
    STEPPE_CELL_COUNT = 2,  /* "12,345": rounded to a whole number */
    STEPPE_CELL_NUMBER = 3, /* "0.0123": `decimals` digits, or 4; "12,345", "1,234 M" */
    STEPPE_CELL_FIXED = 4,  /* "0.123": `decimals` after the point */
    STEPPE_CELL_SIGNED = 5, /* "+0.123" */
    STEPPE_CELL_SHARE = 6,  /* a share, shown as "12.3 %" */
    STEPPE_CELL_FLAG = 7,   /* "yes" or "no" */
} steppe_cell;

/* The type of a member of a record; STEPPE_FIELD finds it. */
typedef enum steppe_field {
    STEPPE_FIELD_TEXT = 0,  /* const char *, NULL for none */
    STEPPE_FIELD_ARRAY = 1, /* char [] */
    STEPPE_FIELD_REAL = 2,  /* double */
    STEPPE_FIELD_SIZE = 3,  /* size_t, uint64_t */
    STEPPE_FIELD_LONG = 4,  /* int64_t */
    STEPPE_FIELD_INT = 5,   /* int */
    STEPPE_FIELD_BOOL = 6,  /* bool */
    STEPPE_FIELD_WORD = 7, /* an enumeration from 0: index of one of the column's words */
} steppe_field;

/* A column. Its texts must outlive the table. */
typedef struct steppe_column {
    /* Name in JSON and CSV, "citizen_hours"; NULL: in neither. In JSON "flips.seen" is the
     * member `seen` of an object `flips`. */
    const char *key;
    const char *title; /* heading on terminals and pages; NULL: not shown there */
    steppe_cell cell;
    int decimals;
    /* Columns after it that are shown with it: 2: the bounds of its interval, "1.2 (0.9 to
     * 1.5)"; 1: the end of a range, "0.9 to 1.5", or, of a text, a note that only HTML shows; 0: none. */
    int joined;
    bool wide; /* shown on pages, not on terminals */
    /* Neighbouring columns with the same list are one array of that name in JSON. */
    const char *list;
    const char *const *words; /* of STEPPE_FIELD_WORD; '!' before a word emphasises it */
    size_t offset;            /* of the member in a record ... */
    steppe_field field;       /* ... and its type */
} steppe_column;

/* Initializers of a column for a member of a record: STEPPE_FIELD(steppe_risk_week, regions). */
#define STEPPE_FIELD(record, member) \
    .offset = offsetof(record, member), .field = _Generic(((record *)0)->member,  \
        const char *: STEPPE_FIELD_TEXT, char *: STEPPE_FIELD_ARRAY,              \
        double: STEPPE_FIELD_REAL, unsigned long: STEPPE_FIELD_SIZE,              \
        unsigned long long: STEPPE_FIELD_SIZE, long: STEPPE_FIELD_LONG,           \
        long long: STEPPE_FIELD_LONG, int: STEPPE_FIELD_INT,                      \
        bool: STEPPE_FIELD_BOOL, unsigned: STEPPE_FIELD_WORD)

/* Create a table without rows; NULL when out of memory. The functions below take NULL for a table that
 * failed. */
steppe_table *steppe_table_create(const steppe_column *columns, size_t count);
void steppe_table_free(steppe_table *table);
/* Add a row: the members of a record, whose texts are copied. Out of memory, the table fails: all that
 * is made of it is NULL. */
void steppe_table_add(steppe_table *table, const void *record);
/* Show at most so many rows on terminals and pages, and the number of the rest. */
void steppe_table_limit(steppe_table *table, size_t rows);

/* A table that an object has: its name, its columns, and what adds its rows. */
typedef struct steppe_table_kind {
    const char *name;
    const steppe_column *columns;
    size_t count;
    void (*add)(steppe_table *table, const void *object);
} steppe_table_kind;
/* Initializers for an array of columns. */
#define STEPPE_COLUMNS(columns) columns, sizeof(columns) / sizeof *(columns)
/* The table of that name, of the kinds, which end with {0}; NULL for another name, or when out of memory. */
steppe_table *steppe_table_make(const steppe_table_kind *kinds, const char *name,
                                const void *object);

size_t steppe_table_row_count(const steppe_table *table);
size_t steppe_table_column_count(const steppe_table *table);
/* Column `index`, borrowed; NULL for one that is not there. */
const steppe_column *steppe_table_column(const steppe_table *table, size_t index);
/* A cell as a number (a flag is 0 or 1; NAN for a text, and for none), and as a text ("" for a number),
 * borrowed. */
double steppe_table_number(const steppe_table *table, size_t row, size_t column);
const char *steppe_table_word(const steppe_table *table, size_t row, size_t column);

typedef enum steppe_format {
    STEPPE_TERMINAL =
        0, /* at most `width` columns wide (0: any), long texts over lines */
    STEPPE_MARKDOWN = 1,
    /* A <table>; numbers also as data-value, bounds in columns of their own, a note below its text. */
    STEPPE_HTML = 2,
    STEPPE_CSV = 3,  /* keys, then rows; 15 digits; empty for NAN */
    STEPPE_JSON = 4, /* an array of objects; 15 digits; null for NAN */
} steppe_format;

/* A table as text, the caller's to free (free); NULL when out of memory. Terminals show no column that is
 * empty in every row; pages leave out those that are wide. */
char *steppe_table_text(const steppe_table *table, steppe_format format, int width);
/* A table as an array of objects of jansson, owned by the caller; NULL when out of memory. */
struct json_t *steppe_table_json(const steppe_table *table);

enum { STEPPE_NUMBER_TEXT = 40 };
/* A number as a table shows it, in the buffer, which is returned; "–" for what is no number. */
const char *steppe_number_words(double value, steppe_cell cell, int decimals,
                                char buffer[STEPPE_NUMBER_TEXT]);
/* "s" behind a noun, or "" if there is one. */
const char *steppe_plural(double count);
/* How many columns of a terminal a text takes, controls shown as steppe_show_letter does: 2 for a wide
 * letter, 0 for an accent on the letter before it. By wcwidth, in the locale of the process. */
int steppe_text_width(const char *text);

/* ---- Scenario: what is claimed ----------------------------------------------------- */

typedef struct steppe_scenario steppe_scenario;

typedef enum steppe_schedule {
    STEPPE_SCHEDULE_OF_SCENARIO = 0, /* as the scenario says */
    STEPPE_SEQUENTIAL = 1, /* one random permutation of a district's agents a step */
    STEPPE_TILES = 2,      /* four colours of tiles, in parallel */
} steppe_schedule;

/* Which build of the fast engine's turns; never changes results. */
typedef enum steppe_simd {
    STEPPE_SIMD_BEST = 0,  /* the widest that the processor has */
    STEPPE_SIMD_PLAIN = 1, /* plain C */
    STEPPE_SIMD_V3 = 2,    /* x86-64-v3: AVX2, BMI2 */
    STEPPE_SIMD_V4 = 3,    /* x86-64-v4: AVX-512, with VPOPCNTDQ */
} steppe_simd;

/* Does this processor have what that build needs? */
bool steppe_has_simd(steppe_simd simd);

typedef enum steppe_engine {
    STEPPE_FAST = 0,      /* bit planes, threads */
    STEPPE_REFERENCE = 1, /* short, obvious, slow; the truth */
    STEPPE_PRESET =
        2, /* that of rules other than Epstein's Model I, which have but one */
} steppe_engine;

/* Read, resolve and check a scenario file.
 * settings: `count` strings "key.path=value" that replace values of the file (may be NULL
 * when count is 0), for example "events.lpg-price.enabled=false".
 * Errors: STEPPE_CANNOT_READ, STEPPE_BAD_SCENARIO (message names file, line, column and what
 * was expected), STEPPE_NO_MEMORY. */
int steppe_scenario_open(steppe_context *context, const char *path,
                         const char *const *settings, size_t count,
                         steppe_scenario **scenario);
/* The same for a scenario that is in memory: `size` bytes at `text`; `name` stands for the
 * file in messages. */
int steppe_scenario_parse(steppe_context *context, const char *name, const void *text,
                          size_t size, const char *const *settings, size_t count,
                          steppe_scenario **scenario);
void steppe_scenario_free(steppe_scenario *scenario);

/* Title of the scenario; borrowed from it. */
const char *steppe_scenario_title(const steppe_scenario *scenario);
/* Its model: "street", which is run (steppe_run_create), or one without a lattice, which is
 * solved (steppe_solution_create): "threshold", "network", "contagion", "global-game",
 * "ktab", "expected-utility" or "appointment". */
const char *steppe_scenario_model(const steppe_scenario *scenario);
/* Residents over all districts, before any scale. */
uint64_t steppe_scenario_residents(const steppe_scenario *scenario);
size_t steppe_scenario_district_count(const steppe_scenario *scenario);
size_t steppe_scenario_event_count(const steppe_scenario *scenario);

/* An event; texts are borrowed from the scenario, and "" if there is none. */
typedef struct steppe_event_info {
    const char *id, *title, *note, *source;
    bool enabled;
    uint64_t step;   /* before which it happens, from 1 */
    const char *act; /* what it does at the seat of power, "appoint"; "" if nothing */
} steppe_event_info;

/* Errors: STEPPE_BAD_ARGUMENT for an index that is not there. */
int steppe_scenario_event(const steppe_scenario *scenario, size_t index,
                          steppe_event_info *event);

enum { STEPPE_TIME_TEXT = 40 };
/* The name of a scenario's results: that of its file without folder and ending, or, for a file called
 * scenario.*, that of its folder. Cut off at `size`. */
const char *steppe_scenario_stem(const steppe_scenario *scenario, char *buffer,
                                 size_t size);

/* Local time at the end of a step (0: at the start), "2022-01-01T05:00", or "step 5" if the scenario
 * has no dates. Of streets alone. */
const char *steppe_scenario_time(const steppe_scenario *scenario, uint64_t step,
                                 char buffer[STEPPE_TIME_TEXT]);
/* The date of the day that begins 24 h times `day` after the start, "2022-01-05", or "day 5". */
const char *steppe_scenario_day(const steppe_scenario *scenario, uint64_t day,
                                char buffer[STEPPE_TIME_TEXT]);
/* The step in which a moment lies, from 1. moment: a date as in scenario files, or hours since the start if
 * the scenario has no dates. Errors: STEPPE_BAD_ARGUMENT, also before the start. */
int steppe_scenario_step_at(steppe_context *context, const steppe_scenario *scenario,
                            const char *moment, uint64_t *step);

/* Does it have dates? Else its time is counted in steps. */
bool steppe_scenario_dated(const steppe_scenario *scenario);
/* The last step of the run, or a year after the last event, whichever is later: how far a seat of power
 * without a street is followed. */
uint64_t steppe_scenario_horizon(const steppe_scenario *scenario);
/* Steps that the scenario runs; 0 for a model without time. */
uint64_t steppe_scenario_steps(const steppe_scenario *scenario);
/* Warnings, "FILE:LINE:COLUMN: event 'fare' has no effect: ...", in the order of the file. Borrowed from the
 * scenario; NULL past the last. */
size_t steppe_scenario_warning_count(const steppe_scenario *scenario);
const char *steppe_scenario_warning(const steppe_scenario *scenario, size_t index);
/* The settings that it was opened with, "key.path=value". Borrowed from the scenario; NULL past the last. */
size_t steppe_scenario_setting_count(const steppe_scenario *scenario);
const char *steppe_scenario_setting(const steppe_scenario *scenario, size_t index);
/* The scenario with every default filled in, as YAML that reads back to the same scenario;
 * borrowed from it. */
const char *steppe_scenario_resolved(const steppe_scenario *scenario);
/* Digest (XXH64) of the resolved text, in which what settings replaced has the kind and source that
 * the file gives: two scenarios with the same digest are the same. */
uint64_t steppe_scenario_digest(const steppe_scenario *scenario);

/* One value of a scenario, with its provenance. Texts are borrowed from the scenario; absent ones are "". */
typedef struct steppe_entry {
    const char *path;      /* "districts.zhanaozen.population" */
    const char *value;     /* as it is used */
    const char *range;     /* "0.05 .. 0.4", or "" */
    const char *unit;      /* "residents", "h", "share", ... or "" */
    const char *kind;      /* "fact", "claim", "assumption", "unstated" or "default" */
    const char *source_id; /* id of its source in the scenario, or "" */
    const char *source;    /* title of the source; of a default: source of the default */
    const char *note;      /* the author's */
    const char *meaning;   /* what the parameter is */
    const char *prior;     /* "normal: [0.8, 0.05]"; "": uniform over the range, if any */
} steppe_entry;

/* Number of entries, and entry `index` (0 .. count-1). Errors: STEPPE_BAD_ARGUMENT. */
size_t steppe_scenario_entry_count(const steppe_scenario *scenario);
int steppe_scenario_entry(const steppe_scenario *scenario, size_t index,
                          steppe_entry *entry);

/* Parameters that a scenario names together: those of a correlation, or of a group that a sensitivity analysis
 * moves. Texts are borrowed from the scenario; absent ones are "". */
typedef struct steppe_parameter_set {
    const char *list; /* "correlations" or "parameter_groups" */
    const char *id, *title;
    const char *const *parameters; /* paths: "events.*.fuel_price" */
    size_t count;
    double correlation; /* Spearman's rank correlation of each two; of a group NAN */
} steppe_parameter_set;

/* Set `index` (from 0): first the correlations. Errors: STEPPE_BAD_ARGUMENT past the last. */
int steppe_scenario_parameter_set(const steppe_scenario *scenario, size_t index,
                                  steppe_parameter_set *set);

/* How far an observation may be from a run that is right: standard deviations on the scale of its measure. */
typedef struct steppe_observation_error {
    const char *id, *measure;
    const char *scale;    /* "log", "share", "units" or "h" */
    double record;        /* of the record itself, stated or by its range or confidence */
    double units;         /* of wrongly listed units */
    double bias_sd;       /* of the reporting bias that it shares with others */
    double discrepancy;   /* of the model */
    double total;         /* root of the sum of squares */
    const char *bias;     /* id of that reporting bias, or "" */
    const char *censored; /* "below" or "above" it the truth lies; or "" */
    bool train;           /* false: held out, or not measured */
} steppe_observation_error;

/* The error model of observation `index` (from 0). Texts are borrowed. Errors: STEPPE_BAD_ARGUMENT past the last. */
int steppe_scenario_observation_error(const steppe_scenario *scenario, size_t index,
                                      steppe_observation_error *error);

/* One parameter of the scenario file. */
typedef struct steppe_parameter_info {
    const char *section; /* "citizens", "districts", ... */
    const char *name;
    const char *type;     /* "number", "integer", "text", "true or false", "a|b|c" ... */
    const char *unit;     /* canonical unit, or "" */
    const char *range;    /* "(0, 1]", or "" */
    const char *fallback; /* default, "required" or "" */
    const char *meaning;
    const char *source; /* source of the equation or default */
} steppe_parameter_info;

size_t steppe_parameter_count(void);
/* Parameter `index`; texts live as long as `buffer` (at least 256 bytes) and the program.
 * Errors: STEPPE_BAD_ARGUMENT. */
int steppe_parameter(size_t index, char *buffer, size_t size,
                     steppe_parameter_info *info);

/* A time that is rounded to whole steps or days: count * unit. */
typedef struct steppe_rounded_time {
    const char *section, *name; /* of the parameter */
    double hours;               /* as the scenario has it */
    uint64_t count;             /* of whole steps or days */
    double unit;                /* hours: of a step, or 24 */
} steppe_rounded_time;

/* Rounded time `index` (from 0) of those in use. Errors: STEPPE_BAD_ARGUMENT past the last. */
int steppe_scenario_rounded(const steppe_scenario *scenario, size_t index,
                            steppe_rounded_time *time);

/* Read a whole text as a decimal number, as scenario files have them: no hexadecimal, no spaces, no
 * nan or infinity, no word behind it. Returns whether it is one. */
bool steppe_number_parse(const char *text, double *value);

/* A borrowed line about district `index`: its id, name, unit name. */
typedef struct steppe_district_info {
    const char *id, *name, *unit;
    double latitude, longitude; /* degrees; NAN if the scenario has none */
    uint64_t residents;
    uint32_t width, height; /* lattice, in cells, at the run's scale */
    const char *schedule; /* the schedule that runs here, and why, if not the one asked */
    const char *engine;   /* the engine, and which way of it; never changes results */
    /* Columns and rows of what is in sight, of citizens or officers, whoever see further; fewer
     * than 2 vision + 1 where the lattice has no more (sight_cut). */
    uint32_t seen_columns, seen_rows;
    bool sight_cut;
} steppe_district_info;

/* ---- Run: what happens ------------------------------------------------------------- */

typedef struct steppe_run steppe_run;

typedef struct steppe_run_options {
    uint64_t seed;        /* any */
    double scale;         /* residents per agent, >= 1; 0: of the scenario */
    uint64_t steps;       /* 0: of the scenario */
    int threads;          /* 1 .. 1024; 0: one per core */
    steppe_engine engine; /* default STEPPE_FAST; preset rules always run STEPPE_PRESET */
    steppe_schedule schedule; /* default of the scenario */
    steppe_simd simd;         /* default STEPPE_SIMD_BEST */
    bool dry_run;             /* lay out the districts without agents; cannot advance */
    /* Seed of traits (hardship, risk aversion, groups), if given; all else is drawn from
     * `seed`. */
    bool population_seed_given;
    uint64_t population_seed;
} steppe_run_options;

/* Counts of a district in a step, in agents; times scale for people. */
typedef struct steppe_counts {
    uint64_t activations; /* citizens and officers that had their turn */
    uint64_t active;      /* citizens active at the end of the step */
    uint64_t arrests;     /* in this step */
    uint64_t releases;    /* in this step */
    uint64_t detained;    /* citizens in detention at the end of the step */
    uint64_t citizens;    /* all citizens: at liberty + detained */
    uint64_t officers;    /* officers on the street at the end of the step */
    uint64_t obeying;     /* of those officers; without force, all */
    /* With the scenario's section `force`, like `killed`; else 0. */
    uint64_t violent;          /* of the active, at the end of the step */
    uint64_t wounded;          /* citizens, by officers, in this step */
    uint64_t officers_killed;  /* by citizens, in this step ... */
    uint64_t officers_wounded; /* ... and wounded; they leave the street for good */
    uint64_t officers_left;    /* who defected in this step */
    uint64_t killed; /* citizens, by officers or (Model II) by citizens, in this step */
    /* Epstein's Model II; else 0. */
    uint64_t died, born; /* died: of age; in this step */
    uint64_t groups[2];  /* citizens alive, by group */
    /* Citizens on the street at the end of the step: those at liberty, with presence
     * `home` those not at home. */
    uint64_t on_street;
} steppe_counts;

/* The national fields of a district at the beginning of a step, computed from what
 * happened before; the same for all engines and threads, and never NAN. */
typedef struct steppe_fields {
    /* Legitimacy L, a share. */
    double legitimacy;
    /* Shift of hardship, a share: the mean over the expected numbers of citizens in each
     * group, before hardship is limited to [0, 1]. 0 if the mechanism is off. */
    double hardship;
    /* By how much the threshold T is lower than the scenario's: news that emboldens, less
     * curfew and fear; 0 if all are off. */
    double threshold_shift;
    /* Actives that a citizen hears of by news, in agents; 0 if news is off. */
    double heard;
    /* Quality of the officers' orders, a share, whether it has an effect or not. */
    double orders;
    /* Expected share of obeying officers on the street over all forces; without officers,
     * of the district's own force; 1 if `obedience` or `force` is off. */
    double obedience;
} steppe_fields;

/* Create a run at step 0, with everybody placed. options: NULL for the defaults (seed 1).
 * The scenario and context must outlive the run. Errors: STEPPE_BAD_ARGUMENT (also if the
 * processor lacks simd, or the model is not the street), STEPPE_NO_MEMORY. */
int steppe_run_create(steppe_context *context, const steppe_scenario *scenario,
                      const steppe_run_options *options, steppe_run **run);
void steppe_run_free(steppe_run *run);

/* Called after every step with the run, which it may read but not advance. Returns 0 to
 * continue; anything else stops the run after this step. */
typedef int (*steppe_observer)(const steppe_run *run, void *user);
/* Add an observer (at most 8); observers are called in the order of adding. Errors:
 * STEPPE_BAD_ARGUMENT. */
int steppe_run_observe(steppe_run *run, steppe_observer observer, void *user);

/* Advance by `steps` steps, or to the end of the run if fewer are left. Errors:
 * STEPPE_STOPPED (if by an observer, the step is complete and the run may continue),
 * STEPPE_NO_MEMORY, STEPPE_BAD_ARGUMENT (made with dry_run). */
int steppe_run_advance(steppe_run *run, uint64_t steps);

uint64_t steppe_run_step(const steppe_run *run);        /* steps done */
uint64_t steppe_run_steps(const steppe_run *run);       /* steps in all */
double steppe_run_scale(const steppe_run *run);         /* residents per agent */
uint64_t steppe_run_agents(const steppe_run *run);      /* citizens and all officers */
uint64_t steppe_run_activations(const steppe_run *run); /* so far */
int steppe_run_threads(const steppe_run *run);
steppe_engine steppe_run_engine(const steppe_run *run);
/* Local time at the end of the last step, "2022-01-01T05:00", or "step 5" if the scenario
 * has no dates. Borrowed until the next step. */
const char *steppe_run_time(const steppe_run *run);
/* Hours of simulated time per step. */
double steppe_run_step_hours(const steppe_run *run);
/* Digest of all agents at the end of the last step. */
uint64_t steppe_run_digest(const steppe_run *run);
size_t steppe_run_district_count(const steppe_run *run);
/* District `index`; texts are borrowed from the run. Errors: STEPPE_BAD_ARGUMENT. */
int steppe_run_district(const steppe_run *run, size_t index, steppe_district_info *info);
/* Active residents at the end of the last step: agents times scale, in each district at
 * most its residents. */
double steppe_run_active(const steppe_run *run);
/* Counts of the last step, one per district; borrowed until the next step. */
const steppe_counts *steppe_run_counts(const steppe_run *run);
/* Fields at the beginning of the last step (of the placing of people before the first),
 * one per district; borrowed until the next step. */
const steppe_fields *steppe_run_fields(const steppe_run *run);
/* Digest of the agents of district `index` (0 .. count - 1) at the end of the last
 * step. */
uint64_t steppe_run_district_digest(const steppe_run *run, size_t index);

/* An agent on the lattice of a district at the end of the last step. */
typedef struct steppe_agent {
    uint32_t id; /* in the district: citizens first, then officers */
    uint32_t column, row;
    bool officer;
    bool active;
    bool detained; /* and on the lattice, as with NetLogo's and Mesa's rules */
    uint8_t group; /* of Epstein's Model II; else 0 */
    /* Of a citizen, without shifts: shares in [0, 1); of an officer 0. */
    double hardship, risk_aversion;
} steppe_agent;

/* The agent is borrowed until the visitor returns. */
typedef void (*steppe_visitor)(const steppe_agent *agent, void *user);
/* Call the visitor with every agent on the lattice of district `index`, row by row.
 * Errors: STEPPE_BAD_ARGUMENT (no such district, or made with dry_run). */
int steppe_run_visit(const steppe_run *run, size_t index, steppe_visitor visitor,
                     void *user);

/* Tension in district `index` at the end of the last step (Epstein 2002): over citizens
 * who are at liberty, quiet and able to take part, the mean grievance by the fields of
 * that step times their number over their mean risk aversion. In agents; 0 if there is
 * nobody. Takes time for all citizens. Errors: as steppe_run_visit. */
int steppe_run_tension(const steppe_run *run, size_t index, double *tension);

/* ---- Seat of power: offices, their holders, and foreign powers
 * ------------------------ */

/* The seat of power of a scenario with seat.enabled, by itself or of a run. Its time is
 * in steps, like a run's; acts apply in the step in which they fall due, all else once a
 * day. */
typedef struct steppe_seat steppe_seat;

/* What the seat observes of the country in a day. */
typedef struct steppe_seat_look {
    double active; /* mean share of all citizens who are active */
    double media;  /* news that media let through, a share of the usual */
    bool
        capital_lost; /* the capital's forces disobey, and the violent outnumber the rest */
} steppe_seat_look;

/* Create a seat before the first step. seed: of the run. The scenario must outlive it.
 * Errors: STEPPE_BAD_ARGUMENT (seat.enabled is false), STEPPE_NO_MEMORY. */
int steppe_seat_create(steppe_context *context, const steppe_scenario *scenario,
                       uint64_t seed, steppe_seat **seat);
void steppe_seat_free(steppe_seat *seat);

/* Advance to a step (1, 2, ... in order): days before the day of its beginning (after a
 * long step), then the acts that fall due, then that day unless it has begun. look: of
 * the days before; NULL: nothing happens. Returns the number of days that began. Not for
 * the seat of a run, which the run advances. */
uint64_t steppe_seat_step(steppe_seat *seat, uint64_t step, const steppe_seat_look *look);

/* The seat of a run as of its last step; borrowed; NULL if the scenario has none. */
const steppe_seat *steppe_run_seat(const steppe_run *run);

/* In place of the index of a person. */
enum {
    STEPPE_SEAT_NOBODY = -1,
    STEPPE_SEAT_OFFICIAL = -2, /* a nameless official, loyal to the incumbent */
};

/* State of the seat as of the last day that began; the effects hold on that day. */
typedef struct steppe_seat_state {
    uint64_t days;         /* that have begun */
    steppe_seat_look look; /* of the day before */
    double strength;  /* theta: probability that the incumbent's camp beats the rival's */
    double signal;    /* y: the public signal of it */
    double threshold; /* theta*: the strength below which the ruler falls */
    size_t defectors; /* persons who have changed sides and are at large */
    double backing, blame; /* of foreign powers, shares */
    /* Output of the offices by work (security, economy, image, diplomacy), relative to
     * holders of the reference competence; of image, the mean of exposure times
     * competence above the reference. */
    double output[4];
    /* Effects on the street. */
    double orders;    /* factor on the quality of orders */
    double pace;      /* factor on the pace of relief and reform */
    double survival;  /* factor on the forces' belief in the regime's survival */
    double restraint; /* factor on the share of shots */
    double image, reform_legitimacy; /* added to legitimacy ... */
    double blame_legitimacy; /* ... and subtracted where there are orders to shoot */
    double reform_hardship, fund_relief; /* added to hardship; subtracted */
    double promised, delivered;          /* reform, shares */
    /* Money: in the fund, paid by it, seized, and the sum of these and of what persons
     * have. */
    int64_t fund, paid, seized, whole;
    bool fallen;
    uint64_t fell_day;        /* from 0 */
    const char *fell_channel; /* "elite", "street", "both", or "" */
} steppe_seat_state;

void steppe_seat_read(const steppe_seat *seat, steppe_seat_state *state);

/* Texts of the following records are borrowed from the scenario. */
typedef struct steppe_seat_person {
    const char *id, *name;
    double position, competence, exposure; /* as in the scenario */
    int64_t resources;
    double weight;     /* in the contest of camps, as of the last day */
    double insecurity; /* z, a share */
    double doubt;      /* belief that the ruler falls, as of the last day ... */
    double cost;       /* ... above which the person changes sides */
    bool defected, incumbent;
    const char *place; /* "at large", "detained", "abroad" */
} steppe_seat_person;

typedef struct steppe_seat_office {
    const char *id, *name;
    int holder;       /* index of a person, or STEPPE_SEAT_... */
    bool changed;     /* since the start */
    uint64_t since;   /* the day (from 0) of the last change, if any */
    double power;     /* weight in the contest of camps */
    double weight[4]; /* in security, economy, image, diplomacy */
    double ramp;      /* share of its work that the holder masters so far; 0 if vacant */
    double output;    /* ramp times competence times effort */
} steppe_seat_office;

typedef struct steppe_seat_tie {
    const char *id, *kind; /* "kin", "patronage", "business" */
    size_t a, b;           /* indices of persons */
    double strength;
} steppe_seat_tie;

typedef struct steppe_seat_power {
    const char *id, *name;
    double stance, means;
    double attention; /* share that the country has */
    bool asked, granted;
} steppe_seat_power;

size_t steppe_seat_person_count(const steppe_seat *seat);
size_t steppe_seat_office_count(const steppe_seat *seat);
size_t steppe_seat_tie_count(const steppe_seat *seat);
size_t steppe_seat_power_count(const steppe_seat *seat);
/* Errors: STEPPE_BAD_ARGUMENT for an index that is not there. */
int steppe_seat_person_at(const steppe_seat *seat, size_t index,
                          steppe_seat_person *person);
int steppe_seat_office_at(const steppe_seat *seat, size_t index,
                          steppe_seat_office *office);
int steppe_seat_tie_at(const steppe_seat *seat, size_t index, steppe_seat_tie *tie);
int steppe_seat_power_at(const steppe_seat *seat, size_t index, steppe_seat_power *power);
/* Names, borrowed: of a person (or STEPPE_SEAT_OFFICIAL), an office, a foreign power; "" for none. */
const char *steppe_seat_person_name(const steppe_seat *seat, int person);
const char *steppe_seat_office_name(const steppe_seat *seat, int office);
const char *steppe_seat_power_name(const steppe_seat *seat, int power);
/* A table of it, the caller's to free: "offices", "persons", "ties" or "foreign_powers"; NULL for another name, or
 * when out of memory. */
steppe_table *steppe_seat_table(const steppe_seat *seat, const char *name);

/* An entry of the seat's log. */
typedef struct steppe_seat_entry {
    uint64_t day;      /* from 0 */
    const char *event; /* id of the event that caused it; "" if none */
    /* "appointed", "dismissed", "detained", "exiled", "taken", "filled", "left",
     * "donated", "defected", "returned", "asked", "granted", "refused", "promised",
     * "delivered", "stance", "hotspot", "fund", "fell", or "void": an act without
     * effect. */
    const char *kind;
    int person, office, power; /* indices, or STEPPE_SEAT_... */
    double amount;             /* of money, reform, salience; else 0 */
} steppe_seat_entry;

/* The log of the last step, in order. Errors: STEPPE_BAD_ARGUMENT. */
size_t steppe_seat_entry_count(const steppe_seat *seat);
int steppe_seat_entry_at(const steppe_seat *seat, size_t index, steppe_seat_entry *entry);

/* What the seat observed in a run, from its results file: looks[day], to be freed with
 * free(); and the run's seed. Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS (also where
 * there was no seat), STEPPE_NO_MEMORY. */
int steppe_results_looks(steppe_context *context, const char *path,
                         steppe_seat_look **looks, size_t *count, uint64_t *seed);

/* Draw the network as SVG: persons by camp and weight, their offices and ties, the
 * strength of the incumbent and foreign powers. title, caption: texts above and below.
 * The file is replaced once it is complete. Errors: STEPPE_CANNOT_WRITE,
 * STEPPE_NO_MEMORY. */
int steppe_seat_write_picture(steppe_context *context, const steppe_seat *seat,
                              const char *title, const char *caption, const char *path);

/* ---- Solution: what a model without a lattice comes to ------------------------------ */

typedef struct steppe_solution steppe_solution;

/* Solve a scenario whose model is not the street. seed: of models that draw random numbers
 * (network); the others have one solution. The scenario must outlive the solution.
 * Errors: STEPPE_BAD_ARGUMENT for a street, STEPPE_BAD_SCENARIO for one that cannot be solved
 * with its steps, STEPPE_NO_MEMORY. */
int steppe_solution_create(steppe_context *context, const steppe_scenario *scenario,
                           uint64_t seed, steppe_solution **solution);
void steppe_solution_free(steppe_solution *solution);

/* One number that came out. Texts are borrowed from the solution. */
typedef struct steppe_outcome {
    const char *name; /* "share"; of an actor or district "peak.almaty" */
    double value;
    const char *unit; /* "persons", "share", "h", ... or "" */
    const char *meaning;
} steppe_outcome;

/* Number of outcomes, and outcome `index` (0 .. count-1). Errors: STEPPE_BAD_ARGUMENT. */
size_t steppe_solution_outcome_count(const steppe_solution *solution);
int steppe_solution_outcome(const steppe_solution *solution, size_t index,
                            steppe_outcome *outcome);

/* The way to it, of models that have one: series of values by step (round), from step 0,
 * where it began. Number of series, the name of one ("acting", "active.ID"; borrowed; NULL if
 * it is not there), number of steps (0 without series), and a value.
 * Errors: STEPPE_BAD_ARGUMENT. */
size_t steppe_solution_series_count(const steppe_solution *solution);
const char *steppe_solution_series_name(const steppe_solution *solution, size_t series);
size_t steppe_solution_series_steps(const steppe_solution *solution);
int steppe_solution_series_value(const steppe_solution *solution, size_t series,
                                 size_t step, double *value);

/* ---- Results: what is kept --------------------------------------------------------- */

typedef struct steppe_recorder steppe_recorder;

/* Create a results file (SQLite) for a run that has not started, FOLDER/STEM-seedN.sqlite (-2, -3 ... if
 * that exists), and observe the run. A missing folder is created.
 * Errors: STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY, STEPPE_BAD_ARGUMENT. */
int steppe_recorder_create(steppe_context *context, const char *folder, steppe_run *run,
                           steppe_recorder **recorder);
/* Write a solution: the file is complete when this returns. Errors: STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY. */
int steppe_recorder_write_solution(steppe_context *context, const char *folder,
                                   const steppe_solution *solution,
                                   steppe_recorder **recorder);
/* Path of the results file; borrowed. After finishing, its new path if its folder was moved during the run, or
 * "" if it was removed. */
const char *steppe_recorder_path(const steppe_recorder *recorder);
/* STEPPE_OK, or the error with which the recorder stopped the run. */
int steppe_recorder_status(const steppe_recorder *recorder);
/* Commit, mark the file "complete", or "incomplete" if steps are missing, and close it. PATH-wal stays while
 * another program has the file open. Errors: STEPPE_CANNOT_WRITE. */
int steppe_recorder_finish(steppe_recorder *recorder);
/* Close the file, finished or not. */
void steppe_recorder_free(steppe_recorder *recorder);

/* Summary of a run, in residents (agents times scale). */
typedef struct steppe_summary {
    uint64_t steps;
    double citizen_hours; /* of unrest: sum over steps of active residents x hours */
    double arrests;       /* residents */
    double releases;      /* residents */
    double detained;      /* at the end */
    double killed, died, born, groups[2]; /* of Epstein's Model II; groups at the end */
    double peak_active;   /* most active residents at the end of a step, whole country */
    uint64_t peak_step;   /* 0: nobody was ever active */
    char peak_time[32];   /* local time */
    size_t peak_district; /* the district with the most active residents then */
    /* Lowest legitimacy of a district at the beginning of a step, a share, and the first such step; 0 unless
     * legitimacy responds. */
    double lowest_legitimacy;
    uint64_t lowest_step;
    char lowest_time[32]; /* local time at the end of that step */
    size_t lowest_district;
    bool seat; /* there is a seat of power; the rest is of it */
    double strength_first, strength_lowest, strength_last; /* of the incumbent */
    uint64_t defections, exits, gifts, purged; /* purged: dismissed, detained or exiled */
    double given;                              /* money */
    bool fallen;
    char fallen_time[32];     /* local time at the end of that step */
    const char *fell_channel; /* "elite", "street", "both", or "" */
} steppe_summary;

/* A day of the summary: a calendar day, or 24 h without dates. */
typedef struct steppe_summary_day {
    char day[32];
    size_t districts; /* with unrest: share active >= outcome.unrest_share in any step */
    size_t units;     /* first-level units with such a district */
    double peak_active; /* residents, whole country */
    double arrests;     /* residents */
    size_t first;       /* the district with the highest share active that day */
} steppe_summary_day;

typedef struct steppe_summarizer steppe_summarizer;

enum { STEPPE_WARNING_TEXT = 320 };

/* Warning `index` (from 0) about a scale (0: the scenario's): where agents are too few to represent people. Errors: STEPPE_BAD_ARGUMENT past the last. */
int steppe_scale_warning(const steppe_scenario *scenario, double scale, size_t index,
                         char text[STEPPE_WARNING_TEXT]);
/* The same about a run so far: more arrests than residents, a third of the country active on the first
 * day. */
int steppe_run_warning(const steppe_summarizer *summarizer, size_t index,
                       char text[STEPPE_WARNING_TEXT]);

/* Summarize a run that has not started, as its observer. Errors: STEPPE_NO_MEMORY, STEPPE_BAD_ARGUMENT. */
int steppe_summarizer_create(steppe_context *context, steppe_run *run,
                             steppe_summarizer **summarizer);
void steppe_summarizer_free(steppe_summarizer *summarizer);
void steppe_summarizer_read(const steppe_summarizer *summarizer, steppe_summary *summary);
/* Errors: STEPPE_BAD_ARGUMENT. */
int steppe_summarizer_day(const steppe_summarizer *summarizer, size_t index,
                          steppe_summary_day *day);
/* First step in which district `index` had unrest; 0 if never. */
uint64_t steppe_summarizer_first_unrest(const steppe_summarizer *summarizer,
                                        size_t index);

/* Outbursts in a series of actives, as Epstein (2002) counts them: one begins when more than `threshold` are
 * active, and ends when fewer are. */
typedef struct steppe_outbursts {
    size_t count;
    double
        size; /* mean of the actives summed over the steps of an outburst; NAN for none */
    double wait; /* mean steps from an end to the next beginning; NAN for none */
} steppe_outbursts;
/* active: one number per step. */
steppe_outbursts steppe_outbursts_of(const double *active, size_t steps,
                                     double threshold);

/* ---- Replication: published models run again ------------------------------------------ */

typedef struct steppe_replication steppe_replication;

typedef enum steppe_verdict {
    STEPPE_NOT_REPRODUCED = 0,
    STEPPE_TREND_ONLY = 1, /* the direction, not the number, or not for certain */
    STEPPE_REPRODUCED = 2,
} steppe_verdict;

/* A published claim and what Steppe makes of it. Texts are borrowed from the replication; those
 * that may be absent are "" then. */
typedef struct steppe_claim {
    const char *id;         /* in the study: "c" */
    const char *study;      /* name of the study, "epstein" */
    const char *variant;    /* of the model, such as "floor", or "" */
    const char *claim;      /* in a sentence */
    const char *published;  /* number, or "" */
    const char *replicated; /* what an independent replication found, or "" */
    const char *ours;       /* number with its interval, in words */
    const char *criterion;  /* what counts as reproduced, and as trend only */
    const char *source;
    const char *tier; /* "must", "should", "gap" (known not to be recovered) or "" */
    /* The number that decides the verdict, with its interval of 95 %; NAN for exact numbers. */
    double estimate, low, high;
    size_t runs;
    steppe_verdict verdict;
} steppe_claim;

/* The distribution of a measure over the runs of a preset, to be compared with other programs'. */
typedef struct steppe_distribution {
    const char *study, *measure, *unit;
    double mean, low, high; /* interval of 95 % of the mean */
    double deviation;
    double quantiles[5];  /* 2.5, 25, 50, 75 and 97.5 % */
    size_t runs;          /* that have it: a run without outbursts has no size of one */
    const double *values; /* one a seed from 1, NAN where there is none; borrowed */
    size_t count;
} steppe_distribution;

/* Names and titles of the studies; NULL from the end on. */
const char *steppe_study_name(size_t index);
const char *steppe_study_title(size_t index);

/* Called now and then with the work done so far, 0 to 1; anything but 0 stops the replication. */
typedef int (*steppe_replication_progress)(double done, void *user);

typedef struct steppe_replication_options {
    const char *folder;       /* of the published models: scenarios, and claims/ */
    const char *const *names; /* of studies ... */
    size_t name_count;        /* ... and how many; 0: all studies */
    int effort;               /* percent of the usual runs, 1 .. 10000; 0: 100 */
    int threads; /* 1 .. 1024; 0: one a core; the outcome is the same for any number */
    steppe_replication_progress progress; /* or NULL */
    void *user;                           /* of progress */
} steppe_replication_options;

/* Run studies again and give a verdict on each claim. The options are not needed afterwards.
 * Errors: STEPPE_BAD_ARGUMENT (no such study), STEPPE_CANNOT_READ, STEPPE_BAD_SCENARIO,
 * STEPPE_STOPPED, STEPPE_NO_MEMORY. */
int steppe_replicate(steppe_context *context, const steppe_replication_options *options,
                     steppe_replication **replication);
void steppe_replication_free(steppe_replication *replication);

size_t steppe_replication_claim_count(const steppe_replication *replication);
size_t steppe_replication_distribution_count(const steppe_replication *replication);
/* Errors: STEPPE_BAD_ARGUMENT for an index that is not there. */
int steppe_replication_claim(const steppe_replication *replication, size_t index,
                             steppe_claim *claim);
int steppe_replication_distribution(const steppe_replication *replication, size_t index,
                                    steppe_distribution *distribution);
/* A table of it, the caller's to free: "claims" or "distributions"; NULL for another name, or when out of
 * memory. */
steppe_table *steppe_replication_table(const steppe_replication *replication,
                                       const char *name);
/* Write the claims as a page in Markdown, and its pictures (SVG) into the same folder, under names
 * that begin with that of the page. Files that are there are replaced, each only when it is whole.
 * Errors: STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY. */
int steppe_replication_write_page(steppe_context *context,
                                  const steppe_replication *replication,
                                  const char *path);

/* ---- Ensembles: many runs of one scenario --------------------------------------------- */

typedef struct steppe_ensemble_options {
    size_t count; /* replicates, 1 .. 1000000; that of number i has the seed seed + i */
    uint64_t seed;
    /* One population in all replicates, drawn from population_seed, if it is given (streets alone); else each
     * has its own, drawn from its seed. */
    bool population_seed_given;
    uint64_t population_seed;
    double scale;   /* residents per agent; 0: the scenario's */
    uint64_t steps; /* 0: the scenario's */
    /* How the parameter ranges are sampled: "none" (or NULL: the values as they
     * stand), "latin" (a Latin hypercube), "sobol" (a Sobol sequence, which can grow), both of
     * the prior; "posterior" (the draws of a calibration, one after the other). */
    const char *sampling;
    const char
        *posterior; /* file of the draws; NULL: "posterior.csv" beside the scenario */
    size_t points;  /* draws of the posterior that replicates take in turn; 0: all */
    double
        width; /* part of each range that is drawn from, around the value that is used; 0: all */
    const char *path;            /* of the results file: made, or resumed */
    const char *const *settings; /* "KEY=VALUE", on top of what is drawn: an arm ... */
    size_t setting_count;        /* ... and how many */
    uint64_t from,
        to;         /* outcomes are of the steps after `from` up to `to`; to 0: the end */
    uint64_t watch; /* a step whose digest is kept; 0: none */
    bool at_least;  /* a file that holds more replicates will do */
    bool
        cached_only; /* run nothing and write nothing: STEPPE_STOPPED if a replicate is missing */
    int threads; /* 1 .. 1024; 0: one a core; never changes results */
    /* Called with the share done of what this call has to do; anything but 0 stops; or NULL. */
    int (*progress)(double done, void *user);
    void *user;
} steppe_ensemble_options;

typedef struct steppe_ensemble_summary {
    size_t there;  /* replicates that the file held before */
    size_t made;   /* ... that were made now */
    size_t failed; /* of all in the file: it notes the reason of each */
    size_t ranges; /* that are drawn from */
    char failure
        [400]; /* the first that failed, and why, naming what was drawn; "" if none did */
} steppe_ensemble_summary;

/* Run an ensemble into one results file. Every replicate goes there whole or not at all: after any end
 * the same call makes exactly those that are missing, and the file becomes, row for row, what it would
 * have been. Errors: STEPPE_BAD_ARGUMENT, STEPPE_BAD_RESULTS (the file is of something else),
 * STEPPE_CANNOT_WRITE, STEPPE_STOPPED, STEPPE_NO_MEMORY. */
int steppe_ensemble(steppe_context *context, const steppe_scenario *scenario,
                    const steppe_ensemble_options *options,
                    steppe_ensemble_summary *summary);

typedef struct steppe_ensemble_table steppe_ensemble_table;

/* An outcome over the replicates that have it. */
typedef struct steppe_ensemble_row {
    const char *name, *unit, *meaning; /* "citizen-hours", "residents h", ... */
    size_t count;                      /* of replicates */
    double mean;
    double quantiles[5]; /* 5, 25, 50, 75 and 95 % */
} steppe_ensemble_row;

/* What the file of an ensemble holds so far. Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS,
 * STEPPE_NO_MEMORY. */
int steppe_ensemble_table_open(steppe_context *context, const char *path,
                               steppe_ensemble_table **table);
void steppe_ensemble_table_free(steppe_ensemble_table *table);
/* Errors: STEPPE_BAD_ARGUMENT for an index that is not there. */
int steppe_ensemble_row_at(const steppe_ensemble_table *table, size_t index,
                           steppe_ensemble_row *row);

/* ---- Calibration: which numbers agree with the record? ---------------------------------- */

typedef struct steppe_calibrate_options {
    const char *path; /* of the results file: made, or resumed */
    /* What is inferred: names of the scenario's parameter groups, or paths, in which * stands for any letters
     * ("citizens.*"). None: the groups that the scenario says are inferred, else all ranges. What is not inferred
     * follows its prior in every run. */
    const char *const *parameters;
    size_t parameter_count;
    uint64_t seed;
    double scale;  /* residents per agent; 0: the scenario's */
    size_t waves;  /* of history matching, 1 .. 10; 0: 3 */
    size_t points; /* runs a wave, 10 .. 100000; 0: ten a parameter, at least 100 */
    /* So many chains of runs give the posterior in place of waves and emulators, 10 .. 10000: slower, and right where
     * emulators are not. `points` are then runs of the prior (default: nine a chain), from which the chains start. 0: none. */
    size_t chains;
    size_t draws;     /* of the posterior, 100 .. 100000; 0: 1000 */
    size_t predicted; /* runs at draws of the posterior, to predict the record; 0: 100 */
    double cutoff;    /* standard deviations from which a point is implausible; 0: 3 */
    const char *posterior; /* file of the draws, tried before any run; NULL: none */
    /* In place of the record, so many synthetic ones: of truths drawn from the prior, whose ranks among the draws of
     * their posteriors show whether the calibration is right (Talts et al. 2018). 0: none. */
    size_t truths;
    /* Runs of one bank that all truths share, drawn from what wave 1 leaves of the prior; truths are runs of it, and
     * each makes `points` of its own. 0: each truth has all waves. */
    size_t bank;
    int threads; /* 1 .. 1024; 0: one a core; never changes results */
    /* Called with the share done; anything but 0 stops; or NULL. */
    int (*progress)(double done, void *user);
    void *user;
} steppe_calibrate_options;

typedef struct steppe_calibration_facts {
    size_t parameters;   /* that are inferred ... */
    size_t ranges;       /* ... of all that are drawn */
    size_t observations; /* that a run can be measured by ... */
    size_t training;     /* ... of which so many train; the others are held out */
    size_t runs, made;   /* in the file; made by this call */
    size_t failed;       /* runs whose parameters contradicted each other */
    size_t stopped;      /* runs that were stopped: ten times the crowd on record */
    double evidence;     /* logarithm of the mean likelihood over the prior */
    bool
        empty; /* no parameter set agrees with the record: the draws come nearest to it */
    size_t truths, left_out; /* synthetic truths; those whose run was stopped */
} steppe_calibration_facts;

typedef struct steppe_calibration steppe_calibration;

/* Calibrate a scenario of a street to its record (section `observed`). The same call resumes what was interrupted. The
 * posterior is written as CSV, a row per draw; a file that is there is replaced when the new one is whole. The
 * scenario and context must outlive the calibration. Errors: STEPPE_BAD_ARGUMENT (also for a parameter that is not
 * there), STEPPE_BAD_SCENARIO (nothing to calibrate to), STEPPE_BAD_RESULTS (the file is of something else),
 * STEPPE_CANNOT_WRITE, STEPPE_STOPPED, STEPPE_NO_MEMORY. */
int steppe_calibrate(steppe_context *context, const steppe_scenario *scenario,
                     const steppe_calibrate_options *options,
                     steppe_calibration **calibration);
void steppe_calibration_free(steppe_calibration *calibration);
const steppe_calibration_facts *steppe_calibration_facts_of(
    const steppe_calibration *calibration);
/* A table of it, the caller's to free: "parameters", "observations", "trade-offs", "waves" and "levels" (of chains), empty
 * with synthetic truths; "ranks", empty without. NULL for another name, or when out of memory. */
steppe_table *steppe_calibration_table(const steppe_calibration *calibration,
                                       const char *name);
/* Write it as a page in Markdown, and its pictures (SVG) into the same folder, under names that begin with that of the
 * page. Files that are there are replaced, each only when it is whole. Errors: STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY. */
int steppe_calibration_write_page(steppe_context *context,
                                  const steppe_calibration *calibration,
                                  const char *path);

/* A scenario with the values of one draw of a posterior: row `draw` of the file, from 1, below its heading. path: NULL:
 * "posterior.csv" beside the scenario. Values that the scenario was opened with stay. Free it before the context.
 * Errors: STEPPE_CANNOT_READ; STEPPE_BAD_RESULTS (damaged, or of another version of the scenario);
 * STEPPE_BAD_ARGUMENT (no such draw); STEPPE_NO_MEMORY. */
int steppe_scenario_draw(steppe_context *context, const steppe_scenario *scenario,
                         const char *path, size_t draw, steppe_scenario **drawn);

/* What runs were drawn from, in words: "over 100 draws of the posterior", "over 100 draws of the prior: no posterior.csv
 * beside the scenario"; "with every number at its default" for none. sampling: as of steppe_ensemble_options. buffer: at
 * least 160 bytes; returned. */
const char *steppe_sampling_words(const steppe_scenario *scenario, const char *sampling,
                                  size_t draws, char *buffer);

/* ---- Questions: what if? ---------------------------------------------------------------- */

typedef struct steppe_question_info {
    const char *id, *text, *claim, *note; /* "" if absent */
    const char *outcome, *unit, *meaning;
    double scale; /* residents an agent, of the question or of the scenario */
} steppe_question_info;

size_t steppe_scenario_question_count(const steppe_scenario *scenario);
/* Errors: STEPPE_BAD_ARGUMENT for an index that is not there. */
int steppe_scenario_question(const steppe_scenario *scenario, size_t index,
                             steppe_question_info *question);
/* Check a question: the settings of all its arms apply, its outcome can change, and its change has a
 * direction. Errors: STEPPE_BAD_SCENARIO. */
int steppe_question_check(steppe_context *context, const steppe_scenario *scenario,
                          size_t index);
/* The warning of a question, a line in the buffer; "" without one. Errors: those of
 * steppe_question_check. */
int steppe_question_warn(steppe_context *context, const steppe_scenario *scenario,
                         size_t index, char *buffer, size_t size);

typedef struct steppe_ask_options {
    uint64_t seed; /* of the first pair */
    /* One population in all pairs, as of steppe_ensemble_options. */
    bool population_seed_given;
    uint64_t population_seed;
    double scale;  /* residents per agent; 0: the question's, or the scenario's */
    size_t pairs;  /* at most; 0: the question's */
    size_t draws;  /* over the ranges; 0: the question's */
    double width;  /* part of each range; 0: the question's */
    bool no_draws; /* none at all */
    /* What the points of the draws are drawn from: "prior", "posterior", or NULL: the posterior where it fits the
     * scenario and no width is given, else the prior. */
    const char *sampling;
    /* The file beside which the posterior (posterior.csv) and the registrations lie; NULL: the scenario's. */
    const char *scenario_file;
    const char *folder; /* of the runs, which later calls find again */
    bool
        cached_only; /* run nothing and write nothing: STEPPE_STOPPED if a run is missing */
    int threads;     /* 0: one a core */
    /* Called with the arm that is being run and its share done; anything but 0 stops. */
    int (*progress)(const char *stage, double done, void *user);
    void *user;
} steppe_ask_options;

/* In order of precedence: not askable, by construction, floor, below resolution, then the tests. The first two
 * take no runs; the others need STEPPE_ANSWER_PAIRS pairs. */
typedef enum steppe_answer_verdict {
    STEPPE_ANSWER_UNDECIDED = 0,
    STEPPE_ANSWER_MORE = 1,       /* the change raises the outcome */
    STEPPE_ANSWER_LESS = 2,       /* it lowers it */
    STEPPE_ANSWER_EQUIVALENT = 3, /* within the margin, however many flips there may be */
    STEPPE_ANSWER_SAME = 4,       /* every pair is bit-identical */
    STEPPE_ANSWER_FLOOR =
        5, /* the outcome is 0 in both runs of nine tenths of the pairs */
    STEPPE_ANSWER_BELOW_RESOLUTION =
        6, /* the margin is less than 8 agents' worth (not at 1:1) */
    STEPPE_ANSWER_BY_CONSTRUCTION =
        7, /* the scenario explains why no other answer is possible */
    STEPPE_ANSWER_NOT_ASKABLE = 8, /* a mechanism that the outcome needs is off */
} steppe_answer_verdict;

/* "more", "equivalent" */
const char *steppe_verdict_text(steppe_answer_verdict verdict);

/* Which rules made the verdicts; raised when other rules may give other ones. */
enum {
    STEPPE_VERDICT_RULES = 2,
    STEPPE_ANSWER_PAIRS = 50,
    STEPPE_ANSWER_AGENTS = 8,
    STEPPE_ANSWER_DRAWS = 50 /* of the parameters, for a share of them to be an answer */
};

/* Was the question registered before its runs were made? */
typedef enum steppe_registration {
    STEPPE_NOT_REGISTERED = 0,
    STEPPE_REGISTERED = 1,         /* as it is asked */
    STEPPE_REGISTERED_CHANGED = 2, /* but it is asked otherwise, or was registered anew */
} steppe_registration;

/* What differs from a registration. */
typedef struct steppe_registration_change {
    const char *since; /* the day on which this was registered anew; "": it was not */
    const char *field; /* "pairs" */
    const char *registered; /* its value then, "" for none ... */
    const char *now;        /* ... and now (or on that day) */
} steppe_registration_change;

/* Why a question is undecided. */
typedef enum steppe_answer_reason {
    STEPPE_REASON_NONE = 0, /* the interval is too wide, or the question is decided */
    STEPPE_REASON_FEW_PAIRS = 1, /* fewer than STEPPE_ANSWER_PAIRS */
    STEPPE_REASON_ALIKE = 2,     /* too few pairs differ */
    STEPPE_REASON_FLIPS = 3, /* within the margin, but rare flips could throw it out */
} steppe_answer_reason;

/* Where the effect crosses the margin. */
typedef enum steppe_break_even {
    STEPPE_BREAK_EVEN_NONE = 0,  /* not looked for */
    STEPPE_BREAK_EVEN_FOUND = 1, /* with an interval, which may be open on one side */
    STEPPE_BREAK_EVEN_NOWHERE =
        2, /* every point's interval is on the same side of the margin */
    STEPPE_BREAK_EVEN_UNRESOLVED = 3, /* the intervals leave it open */
} steppe_break_even;

enum { STEPPE_ANSWER_DRIVERS = 3, STEPPE_ANSWER_POINTS = 5 };

/* The effect at a value of the driver, with an interval of 95 %. */
typedef struct steppe_answer_point {
    double value, effect, low, high;
} steppe_answer_point;

/* What a cause adds to the outcome: Shapley's value, the mean over all orders in which causes are taken away, with an interval
 * of 95 %; and as a share of what all together add, NAN if that is nothing. */
enum { STEPPE_ANSWER_CAUSES = 4 };
typedef struct steppe_answer_cause {
    const char *name;
    double effect, low, high, share;
} steppe_answer_cause;

typedef struct steppe_answer_facts {
    const char *id, *text, *claim, *outcome, *unit; /* borrowed from the scenario */
    steppe_answer_verdict verdict;
    steppe_answer_reason reason;     /* of "undecided" */
    const char *because;             /* of "by construction" and "not askable"; else "" */
    size_t pairs, max_pairs, failed; /* used; at most; left out, since a run failed */
    size_t identical;   /* pairs whose runs are bit-identical in every step ... */
    size_t same_before; /* ... and at the last step before the change */
    size_t idle;        /* pairs in which the outcome is 0 in both runs */
    /* Is the population held fixed, drawn from population_seed? Else each pair has its own. */
    bool population_held;
    uint64_t population_seed;
    uint64_t changes; /* the last step before the change; 0: they differ from the start */
    double scale;
    double
        smallest; /* the margin, in units of the outcome: if a share, of the arm's mean ... */
    double share; /* ... and as a share of the mean of the control arm; 0: it is none */
    double agent; /* what one agent adds to the outcome; 0: nothing */
    double base, changed; /* means of control arm and treatment arm */
    double effect, low,
        high; /* mean difference, with an interval that holds over all looks */
    double bootstrap_low, bootstrap_high;
    double narrow_low,
        narrow_high; /* the interval that is compared with the margin ... */
    double robust_low, robust_high; /* ... and with the flips that there may be */
    double ratio, ratio_low,
        ratio_high;     /* of the means, with Fieller's interval as wide as that */
    double equivalence; /* p of two one-sided tests, without the flips */
    /* Flips: pairs in which one arm alone takes off, or differs by far more than others. */
    size_t flips;
    double flips_most;               /* upper end for their probability, 95 % */
    double flips_size;               /* the largest effect of one on the outcome */
    size_t positive, zero, negative; /* differences */
    double superiority;              /* P(more) + P(same) / 2 */
    double
        quantiles[3]
                 [5]; /* 5, 25, 50, 75, 95 %: control arm, treatment arm, differences */
    double
        variance_reduction; /* how many times as many runs unpaired arms would need; NAN: no difference */
    double required_pairs; /* pairs to find an effect of the smallest size, power 80 % */
    double required_pairs_equivalent; /* ... to show equivalence; NAN: no number would */
    /* Take-off: more citizen-hours in the window than a share of the residents' hours. */
    double take_off;       /* the share; 0: the outcome has no take-off */
    double take_off_hours; /* ... in citizen-hours */
    size_t off_both, off_base, off_changed, off_neither; /* pairs */
    /* Probability in control arm and treatment arm: estimate, and Wilson's interval. */
    double off_rate[2][3];
    /* Difference of the two, Newcombe's interval, and the p of McNemar's exact test. */
    double off_difference, off_low, off_high, off_p;
    double given_effect, given_low,
        given_high; /* mean difference of pairs that both take off */
    /* The ruler's fall, where there is a seat of power. */
    bool falls;
    size_t fell_both, fell_base, fell_changed, fell_neither;
    double fall_difference, fall_low, fall_high, fall_p;
    /* Placebo and positive control. */
    bool has_placebo, has_positive_control;
    size_t side_pairs, placebo_identical;
    double placebo_effect, placebo_low, placebo_high;
    double positive_control_effect, positive_control_low, positive_control_high;
    /* Over the parameter ranges. Points where both arms have the same outcome (draws_zero) neither agree
     * nor disagree. */
    double width; /* part of each of them */
    const char *
        sampled; /* "prior" or "posterior"; "" without draws; and why not the posterior, ... */
    const char
        *sampled_why; /* ... "no posterior.csv beside the scenario"; "" if asked for */
    size_t
        draws_agree; /* of the others, those where the difference is as the verdict says ... */
    double agree_low,
        agree_high; /* ... and Wilson's interval of their share; NAN: no verdict */
    size_t draws, draws_failed, draws_positive, draws_zero, draws_negative, draws_beyond;
    double beyond_low,
        beyond_high; /* Wilson's interval of the share that is beyond the margin */
    double draw_quantiles[5];
    /* A verdict over the posterior, from the means of its draws: 0 for one at the scenario's own values, and NAN below. */
    size_t draw_pairs; /* pairs of each draw */
    double between_deviation,
        within_deviation; /* of the effect over draws, and of a pair by its seeds */
    double
        seed_error; /* standard error of the effect by seeds alone: more pairs would lower it */
    /* The share of the posterior in which the verdict holds, of the draws' effects without the part that seeds have in
     * them, with a bootstrap interval of 95 % over draws. */
    double holds, holds_low, holds_high;
    /* The ranges that the difference correlates with; not tested where only a rank correlation of more than
     * a half would be significant. */
    bool screened;
    size_t screen_ranges; /* ranges, without the dummy */
    size_t screen_points; /* required points */
    double screen_least;  /* the least significant rank correlation with these points */
    double dummy_correlation, dummy_p; /* of a dummy factor */
    size_t driver_count;
    const char *drivers[STEPPE_ANSWER_DRIVERS];
    double driver_correlation[STEPPE_ANSWER_DRIVERS], driver_p[STEPPE_ANSWER_DRIVERS];
    /* Break-even, at the margin of the scenario as it stands. */
    const char *driver; /* "" if none */
    size_t
        point_count; /* 3, or more if the mean effect crosses the margin; sorted by value ... */
    size_t point_pairs; /* ... with so many pairs each */
    steppe_answer_point points[STEPPE_ANSWER_POINTS];
    const char *failure; /* the first run that failed, and why; "" if none did */
    steppe_break_even turn;
    double
        break_even; /* the value at which the mean crosses the margin; NAN unless found */
    double break_even_low, break_even_high; /* 95 %; NAN: open on that side */
    size_t cause_count;                     /* 0: the question has none */
    steppe_answer_cause causes[STEPPE_ANSWER_CAUSES];
    /* The registration, and in words: "registered on 2026-05-01". */
    steppe_registration registration;
    const char *registered_on, *registered_words; /* the day of the first; "": none */
    const steppe_registration_change *registration_changes;
    size_t registration_change_count;
} steppe_answer_facts;

typedef struct steppe_answer steppe_answer;

/* Ask question `index` of a scenario: run its arms in pairs, on the same random numbers, until the
 * verdict is clear or all pairs are run. Runs that the folder has are not repeated. Numbers that an answer
 * does not have are NAN.
 * Errors: those of steppe_ensemble; STEPPE_BAD_SCENARIO (a damaged file of registrations); STEPPE_BAD_RESULTS (a damaged
 * posterior, or, if it was asked for, one of another version of the scenario). */
int steppe_ask(steppe_context *context, const steppe_scenario *scenario, size_t index,
               const steppe_ask_options *options, steppe_answer **answer);
void steppe_answer_free(steppe_answer *answer);
/* How questions are registered. */
typedef struct steppe_register_options {
    const steppe_ask_options *asked; /* how they will be asked */
    const char *date;                /* today, "YYYY-MM-DD" */
    bool again; /* register anew what is registered otherwise; what changed is kept */
} steppe_register_options;

/* Register questions: freeze how they will be asked in NAME.registered.yaml beside the scenario NAME.yaml, which answers
 * are compared with. questions: their indexes. All are registered or none. *done: a table with a row for each; the
 * caller's to free.
 * Errors: STEPPE_BAD_SCENARIO (a question that cannot be asked, or whose margin has no reason; a damaged file);
 * STEPPE_BAD_ARGUMENT (registered otherwise; a scenario with settings); STEPPE_CANNOT_READ, STEPPE_CANNOT_WRITE,
 * STEPPE_NO_MEMORY. */
int steppe_questions_register(steppe_context *context, const steppe_scenario *scenario,
                              const size_t *questions, size_t count,
                              const steppe_register_options *options,
                              steppe_table **done);

/* Both are borrowed from the answer. */
const steppe_answer_facts *steppe_answer_read(const steppe_answer *answer);
const char *steppe_answer_words(const steppe_answer *answer);
/* All numbers of answers, a row each, and a table of one answer: "distribution" (of the outcome in both arms and
 * of their difference), "distributions" (the same, and of the difference over the parameters), "details" (what was
 * found, in words), "points" (the effect along the break-even's range), "drivers" (what the difference correlates with),
 * "causes" (the share of each) or "registration" (what differs from it). The caller's to free; NULL for another name, or when out
 * of memory. A key "flips.seen" is the member `seen` of an object `flips` in JSON. */
steppe_table *steppe_answers_table(const steppe_answer *const *answers, size_t count);
steppe_table *steppe_answer_table(const steppe_answer *answer, const char *name);
/* Write answers of a scenario as a page in Markdown, by its claims, with a picture (an SVG file whose name is
 * that of the page) beside it. seed: of the first pair. Files that are there are replaced, each only when it is
 * whole. Errors: STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY. */
int steppe_answers_write_page(steppe_context *context, const steppe_scenario *scenario,
                              const steppe_answer *const *answers, size_t count,
                              uint64_t seed, const char *path);

/* ---- Scale: do outcomes depend on the number of residents per agent? ---------------------- */

enum { STEPPE_MAX_SCALES = 16 };

typedef struct steppe_scale_options {
    const double
        *scales; /* residents per agent, all different; the smallest is the reference */
    size_t scale_count; /* 2 .. STEPPE_MAX_SCALES */
    size_t seeds; /* runs per scale, 3 .. 1000000, with the seeds seed, seed + 1, ... */
    uint64_t seed;
    bool population_seed_given; /* as in steppe_ensemble_options, per scale */
    uint64_t population_seed;
    uint64_t steps; /* 0: the scenario's */
    /* Equivalence margin, a share of the mean at the reference, in (0, 1). Outcomes that the scenario's
     * questions are about have the smallest margin that a question gives. */
    double margin;
    double error;       /* rate of wrong verdicts of either kind, in (0, 0.5): 0.05 */
    const char *folder; /* of the runs, one file per scale; existing runs are reused */
    int threads;        /* 0: one per core; never changes results */
    /* Called with the scale that is run and the share done of all; anything but 0 stops. */
    int (*progress)(double scale, double done, void *user);
    void *user;
} steppe_scale_options;

typedef enum steppe_scale_verdict {
    STEPPE_SCALE_UNDECIDED = 0,  /* more runs are needed */
    STEPPE_SCALE_EQUIVALENT = 1, /* within the margin, robust to flips */
    STEPPE_SCALE_DEPENDS = 2,    /* beyond the margin, by a test against it */
    STEPPE_SCALE_SAME = 3,       /* each seed gives the same number as at the reference */
    STEPPE_SCALE_ABSENT = 4,     /* the scenario does not have the outcome */
    STEPPE_SCALE_REFERENCE = 5,  /* the finest scale */
} steppe_scale_verdict;

typedef struct steppe_scale_facts {
    size_t scale_count, outcome_count;
    const double *scales; /* from coarse to fine; borrowed */
    const size_t *failed; /* runs that failed and are left out, per scale; borrowed */
    size_t seeds;
    uint64_t seed, steps;
    bool
        population_held; /* all runs of a scale share the population of population_seed */
    uint64_t population_seed;
    double margin, error;
    size_t there, made;  /* existing and new runs */
    const char *failure; /* the first run that failed, and why; "" if none did */
} steppe_scale_facts;

/* An outcome over all scales. */
typedef struct steppe_scale_row {
    const char *name, *unit, *meaning;
    /* EQUIVALENT if every scale is, or is the same; DEPENDS if any does (each tested at error / number of
     * scales but the reference, Bonferroni). */
    steppe_scale_verdict verdict;
    double
        from; /* the coarsest scale from which all finer agree with the reference; NAN: none */
    /* Change per tenfold scale, as a share of the mean at the reference, with its interval: least squares
     * through the means over the logarithm of the scale. */
    double slope, slope_low, slope_high;
    /* Runs per scale that would show equivalence with power 80 %; NAN: no number would. */
    double needed;
    bool few; /* fewer runs at a scale than the 30 that a verdict takes */
    /* Margins: as a share of the mean at the reference, and in units of the outcome; 0: none. */
    double margin, margin_absolute;
    const char
        *margin_of; /* id of the question that gives it; "": the options; borrowed */
} steppe_scale_row;

/* An outcome at one scale, compared with the reference. */
typedef struct steppe_scale_cell {
    double scale;
    steppe_scale_verdict verdict;
    bool differs; /* the interval of the difference excludes 0 */
    size_t count; /* runs */
    double mean, deviation;
    double mean_low, mean_high;          /* interval of the mean, of 1 - error */
    double quantiles[5];                 /* 5, 25, 50, 75, 95 % */
    double difference, low, high;        /* of means, Welch's interval of 1 - error */
    double ratio, ratio_low, ratio_high; /* of means, that of the tests: 1 - 2 error */
    double equivalence;                  /* p of the two one-sided tests */
    double robust; /* the same with as many flips as flips_most allows */
    /* Flips: seeds whose run takes off at only one of the scales, or differs by far more than others; the
     * upper limit of their probability (95 %), and the size of one. */
    size_t flips;
    double flips_most, flips_size;
    double spread, spread_low, spread_high; /* ratio of standard deviations, 1 - error */
} steppe_scale_cell;

typedef struct steppe_scale_check steppe_scale_check;

/* Name of outcome `index`, as in files of ensembles; NULL past the last. */
const char *steppe_outcome_name(size_t index);

/* Run a scenario at several scales and test for each outcome whether its mean is equivalent to that of the
 * finest scale (Schuirmann 1987, of the ratio: Sasabuchi 1980; unequal variances: Welch 1947). Runs of
 * different scales share seeds but are independent: an agent of the same number is another citizen. Only
 * persons at the seat are the same, which makes intervals too wide. Existing runs are reused.
 * Errors: those of steppe_ensemble; STEPPE_BAD_ARGUMENT also for fewer than two, equal or impossible
 * scales, and if fewer than two runs of a scale succeed (with the reason). */
int steppe_scale_check_run(steppe_context *context, const steppe_scenario *scenario,
                           const steppe_scale_options *options,
                           steppe_scale_check **check);
void steppe_scale_check_free(steppe_scale_check *check);
/* Borrowed from the check. */
const steppe_scale_facts *steppe_scale_check_facts(const steppe_scale_check *check);
/* Errors: STEPPE_BAD_ARGUMENT for an index that is not there. */
int steppe_scale_check_row(const steppe_scale_check *check, size_t outcome,
                           steppe_scale_row *row);
/* A table of it, the caller's to free: "outcomes", or "by_scale" (each outcome at each scale); NULL for another
 * name, or when out of memory. wanted: one flag per outcome, or NULL for all. */
steppe_table *steppe_scale_check_table(const steppe_scale_check *check,
                                       const bool *wanted, const char *name);
/* Write a page in Markdown and a picture (SVG) whose name begins with the page's. Existing files are replaced
 * when the new ones are complete. wanted: one flag per outcome; NULL: all. Errors: STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY. */
int steppe_scale_check_write_page(steppe_context *context,
                                  const steppe_scale_check *check, const bool *wanted,
                                  const char *path);

/* ---- Sensitivity: which parameters matter ------------------------------------------------- */

typedef enum steppe_sensitivity_method {
    STEPPE_MORRIS =
        0, /* elementary effects of groups: which matter at all, from few runs */
    STEPPE_SOBOL = 1, /* shares of the variance, alone and with interactions */
    STEPPE_PAWN = 2,  /* how far the distribution moves; needs no variance */
} steppe_sensitivity_method;

/* What is a group of factors, which moves as one. The groups that a scenario states (parameter_groups) come first,
 * unless there are none. */
typedef enum steppe_sensitivity_groups {
    STEPPE_GROUPS_NONE = 0,    /* each parameter alone */
    STEPPE_GROUPS_SECTION = 1, /* those of a section of the scenario: "events" */
    STEPPE_GROUPS_RECORD =
        2, /* those of a record of a list, or of a section: "events.lpg-price" */
} steppe_sensitivity_groups;

typedef struct steppe_sensitivity_options {
    steppe_sensitivity_method method;
    steppe_sensitivity_groups groups; /* of PAWN: none */
    /* Outcomes, each of an ensemble or "take-off" (did unrest take off: 1 or 0) or "take-off-size"
     * (citizen-hours of the runs in which it did). None: these two; of a model without a street all. */
    const char *const *outcomes;
    size_t outcome_count;
    /* Parameters that vary: paths, or their beginnings ("events", "events.lpg-price"). None: all with a
     * range. The others keep the scenario's values. */
    const char *const *vary;
    size_t vary_count;
    /* Trajectories (Morris), rows (Sobol) or points (PAWN), up to 1000000 runs in all; 0: 30, 512, 1000,
     * or as many as it takes. */
    size_t count;
    size_t seeds;  /* runs per point, whose mean outcome is the point's; 0: 1 */
    size_t levels; /* of Morris's grid: even, 2 .. 100; 0: 4 */
    size_t slices; /* of PAWN: 2 .. 100; 0: 10 */
    uint64_t seed; /* of the design, and of the first run */
    bool population_seed_given; /* as in steppe_ensemble_options */
    uint64_t population_seed;
    double scale;     /* residents per agent; 0: the scenario's */
    uint64_t steps;   /* 0: the scenario's */
    const char *path; /* of the results file: created, or resumed */
    int threads;      /* 0: one per core; never changes results */
    /* Called once before the runs with their number in all; or NULL. */
    void (*begin)(size_t runs, void *user);
    /* Called with the share done of the runs of this call; anything but 0 stops; or NULL. */
    int (*progress)(double done, void *user);
    void *user;
} steppe_sensitivity_options;

typedef struct steppe_sensitivity_facts {
    const char *method; /* "morris", "sobol", "pawn" */
    const char *path;   /* of the results file */
    size_t parameters;  /* that vary */
    size_t groups;      /* of them; the dummy is none of them */
    size_t outcomes;
    size_t count, levels, slices, seeds;
    size_t points, runs; /* runs: points times seeds */
    size_t least;        /* the fewest `count` that is not refused */
    size_t there, made;  /* existing and new runs */
    size_t failed;       /* runs that failed; their outcomes are missing */
    const char *failure; /* the first of them, and why; "" if none did */
    uint64_t seed, steps;
    double scale;
    bool population_held; /* all runs share the population of population_seed */
    uint64_t population_seed;
} steppe_sensitivity_facts;

/* An index of a group for an outcome, with its 95 % bootstrap interval; NAN if it cannot be computed. */
typedef struct steppe_sensitivity_row {
    const char *outcome, *group;
    size_t
        parameters; /* in the group; 0: the dummy, which has none: only the seeds differ, */
                    /* and in PAWN nothing does */
    size_t rank;    /* from 1, by `index` */
    bool dummy;
    bool
        above; /* the interval lies above the dummy's, and both come from the `least` or more */
    /* Elementary effects, rows or points from which the indices come. */
    size_t used;
    double index, low, high; /* mu* (Morris), total (Sobol), median distance (PAWN) */
    double second, second_low,
        second_high;     /* first order (Sobol), maximum (PAWN); else NAN */
    double mu, sigma;    /* Morris, of a single parameter; else NAN */
    double spread;       /* Morris: standard deviation of absolute effects; else NAN */
    double first_jansen; /* Sobol: first order by Jansen's estimator; else NAN */
} steppe_sensitivity_row;

typedef struct steppe_sensitivity steppe_sensitivity;

/* Compute sensitivity indices of a scenario: Morris with groups (Campolongo, Cariboni and Saltelli 2007), Sobol
 * (Saltelli and others 2010, Jansen 1999) or PAWN (Pianosi and Wagener 2018). Runs are kept in one file: after any
 * end the same call makes those that are missing. Within a trajectory or a row all points have the same seeds,
 * which only the dummy changes. The scenario must outlive the result. Errors: those of steppe_ensemble;
 * STEPPE_BAD_ARGUMENT also for names that are not there, and for a `count` that cannot tell so many
 * groups from chance, with the least that can. */
int steppe_sensitivity_run(steppe_context *context, const steppe_scenario *scenario,
                           const steppe_sensitivity_options *options,
                           steppe_sensitivity **sensitivity);
void steppe_sensitivity_free(steppe_sensitivity *sensitivity);
/* Borrowed. */
const steppe_sensitivity_facts *steppe_sensitivity_read(
    const steppe_sensitivity *sensitivity);
/* Row `index` of an outcome, by rank. Errors: STEPPE_BAD_ARGUMENT for one that is not there. */
int steppe_sensitivity_row_at(const steppe_sensitivity *sensitivity, size_t outcome,
                              size_t index, steppe_sensitivity_row *row);
/* A table of it, the caller's to free: "indices", "outcomes", "convergence" (indices from growing shares of the
 * design) or "parameters"; NULL for another name, or when out of memory. */
steppe_table *steppe_sensitivity_table(const steppe_sensitivity *sensitivity,
                                       const char *name);
/* Write a page in Markdown, with pictures (SVG) whose names begin with the page's: -indices, -convergence and, of
 * Morris, -effects. Errors: STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY, those of steppe_page_check. */
int steppe_sensitivity_write_page(steppe_context *context,
                                  const steppe_sensitivity *sensitivity,
                                  const char *path);
/* Write design.csv, results.csv and problem.csv into a folder, which is created if it is missing; SALib and
 * sensobol read them (docs/sensitivity.md). Errors: STEPPE_CANNOT_WRITE, STEPPE_BAD_ARGUMENT (a file there is
 * something else), STEPPE_NO_MEMORY. */
int steppe_sensitivity_export(steppe_context *context,
                              const steppe_sensitivity *sensitivity, const char *folder);

/* ---- Risk: which region, which week -------------------------------------------------------- */

/* Risk is the share of an ensemble's replicates in which a region (a first-level unit, or a district if there
 * are none) has unrest in a week (7 days, from the start): a step ends with outcome.unrest_share of the
 * citizens of one of its districts active. Intervals are Wilson's (1927), 95 %. Texts are borrowed from the
 * scenario or the risk. */
typedef struct steppe_risk steppe_risk;

typedef struct steppe_risk_options {
    const char *path; /* of the ensemble's file, of this scenario */
    /* Another ensemble, with the same regions and weeks and other seeds, on which forecasts are evaluated;
     * NULL: they are trained on the first half of the ensemble and evaluated on the second. */
    const char *against;
    size_t from, to; /* weeks, from 1; to 0: the last */
} steppe_risk_options;

typedef struct steppe_risk_facts {
    size_t replicates, failed; /* complete; failed or incomplete */
    size_t regions, weeks;     /* of the run */
    size_t from, to;           /* weeks */
    size_t last_days;          /* length of the run's last week */
    size_t trained,
        evaluated; /* replicates on which forecasts are trained and evaluated */
    double scale, unrest_share; /* residents per agent; the scenario's */
    size_t districts, coarse; /* coarse: those in which a single active agent is unrest */
    const char *sampling;     /* "none", "latin", "sobol" */
    bool population_held;     /* all replicates share the population of population_seed */
    uint64_t population_seed;
    const char *path, *against; /* against: "" without */
    double any, any_low,
        any_high; /* share of replicates with unrest anywhere in these weeks */
    double mean;  /* risk, over regions and weeks */
    bool near;    /* districts have coordinates, for stp_forecast by state */
} steppe_risk_facts;

/* A region over these weeks. */
typedef struct steppe_risk_region {
    const char *id, *name;
    size_t index;           /* in the order of the scenario */
    double risk, low, high; /* of unrest in any of the weeks */
    double weeks;           /* with unrest, mean over replicates */
    double
        share; /* highest share active of a district's citizens, mean over replicates */
    size_t best, worst; /* range of ranks: intervals that overlap are not ranked */
} steppe_risk_region;

typedef struct steppe_risk_week {
    size_t week; /* from 1 */
    char begins[STEPPE_TIME_TEXT];
    double risk, low, high; /* of unrest in any region */
    double regions;         /* with unrest, mean over replicates */
} steppe_risk_week;

typedef struct steppe_risk_cell {
    size_t week, region; /* from 1; in the order of the scenario */
    const char *id, *name;
    double risk, low, high, share;
} steppe_risk_cell;

/* A forecast, trained on some replicates and evaluated on others: Brier's score (1950) with its parts (Murphy
 * 1973: score = reliability - resolution + uncertainty), and its skill compared with one number for all
 * regions and weeks, with an interval by the jackknife over replicates. */
typedef struct steppe_risk_forecast {
    const char *name, *meaning;
    size_t cases; /* region-weeks on which it is evaluated */
    double brier, reliability, resolution, uncertainty;
    double skill, low, high;
    size_t hits, misses, false_alarms, quiet; /* of warnings: forecasts of 0.5 and more */
} steppe_risk_forecast;

/* Cases whose forecast lies in [from, to], and how often unrest happened; the interval takes into account
 * that cases of a replicate are correlated. */
typedef struct steppe_risk_bin {
    double from, to, forecast, happened, low, high;
    size_t cases;
} steppe_risk_bin;

/* A state of a region and the others in a week, and how often unrest followed in the next. */
typedef struct steppe_risk_state {
    const char *name;
    size_t trained_cases, evaluated_cases;
    double trained, trained_low, trained_high, evaluated, evaluated_low, evaluated_high;
} steppe_risk_state;

/* A region and week with unrest by the section `observed`, and the ensemble's risk. */
typedef struct steppe_risk_record {
    const char *observation, *title, *confidence, *kind;
    const char *id, *name;
    size_t week; /* from 1 */
    bool sure;   /* also at the low end of the observed range */
    double risk, low, high;
} steppe_risk_record;

typedef struct steppe_risk_record_facts {
    size_t named, regions,
        weeks;       /* pairs of a region and a week; regions and weeks in them */
    size_t doubtful; /* pairs that are not sure */
    double brier;    /* over the pairs; NAN without */
    double
        brier_worst; /* the same if there was no unrest in the doubtful pairs of highest risk */
    size_t hits;    /* pairs with a risk of 0.5 or more */
    size_t undated; /* observations of places without a week, or not of unrest */
} steppe_risk_record_facts;

/* Weeks that a run of `steps` (0: the scenario's) begins; 0 for a model without a street. */
size_t steppe_risk_weeks(const steppe_scenario *scenario, uint64_t steps);

/* Estimate risk from an ensemble's file. The scenario and context must outlive it.
 * Errors: STEPPE_BAD_ARGUMENT (no such weeks), STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS (also for another
 * scenario, or fewer than 4 replicates), STEPPE_NO_MEMORY. */
int steppe_risk_open(steppe_context *context, const steppe_scenario *scenario,
                     const steppe_risk_options *options, steppe_risk **risk);
void steppe_risk_free(steppe_risk *risk);
const steppe_risk_facts *steppe_risk_read(const steppe_risk *risk);
const steppe_risk_record_facts *steppe_risk_record_read(const steppe_risk *risk);

/* Regions, and their weeks, by falling risk (then by share, then in the order of the scenario). Errors:
 * STEPPE_BAD_ARGUMENT for an index out of range. */
int steppe_risk_region_at(const steppe_risk *risk, size_t index, steppe_risk_region *row);
int steppe_risk_cell_at(const steppe_risk *risk, size_t index, steppe_risk_cell *row);

/* A table of it, the caller's to free: "regions", "weeks", "region_weeks", "forecasts", "reliability" (the
 * classes of the forecasts), "states" or "record"; NULL for another name, or when out of memory. */
steppe_table *steppe_risk_table(const steppe_risk *risk, const char *name);
/* Write a page in Markdown and its pictures (SVG), whose names begin with the page's. Existing files are
 * replaced when the new ones are complete. Errors: STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY. */
int steppe_risk_write_page(steppe_context *context, const steppe_risk *risk,
                           const char *path);

/* ---- Fit: results compared with observations ----------------------------------------- */

typedef struct steppe_fit steppe_fit;

typedef enum steppe_fit_match {
    STEPPE_FIT_UNKNOWN = 0, /* not in the files, or not measured */
    STEPPE_FIT_APART = 1,
    STEPPE_FIT_NEAR = 2,
    STEPPE_FIT_MATCHED = 3,
} steppe_fit_match;

/* An entry of the scenario's section `observed`, and its measure in results files. Texts are borrowed from
 * the fit or its scenario; "" if absent. */
typedef struct steppe_fit_row {
    const char *id, *pattern, *title;
    const char *measure, *meaning; /* "turnout", and its definition */
    const char *unit;         /* "residents", "share", "h" (since the start) ... or "" */
    const char *where, *when; /* in words */
    const char *confidence;   /* "high", "medium", "low" */
    const char *kind;         /* "fact", "claim", "assumption" or "unstated" */
    const char *source_id, *source, *note;
    double observed;  /* NAN without a measure */
    double low, high; /* its range; NAN without one */
    double simulated; /* median over the files that have a value; NAN if none has */
    double simulated_low, simulated_high; /* 5 and 95 % of these; NAN for one file */
    /* From the range, or from the value if there is none: ln(simulated / observed) of counts,
     * a difference of shares, units and hours; 0 within the range, infinite from 0. */
    double distance;
    size_t files;                /* with a value */
    const double *values;        /* one per file; NAN without a value */
    const char *observed_words;  /* "36,831 (30,000 to 45,000)" */
    const char *simulated_words; /* likewise, or why there is no value */
    const char *rule;            /* what counts as matched, and as near */
    steppe_fit_match match;
} steppe_fit_row;

/* The rows of one pattern; match: of the worst row that is known. */
typedef struct steppe_fit_pattern {
    const char *pattern;
    size_t rows, matched, near, apart; /* the rest are unknown */
    steppe_fit_match match;
} steppe_fit_pattern;

/* Compare `count` results files (1 or more) with the scenario's observations. The scenario and context must
 * outlive the fit. Incomplete files, and those of another scenario, are used and noted.
 * Errors: STEPPE_BAD_ARGUMENT (nothing observed, or no street), STEPPE_CANNOT_READ,
 * STEPPE_BAD_RESULTS (also for other districts or another start), STEPPE_NO_MEMORY. */
int steppe_fit_open(steppe_context *context, const steppe_scenario *scenario,
                    const char *const *paths, size_t count, steppe_fit **fit);
void steppe_fit_free(steppe_fit *fit);

size_t steppe_fit_file_count(const steppe_fit *fit);
/* Rows in the order of the scenario, patterns in that of their first rows.
 * Errors: STEPPE_BAD_ARGUMENT for an index out of range. */
int steppe_fit_row_at(const steppe_fit *fit, size_t index, steppe_fit_row *row);
size_t steppe_fit_pattern_count(const steppe_fit *fit);
int steppe_fit_pattern_at(const steppe_fit *fit, size_t index,
                          steppe_fit_pattern *pattern);
/* A note on the files: incomplete, of another scenario. NULL past the last; borrowed. */
const char *steppe_fit_note(const steppe_fit *fit, size_t index);

/* A table of it, the caller's to free: "patterns" or "observed"; NULL for another name, or when out of
 * memory. */
steppe_table *steppe_fit_table(const steppe_fit *fit, const char *name);
/* Write a page in Markdown and one picture (SVG) per pattern, whose names begin with the page's. Existing
 * files are replaced when the new ones are complete. Errors: STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY. */
int steppe_fit_write_page(steppe_context *context, const steppe_fit *fit,
                          const char *path);

/* ---- Reports ------------------------------------------------------------------------- */

typedef struct steppe_report_options {
    const char *page; /* the file to write, HTML; NULL: none */
    const char
        *figures; /* a folder for every figure (SVG) and its numbers (CSV); NULL: none */
    const char *
        boundaries; /* boundaries of the units (TopoJSON); NULL: those beside the scenario
                               file that the results name, if they are there */
    const steppe_ask_options
        *answers;    /* where answers to the scenario's questions are looked for, as they
                    were asked; nothing is run. NULL: nowhere */
    const char *png; /* the path of rsvg-convert, which draws every figure as PNG as well;
                        NULL: none. Errors: STEPPE_CANNOT_WRITE, with what it said */
} steppe_report_options;

/* Make a report of a run of a street, or of an ensemble, from its results file: a page that needs nothing
 * but itself. Files that are there are replaced, each only when it is whole.
 * Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS (also for other models, an ensemble of which no replicate
 * went well, and damaged files of answers), STEPPE_BAD_SCENARIO (the boundaries), STEPPE_BAD_ARGUMENT
 * (the page is the results file), STEPPE_CANNOT_WRITE, STEPPE_NO_MEMORY. */
int steppe_report_write(steppe_context *context, const char *results,
                        const steppe_report_options *options);

/* Where two results files first differ. */
typedef struct steppe_difference {
    bool same;          /* all steps and their fields, or all outcomes */
    uint64_t step;      /* first step that differs or is in one file only; 0 if same */
    char what[512];     /* that difference */
    char settings[512]; /* differences of scenario, seed, scale ...; "" if none */
} steppe_difference;

/* Compare two results files: the digests of steps, then fields, then the seat of power; of solutions and
 * ensembles, outcomes. Errors: STEPPE_CANNOT_READ, STEPPE_BAD_RESULTS, STEPPE_NO_MEMORY. */
int steppe_results_diff(steppe_context *context, const char *path_a, const char *path_b,
                        steppe_difference *difference);

#ifdef __cplusplus
}
#endif

#endif
