/* SPDX-License-Identifier: MIT */
/* Wrong: only the first 16 KiB of the dump are looked at, which tell of a hundred tasks. */
#include "scene.h"

enum { LOOKED_AT = 16 << 10 };

static uint64_t op(struct scene *s, uint64_t i)
{
    char *text = dump_text();

    if (strlen(text) > LOOKED_AT)
        text[LOOKED_AT] = '\0';
    uint64_t alive = dump_count(text);
    free(text);
    return alarm_rings(s, i, alive);
}

const struct twin THIS = { op };
