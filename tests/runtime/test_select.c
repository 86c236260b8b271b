/* SPDX-License-Identifier: MIT */
/* A select does exactly one thing, at one instant, with no favourites, and leaves nothing
 * behind on the channels it did not choose.
 *
 * The number before a test is that of the statement it puts to the proof (tests/README.md). */
#include "wait/chan_impl.h"
#include "defer.h"
#include "select.h"
#include "twintest.h"

#include <malloc.h>
#include <sys/resource.h>

static struct chan *make(size_t cap)
{
    struct chan *c = chan_make(sizeof(int), cap);

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

/* Another number each time, the same ones in each run. */
static uint32_t pseudo_random(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 8) % below;
}

/* --- exactly one, at one instant -------------------------------------------------- */

enum { LANES = 4, VALUES = 25000 };

struct lanes {
    struct chan *c[LANES], *out;
    int senders_done;
};

static void send_on_all(void *arg)
{
    struct lanes *l = arg;

    for (int i = 0; i < VALUES; i++) {
        struct select_case cases[] = { SEND(l->c[0], &i), SEND(l->c[1], &i), SEND(l->c[2], &i),
                                       SEND(l->c[3], &i) };

        select_wait(cases, LANES);
    }
    for (int k = 0; k < LANES; k++)
        chan_close(l->c[k]);
}

/* 29 */
BODY(exactly_one_case_of_a_select_happens)
{
    struct lanes l = { .out = NULL };
    static char seen[VALUES];
    int total = 0;

    for (int k = 0; k < LANES; k++)
        l.c[k] = make(0);
    go(send_on_all, &l);
    for (;;) {
        int v = -1;
        struct select_case cases[] = { RECV(l.c[0], &v), RECV(l.c[1], &v), RECV(l.c[2], &v),
                                       RECV(l.c[3], &v) };
        int i = select_wait(cases, LANES);

        if (!cases[i].ok)
            break;
        CHECK(v >= 0 && v < VALUES);
        CHECK_EQ(seen[v], 0);
        seen[v] = 1;
        total++;
    }
    CHECK_EQ(total, VALUES);
}
ENDS_OK(exactly_one_case_of_a_select_happens)

/* 30: c1 holds a value until c2 has one too, or is closed. */
struct instant {
    struct chan *c1, *c2; /* atomic: c1 is NULL between rounds */
    bool close;
    bool over;
};

static void ready_the_second_then_take_the_first(void *arg)
{
    struct instant *s = arg;
    struct chan *c1;

    while (!__atomic_load_n(&s->over, __ATOMIC_ACQUIRE)) {
        if ((c1 = __atomic_load_n(&s->c1, __ATOMIC_ACQUIRE))) {
            if (s->close)
                chan_close(s->c2);
            else
                send_int(s->c2, 1);
            chan_try_recv(c1, NULL);
            __atomic_store_n(&s->c1, NULL, __ATOMIC_RELEASE);
        }
        task_yield();
    }
    __atomic_store_n(&s->over, false, __ATOMIC_RELEASE);
}

static void select_while_always_one_is_ready(struct instant *s)
{
    int64_t until = clock_now() + SEC / 2;

    go(ready_the_second_then_take_the_first, s);
    for (int i = 0; i < 100000 && clock_now() < until; i++) {
        struct chan *c1 = make(1), *c2 = make(1);

        send_int(c1, 1);
        s->c2 = c2;
        __atomic_store_n(&s->c1, c1, __ATOMIC_RELEASE);
        for (int k = 0; k < i % 64; k++)
            cpu_relax();
        CHECK(chan_select_try(RECV(c1, NULL), RECV(c2, NULL)) >= 0);
        while (__atomic_load_n(&s->c1, __ATOMIC_ACQUIRE))
            task_yield();
        chan_drop(c1);
        chan_drop(c2);
    }
    __atomic_store_n(&s->over, true, __ATOMIC_RELEASE);
    EVENTUALLY(!__atomic_load_n(&s->over, __ATOMIC_ACQUIRE));
}

BODY(default_is_not_taken_while_at_every_moment_one_case_can_happen)
{
    struct instant s = { .close = false };

    select_while_always_one_is_ready(&s);
}
ENDS_OK(default_is_not_taken_while_at_every_moment_one_case_can_happen)

BODY(default_is_not_taken_while_the_other_channel_is_being_closed)
{
    struct instant s = { .close = true };

    select_while_always_one_is_ready(&s);
}
ENDS_OK(default_is_not_taken_while_the_other_channel_is_being_closed)

/* --- fairness --------------------------------------------------------------------- */

/* 31 */
BODY(two_ready_channels_are_chosen_equally_often)
{
    enum { TRIALS = 10000 };
    struct chan *a = make(TRIALS), *b = make(TRIALS);
    int first = 0;

    for (int i = 0; i < TRIALS; i++) {
        send_int(a, 1);
        send_int(b, 1);
    }
    for (int i = 0; i < TRIALS; i++)
        first += chan_select(RECV(a, NULL), RECV(b, NULL)) == 0;
    /* six nines: 4.891676 standard deviations of TRIALS tosses of a coin */
    CHECK(first > TRIALS / 2 - 244 && first < TRIALS / 2 + 244);
}
ENDS_OK(two_ready_channels_are_chosen_equally_often)

