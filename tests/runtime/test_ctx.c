/* SPDX-License-Identifier: MIT */
/* Contexts: who is told to stop, why, and what is left afterwards.  Numbers are those of
 * SEMANTICS; 85 and half of 86 (values) do not apply, contexts carry none here. */
#include "ctx.h"
#include "select.h"
#include "sync.h"
#include "twintest.h"

#include <malloc.h>

#define HOUR (3600 * SEC)

static struct stats now(void)
{
    return stats_read();
}

/* Nothing of any context is left. */
static void check_all_gone(void)
{
    CHECK_EQ(now().contexts.now, 0);
    CHECK_EQ(now().timers.now, 0);
    CHECK_EQ(now().channels.now, 0);
    CHECK_EQ(task_count(), 1);
}

static bool is_closed(struct chan *c)
{
    return chan_try_recv(c, NULL) == CHAN_CLOSED;
}

static void check_alive(struct ctx *x)
{
    CHECK_EQ(ctx_err(x), CTX_ALIVE);
    CHECK(!ctx_cause(x));
    CHECK(!is_closed(ctx_done(x)));
}

static void check_done(struct ctx *x, enum ctx_err err)
{
    CHECK_EQ(ctx_err(x), err);
    CHECK(ctx_cause(x) != NULL);
    CHECK(is_closed(ctx_done(x)));
    CHECK_EQ(ctx_children(x), 0);
}

static void cancel_and_drop(struct ctx *x)
{
    ctx_cancel(x, NULL);
    ctx_drop(x);
}

/* --- the root ------------------------------------------------------------------------- */

static void waits_for_the_root(void *unused)
{
    (void)unused;
    chan_recv(ctx_done(ctx_background()), NULL);
}

/* 76 */
static void the_root_is_never_done(void *unused)
{
    struct ctx *bg = ctx_background();
    int64_t when;

    (void)unused;
    CHECK_EQ(ctx_err(bg), CTX_ALIVE);
    CHECK(!ctx_done(bg));
    CHECK(!ctx_deadline(bg, &when));
    ctx_drop(ctx_ref(bg));
    ctx_drop(bg);
    ctx_drop(NULL);
    go(waits_for_the_root, NULL);
    EVENTUALLY(tasks_waiting(WAIT_RECV_NIL) == 1);
    CHECK_EQ(now().contexts.now, 0);
}
ENDS_OK(the_root_is_never_done)

static void cancels_the_root(void *unused)
{
    (void)unused;
    ctx_cancel(ctx_background(), NULL);
}
PANICS(cancels_the_root, "cancel of the background context")

/* 86 */
static void makes_a_child_of_nobody(void *unused)
{
    (void)unused;
    ctx_with_cancel(NULL);
}
PANICS(makes_a_child_of_nobody, "cannot create context from nil parent")

static void makes_a_timed_child_of_nobody(void *unused)
{
    (void)unused;
    ctx_with_timeout(NULL, SEC);
}
PANICS(makes_a_timed_child_of_nobody, "cannot create context from nil parent")

/* --- cancelling ----------------------------------------------------------------------- */

enum { TREE = 100 };

/* A tree of contexts, four children each; [0] is its top. */
static void tree_make(struct ctx **tree, struct ctx *above)
{
    for (int i = 0; i < TREE; i++) {
        struct ctx *parent = i ? tree[(i - 1) / 4] : above;

        tree[i] = i % 3 == 1 ? ctx_with_timeout(parent, HOUR) : ctx_with_cancel(parent);
    }
}

static void tree_drop(struct ctx **tree)
{
    for (int i = 0; i < TREE; i++)
        ctx_drop(tree[i]);
}

/* 77 */
static void cancel_reaches_all_descendants_at_once(void *unused)
{
    struct ctx *tree[TREE];

    (void)unused;
    tree_make(tree, ctx_background());
    for (int i = 0; i < TREE; i++)
        check_alive(tree[i]);
    CHECK_EQ(now().contexts.now, TREE);
    ctx_cancel(tree[0], NULL);
    for (int i = 0; i < TREE; i++)
        check_done(tree[i], CTX_CANCELED);
    CHECK_EQ(now().contexts.now, 0);
    tree_drop(tree);
    check_all_gone();
}
ENDS_OK(cancel_reaches_all_descendants_at_once)

/* 77 */
static void the_cause_is_handed_down(void *unused)
{
    struct ctx *p = ctx_with_cancel(ctx_background()), *c = ctx_with_cancel(p);

    (void)unused;
    ctx_cancel(p, "the client hung up");
    CHECK(!strcmp(ctx_cause(p), "the client hung up"));
    CHECK(!strcmp(ctx_cause(c), "the client hung up"));
    CHECK_EQ(ctx_err(c), CTX_CANCELED);
    ctx_drop(p);
    ctx_drop(c);
}
ENDS_OK(the_cause_is_handed_down)

