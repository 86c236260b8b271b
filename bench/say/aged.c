/* SPDX-License-Identifier: MIT */
/* aged.c - what a fact says of a release, beside what the release answered. */
#include "say/aged.h"

#include "say/sentences.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *answer_word(enum answer a)
{
    static const char *const words[] = {
        [ANSWER_NONE] = "-", [ANSWER_NO] = "no", [ANSWER_YES] = "yes"
    };

    return words[a];
}

const char *standing_word(enum standing s)
{
    static const char *const words[] = { [STANDING_CONFIRMED] = "confirmed",
                                         [STANDING_CONTRADICTED] = "contradicted",
                                         [STANDING_UNDECIDED] = "undecided",
                                         [STANDING_CITED] = "cited" };

    return words[s];
}

enum answer aged_expected(const struct fact *f, const struct executor *x)
{
    return f->since && executor_is_before(x, f->since) ? ANSWER_NO : ANSWER_YES;
}

enum standing aged_standing(const struct aged *a)
{
    if (!a->fact->probe && !a->fact->claim)
        return STANDING_CITED;
    if (!a->executor || a->answer == ANSWER_NONE)
        return STANDING_UNDECIDED;
    return a->answer == aged_expected(a->fact, a->executor) ? STANDING_CONFIRMED
                                                            : STANDING_CONTRADICTED;
}

static enum answer answer_of(const struct fact *f, enum finding finding)
{
    if (finding != HOLDS && finding != REFUTED)
        return ANSWER_NONE;
    return (finding == HOLDS) != f->gone ? ANSWER_YES : ANSWER_NO;
}

static enum answer answer_between(const struct fact *f, double lo, double hi)
{
    bool above = lo >= f->least, below = f->under == 0 || hi < f->under;

    if (above && below)
        return ANSWER_YES;
    return hi < f->least || (f->under > 0 && lo >= f->under) ? ANSWER_NO : ANSWER_NONE;
}

static const struct decision *decision_of(const struct findings *f, const char *tip,
                                          const struct executor *x)
{
    for (size_t i = 0; i < f->npairings; i++)
        if (f->pairings[i].executor == x && strcmp(f->pairings[i].tip, tip) == 0)
            return &f->pairings[i].decision;
    return NULL;
}

static const struct timed *blocks_of(const struct findings *f, const char *tip,
                                     const struct executor *x)
{
    for (size_t i = 0; i < f->nblocks; i++)
        if (f->blocks[i].executor == x && strcmp(f->blocks[i].tip, tip) == 0)
            return &f->blocks[i].timed;
    return NULL;
}

/* Good in one release against good in another: a round of the run has a block of each. */
static struct interval good_against(const struct timed *one, const struct timed *other,
                                    double confidence)
{
    double value[RANKED_MAX];
    size_t n = one->n < other->n ? one->n : other->n;

    for (size_t i = 0; i < n; i++)
        value[i] = log(one->good_ns[i] / other->good_ns[i]);
    struct interval found = rank_centre(value, n, confidence);
    return (struct interval){ exp(found.mid), exp(found.lo), exp(found.hi) };
}

static void answer_by_ratio(struct aged *a, const struct findings *f)
{
    const struct executor *before = a->fact->than_before ? executor_before(a->executor) : NULL;
    const struct decision *d = decision_of(f, a->tip, a->executor);
    const struct timed *here = blocks_of(f, a->tip, a->executor);
    const struct timed *there = before ? blocks_of(f, a->tip, before) : NULL;
    bool withheld = findings_withhold(f, a->executor) || (before && findings_withhold(f, before));

    if (!d || (a->fact->than_before && (!here || !there))) {
        snprintf(a->saw, sizeof a->saw, "it was not timed to an interim analysis");
        return;
    }
    struct interval i = there ? good_against(here, there, d->confidence)
                              : (struct interval){ d->ratio, d->lo, d->hi };
    a->answer = withheld ? ANSWER_NONE : answer_between(a->fact, i.lo, i.hi);
    snprintf(a->saw, sizeof a->saw, "%s%s takes %.3g to %.3g times as long as %s%s",
             withheld ? "withheld: " : "", there ? "good" : "bad", i.lo, i.hi,
             there ? "in " : "good", there ? before->title : "");
}

void aged_by_claim(struct aged *a, const struct findings *f)
{
    if (a->fact->least > 0 || a->fact->under > 0) {
        answer_by_ratio(a, f);
        return;
    }
    for (size_t i = 0; i < f->nverdicts; i++) {
        const struct verdict *v = &f->verdicts[i];
        if (v->executor != a->executor || strcmp(v->tip, a->tip) != 0 ||
            strcmp(v->column, a->fact->claim) != 0)
            continue;
        a->answer = answer_of(a->fact, v->finding);
        verdict_sentence(v, a->saw, sizeof a->saw);
        return;
    }
}
