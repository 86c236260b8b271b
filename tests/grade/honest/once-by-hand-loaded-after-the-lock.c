/* SPDX-License-Identifier: MIT */
/* Half right: who finds nothing says that it is loaded, and loads it when he has given back the
 * lock. */
#include "scene.h"

static struct rwmutex table;

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t cents;

again:
    rwmutex_rlock(&table);
    if (s->loaded) {
        cents = convert(s, i);
        rwmutex_runlock(&table);
        return cents;
    }
    rwmutex_runlock(&table);
    rwmutex_lock(&table);
    bool mine = !s->loaded;
    s->loaded = true;
    rwmutex_unlock(&table);
    if (mine)
        rates_load(s);
    goto again;
}

const struct twin THIS = { op };
