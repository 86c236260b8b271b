/* SPDX-License-Identifier: MIT */
/* command.c - one process: spawned, awaited, and what the kernel says it took.
 *
 * vfork() and not fork(): the time of a command must not hold the copying of this program's
 * page tables.  What the command prints goes into files in memory, so that nobody
 * has to read along while it is timed. */
#include "trial/command.h"

#include "process/child.h"
#include "trial/complain.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <wordexp.h>

enum { TICK_MS = 50 }; /* how often it is asked whether the run was interrupted */

double command_clock_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* --- what it prints --- */

static char *read_all(int fd, size_t *length)
{
    struct stat s;

    if (fstat(fd, &s) != 0)
        return NULL;
    char *bytes = malloc((size_t)s.st_size + 1);
    ssize_t n = bytes ? pread(fd, bytes, (size_t)s.st_size, 0) : 0;
    *length = n > 0 ? (size_t)n : 0;
    if (bytes)
        bytes[*length] = '\0';
    return bytes;
}

/* --- starting it --- */

/* The words of a command that no shell reads.  false: it cannot be without one. */
static bool split(const char *text, wordexp_t *words)
{
    return wordexp(text, words, WRDE_NOCMD | WRDE_UNDEF) == 0 && words->we_wordc > 0;
}

struct files {
    int in, out, err;
};

static int files_open(const struct command *c, struct files *f)
{
    f->in = open(c->input ? c->input : "/dev/null", O_RDONLY | O_CLOEXEC);
    f->out = memfd_create("out", MFD_CLOEXEC);
    f->err = memfd_create("err", MFD_CLOEXEC);
    return f->in < 0 || f->out < 0 || f->err < 0 ? -errno : 0;
}

static void files_close(const struct files *f)
{
    for (const int *fd = &f->in; fd <= &f->err; fd++)
        if (*fd >= 0)
            close(*fd);
}

/* What a process is to become. */
struct start {
    char *const *argv;
    const char *folder;
    const struct files *files;
};

/* Or a command that asks somebody would be stopped for reading in the background, and not end. */
static void leave_terminal(void)
{
    int fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);

    if (fd < 0)
        return;
    ioctl(fd, TIOCNOTTY);
    close(fd);
}

/* In the new process, which still runs in this one's memory: system calls and nothing else.
 * Only returns if it could not become the command. */
static void become(const struct start *s, const sigset_t *mask)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* it does not outlive the runner, however that dies */
    leave_terminal();
    dup2(s->files->in, STDIN_FILENO);
    dup2(s->files->out, STDOUT_FILENO);
    dup2(s->files->err, STDERR_FILENO);
    if (s->folder && chdir(s->folder) < 0)
        return;
    sigprocmask(SIG_SETMASK, mask, NULL);
    execvp(s->argv[0], s->argv);
}

/* A process group of its own.  A signal must not find the new process before its exec: our
 * handler would run in our memory. */
static int start(const struct start *s, pid_t *pid)
{
    sigset_t all, before;
    volatile int error = 0;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    *pid = vfork();
    if (*pid == 0) {
        become(s, &before);
        error = -errno;
        _exit(127);
    }
    if (*pid < 0)
        error = -errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (error && *pid > 0)
        waitpid(*pid, NULL, 0);
    return error;
}

static int start_command(const struct command *c, const struct files *f, pid_t *pid)
{
    char *shell[] = { (char *)c->shell, "-c", (char *)c->text, NULL };
    struct start s = { shell, c->folder, f };
    wordexp_t words;

    if (c->shell)
        return start(&s, pid);
    if (!split(c->text, &words))
        return -EINVAL;
    s.argv = words.we_wordv;
    int error = start(&s, pid);
    wordfree(&words);
    return error;
}

/* --- its end --- */

static bool is_too_long(int fd)
{
    struct stat s;

    return fstat(fd, &s) == 0 && s.st_size > COMMAND_PRINTS_MAX;
}

/* 0 when the process has ended, else why it was not waited for any longer. */
static int wait_for(int pidfd, const struct files *f, int64_t limit_ms)
{
    double end = command_clock_ns() + (double)limit_ms * 1e6;
    struct pollfd p = { .fd = pidfd, .events = POLLIN };

    while (!child_interrupted()) {
        bool ended = poll(&p, 1, TICK_MS) > 0;
        if (is_too_long(f->out) || is_too_long(f->err))
            return -EFBIG;
        if (ended)
            return 0;
        if (command_clock_ns() > end)
            return -ETIMEDOUT;
    }
    return -EINTR;
}

