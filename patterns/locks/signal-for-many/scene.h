/* SPDX-License-Identifier: MIT */
/* Readers of a page ask for the next version of its text, and each of their tasks waits until
 * that is published (a long poll). */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "pattern.h"
#include "sync.h"

struct scene {
    int readers;   /* of a text */
    uint64_t read; /* atomic: versions that a reader got */
};

/* Shared by who publishes it and its readers; the last to let go frees it. */
struct text {
    struct scene *scene;
    struct mutex mutex;
    struct cond published;
    uint64_t version;       /* under the mutex; 0: none yet */
    struct waitgroup ready; /* done when all readers wait */
    int refs;               /* atomic */
};

static inline struct text *text_ref(struct text *t)
{
    __atomic_add_fetch(&t->refs, 1, __ATOMIC_RELAXED);
    return t;
}

static inline void text_drop(struct text *t)
{
    if (__atomic_sub_fetch(&t->refs, 1, __ATOMIC_ACQ_REL) == 0)
        free(t);
}

/* A reader's task.  Who takes the lock after it finds it waiting. */
static inline void read_next(void *arg)
{
    struct text *t = arg;

    mutex_lock(&t->mutex);
    wg_done(&t->ready);
    while (t->version == 0)
        cond_wait(&t->published, &t->mutex);
    mutex_unlock(&t->mutex);
    __atomic_add_fetch(&t->scene->read, 1, __ATOMIC_RELAXED);
    text_drop(t);
}

/* A text that its readers wait for. */
static inline struct text *text_open(struct scene *s)
{
    struct text *t = calloc(1, sizeof *t);

    if (!t)
        panic("text_open: out of memory");
    t->scene = s;
    t->refs = 1;
    wg_add(&t->ready, s->readers);
    for (int k = 0; k < s->readers; k++)
        go(read_next, text_ref(t));
    wg_wait(&t->ready);
    task_yield(); /* it is loaded */
    return t;
}

#endif
