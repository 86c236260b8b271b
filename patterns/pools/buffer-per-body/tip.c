/* SPDX-License-Identifier: MIT */
#include "scene.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "task.h"

static const size_t body_bytes[REQUESTS] = { 120, 400, 900, 2000, 300, 5000, 700, 60000 };

/* --- the client --- */

static struct message message_make(size_t bytes)
{
    struct message m;
    int head;

    m.bytes = malloc(bytes + 128);
    if (!m.bytes)
        panic("message_make: out of memory for %zu bytes", bytes);
    head = sprintf(m.bytes,
                   "POST /notes HTTP/1.1\r\nHost: localhost\r\nContent-Length: %zu\r\n\r\n", bytes);
    for (size_t k = 0; k < bytes; k++)
        m.bytes[head + k] = (char)(k % 251);
    m.length = (size_t)head + bytes;
    return m;
}

int request_arrive(struct scene *s, uint64_t i)
{
    const struct message *m = &s->requests[i % REQUESTS];
    int ends[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) < 0)
        panic("request_arrive: %s", strerror(errno));
    if (write(ends[0], m->bytes, m->length) != (ssize_t)m->length)
        panic("request_arrive: the socket takes less than %zu bytes", m->length);
    close(ends[0]);
    return ends[1];
}

/* --- the service --- */

static size_t read_some(int connection, char *buffer)
{
    ssize_t n = read(connection, buffer, BUFFER_BYTES);

    if (n <= 0)
        panic("read_some: %s", n ? strerror(errno) : "the request ends early");
    return (size_t)n;
}

static uint64_t add_up(const char *bytes, size_t n)
{
    uint64_t sum = 0;

    for (size_t k = 0; k < n; k++)
        sum += (unsigned char)bytes[k];
    return sum;
}

/* How long the head is, and what it says of the body.  It came whole, with the first read. */
static size_t head_read(const char *head, size_t n, size_t *body)
{
    static const char field[] = "\r\nContent-Length: ", end[] = "\r\n\r\n";
    const char *length = memmem(head, n, field, strlen(field));
    const char *behind = memmem(head, n, end, strlen(end));

    if (!length || !behind)
        panic("head_read: no head in %zu bytes", n);
    *body = strtoul(length + strlen(field), NULL, 10);
    return (size_t)(behind + strlen(end) - head);
}

uint64_t body_sum(int connection, char *buffer)
{
    size_t body, n = read_some(connection, buffer), head = head_read(buffer, n, &body);
    uint64_t sum = add_up(buffer + head, n - head);

    for (size_t got = n - head; got < body; got += n) {
        n = read_some(connection, buffer);
        sum += add_up(buffer, n);
    }
    return sum;
}

/* --- the scene --- */

static void *new_buffer(void *arg)
{
    (void)arg;
    return heap_alloc(BUFFER_BYTES);
}

static void setup(struct scene *s, const struct params *p)
{
    (void)p;
    for (int k = 0; k < REQUESTS; k++)
        s->requests[k] = message_make(body_bytes[k]);
    s->buffers = pool_make(new_buffer, NULL, heap_free);
}

static void tear_down(struct scene *s)
{
    pool_free(s->buffers);
    for (int k = 0; k < REQUESTS; k++)
        free(s->requests[k].bytes);
}

const struct tip THIS = {
    .dial = OPS,
    .points = { 128, 512, 2048 },
    .dial_unit = "requests",
    .defaults = { .clients = 1 }, /* or Go's scheduler may take one more buffer now and then */
    .says = {
        { .column = "time", .bad = SLOWER },
        { .column = "time", .bad = SLOWER, .heap = HEAP_GLIBC },
        { .column = "time", .bad = SLOWER, .heap = HEAP_MIMALLOC },
    },
    .claims = {
        { .column = "gc_bytes", .bad = GROWS, .good = FLAT,
          .why = "32 KiB a request, against 32 KiB a task that is reading" },
        { .column = "gc_cycles", .bad = GROWS, .good = FLAT,
          .why = "what is not allocated need not be collected" },
        { .column = "time", .bad = SLOWER,
          .why = "the collector looks for 32 KiB in a row, and runs again every ten requests or so; reading "
                 "a short body takes little more than that" },
        { .column = "time", .heap = HEAP_GLIBC, .bad = SLOWER, .ratio = 1.25, .refuted = true,
          .why = "malloc hands out the block that was freed last: some ten nanoseconds of some "
                 "seven microseconds" },
        { .column = "time", .heap = HEAP_MIMALLOC, .bad = SLOWER, .ratio = 1.25, .refuted = true,
          .why = "as on glibc" },
    },
    .aged = {
        { .what = "an object in a sync.Pool survives one collection, and not two", .since = "1.13",
          .probe = "pool-survives-one", .cited = "go.dev/doc/go1.13 (sync)" },
        { .what = "io.CopyBuffer takes a buffer of one's own", .since = "1.5",
          .cited = "go.dev/doc/go1.5 (io)" },
    },
    .scene_bytes = sizeof(struct scene),
    .setup = setup,
    .tear_down = tear_down,
    .gc = true,
};
