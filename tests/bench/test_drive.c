/* SPDX-License-Identifier: MIT */
/* What one process measures, read from the row that it writes. */
#include "misbehave.h"

#include "process/child.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct sample sample;

/* Run one twin of a fixture and keep its sample. */
static void drive_twin(const char *tip, enum role twin, enum kind kind, struct params p)
{
    struct request r = { .tip = tip,
                         .twin = twin,
                         .executor = executor_c(),
                         .kind = kind,
                         .params = p,
                         .timeout_ms = 60000 };

    assert_int_equal(child_sample(&r, &sample), 0);
    assert_int_equal(sample.outcome, OUTCOME_OK);
}

/* So many requests from so many clients on one worker. */
static struct params closed(uint64_t ops, uint64_t clients)
{
    return (struct params){ .ops = ops, .size = 1, .clients = clients, .workers = 1 };
}

static struct params open_loop(uint64_t ops, uint64_t rate)
{
    return (struct params){ .ops = ops, .size = 1, .clients = 1, .rate = rate, .workers = 1 };
}

static struct params seeded(struct params p, uint64_t seed)
{
    p.seed = seed;
    return p;
}

static void drive(const char *tip, struct params p)
{
    drive_twin(tip, TWIN_BAD, p.rate ? KIND_RATE : KIND_COUNT, p);
}

static void what_the_ops_use_is_counted_and_the_harness_is_not(void **state)
{
    (void)state;
    drive("test/uses", closed(24, 3));
    assert_int_equal(sample.tasks, 0);
    assert_int_equal(sample.tasks_started, 24);
    assert_int_equal(sample.timers, 0);
    assert_int_equal(sample.timers_started, 24);
    assert_int_equal(sample.channels, 0);
    assert_int_equal(sample.channels_made, 2 * 24); /* one is the timer's */
    assert_int_equal(sample.cleanups, 2 * 24);
    assert_int_equal(sample.cleanups_peak, 2);
    assert_true(sample.held_bytes >= 8);
}

/* They are used again: with several workers there are more of them one time and fewer another. */
static void descriptors_of_tasks_are_no_memory_that_the_ops_lost(void **state)
{
    (void)state;
    drive("test/uses", closed(4000, 1000));
    assert_true(sample.tasks_peak >= 1000);
    assert_in_range(sample.malloc_bytes, 0, 48 << 10);
}

static void what_the_setup_used_is_not_counted(void **state)
{
    (void)state;
    drive("test/set-up-busily", closed(24, 3));
    assert_int_equal(sample.tasks_started, 24);
    assert_int_equal(sample.channels_made, 2 * 24);
    assert_int_equal(sample.cleanups, 2 * 24);
    assert_int_equal(sample.cleanups_peak, 2);
    assert_true(sample.tasks_peak <= 24 + 3);
    assert_true(sample.held_bytes <= 24 * 8);
}

static void an_op_that_does_nothing_counts_nothing(void **state)
{
    (void)state;
    drive_twin("test/leaks", TWIN_GOOD, KIND_COUNT, closed(24, 3));
    for (size_t i = 0; i < ncolumns; i++)
        if (columns[i].kind == EXACT && strcmp(columns[i].name, "answer") != 0)
            assert_true(column_value(&columns[i], &sample) == 0);
}

static void what_ends_late_is_no_leak(void **state)
{
    (void)state;
    drive("test/lingers", closed(24, 3));
    assert_int_equal(sample.tasks_started, 24);
    assert_int_equal(sample.tasks, 0);
}

static void what_is_left_open_is_counted(void **state)
{
    (void)state;
    drive("test/opens", closed(24, 3));
    assert_int_equal(sample.descriptors, 24);
}

static void what_never_ends_is_a_leak(void **state)
{
    (void)state;
    drive("test/leaks", closed(24, 3));
    assert_int_equal(sample.tasks, 24);
    assert_true(sample.tasks_peak >= 24 && sample.tasks_peak <= 24 + 3);
}

static void who_can_never_go_on_is_proved_so(void **state)
{
    (void)state;
    drive("test/leaks", closed(24, 3));
    assert_int_equal(sample.leaked, 24);
}

static void while_a_batch_is_timed_nothing_is_proved(void **state)
{
    (void)state;
    drive_twin("test/leaks", TWIN_BAD, KIND_TIME, closed(24, 3));
    assert_int_equal(sample.leaked, UNKNOWN);
}

static void the_sum_of_answers_does_not_depend_on_who_served(void **state)
{
    (void)state;
    drive("test/uses", closed(24, 3));
    int64_t three = sample.answer;
    drive("test/uses", closed(24, 1));
    assert_int_equal(sample.answer, three);
    drive("test/uses", closed(24, 100));
    assert_int_equal(sample.answer, three);
    drive("test/uses", dial_set(closed(24, 5), WORKERS, 2));
    assert_int_equal(sample.answer, three);
    drive("test/uses", open_loop(24, 100000));
    assert_int_equal(sample.answer, three);
}

