/* SPDX-License-Identifier: MIT */
/* counter_prices.c - one addition, four ways.
 *
 * Each worker has a task.  None begins before all are there, and until then none gives way: so
 * no two of them are on one worker, and all add at the same time.  The time of an addition is
 * what a task takes by what it adds: with two workers nothing is lost if it stays what it was with
 * one. */
#include "cmd/counter_prices.h"

#include "inside/gbench.h"
#include "sync.h"
#include "task.h"
#include "timer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_TASKS = 64, CACHE_LINE = 64 };

static struct mutex mutex;
static uint64_t together;
static uint64_t beside[MOST_TASKS] __attribute__((aligned(CACHE_LINE)));
static struct {
    uint64_t count;
} __attribute__((aligned(CACHE_LINE))) apart[MOST_TASKS];

/* The work of a task. */
struct adder {
    size_t task; /* from 0 */
    uint64_t n;
    size_t *awaited; /* how many have not begun yet; atomic */
    int64_t ns;      /* that it took */
    struct waitgroup *added;
};

static int64_t begin(struct adder *a)
{
    __atomic_sub_fetch(a->awaited, 1, __ATOMIC_ACQ_REL);
    while (__atomic_load_n(a->awaited, __ATOMIC_ACQUIRE) > 0)
        ;
    return clock_now();
}

static void end(struct adder *a, int64_t start)
{
    a->ns = clock_now() - start;
    wg_done(a->added);
}

/* Volatile, where nothing else keeps the compiler from adding all of it at once. */
static void add_own(volatile uint64_t *count, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++)
        (*count)++;
}

static void add_lock(void *arg)
{
    struct adder *a = arg;
    int64_t start = begin(a);

    for (uint64_t i = 0; i < a->n; i++) {
        mutex_lock(&mutex);
        together++;
        mutex_unlock(&mutex);
    }
    end(a, start);
}

static void add_atomic(void *arg)
{
    struct adder *a = arg;
    int64_t start = begin(a);

    for (uint64_t i = 0; i < a->n; i++)
        __atomic_add_fetch(&together, 1, __ATOMIC_RELAXED);
    end(a, start);
}

static void add_beside(void *arg)
{
    struct adder *a = arg;
    int64_t start = begin(a);

    add_own(&beside[a->task], a->n);
    end(a, start);
}

static void add_apart(void *arg)
{
    struct adder *a = arg;
    int64_t start = begin(a);

    add_own(&apart[a->task].count, a->n);
    end(a, start);
}

static const struct way {
    const char *name;
    task_fn *add;
} ways[] = {
    { "lock", add_lock },
    { "atomic", add_atomic },
    { "beside", add_beside },
    { "apart", add_apart },
};

struct subject {
    const struct way *way;
    size_t tasks;
};

/* Each task adds n times; the mean of what they take. */
static double batch(void *arg, uint64_t first, uint64_t n)
{
    const struct subject *s = arg;
    struct adder adders[MOST_TASKS];
    struct waitgroup added = { 0 };
    size_t awaited = s->tasks;
    double ns = 0;

    (void)first;
    wg_add(&added, (int64_t)s->tasks);
    for (size_t i = 0; i < s->tasks; i++) {
        adders[i] = (struct adder){ .task = i, .n = n, .awaited = &awaited, .added = &added };
        go(s->way->add, &adders[i]);
    }
    wg_wait(&added);
    for (size_t i = 0; i < s->tasks; i++)
        ns += (double)adders[i].ns;
    return ns / (double)s->tasks / 1e9;
}

/* Enough iterations for some milliseconds, so that the resolution of the clock does not matter.
 * The number is fixed, as for the other prices. */
enum { ITERATIONS = 1 << 22 };

void counter_prices_register(int workers)
{
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        struct subject *s = malloc(sizeof *s); /* it belongs to the library, which keeps it */
        char name[64];
        if (!s)
            return;
        *s = (struct subject){ &ways[i], workers < MOST_TASKS ? (size_t)workers : MOST_TASKS };
        snprintf(name, sizeof name, "counters/%s/workers/%d", ways[i].name, workers);
        gbench_register(name, batch, s, ITERATIONS);
    }
}
