/* SPDX-License-Identifier: MIT */
/* A request is a sample: how many tasks are alive?  So many of them that it matters are
 * parked from the start, and an alarm rings above half of that. */
#ifndef SCENE_H
#define SCENE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chan.h"
#include "dump.h"
#include "pattern.h"
#include "sync.h"

struct scene {
    uint64_t parked;
    struct chan *over;
    struct waitgroup arrived, tasks;
    char *last; /* dump, kept for whoever wants to read it; atomic */
};

/* What a sample says. */
static inline uint64_t alarm_rings(struct scene *s, uint64_t i, uint64_t alive)
{
    return 2 * i + (alive > s->parked / 2);
}

/* The whole dump as text, from malloc().  Done with a file in memory, because a dump goes
 * to a descriptor. */
static inline char *dump_text(void)
{
    int fd = memfd_create("dump", MFD_CLOEXEC);
    struct stat st;

    if (fd < 0 || dump_tasks(fd, DUMP_EACH) || fstat(fd, &st))
        panic("no dump could be written");
    char *text = malloc((size_t)st.st_size + 1);
    if (!text || pread(fd, text, (size_t)st.st_size, 0) != st.st_size)
        panic("no dump could be read");
    text[st.st_size] = '\0';
    close(fd);
    return text;
}

/* The scene keeps the newest one. */
static inline void dump_keep(struct scene *s, char *text)
{
    free(__atomic_exchange_n(&s->last, text, __ATOMIC_ACQ_REL));
}

/* How many tasks such a text tells of: the paragraphs that begin "task 17 [...". */
static inline uint64_t dump_count(const char *text)
{
    uint64_t n = strncmp(text, "task ", 5) == 0;

    while ((text = strstr(text, "\ntask ")) != NULL) {
        n++;
        text++;
    }
    return n;
}

#endif
