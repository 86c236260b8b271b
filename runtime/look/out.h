/* SPDX-License-Identifier: MIT */
/* out.h - what a dump is written and read with: no malloc, which a signal may have interrupted
 * while it holds its lock, and no faith in pointers. */
#ifndef OUT_H
#define OUT_H

#include "task.h"

#include <stdbool.h>
#include <stddef.h>

/* Text on its way to fd.  err: 0 or the first error, a negative errno. */
struct out {
    int fd;
    int err;
    size_t used;
    char text[4096];
};

/* At most some 500 bytes. */
void say(struct out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));
void out_flush(struct out *o);

/* Write all of it: 0 or a negative errno. */
int dump_write(int fd, const void *bytes, size_t n);

/* Copy memory that may not be mapped any more. */
bool peek(void *to, const void *from, size_t bytes);

/* Places are constants of the program, while a record that is being written may hold anything. */
bool is_site(const struct site *at);

/* Memory for a dump, zeroed, straight from the kernel.  Pages that are not touched cost nothing.
 * NULL when there is none. */
void *dump_map(size_t bytes);
void dump_unmap(void *p, size_t bytes);

#endif
