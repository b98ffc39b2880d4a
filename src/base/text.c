#include "base/text.h"

#include "steppe.h"

#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool reserve(stp_text *text, size_t more)
{
    if (text->failed)
        return false;
    size_t need = text->length + more + 1;
    if (need <= text->capacity)
        return true;
    size_t capacity = need + need / 2 + 64;
    char *data = realloc(text->data, capacity);
    if (!data) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity;
    return true;
}

void stp_text_append(stp_text *text, const void *bytes, size_t size)
{
    if (!reserve(text, size))
        return;
    memcpy(text->data + text->length, bytes, size);
    text->length += size;
    text->data[text->length] = '\0';
}

void stp_text_add(stp_text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    if (size >= 0 && reserve(text, (size_t)size)) {
        vsnprintf(text->data + text->length, (size_t)size + 1, format, again);
        text->length += (size_t)size;
    }
    va_end(again);
    va_end(arguments);
}

void stp_text_free(stp_text *text)
{
    free(text->data);
    *text = (stp_text){0};
}

const char *stp_number_text(double value, char buffer[STP_NUMBER_TEXT])
{
    if (isinf(value)) {
        snprintf(buffer, STP_NUMBER_TEXT, "%s", value < 0 ? "-.inf" : ".inf");
        return buffer;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(buffer, STP_NUMBER_TEXT, "%.*g", digits, value);
        if (strtod(buffer, NULL) == value)
            break;
    }
    return buffer;
}

bool stp_number_parse(const char *text, double *value)
{
    if (strcmp(text, ".inf") == 0) {
        *value = INFINITY;
        return true;
    }
    if (text[0] == '\0' || strspn(text, "0123456789+-.eE") != strlen(text))
        return false;
    char *end;
    *value = strtod(text, &end);
    return *end == '\0' && isfinite(*value);
}

bool steppe_number_parse(const char *text, double *value)
{
    return stp_number_parse(text, value) && isfinite(*value);
}

enum { MAX_WORD = 63 };

/* Rows i - 2, i - 1 and i of the table of distances between prefixes of two words. */
typedef struct distances {
    size_t older[MAX_WORD + 1], last[MAX_WORD + 1], now[MAX_WORD + 1];
} distances;

