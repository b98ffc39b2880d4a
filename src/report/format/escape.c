#include "report/format/escape.h"

#include <stdbool.h>
#include <string.h>

static const char NO_LETTER[] = "\xef\xbf\xbd"; /* U+FFFD */

/* The next letter, and the text behind it; what is none or obeyed is STP_NO_LETTER. `blanks`: newlines and
 * tabs are blanks. */
static unsigned take(const char **text, size_t *left, const char **letter, size_t *size,
                     bool blanks)
{
    unsigned code = stp_letter(*text, *left, size);
    *letter = *text;
    *text += *size;
    *left -= *size;
    if (code == '\n' || code == '\t' || code == '\r')
        return blanks ? ' ' : code == '\r' ? STP_NO_LETTER : code;
    if (code == 0x2028 || code == 0x2029) /* they separate lines and paragraphs */
        return blanks ? ' ' : code;
    /* U+FFFE, U+FFFF and their like are no characters of XML. */
    bool bad = code == STP_NO_LETTER || stp_is_control(code) || (code & 0xfffe) == 0xfffe;
    return bad ? STP_NO_LETTER : code;
}

static void put_letter(FILE *file, unsigned code, const char *letter, size_t size)
{
    if (code == STP_NO_LETTER)
        fputs(NO_LETTER, file);
    else if (code < 0x80)
        putc((int)code, file);
    else
        fwrite(letter, 1, size, file);
}

/* ---- Markdown ---- */

/* Where the mark stands by which a line would be a heading, a rule or an item of a list; NULL: nowhere. */
static const char *block_mark(const char *line)
{
    size_t digits = strspn(line, "0123456789"), run = 0;
    if (digits > 0 && (line[digits] == '.' || line[digits] == ')'))
        return strchr(" \t\n\r", line[digits + 1]) ? line + digits : NULL;
    while (*line && strchr("#+-=", *line) && line[run] == *line)
        run++;
    return run > 0 && strchr(" \t\n\r", line[run]) ? line : NULL;
}

void stp_page_text(FILE *file, const char *text)
{
    const char *at = text ? text : "", *letter;
    at += strspn(at, " \t\n\r"); /* blanks at the start would make code of it */
    const char *block = block_mark(at);
    size_t left = strlen(at), size;
    while (left > 0) {
        unsigned code = take(&at, &left, &letter, &size, true);
        if ((code < 0x80 && code && strchr("|<>*_`[]\\&~$", (int)code)) ||
            letter == block)
            putc('\\', file);
        put_letter(file, code, letter, size);
    }
}

void stp_page_code(FILE *file, const char *text)
{
    const char *at = text ? text : "", *letter;
    size_t left = strlen(at), size;
    bool plain = *at && !strpbrk(at, "`|\n\r\t") && *at != ' ' && at[left - 1] != ' ';
    fputs(plain ? "`" : "<code>", file);
    while (left > 0) {
        unsigned code = take(&at, &left, &letter, &size, true);
        if (!plain && code > ' ' && code < 0x7f && !(code >= '0' && code <= '9') &&
            !((code | 0x20) >= 'a' && (code | 0x20) <= 'z'))
            fprintf(file, "&#%u;", code);
        else
            put_letter(file, code, letter, size);
    }
    fputs(plain ? "`" : "</code>", file);
}

void stp_page_target(FILE *file, const char *path)
{
    for (const unsigned char *c = (const unsigned char *)(path ? path : ""); *c; c++)
        if ((*c >= '0' && *c <= '9') || ((*c | 0x20) >= 'a' && (*c | 0x20) <= 'z') ||
            strchr("-_.~/", *c))
            putc(*c, file);
        else
            fprintf(file, "%%%02X", *c);
}

void stp_shell_word(stp_text *text, const char *word)
{
    if (*word &&
        strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                     "_-./:=,+@%") == strlen(word)) {
        stp_text_add(text, "%s", word);
        return;
    }
    stp_text_add(text, "'");
    for (const char *c = word; *c; c++)
        if (*c == '\'')
            stp_text_add(text, "'\\''");
        else
            stp_text_append(text, c, 1);
    stp_text_add(text, "'");
}

/* ---- HTML and SVG ---- */

void stp_label_write(FILE *file, const char *text, size_t length)
{
    const char *letter;
    size_t size;
    while (length > 0) {
        unsigned code = take(&text, &length, &letter, &size, false);
        switch (code) {
        case '<': fputs("&lt;", file); break;
        case '>': fputs("&gt;", file); break;
        case '&': fputs("&amp;", file); break;
        case '"': fputs("&quot;", file); break;
        case '\'': fputs("&#39;", file); break;
        default: put_letter(file, code, letter, size);
        }
    }
}

void stp_html_text(FILE *file, const char *text)
{
    if (text)
        stp_label_write(file, text, strlen(text));
}

/* ---- JSON and CSV ---- */

void stp_json_text(FILE *file, const char *text)
{
    const char *at = text ? text : "";
    size_t left = strlen(at), size;
    putc('"', file);
    for (; left > 0; at += size, left -= size) {
        unsigned code = stp_letter(at, left, &size);
        if (code == STP_NO_LETTER)
            fputs("\\ufffd", file);
        else if (stp_is_control(code) || (code < 0x80 && strchr("<>&\"\\'", (int)code)))
            fprintf(file, "\\u%04x", code);
        else
            fwrite(at, 1, size, file);
    }
    putc('"', file);
}

void stp_csv_text(FILE *file, const char *text)
{
    const char *at = text ? text : "", *letter;
    size_t left = strlen(at), size;
    if (left == 0)
        return;
    putc('"', file);
    if (strchr("=+-@\t\r\n", *at))
        putc('\'', file);
    while (left > 0) {
        unsigned code = take(&at, &left, &letter, &size, true);
        if (code == '"')
            putc('"', file);
        put_letter(file, code, letter, size);
    }
    putc('"', file);
}
