/* SPDX-License-Identifier: MIT */
/* label.c - from verdicts on what a saying says to its label. */
#include "say/label.h"

#include "inside/tips.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const labels[] = { [LABEL_NONE] = "-",
                                      [LABEL_TRUE] = "true",
                                      [LABEL_MYTH] = "myth",
                                      [LABEL_DEPENDS] = "depends",
                                      [LABEL_UNDECIDED] = "undecided" };
static const struct words label_words = WORDS(labels);

const char *label_word(enum label l)
{
    return labels[l];
}

bool label_find(const char *word, enum label *l)
{
    return words_read(&label_words, word, l);
}

/* --- one executor --- */

static bool is_exact(const struct verdict *v)
{
    const struct column *c = column_find(v->column);

    return v->kind == KIND_OUTCOME || (v->kind == KIND_COUNT && c && c->kind == EXACT);
}

static const struct verdict *first_of(const struct verdict *parts, size_t n, enum finding f)
{
    for (size_t i = 0; i < n; i++)
        if (parts[i].finding == f)
            return &parts[i];
    return NULL;
}

static const struct verdict *exact_that_holds(const struct verdict *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (parts[i].finding == HOLDS && is_exact(&parts[i]))
            return &parts[i];
    return NULL;
}

/* The label, and the part that decided it. */
static enum label label_of(const struct verdict *parts, size_t n, const struct verdict **by)
{
    if ((*by = first_of(parts, n, REFUTED)))
        return LABEL_MYTH;
    if ((*by = exact_that_holds(parts, n)))
        return LABEL_TRUE;
    if ((*by = first_of(parts, n, UNSURE)))
        return LABEL_UNDECIDED;
    if ((*by = first_of(parts, n, HOLDS)))
        return LABEL_TRUE;
    *by = &parts[0];
    return LABEL_NONE;
}

/* The sentence that the saying asserts about this claim, on the heap of x. */
static void say_claim(struct saying *s, const struct verdict *by)
{
    const struct entry *e = tip_find(s->tip);

    for (size_t i = 0; e && i < tip_says(e->tip); i++) {
        const struct claim *c = &e->tip->says[i];
        if (strcmp(c->column, by->column) != 0 || !executor_concerns(s->executor, c))
            continue;
        claim_sentence(e->tip, c, s->said, sizeof s->said);
        return;
    }
}

struct saying saying_there(const char *tip, const struct executor *x, const struct verdict *parts,
                           size_t n)
{
    const struct verdict *by;
    struct saying s = { .tip = tip, .executor = x, .label = label_of(parts, n, &by) };

    s.ratio = by->ratio;
    s.lo = by->lo;
    s.hi = by->hi;
    say_claim(&s, by);
    bool why = s.label == LABEL_UNDECIDED && by->note[0] && by->kind != KIND_SLOPE;
    if (s.label == LABEL_NONE || why)
        snprintf(s.evidence, sizeof s.evidence, "%s", by->note);
    else
        verdict_sentence(by, s.evidence, sizeof s.evidence);
    return s;
}

/* --- all of them --- */

/* Sayings of which this one is true and that one a myth. */
static bool disagree(const struct saying *a, const struct saying *b)
{
    return (a->label == LABEL_TRUE && b->label == LABEL_MYTH) ||
           (a->label == LABEL_MYTH && b->label == LABEL_TRUE);
}

/* In what the two executors differ: "the heap", "C or Go", "the Go release". */
static const char *difference(const struct executor *a, const struct executor *b)
{
    if (a->language != b->language)
        return "C or Go";
    return a->language == LANGUAGE_C ? "the heap" : "the Go release";
}

static void add_reason(char *on, size_t bytes, const char *reason)
{
    if (!strstr(on, reason))
        snprintf(on + strlen(on), bytes - strlen(on), "%s%s", on[0] ? ", " : "", reason);
}

/* On what the label depends.  Only the nearest reason is given: two heaps that disagree say more
 * than C and Go, which differ in their heap as well. */
static void find_reasons(struct saying *s, const struct saying *there, size_t n)
{
    for (int alike = 1; alike >= 0 && !s->on[0]; alike--)
        for (size_t i = 0; i < n; i++)
            for (size_t k = i + 1; k < n; k++) {
                const struct executor *a = there[i].executor, *b = there[k].executor;
                if ((a->language == b->language) == alike && disagree(&there[i], &there[k]))
                    add_reason(s->on, sizeof s->on, difference(a, b));
            }
}

/* The last of the Gos from i on that follow one another and have the same label. */
static size_t last_alike(const struct saying *there, size_t n, size_t i)
{
    size_t last = i;

    while (last + 1 < n && there[last + 1].label == there[i].label &&
           there[i].executor->language == LANGUAGE_GO)
        last++;
    return last;
}

