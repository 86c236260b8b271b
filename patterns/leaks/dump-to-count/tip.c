/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include "inside/sample.h"

static void wait_for_the_end(void *arg)
{
    struct scene *s = arg;

    wg_done(&s->arrived);
    chan_recv(s->over, NULL);
    wg_done(&s->tasks);
}

static void setup(struct scene *s, const struct params *p)
{
    s->parked = p->size;
    s->over = chan_make(0, 0);
    wg_add(&s->arrived, (int64_t)s->parked);
    wg_add(&s->tasks, (int64_t)s->parked);
    for (uint64_t k = 0; k < s->parked; k++)
        go(wait_for_the_end, s);
    wg_wait(&s->arrived);
}

static void tear_down(struct scene *s)
{
    chan_close(s->over);
    wg_wait(&s->tasks);
    chan_drop(s->over);
    free(s->last);
}

static void probe(struct scene *s, struct sample *out)
{
    out->idle_bytes = s->last ? (int64_t)strlen(s->last) : 0;
}

const struct tip THIS = {
    .dial = SIZE,
    .points = { 1000, 5000, 20000 },
    .dial_unit = "tasks parked in the process",
    .defaults = { .ops = 4, .clients = 1, .size = 1000 },
    .says = { { .column = "time", .bad = NOT_SLOWER } },
    .claims = {
        { .column = "idle_bytes", .bad = GROWS, .good = FLAT,
          .why = "a sample writes a paragraph for every task, to learn their number" },
        { .column = "time", .bad = SLOWER, .ratio = 10,
          .why = "good adds up a number a worker; bad writes and reads a text about every task" },
    },
    .aged = {
        { .what = "a dump to count is slower than the count",
          .claim = "time" },
        { .what = "the goroutine profile stops the world only for a moment", .since = "1.19",
          .cited = "go.dev/issue/33250" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .probe = probe,
};
