/* SPDX-License-Identifier: MIT */
/* executor.c - the table, and what follows from a row. */
#include "inside/executor.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

/* The columns that a process in Go reports, besides its settings.  It does not count timers,
 * contexts, channels, cleanups or switches; of goroutines it counts only those that are alive.
 * (bench/go/go.mk makes the driver's list from this one.) */
static const char *const go_tells[] = {
    "answer",      "tasks",         "descriptors",      "gc_cycles", "gc_bytes",
    "gc_pause_ns", "gc_heap_bytes", "rss_before_bytes", "rss_bytes", "rss_peak_bytes",
    "wall_ns",     "cpu_ns",        "p50_ns",           "p90_ns",    "p99_ns",
    "p999_ns",     "max_ns",        "goodput",          NULL,
};

enum { ROOM = 32 };

static struct executor rows[ROOM] = {
    { .name = "c", .title = "C" },
    { .name = "c+glibc", .title = "C on glibc", .heap = HEAP_GLIBC },
    { .name = "c+mimalloc", .title = "C on mimalloc", .heap = HEAP_MIMALLOC },
    { .name = "go",
      .title = "Go",
      .language = LANGUAGE_GO,
      .program = "twinbench-go",
      .folder = "go",
      .caps_data = true,
      .ends_in_words = true,
      .tells = go_tells },
};

size_t nexecutors(void)
{
    size_t n = 0;

    while (n < ROOM && rows[n].name[0])
        n++;
    return n;
}

const struct executor *executor_at(size_t i)
{
    return &rows[i];
}

const struct executor *executor_c(void)
{
    return &rows[0];
}

static struct executor *find(const char *name)
{
    for (size_t i = 0; i < nexecutors(); i++)
        if (strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}

const struct executor *executor_named(const char *name)
{
    return find(name);
}

/* "go1.24" */
static bool is_release_of_go(const char *name)
{
    static const char digits[] = "0123456789";
    const char *major = name + strlen("go");

    if (strncmp(name, "go", strlen("go")) != 0 || strlen(name) >= sizeof rows[0].name)
        return false;
    const char *dot = major + strspn(major, digits);
    return dot > major && *dot == '.' && dot[1] && !dot[1 + strspn(dot + 1, digits)];
}

struct executor *executor_add(const char *name)
{
    struct executor *x = find(name);
    size_t n = nexecutors();

    if (x || n == ROOM || !is_release_of_go(name))
        return x;
    x = &rows[n];
    *x = *find("go");
    x->placements = 0;
    snprintf(x->name, sizeof x->name, "%s", name);
    snprintf(x->title, sizeof x->title, "Go %s", name + strlen("go"));
    snprintf(x->program, sizeof x->program, "twinbench-%s", name);
    snprintf(x->folder, sizeof x->folder, "%s", name);
    return x;
}

const struct executor *executor_on_heap(enum heap h)
{
    for (size_t i = 0; i < nexecutors(); i++)
        if (rows[i].language == LANGUAGE_C && rows[i].heap == h)
            return &rows[i];
    return NULL;
}

bool executor_tells(const struct executor *x, const char *column)
{
    const char *const *name = x->tells;

    while (name && *name && strcmp(*name, column) != 0)
        name++;
    return !name || *name;
}

bool executor_concerns(const struct executor *x, const struct claim *c)
{
    return x->heap == c->heap;
}

/* "1.9" is before "1.23", and "1.23.4" is not before "1.23". */
static bool is_before(const char *release, const char *since)
{
    int a = INT_MAX, b = 0, c = 0, d = 0;

    sscanf(release, "%d.%d", &a, &b);
    sscanf(since, "%d.%d", &c, &d);
    return a < c || (a == c && b < d);
}

bool executor_is_before(const struct executor *x, const char *since)
{
    return is_before(x->release, since);
}

const struct executor *executor_before(const struct executor *x)
{
    int a, b, c, d;

    for (size_t i = 0; i < nexecutors(); i++)
        if (sscanf(x->release, "%d.%d", &a, &b) == 2 &&
            sscanf(rows[i].release, "%d.%d", &c, &d) == 2 && a == c && b == d + 1)
            return &rows[i];
    return NULL;
}

bool executor_is_built_go(const struct executor *x)
{
    return x->language == LANGUAGE_GO && x->release[0];
}

bool executor_is_older(const struct executor *x)
{
    for (size_t i = 0; x->release[0] && i < nexecutors(); i++)
        if (rows[i].release[0] && is_before(x->release, rows[i].release))
            return true;
    return false;
}

static bool go_differs(const struct claim *c, const char *release)
{
    return c->go.why && !(c->go.since && is_before(release, c->go.since));
}

bool executor_refutes(const struct executor *x, const struct claim *c)
{
    return c->refuted != (x->language == LANGUAGE_GO && go_differs(c, x->release));
}
