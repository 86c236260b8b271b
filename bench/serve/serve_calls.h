/* SPDX-License-Identifier: MIT */
/* serve_calls.h - requests on their way from the server's threads through the runtime.
 *
 * A call begins on a thread of the HTTP library, which suspends its connection and
 * injects a task; the task runs op and resumes the connection.  A call that takes too
 * long is answered without its op, whose task stays: so an op that never ends keeps
 * neither its client nor the server.
 *
 * A process has one set of calls.  The connection and the task own one reference
 * each. */
#ifndef SERVE_CALLS_H
#define SERVE_CALLS_H

#include "inside/drive.h"

#include <microhttpd.h>

enum call_state {
    CALL_READING,  /* the request is still coming in */
    CALL_OPEN,     /* its op runs */
    CALL_ANSWERED, /* op has ended in time */
    CALL_LATE,     /* it has not */
    CALL_CUT,      /* the server ends */
    CALL_STATES
};

struct call;

/* What has been; `open` is what is. */
struct calls_tally {
    uint64_t open, ended[CALL_STATES];
};

/* Where the ops of all calls run. */
void calls_start(struct stage *stage);

/* A call that reads its request.  The connection's reference; NULL: out of memory. */
struct call *call_make(struct MHD_Connection *connection);
void call_drop(struct call *c);

/* So many bytes of a body came in; how many those are in all. */
uint64_t call_read(struct call *c, size_t bytes);

/* Suspend the connection and run the op; only from the library's handler.  The
 * handler is called again when the state has become one of the last three. */
void call_begin(struct call *c);
enum call_state call_state(struct call *c);

/* Of an answered call: op's. */
uint64_t call_answer(const struct call *c);

/* Give up the calls that began more than ns ago. */
void calls_expire(int64_t ns);

/* Cut off every call, and from now on each as soon as it begins. */
void calls_stop(void);

struct calls_tally calls_tally(void);

/* How many calls have a connection that waits for an answer or is being sent one. */
uint64_t calls_unsent(void);

#endif