static void one_request_more_or_less_or_other_changes_the_sum(void **state)
{
    (void)state;
    drive("test/uses", closed(24, 3));
    int64_t these = sample.answer;
    drive("test/uses", closed(23, 3));
    assert_int_not_equal(sample.answer, these);
    drive("test/uses", seeded(closed(24, 3), 1));
    assert_int_not_equal(sample.answer, these);
    drive("test/errs", closed(24, 3));
    assert_int_not_equal(sample.answer, these);
}

static void seeds_shift_the_requests(void **state)
{
    (void)state;
    drive("test/uses", closed(2, 1));
    int64_t zero_one = sample.answer;
    drive("test/uses", closed(1, 1));
    int64_t zero = sample.answer;
    drive("test/uses", seeded(closed(1, 1), 1));
    assert_int_equal(zero_one, (int64_t)((uint64_t)zero + (uint64_t)sample.answer));
}

static void memory_is_read_before_after_and_at_its_peak(void **state)
{
    (void)state;
    drive("test/leaks", closed(2000, 1));
    assert_true(sample.rss_before_bytes > 0);
    assert_true(sample.rss_bytes >= sample.rss_before_bytes + 2000 * 4096.0);
    assert_true(sample.rss_peak_bytes >= sample.rss_bytes);
}

static void timed_batches_serve_every_request_five_times_over(void **state)
{
    (void)state;
    drive_twin("test/uses", TWIN_BAD, KIND_TIME, closed(24, 3));
    assert_int_equal(sample.tasks_started, 5 * 24);
    assert_true(sample.wall_ns > 0);
    assert_true(sample.cpu_ns > 0);
}

static void latency_counts_from_the_intended_start(void **state)
{
    (void)state;
    /* 50 requests of 1 ms each, all wanted within half a millisecond: the last one
     * is late by what all others took, however quickly it was served itself. */
    drive("test/busy", open_loop(50, 100000));
    assert_true(sample.max_ns >= 49e6);
    assert_true(sample.p50_ns >= 24e6);
}

static void quantiles_rise_to_the_largest(void **state)
{
    (void)state;
    drive("test/lingers", open_loop(200, 20000));
    assert_true(0 < sample.p50_ns && sample.p50_ns <= sample.p90_ns);
    assert_true(sample.p90_ns <= sample.p99_ns && sample.p99_ns <= sample.p999_ns);
    assert_true(sample.p999_ns <= sample.max_ns);
    assert_int_equal(sample.tasks_started, 200);
    assert_true(sample.goodput > 0 && sample.goodput <= 20000 * 1.02);
}

static void requests_that_wait_do_not_hold_up_the_next(void **state)
{
    (void)state;
    /* Every request sleeps 20 ms; one after the other they would need 2 s. */
    drive("test/naps", open_loop(100, 1000000));
    assert_true(sample.tasks_peak >= 100);
}

/* Half of all would make the median nothing.  A refusal waits for no more than the machine. */
static void what_was_refused_is_not_the_latency_of_what_was_served(void **state)
{
    (void)state;
    drive("test/refuses", seeded(open_loop(100, 20000), 7));
    assert_true(sample.p50_ns >= 20e6);
    assert_true(sample.refused_p50_ns > 0 && sample.refused_p50_ns < sample.p50_ns);
    assert_true(sample.refused_p50_ns <= sample.refused_p99_ns);
    drive("test/naps", open_loop(10, 1000));
    assert_true(sample.p50_ns >= 20e6 && isnan(sample.refused_p50_ns));
    drive("test/refuses", closed(4, 1)); /* without an offered load it tells nothing */
    assert_true(sample.refused_p50_ns == 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_ops_use_is_counted_and_the_harness_is_not),
        cmocka_unit_test(descriptors_of_tasks_are_no_memory_that_the_ops_lost),
        cmocka_unit_test(what_the_setup_used_is_not_counted),
        cmocka_unit_test(an_op_that_does_nothing_counts_nothing),
        cmocka_unit_test(what_ends_late_is_no_leak),
        cmocka_unit_test(what_is_left_open_is_counted),
        cmocka_unit_test(what_never_ends_is_a_leak),
        cmocka_unit_test(who_can_never_go_on_is_proved_so),
        cmocka_unit_test(while_a_batch_is_timed_nothing_is_proved),
        cmocka_unit_test(the_sum_of_answers_does_not_depend_on_who_served),
        cmocka_unit_test(one_request_more_or_less_or_other_changes_the_sum),
        cmocka_unit_test(seeds_shift_the_requests),
        cmocka_unit_test(memory_is_read_before_after_and_at_its_peak),
        cmocka_unit_test(timed_batches_serve_every_request_five_times_over),
        cmocka_unit_test(latency_counts_from_the_intended_start),
        cmocka_unit_test(quantiles_rise_to_the_largest),
        cmocka_unit_test(what_was_refused_is_not_the_latency_of_what_was_served),
        cmocka_unit_test(requests_that_wait_do_not_hold_up_the_next),
    };

    misbehave_main(argc, argv);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
