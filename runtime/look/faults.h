/* SPDX-License-Identifier: MIT */
/* faults.h - signals: SIGQUIT dumps and ends, a fault in a guard page is a stack overflow. */
#ifndef FAULTS_H
#define FAULTS_H

/* For the process, once. */
void faults_catch(void);

/* Say that t has overflowed its stack, and end the process. */
struct task;
_Noreturn void fatal_overflow(const struct task *t);

/* This thread, a worker's, handles signals on a stack of its own. */
#define SIGNAL_STACK_BYTES (64 << 10)
void faults_catch_here(void);

#endif
