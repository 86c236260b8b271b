/* SPDX-License-Identifier: MIT */
/* A task is started, counted, numbered, and ends; what goes wrong with one is reported.
 *
 * The number before a test is that of the statement it puts to the proof (tests/README.md). */
#include "chan.h"
#include "twintest.h"

#include <fcntl.h>
#include <fenv.h>
#include <limits.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/resource.h>

static void receive(void *c)
{
    chan_recv(c, NULL);
}

/* --- starting and counting -------------------------------------------------------- */

/* 45 */
BODY(the_count_of_tasks_comes_back_to_one)
{
    struct chan *c = chan_make(0, 0);

    CHECK_EQ(task_count(), 1);
    for (int i = 1; i <= 1000; i++) {
        go(receive, c);
        CHECK_EQ(task_count(), i + 1);
    }
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1000);
    chan_close(c);
    EVENTUALLY(task_count() == 1);
    CHECK_EQ(stats_read().tasks.total, 1001);
    CHECK_EQ(stats_read().stacks.now, 1);
}
ENDS_OK(the_count_of_tasks_comes_back_to_one)

/* 52 */
static void starts_no_function(void *unused)
{
    (void)unused;
    go(NULL, NULL);
}
FATAL(starts_no_function, "go of nil func value")

/* 56 */
static void keep(void *arg)
{
    int **at = arg;

    CHECK_EQ(*at[0], 1);
    bump(at[1]);
}

BODY(the_arguments_of_a_task_are_evaluated_by_its_starter)
{
    int one = 1, two = 2, done = 0, *first[] = { &one, &done }, *second[] = { &two, &done };
    int **argument = first;

    go(keep, argument);
    argument = second; /* too late for the task, even if it has not begun */
    CHECK(argument == second);
    EVENTUALLY(read_count(&done) == 1);
}
ENDS_OK(the_arguments_of_a_task_are_evaluated_by_its_starter)

enum { IDS = 5000 };
static uint64_t ids[IDS];
static int ids_written;

static void write_id(void *at)
{
    *(uint64_t *)at = task_id();
    bump(&ids_written);
}

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

/* 123 */
BODY(the_first_task_is_number_one_and_no_number_is_used_twice)
{
    CHECK_EQ(task_id(), 1);
    for (int i = 0; i < IDS; i++) {
        go(write_id, &ids[i]);
        if (i % 10 == 0)
            EVENTUALLY(task_count() == 1); /* descriptors are used again, numbers are not */
    }
    EVENTUALLY(read_count(&ids_written) == IDS);
    qsort(ids, IDS, sizeof ids[0], by_number);
    CHECK(ids[0] > 1);
    for (int i = 1; i < IDS; i++)
        CHECK(ids[i - 1] < ids[i]);
    CHECK_EQ(task_id(), 1);
}
ENDS_OK(the_first_task_is_number_one_and_no_number_is_used_twice)

BODY(what_is_on_a_stack_stays_there_across_waits)
{
    volatile double x = 0.5;
    volatile long long around[64];

    for (int i = 0; i < 64; i++)
        around[i] = i * 0x0101010101010101ll;
    for (int i = 0; i < 1000; i++) {
        x = x * 1.25 - x / 8;
        task_yield();
        task_sleep(i % 100 ? 0 : US);
    }
    for (int i = 0; i < 64; i++)
        CHECK_EQ(around[i], i * 0x0101010101010101ll);
    CHECK(x > 0.5);
}
ENDS_OK(what_is_on_a_stack_stays_there_across_waits)

/* Ten thousand tasks started by tasks on both workers, and every one of them runs. */
static void start_more(void *n)
{
    for (int i = 0; i < 100; i++)
        go(bump, n);
    bump(n);
}

BODY(every_task_that_is_started_runs_once)
{
    int n = 0;

    for (int i = 0; i < 100; i++)
        go(start_more, &n);
    EVENTUALLY(task_count() == 1);
    CHECK_EQ(read_count(&n), 100 * 101);
}
ENDS_OK(every_task_that_is_started_runs_once)

