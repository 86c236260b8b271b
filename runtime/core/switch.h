/* SPDX-License-Identifier: MIT */
/* switch.h - leave one stack and go on with another.
 *
 * A context is what must survive a switch and is not on the stack.  The switch is
 * inlined, with every other register declared lost: the compiler then saves just those
 * that it still needs.  It ends in an indirect jump and not in
 * `ret`, because the return predictor knows only the stack we come from (measured:
 * 6 ns against 8).  Rounding mode and the like (MXCSR, FPCR) are not switched: a
 * task that changes them changes them for all.
 *
 * A task may be woken before it has left its stack.  So pc is written last and
 * cleared by whoever resumes: pc != 0 says that the context is complete, and a
 * worker that takes a task too early waits for it a few nanoseconds.  This is what
 * makes it safe to release a channel's lock before parking instead of after.  The
 * waiting comes after our own pc is out and touches no stack: two workers may each
 * be leaving the task that the other one takes. */
#ifndef SWITCH_H
#define SWITCH_H

#include "core/compiler.h"

#include <stddef.h>
#include <stdint.h>

struct context {
    void *sp;
    void *bp;
    void *bx; /* x86-64: rbx, which the compiler may want for itself */
    void *pc; /* NULL while the context is running or not yet saved */
};

/* Where every context begins: clears the registers that nothing has been put into yet, and jumps
 * to the function (switch.c). */
void context_begin(void);

/* Above the first frame on a stack that begins below `top`. */
static inline uintptr_t context_top(const void *top)
{
    return ((uintptr_t)top & ~(uintptr_t)15) - sizeof(void *);
}

#if defined(__x86_64__)

static inline void cpu_relax(void)
{
    __builtin_ia32_pause();
}

/* Save into *from and go on with *to. */
ALWAYS_INLINE void context_switch(struct context *from, struct context *to)
{
    __asm__ volatile("movq %%rsp, 0(%0)\n\t"
                     "movq %%rbp, 8(%0)\n\t"
                     "movq %%rbx, 16(%0)\n\t"
                     "leaq 1f(%%rip), %%rax\n\t"
                     "movq %%rax, 24(%0)\n\t" /* complete: others may take it now */
                     "2: movq 24(%1), %%rax\n\t"
                     "testq %%rax, %%rax\n\t"
                     "jz 3f\n\t"
                     "movq $0, 24(%1)\n\t"
                     "movq 16(%1), %%rbx\n\t"
                     "movq 8(%1), %%rbp\n\t"
                     "movq 0(%1), %%rsp\n\t"
                     "jmp *%%rax\n\t"
                     "3: pause\n\t"
                     "jmp 2b\n\t"
                     "1: endbr64\n\t"
                     : "+D"(from), "+S"(to)
                     :
                     : "rax", "rcx", "rdx", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
                       "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8",
                       "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", "mm0", "mm1",
                       "mm2", "mm3", "mm4", "mm5", "mm6", "mm7", "st", "st(1)", "st(2)", "st(3)",
                       "st(4)", "st(5)", "st(6)", "st(7)", "memory", "cc");
}

/* Go on with *to; nothing here is needed any more. */
static inline __attribute__((noreturn)) void context_jump(struct context *to)
{
    __asm__ volatile("2: movq 24(%0), %%rax\n\t"
                     "testq %%rax, %%rax\n\t"
                     "jz 3f\n\t"
                     "movq $0, 24(%0)\n\t"
                     "movq 16(%0), %%rbx\n\t"
                     "movq 8(%0), %%rbp\n\t"
                     "movq 0(%0), %%rsp\n\t"
                     "jmp *%%rax\n\t"
                     "3: pause\n\t"
                     "jmp 2b\n\t"
                     :
                     : "S"(to)
                     : "rax", "memory");
    __builtin_unreachable();
}

/* A context that calls fn, which never returns, on an empty stack.  The stack
 * looks as if fn had been called: 16-byte aligned before a zero return address,
 * where unwinders stop.  Inlined for certain, so that tools treat it as its caller. */
ALWAYS_INLINE void context_make(struct context *c, void *top, void (*fn)(void))
{
    c->sp = (void *)context_top(top);
    *(void **)c->sp = NULL;
    c->bp = NULL;
    c->bx = (void *)fn;
    __atomic_store_n(&c->pc, (void *)context_begin, __ATOMIC_RELEASE);
}

#elif defined(__aarch64__)

static inline void cpu_relax(void)
{
    __asm__ volatile("yield");
}

ALWAYS_INLINE void context_switch(struct context *from, struct context *to)
{
    register struct context *x0 __asm__("x0") = from;
    register struct context *x1 __asm__("x1") = to;

    __asm__ volatile("mov x2, sp\n\t"
                     "stp x2, x29, [x0]\n\t"
                     "str x19, [x0, #16]\n\t"
                     "adr x2, 1f\n\t"
                     "add x3, x0, #24\n\t"
                     "stlr x2, [x3]\n\t" /* complete: others may take it now */
                     "add x3, x1, #24\n\t"
                     "2: ldar x4, [x3]\n\t"
                     "cbz x4, 2b\n\t"
                     "str xzr, [x3]\n\t"
                     "ldr x19, [x1, #16]\n\t"
                     "ldp x2, x29, [x1]\n\t"
                     "mov sp, x2\n\t"
                     "br x4\n\t"
                     "1: hint #36\n\t" /* bti j */
                     : "+r"(x0), "+r"(x1)
                     :
                     : "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "x10", "x11", "x12", "x13",
                       "x14", "x15", "x16", "x17", "x18", "x20", "x21", "x22", "x23", "x24", "x25",
                       "x26", "x27", "x28", "x30", "v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7",
                       "v8", "v9", "v10", "v11", "v12", "v13", "v14", "v15", "v16", "v17", "v18",
                       "v19", "v20", "v21", "v22", "v23", "v24", "v25", "v26", "v27", "v28", "v29",
                       "v30", "v31", "memory", "cc");
}

static inline __attribute__((noreturn)) void context_jump(struct context *to)
{
    register struct context *x1 __asm__("x1") = to;

    __asm__ volatile("add x3, x1, #24\n\t"
                     "2: ldar x4, [x3]\n\t"
                     "cbz x4, 2b\n\t"
                     "str xzr, [x3]\n\t"
                     "ldr x19, [x1, #16]\n\t"
                     "ldp x2, x29, [x1]\n\t"
                     "mov sp, x2\n\t"
                     "mov x30, xzr\n\t"
                     "br x4\n\t"
                     :
                     : "r"(x1)
                     : "x2", "x3", "x4", "memory");
    __builtin_unreachable();
}

ALWAYS_INLINE void context_make(struct context *c, void *top, void (*fn)(void))
{
    c->sp = (void *)((uintptr_t)top & ~(uintptr_t)15);
    c->bp = NULL;
    c->bx = (void *)fn;
    __atomic_store_n(&c->pc, (void *)context_begin, __ATOMIC_RELEASE);
}

#else
#error                                                                                             \
    "runtime/core/switch.h knows x86-64 and aarch64; another processor needs its context_switch here"
#endif

#endif
