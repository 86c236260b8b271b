/* SPDX-License-Identifier: MIT */
/* allocation_prices.c - from which size on a pool is worth it.
 *
 * A new object is zeroed, wherever it lies, as Go does it and as most C programs do with a
 * struct.  One from a pool is as its last user left it, and its user writes the first
 * bytes, which is all the resetting that a buffer with a length needs.  Every other cost
 * is the same for all, so the lines cross where the zeroing, and what the heap does, have
 * become dearer than the pool.
 *
 * The size is known when compiling, as that of a struct is: a variable one would make the
 * zeroing of 16 bytes a call. */
#include "cmd/allocation_prices.h"

#include "inside/gbench.h"
#include "heap.h"
#include "pool.h"
#include "task.h"
#include "timer.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
#define SIZES(SIZE)                                                                               \
    SIZE(16) SIZE(32) SIZE(64) SIZE(128) SIZE(256) SIZE(512) SIZE(1024) SIZE(2048) SIZE(4096)      \
    SIZE(8192) SIZE(16384) SIZE(32768) SIZE(65536)
/* clang-format on */

/* Use the object.  The compiler must believe that every byte counts. */
static inline void use(char *object, uint64_t i)
{
    memcpy(object, &i, sizeof i);
    __asm__ volatile("" : : "r"(object) : "memory");
}

static double seconds_since(int64_t start)
{
    return (double)(clock_now() - start) / 1e9;
}

static void *make(void *bytes)
{
    return heap_alloc((size_t)bytes);
}

#define SIZE(bytes)                                                                                \
    static double new_##bytes(void *arg, uint64_t first, uint64_t n)                               \
    {                                                                                              \
        int64_t start = clock_now();                                                               \
                                                                                                   \
        (void)arg;                                                                                 \
        for (uint64_t i = first; i < first + n; i++) {                                             \
            char *object = heap_alloc(bytes);                                                      \
            memset(object, 0, bytes);                                                              \
            use(object, i);                                                                        \
            heap_free(object);                                                                     \
        }                                                                                          \
        return seconds_since(start);                                                               \
    }                                                                                              \
                                                                                                   \
    static double frame_##bytes(void *arg, uint64_t first, uint64_t n)                             \
    {                                                                                              \
        int64_t start = clock_now();                                                               \
                                                                                                   \
        (void)arg;                                                                                 \
        for (uint64_t i = first; i < first + n; i++) {                                             \
            char object[bytes] = { 0 };                                                            \
            use(object, i);                                                                        \
        }                                                                                          \
        return seconds_since(start);                                                               \
    }                                                                                              \
                                                                                                   \
    static double pool_##bytes(void *arg, uint64_t first, uint64_t n)                              \
    {                                                                                              \
        struct pool *pool = pool_make(make, (void *)bytes, heap_free);                             \
                                                                                                   \
        (void)arg;                                                                                 \
        if (!pool)                                                                                 \
            panic("pool_make: out of memory");                                                     \
        pool_put(pool, pool_get(pool));                                                            \
        int64_t start = clock_now();                                                               \
        for (uint64_t i = first; i < first + n; i++) {                                             \
            char *object = pool_get(pool);                                                         \
            use(object, i);                                                                        \
            pool_put(pool, object);                                                                \
        }                                                                                          \
        double seconds = seconds_since(start);                                                     \
        pool_free(pool);                                                                           \
        return seconds;                                                                            \
    }
SIZES(SIZE)
#undef SIZE

static const struct {
    size_t bytes;
    gbench_batch *new, *pool, *frame;
} sizes[] = {
#define SIZE(bytes) { bytes, new_##bytes, pool_##bytes, frame_##bytes },
    SIZES(SIZE)
#undef SIZE
};

static void add(const char *heap, const char *how, size_t bytes, uint64_t n, gbench_batch *batch)
{
    char name[64];

    snprintf(name, sizeof name, "sizes/%s/%s/%zu", heap, how, bytes);
    gbench_register(name, batch, NULL, n);
}

/* The number of iterations: some milliseconds at every size.  It is fixed, because a collection
 * during the library's first short trial would end the search for a number too early. */
static uint64_t iterations(size_t bytes)
{
    return (16 << 20) / (bytes + 64);
}

void allocation_prices_register(const char *heap)
{
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        size_t bytes = sizes[i].bytes;
        add(heap, "new", bytes, iterations(bytes), sizes[i].new);
        add(heap, "pool", bytes, iterations(16), sizes[i].pool);
        add(heap, "frame", bytes, iterations(bytes), sizes[i].frame);
    }
}
