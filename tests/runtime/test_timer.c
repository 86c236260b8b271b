/* SPDX-License-Identifier: MIT */
/* Timers fire once, not early, not after they were stopped, and never get lost.
 *
 * How late a timer is, is the machine's business and is not tested; that it fires at all,
 * is: each test ends only when it has.  The number before a test is that of the statement
 * it puts to the proof (tests/README.md). */
#include "select.h"
#include "timer.h"
#include "sync.h"
#include "twintest.h"
#include "wait/chan_impl.h"

static int64_t pending(void)
{
    return stats_read().timers.now;
}

static uint32_t pseudo_random(uint32_t *state, uint32_t below)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 8) % below;
}

/* Receive the time at which t fired. */
static int64_t fired(struct timer *t)
{
    int64_t at = 0;

    CHECK(chan_recv(timer_chan(t), &at));
    return at;
}

/* chan_len() of a timer's channel is 0, as in Go. */
static bool has_value(struct timer *t)
{
    return __atomic_load_n(&timer_chan(t)->count, __ATOMIC_ACQUIRE) > 0;
}

/* --- sleep ------------------------------------------------------------------------ */

/* 57, 60: with every length of the cycle counter's guess */
BODY(a_sleep_lasts_at_least_as_long_as_asked)
{
    for (int64_t ns = 1; ns < 20 * MS; ns = ns * 3 / 2 + 1) {
        int64_t from = clock_now();

        task_sleep(ns);
        CHECK(clock_now() - from >= ns);
    }
    for (int i = 0; i < 2000; i++) {
        int64_t from = clock_now();

        task_sleep(i * 10);
        CHECK(clock_now() - from >= i * 10);
    }
}
ENDS_OK(a_sleep_lasts_at_least_as_long_as_asked)

static void on_signal(int sig)
{
    (void)sig;
}

static void signal_twice(void *process)
{
    for (int i = 0; i < 2; i++) {
        usleep(5000);
        kill(*(pid_t *)process, SIGUSR1);
    }
}

static void send_signals(void *process)
{
    task_blocking(signal_twice, process);
}

/* 57 */
BODY(a_signal_does_not_cut_a_sleep_short)
{
    struct sigaction sa = { .sa_handler = on_signal };
    pid_t me = getpid();
    int64_t from;

    sigaction(SIGUSR1, &sa, NULL);
    go(send_signals, &me);
    from = clock_now();
    task_sleep(30 * MS);
    CHECK(clock_now() - from >= 30 * MS);
}
ENDS_OK(a_signal_does_not_cut_a_sleep_short)

/* 58 */
BODY(a_sleep_of_nothing_or_less_returns_at_once)
{
    for (int i = 0; i < 100000; i++)
        task_sleep(0);
    task_sleep(-1);
    task_sleep(INT64_MIN);
    CHECK_EQ(stats_read().parks, 0);
}
ENDS_OK(a_sleep_of_nothing_or_less_returns_at_once)

static void sleep_for_ever(void *arg)
{
    task_sleep(INT64_MAX);
    bump(arg);
}

/* 59 */
BODY(a_sleep_of_all_time_does_not_end_and_disturbs_no_other)
{
    int ended = 0;
    struct chan *never = timer_after(INT64_MAX);

    for (int i = 0; i < 10; i++)
        go(sleep_for_ever, &ended);
    EVENTUALLY(tasks_waiting(WAIT_SLEEP) == 10);
    for (int i = 0; i < 10; i++)
        task_sleep(MS);
    CHECK_EQ(ended, 0);
    CHECK_EQ(chan_len(never), 0);
    CHECK_EQ(tasks_waiting(WAIT_SLEEP), 10);
    chan_drop(never);
}
ENDS_OK(a_sleep_of_all_time_does_not_end_and_disturbs_no_other)

/* 59 */
BODY(a_ticker_with_the_longest_period_does_not_overflow)
{
    struct timer *t = ticker_make(INT64_MAX), *u = ticker_make(MS);

    fired(u);
    CHECK(timer_reset(t, MS));
    fired(t);
    CHECK(timer_reset(t, INT64_MAX));
    fired(u);
    CHECK(!has_value(t));
    CHECK(timer_stop(t));
    CHECK(timer_stop(u));
    timer_drop(t);
    timer_drop(u);
}
ENDS_OK(a_ticker_with_the_longest_period_does_not_overflow)

