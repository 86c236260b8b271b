/* SPDX-License-Identifier: MIT */
/* A request opens a connection, which has a buffer and a task that waits for the hang-up.
 * The process may have 256 MiB of address space, a task's stack included: that
 * is enough for about two thousand open connections. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>
#include <string.h>

#include "chan.h"
#include "pattern.h"

enum { BUFFER_BYTES = 32 << 10 };

struct scene {
    uint64_t opened; /* atomic */
};

/* Shared by the request and its task; the last to let go frees it. */
struct connection {
    struct chan *hang_up; /* closed when it is over */
    int refs;             /* atomic */
    char buffer[BUFFER_BYTES];
};

static inline struct connection *connection_ref(struct connection *c)
{
    __atomic_add_fetch(&c->refs, 1, __ATOMIC_RELAXED);
    return c;
}

static inline void connection_drop(struct connection *c)
{
    if (__atomic_sub_fetch(&c->refs, 1, __ATOMIC_ACQ_REL))
        return;
    chan_drop(c->hang_up);
    free(c);
}

static inline struct connection *connection_open(struct scene *s)
{
    struct connection *c = malloc(sizeof *c);

    if (!c)
        panic("out of memory for a connection");
    c->hang_up = chan_make(0, 0);
    c->refs = 1;
    __atomic_add_fetch(&s->opened, 1, __ATOMIC_RELAXED);
    return c;
}

/* The request proper: read, work a little, answer. */
static inline uint64_t connection_serve(struct connection *c, uint64_t i)
{
    uint64_t sum = 0;

    memset(c->buffer, (int)(i % 251), sizeof c->buffer);
    for (size_t k = 0; k < sizeof c->buffer; k += 512)
        sum += (unsigned char)c->buffer[k];
    task_yield(); /* writing the answer lets others run */
    return sum;
}

/* The task: wait for the end of the connection.  Owns one reference. */
static inline void watch(void *arg)
{
    struct connection *c = arg;

    chan_recv(c->hang_up, NULL);
    connection_drop(c);
}

#endif
