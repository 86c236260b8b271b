/* SPDX-License-Identifier: MIT */
/* Wrong: the count by hand was added, and the handler's caller counts too. */
#include "scene.h"

static uint64_t handler(struct scene *s, uint64_t i)
{
    uint64_t answer = handle(i);

    count_handled(s);
    return answer;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->handlers; k++) {
        sum += handler(s, i + k);
        count_handled(s);
    }
    return sum;
}

const struct twin THIS = { op };
