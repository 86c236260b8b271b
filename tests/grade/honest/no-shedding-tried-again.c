/* SPDX-License-Identifier: MIT */
/* Wrong: who finds no place tries again until there is one: the waiting is only spelled otherwise.
 */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    struct upload u = upload_receive(i), *it = &u;

    while (chan_try_send(s->queue, &it) != CHAN_OK)
        task_sleep(MS);
    return upload_answer(&u);
}

const struct twin THIS = { op };
