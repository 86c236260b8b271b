/* SPDX-License-Identifier: MIT */
/* grade.h - between the gates of `twinbench grade`: what a grading knows, and its processes.
 *
 * See grade.c for the gates and what each is worth. */
#ifndef GRADE_H
#define GRADE_H

#include "process/child.h"
#include "decide/judge.h"

enum {
    GRADE_ANSWERS = 40,
    GRADE_COUNTS = 40,
    GRADE_TIME = 20,
    GRADE_PATIENCE = 20,          /* times what good took, and the grace on top */
    GRADE_MEMORY_BYTES = 1 << 30, /* address space, and ... */
    GRADE_MEMORY_TIMES = 20,      /* what good had in memory: a task's stack is 17 pages of
                                   * address space, and at least one of memory */
    GRADE_SAYS = 400,
};

/* One process of each twin, with one request between them. */
struct look {
    struct sample student, good;
};

struct grading {
    const struct entry *e;
    const char *dir; /* the programs */
    uint64_t seed, grace_ms;
    bool untimed;                              /* the time is taken for granted */
    size_t points;                             /* of the dial */
    struct look looks[MAX_POINTS][COUNT_RUNS]; /* the first one always, the others on demand */
    size_t nlooks[MAX_POINTS];
    struct sample bad; /* at the last point, if it is said to end well */
    bool has_bad;
    char says[GRADE_SAYS]; /* about the gate at hand */
};

/* What became of a gate.  BROKEN: the world failed, or the good twin, and it has been said. */
enum gate { PASSED, STOPPED, BROKEN };

int64_t grade_now_ms(void);
void grade_say(struct grading *g, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* BROKEN, said on stderr: a negative errno, or a trusted twin that came out wrong. */
enum gate grade_broken(const struct grading *g, int error, const struct sample *trusted,
                       const char *why);

/* A process of that file ("good", "student"), labelled as the twin that it stands for: the
 * student's is "bad". */
int grade_run(const struct grading *g, const char *file, struct request r, struct sample *out,
              char why[CHILD_WHY]);

/* How much address space the student's twin may have, after a run of good. */
uint64_t grade_memory(const struct sample *good);

/* What is asked at a point of the dial; and asking it of both, into the next of g->looks.  why is
 * about the student's. */
struct request grade_request(const struct grading *g, enum role twin, size_t point);
enum gate grade_look(struct grading *g, size_t point, char why[CHILD_WHY]);

/* The gates with a file of their own.  *points: out of `most`. */
enum gate grade_counts(struct grading *g, int most, int *points);
enum gate grade_time(struct grading *g, int most, int *points);

/* Run bad once, where it is said to end well: its counts say which columns tell.  How many do. */
enum gate grade_bad(struct grading *g);
size_t grade_telling(struct grading *g);

#endif
