/* SPDX-License-Identifier: MIT */
/* Right: a macro wraps every handler and counts behind it. */
#include "scene.h"

#define COUNTED(s, call)                                                                           \
    ({                                                                                             \
        uint64_t answer_ = (call);                                                                 \
        count_handled(s);                                                                          \
        answer_;                                                                                   \
    })

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0, end = i + s->handlers;

    while (i < end) {
        sum += COUNTED(s, handle(i));
        i++;
    }
    return sum;
}

const struct twin THIS = { op };
