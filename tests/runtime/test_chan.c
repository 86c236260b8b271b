/* SPDX-License-Identifier: MIT */
/* Channels keep Go's promises.
 *
 * The number before a test is that of the statement it puts to the proof (tests/README.md).
 * Who waits, and in which order, is never left to chance: EVENTUALLY(tasks_waiting(...))
 * makes sure that a task is queued. */
#include "chan.h"
#include "wait/chan_impl.h"
#include "select.h"
#include "twintest.h"

#include <malloc.h>

enum { CAPS = 20 }; /* capacities 0 .. CAPS - 1 are tried where any might matter */

static struct chan *make(size_t elem_bytes, size_t cap)
{
    struct chan *c = chan_make(elem_bytes, cap);

    CHECK(c);
    return c;
}

static void send_int(struct chan *c, int v)
{
    chan_send(c, &v);
}

static int recv_int(struct chan *c)
{
    int v = -1;

    CHECK(chan_recv(c, &v));
    return v;
}

/* A channel of ints with 0 .. cap - 1 inside. */
static struct chan *make_full(size_t cap)
{
    struct chan *c = make(sizeof(int), cap);

    for (int i = 0; i < (int)cap; i++)
        send_int(c, i);
    return c;
}

/* One operation in a task of its own, and what came of it. */
struct one {
    struct chan *c;
    int value;
    bool ok;
    int done; /* atomic */
};

static bool is_done(struct one *o)
{
    return __atomic_load_n(&o->done, __ATOMIC_ACQUIRE);
}

static void recv_one(void *arg)
{
    struct one *o = arg;

    o->ok = chan_recv(o->c, &o->value);
    __atomic_store_n(&o->done, 1, __ATOMIC_RELEASE);
}

static void send_one(void *arg)
{
    struct one *o = arg;

    chan_send(o->c, &o->value);
    __atomic_store_n(&o->done, 1, __ATOMIC_RELEASE);
}

/* Start `n` tasks that do the same, each parked before the next one starts. */
static void park_in_order(task_fn *fn, struct one *ones, int n, enum wait_reason reason)
{
    for (int i = 0; i < n; i++) {
        go(fn, &ones[i]);
        EVENTUALLY(tasks_waiting(reason) == i + 1);
    }
}

/* --- waiting and not waiting ------------------------------------------------------ */

/* 1 */
BODY(a_receive_from_an_empty_channel_waits)
{
    for (int cap = 0; cap < CAPS; cap++) {
        struct one o = { .c = make(sizeof(int), (size_t)cap) };

        go(recv_one, &o);
        EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
        CHECK(!is_done(&o));
        send_int(o.c, 42);
        EVENTUALLY(is_done(&o));
        CHECK(o.ok);
        CHECK_EQ(o.value, 42);
        chan_drop(o.c);
    }
}
ENDS_OK(a_receive_from_an_empty_channel_waits)

/* 2 */
BODY(a_try_on_an_empty_channel_comes_back)
{
    for (int cap = 0; cap < CAPS; cap++) {
        struct chan *c = make(sizeof(int), (size_t)cap);
        int v = 5;

        CHECK_EQ(chan_try_recv(c, &v), CHAN_WOULD_BLOCK);
        CHECK_EQ(chan_select_try(RECV(c, &v)), -1);
        CHECK_EQ(chan_recv_timed(c, &v, 0), CHAN_WOULD_BLOCK);
        CHECK_EQ(chan_recv_timed(c, &v, -1), CHAN_WOULD_BLOCK);
        CHECK_EQ(chan_recv_timed(c, &v, US), CHAN_WOULD_BLOCK);
        CHECK_EQ(v, 5);
        chan_drop(c);
    }
}
ENDS_OK(a_try_on_an_empty_channel_comes_back)

/* 3 */
BODY(a_send_to_a_full_channel_waits_and_a_try_comes_back)
{
    for (int cap = 0; cap < CAPS; cap++) {
        struct one o = { .c = make_full((size_t)cap), .value = 99 };

        CHECK_EQ(chan_try_send(o.c, &o.value), CHAN_WOULD_BLOCK);
        CHECK_EQ(chan_select_try(SEND(o.c, &o.value)), -1);
        CHECK_EQ(chan_send_timed(o.c, &o.value, 0), CHAN_WOULD_BLOCK);
        CHECK_EQ(chan_send_timed(o.c, &o.value, US), CHAN_WOULD_BLOCK);
        CHECK_EQ(chan_len(o.c), cap);
        go(send_one, &o);
        EVENTUALLY(tasks_waiting(WAIT_SEND) == 1);
        CHECK(!is_done(&o));
        CHECK_EQ(recv_int(o.c), cap ? 0 : 99);
        EVENTUALLY(is_done(&o));
        chan_drop(o.c);
    }
}
ENDS_OK(a_send_to_a_full_channel_waits_and_a_try_comes_back)

/* A wait that was given up leaves nobody behind on the channel. */
BODY(a_timed_wait_that_ended_takes_no_value)
{
    struct chan *c = make(sizeof(int), 0);
    int v = 1;

    for (int i = 0; i < 50; i++) {
        CHECK_EQ(chan_recv_timed(c, &v, 10 * US), CHAN_WOULD_BLOCK);
        CHECK_EQ(chan_try_send(c, &v), CHAN_WOULD_BLOCK);
        CHECK_EQ(chan_send_timed(c, &v, 10 * US), CHAN_WOULD_BLOCK);
        CHECK_EQ(chan_try_recv(c, &v), CHAN_WOULD_BLOCK);
    }
    chan_drop(c);
}
ENDS_OK(a_timed_wait_that_ended_takes_no_value)

