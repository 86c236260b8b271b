/* SPDX-License-Identifier: MIT */
/* pool.c - objects kept for the next user.
 *
 * Each worker has a store: one private object, which only this worker touches, and
 * a stack of more, under a small lock, from which others take when they have none.
 * A store has two generations; a collection makes the young one the victims, and
 * drops what the victims were.
 *
 * A get looks, in this order: own private object, own stack, the others' stacks,
 * own victims, the others' victims (Go's pool.go).
 *
 * A collection must not meet a worker in the middle of a get or put.  A worker marks
 * the middle with a plain store (pool_enter); the collection closes the gate, makes
 * every processor see that with membarrier(2), and waits until nobody is inside.  So
 * the price of the rare collection is not paid by every get.  A task cannot lose its
 * worker in between: it gives way only where it says so.  What a pool calls - make,
 * drop - it calls from outside. */
#include "pool.h"
#include "gc_impl.h"
#include "sched.h"

#include <linux/membarrier.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct generation {
    void **objects; /* newest last */
    uint32_t count, room;
};

struct store {
    void *private; /* young, and this worker's alone */
    uint64_t hits, misses;
    uint32_t lock; /* for what follows */
    struct generation young, victims;
} __attribute__((aligned(64)));

struct pool {
    void *(*make)(void *arg);
    void *arg;
    void (*drop)(void *object);
    struct pool *next, *prev; /* of all pools */
    struct store stores[];    /* one a worker */
};

static struct {
    uint32_t lock; /* the list; one collection at a time */
    uint32_t gate; /* 1: a collection is going on, nobody may be inside */
    struct pool *first;
} pools;

/* Inside a pool, by worker; each on a line of its own. */
static struct {
    uint32_t inside __attribute__((aligned(64)));
} workers[MAX_WORKERS];

/* --- getting in ------------------------------------------------------------------ */

static __attribute__((noinline)) void wait_at_gate(int me)
{
    do {
        __atomic_store_n(&workers[me].inside, 0, __ATOMIC_RELEASE);
        while (__atomic_load_n(&pools.gate, __ATOMIC_ACQUIRE))
            cpu_relax();
        __atomic_store_n(&workers[me].inside, 1, __ATOMIC_SEQ_CST);
    } while (__atomic_load_n(&pools.gate, __ATOMIC_SEQ_CST));
}

/* The store of this worker, which is inside now. */
static inline struct store *pool_enter(struct pool *p)
{
    int me = worker_self()->index;

    if (!sched.alone) {
        __atomic_store_n(&workers[me].inside, 1, __ATOMIC_RELAXED);
        __atomic_signal_fence(__ATOMIC_SEQ_CST); /* membarrier does the rest */
        if (unlikely(__atomic_load_n(&pools.gate, __ATOMIC_ACQUIRE)))
            wait_at_gate(me);
    }
    return &p->stores[me];
}

static inline void pool_leave(void)
{
    if (!sched.alone)
        __atomic_store_n(&workers[worker_self()->index].inside, 0, __ATOMIC_RELEASE);
}

/* Nobody is inside when this returns, until the gate opens. */
static void gate_close(void)
{
    __atomic_store_n(&pools.gate, 1, __ATOMIC_SEQ_CST);
    if (sched.alone)
        return;
    syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0);
    for (int i = 0; i < sched.nworkers; i++)
        while (__atomic_load_n(&workers[i].inside, __ATOMIC_ACQUIRE))
            cpu_relax();
}

static void gate_open(void)
{
    __atomic_store_n(&pools.gate, 0, __ATOMIC_RELEASE);
}

/* --- stacks of objects ------------------------------------------------------------- */

/* Room for one more, and for the private object that a collection adds. */
static bool generation_widen(struct generation *g)
{
    uint32_t room = g->room ? 2 * g->room : 16;
    void **wider;

    if (g->count + 2 <= g->room)
        return true;
    wider = malloc(room * sizeof *wider);
    if (!wider)
        return false;
    if (g->count)
        memcpy(wider, g->objects, g->count * sizeof *wider);
    free(g->objects);
    g->objects = wider;
    g->room = room;
    return true;
}

static inline void *generation_pop(struct generation *g)
{
    return g->count ? g->objects[--g->count] : 0;
}

static void *store_take(struct store *s, bool victims)
{
    struct generation *g = victims ? &s->victims : &s->young;
    void *object;

    if (!__atomic_load_n(&g->count, __ATOMIC_RELAXED))
        return 0;
    lock_take(&s->lock);
    object = generation_pop(g);
    lock_give(&s->lock);
    return object;
}

/* From the young stacks, own first, then from the victims. */
static __attribute__((noinline)) void *pool_take(struct pool *p, int me)
{
    for (int victims = 0; victims < 2; victims++)
        for (int k = 0; k < sched.nworkers; k++) {
            void *object = store_take(&p->stores[(me + k) % sched.nworkers], victims);

            if (object)
                return object;
        }
    return 0;
}