struct sleeper {
    int64_t ns;
    int *ended;
};

static void sleep_and_count(void *arg)
{
    struct sleeper *s = arg;
    int64_t from = clock_now();

    task_sleep(s->ns);
    CHECK(clock_now() - from >= s->ns);
    bump(s->ended);
}

BODY(a_thousand_sleepers_all_wake_and_none_early)
{
    static struct sleeper s[1000];
    uint32_t seed = 7;
    int ended = 0;

    for (int i = 0; i < 1000; i++) {
        s[i] = (struct sleeper){ pseudo_random(&seed, 30 * MS), &ended };
        go(sleep_and_count, &s[i]);
    }
    while (read_count(&ended) < 1000)
        task_sleep(MS);
}
ENDS_OK(a_thousand_sleepers_all_wake_and_none_early)

/* --- one firing ------------------------------------------------------------------- */

/* 60 */
BODY(the_value_of_a_timer_comes_not_before_its_time)
{
    for (int64_t ns = -1; ns < 10 * MS; ns = ns * 3 + 4) {
        int64_t from = clock_now(), at = 0;
        struct timer *t = timer_make(ns);
        struct chan *after = timer_after(ns);

        CHECK(fired(t) - from >= ns);
        CHECK(chan_recv(after, &at));
        CHECK(at - from >= ns);
        CHECK(at <= clock_now());
        timer_drop(t);
        chan_drop(after);
    }
    EVENTUALLY(!pending());
    EVENTUALLY(!stats_read().channels.now);
}
ENDS_OK(the_value_of_a_timer_comes_not_before_its_time)

/* 61 */
BODY(timers_fire_in_the_order_of_their_deadlines)
{
    static const int slots[] = { 5, 3, 6, 6, 6, 1, 1, 2, 7, 9, 4, 8, 0 };
    enum { SLOTS = sizeof slots / sizeof slots[0] };
    struct timer *t[SLOTS];
    int64_t from[SLOTS], to[SLOTS], at[SLOTS];

    for (int i = 0; i < SLOTS; i++) {
        from[i] = clock_now() + slots[i] * 2 * MS;
        t[i] = timer_make(slots[i] * 2 * MS);
        to[i] = clock_now() + slots[i] * 2 * MS; /* due between these, or a little later */
    }
    for (int i = 0; i < SLOTS; i++)
        at[i] = fired(t[i]);
    for (int i = 0; i < SLOTS; i++)
        for (int k = 0; k < SLOTS; k++)
            if (to[i] + MS < from[k])
                CHECK(at[i] <= at[k]);
    for (int i = 0; i < SLOTS; i++)
        timer_drop(t[i]);
}
ENDS_OK(timers_fire_in_the_order_of_their_deadlines)

struct rearming {
    int left, slow;
    struct chan *done;
};

static void rearm_and_sleep(void *arg)
{
    struct rearming *r = arg;

    if (--r->left)
        timer_drop(timer_after_func(0, rearm_and_sleep, r));
    else
        chan_send(r->done, NULL);
    task_sleep(3600 * SEC);
    bump(&r->slow);
}

/* 62 */
BODY(a_callback_is_a_task_of_its_own_and_holds_up_no_timer)
{
    struct rearming r = { 10, 0, chan_make(0, 0) };

    timer_drop(timer_after_func(0, rearm_and_sleep, &r));
    CHECK(chan_recv(r.done, NULL));
    CHECK_EQ(r.left, 0);
    EVENTUALLY(tasks_waiting(WAIT_SLEEP) == 10);
    CHECK_EQ(read_count(&r.slow), 0);
}
ENDS_OK(a_callback_is_a_task_of_its_own_and_holds_up_no_timer)

