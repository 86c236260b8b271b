/* SPDX-License-Identifier: MIT */
/* Labels are computed: from numbers alone, whatever was expected. */
#include "say/findings.h"
#include "say/sentences.h"

#include "decide/decide.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A saying about a count, one about time on two heaps, one that a count proves although its
 * memory is noisy, one about memory alone. */
static const struct tip stays_tip = { .dial = OPS,
                                      .points = { 4, 16, 64 },
                                      .says = { { .column = "tasks", .bad = FLAT } },
                                      .claims = { { .column = "tasks", .bad = GROWS } } };
static const struct tip slower_tip = {
    .dial = OPS,
    .points = { 4, 16, 64 },
    .says = { { .column = "time", .bad = SLOWER },
              { .column = "time", .bad = SLOWER, .heap = HEAP_GLIBC } },
    .claims = { { .column = "time", .bad = SLOWER },
                { .column = "time", .bad = SLOWER, .heap = HEAP_GLIBC } },
};
static const struct tip leaks_tip = {
    .dial = OPS,
    .points = { 4, 16, 64 },
    .says = { { .column = "timers", .bad = GROWS, .good = FLAT },
              { .column = "rss_bytes", .bad = GROWS, .good = FLAT } },
    .claims = { { .column = "timers", .bad = GROWS, .good = FLAT } },
};
static const struct tip piles_tip = {
    .dial = OPS,
    .points = { 4, 16, 64 },
    .says = { { .column = "rss_bytes", .bad = GROWS, .good = FLAT } },
    .claims = { { .column = "rss_bytes", .bad = GROWS, .good = FLAT } },
};
const struct entry entries[] = { { .name = "t/stays", .tip = &stays_tip },
                                 { .name = "t/slower", .tip = &slower_tip },
                                 { .name = "t/leaks", .tip = &leaks_tip },
                                 { .name = "t/piles", .tip = &piles_tip } };

const size_t nentries = 4;

static struct sample samples[1024];
static size_t nsamples;

static struct sample *add(const char *tip, enum role twin, const struct executor *x, enum kind kind)
{
    struct sample *s = &samples[nsamples++];

    *s = (struct sample){ .twin = twin, .lang = x, .kind = kind, .outcome = OUTCOME_OK };
    strcpy(s->tip, tip);
    return s;
}

/* tasks and timers of one twin along the dial: so many a request. */
static void add_counts(const char *tip, enum role twin, int64_t each)
{
    for (int64_t ops = 4; ops <= 64; ops *= 4)
        for (int run = 0; run < COUNT_RUNS; run++) {
            struct sample *s = add(tip, twin, executor_c(), KIND_COUNT);
            s->ops = ops;
            s->tasks = s->timers = ops * each;
        }
}

static struct rule rule(void)
{
    return rule_quick(0.1, 1);
}

/* Every block of a whole run, bad so many times good; the times scatter by `noise`. */
static void add_times(const char *tip, const struct executor *x, double ratio, double noise)
{
    size_t blocks = rule().looks[LOOKS - 1];

    for (size_t block = 0; block < blocks; block++)
        for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
            bool bad = block_side(block, slot) == 0;
            enum role b = strcmp(tip, NULL_TIP) == 0 ? TWIN_NULL : TWIN_BAD;
            struct sample *s = add(tip, bad ? b : TWIN_GOOD, x, KIND_TIME);
            double jitter = exp(noise * sin((double)(block * 31 + slot * 7)));
            s->block = (int64_t)block;
            s->slot = (int64_t)slot;
            s->wall_ns = s->cpu_ns = 1000 * (bad ? ratio : 1) * jitter;
        }
}

static void add_memory(const char *tip, enum role twin, double each, double noise)
{
    for (int k = 0; k < 4; k++)
        for (int i = 0; i < 3; i++) {
            struct sample *s = add(tip, twin, executor_c(), KIND_SLOPE);
            s->ops = 1000 << k;
            s->rss_bytes = 1e6 + each * (double)s->ops + noise * sin((double)(k * 5 + i * 3));
        }
}

