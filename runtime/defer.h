/* SPDX-License-Identifier: MIT */
/* defer.h - do it at the end of the scope, however the scope ends.
 *
 *     DEFER_SCOPE;                    // cleanups registered from here on ...
 *     struct file *f = file_open(name);
 *     defer(file_close, f);
 *     return file_size(f);            // ... run here, newest first
 *
 * A cleanup runs when its scope is left by return, break or falling out; when
 * its task ends by task_exit(); and when it panics.  defer() registers with the
 * innermost open scope of the *task*: a function that opens none lends its
 * cleanups to its caller, and a task has a scope around its whole function. */
#ifndef DEFER_H
#define DEFER_H

#include "task.h"

/* The kinds, used alike; `twinbench gbench --benchmark_filter=kinds` has their prices.
 *
 *                            its record lies      how many       runs on    in Go
 *     defer()                on the heap          any            any end    up to 1.12, loops
 *     defer_record()         in the frame         one a record   any end    1.13
 *     defer_open()           is the scope itself  as written     any end    since 1.14
 *     __attribute__((cleanup))     nowhere        as written     leaving    -
 *     pthread_cleanup_push() in the frame         as written     leaving    -
 *     the plain call         nowhere              as written     getting there
 *
 * "Any end" is leaving the scope, task_exit() and a panic.  "Leaving" is that alone:
 * a panic and task_exit() go past it.  pthread's also belongs to the thread, so a task
 * must not wait between push and pop. */
struct cleanup {
    struct cleanup *older;
    const struct site *where;
    task_fn *fn;
    void *arg;
} __attribute__((aligned(16)));

struct heap_cleanup {
    struct cleanup record; /* its fn frees this, and calls */
    task_fn *fn;
    void *arg;
};

struct scope {
    struct scope *outer;
    struct cleanup *newest;
    task_fn *fn; /* defer_open()'s, older than all of these; NULL: none, or it has run */
    void *arg;
} __attribute__((aligned(16)));

