/* SPDX-License-Identifier: MIT */
/* dump.c - what every task is doing, in words.
 *
 * Everything here walks the slabs of descriptors, which are never freed, and reads
 * them without a lock: it works from a signal handler and when all is stuck.  A
 * task that moves on meanwhile may show in a state it has just left.  Its cleanups lie in
 * its frames and on the heap, where they may be gone the next moment: those are read
 * through the kernel, which says so instead of faulting.  Output goes through a small
 * buffer in the caller's frame. */
#include "dump.h"

#include "core/compiler.h"
#include "core/task_impl.h"
#include "core/task_slab.h"
#include "look/dump_impl.h"
#include "timer.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

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

static NO_TSAN void
out_flush(struct out *o) /* NO_TSAN: errno belongs to the thread, not to the task */
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

/* --- a task's cleanups ------------------------------------------------------------ */

#define MOST_CLEANUPS 64 /* of one task, the newest */
#define MOST_SCOPES 256

/* Copy memory that may not be mapped any more. */
static bool peek(void *to, const void *from, size_t bytes)
{
    struct iovec here = { to, bytes }, there = { (void *)from, bytes };

    return process_vm_readv(getpid(), &here, 1, &there, 1, 0) == (ssize_t)bytes;
}

static bool in_program(const void *p)
{
    extern const char __executable_start[], _end[]; /* the linker's */

    return (const char *)p >= __executable_start && (const char *)p < _end;
}

/* Sites are constants of the program, while a record that is being written may hold anything. */
static bool is_site(const struct site *at)
{
    return in_program(at) && in_program(at->file) && in_program(at->func);
}

/* Where the cleanups of t were registered, newest first; how many.  0 if it is no longer
 * task `id`, has moved on meanwhile, or the kernel forbids the reading. */
static NO_TSAN size_t cleanups_of(const struct task *t, uint64_t id,
                                  const struct site *sites[MOST_CLEANUPS])
{
    const struct scope *at = t->scope;
    uint32_t count = t->cleanups;
    struct scope scope;
    struct cleanup c;
    size_t n = 0;

    for (int i = 0; at && i < MOST_SCOPES && peek(&scope, at, sizeof scope); i++) {
        const struct cleanup *record = scope.newest;

        for (; record && n < MOST_CLEANUPS && peek(&c, record, sizeof c); record = c.older) {
            if (!is_site(c.where))
                return 0;
            sites[n++] = c.where;
        }
        at = scope.outer;
    }
    return t->id == id && t->state != TASK_FREE && t->cleanups == count ? n : 0;
}

/* --- one task --------------------------------------------------------------------- */

const char *story_state(const struct story *s)
{
    switch (s->state) {
    case TASK_READY: return "runnable";
    case TASK_RUNNING: return "running";
    default: return s->reason < WAIT_REASON_COUNT ? reason_words[s->reason] : "waiting";
    }
}

static void say_site(struct out *o, const char *verb, const struct site *at)
{
    if (at)
        say(o, "\t%s %s:%d in %s\n", verb, at->file, at->line, at->func);
}

/* How long it has waited: seconds, and minutes when there are some. */
static void say_since(struct out *o, int64_t since_ns, int64_t now)
{
    int64_t s = since_ns < now ? (now - since_ns) / SEC : 0;

    if (s >= 60)
        say(o, ", %lld minutes", (long long)(s / 60));
    else if (s >= 1)
        say(o, ", %lld s", (long long)s);
}

/* Each field is read once: the task may move on while it is being described. */
static NO_TSAN struct story story_of(const struct task *t)
{
    struct story s = { .state = t->state,
                       .born = t->born,
                       .n = 1,
                       .cleanups = t->cleanups,
                       .like = t,
                       .first_id = t->id,
                       .since_ns = INT64_MAX };

    if (s.state == TASK_WAITING) {
        s.reason = t->reason;
        s.where = t->where;
        s.since_ns = t->since_ns;
        s.leaked = t->leaked;
    }
    return s;
}

/* n, "cleanups registered:", and where those of `like`, one of s's tasks, were. */
static NO_TSAN void say_cleanups(struct out *o, const struct story *s)
{
    const struct site *sites[MOST_CLEANUPS];
    size_t n = cleanups_of(s->like, s->first_id, sites), same;

    say(o, "\t%llu cleanup%s registered", (unsigned long long)s->cleanups,
        s->cleanups == 1 ? "" : "s");
    if (n && s->n > 1)
        say(o, "; by task %llu", (unsigned long long)s->first_id);
    say(o, n ? ":\n" : "\n");
    for (size_t i = 0; i < n; i += same) {
        for (same = 1; i + same < n && sites[i + same] == sites[i]; same++)
            ;
        say(o, "\t\tat %s:%d in %s", sites[i]->file, sites[i]->line, sites[i]->func);
        say(o, same > 1 ? ", %zu times\n" : "\n", same);
    }
    if (n && s->like->cleanups > n)
        say(o, "\t\t...\n");
}

