/* SPDX-License-Identifier: MIT */
/* charts.c - run a script of plots/, and repeat its complaints. */
#include "show/charts.h"

#include "process/script.h"
#include "process/spawn.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES = 700, PATIENCE_S = 300, MAX_ARGS = 8 };

static const char ours[] = "twinbench: ";

static bool is_ours(const char *line)
{
    return strncmp(line, ours, strlen(ours)) == 0;
}

/* Print the complaints of the script.  If it failed without one, print the last line of its
 * output. */
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
    char name[PATH_BYTES / 4], path[PATH_BYTES], self[PATH_BYTES / 2];
    const char *argv[MAX_ARGS + 5] = { "/usr/bin/python3", path };
    size_t n = 2;

    snprintf(name, sizeof name, "plots/%s", script);
    if (!script_find(name, path, sizeof path) || !script_program(self, sizeof self))
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
