/* SPDX-License-Identifier: MIT */
/* twin.c - what the primitives of runtime/ cost.  `twin WORKERS [--among TASKS] [ROW...]`
 *
 * --among: meanwhile so many other tasks are alive, parked.
 *
 * The rows are those of peer.go, boost.cc and pthread.c, in the same order and
 * each written as its language would have it. */
#include "rows.h"

#include "ctx.h"
#include "defer.h"
#include "pool.h"
#include "select.h"
#include "sync.h"
#include "timer.h"

#include <stdlib.h>

#define HOUR (3600 * SEC)

static struct waitgroup all; /* the tasks of the row under way */

/* Start `count` tasks of fn and wait for their wg_done(&all). */
static void together(int count, task_fn *fn, void *arg)
{
    wg_add(&all, count);
    for (int i = 0; i < count; i++)
        go(fn, arg);
    wg_wait(&all);
}

/* --- tasks ------------------------------------------------------------------ */

static void yielder(void *n)
{
    for (long k = 0; k < *(long *)n; k++)
        task_yield();
    wg_done(&all);
}

static long yield(long n)
{
    long half = n / 2;

    together(2, yielder, &half);
    return 2 * half;
}

static void nothing(void *unused)
{
    (void)unused;
    wg_done(&all);
}

static long spawn_join(long n)
{
    for (long k = 0; k < n; k++)
        together(1, nothing, NULL);
    return n;
}

static long spawn_1000(long n)
{
    long k = 0;

    for (; k < n; k += 1000)
        together(1000, nothing, NULL);
    return k;
}

/* --- channels --------------------------------------------------------------- */

struct stream {
    struct chan *there, *back;
    long n;
};

static struct stream stream_open(size_t cap, long n)
{
    return (struct stream){ chan_make(sizeof(long), cap), chan_make(sizeof(long), cap), n };
}

static void stream_close(struct stream *s)
{
    wg_wait(&all);
    chan_drop(s->there);
    chan_drop(s->back);
}

static void echo(void *stream)
{
    struct stream *s = stream;
    long v;

    for (long k = 0; k < s->n; k++) {
        chan_recv(s->there, &v);
        chan_send(s->back, &v);
    }
    wg_done(&all);
}

static void calls(struct stream *s)
{
    for (long k = 0, v; k < s->n; k++) {
        chan_send(s->there, &k);
        chan_recv(s->back, &v);
    }
}

static long round_trip(long n)
{
    struct stream s = stream_open(0, n);

    wg_add(&all, 1);
    go(echo, &s);
    calls(&s);
    stream_close(&s);
    return n;
}

static void sender(void *stream)
{
    struct stream *s = stream;

    for (long k = 0; k < s->n; k++)
        chan_send(s->there, &k);
    wg_done(&all);
}

static void receiver(void *stream)
{
    struct stream *s = stream;

    for (long k = 0, v; k < s->n; k++)
        chan_recv(s->there, &v);
    wg_done(&all);
}

static long pass(long n, size_t cap, int pairs)
{
    struct stream s = stream_open(cap, n / pairs);

    wg_add(&all, 2 * pairs);
    for (int i = 0; i < pairs; i++)
        go(sender, &s);
    for (int i = 0; i < pairs; i++)
        go(receiver, &s);
    stream_close(&s);
    return s.n * pairs;
}

static long one_way(long n)
{
    return pass(n, 0, 1);
}

static long buffered_alone(long n)
{
    struct stream s = stream_open(128, n);

    for (long k = 0, v; k < n; k++) {
        chan_send(s.there, &k);
        chan_recv(s.there, &v);
    }
    stream_close(&s);
    return n;
}

static long buffered_1_1(long n)
{
    return pass(n, 128, 1);
}

static long buffered_4_4(long n)
{
    return pass(n, 128, 4);
}

/* --- select ----------------------------------------------------------------- */

static struct chan *lanes[8];

static void lanes_open(size_t cap)
{
    for (int i = 0; i < 8; i++)
        lanes[i] = chan_make(sizeof(long), cap);
}

static void lanes_close(void)
{
    wg_wait(&all);
    for (int i = 0; i < 8; i++)
        chan_drop(lanes[i]);
}

