/* SPDX-License-Identifier: MIT */
/* contract.c - whether a tip keeps its contract (patterns/pattern.h). Both twins give the same
 * answers.  Good run twice shows no difference.  The claims fail when bad is run in the place of
 * good. */
#include "decide/contract.h"

#include "decide/claims.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each check returns a sentence if the contract is broken, else NULL.  The
 * sentence is valid until the next one. */
static char broken[200];

#define BROKEN(...) (snprintf(broken, sizeof broken, __VA_ARGS__), (const char *)broken)

bool exam_is_in_c(const struct exam *x)
{
    return x->executor == executor_c();
}

bool exam_is_at_home(const struct exam *x)
{
    return exam_is_in_c(x) || tip_none(x->e, LANGUAGE_C);
}

static bool is_empty(const char *text)
{
    return !text || !text[strspn(text, " \t\n")];
}

/* The texts in tip.c.  The build checks those of README.md. */
static const char *contract_texts(const struct exam *x)
{
    const struct tip *t = x->e->tip;

    if (is_empty(t->dial_unit))
        return BROKEN("its dial_unit is empty");
    if (strpbrk(t->dial_unit, ";()"))
        return BROKEN("its dial_unit has more behind what it counts than a comma may begin: \"%s\"",
                      t->dial_unit);
    for (size_t i = 0; i < tip_claims(t); i++) {
        const struct claim *c = &t->claims[i];

        if (c->refuted && is_empty(c->why))
            return BROKEN("it expects its claim on %s to be refuted and does not say why",
                          c->column);
        if (c->varies && claim_kind(t, c) != KIND_TIME)
            return BROKEN("its claim on %s varies, which only a time may", c->column);
        if (c->varies && (is_empty(c->varies) || c->refuted || c->go.why))
            return BROKEN("its claim on %s varies: it says why, and expects nothing else",
                          c->column);
    }
    return NULL;
}

static const char *contract_dial(const struct exam *x)
{
    const struct tip *t = x->e->tip;
    size_t n = tip_points(t);

    if (n < 2)
        return BROKEN("its parameter has %zu of the two points that a shape needs", n);
    for (size_t i = 1; i < n; i++)
        if (t->points[i] <= t->points[i - 1])
            return BROKEN("the points of its parameter do not rise at %" PRIu64, t->points[i]);
    return tip_claims(t) ? NULL : BROKEN("it claims nothing");
}

/* What the tip's saying asserts, as data.  Without it no run could label the saying. */
static const char *contract_says(const struct exam *x)
{
    return tip_says(x->e->tip) > 0
               ? NULL
               : BROKEN("it has no data (.says) of what would be measured if its saying were true");
}

/* A saying of a size is tested for that size: else its label and the verdict on the claim would
 * decide the same time by two of them. */
static const char *contract_sizes(const struct exam *x)
{
    const struct tip *t = x->e->tip;

    for (size_t i = 0; i < tip_says(t); i++)
        for (size_t k = 0; k < tip_claims(t); k++) {
            const struct claim *said = &t->says[i], *c = &t->claims[k];
            if (said->ratio > 0 && said->ratio != c->ratio && said->heap == c->heap &&
                strcmp(said->column, c->column) == 0)
                return BROKEN("its saying is of a ratio of %g and its claim on %s of %g",
                              said->ratio, c->column, c->ratio);
        }
    return NULL;
}

static const char *contract_claims(const struct exam *x)
{
    const struct tip *t = x->e->tip;

    for (size_t i = 0; i < tip_claims(t); i++)
        if (t->claims[i].bad == NOTHING && t->claims[i].good == NOTHING)
            return BROKEN("its claim on %s says nothing of either twin", t->claims[i].column);
    return NULL;
}

/* A claim with a heap is about time, and C runs on that heap. */
static const char *contract_heaps(const struct exam *x)
{
    const struct tip *t = x->e->tip;

    for (size_t i = 0; i < tip_claims(t); i++) {
        const struct claim *c = &t->claims[i];
        if (!executor_on_heap(c->heap))
            return BROKEN("no executor runs C on the heap %s", heap_name(c->heap));
        if (c->heap != HEAP_DEFAULT && claim_kind(t, c) != KIND_TIME)
            return BROKEN("its claim on %s names a heap, and there only time is measured",
                          c->column);
    }
    return NULL;
}

static const char *contract_curve(const struct exam *x)
{
    const struct tip *t = x->e->tip;
    size_t n = tip_curve_points(t);

    if ((n > 0) != (t->chart == TIME_CURVE))
        return BROKEN("it needs both a chart of a curve (.chart) and the values of the curve "
                      "(.curve), or neither");
    if (n > 0 && t->dial != SIZE)
        return BROKEN("it has a curve, which is over sizes, and its parameter is %s",
                      dial_name(t->dial));
    for (size_t i = 1; i < n; i++)
        if (t->curve[i] <= t->curve[i - 1])
            return BROKEN("the values of its curve do not rise at %" PRIu64, t->curve[i]);
    return NULL;
}

