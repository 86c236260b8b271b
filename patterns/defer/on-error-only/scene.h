/* SPDX-License-Identifier: MIT */
/* A request makes many small transactions; hardly any fails. */
#ifndef SCENE_H
#define SCENE_H

#include "defer.h"
#include "pattern.h"

struct scene {
    uint64_t transactions; /* a request */
};

struct transaction {
    uint64_t number;
    bool committed;
};

/* The work.  One of a thousand fails. */
static inline bool transaction_run(struct transaction *t)
{
    return t->number % 1000 != 999;
}

static inline void transaction_roll_back(struct transaction *t)
{
    t->number = 0;
}

static inline void roll_back_unless_committed(void *arg)
{
    struct transaction *t = arg;

    if (!t->committed)
        transaction_roll_back(t);
}

#endif
