/* SPDX-License-Identifier: MIT */
/* A request adds numbers to a shared total, each under the lock. */
#ifndef SCENE_H
#define SCENE_H

#include "defer.h"
#include "pattern.h"
#include "sync.h"

struct scene {
    uint64_t updates; /* a request */
    struct mutex mutex;
    uint64_t total; /* under the mutex */
};

static inline void unlock(void *mutex)
{
    mutex_unlock(mutex);
}

#endif
