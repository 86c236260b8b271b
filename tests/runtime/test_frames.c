/* SPDX-License-Identifier: MIT */
/* A dump shows all functions that a waiting task is in, tells apart what came there by different
 * ways, and says who holds a lock, who started a task and what its labels are. */
#include "dumptext.h"

#include "chan.h"
#include "ctx.h"
#include "heap.h"
#include "select.h"
#include "sync.h"
#include "timer.h"

/* A function that stands on its own, as most do in larger programs; and one that has something to
 * do after a call, which is then no jump. */
#define NOT_INLINED __attribute__((noinline))
static volatile int afterwards;

#define CHECK_DUMP(form, said)                                                                     \
    do {                                                                                           \
        struct text text_ = dump_now(form);                                                        \
        CHECK_SAYS(text_, said);                                                                   \
        text_drop(text_);                                                                          \
    } while (0)

/* --- three ways into one function ------------------------------------------------------- */

static struct chan *bus;

static void publish(int v)
{
    chan_send(bus, &v);
}
static void order_paid(void)
{
    publish(1);
}
static void user_signed_up(void)
{
    publish(2);
}
static void stock_low(void)
{
    publish(3);
}
static void (*const route[3])(void) = { order_paid, user_signed_up, stock_low };
static void handler(void *i)
{
    route[(size_t)i]();
    afterwards++;
}

static void start_handlers(size_t n)
{
    bus = chan_make(sizeof(int), 0);
    for (size_t i = 0; i < n; i++)
        go(handler, (void *)(i % 3));
    EVENTUALLY(tasks_waiting(WAIT_SEND) == (int)n);
}

BODY(what_came_by_different_ways_is_in_different_groups)
{
    struct text t;

    start_handlers(6);
    t = dump_now(DUMP_GROUPED);
    CHECK_EQ(occurrences(t.words, "\n2 [chan send]:\n\twait at " __FILE__ ":"), 3);
    CHECK_EQ(occurrences(t.words, " in publish\n\tcalled at " __FILE__ ":"), 3);
    CHECK_EQ(occurrences(t.words, " in order_paid\n\tcalled at " __FILE__ ":"), 1);
    CHECK_EQ(occurrences(t.words, " in user_signed_up\n\tcalled at " __FILE__ ":"), 1);
    CHECK_EQ(occurrences(t.words, " in stock_low\n\tcalled at " __FILE__ ":"), 1);
    CHECK_EQ(occurrences(t.words, " in handler\n\tstarted at " __FILE__ ":"), 3);
    text_drop(t);
}
ENDS_OK(what_came_by_different_ways_is_in_different_groups)

/* The quick comparison must not put together what it should not, nor the slow one keep apart. */
BODY(many_that_came_by_three_ways_are_three_groups)
{
    struct text t;

    start_handlers(3000);
    t = dump_now(DUMP_GROUPED);
    CHECK_EQ(occurrences(t.words, "\n1000 [chan send]:\n"), 3);
    text_drop(t);
}
ENDS_OK(many_that_came_by_three_ways_are_three_groups)

/* --- every verb that waits --------------------------------------------------------------- */

static struct chan *c, *full;
static struct mutex mutex;
static struct rwmutex rw;
static struct waitgroup group;
static struct cond cond;
static struct mutex of_cond;
static struct once once;

static void receive(void)
{
    chan_recv(c, NULL);
}
static void receive_for_long(void)
{
    chan_recv_timed(c, NULL, 3600 * SEC);
}
static void send_for_long(void)
{
    chan_send_timed(full, NULL, 3600 * SEC);
}
static void choose(void)
{
    chan_select(RECV(c, NULL), SEND(NULL, NULL));
}
static void choose_among_many(void)
{
    struct select_case cases[40] = { { 0 } };

    select_wait(cases, 40);
}
static void lock(void)
{
    mutex_lock(&mutex);
}
static void write_lock(void)
{
    rwmutex_lock(&rw);
}
static void read_lock(void)
{
    rwmutex_rlock(&rw);
}
static void gather(void)
{
    wg_wait(&group);
}
static void await(void)
{
    mutex_lock(&of_cond);
    cond_wait(&cond, &of_cond);
}
static void nap(void)
{
    task_sleep(3600 * SEC);
}
static void stop_all(void)
{
    task_stop();
}
static void never(void *u)
{
    task_stop();
    (void)u;
}
static void first(void)
{
    once_do(&once, never, NULL);
    afterwards++;
}