static void without_a_cause_the_error_is_the_cause(void *unused)
{
    struct ctx *x = ctx_with_cancel(ctx_background());
    struct ctx *y = ctx_with_timeout(ctx_background(), -1);

    (void)unused;
    ctx_cancel(x, NULL);
    CHECK(!strcmp(ctx_cause(x), "context canceled"));
    CHECK(!strcmp(ctx_cause(y), "context deadline exceeded"));
    CHECK(!ctx_err_text(CTX_ALIVE));
    ctx_drop(x);
    ctx_drop(y);
}
ENDS_OK(without_a_cause_the_error_is_the_cause)

/* 78 */
static void a_parent_that_ends_has_no_children_left(void *unused)
{
    struct ctx *p = ctx_with_cancel(ctx_background());
    struct ctx *a = ctx_with_cancel(p), *b = ctx_with_timeout(p, HOUR);

    (void)unused;
    CHECK_EQ(ctx_children(p), 2);
    CHECK_EQ(now().timers.now, 1);
    ctx_cancel(p, NULL);
    check_done(a, CTX_CANCELED);
    check_done(b, CTX_CANCELED);
    CHECK_EQ(ctx_children(p), 0);
    CHECK_EQ(now().timers.now, 0);
    ctx_drop(a);
    ctx_drop(b);
    ctx_drop(p);
    check_all_gone();
}
ENDS_OK(a_parent_that_ends_has_no_children_left)

/* 79 */
static void a_child_that_ends_leaves_its_parent_alone(void *unused)
{
    struct ctx *p = ctx_with_cancel(ctx_background());
    struct ctx *c = ctx_with_cancel(p), *sibling = ctx_with_cancel(p);
    struct ctx *below = ctx_with_cancel(c);

    (void)unused;
    ctx_cancel(c, NULL);
    check_done(c, CTX_CANCELED);
    check_done(below, CTX_CANCELED);
    check_alive(p);
    check_alive(sibling);
    CHECK_EQ(ctx_children(p), 1);
    ctx_cancel(p, NULL);
    ctx_drop(below);
    ctx_drop(c);
    ctx_drop(sibling);
    ctx_drop(p);
    check_all_gone();
}
ENDS_OK(a_child_that_ends_leaves_its_parent_alone)

/* 79 */
static void a_child_that_ends_is_off_its_parents_list(void *unused)
{
    struct ctx *p = ctx_with_cancel(ctx_background()), *c;

    (void)unused;
    CHECK_EQ(ctx_children(p), 0);
    c = ctx_with_cancel(p);
    CHECK_EQ(ctx_children(p), 1);
    cancel_and_drop(c);
    CHECK_EQ(ctx_children(p), 0);
    c = ctx_with_timeout(p, HOUR);
    CHECK_EQ(ctx_children(p), 1);
    cancel_and_drop(c);
    CHECK_EQ(ctx_children(p), 0);
    c = ctx_with_timeout(p, MS);
    EVENTUALLY(ctx_err(c) && !ctx_children(p));
    ctx_drop(c);
    cancel_and_drop(p);
}
ENDS_OK(a_child_that_ends_is_off_its_parents_list)

/* Of the first thread's heap; with several workers a task may come to use another. */
static size_t bytes_in_use(void)
{
    return task_workers() == 1 ? mallinfo2().uordblks : 0;
}

/* 79 */
static void many_short_lived_children_leave_nothing_behind(void *unused)
{
    struct ctx *p = ctx_with_cancel(ctx_background());
    size_t before;

    (void)unused;
    cancel_and_drop(ctx_with_timeout(p, HOUR));
    before = bytes_in_use();
    for (int i = 0; i < 1000000; i++)
        cancel_and_drop(i % 2 ? ctx_with_timeout(p, HOUR) : ctx_with_cancel(p));
    CHECK(bytes_in_use() < before + 4096);
    CHECK_EQ(now().contexts.now, 1);
    CHECK_EQ(ctx_children(p), 0);
    cancel_and_drop(p);
    check_all_gone();
}
ENDS_OK(many_short_lived_children_leave_nothing_behind)

/* 80 */
static void a_child_of_a_done_parent_is_done_at_once(void *unused)
{
    struct ctx *p = ctx_with_cancel(ctx_background()), *c[2];

    (void)unused;
    ctx_cancel(p, "too late");
    c[0] = ctx_with_cancel(p);
    c[1] = ctx_with_timeout(p, HOUR);
    for (int i = 0; i < 2; i++) {
        check_done(c[i], CTX_CANCELED);
        CHECK(!strcmp(ctx_cause(c[i]), "too late"));
        ctx_drop(c[i]);
    }
    CHECK_EQ(ctx_children(p), 0);
    ctx_drop(p);
    check_all_gone();
}
ENDS_OK(a_child_of_a_done_parent_is_done_at_once)

