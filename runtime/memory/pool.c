/* SPDX-License-Identifier: MIT */
/* pool.c - objects kept for the next user.
 *
 * Each worker has a store of two generations, young and victims.  A generation is one
 * private object, which only this worker touches, and a ring of more, under a small
 * lock: its worker works at the new end, the others take the oldest.  A get looks in
 * the order of Go's pool.go: own private object, own ring, the others' rings, own
 * private victim, all rings of victims.  (Go then marks the victims as empty; here a
 * look at an empty ring is a load, so there is nothing to mark.)
 *
 * At a collection the young become the victims of their store.  What the victims were
 * is forgotten if the pool has no drop, and otherwise moves to the pool's list `old`.
 *
 *   - A collection meets no worker inside a get or a put: it begins a safepoint
 *     (safepoint.h).  So it can move the private objects of other workers, idle ones too,
 *     and a get takes no lock and no fence.
 *   - An object is in one place: in one generation, in `old`, or with one user.  It is
 *     moved at the safepoint; or inside the region by the private object's own worker; or
 *     inside the region under the ring's lock.  `old` is under pools.lock.  So each is
 *     dropped exactly once.
 *   - Under AddressSanitizer an object in a pool is out of bounds for everybody, and to put it
 *     twice panics.  Under it and ThreadSanitizer one put in four is lost.
 *   - make and drop are callbacks: they run outside the region with nothing held.
 *     A collection of libgc happens in the middle of an allocation, where nothing can
 *     be called, so drop waits for the next get, put or gc_collect(). */
#include "pool.h"

#include "core/compiler.h"
#include "core/lock_impl.h"
#include "core/safepoint.h"
#include "core/sanitizers.h"
#include "core/worker.h"
#include "defer.h"
#include "look/count.h"
#include "look/fatal.h"
#include "memory/pool_impl.h"
#include "memory/ring.h"

#include <stdlib.h>
#include <string.h>

struct generation {
    void *private;
    struct ring more;
};

struct store {
    struct generation young __attribute__((aligned(64)));
    uint64_t hits, misses;
    struct lock lock; /* for both rings */
    struct generation victims;
};

struct pool {
    void *(*make)(void *arg);
    void *arg;
    void (*drop)(void *object);
    struct pool *next, *prev; /* of all pools */
    struct ring old;          /* taken away, not yet dropped */
    struct store stores[];    /* one a worker; for all there may be, if made before task_main() */
};

static struct {
    struct safepoint safepoint; /* the region: a get or a put */
    struct lock lock;           /* the list, and every pool's `old`; one collection at a time */
    uint32_t any_old;
    struct pool *first;
    uint64_t hits, misses; /* of those that were freed */
} pools = { .safepoint = { .state = SAFEPOINT_FENCED } };

/* --- inside the region ------------------------------------------------------------------ */

/* Only its worker, or a collection: release and acquire hand over what the object
 * holds from one task to the next. */
static inline void *private_take(struct generation *g)
{
    void *object = __atomic_load_n(&g->private, __ATOMIC_ACQUIRE);

    if (object)
        __atomic_store_n(&g->private, NULL, __ATOMIC_RELAXED);
    return object;
}

static void *take_newest(struct store *s, struct ring *r)
{
    void *object;

    if (ring_seems_empty(r))
        return NULL;
    lock_take(&s->lock);
    object = ring_take_newest(r);
    lock_give(&s->lock);
    return object;
}

static void *take_oldest(struct store *s, struct ring *r)
{
    void *object;

    if (ring_seems_empty(r))
        return NULL;
    lock_take(&s->lock);
    object = ring_take_oldest(r);
    lock_give(&s->lock);
    return object;
}

/* The slow path of a get: the worker has no private object. */
static NOINLINE void *take_elsewhere(struct pool *p, int me)
{
    struct store *own = &p->stores[me], *s;
    int n = sched.nworkers;
    void *object;

    if ((object = take_newest(own, &own->young.more)))
        return object;
    for (int k = 1; k < n; k++) {
        s = &p->stores[(me + k) % n];
        if ((object = take_oldest(s, &s->young.more)))
            return object;
    }
    if ((object = private_take(&own->victims)))
        return object;
    for (int k = 0; k < n; k++) {
        s = &p->stores[(me + k) % n];
        if ((object = take_oldest(s, &s->victims.more)))
            return object;
    }
    return NULL;
}

static bool put_in_ring(struct store *s, void *object)
{
    bool kept;

    lock_take(&s->lock);
    kept = ring_put(&s->young.more, object);
    lock_give(&s->lock);
    return kept;
}

static inline bool private_put(struct generation *g, void *object)
{
    if (__atomic_load_n(&g->private, __ATOMIC_RELAXED))
        return false;
    __atomic_store_n(&g->private, object, __ATOMIC_RELEASE);
    return true;
}

bool pools_lose_puts = TOOL_LOOKS;

/* It lies with what collections took away until the next of them, so who still uses it is told that
 * it lies in a pool. */
