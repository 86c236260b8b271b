#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    others_work(s);
    struct prices *list = map_get(s);
    if (!list)
        list = prices_load(s);
    uint64_t cents = price_of(list, i);
    map_put(s, list); /* stays until somebody takes it out */
    return cents;
}

const struct twin THIS = { op };