#define LANE(i) RECV(lanes[i], &v)
#define LANES_2 LANE(0), LANE(1)
#define LANES_8 LANES_2, LANE(2), LANE(3), LANE(4), LANE(5), LANE(6), LANE(7)

static long select_2_ready(long n)
{
    lanes_open(1);
    for (long k = 0, v; k < n; k++) {
        chan_send(lanes[k % 2], &k);
        chan_select(LANES_2);
    }
    lanes_close();
    return n;
}

static long select_8_ready(long n)
{
    lanes_open(1);
    for (long k = 0, v; k < n; k++) {
        chan_send(lanes[k % 8], &k);
        chan_select(LANES_8);
    }
    lanes_close();
    return n;
}

struct feed {
    long n, lanes;
};

static void feeder(void *feed)
{
    struct feed *f = feed;

    for (long k = 0; k < f->n; k++)
        chan_send(lanes[k % f->lanes], &k);
    wg_done(&all);
}

static void feed_start(struct feed *f)
{
    lanes_open(0);
    wg_add(&all, 1);
    go(feeder, f);
}

static long select_2_other(long n)
{
    struct feed f = { n, 2 };

    feed_start(&f);
    for (long k = 0, v; k < n; k++)
        chan_select(LANES_2);
    lanes_close();
    return n;
}

static long select_8_other(long n)
{
    struct feed f = { n, 8 };

    feed_start(&f);
    for (long k = 0, v; k < n; k++)
        chan_select(LANES_8);
    lanes_close();
    return n;
}

static long default_1(long n)
{
    lanes_open(0);
    for (long k = 0, v; k < n; k++)
        chan_try_recv(lanes[0], &v);
    lanes_close();
    return n;
}

static long default_2(long n)
{
    lanes_open(0);
    for (long k = 0, v; k < n; k++)
        chan_select_try(LANES_2);
    lanes_close();
    return n;
}

static long default_8(long n)
{
    lanes_open(0);
    for (long k = 0, v; k < n; k++)
        chan_select_try(LANES_8);
    lanes_close();
    return n;
}

/* --- timers ----------------------------------------------------------------- */

static long timer_start_stop(long n)
{
    for (long k = 0; k < n; k++) {
        struct timer *t = timer_make(HOUR);

        timer_stop(t);
        timer_drop(t);
    }
    return n;
}

static long after_func_stop(long n)
{
    for (long k = 0; k < n; k++) {
        struct timer *t = timer_after_func(HOUR, nothing, 0);

        timer_stop(t);
        timer_drop(t);
    }
    return n;
}

static long timer_resets(long n)
{
    struct timer *t = timer_make(HOUR);

    for (long k = 0; k < n; k++)
        timer_reset(t, HOUR);
    timer_stop(t);
    timer_drop(t);
    return n;
}

/* Between one and two hours, in no order. */
static int64_t some_time(long k)
{
    return HOUR + (int64_t)((uint64_t)k * 0x9e3779b97f4a7c15u % (uint64_t)HOUR);
}

static long timer_in_10000(long n)
{
    static struct timer *others[10000];

    watch_pause();
    for (long k = 0; k < 10000; k++)
        others[k] = timer_make(some_time(-k));
    watch_resume();
    for (long k = 0; k < n; k++) {
        struct timer *t = timer_make(some_time(k));

        timer_stop(t);
        timer_drop(t);
    }
    watch_pause();
    for (long k = 0; k < 10000; k++) {
        timer_stop(others[k]);
        timer_drop(others[k]);
    }
    watch_resume();
    return n;
}

static long trip_deadline(long n)
{
    struct stream s = stream_open(0, n);

    wg_add(&all, 1);
    go(echo, &s);
    for (long k = 0, v; k < n; k++) {
        chan_send(s.there, &k);
        chan_recv_timed(s.back, &v, HOUR);
    }
    stream_close(&s);
    return n;
}

/* --- contexts --------------------------------------------------------------- */

static void ctx_end(struct ctx *x)
{
    ctx_cancel(x, 0);
    ctx_drop(x);
}

static long ctx_alone(long n)
{
    for (long k = 0; k < n; k++)
        ctx_end(ctx_with_cancel(ctx_background()));
    return n;
}

