/* SPDX-License-Identifier: MIT */
/* A sample survives being written as a row and read back, and nothing else is
 * taken for one. */
#include "inside/sample.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LINE = 4096 };

/* Every field different, with the numbers that are hardest to print. */
static struct sample full(void)
{
    struct sample s = { .tip = "leaks/range-unclosed",
                        .twin = TWIN_BAD,
                        .lang = executor_c(),
                        .kind = KIND_COUNT,
                        .outcome = OUTCOME_OK,
                        .answer = INT64_MIN + 1,
                        .tasks = INT64_MAX,
                        .timers = -1,
                        .malloc_bytes = -48, /* the ops freed what was there before them */
                        .wall_ns = 0.1,
                        .cpu_ns = 1e300,
                        .p50_ns = 1.0 / 3,
                        .rss_bytes = 4096 };
    return s;
}

static void a_row_reads_back_as_the_same_sample(void **state)
{
    struct sample s = full(), back;
    char header[LINE], row[LINE];

    (void)state;
    assert_true(sample_header(header, sizeof header) > 0);
    int length = sample_row(&s, row, sizeof row);
    assert_int_equal(length, strlen(row));
    assert_int_equal(sample_parse(header, row, &back), 0);
    for (size_t i = 0; i < ncolumns; i++) {
        const struct column *c = &columns[i];
        assert_string_equal(column_words(c, &s), column_words(c, &back));
        if (column_is_number(c))
            assert_true(column_value(c, &s) == column_value(c, &back));
    }
    assert_true(back.answer == INT64_MIN + 1 && back.tasks == INT64_MAX);
}

static void a_line_is_one_line_whatever_the_words_are(void **state)
{
    struct sample s = { .tip = "a,b\"c\nd\te" };
    char row[LINE];

    (void)state;
    assert_true(sample_row(&s, row, sizeof row) > 0);
    assert_memory_equal(row, "\"a,b c d e\",", 12);
    assert_ptr_equal(strchr(row, '\n'), row + strlen(row) - 1);
}

static void a_buffer_too_small_is_an_error_and_not_half_a_row(void **state)
{
    struct sample s = full();
    char row[LINE];
    int length = sample_row(&s, row, sizeof row);

    (void)state;
    for (size_t room = 0; room <= (size_t)length; room++)
        assert_int_equal(sample_row(&s, row, room), -ENOSPC);
    assert_int_equal(sample_row(&s, row, (size_t)length + 2), length);
}

static void no_part_of_a_row_passes_for_a_row(void **state)
{
    struct sample s = full(), back;
    char header[LINE], row[LINE], torn[LINE];
    int length = sample_row(&s, row, sizeof row);

    (void)state;
    sample_header(header, sizeof header);
    for (int cut = 0; cut < length; cut++) {
        memcpy(torn, row, (size_t)cut);
        torn[cut] = '\0';
        assert_int_equal(sample_parse(header, torn, &back), -EINVAL);
        strcpy(torn + cut, "\n");
        if (cut < length - 1 && strrchr(row, ',') - row >= cut)
            assert_int_equal(sample_parse(header, torn, &back), -EINVAL);
    }
}

/* Torn within the tip's name it becomes the row of a tip that does not exist. */
static void a_torn_row_with_the_next_one_behind_it_is_refused(void **state)
{
    struct sample s = full(), back;
    char header[LINE], row[LINE], both[2 * LINE];
    int length = sample_row(&s, row, sizeof row);

    (void)state;
    sample_header(header, sizeof header);
    for (int cut = (int)strlen(s.tip) + 1; cut < length; cut++) {
        memcpy(both, row, (size_t)cut);
        strcpy(both + cut, row);
        assert_int_equal(sample_parse(header, both, &back), -EINVAL);
    }
}

static void what_a_process_does_not_know_is_empty_and_not_0(void **state)
{
    struct sample s;
    char header[LINE], row[LINE];

    (void)state;
    assert_int_equal(sample_parse("tip,tasks,timers,wall_ns\n", "a/b,12,,\n", &s), 0);
    assert_true(isnan(column_value(column_find("timers"), &s)));
    assert_true(isnan(column_value(column_find("wall_ns"), &s)));
    assert_int_equal(s.tasks, 12);
    sample_header(header, sizeof header);
    sample_row(&s, row, sizeof row);
    memset(&s, 0, sizeof s);
    assert_int_equal(sample_parse(header, row, &s), 0);
    assert_int_equal(s.timers, UNKNOWN);
    assert_int_equal(sample_parse("tip,ops\n", "a/b,\n", &s), -EINVAL);
}

