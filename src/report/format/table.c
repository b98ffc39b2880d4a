/* Tables as texts, one writer a format. */
#include "report/format/table.h"

#include "base/error.h"
#include "base/number.h"
#include "report/format/html.h"

#include <ctype.h>
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static size_t shown_rows(const steppe_table *t)
{
    return t->row_count < t->limit ? t->row_count : t->limit;
}

/* How many rows are left out; in words, if any are. */
static void write_rest(FILE *file, const steppe_table *t, const char *format)
{
    char rest[STP_COUNT_TEXT];
    if (t->row_count > t->limit)
        fprintf(file, format, stp_count_words((double)(t->row_count - t->limit), rest));
}

/* ---- Markdown ---- */

/* false: out of memory */
static bool write_rich_cell(FILE *file, const steppe_table *t, size_t row, size_t column,
                            void (*put)(FILE *, const char *))
{
    stp_text words = {0};
    const char *mark = stp_table_cell(t, row, column)->loud ? "**" : "";
    stp_table_words(t, row, column, &words);
    bool good = !words.failed;
    fputs(mark, file);
    put(file, words.data);
    fputs(mark, file);
    stp_text_free(&words);
    return good;
}

static void write_code(FILE *file, const char *text)
{
    if (text && *text)
        stp_page_code(file, text);
}

static bool write_markdown(FILE *file, const steppe_table *t)
{
    bool good = true;
    for (size_t k = 0; k < t->column_count; k++)
        if (stp_table_shown(t, k, false)) {
            fputs("| ", file);
            stp_page_text(file, t->columns[k].title);
            putc(' ', file);
        }
    fputs("|\n", file);
    for (size_t k = 0; k < t->column_count; k++)
        if (stp_table_shown(t, k, false))
            fputs(stp_column_numeric(&t->columns[k]) ? "|---:" : "|---", file);
    fputs("|\n", file);
    for (size_t i = 0; i < shown_rows(t); i++) {
        for (size_t k = 0; k < t->column_count; k++) {
            if (!stp_table_shown(t, k, false))
                continue;
            fputs("| ", file);
            bool code = t->columns[k].cell == STEPPE_CELL_CODE;
            good &= write_rich_cell(file, t, i, k, code ? write_code : stp_page_text);
            putc(' ', file);
        }
        fputs("|\n", file);
    }
    write_rest(file, t, "\n... and %s more.\n");
    putc('\n', file);
    return good;
}

/* ---- HTML ---- */

/* The column whose interval or range a column bounds; itself, if none. */
static size_t bounded(const steppe_table *t, size_t k)
{
    const steppe_column *c = &t->columns[k];
    if (k > 0 && c[-1].joined > 0 && stp_column_numeric(c - 1))
        return k - 1;
    return k > 1 && c[-2].joined > 1 && stp_column_numeric(c - 2) ? k - 2 : k;
}

/* The heading of a column; NULL: it is not shown. Bounds have columns of their own. */
static const char *html_title(const steppe_table *t, size_t k)
{
    const size_t of = bounded(t, k);
    if (stp_table_shown(t, k, false))
        return t->columns[k].title;
    if (of == k || !stp_table_shown(t, of, false))
        return NULL;
    return k == of + 1 && t->columns[of].joined > 1 ? "from" : "to";
}

static void write_html_head(FILE *file, const steppe_table *t,
                            const stp_table_frame *frame)
{
    fputs("<table", file);
    if (frame->style)
        stp_html_write(file, " class='{}'", frame->style);
    fputs(">\n", file);
    if (frame->caption)
        stp_html_write(file, "<caption>{}</caption>\n", frame->caption);
    fputs("<thead><tr>", file);
    for (size_t k = 0; k < t->column_count; k++) {
        const char *title = html_title(t, k);
        if (title)
            stp_html_write(file, "<th scope='col'>{}</th>", title);
    }
    fputs("</tr></thead>\n<tbody>\n", file);
}

