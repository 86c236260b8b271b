#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    struct chan *reply = chan_make(sizeof(uint64_t), 1); /* empty again after every answer */
    for (uint64_t k = 0; k < s->items; k++) {
        sum += ask(s, i + k, reply);
    }
    chan_drop(reply);
    return sum;
}

const struct twin THIS = { op };
