/* SPDX-License-Identifier: MIT */
/* Pools keep Go's promises.
 *
 * The number before a test is that of the statement it puts to the proof (tests/README.md). */
#include "core/sanitizers.h"
#include "memory/pool_impl.h"
#include "pool.h"
#include "sync.h"
#include "twintest.h"

#include <string.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

enum { MANY = 100 };

static int made, dropped;

static void *make_int(void *arg)
{
    int *n = malloc(sizeof *n);

    CHECK(n);
    *n = *(int *)arg;
    __atomic_add_fetch(&made, 1, __ATOMIC_RELAXED);
    return n;
}

static void count_dropped(void *object)
{
    free(object);
    __atomic_add_fetch(&dropped, 1, __ATOMIC_RELAXED);
}

static struct pool *make(void)
{
    struct pool *p = pool_make(NULL, NULL, NULL);

    CHECK(p);
    return p;
}

static char things[MANY];

static void put_many(struct pool *p)
{
    for (int i = 0; i < MANY; i++)
        pool_put(p, &things[i]);
}

/* How many different things the pool gives, until it gives none. */
static int get_all(struct pool *p)
{
    bool seen[MANY] = { false };
    char *c;
    int n = 0;

    for (; (c = pool_get(p)); n++) {
        CHECK(c >= things && c < things + MANY && !seen[c - things]);
        seen[c - things] = true;
    }
    return n;
}

/* --- one task ------------------------------------------------------------------------- */

/* 95 */
BODY(the_private_object_comes_first_then_the_newest)
{
    struct pool *p = make();
    char a, b, c;

    CHECK(!pool_get(p));
    pool_put(p, &a);
    pool_put(p, &b);
    pool_put(p, &c);
    CHECK(pool_get(p) == &a);
    CHECK(pool_get(p) == &c);
    CHECK(pool_get(p) == &b);
    CHECK(!pool_get(p));
    pool_free(p);
}

/* 96 */
BODY(objects_survive_one_collection)
{
    struct pool *p = make();

    put_many(p);
    pool_collect();
    CHECK_EQ(pool_stats(p).idle, MANY);
    CHECK_EQ(get_all(p), MANY);
    pool_free(p);
}

/* 96 */
BODY(no_object_survives_two_collections)
{
    struct pool *p = make();

    put_many(p);
    pool_collect();
    pool_collect();
    CHECK_EQ(pool_stats(p).idle, 0);
    CHECK(!pool_get(p));
    pool_free(p);
}

BODY(a_rescued_object_is_young_again)
{
    struct pool *p = make();
    char a;

    pool_put(p, &a);
    for (int i = 0; i < 5; i++) {
        pool_collect();
        CHECK(pool_get(p) == &a);
        pool_put(p, &a);
    }
    pool_free(p);
}

/* 102 */
BODY(young_objects_come_before_victims_and_of_these_the_private_then_the_oldest)
{
    struct pool *p = make();
    char v[3], y;

    for (int i = 0; i < 3; i++)
        pool_put(p, &v[i]); /* v[0] is private */
    pool_collect();
    pool_put(p, &y);
    CHECK(pool_get(p) == &y);
    CHECK(pool_get(p) == &v[0]);
    CHECK(pool_get(p) == &v[1]);
    CHECK(pool_get(p) == &v[2]);
    CHECK(!pool_get(p));
    pool_free(p);
}

/* 97 */
BODY(make_is_called_by_a_get_that_finds_nothing_and_by_nothing_else)
{
    int answer = 42;
    struct pool *p = pool_make(make_int, &answer, count_dropped);
    int *a = pool_get(p), *b = pool_get(p), *c = malloc(sizeof *c);

    CHECK(a && b && a != b);
    CHECK_EQ(*a + *b, 84);
    CHECK_EQ(made, 2);
    *c = 7;
    pool_put(p, c);
    CHECK(pool_get(p) == c);
    CHECK_EQ(made, 2);
    pool_put(p, a);
    pool_put(p, b);
    pool_put(p, c);
    pool_free(p);
    CHECK_EQ(made, 2);
    CHECK_EQ(dropped, 3);
}

/* 98 */
BODY(putting_null_does_nothing)
{
    struct pool *p = make();

    pool_put(p, NULL);
    CHECK_EQ(pool_stats(p).idle, 0);
    CHECK(!pool_get(p));
    pool_free(p);
}

