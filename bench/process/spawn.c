/* SPDX-License-Identifier: MIT */
/* spawn.c - fork, exec, and a wait that ends.
 *
 * The exec's own failure comes back as exit status 127 or 126, as from a shell. */
#include "process/spawn.h"

#include "process/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void become(const char *const argv[], const char *out)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (out) {
        int fd = open(out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        dup2(fd, STDOUT_FILENO);
        dup2(fd, STDERR_FILENO);
    }
    execvp(argv[0], (char *const *)argv);
    _exit(errno == ENOENT ? 127 : 126);
}

/* 0 when the process has ended, else why it was not waited for any longer. */
static int wait_for(int pidfd, int timeout_s)
{
    struct pollfd p = { .fd = pidfd, .events = POLLIN };
    time_t end = time(NULL) + timeout_s;

    while (time(NULL) <= end) {
        if (child_interrupted())
            return -EINTR;
        if (poll(&p, 1, 500) > 0)
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
    setpgid(pid, pid); /* here too: whoever comes first */
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