static bool was_run(const struct exam *x, const struct executor *by, enum role twin)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->samples[i].lang == by && x->samples[i].twin == twin)
            return true;
    return false;
}

/* There are samples of both twins, and of the twin that they are compared with; and those that
 * should end well gave an answer.  Otherwise the checks below would compare nothing and pass. */
static const char *contract_samples(const struct exam *x)
{
    const struct tip *t = x->e->tip;
    bool home = exam_is_at_home(x);
    enum role beside = home ? TWIN_NULL : TWIN_GOOD;
    const struct executor *by = home ? x->executor : executor_c();

    for (enum role twin = TWIN_BAD; twin <= TWIN_GOOD; twin++)
        if (!was_run(x, x->executor, twin))
            return BROKEN("no process of %s was run", role_word(twin));
    if (!was_run(x, by, beside))
        return BROKEN("no process of %s was run in %s", role_word(beside), by->title);
    for (size_t i = 0; i < x->n; i++) {
        const struct sample *s = &x->samples[i];
        if (tip_end(t, s->twin) == IS_OK && s->outcome != OUTCOME_OK)
            return BROKEN("%s came to no answer at %s %" PRIu64, role_word(s->twin),
                          dial_name(t->dial), dial_of(t, s));
    }
    return NULL;
}

static const char *differs_from(const struct exam *x, const struct sample *s, const char *other)
{
    const struct tip *t = x->e->tip;

    return BROKEN("the answer of %s differs from %s at %s %" PRIu64, role_word(s->twin), other,
                  dial_name(t->dial), dial_of(t, s));
}

static const char *contract_answers(const struct exam *x)
{
    if (tip_end(x->e->tip, TWIN_BAD) == IS_WRONG)
        return NULL;
    for (size_t i = 0; i < x->n; i++)
        if (judge_outcome(&x->samples[i], x->samples, x->n) == OUTCOME_WRONG)
            return differs_from(x, &x->samples[i], "that of good");
    return NULL;
}

/* The twins of another executor give the answers that those in C give. */
static const char *contract_translated(const struct exam *x)
{
    size_t compared = 0;

    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < x->n; k++) {
            const struct sample *s = &x->samples[i], *c = &x->samples[k];
            if (s->lang != x->executor || s->twin != TWIN_GOOD || c->lang != executor_c() ||
                !same_settings(s, c) || s->outcome != OUTCOME_OK || c->outcome != OUTCOME_OK)
                continue;
            compared++;
            if (s->answer != c->answer)
                return differs_from(x, s, "that in C");
        }
    return compared ? NULL : BROKEN("no answer of good could be compared with that in C");
}

/* At least one claim is about a column that the executor reports.  Otherwise its twins prove
 * nothing. */
static const char *contract_tells(const struct exam *x)
{
    const struct tip *t = x->e->tip;

    for (size_t i = 0; i < tip_claims(t); i++)
        if (executor_concerns(x->executor, &t->claims[i]) &&
            (claim_kind(t, &t->claims[i]) == KIND_TIME ||
             judge_count(x->e, &t->claims[i], x->executor, x->samples, x->n).finding != EMPTY))
            return NULL;
    return BROKEN("it claims nothing that %s reports", x->executor->title);
}

/* Are both of the same side?  "null" is good once more. */
static bool same_side(const struct sample *a, const struct sample *b)
{
    return (a->twin == TWIN_BAD) == (b->twin == TWIN_BAD);
}

/* Columns that one of the processes could not fill are not compared. */
static const char *difference(const struct sample *a, const struct sample *b)
{
    for (size_t c = 0; c < ncolumns; c++) {
        double of_a = column_value(&columns[c], a), of_b = column_value(&columns[c], b);
        if (columns[c].kind == EXACT && !isnan(of_a) && !isnan(of_b) && of_a != of_b)
            return BROKEN("%s against %s differs in %s: %.0f, %.0f", role_word(a->twin),
                          role_word(b->twin), columns[c].name, of_a, of_b);
    }
    return NULL;
}

/* Processes of one side at one point agree in every exact column, claimed or not. */
static const char *contract_exact(const struct exam *x)
{
    size_t compared = 0;

    for (size_t i = 0; i < x->n; i++)
        for (size_t k = i + 1; k < x->n; k++) {
            const struct sample *a = &x->samples[i], *b = &x->samples[k];
            if (!same_settings(a, b) || !same_side(a, b) || a->outcome != OUTCOME_OK ||
                b->outcome != OUTCOME_OK)
                continue;
            compared++;
            const char *sentence = difference(a, b);
            if (sentence)
                return sentence;
        }
    return compared ? NULL : BROKEN("no two processes of one twin ended well at one point");
}

