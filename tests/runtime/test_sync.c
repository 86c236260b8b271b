/* SPDX-License-Identifier: MIT */
/* Locks and the like: who gets them, who waits, and how misuse is reported. */
#include "sync.h"
#include "chan.h"
#include "twintest.h"

enum { CROWD = 40, ROUNDS = 500 };

static void start_many(int n, task_fn *fn, void *arg)
{
    for (int i = 0; i < n; i++)
        go(fn, arg);
}

/* What several tasks of a test share. */
struct stage {
    struct mutex mutex;
    struct rwmutex rw;
    struct cond cond;
    struct waitgroup all;
    struct once once;
    int64_t value;
    int inside, readers, calls, order[CROWD], arrived;
    bool go_on;
};

/* --- mutex ------------------------------------------------------------------------ */

static void adds_under_the_lock(void *arg)
{
    struct stage *s = arg;

    for (int i = 0; i < ROUNDS; i++) {
        mutex_lock(&s->mutex);
        CHECK_EQ(s->inside++, 0);
        if (i % 8 == 0)
            task_yield(); /* let the others try to lock it */
        s->value++;
        s->inside--;
        mutex_unlock(&s->mutex);
        if (i % 16 == 0)
            task_yield();
    }
    wg_done(&s->all);
}

static void a_mutex_has_one_holder_at_a_time(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    wg_add(&s.all, CROWD);
    start_many(CROWD, adds_under_the_lock, &s);
    wg_wait(&s.all);
    CHECK_EQ(s.value, CROWD * ROUNDS);
    CHECK_EQ(s.mutex.state, 0);
    CHECK(stats_read().lock_waits > 0);
}
ENDS_OK(a_mutex_has_one_holder_at_a_time)

static void a_free_mutex_counts_no_waits(void *unused)
{
    struct mutex m = { 0 };

    (void)unused;
    for (int i = 0; i < ROUNDS; i++) {
        mutex_lock(&m);
        mutex_unlock(&m);
    }
    CHECK_EQ(stats_read().lock_waits, 0);
    CHECK_EQ(stats_read().parks, 0);
}
ENDS_OK(a_free_mutex_counts_no_waits)

static void try_lock_takes_a_free_mutex_only(void *unused)
{
    struct mutex m = { 0 };

    (void)unused;
    CHECK(mutex_try_lock(&m));
    CHECK(!mutex_try_lock(&m));
    mutex_unlock(&m);
    CHECK(mutex_try_lock(&m));
}
ENDS_OK(try_lock_takes_a_free_mutex_only)

static void unlocks_it(void *arg)
{
    mutex_unlock(arg);
}

static void any_task_may_unlock(void *unused)
{
    struct mutex m = { 0 };

    (void)unused;
    mutex_lock(&m);
    go(unlocks_it, &m);
    mutex_lock(&m);
}
ENDS_OK(any_task_may_unlock)

static void comes_in_and_signs(void *arg)
{
    struct stage *s = arg;
    int me = __atomic_fetch_add(&s->arrived, 1, __ATOMIC_RELAXED);

    mutex_lock(&s->mutex);
    s->order[s->calls++] = me;
    mutex_unlock(&s->mutex);
    wg_done(&s->all);
}

static void a_mutex_lets_its_waiters_in_as_they_came(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    mutex_lock(&s.mutex);
    wg_add(&s.all, CROWD);
    for (int i = 0; i < CROWD; i++) {
        go(comes_in_and_signs, &s);
        EVENTUALLY(tasks_waiting(WAIT_MUTEX) == i + 1);
    }
    task_sleep(2 * MS); /* all of them starve now: each is handed the lock */
    mutex_unlock(&s.mutex);
    wg_wait(&s.all);
    for (int i = 0; i < CROWD; i++)
        CHECK_EQ(s.order[i], i);
}
ENDS_OK(a_mutex_lets_its_waiters_in_as_they_came)

/* It fails when the waiter has starved meanwhile, or a second worker was faster: so it must
 * succeed once in many tries. */
static void a_newcomer_may_barge_in(void *unused)
{
    struct stage s = { 0 };
    int barged = 0;

    (void)unused;
    for (int round = 0; round < 1000 && !barged; round++) {
        s.calls = 0;
        wg_add(&s.all, 1);
        mutex_lock(&s.mutex);
        go(comes_in_and_signs, &s);
        task_yield();
        mutex_unlock(&s.mutex);
        mutex_lock(&s.mutex);
        barged += s.calls == 0;
        mutex_unlock(&s.mutex);
        wg_wait(&s.all);
    }
    CHECK(barged > 0);
}
ENDS_OK(a_newcomer_may_barge_in)