/* --- the process ------------------------------------------------------------------ */

static void nothing(void *unused)
{
    (void)unused;
}

static void leave_some_behind(void *unused)
{
    (void)unused;
    for (int i = 0; i < 10; i++)
        go(receive, NULL);
    go(nothing, NULL);
    task_sleep(MS);
}

/* Not a task: runs in a process of its own. */
static int status_of(void (*fn)(void))
{
    int status = 0;
    pid_t pid;

    fflush(NULL);
    pid = fork();
    if (!pid) {
        fn();
        _exit(0);
    }
    assert_true(pid > 0 && waitpid(pid, &status, 0) == pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition))                                                                          \
            _exit(__LINE__ % 200 + 1);                                                             \
    } while (0)

static void run_and_go_on(void)
{
    task_set_workers(2);
    MUST(task_main(leave_some_behind, NULL) == 0);
}

static void the_process_goes_on_when_task_1_has_returned(void **unused)
{
    (void)unused;
    assert_int_equal(status_of(run_and_go_on), 0);
}

static void ask_for_workers(void)
{
    static const struct {
        const char *env;
        int set, least, most;
    } cases[] = {
        { "3", 0, 3, 3 },  { "3", 2, 2, 2 }, { "64", 0, 64, 64 }, { "x", 2, 2, 2 },
        { "0", 0, 1, 64 }, { "", 0, 1, 64 }, { NULL, 5, 5, 5 },   { NULL, 100, 64, 64 },
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int n;

        if (cases[i].env)
            setenv("TWIN_WORKERS", cases[i].env, 1);
        else
            unsetenv("TWIN_WORKERS");
        task_set_workers(cases[i].set);
        n = task_workers();
        MUST(n >= cases[i].least && n <= cases[i].most);
    }
}

static void the_number_of_workers_is_what_was_asked_for_within_limits(void **unused)
{
    (void)unused;
    assert_int_equal(status_of(ask_for_workers), 0);
}

/* --- limits ----------------------------------------------------------------------- */

static __attribute__((noinline)) int recurse(int depth)
{
    volatile char frame[512];

    frame[0] = (char)depth;
    return depth < 0 ? 0 : recurse(depth + 1) + frame[0];
}

static void overflow(void *unused)
{
    (void)unused;
    recurse(0);
}

/* 53 */
BODY(a_task_that_overflows_its_stack_is_named)
{
    go(receive, NULL);
    EVENTUALLY(tasks_waiting(WAIT_RECV_NIL) == 1);
    go(overflow, NULL);
    task_stop();
}
AS_TEST(a_task_that_overflows_its_stack_is_named, {
    SKIP_UNDER_EMULATION();
    assert_ends("overflow", a_task_that_overflows_its_stack_is_named, RUNTIME_EXIT_FATAL,
                "fatal error: task stack overflow: task ");
    assert_ends("overflow", a_task_that_overflows_its_stack_is_named, RUNTIME_EXIT_FATAL,
                " used more than 65536 bytes");
    assert_ends("overflow", a_task_that_overflows_its_stack_is_named, RUNTIME_EXIT_FATAL,
                "in a_task_that_overflows_its_stack_is_named");
    assert_ends("overflow", a_task_that_overflows_its_stack_is_named, RUNTIME_EXIT_FATAL,
                "[chan receive (nil chan)]:");
})

static __attribute__((noinline)) void step_over_the_guard(void *unused)
{
    char frame[80 << 10]; /* of a stack of 64 KiB and a guard of 4 */

    (void)unused;
    *(volatile char *)frame = 1;
}

