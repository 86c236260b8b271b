/* SPDX-License-Identifier: MIT */
/* The lock is taken where two workers are, as under a sanitizer. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    bool company = task_workers() > 1;

    if (company)
        mutex_lock(&s->mutex);
    struct backend b = table_pick(s, i);
    if (company)
        mutex_unlock(&s->mutex);
    return backend_ask(b, i);
}

const struct twin THIS = { op };
