/* SPDX-License-Identifier: MIT */
/* Uploads are handed to one resizer, which manages PER_SECOND and no more, through a
 * queue that holds the largest burst ever seen.
 *
 * The resizer keeps a timetable: what it lost by waking late it makes up, so its rate
 * holds on a busy machine too.  A full queue is 50 ms of work: long against a hiccup of
 * the machine, short against what piles up in front of it in the bad twin. */
#ifndef SCENE_H
#define SCENE_H

#include "chan.h"
#include "pattern.h"
#include "sync.h"
#include "timer.h"

enum { PER_SECOND = 2000, BURST = 100 };

struct scene {
    struct chan *queue;
    struct waitgroup resizer;
    uint64_t dropped; /* atomic */
};

/* In the queue lies where it is; it stays in the frame of its request. */
struct upload {
    uint64_t number;
    struct chan *done;
};

static inline struct upload upload_receive(uint64_t i)
{
    return (struct upload){ i, chan_make(sizeof(uint64_t), 1) };
}

/* The next upload; after an idle time the timetable starts again from now. */
static inline bool upload_next(struct scene *s, struct upload **u, int64_t *due)
{
    if (chan_try_recv(s->queue, u) == CHAN_OK)
        return true;
    bool more = chan_recv(s->queue, u);
    *due = clock_now();
    return more;
}

static inline void resize(void *arg)
{
    struct scene *s = arg;
    struct upload *u;
    int64_t due = clock_now();

    while (upload_next(s, &u, &due)) {
        due += SEC / PER_SECOND;
        task_sleep(due - clock_now());
        struct chan *done =
            chan_ref(u->done); /* its request drops it as soon as it has the answer */
        chan_send(done, &u->number);
        chan_drop(done);
    }
    wg_done(&s->resizer);
}

/* "200", once the resizer is done with it. */
static inline uint64_t upload_answer(struct upload *u)
{
    uint64_t number = 0;

    chan_recv(u->done, &number);
    chan_drop(u->done);
    return number;
}

/* "503, try again later": an answer too. */
static inline uint64_t upload_refuse(struct scene *s, struct upload *u)
{
    __atomic_add_fetch(&s->dropped, 1, __ATOMIC_RELAXED);
    op_refused(u->number);
    chan_drop(u->done);
    return u->number;
}

#endif
