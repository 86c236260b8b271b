/* SPDX-License-Identifier: MIT */
/* A request asks another service over HTTP, and wants to know the status alone.  The client
 * keeps connections that are free, and dials only when it has none.
 *
 * A connection is a real pair of sockets.  The service has answered before the client looks,
 * so that no read has to wait: how long a service takes is another matter. */
#ifndef SCENE_H
#define SCENE_H

#include "pattern.h"
#include "sync.h"

struct scene {
    struct mutex mutex; /* protects what follows */
    struct connection *idle;
    uint64_t dialled; /* connections in all */
};

/* The head has been read; behind it the body, the caller's to read or to close. */
struct response {
    struct scene *scene;
    struct connection *connection;
    uint64_t status;
    size_t unread; /* bytes of the body */
};

/* GET /items/i. */
struct response leaks_body_not_closed_get(struct scene *s, uint64_t i);
#define http_get leaks_body_not_closed_get

/* Read what is left of the body, and give the connection back to the client. */
void leaks_body_not_closed_close(struct response *r);
#define response_close leaks_body_not_closed_close

#endif
