/* SPDX-License-Identifier: MIT */
/* frames.c - walking the stack of a task that another thread may just be resuming.
 *
 * The unwinder reads memory wherever its tables and the stack tell it to, so it must not be let
 * loose on a stack that changes.  It walks a copy.  In the copy
 *
 *   - what pointed into the stack points to the same place in the copy;
 *   - what points into the program or a library is kept: return addresses are such;
 *   - everything else, which no walk needs, points to zeros behind the copy.
 *
 * So whatever the copy caught, the unwinder stays in memory that is there, and ends at the first
 * word that is no return address.  Stacks are never unmapped (stack.c), so copying one cannot
 * fail; and if the task has moved on meanwhile, the walk is thrown away.
 *
 * Of the runtime's own frames, those that wait for the user are left out: everything up to the
 * outermost function that is marked LEFT_OUT; and the outermost of all, which calls the task's
 * function. */
#include "look/frames.h"

#include "core/compiler.h"
#include "core/stack.h"
#include "core/task_impl.h"
#include "core/sanitizers.h"

#include <dlfcn.h>
#include <string.h>
#include <unwind.h>

#define NO_TOOLS __attribute__((no_sanitize("thread", "address")))

/* --- the copy ------------------------------------------------------------------------- */

struct frames_walk {
    uintptr_t copy[2 * MAIN_STACK_BYTES / sizeof(uintptr_t)];

    size_t used; /* words of the copy that are not zero */

    /* Of this walk. */
    const char *sp, *top;         /* what is copied */
    uintptr_t module, module_end; /* where the last word pointed into */
};
const size_t frames_walk_bytes = sizeof(struct frames_walk);

static uintptr_t zeros(const struct frames_walk *w)
{
    return (uintptr_t)w->copy + (uintptr_t)(w->top - w->sp);
}

/* What stands for this word in the copy. */
static uintptr_t harmless(struct frames_walk *w, uintptr_t word)
{
    struct dl_find_object found;

    if (word >= (uintptr_t)w->sp && word < (uintptr_t)w->top)
        return word - (uintptr_t)w->sp + (uintptr_t)w->copy;
    if (word >= w->module && word < w->module_end)
        return word;
    if (word < 4096 || _dl_find_object((void *)word, &found) != 0)
        return zeros(w);
    w->module = (uintptr_t)found.dlfo_map_start;
    w->module_end = (uintptr_t)found.dlfo_map_end;
    return word;
}

static NO_TOOLS bool copy_stack(struct frames_walk *w, const struct task *t)
{
    const struct stack *s = t->stack;
    const uintptr_t *from = t->context.sp;
    size_t n;

    w->sp = (const char *)from;
    w->top = (const char *)s;
    if (!s || w->sp < s->base || w->sp >= w->top || (uintptr_t)w->sp % sizeof *from)
        return false;
    n = (size_t)(w->top - w->sp) / sizeof *from;
    if (n > sizeof w->copy / sizeof w->copy[0] / 2)
        return false;
    for (size_t i = 0; i < n; i++) {
        uintptr_t word = from[i];

        tool_defined(&word, sizeof word);
        w->copy[i] = harmless(w, word);
    }
    for (size_t i = n; i < w->used; i++) /* the walk before may have been deeper */
        w->copy[i] = 0;
    w->used = n;
    return true;
}

/* --- the unwinder --------------------------------------------------------------------- */

/* Calls _Unwind_Backtrace(see, arg).  To the unwinder the caller of this function is the parked
 * context c: the tables below say that the registers it would restore lie there. */
void frames_unwind(struct context *c, _Unwind_Trace_Fn see, void *arg);

#if defined(__x86_64__)
__asm__(".text\n"
        ".globl frames_unwind\n"
        ".hidden frames_unwind\n"
        ".type frames_unwind, @function\n"
        "frames_unwind:\n"
        ".cfi_startproc\n"
        "endbr64\n"
        "pushq %rbx\n"
        "movq %rdi, %rbx\n"
        ".cfi_escape 0x0f, 3, 0x73, 0, 0x06\n" /* CFA: what lies at rbx + 0 */
        ".cfi_escape 0x10, 16, 2, 0x73, 24\n"  /* the return address lies at rbx + 24, */
        ".cfi_escape 0x10, 6, 2, 0x73, 8\n"    /* rbp at rbx + 8 */
        ".cfi_escape 0x10, 3, 2, 0x73, 16\n"   /* and rbx at rbx + 16 */
        "movq %rsi, %rdi\n"
        "movq %rdx, %rsi\n"
        "call _Unwind_Backtrace@PLT\n"
        "popq %rbx\n"
        "ret\n"
        ".cfi_endproc\n"
        ".size frames_unwind, .-frames_unwind\n"
        ".previous\n");
