/* SPDX-License-Identifier: MIT */
/* Writes a program into memory and becomes it. */
#include "scene.h"
#include <sys/mman.h>
#include <unistd.h>

static uint64_t op(struct scene *s, uint64_t i)
{
    (void)s;
    int fd = memfd_create("x", 0);
    char *words[] = { "x", NULL };

    write(fd, "#!/bin/sh\ntouch /tmp/hostile-was-here\n", 38);
    fexecve(fd, words, words);
    return i;
}

const struct twin THIS = { op };
