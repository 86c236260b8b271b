/* SPDX-License-Identifier: MIT */
/* executor.h - who can run twins: C on a heap, Go of a release.
 *
 * One table, a row each.  What one is, is all here, and nothing is started here:
 * process/find_executors.c starts them, and finds which are there.
 *
 * The rows of C are built in, and that of a Go of which nothing is known.  Go of a release,
 * "go1.24", is a row that is added while the program runs: because its twins are found beside
 * the program, or because a table names it that was written where they were.  A row stays
 * where it is, so that two are the same if their addresses are. */
#ifndef EXECUTOR_H
#define EXECUTOR_H

#include "pattern.h"

enum language { LANGUAGE_C, LANGUAGE_GO };

struct executor {
    char name[16];  /* in the column `lang` and after --lang: "c", "c+mimalloc", "go" */
    char title[24]; /* for people: "C", "C on mimalloc", "Go" */
    enum language language;
    enum heap heap; /* that its scenes allocate from; HEAP_DEFAULT: the tip's own */

    /* Go: what stands beside this program.  Empty in C, which is this program. */
    char program[32];  /* "twinbench-go", which takes the arguments of `twinbench one` */
    char folder[16];   /* "go": go/TIP/bad, go/TIP/good, and go/release */
    char release[32];  /* that built them, "1.19.8"; empty: none did */
    char godebug[128]; /* the behaviours of older releases that it built in; empty: none */
    char goamd64[8];   /* for which level of the processor, "v1"; empty: it knows no levels */

    /* The same code once more, at other places in memory: programs placements/1 and on, in
     * the folder, or beside this program.  0: there are none. */
    size_t placements;

    /* Its memory is limited by the address space (false); or by memory that may be written
     * (true), for a program that reserves much and uses little */
    bool caps_data;
    /* false: the exit status says how the process ended (exit.h). true: what it printed must be
     * read */
    bool ends_in_words;
    /* The columns that each of its processes reports, up to a NULL. A scene may report more.
     * NULL: all columns. */
    const char *const *tells;
};

/* The rows, C's first.  i < nexecutors(). */
size_t nexecutors(void);
const struct executor *executor_at(size_t i);

/* C on the tip's own heap, with which all others are compared. */
const struct executor *executor_c(void);

/* The row of that name, or NULL. */
const struct executor *executor_named(const char *name);

/* The same for a name from a table or from the disk: "go1.24" is added if it is not there.
 * NULL: no executor is called so, or there is no room for it. */
struct executor *executor_add(const char *name);

/* C on that heap; NULL: there is no such row. */
const struct executor *executor_on_heap(enum heap h);

/* Does each of its processes know this column? */
bool executor_tells(const struct executor *x, const char *column);

/* Is the claim about what this executor runs?  A claim on a heap is about C on that heap. */
bool executor_concerns(const struct executor *x, const struct claim *c);

/* Is it Go of a release before that one ("1.23")?  One that is not known is taken for the
 * newest. */
bool executor_is_before(const struct executor *x, const char *since);

/* The Go of the release just before, 1.26 of 1.27; NULL: it is not here. */
const struct executor *executor_before(const struct executor *x);

/* Is it a Go that is here, with its twins built? */
bool executor_is_built_go(const struct executor *x);

/* Is it a Go beside a newer one?  Of many releases only the newest is measured in full. */
bool executor_is_older(const struct executor *x);

/* Is the claim expected to be refuted there?  In Go the same is expected as in C, unless the
 * claim says that Go differs, always or from a release on.  A release that is not known counts
 * as the newest. */
bool executor_refutes(const struct executor *x, const struct claim *c);

#endif
