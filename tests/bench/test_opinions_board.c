/* SPDX-License-Identifier: MIT */
/* test_opinions_board.c - other tools' figures beside ours. */
#include "show/opinions_board.h"

#include "decide/judge_time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static char *board(const char *gbench, const char *hyperfine)
{
    struct pairing pairings[] = {
        { NULL_TIP, executor_c(), true, { .ratio = 1, .lo = 0.9, .hi = 1.1 } },
        { "a/inside", executor_c(), true, { .ratio = 1.5, .lo = 1.4, .hi = 1.6 } },
        { "a/outside", executor_c(), true, { .ratio = 1.5, .lo = 1.4, .hi = 1.6 } },
        { "a/outside", executor_on_heap(HEAP_GLIBC), true, { .ratio = 9, .lo = 8, .hi = 10 } },
        { "a/unknown", executor_c(), true, { .ratio = 1.5, .lo = 1.4, .hi = 1.6 } },
    };
    struct findings f = { .pairings = pairings, .npairings = sizeof pairings / sizeof *pairings };
    json_t *g = gbench ? json_loads(gbench, 0, NULL) : NULL;
    json_t *h = hyperfine ? json_loads(hyperfine, 0, NULL) : NULL;
    char *text;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    opinions_board_print(out, &f, g, h);
    fclose(out);
    json_decref(g);
    json_decref(h);
    return text;
}

static const char gbench[] =
    "{\"benchmarks\": ["
    "{\"name\": \"a/inside/bad/process_time/manual_time\", \"real_time\": 30.0},"
    "{\"name\": \"a/inside/good\", \"real_time\": 20.0},"
    "{\"name\": \"a/outside/bad\", \"real_time\": 17},"
    "{\"name\": \"a/outside/good\", \"real_time\": 10}]}";
static const char hyperfine[] = "{\"results\": ["
                                "{\"command\": \"a/outside bad\", \"median\": 1.1},"
                                "{\"command\": \"a/outside good\", \"median\": 1.0}]}";

static void what_lies_outside_of_our_interval_has_a_mark(void **state)
{
    (void)state;
    char *text = board(gbench, hyperfine), *rest = text, *line;
    assert_non_null(strstr(text, "1.50 (1.40 to 1.60)      1.50x          - \n"));
    assert_non_null(strstr(text, "1.50 (1.40 to 1.60)      1.70x!     1.10x!\n"));
    assert_non_null(strstr(text, "! lies outside of our interval."));
    assert_null(strstr(text, "a/unknown"));
    assert_null(strstr(text, "null"));
    while ((line = strsep(&rest, "\n")))
        assert_true(strlen(line) <= 80);
    free(text);
}

static void without_them_there_is_no_board(void **state)
{
    (void)state;
    char *text = board(NULL, NULL);
    assert_string_equal(text, "");
    free(text);
    text = board("{\"benchmarks\": [{\"name\": \"shim/empty\", \"real_time\": 1}]}", "[]");
    assert_string_equal(text, "");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_lies_outside_of_our_interval_has_a_mark),
        cmocka_unit_test(without_them_there_is_no_board),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
