/* SPDX-License-Identifier: MIT */
/* findings.c - judge tip by tip, in each language that was measured. */
#include "say/findings.h"

#include "decide/claims.h"
#include "inside/median.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double curve_confidence = 0.95;

/* All samples, and those that lie along a dial, which judge_count() needs. */
struct bench_view {
    const struct rule *rule;
    const struct sample *samples;
    size_t n;
    struct sample *along;
    size_t nalong;
    const struct findings *found; /* so far: the controls are judged first */
};

static bool was_measured(const struct bench_view *v, const char *tip, const struct executor *x)
{
    for (size_t i = 0; i < v->n; i++)
        if (v->samples[i].lang == x && strcmp(v->samples[i].tip, tip) == 0)
            return true;
    return false;
}

static const struct verdict *control_of(const struct findings *f, const struct executor *x)
{
    for (size_t i = 0; i < f->nverdicts; i++)
        if (f->verdicts[i].executor == x && verdict_is_control(&f->verdicts[i]))
            return &f->verdicts[i];
    return NULL;
}

bool findings_withhold(const struct findings *f, const struct executor *x)
{
    const struct verdict *control = control_of(f, x);

    if (!control && x->language == LANGUAGE_C)
        control = control_of(f, executor_c());
    return control && control->finding != HOLDS;
}

static void pick_along_dial(struct bench_view *v)
{
    for (size_t i = 0; i < v->n; i++)
        if (v->samples[i].kind == KIND_COUNT || v->samples[i].kind == KIND_RATE)
            v->along[v->nalong++] = v->samples[i];
}

/* --- judging --- */

/* If the control came out different, or could not be shown to be the same, nothing is said about
 * the time of any pair. */
static struct verdict judge_trusted_time(const struct bench_view *v, const struct entry *e,
                                         const struct claim *c, const struct executor *x,
                                         const struct timed *t)
{
    struct verdict found = judge_time(e, c, x, v->rule, t);

    if (findings_withhold(v->found, x)) {
        found.finding = UNSURE;
        snprintf(found.note, sizeof found.note, "withheld: the control did not come out the same");
    }
    return found;
}

static struct verdict judge(const struct bench_view *v, const struct entry *e,
                            const struct claim *c, const struct executor *x, const struct timed *t)
{
    switch (claim_kind(e->tip, c)) {
    case KIND_TIME: return judge_trusted_time(v, e, c, x, t);
    case KIND_SLOPE: return judge_slope(e, c, x, v->samples, v->n);
    default: return judge_count(e, c, x, v->along, v->nalong);
    }
}

/* A tip without twins in that language, whose page says why. */
static struct verdict declare_empty(const struct bench_view *v, const struct entry *e,
                                    const struct claim *c, const struct executor *x,
                                    const struct timed *t)
{
    struct verdict found = judge(v, e, c, x, t);

    found.finding = found.expected = EMPTY;
    snprintf(found.note, sizeof found.note, "%s", tip_none(e, x->language));
    return found;
}

static void add_blocks(struct findings *f, const char *tip, const struct executor *x,
                       const struct timed *t)
{
    if (t->n > 0)
        f->blocks[f->nblocks++] = (struct pair_blocks){ tip, x, *t };
}

static void add_pairing(struct findings *f, const struct rule *r, const char *tip,
                        const struct executor *x, bool claimed, const struct timed *t)
{
    struct decision d = decide(r, t->log_ratio, t->n);

    if (d.blocks > 0)
        f->pairings[f->npairings++] =
            (struct pairing){ tip, x, claimed, d, timed_spread(t, d.blocks) };
}

static void add_memory(struct findings *f, const struct bench_view *v, const char *tip,
                       const struct executor *x, enum role twin)
{
    struct growth g = growth_of(&columns[COLUMN_rss_bytes], tip, x, twin, v->samples, v->n);

    if (!isnan(g.all.mid))
        f->memories[f->nmemories++] = (struct memory){ tip, twin, x, g };
}

static void add_curve(struct findings *f, const struct bench_view *v, const struct entry *e,
                      const struct executor *x)
{
    struct timed t;

    for (size_t i = 0; i < tip_curve_points(e->tip); i++) {
        timed_collect_at(&t, e->name, x, e->tip->curve[i], v->samples, v->n);
        if (t.n > 0)
            f->curves[f->ncurves++] =
                (struct curve_point){ e->name,
                                      x,
                                      e->tip->curve[i],
                                      rank_centre(t.log_ratio, t.n, curve_confidence),
                                      median(t.bad_ns, t.n),
                                      median(t.good_ns, t.n),
                                      t.n };
    }
}

