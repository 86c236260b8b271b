/* SPDX-License-Identifier: MIT */
/* Requests move money between two accounts, every other one in the other direction.  To open
 * an account is to lock it and to read its record, and a task that reads lets others run. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"

struct account {
    struct mutex mutex;
    int64_t cents; /* under the mutex */
};

struct scene {
    struct account accounts[2];
};

struct transfer {
    struct account *from, *to;
    int64_t cents;
};

static inline struct transfer transfer_read(struct scene *s, uint64_t i)
{
    return (struct transfer){ &s->accounts[i % 2], &s->accounts[1 - i % 2],
                              100 + (int64_t)(i % 50) };
}

static inline void account_open(struct account *a)
{
    mutex_lock(&a->mutex);
    task_yield(); /* the record is read */
}

static inline void account_close(struct account *a)
{
    mutex_unlock(&a->mutex);
}

/* Both accounts are open. */
static inline void transfer_book(const struct transfer *t)
{
    t->from->cents -= t->cents;
    t->to->cents += t->cents;
}

/* Of two accounts the one that comes first in the bank's list, and the other one. */
static inline struct account *first_of(struct account *a, struct account *b)
{
    return a < b ? a : b;
}

static inline struct account *second_of(struct account *a, struct account *b)
{
    return a < b ? b : a;
}

#endif
