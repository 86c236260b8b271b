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
enum cleanup_kind { CLEANUP_HEAP, CLEANUP_STACK };

struct cleanup {
    struct cleanup *older;
    task_fn *fn;
    void *arg;
    const struct site *where;
    enum cleanup_kind kind;
};

struct scope {
    struct scope *outer;
    struct cleanup *newest;
    task_fn *fn; /* defer_open()'s, older than all of these; NULL: none, or it has run */
    void *arg;
};

/* Open a scope that ends with the enclosing braces. */
#define DEFER_SCOPE scope_on_line_(__LINE__)
#define scope_on_line_(line) scope_named_(line)
#define scope_named_(line)                                                    \
    __attribute__((cleanup(scope_end))) struct scope scope_of_line_##line;    \
    scope_begin(&scope_of_line_##line)

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
#define open_named_(n, fn, arg)                                               \
    __attribute__((cleanup(open_run))) struct open_call open_call_##n = { (fn), (arg) };  \
    __attribute__((cleanup(open_end))) struct scope open_scope_##n =          \
        open_begin(&open_scope_##n, open_call_##n)

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
void scope_run(struct scope *s); /* the records in it, newest first */

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

static inline void scope_begin(struct scope *s)
{
    struct task_head *t = task_here();

    *s = (struct scope){ .outer = t->scope };
    t->scope = s;
}

static inline void scope_end(struct scope *s)
{
    if (s->newest)
        scope_run(s);
    task_here()->scope = s->outer;
}

static inline UNWATCHED void cleanup_push(struct cleanup *c)
{
    struct worker_head *w = worker_front();
    struct task_head *t = w->current;
    struct cleanup_counts *n = &w->cleanups;
    uint32_t pending = ++t->cleanups;

    c->older = t->scope->newest;
    t->scope->newest = c;
    __atomic_store_n(&n->registered, __atomic_load_n(&n->registered, __ATOMIC_RELAXED) + 1,
                     __ATOMIC_RELAXED);
    if (__builtin_expect(pending > __atomic_load_n(&n->deepest, __ATOMIC_RELAXED), 0))
        __atomic_store_n(&n->deepest, pending, __ATOMIC_RELAXED);
}

static inline void defer_stack(struct cleanup *record, task_fn *fn, void *arg,
                               const struct site *where)
{
    *record = (struct cleanup){ 0, fn, arg, where, CLEANUP_STACK };
    cleanup_push(record);
}

/* Nobody has its address, so the compiler knows fn where it calls it; the scope has
 * the same for a panic to find. */
struct open_call {
    task_fn *fn;
    void *arg;
};

static inline __attribute__((always_inline)) struct scope open_begin(struct scope *here,
                                                                     struct open_call c)
{
    struct task_head *t = task_here();
    struct scope *outer = t->scope;

    t->scope = here;
    return (struct scope){ outer, 0, c.fn, c.arg };
}

/* First the scope ends, then the call is made. */
static inline __attribute__((always_inline)) void open_end(struct scope *s)
{
    if (__builtin_expect(s->newest != 0, 0))
        scope_run(s);
    task_here()->scope = s->outer;
}

static inline __attribute__((always_inline)) void open_run(struct open_call *c)
{
    c->fn(c->arg);
}

#endif