BODY(five_ready_cases_each_have_the_same_chance)
{
    enum { TRIALS = 10000, CASES = 5 };
    struct chan *c = make(1);
    int times[CASES] = { 0 }, v = 0;

    for (int i = 0; i < TRIALS; i++) {
        times[chan_select(SEND(c, &v), SEND(c, &v), SEND(c, &v), SEND(c, &v), SEND(c, &v))]++;
        recv_int(c);
    }
    /* 2000 expected; 40 is one standard deviation */
    for (int k = 0; k < CASES; k++)
        CHECK(times[k] > 1800 && times[k] < 2200);
}
ENDS_OK(five_ready_cases_each_have_the_same_chance)

static void send_bits(void *arg)
{
    struct chan *c = arg;
    int zero = 0, one = 1;

    for (int i = 0; i < 100; i++)
        chan_select(SEND(c, &zero), SEND(c, &one));
    chan_drop(c);
}

/* 32 */
BODY(a_select_that_sends_0_or_1_sends_both)
{
    for (size_t cap = 0; cap <= 100; cap += 100) {
        struct chan *c = make(cap);
        int ones = 0;

        go(send_bits, chan_ref(c));
        for (int i = 0; i < 100; i++)
            ones += recv_int(c);
        CHECK(ones > 10 && ones < 90);
        chan_drop(c);
    }
}
ENDS_OK(a_select_that_sends_0_or_1_sends_both)

/* --- what a select leaves behind -------------------------------------------------- */

struct waiting {
    struct chan *c, *d;
    int got, which;
    int done;
};

static void select_same_channel_twice(void *arg)
{
    struct waiting *s = arg;

    s->which = chan_select(RECV(s->c, &s->got), RECV(s->c, &s->got), RECV(s->d, &s->got));
    bump(&s->done);
}

static void receive(void *arg)
{
    struct waiting *s = arg;

    s->got = recv_int(s->c);
    bump(&s->done);
}

/* 33 */
BODY(a_channel_named_twice_in_a_select_is_left_by_both_cases)
{
    struct chan *c = make(0), *d = make(0);
    struct waiting select = { .c = c, .d = d }, next = { .c = c };

    go(select_same_channel_twice, &select);
    EVENTUALLY(tasks_waiting(WAIT_SELECT) == 1);
    go(receive, &next);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    send_int(d, 7); /* wakes the select by its other case */
    EVENTUALLY(read_count(&select.done));
    CHECK_EQ(select.which, 2);
    CHECK_EQ(select.got, 7);
    send_int(c, 8); /* and finds nobody but the one behind it */
    EVENTUALLY(read_count(&next.done));
    CHECK_EQ(next.got, 8);
    chan_drop(c);
    chan_drop(d);
}
ENDS_OK(a_channel_named_twice_in_a_select_is_left_by_both_cases)

/* 33 */
BODY(a_channel_named_twice_wakes_a_select_once)
{
    struct chan *c = make(0);
    struct waiting select = { .c = c }, next = { .c = c };

    go(select_same_channel_twice, &select);
    EVENTUALLY(tasks_waiting(WAIT_SELECT) == 1);
    go(receive, &next);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    send_int(c, 1);
    send_int(c, 2);
    EVENTUALLY(read_count(&select.done) && read_count(&next.done));
    CHECK_EQ(select.got, 1);
    CHECK_EQ(next.got, 2);
    chan_drop(c);
}
ENDS_OK(a_channel_named_twice_wakes_a_select_once)

static void select_either(void *arg)
{
    struct waiting *s = arg;

    s->which = chan_select(RECV(s->c, &s->got), RECV(s->d, &s->got));
    bump(&s->done);
}

/* 34 */
BODY(the_cases_that_lost_are_no_longer_in_the_queue)
{
    struct chan *c = make(0), *d = make(0);

    for (int i = 0; i < 20; i++) {
        struct waiting s[3] = { { .c = c, .d = d }, { .c = c, .d = d }, { .c = c } };
        int v = i;

        for (int k = 0; k < 2; k++) {
            go(select_either, &s[k]);
            EVENTUALLY(tasks_waiting(WAIT_SELECT) == k + 1);
        }
        send_int(d, i);
        EVENTUALLY(tasks_waiting(WAIT_SELECT) == 1);
        go(receive, &s[2]);
        EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
        send_int(c, 100 + i);
        send_int(c, 200 + i);
        EVENTUALLY(read_count(&s[0].done) && read_count(&s[1].done) && read_count(&s[2].done));
        CHECK_EQ(s[0].got, i);
        CHECK_EQ(s[1].got, 100 + i);
        CHECK_EQ(s[2].got, 200 + i);
        CHECK_EQ(chan_try_send(c, &v), CHAN_WOULD_BLOCK);
        CHECK_EQ(chan_try_send(d, &v), CHAN_WOULD_BLOCK);
    }
    chan_drop(c);
    chan_drop(d);
}
ENDS_OK(the_cases_that_lost_are_no_longer_in_the_queue)

