/* SPDX-License-Identifier: MIT */
/* Cleanups run newest first, however their scope ends; a panic comes out where it was
 * recovered, and nowhere else.
 *
 * The number before a test is that of the statement it puts to the proof (tests/README.md). */
#include "chan.h"
#include "defer.h"
#include "sync.h"
#include "twintest.h"

#include <malloc.h>
#include <sys/resource.h>

/* --- what has run, as letters ----------------------------------------------------- */

static char ran[4096];

static void note(void *letter)
{
    size_t n = strlen(ran);

    CHECK(n + 1 < sizeof ran);
    ran[n] = (char)(intptr_t)letter;
    ran[n + 1] = 0;
}

static void *letter(int c)
{
    return (void *)(intptr_t)c;
}

static void forget(void)
{
    ran[0] = 0;
}

#define CHECK_RAN(letters)                                                                         \
    do {                                                                                           \
        if (strcmp(ran, letters))                                                                  \
            check_failed(__FILE__, __LINE__, ran, 0, 0, false);                                    \
    } while (0)

/* A cleanup that recovers, and keeps the sentence. */
static char sentence[256];
static int recovered;

static void recover_it(void *unused)
{
    const char *s = recover();

    (void)unused;
    recovered += s != NULL;
    snprintf(sentence, sizeof sentence, "%s", s ? s : "");
}

#define CHECK_SAID(words)                                                                          \
    do {                                                                                           \
        if (strcmp(sentence, words))                                                               \
            check_failed(__FILE__, __LINE__, sentence, 0, 0, false);                               \
    } while (0)

static void panic_with(void *words)
{
    panic("%s", (const char *)words);
}

/* Run fn(arg) as a task and wait until the oldest of its cleanups has run. */
struct whole_task {
    task_fn *fn;
    void *arg;
    int ended; /* atomic */
};

static void tell(void *arg)
{
    __atomic_store_n((int *)arg, 1, __ATOMIC_RELEASE);
}

static void run_whole(void *arg)
{
    struct whole_task *w = arg;

    defer(tell, &w->ended);
    w->fn(w->arg);
}

static void run_to_its_end(task_fn *fn, void *arg)
{
    struct whole_task w = { fn, arg, 0 };

    go(run_whole, &w);
    EVENTUALLY(__atomic_load_n(&w.ended, __ATOMIC_ACQUIRE));
    EVENTUALLY(task_count() == 1);
}

/* --- order ------------------------------------------------------------------------ */

/* 105 */
BODY(cleanups_run_newest_first)
{
    {
        DEFER_SCOPE;
        for (int i = 0; i < 10; i++)
            defer(note, letter('0' + i));
        CHECK_RAN("");
    }
    CHECK_RAN("9876543210");
}
ENDS_OK(cleanups_run_newest_first)

/* 105 */
static void *next_letter(int *calls)
{
    return letter('a' + (*calls)++);
}

BODY(the_argument_is_that_of_the_moment_of_registering)
{
    int calls = 0, v = 'x';

    {
        DEFER_SCOPE;
        defer(note, next_letter(&calls));
        defer(note, letter(v));
        v = 'y';
        CHECK_EQ(calls, 1);
    }
    CHECK_EQ(calls, 1);
    CHECK_RAN("xa");
}
ENDS_OK(the_argument_is_that_of_the_moment_of_registering)

/* 106 */
static void register_some(bool third, int loops)
{
    DEFER_SCOPE;

    defer(note, letter('1'));
    if (loops)
        defer(note, letter('2'));
    if (third)
        defer(note, letter('3'));
    for (int i = 0; i < loops; i++)
        defer(note, letter('a' + i));
    defer(note, letter('4'));
}

BODY(conditional_and_repeated_cleanups_run_in_the_right_order)
{
    register_some(false, 1);
    CHECK_RAN("4a21");
    forget();
    register_some(true, 0);
    CHECK_RAN("431");
    forget();
    register_some(true, 3);
    CHECK_RAN("4cba321");
}
ENDS_OK(conditional_and_repeated_cleanups_run_in_the_right_order)

/* 110 */
static void defer_two_more(void *unused)
{
    (void)unused;
    note(letter('c'));
    defer(note, letter('e'));
    defer(note, letter('d'));
}

