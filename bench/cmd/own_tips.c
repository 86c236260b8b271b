/* SPDX-License-Identifier: MIT */
/* own_tips.c - find the script that builds for other tips, and become it. */
#include "cmd/own_tips.h"

#include "process/script.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int own_tips_call(char **argv)
{
    char path[PATH_MAX];
    char *joined = strchr(argv[0], '=');

    if (!joined && !argv[1]) {
        fprintf(stderr, "twinbench: --tips wants a folder of tips after it, and then a command\n");
        return 2;
    }
    if (!script_of_checkout("patterns/own_tips.sh", path, sizeof path)) {
        fprintf(stderr, "twinbench: --tips builds a program for those tips, which needs a "
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