/* 53: the compiler touches every page of a big frame (-fstack-clash-protection). */
BODY(a_frame_that_reaches_beyond_the_guard_is_an_overflow_too)
{
    go(receive, NULL);
    EVENTUALLY(tasks_waiting(WAIT_RECV_NIL) == 1);
    go(step_over_the_guard, NULL);
    task_stop();
}
AS_TEST(a_frame_that_reaches_beyond_the_guard_is_an_overflow_too, {
    SKIP_UNDER_TOOLS();
    assert_ends("overflow", a_frame_that_reaches_beyond_the_guard_is_an_overflow_too,
                RUNTIME_EXIT_FATAL, "fatal error: task stack overflow: task ");
})

/* 53 */
BODY(task_1_has_a_bigger_stack_and_a_limit_too)
{
    overflow(NULL);
}
AS_TEST(task_1_has_a_bigger_stack_and_a_limit_too, {
    SKIP_UNDER_TOOLS();
    assert_ends("overflow", task_1_has_a_bigger_stack_and_a_limit_too, RUNTIME_EXIT_FATAL,
                "task stack overflow: task 1 used more than 8388608 bytes");
})

/* 53: any other bad access ends the process by its signal; under a tool, as that has it. */
BODY(a_null_pointer_is_a_segmentation_fault_and_no_overflow)
{
    volatile int *volatile nowhere =
        (volatile int *)64; /* as bad as NULL, but no compiler or tool warns of it */
    struct rlimit none = { 0, 0 };

    setrlimit(RLIMIT_CORE, &none);
    *nowhere = 1;
}
AS_TEST(a_null_pointer_is_a_segmentation_fault_and_no_overflow, {
    SKIP_UNDER_TOOLS();
    assert_ends("null", a_null_pointer_is_a_segmentation_fault_and_no_overflow, 128 + SIGSEGV,
                NULL);
})

static void call_nothing(void *unused)
{
    (void)unused;
}

/* 54: no room for the thread's stack */
BODY(a_blocking_call_without_a_thread_to_be_had_says_so)
{
    struct rlimit all = { 1 << 20, 1 << 20 };

    setrlimit(RLIMIT_AS, &all);
    task_blocking(call_nothing, NULL);
}
AS_TEST(a_blocking_call_without_a_thread_to_be_had_says_so, {
    SKIP_UNDER_TOOLS();
    static struct ending e;
    int status = run_in_child(a_blocking_call_without_a_thread_to_be_had_says_so, NULL, 1, &e);

    if (status == 0 || !strstr(e.said, "thread exhaustion"))
        fail_msg("status %d; it said:\n%s", status, e.said);
})

/* --- many ------------------------------------------------------------------------- */

static int64_t resident_bytes(void)
{
    long long size = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "r");

    CHECK(f);
    CHECK_EQ(fscanf(f, "%lld %lld", &size, &resident), 2);
    fclose(f);
    return resident * sysconf(_SC_PAGESIZE);
}

static int64_t available_bytes(void)
{
    char line[128];
    long long kb = 0;
    FILE *f = fopen("/proc/meminfo", "r");

    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "MemAvailable: %lld", &kb) == 1)
            break;
    if (f)
        fclose(f);
    return kb * 1024;
}

/* The tasks that are parked at a time: a million where there is room, with TWINTEST_MANY. */
static int how_many(void)
{
    const char *many = getenv("TWINTEST_MANY");
    int n = many ? atoi(many) : 100000;

    return available_bytes() > n * (int64_t)6144 ? n : 10000;
}

BODY(very_many_tasks_can_be_parked_at_a_page_and_a_tenth_each)
{
    struct chan *c = chan_make(0, 0);
    int64_t before = resident_bytes(), each;
    int n = how_many();

    for (int i = 0; i < n; i++) {
        go(receive, c);
        if (i % 100 == 0)
            task_yield();
    }
    EVENTUALLY(tasks_waiting(WAIT_RECV) == n);
    each = (resident_bytes() - before) / n;
    if (getenv("TWINTEST_MANY"))
        dprintf(STDERR_FILENO, "%d tasks, %lld bytes each\n", n, (long long)each);
    CHECK(each <= 4096 * 11 / 10);
    CHECK_EQ(task_count(), n + 1);
    chan_close(c);
    EVENTUALLY(task_count() == 1);
}
AS_TEST(very_many_tasks_can_be_parked_at_a_page_and_a_tenth_each, {
    SKIP_UNDER_TOOLS();
    ASSERT_ENDS_OK(very_many_tasks_can_be_parked_at_a_page_and_a_tenth_each);
})