/* 99 */
BODY(what_is_taken_away_is_dropped_once)
{
    struct pool *p = pool_make(NULL, NULL, count_dropped);

    for (int cycle = 0; cycle < 3; cycle++)
        for (int i = 0; i < MANY; i++)
            pool_put(p, malloc(8));
    pool_collect();
    CHECK_EQ(dropped, 0);
    free(pool_get(p)); /* no longer in the pool, so it is not dropped */
    pool_collect();
    CHECK_EQ(dropped, 3 * MANY - 1);
    pool_collect();
    CHECK_EQ(dropped, 3 * MANY - 1);
    pool_free(p);
    CHECK_EQ(dropped, 3 * MANY - 1);
}

BODY(freeing_a_pool_drops_both_generations)
{
    struct pool *p = pool_make(NULL, NULL, count_dropped);

    for (int i = 0; i < MANY; i++)
        pool_put(p, malloc(8));
    pool_collect();
    for (int i = 0; i < MANY; i++)
        pool_put(p, malloc(8));
    pool_free(p);
    CHECK_EQ(dropped, 2 * MANY);
    CHECK_EQ(stats_read().pool_objects, 0);
}

static struct pool *second_life;

/* drop may use pools, and another collection may come meanwhile. */
static void moves_on(void *object)
{
    dropped++;
    pool_put(second_life, object);
    if (dropped % 10 == 0)
        pool_collect();
}

BODY(drop_may_use_pools)
{
    struct pool *p = pool_make(NULL, NULL, moves_on);

    second_life = make();
    put_many(p);
    pool_collect();
    pool_collect();
    CHECK_EQ(dropped, MANY);
    pool_free(p);
    pool_free(second_life);
}

static void panics_twice(void *object)
{
    (void)object;
    if (dropped++ < 2)
        panic("one of the first");
}

static void collect(void *unused)
{
    (void)unused;
    pool_collect();
}

static void get_one(void *into)
{
    void **object = into;

    *object = pool_get(second_life);
}

/* The object that the get would have returned stays in the pool, and all others are dropped. */
BODY(a_get_that_meets_a_drop_that_panics_loses_nothing)
{
    struct pool *p = pool_make(NULL, NULL, panics_twice);
    void *got = NULL;

    second_life = pool_make(NULL, NULL, NULL);
    put_many(p);
    pool_collect();
    pool_put(second_life, &made); /* younger than what is in p */
    CHECK_PANICS(collect, NULL, "one of the first");
    CHECK_PANICS(get_one, &got, "one of the first");
    get_one(&got);
    CHECK(got == &made);
    CHECK_EQ(dropped, MANY);
    pool_free(p);
    pool_free(second_life);
}

BODY(hits_misses_and_objects_are_counted)
{
    struct pool *p = make();
    struct stats s;

    pool_get(p);
    put_many(p);
    pool_get(p);
    pool_get(p);
    CHECK_EQ(pool_stats(p).hits, 2);
    CHECK_EQ(pool_stats(p).misses, 1);
    CHECK_EQ(pool_stats(p).idle, MANY - 2);
    s = stats_read();
    CHECK_EQ(s.pool_hits, 2);
    CHECK_EQ(s.pool_misses, 1);
    CHECK_EQ(s.pool_objects, MANY - 2);
    pool_collect();
    CHECK_EQ(stats_read().pool_objects, MANY - 2);
    pool_collect();
    CHECK_EQ(stats_read().pool_objects, 0);
    pool_free(p);
}

BODY(a_collection_ages_all_pools)
{
    struct pool *a = make(), *b = make(), *c = make();

    put_many(a);
    put_many(c);
    pool_free(b);
    pool_collect();
    CHECK_EQ(get_all(a), MANY);
    pool_collect();
    CHECK_EQ(get_all(c), 0);
    pool_free(c);
    pool_free(a);
}

/* --- several workers -------------------------------------------------------------------- */

static int at_work;

/* Keep a worker from running another task until the test is over. */
static void put_and_hold(void *arg)
{
    put_many(arg);
    __atomic_store_n(&at_work, 1, __ATOMIC_RELEASE);
    while (__atomic_load_n(&at_work, __ATOMIC_ACQUIRE) == 1)
        cpu_relax();
    __atomic_store_n(&at_work, 3, __ATOMIC_RELEASE);
}

