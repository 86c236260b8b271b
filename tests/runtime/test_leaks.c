/* SPDX-License-Identifier: MIT */
/* leaks_find() finds the tasks that nobody can wake, and no others.
 *
 * Each body parks tasks and says of how many it must be proved.  Those that are within reach
 * are kept there in one way each: by a global, by memory that a global leads to, by the frame of
 * a task that runs or waits for time, by a timer, by another thread. */
#include "leak.h"
#include "chan.h"
#include "ctx.h"
#include "dump.h"
#include "gc.h"
#include "select.h"
#include "sync.h"
#include "twintest.h"

#include "look/blocks.h"

#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>

enum { EACH = 20 };

/* Frames of this file leave pointers behind on the caller's stack; this covers them. */
static NOINLINE void wipe_stack(void)
{
    volatile char frames[16 << 10];

    memset((char *)frames, 0, sizeof frames);
    __asm__ volatile("" : : "r"(frames) : "memory");
}

/* Frames below which the bodies run, main's and cmocka's, hold words that were left there before
 * they began: by constructors, by the loader.  Some point to blocks that were freed since.  Take
 * all of those, so that what a body is given is memory that nobody has had. */
static void take_what_was_freed(void)
{
    enum { MOST_CACHED = 1032 }; /* of each size up to this malloc keeps some for itself */
    char *volatile block;
    char *end = sbrk(0);

    for (size_t bytes = 24; bytes <= MOST_CACHED; bytes += 16)
        do
            block = malloc(bytes);
        while (block < end);
}

/* How many wait for this reason and have left the worker: who is still on the way can go on. */
static NO_TSAN int tasks_gone(enum wait_reason reason)
{
    int n = 0;

    EACH_TASK(t)
    n += t->state == TASK_WAITING && t->reason == reason &&
         __atomic_load_n(&t->context.pc, __ATOMIC_ACQUIRE);
    return n;
}

static int64_t find(void)
{
    wipe_stack();
    return leaks_find();
}

/* --- leaked, in each way to wait --- */

static void receive(void *arg)
{
    chan_recv(arg, NULL);
}

static void send(void *arg)
{
    int v = 1;

    chan_send(arg, &v);
}

static NOINLINE void park_on_channels(void)
{
    for (int i = 0; i < EACH; i++) {
        go(receive, chan_make(sizeof(int), 0));
        go(send, chan_make(sizeof(int), 0));
    }
    EVENTUALLY(tasks_gone(WAIT_RECV) == EACH && tasks_gone(WAIT_SEND) == EACH);
}

BODY(both_sides_of_a_forgotten_channel)
{
    park_on_channels();
    CHECK_EQ(find(), 2 * EACH);
    CHECK_EQ(find(), 2 * EACH);
}

static void select_two(void *arg)
{
    struct chan **two = arg;
    struct select_case cases[] = { RECV(two[0], NULL), RECV(two[1], NULL) };

    select_wait(cases, 2);
}

static NOINLINE void park_in_select(void)
{
    for (int i = 0; i < EACH; i++) {
        struct chan **two = malloc(2 * sizeof *two);

        two[0] = chan_make(0, 0);
        two[1] = chan_make(0, 0);
        go(select_two, two);
    }
    EVENTUALLY(tasks_gone(WAIT_SELECT) == EACH);
}

BODY(a_select_over_forgotten_channels)
{
    park_in_select();
    CHECK_EQ(find(), EACH);
}

static void lock_twice(void *arg)
{
    mutex_lock((struct mutex *)arg);
    mutex_lock((struct mutex *)arg);
}

static void wait_group(void *arg)
{
    struct waitgroup *wg = arg;

    wg_add(wg, 1);
    wg_wait(wg);
}

static void wait_nil(void *arg)
{
    chan_recv((struct chan *)NULL, NULL);
    (void)arg;
}

static NOINLINE void park_in_locks(void)
{
    for (int i = 0; i < EACH; i++) {
        go(lock_twice, calloc(1, sizeof(struct mutex)));
        go(wait_group, calloc(1, sizeof(struct waitgroup)));
        go(wait_nil, NULL);
    }
    EVENTUALLY(tasks_gone(WAIT_MUTEX) == EACH && tasks_gone(WAIT_WAITGROUP) == EACH &&
               tasks_gone(WAIT_RECV_NIL) == EACH);
}