BODY(a_timed_wait_ends_early_when_its_partner_comes)
{
    struct one o = { .c = make(sizeof(int), 0), .value = 7 };
    int v = 0;

    go(send_one, &o);
    CHECK_EQ(chan_recv_timed(o.c, &v, INT64_MAX), CHAN_OK);
    CHECK_EQ(v, 7);
    go(recv_one, &o);
    v = 8;
    CHECK_EQ(chan_send_timed(o.c, &v, INT64_MAX), CHAN_OK);
    EVENTUALLY(o.value == 8);
    chan_close(o.c);
    CHECK_EQ(chan_recv_timed(o.c, &v, INT64_MAX), CHAN_CLOSED);
    CHECK_EQ(v, 0);
    chan_drop(o.c);
}
ENDS_OK(a_timed_wait_ends_early_when_its_partner_comes)

/* Who gives up at the moment the value comes: it is with the one or with the other. */
static void send_numbers_slowly(void *arg)
{
    struct one *o = arg;

    for (int i = 0; i < 300; i++) {
        while (chan_send_timed(o->c, &i, (1 + i % 40) * US) != CHAN_OK)
            o->value++;
        task_sleep((i % 30) * US);
    }
    chan_close(o->c);
    chan_drop(o->c);
}

BODY(a_value_is_neither_lost_nor_doubled_when_both_sides_give_up)
{
    struct one o = { .c = make(sizeof(int), 0) };
    int v = -1, next = 0;

    chan_ref(o.c);
    go(send_numbers_slowly, &o);
    for (;;) {
        enum chan_result r = chan_recv_timed(o.c, &v, (1 + next % 50) * US);

        if (r == CHAN_CLOSED)
            break;
        if (r == CHAN_OK)
            CHECK_EQ(v, next++);
    }
    CHECK_EQ(next, 300);
    chan_drop(o.c);
}
ENDS_OK(a_value_is_neither_lost_nor_doubled_when_both_sides_give_up)

/* 15 */
BODY(a_try_to_send_succeeds_only_with_room_or_a_partner)
{
    for (int cap = 0; cap < CAPS; cap++) {
        struct one o = { .c = make(sizeof(int), (size_t)cap) };
        int v = 3;

        for (int i = 0; i < cap; i++)
            CHECK_EQ(chan_try_send(o.c, &v), CHAN_OK);
        CHECK_EQ(chan_try_send(o.c, &v), CHAN_WOULD_BLOCK);
        for (int i = 0; i < cap; i++)
            CHECK_EQ(chan_try_recv(o.c, &v), CHAN_OK);
        CHECK_EQ(chan_try_recv(o.c, &v), CHAN_WOULD_BLOCK);

        go(recv_one, &o);
        EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
        v = 4;
        CHECK_EQ(chan_try_send(o.c, &v), CHAN_OK);
        CHECK_EQ(chan_len(o.c), 0); /* it went to the receiver, not through the buffer */
        EVENTUALLY(is_done(&o));
        CHECK_EQ(o.value, 4);
        chan_drop(o.c);
    }
}
ENDS_OK(a_try_to_send_succeeds_only_with_room_or_a_partner)

BODY(a_try_to_receive_succeeds_when_a_sender_waits)
{
    struct one o = { .c = make(sizeof(int), 0), .value = 6 };
    int v = 0;

    go(send_one, &o);
    EVENTUALLY(tasks_waiting(WAIT_SEND) == 1);
    CHECK_EQ(chan_try_recv(o.c, &v), CHAN_OK);
    CHECK_EQ(v, 6);
    EVENTUALLY(is_done(&o));
    chan_drop(o.c);
}
ENDS_OK(a_try_to_receive_succeeds_when_a_sender_waits)

/* --- nil -------------------------------------------------------------------------- */

/* 16 */
BODY(a_receive_from_nil_waits_for_ever)
{
    chan_recv(NULL, NULL);
}
DEADLOCKS(a_receive_from_nil_waits_for_ever)

/* 16 */
BODY(a_send_to_nil_waits_for_ever)
{
    int v = 1;

    chan_send(NULL, &v);
}
DEADLOCKS(a_send_to_nil_waits_for_ever)

/* 16 */
BODY(nil_never_happens_in_a_try_or_in_time)
{
    int v = 1;

    CHECK_EQ(chan_try_recv(NULL, &v), CHAN_WOULD_BLOCK);
    CHECK_EQ(chan_try_send(NULL, &v), CHAN_WOULD_BLOCK);
    CHECK_EQ(chan_recv_timed(NULL, &v, US), CHAN_WOULD_BLOCK);
    CHECK_EQ(chan_send_timed(NULL, &v, US), CHAN_WOULD_BLOCK);
    CHECK_EQ(v, 1);
    CHECK(!chan_ref(NULL));
    chan_drop(NULL);
}
ENDS_OK(nil_never_happens_in_a_try_or_in_time)

/* 13 */
BODY(length_and_capacity_are_what_is_inside_and_what_fits)
{
    for (int cap = 0; cap < CAPS; cap++) {
        struct chan *c = make(sizeof(int), (size_t)cap);

        CHECK_EQ(chan_len(c), 0);
        CHECK_EQ(chan_cap(c), cap);
        for (int i = 0; i < cap; i++) {
            send_int(c, i);
            CHECK_EQ(chan_len(c), i + 1);
        }
        CHECK_EQ(chan_cap(c), cap);
        chan_close(c);
        CHECK_EQ(chan_len(c), cap);
        chan_drop(c);
    }
    CHECK_EQ(chan_len(NULL), 0);
    CHECK_EQ(chan_cap(NULL), 0);
}
ENDS_OK(length_and_capacity_are_what_is_inside_and_what_fits)

