/* SPDX-License-Identifier: MIT */
/* progress.h - how far a run is, and how long it will still take.
 *
 * On a terminal one line is drawn over and over on stderr; elsewhere each phase gets
 * a line on stdout when it begins.  The time left is the guesses of what is left,
 * times how wrong the guesses have been so far. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { PROGRESS_PHASES = 16 };

/* What a phase took; one that comes several times is counted together. */
struct phase {
    char name[32];
    double wall_ms, cpu_ms; /* cpu: of all processes that ended in it */
};

struct progress {
    bool terminal;
    double planned_ms, done_ms; /* guessed */
    double start_ms;            /* by the clock */
    double plan_ms; /* since the plan was known; the time before is not in the estimate */
    double drawn_ms;
    char phase[32];
    struct phase phases[PROGRESS_PHASES];
    size_t nphases;
    double phase_wall_ms, phase_cpu_ms; /* when the present one began */
};

void progress_start(struct progress *p);

/* More work than was known so far, by a guess. */
void progress_plan(struct progress *p, double guess_ms);

/* So much of it is done. */
void progress_done(struct progress *p, double guess_ms);

void progress_phase(struct progress *p, const char *name);

/* "where the time went: counts 22 s (processors 30 s), time 4:05 min (processors 4:41 min)", of the
 * phases so far that took a second.  A phase whose processors were busy for less than the clock
 * went on mostly waited. */
void progress_print(struct progress *p, FILE *out);

/* What is being done now. */
void progress_show(struct progress *p, const char *what);

/* Take the line away, before something else is printed. */
void progress_clear(struct progress *p);

/* Milliseconds since the start, and until the end (0 if that is unknown). */
double progress_spent_ms(const struct progress *p);
double progress_left_ms(const struct progress *p);

/* "48 s", "3:05"; valid until the fourth call after it. */
const char *progress_duration(double ms);

#endif