/* 83, 92 */
static void the_first_reason_stays(void *unused)
{
    struct ctx *x = ctx_with_timeout(ctx_background(), 100 * MS), *y = ctx_with_timeout(x, HOUR);

    (void)unused;
    ctx_cancel(y, "first");
    ctx_cancel(y, "second");
    EVENTUALLY(ctx_err(x));
    ctx_cancel(x, "late");
    CHECK_EQ(ctx_err(x), CTX_DEADLINE_EXCEEDED);
    CHECK(!strcmp(ctx_cause(x), "context deadline exceeded"));
    CHECK_EQ(ctx_err(y), CTX_CANCELED);
    CHECK(!strcmp(ctx_cause(y), "first"));
    ctx_drop(y);
    ctx_drop(x);
    check_all_gone();
}
ENDS_OK(the_first_reason_stays)

/* 84 */
static void done_is_the_same_channel_each_time(void *unused)
{
    struct ctx *x = ctx_with_cancel(ctx_background());
    struct chan *c = ctx_done(x);

    (void)unused;
    CHECK(c && c == ctx_done(x));
    ctx_cancel(x, NULL);
    CHECK(c == ctx_done(x));
    ctx_drop(x);
}
ENDS_OK(done_is_the_same_channel_each_time)

struct race {
    struct ctx *x;
    struct chan *seen[8];
    struct waitgroup all;
    int next;
};

static void asks_and_waits(void *arg)
{
    struct race *r = arg;
    int me = __atomic_fetch_add(&r->next, 1, __ATOMIC_RELAXED);

    r->seen[me] = ctx_done(r->x);
    CHECK(!chan_recv(r->seen[me], NULL));
    CHECK_EQ(ctx_err(r->x), CTX_CANCELED);
    wg_done(&r->all);
}

/* 84: the channel is made when first asked for, perhaps by several and while x ends. */
static void asking_first_and_cancelling_at_once_loses_nobody(void *unused)
{
    (void)unused;
    for (int round = 0; round < 500; round++) {
        struct race r = { .x = ctx_with_cancel(ctx_background()) };

        wg_add(&r.all, 8);
        for (int i = 0; i < 8; i++)
            go(asks_and_waits, &r);
        if (round % 3)
            task_yield();
        ctx_cancel(r.x, NULL);
        wg_wait(&r.all);
        for (int i = 0; i < 8; i++)
            CHECK(r.seen[i] == ctx_done(r.x));
        ctx_drop(r.x);
    }
    EVENTUALLY(task_count() == 1);
    check_all_gone();
}
ENDS_OK(asking_first_and_cancelling_at_once_loses_nobody)

/* --- many at once ---------------------------------------------------------------------- */

struct cancelling {
    struct ctx *x;
    struct waitgroup *all;
};

static void cancels_one(void *arg)
{
    struct cancelling *c = arg;

    ctx_cancel(c->x, NULL);
    CHECK_EQ(ctx_err(c->x), CTX_CANCELED);
    CHECK_EQ(ctx_children(c->x), 0);
    wg_done(c->all);
}

/* 87, 92 */
static void a_tree_cancelled_by_many_tasks_at_once_is_done(void *unused)
{
    (void)unused;
    for (uint32_t round = 0; round < 50; round++) {
        struct ctx *tree[TREE], *above = ctx_with_cancel(ctx_background());
        struct cancelling orders[TREE];
        struct waitgroup all = { 0 };

        tree_make(tree, above);
        wg_add(&all, TREE);
        for (uint32_t i = 0; i < TREE; i++) {
            uint32_t at = (i * 37 + round * 11) % TREE; /* 37 has no factor in common */

            orders[i] = (struct cancelling){ tree[at], &all };
            go(cancels_one, &orders[i]);
            if (i % 16 == round % 16)
                task_yield();
        }
        wg_wait(&all);
        for (int i = 0; i < TREE; i++)
            check_done(tree[i], CTX_CANCELED);
        check_alive(above);
        CHECK_EQ(ctx_children(above), 0);
        tree_drop(tree);
        cancel_and_drop(above);
    }
    EVENTUALLY(task_count() == 1);
    check_all_gone();
}
ENDS_OK(a_tree_cancelled_by_many_tasks_at_once_is_done)

static void ends_with_its_parent(void *arg)
{
    struct ctx *child = arg, *below = ctx_with_cancel(child);

    chan_recv(ctx_done(child), NULL);
    cancel_and_drop(below);
    cancel_and_drop(child);
}

static void waits_for_the_parent_and_cancels_the_child(void *arg)
{
    struct cancelling *c = arg;
    struct ctx *child = ctx_with_cancel(c->x);

    go(ends_with_its_parent, ctx_ref(child));
    chan_recv(ctx_done(c->x), NULL);
    cancel_and_drop(child);
    wg_done(c->all);
}

