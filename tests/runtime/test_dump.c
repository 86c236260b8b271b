/* SPDX-License-Identifier: MIT */
/* A dump tells of every task what it waits for, where, since when, and who started it; at
 * any time, and in a process that is stuck.
 *
 * The number before a test is that of the statement it puts to the proof (tests/README.md). */
#include "dump.h"
#include "chan.h"
#include "select.h"
#include "sync.h"
#include "twintest.h"
#include "dumptext.h"

#include <fcntl.h>
#include <sys/mman.h>

/* --- tasks in every state --------------------------------------------------------- */

static struct everything {
    struct chan *c;
    struct mutex mutex, of_cond;
    struct rwmutex rw, read;
    struct waitgroup wg;
    struct cond cond;
    int over;
} all;

static void waits_to_receive(void *u)
{
    chan_recv(all.c, u);
}
static void waits_to_send(void *u)
{
    chan_send(chan_make(8, 0), &u);
}
static void receives_from_nil(void *u)
{
    chan_recv(NULL, u);
}
static void sends_to_nil(void *u)
{
    chan_send(NULL, u);
}
static void selects(void *u)
{
    chan_select(RECV(all.c, u), RECV(NULL, u));
}
static void selects_nil_only(void *u)
{
    chan_select(RECV(NULL, u), RECV(NULL, u));
}
static void selects_one(void *u)
{
    chan_select(RECV(all.c, u));
}
static void selects_nothing(void *u)
{
    task_stop();
    (void)u;
}
static void sleeps(void *u)
{
    task_sleep(3600 * SEC);
    (void)u;
}
static void waits_for_timer(void *u)
{
    chan_recv(timer_after(3600 * SEC), u);
}
static void locks(void *u)
{
    mutex_lock(&all.mutex);
    (void)u;
}
static void locks_to_write(void *u)
{
    rwmutex_lock(&all.rw);
    (void)u;
}
static void locks_to_read(void *u)
{
    rwmutex_rlock(&all.rw);
    (void)u;
}
static void gathers(void *u)
{
    wg_wait(&all.wg);
    (void)u;
}
static void waits_for_sign(void *u)
{
    mutex_lock(&all.of_cond);
    cond_wait(&all.cond, &all.of_cond);
    (void)u;
}
static void pause_outside(void *u)
{
    while (!read_count(&all.over))
        usleep(1000);
    (void)u;
}
static void calls(void *u)
{
    task_blocking(pause_outside, u);
}

/* What each of them must show as. */
static const struct {
    task_fn *fn;
    const char *func, *state;
} cases[] = {
    { waits_to_receive, "waits_to_receive", "chan receive" },
    { waits_to_send, "waits_to_send", "chan send" },
    { receives_from_nil, "receives_from_nil", "chan receive (nil chan)" },
    { sends_to_nil, "sends_to_nil", "chan send (nil chan)" },
    { selects, "selects", "select" },
    { selects_nil_only, "selects_nil_only", "select" },
    { selects_one, "selects_one", "chan receive" },
    { selects_nothing, "selects_nothing", "select (no cases)" },
    { sleeps, "sleeps", "sleep" },
    { waits_for_timer, "waits_for_timer", "chan receive" },
    { locks, "locks", "sync.Mutex.Lock" },
    { locks_to_write, "locks_to_write", "sync.RWMutex.Lock" },
    { locks_to_read, "locks_to_read", "sync.RWMutex.RLock" },
    { gathers, "gathers", "sync.WaitGroup.Wait" },
    { waits_for_sign, "waits_for_sign", "sync.Cond.Wait" },
    { calls, "calls", "syscall" },
};
enum { CASES = sizeof cases / sizeof cases[0] };

static int tasks_that_wait(void)
{
    int n = 0;

    for (int r = 0; r < WAIT_REASON_COUNT; r++)
        n += tasks_waiting((enum wait_reason)r);
    return n;
}