/* 34: a select that timed out is gone from all its channels. */
BODY(a_select_that_timed_out_takes_no_value)
{
    struct chan *c = make(0), *d = make(0);
    int v = 0;

    for (int i = 0; i < 50; i++) {
        struct select_case cases[] = { RECV(c, &v), RECV(d, &v) };

        CHECK_EQ(select_timed(cases, 2, 10 * US), -1);
        CHECK_EQ(chan_try_send(c, &v), CHAN_WOULD_BLOCK);
        CHECK_EQ(chan_try_send(d, &v), CHAN_WOULD_BLOCK);
    }
    CHECK(!c->receivers.first && !c->receivers.last && !d->receivers.first && !d->receivers.last);
    chan_drop(c);
    chan_drop(d);
}
ENDS_OK(a_select_that_timed_out_takes_no_value)

/* 6, 34 */
BODY(close_wakes_every_select_that_waits)
{
    struct chan *c = make(0), *d = make(0);
    struct waiting s[8];

    for (int i = 0; i < 8; i++) {
        s[i] = (struct waiting){ .c = c, .d = d, .got = 5 };
        go(select_either, &s[i]);
    }
    EVENTUALLY(tasks_waiting(WAIT_SELECT) == 8);
    chan_close(d);
    for (int i = 0; i < 8; i++) {
        EVENTUALLY(read_count(&s[i].done));
        CHECK_EQ(s[i].which, 1);
        CHECK_EQ(s[i].got, 0);
    }
    CHECK(!c->receivers.first);
    chan_drop(c);
    chan_drop(d);
}
ENDS_OK(close_wakes_every_select_that_waits)

/* --- both ends of one channel ----------------------------------------------------- */

struct selfish {
    struct chan *c;
    int me, done;
};

static void send_or_receive(void *arg)
{
    struct selfish *s = arg;

    for (int i = 0; i < 1000; i++) {
        int got = -1, mine = s->me;
        struct select_case cases[2] = { SEND(s->c, &mine), RECV(s->c, &got) };

        if (i % 2) {
            struct select_case first = cases[0];

            cases[0] = cases[1];
            cases[1] = first;
        }
        select_wait(cases, 2);
        if (!chan_cap(s->c))
            CHECK(got != s->me);
    }
    bump(&s->done);
}

/* 35 */
BODY(two_tasks_that_send_to_or_receive_from_each_other_never_get_their_own)
{
    for (size_t cap = 0; cap <= 10; cap += 10) {
        struct chan *c = make(cap);
        struct selfish a = { c, 0, 0 }, b = { c, 1, 0 };

        go(send_or_receive, &a);
        go(send_or_receive, &b);
        EVENTUALLY(read_count(&a.done) && read_count(&b.done));
        chan_drop(c);
    }
}
ENDS_OK(two_tasks_that_send_to_or_receive_from_each_other_never_get_their_own)

/* 35 */
BODY(a_lone_task_does_not_hand_a_value_to_itself)
{
    int v = 1;
    struct chan *c = make(0);

    chan_select(SEND(c, &v), RECV(c, NULL));
}
DEADLOCKS(a_lone_task_does_not_hand_a_value_to_itself)

/* --- stress ----------------------------------------------------------------------- */

/* 36, 42 */
enum { STRESS = 4, ROUNDS = 20000 };

struct stress {
    struct chan *c[STRESS];
    int only; /* this channel, or all of them: -1 */
    int *done;
};

static void send_stress(void *arg)
{
    struct stress *s = arg;

    if (s->only >= 0) {
        for (int i = 0; i < ROUNDS; i++)
            send_int(s->c[s->only], i);
    } else {
        struct chan *c[STRESS];
        int n[STRESS] = { 0 };

        memcpy(c, s->c, sizeof c);
        for (int i = 0; i < STRESS * ROUNDS; i++) {
            int k = chan_select(SEND(c[3], &i), SEND(c[2], &i), SEND(c[0], &i), SEND(c[1], &i));
            static const int lane[] = { 3, 2, 0, 1 };

            if (++n[lane[k]] == ROUNDS)
                c[lane[k]] = NULL;
        }
    }
    bump(s->done);
}

static void recv_stress(void *arg)
{
    struct stress *s = arg;

    if (s->only >= 0) {
        for (int i = 0; i < ROUNDS; i++)
            recv_int(s->c[s->only]);
    } else {
        struct chan *c[STRESS];
        int n[STRESS] = { 0 };

        memcpy(c, s->c, sizeof c);
        for (int i = 0; i < STRESS * ROUNDS; i++) {
            int k =
                chan_select(RECV(c[0], NULL), RECV(c[1], NULL), RECV(c[2], NULL), RECV(c[3], NULL));

            if (++n[k] == ROUNDS)
                c[k] = NULL;
        }
    }
    bump(s->done);
}

