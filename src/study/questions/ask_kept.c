/* Runs of a question that are kept in its folder, but were made with other options. */
#include "record/ensemble.h"
#include "record/results.h"
#include "study/questions/ask.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum { MAX_FILES = 4096, MAX_FOUND = 6, FACT = 64 };

/* The facts of a file with runs of the arm. */
typedef struct wanted {
    char runs[FACT], settings[FACT], from[FACT], to[FACT];
} wanted;

/* The digest of the settings of an arm, one per line as in study/ensembles/ensemble.c. */
static int arm_digest(const stp_question *q, char digest[FACT])
{
    stp_ask_arm_plan arm = stp_ask_arm_of(q, "change", q->change, q->change_count);
    stp_text all = {0};
    for (size_t k = 0; k < arm.setting_count; k++)
        stp_text_add(&all, "%s%s", k ? "\n" : "", arm.settings[k]);
    bool failed = all.failed;
    snprintf(digest, FACT, "%016llx",
             (unsigned long long)XXH64(all.data ? all.data : "", all.length, 0));
    stp_text_free(&all);
    return failed ? STEPPE_NO_MEMORY : STEPPE_OK;
}

/* A fact of a file, which may be any; "" if it has none. */
static const char *fact(const char *path, sqlite3 *db, const char *key, char value[FACT])
{
    if (stp_results_fact(NULL, path, db, key, value, FACT) != STEPPE_OK)
        value[0] = '\0';
    return value;
}

static bool is(const char *path, sqlite3 *db, const char *key, const char *value)
{
    char held[FACT];
    return strcmp(fact(path, db, key, held), value) == 0;
}

/* Describe a file if it has runs of the question. */
static bool describe(steppe_context *context, const char *path, const wanted *w,
                     char line[256])
{
    sqlite3 *db = NULL;
    char seed[FACT], scale[FACT], count[FACT], people[FACT];
    bool same = stp_results_open(context, path, &db) == STEPPE_OK &&
                is(path, db, "model", "ensemble") && is(path, db, "sampling", "none") &&
                is(path, db, "settings_digest", w->settings) &&
                is(path, db, "from", w->from) && is(path, db, "to", w->to);
    if (same)
        snprintf(line, 256, "%s pairs from --seed %s%s%s with --scale %s%s",
                 fact(path, db, "replicates", count), fact(path, db, "seed", seed),
                 *fact(path, db, "population_seed", people) ? " --population-seed " : "",
                 people, fact(path, db, "scale", scale),
                 is(path, db, "runs_digest", w->runs)
                     ? ""
                     : ", of a scenario with other values (--set, or an earlier file)");
    sqlite3_close(db);
    return same;
}

static int add_once(stp_text *words, char found[MAX_FOUND][256], size_t *count,
                    const char *line)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(found[i], line) == 0)
            return STEPPE_OK;
    if (*count == MAX_FOUND)
        return STEPPE_OK;
    snprintf(found[(*count)++], 256, "%s", line);
    stp_text_add(words, "%s%s", words->length ? "; " : "", line);
    return words->failed ? STEPPE_NO_MEMORY : STEPPE_OK;
}

int stp_ask_kept_otherwise(steppe_context *context, const steppe_scenario *scenario,
                           size_t index, const steppe_ask_options *options,
                           stp_text *words)
{
    const stp_question *q = &scenario->questions[index];
    wanted w;
    char found[MAX_FOUND][256], line[256];
    size_t count = 0;
    if (arm_digest(q, w.settings) != STEPPE_OK)
        return stp_no_memory(context);
    snprintf(w.runs, FACT, "%016llx", (unsigned long long)scenario->runs_digest);
    snprintf(w.from, FACT, "%llu", (unsigned long long)q->begins);
    snprintf(w.to, FACT, "%llu", (unsigned long long)q->ends);
    DIR *folder = opendir(options->folder);
    const struct dirent *entry;
    int status = STEPPE_OK;
    for (int i = 0;
         folder && i < MAX_FILES && status == STEPPE_OK && (entry = readdir(folder));
         i++) {
        size_t length = strlen(entry->d_name);
        stp_text path = {0};
        if (length < 7 || strcmp(entry->d_name + length - 7, ".sqlite") != 0)
            continue;
        stp_text_add(&path, "%s/%s", options->folder, entry->d_name);
        if (path.failed)
            status = stp_no_memory(context);
        else if (describe(context, path.data, &w, line))
            status = add_once(words, found, &count, line);
        stp_text_free(&path);
    }
    if (folder)
        closedir(folder);
    return status == STEPPE_NO_MEMORY ? stp_no_memory(context) : status;
}
