/* SPDX-License-Identifier: MIT */
/* The collector finds what only a parked stack, a channel, a pool, a timer, a cleanup or
 * the argument of a task that has not begun points to; and lets go of the rest.
 *
 * A thing knows its own checksum.  A thing that is collected too early is soon another
 * one, or zero: every test allocates enough of them meanwhile (churn). */
#include "gc.h"
#include "chan.h"
#include "pool.h"
#include "sync.h"
#include "twintest.h"

#include <gc/gc.h>

#define CHECK_MAGIC 0x9e3779b97f4a7c15u

struct thing {
    uint64_t value, check, pad[6];
};

static struct thing *thing_make(uint64_t value)
{
    struct thing *t = GC_MALLOC(sizeof *t);

    CHECK(t);
    t->value = value;
    t->check = (value + 1) * CHECK_MAGIC;
    return t;
}

static void thing_check(const struct thing *t, uint64_t value)
{
    CHECK_EQ(t->value, value);
    CHECK_EQ(t->check, (value + 1) * CHECK_MAGIC);
}

/* Allocate, so that what was freed by mistake is handed out again and overwritten. */
static void churn(int n)
{
    for (int i = 0; i < n; i++)
        thing_make((uint64_t)i << 32);
}

static void collect_and_churn(int times)
{
    for (int i = 0; i < times; i++) {
        gc_collect();
        churn(2000);
    }
}

/* Overwrite what earlier calls left below the stack pointer. */
static __attribute__((noinline)) void wipe_stack(void)
{
    volatile char junk[16384];

    for (size_t i = 0; i < sizeof junk; i++)
        junk[i] = 0;
}

/* --- stacks --------------------------------------------------------------------------- */

enum { PARKED = 2000, ROUNDS = 150 };

struct hall {
    struct chan *tokens, *back;
    struct waitgroup *all;
};

/* Holds the only pointer to its thing while it waits, and makes another one now and then. */
static void holder(void *arg)
{
    struct hall *hall = arg;
    uint64_t value = task_id(), token;
    struct thing *mine = thing_make(value);

    while (chan_recv(hall->tokens, &token)) {
        thing_check(mine, value);
        if (token % 4 == 0)
            mine = thing_make(++value);
        chan_send(hall->back, &token);
    }
    thing_check(mine, value);
    wg_done(hall->all);
}

BODY(what_only_parked_stacks_point_to_survives)
{
    struct waitgroup all = { 0 };
    struct hall hall = { chan_make(8, 0), chan_make(8, PARKED), &all };
    uint64_t cycles = gc_stats().cycles;

    wg_add(&all, PARKED);
    for (int i = 0; i < PARKED; i++)
        go(holder, &hall);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == PARKED);
    for (int round = 0; round < ROUNDS; round++) {
        collect_and_churn(1);
        for (uint64_t i = 0; i < PARKED / 4; i++)
            chan_send(hall.tokens, &i);
        collect_and_churn(1); /* in the middle of the switches of the other worker */
        for (uint64_t i = 0; i < PARKED / 4; i++)
            CHECK(chan_recv(hall.back, NULL));
    }
    chan_close(hall.tokens);
    wg_wait(&all);
    CHECK(gc_stats().cycles - cycles >= 2 * ROUNDS);
}

/* --- switching and collecting at the same time ------------------------------------------- */

enum { PAIRS = 8, PASSES = 20000 };

struct pair {
    struct chan *there, *back;
    struct waitgroup *all;
};

static void returns_things(void *arg)
{
    struct pair *p = arg;
    struct thing *t;

    while (chan_recv(p->there, &t)) {
        struct thing *copy = thing_make(t->value);

        thing_check(t, t->value);
        chan_send(p->back, &copy);
    }
    wg_done(p->all);
}

static void passes_things(void *arg)
{
    struct pair *p = arg;

    for (uint64_t i = 0; i < PASSES; i++) {
        struct thing *t = thing_make(i), *answer;

        chan_send(p->there, &t);
        CHECK(chan_recv(p->back, &answer));
        thing_check(answer, i);
        thing_check(t, i);
    }
    chan_close(p->there);
    wg_done(p->all);
}

