/* SPDX-License-Identifier: MIT */
/* task.h - start work that runs beside its starter.
 *
 * A task is a function with a stack of its own; starting one costs tens of
 * nanoseconds and a parked one a page of memory.  Tasks run on a few workers
 * (OS threads), and a worker that has nothing to do takes tasks from another.
 *
 * Scheduling is cooperative.  A task gives way where it has to wait, and in
 * task_yield(), and nowhere else: a loop that never waits keeps its worker, though
 * not the others, which take over what it keeps from running.  Whatever waits in
 * the kernel or in a library belongs into task_blocking().
 *
 * Everything below is called from a task, except task_main(), task_set_workers(), task_inject() and
 * task_hold().  So is what the other headers have, but for what makes or looks at something without
 * a worker: pool_make(), heap_alloc(), counts and dumps.  A call of anything else on a thread that
 * is no worker, before task_main(), or one that waits after it, ends the process with
 * RUNTIME_EXIT_FATAL and a line that names it and its place. */
#ifndef TASK_H
#define TASK_H

#include "exit.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef void task_fn(void *arg);

/* A place in a source file, for task dumps. */
struct site {
    const char *file;
    int line;
    const char *func;
};

/* The place where it is written. */
#define HERE                                                                                       \
    ({                                                                                             \
        static const struct site here_ = { __FILE__, __LINE__, __func__ };                         \
        &here_;                                                                                    \
    })

/* Start the workers, run fn(arg) as task 1, and return when it has returned.
 * Tasks still alive then are abandoned where they are, as in Go; but a worker is left
 * only between two of them, so one that computes without end on the first worker keeps
 * task_main() from returning.  The workers' number is TWIN_WORKERS, from 1 to 64, else the cores
 * this process may use; anything else in TWIN_WORKERS ends the process with a line and status 2.
 * 0; -EALREADY: it has run in this process before, and fn was not called; or a negative errno when
 * threads or memory are refused. */
int task_main(task_fn *fn, void *arg);

/* Start fn(arg) as a task.  Never waits.  The starter keeps running; when the
 * task begins is the scheduler's business.  arg belongs to the task from here
 * on.  A NULL fn is fatal. */
#define go(fn, arg) task_go((fn), (arg), HERE)

/* Let others run.  Returns when every task that was ready on this worker has
 * had its turn; now and then a turn earlier, which keeps anybody from starving. */
void task_yield(void);

/* Wait at least ns nanoseconds; 0 and less return at once. */
#define task_sleep(ns) task_sleep_at((ns), HERE)

/* Wait for ever ("select (no cases)" in dumps). */
#define task_stop() task_stop_at(HERE)

/* End this task now.  Its cleanups run, newest first.  When task 1 ends like
 * this the others go on, and the process ends when they have. */
_Noreturn void task_exit(void);

/* Run fn(arg) on a thread beside the workers and wait for it: for system calls
 * and libraries that wait.  The other tasks go on meanwhile.  fn must not call
 * this runtime.  It has the task's errno, and the task then has what it left there. */
#define task_blocking(fn, arg) task_blocking_at((fn), (arg), HERE)

/* Start fn(arg) as a task, from a thread that is no worker (a server library's
 * own, say).  Valid between task_hold() and task_release(). */
#define task_inject(fn, arg) task_inject_at((fn), (arg), HERE)

/* While held, work may come from outside: tasks that all wait are no deadlock.  As many releases
 * as holds end that; one more panics. */
void task_hold(void);
#define task_release() task_release_at(HERE)

/* Tasks alive, this one included: Go's NumGoroutine.  What a task did that is no longer
 * counted comes before. */
uint64_t task_count(void);

/* The number of this task, 1 for the first.  Never used twice. */
uint64_t task_id(void);

/* Words of one's own about a task, which dumps and profiles show (`go tool pprof -tagfocus`).  Each
 * stands with those that were there before; they and their texts must be there as long as any task
 * that has them: in static storage, or never freed. */
struct task_label {
    const char *key, *value;
    const struct task_label *outer; /* more of them, or NULL */
};

/* From now on this task, and every task that it starts, has these labels (NULL: none).  Returns
 * those it had: give them back when the labelled work is over, as Go's pprof.Do() does. */
const struct task_label *task_labels(const struct task_label *labels);

/* How many workers run tasks, and change it for a task_main() to come
 * (0: the default). */
int task_workers(void);
void task_set_workers(int n);

/* errno belongs to the task: after a wait it is what it was before.  Compilers take the address of
 * errno for one that never changes in a function, and a task may go on on another thread.  So in
 * each file that includes this header, errno asks anew where it is.
 *
 * For two things like it nothing can be done here, and a task must not keep them over a wait:
 * pthread_self(), and the address of a variable that is __thread or thread_local. */
int *task_errno(void);
#undef errno
#define errno (*task_errno())

/* Misuse or a broken promise: run the cleanups of this task, newest first, then
 * say the sentence, dump the tasks and end the process with RUNTIME_EXIT_PANIC (exit.h) -
 * unless one of the cleanups calls recover() (defer.h). */
#define panic(...) task_panic(HERE, __VA_ARGS__)

/* The same for what cannot be mended: no cleanup runs, nothing recovers, and the process ends with
 * RUNTIME_EXIT_FATAL.  In Go these are "fatal error: ...", too. */
_Noreturn void task_fatal(const struct site *where, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* What the macros call.  where: static storage, never copied. */
void task_go(task_fn *fn, void *arg, const struct site *where);
void task_sleep_at(int64_t ns, const struct site *where);
_Noreturn void task_stop_at(const struct site *where);
void task_blocking_at(task_fn *fn, void *arg, const struct site *where);
void task_inject_at(task_fn *fn, void *arg, const struct site *where);
void task_release_at(const struct site *where);
_Noreturn void task_panic(const struct site *where, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
