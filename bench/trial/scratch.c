/* SPDX-License-Identifier: MIT */
/* scratch.c - a second process holds one end of a pipe, and removes the folder when the other end
 * is closed: by scratch_remove(), or by the kernel when we were killed. */
#include "trial/scratch.h"

#include "trial/complain.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
    char folder[PATH_MAX];
    pid_t keeper; /* 0: there is no folder */
    int alive;    /* our end of the pipe */
} scratch;

static int remove_one(const char *path, const struct stat *s, int type, struct FTW *at)
{
    (void)s, (void)type, (void)at;
    remove(path);
    return 0;
}

/* A build that was just killed may have left one behind who still writes: then some folder was not
 * empty, and all is done again, for five seconds at most. */
static void remove_all(void)
{
    enum { AGAIN = 100, PAUSE_US = 50000 };

    for (int i = 0; i < AGAIN; i++) {
        nftw(scratch.folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        if (access(scratch.folder, F_OK) != 0)
            return;
        usleep(PAUSE_US);
    }
}

/* Detach from the terminal, whose Ctrl-C is for the other process, and from its output. */
static void keep(int alive)
{
    sigset_t all;
    char byte;

    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    setsid();
    dup2(alive, 0);
    close_range(1, ~0u, 0);
    while (read(0, &byte, 1) < 0 && errno == EINTR)
        ;
    remove_all();
    _exit(0);
}

const char *scratch_make(void)
{
    const char *tmp = getenv("TMPDIR");
    int ends[2];

    snprintf(scratch.folder, sizeof scratch.folder, "%s/twinbench-ab.XXXXXX",
             tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(scratch.folder)) {
        complain("%s: %s", scratch.folder, strerror(errno));
        return NULL;
    }
    if (pipe2(ends, O_CLOEXEC) < 0 || (scratch.keeper = fork()) < 0) {
        complain("cannot start a process: %s", strerror(errno));
        scratch.keeper = 0;
        rmdir(scratch.folder);
        return NULL;
    }
    if (scratch.keeper == 0) {
        close(ends[1]);
        keep(ends[0]);
    }
    close(ends[0]);
    scratch.alive = ends[1];
    return scratch.folder;
}

void scratch_remove(void)
{
    if (!scratch.keeper)
        return;
    close(scratch.alive);
    while (waitpid(scratch.keeper, NULL, 0) < 0 && errno == EINTR)
        ;
    scratch.keeper = 0;
}
