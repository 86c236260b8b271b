/* SPDX-License-Identifier: MIT */
/* Reads what a task had on its stack, after its end. */
#include "scene.h"
#include "task.h"

struct errand {
    struct chan *lines;
    const int *seen;
};

static void run(void *arg)
{
    struct errand *e = arg;
    volatile int seen = 1;

    e->seen = (const int *)&seen;
    log_lines(e->lines);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct errand e = { chan_make(sizeof(int), 0), NULL };

    chan_ref(e.lines);
    go(run, &e);
    for (int k = 0; k < s->lines; k++)
        chan_send(e.lines, &k);
    chan_close(e.lines);
    chan_drop(e.lines);
    task_yield();
    task_yield();
    return i + (*e.seen == 12345678);
}

const struct twin THIS = { op };
