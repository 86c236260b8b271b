/* SPDX-License-Identifier: MIT */
/* A request is answered with a frame on a connection.  Frames are written in objects from a
 * pool.  A ping is due on the connection, and goes out before whatever is sent next; its frame
 * is from the same pool. */
#ifndef SCENE_H
#define SCENE_H

#include <stdio.h>
#include <string.h>

#include "pattern.h"
#include "pool.h"

struct frame {
    size_t length;
    char text[112];
};

struct scene {
    struct pool *frames;
    uint64_t sent; /* atomic: bytes on the wire */
};

static inline void frame_write(struct frame *f, const char *what, uint64_t number)
{
    f->length =
        (size_t)snprintf(f->text, sizeof f->text, "%s %llu\n", what, (unsigned long long)number);
}

/* The bytes of a frame on the wire, as the other side adds them up. */
static inline uint64_t wire(struct scene *s, const struct frame *f)
{
    uint64_t sum = 0;

    for (size_t k = 0; k < f->length; k++)
        sum = 31 * sum + (unsigned char)f->text[k];
    __atomic_add_fetch(&s->sent, f->length, __ATOMIC_RELAXED);
    return sum;
}

/* Send the ping that is due, then f: what has arrived of f. */
static inline uint64_t conn_send(struct scene *s, const struct frame *f)
{
    struct frame *ping = pool_get(s->frames);

    frame_write(ping, "PING", 0);
    wire(s, ping);
    pool_put(s->frames, ping);
    return wire(s, f);
}

#endif
