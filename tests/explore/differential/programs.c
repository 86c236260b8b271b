/* SPDX-License-Identifier: MIT */
/* programs.c - the programs of generate.py in C: what programs.go is in Go, function by function.
 *
 *     programs FILE FROM TO RUNS
 *
 * It writes a line for each outcome: the program's number, then what each task has noted. */
#include "core/task_slab.h"
#include "ctx.h"
#include "defer.h"
#include "select.h"
#include "stats.h"
#include "sync.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 3, TASKS = 4, FUNCTIONS = 24, OPS = 24, STEPS = 128, CALLS = 512, NOTES = 2048 };

struct op {
    char kind;
    int a, b;
};

struct program {
    int number, tasks, guarded, alone, stays; /* see generate.py */
    bool runs;                                /* several outcomes are possible */
    int caps[SLOTS];
    int nfunctions, nops[FUNCTIONS], nsteps;
    struct op functions[FUNCTIONS][OPS];
    int steps[STEPS];
};

enum state { AT_GATE, BUSY, OVER };

/* Function f, or operation o, by task t. */
struct call {
    struct run *run;
    int t, f;
    const struct op *o;
    struct cleanup record;
};

struct run {
    const struct program *p;
    struct chan *gates[TASKS];
    int states[TASKS];
    char notes[TASKS][NOTES];
    size_t noted[TASKS];
    int sent[TASKS];
    struct chan *chans[SLOTS];
    struct mutex mutexes[SLOTS];
    struct rwmutex rws[SLOTS];
    int held[SLOTS], reading[SLOTS], writing[SLOTS]; /* how often each lock */
    int wanting[SLOTS];                              /* how many ask for each rwmutex */
    struct waitgroup groups[SLOTS];
    struct once onces[SLOTS];
    struct cond conds[SLOTS];
    struct mutex locks[SLOTS]; /* of the conds */
    struct ctx *contexts[SLOTS];
    bool cancels[SLOTS];
    struct call calls[CALLS];
    int ncalls;
};

static __attribute__((format(printf, 3, 4))) void note(struct run *r, int t, const char *format,
                                                       ...)
{
    char *text = r->notes[t] + r->noted[t];
    size_t room = NOTES - r->noted[t];
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(text, room, format, args);
    va_end(args);
    if (n < 0 || (size_t)n + 2 > room)
        abort();
    strcpy(text + n, " ");
    r->noted[t] += (size_t)n + 1;
}

/* The driver says when this task may do its next operation. */
static void token(struct run *r, int t)
{
    __atomic_store_n(&r->states[t], AT_GATE, __ATOMIC_RELEASE);
    chan_recv(r->gates[t], NULL);
    __atomic_store_n(&r->states[t], BUSY, __ATOMIC_RELEASE);
}

static int value(struct run *r, int t)
{
    return t * 100 + ++r->sent[t];
}

static void received(struct run *r, int t, const char *how, int v, bool ok)
{
    if (ok)
        note(r, t, "%s%d", how, v);
    else
        note(r, t, "%sclosed", how);
}

static void count(int *n, int by)
{
    __atomic_add_fetch(n, by, __ATOMIC_ACQ_REL);
}

/* Unlocking what nobody has locked is fatal: only a program that has a process of its own does it,
 * and only while nobody waits: else Go does not notice. */
static bool may(struct run *r, int *counted, const int *waiting)
{
    if (__atomic_sub_fetch(counted, 1, __ATOMIC_ACQ_REL) >= 0)
        return true;
    count(counted, 1);
    return r->p->alone && !__atomic_load_n(waiting, __ATOMIC_ACQUIRE);
}

/* Bits 0 to 2 of o->a: a send to that channel; 3 to 5: a receive; 6: a receive from channel o->b %
 * 4 once more; 7: context o->b / 4 is done. */