/* Write the text of a cell: as code, emphasised or as a link, with a note below it. */
static void write_html_text(FILE *file, const steppe_table *t, size_t row, size_t k,
                            const char *words, const char *link)
{
    const stp_cell *cell = stp_table_cell(t, row, k);
    const steppe_column *c = &t->columns[k];
    const char *tag = !*words                       ? NULL
                      : cell->loud                  ? "strong"
                      : c->cell == STEPPE_CELL_CODE ? "code"
                                                    : NULL;
    if (link)
        stp_html_write(file, "<a href='{}{}'>", link, words);
    if (tag)
        fprintf(file, "<%s>", tag);
    stp_html_text(file, words);
    if (tag)
        fprintf(file, "</%s>", tag);
    fputs(link ? "</a>" : "", file);
    if (c->joined && cell->text && *steppe_table_word(t, row, k + 1))
        stp_html_write(file, "<small>{}</small>", steppe_table_word(t, row, k + 1));
}

/* How many columns a cell reaches over: those behind it that are empty, too. */
static size_t span_of(const steppe_table *t, size_t row, size_t k)
{
    size_t span = 1;
    while (++k < t->column_count)
        if (html_title(t, k)) {
            if (!isnan(stp_table_cell(t, row, k)->number) ||
                *steppe_table_word(t, row, k))
                break;
            span++;
        }
    return span;
}

/* tag: "th scope='row'" or "td". false: out of memory. */
static bool write_html_cell(FILE *file, const steppe_table *t, size_t row, size_t k,
                            const char *tag, const stp_table_frame *frame)
{
    const size_t of = bounded(t, k);
    const steppe_column *c = &t->columns[of];
    const stp_cell *cell = stp_table_cell(t, row, k);
    const bool head = tag[1] == 'h', text = !stp_column_numeric(c);
    char digits[32] = "";
    stp_text words = {0};
    stp_cell_words(cell, c, of != k, &words);
    bool good = !words.failed;
    const char *shown = words.data ? words.data : "";
    if (isfinite(cell->number))
        snprintf(digits, sizeof digits, "%.15g", cell->number);
    fprintf(file, "<%s%s", tag, text && !head ? " class='text'" : "");
    if (!text && !cell->text)
        fprintf(file, " data-value='%s'", digits);
    size_t span = head && frame->spans ? span_of(t, row, k) : 1;
    if (span > 1)
        fprintf(file, " colspan='%zu'", span);
    putc('>', file);
    write_html_text(file, t, row, k, shown, head ? frame->link : NULL);
    fprintf(file, "</%.2s>", tag);
    stp_text_free(&words);
    return good;
}

/* The first cell is the heading of its row. */
static bool write_html_row(FILE *file, const steppe_table *t, size_t row,
                           const stp_table_frame *frame)
{
    const char *tag = "th scope='row'";
    bool good = true;
    size_t skip = 0;
    fputs("<tr", file);
    if (frame->row_style)
        stp_html_write(file, " class='{}'", steppe_table_word(t, row, frame->row_style));
    putc('>', file);
    for (size_t k = 0; k < t->column_count; k++) {
        if (!html_title(t, k) || (skip > 0 && skip--))
            continue;
        if (tag[1] == 'h' && frame->spans)
            skip = span_of(t, row, k) - 1;
        good &= write_html_cell(file, t, row, k, tag, frame);
        tag = "td";
    }
    fputs("</tr>\n", file);
    return good;
}

static bool write_html(FILE *file, const steppe_table *t, const stp_table_frame *frame)
{
    bool good = true;
    write_html_head(file, t, frame);
    for (size_t i = 0; i < shown_rows(t); i++)
        good &= write_html_row(file, t, i, frame);
    fputs("</tbody>\n</table>\n", file);
    write_rest(file, t, "<p>... and %s more.</p>\n");
    return good;
}

/* ---- Terminal ---- */

/* Columns that the letter at the start of a text takes; *size: its bytes. */
static int letter_width(const char *text, size_t length, size_t *size)
{
    char shown[STEPPE_SHOWN_LETTER];
    size_t bytes = steppe_show_letter(text, length, shown, size);
    wchar_t letter;
    mbstate_t state = {0};
    if (bytes != *size || memcmp(shown, text, bytes) != 0)
        return (int)bytes; /* an escape, in ASCII */
    if (mbrtowc(&letter, shown, bytes, &state) != bytes)
        return 1;
    int width = wcwidth(letter);
    return width < 0 ? 1 : width;
}