/* Does the claim expect different counts of the two twins? */
static bool is_telling(const struct claim *c)
{
    return claim_is_counted(c) && !c->refuted && c->good != NOTHING && c->good != c->bad;
}

/* Is there a claim on time or memory, which `bench` alone decides, or one that is expected to be
 * refuted? */
static bool leaves_it_to_bench(const struct tip *t)
{
    for (size_t i = 0; i < tip_claims(t); i++)
        if (!claim_is_counted(&t->claims[i]) || t->claims[i].refuted)
            return true;
    return false;
}

/* Copies of bad's samples that are marked as good's. */
static size_t pass_off(const struct exam *x, struct sample *to)
{
    size_t n = 0;

    for (size_t i = 0; i < x->n; i++)
        if (x->samples[i].twin == TWIN_BAD) {
            to[n] = x->samples[i];
            to[n].outcome = judge_outcome(&x->samples[i], x->samples, x->n);
            to[n++].twin = TWIN_GOOD;
        }
    return n;
}

/* The tip with only what it says about good. */
static struct tip about_good(const struct tip *t)
{
    struct tip copy = *t;

    for (size_t i = 0; i < tip_claims(t); i++)
        copy.claims[i].bad = NOTHING;
    return copy;
}

/* Does one of the claims fail when bad's samples are taken for good's?  A column that is not
 * reported makes no claim fail. */
static bool is_caught(const struct exam *x, const struct sample *posing, size_t n)
{
    struct tip t = about_good(x->e->tip);
    struct entry e = *x->e;

    e.tip = &t;
    for (size_t i = 0; i < tip_claims(&t); i++) {
        if (!is_telling(&x->e->tip->claims[i]))
            continue;
        enum finding f = judge_count(&e, &e.tip->claims[i], x->executor, posing, n).finding;
        if (f != HOLDS && f != EMPTY)
            return true;
    }
    return false;
}

static size_t count_telling(const struct tip *t)
{
    size_t n = 0;

    for (size_t i = 0; i < tip_claims(t); i++)
        n += is_telling(&t->claims[i]);
    return n;
}

/* If bad's samples are taken for good's, a claim must fail.  Otherwise the claims do not tell
 * the twins apart. */
static const char *contract_catches(const struct exam *x)
{
    if (count_telling(x->e->tip) == 0)
        return leaves_it_to_bench(x->e->tip) ? NULL
                                             : BROKEN("its claims do not tell bad from good");
    struct sample *posing = calloc(x->n + 1, sizeof *posing);
    if (!posing)
        return BROKEN("out of memory for the samples of bad in the place of good");
    bool caught = is_caught(x, posing, pass_off(x, posing));
    free(posing);
    return caught ? NULL : BROKEN("all its claims would hold with bad in the place of good");
}

typedef const char *contract(const struct exam *x);

static contract *const contracts_c[] = { contract_texts, contract_dial,    contract_says,
                                         contract_sizes, contract_claims,  contract_heaps,
                                         contract_curve, contract_samples, contract_answers,
                                         contract_exact, contract_catches, NULL };
/* Without the check that several processes agree in every exact column: in Go counts may differ
 * from run to run. */
static contract *const contracts_go_alone[] = { contract_texts,
                                                contract_dial,
                                                contract_says,
                                                contract_sizes,
                                                contract_claims,
                                                contract_curve,
                                                contract_samples,
                                                contract_answers,
                                                contract_tells,
                                                contract_catches,
                                                NULL };
static contract *const contracts_other[] = { contract_samples, contract_answers,
                                             contract_translated, contract_tells, NULL };

const char *contract_broken(const struct exam *x)
{
    contract *const *check = exam_is_in_c(x)      ? contracts_c
                             : exam_is_at_home(x) ? contracts_go_alone
                                                  : contracts_other;
    const char *sentence = NULL;

    while (!sentence && *check)
        sentence = (*check++)(x);
    return sentence;
}

const char *contract_kept(const struct exam *x)
{
    if (!exam_is_at_home(x))
        return "twins answer alike, and as in C";
    if (!exam_is_in_c(x))
        return count_telling(x->e->tip) > 0 ? "twins answer alike, bad is caught"
                                            : "twins answer alike, bench tells bad from good";
    return count_telling(x->e->tip) > 0
               ? "twins answer alike, the control has equal counts, bad is caught"
               : "twins answer alike, the control has equal counts, bench tells bad from good";
}
