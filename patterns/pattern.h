/* SPDX-License-Identifier: MIT */
/* pattern.h - the contract of a tip.
 *
 * A tip is a folder patterns/<family>/<tip>/ with
 *
 *     README.md  its words, under fixed headings (patterns/README.md)
 *     tip.c      its parameter and its claims, as data: `const struct tip THIS`
 *     scene.h    what both twins stand in: `struct scene`, helpers
 *     bad.c      what people write:  `const struct twin THIS = { op };`
 *     good.c     what they meant:    the same line
 *
 * `diff bad.c good.c` is the lesson, and nothing else differs.  The Makefile
 * derives what THIS stands for from the path, so no file names itself. */
#ifndef PATTERN_H
#define PATTERN_H

#include "heap.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the command line, or the plan, sets for one run of a twin.  The dial of
 * the tip is one of the first five. */
struct params {
    uint64_t ops;     /* requests in all */
    uint64_t size;    /* how much one request does; the tip says of what */
    uint64_t clients; /* tasks that call op at the same time */
    uint64_t rate;    /* requests offered per second; 0: as fast as they are served */
    uint64_t workers; /* OS threads that run tasks */
    uint64_t seed;    /* added to i: other requests, the same for both twins */
    enum heap heap;   /* where heap_alloc() (runtime/heap.h) gets it; HEAP_DEFAULT: the tip's own */
};

enum dial { OPS, SIZE, CLIENTS, RATE, WORKERS };

/* Declared once here; each tip completes the first in its scene.h, and
 * bench/inside/sample.h has the second. */
struct scene;
struct sample;

/* One side of a tip.  op serves request number i and returns its answer: a
 * function of i alone, and the same in both twins.  It is called from
 * params.clients tasks at once.
 *
 * setup and tear_down run in a task too, before the first op and after the last
 * measurement.  A twin sets them only where the lesson lies there; else the
 * tip's own are used. */
struct twin {
    uint64_t (*op)(struct scene *s, uint64_t i);
    void (*setup)(struct scene *s, const struct params *p);
    void (*tear_down)(struct scene *s);
};

/* What the tip says a twin does. */
enum expect {
    /* a column along the dial */
    NOTHING = 0, /* no statement about this twin */
    FLAT,        /* the same at every point (a bounded column: within a factor 2) */
    GROWS,       /* from point to point, at least half in proportion to the dial */
    FALLS,       /* from point to point */
    /* the outcome of the process */
    IS_OK,    /* ends, with the right answers */
    STUCK,    /* never ends */
    PANICS,   /* ends by a panic */
    IS_WRONG, /* ends, with wrong answers */
    DIES,     /* is killed: by its memory cap, or a signal */
    /* time per op, bad against good */
    SLOWER,     /* bad takes at least claim.ratio times good's */
    SAME,       /* neither is slower by more than the margin */
    NOT_SLOWER, /* bad is not slower by more than the margin; it may be faster */
};

/* One statement that a run can find false.  column is a name of bench/inside/sample.h's
 * table; "outcome" and "time" are the two that are not counts.  For a time claim
 * only `bad` is set. */
struct claim {
    const char *column;
    enum expect bad, good;
    double ratio;       /* SLOWER: by how much at least; 0: by more than the margin */
    bool refuted;       /* people say so, and the tip expects it to be false ... */
    const char *why;    /* ... for this reason; or a remark; NULL: none */
    const char *varies; /* of a time: it differs from machine to machine, for this reason, so that
                         * the tip expects nothing; NULL: it does not */
    struct {
        const char *why;   /* the verdict in Go is the opposite, for this reason; NULL: it is not */
        const char *since; /* ... from this release on ("1.23"); NULL: in all of them */
    } go;
    enum heap heap; /* of a time: on HEAP_GLIBC or HEAP_MIMALLOC instead of the collector; this
                     * alone has the tip timed there too.  HEAP_DEFAULT: on the tip's own */
};

/* How the advice aged: one thing that is so in some releases of Go, or in all.  It is run, not
 * told: a probe or a claim shows it in each release that is here, and a run that finds
 * otherwise says so.  What no release that can be had shows has a source instead. */
struct fact {
    const char *what;  /* a sentence: "the collector takes a timer that nobody refers to" */
    const char *since; /* true from this release on and not before ("1.23"); NULL: in all */
    const char *probe; /* its name in an aged.go (bench/go/aged.go) ... */
    const char *claim; /* ... or the column of the tip's claim that holds where it is true; */
    bool gone;         /* that holds no more, rather */
    double least;      /* of "time", instead: bad takes at least so many times as long as good */
    double under;      /* ... and less than so many; 0: there is no such bound */
    bool than_before;  /* rather, good as long as good in the release just before (1.26 of 1.27) */
    const char *cited; /* the source of what is not run, or of the releases before */
};

/* A chart that a tip has beside its card.  plots/ draws it: prices that Google Benchmark found, or
 * a curve. */
enum chart {
    NO_CHART = 0,
    CLEANUP_BARS, /* what each kind of cleanup costs */
    COUNTER_BARS, /* what an addition to a counter of several tasks costs, four ways */
    POOL_CURVE,   /* what an object costs by its size, from a pool and made anew */
    TIME_CURVE,   /* how the twins' times compare by the size of a request: tip.curve */
};

#define MAX_POINTS 8
#define MAX_CLAIMS 8
#define MAX_SAYS 3
#define MAX_FACTS 6

struct tip {
    /* The x axis: which parameter, at which points, rising; and what its unit is in this tip:
     * "requests, every third of which gives up", of which a sentence takes what stands before the
     * comma. */
    enum dial dial;
    uint64_t points[MAX_POINTS]; /* ends at the first 0 */
    const char *dial_unit;

    enum chart chart; /* drawn beside its card */

    /* Values of a dial SIZE at which the twins are timed too, rising, to draw where one becomes
     * quicker than the other; nothing is claimed there.  Ends at the first 0. */
    uint64_t curve[MAX_POINTS];

    struct params defaults;          /* what the dial leaves alone; 0: the harness's own */
    struct claim claims[MAX_CLAIMS]; /* ends at the first without a column */

    /* What would be measured if the saying were true that the page quotes under "What people
     * say", as claims are written.  The label of the saying - true, myth, depends, undecided -
     * comes from these and the numbers of a run alone (bench/say/label.h): `refuted` and
     * `go` have no meaning here.  Ends at the first without a column. */
    struct claim says[MAX_SAYS];

    struct fact aged[MAX_FACTS]; /* ends at the first without a sentence */

    size_t scene_bytes; /* sizeof(struct scene); it starts as zero bytes */
    void (*setup)(struct scene *s, const struct params *p);
    void (*tear_down)(struct scene *s);
    bool gc;     /* the scene's own heap is the collector (runtime/gc.h); else glibc's */
    bool capped; /* its processes have a limit of memory, and who dies has run out of it */

    /* Columns that only this scene can fill; called when idle, before tear_down.
     * NULL: none. */
    void (*probe)(struct scene *s, struct sample *out);
};

/* Called by an op that turns its request away, with the number of the request, before it
 * returns: a refusal is an answer too, but its latency is not that of one that was served.
 * Without an offered load it does nothing. */
void op_refused(uint64_t i);

#endif