static void do_select(struct run *r, int t, const struct op *o)
{
    struct select_case cases[2 * SLOTS + 2] = { 0 };
    int v = value(r, t), got = 0, chosen;

    for (int i = 0; i < SLOTS; i++) {
        cases[i] = (struct select_case)SEND(o->a >> i & 1 ? r->chans[i] : NULL, &v);
        cases[3 + i] = (struct select_case)RECV(o->a >> (3 + i) & 1 ? r->chans[i] : NULL, &got);
    }
    cases[6] = (struct select_case)RECV(o->a >> 6 & 1 ? r->chans[o->b % 4] : NULL, &got);
    cases[7] =
        (struct select_case)RECV(o->a >> 7 & 1 ? ctx_done(r->contexts[o->b / 4]) : NULL, NULL);
    chosen = o->kind == 'W' ? select_try(cases, 8) : select_wait(cases, 8);
    if (chosen < 0) {
        note(r, t, "default");
    } else if (chosen < 3) {
        note(r, t, "to%d", chosen);
    } else if (chosen < 7) {
        char from[16];

        snprintf(from, sizeof from, "from%d:", chosen < 6 ? chosen - 3 : o->b % 4);
        received(r, t, from, got, cases[chosen].ok);
    } else {
        note(r, t, "done");
    }
}

static void on_chan(struct run *r, int t, const struct op *o)
{
    struct chan *c = r->chans[o->a];
    enum chan_result result;
    int v;

    switch (o->kind) {
    case 's':
        v = value(r, t);
        chan_send(c, &v);
        note(r, t, "sent");
        break;
    case 'r': {
        bool ok = chan_recv(c, &v);

        received(r, t, "got:", v, ok);
        break;
    }
    case 'S':
        v = value(r, t);
        note(r, t, chan_try_send(c, &v) == CHAN_OK ? "sent" : "default");
        break;
    case 'R':
        result = chan_try_recv(c, &v);
        if (result == CHAN_WOULD_BLOCK)
            note(r, t, "default");
        else
            received(r, t, "got:", v, result == CHAN_OK);
        break;
    case 'x':
        chan_close(c);
        note(r, t, "closed");
        break;
    case 'g':
        while (chan_recv(c, &v))
            note(r, t, "next:%d", v);
        note(r, t, "end");
        break;
    case 'l': note(r, t, "len:%zu/%zu", chan_len(c), chan_cap(c)); break;
    }
}

static void body(void *call);

static struct call *call_of(struct run *r, int t, int f, const struct op *o)
{
    struct call *c = &r->calls[__atomic_fetch_add(&r->ncalls, 1, __ATOMIC_RELAXED)];

    if (c == r->calls + CALLS)
        abort();
    *c = (struct call){ r, t, f, o };
    return c;
}

static void called(void *call)
{
    protect(body, call);
}

static void on_rw(struct run *r, int t, const struct op *o)
{
    struct rwmutex *rw = &r->rws[o->a];
    int *wanting = &r->wanting[o->a];

    switch (o->kind) {
    case 'q':
        count(wanting, 1);
        rwmutex_rlock(rw);
        count(wanting, -1);
        count(&r->reading[o->a], 1);
        break;
    case 'Q':
        if (may(r, &r->reading[o->a], wanting))
            rwmutex_runlock(rw);
        break;
    case 'k':
        count(wanting, 1);
        rwmutex_lock(rw);
        count(wanting, -1);
        count(&r->writing[o->a], 1);
        break;
    case 'K':
        if (may(r, &r->writing[o->a], wanting))
            rwmutex_unlock(rw);
        break;
    }
    note(r, t, "%c", o->kind);
}

static void on_lock(struct run *r, int t, const struct op *o)
{
    int i = o->a;

    switch (o->kind) {
    case 'm':
        mutex_lock(&r->mutexes[i]);
        count(&r->held[i], 1);
        break;
    case 't':
        if (!mutex_try_lock(&r->mutexes[i])) {
            note(r, t, "no");
            return;
        }
        count(&r->held[i], 1);
        break;
    case 'M':
        if (may(r, &r->held[i], &(int){ 0 }))
            mutex_unlock(&r->mutexes[i]);
        break;
    case 'a': wg_add(&r->groups[i], o->b); break;
    case 'A': wg_wait(&r->groups[i]); break;
    case 'o': once_do(&r->onces[i], called, call_of(r, t, o->b, NULL)); break;
    case 'c':
        mutex_lock(&r->locks[i]);
        cond_wait(&r->conds[i], &r->locks[i]);
        mutex_unlock(&r->locks[i]);
        break;
    case 'C': cond_signal(&r->conds[i]); break;
    case 'B': cond_broadcast(&r->conds[i]); break;
    }
    note(r, t, "%c", o->kind);
}

