/* SPDX-License-Identifier: MIT */
/* pthread.c - what the same rows cost with threads.  `pthread WORKERS [ROW...]`
 *
 * Plain POSIX: a thread for a task, a mutex and condition variables for a channel.
 * One worker means one core for all the threads.  There is no row for what threads
 * have no equivalent of (select, timers to stop, contexts, a pool) or cannot do (a
 * million). */
#include "rows.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

/* Ends the process when the system gives no more threads: such a row has no figure. */
static pthread_t start(void *(*fn)(void *), void *arg)
{
    pthread_t t;
    int err = pthread_create(&t, NULL, fn, arg);

    if (err) {
        fprintf(stderr, "pthread: no more threads: %s\n", strerror(err));
        exit(1);
    }
    return t;
}

/* --- threads ---------------------------------------------------------------- */

static void *yielder(void *n)
{
    for (long k = 0; k < *(long *)n; k++)
        sched_yield();
    return NULL;
}

static long yield(long n)
{
    long half = n / 2;
    pthread_t a = start(yielder, &half), b = start(yielder, &half);

    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 2 * half;
}

static void *nothing(void *unused)
{
    return unused;
}

static long spawn_join(long n)
{
    for (long k = 0; k < n; k++)
        pthread_join(start(nothing, NULL), NULL);
    return n;
}

static long spawn_1000(long n)
{
    static pthread_t t[1000];
    long k = 0;

    for (; k < n; k += 1000) {
        for (int i = 0; i < 1000; i++)
            t[i] = start(nothing, NULL);
        for (int i = 0; i < 1000; i++)
            pthread_join(t[i], NULL);
    }
    return k;
}

/* --- channels --------------------------------------------------------------- */

/* cap 0: one place, and the sender waits until it is empty again.  That is a
 * rendezvous as long as there is one sender. */
struct chan {
    pthread_mutex_t lock;
    pthread_cond_t filled, emptied;
    size_t cap, count, oldest;
    long value[128];
};

static void chan_init(struct chan *c, size_t cap)
{
    *c = (struct chan){ .cap = cap };
    pthread_mutex_init(&c->lock, NULL);
    pthread_cond_init(&c->filled, NULL);
    pthread_cond_init(&c->emptied, NULL);
}

static void chan_send(struct chan *c, long v)
{
    size_t places = c->cap ? c->cap : 1;

    pthread_mutex_lock(&c->lock);
    while (c->count == places)
        pthread_cond_wait(&c->emptied, &c->lock);
    c->value[(c->oldest + c->count++) % places] = v;
    pthread_cond_signal(&c->filled);
    while (!c->cap && c->count)
        pthread_cond_wait(&c->emptied, &c->lock);
    pthread_mutex_unlock(&c->lock);
}

static void chan_take(struct chan *c, long *v)
{
    *v = c->value[c->oldest];
    c->oldest = (c->oldest + 1) % (c->cap ? c->cap : 1);
    c->count--;
    pthread_cond_signal(&c->emptied);
}

/* until NULL: for ever. */
static bool chan_recv(struct chan *c, long *v, const struct timespec *until)
{
    bool late = false;

    pthread_mutex_lock(&c->lock);
    while (!c->count && !late)
        late = until ? pthread_cond_timedwait(&c->filled, &c->lock, until) == ETIMEDOUT
                     : pthread_cond_wait(&c->filled, &c->lock) != 0;
    if (c->count)
        chan_take(c, v);
    pthread_mutex_unlock(&c->lock);
    return !late;
}

static bool chan_try_recv(struct chan *c, long *v)
{
    bool any;

    pthread_mutex_lock(&c->lock);
    any = c->count > 0;
    if (any)
        chan_take(c, v);
    pthread_mutex_unlock(&c->lock);
    return any;
}

struct stream {
    struct chan there, back;
    long n;
};

static void stream_open(struct stream *s, size_t cap, long n)
{
    chan_init(&s->there, cap);
    chan_init(&s->back, cap);
    s->n = n;
}

static void *echo(void *stream)
{
    struct stream *s = stream;

    for (long k = 0, v; k < s->n; k++) {
        chan_recv(&s->there, &v, NULL);
        chan_send(&s->back, v);
    }
    return NULL;
}

static void *calls(void *stream)
{
    struct stream *s = stream;

    for (long k = 0, v; k < s->n; k++) {
        chan_send(&s->there, k);
        chan_recv(&s->back, &v, NULL);
    }
    return NULL;
}

static long round_trip(long n)
{
    struct stream s;
    pthread_t t;

    stream_open(&s, 0, n);
    t = start(echo, &s);
    calls(&s);
    pthread_join(t, NULL);
    return n;
}

static void *sender(void *stream)
{
    struct stream *s = stream;

    for (long k = 0; k < s->n; k++)
        chan_send(&s->there, k);
    return NULL;
}

static void *receiver(void *stream)
{
    struct stream *s = stream;

    for (long k = 0, v; k < s->n; k++)
        chan_recv(&s->there, &v, NULL);
    return NULL;
}

static long pass(long n, size_t cap, int pairs)
{
    struct stream s;
    pthread_t t[8];

    stream_open(&s, cap, n / pairs);
    for (int i = 0; i < pairs; i++)
        t[i] = start(sender, &s);
    for (int i = 0; i < pairs; i++)
        t[pairs + i] = start(receiver, &s);
    for (int i = 0; i < 2 * pairs; i++)
        pthread_join(t[i], NULL);
    return s.n * pairs;
}

static long one_way(long n)
{
    return pass(n, 0, 1);
}

