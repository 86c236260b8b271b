/* SPDX-License-Identifier: MIT */
/* defer_impl.h - panics and protections under way, and the cleanups of a task that ends. */
#ifndef DEFER_IMPL_H
#define DEFER_IMPL_H

#include "core/task_impl.h"
#include "defer.h"

struct panicking {
    struct panicking *older; /* the panic during which this one began */
    const struct site *where;
    bool recovered;
    bool over; /* what recovered it, or a later one, has returned: nothing tells of it any more */
    const char *text; /* one of these */
    char *big;        /* NULL: it is in `small` */
    char small[256];
};

/* A protect() under way: where a recovered panic comes out. */
struct protection {
    struct scope scope; /* the scopes of what runs inside are inside this one */
    struct protection *outer;
    struct panicking *panic; /* the task's panic when protect() was called */
    void *resume[5];         /* __builtin_setjmp */
};

/* Run those of all scopes inside `until`; NULL: of all scopes. */
void cleanups_run(struct task *t, struct scope *until);

/* The running task's function has returned, or is taken to have: run the cleanups that are left,
 * end the task, and with task 1 the process (task.c). */
_Noreturn void task_over(void);

#endif