BODY(a_cleanup_registered_by_a_cleanup_runs_before_the_older_ones)
{
    {
        DEFER_SCOPE;
        defer(note, letter('f'));
        defer(defer_two_more, NULL);
        defer(note, letter('b'));
        note(letter('a'));
    }
    CHECK_RAN("abcdef");
}
ENDS_OK(a_cleanup_registered_by_a_cleanup_runs_before_the_older_ones)

/* --- every way out ---------------------------------------------------------------- */

static int leave_by_return(int early)
{
    DEFER_SCOPE;

    defer(note, letter('r'));
    if (early)
        return early;
    note(letter('l'));
    return 0;
}

/* 107 */
BODY(a_scope_left_by_return_break_or_its_end_runs_its_cleanups)
{
    CHECK_EQ(leave_by_return(7), 7);
    CHECK_EQ(leave_by_return(0), 0);
    CHECK_RAN("rlr");
    forget();
    for (int i = 0; i < 5; i++) {
        DEFER_SCOPE;
        defer(note, letter('0' + i));
        if (i == 1)
            continue;
        if (i == 3)
            break;
        note(letter('.'));
    }
    CHECK_RAN(".01.23");
}
ENDS_OK(a_scope_left_by_return_break_or_its_end_runs_its_cleanups)

static void lend(void)
{
    defer(note, letter('l'));
}

BODY(a_function_without_a_scope_lends_its_cleanups_to_its_caller)
{
    {
        DEFER_SCOPE;
        lend();
        CHECK_RAN("");
    }
    CHECK_RAN("l");
}
ENDS_OK(a_function_without_a_scope_lends_its_cleanups_to_its_caller)

static void end_of_task(void *arg)
{
    defer(note, letter('t'));
    (void)arg;
}

static void exit_in_scopes(void *arg)
{
    DEFER_SCOPE;

    defer(note, letter('1'));
    {
        DEFER_SCOPE;
        defer(note, letter('2'));
        (void)arg;
        task_exit();
    }
}

/* 107 */
BODY(a_task_that_ends_or_exits_runs_its_cleanups)
{
    run_to_its_end(end_of_task, NULL);
    CHECK_RAN("t");
    forget();
    run_to_its_end(exit_in_scopes, NULL);
    CHECK_RAN("21");
    CHECK_EQ(stats_read().cleanups.now, 0);
}
ENDS_OK(a_task_that_ends_or_exits_runs_its_cleanups)

static void exit_with_recover(void *unused)
{
    (void)unused;
    defer(note, letter('b'));
    defer(recover_it, NULL);
    task_exit();
}

/* 107 */
BODY(there_is_nothing_to_recover_in_the_cleanups_of_a_task_that_exits)
{
    run_to_its_end(exit_with_recover, NULL);
    CHECK_EQ(recovered, 0);
    CHECK_RAN("b");
}
ENDS_OK(there_is_nothing_to_recover_in_the_cleanups_of_a_task_that_exits)

static void panic_in_scopes(void *unused)
{
    DEFER_SCOPE;

    (void)unused;
    defer(recover_it, NULL);
    defer(note, letter('1'));
    {
        DEFER_SCOPE;
        defer(note, letter('2'));
        panic("the %s of %d", "sum", 3);
    }
}

/* 107, 108 */
BODY(a_panic_runs_the_cleanups_of_all_scopes_it_leaves)
{
    CHECK(!protect(panic_in_scopes, NULL));
    CHECK_RAN("21");
    CHECK_SAID("the sum of 3");
    CHECK_EQ(stats_read().panics, 1);
    CHECK_EQ(stats_read().cleanups.now, 0);
}
ENDS_OK(a_panic_runs_the_cleanups_of_all_scopes_it_leaves)

/* 109 */
static void defer_nothing(void *arg)
{
    DEFER_SCOPE;

    defer(note, letter('o'));
    defer(NULL, NULL);
    *(int *)arg = 1; /* registering was no mistake yet */
}

BODY(a_nil_cleanup_panics_when_it_is_its_turn)
{
    int reached = 0;

    CHECK_PANICS(defer_nothing, &reached, "deferred call of a nil function");
    CHECK_EQ(reached, 1);
    CHECK_RAN("o");
}
ENDS_OK(a_nil_cleanup_panics_when_it_is_its_turn)

/* --- recovering ------------------------------------------------------------------- */

static void recover_twice(void *unused)
{
    (void)unused;
    CHECK(recover());
    CHECK(!recover());
}