static void start_one_of_each(void)
{
    all.c = chan_make(0, 0);
    mutex_lock(&all.mutex);
    rwmutex_lock(&all.rw);
    wg_add(&all.wg, 1);
    for (int i = 0; i < CASES; i++) {
        go(cases[i].fn, NULL);
        EVENTUALLY(tasks_that_wait() == i + 1);
    }
}

/* 119 */
BODY(every_task_shows_its_state_in_words_and_its_place)
{
    struct text t;
    char block[256];

    start_one_of_each();
    t = dump_now(DUMP_EACH);
    for (int i = 0; i < CASES; i++) {
        const char *at, *from;

        snprintf(block, sizeof block, " in %s\n", cases[i].func);
        at = strstr(t.words, block);
        CHECK(at);
        for (from = at; from > t.words && strncmp(from, "task ", 5); from--)
            ;
        snprintf(block, sizeof block, " [%s]:\n\twaits at ", cases[i].state);
        CHECK_EQ(strncmp(strchr(from + 5, ' '), block, strlen(block)), 0);
        CHECK(strstr(from, "tests/runtime/test_dump.c:") < at);
        from = strstr(at, "\tstarted at ");
        CHECK(from && from < strstr(at, "\n\n"));
        CHECK(strstr(from, " in start_one_of_each by task 1\n"));
    }
    CHECK_SAYS(t, " in every_task_shows_its_state_in_words_and_its_place\n\tstarted at ");
    CHECK_EQ(occurrences(t.words, "started at "), CASES + 1);
    text_drop(t);
    bump(&all.over);
}
ENDS_OK(every_task_shows_its_state_in_words_and_its_place)

static void yields_on(void *over)
{
    while (!read_count(over))
        task_yield();
}

/* 119 */
BODY(a_task_that_could_run_shows_as_runnable)
{
    int over = 0;
    struct text t;

    for (int i = 0; i < 5; i++)
        go(yields_on, &over);
    t = dump_now(DUMP_EACH);
    /* The place may be that of a yield: another worker may have run it already. */
    CHECK_SAYS(t, " [runnable]:\n\t");
    CHECK_SAYS(t, " in a_task_that_could_run_shows_as_runnable by task 1\n");
    text_drop(t);
    bump(&over);
}
ENDS_OK(a_task_that_could_run_shows_as_runnable)

/* The only task that waits. */
static NO_TSAN struct task *the_waiting_task(void)
{
    struct task *found = NULL;

    for (struct task_slab *s = task_slabs; s; s = s->next)
        for (int i = 0; i < SLAB_TASKS; i++)
            if (s->tasks[i].state == TASK_WAITING)
                found = &s->tasks[i];
    CHECK(found);
    return found;
}

/* 119 */
BODY(a_dump_tells_how_long_a_task_has_waited)
{
    static const struct {
        int64_t ns;
        const char *words;
    } waits[] = {
        { 0, "[chan receive]:" },
        { 500 * (int64_t)MS, "[chan receive]:" },
        { 3 * SEC + 500 * MS, "[chan receive, 3 s]:" },
        { 59 * SEC + 500 * MS, "[chan receive, 59 s]:" },
        { 60 * SEC + 500 * MS, "[chan receive, 1 minutes]:" },
        { 7200 * SEC + 500 * MS, "[chan receive, 120 minutes]:" },
    };

    all.c = chan_make(0, 0);
    go(waits_to_receive, NULL);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        struct text t;

        the_waiting_task()->since_ns = clock_now() - waits[i].ns; /* as if it had */
        t = dump_with_times(DUMP_EACH);
        if (!strstr(t.words, waits[i].words))
            check_failed(__FILE__, __LINE__, t.words, 0, 0, false);
        leave_out_times(t.words); /* as other tests see it */
        CHECK_SAYS(t, "[chan receive]:\n");
        text_drop(t);
    }
}
ENDS_OK(a_dump_tells_how_long_a_task_has_waited)

/* As if the computation before had taken two seconds, in which no clock was read. */
static void computes_then_waits(void *u)
{
    worker_self()->now_ns -= 2 * SEC;
    worker_self()->now_tsc = 0;
    chan_recv(all.c, u);
}

