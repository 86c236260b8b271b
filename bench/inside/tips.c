/* SPDX-License-Identifier: MIT */
/* tips.c - look up what the tree has. */
#include "inside/tips.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

const struct entry *tip_find(const char *name)
{
    for (size_t i = 0; i < nentries; i++)
        if (strcmp(entries[i].name, name) == 0)
            return &entries[i];
    return NULL;
}

const struct twin *tip_twin(const struct entry *e, enum role twin)
{
    switch (twin) {
    case TWIN_BAD: return e->bad;
    case TWIN_GOOD:
    case TWIN_NULL: return e->good;
    case TWIN_NONE: break;
    }
    return NULL;
}

const char *tip_none(const struct entry *e, enum language language)
{
    if (!e->words)
        return NULL;
    return language == LANGUAGE_C ? e->words->c_none : e->words->go_none;
}

const char *tips_outside(void)
{
    return tips_folder && tips_folder[0] ? tips_folder : NULL;
}

const char *tips_make(const char *goal)
{
    static char text[PATH_MAX + 64];
    const char *folder = tips_outside();

    snprintf(text, sizeof text, "make %s%s%s", goal, folder ? " TIPS=" : "", folder ? folder : "");
    return text;
}

const char *tips_tree(void)
{
    return tips_outside() ? tips_outside() : "patterns";
}

size_t tip_points(const struct tip *t)
{
    size_t n = 0;

    while (n < MAX_POINTS && t->points[n] != 0)
        n++;
    return n;
}

static size_t count_claims(const struct claim *claims, size_t most)
{
    size_t n = 0;

    while (n < most && claims[n].column)
        n++;
    return n;
}

size_t tip_claims(const struct tip *t)
{
    return count_claims(t->claims, MAX_CLAIMS);
}

size_t tip_says(const struct tip *t)
{
    return count_claims(t->says, MAX_SAYS);
}

size_t tip_facts(const struct tip *t)
{
    size_t n = 0;

    while (n < MAX_FACTS && t->aged[n].what)
        n++;
    return n;
}

const char *dial_name(enum dial d)
{
    static const char *const names[] = { [OPS] = "OPS",
                                         [SIZE] = "SIZE",
                                         [CLIENTS] = "CLIENTS",
                                         [RATE] = "RATE",
                                         [WORKERS] = "WORKERS" };
    return names[d];
}

const char *dial_flag(enum dial d)
{
    static const char *const flags[] = { [OPS] = "--ops",
                                         [SIZE] = "--size",
                                         [CLIENTS] = "--clients",
                                         [RATE] = "--rate",
                                         [WORKERS] = "--workers" };
    return flags[d];
}

/* The one place that knows which parameter a dial turns. */
static uint64_t *dial_field(struct params *p, enum dial d)
{
    switch (d) {
    case OPS: return &p->ops;
    case SIZE: return &p->size;
    case CLIENTS: return &p->clients;
    case RATE: return &p->rate;
    case WORKERS: return &p->workers;
    }
    __builtin_unreachable();
}

struct params dial_set(struct params p, enum dial d, uint64_t x)
{
    *dial_field(&p, d) = x;
    return p;
}

uint64_t dial_get(const struct params *p, enum dial d)
{
    struct params copy = *p;

    return *dial_field(&copy, d);
}

static uint64_t or_else(uint64_t tips_own, uint64_t harness)
{
    return tips_own ? tips_own : harness;
}

struct params tip_params(const struct tip *t)
{
    struct params p = t->defaults;

    p.ops = or_else(p.ops, 256);
    p.size = or_else(p.size, 1);
    p.clients = or_else(p.clients, 4);
    p.workers = or_else(p.workers, 1);
    return p;
}

struct params tip_usual(const struct tip *t)
{
    struct params p = tip_params(t);

    if (t->dial == SIZE && t->defaults.size == 0)
        p.size = t->points[tip_points(t) / 2];
    return p;
}

enum heap tip_heap(const struct tip *t)
{
    return t->gc ? HEAP_GC : HEAP_GLIBC;
}

bool tip_runs_on(const struct tip *t, enum heap heap)
{
    for (size_t i = 0; i < tip_claims(t); i++)
        if (t->claims[i].heap == heap)
            return true;
    return heap == HEAP_DEFAULT || heap == tip_heap(t);
}

struct params tip_params_given(const struct tip *t, const struct params *given)
{
    struct params p = tip_params(t);

    if (t->dial == RATE && p.rate == 0)
        p.rate = t->points[0];
    for (enum dial d = OPS; d <= WORKERS; d++)
        if (dial_get(given, d) != NOT_GIVEN)
            p = dial_set(p, d, dial_get(given, d));
    p.seed = given->seed;
    if (given->heap != tip_heap(t))
        p.heap = given->heap;
    return p;
}

uint64_t dial_of(const struct tip *t, const struct sample *s)
{
    struct params p = { .ops = (uint64_t)s->ops,
                        .size = (uint64_t)s->size,
                        .clients = (uint64_t)s->clients,
                        .rate = (uint64_t)s->rate,
                        .workers = (uint64_t)s->workers };

    return dial_get(&p, t->dial);
}

bool same_settings(const struct sample *a, const struct sample *b)
{
    return a->ops == b->ops && a->size == b->size && a->clients == b->clients &&
           a->rate == b->rate && a->workers == b->workers && a->seed == b->seed;
}

void tip_settings(struct sample *s, const char *tip, enum role twin, const struct executor *x,
                  enum kind kind, const struct params *p)
{
    snprintf(s->tip, sizeof s->tip, "%s", tip);
    s->twin = twin;
    s->lang = x;
    s->kind = kind;
    s->ops = (int64_t)p->ops;
    s->size = (int64_t)p->size;
    s->clients = (int64_t)p->clients;
    s->rate = (int64_t)p->rate;
    s->workers = (int64_t)p->workers;
    s->seed = (int64_t)p->seed;
}
