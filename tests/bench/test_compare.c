/* SPDX-License-Identifier: MIT */
/* test_compare.c - runs side by side: what changed, and what cannot be compared. */
#include "capture.h"
#include "folder.h"
#include "misbehave.h"
#include "store/store.h"
#include "store/tips_json.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* What a run is made of. */
struct recipe {
    bool quick;
    double margin;
    const char *cpu, *verdicts;
    void (*change)(json_t *claims); /* of test/leaks; NULL: as they are */
    const char *label;              /* of test/leaks; NULL: the run has no labels */
};

static const char held[] = "null,0,time,time,1,1,1.00,0.97,1.03,holds,holds,c,16,\n"
                           "test/leaks,0,tasks,count,4 -> 16,0 -> 0,,,,holds,holds,c,12,\n"
                           "test/leaks,1,time,time,2,1,1.20,1.12,1.30,holds,holds,c,16,\n"
                           "test/leaks,1,time,time,-,-,,,,-,-,go,0,Go does not report it\n";
static const char changed[] = "null,0,time,time,1,1,1.00,0.97,1.03,holds,holds,c,16,\n"
                              "test/leaks,0,tasks,count,0 -> 0,0 -> 0,,,,refuted,holds,c,12,\n"
                              "test/leaks,1,time,time,1,1,0.99,0.95,1.04,refuted,holds,c,16,\n"
                              "test/leaks,1,time,time,-,-,,,,-,-,go,0,Go does not report it\n";
static const struct recipe full = { false, 0.10, "abacus", held, NULL };

static char folders[4][160];
static size_t nruns;

static int begin(void **state)
{
    nruns = 0;
    return setup_folder(state);
}

static json_t *claims_of(json_t *words, const char *tip)
{
    json_t *t;
    size_t i;

    json_array_foreach (json_object_get(words, "tips"), i, t)
        if (strcmp(json_string_value(json_object_get(t, "name")), tip) == 0)
            return json_object_get(t, "claims");
    return NULL;
}

static void make(struct recipe r)
{
    struct store *s = store_begin(results, NULL);
    json_t *words = tips_json(),
           *machine = json_pack("{ss si ss sf sb}", "cpu", r.cpu, "cores", 2, "compiler", "gcc 1",
                                "margin", r.margin, "quick", r.quick);
    char text[2048];

    assert_non_null(s);
    if (r.change)
        r.change(claims_of(words, "test/leaks"));
    snprintf(text, sizeof text,
             "tip,claim,column,kind,bad,good,ratio,lo,hi,verdict,expected,lang,n,note\n%s",
             r.verdicts);
    assert_int_equal(store_json(s, "machine.json", machine), 0);
    assert_int_equal(store_json(s, "words.json", words), 0);
    assert_int_equal(store_file(s, "verdicts.csv", text, strlen(text)), 0);
    snprintf(text, sizeof text,
             "tip,lang,label,on,ratio,lo,hi,evidence\ntest/leaks,,%s,,,,,it is so\n",
             r.label ? r.label : "");
    if (r.label)
        assert_int_equal(store_file(s, "labels.csv", text, strlen(text)), 0);
    snprintf(folders[nruns++], sizeof folders[0], "%s", store_folder(s));
    store_close(s);
    json_decref(words);
    json_decref(machine);
}

static int compare(void)
{
    char *argv[8] = { "compare", "--no-chart" };

    for (size_t i = 0; i < nruns; i++)
        argv[i + 2] = folders[i];
    return capture(cmd_compare, argv);
}

#define assert_said(words)                                                                         \
    do {                                                                                           \
        if (!strstr(said, words))                                                                  \
            fail_msg("\"%s\" is not in:\n%s", words, said);                                        \
    } while (0)

static void labels_stand_side_by_side_where_they_differ(void **state)
{
    struct recipe a = full, b = full;

    (void)state;
    a.label = "myth";
    b.label = "undecided";
    make(a);
    make(b);
    assert_int_equal(compare(), 0);
    assert_said("\nsayings that got another label: 1 of 1\ntest/leaks\n"
                "  A  myth: it is so\n  B  undecided: it is so\n");
}

static void labels_that_are_alike_or_missing_are_only_counted(void **state)
{
    struct recipe a = full;

    (void)state;
    a.label = "myth";
    make(a);
    make(a);
    make(full);
    assert_int_equal(compare(), 0);
    assert_said("\nsayings that got another label: 0 of 1\n\n");
}

static void verdicts_that_changed_come_first_with_what_each_run_found(void **state)
{
    struct recipe other = full;

    (void)state;
    make(full);
    other.verdicts = changed;
    other.cpu = "slide rule";
    make(other);
    assert_int_equal(compare(), 0);
    assert_said("different: cpu\n");
    assert_said("verdicts that changed: 2 of 3\n");
    assert_said("test/leaks tasks\n"
                "  A  bad 4 -> 16, good 0 -> 0                             holds\n"
                "  B  bad 0 -> 0, good 0 -> 0                              refuted\n");
    assert_said("test/leaks time: the intervals lie apart\n"
                "  A      1.20x (1.12 to 1.30)                             holds\n");
    assert_said("times of which the verdict is the same\ncontrol: the same code twice\n");
}

