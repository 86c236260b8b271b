/* SPDX-License-Identifier: MIT */
/* pages.h - what the tasks are doing, to be read with a browser, curl or `go tool pprof`.
 *
 *     /debug                        what there is
 *     /debug/tasks                  tasks with the same story once (dump.h); ?debug=2: each
 *     /debug/counts                 what is alive, and what made the timers that are pending
 *     /debug/pprof/goroutine        for `go tool pprof`; ?debug=1 and 2 as above
 *     /debug/pprof/goroutineleak    of these the tasks that nobody can wake (leak.h)
 *
 * They stand apart from the rest of the runtime (libtwinbench-pages), because they need
 * libmicrohttpd. */
#ifndef PAGES_H
#define PAGES_H

/* Answer on that address ("127.0.0.1", "::1") and port, 0: on any that is free, until the process
 * ends.  From a task, once.  The port, or a negative errno.  From then on tasks that all wait are
 * no deadlock, which would end the process: somebody may want to look at them. */
int pages_serve(const char *address, int port);

/* For a server of your own: in its handler, answer if `path` is one of the above.
 * 1: the answer is queued; 0: it is none of these; -1: out of memory, close the connection. */
struct MHD_Connection;
int pages_answer(struct MHD_Connection *c, const char *path);

#endif
