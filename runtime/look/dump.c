/* SPDX-License-Identifier: MIT */
/* dump.c - what every task is doing, in words.
 *
 * Everything here walks the slabs of descriptors, which are never freed, and reads
 * them without a lock: it works from a signal handler and when all is stuck.  A
 * task that moves on meanwhile may show in a state it has just left.  Its cleanups lie in
 * its frames and on the heap, where they may be gone the next moment: those are read
 * through the kernel, which says so instead of faulting.  Output goes through a small
 * buffer in the caller's frame (out.h). */
#include "dump.h"

#include "core/compiler.h"
#include "core/stack.h"
#include "core/task_impl.h"
#include "core/task_slab.h"
#include "look/dump_impl.h"
#include "sync.h"
#include "timer.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char *const reason_words[] = {
#define REASON(name, words) [name] = words,
    WAIT_REASONS(REASON)
#undef REASON
};

/* --- a task's cleanups ------------------------------------------------------------ */

#define MOST_CLEANUPS 64 /* of one task, the newest */
#define MOST_SCOPES 256

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

/* The compiler has changed a copy of the function, "publish.constprop.0": still publish. */
static bool same_function(const char *symbol, const char *func)
{
    size_t n = symbol ? strcspn(symbol, ".") : 0;

    return n > 0 && strncmp(symbol, func, n) == 0 && !func[n];
}

/* The frames up to this one stand for the place where s waits; 0: none does, since the function has
 * jumped into the runtime with its last call.  *inlined: and so many places of this one. */
static uint32_t frame_of_place(const struct story *s, struct symbols *symbols, size_t *inlined)
{
    /* Some of the runtime's may be before it, where a tail call hid the verb. */
    enum { AT_MOST = 8 };
    const struct place *p;

    *inlined = 0;
    for (uint32_t i = 0; i < s->frames->n && i < AT_MOST; i++) {
        size_t n = symbols_find(symbols, s->frames->pc[i], &p);

        for (size_t k = 0; k < n; k++)
            if (same_function(p[k].func, s->where->func))
                *inlined = k + 1;
        if (*inlined)
            return i;
    }
    return 0;
}

void story_places(const struct story *s, const struct looks *l, place_fn *each, void *arg)
{
    const struct site *at = s->where;
    const struct place *p;
    size_t first = 0, n;

    if (at)
        each(arg, &(struct place){ at->func, NULL, at->file, at->line }, 0);
    if (!s->frames || !l->symbols)
        return;
    for (uint32_t i = at ? frame_of_place(s, l->symbols, &first) : 0; i < s->frames->n; i++) {
        n = symbols_find(l->symbols, s->frames->pc[i], &p);
        for (size_t k = first; k < n; k++)
            each(arg, &p[k], s->frames->pc[i]);
        first = 0;
    }
}

struct saying {
    struct out *o;
    const char *verb; /* before the next place */
};

static void say_place(void *arg, const struct place *p, uintptr_t pc)
{
    struct saying *s = arg;

    say(s->o, "\t%s ", s->verb);
    if (p->file)
        say(s->o, "%s%s%s:%d", p->dir ? p->dir : "", p->dir ? "/" : "", p->file, p->line);
    else
        say(s->o, "%#lx", (unsigned long)pc);
    if (p->func)
        say(s->o, " in %.*s", (int)strcspn(p->func, "."), p->func);
    say(s->o, "\n");
    s->verb = "called at";
}

/* But for the first. */
static void say_outer(void *arg, const struct place *p, uintptr_t pc)
{
    struct saying *s = arg;

    if (s->verb)
        say_place(arg, p, pc);
    s->verb = "called at";
}

