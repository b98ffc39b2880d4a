/* Every figure of a report as a file of its own, SVG and PNG, with its numbers as CSV beside it. */
#include "base/text.h"
#include "record/recorder.h"
#include "report/charts/answer_picture.h"
#include "report/charts/forest.h"
#include "report/format/html.h"
#include "report/charts/map.h"
#include "report/format/markdown.h"
#include "report/svg/png.h"
#include "report/load/report_many.h"
#include "report/run/seat_log.h"

#include <stdlib.h>
#include <string.h>

/* What a file is made of. */
static int write_chart(FILE *file, const stp_figure_job *j)
{
    stp_report_draw_chart(file, j->report, j->figure);
    return STEPPE_OK;
}

static int write_chart_csv(FILE *file, const stp_figure_job *j)
{
    stp_report_chart_csv(file, j->report, j->figure);
    return STEPPE_OK;
}

static int write_map(FILE *file, const stp_figure_job *j)
{
    return stp_report_draw_map(file, j->report, (stp_map_measure)j->which);
}

static int write_spread(FILE *file, const stp_figure_job *j)
{
    return stp_report_draw_spread(file, j->report);
}

static int write_districts(FILE *file, const stp_figure_job *j)
{
    return stp_report_districts_csv(file, j->report);
}

static int write_seat(FILE *file, const stp_figure_job *j)
{
    return stp_seat_log_draw(file, j->report, j->log, j->which != 0);
}

static int write_persons(FILE *file, const stp_figure_job *j)
{
    int status = stp_seat_log_persons_csv(file,
                                          j->which ? j->log->after : j->log->before);
    return status == STEPPE_OK ? STEPPE_OK : stp_no_memory(j->report->context);
}

static int write_ties(FILE *file, const stp_figure_job *j)
{
    stp_seat_log_ties_csv(file, j->log->after);
    return STEPPE_OK;
}

static int write_acts(FILE *file, const stp_figure_job *j)
{
    char day[STEPPE_TIME_TEXT];
    fputs("day,step,kind,who,office,event,amount\n", file);
    for (size_t i = 0; i < j->log->count; i++) {
        const steppe_seat_entry *e = &j->log->lines[i].entry;
        fprintf(file, "%s,%zu,%s,", steppe_scenario_day(j->report->scenario, e->day, day),
                j->log->lines[i].step, e->kind);
        stp_csv_text(file, stp_seat_log_who(j->log->after, e));
        putc(',', file);
        stp_csv_text(file, stp_seat_log_office(j->log->after, e));
        putc(',', file);
        stp_csv_text(file, e->event);
        putc(',', file);
        stp_csv_number(file, e->amount);
        putc('\n', file);
    }
    return STEPPE_OK;
}

static int write_forest(FILE *file, const stp_figure_job *j)
{
    const steppe_answer **list = stp_report_answer_list(j->report);
    if (!list)
        return stp_no_memory(j->report->context);
    stp_forest_write(file, list, j->report->answer_count);
    free(list);
    return STEPPE_OK;
}

static int write_answers(FILE *file, const stp_figure_job *j)
{
    stp_report_answers_csv(file, j->report);
    return STEPPE_OK;
}

static int write_answer(FILE *file, const stp_figure_job *j)
{
    char source[STP_SOURCE_TEXT];
    stp_report_answer_source(j->report, j->answer, source);
    (j->which ? stp_answer_draw_turn : stp_answer_draw)(file, j->answer, source);
    return STEPPE_OK;
}

static int write_answer_csv(FILE *file, const stp_figure_job *j)
{
    (j->which ? stp_report_turn_csv : stp_report_answer_csv)(file, j->answer);
    return STEPPE_OK;
}

static int write_file(FILE *file, const void *user)
{
    const stp_figure_job *j = user;
    return j->write(file, j);
}

/* The picture that was written last once more, as "NAME.png". */
static int put_png(const stp_report *report, stp_outputs *outputs, const char *svg)
{
    stp_text png = {0};
    stp_text drawn = {0};
    const char *part;
    stp_text_add(&png, "%.*s.png", (int)(strlen(svg) - strlen(".svg")), svg);
    stp_text_add(&drawn, "%s", stp_outputs_last(outputs));
    int status = png.failed || drawn.failed
                     ? stp_no_memory(report->context)
                     : stp_outputs_reserve(outputs, png.data, STP_OUTPUT_PNG, &part);
    if (status == STEPPE_OK)
        status = stp_png_write(report->context, report->png, drawn.data, part, png.data);
    stp_text_free(&png);
    stp_text_free(&drawn);
    return status;
}

int stp_report_put(const stp_figure_folder *folder, const char *name, const char *ending,
                   const stp_figure_job *j)
{
    stp_text path = {0};
    bool picture = strcmp(ending, "svg") == 0;
    size_t before = folder->outputs->count;
    stp_text_add(&path, "%s/%s.%s", folder->path, name, ending);
    int status = path.failed
                     ? stp_no_memory(j->report->context)
                     : stp_outputs_write(folder->outputs, path.data,
                                         picture ? STP_OUTPUT_SVG : STP_OUTPUT_CSV,
                                         write_file, j);
    bool plain = folder->outputs->count > before; /* no pipe, no device */
    if (status == STEPPE_OK && j->report->png && picture && plain)
        status = put_png(j->report, folder->outputs, path.data);
    stp_text_free(&path);
    return status;
}

