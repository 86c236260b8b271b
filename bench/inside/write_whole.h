/* SPDX-License-Identifier: MIT */
/* write_whole.h - write(2), until all of it is written. */
#ifndef WRITE_WHOLE_H
#define WRITE_WHOLE_H

#include <stddef.h>

/* 0 or a negative errno; -ENOSPC if the file takes no more and does not say why.  Not for a row
 * that others read while it grows: that is one write, or none (store/store.c). */
int write_whole(int fd, const char *bytes, size_t length);

#endif