BODY(time_that_a_task_computed_is_not_told_as_waiting)
{
    struct text t;

    all.c = chan_make(0, 0);
    go(computes_then_waits, NULL);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    EVENTUALLY(the_waiting_task()->since_ns > clock_now() - SEC);
    t = dump_with_times(DUMP_EACH);
    CHECK_SAYS(t, "[chan receive]:");
    text_drop(t);
}
ENDS_OK(time_that_a_task_computed_is_not_told_as_waiting)

/* --- cleanups ----------------------------------------------------------------------- */

static void tidy(void *u)
{
    (void)u;
}

static const struct site in_frame = { "frame.c", 7, "in_frame" };

/* Three on the heap, in the outer scope, and one in a frame; then it waits. */
static void waits_with_cleanups(void *u)
{
    struct cleanup record;

    for (int i = 0; i < 3; i++)
        defer(tidy, u);
    DEFER_SCOPE;
    DEFER_SCOPE;
    defer_stack(&record, tidy, u, &in_frame);
    chan_recv(all.c, u);
}

BODY(a_dump_tells_where_the_cleanups_of_a_task_were_registered)
{
    struct text t;
    const char *at;
    int line;

    go(waits_with_cleanups, NULL);
    EVENTUALLY(tasks_waiting(WAIT_RECV_NIL) == 1);
    t = dump_now(DUMP_EACH);
    CHECK_SAYS(t, "\t4 cleanups registered:\n\t\tat frame.c:7 in in_frame\n");
    at = strstr(t.words, "in_frame\n\t\tat tests/runtime/test_dump.c:");
    CHECK(at);
    CHECK_EQ(sscanf(at, "in_frame at tests/runtime/test_dump.c:%d in waits_with_cleanups, 3 times",
                    &line),
             1);
    CHECK(strstr(at, "3 times\n\tstarted at "));
    text_drop(t);
}
AS_TEST(a_dump_tells_where_the_cleanups_of_a_task_were_registered, {
    SKIP_UNDER_EMULATION();
    ASSERT_ENDS_OK(a_dump_tells_where_the_cleanups_of_a_task_were_registered);
})

/* Ends in the order of starting, so that the next ones get descriptors in reverse order. */
static void start_waiting_and_end(int n)
{
    all.c = chan_make(0, 0);
    for (int i = 1; i <= n; i++) {
        go(waits_to_receive, NULL);
        EVENTUALLY(tasks_waiting(WAIT_RECV) == i);
    }
    chan_close(all.c);
    EVENTUALLY(task_count() == 1);
}

static NO_TSAN uint64_t oldest_waiting_task(void)
{
    uint64_t oldest = UINT64_MAX;

    for (struct task_slab *s = task_slabs; s; s = s->next)
        for (int i = 0; i < SLAB_TASKS; i++)
            if (s->tasks[i].state == TASK_WAITING && s->tasks[i].id < oldest)
                oldest = s->tasks[i].id;
    return oldest;
}

BODY(a_grouped_dump_adds_the_cleanups_up_and_tells_those_of_the_oldest)
{
    struct text t;
    char expected[64];

    start_waiting_and_end(11); /* the oldest does not come first in memory */
    all.c = NULL;
    for (int i = 0; i < 10; i++)
        go(waits_with_cleanups, NULL);
    EVENTUALLY(tasks_waiting(WAIT_RECV_NIL) == 10);
    t = dump_now(DUMP_GROUPED);
    snprintf(expected, sizeof expected,
             "\t40 cleanups registered; by task %llu:\n\t\tat frame.c:7 ",
             (unsigned long long)oldest_waiting_task());
    if (!strstr(t.words, expected))
        check_failed(__FILE__, __LINE__, t.words, 0, 0, false);
    text_drop(t);
}
AS_TEST(a_grouped_dump_adds_the_cleanups_up_and_tells_those_of_the_oldest, {
    SKIP_UNDER_EMULATION();
    ASSERT_ENDS_OK(a_grouped_dump_adds_the_cleanups_up_and_tells_those_of_the_oldest);
})

