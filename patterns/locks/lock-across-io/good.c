#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    mutex_lock(&s->mutex);
    struct backend b = table_pick(s, i);
    mutex_unlock(&s->mutex); /* b is a copy: from here on nobody else is concerned */
    uint64_t answer = backend_ask(b, i);
    return answer;
}

const struct twin THIS = { op };
