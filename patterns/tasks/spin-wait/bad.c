#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct index *x = index_start(s, i);

    while (!index_is_built(x))
        task_yield(); /* gives way, so it is in nobody's way */
    return index_sum(x);
}

const struct twin THIS = { op };
