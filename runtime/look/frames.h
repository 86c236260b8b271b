/* SPDX-License-Identifier: MIT */
/* frames.h - the functions that a parked task is in, as return addresses.
 *
 * They are found by the unwind tables that every x86-64 and aarch64 compiler writes by default for
 * C, too (.eh_frame), so a dump depends on no flag of the user's.  Frame pointers would: a function
 * that was compiled without one hides its caller.  The tables are read by the unwinder that gcc
 * links to every program anyway.  It begins at a context that is running; frames.c makes it go on
 * with that of a parked task, by a function whose own table says so.  libunwind and libdw can begin
 * anywhere, but are one more library for every program, and the second calls malloc.
 *
 * Nothing is kept for this while tasks run: whoever looks pays, a microsecond or two a task. */
#ifndef FRAMES_H
#define FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct task;

#define MOST_FRAMES 100 /* as Go shows */

struct frames {
    uint32_t n;
    bool cut;      /* there are more */
    bool alike_ok; /* frames_alike() can tell */
    /* From the innermost outwards; without those of the runtime itself at either end. */
    uintptr_t pc[MOST_FRAMES];

    /* What frames_alike() compares: the context, and where on the stack each return address was. */
    const void *at;
    size_t depth;
    uint32_t nslots;
    struct {
        uint32_t up; /* bytes below the top */
        uintptr_t pc;
    } slot[MOST_FRAMES + 16];
};

/* Work space; it is large, and pages that are not touched cost nothing (dump_map). */
struct frames_walk;
extern const size_t frames_walk_bytes;

/* Those of t, which waits or can run.  n is 0 when it has not begun, runs, or moves on meanwhile.
 */
void frames_of(struct frames_walk *w, const struct task *t, struct frames *f);

/* Those of the caller. */
void frames_here(struct frames *f);

/* In a signal's handler: those that the fault at pc has interrupted, from the caller of a public
 * function of the runtime's on.  The name of that function, in static storage; NULL: there is none,
 * and all frames are told. */
const char *frames_of_fault(struct frames *f, uintptr_t pc);

bool frames_same(const struct frames *a, const struct frames *b);

/* Whether t has the frames f, told by a few looks at its stack.  false: walk, to know. */
bool frames_alike(const struct frames *f, const struct task *t);

#endif
