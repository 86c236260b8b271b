/* SPDX-License-Identifier: MIT */
/* whole_file.h - a file that is read in one go, and one that is there whole or not at all. */
#ifndef WHOLE_FILE_H
#define WHOLE_FILE_H

#include <jansson.h>
#include <stddef.h>

/* Its bytes, malloc'd, NUL behind the last.  NULL, with errno: it cannot be read, or is no file
 * (EINVAL).  A pipe is not waited for. */
char *whole_file_read(const char *path, size_t *length);

/* What it says in JSON; the caller's.  NULL: it cannot be read (*why has no line then, but a
 * reason) or is no JSON; why may be NULL. */
json_t *whole_file_json(const char *path, json_error_t *why);

/* Put it in the place of what is there: afterwards it is there whole, or as it was.  It is on the
 * disk when this returns.  0, or a negative errno, which errno is then, too. */
int whole_file_write(const char *path, const char *bytes, size_t length);

/* The same, and what goes wrong is said in a line on stderr. */
int whole_file_replace(const char *path, const char *bytes, size_t length);

/* Have the new name of a path reach the disk, where it is when its folder is.  0, or a negative
 * errno. */
int whole_file_sync_name(const char *path);

#endif