/* 55: and a pending one is no task. */
BODY(a_pending_callback_is_no_task)
{
    struct timer *t = timer_after_func(3600 * SEC, bump, NULL);

    CHECK_EQ(task_count(), 1);
    CHECK_EQ(pending(), 1);
    CHECK(timer_stop(t));
    CHECK_EQ(pending(), 0);
    timer_drop(t);
}
ENDS_OK(a_pending_callback_is_no_task)

/* 63 */
BODY(a_stopped_timer_never_fires_and_stops_once)
{
    int ran = 0;
    struct timer *f = timer_after_func(100 * MS, bump, &ran), *c = timer_make(100 * MS);
    struct timer *ticker = ticker_make(100 * MS);

    CHECK(timer_stop(f));
    CHECK(timer_stop(c));
    CHECK(timer_stop(ticker));
    CHECK(!timer_stop(f));
    CHECK(!timer_stop(c));
    CHECK(!timer_stop(ticker));
    task_sleep(110 * MS);
    CHECK_EQ(read_count(&ran), 0);
    CHECK(!has_value(c));
    CHECK(!has_value(ticker));
    CHECK_EQ(pending(), 0);
    timer_drop(f);
    timer_drop(c);
    timer_drop(ticker);
    CHECK_EQ(stats_read().channels.now, 0);
}
ENDS_OK(a_stopped_timer_never_fires_and_stops_once)

struct slow_start {
    struct chan *started, *end;
    int ended;
};

static void start_slowly(void *arg)
{
    struct slow_start *s = arg;

    chan_send(s->started, NULL);
    chan_recv(s->end, NULL);
    bump(&s->ended);
}

/* 64 */
BODY(stopping_after_the_firing_is_too_late_and_does_not_wait)
{
    struct slow_start s = { chan_make(0, 0), chan_make(0, 0), 0 };
    struct timer *f = timer_after_func(0, start_slowly, &s), *c = timer_make(0);

    CHECK(chan_recv(s.started, NULL));
    CHECK(!timer_stop(f)); /* the task runs on */
    CHECK_EQ(read_count(&s.ended), 0);
    chan_send(s.end, NULL);
    EVENTUALLY(read_count(&s.ended));
    fired(c);
    CHECK(!timer_stop(c));
    timer_drop(f);
    timer_drop(c);
}
ENDS_OK(stopping_after_the_firing_is_too_late_and_does_not_wait)

/* 65 */
BODY(a_hundred_callbacks_stopped_at_half_time_never_run)
{
    enum { ROUNDS = 5, TIMERS = 100 };
    int ran = 0;

    for (int r = 0; r < ROUNDS; r++) {
        struct timer *t[TIMERS];
        int64_t from = clock_now();

        for (int i = 0; i < TIMERS; i++)
            t[i] = timer_after_func(SEC, bump, &ran);
        task_sleep(MS);
        for (int i = 0; i < TIMERS; i++) {
            CHECK(timer_stop(t[i]) || clock_now() - from >= SEC);
            timer_drop(t[i]);
        }
    }
    CHECK_EQ(pending(), 0);
    task_sleep(MS);
    CHECK_EQ(read_count(&ran), 0);
}
ENDS_OK(a_hundred_callbacks_stopped_at_half_time_never_run)

/* 66 */
BODY(reset_moves_a_pending_timer_and_rearms_a_fired_one)
{
    struct timer *t = timer_make(3600 * SEC);
    int64_t from = clock_now();

    CHECK(timer_reset(t, 2 * MS)); /* earlier */
    CHECK(pending() == 1 || clock_now() - from >= 2 * MS);
    CHECK(fired(t) - from >= 2 * MS);
    CHECK(!timer_reset(t, 3600 * SEC)); /* again */
    CHECK(timer_reset(t, 7200 * SEC));  /* later */
    from = clock_now();
    CHECK(timer_reset(t, MS));
    CHECK(fired(t) - from >= MS);
    EVENTUALLY(!pending());
    CHECK(!timer_reset(t, 3600 * SEC));
    CHECK(timer_stop(t));
    CHECK(!timer_reset(t, 0)); /* after a stop */
    fired(t);
    timer_drop(t);
    EVENTUALLY(!stats_read().channels.now);
}
ENDS_OK(reset_moves_a_pending_timer_and_rearms_a_fired_one)

