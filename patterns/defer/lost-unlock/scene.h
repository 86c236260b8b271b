/* SPDX-License-Identifier: MIT */
/* Requests share an account book under a lock.  A request that makes no sense
 * panics; the server recovers, answers it with 0, and goes on. */
#ifndef SCENE_H
#define SCENE_H

#include "defer.h"
#include "pattern.h"
#include "sync.h"

struct scene {
    struct mutex mutex;
    uint64_t booked; /* under the mutex */
};

struct request {
    struct scene *scene;
    uint64_t number;
    uint64_t answer;
};

static inline void unlock(void *mutex)
{
    mutex_unlock(mutex);
}

/* Under the lock.  The last of every eight requests makes no sense. */
static inline uint64_t book(struct request *r)
{
    if (r->number % 8 == 7)
        panic("request %llu books less than nothing", (unsigned long long)r->number);
    r->scene->booked += r->number;
    return r->number;
}

static inline void swallow_panic(void *unused)
{
    (void)unused;
    recover();
}

#endif
