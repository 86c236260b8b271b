/* SPDX-License-Identifier: MIT */
/* Half right: what the tasks are given lies in one place, and all find the last. */
#include "chan.h"
#include "scene.h"

struct run {
    struct validator *by;
    struct chan *told;
};

static void run(void *arg)
{
    struct run r = *(struct run *)arg;

    validate(r.by);
    chan_send(r.told, NULL);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    const int n = VALIDATORS;
    struct check c = { .document = i };
    struct chan *told = chan_make(0, (size_t)n);
    struct run runs[1];

    (void)s;
    wg_add(&c.running, n);
    for (int k = 0; k < n; k++) {
        runs[0] = (struct run){ check_by(&c, (uint64_t)k), told };
        go(run, &runs[0]);
    }
    for (int k = 0; k < n; k++)
        chan_recv(told, NULL);
    chan_drop(told);
    return check_passed(&c);
}

const struct twin THIS = { op };
