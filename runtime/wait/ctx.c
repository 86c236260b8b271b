/* SPDX-License-Identifier: MIT */
/* ctx.c - contexts: a tree through which "stop" travels downwards.
 *
 * Always:
 *
 *   - A child holds a reference to its parent, so the way up is always there.
 *   - A child that is not done hangs on its parent's list, and the list holds a
 *     reference to it; the root has no list, for it is never done.
 *   - A pending deadline holds a reference too.  A context whose parent's deadline is
 *     earlier has none of its own.
 *   - Done is final: done contexts have no children, no hooks and no pending deadline.
 *
 * Cancelling walks the tree below depth-first and holds the locks of the path from the top
 * to where it is.  So whoever finds a context done and gets its lock knows that all below is
 * done, too; that is why a second canceller need not do anything.
 * The price: during the cancelling of a million children nobody else gets at their
 * parent.  The walk keeps its place in the tree itself, not on the stack: a chain of
 * contexts may be longer than a stack is deep.
 *
 * Locks are taken parent before child, then that of a timer heap, then a channel's.
 * Taking a child off needs the parent's lock, and is done after the child's own has
 * been given back; the parent's canceller may have been faster.
 *
 * A deadline cancels from within the scheduler (timer_call): nothing here waits, and a
 * context costs no task, not even when its time has come. */
#include "ctx.h"

#include "core/clock.h"
#include "core/compiler.h"
#include "core/lock_impl.h"
#include "core/sched.h"
#include "core/timer_heap.h"
#include "core/worker.h"
#include "look/count.h"
#include "look/fatal.h"
#include "memory/gc_hooks.h"
#include "timer.h"
#include "wait/chan_impl.h"

#include <stdlib.h>

#define NO_DEADLINE INT64_MAX

struct ctx {
    /* Fixed. */
    struct ctx *parent; /* NULL: the root */
    int64_t deadline_ns;
    bool timed;    /* `clock` is there */
    uint16_t made; /* the number of the line that made it (creation_sites.h) */

    int32_t refs;
    struct lock lock;

    /* Under the lock; err, done and children are also read without it. */
    enum ctx_err err;
    const char *cause; /* written before err */
    struct chan *done; /* made when first asked for */
    struct ctx *first; /* children, newest first */
    size_t children;
    struct ctx_hook *hooks;

    /* Under the parent's lock. */
    bool attached;
    struct ctx *next, *prev; /* siblings */

    struct timer clock[]; /* one, if there is a deadline of its own */
};

/* Start fn(arg) when x is done.  On x's list until then, under x's lock. */
struct ctx_hook {
    struct ctx *ctx; /* holds a reference */
    struct ctx_hook *next, **at;
    bool pending;
    task_fn *fn;
    void *arg;
    const struct site *where;
};

static struct ctx root = { .deadline_ns = NO_DEADLINE, .refs = 1 };

struct ctx *ctx_background(void)
{
    return &root;
}

static inline void count_alive(const struct ctx *x, int n)
{
    struct worker *w = worker_self();

    gauge_add(&w->stats.contexts, n);
    made_add(&w->made, MADE_CONTEXT, x->made, n);
}

/* --- references -------------------------------------------------------------------- */

static inline void refs_add(struct ctx *x)
{
    if (worker_alone())
        x->refs++;
    else
        __atomic_add_fetch(&x->refs, 1, __ATOMIC_RELAXED);
}

/* How many are left. */
static inline int32_t refs_sub(struct ctx *x)
{
    if (worker_alone())
        return --x->refs;
    return __atomic_sub_fetch(&x->refs, 1, __ATOMIC_ACQ_REL);
}

struct ctx *ctx_ref(struct ctx *x)
{
    if (x && x != &root)
        refs_add(x);
    return x;
}
LEFT_OUT(ctx_ref);

/* x has no owner any more, and then perhaps its parent, and so on up.  If somebody waits for x to
 * be done, this panics and x keeps its last owner. */
static NOINLINE void ctx_free(struct ctx *x, const struct site *where)
{
    do {
        struct ctx *parent = x->parent;

        if (x->done) {
            x->refs = 1;
            chan_drop_at(x->done, where);
        }
        if (!x->err)
            count_alive(x, -1);
        free(x);
        x = parent;
    } while (x && x != &root && !refs_sub(x));
}

void ctx_drop_at(struct ctx *x, const struct site *where)
{
    if (x && x != &root && !refs_sub(x))
        ctx_free(x, where);
}
LEFT_OUT(ctx_drop_at);

void(ctx_drop)(struct ctx *x)
{
    ctx_drop_at(x, NULL);
}
LEFT_OUT(ctx_drop);

/* --- being done -------------------------------------------------------------------- */

static void hooks_start(struct ctx *x)
{
    struct ctx_hook *h;

    while ((h = x->hooks)) {
        x->hooks = h->next;
        h->pending = false;
        task_go_later(h->fn, h->arg, h->where);
    }
}

