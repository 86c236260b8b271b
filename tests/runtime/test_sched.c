/* SPDX-License-Identifier: MIT */
/* The scheduler: nothing that can run is lost or run twice, nothing starves, and when
 * nothing can run any more the process says so.
 *
 * The number before a test is that of the statement it puts to the proof (tests/README.md). */
#include "chan.h"
#include "select.h"
#include "twintest.h"

#include <pthread.h>
#include <sys/mman.h>

/* A test of what needs so many workers. */
#define ENDS_OK_WITH(workers, fn)                                                                  \
    AS_TEST(fn, {                                                                                  \
        static struct ending e;                                                                    \
        if (run_in_child(fn, NULL, workers, &e))                                                   \
            fail_msg("%s: status %d; it said:\n%s", #fn, e.status, e.said);                        \
    })

/* --- the queue of tasks that can run ---------------------------------------------- */

enum { ITEMS = 200000, THIEVES = 3 };

static struct {
    struct deque q;
    char taken[ITEMS + 1]; /* atomic */
    int total;             /* atomic */
    bool over;             /* atomic */
} shared;

static struct task *item(uintptr_t i)
{
    return (struct task *)i;
}

static void count_item(struct task *t)
{
    uintptr_t i = (uintptr_t)t;

    assert_true(i >= 1 && i <= ITEMS);
    assert_int_equal(__atomic_fetch_add(&shared.taken[i], 1, __ATOMIC_RELAXED), 0);
    __atomic_fetch_add(&shared.total, 1, __ATOMIC_RELEASE);
}

static void *steal_items(void *unused)
{
    struct task *t;

    while (!__atomic_load_n(&shared.over, __ATOMIC_ACQUIRE))
        if ((t = deque_take_oldest(&shared.q, false)))
            count_item(t);
        else
            cpu_relax();
    return unused;
}

/* 49 */
static void owner_and_thieves_together_take_each_item_once(void **unused)
{
    pthread_t thief[THIEVES];
    struct task *t;
    uintptr_t next = 1;

    (void)unused;
    memset(&shared, 0, sizeof shared);
    deque_grow(&shared.q);
    for (int i = 0; i < THIEVES; i++)
        assert_int_equal(pthread_create(&thief[i], NULL, steal_items, NULL), 0);
    for (int round = 0; next <= ITEMS; round++) {
        for (int i = 0; i < round % 700 && next <= ITEMS; i++)
            deque_push(&shared.q, item(next++));
        for (int i = 0; i < round % 13; i++)
            if ((t = deque_take_newest(&shared.q, false)))
                count_item(t);
        for (int i = 0; i < round % 7; i++)
            if ((t = deque_take_oldest(&shared.q, false)))
                count_item(t);
    }
    while ((t = deque_take_newest(&shared.q, false)))
        count_item(t);
    __atomic_store_n(&shared.over, true, __ATOMIC_RELEASE);
    for (int i = 0; i < THIEVES; i++)
        pthread_join(thief[i], NULL);
    assert_int_equal(shared.total, ITEMS);
    assert_int_equal(deque_count(&shared.q), 0);
}

/* 49: the owner gets what it pushed unless a thief took it: NULL means that a thief did. */
static void the_owner_finds_its_only_item_unless_a_thief_has_it(void **unused)
{
    pthread_t thief;

    (void)unused;
    memset(&shared, 0, sizeof shared);
    deque_grow(&shared.q);
    assert_int_equal(pthread_create(&thief, NULL, steal_items, NULL), 0);
    for (uintptr_t i = 1; i <= ITEMS; i++) {
        struct task *t;

        deque_push(&shared.q, item(i));
        for (uintptr_t k = 0; k < i % 50; k++)
            cpu_relax();
        if ((t = deque_take_newest(&shared.q, false))) {
            assert_int_equal((uintptr_t)t, i);
            count_item(t);
        }
        while (read_count(&shared.total) < (int)i)
            cpu_relax(); /* the thief has it; if not, this never ends */
    }
    __atomic_store_n(&shared.over, true, __ATOMIC_RELEASE);
    pthread_join(thief, NULL);
    assert_int_equal(shared.total, ITEMS);
}

static void the_owner_takes_the_newest_and_anybody_the_oldest(void **unused)
{
    for (int alone = 0; alone < 2; alone++) {
        struct deque q = { 0 };

        (void)unused;
        deque_grow(&q);
        assert_null(deque_take_newest(&q, alone));
        assert_null(deque_take_oldest(&q, alone));
        for (uintptr_t i = 1; i <= 1000; i++) /* more than fit at first */
            deque_push(&q, item(i));
        assert_int_equal(deque_count(&q), 1000);
        for (uintptr_t i = 1; i <= 500; i++) {
            assert_ptr_equal(deque_take_oldest(&q, alone), item(i));
            assert_ptr_equal(deque_take_newest(&q, alone), item(1001 - i));
        }
        assert_null(deque_take_newest(&q, alone));
        assert_null(deque_take_oldest(&q, alone));
    }
}

/* --- the queue of tasks that wait ------------------------------------------------- */

/* 22: taking a waiter off touches it and its neighbours only, however many wait.  The others
 * lie where no access is allowed meanwhile. */
static void taking_a_waiter_off_the_middle_does_not_walk_the_queue(void **unused)
{
    enum { N = 9, PAGE = 4096 };
    char *pages = mmap(NULL, N * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct waiter *first = NULL, *last = NULL, *w[N];

    (void)unused;
    assert_true(pages != MAP_FAILED);
    for (int i = 0; i < N; i++) {
        w[i] = (struct waiter *)(pages + i * PAGE);
        waiter_push(&first, &last, w[i]);
    }
    mprotect(pages, 3 * PAGE, PROT_NONE);
    mprotect(pages + 6 * PAGE, 3 * PAGE, PROT_NONE);
    waiter_remove(&first, &last, w[4]);
    mprotect(pages, N * PAGE, PROT_READ | PROT_WRITE);
    assert_false(w[4]->queued);
    for (int i = 0; i < N; i++)
        if (i != 4)
            assert_ptr_equal(waiter_pop(&first, &last), w[i]);
    assert_null(first);
    assert_null(last);
    munmap(pages, N * PAGE);
}

/* --- progress --------------------------------------------------------------------- */

static void count_and_yield(void *arg)
{
    for (int i = 0; i < 100; i++) {
        bump(arg);
        task_yield();
    }
}

/* 46 */
BODY(a_yield_lets_others_get_on)
{
    int n = 0;

    go(count_and_yield, &n);
    for (int i = 0; read_count(&n) < 100; i++)
        task_yield();
    for (int i = 0; i < 5; i++)
        go(count_and_yield, &n);
    EVENTUALLY(task_count() == 1);
    CHECK_EQ(read_count(&n), 600);
}
ENDS_OK(a_yield_lets_others_get_on)

/* One worker: who yields comes after the tasks that were ready, but for a turn now and then
 * that keeps anyone from starving. */
BODY(two_yields_give_every_ready_task_its_turn)
{
    int n = 0;

    for (int i = 1; i <= 500; i++) {
        go(bump, &n);
        go(bump, &n);
        task_yield();
        task_yield();
        CHECK_EQ(read_count(&n), 2 * i);
    }
}
ENDS_OK_WITH(1, two_yields_give_every_ready_task_its_turn)

/* 47 */
struct handing {
    int *turn;
    int me, of;
};

static void spin_in_turn(void *arg)
{
    struct handing *h = arg;

    for (int i = 0; i < 3; i++) {
        HOG_UNTIL(read_count(h->turn) % h->of == h->me);
        bump(h->turn);
    }
}

BODY(as_many_tasks_as_workers_really_run_at_once)
{
    for (int round = 0; round < 5; round++) {
        int turn = 0;
        struct handing a = { &turn, 0, 2 }, b = { &turn, 1, 2 };

        go(spin_in_turn, &b);
        spin_in_turn(&a);
        EVENTUALLY(read_count(&turn) == 6);
    }
}
ENDS_OK_WITH(2, as_many_tasks_as_workers_really_run_at_once)

/* 48: cooperative, so a hog is one that yields.  While it has had N turns every pair that
 * plays ping-pong has had more than N / 20 and fewer than 200 N. */
struct player {
    struct chan *in, *out;
    int hits;
    bool *over;
};

static void play(void *arg)
{
    struct player *p = arg;

    while (!*p->over) {
        chan_recv(p->in, NULL);
        p->hits++;
        chan_send(p->out, NULL);
    }
}

BODY(a_task_that_yields_and_pairs_that_talk_share_a_worker)
{
    bool over = false;
    struct player p[4];
    struct chan *c[4];
    enum { TURNS = 2000 };

    for (int i = 0; i < 4; i++)
        c[i] = chan_make(0, 0);
    for (int i = 0; i < 4; i++) {
        p[i] = (struct player){ c[i], c[i ^ 1], 0, &over };
        go(play, &p[i]);
    }
    task_yield();
    chan_send(c[0], NULL);
    chan_send(c[2], NULL);
    for (int i = 0; i < TURNS; i++)
        task_yield();
    for (int i = 0; i < 4; i++) {
        CHECK(p[i].hits > TURNS / 20);
        CHECK(p[i].hits < TURNS * 200);
    }
}
ENDS_OK_WITH(1, a_task_that_yields_and_pairs_that_talk_share_a_worker)

/* A tree of new tasks does not keep woken ones waiting, nor the other way round. */
static void spawn_one_more(void *arg)
{
    int *left = arg;

    if (__atomic_sub_fetch(left, 1, __ATOMIC_RELAXED) > 0)
        go(spawn_one_more, left);
}

BODY(a_task_that_yields_is_not_starved_by_new_tasks)
{
    enum { TASKS = 20000 };
    int left = TASKS, turns = 0;

    go(spawn_one_more, &left);
    while (__atomic_load_n(&left, __ATOMIC_RELAXED) > 0) {
        task_yield();
        turns++;
    }
    CHECK(turns > TASKS / 1000);
}
ENDS_OK_WITH(1, a_task_that_yields_is_not_starved_by_new_tasks)

/* --- a task that never gives way -------------------------------------------------- */

BODY(a_task_that_computes_does_not_hold_up_timers)
{
    int ran = 0;

    for (int i = 1; i <= 3; i++) {
        timer_drop(timer_after_func(MS, bump, &ran));
        HOG_UNTIL(read_count(&ran) == i);
    }
}
ENDS_OK_WITH(2, a_task_that_computes_does_not_hold_up_timers)

BODY(a_task_that_computes_does_not_hold_up_tasks_it_started)
{
    int ran = 0;

    for (int i = 1; i <= 3; i++) {
        go(bump, &ran);
        HOG_UNTIL(read_count(&ran) == i);
    }
    for (int i = 0; i < 100; i++)
        go(bump, &ran);
    HOG_UNTIL(read_count(&ran) == 103);
}
ENDS_OK_WITH(2, a_task_that_computes_does_not_hold_up_tasks_it_started)

struct woken {
    struct chan *c;
    int n;
};

static void count_values(void *arg)
{
    struct woken *s = arg;

    while (chan_recv(s->c, NULL))
        bump(&s->n);
    bump(&s->n);
}

BODY(a_task_that_computes_does_not_hold_up_tasks_it_woke)
{
    struct woken s = { chan_make(0, 0), 0 };

    go(count_values, &s);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    for (int i = 1; i <= 3; i++) {
        chan_send(s.c, NULL);
        HOG_UNTIL(read_count(&s.n) == i);
        EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    }
}
ENDS_OK_WITH(2, a_task_that_computes_does_not_hold_up_tasks_it_woke)

static void nap(void *us)
{
    usleep(*(useconds_t *)us);
}

/* The same when all workers sleep for long: the one that is woken must wake another as the
 * watcher. */
BODY(after_a_rest_too_a_task_that_computes_holds_up_nobody)
{
    useconds_t us = 20000;
    int ran = 0;

    for (int i = 0; i < 3; i++) {
        task_blocking(nap, &us); /* no deadline: the workers sleep until they are woken */
        ran = 0;
        go(bump, &ran);
        HOG_UNTIL(read_count(&ran) == 1);
        task_blocking(nap, &us);
        timer_drop(timer_after_func(MS, bump, &ran));
        HOG_UNTIL(read_count(&ran) == 2);
    }
}
ENDS_OK_WITH(2, after_a_rest_too_a_task_that_computes_holds_up_nobody)

static void hog_until_others_ran(void *arg)
{
    HOG_UNTIL(read_count(arg) >= 20);
}

/* Two workers compute; the third must run the tasks that they do not come to. */
BODY(two_that_compute_leave_the_others_to_a_third_worker)
{
    useconds_t us = 5000;
    int ran[5] = { 0 };

    for (int round = 0; round < 5; round++) {
        if (round % 2)
            task_blocking(nap, &us);
        go(hog_until_others_ran, &ran[round]);
        for (int i = 0; i < 20; i++)
            go(bump, &ran[round]);
        timer_drop(timer_after_func(MS, bump, &ran[round]));
        HOG_UNTIL(read_count(&ran[round]) == 21);
        EVENTUALLY(task_count() == 1);
    }
}
ENDS_OK_WITH(3, two_that_compute_leave_the_others_to_a_third_worker)

static void yield_until(void *arg)
{
    while (!read_count(arg))
        task_yield();
}

/* The other worker is never idle, only busy with tasks that give way. */
BODY(a_busy_worker_still_fires_the_timers_of_one_that_computes)
{
    static int over, ran; /* static: other tasks may still read them when this one has ended */

    go(yield_until, &over);
    go(yield_until, &over);
    for (int i = 0; i < 50; i++)
        task_yield();
    timer_drop(timer_after_func(MS, bump, &ran));
    HOG_UNTIL(read_count(&ran) == 1);
    bump(&over);
}
ENDS_OK_WITH(2, a_busy_worker_still_fires_the_timers_of_one_that_computes)

BODY(a_busy_worker_still_takes_tasks_from_one_that_computes)
{
    static int over, ran; /* static: other tasks may still read them when this one has ended */

    go(yield_until, &over);
    go(yield_until, &over);
    for (int i = 0; i < 50; i++)
        task_yield();
    go(bump, &ran);
    go(bump, &ran);
    HOG_UNTIL(read_count(&ran) == 2);
    bump(&over);
}
ENDS_OK_WITH(2, a_busy_worker_still_takes_tasks_from_one_that_computes)

/* --- calls that wait in the kernel ------------------------------------------------ */

static void wait_until_counted(void *arg)
{
    for (int i = 0; read_count(arg) < 3; i++) {
        CHECK(i < 20000);
        usleep(1000);
    }
}

BODY(a_blocking_call_does_not_stop_the_other_tasks)
{
    int n = 0;

    for (int i = 0; i < 3; i++)
        go(bump, &n);
    task_blocking(wait_until_counted, &n);
    CHECK_EQ(read_count(&n), 3);
}
ENDS_OK(a_blocking_call_does_not_stop_the_other_tasks)

struct meeting {
    pthread_barrier_t barrier;
    int ended;
};

static void meet(void *arg)
{
    pthread_barrier_wait(arg);
}

static void call_meet(void *arg)
{
    struct meeting *m = arg;

    task_blocking(meet, &m->barrier);
    bump(&m->ended);
}

BODY(as_many_calls_as_needed_block_at_a_time)
{
    for (int round = 0; round < 3; round++) {
        struct meeting m = { .ended = 0 };

        pthread_barrier_init(&m.barrier, NULL, 20);
        for (int i = 0; i < 20; i++)
            go(call_meet, &m);
        EVENTUALLY(read_count(&m.ended) == 20);
    }
    CHECK_EQ(stats_read().blocking.now, 0);
    CHECK_EQ(stats_read().blocking.total, 60);
}
ENDS_OK(as_many_calls_as_needed_block_at_a_time)

static void *inject_from_outside(void *n)
{
    for (int i = 0; i < 1000; i++) {
        task_inject(bump, n);
        if (i % 100 == 0)
            usleep(500);
    }
    return NULL;
}

static void yield_a_little(void *over)
{
    while (!read_count(over))
        task_yield();
}

BODY(a_thread_outside_can_start_tasks_in_a_process_that_waits_or_works)
{
    for (int busy = 0; busy < 2; busy++) {
        int n = 0, over = 0;
        pthread_t thread;

        task_hold();
        if (busy)
            go(yield_a_little, &over);
        CHECK_EQ(pthread_create(&thread, NULL, inject_from_outside, &n), 0);
        while (read_count(&n) < 1000)
            task_sleep(MS);
        bump(&over);
        pthread_join(thread, NULL);
        task_release();
    }
}
ENDS_OK(a_thread_outside_can_start_tasks_in_a_process_that_waits_or_works)

enum { IN_ORDER = 50 };
static int came[IN_ORDER], ncame; /* the number is atomic, and tells of what lies below it */

static void note_coming(void *number)
{
    came[read_count(&ncame)] = (int)(intptr_t)number;
    bump(&ncame);
}

static void *inject_in_order(void *unused)
{
    for (intptr_t i = 0; i < IN_ORDER; i++)
        task_inject(note_coming, (void *)i);
    return unused;
}

/* One worker, which is busy while they come. */
BODY(tasks_from_outside_are_started_in_the_order_they_came)
{
    pthread_t thread;

    CHECK_EQ(pthread_create(&thread, NULL, inject_in_order, NULL), 0);
    pthread_join(thread, NULL);
    EVENTUALLY(read_count(&ncame) == IN_ORDER);
    for (int i = 0; i < IN_ORDER; i++)
        CHECK_EQ(came[i], i);
}
ENDS_OK_WITH(1, tasks_from_outside_are_started_in_the_order_they_came)

/* --- wake-ups under stress -------------------------------------------------------- */

/* Both workers fall asleep between any two rounds, and are woken by the clock, by a thread or
 * by a task. */
BODY(no_wake_up_is_lost_by_workers_that_fall_asleep)
{
    struct chan *c = chan_make(0, 0);
    struct woken s = { c, 0 };
    useconds_t us = 0;
    int64_t until = clock_now() + SEC;
    int n = 0;

    go(count_values, &s);
    for (int i = 0; i < 2000 && clock_now() < until; i++) {
        us = (useconds_t)(i % 60);
        if (i % 3 == 0)
            task_sleep(i % 90 * US);
        else if (i % 3 == 1)
            task_blocking(nap, &us);
        chan_send(c, NULL);
        n++;
    }
    chan_close(c);
    while (read_count(&s.n) != n + 1)
        task_sleep(MS);
    chan_drop(c);
}
ENDS_OK(no_wake_up_is_lost_by_workers_that_fall_asleep)

struct ring {
    struct chan *in, *out;
    int rounds;
};

static void pass_round(void *arg)
{
    struct ring *r = arg;

    for (int i = 0; i < r->rounds; i++) {
        chan_recv(r->in, NULL);
        chan_send(r->out, NULL);
    }
}

static void four_tokens_in_a_ring(void)
{
    enum { RING = 64 };
    struct ring *r = calloc(RING, sizeof *r); /* until the process ends */
    struct chan *c[RING];

    CHECK(r);
    for (int i = 0; i < RING; i++)
        c[i] = chan_make(0, 1);
    for (int i = 0; i < RING; i++) {
        r[i] = (struct ring){ c[i], c[(i + 1) % RING], 400 };
        go(pass_round, &r[i]);
    }
    for (int i = 0; i < 4; i++)
        chan_send(c[i * RING / 4], NULL);
    for (int i = 0; task_count() > 1; i++) {
        CHECK(i < 20000);
        task_sleep(MS);
    }
}

BODY(tokens_in_a_ring_of_tasks_are_never_lost)
{
    four_tokens_in_a_ring();
    four_tokens_in_a_ring();
}
ENDS_OK(tokens_in_a_ring_of_tasks_are_never_lost)

BODY(tokens_are_not_lost_with_more_workers_than_processors)
{
    four_tokens_in_a_ring();
}
ENDS_OK_WITH(7, tokens_are_not_lost_with_more_workers_than_processors)

/* A tree of 2^15 tasks, each waiting for its two children. */
struct node {
    int depth;
    struct chan *up;
};

static void grow(void *arg)
{
    struct node me = *(struct node *)arg;
    int sum = 1, part;

    if (me.depth) {
        struct node child = { me.depth - 1, chan_make(sizeof(int), 0) };

        go(grow, &child);
        go(grow, &child);
        for (int i = 0; i < 2; i++) {
            CHECK(chan_recv(child.up, &part));
            sum += part;
        }
        /* the children have read their node, but one may still be in its send */
    }
    chan_send(me.up, &sum);
}

BODY(a_tree_of_tasks_counts_its_leaves)
{
    struct node root = { 14, chan_make(sizeof(int), 0) };
    int sum = 0;

    go(grow, &root);
    CHECK(chan_recv(root.up, &sum));
    CHECK_EQ(sum, (1 << 15) - 1);
    EVENTUALLY(task_count() == 1);
}
ENDS_OK(a_tree_of_tasks_counts_its_leaves)

/* --- deadlock --------------------------------------------------------------------- */

/* 50 */
BODY(a_main_task_that_waits_alone_is_a_deadlock)
{
    chan_recv(chan_make(0, 0), NULL);
}
DEADLOCKS(a_main_task_that_waits_alone_is_a_deadlock)

static void receive_for_ever(void *c)
{
    chan_recv(c, NULL);
}

static void select_for_ever(void *c)
{
    chan_select(RECV((struct chan *)c, NULL), RECV(NULL, NULL));
}

/* 50 */
BODY(many_tasks_that_all_wait_are_a_deadlock)
{
    struct chan *c = chan_make(0, 0);

    for (int i = 0; i < 100; i++)
        go(receive_for_ever, c);
    go(select_for_ever, c);
    task_sleep(MS); /* a deadlock is found also after a deadline has passed */
    task_stop();
}
DEADLOCKS(many_tasks_that_all_wait_are_a_deadlock)

/* 50 */
AS_TEST(a_deadlock_names_what_the_tasks_wait_for, {
    assert_ends("many", many_tasks_that_all_wait_are_a_deadlock, RUNTIME_EXIT_DEADLOCK,
                "[select (no cases)]:");
    assert_ends("many", many_tasks_that_all_wait_are_a_deadlock, RUNTIME_EXIT_DEADLOCK,
                "[chan receive]:");
    assert_ends("many", many_tasks_that_all_wait_are_a_deadlock, RUNTIME_EXIT_DEADLOCK,
                "[select]:");
    assert_ends("many", many_tasks_that_all_wait_are_a_deadlock, RUNTIME_EXIT_DEADLOCK,
                "in receive_for_ever");
})

BODY(a_deadlock_after_a_blocking_call_is_seen)
{
    useconds_t us = 1000;

    task_blocking(nap, &us);
    chan_recv(NULL, NULL);
}
DEADLOCKS(a_deadlock_after_a_blocking_call_is_seen)

static void *release_later(void *unused)
{
    usleep(2000);
    task_release();
    return unused;
}

BODY(the_release_of_the_last_hold_shows_the_deadlock)
{
    pthread_t thread;

    task_hold();
    CHECK_EQ(pthread_create(&thread, NULL, release_later, NULL), 0);
    chan_recv(NULL, NULL);
}
DEADLOCKS(the_release_of_the_last_hold_shows_the_deadlock)

static void release(void *unused)
{
    (void)unused;
    task_release();
}

/* It would have hidden every deadlock from then on. */
BODY(a_release_too_many_panics_and_changes_nothing)
{
    task_hold();
    task_release();
    CHECK_PANICS(release, NULL, "task_release without task_hold");
    chan_recv(NULL, NULL);
}
DEADLOCKS(a_release_too_many_panics_and_changes_nothing)

/* 51 */
static void count_then_end(void *n)
{
    for (int i = 0; i < 10; i++)
        task_sleep(100 * US);
    dprintf(STDERR_FILENO, "the other task went on to its end\n");
    bump(n);
}

BODY(others_go_on_when_the_main_task_exits)
{
    static int n;

    go(count_then_end, &n);
    task_exit();
}
AS_TEST(others_go_on_when_the_main_task_exits, {
    assert_ends("main exits", others_go_on_when_the_main_task_exits, RUNTIME_EXIT_DEADLOCK,
                "the other task went on to its end\n");
    assert_ends("main exits", others_go_on_when_the_main_task_exits, RUNTIME_EXIT_DEADLOCK,
                "no tasks (task 1 called task_exit) - deadlock!");
})

/* 51 */
BODY(others_that_wait_when_the_main_task_has_exited_are_a_deadlock)
{
    go(receive_for_ever, NULL);
    task_exit();
}
DEADLOCKS(others_that_wait_when_the_main_task_has_exited_are_a_deadlock)

BODY(a_process_with_a_pending_timer_is_not_deadlocked)
{
    struct chan *c = timer_after(5 * MS);

    CHECK(chan_recv(c, NULL));
    chan_drop(c);
}
ENDS_OK(a_process_with_a_pending_timer_is_not_deadlocked)

static void *end_later(void *unused)
{
    usleep(50000);
    _exit(0);
    return unused;
}

/* Since Go 1.23 it is a deadlock. */
BODY(a_timer_that_nobody_waits_for_puts_off_a_deadlock)
{
    pthread_t thread;

    ticker_make(3600 * SEC);
    CHECK_EQ(pthread_create(&thread, NULL, end_later, NULL), 0);
    chan_recv(NULL, NULL);
}
ENDS_OK(a_timer_that_nobody_waits_for_puts_off_a_deadlock)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(owner_and_thieves_together_take_each_item_once),
        cmocka_unit_test(the_owner_finds_its_only_item_unless_a_thief_has_it),
        cmocka_unit_test(the_owner_takes_the_newest_and_anybody_the_oldest),
        cmocka_unit_test(taking_a_waiter_off_the_middle_does_not_walk_the_queue),
        TEST(a_yield_lets_others_get_on),
        TEST(two_yields_give_every_ready_task_its_turn),
        TEST(as_many_tasks_as_workers_really_run_at_once),
        TEST(a_task_that_yields_and_pairs_that_talk_share_a_worker),
        TEST(a_task_that_yields_is_not_starved_by_new_tasks),
        TEST(a_task_that_computes_does_not_hold_up_timers),
        TEST(a_task_that_computes_does_not_hold_up_tasks_it_started),
        TEST(a_task_that_computes_does_not_hold_up_tasks_it_woke),
        TEST(after_a_rest_too_a_task_that_computes_holds_up_nobody),
        TEST(two_that_compute_leave_the_others_to_a_third_worker),
        TEST(a_busy_worker_still_fires_the_timers_of_one_that_computes),
        TEST(a_busy_worker_still_takes_tasks_from_one_that_computes),
        TEST(a_blocking_call_does_not_stop_the_other_tasks),
        TEST(as_many_calls_as_needed_block_at_a_time),
        TEST(a_thread_outside_can_start_tasks_in_a_process_that_waits_or_works),
        TEST(tasks_from_outside_are_started_in_the_order_they_came),
        TEST(no_wake_up_is_lost_by_workers_that_fall_asleep),
        TEST(tokens_in_a_ring_of_tasks_are_never_lost),
        TEST(tokens_are_not_lost_with_more_workers_than_processors),
        TEST(a_tree_of_tasks_counts_its_leaves),
        TEST(a_main_task_that_waits_alone_is_a_deadlock),
        TEST(many_tasks_that_all_wait_are_a_deadlock),
        TEST(a_deadlock_names_what_the_tasks_wait_for),
        TEST(a_deadlock_after_a_blocking_call_is_seen),
        TEST(the_release_of_the_last_hold_shows_the_deadlock),
        TEST(a_release_too_many_panics_and_changes_nothing),
        TEST(others_go_on_when_the_main_task_exits),
        TEST(others_that_wait_when_the_main_task_has_exited_are_a_deadlock),
        TEST(a_process_with_a_pending_timer_is_not_deadlocked),
        TEST(a_timer_that_nobody_waits_for_puts_off_a_deadlock),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
