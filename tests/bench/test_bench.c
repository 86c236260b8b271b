/* SPDX-License-Identifier: MIT */
/* test_bench.c - a run as a user sees it: what it leaves, and whatever ends it.
 *
 * A run that is to be killed runs in a process of its own, which is this program
 * once more. */
#include "capture.h"
#include "folder.h"
#include "misbehave.h"
#include "store/schema.h"
#include "store/store.h"
#include "store/whole_file.h"

#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

/* What all of a run ends with here: plots/render.py finds no words of these tips. */
enum { NO_REPORT = 3 };

/* How often it is looked whether what is waited for has happened: for three minutes, in which it
 * happens on a machine with much else to do, too. */
enum { LOOK_US = 10000, PATIENCE = 18000 };

/* No time is judged here, so timed batches are short. */
static const char BATCH_US[] = "500";

/* `bench --quick` into the test's folder. */
#define bench(...)                                                                                 \
    capture(cmd_bench, (char *[]){ "bench", "--quick", "--results", results, __VA_ARGS__, NULL })

static const char *in_latest(const char *name)
{
    static char path[128];

    snprintf(path, sizeof path, "%s/latest/%s", results, name);
    return path;
}

static char *content(const char *name)
{
    size_t length;
    char *text = whole_file_read(in_latest(name), &length);

    assert_non_null(text);
    return text;
}

static void assert_in_file(const char *name, const char *words)
{
    char *text = content(name);

    if (!strstr(text, words))
        fail_msg("%s lacks \"%s\": %s", name, words, text);
    free(text);
}

static size_t count_words(const char *text, const char *words)
{
    size_t n = 0;

    for (const char *at = text; (at = strstr(at, words)); at++)
        n++;
    return n;
}

static size_t count_in_file(const char *name, const char *words)
{
    char *text = content(name);
    size_t n = count_words(text, words);

    free(text);
    return n;
}

static size_t rows_stored(void)
{
    struct sample *samples;
    size_t n;

    assert_int_equal(store_read_file(in_latest("samples.csv"), &samples, &n), 0);
    free(samples);
    return n;
}

static void assert_no_row_is_there_twice(void)
{
    char command[200];

    snprintf(command, sizeof command, "cut -d, -f1-13 %s | sort | uniq -d | grep -q .",
             in_latest("samples.csv"));
    assert_int_not_equal(system(command), 0);
}

/* --- what a run leaves --- */

static void a_tip_is_measured_decided_and_stored(void **state)
{
    (void)state;
    assert_int_equal(bench("--tip", "test/leaks", "--opinions"), NO_REPORT);
    assert_non_null(strstr(said, "TWIN_BATCH_US: timed batches and growth are 0.05 of what they"));
    assert_non_null(strstr(said, "Google B.  hyperfine\ntest/leaks "));
    assert_in_file("verdicts.csv",
                   "tip,claim,column,kind,bad,good,ratio,lo,hi,verdict,expected,lang,n,note,");
    assert_in_file("verdicts.csv",
                   "test/leaks,0,tasks,count,4 -> 16,0 -> 0,,,,holds,holds,c,12,,"
                   "4,16,,,,,,,,,0,0,,,,,,,,,bad leaves 1 task a request; good none\n");
    assert_in_file("blocks.csv", "test/leaks,c,11,");
    assert_in_file("times.csv", "test/leaks,c,");
    assert_in_file("slopes.csv", "test/leaks,bad,c,");
    assert_in_file("machine.json", "\"quick\": true");
    assert_in_file("gbench.json", "\"name\": \"shim/empty");
    assert_in_file("gbench.json", "\"name\": \"test/leaks/bad");
    assert_in_file("hyperfine.json", "\"command\": \"test/leaks bad\"");
    assert_non_null(strstr(said, "1 of 1 claims came out as the tips expect"));
    assert_non_null(strstr(said, "twinbench: no report: the charts were not drawn; what was "
                                 "measured is kept in "));
    assert_no_row_is_there_twice();
}

static void a_twin_that_dies_unexpectedly_is_named_and_ends_no_run(void **state)
{
    (void)state;
    assert_int_equal(bench("--tip", "test/panics-unsaid"), NO_REPORT);
    assert_non_null(strstr(said, "test/panics-unsaid cannot be timed: "));
    assert_in_file("verdicts.csv", "unsure,holds,c,");
    assert_in_file("verdicts.csv", "bad PANICS at OPS 4");
}

