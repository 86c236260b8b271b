/* SPDX-License-Identifier: MIT */
/* test_report.c - a run once more, as other programs read it. */
#include "capture.h"
#include "folder.h"
#include "misbehave.h"
#include "store/saved_run.h"
#include "store/store.h"
#include "store/schema.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct store *store;

static void add(enum role twin, const struct executor *x, enum outcome outcome)
{
    struct sample s = { .ops = 1000,
                        .workers = 2,
                        .wall_ns = 1234567.5,
                        .cpu_ns = 0.25,
                        .rss_bytes = 4096,
                        .tasks = x->language == LANGUAGE_GO ? UNKNOWN : 17 };

    strcpy(s.tip, "test/leaks");
    s.twin = twin;
    s.lang = x;
    s.kind = KIND_TIME;
    s.outcome = outcome;
    assert_int_equal(store_sample(store, &s), 0);
}

static void put(const char *name, const char *text)
{
    assert_int_equal(store_file(store, name, text, strlen(text)), 0);
}

static int make_run(void **state)
{
    store = setup_folder(state) ? NULL : store_begin(results, NULL);
    if (!store)
        return -1;
    put("machine.json", "{\"arch\": \"x86_64\", \"cpu\": \"Abacus (R)\", \"compiler\": \"gcc 1\"}");
    add(TWIN_BAD, executor_c(), OUTCOME_OK);
    add(TWIN_GOOD, executor_named("go"), OUTCOME_OK);
    add(TWIN_GOOD, executor_c(), OUTCOME_OK);
    add(TWIN_GOOD, executor_on_heap(HEAP_GLIBC), OUTCOME_OK);
    add(TWIN_BAD, executor_c(), OUTCOME_DIES);
    return 0;
}

static int remove_run(void **state)
{
    store_close(store);
    return remove_folder(state);
}

static int report_as(const char *format)
{
    return capture(cmd_report, (char *[]){ "report", (char *)store_folder(store), "--format",
                                           (char *)format, NULL });
}

static size_t count(const char *text, const char *word)
{
    size_t n = 0;

    for (; (text = strstr(text, word)); text += strlen(word))
        n++;
    return n;
}

static void gobench_has_a_line_for_each_timed_process_that_came_out_well(void **state)
{
    (void)state;
    assert_int_equal(report_as("gobench"), 0);
    assert_int_equal(count(said, "\nBenchmark"), 4);
    assert_non_null(strstr(said, "\nBenchmarkTwin/test/leaks/twin=bad-2 4000 1.23457e+06 ns/op "
                                 "0.25 cpu-ns/op 4096 rss-B 17 tasks\n"));
}

static void gobench_says_where_it_ran_and_keeps_c_and_go_apart(void **state)
{
    (void)state;
    static const char head[] = "goos: linux\ngoarch: amd64\npkg: twinbench/c\ncpu: Abacus (R)\n";
    assert_int_equal(report_as("gobench"), 0);
    assert_memory_equal(said, head, strlen(head));
    char *glibc = strstr(said, "pkg: twinbench/c+glibc\n");
    assert_non_null(glibc);
    char *go = strstr(glibc, "pkg: twinbench/go\n"); /* in the order of the table of executors */
    assert_non_null(go);
    assert_int_equal(count(go, "\nBenchmark"), 1);
    assert_null(strstr(go, " tasks")); /* which this process did not know */
}

/* The format: an even number of fields, at least four; a name, iterations, then pairs
 * of a number and a unit; "key: value" with a key in lower case. */
static void every_line_of_gobench_has_the_published_form(void **state)
{
    char *rest = said, *line;

    (void)state;
    assert_int_equal(report_as("gobench"), 0);
    while ((line = strsep(&rest, "\n"))) {
        size_t fields = 0;
        if (strncmp(line, "Benchmark", 9) != 0) {
            assert_true(line[0] == '\0' || (line[0] >= 'a' && line[0] <= 'z' && strchr(line, ':')));
            continue;
        }
        for (char *field, *end; (field = strsep(&line, " ")); fields++)
            if (fields == 1 || (fields > 1 && fields % 2 == 0)) {
                strtod(field, &end);
                assert_true(end > field && *end == '\0');
            }
        assert_true(fields >= 4 && fields % 2 == 0);
    }
}