/* x, which is locked, becomes done unless it is. */
static void mark(struct ctx *x, enum ctx_err err, const char *cause)
{
    if (x->err)
        return;
    x->cause = cause;
    __atomic_store_n(&x->err, err, __ATOMIC_RELEASE);
    count_alive(x, -1);
    if (x->timed && timer_disarm(x->clock))
        refs_sub(x); /* never the last: the canceller holds one */
    if (x->done)
        chan_close_owned(x->done);
    if (unlikely(x->hooks))
        hooks_start(x);
}

/* Take x off the parent's list, under the parent's lock. */
static inline void take_off(struct ctx *parent, struct ctx *x)
{
    if (x->prev)
        x->prev->next = x->next;
    else
        parent->first = x->next;
    if (x->next)
        x->next->prev = x->prev;
    __atomic_store_n(&parent->children, parent->children - 1, __ATOMIC_RELAXED);
    __atomic_store_n(&x->attached, false, __ATOMIC_RELAXED);
}

/* Go down to the first child as long as there is one; then take that off, and go on from its
 * parent.  A child that is done already will be taken off by its own canceller too, and has
 * no children: that canceller has given its lock back before this one got it. */
static void cancel_below(struct ctx *top, enum ctx_err err, const char *cause)
{
    struct ctx *x = top, *child;

    for (;;) {
        while ((child = x->first)) {
            lock_take(&child->lock);
            mark(child, err, cause);
            x = child;
        }
        if (x == top)
            return;
        child = x;
        x = child->parent;
        lock_give(&child->lock);
        take_off(x, child);
        ctx_drop_at(child, NULL);
    }
}

/* Take x off the parent's list, unless it is off.  x's own lock is free. */
static void detach(struct ctx *x)
{
    struct ctx *parent = x->parent;
    bool was_attached;

    if (!__atomic_load_n(&x->attached, __ATOMIC_RELAXED))
        return; /* once false it stays so */
    lock_take(&parent->lock);
    was_attached = x->attached;
    if (was_attached)
        take_off(parent, x);
    lock_give(&parent->lock);
    if (was_attached)
        ctx_drop_at(x, NULL);
}

static void cancel(struct ctx *x, enum ctx_err err, const char *cause)
{
    lock_take(&x->lock);
    if (!x->err) {
        mark(x, err, cause);
        cancel_below(x, err, cause);
    }
    lock_give(&x->lock);
    detach(x);
}
LEFT_OUT_AS(cancel, "ctx_cancel");

void ctx_cancel_at(struct ctx *x, const char *cause, const struct site *where)
{
    if (x == &root)
        task_panic(where, "cancel of the background context");
    cancel(x, CTX_CANCELED, cause ? cause : ctx_err_text(CTX_CANCELED));
}
LEFT_OUT(ctx_cancel_at);

static void deadline_passed(void *arg)
{
    struct ctx *x = arg;

    cancel(x, CTX_DEADLINE_EXCEEDED, ctx_err_text(CTX_DEADLINE_EXCEEDED));
    ctx_drop_at(x, NULL); /* the clock's */
}

/* --- coming into being --------------------------------------------------------------- */

static struct ctx *ctx_new(struct ctx *parent, bool timed, const struct site *where)
{
    struct ctx *x = malloc(sizeof *x + (timed ? sizeof x->clock[0] : 0));

    if (!x)
        return NULL;
    *x = (struct ctx){
        .parent = ctx_ref(parent), .timed = timed, .made = made_number(where), .refs = 1
    };
    if (timed)
        x->clock[0] =
            (struct timer){ .ops = &timer_call, .fn = deadline_passed, .arg = x, .where = where };
    count_alive(x, 1);
    return x;
}

/* Under the parent's lock, so that neither its canceller nor the clock finds half a child. */
static inline void attach(struct ctx *parent, struct ctx *x)
{
    if (parent != &root) {
        x->next = parent->first;
        if (x->next)
            x->next->prev = x;
        parent->first = x;
        __atomic_store_n(&parent->children, parent->children + 1, __ATOMIC_RELAXED);
        x->attached = true;
        x->refs++; /* nobody else knows x yet */
    }
    if (x->timed) {
        x->refs++;
        timer_arm(x->clock, x->deadline_ns);
    }
}

static struct ctx *child_make(struct ctx *parent, int64_t deadline_ns, bool timed,
                              const struct site *where)
{
    struct ctx *x = ctx_new(parent, timed, where);
    enum ctx_err err;

    if (!x)
        return NULL;
    x->deadline_ns = deadline_ns;
    if (parent == &root) {
        attach(parent, x);
        return x;
    }
    lock_take(&parent->lock);
    err = parent->err;
    if (likely(!err))
        attach(parent, x);
    lock_give(&parent->lock);
    if (unlikely(err))
        mark(x, err, parent->cause);
    return x;
}
LEFT_OUT_AS(child_make, "ctx_with_cancel");

static inline void parent_must_be(const struct ctx *parent, const struct site *where)
{
    if (unlikely(!parent))
        task_panic(where, "cannot create context from nil parent");
}

