/* SPDX-License-Identifier: MIT */
/* timers.c - scenes about timers.  The clock is chosen like a task: it may go off between
 * any two steps of the others. */
#include "scene.h"
#include "timer.h"
#include "wait/chan_impl.h"

static struct timer *t;
static int fired, prevented, prevented_again, got;

static void fire(void *unused)
{
    (void)unused;
    __atomic_add_fetch(&fired, 1, __ATOMIC_RELAXED);
}

static void nothing_yet(void)
{
    fired = prevented = prevented_again = got = 0;
}

/* --- stop --------------------------------------------------------------------------- */

static void stop_once(void *unused)
{
    (void)unused;
    prevented = timer_stop(t);
}

static void stop_again(void *unused)
{
    (void)unused;
    prevented_again = timer_stop(t);
}

/* Time passes. */
static void sleep_longer(void *unused)
{
    (void)unused;
    task_sleep(2 * MS);
}

static void stop_func_start(void)
{
    nothing_yet();
    t = timer_after_func(MS, fire, NULL);
    go(stop_once, NULL);
    go(sleep_longer, NULL);
}

static void stop_func_twice_start(void)
{
    stop_func_start();
    go(stop_again, NULL);
}

static void stop_func_check(void)
{
    MUST_BE(fired + prevented + prevented_again, 1);
    saw(fired ? 1 : 2);
    timer_drop(t);
}

/* With a channel, who is told "too late" finds the value, and who prevented it never does. */
static void stop_and_look(void *unused)
{
    (void)unused;
    prevented = timer_stop(t);
    got = chan_try_recv(timer_chan(t), NULL) == CHAN_OK;
    MUST(!got);
}

static void take_unless_closed(void *unused)
{
    (void)unused;
    if (chan_recv_timed(timer_chan(t), 0, 4 * MS) == CHAN_OK)
        fired++;
}

static void stop_chan_start(void)
{
    nothing_yet();
    t = timer_make(MS);
    go(stop_and_look, NULL);
    go(take_unless_closed, NULL);
}

static void stop_chan_check(void)
{
    MUST_BE(fired + prevented, 1);
    saw(fired ? 1 : 2);
    timer_drop(t);
}

/* Nobody takes the value, so a stop always prevents something. */
static void stop_must_prevent(void *unused)
{
    (void)unused;
    prevented = timer_stop(t);
    MUST(prevented);
}

static void stop_untaken_start(void)
{
    nothing_yet();
    t = timer_make(MS);
    go(stop_must_prevent, NULL);
    go(sleep_longer, NULL);
}

static void stop_untaken_check(void)
{
    MUST_BE(timer_chan(t)->count, 0);
    timer_drop(t);
}

/* --- reset -------------------------------------------------------------------------- */

static void put_off(void *unused)
{
    (void)unused;
    prevented = timer_reset(t, 3 * MS);
    task_sleep(4 * MS);
}

static void reset_start(void)
{
    nothing_yet();
    t = timer_after_func(MS, fire, NULL);
    go(put_off, NULL);
    go(sleep_longer, NULL);
}

/* Once if the firing was prevented, else once more. */
static void reset_check(void)
{
    MUST_BE(fired, prevented ? 1 : 2);
    saw(prevented ? 1 : 2);
    timer_drop(t);
}

/* Two at once, of a timer that has fired. */
static bool has_fired(void *unused)
{
    (void)unused;
    return fired;
}

static void reset_soon(void *unused)
{
    (void)unused;
    explore_until(has_fired, NULL);
    __atomic_add_fetch(&prevented, timer_reset(t, MS), __ATOMIC_RELAXED);
    task_sleep(4 * MS);
}

static void reset_nothing(void *unused)
{
    (void)unused;
}

/* The same with another timer on its worker, so that it is not the first there. */
static void reset_among_others(void *unused)
{
    struct timer *other;

    explore_until(has_fired, NULL);
    other = timer_after_func(MS, reset_nothing, NULL);
    reset_soon(unused);
    timer_drop(other);
}

