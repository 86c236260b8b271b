/* SPDX-License-Identifier: MIT */
/* dump.h - what every task is doing, for a person to read.
 *
 * A dump allocates nothing and takes no lock that a task could hold, so it works
 * in a process that is stuck and from a signal handler.  While tasks run it is
 * not one instant: a task may move on while another is printed.
 *
 * SIGQUIT (Ctrl-\) prints the tasks one by one and ends the process with status
 * 2, as in Go. */
#ifndef DUMP_H
#define DUMP_H

enum dump_form {
    DUMP_GROUPED = 1, /* tasks with the same story once, with their number */
    DUMP_EACH = 2,    /* one by one */
};

/* Write the tasks to a file descriptor.  0 or a negative errno. */
int dump_tasks(int fd, enum dump_form form);

#endif
