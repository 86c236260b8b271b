/* SPDX-License-Identifier: MIT */
/* pages.c - dumps over HTTP.
 *
 * The library's threads call this, and it asks the runtime only for what any thread may ask; so it
 * answers in a process that is stuck.  A dump is written to a file in memory and sent from there,
 * because it may be large and its length is not known before. */
#include "pages.h"

#include "dump.h"
#include "leak.h"
#include "task.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static int reply(struct MHD_Connection *c, unsigned status, struct MHD_Response *r,
                 const char *type)
{
    enum MHD_Result queued;

    if (!r)
        return -1;
    MHD_add_response_header(r, "Content-Type", type);
    MHD_add_response_header(r, "Cache-Control", "no-store");
    queued = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    return queued == MHD_YES ? 1 : -1;
}

/* What was written to fd, which is closed. */
static int reply_file(struct MHD_Connection *c, int fd, int error, const char *type)
{
    struct stat st;
    struct MHD_Response *r = NULL;

    if (!error && fstat(fd, &st) == 0)
        r = MHD_create_response_from_fd64((uint64_t)st.st_size, fd);
    if (!r && fd >= 0)
        close(fd);
    return reply(c, MHD_HTTP_OK, r, type);
}

static int reply_text(struct MHD_Connection *c, unsigned status, const char *text, const char *type)
{
    return reply(c, status,
                 MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_MUST_COPY),
                 type);
}

#define TEXT "text/plain; charset=utf-8"
#define PROFILE "application/octet-stream"

static int file_in_memory(void)
{
    return memfd_create("dump", MFD_CLOEXEC);
}

static int answer_dump(struct MHD_Connection *c, enum dump_form form)
{
    int fd = file_in_memory();

    leaks_find(); /* what it cannot prove now is shown without the word */
    return reply_file(c, fd, fd < 0 ? fd : dump_tasks(fd, form), TEXT);
}

static int answer_profile(struct MHD_Connection *c)
{
    int fd = file_in_memory();

    return reply_file(c, fd, fd < 0 ? fd : dump_pprof(fd), PROFILE);
}

/* otherwise: what there is if the client does not say which. */
static int answer_form(struct MHD_Connection *c, const char *otherwise)
{
    const char *debug = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "debug");

    if (!debug)
        debug = otherwise;
    if (strcmp(debug, "0") == 0)
        return answer_profile(c);
    if (strcmp(debug, "1") == 0)
        return answer_dump(c, DUMP_GROUPED);
    if (strcmp(debug, "2") == 0)
        return answer_dump(c, DUMP_EACH);
    return reply_text(c, MHD_HTTP_BAD_REQUEST,
                      "debug is 0 (for pprof), 1 (grouped) or 2 (one by one)\n", TEXT);
}

static int answer_tasks(struct MHD_Connection *c)
{
    return answer_form(c, "1");
}

/* Where `go tool pprof` looks. */
static int answer_pprof(struct MHD_Connection *c)
{
    return answer_form(c, "0");
}

static int answer_leaks(struct MHD_Connection *c)
{
    int fd = file_in_memory();

    return reply_file(c, fd, fd < 0 ? fd : dump_pprof_leaked(fd), PROFILE);
}

static int answer_counts(struct MHD_Connection *c)
{
    int fd = file_in_memory();

    return reply_file(c, fd, fd < 0 ? fd : dump_counts(fd), TEXT);
}

static int answer_index(struct MHD_Connection *c);

static const struct page {
    const char *path;
    int (*answer)(struct MHD_Connection *c);
    const char *query, *words; /* as the index has it; NULL: it has not */
} pages[] = {
    { "/debug", answer_index, NULL, NULL },
    { "/debug/", answer_index, NULL, NULL },
    { "/debug/pprof", answer_index, NULL, NULL },
    { "/debug/pprof/", answer_index, NULL, NULL },
    { "/debug/tasks", answer_tasks, "?debug=1", "tasks, those with the same story once" },
    { "/debug/tasks", answer_tasks, "?debug=2", "tasks, one by one" },
    { "/debug/counts", answer_counts, "", "what is alive, and which lines made it" },
    { "/debug/pprof/goroutine", answer_pprof, "", "tasks, for <code>go tool pprof</code>" },
    { "/debug/pprof/goroutineleak", answer_leaks, "", "tasks that nobody can wake, likewise" },
};
#define PAGES (sizeof pages / sizeof pages[0])

