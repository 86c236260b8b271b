/* SPDX-License-Identifier: MIT */
/* charts.c - find a script of plots/, run it, and repeat its complaints. */
#include "show/charts.h"

#include "process/executors.h"
#include "process/spawn.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 700, PATIENCE_S = 300, MAX_ARGS = 8 };

/* Half of the room is for what comes behind it. */
static bool own_path(char path[PATH_BYTES])
{
    bool known = executor_program(executor_c(), 0, path, PATH_BYTES / 2) == 0;

    if (!known)
        path[0] = '\0';
    return known;
}

/* From the folder that holds this program: in a checkout, below PREFIX, or of somebody's own tips
 * in the checkout that built it; or from the folder we are in. */
static bool script_path(const char *script, char path[PATH_BYTES])
{
    static const char *const places[] = { "/../plots/", "/../share/twinbench/plots/",
                                          "/checkout/plots/" };

    if (own_path(path))
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

static const char ours[] = "twinbench: ";

static bool is_ours(const char *line)
{
    return strncmp(line, ours, strlen(ours)) == 0;
}

/* What the script said to the reader.  Of one that failed without a word the last line of
 * what it said. */
static void repeat(const char *path, bool failed)
{
    char line[1024], last[1024] = "without a word";
    bool said = false;
    FILE *f = fopen(path, "re");

    while (f && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        if (is_ours(line)) {
            fprintf(stderr, "%s\n", line);
            said = true;
        }
        if (line[0])
            memcpy(last, line, sizeof last);
    }
    if (f)
        fclose(f);
    if (failed && !said)
        fprintf(stderr, "%sthe charts could not be drawn: %s\n", ours, last);
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
    if (status != -EINTR)
        repeat(said, status != 0);
    unlink(said);
    return status;
}
