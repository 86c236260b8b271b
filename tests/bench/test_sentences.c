/* SPDX-License-Identifier: MIT */
/* What a run found, as a stranger reads it. */
#include "say/sentences.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct tip leaks_tip = {
    .dial = OPS,
    .points = { 4, 16, 64 },
    .dial_unit = "requests, of which every third gives up",
    .claims = { { .column = "tasks", .bad = GROWS } },
};
static const struct tip sheds_tip = {
    .dial = RATE,
    .points = { 100, 200 },
    .dial_unit = "requests per second",
    .claims = { { .column = "p99_ns", .bad = GROWS, .good = FLAT } },
};
static const struct tip dies_tip = {
    .dial = WORKERS,
    .points = { 1, 2 },
    .dial_unit = "workers",
    .gc = true,
    .capped = true,
    .claims = { { .column = "outcome", .bad = DIES, .good = IS_OK } },
};
static const struct tip fails_tip = {
    .dial = WORKERS,
    .points = { 1, 2 },
    .dial_unit = "workers",
    .claims = { { .column = "outcome", .bad = DIES, .good = IS_OK } },
};
const struct entry entries[] = { { .name = "t/leaks", .tip = &leaks_tip },
                                 { .name = "t/sheds", .tip = &sheds_tip },
                                 { .name = "t/dies", .tip = &dies_tip },
                                 { .name = "t/fails", .tip = &fails_tip } };
const size_t nentries = sizeof entries / sizeof entries[0];

static const char *sentence(const struct verdict *v)
{
    static char text[SENTENCE_BYTES];

    verdict_sentence(v, text, sizeof text);
    assert_null(strchr(text, ',')); /* it would end a field of a table */
    return text;
}

static struct verdict verdict(const char *tip, enum kind kind)
{
    return verdict_blank(tip, &leaks_tip.claims[0], kind, executor_c());
}

/* --- time --- */

static struct verdict timed(double ratio, double lo, double hi)
{
    struct verdict v = verdict("t/leaks", KIND_TIME);

    v.ratio = ratio;
    v.lo = lo;
    v.hi = hi;
    return v;
}

