/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void *new_point(void *unused)
{
    (void)unused;
    return heap_alloc(sizeof(struct point));
}

static void setup(struct scene *s, const struct params *p)
{
    s->measured = p->size;
    s->origin = (struct point){ 500, 500 };
    s->points = pool_make(new_point, NULL, heap_free);
}

static void tear_down(struct scene *s)
{
    pool_free(s->points);
}

const struct tip THIS = {
    .title = "A pool of tiny objects",
    .folklore = "Pool whatever is made often: get and put cost nothing, and every object that is not made is time saved.",
    .rule = "First ask who needs the object longer than the function. If nobody does, let it lie in the frame: that costs nothing "
            "to get and little to zero. A pool is for what is large, or dear to make, or must outlive its maker.",
    .go_line = "p := points.Get().(*point); *p = at(i); sum += p.square(); points.Put(p)",
    .when_not = "From a few hundred bytes on, if a new object must be zeroed and a pooled one need not be: the zeroing is then "
                "dearer than the pool (the chart has the break-even of this machine). And where the object goes to a channel "
                "or into a structure: then the choice is between the pool and the heap, and against a collector "
                "the pool wins at every size.",
    .aged = "sync.Pool is from Go 1.3; before, people kept channels of objects. Since 1.13 its lists take no lock, which made it "
            "cheaper but not free. What moved more is the compiler: each release finds more objects that do not escape, and "
            "for those a Get is what puts them on the heap in the first place.",
    .dial = SIZE,
    .points = { 16, 64, 256, 1024 },
    .dial_unit = "points of 16 bytes per request",
    .defaults = { .ops = 64, .size = 64 },
    .claims = {
        { .column = "pool_misses", .bad = FLAT, .good = FLAT,
          .why = "the pool works as it should: it makes one object, whatever the number of requests" },
        { .column = "time", .bad = SLOWER,
          .why = "a get and a put cost as much as several points; the frame is there already" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
