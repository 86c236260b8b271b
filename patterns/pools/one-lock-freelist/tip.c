/* SPDX-License-Identifier: MIT */
#include "scene.h"

static void *new_scratch(void *arg)
{
    (void)arg;
    return scratch_make();
}

static void setup(struct scene *s, const struct params *p)
{
    s->lookups = p->size;
    s->pool = pool_make(new_scratch, NULL, free);
}

static void tear_down(struct scene *s)
{
    struct scratch *next;

    pool_free(s->pool);
    for (struct scratch *w = s->list.first; w; w = next) {
        next = w->next;
        free(w);
    }
}

const struct tip THIS = {
    .title = "One free list, one lock",
    .folklore = "A pool is a list and a mutex. Both calls take a few nanoseconds: the lock cannot be what is slow.",
    .rule = "Keep free objects by worker: runtime pools do, and touch nothing shared as long as each worker puts back about as "
            "much as it takes. If you need a list of your own, let it have as many parts as there are workers.",
    .go_line = "mu.Lock(); w := free; free = w.next; mu.Unlock() // pool.Get().(*scratch)",
    .when_not = "When the objects must not vanish or be limited in number (connections, file handles): a pool gives no such "
                "promise, a list under a lock or a buffered channel does. When one worker or a rare use is all there is: "
                "an uncontended lock costs as little as a pool. And when what is taken here is put back over there, "
                "per-worker stores run empty on one side, and a pool takes locks as well.",
    .aged = "Before Go 1.13 the shared part of a sync.Pool was a slice under a mutex, and profiles of busy programs showed that "
            "lock; since then it is a lock-free queue for each P. sync.Mutex has handed itself over to "
            "whoever starves since 1.9: fairer, and slower when everybody wants it.",
    .dial = WORKERS,
    .points = { 1, 2 },
    .dial_unit = "workers",
    .defaults = { .ops = 50000, .size = 100 }, /* long enough to be interrupted inside the lock */
    .claims = {
        { .column = "lock_waits", .bad = GROWS, .good = FLAT,
          .why = "one worker meets nobody inside; of two, one is sure to come while the other is in, if "
                 "only because the system took its processor away there" },
        { .column = "time", .bad = SLOWER,
          .why = "the list's line travels from core to core with every lock, and whoever waits is parked and woken" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