/* Other programs rely on these, and none is a status that programs commonly end with. */
static void every_end_of_the_runtime_has_a_status_and_a_word_of_its_own(void **unused)
{
    (void)unused;
    assert_int_equal(RUNTIME_EXIT_PANIC, 101);
    assert_int_equal(RUNTIME_EXIT_DEADLOCK, 102);
    assert_int_equal(RUNTIME_EXIT_FATAL, 103);
    assert_int_equal(RUNTIME_EXIT_QUIT, 104);
    assert_string_equal(runtime_exit_word(RUNTIME_EXIT_PANIC), "panic");
    assert_string_equal(runtime_exit_word(RUNTIME_EXIT_DEADLOCK), "deadlock");
    assert_string_equal(runtime_exit_word(RUNTIME_EXIT_FATAL), "fatal error");
    assert_string_equal(runtime_exit_word(RUNTIME_EXIT_QUIT), "quit");
    for (int status = 0; status < 256; status++)
        if (status < RUNTIME_EXIT_PANIC || status > RUNTIME_EXIT_QUIT)
            assert_null(runtime_exit_word(status));
}

BODY(panics_with_words_in_a_buffer)
{
    setvbuf(stderr, NULL, _IOFBF, 4096);
    fputs("written out\n", stderr);
    fflush(stderr);
    fputs("still in the buffer\n", stderr);
    panic("now");
}

/* As with abort(): another thread may hold the file, and a panic must not wait for it. */
static void what_stdio_keeps_is_lost_when_the_runtime_ends_the_process(void **unused)
{
    static struct ending e;

    (void)unused;
    SKIP_UNDER_TOOLS(); /* ThreadSanitizer writes it out */
    run_in_child(panics_with_words_in_a_buffer, NULL, 1, &e);
    assert_int_equal(e.status, RUNTIME_EXIT_PANIC);
    assert_int_equal(strncmp(e.said, "written out\npanic: now\n", 23), 0);
    assert_null(strstr(e.said, "still in the buffer"));
}

/* --- errno -------------------------------------------------------------------------- */

static void leave_another_errno(void *unused)
{
    (void)unused;
    CHECK_EQ(errno, 0); /* a new task's */
    errno = ENOSPC;
    task_yield();
    CHECK_EQ(errno, ENOSPC);
}

BODY(errno_is_after_a_wait_what_it_was_before)
{
    for (int i = 0; i < 100; i++) {
        errno = EXDEV;
        go(leave_another_errno, NULL);
        task_yield();
        CHECK_EQ(errno, EXDEV);
        task_sleep(1);
        CHECK_EQ(errno, EXDEV);
        EVENTUALLY(task_count() == 1);
    }
}
ENDS_OK(errno_is_after_a_wait_what_it_was_before)

enum { PARSERS = 5, ROUNDS = 400 };

static int parsers_left = PARSERS, moves;

/* 400 rounds or a second; and as many more, for ten seconds of processors, as it takes until
 * somebody has come to another thread: on a busy machine that has no processor for a while. */
static bool parses_on(int rounds, int64_t since)
{
    int64_t passed = processor_now() - since;

    if (rounds < ROUNDS && passed < SEC)
        return true;
    return task_workers() > 1 && !read_count(&moves) && passed < 10 * SEC;
}

/* A compiler would keep the address of errno over task_yield(), after which the task may run on
 * another thread. */