static void waits_with_very_many(void *u)
{
    for (int i = 0; i < 1000; i++)
        defer(tidy, u);
    defer(tidy, u);
    chan_recv(all.c, u);
}

BODY(of_very_many_cleanups_a_dump_names_the_newest)
{
    struct text t;

    go(waits_with_very_many, NULL);
    EVENTUALLY(tasks_waiting(WAIT_RECV_NIL) == 1);
    t = dump_now(DUMP_EACH);
    CHECK_SAYS(t, "\t1001 cleanups registered:\n\t\tat ");
    CHECK_SAYS(t, " in waits_with_very_many\n\t\tat ");
    CHECK_SAYS(t, " in waits_with_very_many, 63 times\n\t\t...\n");
    text_drop(t);
}
AS_TEST(of_very_many_cleanups_a_dump_names_the_newest, {
    SKIP_UNDER_EMULATION();
    ASSERT_ENDS_OK(of_very_many_cleanups_a_dump_names_the_newest);
})

static void registers_and_runs(void *over)
{
    while (!read_count(over)) {
        DEFER_SCOPE;

        for (int i = 0; i < 2000; i++) /* more than a worker keeps: some go back to malloc */
            defer(tidy, NULL);
        task_yield();
    }
}

/* Records whose memory is gone, and used again, while they are read. */
BODY(a_dump_of_cleanups_that_come_and_go_does_no_harm)
{
    int over = 0;

    for (int i = 0; i < 3; i++)
        go(registers_and_runs, &over);
    for (int i = 0; i < 200; i++) {
        text_drop(dump_now(i % 2 ? DUMP_EACH : DUMP_GROUPED));
        task_yield();
    }
    bump(&over);
    EVENTUALLY(task_count() == 1);
}
ENDS_OK(a_dump_of_cleanups_that_come_and_go_does_no_harm)

/* --- groups ----------------------------------------------------------------------- */

/* 120 */
BODY(a_grouped_dump_counts_the_same_stories_biggest_first)
{
    static const struct {
        task_fn *fn;
        int n;
    } mix[] = { { receives_from_nil, 10 }, { selects_nothing, 50 }, { sleeps, 40 } };
    struct text t;
    const char *fifty, *forty, *ten, *one;

    for (int i = 0; i < 3; i++)
        for (int k = 0; k < mix[i].n; k++)
            go(mix[i].fn, NULL);
    EVENTUALLY(tasks_that_wait() == 100);
    t = dump_now(DUMP_GROUPED);
    CHECK_SAYS(t, "tasks: 101\n\n");
    fifty = strstr(t.words, "\n50 [select (no cases)]:\n\twait at ");
    forty = strstr(t.words, "\n40 [sleep]:\n\twait at ");
    ten = strstr(t.words, "\n10 [chan receive (nil chan)]:\n\twait at ");
    one = strstr(t.words, "\n1 [running]:\n\tat ");
    CHECK(fifty && forty && ten && one);
    CHECK(fifty < forty && forty < ten && ten < one);
    CHECK_EQ(occurrences(t.words, "in selects_nothing\n"), 1);
    text_drop(t);
}
ENDS_OK(a_grouped_dump_counts_the_same_stories_biggest_first)

/* More stories than a dump keeps apart: all tasks are counted all the same. */
BODY(a_grouped_dump_of_very_many_stories_counts_the_rest_together)
{
    enum { STORIES = 300 };
    static struct site sites[STORIES];
    struct text t;
    int sum = 0;

    for (int i = 0; i < STORIES; i++) {
        sites[i] = (struct site){ "somewhere.c", i, "many" };
        task_go(receives_from_nil, NULL, &sites[i]);
    }
    EVENTUALLY(tasks_waiting(WAIT_RECV_NIL) == STORIES);
    t = dump_now(DUMP_GROUPED);
    CHECK_SAYS(t, "tasks: 301\n\n");
    CHECK_SAYS(t, "45 others\n");
    sum = occurrences(t.words, "]:\n") + 45;
    CHECK_EQ(sum, 301);
    text_drop(t);
}
ENDS_OK(a_grouped_dump_of_very_many_stories_counts_the_rest_together)