/* All collections but those of task 1 begin in the middle of an allocation. */
BODY(workers_that_switch_without_end_do_not_keep_a_collection_out)
{
    struct waitgroup all = { 0 };
    struct pair pairs[PAIRS];
    uint64_t cycles = gc_stats().cycles;

    wg_add(&all, 2 * PAIRS);
    for (int i = 0; i < PAIRS; i++) {
        pairs[i] = (struct pair){ chan_make(8, 0), chan_make(8, (size_t)i % 2), &all };
        go(returns_things, &pairs[i]);
        go(passes_things, &pairs[i]);
    }
    for (int i = 0; i < 200; i++) {
        gc_collect();
        task_yield();
    }
    wg_wait(&all);
    CHECK(gc_stats().cycles - cycles >= 200);
}

static int begun; /* or ended, as the test has it */

static void naps(void *unused)
{
    struct thing *mine = thing_make(7);

    (void)unused;
    for (int i = 0; i < 20; i++) {
        task_sleep(MS / 2);
        thing_check(mine, 7);
        mine = thing_make(7);
    }
    __atomic_add_fetch(&begun, 1, __ATOMIC_ACQ_REL);
}

BODY(sleeping_workers_take_part)
{
    for (int i = 0; i < 50; i++)
        go(naps, NULL);
    while (__atomic_load_n(&begun, __ATOMIC_ACQUIRE) < 50) {
        gc_collect();
        task_sleep(MS / 4);
    }
}

static int stop;

static void yields(void *unused)
{
    struct thing *mine = thing_make(task_id());

    (void)unused;
    for (uint64_t i = 1; !__atomic_load_n(&stop, __ATOMIC_ACQUIRE); i++) {
        thing_check(mine, task_id());
        if (i % 1024 == 0)
            mine = thing_make(task_id());
        task_yield();
    }
    __atomic_add_fetch(&begun, 1, __ATOMIC_ACQ_REL);
}

/* One worker does nothing but switch, the other nothing but collect. */
BODY(no_world_is_stopped_in_the_middle_of_a_switch)
{
    for (int i = 0; i < 4; i++)
        go(yields, NULL);
    for (int i = 0; i < 2000; i++) {
        gc_collect();
        churn(50);
    }
    __atomic_store_n(&stop, 1, __ATOMIC_RELEASE);
    EVENTUALLY(__atomic_load_n(&begun, __ATOMIC_ACQUIRE) == 4);
}

/* It takes three workers: one waits for a task that the second is still leaving, and the
 * third begins a collection. */
static void a_task_that_is_being_left_hangs_no_collection(void **unused)
{
    static struct ending e;

    (void)unused;
    run_in_child(workers_that_switch_without_end_do_not_keep_a_collection_out, NULL, 4, &e);
    if (e.status)
        fail_msg("%s status %d; it said:\n%s", e.too_late ? "hangs," : "", e.status, e.said);
}

/* --- not on a stack --------------------------------------------------------------------- */

static void takes_thing(void *arg)
{
    struct thing *t = arg;

    thing_check(t, 3);
    __atomic_add_fetch(&begun, 1, __ATOMIC_ACQ_REL);
}

BODY(arguments_of_tasks_that_have_not_begun_survive)
{
    for (int i = 0; i < 1000; i++)
        go(takes_thing, thing_make(3));
    collect_and_churn(5);
    EVENTUALLY(__atomic_load_n(&begun, __ATOMIC_ACQUIRE) == 1000);
}

BODY(arguments_of_timers_survive)
{
    for (int i = 0; i < 100; i++)
        timer_drop(timer_after_func(5 * MS, takes_thing, thing_make(3)));
    collect_and_churn(3);
    EVENTUALLY(__atomic_load_n(&begun, __ATOMIC_ACQUIRE) == 100);
}

static void registers_and_parks(void *arg)
{
    DEFER_SCOPE;

    for (int i = 0; i < 10; i++)
        defer(takes_thing, thing_make(3));
    chan_recv((struct chan *)arg, NULL);
}