/* --- closing ---------------------------------------------------------------------- */

/* 4, 17 */
BODY(a_closed_channel_drains_in_order_then_gives_zero_for_ever)
{
    for (int cap = 0; cap < CAPS; cap++) {
        struct chan *c = make_full((size_t)cap);
        int v;

        chan_close(c);
        for (int i = 0; i < cap; i++)
            CHECK_EQ(recv_int(c), i);
        for (int i = 0; i < 3; i++) {
            v = 77;
            CHECK(!chan_recv(c, &v));
            CHECK_EQ(v, 0);
            v = 77;
            CHECK_EQ(chan_try_recv(c, &v), CHAN_CLOSED);
            CHECK_EQ(v, 0);
            v = 77;
            CHECK_EQ(chan_recv_timed(c, &v, SEC), CHAN_CLOSED);
            CHECK_EQ(v, 0);
            CHECK(!chan_recv(c, NULL));
        }
        chan_drop(c);
    }
}
ENDS_OK(a_closed_channel_drains_in_order_then_gives_zero_for_ever)

/* 5, 6 */
BODY(close_wakes_every_waiting_receiver_with_zero)
{
    for (int cap = 0; cap < 3; cap++) {
        enum { RECEIVERS = 10 };
        struct chan *c = make(sizeof(int), (size_t)cap);
        struct one o[RECEIVERS];

        for (int i = 0; i < RECEIVERS; i++)
            o[i] = (struct one){ .c = c, .value = 55, .ok = true };
        park_in_order(recv_one, o, RECEIVERS, WAIT_RECV);
        chan_close(c);
        for (int i = 0; i < RECEIVERS; i++) {
            EVENTUALLY(is_done(&o[i]));
            CHECK(!o[i].ok);
            CHECK_EQ(o[i].value, 0);
        }
        chan_drop(c);
    }
}
ENDS_OK(close_wakes_every_waiting_receiver_with_zero)

static void send_must_panic(void *arg)
{
    struct one *o = arg;

    CHECK_PANICS(send_one, o, "send on closed channel");
    __atomic_store_n(&o->done, 2, __ATOMIC_RELEASE);
}

/* 7 */
BODY(close_makes_every_waiting_sender_panic)
{
    for (int cap = 0; cap < 3; cap++) {
        enum { SENDERS = 10 };
        struct chan *c = make_full((size_t)cap);
        struct one o[SENDERS];
        int v;

        for (int i = 0; i < SENDERS; i++)
            o[i] = (struct one){ .c = c, .value = 1000 + i };
        park_in_order(send_must_panic, o, SENDERS, WAIT_SEND);
        chan_close(c);
        for (int i = 0; i < SENDERS; i++)
            EVENTUALLY(__atomic_load_n(&o[i].done, __ATOMIC_ACQUIRE) == 2);
        for (int i = 0; i < cap; i++) /* what was inside is still there, nothing else */
            CHECK_EQ(recv_int(c), i);
        CHECK(!chan_recv(c, &v));
        chan_drop(c);
    }
}
ENDS_OK(close_makes_every_waiting_sender_panic)

static void plain_send(void *c)
{
    send_int(c, 9);
}
static void try_send(void *c)
{
    int v = 9;

    chan_try_send(c, &v);
}
static void timed_send(void *c)
{
    int v = 9;

    chan_send_timed(c, &v, SEC);
}
static void select_send(void *c)
{
    int v = 9;

    chan_select(SEND((struct chan *)c, &v), RECV(NULL, NULL));
}
static void select_send_alone(void *c)
{
    int v = 9;

    chan_select_try(SEND((struct chan *)c, &v));
}

/* 8 */
BODY(every_kind_of_send_on_a_closed_channel_panics_and_leaves_nothing)
{
    for (int cap = 0; cap < 3; cap++) {
        struct chan *c = make(sizeof(int), (size_t)cap);
        int v = 1;

        chan_close(c);
        CHECK_PANICS(plain_send, c, "send on closed channel");
        CHECK_PANICS(try_send, c, "send on closed channel");
        CHECK_PANICS(timed_send, c, "send on closed channel");
        CHECK_PANICS(select_send, c, "send on closed channel");
        CHECK_PANICS(select_send_alone, c, "send on closed channel");
        CHECK_EQ(chan_len(c), 0);
        CHECK(!chan_recv(c, &v));
        CHECK_EQ(v, 0);
        chan_drop(c);
    }
}
ENDS_OK(every_kind_of_send_on_a_closed_channel_panics_and_leaves_nothing)

/* 8 */
BODY(a_try_to_send_on_a_full_closed_channel_panics)
{
    struct chan *c = make_full(2);

    chan_close(c);
    CHECK_PANICS(try_send, c, "send on closed channel");
    chan_drop(c);
}
ENDS_OK(a_try_to_send_on_a_full_closed_channel_panics)

/* 8 */
BODY(a_send_on_a_closed_channel_ends_the_process)
{
    struct chan *c = make(sizeof(int), 1);

    chan_close(c);
    send_int(c, 1);
}
PANICS(a_send_on_a_closed_channel_ends_the_process, "send on closed channel")

static void close_it(void *c)
{
    chan_close(c);
}

