/* SPDX-License-Identifier: MIT */
/* check.c - every claim on counts and outcomes, proved or not.
 *
 * At each dial point of a tip run three processes of bad, three of good and one of
 * null, which is good once more.  From them come a line for each claim and one
 * for the contract of the tip (decide/contract.h).
 *
 * The output is the same in every run, byte for byte: figures are printed only for
 * EXACT columns; what depends on the scheduler or the collector is put in words.
 *
 * With --lang go it examines the twins of every Go that is here, with --lang go1.24 of that
 * one: one process of each at a point, and one of good in C, whose answers Go's must equal.
 * BOUNDED counts are not judged, for they depend on Go's scheduler and on how busy the
 * machine is; but those of a tip in Go alone are, as in C.  Such a tip is examined in Go also where
 * no language is asked for, for it has none in C.  Growth is, because that is where releases
 * differ.  A verdict that differs from C's must be what the claim says of Go, from the release on
 * that it says (claim.go in patterns/pattern.h), and what a fact of ageing says of the claim must
 * be so in that release (struct fact there).  The columns that Go does not report are said once,
 * at the end.
 *
 * A count that depends on the scheduler can have met a bad moment of a busy machine: when
 * a claim on one is not met, the tip is run once more, and that decides.
 *
 * Claims on time, and in C on bytes of RSS, are for `bench`, which has statistics; a
 * verdict on one process's clock would be a coin toss. */
#include "check/examination.h"
#include "cmd/args.h"
#include "cmd/commands.h"
#include "decide/claims.h"
#include "process/find_executors.h"
#include "process/probe_go.h"
#include "say/sentences.h"
#include "show/wrap_text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct score {
    size_t passed, failed;
    const char *not_told[64]; /* columns that a claim is about and Go does not report */
    size_t nnot_told;
    bool no_proof; /* C cannot tell which tasks are leaked on this system */
};

/* --- claims --- */

/* Figures may be printed where they are the same in every run. */
static bool has_figures(const struct claim *c)
{
    const struct column *column = column_find(c->column);

    return !column || column->kind == EXACT;
}

static struct found {
    char text[240];
} found_words(const struct claim *c, const struct verdict *v)
{
    bool figures = has_figures(c), refuted = v->finding == REFUTED;
    struct found w = { "refuted, as expected" };

    if (figures || !refuted)
        snprintf(w.text, sizeof w.text, "%sbad %s, good %s",
                 refuted ? "refuted, as expected: " : "",
                 figures ? result_words(&v->bad).text : expect_word(c->bad),
                 figures ? result_words(&v->good).text : expect_word(c->good));
    return w;
}

static const char *in_which(const struct exam *x)
{
    static char words[sizeof " in " + sizeof x->executor->title];

    snprintf(words, sizeof words, " in %s", x->executor->title);
    return exam_is_in_c(x) ? "" : words;
}

static void fail_hung(const struct examination *r, struct score *score)
{
    const struct exam *x = &r->exam;
    const struct tip *t = x->e->tip;
    const struct sample *s = &r->samples[r->hung - r->process];

    score->failed++;
    wrap_row(5, "FAIL %s%s: %s at %s %" PRIu64 " STUCK: %s; nothing else of it is judged",
             x->e->name, in_which(x), role_word(s->twin), dial_name(t->dial), dial_of(t, s),
             r->hung->why);
}

/* The first process of a twin that did not come out as the tip says. */
static void print_why(const struct examination *r)
{
    const struct tip *t = r->exam.e->tip;

    for (size_t i = 0; i < r->n; i++) {
        const struct sample *s = &r->samples[i];
        if (!r->process[i].why[0] || outcome_is(s->outcome, tip_end(t, s->twin)))
            continue;
        wrap_row(5, "     %s at %s %" PRIu64 " %s: %s", role_word(s->twin), dial_name(t->dial),
                 dial_of(t, s), outcome_word(s->outcome), r->process[i].why);
        return;
    }
}

/* Said once, whatever the number of tips and of releases. */
static void not_told(struct score *score, const char *column)
{
    for (size_t i = 0; i < score->nnot_told; i++)
        if (strcmp(score->not_told[i], column) == 0)
            return;
    if (score->nnot_told < sizeof score->not_told / sizeof score->not_told[0])
        score->not_told[score->nnot_told++] = column;
}

static void print_not_told(const struct score *score)
{
    char names[1024] = "";

    for (size_t i = 0, n = 0; i < score->nnot_told && n < sizeof names; i++)
        n += (size_t)snprintf(names + n, sizeof names - n, "%s%s", i ? ", " : "",
                              score->not_told[i]);
    if (score->nnot_told)
        wrap_row(5, "Go does not report: %s", names);
    if (score->no_proof)
        wrap_row(
            5, "not reported: leaked, for this system does not let a process read its own memory");
}

