#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->lookups; k++) {
        struct scratch *w = freelist_get(&s->list);
        sum += look_up(w, i + k);
        freelist_put(&s->list, w);
    }
    return sum;
}

const struct twin THIS = { op };