static void who_has_waited_a_millisecond_is_handed_the_lock(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    wg_add(&s.all, 1);
    mutex_lock(&s.mutex);
    go(comes_in_and_signs, &s);
    EVENTUALLY(tasks_waiting(WAIT_MUTEX) == 1);
    task_sleep(2 * MS);
    mutex_unlock(&s.mutex);
    mutex_lock(&s.mutex); /* the other task first */
    CHECK_EQ(s.calls, 1);
    mutex_unlock(&s.mutex);
    wg_wait(&s.all);
}
ENDS_OK(who_has_waited_a_millisecond_is_handed_the_lock)

static void unlocks_an_unlocked_mutex(void *unused)
{
    struct mutex m = { 0 };

    (void)unused;
    mutex_unlock(&m);
}
FATAL(unlocks_an_unlocked_mutex, "sync: unlock of unlocked mutex")

static void locks_twice(void *unused)
{
    struct mutex m = { 0 };

    (void)unused;
    mutex_lock(&m);
    mutex_lock(&m);
}
DEADLOCKS(locks_twice)

struct box {
    struct mutex mutex;
    struct mutex *done_with;
    char rest[200];
};

/* The thing that a mutex lies in may be freed right after the last unlock, by any task. */
static void uses_the_box(void *arg)
{
    struct box *b = arg;

    mutex_lock(&b->mutex);
    mutex_unlock(b->done_with);
    mutex_unlock(&b->mutex);
}

static void a_mutex_may_be_freed_by_its_last_holder(void *unused)
{
    (void)unused;
    for (int i = 0; i < 2000; i++) {
        struct box *b = malloc(sizeof *b);
        struct mutex used = { 0 };

        memset(b, 0, sizeof *b);
        b->done_with = &used;
        mutex_lock(&used);
        mutex_lock(&b->mutex);
        go(uses_the_box, b);
        task_yield();
        mutex_unlock(&b->mutex);
        mutex_lock(&used);     /* the other task has it, or had it */
        mutex_lock(&b->mutex); /* and has unlocked it */
        memset(b, 0xff, sizeof *b);
        free(b);
    }
}
ENDS_OK(a_mutex_may_be_freed_by_its_last_holder)

/* --- rwmutex ------------------------------------------------------------------------ */

static void reads_with_others(void *arg)
{
    struct stage *s = arg;

    rwmutex_rlock(&s->rw);
    __atomic_add_fetch(&s->readers, 1, __ATOMIC_SEQ_CST);
    EVENTUALLY(__atomic_load_n(&s->readers, __ATOMIC_SEQ_CST) == CROWD);
    rwmutex_runlock(&s->rw);
    wg_done(&s->all);
}

static void readers_are_inside_together(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    wg_add(&s.all, CROWD);
    start_many(CROWD, reads_with_others, &s);
    wg_wait(&s.all);
}
ENDS_OK(readers_are_inside_together)

static void writes_alone(void *arg)
{
    struct stage *s = arg;

    for (int i = 0; i < ROUNDS / 10; i++) {
        rwmutex_lock(&s->rw);
        CHECK_EQ(__atomic_load_n(&s->readers, __ATOMIC_SEQ_CST), 0);
        CHECK_EQ(s->inside++, 0);
        task_yield();
        s->value++;
        s->inside--;
        rwmutex_unlock(&s->rw);
    }
    wg_done(&s->all);
}

static void reads_without_writers(void *arg)
{
    struct stage *s = arg;

    for (int i = 0; i < ROUNDS / 10; i++) {
        rwmutex_rlock(&s->rw);
        __atomic_add_fetch(&s->readers, 1, __ATOMIC_SEQ_CST);
        CHECK_EQ(s->inside, 0);
        task_yield();
        CHECK_EQ(s->inside, 0);
        __atomic_sub_fetch(&s->readers, 1, __ATOMIC_SEQ_CST);
        rwmutex_runlock(&s->rw);
    }
    wg_done(&s->all);
}

