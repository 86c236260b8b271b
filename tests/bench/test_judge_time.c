/* SPDX-License-Identifier: MIT */
/* test_judge_time.c - what timed processes say about a claim; and the tables and the
 * board made of all findings. */
#include "show/terminal_board.h"
#include "decide/judge_time.h"

#include <math.h>
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
static const struct tip slower = { .dial = OPS,
                                   .points = { 4, 16 },
                                   .claims = {
                                       { .column = "time", .bad = SLOWER },
                                       { .column = "time", .bad = SLOWER, .ratio = 2 },
                                       { .column = "time", .bad = SAME },
                                       { .column = "time", .bad = SLOWER, .refuted = true },
                                       { .column = "time", .bad = SLOWER, .varies = "t" } } };
static const struct tip grows = { .dial = OPS,
                                  .points = { 4, 16 },
                                  .claims = { { .column = "rss_bytes", .bad = GROWS, .good = FLAT },
                                              { .column = "tasks", .bad = GROWS, .good = FLAT } } };

static const struct tip_words words = { .saying = "Bad is fine." };

const struct entry entries[] = {
    { "t/slower", &slower, &twin, &twin, &words },
    { "t/grows", &grows, &twin, &twin },
};
const size_t nentries = sizeof entries / sizeof entries[0];

static const struct rule *quick(void)
{
    static struct rule r;

    r = rule_quick(0.1, 1);
    return &r;
}

/* --- samples that look measured --- */

static struct sample samples[1024];
static size_t nsamples;

static int clear(void **state)
{
    (void)state;
    nsamples = 0;
    return 0;
}

static struct sample *add(const char *tip, enum role role, enum kind kind)
{
    struct sample *s = &samples[nsamples++];

    *s = (struct sample){ 0 };
    strcpy(s->tip, tip);
    s->twin = role;
    s->kind = kind;
    s->lang = executor_c();
    s->outcome = OUTCOME_OK;
    return s;
}

/* Numbers around 1 that look random and are the same in every run. */
static double around_1(double spread)
{
    static uint64_t seed = 3;

    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return 1 + spread * ((double)(seed >> 33) / (double)(1u << 31) * 2 - 1);
}

static void add_blocks(const char *tip, enum role bad, size_t first, size_t end, double ratio,
                       double spread)
{
    for (size_t block = first; block < end; block++)
        for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
            int side = block_side(block, slot);
            struct sample *s = add(tip, side ? TWIN_GOOD : bad, KIND_TIME);
            s->block = (int64_t)block;
            s->slot = (int64_t)slot;
            s->wall_ns = 500 * (side ? 1 : ratio) * around_1(spread);
            s->cpu_ns = 400;
        }
}

static struct verdict judge_claim(size_t claim)
{
    struct timed t;

    timed_collect(&t, "t/slower", executor_c(), samples, nsamples);
    return judge_time(&entries[0], &entries[0].tip->claims[claim], executor_c(), quick(), &t);
}

static enum finding find(size_t claim)
{
    return judge_claim(claim).finding;
}

/* --- time --- */

static void slower_by_at_least_r_means_the_whole_interval(void **state)
{
    (void)state;
    add_blocks("t/slower", TWIN_BAD, 0, 10, 1.5, 0.02);
    assert_int_equal(find(0), HOLDS);
    assert_int_equal(find(1), REFUTED); /* slower, but not twice */
    assert_int_equal(find(2), REFUTED);
    nsamples = 0;
    add_blocks("t/slower", TWIN_BAD, 0, 10, 3, 0.02);
    assert_int_equal(find(1), HOLDS);
}

