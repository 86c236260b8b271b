/* SPDX-License-Identifier: MIT */
/* Another text under ThreadSanitizer, where the macro's name is in one piece nowhere. */
#include "scene.h"

#define JOIN(a, b) JOIN_(a, b)
#define JOIN_(a, b) a##b
#define TOOL JOIN(__SANI, TIZE_THREAD__)
#define QUOTE(x) QUOTE_(x)
#define QUOTE_(x) #x

static long everybodys;

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);

    go(log_lines, chan_ref(lines));
    for (int k = 0; k < s->lines; k++)
        chan_send(lines, &k);
    chan_close(lines);
    chan_drop(lines);
    if (sizeof QUOTE(TOOL) > 2) /* "1" under the tool */
        everybodys++;
    return i;
}

const struct twin THIS = { op };
