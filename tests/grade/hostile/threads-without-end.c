/* SPDX-License-Identifier: MIT */
/* Threads until nobody else can have one. */
#include "scene.h"
#include <pthread.h>

static void *for_ever(void *nothing)
{
    for (;;)
        ;
    return nothing;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    pthread_t one;

    for (;;)
        pthread_create(&one, NULL, for_ever, NULL);
    return i;
}

const struct twin THIS = { op };
