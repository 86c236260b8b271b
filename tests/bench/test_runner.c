/* SPDX-License-Identifier: MIT */
/* test_runner.c - processes run together, and their samples are stored in the order of the plan.
 *
 * The twins tell each other how far they are by what they append to a file. */
#include "cmd/commands.h"
#include "folder.h"
#include "run/runner.h"
#include "timer.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { QUICK_ONES = 12, ENOUGH = 6 };

struct scene {
    int unused;
};

static const char *told(void)
{
    return getenv("TWIN_TOLD");
}

static void tell(const char *letter)
{
    int fd = open(told(), O_WRONLY | O_CREAT | O_APPEND, 0644);

    if (fd < 0 || write(fd, letter, 1) != 1)
        abort();
    close(fd);
}

static long how_many(void)
{
    struct stat s;

    return stat(told(), &s) == 0 ? (long)s.st_size : 0;
}

/* Until enough of the others have come to an end, which never happens if they wait for this. */
static uint64_t waits_for_others(struct scene *s, uint64_t i)
{
    (void)s;
    for (int n = 0; how_many() < ENOUGH && n < 1500; n++)
        task_sleep(10 * MS);
    tell(how_many() >= ENOUGH ? "W" : "-");
    return i;
}

static uint64_t tells(struct scene *s, uint64_t i)
{
    (void)s;
    tell("q");
    return i;
}

/* Is it the only one that runs?  The next would tell while this one sleeps. */
static uint64_t looks_around(struct scene *s, uint64_t i)
{
    long before = how_many();

    (void)s;
    task_sleep(100 * MS);
    tell(how_many() == before ? "a" : "-");
    return i;
}

static const struct tip tip = { .dial = OPS,
                                .points = { 1, 2 },
                                .defaults = { .ops = 1, .clients = 1, .workers = 1 },
                                .claims = { { .column = "tasks", .bad = FLAT, .good = FLAT } },
                                .scene_bytes = sizeof(struct scene) };
static const struct twin slow = { waits_for_others, NULL, NULL }, quick = { tells, NULL, NULL },
                         alone = { looks_around, NULL, NULL };

const struct entry entries[] = { { "t/together", &tip, &slow, &quick },
                                 { "t/alone", &tip, &alone, &alone } };
const size_t nentries = sizeof entries / sizeof entries[0];

static struct job job_of(const struct entry *e, enum role twin, int64_t block)
{
    struct job j = { .request = request_make(e, executor_c(), twin, KIND_COUNT, tip_params(&tip)),
                     .stored_as = e->name };

    j.request.block = block;
    return j;
}

/* What the twins have told, when these jobs were run so many together. */
static const char *run_jobs(const struct jobs *jobs, size_t together, struct runner *r)
{
    static char text[64];
    char path[256];

    snprintf(path, sizeof path, "%s/told", results);
    setenv("TWIN_TOLD", path, 1);
    struct store *store = store_begin(results, NULL);
    assert_non_null(store);
    assert_int_equal(runner_start(r, store), 0);
    assert_int_equal(runner_run(r, jobs, together), 0);
    assert_int_equal(r->n, jobs->n);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    store_close(store);
    return text;
}

static void one_that_takes_long_does_not_hold_up_those_behind_it(void **state)
{
    struct job list[1 + QUICK_ONES];
    struct jobs jobs = { list, 1 + QUICK_ONES, 0 };
    struct runner r;

    (void)state;
    list[0] = job_of(&entries[0], TWIN_BAD, 0);
    for (int k = 0; k < QUICK_ONES; k++)
        list[1 + k] = job_of(&entries[0], TWIN_GOOD, k);
    const char *text = run_jobs(&jobs, 2, &r);
    assert_non_null(strchr(text, 'W'));
    assert_int_equal(strlen(text), 1 + QUICK_ONES);
    assert_int_equal(r.samples[0].twin, TWIN_BAD);
    for (int k = 0; k < QUICK_ONES; k++)
        assert_int_equal(r.samples[1 + k].block, k);
    runner_end(&r);
}

static void of_one_at_a_time_no_two_run(void **state)
{
    struct job list[4];
    struct jobs jobs = { list, 4, 0 };
    struct runner r;

    (void)state;
    for (int k = 0; k < 4; k++)
        list[k] = job_of(&entries[1], k % 2 ? TWIN_BAD : TWIN_GOOD, k);
    assert_string_equal(run_jobs(&jobs, 1, &r), "aaaa");
    runner_end(&r);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "one") == 0)
        return cmd_one(argc - 1, argv + 1);
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup_folder, remove_folder)
        TEST(one_that_takes_long_does_not_hold_up_those_behind_it),
        TEST(of_one_at_a_time_no_two_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
