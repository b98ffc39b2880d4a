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

static int write_persons(FILE *file, const steppe_seat *seat)
{
    steppe_seat_person p;
    bool whole = true;
    fputs("<table><caption>Persons</caption><thead><tr><th scope='col'>Person</th><th "
          "scope='col'>Offices</th><th scope='col'>Position</th><th "
          "scope='col'>Weight</th><th scope='col'>Insecurity</th><th scope='col'>"
          "State</th></tr></thead><tbody>\n",
          file);
    for (size_t i = 0; steppe_seat_person_at(seat, i, &p) == STEPPE_OK; i++) {
        fputs("<tr><th scope='row'>", file);
        stp_html_text(file, p.name);
        fputs("</th><td class='text'>", file);
        stp_text offices = offices_of(seat, i);
        stp_html_text(file, offices.data);
        whole = whole && !offices.failed;
        stp_text_free(&offices);
        fputs("</td>", file);
        put_cell(file, p.position);
        put_cell(file, p.weight);
        put_cell(file, p.insecurity);
        fprintf(file, "<td class='text'>%s</td></tr>\n", state_of(&p));
    }
    fputs("</tbody></table>\n", file);
    return whole ? STEPPE_OK : STEPPE_NO_MEMORY;
}

int stp_seat_log_write_tables(FILE *file, const steppe_seat *seat)
{
    steppe_seat_tie t;
    fputs("<details><summary>The numbers</summary><div class='scroll'>", file);
    int status = write_persons(file, seat);
    fputs("<table><caption>Ties</caption><thead><tr><th scope='col'>Between</th><th "
          "scope='col'>and</th><th scope='col'>Kind</th><th scope='col'>Strength</th>"
          "</tr></thead><tbody>\n",
          file);
    for (size_t k = 0; steppe_seat_tie_at(seat, k, &t) == STEPPE_OK; k++) {
        fputs("<tr><th scope='row'>", file);
        stp_html_text(file, name_of(seat, t.a));
        fputs("</th><td class='text'>", file);
        stp_html_text(file, name_of(seat, t.b));
        fprintf(file, "</td><td class='text'>%s</td>", t.kind);
        put_cell(file, t.strength);
        fputs("</tr>\n", file);
    }
    fputs("</tbody></table>\n</div></details>\n", file);
    return status;
}

int stp_seat_log_persons_csv(FILE *file, const steppe_seat *seat)
{
    steppe_seat_person p;
    bool whole = true;
    fputs("person,name,offices,position,weight,insecurity,state\n", file);
    for (size_t i = 0; steppe_seat_person_at(seat, i, &p) == STEPPE_OK; i++) {
        stp_csv_text(file, p.id);
        putc(',', file);
        stp_csv_text(file, p.name);
        putc(',', file);
        stp_text offices = offices_of(seat, i);
        stp_csv_text(file, offices.data);
        whole = whole && !offices.failed;
        stp_text_free(&offices);
        fprintf(file, ",%.6f,%.6f,%.6f,%s\n", p.position, p.weight, p.insecurity,
                state_of(&p));
    }
    return whole ? STEPPE_OK : STEPPE_NO_MEMORY;
}

void stp_seat_log_ties_csv(FILE *file, const steppe_seat *seat)
{
    steppe_seat_tie t;
    fputs("tie,a,b,kind,strength\n", file);
    for (size_t k = 0; steppe_seat_tie_at(seat, k, &t) == STEPPE_OK; k++) {
        stp_csv_text(file, t.id);
        putc(',', file);
        stp_csv_text(file, name_of(seat, t.a));
        putc(',', file);
        stp_csv_text(file, name_of(seat, t.b));
        fprintf(file, ",%s,%.6f\n", t.kind, t.strength);
    }
}
