/* SPDX-License-Identifier: MIT */
/* test_tables.c - a verdict is read back from its table as it was written, and tables of
 * other versions are understood. */
#include "folder.h"
#include "store/schema.h"
#include "store/tables.h"
#include "store/whole_file.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static char *text;
static struct verdict_row *rows;
static size_t nrows;
static struct csv t;

static int forget(void **state)
{
    free(rows);
    free(text);
    rows = NULL;
    text = NULL;
    return remove_folder(state);
}

static void read_text(const char *words)
{
    text = strdup(words);
    assert_int_equal(csv_open(&t, text, strlen(text)), 0);
    assert_int_equal(tables_read_verdicts(&t, &rows, &nrows), 0);
}

/* Write these verdicts into a run, and read its table. */
static void store_and_read(struct verdict *v, size_t n)
{
    const struct findings f = { .verdicts = v, .nverdicts = n };
    struct store *s = store_begin(results, NULL);
    size_t length;

    assert_non_null(s);
    assert_int_equal(tables_store(s, &f), 0);
    text = whole_file_read(store_path(s, "verdicts.csv"), &length);
    store_close(s);
    assert_non_null(text);
    assert_int_equal(csv_open(&t, text, length), 0);
    assert_int_equal(tables_read_verdicts(&t, &rows, &nrows), 0);
}

static struct verdict blank(const char *column, enum kind kind)
{
    const struct claim c = { .column = column };
    struct verdict v = verdict_blank("test/tip", &c, kind, executor_on_heap(HEAP_GLIBC));

    v.claim = 2;
    v.finding = HOLDS;
    return v;
}

static void assert_none(const struct result *r)
{
    assert_true(isnan(r->first) && isnan(r->last) && isnan(r->slope.mid) && isnan(r->ns));
    assert_int_equal(r->outcome, OUTCOME_NONE);
}

static void a_count_has_its_numbers_at_both_ends_of_the_dial(void **state)
{
    struct verdict v = blank("tasks", KIND_COUNT);

    (void)state;
    v.bad.first = 4;
    v.bad.last = 9007199254;
    v.good.first = 0;
    v.good.last = 0.5;
    v.n = 24;
    strcpy(v.note, "bad differs between runs: 3, 4");
    store_and_read(&v, 1);
    assert_int_equal(nrows, 1);
    const struct verdict *back = &rows[0].v;
    assert_string_equal(back->tip, "test/tip");
    assert_string_equal(back->column, "tasks");
    assert_int_equal(back->kind, KIND_COUNT);
    assert_ptr_equal(back->executor, executor_on_heap(HEAP_GLIBC));
    assert_string_equal(back->note, "bad differs between runs: 3, 4");
    assert_string_equal(rows[0].bad, "4 -> 9007199254");
    assert_int_equal(back->claim, 2);
    assert_int_equal(back->n, 24);
    assert_int_equal(back->finding, HOLDS);
    assert_int_equal(back->expected, HOLDS);
    assert_true(back->bad.first == 4 && back->bad.last == 9007199254);
    assert_true(back->good.first == 0 && back->good.last == 0.5);
    assert_true(isnan(back->ratio) && isnan(back->bad.ns) && isnan(back->bad.slope.mid));
    assert_int_equal(back->bad.outcome, OUTCOME_NONE);
}

static void a_slope_has_its_interval_and_an_end_that_is_not_known_is_none(void **state)
{
    struct verdict v = blank("rss_bytes", KIND_SLOPE);

    (void)state;
    v.bad.slope = (struct interval){ 5013.25, 4999.5, 5020 };
    v.good.slope = (struct interval){ -2, -INFINITY, INFINITY };
    v.bad.trend = TREND_CREEPS;
    v.bad.over = 8388608;
    store_and_read(&v, 1);
    const struct verdict *back = &rows[0].v;
    assert_true(back->bad.slope.mid == 5013.25 && back->bad.slope.lo == 4999.5);
    assert_true(back->bad.slope.hi == 5020 && back->good.slope.mid == -2);
    assert_true(isnan(back->good.slope.lo) && isnan(back->good.slope.hi));
    assert_true(isnan(back->bad.first));
    assert_int_equal(back->bad.trend, TREND_CREEPS);
    assert_int_equal(back->good.trend, TREND_NONE);
    assert_true(back->bad.over == 8388608 && isnan(back->good.over));
}

