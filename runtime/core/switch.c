/* SPDX-License-Identifier: MIT */
#include "core/switch.h"

/* The function lies in bx.  The registers that functions save for their callers still hold what
 * the last task had in them: its waiters, its channels.  Saved in the new task's frames, they would
 * keep that one within reach for as long as this one waits (look/leaks.c). */
#if defined(__x86_64__)
__asm__(".text\n"
        ".globl context_begin\n"
        ".hidden context_begin\n"
        ".type context_begin, @function\n"
        "context_begin:\n"
        "endbr64\n"
        "xorl %r12d, %r12d\n"
        "xorl %r13d, %r13d\n"
        "xorl %r14d, %r14d\n"
        "xorl %r15d, %r15d\n"
        "movq %rbx, %rax\n"
        "xorl %ebx, %ebx\n"
        "jmp *%rax\n"
        ".size context_begin, .-context_begin\n"
        ".previous\n");
#elif defined(__aarch64__)
__asm__(".text\n"
        ".globl context_begin\n"
        ".hidden context_begin\n"
        ".type context_begin, %function\n"
        "context_begin:\n"
        "hint #36\n" /* bti j */
        "mov x16, x19\n"
        "mov x19, xzr\n"
        "mov x20, xzr\n"
        "mov x21, xzr\n"
        "mov x22, xzr\n"
        "mov x23, xzr\n"
        "mov x24, xzr\n"
        "mov x25, xzr\n"
        "mov x26, xzr\n"
        "mov x27, xzr\n"
        "mov x28, xzr\n"
        "mov x30, xzr\n" /* nobody has called it: unwinders stop there */
        "br x16\n"
        ".size context_begin, .-context_begin\n"
        ".previous\n");
#endif
