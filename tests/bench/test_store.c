/* SPDX-License-Identifier: MIT */
/* test_store.c - what a run has written is there, whatever ends the run. */
#include "folder.h"
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static struct sample sample_number(int64_t k)
{
    struct sample s = { .ops = k, .seed = k, .rss_bytes = (double)k };

    strcpy(s.tip, "leaks/range-unclosed");
    s.outcome = OUTCOME_OK;
    return s;
}

static struct store *must_open(bool resume)
{
    struct store *s = store_open(results, resume);

    assert_non_null(s);
    return s;
}

static void add(struct store *s, int64_t k)
{
    struct sample row = sample_number(k);

    assert_int_equal(store_sample(s, &row), 0);
}

/* How many rows are readable; each must be whole and in its place. */
static size_t readable(const struct store *s)
{
    struct sample *rows;
    size_t n;

    assert_int_equal(store_read(s, &rows, &n), 0);
    for (size_t k = 0; k < n; k++) {
        assert_int_equal(rows[k].ops, k);
        assert_int_equal(rows[k].seed, k);
        assert_string_equal(rows[k].tip, "leaks/range-unclosed");
        assert_int_equal(rows[k].outcome, OUTCOME_OK);
    }
    free(rows);
    return n;
}

/* Something written behind the store's back, as a torn write would. */
static void scribble(const struct store *s, const char *text)
{
    int fd = open(store_path(s, "samples.csv"), O_WRONLY | O_APPEND);

    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

static void samples_are_read_back_as_they_were_written(void **state)
{
    (void)state;
    struct store *s = must_open(false);
    assert_int_equal(readable(s), 0);
    for (int64_t k = 0; k < 100; k++)
        add(s, k);
    assert_int_equal(readable(s), 100);
    store_close(s);
}

static void a_torn_last_line_is_not_seen(void **state)
{
    (void)state;
    struct store *s = must_open(false);
    add(s, 0);
    scribble(s, "leaks/range-unclosed,bad,c,count,OK,1,1");
    assert_int_equal(readable(s), 1);
    store_close(s);
}

static void resuming_cuts_a_torn_line_and_goes_on_behind_it(void **state)
{
    (void)state;
    struct store *s = must_open(false);
    add(s, 0);
    scribble(s, "leaks/range-unclosed,bad,c");
    store_close(s);
    s = must_open(true);
    add(s, 1);
    assert_int_equal(readable(s), 2);
    store_close(s);
}

static void a_header_that_was_torn_is_written_again(void **state)
{
    (void)state;
    struct store *s = must_open(false);
    assert_int_equal(truncate(store_path(s, "samples.csv"), 7), 0);
    store_close(s);
    s = must_open(true);
    add(s, 0);
    assert_int_equal(readable(s), 1);
    store_close(s);
}

static void rows_of_another_version_are_not_mixed_with_ours(void **state)
{
    (void)state;
    struct store *s = must_open(false);
    int fd = open(store_path(s, "samples.csv"), O_WRONLY);
    assert_int_equal(write(fd, "top", 3), 3); /* was "tip" */
    close(fd);
    store_close(s);
    assert_null(store_open(results, true));
}

static void a_second_run_is_refused_until_the_first_is_over(void **state)
{
    (void)state;
    struct store *s = must_open(false);
    assert_null(store_open(results, false));
    assert_null(store_open(results, true));
    store_close(s);
    store_close(must_open(false));
}

static void the_lock_goes_with_a_killed_runner(void **state)
{
    int ready[2];
    char c;

    (void)state;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        struct store *s = store_open(results, false);
        if (s && write(ready[1], "x", 1) == 1)
            pause();
        _exit(1);
    }
    assert_int_equal(read(ready[0], &c, 1), 1);
    assert_null(store_open(results, false));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    store_close(must_open(true));
    close(ready[0]);
    close(ready[1]);
}

static void latest_points_to_the_newest_run(void **state)
{
    char path[96], target[64] = "", folder[128];

    (void)state;
    struct store *s = must_open(false);
    store_close(s);
    s = must_open(false); /* in the same second: a name of its own */
    snprintf(folder, sizeof folder, "%s", store_folder(s));
    store_close(s);
    snprintf(path, sizeof path, "%s/latest", results);
    assert_true(readlink(path, target, sizeof target - 1) > 0);
    assert_string_equal(target, strrchr(folder, '/') + 1);
    s = must_open(true);
    assert_string_equal(store_folder(s), folder);
    store_close(s);
}

