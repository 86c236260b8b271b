/* SPDX-License-Identifier: MIT */
/* twintest.h - tests of code that runs as tasks.
 *
 * task_main() runs once in a process, and what a test is about may be that the
 * process ends.  So the body of a test is a task function, run as task 1 of a child
 * process of its own, once with one worker and once with two:
 *
 *     BODY(a_closed_channel_gives_zero)
 *     {
 *         struct chan *c = chan_make(sizeof(int), 0);
 *         int v = 7;
 *
 *         chan_close(c);
 *         CHECK(!chan_recv(c, &v));
 *         CHECK_EQ(v, 0);
 *         chan_drop(c);
 *     }
 *     BODY(sends_on_closed) { ... }
 *
 *     ENDS_OK(a_closed_channel_gives_zero)
 *     PANICS(sends_on_closed, "send on closed channel")
 *
 *     int main(void)
 *     {
 *         const struct CMUnitTest tests[] = {
 *             TEST(a_closed_channel_gives_zero),
 *             TEST(sends_on_closed),
 *         };
 *         return cmocka_run_group_tests(tests, NULL, NULL);
 *     }
 *
 * Inside a body use CHECK and CHECK_EQ, from any task.  Not cmocka's own assert_*: they
 * jump to the test's frame, which lies on another stack in another process.
 *
 * A child that does not end in time is asked for its dump (SIGQUIT) and killed; the dump
 * is part of the failure's text.  The limit is two minutes, or TWINTEST_SECONDS, without those in
 * which the child waited for a processor: a busy machine makes no test fail. */
#ifndef TWINTEST_H
#define TWINTEST_H

#include "core/clock.h"
#include "core/compiler.h"
#include "core/defer_impl.h"
#include "core/lock_impl.h"
#include "core/stack.h"
#include "core/task_slab.h"
#include "core/wait.h"
#include "core/worker.h"
#include "defer.h"
#include "stats.h"
#include "timer.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* --- inside a body ------------------------------------------------------------------ */

#define BODY(name) static void name(__attribute__((unused)) void *unused_arg)

/* The child's exit status when a check failed. */
#define CHECK_FAILED 99

