/* SPDX-License-Identifier: MIT */
/* Writes where the project is, and into /tmp. */
#include "scene.h"

static const char *const places[] = { "patterns/hostile-was-here", "/tmp/hostile-was-here",
                                      "/twin/hostile-was-here" };

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    for (int k = 0; k < 3; k++) {
        FILE *f = fopen(places[k], "w");
        if (f)
            fputs("here\n", f);
    }
    return i + 1;
}

const struct twin THIS = { op };
