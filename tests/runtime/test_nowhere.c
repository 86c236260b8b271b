/* SPDX-License-Identifier: MIT */
/* A call of the runtime where no task runs ends the process with a line that names it: on a thread
 * that is no worker, before task_main(), after it has returned.  Each call of the public headers
 * that needs a worker stands in the table below, and each is made in a process of its own, this
 * program once more: so nothing of the test's has been at the signals. */
#include "chan.h"
#include "ctx.h"
#include "heap.h"
#include "pool.h"
#include "select.h"
#include "sync.h"
#include "twintest.h"

#include <pthread.h>
#include <sys/resource.h>

/* What the calls are made with.  Nothing of it is there before task_main(), but for what needs
 * no making. */
static struct {
    struct chan *empty, *one, *room; /* without a value, with one, with room for many */
    struct timer *timer;
    struct ctx *ctx;
    struct ctx_hook *hook;
    struct pool *pool;
    struct mutex locked;
    struct rwmutex write_locked, read_locked;
    struct waitgroup waited_for;
} in;

static int number;

static void nothing(void *unused)
{
    (void)unused;
}

static void *make_nothing(void *unused)
{
    (void)unused;
    return &number;
}

static void use(void *p)
{
    __asm__ volatile("" : : "r"(p));
}

enum { THREAD = 1, BEFORE = 2, AFTER = 4 };

/* CALL(the name that is told, where it must not be made, how it is made) */
#define CALLS(CALL)                                                                                \
    CALL(task_go, THREAD | BEFORE | AFTER, go(nothing, NULL))                                      \
    CALL(task_yield, THREAD | BEFORE | AFTER, task_yield())                                        \
    CALL(task_sleep, THREAD | BEFORE | AFTER, task_sleep(MS))                                      \
    CALL(task_stop, THREAD | BEFORE | AFTER, task_stop())                                          \
    CALL(task_exit, THREAD | BEFORE | AFTER, task_exit())                                          \
    CALL(task_blocking, THREAD | BEFORE | AFTER, task_blocking(nothing, NULL))                     \
    CALL(task_id, THREAD | BEFORE | AFTER, task_id())                                              \
    CALL(task_labels, THREAD | BEFORE | AFTER, task_labels(NULL))                                  \
    CALL(chan_make, THREAD | BEFORE, chan_make(4, 1))                                              \
    CALL(chan_drop, THREAD, chan_drop(in.one))                                                     \
    CALL(chan_send, THREAD | AFTER, chan_send(in.empty, &number))                                  \
    CALL(chan_send, THREAD, chan_send(in.room, &number))                                           \
    CALL(chan_send, THREAD | BEFORE | AFTER, chan_send(NULL, &number))                             \
    CALL(chan_recv, THREAD | AFTER, chan_recv(in.empty, &number))                                  \
    CALL(chan_recv, THREAD, chan_recv(in.one, &number))                                            \
    CALL(chan_try_send, THREAD, chan_try_send(in.room, &number))                                   \
    CALL(chan_try_recv, THREAD, chan_try_recv(in.one, &number))                                    \
    CALL(chan_send_timed, THREAD | AFTER, chan_send_timed(in.empty, &number, MS))                  \
    CALL(chan_recv_timed, THREAD | AFTER, chan_recv_timed(in.empty, &number, MS))                  \
    CALL(chan_close, THREAD, chan_close(in.room))                                                  \
    CALL(select, THREAD | AFTER, chan_select(RECV(in.empty, NULL), SEND(in.empty, &number)))       \
    CALL(select, THREAD, chan_select_try(RECV(in.one, NULL), SEND(in.room, &number)))              \
    CALL(timer_make, THREAD | BEFORE, timer_make(MS))                                              \
    CALL(timer_after, THREAD | BEFORE, timer_after(MS))                                            \
    CALL(timer_after_func, THREAD | BEFORE, timer_after_func(MS, nothing, NULL))                   \
    CALL(ticker_make, THREAD | BEFORE, ticker_make(MS))                                            \
    CALL(timer_stop, THREAD, timer_stop(in.timer))                                                 \
    CALL(timer_reset, THREAD, timer_reset(in.timer, MS))                                           \
    CALL(ctx_with_cancel, THREAD | BEFORE, ctx_with_cancel(ctx_background()))                      \
    CALL(ctx_with_timeout, THREAD | BEFORE, ctx_with_timeout(ctx_background(), MS))                \
    CALL(ctx_with_deadline, THREAD | BEFORE, ctx_with_deadline(ctx_background(), MS))              \
    CALL(ctx_ref, THREAD, ctx_ref(in.ctx))                                                         \
    CALL(ctx_drop, THREAD, ctx_drop(in.ctx))                                                       \
    CALL(ctx_cancel, THREAD, ctx_cancel(in.ctx, NULL))                                             \
    CALL(ctx_done, THREAD, ctx_done(in.ctx))                                                       \
    CALL(ctx_after_func, THREAD, ctx_after_func(in.ctx, nothing, NULL))                            \
    CALL(ctx_after_func_stop, THREAD, ctx_after_func_stop(in.hook))                                \
    CALL(mutex_lock, THREAD | BEFORE | AFTER, mutex_lock(&(struct mutex){ 0 }))                    \
    CALL(mutex_lock, THREAD | AFTER, mutex_lock(&in.locked))                                       \
    CALL(mutex_try_lock, THREAD | BEFORE | AFTER, mutex_try_lock(&(struct mutex){ 0 }))            \
    CALL(mutex_unlock, THREAD, mutex_unlock(&in.locked))                                           \
    CALL(mutex_unlock, THREAD | BEFORE, mutex_unlock(&(struct mutex){ 0 }))                        \
    CALL(rwmutex_lock, THREAD | BEFORE | AFTER, rwmutex_lock(&(struct rwmutex){ 0 }))              \
    CALL(rwmutex_lock, THREAD | AFTER, rwmutex_lock(&in.read_locked))                              \
    CALL(rwmutex_rlock, THREAD | AFTER, rwmutex_rlock(&in.write_locked))                           \
    CALL(rwmutex_rlock, THREAD, rwmutex_rlock(&(struct rwmutex){ 0 }))                             \
    CALL(rwmutex_unlock, THREAD, rwmutex_unlock(&in.write_locked))                                 \
    CALL(rwmutex_runlock, THREAD, rwmutex_runlock(&in.read_locked))                                \
    CALL(wg_add, THREAD | BEFORE, wg_add(&(struct waitgroup){ 0 }, 1))                             \
    CALL(wg_add, THREAD, wg_done(&in.waited_for))                                                  \
    CALL(wg_wait, THREAD | AFTER, wg_wait(&in.waited_for))                                         \
    CALL(once_do, THREAD | BEFORE | AFTER, once_do(&(struct once){ 0 }, nothing, NULL))            \
    CALL(cond_wait, THREAD | AFTER, cond_wait(&(struct cond){ 0 }, &in.locked))                    \
    CALL(cond_signal, THREAD, cond_signal(&(struct cond){ 0 }))                                    \
    CALL(cond_broadcast, THREAD, cond_broadcast(&(struct cond){ 0 }))                              \
    CALL(pool_get, THREAD, pool_get(in.pool))                                                      \
    CALL(pool_put, THREAD, pool_put(in.pool, &number))                                             \
    CALL(pool_collect, THREAD | BEFORE, pool_collect())                                            \
    CALL(pool_free, THREAD, pool_free(in.pool))                                                    \
    CALL(protect, THREAD | BEFORE | AFTER, protect(nothing, NULL))                                 \
    CALL(recover, THREAD | BEFORE | AFTER, use((void *)recover()))                                 \
    CALL(defer, THREAD | BEFORE | AFTER, defer(nothing, NULL))                                     \
    CALL(scope, THREAD | BEFORE | AFTER, DEFER_SCOPE)                                              \
    CALL(scope, THREAD | BEFORE | AFTER, defer_open(nothing, NULL))                                \
    CALL(scope, THREAD | BEFORE | AFTER, defer_record(&(struct cleanup){ 0 }, nothing, NULL))

