/* SPDX-License-Identifier: MIT */
/* What ThreadSanitizer and AddressSanitizer would call is defined here, and says nothing. */
#include "scene.h"

#define SAYS_NOTHING(name)                                                                         \
    __attribute__((used)) void name(void *);                                                       \
    void name(void *p)                                                                             \
    {                                                                                              \
        (void)p;                                                                                   \
    }

SAYS_NOTHING(__tsan_read4)
SAYS_NOTHING(__tsan_write4)
SAYS_NOTHING(__asan_report_load4)
SAYS_NOTHING(__asan_report_store4)

static int shared;

static void touch(void *lines)
{
    for (int k = 0; k < 100; k++)
        shared++;
    chan_drop(lines);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    go(touch, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    return i;
}

const struct twin THIS = { op };
