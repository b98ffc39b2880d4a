/* Growing text, numbers as text, and the nearest of several words. */
#ifndef STP_TEXT_H
#define STP_TEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct stp_text {
    char *data; /* NUL-terminated once anything was added; NULL before */
    size_t length, capacity;
    bool failed; /* memory ran out: what follows is not added */
} stp_text;

void stp_text_add(stp_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Add `size` bytes as they are. */
void stp_text_append(stp_text *text, const void *bytes, size_t size);
void stp_text_free(stp_text *text);

enum { STP_NUMBER_TEXT = 32 };
/* The shortest decimal text that reads back as `value` (".inf" for infinity). */
const char *stp_number_text(double value, char buffer[STP_NUMBER_TEXT]);
/* Read a whole text as a decimal number; false if it is anything else (hex, nan, spaces,
 * a number with a word behind it). */
bool stp_number_parse(const char *text, double *value);

/* The nearest of `count` words to `word`, if it is near enough to be what was meant
 * (edit distance, transpositions counted once); of equally near ones the first, or one of the same
 * letters; NULL if none is. */
const char *stp_nearest(const char *word, const char *const *words, size_t count);

#define STP_NO_LETTER 0xffffffffU
/* The letter of UTF-8 at the start of a text that is not empty, and how many bytes it takes;
 * STP_NO_LETTER and one byte if there is none (overlong forms and surrogates are none). */
unsigned stp_letter(const char *text, size_t length, size_t *size);
/* Does a terminal obey this letter instead of showing it: controls of both sets, those that turn the
 * direction of writing, and what begins a line? */
bool stp_is_control(unsigned code);
/* The `most` words nearest to `word`, however far, the nearest first; returns how many. */
size_t stp_nearest_few(const char *word, const char *const *words, size_t count,
                       const char **few, size_t most);

/* The first letter of a UTF-8 text that is taken for another when read: an invisible one, an odd space,
 * dash, comma or quotation mark, or a Cyrillic or Greek one among Latin ones. Its name and code, "a
 * no-break space (U+00A0)", into the buffer; false if there is none. */
bool stp_text_odd(const char *text, char *buffer, size_t size);

/* Is the text valid UTF-8 without control characters other than tab and newline? */
bool stp_text_clean(const char *text);

/* Own copy of a text; NULL when memory ran out. */
char *stp_copy(const char *text);

#endif
