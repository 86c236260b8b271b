/* SPDX-License-Identifier: MIT */
/* formats.h - what `go test -bench` prints, hyperfine's JSON and Google Benchmark's. */
#ifndef FORMATS_H
#define FORMATS_H

#include "trial/trial.h"

#include <jansson.h>

/* Results in the order of the file.  NAN: this one lacks that measure. */
struct results {
    struct result {
        int side;
        double value[MEASURES_MAX];
    } *list;
    size_t n, room;
    bool ordered;     /* they ran in this order */
    char a_name[100]; /* what one is called in the file; empty: nothing is in it */
};

/* Add what a file of any of these formats holds of these names, and what its results measure.  A
 * name that is NULL is not looked for.  The exit status: 0, or 1 that was said, also if there is
 * nothing of a name. */
int results_read_file(struct results *all, struct measures *m, const char *path,
                      const char *const name[SIDES]);

/* Of Google Benchmark's JSON: is that result no mean of others?  What went wrong in it; NULL:
 * nothing.  Is that a number that was measured?  The unit of a measure of that name. */
bool google_is_value(const json_t *result);
const char *google_error(const json_t *result);
bool google_is_measure(const char *key, const json_t *value);
void google_unit(struct measure *m, const json_t *result);

/* The unit of what `go test -bench` calls "ns/op", "B/op", or anything else. */
void go_unit(struct measure *m, const char *unit);

#endif
