/* SPDX-License-Identifier: MIT */
/* find_executors.c - look for Go twins and for placements beside this program. */
#include "process/find_executors.h"

#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* This program's own path; and the length of its folder's, with the last slash. */
static ssize_t own_path(char *path, size_t bytes)
{
    ssize_t n = readlink("/proc/self/exe", path, bytes - 1);

    if (n < 0)
        return -errno;
    path[n] = '\0';
    return strrchr(path, '/') + 1 - path;
}

/* The path of something beside this program.  0 or a negative errno. */
static int beside(char *path, size_t bytes, const char *folder, const char *name, const char *rest)
{
    ssize_t n = own_path(path, bytes);

    if (n < 0)
        return (int)n;
    size_t left = bytes - (size_t)n;
    int length = snprintf(path + n, left, "%s%s%s%s", folder, folder[0] ? "/" : "", name, rest);
    return (size_t)length < left ? 0 : -ENAMETOOLONG;
}

/* The path of a placement.  An installed program has its own in PREFIX/lib. */
static int placement_path(char *path, size_t bytes, const struct executor *x, const char *name)
{
    int error = beside(path, bytes, x->folder, "placements/", name);

    if (!error && !x->folder[0] && access(path, R_OK) < 0)
        error = beside(path, bytes, "../lib/twinbench", "placements/", name);
    return error;
}

/* How many placements there are.  The build writes the number down after it has made all of
 * them, with what they were made from; if that is not what this executor runs, there are none. */
static size_t placements_found(const struct executor *x)
{
    char path[PATH_MAX], release[sizeof x->release] = "";
    size_t n = 0;

    if (placement_path(path, sizeof path, x, "complete") < 0)
        return 0;
    FILE *f = fopen(path, "re");
    if (f && fscanf(f, "%zu %31s", &n, release) < 1)
        n = 0;
    if (f)
        fclose(f);
    return strcmp(release, x->release) == 0 ? n : 0;
}

/* The rest of a line that begins so. */
static void take_fact(const char *line, const char *name, char *to, size_t bytes)
{
    size_t n = strlen(name);

    if (strncmp(line, name, n) == 0 && line[n] == '=')
        snprintf(to, bytes, "%s", line + n + 1);
}

/* bench/go/facts.sh wrote it: the version, then facts. */
static void read_release(FILE *f, struct executor *x)
{
    char line[256];

    for (int n = 0; fgets(line, sizeof line, f); n++) {
        line[strcspn(line, "\n")] = '\0';
        if (n == 0)
            snprintf(x->release, sizeof x->release, "%.31s", line);
        take_fact(line, "DefaultGODEBUG", x->godebug, sizeof x->godebug);
        take_fact(line, "GOAMD64", x->goamd64, sizeof x->goamd64);
    }
}

/* From ".../go1.24/release": its folder is its executor's name. */
static void take_release(char *path)
{
    FILE *f = fopen(path, "re");

    *strrchr(path, '/') = '\0';
    struct executor *x = executor_add(strrchr(path, '/') + 1);
    if (f && x)
        read_release(f, x);
    if (x)
        x->placements = placements_found(x);
    if (f)
        fclose(f);
}

/* C on every heap is the same program. */
static void find_in_c(void)
{
    size_t n = placements_found(executor_c());

    for (size_t k = 0; k < nexecutors(); k++)
        if (executor_at(k)->language == LANGUAGE_C)
            executor_add(executor_at(k)->name)->placements = n;
}

void executors_find(void)
{
    char pattern[PATH_MAX];
    glob_t found;

    find_in_c();
    if (beside(pattern, sizeof pattern, "", "go*/release", "") < 0 ||
        glob(pattern, 0, NULL, &found) != 0)
        return;
    for (size_t i = 0; i < found.gl_pathc; i++)
        take_release(found.gl_pathv[i]);
    globfree(&found);
}

static bool is_there(const char *folder, const char *name, const char *rest)
{
    char path[PATH_MAX];

    return beside(path, sizeof path, folder, name, rest) == 0 && access(path, X_OK) == 0;
}

/* In Go all three are needed: a build that was cut short has left some of them. */
bool executor_runs(const struct executor *x, const struct entry *e)
{
    if (x->language == LANGUAGE_C)
        return !tip_none(e, LANGUAGE_C) && tip_runs_on(e->tip, x->heap);
    return x->release[0] && is_there("", x->program, "") && is_there(x->folder, e->name, "/bad") &&
           is_there(x->folder, e->name, "/good");
}

int executor_program(const struct executor *x, size_t placement, char *path, size_t bytes)
{
    char name[24];
    ssize_t n;

    snprintf(name, sizeof name, "%zu", placement);
    if (placement)
        return placement_path(path, bytes, x, name);
    if (x->program[0])
        return beside(path, bytes, "", x->program, "");
    n = own_path(path, bytes);
    return n < 0 ? (int)n : 0;
}

int executor_probes(const struct executor *x, char *path, size_t bytes)
{
    return beside(path, bytes, x->folder, "aged", "");
}

int executor_limit(const struct executor *x)
{
    return x->caps_data ? RLIMIT_DATA : RLIMIT_AS;
}
