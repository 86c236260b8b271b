/* SPDX-License-Identifier: MIT */
/* task_impl.h - what a task is, and what it may wait for. */
#ifndef TASK_IMPL_H
#define TASK_IMPL_H

#include "core/switch.h"
#include "defer.h"
#include "task.h"

/* Why a task waits, in the words of Go's dumps. */
#define WAIT_REASONS(REASON)                                                                       \
    REASON(WAIT_NOTHING, "")                                                                       \
    REASON(WAIT_RECV, "chan receive")                                                              \
    REASON(WAIT_SEND, "chan send")                                                                 \
    REASON(WAIT_RECV_NIL, "chan receive (nil chan)")                                               \
    REASON(WAIT_SEND_NIL, "chan send (nil chan)")                                                  \
    REASON(WAIT_SELECT, "select")                                                                  \
    REASON(WAIT_SELECT_NONE, "select (no cases)")                                                  \
    REASON(WAIT_SLEEP, "sleep")                                                                    \
    REASON(WAIT_MUTEX, "sync.Mutex.Lock")                                                          \
    REASON(WAIT_RWMUTEX, "sync.RWMutex.Lock")                                                      \
    REASON(WAIT_RWMUTEX_R, "sync.RWMutex.RLock")                                                   \
    REASON(WAIT_WAITGROUP, "sync.WaitGroup.Wait")                                                  \
    REASON(WAIT_COND, "sync.Cond.Wait")                                                            \
    REASON(WAIT_ONCE, "sync.Mutex.Lock") /* as in Go, whose once has one */                        \
    REASON(WAIT_BLOCKING, "syscall")

enum wait_reason {
#define REASON(name, words) name,
    WAIT_REASONS(REASON)
#undef REASON
        WAIT_REASON_COUNT
};

enum task_state { TASK_FREE, TASK_READY, TASK_RUNNING, TASK_WAITING };

struct panicking;  /* defer_impl.h */
struct protection; /* the same */
struct stack;      /* stack.h */

struct task {
    /* As in struct task_head (defer_inline.h). */
    struct scope *scope; /* the innermost, the outermost is `root` */
    uint32_t cleanups;   /* registered and not yet run */

    /* Whoever runs or resumes the task. */
    struct context context;
    struct stack *stack; /* NULL until it runs for the first time */
    task_fn *fn;
    void *arg;
    const struct site *born; /* where go() is written */
    uint64_t id, parent;     /* of the task that wrote it; 0: none */
    const struct task_label *labels;

    /* The task itself. */
    struct scope root;
    struct protection *protection; /* the innermost */
    struct panicking *panic;       /* the newest */

    /* The task while it runs; whoever wakes it while it waits; dumps at any time. */
    uint8_t state;            /* enum task_state */
    uint8_t reason;           /* enum wait_reason */
    uint8_t leaked;           /* 1: the last look found that nobody can wake it (leak.h) */
    uint32_t claim;           /* in a wait with several wakers: 1 once one has won (wait.h) */
    const struct site *where; /* where it waits */
    int64_t since_ns;         /* since when, to some milliseconds */

    union {
        struct task *next; /* of those whose blocking call is over */
        const void *lock;  /* of one that waits for a mutex, rwmutex or once: which */
    };
} __attribute__((aligned(64))); /* two that run on two workers share no cache line */

#endif