static void a_time_has_its_ratio_and_both_times(void **state)
{
    struct verdict v = blank("time", KIND_TIME);

    (void)state;
    v.ratio = 1.5;
    v.lo = 1.25;
    v.hi = 1.75;
    v.bad.ns = 812.4375;
    v.good.ns = 541.625;
    v.finding = UNSURE;
    v.expected = REFUTED;
    store_and_read(&v, 1);
    const struct verdict *back = &rows[0].v;
    assert_true(back->ratio == 1.5 && back->lo == 1.25 && back->hi == 1.75);
    assert_true(back->bad.ns == 812.4375 && back->good.ns == 541.625);
    assert_int_equal(back->finding, UNSURE);
    assert_int_equal(back->expected, REFUTED);
}

static void an_outcome_has_no_number(void **state)
{
    struct verdict v = blank("outcome", KIND_OUTCOME);

    (void)state;
    v.bad.outcome = OUTCOME_STUCK;
    v.good.outcome = OUTCOME_OK;
    store_and_read(&v, 1);
    assert_int_equal(rows[0].v.bad.outcome, OUTCOME_STUCK);
    assert_int_equal(rows[0].v.good.outcome, OUTCOME_OK);
    assert_string_equal(rows[0].bad, "STUCK");
    assert_true(isnan(rows[0].v.bad.first));
}

static void what_judges_nothing_is_left_out(void **state)
{
    struct verdict v[] = { blank("timers", KIND_COUNT), blank("tasks", KIND_COUNT) };

    (void)state;
    v[0].finding = v[0].expected = EMPTY;
    store_and_read(v, 2);
    assert_int_equal(nrows, 1);
    assert_string_equal(rows[0].v.column, "tasks");
}

static const char old_header[] =
    "tip,claim,column,kind,bad,good,ratio,lo,hi,verdict,expected,lang,n,note\n";

static void the_table_of_an_older_version_has_words_and_no_numbers(void **state)
{
    char table[512];

    (void)state;
    snprintf(table, sizeof table, "%s%s", old_header,
             "a/b,1,tasks,count,4 -> 16,0 -> 0,,,,holds,refuted,go,12,why\n");
    read_text(table);
    assert_int_equal(nrows, 1);
    assert_string_equal(rows[0].bad, "4 -> 16");
    assert_string_equal(rows[0].good, "0 -> 0");
    assert_int_equal(rows[0].v.expected, REFUTED);
    assert_int_equal(rows[0].v.n, 12);
    assert_none(&rows[0].v.bad);
    assert_none(&rows[0].v.good);
}

static void the_table_of_a_newer_version_may_have_more_columns(void **state)
{
    (void)state;
    read_text(
        "label,verdict,expected,n,claim,tip,lang,bad_last\nmyth,refuted,holds,3,0,a/b,go1.31,7\n");
    assert_int_equal(nrows, 1);
    assert_string_equal(rows[0].v.tip, "a/b");
    assert_true(rows[0].v.bad.last == 7);
    assert_int_equal(rows[0].v.kind, KIND_NONE);
    assert_string_equal(rows[0].v.executor->title, "Go 1.31");
}

static void a_row_that_is_torn_or_finds_nothing_known_is_left_out(void **state)
{
    char table[1024];

    (void)state;
    snprintf(table, sizeof table, "%s%s", old_header,
             "a/b,1,tasks,count,4 -> 16,0 -> 0,,,,maybe,holds,c,12,\n"
             "a/b,1,tasks,count,4 -> 16,0 -> 0,,,,holds,holds,cobol,12,\n"
             "a/b,1,tasks,sum,4 -> 16,0 -> 0,,,,holds,holds,c,12,\n"
             "a/b,x,tasks,count,4 -> 16,0 -> 0,,,,holds,holds,c,12,\n"
             "a/b,1,tasks,count,4 -> 16,0 -> 0,,,,holds\n"
             "a/b,3,tasks,count,4 -> 16,0 -> 0,,,,holds,holds,c,12,\n"
             "a/b,4,tasks,count,4 -> 16,0 -> 0,,,,holds,holds,c,12,torn");
    read_text(table);
    assert_int_equal(nrows, 1);
    assert_int_equal(rows[0].v.claim, 3);
}