int steppe_text_width(const char *text)
{
    size_t length = strlen(text), size;
    int width = 0;
    for (size_t i = 0; i < length; i += size)
        width += letter_width(text + i, length - i, &size);
    return width;
}

/* How many bytes of a text go into a line of `width` columns, at least one letter: up to a blank if there is
 * one, or else a dot. */
static size_t line_bytes(const char *text, int width)
{
    size_t length = strlen(text), blank = 0, dot = 0, i = 0, size;
    for (int used = 0; i < length; i += size) {
        used += letter_width(text + i, length - i, &size);
        if (used > width && i > 0)
            break;
        blank = text[i] == ' ' ? i : blank;
        dot = text[i] == '.' ? i + 1 : dot;
    }
    if (i < length && text[i] == ' ')
        return i;
    return i == length ? i : blank > 0 ? blank : dot > 0 ? dot : i;
}

/* What of a table stands where on a terminal. */
typedef struct layout {
    const steppe_table *table;
    char **texts;        /* heads, then cells row by row; controls escaped */
    int *widths, *least; /* by column, 0: not shown; the least that it may be made */
} layout;

/* Columns of the longest word of a text. */
static int longest_word(const char *text)
{
    int longest = 0;
    while (*text) {
        int length = (int)strcspn(text, " ");
        longest = length > longest ? length : longest;
        text += length + (text[length] == ' ');
    }
    return longest;
}

