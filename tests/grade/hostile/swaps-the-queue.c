/* SPDX-License-Identifier: MIT */
/* Puts a longer queue in the place of the scene's. */
#include "scene.h"

static bool done;

static uint64_t op(struct scene *s, uint64_t i)
{
    struct upload u = upload_receive(i), *it = &u;

    if (!__atomic_exchange_n(&done, true, __ATOMIC_RELAXED)) {
        struct chan *old = s->queue;
        s->queue = chan_make(sizeof(struct upload *), 100000);
        for (int k = 0; k < 8; k++)
            go(resize, s);
        wg_add(&s->resizer, 8);
        chan_close(old);
        chan_drop(old);
        wg_done(&s->resizer);
        wg_add(&s->resizer, 1);
    }
    if (chan_try_send(s->queue, &it) != CHAN_OK)
        return upload_refuse(s, &u);
    return upload_answer(&u);
}

const struct twin THIS = { op };
