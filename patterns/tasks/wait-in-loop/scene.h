/* SPDX-License-Identifier: MIT */
/* A request has a document checked by four validators, each in a task of its own.  How many
 * have found no fault is the answer. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"

enum { VALIDATORS = 4 };

struct scene {
    int unused; /* the requests share nothing */
};

struct check;

struct validator {
    struct check *check;
    uint64_t number;
};

/* In the frame of the request, which waits for its validators. */
struct check {
    uint64_t document;
    struct waitgroup running; /* the validators */
    uint64_t passed;          /* atomic */
    struct validator validators[VALIDATORS];
};

static inline struct validator *check_by(struct check *c, uint64_t k)
{
    c->validators[k] = (struct validator){ c, k };
    return &c->validators[k];
}

/* The task of one validator. */
static inline void validate(void *arg)
{
    struct validator *v = arg;

    if ((v->check->document + v->number) % 3)
        __atomic_add_fetch(&v->check->passed, 1, __ATOMIC_RELAXED);
    wg_done(&v->check->running);
}

static inline uint64_t check_passed(struct check *c)
{
    return __atomic_load_n(&c->passed, __ATOMIC_RELAXED);
}

#endif