static void a_number_that_cannot_be_is_no_verdict_and_its_line_is_known(void **state)
{
    static const char *const ratios[] = { "inf", "nan", "-1", "1.5x", "-inf" };
    char table[1024];
    struct csv lines;

    (void)state;
    int at = snprintf(table, sizeof table, "%s", old_header);
    for (size_t i = 0; i < sizeof ratios / sizeof ratios[0]; i++)
        at += snprintf(table + at, sizeof table - (size_t)at,
                       "a/b,1,time,time,1,1,%s,1,2,holds,holds,c,12,\n", ratios[i]);
    snprintf(table + at, sizeof table - (size_t)at,
             "a/b,7,time,time,1,1,0.5,0,,unsure,holds,c,12,\n");
    char *copy = strdup(table);
    assert_int_equal(csv_open(&lines, copy, strlen(copy)), 0);
    struct verdict_row *read;
    size_t n;
    assert_int_equal(tables_read_verdicts(&lines, &read, &n), 0);
    assert_int_equal(n, 1);
    assert_int_equal(read[0].v.claim, 7);
    assert_true(read[0].v.lo == 0 && isnan(read[0].v.hi));
    assert_int_equal(lines.foreign, 5);
    assert_int_equal(lines.first[0], 2);
    free(read);
    free(copy);
}

static void a_table_without_rows_has_no_verdict(void **state)
{
    (void)state;
    read_text("tip,claim,lang,n,verdict,expected\n");
    assert_int_equal(nrows, 0);
}

static void every_table_that_is_stored_has_the_columns_that_are_described(void **state)
{
    static const char *const names[] = { "verdicts.csv", "blocks.csv", "times.csv", "slopes.csv" };
    struct verdict v = blank("tasks", KIND_COUNT);
    struct pair_blocks blocks = { "a/b", executor_c(), { .n = 1 } };
    struct pairing pairing = { "a/b", executor_c(), true, { .blocks = 8 } };
    struct memory memory = { "a/b", TWIN_BAD, executor_c(), { .trend = TREND_LEVEL } };
    const struct findings f = { &v, 1, &blocks, 1, &pairing, 1, &memory, 1, false };
    struct store *s = store_begin(results, NULL);

    (void)state;
    assert_int_equal(tables_store(s, &f), 0);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        char *described = NULL;
        size_t length;
        FILE *out = open_memstream(&described, &length);
        schema_header(out, names[i]);
        fclose(out);
        char *table = whole_file_read(store_path(s, names[i]), &length);
        assert_memory_equal(table, described, strlen(described));
        assert_int_equal(csv_open(&t, table, length), 0);
        assert_true(csv_next(&t)); /* with as many fields */
        assert_false(csv_next(&t));
        free(described);
        free(table);
    }
    store_close(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup_folder, forget)
        TEST(a_count_has_its_numbers_at_both_ends_of_the_dial),
        TEST(a_slope_has_its_interval_and_an_end_that_is_not_known_is_none),
        TEST(a_time_has_its_ratio_and_both_times),
        TEST(an_outcome_has_no_number),
        TEST(what_judges_nothing_is_left_out),
        TEST(the_table_of_an_older_version_has_words_and_no_numbers),
        TEST(the_table_of_a_newer_version_may_have_more_columns),
        TEST(a_row_that_is_torn_or_finds_nothing_known_is_left_out),
        TEST(a_number_that_cannot_be_is_no_verdict_and_its_line_is_known),
        TEST(a_table_without_rows_has_no_verdict),
        TEST(every_table_that_is_stored_has_the_columns_that_are_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