static void nothing_is_said_of_workers_that_ran_by_turns(void **state)
{
    (void)state;
    add_blocks("t/slower", TWIN_BAD, 0, 10, 1.0, 0.02);
    assert_int_equal(find(0), REFUTED);
    for (size_t i = 0; i < nsamples; i++)
        samples[i].workers = 2;
    assert_int_equal(find(0), UNSURE);
    assert_int_equal(find(2), UNSURE);
    for (double cpu_ns = 750; cpu_ns < 900; cpu_ns += 100) { /* 1.5 processors and 1.7 */
        for (size_t i = 0; i < nsamples; i++)
            if (samples[i].twin == TWIN_GOOD)
                samples[i].cpu_ns = cpu_ns; /* one of the twins may have its workers wait */
        assert_int_equal(find(0), cpu_ns < 800 ? UNSURE : REFUTED);
        assert_int_equal(find(2), cpu_ns < 800 ? UNSURE : HOLDS);
        assert_int_equal(strstr(judge_claim(2).note, "2 workers had 1.5") != NULL, cpu_ns < 800);
    }
}

static void the_same_is_told_from_unsure(void **state)
{
    (void)state;
    add_blocks("t/slower", TWIN_BAD, 0, 10, 1.0, 0.02);
    assert_int_equal(find(0), REFUTED);
    assert_int_equal(find(2), HOLDS);
    nsamples = 0;
    add_blocks("t/slower", TWIN_BAD, 0, 10, 1.1, 0.4);
    assert_int_equal(find(0), UNSURE);
    assert_int_equal(find(2), UNSURE);
}

static void of_what_varies_no_finding_is_a_surprise(void **state)
{
    (void)state;
    for (double ratio = 0.5; ratio < 3; ratio *= 4) {
        nsamples = 0;
        add_blocks("t/slower", TWIN_BAD, 0, 10, ratio, 0.02);
        assert_int_equal(find(4), ratio > 1 ? HOLDS : REFUTED);
        assert_int_equal(judge_claim(4).expected, find(4));
        assert_int_equal(judge_claim(0).expected, HOLDS);
    }
}

/* Blocks in placements 1 and on, every other of which is slower for bad by the factor. */
static struct spread spread_of(size_t blocks, double factor, double noise)
{
    struct timed t;

    nsamples = 0;
    for (size_t block = 0; block < blocks; block++)
        add_blocks("t/slower", TWIN_BAD, block, block + 1, block % 4 < 2 ? 1 : factor, noise);
    for (size_t i = 0; i < nsamples; i++)
        samples[i].placement = 1 + samples[i].block;
    timed_collect(&t, "t/slower", executor_c(), samples, nsamples);
    assert_int_equal(t.n, blocks);
    return timed_spread(&t, blocks);
}

static void how_far_the_placement_moves_a_ratio_is_told_without_the_noise(void **state)
{
    const double sd = exp(log(1.3) / 2) - 1; /* of what is 1.3 and 1 equally often */
    int told = 0;

    (void)state;
    assert_float_equal(spread_of(16, 1.3, 0).share, sd, 0.01);
    assert_float_equal(spread_of(32, 1.3, 0.1).share, sd, 0.03);
    assert_int_equal(spread_of(32, 1.3, 0.1).placements, 32);
    for (int run = 0; run < 300; run++)
        told += spread_of(32, 1, 0.1).share > 0;
    assert_true(told <= 8); /* 1 % of them */
}

static void blocks_of_the_program_itself_tell_nothing_of_placements(void **state)
{
    struct timed t;

    (void)state;
    add_blocks("t/slower", TWIN_BAD, 0, 8, 1.5, 0.02);
    timed_collect(&t, "t/slower", executor_c(), samples, nsamples);
    assert_int_equal(timed_spread(&t, 8).placements, 0);
    assert_true(isnan(timed_spread(&t, 8).share));
}

static void a_verdict_has_the_ratio_and_the_times_behind_it(void **state)
{
    struct timed t;

    (void)state;
    add_blocks("t/slower", TWIN_BAD, 0, 11, 2, 0);
    timed_collect(&t, "t/slower", executor_c(), samples, nsamples);
    struct verdict v =
        judge_time(&entries[0], &entries[0].tip->claims[3], executor_c(), quick(), &t);
    assert_float_equal(v.ratio, 2, 1e-9);
    assert_float_equal(v.bad.ns, 1000, 1e-9);
    assert_float_equal(v.good.ns, 500, 1e-9);
    assert_true(v.lo <= v.ratio && v.ratio <= v.hi);
    assert_int_equal(v.n, 10); /* the eleventh is beyond the look */
    assert_int_equal(v.expected, REFUTED);
    assert_float_equal(t.cpu_log_ratio[0], 0, 1e-9);
}

