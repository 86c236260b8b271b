/* SPDX-License-Identifier: MIT */
/* trial.c - which run is which, and what the values say. */
#include "trial/trial.h"

#include "inside/median.h"

#include <math.h>
#include <stdlib.h>

struct slot trial_slot(size_t block, size_t slot)
{
    int first = block % 2 ? SET_CONTROL : SET_PAIR;
    struct slot s = { .set = slot < BLOCK_SLOTS ? first : !first, .place = slot % BLOCK_SLOTS };

    /* block_side() says 0 for the numerator, which is B: B is compared with A */
    bool is_b = s.set == SET_PAIR && block_side(block, s.place) == 0;
    s.side = is_b ? SIDE_B : SIDE_A;
    return s;
}

void trial_keep(struct trial *t, size_t block, const struct round *r, size_t repeats)
{
    double all[REPEATS_MAX];

    for (size_t slot = 0; slot < ROUND_SLOTS; slot++) {
        struct slot at = trial_slot(block, slot);
        for (size_t i = 0; i < t->measures.n; i++) {
            for (size_t k = 0; k < repeats; k++)
                all[k] = r->run[slot][k][i];
            t->value[i][at.set][block][at.place] = median(all, repeats);
        }
    }
}

void trial_note_output(struct trial *t, int side, uint64_t hash)
{
    struct output *o = &t->output[side];

    o->varies |= o->runs > 0 && hash != o->hash;
    o->hash = hash;
    o->runs++;
}

/* --- what they say --- */

/* The logarithm of b / a in each block.  false: some value is not above 0. */
static bool logs(const struct trial *t, size_t measure, int set, double *log_ratio)
{
    for (size_t b = 0; b < t->blocks; b++) {
        const double *v = t->value[measure][set][b];
        for (size_t slot = 0; slot < BLOCK_SLOTS; slot++)
            if (!(v[slot] > 0))
                return false;
        log_ratio[b] = block_value(b, v);
    }
    return true;
}

/* All values of a side: of the pair's blocks, and for A those of the control, too; or the loose
 * ones.  malloc'd; NULL: no memory. */
static double *values_of(const struct trial *t, size_t measure, int side, size_t *n)
{
    const struct loose *loose = &t->loose[side];
    double *to = malloc((t->blocks * ROUND_SLOTS + loose->n + 1) * sizeof *to);

    *n = 0;
    for (size_t b = 0; to && loose->n == 0 && b < t->blocks; b++)
        for (size_t slot = 0; slot < ROUND_SLOTS; slot++) {
            struct slot s = trial_slot(b, slot);
            if (s.side == side)
                to[(*n)++] = t->value[measure][s.set][b][s.place];
        }
    for (size_t i = 0; to && i < loose->n; i++)
        to[(*n)++] = loose->value[measure][i];
    return to;
}

static bool all_equal(const double *v, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (v[i] != v[0])
            return false;
    return n > 0;
}

static const char *const words[] = {
    [SAID_UNDECIDED] = "undecided", [SAID_SLOWER] = "slower",   [SAID_FASTER] = "faster",
    [SAID_MORE] = "more",           [SAID_LESS] = "less",       [SAID_SAME] = "same",
    [SAID_EQUAL] = "equal",         [SAID_DIFFERS] = "differs",
};
const struct words said_words = WORDS(words);

const char *said_word(enum said s)
{
    return words[s];
}

static enum said said_of(const struct measure *m, const struct answer *a)
{
    bool alike = a->exact ? a->a == a->b : a->pair.relation == REL_SAME;

    if (alike && (a->less[SIDE_A] || a->less[SIDE_B]))
        return SAID_UNDECIDED;
    if (a->exact)
        return a->a == a->b ? SAID_EQUAL : SAID_DIFFERS;
    if (!a->judged || a->control.relation != REL_SAME)
        return SAID_UNDECIDED;
    switch (a->pair.relation) {
    case REL_SLOWER: return m->is_time ? SAID_SLOWER : SAID_MORE;
    case REL_FASTER: return m->is_time ? SAID_FASTER : SAID_LESS;
    case REL_SAME: return SAID_SAME;
    case REL_UNSURE: break;
    }
    return SAID_UNDECIDED;
}

/* The median of a side into *mid.  Are all of its values this one? */
static bool one_value(const struct trial *t, size_t measure, int side, double *mid)
{
    size_t n;
    double *values = values_of(t, measure, side, &n);
    bool equal = values && n > 1 && all_equal(values, n);

    *mid = values && n ? median(values, n) : NAN;
    free(values);
    return equal;
}

struct answer trial_answer(const struct trial *t, size_t measure)
{
    const struct measure *m = &t->measures.list[measure];
    double log_ratio[RANKED_MAX];
    struct answer a = { 0 };

    bool one_a = one_value(t, measure, SIDE_A, &a.a), one_b = one_value(t, measure, SIDE_B, &a.b);
    a.exact = one_a && one_b && !(m->is_time && t->loose[SIDE_A].n);
    a.judged = logs(t, measure, SET_PAIR, log_ratio);
    if (a.judged)
        a.pair = decide(&t->rule, log_ratio, t->blocks);
    a.judged = a.judged && logs(t, measure, SET_CONTROL, log_ratio);
    if (a.judged)
        a.control = decide(&t->rule, log_ratio, t->blocks);
    a.less[SIDE_A] = m->floor && a.a <= m->floor();
    a.less[SIDE_B] = m->floor && a.b <= m->floor();
    a.said = said_of(m, &a);
    return a;
}

bool trial_is_settled(const struct trial *t)
{
    for (size_t i = 0; i < t->measures.n; i++) {
        struct answer a = trial_answer(t, i);
        if (!a.exact && a.judged &&
            (a.pair.relation == REL_UNSURE || a.control.relation == REL_UNSURE))
            return false;
    }
    return true;
}

struct interval trial_so_far(const struct trial *t)
{
    double log_ratio[RANKED_MAX];

    if (!logs(t, 0, SET_PAIR, log_ratio))
        return (struct interval){ NAN, -INFINITY, INFINITY };
    return rank_centre(log_ratio, t->blocks, t->rule.confidence);
}
