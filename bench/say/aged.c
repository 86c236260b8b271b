/* SPDX-License-Identifier: MIT */
/* aged.c - what a fact says of a release, beside what the release answered. */
#include "say/aged.h"

#include "say/sentences.h"

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
                                         [STANDING_UNSURE] = "unsure",
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
        return STANDING_UNSURE;
    return a->answer == aged_expected(a->fact, a->executor) ? STANDING_CONFIRMED
                                                            : STANDING_CONTRADICTED;
}

static enum answer answer_of(const struct fact *f, enum finding finding)
{
    if (finding != HOLDS && finding != REFUTED)
        return ANSWER_NONE;
    return (finding == HOLDS) != f->gone ? ANSWER_YES : ANSWER_NO;
}

void aged_by_claim(struct aged *a, const struct findings *f)
{
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
