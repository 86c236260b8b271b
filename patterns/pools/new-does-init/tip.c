/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void tear_down(struct scene *s)
{
    pool_free(s->sessions);
}

const struct tip THIS = {
    .title = "Initialising in New what each user needs",
    .folklore = "New is the pool's constructor: whatever Get returns has been through it.",
    .rule = "New makes an object, nothing more: it runs only when the pool is empty. What every user of the object needs "
            "(callbacks, deadlines, registrations) is done after Get.",
    .go_line = "pool := sync.Pool{New: func() any { s := new(session); s.atEnd(bill); return s }} // once an object",
    .when_not = "What belongs to the object for its whole life, whoever uses it, belongs in New: a buffer of the right "
                "size, a compressor's tables, a map. The test is whether reset keeps it.",
    .aged = "The contract has been the same since Go 1.3: New is called when Get would otherwise return nil. Up to 1.12 every "
            "collection emptied the pools, so that New ran often and the mistake showed sooner; since 1.13 most "
            "objects survive a collection, and it shows later.",
    .dial = OPS,
    .points = { 16, 64, 256 },
    .dial_unit = "sessions",
    .claims = {
        { .column = "outcome", .bad = IS_WRONG, .good = IS_OK,
          .why = "only the first user of each object is billed" },
        { .column = "pool_misses", .bad = NOTHING, .good = FLAT,
          .why = "so often New ran, however many sessions there were" },
    },
    .scene_bytes = sizeof(struct scene),
    .tear_down = tear_down,
};
