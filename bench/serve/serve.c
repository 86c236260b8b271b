/* SPDX-License-Identifier: MIT */
/* serve.c - a twin behind real HTTP: one op a request.
 *
 * libmicrohttpd reads and writes on a thread of its own; an op runs as a task of the
 * runtime (serve_calls.c).  Task 1 sets the scene up, starts the server and then waits
 * beside the workers for a signal, looking every now and then for calls that take too
 * long.  Nothing else ends the process but what the twin does to it: a panic, or more
 * memory than it may have.
 *
 * A request that is wrong is refused with a word, or its connection is closed; nothing
 * that comes from a client is kept, so nothing it sends can fill the server. */
#include "serve/serve_calls.h"

#include "cmd/args.h"
#include "cmd/commands.h"
#include "heap.h"
#include "pages.h"
#include "serve/serve_pages.h"
#include "stats.h"
#include "task.h"
#include "timer.h"

#include <errno.h>
#include <inttypes.h>
#include <netdb.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    HEADER_BYTES = 8 << 10, /* of a request at most, and what an idle connection costs */
    BODY_BYTES = 1 << 20,   /* more is refused; none is kept */
    IDLE_SECONDS = 10,      /* then a connection without a request is closed */
    SPARE_FILES = 64,       /* for everything that is no connection */
    MOST_CONNECTIONS = 16384,
    BACKLOG = 1024,
};

struct server {
    const struct entry *e;
    const struct twin *w;
    const char *twin;
    struct params p;
    int listener;
    int64_t patience_ns;
    uint64_t most_bytes; /* of resident memory: the machine is not to go down with it */
    struct MHD_Daemon *daemon;
    int64_t tasks_before;
    uint64_t rss_before;
};

/* --- answers --- */

static enum MHD_Result send_response(struct MHD_Connection *c, unsigned status,
                                     struct MHD_Response *r)
{
    if (!r)
        return MHD_NO; /* out of memory: the connection is closed */
    enum MHD_Result result = MHD_queue_response(c, status, r);
    MHD_destroy_response(r);
    return result;
}

static enum MHD_Result answer_live(struct MHD_Connection *c, const char *path)
{
    (void)path;
    return send_response(c, MHD_HTTP_OK, page_live());
}

static enum MHD_Result answer_stats(struct MHD_Connection *c, const char *path)
{
    (void)path;
    return send_response(c, MHD_HTTP_OK, page_stats());
}

static enum MHD_Result answer_machine(struct MHD_Connection *c, const char *path)
{
    (void)path;
    return send_response(c, MHD_HTTP_OK, page_machine());
}

static enum MHD_Result answer_metrics(struct MHD_Connection *c, const char *path)
{
    (void)path;
    return send_response(c, MHD_HTTP_OK, page_metrics());
}

static enum MHD_Result answer_debug(struct MHD_Connection *c, const char *path)
{
    int answered = pages_answer(c, path);

    if (!answered)
        return send_response(c, MHD_HTTP_NOT_FOUND, page_text("there is /debug\n"));
    return answered > 0 ? MHD_YES : MHD_NO;
}

static enum MHD_Result answer_call(struct MHD_Connection *c, struct call *call)
{
    switch (call_state(call)) {
    case CALL_READING: call_begin(call); return MHD_YES;
    case CALL_ANSWERED:
        return send_response(c, MHD_HTTP_OK, page_text("%" PRIu64 "\n", call_answer(call)));
    case CALL_LATE:
        return send_response(c, MHD_HTTP_GATEWAY_TIMEOUT, page_text("the op has not ended yet\n"));
    case CALL_CUT:
        return send_response(c, MHD_HTTP_SERVICE_UNAVAILABLE, page_text("the server ends\n"));
    default: return MHD_YES; /* its op runs: the library came by early */
    }
}

/* --- requests --- */

static const struct route {
    const char *path;
    enum MHD_Result (*answer)(struct MHD_Connection *c, const char *path); /* NULL: the op */
} routes[] = {
    { "/", answer_live },
    { "/op", NULL },
    { "/stats.json", answer_stats },
    { "/machine.json", answer_machine },
    { "/metrics", answer_metrics },
    { "/debug", answer_debug }, /* and all below it */
};
#define OTHER_PATHS "there are / /op /stats.json /machine.json /metrics /debug\n"

static const struct route *route_find(const char *path)
{
    if (strncmp(path, "/debug/", strlen("/debug/")) == 0)
        path = "/debug";
    for (size_t i = 0; i < sizeof routes / sizeof routes[0]; i++)
        if (strcmp(routes[i].path, path) == 0)
            return &routes[i];
    return NULL;
}

static bool allowed(const struct route *r, const char *method)
{
    return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0 ||
           (!r->answer && strcmp(method, "POST") == 0);
}

/* Does it say beforehand that it is too large? */
static bool announces_too_much(struct MHD_Connection *c)
{
    const char *length = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Content-Length");

    return length && strtoull(length, NULL, 10) > BODY_BYTES;
}

