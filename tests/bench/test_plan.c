/* SPDX-License-Identifier: MIT */
/* test_plan.c - which processes a tip needs, and that none is asked for twice. */
#include "cmd/args.h"
#include "decide/judge.h"
#include "decide/judge_time.h"
#include "run/timed_rounds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i;
}

static const struct twin twin = { op, NULL, NULL };
static const struct tip leaking = { .dial = OPS,
                                    .points = { 4, 16, 64 },
                                    .claims = { { .column = "tasks", .bad = GROWS } } };
static const struct tip sized = { .dial = SIZE,
                                  .points = { 1, 8 },
                                  .claims = { { .column = "time", .bad = SLOWER } } };
static const struct tip set_size = { .dial = SIZE, .points = { 1, 8 }, .defaults = { .size = 3 } };
static const struct tip stuck = { .dial = OPS,
                                  .points = { 4, 16 },
                                  .claims = {
                                      { .column = "outcome", .bad = STUCK, .good = IS_OK } } };
static const struct tip dying = { .dial = OPS,
                                  .points = { 4, 16 },
                                  .capped = true,
                                  .claims = {
                                      { .column = "outcome", .bad = DIES, .good = IS_OK } } };
static const struct tip switching = { .dial = OPS,
                                      .points = { 4, 16 },
                                      .claims = { { .column = "tasks", .bad = GROWS },
                                                  { .column = "switches", .bad = GROWS } } };
static const struct tip rated = { .dial = RATE, .points = { 100, 200 } };

/* But not of memory. */
static const struct tip failing = { .dial = OPS,
                                    .points = { 4, 16 },
                                    .claims = {
                                        { .column = "outcome", .bad = DIES, .good = IS_OK } } };

const struct entry entries[] = {
    { "t/leaking", &leaking, &twin, &twin },     { "t/sized", &sized, &twin, &twin },
    { "t/set-size", &set_size, &twin, &twin },   { "t/stuck", &stuck, &twin, &twin },
    { "t/dying", &dying, &twin, &twin },         { "t/rated", &rated, &twin, &twin },
    { "t/switching", &switching, &twin, &twin }, { "t/failing", &failing, &twin, &twin },
};
const size_t nentries = sizeof entries / sizeof entries[0];

static struct workload scale_of(const char *name)
{
    return (struct workload){ tip_find(name), executor_c(), 1000, 50, 900, 800 };
}

/* The sample that a job leaves if all goes well. */
static struct sample answer(const struct job *j)
{
    const struct request *r = &j->request;
    struct sample s = { .ops = (int64_t)r->params.ops,
                        .size = (int64_t)r->params.size,
                        .clients = (int64_t)r->params.clients,
                        .rate = (int64_t)r->params.rate,
                        .workers = (int64_t)r->params.workers,
                        .seed = (int64_t)r->params.seed,
                        .block = r->block,
                        .slot = r->slot };

    strcpy(s.tip, j->stored_as);
    s.twin = r->twin;
    s.kind = r->kind;
    s.lang = r->executor;
    return s;
}

static void every_point_has_three_processes_of_each_twin(void **state)
{
    struct workload s = scale_of("t/leaking");
    struct jobs jobs = { 0 };
    size_t found[2][3] = { 0 };

    (void)state;
    plan_counts(&jobs, &s, COUNT_RUNS);
    assert_int_equal(jobs.n, 18);
    for (size_t i = 0; i < jobs.n; i++) {
        const struct request *r = &jobs.list[i].request;
        assert_int_equal(r->kind, KIND_COUNT);
        for (size_t p = 0; p < 3; p++)
            found[r->twin == TWIN_BAD][p] += r->params.ops == leaking.points[p];
    }
    for (size_t p = 0; p < 3; p++) {
        assert_int_equal(found[0][p], 3);
        assert_int_equal(found[1][p], 3);
    }
    free(jobs.list);
}

static void go_has_processes_of_its_own_which_no_c_sample_answers(void **state)
{
    struct workload c = scale_of("t/leaking"), go = c;
    struct jobs jobs = { 0 };

    (void)state;
    go.executor = executor_named("go");
    plan_counts(&jobs, &c, COUNT_RUNS);
    plan_counts(&jobs, &go, COUNT_RUNS);
    assert_int_equal(jobs.n, 2 * 18);
    assert_ptr_equal(jobs.list[0].request.executor, executor_c());
    assert_ptr_equal(jobs.list[18].request.executor, executor_named("go"));
    struct sample of_c = answer(&jobs.list[0]);
    assert_true(plan_answers(&jobs.list[0], &of_c));
    assert_false(plan_answers(&jobs.list[18], &of_c));
    free(jobs.list);
}