static void panic_and_recover_twice(void *unused)
{
    (void)unused;
    defer(recover_it, NULL); /* finds nothing left */
    defer(recover_twice, NULL);
    panic("once");
}

/* 112 */
BODY(a_panic_is_recovered_once)
{
    CHECK(!recover());
    CHECK(!protect(panic_and_recover_twice, NULL));
    CHECK_EQ(recovered, 0);
    CHECK(!recover());
}
ENDS_OK(a_panic_is_recovered_once)

static void recover_here(void *unused)
{
    (void)unused;
    CHECK(!recover()); /* nothing panics here: we are an ordinary cleanup */
    note(letter('r'));
}

static void end_quietly(void *unused)
{
    (void)unused;
    defer(recover_here, NULL);
}

BODY(protect_tells_a_return_from_a_panic)
{
    CHECK(protect(end_quietly, NULL));
    CHECK_RAN("r");
    CHECK_PANICS(panic_with, "loud", "loud");
    CHECK(protect(end_quietly, NULL));
    CHECK_EQ(stats_read().cleanups.now, 0);
}
ENDS_OK(protect_tells_a_return_from_a_panic)

/* 112: recover4 - the cleanup sees the values of the moment of the panic */
static void look(void *v)
{
    CHECK(recover());
    CHECK_EQ(*(volatile int *)v, 3);
}

static void change_then_panic(void *arg)
{
    volatile int *v = arg;

    defer(look, arg);
    *v = 2;
    *v = 3;
    panic("now");
}

BODY(a_cleanup_sees_the_values_of_the_moment_of_the_panic)
{
    int v = 1;

    CHECK(!protect(change_then_panic, &v));
}
ENDS_OK(a_cleanup_sees_the_values_of_the_moment_of_the_panic)

static void outer_scope_recovers(void *unused)
{
    DEFER_SCOPE;

    (void)unused;
    defer(recover_it, NULL);
    CHECK(!protect(panic_with, "through"));
    CHECK(!"a panic that protect() could not hold went on");
}

/* A protect() whose cleanups do not recover holds nothing. */
BODY(a_panic_passes_a_protection_that_does_not_recover)
{
    CHECK(!protect(outer_scope_recovers, NULL));
    CHECK_SAID("through");
}
ENDS_OK(a_panic_passes_a_protection_that_does_not_recover)

static void recovering_task(void *arg)
{
    defer(note, letter('z'));
    defer(recover_it, NULL);
    defer(note, letter('a'));
    panic_with(arg);
}

BODY(a_task_that_recovers_without_protect_ends_quietly)
{
    run_to_its_end(recovering_task, "alone");
    CHECK_RAN("az");
    CHECK_SAID("alone");
    CHECK_EQ(stats_read().cleanups.now, 0);
    CHECK_EQ(stats_read().stacks.now, 1);
}
ENDS_OK(a_task_that_recovers_without_protect_ends_quietly)

/* --- panics on top of panics ------------------------------------------------------ */

static void panic_twice(void *unused)
{
    DEFER_SCOPE;

    (void)unused;
    defer(recover_it, NULL);
    defer(panic_with, "second");
    defer(note, letter('n'));
    panic("first");
}

/* 111, 113 */
BODY(a_panic_in_a_cleanup_takes_the_place_of_the_first)
{
    CHECK(!protect(panic_twice, NULL));
    CHECK_SAID("second");
    CHECK_RAN("n");
    CHECK(!recover()); /* and the first is gone too */
    CHECK_PANICS(panic_with, "third", "third");
}
ENDS_OK(a_panic_in_a_cleanup_takes_the_place_of_the_first)

static void cleanup_with_a_panic_of_its_own(void *unused)
{
    (void)unused;
    CHECK_PANICS(panic_with, "inner", "inner");
    note(letter('i'));
}

static void panic_around_a_panic(void *unused)
{
    (void)unused;
    defer(recover_it, NULL);
    defer(cleanup_with_a_panic_of_its_own, NULL);
    panic("outer");
}

/* 111 */
BODY(a_panic_recovered_inside_a_cleanup_leaves_the_first_as_it_was)
{
    CHECK(!protect(panic_around_a_panic, NULL));
    CHECK_RAN("i");
    CHECK_SAID("outer");
}
ENDS_OK(a_panic_recovered_inside_a_cleanup_leaves_the_first_as_it_was)

