/* SPDX-License-Identifier: MIT */
/* terminal_board.c - counts tip by tip, then time as a forest plot of characters, then what
 * became of the sayings, with the headline last, where it is seen.
 *
 *     pools/buffer-per-parse                   |  <-*->     1.31x holds
 *
 * Go stands beside C: in the verdict where both did the same, else in a line below.  Of many
 * releases that is the newest; an older one has a line where it was found otherwise.  Of a tip in
 * Go alone the newest Go has C's place.
 *
 * The axis is logarithmic, from a quarter to four times, with | at equal; < and >
 * are the ends of the interval, and stand at the edge if it goes on beyond.
 *
 * On fewer than 80 columns there is neither table nor picture: the same is said in lines. */
#include "show/terminal_board.h"

#include "say/sentences.h"
#include "show/wrap_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAME = 32, AXIS = 19, RATIO = 8, LABEL = 10 }; /* columns */

enum colour { PLAIN, GREEN, RED, YELLOW, BOLD };

static bool coloured(FILE *out)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

    return !(no && no[0]) && term && strcmp(term, "dumb") != 0 && isatty(fileno(out));
}

static void print_coloured(FILE *out, enum colour c, const char *words)
{
    static const char *const codes[] = {
        [GREEN] = "32", [RED] = "31", [YELLOW] = "33", [BOLD] = "1"
    };

    if (c != PLAIN && coloured(out))
        fprintf(out, "\033[%sm%s\033[0m", codes[c], words);
    else
        fputs(words, out);
}

/* A line, wrapped. */
static void print_line(FILE *out, enum colour c, const char *words)
{
    char *text = NULL;
    size_t length;
    FILE *wrapped = open_memstream(&text, &length);

    if (!wrapped)
        return;
    wrap_print(wrapped, words, 0);
    if (fclose(wrapped) == 0) {
        text[length - 1] = '\0'; /* the colour ends before the line does */
        print_coloured(out, c, text);
        fputc('\n', out);
    }
    free(text);
}

/* --- verdicts --- */

static enum colour colour_of(const struct verdict *v)
{
    return v->finding == UNSURE ? YELLOW : v->finding == v->expected ? GREEN : RED;
}

static const char *word_of(const struct verdict *v, bool withheld)
{
    if (withheld && verdict_is_time(v))
        return "withheld";
    if (verdict_is_less_than_said(v))
        return "less than said";
    if (v->finding == REFUTED && v->expected == REFUTED && !v->varies)
        return "refuted, as expected";
    if (v->finding == HOLDS && v->expected == REFUTED)
        return "holds, not expected";
    return finding_word(v->finding);
}

static void print_note(FILE *out, const struct verdict *v)
{
    if (!v->note[0] || v->finding == v->expected)
        return;
    fputs("      ", out);
    wrap_print(out, v->note, 6);
}

static bool is_in_go(const struct verdict *v)
{
    return v->executor->language == LANGUAGE_GO;
}

static bool is_in_go_alone(const char *tip)
{
    const struct entry *e = tip_find(tip);

    return e && tip_none(e, LANGUAGE_C);
}

/* Is it the verdict on the same claim in Go? */
static bool is_beside(const struct verdict *go, const struct verdict *v)
{
    return is_in_go(go) && go->claim == v->claim && strcmp(go->tip, v->tip) == 0;
}

/* The verdict on the same claim in the newest Go, which is the last; or NULL. */
static const struct verdict *beside(const struct findings *f, const struct verdict *v)
{
    for (size_t i = f->nverdicts; i-- > 0;)
        if (is_beside(&f->verdicts[i], v))
            return &f->verdicts[i];
    return NULL;
}

static bool is_same(const struct result *a, const struct result *b)
{
    return strcmp(result_words(a).text, result_words(b).text) == 0;
}

/* Is one line enough for both: did they do the same, or does Go not report it? */
static bool is_alike(const struct verdict *c, const struct verdict *go)
{
    return go->finding == EMPTY || (go->finding == c->finding && go->finding != REFUTED &&
                                    is_same(&c->bad, &go->bad) && is_same(&c->good, &go->good));
}

/* go: what is printed about Go in the same line; NULL: nothing. */
static void print_word(FILE *out, const struct verdict *v, const struct verdict *go)
{
    char word[64];

    snprintf(word, sizeof word, "%s%s", word_of(v, false),
             !go || v->finding == REFUTED ? ""
             : go->finding == EMPTY       ? " in C"
                                          : " in C and Go");
    print_coloured(out, colour_of(v), word);
    fputc('\n', out);
}