/* 9 */
BODY(closing_twice_or_closing_nil_panics)
{
    struct chan *c = make(sizeof(int), 1);

    chan_close(c);
    CHECK_PANICS(close_it, c, "close of closed channel");
    CHECK_PANICS(close_it, c, "close of closed channel"); /* the lock was given back */
    CHECK_PANICS(close_it, NULL, "close of nil channel");
    chan_drop(c);
}
ENDS_OK(closing_twice_or_closing_nil_panics)

BODY(closes_twice)
{
    struct chan *c = make(sizeof(int), 1);

    chan_close(c);
    chan_close(c);
}

BODY(tries_to_send_on_a_closed_channel)
{
    struct chan *c = make(sizeof(int), 1);

    chan_close(c);
    try_send(c);
}

BODY(closes_nil)
{
    chan_close(NULL);
}

/* 18 */
struct race {
    struct chan *c; /* atomic; NULL between rounds */
    bool over;
};

static void close_and_receive(void *arg)
{
    struct race *r = arg;
    struct chan *c;

    while (!__atomic_load_n(&r->over, __ATOMIC_ACQUIRE)) {
        if ((c = __atomic_load_n(&r->c, __ATOMIC_ACQUIRE))) {
            chan_close(c);
            chan_recv(c, NULL);
            __atomic_store_n(&r->c, NULL, __ATOMIC_RELEASE);
        }
        task_yield();
    }
    __atomic_store_n(&r->over, false, __ATOMIC_RELEASE);
}

BODY(a_try_never_misses_the_value_while_another_task_closes_and_takes_it)
{
    struct race r = { 0 };
    int64_t until = clock_now() + SEC; /* workers that share a processor need a slice a round */

    go(close_and_receive, &r);
    for (int i = 0; i < 10000 && clock_now() < until; i++) {
        struct chan *c = make(sizeof(int), 1);
        int v;

        send_int(c, 1);
        __atomic_store_n(&r.c, c, __ATOMIC_RELEASE);
        for (int k = 0; k < i % 64; k++)
            cpu_relax();
        CHECK(chan_try_recv(c, &v) != CHAN_WOULD_BLOCK);
        while (__atomic_load_n(&r.c, __ATOMIC_ACQUIRE))
            task_yield();
        chan_drop(c);
    }
    __atomic_store_n(&r.over, true, __ATOMIC_RELEASE);
    EVENTUALLY(!__atomic_load_n(&r.over, __ATOMIC_ACQUIRE));
}
ENDS_OK(a_try_never_misses_the_value_while_another_task_closes_and_takes_it)

/* --- order ------------------------------------------------------------------------ */

static void send_hundred(void *c)
{
    for (int i = 0; i < 100; i++)
        send_int(c, i);
    chan_drop(c);
}

/* 10 */
BODY(values_come_out_in_the_order_they_went_in)
{
    for (int cap = 0; cap < CAPS; cap++) {
        struct chan *c = make(sizeof(int), (size_t)cap);

        go(send_hundred, chan_ref(c));
        for (int i = 0; i < 100; i++)
            CHECK_EQ(recv_int(c), i);
        chan_drop(c);
    }
}
ENDS_OK(values_come_out_in_the_order_they_went_in)

/* 11 */
BODY(receivers_are_served_in_the_order_they_came)
{
    enum { RECEIVERS = 12 };
    struct chan *c = make(sizeof(int), 0);
    struct one o[RECEIVERS];

    for (int i = 0; i < RECEIVERS; i++)
        o[i] = (struct one){ .c = c };
    park_in_order(recv_one, o, RECEIVERS, WAIT_RECV);
    for (int i = 0; i < RECEIVERS; i++)
        send_int(c, 100 + i);
    for (int i = 0; i < RECEIVERS; i++) {
        EVENTUALLY(is_done(&o[i]));
        CHECK_EQ(o[i].value, 100 + i);
    }
    chan_drop(c);
}
ENDS_OK(receivers_are_served_in_the_order_they_came)

/* 11, 14 */
BODY(senders_are_served_in_the_order_they_came)
{
    enum { SENDERS = 12 };

    for (int cap = 0; cap < 4; cap++) {
        struct chan *c = make_full((size_t)cap);
        struct one o[SENDERS];

        for (int i = 0; i < SENDERS; i++)
            o[i] = (struct one){ .c = c, .value = cap + i };
        park_in_order(send_one, o, SENDERS, WAIT_SEND);
        for (int i = 0; i < cap + SENDERS; i++)
            CHECK_EQ(recv_int(c), i);
        for (int i = 0; i < SENDERS; i++)
            EVENTUALLY(is_done(&o[i]));
        chan_drop(c);
    }
}
ENDS_OK(senders_are_served_in_the_order_they_came)

/* 14 */
BODY(a_waiting_sender_moves_up_when_a_place_falls_free)
{
    struct one o = { .c = make_full(2), .value = 2 };

    go(send_one, &o);
    EVENTUALLY(tasks_waiting(WAIT_SEND) == 1);
    CHECK_EQ(recv_int(o.c), 0);
    CHECK_EQ(chan_len(o.c), 2); /* the sender's value took the place at once */
    EVENTUALLY(is_done(&o));
    CHECK_EQ(recv_int(o.c), 1);
    CHECK_EQ(recv_int(o.c), 2);
    chan_drop(o.c);
}
ENDS_OK(a_waiting_sender_moves_up_when_a_place_falls_free)

/* 12 */
enum { PRODUCERS = 4, EACH = 1000 };

struct market {
    struct chan *c;
    int seen[EACH]; /* atomic: how often each value was received */
    int received;   /* atomic */
};

static void produce(void *arg)
{
    struct market *m = arg;

    for (int i = 0; i < EACH; i++)
        send_int(m->c, i);
}

