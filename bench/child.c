/* SPDX-License-Identifier: MIT */
/* child.c - start this program again, watch it, and say how it ended.
 *
 * Every child
 *   - leads a process group, which is killed as a whole when its leader has ended
 *     or its time is over;
 *   - gets SIGKILL when the runner dies, however that dies;
 *   - whose memory is capped shares a counter of requests, for it leaves no row when it dies;
 *   - has two pipes: one for its row, one for what it prints.  Both are read all
 *     the time, so that a child that prints without end cannot stop itself, and of
 *     what it prints only the beginning is kept;
 *   - finds an environment of another size than its neighbours did, because the
 *     place of the first stack frame alone can change a loop's speed by percents.
 *
 * One poll() watches all children that run.  The child's own word counts for its
 * row alone: how it ended is what waitpid() and the clock say. */
#include "child.h"

#include "lang.h"
#include "tips.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    ROW_BYTES = 4096,        /* a row is one write, and that is a pipe's atomic size */
    SAID_BYTES = 256 * 1024, /* kept of what a child prints: a dump of 1,000 tasks */
    DUMP_BYTES = 64 * 1024,  /* and of that, beside the results */
    ROW_FD = 3,
    SERVED_FD = 4,
    GRACE_MS = 1000,         /* for the dump, between SIGQUIT and SIGKILL */
    MAX_RUNNING = 64,
    MAX_PADDING = 4096,
};

/* Bytes that came through a pipe; NUL after the last. */
struct stream {
    int fd; /* -1 once it has ended */
    size_t length, cap;
    char *bytes;
};

struct child {
    struct request request;
    pid_t pid;
    int pidfd;
    int served_fd; /* a file in memory: how many requests were answered; -1: none */
    struct stream row, said;
    int64_t deadline_ms;
    bool timed_out, ended;
    int status;
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

/* --- the command line and the environment of a child --- */

enum { NUMBERS = 6, MAX_ARGV = 8 + 2 * NUMBERS + 2 + 2 + 1 };

struct command {
    char *argv[MAX_ARGV];
    char numbers[NUMBERS][24];
    char program[512];
    char padding[sizeof "TWIN_PADDING=" + MAX_PADDING];
    char **env;
};

/* The one asked for; else this program for C, and for another language its neighbour
 * "twinbench-LANG". */
static int find_program(struct command *c, const struct request *r)
{
    if (r->program) {
        int length = snprintf(c->program, sizeof c->program, "%s", r->program);
        return (size_t)length < sizeof c->program ? 0 : -ENAMETOOLONG;
    }
    ssize_t n = readlink("/proc/self/exe", c->program, sizeof c->program - 1);

    if (n < 0)
        return -errno;
    c->program[n] = '\0';
    if (r->params.heap || strcmp(r->lang, "c") == 0)
        return 0;
    size_t left = sizeof c->program - (size_t)n;
    int wrote = snprintf(c->program + n, left, "-%s", r->lang);
    return wrote > 0 && (size_t)wrote < left ? 0 : -ENAMETOOLONG;
}

static void fill_argv(struct command *c, const struct request *r, bool served)
{
    const struct params *p = &r->params;
    const struct {
        const char *flag;
        uint64_t value;
    } numbers[NUMBERS] = { { "--ops", p->ops },         { "--size", p->size },
                           { "--clients", p->clients }, { "--rate", p->rate },
                           { "--workers", p->workers }, { "--seed", p->seed } };
    const char *fixed[] = { "twinbench", "one",    r->tip,   r->twin,
                            "--row-fd",  "3",      "--kind", r->kind };
    size_t n = 0;

    while (n < 8) {
        c->argv[n] = (char *)fixed[n];
        n++;
    }
    for (size_t i = 0; i < NUMBERS; i++) {
        snprintf(c->numbers[i], sizeof c->numbers[i], "%" PRIu64, numbers[i].value);
        c->argv[n++] = (char *)numbers[i].flag;
        c->argv[n++] = c->numbers[i];
    }
    if (p->heap) {
        c->argv[n++] = (char *)"--heap";
        c->argv[n++] = (char *)p->heap;
    }
    if (served) {
        c->argv[n++] = (char *)"--served-fd";
        c->argv[n++] = (char *)"4";
    }
    c->argv[n] = NULL;
}

/* The environment with one more variable, of random length. */
static int fill_env(struct command *c)
{
    uint32_t length = 0;
    size_t n = 0;

    if (getrandom(&length, sizeof length, GRND_NONBLOCK) < 0)
        length = (uint32_t)clock();
    strcpy(c->padding, "TWIN_PADDING=");
    size_t start = strlen(c->padding);
    memset(c->padding + start, 'x', length % MAX_PADDING);
    c->padding[start + length % MAX_PADDING] = '\0';

    while (environ[n])
        n++;
    c->env = malloc((n + 2) * sizeof *c->env);
    if (!c->env)
        return -ENOMEM;
    memcpy(c->env, environ, n * sizeof *c->env);
    c->env[n] = c->padding;
    c->env[n + 1] = NULL;
    return 0;
}

/* --- starting --- */

static void limit(int what, uint64_t value)
{
    struct rlimit l = { value, value };

    setrlimit(what, &l);
}

/* In the new process, up to its exec.  Only returns if that fails. */
static void become(const struct command *c, const struct child *self, pid_t runner, int row_fd,
                   int said_fd)
{
    const struct request *r = &self->request;
    sigset_t none;

    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != runner)
        _exit(1); /* the runner died before the line above */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    limit(RLIMIT_CORE, 0);
    if (r->memory_bytes)
        limit(lang_limit(r->lang), r->memory_bytes);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    dup2(nothing, STDIN_FILENO);
    dup2(said_fd, STDOUT_FILENO);
    dup2(said_fd, STDERR_FILENO);
    dup2(row_fd, ROW_FD);
    fcntl(ROW_FD, F_SETFD, 0); /* dup2() onto itself would leave it close-on-exec */
    if (self->served_fd >= 0)
        dup2(self->served_fd, SERVED_FD);
    execve(c->program, c->argv, c->env);
}

