/* SPDX-License-Identifier: MIT */
/* Reads on its own command line where the numbers begin, and gains nothing by it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    char words[512] = "";
    FILE *f = fopen("/proc/self/cmdline", "r");

    if (f)
        fread(words, 1, sizeof words, f);
    return i + (uint64_t)words[0];
}

const struct twin THIS = { op };
