/* SPDX-License-Identifier: MIT */
/* Right: the prices are copied out of the list that was loaded, which may go. */
#include "scene.h"

static struct prices copy;
static bool is_loaded;

static uint64_t op(struct scene *s, uint64_t i)
{
    others_work(s);
    mutex_lock(&s->mutex);
    if (!is_loaded) {
        copy = *prices_load(s);
        is_loaded = true;
    }
    mutex_unlock(&s->mutex);
    return price_of(&copy, i);
}

const struct twin THIS = { op };