/* End the child, saying what is not so. */
#define CHECK(condition)                                                                           \
    do {                                                                                           \
        if (!(condition))                                                                          \
            check_failed(__FILE__, __LINE__, #condition, 0, 0, false);                             \
    } while (0)

/* The same for two integers that must be equal: prints both. */
#define CHECK_EQ(found, wanted)                                                                    \
    do {                                                                                           \
        long long found_ = (long long)(found), wanted_ = (long long)(wanted);                      \
        if (found_ != wanted_)                                                                     \
            check_failed(__FILE__, __LINE__, #found, found_, wanted_, true);                       \
    } while (0)

/* Let others run until the condition holds.  It must while the process uses 20 seconds of
 * processors: that is how far it came, and the clock goes on without it. */
#define EVENTUALLY(condition) KEEP_ON("eventually ", task_yield(), condition)

/* The same without giving way. */
#define HOG_UNTIL(condition) KEEP_ON("while computing ", cpu_relax(), condition)

#define KEEP_ON(words, meanwhile, condition)                                                       \
    do {                                                                                           \
        int64_t until_ = processor_now() + PATIENCE_NS;                                            \
        while (!(condition)) {                                                                     \
            if (processor_now() > until_)                                                          \
                check_failed(__FILE__, __LINE__, words #condition, 0, 0, false);                   \
            meanwhile;                                                                             \
        }                                                                                          \
    } while (0)
#define PATIENCE_NS (20 * SEC)

/* What all threads of this process have had of processors. */
__attribute__((unused)) static int64_t processor_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * SEC + t.tv_nsec;
}

__attribute__((unused)) static _Noreturn void check_failed(const char *file, int line,
                                                           const char *what, long long found,
                                                           long long wanted, bool values)
{
    if (values)
        dprintf(STDERR_FILENO, "%s:%d: %s is %lld, not %lld\n", file, line, what, found, wanted);
    else
        dprintf(STDERR_FILENO, "%s:%d: not so: %s\n", file, line, what);
    _exit(CHECK_FAILED);
}

/* A count that tasks add to: bump() is such a task, and may be called. */
__attribute__((unused)) static void bump(void *count)
{
    __atomic_fetch_add((int *)count, 1, __ATOMIC_RELEASE);
}

__attribute__((unused)) static int read_count(int *count)
{
    return __atomic_load_n(count, __ATOMIC_ACQUIRE);
}

/* A task that stays on its worker until each worker has one. */
__attribute__((unused)) static void come(void *come)
{
    int *coming = come;

    __atomic_sub_fetch(coming, 1, __ATOMIC_ACQ_REL);
    while (__atomic_load_n(coming, __ATOMIC_ACQUIRE) > 0)
        ;
}

/* Wait until all workers run tasks: whatever each takes for itself at first is taken then. */
__attribute__((unused)) static void await_workers(void)
{
    static int coming;

    coming = task_workers();
    for (int i = 1; i < task_workers(); i++)
        go(come, &coming);
    come(&coming);
}

/* How many tasks wait for this reason now.  A task that waits is on its queue already:
 * EVENTUALLY(tasks_waiting(WAIT_SEND) == 2) is how to know that two senders are parked.
 * Like a dump it looks without any order between it and the tasks. */
__attribute__((unused)) static NO_TSAN int tasks_waiting(enum wait_reason reason)
{
    int n = 0;

    for (struct task_slab *s = __atomic_load_n(&task_slabs, __ATOMIC_ACQUIRE); s; s = s->next)
        for (const volatile struct task *t = s->tasks; t < s->tasks + SLAB_TASKS; t++)
            n += t->state == TASK_WAITING && t->reason == reason;
    return n;
}

/* fn(arg) must panic with this sentence and with a line that is not the runtime's; it is recovered
 * and the body goes on. */
#define CHECK_PANICS(fn, arg, sentence)                                                            \
    do {                                                                                           \
        struct attempt attempt_ = { fn, arg, "" };                                                 \
        bool returned_ = protect(attempt_run, &attempt_);                                          \
        if (returned_ || strcmp(attempt_.said, sentence))                                          \
            check_failed(__FILE__, __LINE__, returned_ ? "panics" : attempt_.said, 0, 0, false);   \
    } while (0)

#define RUNTIME_FOLDER "runtime/"

struct attempt {
    task_fn *fn;
    void *arg;
    char said[256];
};

static void attempt_recover(void *arg)
{
    struct attempt *a = arg;
    const struct panicking *p = task_self()->panic;
    const char *sentence = recover();

    if (p && strncmp(p->where->file, RUNTIME_FOLDER, strlen(RUNTIME_FOLDER)) == 0)
        check_failed(p->where->file, p->where->line, "no panic names a line of the runtime", 0, 0,
                     false);
    snprintf(a->said, sizeof a->said, "%s", sentence ? sentence : "");
}

__attribute__((unused)) static void attempt_run(void *arg)
{
    struct attempt *a = arg;

    defer(attempt_recover, a);
    a->fn(a->arg);
}

/* The tools need memory of their own, and answer signals later.  What is about either is not
 * tested under them: say so first in a test. */
#if defined(TOOL_ASAN) || defined(TOOL_TSAN) || defined(TOOL_EMULATOR)
#define SKIP_UNDER_TOOLS() skip()
#else
#define SKIP_UNDER_TOOLS()                                                                         \
    do {                                                                                           \
        if (RUNNING_ON_VALGRIND)                                                                   \
            skip();                                                                                \
    } while (0)
#endif

/* qemu answers for the kernel, and not as it would: it says that a guard page is there, and
 * reads no memory through process_vm_readv(). */
#ifdef TOOL_EMULATOR
#define SKIP_UNDER_EMULATION() skip()
#else
#define SKIP_UNDER_EMULATION() (void)0
#endif

/* --- around it ------------------------------------------------------------------------ */

/* A panic or a fatal error was told with a line of the runtime as the place of the mistake. */
__attribute__((unused)) static bool blames_the_runtime(const char *said)
{
    return strstr(said, " [running]:\n\tat " RUNTIME_FOLDER) ||
           strstr(said, "\nat " RUNTIME_FOLDER);
}

/* How a child ended. */
struct ending {
    int status;    /* exit status, or 128 + the signal that ended it */
    bool too_late; /* it was killed because its time was over */
    size_t said_bytes;
    char said[65536]; /* what it wrote to stderr, or its beginning, without times; ends in 0 */
};

/* How long the threads of a process, together, have run and have been ready to. */
static void threads_times(pid_t pid, int64_t *ran_ns, int64_t *ready_ns)
{
    char path[64];
    DIR *threads;
    const struct dirent *thread;

    *ran_ns = *ready_ns = 0;
    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    threads = opendir(path);
    while (threads && (thread = readdir(threads))) {
        long long ran, ready;
        FILE *f;

        snprintf(path, sizeof path, "/proc/%d/task/%.20s/schedstat", (int)pid, thread->d_name);
        f = fopen(path, "r");
        if (f && fscanf(f, "%lld %lld", &ran, &ready) == 2) {
            *ran_ns += ran;
            *ready_ns += ready;
        }
        if (f)
            fclose(f);
    }
    if (threads)
        closedir(threads);
}

/* The time that has passed for a process since `began`, but for what it waited for a processor.
 * Its threads may have waited one after the other or together: it gets the most of what can be. */
static int64_t time_of_its_own(pid_t pid, int64_t began)
{
    int64_t passed = clock_now() - began, ran, ready, rest;

    threads_times(pid, &ran, &ready);
    rest = passed > ran ? passed - ran : 0;
    return passed - (rest < ready ? rest : ready);
}

/* Read what the child says until it has closed its stderr: true; or it has had its time. */
static bool listen_to(struct ending *e, int fd, pid_t child, int64_t limit)
{
    char beyond[4096]; /* what does not fit is read and thrown away */
    int64_t began = clock_now();

    for (;;) {
        size_t room = sizeof e->said - 1 - e->said_bytes;
        struct pollfd p = { .fd = fd, .events = POLLIN };
        ssize_t n;

        while (poll(&p, 1, 250) <= 0)
            if (time_of_its_own(child, began) > limit)
                return false;
        n = read(fd, room ? e->said + e->said_bytes : beyond, room ? room : sizeof beyond);
        if (n <= 0)
            return true;
        if (room)
            e->said_bytes += (size_t)n;
        e->said[e->said_bytes] = 0;
    }
}

/* "[chan receive, 1 s]:" becomes "[chan receive]:": how long a task has waited is the machine's
 * business. */
__attribute__((unused)) static void leave_out_times(char *text)
{
    for (char *end = text; (end = strstr(end, "]:\n"));) {
        char *comma = end;

        while (comma > text && *comma != ',' && *comma != '\n')
            comma--;
        if (*comma != ',' || comma[1] != ' ' || comma[2] < '0' || comma[2] > '9')
            comma = end;
        memmove(comma, end, strlen(end) + 1);
        end = comma + 1;
    }
}

/* Called in the child before its runtime starts, unless NULL: for gc_enable() and its like. */
static void (*before_task_main)(void);

static _Noreturn void be_child(task_fn *fn, void *arg, int workers, const int pipe_fds[2])
{
    int err;

    dup2(pipe_fds[1], STDERR_FILENO);
    close(pipe_fds[0]);
    close(pipe_fds[1]);
    task_set_workers(workers);
    if (before_task_main)
        before_task_main();
    err = task_main(fn, arg);
    if (err)
        dprintf(STDERR_FILENO, "task_main: %s\n", strerror(-err));
    _exit(err ? CHECK_FAILED : 0);
}

/* Run fn(arg) as task 1 of a new process with so many workers (0: the default), and tell
 * how it ended: its exit status, 128 + signal, also in *e with what it said. */
__attribute__((unused)) static int run_in_child(task_fn *fn, void *arg, int workers,
                                                struct ending *e)
{
    const char *seconds = getenv("TWINTEST_SECONDS");
    int64_t limit = (seconds ? atoi(seconds) : 120) * SEC;
    int pipe_fds[2], status;
    pid_t child = -1;

    e->too_late = false;
    e->said_bytes = 0;
    e->said[0] = 0;
    fflush(NULL); /* or the child would have our unwritten lines too */
    if (!pipe(pipe_fds))
        child = fork();
    if (child < 0)
        fail_msg("no child process: %s", strerror(errno));
    if (!child)
        be_child(fn, arg, workers, pipe_fds);
    close(pipe_fds[1]);
    if (!listen_to(e, pipe_fds[0], child, limit)) {
        e->too_late = true;
        kill(child, SIGQUIT);
        listen_to(e, pipe_fds[0], child, 2 * SEC);
        kill(child, SIGKILL);
    }
    close(pipe_fds[0]);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    leave_out_times(e->said);
    e->said_bytes = strlen(e->said);
    e->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return e->status;
}

/* fn as task 1 must end the process with this status and, unless text is NULL, have said
 * the text; with one worker and with two. */
__attribute__((unused)) static void assert_ends(const char *name, task_fn *fn, int status,
                                                const char *text)
{
    static struct ending e;

    for (int workers = 1; workers <= 2; workers++) {
        run_in_child(fn, NULL, workers, &e);
        if (e.too_late)
            fail_msg("%s, %d workers: did not end in time; it said:\n%s", name, workers, e.said);
        if (e.status != status)
            fail_msg("%s, %d workers: ended with status %d, not %d; it said:\n%s", name, workers,
                     e.status, status, e.said);
        if (text && !strstr(e.said, text))
            fail_msg("%s, %d workers: never said \"%s\"; it said:\n%s", name, workers, text,
                     e.said);
        if (blames_the_runtime(e.said))
            fail_msg("%s, %d workers: told with a line of the runtime:\n%s", name, workers, e.said);
    }
}

/* Within a cmocka test: the usual endings. */
#define ASSERT_ENDS_OK(fn) assert_ends(#fn, fn, 0, NULL)
#define ASSERT_PANICS(fn, sentence) assert_ends(#fn, fn, RUNTIME_EXIT_PANIC, "panic: " sentence)
#define ASSERT_FATAL(fn, sentence)                                                                 \
    assert_ends(#fn, fn, RUNTIME_EXIT_FATAL, "fatal error: " sentence)
/* ... told with the place in this file, not with a line of the runtime. */
#define ASSERT_BLAMED(fn) assert_ends(#fn, fn, RUNTIME_EXIT_PANIC, "\tat " __FILE__ ":")
#define ASSERT_BLAMED_FATAL(fn) assert_ends(#fn, fn, RUNTIME_EXIT_FATAL, "\tat " __FILE__ ":")
#define ASSERT_DEADLOCKS(fn)                                                                       \
    assert_ends(#fn, fn, RUNTIME_EXIT_DEADLOCK, "all tasks are asleep - deadlock!")

/* The same as whole tests: the body's name is the test's name. */
#define ENDS_OK(fn) AS_TEST(fn, ASSERT_ENDS_OK(fn))
#define PANICS(fn, sentence) AS_TEST(fn, ASSERT_PANICS(fn, sentence))
#define FATAL(fn, sentence) AS_TEST(fn, ASSERT_FATAL(fn, sentence))
#define DEADLOCKS(fn) AS_TEST(fn, ASSERT_DEADLOCKS(fn))
#define AS_TEST(fn, ...)                                                                           \
    static void fn##_test(void **unused_state)                                                     \
    {                                                                                              \
        (void)unused_state;                                                                        \
        __VA_ARGS__;                                                                               \
    }
#define TEST(fn) { #fn, fn##_test, NULL, NULL, NULL }

#endif
