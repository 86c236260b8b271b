/* SPDX-License-Identifier: MIT */
/* test_csv.c - which lines are rows, and which columns are found. */
#include "inside/csv.h"

#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char text[4096];
static struct csv t;

static int open_text(const char *words)
{
    strcpy(text, words);
    return csv_open(&t, text, strlen(text));
}

/* The lines that were foreign, as they are said. */
static const char *foreign(void)
{
    static char said[256];
    FILE *out = fmemopen(said, sizeof said, "w");

    said[0] = '\0';
    csv_say_foreign(&t, "a.csv", out);
    fclose(out);
    return said;
}

static void fields_are_found_by_the_names_of_their_columns(void **state)
{
    (void)state;
    assert_int_equal(open_text("tip,n,note\na/b,3,\nc/d,4,why not\n"), 0);
    assert_true(csv_next(&t));
    assert_string_equal(csv_field(&t, "tip"), "a/b");
    assert_string_equal(csv_field(&t, "note"), "");
    assert_true(csv_next(&t));
    assert_string_equal(csv_field(&t, "note"), "why not");
    assert_string_equal(csv_field(&t, "n"), "4");
    assert_false(csv_next(&t));
    assert_false(csv_next(&t));
}

static void a_column_that_the_reader_does_not_know_is_passed_over(void **state)
{
    (void)state;
    assert_int_equal(open_text("unheard_of,tip,and,more\n1,a/b,2,3\n"), 0);
    assert_true(csv_next(&t));
    assert_string_equal(csv_field(&t, "tip"), "a/b");
}

static void a_column_that_is_missing_has_no_field_and_no_number(void **state)
{
    uint64_t n = 7;

    (void)state;
    assert_int_equal(open_text("tip\na/b\n"), 0);
    assert_true(csv_next(&t));
    assert_null(csv_field(&t, "n"));
    assert_null(csv_field(&t, "ti")); /* no part of a name is the name */
    assert_false(csv_count(&t, "n", &n));
    assert_int_equal(n, 7);
}

static void a_last_line_without_its_end_is_no_row(void **state)
{
    (void)state;
    assert_int_equal(open_text("tip,n\na/b,3\nc/d,41"), 0);
    assert_true(csv_next(&t));
    assert_string_equal(csv_field(&t, "tip"), "a/b");
    assert_false(csv_next(&t));
    assert_string_equal(foreign(),
                        "twinbench: 1 line of a.csv is not a row: line 3; it is left out\n");
}

/* What a power cut leaves where a row should be. */
static void nul_bytes_cost_their_line_and_none_behind_it(void **state)
{
    char table[] = "tip,n\na/b,1\nc/\0\0,2\n\0\0\0\0e/f,3\ng/h,4\ni/j,5\0\0\n";

    (void)state;
    assert_int_equal(csv_open(&t, table, sizeof table - 1), 0);
    assert_true(csv_next(&t));
    assert_string_equal(csv_field(&t, "n"), "1");
    assert_true(csv_next(&t));
    assert_string_equal(csv_field(&t, "n"), "4");
    assert_int_equal(t.line, 5);
    assert_false(csv_next(&t));
    assert_string_equal(
        foreign(), "twinbench: 3 lines of a.csv are not rows: lines 3, 4, 6; they are left out\n");
}

static void a_text_may_end_without_a_nul(void **state)
{
    char *table = malloc(14);

    (void)state;
    memcpy(table, "n\n1\n2\n3\n4\n5\n6", 13);
    assert_int_equal(csv_open(&t, table, 13), 0);
    for (int i = 0; i < 5; i++)
        assert_true(csv_next(&t));
    assert_false(csv_next(&t));
    assert_int_equal(t.foreign, 1);
    assert_int_equal(csv_open(&t, table, 0), -EINVAL);
    free(table);
}

/* A reader that knows what a field must hold says so of a row. */
static void rows_that_are_rejected_are_named_the_first_of_many(void **state)
{
    (void)state;
    assert_int_equal(open_text("n\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"), 0);
    assert_string_equal(foreign(), "");
    while (csv_next(&t))
        if (csv_field(&t, "n")[0] != '5')
            csv_reject(&t);
    assert_string_equal(foreign(),
                        "twinbench: 8 lines of a.csv are not rows: lines 2, 3, 4, 5, 7, 8 "
                        "and 2 more; they are left out\n");
}

static void a_single_row_stands_alone(void **state)
{
    (void)state;
    assert_int_equal(open_text("n\n1\n"), 0);
    assert_true(csv_only(&t));
    assert_string_equal(csv_field(&t, "n"), "1");
    static const char *const others[] = { "n\n", "n\n1\n2\n", "n\n1,2\n1\n", "n\n1\n2", "n\n1" };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        assert_int_equal(open_text(others[i]), 0);
        assert_false(csv_only(&t));
    }
}

/* Torn in the middle of the file, with the next row behind it or without. */
static void a_line_with_another_number_of_fields_is_passed_over(void **state)
{
    (void)state;
    assert_int_equal(open_text("tip,n\na/b\na/b,1,c/d,2\n\ne/f,5\n"), 0);
    assert_true(csv_next(&t));
    assert_string_equal(csv_field(&t, "tip"), "e/f");
    assert_false(csv_next(&t));
}

