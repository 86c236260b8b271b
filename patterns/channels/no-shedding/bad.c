#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct upload u = upload_receive(i), *it = &u;

    chan_send(s->queue, &it);
    return upload_answer(&u);
}

const struct twin THIS = { op };
