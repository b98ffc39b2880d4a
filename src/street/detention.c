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
    unsigned list = c.release % STP_WARD_LISTS;
    size_t count = w->lists[list].count, capacity = w->lists[list].capacity;
    if (count == capacity) {
        capacity += capacity / 4 + 16;
        stp_captive *captives = realloc(w->lists[list].captives,
                                        capacity * sizeof *captives);
        if (!captives)
            return false;
        w->lists[list].captives = captives;
        w->lists[list].capacity = capacity;
    }
    w->lists[list].captives[count] = c;
    w->lists[list].count++;
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

/* Release those whose terms end into `ids` or, if that is NULL, into `due`. Returns how
 * many. */
static size_t let_go(stp_ward *w, uint32_t district, uint32_t step, uint32_t *ids,
                     _Atomic uint64_t *due)
{
    stp_captive *captives = w->lists[step % STP_WARD_LISTS].captives;
    size_t count = w->lists[step % STP_WARD_LISTS].count, gone = 0;
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
    w->lists[step % STP_WARD_LISTS].count = count;
    return gone;
}

void stp_ward_discharge(stp_ward *w, uint32_t district, uint32_t step,
                        _Atomic uint64_t *due)
{
    let_go(w, district, step, NULL, due);
}

size_t stp_ward_max_due(const stp_ward *w, uint32_t step)
{
    return w->lists[step % STP_WARD_LISTS].count;
}

size_t stp_ward_let_go(stp_ward *w, uint32_t district, uint32_t step, uint32_t *ids)
{
    return let_go(w, district, step, ids, NULL);
}

size_t stp_ward_count(const stp_ward *w)
{
    size_t sum = 0;
    for (int i = 0; i < STP_WARD_LISTS; i++)
        sum += w->lists[i].count;
    return sum;
}

void stp_ward_free(stp_ward *w)
{
    for (int i = 0; i < STP_WARD_LISTS; i++)
        free(w->lists[i].captives);
}
