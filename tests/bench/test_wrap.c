/* SPDX-License-Identifier: MIT */
/* Lines fit the terminal, whatever its width. */
#include "capture.h"
#include "show/wrap_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char words[] = "one two three four five six seven eight nine ten eleven twelve";

static int print_words(int argc, char **argv)
{
    (void)argc;
    printf("%s", argv[1]);
    wrap_print(stdout, argv[2], atoi(argv[0]));
    return 0;
}

static int print_line(int argc, char **argv)
{
    (void)argc;
    wrap_line(2, "%s", argv[0]);
    return 0;
}

static int print_row(int argc, char **argv)
{
    (void)argc;
    wrap_row(2, "%s", argv[0]);
    return 0;
}

/* What wrap_print() makes of that, behind `before`, in so many columns. */
static const char *wrapped(const char *columns, const char *before, const char *text)
{
    char left[24];
    char *argv[] = { left, (char *)before, (char *)text, NULL };

    snprintf(left, sizeof left, "%zu", strlen(before));
    setenv("COLUMNS", columns, 1);
    capture(print_words, argv);
    unsetenv("COLUMNS");
    return said;
}

static void a_text_is_cut_at_spaces_and_continued_below_itself(void **state)
{
    (void)state;
    assert_string_equal(wrapped("30", "a    ", words),
                        "a    one two three four five\n     six seven eight nine ten\n"
                        "     eleven twelve\n");
    assert_string_equal(wrapped("200", "", "short"), "short\n");
    assert_string_equal(wrapped("30", "", ""), "\n");
}

static void a_word_wider_than_a_line_stays_whole(void **state)
{
    (void)state;
    assert_string_equal(wrapped("20", "a ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa b c"),
                        "a aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n  b c\n");
}

static void what_has_no_room_beside_stands_below(void **state)
{
    (void)state;
    assert_string_equal(wrapped("40", "a name of thirty letters, or so", "one two three"),
                        "a name of thirty letters, or so\n    one two three\n");
    assert_string_equal(wrapped("80", "a name of thirty letters, or so ", "one two three"),
                        "a name of thirty letters, or so one two three\n");
}

static void the_width_is_that_of_columns_and_of_a_file_80(void **state)
{
    static const struct {
        const char *columns;
        int wide;
    } told[] = { { "40", 40 }, { "80", 80 }, { "200", 80 }, { "3", 20 }, { "wide", 80 } };

    (void)state;
    for (size_t i = 0; i < sizeof told / sizeof told[0]; i++) {
        setenv("COLUMNS", told[i].columns, 1);
        assert_int_equal(wrap_columns(), told[i].wide);
        assert_true(wrap_is_narrow() == (told[i].wide < 80));
    }
    unsetenv("COLUMNS");
    FILE *file = tmpfile();
    assert_int_equal(wrap_columns_of(fileno(file)), 80);
    fclose(file);
}

static void no_line_ends_in_a_space_or_goes_on_with_two(void **state)
{
    (void)state;
    assert_string_equal(wrapped("20", "", "aaaa bbbb cccc dddd  eeee"),
                        "aaaa bbbb cccc dddd\neeee\n");
    assert_string_equal(wrapped("20", "", "aaaa bbbb cccc ddd  eeee"),
                        "aaaa bbbb cccc ddd\neeee\n");
    assert_string_equal(wrapped("30", "", "aaaa  bbbb"), "aaaa  bbbb\n");
}

static void a_line_in_a_file_has_80_columns(void **state)
{
    char text[300] = "";
    char *argv[] = { text, NULL };

    (void)state;
    for (int i = 0; i < 4; i++)
        strcat(text, words);
    capture(print_line, argv);
    assert_non_null(strstr(said, "nine ten eleven twelveone two three four\n  five"));
}

static void a_row_for_programs_is_one_line_unless_somebody_says_how_wide(void **state)
{
    char text[300] = "";
    char *argv[] = { text, NULL };

    (void)state;
    for (int i = 0; i < 4; i++)
        strcat(text, words);
    capture(print_row, argv);
    assert_string_equal(strchr(said, '\n'), "\n");
    setenv("COLUMNS", "40", 1);
    capture(print_row, argv);
    unsetenv("COLUMNS");
    assert_non_null(strstr(said, "one two three four five six seven eight\n  nine ten"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_cut_at_spaces_and_continued_below_itself),
        cmocka_unit_test(a_word_wider_than_a_line_stays_whole),
        cmocka_unit_test(what_has_no_room_beside_stands_below),
        cmocka_unit_test(the_width_is_that_of_columns_and_of_a_file_80),
        cmocka_unit_test(no_line_ends_in_a_space_or_goes_on_with_two),
        cmocka_unit_test(a_line_in_a_file_has_80_columns),
        cmocka_unit_test(a_row_for_programs_is_one_line_unless_somebody_says_how_wide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
