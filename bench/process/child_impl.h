/* SPDX-License-Identifier: MIT */
/* child_impl.h - a process that was started, as the three files about it share it:
 * child_start.c starts it, child.c watches it, child_end.c says how it ended. */
#ifndef CHILD_IMPL_H
#define CHILD_IMPL_H

#include "process/child.h"

#include <sys/types.h>

enum {
    ROW_BYTES = 2 * SAMPLE_ROW, /* the header and the row */
    SAID_BYTES = 256 * 1024,    /* of what a child prints: a dump of 1,000 tasks has room */
};

/* Bytes that came through a pipe; NUL after the last. */
struct stream {
    int fd; /* -1 once it has ended */
    size_t length, cap;
    char *bytes;
};

struct child {
    struct request request;
    pid_t pid;
    int pidfd;
    int served_fd; /* a file in memory: how many requests were answered; -1: none */
    struct stream row, said;
    int64_t started_ms, deadline_ms;
    int64_t looked_ms; /* when it was last looked at while it ran */
    int64_t held_ms;   /* how long it, or this program, was stopped, or it waited for a disk */
    int64_t ran_ns;    /* on a processor, at the last look past its deadline; 0: none yet */
    int64_t asked_ms;  /* when that look was, or it started */
    bool timed_out, ended;
    int status;
};

/* Start c->request and fill in the rest; 0 or a negative errno.  In either case
 * child_free() is owed. */
int child_launch(struct child *c);
void child_free(struct child *c);

/* How much of the time that has passed was not the child's own: it was held, or ready to run and
 * got no processor.  Its threads may have waited one after the other or at the same time, and while
 * it was held, so the sum of their waits may be too much: it counts up to what is left beside the
 * time that they ran and that in which it was held. */
int64_t child_lost_ms(int64_t passed, int64_t ran, int64_t waited, int64_t held);

/* It has ended: fill *out and, unless NULL, why; keep its output, if that was asked for.  0 or a
 * negative errno. */
int child_end(const struct child *c, struct sample *out, char why[CHILD_WHY]);

#endif
