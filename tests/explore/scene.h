/* SPDX-License-Identifier: MIT */
/* scene.h - what is explored: a few tasks, and what must be true when they have ended.
 *
 * start() makes things and starts tasks; it must not wait, and no task runs before it
 * returns.  check() checks the result and frees it.  What is still allocated after that is a
 * leak and a failure.  Both run anew in each schedule, so
 * static data must be set in start(). */
#ifndef SCENE_H
#define SCENE_H

#include "chan.h"
#include "explore/explore.h"

struct scene {
    const char *name; /* a sentence that can be false */
    void (*start)(void);
    void (*check)(void);  /* NULL: it is enough that all tasks end */
    uint32_t preemptions; /* at most, where all schedules are explored; UINT32_MAX: any number */
    uint32_t advances;    /* of the clock while others can run */
    bool fine;            /* also before stores and relaxed loads */
    bool weak;            /* loads may see older values; by seed they always may */
    uint32_t bias_takes;  /* 0: no lock becomes biased (lock_impl.h) */
    uint32_t must_see;    /* bits: what must have happened in one of the schedules */
    void (*check_stuck)(void);   /* NULL: being stuck is a failure */
    void (*seed)(uint64_t seed); /* before the schedule of a seed: choose a variant */
    uint32_t rounds;             /* so many variants, each with all its schedules: */
    void (*round)(uint32_t n);   /* choose variant n */
    void (*round_over)(void);    /* its schedules are done; NULL: nothing to check */
};

/* The tables of scenes, each ends with one without a name. */
extern const struct scene lock_scenes[], steal_scenes[], chan_scenes[], program_scenes[],
    timer_scenes[], ctx_scenes[], sync_scenes[], pool_scenes[];

#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            explore_fail("%s:%d: not so: %s", __FILE__, __LINE__, #condition);                     \
    } while (0)

#define MUST_BE(found, wanted)                                                                     \
    do {                                                                                           \
        long long found_ = (long long)(found), wanted_ = (long long)(wanted);                      \
        if (found_ != wanted_)                                                                     \
            explore_fail("%s:%d: %s is %lld, not %lld", __FILE__, __LINE__, #found, found_,        \
                         wanted_);                                                                 \
    } while (0)

/* Where loads may see older values: what was published before an atomic step, whoever has found
 * that step must see; and of what is counted under a lock nothing may be lost. */
static inline void publish(int *fact)
{
    __atomic_store_n(fact, 1, __ATOMIC_RELAXED);
}

static inline void must_see(const int *fact)
{
    MUST_BE(__atomic_load_n(fact, __ATOMIC_RELAXED), 1);
}

static inline void add_one(int *n)
{
    __atomic_store_n(n, __atomic_load_n(n, __ATOMIC_RELAXED) + 1, __ATOMIC_RELAXED);
}

/* One of the things that must_see is about has happened. */
void saw(uint32_t bits);

/* The caller's turn comes when tasks 2 to 1 + n, the first that were started, wait or have
 * ended. */
void until_first_wait(uint32_t n);

#endif
