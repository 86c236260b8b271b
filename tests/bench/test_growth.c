/* SPDX-License-Identifier: MIT */
/* test_growth.c - what memory over requests says: a leak, nothing, or a beginning that
 * settles. */
#include "decide/claims.h"
#include "decide/growth.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const struct tip grows = { .dial = OPS,
                                  .points = { 4, 16 },
                                  .claims = { { .column = "rss_bytes", .bad = GROWS, .good = FLAT },
                                              { .column = "tasks", .bad = GROWS, .good = FLAT } } };
static const struct tip sized = { .dial = SIZE,
                                  .points = { 4, 16 },
                                  .claims = { { .column = "rss_bytes", .bad = GROWS } } };
static const struct entry growing = { .name = "t/grows", .tip = &grows };

static struct sample samples[64];
static size_t nsamples;

/* Numbers from -1 to 1 that look random and are the same in every run. */
static double noise(void)
{
    static uint64_t seed = 3;

    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(seed >> 33) / (double)(1u << 31) * 2 - 1;
}

/* `runs` processes at 1000, 2000, 4000 and 8000 requests, with these bytes gained.  What
 * was there before differs wildly and must not matter. */
static void add(enum role twin, int runs, const double gained[4], double spread)
{
    for (int run = 0; run < runs; run++)
        for (int k = 0; k < 4; k++) {
            struct sample *s = &samples[nsamples++];
            *s = (struct sample){ .ops = 1000 << k, .rss_before_bytes = 4e6 + 2e6 * noise() };
            s->rss_bytes = s->rss_before_bytes + gained[k] + spread * noise();
            strcpy(s->tip, "t/grows");
            s->twin = twin;
            s->kind = KIND_SLOPE;
            s->lang = executor_c();
            s->outcome = OUTCOME_OK;
        }
}

static enum trend trend(int runs, double a, double b, double c, double d)
{
    nsamples = 0;
    add(TWIN_BAD, runs, (double[]){ a, b, c, d }, 8192);
    return growth_of(column_find("rss_bytes"), "t/grows", executor_c(), TWIN_BAD, samples, nsamples)
        .trend;
}

#define assert_trend(wanted, ...)                                                                  \
    do {                                                                                           \
        assert_string_equal(trend_word(trend(3, __VA_ARGS__)), trend_word(wanted));                \
        assert_string_equal(trend_word(trend(2, __VA_ARGS__)), trend_word(wanted));                \
    } while (0)

static void a_straight_line_rises_and_no_line_is_level(void **state)
{
    (void)state;
    assert_trend(TREND_RISES, 4e6, 8e6, 16e6, 32e6);
    assert_trend(TREND_RISES, 9e6, 13e6, 21e6, 37e6); /* on top of a beginning */
    assert_trend(TREND_LEVEL, 0, 0, 0, 0);
    assert_trend(TREND_LEVEL, 5e6, 5e6, 5e6, 5e6);
}

static void a_plateau_reached_early_settles(void **state)
{
    (void)state;
    assert_trend(TREND_SETTLES, 4e6, 6e6, 6e6, 6e6);
}

/* With two or three processes a point, "level from 4n on" cannot be told for certain. */
static void a_plateau_reached_late_is_no_growth_either(void **state)
{
    (void)state;
    for (int runs = 2; runs <= 3; runs++) {
        assert_true(trend(runs, 4e6, 8e6, 16e6, 16e6) >= TREND_SLOWS);
        assert_true(trend(runs, 4e6, 8e6, 9e6, 9e6) >= TREND_SLOWS);
    }
}

static void what_grows_with_the_logarithm_or_the_root_slows(void **state)
{
    (void)state;
    assert_trend(TREND_SLOWS, 10e6, 11e6, 12e6, 13e6);
    assert_trend(TREND_SLOWS, 10e6, 14.1e6, 20e6, 28.3e6);
}

