/* SPDX-License-Identifier: MIT */
/* script.c - look for a script beside this program. */
#include "process/script.h"

#include "process/executors.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool script_program(char *path, size_t bytes)
{
    bool known = executor_program(executor_c(), 0, path, bytes) == 0;

    if (!known)
        path[0] = '\0';
    return known;
}

bool script_find(const char *script, char *path, size_t bytes)
{
    static const char *const places[] = { "/../", "/../share/twinbench/", "/checkout/" };

    script_program(path, bytes / 2); /* the other half is for what comes behind it */
    if (strrchr(path, '/'))
        *strrchr(path, '/') = '\0';
    size_t n = strlen(path);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        snprintf(path + n, bytes - n, "%s%s", places[i], script);
        if (access(path, R_OK) == 0)
            return true;
    }
    snprintf(path, bytes, "%s", script);
    return access(path, R_OK) == 0;
}