static void check_claim(const struct examination *r, size_t claim, struct score *score)
{
    const struct exam *x = &r->exam;
    const struct claim *c = &x->e->tip->claims[claim];
    struct verdict v = examination_verdict(r, claim);
    bool ok = v.finding == v.expected;

    if (v.finding == EMPTY) {
        if (exam_is_in_c(x))
            score->no_proof = true;
        else
            not_told(score, c->column);
        return;
    }
    score->passed += ok;
    score->failed += !ok;
    if (ok) {
        wrap_row(5, "ok %s %s%s: %s", x->e->name, c->column, in_which(x), found_words(c, &v).text);
        return;
    }
    wrap_row(5, "FAIL %s %s%s: bad %s, good %s: %s, expected %s%s%s", x->e->name, c->column,
             in_which(x), result_words(&v.bad).text, result_words(&v.good).text,
             finding_word(v.finding), finding_word(v.expected), v.note[0] ? ": " : "", v.note);
    print_why(r);
}

static void check_contract(const struct examination *r, struct score *score)
{
    const struct exam *x = &r->exam;
    const char *broken = contract_broken(x);

    score->passed += !broken;
    score->failed += !!broken;
    wrap_row(5, "%s %s contract%s: %s", broken ? "FAIL" : "ok", x->e->name, in_which(x),
             broken ? broken : contract_kept(x));
    if (broken)
        print_why(r);
}

/* --- the command --- */

/* A tip without twins there must say why. */
static int check_absence(const struct entry *e, const struct executor *x, struct score *score)
{
    const char *why = tip_none(e, x->language);

    score->passed += !!why;
    score->failed += !why;
    if (why)
        wrap_row(5, "ok %s in %s: none: %s", e->name, x->title, why);
    else
        wrap_row(5, "FAIL %s in %s: no twins, and its README.md does not say why", e->name,
                 x->title);
    return 0;
}

static void score_fact(const struct aged *a, struct score *score)
{
    const struct fact *f = a->fact;
    bool ok = aged_standing(a) == STANDING_CONFIRMED;

    score->passed += ok;
    score->failed += !ok;
    if (ok)
        wrap_row(5, "ok %s aged in %s: %s: %s", a->tip, a->executor->title, f->what,
                 answer_word(a->answer));
    else
        wrap_row(5, "FAIL %s aged in %s: %s: %s, expected %s%s%s: %s", a->tip, a->executor->title,
                 f->what, answer_word(a->answer), answer_word(aged_expected(f, a->executor)),
                 f->since ? ", for it is so since " : "", f->since ? f->since : "", a->saw);
}

/* The facts that the release answers by a probe. */
static void check_probes(const struct exam *x, struct score *score)
{
    for (size_t i = 0; !exam_is_in_c(x) && i < tip_facts(x->e->tip); i++) {
        struct aged a = { .tip = x->e->name, .fact = &x->e->tip->aged[i], .executor = x->executor };
        if (!a.fact->probe)
            continue;
        probe_go(&a);
        score_fact(&a, score);
    }
}

/* The facts of ageing that this claim answers, which was judged.  Facts with a bound on a ratio
 * are about time, and `bench` answers them. */
static void check_facts_of(const struct examination *r, size_t claim, struct score *score)
{
    const struct exam *x = &r->exam;
    struct verdict v = examination_verdict(r, claim);
    const struct findings f = { .verdicts = &v, .nverdicts = 1 };

    for (size_t i = 0; !exam_is_in_c(x) && v.finding != EMPTY && i < tip_facts(x->e->tip); i++) {
        struct aged a = { .tip = x->e->name, .fact = &x->e->tip->aged[i], .executor = x->executor };
        if (!a.fact->claim || strcmp(a.fact->claim, v.column) != 0)
            continue;
        aged_by_claim(&a, &f);
        score_fact(&a, score);
    }
}

static void judge(const struct examination *r, struct score *score)
{
    const struct tip *t = r->exam.e->tip;

    for (size_t i = 0; i < tip_claims(t); i++)
        if (examination_judges(&r->exam, &t->claims[i])) {
            check_claim(r, i, score);
            check_facts_of(r, i, score);
        }
    check_contract(r, score);
    check_probes(&r->exam, score);
}

