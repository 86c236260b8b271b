/* SPDX-License-Identifier: MIT */
/* pool.h - objects kept for the next user, until the next collection or two.
 *
 * A pool is no cache: what is put may be gone at any time.  Each worker has a
 * small store of its own, so that get and put touch no shared line; a get that
 * finds its own store empty takes from the others.  At a collection what
 * lies in the pool becomes the victim generation; a get may still rescue it, and
 * the next collection frees it (Go's sync.Pool since 1.13). */
#ifndef POOL_H
#define POOL_H

#include "task.h"

#include <stddef.h>
#include <stdint.h>

struct pool;

/* make(arg) is called by a get that finds nothing and by nothing else; NULL:
 * such a get returns NULL.  drop(object) is called once for each object that a
 * collection takes away; NULL: it is left to the collector.  NULL when memory
 * runs out. */
struct pool *pool_make(void *(*make)(void *arg), void *arg, void (*drop)(void *object));

/* An object, which the caller owns.  Never waits. */
void *pool_get(struct pool *p);

/* Give an object to whoever comes next.  NULL is ignored.  Under AddressSanitizer, putting what
 * lies in a pool already panics. */
#define pool_put(p, object) pool_put_at((p), (object), HERE)

/* One collection: every pool ages by one generation.  Under gc_enable() (gc.h)
 * the real collections do this. */
void pool_collect(void);

/* Drop what is inside, and the pool.  No task may be using it. */
void pool_free(struct pool *p);

struct pool_stats {
    uint64_t hits, misses; /* gets that found an object, and that did not */
    uint64_t idle;         /* objects inside now, both generations */
};
struct pool_stats pool_stats(struct pool *p);

/* What the macro calls. */
void pool_put_at(struct pool *p, void *object, const struct site *where);

#endif