static struct saying label_of(const char *tip, const struct executor *x)
{
    const struct entry *const all[] = { &entries[0], &entries[1], &entries[2], &entries[3] };
    struct rule r = rule();
    const struct evidence ev = { samples, nsamples, &r };
    struct findings f;
    struct saying found = { .label = LABEL_NONE };

    assert_int_equal(findings_make(&f, all, 4, &ev), 0);
    for (size_t i = 0; i < f.nsayings; i++)
        if (f.sayings[i].executor == x && strcmp(f.sayings[i].tip, tip) == 0)
            found = f.sayings[i];
    findings_free(&f);
    return found;
}

static int begin(void **state)
{
    (void)state;
    nsamples = 0;
    return 0;
}

/* --- a count --- */

static void what_the_numbers_contradict_is_a_myth(void **state)
{
    (void)state;
    add_counts("t/stays", TWIN_BAD, 1);
    add_counts("t/stays", TWIN_GOOD, 0);
    struct saying s = label_of("t/stays", NULL);
    assert_int_equal(s.label, LABEL_MYTH);
    assert_string_equal(s.evidence, "bad leaves 1 task a request; good none");
}

static void with_the_twins_swapped_the_label_turns_over(void **state)
{
    (void)state;
    add_counts("t/stays", TWIN_BAD, 0);
    add_counts("t/stays", TWIN_GOOD, 1);
    assert_int_equal(label_of("t/stays", NULL).label, LABEL_TRUE);
}

static void a_point_without_samples_leaves_it_undecided(void **state)
{
    (void)state;
    add_counts("t/stays", TWIN_BAD, 1);
    add_counts("t/stays", TWIN_GOOD, 0);
    for (size_t i = 0; i < nsamples; i++)
        if (samples[i].ops == 64)
            samples[i].tip[0] = '\0';
    assert_int_equal(label_of("t/stays", NULL).label, LABEL_UNDECIDED);
}

static void what_was_not_measured_has_no_label(void **state)
{
    (void)state;
    add_counts("t/stays", TWIN_BAD, 1);
    assert_int_equal(label_of("t/leaks", NULL).label, LABEL_NONE);
}

static void an_exact_count_is_not_in_doubt_because_memory_is_noisy(void **state)
{
    (void)state;
    add_counts("t/leaks", TWIN_BAD, 1);
    add_counts("t/leaks", TWIN_GOOD, 0);
    add_memory("t/leaks", TWIN_BAD, 100, 4e6);
    add_memory("t/leaks", TWIN_GOOD, 0, 4e6);
    struct saying s = label_of("t/leaks", NULL);
    assert_int_equal(s.label, LABEL_TRUE);
    assert_string_equal(s.evidence, "bad leaves 1 timer a request; good none");
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
          "over 2.1 million requests memory of bad grows by less than 16 B a request (10.7 B); "
          "that of good settles" },
        { TREND_SLOWS, TREND_UNCLEAR, 52e3,
          "over 52 thousand requests memory of bad grows ever more slowly; that of good may grow" },
    };
    char text[160];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct verdict v = verdict_blank("t/leaks", &leaks_tip.claims[0], KIND_SLOPE, executor_c());
        v.bad.slope.mid = cases[i].bad == TREND_CREEPS ? 10.7 : 5120;
        v.good.slope.mid = 0;
        v.bad.trend = cases[i].bad;
        v.good.trend = cases[i].good;
        v.bad.over = cases[i].over;
        v.good.over = 2 * cases[i].over;
        verdict_sentence(&v, text, sizeof text);
        assert_string_equal(text, cases[i].text);
    }
}

/* A slope alone decides: planted true, a myth, and with the later half of its rows gone
 * nothing. */
