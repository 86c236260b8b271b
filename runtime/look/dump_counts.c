/* SPDX-License-Identifier: MIT */
/* dump_counts.c - the figures of stats.h in words, and where what is alive was made.
 *
 * The heaps of timers are read without their locks, which a stuck task may hold, and through the
 * kernel: a timer may be freed meanwhile. */
#include "dump.h"

#include "core/timer_heap.h"
#include "core/worker.h"
#include "look/out.h"
#include "stats.h"
#include "timer.h"

#include <errno.h>
#include <inttypes.h>

struct maker {
    const struct site *at;
    int64_t n;
    int64_t first_ns; /* when the next of them fires, if they are timers */
};

struct makers {
    size_t n;
    int64_t others;
    struct maker of[MADE_LINES];
};

static void count_timer(struct makers *all, const struct timer *t)
{
    size_t i = 0;

    while (i < all->n && all->of[i].at != t->where)
        i++;
    if (i == MADE_LINES) {
        all->others++;
        return;
    }
    if (i == all->n)
        all->of[all->n++] = (struct maker){ t->where, 0, INT64_MAX };
    all->of[i].n++;
    if (t->when_ns < all->of[i].first_ns)
        all->of[i].first_ns = t->when_ns;
}

/* Those of tasks that sleep have no place: the task has one. */
static NO_TSAN void count_heap(struct makers *all, const struct timer_heap *live)
{
    struct timer_heap h;
    struct timer *p, t;

    if (!peek(&h, live, sizeof h))
        return;
    for (uint32_t i = 0; i < h.count; i++)
        if (peek(&p, &h.timers[i], sizeof p) && peek(&t, p, sizeof t) && t.ops != &timer_wake &&
            is_site(t.where))
            count_timer(all, &t);
}

static void count_timers(struct makers *all)
{
    for (int i = 0; i < sched.nworkers; i++)
        count_heap(all, &sched.workers[i]->timers);
}

static NO_TSAN void count_made(struct makers *all, enum made_kind kind)
{
    for (size_t line = 0; line <= MADE_LINES; line++) {
        int64_t n = 0;

        for (int i = 0; i < sched.nworkers; i++)
            n += sched.workers[i]->made.alive[kind][line];
        if (line == MADE_LINES)
            all->others = n;
        else if (n > 0)
            all->of[all->n++] = (struct maker){ made_lines[line], n, INT64_MAX };
    }
}

static void sort(struct makers *all)
{
    for (size_t i = 1; i < all->n; i++)
        for (size_t k = i; k > 0 && all->of[k].n > all->of[k - 1].n; k--) {
            struct maker m = all->of[k];
            all->of[k] = all->of[k - 1];
            all->of[k - 1] = m;
        }
}

/* And empty the list, for those of the next kind. */
static void say_makers(struct out *o, const char *what, struct makers *all, int64_t now)
{
    sort(all);
    for (size_t i = 0; i < all->n; i++) {
        const struct maker *m = &all->of[i];

        say(o, "%8" PRId64 " %s%s made at %s:%d in %s", m->n, what, m->n == 1 ? "" : "s",
            m->at->file, m->at->line, m->at->func);
        if (m->first_ns != INT64_MAX)
            say(o, ", next in %.3f s", (double)(m->first_ns - now) / 1e9);
        say(o, "\n");
    }
    if (all->others > 0)
        say(o, "%8" PRId64 " %ss made elsewhere\n", all->others, what);
    all->n = 0;
    all->others = 0;
}

static void say_all_makers(struct out *o)
{
    struct makers *all = dump_map(sizeof *all);

    if (!all) {
        o->err = -ENOMEM;
        return;
    }
    count_timers(all);
    say_makers(o, "timer", all, clock_now());
    count_made(all, MADE_CHANNEL);
    say_makers(o, "channel", all, 0);
    count_made(all, MADE_CONTEXT);
    say_makers(o, "context", all, 0);
    dump_unmap(all, sizeof *all);
}

int dump_counts(int fd)
{
    struct out o = { .fd = fd };
    struct stats s = stats_read();

    say(&o, "     now     peak    total\n");
#define GAUGE(name, text)                                                                          \
    say(&o, "%8" PRId64 " %8" PRId64 " %8" PRIu64 " %s\n", s.name.now, s.name.peak, s.name.total,  \
        text);
    GAUGES(GAUGE)
#undef GAUGE
    say(&o, "%8" PRId64 " %8s %8" PRIu64 " cleanups registered and not yet run\n", s.cleanups.now,
        "", s.cleanups.total);
#define COUNTER(name, text) say(&o, "%26" PRIu64 " %s\n", s.name, text);
    COUNTERS(COUNTER)
#undef COUNTER
    say(&o, "\n");
    say_all_makers(&o);
    out_flush(&o);
    return o.err;
}
