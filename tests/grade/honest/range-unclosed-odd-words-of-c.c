/* SPDX-License-Identifier: MIT */
/* Right: words of C and of its library that a twin seldom has. */
#include "scene.h"

#include <ctype.h>
#include <math.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(uint64_t) == 8, "eight bytes");

#define NAME_OF(x) _Generic((x), int: "int", uint64_t: "number", default: "else")

static int compare(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* i, by a way round. */
static uint64_t same(uint64_t i)
{
    char text[32], *end;
    double turn = (double)(i % 360) * 0.017453292519943295, one = hypot(sin(turn), cos(turn));
    void *tree = NULL;

    snprintf(text, sizeof text, "%llXZ", (unsigned long long)i);
    for (char *c = text; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    tsearch(text, &tree, compare);
    bool found = tfind(text, &tree, compare) && isalpha((unsigned char)text[strlen(text) - 1]);
    tdelete(text, &tree, compare);
    uint64_t back = strtoull(text, &end, 16);
    __int128 wide = (__int128)back * 3 / 3;
    return found && *end == 'z' && fabs(one - 1) < 1e-9 && NAME_OF(i)[0] == 'n' ? (uint64_t)wide
                                                                                : 0;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    struct chan *lines = chan_make(sizeof(int), 0);
    int numbers[s->lines];

    for (int k = 0; k < s->lines; k++)
        numbers[k] = k;
    go(log_lines, chan_ref(lines));
    int k = 0;
    do {
        if (k == s->lines)
            goto all_sent;
        chan_send(lines, &numbers[k++]);
    } while (true);
all_sent:
    chan_close(lines);
    chan_drop(lines);
    return same(i);
}

const struct twin THIS = { op };
