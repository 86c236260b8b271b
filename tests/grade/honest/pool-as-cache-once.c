/* SPDX-License-Identifier: MIT */
/* Right: the list is loaded once, by whoever comes first, and never again. */
#include "scene.h"

static struct once loaded;

static void load(void *scene)
{
    struct scene *s = scene;

    *s->map = prices_load(s);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    others_work(s);
    once_do(&loaded, load, s);
    return price_of(*s->map, i);
}

const struct twin THIS = { op };