static void samples_in_any_order_make_the_same_blocks(void **state)
{
    struct timed a, b;

    (void)state;
    add_blocks("t/slower", TWIN_BAD, 0, 10, 1.5, 0.1);
    timed_collect(&a, "t/slower", executor_c(), samples, nsamples);
    for (size_t i = 0; i < nsamples / 2; i++) {
        struct sample s = samples[i];
        samples[i] = samples[nsamples - 1 - i];
        samples[nsamples - 1 - i] = s;
    }
    timed_collect(&b, "t/slower", executor_c(), samples, nsamples);
    assert_int_equal(a.n, 10);
    assert_memory_equal(a.log_ratio, b.log_ratio, 10 * sizeof(double));
}

static void an_unfinished_block_and_what_follows_do_not_count(void **state)
{
    struct timed t;

    (void)state;
    add_blocks("t/slower", TWIN_BAD, 0, 5, 1.5, 0.1);
    add_blocks("t/slower", TWIN_BAD, 6, 9, 1.5, 0.1);
    nsamples--;
    timed_collect(&t, "t/slower", executor_c(), samples, nsamples);
    assert_int_equal(t.n, 5);
    assert_int_equal(find(0), UNSURE);
}

static void a_timed_process_that_died_is_named(void **state)
{
    struct timed t;

    (void)state;
    add_blocks("t/slower", TWIN_BAD, 0, 10, 1.5, 0.1);
    samples[12].outcome = OUTCOME_DIES;
    timed_collect(&t, "t/slower", executor_c(), samples, nsamples);
    assert_int_equal(t.n, 3);
    struct verdict v =
        judge_time(&entries[0], &entries[0].tip->claims[0], executor_c(), quick(), &t);
    assert_int_equal(v.finding, UNSURE);
    assert_string_equal(v.note, "a timed process of good came out DIES");
}

static void the_points_of_a_curve_are_apart_from_each_other_and_from_the_pair(void **state)
{
    struct timed t;

    (void)state;
    for (int64_t size = 0; size < 3; size++) {
        size_t first = nsamples;
        add_blocks("t/slower", TWIN_BAD, 0, 6, 1 + (double)size, 0);
        for (size_t i = first; i < nsamples && size > 0; i++) {
            samples[i].kind = KIND_CURVE;
            samples[i].size = size;
        }
    }
    for (uint64_t size = 0; size < 3; size++) {
        if (size == 0)
            timed_collect(&t, "t/slower", executor_c(), samples, nsamples);
        else
            timed_collect_at(&t, "t/slower", executor_c(), size, samples, nsamples);
        assert_int_equal(t.n, 6);
        assert_true(fabs(exp(t.log_ratio[5]) - 1 - (double)size) < 1e-9);
    }
    timed_collect_at(&t, "t/slower", executor_c(), 3, samples, nsamples);
    assert_int_equal(t.n, 0);
}

/* --- growth --- */

static void add_growth(enum role role, double bytes, double noise)
{
    for (int run = 0; run < 2; run++)
        for (int k = 0; k < 4; k++) {
            struct sample *s = add("t/grows", role, KIND_SLOPE);
            s->ops = 1000 << k;
            s->rss_bytes = 4e6 + bytes * (double)s->ops + noise * (around_1(1) - 1);
        }
}

/* --- all together --- */

static const struct entry *const both[] = { &entries[0], &entries[1] };

static struct findings find_all(void)
{
    struct findings f;

    const struct evidence ev = { samples, nsamples, quick() };
    assert_int_equal(findings_make(&f, both, 2, &ev), 0);
    return f;
}

