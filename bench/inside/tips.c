/* SPDX-License-Identifier: MIT */
/* tips.c - look up what the tree has. */
#include "inside/tips.h"

#include "cmd/args.h"

#include <stdio.h>
#include <string.h>

const struct entry *tip_find(const char *name)
{
    for (size_t i = 0; i < nentries; i++)
        if (strcmp(entries[i].name, name) == 0)
            return &entries[i];
    return NULL;
}

/* The family is easily left out, so the tip's own name is compared too. */
static size_t distance(const char *given, const char *name)
{
    const char *slash = strchr(name, '/');
    size_t whole = args_distance(given, name);
    size_t last = slash ? args_distance(given, slash + 1) : whole;

    return whole < last ? whole : last;
}

const char *tip_nearest(const char *name)
{
    const char *nearest = NULL;

    for (size_t i = 0; i < nentries; i++)
        if (!nearest || distance(name, entries[i].name) < distance(name, nearest))
            nearest = entries[i].name;
    return nearest;
}

const struct twin *tip_twin(const struct entry *e, const char *twin)
{
    if (strcmp(twin, "bad") == 0)
        return e->bad;
    if (strcmp(twin, "good") == 0 || strcmp(twin, "null") == 0)
        return e->good;
    return NULL;
}

size_t tip_points(const struct tip *t)
{
    size_t n = 0;

    while (n < MAX_POINTS && t->points[n] != 0)
        n++;
    return n;
}

size_t tip_claims(const struct tip *t)
{
    size_t n = 0;

    while (n < MAX_CLAIMS && t->claims[n].column)
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

const char *tip_heap(const struct tip *t)
{
    return t->gc ? "gc" : "glibc";
}

bool tip_runs_on(const struct tip *t, const char *heap)
{
    for (size_t i = 0; i < tip_claims(t); i++)
        if (t->claims[i].heap && strcmp(t->claims[i].heap, heap) == 0)
            return true;
    return strcmp(heap, tip_heap(t)) == 0;
}

const char *lang_of_heap(const char *heap)
{
    return !heap ? "c" : strcmp(heap, "mimalloc") == 0 ? "c+mimalloc" : "c+glibc";
}

const char *lang_word(const char *lang)
{
    return strcmp(lang, "go") == 0 ? "Go" : "C";
}

bool claim_concerns(const struct claim *c, const char *lang)
{
    return strcmp(lang, "go") == 0 ? !c->heap : strcmp(lang, lang_of_heap(c->heap)) == 0;
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
    if (given->heap && strcmp(given->heap, tip_heap(t)) != 0)
        p.heap = given->heap;
    return p;
}

static void set_words(char to[SAMPLE_TEXT], const char *words)
{
    snprintf(to, SAMPLE_TEXT, "%s", words);
}

void tip_settings(struct sample *s, const char *tip, const char *twin, const char *lang,
                  const char *kind, const struct params *p)
{
    set_words(s->tip, tip);
    set_words(s->twin, twin);
    set_words(s->lang, lang);
    set_words(s->kind, kind);
    s->ops = (int64_t)p->ops;
    s->size = (int64_t)p->size;
    s->clients = (int64_t)p->clients;
    s->rate = (int64_t)p->rate;
    s->workers = (int64_t)p->workers;
    s->seed = (int64_t)p->seed;
}
