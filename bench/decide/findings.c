/* SPDX-License-Identifier: MIT */
/* findings.c - judge tip by tip, in each language that was measured. */
#include "decide/findings.h"

#include "decide/expected.h"
#include "run/plan.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What stands in the column `lang`. */
static const char *const measured_in[] = { "c", "c+glibc", "c+mimalloc", "go" };
enum { NMEASURED = sizeof measured_in / sizeof measured_in[0] };

/* The evidence, and of it what lies along a dial: that is what judge_count() is to see. */
struct bench_view {
    const struct rule *rule;
    const char *go;
    const struct sample *samples;
    size_t n;
    struct sample *along;
    size_t nalong;
};

static bool was_measured(const struct bench_view *v, const char *tip, const char *lang)
{
    for (size_t i = 0; i < v->n; i++)
        if (strcmp(v->samples[i].tip, tip) == 0 && strcmp(v->samples[i].lang, lang) == 0)
            return true;
    return false;
}

static void pick_along_dial(struct bench_view *v)
{
    for (size_t i = 0; i < v->n; i++)
        if (strcmp(v->samples[i].kind, "count") == 0 || strcmp(v->samples[i].kind, "rate") == 0)
            v->along[v->nalong++] = v->samples[i];
}

/* --- judging --- */

static struct verdict find(const struct bench_view *v, const struct entry *e, size_t claim,
                           const char *lang, const struct timed *t)
{
    const struct claim *c = &e->tip->claims[claim];

    if (strcmp(c->column, "time") == 0)
        return judge_time(e, claim, lang, v->rule, t);
    if (is_slope_claim(e, c))
        return judge_slope(e, claim, lang, v->samples, v->n);
    return judge_count(e, claim, lang, v->along, v->nalong);
}

static struct verdict judge(const struct bench_view *v, const struct entry *e, size_t claim,
                            const char *lang, const struct timed *t)
{
    struct verdict found = find(v, e, claim, lang, t);

    if (found.finding != EMPTY)
        found.expected = claim_expects(&e->tip->claims[claim], lang, v->go);
    return found;
}

/* A tip that has no twins in Go, and says so. */
static struct verdict declare_empty(const struct bench_view *v, const struct entry *e, size_t claim,
                                    const struct timed *t)
{
    struct verdict found = find(v, e, claim, "go", t);

    found.finding = found.expected = EMPTY;
    snprintf(found.note, sizeof found.note, "%s", e->tip->go_none);
    return found;
}

static void add_blocks(struct findings *f, const char *tip, const char *lang, const struct timed *t)
{
    if (t->n > 0)
        f->blocks[f->nblocks++] = (struct pair_blocks){ tip, lang, *t };
}

static void add_pairing(struct findings *f, const struct bench_view *v, const char *tip,
                        const char *lang, bool claimed, const struct timed *t)
{
    struct decision d = decide(v->rule, t->log_ratio, t->n);

    if (d.blocks > 0)
        f->pairings[f->npairings++] = (struct pairing){ tip, lang, claimed, d };
}

static void add_memory(struct findings *f, const struct bench_view *v, const char *tip,
                       const char *lang, const char *twin)
{
    struct growth g = growth_of(column_find("rss_bytes"), tip, lang, twin, v->samples, v->n);

    if (!isnan(g.all.mid))
        f->memories[f->nmemories++] = (struct memory){ tip, twin, lang, g };
}

static void judge_tip(struct findings *f, const struct bench_view *v, const struct entry *e,
                      const char *lang)
{
    bool none = e->tip->go_none && strcmp(lang, "go") == 0 && v->go[0];
    struct timed t;

    if (!none && !was_measured(v, e->name, lang))
        return;
    timed_collect(&t, e->name, lang, v->samples, v->n);
    for (size_t i = 0; i < tip_claims(e->tip); i++)
        if (claim_concerns(&e->tip->claims[i], lang))
            f->verdicts[f->nverdicts++] =
                none ? declare_empty(v, e, i, &t) : judge(v, e, i, lang, &t);
    add_blocks(f, e->name, lang, &t);
    add_pairing(f, v, e->name, lang, plan_claims(e->tip, "time"), &t);
    add_memory(f, v, e->name, lang, "bad");
    add_memory(f, v, e->name, lang, "good");
}

static void add_control(struct findings *f, const struct bench_view *v, const char *lang)
{
    struct timed t;

    if (!was_measured(v, NULL_TIP, lang))
        return;
    timed_collect(&t, NULL_TIP, lang, v->samples, v->n);
    f->verdicts[f->nverdicts] = judge_control(lang, v->rule, &t);
    f->untrusted |= f->verdicts[f->nverdicts++].finding == REFUTED;
    add_blocks(f, NULL_TIP, lang, &t);
    add_pairing(f, v, NULL_TIP, lang, true, &t);
}

/* A machine on which one program differs from itself says nothing about time. */
static void distrust_times(struct findings *f)
{
    for (size_t i = 0; i < f->nverdicts; i++) {
        struct verdict *v = &f->verdicts[i];
        if (strcmp(v->kind, "time") != 0 || strcmp(v->tip, NULL_TIP) == 0)
            continue;
        v->finding = UNSURE;
        snprintf(v->note, sizeof v->note, "untrusted: the control differs from itself");
    }
}

int findings_make(struct findings *f, const struct entry *const *tips, size_t ntips,
                  const struct evidence *ev)
{
    struct bench_view v = {
        ev->rule, ev->go, ev->samples, ev->n, calloc(ev->n + 1, sizeof *v.along), 0
    };
    size_t most = NMEASURED * (ntips + 1);

    *f = (struct findings){ .verdicts = calloc(most * MAX_CLAIMS, sizeof *f->verdicts),
                            .blocks = calloc(most, sizeof *f->blocks),
                            .pairings = calloc(most, sizeof *f->pairings),
                            .memories = calloc(most * 2, sizeof *f->memories) };
    if (!v.along || !f->verdicts || !f->blocks || !f->pairings || !f->memories) {
        free(v.along);
        findings_free(f);
        return -ENOMEM;
    }
    pick_along_dial(&v);
    for (size_t l = 0; l < NMEASURED; l++)
        add_control(f, &v, measured_in[l]);
    for (size_t i = 0; i < ntips; i++)
        for (size_t l = 0; l < NMEASURED; l++)
            judge_tip(f, &v, tips[i], measured_in[l]);
    if (f->untrusted)
        distrust_times(f);
    free(v.along);
    return 0;
}

void findings_free(struct findings *f)
{
    free(f->verdicts);
    free(f->blocks);
    free(f->pairings);
    free(f->memories);
    memset(f, 0, sizeof *f);
}
