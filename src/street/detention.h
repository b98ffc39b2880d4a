/* Citizens in detention, in the fast engine. A large district has several wards, for
 * several threads. */
#ifndef STP_DETENTION_H
#define STP_DETENTION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct stp_captive {
    uint32_t id;
    uint32_t release; /* step at whose end the term is over, not 0; UINT32_MAX: never */
} stp_captive;

/* The release of someone who was shot dead. */
#define STP_SHOT_DEAD (UINT32_MAX - 1)

enum { STP_WARD_LISTS = 16 }; /* a power of two */

/* Lists by release modulo STP_WARD_LISTS, without order: a step searches only one. */
typedef struct stp_ward {
    struct {
        stp_captive *captives;
        size_t count, capacity;
    } lists[STP_WARD_LISTS];
    size_t dead;     /* how many were shot dead */
    uint64_t digest; /* sum of the hashes of the captives and the dead */
} stp_ward;

/* Take over those whom officers caught, and clear the list; caught: [count], release 0:
 * nobody. district: its index, for the hashes. False if out of memory. */
bool stp_ward_admit(stp_ward *ward, uint32_t district, stp_captive *caught, size_t count);

/* Release those whose term is over at the end of a step, and set their bits in `due`, one
 * per citizen. Several wards of a district may do so at once. */
void stp_ward_discharge(stp_ward *ward, uint32_t district, uint32_t step,
                        _Atomic uint64_t *due);

/* The same with identities in `ids`, in no order; returns their number, at most
 * stp_ward_max_due. */
size_t stp_ward_max_due(const stp_ward *ward, uint32_t step);
size_t stp_ward_let_go(stp_ward *ward, uint32_t district, uint32_t step, uint32_t *ids);

size_t stp_ward_count(const stp_ward *ward);

void stp_ward_free(stp_ward *ward);

#endif
