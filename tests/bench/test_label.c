/* SPDX-License-Identifier: MIT */
/* Labels are computed: from numbers alone, whatever was expected. */
#include "say/findings.h"

#include "decide/time_rule.h"

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
    .gc = true,
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
    assert_string_equal(s.said, "bad does not pile up tasks");
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
    assert_string_equal(s.evidence, "true in C on the collector; myth in C on glibc");
}

static void one_that_is_undecided_does_not_hide_one_that_is_not(void **state)
{
    (void)state;
    add_times(NULL_TIP, executor_c(), 1, 0.02);
    add_times("t/slower", executor_c(), 1.15, 0.4);
    add_times("t/slower", executor_on_heap(HEAP_GLIBC), 0.8, 0.02);
    assert_int_equal(label_of("t/slower", executor_c()).label, LABEL_UNDECIDED);
    struct saying s = label_of("t/slower", NULL);
    assert_int_equal(s.label, LABEL_MYTH);
    assert_memory_equal(s.evidence, "in C on glibc bad is ", 21);
    assert_non_null(strstr(s.evidence, "; undecided in C on the collector"));
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

/* there: what was found in C and in the releases, from the first one on. */
static struct saying overall(const enum label *there, size_t n)
{
    const char *const names[] = { "c", "go1.19", "go1.22", "go1.23", "go1.24" };
    struct saying s[5];

    assert_true(n <= 5);
    for (size_t i = 0; i < n; i++) {
        s[i] = (struct saying){ .tip = "a", .executor = executor_add(names[i]), .label = there[i] };
        snprintf(s[i].evidence, sizeof s[i].evidence, "seen by %s", names[i]);
    }
    return saying_overall(s, n);
}

static void the_label_of_a_tip_is_that_of_all_who_decided_and_names_who_did_not(void **state)
{
    static const struct {
        enum label there[5];
        size_t n;
        enum label label;
        const char *on, *evidence;
    } cases[] = {
        { { LABEL_TRUE, LABEL_TRUE }, 2, LABEL_TRUE, "", "seen by c" },
        { { LABEL_TRUE, LABEL_NONE }, 2, LABEL_TRUE, "", "seen by c" },
        { { LABEL_TRUE, LABEL_UNDECIDED },
          2,
          LABEL_TRUE,
          "",
          "in C seen by c; undecided in Go 1.19" },
        { { LABEL_UNDECIDED, LABEL_MYTH, LABEL_UNDECIDED, LABEL_UNDECIDED, LABEL_UNDECIDED },
          5,
          LABEL_MYTH,
          "",
          "in Go 1.19 seen by go1.19; undecided in C and Go 1.22 to 1.24" },
        { { LABEL_TRUE, LABEL_MYTH }, 2, LABEL_DEPENDS, "C or Go", "true in C; myth in Go 1.19" },
        { { LABEL_UNDECIDED, LABEL_MYTH, LABEL_TRUE },
          3,
          LABEL_DEPENDS,
          "the Go release",
          "true in Go 1.22; myth in Go 1.19; undecided in C" },
        { { LABEL_NONE, LABEL_UNDECIDED }, 2, LABEL_UNDECIDED, "", "seen by go1.19" },
        { { LABEL_NONE, LABEL_NONE }, 2, LABEL_NONE, "", "seen by c" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct saying s = overall(cases[i].there, cases[i].n);
        assert_int_equal(s.label, cases[i].label);
        assert_string_equal(s.on, cases[i].on);
        assert_string_equal(s.evidence, cases[i].evidence);
        assert_null(s.executor);
    }
}

static void releases_that_agree_are_told_as_one_stretch(void **state)
{
    const char *const names[] = { "c", "go1.21", "go1.22", "go1.23", "go1.24", "go1.25", "go1.27" };
    const enum label labels[] = { LABEL_TRUE, LABEL_TRUE, LABEL_TRUE, LABEL_MYTH,
                                  LABEL_MYTH, LABEL_MYTH, LABEL_TRUE };
    struct saying there[7] = { { .tip = "a" } };

    (void)state;
    for (size_t i = 0; i < 7; i++)
        there[i] =
            (struct saying){ .tip = "a", .executor = executor_add(names[i]), .label = labels[i] };
    struct saying s = saying_overall(there, 7);
    assert_string_equal(s.evidence, "true in C and Go 1.21 and Go 1.22 and Go 1.27; "
                                    "myth in Go 1.23 to 1.25");
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
    headline(s, 2, text, sizeof text);
    assert_string_equal(text, "The saying is a myth here.");
    headline(&s[4], 1, text, sizeof text);
    assert_string_equal(text, "The saying could not be decided.");
}

/* Whoever reads "myth" beside a cost knows at once what was said and what was measured. */
static void a_myth_stands_beside_what_was_said(void **state)
{
    static const struct {
        struct saying s;
        const char *text;
    } told[] = {
        { { .label = LABEL_MYTH, .said = "bad is no slower than good", .evidence = "bad is slow" },
          "said: bad is no slower than good; measured: bad is slow" },
        { { .label = LABEL_TRUE, .said = "it is so", .evidence = "it stays at 65536 B" },
          "it stays at 65,536 B" },
        { { .label = LABEL_DEPENDS, .said = "it is so", .evidence = "true in C; myth in Go 1.23" },
          "true in C; myth in Go 1.23 (said: it is so)" },
        { { .label = LABEL_UNDECIDED, .said = "it is so", .lo = 0.9, .hi = 1.3, .evidence = "no" },
          "said: it is so; measured: bad takes 0.90 to 1.30 times as long as good; no" },
        { { .label = LABEL_UNDECIDED,
            .said = "it is so",
            .lo = 1.5,
            .hi = 2.4,
            .evidence = "bad is" },
          "said: it is so; measured: bad takes 1.50 to 2.40 times as long as good" },
        { { .label = LABEL_UNDECIDED, .said = "it is so", .lo = NAN, .evidence = "not enough" },
          "said: it is so; not enough" },
        { { .label = LABEL_MYTH, .evidence = "of an older run" }, "of an older run" },
    };
    char text[3 * SENTENCE_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        saying_sentence(&told[i].s, text, sizeof text);
        assert_string_equal(text, told[i].text);
    }
}

#define TEST(name) cmocka_unit_test_setup(name, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_the_numbers_contradict_is_a_myth),
        TEST(with_the_twins_swapped_the_label_turns_over),
        TEST(a_point_without_samples_leaves_it_undecided),
        TEST(what_was_not_measured_has_no_label),
        TEST(an_exact_count_is_not_in_doubt_because_memory_is_noisy),
        TEST(a_saying_about_memory_has_its_label_from_the_slope),
        TEST(with_the_twins_swapped_a_saying_about_time_turns_over),
        TEST(a_planted_true_saying_is_true),
        TEST(a_planted_myth_is_a_myth),
        TEST(half_of_the_blocks_leave_it_undecided),
        TEST(true_on_one_heap_and_a_myth_on_another_depends_on_the_heap),
        TEST(one_that_is_undecided_does_not_hide_one_that_is_not),
        TEST(the_label_of_a_tip_is_that_of_all_who_decided_and_names_who_did_not),
        TEST(releases_that_agree_are_told_as_one_stretch),
        TEST(a_control_that_is_undecided_withholds_what_rests_on_time),
        TEST(the_headline_counts_tips_and_not_executors),
        TEST(a_myth_stands_beside_what_was_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
