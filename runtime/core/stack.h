/* SPDX-License-Identifier: MIT */
/* stack.h - the stacks that tasks run on. */
#ifndef STACK_H
#define STACK_H

#include "core/sanitizers.h"

#include <stdbool.h>
#include <stddef.h>

struct worker;

/* A stack lies below its header, in the same page as its hottest frames. */
struct stack {
    char *base; /* lowest usable byte; the guard is below */
    bool bare;  /* it can be written to: there was no guard to be had */
    struct tool tool;
};

#define MAIN_STACK_BYTES ((size_t)8 << 20) /* task 1 calls libraries that expect a thread's */
extern size_t stack_bytes;                 /* usable bytes of every other one */

/* Ends the process when memory runs out. */
struct stack *stack_get(struct worker *w);

/* The caller may still be running on s, until its next switch. */
void stack_put(struct worker *w, struct stack *s);

/* One of another size, which is not given back; NULL when memory runs out. */
struct stack *stack_make_big(size_t bytes);

/* Some stack is bare.  Set once. */
extern bool stacks_bare;

/* s is bare, and somebody has written below it. */
bool stack_overflowed(const struct stack *s);
/* Everything that was ever mapped for stacks, which all are `stride` bytes apart. */
struct stack_map {
    struct stack_map *next;
    char *from, *to;
    size_t stride;
};
extern struct stack_map *stack_maps;

/* Whether `fault` lies in the guard of s. */
bool stack_guards(const struct stack *s, const void *fault);

#endif
