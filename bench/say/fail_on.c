/* SPDX-License-Identifier: MIT */
/* fail_on.c - read the list of words behind --fail-on, and find what they name. */
#include "say/fail_on.h"

#include <string.h>

static bool read_word(struct fail_on *on, const char *word)
{
    enum label l;

    if (strcmp(word, "unexpected") == 0)
        return on->unexpected = true;
    if (!label_find(word, &l) || l == LABEL_NONE)
        return false;
    return on->label[l] = true;
}

bool fail_on_read(struct fail_on *on, const char *words)
{
    char text[128], *rest = text, *word;

    *on = (struct fail_on){ .unexpected = false };
    if (!words)
        return true;
    snprintf(text, sizeof text, "%s", words);
    while ((word = strsep(&rest, ",")))
        if (!read_word(on, word)) {
            fprintf(stderr,
                    "twinbench: --fail-on takes true, myth, depends, undecided and unexpected, "
                    "with commas between them, not '%.60s'\n",
                    word);
            return false;
        }
    return true;
}

/* Findings that are undecided are named by a word of their own. */
static bool is_unexpected(const struct verdict *v)
{
    return v->finding != UNSURE && v->finding != EMPTY && v->finding != v->expected;
}

size_t fail_on_print(FILE *out, const struct fail_on *on, const struct findings *f)
{
    size_t n = 0;

    for (size_t i = 0; i < f->nsayings; i++) {
        const struct saying *s = &f->sayings[i];
        char words[SENTENCE_BYTES * 3];
        if (s->executor || !on->label[s->label])
            continue;
        saying_sentence(s, words, sizeof words);
        fprintf(out, "twinbench: --fail-on %s: %s: %s\n", label_word(s->label), s->tip, words);
        n++;
    }
    for (size_t i = 0; on->unexpected && i < f->nverdicts; i++) {
        const struct verdict *v = &f->verdicts[i];
        if (!is_unexpected(v))
            continue;
        fprintf(out, "twinbench: --fail-on unexpected: %s in %s: %s %s, expected %s\n", v->tip,
                v->executor->title, v->column, finding_word(v->finding), finding_word(v->expected));
        n++;
    }
    return n;
}
