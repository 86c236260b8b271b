/* SPDX-License-Identifier: MIT */
/* The blocks that were seen and wait, beside an array that says the same of each: they are taken
 * once, and one round after the other through memory.  The memory is made here, with tags as malloc
 * has them, and so large that each level of the bits has several words. */
#include "look/blocks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>

#include <cmocka.h>

enum { MOST_BLOCKS = 8192, TAG_BYTES = 16, IN_USE = 1 };
#define MEMORY_BYTES ((size_t)600 << 20)

static struct {
    struct stretch s;
    uintptr_t at[MOST_BLOCKS + 1]; /* where each begins, with its tag */
    bool seen[MOST_BLOCKS], waits[MOST_BLOCKS];
    size_t n;
} m;

static size_t below(size_t n)
{
    static uint64_t state = 88172645463325252;

    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state % n;
}

static void *map(size_t bytes)
{
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                   -1, 0);

    assert_true(p != MAP_FAILED);
    return p;
}

/* Blocks of 32 bytes in a row, and of up to 400 KiB. */
static size_t some_bytes(void)
{
    return below(4) ? 32 : 32 + 16 * below(400 * 64);
}

/* All in use; the last is what malloc has not yet given away. */
static int blocks_make(void **state)
{
    uintptr_t from = (uintptr_t)map(MEMORY_BYTES), to = from + MEMORY_BYTES, c = from;

    (void)state;
    for (; m.n < MOST_BLOCKS; m.n++) {
        size_t bytes = m.n < MOST_BLOCKS - 1 ? some_bytes() : to - c;

        m.at[m.n] = c;
        *(uint64_t *)(c + 8) = bytes | IN_USE;
        c += bytes;
        assert_true(c <= to);
    }
    m.at[m.n] = to;
    m.seen[m.n - 1] = true;
    stretch_begin(&m.s, from, to, map(stretch_bits_bytes(MEMORY_BYTES)));
    assert_true(stretch_of_brk(&m.s, from, to));
    return 0;
}

static size_t block_at(uintptr_t block)
{
    size_t i = 0;

    while (i < m.n && m.at[i] + TAG_BYTES != block)
        i++;
    assert_true(i < m.n);
    return i;
}

/* Somewhere inside of it. */
static uintptr_t pointer_into(size_t i)
{
    return m.at[i] + TAG_BYTES + below(m.at[i + 1] - m.at[i]);
}

static void see(size_t i)
{
    assert_int_equal(stretch_see(&m.s, pointer_into(i)), !m.seen[i]);
    m.waits[i] |= !m.seen[i];
    m.seen[i] = true;
}

/* The first that waits in the same 1024 bytes as the last, or behind those; else the first of all.
 */
static size_t to_be_taken(uintptr_t last)
{
    uintptr_t from = last - (last - m.s.from) % 1024;

    for (size_t i = 0; i < m.n; i++)
        if (m.waits[i] && m.at[i] >= from)
            return i;
    for (size_t i = 0; i < m.n; i++)
        if (m.waits[i])
            return i;
    return SIZE_MAX;
}

static void take(uintptr_t *last)
{
    size_t i = to_be_taken(*last);
    uintptr_t block = stretch_take(&m.s);

    if (i == SIZE_MAX) {
        assert_int_equal(block, 0);
        *last = m.s.from;
        return;
    }
    assert_int_equal(block_at(block), i);
    m.waits[i] = false;
    *last = m.at[i];
}

/* Few wait at first, then many, then ever fewer. */
static void what_waits_is_taken_once_and_in_the_order_of_memory(void **state)
{
    uintptr_t last = m.s.from;

    (void)state;
    for (size_t k = 0; k < MOST_BLOCKS / 8; k++) { /* a few are left out */
        size_t i = below(MOST_BLOCKS);

        if (k % 16 == 0) {
            stretch_leave_out(&m.s, pointer_into(i));
            m.seen[i] = true;
        }
        see(below(MOST_BLOCKS));
        take(&last);
        take(&last);
    }
    for (size_t k = 0; k < MOST_BLOCKS; k++) {
        see(below(MOST_BLOCKS));
        see(below(MOST_BLOCKS));
        take(&last);
    }
    for (size_t i = 0; i < MOST_BLOCKS; i++)
        see(i);
    while (to_be_taken(last) != SIZE_MAX)
        take(&last);
    take(&last);
    for (size_t i = 0; i < MOST_BLOCKS; i++)
        assert_false(stretch_see(&m.s, pointer_into(i)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_waits_is_taken_once_and_in_the_order_of_memory),
    };

    return cmocka_run_group_tests(tests, blocks_make, NULL);
}