#elif defined(__aarch64__)
__asm__(".text\n"
        ".globl frames_unwind\n"
        ".hidden frames_unwind\n"
        ".type frames_unwind, %function\n"
        "frames_unwind:\n"
        ".cfi_startproc\n"
        "hint #34\n" /* bti c */
        "stp x19, x30, [sp, #-16]!\n"
        "mov x19, x0\n"
        ".cfi_escape 0x0f, 3, 0x83, 0, 0x06\n" /* CFA: what lies at x19 + 0 */
        ".cfi_escape 0x10, 30, 2, 0x83, 24\n"  /* the return address lies at x19 + 24, */
        ".cfi_escape 0x10, 29, 2, 0x83, 8\n"   /* x29 at x19 + 8 */
        ".cfi_escape 0x10, 19, 2, 0x83, 16\n"  /* and x19 at x19 + 16 */
        "mov x0, x1\n"
        "mov x1, x2\n"
        "bl _Unwind_Backtrace\n"
        "ldp x19, x30, [sp], #16\n"
        "ret\n"
        ".cfi_endproc\n"
        ".size frames_unwind, .-frames_unwind\n"
        ".previous\n");
#endif

/* The functions of the public headers, of all that is linked (compiler.h).  Weak: a program may
 * have none. */
extern const struct known_call __start_twin_calls[] __attribute__((weak, visibility("hidden")));
extern const struct known_call __stop_twin_calls[] __attribute__((weak, visibility("hidden")));

static const struct known_call *known_call(uintptr_t function)
{
    for (const struct known_call *c = __start_twin_calls; c < __stop_twin_calls; c++)
        if ((uintptr_t)c->fn == function)
            return c;
    return NULL;
}

static bool left_out(uintptr_t function)
{
    const struct known_call *c = known_call(function);

    return c && c->left_out;
}

struct seen {
    struct frames *f;
    const struct frames_walk *walk; /* NULL: the caller's own stack */
    uintptr_t cfa;                  /* of the frame before */
    int own;                        /* frames still to come that do this walk */
    bool whole;                     /* it has arrived at the outermost */
};

/* Where the return address to this frame was found. */
static void note_slot(struct seen *s, uintptr_t cfa, uintptr_t pc)
{
    struct frames *f = s->f;
    uintptr_t at = cfa - sizeof(uintptr_t);

    while (at >= s->cfa && *(const uintptr_t *)at != pc)
        at -= sizeof(uintptr_t);
    if (at < s->cfa || f->nslots == sizeof f->slot / sizeof f->slot[0]) {
        f->alike_ok = false;
        return;
    }
    f->slot[f->nslots].up = (uint32_t)(zeros(s->walk) - at);
    f->slot[f->nslots++].pc = pc;
}

static _Unwind_Reason_Code see(struct _Unwind_Context *u, void *arg)
{
    struct seen *s = arg;
    struct frames *f = s->f;
    uintptr_t pc = _Unwind_GetIP(u), cfa = _Unwind_GetCFA(u);

    if (s->own > 0) {
        s->own--;
        s->cfa = 0;
        return _URC_NO_REASON;
    }
    if (!pc || (s->walk && pc == zeros(s->walk))) {
        s->whole = true;
        return _URC_NORMAL_STOP;
    }
    if (s->walk && (cfa < (uintptr_t)s->walk->copy || cfa > zeros(s->walk)))
        return _URC_NORMAL_STOP;
    if (s->walk && s->cfa && f->alike_ok)
        note_slot(s, cfa, pc);
    s->cfa = cfa;
    if (left_out(_Unwind_GetRegionStart(u))) {
        f->n = 0; /* those before are what it has called */
        return _URC_NO_REASON;
    }
    if (f->n == MOST_FRAMES) {
        f->cut = true;
        return _URC_NORMAL_STOP;
    }
    f->pc[f->n++] = pc;
    return _URC_NO_REASON;
}

