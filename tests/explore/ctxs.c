/* SPDX-License-Identifier: MIT */
/* ctxs.c - scenes about contexts. */
#include "ctx.h"
#include "scene.h"
#include "timer.h"

#include <string.h>

static struct ctx *parent, *child;
static int ran, prevented;

static void cancel_parent(void *cause)
{
    ctx_cancel(parent, cause);
    MUST(ctx_err(parent) == CTX_CANCELED);
}

static void nothing_yet(void)
{
    child = NULL;
    ran = prevented = 0;
    parent = ctx_with_cancel(ctx_background());
}

/* --- a child is made while its parent is cancelled ------------------------------------------ */

static void make_child(void *unused)
{
    (void)unused;
    child = ctx_with_cancel(parent);
    MUST(chan_recv(ctx_done(child), NULL) == false);
}

static void birth_start(void)
{
    nothing_yet();
    go(make_child, NULL);
    go(cancel_parent, "first");
}

static void birth_check(void)
{
    MUST(ctx_err(child) == CTX_CANCELED);
    MUST(ctx_cause(child) && !strcmp(ctx_cause(child), "first"));
    MUST_BE(ctx_children(parent), 0);
    ctx_drop(child);
    ctx_drop(parent);
}

/* --- two cancel --------------------------------------------------------------------- */

static void cancel_and_look_below(void *cause)
{
    ctx_cancel(parent, cause);
    MUST(ctx_err(child) == CTX_CANCELED);
    MUST(!strcmp(ctx_cause(child), ctx_cause(parent)));
}

static void two_start(void)
{
    nothing_yet();
    child = ctx_with_cancel(parent);
    go(cancel_and_look_below, "one");
    go(cancel_and_look_below, "two");
}

static void two_check(void)
{
    saw(!strcmp(ctx_cause(parent), "one") ? 1 : 2);
    MUST_BE(ctx_children(parent), 0);
    ctx_drop(child);
    ctx_drop(parent);
}

/* --- the child gives up while the parent is cancelled ------------------------------- */

static void cancel_child(void *unused)
{
    (void)unused;
    ctx_cancel(child, "child");
    ctx_drop(child);
}

static void up_and_down_start(void)
{
    nothing_yet();
    child = ctx_with_cancel(parent);
    go(cancel_child, NULL);
    go(cancel_parent, "parent");
}

static void parent_check(void)
{
    MUST_BE(ctx_children(parent), 0);
    ctx_drop(parent);
}

/* --- deadlines ---------------------------------------------------------------------- */

static void wait_until_done(void *unused)
{
    (void)unused;
    MUST(!chan_recv(ctx_done(child), NULL));
    ran = 1;
}

static void deadline_start(void)
{
    nothing_yet();
    child = ctx_with_timeout(parent, MS);
    go(wait_until_done, NULL);
    go(cancel_parent, "parent");
}

static void deadline_check(void)
{
    MUST_BE(ran, 1);
    if (ctx_err(child) == CTX_CANCELED)
        MUST(!strcmp(ctx_cause(child), "parent"));
    saw(ctx_err(child) == CTX_CANCELED ? 1 : 2);
    MUST_BE(ctx_children(parent), 0);
    ctx_drop(child);
    ctx_drop(parent);
}

/* Two deadlines, one below the other, and a task that drops its reference. */
static void drop_child(void *unused)
{
    (void)unused;
    ctx_cancel(child, NULL);
    ctx_drop(child);
}

/* Or its own deadline was earlier. */
static void cancel_parent_somehow(void *unused)
{
    (void)unused;
    ctx_cancel(parent, NULL);
    MUST(ctx_err(parent) != CTX_ALIVE);
}

static void deadlines_start(void)
{
    ran = 0;
    parent = ctx_with_timeout(ctx_background(), 2 * MS);
    child = ctx_with_timeout(parent, MS);
    go(drop_child, NULL);
    go(cancel_parent_somehow, NULL);
}

static void deadlines_check(void)
{
    MUST(ctx_err(parent));
    parent_check();
}

/* --- siblings ----------------------------------------------------------- */

static struct ctx *siblings[2];

static void born_and_gone(void *at)
{
    struct ctx **x = at;

    *x = ctx_with_cancel(parent);
    ctx_cancel(*x, NULL);
    ctx_drop(*x);
}

static void siblings_start(void)
{
    nothing_yet();
    child = ctx_with_cancel(parent);
    go(born_and_gone, &siblings[0]);
    go(born_and_gone, &siblings[1]);
    go(cancel_parent, "parent");
}

static void siblings_check(void)
{
    MUST(ctx_err(child) == CTX_CANCELED);
    ctx_drop(child);
    parent_check();
}

/* --- hooks -------------------------------------------------------------------------- */

static struct ctx_hook *hook;

static void note_run(void *unused)
{
    (void)unused;
    ran++;
}

static void stop_hook(void *unused)
{
    (void)unused;
    prevented = ctx_after_func_stop(hook);
}

static void hook_start(void)
{
    nothing_yet();
    hook = ctx_after_func(parent, note_run, NULL);
    go(stop_hook, NULL);
    go(cancel_parent_somehow, NULL);
}

static void hook_check(void)
{
    MUST_BE(ran + prevented, 1);
    saw(ran ? 1 : 2);
    ctx_drop(parent);
}

/* Two hooks, and one that is registered when the context may be done already. */
static struct ctx_hook *hooks[2];

static void stop_second(void *unused)
{
    (void)unused;
    hooks[1] = ctx_after_func(parent, note_run, NULL);
    prevented = ctx_after_func_stop(hooks[1]);
}

static void hooks_start(void)
{
    nothing_yet();
    hooks[0] = ctx_after_func(parent, note_run, NULL);
    go(stop_second, NULL);
    go(cancel_parent, "parent");
}

static void hooks_check(void)
{
    MUST_BE(ran + prevented, 2);
    saw(prevented ? 1 : 2);
    MUST(!ctx_after_func_stop(hooks[0]));
    ctx_drop(parent);
}

/* --- the done channel is made during the cancelling -------------------------------------- */

static struct chan *asked[2];

static void ask(void *which)
{
    asked[*(int *)which] = ctx_done(parent);
    MUST(!chan_recv(asked[*(int *)which], NULL));
}

static void ask_start(void)
{
    static int zero = 0, one = 1;

    nothing_yet();
    go(ask, &zero);
    go(ask, &one);
    go(cancel_parent_somehow, NULL);
}

static void ask_check(void)
{
    MUST(asked[0] == asked[1]);
    ctx_drop(parent);
}

const struct scene ctx_scenes[] = {
    { "context: a child born while its parent is cancelled is cancelled", birth_start, birth_check,
      UINT32_MAX },
    { "context: of two cancels the first counts, for all below", two_start, two_check, UINT32_MAX,
      .must_see = 3 },
    { "context: cancelled from above and below it is freed once", up_and_down_start, parent_check,
      UINT32_MAX },
    { "context: a deadline and a cancel agree on the reason", deadline_start, deadline_check, 3,
      .advances = 2, .must_see = 3 },
    { "context: deadlines above and below leave nothing behind", deadlines_start, deadlines_check,
      3, .advances = 3 },
    { "context: a hook runs or is prevented", hook_start, hook_check, UINT32_MAX, .must_see = 3 },
    { "context: of two hooks each runs or is prevented", hooks_start, hooks_check, UINT32_MAX,
      .must_see = 3 },
    { "context: children come and go while the parent is cancelled", siblings_start, siblings_check,
      3 },
    { "context: all who ask get the same done channel, closed", ask_start, ask_check, 4 },
    { 0 },
};