static char *cell_text(const steppe_table *t, size_t row, size_t column)
{
    stp_text words = {0};
    stp_table_words(t, row, column, &words);
    size_t size = STEPPE_SHOWN_LETTER * words.length + 1;
    char *text = words.failed ? NULL : malloc(size);
    if (text)
        steppe_show_line(words.data ? words.data : "", text, size);
    for (char *c = text; c && *c && stp_table_cell(t, row, column)->loud; c++)
        *c = (char)toupper((unsigned char)*c);
    stp_text_free(&words);
    return text;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

/* Numbers are never broken, texts between words, if those are no longer than a path or a key. */
static bool lay_out(layout *l)
{
    enum { MAX_WORD = 18 };
    const steppe_table *t = l->table;
    size_t rows = shown_rows(t), columns = t->column_count;
    l->texts = calloc((rows + 1) * columns + 1, sizeof *l->texts);
    l->widths = calloc(2 * columns + 1, sizeof *l->widths);
    l->least = l->widths ? l->widths + columns : NULL;
    if (!l->texts || !l->widths)
        return false;
    for (size_t k = 0; k < columns; k++) {
        bool whole = stp_column_numeric(&t->columns[k]);
        for (size_t i = 0; i <= rows && stp_table_shown(t, k, true); i++) {
            char *text = i ? cell_text(t, i - 1, k) : stp_copy(t->columns[k].title);
            if (!text)
                return false;
            l->texts[i * columns + k] = text;
            int width = steppe_text_width(text), word = longest_word(text);
            l->widths[k] = larger(width, l->widths[k]);
            word = word > MAX_WORD ? MAX_WORD : word;
            l->least[k] = larger(i && whole ? width : word, l->least[k]);
        }
    }
    return true;
}

/* Columns that the table takes. */
static int total_width(const layout *l)
{
    int total = -2;
    for (size_t k = 0; k < l->table->column_count; k++)
        total += l->widths[k] ? l->widths[k] + 2 : 0;
    return total;
}

/* Break heads of numbers, and then make the widest texts narrower, until the table fits or cannot be
 * narrower. */
static void squeeze(layout *l, int width)
{
    const steppe_table *t = l->table;
    for (size_t k = 0; k < t->column_count && total_width(l) > width; k++)
        if (stp_column_numeric(&t->columns[k]))
            l->widths[k] = l->least[k];
    while (total_width(l) > width) {
        size_t widest = t->column_count;
        for (size_t k = 0; k < t->column_count; k++)
            if (l->widths[k] > l->least[k] &&
                (widest == t->column_count || l->widths[k] > l->widths[widest]))
                widest = k;
        if (widest == t->column_count)
            return;
        l->widths[widest]--;
    }
}

/* Write the next part of a cell, blanks before it if it stands to the right, and go on to the rest. Returns how
 * many columns are left. */
static int write_part(FILE *file, const char **text, int width, bool right)
{
    size_t bytes = line_bytes(*text, width);
    int left = width;
    for (size_t i = 0, size; i < bytes; i += size)
        left -= letter_width(*text + i, bytes - i, &size);
    left = left > 0 ? left : 0;
    fprintf(file, "%*s%.*s", right ? left : 0, "", (int)bytes, *text);
    *text += bytes;
    *text += strspn(*text, " ");
    return right ? 0 : left;
}

/* Write the next line of a row. Returns whether there is more of it. */
static bool write_line(FILE *file, const layout *l, const char **rest)
{
    bool more = false;
    int gap = 0; /* blanks before the next cell that is not empty */
    for (size_t k = 0; k < l->table->column_count; k++) {
        if (!l->widths[k])
            continue;
        if (rest[k] && *rest[k]) {
            fprintf(file, "%*s", gap, "");
            gap = write_part(file, &rest[k], l->widths[k],
                             stp_column_numeric(&l->table->columns[k]));
            more = more || *rest[k];
        } else {
            gap += l->widths[k];
        }
        gap += 2;
    }
    putc('\n', file);
    return more;
}

static void write_row(FILE *file, const layout *l, size_t row, const char **rest)
{
    for (size_t k = 0; k < l->table->column_count; k++)
        rest[k] = l->texts[row * l->table->column_count + k];
    while (write_line(file, l, rest))
        continue;
}

static bool has_head(const layout *l)
{
    for (size_t k = 0; k < l->table->column_count; k++)
        if (l->texts[k] && *l->texts[k])
            return true;
    return false;
}

static bool write_terminal(FILE *file, const steppe_table *t, int width)
{
    layout l = {.table = t};
    const char **rest = calloc(t->column_count + 1, sizeof *rest);
    bool good = lay_out(&l) && rest;
    if (good && width > 0)
        squeeze(&l, width);
    for (size_t i = good && !has_head(&l); good && i <= shown_rows(t); i++)
        write_row(file, &l, i, rest);
    if (good)
        write_rest(file, t, "... and %s more\n");
    for (size_t i = 0; l.texts && i < (shown_rows(t) + 1) * t->column_count; i++)
        free(l.texts[i]);
    free(l.texts);
    free(l.widths);
    free(rest);
    return good;
}

/* ---- CSV and JSON ---- */

static void write_csv(FILE *file, const steppe_table *t)
{
    for (size_t i = 0; i <= t->row_count; i++) {
        const char *comma = "";
        for (size_t k = 0; k < t->column_count; k++) {
            const steppe_column *c = &t->columns[k];
            if (!c->key)
                continue;
            fputs(comma, file);
            comma = ",";
            const stp_cell *cell = stp_table_cell(t, i - 1, k);
            if (i == 0 &&
                c->key[strspn(c->key, "abcdefghijklmnopqrstuvwxyz_.0123456789")])
                stp_csv_text(file, c->key); /* a name of a scenario's */
            else if (i == 0)
                fputs(c->key, file);
            else if (cell->text)
                stp_csv_text(file, cell->text);
            else if (c->cell == STEPPE_CELL_FLAG)
                fputs(cell->number > 0 ? "true" : "false", file);
            else if (isfinite(cell->number))
                fprintf(file, "%.15g", cell->number);
        }
        putc('\n', file);
    }
}

static json_t *json_of_text(const char *text)
{
    json_t *plain = json_string(text);
    size_t size = STEPPE_SHOWN_LETTER * strlen(text) + 1;
    char *shown = plain ? NULL : malloc(size); /* no UTF-8 */
    if (shown)
        plain = json_string(steppe_show_line(text, shown, size));
    free(shown);
    return plain;
}

static json_t *json_of_cell(const steppe_column *c, const stp_cell *cell)
{
    if (cell->text)
        return json_of_text(cell->text);
    if (!isfinite(cell->number))
        return json_null();
    if (c->field == STEPPE_FIELD_BOOL)
        return json_boolean(cell->number > 0);
    return c->field == STEPPE_FIELD_REAL ? json_real(cell->number)
                                         : json_integer((json_int_t)cell->number);
}

/* The object that a member "a.b" of an object belongs to, made if it is not there; *name: "b". */
static json_t *owner_of(json_t *object, const char **name)
{
    const char *dot;
    while ((dot = strchr(*name, '.')) && !isdigit((unsigned char)dot[1])) { /* "q2.5" */
        size_t length = (size_t)(dot - *name);
        json_t *owner = json_object_getn(object, *name, length);
        if (!owner)
            json_object_setn_new(object, *name, length, owner = json_object());
        *name = dot + 1;
        object = owner;
    }
    return object;
}

/* 0, or -1 when out of memory. */
static int add_row(json_t *rows, const steppe_table *t, size_t row)
{
    json_t *object = json_object(), *list = NULL;
    int bad = 0;
    for (size_t k = 0; k < t->column_count; k++) {
        const steppe_column *c = &t->columns[k];
        const char *name = c->list ? c->list : c->key;
        if (!name)
            continue;
        json_t *value = json_of_cell(c, stp_table_cell(t, row, k));
        json_t *owner = owner_of(object, &name);
        if (!c->list) {
            bad |= json_object_set_new(owner, name, value);
            continue;
        }
        if (k == 0 || !c[-1].list || strcmp(c[-1].list, c->list) != 0)
            bad |= json_object_set_new(owner, name, list = json_array());
        bad |= json_array_append_new(list, value);
    }
    return bad | json_array_append_new(rows, object);
}

struct json_t *steppe_table_json(const steppe_table *table)
{
    json_t *rows = table && !table->failed ? json_array() : NULL;
    int bad = 0;
    for (size_t i = 0; rows && i < table->row_count; i++)
        bad |= add_row(rows, table, i);
    if (bad) {
        json_decref(rows);
        rows = NULL;
    }
    return rows;
}

static bool write_json(FILE *file, const steppe_table *t)
{
    json_t *rows = steppe_table_json(t);
    bool good = rows &&
                json_dumpf(rows, file, JSON_INDENT(2) | JSON_REAL_PRECISION(15)) == 0;
    putc('\n', file);
    json_decref(rows);
    return good;
}

/* ---- all of them ---- */

char *steppe_table_text(const steppe_table *table, steppe_format format, int width)
{
    char *text = NULL;
    size_t size;
    bool good = true;
    FILE *file = table && !table->failed ? open_memstream(&text, &size) : NULL;
    if (!file)
        return NULL;
    switch (format) {
    case STEPPE_TERMINAL: good = write_terminal(file, table, width); break;
    case STEPPE_MARKDOWN: good = write_markdown(file, table); break;
    case STEPPE_HTML: good = write_html(file, table, &(stp_table_frame){0}); break;
    case STEPPE_CSV: write_csv(file, table); break;
    case STEPPE_JSON: good = write_json(file, table); break;
    }
    good = !ferror(file) && good;
    if (fclose(file) != 0 || !good) {
        free(text);
        return NULL;
    }
    return text;
}

void stp_table_put(FILE *file, steppe_table *table)
{
    if (!table || table->failed || !write_markdown(file, table)) {
        fgetc(file); /* the file has failed: whoever closes it sees that */
        errno = ENOMEM;
    }
    steppe_table_free(table);
}

int stp_table_put_html(FILE *file, steppe_context *context, steppe_table *table,
                       const stp_table_frame *frame)
{
    bool good = table && !table->failed;
    if (frame->summary)
        fprintf(file, "<details><summary>%s</summary>", frame->summary);
    fputs("<div class='scroll' tabindex='0'>", file);
    good = good && write_html(file, table, frame);
    fputs(frame->summary ? "</div></details>\n" : "</div>\n", file);
    steppe_table_free(table);
    return good ? STEPPE_OK : stp_no_memory(context);
}

int stp_table_put_csv(FILE *file, steppe_context *context, steppe_table *table)
{
    bool good = table && !table->failed;
    if (good)
        write_csv(file, table);
    steppe_table_free(table);
    return good ? STEPPE_OK : stp_no_memory(context);
}
