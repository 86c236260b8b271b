#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s; /* TODO: what they meant; only the lesson differs */
    return i;
}

const struct twin THIS = { op };
