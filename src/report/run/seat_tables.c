/* The numbers of the network of power: persons and ties, as tables. */
#include "base/text.h"
#include "report/format/table.h"
#include "report/run/seat_log.h"

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

static const char *name_of(const steppe_seat *seat, size_t person)
{
    steppe_seat_person p;
    return steppe_seat_person_at(seat, person, &p) == STEPPE_OK ? p.name : "";
}

static steppe_table *persons_table(const steppe_seat *seat)
{
    typedef struct row {
        const char *offices, *state;
        steppe_seat_person of;
    } row;
#define F(member) STEPPE_FIELD(row, member)
    static const steppe_column COLUMNS[] = {
        {"person", NULL, F(of.id)},
        {"name", "Person", F(of.name)},
        {"offices", "Offices", F(offices)},
        {"position", "Position", STEPPE_CELL_FIXED, 2, F(of.position)},
        {"weight", "Weight", STEPPE_CELL_FIXED, 2, F(of.weight)},
        {"insecurity", "Insecurity", STEPPE_CELL_FIXED, 2, F(of.insecurity)},
        {"state", "State", F(state)}};
#undef F
    steppe_table *table = steppe_table_create(STEPPE_COLUMNS(COLUMNS));
    row r;
    for (size_t i = 0; steppe_seat_person_at(seat, i, &r.of) == STEPPE_OK; i++) {
        stp_text offices = offices_of(seat, i);
        r.offices = offices.data ? offices.data : "";
        r.state = r.of.defected ? "has changed sides" : r.of.place;
        steppe_table_add(table, &r);
        if (table)
            table->failed = table->failed || offices.failed;
        stp_text_free(&offices);
    }
    return table;
}

static steppe_table *ties_table(const steppe_seat *seat)
{
    typedef struct row {
        const char *a, *b;
        steppe_seat_tie of;
    } row;
#define F(member) STEPPE_FIELD(row, member)
    static const steppe_column COLUMNS[] = {{"tie", NULL, F(of.id)},
                                            {"a", "Between", F(a)},
                                            {"b", "and", F(b)},
                                            {"kind", "Kind", F(of.kind)},
                                            {"strength", "Strength", STEPPE_CELL_FIXED, 2,
                                             F(of.strength)}};
#undef F
    steppe_table *table = steppe_table_create(STEPPE_COLUMNS(COLUMNS));
    row r;
    for (size_t k = 0; steppe_seat_tie_at(seat, k, &r.of) == STEPPE_OK; k++) {
        r.a = name_of(seat, r.of.a);
        r.b = name_of(seat, r.of.b);
        steppe_table_add(table, &r);
    }
    return table;
}

int stp_seat_write_tables(FILE *file, const stp_report *report, const stp_seat_log *log,
                          bool after)
{
    const steppe_seat *seat = after ? log->after : log->before;
    fputs("<details><summary>The numbers</summary>", file);
    int status = stp_table_put_html(file, report->context, persons_table(seat),
                                    &(stp_table_frame){.caption = "Persons"});
    if (status == STEPPE_OK)
        status = stp_table_put_html(file, report->context, ties_table(seat),
                                    &(stp_table_frame){.caption = "Ties"});
    fputs("</details>\n", file);
    return status;
}

int stp_seat_persons_csv(FILE *file, const stp_report *report, const void *what,
                         int which)
{
    const stp_seat_log *log = what;
    return stp_table_put_csv(file, report->context,
                             persons_table(which ? log->after : log->before));
}

int stp_seat_ties_csv(FILE *file, const stp_report *report, const void *what, int which)
{
    (void)which;
    return stp_table_put_csv(file, report->context,
                             ties_table(((const stp_seat_log *)what)->after));
}