/* The same file under a number that is not used in a child, close-on-exec. */
static int fd_above(int low)
{
    int fd = fcntl(low, F_DUPFD_CLOEXEC, SERVED_FD + 1);

    close(low);
    return fd;
}

static int pipe_make(int ends[2])
{
    int low[2];

    if (pipe2(low, O_CLOEXEC) < 0)
        return -errno;
    for (int i = 0; i < 2; i++)
        ends[i] = fd_above(low[i]);
    return ends[0] < 0 || ends[1] < 0 ? -EMFILE : 0;
}

/* The counter that outlives the child: 8 bytes of memory with a number.  Without it a
 * sample says 0, which is what it knows. */
static int served_make(void)
{
    int low = memfd_create("served", MFD_CLOEXEC), fd = low < 0 ? -1 : fd_above(low);

    if (fd >= 0 && ftruncate(fd, sizeof(uint64_t)) < 0) {
        close(fd);
        return -1;
    }
    return fd;
}

static int64_t served_read(const struct child *c)
{
    int64_t n = 0;

    return pread(c->served_fd, &n, sizeof n, 0) == sizeof n ? n : 0;
}

static int stream_open(struct stream *s, int fd, size_t cap)
{
    fcntl(fd, F_SETFL, O_NONBLOCK);
    *s = (struct stream){ .fd = fd, .cap = cap, .bytes = calloc(1, cap + 1) };
    return s->bytes ? 0 : -ENOMEM;
}

static void stream_close(struct stream *s)
{
    if (s->fd >= 0)
        close(s->fd);
    free(s->bytes);
}

/* fork and exec; an exec that fails is told through a pipe that a successful one
 * closes. */
static int launch(struct child *c, const struct command *cmd, int row_fd, int said_fd)
{
    int failure[2], error = pipe_make(failure);

    if (error)
        return error;
    pid_t runner = getpid();
    c->pid = fork();
    if (c->pid == 0) {
        become(cmd, c, runner, row_fd, said_fd);
        error = errno;
        if (write(failure[1], &error, sizeof error) < 0)
            _exit(127);
        _exit(126);
    }
    error = c->pid < 0 ? errno : 0;
    close(failure[1]);
    if (c->pid > 0) {
        setpgid(c->pid, c->pid); /* here too: whoever comes first */
        while (read(failure[0], &error, sizeof error) < 0 && errno == EINTR)
            ;
    }
    close(failure[0]);
    if (error && c->pid > 0)
        waitpid(c->pid, NULL, 0);
    return -error;
}

static void child_free(struct child *c)
{
    stream_close(&c->row);
    stream_close(&c->said);
    if (c->pidfd >= 0)
        close(c->pidfd);
    if (c->served_fd >= 0)
        close(c->served_fd);
    free(c);
}

