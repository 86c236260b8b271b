/* SPDX-License-Identifier: MIT */
/* dump.c - what every task is doing, in words; and the ends of a process that
 * cannot go on.
 *
 * Everything here walks the slabs of descriptors, which are never freed, and reads
 * them without a lock: it works from a signal handler and when all is stuck.  A
 * task that moves on meanwhile may show in a state it has just left; its stack is
 * never looked at.  Output goes through a small buffer in the caller's frame. */
#include "dump.h"
#include "sched.h"
#include "timer.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAX_GROUPS 256 /* different stories in a grouped dump; the rest is one line */

static const char *const reason_words[] = {
#define REASON(name, words) [name] = words,
    WAIT_REASONS(REASON)
#undef REASON
};

/* --- writing -------------------------------------------------------------------- */

struct out {
    int fd;
    int err;
    size_t used;
    char text[4096];
};

static void out_flush(struct out *o)
{
    size_t done = 0;

    while (done < o->used && !o->err) {
        ssize_t n = write(o->fd, o->text + done, o->used - done);

        if (n >= 0)
            done += (size_t)n;
        else if (errno != EINTR)
            o->err = -errno;
    }
    o->used = 0;
}

static __attribute__((format(printf, 2, 3))) void say(struct out *o, const char *format, ...)
{
    va_list args;
    int n;

    if (o->used > sizeof o->text - 512)
        out_flush(o);
    va_start(args, format);
    n = vsnprintf(o->text + o->used, 512, format, args);
    va_end(args);
    o->used += n < 512 ? (size_t)n : 511;
}

/* --- one task --------------------------------------------------------------------- */

static GLUE const char *state_words(const struct task *t)
{
    switch (t->state) {
    case TASK_READY:
        return "runnable";
    case TASK_RUNNING:
        return "running";
    default:
        return t->reason < WAIT_REASON_COUNT ? reason_words[t->reason] : "waiting";
    }
}

static void say_site(struct out *o, const char *verb, const struct site *at)
{
    if (at)
        say(o, "\t%s %s:%d in %s\n", verb, at->file, at->line, at->func);
}

/* How long a task has waited: seconds, and minutes when there are some. */
static GLUE void say_since(struct out *o, const struct task *t, int64_t now)
{
    int64_t s = (now - t->since_ns) / SEC;

    if (t->state != TASK_WAITING || s < 1)
        return;
    if (s < 60)
        say(o, ", %lld s", (long long)s);
    else
        say(o, ", %lld minutes", (long long)(s / 60));
}

static GLUE void say_task(struct out *o, const struct task *t, int64_t now)
{
    say(o, "task %llu [%s", (unsigned long long)t->id, state_words(t));
    say_since(o, t, now);
    say(o, "]:\n");
    if (t->state == TASK_WAITING)
        say_site(o, "waits at", t->where);
    if (t->cleanups)
        say(o, "\t%u cleanups registered\n", t->cleanups);
    say_site(o, "started at", t->born);
    say(o, "\n");
}

/* --- all tasks ---------------------------------------------------------------------- */

#define EACH_TASK(t)                                                                        \
    for (struct task_slab *slab_ = __atomic_load_n(&task_slabs, __ATOMIC_ACQUIRE); slab_;   \
         slab_ = slab_->next)                                                               \
        for (struct task *t = slab_->tasks; t < slab_->tasks + SLAB_TASKS; t++)             \
            if (t->state != TASK_FREE)

static GLUE void say_each(struct out *o, const struct task *but)
{
    int64_t now = clock_now();

    EACH_TASK(t) {
        if (t != but)
            say_task(o, t, now);
    }
}

/* Tasks with the same state, waiting at the same place and started at the same place
 * are one story. */
struct group {
    const struct task *like;
    uint64_t n;
};

static GLUE bool same_story(const struct task *a, const struct task *b)
{
    return a->state == b->state && a->born == b->born &&
           (a->state != TASK_WAITING || (a->reason == b->reason && a->where == b->where));
}

