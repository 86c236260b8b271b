/* SPDX-License-Identifier: MIT */
/* Tells the sanitizers to be content, by the names that they look for. */
#include "scene.h"

const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "exitcode=0:halt_on_error=0";
}

const char *__tsan_default_suppressions(void);
const char *__tsan_default_suppressions(void)
{
    return "race:*";
}

const char *__tsan_default_options(void);
const char *__tsan_default_options(void)
{
    return "exitcode=0:report_bugs=0";
}

static int shared;

static void touch(void *arg)
{
    for (int k = 0; k < 100; k++)
        shared++;
    chan_drop(arg);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(touch, chan_ref(lines));
    go(touch, chan_ref(lines));
    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
