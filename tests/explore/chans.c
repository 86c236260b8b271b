/* SPDX-License-Identifier: MIT */
/* chans.c - scenes about channels. */
#include "scene.h"

#include "select.h"

static struct chan *c, *d;
static int got[4];
static uint32_t order;

static void send_1_2(void *unused)
{
    (void)unused;
    for (int v = 1; v <= 2; v++)
        chan_send(c, &v);
}

static void take_two(void *at)
{
    int *to = at;

    MUST(chan_recv(c, &to[0]));
    MUST(chan_recv(c, &to[1]));
}

static void pass_start(size_t cap)
{
    c = chan_make(sizeof(int), cap);
    got[0] = got[1] = 0;
    go(send_1_2, NULL);
    go(take_two, got);
}

static void pass_unbuffered(void)
{
    pass_start(0);
}

static void pass_buffered(void)
{
    pass_start(1);
}

static void pass_check(void)
{
    MUST_BE(got[0], 1);
    MUST_BE(got[1], 2);
    MUST_BE(chan_len(c), 0);
    chan_drop(c);
}

/* --- waiters are served in the order they came -------------------------------------- */

static void take_one(void *at)
{
    MUST(chan_recv(c, at));
}

static void take_one_after(void *at)
{
    until_first_wait(1);
    MUST(chan_recv(c, at));
}

static void give_two_after(void *unused)
{
    (void)unused;
    until_first_wait(2);
    send_1_2(NULL);
}

static void receivers_start(void)
{
    c = chan_make(sizeof(int), 0);
    got[0] = got[1] = 0;
    go(take_one, &got[0]);
    go(take_one_after, &got[1]);
    go(give_two_after, NULL);
}

static void give(void *v)
{
    chan_send(c, v);
}

static void give_after(void *v)
{
    until_first_wait(1);
    chan_send(c, v);
}

static void take_two_after(void *at)
{
    until_first_wait(2);
    take_two(at);
}

static void senders_start(void)
{
    static int one = 1, two = 2;

    c = chan_make(sizeof(int), 0);
    got[0] = got[1] = 0;
    go(give, &one);
    go(give_after, &two);
    go(take_two_after, got);
}

/* --- two and two -------------------------------------------------------------------- */

static void two_and_two_start(void)
{
    static int one = 1, two = 2;

    c = chan_make(sizeof(int), 1);
    got[0] = got[1] = 0;
    go(give, &one);
    go(give, &two);
    go(take_one, &got[0]);
    go(take_one, &got[1]);
}

static void two_and_two_check(void)
{
    MUST_BE(got[0] + got[1], 3);
    MUST(got[0] && got[1]);
    saw(got[0] == 1 ? 1 : 2);
    chan_drop(c);
}

/* --- closing ------------------------------------------------------------------------ */

static void take_nothing(void *at)
{
    int v = 7;

    MUST(!chan_recv(c, &v));
    MUST_BE(v, 0);
    *(int *)at = 1;
}

static void close_it(void *unused)
{
    (void)unused;
    chan_close(c);
}

static void close_start(void)
{
    c = chan_make(sizeof(int), 1);
    got[0] = got[1] = 0;
    go(take_nothing, &got[0]);
    go(take_nothing, &got[1]);
    go(close_it, NULL);
}

static void close_check(void)
{
    MUST_BE(got[0], 1);
    MUST_BE(got[1], 1);
    chan_drop(c);
}

/* --- a try finds what is there ------------------------------------------------------------- */

static void give_then_close(void *unused)
{
    int v = 5;

    (void)unused;
    chan_send(c, &v);
    chan_close(c);
}

/* A receiver that is told "closed" must have received the value before. */
static void try_until_closed(void *unused)
{
    enum chan_result r;
    int v;

    (void)unused;
    while ((r = chan_try_recv(c, &v)) != CHAN_CLOSED) {
        if (r == CHAN_OK)
            got[v == 5 ? 0 : 1]++;
        else
            explore_spin();
    }
    order++;
}

static void try_start(void)
{
    c = chan_make(sizeof(int), 1);
    got[0] = got[1] = 0;
    order = 0;
    go(give_then_close, NULL);
    go(try_until_closed, NULL);
    go(try_until_closed, NULL);
}

static void try_check(void)
{
    MUST_BE(got[0], 1);
    MUST_BE(got[1], 0);
    MUST_BE(order, 2);
    chan_drop(c);
}

/* --- who has been woken may free it ------------------------------------------------------- */

/* Each is the last to use it, as far as it can know. */
static void take_and_free(void *unused)
{
    int v;

    (void)unused;
    chan_recv(c, &v);
    chan_drop(c);
}

static void give_and_free(void *v)
{
    chan_send(c, v);
    chan_drop(c);
}

static void taken_and_freed_start(void)
{
    static int one = 1;

    c = chan_make(sizeof(int), 0);
    go(take_and_free, NULL);
    go(give, &one);
}

static void given_and_freed_start(void)
{
    static int one = 1;

    c = chan_make(sizeof(int), 0);
    go(take_one, &got[0]);
    go(give_and_free, &one);
}

static void closed_and_freed_start(void)
{
    c = chan_make(sizeof(int), 0);
    go(take_and_free, NULL);
    go(close_it, NULL);
}

static void select_give(void *v)
{
    chan_select(SEND(c, v), RECV(d, NULL));
}

static void selected_and_freed_start(void)
{
    static int one = 1;

    c = chan_make(sizeof(int), 0);
    d = chan_make(sizeof(int), 0);
    go(take_and_free, NULL);
    go(select_give, &one);
}

static void drop_the_other(void)
{
    chan_drop(d);
}

const struct scene chan_scenes[] = {
    { "channel: values pass in order without a buffer", pass_unbuffered, pass_check, UINT32_MAX,
      .fine = true },
    { "channel: values pass in order through a buffer", pass_buffered, pass_check, UINT32_MAX,
      .fine = true },
    { "channel: receivers are served in the order they came", receivers_start, pass_check,
      UINT32_MAX },
    { "channel: senders are served in the order they came", senders_start, pass_check, UINT32_MAX },
    { "channel: two that send and two that receive all come to an end", two_and_two_start,
      two_and_two_check, UINT32_MAX, .must_see = 3 },
    { "channel: close wakes every receiver with zero", close_start, close_check, UINT32_MAX },
    { "channel: a try never misses the value before the close", try_start, try_check, 3 },
    { "channel: who has received may free it", taken_and_freed_start, NULL, UINT32_MAX,
      .fine = true },
    { "channel: who has sent may free it", given_and_freed_start, NULL, UINT32_MAX, .fine = true },
    { "channel: whom a close has woken may free it", closed_and_freed_start, NULL, UINT32_MAX,
      .fine = true },
    { "channel: who receives from a select may free it", selected_and_freed_start, drop_the_other,
      UINT32_MAX, .fine = true },
    { 0 },
};
