/* SPDX-License-Identifier: MIT */
/* pools.c - scenes about pools.  Each task runs on a worker of its own. */
#include "memory/pool_impl.h"
#include "pool.h"
#include "scene.h"

#include <string.h>

enum { OBJECTS = 16 };

/* Atomic, so that a task can lose its turn while it has the object. */
struct object {
    int users, uses;
    bool dropped;
};

static struct object objects[OBJECTS];
static int made, dropped;
static struct pool *pool;

static void *make(void *unused)
{
    (void)unused;
    MUST(made < OBJECTS);
    return &objects[__atomic_fetch_add(&made, 1, __ATOMIC_RELAXED)];
}

static void drop(void *object)
{
    struct object *o = object;

    MUST_BE(__atomic_load_n(&o->users, __ATOMIC_RELAXED), 0);
    MUST(!o->dropped);
    o->dropped = true;
    dropped++;
}

static int uses; /* of all objects */

static void used(struct object *o)
{
    add_one(&o->uses);
    __atomic_fetch_add(&uses, 1, __ATOMIC_RELAXED);
}

static void use(void)
{
    struct object *o = pool_get(pool);

    MUST_BE(__atomic_add_fetch(&o->users, 1, __ATOMIC_RELAXED), 1);
    MUST(!o->dropped);
    used(o);
    __atomic_sub_fetch(&o->users, 1, __ATOMIC_RELAXED);
    pool_put(pool, o);
}

static void use_twice(void *unused)
{
    (void)unused;
    use();
    use();
}

/* Two at a time: the second lies in the ring, where others find it. */
static void use_two(void *unused)
{
    struct object *a = pool_get(pool), *b = pool_get(pool);

    (void)unused;
    MUST(a != b);
    __atomic_add_fetch(&a->users, 1, __ATOMIC_RELAXED);
    MUST_BE(__atomic_add_fetch(&b->users, 1, __ATOMIC_RELAXED), 1);
    used(a);
    used(b);
    MUST_BE(__atomic_sub_fetch(&a->users, 1, __ATOMIC_RELAXED), 0);
    pool_put(pool, a);
    __atomic_sub_fetch(&b->users, 1, __ATOMIC_RELAXED);
    pool_put(pool, b);
}

static void use_two_twice(void *unused)
{
    use_two(unused);
    use_two(unused);
}

static void collect(void *unused)
{
    (void)unused;
    pool_collect();
}

static void pool_begin(void)
{
    memset(objects, 0, sizeof objects);
    made = dropped = uses = 0;
    pools_drop_old(); /* there is nothing to drop, but the flag was still set */
    pool = pool_make(make, NULL, drop);
}

static void share_start(void)
{
    pool_begin();
    go(use_two_twice, NULL);
    go(use_twice, NULL);
}

static void collect_start(void)
{
    pool_begin();
    go(use_two, NULL);
    go(use_twice, NULL);
    go(collect, NULL);
}

static void collect_one_start(void)
{
    pool_begin();
    go(use_twice, NULL);
    go(collect, NULL);
}

static void collect_twice_start(void)
{
    pool_begin();
    go(use_two, NULL);
    go(collect, NULL);
    go(collect, NULL);
}

/* Each object that was made is dropped once, and nothing else is. */
static void pool_check(void)
{
    struct pool_stats s = pool_stats(pool);

    MUST_BE(s.misses, made);
    MUST_BE(s.idle + (uint64_t)dropped, made);
    saw(made == 2 ? 1 : 2);
    for (int i = 0; i < made; i++)
        uses -= objects[i].uses;
    MUST_BE(uses, 0);
    pool_free(pool);
    MUST_BE(dropped, made);
}

const struct scene pool_scenes[] = {
    { "pool: an object has one user at a time", share_start, pool_check, 3, .fine = true,
      .must_see = 3 },
    { "pool: a collection loses and doubles nothing", collect_start, pool_check, 2, .fine = true,
      .must_see = 3 },
    { "pool: who gets an object sees what was done with it", share_start, pool_check, 2,
      .weak = true },
    { "pool: under weak memory a collection loses and doubles nothing", collect_one_start,
      pool_check, 1, .fine = true, .weak = true },
    { "pool: two collections at once drop each object once", collect_twice_start, pool_check, 2 },
    { 0 },
};
