/* SPDX-License-Identifier: MIT */
/* clock.c - the time, and a cheaper guess at it.
 *
 * clock_gettime costs 27 ns here, as much as a whole channel operation.  So a
 * worker remembers when it last asked and counts processor cycles from there, for
 * at most a millisecond.  The guess is rounded up by a thousandth of that
 * distance: a timer armed with it may be 1 us late, never early.  Without a cycle
 * counter that ticks evenly (constant_tsc, nonstop_tsc) the clock is asked each
 * time. */
#include "core/clock.h"

#include "core/compiler.h"
#include "core/task_slab.h"
#include "core/worker.h"
#include "timer.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

int64_t clock_now(void)
{
    struct timespec ts;

    clock_gettime(CLOCK_MONOTONIC, &ts);
    return ts.tv_sec * SEC + ts.tv_nsec;
}

static uint64_t ns_per_tick; /* in 2^-32 ns, rounded up; 0: not usable */
static uint64_t ticks_per_ms;

#ifdef __x86_64__

static inline uint64_t ticks(void)
{
    return __builtin_ia32_rdtsc();
}

static bool ticks_are_even(void)
{
    char line[4096];
    bool even = false;
    FILE *f = fopen("/proc/cpuinfo", "r");

    if (!f)
        return false;
    while (!even && fgets(line, sizeof line, f))
        even = strstr(line, "constant_tsc") && strstr(line, "nonstop_tsc");
    fclose(f);
    return even;
}

#else

static inline uint64_t ticks(void)
{
    return 0;
}

static bool ticks_are_even(void)
{
    return false;
}

#endif

/* The time, and the counter just before and just after it was read.  The processor may be taken
 * away in between, so of several readings the quickest counts. */
static int64_t read_both(uint64_t *before, uint64_t *after)
{
    int64_t best = 0;

    for (int i = 0; i < 10; i++) {
        uint64_t from = ticks();
        int64_t now = clock_now();
        uint64_t to = ticks();

        if (i && to - from >= *after - *before)
            continue;
        best = now;
        *before = from;
        *after = to;
    }
    return best;
}

/* Compare both clocks over two milliseconds.  Their order makes the time too long, never the
 * count: guesses are late, not early. */
void clock_start(void)
{
    uint64_t c0, c1, unused;
    int64_t t0, t1;

    if (ns_per_tick || !ticks_are_even())
        return;
    t0 = read_both(&unused, &c0);
    do
        t1 = read_both(&c1, &unused);
    while (t1 - t0 < 2 * MS);
    ns_per_tick = (uint64_t)((double)(t1 - t0) / (double)(c1 - c0) * 4294967296.0 * 1.001);
    ticks_per_ms = (uint64_t)((double)(c1 - c0) * MS / (double)(t1 - t0));
}

/* A worker that computes for long does not read the clock, so a task that began to wait during
 * the computation has the time of the reading before.  When it really began to wait is not
 * known.  It gets the time of the end of the computation, so a dump shows the shorter time, as
 * Go's do. */
static NO_TSAN void stamp_again(int64_t old_ns, int64_t now)
{
    EACH_TASK(t)
    {
        if (t->state == TASK_WAITING && t->since_ns == old_ns)
            t->since_ns = now;
    }
}

static NO_TSAN int64_t clock_read(struct worker *w)
{
    int64_t old_ns = w->now_ns;

    w->now_ns = clock_now();
    if (unlikely(w->now_ns - old_ns > SEC / 2))
        stamp_again(old_ns, w->now_ns);
    return w->now_ns;
}

NO_TSAN int64_t clock_quick(struct worker *w)
{
    uint64_t passed;

    if (unlikely(!ns_per_tick))
        return clock_read(w);
    passed = ticks() - w->now_tsc;
    if (likely(passed < ticks_per_ms))
        return w->now_ns + (int64_t)(passed * ns_per_tick >> 32);
    for (int i = 0; i < 3; i++) { /* again if the processor was taken away in between */
        w->now_tsc = ticks();     /* before the clock: the guess then is late, never early */
        clock_read(w);
        if (likely(ticks() - w->now_tsc < ticks_per_ms / 64))
            break;
    }
    return w->now_ns;
}
