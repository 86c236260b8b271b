/* SPDX-License-Identifier: MIT */
/* A request object from a pool refers to the graph of what its answer is made from, and
 * shares it with whoever else refers to it: the last one to let go frees it. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "pattern.h"
#include "pool.h"
#include "task.h"

enum { NODES = 32, NODE_BYTES = 512 };

struct scene {
    struct pool *requests;
    uint64_t graph_bytes; /* atomic: of all graphs that somebody refers to */
};

struct node {
    struct node *next;
    uint64_t value;
    char rest[NODE_BYTES - 16];
};

struct graph {
    struct scene *scene;
    struct node *first;
    uint64_t references; /* atomic */
};

struct request {
    struct graph *graph; /* referred to, or NULL */
};

static inline void *must_have(void *memory)
{
    if (!memory)
        panic("out of memory for a request");
    return memory;
}

/* The graph of request i, with one reference: the caller's. */
static inline struct graph *graph_build(struct scene *s, uint64_t i)
{
    struct graph *g = must_have(calloc(1, sizeof *g));

    *g = (struct graph){ .scene = s, .references = 1 };
    for (uint64_t k = 0; k < NODES; k++) {
        struct node *n = must_have(calloc(1, sizeof *n));
        n->value = i % 1000 + k;
        n->next = g->first;
        g->first = n;
    }
    __atomic_add_fetch(&s->graph_bytes, NODES * NODE_BYTES, __ATOMIC_RELAXED);
    return g;
}

static inline void graph_drop(struct graph *g)
{
    if (!g || __atomic_sub_fetch(&g->references, 1, __ATOMIC_ACQ_REL))
        return;
    __atomic_sub_fetch(&g->scene->graph_bytes, NODES * NODE_BYTES, __ATOMIC_RELAXED);
    for (struct node *n = g->first, *next; n; n = next) {
        next = n->next;
        free(n);
    }
    free(g);
}

/* Refer to g, which becomes r's, or to nothing; and no more to what was before. */
static inline void req_hold(struct request *r, struct graph *g)
{
    graph_drop(r->graph);
    r->graph = g;
}

/* Waits for a turn in the middle, as for a backend: all clients are in here at once. */
static inline uint64_t req_serve(const struct request *r)
{
    uint64_t sum = 0;

    task_yield();
    for (const struct node *n = r->graph->first; n; n = n->next)
        sum += n->value;
    return sum;
}

#endif
