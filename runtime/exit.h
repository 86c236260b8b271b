/* SPDX-License-Identifier: MIT */
/* exit.h - the statuses with which the runtime itself ends a process.
 *
 * None of them is one that programs use: 0 and 1, 2 for wrong usage, 126 and above for
 * shells and signals.  So whoever started the process can tell a deadlock from an exit(2)
 * without reading what the process said. */
#ifndef RUNTIME_EXIT_H
#define RUNTIME_EXIT_H

#include <stddef.h>

/* EXIT(name, status, its word) */
#define RUNTIME_EXITS(EXIT)                                                                        \
    EXIT(RUNTIME_EXIT_PANIC, 101, "panic")       /* a panic that nobody recovered */               \
    EXIT(RUNTIME_EXIT_DEADLOCK, 102, "deadlock") /* all tasks wait, and nothing can wake one */    \
    EXIT(RUNTIME_EXIT_FATAL, 103,                                                                  \
         "fatal error") /* no memory, no thread, a stack overflow, an unlocked mutex unlocked */   \
    EXIT(RUNTIME_EXIT_QUIT, 104, "quit") /* SIGQUIT: the tasks were asked for */

enum runtime_exit {
#define EXIT(name, status, word) name = status,
    RUNTIME_EXITS(EXIT)
#undef EXIT
};

/* The word for a status; NULL: it is none of the runtime's. */
static inline const char *runtime_exit_word(int status)
{
    switch (status) {
#define EXIT(name, status, word)                                                                   \
    case name: return word;
        RUNTIME_EXITS(EXIT)
#undef EXIT
    }
    return NULL;
}

#endif