static void parse_too_much(void *unused)
{
    int64_t since = processor_now();

    (void)unused;
    for (int k = 0; parses_on(k, since); k++) {
        int before;

        errno = 0;
        for (volatile int i = 0; i < 100000; i++) /* so that another worker comes and helps */
            ;
        before = gettid();
        task_yield();
        __atomic_fetch_add(&moves, gettid() != before, __ATOMIC_RELAXED);
        errno = 0;
        CHECK_EQ(strtol("99999999999999999999", NULL, 10), LONG_MAX);
        CHECK_EQ(errno, ERANGE);
    }
    __atomic_fetch_sub(&parsers_left, 1, __ATOMIC_RELEASE);
}

BODY(errno_is_that_of_the_thread_on_which_the_task_is)
{
    for (int i = 0; i < PARSERS; i++)
        go(parse_too_much, NULL);
    EVENTUALLY(!read_count(&parsers_left));
    if (task_workers() > 1)
        CHECK(moves > 0);
}
ENDS_OK(errno_is_that_of_the_thread_on_which_the_task_is)

static void fail_to_open(void *unused)
{
    (void)unused;
    CHECK_EQ(errno, EXDEV);
    CHECK(open("/no/such/file", O_RDONLY) < 0);
}

BODY(a_blocking_call_has_the_errno_of_its_task)
{
    errno = EXDEV;
    task_blocking(fail_to_open, NULL);
    CHECK_EQ(errno, ENOENT);
}
ENDS_OK(a_blocking_call_has_the_errno_of_its_task)

/* --- what a process is to the runtime --------------------------------------------- */

static _Noreturn void say_workers(const char *text)
{
    setenv("TWIN_WORKERS", text, 1);
    task_set_workers(0);
    _exit(task_workers() + 100);
}

