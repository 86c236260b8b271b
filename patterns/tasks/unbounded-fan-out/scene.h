/* SPDX-License-Identifier: MIT */
/* A request exports its records.  Each is put into a form of its own, which is sent over a link
 * that takes one at a time.
 *
 * While the link is busy all others get to run, so those that have been started have filled their
 * forms and wait with them. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "chan.h"
#include "pattern.h"
#include "sync.h"

enum { FORM_LINES = 32, AT_ONCE = 8 };

struct scene {
    uint64_t records;   /* a request */
    struct chan *slots; /* has room for AT_ONCE */
    struct mutex link;
};

/* 16 KiB. */
struct form {
    struct {
        uint64_t value;
        char remark[504]; /* most are empty */
    } lines[FORM_LINES];
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

static inline void *must_alloc(size_t bytes)
{
    void *p = malloc(bytes);

    if (!p)
        panic("out of memory for %zu bytes", bytes);
    return p;
}

static inline void job_open(struct job *j, struct scene *s, uint64_t number)
{
    *j = (struct job){ .scene = s, .records = must_alloc(s->records * sizeof *j->records) };
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

/* Owns the form. */
static inline void link_send(struct job *j, struct form *form)
{
    mutex_lock(&j->scene->link);
    task_yield(); /* the link takes its time */
    for (size_t k = 0; k < FORM_LINES; k++)
        j->sum += form->lines[k].value;
    mutex_unlock(&j->scene->link);
    free(form);
}

static inline void record_export(struct record *r)
{
    struct form *form = must_alloc(sizeof *form);

    for (size_t k = 0; k < FORM_LINES; k++) {
        form->lines[k].value = r->number + k;
        form->lines[k].remark[0] = '\0';
    }
    link_send(r->job, form);
}

#endif