BODY(a_lock_taken_twice_a_group_and_a_nil_channel)
{
    park_in_locks();
    CHECK_EQ(find(), 3 * EACH);
}

/* Each holds the channel on which the other waits. */
struct two_ends {
    struct chan *wait, *hold;
};

static void wait_for_the_other(void *arg)
{
    struct two_ends own = *(struct two_ends *)arg;

    free(arg);
    chan_recv(own.wait, NULL);
    chan_close(own.hold);
}

static void start_end(struct chan *wait, struct chan *hold)
{
    struct two_ends *e = malloc(sizeof *e);

    *e = (struct two_ends){ wait, hold };
    go(wait_for_the_other, e);
}

static NOINLINE void park_in_circles(void)
{
    for (int i = 0; i < EACH; i++) {
        struct chan *a = chan_make(0, 0), *b = chan_make(0, 0);

        start_end(a, b);
        start_end(b, a);
    }
    EVENTUALLY(tasks_gone(WAIT_RECV) == 2 * EACH);
}

BODY(tasks_that_wait_for_each_other)
{
    park_in_circles();
    CHECK_EQ(find(), 2 * EACH);
}

/* --- within reach --- */

static struct chan *volatile global;

BODY(a_channel_in_a_global)
{
    global = chan_make(0, 0);
    go(receive, global);
    EVENTUALLY(tasks_gone(WAIT_RECV) == 1);
    CHECK_EQ(find(), 0);
    global = NULL;
    CHECK_EQ(find(), 1);
}

struct node {
    struct node *next;
    struct chan *chan;
};
static struct node *volatile list;

static NOINLINE void park_on_a_list(void)
{
    for (int i = 0; i < EACH; i++) {
        struct node *n = malloc(sizeof *n);

        *n = (struct node){ list, chan_make(0, 0) };
        list = n;
        go(receive, n->chan);
    }
    EVENTUALLY(tasks_gone(WAIT_RECV) == EACH);
}

BODY(channels_in_a_list_that_is_cut)
{
    park_on_a_list();
    CHECK_EQ(find(), 0);
    list->next->next = NULL;
    CHECK_EQ(find(), EACH - 2);
}

BODY(a_channel_that_only_the_callers_frame_knows)
{
    struct chan *volatile mine = chan_make(0, 0);

    go(receive, mine);
    EVENTUALLY(tasks_gone(WAIT_RECV) == 1);
    CHECK_EQ(find(), 0);
    chan_close(mine);
    EVENTUALLY(task_count() == 1);
    CHECK_EQ(find(), 0);
}

static void close_after_sleep(void *arg)
{
    struct chan *c = arg;

    task_sleep(50 * MS);
    chan_close(c);
}

static NOINLINE void park_for_a_sleeper(void)
{
    struct chan *c = chan_make(0, 0);

    go(receive, c);
    go(close_after_sleep, c);
    EVENTUALLY(tasks_gone(WAIT_RECV) == 1 && tasks_gone(WAIT_SLEEP) == 1);
}

BODY(a_channel_that_a_sleeper_will_close)
{
    park_for_a_sleeper();
    CHECK_EQ(find(), 0);
    EVENTUALLY(task_count() == 1);
}

static void receive_with_timeout(void *arg)
{
    chan_recv_timed((struct chan *)arg, NULL, 50 * MS);
}

BODY(a_wait_with_a_deadline)
{
    go(receive_with_timeout, chan_make(0, 0));
    EVENTUALLY(tasks_gone(WAIT_RECV) + tasks_gone(WAIT_SELECT) == 1);
    CHECK_EQ(find(), 0);
    EVENTUALLY(task_count() == 1);
}

static void close_it(void *arg)
{
    chan_close((struct chan *)arg);
}

static NOINLINE void park_for_a_timer(void)
{
    struct chan *c = chan_make(0, 0);

    go(receive, c);
    EVENTUALLY(tasks_gone(WAIT_RECV) == 1);
    timer_drop(timer_after_func(50 * MS, close_it, c));
}