static void print_values(FILE *out, const char *name, const struct verdict *v,
                         const struct verdict *go)
{
    const struct result_words bad = result_words_of(v, &v->bad),
                              good = result_words_of(v, &v->good);
    char line[200];

    if (!wrap_is_narrow()) {
        fprintf(out, "  %-15s %-19s %-19s ", name, bad.text, good.text);
        print_word(out, v, go);
        return;
    }
    fprintf(out, "  %s: ", name);
    print_word(out, v, go);
    snprintf(line, sizeof line, "bad %s; good %s", bad.text, good.text);
    fputs("    ", out);
    wrap_print(out, line, 4);
}

/* Why Go is expected to find something else, in the words of the tip. */
static void print_difference(FILE *out, const struct verdict *c, const struct verdict *go)
{
    const struct entry *e = tip_find(c->tip);
    const char *why = e ? e->tip->claims[c->claim].go.why : NULL;

    if (!why || go->finding == EMPTY || go->expected == c->expected)
        return;
    fputs("      ", out);
    wrap_print(out, why, 6);
}

/* How far memory was followed, which a note about it ends with; and what a latency is of. */
static void print_scope(FILE *out, const struct verdict *v)
{
    const struct result_words served = served_words(v);

    if (served.text[0]) {
        fputs("      ", out);
        wrap_print(out, served.text, 6);
    }
    if (v->finding == v->expected && !isnan(v->bad.over) && !isnan(v->good.over))
        fprintf(out, "      %s\n", horizon_words(v).text);
}

/* In a line of its own. */
static void print_go(FILE *out, const struct verdict *go)
{
    char name[sizeof go->executor->title + 8];

    snprintf(name, sizeof name, "  in %s", go->executor->title);
    print_values(out, name, go, NULL);
    print_scope(out, go);
    print_note(out, go);
}

static void print_count(FILE *out, const struct findings *f, const struct verdict *v)
{
    const struct verdict *go = beside(f, v);
    bool alone = go == v, alike = go && !alone && is_alike(v, go);

    print_values(out, v->column, v, alike ? go : NULL);
    print_scope(out, v);
    print_note(out, v);
    if (!go)
        return;
    if (!alike && !alone)
        print_go(out, go);
    print_difference(out, v, go);
    for (const struct verdict *old = f->verdicts; old < go; old++)
        if (is_beside(old, v) && old->finding != go->finding)
            print_go(out, old);
}

/* The tip, and the first and the last point of its dial. */
static void print_tip(FILE *out, const char *tip)
{
    const struct entry *e = tip_find(tip);
    char line[200];

    snprintf(line, sizeof line, e ? "%s, %s%s" : "%s", tip, e ? dial_words(e->tip).text : "",
             is_in_go_alone(tip) ? ", in Go alone" : "");
    print_line(out, BOLD, line);
}

/* C's verdict on a claim has a row; of a tip in Go alone that of the newest Go. */
static bool has_row(const struct findings *f, const struct verdict *v)
{
    return is_in_go_alone(v->tip) ? beside(f, v) == v : v->executor == executor_c();
}

static void print_counts(FILE *out, const struct findings *f)
{
    const char *before = "";

    if (!wrap_is_narrow())
        fprintf(out, "  %-15s %-19s %-19s %s\n", "counts", "bad", "good", "verdict");
    for (size_t i = 0; i < f->nverdicts; i++) {
        const struct verdict *v = &f->verdicts[i];
        if (verdict_is_time(v) || !has_row(f, v))
            continue;
        if (strcmp(before, v->tip) != 0)
            print_tip(out, v->tip);
        before = v->tip;
        print_count(out, f, v);
    }
}

/* --- time --- */

/* The place of a ratio on the axis; the edges are for what lies beyond. */
static int place(double ratio)
{
    double at = (log2(ratio) + 2) / 4 * (AXIS - 1);

    return at < 0 ? 0 : at > AXIS - 1 ? AXIS - 1 : (int)lround(at);
}

static void draw(char axis[AXIS + 1], double ratio, double lo, double hi)
{
    memset(axis, ' ', AXIS);
    axis[AXIS] = '\0';
    axis[place(1)] = '|';
    for (int i = place(lo); i <= place(hi); i++)
        axis[i] = '-';
    axis[place(lo)] = '<';
    axis[place(hi)] = '>';
    axis[place(ratio)] = '*';
}

