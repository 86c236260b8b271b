/* SPDX-License-Identifier: MIT */
/* verify.c - whether all tasks are over at the end of a test, and which are not. */
#include "leak.h"

#include "core/compiler.h"
#include "core/task_impl.h"
#include "core/task_slab.h"
#include "core/worker.h"
#include "look/dump_impl.h"
#include "timer.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Who does not count. */
struct exempt {
    const struct task *self;
    const struct task_ignore *ignore;
    size_t n;
};

static bool is_in(const struct site *at, const char *func)
{
    return at && func && strcmp(at->func, func) == 0;
}

/* Each field is read once: the task may move on meanwhile. */
static NO_TSAN bool is_ignored(const struct task *t, const struct task_ignore *i)
{
    const struct site *where = t->state == TASK_WAITING ? t->where : NULL;

    return (i->runs && t->fn == i->runs) || is_in(where, i->in) || is_in(t->born, i->in);
}

static bool counts(const struct task *t, const void *arg)
{
    const struct exempt *x = arg;

    for (size_t i = 0; i < x->n; i++)
        if (is_ignored(t, &x->ignore[i]))
            return false;
    return t != x->self;
}

static NO_TSAN int64_t count_left(const struct exempt *x)
{
    int64_t n = 0;

    EACH_TASK(t)
    n += counts(t, x);
    return n;
}

/* As long as goleak, which is the same for Go (go.uber.org/goleak). */
static int64_t wait_for_the_end(const struct exempt *x, const struct site *where)
{
    enum { POLLS = 20 };
    int64_t left = count_left(x);

    for (int64_t poll = 0, pause = US; left && poll < POLLS; poll++, pause *= 2) {
        task_sleep_at(pause < 100 * MS ? pause : 100 * MS, where);
        left = count_left(x);
    }
    return left;
}

int64_t task_verify_none_at(const struct task_ignore *ignore, size_t n, const struct site *where)
{
    struct exempt x = { task_self(), ignore, n };
    int64_t left = wait_for_the_end(&x, where), found;

    if (!left)
        return 0;
    found = leaks_find();
    fprintf(stderr, "%s:%d: %lld task%s left that should have ended%s%s\n\n", where->file,
            where->line, (long long)left, left == 1 ? " is" : "s are",
            found < 0 ? "; which of them never will cannot be proved: " : "",
            found < 0 ? strerror((int)-found) : "");
    dump_some(counts, &x);
    return left;
}
LEFT_OUT(task_verify_none_at);
