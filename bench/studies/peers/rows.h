/* SPDX-License-Identifier: MIT */
/* rows.h - time the rows of one peer, in C and C++ (peer.go has the same in Go).
 *
 * A row is a function that does at least n operations and says how many it did.
 * n is doubled until a call takes two milliseconds twice in a row, which also warms the
 * row up.  Then three batches of four times as many are timed; the median counts.  What a row
 * prepares and clears away is kept out of its time with watch_pause() and watch_resume().  A row of
 * another unit gives its figure itself, once. */
#ifndef ROWS_H
#define ROWS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BATCHES = 3, TRIAL_NS = 2000 * 1000, LONGER = 4 };

struct row {
    const char *name;
    long (*run)(long n);
    double (*figure)(void); /* or this, and no run */
};

static int64_t watch_ns, watch_since;

static inline int64_t watch_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static inline void watch_resume(void)
{
    watch_since = watch_now();
}

static inline void watch_pause(void)
{
    watch_ns += watch_now() - watch_since;
}

/* Nanoseconds an operation; *spent: of all of them. */
static inline double row_batch(const struct row *r, long n, int64_t *spent)
{
    long done;

    watch_ns = 0;
    watch_resume();
    done = r->run(n);
    watch_pause();
    *spent = watch_ns;
    return (double)watch_ns / (double)done;
}

/* Do n operations take long enough?  Twice in a row they must: a first call is slow, and so is
 * one in which the process lost its core. */
static inline bool row_is_long(const struct row *r, long n)
{
    int64_t spent = 0;

    row_batch(r, n, &spent);
    if (spent >= TRIAL_NS)
        row_batch(r, n, &spent);
    return spent >= TRIAL_NS;
}

static inline double row_measure(const struct row *r)
{
    double batch[BATCHES];
    int64_t spent;
    long n = 8;

    while (!row_is_long(r, n))
        n *= 2;
    for (int i = 0; i < BATCHES; i++) {
        double ns = row_batch(r, n * LONGER, &spent);
        int at = i;

        for (; at && batch[at - 1] > ns; at--)
            batch[at] = batch[at - 1];
        batch[at] = ns;
    }
    return batch[BATCHES / 2];
}

/* Print "name figure" for each row in names, NULL-terminated; all if it is empty. */
static inline void rows_run(const struct row *rows, size_t nrows, char **names)
{
    for (const struct row *r = rows; r < rows + nrows; r++) {
        char **name = names;

        while (*name && strcmp(*name, r->name))
            name++;
        if (*name || !*names)
            printf("%s %.4g\n", r->name, r->figure ? r->figure() : row_measure(r));
        fflush(stdout);
    }
}

/* Resident memory of this process. */
static inline double rss_bytes(void)
{
    long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");

    if (!f || fscanf(f, "%*d %ld", &pages) != 1)
        pages = 0;
    if (f)
        fclose(f);
    return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

#endif
