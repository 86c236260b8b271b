#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct response r = http_get(s, i);

    return r.status;
}

const struct twin THIS = { op };
