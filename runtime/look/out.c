/* SPDX-License-Identifier: MIT */
/* out.c - a buffer that is written when it is full, and reads that may fail. */
#include "look/out.h"

#include "core/compiler.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

/* NO_TSAN: errno belongs to the thread, not to the task. */
NO_TSAN int dump_write(int fd, const void *bytes, size_t n)
{
    const char *at = bytes, *end = at + n;

    while (at < end) {
        ssize_t written = write(fd, at, (size_t)(end - at));

        if (written >= 0)
            at += written;
        else if (errno != EINTR)
            return -errno;
    }
    return 0;
}

void out_flush(struct out *o)
{
    if (!o->err)
        o->err = dump_write(o->fd, o->text, o->used);
    o->used = 0;
}

void say(struct out *o, const char *format, ...)
{
    va_list args;
    int n;

    if (o->used > sizeof o->text - 512)
        out_flush(o);
    va_start(args, format);
    n = vsnprintf(o->text + o->used, 512, format, args);
    va_end(args);
    o->used += n < 512 ? (size_t)n : 511;
}

bool peek(void *to, const void *from, size_t bytes)
{
    struct iovec here = { to, bytes }, there = { (void *)from, bytes };

    return process_vm_readv(getpid(), &here, 1, &there, 1, 0) == (ssize_t)bytes;
}

/* Or in a library. */
static bool in_program(const void *p)
{
    struct dl_find_object found;

    return _dl_find_object((void *)p, &found) == 0;
}

bool is_site(const struct site *at)
{
    return in_program(at) && in_program(at->file) && in_program(at->func);
}

void *dump_map(size_t bytes)
{
    void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                   -1, 0);

    return p == MAP_FAILED ? NULL : p;
}

void dump_unmap(void *p, size_t bytes)
{
    munmap(p, bytes);
}