static const struct verb {
    void (*fn)(void);
    const char *name;
} verbs[] = {
    { receive, "receive" },
    { receive_for_long, "receive_for_long" },
    { send_for_long, "send_for_long" },
    { choose, "choose" },
    { choose_among_many, "choose_among_many" },
    { lock, "lock" },
    { write_lock, "write_lock" },
    { read_lock, "read_lock" },
    { gather, "gather" },
    { await, "await" },
    { nap, "nap" },
    { stop_all, "stop_all" },
    { first, "first" },
    { first, "first" }, /* which waits for the other */
};
enum { VERBS = sizeof verbs / sizeof verbs[0] };

static NOT_INLINED void middle(const struct verb *v)
{
    v->fn();
    afterwards++;
}

static void outermost(void *v)
{
    middle(v);
    afterwards++;
}

static int tasks_that_wait(void)
{
    int n = 0;

    for (int r = 0; r < WAIT_REASON_COUNT; r++)
        n += tasks_waiting((enum wait_reason)r);
    return n;
}

static void start_one_for_each_verb(void)
{
    c = chan_make(0, 0);
    full = chan_make(0, 0);
    mutex_lock(&mutex);
    rwmutex_lock(&rw);
    wg_add(&group, 1);
    for (int i = 0; i < VERBS; i++) {
        go(outermost, (void *)&verbs[i]);
        EVENTUALLY(tasks_that_wait() == i + 1);
    }
}

/* The functions of the user's and no other, but for once_do(), which has called one of them. */
BODY(whatever_a_task_waits_in_all_that_called_it_is_shown)
{
    struct text t;
    char block[256];

    start_one_for_each_verb();
    t = dump_now(DUMP_EACH);
    for (int i = 0; i < VERBS; i++) {
        snprintf(block, sizeof block, " in %s\n\tcalled at " __FILE__ ":", verbs[i].name);
        CHECK(strstr(t.words, block));
    }
    CHECK_EQ(occurrences(t.words, " in middle\n\tcalled at " __FILE__ ":"), VERBS);
    CHECK_EQ(occurrences(t.words, " in outermost\n"), VERBS);
    CHECK_EQ(occurrences(t.words, "called at runtime/wait/sync.c:"),
             occurrences(t.words, " in once_first\n") + occurrences(t.words, " in once_do_at\n"));
    CHECK_EQ(occurrences(t.words, "called at runtime/core/"), 0);
    text_drop(t);
}
ENDS_OK(whatever_a_task_waits_in_all_that_called_it_is_shown)

/* The runtime stops nobody in order to look: what is shown of it is that it runs. */
static int running;

static void computes(void *u)
{
    __atomic_store_n(&running, 1, __ATOMIC_RELEASE);
    while (__atomic_load_n(&running, __ATOMIC_ACQUIRE) == 1)
        ;
    (void)u;
}

BODY(a_task_that_runs_on_another_thread_shows_no_stack)
{
    struct text t;

    go(computes, NULL);
    if (task_workers() == 1)
        return;
    EVENTUALLY(__atomic_load_n(&running, __ATOMIC_ACQUIRE));
    t = dump_now(DUMP_EACH);
    CHECK_SAYS(t, " [running]:\n\tstarted at " __FILE__ ":");
    text_drop(t);
    __atomic_store_n(&running, 2, __ATOMIC_RELEASE);
}
ENDS_OK(a_task_that_runs_on_another_thread_shows_no_stack)

/* At -O1 gcc writes a call and a return, unless told. */
#if defined(__OPTIMIZE__) && !defined(__clang__)
#define JUMPS __attribute__((optimize("optimize-sibling-calls")))
#else
#define JUMPS
#endif

