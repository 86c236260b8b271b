/* SPDX-License-Identifier: MIT */
/* The quick clock keeps near the real one, also if its process lost the processor again and again
 * while the speed of the cycle counter was found out. */
#include "twintest.h"

#include <sys/syscall.h>
#include <time.h>

static bool interrupted; /* between a reading of the counter and one of the clock, now and then */

/* Stands before libc's. */
int clock_gettime(clockid_t id, struct timespec *now)
{
    static unsigned calls;
    const struct timespec pause = { .tv_nsec = 5 * MS };

    if (interrupted && calls++ % 3 == 2)
        nanosleep(&pause, NULL);
    return (int)syscall(SYS_clock_gettime, id, now);
}

BODY(the_quick_clock_is_never_far_ahead)
{
    interrupted = false;
    for (int i = 0; i < 20000; i++) {
        int64_t guess = clock_quick(worker_self());

        CHECK(guess <= clock_now() + 20 * US);
    }
}

static void interrupt(void)
{
    interrupted = true;
}

AS_TEST(the_quick_clock_is_never_far_ahead, {
    SKIP_UNDER_TOOLS();
    ASSERT_ENDS_OK(the_quick_clock_is_never_far_ahead);
    before_task_main = interrupt;
    ASSERT_ENDS_OK(the_quick_clock_is_never_far_ahead);
})

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_quick_clock_is_never_far_ahead),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
