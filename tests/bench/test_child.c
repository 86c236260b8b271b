/* SPDX-License-Identifier: MIT */
/* However a process ends, its sample says how, and nothing of it stays. */
#include "misbehave.h"

#include "exit.h"
#include "process/child_impl.h"

#include <errno.h>
#include <limits.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

static char pid_path[] = "/tmp/twin-fixture-XXXXXX";

static struct request request(const char *tip)
{
    return (struct request){ .tip = tip,
                             .twin = TWIN_BAD,
                             .executor = executor_c(),
                             .kind = KIND_COUNT,
                             .params = { .ops = 8, .size = 1, .clients = 2, .workers = 1 },
                             .timeout_ms = 20000 };
}

static char why[CHILD_WHY];
static struct sample sample;

/* Run it and return the outcome. */
static enum outcome outcome_of(const struct request *r)
{
    struct child *c;

    assert_int_equal(child_start(r, &c), 0);
    assert_int_equal(child_finish(c, &sample, why), 0);
    return sample.outcome;
}

static enum outcome outcome(const char *tip)
{
    struct request r = request(tip);

    return outcome_of(&r);
}

/* The request, run with hardly any processor: it is as nice as can be, on one that somebody
 * else keeps busy.  By another process, which need not get back what it gives up. */
static enum outcome outcome_when_starved(const struct request *r)
{
    pid_t pid = fork();

    if (pid == 0) {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(sched_getcpu(), &one);
        sched_setaffinity(0, sizeof one, &one);
        pid_t hog = fork();
        while (hog == 0)
            ;
        if (nice(19) < 0)
            _exit(OUTCOME_NONE);
        enum outcome o = child_sample(r, &sample) == 0 ? sample.outcome : OUTCOME_NONE;
        kill(hog, SIGKILL);
        waitpid(hog, NULL, 0);
        _exit((int)o);
    }
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return (enum outcome)WEXITSTATUS(status);
}

/* What child_start() says while this process may have so many files. */
static int error_with(rlim_t files, const struct request *r)
{
    struct rlimit before, few;
    struct child *c;

    getrlimit(RLIMIT_NOFILE, &before);
    few = before;
    few.rlim_cur = files;
    setrlimit(RLIMIT_NOFILE, &few);
    int error = child_start(r, &c);
    setrlimit(RLIMIT_NOFILE, &before);
    return error;
}

/* There is room for the pipes, and none for the counter that one with a limit of memory has. */
static void the_first_error_is_said_and_no_later_one(void **state)
{
    char longer[PATH_MAX + 1];
    rlim_t files = 3;

    (void)state;
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    struct request r = request("test/computes");
    r.program = longer;
    while (error_with(files, &r) == -EMFILE)
        files++;
    r.memory_bytes = 1 << 30;
    assert_int_equal(error_with(files, &r), -ENAMETOOLONG);
}

static void who_is_kept_from_a_processor_is_not_stuck(void **state)
{
    struct request r = request("test/computes");

    (void)state;
    r.timeout_ms = 400;
    assert_int_equal(outcome_when_starved(&r), OUTCOME_OK);
}

static void pause_ms(int ms)
{
    struct timespec t = { ms / 1000, ms % 1000 * 1000000L };

    nanosleep(&t, NULL);
}

/* Stop the child for three seconds, and the runner with it if that is asked for: a debugger, a
 * freezer of containers, or a virtual machine that is paused. */
static void hold(pid_t child, pid_t runner)
{
    pause_ms(100);
    kill(-child, SIGSTOP);
    if (runner)
        kill(runner, SIGSTOP);
    pause_ms(3000);
    kill(-child, SIGCONT);
    if (runner)
        kill(runner, SIGCONT);
    _exit(0);
}

/* Of a request that takes half a second, held for three. */
static enum outcome outcome_when_held(bool runner_too)
{
    struct request r = request("test/computes");
    pid_t runner = fork();

