/* SPDX-License-Identifier: MIT */
/* check.c - every claim on counts and outcomes, proved or not.
 *
 * At each dial point of a tip run three processes of bad, three of good and one of
 * null, which is good once more.  From them come a line for each claim and one
 * for the contract of the tip (check_contract.c).
 *
 * The output is the same in every run, byte for byte: figures are printed only for
 * EXACT columns; what depends on the scheduler or the collector is put in words.
 *
 * With --lang go it examines the Go twins: one process of each at a point, and one of
 * good in C, whose answers Go's must equal.  Judged is what is EXACT, and outcomes, for
 * Go's scheduler on a busy machine is nobody's promise.  A verdict that differs from C's
 * must be what the claim says of Go (claim.go in patterns/pattern.h).
 *
 * A count that depends on the scheduler can have met a bad moment of a busy machine: when
 * a claim on one is not met, the tip is run once more, and that decides.
 *
 * Claims on bytes of RSS and on time are for `bench`, which has statistics; a
 * verdict on one process's clock would be a coin toss. */
#include "cmd/args.h"
#include "run/check_impl.h"
#include "cmd/commands.h"
#include "process/lang.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WINDOW = 8,      /* at a time: one that waits for a leak to end only sleeps, */
    RATE_WINDOW = 2, /* but one that keeps a timetable needs a processor when due */
};

/* --- running --- */

static void add(struct exam *x, const char *lang, const char *twin, uint64_t point)
{
    const struct tip *t = x->e->tip;

    x->jobs[x->n].request = plan_request(x->e, twin, t->dial == RATE ? "rate" : "count",
                                         dial_set(tip_params(t), t->dial, point));
    x->jobs[x->n++].request.lang = lang;
}

static void plan(struct exam *x)
{
    const struct tip *t = x->e->tip;
    size_t runs = in_c(x) ? COUNT_RUNS : 1; /* in C three must agree: that is the contract */
    size_t points = !in_c(x) && t->dial == RATE ? 1 : tip_points(t); /* nothing there is exact */

    for (size_t p = 0; p < points; p++) {
        for (size_t run = 0; run < runs; run++) {
            add(x, x->lang, "bad", t->points[p]);
            add(x, x->lang, "good", t->points[p]);
        }
        add(x, "c", in_c(x) ? "null" : "good", t->points[p]);
    }
}

/* Children end in any order and are looked at in the order they were started.
 * After an error none is started any more, but all that were are finished. */
static int run_all(struct exam *x)
{
    size_t window = x->e->tip->dial == RATE ? RATE_WINDOW : WINDOW, started = 0;
    int error = 0;

    for (size_t done = 0; done < x->n; done++) {
        while (!error && started < x->n && started < done + window) {
            struct process *j = &x->jobs[started++];
            error = child_start(&j->request, &j->child);
        }
        struct process *j = &x->jobs[done];
        int failed = j->child ? child_finish(j->child, &x->samples[done], j->why) : 0;
        if (!error)
            error = failed;
    }
    return error;
}

/* --- claims --- */

/* In this language? */
static bool is_judged(const struct exam *x, const struct claim *c)
{
    const struct column *column = column_find(c->column);

    return is_counted(c) && (in_c(x) || !column || column->kind == EXACT);
}

/* Figures may be printed where they are the same in every run. */
static bool has_figures(const struct claim *c)
{
    const struct column *column = column_find(c->column);

    return !column || column->kind == EXACT;
}

static void print_found(const struct claim *c, const struct verdict *v)
{
    bool figures = has_figures(c);

    if (v->finding == EMPTY) {
        printf("-: %s", v->note);
        return;
    }
    if (v->finding == REFUTED)
        printf("refuted, as expected");
    if (v->finding == REFUTED && figures)
        printf(": ");
    if (v->finding == REFUTED && !figures)
        return;
    printf("bad %s, good %s", figures ? v->bad : expect_word(c->bad),
           figures ? v->good : expect_word(c->good));
}

/* The first process of a twin that did not come out as the tip says. */
static void print_why(const struct exam *x)
{
    for (size_t i = 0; i < x->n; i++) {
        const struct sample *s = &x->samples[i];
        enum expect end = plan_end(x->e->tip, s->twin);
        if (!x->jobs[i].why[0] || strcmp(s->outcome, expect_word(end)) == 0)
            continue;
        printf("     %s at %s %" PRIu64 " %s: %s\n", s->twin, dial_name(x->e->tip->dial),
               dial_get(&x->jobs[i].request.params, x->e->tip->dial), s->outcome, x->jobs[i].why);
        return;
    }
}