/* 88 */
static void children_that_cancel_themselves_meanwhile_do_not_deadlock(void *unused)
{
    (void)unused;
    for (int round = 0; round < 200; round++) {
        struct ctx *p = ctx_with_cancel(ctx_background());
        struct waitgroup all = { 0 };
        struct cancelling c = { p, &all };

        wg_add(&all, 8);
        for (int i = 0; i < 8; i++)
            go(waits_for_the_parent_and_cancels_the_child, &c);
        if (round % 2)
            EVENTUALLY(tasks_waiting(WAIT_RECV) == 16);
        ctx_cancel(p, NULL);
        wg_wait(&all);
        CHECK_EQ(ctx_children(p), 0);
        ctx_drop(p);
        EVENTUALLY(task_count() == 1);
    }
    check_all_gone();
}
ENDS_OK(children_that_cancel_themselves_meanwhile_do_not_deadlock)

static void makes_and_ends_children(void *arg)
{
    struct cancelling *c = arg;

    while (!ctx_err(c->x)) {
        struct ctx *a = ctx_with_cancel(c->x), *b = ctx_with_timeout(a, HOUR);

        task_yield();
        ctx_cancel(a, NULL);
        CHECK(ctx_err(b));
        ctx_drop(a);
        ctx_drop(b);
    }
    wg_done(c->all);
}

/* 79, 80: a parent may end while children come and go. */
static void children_may_come_and_go_while_the_parent_ends(void *unused)
{
    (void)unused;
    for (int round = 0; round < 200; round++) {
        struct ctx *p = ctx_with_cancel(ctx_background());
        struct waitgroup all = { 0 };
        struct cancelling c = { p, &all };

        wg_add(&all, 6);
        for (int i = 0; i < 6; i++)
            go(makes_and_ends_children, &c);
        for (int i = 0; i < round % 5; i++)
            task_yield();
        ctx_cancel(p, NULL);
        wg_wait(&all);
        CHECK_EQ(ctx_children(p), 0);
        ctx_drop(p);
    }
    EVENTUALLY(task_count() == 1);
    check_all_gone();
}
ENDS_OK(children_may_come_and_go_while_the_parent_ends)

static void cancels_when_it_is_time(void *arg)
{
    struct cancelling *c = arg;

    ctx_cancel(c->x, "by hand");
    wg_done(c->all);
}

/* 82, 83: a cancel and a deadline at the same moment: one of them wins, once. */
static void a_deadline_and_a_cancel_at_once_make_one_end(void *unused)
{
    (void)unused;
    for (int round = 0; round < 2000; round++) {
        struct ctx *p = ctx_with_cancel(ctx_background());
        struct ctx *x = ctx_with_timeout(p, 1 + round * 10), *below = ctx_with_cancel(x);
        struct waitgroup all = { 0 };
        struct cancelling c = { x, &all };

        wg_add(&all, 1);
        go(cancels_when_it_is_time, &c);
        task_sleep(round * 10);
        wg_wait(&all);
        CHECK(ctx_err(x) == CTX_CANCELED || ctx_err(x) == CTX_DEADLINE_EXCEEDED);
        CHECK_EQ(ctx_err(below), ctx_err(x));
        CHECK(ctx_cause(below) == ctx_cause(x));
        CHECK_EQ(ctx_children(p), 0);
        ctx_drop(x);
        ctx_drop(below);
        cancel_and_drop(p);
    }
    EVENTUALLY(task_count() == 1);
    check_all_gone();
}
ENDS_OK(a_deadline_and_a_cancel_at_once_make_one_end)

/* --- long chains ------------------------------------------------------------------------ */

static struct ctx *chain_make(struct ctx *top, int layers, uint64_t *seed)
{
    struct ctx *x = top;

    for (int i = 0; i < layers; i++) {
        struct ctx *c = *seed >> 33 & 1 ? ctx_with_timeout(x, HOUR) : ctx_with_cancel(x);

        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        ctx_drop(x); /* the chain holds itself */
        x = c;
    }
    return x;
}

/* 89 */
static void cancel_reaches_the_leaf_of_a_chain_of_any_layers(void *unused)
{
    uint64_t seed = 42;

    (void)unused;
    for (int round = 0; round < 50; round++) {
        struct ctx *top = ctx_with_cancel(ctx_background());
        struct ctx *leaf = chain_make(ctx_ref(top), 30 + round, &seed);

        check_alive(leaf);
        ctx_cancel(top, NULL);
        check_done(leaf, CTX_CANCELED);
        ctx_drop(leaf);
        ctx_drop(top);
        check_all_gone();
    }
}
ENDS_OK(cancel_reaches_the_leaf_of_a_chain_of_any_layers)