struct ctx *ctx_with_cancel_at(struct ctx *parent, const struct site *where)
{
    parent_must_be(parent, where);
    return child_make(parent, parent->deadline_ns, false, where);
}
LEFT_OUT(ctx_with_cancel_at);

/* Of two deadlines the earlier counts; for the parent's the parent has a timer. */
static struct ctx *child_with_deadline(struct ctx *parent, int64_t when, bool passed,
                                       const struct site *where)
{
    bool own = when < parent->deadline_ns;
    struct ctx *x = child_make(parent, own ? when : parent->deadline_ns, own && !passed, where);

    if (x && passed)
        cancel(x, CTX_DEADLINE_EXCEEDED, ctx_err_text(CTX_DEADLINE_EXCEEDED));
    return x;
}

/* The quick clock may be ahead: a deadline that has passed by it is compared with the real
 * one. */
struct ctx *ctx_with_deadline_at(struct ctx *parent, int64_t when, const struct site *where)
{
    parent_must_be(parent, where);
    return child_with_deadline(parent, when,
                               when <= clock_quick(worker_self()) && when <= clock_now(), where);
}
LEFT_OUT(ctx_with_deadline_at);

struct ctx *ctx_with_timeout_at(struct ctx *parent, int64_t ns, const struct site *where)
{
    parent_must_be(parent, where);
    return child_with_deadline(parent, deadline_after(worker_self(), ns), ns <= 0, where);
}
LEFT_OUT(ctx_with_timeout_at);

/* --- being asked --------------------------------------------------------------------- */

/* The channel is made outside the lock; of two that are made at once the second is freed. */
static NOINLINE struct chan *done_make(struct ctx *x)
{
    struct chan *mine = chan_make_at(0, 0, NULL), *unused = mine;

    if (!mine)
        fatal("out of memory for a context's done channel");
    chan_made_by(mine, x->made);
    mine->owned = true;
    lock_take(&x->lock);
    if (!x->done) {
        if (x->err)
            chan_close_owned(mine);
        __atomic_store_n(&x->done, mine, __ATOMIC_RELEASE);
        unused = NULL;
    }
    lock_give(&x->lock);
    chan_drop_at(unused, NULL);
    return x->done;
}
LEFT_OUT_AS(done_make, "ctx_done");

struct chan *ctx_done(struct ctx *x)
{
    struct chan *c = __atomic_load_n(&x->done, __ATOMIC_ACQUIRE);

    return c || x == &root ? c : done_make(x);
}
LEFT_OUT(ctx_done);

enum ctx_err ctx_err(struct ctx *x)
{
    return __atomic_load_n(&x->err, __ATOMIC_ACQUIRE);
}

const char *ctx_cause(struct ctx *x)
{
    return ctx_err(x) ? x->cause : NULL;
}

const char *ctx_err_text(enum ctx_err err)
{
    switch (err) {
    case CTX_ALIVE: return NULL;
    case CTX_CANCELED: return "context canceled";
    case CTX_DEADLINE_EXCEEDED: return "context deadline exceeded";
    }
    return NULL;
}

bool ctx_deadline(struct ctx *x, int64_t *when)
{
    *when = x->deadline_ns;
    return x->deadline_ns != NO_DEADLINE;
}
LEFT_OUT(ctx_deadline);

size_t ctx_children(struct ctx *x)
{
    return __atomic_load_n(&x->children, __ATOMIC_RELAXED);
}

/* --- hooks --------------------------------------------------------------------------- */

/* Newest first: each is a task of its own, so the order promises nothing. */
static void hook_push(struct ctx *x, struct ctx_hook *h)
{
    h->pending = true;
    h->next = x->hooks;
    h->at = &x->hooks;
    if (h->next)
        h->next->at = &h->next;
    x->hooks = h;
}

struct ctx_hook *ctx_after_func_at(struct ctx *x, task_fn *fn, void *arg, const struct site *where)
{
    struct ctx_hook *h;
    bool now;

    worker_needed();
    if (unlikely(!fn))
        task_fatal(where, "go of nil func value");
    h = gc_or_malloc(sizeof *h); /* arg may be all that holds a collected object */
    if (!h)
        return NULL;
    *h = (struct ctx_hook){ .ctx = ctx_ref(x), .fn = fn, .arg = arg, .where = where };
    lock_take(&x->lock);
    now = x->err;
    if (!now)
        hook_push(x, h);
    lock_give(&x->lock);
    if (now)
        task_go(fn, arg, where);
    return h;
}
LEFT_OUT(ctx_after_func_at);

bool ctx_after_func_stop(struct ctx_hook *h)
{
    struct ctx *x = h->ctx;
    bool prevented;

    worker_needed();
    lock_take(&x->lock);
    prevented = h->pending;
    if (prevented) {
        *h->at = h->next;
        if (h->next)
            h->next->at = h->at;
    }
    lock_give(&x->lock);
    gc_or_free(h);
    ctx_drop_at(x, NULL);
    return prevented;
}
LEFT_OUT(ctx_after_func_stop);