static void a_writer_is_alone(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    wg_add(&s.all, CROWD + 8);
    start_many(8, writes_alone, &s);
    start_many(CROWD, reads_without_writers, &s);
    wg_wait(&s.all);
    CHECK_EQ(s.value, 8 * (ROUNDS / 10));
    CHECK_EQ(s.rw.readers, 0);
}
ENDS_OK(a_writer_is_alone)

static void writes_once(void *arg)
{
    struct stage *s = arg;

    rwmutex_lock(&s->rw);
    s->order[s->calls++] = 'w';
    rwmutex_unlock(&s->rw);
    wg_done(&s->all);
}

static void reads_once(void *arg)
{
    struct stage *s = arg;

    rwmutex_rlock(&s->rw);
    s->order[s->calls++] = 'r';
    rwmutex_runlock(&s->rw);
    wg_done(&s->all);
}

static void a_waiting_writer_keeps_new_readers_out(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    wg_add(&s.all, 2);
    rwmutex_rlock(&s.rw);
    go(writes_once, &s);
    EVENTUALLY(tasks_waiting(WAIT_RWMUTEX) == 1);
    go(reads_once, &s);
    EVENTUALLY(tasks_waiting(WAIT_RWMUTEX_R) == 1);
    CHECK_EQ(s.calls, 0);
    CHECK_EQ(stats_read().lock_waits, 2);
    rwmutex_runlock(&s.rw);
    wg_wait(&s.all);
    CHECK_EQ(s.order[0], 'w');
    CHECK_EQ(s.order[1], 'r');
}
ENDS_OK(a_waiting_writer_keeps_new_readers_out)

static void readers_that_came_meanwhile_go_before_the_next_writer(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    wg_add(&s.all, 2);
    rwmutex_lock(&s.rw);
    go(writes_once, &s);
    EVENTUALLY(tasks_waiting(WAIT_RWMUTEX) == 1);
    go(reads_once, &s);
    EVENTUALLY(tasks_waiting(WAIT_RWMUTEX_R) == 1);
    rwmutex_unlock(&s.rw);
    wg_wait(&s.all);
    CHECK_EQ(s.order[0], 'r');
    CHECK_EQ(s.order[1], 'w');
}
ENDS_OK(readers_that_came_meanwhile_go_before_the_next_writer)

static void unlocks_an_unlocked_rwmutex(void *unused)
{
    struct rwmutex m = { 0 };

    (void)unused;
    rwmutex_unlock(&m);
}
FATAL(unlocks_an_unlocked_rwmutex, "sync: Unlock of unlocked RWMutex")

static void write_unlocks_a_read_lock(void *unused)
{
    struct rwmutex m = { 0 };

    (void)unused;
    rwmutex_rlock(&m);
    rwmutex_unlock(&m);
}
FATAL(write_unlocks_a_read_lock, "sync: Unlock of unlocked RWMutex")

static void read_unlocks_an_unlocked_rwmutex(void *unused)
{
    struct rwmutex m = { 0 };

    (void)unused;
    rwmutex_rlock(&m);
    rwmutex_runlock(&m);
    rwmutex_runlock(&m);
}
FATAL(read_unlocks_an_unlocked_rwmutex, "sync: RUnlock of unlocked RWMutex")

static void is_unlocked_wrongly_while_a_writer_waits(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    rwmutex_rlock(&s.rw);
    go(writes_once, &s);
    EVENTUALLY(tasks_waiting(WAIT_RWMUTEX) == 1);
    rwmutex_unlock(&s.rw);
}
FATAL(is_unlocked_wrongly_while_a_writer_waits, "sync: Unlock of unlocked RWMutex")

/* --- waitgroup ---------------------------------------------------------------------- */

static void counts_and_is_done(void *arg)
{
    struct stage *s = arg;

    __atomic_add_fetch(&s->value, 1, __ATOMIC_RELAXED);
    wg_done(&s->all);
}

static void waiting_ends_when_all_are_done(void *unused)
{
    (void)unused;
    for (int round = 0; round < 200; round++) {
        struct stage s = { 0 };

        for (int i = 0; i < CROWD; i++) {
            wg_add(&s.all, 1);
            go(counts_and_is_done, &s);
        }
        wg_wait(&s.all);
        CHECK_EQ(s.value, CROWD);
        memset(&s, 0xff, sizeof s); /* no other task reads it now */
    }
}
ENDS_OK(waiting_ends_when_all_are_done)

