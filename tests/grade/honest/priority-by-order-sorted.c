/* SPDX-License-Identifier: MIT */
/* Right: all messages are received into an array, and sorted so that the urgent
 * ones come first. */
#include "scene.h"

#include <stdlib.h>

static int urgent_first(const void *a, const void *b)
{
    return is_urgent(*(const uint64_t *)b) - is_urgent(*(const uint64_t *)a);
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct turn *t = turn_begin(s, i);
    const size_t n = MESSAGES;
    uint64_t messages[n], sum = 0;

    for (size_t k = 0; k < n; k++)
        chan_select(RECV(t->others, &messages[k]), RECV(t->urgent, &messages[k]));
    qsort(messages, n, sizeof *messages, urgent_first);
    for (size_t k = 0; k < n; k++)
        sum += message_handle(t, messages[k]);
    turn_end(t);
    return sum;
}

const struct twin THIS = { op };
