/* SPDX-License-Identifier: MIT */
/* units.c - bytes by 1,024 and times by 1,000. */
#include "say/units.h"

#include "inside/words.h"

#include <math.h>
#include <stdbool.h>

struct scale scale_for(const char *unit, double largest)
{
    static const char *const sizes[] = { "B", "KiB", "MiB", "GiB" };
    static const char *const times[] = { "ns", "us", "ms", "s" };
    enum quantity of = unit_quantity(unit);
    bool size = of == QUANTITY_BYTES;
    double by = 1, step = size ? 1024 : 1000;
    int i = 0;

    if (!size && of != QUANTITY_TIME)
        return (struct scale){ 1, unit };
    for (; i < 3 && fabs(largest) >= by * step; i++)
        by *= step;
    return (struct scale){ by, size ? sizes[i] : times[i] };
}