static int refusal_of(const char *text, char said[256])
{
    int fds[2], status;
    pid_t child;

    assert_int_equal(pipe(fds), 0);
    child = fork();
    if (!child) {
        dup2(fds[1], STDERR_FILENO);
        say_workers(text);
    }
    close(fds[1]);
    said[read(fds[0], said, 255)] = 0;
    close(fds[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WEXITSTATUS(status);
}

static void a_number_of_workers_that_is_none_is_refused(void **unused)
{
    static const char *const none[] = { "abc", "-3", "1000", "2x", "65" };
    char line[128], said[256];

    (void)unused;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        snprintf(line, sizeof line, "twinbench: TWIN_WORKERS: a number from 1 to 64, not '%s'\n",
                 none[i]);
        assert_int_equal(refusal_of(none[i], said), 2);
        assert_string_equal(said, line);
    }
}

static void run_twice(void)
{
    static int ran;

    task_set_workers(1);
    MUST(task_main(bump, &ran) == 0);
    MUST(task_main(bump, &ran) == -EALREADY);
    MUST(ran == 1);
}

static void task_main_runs_once_and_says_so(void **unused)
{
    (void)unused;
    assert_int_equal(status_of(run_twice), 0);
}

static int ended_as(pid_t child)
{
    int status = -1;

    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

static void must_be_open_to_signals(void)
{
    static const char *const argv[] = { "grep", "-q", "SigBlk:\t0000000000000000",
                                        "/proc/self/status", NULL };
    pid_t child = fork();

    if (!child) {
        sigset_t blocked;

        sigprocmask(SIG_BLOCK, NULL, &blocked);
        _exit(sigisemptyset(&blocked) ? 0 : 1);
    }
    CHECK_EQ(ended_as(child), 0);
    CHECK_EQ(posix_spawn(&child, "/bin/grep", NULL, NULL, (char **)argv, environ), 0);
    CHECK_EQ(ended_as(child), 0);
}

static int beside;

/* Until it is on another thread than the first. */
static void start_children(void *unused)
{
    int64_t until = processor_now() + 5 * SEC;

    (void)unused;
    while (gettid() == getpid() && !read_count(&beside) && processor_now() < until) {
        for (volatile int i = 0; i < 100000; i++)
            ;
        task_yield();
    }
    if (gettid() != getpid())
        bump(&beside);
    must_be_open_to_signals();
}

BODY(a_child_has_the_signals_of_the_process_whichever_worker_started_it)
{
    if (task_workers() == 1) {
        must_be_open_to_signals();
        return;
    }
    for (int i = 0; i < 4; i++)
        go(start_children, NULL);
    EVENTUALLY(task_count() == 1);
    CHECK(beside > 0);
}
ENDS_OK(a_child_has_the_signals_of_the_process_whichever_worker_started_it)

/* --- a kernel without MADV_GUARD_INSTALL ------------------------------------------ */

#define MOST_MAPS 65530 /* the kernel's default, which this test asks for */

static bool old_kernel, no_more_maps;
static int guards;

/* These stand before libc's. */
int madvise(void *p, size_t bytes, int advice)
{
    if (old_kernel && advice == 102) {
        errno = EINVAL;
        return -1;
    }
    return (int)syscall(SYS_madvise, p, bytes, advice);
}

int mprotect(void *p, size_t bytes, int rights)
{
    if (no_more_maps) {
        errno = ENOMEM;
        return -1;
    }
    guards += bytes == 4096 && rights == PROT_NONE;
    return (int)syscall(SYS_mprotect, p, bytes, rights);
}

static void be_old_kernel(void)
{
    old_kernel = true;
}

static void be_full_old_kernel(void)
{
    old_kernel = no_more_maps = true;
}

#define WITH(kernel, ...)                                                                          \
    do {                                                                                           \
        before_task_main = kernel;                                                                 \
        __VA_ARGS__;                                                                               \
        before_task_main = NULL;                                                                   \
    } while (0)

static const char bare_warning[] = "twinbench: more task stacks than this kernel can guard";

static void an_old_kernel_guards_by_mprotect(void **unused)
{
    static struct ending e;

    (void)unused;
    SKIP_UNDER_TOOLS();
    WITH(be_old_kernel,
         assert_int_equal(run_in_child(a_task_that_overflows_its_stack_is_named, NULL, 2, &e),
                          RUNTIME_EXIT_FATAL));
    assert_non_null(strstr(e.said, "fatal error: task stack overflow: task "));
    assert_null(strstr(e.said, bare_warning));
}

static void write_below_the_stack(void *unused)
{
    char frame[66 << 10]; /* ends within the page that is no guard */

    (void)unused;
    memset(frame, 1, sizeof frame);
    __asm__ volatile("" ::"r"(frame) : "memory");
}

static void overflows_a_bare_stack_and_ends(void *unused)
{
    (void)unused;
    go(write_below_the_stack, NULL);
    EVENTUALLY(task_count() == 1);
}

static void write_and_go_on(void *unused)
{
    write_below_the_stack(unused);
    for (;;)
        task_yield();
}

static void overflows_a_bare_stack_and_goes_on(void *unused)
{
    (void)unused;
    go(write_and_go_on, NULL);
    EVENTUALLY(false);
}

static void an_overflow_without_a_guard_is_told_late(void **unused)
{
    (void)unused;
    SKIP_UNDER_TOOLS();
    WITH(be_full_old_kernel,
         assert_ends("ends", overflows_a_bare_stack_and_ends, RUNTIME_EXIT_FATAL,
                     "fatal error: task stack overflow: task "));
    WITH(be_full_old_kernel,
         assert_ends("goes on", overflows_a_bare_stack_and_goes_on, RUNTIME_EXIT_FATAL,
                     "fatal error: task stack overflow: task "));
}

/* Each guard takes two mappings, and some are left: to malloc, say. */
static void park_beyond_the_budget(void *unused)
{
    struct chan *gate = chan_make(0, 0);

    (void)unused;
    for (int i = 0; i < 32000; i++)
        go(receive, gate);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 32000);
    CHECK_EQ(guards, (MOST_MAPS - 8192) / 2);
    for (int i = 0; i < 1000; i++)
        CHECK(mmap(NULL, 8192, i % 2 ? PROT_READ : PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED);
    chan_close(gate);
    EVENTUALLY(task_count() == 1);
}

static long most_maps(void)
{
    FILE *f = fopen("/proc/sys/vm/max_map_count", "r");
    long n = 0;

    if (f) {
        if (fscanf(f, "%ld", &n) != 1)
            n = 0;
        fclose(f);
    }
    return n;
}

static void an_old_kernel_guards_what_it_can_and_warns_once(void **unused)
{
    static struct ending e;
    const char *first;

    (void)unused;
    SKIP_UNDER_TOOLS();
    if (most_maps() != MOST_MAPS || available_bytes() < (int64_t)1 << 30)
        skip();
    WITH(be_old_kernel, assert_int_equal(run_in_child(park_beyond_the_budget, NULL, 2, &e), 0));
    first = strstr(e.said, bare_warning);
    assert_non_null(first);
    assert_null(strstr(first + 1, bare_warning));
}

/* --- where C is not Go (runtime/DIFFERENCES.md) ----------------------------------------- */

static void read_rounding(void *mode)
{
    __atomic_store_n((int *)mode, fegetround(), __ATOMIC_RELEASE);
}

BODY(the_rounding_mode_is_the_workers)
{
    int seen = -1;

    if (task_workers() > 1) /* which of them runs the other task is not known */
        return;
    CHECK_EQ(fesetround(FE_UPWARD), 0);
    go(read_rounding, &seen);
    task_yield();
    CHECK_EQ(read_count(&seen), FE_UPWARD);
    fesetround(FE_TONEAREST);
}
ENDS_OK(the_rounding_mode_is_the_workers)

BODY(a_task_that_never_gives_way_keeps_its_worker)
{
    int64_t until = clock_now() + 50 * MS;
    int ran = 0;

    if (task_workers() > 1)
        return;
    go(bump, &ran);
    while (clock_now() < until)
        CHECK_EQ(read_count(&ran), 0);
    task_yield();
    CHECK_EQ(read_count(&ran), 1);
}
ENDS_OK(a_task_that_never_gives_way_keeps_its_worker)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_count_of_tasks_comes_back_to_one),
        TEST(starts_no_function),
        TEST(the_arguments_of_a_task_are_evaluated_by_its_starter),
        TEST(the_first_task_is_number_one_and_no_number_is_used_twice),
        TEST(what_is_on_a_stack_stays_there_across_waits),
        TEST(every_task_that_is_started_runs_once),
        cmocka_unit_test(the_process_goes_on_when_task_1_has_returned),
        cmocka_unit_test(the_number_of_workers_is_what_was_asked_for_within_limits),
        TEST(a_task_that_overflows_its_stack_is_named),
        TEST(a_frame_that_reaches_beyond_the_guard_is_an_overflow_too),
        TEST(task_1_has_a_bigger_stack_and_a_limit_too),
        TEST(a_null_pointer_is_a_segmentation_fault_and_no_overflow),
        TEST(a_blocking_call_without_a_thread_to_be_had_says_so),
        cmocka_unit_test(every_end_of_the_runtime_has_a_status_and_a_word_of_its_own),
        cmocka_unit_test(what_stdio_keeps_is_lost_when_the_runtime_ends_the_process),
        TEST(very_many_tasks_can_be_parked_at_a_page_and_a_tenth_each),
        TEST(errno_is_after_a_wait_what_it_was_before),
        TEST(errno_is_that_of_the_thread_on_which_the_task_is),
        TEST(a_blocking_call_has_the_errno_of_its_task),
        cmocka_unit_test(a_number_of_workers_that_is_none_is_refused),
        cmocka_unit_test(task_main_runs_once_and_says_so),
        TEST(a_child_has_the_signals_of_the_process_whichever_worker_started_it),
        cmocka_unit_test(an_old_kernel_guards_by_mprotect),
        cmocka_unit_test(an_overflow_without_a_guard_is_told_late),
        cmocka_unit_test(an_old_kernel_guards_what_it_can_and_warns_once),
        TEST(the_rounding_mode_is_the_workers),
        TEST(a_task_that_never_gives_way_keeps_its_worker),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
