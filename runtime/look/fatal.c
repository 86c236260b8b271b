/* SPDX-License-Identifier: MIT */
/* fatal.c - the last words, and the end.  Nothing here allocates or takes a lock. */
#include "look/fatal.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

void (*fatal_dump)(const struct task *but);
void (*fatal_frames)(const struct site *where);

void last_words(void)
{
    static pid_t speaker;
    pid_t nobody = 0, me = gettid();

    if (!__atomic_compare_exchange_n(&speaker, &nobody, me, false, __ATOMIC_RELAXED,
                                     __ATOMIC_RELAXED) &&
        nobody != me)
        for (;;)
            pause();
}

_Noreturn void end_process(enum runtime_exit status, const struct task *but)
{
    if (fatal_dump)
        fatal_dump(but);
    _exit(status);
}

_Noreturn void fatal(const char *format, ...)
{
    char text[256];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    last_words();
    dprintf(STDERR_FILENO, "fatal error: %s\n\n", text);
    end_process(RUNTIME_EXIT_FATAL, NULL);
}

_Noreturn void fatal_deadlock(const char *sentence)
{
    last_words();
    dprintf(STDERR_FILENO, "fatal error: %s - deadlock!\n\n", sentence);
    end_process(RUNTIME_EXIT_DEADLOCK, NULL);
}
