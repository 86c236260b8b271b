/* SPDX-License-Identifier: MIT */
#include "model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_OUTCOMES = 4096, SEEN = 1 << 18, INSIDE = 4, QUEUE = 8 };

enum task_is { CAN_GO, WAITS, ENDED };

struct place { /* of a waiter in a queue */
    uint8_t task, which;
};

struct queue {
    uint8_t n;
    struct place at[QUEUE];
};

struct model_chan {
    uint8_t n, inside[INSIDE];
    bool closed;
    struct queue receivers, senders;
};

/* All bytes count: two states are one if they are equal. */
struct state {
    uint8_t pc[MODEL_TASKS], is[MODEL_TASKS];
    struct model_chan chan[MODEL_CHANS];
    struct outcome out;
};

static const struct program *program;
static struct outcome outcomes[MOST_OUTCOMES];
static uint32_t noutcomes;
static uint64_t seen[SEEN];
static uint32_t seen_at[SEEN / 2], nseen;

/* --- queues ------------------------------------------------------------------------- */

static void queue_remove(struct queue *q, uint32_t i)
{
    q->n--;
    memmove(&q->at[i], &q->at[i + 1], (q->n - i) * sizeof q->at[0]);
    memset(&q->at[q->n], 0, sizeof q->at[0]);
}

static void queue_leave(struct queue *q, uint32_t task)
{
    for (uint32_t i = q->n; i-- > 0;)
        if (q->at[i].task == task)
            queue_remove(q, i);
}

/* --- operations --------------------------------------------------------------------- */

static bool is_select(const struct op *o)
{
    return o->kind >= OP_SELECT && o->kind <= OP_SELECT_TIMED;
}

static const struct op *op_of(const struct state *s, uint32_t t)
{
    return &program->op[t][s->pc[t]];
}

static void finish(struct state *s, uint32_t t, uint32_t which, uint8_t result)
{
    bool last;

    s->out.result[t][s->pc[t]] = (uint8_t)(result | (which && result != PANICKED ? SECOND : 0));
    last = result == PANICKED || s->pc[t] + 1 >= program->nops[t];
    s->pc[t] += !last;
    s->is[t] = last ? ENDED : CAN_GO;
}

/* Another task's operation ends that of a waiting task. */
static void wake(struct state *s, struct place p, uint8_t result)
{
    for (uint32_t c = 0; c < MODEL_CHANS; c++) {
        queue_leave(&s->chan[c].receivers, p.task);
        queue_leave(&s->chan[c].senders, p.task);
    }
    finish(s, p.task, p.which, result);
}

/* Send v now: the result, or WOULD_BLOCK. */
static uint8_t give(struct state *s, struct model_chan *c, uint32_t cap, uint8_t v)
{
    if (c->closed)
        return PANICKED;
    if (c->receivers.n) {
        wake(s, c->receivers.at[0], v);
        return DONE;
    }
    if (c->n == cap)
        return WOULD_BLOCK;
    c->inside[c->n++] = v;
    return DONE;
}

static uint8_t take(struct state *s, struct model_chan *c)
{
    struct place first = c->senders.at[0];
    uint8_t v = c->inside[0];

    if (c->n) {
        memmove(c->inside, c->inside + 1, --c->n);
        c->inside[c->n] = 0;
        if (c->senders.n) {
            c->inside[c->n++] = value_of(first.task, s->pc[first.task]);
            wake(s, first, DONE);
        }
        return v;
    }
    if (c->senders.n) {
        v = value_of(first.task, s->pc[first.task]);
        wake(s, first, DONE);
        return v;
    }
    return c->closed ? CLOSED : WOULD_BLOCK;
}

static uint8_t close_now(struct state *s, struct model_chan *c)
{
    if (c->closed || c == &s->chan[MODEL_NIL])
        return PANICKED;
    c->closed = true;
    while (c->receivers.n)
        wake(s, c->receivers.at[0], CLOSED);
    while (c->senders.n)
        wake(s, c->senders.at[0], PANICKED);
    return DONE;
}

static bool sends(const struct op *o, uint32_t which)
{
    if (is_select(o))
        return o->is_send[which];
    return o->kind == OP_SEND || o->kind == OP_TRY_SEND || o->kind == OP_TIMED_SEND;
}

static bool waits(const struct op *o)
{
    return o->kind != OP_TRY_SEND && o->kind != OP_TRY_RECV && o->kind != OP_SELECT_DEFAULT;
}

static bool is_timed(const struct op *o)
{
    return o->kind == OP_TIMED_SEND || o->kind == OP_TIMED_RECV || o->kind == OP_SELECT_TIMED;
}