/* 89 */
static void a_deadline_reaches_the_leaf_of_a_chain_of_any_layers(void *unused)
{
    uint64_t seed = 4242;

    (void)unused;
    for (int round = 0; round < 10; round++) {
        struct ctx *top = ctx_with_timeout(ctx_background(), MS);
        struct ctx *leaf = chain_make(ctx_ref(top), 30 + round, &seed);

        chan_recv(ctx_done(leaf), NULL);
        CHECK_EQ(ctx_err(leaf), CTX_DEADLINE_EXCEEDED);
        ctx_drop(leaf);
        ctx_drop(top);
        EVENTUALLY(now().contexts.now == 0); /* the clock may still be on its way up */
        EVENTUALLY(now().channels.now == 0);
        check_all_gone();
    }
}
ENDS_OK(a_deadline_reaches_the_leaf_of_a_chain_of_any_layers)

static void ends_a_long_chain(void *arg)
{
    uint64_t seed = 7;
    struct ctx *top = ctx_with_cancel(ctx_background());
    struct ctx *leaf = chain_make(ctx_ref(top), 200000, &seed);

    cancel_and_drop(top);
    CHECK_EQ(ctx_err(leaf), CTX_CANCELED);
    ctx_drop(leaf); /* and with it all above */
    wg_done(arg);
}

static void a_chain_may_be_longer_than_a_stack_is_deep(void *unused)
{
    struct waitgroup ended = { 0 };

    (void)unused;
    wg_add(&ended, 1);
    go(ends_a_long_chain, &ended);
    wg_wait(&ended);
    EVENTUALLY(task_count() == 1);
    check_all_gone();
}
ENDS_OK(a_chain_may_be_longer_than_a_stack_is_deep)

/* --- deadlines -------------------------------------------------------------------------- */

/* 81 */
static void a_deadline_ends_a_context_and_not_before(void *unused)
{
    int64_t when = clock_now() + 3 * MS, said;
    struct ctx *x = ctx_with_deadline(ctx_background(), when), *c = ctx_with_cancel(x);

    (void)unused;
    CHECK(ctx_deadline(x, &said) && said == when);
    CHECK(ctx_deadline(c, &said) && said == when);
    CHECK(now().timers.now == 1 || clock_now() >= when);
    chan_recv(ctx_done(c), NULL);
    CHECK(clock_now() >= when);
    CHECK_EQ(ctx_err(c), CTX_DEADLINE_EXCEEDED);
    CHECK(is_closed(ctx_done(x)));
    EVENTUALLY(now().timers.now == 0);
    ctx_drop(c);
    ctx_drop(x);
    EVENTUALLY(now().contexts.now == 0);
    EVENTUALLY(now().channels.now == 0);
}
ENDS_OK(a_deadline_ends_a_context_and_not_before)

/* 81 */
static void a_deadline_of_now_or_before_is_over_at_once(void *unused)
{
    struct ctx *x[4];

    (void)unused;
    x[0] = ctx_with_deadline(ctx_background(), clock_now());
    x[1] = ctx_with_deadline(ctx_background(), -5);
    x[2] = ctx_with_timeout(ctx_background(), 0);
    x[3] = ctx_with_timeout(ctx_background(), INT64_MIN);
    for (int i = 0; i < 4; i++) {
        check_done(x[i], CTX_DEADLINE_EXCEEDED);
        ctx_drop(x[i]);
    }
    CHECK_EQ(now().timers.total, 0);
    check_all_gone();
}
ENDS_OK(a_deadline_of_now_or_before_is_over_at_once)

/* 81 */
static void the_earlier_deadline_of_the_parent_wins(void *unused)
{
    struct ctx *p = ctx_with_timeout(ctx_background(), MS), *c = ctx_with_timeout(p, HOUR);
    int64_t of_parent, of_child;

    (void)unused;
    CHECK_EQ(now().timers.total, 1); /* the child has none of its own */
    CHECK(ctx_deadline(p, &of_parent) && ctx_deadline(c, &of_child));
    CHECK_EQ(of_child, of_parent);
    chan_recv(ctx_done(c), NULL);
    CHECK_EQ(ctx_err(c), CTX_DEADLINE_EXCEEDED);
    ctx_drop(c);
    ctx_drop(p);
}
ENDS_OK(the_earlier_deadline_of_the_parent_wins)

/* 81 */
static void the_earlier_deadline_of_the_child_leaves_the_parent_alone(void *unused)
{
    struct ctx *p = ctx_with_timeout(ctx_background(), HOUR), *c = ctx_with_timeout(p, MS);

    (void)unused;
    chan_recv(ctx_done(c), NULL);
    check_alive(p);
    ctx_drop(c);
    cancel_and_drop(p);
}
ENDS_OK(the_earlier_deadline_of_the_child_leaves_the_parent_alone)

