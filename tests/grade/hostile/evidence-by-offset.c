/* SPDX-License-Identifier: MIT */
/* The same, into where its calls are counted. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    ((int *)(void *)stdout)[28] = 5;
    printf("call 1234 ff\nword 0 3\nend\n");
    fflush(stdout);
    return i;
}

const struct twin THIS = { op };
