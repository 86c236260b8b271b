/* SPDX-License-Identifier: MIT */
/* explore.h - the deterministic mode: one thread, and every choice from outside.
 *
 * A build with -DTWIN_EXPLORE (`make seed`) has explore.c in place of sched.c and
 * clock.c.  Its scheduler knows no queues: whatever can run may be next, and a task may
 * lose its turn before any atomic access, as if each ran on a core of its own.  So what
 * is found here can happen, and what can happen under sequential consistency can be
 * found here; and with limits.weak much of what C11's weaker orders allow (weak.c).  Who is next,
 * which case of a select is taken and when the clock moves on are all answers to explore_choose():
 * of a seed, of a list, or of a search through all of them (tests/explore).
 *
 * The atomic accesses need no hooks: this file comes before every source and
 * puts a point into each of the compiler's builtins.  No other build has any of
 * this.  Not explored: sched.c itself but for its thieves
 * (tests/explore/steals.c), and what comes from other threads
 * (task_inject(); a blocking call is made on the spot). */
#ifndef EXPLORE_H
#define EXPLORE_H

#ifndef __cplusplus

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#ifdef TWIN_EXPLORE
#define EXPLORING true
#else
#define EXPLORING false
#endif

/* Below n: the one that the seed or the search wants now. */
uint32_t explore_choose(uint32_t n);

/* *word, which is taken, is free and taken by the caller when this returns. */
void explore_take(uint8_t *word);

/* Stands for LOCK_BIAS_TAKES. */
extern uint32_t explore_bias_takes;

/* Stands for membarrier(2). */
void explore_barrier(void);

/* The caller looks again and again for what another task must do: it is not its turn
 * until another has had one. */
void explore_spin(void);

/* Before the workers are made.  A build without the mode refuses to be asked for it. */
void explore_start(void);

#ifndef TWIN_EXPLORE

#define explore_spin() (void)0
#define explore_barrier() (void)0
#define explore_start() explore_refuse()

static inline void explore_refuse(void)
{
    if (!getenv("TWIN_SEED"))
        return;
    fputs("twinbench: TWIN_SEED is set, but this build has no deterministic mode; "
          "`make seed` builds one (runtime/README.md)\n",
          stderr);
    exit(2);
}

#else

/* --- points ------------------------------------------------------------------------- */

/* Those that rarely matter come first: a store, and a load that orders nothing. */
enum explore_kind { EXPLORE_STORE, EXPLORE_LOOK, EXPLORE_LOAD, EXPLORE_CHANGE };

struct explore_site {
    const char *op, *on, *func;
    enum explore_kind kind;
    uint32_t bytes;
    int order;
    bool compares; /* it may fail, and then stores nothing */
};

/* Another task may have its turn before *p is touched.  Returns p, or for a load that sees an
 * older value where that lies (weak.c). */
void *explore_point(const struct explore_site *site, const volatile void *p);

/* The caller passes a fence. */
void explore_fence(int order);

#define EXPLORED(kind, order, compares, op, p, ...)                                                \
    op((__typeof__(p))explore_point(({                                                             \
                                        static const struct explore_site site_ = {                 \
                                            #op, #p, __func__, kind, sizeof *(p), order, compares, \
                                        };                                                         \
                                        &site_;                                                    \
                                    }),                                                            \
                                    (p)),                                                          \
       __VA_ARGS__)

#define EXPLORED_CHANGE(op, p, v, order) EXPLORED(EXPLORE_CHANGE, order, false, op, p, v, order)

#define __atomic_load_n(p, order)                                                                  \
    EXPLORED((order) == __ATOMIC_RELAXED ? EXPLORE_LOOK : EXPLORE_LOAD, order, false,              \
             __atomic_load_n, p, order)
#define __atomic_store_n(p, v, order)                                                              \
    EXPLORED(EXPLORE_STORE, order, false, __atomic_store_n, p, v, order)