static double ns_of(struct timeval t)
{
    return (double)t.tv_sec * 1e9 + (double)t.tv_usec * 1e3;
}

static int finish(pid_t pid, const struct files *f, double began_ns, int64_t limit_ms,
                  struct run *r)
{
    struct rusage took;
    int pidfd = pidfd_open(pid, 0);
    int error = pidfd < 0 ? -errno : wait_for(pidfd, f, limit_ms);

    r->wall_ns = command_clock_ns() - began_ns;
    kill(-pid, SIGKILL); /* it still has its number: nobody has waited for it */
    while (wait4(pid, &r->status, 0, &took) < 0 && errno == EINTR)
        ;
    if (pidfd >= 0)
        close(pidfd);
    r->cpu_ns = ns_of(took.ru_utime) + ns_of(took.ru_stime);
    r->peak_bytes = (double)took.ru_maxrss * 1024;
    r->faults = (double)(took.ru_minflt + took.ru_majflt);
    return error;
}

int command_run(const struct command *c, int64_t limit_ms, struct run *r)
{
    struct files f = { -1, -1, -1 };
    size_t unused;
    pid_t pid;

    *r = (struct run){ 0 };
    int error = files_open(c, &f);
    double began = command_clock_ns();
    if (!error && !(error = start_command(c, &f, &pid)) &&
        !(error = finish(pid, &f, began, limit_ms, r))) {
        r->out = read_all(f.out, &r->out_length);
        r->err = read_all(f.err, &unused);
        error = r->out && r->err ? 0 : -ENOMEM;
    }
    files_close(&f);
    if (error)
        run_free(r);
    return error;
}

int command_too_long(const char *title)
{
    return complain("'%.60s' printed more than %ld MiB, which are kept in memory; have it write to "
                    "/dev/null",
                    title, COMMAND_PRINTS_MAX >> 20);
}

void run_free(struct run *r)
{
    free(r->out);
    free(r->err);
    *r = (struct run){ 0 };
}

/* The line with which a Go program, or a test of Go's, says what it ends of: where everybody was
 * comes behind it.  NULL: there is none. */
static const char *go_end(const char *text)
{
    static const char *const begins[] = { "panic: ", "fatal error: ", "--- FAIL: " };

    for (const char *line = text; *line; line += strcspn(line, "\n"), line += *line == '\n')
        for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++)
            if (strncmp(line, begins[i], strlen(begins[i])) == 0)
                return line;
    return NULL;
}

static const char *last_line(const char *text)
{
    size_t end = strlen(text);

    while (end > 0 && text[end - 1] == '\n')
        end--;
    while (end > 0 && text[end - 1] != '\n')
        end--;
    return text + end;
}

const char *run_last_output(const struct run *r)
{
    static char line[120];

    snprintf(line, sizeof line, "%s", last_line(r->out));
    line[strcspn(line, "\n")] = '\0';
    return one_line(line);
}

const char *run_last_words(const struct run *r)
{
    static char line[120];
    const char *said = r->err[strspn(r->err, "\n")] ? r->err : r->out, *words = go_end(r->err);

    if (!words)
        words = go_end(r->out);
    if (!words)
        words = last_line(said);
    size_t n = strcspn(words, "\n");
    if (words[0] == '-' && words[n]) /* which test failed, and below it why */
        n += 1 + strcspn(words + n + 1, "\n");
    snprintf(line, sizeof line, "%.*s", (int)n, words);
    return one_line(line);
}

/* FNV-1a */
uint64_t run_hash(const struct run *r)
{
    uint64_t h = 0xcbf29ce484222325u;

    for (size_t i = 0; i < r->out_length; i++)
        h = (h ^ (unsigned char)r->out[i]) * 0x100000001b3u;
    return h;
}

double command_floor_bytes(void)
{
    struct rusage own;

    getrusage(RUSAGE_SELF, &own);
    return (double)own.ru_maxrss * 1024;
}

const char *command_title(const struct command *c)
{
    return c->title ? c->title : c->text;
}

const char *command_ending(int status)
{
    static char words[64];

    if (WIFSIGNALED(status))
        snprintf(words, sizeof words, "signal %d (%s)", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    else
        snprintf(words, sizeof words, "status %d", WEXITSTATUS(status));
    return words;
}
