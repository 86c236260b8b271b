/* SPDX-License-Identifier: MIT */
/* A run says where its time went, phase by phase. */
#include "show/progress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static const char *printed(struct progress *p)
{
    static char text[2048];
    FILE *out = fmemopen(text, sizeof text, "w");

    memset(text, 0, sizeof text);
    assert_non_null(out);
    progress_print(p, out);
    fclose(out);
    return text;
}

static struct progress begun(void)
{
    struct progress p;

    setenv("COLUMNS", "80", 1);
    progress_start(&p);
    return p;
}

static void each_phase_is_named_with_the_clock_and_the_processors(void **state)
{
    struct progress p = begun();

    (void)state;
    p.phases[0] = (struct phase){ "counts", 22000, 30000 };
    p.phases[1] = (struct phase){ "ageing", 900, 100 };
    p.phases[2] = (struct phase){ "time", 245000, 281000 };
    p.nphases = 3;
    assert_string_equal(
        printed(&p),
        "where the time went: counts 22 s (processors 30 s), time 4:05 min (processors\n"
        "4:41 min)\n");
}

static void of_nothing_that_took_a_second_nothing_is_said(void **state)
{
    struct progress p = begun();

    (void)state;
    progress_phase(&p, "counts");
    assert_string_equal(printed(&p), "");
    assert_int_equal(p.nphases, 1);
}

static void parts_of_a_phase_are_counted_together(void **state)
{
    struct progress p = begun();

    (void)state;
    progress_phase(&p, "time, blocks to 16");
    progress_phase(&p, "time, blocks to 32");
    progress_phase(&p, "prices");
    progress_phase(&p, "charts");
    assert_int_equal(p.nphases, 2);
    assert_string_equal(p.phases[0].name, "time");
    assert_string_equal(p.phases[1].name, "prices");
}

/* A run calibrates first.  An hour of that says nothing about how fast its plan is done. */
static void what_came_before_the_plan_does_not_make_the_rest_longer(void **state)
{
    struct progress p = begun();

    (void)state;
    p.start_ms -= 3600e3;
    progress_plan(&p, 1000);
    progress_done(&p, 500);
    assert_true(progress_left_ms(&p) < 600e3);
}

static void burn(double ms)
{
    while (clock() < (clock_t)(ms / 1e3 * CLOCKS_PER_SEC))
        ;
}

static void a_child_counts_where_it_ended(void **state)
{
    struct progress p = begun();

    (void)state;
    progress_phase(&p, "counts");
    pid_t pid = fork();
    if (pid == 0) {
        burn(60);
        _exit(0);
    }
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    progress_phase(&p, "time");
    progress_phase(&p, "charts");
    assert_true(p.phases[0].cpu_ms > 20 && p.phases[0].wall_ms > 20);
    assert_true(p.phases[1].cpu_ms == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_phase_is_named_with_the_clock_and_the_processors),
        cmocka_unit_test(of_nothing_that_took_a_second_nothing_is_said),
        cmocka_unit_test(parts_of_a_phase_are_counted_together),
        cmocka_unit_test(what_came_before_the_plan_does_not_make_the_rest_longer),
        cmocka_unit_test(a_child_counts_where_it_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
