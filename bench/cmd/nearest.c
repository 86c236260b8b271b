/* SPDX-License-Identifier: MIT */
/* nearest.c - Levenshtein's distance, and the tip at the least one. */
#include "cmd/nearest.h"

#include "inside/tips.h"

#include <string.h>

size_t word_distance(const char *a, const char *b)
{
    enum { LONGEST = 63 };
    size_t la = strnlen(a, LONGEST), lb = strnlen(b, LONGEST);
    size_t row[LONGEST + 1]; /* Levenshtein's table, one row at a time */

    for (size_t j = 0; j <= lb; j++)
        row[j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t change = diagonal + (a[i - 1] != b[j - 1]);
            size_t gap = 1 + (row[j] < row[j - 1] ? row[j] : row[j - 1]);
            diagonal = row[j];
            row[j] = change < gap ? change : gap;
        }
    }
    return row[lb];
}

/* The family is easily left out, so the tip's own name is compared too. */
static size_t tip_distance(const char *given, const char *name)
{
    const char *slash = strchr(name, '/');
    size_t whole = word_distance(given, name);
    size_t last = slash ? word_distance(given, slash + 1) : whole;

    return whole < last ? whole : last;
}

const char *nearest_tip(const char *name)
{
    const char *nearest = NULL;

    for (size_t i = 0; i < nentries; i++)
        if (!nearest || tip_distance(name, entries[i].name) < tip_distance(name, nearest))
            nearest = entries[i].name;
    return nearest;
}