/* Three processes at each point that contradict the claim are outvoted by four more. */
static void a_count_that_contradicts_its_claim_is_counted_again(void **state)
{
    char moods[] = "/tmp/twin-moods-XXXXXX";

    (void)state;
    close(mkstemp(moods));
    setenv("MOODS", moods, 1);
    assert_int_equal(bench("--tip", "test/has-moods"), NO_REPORT);
    assert_in_file("verdicts.csv", "test/has-moods,0,parks,count,");
    assert_in_file("verdicts.csv", "holds,holds,c,28,");
    assert_no_row_is_there_twice();
    unlink(moods);
}

static void a_twin_that_is_said_to_be_stuck_has_its_verdict_and_its_dump_lies_beside(void **state)
{
    struct stat st;

    (void)state;
    assert_int_equal(bench("--tip", "test/deadlocks"), NO_REPORT);
    assert_in_file("verdicts.csv", "test/deadlocks,0,outcome,outcome,STUCK,OK,,,,holds,holds,c,");
    assert_in_file("dumps/test-deadlocks-bad.txt", "all tasks are asleep - deadlock!");
    assert_in_file("dumps/test-deadlocks-bad.txt", "\tstarted at ");
    assert_non_null(strstr(said, "dumps of the processes that were stuck: "));
    assert_true(stat(in_latest("dumps/test-deadlocks-good.txt"), &st) < 0);
}

static void a_claim_on_a_heap_is_timed_there_and_judged_for_it_alone(void **state)
{
    (void)state;
    assert_int_equal(bench("--tip", "test/heaps"), NO_REPORT);
    assert_in_file("times.csv", "test/heaps,c,");
    assert_in_file("times.csv", "test/heaps,c+mimalloc,");
    assert_in_file("verdicts.csv", "test/heaps,1,time,time,");
    assert_in_file("verdicts.csv", ",holds,c+mimalloc,");
    assert_int_equal(count_in_file("verdicts.csv", "test/heaps,1,"), 1);
    assert_non_null(strstr(said, "\n  on mimalloc "));
}

/* --- what is refused --- */

static void a_tip_that_does_not_exist_is_a_mistake(void **state)
{
    (void)state;
    assert_int_equal(bench("--tip", "test/leakz"), 2);
    assert_non_null(strstr(said, "no tip 'test/leakz'; nearest is test/leaks"));
    assert_int_equal(bench("--quik"), 2);
}

static void a_batch_that_is_no_time_is_a_mistake(void **state)
{
    (void)state;
    setenv("TWIN_BATCH_US", "1 ms", 1);
    int status = bench("--tip", "test/leaks");
    setenv("TWIN_BATCH_US", BATCH_US, 1);
    assert_int_equal(status, 2);
    assert_string_equal(said, "twinbench: TWIN_BATCH_US: a number from 1 to 10000, not '1 ms'\n");
    assert_int_equal(access(in_latest("machine.json"), F_OK), -1);
}

static void a_folder_that_cannot_be_written_is_a_failure(void **state)
{
    (void)state;
    assert_int_equal(capture(cmd_bench, (char *[]){ "bench", "--results", "/proc/no", NULL }), 1);
    assert_non_null(strstr(said, "twinbench: cannot make folder /proc/no: "));
}

static void a_run_on_another_commit_is_not_resumed(void **state)
{
    (void)state;
    static const char machine[] = "{\"cpu\": \"abacus\", \"tip\": \"\", \"quick\": true}";
    struct store *s = store_begin(results, NULL);
    assert_int_equal(store_file(s, "machine.json", machine, strlen(machine)), 0);
    store_close(s);
    assert_int_equal(bench("--resume"), 1);
    assert_non_null(strstr(said, "its cpu was \"abacus\" and is now"));
}

/* --- what ends a run early --- */

/* Start a run; what it says goes to DIR/said. */
static pid_t run_start(const char *tip, const char *more)
{
    char path[96];
    pid_t pid = fork();

    if (pid != 0)
        return pid;
    snprintf(path, sizeof path, "%s/said", results);
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND, 0644);
    dup2(fd, 1);
    dup2(fd, 2);
    execl("/proc/self/exe", "twinbench", "bench", "--quick", "--tip", tip, "--results", results,
          more, NULL);
    _exit(1);
}

