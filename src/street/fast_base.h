/* What the two ways of the fast engine have in common: fast.c, where everybody is on the street, and
 * home.c, where few are. */
#ifndef STP_FAST_BASE_H
#define STP_FAST_BASE_H

#include "base/digest.h"
#include "street/detention.h"
#include "street/philox.h"
#include "street/plane.h"
#include "street/schedule.h"
#include "street/street.h"

#include <stdatomic.h>

/* A cell's word: who stands there; 0 if nobody. 0..25 identity, 26..28 group, 29 officer, 30 the
 * parity of the last step in which it had its turn, 31 always set. Hardship and risk aversion are
 * drawn again at every turn: they are functions of the identity, and memory is dearer. */
enum { STP_GROUP_SHIFT = 26, STP_PARITY_SHIFT = 30 };
#define STP_IDENTITY ((uint32_t)STP_MAX_IDENTITY - 1)
#define STP_IS_OFFICER ((uint32_t)1 << 29)
#define STP_PARITY ((uint32_t)1 << STP_PARITY_SHIFT)
#define STP_PRESENT ((uint32_t)1 << 31)

/* A place on a lattice: row << 16 | column. */
typedef uint32_t stp_spot;
enum { STP_NOWHERE = UINT32_MAX }; /* no lattice has this spot: rows are at most 65,000 */

enum {
    STP_ABREAST = 2,                    /* most tiles that a thread does side by side */
    STP_DEAL = 64,                      /* turns of a tile that are prepared together */
    STP_CHUNK = STP_DEAL * STP_ABREAST, /* turns that are prepared together */
    STP_SLACK = 16, /* entries past its end that making a list may write */
};

/* Something that one thread does from beginning to end: the turns of some tiles of a district, or
 * of a whole sequential one. active and digest: of those who had their turn, less those of them
 * who were arrested since; they may wrap below zero, and only their sum over jobs means
 * something. */
typedef struct stp_job {
    uint32_t town, tiles[STP_ABREAST], count; /* of tiles; 0: a sequential district */
    uint32_t activations, arrests;
    uint64_t active, digest;
    /* Of streets with force; violent and obeying as active, gone_digest of officers. */
    uint64_t violent, obeying, gone_digest;
    uint32_t killed, wounded, officers_killed, officers_wounded, officers_left;
} stp_job;

/* Those of a tile who have their turn: their words, and where they stand. */
typedef struct stp_list {
    uint32_t tile, length;
    stp_spot corner; /* of the tile */
    uint32_t *words;
    stp_spot *spots;
} stp_list;

/* What a thread needs to work on a job. */
typedef struct stp_worker {
    stp_list lists[STP_ABREAST];
    /* The chunk of turns under way. Of each: word, identity, spot, site, and what a look around
     * from there needs (see stp_frame); the words that it draws; hardship and risk aversion;
     * grievance less threshold, 0 for those who never act. */
    _Alignas(64) uint32_t self[STP_CHUNK];
    uint32_t ids[STP_CHUNK], sites[STP_CHUNK];
    stp_spot at[STP_CHUNK];
    int32_t lefts[STP_CHUNK];
    uint32_t rights[STP_CHUNK], shifts[STP_CHUNK];
    uint32_t random[4][STP_CHUNK], traits[STP_CHUNK];
    int64_t margins[STP_CHUNK];
    /* How their turns ended, for the digest. */
    uint32_t standings[STP_CHUNK];
    stp_spot ended[STP_CHUNK];
} stp_worker;

/* What is compiled for several processors; all do the same, to the bit. */
typedef struct stp_level {
    /* The turns of a job. next: the job that this thread is likely to do then, or NULL: memory is
     * asked for it beforehand. */
    void (*turns)(const stp_street *street, stp_job *job, stp_worker *worker,
                  const stp_job *next);
    /* random[i][k] = word i of the stream's first block for agents[k]; count <= STP_DEAL. */
    void (*draws)(const stp_stream *stream, const uint32_t agents[STP_DEAL],
                  uint32_t count, uint32_t random[4][STP_DEAL]);
} stp_level;

extern const stp_level stp_level_plain, stp_level_v3, stp_level_v4;

/* The build for a processor; level: set. Errors: STEPPE_BAD_ARGUMENT (it has not what that needs). */
int stp_level_choose(steppe_context *context, steppe_simd simd, const stp_level **level);

/* As stp_engine.way. */
const char *stp_fast_way(const stp_district *district);

/* Do the windows of citizens and of officers fit window.h (radius 6 or 7)? If not, those of plane.h
 * do. */
static inline bool stp_is_square(const stp_stencil stencils[2])
{
    return stencils[0].groups == 4 && stencils[1].groups == 4;
}

static inline uint32_t stp_parity_of(uint32_t step)
{
    return (step & 1) << STP_PARITY_SHIFT;
}

static inline uint32_t stp_spot_x(stp_spot spot)
{
    return spot & 0xffff;
}

static inline uint32_t stp_spot_y(stp_spot spot)
{
    return spot >> 16;
}

static inline stp_spot stp_spot_at(uint32_t x, uint32_t y)
{
    return y << 16 | x;
}

#endif
