/* SPDX-License-Identifier: MIT */
/* fatal.h - how the runtime ends a process that cannot go on.
 *
 * Everything in the runtime may end here, so this refers to nothing else in it: dump.c,
 * which can print the tasks, is called through `fatal_dump`. */
#ifndef FATAL_H
#define FATAL_H

#include "exit.h"

struct site;
struct task;

/* Writes all tasks but one to stderr.  NULL until task_main() sets it. */
extern void (*fatal_dump)(const struct task *but);

/* Writes to stderr what has called the function that calls this; the place has been said.  NULL
 * likewise. */
extern void (*fatal_frames)(const struct site *where);

/* Before the first word of an end.  Of several threads that come here the first goes on, the others
 * wait for the end of the process: what two say at once nobody can read.  The first may come
 * again, from a fault in what it was saying. */
void last_words(void);

/* Print the tasks but for `but`, which has been printed, and end the process. */
_Noreturn void end_process(enum runtime_exit status, const struct task *but);

/* Print "fatal error: ", the sentence and the tasks, and end the process. */
_Noreturn void fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same for tasks that all wait. */
_Noreturn void fatal_deadlock(const char *sentence);

#endif
