/* The numbers of the network of power: persons and ties, as tables and as CSV. */
#include "base/text.h"
#include "report/format/html.h"
#include "report/run/seat_log.h"

static const char *state_of(const steppe_seat_person *p)
{
    return p->defected ? "has changed sides" : p->place;
}

/* The offices that a person holds, with "; " between them; free it. */
static stp_text offices_of(const steppe_seat *seat, size_t person)
{
    steppe_seat_office office;
    stp_text text = {0};
    for (size_t k = 0; steppe_seat_office_at(seat, k, &office) == STEPPE_OK; k++)
        if (office.holder == (int)person)
            stp_text_add(&text, "%s%s", text.length > 0 ? "; " : "", office.name);
    return text;
}

static void put_cell(FILE *file, double value)
{
    fprintf(file, "<td data-value='%.6f'>%.2f</td>", value, value);
}

static const char *name_of(const steppe_seat *seat, size_t person)
{
    steppe_seat_person p;
    return steppe_seat_person_at(seat, person, &p) == STEPPE_OK ? p.name : "";
}

static int write_persons(FILE *file, const stp_report *report, const steppe_seat *seat)
{
    steppe_seat_person p;
    int status = STEPPE_OK;
    stp_html_table_begin(file, "The numbers", "Persons",
                         "Person|Offices|Position|Weight|Insecurity|State");
    for (size_t i = 0; steppe_seat_person_at(seat, i, &p) == STEPPE_OK; i++) {
        stp_text offices = offices_of(seat, i);
        stp_html_row(file, p.name);
        stp_html_words(file, offices.data);
        if (offices.failed)
            status = stp_no_memory(report->context);
        stp_text_free(&offices);
        put_cell(file, p.position);
        put_cell(file, p.weight);
        put_cell(file, p.insecurity);
        stp_html_words(file, state_of(&p));
        fputs("</tr>\n", file);
    }
    stp_html_table_end(file, 0);
    return status;
}

int stp_seat_write_tables(FILE *file, const stp_report *report, const stp_seat_log *log,
                          bool after)
{
    const steppe_seat *seat = after ? log->after : log->before;
    steppe_seat_tie t;
    int status = write_persons(file, report, seat);
    stp_html_table_begin(file, NULL, "Ties", "Between|and|Kind|Strength");
    for (size_t k = 0; steppe_seat_tie_at(seat, k, &t) == STEPPE_OK; k++) {
        stp_html_row(file, name_of(seat, t.a));
        stp_html_words(file, name_of(seat, t.b));
        stp_html_words(file, t.kind);
        put_cell(file, t.strength);
        fputs("</tr>\n", file);
    }
    stp_html_table_end(file, 1);
    return status;
}

int stp_seat_persons_csv(FILE *file, const stp_report *report, const void *what,
                         int which)
{
    const stp_seat_log *log = what;
    const steppe_seat *seat = which ? log->after : log->before;
    steppe_seat_person p;
    int status = STEPPE_OK;
    fputs("person,name,offices,position,weight,insecurity,state\n", file);
    for (size_t i = 0; steppe_seat_person_at(seat, i, &p) == STEPPE_OK; i++) {
        stp_text offices = offices_of(seat, i);
        stp_csv_text(file, p.id);
        putc(',', file);
        stp_csv_text(file, p.name);
        putc(',', file);
        stp_csv_text(file, offices.data);
        if (offices.failed)
            status = stp_no_memory(report->context);
        stp_text_free(&offices);
        fprintf(file, ",%.6f,%.6f,%.6f,%s\n", p.position, p.weight, p.insecurity,
                state_of(&p));
    }
    return status;
}

int stp_seat_ties_csv(FILE *file, const stp_report *report, const void *what, int which)
{
    const stp_seat_log *log = what;
    steppe_seat_tie t;
    (void)report, (void)which;
    fputs("tie,a,b,kind,strength\n", file);
    for (size_t k = 0; steppe_seat_tie_at(log->after, k, &t) == STEPPE_OK; k++) {
        stp_csv_text(file, t.id);
        putc(',', file);
        stp_csv_text(file, name_of(log->after, t.a));
        putc(',', file);
        stp_csv_text(file, name_of(log->after, t.b));
        fprintf(file, ",%s,%.6f\n", t.kind, t.strength);
    }
    return STEPPE_OK;
}