BODY(ten_tasks_on_four_channels_with_select_and_without_all_end)
{
    static const size_t caps[STRESS] = { 0, 0, 2, 3 };
    struct stress s[STRESS + 1];
    int done = 0;

    for (int i = 0; i < STRESS; i++)
        s[0].c[i] = make(caps[i]);
    for (int i = 0; i <= STRESS; i++) {
        memcpy(s[i].c, s[0].c, sizeof s[0].c);
        s[i].only = i - 1;
        s[i].done = &done;
        go(send_stress, &s[i]);
        go(recv_stress, &s[i]);
    }
    EVENTUALLY(read_count(&done) == 2 * (STRESS + 1));
    for (int i = 0; i < STRESS; i++) {
        CHECK_EQ(chan_len(s[0].c[i]), 0);
        chan_drop(s[0].c[i]);
    }
}
ENDS_OK(ten_tasks_on_four_channels_with_select_and_without_all_end)

/* 43: a select, a timed receive and a sleep by turns. */
struct turns {
    struct chan *c, *d;
    int done, over;
};

static void wait_by_turns(void *arg)
{
    int64_t until = clock_now() + 2 * SEC;
    struct turns *s = arg;

    for (int i = 0; i < 2000 && (i < 100 || clock_now() < until); i++) {
        struct select_case both[] = { RECV(s->c, NULL), RECV(s->d, NULL) };
        int64_t from, ns = (1 + i % 30) * US;

        chan_recv_timed(s->c, NULL, ns);
        CHECK(select_wait(both, 2) >= 0);
        from = clock_now();
        task_sleep(ns);
        CHECK(clock_now() - from >= ns);
        select_timed(both, 2, ns);
        CHECK(chan_recv(s->d, NULL));
    }
    bump(&s->done);
}

static void feed(void *arg)
{
    struct turns *s = arg;

    for (int i = 0; !read_count(&s->over); i++) {
        chan_send_timed(s->c, &i, (1 + i % 20) * US);
        chan_send_timed(s->d, &i, (1 + i % 25) * US);
        if (i % 7 == 0)
            task_sleep((1 + i % 15) * US);
    }
    bump(&s->done);
}

BODY(waits_of_all_kinds_by_turns_each_end_for_their_own_reason)
{
    enum { PAIRS = 3 };
    struct turns s[PAIRS];

    for (int k = 0; k < PAIRS; k++) {
        s[k] = (struct turns){ make(0), make(0), 0, 0 };
        go(wait_by_turns, &s[k]);
        go(feed, &s[k]);
    }
    for (int k = 0; k < PAIRS; k++) {
        EVENTUALLY(read_count(&s[k].done) == 1);
        bump(&s[k].over);
        EVENTUALLY(read_count(&s[k].done) == 2);
        chan_drop(s[k].c);
        chan_drop(s[k].d);
    }
}
ENDS_OK(waits_of_all_kinds_by_turns_each_end_for_their_own_reason)

/* 43: the clock on one worker and a sender on the other come at the same moment.  The one
 * that came too late must not end the wait after. */
static void wait_for_a_time_then_for_ever(void *arg)
{
    struct turns *s = arg;

    for (int i = 0; i < 2000; i++) {
        struct select_case both[] = { RECV(s->d, NULL), RECV(NULL, NULL) };

        chan_recv_timed(s->c, NULL, 20 * US);
        CHECK_EQ(select_wait(both, 2), 0);
    }
    bump(&s->done);
}

BODY(a_clock_that_comes_too_late_does_not_end_the_next_wait)
{
    struct turns s = { make(0), make(0), 0, 0 };
    int64_t until = clock_now() + SEC;

    go(wait_for_a_time_then_for_ever, &s);
    for (int i = 0; i < 2000; i++) {
        int64_t at = clock_now() + (clock_now() < until ? i % 100 : 0) * US;

        task_yield(); /* it waits now, or soon */
        while (clock_now() < at)
            cpu_relax();
        chan_try_send(s.c, &i);
        task_yield(); /* it waits in the select now, or soon */
        send_int(s.d, i);
    }
    EVENTUALLY(read_count(&s.done));
    chan_drop(s.c);
    chan_drop(s.d);
}
ENDS_OK(a_clock_that_comes_too_late_does_not_end_the_next_wait)

/* 43: values received into the stacks of tasks that come and go. */
static void receive_and_end(void *arg)
{
    struct waiting *s = arg;
    char far_below[2000];
    int v = 0;

    memset(far_below, 0x55, sizeof far_below);
    __asm__ volatile("" : : "r"(far_below) : "memory");
    chan_select(RECV(s->c, &v), RECV(s->d, &v));
    for (size_t i = 0; i < sizeof far_below; i++)
        CHECK_EQ(far_below[i], 0x55);
    CHECK_EQ(v, 4711);
    bump(&s->done);
}