static void a_time_is_said_in_plain_words(void **state)
{
    static const struct {
        double ratio, lo, hi;
        const char *text;
    } told[] = {
        { 0.76, 0.75, 0.79, "bad is 24 % faster (between 21 and 25 %)" },
        { 1.27, 1.25, 1.33, "bad is 27 % slower (between 25 and 33 %)" },
        { 0.25, 0.2, 0.4, "bad is 4.00 times as fast (between 2.50 and 5.00)" },
        { 38000, 37000, 39000, "bad is 38000 times as slow (between 37000 and 39000)" },
        { 1.02, 0.97, 1.06, "bad takes 0.97 to 1.06 times as long as good" },
        { NAN, NAN, NAN, "time was not measured" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        struct verdict v = timed(told[i].ratio, told[i].lo, told[i].hi);
        assert_string_equal(sentence(&v), told[i].text);
    }
}

static void slower_by_less_than_said_is_said_so(void **state)
{
    struct verdict v = timed(1.27, 1.25, 1.33);

    (void)state;
    v.least = 1.5;
    v.finding = REFUTED;
    assert_string_equal(sentence(&v),
                        "bad is 27 % slower (between 25 and 33 %) and so by less than said");
    v.lo = 0.97; /* it may not be slower at all */
    assert_false(verdict_is_less_than_said(&v));
    v = timed(1.27, 1.25, 1.6); /* or by as much */
    v.least = 1.5;
    v.finding = UNSURE;
    assert_false(verdict_is_less_than_said(&v));
}

/* --- memory --- */

static void what_memory_does_is_said_with_how_far_it_was_followed(void **state)
{
    static const struct {
        enum trend bad, good;
        double over;
        const char *text;
    } cases[] = {
        { TREND_RISES, TREND_LEVEL, 8192,
          "over 8192 requests memory of bad grows by 5.0 KiB a request; that of good does not "
          "grow" },
        { TREND_CREEPS, TREND_SETTLES, 2.1e6,
          "over 2.1 million requests memory of bad grows by 10.7 B a request (a leak is 16 B or "
          "more); that of good grows at first and then no more" },
        { TREND_SLOWS, TREND_UNCLEAR, 52e3,
          "over 52 thousand requests memory of bad still grows in the end but less steeply than "
          "before; that of good varies too much to say whether it grows" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct verdict v = verdict("t/leaks", KIND_SLOPE);
        v.bad.slope.mid = cases[i].bad == TREND_CREEPS ? 10.7 : 5120;
        v.good.slope.mid = 0;
        v.bad.trend = cases[i].bad;
        v.good.trend = cases[i].good;
        v.bad.over = cases[i].over;
        v.good.over = 2 * cases[i].over;
        assert_string_equal(sentence(&v), cases[i].text);
    }
}

/* --- counts --- */

static struct verdict counted(const char *column, double first, double last, double good)
{
    struct verdict v = verdict("t/leaks", KIND_COUNT);

    v.column = column;
    v.bad.first = first;
    v.bad.last = last;
    v.good.first = v.good.last = good;
    return v;
}

static void what_each_request_leaves_is_said_of_one(void **state)
{
    struct verdict v[] = { counted("tasks", 128, 2048, 0), counted("timers", 1, 16, 0),
                           counted("tasks", 4, 64, 0), counted("channels", 0, 0, 0),
                           counted("descriptors", 8, 128, 0) };
    static const char *const told[] = {
        "bad leaves 32 tasks a request; good none",
        "bad leaves 1 timer for every 4 requests; good none",
        "bad leaves 1 task a request; good none",
        "bad leaves no channels; good none",
        "bad leaves 2 descriptors a request; good none",
    };

    (void)state;
    for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
        assert_string_equal(sentence(&v[i]), told[i]);
}

static void a_count_is_named_with_its_unit_and_with_what_it_rises(void **state)
{
    struct verdict v[] = { counted("tasks", 4, 64, 3),
                           counted("idle_bytes", 4096, 65536, 0),
                           counted("channels_made", 4, 64, 1),
                           counted("phantoms", 512, 65024, 0),
                           counted("pool_hit_rate", 98, 0, 98),
                           counted("stale", 41, 377, 0),
                           counted("cleanups", 0, 0, 7),
                           counted("pool_misses", 100, 104, 1),
                           counted("tasks", NAN, NAN, 0),
                           counted("new_column", 1, 2, 0),
                           counted("out_of_turn", 250, 4000, 0),
                           counted("calls", 4, 64, 1),
                           counted("rss_peak_bytes", 4096, 65536, 4096) };
    static const char *const told[] = {
        "tasks left alive rise in bad from 4 to 64 as requests rise from 4 to 64; in good they "
        "stay at 3",
        "memory kept while idle rises in bad from 4 KiB to 64 KiB as requests rise from 4 to 64; "
        "in good there is none",
        "channels made rise in bad from 4 to 64 as requests rise from 4 to 64; in good they stay "
        "at 1",
        "values received that nobody had sent rise in bad from 512 to 65024 as requests rise from "
        "4 to 64; in good there are none",
        "the share of gets that the pool served falls in bad from 98 % to 0 % as requests rise "
        "from 4 to 64; in good it stays at 98 %",
        "decisions on what was true no more rise in bad from 41 to 377 as requests rise from 4 to "
        "64; in good there are none",
        "in bad there are no cleanups registered; in good they stay at 7",
        "gets that the pool could not serve stay in bad near 104; in good they stay at 1",
        "bad panics; in good there are no tasks left alive",
        "new column rises in bad from 1 to 2 as requests rise from 4 to 64; in good there is none",
        "jobs begun out of turn rise in bad from 250 to 4000 as requests rise from 4 to 64; in "
        "good "
        "there are none",
        "calls of what lies behind rise in bad from 4 to 64 as requests rise from 4 to 64; in good "
        "they stay at 1",
        "the peak of memory rises in bad from 4 KiB to 64 KiB as requests rise from 4 to 64; in "
        "good it stays at 4 KiB",
    };

    (void)state;
    v[8].bad.outcome = OUTCOME_PANICS;
    for (size_t i = 0; i < sizeof v / sizeof v[0]; i++)
        assert_string_equal(sentence(&v[i]), told[i]);
}

/* Two of five turned away by good: its latency is that of the other three. */
static void a_latency_says_of_how_many_it_is(void **state)
{
    struct sample samples[4];

    (void)state;
    for (int i = 0; i < 4; i++) {
        enum role twin = i % 2 ? TWIN_BAD : TWIN_GOOD;
        samples[i] = (struct sample){ .tip = "t/sheds",
                                      .twin = twin,
                                      .lang = executor_c(),
                                      .kind = KIND_RATE,
                                      .outcome = OUTCOME_OK,
                                      .ops = 1000,
                                      .rate = i < 2 ? 100 : 200 };
        samples[i].dropped = twin == TWIN_GOOD && i >= 2 ? 400 : 0;
        samples[i].p99_ns = twin == TWIN_GOOD ? 50e6 : 50e6 * (double)samples[i].rate;
    }
    struct verdict v = judge_count(&entries[1], &sheds_tip.claims[0], executor_c(), samples, 4);
    assert_true(v.bad.served == 1 && v.good.served == 0.6);
    assert_string_equal(sentence(&v),
                        "latency at the 99th percentile rises in bad from 5 s to 10 s as requests "
                        "per second rise from 100 to 200; in good it stays at 50 ms (of requests "
                        "served: 100 % in bad; 60 % in good)");
    samples[2].dropped = 0;
    v = judge_count(&entries[1], &sheds_tip.claims[0], executor_c(), samples, 4);
    assert_null(strstr(sentence(&v), "served"));
}

/* --- how it ends --- */

static void an_outcome_is_said_in_plain_words(void **state)
{
    struct verdict v = verdict("t/leaks", KIND_OUTCOME);

    (void)state;
    v.bad.outcome = OUTCOME_STUCK;
    v.good.outcome = OUTCOME_OK;
    assert_string_equal(sentence(&v), "bad gets stuck; good answers right");
    v.bad.outcome = OUTCOME_DIES;
    assert_string_equal(sentence(&v), "bad dies; good answers right");
    v.tip = "t/fails"; /* which is to die, but not of that */
    assert_string_equal(sentence(&v), "bad dies; good answers right");
    v.tip = "t/dies"; /* which limits its memory */
    assert_string_equal(sentence(&v), "bad runs out of memory and dies; good answers right");
}

/* --- what was said --- */

static void what_was_said_is_put_into_the_same_words(void **state)
{
    static const struct {
        struct claim c;
        const char *text;
    } told[] = {
        { { .column = "time", .bad = SLOWER }, "bad is slower than good" },
        { { .column = "time", .bad = SLOWER, .ratio = 1.5 }, "bad is slower by 50 % or more" },
        { { .column = "time", .bad = SLOWER, .ratio = 2 }, "bad is 2 times as slow or more" },
        { { .column = "time", .bad = NOT_SLOWER }, "bad is no slower than good" },
        { { .column = "time", .bad = SAME }, "bad takes as long as good" },
        { { .column = "outcome", .bad = IS_OK, .good = IS_OK }, "bad answers right" },
        { { .column = "tasks", .bad = FLAT }, "bad does not pile up tasks" },
        { { .column = "tasks", .bad = GROWS, .good = FLAT },
          "bad piles up tasks and good does not" },
        { { .column = "pool_hit_rate", .bad = FALLS },
          "the share of gets that the pool served falls in bad" },
        { { .column = "pool_hit_rate", .bad = FLAT },
          "the share of gets that the pool served does not fall in bad" },
        { { .column = "p99_ns", .bad = FLAT },
          "latency at the 99th percentile does not rise in bad" },
        { { .column = "cleanups", .good = GROWS }, "cleanups registered rise in good" },
        { { .column = "rss_bytes", .good = FLAT }, "memory does not rise in good" },
    };
    char text[SENTENCE_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        claim_sentence(&leaks_tip, &told[i].c, text, sizeof text);
        assert_string_equal(text, told[i].text);
    }
}

/* --- on a page --- */

static void who_ran_it_names_the_heap_unless_it_is_the_usual_one(void **state)
{
    (void)state;
    assert_string_equal(executor_words(executor_c(), "t/leaks").text, "C");
    assert_string_equal(executor_words(executor_c(), "t/dies").text, "C on the collector");
    assert_string_equal(executor_words(executor_on_heap(HEAP_GLIBC), "t/dies").text, "C on glibc");
    assert_string_equal(executor_words(executor_named("go"), "t/dies").text, "Go");
    assert_string_equal(executor_words(executor_c(), "t/unknown").text, "C");
}

static void large_numbers_get_commas(void **state)
{
    static const char *const told[][2] = {
        { "from 512 to 65024", "from 512 to 65,024" },
        { "1024", "1,024" },
        { "1234567 B and 0.12345", "1,234,567 B and 0.12345" },
        { "Go 1.19 at 100", "Go 1.19 at 100" },
        { "", "" },
    };
    char text[40];

    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        with_commas(told[i][0], text, sizeof text);
        assert_string_equal(text, told[i][1]);
    }
    with_commas("123456789", text, 6);
    assert_true(strlen(text) < 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_time_is_said_in_plain_words),
        cmocka_unit_test(slower_by_less_than_said_is_said_so),
        cmocka_unit_test(what_memory_does_is_said_with_how_far_it_was_followed),
        cmocka_unit_test(what_each_request_leaves_is_said_of_one),
        cmocka_unit_test(a_count_is_named_with_its_unit_and_with_what_it_rises),
        cmocka_unit_test(a_latency_says_of_how_many_it_is),
        cmocka_unit_test(an_outcome_is_said_in_plain_words),
        cmocka_unit_test(what_was_said_is_put_into_the_same_words),
        cmocka_unit_test(who_ran_it_names_the_heap_unless_it_is_the_usual_one),
        cmocka_unit_test(large_numbers_get_commas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