static bool same_letter(char a, char b)
{
    return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Between the first i letters of a and the first k of b, both at least 1. */
static size_t distance_at(const distances *d, const char *a, const char *b, size_t i,
                          size_t k)
{
    size_t best = d->last[k - 1] + !same_letter(a[i - 1], b[k - 1]);
    if (d->last[k] + 1 < best)
        best = d->last[k] + 1;
    if (d->now[k - 1] + 1 < best)
        best = d->now[k - 1] + 1;
    if (i > 1 && k > 1 && same_letter(a[i - 1], b[k - 2]) &&
        same_letter(a[i - 2], b[k - 1]) && d->older[k - 2] + 1 < best)
        best = d->older[k - 2] + 1;
    return best;
}

/* Optimal string alignment; SIZE_MAX for words longer than MAX_WORD. */
static size_t edit_distance(const char *a, const char *b)
{
    size_t la = strlen(a), lb = strlen(b);
    distances d = {0};
    if (la > MAX_WORD || lb > MAX_WORD)
        return SIZE_MAX;
    for (size_t k = 0; k <= lb; k++)
        d.now[k] = k;
    for (size_t i = 1; i <= la; i++) {
        memcpy(d.older, d.last, sizeof d.older);
        memcpy(d.last, d.now, sizeof d.last);
        d.now[0] = i;
        for (size_t k = 1; k <= lb; k++)
            d.now[k] = distance_at(&d, a, b, i, k);
    }
    return d.now[lb];
}

static bool same_letters(const char *a, const char *b)
{
    int counts[UCHAR_MAX + 1] = {0};
    for (; *a; a++)
        counts[tolower((unsigned char)*a)]++;
    for (; *b; b++)
        counts[tolower((unsigned char)*b)]--;
    for (size_t i = 0; i <= UCHAR_MAX; i++)
        if (counts[i] != 0)
            return false;
    return true;
}

const char *stp_nearest(const char *word, const char *const *words, size_t count)
{
    const char *nearest = NULL;
    size_t least = 1 + strlen(word) / 4;
    for (size_t i = 0; i < count; i++) {
        size_t distance = edit_distance(word, words[i]);
        bool jumbled = distance == least && nearest && same_letters(word, words[i]) &&
                       !same_letters(word, nearest);
        if (distance <= least && (!nearest || distance < least || jumbled)) {
            least = distance;
            nearest = words[i];
        }
    }
    return nearest;
}

size_t stp_nearest_few(const char *word, const char *const *words, size_t count,
                       const char **few, size_t most)
{
    size_t held = 0, apart[8];
    most = most < 8 ? most : 8;
    for (size_t i = 0; i < count; i++) {
        size_t distance = edit_distance(word, words[i]), at = held;
        while (at > 0 && apart[at - 1] > distance)
            at--;
        if (at == most)
            continue;
        held += held < most;
        for (size_t k = held - 1; k > at; k--) {
            few[k] = few[k - 1];
            apart[k] = apart[k - 1];
        }
        few[at] = words[i];
        apart[at] = distance;
    }
    return held;
}

bool stp_text_clean(const char *text)
{
    size_t left = strlen(text), size;
    for (; left > 0; text += size, left -= size) {
        unsigned code = stp_letter(text, left, &size);
        bool control = (code < 0x20 && code != '\t' && code != '\n') || code == 0x7f;
        if (code == STP_NO_LETTER || control)
            return false;
    }
    return true;
}

/* Name of a letter that may be mistaken for another, else NULL. latin: it stands among
 * Latin ones. */
static const char *odd_name(unsigned code, bool latin)
{
    static const struct {
        unsigned first, last;
        const char *name;
    } ODD[] = {{0x09, 0x09, "a tab"},
               {0xa0, 0xa0, "a no-break space"},
               {0xad, 0xad, "a soft hyphen"},
               {0x2000, 0x200a, "a space of another width"},
               {0x200b, 0x200f, "an invisible letter"},
               {0x2010, 0x2015, "a dash that is no minus sign"},
               {0x2018, 0x201f, "a typographic quotation mark"},
               {0x2028, 0x202e, "an invisible letter"},
               {0x202f, 0x202f, "a narrow no-break space"},
               {0x205f, 0x2064, "an invisible letter"},
               {0x2212, 0x2212, "a typographic minus sign"},
               {0x3000, 0x3000, "a wide space"},
               {0xfeff, 0xfeff, "an invisible letter (byte order mark)"},
               {0xff01, 0xff5e, "a wide letter"}};
    for (size_t i = 0; i < sizeof ODD / sizeof *ODD; i++)
        if (code >= ODD[i].first && code <= ODD[i].last)
            return ODD[i].name;
    return !latin                           ? NULL
           : code >= 0x370 && code <= 0x3ff ? "a Greek letter"
           : code >= 0x400 && code <= 0x4ff ? "a Cyrillic letter"
                                            : NULL;
}

bool stp_text_odd(const char *text, char *buffer, size_t size)
{
    bool latin = false;
    for (const char *l = text; *l && !latin; l++)
        latin = isalpha((unsigned char)*l) && (unsigned char)*l < 0x80;
    for (size_t left = strlen(text), length; left > 0; text += length, left -= length) {
        unsigned code = stp_letter(text, left, &length);
        const char *name = odd_name(code, latin);
        if (name) {
            snprintf(buffer, size, "%s (U+%04X)", name, code);
            return true;
        }
    }
    return false;
}

char *stp_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

unsigned stp_letter(const char *text, size_t length, size_t *size)
{
    static const unsigned LEAST[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *c = (const unsigned char *)text;
    size_t n = c[0] < 0x80 ? 1 : c[0] >= 0xf0 ? 4 : c[0] >= 0xe0 ? 3 : 2;
    unsigned code = n == 1 ? c[0] : c[0] & (0x7fU >> n);
    bool good = c[0] < 0x80 || (c[0] >= 0xc2 && c[0] <= 0xf4 && n <= length);
    for (size_t i = 1; good && i < n; i++) {
        good = (c[i] & 0xc0) == 0x80;
        code = code << 6 | (c[i] & 0x3fU);
    }
    good = good && code >= LEAST[n] && code <= 0x10ffff &&
           !(code >= 0xd800 && code < 0xe000);
    *size = good ? n : 1;
    return good ? code : STP_NO_LETTER;
}

bool stp_is_control(unsigned code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x61c ||
           code == 0x200e || code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0xfeff;
}

size_t steppe_show_letter(const char *text, size_t length,
                          char shown[STEPPE_SHOWN_LETTER], size_t *size)
{
    unsigned code = stp_letter(text, length, size);
    if (code == STP_NO_LETTER)
        return (size_t)snprintf(shown, STEPPE_SHOWN_LETTER, "\\x%02x",
                                (unsigned char)*text);
    if (code == '\n' || code == '\t')
        return (size_t)snprintf(shown, STEPPE_SHOWN_LETTER, code == '\n' ? "\\n" : "\\t");
    if (stp_is_control(code))
        return (size_t)snprintf(shown, STEPPE_SHOWN_LETTER,
                                code < 0x20 ? "\\x%02x" : "\\u%04x", code);
    memcpy(shown, text, *size);
    return *size;
}

const char *steppe_show_line(const char *text, char *buffer, size_t size)
{
    size_t used = 0, length = strlen(text), taken;
    char shown[STEPPE_SHOWN_LETTER];
    for (size_t i = 0; i < length; i += taken) {
        size_t bytes = steppe_show_letter(text + i, length - i, shown, &taken);
        if (used + bytes >= size)
            break;
        memcpy(buffer + used, shown, bytes);
        used += bytes;
    }
    buffer[used] = '\0';
    return buffer;
}

const char *steppe_nearest(const char *word, const char *const *words, size_t count)
{
    return stp_nearest(word, words, count);
}
