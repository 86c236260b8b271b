/* SPDX-License-Identifier: MIT */
/* syncs.c - scenes about mutex, rwmutex, waitgroup, once and cond. */
#include "scene.h"
#include "sync.h"
#include "timer.h"

#include <string.h>

/* Atomic, so that a task can lose its turn while it holds the lock. */
static int inside, entered;

static void enter_as(int others)
{
    MUST_BE(__atomic_add_fetch(&inside, 1, __ATOMIC_RELAXED), others + 1);
}

static void leave(void)
{
    __atomic_sub_fetch(&inside, 1, __ATOMIC_RELAXED);
    entered++;
}

static void nobody_inside(void)
{
    inside = entered = 0;
}

/* --- mutex -------------------------------------------------------------------------- */

static struct mutex m;

static void lock_twice(void *unused)
{
    (void)unused;
    for (int i = 0; i < 2; i++) {
        mutex_lock(&m);
        enter_as(0);
        leave();
        mutex_unlock(&m);
    }
}

static void mutex_start_n(int n)
{
    nobody_inside();
    memset(&m, 0, sizeof m);
    for (int i = 0; i < n; i++)
        go(lock_twice, NULL);
}

static void mutex_start_2(void)
{
    mutex_start_n(2);
}

static void mutex_start_3(void)
{
    mutex_start_n(3);
}

static void mutex_check_n(int n)
{
    MUST_BE(entered, 2 * n);
    MUST_BE(m.state, 0);
    MUST(!m.queue.first && !m.queue.last);
}

static void mutex_check_2(void)
{
    mutex_check_n(2);
}

static void mutex_check_3(void)
{
    mutex_check_n(3);
}

/* A task that has waited for more than a millisecond is served before the holder, which locks
 * again. */
static int next_in, first_back, second_in;

static bool second_waits(void *unused)
{
    (void)unused;
    return explore_waits(3);
}

static void hold_for_long(void *unused)
{
    (void)unused;
    mutex_lock(&m);
    __atomic_store_n(&inside, 1, __ATOMIC_RELAXED);
    explore_until(second_waits, NULL);
    task_sleep(2 * MS);
    mutex_unlock(&m);
    mutex_lock(&m);
    first_back = ++next_in;
    mutex_unlock(&m);
}

static bool first_holds(void *unused)
{
    (void)unused;
    return inside;
}

static void wait_for_long(void *unused)
{
    (void)unused;
    explore_until(first_holds, NULL);
    mutex_lock(&m);
    second_in = ++next_in;
    mutex_unlock(&m);
}

static void try_once(void *unused)
{
    (void)unused;
    if (mutex_try_lock(&m))
        mutex_unlock(&m);
}

static void handed_start(void)
{
    nobody_inside();
    memset(&m, 0, sizeof m);
    next_in = 0;
    go(hold_for_long, NULL);
    go(wait_for_long, NULL);
    go(try_once, NULL);
}

static void handed_check(void)
{
    MUST_BE(second_in, 1);
    MUST_BE(first_back, 2);
    MUST_BE(m.state, 0);
}

/* --- rwmutex ------------------------------------------------------------------------ */

static struct rwmutex rw;
static int readers, writer_in, reader_in;

static void read_once(void *unused)
{
    (void)unused;
    rwmutex_rlock(&rw);
    __atomic_add_fetch(&readers, 1, __ATOMIC_RELAXED);
    MUST_BE(__atomic_load_n(&inside, __ATOMIC_RELAXED), 0);
    __atomic_sub_fetch(&readers, 1, __ATOMIC_RELAXED);
    rwmutex_runlock(&rw);
}

static void write_once(void *unused)
{
    (void)unused;
    rwmutex_lock(&rw);
    enter_as(0);
    MUST_BE(readers, 0);
    leave();
    rwmutex_unlock(&rw);
}

static void rw_start(void)
{
    nobody_inside();
    readers = 0;
    memset(&rw, 0, sizeof rw);
    go(read_once, NULL);
    go(write_once, NULL);
    go(read_once, NULL);
    go(write_once, NULL);
}

static void rw_check(void)
{
    MUST_BE(entered, 2);
    MUST_BE(rw.readers, 0);
    MUST(!rw.read_queue.first && !rw.write_queue.first);
}

/* A reader holds it, a writer waits, a reader comes: the writer is first. */
static bool two_wait(void *unused)
{
    (void)unused;
    return explore_waits(3) && (explore_waits(4) || reader_in);
}

static void hold_until_two_wait(void *unused)
{
    (void)unused;
    rwmutex_rlock(&rw);
    __atomic_store_n(&readers, 1, __ATOMIC_RELAXED);
    explore_until(two_wait, NULL);
    rwmutex_runlock(&rw);
}