BODY(arguments_of_cleanups_survive)
{
    struct chan *gate = chan_make(1, 0);

    for (int i = 0; i < 10; i++)
        go(registers_and_parks, gate);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 10);
    collect_and_churn(3);
    chan_close(gate);
    EVENTUALLY(__atomic_load_n(&begun, __ATOMIC_ACQUIRE) == 100);
}

BODY(values_inside_channels_survive)
{
    struct chan *c = chan_make(sizeof(struct thing *), 1000);
    struct thing *t;

    for (uint64_t i = 0; i < 1000; i++) {
        t = thing_make(i);
        chan_send(c, &t);
    }
    collect_and_churn(5);
    for (uint64_t i = 0; i < 1000; i++) {
        CHECK(chan_recv(c, &t));
        thing_check(t, i);
    }
}

/* --- pools -------------------------------------------------------------------------------- */

enum { POOLED = 100 };

static __attribute__((noinline)) void fill(struct pool *p)
{
    for (uint64_t i = 0; i < POOLED; i++)
        pool_put(p, thing_make(i));
}

BODY(pooled_objects_survive_one_collection)
{
    struct pool *p = pool_make(NULL, NULL, NULL);
    uint64_t cycles, sum = 0;

    GC_disable(); /* no collections but those that the test asks for */
    fill(p);
    GC_enable();
    cycles = gc_stats().cycles;
    gc_collect();
    GC_disable();
    CHECK_EQ(gc_stats().cycles - cycles, 1);
    churn(2000);
    for (int i = 0; i < POOLED; i++) {
        struct thing *t = pool_get(p);

        CHECK(t);
        thing_check(t, t->value);
        sum += t->value;
    }
    CHECK_EQ(sum, POOLED * (POOLED - 1) / 2);
    CHECK(!pool_get(p));
    GC_enable();
}

BODY(pooled_objects_do_not_survive_two_collections)
{
    struct pool *p = pool_make(NULL, NULL, NULL);

    fill(p);
    gc_collect();
    gc_collect();
    CHECK_EQ(pool_stats(p).idle, 0);
    CHECK(!pool_get(p));
}

static int finalized;

static void count_finalized(void *object, void *unused)
{
    (void)object;
    (void)unused;
    finalized++;
}

static __attribute__((noinline)) void fill_watched(struct pool *p)
{
    for (uint64_t i = 0; i < POOLED; i++) {
        struct thing *t = thing_make(i);

        GC_register_finalizer(t, count_finalized, NULL, NULL, NULL);
        pool_put(p, t);
    }
}

/* 99.  A stale word somewhere in memory may keep one of them. */
BODY(a_pool_pins_nothing)
{
    struct pool *p = pool_make(NULL, NULL, NULL);

    fill_watched(p);
    for (int i = 0; i < 5; i++) {
        wipe_stack();
        gc_collect();
    }
    GC_invoke_finalizers();
    CHECK(finalized >= POOLED - 1);
}

static __attribute__((noinline)) void pass_watched_through(struct chan *c)
{
    struct thing *t;

    for (uint64_t i = 0; i < POOLED; i++) {
        t = thing_make(i);
        GC_register_finalizer(t, count_finalized, NULL, NULL, NULL);
        chan_send(c, &t);
    }
    for (uint64_t i = 0; i < POOLED; i++)
        CHECK(chan_recv(c, &t));
}

/* A stale word somewhere in memory may keep one of them. */
BODY(a_channel_pins_nothing_that_was_taken_from_it)
{
    struct chan *c = chan_make(sizeof(struct thing *), POOLED);

    pass_watched_through(c);
    for (int i = 0; i < 5; i++) {
        wipe_stack();
        gc_collect();
    }
    GC_invoke_finalizers();
    CHECK(finalized >= POOLED - 1);
    chan_drop(c);
}

static int dropped;

static void count_dropped(void *object)
{
    free(object);
    churn(10); /* a drop may allocate, and so collect */
    __atomic_add_fetch(&dropped, 1, __ATOMIC_RELAXED);
}

