/* SPDX-License-Identifier: MIT */
/* faults.c - two signals: one that asks what the tasks do, and one that a guard page sends. */
#include "look/faults.h"

#include "core/stack.h"
#include "core/sanitizers.h"
#include "core/worker.h"
#include "look/fatal.h"
#include "look/leaks.h"

#include <signal.h>
#include <stdio.h>
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

/* What was there before: a sanitizer's own handler, if it is one that looks. */
static struct sigaction segv_before, bus_before;

/* A fault in the guard below the running task's stack is a stack overflow.  After any other
 * the access is made again, and ends the process as it would without this handler. */
static void on_fault(int sig, siginfo_t *info, void *context)
{
    const struct task *t = worker_here ? worker_here->current : NULL;

    (void)context;
    if (t && t->stack && (stack_guards(t->stack, info->si_addr) || stack_overflowed(t->stack)))
        fatal_overflow(t);
    if (TOOL_LOOKS)
        sigaction(sig, sig == SIGBUS ? &bus_before : &segv_before, NULL);
    else
        signal(sig, SIG_DFL);
}

void faults_catch(void)
{
    struct sigaction fault = { .sa_sigaction = on_fault,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART };
    struct sigaction quit = { .sa_sigaction = on_quit,
                              .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART };

    sigaction(SIGSEGV, &fault, &segv_before);
    sigaction(SIGBUS, &fault, &bus_before);
    sigaction(SIGQUIT, &quit, NULL);
}

void faults_catch_here(void)
{
    stack_t alt = { .ss_size = SIGNAL_STACK_BYTES };

    alt.ss_sp = mmap(NULL, alt.ss_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (alt.ss_sp != MAP_FAILED && !sigaltstack(&alt, NULL))
        worker_here->signal_stack = alt.ss_sp;
}