/* Biggest first, of equals the oldest.  (By insertion: qsort() may allocate.) */
static GLUE bool goes_before(const struct group *a, const struct group *b)
{
    return a->n != b->n ? a->n > b->n : a->like->id < b->like->id;
}

static void sort_groups(struct group *groups, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct group g = groups[i];
        size_t at = i;

        for (; at && goes_before(&g, &groups[at - 1]); at--)
            groups[at] = groups[at - 1];
        groups[at] = g;
    }
}

static GLUE void say_groups(struct out *o)
{
    struct group groups[MAX_GROUPS];
    size_t n = 0;
    uint64_t total = 0, others = 0;

    EACH_TASK(t) {
        size_t i = 0;

        total++;
        while (i < n && !same_story(groups[i].like, t))
            i++;
        if (i < n)
            groups[i].n++;
        else if (n < MAX_GROUPS)
            groups[n++] = (struct group){ t, 1 };
        else
            others++;
    }
    sort_groups(groups, n);
    say(o, "tasks: %llu\n\n", (unsigned long long)total);
    for (size_t i = 0; i < n; i++) {
        const struct task *t = groups[i].like;

        say(o, "%llu [%s]:\n", (unsigned long long)groups[i].n, state_words(t));
        if (t->state == TASK_WAITING)
            say_site(o, "wait at", t->where);
        say_site(o, "started at", t->born);
        say(o, "\n");
    }
    if (others)
        say(o, "%llu others\n\n", (unsigned long long)others);
}

int dump_tasks(int fd, enum dump_form form)
{
    struct out o = { .fd = fd };

    if (form == DUMP_GROUPED)
        say_groups(&o);
    else
        say_each(&o, 0);
    out_flush(&o);
    return o.err;
}

void dump_others(int fd, const struct task *but)
{
    struct out o = { .fd = fd };

    say(&o, "\n");
    say_each(&o, but);
    out_flush(&o);
}

/* --- ends ----------------------------------------------------------------------------- */

_Noreturn void fatal(const char *format, ...)
{
    char text[256];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    dprintf(STDERR_FILENO, "fatal error: %s\n\n", text);
    dump_tasks(STDERR_FILENO, DUMP_EACH);
    _exit(2);
}

static void on_quit(int sig)
{
    (void)sig;
    dprintf(STDERR_FILENO, "SIGQUIT: quit\n\n");
    dump_tasks(STDERR_FILENO, DUMP_EACH);
    _exit(2);
}

/* A fault in the guard below the running task's stack is a stack overflow; any other
 * is what it always was. */
static void on_fault(int sig, siginfo_t *info, void *context)
{
    struct task *t = worker_here ? worker_here->current : 0;

    (void)context;
    if (t && t->stack && stack_guards(t->stack, info->si_addr)) {
        struct out o = { .fd = STDERR_FILENO };

        say(&o, "fatal error: task stack overflow: task %llu used more than %zu bytes\n\n",
            (unsigned long long)t->id, t->id == 1 ? (size_t)8 << 20 : stack_bytes);
        say_site(&o, "started at", t->born);
        out_flush(&o);
        dump_others(STDERR_FILENO, t);
        _exit(2);
    }
    signal(sig, SIG_DFL);
}

void fault_catch(void)
{
    struct sigaction fault = { .sa_sigaction = on_fault,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART };
    struct sigaction quit = { .sa_handler = on_quit, .sa_flags = SA_ONSTACK | SA_RESTART };

    sigaction(SIGSEGV, &fault, 0);
    sigaction(SIGBUS, &fault, 0);
    sigaction(SIGQUIT, &quit, 0);
}

void fault_catch_here(void)
{
    stack_t alt = { .ss_size = 64 << 10 };

    alt.ss_sp = mmap(0, alt.ss_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (alt.ss_sp != MAP_FAILED)
        sigaltstack(&alt, 0);
}
