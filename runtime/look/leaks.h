/* SPDX-License-Identifier: MIT */
/* leaks.h - leaks_find() for a signal handler, which knows what it has interrupted. */
#ifndef LOOK_LEAKS_H
#define LOOK_LEAKS_H

#include <stdint.h>
#include <ucontext.h>

/* `interrupted` was running on this thread; NULL: the caller himself was.  Else as leaks_find(). */
int64_t leaks_find_from(const ucontext_t *interrupted);

#endif