BODY(a_channel_that_a_timer_will_close)
{
    park_for_a_timer();
    CHECK_EQ(find(), 0);
    EVENTUALLY(task_count() == 1);
    CHECK_EQ(find(), 0);
}

static void wait_done(void *arg)
{
    struct ctx *ctx = arg;

    chan_recv(ctx_done(ctx), NULL);
    ctx_drop(ctx);
}

static NOINLINE void park_for_a_context(int64_t ns)
{
    struct ctx *ctx =
        ns ? ctx_with_timeout(ctx_background(), ns) : ctx_with_cancel(ctx_background());

    go(wait_done, ctx);
    EVENTUALLY(tasks_gone(WAIT_RECV) == 1);
}

BODY(a_context_with_a_timeout_and_one_that_nobody_cancels)
{
    park_for_a_context(50 * MS);
    CHECK_EQ(find(), 0);
    EVENTUALLY(task_count() == 1);
    park_for_a_context(0);
    CHECK_EQ(find(), 1);
}

/* A cleanup is work to come: what it will touch is within reach. */
static void sleep_then_clean(void *arg)
{
    defer(close_it, arg);
    task_sleep(50 * MS);
}

static NOINLINE void park_for_a_cleanup(void)
{
    struct chan *c = chan_make(0, 0);

    go(receive, c);
    EVENTUALLY(tasks_gone(WAIT_RECV) == 1);
    go(sleep_then_clean, c);
    EVENTUALLY(tasks_gone(WAIT_SLEEP) == 1);
}

BODY(a_channel_that_a_cleanup_will_close)
{
    park_for_a_cleanup();
    CHECK_EQ(find(), 0);
    EVENTUALLY(task_count() == 1);
}

/* --- what is left behind --- */

/* The block that a sleeper was given, and has freed, is a channel's now. */
enum { AS_A_CHANNEL = 192 };

static void free_and_sleep(void *arg)
{
    free(arg);
    task_sleep(3600 * SEC);
}

static NOINLINE void park_where_an_argument_was(void)
{
    char *block = malloc(AS_A_CHANNEL);
    char *chan;

    go(free_and_sleep, block);
    EVENTUALLY(tasks_gone(WAIT_SLEEP) == 1);
    block = (char *)~(uintptr_t)block;
    chan = (char *)chan_make(0, 0);
    CHECK(chan - (char *)~(uintptr_t)block < AS_A_CHANNEL);
    go(receive, chan);
    EVENTUALLY(tasks_gone(WAIT_RECV) == 1);
}

BODY(a_channel_in_memory_that_a_task_was_given_and_has_freed)
{
    if (task_workers() > 1) /* the memory goes back to whoever frees it */
        return;
    park_where_an_argument_was();
    CHECK_EQ(find(), 1);
}

/* A worker on its own stack, as the clock. */
static int have_left;

static void leave_words(void *masked)
{
    volatile uintptr_t words[1024];

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        words[i] = ~(uintptr_t)masked;
    __atomic_store_n(&have_left, 1, __ATOMIC_RELEASE);
}

static NOINLINE void park_and_leave_words(void)
{
    static struct timer t = { .ops = &timer_call, .fn = leave_words };
    struct chan *c = chan_make(0, 0);

    t.arg = (void *)~(uintptr_t)c;
    go(receive, c);
    EVENTUALLY(tasks_gone(WAIT_RECV) == 1);
    while (gettid() != getpid())
        task_yield();
    timer_arm(&t, clock_now() + MS);
    while (task_workers() > 1 && !__atomic_load_n(&have_left, __ATOMIC_ACQUIRE))
        cpu_relax(); /* so that the other worker fires it */
    EVENTUALLY(__atomic_load_n(&have_left, __ATOMIC_ACQUIRE));
}

BODY(a_channel_that_a_worker_knew_when_it_fired_timers)
{
    park_and_leave_words();
    CHECK_EQ(find(), 1);
}

/* Started newest first, each on a stack that nobody had: all that a task finds is what the one
 * before it has left in registers.  The last to run is within reach. */
static NOINLINE void park_one_after_the_other(void)
{
    global = chan_make(0, 0);
    go(receive, global);
    for (int i = 0; i < EACH; i++) {
        struct chan **two = malloc(2 * sizeof *two);

        two[0] = chan_make(0, 0);
        two[1] = chan_make(0, 0);
        go(select_two, two);
    }
    EVENTUALLY(tasks_gone(WAIT_SELECT) == EACH && tasks_gone(WAIT_RECV) == 1);
}

