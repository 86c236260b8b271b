/* SPDX-License-Identifier: MIT */
/* script.c - look for a script beside this program. */
#include "process/script.h"

#include "process/find_executors.h"

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

/* The first of these places, seen from the folder of this program, that has the script. */
static bool find_at(const char *const *places, const char *script, char *path, size_t bytes)
{
    if (!script_program(path, bytes / 2)) /* the other half is for the place and the name */
        return false;
    *strrchr(path, '/') = '\0';
    size_t n = strlen(path);
    for (; *places; places++) {
        snprintf(path + n, bytes - n, "%s%s", *places, script);
        if (access(path, R_OK) == 0)
            return true;
    }
    return false;
}

bool script_find(const char *script, char *path, size_t bytes)
{
    static const char *const places[] = { "/../", "/../share/twinbench/", "/checkout/", NULL };

    if (find_at(places, script, path, bytes))
        return true;
    snprintf(path, bytes, "%s", script);
    return access(path, R_OK) == 0;
}

bool script_of_checkout(const char *script, char *path, size_t bytes)
{
    static const char *const places[] = { "/../", "/checkout/", NULL };

    return find_at(places, script, path, bytes);
}