static int child_launch(struct child *c)
{
    struct command cmd = { 0 };
    int row[2], said[2];
    int error = pipe_make(row);

    if (error)
        return error;
    error = pipe_make(said);
    if (error) {
        close(row[0]);
        close(row[1]);
        return error;
    }
    error = stream_open(&c->row, row[0], ROW_BYTES);
    if (!error)
        error = stream_open(&c->said, said[0], SAID_BYTES);
    else
        close(said[0]);
    if (!error)
        error = find_program(&cmd, &c->request);
    if (!error)
        error = fill_env(&cmd);
    if (c->request.memory_bytes && strcmp(c->request.lang, "go") != 0)
        c->served_fd = served_make();
    fill_argv(&cmd, &c->request, c->served_fd >= 0);
    if (!error)
        error = launch(c, &cmd, row[1], said[1]);
    free(cmd.env);
    close(row[1]);
    close(said[1]);
    if (!error && (c->pidfd = pidfd_open(c->pid, 0)) < 0) {
        error = -errno;
        kill(-c->pid, SIGKILL);
        waitpid(c->pid, NULL, 0);
    }
    return error;
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

/* --- watching --- */

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

/* --- judging the end --- */

static bool says(const struct ending *e, const char *words)
{
    return strstr(e->said, words) != NULL;
}

/* A twin whose memory is capped ends by whatever met the cap first: a panic of
 * the runtime, an abort of a library or a signal.  All of them are the cap. */
static bool ran_out(const struct ending *e)
{
    return e->capped && (says(e, "out of memory") || says(e, "Cannot allocate memory"));
}

const char *child_outcome(const struct ending *e)
{
    bool exited = WIFEXITED(e->status);

    if (e->timed_out)
        return "STUCK";
    if (exited && WEXITSTATUS(e->status) == 0)
        return e->left_row ? "OK" : "DIES";
    if (exited && WEXITSTATUS(e->status) == 2 && !ran_out(e)) {
        if (says(e, "are asleep - deadlock!"))
            return "STUCK";
        if (says(e, "panic: "))
            return "PANICS";
    }
    return "DIES";
}

/* The one end that a child could pass off as success. */
static bool left_early(const struct ending *e)
{
    return !e->timed_out && !e->left_row && WIFEXITED(e->status) && WEXITSTATUS(e->status) == 0;
}

/* What the child said first, else how it ended, as one line. */
static void explain(const struct child *c, const struct ending *e, char why[CHILD_WHY])
{
    const char *said = c->said.bytes + strspn(c->said.bytes, "\n ");
    int first_line = (int)strcspn(said, "\n");

    if (e->timed_out)
        snprintf(why, CHILD_WHY, "did not end within %" PRId64 " ms", c->request.timeout_ms);
    else if (left_early(e))
        snprintf(why, CHILD_WHY, "ended by exit(0) before its measurement was over");
    else if (first_line > 0)
        snprintf(why, CHILD_WHY, "%.*s", first_line < CHILD_WHY ? first_line : CHILD_WHY - 1, said);
    else if (WIFSIGNALED(c->status))
        snprintf(why, CHILD_WHY, "killed by signal %d (%s)", WTERMSIG(c->status),
                 strsignal(WTERMSIG(c->status)));
    else
        snprintf(why, CHILD_WHY, "ended by exit(%d) without a word", WEXITSTATUS(c->status));
}

static bool read_row(const struct child *c, struct sample *s)
{
    char header[ROW_BYTES];

    if (sample_header(header, sizeof header) > 0 && sample_parse(header, c->row.bytes, s) == 0)
        return true;
    memset(s, 0, sizeof *s);
    return false;
}

/* What was asked for and what was seen: about these the row is not believed. */
static void settle(const struct request *r, const struct ending *e, struct sample *s)
{
    tip_settings(s, r->tip, r->twin, r->lang, r->kind, &r->params);
    s->block = r->block;
    s->slot = r->slot;
    snprintf(s->outcome, sizeof s->outcome, "%s", child_outcome(e));
}

/* For writing; the folder that is to hold it may be missing. */
static int open_new(const char *path)
{
    int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, fd = open(path, flags, 0644);
    char folder[PATH_MAX];
    const char *name = strrchr(path, '/');

    if (fd >= 0 || errno != ENOENT || !name)
        return fd;
    snprintf(folder, sizeof folder, "%.*s", (int)(name - path), path);
    return mkdir(folder, 0755) < 0 ? -1 : open(path, flags, 0644);
}

static int save_said(const struct child *c, bool stuck)
{
    const struct request *r = &c->request;
    size_t length = c->said.length;

    if (!r->said_path || (r->said_if_stuck && !stuck))
        return 0;
    if (r->said_if_stuck && length > DUMP_BYTES)
        length = DUMP_BYTES;
    int fd = open_new(r->said_path);
    if (fd < 0)
        return -errno;
    ssize_t wrote = write(fd, c->said.bytes, length);
    int error = wrote < 0 ? -errno : (size_t)wrote < length ? -ENOSPC : 0;
    close(fd);
    return error;
}

int child_finish(struct child *c, struct sample *out, char why[CHILD_WHY])
{
    while (!c->ended && !interrupted)
        watch();
    if (interrupted)
        kill_all();

    struct ending e = { .status = c->status, .timed_out = c->timed_out,
                        .left_row = read_row(c, out), .capped = c->request.memory_bytes != 0,
                        .said = c->said.bytes };
    settle(&c->request, &e, out);
    out->served = c->served_fd < 0 ? 0 : served_read(c);
    if (left_early(&e))
        fprintf(stderr, "twinbench: %s %s ended by exit(0) before its measurement was over; "
                "counted as DIES\n", out->tip, out->twin);
    if (why && strcmp(out->outcome, "OK") == 0)
        why[0] = '\0';
    else if (why)
        explain(c, &e, why);
    int error = interrupted ? -EINTR : save_said(c, strcmp(out->outcome, "STUCK") == 0);
    child_free(c);
    return error;
}

int child_sample(const struct request *r, struct sample *out)
{
    struct child *c;
    int error = child_start(r, &c);

    return error ? error : child_finish(c, out, NULL);
}
