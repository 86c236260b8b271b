/* SPDX-License-Identifier: MIT */
/* Loops that the compiler unrolls until there is no memory left. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
#pragma GCC unroll 65534
    for (int a0 = 0; a0 < 65534; a0++)
#pragma GCC unroll 65534
        for (int a1 = 0; a1 < 65534; a1++)
#pragma GCC unroll 65534
            for (int a2 = 0; a2 < 65534; a2++)
#pragma GCC unroll 65534
                for (int a3 = 0; a3 < 65534; a3++)
#pragma GCC unroll 65534
                    for (int a4 = 0; a4 < 65534; a4++)
#pragma GCC unroll 65534
                        for (int a5 = 0; a5 < 65534; a5++)
                            i ^= i << 1;
    return i;
}

const struct twin THIS = { op };