BODY(a_callback_can_be_armed_again)
{
    int ran = 0;
    struct timer *t = timer_after_func(0, bump, &ran);

    for (int i = 1; i <= 20; i++) {
        EVENTUALLY(read_count(&ran) == i);
        timer_reset(t, i % 3 * 100 * US);
    }
    EVENTUALLY(read_count(&ran) == 21);
    CHECK(!timer_stop(t));
    timer_drop(t);
}
ENDS_OK(a_callback_can_be_armed_again)

/* 68: on a busy machine a round on two workers may cost a time slice.  The value comes before the
 * clock has counted the timer off. */
BODY(a_timer_of_no_time_fires_each_time)
{
    int64_t until = clock_now() + 5 * SEC;
    int i = 0;

    for (; i < 100000 && (i < 100 || clock_now() < until); i++) {
        struct timer *t = timer_make(0);

        fired(t);
        timer_drop(t);
    }
    EVENTUALLY(!pending());
}
ENDS_OK(a_timer_of_no_time_fires_each_time)

/* --- moving ----------------------------------------------------------------------- */

/* 69 */
BODY(a_timer_moved_earlier_again_and_again_is_not_lost)
{
    for (int round = 0; round < 1000; round++) {
        struct timer *t = timer_make(3600 * SEC);

        for (int i = 10; i > 0; i--)
            CHECK(timer_reset(t, i * 600 * SEC));
        timer_reset(t, 0);
        fired(t);
        timer_drop(t);
    }
    EVENTUALLY(!pending());
}
ENDS_OK(a_timer_moved_earlier_again_and_again_is_not_lost)

struct moving {
    uint32_t seed;
    int *fired;
};

static void move_about(void *arg)
{
    struct moving *m = arg;
    struct timer *t = timer_make(pseudo_random(&m->seed, 2 * MS));

    for (int i = 0; i < 20; i++) {
        task_sleep(pseudo_random(&m->seed, 300 * US));
        timer_reset(t, pseudo_random(&m->seed, 2 * MS));
    }
    timer_reset(t, 500 * US);
    fired(t);
    timer_drop(t);
    bump(m->fired);
}

/* 70 */
BODY(timers_moved_at_random_are_not_lost)
{
    struct moving m[100];
    int n = 0;

    for (uint32_t i = 0; i < 100; i++) {
        m[i] = (struct moving){ i, &n };
        go(move_about, &m[i]);
    }
    while (read_count(&n) < 100)
        task_sleep(MS);
    EVENTUALLY(!pending());
}
ENDS_OK(timers_moved_at_random_are_not_lost)

/* In every heap each timer knows its place, and none is due before its parent. */
static void check_heaps(void)
{
    for (int i = 0; i < sched.nworkers; i++) {
        struct timer_heap *h = &sched.workers[i]->timers;

        lock_take(&h->lock);
        for (uint32_t k = 0; k < h->count; k++) {
            CHECK_EQ(h->timers[k]->place, k);
            CHECK(!k || h->timers[(k - 1) / 4]->when_ns <= h->timers[k]->when_ns);
        }
        CHECK_EQ(h->first_ns, h->count ? h->timers[0]->when_ns : INT64_MAX);
        lock_give(&h->lock);
    }
}

BODY(the_heap_stays_a_heap_whatever_is_added_moved_and_taken_out)
{
    enum { TIMERS = 200 };
    struct timer *t[TIMERS] = { 0 };
    uint32_t seed = 5;

    for (int i = 0; i < 5000; i++) {
        int k = (int)pseudo_random(&seed, TIMERS);
        int64_t ns = (3600 + pseudo_random(&seed, 1000)) * SEC;

        if (!t[k]) {
            t[k] = timer_make(ns);
        } else if (i % 2) {
            CHECK(timer_reset(t[k], ns));
        } else {
            CHECK(timer_stop(t[k]));
            timer_drop(t[k]);
            t[k] = NULL;
        }
        check_heaps();
    }
}
ENDS_OK(the_heap_stays_a_heap_whatever_is_added_moved_and_taken_out)

