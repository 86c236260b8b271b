/* SPDX-License-Identifier: MIT */
/* grading.h - between the gates of `twinbench grade`: what a grading knows, and its processes.
 *
 * See gates.c for the gates and what each is worth. */
#ifndef GRADING_H
#define GRADING_H

#include "process/child.h"
#include "decide/judge.h"

enum {
    GRADE_ANSWERS = 40,
    GRADE_COUNTS = 40,
    GRADE_TIME = 20,
    GRADE_PATIENCE = 20,          /* times what good took, and the grace on top */
    GRADE_TRIES = 3,              /* what did not end in time is started so often in all */
    GRADE_MEMORY_BYTES = 1 << 30, /* address space, and ... */
    GRADE_MEMORY_TIMES = 20,      /* what good had in memory: a task's stack is 17 pages of
                                   * address space, and at least one of memory */
    GRADE_HELD_BYTES = 2 << 20,   /* from malloc, more than good, when all is idle */
    GRADE_SAYS = 400,
    GRADE_FIRST = 2,               /* points that are asked by who wants a first answer */
    GRADE_POINTS = MAX_POINTS + 2, /* of the dial, and two long series behind them */
};

/* One process of each twin, with one request between them. */
struct look {
    struct sample student, good;
    int64_t good_ms; /* what good took, from its start to its end */
};

/* What became of a gate.  BROKEN: the world failed.  NOT_NOW: so did the good twin, which a busy
 * machine can do; another time may tell.  Either has been said. */
enum gate { PASSED, STOPPED, BROKEN, NOT_NOW };

struct grading {
    const struct entry *e;
    const char *dir;  /* the programs */
    const char *kept; /* file for what was measured of good and bad; NULL: none */
    uint64_t seed, grace_ms;
    bool untimed;                                /* the time is taken for granted */
    bool first;                                  /* answers and counts at the first points */
    size_t points;                               /* of the dial, or the first of them */
    struct look looks[GRADE_POINTS][COUNT_RUNS]; /* the first one always, the others on demand */
    size_t nlooks[GRADE_POINTS];
    uint64_t long_ops;   /* requests of the long series; 0: there is none */
    struct params timed; /* of processes whose time has earned points, with more requests than one
                          * of them served; 0 requests: there are none */
    struct sample bad;   /* at the last point, if it is said to end well */
    bool has_bad;
    char says[GRADE_SAYS]; /* about the gate at hand */
    bool reported;         /* a sanitizer has reported something about the student's file */
    const char *takes;     /* the earlier gate whose points this one takes back; NULL: none */
};

void grade_say(struct grading *g, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* BROKEN or NOT_NOW, said on stderr: a negative errno, of which -EAGAIN and -ENOSPC are for
 * another time; or a trusted twin that came out wrong.  why: what grade_run() had from the process,
 * for -EAGAIN, too. */
enum gate grade_broken(const struct grading *g, int error, const struct sample *trusted,
                       const char *why);

/* A process of that file ("good", "student"), labelled as the twin that it stands for: the
 * student's is "bad".  One that somebody has killed is started again; -EAGAIN when that goes on. */
int grade_run(const struct grading *g, const char *file, struct request r, struct sample *out,
              char why[CHILD_WHY]);

/* The good twin's, with more and more time until it ends.  NOT_NOW if it never does.  *took_ms:
 * what that took.  grade_know_good() is content with what an earlier grading with the same seed was
 * answered; again: it is not, for that may have been on a quieter machine. */
enum gate grade_know_good(struct grading *g, const char *file, struct request r, bool again,
                          struct sample *out, int64_t *took_ms);
enum gate grade_run_good(const struct grading *g, const char *file, struct request r,
                         struct sample *out, int64_t *took_ms);

/* How much address space the student's twin may have, after a run of good; and how long it may
 * take, if good took that long. */
uint64_t grade_memory(const struct sample *good);
int64_t grade_timeout(const struct grading *g, int64_t good_ms);

/* Did a process of the student's not end in that time?  Then it is slow; a deadlock says so. */
bool grade_is_late(const struct sample *student, const char *why);

/* What is asked at a point of the dial, or in the long series, the point behind the last; and
 * asking it of both, into the next of g->looks.  why is about the student's. */
struct request grade_request(const struct grading *g, enum role twin, size_t point);
enum gate grade_look(struct grading *g, size_t point, char why[CHILD_WHY]);

/* How many points there are with the long series.  grade_plan_long() decides how long that is: from
 * what good has taken so far, and longer than anything that the tip says. */
size_t grade_points(const struct grading *g);
void grade_plan_long(struct grading *g);

/* A point's name in a sentence: "at OPS 64", "in a series of 5012 requests". */
const char *grade_where(const struct grading *g, size_t point, char to[64]);

/* What was measured of good and bad, from and into the file that an earlier grading has left.
 * find: has `file` been asked that already?  add: it has, now. */
void grade_kept_read(const struct grading *g);
void grade_kept_write(const struct grading *g);
bool grade_kept_find(const char *file, const struct request *r, struct sample *out, int64_t *ms);
void grade_kept_add(const char *file, const struct request *r, const struct sample *s, int64_t ms);

/* The gates with a file of their own.  *points: out of `most`. */
enum gate grade_counts(struct grading *g, int most, int *points);
enum gate grade_clean(struct grading *g);
enum gate grade_time(struct grading *g, int most, int *points);

/* What malloc gave out and did not get back, for each request that a longer series has more. Before
 * that, the runtime fills what it keeps for later; and later too, where more tasks are alive at a
 * time. */
double grade_malloc_each(const struct sample *some, const struct sample *all);

/* Run bad once, where it is said to end well: its counts say which columns tell.  How many do. */
enum gate grade_bad(struct grading *g);
size_t grade_telling(struct grading *g);

/* --- what is told ------------------------------------------------------------------------- */

/* The result of a grading, gate by gate, told once and at the end: as one JSON document on a
 * descriptor that no child inherits, or as lines on stdout if there is none (-1). */
struct record;
struct record *record_make(int fd); /* NULL: no memory, or no such descriptor */

/* One gate as the grading stands.  Points are cut to 0..of.  A gate told twice is a bug, and ends
 * the program. */
void record_gate(struct record *r, const struct grading *g, const char *name, bool passed,
                 int points, int of);

/* 0 or a negative errno; frees r. */
int record_end(struct record *r);

#endif