BODY(what_the_task_before_had_in_registers)
{
    park_one_after_the_other();
    CHECK_EQ(find(), EACH);
}

/* --- other threads --- */

static int may_end;

static void *hold_in_a_thread(void *arg)
{
    struct chan *volatile c = arg;

    while (!__atomic_load_n(&may_end, __ATOMIC_ACQUIRE))
        usleep(100);
    task_inject(close_it, c);
    return NULL;
}

static NOINLINE void park_for_a_thread(pthread_t *thread)
{
    struct chan *c = chan_make(0, 0);

    go(receive, c);
    EVENTUALLY(tasks_gone(WAIT_RECV) == 1);
    task_hold();
    pthread_create(thread, NULL, hold_in_a_thread, c);
}

BODY(a_channel_that_only_a_thread_knows)
{
    pthread_t thread;

    park_for_a_thread(&thread);
    CHECK_EQ(find(), 0);
    __atomic_store_n(&may_end, 1, __ATOMIC_RELEASE);
    EVENTUALLY(task_count() == 1);
    pthread_join(thread, NULL);
    task_release();
}

static void block(void *arg)
{
    (void)arg;
    while (!__atomic_load_n(&may_end, __ATOMIC_ACQUIRE))
        usleep(100);
}

static void close_after_a_call(void *arg)
{
    task_blocking(block, NULL);
    chan_close((struct chan *)arg);
}

static NOINLINE void park_for_a_call(void)
{
    struct chan *c = chan_make(0, 0);

    go(receive, c);
    go(close_after_a_call, c);
    EVENTUALLY(tasks_gone(WAIT_RECV) == 1 && tasks_gone(WAIT_BLOCKING) == 1);
}

BODY(a_channel_that_a_task_in_a_call_will_close)
{
    park_for_a_call();
    CHECK_EQ(find(), 0);
    __atomic_store_n(&may_end, 1, __ATOMIC_RELEASE);
    EVENTUALLY(task_count() == 1);
}

/* --- while everything moves --- */

/* Pairs that hand a value to and fro: each waits again and again, and is never leaked. */
static int stop_all;

static void ping(void *arg)
{
    struct two_ends e = *(struct two_ends *)arg;
    int v = 0;

    free(arg);
    while (!__atomic_load_n(&stop_all, __ATOMIC_RELAXED)) {
        chan_send(e.hold, &v);
        chan_recv(e.wait, &v);
    }
    chan_close(e.hold);
}

static void pong(void *arg)
{
    struct two_ends e = *(struct two_ends *)arg;
    int v;

    free(arg);
    while (chan_recv(e.wait, &v)) {
        free(malloc(100));
        chan_send_timed(e.hold, &v, SEC);
    }
}

static NOINLINE void start_pairs(void)
{
    for (int i = 0; i < EACH; i++) {
        struct chan *a = chan_make(sizeof(int), 0), *b = chan_make(sizeof(int), 1);
        struct two_ends *x = malloc(sizeof *x), *y = malloc(sizeof *y);

        *x = (struct two_ends){ a, b };
        *y = (struct two_ends){ b, a };
        go(ping, x);
        go(pong, y);
    }
}

BODY(who_talks_is_never_leaked)
{
    int looks = 0;

    start_pairs();
    while (looks < 200) {
        int64_t found = find();

        if (found != -EAGAIN)
            CHECK_EQ(found, 0);
        looks += found == 0;
        task_yield();
    }
    __atomic_store_n(&stop_all, 1, __ATOMIC_RELEASE);
    EVENTUALLY(task_count() == 1);
}

/* --- threads that cannot be stopped at once --- */

static int blocks, may_go_on;

static void block_all_signals(void)
{
    sigset_t all;

    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    __atomic_store_n(&blocks, 1, __ATOMIC_RELEASE);
}

static void *sleep_deaf(void *unused)
{
    block_all_signals();
    while (!__atomic_load_n(&may_go_on, __ATOMIC_ACQUIRE))
        usleep(1000);
    return unused;
}