/* 111 */
BODY(panics_that_nobody_recovers_are_told_in_order)
{
    defer(panic_with, "three");
    defer(panic_with, "two");
    panic("one");
}
PANICS(panics_that_nobody_recovers_are_told_in_order, "one\n\tpanic: two\n\tpanic: three\n")

/* 111 */
BODY(the_later_lines_of_a_sentence_are_indented)
{
    defer(panic_with, "two\nmore\n");
    panic("one\nof it");
}
PANICS(the_later_lines_of_a_sentence_are_indented, "one\n\tof it\n\tpanic: two\n\tmore\n\t\n")

/* The others have come as far, where there is a worker for each. */
static void panic_with_the_others(void *came)
{
    __atomic_add_fetch((int *)came, 1, __ATOMIC_RELAXED);
    while (__atomic_load_n((int *)came, __ATOMIC_RELAXED) < task_workers())
        cpu_relax();
    panic("at once");
}

BODY(two_tasks_panic_at_once)
{
    int came = 0;

    go(panic_with_the_others, &came);
    go(panic_with_the_others, &came);
    task_stop();
}

static void of_two_panics_at_once_one_is_told(void **unused_state)
{
    static struct ending e;

    (void)unused_state;
    for (int round = 0; round < 20; round++) {
        assert_int_equal(run_in_child(two_tasks_panic_at_once, NULL, 2, &e), RUNTIME_EXIT_PANIC);
        assert_int_equal(strncmp(e.said, "panic: at once\n\n", 16), 0);
        if (strstr(e.said + 1, "panic: at once"))
            fail_msg("two were told: %s", e.said);
    }
}

static void recover_then_panic(void *words)
{
    CHECK(recover());
    panic_with(words);
}

/* 111 */
BODY(a_panic_recovered_before_the_next_is_marked)
{
    defer(recover_then_panic, "two");
    panic("one");
}
PANICS(a_panic_recovered_before_the_next_is_marked, "one [recovered]\n\tpanic: two\n")

static void recover_two_then_panic(void *unused)
{
    (void)unused;
    defer(panic_with, "four");
    defer(recover_it, NULL);
    defer(panic_with, "two");
    panic("one");
}

static void protect_two_then_panic(void *unused)
{
    protect(recover_two_then_panic, unused);
}

/* 113: the cleanups that are left run as if their function had returned. */
BODY(a_panic_after_a_recovered_one_is_told_without_it)
{
    defer(protect_two_then_panic, NULL);
    panic("zero");
}
PANICS(a_panic_after_a_recovered_one_is_told_without_it, "zero\n\tpanic: four\n\n")

static void panic_again(void *unused)
{
    char words[256];
    const char *s = recover();

    (void)unused;
    CHECK(s);
    snprintf(words, sizeof words, "%s+", s);
    panic("%s", words);
}

static void nest(void *arg)
{
    int depth = (int)(intptr_t)arg;
    DEFER_SCOPE;

    defer(note, letter('0' + depth));
    defer(panic_again, NULL);
    if (!depth)
        panic("bottom");
    protect(nest, (void *)(intptr_t)(depth - 1));
    CHECK(!"the panic came again");
}

/* 114 */
BODY(a_panic_repeated_through_six_frames_leaves_no_cleanup_behind)
{
    CHECK_PANICS(nest, (void *)5, "bottom++++++");
    CHECK_RAN("012345");
    CHECK_EQ(stats_read().cleanups.now, 0);
}
ENDS_OK(a_panic_repeated_through_six_frames_leaves_no_cleanup_behind)

/* --- panics and exits ------------------------------------------------------------- */

static void exit_and_panic_recovered(void *unused)
{
    (void)unused;
    defer(note, letter('e'));
    defer(recover_it, NULL);
    defer(panic_with, "while leaving");
    defer(note, letter('a'));
    task_exit();
}

static void go_on_after(void *unused)
{
    protect(exit_and_panic_recovered, unused);
    note(letter('!')); /* the task has ended: never */
}

/* 115 */
BODY(a_panic_recovered_while_a_task_exits_does_not_keep_it_alive)
{
    run_to_its_end(go_on_after, NULL);
    CHECK_RAN("ae");
    CHECK_SAID("while leaving");
}
ENDS_OK(a_panic_recovered_while_a_task_exits_does_not_keep_it_alive)