static void two_resets_start(void)
{
    nothing_yet();
    t = timer_after_func(MS, fire, NULL);
    go(reset_soon, NULL);
    go(reset_among_others, NULL);
}

/* Every reset that prevented nothing made one firing more. */
static void two_resets_check(void)
{
    MUST_BE(fired, 3 - prevented);
    timer_drop(t);
}

/* --- sleeping and waiting with a limit ---------------------------------------------- */

static int nwoke;

static void sleep_and_note(void *which)
{
    int64_t until = clock_now() + (int64_t)(intptr_t)which * MS;

    task_sleep((int64_t)(intptr_t)which * MS);
    MUST(clock_now() >= until);
    nwoke++;
}

static void sleep_start(void)
{
    nwoke = 0;
    for (intptr_t k = 3; k > 0; k--)
        go(sleep_and_note, (void *)k);
}

static void sleep_check(void)
{
    MUST_BE(nwoke, 3);
}

static struct chan *c;
static enum chan_result sent, received[2];

static void send_for_a_while(void *unused)
{
    int v = 7;

    (void)unused;
    sent = chan_send_timed(c, &v, MS);
}

static void recv_for_a_while(void *which)
{
    int v = 0, *n = which;

    received[*n] = chan_recv_timed(c, &v, MS);
    MUST_BE(v, received[*n] == CHAN_OK ? 7 : 0);
}

static void limits_start(void)
{
    static int first = 0, second = 1;

    c = chan_make(sizeof(int), 0);
    go(send_for_a_while, NULL);
    go(recv_for_a_while, &first);
    go(recv_for_a_while, &second);
}

/* Both ends say the same of the one value. */
static void limits_check(void)
{
    MUST_BE((sent == CHAN_OK), (received[0] == CHAN_OK) + (received[1] == CHAN_OK));
    MUST(received[0] != CHAN_CLOSED && received[1] != CHAN_CLOSED);
    saw(sent == CHAN_OK ? 1 : 2);
    chan_drop(c);
}

/* --- a ticker ----------------------------------------------------------------------- */

static void read_two_ticks(void *unused)
{
    int64_t first = 0, second = 0;

    (void)unused;
    MUST(chan_recv(timer_chan(t), &first));
    MUST(chan_recv(timer_chan(t), &second));
    MUST(second > first);
    timer_stop(t);
    MUST(chan_try_recv(timer_chan(t), NULL) == CHAN_WOULD_BLOCK);
    got = 2;
}

static void ticker_start(void)
{
    nothing_yet();
    t = ticker_make(MS);
    go(read_two_ticks, NULL);
}

static void ticker_check(void)
{
    MUST_BE(got, 2);
    timer_drop(t);
}

const struct scene timer_scenes[] = {
    { "timer: stop prevents it or says it came too late", stop_func_start, stop_func_check,
      UINT32_MAX, .advances = 3, .must_see = 3 },
    { "timer: only one of two stops prevents it", stop_func_twice_start, stop_func_check, 3,
      .advances = 3, .must_see = 3 },
    { "timer: after stop no value is left, and none is lost", stop_chan_start, stop_chan_check, 4,
      .advances = 3, .must_see = 3 },
    { "timer: stop takes back a value that nobody took", stop_untaken_start, stop_untaken_check, 4,
      .advances = 3 },
    { "timer: reset prevents the firing or makes a second one", reset_start, reset_check, 2,
      .advances = 4, .must_see = 3 },
    { "timer: two resets at once each count", two_resets_start, two_resets_check, 3,
      .advances = 0 },
    { "timer: nobody sleeps too short, nobody for ever", sleep_start, sleep_check, 2,
      .advances = 3 },
    { "timer: who sends and who receives in time say the same", limits_start, limits_check, 2,
      .advances = 2, .must_see = 3 },
    { "timer: a ticker ticks on, and not after it is stopped", ticker_start, ticker_check, 3,
      .advances = 3 },
    { 0 },
};