static void a_control_that_differs_withholds_time_and_nothing_else(void **state)
{
    (void)state;
    add_blocks("null", TWIN_NULL, 0, 10 * CONTROL_BLOCKS, 1.5, 0.02);
    add_blocks("t/slower", TWIN_BAD, 0, 10, 3, 0.02);
    add_growth(TWIN_BAD, 4096, 0);
    add_growth(TWIN_GOOD, 0, 0);
    struct findings f = find_all();
    assert_true(findings_withhold(&f, executor_c()));
    assert_true(findings_withhold(&f, executor_on_heap(HEAP_MIMALLOC))); /* by C's */
    assert_string_equal(f.verdicts[0].tip, "null");
    assert_int_equal(f.verdicts[0].finding, REFUTED);
    for (size_t i = 1; i < f.nverdicts; i++)
        if (f.verdicts[i].kind == KIND_TIME)
            assert_int_equal(f.verdicts[i].finding, UNSURE);
        else if (f.verdicts[i].kind == KIND_SLOPE)
            assert_int_equal(f.verdicts[i].finding, HOLDS);
    findings_free(&f);
}

static void a_control_that_is_the_same_leaves_verdicts_alone(void **state)
{
    (void)state;
    add_blocks("null", TWIN_NULL, 0, 10 * CONTROL_BLOCKS, 1.0, 0.02);
    add_blocks("t/slower", TWIN_BAD, 0, 10, 3, 0.02);
    struct findings f = find_all();
    assert_false(findings_withhold(&f, executor_c()));
    assert_int_equal(f.verdicts[0].finding, HOLDS);
    assert_int_equal(f.verdicts[1].finding, HOLDS);
    assert_int_equal(f.npairings, 2);
    findings_free(&f);
}

static char *board_text(const struct findings *f)
{
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    terminal_board_print(out, f, 0.1);
    fclose(out);
    return text;
}

/* Blocks of that executor. */
static void add_blocks_in(const char *lang, const char *tip, enum role bad, double ratio)
{
    size_t first = nsamples;

    add_blocks(tip, bad, 0, bad == TWIN_NULL ? 10 * CONTROL_BLOCKS : 10, ratio, 0.02);
    for (size_t i = first; i < nsamples; i++)
        samples[i].lang = executor_add(lang);
}

static enum finding first_of(const struct findings *f, const char *tip, const char *lang)
{
    for (size_t i = 0; i < f->nverdicts; i++)
        if (f->verdicts[i].executor == executor_named(lang) && strcmp(f->verdicts[i].tip, tip) == 0)
            return f->verdicts[i].finding;
    return EMPTY;
}

static void a_control_of_one_go_withholds_the_time_of_that_go_alone(void **state)
{
    static const char *const langs[] = { "c", "go1.19", "go1.24" };

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        add_blocks_in(langs[i], "null", TWIN_NULL, strcmp(langs[i], "go1.19") == 0 ? 1.5 : 1.0);
        add_blocks_in(langs[i], "t/slower", TWIN_BAD, 3);
    }
    struct findings f = find_all();
    char *text = board_text(&f);
    assert_int_equal(first_of(&f, "t/slower", "c"), HOLDS);
    assert_int_equal(first_of(&f, "t/slower", "go1.19"), UNSURE);
    assert_int_equal(first_of(&f, "t/slower", "go1.24"), HOLDS);
    assert_non_null(strstr(text, "The control in Go 1.19 did not come out the same: "));
    assert_null(strstr(text, "The control in Go 1.24"));
    assert_null(strstr(text, "The control in C"));
    free(text);
    findings_free(&f);
}

static void tips_that_were_not_measured_have_no_verdicts(void **state)
{
    (void)state;
    struct findings f = find_all();
    assert_int_equal(f.nverdicts, 0);
    assert_int_equal(f.npairings, 0);
    findings_free(&f);
}

static void the_board_fits_80_columns_and_has_no_colour_in_a_pipe(void **state)
{
    (void)state;
    add_blocks("null", TWIN_NULL, 0, 10 * CONTROL_BLOCKS, 1.0, 0.02);
    add_blocks("t/slower", TWIN_BAD, 0, 10, 300, 0.9); /* off the axis */
    add_growth(TWIN_BAD, 4096, 0);
    struct findings f = find_all();
    f.verdicts[f.nverdicts - 1].bad = (struct result){ 193274320, 59821260 };
    char *text = board_text(&f), *rest = text, *line;
    assert_null(strchr(text, '\033'));
    assert_non_null(strstr(text, "control: the same program twice"));
    while ((line = strsep(&rest, "\n")))
        if (strlen(line) > 80)
            fail_msg("%zu columns: %s", strlen(line), line);
    free(text);
    findings_free(&f);
}