/* leaks/abandoned-sender good, as a run found it (KiB): its longest queue grows with
 * the number of requests, though no request leaves anything behind. */
static void what_was_measured_of_a_twin_without_a_leak_is_no_growth(void **state)
{
    (void)state;
    assert_trend(TREND_SLOWS, 3800 * 1024.0, 6256 * 1024.0, 10784 * 1024.0, 15548 * 1024.0);
    assert_trend(TREND_SLOWS, 3946 * 1024.0, 8536 * 1024.0, 14910 * 1024.0, 22534 * 1024.0);
}

/* 10.7 B a request, over 8 million requests and over 8,000. */
static void a_small_rise_is_named_once_it_can_be_seen(void **state)
{
    struct sample *s;

    (void)state;
    assert_trend(TREND_LEVEL, 10.7e3, 21.4e3, 42.8e3, 85.6e3);
    for (int i = 0; i < 2; i++) {
        trend(3, 10.7e6, 21.4e6, 42.8e6, 85.6e6);
        for (s = samples; s < samples + nsamples; s++) {
            s->ops *= 1000;
            s->twin = i == 0 ? TWIN_BAD : TWIN_GOOD;
        }
        struct growth g = growth_of(column_find("rss_bytes"), "t/grows", executor_c(),
                                    samples[0].twin, samples, nsamples);
        assert_int_equal(g.trend, TREND_CREEPS);
        assert_true(g.over == 8e6);
        struct verdict v =
            judge_slope(&growing, &growing.tip->claims[0], executor_c(), samples, nsamples);
        assert_int_equal(v.finding, UNSURE); /* a leak, or none: too little to say */
    }
}

/* A cache of 100 MB that a thousand requests do not fill: the horizon decides what is seen. */
static void a_bound_beyond_the_horizon_is_not_known(void **state)
{
    (void)state;
    assert_trend(TREND_RISES, 1e6, 2e6, 4e6, 8e6);
    assert_int_equal(trend(3, 31e6, 62e6, 100e6, 100e6), TREND_SLOWS);
}

/* 8 MiB in each 50,000th request, at 104,000 to 834,000 of them. */
static void a_rare_leak_over_enough_requests_rises(void **state)
{
    const double lost = 8 << 20;

    (void)state;
    assert_trend(TREND_RISES, 2 * lost, 4 * lost, 8 * lost, 16 * lost);
}

static struct verdict judge(double bad, double good, double spread)
{
    nsamples = 0;
    add(TWIN_BAD, 2, (double[]){ bad, 2 * bad, 4 * bad, 8 * bad }, spread);
    add(TWIN_GOOD, 2, (double[]){ good, 2 * good, 4 * good, 8 * good }, spread);
    return judge_slope(&growing, &growing.tip->claims[0], executor_c(), samples, nsamples);
}

static void growth_is_told_from_none_by_the_slope(void **state)
{
    (void)state;
    struct verdict v = judge(4096e3, 0, 20000);
    assert_int_equal(v.finding, HOLDS);
    assert_int_equal(v.n, 16);
    assert_float_equal(v.bad.slope.mid, 4096, 10);
    assert_float_equal(v.good.slope.mid, 0, 10);
    assert_true(v.bad.slope.lo < v.bad.slope.mid && v.bad.slope.mid < v.bad.slope.hi);
    assert_true(isnan(v.bad.first) && isnan(v.bad.ns));
    assert_int_equal(v.bad.outcome, OUTCOME_NONE);
    assert_int_equal(v.bad.trend, TREND_RISES);
    assert_int_equal(v.good.trend, TREND_LEVEL);
    assert_true(v.bad.over == 8000 && v.good.over == 8000);
    assert_int_equal(judge(4096e3, 100e3, 20000).finding, REFUTED);
    assert_int_equal(judge(0, 0, 20000).finding, REFUTED);
}

