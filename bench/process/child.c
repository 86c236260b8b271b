/* SPDX-License-Identifier: MIT */
/* child.c - the processes that run: watched until they end, or are ended.
 *
 * Every child
 *   - leads a process group, which is killed as a whole when its leader has ended
 *     or its time is over;
 *   - gets SIGKILL when the runner dies, however that dies;
 *   - shares a counter of requests if its memory is capped, for it leaves no row when it dies;
 *   - has two pipes: one for its row, one for what it prints.  Both are read all
 *     the time, so that a child that prints without end cannot stop itself, and of
 *     what it prints only the beginning is kept.
 *
 * One poll() watches all children that run. */
#include "process/child_impl.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    GRACE_MS = 1000, /* for the dump, between SIGQUIT and SIGKILL */
    MAX_RUNNING = 64,
};

/* Those that have not ended. */
static struct child *running[MAX_RUNNING];
static size_t nrunning;

static volatile sig_atomic_t interrupted;

static void on_signal(int signal_number)
{
    if (interrupted && signal_number == SIGINT)
        _exit(130);
    interrupted = 1;
}

void child_catch_signals(void)
{
    struct sigaction action = { .sa_handler = on_signal }; /* no SA_RESTART: poll() returns */

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

bool child_interrupted(void)
{
    return interrupted;
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int child_start(const struct request *r, struct child **out)
{
    *out = NULL;
    if (nrunning == MAX_RUNNING)
        return -EAGAIN;
    struct child *c = calloc(1, sizeof *c);
    if (!c)
        return -ENOMEM;
    c->request = *r;
    c->pidfd = c->served_fd = c->row.fd = c->said.fd = -1;
    int error = child_launch(c);
    if (error) {
        child_free(c);
        return error;
    }
    c->deadline_ms = now_ms() + r->timeout_ms;
    running[nrunning++] = c;
    *out = c;
    return 0;
}

/* Take what is there; past the cap it is thrown away. */
static void stream_read(struct stream *s)
{
    char more[65536];
    ssize_t n;

    while (s->fd >= 0 && (n = read(s->fd, more, sizeof more)) != 0) {
        if (n < 0) {
            if (errno == EAGAIN || errno == EINTR)
                return;
            break;
        }
        size_t room = s->cap - s->length, take = (size_t)n < room ? (size_t)n : room;
        memcpy(s->bytes + s->length, more, take);
        s->length += take;
        if ((size_t)n < sizeof more)
            return; /* a child that prints without end must not hold us here */
    }
    if (s->fd >= 0)
        close(s->fd);
    s->fd = -1;
}

static void group_signal(const struct child *c, int signal_number)
{
    kill(-c->pid, signal_number);
}

/* The leader is dead but not yet waited for, so its number is still its own and
 * naming the group cannot hit strangers. */
static void child_reap(struct child *c)
{
    group_signal(c, SIGKILL);
    while (waitpid(c->pid, &c->status, 0) < 0 && errno == EINTR)
        ;
    stream_read(&c->row);
    stream_read(&c->said);
    c->ended = true;
    for (size_t i = 0; i < nrunning; i++)
        if (running[i] == c)
            running[i] = running[--nrunning];
}

/* Time is over: ask for a dump of the tasks first, then kill. */
static void child_expire(struct child *c)
{
    group_signal(c, c->timed_out ? SIGKILL : SIGQUIT);
    c->timed_out = true;
    c->deadline_ms = now_ms() + GRACE_MS;
}

static int next_timeout(void)
{
    int64_t now = now_ms(), first = now + 1000;

    for (size_t i = 0; i < nrunning; i++)
        if (running[i]->deadline_ms < first)
            first = running[i]->deadline_ms;
    return first > now ? (int)(first - now) : 0;
}

/* Wait for something to happen to any child, and deal with it.  The bound on the
 * wait also covers a signal that came just before poll(). */
static void watch(void)
{
    struct pollfd fds[3 * MAX_RUNNING];
    struct child *those[MAX_RUNNING];
    size_t n = nrunning;

    for (size_t i = 0; i < n; i++) {
        struct child *c = those[i] = running[i];
        fds[3 * i] = (struct pollfd){ .fd = c->pidfd, .events = POLLIN };
        fds[3 * i + 1] = (struct pollfd){ .fd = c->row.fd, .events = POLLIN };
        fds[3 * i + 2] = (struct pollfd){ .fd = c->said.fd, .events = POLLIN };
    }
    if (poll(fds, 3 * n, next_timeout()) < 0)
        return; /* a signal: the caller looks */
    for (size_t i = 0; i < n; i++) {
        struct child *c = those[i];
        stream_read(&c->row);
        stream_read(&c->said);
        if (fds[3 * i].revents)
            child_reap(c);
        else if (now_ms() >= c->deadline_ms)
            child_expire(c);
    }
}

static void kill_all(void)
{
    while (nrunning > 0) {
        group_signal(running[0], SIGKILL);
        child_reap(running[0]);
    }
}

int child_finish(struct child *c, struct sample *out, char why[CHILD_WHY])
{
    while (!c->ended && !interrupted)
        watch();
    if (interrupted)
        kill_all();
    int error = child_end(c, out, why);
    child_free(c);
    return interrupted ? -EINTR : error;
}

int child_sample(const struct request *r, struct sample *out)
{
    struct child *c;
    int error = child_start(r, &c);

    return error ? error : child_finish(c, out, NULL);
}
