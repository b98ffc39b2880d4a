/* Growing text, numbers as text, and the nearest of several words. */
#ifndef STP_TEXT_H
#define STP_TEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct stp_text {
    char *data; /* NUL-terminated once anything was added; NULL before */
    size_t length, capacity;
    bool failed; /* out of memory: nothing more is added */
} stp_text;

void stp_text_add(stp_text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Add bytes as they are. */
void stp_text_append(stp_text *text, const void *bytes, size_t size);
void stp_text_free(stp_text *text);

enum { STP_NUMBER_TEXT = 32 };
/* The shortest decimal text that reads back as `value` (".inf" for infinity). */
const char *stp_number_text(double value, char buffer[STP_NUMBER_TEXT]);
/* Read a whole text as a decimal number; false for anything else (hex, nan, spaces,
 * trailing words). */
bool stp_number_parse(const char *text, double *value);

/* The word nearest to `word` by edit distance (a transposition is one edit), within 1 +
 * length / 4; of equally near ones one with the same letters, or the first; NULL if none
 * is near enough. */
const char *stp_nearest(const char *word, const char *const *words, size_t count);

#define STP_NO_LETTER 0xffffffffU
/* The code of the first UTF-8 letter of a text that is not empty, and its size in bytes;
 * STP_NO_LETTER and 1 if the bytes are no letter (overlong forms, surrogates). */
unsigned stp_letter(const char *text, size_t length, size_t *size);
/* Does a terminal obey this letter instead of showing it (controls, changes of direction,
 * line separators)? */
bool stp_is_control(unsigned code);
/* The `most` (<= 8) words nearest to `word`, nearest first; returns how many. */
size_t stp_nearest_few(const char *word, const char *const *words, size_t count,
                       const char **few, size_t most);

/* Find the first letter that readers mistake for another (invisible, an odd space, dash
 * or quotation mark, Cyrillic or Greek among Latin), and describe it in the buffer: "a
 * no-break space (U+00A0)". False if there is none. */
bool stp_text_odd(const char *text, char *buffer, size_t size);

/* Is the text valid UTF-8 without control characters other than tab and newline? */
bool stp_text_clean(const char *text);

/* A copy of a text, to be freed; NULL if out of memory. */
char *stp_copy(const char *text);

#endif
