/* SPDX-License-Identifier: MIT */
/* dump.h - what every task is doing, for a person or for a tool to read.
 *
 * A dump calls no malloc and takes no lock that a task could hold, so each of these may be
 * called in a process that is stuck and from a signal handler.  While tasks run it is
 * not one instant: a task may move on while another is printed.  Nor does it grow
 * with the number of tasks: it is written as it goes.
 *
 * SIGQUIT (Ctrl-\) prints the tasks one by one, which of them are leaked, and ends the process with
 * RUNTIME_EXIT_QUIT (exit.h). */
#ifndef DUMP_H
#define DUMP_H

enum dump_form {
    DUMP_GROUPED = 1, /* tasks with the same story once, with their number */
    DUMP_EACH = 2,    /* one by one */
};

/* Write the tasks to a file descriptor: what each does or waits for and how long already,
 * where and called by which functions, who holds the lock that it waits for, with which cleanups
 * and where they were registered, its labels (task.h), and where and by which task it was started.
 * What the last leaks_find() (leak.h) proved is marked: "chan receive, leaked".
 * The time is at least that long; defer_open() is not shown.  Of a group it is the
 * longest wait, and the cleanups are named of its oldest task.  0 or a negative errno;
 * -ENOMEM only when DUMP_GROUPED finds no page for its groups. */
int dump_tasks(int fd, enum dump_form form);

/* Write them as `go tool pprof` reads a goroutine profile: where tasks wait, what has called that,
 * and where they were started, with their number; in gzip.  A label "state" has the words of the
 * dump above, "waited" the seconds.  0 or a negative errno; -ENOMEM when there is no
 * memory for zlib (some 300 KiB, given back at the end). */
int dump_pprof(int fd);

/* Of these the leaked alone, looked for now (leak.h), as Go's goroutineleak profile.  Also what
 * leaks_find() cannot do. */
int dump_pprof_leaked(int fd);

/* Write what is alive and what there ever was (stats.h), and which lines made the timers that are
 * pending, those of contexts included, and the channels and contexts that are alive.  0 or a
 * negative errno. */
int dump_counts(int fd);

#endif
