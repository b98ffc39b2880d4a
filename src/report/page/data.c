/* The data of the page, as JSON that its script unpacks. */
#include "report/charts/map.h"
#include "report/ensemble/ensemble.h"
#include "report/format/html.h"
#include "report/page/page.h"
#include "report/run/run.h"

enum { MAX_CELLS = 1000000, MAX_POINTS = 20000, PARTS = 100000 };

/* Every how many steps the page has a value: long runs of many districts are thinned. */
static size_t stride_of(size_t values, size_t most)
{
    return values > most ? (values + most - 1) / most : 1;
}

static void write_districts(FILE *file, const stp_report *report)
{
    const steppe_scenario *s = report->scenario;
    fputs("\"units\":[", file);
    for (size_t i = 0; i < s->unit_count; i++) {
        fputs(i ? "," : "", file);
        stp_json_text(file, s->units[i].name);
    }
    fputs("],\n\"districts\":[", file);
    for (size_t i = 0; i < s->district_count; i++) {
        fputs(i ? ",\n[" : "[", file);
        stp_json_text(file, stp_report_district_name(report, i));
        fprintf(file, ",%d,%llu]", s->districts[i].unit,
                (unsigned long long)stp_district_residents(s, i));
    }
    fputs("],\n", file);
}

static void write_events(FILE *file, const stp_report *report)
{
    fputs("\"events\":[", file);
    for (size_t i = 0; i < report->event_count; i++) {
        steppe_event_info event = stp_report_event(report, i);
        fprintf(file, "%s[%llu,", i ? ",\n" : "",
                (unsigned long long)(event.step > 0 ? event.step - 1 : 0));
        stp_json_text(file, event.title && *event.title ? event.title : event.id);
        fputs("]", file);
    }
    fputs("],\n", file);
}

/* A measure of every district, in agents. */
static void write_measure(FILE *file, const stp_report *report, stp_map_measure measure,
                          size_t stride)
{
    static const stp_series_column COLUMNS[] = {STP_SERIES_ACTIVE, STP_SERIES_ARRESTS,
                                                STP_SERIES_KILLED};
    const stp_series *s = &report->series;
    const double *counts = s->counts[COLUMNS[measure]];
    for (size_t k = 0; k < s->district_count; k++) {
        stp_packer packer = {.file = file};
        double sum = 0;
        fputs(k ? ",\n\"" : "\"", file);
        for (size_t i = 0; i < s->steps; i++) {
            double value = counts[i * s->district_count + k];
            sum = measure == STP_MAP_ACTIVE ? value : sum + value;
            if ((i + 1) % stride == 0 || i + 1 == s->steps)
                stp_pack(&packer, (int64_t)sum);
        }
        stp_pack_end(&packer);
        fputs("\"", file);
    }
}

static void write_map(FILE *file, const stp_report *report)
{
    const stp_series *s = &report->series;
    size_t stride = stride_of(s->steps * s->district_count, MAX_CELLS);
    bool first = true;
    fprintf(file, "\"mapStride\":%zu,\n\"map\":[", stride);
    for (int m = 0; m < STP_MAP_MEASURES && stp_map_there(report); m++) {
        if (!stp_map_measured(report, (stp_map_measure)m))
            continue;
        bool bounded = m != STP_MAP_ARRESTS &&
                       report->scenario->top.rules.value == STP_EPSTEIN;
        fprintf(file, "%s{\"measure\":%d,\"name\":\"%s\",\"bounded\":%s,\"cuts\":[",
                first ? "" : ",\n", m, stp_map_names[m], bounded ? "true" : "false");
        double cuts[STP_MAP_CUTS];
        stp_map_find_cuts(report, (stp_map_measure)m, cuts);
        for (int c = 0; c < STP_MAP_CUTS; c++)
            fprintf(file, "%s%g", c ? "," : "", cuts[c]);
        fputs("],\"values\":[", file);
        write_measure(file, report, (stp_map_measure)m, stride);
        fputs("]}", file);
        first = false;
    }
    fputs("],\n", file);
}

static void write_curve(FILE *file, const stp_report *report, const double *values,
                        size_t stride, double parts)
{
    stp_packer packer = {.file = file};
    putc('"', file);
    for (size_t i = 0; i < report->series.steps; i++)
        if ((i + 1) % stride == 0 || i + 1 == report->series.steps)
            stp_pack_real(&packer, values[i], parts);
    stp_pack_end(&packer);
    putc('"', file);
}

static void write_chart(FILE *file, const stp_report *report, const stp_time_chart *f,
                        size_t stride)
{
    int parts = f->values == STP_VALUES_COUNT ? 1 : PARTS;
    stp_time_chart_write_head(file, f, parts);
    fputs("\"labels\":[", file);
    for (size_t c = 0; c < f->count; c++) {
        fputs(c ? "," : "", file);
        stp_json_text(file, f->labels[c]);
    }
    fputs("],\"values\":[", file);
    for (size_t c = 0; c < f->count; c++) {
        fputs(c ? "," : "", file);
        write_curve(file, report, f->curves[c], stride, parts);
    }
    fputs("]}", file);
}

static void write_charts(FILE *file, const stp_report *report)
{
    stp_time_chart charts[STP_MAX_CHARTS];
    size_t count = stp_run_charts(report, charts);
    size_t stride = stride_of(report->series.steps, MAX_POINTS);
    fprintf(file, "\"chartStride\":%zu,\n\"charts\":[", stride);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ",\n" : "", file);
        write_chart(file, report, &charts[i], stride);
    }
    fputs("],\n", file);
}

static void write_head(FILE *file, const stp_report *report)
{
    const steppe_scenario *s = report->scenario;
    char name[128];
    fputs("{\"title\":", file);
    stp_json_text(file, s->title);
    fputs(",\"stem\":", file);
    stp_json_text(file, steppe_scenario_stem(s, name, sizeof name));
    if (stp_scenario_dated(s))
        fprintf(file, ",\n\"start\":%lld", (long long)s->time.start.value);
    else
        fputs(",\n\"start\":null", file);
    fprintf(file,
            ",\"stepMinutes\":%lld,\"steps\":%zu,\"scale\":%.17g,\"peak\":%zu,"
            "\"seed\":",
            (long long)stp_step_minutes(s), report->series.steps, report->series.scale,
            stp_report_highest(report, STP_TOTAL_ACTIVE));
    stp_json_text(file, report->facts[STP_FACT_SEED]);
    fputs(",\n\"colours\":[", file);
    for (int i = 0; i < STP_MAP_CLASSES; i++)
        fprintf(file, "%s\"%s\"", i ? "," : "", stp_map_colour(i));
    fputs("],\n", file);
}

int stp_page_write_data(FILE *file, const stp_report *report)
{
    write_head(file, report);
    write_events(file, report);
    if (report->runs) {
        stp_fans_write_data(file, report);
    } else {
        write_districts(file, report);
        write_map(file, report);
        write_charts(file, report);
    }
    fputs("\"scenario\":", file);
    stp_json_text(file, report->series.scenario);
    fputs("}\n", file);
    return STEPPE_OK;
}