static bool first_reads(void *unused)
{
    (void)unused;
    return readers;
}

static void write_second(void *unused)
{
    (void)unused;
    explore_until(first_reads, NULL);
    rwmutex_lock(&rw);
    writer_in = ++next_in;
    rwmutex_unlock(&rw);
}

static bool writer_waits(void *unused)
{
    (void)unused;
    return explore_waits(3);
}

static void read_third(void *unused)
{
    (void)unused;
    explore_until(writer_waits, NULL);
    rwmutex_rlock(&rw);
    reader_in = ++next_in;
    rwmutex_runlock(&rw);
}

static void starve_start(void)
{
    memset(&rw, 0, sizeof rw);
    readers = next_in = writer_in = reader_in = 0;
    go(hold_until_two_wait, NULL);
    go(write_second, NULL);
    go(read_third, NULL);
}

static void starve_check(void)
{
    MUST_BE(writer_in, 1);
    MUST_BE(reader_in, 2);
}

/* --- waitgroup ---------------------------------------------------------------------- */

static struct waitgroup wg;
static int done;

static void finish(void *unused)
{
    (void)unused;
    __atomic_add_fetch(&done, 1, __ATOMIC_RELAXED);
    wg_done(&wg);
}

static void wait_for_both(void *unused)
{
    (void)unused;
    wg_wait(&wg);
    MUST_BE(done, 2);
    entered++;
}

static void wg_start(void)
{
    nobody_inside();
    memset(&wg, 0, sizeof wg);
    done = 0;
    wg_add(&wg, 2);
    go(finish, NULL);
    go(finish, NULL);
    go(wait_for_both, NULL);
}

static void wg_two_start(void)
{
    wg_start();
    go(wait_for_both, NULL);
}

static void wg_check(void)
{
    MUST(entered >= 1);
    MUST_BE(wg.state, 0);
}

/* The group lies in the waiter's frame: nobody may touch it when wg_wait has returned. */
static struct waitgroup *framed;

static void finish_framed(void *unused)
{
    (void)unused;
    wg_done(framed);
}

static void wait_in_frame(void *unused)
{
    struct waitgroup here = { 0 };

    (void)unused;
    framed = &here;
    wg_add(&here, 1);
    go(finish_framed, NULL);
    wg_wait(&here);
    memset(&here, 0x55, sizeof here);
    __atomic_add_fetch(&done, 1, __ATOMIC_RELAXED);
    for (size_t i = 0; i < sizeof here; i++)
        MUST_BE(((unsigned char *)&here)[i], 0x55);
}

static void frame_start(void)
{
    go(wait_in_frame, NULL);
}

/* --- once --------------------------------------------------------------------------- */

static struct once once;
static int made;

static void make_it(void *unused)
{
    (void)unused;
    MUST_BE(__atomic_add_fetch(&made, 1, __ATOMIC_RELAXED), 1);
    __atomic_store_n(&done, 1, __ATOMIC_RELAXED);
}

static void use_it(void *unused)
{
    (void)unused;
    once_do(&once, make_it, NULL);
    MUST_BE(done, 1);
}

static void once_start(void)
{
    memset(&once, 0, sizeof once);
    made = done = 0;
    go(use_it, NULL);
    go(use_it, NULL);
    go(use_it, NULL);
}

static void once_check(void)
{
    MUST_BE(made, 1);
}

/* Who has waited for it frees it at once, while the first caller may not have returned. */
static struct once *shared;

static void make_shared(void *unused)
{
    (void)unused;
    once_do(shared, make_it, NULL);
}

static bool is_under_way(void *unused)
{
    (void)unused;
    return made;
}

static void use_and_free_shared(void *unused)
{
    (void)unused;
    explore_until(is_under_way, NULL);
    once_do(shared, make_it, NULL);
    MUST_BE(done, 1);
    free(shared);
}

static void shared_start(void)
{
    shared = malloc(sizeof *shared); /* and no calloc(), of which the arena does not know */
    __asm__ volatile("" : "+r"(shared));
    memset(shared, 0, sizeof *shared);
    made = done = 0;
    go(make_shared, NULL);
    go(use_and_free_shared, NULL);
}

/* Two wait at it while it is under way, and both go on. */
static bool both_wait_for_once(void *unused)
{
    (void)unused;
    return explore_waits(3) && explore_waits(4);
}

static void make_it_while_two_wait(void *unused)
{
    make_it(unused);
    explore_until(both_wait_for_once, NULL);
}

static void make_for_two(void *unused)
{
    (void)unused;
    once_do(&once, make_it_while_two_wait, NULL);
}