static void say_story(struct out *o, const struct story *s, const char *waits_at, int64_t now)
{
    say(o, " [%s", story_state(s));
    say(o, s->leaked ? ", leaked" : "");
    say_since(o, s->since_ns, now);
    say(o, "]:\n");
    say_site(o, waits_at, s->where);
    if (s->cleanups)
        say_cleanups(o, s);
    say_site(o, "started at", s->born);
    say(o, "\n");
}

static NO_TSAN void say_task(struct out *o, const struct task *t, int64_t now)
{
    struct story s = story_of(t);

    if (s.state == TASK_FREE) /* it has just ended */
        return;
    say(o, "task %llu", (unsigned long long)s.first_id);
    say_story(o, &s, "waits at", now);
}

/* --- all tasks ---------------------------------------------------------------------- */

static NO_TSAN void say_each(struct out *o, task_wanted *wanted, const void *arg)
{
    int64_t now = clock_now();

    EACH_TASK(t)
    {
        if (!wanted || wanted(t, arg))
            say_task(o, t, now);
    }
}

static bool same_story(const struct story *a, const struct story *b)
{
    return a->state == b->state && a->leaked == b->leaked && a->born == b->born &&
           a->reason == b->reason && a->where == b->where;
}

static void story_add(struct story *to, const struct story *s)
{
    to->n++;
    to->cleanups += s->cleanups;
    if (s->first_id < to->first_id) {
        to->first_id = s->first_id;
        to->like = s->like;
    }
    if (s->since_ns < to->since_ns)
        to->since_ns = s->since_ns;
}

static bool goes_before(const struct story *a, const struct story *b)
{
    return a->n != b->n ? a->n > b->n : a->first_id < b->first_id;
}

/* By insertion: qsort() may allocate. */
static void stories_sort(struct stories *all)
{
    for (size_t i = 1; i < all->n; i++) {
        struct story s = all->of[i];
        size_t at = i;

        for (; at && goes_before(&s, &all->of[at - 1]); at--)
            all->of[at] = all->of[at - 1];
        all->of[at] = s;
    }
}

NO_TSAN void stories_gather(struct stories *all, void (*beyond)(void *arg, const struct story *s),
                            void *arg)
{
    all->n = 0;
    all->tasks = 0;
    EACH_TASK(t)
    {
        struct story s = story_of(t);
        size_t i = 0;

        if (s.state == TASK_FREE) /* it has just ended */
            continue;
        all->tasks++;
        while (i < all->n && !same_story(&all->of[i], &s))
            i++;
        if (i < all->n)
            story_add(&all->of[i], &s);
        else if (i < MAX_STORIES)
            all->of[all->n++] = s;
        else
            beyond(arg, &s);
    }
    stories_sort(all);
}

static void count_one(void *n, const struct story *s)
{
    *(uint64_t *)n += s->n;
}

static void say_stories(struct out *o)
{
    struct stories *all = dump_map(sizeof *all);
    int64_t now = clock_now();
    uint64_t others = 0;

    if (!all) {
        o->err = -ENOMEM;
        return;
    }
    stories_gather(all, count_one, &others);
    say(o, "tasks: %llu\n\n", (unsigned long long)all->tasks);
    for (size_t i = 0; i < all->n; i++) {
        say(o, "%llu", (unsigned long long)all->of[i].n);
        say_story(o, &all->of[i], "wait at", now);
    }
    if (others)
        say(o, "%llu others\n\n", (unsigned long long)others);
    dump_unmap(all, sizeof *all);
}

void *dump_map(size_t bytes)
{
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                   -1, 0);

    return p == MAP_FAILED ? NULL : p;
}

void dump_unmap(void *p, size_t bytes)
{
    munmap(p, bytes);
}

int dump_tasks(int fd, enum dump_form form)
{
    struct out o = { .fd = fd };

    if (form == DUMP_EACH)
        say_each(&o, NULL, NULL);
    else
        say_stories(&o);
    out_flush(&o);
    return o.err;
}

void dump_some(task_wanted *wanted, const void *arg)
{
    struct out o = { .fd = STDERR_FILENO };

    say_each(&o, wanted, arg);
    out_flush(&o);
}

static bool is_another(const struct task *t, const void *but)
{
    return t != but;
}

void dump_but(const struct task *but)
{
    dump_some(is_another, but);
}