/* The headers are there: refuse, or make a call of it. */
static enum MHD_Result request_begins(struct MHD_Connection *c, const struct route *r,
                                      const char *method, void **call)
{
    if (!r)
        return send_response(c, MHD_HTTP_NOT_FOUND, page_text(OTHER_PATHS));
    if (!allowed(r, method))
        return send_response(c, MHD_HTTP_METHOD_NOT_ALLOWED, page_text("only GET and HEAD\n"));
    if (announces_too_much(c))
        return send_response(c, MHD_HTTP_CONTENT_TOO_LARGE,
                             page_text("at most %d bytes\n", BODY_BYTES));
    *call = call_make(c);
    return *call ? MHD_YES : MHD_NO;
}

/* The library calls this when the headers are there, for each piece of a body, at its
 * end, and when a connection was resumed. */
static enum MHD_Result on_request(void *unused, struct MHD_Connection *c, const char *path,
                                  const char *method, const char *version, const char *data,
                                  size_t *bytes, void **call)
{
    const struct route *r = route_find(path);

    (void)unused;
    (void)version;
    (void)data;
    if (!*call)
        return request_begins(c, r, method, call);
    if (*bytes) {
        bool too_much = call_read(*call, *bytes) > BODY_BYTES;
        *bytes = 0;
        return too_much ? MHD_NO : MHD_YES;
    }
    return r->answer ? r->answer(c, path) : answer_call(c, *call);
}

static void on_completed(void *unused, struct MHD_Connection *c, void **call,
                         enum MHD_RequestTerminationCode how)
{
    (void)unused;
    (void)c;
    (void)how;
    if (*call)
        call_drop(*call);
    *call = NULL;
}

/* --- the server --- */

/* Each connection is an open file. */
static unsigned connections_wanted(void)
{
    struct rlimit files = { 1024, 1024 };

    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    rlim_t n = files.rlim_cur > 2 * SPARE_FILES ? files.rlim_cur - SPARE_FILES : SPARE_FILES;
    return n < MOST_CONNECTIONS ? (unsigned)n : MOST_CONNECTIONS;
}

static bool http_start(struct server *s)
{
    s->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, NULL,
        MHD_OPTION_LISTEN_SOCKET, s->listener, MHD_OPTION_CONNECTION_LIMIT, connections_wanted(),
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)HEADER_BYTES, MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_END);
    return s->daemon;
}

static void print_address(const struct server *s)
{
    struct sockaddr_storage at;
    socklen_t bytes = sizeof at;
    char host[64], port[16];

    getsockname(s->listener, (struct sockaddr *)&at, &bytes);
    getnameinfo((struct sockaddr *)&at, bytes, host, sizeof host, port, sizeof port,
                NI_NUMERICHOST | NI_NUMERICSERV);
    bool six = strchr(host, ':');
    printf("%s %s: http://%s%s%s:%s/\n", s->e->name, s->twin, six ? "[" : "", host, six ? "]" : "",
           port);
    fflush(stdout);
}

static sigset_t end_signals(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    return set;
}

/* They are blocked everywhere and waited for in one place; but the collector, while it
 * holds a thread, lets it take them. */
static volatile sig_atomic_t told_to_end;

static void on_end(int signal_number)
{
    (void)signal_number;
    told_to_end = 1;
}

static void catch_end(void)
{
    struct sigaction action = { .sa_handler = on_end, .sa_flags = SA_ONSTACK | SA_RESTART };
    sigset_t end = end_signals();

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    pthread_sigmask(SIG_BLOCK, &end, NULL);
}

/* What was cut off gets a second to hear of it. */
static void http_stop(struct server *s)
{
    const struct timespec pause = { .tv_nsec = 10 * MS };

    calls_stop();
    for (int looks = 0; calls_unsent() && looks < 100; looks++)
        nanosleep(&pause, NULL);
    MHD_stop_daemon(s->daemon);
}

static void watch(const struct server *s)
{
    calls_expire(s->patience_ns);
    if (pages_rss() <= s->most_bytes)
        return;
    fprintf(stderr,
            "twinbench: serve: ended, because resident memory went above %" PRIu64
            " MiB (--memory), with %" PRIu64 " tasks alive\n",
            s->most_bytes >> 20, task_count());
    _exit(1);
}

static void print_summary(const struct server *s)
{
    struct calls_tally t = calls_tally();

    printf("%" PRIu64 " requests served, %" PRIu64 " late, %" PRIu64 " cut off; "
           "tasks %" PRId64 " -> %" PRId64 ", RSS %.1f -> %.1f MiB\n",
           t.ended[CALL_ANSWERED], t.ended[CALL_LATE], t.ended[CALL_CUT], s->tasks_before,
           stats_read().tasks.now, (double)s->rss_before / (1 << 20),
           (double)pages_rss() / (1 << 20));
    fflush(stdout);
}

/* On a thread beside the workers, until somebody ends the server; and with it the process,
 * from here: an op that never gives way may hold the worker that task 1 would need. */