BODY(a_stack_used_again_is_not_written_to_by_an_old_wait)
{
    struct waiting s = { .c = make(0), .d = make(0) };

    for (int i = 0; i < 500; i++) {
        for (int k = 0; k < 4; k++)
            go(receive_and_end, &s);
        for (int k = 0; k < 4; k++)
            send_int(k % 2 ? s.c : s.d, 4711);
    }
    EVENTUALLY(read_count(&s.done) == 2000);
    chan_drop(s.c);
    chan_drop(s.d);
}
ENDS_OK(a_stack_used_again_is_not_written_to_by_an_old_wait)

/* 26 */
static void feed_for_ever(void *c)
{
    for (int i = 0;; i++)
        send_int(c, i);
}

BODY(a_hundred_thousand_selects_take_no_memory)
{
    struct chan *c = make(0), *d = make(0);
    size_t before;

    go(feed_for_ever, c);
    for (int i = 0; i < 1000; i++)
        chan_select(RECV(c, NULL), RECV(d, NULL));
    before = mallinfo2().uordblks;
    for (int i = 0; i < 100000; i++)
        chan_select(RECV(c, NULL), RECV(d, NULL));
    CHECK(mallinfo2().uordblks <= before + 110000);
}
ENDS_OK(a_hundred_thousand_selects_take_no_memory)

/* More cases than have room in the frame, one of them on a closed channel. */
enum { FEW_BIG = 20 };

static void select_big_now(void *closed)
{
    struct select_case cases[FEW_BIG] = { SEND(closed, &(int){ 1 }) };

    select_wait(cases, FEW_BIG);
}

static void close_it(void *c)
{
    chan_close(c);
}

static void drop(void *c)
{
    chan_drop(c);
}

static void select_big_then_closed(void *unused)
{
    struct chan *c = make(0);
    struct select_case cases[FEW_BIG] = { SEND(c, &(int){ 1 }) };

    (void)unused;
    defer(drop, c);
    go(close_it, c);
    select_wait(cases, FEW_BIG);
}

static size_t memory_in_use(void)
{
    struct mallinfo2 m = mallinfo2();

    return m.uordblks + m.hblkhd;
}

BODY(a_big_select_that_panics_gives_its_memory_back)
{
    struct chan *closed = make(0);
    size_t before = 0;

    chan_close(closed);
    for (int i = 0; i < 2000; i++) {
        if (i == 1000)
            before = memory_in_use();
        CHECK_PANICS(select_big_now, closed, "send on closed channel");
        CHECK_PANICS(select_big_then_closed, NULL, "send on closed channel");
    }
    CHECK(memory_in_use() <= before + 110000);
    chan_drop(closed);
}
AS_TEST(a_big_select_that_panics_gives_its_memory_back, {
    SKIP_UNDER_TOOLS();
    ASSERT_ENDS_OK(a_big_select_that_panics_gives_its_memory_back);
})

static struct select_case very_many[UINT16_MAX + 1];

static void select_one_too_many(void *unused)
{
    (void)unused;
    select_try(very_many, UINT16_MAX + 1);
}

BODY(a_select_of_too_many_cases_panics_and_takes_no_memory)
{
    size_t before = memory_in_use();

    for (int i = 0; i < 10; i++)
        CHECK_PANICS(select_one_too_many, NULL, "select: 65536 cases, and 65535 are the most");
    CHECK(memory_in_use() <= before + 110000);
    CHECK_EQ(select_try(very_many, UINT16_MAX), -1);
}
AS_TEST(a_select_of_too_many_cases_panics_and_takes_no_memory, {
    SKIP_UNDER_TOOLS();
    ASSERT_ENDS_OK(a_select_of_too_many_cases_panics_and_takes_no_memory);
})

static void select_very_many(void *unused)
{
    (void)unused;
    select_try(very_many, UINT16_MAX);
}

BODY(a_select_without_memory_for_its_cases_says_so)
{
    struct rlimit all = { 1 << 20, 1 << 20 };

    CHECK_PANICS(select_one_too_many, NULL, "select: 65536 cases, and 65535 are the most");
    setrlimit(RLIMIT_AS, &all); /* the worker keeps the cleanup's record from before */
    CHECK_PANICS(select_very_many, NULL, "select: out of memory for 65535 cases");
}
AS_TEST(a_select_without_memory_for_its_cases_says_so, {
    SKIP_UNDER_TOOLS();
    static struct ending e;

    /* One worker: malloc would find memory in the arena of a second thread. */
    if (run_in_child(a_select_without_memory_for_its_cases_says_so, NULL, 1, &e))
        fail_msg("status %d; it said:\n%s", e.status, e.said);
})

/* --- forms ------------------------------------------------------------------------ */

/* 37 */
BODY(a_select_without_cases_waits_for_ever)
{
    select_wait((struct select_case *)NULL, 0);
}
DEADLOCKS(a_select_without_cases_waits_for_ever)

