/* SPDX-License-Identifier: MIT */
/* test_saved_calibration.c - which calibration belongs to a machine, and what a run of
 * `calibrate` leaves. */
#include "store/saved_calibration.h"
#include "capture.h"
#include "folder.h"
#include "show/resolution.h"
#include "store/machine.h"
#include "misbehave.h"
#include "store/store.h"
#include "store/whole_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>

#include <cmocka.h>

static void put(const char *date, const char *cpu, const char *says)
{
    char path[256];
    json_t *o = json_pack("{s{ss si sb} s[{sb sf ss}]}", "machine", "cpu", cpu, "cores", 2,
                          "hypervisor", 1, "designs", "quick", 0, "margin", 0.1, "says", says);

    mkdir(saved_calibration_folder(results), 0755);
    snprintf(path, sizeof path, "%s/%s", saved_calibration_folder(results), date);
    mkdir(path, 0755);
    strcat(path, "/calibration.json");
    assert_int_equal(json_dump_file(o, path, 0), 0);
    json_decref(o);
}

/* What is printed for a run on this machine, into `said`. */
static const char *told(const char *cpu, bool quick, double margin)
{
    static char text[512];
    FILE *out = fmemopen(text, sizeof text, "w");
    json_t *facts = json_pack("{ss si sb sb sf}", "cpu", cpu, "cores", 2, "hypervisor", 1, "quick",
                              quick, "margin", margin);

    resolution_print(out, results, facts);
    fclose(out);
    json_decref(facts);
    return text;
}

static void the_newest_of_the_machine_counts(void **state)
{
    (void)state;
    put("2026-01-02_10-00-00", "abacus", "old");
    put("2026-01-03_10-00-00", "abacus", "new");
    put("2026-01-04_10-00-00", "slide rule", "other");
    assert_string_equal(told("abacus", false, 0.1), "new\n");
    assert_string_equal(told("slide rule", false, 0.1), "other\n");
}

static void without_one_it_is_said_how_to_get_one(void **state)
{
    (void)state;
    assert_non_null(strstr(told("abacus", false, 0.1), "make calibrate"));
    put("2026-01-02_10-00-00", "abacus", "known");
    assert_non_null(strstr(told("knots", false, 0.1), "make calibrate"));
    assert_non_null(strstr(told("abacus", true, 0.1), "make calibrate"));
    assert_non_null(strstr(told("abacus", false, 0.05), "make calibrate"));
}

static void a_file_that_is_no_calibration_is_passed_over(void **state)
{
    char path[256];

    (void)state;
    put("2026-01-02_10-00-00", "abacus", "known");
    snprintf(path, sizeof path, "%s/2026-01-03_10-00-00", saved_calibration_folder(results));
    mkdir(path, 0755);
    strcat(path, "/calibration.json");
    FILE *f = fopen(path, "w");
    fputs("{\"machine\": ", f);
    fclose(f);
    assert_string_equal(told("abacus", false, 0.1), "known\n");
}

#define calibrate(...)                                                                             \
    capture(cmd_calibrate, (char *[]){ "calibrate", "--results", results, __VA_ARGS__, NULL })

static void a_tip_that_does_not_exist_or_claims_no_time_is_refused(void **state)
{
    (void)state;
    assert_int_equal(calibrate("--tip", "no/such"), 2);
    assert_int_equal(calibrate("--from", results), 1);
    assert_non_null(strstr(said, "does not say of which tips"));
    assert_int_equal(calibrate("--tip", "test/deadlocks"), 1);
    assert_non_null(strstr(said, "test/deadlocks cannot be timed"));
}

static void a_calibration_is_printed_stored_and_found_again(void **state)
{
    char path[256], *csv;
    size_t length;
    struct sample *samples;

    (void)state;
    assert_int_equal(calibrate("--seconds", "1", "--tip", "test/leaks", "--boards", "5"), 0);
    assert_non_null(strstr(said, "full: interim analyses after 16, 32 and 48 blocks, "));
    assert_non_null(strstr(said, "quick: interim analyses after 16, 24 and 32 blocks, "));
    snprintf(path, sizeof path, "%s/latest/samples.csv", saved_calibration_folder(results));
    assert_int_equal(store_read_file(path, &samples, &length), 0);
    assert_true(length >= 4 * 16);
    for (size_t i = 0; i < length; i++) /* bad is never timed */
        assert_int_not_equal(samples[i].twin, TWIN_BAD);
    free(samples);
    snprintf(path, sizeof path, "%s/latest/calibration.csv", saved_calibration_folder(results));
    csv = whole_file_read(path, &length);
    assert_non_null(csv);
    assert_non_null(strstr(csv, "\nquick,0.05,1.00,"));
    assert_non_null(strstr(csv, "\nfull,0.10,0.00,"));
    free(csv);
    snprintf(path, sizeof path, "%s/latest", saved_calibration_folder(results));
    assert_int_equal(calibrate("--from", path, "--boards", "3"), 0);
    assert_non_null(strstr(said, " of 3 without a difference"));
    json_t *facts = machine_facts(false), *c = saved_calibration_find(results, facts);
    const char *says = saved_calibration_says(c, facts);
    assert_non_null(says);
    assert_non_null(strstr(says, "is found on this machine in at least 90 % of pairs"));
    json_decref(facts);
    json_decref(c);
}

int main(int argc, char **argv)
{
    misbehave_main(argc, argv);
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup_folder, remove_folder)
        TEST(the_newest_of_the_machine_counts),
        TEST(without_one_it_is_said_how_to_get_one),
        TEST(a_file_that_is_no_calibration_is_passed_over),
        TEST(a_tip_that_does_not_exist_or_claims_no_time_is_refused),
        TEST(a_calibration_is_printed_stored_and_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
