/* SPDX-License-Identifier: MIT */
/* weak.c - weak memory in the deterministic mode: a load may see an older value.
 *
 * The rules are those of C11's atomics, told with views, as in Kang and others, "A promising
 * semantics for relaxed-memory concurrency" (POPL 2017), without promises.  Each word has the list
 * of its values, in the order of the stores.  A view says of each list how far somebody has seen;
 * nobody sees a value that is older than his view.
 *
 *   - A store with release leaves its task's view beside the value.  A load with acquire joins the
 *     view that it finds there to its own.
 *   - A change (exchange, add, compare) sees the newest value, and leaves the view found there
 *     beside its own.
 *   - A SEQ_CST load also sees nothing older than the last SEQ_CST store to that word, or
 *     than what a SEQ_CST fence had seen.
 *   - A SEQ_CST fence joins the task's view and that of all SEQ_CST fences, both ways.
 *   - explore_barrier(), which stands for membarrier(2), makes every task pass such a fence.
 *
 * What C11 allows and this never shows:
 *
 *   - a store that is not the newest of its word, so that two words get their last values in two
 *     orders;
 *   - a load that sees a value stored later (load buffering);
 *   - more than the last few values of a word, or older ones more than two times in a row;
 *   - a compare that fails for an old value;
 *   - an old value in a read without a builtin.  So a scene reads with a relaxed load what an
 *     atomic is to publish. */
#include "explore/weak.h"

#include "explore/explore_impl.h"

#include <string.h>

#define LOCATIONS 128         /* words at a time: the others are as ever */
#define PLACES 512            /* where their numbers lie, by address */
#define KEPT 4                /* values of a word that can still be seen */
#define MOST_OLDER 2          /* in a row, by one task of one word */
#define LOOKS_AGAIN UINT8_MAX /* in place of that number: the next load sees the newest */
#define BUFFERS 8             /* old values that loads are shown, in turn */

/* Of each word the number of the oldest value that can be seen; 0 beyond n. */
struct view {
    uint32_t n;
    uint32_t from[LOCATIONS];
};

/* A value, and the view that was left beside it. */
struct message {
    uint64_t value;
    struct view view;
};

/* A word.  Values have numbers from 1. */
struct location {
    const volatile void *p;
    uint32_t bytes;
    uint32_t oldest, newest;
    struct message kept[KEPT];
};

/* A task. */
struct observer {
    struct view seen;
    struct view found;        /* by relaxed loads: seen after the next fence */
    struct view released;     /* at the last fence: left by relaxed stores */
    uint8_t older[LOCATIONS]; /* how many times in a row it saw an older value; or LOOKS_AGAIN */
};

static struct {
    uint32_t n, nobservers;
    struct location locations[LOCATIONS];
    uint8_t at[PLACES];                 /* 1 + the number of a word; 0: none */
    struct observer observers[2 + 64];  /* the clock, the driver, tasks */
    struct view places[EXPLORE_PLACES]; /* of a worker, which is one thread for all its tasks */
    struct view total;                  /* of all SEQ_CST stores and fences */

    /* The access under way, if it is a store or a change: its value is not there yet. */
    const struct explore_site *site;
    struct location *to;
    struct observer *by;
} weak;

static struct observer *observer_of(const struct task *t)
{
    if (weak.nobservers <= t->id)
        weak.nobservers = (uint32_t)t->id + 1;
    return &weak.observers[t->id];
}

static struct observer *me(void)
{
    return observer_of(ex.self.task);
}

/* --- views ------------------------------------------------------------------------------ */

static uint32_t view_at(const struct view *v, uint32_t i)
{
    return i < v->n ? v->from[i] : 0;
}

static void view_set(struct view *v, uint32_t i, uint32_t number)
{
    while (v->n <= i)
        v->from[v->n++] = 0;
    if (v->from[i] < number)
        v->from[i] = number;
}

static void view_join(struct view *v, const struct view *with)
{
    for (uint32_t i = 0; i < with->n; i++)
        view_set(v, i, with->from[i]);
}

