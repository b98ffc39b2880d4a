/* What both forms of the fast engine share: fast.c, with everybody on the street, and
 * home.c, with few. */
#ifndef STP_FAST_BASE_H
#define STP_FAST_BASE_H

#include "base/digest.h"
#include "street/detention.h"
#include "street/philox.h"
#include "street/plane.h"
#include "street/schedule.h"
#include "street/street.h"

#include <stdatomic.h>

/* The word of an occupied cell; 0 of an empty one. Bits 0..25 identity, 26..28 group, 29
 * officer, 30 parity of the agent's last step, 31 always set. Hardship and risk aversion
 * are functions of the identity and drawn again at every turn: that is cheaper than
 * memory. */
enum { STP_GROUP_SHIFT = 26, STP_PARITY_SHIFT = 30 };
#define STP_IDENTITY ((uint32_t)STP_MAX_IDENTITY - 1)
#define STP_IS_OFFICER ((uint32_t)1 << 29)
#define STP_PARITY ((uint32_t)1 << STP_PARITY_SHIFT)
#define STP_PRESENT ((uint32_t)1 << 31)

/* Coordinates on a lattice: row << 16 | column. */
typedef uint32_t stp_coord;
enum { STP_NOWHERE = UINT32_MAX }; /* on no lattice: rows are at most 65,000 */

enum {
    STP_ABREAST = 2,                    /* most tiles that a thread interleaves */
    STP_DEAL = 64,                      /* turns of a tile that are prepared together */
    STP_CHUNK = STP_DEAL * STP_ABREAST, /* turns that are prepared together */
    STP_SLACK = 16, /* entries past its end that making a list may write */
};

/* Sums over the turns of a job. active, violent, obeying and digest: of those who had
 * their turn, less those of them who were arrested or hit since; they may wrap below
 * zero, only their sum over the jobs of a step has a meaning. gone_digest: of officers
 * who fell or left. */
typedef struct stp_sums {
    uint32_t activations, arrests, killed, wounded, officers_killed, officers_wounded,
        officers_left;
    uint64_t active, violent, obeying, digest, gone_digest;
} stp_sums;

/* Work for one thread: the turns of some tiles of a district, or of a whole sequential
 * one. */
typedef struct stp_job {
    uint32_t district, tiles[STP_ABREAST], count; /* of tiles; 0: a sequential district */
    stp_sums sums;
} stp_job;

/* Those of a tile who have their turn: their words and coordinates. */
typedef struct stp_turn_list {
    uint32_t tile, length;
    stp_coord corner; /* of the tile */
    uint32_t *words;
    stp_coord *coords;
} stp_turn_list;

/* Buffers of a thread. */
typedef struct stp_worker {
    stp_turn_list lists[STP_ABREAST];
    /* The chunk of turns under way. Of each: word, identity, coordinates, site, and its
     * window (see stp_window_frame); the words that it draws; hardship and risk aversion;
     * grievance less threshold, 0 for those who never act. */
    _Alignas(64) uint32_t self[STP_CHUNK];
    uint32_t ids[STP_CHUNK], sites[STP_CHUNK];
    stp_coord at[STP_CHUNK];
    int32_t lefts[STP_CHUNK];
    uint32_t rights[STP_CHUNK], shifts[STP_CHUNK];
    uint32_t random[4][STP_CHUNK], traits[STP_CHUNK];
    int64_t margins[STP_CHUNK];
    /* How their turns ended, for the digest. */
    uint32_t standings[STP_CHUNK];
    stp_coord ended[STP_CHUNK];
} stp_worker;

/* Functions compiled for several processors, with bit-identical results. */
typedef struct stp_level {
    /* The turns of a job. next: the thread's probable next job, or NULL; its memory is
     * prefetched. */
    void (*turns)(const stp_street *street, stp_job *job, stp_worker *worker,
                  const stp_job *next);
    /* random[i][k] = word i of the stream's first block for agents[k]; count <=
     * STP_DEAL. */
    void (*draws)(const stp_stream *stream, const uint32_t agents[STP_DEAL],
                  uint32_t count, uint32_t random[4][STP_DEAL]);
} stp_level;

extern const stp_level stp_level_plain, stp_level_v3, stp_level_v4;

/* The functions for a processor. Errors: STEPPE_BAD_ARGUMENT (the processor lacks what
 * they need). */
int stp_level_choose(steppe_context *context, steppe_simd simd, const stp_level **level);

/* As stp_engine.variant. */
const char *stp_fast_variant(const stp_district *district);

/* Add the sums of a job to the tally of its district. */
void stp_sums_add(const stp_sums *sums, stp_tally *tally);

/* Do the windows of citizens and officers fit window.h (radius 6 or 7)? If not, plane.h
 * reads them. */
static inline bool stp_is_square(const stp_stencil stencils[2])
{
    return stencils[0].groups == 4 && stencils[1].groups == 4;
}

static inline uint32_t stp_parity_of(uint32_t step)
{
    return (step & 1) << STP_PARITY_SHIFT;
}

static inline uint32_t stp_coord_x(stp_coord coord)
{
    return coord & 0xffff;
}

static inline uint32_t stp_coord_y(stp_coord coord)
{
    return coord >> 16;
}

static inline stp_coord stp_coord_at(uint32_t x, uint32_t y)
{
    return y << 16 | x;
}

static inline stp_coord stp_coord_of(const stp_district *d, uint32_t cell)
{
    return stp_coord_at(cell % d->width, cell / d->width);
}

/* An empty cell for an agent (see stp_candidate). draws: word i of the first block at
 * draws[i * STP_DEAL]; NULL: not drawn yet. */
static inline stp_coord stp_find_empty(const stp_world *world, const stp_district *d,
                                       const stp_grid *grid, const uint16_t *occupied,
                                       uint32_t id, uint32_t step, const uint32_t *draws)
{
    uint32_t attempt = 0, cell = 0;
    for (;; attempt++) {
        if (attempt >= STP_ATTEMPTS)
            cell = (cell + 1) % d->cells;
        else if (draws && attempt < 4)
            cell = stp_below(draws[(size_t)attempt * STP_DEAL], d->cells);
        else
            cell = stp_candidate(world->seed, d, id, step, attempt);
        stp_coord coord = stp_coord_of(d, cell);
        if (!stp_plane_get(occupied, grid, stp_coord_x(coord), stp_coord_y(coord)))
            return coord;
    }
}

/* Draw for the agents from `first` up to `end`, at most STP_DEAL, and set their
 * identities. Returns how many. */
static inline uint32_t stp_draw_from(const stp_level *level, const stp_stream *stream,
                                     uint32_t first, uint32_t end, uint32_t ids[STP_DEAL],
                                     uint32_t draws[4][STP_DEAL])
{
    uint32_t count = end - first < STP_DEAL ? end - first : STP_DEAL;
    for (uint32_t k = 0; k < STP_DEAL; k++)
        ids[k] = first + k;
    level->draws(stream, ids, count, draws);
    return count;
}

/* How many of the officers first .. end - 1 fell or left; losses: by officer, NULL
 * without force. */
static inline uint32_t stp_losses_among(const uint8_t *losses, uint32_t first,
                                        uint32_t end)
{
    uint32_t count = 0;
    for (uint32_t i = first; losses && i < end; i++)
        count += losses[i] != 0;
    return count;
}

#endif