static void files_of_the_run_come_out_as_they_stand(void **state)
{
    (void)state;
    put("gbench.json", "{\"benchmarks\": []}\n");
    put("verdicts.csv", "tip,claim\n");
    assert_int_equal(report_as("gbench"), 0);
    assert_string_equal(said, "{\"benchmarks\": []}\n");
    assert_int_equal(report_as("csv"), 0);
    assert_string_equal(said, "tip,claim\n");
}

static void markdown_is_the_headline_and_a_line_for_each_saying(void **state)
{
    (void)state;
    put("labels.csv",
        "tip,lang,label,on,ratio,lo,hi,said,evidence\n"
        "test/leaks,c,true,,,,,bad does not pile up tasks,bad leaves none\n"
        "test/leaks,go,myth,,,,,bad does not pile up tasks,bad leaves 1 task\n"
        "test/leaks,,depends,C or Go,,,,bad does not pile up tasks,true in C; myth in Go\n"
        "test/other,,myth,,0.76,0.75,0.79,,bad is 24 % faster | so\n"
        "test/open,,undecided,,1.2,0.95,1.5,bad is slower,not enough\n"
        "test/count,,undecided,,,,,bad does not pile up tasks,not enough\n"
        "test/torn,,true,,,,,bad");
    assert_int_equal(report_as("markdown"), 0);
    assert_string_equal(
        said,
        "**Of 4 sayings 1 is a myth here, 0 are true, 1 depends; 2 could not be decided.**\n\n"
        "A saying is what people repeat; bad makes the mistake that it is about, good does not.\n\n"
        "| it is | what people say | what was measured |\n|---|---|---|\n"
        "| depends on C or Go | “s” `test/leaks` | true in C; myth in Go (said: bad does not pile "
        "up tasks) |\n"
        "| myth | `test/other` | bad is 24 % faster \\| so |\n"
        "| undecided | `test/open` | said: bad is slower; measured: bad takes 0.95 to 1.50 "
        "times as long as good; not enough |\n"
        "| undecided | `test/count` | said: bad does not pile up tasks; not enough |\n");
}

static void a_run_without_labels_has_no_markdown_and_says_so(void **state)
{
    (void)state;
    assert_int_equal(report_as("markdown"), 1);
    assert_non_null(strstr(said, "twinbench: no labels in "));
}

static void what_is_not_there_is_said_in_one_line(void **state)
{
    (void)state;
    assert_int_equal(report_as("gbench"), 1);
    assert_non_null(strstr(said, "twinbench: no gbench.json in "));
    assert_int_equal(report_as("xml"), 2);
    assert_non_null(
        strstr(said, "--format must be html, markdown, gobench, gbench or csv, not 'xml'"));
    assert_int_equal(capture(cmd_report, (char *[]){ "report", "/nowhere", NULL }), 1);
    assert_non_null(strstr(said, "no run in '/nowhere'"));
}

static void a_run_is_found_by_its_folder_and_through_links(void **state)
{
    char path[PATH_MAX], latest[128];

    (void)state;
    snprintf(latest, sizeof latest, "%s/latest", results);
    assert_int_equal(saved_run_find(latest, path), 0);
    assert_string_equal(path, store_folder(store));
    assert_string_equal(saved_run_results(path), results);
}

static void every_column_of_every_table_is_described(void **state)
{
    (void)state;
    for (size_t t = 0; t < nschemas; t++)
        for (size_t i = 0; schemas[t].columns[i].name; i++)
            assert_true(schemas[t].columns[i].text && strlen(schemas[t].columns[i].text) > 3);
}

int main(int argc, char **argv)
{
    misbehave_main(argc, argv);
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, make_run, remove_run)
        TEST(gobench_has_a_line_for_each_timed_process_that_came_out_well),
        TEST(gobench_says_where_it_ran_and_keeps_c_and_go_apart),
        TEST(every_line_of_gobench_has_the_published_form),
        TEST(files_of_the_run_come_out_as_they_stand),
        TEST(markdown_is_the_headline_and_a_line_for_each_saying),
        TEST(a_run_without_labels_has_no_markdown_and_says_so),
        TEST(what_is_not_there_is_said_in_one_line),
        TEST(a_run_is_found_by_its_folder_and_through_links),
        TEST(every_column_of_every_table_is_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