static void exit_in_cleanup(void *unused)
{
    (void)unused;
    note(letter('x'));
    task_exit();
}

static void panic_then_exit(void *unused)
{
    (void)unused;
    defer(note, letter('e'));
    defer(recover_it, NULL); /* nothing left */
    defer(exit_in_cleanup, NULL);
    panic("overtaken");
}

/* 115 */
BODY(an_exit_in_a_cleanup_overtakes_the_panic)
{
    run_to_its_end(panic_then_exit, NULL);
    CHECK_RAN("xe");
    CHECK_EQ(recovered, 0);
}
ENDS_OK(an_exit_in_a_cleanup_overtakes_the_panic)

static void exit_and_panic(void *unused)
{
    (void)unused;
    defer(panic_with, "while leaving");
    task_exit();
}

/* 115 */
BODY(a_panic_while_a_task_exits_ends_the_process)
{
    go(exit_and_panic, NULL);
    task_stop();
}
PANICS(a_panic_while_a_task_exits_ends_the_process, "while leaving")

static void exit_here(void *unused)
{
    (void)unused;
    task_exit();
}

static void recover_then_exit(void *unused)
{
    (void)unused;
    defer(note, letter('o'));
    protect(panic_in_scopes, NULL);
    exit_here(NULL);
}

/* 115 */
BODY(a_task_can_exit_after_it_recovered)
{
    run_to_its_end(recover_then_exit, NULL);
    CHECK_RAN("21o");
}
ENDS_OK(a_task_can_exit_after_it_recovered)

/* --- written out, without a record ------------------------------------------------- */

static int open_and_leave(int early)
{
    defer_open(note, letter('1'));
    defer_open(note, letter('2'));
    if (early)
        return early;
    note(letter('.'));
    return 0;
}

/* 105, 107 */
BODY(open_cleanups_run_newest_first_however_their_scope_is_left)
{
    CHECK_EQ(open_and_leave(3), 3);
    CHECK_EQ(open_and_leave(0), 0);
    CHECK_RAN("21.21");
    forget();
    for (int i = 0; i < 5; i++) {
        defer_open(note, letter('0' + i));
        if (i == 1)
            continue;
        if (i == 3)
            break;
        note(letter('.'));
    }
    CHECK_RAN(".01.23");
}
ENDS_OK(open_cleanups_run_newest_first_however_their_scope_is_left)

static void every_kind(void *end)
{
    struct cleanup record;

    defer_open(note, letter('1'));
    defer_record(&record, note, letter('2'));
    defer(note, letter('3'));
    defer_open(note, letter('4'));
    defer(defer_two_more, NULL);
    if (end)
        ((task_fn *)end)("at the end");
}

/* 106, 110 */
BODY(the_kinds_mix_in_one_function_in_the_order_of_registering)
{
    every_kind(NULL);
    CHECK_RAN("cde4321");
    CHECK_EQ(stats_read().cleanups.now, 0);
}
ENDS_OK(the_kinds_mix_in_one_function_in_the_order_of_registering)

static void every_kind_and_panic(void *unused)
{
    (void)unused;
    defer_open(recover_it, NULL);
    every_kind((void *)panic_with);
}

static void every_kind_and_exit(void *unused)
{
    (void)unused;
    every_kind((void *)exit_in_scopes);
}

/* 107, 111 */
BODY(open_cleanups_run_when_a_task_panics_or_exits)
{
    CHECK(!protect(every_kind_and_panic, NULL));
    CHECK_RAN("cde4321");
    CHECK_SAID("at the end");
    every_kind(NULL); /* the scopes are whole again */
    CHECK_RAN("cde4321cde4321");
    forget();
    run_to_its_end(every_kind_and_exit, NULL);
    CHECK_RAN("21cde4321");
}
ENDS_OK(open_cleanups_run_when_a_task_panics_or_exits)

static void register_and_panic(void *unused)
{
    (void)unused;
    defer(note, letter('n'));
    panic("in an open cleanup");
}

static void leave_by_a_panicking_cleanup(void *unused)
{
    (void)unused;
    defer_open(recover_it, NULL);
    defer_open(note, letter('o'));
    defer_open(register_and_panic, NULL);
}

