/* SPDX-License-Identifier: MIT */
/* A request watches an inbox that it shares with the others, in a loop that does something
 * else most of the time.  Every fourth request brings a job; whoever finds it does it.
 *
 * To do a job one has to get ready, and others run meanwhile. */
#ifndef SCENE_H
#define SCENE_H

#include "chan.h"
#include "pattern.h"

enum { INBOX = 64, REQUESTS_A_JOB = 4 };

struct scene {
    uint64_t looks; /* a request */
    struct chan *inbox;
    uint64_t stale; /* atomic: jobs that were said to be there, and were not */
    uint64_t done;  /* atomic: jobs */
};

/* Read request i, which lets others run; it may bring a job. */
static inline void request_read(struct scene *s, uint64_t i)
{
    if (i % REQUESTS_A_JOB == 0)
        chan_try_send(s->inbox, &i);
    task_yield();
}

/* Open a file, take a lock, ask for credentials ... */
static inline void job_get_ready(void)
{
    task_yield();
}

static inline void job_do(struct scene *s, uint64_t job)
{
    (void)job;
    __atomic_add_fetch(&s->done, 1, __ATOMIC_RELAXED);
}

/* Take the job that is there.  Where it is not, a plain receive would wait, perhaps
 * for ever; so that the process comes to an end, that is counted instead. */
static inline bool job_take_surely(struct scene *s, uint64_t *job)
{
    if (chan_try_recv(s->inbox, job) == CHAN_OK)
        return true;
    __atomic_add_fetch(&s->stale, 1, __ATOMIC_RELAXED);
    return false;
}

#endif