static void a_table_without_a_whole_header_is_none(void **state)
{
    (void)state;
    assert_int_equal(open_text(""), -EINVAL);
    assert_int_equal(open_text("tip,n"), -EINVAL);
    assert_false(csv_next(&t));
    assert_int_equal(open_text("tip,n\n"), 0); /* no rows are no trouble */
    assert_false(csv_next(&t));
}

static void more_columns_than_there_is_room_for_are_refused(void **state)
{
    char header[2 * CSV_COLUMNS + 4];

    (void)state;
    for (size_t i = 0; i < CSV_COLUMNS; i++)
        memcpy(header + 2 * i, "x,", 2);
    strcpy(header + 2 * CSV_COLUMNS - 1, "\n");
    assert_int_equal(open_text(header), 0);
    strcpy(header + 2 * CSV_COLUMNS - 1, ",y\n");
    assert_int_equal(open_text(header), -EINVAL);
    strcpy(text, "x\n");
    for (size_t i = 0; i < CSV_COLUMNS + 9; i++)
        strcat(text, ",");
    strcat(text, "\n1\n");
    assert_int_equal(csv_open(&t, text, strlen(text)), 0);
    assert_true(csv_next(&t));
    assert_string_equal(csv_field(&t, "x"), "1");
}

static void only_a_whole_number_is_a_count_and_only_a_number_is_one(void **state)
{
    static const char *const none[] = { "", "-1", "1.5", "1x", " 1", "99999999999999999999" };
    uint64_t n = 7;

    (void)state;
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        char table[64];
        snprintf(table, sizeof table, "n\n%s\n", none[i]);
        assert_int_equal(open_text(table), 0);
        assert_true(csv_next(&t));
        assert_false(csv_count(&t, "n", &n));
        assert_int_equal(n, 7);
    }
    assert_int_equal(open_text("n,x,no\n18446744073709551615,-2.5e3,5 B\n"), 0);
    assert_true(csv_next(&t));
    assert_true(csv_count(&t, "n", &n));
    assert_true(n == UINT64_MAX);
    assert_true(csv_to_number(csv_field(&t, "x")) == -2500);
    assert_true(isnan(csv_to_number(csv_field(&t, "no"))));
    assert_true(isnan(csv_to_number("")));
}

static void the_rows_that_are_left_are_at_most_the_lines(void **state)
{
    (void)state;
    assert_int_equal(open_text("n\n1\n2\n3\n4"), 0);
    assert_int_equal(csv_most(&t), 3);
    assert_true(csv_next(&t));
    assert_int_equal(csv_most(&t), 2);
}

static void words_come_back_as_they_were_written_except_for_quotes_and_newlines(void **state)
{
    FILE *out = fmemopen(text, sizeof text, "w");

    (void)state;
    fputs("n,note,last\n1,", out);
    csv_write_words(out, "3, 4 \"five\"\n\xc3\xa9");
    fputc(',', out);
    csv_write_words(out, "six; seven");
    fputc('\n', out);
    fclose(out);
    assert_string_equal(text, "n,note,last\n1,\"3, 4  five  \xc3\xa9\",six; seven\n");
    assert_int_equal(csv_open(&t, text, strlen(text)), 0);
    assert_true(csv_next(&t));
    assert_string_equal(csv_field(&t, "note"), "3, 4  five  \xc3\xa9");
    assert_string_equal(csv_field(&t, "last"), "six; seven");
    assert_false(csv_next(&t));
}

static void a_quote_that_is_not_closed_costs_its_line(void **state)
{
    (void)state;
    assert_int_equal(open_text("n,note\n1,\"a\n2,\"a, b\"c\n3,\"\"\"\n4,\n5,\"\"\n6,\"a,b\"\n"), 0);
    for (int n = 4; n <= 6; n++) {
        assert_true(csv_next(&t));
        assert_int_equal(csv_to_number(csv_field(&t, "n")), n);
        assert_string_equal(csv_field(&t, "note"), n == 6 ? "a,b" : "");
    }
    assert_false(csv_next(&t));
    assert_string_equal(
        foreign(), "twinbench: 3 lines of a.csv are not rows: lines 2, 3, 4; they are left out\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_found_by_the_names_of_their_columns),
        cmocka_unit_test(a_column_that_the_reader_does_not_know_is_passed_over),
        cmocka_unit_test(a_column_that_is_missing_has_no_field_and_no_number),
        cmocka_unit_test(a_last_line_without_its_end_is_no_row),
        cmocka_unit_test(nul_bytes_cost_their_line_and_none_behind_it),
        cmocka_unit_test(a_text_may_end_without_a_nul),
        cmocka_unit_test(rows_that_are_rejected_are_named_the_first_of_many),
        cmocka_unit_test(a_single_row_stands_alone),
        cmocka_unit_test(a_line_with_another_number_of_fields_is_passed_over),
        cmocka_unit_test(a_table_without_a_whole_header_is_none),
        cmocka_unit_test(more_columns_than_there_is_room_for_are_refused),
        cmocka_unit_test(only_a_whole_number_is_a_count_and_only_a_number_is_one),
        cmocka_unit_test(the_rows_that_are_left_are_at_most_the_lines),
        cmocka_unit_test(words_come_back_as_they_were_written_except_for_quotes_and_newlines),
        cmocka_unit_test(a_quote_that_is_not_closed_costs_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
