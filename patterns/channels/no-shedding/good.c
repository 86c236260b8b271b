#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct upload u = upload_receive(i), *it = &u;

    if (chan_try_send(s->queue, &it) != CHAN_OK)
        return upload_refuse(s, &u); /* full: the work of 50 ms is waiting already */
    return upload_answer(&u);
}

const struct twin THIS = { op };
