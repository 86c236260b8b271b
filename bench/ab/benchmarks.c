/* SPDX-License-Identifier: MIT */
/* benchmarks.c - which benchmarks are compared with each other. */
#include "ab/benchmarks.h"

#include "ab/texts.h"

#include <stdlib.h>
#include <string.h>

/* "BenchmarkSort/8" is below "BenchmarkSort", "BenchmarkSorted" is not. */
static bool is_below(const char *name, const char *above)
{
    size_t n = strlen(above);

    return strncmp(name, above, n) == 0 && (name[n] == '\0' || name[n] == '/');
}

static const struct found *find(const struct all_found *all, const char *name)
{
    for (size_t i = 0; name && i < all->n; i++)
        if (strcmp(all->list[i].name, name) == 0)
            return &all->list[i];
    return NULL;
}

bool found_add(struct all_found *all, const char *below, const char *name)
{
    if (!is_below(name, below) || find(all, name) || all->n == sizeof all->list / sizeof *all->list)
        return false;
    all->list[all->n++] = (struct found){ .name = text_of("%s", name) };
    return true;
}

/* The name with `new` where an `old` stands alone, between slashes or behind a '='; NULL: none
 * does. */
static char *newer(const char *name)
{
    for (const char *at = name; (at = strstr(at, "old")); at++) {
        bool begins = at > name && strchr("/=", at[-1]), ends = !at[3] || at[3] == '/';
        if (begins && ends)
            return text_of("%.*snew%s", (int)(at - name), name, at + 3);
    }
    return NULL;
}

/* What B of that A is called, malloc'd; NULL: that is no A. */
static char *partner(const struct benchmarks *b, const char *name)
{
    if (b->name[SIDE_B])
        return text_of("%s%s", b->name[SIDE_B], name + strlen(b->name[SIDE_A]));
    return b->at->folder[SIDE_A] ? text_of("%s", name) : newer(name);
}

static int no_pair(const struct benchmarks *b, const struct all_found all[SIDES])
{
    if (b->name[SIDE_B])
        return complain("no benchmark below %s has the same name as one below %s; name one of "
                        "each, such as %s and %s",
                        b->name[SIDE_A], b->name[SIDE_B], all[SIDE_A].list[0].name,
                        all[SIDE_B].list[0].name);
    if (b->at->folder[SIDE_A])
        return complain("there is no benchmark at or below %s that both commits have",
                        b->name[SIDE_A]);
    return complain("no two benchmarks below %s differ only in /old and /new; name two, such as %s",
                    b->name[SIDE_A], all[SIDE_A].list[0].name);
}

/* --- what the framework knows --- */

static int add(struct series *s, const struct benchmarks *b, const struct framework *f,
               const void *of, const struct found *pair[SIDES])
{
    struct trial *t = series_add(s);

    if (!t)
        return 1;
    t->measures.n = 0;
    for (int side = 0; side < SIDES; side++)
        t->command[side] = f->command(b, of, side, pair[side]->name);
    int status = f->measure(t, pair[SIDE_A]->report);
    if (status == 0 && t->measures.n == 0)
        status = complain("%s reports no number", pair[SIDE_A]->name);
    return status;
}

static int add_pairs(struct series *s, const struct benchmarks *b, const struct framework *f,
                     const void *of, const struct all_found all[SIDES])
{
    size_t pairs = 0;
    int status = 0;

    for (size_t i = 0; i < all[SIDE_A].n && !status; i++) {
        char *name = partner(b, all[SIDE_A].list[i].name);
        const struct found *pair[SIDES] = { &all[SIDE_A].list[i], find(&all[SIDE_B], name) };
        free(name);
        if (!pair[SIDE_B])
            continue;
        pairs++;
        status = add(s, b, f, of, pair);
    }
    return pairs || status ? status : no_pair(b, all);
}

static void found_free(struct all_found *all, const struct framework *f)
{
    for (size_t i = 0; i < all->n; i++) {
        free(all->list[i].name);
        f->report_free(all->list[i].report);
    }
}

int benchmarks_add(struct series *s, const struct benchmarks *b, const struct framework *f,
                   const void *of)
{
    struct all_found all[SIDES] = { { .n = 0 } };
    int status = 0;

    for (int side = 0; side < SIDES && !status; side++)
        status = f->look(b, of, side, b->name[b->name[side] ? side : SIDE_A], &all[side]);
    if (status == 0)
        status = add_pairs(s, b, f, of, all);
    for (int side = 0; side < SIDES; side++)
        found_free(&all[side], f);
    return status;
}
