/* SPDX-License-Identifier: MIT */
/* Wrong: pthread_cleanup_push registers with the thread, which a task may leave; the grader
 * does not link it. */
#include "scene.h"
#include <pthread.h>

static void step(struct walk *w, uint64_t i)
{
    walk_enter(w);
    pthread_cleanup_push(walk_leave, w);
    walk_on(w, i);
    pthread_cleanup_pop(1);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct walk w = { 0 };

    for (uint64_t k = 0; k < s->steps; k++)
        step(&w, i + k);
    return w.sum + w.deepest + w.depth;
}

const struct twin THIS = { op };