static void consume(void *arg)
{
    struct market *m = arg;

    for (int i = 0; i < EACH; i++) {
        __atomic_fetch_add(&m->seen[recv_int(m->c)], 1, __ATOMIC_RELAXED);
        __atomic_fetch_add(&m->received, 1, __ATOMIC_RELEASE);
    }
}

BODY(four_producers_and_four_consumers_lose_and_double_nothing)
{
    static const size_t caps[] = { 0, 1, 2, 100 };

    for (int k = 0; k < 4; k++) {
        struct market m = { .c = make(sizeof(int), caps[k]) };

        for (int i = 0; i < PRODUCERS; i++) {
            go(consume, &m);
            go(produce, &m);
        }
        EVENTUALLY(__atomic_load_n(&m.received, __ATOMIC_ACQUIRE) == PRODUCERS * EACH);
        for (int i = 0; i < EACH; i++)
            CHECK_EQ(m.seen[i], PRODUCERS);
    }
}
ENDS_OK(four_producers_and_four_consumers_lose_and_double_nothing)

/* --- what can be carried ---------------------------------------------------------- */

static void make_overflowing(void *cap)
{
    chan_make(4096, (size_t)(uintptr_t)cap);
}
static void make_endless(void *cap)
{
    chan_make(0, (size_t)(uintptr_t)cap);
}

/* 19 */
BODY(a_size_out_of_range_panics_and_never_wraps)
{
    /* SIZE_MAX is what a negative capacity becomes. */
    CHECK_PANICS(make_overflowing, (void *)SIZE_MAX,
                 "makechan: size out of range (18446744073709551615 values of 4096 bytes)");
    CHECK_PANICS(make_overflowing, (void *)(SIZE_MAX / 4096 + 1),
                 "makechan: size out of range (4503599627370496 values of 4096 bytes)");
    CHECK_PANICS(make_overflowing, (void *)(PTRDIFF_MAX / 4096 + 1),
                 "makechan: size out of range (2251799813685248 values of 4096 bytes)");
    CHECK_PANICS(make_endless, (void *)SIZE_MAX,
                 "makechan: size out of range (18446744073709551615 values of 0 bytes)");
}
ENDS_OK(a_size_out_of_range_panics_and_never_wraps)

/* 19 */
BODY(a_size_that_no_memory_holds_is_null)
{
    CHECK(!chan_make(1, (size_t)PTRDIFF_MAX / 2));
}
AS_TEST(a_size_that_no_memory_holds_is_null, {
    SKIP_UNDER_TOOLS();
    ASSERT_ENDS_OK(a_size_that_no_memory_holds_is_null);
})

/* 20 */
BODY(values_of_no_bytes_carry_the_fact)
{
    for (size_t cap = 0; cap < 2; cap++) {
        struct one o = { .c = make(0, cap) };

        go(recv_one, &o);
        EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
        chan_send(o.c, NULL);
        EVENTUALLY(is_done(&o));
        CHECK(o.ok);
        CHECK_EQ(chan_try_send(o.c, NULL), cap ? CHAN_OK : CHAN_WOULD_BLOCK);
        CHECK_EQ(chan_len(o.c), cap);
        chan_close(o.c);
        CHECK_EQ(chan_recv(o.c, NULL), cap == 1);
        CHECK(!chan_recv(o.c, NULL));
        chan_drop(o.c);
    }
}
ENDS_OK(values_of_no_bytes_carry_the_fact)

/* Send a pattern of every size from 1 to 300 bytes, and change the original afterwards. */
static void send_patterns(void *arg)
{
    struct chan **chans = arg;
    unsigned char v[300];

    for (size_t bytes = 1; bytes <= sizeof v; bytes++) {
        memset(v, (int)bytes, sizeof v);
        chan_send(chans[bytes % 2], &bytes);
        struct chan *c = make(bytes, bytes % 3);
        struct chan *mine = chan_ref(c);
        chan_send(chans[2], &c);
        chan_send(mine, v);
        memset(v, 0xff, sizeof v);
        chan_drop(mine);
    }
}

/* 21 */
BODY(values_of_any_size_and_channels_too_are_copied)
{
    struct chan *chans[] = { make(sizeof(size_t), 0), make(sizeof(size_t), 1),
                             make(sizeof(struct chan *), 0) };

    go(send_patterns, chans);
    for (size_t bytes = 1; bytes <= 300; bytes++) {
        unsigned char v[302];
        struct chan *c;
        size_t said;

        memset(v, 0xee, sizeof v);
        CHECK(chan_recv(chans[bytes % 2], &said));
        CHECK_EQ(said, bytes);
        CHECK(chan_recv(chans[2], &c));
        CHECK(chan_recv(c, v + 1));
        for (size_t i = 1; i <= bytes; i++)
            CHECK_EQ(v[i], bytes & 0xff);
        CHECK_EQ(v[0], 0xee);
        CHECK_EQ(v[bytes + 1], 0xee);
        chan_drop(c);
    }
}
ENDS_OK(values_of_any_size_and_channels_too_are_copied)

/* --- many tasks ------------------------------------------------------------------- */

struct consumers {
    struct chan *c;
    int total; /* atomic */
    int ended; /* atomic */
};

static void range(void *arg)
{
    struct consumers *s = arg;
    int v, n = 0;

    while (chan_recv(s->c, &v)) {
        n++;
        if (v % 113 == 0)
            task_yield();
    }
    __atomic_fetch_add(&s->total, n, __ATOMIC_RELAXED);
    __atomic_fetch_add(&s->ended, 1, __ATOMIC_RELEASE);
}