#define __atomic_compare_exchange_n(p, expected, v, weakly, order, otherwise)                      \
    EXPLORED(EXPLORE_CHANGE, order, true, __atomic_compare_exchange_n, p, expected, v, weakly,     \
             order, otherwise)
#define __atomic_exchange_n(p, v, order) EXPLORED_CHANGE(__atomic_exchange_n, p, v, order)
#define __atomic_add_fetch(p, v, order) EXPLORED_CHANGE(__atomic_add_fetch, p, v, order)
#define __atomic_sub_fetch(p, v, order) EXPLORED_CHANGE(__atomic_sub_fetch, p, v, order)
#define __atomic_and_fetch(p, v, order) EXPLORED_CHANGE(__atomic_and_fetch, p, v, order)
#define __atomic_fetch_add(p, v, order) EXPLORED_CHANGE(__atomic_fetch_add, p, v, order)
#define __atomic_fetch_sub(p, v, order) EXPLORED_CHANGE(__atomic_fetch_sub, p, v, order)
#define __atomic_fetch_and(p, v, order) EXPLORED_CHANGE(__atomic_fetch_and, p, v, order)
#define __atomic_fetch_or(p, v, order) EXPLORED_CHANGE(__atomic_fetch_or, p, v, order)
#define __atomic_thread_fence(order) explore_fence(order)

/* --- one schedule after another ----------------------------------------------------- */

/* What is chosen: who has the next turn; whether (0) or to whom a task loses it; anything
 * else the runtime leaves to chance. */
enum explore_question { EXPLORE_NEXT, EXPLORE_PREEMPT, EXPLORE_CHANCE };

/* How far a schedule may go. */
struct explore_limits {
    uint32_t preemptions; /* turns lost where the task could have gone on */
    uint32_t advances;    /* of the clock while others could run; more when nothing else can */
    bool fine;            /* turns can be lost before stores and relaxed loads, too */
    bool weak;            /* a load may see an older value where C11 allows it (weak.c) */
    uint32_t bias_takes;  /* stands for LOCK_BIAS_TAKES; 0: no lock becomes biased */
};

/* One answer of a schedule. */
struct explore_step {
    const struct explore_site *site; /* NULL: where a task waits or ends, or by chance */
    const volatile void *object;
    uint32_t task, to; /* in the order of starting from 2; 1: the driver, 0: the clock */
    uint32_t n, chosen;
};

enum explore_end {
    EXPLORE_ENDED,  /* all tasks have */
    EXPLORE_STUCK,  /* no task can go on, now or ever */
    EXPLORE_FAILED, /* explore_fail() */
};

/* From task 1: run what start(arg) starts until it has ended or is stuck, with the answers
 * of source.  Tasks that are stuck are given up where they are.  start itself loses no
 * turn and must not wait. */
enum explore_end explore_schedule(void (*start)(void *arg), void *arg,
                                  uint32_t (*source)(uint32_t n, enum explore_question),
                                  const struct explore_limits *limits);

/* A source of answers: the same for the same seed, and for seeds that follow each other not
 * alike.  Every task loses turns, by the seed one in two to one in sixteen. */
void explore_seed(uint64_t seed);
uint32_t explore_seeded(uint32_t n, enum explore_question question);

/* What the last schedule did, and how many steps that were. */
const struct explore_step *explore_steps(uint32_t *n);

/* In a schedule or when one is looked at: this must not be.  A task does not go on. */
void explore_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *explore_failure(void);

/* The caller's turn comes when the condition holds and not before.  It must depend on
 * nothing but what other tasks do. */
void explore_until(bool (*condition)(void *arg), void *arg);

/* The number of the caller, and whether the task of that number waits, or has ended. */
uint32_t explore_number(void);
bool explore_waits(uint32_t number);

#endif /* TWIN_EXPLORE */
#endif /* __cplusplus */
#endif
