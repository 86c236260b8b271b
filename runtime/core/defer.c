/* SPDX-License-Identifier: MIT */
/* defer.c - cleanups, panics and recovery.
 *
 * A task's open scopes form a list, innermost first; each has its cleanups, newest
 * first, and at most one without a record, which is its oldest (defer_open).  Each is
 * taken off before it is called.  So a cleanup that panics or ends the task is not called
 * again, and one that it registers runs next.
 *
 * A panic runs the cleanups of all scopes, from the innermost outwards, on top of
 * the stack of the panicking function, as Go does: nothing is unwound until one of
 * them recovers.  Then the other cleanups up to the innermost protect() around the
 * recovering scope run too, and control jumps there.  A panic inside a cleanup
 * continues with the cleanups that the first one had left; the first is printed before it. */
#include "defer.h"

#include "core/compiler.h"
#include "core/defer_impl.h"
#include "core/worker.h"
#include "look/count.h"
#include "look/fatal.h"
#include "memory/gc_hooks.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KEEP_RECORDS 1024 /* a worker's, 48 KiB */

_Noreturn void cleanup_of_nil(void *where)
{
    task_panic(where, "deferred call of a nil function");
}

/* Take the newest record of s off and call it: a tail call, without a frame. */
NO_TSAN void cleanup_run(struct scope *s)
{
    struct worker *w = worker_self();
    struct cleanup *c = s->newest;

    s->newest = c->older;
    w->current->cleanups--;
    counter_add(&w->cleanups.run, 1);
    c->fn(c->arg);
}
CALLS_BACK(cleanup_run);

/* Call the newest cleanup of s; false: there is none. */
static bool cleanup_next(struct scope *s)
{
    task_fn *fn = s->fn;

    if (s->newest) {
        cleanup_run(s);
        return true;
    }
    s->fn = NULL;
    if (fn)
        fn(s->arg);
    return fn;
}

NOINLINE void open_leave_full(struct scope *s)
{
    while (s->newest)
        cleanup_run(s);
    task_self()->scope = s->outer;
    s->fn(s->arg);
}
CALLS_BACK(open_leave_full);

void cleanups_run(struct task *t, struct scope *until)
{
    while (t->scope && t->scope != until) {
        while (cleanup_next(t->scope))
            ;
        t->scope = t->scope->outer;
    }
}

/* --- records on the heap ---------------------------------------------------- */

/* A freed record stays with the worker that freed it, as in Go up to 1.12, or a loop that
 * registers hundreds would spend its time in malloc.  The collector does not know these
 * lists, so under it each record is allocated and freed. */
static inline NO_TSAN struct heap_cleanup *record_get(struct worker *w)
{
    struct cleanup *c = w->records;

    if (unlikely(!c))
        return gc_or_malloc(sizeof(struct heap_cleanup));
    w->records = c->older;
    w->nrecords--;
    return (struct heap_cleanup *)c;
}

static inline NO_TSAN void record_put(struct worker *w, struct heap_cleanup *h)
{
    if (unlikely(gc_on || w->nrecords == KEEP_RECORDS)) {
        gc_or_free(h);
        return;
    }
    h->record.older = w->records;
    w->records = &h->record;
    w->nrecords++;
}

static NO_TSAN void free_and_call(void *record)
{
    struct heap_cleanup *h = record;
    task_fn *fn = h->fn;
    void *arg = h->arg;

    record_put(worker_self(), h);
    fn(arg);
}

NO_TSAN void defer_heap(task_fn *fn, void *arg, const struct site *where)
{
    struct heap_cleanup *h = record_get(worker_self());

    if (unlikely(!h))
        task_panic(where, "out of memory for a cleanup");
    h->fn = fn ? fn : cleanup_of_nil;
    h->arg = fn ? arg : (void *)where;
    cleanup_push(&h->record, free_and_call, h, where);
}
LEFT_OUT_AS(defer_heap, "defer");

/* --- panics ----------------------------------------------------------------- */

/* What follows a line's end is indented, as in Go: it looks like no line of the runtime's. */
static void print_sentence(const char *text)
{
    for (const char *end; (end = strchr(text, '\n')); text = end + 1)
        dprintf(STDERR_FILENO, "%.*s\n\t", (int)(end - text), text);
    dprintf(STDERR_FILENO, "%s", text);
}

/* The panics that are not over, oldest first. */
static void print_panics(const struct panicking *p)
{
    const struct panicking *older = p->older;

    while (older && older->over)
        older = older->older;
    if (older) {
        print_panics(older);
        dprintf(STDERR_FILENO, "\t");
    }
    dprintf(STDERR_FILENO, "panic: ");
    print_sentence(p->text);
    dprintf(STDERR_FILENO, "%s\n", p->recovered ? " [recovered]" : "");
}