static enum finding expected_of(const struct exam *x, size_t claim, const struct verdict *v)
{
    return v->finding == EMPTY ? EMPTY
                               : lang_expects(&x->e->tip->claims[claim], x->lang, lang_go());
}

/* Does a claim fail whose column is not exact? */
static bool is_doubtful(const struct exam *x)
{
    for (size_t i = 0; i < tip_claims(x->e->tip); i++) {
        const struct claim *c = &x->e->tip->claims[i];
        const struct column *column = column_find(c->column);
        if (!is_judged(x, c) || !column || column->kind != BOUNDED)
            continue;
        struct verdict v = judge_count(x->e, i, x->lang, x->samples, x->n);
        if (v.finding != expected_of(x, i, &v))
            return true;
    }
    return false;
}

static void check_claim(const struct exam *x, size_t claim, struct score *score)
{
    const struct claim *c = &x->e->tip->claims[claim];
    struct verdict v = judge_count(x->e, claim, x->lang, x->samples, x->n);
    enum finding expected = expected_of(x, claim, &v);
    bool ok = v.finding == expected;

    score->passed += ok;
    score->failed += !ok;
    printf("%s %s %s%s: ", ok ? "ok" : "FAIL", x->e->name, c->column, in_c(x) ? "" : " in Go");
    if (ok) {
        print_found(c, &v);
        printf("\n");
        return;
    }
    printf("bad %s, good %s: %s, expected %s%s%s\n", v.bad, v.good, finding_word(v.finding),
           finding_word(expected), v.note[0] ? ": " : "", v.note);
    print_why(x);
}

/* --- the command --- */

/* A tip without Go twins must say why. */
static int check_absence(const struct entry *e, struct score *score)
{
    const char *why = e->tip->go_none;

    score->passed += !!why;
    score->failed += !why;
    if (why)
        printf("ok %s in Go: none: %s\n", e->name, why);
    else
        printf("FAIL %s in Go: no twins, and the tip does not say why (go_none)\n", e->name);
    return 0;
}

static int check_tip(const struct entry *e, const char *lang, struct score *score)
{
    if (!lang_has(lang, e->name))
        return check_absence(e, score);
    struct exam *x = calloc(1, sizeof *x);
    int error = x ? 0 : -ENOMEM;

    if (x) {
        x->e = e;
        x->lang = lang;
        plan(x);
        error = run_all(x);
        if (!error && is_doubtful(x))
            error = run_all(x);
    }
    if (error) {
        fprintf(stderr, "twinbench: check %s: %s\n", e->name,
                error == -EINTR ? "interrupted" : strerror(-error));
        free(x);
        return error;
    }
    for (size_t i = 0; i < tip_claims(e->tip); i++)
        if (is_judged(x, &e->tip->claims[i]))
            check_claim(x, i, score);
    check_contract(x, score);
    fflush(stdout);
    free(x);
    return 0;
}

/* The tips of these names or families, or all.  Names are looked up before anything runs. */
static int check_these(const char *const *names, size_t n, const char *lang, struct score *score)
{
    const struct entry *tips[nentries + 1];

    for (size_t i = 0; i < n; i++)
        if (args_tips(names[i], tips) == 0)
            return 2;
    for (size_t i = 0; i < (n ? n : nentries); i++) {
        size_t these = n ? args_tips(names[i], tips) : 1;
        for (size_t k = 0; k < these; k++)
            if (check_tip(n ? tips[k] : &entries[i], lang, score))
                return 1;
    }
    printf("%zu passed, %zu failed\n", score->passed, score->failed);
    return score->failed ? 1 : 0;
}

static bool can_check(const char *lang)
{
    bool go = strcmp(lang, "go") == 0;

    if (!go && strcmp(lang, "c") != 0)
        fprintf(stderr, "twinbench: --lang must be c or go, not '%.20s'\n", lang);
    else if (go && !lang_go()[0])
        fprintf(stderr, "twinbench: the Go twins are not built; make go builds them\n");
    else
        return true;
    return false;
}

int cmd_check(int argc, char **argv)
{
    const char *names[argc], *lang = "c";
    const struct arg flags[] = {
        { "--lang", ARG_WORD, &lang, 0, 0, "go: the twins in Go, and whether they differ from C" },
    };
    const struct args args = { "check [--lang c|go] [TIP ...]",
                               "Prove every claim on counts and outcomes, of all tips or of these.",
                               flags,
                               1,
                               names,
                               0,
                               (size_t)argc };
    struct score score = { 0 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    if (!can_check(lang))
        return 2;
    child_catch_signals();
    return check_these(names, (size_t)n, lang, &score);
}
