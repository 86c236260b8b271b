/* SPDX-License-Identifier: MIT */
/* tips.h - the tips of the tree, by name.
 *
 * The table behind it, build/entries.c, is written from the tree by the Makefile
 * (patterns/words.awk): a folder with a tip.c is an entry, in the order of the names. */
#ifndef TIPS_H
#define TIPS_H

#include "pattern.h"
#include "inside/sample.h"

/* A heading of patterns/SYMPTOMS.md, the tree by which a reader finds a tip from what is seen: it
 * answers the question of the heading above, and asks the next. */
struct symptom {
    const char *name; /* "tasks/receive" hangs below "tasks", and that below ""; one is the title */
    const char *text; /* the answer that leads here */
    const char *question; /* what to ask next */
};

/* In the order of the page; the first is the root. */
extern const struct symptom symptoms[];
extern const size_t nsymptoms;

/* Where a tip hangs in the tree: at this symptom, as an answer to its question. */
struct place {
    const struct symptom *at; /* one with no symptom below it; NULL: the list has ended */
    const char *text;
};

/* What the tip's README.md says, as plain text: a line, or a paragraph without line ends.
 * The build lets no tip through that lacks one, but for those that may be NULL. */
struct tip_words {
    const char *title;
    const char *saying;   /* what people say, in our own words */
    const char *rule;     /* what to do */
    const char *go_line;  /* the same mistake in Go: a line or a few, with line ends between; NULL:
                           * the tip is in one of the languages alone */
    const char *go_none;  /* why there are no twins in Go; NULL: there are */
    const char *c_none;   /* why there are none in C; NULL: there are */
    const char *when_not; /* when not to follow the tip */
    const char *aged;     /* which Go releases changed it, and how */
    const struct place *places; /* in the tree of symptoms; NULL: none, as of a test's own tip */
};

struct entry {
    const char *name; /* "leaks/range-unclosed" */
    const struct tip *tip;
    const struct twin *bad, *good; /* in C; NULL: words->c_none says why there are none */
    const struct tip_words *words; /* NULL: a test's own tip, of which nobody reads any */
};

/* The folder that the tips are in, where that is one of somebody's own (patterns/YOUR-OWN.md);
 * "": they are those of this project. */
extern const char tips_folder[] __attribute__((weak));

/* Weak, so that a test which brings tips of its own can be linked before it. */
extern const struct entry entries[] __attribute__((weak));
extern const size_t nentries __attribute__((weak));

/* The entry of that name, or NULL.  A third twin given to `make grade` appears as
 * its tip's "student". */
const struct entry *tip_find(const char *name);

/* Its code in C, that of good for TWIN_NULL; NULL of TWIN_NONE, and of a tip in Go alone. */
const struct twin *tip_twin(const struct entry *e, enum role twin);

/* Why it has no twins in that language; NULL: it has. */
const char *tip_none(const struct entry *e, enum language language);

/* "make lesson", and of tips in a folder of their own "make lesson TIPS=/home/me/tips".  Valid
 * until the next call. */
const char *tips_make(const char *goal);

/* tips_folder; NULL: the tips are those of this project. */
const char *tips_outside(void);

/* The folder that the tips are in, whoever's they are. */
const char *tips_tree(void);

/* How many points the tip's dial has, how many claims; how many things its saying says; how many
 * facts it has about releases of Go. */
size_t tip_points(const struct tip *t);
size_t tip_claims(const struct tip *t);
size_t tip_says(const struct tip *t);
size_t tip_facts(const struct tip *t);

/* The dial as a word ("OPS"), and p with the dial set to x. */
const char *dial_name(enum dial d);
struct params dial_set(struct params p, enum dial d, uint64_t x);
uint64_t dial_get(const struct params *p, enum dial d);

/* What sets it on the command line: "--ops". */
const char *dial_flag(enum dial d);

/* The parameters at which the tip's claims are tested: its defaults, and the
 * harness's own where it has none (ops 256, size 1, clients 4, rate 0, workers 1
 * - one worker, so that a count does not depend on a race between threads). */
struct params tip_params(const struct tip *t);

/* tip_params(), for requests that do as much as usual: where the tip leaves a dial of SIZE alone,
 * its middle point.  With a size of 1 a mistake in a loop cannot be seen. */
struct params tip_usual(const struct tip *t);

/* tip_params(), but for what a user has given: fields that are not NOT_GIVEN.  A tip with
 * offered load gets that of its first point. */
#define NOT_GIVEN UINT64_MAX
#define PARAMS_NOT_GIVEN { NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, NOT_GIVEN, 0, HEAP_DEFAULT }
struct params tip_params_given(const struct tip *t, const struct params *given);

/* Where the tip's scene allocates if nothing else is asked for: HEAP_GC or HEAP_GLIBC; and
 * whether it may run on that heap too, because a claim names it. */
enum heap tip_heap(const struct tip *t);
bool tip_runs_on(const struct tip *t, enum heap heap);

/* Where on the tip's dial a sample lies; and do two samples have the same parameters, seed
 * included? */
uint64_t dial_of(const struct tip *t, const struct sample *s);
bool same_settings(const struct sample *a, const struct sample *b);

/* Write into a sample what was run: who, what, and the numbers of its settings, and
 * nothing else. */
void tip_settings(struct sample *s, const char *tip, enum role twin, const struct executor *x,
                  enum kind kind, const struct params *p);

#endif
