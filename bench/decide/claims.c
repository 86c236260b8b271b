/* SPDX-License-Identifier: MIT */
/* claims.c - read off the claims of a tip. */
#include "decide/claims.h"

#include <string.h>

/* "time" and "outcome" are names that a claim may have in place of a column. */
static bool is_word(const struct claim *c, enum kind k)
{
    return words_find(&kind_words, c->column) == (int)k;
}

enum kind claim_kind(const struct tip *t, const struct claim *c)
{
    const struct column *column = column_find(c->column);

    if (is_word(c, KIND_TIME))
        return KIND_TIME;
    if (is_word(c, KIND_OUTCOME))
        return KIND_OUTCOME;
    bool grows = t->dial == OPS && column && column->kind == MEASURED &&
                 unit_quantity(column->unit) == QUANTITY_BYTES;
    return grows ? KIND_SLOPE : KIND_COUNT;
}

bool claim_is_counted(const struct claim *c)
{
    const struct column *column = column_find(c->column);

    return !is_word(c, KIND_TIME) && !(column && column->kind == MEASURED);
}

bool tip_claims_about(const struct tip *t, const char *column)
{
    for (size_t i = 0; i < tip_claims(t); i++)
        if (strcmp(t->claims[i].column, column) == 0)
            return true;
    return false;
}

static bool are_exact(const struct tip *t, const struct claim *claims, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct column *column = column_find(claims[i].column);
        if (claim_kind(t, &claims[i]) == KIND_COUNT && !(column && column->kind == EXACT))
            return false;
    }
    return true;
}

bool tip_counts_exactly(const struct tip *t)
{
    return are_exact(t, t->claims, tip_claims(t)) && are_exact(t, t->says, tip_says(t));
}

bool tip_claims_shapes(const struct tip *t, const char *column, enum expect bad, enum expect good)
{
    for (size_t i = 0; i < tip_claims(t); i++) {
        const struct claim *c = &t->claims[i];
        if (strcmp(c->column, column) == 0 && c->bad == bad && c->good == good && !c->refuted)
            return true;
    }
    return false;
}

/* The first claim of that kind, or NULL. */
static const struct claim *claim_of(const struct tip *t, enum kind k)
{
    for (size_t i = 0; i < tip_claims(t); i++)
        if (claim_kind(t, &t->claims[i]) == k)
            return &t->claims[i];
    return NULL;
}

bool tip_claims_time(const struct tip *t)
{
    return claim_of(t, KIND_TIME) != NULL;
}

enum expect tip_end(const struct tip *t, enum role twin)
{
    const struct claim *c = claim_of(t, KIND_OUTCOME);
    enum expect end = !c ? IS_OK : twin == TWIN_BAD ? c->bad : c->good;

    return end == NOTHING ? IS_OK : end;
}

/* Does the twin end?  A wrong answer can be timed like a right one. */
static bool ends(const struct tip *t, enum role twin)
{
    enum expect end = tip_end(t, twin);

    return end == IS_OK || end == IS_WRONG;
}

bool tip_is_timed(const struct tip *t)
{
    return ends(t, TWIN_BAD) && ends(t, TWIN_GOOD) && (t->dial != RATE || tip_claims_time(t));
}

bool tip_grows(const struct tip *t)
{
    for (size_t i = 0; i < tip_claims(t); i++)
        if (t->claims[i].bad == GROWS && t->dial == OPS)
            return true;
    return false;
}

bool tip_leaves_tasks(const struct tip *t)
{
    for (size_t i = 0; i < tip_claims(t); i++)
        if (column_find(t->claims[i].column) == &columns[COLUMN_tasks] && t->claims[i].bad == GROWS)
            return true;
    return false;
}

size_t tip_curve_points(const struct tip *t)
{
    size_t n = 0;

    while (n < MAX_POINTS && t->curve[n] > 0)
        n++;
    return n;
}

struct params tip_timing(const struct tip *t)
{
    struct params p = tip_params(t);
    size_t n = tip_points(t);

    if (t->dial != OPS && t->dial != RATE && dial_get(&t->defaults, t->dial) == 0 && n > 0)
        p = dial_set(p, t->dial, t->points[n - 1]);
    p.rate = 0;
    return p;
}
