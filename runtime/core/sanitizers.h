/* SPDX-License-Identifier: MIT */
/* sanitizers.h - tell AddressSanitizer, ThreadSanitizer and valgrind which stack is which.
 *
 * Nothing of this is compiled in without the tool, but for valgrind's two requests,
 * which cost a few idle instructions when a slab of stacks is cut.
 *
 * ThreadSanitizer: each stack is a "fiber".  A switch itself must not order the two
 * tasks, else one worker would hide every race; what orders them is ready(): it
 * releases the task, and whoever resumes it acquires it.  The scheduler's own data
 * is shared by all tasks of a worker without any order that the tool could see, so
 * the functions that touch it are marked NO_TSAN (compiler.h).  Under the tool no
 * worker counts as alone, for the tool must see the locks.  Nor may a fiber be switched to
 * while another thread is still on it, so switches go by way of the idle loop, which
 * can wait for that.  And two tasks that have one stack, the one after the other, are one
 * thread to the tool: the second must not get it, nor the descriptor, before many others had
 * their turn, else a race between tasks that never wait would not be seen. */
#ifndef SANITIZERS_H
#define SANITIZERS_H

#include "core/compiler.h"
#include "explore/explore.h"

#include <stdbool.h>
#include <stddef.h>

#if defined(__SANITIZE_ADDRESS__)
#define TOOL_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TOOL_ASAN 1
#endif
#if __has_feature(thread_sanitizer)
#define TOOL_TSAN 1
#endif
#endif

#if defined(TOOL_ASAN) || defined(TOOL_TSAN)
#define TOOL_LOOKS (!EXPLORING) /* and what it sees may differ from run to run */
#else
#define TOOL_LOOKS false
#endif

#ifdef TOOL_ASAN
#include <pthread.h>
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>

/* Of <sanitizer/allocator_interface.h>, which gcc 12 has not. */
int __sanitizer_get_ownership(const volatile void *object);
size_t __sanitizer_get_allocated_size(const volatile void *object);
#endif

#if __has_include(<valgrind/memcheck.h>)
#include <valgrind/memcheck.h>
#else
#define VALGRIND_STACK_REGISTER(from, to) 0
#define VALGRIND_MAKE_MEM_DEFINED(from, bytes) 0
#define RUNNING_ON_VALGRIND 0
#endif

/* A quarantine: what is put in comes out when many others have been put in behind it.  Without
 * ThreadSanitizer it comes out at once. */
struct tool_quarantine {
#ifdef TOOL_TSAN
    void *objects[128];
    size_t puts;
#endif
};

/* Put *object in; true: *object is now what has come out. */
static inline NO_TSAN bool tool_put_off(struct tool_quarantine *q, void **object)
{
    (void)q;
    (void)object;
#ifdef TOOL_TSAN
    void **oldest = &q->objects[q->puts++ % (sizeof q->objects / sizeof q->objects[0])];
    void *out = *oldest;

    *oldest = *object;
    *object = out;
    return out;
#else
    return true;
#endif
}

/* What the tool knows of one stack; zero bytes for a thread's own. */
struct tool {
#ifdef TOOL_ASAN
    void *fake_stack;
    const void *bottom;
    size_t bytes;
#endif
#ifdef TOOL_TSAN
    void *fiber;
#endif
};

#ifdef TOOL_TSAN

#include <sanitizer/tsan_interface.h>

void __tsan_acquire(void *);
void __tsan_release(void *);
void AnnotateIgnoreWritesBegin(const char *, int);
void AnnotateIgnoreWritesEnd(const char *, int);

#define TOOL_ALONE false
#define TOOL_DIRECT false

static inline void tool_release(void *t)
{
    __tsan_release(t);
}
static inline void tool_acquire(void *t)
{
    __tsan_acquire(t);
}

/* Library functions are watched even when a NO_TSAN function calls them.  What they write
 * between these two is not. */
static inline void tool_ignore_begin(void)
{
    AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
}
static inline void tool_ignore_end(void)
{
    AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
}

