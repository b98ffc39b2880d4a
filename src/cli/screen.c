#include "screen.h"

#include <errno.h>
#include <locale.h>
#include <stdbool.h>
#include <steppe.h>
#include <string.h>
#include <unistd.h>

typedef struct sink {
    int number; /* of the file */
    char held[4];
    size_t held_count; /* the beginning of a letter whose rest has not come yet */
} sink;

static bool send(int number, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = write(number, bytes, size);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return false;
        bytes += sent;
        size -= (size_t)sent;
    }
    return true;
}

/* How many bytes the letter that begins so has, or seems to have. */
static size_t letter_size(unsigned char first)
{
    return first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
}

/* Add the letters that are whole to a block, and send it when it is full. Returns how many bytes of the text
 * are left over; *bad: it could not be sent. */
static size_t send_letters(int number, const char *text, size_t length, bool last,
                           bool *bad)
{
    char block[4096];
    size_t used = 0, size;
    while (length > 0 && !*bad) {
        unsigned char c = (unsigned char)*text;
        if (!last && c >= 0x80 && letter_size(c) > length)
            break;
        if (used + STEPPE_SHOWN_LETTER > sizeof block) {
            *bad = !send(number, block, used);
            used = 0;
        }
        size = 1;
        if ((c >= ' ' && c < 0x7f) || c == '\n' || c == '\t')
            block[used++] = *text;
        else
            used += steppe_show_letter(text, length, block + used, &size);
        text += size;
        length -= size;
    }
    *bad = *bad || !send(number, block, used);
    return length;
}

static ssize_t sink_write(void *cookie, const char *bytes, size_t count)
{
    sink *s = cookie;
    const char *at = bytes;
    size_t left = count;
    bool bad = false;
    while (s->held_count > 0 && left > 0 && !bad) { /* letters in two parts are rare */
        s->held[s->held_count++] = *at++;
        left--;
        bool whole = s->held_count == sizeof s->held;
        size_t rest = send_letters(s->number, s->held, s->held_count, whole, &bad);
        memmove(s->held, s->held + s->held_count - rest, rest);
        s->held_count = rest;
    }
    size_t rest = bad ? 0 : send_letters(s->number, at, left, false, &bad);
    memcpy(s->held + s->held_count, at + left - rest, rest < 4 ? rest : 0);
    s->held_count += rest < 4 ? rest : 0;
    return bad ? 0 : (ssize_t)count;
}

static int sink_close(void *cookie)
{
    sink *s = cookie;
    bool bad = false;
    send_letters(s->number, s->held, s->held_count, true, &bad);
    s->held_count = 0;
    return bad ? -1 : 0;
}

static void replace(FILE **stream, sink *s, int number, int buffering)
{
    *s = (sink){.number = number};
    FILE *shown = fopencookie(s, "w",
                              (cookie_io_functions_t){.write = sink_write,
                                                      .close = sink_close});
    if (!shown)
        return; /* no memory: as it was */
    setvbuf(shown, NULL, buffering, 1 << 16);
    *stream = shown;
}

void screen_begin(void)
{
    static sink sinks[2];
    setlocale(LC_CTYPE, "C.UTF-8"); /* for wcwidth; texts are in UTF-8, whatever is set */
    replace(&stdout, &sinks[0], STDOUT_FILENO, isatty(STDOUT_FILENO) ? _IOLBF : _IOFBF);
    replace(&stderr, &sinks[1], STDERR_FILENO, _IOLBF);
}

void screen_put(const char *text)
{
    char shown[STEPPE_SHOWN_LETTER];
    size_t length = strlen(text), size;
    for (size_t i = 0; i < length; i += size)
        fwrite(shown, 1, steppe_show_letter(text + i, length - i, shown, &size), stdout);
}
