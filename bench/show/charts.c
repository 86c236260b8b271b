/* SPDX-License-Identifier: MIT */
/* charts.c - find a script of plots/, run it, and repeat its complaint. */
#include "show/charts.h"

#include "process/spawn.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 700, PATIENCE_S = 300, MAX_ARGS = 8 };

static bool own_path(char path[PATH_BYTES])
{
    ssize_t n = readlink("/proc/self/exe", path, PATH_BYTES / 2);

    path[n > 0 ? n : 0] = '\0';
    return n > 0;
}

/* Beside the folder that holds this program, in a checkout or below PREFIX; or from the
 * folder we are in. */
static bool script_path(const char *script, char path[PATH_BYTES])
{
    static const char *const places[] = { "/plots/", "/share/twinbench/plots/" };

    own_path(path);
    for (int up = 0; up < 2 && strrchr(path, '/'); up++)
        *strrchr(path, '/') = '\0';
    size_t n = strlen(path);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        snprintf(path + n, PATH_BYTES - n, "%s%s", places[i], script);
        if (access(path, R_OK) == 0)
            return true;
    }
    snprintf(path, PATH_BYTES, "plots/%s", script);
    return access(path, R_OK) == 0;
}

/* The last line of what the script said. */
static void repeat_complaint(const char *path)
{
    char line[512], last[512] = "twinbench: the charts could not be drawn\n";
    FILE *f = fopen(path, "re");

    while (f && fgets(line, sizeof line, f))
        if (line[0] != '\n')
            memcpy(last, line, sizeof last);
    if (f)
        fclose(f);
    fputs(last, stderr);
}

int charts_draw(const char *script, const char *const args[], const char *said)
{
    char path[PATH_BYTES], self[PATH_BYTES];
    const char *argv[MAX_ARGS + 5] = { "/usr/bin/python3", path };
    size_t n = 2;

    if (!script_path(script, path) || !own_path(self))
        return -ENOENT;
    for (size_t i = 0; args[i] && i < MAX_ARGS; i++)
        argv[n++] = args[i];
    argv[n++] = "--words";
    argv[n++] = self;
    int status = spawn_wait(argv, said, PATIENCE_S);
    if (status == -ENOENT)
        status = -ENOEXEC; /* Python is missing, not the script */
    if (status != 0 && status != -EINTR)
        repeat_complaint(said);
    unlink(said);
    return status;
}
