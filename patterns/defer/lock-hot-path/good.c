#include "scene.h"

static void add(struct scene *s, uint64_t v)
{
    mutex_lock(&s->mutex);
    s->total += v;
    mutex_unlock(&s->mutex); /* one way in, one way out, nothing between them can fail */
}

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->updates; k++)
        add(s, i + k);
    return i;
}

const struct twin THIS = { op };