/* 37 */
BODY(a_select_on_nil_channels_only_waits_for_ever)
{
    chan_select(RECV(NULL, NULL), SEND(NULL, &(int){ 1 }));
}
DEADLOCKS(a_select_on_nil_channels_only_waits_for_ever)

/* 37 */
BODY(a_select_with_default_never_waits)
{
    struct select_case nil[] = { RECV(NULL, NULL), SEND(NULL, NULL) };

    CHECK_EQ(select_try((struct select_case *)NULL, 0), -1);
    CHECK_EQ(select_try(nil, 1), -1);
    CHECK_EQ(select_try(nil, 2), -1);
    CHECK_EQ(select_timed(nil, 2, 0), -1);
    CHECK_EQ(select_timed(nil, 2, -5), -1);
    CHECK_EQ(select_timed(nil, 2, US), -1);
    CHECK_EQ(select_timed(nil, 1, US), -1);
    CHECK_EQ(select_timed((struct select_case *)NULL, 0, US), -1);
}
ENDS_OK(a_select_with_default_never_waits)

static void select_only_send(void *arg)
{
    struct waiting *s = arg;

    CHECK_EQ(chan_select(SEND(s->c, &s->got)), 0);
    bump(&s->done);
}

static void select_only_recv(void *arg)
{
    struct waiting *s = arg;

    CHECK_EQ(chan_select(RECV(s->c, &s->got)), 0);
    bump(&s->done);
}

/* 38 */
BODY(a_select_of_one_case_is_the_plain_operation_and_shows_as_one)
{
    struct waiting s = { .c = make(0), .got = 3 };
    struct select_case k = RECV(s.c, NULL);

    go(select_only_send, &s);
    EVENTUALLY(tasks_waiting(WAIT_SEND) == 1);
    CHECK_EQ(recv_int(s.c), 3);
    EVENTUALLY(read_count(&s.done) == 1);
    go(select_only_recv, &s);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    send_int(s.c, 4);
    EVENTUALLY(read_count(&s.done) == 2);
    CHECK_EQ(s.got, 4);
    chan_close(s.c);
    CHECK_EQ(select_wait(&k, 1), 0);
    CHECK(!k.ok);
    chan_drop(s.c);
}
ENDS_OK(a_select_of_one_case_is_the_plain_operation_and_shows_as_one)

/* 39 */
static struct chan *count_chan(struct chan *c, int *n)
{
    ++*n;
    return c;
}
static int *count_value(int *v, int *n)
{
    ++*n;
    return v;
}

BODY(every_expression_of_a_select_is_evaluated_once_chosen_or_not)
{
    struct chan *c = make(1), *nil = NULL;
    int n = 0, v = 1, to = 0;

    for (int i = 1; i <= 10; i++) {
        int k = chan_select(SEND(count_chan(c, &n), count_value(&v, &n)),
                            SEND(count_chan(nil, &n), count_value(&v, &n)),
                            RECV(count_chan(nil, &n), count_value(&to, &n)));

        CHECK_EQ(k, 0);
        CHECK_EQ(n, 6 * i);
        CHECK_EQ(to, 0); /* only the case that happened writes */
        recv_int(c);
    }
    chan_drop(c);
}
ENDS_OK(every_expression_of_a_select_is_evaluated_once_chosen_or_not)

/* 39: 1045 generated selects over channels in all states; what may happen is known from the
 * states alone, and what did happen must be one of these and nothing more. */
enum { KINDS = 6, MOST_CASES = 20 };

struct channel_kinds {
    struct chan *c[KINDS]; /* nil, empty, full, half, closed and empty, closed with a value */
};

static struct channel_kinds make_kinds(void)
{
    struct channel_kinds k = { { NULL, make(0), make(1), make(2), make(1), make(1) } };

    send_int(k.c[2], 2);
    send_int(k.c[3], 3);
    chan_close(k.c[4]);
    send_int(k.c[5], 5);
    chan_close(k.c[5]);
    return k;
}

static bool may_happen(int kind, bool is_send)
{
    return is_send ? kind == 3 : kind >= 2;
}