/* 110, 113 */
BODY(an_open_cleanup_that_panics_runs_once_and_what_it_registered_next)
{
    CHECK(!protect(leave_by_a_panicking_cleanup, NULL));
    CHECK_RAN("no");
    CHECK_SAID("in an open cleanup");
}
ENDS_OK(an_open_cleanup_that_panics_runs_once_and_what_it_registered_next)

static void open_defers_more(void)
{
    defer_open(note, letter('f'));
    defer_open(defer_two_more, NULL);
}

/* 110 */
BODY(what_an_open_cleanup_registers_runs_before_the_older_ones)
{
    open_defers_more();
    CHECK_RAN("cdef");
}
ENDS_OK(what_an_open_cleanup_registers_runs_before_the_older_ones)

/* 116 */
BODY(an_open_cleanup_has_no_record)
{
    uint64_t before = stats_read().cleanups.total;

    open_and_leave(0);
    CHECK_EQ(stats_read().cleanups.total, before);
}
ENDS_OK(an_open_cleanup_has_no_record)

/* --- many ------------------------------------------------------------------------- */

static void count(void *n)
{
    __atomic_fetch_add((int *)n, 1, __ATOMIC_RELAXED);
}

static void deep(int depth, int *n)
{
    DEFER_SCOPE;
    struct cleanup record;

    defer(count, n);
    defer_record(&record, count, n);
    defer_open(count, n);
    if (depth)
        deep(depth - 1, n);
    task_yield();
}

struct deep {
    int n, done;
};

static void deep_task(void *arg)
{
    struct deep *d = arg;

    deep(100, &d->n);
    __atomic_fetch_add(&d->done, 1, __ATOMIC_RELEASE);
}

/* 116 */
BODY(every_kind_mixes_at_every_depth)
{
    struct deep d = { 0, 0 };

    for (int i = 0; i < 20; i++)
        go(deep_task, &d);
    EVENTUALLY(__atomic_load_n(&d.done, __ATOMIC_ACQUIRE) == 20);
    CHECK_EQ(__atomic_load_n(&d.n, __ATOMIC_RELAXED), 20 * 101 * 3);
    CHECK_EQ(stats_read().cleanups.now, 0);
    CHECK_EQ(stats_read().cleanups.total, 20 * 101 * 2);
    CHECK_EQ(stats_read().cleanups.deepest, 202);
}
ENDS_OK(every_kind_mixes_at_every_depth)

/* 116 */
BODY(a_hundred_thousand_cleanups_in_one_scope_all_run)
{
    int n = 0;

    {
        DEFER_SCOPE;
        for (int i = 0; i < 100000; i++)
            defer(count, &n);
        CHECK_EQ(stats_read().cleanups.now, 100000);
    }
    CHECK_EQ(n, 100000);
    CHECK_EQ(stats_read().cleanups.now, 0);
}
ENDS_OK(a_hundred_thousand_cleanups_in_one_scope_all_run)

/* So many bytes more than are mapped now. */
static void allow_bytes_more(rlim_t bytes)
{
    long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    struct rlimit all;

    CHECK(f);
    CHECK_EQ(fscanf(f, "%ld", &pages), 1);
    fclose(f);
    all.rlim_cur = all.rlim_max = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + bytes;
    CHECK_EQ(setrlimit(RLIMIT_AS, &all), 0);
}

static int registered, run;

static void defer_without_end(void *unused)
{
    (void)unused;
    for (;; registered++)
        defer(count, &run);
}

BODY(a_cleanup_without_memory_panics_and_those_before_it_run)
{
    await_workers();
    allow_bytes_more(16 << 20);
    CHECK_PANICS(defer_without_end, NULL, "out of memory for a cleanup");
    CHECK(run > 10000);
    CHECK_EQ(run, registered);
}
AS_TEST(a_cleanup_without_memory_panics_and_those_before_it_run, {
    SKIP_UNDER_TOOLS();
    ASSERT_ENDS_OK(a_cleanup_without_memory_panics_and_those_before_it_run);
})

/* --- what others see -------------------------------------------------------------- */

static void wait_for_ever(void *unused)
{
    (void)unused;
    task_stop();
}