static void waits_and_counts(void *arg)
{
    struct stage *s = arg;

    wg_wait(&s->all);
    __atomic_add_fetch(&s->value, 1, __ATOMIC_RELAXED);
}

static void all_waiters_of_a_group_wake(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    wg_add(&s.all, 1);
    start_many(CROWD, waits_and_counts, &s);
    EVENTUALLY(tasks_waiting(WAIT_WAITGROUP) == CROWD);
    CHECK_EQ(s.value, 0);
    wg_done(&s.all);
    EVENTUALLY(__atomic_load_n(&s.value, __ATOMIC_RELAXED) == CROWD);
    EVENTUALLY(task_count() == 1);
    CHECK_EQ(s.all.state, 0); /* can be used again */
}
ENDS_OK(all_waiters_of_a_group_wake)

static void an_empty_group_waits_for_nothing(void *unused)
{
    struct waitgroup wg = { 0 };

    (void)unused;
    wg_wait(&wg);
    wg_add(&wg, 3);
    wg_add(&wg, -3);
    wg_wait(&wg);
    CHECK_EQ(stats_read().parks, 0);
}
ENDS_OK(an_empty_group_waits_for_nothing)

static void is_done_too_often(void *unused)
{
    struct waitgroup wg = { 0 };

    (void)unused;
    wg_add(&wg, 1);
    wg_done(&wg);
    wg_done(&wg);
}
PANICS(is_done_too_often, "sync: negative WaitGroup counter")

static void done_once(void *wg)
{
    wg_done((struct waitgroup *)wg);
}

/* As in Go: the counter stays where the panic found it, and is waited for. */
static void a_group_below_zero_is_waited_for(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    CHECK_PANICS(done_once, &s.all, "sync: negative WaitGroup counter");
    go(waits_and_counts, &s);
    EVENTUALLY(tasks_waiting(WAIT_WAITGROUP) == 1);
    CHECK_EQ(s.value, 0);
    wg_add(&s.all, 1);
    EVENTUALLY(__atomic_load_n(&s.value, __ATOMIC_RELAXED) == 1);
    CHECK_EQ(s.all.state, 0);
}
ENDS_OK(a_group_below_zero_is_waited_for)

/* In Go that panics, by whose wait it was. */
static void a_group_that_is_added_to_before_its_waiter_goes_on_is_not_noticed(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    wg_add(&s.all, 1);
    go(waits_and_counts, &s);
    EVENTUALLY(tasks_waiting(WAIT_WAITGROUP) == 1);
    wg_done(&s.all);
    wg_add(&s.all, 1);
    EVENTUALLY(__atomic_load_n(&s.value, __ATOMIC_RELAXED) == 1);
    wg_done(&s.all);
}
ENDS_OK(a_group_that_is_added_to_before_its_waiter_goes_on_is_not_noticed)

static void waits_for_what_nobody_does(void *unused)
{
    struct waitgroup wg = { 0 };

    (void)unused;
    wg_add(&wg, 1);
    wg_wait(&wg);
}
DEADLOCKS(waits_for_what_nobody_does)

/* --- once --------------------------------------------------------------------------- */

static void slow_first_call(void *arg)
{
    struct stage *s = arg;

    s->calls++;
    EVENTUALLY(tasks_waiting(WAIT_ONCE) == CROWD - 1);
    __atomic_store_n(&s->go_on, true, __ATOMIC_RELAXED);
}

static void wants_it_done(void *arg)
{
    struct stage *s = arg;

    once_do(&s->once, slow_first_call, s);
    CHECK(__atomic_load_n(&s->go_on, __ATOMIC_RELAXED));
    wg_done(&s->all);
}

static void once_calls_once_and_all_wait_until_it_is_over(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    wg_add(&s.all, CROWD);
    start_many(CROWD, wants_it_done, &s);
    wg_wait(&s.all);
    CHECK_EQ(s.calls, 1);
}
ENDS_OK(once_calls_once_and_all_wait_until_it_is_over)

static void first_call_panics(void *arg)
{
    ((struct stage *)arg)->calls++;
    panic("no luck");
}

static void recovers(void *unused)
{
    (void)unused;
    recover();
}

static void tries_once(void *arg)
{
    struct stage *s = arg;

    DEFER_SCOPE;
    defer(recovers, NULL);
    once_do(&s->once, first_call_panics, s);
}