/* --- at any time ------------------------------------------------------------------ */

static void churn(void *over)
{
    while (!read_count(over)) {
        int n = 0;

        for (int i = 0; i < 20; i++)
            go(bump, &n);
        chan_recv_timed(NULL, NULL, 10 * US);
        while (read_count(&n) < 20)
            task_yield();
    }
}

static int tasks_in(struct text t)
{
    return occurrences(t.words, "\tstarted at ");
}

/* 45 */
BODY(the_dump_and_the_count_agree)
{
    struct text t;

    for (int i = 0; i < 1000; i++)
        go(selects_nothing, NULL);
    EVENTUALLY(tasks_waiting(WAIT_SELECT_NONE) == 1000);
    t = dump_now(DUMP_EACH);
    CHECK_EQ(tasks_in(t), task_count());
    text_drop(t);
}
ENDS_OK(the_dump_and_the_count_agree)

/* 121: tasks that live through the dump are all in it, whatever comes and goes meanwhile. */
BODY(a_task_that_lives_through_a_dump_is_in_it)
{
    int over = 0;

    for (int i = 0; i < 40; i++)
        go(selects_nothing, NULL);
    EVENTUALLY(tasks_waiting(WAIT_SELECT_NONE) == 40);
    for (int i = 0; i < 3; i++)
        go(churn, &over);
    for (int i = 1; i <= 100; i++) {
        struct text t;

        go(selects_nothing, NULL);
        EVENTUALLY(tasks_waiting(WAIT_SELECT_NONE) == 40 + i);
        t = dump_now(i % 2 ? DUMP_EACH : DUMP_GROUPED);
        if (i % 2)
            CHECK_EQ(occurrences(t.words, " in selects_nothing\n"), 40 + i);
        CHECK(t.words[t.bytes - 1] == '\n');
        text_drop(t);
    }
    bump(&over);
    EVENTUALLY(task_count() == 141);
}
ENDS_OK(a_task_that_lives_through_a_dump_is_in_it)

struct dumping {
    int over, done;
};

static void dump_again_and_again(void *arg)
{
    struct dumping *d = arg;

    for (int i = 0; i < 200; i++) {
        struct text t = dump_now(i % 2 ? DUMP_EACH : DUMP_GROUPED);

        CHECK(strstr(t.words, i % 2 ? "task 1 [" : "tasks: "));
        text_drop(t);
        task_yield();
    }
    bump(&d->done);
}

/* 121, 122 */
BODY(several_dumps_at_once_of_tasks_that_come_and_go_do_no_harm)
{
    struct dumping d = { 0, 0 };

    for (int i = 0; i < 3; i++)
        go(churn, &d.over);
    for (int i = 0; i < 3; i++)
        go(dump_again_and_again, &d);
    EVENTUALLY(read_count(&d.done) == 3);
    bump(&d.over);
    EVENTUALLY(task_count() == 1);
}
ENDS_OK(several_dumps_at_once_of_tasks_that_come_and_go_do_no_harm)

/* 55, 123 */
BODY(what_helps_the_runtime_is_not_shown)
{
    struct timer *f = timer_after_func(3600 * SEC, selects, NULL);
    struct timer *ticker = ticker_make(3600 * SEC);
    struct text t;

    task_blocking(bump, &all.over); /* leaves a thread behind */
    t = dump_now(DUMP_EACH);
    CHECK_EQ(tasks_in(t), 1);
    CHECK(!strncmp(t.words, "task 1 [running]:\n", 18));
    text_drop(t);
    timer_stop(f);
    timer_stop(ticker);
}
ENDS_OK(what_helps_the_runtime_is_not_shown)