/* 23 */
BODY(a_range_ends_exactly_when_the_closed_channel_is_drained)
{
    enum { WORKERS = 23, VALUES = 271828 };
    struct consumers s = { .c = make(sizeof(int), 2 * WORKERS) };

    for (int i = 0; i < WORKERS; i++)
        go(range, &s);
    for (int i = 0; i < VALUES; i++)
        send_int(s.c, i);
    chan_close(s.c);
    EVENTUALLY(__atomic_load_n(&s.ended, __ATOMIC_ACQUIRE) == WORKERS);
    CHECK_EQ(s.total, VALUES);
    chan_drop(s.c);
}
ENDS_OK(a_range_ends_exactly_when_the_closed_channel_is_drained)

struct link {
    struct chan *left, *right;
};

static void pass_on(void *arg)
{
    struct link l = *(struct link *)arg;
    int v;

    free(arg);
    while (chan_recv(l.right, &v)) {
        v++;
        chan_send(l.left, &v);
    }
    chan_close(l.left);
    chan_drop(l.left);
    chan_drop(l.right);
}

static struct link *link_new(struct chan *left, struct chan *right)
{
    struct link *l = malloc(sizeof *l);

    CHECK(l);
    *l = (struct link){ left, right };
    return l;
}

/* 24 */
BODY(a_daisy_chain_of_ten_thousand_tasks_passes_on_and_tears_down)
{
    enum { LINKS = 10000 };
    struct chan *first = make(sizeof(int), 0), *left = chan_ref(first), *right = NULL;

    for (int i = 0; i < LINKS; i++) {
        right = make(sizeof(int), 0);
        go(pass_on, link_new(left, chan_ref(right)));
        left = right;
    }
    for (int i = 0; i < 3; i++) {
        send_int(right, i);
        CHECK_EQ(recv_int(first), LINKS + i);
    }
    chan_close(right);
    CHECK(!chan_recv(first, NULL));
    chan_drop(right);
    chan_drop(first);
    EVENTUALLY(task_count() == 1);
    CHECK_EQ(stats_read().channels.now, 0);
}
ENDS_OK(a_daisy_chain_of_ten_thousand_tasks_passes_on_and_tears_down)

struct sieve {
    struct chan *in, *out;
    int prime;
};

static void generate(void *c)
{
    for (int i = 2;; i++)
        send_int(c, i);
}

static void filter(void *arg)
{
    struct sieve s = *(struct sieve *)arg;

    free(arg);
    for (;;) {
        int v = recv_int(s.in);

        if (v % s.prime)
            send_int(s.out, v);
    }
}

/* 25 */
BODY(the_sieve_finds_the_first_primes)
{
    static const int primes[] = { 2,  3,  5,  7,  11, 13, 17, 19, 23, 29, 31, 37, 41,
                                  43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97 };

    for (size_t cap = 0; cap < 2; cap++) {
        struct chan *numbers = make(sizeof(int), cap);

        go(generate, numbers);
        for (int i = 0; i < 25; i++) {
            struct sieve *s = malloc(sizeof *s);
            int prime = recv_int(numbers);

            CHECK(s);
            CHECK_EQ(prime, primes[i]);
            *s = (struct sieve){ numbers, make(sizeof(int), cap), prime };
            numbers = s->out;
            go(filter, s);
        }
    }
}
ENDS_OK(the_sieve_finds_the_first_primes)

/* A power series is a stream of its coefficients, on demand; a product is a task that
 * starts tasks for the products of the tails. */
enum { TERMS = 8 };

struct product {
    struct chan *f, *g, *out;
};

static void ones(void *c)
{
    for (int i = 0; i < TERMS; i++)
        send_int(c, 1);
}

static void multiply(void *arg);

static struct chan *product(struct chan *f, struct chan *g)
{
    struct product *p = malloc(sizeof *p);
    struct chan *out = make(sizeof(int), TERMS);

    CHECK(p);
    *p = (struct product){ f, g, out };
    go(multiply, p);
    return out;
}

/* f0 g0 + x (f0 G + g0 F) + x^2 F G, where F and G are the tails of f and g */
static void multiply(void *arg)
{
    struct product p = *(struct product *)arg;
    int f0 = recv_int(p.f), g0 = recv_int(p.g), f[TERMS], g[TERMS], n = 0;
    struct chan *F, *G, *FG = NULL;

    free(arg);
    send_int(p.out, f0 * g0);
    F = make(sizeof(int), TERMS);
    G = make(sizeof(int), TERMS);
    while (chan_recv(p.f, &f[n]) && chan_recv(p.g, &g[n])) {
        send_int(F, f[n]);
        send_int(G, g[n]);
        n++;
    }
    chan_close(F);
    chan_close(G);
    if (n)
        FG = product(F, G);
    for (int i = 0; i < n; i++)
        send_int(p.out, f0 * g[i] + g0 * f[i] + (i ? recv_int(FG) : 0));
    chan_close(p.out);
}

static struct chan *all_ones(void)
{
    struct chan *c = make(sizeof(int), TERMS);

    ones(c);
    chan_close(c);
    return c;
}

/* 25 */
BODY(the_square_of_a_power_series_has_the_right_coefficients)
{
    struct chan *square = product(all_ones(), all_ones()); /* 1/(1-x)^2 = 1 + 2x + 3x^2 ... */
    struct chan *cube = product(product(all_ones(), all_ones()), all_ones());

    for (int i = 0; i < TERMS; i++) {
        CHECK_EQ(recv_int(square), i + 1);
        CHECK_EQ(recv_int(cube), (i + 1) * (i + 2) / 2);
    }
}
ENDS_OK(the_square_of_a_power_series_has_the_right_coefficients)

