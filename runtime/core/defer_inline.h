/* SPDX-License-Identifier: MIT */
/* defer_inline.h - what defer.h writes into its callers.  No interface: use defer.h.
 *
 * Opening a scope and registering a cleanup cost a few nanoseconds, half of what a call
 * would.  So they are written in place, and this much of a task and of a worker must be
 * known there. */
#ifndef DEFER_INLINE_H
#define DEFER_INLINE_H

#include "core/compiler.h"
#include "task.h"

/* The first members of struct task (task_impl.h) and of struct worker (worker.h). */
struct task_head {
    struct scope *scope; /* the innermost */
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

/* The caller's worker and task.  aarch64: out of line, as worker_self() is. */
#ifdef __x86_64__
extern __thread struct worker *worker_here TLS_MODEL;
static inline NO_TSAN struct worker_head *worker_head_self(void)
{
    return (struct worker_head *)worker_here;
}
#else
struct worker_head *worker_head_self(void);
#endif

static inline NO_TSAN struct task_head *task_head_self(void)
{
    return worker_head_self()->current;
}

/* What a function knows of a scope that it has opened.  Nobody has its address, so it stays
 * in registers: leaving a scope does not wait for what entering it wrote into memory. */
struct scope_hold {
    struct task_head *task; /* the same at the end, unlike the worker */
    struct scope *scope, *outer;
    task_fn *fn;
    void *arg;
};

/* A record on the heap. */
struct heap_cleanup {
    struct cleanup record; /* its fn frees this, and calls */
    task_fn *fn;
    void *arg;
};

void cleanup_run(struct scope *s);     /* runs its newest record, of which there must be one */
void open_leave_full(struct scope *s); /* the slow path of open_leave(): it has records */
void cleanup_of_nil(void *where);      /* stands for a NULL fn: panics when it is its turn */

/* Two words by one store: most of what registering costs is stores.  *to is 16-aligned. */
typedef uintptr_t two_words __attribute__((vector_size(16), may_alias));
ALWAYS_INLINE void put_two(void *to, const void *first, const void *second)
{
    *(two_words *)to = (two_words){ (uintptr_t)first, (uintptr_t)second };
}

ALWAYS_INLINE struct scope_hold scope_enter(struct scope *s, task_fn *fn, void *arg)
{
    struct task_head *t = task_head_self();
    struct scope *outer = t->scope;

    put_two(&s->outer, outer, NULL); /* and newest */
    if (fn)
        put_two(&s->fn, fn, arg);
    else
        s->fn = NULL;
    t->scope = s;
    return (struct scope_hold){ t, s, outer, fn, arg };
}

ALWAYS_INLINE void scope_leave(struct scope_hold *h)
{
    while (h->scope->newest)
        cleanup_run(h->scope);
    h->task->scope = h->outer;
}

/* First the scope ends, then the call is made. */
ALWAYS_INLINE void open_leave(struct scope_hold *h)
{
    if (unlikely(h->scope->newest != NULL)) {
        open_leave_full(h->scope);
        return; /* a call at the very end: no register has to be saved for what comes after */
    }
    h->task->scope = h->outer;
    h->fn(h->arg);
}

static inline NO_TSAN void cleanup_push(struct cleanup *c, task_fn *fn, void *arg,
                                        const struct site *where)
{
    struct worker_head *w = worker_head_self();
    struct task_head *t = w->current;
    struct cleanup_counts *n = &w->cleanups;
    struct scope *s = t->scope;
    uint32_t pending = ++t->cleanups;

    put_two(&c->older, s->newest, where);
    put_two(&c->fn, fn ? fn : cleanup_of_nil, fn ? arg : where);
    s->newest = c;
    __atomic_store_n(&n->registered, __atomic_load_n(&n->registered, __ATOMIC_RELAXED) + 1,
                     __ATOMIC_RELAXED);
    if (unlikely(pending > __atomic_load_n(&n->deepest, __ATOMIC_RELAXED)))
        __atomic_store_n(&n->deepest, pending, __ATOMIC_RELAXED);
}

#endif
