/* SPDX-License-Identifier: MIT */
/* programs.c - programs made at random, run by the runtime and by the model (model.h).
 *
 * The outcome of a program under a schedule must be among those that the model allows.  Where
 * all schedules are explored, each allowed outcome must occur, too. */
#include "wait/chan_impl.h"
#include "defer.h"
#include "model.h"
#include "scene.h"
#include "select.h"
#include "timer.h"

#include <stdio.h>
#include <string.h>

static struct program program;
static struct outcome outcome;
static struct chan *chans[MODEL_CHANS];
static uint32_t outcomes;
static bool came[4096];

/* --- one task ----------------------------------------------------------------------- */

struct run {
    uint32_t task, pc;
    struct cleanup record; /* outlives run_ops(), whose cleanups protect() runs */
};
static struct run runs[MODEL_TASKS];

static uint8_t of_result(enum chan_result r, bool is_send, const int *v)
{
    if (r == CHAN_WOULD_BLOCK)
        return WOULD_BLOCK;
    if (is_send)
        return DONE;
    return r == CHAN_CLOSED ? CLOSED : (uint8_t)*v;
}

static uint8_t do_select(const struct op *o, int v)
{
    struct select_case cases[MODEL_CASES];
    int got = 0, i;

    for (int k = 0; k < MODEL_CASES; k++)
        cases[k] = (struct select_case){
            .chan = chans[o->chan[k]], .to = &got, .from = &v, .is_send = o->is_send[k]
        };
    if (o->kind == OP_SELECT)
        i = select_wait(cases, MODEL_CASES);
    else if (o->kind == OP_SELECT_DEFAULT)
        i = select_try(cases, MODEL_CASES);
    else
        i = select_timed(cases, MODEL_CASES, MS);
    if (i < 0)
        return WOULD_BLOCK;
    return of_result(cases[i].ok ? CHAN_OK : CHAN_CLOSED, cases[i].is_send, &got) |
           (uint8_t)(i ? SECOND : 0);
}

static uint8_t do_op(const struct op *o, int v)
{
    struct chan *c = chans[o->chan[0]];
    int got = 0;

    switch (o->kind) {
    case OP_SEND: chan_send(c, &v); return DONE;
    case OP_RECV: return chan_recv(c, &got) ? (uint8_t)got : CLOSED;
    case OP_TRY_SEND: return of_result(chan_try_send(c, &v), true, NULL);
    case OP_TRY_RECV: return of_result(chan_try_recv(c, &got), false, &got);
    case OP_TIMED_SEND: return of_result(chan_send_timed(c, &v, MS), true, NULL);
    case OP_TIMED_RECV: return of_result(chan_recv_timed(c, &got, MS), false, &got);
    case OP_CLOSE: chan_close(c); return DONE;
    default: return do_select(o, v);
    }
}

static bool has_parked(void *arg)
{
    return explore_waits(2 + *(const uint8_t *)arg);
}

static void note_panic(void *arg)
{
    const struct run *r = arg;

    if (recover())
        outcome.result[r->task][r->pc] = PANICKED;
}

static void run_ops(void *arg)
{
    struct run *r = arg;

    defer_record(&r->record, note_panic, r);
    for (r->pc = 0; r->pc < program.nops[r->task]; r->pc++) {
        const struct op *o = &program.op[r->task][r->pc];
        uint8_t *result = &outcome.result[r->task][r->pc];

        if (o->kind == OP_UNTIL_PARKED) {
            explore_until(has_parked, (void *)&o->chan[0]);
            *result = DONE;
        } else {
            *result = do_op(o, value_of(r->task, r->pc));
        }
    }
}

static void run_task(void *arg)
{
    protect(run_ops, arg);
}

/* --- a program ---------------------------------------------------------------------- */

static void run_start(void)
{
    memset(&outcome, 0, sizeof outcome);
    for (int c = 0; c < MODEL_NIL; c++)
        chans[c] = chan_make(sizeof(int), program.cap[c]);
    for (uint32_t t = 0; t < program.ntasks; t++) {
        runs[t] = (struct run){ .task = t };
        go(run_task, &runs[t]);
    }
}

static void outcome_say(char *text, size_t bytes)
{
    size_t at = 0;

    for (uint32_t t = 0; t < program.ntasks; t++)
        for (uint32_t i = 0; i < program.nops[t]; i++)
            at += (size_t)snprintf(text + at, bytes - at, "%s%u",
                                   i   ? ","
                                   : t ? " | "
                                       : "",
                                   outcome.result[t][i]);
}

static void run_check(void)
{
    char what[512], came_to[128];
    int i = model_find(&outcome);

    if (i >= 0) {
        came[i] = true;
        return;
    }
    program_say(&program, what, sizeof what);
    outcome_say(came_to, sizeof came_to);
    explore_fail("%s: the outcome %s is none of the %u that the model allows", what, came_to,
                 outcomes);
}

static void run_check_ended(void)
{
    run_check();
    for (int c = 0; c < MODEL_NIL; c++) {
        MUST(!chans[c]->receivers.first && !chans[c]->senders.first); /* no waiter is left */
        chan_drop(chans[c]);
    }
}

static void outcomes_find(void)
{
    outcomes = model_run(&program);
    memset(came, 0, sizeof came);
}

static void program_choose(uint64_t seed, uint32_t tasks, uint32_t ops)
{
    program_make(&program, seed, tasks, ops);
    outcomes_find();
}

/* --- small ones, all schedules ------------------------------------------------------ */

static void small_round(uint32_t n)
{
    program_choose(n, 2, 2);
}

static void small_seed(uint64_t seed)
{
    program_choose(seed, 2, 3);
}

static void all_came(void)
{
    char what[512];

    program_say(&program, what, sizeof what);
    for (uint32_t i = 0; i < outcomes; i++)
        if (!came[i])
            explore_fail("%s: an allowed outcome never occurred", what);
}

/* --- bigger ones, by seed ----------------------------------------------------------- */

/* Twenty schedules of each program. */
static void big_seed(uint64_t seed)
{
    static uint64_t chosen = UINT64_MAX;

    if (chosen == seed / 20)
        return;
    chosen = seed / 20;
    program_choose(chosen, 3 + chosen % 2, 3);
}

static void big_round(uint32_t n)
{
    program_choose(n, 3, 3);
}

/* --- who waits first is served first ------------------------------------------------- */

static void gated_round(uint32_t n)
{
    program_make_gated(&program, n, 3 + n % 2);
    outcomes_find();
}

/* Ten schedules of each program. */
static void gated_seed(uint64_t seed)
{
    static uint64_t chosen = UINT64_MAX;

    if (chosen == seed / 10)
        return;
    chosen = seed / 10;
    gated_round((uint32_t)chosen);
}

const struct scene program_scenes[] = {
    { "programs of two tasks come to all that the model does, and to nothing else", run_start,
      run_check_ended, UINT32_MAX, .advances = 2, .check_stuck = run_check, .seed = small_seed,
      .rounds = 300, .round = small_round, .round_over = all_came },
    { "programs of three and four tasks come to nothing that the model does not", run_start,
      run_check_ended, 2, .advances = 4, .check_stuck = run_check, .seed = big_seed, .rounds = 50,
      .round = big_round },
    { "programs of tasks that wait in turn come to nothing that the model does not", run_start,
      run_check_ended, 1, .advances = 2, .check_stuck = run_check, .seed = gated_seed,
      .rounds = 100, .round = gated_round },
    { 0 },
};
