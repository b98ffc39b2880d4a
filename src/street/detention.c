#include "street/detention.h"

#include "base/digest.h"

#include <stdlib.h>

static uint64_t hash_of(uint32_t district, stp_captive c)
{
    return c.release == STP_SHOT_DEAD
               ? stp_agent_hash(district, c.id, STP_DEAD, 0)
               : stp_agent_hash(district, c.id, STP_DETAINED, c.release);
}

static bool push(stp_ward *w, stp_captive c)
{
    unsigned cell = c.release % STP_CELL_COUNT;
    size_t count = w->cells[cell].count, capacity = w->cells[cell].capacity;
    if (count == capacity) {
        capacity += capacity / 4 + 16;
        stp_captive *captives = realloc(w->cells[cell].captives,
                                        capacity * sizeof *captives);
        if (!captives)
            return false;
        w->cells[cell].captives = captives;
        w->cells[cell].capacity = capacity;
    }
    w->cells[cell].captives[count] = c;
    w->cells[cell].count++;
    return true;
}

bool stp_ward_admit(stp_ward *w, uint32_t district, stp_captive *caught, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (caught[i].release == 0)
            continue;
        bool dead = caught[i].release == STP_SHOT_DEAD;
        w->dead += dead;
        if (!dead && !push(w, caught[i]))
            return false;
        w->digest += hash_of(district, caught[i]);
        caught[i].release = 0;
    }
    return true;
}

/* Let those go whose terms end; ids, or else due, says who. Returns how many. */
static size_t let_go(stp_ward *w, uint32_t district, uint32_t step, uint32_t *ids,
                     _Atomic uint64_t *due)
{
    stp_captive *captives = w->cells[step % STP_CELL_COUNT].captives;
    size_t count = w->cells[step % STP_CELL_COUNT].count, gone = 0;
    for (size_t i = 0; i < count;) {
        stp_captive c = captives[i];
        if (c.release != step || c.release == UINT32_MAX) {
            i++;
            continue;
        }
        captives[i] = captives[--count];
        w->digest -= hash_of(district, c);
        if (ids)
            ids[gone] = c.id;
        else
            atomic_fetch_or_explicit(&due[c.id / 64], (uint64_t)1 << c.id % 64,
                                     memory_order_relaxed);
        gone++;
    }
    w->cells[step % STP_CELL_COUNT].count = count;
    return gone;
}

void stp_ward_discharge(stp_ward *w, uint32_t district, uint32_t step,
                        _Atomic uint64_t *due)
{
    let_go(w, district, step, NULL, due);
}

size_t stp_ward_due_most(const stp_ward *w, uint32_t step)
{
    return w->cells[step % STP_CELL_COUNT].count;
}

size_t stp_ward_let_go(stp_ward *w, uint32_t district, uint32_t step, uint32_t *ids)
{
    return stp_ward_due_most(w, step) > 0 ? let_go(w, district, step, ids, NULL) : 0;
}

size_t stp_ward_count(const stp_ward *w)
{
    size_t sum = 0;
    for (int i = 0; i < STP_CELL_COUNT; i++)
        sum += w->cells[i].count;
    return sum;
}

void stp_ward_free(stp_ward *w)
{
    for (int i = 0; i < STP_CELL_COUNT; i++)
        free(w->cells[i].captives);
}