static void a_saying_about_memory_has_its_label_from_the_slope(void **state)
{
    (void)state;
    add_memory("t/piles", TWIN_BAD, 100, 1000);
    add_memory("t/piles", TWIN_GOOD, 0, 1000);
    assert_int_equal(label_of("t/piles", NULL).label, LABEL_TRUE);
    for (size_t i = 0; i < nsamples; i++)
        if (samples[i].ops > 2000)
            samples[i].tip[0] = '\0';
    assert_int_equal(label_of("t/piles", NULL).label, LABEL_UNDECIDED);
    nsamples = 0;
    add_memory("t/piles", TWIN_BAD, 0, 1000);
    add_memory("t/piles", TWIN_GOOD, 100, 1000);
    assert_int_equal(label_of("t/piles", NULL).label, LABEL_MYTH);
}

/* --- latency --- */

static const struct tip sheds_tip = {
    .dial = RATE,
    .points = { 100, 200 },
    .says = { { .column = "p99_ns", .bad = FLAT } },
    .claims = { { .column = "p99_ns", .bad = GROWS, .good = FLAT } },
};
static const struct entry sheds = { .name = "t/sheds", .tip = &sheds_tip };

/* Two of five turned away by good: its latency is that of the other three. */
static void a_latency_says_of_how_many_it_is(void **state)
{
    char text[160];

    (void)state;
    for (int i = 0; i < 4; i++) {
        enum role twin = i % 2 ? TWIN_BAD : TWIN_GOOD;
        struct sample *s = add("t/sheds", twin, executor_c(), KIND_RATE);
        s->ops = 1000;
        s->rate = i < 2 ? 100 : 200;
        s->dropped = twin == TWIN_GOOD && i >= 2 ? 400 : 0;
        s->p99_ns = twin == TWIN_GOOD ? 50e6 : 50e6 * (double)s->rate;
    }
    struct verdict v = judge_count(&sheds, &sheds_tip.claims[0], executor_c(), samples, nsamples);
    assert_true(v.bad.served == 1 && v.good.served == 0.6);
    verdict_sentence(&v, text, sizeof text);
    assert_string_equal(text,
                        "of requests served (bad 100 %; good 60 %) bad 5 s -> 10 s of latency "
                        "at the 99th percentile; good 50 ms");
    for (size_t i = 0; i < nsamples; i++)
        samples[i].dropped = 0;
    v = judge_count(&sheds, &sheds_tip.claims[0], executor_c(), samples, nsamples);
    verdict_sentence(&v, text, sizeof text);
    assert_string_equal(text, "bad 5 s -> 10 s of latency at the 99th percentile; good 50 ms");
}

/* --- time --- */

static void with_the_twins_swapped_a_saying_about_time_turns_over(void **state)
{
    (void)state;
    add_times(NULL_TIP, executor_c(), 1, 0.02);
    add_times("t/slower", executor_c(), 1.5, 0.02);
    assert_int_equal(label_of("t/slower", NULL).label, LABEL_TRUE);
    for (size_t i = 0; i < nsamples; i++)
        if (samples[i].twin != TWIN_NULL && strcmp(samples[i].tip, NULL_TIP) != 0)
            samples[i].wall_ns = samples[i].cpu_ns = 1.5e6 / samples[i].wall_ns;
    assert_int_equal(label_of("t/slower", NULL).label, LABEL_MYTH);
}

static void a_planted_true_saying_is_true(void **state)
{
    (void)state;
    add_times(NULL_TIP, executor_c(), 1, 0.02);
    add_times("t/slower", executor_c(), 1.5, 0.02);
    struct saying s = label_of("t/slower", NULL);
    assert_int_equal(s.label, LABEL_TRUE);
    assert_non_null(strstr(s.evidence, "bad is 50 % slower"));
}

static void a_planted_myth_is_a_myth(void **state)
{
    (void)state;
    add_times(NULL_TIP, executor_c(), 1, 0.02);
    add_times("t/slower", executor_c(), 1, 0.02);
    assert_int_equal(label_of("t/slower", NULL).label, LABEL_MYTH);
}