/* A heap of hundreds, from which timers are taken in any order; those that stay fire in order. */
BODY(timers_stopped_in_any_order_leave_the_others_in_order)
{
    enum { TIMERS = 500 };
    static struct timer *t[TIMERS];
    static int64_t ns[TIMERS], from[TIMERS], to[TIMERS], at[TIMERS];
    uint32_t seed = 3;
    int left = TIMERS;

    for (int i = 0; i < TIMERS; i++) {
        ns[i] = 50 * MS + pseudo_random(&seed, 20) * MS;
        t[i] = timer_make(3600 * SEC - ns[i]);
    }
    for (int i = 0; i < TIMERS; i++) {
        from[i] = clock_now() + ns[i];
        CHECK(timer_reset(t[i], ns[i]));
        to[i] = clock_now() + ns[i]; /* due between these, or a little later */
    }
    for (int k = 0; k < TIMERS; k++) {
        int i = (k * 331) % TIMERS;

        if (pseudo_random(&seed, 3)) {
            if (timer_stop(t[i])) {
                timer_drop(t[i]);
                t[i] = NULL;
                left--;
            }
        }
    }
    CHECK(left > 0 && left < TIMERS);
    for (int i = 0; i < TIMERS; i++)
        at[i] = t[i] ? fired(t[i]) : 0;
    for (int i = 0; i < TIMERS; i++)
        for (int k = 0; k < TIMERS; k++)
            if (t[i] && t[k] && to[i] + MS < from[k])
                CHECK(at[i] <= at[k]);
    EVENTUALLY(!pending());
}
ENDS_OK(timers_stopped_in_any_order_leave_the_others_in_order)

/* --- tickers ---------------------------------------------------------------------- */

/* 71 */
BODY(a_ticker_ticks_until_it_is_stopped_and_keeps_its_channel_open)
{
    int64_t from = clock_now(), last = 0;
    struct timer *t = ticker_make(MS);

    for (int i = 1; i <= 5; i++) {
        int64_t at = fired(t);

        CHECK(at - from >= i * MS);
        CHECK(at > last);
        last = at;
    }
    from = clock_now();
    CHECK(timer_reset(t, 2 * MS));
    for (int i = 1; i <= 3; i++)
        CHECK(fired(t) - from >= i * 2 * MS);
    CHECK(timer_stop(t));
    task_sleep(5 * MS);
    CHECK_EQ(chan_try_recv(timer_chan(t), NULL), CHAN_WOULD_BLOCK); /* not CHAN_CLOSED */
    timer_drop(t);
}
ENDS_OK(a_ticker_ticks_until_it_is_stopped_and_keeps_its_channel_open)

/* 71, 73 */
BODY(ticks_for_a_slow_reader_are_dropped)
{
    struct timer *t = ticker_make(100 * US);
    int64_t first, second;

    task_sleep(5 * MS);
    EVENTUALLY(has_value(t));
    CHECK_EQ(chan_len(timer_chan(t)), 0);
    CHECK_EQ(chan_cap(timer_chan(t)), 0);
    first = fired(t);
    second = fired(t);
    CHECK(second > first);
    CHECK(timer_stop(t));
    timer_drop(t);
}
ENDS_OK(ticks_for_a_slow_reader_are_dropped)

/* 73 */
BODY(a_full_channel_does_not_hold_up_the_clock)
{
    struct timer *full = ticker_make(100 * US);
    int ran = 0;

    EVENTUALLY(has_value(full));
    for (int i = 1; i <= 10; i++) {
        timer_drop(timer_after_func(200 * US, bump, &ran));
        while (read_count(&ran) < i)
            task_sleep(100 * US);
    }
    timer_stop(full);
    timer_drop(full);
}
ENDS_OK(a_full_channel_does_not_hold_up_the_clock)

static void make_ticker(void *ns)
{
    ticker_make(*(int64_t *)ns);
}

struct resetting {
    struct timer *t;
    int64_t ns;
};

static void reset_it(void *arg)
{
    struct resetting *r = arg;

    timer_reset(r->t, r->ns);
}

