/* SPDX-License-Identifier: MIT */
/* faults.c - two signals: one that asks what the tasks do, and one that a guard page sends. */
#include "look/faults.h"

#include "core/stack.h"
#include "core/sanitizers.h"
#include "core/worker.h"
#include "look/dump_impl.h"
#include "look/fatal.h"
#include "look/frames.h"
#include "look/leaks.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void on_quit(int sig, siginfo_t *info, void *context)
{
    (void)sig;
    (void)info;
    last_words();
    dprintf(STDERR_FILENO, "SIGQUIT: quit\n\n");
    leaks_find_from(context); /* if it can */
    end_process(RUNTIME_EXIT_QUIT, NULL);
}

_Noreturn void fatal_overflow(const struct task *t)
{
    last_words();
    dprintf(STDERR_FILENO,
            "fatal error: task stack overflow: task %llu used more than %zu bytes\n\n"
            "\tstarted at %s:%d in %s\n\n",
            (unsigned long long)t->id, t->id == 1 ? MAIN_STACK_BYTES : stack_bytes, t->born->file,
            t->born->line, t->born->func);
    end_process(RUNTIME_EXIT_FATAL, t);
}

/* --- a call of the runtime where no task runs ----------------------------------------- */

/* The last page of all addresses is that of MAP_FAILED and its like, and somebody else's mistake.
 */
_Static_assert(!NOWHERE || (sizeof(struct worker) <= -NOWHERE - 4096 &&
                            sizeof(struct task) <= sizeof(struct worker)),
               "what lies behind NOWHERE must end before the last page");

/* Is it a use of `worker_here`, or of its task, where there is none? */
static bool is_nowhere(const void *fault)
{
    return NOWHERE && (uintptr_t)fault - NOWHERE < sizeof(struct worker) && !task_if_any();
}

static uintptr_t program_counter(const ucontext_t *c)
{
#ifdef __x86_64__
    return (uintptr_t)c->uc_mcontext.gregs[REG_RIP];
#else
    return (uintptr_t)c->uc_mcontext.pc;
#endif
}

/* "chan_send_at" is what the macro chan_send calls. */
static int bytes_of_name(const char *call)
{
    size_t n = strlen(call);

    return (int)(n > 3 && !strcmp(call + n - 3, "_at") ? n - 3 : n);
}

static _Noreturn void fatal_nowhere(const ucontext_t *interrupted)
{
    struct frames frames;
    const char *call = frames_of_fault(&frames, program_counter(interrupted));

    last_words();
    if (call)
        dprintf(STDERR_FILENO, "fatal error: %.*s() was called ", bytes_of_name(call), call);
    else /* all else that is written into its caller is not known by a name */
        dprintf(STDERR_FILENO, "fatal error: a cleanup's scope or record (defer.h) was made ");
    if (worker_here != NO_WORKER)
        dprintf(STDERR_FILENO, "after task_main() had returned: call it from a task\n\n");
    else if (!sched.nworkers)
        dprintf(STDERR_FILENO, "before task_main(): call it from a task\n\n");
    else
        dprintf(STDERR_FILENO, "on a thread that runs no tasks: call it from a task, which "
                               "task_inject() starts from there\n\n");
    dump_frames(&frames);
    dprintf(STDERR_FILENO, "\n");
    end_process(RUNTIME_EXIT_FATAL, NULL);
}

/* --- faults --------------------------------------------------------------------------- */

/* What was there before: a sanitizer's own handler, if it is one that looks. */
static struct sigaction segv_before, bus_before;

/* A fault in the guard below the running task's stack is a stack overflow.  One behind NOWHERE is a
 * call where no task runs.  After any other
 * the access is made again, and ends the process as it would without this handler. */
static void on_fault(int sig, siginfo_t *info, void *context)
{
    const struct task *t = task_if_any();

    if (is_nowhere(info->si_addr))
        fatal_nowhere(context);
    if (t && t->stack && (stack_guards(t->stack, info->si_addr) || stack_overflowed(t->stack)))
        fatal_overflow(t);
    if (TOOL_LOOKS)
        sigaction(sig, sig == SIGBUS ? &bus_before : &segv_before, NULL);
    else
        signal(sig, SIG_DFL);
}

/* Before main(), for a call before task_main(); and there once more, for whoever has taken the
 * signals since. */
static __attribute__((constructor)) void faults_catch_bad_access(void)
{
    struct sigaction fault = { .sa_sigaction = on_fault,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART };
    struct sigaction segv, bus;

    sigaction(SIGSEGV, &fault, &segv);
    sigaction(SIGBUS, &fault, &bus);
    if (segv.sa_sigaction != on_fault)
        segv_before = segv;
    if (bus.sa_sigaction != on_fault)
        bus_before = bus;
}

void faults_catch(void)
{
    struct sigaction quit = { .sa_sigaction = on_quit,
                              .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART };

    faults_catch_bad_access();
    sigaction(SIGQUIT, &quit, NULL);
}

void faults_catch_here(void)
{
    stack_t alt = { .ss_size = SIGNAL_STACK_BYTES };

    alt.ss_sp = mmap(NULL, alt.ss_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (alt.ss_sp != MAP_FAILED && !sigaltstack(&alt, NULL))
        worker_here->signal_stack = alt.ss_sp;
}