BODY(a_dump_that_cannot_be_written_says_why)
{
    int full = open("/dev/full", O_WRONLY);

    CHECK_EQ(dump_tasks(-1, DUMP_EACH), -EBADF);
    CHECK_EQ(dump_tasks(-1, DUMP_GROUPED), -EBADF);
    if (full >= 0)
        CHECK_EQ(dump_tasks(full, DUMP_EACH), -ENOSPC);
}
ENDS_OK(a_dump_that_cannot_be_written_says_why)

/* --- SIGQUIT ---------------------------------------------------------------------- */

/* Stuck in all ways at once: a worker computes, a lock is held, a task waits. */
static void computes_for_ever(void *u)
{
    bump(u);
    for (;;)
        cpu_relax();
}

/* A pointer to the task that stays in a frame of whoever runs would put it within reach; so would
 * one that was left where the next leaf function keeps what it needs. */
static NOINLINE void lose_one(void)
{
    go(selects_nothing, NULL);
    EVENTUALLY(tasks_waiting(WAIT_SELECT_NONE) == 1);
}
static NOINLINE void wipe_dead_frames(void)
{
    volatile char dead[1024];

    for (size_t i = 0; i < sizeof dead; i++)
        dead[i] = 0;
}

BODY(sigquit_dumps_a_process_that_is_stuck_and_ends_it)
{
    static int computing;

    lose_one();
    wipe_dead_frames();
    if (task_workers() > 1) {
        go(computes_for_ever, &computing);
        while (!read_count(&computing))
            cpu_relax();
    }
    kill(getpid(), SIGQUIT);
    for (;;)
        cpu_relax();
}
AS_TEST(sigquit_dumps_a_process_that_is_stuck_and_ends_it, {
    SKIP_UNDER_TOOLS();
    assert_ends("quit", sigquit_dumps_a_process_that_is_stuck_and_ends_it, RUNTIME_EXIT_QUIT,
                "SIGQUIT: quit\n\n");
    assert_ends("quit", sigquit_dumps_a_process_that_is_stuck_and_ends_it, RUNTIME_EXIT_QUIT,
                "[select (no cases), leaked]:\n\twaits at ");
    assert_ends("quit", sigquit_dumps_a_process_that_is_stuck_and_ends_it, RUNTIME_EXIT_QUIT,
                "task 1 [running]:\n");
})

static void quit_from_outside(void *u)
{
    kill(getpid(), SIGQUIT);
    while (!u)
        usleep(1000);
}

/* All workers asleep, task 1 in a call that does not come back. */
BODY(sigquit_dumps_a_process_that_sleeps)
{
    task_blocking(quit_from_outside, NULL);
}
AS_TEST(sigquit_dumps_a_process_that_sleeps, {
    SKIP_UNDER_TOOLS();
    assert_ends("quit", sigquit_dumps_a_process_that_sleeps, RUNTIME_EXIT_QUIT,
                "task 1 [syscall]:\n\twaits at ");
})

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_task_shows_its_state_in_words_and_its_place),
        TEST(a_task_that_could_run_shows_as_runnable),
        TEST(a_dump_tells_how_long_a_task_has_waited),
        TEST(time_that_a_task_computed_is_not_told_as_waiting),
        TEST(a_dump_tells_where_the_cleanups_of_a_task_were_registered),
        TEST(a_grouped_dump_adds_the_cleanups_up_and_tells_those_of_the_oldest),
        TEST(of_very_many_cleanups_a_dump_names_the_newest),
        TEST(a_dump_of_cleanups_that_come_and_go_does_no_harm),
        TEST(a_grouped_dump_counts_the_same_stories_biggest_first),
        TEST(a_grouped_dump_of_very_many_stories_counts_the_rest_together),
        TEST(the_dump_and_the_count_agree),
        TEST(a_task_that_lives_through_a_dump_is_in_it),
        TEST(several_dumps_at_once_of_tasks_that_come_and_go_do_no_harm),
        TEST(what_helps_the_runtime_is_not_shown),
        TEST(a_dump_that_cannot_be_written_says_why),
        TEST(sigquit_dumps_a_process_that_is_stuck_and_ends_it),
        TEST(sigquit_dumps_a_process_that_sleeps),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