static NOT_INLINED JUMPS void jumps_away(void)
{
    chan_recv(c, NULL);
}
static NOT_INLINED JUMPS void between(void)
{
    jumps_away();
}
static void stays(void *u)
{
    between();
    afterwards++;
    (void)u;
}

/* The place where it waits is known all the same. */
BODY(a_function_that_has_jumped_away_is_not_shown)
{
    struct text t;

    c = chan_make(0, 0);
    go(stays, NULL);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    t = dump_now(DUMP_EACH);
    CHECK_SAYS(t, " in jumps_away\n\tcalled at " __FILE__ ":");
    CHECK_EQ(occurrences(t.words, "jumps_away"), 1);
    CHECK_EQ(occurrences(t.words, " in stays\n"), 1);
#if defined(__OPTIMIZE__) && !defined(TOOL_ASAN) && !defined(TOOL_TSAN) /* those are of -O1 */
    CHECK_EQ(occurrences(t.words, "between"), 0);
#endif
    text_drop(t);
}
ENDS_OK(a_function_that_has_jumped_away_is_not_shown)

/* --- deep, large and changing stacks ------------------------------------------------------- */

static NOT_INLINED void descend(int depth)
{
    if (depth > 0)
        descend(depth - 1);
    else
        chan_recv(c, NULL);
    afterwards++;
}

static void dive(void *depth)
{
    descend((int)(intptr_t)depth);
    afterwards++;
}

BODY(a_hundred_functions_are_shown_and_that_there_are_more)
{
    struct text t;

    c = chan_make(0, 0);
    go(dive, (void *)300);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    t = dump_now(DUMP_GROUPED);
    CHECK_EQ(occurrences(t.words, " in descend\n"), 100);
    CHECK_SAYS(t, " in descend\n\t...\n\tstarted at ");
    text_drop(t);
    go(dive, (void *)30);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 2);
    t = dump_now(DUMP_EACH);
    CHECK_EQ(occurrences(t.words, " in descend\n"), 100 + 31);
    text_drop(t);
}
ENDS_OK(a_hundred_functions_are_shown_and_that_there_are_more)

/* Frames whose size is known when they are entered are found by the frame pointer. */
static NOT_INLINED void with_room(size_t bytes)
{
    volatile char room[bytes];

    room[0] = room[bytes - 1] = 1;
    descend(1);
    afterwards += room[0];
}

static void dive_with_room(void *bytes)
{
    with_room((size_t)bytes);
    afterwards++;
}

BODY(frames_of_any_size_are_walked_over)
{
    struct text t;

    c = chan_make(0, 0);
    for (size_t bytes = 100; bytes < 40000; bytes *= 2)
        go(dive_with_room, (void *)bytes);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 9);
    t = dump_now(DUMP_GROUPED);
    CHECK_SAYS(t, "\n9 [chan receive]:\n");
    CHECK_EQ(occurrences(t.words, " in with_room\n\tcalled at "), 1);
    CHECK_EQ(occurrences(t.words, " in dive_with_room\n"), 1);
    text_drop(t);
}
ENDS_OK(frames_of_any_size_are_walked_over)

static int over;

static NOT_INLINED void bounce(int depth, size_t bytes)
{
    volatile char room[bytes];

    room[0] = 1;
    if (depth > 0)
        bounce(depth - 1, bytes * 2);
    task_yield();
    __atomic_add_fetch(&afterwards, room[0], __ATOMIC_RELAXED);
}

static void bounces(void *u)
{
    for (size_t i = 1; !__atomic_load_n(&over, __ATOMIC_RELAXED); i++)
        bounce((int)(i % 7), i % 90 + 1);
    (void)u;
}

static void dumps(void *u)
{
    int fd = open("/dev/null", O_WRONLY);

    int64_t until = clock_now() + SEC / 2;

    for (int i = 0; i < 4 || clock_now() < until; i++) {
        CHECK_EQ(dump_tasks(fd, i % 2 ? DUMP_EACH : DUMP_GROUPED), 0);
        CHECK_EQ(dump_pprof(fd), 0);
    }
    __atomic_store_n(&over, 1, __ATOMIC_RELAXED);
    close(fd);
    (void)u;
}