static void http_run(void *arg)
{
    const struct timespec pause = { .tv_nsec = 100 * MS };
    struct server *s = arg;
    sigset_t end = end_signals();

    while (!told_to_end && sigtimedwait(&end, NULL, &pause) < 0)
        watch(s);
    http_stop(s);
    print_summary(s);
    _exit(0);
}

/* Task 1.  A tear-down could wait for ever for what has leaked; there is none. */
static void serve(void *arg)
{
    struct server *s = arg;
    struct stage stage;

    stage_open(&stage, s->e, s->w, &s->p);
    calls_start(&stage);
    pages_start(&stage, s->twin);
    s->tasks_before = stats_read().tasks.now;
    s->rss_before = pages_rss();
    task_hold();
    if (!http_start(s)) {
        fprintf(stderr, "twinbench: serve: libmicrohttpd could not start: %s\n", strerror(errno));
        _exit(1);
    }
    print_address(s);
    task_blocking(http_run, s);
}

/* --- the command --- */

static int listen_at(const struct addrinfo *at)
{
    int on = 1, fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (fd < 0)
        return -errno;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(fd, at->ai_addr, at->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int error = errno;
    close(fd);
    return -error;
}

/* A listening socket, or the exit status, said why, as a negative number. */
static int open_listener(const char *address, uint64_t port)
{
    const struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_PASSIVE,
                                    .ai_socktype = SOCK_STREAM };
    struct addrinfo *at;
    char digits[16];

    snprintf(digits, sizeof digits, "%" PRIu64, port);
    if (getaddrinfo(address, digits, &hints, &at) != 0) {
        fprintf(stderr,
                "twinbench: --address wants an address in figures (127.0.0.1, ::1), not "
                "'%.60s'\n",
                address);
        return -2;
    }
    int fd = listen_at(at);
    freeaddrinfo(at);
    if (fd >= 0)
        return fd;
    if (fd == -EADDRINUSE)
        fprintf(stderr,
                "twinbench: serve: port %s of %s is taken; give another --port, or 0 for a "
                "free one\n",
                digits, address);
    else
        fprintf(stderr, "twinbench: serve: cannot listen on port %s of %s: %s\n", digits, address,
                strerror(-fd));
    return -1;
}

static uint64_t half_of_memory(void)
{
    return (uint64_t)sysconf(_SC_PHYS_PAGES) / 2 * (uint64_t)sysconf(_SC_PAGESIZE);
}

static int run(struct server *s)
{
    int error = stage_prepare(s->e, &s->p);
    if (error) {
        fprintf(stderr, "twinbench: --heap %s: %s\n", heap_name(s->p.heap), heap_missing);
        return 1;
    }
    catch_end();
    signal(SIGPIPE, SIG_IGN); /* a reader of our lines may be gone, too */
    error = task_main(serve, s);
    if (error)
        fprintf(stderr, "twinbench: serve: no task could be started: %s\n", strerror(-error));
    return 1; /* serve() does not come back */
}

int cmd_serve(int argc, char **argv)
{
    struct params given = PARAMS_NOT_GIVEN;
    const char *words[2], *address = "127.0.0.1", *heap = NULL;
    uint64_t port = 8080, patience = 10, memory = half_of_memory() >> 20;
    const struct arg flags[] = {
        { "--port", ARG_NUMBER, &port, 0, 65535, "where to listen (8080); 0: a free one" },
        { "--address", ARG_WORD, &address, 0, 0, "on which interface (127.0.0.1)" },
        { "--patience", ARG_NUMBER, &patience, 1, 3600, "seconds an op may take (10)" },
        { "--memory", ARG_NUMBER, &memory, 1, 1 << 30, "MiB it may grow to (half of all)" },
        { "--size", ARG_NUMBER, &given.size, 1, 1000000000000, "how much one request does" },
        { "--workers", ARG_NUMBER, &given.workers, 1, 64, "threads that run tasks" },
        { "--heap", ARG_WORD, &heap, 0, 0, "gc, glibc or mimalloc, if the tip runs there" },
        { "--seed", ARG_NUMBER, &given.seed, 0, INT64_MAX, "added to the requests' numbers" },
    };
    const struct args args = { "serve TIP bad|good [flags]",
                               "Put a twin behind HTTP: one op a request to /op, and a page at /.",
                               flags,
                               sizeof flags / sizeof flags[0],
                               words,
                               2,
                               2 };
    int n = args_parse(&args, argc, argv);

    if (n < 0)
        return args_status(n);
    struct server s = { .patience_ns = (int64_t)patience * SEC,
                        .most_bytes = memory << 20,
                        .twin = words[1] };
    s.e = args_tip(words[0]);
    enum role twin = s.e ? args_twin(s.e, words[1]) : TWIN_NONE;
    if (twin == TWIN_NONE || !args_heap(s.e, heap, &given.heap))
        return 2;
    s.w = tip_twin(s.e, twin);
    s.p = tip_params_given(s.e->tip, &given);
    s.listener = open_listener(address, port);
    return s.listener < 0 ? -s.listener : run(&s);
}