static long ctx_child(long n)
{
    struct ctx *parent = ctx_with_cancel(ctx_background());

    for (long k = 0; k < n; k++)
        ctx_end(ctx_with_cancel(parent));
    ctx_end(parent);
    return n;
}

static long ctx_timeout(long n)
{
    for (long k = 0; k < n; k++)
        ctx_end(ctx_with_timeout(ctx_background(), HOUR));
    return n;
}

static long ctx_1000_children(long n)
{
    static struct ctx *child[1000];
    long k = 0;

    watch_pause();
    for (; k < n; k += 1000) {
        struct ctx *parent = ctx_with_cancel(ctx_background());

        for (int i = 0; i < 1000; i++)
            child[i] = ctx_with_cancel(parent);
        watch_resume();
        ctx_cancel(parent, 0);
        watch_pause();
        for (int i = 0; i < 1000; i++)
            ctx_drop(child[i]);
        ctx_drop(parent);
    }
    watch_resume();
    return k;
}

/* --- pools ------------------------------------------------------------------ */

static void *object_make(void *unused)
{
    (void)unused;
    return malloc(64);
}

struct swim {
    struct pool *pool;
    long n;
};

static void swimmer(void *swim)
{
    struct swim *s = swim;

    for (long k = 0; k < s->n; k++)
        pool_put(s->pool, pool_get(s->pool));
    wg_done(&all);
}

static long pool_by(int tasks, long n)
{
    struct swim s = { pool_make(object_make, NULL, free), n / tasks };

    together(tasks, swimmer, &s);
    pool_free(s.pool);
    return s.n * tasks;
}

static long pool_alone(long n)
{
    return pool_by(1, n);
}

static long pool_on_2(long n)
{
    return pool_by(2, n);
}

/* --- cleanups --------------------------------------------------------------- */

/* It only stores.  Adding to memory would make each call wait for the one before, and that
 * would take as long as what is measured. */
static volatile long noted;

static __attribute__((noinline)) void note(void *by)
{
    noted = *(long *)by;
}

/* A record in the frame. */
static __attribute__((noinline)) void with_cleanup(long *by)
{
    DEFER_SCOPE;
    struct cleanup record;

    defer_record(&record, note, by);
}

static long cleanup_plain(long n)
{
    for (long k = 0, by = 1; k < n; k++)
        with_cleanup(&by);
    return n;
}

/* The call written out where the scope ends. */
static __attribute__((noinline)) void with_cleanup_open(long *by)
{
    defer_open(note, by);
}

static long cleanup_open(long n)
{
    for (long k = 0, by = 1; k < n; k++)
        with_cleanup_open(&by);
    return n;
}

/* Each has a record on the heap. */
static __attribute__((noinline)) void with_cleanups_100(long *by)
{
    DEFER_SCOPE;
    for (int i = 0; i < 100; i++)
        defer(note, by);
}

static long cleanup_loop_100(long n)
{
    long k = 0, by = 1;

    for (; k < n; k += 100)
        with_cleanups_100(&by);
    return k;
}

/* --- many tasks ------------------------------------------------------------- */

static struct waitgroup arrived, left;

static void parker(void *gate)
{
    wg_done(&arrived);
    chan_recv(gate, 0);
    wg_done(&left);
}

/* n tasks that wait for the gate to be closed. */
static struct chan *park_many(long n)
{
    struct chan *gate = chan_make(0, 0);

    wg_add(&arrived, n);
    wg_add(&left, n);
    for (long k = 0; k < n; k++)
        go(parker, gate);
    wg_wait(&arrived);
    return gate;
}

static void unpark_many(struct chan *gate)
{
    chan_close(gate);
    wg_wait(&left);
    chan_drop(gate);
}

static long create_parked(long n)
{
    struct chan *gate = park_many(n);

    watch_pause();
    unpark_many(gate);
    watch_resume();
    return n;
}

static double parked_bytes(long n)
{
    double before = rss_bytes(), after;
    struct chan *gate = park_many(n);

    after = rss_bytes();
    unpark_many(gate);
    return (after - before) / (double)n;
}

static double parked_100000(void)
{
    return parked_bytes(100000);
}

static double parked_1000000(void)
{
    return parked_bytes(1000000);
}

/* A tree of tasks, ten children each, whose leaves send their numbers up. */
struct sky {
    struct chan *up;
    long number, leaves;
};