/* 117 */
BODY(a_panic_nobody_recovers_ends_the_process_and_its_task_is_told_first)
{
    go(wait_for_ever, NULL);
    EVENTUALLY(tasks_waiting(WAIT_SELECT_NONE) == 1);
    go(panic_with, "of task 3");
    task_stop();
}
AS_TEST(a_panic_nobody_recovers_ends_the_process_and_its_task_is_told_first, {
    static struct ending e;
    for (int workers = 1; workers <= 2; workers++) {
        const char *said, *at, *from, *others;

        run_in_child(a_panic_nobody_recovers_ends_the_process_and_its_task_is_told_first, NULL,
                     workers, &e);
        assert_int_equal(e.status, RUNTIME_EXIT_PANIC);
        said = strstr(e.said, "panic: of task 3\n\ntask ");
        at = strstr(e.said, "[running]:\n\tat ");
        from = at ? strstr(at, " in panic_with\n\tstarted at tests/runtime/test_defer.c:") : NULL;
        others = strstr(e.said, "[select (no cases)]:");
        if (!said || !from || !others || said != e.said || from > others)
            fail_msg("%s", e.said);
    }
})

static void unlock(void *m)
{
    mutex_unlock(m);
}

static void hold_and_panic(void *m)
{
    mutex_lock(m);
    defer(unlock, m);
    panic("with the lock in hand");
}

static void hold_and_exit(void *m)
{
    mutex_lock(m);
    defer(unlock, m);
    task_exit();
}

/* 118 */
BODY(a_lock_held_by_a_cleanup_is_given_back_by_a_panic_and_an_exit)
{
    struct mutex m = { 0 };

    CHECK_PANICS(hold_and_panic, &m, "with the lock in hand");
    mutex_lock(&m);
    mutex_unlock(&m);
    run_to_its_end(hold_and_exit, &m);
    mutex_lock(&m);
    mutex_unlock(&m);
}
ENDS_OK(a_lock_held_by_a_cleanup_is_given_back_by_a_panic_and_an_exit)

static void wait_in_cleanup(void *c)
{
    chan_recv(c, NULL);
    note(letter('w'));
}

static void panic_and_wait(void *c)
{
    defer(recover_it, NULL);
    defer(wait_in_cleanup, c);
    panic("slowly");
}

/* A cleanup is an ordinary part of its task: it may wait, and wake on another worker. */
BODY(a_cleanup_of_a_panic_may_wait)
{
    struct chan *c = chan_make(0, 0);
    struct whole_task w = { panic_and_wait, c, 0 };

    go(run_whole, &w);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    chan_send(c, NULL);
    EVENTUALLY(__atomic_load_n(&w.ended, __ATOMIC_ACQUIRE));
    CHECK_RAN("w");
    CHECK_SAID("slowly");
    chan_drop(c);
}
ENDS_OK(a_cleanup_of_a_panic_may_wait)

/* --- where C is not Go (runtime/DIFFERENCES.md), and where it is -------------------------- */

static void recover_surely(void *unused)
{
    (void)unused;
    CHECK(recover());
}

static void finish(void *unused)
{
    (void)unused;
    dprintf(STDERR_FILENO, "finished\n");
}

static void recovers_in_task_1(void *unused)
{
    (void)unused;
    DEFER_SCOPE;
    defer(finish, NULL);
    defer(recover_surely, NULL);
    panic("in task 1");
}

/* As in Go, where main() has returned. */
static void task_1_has_returned_when_it_has_recovered_test(void **unused_state)
{
    (void)unused_state;
    assert_ends("task 1", recovers_in_task_1, 0, "finished\n");
}

#define TEN(digits) digits digits digits digits digits digits digits digits digits digits
#define LONG_SENTENCE TEN(TEN("0123456789")) "!"

static void panics_at_length(void *unused)
{
    (void)unused;
    panic("%s", LONG_SENTENCE);
}
PANICS(panics_at_length, LONG_SENTENCE)

static void compare_it(void *unused)
{
    const char *s = recover();

    (void)unused;
    CHECK(s && !strcmp(s, LONG_SENTENCE));
}

static void panic_at_length_and_recover(void *unused)
{
    (void)unused;
    defer(compare_it, NULL);
    panic("%s", LONG_SENTENCE);
}

BODY(a_sentence_may_be_as_long_as_it_likes)
{
    struct mallinfo2 before;

    CHECK(!protect(panic_at_length_and_recover, NULL));
    before = mallinfo2();
    for (int i = 0; i < 1000; i++)
        CHECK(!protect(panic_at_length_and_recover, NULL));
    if (task_workers() == 1) /* and is given back */
        CHECK(mallinfo2().uordblks < before.uordblks + 500 * sizeof LONG_SENTENCE);
}
ENDS_OK(a_sentence_may_be_as_long_as_it_likes)

