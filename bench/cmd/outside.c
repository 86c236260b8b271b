/* SPDX-License-Identifier: MIT */
/* outside.c - find the script that builds for other tips, and become it. */
#include "cmd/outside.h"

#include "process/executors.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* From the folder that holds this program: of a checkout its build folder, of other tips that has a
 * link to the checkout. */
static bool script_path(char path[PATH_MAX])
{
    static const char *const places[] = { "/..", "/checkout" };
    char folder[PATH_MAX / 2];

    if (executor_program(executor_c(), 0, folder, sizeof folder) < 0)
        return false;
    *strrchr(folder, '/') = '\0';
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        snprintf(path, PATH_MAX, "%s%s/patterns/outside.sh", folder, places[i]);
        if (access(path, X_OK) == 0)
            return true;
    }
    return false;
}

int outside_call(char **argv)
{
    char path[PATH_MAX];
    char *joined = strchr(argv[0], '=');

    if (!joined && !argv[1]) {
        fprintf(stderr, "twinbench: --tips wants a folder of tips after it, and then a command\n");
        return 2;
    }
    if (!script_path(path)) {
        fprintf(stderr, "twinbench: --tips has a program built for those tips, which takes a "
                        "checkout: call build/twinbench of one\n");
        return 2;
    }
    if (joined) /* FOLDER COMMAND ... is what the script takes */
        argv[0] = joined + 1;
    char **given = joined ? argv - 1 : argv;
    given[0] = path;
    execv(path, given);
    fprintf(stderr, "twinbench: %s: %s\n", path, strerror(errno));
    return 1;
}
