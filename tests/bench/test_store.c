/* SPDX-License-Identifier: MIT */
/* test_store.c - what a run has written is there, whatever ends the run. */
#include "folder.h"
#include "store/store.h"
#include "store/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
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
    struct store *s = resume ? store_resume(results) : store_begin(results, NULL);

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
static void scribble(const struct store *s, const char *bytes, size_t length)
{
    int fd = open(store_path(s, "samples.csv"), O_WRONLY | O_APPEND);

    assert_int_equal(write(fd, bytes, length), (ssize_t)length);
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
    scribble(s, "leaks/range-unclosed,bad,c,count,OK,1,1", 39);
    assert_int_equal(readable(s), 1);
    store_close(s);
}

/* A row, cut at each of its bytes, is never taken for a row: not where it has all of its fields
 * and half of the last number either. */
static void resuming_ends_a_torn_line_and_goes_on_behind_it(void **state)
{
    char whole[SAMPLE_ROW];
    struct sample row = sample_number(77);

    (void)state;
    row.goodput = 123456;
    int length = sample_row(&row, whole, sizeof whole);
    for (int cut = 1; cut < length; cut += cut < length - 12 ? 7 : 1) {
        struct store *s = must_open(false);
        add(s, 0);
        scribble(s, whole, (size_t)cut);
        store_close(s);
        s = must_open(true);
        add(s, 1);
        add(s, 2);
        assert_int_equal(readable(s), 3);
        store_close(s);
    }
}

/* How often the words stand in what reading says. */
static size_t said_in_reading(const struct store *s, const char *words)
{
    char path[96], command[160];
    size_t length, n = 0;
    int err = dup(2);

    snprintf(path, sizeof path, "%s/err", results);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    dup2(fd, 2);
    readable(s);
    dup2(err, 2);
    close(err);
    close(fd);
    char *text = whole_file_read(path, &length);
    for (const char *at = text; (at = strstr(at, words)); at++)
        n++;
    free(text);
    snprintf(command, sizeof command, "rm %s", path);
    return system(command) == 0 ? n : 0;
}

static void a_stretch_of_nul_bytes_costs_itself_alone_and_is_named(void **state)
{
    (void)state;
    struct store *s = must_open(false);
    add(s, 0);
    scribble(s, "\0\0\0\0", 4);
    store_close(s);
    s = must_open(true);
    for (int64_t k = 1; k < 50; k++)
        add(s, k);
    assert_int_equal(readable(s), 50);
    assert_int_equal(said_in_reading(s, "samples.csv is not a row: line 3; it is left out"), 1);
    store_close(s);
}

/* Over a row that was whole: the others are as they were. */
static void bytes_overwritten_cost_the_rows_they_stand_in(void **state)
{
    struct sample *rows;
    size_t n;

    (void)state;
    struct store *s = must_open(false);
    for (int64_t k = 0; k < 50; k++)
        add(s, k);
    int fd = open(store_path(s, "samples.csv"), O_WRONLY);
    assert_int_equal(pwrite(fd, "\0\0\0\0", 4, 2000), 4);
    close(fd);
    assert_int_equal(store_read(s, &rows, &n), 0);
    assert_int_equal(n, 49);
    assert_int_equal(rows[48].ops, 49);
    free(rows);
    store_close(s);
}

static void rows_with_a_time_that_cannot_be_are_foreign_and_named(void **state)
{
    static const double times[] = { 0, -1, NAN, INFINITY };

    (void)state;
    struct store *s = must_open(false);
    add(s, 0);
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        struct sample row = sample_number(99);
        row.kind = KIND_TIME;
        row.wall_ns = times[i];
        assert_int_equal(store_sample(s, &row), 0);
    }
    add(s, 1);
    assert_int_equal(readable(s), 2);
    assert_int_equal(said_in_reading(s, "samples.csv are not rows: lines 3, 4, 5, 6; they"), 1);
    store_close(s);
}

/* The journal can still be written to: nobody would find it. */
static void a_folder_that_is_deleted_or_moved_is_said_at_once(void **state)
{
    static const char *const ways[] = { "rm -rf %s", "mv %s %s-elsewhere" };
    struct sample row = sample_number(1);

    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        char command[200];
        struct store *s = must_open(false);
        add(s, 0);
        assert_int_equal(store_check(s), 0);
        snprintf(command, sizeof command, ways[i], store_folder(s), store_folder(s));
        assert_int_equal(system(command), 0);
        assert_int_equal(store_sample(s, &row), -ENOENT);
        assert_int_equal(store_file(s, "verdicts.csv", "x\n", 2), -ENOENT);
        store_close(s);
    }
}

static json_t *what(const char *tip)
{
    return json_pack("{ss sb}", "tip", tip, "quick", 1);
}

static struct store *begin_what(const char *tip)
{
    json_t *o = what(tip);
    struct store *s = store_begin(results, o);

    assert_non_null(s);
    json_decref(o);
    return s;
}

/* What the run that is resumed says it is of; NULL: it does not. */
static const char *resumed_tip(void)
{
    static char tip[64];
    struct store *s = must_open(true);
    json_t *o = store_what(s);

    snprintf(tip, sizeof tip, "%s", o ? json_string_value(json_object_get(o, "tip")) : "");
    json_decref(o);
    store_close(s);
    return o ? tip : NULL;
}

