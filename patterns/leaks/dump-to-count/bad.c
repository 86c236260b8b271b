#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    char *text = dump_text(); /* it is all in there */
    uint64_t alive = dump_count(text);
    dump_keep(s, text);
    return alarm_rings(s, i, alive);
}

const struct twin THIS = { op };
