/* SPDX-License-Identifier: MIT */
/* A request arrives on a connection of its own, and its body is read 32 KiB at a time,
 * which is what io.Copy takes.
 *
 * The connection is a real pair of sockets.  The client has sent all of its request
 * before the service looks, so that no read has to wait: how long a client takes is
 * another matter, and no buffer changes it. */
#ifndef SCENE_H
#define SCENE_H

#include <unistd.h>

#include "heap.h"
#include "pattern.h"
#include "pool.h"

enum { REQUESTS = 8, BUFFER_BYTES = 32 * 1024 };

/* What a client sends: a head and a body. */
struct message {
    char *bytes;
    size_t length;
};

struct scene {
    struct message requests[REQUESTS]; /* most have little to say */
    struct pool *buffers;              /* of BUFFER_BYTES each */
};

/* Request i: the service's end of the connection, the caller's to close. */
int pools_buffer_per_body_arrive(struct scene *s, uint64_t i);
#define request_arrive pools_buffer_per_body_arrive

/* Read the request to its end, by way of the buffer; the sum of the body's bytes. */
uint64_t pools_buffer_per_body_sum(int connection, char *buffer);
#define body_sum pools_buffer_per_body_sum

#endif