static size_t widest_line(const char *text)
{
    size_t widest = 0;

    for (size_t n; *text; text += n + (text[n] == '\n')) {
        n = strcspn(text, "\n");
        widest = n > widest ? n : widest;
    }
    return widest;
}

/* On a terminal of 40 columns no line goes on below itself, and nothing is missing. */
static void the_board_fits_40_columns_and_says_the_same(void **state)
{
    (void)state;
    add_blocks("null", TWIN_NULL, 0, 10 * CONTROL_BLOCKS, 1.0, 0.02);
    add_blocks("t/slower", TWIN_BAD, 0, 10, 3, 0);
    add_growth(TWIN_BAD, 4096, 0);
    struct findings f = find_all();
    char *wide = board_text(&f);
    setenv("COLUMNS", "40", 1);
    char *narrow = board_text(&f);
    unsetenv("COLUMNS");
    assert_true(widest_line(wide) > 40);
    if (widest_line(narrow) > 40)
        fail_msg("%zu columns:\n%s", widest_line(narrow), narrow);
    assert_non_null(strstr(wide, "3.00x holds\n"));
    assert_non_null(strstr(wide, "bad 4096.0 to 4096.0 (rises); good is not known"));
    assert_non_null(strstr(narrow, "t/slower\n    3.00x (3."));
    assert_non_null(strstr(narrow, ")\n    holds\n"));
    free(wide);
    free(narrow);
    findings_free(&f);
}

static void the_board_says_whether_the_control_was_moved(void **state)
{
    (void)state;
    add_blocks("null", TWIN_NULL, 0, 24 * CONTROL_BLOCKS, 1.0, 0.02);
    for (size_t i = 0; i < nsamples; i++)
        samples[i].placement = 1 + samples[i].block;
    struct findings f = find_all();
    char *text = board_text(&f);
    assert_non_null(strstr(text, "control: the same code, moved"));
    free(text);
    findings_free(&f);
}

static struct verdict counted(size_t claim, const char *column, const char *name, double first,
                              double last)
{
    const struct claim c = { .column = column };
    struct verdict v = verdict_blank("t/x", &c, KIND_COUNT, executor_named(name));

    v.claim = claim;
    v.finding = HOLDS;
    v.bad.first = first;
    v.bad.last = last;
    v.good.first = v.good.last = 0;
    return v;
}

static void a_count_of_bytes_is_shown_in_the_unit_that_suits_it(void **state)
{
    struct verdict v[] = { counted(0, "held_bytes", "c", 5013, 305664),
                           counted(1, "p99_ns", "c", 1500, 2.5e9),
                           counted(2, "tasks", "c", 1e6, 2e6), counted(3, "outcome", "c", NAN, NAN),
                           counted(4, "rss_bytes", "c", NAN, NAN) };
    struct findings f = { .verdicts = v, .nverdicts = sizeof v / sizeof v[0] };

    (void)state;
    v[3].bad.outcome = OUTCOME_STUCK;
    v[4].bad.slope.mid = 5013.24;
    char *text = board_text(&f);
    assert_non_null(strstr(text, "held_bytes      4.9 -> 298 KiB      0 -> 0 B "));
    assert_non_null(strstr(text, "p99_ns          1.5 us -> 2.5 s "));
    assert_non_null(strstr(text, "tasks           1000000 -> 2000000 "));
    assert_non_null(strstr(text, "outcome         STUCK "));
    assert_non_null(strstr(text, "rss_bytes       4.9 KiB/request "));
    free(text);
}