static void on_context(struct run *r, int t, const struct op *o)
{
    struct ctx *x = r->contexts[o->a]; /* another may have its place while this one is waited for */
    const char *err;

    switch (o->kind) {
    case 'n':
        x = r->contexts[o->a] = ctx_with_cancel(r->contexts[o->b]);
        r->cancels[o->a] = true;
        break;
    case 'N':
        x = r->contexts[o->a] = ctx_with_timeout(r->contexts[o->b], 0);
        r->cancels[o->a] = true;
        break;
    case 'X':
        if (r->cancels[o->a])
            ctx_cancel(x, NULL);
        break;
    case 'D': chan_recv(ctx_done(x), NULL); break;
    }
    err = ctx_err_text(ctx_err(x));
    note(r, t, "%c%s", o->kind, err ? err : "<nil>");
}

static void do_op(void *call)
{
    struct call *c = call;

    if (strchr("wW", c->o->kind))
        do_select(c->run, c->t, c->o);
    else if (strchr("srSRxgl", c->o->kind))
        on_chan(c->run, c->t, c->o);
    else if (strchr("nNXDe", c->o->kind))
        on_context(c->run, c->t, c->o);
    else if (strchr("qQkK", c->o->kind))
        on_rw(c->run, c->t, c->o);
    else
        on_lock(c->run, c->t, c->o);
}

static void catch (void *call)
{
    struct call *c = call;
    const char *p = recover();

    if (p)
        note(c->run, c->t, "caught(%s)", p);
}

struct guarded {
    task_fn *fn;
    struct call *call;
};

static void guarded_run(void *guarded)
{
    struct guarded *g = guarded;

    defer(catch, g->call);
    g->fn(g->call);
}

static void guard(task_fn *fn, struct call *c)
{
    struct guarded g = { fn, c };

    protect(guarded_run, &g);
}

static void defer_body(struct call *c)
{
    if (c->f % 2)
        defer(body, c);
    else
        defer_record(&c->record, body, c);
}

/* A function of the program: called, started or deferred.  What Go does where a function ends is
 * done here where protect() does. */
static void body_ops(struct call *c)
{
    struct run *r = c->run;
    int t = c->t, f = c->f;
    bool guarded = f == t && r->p->guarded;

    for (int i = 0; i < r->p->nops[f]; i++) {
        const struct op *o = &r->p->functions[f][i];
        const char *p;

        switch (o->kind) {
        case 'j': note(r, t, "%d", o->a); break;
        case 'F': defer_body(call_of(r, t, o->a, NULL)); break;
        case 'p': token(r, t); panic("oops %d", o->a);
        case 'v':
            p = recover();
            note(r, t, "recovered(%s)", p ? p : "<nil>");
            break;
        case 'z': task_exit();
        case 'f':
            if (f == t)
                token(r, t);
            if (guarded)
                guard(body, call_of(r, t, o->a, NULL));
            else
                called(call_of(r, t, o->a, NULL));
            break;
        default:
            token(r, t);
            if (guarded)
                guard(do_op, call_of(r, t, f, o));
            else
                do_op(call_of(r, t, f, o));
        }
    }
}

static void body(void *call)
{
    DEFER_SCOPE;
    body_ops(call);
}

static void now_over(void *call)
{
    struct call *c = call;

    __atomic_store_n(&c->run->states[c->t], OVER, __ATOMIC_RELEASE);
}

static void task(void *call)
{
    struct call *c = call;

    defer(now_over, c);
    if (c->run->p->alone)
        body(c);
    else
        guard(body, c);
}

/* All tasks but the caller wait.  One that has just woken another and gone to wait itself has
 * been counted as a park. */
