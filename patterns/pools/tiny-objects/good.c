#include "scene.h"

static uint64_t measure(struct scene *s, uint64_t i)
{
    struct point p; /* in the frame: nobody needs it longer */
    point_at(&p, s, i);
    uint64_t square = point_square(&p);
    return square;
}

static uint64_t op(struct scene *s, uint64_t i)
{
    uint64_t sum = 0;

    for (uint64_t k = 0; k < s->measured; k++)
        sum += measure(s, i + k);
    return sum;
}

const struct twin THIS = { op };
