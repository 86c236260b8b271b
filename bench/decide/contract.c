/* SPDX-License-Identifier: MIT */
/* contract.c - whether a tip keeps its contract (patterns/pattern.h): its words are there,
 * its twins answer alike, good beside good shows no difference, bad passed as good is
 * caught. */
#include "run/check_impl.h"

#include "heap.h"
#include "process/lang.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

/* Each check returns a sentence if the contract is broken, else NULL.  The
 * sentence is valid until the next one. */
static char broken[200];

#define BROKEN(...) (snprintf(broken, sizeof broken, __VA_ARGS__), (const char *)broken)

static bool same_settings(const struct exam *x, size_t i, size_t k)
{
    return memcmp(&x->jobs[i].request.params, &x->jobs[k].request.params, sizeof(struct params)) ==
           0;
}

static const char *contract_words(const struct exam *x)
{
    const struct tip *t = x->e->tip;
    const struct {
        const char *name, *text;
    } words[] = { { "title", t->title },        { "folklore", t->folklore }, { "rule", t->rule },
                  { "go_line", t->go_line },    { "when_not", t->when_not }, { "aged", t->aged },
                  { "dial_unit", t->dial_unit } };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (!words[i].text || !words[i].text[strspn(words[i].text, " \t\n")])
            return BROKEN("its %s is empty", words[i].name);
    return NULL;
}

static const char *contract_dial(const struct exam *x)
{
    const struct tip *t = x->e->tip;
    size_t n = tip_points(t);

    if (n < 2)
        return BROKEN("its dial has %zu point(s); a shape needs two", n);
    for (size_t i = 1; i < n; i++)
        if (t->points[i] <= t->points[i - 1])
            return BROKEN("its dial does not rise at %" PRIu64, t->points[i]);
    return tip_claims(t) ? NULL : BROKEN("it claims nothing");
}

/* A heap that is claimed about is one, and what is claimed is a time. */
static const char *contract_heaps(const struct exam *x)
{
    const struct tip *t = x->e->tip;

    for (size_t i = 0; i < tip_claims(t); i++) {
        const struct claim *c = &t->claims[i];
        bool known = !c->heap;
        for (int h = 0; h < HEAPS && !known; h++)
            known = strcmp(c->heap, heap_names[h]) == 0;
        if (!known)
            return BROKEN("there is no heap %s", c->heap);
        if (c->heap && strcmp(c->column, "time") != 0)
            return BROKEN("it claims %s of a heap; only time is measured there", c->column);
    }
    return NULL;
}

static const char *contract_answers(const struct exam *x)
{
    if (plan_end(x->e->tip, "bad") == IS_WRONG)
        return NULL;
    for (size_t i = 0; i < x->n; i++) {
        const struct sample *s = &x->samples[i];
        if (strcmp(judge_outcome(s, x->samples, x->n), "WRONG") == 0)
            return BROKEN("%s answers otherwise than good at %s %" PRIu64, s->twin,
                          dial_name(x->e->tip->dial),
                          dial_get(&x->jobs[i].request.params, x->e->tip->dial));
    }
    return NULL;
}

/* Go's twins answer what C's do. */
static const char *contract_translated(const struct exam *x)
{
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < x->n; k++) {
            const struct sample *go = &x->samples[i], *c = &x->samples[k];
            if (strcmp(go->lang, "go") == 0 && strcmp(go->twin, "good") == 0 &&
                strcmp(c->lang, "c") == 0 && same_settings(x, i, k) &&
                strcmp(go->outcome, "OK") == 0 && go->answer != c->answer)
                return BROKEN("good answers otherwise than in C at %s %" PRIu64,
                              dial_name(x->e->tip->dial),
                              dial_get(&x->jobs[i].request.params, x->e->tip->dial));
        }
    return NULL;
}

/* "good" and "null" are one. */
static bool same_side(const struct sample *a, const struct sample *b)
{
    return (strcmp(a->twin, "bad") == 0) == (strcmp(b->twin, "bad") == 0);
}

static const char *difference(const struct sample *a, const struct sample *b)
{
    for (size_t c = 0; c < ncolumns; c++)
        if (columns[c].kind == EXACT &&
            column_value(&columns[c], a) != column_value(&columns[c], b))
            return BROKEN("%s against %s differs in %s: %.0f, %.0f", a->twin, b->twin,
                          columns[c].name, column_value(&columns[c], a),
                          column_value(&columns[c], b));
    return NULL;
}

/* Processes of one side at one point agree in every exact column, claimed or not. */
static const char *contract_exact(const struct exam *x)
{
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = i + 1; k < x->n; k++) {
            const struct sample *a = &x->samples[i], *b = &x->samples[k];
            if (!same_settings(x, i, k) || !same_side(a, b) || strcmp(a->outcome, "OK") != 0 ||
                strcmp(b->outcome, "OK") != 0)
                continue;
            const char *sentence = difference(a, b);
            if (sentence)
                return sentence;
        }
    return NULL;
}

/* Does the claim tell the twins apart, in counts? */
static bool is_telling(const struct claim *c)
{
    return is_counted(c) && !c->refuted && c->good != NOTHING && c->good != c->bad;
}

/* Is there a claim that only statistics can judge, or one that is to be refuted? */
static bool leaves_it_to_bench(const struct tip *t)
{
    for (size_t i = 0; i < tip_claims(t); i++)
        if (!is_counted(&t->claims[i]) || t->claims[i].refuted)
            return true;
    return false;
}

/* Bad's samples under good's name; how they came out is still seen with good there. */
static size_t pass_off(const struct exam *x, struct sample *to)
{
    size_t n = 0;

    for (size_t i = 0; i < x->n; i++)
        if (strcmp(x->samples[i].twin, "bad") == 0) {
            to[n] = x->samples[i];
            strcpy(to[n].outcome, judge_outcome(&x->samples[i], x->samples, x->n));
            strcpy(to[n++].twin, "good");
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

/* Bad passed as good must be caught, or the claims say nothing. */
static const char *contract_catches(const struct exam *x)
{
    static struct sample posing[MAX_POINTS * RUNS_A_POINT];
    size_t n = pass_off(x, posing), telling = 0;
    struct tip t = about_good(x->e->tip);
    struct entry e = *x->e;

    e.tip = &t;
    for (size_t i = 0; i < tip_claims(&t); i++) {
        if (!is_telling(&x->e->tip->claims[i]))
            continue;
        telling++;
        if (judge_count(&e, i, "c", posing, n).finding != HOLDS)
            return NULL;
    }
    if (telling > 0)
        return BROKEN("bad passed as good would pass");
    return leaves_it_to_bench(x->e->tip) ? NULL : BROKEN("its claims do not tell bad from good");
}

typedef const char *contract(const struct exam *x);

static contract *const contracts_c[] = {
    contract_words,   contract_dial, contract_heaps, contract_answers, contract_exact,
    contract_catches, NULL
};
static contract *const contracts_go[] = { contract_answers, contract_translated, NULL };

void check_contract(const struct exam *x, struct score *score)
{
    contract *const *checks = in_c(x) ? contracts_c : contracts_go;
    const char *sentence = NULL;

    while (!sentence && *checks)
        sentence = (*checks++)(x);
    score->passed += !sentence;
    score->failed += !!sentence;
    if (sentence)
        printf("FAIL %s contract%s: %s\n", x->e->name, in_c(x) ? "" : " in Go", sentence);
    else if (in_c(x))
        printf("ok %s contract: twins answer alike, null is no different, bad is caught\n",
               x->e->name);
    else
        printf("ok %s contract in Go: twins answer alike, and as in C\n", x->e->name);
}