/* 72 */
BODY(a_ticker_without_a_period_panics_and_harms_nothing)
{
    struct timer *t = ticker_make(MS);

    for (int64_t ns = -1; ns <= 0; ns++) {
        struct resetting r = { t, ns };

        CHECK_PANICS(make_ticker, &ns, "non-positive interval for ticker_make");
        CHECK_PANICS(reset_it, &r, "non-positive interval for timer_reset of a ticker");
    }
    fired(t); /* it goes on, and its clock is not locked */
    CHECK(timer_stop(t));
    CHECK_EQ(pending(), 0);
    timer_drop(t);
    task_sleep(MS);
}
ENDS_OK(a_ticker_without_a_period_panics_and_harms_nothing)

/* 72 */
BODY(a_ticker_made_read_and_stopped_three_times_works)
{
    for (int i = 0; i < 3; i++) {
        struct timer *t = ticker_make(MS);

        fired(t);
        CHECK(timer_stop(t));
        timer_drop(t);
    }
    CHECK_EQ(pending(), 0);
    CHECK_EQ(stats_read().channels.now, 0);
}
ENDS_OK(a_ticker_made_read_and_stopped_three_times_works)

/* --- stop and reset against the firing -------------------------------------------- */

/* 74 */
BODY(no_old_value_is_left_after_a_stop_or_reset)
{
    for (int i = 0; i < 2000; i++) {
        struct timer *t = timer_make(i % 50 * US);

        for (int k = 0; k < i % 97; k++)
            cpu_relax();
        if (i % 3 == 0)
            task_yield();
        if (i % 2) {
            timer_stop(t);
        } else {
            timer_reset(t, 3600 * SEC);
            CHECK(!has_value(t));
            timer_stop(t);
        }
        CHECK_EQ(chan_try_recv(timer_chan(t), NULL), CHAN_WOULD_BLOCK);
        timer_drop(t);
    }
    CHECK_EQ(pending(), 0);
}
ENDS_OK(no_old_value_is_left_after_a_stop_or_reset)

/* 74: stop answers true if it kept the value from being received, whether the clock had put
 * it into the channel already or not. */
BODY(stopping_a_timer_whose_value_lies_unread_prevents_it)
{
    struct timer *t = timer_make(0);

    EVENTUALLY(has_value(t));
    CHECK(timer_stop(t));
    CHECK(!timer_stop(t));
    CHECK(!timer_reset(t, 0));
    EVENTUALLY(has_value(t));
    CHECK(timer_reset(t, 3600 * SEC));
    CHECK(timer_stop(t));
    timer_drop(t);
}
ENDS_OK(stopping_a_timer_whose_value_lies_unread_prevents_it)

struct stopping {
    bool reset;
    int *done;
};

/* The loop everybody wrote before Go 1.23: a stop that came too late means that there is a
 * value to take.  It must not wait for ever. */
static void stop_against_the_clock(void *arg)
{
    struct stopping *s = arg;

    for (int i = 0; i < 20; i++) {
        struct timer *a = timer_make(200 * US), *b = timer_make(200 * US), *other = b;

        if (chan_select(RECV(timer_chan(a), NULL), RECV(timer_chan(b), NULL)))
            other = a;
        if (!(s->reset ? timer_reset(other, 3600 * SEC) : timer_stop(other)))
            fired(other);
        timer_stop(other);
        timer_drop(a);
        timer_drop(b);
    }
    bump(s->done);
}

/* 74 */
BODY(a_stop_that_says_it_came_too_late_leaves_a_value_to_take)
{
    enum { TASKS = 100 };
    int done = 0;
    struct stopping stop = { false, &done }, reset = { true, &done };

    for (int i = 0; i < TASKS; i++)
        go(stop_against_the_clock, i % 2 ? &stop : &reset);
    while (read_count(&done) < TASKS)
        task_sleep(MS);
    CHECK_EQ(pending(), 0);
}
ENDS_OK(a_stop_that_says_it_came_too_late_leaves_a_value_to_take)

/* Stop against the firing of a callback: it ran, or stop says that it will not. */
struct callback {
    int ran;
    struct timer *t;
};

