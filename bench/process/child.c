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

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    GRACE_MS = 1000, /* for the dump, between SIGQUIT and SIGKILL */
    LOOK_MS = 20,    /* between two looks at a child whose time seems to be over */
    WATCH_MS = 250,  /* between two looks at one that runs, at least */
    WAIT_MS = 1000,  /* in poll(), at most */
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
    if (signal(SIGHUP, SIG_IGN) != SIG_IGN) /* nohup asks to be left alone */
        sigaction(SIGHUP, &action, NULL);
}

bool child_interrupted(void)
{
    return interrupted;
}

int64_t child_now_ms(void)
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
    c->started_ms = c->looked_ms = c->asked_ms = child_now_ms();
    c->deadline_ms = c->started_ms + r->timeout_ms;
    running[nrunning++] = c;
    *out = c;
    return 0;
}

/* Read what has come.  Bytes beyond the capacity are thrown away. */
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

/* What the kernel has counted of the threads of a process.  All 0 where it counts nothing. */
struct turns {
    int64_t ran_ns;    /* on a processor, all of them together */
    int64_t waited_ns; /* ready to run and without a processor, summed over threads; each counted up
                          to its last turn */
    bool ready;        /* one of them runs, or waits for a processor, now */
    bool held;         /* one of them is stopped, or waits for a disk */
};

static void add_thread(struct turns *t, pid_t pid, const char *tid)
{
    char path[64], state = 0;
    int64_t ran_ns, waited_ns;

    snprintf(path, sizeof path, "/proc/%d/task/%.20s/schedstat", (int)pid, tid);
    FILE *f = fopen(path, "re");
    if (f && fscanf(f, "%" SCNd64 " %" SCNd64, &ran_ns, &waited_ns) == 2) {
        t->ran_ns += ran_ns;
        t->waited_ns += waited_ns;
    }
    if (f)
        fclose(f);
    snprintf(path, sizeof path, "/proc/%d/task/%.20s/stat", (int)pid, tid);
    f = fopen(path, "re");
    if (f && fscanf(f, "%*d (%*[^)]) %c", &state) == 1) {
        t->ready |= state == 'R';
        t->held |= state == 'T' || state == 't' || state == 'D';
    }
    if (f)
        fclose(f);
}

static struct turns turns_of(pid_t pid)
{
    char path[32];
    struct turns t = { 0 };

    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *threads = opendir(path);
    for (struct dirent *d; threads && (d = readdir(threads));)
        if (d->d_name[0] != '.')
            add_thread(&t, pid, d->d_name);
    if (threads)
        closedir(threads);
    return t;
}

/* The kernel counts the waits for a processor alone.  Where a child was seen to be held, all the
 * time since the last look counts as held; and where we come to look far too late, somebody has
 * held us, and most likely the child with us (SIGSTOP, a freezer, a machine that was paused). */
static void child_watch(struct child *c)
{
    int64_t now = child_now_ms(), since = now - c->looked_ms;

    if (since < WATCH_MS)
        return;
    if (turns_of(c->pid).held)
        c->held_ms += since;
    else if (since > 2 * WAIT_MS)
        c->held_ms += since - WAIT_MS;
    c->looked_ms = now;
}

int64_t child_lost_ms(int64_t passed, int64_t ran, int64_t waited, int64_t held)
{
    int64_t rest = passed - held - ran;

    return held + (rest < 0 ? 0 : rest < waited ? rest : waited);
}

/* The kernel counts a wait when it is over, so a child that is ready now may have waited since the
 * last look. */
static int64_t lost_ms(const struct child *c, const struct turns *t, int64_t now)
{
    int64_t waited = t->waited_ns / 1000000 + (t->ready ? now - c->asked_ms : 0);

    return child_lost_ms(now - c->started_ms, t->ran_ns / 1000000, waited, c->held_ms);
}

/* A busy machine ends no child: the time in which it got no processor, or was stopped, is added
 * to its limit.  A child that is ready and got no processor since the last look is still
 * waiting.  false: it has used up its own time. */
static bool child_has_time_left(struct child *c)
{
    struct turns t = turns_of(c->pid);
    int64_t now = child_now_ms();
    int64_t due = c->started_ms + c->request.timeout_ms + lost_ms(c, &t, now);
    bool waits = t.held || (t.ready && t.ran_ns == c->ran_ns);

    if (c->timed_out || (due <= now && !waits && c->ran_ns > 0))
        return false;
    c->ran_ns = t.ran_ns > 0 ? t.ran_ns : 1;
    c->asked_ms = now;
    c->deadline_ms = due > now ? due : now + LOOK_MS;
    return true;
}

/* Time is over: ask for a dump of the tasks first, then kill. */
static void child_expire(struct child *c)
{
    group_signal(c, c->timed_out ? SIGKILL : SIGQUIT);
    c->timed_out = true;
    c->deadline_ms = child_now_ms() + GRACE_MS;
}

static int next_timeout(void)
{
    int64_t now = child_now_ms(), first = now + WAIT_MS;

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
        if (fds[3 * i].revents) {
            child_reap(c);
            continue;
        }
        child_watch(c);
        if (child_now_ms() >= c->deadline_ms && !child_has_time_left(c))
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

int child_await_fewer(size_t n)
{
    while (nrunning >= n && !interrupted)
        watch();
    return interrupted ? -EINTR : 0;
}

bool child_has_ended(const struct child *c)
{
    return c->ended;
}

int child_sample(const struct request *r, struct sample *out)
{
    struct child *c;
    int error = child_start(r, &c);

    return error ? error : child_finish(c, out, NULL);
}