static void await_holder(void)
{
    HOG_UNTIL(__atomic_load_n(&at_work, __ATOMIC_ACQUIRE) == 1);
}

/* 102.  The other worker's private object is its own. */
BODY(a_worker_takes_the_oldest_of_another)
{
    struct pool *p = make();

    if (task_workers() < 2)
        return;
    go(put_and_hold, p);
    await_holder();
    for (int i = 1; i < MANY; i++)
        CHECK(pool_get(p) == &things[i]);
    CHECK(!pool_get(p));
    __atomic_store_n(&at_work, 2, __ATOMIC_RELEASE);
    EVENTUALLY(__atomic_load_n(&at_work, __ATOMIC_ACQUIRE) == 3);
}

/* 99, 104.  Also the objects of a worker that does not come to the scheduler. */
BODY(a_collection_reaches_the_other_workers)
{
    struct pool *p = make();

    if (task_workers() < 2)
        return;
    go(put_and_hold, p);
    await_holder();
    pool_collect();
    CHECK_EQ(pool_stats(p).idle, MANY);
    pool_collect();
    CHECK_EQ(pool_stats(p).idle, 0);
    CHECK(!pool_get(p));
    CHECK_EQ(stats_read().pool_objects, 0);
    __atomic_store_n(&at_work, 2, __ATOMIC_RELEASE);
    EVENTUALLY(__atomic_load_n(&at_work, __ATOMIC_ACQUIRE) == 3);
}

enum { STRESSORS = 10 };

struct item {
    int users;      /* atomic */
    uint64_t plain; /* 103: ordered by the pool alone */
};

struct stress {
    struct pool *p;
    int rounds, ended, drops, makes; /* the last three are atomic */
};

static struct stress stress;

static void *stress_make(void *arg)
{
    struct item *it = calloc(1, sizeof *it);

    (void)arg;
    CHECK(it);
    __atomic_add_fetch(&stress.makes, 1, __ATOMIC_RELAXED);
    return it;
}

static void stress_drop(void *object)
{
    struct item *it = object;

    CHECK_EQ(__atomic_exchange_n(&it->users, -1000, __ATOMIC_ACQ_REL), 0);
    __atomic_add_fetch(&stress.drops, 1, __ATOMIC_RELAXED);
    free(it);
}

static struct item *stress_get(void)
{
    struct item *it = pool_get(stress.p);

    CHECK_EQ(__atomic_add_fetch(&it->users, 1, __ATOMIC_RELAXED), 1);
    it->plain++;
    return it;
}

static void stress_put(struct item *it)
{
    it->plain++;
    CHECK_EQ(__atomic_sub_fetch(&it->users, 1, __ATOMIC_RELAXED), 0);
    pool_put(stress.p, it);
}

static void stresses(void *unused)
{
    struct item *held[4];

    (void)unused;
    for (int i = 0; i < stress.rounds; i++) {
        int n = i % 4 + 1;

        for (int k = 0; k < n; k++)
            held[k] = stress_get();
        if (i % 64 == 0)
            task_yield();
        for (int k = 0; k < n; k++)
            stress_put(held[k]);
    }
    __atomic_add_fetch(&stress.ended, 1, __ATOMIC_ACQ_REL);
}

/* 100, 101, 103, 104 */
BODY(no_object_is_held_by_two_or_lost_while_collections_go_on)
{
    stress.p = pool_make(stress_make, NULL, stress_drop);
    stress.rounds = 40000;
    for (int i = 0; i < STRESSORS; i++)
        go(stresses, NULL);
    while (__atomic_load_n(&stress.ended, __ATOMIC_ACQUIRE) < STRESSORS) {
        pool_collect();
        task_yield();
    }
    pool_free(stress.p);
    EVENTUALLY(__atomic_load_n(&stress.drops, __ATOMIC_RELAXED) ==
               __atomic_load_n(&stress.makes, __ATOMIC_RELAXED));
    CHECK_EQ(stats_read().pool_objects, 0);
}

static void hammers(void *unused)
{
    (void)unused;
    __atomic_store_n(&at_work, 1, __ATOMIC_RELEASE);
    while (__atomic_load_n(&at_work, __ATOMIC_ACQUIRE) == 1)
        stress_put(stress_get());
    __atomic_store_n(&at_work, 3, __ATOMIC_RELEASE);
}

