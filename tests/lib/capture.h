/* SPDX-License-Identifier: MIT */
/* capture.h - run a command of this program and read what it says. */
#ifndef CAPTURE_H
#define CAPTURE_H

#include <stdio.h>
#include <unistd.h>

static char said[1 << 16]; /* what the last command said, on stdout and stderr */

/* Call command with argv[0] .. up to the NULL; its output goes into `said`. */
static inline int capture(int (*command)(int, char **), char **argv)
{
    FILE *file = tmpfile();
    int argc = 0, out = dup(1), err = dup(2);

    while (argv[argc])
        argc++;
    fflush(stdout);
    dup2(fileno(file), 1);
    dup2(fileno(file), 2);
    int result = command(argc, argv);
    fflush(stdout);
    dup2(out, 1);
    dup2(err, 2);
    close(out);
    close(err);
    rewind(file);
    said[fread(said, 1, sizeof said - 1, file)] = '\0';
    fclose(file);
    return result;
}

#endif
