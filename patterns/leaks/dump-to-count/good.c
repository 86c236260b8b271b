#include "scene.h"

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t alive = task_count(); /* kept up to date anyway */
    return alarm_rings(s, i, alive);
}

const struct twin THIS = { op };
