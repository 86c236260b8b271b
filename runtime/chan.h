/* SPDX-License-Identifier: MIT */
/* chan.h - how tasks hand values to each other.
 *
 * A channel carries values of one size.  With cap 0 a send meets its receiver;
 * with cap > 0 up to cap values wait inside.  Any task may send, receive or
 * close.  Values arrive in the order they were sent, and tasks that wait are
 * served in the order they came.  Dropping is not closing: a receiver keeps
 * waiting on a channel that everybody else has dropped (see
 * patterns/leaks/range-unclosed).
 *
 * NULL is a channel on which nothing ever happens: sending and receiving wait
 * for ever, and a select never chooses it. */
#ifndef CHAN_H
#define CHAN_H

#include "task.h"

struct chan;

/* How a receive, or a send that need not succeed, came out. */
enum chan_result {
    CHAN_CLOSED = 0,      /* closed and drained; the value is all zero bytes */
    CHAN_OK = 1,          /* a value was passed */
    CHAN_WOULD_BLOCK = 2, /* try: not now; timed: not in that time */
};

/* NULL when memory runs out; "makechan: size out of range" panics when
 * elem_bytes * cap overflows.  The caller owns one reference.  elem_bytes may
 * be 0: such a channel carries only the fact. */
#define chan_make(elem_bytes, cap) chan_make_at((elem_bytes), (cap), HERE)

/* One more owner: returns c.  NULL is fine. */
struct chan *chan_ref(struct chan *c);

/* One owner less; the last one frees the channel with what is inside.  Does
 * not close.  NULL is fine.  While somebody waits in the channel its last owner must not go: that
 * panics, naming who waits, and the channel stays.  Who has received a value, or the close, may be
 * that last owner, though whoever sent or closed is still on the way back: it does not touch the
 * channel any more.  As a function, for defer(), it has no place of its own to name. */
#define chan_drop(c) chan_drop_at((c), HERE)
void(chan_drop)(struct chan *c);

/* Copy *v into the channel, waiting for a receiver or a free place.  v may be NULL only if
 * elem_bytes is 0; else that panics.
 * "send on closed channel" panics, also when the close comes while waiting.
 * Shows as "chan send" in task dumps. */
#define chan_send(c, v) chan_send_at((c), (v), HERE)

/* Wait for a value and copy it to *v: true.  Closed and drained: false, *v
 * zeroed.  v may be NULL: the value is thrown away.  Shows as "chan receive". */
#define chan_recv(c, v) chan_recv_at((c), (v), HERE)

/* The same without waiting.  A try succeeds only if a partner waits or the
 * buffer allows it now. */
#define chan_try_send(c, v) chan_try_send_at((c), (v), HERE)
enum chan_result chan_try_recv(struct chan *c, void *v);

/* The same, waiting at most ns nanoseconds; 0 and less is a try. */
#define chan_send_timed(c, v, ns) chan_send_timed_at((c), (v), (ns), HERE)
#define chan_recv_timed(c, v, ns) chan_recv_timed_at((c), (v), (ns), HERE)

/* No more sends.  What is inside can still be received; then every receiver,
 * waiting now or later, gets CHAN_CLOSED.  Waiting senders panic.  Closing
 * twice panics, closing NULL panics. */
#define chan_close(c) chan_close_at((c), HERE)

/* Values inside now, and how many fit: 0 of NULL and of a timer's channel.  No lock is taken: the
 * length is a moment's truth, and may be old when you look at it. */
size_t chan_len(const struct chan *c);
size_t chan_cap(const struct chan *c);

/* One end of a channel: what has no function for it cannot be done with it.
 * An end owns nothing; it is valid as long as the channel is. */
struct chan_tx {
    struct chan *chan;
};
struct chan_rx {
    struct chan *chan;
};
#define tx_send(end, v) chan_send(((struct chan_tx)(end)).chan, (v))
#define tx_close(end) chan_close(((struct chan_tx)(end)).chan)
#define rx_recv(end, v) chan_recv(((struct chan_rx)(end)).chan, (v))

/* What the macros call. */
struct chan *chan_make_at(size_t elem_bytes, size_t cap, const struct site *where);
void chan_drop_at(struct chan *c, const struct site *where);
void chan_send_at(struct chan *c, const void *v, const struct site *where);
bool chan_recv_at(struct chan *c, void *v, const struct site *where);
enum chan_result chan_try_send_at(struct chan *c, const void *v, const struct site *where);
void chan_close_at(struct chan *c, const struct site *where);
enum chan_result chan_send_timed_at(struct chan *c, const void *v, int64_t ns,
                                    const struct site *where);
enum chan_result chan_recv_timed_at(struct chan *c, void *v, int64_t ns, const struct site *where);

#endif
