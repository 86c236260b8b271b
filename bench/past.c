/* SPDX-License-Identifier: MIT */
/* past.c - from a name to the folder of a run. */
#include "past.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What makes a folder a run is its journal. */
static bool is_run(const char *folder, char path[PATH_MAX])
{
    char journal[PATH_MAX];

    if (!realpath(folder, path) || strlen(path) + sizeof "/samples.csv" > sizeof journal)
        return false;
    stpcpy(stpcpy(journal, path), "/samples.csv");
    return access(journal, R_OK) == 0;
}

int past_find(const char *name, char path[PATH_MAX])
{
    char inside[PATH_MAX];

    snprintf(inside, sizeof inside, "results/%s", name ? name : "latest");
    if ((name && is_run(name, path)) || is_run(inside, path))
        return 0;
    if (name)
        fprintf(stderr, "twinbench: no run in '%.60s' nor in results/%.60s (no samples.csv); the "
                "runs are the folders of results/\n", name, name);
    else
        fprintf(stderr, "twinbench: there is no run yet: make bench makes one\n");
    return -ENOENT;
}

const char *past_results(const char *folder)
{
    static char path[PATH_MAX];

    snprintf(path, sizeof path, "%s", folder);
    char *last = strrchr(path, '/');
    if (!last)
        return ".";
    *last = '\0';
    return path;
}