static void skynet_task(void *sky)
{
    struct sky s = *(struct sky *)sky, child[10];
    long sum = s.number;

    if (s.leaves > 1) {
        struct chan *c = chan_make(sizeof sum, 0);

        sum = 0;
        for (int i = 0; i < 10; i++) {
            child[i] = (struct sky){ chan_ref(c), s.number + i * s.leaves / 10, s.leaves / 10 };
            go(skynet_task, &child[i]);
        }
        for (long i = 0, v; i < 10; i++) {
            chan_recv(c, &v);
            sum += v;
        }
        chan_drop(c);
    }
    chan_send(s.up, &sum);
    chan_drop(s.up);
}

static double skynet(void)
{
    struct chan *c = chan_make(sizeof(long), 0);
    struct sky root = { chan_ref(c), 0, 1000000 };
    int64_t start = watch_now();
    long sum;

    go(skynet_task, &root);
    chan_recv(c, &sum);
    chan_drop(c);
    if (sum != 499999500000)
        panic("skynet: sum %ld instead of 499999500000", sum);
    return (double)(watch_now() - start) / 1e6;
}

/* --- scaling ---------------------------------------------------------------- */

static void caller(void *stream)
{
    calls(stream);
    wg_done(&all);
}

/* Eight round trips at a time that have nothing to do with each other. */
static long pairs(long n)
{
    struct stream s[8];

    wg_add(&all, 16);
    for (int i = 0; i < 8; i++) {
        s[i] = stream_open(0, n / 8);
        go(echo, &s[i]);
        go(caller, &s[i]);
    }
    for (int i = 0; i < 8; i++)
        stream_close(&s[i]);
    return n / 8 * 8;
}

/* ---------------------------------------------------------------------------- */

static const struct row rows[] = {
    { "yield", yield, NULL },
    { "spawn-join", spawn_join, NULL },
    { "spawn-1000", spawn_1000, NULL },
    { "round-trip", round_trip, NULL },
    { "one-way", one_way, NULL },
    { "buffered-alone", buffered_alone, NULL },
    { "buffered-1-1", buffered_1_1, NULL },
    { "buffered-4-4", buffered_4_4, NULL },
    { "select-2-ready", select_2_ready, NULL },
    { "select-8-ready", select_8_ready, NULL },
    { "select-2-other", select_2_other, NULL },
    { "select-8-other", select_8_other, NULL },
    { "default-1", default_1, NULL },
    { "default-2", default_2, NULL },
    { "default-8", default_8, NULL },
    { "timer-start-stop", timer_start_stop, NULL },
    { "after-func-stop", after_func_stop, NULL },
    { "timer-reset", timer_resets, NULL },
    { "timer-in-10000", timer_in_10000, NULL },
    { "trip-deadline", trip_deadline, NULL },
    { "ctx-cancel", ctx_alone, NULL },
    { "ctx-child", ctx_child, NULL },
    { "ctx-timeout", ctx_timeout, NULL },
    { "ctx-1000-children", ctx_1000_children, NULL },
    { "pool-alone", pool_alone, NULL },
    { "pool-on-2", pool_on_2, NULL },
    { "cleanup", cleanup_plain, NULL },
    { "cleanup-open", cleanup_open, NULL },
    { "cleanup-loop-100", cleanup_loop_100, NULL },
    { "pairs", pairs, NULL },
    { "create-parked", create_parked, NULL },
    { "parked-100000", NULL, parked_100000 },
    { "parked-1000000", NULL, parked_1000000 },
    { "skynet", NULL, skynet },
};

static long among;

static void run(void *names)
{
    struct chan *gate = park_many(among);

    rows_run(rows, sizeof rows / sizeof rows[0], names);
    unpark_many(gate);
}

int main(int argc, char **argv)
{
    char **names = argv + 2;

    if (argc > 3 && !strcmp(argv[2], "--among")) {
        among = atol(argv[3]);
        names = argv + 4;
    }
    if (argc < 2 || atoi(argv[1]) < 1 || among < 0) {
        fprintf(stderr, "usage: twin WORKERS [--among TASKS] [ROW...]\n");
        return 2;
    }
    task_set_workers(atoi(argv[1]));
    return task_main(run, names) ? 1 : 0;
}
