/* SPDX-License-Identifier: MIT */
/* Each function holds the one before twice over. */
#include "scene.h"

#define TWICE(b, a)                                                                                \
    static inline __attribute__((always_inline)) uint64_t b(uint64_t i)                            \
    {                                                                                              \
        return a(a(i) * 3) ^ a(i + 1);                                                             \
    }

static inline uint64_t f0(uint64_t i)
{
    return i * i;
}
TWICE(f1, f0)
TWICE(f2, f1)
TWICE(f3, f2)
TWICE(f4, f3)
TWICE(f5, f4)
TWICE(f6, f5)
TWICE(f7, f6)
TWICE(f8, f7)
TWICE(f9, f8)
TWICE(f10, f9)
TWICE(f11, f10)
TWICE(f12, f11)
TWICE(f13, f12)
TWICE(f14, f13)
TWICE(f15, f14)
TWICE(f16, f15)
TWICE(f17, f16)
TWICE(f18, f17)
TWICE(f19, f18)
TWICE(f20, f19)
TWICE(f21, f20)
TWICE(f22, f21)
TWICE(f23, f22)
TWICE(f24, f23)

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return f24(i);
}

const struct twin THIS = { op };