/* 1.20 (1.12 to 1.30) is slower by more than 10 %, but not by more than 15. */
static void in_different_margins_all_are_judged_in_the_wider(void **state)
{
    struct recipe other = full;

    (void)state;
    make(full);
    other.margin = 0.15;
    make(other);
    assert_int_equal(compare(), 0);
    assert_said("different: margin\ndifferences up to 15 % do not count\n");
    assert_said("verdicts that changed: 1 of 3\n");
    assert_said("  A      1.20x (1.12 to 1.30)                             unsure\n"
                "  B      1.20x (1.12 to 1.30)                             holds\n");
}

static void quick_and_full_are_not_compared(void **state)
{
    struct recipe other = full;

    (void)state;
    make(full);
    other.quick = true;
    make(other);
    assert_int_equal(compare(), 1);
    assert_said("cannot be compared: one is quick and one is full");
}

static void claim_something_else(json_t *claims)
{
    json_object_set_new(json_array_get(claims, 0), "bad", json_string("flat"));
}

static void a_tip_that_claims_something_else_is_not_compared(void **state)
{
    struct recipe other = full;

    (void)state;
    make(full);
    other.change = claim_something_else;
    make(other);
    assert_int_equal(compare(), 1);
    assert_said("cannot be compared: no tip claims the same in all of them");
}

static const char two_tips[] = "test/leaks,0,tasks,count,4 -> 16,0 -> 0,,,,holds,holds,c,12,\n"
                               "test/leaks,0,tasks,count,4 -> 16,0 -> 0,,,,holds,holds,go,12,\n"
                               "test/uses,0,tasks,count,4 -> 16,0 -> 0,,,,holds,holds,c,12,\n";

static void a_tip_that_is_left_out_is_named_once_and_the_others_are_compared(void **state)
{
    struct recipe one = full, other = full;

    (void)state;
    one.verdicts = other.verdicts = two_tips;
    make(one);
    other.change = claim_something_else;
    make(other);
    assert_int_equal(compare(), 0);
    assert_said("left out: test/leaks\n          its claims or");
    assert_said("verdicts that changed: 0 of 1\n");
}

static void a_run_is_not_compared_with_itself_or_with_half_a_run(void **state)
{
    char path[200];

    (void)state;
    make(full);
    make(full);
    strcpy(folders[2], folders[0]);
    nruns = 3;
    assert_int_equal(compare(), 1);
    assert_said("they are one and the same");
    nruns = 2;
    snprintf(path, sizeof path, "%s/verdicts.csv", folders[1]);
    unlink(path);
    assert_int_equal(compare(), 1);
    assert_said("verdicts.csv: it is missing: the run did not come to its end");
    snprintf(path, sizeof path, "%s/words.json", folders[1]);
    unlink(path);
    assert_int_equal(compare(), 1);
    assert_said("words.json: it is missing: it was deleted, or an older version");
}

static void what_only_one_run_judged_is_not_shown(void **state)
{
    struct recipe other = full;

    (void)state;
    make(full);
    other.verdicts = "test/leaks,0,tasks,count,4 -> 16,0 -> 0,,,,holds,holds,c,12,\n";
    make(other);
    assert_int_equal(compare(), 0);
    assert_said("verdicts that changed: 0 of 1\n");
    assert_null(strstr(said, "times of which"));
}

static void everything_fits_80_columns_without_colour(void **state)
{
    struct recipe other = full;

    (void)state;
    make(full);
    other.verdicts = changed;
    other.cpu = "A processor with the longest name that anybody ever gave to a processor, at 9 GHz";
    make(other);
    make(full);
    assert_int_equal(compare(), 0);
    assert_null(strchr(said, '\033'));
    char *rest = said, *line;
    while ((line = strsep(&rest, "\n")))
        if (strlen(line) > 80)
            fail_msg("%zu columns: %s", strlen(line), line);
}

int main(int argc, char **argv)
{
    misbehave_main(argc, argv);
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, remove_folder)
        TEST(labels_stand_side_by_side_where_they_differ),
        TEST(labels_that_are_alike_or_missing_are_only_counted),
        TEST(verdicts_that_changed_come_first_with_what_each_run_found),
        TEST(in_different_margins_all_are_judged_in_the_wider),
        TEST(quick_and_full_are_not_compared),
        TEST(a_tip_that_claims_something_else_is_not_compared),
        TEST(a_tip_that_is_left_out_is_named_once_and_the_others_are_compared),
        TEST(a_run_is_not_compared_with_itself_or_with_half_a_run),
        TEST(what_only_one_run_judged_is_not_shown),
        TEST(everything_fits_80_columns_without_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