BODY(each_object_is_dropped_once_after_two_collections)
{
    struct pool *p = pool_make(NULL, NULL, count_dropped);

    GC_disable();
    for (int i = 0; i < POOLED; i++)
        pool_put(p, malloc(8));
    GC_enable();
    gc_collect();
    CHECK_EQ(__atomic_load_n(&dropped, __ATOMIC_RELAXED), 0);
    gc_collect();
    EVENTUALLY(__atomic_load_n(&dropped, __ATOMIC_RELAXED) == POOLED);
    collect_and_churn(3);
    CHECK_EQ(__atomic_load_n(&dropped, __ATOMIC_RELAXED), POOLED);
}

static void uses_pool(void *arg)
{
    struct pool *p = arg;

    for (int i = 0; i < 20000; i++) {
        struct thing *a = pool_get(p), *b = pool_get(p);

        if (!a)
            a = thing_make(task_id());
        thing_check(a, a->value);
        if (b)
            thing_check(b, b->value);
        pool_put(p, a);
        pool_put(p, i % 8 ? b : NULL);
        if (i % 16 == 0)
            task_yield();
    }
    __atomic_add_fetch(&begun, 1, __ATOMIC_ACQ_REL);
}

BODY(pools_in_use_and_collections_do_not_meet)
{
    struct pool *p = pool_make(NULL, NULL, NULL);

    for (int i = 0; i < 10; i++)
        go(uses_pool, p);
    while (__atomic_load_n(&begun, __ATOMIC_ACQUIRE) < 10) {
        collect_and_churn(1);
        task_yield();
    }
}

/* --- what it says of itself ------------------------------------------------------------------ */

BODY(the_collector_counts)
{
    struct gc_stats a = gc_stats(), b;

    churn(10000);
    gc_collect();
    b = gc_stats();
    CHECK(b.cycles > a.cycles);
    CHECK(b.allocated_bytes - a.allocated_bytes >= 10000 * sizeof(struct thing));
    CHECK(b.allocated_bytes - a.allocated_bytes <= 20000 * sizeof(struct thing));
    CHECK(b.heap_bytes > 0);
    CHECK(b.pause_ns > a.pause_ns);
}

ENDS_OK(what_only_parked_stacks_point_to_survives)
ENDS_OK(workers_that_switch_without_end_do_not_keep_a_collection_out)
ENDS_OK(sleeping_workers_take_part)
ENDS_OK(no_world_is_stopped_in_the_middle_of_a_switch)
ENDS_OK(arguments_of_tasks_that_have_not_begun_survive)
ENDS_OK(arguments_of_timers_survive)
ENDS_OK(arguments_of_cleanups_survive)
ENDS_OK(values_inside_channels_survive)
ENDS_OK(pooled_objects_survive_one_collection)
ENDS_OK(pooled_objects_do_not_survive_two_collections)
ENDS_OK(a_pool_pins_nothing)
ENDS_OK(a_channel_pins_nothing_that_was_taken_from_it)
ENDS_OK(each_object_is_dropped_once_after_two_collections)
ENDS_OK(pools_in_use_and_collections_do_not_meet)
ENDS_OK(the_collector_counts)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_only_parked_stacks_point_to_survives),
        TEST(workers_that_switch_without_end_do_not_keep_a_collection_out),
        TEST(sleeping_workers_take_part),
        TEST(no_world_is_stopped_in_the_middle_of_a_switch),
        cmocka_unit_test(a_task_that_is_being_left_hangs_no_collection),
        TEST(arguments_of_tasks_that_have_not_begun_survive),
        TEST(arguments_of_timers_survive),
        TEST(arguments_of_cleanups_survive),
        TEST(values_inside_channels_survive),
        TEST(pooled_objects_survive_one_collection),
        TEST(pooled_objects_do_not_survive_two_collections),
        TEST(a_pool_pins_nothing),
        TEST(a_channel_pins_nothing_that_was_taken_from_it),
        TEST(each_object_is_dropped_once_after_two_collections),
        TEST(pools_in_use_and_collections_do_not_meet),
        TEST(the_collector_counts),
    };

    before_task_main = gc_enable;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