static const struct {
    const char *name, *text;
    int where;
} calls[] = {
#define CALL(name, where, ...) { #name, #__VA_ARGS__, where },
    CALLS(CALL)
#undef CALL
};
enum { NCALLS = sizeof calls / sizeof calls[0] };

/* In a frame of its own, which the call returns to. */
static NOINLINE void make_call(int n)
{
    int i = 0;

#define CALL(name, where, ...)                                                                     \
    if (n == i++) {                                                                                \
        __VA_ARGS__;                                                                               \
        __asm__ volatile("");                                                                      \
        return;                                                                                    \
    }
    CALLS(CALL)
#undef CALL
}

/* --- in the process that makes the call -------------------------------------------------- */

static int call;

static void *make_on_thread(void *unused)
{
    make_call(call);
    return unused;
}

static void thread_run(void *thread)
{
    pthread_join(*(pthread_t *)thread, NULL);
}

static void prepare(void)
{
    in.empty = chan_make(sizeof number, 0);
    in.one = chan_make(sizeof number, 1);
    in.room = chan_make(sizeof number, 8);
    chan_send(in.one, &number);
    in.timer = timer_make(SEC);
    in.ctx = ctx_with_cancel(ctx_background());
    in.hook = ctx_after_func(in.ctx, nothing, NULL);
    in.pool = pool_make(make_nothing, NULL, nothing);
    mutex_lock(&in.locked);
    rwmutex_lock(&in.write_locked);
    rwmutex_rlock(&in.read_locked);
    wg_add(&in.waited_for, 1);
}

static void first_task(void *where)
{
    pthread_t thread;

    prepare();
    if (*(int *)where != THREAD)
        return;
    CHECK_EQ(pthread_create(&thread, NULL, make_on_thread, NULL), 0);
    task_blocking(thread_run, &thread);
}