/* How often each twin counts at a point, in a run of so many tips. */
static size_t counted(const char *tip, const char *executor, size_t tips, bool quick)
{
    struct scope scope = { .nboard = tips, .quick = quick };
    struct workload s = scale_of(tip);

    s.executor = executor_named(executor);
    return scope_count_runs(&scope, &s);
}

static void of_several_gos_only_the_newest_counts_three_times(void **state)
{
    struct executor *older = executor_add("go"), *newest = executor_add("go1.24");

    (void)state;
    strcpy(older->release, "1.19.8");
    assert_int_equal(counted("t/leaking", "go", 1, false), 3);
    strcpy(newest->release, "1.24.2");
    assert_int_equal(counted("t/leaking", "go", 1, false), 1);
    assert_int_equal(counted("t/leaking", "go1.24", 1, false), 3);
    older->release[0] = newest->release[0] = '\0';
}

static void a_quick_run_asks_go_once(void **state)
{
    (void)state;
    assert_int_equal(counted("t/leaking", "c", 1, true), 3);
    assert_int_equal(counted("t/leaking", "go", 1, true), 1);
    assert_int_equal(counted("t/leaking", "go", 1, false), 3);
    assert_int_equal(counted("t/rated", "c", 1, true), 2);
    assert_int_equal(counted("t/rated", "go", 1, true), 1);
}

static void of_many_tips_those_count_once_that_count_the_same_in_every_run(void **state)
{
    (void)state;
    assert_int_equal(counted("t/leaking", "c", 34, false), 1);
    assert_int_equal(counted("t/stuck", "c", 34, false), 1);
    assert_int_equal(counted("t/leaking", "go", 34, false), 1);
    assert_int_equal(counted("t/switching", "c", 34, false), 3);
    assert_int_equal(counted("t/switching", "c", 34, true), 3);
    assert_int_equal(counted("t/leaking", "c", 12, false), 3);
}

static void of_many_tips_time_needs_a_claim_and_growth_the_dial_of_requests(void **state)
{
    struct scope few = { .nboard = 12 }, many = { .nboard = 34 };
    struct workload leaks = scale_of("t/leaking"), slow = scale_of("t/sized");

    (void)state;
    assert_true(scope_times(&few, &leaks) && scope_times(&few, &slow));
    assert_true(scope_follows(&few, &leaks) && scope_follows(&few, &slow));
    assert_true(!scope_times(&many, &leaks) && scope_times(&many, &slow));
    assert_true(scope_follows(&many, &leaks) && !scope_follows(&many, &slow));
    slow.batch = 0; /* could not be timed */
    assert_false(scope_times(&few, &slow));
}

static void tips_are_named_with_commas_between_them_and_are_there_once(void **state)
{
    const struct entry *list[16];

    (void)state;
    assert_int_equal(args_tips("t/rated,t/leaking,t/rated", list), 2);
    assert_ptr_equal(list[0], tip_find("t/rated"));
    assert_ptr_equal(list[1], tip_find("t/leaking"));
    assert_int_equal(args_tips("t/rated,t", list), nentries);
    assert_int_equal(args_tips("t/rated,t/nix", list), 0);
}

/* How many pairs a run of all entries makes, in C. */
static size_t pairs_made(const struct scope *scope)
{
    struct workload list[16];
    struct workloads w = { list, nentries };

    for (size_t i = 0; i < nentries; i++)
        list[i] = scale_of(entries[i].name);
    struct pairs p = pairs_make(scope, &w);
    free(p.list);
    return p.n;
}

static void a_part_knows_how_many_pairs_its_board_has(void **state)
{
    const struct entry *all[16];
    struct scope whole = { all, nentries, all, nentries, false }, part = whole;

    (void)state;
    for (size_t i = 0; i < nentries; i++)
        all[i] = &entries[i];
    part.ntips = 2;
    assert_int_equal(pairs_made(&whole), nentries + 1);
    assert_int_equal(pairs_at_most(&whole), pairs_made(&whole));
    assert_int_equal(pairs_at_most(&part), pairs_at_most(&whole));
}

static void what_is_counted_again_was_not_counted_before(void **state)
{
    struct workload s = scale_of("t/leaking");
    struct jobs jobs = { 0 }, more = { 0 };

    (void)state;
    plan_counts(&jobs, &s, COUNT_RUNS);
    plan_more_counts(&more, &s);
    assert_int_equal(more.n, 3 * 2 * MORE_COUNT_RUNS);
    for (size_t i = 0; i < more.n; i++)
        for (size_t k = 0; k < jobs.n; k++) {
            struct sample before = answer(&jobs.list[k]);
            assert_false(plan_answers(&more.list[i], &before));
        }
    free(jobs.list);
    free(more.list);
}