static void a_column_that_is_no_number_is_refused(void **state)
{
    struct sample s;

    (void)state;
    assert_int_equal(sample_parse("tip,tasks\n", "a/b,12\n", &s), 0);
    assert_int_equal(s.tasks, 12);
    assert_int_equal(sample_parse("tip,tasks\n", "a/b,12x\n", &s), -EINVAL);
    assert_int_equal(sample_parse("tip,tasks\n", "a/b,1.5\n", &s), -EINVAL);
    assert_int_equal(sample_parse("tip,tasks\n", "a/b,99999999999999999999\n", &s), -EINVAL);
}

static void columns_are_read_by_their_names(void **state)
{
    struct sample s;

    (void)state;
    assert_int_equal(sample_parse("wall_ns,unheard_of,tip", "2.5,what,a/b\n", &s), 0);
    assert_true(s.wall_ns == 2.5);
    assert_string_equal(s.tip, "a/b");
}

/* A table of an older version: 0 would be a count that nobody made. */
static void a_measure_without_a_column_is_not_known(void **state)
{
    struct sample s;

    (void)state;
    assert_int_equal(sample_parse("tip,ops\n", "a/b,7\n", &s), 0);
    assert_int_equal(s.ops, 7);
    assert_int_equal(s.tasks, UNKNOWN);
    assert_int_equal(s.switches, UNKNOWN);
    assert_true(isnan(s.wall_ns));
    assert_int_equal(s.workers, 0);
}

static void two_rows_are_not_one(void **state)
{
    struct sample s;

    (void)state;
    assert_int_equal(sample_parse("tip,ops\n", "a/b,7\nc/d,8\n", &s), -EINVAL);
    assert_int_equal(sample_parse("tip,ops\n", "a/b,7\nc/d", &s), -EINVAL);
    assert_int_equal(sample_parse("tip,ops\n", "a/b\na/b,7\n", &s), -EINVAL);
}

static void a_column_is_found_by_its_whole_name_only(void **state)
{
    (void)state;
    assert_string_equal(column_find("tasks")->name, "tasks");
    assert_int_equal(column_find("tasks")->kind, EXACT);
    assert_null(column_find("task"));
    assert_null(column_find("tasks "));
    assert_null(column_find(""));
}

static void every_column_has_a_text_and_a_name_of_its_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < ncolumns; i++) {
        assert_true(strlen(columns[i].text) > 0);
        assert_ptr_equal(column_find(columns[i].name), &columns[i]);
    }
}

static bool ends_in(const char *name, const char *tail)
{
    size_t n = strlen(name), m = strlen(tail);

    return n > m && strcmp(name + n - m, tail) == 0;
}

static void the_unit_of_a_column_is_that_of_its_name(void **state)
{
    size_t of[QUANTITY_SHARE + 1] = { 0 };

    (void)state;
    for (size_t i = 0; i < ncolumns; i++) {
        const char *name = columns[i].name;
        enum quantity should = ends_in(name, "_bytes")  ? QUANTITY_BYTES
                               : ends_in(name, "_ns")   ? QUANTITY_TIME
                               : ends_in(name, "_rate") ? QUANTITY_SHARE
                                                        : QUANTITY_NONE;
        if (unit_quantity(columns[i].unit) != should)
            fail_msg("%s is in \"%s\"", name, columns[i].unit);
        of[should]++;
    }
    for (size_t q = 0; q <= QUANTITY_SHARE; q++)
        assert_true(of[q] > 0);
}

static void words_are_no_number(void **state)
{
    struct sample s = full();

    (void)state;
    assert_true(isnan(column_value(column_find("tip"), &s)));
    assert_string_equal(column_words(column_find("tasks"), &s), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_reads_back_as_the_same_sample),
        cmocka_unit_test(a_line_is_one_line_whatever_the_words_are),
        cmocka_unit_test(a_buffer_too_small_is_an_error_and_not_half_a_row),
        cmocka_unit_test(no_part_of_a_row_passes_for_a_row),
        cmocka_unit_test(a_torn_row_with_the_next_one_behind_it_is_refused),
        cmocka_unit_test(what_a_process_does_not_know_is_empty_and_not_0),
        cmocka_unit_test(a_column_that_is_no_number_is_refused),
        cmocka_unit_test(columns_are_read_by_their_names),
        cmocka_unit_test(a_measure_without_a_column_is_not_known),
        cmocka_unit_test(two_rows_are_not_one),
        cmocka_unit_test(a_column_is_found_by_its_whole_name_only),
        cmocka_unit_test(every_column_has_a_text_and_a_name_of_its_own),
        cmocka_unit_test(the_unit_of_a_column_is_that_of_its_name),
        cmocka_unit_test(words_are_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