static void stop_callbacks(void *arg)
{
    int *done = arg;

    for (int i = 0; i < 200; i++) {
        struct callback c = { 0, NULL };
        bool prevented;

        c.t = timer_after_func(i % 60 * US, bump, &c.ran);
        task_sleep(i % 50 * US);
        prevented = timer_stop(c.t);
        if (!prevented)
            EVENTUALLY(read_count(&c.ran) == 1);
        task_yield();
        CHECK_EQ(read_count(&c.ran), !prevented);
        timer_drop(c.t);
    }
    bump(done);
}

BODY(a_callback_runs_exactly_if_the_stop_came_too_late)
{
    int done = 0;

    for (int i = 0; i < 8; i++)
        go(stop_callbacks, &done);
    while (read_count(&done) < 8)
        task_sleep(MS);
    CHECK_EQ(pending(), 0);
}
ENDS_OK(a_callback_runs_exactly_if_the_stop_came_too_late)

/* --- whose timers ----------------------------------------------------------------- */

BODY(a_timer_dropped_while_pending_still_fires)
{
    int ran = 0;
    struct timer *t = timer_make(MS);
    struct chan *c = chan_ref(timer_chan(t));

    timer_drop(t);
    timer_drop(timer_after_func(MS, bump, &ran));
    timer_drop(NULL);
    CHECK(chan_recv(c, NULL));
    EVENTUALLY(read_count(&ran));
    chan_drop(c);
    CHECK_EQ(pending(), 0);
    CHECK_EQ(stats_read().channels.now, 0);
}
ENDS_OK(a_timer_dropped_while_pending_still_fires)

static struct waitgroup resetters;

static void reset_again_and_again(void *t)
{
    for (int k = 0; k < 50000; k++) {
        timer_stop(t);
        timer_reset(t, SEC);
    }
    wg_done(&resetters);
}

BODY(a_timer_that_two_tasks_reset_at_once_is_armed_once)
{
    struct timer *t = timer_make(SEC);

    wg_add(&resetters, 2);
    go(reset_again_and_again, t);
    go(reset_again_and_again, t);
    wg_wait(&resetters);
    timer_stop(t);
    CHECK_EQ(stats_read().timers.now, 0);
    timer_drop(t);
}
ENDS_OK(a_timer_that_two_tasks_reset_at_once_is_armed_once)

static void stop_other_tasks_timers(void *arg)
{
    struct timer **t = arg;

    for (int i = 0; i < 100; i++) {
        CHECK(timer_reset(t[i], 7200 * SEC));
        CHECK(timer_stop(t[i]));
        CHECK(!timer_reset(t[i], 3600 * SEC));
    }
}

/* With two workers the timers lie in the heap of another than the stopper's. */
BODY(any_task_may_stop_and_reset_any_timer)
{
    struct timer *t[100];

    for (int i = 0; i < 100; i++)
        t[i] = timer_make(3600 * SEC);
    go(stop_other_tasks_timers, t);
    EVENTUALLY(task_count() == 1);
    for (int i = 0; i < 100; i++) {
        CHECK(timer_stop(t[i]));
        timer_drop(t[i]);
    }
    CHECK_EQ(pending(), 0);
}
ENDS_OK(any_task_may_stop_and_reset_any_timer)

static void start_nothing_later(void *unused)
{
    (void)unused;
    timer_after_func(3600 * SEC, NULL, NULL);
}

/* As go() does, and at once: the clock has nobody to tell. */
FATAL(start_nothing_later, "go of nil func value")

static void close_it(void *c)
{
    chan_close(c);
}

BODY(a_timers_channel_is_closed_by_nobody)
{
    struct timer *t = timer_make(3600 * SEC);

    CHECK_PANICS(close_it, timer_chan(t),
                 "close of a channel that belongs to a timer or a context");
    CHECK(timer_stop(t));
    timer_drop(t);
}
ENDS_OK(a_timers_channel_is_closed_by_nobody)

static void wait_for_tick(void *c)
{
    chan_recv(c, NULL);
}

