/* SPDX-License-Identifier: MIT */
/* A request's body is read into a buffer and parsed as JSON.
 *
 * The buffers come from the heap that is asked for, the collector's if none is; the
 * parsed tree is jansson's, which allocates with malloc and frees: what is measured is the
 * buffer and nothing else. */
#ifndef SCENE_H
#define SCENE_H

#include <string.h>

#include "heap.h"
#include "pattern.h"
#include "pool.h"

enum { DOCUMENTS = 4, LONGEST_BODY = 64 * 1024 };

/* One of patterns/pools/data/. */
struct document {
    const char *text;
    size_t bytes;
};

struct scene {
    struct document documents[DOCUMENTS];
    struct pool *bodies; /* of LONGEST_BODY bytes each */
};

static inline const struct document *document_of(struct scene *s, uint64_t i)
{
    return &s->documents[i % DOCUMENTS];
}

/* As from a socket. */
static inline void body_read(char *body, const struct document *d)
{
    memcpy(body, d->text, d->bytes);
}

/* Parse, and weigh what was found: one for each value, and the bytes of all
 * strings and names. */
uint64_t pools_buffer_per_parse_weigh(const char *body, size_t bytes);
#define body_weigh pools_buffer_per_parse_weigh

#endif
