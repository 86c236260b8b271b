/* SPDX-License-Identifier: MIT */
/* Requests hand events to one consumer, which serves SERVED_PER_SECOND and no
 * more, and wait for its answer.
 *
 * The consumer keeps a timetable: what it lost by waking late it makes up, so its
 * rate holds on a busy machine too.  What arrives above that rate has to wait
 * somewhere, or be refused.  The patience of a request is long against a hiccup
 * of the machine and short against the queues of the bad twin. */
#ifndef SCENE_H
#define SCENE_H

#include "chan.h"
#include "pattern.h"
#include "sync.h"
#include "timer.h"

enum { SERVED_PER_SECOND = 2000 };
#define PATIENCE ((int64_t)100 * MS)

struct scene {
    struct chan *events;
    struct waitgroup consumer;
    uint64_t refused; /* atomic */
};

struct event {
    uint64_t number;
    struct chan *answer; /* one reference for the request, one for the consumer */
    char body[240];
};

/* The next event; after an idle time the timetable starts again from now. */
static inline bool next_event(struct scene *s, struct event *e, int64_t *due)
{
    if (chan_try_recv(s->events, e) == CHAN_OK)
        return true;
    bool more = chan_recv(s->events, e);
    *due = clock_now();
    return more;
}

static inline void consume(void *arg)
{
    struct scene *s = arg;
    struct event e;
    int64_t due = clock_now();

    while (next_event(s, &e, &due)) {
        due += SEC / SERVED_PER_SECOND;
        task_sleep(due - clock_now());
        chan_send(e.answer, &e.number);
        chan_drop(e.answer);
    }
    wg_done(&s->consumer);
}

/* Start the consumer, behind a channel of so many slots. */
static inline void consumer_start(struct scene *s, size_t slots)
{
    s->events = chan_make(sizeof(struct event), slots);
    wg_add(&s->consumer, 1);
    go(consume, s);
}

static inline struct event event_make(uint64_t i)
{
    return (struct event){ .number = i, .answer = chan_ref(chan_make(sizeof(uint64_t), 0)) };
}

/* Wait for what the consumer says to an event it was given. */
static inline uint64_t event_answer(struct event *e)
{
    uint64_t answer = 0;

    chan_recv(e->answer, &answer);
    chan_drop(e->answer);
    return answer;
}

/* Turn away an event that the consumer was not given; it is answered too. */
static inline uint64_t event_refuse(struct scene *s, struct event *e)
{
    __atomic_add_fetch(&s->refused, 1, __ATOMIC_RELAXED);
    op_refused(e->number);
    chan_drop(e->answer);
    chan_drop(e->answer);
    return e->number;
}

#endif
