/* SPDX-License-Identifier: MIT */
/* magazine.c - the slow paths of magazine.h. */
#include "memory/magazine.h"

#include "core/lock_impl.h"
#include "look/fatal.h"

#include <stdlib.h>

bool magazine_start(struct magazines *m)
{
    m->loaded = malloc(sizeof *m->loaded);
    return m->loaded;
}

static NO_TSAN void swap(struct magazines *m)
{
    struct magazine *loaded = m->loaded;

    m->loaded = m->other;
    m->other = loaded;
    m->other_is_full = !m->other_is_full;
    m->count = m->other_is_full ? 0 : MAGAZINE;
}

static NO_TSAN struct magazine *pop(struct magazine **list)
{
    struct magazine *first = *list;

    if (first)
        *list = first->next;
    return first;
}

static NO_TSAN void push(struct magazine **list, struct magazine *m)
{
    m->next = *list;
    *list = m;
}

NO_TSAN NOINLINE bool magazine_load(struct magazines *m, struct depot *d)
{
    struct magazine *full;

    if (m->other_is_full) {
        swap(m);
        return true;
    }
    outside_lock_take(&d->lock);
    if ((full = pop(&d->full)))
        push(&d->empty, m->loaded);
    outside_lock_give(&d->lock);
    if (!full)
        return false;
    m->loaded = full;
    m->count = MAGAZINE;
    return true;
}

NO_TSAN NOINLINE void magazine_unload(struct magazines *m, struct depot *d)
{
    struct magazine *empty;

    if (m->other && !m->other_is_full) {
        swap(m);
        return;
    }
    outside_lock_take(&d->lock);
    if (m->other)
        push(&d->full, m->other);
    empty = pop(&d->empty);
    outside_lock_give(&d->lock);
    if (!empty && !(empty = malloc(sizeof *empty)))
        fatal("out of memory for free tasks");
    m->other = m->loaded;
    m->other_is_full = true;
    m->loaded = empty;
    m->count = 0;
}
