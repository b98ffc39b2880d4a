/* The charts of a run: which there are, their numbers, and their section. */
#include "report/run/run.h"

#include <math.h>

/* A chart is of numbers that change: what stays the same is a sentence. */
static const struct {
    const char *name, *title, *unit, *note;
    stp_values values;
    size_t count;
    stp_total totals[2];
    const char *labels[2];
    const char *same; /* what to say where nothing changes; NULL: nothing */
} CHARTS[] = {
    {"active",
     "Citizens in the street",
     "residents",
     "At the end of each step.",
     STP_VALUES_COUNT,
     2,
     {STP_TOTAL_ACTIVE, STP_TOTAL_VIOLENT},
     {"active", "of them violent"},
     "nobody was in the street"},
    {"detention",
     "People held",
     "residents",
     "In detention at the end of each step.",
     STP_VALUES_COUNT,
     1,
     {STP_TOTAL_DETAINED},
     {"held"},
     "nobody was held"},
    {"arrests",
     "Arrests since the start",
     "arrests",
     "A person may be arrested more than once.",
     STP_VALUES_COUNT,
     1,
     {STP_TOTAL_ARRESTS},
     {"arrests"},
     NULL},
    {"deaths",
     "Deaths since the start",
     "persons",
     "Citizens and officers who were killed.",
     STP_VALUES_COUNT,
     2,
     {STP_TOTAL_KILLED, STP_TOTAL_OFFICERS_KILLED},
     {"citizens", "officers"},
     "nobody was killed"},
    {"obedience",
     "Officers who obey",
     "share of those on the street",
     "All forces together.",
     STP_VALUES_SHARE,
     1,
     {STP_TOTAL_OBEYING},
     {"obey"},
     "the share of officers who obeyed stayed the same"},
    {"legitimacy",
     "Legitimacy",
     "share, 0 to 1",
     "Mean over residents, and in the district where it is lowest; as the step begins.",
     STP_VALUES_PART,
     2,
     {STP_TOTAL_LEGITIMACY, STP_TOTAL_LOWEST},
     {"mean", "lowest district"},
     "legitimacy stayed the same"},
    {"strength",
     "Strength of the incumbent",
     "share, 0 to 1",
     "The probability that the incumbent's camp beats the rival's; computed once a day.",
     STP_VALUES_SHARE,
     1,
     {STP_TOTAL_STRENGTH},
     {"strength"},
     "the incumbent's strength stayed the same"},
};
enum { CHART_COUNT = sizeof CHARTS / sizeof *CHARTS };

static void add_curve(stp_time_chart *chart, const double *values, const char *label)
{
    if (!values || chart->count == STP_MAX_CHART_CURVES)
        return;
    chart->curves[chart->count] = values;
    chart->labels[chart->count++] = label;
}

static size_t add_powers(const stp_report *report, stp_time_chart *charts)
{
    const steppe_scenario *s = report->scenario;
    charts[0] = (stp_time_chart){.name = "attention",
                                 .title = "Attention of foreign powers",
                                 .unit = "share, 0 to 1",
                                 .note = "What part of its attention each of them gives "
                                         "to this country; computed once a day.",
                                 .values = STP_VALUES_SHARE};
    for (size_t k = 0; k < s->power_count; k++)
        add_curve(&charts[0], report->attention[k],
                  s->powers[k].name ? s->powers[k].name : s->powers[k].id);
    if (charts[0].count == 0)
        return 0;
    charts[1] = (stp_time_chart){
        .name = "hotspots",
        .title = "Hot spots elsewhere",
        .unit = "salience",
        .note = "They compete for that attention. On the scale of the country's own "
                "unrest: 1 is a share of attention.unit of its citizens active, seen "
                "from 1,000 km away.",
        .values = STP_VALUES_AMOUNT};
    bool varies = false;
    for (size_t k = 0; k < s->hotspot_count; k++) {
        add_curve(&charts[1], report->salience[k],
                  s->hotspots[k].name ? s->hotspots[k].name : s->hotspots[k].id);
        for (size_t i = 1; report->salience[k] && i < report->series.steps; i++)
            varies = varies || report->salience[k][i] != report->salience[k][0];
    }
    return varies ? 2 : 1;
}

static bool chart_varies(const stp_report *report, size_t index)
{
    bool any = false;
    for (size_t c = 0; c < CHARTS[index].count; c++)
        any = any || stp_report_varies(report, CHARTS[index].totals[c]);
    return any;
}

size_t stp_run_charts(const stp_report *report, stp_time_chart *charts)
{
    size_t count = 0;
    for (size_t i = 0; i < CHART_COUNT; i++) {
        if (!chart_varies(report, i))
            continue;
        stp_time_chart *chart = &charts[count++];
        *chart = (stp_time_chart){CHARTS[i].name, CHARTS[i].title, CHARTS[i].unit,
                                  CHARTS[i].note, CHARTS[i].values};
        for (size_t c = 0; c < CHARTS[i].count; c++)
            if (c == 0 || stp_report_varies(report, CHARTS[i].totals[c]))
                add_curve(chart, report->series_of[CHARTS[i].totals[c]],
                          CHARTS[i].labels[c]);
    }
    return count + add_powers(report, charts + count);
}

