#include "seat_words.h"

#include <stdio.h>
#include <string.h>

void cli_seat_advance(steppe_seat *seat, uint64_t *step, uint64_t to,
                      const seat_street *street, seat_note note, void *user)
{
    steppe_seat_state state;
    steppe_seat_entry entry;
    while (*step < to) {
        ++*step;
        steppe_seat_read(seat, &state);
        bool seen = state.days < street->count;
        steppe_seat_step(seat, *step, seen ? &street->looks[state.days] : NULL);
        for (size_t i = 0; note && steppe_seat_entry_at(seat, i, &entry) == STEPPE_OK;
             i++)
            note(&entry, *step, user);
    }
}

/* %p, %o and %w stand for person, office and foreign power, %a for an amount of money, %n for another
 * number. */
static const struct {
    const char *kind, *words;
} WORDS[] = {
    {"appointed", "%p is appointed: %o"},
    {"dismissed", "%p is dismissed: %o"},
    {"detained", "%p is detained"},
    {"exiled", "%p is exiled"},
    {"taken", "the incumbent takes %o"},
    {"filled", "%o goes to %p (competence %n)"},
    {"left", "%p leaves the country with %a"},
    {"donated", "%p gives %a to the fund"},
    {"defected", "%p changes sides"},
    {"returned", "%p comes back"},
    {"asked", "%w is asked for troops"},
    {"granted", "%w grants troops"},
    {"refused", "refused by %w"},
    {"promised", "reform promised: %n"},
    {"delivered", "reform to be delivered: %n"},
    {"stance", "%w changes its stance to %n"},
    {"hotspot", "a hot spot elsewhere changes its salience to %n"},
    {"fund", "the relief fund opens"},
    {"fell", "%p falls"},
};

static void add_part(const steppe_seat *seat, const steppe_seat_entry *e, char part,
                     char *buffer, size_t size)
{
    char money[STEPPE_NUMBER_TEXT];
    switch (part) {
    case 'p':
        snprintf(buffer, size, "%s", steppe_seat_person_name(seat, e->person));
        break;
    case 'o':
        snprintf(buffer, size, "%s", steppe_seat_office_name(seat, e->office));
        break;
    case 'w': snprintf(buffer, size, "%s", steppe_seat_power_name(seat, e->power)); break;
    case 'a': snprintf(buffer, size, "%s", cli_count(e->amount, money)); break;
    default: snprintf(buffer, size, "%.3g", e->amount);
    }
}

const char *cli_seat_words(const steppe_seat *seat, const steppe_seat_entry *e,
                           char *buffer, size_t size)
{
    const char *words = "without effect"; /* void */
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strcmp(WORDS[i].kind, e->kind) == 0)
            words = WORDS[i].words;
    size_t used = 0;
    buffer[0] = '\0';
    for (const char *c = words; *c && used + 1 < size; c++) {
        if (*c == '%')
            add_part(seat, e, *++c, buffer + used, size - used);
        else
            snprintf(buffer + used, size - used, "%c", *c);
        used = strlen(buffer);
    }
    return buffer;
}