/* Open a scope that ends with the enclosing braces. */
#define DEFER_SCOPE scope_on_line_(__LINE__)
#define scope_on_line_(line) scope_named_(line)
#define scope_named_(line)                                                                         \
    struct scope scope_of_line_##line;                                                             \
    __attribute__((unused, cleanup(scope_leave))) struct scope_hold hold_of_line_##line =          \
        scope_enter(&scope_of_line_##line, 0, 0)

/* Register fn(arg) with a record on the heap; "out of memory" panics.  A NULL fn
 * panics when it is its turn to run. */
#define defer(fn, arg) defer_heap((fn), (arg), HERE)

/* The same with a record the caller provides; it must outlive the scope. */
#define defer_record(record, fn, arg) defer_stack((record), (fn), (arg), HERE)

/* Open a scope that ends with the enclosing braces, and call fn(arg) when it has: what is
 * registered from here on runs before it, and what fn itself registers belongs to the scope
 * around.  There is no record: the scope holds the call for a panic to find, and the
 * compiler writes it out where the braces end.  So in a loop it is for a turn; it is not
 * counted (stats.h), and dumps do not show it.  fn is a function, not NULL. */
#define defer_open(fn, arg) open_numbered_(__COUNTER__, fn, arg)
#define open_numbered_(n, fn, arg) open_named_(n, fn, arg)
#define open_named_(n, fn, arg)                                                                    \
    struct scope open_scope_##n;                                                                   \
    __attribute__((unused, cleanup(open_leave))) struct scope_hold open_hold_##n =                 \
        scope_enter(&open_scope_##n, (fn), (arg))

/* Call fn(arg) in a scope of its own: true if it returned, false if it panicked
 * and one of its cleanups recovered.  The only place where a recovered panic
 * comes out. */
bool protect(task_fn *fn, void *arg);

/* In a cleanup that runs because of a panic: stop the panic and return its
 * sentence, valid until the cleanup returns.  protect() returns false once
 * the remaining cleanups have run.  NULL when there is no panic, or when it has
 * been recovered already.  Without a protect() around it the task ends quietly. */
const char *recover(void);

void defer_heap(task_fn *fn, void *arg, const struct site *where);
void cleanup_run(struct scope *s);     /* its newest record, of which there must be one */
void open_leave_full(struct scope *s); /* with records in it */
void cleanup_of_nil(void *where);      /* a nil function is told of when it is its turn */

/* --- what these write into their callers ---------------------------------------------- */

/* How a task and a worker begin; sched.h has the rest of them. */
struct task_head {
    struct scope *scope; /* innermost */
    uint32_t cleanups;   /* registered and not yet run */
} __attribute__((may_alias));

struct cleanup_counts {
    uint64_t registered, run; /* by tasks on this worker */
    uint32_t deepest;         /* most pending in one task */
};

struct worker_head {
    struct task_head *current;
    struct cleanup_counts cleanups;
} __attribute__((may_alias));

/* Not watched: a worker's own data are in no order that the tool sees (tools.h). */
#define UNWATCHED __attribute__((no_sanitize("thread")))

#ifdef __x86_64__
extern __thread struct worker *worker_here;
static inline UNWATCHED struct worker_head *worker_front(void)
{
    return (struct worker_head *)worker_here;
}
#else
struct worker_head *worker_front(void); /* see worker_self() */
#endif

static inline UNWATCHED struct task_head *task_here(void)
{
    return worker_front()->current;
}

/* What a function knows of a scope it has opened.  Nobody has its address: it stays in
 * registers, where the compiler sees what it is, and a scope that is left does not wait
 * for what it wrote into memory when it was entered. */
struct scope_hold {
    struct task_head *task; /* the same at the end, unlike the worker */
    struct scope *scope, *outer;
    task_fn *fn;
    void *arg;
};

#define IN_PLACE static inline __attribute__((always_inline))

/* Two words by one store: most of what registering costs is stores.  *to is 16-aligned. */
typedef uintptr_t two_words __attribute__((vector_size(16), may_alias));
IN_PLACE void put_two(void *to, const void *first, const void *second)
{
    *(two_words *)to = (two_words){ (uintptr_t)first, (uintptr_t)second };
}

IN_PLACE struct scope_hold scope_enter(struct scope *s, task_fn *fn, void *arg)
{
    struct task_head *t = task_here();
    struct scope *outer = t->scope;

    put_two(&s->outer, outer, 0); /* and newest */
    if (fn)
        put_two(&s->fn, fn, arg);
    else
        s->fn = 0;
    t->scope = s;
    return (struct scope_hold){ t, s, outer, fn, arg };
}

IN_PLACE void scope_leave(struct scope_hold *h)
{
    while (h->scope->newest)
        cleanup_run(h->scope);
    h->task->scope = h->outer;
}

/* First the scope ends, then the call is made. */
IN_PLACE void open_leave(struct scope_hold *h)
{
    if (__builtin_expect(h->scope->newest != 0, 0)) {
        open_leave_full(h->scope);
        return; /* nothing is needed after it that would have to be saved before */
    }
    h->task->scope = h->outer;
    h->fn(h->arg);
}

static inline UNWATCHED void cleanup_push(struct cleanup *c, task_fn *fn, void *arg,
                                          const struct site *where)
{
    struct worker_head *w = worker_front();
    struct task_head *t = w->current;
    struct cleanup_counts *n = &w->cleanups;
    struct scope *s = t->scope;
    uint32_t pending = ++t->cleanups;

    put_two(&c->older, s->newest, where);
    put_two(&c->fn, fn ? fn : cleanup_of_nil, fn ? arg : where);
    s->newest = c;
    __atomic_store_n(&n->registered, __atomic_load_n(&n->registered, __ATOMIC_RELAXED) + 1,
                     __ATOMIC_RELAXED);
    if (__builtin_expect(pending > __atomic_load_n(&n->deepest, __ATOMIC_RELAXED), 0))
        __atomic_store_n(&n->deepest, pending, __ATOMIC_RELAXED);
}

static inline void defer_stack(struct cleanup *record, task_fn *fn, void *arg,
                               const struct site *where)
{
    cleanup_push(record, fn, arg, where);
}

#endif
