/* SPDX-License-Identifier: MIT */
/* task_verify_none() waits for what can end, and names what is left. */
#include "leak.h"
#include "chan.h"
#include "twintest.h"

static void receive(void *arg)
{
    chan_recv(arg, NULL);
}

static void sleep_long(void *arg)
{
    (void)arg;
    task_sleep(3600 * SEC);
}

static void sleep_short(void *arg)
{
    (void)arg;
    task_sleep(50 * MS);
}

/* Nobody else knows the channel. */
static NOINLINE void lose_one(void)
{
    go(receive, chan_make(0, 0));
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
}

BODY(none_is_left)
{
    go(sleep_short, NULL); /* it ends while we wait */
    CHECK_EQ(task_verify_none(), 0);
    CHECK_EQ(task_count(), 1);
}

BODY(one_is_lost)
{
    lose_one();
    CHECK_EQ(task_verify_none(), 1);
}

BODY(one_sleeps)
{
    go(sleep_long, NULL);
    CHECK_EQ(task_verify_none(), 1);
}

BODY(two_are_lost_and_one_sleeps)
{
    go(receive, chan_make(0, 0));
    go(receive, chan_make(0, 0));
    go(sleep_long, NULL);
    CHECK_EQ(task_verify_none(), 3);
}

BODY(all_are_left_on_purpose)
{
    lose_one();
    go(sleep_long, NULL);
    CHECK_EQ(task_verify_none(IGNORE_TASK(receive), IGNORE_IN("sleep_long")), 0);
    CHECK_EQ(task_verify_none(IGNORE_IN("lose_one"), IGNORE_TASK(sleep_long)), 0);
}

BODY(one_of_two_is_left_on_purpose)
{
    lose_one();
    go(sleep_long, NULL);
    CHECK_EQ(task_verify_none(IGNORE_IN("sleep_long")), 1);
}

static struct ending *said_by(task_fn *body, int workers)
{
    static struct ending e;

    run_in_child(body, NULL, workers, &e);
    if (e.status)
        fail_msg("%d workers: ended with status %d; it said:\n%s", workers, e.status, e.said);
    return &e;
}

static bool there_is_no_proof(void)
{
#if defined(TOOL_ASAN) || defined(TOOL_TSAN)
    return true;
#else
    return RUNNING_ON_VALGRIND;
#endif
}

/* The text of the body's child has the words, or has them not. */
static void assert_says(task_fn *body, const char *words, bool has)
{
    for (int workers = 1; workers <= 2; workers++) {
        struct ending *e = said_by(body, workers);
        if (!strstr(e->said, words) == has)
            fail_msg("%d workers: said%s \"%s\", but:\n%s", workers, has ? " not" : "", words,
                     e->said);
    }
}

AS_TEST(who_ends_in_time_is_waited_for_in_silence, {
    for (int workers = 1; workers <= 2; workers++)
        assert_string_equal(said_by(none_is_left, workers)->said, "");
})

AS_TEST(who_is_lost_is_named_with_proof, {
    SKIP_UNDER_TOOLS();
    assert_says(one_is_lost, ": 1 task is left that should have ended\n", true);
    assert_says(one_is_lost, "[chan receive, leaked]:\n\twaits at " __FILE__ ":", true);
    assert_says(one_is_lost, " in lose_one by task 1\n", true);
})

/* Under valgrind, too, which keeps the signal that would stop the other worker. */
AS_TEST(where_there_is_no_proof_it_ends_and_says_so, {
    if (!there_is_no_proof())
        skip();
    assert_says(one_is_lost,
                ": 1 task is left that should have ended; which of them never will cannot be "
                "proved: Operation not supported\n",
                true);
    assert_says(one_is_lost, "[chan receive]:\n\twaits at " __FILE__ ":", true);
})

AS_TEST(who_sleeps_is_named_without, {
    assert_says(one_sleeps, ": 1 task is left that should have ended", true);
    assert_says(one_sleeps, "[sleep", true);
    assert_says(one_sleeps, "leaked", false);
})

AS_TEST(all_are_named_but_the_caller, {
    SKIP_UNDER_TOOLS();
    assert_says(two_are_lost_and_one_sleeps, ": 3 tasks are left that should have ended\n", true);
    assert_says(two_are_lost_and_one_sleeps, "running", false);
})

AS_TEST(who_is_ignored_by_its_function_or_by_a_name_does_not_count,
        ASSERT_ENDS_OK(all_are_left_on_purpose))

AS_TEST(who_is_ignored_is_not_named_beside_others, {
    assert_says(one_of_two_is_left_on_purpose, "[chan receive", true);
    assert_says(one_of_two_is_left_on_purpose, "[sleep", false);
})

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(who_ends_in_time_is_waited_for_in_silence),
        TEST(who_is_lost_is_named_with_proof),
        TEST(where_there_is_no_proof_it_ends_and_says_so),
        TEST(who_sleeps_is_named_without),
        TEST(all_are_named_but_the_caller),
        TEST(who_is_ignored_by_its_function_or_by_a_name_does_not_count),
        TEST(who_is_ignored_is_not_named_beside_others),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