/* The label of the saying for executor x; nothing is added if the executor reports nothing of
 * what it says. */
static void label_saying(struct findings *f, const struct bench_view *v, const struct entry *e,
                         const struct executor *x, const struct timed *t)
{
    struct verdict parts[MAX_SAYS];
    size_t n = 0;

    for (size_t i = 0; i < tip_says(e->tip); i++)
        if (executor_concerns(x, &e->tip->says[i]))
            parts[n++] = judge(v, e, &e->tip->says[i], x, t);
    if (n > 0)
        f->sayings[f->nsayings++] = saying_there(e->name, x, parts, n);
}

static void judge_tip(struct findings *f, const struct bench_view *v, const struct entry *e,
                      const struct executor *x)
{
    bool is_here = x->language == LANGUAGE_C || x->release[0];
    bool none = tip_none(e, x->language) && is_here;
    struct timed t;

    if (!none && !was_measured(v, e->name, x))
        return;
    timed_collect(&t, e->name, x, v->samples, v->n);
    for (size_t i = 0; i < tip_claims(e->tip); i++) {
        const struct claim *c = &e->tip->claims[i];
        if (!executor_concerns(x, c))
            continue;
        struct verdict found = none ? declare_empty(v, e, c, x, &t) : judge(v, e, c, x, &t);
        found.claim = i;
        f->verdicts[f->nverdicts++] = found;
    }
    if (!none)
        label_saying(f, v, e, x, &t);
    add_blocks(f, e->name, x, &t);
    add_pairing(f, v->rule, e->name, x, tip_claims_time(e->tip), &t);
    add_memory(f, v, e->name, x, TWIN_BAD);
    add_memory(f, v, e->name, x, TWIN_GOOD);
    add_curve(f, v, e, x);
}

static void add_control(struct findings *f, const struct bench_view *v, const struct executor *x)
{
    struct rule own = rule_for_control(v->rule);
    struct timed t;

    if (!was_measured(v, NULL_TIP, x))
        return;
    timed_collect(&t, NULL_TIP, x, v->samples, v->n);
    f->verdicts[f->nverdicts++] = judge_control(x, v->rule, &t);
    add_blocks(f, NULL_TIP, x, &t);
    add_pairing(f, &own, NULL_TIP, x, true, &t);
}

int findings_make(struct findings *f, const struct entry *const *tips, size_t ntips,
                  const struct evidence *ev)
{
    struct bench_view v = {
        ev->rule, ev->samples, ev->n, calloc(ev->n + 1, sizeof *v.along), 0, f
    };
    size_t most = nexecutors() * (ntips + 1);

    *f = (struct findings){ .verdicts = calloc(most * MAX_CLAIMS, sizeof *f->verdicts),
                            .blocks = calloc(most, sizeof *f->blocks),
                            .pairings = calloc(most, sizeof *f->pairings),
                            .memories = calloc(most * 2, sizeof *f->memories),
                            .curves = calloc(most * MAX_POINTS, sizeof *f->curves),
                            .sayings = calloc(most + ntips, sizeof *f->sayings) };
    if (!v.along || !f->verdicts || !f->blocks || !f->pairings || !f->memories || !f->curves ||
        !f->sayings) {
        free(v.along);
        findings_free(f);
        return -ENOMEM;
    }
    pick_along_dial(&v);
    for (size_t k = 0; k < nexecutors(); k++)
        add_control(f, &v, executor_at(k));
    for (size_t i = 0; i < ntips; i++) {
        size_t first = f->nsayings;
        for (size_t k = 0; k < nexecutors(); k++)
            judge_tip(f, &v, tips[i], executor_at(k));
        if (f->nsayings > first) {
            f->sayings[f->nsayings] = saying_overall(&f->sayings[first], f->nsayings - first);
            f->nsayings++;
        }
    }
    free(v.along);
    return 0;
}

void findings_free(struct findings *f)
{
    free(f->verdicts);
    free(f->blocks);
    free(f->pairings);
    free(f->memories);
    free(f->curves);
    free(f->sayings);
    memset(f, 0, sizeof *f);
}