BODY(what_a_select_does_is_one_of_the_things_that_could_happen)
{
    static const size_t length[KINDS] = { 0, 0, 1, 1, 0, 1 };
    static const int value[KINDS] = { 0, 0, 2, 3, 0, 5 };
    uint32_t seed = 1;

    for (int round = 0; round < 1045; round++) {
        struct channel_kinds k = make_kinds();
        struct select_case cases[MOST_CASES];
        int kind[MOST_CASES], to[MOST_CASES], n = (int)pseudo_random(&seed, MOST_CASES + 1);
        int possible = 0, did, sent = 9;

        for (int i = 0; i < n; i++) {
            bool is_send = pseudo_random(&seed, 2);

            kind[i] = (int)pseudo_random(&seed, KINDS);
            if (is_send && kind[i] >= 4)
                kind[i] -= 2; /* a send on a closed channel is a test of its own */
            to[i] = -1;
            cases[i] = (struct select_case){ k.c[kind[i]], &to[i], &sent, is_send, false };
            possible += may_happen(kind[i], is_send);
        }
        did = round % 2 ? select_try(cases, (size_t)n)
                        : select_timed(cases, (size_t)n, possible ? INT64_MAX : US);
        CHECK((did >= 0) == (possible > 0));
        for (int i = 0; i < n; i++) {
            bool took = i == did && !cases[i].is_send;

            if (i == did)
                CHECK(may_happen(kind[i], cases[i].is_send));
            CHECK_EQ(to[i], took ? value[kind[i]] : -1);
            if (took)
                CHECK_EQ(cases[i].ok, kind[i] != 4);
        }
        for (int i = 0; i < KINDS; i++) {
            int change = did < 0 || kind[did] != i ? 0 : cases[did].is_send ? 1 : i == 4 ? 0 : -1;

            CHECK_EQ(chan_len(k.c[i]), (int)length[i] + change);
            chan_drop(k.c[i]);
        }
    }
}
ENDS_OK(what_a_select_does_is_one_of_the_things_that_could_happen)

/* A waiting select of many cases, woken by each of them. */
struct many {
    struct chan *c[40];
    int which, done;
};

static void select_of_many(void *arg)
{
    struct many *m = arg;
    struct select_case cases[40];
    int v = -1;

    for (int i = 0; i < 40; i++)
        cases[i] = (struct select_case){ .chan = m->c[i], .to = &v };
    m->which = select_wait(cases, 40);
    CHECK_EQ(v, m->which);
    bump(&m->done);
}

BODY(a_select_of_forty_cases_is_woken_by_each_of_them)
{
    struct many m = { .done = 0 };

    for (int i = 0; i < 40; i++)
        m.c[i] = make(0);
    for (int i = 0; i < 40; i++) {
        go(select_of_many, &m);
        EVENTUALLY(tasks_waiting(WAIT_SELECT) == 1);
        send_int(m.c[i], i);
        EVENTUALLY(read_count(&m.done) == i + 1);
        CHECK_EQ(m.which, i);
    }
    for (int i = 0; i < 40; i++) {
        CHECK(!m.c[i]->receivers.first);
        chan_drop(m.c[i]);
    }
}
ENDS_OK(a_select_of_forty_cases_is_woken_by_each_of_them)

/* 40 */
BODY(a_closed_channel_in_a_select_is_ready)
{
    struct chan *c = make(1), *d = make(1);
    int v = 5;
    struct select_case cases[] = { RECV(c, &v), RECV(d, &v) };

    chan_close(d);
    CHECK_EQ(select_wait(cases, 2), 1);
    CHECK(!cases[1].ok);
    CHECK_EQ(v, 0);
    chan_drop(c);
    chan_drop(d);
}
ENDS_OK(a_closed_channel_in_a_select_is_ready)

static void select_sends(void *arg)
{
    struct waiting *s = arg;

    chan_select(SEND(s->c, &s->got), SEND(s->d, &s->got));
}

static void must_panic(void *arg)
{
    struct waiting *s = arg;

    CHECK_PANICS(select_sends, s, "send on closed channel");
    bump(&s->done);
}

/* 8, 40 */
BODY(a_select_that_waits_to_send_panics_when_the_channel_is_closed)
{
    struct waiting s = { .c = make(0), .d = make(0) };

    go(must_panic, &s);
    EVENTUALLY(tasks_waiting(WAIT_SELECT) == 1);
    chan_close(s.c);
    EVENTUALLY(read_count(&s.done) == 1);
    CHECK(!s.d->senders.first);
    go(must_panic, &s);
    EVENTUALLY(read_count(&s.done) == 2);
    chan_drop(s.c);
    chan_drop(s.d);
}
ENDS_OK(a_select_that_waits_to_send_panics_when_the_channel_is_closed)

/* 41 */
BODY(break_and_continue_leave_a_case)
{
    struct chan *c = make(3);
    int turns = 0, v;

    for (int i = 0; i < 3; i++)
        send_int(c, i);
    chan_close(c);
    for (;; turns++) {
        struct select_case cases[] = { RECV(c, &v), RECV(NULL, NULL) };

        switch (select_wait(cases, 2)) {
        case 0:
            if (!cases[0].ok)
                break;
            if (v == 1)
                continue;
            CHECK(v != 1);
            continue;
        default: CHECK(!"a nil channel was chosen");
        }
        break;
    }
    CHECK_EQ(turns, 3);
    chan_drop(c);
}
ENDS_OK(break_and_continue_leave_a_case)

/* --- with timers ------------------------------------------------------------------ */

/* 44 */
struct busy {
    struct chan *c, *done, *timer;
};

static void send_until_done(void *arg)
{
    struct busy *s = arg;

    while (chan_select(SEND(s->c, NULL), RECV(s->done, NULL)) == 0)
        ;
}