static void without_a_run_there_is_nothing_to_resume(void **state)
{
    (void)state;
    assert_null(store_open(results, true));
}

static void a_derived_file_is_replaced_whole(void **state)
{
    size_t length;

    (void)state;
    struct store *s = must_open(false);
    assert_int_equal(store_file(s, "verdicts.csv", "a long text\n", 12), 0);
    assert_int_equal(store_file(s, "verdicts.csv", "short\n", 6), 0);
    char *text = store_slurp(store_path(s, "verdicts.csv"), &length);
    assert_string_equal(text, "short\n");
    assert_int_equal(length, 6);
    assert_int_equal(access(store_path(s, "verdicts.csv.new"), F_OK), -1);
    free(text);
    store_close(s);
}

static void results_that_cannot_be_a_folder_are_refused(void **state)
{
    char path[96];

    (void)state;
    snprintf(path, sizeof path, "%s/file", results);
    close(open(path, O_CREAT | O_WRONLY, 0644));
    assert_null(store_open(path, false));
    assert_null(store_open("/proc/twin", false));
}

/* A limit on file size makes write() stop in the middle of a row, as a full disk
 * does. */
static void a_full_disk_leaves_whole_rows(void **state)
{
    struct rlimit before, small;

    (void)state;
    struct store *s = must_open(false);
    for (int64_t k = 0; k < 10; k++)
        add(s, k);
    struct stat st;
    assert_int_equal(stat(store_path(s, "samples.csv"), &st), 0);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = before;
    small.rlim_cur = (rlim_t)st.st_size + 20;
    setrlimit(RLIMIT_FSIZE, &small);
    struct sample row = sample_number(10);
    assert_int_equal(store_sample(s, &row), -ENOSPC);
    setrlimit(RLIMIT_FSIZE, &before);
    add(s, 10);
    assert_int_equal(readable(s), 11);
    store_close(s);
}

/* A writer says the number of each row once it is stored; then it is killed. */
static void write_until_killed(int acknowledge)
{
    struct store *s = store_open(results, true);

    for (int64_t k = s ? (int64_t)readable(s) : 0; s; k++) {
        add(s, k);
        if (write(acknowledge, &k, sizeof k) != sizeof k)
            _exit(1);
    }
    _exit(1);
}

static int64_t kill_a_writer_after(unsigned us)
{
    int64_t k, last = -1;
    int said[2];

    assert_int_equal(pipe(said), 0);
    pid_t child = fork();
    if (child == 0)
        write_until_killed(said[1]);
    close(said[1]);
    assert_int_equal(read(said[0], &k, sizeof k), sizeof k); /* it is writing */
    usleep(us);
    kill(child, SIGKILL);
    last = k;
    while (read(said[0], &k, sizeof k) == sizeof k)
        last = k;
    waitpid(child, NULL, 0);
    close(said[0]);
    return last;
}

static void kill_9_at_100_moments_loses_no_row_that_was_stored(void **state)
{
    (void)state;
    srand(1);
    for (int round = 0; round < 100; round++) {
        if (round % 10 == 0)
            store_close(must_open(false));
        int64_t last = kill_a_writer_after((unsigned)rand() % 2000);
        struct store *s = must_open(true);
        size_t n = readable(s);
        assert_in_range(n, last + 1, last + 2); /* stored, but not said yet */
        store_close(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup_folder, remove_folder)
        TEST(samples_are_read_back_as_they_were_written),
        TEST(a_torn_last_line_is_not_seen),
        TEST(resuming_cuts_a_torn_line_and_goes_on_behind_it),
        TEST(a_header_that_was_torn_is_written_again),
        TEST(rows_of_another_version_are_not_mixed_with_ours),
        TEST(a_second_run_is_refused_until_the_first_is_over),
        TEST(the_lock_goes_with_a_killed_runner),
        TEST(latest_points_to_the_newest_run),
        TEST(without_a_run_there_is_nothing_to_resume),
        TEST(a_derived_file_is_replaced_whole),
        TEST(results_that_cannot_be_a_folder_are_refused),
        TEST(a_full_disk_leaves_whole_rows),
        TEST(kill_9_at_100_moments_loses_no_row_that_was_stored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