/* The numbers of a chart, so many steps apart. */
static steppe_table *chart_table(const stp_report *report, const stp_time_chart *chart,
                                 size_t apart)
{
    typedef struct row {
        size_t step;
        char time[STEPPE_TIME_TEXT], when[STP_WHEN_TEXT];
        double values[STP_MAX_CHART_CURVES];
    } row;
    steppe_column columns[3 + STP_MAX_CHART_CURVES] = {
        {NULL, "Until", STEPPE_FIELD(row, when)},
        {"step", NULL, STEPPE_FIELD(row, step)},
        {"time", NULL, STEPPE_FIELD(row, time)}};
    for (size_t c = 0; c < chart->count; c++)
        columns[3 + c] = stp_time_chart_column(chart, chart->labels[c], chart->labels[c],
                                               offsetof(row, values[c]));
    steppe_table *table = steppe_table_create(columns, 3 + chart->count);
    for (size_t i = apart; i < report->series.steps + apart; i += apart) {
        row r = {.step = i < report->series.steps ? i : report->series.steps};
        steppe_scenario_time(report->scenario, r.step, r.time);
        stp_when_words(report, r.step, false, r.when);
        for (size_t c = 0; c < chart->count; c++)
            r.values[c] = chart->curves[c][r.step - 1];
        steppe_table_add(table, &r);
    }
    return table;
}

static int chart_csv(FILE *file, const stp_report *report, const void *what, int which)
{
    (void)which;
    return stp_table_put_csv(file, report->context, chart_table(report, what, 1));
}

int stp_run_put_figures(const stp_figure_folder *folder)
{
    stp_time_chart charts[STP_MAX_CHARTS];
    size_t count = stp_run_charts(folder->report, charts);
    int status = STEPPE_OK;
    for (size_t i = 0; i < count && status == STEPPE_OK; i++)
        status = stp_figure_put_pair(folder, charts[i].name, stp_time_chart_draw,
                                     chart_csv, &charts[i], 0);
    if (status == STEPPE_OK)
        status = stp_run_put_maps(folder);
    return status == STEPPE_OK && folder->report->seat ? stp_run_put_seat(folder)
                                                       : status;
}

/* ---- the section ---- */

/* How many steps apart the rows of a table are: a day, or a fiftieth of a run without dates. */
static size_t row_steps(const stp_report *report)
{
    bool dated = stp_scenario_dated(report->scenario);
    double steps = dated ? (double)lround(24 / report->series.step_hours)
                         : ceil((double)report->series.steps / 50);
    return (size_t)fmax(1, steps);
}

/* "Not drawn: nobody was killed; legitimacy stayed the same." */
static void write_constants(FILE *file, const stp_report *report)
{
    bool any = false;
    for (size_t i = 0; i < CHART_COUNT; i++)
        if (CHARTS[i].same && report->series_of[CHARTS[i].totals[0]] &&
            !chart_varies(report, i)) {
            fprintf(file, "%s%s",
                    any ? "; " : "<p class='note'>Not drawn: ", CHARTS[i].same);
            any = true;
        }
    fputs(any ? ".</p>\n" : "", file);
}

static bool has_charts(const stp_report *report)
{
    stp_time_chart charts[STP_MAX_CHARTS];
    return stp_run_charts(report, charts) > 0;
}

static int write_charts(FILE *file, const stp_report *report)
{
    stp_time_chart charts[STP_MAX_CHARTS];
    size_t count = stp_run_charts(report, charts);
    fprintf(file,
            "<p class='note interactive' hidden>Point at a chart to read all of them at "
            "that moment; drag to zoom, double-click to see everything again.%s</p>\n"
            "<div class='charts'>\n",
            report->event_count > 0 ? " Dotted lines are scripted events, numbered below."
                                    : "");
    for (size_t i = 0; i < count; i++) {
        stp_time_chart_begin(file, &charts[i], i);
        stp_time_chart_draw(file, report, &charts[i], 0);
        stp_time_chart_caption(file, report, &charts[i]);
        int status = stp_table_put_html(file, report->context,
                                        chart_table(report, &charts[i],
                                                    row_steps(report)),
                                        &(stp_table_frame){"The numbers"});
        if (status != STEPPE_OK)
            return status;
        fputs("</figure>\n", file);
    }
    fputs("</div>\n", file);
    write_constants(file, report);
    stp_write_events(file, report);
    return STEPPE_OK;
}

const stp_page_section stp_section_charts = {"over-time", "Over time", has_charts,
                                             write_charts};