static void drops_a_stopped_ticker(void *unused)
{
    struct timer *t = ticker_make(3600 * SEC);

    (void)unused;
    go(wait_for_tick, timer_chan(t));
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    timer_stop(t);
    timer_drop(t);
}
PANICS(drops_a_stopped_ticker, "last reference dropped to a channel in which task ")

static void recover_all(void *unused)
{
    (void)unused;
    recover();
}

/* The clock's share is the last: there is no task that it could panic in. */
static void leaves_two_to_wait_for_one_time(void *unused)
{
    struct timer *t = timer_make(50 * MS);

    (void)unused;
    DEFER_SCOPE;
    defer(recover_all, NULL);
    go(wait_for_tick, timer_chan(t));
    go(wait_for_tick, timer_chan(t));
    timer_drop(t);
    task_sleep(20 * SEC);
}
PANICS(leaves_two_to_wait_for_one_time, "last reference dropped to a channel in which task ")

static void resets_a_ticker_to_nothing(void *unused)
{
    (void)unused;
    timer_reset(ticker_make(SEC), 0);
}

static void misuse_is_told_with_the_place_of_the_caller_test(void **unused_state)
{
    (void)unused_state;
    ASSERT_BLAMED(resets_a_ticker_to_nothing);
    ASSERT_BLAMED(drops_a_stopped_ticker);
    ASSERT_BLAMED_FATAL(start_nothing_later);
    assert_ends("the clock", leaves_two_to_wait_for_one_time, RUNTIME_EXIT_PANIC,
                "outside of any task");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_sleep_lasts_at_least_as_long_as_asked),
        TEST(a_signal_does_not_cut_a_sleep_short),
        TEST(a_sleep_of_nothing_or_less_returns_at_once),
        TEST(a_sleep_of_all_time_does_not_end_and_disturbs_no_other),
        TEST(a_ticker_with_the_longest_period_does_not_overflow),
        TEST(a_thousand_sleepers_all_wake_and_none_early),
        TEST(the_value_of_a_timer_comes_not_before_its_time),
        TEST(timers_fire_in_the_order_of_their_deadlines),
        TEST(a_callback_is_a_task_of_its_own_and_holds_up_no_timer),
        TEST(a_pending_callback_is_no_task),
        TEST(a_stopped_timer_never_fires_and_stops_once),
        TEST(stopping_after_the_firing_is_too_late_and_does_not_wait),
        TEST(a_hundred_callbacks_stopped_at_half_time_never_run),
        TEST(reset_moves_a_pending_timer_and_rearms_a_fired_one),
        TEST(a_callback_can_be_armed_again),
        TEST(a_timer_of_no_time_fires_each_time),
        TEST(a_timer_moved_earlier_again_and_again_is_not_lost),
        TEST(timers_moved_at_random_are_not_lost),
        TEST(the_heap_stays_a_heap_whatever_is_added_moved_and_taken_out),
        TEST(timers_stopped_in_any_order_leave_the_others_in_order),
        TEST(a_ticker_ticks_until_it_is_stopped_and_keeps_its_channel_open),
        TEST(ticks_for_a_slow_reader_are_dropped),
        TEST(a_full_channel_does_not_hold_up_the_clock),
        TEST(a_ticker_without_a_period_panics_and_harms_nothing),
        TEST(a_ticker_made_read_and_stopped_three_times_works),
        TEST(no_old_value_is_left_after_a_stop_or_reset),
        TEST(stopping_a_timer_whose_value_lies_unread_prevents_it),
        TEST(a_stop_that_says_it_came_too_late_leaves_a_value_to_take),
        TEST(a_callback_runs_exactly_if_the_stop_came_too_late),
        TEST(a_timer_dropped_while_pending_still_fires),
        TEST(a_timer_that_two_tasks_reset_at_once_is_armed_once),
        TEST(any_task_may_stop_and_reset_any_timer),
        TEST(start_nothing_later),
        TEST(a_timers_channel_is_closed_by_nobody),
        TEST(drops_a_stopped_ticker),
        TEST(leaves_two_to_wait_for_one_time),
        TEST(misuse_is_told_with_the_place_of_the_caller),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