BODY(stacks_that_change_while_they_are_walked_do_no_harm)
{
    for (int i = 0; i < 20; i++)
        go(bounces, NULL);
    task_blocking(dumps, NULL);
    EVENTUALLY(task_count() == 1);
}
ENDS_OK(stacks_that_change_while_they_are_walked_do_no_harm)

/* --- a panic ------------------------------------------------------------------------------- */

static NOT_INLINED void close_twice(void)
{
    chan_close(c);
    chan_close(c);
}

BODY(a_panic_shows_all_that_called_it)
{
    c = chan_make(0, 0);
    close_twice();
    afterwards++;
}

static void a_panic_shows_all_that_called_it_test(void **state)
{
    struct ending e;
    char *at;

    (void)state;
    run_in_child(a_panic_shows_all_that_called_it, NULL, 1, &e);
    assert_int_equal(e.status, RUNTIME_EXIT_PANIC);
    at = strstr(e.said, " in close_twice\n\tcalled at " __FILE__ ":");
    assert_non_null(at);
    assert_non_null(strstr(at, " in a_panic_shows_all_that_called_it\n\tstarted at "));
    assert_null(strstr(e.said, "runtime/wait/"));
}

/* Every way to misuse the runtime that it can name: the user's line is told, and no line of its
 * own. */

static void closes_twice(void)
{
    close_twice();
}
static void closes_nil(void)
{
    chan_close(NULL);
}
static void sends_on_closed(void)
{
    chan_close(c);
    chan_send(c, NULL);
}
static void tries_to_send_on_closed(void)
{
    struct select_case one = SEND(c, NULL);

    chan_close(c);
    select_try(&one, 1);
}
static void chooses_to_send_on_closed(void)
{
    chan_close(c);
    chan_select(SEND(c, NULL), RECV(NULL, NULL));
}
static void sends_nothing(void)
{
    chan_send(chan_make(4, 1), NULL);
}
static void makes_too_large(void)
{
    chan_make(SIZE_MAX, 2);
}
static void ticks_never(void)
{
    ticker_make(0);
}
static void resets_a_ticker_to_never(void)
{
    timer_reset(ticker_make(SEC), 0);
}
static void starts_nothing_later(void)
{
    timer_after_func(SEC, NULL, NULL);
}
static void starts_nothing(void)
{
    go(NULL, NULL);
}
static void cancels_the_root(void)
{
    ctx_cancel(ctx_background(), NULL);
}
static void has_no_parent(void)
{
    ctx_with_timeout(NULL, SEC);
}
static void unlocks(void)
{
    mutex_unlock(&mutex);
}
static void unlocks_for_writing(void)
{
    rwmutex_unlock(&rw);
}
static void unlocks_for_reading(void)
{
    rwmutex_runlock(&rw);
}
static void waits_without_the_lock(void)
{
    cond_wait(&cond, &mutex);
}
static void is_done_too_often(void)
{
    wg_done(&group);
}
static void allocates_too_much(void)
{
    heap_alloc(SIZE_MAX / 2);
}
static void says_so(void)
{
    panic("so");
}
static void tries_to_send_nothing(void)
{
    chan_try_send(chan_make(4, 1), NULL);
}
static void chooses_to_send_nothing(void)
{
    struct chan *ints = chan_make(4, 1);

    chan_select(SEND(ints, NULL), RECV(NULL, NULL));
}
static void sends_in_time_on_closed(void)
{
    chan_close(c);
    chan_send_timed(c, NULL, SEC);
}
static void receives(void *u)
{
    chan_recv(c, NULL);
    (void)u;
}
static void drops_while_somebody_waits(void)
{
    go(receives, NULL);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    chan_drop(c);
}
static void closes_a_timers_channel(void)
{
    chan_close(timer_chan(timer_make(SEC)));
}
static void closes_a_contexts_channel(void)
{
    chan_close(ctx_done(ctx_with_cancel(ctx_background())));
}
static void chooses_among_too_many(void)
{
    static struct select_case cases[UINT16_MAX + 1];

    select_wait(cases, UINT16_MAX + 1);
}
static void defers_nothing(void)
{
    DEFER_SCOPE;
    defer(NULL, NULL);
}
static void hooks_nothing(void)
{
    ctx_after_func(ctx_background(), NULL, NULL);
}
static void injects_nothing(void)
{
    task_inject(NULL, NULL);
}
static void has_no_parent_to_cancel(void)
{
    ctx_with_cancel(NULL);
}
static void has_no_parent_for_a_deadline(void)
{
    ctx_with_deadline(NULL, SEC);
}

