/* SPDX-License-Identifier: MIT */
/* judge_time.c - from timed processes to blocks to a verdict.
 *
 * Time is judged by the clock.  Processor time is kept beside it: where the two
 * disagree, somebody waited. */
#include "decide/judge_time.h"

#include "inside/median.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- blocks --- */

/* Whose blocks. */
struct whose {
    const char *tip;
    const struct executor *executor;
    enum kind kind;
    uint64_t size; /* of a curve */
};

static bool is_of(const struct whose *w, const struct sample *s)
{
    return s->kind == w->kind && s->lang == w->executor && strcmp(s->tip, w->tip) == 0 &&
           (w->kind != KIND_CURVE || s->size == (int64_t)w->size);
}

static const struct sample *in_slot(const struct whose *w, size_t block, size_t slot,
                                    const struct sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct sample *s = &samples[i];
        if (s->block == (int64_t)block && s->slot == (int64_t)slot && is_of(w, s))
            return s;
    }
    return NULL;
}

/* The mean logarithm of a side, as a time. */
static double side_ns(size_t block, int side, const double wall[BLOCK_SLOTS])
{
    double sum = 0;

    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++)
        if (block_side(block, slot) == side)
            sum += log(wall[slot]);
    return exp(sum / 2);
}

/* The logarithm of the ratio of times, of the first process of each side (0) or of the second
 * (1). */
static double half(size_t block, const double wall[BLOCK_SLOTS], int which)
{
    double logs[2] = { 0, 0 };
    int seen[2] = { 0, 0 };

    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
        int side = block_side(block, slot);
        if (seen[side]++ == which)
            logs[side] = log(wall[slot]);
    }
    return logs[0] - logs[1];
}

/* false: the block is incomplete, or one of its processes did not end well. */
static bool collect_block(struct timed *t, const struct whose *w, const struct sample *samples,
                          size_t n)
{
    double wall[BLOCK_SLOTS], cpu[BLOCK_SLOTS];
    size_t block = t->n;

    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
        const struct sample *s = in_slot(w, block, slot, samples, n);
        if (!s)
            return false;
        if (s->outcome != OUTCOME_OK || !(s->wall_ns > 0)) {
            snprintf(t->trouble, sizeof t->trouble, "a timed process of %s came out %s",
                     role_word(s->twin), outcome_word(s->outcome));
            return false;
        }
        if (s->twin == TWIN_GOOD)
            t->placement[block] = (size_t)s->placement;
        t->workers = (size_t)s->workers;
        t->processors[block] = fmax(t->processors[block], s->cpu_ns / s->wall_ns);
        wall[slot] = s->wall_ns;
        cpu[slot] = s->cpu_ns > 0 ? s->cpu_ns : s->wall_ns;
    }
    t->log_ratio[block] = block_value(block, wall);
    t->cpu_log_ratio[block] = block_value(block, cpu);
    t->bad_ns[block] = side_ns(block, 0, wall);
    t->good_ns[block] = side_ns(block, 1, wall);
    for (int which = 0; which < 2; which++)
        t->half[which][block] = half(block, wall, which);
    t->n++;
    return true;
}

static void collect(struct timed *t, const struct whose *w, const struct sample *samples, size_t n)
{
    memset(t, 0, sizeof *t);
    while (t->n < RANKED_MAX && collect_block(t, w, samples, n))
        ;
}

void timed_collect(struct timed *t, const char *tip, const struct executor *x,
                   const struct sample *samples, size_t n)
{
    collect(t, &(struct whose){ tip, x, KIND_TIME, 0 }, samples, n);
}

void timed_collect_at(struct timed *t, const char *tip, const struct executor *x, uint64_t size,
                      const struct sample *samples, size_t n)
{
    collect(t, &(struct whose){ tip, x, KIND_CURVE, size }, samples, n);
}

/* --- placements --- */

static bool is_new(const size_t *placement, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (placement[k] == placement[i])
            return false;
    return true;
}

