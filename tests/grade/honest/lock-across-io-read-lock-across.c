/* SPDX-License-Identifier: MIT */
/* Wrong: a reader's lock across the call lets readers in, but each counts its pick: a write. */
#include "scene.h"

static struct rwmutex table;

static uint64_t op(struct scene *s, uint64_t i)
{

    rwmutex_rlock(&table);
    struct backend b = table_pick(s, i);
    uint64_t answer = backend_ask(b, i);
    rwmutex_runlock(&table);
    return answer;
}

const struct twin THIS = { op };