static void a_curve_over_the_rate_begins_below_the_dial(void **state)
{
    struct workload s = scale_of("t/rated");
    struct jobs jobs = { 0 };
    size_t below = 0;

    (void)state;
    plan_counts(&jobs, &s, COUNT_RUNS - 1);
    for (size_t i = 0; i < jobs.n; i++) {
        assert_int_equal(jobs.list[i].request.kind, KIND_RATE);
        assert_true(jobs.list[i].request.params.rate > 0);
        below += jobs.list[i].request.params.rate < rated.points[0];
    }
    assert_int_equal(below, 6);
    free(jobs.list);
}

static void no_job_is_answered_by_the_sample_of_another(void **state)
{
    struct workload s = scale_of("t/sized");
    struct jobs jobs = { 0 };

    (void)state;
    plan_counts(&jobs, &s, COUNT_RUNS);
    plan_slopes(&jobs, &s, false);
    for (size_t block = 0; block < 3; block++) {
        plan_block(&jobs, &s, s.executor, true, block);
        plan_block(&jobs, &s, s.executor, false, block);
    }
    for (size_t i = 0; i < jobs.n; i++)
        for (size_t k = 0; k < jobs.n; k++) {
            struct sample left = answer(&jobs.list[k]);
            assert_int_equal(plan_answers(&jobs.list[i], &left), i == k);
        }
    free(jobs.list);
}

static void growth_is_followed_at_n_2n_4n_and_8n(void **state)
{
    struct workload s = scale_of("t/leaking");
    struct jobs jobs = { 0 };

    (void)state;
    plan_slopes(&jobs, &s, false);
    assert_int_equal(jobs.n, 4 * 2 * 3);
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(jobs.list[i].request.params.ops, 50 << i / 2);
    free(jobs.list);
}

/* How many requests a twin serves at the last point of growth, of a workload of so many. */
static uint64_t last_of_growth(const char *tip, const char *executor, enum role side,
                               uint64_t slope)
{
    struct workload s = scale_of(tip);
    struct jobs jobs = { 0 };
    uint64_t most = 0;

    s.executor = executor_named(executor);
    s.slope = slope;
    plan_slopes(&jobs, &s, true);
    for (size_t i = 0; i < jobs.n; i++)
        if (jobs.list[i].request.twin == side && jobs.list[i].request.params.ops > most)
            most = jobs.list[i].request.params.ops;
    free(jobs.list);
    return most;
}

static void a_bad_twin_leaves_no_more_tasks_than_a_worker_can_wake(void **state)
{
    (void)state;
    assert_int_equal(last_of_growth("t/leaking", "c", TWIN_BAD, 50), 400);
    assert_int_equal(last_of_growth("t/leaking", "c", TWIN_BAD, 5000), 8192);
    assert_int_equal(last_of_growth("t/leaking", "go", TWIN_BAD, 5000), 4096);
    assert_int_equal(last_of_growth("t/leaking", "c", TWIN_GOOD, 5000), 40000);
    assert_int_equal(last_of_growth("t/sized", "c", TWIN_BAD, 5000), 40000);
}

static void a_block_runs_its_sides_abba_under_one_number(void **state)
{
    struct workload s = scale_of("t/leaking");
    struct jobs jobs = { 0 };

    (void)state;
    plan_block(&jobs, &s, s.executor, false, 7);
    plan_block(&jobs, &s, s.executor, true, 7);
    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
        assert_int_equal(jobs.list[slot].request.twin, block_side(7, slot) ? TWIN_GOOD : TWIN_BAD);
        assert_int_equal(jobs.list[4 + slot].request.twin,
                         block_side(7, slot) ? TWIN_GOOD : TWIN_NULL);
        assert_string_equal(jobs.list[slot].stored_as, "t/leaking");
        assert_string_equal(jobs.list[4 + slot].stored_as, NULL_TIP);
        assert_int_equal(jobs.list[slot].request.block, 7);
        assert_int_equal(jobs.list[slot].request.slot, slot);
        assert_int_equal(jobs.list[slot].request.params.ops, 1000);
    }
    free(jobs.list);
}