static long buffered_alone(long n)
{
    struct chan c;

    chan_init(&c, 128);
    for (long k = 0, v; k < n; k++) {
        chan_send(&c, k);
        chan_recv(&c, &v, NULL);
    }
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

static long default_1(long n)
{
    struct chan c;

    chan_init(&c, 0);
    for (long k = 0, v; k < n; k++)
        chan_try_recv(&c, &v);
    return n;
}

static long trip_deadline(long n)
{
    struct stream s;
    pthread_t t;

    stream_open(&s, 0, n);
    t = start(echo, &s);
    for (long k = 0, v; k < n; k++) {
        struct timespec until;

        chan_send(&s.there, k);
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += 3600;
        chan_recv(&s.back, &v, &until);
    }
    pthread_join(t, NULL);
    return n;
}

/* --- cleanups --------------------------------------------------------------- */

static volatile long noted;

static __attribute__((noinline)) void note(void *by)
{
    noted = *(long *)by;
}

static __attribute__((noinline)) void with_cleanup(long *by)
{
    pthread_cleanup_push(note, by);
    pthread_cleanup_pop(1);
}

static long cleanup_plain(long n)
{
    for (long k = 0, by = 1; k < n; k++)
        with_cleanup(&by);
    return n;
}

/* --- many threads, scaling, the machine --------------------------------------- */

static struct {
    pthread_mutex_t lock;
    pthread_cond_t opened, arrived;
    bool open;
    long waiting;
} gate = { .lock = PTHREAD_MUTEX_INITIALIZER,
           .opened = PTHREAD_COND_INITIALIZER,
           .arrived = PTHREAD_COND_INITIALIZER };

static void *parker(void *unused)
{
    pthread_mutex_lock(&gate.lock);
    gate.waiting++;
    pthread_cond_signal(&gate.arrived);
    while (!gate.open)
        pthread_cond_wait(&gate.opened, &gate.lock);
    pthread_mutex_unlock(&gate.lock);
    return unused;
}

static long create_parked(long n)
{
    pthread_t *t = calloc((size_t)n, sizeof *t);

    gate.open = false;
    gate.waiting = 0;
    for (long k = 0; k < n; k++)
        t[k] = start(parker, NULL);
    pthread_mutex_lock(&gate.lock);
    while (gate.waiting < n)
        pthread_cond_wait(&gate.arrived, &gate.lock);
    watch_pause();
    gate.open = true;
    pthread_cond_broadcast(&gate.opened);
    pthread_mutex_unlock(&gate.lock);
    for (long k = 0; k < n; k++)
        pthread_join(t[k], NULL);
    free(t);
    watch_resume();
    return n;
}

static long pairs(long n)
{
    static struct stream s[8];
    pthread_t t[16];

    for (int i = 0; i < 8; i++) {
        stream_open(&s[i], 0, n / 8);
        t[i] = start(echo, &s[i]);
        t[8 + i] = start(calls, &s[i]);
    }
    for (int i = 0; i < 16; i++)
        pthread_join(t[i], NULL);
    return n / 8 * 8;
}

/* A line of cache there and back, by two threads that do nothing else. */
static struct {
    long turn __attribute__((aligned(64)));
    int64_t best __attribute__((aligned(64)));
} line;

enum { BOUNCES = 1000, TRIES = 100 };

static void *bounce(void *mine)
{
    long k = *(long *)mine;
    int64_t from;

    for (int i = 0; i < TRIES; i++) {
        from = watch_now();
        for (int n = 0; n < BOUNCES; n++, k += 2) {
            while (__atomic_load_n(&line.turn, __ATOMIC_ACQUIRE) != k)
                ;
            __atomic_store_n(&line.turn, k + 1, __ATOMIC_RELEASE);
        }
        from = watch_now() - from;
        if (k % 2 == 0 && (i == 0 || from < line.best))
            line.best = from;
    }
    return NULL;
}

/* The fastest of several tries: in the others one of the two threads was preempted. */
static double cache_line(void)
{
    long even = 0, odd = 1;
    pthread_t t = start(bounce, &odd);

    bounce(&even);
    pthread_join(t, NULL);
    return (double)line.best / BOUNCES;
}

static const struct row rows[] = {
    { "yield", yield, NULL },
    { "spawn-join", spawn_join, NULL },
    { "spawn-1000", spawn_1000, NULL },
    { "round-trip", round_trip, NULL },
    { "one-way", one_way, NULL },
    { "buffered-alone", buffered_alone, NULL },
    { "buffered-1-1", buffered_1_1, NULL },
    { "buffered-4-4", buffered_4_4, NULL },
    { "default-1", default_1, NULL },
    { "trip-deadline", trip_deadline, NULL },
    { "cleanup", cleanup_plain, NULL },
    { "pairs", pairs, NULL },
    { "create-parked", create_parked, NULL },
    { "cache-line", NULL, cache_line }, /* the last: it takes two cores */
};

static void keep_to_one_core(void)
{
    cpu_set_t may, one;
    int cpu = 0;

    sched_getaffinity(0, sizeof may, &may);
    while (!CPU_ISSET(cpu, &may))
        cpu++;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    sched_setaffinity(0, sizeof one, &one);
}

int main(int argc, char **argv)
{
    int cores = argc > 1 ? atoi(argv[1]) : 0;

    if (cores < 1) {
        fprintf(stderr, "usage: pthread WORKERS [ROW...]\n");
        return 2;
    }
    if (cores == 1)
        keep_to_one_core();
    rows_run(rows, sizeof rows / sizeof rows[0] - (cores == 1), argv + 2);
    return 0;
}
