/* SPDX-License-Identifier: MIT */
/* measure.h - what is read off a run: time, memory, and numbers that the command prints. */
#ifndef MEASURE_H
#define MEASURE_H

#include "trial/command.h"

enum { MEASURES_MAX = 12, MEASURE_NAME = 64 };

/* In the order of the lines that they get.  The first is the one that is being asked for. */
struct measure {
    char name[MEASURE_NAME];
    const char *unit;                  /* of its values: "ns", "B", or "" */
    bool is_time;                      /* more of it is called slower */
    double by;                         /* factor for a number that the pattern finds */
    struct pcre2_real_code_8 *pattern; /* of a metric; NULL: the kernel tells it */
    double (*read)(const struct run *r);
    double (*floor)(void); /* a value up to this may really be smaller; NULL: none may */
    bool is_metric;        /* somebody wrote the pattern for this trial */
};

struct measures {
    struct measure list[MEASURES_MAX];
    size_t n;
    bool left_out; /* there are more, for which there was no room */
};

/* Time, processor time, peak memory and page faults. */
void measures_start(struct measures *m);

/* One more of that name, by a regular expression of Perl's whose first group, or the whole of it,
 * is a number in what the command prints, where it matches first.  false: said what is wrong with
 * it.  The second takes "NAME: PATTERN". */
bool measures_add(struct measures *m, const char *name, const char *pattern);
bool measures_add_metric(struct measures *m, const char *metric);
void measures_free(struct measures *m);

/* The value of a measure in a run; NAN: the pattern matches nowhere, or what is not a number and
 * nothing else. */
double measure_value(const struct measure *m, const struct run *r);

#endif