/* 104.  One worker does nothing but get and put its private object, the other nothing
 * but collect. */
BODY(no_private_object_is_taken_twice)
{
    if (task_workers() < 2)
        return;
    stress.p = pool_make(stress_make, NULL, stress_drop);
    go(hammers, NULL);
    await_holder();
    for (int i = 0; i < 300000; i++)
        pool_collect();
    __atomic_store_n(&at_work, 2, __ATOMIC_RELEASE);
    EVENTUALLY(__atomic_load_n(&at_work, __ATOMIC_ACQUIRE) == 3);
    pool_free(stress.p);
    CHECK_EQ(stress.drops, stress.makes);
}

static void collects(void *unused)
{
    (void)unused;
    for (int i = 0; i < 2000; i++) {
        struct pool *p = pool_make(NULL, NULL, count_dropped);

        pool_put(p, malloc(8));
        pool_put(p, malloc(8));
        pool_collect();
        if (i % 16 == 0)
            task_yield();
        pool_free(p);
    }
    __atomic_add_fetch(&stress.ended, 1, __ATOMIC_ACQ_REL);
}

BODY(pools_come_and_go_while_others_collect)
{
    for (int i = 0; i < 4; i++)
        go(collects, NULL);
    EVENTUALLY(__atomic_load_n(&stress.ended, __ATOMIC_ACQUIRE) == 4);
    EVENTUALLY(__atomic_load_n(&dropped, __ATOMIC_RELAXED) == 4 * 2 * 2000);
}

/* --- made before task_main() --------------------------------------------------------------- */

enum { BEHIND_BYTES = 16 << 10 };
static struct pool *early;
static char *behind;
static int used;

static void make_early(void)
{
    early = pool_make(NULL, NULL, NULL);
    behind = calloc(1, BEHIND_BYTES);
}

static void use_early(void *coming)
{
    int object;

    come(coming);
    pool_put(early, &object);
    CHECK(pool_get(early) == &object);
    bump(&used);
}

BODY(a_pool_made_before_task_main_has_room_for_all_workers)
{
    int coming = task_workers();

    for (int i = 1; i < task_workers(); i++)
        go(use_early, &coming);
    use_early(&coming);
    EVENTUALLY(read_count(&used) == task_workers());
    for (int i = 0; i < BEHIND_BYTES; i++)
        CHECK_EQ(behind[i], 0);
    CHECK_EQ(pool_stats(early).hits, task_workers());
    pool_free(early);
}

/* --- under AddressSanitizer ------------------------------------------------------------- */

BODY(under_a_sanitizer_and_only_there_some_puts_are_lost)
{
    int n = 1;
    struct pool *p = pool_make(make_int, &n, count_dropped);

    pools_lose_puts = true;
    for (int i = 0; i < MANY; i++)
        pool_put(p, make_int(&n));
    uint64_t kept = pool_stats(p).idle;
    CHECK(TOOL_LOOKS ? kept > 0 && kept < MANY : kept == MANY);
    CHECK(dropped == 0);
    pool_free(p);
    CHECK(dropped == MANY);
}

#ifdef __SANITIZE_ADDRESS__
BODY(an_object_is_out_of_bounds_while_it_lies_in_a_pool)
{
    struct pool *p = make();
    char *object = malloc(16);

    pool_put(p, object);
    CHECK(__asan_address_is_poisoned(object) && __asan_address_is_poisoned(object + 15));
    CHECK(pool_get(p) == object);
    CHECK(!__asan_address_is_poisoned(object) && !__asan_address_is_poisoned(object + 15));
    free(object);
    pool_free(p);
}

/* As a library reads that is not compiled for the tool. */
static __attribute__((no_sanitize("address"), noinline)) char read_unwatched(const char *object)
{
    return *(const volatile char *)object;
}

BODY(an_object_is_nonsense_while_it_lies_in_a_pool_and_itself_again_behind_it)
{
    struct pool *p = make();
    char *object = strcpy(malloc(16), "an object");

    pool_put(p, object);
    CHECK(read_unwatched(object) != 'a');
    CHECK(pool_get(p) == object);
    CHECK(strcmp(object, "an object") == 0);
    free(object);
    pool_free(p);
}

