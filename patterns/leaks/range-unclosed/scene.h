/* SPDX-License-Identifier: MIT */
/* A request writes a few log lines through a task of its own. */
#ifndef SCENE_H
#define SCENE_H

#include <stdio.h>

#include "chan.h"
#include "pattern.h"

struct scene {
    int lines; /* a request */
};

/* The logger: `for line := range lines`.  Owns one reference to the channel. */
static inline void log_lines(void *arg)
{
    struct chan *lines = arg;
    char text[32];
    int line;

    while (chan_recv(lines, &line))
        snprintf(text, sizeof text, "line %d\n", line);
    chan_drop(lines);
}

#endif
