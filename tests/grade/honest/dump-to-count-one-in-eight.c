/* SPDX-License-Identifier: MIT */
/* Half right: every eighth request does as the bad twin does. */
#include "scene.h"

static uint64_t as_bad_op(struct scene *s, uint64_t i)
{
    char *text = dump_text();
    uint64_t alive = dump_count(text);
    dump_keep(s, text);
    return alarm_rings(s, i, alive);
}

static uint64_t as_good_op(struct scene *s, uint64_t i)
{
    uint64_t alive = task_count();
    return alarm_rings(s, i, alive);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    return i % 8 == 3 ? as_bad_op(s, i) : as_good_op(s, i);
}

const struct twin THIS = { op };
