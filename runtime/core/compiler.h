/* SPDX-License-Identifier: MIT */
/* compiler.h - what the runtime asks of the compiler, one name each. */
#ifndef COMPILER_H
#define COMPILER_H

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* A slow path.  Out of line, so that the fast path before it saves no registers for it. */
#define NOINLINE __attribute__((noinline))

/* No copy of this function for certain arguments, which would have another address. */
#ifdef __clang__
#define NOCLONE
#else
#define NOCLONE __attribute__((noclone))
#endif

/* ThreadSanitizer does not look at this function.  For code that touches what a worker keeps
 * for itself: all tasks of the worker share that, in no order that the tool could see. */
#define NO_TSAN __attribute__((no_sanitize("thread")))

/* How a thread-local variable is reached.  The first way saves a load and works only in what is
 * linked into one program, as everything here is (Makefile). The second works in libraries too. */
#ifdef TWIN_PROGRAM
#define TLS_MODEL __attribute__((tls_model("local-exec")))
#else
#define TLS_MODEL __attribute__((tls_model("initial-exec")))
#endif

/* Dumps show who has called this function, and neither it nor what it has called (look/frames.c).
 * For the functions of the public headers, but for those that call back. */
#define LEFT_OUT(fn) LEFT_OUT_AS(fn, #fn)

/* For the slow path of a public function, which is its last act: then that has left the stack. */
#define LEFT_OUT_AS(fn, name) KNOWN_CALL(fn, name, true)

/* For those that call back: dumps show them, too. */
#define CALLS_BACK(fn) KNOWN_CALL(fn, #fn, false)

/* By these a call that is made where no task runs is known, too, and told by its name.  They lie in
 * a row; left alone, the compiler would put larger ones further apart. */
struct known_call {
    const void *fn;
    const char *name;
    _Bool left_out;
};
#define KNOWN_CALL(fn, name, left_out)                                                             \
    static const struct known_call known_call_##fn                                                 \
        __attribute__((section("twin_calls"), used, aligned(_Alignof(struct known_call)))) = {     \
            (const void *)(fn), name, left_out                                                     \
        }

#endif
