#include "street/detention.h"

#include "base/digest.h"

#include <stdlib.h>

static uint64_t hash_of(uint32_t district, stp_captive c)
{
    return stp_agent_hash(district, c.id, STP_DETAINED, c.release);
}

static bool make_room(stp_ward *w)
{
    if (w->count < w->capacity)
        return true;
    size_t capacity = w->capacity + w->capacity / 4 + 64;
    stp_captive *captives = realloc(w->captives, capacity * sizeof *captives);
    if (!captives)
        return false;
    w->captives = captives;
    w->capacity = capacity;
    return true;
}

bool stp_ward_admit(stp_ward *w, uint32_t district, stp_captive *caught, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        stp_captive c = caught[i];
        if (c.release == 0)
            continue;
        if (!make_room(w))
            return false;
        caught[i].release = 0;
        w->captives[w->count++] = c;
        w->digest += hash_of(district, c);
    }
    return true;
}

void stp_ward_discharge(stp_ward *w, uint32_t district, uint32_t step,
                        _Atomic uint64_t *due)
{
    for (size_t i = 0; i < w->count;) {
        stp_captive c = w->captives[i];
        if (c.release > step || c.release == UINT32_MAX) {
            i++;
            continue;
        }
        w->captives[i] = w->captives[--w->count];
        w->digest -= hash_of(district, c);
        atomic_fetch_or_explicit(&due[c.id / 64], (uint64_t)1 << c.id % 64,
                                 memory_order_relaxed);
    }
}

void stp_ward_free(stp_ward *w)
{
    free(w->captives);
}