static uint8_t perform(struct state *s, uint32_t t, const struct op *o, uint32_t which)
{
    struct model_chan *c = &s->chan[o->chan[which]];

    if (o->chan[which] == MODEL_NIL)
        return WOULD_BLOCK;
    if (sends(o, which))
        return give(s, c, program->cap[o->chan[which]], value_of(t, s->pc[t]));
    return take(s, c);
}

/* --- every order -------------------------------------------------------------------- */

static void go_on(const struct state *s);

static void wait_now(const struct state *before, uint32_t t, const struct op *o, uint32_t cases)
{
    struct state s = *before;

    s.is[t] = WAITS;
    for (uint32_t k = 0; k < cases; k++) {
        struct model_chan *c = &s.chan[o->chan[k]];
        struct queue *q = sends(o, k) ? &c->senders : &c->receivers;

        q->at[q->n++] = (struct place){ (uint8_t)t, (uint8_t)k };
    }
    go_on(&s);
}

/* Each of the cases that can happen; or, if none can, wait. */
static void communicate(const struct state *before, uint32_t t, const struct op *o)
{
    uint32_t cases = is_select(o) ? MODEL_CASES : 1, could = 0;

    for (uint32_t k = 0; k < cases; k++) {
        struct state s = *before;
        uint8_t r = perform(&s, t, o, k);

        if (r == WOULD_BLOCK)
            continue;
        could++;
        finish(&s, t, k, r);
        go_on(&s);
    }
    if (!could && waits(o)) {
        wait_now(before, t, o, cases);
    } else if (!could) {
        struct state s = *before;

        finish(&s, t, 0, WOULD_BLOCK);
        go_on(&s);
    }
}

static void step(const struct state *before, uint32_t t)
{
    const struct op *o = op_of(before, t);
    struct state s = *before;

    if (o->kind == OP_CLOSE) {
        uint8_t r = close_now(&s, &s.chan[o->chan[0]]);

        finish(&s, t, 0, r);
        go_on(&s);
    } else if (o->kind == OP_UNTIL_PARKED) {
        finish(&s, t, 0, DONE);
        go_on(&s);
    } else {
        communicate(before, t, o);
    }
}

static void time_out(const struct state *before, uint32_t t)
{
    struct state s = *before;

    wake(&s, (struct place){ (uint8_t)t, 0 }, WOULD_BLOCK);
    go_on(&s);
}

static bool can_step(const struct state *s, uint32_t t)
{
    const struct op *o = op_of(s, t);

    return s->is[t] == CAN_GO && (o->kind != OP_UNTIL_PARKED || s->is[o->chan[0]] != CAN_GO);
}

static void note_outcome(const struct outcome *o)
{
    if (model_find(o) >= 0)
        return;
    if (noutcomes == MOST_OUTCOMES)
        abort();
    outcomes[noutcomes++] = *o;
}

static bool seen_before(const struct state *s)
{
    const uint8_t *bytes = (const uint8_t *)s;
    uint64_t h = 14695981039346656037u;
    uint32_t i;

    for (size_t k = 0; k < sizeof *s; k++)
        h = (h ^ bytes[k]) * 1099511628211u;
    h |= 1;
    for (i = (uint32_t)(h >> 40) % SEEN; seen[i]; i = (i + 1) % SEEN)
        if (seen[i] == h)
            return true;
    if (nseen == SEEN / 2)
        abort();
    seen_at[nseen++] = i;
    seen[i] = h;
    return false;
}

static void go_on(const struct state *s)
{
    bool any = false;

    if (seen_before(s))
        return;
    for (uint32_t t = 0; t < program->ntasks; t++) {
        if (can_step(s, t)) {
            any = true;
            step(s, t);
        } else if (s->is[t] == WAITS && is_timed(op_of(s, t))) {
            any = true;
            time_out(s, t);
        }
    }
    if (!any)
        note_outcome(&s->out);
}

uint32_t model_run(const struct program *p)
{
    struct state s;

    memset(&s, 0, sizeof s);
    while (nseen)
        seen[seen_at[--nseen]] = 0;
    noutcomes = 0;
    program = p;
    go_on(&s);
    return noutcomes;
}

int model_find(const struct outcome *o)
{
    for (uint32_t i = 0; i < noutcomes; i++)
        if (!memcmp(&outcomes[i], o, sizeof *o))
            return (int)i;
    return -1;
}

/* --- programs ----------------------------------------------------------------------- */

static uint64_t state;

