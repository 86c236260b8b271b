/* SPDX-License-Identifier: MIT */
/* heap.c - the collector's, glibc's and mimalloc's, behind two pointers.
 *
 * mimalloc is loaded when it is asked for.  To link it would replace malloc in every
 * process; loaded like this, its malloc is not seen and its mi_malloc is called by name.
 * The call through a pointer is the same on all heaps. */
#include "heap.h"

#include "core/compiler.h"
#include "gc.h"
#include "task.h"

#include <dlfcn.h>
#include <errno.h>
#include <gc/gc.h>
#include <stdlib.h>
#include <string.h>

const char heap_missing[] = "its library is missing: apt-get install libmimalloc-dev";

static struct {
    void *(*alloc)(size_t bytes);
    void (*free)(void *p);
} heap = { malloc, free };

static void leave_to_collector(void *p)
{
    (void)p;
}

static int use_gc(void)
{
    gc_enable();
    heap.alloc = GC_malloc_atomic;
    heap.free = leave_to_collector;
    return 0;
}

static int use_glibc(void)
{
    return 0;
}

/* The newest that is here: its soname's number differs between releases of Debian. */
static void *load_mimalloc(void)
{
    enum { NEWEST = 9 };
    char soname[] = "libmimalloc.so.N";
    void *library = NULL;

    for (int n = NEWEST; n > 0 && !library; n--) {
        soname[sizeof soname - 2] = (char)('0' + n);
        library = dlopen(soname, RTLD_NOW | RTLD_LOCAL);
    }
    return library;
}

static int use_mimalloc(void)
{
    void *library = load_mimalloc();

    if (!library)
        return -ENOENT;
    heap.alloc = (void *(*)(size_t))dlsym(library, "mi_malloc");
    heap.free = (void (*)(void *))dlsym(library, "mi_free");
    return heap.alloc && heap.free ? 0 : -ENOENT;
}

static const struct {
    const char *name;
    int (*use)(void);
} heaps[HEAPS] = {
    [HEAP_DEFAULT] = { NULL, use_glibc },
    [HEAP_GC] = { "gc", use_gc },
    [HEAP_GLIBC] = { "glibc", use_glibc },
    [HEAP_MIMALLOC] = { "mimalloc", use_mimalloc },
};

const char *heap_name(enum heap h)
{
    return heaps[h].name;
}

enum heap heap_named(const char *name)
{
    for (enum heap h = HEAP_GC; h < HEAPS; h++)
        if (strcmp(heaps[h].name, name) == 0)
            return h;
    return HEAP_DEFAULT;
}

int heap_use(enum heap h)
{
    return heaps[h].use();
}

void *heap_alloc_at(size_t bytes, const struct site *where)
{
    void *p = heap.alloc(bytes);

    if (!p)
        task_panic(where, "heap_alloc: out of memory for %zu bytes", bytes);
    return p;
}
LEFT_OUT(heap_alloc_at);

void heap_free(void *p)
{
    heap.free(p);
}