/* The placements of a pair's blocks, or of the control's copies. */
static size_t placement_in(size_t block, bool null, enum role side)
{
    struct workload s = scale_of("t/leaking");
    struct jobs jobs = { 0 };
    size_t found = 0;

    plan_block(&jobs, &s, s.executor, null, block);
    for (size_t i = 0; i < jobs.n; i++)
        if (jobs.list[i].request.twin == side)
            found = jobs.list[i].request.placement;
    free(jobs.list);
    return found;
}

static void each_block_has_another_placement_and_the_controls_copy_none_of_them(void **state)
{
    struct executor *c = executor_add("c");
    bool taken[65] = { false };

    (void)state;
    assert_int_equal(placement_in(3, false, TWIN_BAD), 0);
    c->placements = 64;
    for (size_t block = 0; block < 48; block++) {
        size_t placement = placement_in(block, false, TWIN_BAD);
        assert_true(placement >= 1 && placement <= 64);
        assert_false(taken[placement]);
        taken[placement] = true;
        assert_int_equal(placement_in(block, false, TWIN_GOOD), placement);
        assert_int_equal(placement_in(block, true, TWIN_GOOD), placement);
    }
    for (size_t block = 0; block < 48; block++) {
        size_t placement = placement_in(block, true, TWIN_NULL);
        assert_true(placement >= 1 && placement <= 64);
        assert_false(taken[placement]);
    }
    c->placements = 0;
}

static void a_block_on_another_heap_answers_for_no_other(void **state)
{
    struct workload s = scale_of("t/sized");
    struct jobs jobs = { 0 };

    (void)state;
    plan_block(&jobs, &s, s.executor, false, 0);
    plan_block(&jobs, &s, executor_on_heap(HEAP_GLIBC), false, 0);
    plan_block(&jobs, &s, executor_on_heap(HEAP_MIMALLOC), false, 0);
    assert_int_equal(jobs.list[4].request.params.heap, HEAP_GLIBC);
    for (size_t i = 0; i < jobs.n; i++)
        for (size_t k = 0; k < jobs.n; k++) {
            struct sample left = answer(&jobs.list[k]);
            assert_int_equal(plan_answers(&jobs.list[i], &left), i == k);
        }
    free(jobs.list);
}

static void a_block_of_a_curve_runs_at_its_size_and_answers_for_no_other(void **state)
{
    struct workload s = scale_of("t/sized");
    struct jobs jobs = { 0 };

    (void)state;
    for (s.size = 0; s.size < 9; s.size += 4)
        plan_block(&jobs, &s, s.executor, false, 0);
    assert_int_equal(jobs.list[0].request.kind, KIND_TIME);
    assert_int_equal(jobs.list[4].request.kind, KIND_CURVE);
    assert_int_equal(jobs.list[4].request.params.size, 4);
    assert_int_equal(jobs.list[0].request.params.size, jobs.list[8].request.params.size);
    for (size_t i = 0; i < jobs.n; i++)
        for (size_t k = 0; k < jobs.n; k++) {
            struct sample left = answer(&jobs.list[k]);
            assert_int_equal(plan_answers(&jobs.list[i], &left), i == k);
        }
    free(jobs.list);
}

static void time_is_measured_at_the_last_point_unless_the_tip_says_where(void **state)
{
    (void)state;
    assert_int_equal(tip_timing(&sized).size, 8);
    assert_int_equal(tip_timing(&set_size).size, 3);
    assert_int_equal(tip_timing(&leaking).size, 1);
}

static void a_twin_that_does_not_end_is_not_timed(void **state)
{
    (void)state;
    assert_true(tip_is_timed(&leaking));
    assert_true(tip_is_timed(&sized));
    assert_false(tip_is_timed(&stuck));
    assert_false(tip_is_timed(&dying));
    assert_false(tip_is_timed(&rated));
}

static void a_capped_tip_alone_has_a_cap_and_a_stuck_one_little_time(void **state)
{
    struct params p = tip_params(&dying);

    (void)state;
    assert_true(
        request_make(tip_find("t/dying"), executor_c(), TWIN_GOOD, KIND_COUNT, p).memory_bytes > 0);
    assert_int_equal(
        request_make(tip_find("t/failing"), executor_c(), TWIN_BAD, KIND_COUNT, p).memory_bytes, 0);
    assert_int_equal(
        request_make(tip_find("t/leaking"), executor_c(), TWIN_BAD, KIND_COUNT, p).memory_bytes, 0);
    assert_true(
        request_make(tip_find("t/stuck"), executor_c(), TWIN_BAD, KIND_COUNT, p).timeout_ms <
        request_make(tip_find("t/stuck"), executor_c(), TWIN_GOOD, KIND_COUNT, p).timeout_ms);
}

