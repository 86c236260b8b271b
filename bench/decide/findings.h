/* SPDX-License-Identifier: MIT */
/* findings.h - everything that a run's samples say, and the tables made of it.
 *
 * Samples in, verdicts out: nothing is kept between the two, so a run that was
 * interrupted, resumed, or judged again later comes to the same words. */
#ifndef FINDINGS_H
#define FINDINGS_H

#include "decide/decide.h"
#include "decide/growth.h"
#include "decide/judge.h"
#include "store/store.h"

/* A pair that was timed, whether its tip claims something about time or not. */
struct pairing {
    const char *tip; /* "null" for the null pair */
    const char *lang;
    bool claimed;
    struct decision decision;
};

/* Growth of resident memory, for a twin. */
struct memory {
    const char *tip, *twin, *lang;
    struct growth growth;
};

struct findings {
    struct verdict *verdicts; /* the null pair first, then tip by tip */
    size_t nverdicts;
    struct pairing *pairings;
    size_t npairings;
    struct memory *memories;
    size_t nmemories;
    bool untrusted; /* the null pair came out different: no verdict on time counts */
};

/* Judge these tips.  0 or -ENOMEM; the findings are the caller's to free. */
int findings_make(struct findings *f, const struct entry *const *tips, size_t ntips,
                  const struct rule *r, const struct sample *samples, size_t n);
void findings_free(struct findings *f);

/* verdicts.csv, blocks.csv, times.csv and slopes.csv into the run's folder.  0 or a
 * negative errno. */
int findings_store(const struct findings *f, struct store *s, const struct entry *const *tips,
                   size_t ntips, const struct sample *samples, size_t n);

#endif