static void half_of_the_blocks_leave_it_undecided(void **state)
{
    (void)state;
    add_times(NULL_TIP, executor_c(), 1, 0.02);
    add_times("t/slower", executor_c(), 1.5, 0.02);
    for (size_t i = 0; i < nsamples; i++)
        if (samples[i].block >= (int64_t)rule().looks[0] / 2)
            samples[i].tip[0] = '\0';
    assert_int_equal(label_of("t/slower", NULL).label, LABEL_UNDECIDED);
}

static void true_on_one_heap_and_a_myth_on_another_depends_on_the_heap(void **state)
{
    (void)state;
    add_times(NULL_TIP, executor_c(), 1, 0.02);
    add_times("t/slower", executor_c(), 1.5, 0.02);
    add_times("t/slower", executor_on_heap(HEAP_GLIBC), 0.8, 0.02);
    struct saying s = label_of("t/slower", NULL);
    assert_int_equal(s.label, LABEL_DEPENDS);
    assert_string_equal(s.on, "the heap");
    assert_string_equal(s.evidence, "true in C; myth in C on glibc");
}

static void one_that_is_undecided_does_not_hide_one_that_is_not(void **state)
{
    (void)state;
    add_times(NULL_TIP, executor_c(), 1, 0.02);
    add_times("t/slower", executor_c(), 1.15, 0.4);
    add_times("t/slower", executor_on_heap(HEAP_GLIBC), 0.8, 0.02);
    assert_int_equal(label_of("t/slower", executor_c()).label, LABEL_UNDECIDED);
    assert_int_equal(label_of("t/slower", NULL).label, LABEL_MYTH);
}

static void a_control_that_is_undecided_withholds_what_rests_on_time(void **state)
{
    (void)state;
    add_times(NULL_TIP, executor_c(), 1.1, 0.02);
    add_times("t/slower", executor_c(), 3, 0.02);
    add_counts("t/stays", TWIN_BAD, 1);
    add_counts("t/stays", TWIN_GOOD, 0);
    struct saying s = label_of("t/slower", NULL);
    assert_int_equal(s.label, LABEL_UNDECIDED);
    assert_non_null(strstr(s.evidence, "control"));
    assert_int_equal(label_of("t/stays", NULL).label, LABEL_MYTH);
}

/* --- words --- */

static void the_headline_counts_tips_and_not_executors(void **state)
{
    const struct saying s[] = { { .tip = "a", .label = LABEL_MYTH, .executor = executor_c() },
                                { .tip = "a", .label = LABEL_MYTH },
                                { .tip = "b", .label = LABEL_TRUE },
                                { .tip = "c", .label = LABEL_DEPENDS },
                                { .tip = "d", .label = LABEL_UNDECIDED },
                                { .tip = "e", .label = LABEL_MYTH } };
    char text[200];

    (void)state;
    headline(s, 6, text, sizeof text);
    assert_string_equal(text, "Of 5 sayings 2 are myths here, 1 is true, 1 depends; 1 could not "
                              "be decided.");
}

static void a_time_is_said_in_plain_words(void **state)
{
    static const struct {
        double ratio, lo, hi;
        const char *text;
    } told[] = {
        { 0.76, 0.75, 0.79, "bad is 24 % faster (between 21 and 25 %)" },
        { 1.27, 1.25, 1.33, "bad is 27 % slower (between 25 and 33 %)" },
        { 0.25, 0.2, 0.4, "bad is 4.00 times as fast (2.50x to 5.00x)" },
        { 38000, 37000, 39000, "bad is 38000 times as slow (37000x to 39000x)" },
        { 1.02, 0.97, 1.06, "bad and good may take the same time (0.97x to 1.06x)" },
        { NAN, NAN, NAN, "time was not measured" },
    };
    char text[160];

    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        struct verdict v = verdict_blank("t", &slower_tip.says[0], KIND_TIME, executor_c());
        v.ratio = told[i].ratio;
        v.lo = told[i].lo;
        v.hi = told[i].hi;
        verdict_sentence(&v, text, sizeof text);
        assert_string_equal(text, told[i].text);
    }
}

static struct verdict counted(const char *tip, const char *column, double bad, double good)
{
    struct verdict v = verdict_blank(tip, &stays_tip.says[0], KIND_COUNT, executor_c());

