/* SPDX-License-Identifier: MIT */
/* test_gate_time.c - how long a student's twin is measured, and who has the points for it.
 *
 * No time is taken here.  The student's program and the good twin's are this program, started as
 * `NAME one TIP TWIN ...`: good takes a batch's time, and the student's twin so many times that, by
 * a list with a number for each block. */
#include "decide/time_rule.h"
#include "folder.h"
#include "grade/grading.h"
#include "inside/write_whole.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROW_FD = 3, SCREEN = 4, BLOCKS = 64, MS = 1000000 };

/* A tip that says that bad is slower, and not by how much: ten percent are no difference. */
static const struct tip slower = { .dial = SIZE,
                                   .points = { 4, 16 },
                                   .defaults = { .ops = 10, .clients = 1 },
                                   .claims = { { .column = "time", .bad = SLOWER } } };

/* One that says nothing about time: twenty times good's may be. */
static const struct tip leaks = { .dial = OPS,
                                  .points = { 4, 16 },
                                  .defaults = { .ops = 10, .clients = 1 },
                                  .claims = { { .column = "tasks", .bad = GROWS, .good = FLAT } } };

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    return i;
}

static const struct twin twin = { op, NULL, NULL };
const struct entry entries[] = { { "t/slower", &slower, &twin, &twin },
                                 { "t/leaks", &leaks, &twin, &twin } };
const size_t nentries = 2;

/* --- the programs --- */

/* The student's times good's in each block, of which the last holds for all others. */
static double ratios[BLOCKS];
static size_t nratios;

/* A byte is added to this file by each timed process of the student's: two make a block. */
static size_t count_up(void)
{
    struct stat now;
    int fd = open(getenv("TIMED"), O_WRONLY | O_CREAT | O_APPEND, 0600);

    if (fd < 0 || write(fd, "x", 1) != 1 || fstat(fd, &now) < 0)
        abort();
    close(fd);
    return (size_t)now.st_size - 1;
}

static double ratio_in(size_t block)
{
    double ratio[BLOCKS];
    size_t n = 0;

    for (char *at = getenv("RATIOS"); *at; n++)
        ratio[n] = strtod(at, &at);
    return ratio[block < n ? block : n - 1];
}

/* `one TIP TWIN --kind KIND --row-fd 3 ...` */
static int one(char **argv)
{
    char row[2 * SAMPLE_ROW];
    bool timed = strcmp(argv[5], "time") == 0, student = strcmp(argv[3], "bad") == 0;
    struct sample s = { .lang = executor_c(), .wall_ns = MS };

    if (timed && student)
        s.wall_ns *= ratio_in(count_up() / 2);
    int n = sample_header(row, sizeof row);
    n += sample_row(&s, row + n, sizeof row - (size_t)n);
    return write_whole(ROW_FD, row, (size_t)n) != 0;
}

/* --- a gate --- */

static struct grading graded;
static int points;

static void times(size_t blocks, double ratio)
{
    while (blocks-- > 0)
        ratios[nratios++] = ratio;
}

/* This program, under that name. */
static void provide(const char *name)
{
    char path[96];

    snprintf(path, sizeof path, "%s/%s", results, name);
    assert_int_equal(symlink("/proc/self/exe", path), 0);
}

/* What becomes of a student of that tip whose times are those: how many blocks were measured. */
static size_t grade_a(const struct tip *tip, enum gate expected)
{
    char path[96], text[BLOCKS * 8] = "";
    struct stat timed;

    for (size_t i = 0; i < nratios; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%.2f", i ? " " : "",
                 ratios[i]);
    nratios = 0;
    setenv("RATIOS", text, 1);
    provide("good");
    provide("student");
    snprintf(path, sizeof path, "%s/timed", results);
    setenv("TIMED", path, 1);
    graded = (struct grading){
        .e = &entries[tip == &leaks], .dir = results, .grace_ms = 60000, .points = 2
    };
    assert_int_equal(grade_time(&graded, GRADE_TIME, &points), expected);
    assert_int_equal(stat(path, &timed), 0);
    return (size_t)timed.st_size / 2;
}

static size_t first_look(void)
{
    return rule_quick(0.1, 1).looks[0];
}

static void who_is_within_the_margin_in_each_of_four_blocks_is_not_measured_further(void **state)
{
    (void)state;
    times(1, 1.09);
    assert_int_equal(grade_a(&slower, PASSED), SCREEN);
    assert_int_equal(points, GRADE_TIME);
    assert_non_null(strstr(graded.says, "1.09 to 1.09 times its time in 4 blocks"));
}

static void who_is_beyond_it_in_one_of_them_is(void **state)
{
    (void)state;
    for (size_t block = 0; block < SCREEN; block += SCREEN - 1) {
        times(block, 1);
        times(1, 1.2);
        times(1, 1);
        assert_true(grade_a(&slower, PASSED) >= first_look());
        assert_int_equal(points, GRADE_TIME);
        remove_folder(NULL);
        setup_folder(NULL);
    }
}

static void who_is_beyond_it_in_all_is_measured_twice_and_pays(void **state)
{
    (void)state;
    times(1, 2.1);
    assert_int_equal(grade_a(&slower, STOPPED), 2 * first_look());
    assert_int_equal(points, GRADE_TIME / 2);
}

static void only_the_first_series_is_short(void **state)
{
    (void)state;
    times(first_look(), 1.2);
    times(SCREEN, 1);
    times(1, 1.2);
    assert_true(grade_a(&slower, PASSED) >= 2 * first_look());
    assert_null(strstr(graded.says, "in 4 blocks"));
}

/* Its first look is two processes of the student's, as many as a block has. */
static void where_time_is_not_the_point_one_look_at_it_is_enough(void **state)
{
    (void)state;
    times(1, 4.9);
    assert_int_equal(grade_a(&leaks, PASSED), 1);
    assert_int_equal(points, GRADE_TIME);
    assert_non_null(strstr(graded.says, "4.90 times its time; of time the tip says nothing"));
}

static void who_is_slow_at_that_look_is_measured_in_earnest(void **state)
{
    (void)state;
    times(1, 5.1);
    assert_int_equal(grade_a(&leaks, PASSED), 1 + SCREEN);
    assert_int_equal(points, GRADE_TIME);
    remove_folder(NULL);
    setup_folder(NULL);
    times(1, 41);
    assert_int_equal(grade_a(&leaks, STOPPED), 1 + 2 * first_look());
    assert_int_equal(points, GRADE_TIME * 20 / 41);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "one") == 0)
        return one(argv);
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup_folder, remove_folder)
        TEST(who_is_within_the_margin_in_each_of_four_blocks_is_not_measured_further),
        TEST(who_is_beyond_it_in_one_of_them_is),
        TEST(who_is_beyond_it_in_all_is_measured_twice_and_pays),
        TEST(only_the_first_series_is_short),
        TEST(where_time_is_not_the_point_one_look_at_it_is_enough),
        TEST(who_is_slow_at_that_look_is_measured_in_earnest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