/* Print the task that ended the process, before all others.  NULL: it was no task. */
static _Noreturn void blame(enum runtime_exit status, const struct task *t,
                            const struct site *where)
{
    const char *who = t ? "" : ", outside of any task";

    dprintf(STDERR_FILENO, "\n");
    if (t)
        dprintf(STDERR_FILENO, "task %llu [running]:\n\t", (unsigned long long)t->id);
    dprintf(STDERR_FILENO, "at %s:%d in %s%s\n", where->file, where->line, where->func, who);
    if (fatal_frames)
        fatal_frames(where);
    if (t)
        dprintf(STDERR_FILENO, "\tstarted at %s:%d in %s\n", t->born->file, t->born->line,
                t->born->func);
    dprintf(STDERR_FILENO, "\n");
    end_process(status, t);
}

/* The task that the caller runs in.  NULL: the caller is no task, or it is a timer that fires on
 * the stack of some task. */
static NO_TSAN struct task *task_to_blame(void)
{
    struct task *t = task_if_any();

    return t && !worker_self()->firing ? t : NULL;
}

_Noreturn void task_fatal(const struct site *where, const char *format, ...)
{
    va_list args;

    last_words();
    dprintf(STDERR_FILENO, "fatal error: ");
    va_start(args, format);
    vdprintf(STDERR_FILENO, format, args);
    va_end(args);
    dprintf(STDERR_FILENO, "\n");
    blame(RUNTIME_EXIT_FATAL, task_to_blame(), where);
}
LEFT_OUT(task_fatal);

/* The panics since `before` are over. */
static void panics_forget(struct task *t, struct panicking *before)
{
    for (; t->panic != before; t->panic = t->panic->older)
        free(t->panic->big);
}

/* After a recover(): the other cleanups inside the protection run, and its protect()
 * returns.  Without a protection the task's function does. */
static _Noreturn void panic_recovered(struct task *t, struct protection *around)
{
    if (!around) {
        panics_forget(t, NULL);
        task_over();
    }
    for (struct panicking *p = t->panic; p != around->panic; p = p->older)
        p->over = true;
    cleanups_run(t, around->scope.outer);
    t->protection = around->outer;
    panics_forget(t, around->panic);
    __builtin_longjmp(around->resume, 1);
}

/* Run cleanups outwards until one recovers. */
static _Noreturn void panic_run(struct task *t, struct panicking *p)
{
    while (t->scope) {
        struct scope *s = t->scope;

        while (cleanup_next(s))
            if (p->recovered)
                panic_recovered(t, t->protection);
        if (t->protection && s == &t->protection->scope)
            t->protection = t->protection->outer; /* the panic passes it */
        t->scope = s->outer;
    }
    last_words();
    print_panics(p);
    blame(RUNTIME_EXIT_PANIC, t, p->where);
}

/* The sentence of p, in p itself or, if it is longer, on the heap. */
static void panic_say(struct panicking *p, const char *format, va_list args)
{
    va_list again;
    size_t bytes;

    va_copy(again, args);
    bytes = (size_t)vsnprintf(p->small, sizeof p->small, format, args) + 1;
    p->text = p->small;
    if (bytes > sizeof p->small && (p->big = malloc(bytes))) {
        vsnprintf(p->big, bytes, format, again);
        p->text = p->big;
    }
    va_end(again);
}

_Noreturn void task_panic(const struct site *where, const char *format, ...)
{
    struct panicking p = { .where = where };
    struct task *t = task_to_blame();
    va_list args;

    va_start(args, format);
    panic_say(&p, format, args);
    va_end(args);
    if (t) {
        counter_add(&worker_self()->stats.panics, 1);
        p.older = t->panic;
        t->panic = &p;
        panic_run(t, &p);
    }
    last_words();
    print_panics(&p);
    blame(RUNTIME_EXIT_PANIC, NULL, where);
}
LEFT_OUT(task_panic);

const char *recover(void)
{
    struct panicking *p = task_self()->panic;

    if (!p || p->recovered)
        return NULL;
    p->recovered = true;
    return p->text;
}
LEFT_OUT(recover);

NOINLINE bool protect(task_fn *fn, void *arg)
{
    struct protection here;
    struct task *t = task_self();

    here.outer = t->protection;
    here.panic = t->panic;
    scope_enter(&here.scope, NULL, NULL);
    if (__builtin_setjmp(here.resume))
        return false;
    t->protection = &here;
    fn(arg);
    t = task_self();
    cleanups_run(t, here.scope.outer);
    t->protection = here.outer;
    return true;
}
CALLS_BACK(protect);