static void a_call_that_panics_counts_as_done(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    CHECK(!protect(tries_once, &s));
    CHECK(protect(tries_once, &s));
    CHECK_EQ(s.calls, 1);
}
ENDS_OK(a_call_that_panics_counts_as_done)

static void calls_once_again(void *arg)
{
    once_do(arg, calls_once_again, arg);
}

static void once_within_itself(void *unused)
{
    struct once o = { 0 };

    (void)unused;
    once_do(&o, calls_once_again, &o);
}
DEADLOCKS(once_within_itself)

/* --- cond --------------------------------------------------------------------------- */

static void waits_for_a_signal(void *arg)
{
    struct stage *s = arg;

    mutex_lock(&s->mutex);
    int me = s->arrived++;
    cond_wait(&s->cond, &s->mutex);
    CHECK_EQ(s->inside++, 0); /* this task holds the mutex again */
    s->order[s->calls++] = me;
    s->inside--;
    mutex_unlock(&s->mutex);
    wg_done(&s->all);
}

static void start_waiters(struct stage *s)
{
    wg_add(&s->all, CROWD);
    for (int i = 0; i < CROWD; i++) {
        go(waits_for_a_signal, s);
        EVENTUALLY(tasks_waiting(WAIT_COND) == i + 1);
    }
}

static int calls_now(struct stage *s)
{
    mutex_lock(&s->mutex);
    int n = s->calls;
    mutex_unlock(&s->mutex);
    return n;
}

static void a_signal_wakes_who_has_waited_longest(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    start_waiters(&s);
    for (int i = 0; i < CROWD; i++) {
        cond_signal(&s.cond);
        EVENTUALLY(calls_now(&s) == i + 1);
        CHECK_EQ(tasks_waiting(WAIT_COND), CROWD - i - 1);
        CHECK_EQ(s.order[i], i);
    }
    wg_wait(&s.all);
}
ENDS_OK(a_signal_wakes_who_has_waited_longest)

static void a_broadcast_wakes_all(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    start_waiters(&s);
    cond_broadcast(&s.cond);
    wg_wait(&s.all);
    CHECK_EQ(s.calls, CROWD);
}
ENDS_OK(a_broadcast_wakes_all)

static void a_signal_without_waiters_is_nothing(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    cond_signal(&s.cond);
    cond_broadcast(&s.cond);
    mutex_lock(&s.mutex);
    cond_wait(&s.cond, &s.mutex);
}
DEADLOCKS(a_signal_without_waiters_is_nothing)

static void gives_permits(void *arg)
{
    struct stage *s = arg;

    for (int i = 0; i < ROUNDS; i++) {
        mutex_lock(&s->mutex);
        s->value++;
        mutex_unlock(&s->mutex);
        cond_signal(&s->cond);
        if (i % 4 == 0)
            task_yield();
    }
    wg_done(&s->all);
}

static void takes_permits(void *arg)
{
    struct stage *s = arg;

    for (int i = 0; i < ROUNDS; i++) {
        mutex_lock(&s->mutex);
        while (!s->value)
            cond_wait(&s->cond, &s->mutex);
        s->value--;
        mutex_unlock(&s->mutex);
    }
    wg_done(&s->all);
}

static void no_signal_is_lost(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    wg_add(&s.all, 2 * CROWD);
    start_many(CROWD, takes_permits, &s);
    start_many(CROWD, gives_permits, &s);
    wg_wait(&s.all);
    CHECK_EQ(s.value, 0);
}
ENDS_OK(no_signal_is_lost)

static void waits_without_the_mutex(void *unused)
{
    struct stage s = { 0 };

    (void)unused;
    cond_wait(&s.cond, &s.mutex);
}
FATAL(waits_without_the_mutex, "sync: unlock of unlocked mutex")

static void misuse_is_told_with_the_place_of_the_caller_test(void **unused_state)
{
    (void)unused_state;
    ASSERT_BLAMED_FATAL(unlocks_an_unlocked_mutex);
    ASSERT_BLAMED_FATAL(unlocks_an_unlocked_rwmutex);
    ASSERT_BLAMED_FATAL(read_unlocks_an_unlocked_rwmutex);
    ASSERT_BLAMED(is_done_too_often);
    assert_ends("once", once_within_itself, RUNTIME_EXIT_DEADLOCK,
                "[sync.Mutex.Lock]:\n\twaits at " __FILE__ ":");
    ASSERT_BLAMED_FATAL(waits_without_the_mutex);
}

