/* SPDX-License-Identifier: MIT */
/* cleanup_prices.c - what it costs to register a cleanup, kind by kind, beside the plain call.
 *
 * Each kind has a function for 1, 4, 16 and 64 cleanups, which stand one below the other,
 * and one with a loop; all have run when it returns.  Kinds that are bound to a place in
 * the text run, in a loop, at the end of each turn; those with a record of their own at
 * the end of the function.
 *
 * All are compiled here, side by side, so that what differs is the kind. */
#include "cmd/cleanup_prices.h"

#include "defer.h"
#include "inside/gbench.h"
#include "timer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* --- the cleanup ------------------------------------------------------------------ */

static long cleaned;

static __attribute__((noinline)) void bump(void *by)
{
    cleaned += *(long *)by;
}

static inline __attribute__((always_inline)) void bump_at(long **by)
{
    bump(*by);
}

/* In pthread_cleanup_push() is a setjmp, but nobody here is cancelled and jumps to it. */
#ifndef __clang__ /* which knows no such warning */
#pragma GCC diagnostic ignored "-Wclobbered"
#endif

/* --- registering it --------------------------------------------------------------- */

/* Macros with an empty list of arguments, so that of many copies each is expanded for
 * itself and its variables get names of their own. */
#define NOTHING()
#define PLAIN() bump(by);
#define OPEN() defer_open(bump, by);
#define ATTRIBUTE() attribute_numbered(__COUNTER__)
#define attribute_numbered(i) attribute_named(i)
#define attribute_named(i) __attribute__((cleanup(bump_at), unused)) long *by_##i = by;
#define SCOPE() DEFER_SCOPE;
#define SCOPE_AND_RECORDS()                                                                        \
    DEFER_SCOPE;                                                                                   \
    struct cleanup records[n], *r = records;
#define STACK() defer_record(r++, bump, by);
#define HEAP() defer(bump, by);
#define PUSH() pthread_cleanup_push(bump, by);
#define POP() pthread_cleanup_pop(1);

#define TIMES_1(M) M()
#define TIMES_4(M) M() M() M() M()
#define TIMES_16(M) TIMES_4(M) TIMES_4(M) TIMES_4(M) TIMES_4(M)
#define TIMES_64(M) TIMES_16(M) TIMES_16(M) TIMES_16(M) TIMES_16(M)

#define FUNCTION(kind, times, BEFORE, EACH, AFTER)                                                 \
    static __attribute__((noinline)) void kind##_##times(long *by)                                 \
    {                                                                                              \
        enum { n = times };                                                                        \
        BEFORE() TIMES_##times(EACH) TIMES_##times(AFTER)                                          \
    }
#define LOOP(kind, BEFORE, EACH, AFTER)                                                            \
    static __attribute__((noinline)) void kind##_loop(long *by, int n)                             \
    {                                                                                              \
        BEFORE()                                                                                   \
        for (int k = 0; k < n; k++) {                                                              \
            EACH() AFTER()                                                                         \
        }                                                                                          \
    }
#define KIND(kind, BEFORE, EACH, AFTER)                                                            \
    FUNCTION(kind, 1, BEFORE, EACH, AFTER)                                                         \
    FUNCTION(kind, 4, BEFORE, EACH, AFTER)                                                         \
    FUNCTION(kind, 16, BEFORE, EACH, AFTER)                                                        \
    FUNCTION(kind, 64, BEFORE, EACH, AFTER)                                                        \
    LOOP(kind, BEFORE, EACH, AFTER)

KIND(plain, NOTHING, PLAIN, NOTHING)
KIND(open, NOTHING, OPEN, NOTHING)
KIND(attribute, NOTHING, ATTRIBUTE, NOTHING)
KIND(stack, SCOPE_AND_RECORDS, STACK, NOTHING)
KIND(heap, SCOPE, HEAP, NOTHING)
KIND(pthread, NOTHING, PUSH, POP)

/* --- the table -------------------------------------------------------------------- */

enum { SIZES = 4 };
static const int sizes[SIZES] = { 1, 4, 16, 64 };

static const struct kind {
    const char *name;
    void (*functions[SIZES])(long *by);
    void (*loop)(long *by, int n);
    size_t each, once; /* bytes, for a cleanup and for all of a function */
} kinds[] = {
#define ROW(kind, each, once)                                                                      \
    { #kind, { kind##_1, kind##_4, kind##_16, kind##_64 }, kind##_loop, each, once }
    ROW(plain, 0, 0),
    ROW(open, sizeof(struct scope), 0),
    ROW(attribute, sizeof(long *), 0),
    ROW(stack, sizeof(struct cleanup), sizeof(struct scope)),
    ROW(heap, sizeof(struct heap_cleanup), sizeof(struct scope)),
    ROW(pthread, sizeof(__pthread_unwind_buf_t), 0),
};

/* --- the batch -------------------------------------------------------------------- */

struct subject {
    const struct kind *kind;
    int size; /* index */
    bool loop;
};

static void call(const struct subject *s, long *by)
{
    if (s->loop)
        s->kind->loop(by, sizes[s->size]);
    else
        s->kind->functions[s->size](by);
}

/* n cleanups, or the next multiple of what a call does; the seconds are for n. */
static double batch(void *arg, uint64_t first, uint64_t n)
{
    const struct subject *s = arg;
    uint64_t each = (uint64_t)sizes[s->size], calls = (n + each - 1) / each;
    long by = 1;
    (void)first;
    int64_t start = clock_now();
    for (uint64_t i = 0; i < calls; i++)
        call(s, &by);
    double seconds = (double)(clock_now() - start) / 1e9;
    double bytes = (double)s->kind->each + (double)s->kind->once / (double)each;
    if (bytes >
        0) /* where all values are 0 the library computes a deviation that is no valid JSON */
        gbench_counter("bytes", bytes * (double)n);
    return seconds * (double)n / (double)(calls * each);
}

/* A fixed number of iterations: one short trial on a busy machine does not tell how many are
 * enough. */
enum { ITERATIONS = 320000 };

/* A subject belongs to the library, which keeps it. */
static void add(const struct kind *kind, int size, bool loop)
{
    struct subject *s = malloc(sizeof *s);
    char name[64];

    if (!s)
        return;
    *s = (struct subject){ kind, size, loop };
    snprintf(name, sizeof name, "kinds/%s/%s/%d", kind->name, loop ? "loop" : "function",
             sizes[size]);
    gbench_register(name, batch, s, ITERATIONS);
}

void cleanup_prices_register(void)
{
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        for (int size = 0; size < SIZES; size++) {
            add(&kinds[k], size, false);
            add(&kinds[k], size, true);
        }
}