static NOINLINE void lose(struct pool *p, void *object)
{
    if (!p->drop)
        return;
    outside_lock_take(&pools.lock);
    if (!ring_put(&p->old, object))
        fatal("out of memory for the objects that a pool drops");
    outside_lock_give(&pools.lock);
}

/* --- get and put ------------------------------------------------------------------------ */

static inline bool old_waits(void)
{
    return __atomic_load_n(&pools.any_old, __ATOMIC_RELAXED);
}

/* Drops come first: drop is a callback and may panic, and a get must not have taken an object
 * by then. */
static NOINLINE void *drop_old_then_get(struct pool *p)
{
    pools_drop_old();
    return pool_get(p);
}

static NOINLINE void *get_slow(struct pool *p, int me, bool inside)
{
    struct store *s = &p->stores[me];
    void *object;

    if (!inside)
        safepoint_wait(&pools.safepoint, me);
    object = private_take(&s->young);
    if (!object)
        object = take_elsewhere(p, me);
    safepoint_region_leave(&pools.safepoint, me);
    tool_take_out(object);
    counter_add(object ? &s->hits : &s->misses, 1);
    return object || !p->make ? object : p->make(p->arg);
}

static NOINLINE void put_slow(struct pool *p, int me, void *object, bool inside)
{
    struct store *s = &p->stores[me];
    bool kept;

    if (!inside)
        safepoint_wait(&pools.safepoint, me);
    kept = private_put(&s->young, object) || put_in_ring(s, object);
    safepoint_region_leave(&pools.safepoint, me);
    if (!kept)
        tool_take_out(object);
    if (!kept && p->drop)
        p->drop(object);
    if (old_waits())
        pools_drop_old();
}

/* All but the private object is a tail call, so that the fast path saves no register.  The
 * index is read once: after each asym_light() the compiler would read it again. */
void *pool_get(struct pool *p)
{
    int me = worker_self()->index;
    struct store *s = &p->stores[me];
    void *object;

    if (unlikely(old_waits()))
        return drop_old_then_get(p);
    if (unlikely(!safepoint_region_enter_fast(&pools.safepoint, me)))
        return get_slow(p, me, false);
    object = private_take(&s->young);
    if (unlikely(!object))
        return get_slow(p, me, true);
    safepoint_region_leave(&pools.safepoint, me);
    tool_take_out(object);
    counter_add(&s->hits, 1);
    return object;
}
CALLS_BACK(pool_get);

void pool_put_at(struct pool *p, void *object, const struct site *where)
{
    int me = worker_self()->index;

    if (unlikely(!object))
        return;
    if (unlikely(!tool_lay_away(object)))
        task_panic(where, "pool_put of an object that lies in a pool already");
    if (TOOL_LOOKS && pools_lose_puts && random_below(worker_self(), 4) == 0) {
        lose(p, object);
        return;
    }
    if (unlikely(!safepoint_region_enter_fast(&pools.safepoint, me))) {
        put_slow(p, me, object, false);
        return;
    }
    if (unlikely(!private_put(&p->stores[me].young, object))) {
        put_slow(p, me, object, true);
        return;
    }
    safepoint_region_leave(&pools.safepoint, me);
    if (unlikely(old_waits()))
        pools_drop_old();
}
LEFT_OUT(pool_put_at);

/* --- collecting: at the safepoint, pools.lock is held ------------------------------------ */

/* Nobody can get the object any more.  If the pool has a drop, it is called later. */
static void take_away(struct pool *p, void *object)
{
    if (!p->drop)
        return;
    if (!ring_put(&p->old, object))
        fatal("out of memory for the objects that a pool drops");
    __atomic_store_n(&pools.any_old, 1, __ATOMIC_RELAXED);
}

static void store_age(struct pool *p, struct store *s)
{
    void *object;

    lock_take(&s->lock);
    if ((object = private_take(&s->victims)))
        take_away(p, object);
    while ((object = ring_take_oldest(&s->victims.more)))
        take_away(p, object);
    __atomic_store_n(&s->victims.private, private_take(&s->young), __ATOMIC_RELEASE);
    ring_swap(&s->victims.more, &s->young.more);
    lock_give(&s->lock);
}

static void pool_age(struct pool *p)
{
    for (int i = 0; i < sched.nworkers; i++)
        store_age(p, &p->stores[i]);
}

static void pools_stop(void)
{
    outside_lock_take(&pools.lock);
    safepoint_begin(&pools.safepoint);
}

static void pools_resume(void)
{
    safepoint_end(&pools.safepoint);
    outside_lock_give(&pools.lock);
}

void pools_before_collection(void)
{
    pools_stop();
    for (struct pool *p = pools.first; p; p = p->next)
        pool_age(p);
}

void pools_world_stopped(void)
{
    pools_resume();
}

void pool_collect(void)
{
    worker_needed();
    pools_before_collection();
    pools_resume();
    pools_drop_old();
}
CALLS_BACK(pool_collect);

/* --- dropping --------------------------------------------------------------------------------- */