    r.params.ops = 160;
    r.timeout_ms = 2500;
    if (runner == 0) {
        struct child *c;
        if (child_start(&r, &c) != 0)
            _exit(OUTCOME_NONE);
        pid_t holder = fork();
        if (holder == 0)
            hold(c->pid, runner_too ? getppid() : 0);
        enum outcome o = child_finish(c, &sample, NULL) == 0 ? sample.outcome : OUTCOME_NONE;
        waitpid(holder, NULL, 0);
        _exit((int)o);
    }
    int status;
    assert_int_equal(waitpid(runner, &status, 0), runner);
    assert_true(WIFEXITED(status));
    return (enum outcome)WEXITSTATUS(status);
}

static void who_is_stopped_is_not_stuck(void **state)
{
    (void)state;
    assert_int_equal(outcome_when_held(false), OUTCOME_OK);
    assert_int_equal(outcome_when_held(true), OUTCOME_OK);
}

/* How often it is looked, every 10 ms, whether something has happened: for three minutes. */
enum { PATIENCE = 18000 };

/* The number in pid_path, once it is there. */
static pid_t known_pid(void)
{
    int pid = 0;

    for (int i = 0; i < PATIENCE && pid == 0; i++) {
        FILE *f = fopen(pid_path, "r");
        if (!f || fscanf(f, "%d", &pid) != 1)
            pause_ms(10);
        if (f)
            fclose(f);
    }
    assert_true(pid > 0);
    return pid;
}

/* Orphans come to this process (it is a subreaper): how did that one end? */
static int end_of_orphan(pid_t pid)
{
    int status = -1;

    for (int i = 0; i < PATIENCE && waitpid(pid, &status, WNOHANG) == 0; i++)
        pause_ms(10);
    return status;
}

static int forget_pid(void **state)
{
    (void)state;
    return truncate(pid_path, 0);
}

static void a_good_process_is_ok_and_has_its_counts(void **state)
{
    (void)state;
    assert_int_equal(outcome("test/leaks"), OUTCOME_OK);
    assert_int_equal(sample.tasks, 8);
    assert_string_equal(why, "");
}

static void the_settings_are_those_of_the_request(void **state)
{
    struct request r = request("test/panics");

    (void)state;
    r.params = (struct params){ 12, 3, 2, 0, 1, 77 };
    r.block = 5;
    r.slot = 2;
    outcome_of(&r);
    assert_string_equal(sample.tip, "test/panics");
    assert_int_equal(sample.twin, TWIN_BAD);
    assert_int_equal(sample.kind, KIND_COUNT);
    assert_ptr_equal(sample.lang, executor_c());
    assert_int_equal(sample.ops, 12);
    assert_int_equal(sample.size, 3);
    assert_int_equal(sample.seed, 77);
    assert_int_equal(sample.block, 5);
    assert_int_equal(sample.slot, 2);
}

static void a_process_runs_on_the_heap_that_is_asked_for(void **state)
{
    struct request r = request("test/mimalloc");

    (void)state;
    assert_int_equal(outcome_of(&r), OUTCOME_PANICS);
    r.params.heap = HEAP_MIMALLOC;
    r.executor = executor_on_heap(HEAP_MIMALLOC);
    assert_int_equal(outcome_of(&r), OUTCOME_OK);
    assert_ptr_equal(sample.lang, executor_on_heap(HEAP_MIMALLOC));
}

static void a_panic_is_told_with_its_sentence(void **state)
{
    (void)state;
    assert_int_equal(outcome("test/panics"), OUTCOME_PANICS);
    assert_non_null(strstr(why, "panic: "));
    assert_non_null(strstr(why, "went wrong"));
}

static void a_deadlock_is_stuck_without_waiting_for_the_time_limit(void **state)
{
    (void)state;
    assert_int_equal(outcome("test/deadlocks"), OUTCOME_STUCK);
    assert_string_equal(why, "fatal error: all tasks are asleep - deadlock!");
}

static void time_that_was_lost_is_counted_once(void **state)
{
    static const struct {
        int64_t passed, ran, waited, held, lost;
    } of[] = {
        { 100, 100, 0, 0, 0 },    { 100, 10, 20, 0, 20 }, /* the rest it slept */
        { 100, 10, 180, 0, 90 },                          /* two threads waited at the same time */
        { 100, 150, 50, 0, 0 },                           /* two threads ran at the same time */
        { 100, 10, 90, 60, 90 },  /* we looked late, and it waited all the while */
        { 130, 60, 0, 100, 100 }, /* two threads ran, then it was stopped */
    };

    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++)
        assert_int_equal(child_lost_ms(of[i].passed, of[i].ran, of[i].waited, of[i].held),
                         of[i].lost);
}