static NO_TSAN bool all_wait(void)
{
    uint64_t parks = stats_read().parks, waiting = 0;

    for (struct task_slab *s = __atomic_load_n(&task_slabs, __ATOMIC_ACQUIRE); s; s = s->next)
        for (const volatile struct task *t = s->tasks; t < s->tasks + SLAB_TASKS; t++)
            waiting += t->state == TASK_WAITING;
    return waiting + 1 == task_count() && parks == stats_read().parks;
}

static void settle(void)
{
    do
        task_yield();
    while (!all_wait());
}

static void run_make(struct run *r, const struct program *p)
{
    r->p = p;
    for (int i = 0; i < SLOTS; i++) {
        if (p->caps[i] >= 0)
            r->chans[i] = chan_make(sizeof(int), (size_t)p->caps[i]);
        r->contexts[i] = ctx_background();
    }
    for (int t = 0; t < p->tasks; t++)
        r->gates[t] = chan_make(0, 1);
}

/* Tasks that wait in the end are left where they are, and what they wait for with them. */
static void run(const struct program *p)
{
    static const char *const ends[] = { "gate", "waits", "over" };
    struct run *r = calloc(1, sizeof *r);

    if (!r)
        abort();
    run_make(r, p);
    for (int t = 0; t < p->tasks; t++)
        go(task, call_of(r, t, t, NULL));
    settle();
    for (int i = 0; i < p->nsteps; i++)
        if (__atomic_load_n(&r->states[p->steps[i]], __ATOMIC_ACQUIRE) == AT_GATE) {
            chan_send(r->gates[p->steps[i]], NULL);
            settle();
        }
    printf("%d ", p->number);
    for (int t = 0; t < p->tasks; t++)
        printf("%s%s|", r->notes[t], ends[r->states[t]]);
    printf("\n");
    fflush(stdout);
    if (p->stays)
        task_stop();
}

/* --- the file ----------------------------------------------------------------------------- */

static int numbers(char *text, int *to, int most)
{
    int n = 0;
    char *rest;

    for (char *word = strtok_r(text, " \n", &rest); word; word = strtok_r(NULL, " \n", &rest)) {
        if (n == most)
            abort();
        to[n++] = atoi(word);
    }
    return n;
}

static void function(struct program *p, char *text)
{
    int f = p->nfunctions++;
    char *rest;

    if (f == FUNCTIONS)
        abort();
    for (char *word = strtok_r(text, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        struct op *o = &p->functions[f][p->nops[f]++];

        if (p->nops[f] > OPS)
            abort();
        sscanf(word, "%c%d,%d", &o->kind, &o->a, &o->b);
        p->runs |= o->kind == 'w' || o->kind == 'W';
    }
}

/* number tasks guarded alone stays | caps | function | function ... | steps */
static void parse(struct program *p, char *line)
{
    int head[5];
    char *rest = line, *part;

    memset(p, 0, sizeof *p);
    numbers(strsep(&rest, "|"), head, 5);
    p->number = head[0];
    p->tasks = head[1];
    p->guarded = head[2];
    p->alone = head[3];
    p->stays = head[4];
    numbers(strsep(&rest, "|"), p->caps, SLOTS);
    while ((part = strsep(&rest, "|")) && rest)
        function(p, part);
    p->nsteps = numbers(part, p->steps, STEPS);
}

static char **args;

static void all(void *unused)
{
    FILE *file = fopen(args[1], "r");
    int from = atoi(args[2]), to = atoi(args[3]), runs = atoi(args[4]);
    static struct program p;
    char *line = NULL;
    size_t room = 0;

    (void)unused;
    if (!file) {
        perror(args[1]);
        exit(2);
    }
    for (int i = 0; getline(&line, &room, file) > 0; i++) {
        if (i < from || i >= to)
            continue;
        parse(&p, line);
        if (p.alone && to - from > 1)
            continue;
        for (int n = 0; n < runs && (n == 0 || p.runs); n++)
            run(&p);
    }
    fclose(file);
    free(line);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fprintf(stderr, "usage: programs FILE FROM TO RUNS\n");
        return 2;
    }
    args = argv;
    return task_main(all, NULL);
}