#else

#define TOOL_ALONE (!EXPLORING)
#define TOOL_DIRECT true

static inline void tool_release(void *t)
{
    (void)t;
}
static inline void tool_acquire(void *t)
{
    (void)t;
}
static inline void tool_ignore_begin(void)
{
}
static inline void tool_ignore_end(void)
{
}

#endif

/* A stack from base, of so many bytes, comes into being. */
static inline void tool_stack(struct tool *k, void *base, size_t bytes)
{
    (void)k;
    (void)base;
    (void)bytes;
    (void)VALGRIND_STACK_REGISTER(base, (char *)base + bytes);
#ifdef TOOL_ASAN
    k->bottom = base;
    k->bytes = bytes;
#endif
#ifdef TOOL_TSAN
    k->fiber = __tsan_create_fiber(0);
#endif
}

/* A copy of memory of which not all has been written to, and which is looked at all the same. */
static inline void tool_defined(void *copy, size_t bytes)
{
    (void)copy;
    (void)bytes;
    (void)VALGRIND_MAKE_MEM_DEFINED(copy, bytes);
}

/* The stack is used again without those on it having returned. */
static inline void tool_stack_again(struct tool *k)
{
    (void)k;
#ifdef TOOL_ASAN
    __asan_unpoison_memory_region(k->bottom, k->bytes);
#endif
}

/* The thread's own stack becomes known: once a worker. */
static inline void tool_thread(struct tool *k)
{
    (void)k;
#ifdef TOOL_ASAN
    pthread_attr_t attr;

    if (!pthread_getattr_np(pthread_self(), &attr)) {
        pthread_attr_getstack(&attr, (void **)&k->bottom, &k->bytes);
        pthread_attr_destroy(&attr);
    }
#endif
#ifdef TOOL_TSAN
    k->fiber = __tsan_get_current_fiber();
#endif
}

/* Just before the jump from one stack to another.  from is NULL if its frames are dead. */
static inline NO_TSAN void tool_leave(struct tool *from, struct tool *to)
{
    (void)from;
    (void)to;
#ifdef TOOL_ASAN
    __sanitizer_start_switch_fiber(from ? &from->fake_stack : NULL, to->bottom, to->bytes);
#endif
#ifdef TOOL_TSAN
    __tsan_switch_to_fiber(to->fiber, __tsan_switch_to_fiber_no_sync);
#endif
}

/* Just after it, on the stack we came to. */
static inline NO_TSAN void tool_arrive(struct tool *here)
{
    (void)here;
#ifdef TOOL_ASAN
    __sanitizer_finish_switch_fiber(here->fake_stack, NULL, NULL);
    here->fake_stack = NULL; /* a task that begins on this stack later has none */
#endif
}

/* Twice is as before. */
static inline void tool_scramble(void *object, size_t bytes)
{
    for (unsigned char *at = object, *end = at + bytes; at < end; at++)
        *at ^= 0xa5;
}

/* An object that lies in a pool is nobody's: whoever touches it is reported, and a library that
 * is not watched reads nonsense.  Only AddressSanitizer knows how big it is, and only if it came
 * from malloc.  false: it lies in a pool already. */
static inline bool tool_lay_away(void *object)
{
    (void)object;
#ifdef TOOL_ASAN
    if (__asan_address_is_poisoned(object))
        return false;
    if (__sanitizer_get_ownership(object)) {
        tool_scramble(object, __sanitizer_get_allocated_size(object));
        __asan_poison_memory_region(object, __sanitizer_get_allocated_size(object));
    }
#endif
    return true;
}
static inline void tool_take_out(void *object)
{
    (void)object;
#ifdef TOOL_ASAN
    if (object && __sanitizer_get_ownership(object)) {
        __asan_unpoison_memory_region(object, __sanitizer_get_allocated_size(object));
        tool_scramble(object, __sanitizer_get_allocated_size(object));
    }
#endif
}

#endif