static void a_twin_that_never_ends_is_stuck(void **state)
{
    struct request sleeps = request("test/sleeps"), spins = request("test/spins");

    (void)state;
    sleeps.timeout_ms = spins.timeout_ms = 200;
    assert_int_equal(outcome_of(&sleeps), OUTCOME_STUCK);
    assert_string_equal(why, "did not end within 200 ms of its own time");
    assert_int_equal(outcome_of(&spins), OUTCOME_STUCK);
}

static void a_crash_is_told_with_its_signal(void **state)
{
    (void)state;
    assert_int_equal(outcome("test/aborts"), OUTCOME_DIES);
    assert_non_null(strstr(why, "signal 6"));
}

static void leaving_early_with_success_is_not_ok(void **state)
{
    (void)state;
    assert_int_equal(outcome("test/exits"), OUTCOME_DIES);
    assert_string_equal(why, "ended by exit(0) before its measurement was over");
    assert_int_equal(sample.tasks, 0);
}

static void leaving_early_with_words_is_told_in_its_first_words(void **state)
{
    (void)state;
    assert_int_equal(outcome("test/exits-saying"), OUTCOME_DIES);
    assert_string_equal(why, "cannot go on");
}

static void a_memory_cap_ends_what_eats_without_end(void **state)
{
    struct request r = request("test/eats");

    (void)state;
    r.memory_bytes = 256 << 20;
    assert_int_equal(outcome_of(&r), OUTCOME_DIES);
}

static void a_memory_cap_leaves_others_alone(void **state)
{
    struct request r = request("test/leaks");

    (void)state;
    r.memory_bytes = 1 << 30;
    assert_int_equal(outcome_of(&r), OUTCOME_OK);
}

static void a_capped_process_tells_how_many_requests_it_answered_even_if_it_dies(void **state)
{
    struct request r = request("test/leaks");

    (void)state;
    r.memory_bytes = 256 << 20;
    assert_int_equal(outcome_of(&r), OUTCOME_OK);
    assert_int_equal(sample.served, r.params.ops);
    r.params.ops = 100000;
    assert_int_equal(outcome_of(&r), OUTCOME_DIES);
    assert_true(sample.served >= 1000 && (uint64_t)sample.served <= r.params.ops);
    r.memory_bytes = 0;
    r.params.ops = 8;
    assert_int_equal(outcome_of(&r), OUTCOME_OK);
    assert_int_equal(sample.served, 0);
}

static void printing_megabytes_neither_blocks_nor_fills_memory(void **state)
{
    struct request r = request("test/prints");
    char path[] = "/tmp/twin-said-XXXXXX";

    (void)state;
    close(mkstemp(path));
    r.said_path = path;
    assert_int_equal(outcome_of(&r), OUTCOME_OK);
    FILE *f = fopen(path, "r");
    fseek(f, 0, SEEK_END);
    assert_true(ftell(f) >= 65536 && ftell(f) <= 1 << 20);
    fclose(f);
    unlink(path);
}

static void what_a_stuck_process_was_doing_is_saved(void **state)
{
    struct request r = request("test/sleeps");
    char path[] = "/tmp/twin-said-XXXXXX", text[65536] = "";

    (void)state;
    close(mkstemp(path));
    r.said_path = path;
    r.timeout_ms = 200;
    assert_int_equal(outcome_of(&r), OUTCOME_STUCK);
    FILE *f = fopen(path, "r");
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    unlink(path);
    assert_non_null(strstr(text, "sleep"));
    assert_non_null(strstr(text, "misbehave.h"));
}

