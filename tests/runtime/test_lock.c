/* SPDX-License-Identifier: MIT */
/* The runtime's short locks: nobody is inside with somebody else, whichever way each of them
 * came in, and a lock that one worker takes often becomes biased towards it. */
#include "chan.h"
#include "pool.h"
#include "twintest.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* --- bias ---------------------------------------------------------------------------- */

static void take_often(struct lock *l, unsigned times)
{
    for (unsigned k = 0; k < times; k++) {
        lock_take(l);
        lock_give(l);
    }
}

BODY(a_lock_taken_often_by_one_worker_becomes_biased_towards_it)
{
    struct lock l = { 0 };

    take_often(&l, LOCK_BIAS_TAKES / 2);
    CHECK_EQ(l.owner, 0);
    take_often(&l, LOCK_BIAS_TAKES);
    CHECK_EQ(l.owner, worker_self()->number);
    lock_take(&l);
    CHECK(worker_self()->biased == &l);
    CHECK_EQ(l.word, 0);
    lock_give(&l);
    CHECK(!worker_self()->biased);
}

BODY(an_owner_that_holds_another_biased_lock_takes_the_word)
{
    struct lock a = { 0 }, b = { 0 };

    take_often(&a, 2 * LOCK_BIAS_TAKES);
    take_often(&b, 2 * LOCK_BIAS_TAKES);
    lock_take(&a);
    lock_take(&b);
    CHECK(worker_self()->biased == &a);
    CHECK_EQ(b.word, 1);
    lock_give(&a);
    CHECK_EQ(b.word, 1);
    lock_give(&b);
    CHECK_EQ(b.word, 0);
    CHECK(!worker_self()->biased);
}

/* --- two workers --------------------------------------------------------------------- */

static struct {
    struct lock lock;
    bool inside; /* atomic: the owner is */
    bool near;   /* atomic: the other one is about to take the lock */
    bool over;   /* atomic */
} two;

static bool is_set(bool *flag)
{
    return __atomic_load_n(flag, __ATOMIC_ACQUIRE);
}

static void set(bool *flag, bool value)
{
    __atomic_store_n(flag, value, __ATOMIC_RELEASE);
}

/* Compute, without giving way, until the other worker has done its part. */
static void hog_until(bool *flag)
{
    HOG_UNTIL(is_set(flag));
}

static void come_while_owner_is_inside(void *unused)
{
    (void)unused;
    hog_until(&two.inside);
    set(&two.near, true);
    lock_take(&two.lock);
    CHECK(!is_set(&two.inside));
    CHECK_EQ(two.lock.owner, 0);
    CHECK_EQ(two.lock.revocations, 1);
    lock_give(&two.lock);
    set(&two.over, true);
}

BODY(who_revokes_a_bias_waits_until_the_owner_is_outside)
{
    uint8_t me = worker_self()->number;

    go(come_while_owner_is_inside, NULL);
    take_often(&two.lock, 2 * LOCK_BIAS_TAKES);
    CHECK_EQ(two.lock.owner, me);
    lock_take(&two.lock);
    CHECK(worker_self()->biased == &two.lock);
    set(&two.inside, true);
    hog_until(&two.near);
    for (int64_t until = clock_now() + 5 * MS; clock_now() < until;)
        CHECK(!is_set(&two.over)); /* time for the other one to go wrong */
    set(&two.inside, false);
    lock_give(&two.lock);
    hog_until(&two.over);
    take_often(&two.lock, LOCK_BIAS_TAKES + 1);
    CHECK_EQ(two.lock.owner, 0); /* this time it takes twice as many */
    take_often(&two.lock, LOCK_BIAS_TAKES);
    CHECK_EQ(two.lock.owner, me);
}

/* One lock a round: its owner takes it all the time, and another worker revokes the bias.
 * Both must have a processor at once, so on a busy machine there are fewer rounds. */
enum { ROUNDS = 20000 };
#define ROUNDS_NS (3 * SEC)

static struct lock locks[ROUNDS];
static int holders; /* under whichever lock; no atomic */

static void be_inside_alone(void)
{
    volatile int *n = &holders;

    CHECK_EQ(*n, 0);
    *n = 1;
    for (int k = 0; k < 3; k++)
        CHECK_EQ(*n, 1);
    *n = 0;
}