static void *spin_deaf(void *unused)
{
    block_all_signals();
    while (!__atomic_load_n(&may_go_on, __ATOMIC_ACQUIRE))
        cpu_relax();
    return unused;
}

static void find_beside(void *(*deaf)(void *))
{
    pthread_t thread;

    CHECK_EQ(pthread_create(&thread, NULL, deaf, NULL), 0);
    EVENTUALLY(__atomic_load_n(&blocks, __ATOMIC_ACQUIRE));
    CHECK_EQ(find(), -EBUSY);
    __atomic_store_n(&may_go_on, 1, __ATOMIC_RELEASE);
    pthread_join(thread, NULL);
    CHECK_EQ(find(), 0);
}

BODY(beside_a_thread_that_sleeps_and_blocks_all_signals)
{
    find_beside(sleep_deaf);
}

BODY(beside_a_thread_that_runs_and_blocks_all_signals)
{
    find_beside(spin_deaf);
}

/* Not for long, if it had the processor: three milliseconds of it. */
static void *starve_deaf(void *unused)
{
    struct timespec t;

    sched_setscheduler(0, SCHED_IDLE, &(struct sched_param){ 0 });
    block_all_signals();
    do
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    while (t.tv_sec == 0 && t.tv_nsec < 3 * MS);
    return unused;
}

/* A process that keeps the processor, which the thread has to share with it.  It ends with this
 * one, however this one ends. */
static pid_t keep_busy(const cpu_set_t *one)
{
    pid_t child = fork();

    if (!child) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        sched_setaffinity(0, sizeof *one, one);
        for (;;)
            cpu_relax();
    }
    return child;
}

BODY(beside_a_thread_that_waits_for_a_processor_and_blocks_all_signals)
{
    pthread_t thread;
    pthread_attr_t attr;
    cpu_set_t one;
    pid_t busy;

    CHECK_EQ(sched_getaffinity(0, sizeof one, &one), 0);
    for (int cpu = 0, found = 0; cpu < CPU_SETSIZE; cpu++) {
        if (found)
            CPU_CLR(cpu, &one);
        found |= CPU_ISSET(cpu, &one);
    }
    busy = keep_busy(&one);
    pthread_attr_init(&attr);
    pthread_attr_setaffinity_np(&attr, sizeof one, &one);
    CHECK_EQ(pthread_create(&thread, &attr, starve_deaf, NULL), 0);
    EVENTUALLY(__atomic_load_n(&blocks, __ATOMIC_ACQUIRE));
    CHECK_EQ(find(), 0);
    kill(busy, SIGKILL);
    pthread_join(thread, NULL);
}

/* --- how it shows --- */

BODY(a_dump_says_it)
{
    int fd = memfd_create("dump", 0);
    char words[8192] = "";

    park_on_channels();
    CHECK_EQ(find(), 2 * EACH);
    CHECK_EQ(dump_tasks(fd, DUMP_GROUPED), 0);
    CHECK(pread(fd, words, sizeof words - 1, 0) > 0);
    CHECK(strstr(words, "20 [chan receive, leaked]:\n"));
    CHECK(strstr(words, "20 [chan send, leaked]:\n"));
    CHECK(strstr(words, "1 [running]:\n"));
}

/* --- cost --- */

static NOINLINE void park_many(int n)
{
    for (int i = 0; i < n; i++)
        go(receive, chan_make(0, 0));
    EVENTUALLY(tasks_gone(WAIT_RECV) == n);
}

/* Their stacks are 680 MB of addresses: some word may look like one of them. */
BODY(ten_thousand)
{
    int64_t found;

    park_many(10000);
    found = find();
    CHECK(found > 9990);
    CHECK(found <= 10000);
}

/* --- what the search does itself --- */

/* The search asks whether the word where another arena may begin can be read.  Here that is in a
 * block that nobody knows, and leads to a task. */
static NOINLINE void park_with_a_word_where_an_arena_may_begin(void)
{
    uintptr_t at;

    go(receive, chan_make(0, 0));
    EVENTUALLY(tasks_gone(WAIT_RECV) == 1);
    while (gettid() != getpid())
        task_yield(); /* to the thread whose malloc asks brk() */
    CHECK_EQ(mallopt(M_MMAP_MAX, 0), 1);
    at = (uintptr_t)malloc(ARENA_PART);
    CHECK(at);
    EACH_TASK(t)
    if (t->reason == WAIT_RECV)
        *(uintptr_t *)((at + ARENA_PART - 1) & ~(ARENA_PART - 1)) = (uintptr_t)t->context.sp;
}

