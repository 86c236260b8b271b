/* SPDX-License-Identifier: MIT */
/* fatal.h - how the runtime ends a process that cannot go on.
 *
 * Everything in the runtime may end here, so this refers to nothing else in it: who can
 * print the tasks says so in `fatal_dump`. */
#ifndef FATAL_H
#define FATAL_H

#include "exit.h"

struct task;

/* Writes all tasks but one to stderr.  NULL until there is somebody who can (dump.c). */
extern void (*fatal_dump)(const struct task *but);

/* The tasks but for `but`, which has been told of, and the end. */
_Noreturn void end_process(enum runtime_exit status, const struct task *but);

/* "fatal error: ", the sentence, the tasks, and the end. */
_Noreturn void fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same for tasks that all wait. */
_Noreturn void fatal_deadlock(const char *sentence);

#endif
