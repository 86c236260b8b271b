/* SPDX-License-Identifier: MIT */
/* child_start.c - start this program again: its command line, its environment, its
 * pipes, its limits.
 *
 * Every child finds an environment of another size than its neighbours did, because the
 * place of the first stack frame alone can change a loop's speed by percents. */
#include "process/child_impl.h"

#include "process/find_executors.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROW_FD = 3, SERVED_FD = 4, MAX_PADDING = 4096 };

/* --- the command line and the environment of a child --- */

/* Five dials, the seed and two descriptors have a number each; the heap has a name. */
enum { FIXED = 6, MAX_NUMBERS = 8, MAX_ARGV = FIXED + 2 * MAX_NUMBERS + 2 + 1 };

struct command {
    char *argv[MAX_ARGV];
    size_t nargs;
    char numbers[MAX_NUMBERS][sizeof "18446744073709551615"];
    size_t nnumbers;
    char program[PATH_MAX];
    char padding[sizeof "TWIN_PADDING=" + MAX_PADDING];
    char **env;
};

static int find_program(struct command *c, const struct request *r)
{
    if (!r->program)
        return executor_program(r->executor, r->placement, c->program, sizeof c->program);
    int length = snprintf(c->program, sizeof c->program, "%s", r->program);
    return (size_t)length < sizeof c->program ? 0 : -ENAMETOOLONG;
}

static void add(struct command *c, const char *word)
{
    c->argv[c->nargs++] = (char *)word;
}

static void add_number(struct command *c, const char *flag, uint64_t value)
{
    char *digits = c->numbers[c->nnumbers++];

    snprintf(digits, sizeof c->numbers[0], "%" PRIu64, value);
    add(c, flag);
    add(c, digits);
}

static void fill_argv(struct command *c, const struct request *r, bool served)
{
    const struct params *p = &r->params;
    const char *const fixed[FIXED] = { "twinbench",        "one",    r->tip,
                                       role_word(r->twin), "--kind", kind_word(r->kind) };

    for (size_t i = 0; i < FIXED; i++)
        add(c, fixed[i]);
    add_number(c, "--row-fd", ROW_FD);
    for (enum dial d = OPS; d <= WORKERS; d++)
        add_number(c, dial_flag(d), dial_get(p, d));
    add_number(c, "--seed", p->seed);
    if (p->heap != HEAP_DEFAULT) {
        add(c, "--heap");
        add(c, heap_name(p->heap));
    }
    if (served)
        add_number(c, "--served-fd", SERVED_FD);
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
        _exit(1); /* the runner had died before prctl() */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    limit(RLIMIT_CORE, 0);
    if (r->memory_bytes)
        limit(executor_limit(r->executor), r->memory_bytes);
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
    if (ends[0] >= 0 && ends[1] >= 0)
        return 0;
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0)
            close(ends[i]);
    return -EMFILE;
}

/* The counter that outlives the child: 8 bytes of memory behind a descriptor.  -1: there is
 * none, and the sample says that 0 requests were served. */
static int served_make(void)
{
    int low = memfd_create("served", MFD_CLOEXEC), fd = low < 0 ? -1 : fd_above(low);

    if (fd >= 0 && ftruncate(fd, sizeof(uint64_t)) < 0) {
        close(fd);
        return -1;
    }
    return fd;
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

/* fork and exec; an exec that fails is reported through a pipe that a successful one
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
        setpgid(c->pid, c->pid); /* parent and child both do this, whichever is first */
        while (read(failure[0], &error, sizeof error) < 0 && errno == EINTR)
            ;
    }
    close(failure[0]);
    if (error && c->pid > 0)
        waitpid(c->pid, NULL, 0);
    return -error;
}

void child_free(struct child *c)
{
    stream_close(&c->row);
    stream_close(&c->said);
    if (c->pidfd >= 0)
        close(c->pidfd);
    if (c->served_fd >= 0)
        close(c->served_fd);
    free(c);
}

int child_launch(struct child *c)
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
    if (!error && c->request.memory_bytes && executor_tells(c->request.executor, "served")) {
        c->served_fd = served_make();
        if (c->served_fd < 0 && errno == EMFILE)
            error = -EMFILE;
    }
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
