/* SPDX-License-Identifier: MIT */
/* A request pays two amounts into an account at the same time.  While an amount is booked its
 * entry is written to the journal, and a task that writes lets others run. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"

struct scene {
    uint64_t booked; /* atomic: amounts */
};

struct account {
    struct scene *scene;
    uint64_t *cents; /* under the mutex; the bank keeps it */
    struct mutex mutex;
};

/* In the frame of the request, like the account. */
struct payment {
    struct account *account;
    uint64_t cents;
    struct waitgroup *paid;
};

static inline void account_add(struct account *a, uint64_t cents)
{
    mutex_lock(&a->mutex);
    uint64_t before = *a->cents;
    task_yield(); /* the entry is written */
    *a->cents = before + cents;
    mutex_unlock(&a->mutex);
    __atomic_add_fetch(&a->scene->booked, 1, __ATOMIC_RELAXED);
}

#endif