    v.column = column;
    v.bad.first = bad * 4;
    v.bad.last = bad * 64;
    v.good.first = v.good.last = good;
    return v;
}

static void a_count_is_said_for_each_request_or_at_both_ends_of_the_dial(void **state)
{
    struct verdict v[] = {
        counted("t/stays", "tasks", 32, 0),        counted("t/stays", "timers", 0.25, 0),
        counted("t/stays", "tasks", 1, 3),         counted("t/stays", "idle_bytes", 1024, 0),
        counted("t/stays", "channels_made", 1, 1), counted("t/stays", "tasks", NAN, 0)
    };
    static const char *const told[] = {
        "bad leaves 32 tasks a request; good none",
        "bad leaves 1 timer for every 4 requests; good none",
        "bad 4 -> 64 tasks left alive; good 3",
        "bad 4 KiB -> 64 KiB kept while idle; good 0 B",
        "bad 4 -> 64 channels made; good 1",
        "bad panics; good 0 tasks left alive",
    };
    char text[160];

    (void)state;
    v[5].bad.outcome = OUTCOME_PANICS;
    for (size_t i = 0; i < sizeof v / sizeof v[0]; i++) {
        verdict_sentence(&v[i], text, sizeof text);
        assert_string_equal(text, told[i]);
    }
}

static void an_outcome_is_said_in_plain_words(void **state)
{
    struct verdict v = verdict_blank("t/stays", &stays_tip.says[0], KIND_OUTCOME, executor_c());
    char text[160];

    (void)state;
    v.bad.outcome = OUTCOME_STUCK;
    v.good.outcome = OUTCOME_OK;
    verdict_sentence(&v, text, sizeof text);
    assert_string_equal(text, "bad gets stuck; good answers right");
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

static void slower_by_less_than_said_is_said_so(void **state)
{
    static const struct claim half = { .column = "time", .bad = SLOWER, .ratio = 1.5 };
    struct verdict v = verdict_blank("t", &half, KIND_TIME, executor_c());
    char text[160];

    (void)state;
    v.ratio = 1.27;
    v.lo = 1.25;
    v.hi = 1.33;
    v.finding = REFUTED;
    verdict_sentence(&v, text, sizeof text);
    assert_string_equal(text, "bad is 27 % slower but less than the 1.50x said (between 25 "
                              "and 33 %)");
    v.lo = 0.97; /* it may not be slower at all */
    assert_false(verdict_is_less_than_said(&v));
    v.lo = 1.25;
    v.hi = 1.6; /* or by as much */
    v.finding = UNSURE;
    assert_false(verdict_is_less_than_said(&v));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_the_numbers_contradict_is_a_myth),
        TEST(with_the_twins_swapped_the_label_turns_over),
        TEST(a_point_without_samples_leaves_it_undecided),
        TEST(what_was_not_measured_has_no_label),
        TEST(an_exact_count_is_not_in_doubt_because_memory_is_noisy),
        TEST(what_memory_does_is_said_with_how_far_it_was_followed),
        TEST(a_saying_about_memory_has_its_label_from_the_slope),
        TEST(a_latency_says_of_how_many_it_is),
        TEST(with_the_twins_swapped_a_saying_about_time_turns_over),
        TEST(a_planted_true_saying_is_true),
        TEST(a_planted_myth_is_a_myth),
        TEST(half_of_the_blocks_leave_it_undecided),
        TEST(true_on_one_heap_and_a_myth_on_another_depends_on_the_heap),
        TEST(one_that_is_undecided_does_not_hide_one_that_is_not),
        TEST(a_control_that_is_undecided_withholds_what_rests_on_time),
        TEST(the_headline_counts_tips_and_not_executors),
        TEST(a_time_is_said_in_plain_words),
        TEST(slower_by_less_than_said_is_said_so),
        TEST(a_count_is_said_for_each_request_or_at_both_ends_of_the_dial),
        TEST(an_outcome_is_said_in_plain_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
