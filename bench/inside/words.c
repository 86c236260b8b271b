/* SPDX-License-Identifier: MIT */
/* words.c - the words, each spelled here alone. */
#include "inside/words.h"

#include <string.h>

static const char *const roles[] = {
    [TWIN_NONE] = "", [TWIN_BAD] = "bad", [TWIN_GOOD] = "good", [TWIN_NULL] = "null"
};

static const char *const kinds[] = {
    [KIND_NONE] = "",     [KIND_COUNT] = "count", [KIND_SLOPE] = "slope",     [KIND_TIME] = "time",
    [KIND_RATE] = "rate", [KIND_CURVE] = "curve", [KIND_OUTCOME] = "outcome",
};

static const char *const outcomes[] = {
    [OUTCOME_NONE] = "",         [OUTCOME_OK] = "OK",       [OUTCOME_STUCK] = "STUCK",
    [OUTCOME_PANICS] = "PANICS", [OUTCOME_WRONG] = "WRONG", [OUTCOME_DIES] = "DIES",
};

const struct words twin_words = WORDS(roles), kind_words = WORDS(kinds),
                   outcome_words = WORDS(outcomes);

int words_find(const struct words *w, const char *word)
{
    for (size_t i = 0; i < w->n; i++)
        if (strcmp(w->word[i], word) == 0)
            return (int)i;
    return -1;
}

bool words_read(const struct words *w, const char *word, void *to)
{
    int value = words_find(w, word);

    *(int *)to = value < 0 ? 0 : value;
    return value >= 0;
}

enum quantity unit_quantity(const char *unit)
{
    return strcmp(unit, "B") == 0        ? QUANTITY_BYTES
           : strncmp(unit, "ns", 2) == 0 ? QUANTITY_TIME
           : strcmp(unit, "%") == 0      ? QUANTITY_SHARE
                                         : QUANTITY_NONE;
}

const char *role_word(enum role r)
{
    return roles[r];
}

const char *kind_word(enum kind k)
{
    return kinds[k];
}

const char *outcome_word(enum outcome o)
{
    return outcomes[o];
}

enum outcome outcome_expected(enum expect x)
{
    switch (x) {
    case IS_OK: return OUTCOME_OK;
    case STUCK: return OUTCOME_STUCK;
    case PANICS: return OUTCOME_PANICS;
    case IS_WRONG: return OUTCOME_WRONG;
    case DIES: return OUTCOME_DIES;
    default: return OUTCOME_NONE;
    }
}

const char *expect_word(enum expect x)
{
    switch (x) {
    case NOTHING: return "-";
    case FLAT: return "flat";
    case GROWS: return "grows";
    case FALLS: return "falls";
    case SLOWER: return "SLOWER";
    case SAME: return "SAME";
    case NOT_SLOWER: return "NOT SLOWER";
    default: return outcome_word(outcome_expected(x));
    }
}

bool outcome_is(enum outcome o, enum expect x)
{
    return o != OUTCOME_NONE && o == outcome_expected(x);
}