static double covariance(const double *x, const double *y, size_t n)
{
    double mean_x = 0, mean_y = 0, sum = 0;

    for (size_t i = 0; i < n; i++) {
        mean_x += x[i] / (double)n;
        mean_y += y[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++)
        sum += (x[i] - mean_x) * (y[i] - mean_y);
    return sum / (double)(n - 1);
}

/* Are both large for the same i? */
static bool agree(const double *x, const double *y, size_t n)
{
    size_t discordant = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            discordant += (x[i] - x[k]) * (y[i] - y[k]) < 0;
    return rank_discordant_up_to(x, n, discordant) < 0.01;
}

struct spread timed_spread(const struct timed *t, size_t blocks)
{
    struct spread s = { 0, NAN };

    for (size_t i = 0; i < blocks; i++)
        s.placements += t->placement[i] > 0 && is_new(t->placement, i);
    if (s.placements < 2)
        return s;
    double common = covariance(t->half[0], t->half[1], blocks);
    bool told = common > 0 && agree(t->half[0], t->half[1], blocks);
    s.share = told ? exp(sqrt(common)) - 1 : 0;
    return s;
}

const char *control_words(size_t placements)
{
    return placements ? "control: the same code, moved" : "control: the same program twice";
}

/* --- time --- */

enum finding judge_relation(const struct claim *c, const struct rule *r, const struct decision *d)
{
    double least = fmax(c->ratio, 1 + r->margin);

    if (d->blocks == 0)
        return UNSURE;
    if (c->bad == SLOWER)
        return d->lo > least ? HOLDS : d->hi < least ? REFUTED : UNSURE;
    if (c->bad == NOT_SLOWER)
        return d->hi < least ? HOLDS : d->lo > least ? REFUTED : UNSURE;
    if (c->bad == SAME)
        return d->relation == REL_SAME ? HOLDS : d->relation == REL_UNSURE ? UNSURE : REFUTED;
    return UNSURE;
}

/* Of the tips with two workers one twin at least keeps 1.9 processors busy where there are two, in
 * C and in each Go; where there is one for both, 1.0, and beside another run up to 1.5. */
static const double AT_ONCE = 1.6;

/* NAN of none. */
static double median_of(const double *ns, size_t n)
{
    double copy[RANKED_MAX];

    memcpy(copy, ns, n * sizeof *ns);
    return n ? median(copy, n) : NAN;
}

static struct verdict verdict_of(const char *tip, const struct claim *c, const struct executor *x,
                                 const struct rule *r, const struct timed *t)
{
    struct decision d = decide(r, t->log_ratio, t->n);
    struct verdict v = verdict_blank(tip, c, KIND_TIME, x);

    v.finding = judge_relation(c, r, &d);
    v.n = d.blocks;
    if (d.blocks > 0) {
        v.ratio = d.ratio;
        v.lo = d.lo;
        v.hi = d.hi;
    }
    v.bad.ns = median_of(t->bad_ns, d.blocks);
    v.good.ns = median_of(t->good_ns, d.blocks);
    if (t->trouble[0])
        snprintf(v.note, sizeof v.note, "%s", t->trouble);
    else if (d.blocks == 0)
        snprintf(
            v.note, sizeof v.note,
            "too few processes were timed: %zu blocks, and the first interim analysis needs more",
            t->n);
    else if (d.relation == REL_UNSURE)
        snprintf(v.note, sizeof v.note, "a difference of %.0f %% or more would have been seen",
                 100 * d.resolves);
    return v;
}

struct verdict judge_time(const struct entry *e, const struct claim *c, const struct executor *x,
                          const struct rule *r, const struct timed *t)
{
    struct verdict v = verdict_of(e->name, c, x, r, t);
    double had = median_of(t->processors, t->n);

    if (t->workers > 1 && had < AT_ONCE) {
        v.finding = UNSURE;
        snprintf(
            v.note, sizeof v.note,
            "its %zu workers had %.2f processors between them; with fewer than %.1f nothing is "
            "said of their time",
            t->workers, had, AT_ONCE);
    }
    if (v.varies && v.finding != UNSURE)
        v.expected = v.finding;
    return v;
}

bool verdict_is_control(const struct verdict *v)
{
    return strcmp(v->tip, NULL_TIP) == 0;
}

struct verdict judge_control(const struct executor *x, const struct rule *r, const struct timed *t)
{
    static const struct claim same = { .column = "time", .bad = SAME };
    struct rule own = rule_for_control(r);

    return verdict_of(NULL_TIP, &same, x, &own, t);
}
