/* SPDX-License-Identifier: MIT */
/* whole_file.c - read in one go; written beside, synced, and renamed. */
#include "store/whole_file.h"

#include "inside/write_whole.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A pipe is not waited for, and a folder is no file. */
static FILE *open_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat st;

    if (fd < 0)
        return NULL;
    FILE *f = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? fdopen(fd, "r") : NULL;
    if (!f) {
        close(fd);
        errno = EINVAL;
    }
    return f;
}

char *whole_file_read(const char *path, size_t *length)
{
    FILE *f = open_file(path);
    char *bytes = NULL;
    size_t n = 0, cap = 0, got = 0;

    if (!f)
        return NULL;
    do {
        n += got;
        if (n + 1 >= cap) {
            char *more = realloc(bytes, cap = cap ? 2 * cap : 65536);
            if (!more)
                break;
            bytes = more;
        }
        got = fread(bytes + n, 1, cap - n - 1, f);
    } while (got > 0);
    if (got > 0 || ferror(f)) {
        free(bytes);
        bytes = NULL;
    }
    fclose(f);
    if (bytes)
        bytes[n] = '\0';
    *length = n;
    return bytes;
}

json_t *whole_file_json(const char *path, json_error_t *why)
{
    size_t length;
    char *bytes = whole_file_read(path, &length);
    json_t *o = bytes ? json_loadb(bytes, length, 0, why) : NULL;

    if (!bytes && why) {
        *why = (json_error_t){ .line = -1 };
        snprintf(why->text, sizeof why->text, "%s",
                 errno == EINVAL ? "it is no file" : strerror(errno));
    }
    free(bytes);
    return o;
}

static int write_file(const char *path, const char *bytes, size_t length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0)
        return -errno;
    int error = write_whole(fd, bytes, length);
    if (!error && fsync(fd) < 0)
        error = -errno;
    if (close(fd) < 0 && !error)
        error = -errno;
    return error;
}

int whole_file_sync_name(const char *path)
{
    char folder[PATH_MAX];
    const char *name = strrchr(path, '/');

    snprintf(folder, sizeof folder, "%.*s", name ? (int)(name - path) : 1, name ? path : ".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    int error = fsync(fd) < 0 && errno != EINVAL ? -errno : 0; /* EINVAL: there is no disk */
    close(fd);
    return error;
}

int whole_file_write(const char *path, const char *bytes, size_t length)
{
    char new_path[PATH_MAX + sizeof ".new"];

    snprintf(new_path, sizeof new_path, "%s.new", path);
    int error = write_file(new_path, bytes, length);
    if (!error && rename(new_path, path) < 0)
        error = -errno;
    if (!error)
        error = whole_file_sync_name(path);
    if (error)
        unlink(new_path);
    errno = -error;
    return error;
}

int whole_file_replace(const char *path, const char *bytes, size_t length)
{
    int error = whole_file_write(path, bytes, length);

    if (error)
        fprintf(stderr, "twinbench: cannot write %s: %s\n", path, strerror(-error));
    return error;
}