static const struct misuse {
    void (*fn)(void);
    const char *said;
} misuses[] = {
    { closes_twice, "close of closed channel" },
    { closes_nil, "close of nil channel" },
    { closes_a_timers_channel, "close of a channel that belongs to a timer or a context" },
    { closes_a_contexts_channel, "close of a channel that belongs to a timer or a context" },
    { sends_on_closed, "send on closed channel" },
    { tries_to_send_on_closed, "send on closed channel" },
    { sends_in_time_on_closed, "send on closed channel" },
    { chooses_to_send_on_closed, "send on closed channel" },
    { sends_nothing, "send of NULL instead of a value" },
    { tries_to_send_nothing, "send of NULL instead of a value" },
    { chooses_to_send_nothing, "send of NULL instead of a value" },
    { chooses_among_too_many, "select: 65536 cases, and 65535 are the most" },
    { makes_too_large, "makechan: size out of range (2 values of" },
    { drops_while_somebody_waits, "last reference dropped to a channel in which task" },
    { ticks_never, "non-positive interval for ticker_make" },
    { resets_a_ticker_to_never, "non-positive interval for timer_reset of a ticker" },
    { starts_nothing, "go of nil func value" },
    { starts_nothing_later, "go of nil func value" },
    { hooks_nothing, "go of nil func value" },
    { injects_nothing, "go of nil func value" },
    { defers_nothing, "deferred call of a nil function" },
    { cancels_the_root, "cancel of the background context" },
    { has_no_parent, "cannot create context from nil parent" },
    { has_no_parent_to_cancel, "cannot create context from nil parent" },
    { has_no_parent_for_a_deadline, "cannot create context from nil parent" },
    { unlocks, "sync: unlock of unlocked mutex" },
    { unlocks_for_writing, "sync: Unlock of unlocked RWMutex" },
    { unlocks_for_reading, "sync: RUnlock of unlocked RWMutex" },
    { waits_without_the_lock, "sync: unlock of unlocked mutex" },
    { is_done_too_often, "sync: negative WaitGroup counter" },
    { allocates_too_much, "heap_alloc: out of memory for" },
    { says_so, "so" },
};

BODY(misuses_it)
{
    c = chan_make(0, 0);
    (*(void (**)(void))unused_arg)();
    afterwards++;
}

/* Between "task 1 [running]:" and "started at". */
static void assert_user_is_blamed(const struct misuse *m)
{
    void (*fn)(void) = m->fn;
    struct ending e;
    char *at, *end;

    run_in_child(misuses_it, &fn, 1, &e);
    if ((e.status != RUNTIME_EXIT_PANIC && e.status != RUNTIME_EXIT_FATAL) ||
        !strstr(e.said, m->said))
        fail_msg("status %d, and not \"%s\": %s", e.status, m->said, e.said);
    at = strstr(e.said, "task 1 [running]:\n\tat " __FILE__ ":");
    end = at ? strstr(at, "\tstarted at ") : NULL;
    if (!end)
        fail_msg("no place of the user's: %s", e.said);
    *end = 0;
    if (strstr(at, "runtime/") != strstr(at, "runtime/test_frames.c") || strstr(at, " runtime/"))
        fail_msg("a place of the runtime's: %s", e.said);
    if (!strstr(at, " in misuses_it\n"))
        fail_msg("without the caller: %s", e.said);
}

static void no_misuse_is_told_with_a_line_of_the_runtime_test(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof misuses / sizeof misuses[0]; i++)
        assert_user_is_blamed(&misuses[i]);
}