static uint32_t below(uint32_t n)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)((state >> 32) * n >> 32);
}

/* Sends and receives more often than the others, or all would be stuck or closed. */
static enum op_kind kind_at_random(void)
{
    static const uint8_t often[] = {
        OP_SEND,  OP_SEND,         OP_SEND,       OP_RECV,       OP_RECV,         OP_RECV,
        OP_RECV,  OP_SELECT,       OP_SELECT,     OP_SELECT,     OP_TRY_SEND,     OP_TRY_RECV,
        OP_CLOSE, OP_UNTIL_PARKED, OP_TIMED_SEND, OP_TIMED_RECV, OP_SELECT_TIMED, OP_SELECT_DEFAULT,
    };

    return often[below(sizeof often)];
}

static void op_make(struct op *o, enum op_kind kind)
{
    o->kind = (uint8_t)kind;
    for (uint32_t k = 0; k < MODEL_CASES; k++) {
        o->chan[k] = (uint8_t)(below(12) ? below(MODEL_NIL) : MODEL_NIL);
        o->is_send[k] = below(2);
    }
}

static void program_begin(struct program *p, uint64_t seed, uint32_t tasks, uint32_t most_cap)
{
    state = (seed + 1) * 0x9e3779b97f4a7c15u | 1;
    below(2);
    memset(p, 0, sizeof *p);
    p->ntasks = (uint8_t)tasks;
    for (uint32_t c = 0; c < MODEL_NIL; c++)
        p->cap[c] = (uint8_t)below(most_cap + 1);
}

void program_make(struct program *p, uint64_t seed, uint32_t tasks, uint32_t ops)
{
    program_begin(p, seed, tasks, 2);
    for (uint32_t t = 0; t < tasks; t++) {
        p->nops[t] = (uint8_t)(1 + below(ops));
        for (uint32_t i = 0; i < p->nops[t]; i++) {
            struct op *o = &p->op[t][i];

            op_make(o, kind_at_random());
            if (o->kind == OP_UNTIL_PARKED)
                o->chan[0] = (uint8_t)((t + 1 + below(tasks - 1)) % tasks);
        }
    }
}

void program_make_gated(struct program *p, uint64_t seed, uint32_t tasks)
{
    static const uint8_t waiting[] = { OP_SEND, OP_RECV, OP_SELECT };
    static const uint8_t then[] = { OP_SEND,     OP_RECV,     OP_SEND,   OP_RECV,
                                    OP_TRY_SEND, OP_TRY_RECV, OP_SELECT, OP_SELECT_DEFAULT };

    program_begin(p, seed, tasks, 1);
    for (uint32_t t = 0; t < tasks; t++) {
        uint32_t n = 0;

        if (t) {
            p->op[t][n].kind = OP_UNTIL_PARKED;
            p->op[t][n++].chan[0] = (uint8_t)(t - 1);
        }
        op_make(&p->op[t][n++], t + 1 < tasks ? waiting[below(3)] : then[below(sizeof then)]);
        if (below(2) || t + 1 == tasks)
            op_make(&p->op[t][n++], then[below(sizeof then)]);
        p->nops[t] = (uint8_t)n;
    }
}

static const char *const names[OP_KINDS] = {
    "",           "send",  "recv",   "try send",    "try recv",     "timed send",
    "timed recv", "close", "select", "select else", "select timed", "wait for",
};

static const char *chan_name(uint8_t c)
{
    return c == MODEL_NIL ? "nil" : c ? "b" : "a";
}

void program_say(const struct program *p, char *text, uint32_t bytes)
{
    FILE *f = fmemopen(text, bytes, "w");

    if (!f)
        return;
    for (uint32_t t = 0; t < p->ntasks; t++) {
        fprintf(f, "%stask %u:", t ? " | " : "", t + 2);
        for (uint32_t i = 0; i < p->nops[t]; i++) {
            const struct op *o = &p->op[t][i];

            fprintf(f, "%s %s", i ? "," : "", names[o->kind]);
            if (o->kind == OP_UNTIL_PARKED)
                fprintf(f, " task %u", o->chan[0] + 2u);
            else if (is_select(o))
                fprintf(f, " (%s %s, %s %s)", o->is_send[0] ? "send" : "recv",
                        chan_name(o->chan[0]), o->is_send[1] ? "send" : "recv",
                        chan_name(o->chan[1]));
            else
                fprintf(f, " %s", chan_name(o->chan[0]));
        }
    }
    fprintf(f, " | caps %u %u", p->cap[0], p->cap[1]);
    fclose(f);
}
