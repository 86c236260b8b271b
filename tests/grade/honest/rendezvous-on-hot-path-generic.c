/* SPDX-License-Identifier: MIT */
/* Right: a macro that chooses by the type of the value, and room for all of a request's values. */
#include "scene.h"

static void put_number(struct chan *to, uint64_t v)
{
    chan_send(to, &v);
}

static void put_text(struct chan *to, const char *text)
{
    put_number(to, (uint64_t)text[0]);
}

#define put(to, v) _Generic((v), uint64_t: put_number, const char *: put_text)((to), (v))

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *values = chan_make(sizeof(uint64_t), s->values);
    struct adder a;

    adder_start(&a, values);
    for (uint64_t k = 0; k < s->values; k++)
        put(values, i ^ k);
    return adder_total(&a);
}

const struct twin THIS = { op };