static int run_end(pid_t pid)
{
    int status;

    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/* Until so many rows are there. */
static void wait_for_rows(size_t n)
{
    for (int i = 0; i < PATIENCE; i++) {
        if (rows_stored() >= n)
            return;
        usleep(LOOK_US);
    }
    fail_msg("no %zu rows", n);
}

static void resume_and_compare(size_t rows_before)
{
    assert_int_equal(bench("--resume"), NO_REPORT);
    assert_true(rows_stored() > rows_before);
    assert_no_row_is_there_twice();
    assert_in_file("verdicts.csv", "test/leaks,0,tasks,count,4 -> 16,0 -> 0,,,,holds,holds,c,12,");
    assert_in_file("blocks.csv", "test/leaks,c,11,");
}

/* What the run that was started has said so far; the caller frees it. */
static char *run_said(void)
{
    char path[96];
    size_t length;

    snprintf(path, sizeof path, "%s/said", results);
    return whole_file_read(path, &length);
}

static void assert_run_said(const char *words)
{
    char *text = run_said();

    if (!text || !strstr(text, words))
        fail_msg("it never said \"%s\": %s", words, text);
    free(text);
}

static void assert_run_said_once(const char *words)
{
    char *text = run_said(), *first = text ? strstr(text, words) : NULL;

    if (!first || strstr(first + 1, words))
        fail_msg("it said \"%s\" %s: %s", words, first ? "more than once" : "never", text);
    free(text);
}

static void wait_until_said(const char *words)
{
    bool found = false;

    for (int i = 0; i < PATIENCE && !found; i++) {
        char *text = run_said();
        found = text && strstr(text, words);
        free(text);
        usleep(LOOK_US);
    }
    assert_true(found);
}

static void interrupted_by(int signal_number)
{
    pid_t pid = run_start("test/leaks", NULL);

    wait_for_rows(40);
    kill(pid, signal_number);
    assert_int_equal(run_end(pid), 130);
    assert_run_said("processes are kept in");
    assert_run_said("bench --resume");
}

static void an_interrupt_keeps_what_was_measured_and_resume_goes_on(void **state)
{
    (void)state;
    interrupted_by(SIGINT);
    resume_and_compare(rows_stored());
}

static void a_terminal_that_is_closed_ends_a_run_as_an_interrupt_does(void **state)
{
    (void)state;
    interrupted_by(SIGHUP);
    assert_in_file("verdicts.csv", "test/leaks,0,tasks,count,");
}

static void a_run_under_nohup_goes_on_without_a_terminal(void **state)
{
    (void)state;
    signal(SIGHUP, SIG_IGN);
    pid_t pid = run_start("test/leaks", NULL);
    signal(SIGHUP, SIG_DFL);
    wait_for_rows(40);
    kill(pid, SIGHUP);
    assert_int_equal(run_end(pid), NO_REPORT);
}

/* While rows are written, and while other tools measure for a long time. */
static void a_folder_that_is_deleted_ends_the_run_with_a_word(void **state)
{
    static const char *const phases[] = { "counts", "time, blocks to 12" };
    char command[320];

    (void)state;
    snprintf(command, sizeof command, ": > %s/said && mv %s/2* %s/gone && rm -rf %s/gone", results,
             results, results, results);
    setenv("TWIN_BATCH_US", "5000", 1); /* it is to be at work still */
    for (size_t i = 0; i < sizeof phases / sizeof phases[0]; i++) {
        pid_t pid = run_start("test/leaks", NULL);
        wait_until_said(phases[i]);
        assert_int_equal(system(command), 0); /* after what it has said so far */
        assert_int_equal(run_end(pid), 1);
        assert_run_said_once("/samples.csv is no longer there: somebody deleted or moved it\n");
    }
    setenv("TWIN_BATCH_US", BATCH_US, 1);
}

static void a_process_that_cannot_be_started_is_said(void **state)
{
    struct rlimit before, few;

    (void)state;
    getrlimit(RLIMIT_NOFILE, &before);
    few = before;
    few.rlim_cur = 8; /* the run's own, and no pipes beside them */
    setrlimit(RLIMIT_NOFILE, &few);
    pid_t pid = run_start("test/leaks", NULL);
    setrlimit(RLIMIT_NOFILE, &before);
    assert_int_equal(run_end(pid), 1);
    assert_run_said("cannot start a process for test/leaks in C: Too many open files\n");
}

/* Of one tip and quick, whatever is asked for now. */
static void a_run_is_resumed_as_it_was_begun_without_its_machine_json(void **state)
{
    (void)state;
    interrupted_by(SIGTERM);
    size_t rows = rows_stored();
    assert_int_equal(truncate(in_latest("machine.json"), 20), 0);
    assert_int_equal(truncate(in_latest("words.json"), 20), 0);
    assert_int_equal(
        capture(cmd_bench, (char *[]){ "bench", "--resume", "--results", results, NULL }),
        NO_REPORT);
    assert_true(rows_stored() > rows);
    assert_in_file("machine.json", "\"tip\": \"test/leaks\"");
    assert_in_file("machine.json", "\"quick\": true");
    assert_in_file("words.json", "\"test/leaks\"");
    assert_non_null(strstr(said, "\n1 tip into "));
}

static void a_run_that_no_longer_says_what_it_is_is_not_resumed(void **state)
{
    (void)state;
    interrupted_by(SIGTERM);
    size_t rows = rows_stored();
    assert_int_equal(truncate(in_latest("machine.json"), 20), 0);
    assert_int_equal(truncate(in_latest("run.json"), 20), 0);
    assert_int_equal(bench("--resume"), 1);
    assert_int_equal(count_words(said, "\n"), 1);
    assert_non_null(strstr(said, "run.json, which says what is measured, cannot be read"));
    assert_int_equal(rows_stored(), rows);
}

/* How many requests a process was given stands in its row, and what is there is not measured again.
 */
static void a_plan_that_is_lost_is_told_by_the_rows(void **state)
{
    char *plan, given[80] = "";

    (void)state;
    assert_int_equal(bench("--tip", "test/leaks"), NO_REPORT);
    size_t rows = rows_stored();
    plan = content("plan.csv");
    assert_int_equal(sscanf(plan, "%*s test/leaks,c,%79[0-9,]", given), 1);
    free(plan);
    assert_int_equal(unlink(in_latest("plan.csv")), 0);
    assert_int_equal(bench("--resume"), NO_REPORT);
    assert_int_equal(rows_stored(), rows);
    *strchr(strchr(given, ',') + 1, ',') = '\0';
    assert_in_file("plan.csv", given);
}

static void an_emptied_journal_is_said_and_measured_again(void **state)
{
    (void)state;
    interrupted_by(SIGINT);
    assert_int_equal(truncate(in_latest("samples.csv"), 0), 0);
    assert_int_equal(bench("--resume"), NO_REPORT);
    assert_non_null(strstr(said, "samples.csv is empty; everything is measured again"));
    assert_in_file("verdicts.csv", "test/leaks,0,tasks,count,4 -> 16,0 -> 0,,,,holds,holds,c,12,");
}

/* Four bytes within a row, as a power cut leaves them: it is measured again, and no other. */
static void nul_bytes_in_the_journal_cost_one_row(void **state)
{
    (void)state;
    interrupted_by(SIGINT);
    size_t rows = rows_stored();
    char *text = content("samples.csv");
    off_t within = strchr(text + 3000, '\n') + 20 - text;
    free(text);
    int fd = open(in_latest("samples.csv"), O_WRONLY);
    assert_int_equal(pwrite(fd, "\0\0\0\0", 4, within), 4);
    close(fd);
    assert_int_equal(rows_stored(), rows - 1);
    assert_int_equal(bench("--resume"), NO_REPORT);
    assert_non_null(strstr(said, "1 line of "));
    assert_non_null(strstr(said, "samples.csv is not a row: line "));
    size_t whole = rows_stored();
    assert_int_equal(bench("--resume"), NO_REPORT);
    assert_int_equal(rows_stored(), whole); /* nothing is measured again and again */
}

/* What no clock can have shown reaches no verdict: those rows are measured again, of each kind one.
 */
static void times_that_cannot_be_are_measured_again(void **state)
{
    char command[2000];

    (void)state;
    assert_int_equal(bench("--tip", "test/leaks"), NO_REPORT);
    size_t rows = rows_stored();
    snprintf(
        command, sizeof command,
        "awk -F, -v OFS=, 'BEGIN { n = split(\"0 nan inf -5\", to, \" \") }"
        " NR == 1 { for (i = 1; i <= NF; i++) if ($i == \"wall_ns\") w = i }"
        " NR > 1 && $4 == \"time\" && $2 == \"good\" && $5 == \"OK\" && k < n { $w = to[++k] } 1' "
        "%s > %s/new && mv %s/new %s",
        in_latest("samples.csv"), results, results, in_latest("samples.csv"));
    assert_int_equal(system(command), 0);
    assert_int_equal(rows_stored(), rows - 4);
    assert_int_equal(bench("--resume"), NO_REPORT);
    assert_non_null(strstr(said, "samples.csv are not rows: lines "));
    assert_true(rows_stored() >= rows);
    assert_in_file("verdicts.csv", "null,0,time,time,");
    assert_int_equal(count_in_file("verdicts.csv", "came out OK"), 0);
    assert_int_equal(count_in_file("blocks.csv", "inf") + count_in_file("blocks.csv", "nan"), 0);
}

/* The pid that a twin left in the file, once it is there. */
static pid_t pid_from(const char *path)
{
    for (int i = 0; i < PATIENCE; i++) {
        int pid = 0;
        FILE *f = fopen(path, "r");
        int found = f ? fscanf(f, "%d", &pid) : 0;
        if (f)
            fclose(f);
        if (found == 1)
            return pid;
        usleep(LOOK_US);
    }
    fail_msg("no pid in %s", path);
    return 0;
}

static void a_killed_runner_leaves_no_process_behind(void **state)
{
    char path[96];

    (void)state;
    snprintf(path, sizeof path, "%s/pid", results);
    setenv("FIXTURE_PID", path, 1);
    pid_t runner = run_start("test/hangs-known", NULL), twin = pid_from(path);
    kill(runner, SIGKILL);
    run_end(runner);
    for (int i = 0; i < PATIENCE && kill(twin, 0) == 0; i++)
        usleep(LOOK_US);
    assert_int_equal(kill(twin, 0), -1);
    assert_int_equal(errno, ESRCH);
}

static void a_second_run_says_that_there_is_one(void **state)
{
    (void)state;
    pid_t pid = run_start("test/leaks", NULL);
    wait_for_rows(1);
    assert_int_equal(bench("--tip", "test/leaks"), 1);
    assert_non_null(strstr(said, "another run (process "));
    kill(pid, SIGINT);
    assert_int_equal(run_end(pid), 130);
}

static void a_run_that_may_open_few_files_starts_fewer_at_once(void **state)
{
    struct rlimit usual;

    (void)state;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &usual), 0);
    struct rlimit few = { 32, usual.rlim_max };
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    int status = bench("--tip", "test/leaks");
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &usual), 0);
    assert_int_equal(status, NO_REPORT);
    assert_null(strstr(said, "Too many open files"));
    assert_in_file("verdicts.csv", "test/leaks,0,tasks,count,");
}