static void what_a_run_is_outlives_one_broken_file(void **state)
{
    static const char *const broken[] = { "", "{", "[1, 2]", "{\"tip\": 7, \"quick\": true}",
                                          "\xff" };

    (void)state;
    struct store *s = begin_what("a/b");
    assert_int_equal(store_file(s, "machine.json", "{\"ti", 5), 0);
    store_close(s);
    assert_string_equal(resumed_tip(), "a/b");
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        s = must_open(true);
        assert_int_equal(store_file(s, "run.json", broken[i], strlen(broken[i])), 0);
        store_close(s);
        assert_null(resumed_tip());
    }
    s = must_open(true);
    json_t *o = what("c/d");
    assert_int_equal(store_json(s, "machine.json", o), 0);
    json_decref(o);
    store_close(s);
    assert_string_equal(resumed_tip(), "c/d");
}

/* Whoever follows results/latest finds a run that says what it is of. */
static void no_run_is_the_latest_before_it_says_what_it_is(void **state)
{
    struct rlimit before, none;

    (void)state;
    store_close(begin_what("a/b"));
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    none = before;
    none.rlim_cur = 1000; /* room for the header, and not for a long run.json */
    json_t *o = what("x");
    json_object_set_new(o, "long", json_sprintf("%2000d", 1));
    setrlimit(RLIMIT_FSIZE, &none);
    assert_null(store_begin(results, o));
    setrlimit(RLIMIT_FSIZE, &before);
    json_decref(o);
    assert_string_equal(resumed_tip(), "a/b");
}

static void what_is_no_file_is_not_read(void **state)
{
    char path[96];
    size_t length;

    (void)state;
    snprintf(path, sizeof path, "%s/pipe", results);
    assert_int_equal(mkfifo(path, 0644), 0);
    assert_null(whole_file_read(path, &length));
    assert_int_equal(errno, EINVAL);
    assert_null(whole_file_read(results, &length));
    assert_int_equal(errno, EINVAL);
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

static void a_damaged_header_costs_no_row(void **state)
{
    static const char *const damages[] = { "\0\0\0", "\xef\xbb\xbf", "tip\n" };

    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        struct store *s = must_open(false);
        add(s, 0);
        int fd = open(store_path(s, "samples.csv"), O_WRONLY);
        assert_int_equal(pwrite(fd, damages[i], 4, 0), 4);
        close(fd);
        store_close(s);
        s = must_open(true);
        add(s, 1);
        assert_int_equal(readable(s), 2);
        store_close(s);
        s = must_open(true); /* nothing is damaged any more */
        assert_int_equal(readable(s), 2);
        store_close(s);
    }
}

static void rows_of_another_version_are_not_mixed_with_ours(void **state)
{
    (void)state;
    struct store *s = must_open(false);
    int fd = open(store_path(s, "samples.csv"), O_WRONLY);
    assert_int_equal(write(fd, "tip,twin_", 9), 9); /* was "tip,twin," */
    close(fd);
    store_close(s);
    assert_null(store_resume(results));
}

static void a_second_run_is_refused_until_the_first_is_over(void **state)
{
    (void)state;
    struct store *s = must_open(false);
    assert_null(store_begin(results, NULL));
    assert_null(store_resume(results));
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
        struct store *s = store_begin(results, NULL);
        if (s && write(ready[1], "x", 1) == 1)
            pause();
        _exit(1);
    }
    assert_int_equal(read(ready[0], &c, 1), 1);
    assert_null(store_begin(results, NULL));
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
    assert_null(store_resume(results));
}

static void a_derived_file_is_replaced_whole(void **state)
{
    size_t length;

    (void)state;
    struct store *s = must_open(false);
    assert_int_equal(store_file(s, "verdicts.csv", "a long text\n", 12), 0);
    assert_int_equal(store_file(s, "verdicts.csv", "short\n", 6), 0);
    char *text = whole_file_read(store_path(s, "verdicts.csv"), &length);
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
    assert_null(store_begin(path, NULL));
    assert_null(store_begin("/proc/twin", NULL));
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
    struct store *s = store_resume(results);

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
        assert_true((int64_t)n == last + 1 ||
                    (int64_t)n == last + 2); /* stored, but not said yet */
        store_close(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup_folder, remove_folder)
        TEST(samples_are_read_back_as_they_were_written),
        TEST(a_torn_last_line_is_not_seen),
        TEST(resuming_ends_a_torn_line_and_goes_on_behind_it),
        TEST(a_stretch_of_nul_bytes_costs_itself_alone_and_is_named),
        TEST(bytes_overwritten_cost_the_rows_they_stand_in),
        TEST(rows_with_a_time_that_cannot_be_are_foreign_and_named),
        TEST(a_folder_that_is_deleted_or_moved_is_said_at_once),
        TEST(what_a_run_is_outlives_one_broken_file),
        TEST(no_run_is_the_latest_before_it_says_what_it_is),
        TEST(what_is_no_file_is_not_read),
        TEST(a_header_that_was_torn_is_written_again),
        TEST(a_damaged_header_costs_no_row),
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