static void of_words_for_the_stuck_alone_the_others_leave_none(void **state)
{
    struct request ends = request("test/prints"), hangs = request("test/sleeps");
    char folder[] = "/tmp/twin-said-XXXXXX", path[64];
    struct stat st;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/dumps/it.txt", folder);
    ends.said_path = hangs.said_path = path;
    ends.said_if_stuck = hangs.said_if_stuck = true;
    hangs.timeout_ms = 200;
    assert_int_equal(outcome_of(&ends), OUTCOME_OK);
    assert_int_equal(stat(path, &st), -1);
    hangs.params.ops = hangs.params.clients = 2000;
    assert_int_equal(outcome_of(&hangs), OUTCOME_STUCK);
    assert_int_equal(stat(path, &st), 0);
    assert_true(st.st_size >= 1000 && st.st_size <= 65536);
    unlink(path);
    *strrchr(path, '/') = '\0';
    rmdir(path);
    rmdir(folder);
}

static void an_unwritable_place_for_its_words_is_an_error(void **state)
{
    struct request r = request("test/leaks");

    (void)state;
    r.said_path = "/nowhere/at/all";
    assert_int_equal(child_sample(&r, &sample), -ENOENT);
}

static void a_program_that_does_not_exist_is_an_error(void **state)
{
    struct request r = request("test/leaks");

    (void)state;
    r.executor = executor_add("go9.99");
    assert_int_equal(child_sample(&r, &sample), -ENOENT);
}

static void a_program_may_be_named_and_gets_the_words_of_one(void **state)
{
    (void)state;
    char script[] = "/tmp/child-program-XXXXXX", text[256] = "";
    int fd = mkstemp(script);
    struct request r = request("test/leaks");

    dprintf(fd, "#!/bin/sh\necho \"$1 $2 $3\"\nexit 3\n");
    fchmod(fd, 0755);
    close(fd);
    r.program = script;
    struct child *c;
    struct sample s;
    assert_int_equal(child_start(&r, &c), 0);
    assert_int_equal(child_finish(c, &s, text), 0);
    unlink(script);
    assert_int_equal(s.outcome, OUTCOME_DIES);
    assert_string_equal(text, "one test/leaks bad");
}