static bool acquires(int order)
{
    return order == __ATOMIC_ACQUIRE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST ||
           order == __ATOMIC_CONSUME;
}

static bool releases(int order)
{
    return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

/* --- words ------------------------------------------------------------------------------ */

static uint64_t value_now(const struct location *l)
{
    uint64_t value = 0;

    memcpy(&value, (const void *)l->p, l->bytes);
    return value;
}

static struct message *message(struct location *l, uint32_t number)
{
    return &l->kept[number % KEPT];
}

static struct message *message_add(struct location *l, uint64_t value)
{
    struct message *m = message(l, ++l->newest);

    m->value = value;
    m->view.n = 0;
    if (l->oldest + KEPT <= l->newest)
        l->oldest++;
    return m;
}

static struct location *location_new(const volatile void *p, uint32_t bytes)
{
    struct location *l = &weak.locations[weak.n++];

    l->p = p;
    l->bytes = bytes;
    l->oldest = 1;
    l->newest = 0;
    message_add(l, value_now(l));
    return l;
}

/* NULL: there are too many.  A word that was written to without a builtin begins anew. */
static struct location *location_of(const volatile void *p, uint32_t bytes)
{
    uint32_t i = (uint32_t)((uintptr_t)p * 0x9e3779b97f4a7c15u >> 32) % PLACES;
    struct location *l;

    for (; weak.at[i]; i = (i + 1) % PLACES) {
        l = &weak.locations[weak.at[i] - 1];
        if (l->p != p || l->bytes != bytes)
            continue;
        if (message(l, l->newest)->value != value_now(l)) {
            message_add(l, value_now(l));
            l->oldest = l->newest;
        }
        return l;
    }
    if (weak.n == LOCATIONS)
        return NULL;
    weak.at[i] = (uint8_t)(weak.n + 1);
    return location_new(p, bytes);
}

static uint32_t index_of(const struct location *l)
{
    return (uint32_t)(l - weak.locations);
}

/* --- accesses --------------------------------------------------------------------------- */

/* It has seen that value, and with acquire what was left beside it. */
static void see(struct observer *o, struct location *l, uint32_t number, int order)
{
    view_set(&o->seen, index_of(l), number);
    view_join(acquires(order) ? &o->seen : &o->found, &message(l, number)->view);
}

/* The store or change under way has been made; one that compared and failed has stored nothing. */
static void settle(void)
{
    struct location *l = weak.to;
    struct observer *o = weak.by;
    int order = weak.site->order;
    struct view found;
    struct message *m;
    bool same = weak.site->compares && value_now(l) == message(l, l->newest)->value;

    weak.to = NULL;
    found.n = 0;
    if (weak.site->kind == EXPLORE_CHANGE) {
        see(o, l, l->newest, same ? __ATOMIC_RELAXED : order);
        view_join(&found, &message(l, l->newest)->view);
    }
    if (same)
        return;
    m = message_add(l, value_now(l));
    view_set(&o->seen, index_of(l), l->newest);
    m->view.n = 0;
    view_join(&m->view, releases(order) ? &o->seen : &o->released);
    view_join(&m->view, &found);
    view_set(&m->view, index_of(l), l->newest);
    if (order == __ATOMIC_SEQ_CST)
        view_set(&weak.total, index_of(l), l->newest);
}

static void settled(void)
{
    if (weak.to)
        settle();
}

/* By how many stores the value that is seen is older than the newest; a question to the search. */
static uint32_t how_much_older(struct observer *o, struct location *l,
                               const struct explore_site *site)
{
    uint32_t i = index_of(l), from = view_at(&o->seen, i), older;

    if (site->order == __ATOMIC_SEQ_CST && from < view_at(&weak.total, i))
        from = view_at(&weak.total, i);
    if (from < l->oldest)
        from = l->oldest;
    if (o->older[i] >= MOST_OLDER)
        from = l->newest;
    if (from == l->newest)
        return o->older[i] = 0;
    older = explore_ask(l->newest - from + 1, EXPLORE_CHANCE, site, l->p);
    o->older[i] = older ? o->older[i] + 1 : 0;
    return older;
}

static void *load(struct observer *o, struct location *l, const struct explore_site *site)
{
    static uint64_t buffers[BUFFERS];
    static uint32_t last;
    uint32_t older = how_much_older(o, l, site);

    see(o, l, l->newest - older, site->order);
    if (!older)
        return (void *)l->p;
    last = (last + 1) % BUFFERS;
    buffers[last] = message(l, l->newest - older)->value;
    return &buffers[last];
}

void *weak_access(const struct explore_site *site, const volatile void *p)
{
    struct location *l;

    if (!ex.limits.weak)
        return (void *)p;
    settled();
    l = location_of(p, site->bytes);
    if (!l)
        return (void *)p;
    if (site->kind == EXPLORE_LOAD || site->kind == EXPLORE_LOOK)
        return load(me(), l, site);
    weak.site = site;
    weak.to = l;
    weak.by = me();
    return (void *)p;
}

/* --- fences ----------------------------------------------------------------------------- */

static void fence_all(struct view *seen)
{
    view_join(seen, &weak.total);
    view_join(&weak.total, seen);
}

static void fence(struct observer *o, int order)
{
    if (acquires(order))
        view_join(&o->seen, &o->found);
    if (order == __ATOMIC_SEQ_CST)
        fence_all(&o->seen);
    if (releases(order))
        view_join(&o->released, &o->seen);
}

void explore_fence(int order)
{
    if (ex.inside || !ex.limits.weak)
        return;
    settled();
    fence(me(), order);
}

/* Everybody passes a fence in a moment between two of the caller's. */
void explore_barrier(void)
{
    if (ex.inside || !ex.limits.weak)
        return;
    settled();
    fence(me(), __ATOMIC_SEQ_CST);
    for (uint32_t i = 0; i < weak.nobservers; i++)
        fence(&weak.observers[i], __ATOMIC_SEQ_CST);
    for (int i = 0; i < EXPLORE_PLACES; i++)
        fence_all(&weak.places[i]);
    fence(me(), __ATOMIC_SEQ_CST);
}

/* --- from task to task ------------------------------------------------------------------ */

void weak_begin(void)
{
    for (uint32_t i = 0; i < weak.nobservers; i++) {
        struct observer *o = &weak.observers[i];

        o->seen.n = o->found.n = o->released.n = 0;
        memset(o->older, 0, weak.n);
    }
    memset(weak.at, 0, sizeof weak.at);
    weak.n = weak.nobservers = 0;
    weak.to = NULL;
    weak.total.n = 0;
    for (int i = 0; i < EXPLORE_PLACES; i++)
        weak.places[i].n = 0;
}

void weak_tell(const struct task *t)
{
    if (!ex.limits.weak)
        return;
    settled();
    view_join(&observer_of(t)->seen, &me()->seen);
}

void weak_tell_all(void)
{
    if (!ex.limits.weak)
        return;
    settled();
    for (uint32_t i = 0; i < weak.n; i++)
        view_set(&me()->seen, i, weak.locations[i].newest);
}

bool weak_look_again(void)
{
    bool was_older = false;

    if (!ex.limits.weak)
        return false;
    settled();
    for (uint32_t i = 0; i < weak.n; i++) {
        uint8_t *older = &me()->older[i];

        was_older |= *older && *older != LOOKS_AGAIN;
        if (*older)
            *older = LOOKS_AGAIN;
    }
    return was_older;
}

void weak_place_take(const struct task *t, int place)
{
    if (!ex.limits.weak)
        return;
    settled();
    view_join(&observer_of(t)->seen, &weak.places[place]);
}

void weak_place_give(const struct task *t, int place)
{
    if (!ex.limits.weak)
        return;
    settled();
    view_join(&weak.places[place], &observer_of(t)->seen);
}