BODY(a_word_that_the_search_has_read_leads_nowhere)
{
    park_with_a_word_where_an_arena_may_begin();
    CHECK_EQ(find(), 1);
}

/* --- where there is no proof --- */

BODY(on_the_collector_it_says_so)
{
    park_on_channels();
    CHECK_EQ(find(), -ENOTSUP);
}

#define PROVES(name)                                                                               \
    AS_TEST(name, {                                                                                \
        SKIP_UNDER_TOOLS();                                                                        \
        before_task_main = take_what_was_freed;                                                    \
        ASSERT_ENDS_OK(name);                                                                      \
    })
PROVES(both_sides_of_a_forgotten_channel)
PROVES(a_select_over_forgotten_channels)
PROVES(a_lock_taken_twice_a_group_and_a_nil_channel)
PROVES(tasks_that_wait_for_each_other)
PROVES(a_channel_in_a_global)
PROVES(channels_in_a_list_that_is_cut)
PROVES(a_channel_that_only_the_callers_frame_knows)
PROVES(a_channel_that_a_sleeper_will_close)
PROVES(a_wait_with_a_deadline)
PROVES(a_channel_that_a_timer_will_close)
PROVES(a_context_with_a_timeout_and_one_that_nobody_cancels)
PROVES(a_channel_that_a_cleanup_will_close)
PROVES(a_channel_in_memory_that_a_task_was_given_and_has_freed)
PROVES(a_channel_that_a_worker_knew_when_it_fired_timers)
PROVES(what_the_task_before_had_in_registers)
PROVES(a_channel_that_only_a_thread_knows)
PROVES(a_channel_that_a_task_in_a_call_will_close)
PROVES(who_talks_is_never_leaked)
PROVES(beside_a_thread_that_sleeps_and_blocks_all_signals)
PROVES(beside_a_thread_that_runs_and_blocks_all_signals)
PROVES(beside_a_thread_that_waits_for_a_processor_and_blocks_all_signals)
PROVES(a_dump_says_it)
PROVES(ten_thousand)
PROVES(a_word_that_the_search_has_read_leads_nowhere)

AS_TEST(on_the_collector_it_says_so, {
    SKIP_UNDER_TOOLS();
    before_task_main = gc_enable;
    ASSERT_ENDS_OK(on_the_collector_it_says_so);
    before_task_main = NULL;
})

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(both_sides_of_a_forgotten_channel),
        TEST(a_select_over_forgotten_channels),
        TEST(a_lock_taken_twice_a_group_and_a_nil_channel),
        TEST(tasks_that_wait_for_each_other),
        TEST(a_channel_in_a_global),
        TEST(channels_in_a_list_that_is_cut),
        TEST(a_channel_that_only_the_callers_frame_knows),
        TEST(a_channel_that_a_sleeper_will_close),
        TEST(a_wait_with_a_deadline),
        TEST(a_channel_that_a_timer_will_close),
        TEST(a_context_with_a_timeout_and_one_that_nobody_cancels),
        TEST(a_channel_that_a_cleanup_will_close),
        TEST(a_channel_in_memory_that_a_task_was_given_and_has_freed),
        TEST(a_channel_that_a_worker_knew_when_it_fired_timers),
        TEST(what_the_task_before_had_in_registers),
        TEST(a_channel_that_only_a_thread_knows),
        TEST(a_channel_that_a_task_in_a_call_will_close),
        TEST(who_talks_is_never_leaked),
        TEST(beside_a_thread_that_sleeps_and_blocks_all_signals),
        TEST(beside_a_thread_that_runs_and_blocks_all_signals),
        TEST(beside_a_thread_that_waits_for_a_processor_and_blocks_all_signals),
        TEST(a_dump_says_it),
        TEST(ten_thousand),
        TEST(a_word_that_the_search_has_read_leads_nowhere),
        TEST(on_the_collector_it_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