static void say_places(struct out *o, const struct looks *l, const struct story *s,
                       const char *waits_at)
{
    struct saying to = { o, s->where ? waits_at : "at" };

    story_places(s, l, say_place, &to);
    if (s->frames && s->frames->cut)
        say(o, "\t...\n");
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
                       .labels = t->labels,
                       .parent = t->parent,
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

/* Does the caller run on the stack of t, and not on that of a signal handler?  The stack is read
 * once: t may be over meanwhile, and another task without one in its place. */
static NO_TSAN bool on_stack_of(const struct task *t)
{
    const char *here = __builtin_frame_address(0);
    const struct stack *s = t->stack;

    return s && here >= s->base && here < (const char *)s;
}

/* The frames of s, which is of t alone, into *f. */
static void frames_look(struct story *s, const struct looks *l, const struct task *t,
                        struct frames *f)
{
    if (!l->walk)
        return;
    if (s->state == TASK_RUNNING && on_stack_of(t))
        frames_here(f);
    else
        frames_of(l->walk, t, f);
    s->frames = f;
}

/* --- who holds what it waits for ------------------------------------------------------ */

#define MOST_SEARCHES 4096 /* each goes through all tasks */

static NO_TSAN bool is_number(const struct task *t, uint32_t number)
{
    return t->state != TASK_FREE && (uint32_t)t->id == number;
}

/* The task of that number, of which only the lower half is known; NULL: it has ended. */
static NO_TSAN const struct task *task_numbered(struct looks *l, uint32_t number)
{
    if (l->holder && is_number(l->holder, number))
        return l->holder;
    l->holder = NULL;
    if (l->searches == 0)
        return NULL;
    l->searches--;
    EACH_TASK(t)
    {
        if (is_number(t, number))
            return l->holder = t;
    }
    return NULL;
}

/* What the waiting task `like` says of the lock that it waits for. */
static void say_held_by(struct out *o, struct looks *l, const struct story *s, uint32_t number)
{
    const struct task *t = task_numbered(l, number);
    struct story holder;

    if (number == (uint32_t)s->first_id) {
        say(o, "\theld by the same task: it locks twice\n");
        return;
    }
    if (!t) {
        say(o, "\theld by task %lu, which has ended\n", (unsigned long)number);
        return;
    }
    holder = story_of(t);
    say(o, "\theld by task %llu [%s]", (unsigned long long)holder.first_id, story_state(&holder));
    if (holder.where)
        say(o, ", which waits at %s:%d in %s", holder.where->file, holder.where->line,
            holder.where->func);
    say(o, "\n");
}

/* The lock may be gone, with the memory it was in. */
static NO_TSAN void say_holder(struct out *o, struct looks *l, const struct story *s)
{
    const void *lock = s->like->lock;
    struct mutex mutex;
    struct rwmutex rw = { 0 };
    struct once once;

    if (s->like->id != s->first_id)
        return;
    if (s->reason == WAIT_MUTEX && peek(&mutex, lock, sizeof mutex) && mutex.state & 1)
        say_held_by(o, l, s, mutex.holder);
    else if (s->reason == WAIT_ONCE && peek(&once, lock, sizeof once) && once.runner)
        say_held_by(o, l, s, once.runner);
    else if (s->reason != WAIT_RWMUTEX && s->reason != WAIT_RWMUTEX_R)
        return;
    else if (peek(&rw, lock, sizeof rw) && rw.readers < 0)
        say_held_by(o, l, s, rw.writer);
    else if (rw.readers > 0)
        say(o, "\theld by %d reader%s\n", (int)rw.readers, rw.readers == 1 ? "" : "s");
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

static void say_labels(struct out *o, const struct task_label *label)
{
    for (; label; label = label->outer)
        say(o, "\tlabel %s: %s\n", label->key, label->value);
}

static void say_born(struct out *o, const struct story *s)
{
    say(o, "\tstarted at %s:%d in %s", s->born->file, s->born->line, s->born->func);
    if (s->n == 1 && s->parent)
        say(o, " by task %llu", (unsigned long long)s->parent);
    say(o, "\n");
}

static void say_story(struct out *o, struct looks *l, const struct story *s, const char *waits_at,
                      int64_t now)
{
    say(o, " [%s", story_state(s));
    say(o, s->leaked ? ", leaked" : "");
    say_since(o, s->since_ns, now);
    say(o, "]:\n");
    say_places(o, l, s, waits_at);
    say_holder(o, l, s);
    if (s->cleanups)
        say_cleanups(o, s);
    say_labels(o, s->labels);
    say_born(o, s);
    say(o, "\n");
}

static NO_TSAN void say_task(struct out *o, struct looks *l, const struct task *t, int64_t now)
{
    struct story s = story_of(t);
    struct frames frames;

    if (s.state == TASK_FREE) /* it has just ended */
        return;
    frames_look(&s, l, t, &frames);
    say(o, "task %llu", (unsigned long long)s.first_id);
    say_story(o, l, &s, "waits at", now);
}

/* --- all tasks ---------------------------------------------------------------------- */

static NO_TSAN void say_each(struct out *o, task_wanted *wanted, const void *arg)
{
    int64_t now = clock_now();
    struct looks l;

    looks_begin(&l);
    EACH_TASK(t)
    {
        if (!wanted || wanted(t, arg))
            say_task(o, &l, t, now);
    }
    looks_end(&l);
}

/* But for the frames. */
static bool same_story(const struct story *a, const struct story *b)
{
    return a->state == b->state && a->leaked == b->leaked && a->born == b->born &&
           a->reason == b->reason && a->where == b->where && a->labels == b->labels;
}

/* The story that s, of t alone, is another case of; if there is none, all->n.  Most tasks are alike
 * so much that a few looks at the stack tell it.  Else the stack is walked. */
static size_t story_find(struct stories *all, const struct looks *l, const struct task *t,
                         struct story *s)
{
    size_t i;

    for (i = 0; i < all->n; i++)
        if (same_story(&all->of[i], s) && (!l->walk || frames_alike(all->of[i].frames, t)))
            return i;
    frames_look(s, l, t, &all->frames[all->n]);
    for (i = 0; i < all->n; i++)
        if (s->frames && same_story(&all->of[i], s) && frames_same(all->of[i].frames, s->frames))
            break;
    return i;
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

NO_TSAN void stories_gather(struct stories *all, const struct looks *l,
                            void (*beyond)(void *arg, const struct story *s), void *arg)
{
    all->n = 0;
    all->tasks = 0;
    EACH_TASK(t)
    {
        struct story s = story_of(t);
        size_t i;

        if (s.state == TASK_FREE) /* it has just ended */
            continue;
        all->tasks++;
        i = story_find(all, l, t, &s);
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
    struct looks l;

    if (!all) {
        o->err = -ENOMEM;
        return;
    }
    looks_begin(&l);
    stories_gather(all, &l, count_one, &others);
    say(o, "tasks: %llu\n\n", (unsigned long long)all->tasks);
    for (size_t i = 0; i < all->n; i++) {
        say(o, "%llu", (unsigned long long)all->of[i].n);
        say_story(o, &l, &all->of[i], "wait at", now);
    }
    if (others)
        say(o, "%llu others\n\n", (unsigned long long)others);
    looks_end(&l);
    dump_unmap(all, sizeof *all);
}

void looks_begin(struct looks *l)
{
    l->walk = dump_map(frames_walk_bytes);
    l->symbols = dump_map(symbols_bytes);
    l->holder = NULL;
    l->searches = MOST_SEARCHES;
}

void looks_end(struct looks *l)
{
    if (l->walk)
        dump_unmap(l->walk, frames_walk_bytes);
    if (!l->symbols)
        return;
    symbols_end(l->symbols);
    dump_unmap(l->symbols, symbols_bytes);
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
LEFT_OUT(dump_tasks);

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

/* What defer.h writes into the caller is the runtime's, and no place of the user's. */
static bool is_written_in(const struct place *p)
{
    return p->file && (strcmp(p->file, "defer_inline.h") == 0 || strcmp(p->file, "defer.h") == 0);
}

static void say_users(void *arg, const struct place *p, uintptr_t pc)
{
    if (!is_written_in(p))
        say_place(arg, p, pc);
}

void dump_frames(const struct frames *f)
{
    struct out o = { .fd = STDERR_FILENO };
    struct saying to = { &o, "at" };
    struct looks l;

    looks_begin(&l);
    story_places(&(struct story){ .frames = f }, &l, say_users, &to);
    looks_end(&l);
    out_flush(&o);
}

/* The place itself has been said. */
void dump_here(const struct site *where)
{
    struct out o = { .fd = STDERR_FILENO };
    struct frames frames;
    struct story s = { .where = where, .frames = &frames };
    struct saying to = { &o, NULL };
    struct looks l;

    frames_here(&frames);
    looks_begin(&l);
    story_places(&s, &l, say_outer, &to);
    looks_end(&l);
    out_flush(&o);
}
