#include "base/table.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

steppe_table *steppe_table_create(const steppe_column *columns, size_t count)
{
    steppe_table *table = calloc(1, sizeof *table);
    steppe_column *own = calloc(count + 1, sizeof *own);
    if (!table || !own) {
        free(table);
        free(own);
        return NULL;
    }
    memcpy(own, columns, count * sizeof *own);
    *table = (steppe_table){.columns = own, .column_count = count, .limit = SIZE_MAX};
    return table;
}

void steppe_table_free(steppe_table *table)
{
    if (!table)
        return;
    for (size_t i = 0; i < table->row_count * table->column_count; i++)
        free(table->cells[i].text);
    free(table->cells);
    free(table->columns);
    free(table);
}

/* Make space for one more row. */
static bool reserve(steppe_table *t)
{
    if (t->row_count < t->capacity)
        return true;
    size_t capacity = t->capacity * 2 + 16;
    stp_cell *cells = realloc(t->cells, capacity * t->column_count * sizeof *cells);
    if (!cells)
        return false;
    t->cells = cells;
    t->capacity = capacity;
    return true;
}

/* The text of a field, and whether it is emphasised; NULL for a number, and for none. */
static const char *read_text(const steppe_column *c, const char *at, bool *loud)
{
    const char *text;
    switch (c->field) {
    case STEPPE_FIELD_TEXT: memcpy(&text, at, sizeof text); return text;
    case STEPPE_FIELD_ARRAY: return at;
    case STEPPE_FIELD_WORD:
        text = c->words[*(const unsigned *)(const void *)at];
        *loud = *text == '!';
        return text + *loud;
    default: return NULL;
    }
}

static double read_number(const steppe_column *c, const char *at)
{
    const void *field = at;
    switch (c->field) {
    case STEPPE_FIELD_REAL: return *(const double *)field;
    case STEPPE_FIELD_SIZE: return (double)*(const size_t *)field;
    case STEPPE_FIELD_LONG: return (double)*(const int64_t *)field;
    case STEPPE_FIELD_INT: return *(const int *)field;
    case STEPPE_FIELD_BOOL: return *(const bool *)field;
    default: return NAN;
    }
}

void steppe_table_add(steppe_table *t, const void *record)
{
    if (!t || t->failed)
        return;
    if (!reserve(t)) {
        t->failed = true;
        return;
    }
    stp_cell *row = t->cells + t->row_count++ * t->column_count;
    for (size_t k = 0; k < t->column_count; k++) {
        const steppe_column *c = &t->columns[k];
        const char *at = (const char *)record + c->offset;
        bool loud = false;
        const char *text = read_text(c, at, &loud);
        row[k] = (stp_cell){read_number(c, at), text ? stp_copy(text) : NULL, loud};
        t->failed = t->failed || (text && !row[k].text);
    }
}

steppe_table *steppe_table_make(const steppe_table_kind *kinds, const char *name,
                                const void *object)
{
    while (kinds->name && strcmp(kinds->name, name) != 0)
        kinds++;
    steppe_table *table = kinds->name ? steppe_table_create(kinds->columns, kinds->count)
                                      : NULL;
    if (table)
        kinds->add(table, object);
    return table;
}

void steppe_table_limit(steppe_table *table, size_t rows)
{
    if (table)
        table->limit = rows;
}

size_t steppe_table_row_count(const steppe_table *table)
{
    return table ? table->row_count : 0;
}

size_t steppe_table_column_count(const steppe_table *table)
{
    return table ? table->column_count : 0;
}

const steppe_column *steppe_table_column(const steppe_table *table, size_t index)
{
    return index < steppe_table_column_count(table) ? &table->columns[index] : NULL;
}

const stp_cell *stp_table_cell(const steppe_table *table, size_t row, size_t column)
{
    static const stp_cell NONE = {.number = NAN};
    bool there = row < steppe_table_row_count(table) && column < table->column_count;
    return there ? &table->cells[row * table->column_count + column] : &NONE;
}

double steppe_table_number(const steppe_table *table, size_t row, size_t column)
{
    return stp_table_cell(table, row, column)->number;
}

const char *steppe_table_word(const steppe_table *table, size_t row, size_t column)
{
    const char *text = stp_table_cell(table, row, column)->text;
    return text ? text : "";
}

static bool is_empty(const stp_cell *cell)
{
    return cell->text ? !*cell->text : isnan(cell->number);
}

bool stp_table_shown(const steppe_table *table, size_t column, bool terminal)
{
    const steppe_column *c = &table->columns[column];
    if (!c->title || (terminal && c->wide))
        return false;
    if (!terminal && !c->wide)
        return true;
    for (size_t row = 0; row < table->row_count; row++)
        if (!is_empty(stp_table_cell(table, row, column)))
            return true;
    return false;
}

bool stp_column_numeric(const steppe_column *c)
{
    return c->cell >= STEPPE_CELL_COUNT && c->cell < STEPPE_CELL_FLAG;
}

static void add_number(stp_text *words, const steppe_column *c, double value, bool bound)
{
    char buffer[STEPPE_NUMBER_TEXT];
    if (bound && isinf(value))
        stp_text_add(words, "no bound");
    else if (c->cell == STEPPE_CELL_NUMBER && fabs(value) >= 1e9)
        stp_text_add(words, "%s M", stp_count_words(value / 1e6, buffer));
    else
        stp_text_add(words, "%s",
                     steppe_number_words(value, c->cell, c->decimals, buffer));
}

void stp_cell_words(const stp_cell *cell, const steppe_column *c, bool bound,
                    stp_text *words)
{
    if (cell->text || c->field == STEPPE_FIELD_TEXT) {
        stp_text_add(words, "%s", cell->text ? cell->text : "");
        return;
    }
    add_number(words, c, cell->number, bound);
    if (c->cell == STEPPE_CELL_SHARE && isfinite(cell->number))
        stp_text_add(words, " %%");
}

void stp_table_words(const steppe_table *table, size_t row, size_t column,
                     stp_text *words)
{
    const steppe_column *c = &table->columns[column];
    const stp_cell *cell = stp_table_cell(table, row, column),
                   *low = stp_table_cell(table, row, column + 1),
                   *high = stp_table_cell(table, row, column + 2);
    stp_cell_words(cell, c, false, words);
    if (cell->text || !c->joined || isnan(cell->number) || isnan(low->number))
        return;
    if (c->joined == 1 && low->number != cell->number) {
        stp_text_add(words, " to ");
        stp_cell_words(low, c, true, words);
    } else if (c->joined > 1 && !isnan(high->number)) {
        stp_text_add(words, " (");
        add_number(words, c, low->number, true);
        stp_text_add(words, " to ");
        add_number(words, c, high->number, true);
        stp_text_add(words, ")");
    }
}