static void go_stands_beside_c_and_below_it_where_it_did_otherwise(void **state)
{
    struct verdict v[] = {
        counted(0, "tasks", "c", 4, 64),  counted(1, "timers", "c", 4, 64),
        counted(2, "parks", "c", 1, 2),   counted(0, "tasks", "go", 4, 64),
        counted(1, "timers", "go", 0, 0), counted(2, "parks", "go", 1, 3),
    };
    v[4].finding = v[4].expected = EMPTY;
    v[5].finding = v[5].expected = REFUTED;
    struct findings f = { .verdicts = v, .nverdicts = sizeof v / sizeof v[0] };
    char *text = board_text(&f);

    (void)state;
    assert_string_equal(
        text, "  counts          bad                 good                verdict\n"
              "t/x\n"
              "  tasks           4 -> 64             0 -> 0              holds in C and Go\n"
              "  timers          4 -> 64             0 -> 0              holds in C\n"
              "  parks           1 -> 2              0 -> 0              holds\n"
              "    in Go         1 -> 3              0 -> 0              refuted, as expected\n"
              "\n5 of 5 claims came out as the tips expect\n");
    free(text);
}

static void the_board_says_slower_but_less_than_said(void **state)
{
    (void)state;
    add_blocks("t/slower", TWIN_BAD, 0, 10, 1.5, 0.001); /* the second claim says twice */
    struct findings f = find_all();
    char *text = board_text(&f);
    assert_non_null(strstr(text, " less than said\n"));
    free(text);
    findings_free(&f);
}

static void the_board_tells_expected_from_unexpected(void **state)
{
    (void)state;
    add_blocks("t/slower", TWIN_BAD, 0, 10, 1.0, 0.001);
    struct findings f = find_all();
    char *text = board_text(&f);
    assert_non_null(strstr(text, "1.00x refuted\n"));
    assert_non_null(strstr(text, "refuted, as expected\n"));
    assert_non_null(
        strstr(text, "3 of 5 claims came out as the tips expect; 2 otherwise, 0 unsure"));
    free(text);
    findings_free(&f);
}

/* Of a tip that quotes nothing all stands in one line. */
static void the_board_quotes_what_people_say_above_what_was_measured(void **state)
{
    struct saying s[] = {
        { .tip = "t/slower",
          .label = LABEL_MYTH,
          .said = "bad is fast",
          .evidence = "bad is slow" },
        { .tip = "t/grows", .label = LABEL_TRUE, .evidence = "bad grows" },
    };
    struct findings f = { .sayings = s, .nsayings = 2 };
    char *text = board_text(&f);

    (void)state;
    assert_non_null(strstr(text, "myth      t/slower\n"
                                 "          \"Bad is fine.\"\n"
                                 "          said: bad is fast; measured: bad is slow\n"
                                 "true      t/grows                         bad grows\n"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup(f, clear)
        TEST(slower_by_at_least_r_means_the_whole_interval),
        TEST(nothing_is_said_of_workers_that_ran_by_turns),
        TEST(of_what_varies_no_finding_is_a_surprise),
        TEST(the_same_is_told_from_unsure),
        TEST(how_far_the_placement_moves_a_ratio_is_told_without_the_noise),
        TEST(blocks_of_the_program_itself_tell_nothing_of_placements),
        TEST(a_verdict_has_the_ratio_and_the_times_behind_it),
        TEST(samples_in_any_order_make_the_same_blocks),
        TEST(an_unfinished_block_and_what_follows_do_not_count),
        TEST(a_timed_process_that_died_is_named),
        TEST(the_points_of_a_curve_are_apart_from_each_other_and_from_the_pair),
        TEST(a_control_that_differs_withholds_time_and_nothing_else),
        TEST(a_control_that_is_the_same_leaves_verdicts_alone),
        TEST(a_control_of_one_go_withholds_the_time_of_that_go_alone),
        TEST(tips_that_were_not_measured_have_no_verdicts),
        TEST(the_board_fits_80_columns_and_has_no_colour_in_a_pipe),
        TEST(the_board_fits_40_columns_and_says_the_same),
        TEST(the_board_says_whether_the_control_was_moved),
        TEST(a_count_of_bytes_is_shown_in_the_unit_that_suits_it),
        TEST(go_stands_beside_c_and_below_it_where_it_did_otherwise),
        TEST(the_board_says_slower_but_less_than_said),
        TEST(the_board_tells_expected_from_unexpected),
        TEST(the_board_quotes_what_people_say_above_what_was_measured),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