/* An object that `only` (NULL: any pool) has to drop, and its drop; false: there is none. */
static bool old_take(struct pool *only, void **object, void (**drop)(void *))
{
    *object = NULL;
    outside_lock_take(&pools.lock);
    for (struct pool *p = pools.first; p && !*object; p = p->next)
        if ((!only || p == only) && (*object = ring_take_oldest(&p->old)))
            *drop = p->drop;
    outside_lock_give(&pools.lock);
    return *object;
}

static void look_again_unless(void *all_dropped)
{
    if (!*(bool *)all_dropped)
        __atomic_store_n(&pools.any_old, 1, __ATOMIC_RELAXED);
}

/* The flag falls first: a drop that uses pools does not come here again and again on
 * top of itself.  A drop that panics leaves others undone, so the flag rises again. */
void pools_drop_old(void)
{
    void (*drop)(void *);
    void *object;
    bool all_dropped = false;

    if (!__atomic_exchange_n(&pools.any_old, 0, __ATOMIC_RELAXED))
        return;
    defer_open(look_again_unless, &all_dropped);
    while (old_take(NULL, &object, &drop)) {
        tool_take_out(object);
        drop(object);
    }
    all_dropped = true;
}

/* --- making and freeing ----------------------------------------------------------------------- */

struct pool *pool_make(void *(*make)(void *arg), void *arg, void (*drop)(void *object))
{
    size_t stores = sched.nworkers ? (size_t)sched.nworkers : MAX_WORKERS;
    size_t bytes = sizeof(struct pool) + stores * sizeof(struct store);
    struct pool *p = aligned_alloc(64, bytes);

    if (!p)
        return NULL;
    memset(p, 0, bytes);
    p->make = make;
    p->arg = arg;
    p->drop = drop;
    outside_lock_take(&pools.lock);
    if (!pools.first) /* so nobody is inside */
        safepoint_init(&pools.safepoint);
    p->next = pools.first;
    if (p->next)
        p->next->prev = p;
    pools.first = p;
    outside_lock_give(&pools.lock);
    return p;
}
LEFT_OUT(pool_make);

static void rings_free(struct pool *p)
{
    for (int i = 0; i < sched.nworkers; i++) {
        free(p->stores[i].young.more.objects);
        free(p->stores[i].victims.more.objects);
    }
    free(p->old.objects);
}

/* It stays on the list until all is dropped: the collector sees what is left in it. */
void pool_free(struct pool *p)
{
    void (*drop)(void *);
    struct pool_stats gone;
    void *object;

    worker_needed();
    pools_stop();
    pool_age(p);
    pool_age(p);
    pools_resume();
    while (old_take(p, &object, &drop)) {
        tool_take_out(object);
        drop(object);
    }
    gone = pool_stats(p);
    outside_lock_take(&pools.lock);
    pools.hits += gone.hits;
    pools.misses += gone.misses;
    if (p->prev)
        p->prev->next = p->next;
    else
        pools.first = p->next;
    if (p->next)
        p->next->prev = p->prev;
    outside_lock_give(&pools.lock);
    rings_free(p);
    free(p);
}
CALLS_BACK(pool_free);

/* --- looking ------------------------------------------------------------------------------------
 */

static uint64_t generation_count(const struct generation *g)
{
    return __atomic_load_n(&g->more.count, __ATOMIC_RELAXED) +
           !!__atomic_load_n(&g->private, __ATOMIC_RELAXED);
}

struct pool_stats pool_stats(struct pool *p)
{
    struct pool_stats sum = { 0 };

    for (int i = 0; i < sched.nworkers; i++) {
        const struct store *s = &p->stores[i];

        sum.hits += __atomic_load_n(&s->hits, __ATOMIC_RELAXED);
        sum.misses += __atomic_load_n(&s->misses, __ATOMIC_RELAXED);
        sum.idle += generation_count(&s->young) + generation_count(&s->victims);
    }
    return sum;
}
LEFT_OUT(pool_stats);

void pools_count(struct stats *sum)
{
    outside_lock_take(&pools.lock);
    sum->pool_hits = pools.hits;
    sum->pool_misses = pools.misses;
    for (struct pool *p = pools.first; p; p = p->next) {
        struct pool_stats s = pool_stats(p);

        sum->pool_hits += s.hits;
        sum->pool_misses += s.misses;
        sum->pool_objects += (int64_t)s.idle;
    }
    outside_lock_give(&pools.lock);
}

static void ring_push(struct ring *r, void (*push)(void *from, void *to))
{
    for (uint32_t i = 0; i < r->count; i++)
        push(ring_place(r, i), ring_place(r, i) + 1);
}

static void generation_push(struct generation *g, void (*push)(void *from, void *to))
{
    push(&g->private, &g->private + 1);
    ring_push(&g->more, push);
}

void pools_push(void (*push)(void *from, void *to))
{
    for (struct pool *p = pools.first; p; p = p->next) {
        push(&p->arg, &p->arg + 1);
        ring_push(&p->old, push);
        for (int i = 0; i < sched.nworkers; i++) {
            generation_push(&p->stores[i].young, push);
            generation_push(&p->stores[i].victims, push);
        }
    }
}