static bool is_about(const struct verdict *v, const struct pairing *p)
{
    return verdict_is_time(v) && v->executor == p->executor && strcmp(v->tip, p->tip) == 0;
}

static const char *time_word(const struct findings *f, const struct verdict *v)
{
    if (!verdict_is_control(v))
        return word_of(v, findings_withhold(f, v->executor));
    return v->finding == REFUTED ? "different" : v->finding == HOLDS ? "same" : "unsure";
}

/* The verdicts of the claims on this pair, the second below the first; where nothing
 * is claimed, just what was measured. */
static void print_time_words(FILE *out, const struct findings *f, const struct pairing *p)
{
    size_t n = 0;

    for (size_t i = 0; i < f->nverdicts; i++) {
        const struct verdict *v = &f->verdicts[i];
        if (!is_about(v, p))
            continue;
        if (n++ > 0)
            fprintf(out, "%*s", wrap_is_narrow() ? 4 : NAME + AXIS + RATIO, "");
        const char *word = time_word(f, v);
        print_coloured(out, colour_of(v), word);
        fputc('\n', out);
        if (strcmp(word, "withheld") != 0) /* why stands in the last lines, once */
            print_note(out, v);
    }
    if (n == 0)
        fprintf(out, "%s, not claimed\n", relation_word(p->decision.relation));
}

/* Was the tip timed on other heaps too?  Then these have rows above this one, and its own heap
 * is named. */
static bool is_on_heaps(const struct findings *f, const char *tip)
{
    for (size_t i = 0; i < f->npairings; i++)
        if (f->pairings[i].executor->heap != HEAP_DEFAULT && strcmp(f->pairings[i].tip, tip) == 0)
            return true;
    return false;
}

/* Was it timed in C?  Else it has no row of its own there. */
static bool is_timed_in_c(const struct findings *f, const char *tip)
{
    for (size_t i = 0; i < f->npairings; i++)
        if (f->pairings[i].executor == executor_c() && strcmp(f->pairings[i].tip, tip) == 0)
            return true;
    return false;
}

/* Is it the first row of its tip? */
static bool is_first(const struct findings *f, const struct pairing *p)
{
    return p == f->pairings || strcmp(p[-1].tip, p->tip) != 0;
}

/* The words before the ratio: the tip; or, in a row below that, the executor. */
static void name_pairing(FILE *out, const struct findings *f, const struct pairing *p, char *name,
                         size_t bytes)
{
    const struct executor *x = p->executor;
    bool control = strcmp(p->tip, NULL_TIP) == 0, own = x == executor_c();

    if (!is_timed_in_c(f, p->tip) && is_first(f, p))
        fprintf(out, "%s\n", control ? control_words(p->spread.placements) : p->tip);
    if (x->heap != HEAP_DEFAULT)
        snprintf(name, bytes, "  on %s", heap_name(x->heap));
    else if (!own)
        snprintf(name, bytes, "  in %s", x->title);
    else if (!control && tip_find(p->tip) && is_on_heaps(f, p->tip)) {
        fprintf(out, "%s\n", p->tip);
        snprintf(name, bytes, "  on %s",
                 tip_heap(tip_find(p->tip)->tip) == HEAP_GC ? "the collector" : "glibc");
    } else
        snprintf(name, bytes, "%s", control ? control_words(p->spread.placements) : p->tip);
}

static void print_pairing(FILE *out, const struct findings *f, const struct pairing *p)
{
    const struct decision *d = &p->decision;
    char axis[AXIS + 1], name[64];
    int digits = d->ratio < 100 ? 2 : 0;

    name_pairing(out, f, p, name, sizeof name);
    draw(axis, d->ratio, d->lo, d->hi);
    if (wrap_is_narrow())
        fprintf(out, "%s\n    %.*fx (%.*f to %.*f)\n    ", name, digits, d->ratio, digits, d->lo,
                digits, d->hi);
    else
        fprintf(out, "%-*.*s%s%6.*fx ", NAME, NAME, name, axis, digits, d->ratio);
    print_time_words(out, f, p);
}

/* Claims on time that had no interim analysis yet. */
static void print_untimed(FILE *out, const struct findings *f)
{
    for (size_t i = 0; i < f->nverdicts; i++) {
        const struct verdict *v = &f->verdicts[i];
        char name[120];
        if (!verdict_is_time(v) || v->n > 0)
            continue;
        snprintf(name, sizeof name, v->executor == executor_c() ? "%s" : "%s in %s", v->tip,
                 v->executor->title);
        if (wrap_is_narrow())
            fprintf(out, "%s\n    ", name);
        else
            fprintf(out, "%-*s ", NAME + AXIS + RATIO - 1, name);
        print_coloured(out, YELLOW, "unsure");
        fputc('\n', out);
        print_note(out, v);
    }
}

