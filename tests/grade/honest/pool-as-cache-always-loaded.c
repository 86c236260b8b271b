/* SPDX-License-Identifier: MIT */
/* Wrong: the list is put into the map, and loaded anew for each request. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    others_work(s);
    struct prices *list = prices_load(s);

    map_put(s, list);
    return price_of(list, i);
}

const struct twin THIS = { op };
