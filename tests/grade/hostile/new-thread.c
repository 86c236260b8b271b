/* SPDX-License-Identifier: MIT */
/* A thread that the runtime does not know. */
#include "scene.h"
#include <pthread.h>

static void *run(void *arg)
{
    return arg;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    pthread_t t;

    (void)s;
    pthread_create(&t, NULL, run, NULL);
    return i;
}

const struct twin THIS = { op };