static void growth_below_the_noise_is_unsure(void **state)
{
    (void)state;
    assert_int_equal(judge(32e3, 0, 2e6).finding, UNSURE);
    nsamples = 0;
    struct verdict v = judge_slope(&growing, &growing.tip->claims[0], executor_c(), samples, 0);
    assert_int_equal(v.finding, UNSURE);
    assert_true(isnan(v.bad.slope.mid));
}

/* The last is what Go 1.19 left of a good twin beside 6.4 kB a request of the bad one. */
static void what_one_twin_refutes_is_refuted_and_beside_a_leak_noise_is_flat(void **state)
{
    (void)state;
    nsamples = 0;
    add(TWIN_BAD, 2, (double[]){ 0, 0, 0, 0 }, 4096);
    add(TWIN_GOOD, 2, (double[]){ 0, 0, 0, 0 }, 2e6);
    assert_int_equal(
        judge_slope(&growing, &growing.tip->claims[0], executor_c(), samples, nsamples).finding,
        REFUTED);
    nsamples = 0;
    add(TWIN_BAD, 2, (double[]){ 6.4e6, 12.8e6, 25.6e6, 51.2e6 }, 4096);
    add(TWIN_GOOD, 2, (double[]){ 0, 150e3, 0, 150e3 }, 100e3);
    struct verdict v =
        judge_slope(&growing, &growing.tip->claims[0], executor_c(), samples, nsamples);
    assert_true(v.good.slope.hi > LEAK_BYTES);
    assert_int_equal(v.finding, HOLDS);
}

static void a_good_twin_that_settles_is_flat_and_one_that_slows_is_unsure(void **state)
{
    (void)state;
    nsamples = 0;
    add(TWIN_BAD, 3, (double[]){ 4e6, 8e6, 16e6, 32e6 }, 8192);
    add(TWIN_GOOD, 3, (double[]){ 4e6, 6e6, 6e6, 6e6 }, 8192);
    assert_int_equal(
        judge_slope(&growing, &growing.tip->claims[0], executor_c(), samples, nsamples).finding,
        HOLDS);
    nsamples = 12;
    add(TWIN_GOOD, 3, (double[]){ 10e6, 11e6, 12e6, 13e6 }, 8192);
    struct verdict v =
        judge_slope(&growing, &growing.tip->claims[0], executor_c(), samples, nsamples);
    assert_int_equal(v.finding, UNSURE);
    assert_non_null(strstr(v.note, "(slows)"));
}

static void only_bytes_over_requests_are_a_slope(void **state)
{
    (void)state;
    assert_int_equal(claim_kind(&grows, &grows.claims[0]), KIND_SLOPE);
    assert_int_not_equal(claim_kind(&grows, &grows.claims[1]), KIND_SLOPE);
    assert_int_not_equal(claim_kind(&sized, &sized.claims[0]), KIND_SLOPE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_straight_line_rises_and_no_line_is_level),
        cmocka_unit_test(a_plateau_reached_early_settles),
        cmocka_unit_test(a_plateau_reached_late_is_no_growth_either),
        cmocka_unit_test(what_grows_with_the_logarithm_or_the_root_slows),
        cmocka_unit_test(what_was_measured_of_a_twin_without_a_leak_is_no_growth),
        cmocka_unit_test(a_small_rise_is_named_once_it_can_be_seen),
        cmocka_unit_test(a_bound_beyond_the_horizon_is_not_known),
        cmocka_unit_test(a_rare_leak_over_enough_requests_rises),
        cmocka_unit_test(growth_is_told_from_none_by_the_slope),
        cmocka_unit_test(growth_below_the_noise_is_unsure),
        cmocka_unit_test(what_one_twin_refutes_is_refuted_and_beside_a_leak_noise_is_flat),
        cmocka_unit_test(a_good_twin_that_settles_is_flat_and_one_that_slows_is_unsure),
        cmocka_unit_test(only_bytes_over_requests_are_a_slope),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
