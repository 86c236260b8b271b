/* SPDX-License-Identifier: MIT */
/* The same code allocates on each of three heaps, and which one it was can be measured.
 * Each test chooses its heap in a process of its own. */
#include "gc.h"
#include "heap.h"
#include "twintest.h"

#include <gc/gc.h>
#include <malloc.h>

/* Allocate, use, free, again and again: 1 GiB in all, never more than 64 KiB at a time. */
static void use_and_free(void)
{
    for (int i = 0; i < 16384; i++) {
        char *p = heap_alloc(65536);
        memset(p, i, 65536);
        CHECK_EQ(p[65535], (char)i);
        heap_free(p);
    }
}

/* Is it malloc's memory?  It is so much that what the other worker allocates meanwhile does
 * not matter. */
static bool malloc_counts_it(void)
{
    enum { N = 100, BYTES = 40000 };
    size_t before = mallinfo2().uordblks;
    void *p[N];

    for (int i = 0; i < N; i++)
        p[i] = heap_alloc(BYTES);
    bool counted = mallinfo2().uordblks >= before + N * BYTES / 2;
    for (int i = 0; i < N; i++)
        heap_free(p[i]);
    return counted;
}

BODY(without_a_choice_it_is_glibc)
{
    CHECK(malloc_counts_it());
    use_and_free();
}

BODY(the_collector_frees_by_itself)
{
    CHECK(GC_base(heap_alloc(40000)));
    use_and_free();
    CHECK(gc_stats().cycles > 0);
    CHECK(gc_stats().heap_bytes < (256 << 20));
}

BODY(mimalloc_leaves_mallocs_memory_alone)
{
    CHECK(!malloc_counts_it());
    use_and_free();
    heap_free(NULL);
}

BODY(too_much_panics)
{
    heap_alloc((size_t)1 << 60);
}

static void choose_glibc(void)
{
    CHECK_EQ(heap_use(HEAP_GLIBC), 0);
}

static void choose_gc(void)
{
    CHECK_EQ(heap_use(HEAP_GC), 0);
}

static void choose_mimalloc(void)
{
    CHECK_EQ(heap_use(HEAP_MIMALLOC), 0);
}

#define ON(choice, name, assertion) AS_TEST(name, before_task_main = choice; assertion)

ON(NULL, without_a_choice_it_is_glibc, ASSERT_ENDS_OK(without_a_choice_it_is_glibc))
ON(choose_gc, the_collector_frees_by_itself, ASSERT_ENDS_OK(the_collector_frees_by_itself))
ON(choose_mimalloc, mimalloc_leaves_mallocs_memory_alone,
   ASSERT_ENDS_OK(mimalloc_leaves_mallocs_memory_alone))
ON(choose_glibc, too_much_panics, ASSERT_PANICS(too_much_panics, "heap_alloc: out of memory");
   ASSERT_BLAMED(too_much_panics))

static void a_heap_that_is_none_is_refused_test(void **state)
{
    (void)state;
    assert_int_equal(heap_named("jemalloc"), HEAP_DEFAULT);
    assert_int_equal(heap_named(""), HEAP_DEFAULT);
    for (enum heap h = HEAP_GC; h < HEAPS; h++)
        assert_int_equal(heap_named(heap_name(h)), h);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(without_a_choice_it_is_glibc),         TEST(the_collector_frees_by_itself),
        TEST(mimalloc_leaves_mallocs_memory_alone), TEST(too_much_panics),
        TEST(a_heap_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
