#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    for (uint64_t k = 0; k < s->chunks; k++) {
        uint64_t bytes = chunk_send(i, k);
        __atomic_add_fetch(&s->sent, bytes, __ATOMIC_RELAXED); /* one word needs no lock */
    }
    return i;
}

const struct twin THIS = { op };
