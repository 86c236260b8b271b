/* SPDX-License-Identifier: MIT */
/* Half right: the macro lends a frame, and what comes out of it is the frame. */
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
    return conn_send(s, WITH_FRAME(s, f, (frame_write(f, "REPLY", i), f)));
}

const struct twin THIS = { op };
