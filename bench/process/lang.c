/* SPDX-License-Identifier: MIT */
/* lang.c - where Go's twins are, which Go built them.
 *
 * They stand beside this program: `twinbench-go` runs them, go/TIP/bad is one of them,
 * and go/release says what built them (bench/go/go.mk). */
#include "process/lang.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

const char *const langs[NLANGS] = { "c", "go" };

static bool is_go(const char *lang)
{
    return strcmp(lang, "go") == 0;
}

/* A file in the folder of the Go twins. */
static const char *in_go_folder(const char *name, const char *rest)
{
    static char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path / 2);

    path[n > 0 ? n : 0] = '\0';
    char *slash = strrchr(path, '/'), *end = slash ? slash + 1 : path;
    snprintf(end, sizeof path - (size_t)(end - path), "go/%s%s", name, rest);
    return path;
}

const char *lang_go(void)
{
    static char release[32];
    FILE *f = fopen(in_go_folder("release", ""), "re");

    release[0] = '\0';
    if (f && fscanf(f, "%31s", release) != 1)
        release[0] = '\0';
    if (f)
        fclose(f);
    return release;
}

bool lang_has(const char *lang, const char *tip)
{
    return !is_go(lang) || (lang_go()[0] && access(in_go_folder(tip, "/good"), X_OK) == 0);
}

/* Go reserves address space by the gigabyte and uses little of it, so there only what
 * may be written to is counted. */
int lang_limit(const char *lang)
{
    return is_go(lang) ? RLIMIT_DATA : RLIMIT_AS;
}