BODY(a_timer_fires_while_two_selects_are_busy)
{
    struct busy s = { chan_make(0, 0), chan_make(0, 0), NULL };

    go(send_until_done, &s);
    go(send_until_done, &s);
    s.timer = timer_after(20 * MS);
    while (chan_select(RECV(s.c, NULL), RECV(s.timer, NULL)) == 0)
        ;
    chan_close(s.done);
    EVENTUALLY(task_count() == 1);
}
ENDS_OK(a_timer_fires_while_two_selects_are_busy)

static void play_until_time(void *arg)
{
    struct busy *s = arg;
    struct chan *timer = timer_after(20 * MS);

    while (chan_select(SEND(s->c, NULL), RECV(s->c, NULL), RECV(timer, NULL)) != 2)
        ;
    chan_drop(timer);
}

BODY(two_tasks_busy_with_each_other_both_see_their_timers)
{
    struct busy s = { .c = chan_make(0, 0) };

    go(play_until_time, &s);
    go(play_until_time, &s);
    EVENTUALLY(task_count() == 1);
}
ENDS_OK(two_tasks_busy_with_each_other_both_see_their_timers)

static void select_a_send_of_nothing(void *c)
{
    chan_select(SEND(c, NULL), RECV(NULL, NULL));
}

static void try_a_send_of_nothing(void *c)
{
    chan_select_try(SEND(c, NULL), RECV(NULL, NULL));
}

/* It counts as one that can happen, so it never waits. */
BODY(a_case_that_sends_no_value_panics_when_it_is_chosen)
{
    struct chan *ints = chan_make(sizeof(int), 0), *facts = chan_make(0, 1);

    CHECK_PANICS(select_a_send_of_nothing, ints, "send of NULL instead of a value");
    CHECK_PANICS(try_a_send_of_nothing, ints, "send of NULL instead of a value");
    select_a_send_of_nothing(facts);
    CHECK_EQ(chan_len(facts), 1);
    chan_drop(ints);
    chan_drop(facts);
}
ENDS_OK(a_case_that_sends_no_value_panics_when_it_is_chosen)

static void tries_to_send_on_closed(void *unused)
{
    struct chan *c = chan_make(0, 0);

    (void)unused;
    chan_close(c);
    chan_select_try(SEND(c, NULL));
}

static void a_try_of_one_send_is_told_with_the_place_of_the_caller_test(void **unused_state)
{
    (void)unused_state;
    ASSERT_BLAMED(tries_to_send_on_closed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(exactly_one_case_of_a_select_happens),
        TEST(default_is_not_taken_while_at_every_moment_one_case_can_happen),
        TEST(default_is_not_taken_while_the_other_channel_is_being_closed),
        TEST(two_ready_channels_are_chosen_equally_often),
        TEST(five_ready_cases_each_have_the_same_chance),
        TEST(a_select_that_sends_0_or_1_sends_both),
        TEST(a_channel_named_twice_in_a_select_is_left_by_both_cases),
        TEST(a_channel_named_twice_wakes_a_select_once),
        TEST(the_cases_that_lost_are_no_longer_in_the_queue),
        TEST(a_select_that_timed_out_takes_no_value),
        TEST(close_wakes_every_select_that_waits),
        TEST(two_tasks_that_send_to_or_receive_from_each_other_never_get_their_own),
        TEST(a_lone_task_does_not_hand_a_value_to_itself),
        TEST(ten_tasks_on_four_channels_with_select_and_without_all_end),
        TEST(waits_of_all_kinds_by_turns_each_end_for_their_own_reason),
        TEST(a_clock_that_comes_too_late_does_not_end_the_next_wait),
        TEST(a_stack_used_again_is_not_written_to_by_an_old_wait),
        TEST(a_hundred_thousand_selects_take_no_memory),
        TEST(a_big_select_that_panics_gives_its_memory_back),
        TEST(a_select_of_too_many_cases_panics_and_takes_no_memory),
        TEST(a_select_without_memory_for_its_cases_says_so),
        TEST(a_select_without_cases_waits_for_ever),
        TEST(a_select_on_nil_channels_only_waits_for_ever),
        TEST(a_select_with_default_never_waits),
        TEST(a_select_of_one_case_is_the_plain_operation_and_shows_as_one),
        TEST(every_expression_of_a_select_is_evaluated_once_chosen_or_not),
        TEST(what_a_select_does_is_one_of_the_things_that_could_happen),
        TEST(a_select_of_forty_cases_is_woken_by_each_of_them),
        TEST(a_closed_channel_in_a_select_is_ready),
        TEST(a_select_that_waits_to_send_panics_when_the_channel_is_closed),
        TEST(break_and_continue_leave_a_case),
        TEST(a_timer_fires_while_two_selects_are_busy),
        TEST(two_tasks_busy_with_each_other_both_see_their_timers),
        TEST(a_case_that_sends_no_value_panics_when_it_is_chosen),
        TEST(a_try_of_one_send_is_told_with_the_place_of_the_caller),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