/* --- memory ----------------------------------------------------------------------- */

/* 27, 28: plain memory, ordered by nothing but the channel. */
struct shared {
    struct chan *there, *back;
    int64_t plain[8];
};

static void check_and_answer(void *arg)
{
    struct shared *s = arg;
    struct chan *there, *back;

    for (int64_t i = 1;; i++) {
        int64_t *p;

        if (!chan_recv(s->there, &p))
            break;
        for (int k = 0; k < 8; k++)
            CHECK_EQ(p[k], i);
        free(p);
        for (int k = 0; k < 8; k++)
            s->plain[k] = -i;
        chan_send(s->back, NULL);
    }
    s->plain[0] = 4711;
    there = s->there;
    back = s->back;
    chan_close(back); /* *s may be gone after this */
    chan_drop(there);
    chan_drop(back);
}

BODY(what_was_written_before_a_send_is_seen_after_the_receive)
{
    for (size_t cap = 0; cap < 2; cap++) {
        struct shared s = { make(sizeof(int64_t *), cap), make(0, cap), { 0 } };

        chan_ref(s.there);
        chan_ref(s.back);
        go(check_and_answer, &s);
        for (int64_t i = 1; i <= 5000; i++) {
            int64_t *p = malloc(8 * sizeof *p);

            for (int k = 0; k < 8; k++)
                p[k] = i;
            chan_send(s.there, &p);
            CHECK(chan_recv(s.back, NULL));
            for (int k = 0; k < 8; k++)
                CHECK_EQ(s.plain[k], -i);
        }
        chan_close(s.there);
        CHECK(!chan_recv(s.back, NULL)); /* close comes before the receive of zero */
        CHECK_EQ(s.plain[0], 4711);
        chan_drop(s.there);
        chan_drop(s.back);
    }
}
ENDS_OK(what_was_written_before_a_send_is_seen_after_the_receive)

/* 27: the k-th receive comes before the end of the (k + cap)-th send, so a channel with cap
 * places lets cap tasks in at a time. */
struct room {
    struct chan *places;
    int inside, most, left; /* atomic */
};

static void go_in_and_out(void *arg)
{
    struct room *r = arg;

    for (int i = 0; i < 500; i++) {
        int n;

        chan_send(r->places, NULL);
        n = __atomic_add_fetch(&r->inside, 1, __ATOMIC_RELAXED);
        CHECK(n <= 3);
        task_yield();
        __atomic_fetch_sub(&r->inside, 1, __ATOMIC_RELAXED);
        CHECK(chan_recv(r->places, NULL));
    }
    __atomic_fetch_add(&r->left, 1, __ATOMIC_RELEASE);
}

BODY(a_channel_with_three_places_is_a_semaphore_of_three)
{
    struct room r = { .places = make(0, 3) };

    for (int i = 0; i < 10; i++)
        go(go_in_and_out, &r);
    EVENTUALLY(__atomic_load_n(&r.left, __ATOMIC_ACQUIRE) == 10);
    chan_drop(r.places);
}
ENDS_OK(a_channel_with_three_places_is_a_semaphore_of_three)

BODY(a_channel_lives_until_its_last_owner_drops_it)
{
    struct chan *c = make(8, 4);

    CHECK_EQ(stats_read().channels.now, 1);
    CHECK(chan_ref(c) == c);
    chan_send(c, &(int64_t){ 1 });
    CHECK_EQ(stats_read().chan_bytes.now, 8);
    chan_drop(c);
    CHECK_EQ(stats_read().channels.now, 1);
    chan_drop(c);
    CHECK_EQ(stats_read().channels.now, 0);
    CHECK_EQ(stats_read().chan_bytes.now, 0);
}
ENDS_OK(a_channel_lives_until_its_last_owner_drops_it)

/* A buffered send or receive never allocates. */
BODY(passing_values_takes_no_memory)
{
    struct chan *c = make(64, 16);
    char v[64] = { 0 };

    await_workers();
    size_t before = mallinfo2().uordblks;

    for (int i = 0; i < 100000; i++) {
        chan_send(c, v);
        chan_recv(c, v);
    }
    CHECK_EQ(mallinfo2().uordblks, before);
    chan_drop(c);
}
ENDS_OK(passing_values_takes_no_memory)

/* The ends are the channel with fewer verbs. */
BODY(the_ends_of_a_channel_send_close_and_receive)
{
    struct chan *c = make(sizeof(int), 1);
    struct chan_tx tx = { c };
    struct chan_rx rx = { c };
    int v = 12, got = 0;

    tx_send(tx, &v);
    CHECK(rx_recv(rx, &got));
    CHECK_EQ(got, 12);
    tx_close(tx);
    CHECK(!rx_recv(rx, &got));
    chan_drop(c);
}
ENDS_OK(the_ends_of_a_channel_send_close_and_receive)

/* --- misuse ------------------------------------------------------------------------- */

static void send_nothing(void *c)
{
    chan_send(c, NULL);
}

static void try_to_send_nothing(void *c)
{
    chan_try_send(c, NULL);
}

static void send_nothing_in_time(void *c)
{
    chan_send_timed(c, NULL, SEC);
}

