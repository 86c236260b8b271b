/* SPDX-License-Identifier: MIT */
/* Right: a logger of one's own that waits for lines and for the end of its request. */
#include "scene.h"
#include "select.h"
#include <stdlib.h>

struct logger {
    struct chan *lines, *over;
};

static void run(void *arg)
{
    struct logger l = *(struct logger *)arg;
    char text[32];
    int line;

    free(arg);
    while (chan_select(RECV(l.lines, &line), RECV(l.over, NULL)) == 0)
        snprintf(text, sizeof text, "line %d\n", line);
    chan_drop(l.lines);
    chan_drop(l.over);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0), *over = chan_make(0, 0);
    struct logger *l = malloc(sizeof *l);

    if (!l)
        panic("no memory for a logger");
    *l = (struct logger){ chan_ref(lines), chan_ref(over) };
    go(run, l);
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(over);
    chan_drop(over);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
