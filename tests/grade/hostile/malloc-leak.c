/* SPDX-License-Identifier: MIT */
/* Memory that no counter of the runtime knows is lost with every request. */
#include "scene.h"
#include <stdlib.h>
#include <string.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);
    char *volatile text = malloc(24); /* or gcc 15 leaves it out */

    memset(text, (int)i, 24);
    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    return i + (text[0] == text[1] ? 0 : 1);
}

const struct twin THIS = { op };
