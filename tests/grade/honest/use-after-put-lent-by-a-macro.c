/* SPDX-License-Identifier: MIT */
/* Right: a macro lends a frame for as long as one expression lasts. */
#include "scene.h"

#define WITH_FRAME(s, f, what)                                                                     \
    ({                                                                                             \
        struct frame *f = pool_get((s)->frames);                                                   \
        __auto_type made = (what);                                                                 \
        pool_put((s)->frames, f);                                                                  \
        made;                                                                                      \
    })

static uint64_t op(struct scene *s, uint64_t i)
{
    return WITH_FRAME(s, f, (frame_write(f, "REPLY", i), conn_send(s, f)));
}

const struct twin THIS = { op };