static void calibration_reaches_10_ms_from_anywhere_and_stops(void **state)
{
    const double ns_each[] = { 5, 300, 70e3, 9e6, 400e6 };

    (void)state;
    for (size_t i = 0; i < sizeof ns_each / sizeof ns_each[0]; i++) {
        uint64_t ops = 4, next, trials = 0;
        while ((next = batch_rescale(ops, ns_each[i], 4)) && ++trials < 6)
            ops = next;
        double took = (double)ops * ns_each[i];
        assert_true(took > 6e6);
        assert_true(took < 16e6 || ops == 4); /* never fewer requests than clients */
        assert_true(trials < 6);
    }
}

static void batches_are_shortened_on_demand_and_by_nothing_else(void **state)
{
    static const char *const none[] = { "", "0", "-5", "10001", "5 ms", "half" };

    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_false(batch_shorten(none[i]));
    assert_true(batch_shorten(NULL));
    assert_true(batch_share() == 1);
    assert_int_equal(batch_rescale(10000, 1000, 1), 0);
    assert_true(batch_shorten("500"));
    assert_true(batch_share() == 0.05);
    assert_int_equal(batch_rescale(10000, 1000, 1), 500);
    assert_int_equal(batch_rescale(500, 1000, 1), 0);
    assert_true(batch_shorten("10000"));
}

static void a_claim_on_rss_gets_more_requests_to_show_in(void **state)
{
    static const struct tip tip = { .dial = OPS,
                                    .points = { 4, 16 },
                                    .claims = { { .column = "rss_bytes", .bad = GROWS } } };
    static const struct entry e = { "t/rss", &tip, &twin, &twin };
    struct workload claimed = { &e, executor_c(), 100, 0, 100e3, 50e3 },
                    other = scale_of("t/leaking");

    (void)state;
    other.ns_bad = 100e3;
    plan_slope(&claimed, true);
    plan_slope(&other, true);
    assert_int_equal(claimed.slope, 500);
    assert_int_equal(other.slope, 50);
    claimed.ns_bad = claimed.ns_good = 100; /* as many as there is time for */
    plan_slope(&claimed, true);
    assert_int_equal(claimed.slope, 500000);
    claimed.bytes = 5 << 10; /* but no more than 256 MiB */
    plan_slope(&claimed, true);
    assert_int_equal(claimed.slope * 8 * (5 << 10) / (1 << 20), 255);
    other.batch = 0;
    plan_slope(&other, true);
    assert_int_equal(other.slope, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_point_has_three_processes_of_each_twin),
        cmocka_unit_test(go_has_processes_of_its_own_which_no_c_sample_answers),
        cmocka_unit_test(a_quick_run_asks_go_once),
        cmocka_unit_test(of_several_gos_only_the_newest_counts_three_times),
        cmocka_unit_test(of_many_tips_those_count_once_that_count_the_same_in_every_run),
        cmocka_unit_test(of_many_tips_time_needs_a_claim_and_growth_the_dial_of_requests),
        cmocka_unit_test(tips_are_named_with_commas_between_them_and_are_there_once),
        cmocka_unit_test(a_part_knows_how_many_pairs_its_board_has),
        cmocka_unit_test(what_is_counted_again_was_not_counted_before),
        cmocka_unit_test(a_curve_over_the_rate_begins_below_the_dial),
        cmocka_unit_test(no_job_is_answered_by_the_sample_of_another),
        cmocka_unit_test(growth_is_followed_at_n_2n_4n_and_8n),
        cmocka_unit_test(a_bad_twin_leaves_no_more_tasks_than_a_worker_can_wake),
        cmocka_unit_test(a_block_runs_its_sides_abba_under_one_number),
        cmocka_unit_test(each_block_has_another_placement_and_the_controls_copy_none_of_them),
        cmocka_unit_test(a_block_on_another_heap_answers_for_no_other),
        cmocka_unit_test(a_block_of_a_curve_runs_at_its_size_and_answers_for_no_other),
        cmocka_unit_test(time_is_measured_at_the_last_point_unless_the_tip_says_where),
        cmocka_unit_test(a_twin_that_does_not_end_is_not_timed),
        cmocka_unit_test(a_capped_tip_alone_has_a_cap_and_a_stuck_one_little_time),
        cmocka_unit_test(calibration_reaches_10_ms_from_anywhere_and_stops),
        cmocka_unit_test(batches_are_shortened_on_demand_and_by_nothing_else),
        cmocka_unit_test(a_claim_on_rss_gets_more_requests_to_show_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