/* Add "true in C and Go 1.19 to 1.22" to the evidence, if it was found anywhere. */
static void add_where(struct saying *s, const struct saying *there, size_t n, enum label label)
{
    bool first = true;
    size_t at = strlen(s->evidence);

    for (size_t i = 0; i < n && at < sizeof s->evidence; i++) {
        if (there[i].label != label)
            continue;
        at += (size_t)snprintf(s->evidence + at, sizeof s->evidence - at, "%s%s%s %s",
                               !first   ? " and"
                               : at > 0 ? "; "
                                        : "",
                               first ? label_word(label) : "", first ? " in" : "",
                               executor_words(there[i].executor, s->tip).text);
        first = false;
        size_t last = last_alike(there, n, i);
        if (last < i + 2 || at >= sizeof s->evidence)
            continue;
        at += (size_t)snprintf(s->evidence + at, sizeof s->evidence - at, " to %s",
                               there[last].executor->name + strlen("go"));
        i = last;
    }
}

/* The first that has the label; NULL: none. */
static const struct saying *first_labelled(const struct saying *there, size_t n, enum label label)
{
    for (size_t i = 0; i < n; i++)
        if (there[i].label == label)
            return &there[i];
    return NULL;
}

/* The label of all that were decided, with what one of them found; and where it is open. */
static struct saying agreed(const struct saying *decided, const struct saying *there, size_t n)
{
    struct saying s = *decided;

    if (!first_labelled(there, n, LABEL_UNDECIDED))
        return s;
    int at = snprintf(s.evidence, sizeof s.evidence, "in %s ",
                      executor_words(decided->executor, s.tip).text);
    snprintf(s.evidence + at, sizeof s.evidence - (size_t)at, "%.*s",
             (int)sizeof s.evidence - at - 1, decided->evidence);
    add_where(&s, there, n, LABEL_UNDECIDED);
    return s;
}

static struct saying disagreed(const struct saying *decided, const struct saying *there, size_t n)
{
    struct saying s = *decided;

    s.label = LABEL_DEPENDS;
    s.ratio = s.lo = s.hi = NAN;
    s.evidence[0] = '\0';
    find_reasons(&s, there, n);
    add_where(&s, there, n, LABEL_TRUE);
    add_where(&s, there, n, LABEL_MYTH);
    add_where(&s, there, n, LABEL_UNDECIDED);
    return s;
}

struct saying saying_overall(const struct saying *there, size_t n)
{
    const struct saying *yes = first_labelled(there, n, LABEL_TRUE),
                        *no = first_labelled(there, n, LABEL_MYTH),
                        *open = first_labelled(there, n, LABEL_UNDECIDED);
    struct saying s = yes && no   ? disagreed(yes < no ? yes : no, there, n)
                      : yes || no ? agreed(yes ? yes : no, there, n)
                      : open      ? *open
                                  : there[0];

    s.executor = NULL;
    return s;
}

const char *saying_quote(const struct saying *s)
{
    const struct entry *e = tip_find(s->tip);

    return e && e->words ? e->words->saying : NULL;
}

void saying_sentence(const struct saying *s, char *text, size_t bytes)
{
    char line[2 * SENTENCE_BYTES + 256];

    if (s->label == LABEL_DEPENDS && s->said[0])
        snprintf(line, sizeof line, "%s (said: %s)", s->evidence, s->said);
    else if (s->label == LABEL_TRUE || !s->said[0])
        snprintf(line, sizeof line, "%s", s->evidence);
    else if (s->label == LABEL_UNDECIDED && isfinite(s->lo) && isfinite(s->hi)) {
        bool repeats = strncmp(s->evidence, "bad ", 4) == 0; /* the same interval */
        snprintf(line, sizeof line,
                 "said: %s; measured: bad takes %s to %s times as long as good%s%s", s->said,
                 ratio_words(s->lo).text, ratio_words(s->hi).text, repeats ? "" : "; ",
                 repeats ? "" : s->evidence);
    } else
        snprintf(line, sizeof line, "said: %s; %s%s", s->said,
                 s->label == LABEL_MYTH ? "measured: " : "", s->evidence);
    with_commas(line, text, bytes);
}

/* --- all tips --- */

void headline(const struct saying *sayings, size_t n, char *text, size_t bytes)
{
    size_t count[LABEL_UNDECIDED + 1] = { 0 }, all = 0;

    for (size_t i = 0; i < n; i++)
        if (!sayings[i].executor) {
            count[sayings[i].label]++;
            all++;
        }
    size_t myths = count[LABEL_MYTH], trues = count[LABEL_TRUE], depends = count[LABEL_DEPENDS];
    size_t open = count[LABEL_UNDECIDED] + count[LABEL_NONE];
    if (all == 1) {
        snprintf(text, bytes, "The saying %s.",
                 myths     ? "is a myth here"
                 : trues   ? "is true here"
                 : depends ? "is true here and a myth there"
                           : "could not be decided");
        return;
    }
    int at = snprintf(text, bytes, "Of %zu sayings %zu %s here, %zu %s true", all, myths,
                      myths == 1 ? "is a myth" : "are myths", trues, trues == 1 ? "is" : "are");
    if (at <= 0 || (size_t)at >= bytes)
        return;
    if (depends > 0)
        at += snprintf(text + at, bytes - (size_t)at, ", %zu depend%s", depends,
                       depends == 1 ? "s" : "");
    if (open > 0 && (size_t)at < bytes)
        at += snprintf(text + at, bytes - (size_t)at, "; %zu could not be decided", open);
    if ((size_t)at < bytes)
        snprintf(text + at, bytes - (size_t)at, ".");
}
