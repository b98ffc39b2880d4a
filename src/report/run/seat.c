/* The seat of power: the network before and after, and what happened there. */
#include "report/charts/network.h"
#include "report/format/html.h"
#include "report/format/table.h"
#include "report/run/run.h"

#include <stdlib.h>
#include <string.h>

/* ---- the log ---- */

typedef struct line {
    steppe_seat_entry entry;
    size_t step;
} line;

typedef struct seat_log {
    steppe_seat *before, *after; /* at the start, and at the end */
    line *lines;                 /* what happened, in order */
    size_t count, capacity;
} seat_log;

static int add_entry(seat_log *log, const steppe_seat_entry *entry, size_t step)
{
    if (log->count == log->capacity) {
        size_t capacity = 2 * log->capacity + 64;
        line *lines = realloc(log->lines, capacity * sizeof *lines);
        if (!lines)
            return STEPPE_NO_MEMORY;
        log->lines = lines;
        log->capacity = capacity;
    }
    log->lines[log->count++] = (line){*entry, step};
    return STEPPE_OK;
}

static void log_clear(seat_log *log)
{
    steppe_seat_free(log->before);
    steppe_seat_free(log->after);
    free(log->lines);
    *log = (seat_log){0};
}

/* Errors: those of steppe_results_looks and steppe_seat_create. */
static int log_create(const stp_report *report, seat_log *log)
{
    steppe_seat_look *looks = NULL;
    size_t count = 0;
    uint64_t seed = 0;
    *log = (seat_log){0};
    int status = steppe_results_looks(report->context, report->path, &looks, &count,
                                      &seed);
    if (status == STEPPE_OK)
        status = steppe_seat_create(report->context, report->scenario, seed,
                                    &log->before);
    if (status == STEPPE_OK)
        status = steppe_seat_create(report->context, report->scenario, seed, &log->after);
    for (size_t step = 1; step <= report->series.steps && status == STEPPE_OK; step++) {
        steppe_seat_state state;
        steppe_seat_entry entry;
        steppe_seat_read(log->after, &state);
        steppe_seat_step(log->after, step,
                         state.days < count ? &looks[state.days] : NULL);
        for (size_t i = 0; status == STEPPE_OK &&
                           steppe_seat_entry_at(log->after, i, &entry) == STEPPE_OK;
             i++)
            if (add_entry(log, &entry, step) != STEPPE_OK)
                status = stp_no_memory(report->context);
    }
    free(looks);
    if (status != STEPPE_OK)
        log_clear(log);
    return status;
}

/* what: the log; which: 1 for the end. */
static int draw(FILE *file, const stp_report *report, const void *what, int which)
{
    const seat_log *log = what;
    char time[STEPPE_TIME_TEXT], words[64], title[128];
    steppe_scenario_time(report->scenario, which ? report->series.steps : 0, time);
    snprintf(title, sizeof title, "The seat of power, %s",
             stp_date_words(time, 1, words, sizeof words));
    return stp_network_write(file, report->context, which ? log->after : log->before,
                             title,
                             "In this model, under the scenario's assumptions; positions "
                             "and weights are no finding about a person.");
}

/* ---- what happened, by kind ---- */

static const struct {
    const char *title;
    const char *kinds[5], *words[5];
} GROUPS[] = {
    {"Appointed", {"appointed", "filled"}, {"appointed", "fills a vacancy"}},
    {"Left office",
     {"dismissed", "detained", "exiled", "taken"},
     {"dismissed", "detained", "sent abroad", "takes over the office"}},
    {"Left the country, came back, changed sides",
     {"left", "returned", "defected", "fell"},
     {"leaves the country", "comes back", "changes sides", "falls from power"}},
    {"Gave to the fund", {"donated", "fund"}, {"gives", "the fund opens"}},
    {"Foreign powers",
     {"asked", "granted", "refused", "stance", "hotspot"},
     {"asked for troops", "grants troops", "refuses troops", "changes its stance",
      "a hot spot elsewhere changes"}},
    {"Reform", {"promised", "delivered"}, {"promised", "to be delivered"}},
};
enum { GROUP_COUNT = sizeof GROUPS / sizeof *GROUPS };

