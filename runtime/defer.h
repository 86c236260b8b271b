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

/* Where a cleanup's record lies: that is its price. */
enum cleanup_kind {
    CLEANUP_HEAP,  /* one allocation each (Go <= 1.12) */
    CLEANUP_STACK, /* in the caller's frame (Go 1.13) */
    CLEANUP_OPEN,  /* a bit in the frame, the calls written out (Go >= 1.14) */
    CLEANUP_KINDS
};

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

/* Call fn(arg) in a scope of its own: true if it returned, false if it panicked
 * and one of its cleanups recovered.  The only place where a recovered panic
 * comes out. */
bool protect(task_fn *fn, void *arg);

/* In a cleanup that runs because of a panic: stop the panic and return its
 * sentence, valid until the cleanup returns.  protect() returns false once
 * the remaining cleanups have run.  NULL when there is no panic, or when it has
 * been recovered already.  Without a protect() around it the task ends quietly. */
const char *recover(void);

void scope_begin(struct scope *s);
void scope_end(struct scope *s);
void defer_heap(task_fn *fn, void *arg, const struct site *where);
void defer_stack(struct cleanup *record, task_fn *fn, void *arg, const struct site *where);

#endif
