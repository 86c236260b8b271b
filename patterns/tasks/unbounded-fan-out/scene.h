/* SPDX-License-Identifier: MIT */
/* A request exports its records.  Each is drawn as an image of its own, which is sent over a link
 * that takes one at a time.
 *
 * While the link is busy all others get to run, so those that have been started have drawn their
 * images and wait with them. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "chan.h"
#include "pattern.h"
#include "sync.h"

enum { STRIPES = 10, AT_ONCE = 8 };

struct scene {
    uint64_t records;   /* a request */
    struct chan *slots; /* has room for AT_ONCE */
    struct mutex link;
};

/* 40 KiB. */
struct image {
    struct {
        uint64_t colour;
        char pixels[4088]; /* most are white */
    } stripes[STRIPES];
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

static inline void job_open(struct job *j, struct scene *s, uint64_t number)
{
    *j = (struct job){ .scene = s, .records = malloc(s->records * sizeof *j->records) };
    if (!j->records)
        panic("job_open: out of memory");
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

static inline void link_send(struct job *j, const struct image *image)
{
    mutex_lock(&j->scene->link);
    task_yield(); /* the link takes its time */
    for (size_t k = 0; k < STRIPES; k++)
        j->sum += image->stripes[k].colour;
    mutex_unlock(&j->scene->link);
}

static inline void record_export(struct record *r)
{
    struct image image;

    for (size_t k = 0; k < STRIPES; k++) {
        image.stripes[k].colour = r->number + k;
        image.stripes[k].pixels[0] = 1;
    }
    link_send(r->job, &image);
}

#endif