static const char *words_for(size_t group, const char *kind)
{
    for (int i = 0; i < 5 && GROUPS[group].kinds[i]; i++)
        if (strcmp(GROUPS[group].kinds[i], kind) == 0)
            return GROUPS[group].words[i];
    return NULL;
}

/* Who an entry is of, a person or a power. */
static const char *who_of(const steppe_seat *seat, const steppe_seat_entry *e)
{
    const char *power = steppe_seat_power_name(seat, e->power);
    return *power ? power : steppe_seat_person_name(seat, e->person);
}

static const char *cause_of(const stp_report *report, const char *id)
{
    steppe_event_info event;
    for (size_t i = 0;
         *id && steppe_scenario_event(report->scenario, i, &event) == STEPPE_OK; i++)
        if (strcmp(event.id, id) == 0)
            return *event.title ? event.title : event.id;
    return *id ? id : "the model";
}

/* What happened, of a group, or all of it (GROUP_COUNT). */
static steppe_table *acts_table(const stp_report *report, const seat_log *log,
                                size_t group)
{
    typedef struct row {
        char day[STEPPE_TIME_TEXT], when[64], what[160];
        const char *kind, *who, *office, *event, *cause;
        size_t step;
        double amount;
    } row;
#define F(member) STEPPE_FIELD(row, member)
    static const steppe_column COLUMNS[] = {
        {NULL, "When", F(when)},         {"day", NULL, F(day)},
        {"step", NULL, F(step)},         {"kind", NULL, F(kind)},
        {"who", "Who", F(who)},          {NULL, "What", F(what)},
        {"office", "Office", F(office)}, {"event", NULL, F(event)},
        {NULL, "Cause", F(cause)},       {"amount", NULL, F(amount)}};
#undef F
    steppe_table *table = steppe_table_create(STEPPE_COLUMNS(COLUMNS));
    for (size_t i = 0; i < log->count; i++) {
        const steppe_seat_entry *e = &log->lines[i].entry;
        const char *what = group < GROUP_COUNT ? words_for(group, e->kind) : e->kind;
        char amount[STP_COUNT_TEXT];
        if (!what)
            continue;
        row r = {.kind = e->kind,
                 .who = who_of(log->after, e),
                 .office = steppe_seat_office_name(log->after, e->office),
                 .event = e->event,
                 .cause = cause_of(report, e->event),
                 .step = log->lines[i].step,
                 .amount = e->amount};
        steppe_scenario_day(report->scenario, e->day, r.day);
        stp_date_words(r.day, 1, r.when, sizeof r.when);
        snprintf(r.what, sizeof r.what, "%s%s%s", what, e->amount != 0 ? " " : "",
                 e->amount != 0 ? stp_amount_words(e->amount, amount) : "");
        steppe_table_add(table, &r);
    }
    return table;
}

static int write_group(FILE *file, const stp_report *report, const seat_log *log,
                       size_t group)
{
    size_t count = 0;
    double sum = 0;
    char words[STP_COUNT_TEXT];
    for (size_t i = 0; i < log->count; i++)
        if (words_for(group, log->lines[i].entry.kind)) {
            count++;
            sum += strcmp(log->lines[i].entry.kind, "donated") == 0
                       ? log->lines[i].entry.amount
                       : 0;
        }
    if (count == 0)
        return STEPPE_OK;
    fprintf(file, "<details%s><summary>%s <span class='count'>%zu%s%s</span></summary>",
            group < 2 ? " open" : "", GROUPS[group].title, count,
            sum > 0 ? "; in all " : "", sum > 0 ? stp_count_words(sum, words) : "");
    int status = stp_table_put_html(file, report->context, acts_table(report, log, group),
                                    &(stp_table_frame){0});
    fputs("</details>\n", file);
    return status;
}

