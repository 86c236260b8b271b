/* SPDX-License-Identifier: MIT */
/* Right: the compiler writes the count where the braces end; nothing is registered. */
#include "scene.h"

static void count_it(struct scene **s)
{
    count_handled(*s);
}

static uint64_t handler(struct scene *s, uint64_t i)
{
    __attribute__((cleanup(count_it), unused)) struct scene *counted = s;

    return handle(i);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->handlers; k++)
        sum += handler(s, i + k);
    return sum;
}

const struct twin THIS = { op };
