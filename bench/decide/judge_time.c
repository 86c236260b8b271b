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

static const struct sample *in_slot(const char *tip, const char *lang, size_t block, size_t slot,
                                    const struct sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct sample *s = &samples[i];
        if (s->block == (int64_t)block && s->slot == (int64_t)slot &&
            strcmp(s->kind, "time") == 0 && strcmp(s->tip, tip) == 0 && strcmp(s->lang, lang) == 0)
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

/* false: the block is not complete, or not well. */
static bool collect_block(struct timed *t, const char *tip, const char *lang,
                          const struct sample *samples, size_t n)
{
    double wall[BLOCK_SLOTS], cpu[BLOCK_SLOTS];
    size_t block = t->n;

    for (size_t slot = 0; slot < BLOCK_SLOTS; slot++) {
        const struct sample *s = in_slot(tip, lang, block, slot, samples, n);
        if (!s)
            return false;
        if (strcmp(s->outcome, "OK") != 0 || !(s->wall_ns > 0)) {
            snprintf(t->trouble, sizeof t->trouble, "a timed process of %s came out %.40s", s->twin,
                     s->outcome);
            return false;
        }
        wall[slot] = s->wall_ns;
        cpu[slot] = s->cpu_ns > 0 ? s->cpu_ns : s->wall_ns;
    }
    t->log_ratio[block] = block_value(block, wall);
    t->cpu_log_ratio[block] = block_value(block, cpu);
    t->bad_ns[block] = side_ns(block, 0, wall);
    t->good_ns[block] = side_ns(block, 1, wall);
    t->n++;
    return true;
}

void timed_collect(struct timed *t, const char *tip, const char *lang, const struct sample *samples,
                   size_t n)
{
    memset(t, 0, sizeof *t);
    while (t->n < DECIDE_MAX && collect_block(t, tip, lang, samples, n))
        ;
}

/* --- time --- */

enum finding judge_relation(const struct claim *c, const struct rule *r, const struct decision *d)
{
    double least = fmax(c->ratio, 1 + r->margin);

    if (d->blocks == 0)
        return UNSURE;
    if (c->bad == SLOWER)
        return d->lo > least ? HOLDS : d->hi < least ? REFUTED : UNSURE;
    if (c->bad == SAME)
        return d->relation == REL_SAME ? HOLDS : d->relation == REL_UNSURE ? UNSURE : REFUTED;
    return UNSURE;
}

static void write_median(char to[48], const double *ns, size_t n)
{
    double copy[DECIDE_MAX];

    memcpy(copy, ns, n * sizeof *ns);
    snprintf(to, 48, n ? "%.4g" : "-", n ? median(copy, n) : 0);
}

static struct verdict verdict_of(const char *lang, const struct timed *t, const struct decision *d)
{
    struct verdict v = { .column = "time",
                         .kind = "time",
                         .lang = lang,
                         .n = d->blocks,
                         .ratio = d->ratio,
                         .lo = d->lo,
                         .hi = d->hi,
                         .expected = HOLDS };

    if (d->blocks == 0)
        v.ratio = v.lo = v.hi = NAN;
    write_median(v.bad, t->bad_ns, d->blocks);
    write_median(v.good, t->good_ns, d->blocks);
    if (t->trouble[0])
        snprintf(v.note, sizeof v.note, "%s", t->trouble);
    else if (d->blocks == 0)
        snprintf(v.note, sizeof v.note, "not timed: %zu blocks are too few to look at", t->n);
    else if (d->relation == REL_UNSURE)
        snprintf(v.note, sizeof v.note, "could have told a difference of %.0f %%",
                 100 * d->resolves);
    return v;
}

struct verdict judge_time(const struct entry *e, size_t claim, const char *lang,
                          const struct rule *r, const struct timed *t)
{
    const struct claim *c = &e->tip->claims[claim];
    struct decision d = decide(r, t->log_ratio, t->n);
    struct verdict v = verdict_of(lang, t, &d);

    v.tip = e->name;
    v.claim = claim;
    v.finding = judge_relation(c, r, &d);
    v.expected = c->refuted ? REFUTED : HOLDS;
    return v;
}

struct verdict judge_null(const char *lang, const struct rule *r, const struct timed *t)
{
    static const struct claim same = { .column = "time", .bad = SAME };
    struct decision d = decide(r, t->log_ratio, t->n);
    struct verdict v = verdict_of(lang, t, &d);

    v.tip = "null";
    v.finding = judge_relation(&same, r, &d);
    return v;
}