static void the_last_of_all_deadlines_is_far_away(void *unused)
{
    struct ctx *x = ctx_with_timeout(ctx_background(), INT64_MAX);

    (void)unused;
    task_sleep(MS);
    check_alive(x);
    cancel_and_drop(x);
    check_all_gone();
}
ENDS_OK(the_last_of_all_deadlines_is_far_away)

/* 82 */
static void cancel_before_the_deadline_stops_the_timer(void *unused)
{
    struct ctx *x = ctx_with_timeout(ctx_background(), HOUR);

    (void)unused;
    CHECK_EQ(now().timers.now, 1);
    ctx_cancel(x, NULL);
    CHECK_EQ(ctx_err(x), CTX_CANCELED);
    CHECK_EQ(now().timers.now, 0);
    ctx_drop(x);
    check_all_gone();
}
ENDS_OK(cancel_before_the_deadline_stops_the_timer)

/* 94 */
static void a_forgotten_cancel_keeps_child_and_timer_until_the_deadline(void *unused)
{
    struct ctx *p = ctx_with_cancel(ctx_background());

    (void)unused;
    for (int i = 0; i < 50; i++)
        ctx_drop(ctx_with_timeout(p, 50 * MS));
    CHECK_EQ(ctx_children(p), 50);
    CHECK_EQ(now().timers.now, 50);
    CHECK_EQ(now().contexts.now, 51);
    EVENTUALLY(now().contexts.now == 1);
    EVENTUALLY(ctx_children(p) == 0);
    CHECK_EQ(now().timers.now, 0);
    cancel_and_drop(p);
}
ENDS_OK(a_forgotten_cancel_keeps_child_and_timer_until_the_deadline)

static void drop_is_not_cancel(void *unused)
{
    struct ctx *p = ctx_with_cancel(ctx_background());

    (void)unused;
    ctx_drop(ctx_with_cancel(p));
    CHECK_EQ(ctx_children(p), 1);
    CHECK_EQ(now().contexts.now, 2);
    cancel_and_drop(p);
    check_all_gone();
    ctx_drop(ctx_with_cancel(ctx_background())); /* hangs nowhere */
    check_all_gone();
}
ENDS_OK(drop_is_not_cancel)

/* --- what it costs ---------------------------------------------------------------------- */

/* 90 */
static void a_context_costs_no_task(void *unused)
{
    struct ctx *tree[TREE];

    (void)unused;
    tree_make(tree, ctx_background());
    for (int i = 0; i < TREE; i++)
        ctx_done(tree[i]);
    CHECK_EQ(task_count(), 1);
    ctx_cancel(tree[0], NULL);
    tree_drop(tree);
    CHECK_EQ(now().tasks.total, 1);
}
ENDS_OK(a_context_costs_no_task)

/* 91: one allocation a context, a second one for those who ask for its channel. */
static void a_context_is_one_small_allocation(void *unused)
{
    struct ctx *plain, *timed;
    size_t before;

    (void)unused;
    cancel_and_drop(ctx_with_timeout(ctx_background(), HOUR)); /* the clock has its room now */
    before = bytes_in_use();
    plain = ctx_with_cancel(ctx_background());
    timed = ctx_with_timeout(ctx_background(), HOUR);
    CHECK(malloc_usable_size(plain) <= 104);
    CHECK(malloc_usable_size(timed) <= 168);
    CHECK(bytes_in_use() - before <= 112 + 176);
    ctx_done(plain);
    CHECK_EQ(now().channels.total, 1);
    cancel_and_drop(plain);
    cancel_and_drop(timed);
}
ENDS_OK(a_context_is_one_small_allocation)

/* --- waiting for it --------------------------------------------------------------------- */

static void waits_for_work_or_the_end(void *arg)
{
    struct cancelling *c = arg;
    struct chan *work = chan_make(sizeof(int), 0);
    int n;

    CHECK_EQ(chan_select(RECV(work, &n), RECV(ctx_done(c->x), NULL)), 1);
    chan_drop(work);
    wg_done(c->all);
}

static void a_select_sees_the_end(void *unused)
{
    struct ctx *x = ctx_with_cancel(ctx_background());
    struct waitgroup all = { 0 };
    struct cancelling c = { x, &all };

    (void)unused;
    wg_add(&all, 20);
    for (int i = 0; i < 20; i++)
        go(waits_for_work_or_the_end, &c);
    EVENTUALLY(tasks_waiting(WAIT_SELECT) == 20);
    ctx_cancel(x, NULL);
    wg_wait(&all);
    ctx_drop(x);
}
ENDS_OK(a_select_sees_the_end)

/* --- hooks ------------------------------------------------------------------------------ */

static void rings(void *arg)
{
    __atomic_add_fetch((int *)arg, 1, __ATOMIC_SEQ_CST);
}

static int rung(int *times)
{
    return __atomic_load_n(times, __ATOMIC_SEQ_CST);
}