static bool helper_recovered;

static NOINLINE void recover_for_others(void)
{
    helper_recovered = recover() != NULL;
}

static void have_it_recovered(void *unused)
{
    (void)unused;
    recover_for_others();
}

static void recover_in_a_cleanups_cleanup(void *unused)
{
    (void)unused;
    DEFER_SCOPE;
    defer(have_it_recovered, NULL);
}

static void panic_first(void *cleanup)
{
    defer((task_fn *)cleanup, NULL);
    panic("first");
}

BODY(whatever_a_cleanup_calls_may_recover)
{
    CHECK(!protect(panic_first, have_it_recovered));
    CHECK(helper_recovered);
    helper_recovered = false;
    CHECK(!protect(panic_first, recover_in_a_cleanups_cleanup));
    CHECK(helper_recovered);
}
ENDS_OK(whatever_a_cleanup_calls_may_recover)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(cleanups_run_newest_first),
        TEST(the_argument_is_that_of_the_moment_of_registering),
        TEST(conditional_and_repeated_cleanups_run_in_the_right_order),
        TEST(a_cleanup_registered_by_a_cleanup_runs_before_the_older_ones),
        TEST(a_scope_left_by_return_break_or_its_end_runs_its_cleanups),
        TEST(a_function_without_a_scope_lends_its_cleanups_to_its_caller),
        TEST(a_task_that_ends_or_exits_runs_its_cleanups),
        TEST(there_is_nothing_to_recover_in_the_cleanups_of_a_task_that_exits),
        TEST(a_panic_runs_the_cleanups_of_all_scopes_it_leaves),
        TEST(a_nil_cleanup_panics_when_it_is_its_turn),
        TEST(a_panic_is_recovered_once),
        TEST(a_cleanup_without_memory_panics_and_those_before_it_run),
        TEST(protect_tells_a_return_from_a_panic),
        TEST(a_cleanup_sees_the_values_of_the_moment_of_the_panic),
        TEST(a_panic_passes_a_protection_that_does_not_recover),
        TEST(a_task_that_recovers_without_protect_ends_quietly),
        TEST(a_panic_in_a_cleanup_takes_the_place_of_the_first),
        TEST(a_panic_recovered_inside_a_cleanup_leaves_the_first_as_it_was),
        TEST(panics_that_nobody_recovers_are_told_in_order),
        TEST(the_later_lines_of_a_sentence_are_indented),
        cmocka_unit_test(of_two_panics_at_once_one_is_told),
        TEST(a_panic_recovered_before_the_next_is_marked),
        TEST(a_panic_after_a_recovered_one_is_told_without_it),
        TEST(a_panic_repeated_through_six_frames_leaves_no_cleanup_behind),
        TEST(a_panic_recovered_while_a_task_exits_does_not_keep_it_alive),
        TEST(an_exit_in_a_cleanup_overtakes_the_panic),
        TEST(a_panic_while_a_task_exits_ends_the_process),
        TEST(a_task_can_exit_after_it_recovered),
        TEST(open_cleanups_run_newest_first_however_their_scope_is_left),
        TEST(the_kinds_mix_in_one_function_in_the_order_of_registering),
        TEST(open_cleanups_run_when_a_task_panics_or_exits),
        TEST(an_open_cleanup_that_panics_runs_once_and_what_it_registered_next),
        TEST(what_an_open_cleanup_registers_runs_before_the_older_ones),
        TEST(an_open_cleanup_has_no_record),
        TEST(every_kind_mixes_at_every_depth),
        TEST(a_hundred_thousand_cleanups_in_one_scope_all_run),
        TEST(a_panic_nobody_recovers_ends_the_process_and_its_task_is_told_first),
        TEST(a_lock_held_by_a_cleanup_is_given_back_by_a_panic_and_an_exit),
        TEST(a_cleanup_of_a_panic_may_wait),
        TEST(task_1_has_returned_when_it_has_recovered),
        TEST(panics_at_length),
        TEST(a_sentence_may_be_as_long_as_it_likes),
        TEST(whatever_a_cleanup_calls_may_recover),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
