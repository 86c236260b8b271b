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

#include <stdint.h>

/* Look for them now.  What is found is marked in every dump from then on (dump.h), until the
 * next look: "[chan receive, leaked]".  Stops all other threads meanwhile, for some milliseconds
 * a hundred megabytes; waits for nothing else, allocates nothing, and may be called from a signal
 * handler.  How many there are, or
 *   -ENOTSUP  under a sanitizer; while the collector is on (gc.h); or where a process may not read
 *             /proc/self or its own memory by process_vm_readv(2)
 *   -EBUSY    a thread of this process blocks the signal that would stop it
 *   -EAGAIN   a thread was stopped in the middle of malloc, a hundred times; ask again
 *   -ENOMEM */
int64_t leaks_find(void);

#endif
