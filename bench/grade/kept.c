/* SPDX-License-Identifier: MIT */
/* kept.c - a cache of what was measured of good and bad, for the next student of the class.
 *
 * All of a class are asked the same, with one seed, so good's answers and counts are the same for
 * each; how long it took is no measurement but a limit, and is taken again when a student's twin
 * was too slow for it.  The times that
 * earn points are measured beside the student's own, and are never kept.
 *
 * A line of the file is what was asked, the milliseconds, and the row.  A file of another build
 * counts as far as it can be read, and a line without an end is none. */
#include "grade/grading.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_KEPT = 32, ASKED = 256 };

static struct kept {
    char asked[ASKED];
    int64_t ms;
    struct sample sample;
} all[MOST_KEPT];
static size_t nall;

/* Whatever makes one request another, as one word. */
static void name_request(const char *file, const struct request *r, char to[ASKED])
{
    const struct params *p = &r->params;

    snprintf(to, ASKED,
             "%s/%d/%" PRIu64 "/%" PRIu64 "/%" PRIu64 "/%" PRIu64 "/%" PRIu64 "/%" PRIu64
             "/%d/%" PRIu64,
             file, (int)r->kind, p->ops, p->size, p->clients, p->rate, p->workers, p->seed,
             (int)p->heap, r->memory_bytes);
}

static struct kept *find(const char *asked)
{
    for (size_t i = 0; i < nall; i++)
        if (strcmp(all[i].asked, asked) == 0)
            return &all[i];
    return NULL;
}

bool grade_kept_find(const char *file, const struct request *r, struct sample *out, int64_t *ms)
{
    char asked[ASKED];

    name_request(file, r, asked);
    const struct kept *k = find(asked);
    if (k) {
        *out = k->sample;
        *ms = k->ms;
    }
    return k;
}

static void add(const char *asked, const struct sample *s, int64_t ms)
{
    struct kept *k = find(asked);

    if (!k && nall == MOST_KEPT)
        return;
    if (!k)
        k = &all[nall++];
    snprintf(k->asked, sizeof k->asked, "%s", asked);
    k->sample = *s;
    k->ms = ms;
}

void grade_kept_add(const char *file, const struct request *r, const struct sample *s, int64_t ms)
{
    char asked[ASKED];

    name_request(file, r, asked);
    add(asked, s, ms);
}

void grade_kept_read(const struct grading *g)
{
    char header[SAMPLE_ROW], row[SAMPLE_ROW], asked[ASKED];
    struct sample s;
    int64_t ms;
    FILE *f = g->kept ? fopen(g->kept, "re") : NULL;

    if (!f)
        return;
    if (sample_header(header, sizeof header) >= 0)
        while (fscanf(f, "%255s %" SCNd64 " ", asked, &ms) == 2 && fgets(row, sizeof row, f) &&
               strchr(row, '\n') && sample_parse(header, row, &s) == 0)
            add(asked, &s, ms);
    fclose(f);
}

/* Beside it, and renamed: several gradings may do it at once, and the disk may be full. */
void grade_kept_write(const struct grading *g)
{
    char beside[512], row[SAMPLE_ROW];

    if (!g->kept || snprintf(beside, sizeof beside, "%s.%d", g->kept, (int)getpid()) >= 512)
        return;
    FILE *f = fopen(beside, "we");
    if (!f)
        return;
    bool whole = true;
    for (size_t i = 0; i < nall; i++)
        if (sample_row(&all[i].sample, row, sizeof row) > 0)
            whole &= fprintf(f, "%s %" PRId64 " %s", all[i].asked, all[i].ms, row) > 0;
    whole &= fclose(f) == 0;
    if (!whole || rename(beside, g->kept) != 0)
        unlink(beside);
}