/* --- locks ----------------------------------------------------------------------------------- */

static void holds(void *m)
{
    mutex_lock((struct mutex *)m);
    task_sleep(3600 * SEC);
}
static void wants(void *m)
{
    mutex_lock((struct mutex *)m);
}
static void locks_twice(void *m)
{
    mutex_lock((struct mutex *)m);
    mutex_lock((struct mutex *)m);
}
static void wants_to_write(void *u)
{
    rwmutex_lock(&rw);
    (void)u;
}

BODY(who_waits_for_a_lock_says_who_holds_it_and_where_that_is)
{
    go(holds, &mutex);
    EVENTUALLY(tasks_waiting(WAIT_SLEEP) == 1);
    go(wants, &mutex);
    EVENTUALLY(tasks_waiting(WAIT_MUTEX) == 1);
    CHECK_DUMP(DUMP_EACH, " [sleep], which waits at " __FILE__ ":");
}
ENDS_OK(who_waits_for_a_lock_says_who_holds_it_and_where_that_is)

BODY(a_lock_taken_by_a_try_and_one_handed_over_are_held_too)
{
    CHECK(mutex_try_lock(&mutex));
    go(holds, &mutex);
    EVENTUALLY(tasks_waiting(WAIT_MUTEX) == 1);
    go(wants, &mutex);
    EVENTUALLY(tasks_waiting(WAIT_MUTEX) == 2);
    CHECK_DUMP(DUMP_EACH, "\theld by task 1 [running]\n");
    task_sleep(3 * MS); /* long enough to be handed it */
    mutex_unlock(&mutex);
    EVENTUALLY(tasks_waiting(WAIT_SLEEP) == 1);
    CHECK_DUMP(DUMP_EACH, " [sleep], which waits at " __FILE__ ":");
    CHECK_EQ(tasks_waiting(WAIT_MUTEX), 1);
}
ENDS_OK(a_lock_taken_by_a_try_and_one_handed_over_are_held_too)

BODY(a_task_that_locks_twice_is_told_so)
{
    go(locks_twice, &mutex);
    EVENTUALLY(tasks_waiting(WAIT_MUTEX) == 1);
    CHECK_DUMP(DUMP_GROUPED, "\theld by the same task: it locks twice\n");
}
ENDS_OK(a_task_that_locks_twice_is_told_so)

static void locks_and_ends(void *m)
{
    mutex_lock((struct mutex *)m);
}

BODY(a_holder_that_has_ended_is_told_so)
{
    go(locks_and_ends, &mutex);
    EVENTUALLY(task_count() == 1);
    go(wants, &mutex);
    EVENTUALLY(tasks_waiting(WAIT_MUTEX) == 1);
    CHECK_DUMP(DUMP_EACH, ", which has ended\n");
}
ENDS_OK(a_holder_that_has_ended_is_told_so)

BODY(who_waits_for_readers_or_a_writer_says_so)
{
    rwmutex_rlock(&rw);
    rwmutex_rlock(&rw);
    go(wants_to_write, NULL);
    EVENTUALLY(tasks_waiting(WAIT_RWMUTEX) == 1);
    CHECK_DUMP(DUMP_EACH, "\theld by 2 readers\n");
    rwmutex_runlock(&rw);
    rwmutex_runlock(&rw);
    EVENTUALLY(task_count() == 1);
    go(wants_to_write, NULL);
    EVENTUALLY(tasks_waiting(WAIT_RWMUTEX) == 1);
    CHECK_DUMP(DUMP_EACH, ", which has ended\n");
}
ENDS_OK(who_waits_for_readers_or_a_writer_says_so)

static void runs_for_long(void *u)
{
    task_sleep(3600 * SEC);
    (void)u;
}
static void wants_it_done(void *o)
{
    once_do((struct once *)o, runs_for_long, NULL);
}