static void wait_for_once(void *unused)
{
    (void)unused;
    explore_until(is_under_way, NULL);
    once_do(&once, make_it, NULL);
    entered++;
}

static void two_wait_start(void)
{
    nobody_inside();
    memset(&once, 0, sizeof once);
    made = done = 0;
    go(make_for_two, NULL);
    go(wait_for_once, NULL);
    go(wait_for_once, NULL);
}

static void two_wait_check(void)
{
    MUST_BE(made, 1);
    MUST_BE(entered, 2);
}

/* --- cond --------------------------------------------------------------------------- */

static struct cond cond;
static int items, taken;

static void cond_take(void *unused)
{
    (void)unused;
    mutex_lock(&m);
    while (!items)
        cond_wait(&cond, &m);
    items--;
    taken++;
    mutex_unlock(&m);
}

static void cond_give(void *unused)
{
    (void)unused;
    mutex_lock(&m);
    items++;
    mutex_unlock(&m);
    cond_signal(&cond);
}

static void cond_give_all(void *unused)
{
    (void)unused;
    mutex_lock(&m);
    items += 2;
    mutex_unlock(&m);
    cond_broadcast(&cond);
}

static void cond_start(task_fn *give_first, task_fn *give_second)
{
    memset(&m, 0, sizeof m);
    memset(&cond, 0, sizeof cond);
    items = taken = 0;
    go(cond_take, NULL);
    go(cond_take, NULL);
    go(give_first, NULL);
    if (give_second)
        go(give_second, NULL);
}

static void signal_start(void)
{
    cond_start(cond_give, cond_give);
}

static void broadcast_start(void)
{
    cond_start(cond_give_all, NULL);
}

static void cond_check(void)
{
    MUST_BE(taken, 2);
    MUST_BE(items, 0);
    MUST(!cond.queue.first && !m.queue.first);
}

/* Signals go to those that have waited longest. */
static int woken[2];

static void wait_for_signal(void *at)
{
    mutex_lock(&m);
    cond_wait(&cond, &m);
    *(int *)at = ++next_in;
    mutex_unlock(&m);
}

static bool first_waits_for_cond(void *unused)
{
    (void)unused;
    return explore_waits(2) && m.state == 0;
}

static void wait_second(void *at)
{
    explore_until(first_waits_for_cond, NULL);
    wait_for_signal(at);
}

static bool both_wait_for_cond(void *unused)
{
    (void)unused;
    return explore_waits(2) && explore_waits(3) && m.state == 0;
}

static bool one_woke(void *unused)
{
    (void)unused;
    return next_in;
}

static void signal_one_by_one(void *unused)
{
    (void)unused;
    explore_until(both_wait_for_cond, NULL);
    cond_signal(&cond);
    explore_until(one_woke, NULL);
    cond_signal(&cond);
}

static void longest_start(void)
{
    memset(&m, 0, sizeof m);
    memset(&cond, 0, sizeof cond);
    next_in = 0;
    go(wait_for_signal, &woken[0]);
    go(wait_second, &woken[1]);
    go(signal_one_by_one, NULL);
}

static void longest_check(void)
{
    MUST_BE(woken[0], 1);
    MUST_BE(woken[1], 2);
}

const struct scene sync_scenes[] = {
    { "mutex: two tasks are never inside together", mutex_start_2, mutex_check_2, UINT32_MAX },
    { "mutex: three tasks are never inside together", mutex_start_3, mutex_check_3, 3 },
    { "mutex: who has waited for long is handed the lock", handed_start, handed_check, 4,
      .advances = 1 },
    { "rwmutex: a writer is alone, and all get in", rw_start, rw_check, 3 },
    { "rwmutex: a waiting writer keeps new readers out", starve_start, starve_check, UINT32_MAX },
    { "waitgroup: wait returns when all are done", wg_start, wg_check, UINT32_MAX },
    { "waitgroup: two waiters both return", wg_two_start, wg_check, 3 },
    { "waitgroup: nobody touches it after wait", frame_start, NULL, UINT32_MAX },
    { "once: it is made once, and everybody waits for it", once_start, once_check, 4 },
    { "once: nobody touches it when one of the others has returned", shared_start, once_check,
      UINT32_MAX },
    { "once: two that wait both go on", two_wait_start, two_wait_check, UINT32_MAX },
    { "cond: two signals wake two", signal_start, cond_check, 2 },
    { "cond: a broadcast wakes all", broadcast_start, cond_check, 4 },
    { "cond: a signal wakes who has waited longest", longest_start, longest_check, UINT32_MAX },
    { 0 },
};