static void print_times(FILE *out, const struct findings *f, double margin)
{
    if (f->npairings == 0)
        return;
    fprintf(out, "\n  %-*s%s\n", NAME - 2, "time of bad against good",
            wrap_is_narrow() ? "" : "1/4 1/2  1   2    4  ratio verdict");
    for (size_t i = 0; i < f->npairings; i++)
        print_pairing(out, f, &f->pairings[i]);
    print_untimed(out, f);
    fprintf(out, "  differences up to %.0f %% do not count\n", 100 * margin);
}

/* --- the whole --- */

/* How many verdicts were not expected: for those who maintain the tips. */
static void print_expected(FILE *out, const struct findings *f)
{
    size_t claims = 0, as_said = 0, unsure = 0;
    char line[160];

    for (size_t i = 0; i < f->nverdicts; i++) {
        const struct verdict *v = &f->verdicts[i];
        if (verdict_is_control(v) || v->finding == EMPTY)
            continue;
        claims++;
        as_said += v->finding == v->expected;
        unsure += v->finding == UNSURE;
    }
    int n = snprintf(line, sizeof line, "%zu of %zu claims came out as the tips expect", as_said,
                     claims);
    if (claims > as_said)
        snprintf(line + n, sizeof line - (size_t)n, "; %zu otherwise, %zu unsure",
                 claims - as_said - unsure, unsure);
    print_line(out, PLAIN, line);
}

/* --- the sayings --- */

static enum colour colour_of_label(enum label l)
{
    return l == LABEL_TRUE ? GREEN : l == LABEL_MYTH ? RED : YELLOW;
}

static void print_below(FILE *out, int left, const char *text)
{
    fprintf(out, "%*s", left, "");
    wrap_print(out, text, left);
}

/* Label and tip, then what people say, then what was found of it.  Of a tip that quotes nothing
 * all of it is one line, if it has room there. */
static void print_saying(FILE *out, const struct saying *s)
{
    const char *quote = saying_quote(s);
    char word[16], words[3 * SENTENCE_BYTES], text[sizeof words + sizeof s->on + 8];
    char quoted[1024];
    int left = wrap_is_narrow() ? 2 : LABEL;

    saying_sentence(s, words, sizeof words);
    snprintf(text, sizeof text, s->on[0] ? "on %s: %s" : "%s%s", s->on, words);
    snprintf(word, sizeof word, "%-*s", LABEL, label_word(s->label));
    print_coloured(out, colour_of_label(s->label), word);
    if (!quote && LABEL + NAME + (int)strlen(text) <= wrap_columns()) {
        fprintf(out, "%-*s%s\n", NAME, s->tip, text);
        return;
    }
    fprintf(out, "%s\n", s->tip);
    if (quote) {
        snprintf(quoted, sizeof quoted, "\"%s\"", quote);
        print_below(out, left, quoted);
    }
    print_below(out, left, text);
}

static void print_sayings(FILE *out, const struct findings *f)
{
    fputs("\n  ", out);
    wrap_print(out,
               "what people say, and what was measured: bad makes the mistake that it is about, "
               "good does not",
               2);
    for (size_t i = 0; i < f->nsayings; i++)
        if (!f->sayings[i].executor)
            print_saying(out, &f->sayings[i]);
}

static void print_withheld(FILE *out, const struct findings *f)
{
    char line[120];

    for (size_t i = 0; i < f->nverdicts; i++) {
        const struct verdict *v = &f->verdicts[i];
        if (!verdict_is_control(v) || !findings_withhold(f, v->executor))
            continue;
        snprintf(line, sizeof line,
                 "The control in %s did not come out the same: nothing is said of time there.",
                 v->executor->title);
        print_line(out, RED, line);
    }
}

static void print_headline(FILE *out, const struct findings *f)
{
    char text[200];

    headline(f->sayings, f->nsayings, text, sizeof text);
    print_line(out, BOLD, text);
}

void terminal_board_print(FILE *out, const struct findings *f, double margin)
{
    print_counts(out, f);
    print_times(out, f, margin);
    if (f->nsayings > 0)
        print_sayings(out, f);
    fputc('\n', out);
    if (f->nsayings > 0)
        print_headline(out, f);
    print_withheld(out, f);
    print_expected(out, f);
}
