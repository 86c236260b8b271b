/* SPDX-License-Identifier: MIT */
/* counter_prices.c - one addition, four ways.
 *
 * Each worker has a task, and all add at the same time.  The time of an addition is that of
 * all tasks by what each of them adds: with two workers nothing is gained or lost if it
 * stays what it was with one. */
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
    struct waitgroup *added;
};

/* Volatile, where nothing else keeps the compiler from adding all of it at once. */
static void add_own(volatile uint64_t *count, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++)
        (*count)++;
}

static void add_lock(void *arg)
{
    struct adder *a = arg;

    for (uint64_t i = 0; i < a->n; i++) {
        mutex_lock(&mutex);
        together++;
        mutex_unlock(&mutex);
    }
    wg_done(a->added);
}

static void add_atomic(void *arg)
{
    struct adder *a = arg;

    for (uint64_t i = 0; i < a->n; i++)
        __atomic_add_fetch(&together, 1, __ATOMIC_RELAXED);
    wg_done(a->added);
}

static void add_beside(void *arg)
{
    struct adder *a = arg;

    add_own(&beside[a->task], a->n);
    wg_done(a->added);
}

static void add_apart(void *arg)
{
    struct adder *a = arg;

    add_own(&apart[a->task].count, a->n);
    wg_done(a->added);
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

/* Each task adds n times. */
static double batch(void *arg, uint64_t first, uint64_t n)
{
    const struct subject *s = arg;
    struct adder adders[MOST_TASKS];
    struct waitgroup added = { 0 };
    int64_t start = clock_now();

    (void)first;
    wg_add(&added, (int64_t)s->tasks);
    for (size_t i = 0; i < s->tasks; i++) {
        adders[i] = (struct adder){ i, n, &added };
        go(s->way->add, &adders[i]);
    }
    wg_wait(&added);
    return (double)(clock_now() - start) / 1e9;
}

/* So many that starting the tasks does not show; fixed, as for the other prices. */
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