BODY(who_waits_for_a_once_says_who_runs_it)
{
    go(wants_it_done, &once);
    EVENTUALLY(tasks_waiting(WAIT_SLEEP) == 1);
    go(wants_it_done, &once);
    EVENTUALLY(tasks_waiting(WAIT_ONCE) == 1);
    CHECK_DUMP(DUMP_EACH, " [sync.Mutex.Lock]:\n\twaits at " __FILE__ ":");
    CHECK_DUMP(DUMP_EACH, " [sleep], which waits at " __FILE__ ":");
}
ENDS_OK(who_waits_for_a_once_says_who_runs_it)

/* --- labels, parents, what made what is alive ----------------------------------------------- */

static void grandchild(void *u)
{
    task_stop();
    (void)u;
}
static void child(void *u)
{
    go(grandchild, u);
    task_stop();
}

BODY(labels_are_handed_down_to_what_a_task_starts)
{
    static const struct task_label tenant = { "tenant", "acme", NULL };
    static const struct task_label path = { "path", "/pay", &tenant };
    struct text t;

    CHECK(!task_labels(&path));
    go(child, NULL);
    CHECK(task_labels(NULL) == &path);
    go(grandchild, NULL);
    EVENTUALLY(tasks_waiting(WAIT_SELECT_NONE) == 3);
    t = dump_now(DUMP_GROUPED);
    CHECK_EQ(occurrences(t.words, "\tlabel path: /pay\n\tlabel tenant: acme\n\tstarted at "), 2);
    CHECK_EQ(occurrences(t.words, "\tlabel "), 4);
    CHECK_EQ(occurrences(t.words, "\n1 [select (no cases)]:\n"), 3);
    text_drop(t);
}
ENDS_OK(labels_are_handed_down_to_what_a_task_starts)

BODY(a_dump_tells_which_task_started_a_task)
{
    struct text t;

    go(child, NULL);
    EVENTUALLY(tasks_waiting(WAIT_SELECT_NONE) == 2);
    t = dump_now(DUMP_EACH);
    CHECK_EQ(occurrences(t.words, " by task "), 2);
    CHECK_EQ(occurrences(t.words, " in child by task "), 1);
    CHECK_EQ(occurrences(t.words, " by task 1\n"), 1);
    text_drop(t);
}
ENDS_OK(a_dump_tells_which_task_started_a_task)

BODY(what_the_clock_starts_is_no_tasks_child)
{
    struct text t;
    const char *at;

    timer_drop(timer_after_func(MS, grandchild, NULL));
    EVENTUALLY(tasks_waiting(WAIT_SELECT_NONE) == 1);
    t = dump_now(DUMP_EACH);
    at = strstr(t.words, " in grandchild\n");
    CHECK(at && !strstr(at, "by task"));
    text_drop(t);
}
ENDS_OK(what_the_clock_starts_is_no_tasks_child)

static void forget_timers(void)
{
    for (int i = 0; i < 5; i++)
        timer_drop(timer_after_func(3600 * SEC, grandchild, NULL));
}
static void forget_to_cancel(void)
{
    for (int i = 0; i < 7; i++)
        ctx_drop(ctx_with_timeout(ctx_background(), 3600 * SEC));
}

/* What dump_counts() says now. */
static const char *counts_now(void)
{
    static char said[65536];
    int fd = memfd_create("counts", 0);
    ssize_t n;

    CHECK_EQ(dump_counts(fd), 0);
    n = pread(fd, said, sizeof said - 1, 0);
    CHECK(n > 0);
    said[n] = 0;
    close(fd);
    return said;
}

BODY(the_counts_say_what_made_the_timers)
{
    const char *said;

    forget_timers();
    forget_to_cancel();
    go(grandchild, NULL);
    said = counts_now();
    CHECK(strstr(said, "      12       12       12 timers pending\n"));
    CHECK(strstr(said, "\n       7 timers made at " __FILE__ ":"));
    CHECK(strstr(said, " in forget_to_cancel, next in 3"));
    CHECK(strstr(said, "\n       5 timers made at " __FILE__ ":"));
    CHECK(strstr(said, " in forget_timers, next in 3"));
    CHECK_EQ(occurrences(said, " timers made at "), 2);
}
ENDS_OK(the_counts_say_what_made_the_timers)