static void a_process_it_leaves_behind_is_killed(void **state)
{
    struct request r = request("test/forks");

    (void)state;
    r.params.ops = r.params.clients = 1;
    assert_int_equal(outcome_of(&r), OUTCOME_OK);
    int status = end_of_orphan(known_pid());
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void several_run_at_a_time_and_are_finished_in_any_order(void **state)
{
    struct request ok = request("test/leaks"), hangs = request("test/sleeps"),
                   panics = request("test/panics");
    struct child *a, *b, *c;

    (void)state;
    hangs.timeout_ms = 300;
    assert_int_equal(child_start(&hangs, &a), 0);
    assert_int_equal(child_start(&ok, &b), 0);
    assert_int_equal(child_start(&panics, &c), 0);
    child_finish(c, &sample, NULL);
    assert_int_equal(sample.outcome, OUTCOME_PANICS);
    child_finish(a, &sample, NULL);
    assert_int_equal(sample.outcome, OUTCOME_STUCK);
    child_finish(b, &sample, NULL);
    assert_int_equal(sample.outcome, OUTCOME_OK);
}

static void the_environment_has_another_size_each_time(void **state)
{
    struct request r = request("test/tells-env");
    char path[] = "/tmp/twin-said-XXXXXX";
    int sizes[4], different = 0;

    (void)state;
    close(mkstemp(path));
    r.said_path = path;
    for (int i = 0; i < 4; i++) {
        assert_int_equal(outcome_of(&r), OUTCOME_OK);
        FILE *f = fopen(path, "r");
        assert_int_equal(fscanf(f, "padding %d", &sizes[i]), 1);
        fclose(f);
        different += i > 0 && sizes[i] != sizes[0];
    }
    unlink(path);
    assert_true(different > 0);
}

static void nothing_outlives_a_runner_that_is_killed(void **state)
{
    struct request r = request("test/hangs-known");

    (void)state;
    pid_t runner = fork();
    if (runner == 0) {
        child_sample(&r, &sample);
        _exit(0);
    }
    pid_t twin = known_pid();
    kill(runner, SIGKILL);
    waitpid(runner, NULL, 0);
    int status = end_of_orphan(twin);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void an_interrupted_runner_ends_its_children_and_says_so(void **state)
{
    struct request r = request("test/hangs-known");
    int status;

    (void)state;
    pid_t runner = fork();
    if (runner == 0) {
        child_catch_signals();
        int error = child_sample(&r, &sample);
        _exit(error == -EINTR && child_interrupted() ? 77 : 1);
    }
    pid_t twin = known_pid();
    kill(runner, SIGINT);
    waitpid(runner, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 77);
    assert_int_equal(kill(twin, 0), -1);
    assert_int_equal(errno, ESRCH);
}

/* --- the rule alone --- */

static const struct ending ended = { .left_row = true, .said = "" };

static enum outcome by(const char *executor, int status, struct ending e)
{
    e.executor = executor_named(executor);
    e.status = status << 8;
    return child_outcome(&e);
}

static void the_parents_own_record_decides(void **state)
{
    const struct ending late = { .timed_out = true, .left_row = true, .said = "" },
                        killed = { .status = SIGKILL, .left_row = true, .said = "" };

    (void)state;
    assert_int_equal(child_outcome(&late), OUTCOME_STUCK);
    assert_int_equal(child_outcome(&killed), OUTCOME_DIES);
    assert_int_equal(by("c", 0, ended), OUTCOME_OK);
    assert_int_equal(by("c", 0, (struct ending){ .said = "" }), OUTCOME_DIES);
    assert_int_equal(by("c", 0, (struct ending){ .left_other = true, .said = "" }), OUTCOME_DIES);
}

static void the_status_of_our_runtime_says_what_it_was(void **state)
{
    struct ending words = { .said = "panic: all tasks are asleep - deadlock!" };

    (void)state;
    assert_int_equal(by("c", RUNTIME_EXIT_PANIC, ended), OUTCOME_PANICS);
    assert_int_equal(by("c", RUNTIME_EXIT_DEADLOCK, ended), OUTCOME_STUCK);
    assert_int_equal(by("c", RUNTIME_EXIT_FATAL, ended), OUTCOME_DIES);
    assert_int_equal(by("c", RUNTIME_EXIT_QUIT, ended), OUTCOME_DIES);
    assert_int_equal(by("c+mimalloc", RUNTIME_EXIT_PANIC, ended), OUTCOME_PANICS);
    assert_int_equal(by("c", 1, words), OUTCOME_DIES); /* whatever it says */
    assert_int_equal(by("c", 2, words), OUTCOME_DIES);
}

static void go_says_in_words_what_it_was(void **state)
{
    struct ending panic = { .said = "panic: x" },
                  asleep = { .said = "fatal error: all goroutines are asleep - deadlock!" };

    (void)state;
    assert_int_equal(by("go", 2, panic), OUTCOME_PANICS);
    assert_int_equal(by("go", 2, asleep), OUTCOME_STUCK);
    assert_int_equal(by("go", 2, ended), OUTCOME_DIES);
    assert_int_equal(by("go", 1, panic), OUTCOME_DIES);
    assert_int_equal(by("go", RUNTIME_EXIT_PANIC, ended), OUTCOME_DIES);
}

static void what_runs_out_of_memory_under_a_cap_dies_of_it(void **state)
{
    struct ending capped = { .capped = true, .said = "panic: out of memory" },
                  free = { .said = "panic: out of memory" },
                  other = { .capped = true, .said = "panic: send on closed channel" };

    (void)state;
    assert_int_equal(by("c", RUNTIME_EXIT_PANIC, capped), OUTCOME_DIES);
    assert_int_equal(by("c", RUNTIME_EXIT_PANIC, free), OUTCOME_PANICS);
    assert_int_equal(by("c", RUNTIME_EXIT_PANIC, other), OUTCOME_PANICS);
    assert_int_equal(by("go", 2, capped), OUTCOME_DIES);
    assert_int_equal(by("go", 2, free), OUTCOME_PANICS);
}

/* --- what comes through the pipe --- */

/* The outcome of a program that writes this into it and ends well. */
static enum outcome outcome_of_row(const char *text)
{
    char script[] = "/tmp/child-program-XXXXXX";
    int fd = mkstemp(script);
    struct request r = request("test/leaks");

    dprintf(fd, "#!/bin/sh\nprintf '%s' >&3\n", text);
    fchmod(fd, 0755);
    close(fd);
    r.program = script;
    enum outcome o = outcome_of(&r);
    unlink(script);
    return o;
}

static void a_row_is_read_with_the_header_it_brings(void **state)
{
    (void)state;
    assert_int_equal(outcome_of_row("unheard_of,tasks,answer\\n7,12,3\\n"), OUTCOME_OK);
    assert_int_equal(sample.tasks, 12);
    assert_int_equal(sample.answer, 3);
    assert_int_equal(sample.timers, UNKNOWN);
}

static void what_is_no_row_is_called_that(void **state)
{
    static const char *const texts[] = {
        "tasks,answer\\n",                /* a header alone */
        "tasks,answer\\n12\\n",           /* a field is missing */
        "tasks,answer\\n12,3",            /* torn */
        "tasks,answer\\n12,x\\n",         /* no number */
        "tasks,answer\\n12,3\\n12,3\\n",  /* two */
        "tasks,outcome\\n12,SPLENDID\\n", /* no outcome */
        "tasks,lang\\n12,cobol\\n",       /* no executor */
        "12,3\\n",
    };

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(outcome_of_row(texts[i]), OUTCOME_DIES);
        assert_string_equal(why, "left a row that cannot be read");
    }
    assert_int_equal(outcome_of_row(""), OUTCOME_DIES);
    assert_string_equal(why, "ended by exit(0) before its measurement was over");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_process_is_ok_and_has_its_counts),
        cmocka_unit_test(the_first_error_is_said_and_no_later_one),
        cmocka_unit_test(the_settings_are_those_of_the_request),
        cmocka_unit_test(a_process_runs_on_the_heap_that_is_asked_for),
        cmocka_unit_test(a_panic_is_told_with_its_sentence),
        cmocka_unit_test(a_deadlock_is_stuck_without_waiting_for_the_time_limit),
        cmocka_unit_test(time_that_was_lost_is_counted_once),
        cmocka_unit_test(a_twin_that_never_ends_is_stuck),
        cmocka_unit_test(who_is_kept_from_a_processor_is_not_stuck),
        cmocka_unit_test(who_is_stopped_is_not_stuck),
        cmocka_unit_test(a_crash_is_told_with_its_signal),
        cmocka_unit_test(leaving_early_with_success_is_not_ok),
        cmocka_unit_test(leaving_early_with_words_is_told_in_its_first_words),
        cmocka_unit_test(a_memory_cap_ends_what_eats_without_end),
        cmocka_unit_test(a_memory_cap_leaves_others_alone),
        cmocka_unit_test(a_capped_process_tells_how_many_requests_it_answered_even_if_it_dies),
        cmocka_unit_test(printing_megabytes_neither_blocks_nor_fills_memory),
        cmocka_unit_test(what_a_stuck_process_was_doing_is_saved),
        cmocka_unit_test(of_words_for_the_stuck_alone_the_others_leave_none),
        cmocka_unit_test(an_unwritable_place_for_its_words_is_an_error),
        cmocka_unit_test(a_program_that_does_not_exist_is_an_error),
        cmocka_unit_test(a_program_may_be_named_and_gets_the_words_of_one),
        cmocka_unit_test_setup(a_process_it_leaves_behind_is_killed, forget_pid),
        cmocka_unit_test(several_run_at_a_time_and_are_finished_in_any_order),
        cmocka_unit_test(the_environment_has_another_size_each_time),
        cmocka_unit_test_setup(nothing_outlives_a_runner_that_is_killed, forget_pid),
        cmocka_unit_test_setup(an_interrupted_runner_ends_its_children_and_says_so, forget_pid),
        cmocka_unit_test(the_parents_own_record_decides),
        cmocka_unit_test(the_status_of_our_runtime_says_what_it_was),
        cmocka_unit_test(go_says_in_words_what_it_was),
        cmocka_unit_test(what_runs_out_of_memory_under_a_cap_dies_of_it),
        cmocka_unit_test(a_row_is_read_with_the_header_it_brings),
        cmocka_unit_test(what_is_no_row_is_called_that),
    };

    misbehave_main(argc, argv);
    close(mkstemp(pid_path));
    setenv("FIXTURE_PID", pid_path, 1);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(pid_path);
    return failed;
}
