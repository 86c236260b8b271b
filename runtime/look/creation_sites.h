/* SPDX-License-Identifier: MIT */
/* creation_sites.h - which lines have made the channels and contexts that are alive.
 *
 * Each line that makes some gets a number, the same on every worker.  The thing keeps the number,
 * and each worker counts for itself what it has made and freed of each, without atomics: the sum
 * over the workers is what is alive. */
#ifndef CREATION_SITES_H
#define CREATION_SITES_H

#include "core/compiler.h"
#include "explore/explore.h"
#include "task.h"

#define MADE_LINES 256 /* further ones are counted together, by this number */

enum made_kind { MADE_CHANNEL, MADE_CONTEXT, MADE_KINDS };

/* A worker's; of each kind by the number of the line. */
struct made {
    int64_t alive[MADE_KINDS][MADE_LINES + 1];
};

extern const struct site *made_lines[MADE_LINES]; /* by number; each is written once */

/* The slow path: the line has another number than the usual, or none yet. */
uint16_t made_find(const struct site *at);

static inline uint16_t made_usual(const struct site *at)
{
    return (uintptr_t)at / sizeof(uintptr_t) % MADE_LINES;
}

/* The number of a line.  NULL has one, too, for a moment. */
static inline NO_TSAN uint16_t made_number(const struct site *at)
{
    uint16_t n = made_usual(at);

    if (EXPLORING) /* or the first schedule would have choices that the others have not */
        return MADE_LINES;
    return likely(made_lines[n] == at) ? n : made_find(at);
}

static inline NO_TSAN void made_add(struct made *m, enum made_kind kind, uint16_t line, int n)
{
    m->alive[kind][line] += n;
}

#endif
