/* SPDX-License-Identifier: MIT */
/* Ends the worker's thread. */
#include "scene.h"
#include <pthread.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    pthread_exit(NULL);
    return i;
}

const struct twin THIS = { op };
