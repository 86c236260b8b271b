/* SPDX-License-Identifier: MIT */
/* select.h - wait for whichever of several channel operations can happen first.
 *
 *     int line;
 *     switch (chan_select(RECV(lines, &line), RECV(ctx_done(x), NULL))) {
 *     case 0: print(line); break;
 *     case 1: return;
 *     }
 *
 * Exactly one case happens.  Among several that could, each has the same chance.
 * A case on a NULL channel never happens.  Sending on a closed channel panics
 * when that case is chosen, as in Go. */
#ifndef SELECT_H
#define SELECT_H

#include "chan.h"

/* One case.  Make it with RECV or SEND; after a select that chose a receive,
 * ok tells a value from a closed channel. */
struct select_case {
    struct chan *chan;
    void *to;         /* receive into; NULL throws the value away */
    const void *from; /* send from */
    bool is_send;
    bool ok;
};

#define RECV(c, v) { .chan = (c), .to = (v) }
#define SEND(c, v) { .chan = (c), .from = (v), .is_send = true }

/* Wait until one case has happened, and return its index.  Without any case:
 * wait for ever. */
#define select_wait(cases, n) select_at((cases), (n), INT64_MAX, HERE)

/* Do one case if one can happen now, else return -1: Go's default. */
#define select_try(cases, n) select_at((cases), (n), 0, HERE)

/* Wait at most ns nanoseconds, then return -1; 0 and less is a try. */
#define select_timed(cases, n, ns) select_at((cases), (n), (ns), HERE)

/* The same with the cases written in place; without ok. */
#define chan_select(...) select_of_(select_wait, __VA_ARGS__)
#define chan_select_try(...) select_of_(select_try, __VA_ARGS__)
#define select_of_(how, ...)                                                                       \
    ({                                                                                             \
        struct select_case cases_[] = { __VA_ARGS__ };                                             \
        how(cases_, sizeof cases_ / sizeof cases_[0]);                                             \
    })

int select_at(struct select_case *cases, size_t n, int64_t ns, const struct site *where);

#endif