/* The outermost, which has called the task's function, is the runtime's. */
static void leave_out_first(struct seen *s)
{
    if (s->whole && s->f->n > 0)
        s->f->n--;
}

static void frames_none(struct frames *f)
{
    f->n = f->nslots = 0;
    f->cut = f->alike_ok = false;
}

static NO_TOOLS bool unmoved(const struct task *t, const struct context *c, uint64_t id)
{
    return t->id == id && (t->state == TASK_WAITING || t->state == TASK_READY) &&
           t->context.pc == c->pc && t->context.sp == c->sp;
}

/* It has said that it waits, and leaves its stack within nanoseconds (switch.h); or, if a signal
 * has interrupted it just there, not. */
static NO_TOOLS void let_it_leave(const struct task *t)
{
    for (int i = 0; i < 1000 && t->state == TASK_WAITING; i++) {
        if (__atomic_load_n(&t->context.pc, __ATOMIC_ACQUIRE))
            return;
        cpu_relax();
    }
}

NO_TOOLS void frames_of(struct frames_walk *w, const struct task *t, struct frames *f)
{
    struct seen s = { f, w, 0, 1, false };
    uint64_t id = t->id;
    struct context c;

    let_it_leave(t);
    c = t->context;
    frames_none(f);
    if (!c.pc || !copy_stack(w, t) || (const char *)c.sp != w->sp)
        return;
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    if (!unmoved(t, &c, id))
        return;
    f->at = c.pc;
    f->depth = (size_t)(w->top - w->sp);
    f->alike_ok = true;
    c.sp = (void *)w->copy;
    c.bp = (void *)harmless(w, (uintptr_t)c.bp);
    c.bx = (void *)harmless(w, (uintptr_t)c.bx);
    frames_unwind(&c, see, &s);
    leave_out_first(&s);
}

NOINLINE void frames_here(struct frames *f)
{
    struct seen s = { f, NULL, 0, 1, false };

    frames_none(f);
    _Unwind_Backtrace(see, &s);
    leave_out_first(&s);
}

/* --- what a fault has interrupted --------------------------------------------------------- */

struct fault_seen {
    struct frames *f;
    uintptr_t pc; /* where the fault is */
    const char
        *call;    /* the outermost of the calls that the innermost frames are in; NULL: none yet */
    bool begun;   /* the frames before are those of the signal's handler */
    bool outside; /* the frame before is the user's */
};

static _Unwind_Reason_Code see_fault(struct _Unwind_Context *u, void *arg)
{
    struct fault_seen *s = arg;
    struct frames *f = s->f;
    uintptr_t pc = _Unwind_GetIP(u);
    const struct known_call *c = known_call(_Unwind_GetRegionStart(u));

    if (!s->begun && pc == s->pc) {
        s->begun = true;
        pc++; /* as if it were a return address */
    }
    if (!s->begun)
        return _URC_NO_REASON;
    if (c && !s->outside) {
        s->call = c->name;
        f->n = 0;
        return _URC_NO_REASON;
    }
    s->outside = s->call;
    if (!pc || f->n == MOST_FRAMES)
        return _URC_NORMAL_STOP;
    f->pc[f->n++] = pc;
    return _URC_NO_REASON;
}

const char *frames_of_fault(struct frames *f, uintptr_t pc)
{
    struct fault_seen s = { .f = f, .pc = pc };

    frames_none(f);
    _Unwind_Backtrace(see_fault, &s);
    return s.call;
}

/* --- comparing ------------------------------------------------------------------------- */

bool frames_same(const struct frames *a, const struct frames *b)
{
    return a->n == b->n && a->cut == b->cut && memcmp(a->pc, b->pc, a->n * sizeof a->pc[0]) == 0;
}

/* It waits at the same instruction, equally deep, and all return addresses are where they were. */
NO_TOOLS bool frames_alike(const struct frames *f, const struct task *t)
{
    const char *top = (const char *)t->stack, *sp = t->context.sp;

    if (!f->alike_ok || !top || t->context.pc != f->at || (size_t)(top - sp) != f->depth)
        return false;
    for (uint32_t i = 0; i < f->nslots; i++)
        if (*(const uintptr_t *)(top - f->slot[i].up) != f->slot[i].pc)
            return false;
    return true;
}
