/* SPDX-License-Identifier: MIT */
/* spawn.c - fork, exec, and a wait that ends.
 *
 * The exec's own failure comes back as exit status 127 or 126, as from a shell.  What
 * steers a tool on this person's desktop - a terminal for gnuplot, fonts and modules below
 * their home, a language - must not change a picture, so little of their environment
 * goes along.  Time is poll()'s: the wall clock may be set meanwhile. */
#include "process/spawn.h"

#include "process/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Names that go along, and (those with a _ at the end) beginnings of names: where programs
 * and temporary files are, and what a twin that hyperfine runs obeys as elsewhere. */
static const char *const kept[] = { "PATH", "TMPDIR",  "TZ",        "TWIN_", "LD_",
                                    "GC_",  "MALLOC_", "MIMALLOC_", "GLIBC_" };

static char *const settings[] = { "LC_ALL=C.UTF-8", "PYTHONUTF8=1", "HOME=/nonexistent" };

enum { KEPT = sizeof kept / sizeof kept[0], SETTINGS = sizeof settings / sizeof settings[0] };

static bool goes_along(const char *variable)
{
    for (size_t i = 0; i < KEPT; i++) {
        size_t n = strlen(kept[i]);
        if (strncmp(variable, kept[i], n) == 0 && (kept[i][n - 1] == '_' || variable[n] == '='))
            return true;
    }
    return false;
}

/* Freed by the exec, or by the end of a child that could not. */
static char **clean_environment(void)
{
    size_t all = 0, n = 0;

    while (environ[all])
        all++;
    char **clean = calloc(all + SETTINGS + 1, sizeof *clean);
    if (!clean)
        return NULL;
    for (size_t i = 0; i < all; i++)
        if (goes_along(environ[i]))
            clean[n++] = environ[i];
    memcpy(clean + n, settings, sizeof settings);
    return clean;
}

static void become(const char *const argv[], const char *out)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (out) {
        int fd = open(out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        dup2(fd, STDOUT_FILENO);
        dup2(fd, STDERR_FILENO);
    }
    char **env = clean_environment();
    if (env)
        execvpe(argv[0], (char *const *)argv, env);
    _exit(errno == ENOENT ? 127 : 126);
}

enum { TICK_MS = 500 }; /* how often it is asked whether the run was interrupted */

/* 0 when the process has ended, else why it was not waited for any longer. */
static int wait_for(int pidfd, int timeout_s)
{
    struct pollfd p = { .fd = pidfd, .events = POLLIN };

    for (int tick = 0; tick < timeout_s * 1000 / TICK_MS; tick++) {
        if (child_interrupted())
            return -EINTR;
        if (poll(&p, 1, TICK_MS) > 0)
            return 0;
    }
    return -ETIMEDOUT;
}

static int result(int status)
{
    if (!WIFEXITED(status))
        return -ECHILD;
    return WEXITSTATUS(status) == 127 ? -ENOENT : WEXITSTATUS(status);
}

int spawn_wait(const char *const argv[], const char *out, int timeout_s)
{
    int status = 0;
    pid_t pid = fork();

    if (pid == 0)
        become(argv, out);
    if (pid < 0)
        return -errno;
    setpgid(pid, pid); /* parent and child both do this, whichever is first */
    int pidfd = pidfd_open(pid, 0);
    int error = pidfd < 0 ? -errno : wait_for(pidfd, timeout_s);
    if (error)
        kill(-pid, SIGKILL);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    if (pidfd >= 0)
        close(pidfd);
    return error ? error : result(status);
}
