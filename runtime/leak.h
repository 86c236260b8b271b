/* SPDX-License-Identifier: MIT */
/* leak.h - which tasks can never go on, because nobody is left who could wake them.
 *
 * A task that waits is woken by somebody who holds a pointer to what it waits in: the channel,
 * the lock, the timer.  If no pointer leads there from anything that can still run, it waits
 * for ever.  That is a proof and no guess from how long it has waited: what a task that only
 * waits long needs is still within somebody's reach.
 *
 * The other way round nothing follows: a task within reach may wait for ever, too, if whoever
 * could wake it never does.
 *
 * The idea is that of a conservative collector (Boehm and Weiser 1988), with the stacks of
 * waiting tasks as objects that it may find garbage; Go has it since 1.26 (golang/go#74609). */
#ifndef LEAK_H
#define LEAK_H

#include "task.h"

/* Look for them now.  What is found is marked in every dump from then on (dump.h), until the
 * next look: "[chan receive, leaked]".  Stops all other threads meanwhile, for some milliseconds
 * a hundred megabytes; waits for nothing else, allocates nothing, and may be called from a signal
 * handler.  How many there are, or
 *   -ENOTSUP  under a sanitizer or valgrind; while the collector is on (gc.h); or where a
 *             process may not read /proc/self or its own memory by process_vm_readv(2)
 *   -EBUSY    a thread of this process blocks the signal that would stop it
 *   -EAGAIN   a thread was stopped in the middle of malloc, a hundred times; ask again
 *   -ENOMEM */
int64_t leaks_find(void);

/* For the end of a test: are all tasks over but the caller?
 *
 *     assert(task_verify_none() == 0);
 *     assert(task_verify_none(IGNORE_TASK(log_writer), IGNORE_IN("pool_start")) == 0);
 *
 * While one is left it waits, 1 us at first and 0.4 s in all, so that what can end does.  What is
 * left then is named on stderr as in a dump, and who of them is proved never to end is marked
 * there:
 * "[chan receive, leaked]".  One without that mark computes, sleeps, or waits for somebody who can
 * still come.
 *
 * The arguments, if any, name tasks that do not count.  How many are left that do. */
#define task_verify_none(...)                                                                      \
    ({                                                                                             \
        const struct task_ignore ignore_[] = { { 0 }, ##__VA_ARGS__ };                             \
        task_verify_none_at(ignore_ + 1, sizeof ignore_ / sizeof ignore_[0] - 1, HERE);            \
    })

/* Those that run this function, given to go(). */
#define IGNORE_TASK(fn) { fn, NULL }
/* Those that wait, or were started, on a line of the function of this name. */
#define IGNORE_IN(func) { NULL, func }

struct task_ignore {
    task_fn *runs;
    const char *in;
};

int64_t task_verify_none_at(const struct task_ignore *ignore, size_t n, const struct site *where);

#endif