/* Each is made by one task and dropped by another, on another worker if there is one. */
static void drops_channels(void *channels)
{
    for (struct chan **at = channels; *at; at++)
        chan_drop(*at);
}
static void make_channels(void)
{
    static struct chan *some[10];

    for (int i = 0; i < 9; i++)
        some[i] = chan_make(8, 1);
    some[6] = NULL; /* three are forgotten */
    go(drops_channels, some);
    while (task_workers() > 1 && task_count() > 1)
        cpu_relax(); /* until the other worker has taken it */
    EVENTUALLY(task_count() == 1);
}
static void forget_one(void)
{
    chan_make(0, 0);
}
static void cancel_some(void)
{
    struct ctx *x[5];

    for (int i = 0; i < 5; i++)
        x[i] = ctx_with_cancel(ctx_background());
    for (int i = 0; i < 3; i++)
        ctx_cancel(x[i], NULL); /* and one may still be asked: it has made its channel */
    ctx_done(x[0]);
}

BODY(the_counts_say_what_made_the_channels_and_contexts)
{
    const char *said;

    make_channels();
    forget_one();
    cancel_some();
    said = counts_now();
    CHECK(strstr(said, "\n       3 channels made at " __FILE__ ":"));
    CHECK(strstr(said, " in make_channels\n"));
    CHECK(strstr(said, "\n       1 channel made at " __FILE__ ":"));
    CHECK(strstr(said, " in forget_one\n"));
    CHECK(strstr(said, "\n       2 contexts made at " __FILE__ ":"));
    CHECK_EQ(occurrences(said, " in cancel_some\n"), 2); /* with the channel of the first */
    CHECK_EQ(occurrences(said, " made at "), 4);
}
ENDS_OK(the_counts_say_what_made_the_channels_and_contexts)

/* More lines than are kept apart: the others are together, and none is taken for another. */
enum { LINES = 300 };

BODY(channels_of_very_many_lines_are_counted_together)
{
    static struct site lines[LINES];
    struct chan *made[LINES];
    const char *said;

    for (int i = 0; i < LINES; i++) {
        lines[i] = (struct site){ __FILE__, i + 1, "many" };
        made[i] = chan_make_at(0, 0, &lines[i]);
    }
    said = counts_now();
    CHECK_EQ(occurrences(said, " 1 channel made at "), 256);
    CHECK(strstr(said, "\n      44 channels made elsewhere\n"));
    for (int i = 0; i < LINES; i++)
        chan_drop(made[i]);
    CHECK_EQ(occurrences(counts_now(), " made "), 0);
}
ENDS_OK(channels_of_very_many_lines_are_counted_together)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_came_by_different_ways_is_in_different_groups),
        TEST(many_that_came_by_three_ways_are_three_groups),
        TEST(whatever_a_task_waits_in_all_that_called_it_is_shown),
        TEST(a_task_that_runs_on_another_thread_shows_no_stack),
        TEST(a_function_that_has_jumped_away_is_not_shown),
        TEST(a_hundred_functions_are_shown_and_that_there_are_more),
        TEST(frames_of_any_size_are_walked_over),
        TEST(stacks_that_change_while_they_are_walked_do_no_harm),
        TEST(a_panic_shows_all_that_called_it),
        TEST(no_misuse_is_told_with_a_line_of_the_runtime),
        TEST(who_waits_for_a_lock_says_who_holds_it_and_where_that_is),
        TEST(a_lock_taken_by_a_try_and_one_handed_over_are_held_too),
        TEST(a_task_that_locks_twice_is_told_so),
        TEST(a_holder_that_has_ended_is_told_so),
        TEST(who_waits_for_readers_or_a_writer_says_so),
        TEST(who_waits_for_a_once_says_who_runs_it),
        TEST(labels_are_handed_down_to_what_a_task_starts),
        TEST(a_dump_tells_which_task_started_a_task),
        TEST(what_the_clock_starts_is_no_tasks_child),
        TEST(the_counts_say_what_made_the_timers),
        TEST(the_counts_say_what_made_the_channels_and_contexts),
        TEST(channels_of_very_many_lines_are_counted_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
