/* SPDX-License-Identifier: MIT */
/* compiler.h - what the runtime asks of the compiler, one name each. */
#ifndef COMPILER_H
#define COMPILER_H

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* A slow path.  Out of line, so that the fast path before it saves no registers for it. */
#define NOINLINE __attribute__((noinline))

/* ThreadSanitizer does not look at this function.  For code that touches what a worker keeps
 * for itself: all tasks of the worker share that, in no order that the tool could see. */
#define NO_TSAN __attribute__((no_sanitize("thread")))

#endif
