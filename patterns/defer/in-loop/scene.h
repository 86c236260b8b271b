/* SPDX-License-Identifier: MIT */
/* A request reads many files, each opened and closed. */
#ifndef SCENE_H
#define SCENE_H

#include <stdlib.h>

#include "defer.h"
#include "pattern.h"

struct scene {
    uint64_t files; /* a request */
};

/* What an open file costs a process at the least: a buffer of a page. */
struct file {
    uint64_t number;
    char buffer[4096];
};

static inline struct file *file_open(uint64_t number)
{
    struct file *f = malloc(sizeof *f);

    if (!f)
        panic("file_open: out of memory");
    f->number = number;
    return f;
}

static inline uint64_t file_read(struct file *f)
{
    f->buffer[0] = (char)f->number;
    return f->number;
}

static inline void file_close(void *f)
{
    free(f);
}

#endif