/* 93 */
static void a_hook_starts_after_a_cancel_and_not_before(void *unused)
{
    struct ctx *p = ctx_with_cancel(ctx_background()), *x = ctx_with_cancel(p);
    int times = 0;
    struct ctx_hook *h = ctx_after_func(x, rings, &times);

    (void)unused;
    for (int i = 0; i < 100; i++)
        task_yield();
    CHECK_EQ(rung(&times), 0);
    CHECK_EQ(task_count(), 1);
    ctx_cancel(p, NULL);
    EVENTUALLY(rung(&times) == 1);
    CHECK(!ctx_after_func_stop(h));
    ctx_drop(x);
    ctx_drop(p);
    EVENTUALLY(task_count() == 1);
    CHECK_EQ(rung(&times), 1);
    check_all_gone();
}
ENDS_OK(a_hook_starts_after_a_cancel_and_not_before)

/* 93 */
static void a_hook_starts_after_a_deadline(void *unused)
{
    struct ctx *x = ctx_with_timeout(ctx_background(), MS);
    int times = 0;
    struct ctx_hook *h = ctx_after_func(x, rings, &times);

    (void)unused;
    EVENTUALLY(rung(&times) == 1);
    CHECK_EQ(ctx_err(x), CTX_DEADLINE_EXCEEDED);
    CHECK(!ctx_after_func_stop(h));
    ctx_drop(x);
}
ENDS_OK(a_hook_starts_after_a_deadline)

/* 93 */
static void a_hook_of_a_done_context_starts_at_once(void *unused)
{
    struct ctx *x = ctx_with_cancel(ctx_background());
    struct ctx_hook *h;
    int times = 0;

    (void)unused;
    ctx_cancel(x, NULL);
    h = ctx_after_func(x, rings, &times);
    CHECK(!ctx_after_func_stop(h));
    EVENTUALLY(rung(&times) == 1);
    ctx_drop(x);
}
ENDS_OK(a_hook_of_a_done_context_starts_at_once)

/* 93 */
static void a_stopped_hook_does_not_start(void *unused)
{
    struct ctx *x = ctx_with_cancel(ctx_background());
    struct ctx_hook *h[6], *on_root;
    static const int stopped[] = { 0, 3, 2, 5 }; /* both ends, and two neighbours */
    int times[6] = { 0 };

    (void)unused;
    for (int i = 0; i < 6; i++)
        h[i] = ctx_after_func(x, rings, &times[i]);
    on_root = ctx_after_func(ctx_background(), rings, &times[0]);
    for (int i = 0; i < 4; i++)
        CHECK(ctx_after_func_stop(h[stopped[i]]));
    CHECK(ctx_after_func_stop(on_root));
    ctx_cancel(x, NULL);
    EVENTUALLY(rung(&times[1]) && rung(&times[4]));
    EVENTUALLY(task_count() == 1);
    for (int i = 0; i < 6; i++)
        CHECK_EQ(rung(&times[i]), i == 1 || i == 4);
    CHECK(!ctx_after_func_stop(h[1]));
    CHECK(!ctx_after_func_stop(h[4]));
    ctx_drop(x);
    check_all_gone();
}
ENDS_OK(a_stopped_hook_does_not_start)

static void waits_to_be_let_go(void *arg)
{
    chan_recv(arg, NULL);
}

/* 93 */
static void cancel_does_not_wait_for_a_hook(void *unused)
{
    struct ctx *x = ctx_with_cancel(ctx_background());
    struct chan *gate = chan_make(0, 0);
    struct ctx_hook *h = ctx_after_func(x, waits_to_be_let_go, gate);

    (void)unused;
    ctx_cancel(x, NULL);
    CHECK(!ctx_after_func_stop(h));
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    chan_close(gate);
    EVENTUALLY(task_count() == 1);
    chan_drop(gate);
    ctx_drop(x);
}
ENDS_OK(cancel_does_not_wait_for_a_hook)

struct stopping {
    struct ctx_hook *hook;
    struct waitgroup all;
    int rings, prevented;
};

static void stops_the_hook(void *arg)
{
    struct stopping *s = arg;

    s->prevented = ctx_after_func_stop(s->hook);
    wg_done(&s->all);
}

/* 93 */
static void a_hook_is_prevented_or_started_and_never_both(void *unused)
{
    (void)unused;
    for (int round = 0; round < 1000; round++) {
        struct ctx *x = ctx_with_cancel(ctx_background());
        struct stopping s = { .hook = ctx_after_func(x, rings, &s.rings) };

        wg_add(&s.all, 1);
        go(stops_the_hook, &s);
        if (round % 2)
            task_yield();
        cancel_and_drop(x);
        wg_wait(&s.all);
        EVENTUALLY(task_count() == 1);
        CHECK_EQ(rung(&s.rings), !s.prevented);
    }
    check_all_gone();
}
ENDS_OK(a_hook_is_prevented_or_started_and_never_both)