int stp_report_put_pair(const stp_figure_folder *folder, const char *name,
                        const stp_figure_job *j, stp_figure_writer picture,
                        stp_figure_writer numbers)
{
    stp_figure_job job = *j;
    job.write = picture;
    int status = stp_report_put(folder, name, "svg", &job);
    job.write = numbers;
    return status == STEPPE_OK ? stp_report_put(folder, name, "csv", &job) : status;
}

static int put_charts(const stp_report *report, const stp_figure_folder *folder)
{
    stp_figure figures[STP_MAX_FIGURES];
    size_t count = stp_report_charts(report, figures);
    int status = STEPPE_OK;
    for (size_t i = 0; i < count && status == STEPPE_OK; i++)
        status = stp_report_put_pair(folder, figures[i].name,
                                     &(stp_figure_job){.report = report,
                                                       .figure = &figures[i]},
                                     write_chart, write_chart_csv);
    return status;
}

static int put_maps(const stp_report *report, const stp_figure_folder *folder)
{
    static const char *const NAMES[STP_MAP_MEASURES] = {"map-active", "map-arrests",
                                                        "map-deaths"};
    stp_figure_job job = {.report = report, .write = write_districts};
    int status = stp_report_put(folder, "districts", "csv", &job);
    job.write = write_map;
    for (int m = 0; m < STP_MAP_MEASURES && status == STEPPE_OK; m++) {
        job.which = m;
        if (stp_map_there(report) && stp_map_measured(report, (stp_map_measure)m))
            status = stp_report_put(folder, NAMES[m], "svg", &job);
    }
    job.write = write_spread;
    if (status == STEPPE_OK && stp_section_spread.there(report))
        status = stp_report_put(folder, "spread", "svg", &job);
    return status;
}

static int put_seat(const stp_report *report, const stp_figure_folder *folder)
{
    static const struct {
        const char *name, *ending;
        int which;
        stp_figure_writer write;
    } FILES[] = {{"seat-before", "svg", 0, write_seat},
                 {"seat-before", "csv", 0, write_persons},
                 {"seat-after", "svg", 1, write_seat},
                 {"seat-after", "csv", 1, write_persons},
                 {"seat-ties", "csv", 0, write_ties},
                 {"seat-acts", "csv", 0, write_acts}};
    stp_seat_log log;
    int status = stp_seat_log_create(report, &log);
    if (status != STEPPE_OK)
        return status;
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES && status == STEPPE_OK; i++)
        status = stp_report_put(folder, FILES[i].name, FILES[i].ending,
                                &(stp_figure_job){.report = report,
                                                  .log = &log,
                                                  .which = FILES[i].which,
                                                  .write = FILES[i].write});
    stp_seat_log_clear(&log);
    return status;
}

static int put_answer(const stp_report *report, const stp_figure_folder *folder,
                      const steppe_answer_facts *facts)
{
    int status = STEPPE_OK, pictures = facts->point_count > 0 ? 2 : 1;
    for (int turn = 0; turn < pictures && status == STEPPE_OK; turn++) {
        stp_text name = {0};
        stp_text_add(&name, "answer-%s%s", facts->id, turn ? "-turn" : "");
        status = name.failed ? stp_no_memory(report->context)
                             : stp_report_put_pair(folder, name.data,
                                                   &(stp_figure_job){.report = report,
                                                                     .which = turn,
                                                                     .answer = facts},
                                                   write_answer, write_answer_csv);
        stp_text_free(&name);
    }
    return status;
}

static int put_answers(const stp_report *report, const stp_figure_folder *folder)
{
    int status = stp_report_put_pair(folder, "answers",
                                     &(stp_figure_job){.report = report}, write_forest,
                                     write_answers);
    for (size_t i = 0; i < report->scenario->question_count && status == STEPPE_OK; i++)
        if (report->answers[i])
            status = put_answer(report, folder, steppe_answer_read(report->answers[i]));
    return status;
}

int stp_report_write_figures(const stp_report *report, stp_outputs *outputs,
                             const char *path)
{
    const stp_figure_folder here = {path, outputs}, *folder = &here;
    int status = stp_make_folder(report->context, path);
    if (status == STEPPE_OK && report->many)
        status = stp_many_write_figures(report, folder);
    if (status == STEPPE_OK && !report->many)
        status = put_charts(report, folder);
    if (status == STEPPE_OK && !report->many)
        status = put_maps(report, folder);
    if (status == STEPPE_OK && report->answer_count > 0)
        status = put_answers(report, folder);
    return status == STEPPE_OK && report->seat ? put_seat(report, folder) : status;
}
