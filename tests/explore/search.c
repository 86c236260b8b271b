/* SPDX-License-Identifier: MIT */
#include "search.h"

#include <stdlib.h>

/* --- all ---------------------------------------------------------------------------- */

static struct {
    uint16_t answer[SEARCH_DEPTH], n[SEARCH_DEPTH];
    uint32_t at, deep; /* deep: how many answers are set; the others are 0 */
} tree;

void search_all(void)
{
    tree.at = tree.deep = 0;
}

uint32_t search_next(uint32_t n, enum explore_question question)
{
    uint32_t i = tree.at++;

    (void)question;
    if (i >= SEARCH_DEPTH)
        return 0;
    if (i >= tree.deep) {
        tree.answer[i] = 0;
        tree.n[i] = (uint16_t)n;
        return 0;
    }
    if (tree.n[i] != n)
        explore_fail("the same answers led to another question: of %u choices, now of %u",
                     (unsigned)tree.n[i], (unsigned)n);
    return tree.answer[i] < n ? tree.answer[i] : 0;
}

bool search_more(void)
{
    uint32_t i = tree.at < SEARCH_DEPTH ? tree.at : SEARCH_DEPTH;

    while (i && tree.answer[i - 1] + 1u >= tree.n[i - 1])
        i--;
    tree.at = 0;
    tree.deep = i;
    if (i)
        tree.answer[i - 1]++;
    return i;
}

/* --- a list ------------------------------------------------------------------------- */

static const char *rest;

bool search_list(const char *list)
{
    rest = list;
    for (const char *c = list; *c; c++)
        if ((*c < '0' || *c > '9') && *c != '.')
            return false;
    return true;
}

uint32_t search_listed(uint32_t n, enum explore_question question)
{
    char *end;
    unsigned long answer;

    (void)question;
    if (!*rest)
        return 0;
    answer = strtoul(rest, &end, 10);
    rest = *end ? end + 1 : end;
    return answer < n ? (uint32_t)answer : 0;
}