BODY(a_send_without_a_value_panics_unless_values_have_no_size)
{
    struct chan *ints = chan_make(sizeof(int), 1), *facts = chan_make(0, 1);

    CHECK_PANICS(send_nothing, ints, "send of NULL instead of a value");
    CHECK_PANICS(try_to_send_nothing, ints, "send of NULL instead of a value");
    CHECK_PANICS(send_nothing_in_time, ints, "send of NULL instead of a value");
    CHECK_EQ(chan_len(ints), 0);
    chan_send(facts, NULL);
    CHECK_EQ(chan_len(facts), 1);
    chan_drop(ints);
    chan_drop(facts);
}
ENDS_OK(a_send_without_a_value_panics_unless_values_have_no_size)

static uint64_t receiver_id;
static const int receives_on_line = __LINE__ + 5;

static void receive_without_a_share(void *c)
{
    __atomic_store_n(&receiver_id, task_id(), __ATOMIC_RELEASE);
    chan_recv(c, NULL);
}

static void drop_it(void *c)
{
    chan_drop(c);
}

/* The channel stays: the receiver can still be served. */
BODY(the_last_owner_must_not_go_while_somebody_waits)
{
    struct chan *c = chan_make(sizeof(int), 0);
    char sentence[256];
    int v = 1;

    go(receive_without_a_share, c);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    snprintf(sentence, sizeof sentence,
             "last reference dropped to a channel in which task %d waits (to receive at %s:%d in "
             "receive_without_a_share)",
             (int)__atomic_load_n(&receiver_id, __ATOMIC_ACQUIRE), __FILE__, receives_on_line);
    CHECK_PANICS(drop_it, c, sentence);
    chan_send(c, &v);
    EVENTUALLY(task_count() == 1);
    chan_drop(c);
    CHECK_EQ(stats_read().channels.now, 0);
}
ENDS_OK(the_last_owner_must_not_go_while_somebody_waits)

static void drops_while_a_sender_waits(void *unused)
{
    struct chan *c = chan_make(0, 0);

    (void)unused;
    go(send_nothing, c);
    EVENTUALLY(tasks_waiting(WAIT_SEND) == 1);
    chan_drop(c);
}
PANICS(drops_while_a_sender_waits, "last reference dropped to a channel in which task ")

static void makes_too_much(void *unused)
{
    (void)unused;
    chan_make(SIZE_MAX, 2);
}

static void misuse_is_told_with_the_place_of_the_caller_test(void **unused_state)
{
    (void)unused_state;
    ASSERT_BLAMED(closes_twice);
    ASSERT_BLAMED(closes_nil);
    ASSERT_BLAMED(tries_to_send_on_a_closed_channel);
    ASSERT_BLAMED(a_send_on_a_closed_channel_ends_the_process);
    ASSERT_BLAMED(makes_too_much);
    ASSERT_BLAMED(drops_while_a_sender_waits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_receive_from_an_empty_channel_waits),
        TEST(a_try_on_an_empty_channel_comes_back),
        TEST(a_send_to_a_full_channel_waits_and_a_try_comes_back),
        TEST(a_timed_wait_that_ended_takes_no_value),
        TEST(a_timed_wait_ends_early_when_its_partner_comes),
        TEST(a_value_is_neither_lost_nor_doubled_when_both_sides_give_up),
        TEST(a_try_to_send_succeeds_only_with_room_or_a_partner),
        TEST(a_try_to_receive_succeeds_when_a_sender_waits),
        TEST(a_receive_from_nil_waits_for_ever),
        TEST(a_send_to_nil_waits_for_ever),
        TEST(nil_never_happens_in_a_try_or_in_time),
        TEST(length_and_capacity_are_what_is_inside_and_what_fits),
        TEST(a_closed_channel_drains_in_order_then_gives_zero_for_ever),
        TEST(close_wakes_every_waiting_receiver_with_zero),
        TEST(close_makes_every_waiting_sender_panic),
        TEST(every_kind_of_send_on_a_closed_channel_panics_and_leaves_nothing),
        TEST(a_try_to_send_on_a_full_closed_channel_panics),
        TEST(a_send_on_a_closed_channel_ends_the_process),
        TEST(closing_twice_or_closing_nil_panics),
        TEST(a_try_never_misses_the_value_while_another_task_closes_and_takes_it),
        TEST(values_come_out_in_the_order_they_went_in),
        TEST(receivers_are_served_in_the_order_they_came),
        TEST(senders_are_served_in_the_order_they_came),
        TEST(a_waiting_sender_moves_up_when_a_place_falls_free),
        TEST(four_producers_and_four_consumers_lose_and_double_nothing),
        TEST(a_size_out_of_range_panics_and_never_wraps),
        TEST(a_size_that_no_memory_holds_is_null),
        TEST(values_of_no_bytes_carry_the_fact),
        TEST(values_of_any_size_and_channels_too_are_copied),
        TEST(a_range_ends_exactly_when_the_closed_channel_is_drained),
        TEST(a_daisy_chain_of_ten_thousand_tasks_passes_on_and_tears_down),
        TEST(the_sieve_finds_the_first_primes),
        TEST(the_square_of_a_power_series_has_the_right_coefficients),
        TEST(what_was_written_before_a_send_is_seen_after_the_receive),
        TEST(a_channel_with_three_places_is_a_semaphore_of_three),
        TEST(a_channel_lives_until_its_last_owner_drops_it),
        TEST(passing_values_takes_no_memory),
        TEST(the_ends_of_a_channel_send_close_and_receive),
        TEST(a_send_without_a_value_panics_unless_values_have_no_size),
        TEST(the_last_owner_must_not_go_while_somebody_waits),
        TEST(drops_while_a_sender_waits),
        TEST(misuse_is_told_with_the_place_of_the_caller),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
