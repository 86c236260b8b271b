/* SPDX-License-Identifier: MIT */
/* A request exports its records.  Each is rendered into a text of its own, which is sent over a
 * link that takes one at a time.
 *
 * While the link is busy all others get to run, so those that have been started have rendered
 * their texts and wait with them. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "chan.h"
#include "pattern.h"
#include "sync.h"

enum { TEXT_BYTES = 16 << 10, AT_ONCE = 8 };

struct scene {
    uint64_t records;   /* a request */
    struct chan *slots; /* has room for AT_ONCE */
    struct mutex link;
};

struct job;

struct record {
    struct job *job;
    uint64_t number;
};

/* The export of a request, in its frame. */
struct job {
    struct scene *scene;
    struct record *records;
    uint64_t sum; /* under the scene's link */
    struct waitgroup exported;
};

static inline void *must_alloc(size_t n, size_t bytes)
{
    void *p = calloc(n, bytes);

    if (!p)
        panic("out of memory for %zu times %zu bytes", n, bytes);
    return p;
}

static inline void job_open(struct job *j, struct scene *s, uint64_t number)
{
    *j = (struct job){ .scene = s, .records = must_alloc(s->records, sizeof *j->records) };
    for (uint64_t k = 0; k < s->records; k++)
        j->records[k] = (struct record){ j, number * s->records + k };
    wg_add(&j->exported, (int64_t)s->records);
}

/* When all have been exported: the sum of what was sent. */
static inline uint64_t job_sum(struct job *j)
{
    wg_wait(&j->exported);
    free(j->records);
    return j->sum;
}

/* Owns the text. */
static inline void link_send(struct job *j, unsigned char *text)
{
    mutex_lock(&j->scene->link);
    task_yield(); /* the link takes its time */
    for (size_t k = 0; k < TEXT_BYTES; k += 256)
        j->sum += text[k];
    mutex_unlock(&j->scene->link);
    free(text);
}

static inline void record_export(struct record *r)
{
    unsigned char *text = must_alloc(1, TEXT_BYTES);

    for (size_t k = 0; k < TEXT_BYTES; k++)
        text[k] = (unsigned char)(r->number + k / 64);
    link_send(r->job, text);
}

#endif