/* --- the public verbs ----------------------------------------------------------------- */

struct pool *pool_make(void *(*make)(void *arg), void *arg, void (*drop)(void *object))
{
    size_t bytes = sizeof(struct pool) + (size_t)sched.nworkers * sizeof(struct store);
    struct pool *p = malloc(bytes);

    if (!p)
        return 0;
    memset(p, 0, bytes);
    p->make = make;
    p->arg = arg;
    p->drop = drop;
    outside_lock_take(&pools.lock);
    if (!pools.first)
        syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0);
    p->next = pools.first;
    if (p->next)
        p->next->prev = p;
    pools.first = p;
    outside_lock_give(&pools.lock);
    return p;
}

void *pool_get(struct pool *p)
{
    struct worker *w = worker_self();
    struct store *s = pool_enter(p);
    void *object = s->private;

    if (likely(object))
        s->private = 0;
    else
        object = pool_take(p, w->index);
    if (likely(object)) {
        s->hits++;
        pool_leave();
        counter_add(&w->stats.pool_hits, 1);
        gauge_add(&w->stats.pool_objects, -1);
        return object;
    }
    s->misses++;
    pool_leave();
    counter_add(&w->stats.pool_misses, 1);
    return p->make ? p->make(p->arg) : 0;
}

void pool_put(struct pool *p, void *object)
{
    struct store *s;
    bool kept = true;

    if (!object)
        return;
    s = pool_enter(p);
    if (likely(!s->private)) {
        s->private = object;
    } else {
        lock_take(&s->lock);
        if ((kept = generation_widen(&s->young)))
            s->young.objects[s->young.count++] = object;
        lock_give(&s->lock);
    }
    pool_leave();
    if (likely(kept))
        gauge_add(&worker_self()->stats.pool_objects, 1);
    else if (p->drop)
        p->drop(object);
}

/* --- collecting ------------------------------------------------------------------------ */

/* The generations of one store move on; what was old is in *old. */
static void store_age(struct store *s, struct generation *old)
{
    *old = s->victims;
    if (s->private && generation_widen(&s->young)) {
        s->young.objects[s->young.count++] = s->private;
        s->private = 0;
    }
    s->victims = s->young;
    s->young = (struct generation){ 0 };
}

static void generation_free(struct pool *p, struct generation *g)
{
    if (g->count)
        gauge_add(&worker_self()->stats.pool_objects, -(int64_t)g->count);
    for (uint32_t i = 0; p->drop && i < g->count; i++)
        p->drop(g->objects[i]);
    free(g->objects);
}

static void pool_age(struct pool *p)
{
    struct generation old[MAX_WORKERS];

    gate_close();
    for (int i = 0; i < sched.nworkers; i++)
        store_age(&p->stores[i], &old[i]);
    gate_open();
    for (int i = 0; i < sched.nworkers; i++)
        generation_free(p, &old[i]);
}

void pool_collect(void)
{
    outside_lock_take(&pools.lock);
    for (struct pool *p = pools.first; p; p = p->next)
        pool_age(p);
    outside_lock_give(&pools.lock);
}

/* drop is for those who have no collector; here it takes what nobody else holds. */
void pools_before_collection(void)
{
    struct generation old;

    gate_close();
    for (struct pool *p = pools.first; p; p = p->next)
        for (int i = 0; i < sched.nworkers; i++) {
            store_age(&p->stores[i], &old);
            gauge_add(&worker_self()->stats.pool_objects, -(int64_t)old.count);
            free(old.objects);
        }
}

void pools_after_collection(void)
{
    gate_open();
}

void pools_push(void (*push)(void *from, void *to))
{
    for (struct pool *p = pools.first; p; p = p->next) {
        push(&p->arg, &p->arg + 1);
        for (int i = 0; i < sched.nworkers; i++) {
            struct store *s = &p->stores[i];

            push(&s->private, &s->private + 1);
            push(s->young.objects, s->young.objects + s->young.count);
            push(s->victims.objects, s->victims.objects + s->victims.count);
        }
    }
}

void pool_free(struct pool *p)
{
    outside_lock_take(&pools.lock);
    if (p->prev)
        p->prev->next = p->next;
    else
        pools.first = p->next;
    if (p->next)
        p->next->prev = p->prev;
    outside_lock_give(&pools.lock);
    pool_age(p);
    pool_age(p);
    free(p);
}

struct pool_stats pool_stats(struct pool *p)
{
    struct pool_stats sum = { 0 };

    for (int i = 0; i < sched.nworkers; i++) {
        const struct store *s = &p->stores[i];

        sum.hits += s->hits;
        sum.misses += s->misses;
        sum.idle += !!s->private + s->young.count + s->victims.count;
    }
    return sum;
}