static int write_tables(FILE *file, const stp_report *report, const steppe_seat *seat)
{
    fputs("<details><summary>The numbers</summary>", file);
    int status = stp_table_put_html(file, report->context,
                                    steppe_seat_table(seat, "persons"),
                                    &(stp_table_frame){.caption = "Persons"});
    if (status == STEPPE_OK)
        status = stp_table_put_html(file, report->context,
                                    steppe_seat_table(seat, "ties"),
                                    &(stp_table_frame){.caption = "Ties"});
    fputs("</details>\n", file);
    return status;
}

static int write_picture(FILE *file, const stp_report *report, const seat_log *log,
                         bool after)
{
    fprintf(
        file,
        "<figure class='network' data-name='seat-%s'>\n<h3>%s</h3>\n<div class='scroll "
        "paper' tabindex='0' role='group' aria-label='Network, %s'>\n",
        after ? "after" : "before", after ? "At the end" : "At the start",
        after ? "at the end" : "at the start");
    int status = draw(file, report, log, after);
    fputs("</div>\n<figcaption>Discs: persons, the area by their weight; lines: ties. "
          "Left: the rival's camp; right: the incumbent's. ",
          file);
    stp_write_source(file, report);
    fputs("</figcaption>\n", file);
    if (status == STEPPE_OK)
        status = write_tables(file, report, after ? log->after : log->before);
    fputs("</figure>\n", file);
    return status;
}

static bool has_seat(const stp_report *report)
{
    return report->seat;
}

static int write_seat(FILE *file, const stp_report *report)
{
    seat_log log;
    int status = log_create(report, &log);
    if (status != STEPPE_OK)
        return status;
    fputs(
        "<p class='note'>Who holds which office, and how the camps stand. Acts with a "
        "cause are the scenario's; those without are the model's. Traits of persons are "
        "assumptions.</p>\n",
        file);
    status = write_picture(file, report, &log, false);
    if (status == STEPPE_OK)
        status = write_picture(file, report, &log, true);
    for (size_t g = 0; g < GROUP_COUNT && status == STEPPE_OK; g++)
        status = write_group(file, report, &log, g);
    log_clear(&log);
    return status;
}

const stp_page_section stp_section_seat = {"seat", "The seat of power", has_seat,
                                           write_seat};

/* ---- as files ---- */

/* which: 1 for the end. */
static int persons_csv(FILE *file, const stp_report *report, const void *what, int which)
{
    const seat_log *log = what;
    return stp_table_put_csv(file, report->context,
                             steppe_seat_table(which ? log->after : log->before,
                                               "persons"));
}

static int ties_csv(FILE *file, const stp_report *report, const void *what, int which)
{
    const seat_log *log = what;
    (void)which;
    return stp_table_put_csv(file, report->context,
                             steppe_seat_table(log->after, "ties"));
}

static int acts_csv(FILE *file, const stp_report *report, const void *what, int which)
{
    (void)which;
    return stp_table_put_csv(file, report->context,
                             acts_table(report, what, GROUP_COUNT));
}

int stp_run_put_seat(const stp_figure_folder *folder)
{
    seat_log log;
    int status = log_create(folder->report, &log);
    if (status != STEPPE_OK)
        return status;
    status = stp_figure_put_pair(folder, "seat-before", draw, persons_csv, &log, 0);
    if (status == STEPPE_OK)
        status = stp_figure_put_pair(folder, "seat-after", draw, persons_csv, &log, 1);
    if (status == STEPPE_OK)
        status = stp_figure_put(folder, "seat-ties", "csv", ties_csv, &log, 0);
    if (status == STEPPE_OK)
        status = stp_figure_put(folder, "seat-acts", "csv", acts_csv, &log, 0);
    log_clear(&log);
    return status;
}
