/* Those in detention, in the fast engine: lists without order, one or several a district, so that
 * several threads can go through a large district's. */
#ifndef STP_DETENTION_H
#define STP_DETENTION_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Someone in detention. What a citizen is born with can be drawn again. */
typedef struct stp_captive {
    uint32_t id;
    uint32_t release; /* step at whose end the term is over; UINT32_MAX: never; never 0 */
} stp_captive;

/* The release of someone who was not caught but shot dead. */
#define STP_SHOT_DEAD (UINT32_MAX - 1)

enum { STP_CELL_COUNT = 16 }; /* a power of two */

/* The list of someone is that of the release modulo STP_CELL_COUNT: only one has to be gone through in
 * a step. */
typedef struct stp_ward {
    struct {
        stp_captive *captives;
        size_t count, capacity;
    } cells[STP_CELL_COUNT];
    size_t dead;     /* those who were shot dead; only counted */
    uint64_t digest; /* sum of the hashes of those who are in it, and of the dead */
} stp_ward;

/* Take over those whom officers caught; caught: [count], release is 0 for nobody, and is so for
 * all afterwards. district: its index, for the hashes. Returns whether there was memory. */
bool stp_ward_admit(stp_ward *ward, uint32_t district, stp_captive *caught, size_t count);

/* Let those go whose term is over at the end of a step, and set their bits in `due`, a bit a
 * citizen. Several wards of a district may do so at once. */
void stp_ward_discharge(stp_ward *ward, uint32_t district, uint32_t step,
                        _Atomic uint64_t *due);

/* How many at most can be let go in a step, and letting them go: their identities are written to `ids`, in no
 * order. Returns how many. */
size_t stp_ward_due_most(const stp_ward *ward, uint32_t step);
size_t stp_ward_let_go(stp_ward *ward, uint32_t district, uint32_t step, uint32_t *ids);

size_t stp_ward_count(const stp_ward *ward);

void stp_ward_free(stp_ward *ward);

#endif
