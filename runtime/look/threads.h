/* SPDX-License-Identifier: MIT */
/* threads.h - all other threads of the process stand still for a moment. */
#ifndef LOOK_THREADS_H
#define LOOK_THREADS_H

#include <signal.h>
#include <stddef.h>
#include <ucontext.h>

/* Stops a thread.  Threads of the runtime let it in, whatever else they block. */
#define STOP_SIGNAL SIGRTMAX

/* For the caller alone to run, until threads_go().  0; -EBUSY: a thread blocks STOP_SIGNAL, or
 * somebody else has stopped the others; -ENOTSUP: no /proc/self/task, or STOP_SIGNAL is not to be
 * had (valgrind keeps it).  On error none stands. */
int threads_stop(void);
void threads_go(void);

/* The registers of those that stand. */
size_t threads_stopped(void);
const ucontext_t *thread_registers(size_t i);

#endif