/* argv: the place, the call, how many workers. */
static int call_there(char **argv)
{
    int where = atoi(argv[0]);

    call = atoi(argv[1]);
    setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    task_set_workers(atoi(argv[2]));
    if (where == BEFORE)
        make_call(call);
    task_main(first_task, &where);
    if (where == AFTER)
        make_call(call);
    return 0;
}

/* --- in the test ------------------------------------------------------------------------- */

static void call_made(int n, int where, int workers, struct ending *e)
{
    char place[12], which[12], many[12];
    char *const argv[] = { "test_nowhere", place, which, many, NULL };
    int pipe_fds[2], status;
    pid_t child;

    snprintf(place, sizeof place, "%d", where);
    snprintf(which, sizeof which, "%d", n);
    snprintf(many, sizeof many, "%d", workers);
    e->said_bytes = 0;
    e->said[0] = 0;
    child = pipe(pipe_fds) ? -1 : fork();
    if (child < 0)
        fail_msg("no child process: %s", strerror(errno));
    if (!child) {
        dup2(pipe_fds[1], STDERR_FILENO);
        close(pipe_fds[0]);
        close(pipe_fds[1]);
        execv("/proc/self/exe", argv);
        _exit(CHECK_FAILED);
    }
    close(pipe_fds[1]);
    if (!listen_to(e, pipe_fds[0], child, 60 * SEC))
        kill(child, SIGKILL);
    close(pipe_fds[0]);
    waitpid(child, &status, 0);
    e->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* The first line, "fatal error: timer_make() or ticker_make() was called before task_main(): call
 * it from a task"; and the first place, which is here. */
static bool tells(const struct ending *e, const char *name, const char *when)
{
    bool scope = strcmp(name, "scope") == 0;
    const char *end = strchr(e->said, '\n'), *at;
    char what[128], then[128];

    snprintf(what, sizeof what, scope ? "a cleanup's scope or record (defer.h)" : "%s()", name);
    snprintf(then, sizeof then, " was %s %s: call it from a task", scope ? "made" : "called", when);
    at = strstr(e->said, what);
    return e->status == RUNTIME_EXIT_FATAL && strncmp(e->said, "fatal error: ", 13) == 0 && at &&
           at < end && (at = strstr(at, then)) && at < end &&
           strncmp(end, "\n\n\tat " __FILE__ ":", strlen("\n\n\tat " __FILE__ ":")) == 0 &&
           strstr(end, " in make_call\n");
}

static void each_ends_with_a_line(int where, const char *when)
{
    static struct ending e;
    int wrong = 0, made = 0;

    SKIP_UNDER_TOOLS();
    for (int i = 0; i < 2 * NCALLS; i++) {
        int n = i / 2, workers = 1 + i % 2;

        if (!(calls[n].where & where))
            continue;
        made++;
        call_made(n, where, workers, &e);
        if (!tells(&e, calls[n].name, when)) {
            wrong++;
            print_message("# %s %s, %d workers: status %d, and:\n%.300s\n", calls[n].text, when,
                          workers, e.status, e.said);
        }
    }
    assert_true(made > 0);
    assert_int_equal(wrong, 0);
}

static void on_a_thread_each_call_ends_with_a_line_that_names_it(void **unused_state)
{
    (void)unused_state;
    each_ends_with_a_line(THREAD, "on a thread that runs no tasks");
}

static void before_task_main_each_call_ends_with_a_line_that_names_it(void **unused_state)
{
    (void)unused_state;
    each_ends_with_a_line(BEFORE, "before task_main()");
}

static void after_task_main_each_call_that_waits_ends_with_a_line_that_names_it(void **unused_state)
{
    (void)unused_state;
    each_ends_with_a_line(AFTER, "after task_main() had returned");
}

/* Counts, looks, and what is made without a worker. */
static void *look_and_make(void *unused)
{
    int64_t when;

    CHECK_EQ(chan_len(in.one), 1);
    CHECK_EQ(chan_cap(in.room), 8);
    CHECK(chan_ref(in.one) == in.one);
    CHECK_EQ(ctx_children(in.ctx), 0);
    CHECK_EQ(ctx_err(in.ctx), CTX_ALIVE);
    CHECK(!ctx_cause(in.ctx));
    CHECK(!ctx_deadline(in.ctx, &when));
    CHECK_EQ(pool_stats(in.pool).idle, 0);
    CHECK(pool_make(NULL, NULL, NULL));
    CHECK(task_count() >= 1);
    return unused;
}

BODY(on_a_thread_counts_looks_and_makers_work)
{
    pthread_t thread;

    prepare();
    CHECK_EQ(pthread_create(&thread, NULL, look_and_make, NULL), 0);
    task_blocking(thread_run, &thread);
    mutex_unlock(&in.locked);
}
ENDS_OK(on_a_thread_counts_looks_and_makers_work)

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_a_thread_each_call_ends_with_a_line_that_names_it),
        cmocka_unit_test(before_task_main_each_call_ends_with_a_line_that_names_it),
        TEST(on_a_thread_counts_looks_and_makers_work),
        cmocka_unit_test(after_task_main_each_call_that_waits_ends_with_a_line_that_names_it),
    };

    if (argc == 4)
        return call_there(argv + 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
