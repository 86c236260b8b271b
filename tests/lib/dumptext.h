/* SPDX-License-Identifier: MIT */
/* dumptext.h - what a dump says now, for tests that read it. */
#ifndef DUMPTEXT_H
#define DUMPTEXT_H

#include "dump.h"
#include "twintest.h"

#include <fcntl.h>
#include <sys/mman.h>

struct text {
    char *words;
    size_t bytes;
};

/* What dump_tasks() writes now.  Give it back with text_drop(). */
__attribute__((unused)) static struct text dump_with_times(enum dump_form form)
{
    int fd = memfd_create("dump", 0);
    struct text t;

    CHECK(fd >= 0);
    CHECK_EQ(dump_tasks(fd, form), 0);
    t.bytes = (size_t)lseek(fd, 0, SEEK_END);
    t.words = calloc(1, t.bytes + 1);
    CHECK(t.words);
    CHECK_EQ(pread(fd, t.words, t.bytes, 0), t.bytes);
    close(fd);
    return t;
}

/* The same but for how long tasks have waited. */
__attribute__((unused)) static struct text dump_now(enum dump_form form)
{
    struct text t = dump_with_times(form);

    leave_out_times(t.words);
    t.bytes = strlen(t.words);
    return t;
}

__attribute__((unused)) static void text_drop(struct text t)
{
    free(t.words);
}

__attribute__((unused)) static int occurrences(const char *words, const char *of)
{
    int n = 0;

    for (const char *p = words; (p = strstr(p, of)); p += strlen(of))
        n++;
    return n;
}

#define CHECK_SAYS(text, expected)                                                                 \
    do {                                                                                           \
        if (!strstr((text).words, expected)) {                                                     \
            dprintf(STDERR_FILENO, "%s\n", (text).words);                                          \
            check_failed(__FILE__, __LINE__, "the dump says " expected, 0, 0, false);              \
        }                                                                                          \
    } while (0)

#endif