static int check_tip(const struct entry *e, const struct executor *x, struct score *score)
{
    if (!executor_runs(x, e))
        return check_absence(e, x, score);
    struct examination *r = calloc(1, sizeof *r);
    int error = -ENOMEM;

    if (r) {
        r->exam = (struct exam){ .e = e, .executor = x };
        error = examine(r);
    }
    if (error) {
        fprintf(stderr, "twinbench: check %s: %s\n", e->name,
                error == -EINTR ? "interrupted" : strerror(-error));
        free(r);
        return error;
    }
    if (r->hung)
        fail_hung(r, score);
    else
        judge(r, score);
    fflush(stdout);
    free(r);
    return 0;
}

/* Which executors check a tip. */
struct choice {
    const struct executor **list;
    size_t n;
    bool only_ageing;
    const struct choice *in_go; /* what is in Go alone, where no language was asked for; or NULL */
};

static int check_by_all(const struct entry *e, const struct choice *by, struct score *score)
{
    if (by->in_go && tip_none(e, LANGUAGE_C))
        by = by->in_go;
    if (by->n == 0) {
        score->failed++;
        wrap_row(5, "FAIL %s: it is in Go alone, and no Go is built here; make go builds the twins",
                 e->name);
    }
    for (size_t k = 0; k < by->n; k++) {
        const struct exam x = { .e = e, .executor = by->list[k] };
        if (by->only_ageing)
            check_probes(&x, score);
        else if (check_tip(e, by->list[k], score))
            return 1;
    }
    return 0;
}

/* The tips of these names or families, or all.  Names are looked up before anything runs. */
static int check_these(const char *const *names, size_t n, const struct choice *by,
                       struct score *score)
{
    const struct entry *tips[nentries + 1];

    for (size_t i = 0; i < n; i++)
        if (args_tips(names[i], tips) == 0)
            return 2;
    for (size_t i = 0; i < (n ? n : nentries); i++) {
        size_t these = n ? args_tips(names[i], tips) : 1;
        for (size_t k = 0; k < these; k++)
            if (check_by_all(n ? tips[k] : &entries[i], by, score))
                return 1;
    }
    print_not_told(score);
    printf("%zu passed, %zu failed\n", score->passed, score->failed);
    return score->failed || !score->passed;
}

/* "go" is every Go that is here.  Counts are not claimed of another heap. */
static bool is_chosen(const struct executor *x, const char *name)
{
    if (x->heap != HEAP_DEFAULT || (x != executor_c() && !executor_is_built_go(x)))
        return false;
    return strcmp(x->name, name) == 0 || (strcmp(name, "go") == 0 && executor_is_built_go(x));
}

static void choose(struct choice *by, const char *name)
{
    for (size_t k = 0; k < nexecutors(); k++)
        if (is_chosen(executor_at(k), name))
            by->list[by->n++] = executor_at(k);
}

static void say_choice(const char *name)
{
    if (strcmp(name, "go") == 0) {
        fprintf(stderr, "twinbench: the Go twins are not built; make go builds them\n");
        return;
    }
    if (strncmp(name, "go1.", 4) == 0) {
        fprintf(stderr,
                "twinbench: the twins of %.20s are not built; make go builds those of each Go that "
                "is here\n",
                name);
        return;
    }
    fprintf(stderr, "twinbench: --lang must be c or go");
    for (size_t k = 0; k < nexecutors(); k++)
        if (executor_is_built_go(executor_at(k)))
            fprintf(stderr, " or %s", executor_at(k)->name);
    fprintf(stderr, ", not '%.20s'\n", name);
}

int cmd_check(int argc, char **argv)
{
    const char *names[argc], *lang = NULL;
    bool ageing = false;
    const struct arg flags[] = {
        { "--lang", ARG_WORD, &lang, 0, 0,
          "go, or one release of it, go1.24: check the twins in Go" },
        { "--ageing", ARG_FLAG, &ageing, 0, 0,
          "only the facts of ageing, as each Go answers them" },
    };
    const struct args args = { "check [--lang c|go|go1.NN] [--ageing] [TIP ...]",
                               "Prove every claim on counts and outcomes, of all tips or of these.",
                               flags,
                               sizeof flags / sizeof flags[0],
                               names,
                               0,
                               (size_t)argc };
    struct score score = { 0 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    const struct executor *list[nexecutors()], *in_go[nexecutors()];
    struct choice go = { in_go, 0, ageing, NULL };
    struct choice by = { list, 0, ageing, lang ? NULL : &go };
    if (ageing && (!lang || strcmp(lang, "c") == 0))
        lang = "go"; /* C has not aged */
    choose(&go, "go");
    choose(&by, lang ? lang : "c");
    if (by.n == 0) {
        say_choice(lang);
        return 2;
    }
    child_catch_signals();
    return check_these(names, (size_t)n, &by, &score);
}
