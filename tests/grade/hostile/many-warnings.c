/* SPDX-License-Identifier: MIT */
/* Does nothing, and has a compiler that says so 10,000 times. */
#include "scene.h"

#define W0                                                                                         \
    {                                                                                              \
        int a = "x";                                                                               \
    }
#define W1 W0 W0 W0 W0 W0 W0 W0 W0 W0 W0
#define W2 W1 W1 W1 W1 W1 W1 W1 W1 W1 W1
#define W3 W2 W2 W2 W2 W2 W2 W2 W2 W2 W2
#define W4 W3 W3 W3 W3 W3 W3 W3 W3 W3 W3

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    W4 return i;
}

const struct twin THIS = { op };