static void write_index(FILE *out)
{
    fprintf(
        out,
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>/debug</title>\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n"
        "<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui;margin:2rem}</style>\n"
        "<h1>%s</h1>\n<p>%" PRIu64 " tasks on %d workers.</p>\n<ul>\n",
        program_invocation_short_name, task_count(), task_workers());
    for (size_t i = 0; i < PAGES; i++)
        if (pages[i].words)
            fprintf(out, "<li><a href=\"%s%s\">%s%s</a>: %s</li>\n", pages[i].path, pages[i].query,
                    pages[i].path, pages[i].query, pages[i].words);
    fprintf(out, "</ul>\n</html>\n");
}

static int answer_index(struct MHD_Connection *c)
{
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    int answered;

    if (!out)
        return -1;
    write_index(out);
    fclose(out);
    answered = text ? reply_text(c, MHD_HTTP_OK, text, "text/html; charset=utf-8") : -1;
    free(text);
    return answered;
}

int pages_answer(struct MHD_Connection *c, const char *path)
{
    for (size_t i = 0; i < PAGES; i++)
        if (strcmp(pages[i].path, path) == 0)
            return pages[i].answer(c);
    return 0;
}

/* --- a server of their own --- */

static enum MHD_Result on_request(void *unused, struct MHD_Connection *c, const char *path,
                                  const char *method, const char *version, const char *data,
                                  size_t *bytes, void **seen)
{
    int answered;

    (void)unused;
    (void)version;
    (void)data;
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) {
        *bytes = 0;
        return reply_text(c, MHD_HTTP_METHOD_NOT_ALLOWED, "only GET and HEAD\n", TEXT) > 0;
    }
    if (!*seen) { /* the library wants an answer at the second call */
        *seen = (void *)path;
        return MHD_YES;
    }
    answered = pages_answer(c, path);
    if (!answered)
        answered = reply_text(c, MHD_HTTP_NOT_FOUND, "there is /debug\n", TEXT);
    return answered > 0 ? MHD_YES : MHD_NO;
}

/* The address in the form that the socket wants; its length, or 0: it is none. */
static socklen_t parse(const char *address, int port, struct sockaddr_storage *at)
{
    struct sockaddr_in *four = (struct sockaddr_in *)at;
    struct sockaddr_in6 *six = (struct sockaddr_in6 *)at;

    memset(at, 0, sizeof *at);
    if (inet_pton(AF_INET, address, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons((uint16_t)port);
        return sizeof *four;
    }
    if (inet_pton(AF_INET6, address, &six->sin6_addr) != 1)
        return 0;
    six->sin6_family = AF_INET6;
    six->sin6_port = htons((uint16_t)port);
    return sizeof *six;
}

/* The port on which fd now listens, or a negative errno. */
static int listen_at(int fd, const struct sockaddr_storage *at, socklen_t bytes)
{
    struct sockaddr_storage got;
    socklen_t room = sizeof got;
    int on = 1;

    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, (const struct sockaddr *)at, bytes) != 0 || listen(fd, SOMAXCONN) != 0 ||
        getsockname(fd, (struct sockaddr *)&got, &room) != 0)
        return -errno;
    return ntohs(got.ss_family == AF_INET ? ((struct sockaddr_in *)&got)->sin_port
                                          : ((struct sockaddr_in6 *)&got)->sin6_port);
}

int pages_serve(const char *address, int port)
{
    struct sockaddr_storage at;
    socklen_t bytes = parse(address, port, &at);
    int fd, got;

    if (!bytes || port < 0 || port > UINT16_MAX)
        return -EINVAL;
    fd = socket(at.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -errno;
    got = listen_at(fd, &at, bytes);
    if (got >= 0 && !MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_AUTO, 0, NULL, NULL,
                                      on_request, NULL, MHD_OPTION_LISTEN_SOCKET, fd,
                                      MHD_OPTION_CONNECTION_TIMEOUT, 10u, MHD_OPTION_END))
        got = -ENOMEM;
    if (got < 0)
        close(fd);
    else
        task_hold();
    return got;
}
