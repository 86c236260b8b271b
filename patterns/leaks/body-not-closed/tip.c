/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "task.h"

enum { BODY_BYTES = 2000, HEAD_BYTES = 256 };

struct connection {
    int client, service; /* its ends */
    struct connection *next;
};

/* --- the service --- */

static void write_all(int fd, const char *bytes, size_t n)
{
    if (write(fd, bytes, n) != (ssize_t)n)
        panic("write_all: %s", strerror(errno));
}

/* Read the request that has come, and answer it: one item in eight is not there. */
static void service_answer(int fd)
{
    char request[HEAD_BYTES + 1], response[HEAD_BYTES + BODY_BYTES];
    ssize_t n = read(fd, request, HEAD_BYTES);
    unsigned long long item;

    request[n < 0 ? 0 : n] = '\0';
    if (sscanf(request, "GET /items/%llu", &item) != 1)
        panic("service_answer: no request in %zd bytes", n);
    int head = snprintf(response, HEAD_BYTES, "HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n",
                        item % 8 ? "200 OK" : "404 Not Found", BODY_BYTES);
    memset(response + head, 'x', BODY_BYTES);
    write_all(fd, response, (size_t)head + BODY_BYTES);
}

/* --- the client --- */

static struct connection *dial(void)
{
    struct connection *c = malloc(sizeof *c);
    int ends[2];

    if (!c)
        panic("http_get: out of memory");
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) < 0)
        panic("http_get: %s", strerror(errno));
    *c = (struct connection){ ends[0], ends[1], NULL };
    return c;
}

/* One that is free, or a new one. */
static struct connection *connection_of(struct scene *s)
{
    mutex_lock(&s->mutex);
    struct connection *c = s->idle;
    if (c)
        s->idle = c->next;
    else
        s->dialled++;
    mutex_unlock(&s->mutex);
    return c ? c : dial();
}

static struct response head_read(struct scene *s, struct connection *c)
{
    struct response r = { .scene = s, .connection = c };
    char head[HEAD_BYTES + 1];
    ssize_t n = read(c->client, head, HEAD_BYTES);
    unsigned long long status;

    head[n < 0 ? 0 : n] = '\0';
    const char *length = strstr(head, "Content-Length: "), *end = strstr(head, "\r\n\r\n");
    if (sscanf(head, "HTTP/1.1 %llu", &status) != 1 || !length || !end)
        panic("http_get: no head in %zd bytes", n);
    r.status = status;
    r.unread = strtoul(length + strlen("Content-Length: "), NULL, 10) -
               (size_t)(head + n - (end + strlen("\r\n\r\n")));
    return r;
}

struct response http_get(struct scene *s, uint64_t i)
{
    struct connection *c = connection_of(s);
    char request[HEAD_BYTES];
    int n = snprintf(request, sizeof request, "GET /items/%llu HTTP/1.1\r\nHost: localhost\r\n\r\n",
                     (unsigned long long)i);

    write_all(c->client, request, (size_t)n);
    service_answer(c->service);
    return head_read(s, c);
}

void response_close(struct response *r)
{
    struct connection *c = r->connection;
    struct scene *s = r->scene;
    char some[512];

    while (r->unread > 0) {
        ssize_t n = read(c->client, some, r->unread < sizeof some ? r->unread : sizeof some);
        if (n <= 0)
            panic("response_close: %s", n ? strerror(errno) : "the body ends early");
        r->unread -= (size_t)n;
    }
    mutex_lock(&s->mutex);
    c->next = s->idle;
    s->idle = c;
    mutex_unlock(&s->mutex);
}

/* --- the scene --- */

/* The first connection is there before the requests come. */
static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    struct response first = http_get(s, 0);
    response_close(&first);
}

static void tear_down(struct scene *s)
{
    while (s->idle) {
        struct connection *c = s->idle;
        s->idle = c->next;
        close(c->client);
        close(c->service);
        free(c);
    }
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 2, 4, 8, 16 },
    .dial_unit = "requests",
    .defaults = { .ops = 64, .clients = 1 },
    .says = { { .column = "descriptors", .bad = FLAT } },
    .claims = {
        { .column = "descriptors", .bad = GROWS, .good = FLAT,
          .why = "a connection for each request, with both of its ends in this process" },
        { .column = "tasks", .bad = FLAT, .good = FLAT,
          .why = "here a connection is no task",
          .go = { .why = "each connection has two goroutines of the client and one of the server" } },
    },
    .aged = {
        { .what = "a response whose body is not closed keeps its connection",
          .claim = "descriptors" },
        { .what = "a body that is closed unread is read to its end, and the connection used again",
          .since = "1.27", .probe = "close-drains" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
};
