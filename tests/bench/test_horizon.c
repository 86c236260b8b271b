/* SPDX-License-Identifier: MIT */
/* test_horizon.c - growth, followed in real processes: twins whose memory settles late, or that
 * lose it rarely or by little (reported of fasthttp, valyala/fasthttp#102 and #667).
 *
 * This program is a twinbench of its own: `test one TIP TWIN ...` runs a twin of its table. */
#include "cmd/commands.h"
#include "decide/growth.h"
#include "say/sentences.h"
#include "folder.h"
#include "run/runner.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { CAPACITY = 100000, ENTRY = 1024 };

struct scene {
    uint64_t n;
    char *entry[CAPACITY];
};

static void lose(size_t bytes)
{
    static char *volatile last; /* a write that nobody reads might not be made */

    last = malloc(bytes);
    memset(last, 1, bytes);
}

static uint64_t caches(struct scene *s, uint64_t i)
{
    char **entry = &s->entry[s->n++ % CAPACITY];

    free(*entry);
    *entry = malloc(ENTRY);
    memset(*entry, 1, ENTRY);
    return i;
}

static uint64_t caches_all(struct scene *s, uint64_t i)
{
    (void)s;
    lose(ENTRY);
    return i;
}

static uint64_t loses_rarely(struct scene *s, uint64_t i)
{
    if (++s->n % 50000 == 0)
        lose(8 << 20);
    return i;
}

static uint64_t loses_little(struct scene *s, uint64_t i)
{
    if (++s->n % 3 == 0)
        lose(24);
    return i;
}

static uint64_t answers(struct scene *s, uint64_t i)
{
    (void)s;
    return i;
}

static const struct tip grows = {
    .dial = OPS,
    .points = { 4, 16 },
    .defaults = { .clients = 1, .workers = 1 },
    .claims = { { .column = "rss_bytes", .bad = GROWS, .good = FLAT } },
    .scene_bytes = sizeof(struct scene)
};
static const struct twin caching = { caches, NULL, NULL }, hoarding = { caches_all, NULL, NULL },
                         rarely = { loses_rarely, NULL, NULL },
                         little = { loses_little, NULL, NULL }, plain = { answers, NULL, NULL };

const struct entry entries[] = {
    { "t/caches", &grows, &hoarding, &caching },
    { "t/rarely", &grows, &rarely, &plain },
    { "t/little", &grows, &little, &plain },
};
const size_t nentries = sizeof entries / sizeof entries[0];

/* On a machine that does nothing else.  By the clock of a busy one, the horizon would be as short
 * as the machine is busy. */
enum { REQUEST_NS = 50 };

static struct workload calibrated(size_t i, struct runner *r)
{
    struct workload w = { .e = &entries[i], .executor = executor_c() };
    struct store *store = store_begin(results, NULL);
    char why[CHILD_WHY];

    assert_non_null(store);
    assert_int_equal(runner_start(r, store), 0);
    assert_int_equal(runner_calibrate(r, &w, why), 0);
    return w;
}

static void leave(struct runner *r)
{
    runner_end(r);
    store_close(r->store);
}

/* The phase of growth, as a quick run has it. */
static struct verdict followed(size_t i)
{
    struct runner r;
    struct workload w = calibrated(i, &r);
    struct jobs jobs = { 0 };

    w.ns_bad = w.ns_good = REQUEST_NS;
    plan_slope(&w, true);
    plan_slopes(&jobs, &w, true);
    assert_int_equal(runner_run(&r, &jobs, 2), 0);
    struct verdict v = judge_slope(w.e, &grows.claims[0], w.executor, r.samples, r.n);
    free(jobs.list);
    leave(&r);
    return v;
}

/* The warm-up leaves as much behind as the batches that are timed. */
static void what_a_request_leaves_is_found_over_all_batches(void **state)
{
    struct runner r;
    struct workload w = calibrated(0, &r);

    (void)state;
    leave(&r);
    assert_true(w.bytes > 0.95 * ENTRY && w.bytes < 1.15 * ENTRY); /* malloc adds 16 bytes */
}

/* 100 MB are full at 100,000 requests: they are followed far enough to see that. */
static void a_bounded_cache_is_not_called_a_leak(void **state)
{
    (void)state;
    struct verdict v = followed(0);
    assert_int_equal(v.bad.trend, TREND_RISES);
    assert_true(v.bad.over > 1.5 * CAPACITY);
    assert_int_not_equal(v.good.trend, TREND_RISES);
    assert_int_not_equal(v.finding, REFUTED);
}

static void a_leak_that_comes_rarely_is_seen(void **state)
{
    (void)state;
    struct verdict v = followed(1);
    assert_int_equal(v.bad.trend, TREND_RISES);
    assert_true(v.bad.slope.mid > 100 && v.bad.slope.mid < 250); /* 8 MiB / 50,000 is 168 */
    assert_int_equal(v.finding, HOLDS);
}

static void a_leak_below_the_threshold_is_named(void **state)
{
    char text[SENTENCE_BYTES];

    (void)state;
    struct verdict v = followed(2);
    assert_int_equal(v.bad.trend, TREND_CREEPS);
    assert_int_equal(v.good.trend, TREND_LEVEL);
    assert_int_equal(v.finding, UNSURE);
    verdict_sentence(&v, text, sizeof text);
    assert_non_null(
        strstr(text, " B a request (a leak is 16 B or more); that of good does not grow"));
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "one") == 0)
        return cmd_one(argc - 1, argv + 1);
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup_folder, remove_folder)
        TEST(what_a_request_leaves_is_found_over_all_batches),
        TEST(a_bounded_cache_is_not_called_a_leak),
        TEST(a_leak_that_comes_rarely_is_seen),
        TEST(a_leak_below_the_threshold_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