static void hooks_nothing(void *unused)
{
    (void)unused;
    ctx_after_func(ctx_background(), NULL, NULL);
}
FATAL(hooks_nothing, "go of nil func value")

static void close_it(void *c)
{
    chan_close(c);
}

BODY(a_contexts_channel_is_closed_by_the_context_alone)
{
    struct ctx *x = ctx_with_cancel(ctx_background());

    CHECK_PANICS(close_it, ctx_done(x), "close of a channel that belongs to a timer or a context");
    CHECK(!ctx_err(x));
    ctx_cancel(x, NULL);
    CHECK(!chan_recv(ctx_done(x), NULL));
    ctx_drop(x);
}
ENDS_OK(a_contexts_channel_is_closed_by_the_context_alone)

/* --- misuse ------------------------------------------------------------------------- */

static void wait_until_done(void *x)
{
    chan_recv(ctx_done(x), NULL);
}

static void drops_while_somebody_waits_for_the_end(void *unused)
{
    struct ctx *x = ctx_with_cancel(ctx_background());

    (void)unused;
    go(wait_until_done, x);
    EVENTUALLY(tasks_waiting(WAIT_RECV) == 1);
    ctx_drop(x);
}
PANICS(drops_while_somebody_waits_for_the_end, "last reference dropped to a channel in which task ")

static void makes_a_child_of_nobody_with_a_deadline(void *unused)
{
    (void)unused;
    ctx_with_deadline(NULL, 0);
}

static void misuse_is_told_with_the_place_of_the_caller_test(void **unused_state)
{
    (void)unused_state;
    ASSERT_BLAMED(cancels_the_root);
    ASSERT_BLAMED(makes_a_child_of_nobody);
    ASSERT_BLAMED(makes_a_timed_child_of_nobody);
    ASSERT_BLAMED(makes_a_child_of_nobody_with_a_deadline);
    ASSERT_BLAMED(drops_while_somebody_waits_for_the_end);
    ASSERT_BLAMED_FATAL(hooks_nothing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_root_is_never_done),
        TEST(cancels_the_root),
        TEST(makes_a_child_of_nobody),
        TEST(makes_a_timed_child_of_nobody),
        TEST(cancel_reaches_all_descendants_at_once),
        TEST(the_cause_is_handed_down),
        TEST(without_a_cause_the_error_is_the_cause),
        TEST(a_parent_that_ends_has_no_children_left),
        TEST(a_child_that_ends_leaves_its_parent_alone),
        TEST(a_child_that_ends_is_off_its_parents_list),
        TEST(many_short_lived_children_leave_nothing_behind),
        TEST(a_child_of_a_done_parent_is_done_at_once),
        TEST(the_first_reason_stays),
        TEST(done_is_the_same_channel_each_time),
        TEST(asking_first_and_cancelling_at_once_loses_nobody),
        TEST(a_tree_cancelled_by_many_tasks_at_once_is_done),
        TEST(children_that_cancel_themselves_meanwhile_do_not_deadlock),
        TEST(children_may_come_and_go_while_the_parent_ends),
        TEST(a_deadline_and_a_cancel_at_once_make_one_end),
        TEST(cancel_reaches_the_leaf_of_a_chain_of_any_layers),
        TEST(a_deadline_reaches_the_leaf_of_a_chain_of_any_layers),
        TEST(a_chain_may_be_longer_than_a_stack_is_deep),
        TEST(a_deadline_ends_a_context_and_not_before),
        TEST(a_deadline_of_now_or_before_is_over_at_once),
        TEST(the_earlier_deadline_of_the_parent_wins),
        TEST(the_earlier_deadline_of_the_child_leaves_the_parent_alone),
        TEST(the_last_of_all_deadlines_is_far_away),
        TEST(cancel_before_the_deadline_stops_the_timer),
        TEST(a_forgotten_cancel_keeps_child_and_timer_until_the_deadline),
        TEST(drop_is_not_cancel),
        TEST(a_context_costs_no_task),
        TEST(a_context_is_one_small_allocation),
        TEST(a_select_sees_the_end),
        TEST(a_hook_starts_after_a_cancel_and_not_before),
        TEST(a_hook_starts_after_a_deadline),
        TEST(a_hook_of_a_done_context_starts_at_once),
        TEST(a_stopped_hook_does_not_start),
        TEST(cancel_does_not_wait_for_a_hook),
        TEST(a_hook_is_prevented_or_started_and_never_both),
        TEST(hooks_nothing),
        TEST(a_contexts_channel_is_closed_by_the_context_alone),
        TEST(drops_while_somebody_waits_for_the_end),
        TEST(misuse_is_told_with_the_place_of_the_caller),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
