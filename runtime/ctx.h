/* SPDX-License-Identifier: MIT */
/* ctx.h - how a task is told to stop.
 *
 * A context is done when it is cancelled, when its deadline passes or when its
 * parent is done; never because of a child.  It costs no task, whatever hangs
 * below it.  Done is for ever, and the first reason stays.
 *
 * Nothing here waits.  All of it may be called by several tasks at once. */
#ifndef CTX_H
#define CTX_H

#include "chan.h"

struct ctx;

enum ctx_err {
    CTX_ALIVE = 0,
    CTX_CANCELED,          /* "context canceled" */
    CTX_DEADLINE_EXCEEDED, /* "context deadline exceeded" */
};

/* The root: never done, and keeps no children.  Needs no drop. */
struct ctx *ctx_background(void);

/* A child of parent, NULL when memory runs out.  "cannot create context from nil
 * parent" panics.  The caller owns one reference, and must call ctx_cancel()
 * when the work is over: until then the parent keeps the child.  A parent that is done gives a
 * child that is done. */
#define ctx_with_cancel(parent) ctx_with_cancel_at((parent), HERE)

/* The same, done at `when` (clock_now() time) or ns from now at the latest.  An
 * earlier deadline of the parent wins. */
#define ctx_with_deadline(parent, when) ctx_with_deadline_at((parent), (when), HERE)
#define ctx_with_timeout(parent, ns) ctx_with_timeout_at((parent), (ns), HERE)

/* Done from now on, with everything below.  cause: a static sentence; NULL stands
 * for "context canceled".  Cancelling what is done does nothing.  When it returns all
 * descendants are done, also if somebody else has cancelled them.  The caller owns a reference
 * until then: who is woken may drop the others.  Cancelling the root panics. */
#define ctx_cancel(x, cause) ctx_cancel_at((x), (cause), HERE)

/* Closed when x is done; NULL (never ready) for the root.  The same channel each
 * time; it lives as long as x.  Closing it panics: ctx_cancel() is how x is done. */
struct chan *ctx_done(struct ctx *x);

/* Why x is done, as a value and as a sentence (the cause, handed down from where it
 * began).  CTX_ALIVE and NULL before.  No lock is taken. */
enum ctx_err ctx_err(struct ctx *x);
const char *ctx_cause(struct ctx *x);
const char *ctx_err_text(enum ctx_err err); /* NULL for CTX_ALIVE */

/* The deadline into *when, or false if there is none. */
bool ctx_deadline(struct ctx *x, int64_t *when);

/* Run fn(arg) as a task of its own once x is done (at once if it is).  The
 * returned handle must go to ctx_after_func_stop(), once: true if that prevented it,
 * false if the task has been started; it does not wait for the task.  NULL when memory
 * runs out. */
struct ctx_hook;
#define ctx_after_func(x, fn, arg) ctx_after_func_at((x), (fn), (arg), HERE)
bool ctx_after_func_stop(struct ctx_hook *h);

/* Share and give up.  NULL is fine.  Dropping the last reference of a context that is
 * not done leaves it hanging below its parent and its timer running: drop is not
 * cancel.  (Below the root without a deadline there is nothing to hang on: gone;
 * if somebody waits for it to be done, that panics.) */
struct ctx *ctx_ref(struct ctx *x);
#define ctx_drop(x) ctx_drop_at((x), HERE)
void(ctx_drop)(struct ctx *x);

/* Children hanging below x now.  On any thread; no lock is taken. */
size_t ctx_children(struct ctx *x);

/* What the macros call. */
struct ctx *ctx_with_cancel_at(struct ctx *parent, const struct site *where);
struct ctx *ctx_with_deadline_at(struct ctx *parent, int64_t when, const struct site *where);
struct ctx *ctx_with_timeout_at(struct ctx *parent, int64_t ns, const struct site *where);
void ctx_cancel_at(struct ctx *x, const char *cause, const struct site *where);
void ctx_drop_at(struct ctx *x, const struct site *where);
struct ctx_hook *ctx_after_func_at(struct ctx *x, task_fn *fn, void *arg, const struct site *where);

#endif