static void revoke_each(void *unused)
{
    (void)unused;
    for (int r = 0; r < ROUNDS; r++) {
        while (!__atomic_load_n(&locks[r].owner, __ATOMIC_RELAXED)) {
            if (is_set(&two.over))
                return;
            cpu_relax();
        }
        for (int k = r % 37; k; k--)
            cpu_relax();
        lock_take(&locks[r]);
        be_inside_alone();
        lock_give(&locks[r]);
    }
}

BODY(no_two_are_inside_while_a_bias_is_revoked)
{
    int64_t until = clock_now() + ROUNDS_NS;

    go(revoke_each, NULL);
    for (int r = 0; r < ROUNDS && clock_now() < until; r++) {
        uint8_t revocations;

        do {
            lock_take(&locks[r]);
            be_inside_alone();
            revocations = locks[r].revocations;
            lock_give(&locks[r]);
        } while (!revocations);
    }
    set(&two.over, true);
}

/* --- stealing a worker's next task ----------------------------------------------------- */

static int ran; /* atomic */

static void run_once(void *c)
{
    int v;

    while (chan_recv(c, &v))
        __atomic_fetch_add(&ran, 1, __ATOMIC_RELEASE);
}

/* A task that hogs its worker for about as long as thieves wait before they steal, with another
 * task next here, and looks into the slot just then: again and again, so that they meet there. */
BODY(the_next_task_of_a_busy_worker_is_run_once_wherever_it_runs)
{
    struct chan *c = chan_make(sizeof(int), 0);

    go(run_once, c);
    for (int k = 0; k < 3000; k++) {
        chan_send(c, &k); /* run_once is next here now, or has the value already */
        for (int64_t until = clock_now() + (15 + k % 20) * US; clock_now() < until;)
            cpu_relax();
        EVENTUALLY(__atomic_load_n(&ran, __ATOMIC_ACQUIRE) == k + 1);
    }
    chan_close(c);
}

/* --- a kernel that does not know membarrier(2), or does not let us ---------------------- */

static void forbid_membarrier(void)
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { sizeof filter / sizeof filter[0], filter };

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
        _exit(CHECK_FAILED);
}

static void give_back(void *c)
{
    int v;

    while (chan_recv(c, &v))
        chan_send(c, &v);
}

BODY(all_works_without_membarrier)
{
    struct chan *c = chan_make(sizeof(int), 0);
    struct pool *p = pool_make(NULL, NULL, NULL);
    struct lock l = { 0 };

    CHECK(!asym_works);
    go(give_back, c);
    for (int k = 0, v; k < 1000; k++) {
        chan_send(c, &k);
        chan_recv(c, &v);
        CHECK_EQ(v, k);
        pool_put(p, c);
        CHECK(pool_get(p) == c);
    }
    pool_put(p, c);
    pool_collect();
    pool_collect();
    CHECK(!pool_get(p));
    pool_free(p);
    chan_close(c);
    take_often(&l, 3 * LOCK_BIAS_TAKES);
    CHECK_EQ(l.owner, 0);
}

static void all_works_without_membarrier_test(void **unused_state)
{
    (void)unused_state;
    SKIP_UNDER_TOOLS();
    before_task_main = forbid_membarrier;
    ASSERT_ENDS_OK(all_works_without_membarrier);
    before_task_main = NULL;
}

#define ENDS_OK_WITH_2(fn)                                                                         \
    AS_TEST(fn, {                                                                                  \
        static struct ending e;                                                                    \
        if (!asym_start())                                                                         \
            skip();                                                                                \
        if (run_in_child(fn, NULL, 2, &e))                                                         \
            fail_msg("%s: status %d; it said:\n%s", #fn, e.status, e.said);                        \
    })

ENDS_OK_WITH_2(a_lock_taken_often_by_one_worker_becomes_biased_towards_it)
ENDS_OK_WITH_2(an_owner_that_holds_another_biased_lock_takes_the_word)
ENDS_OK_WITH_2(who_revokes_a_bias_waits_until_the_owner_is_outside)
ENDS_OK_WITH_2(no_two_are_inside_while_a_bias_is_revoked)
ENDS_OK(the_next_task_of_a_busy_worker_is_run_once_wherever_it_runs)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_lock_taken_often_by_one_worker_becomes_biased_towards_it),
        TEST(an_owner_that_holds_another_biased_lock_takes_the_word),
        TEST(who_revokes_a_bias_waits_until_the_owner_is_outside),
        TEST(no_two_are_inside_while_a_bias_is_revoked),
        TEST(the_next_task_of_a_busy_worker_is_run_once_wherever_it_runs),
        TEST(all_works_without_membarrier),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
