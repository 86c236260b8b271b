/* SPDX-License-Identifier: MIT */
/* Wrong: the text is counted and then forgotten; nobody frees it. */
#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    char *text = dump_text();

    return alarm_rings(s, i, dump_count(text));
}

const struct twin THIS = { op };
