/* SPDX-License-Identifier: MIT */
/* write_whole.c - a write may be short: in a pipe that is full, or when a signal comes. */
#include "inside/write_whole.h"

#include <errno.h>
#include <unistd.h>

int write_whole(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t wrote = write(fd, bytes, length);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return wrote < 0 ? -errno : -ENOSPC;
        bytes += wrote;
        length -= (size_t)wrote;
    }
    return 0;
}