/* Its first bytes are written. */
static void write_and_free(void *object)
{
    memset(object, 0, 16);
    free(object);
}

BODY(drop_may_touch_what_lay_in_a_pool)
{
    struct pool *p = pool_make(NULL, NULL, write_and_free);

    for (int i = 0; i < 3; i++)
        pool_put(p, malloc(16));
    pool_collect();
    pool_collect();
    pool_put(p, malloc(16));
    pool_free(p);
}

BODY(putting_twice_panics)
{
    struct pool *p = make();
    char *object = malloc(16);

    pool_put(p, object);
    pool_put(p, object);
}

ENDS_OK(an_object_is_out_of_bounds_while_it_lies_in_a_pool)
ENDS_OK(an_object_is_nonsense_while_it_lies_in_a_pool_and_itself_again_behind_it)
ENDS_OK(drop_may_touch_what_lay_in_a_pool)
PANICS(putting_twice_panics, "pool_put of an object that lies in a pool already")
#endif

ENDS_OK(the_private_object_comes_first_then_the_newest)
ENDS_OK(objects_survive_one_collection)
ENDS_OK(no_object_survives_two_collections)
ENDS_OK(a_rescued_object_is_young_again)
ENDS_OK(young_objects_come_before_victims_and_of_these_the_private_then_the_oldest)
ENDS_OK(make_is_called_by_a_get_that_finds_nothing_and_by_nothing_else)
ENDS_OK(putting_null_does_nothing)
ENDS_OK(what_is_taken_away_is_dropped_once)
ENDS_OK(freeing_a_pool_drops_both_generations)
ENDS_OK(a_get_that_meets_a_drop_that_panics_loses_nothing)
ENDS_OK(drop_may_use_pools)
ENDS_OK(hits_misses_and_objects_are_counted)
ENDS_OK(a_collection_ages_all_pools)
ENDS_OK(a_worker_takes_the_oldest_of_another)
ENDS_OK(a_collection_reaches_the_other_workers)
ENDS_OK(no_object_is_held_by_two_or_lost_while_collections_go_on)
ENDS_OK(no_private_object_is_taken_twice)
ENDS_OK(pools_come_and_go_while_others_collect)
ENDS_OK(under_a_sanitizer_and_only_there_some_puts_are_lost)
AS_TEST(a_pool_made_before_task_main_has_room_for_all_workers, {
    before_task_main = make_early;
    ASSERT_ENDS_OK(a_pool_made_before_task_main_has_room_for_all_workers);
    before_task_main = NULL;
})

int main(void)
{
    pools_lose_puts = false;
    const struct CMUnitTest tests[] = {
        TEST(the_private_object_comes_first_then_the_newest),
        TEST(objects_survive_one_collection),
        TEST(no_object_survives_two_collections),
        TEST(a_rescued_object_is_young_again),
        TEST(young_objects_come_before_victims_and_of_these_the_private_then_the_oldest),
        TEST(make_is_called_by_a_get_that_finds_nothing_and_by_nothing_else),
        TEST(putting_null_does_nothing),
        TEST(what_is_taken_away_is_dropped_once),
        TEST(freeing_a_pool_drops_both_generations),
        TEST(drop_may_use_pools),
        TEST(a_get_that_meets_a_drop_that_panics_loses_nothing),
        TEST(hits_misses_and_objects_are_counted),
        TEST(a_collection_ages_all_pools),
        TEST(a_worker_takes_the_oldest_of_another),
        TEST(a_collection_reaches_the_other_workers),
        TEST(no_object_is_held_by_two_or_lost_while_collections_go_on),
        TEST(no_private_object_is_taken_twice),
        TEST(pools_come_and_go_while_others_collect),
        TEST(under_a_sanitizer_and_only_there_some_puts_are_lost),
        TEST(a_pool_made_before_task_main_has_room_for_all_workers),
#ifdef __SANITIZE_ADDRESS__
        TEST(an_object_is_out_of_bounds_while_it_lies_in_a_pool),
        TEST(an_object_is_nonsense_while_it_lies_in_a_pool_and_itself_again_behind_it),
        TEST(drop_may_touch_what_lay_in_a_pool),
        TEST(putting_twice_panics),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