int main(int argc, char **argv)
{
    misbehave_main(argc, argv);
    if (argc > 1 && strcmp(argv[1], "bench") == 0)
        return cmd_bench(argc - 1, argv + 1);
    if (argc > 1 && strcmp(argv[1], "gbench") == 0)
        return cmd_gbench(argc - 1, argv + 1);
    if (argc > 1)
        return 2; /* `list`, for the charts: there are none of these tips */
    setenv("TWIN_BATCH_US", BATCH_US, 1);

    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup_folder, remove_folder)
        TEST(a_tip_is_measured_decided_and_stored),
        TEST(a_twin_that_dies_unexpectedly_is_named_and_ends_no_run),
        TEST(a_count_that_contradicts_its_claim_is_counted_again),
        TEST(a_twin_that_is_said_to_be_stuck_has_its_verdict_and_its_dump_lies_beside),
        TEST(a_claim_on_a_heap_is_timed_there_and_judged_for_it_alone),
        TEST(a_tip_that_does_not_exist_is_a_mistake),
        TEST(a_batch_that_is_no_time_is_a_mistake),
        TEST(a_folder_that_cannot_be_written_is_a_failure),
        TEST(a_run_on_another_commit_is_not_resumed),
        TEST(an_interrupt_keeps_what_was_measured_and_resume_goes_on),
        TEST(a_terminal_that_is_closed_ends_a_run_as_an_interrupt_does),
        TEST(a_run_under_nohup_goes_on_without_a_terminal),
        TEST(a_folder_that_is_deleted_ends_the_run_with_a_word),
        TEST(a_process_that_cannot_be_started_is_said),
        TEST(a_run_is_resumed_as_it_was_begun_without_its_machine_json),
        TEST(a_run_that_no_longer_says_what_it_is_is_not_resumed),
        TEST(a_plan_that_is_lost_is_told_by_the_rows),
        TEST(an_emptied_journal_is_said_and_measured_again),
        TEST(nul_bytes_in_the_journal_cost_one_row),
        TEST(times_that_cannot_be_are_measured_again),
        TEST(a_killed_runner_leaves_no_process_behind),
        TEST(a_second_run_says_that_there_is_one),
        TEST(a_run_that_may_open_few_files_starts_fewer_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
