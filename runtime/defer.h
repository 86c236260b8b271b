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
        scope_enter(&scope_of_line_##line, NULL, NULL)

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
 * been recovered already.  Without a protect() around it the task's function has returned. */
const char *recover(void);

/* What the macros call. */
void defer_heap(task_fn *fn, void *arg, const struct site *where);

#include "core/defer_inline.h"

static inline void defer_stack(struct cleanup *record, task_fn *fn, void *arg,
                               const struct site *where)
{
    cleanup_push(record, fn, arg, where);
}

#endif