/* As in Go: no cleanup runs, so nothing recovers. */
static void recover_and_say_so(void *unused)
{
    (void)unused;
    recover();
    dprintf(STDERR_FILENO, "a cleanup has run\n");
}

static void unlocks_a_mutex_and_recovers(void *unused)
{
    DEFER_SCOPE;
    defer(recover_and_say_so, NULL);
    unlocks_an_unlocked_mutex(unused);
}

static void unlocks_a_rwmutex_and_recovers(void *unused)
{
    DEFER_SCOPE;
    defer(recover_and_say_so, NULL);
    unlocks_an_unlocked_rwmutex(unused);
}

static void unlocks_a_reader_and_recovers(void *unused)
{
    DEFER_SCOPE;
    defer(recover_and_say_so, NULL);
    read_unlocks_an_unlocked_rwmutex(unused);
}

static void waits_for_a_cond_and_recovers(void *unused)
{
    DEFER_SCOPE;
    defer(recover_and_say_so, NULL);
    waits_without_the_mutex(unused);
}

static void starts_nothing_and_recovers(void *unused)
{
    (void)unused;
    DEFER_SCOPE;
    defer(recover_and_say_so, NULL);
    go(NULL, NULL);
}

static void what_is_fatal_is_recovered_by_nobody_test(void **unused_state)
{
    static task_fn *const fatal[] = { unlocks_a_mutex_and_recovers, unlocks_a_rwmutex_and_recovers,
                                      unlocks_a_reader_and_recovers, waits_for_a_cond_and_recovers,
                                      starts_nothing_and_recovers };
    static struct ending e;

    (void)unused_state;
    for (size_t i = 0; i < sizeof fatal / sizeof fatal[0]; i++) {
        assert_int_equal(run_in_child(fatal[i], NULL, 1, &e), RUNTIME_EXIT_FATAL);
        assert_non_null(strstr(e.said, "fatal error: "));
        assert_null(strstr(e.said, "a cleanup has run"));
    }
}

BODY(a_copied_cond_is_not_noticed)
{
    struct stage s = { 0 };
    struct cond copy;

    cond_signal(&s.cond);
    copy = s.cond;
    cond_broadcast(&copy);
}
ENDS_OK(a_copied_cond_is_not_noticed)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_mutex_has_one_holder_at_a_time),
        TEST(a_free_mutex_counts_no_waits),
        TEST(try_lock_takes_a_free_mutex_only),
        TEST(any_task_may_unlock),
        TEST(a_mutex_lets_its_waiters_in_as_they_came),
        TEST(a_newcomer_may_barge_in),
        TEST(who_has_waited_a_millisecond_is_handed_the_lock),
        TEST(unlocks_an_unlocked_mutex),
        TEST(locks_twice),
        TEST(a_mutex_may_be_freed_by_its_last_holder),
        TEST(readers_are_inside_together),
        TEST(a_writer_is_alone),
        TEST(a_waiting_writer_keeps_new_readers_out),
        TEST(readers_that_came_meanwhile_go_before_the_next_writer),
        TEST(unlocks_an_unlocked_rwmutex),
        TEST(write_unlocks_a_read_lock),
        TEST(read_unlocks_an_unlocked_rwmutex),
        TEST(is_unlocked_wrongly_while_a_writer_waits),
        TEST(waiting_ends_when_all_are_done),
        TEST(all_waiters_of_a_group_wake),
        TEST(an_empty_group_waits_for_nothing),
        TEST(is_done_too_often),
        TEST(a_group_below_zero_is_waited_for),
        TEST(a_group_that_is_added_to_before_its_waiter_goes_on_is_not_noticed),
        TEST(waits_for_what_nobody_does),
        TEST(once_calls_once_and_all_wait_until_it_is_over),
        TEST(a_call_that_panics_counts_as_done),
        TEST(once_within_itself),
        TEST(a_signal_wakes_who_has_waited_longest),
        TEST(a_broadcast_wakes_all),
        TEST(a_signal_without_waiters_is_nothing),
        TEST(no_signal_is_lost),
        TEST(waits_without_the_mutex),
        TEST(what_is_fatal_is_recovered_by_nobody),
        TEST(misuse_is_told_with_the_place_of_the_caller),
        TEST(a_copied_cond_is_not_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
