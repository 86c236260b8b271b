/* SPDX-License-Identifier: MIT */
/* nearest.c - Levenshtein's distance, and the word at the least one. */
#include "cmd/nearest.h"

#include "inside/tips.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/param.h>

size_t word_distance(const char *a, const char *b)
{
    enum { LONGEST = NEAREST_ROOM - 1 };
    size_t la = strnlen(a, LONGEST), lb = strnlen(b, LONGEST);
    size_t row[LONGEST + 1]; /* Levenshtein's table, one row at a time */

    for (size_t j = 0; j <= lb; j++)
        row[j] = j;
    for (size_t i = 1; i <= la; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= lb; j++) {
            size_t change = diagonal + (tolower(a[i - 1]) != tolower(b[j - 1]));
            size_t gap = 1 + (row[j] < row[j - 1] ? row[j] : row[j - 1]);
            diagonal = row[j];
            row[j] = change < gap ? change : gap;
        }
    }
    return row[lb];
}

void nearest_offer(struct nearest *n, const char *word, const char *spelling)
{
    enum { LONG_PART = 4 }; /* "-q" is a part of too much */
    size_t given = strlen(n->given), length = strlen(spelling);
    const char *at = given > 0 ? strcasestr(spelling, n->given) : NULL;
    bool part = at && (at == spelling || given >= LONG_PART);
    size_t distance = part ? 0 : word_distance(n->given, spelling);
    bool nearer =
        !n->word[0] || distance < n->distance || (distance == n->distance && length < n->length);

    if (distance > (MAX(given, length) + 2) / 3 || !nearer)
        return;
    snprintf(n->word, sizeof n->word, "%s", word);
    n->distance = distance;
    n->length = length;
}

const char *nearest_hint(const struct nearest *n)
{
    static char hint[NEAREST_ROOM + sizeof "; nearest is "];

    snprintf(hint, sizeof hint, "; nearest is %s", n->word);
    return n->word[0] ? hint : "";
}

/* How long the beginning of a tip's name is that says its family, with the slash. */
static size_t family_length(const char *name)
{
    const char *slash = strchr(name, '/');

    return slash ? (size_t)(slash + 1 - name) : 0;
}

static bool is_family(const char *name, size_t length)
{
    for (size_t i = 0; i < nentries; i++)
        if (length > 0 && strncmp(entries[i].name, name, length) == 0)
            return true;
    return false;
}

/* Offer the tip for each word of its name: "poling" is near len-polling.  Short ones, such as
 * "for", are near too much. */
static void offer_words(struct nearest *n, const char *tip, const char *name)
{
    enum { LONG_WORD = 5 };
    char *rest = strdupa(name), *word;

    while ((word = strsep(&rest, "-")))
        if (strlen(word) >= LONG_WORD)
            nearest_offer(n, tip, word);
}

struct nearest nearest_tip(const char *name)
{
    size_t given = family_length(name);
    bool known = is_family(name, given);
    struct nearest n = { .given = known ? name + given : name };

    for (size_t i = 0; i < nentries; i++) {
        const char *tip = entries[i].name;
        size_t length = family_length(tip);
        char family[NEAREST_ROOM];

        if (known && strncmp(tip, name, given) != 0)
            continue;
        if (!known && length > 0) {
            snprintf(family, sizeof family, "%.*s", (int)length - 1, tip);
            nearest_offer(&n, family, family);
            nearest_offer(&n, tip, tip);
        }
        nearest_offer(&n, tip, tip + length);
        offer_words(&n, tip, tip + length);
    }
    return n;
}
