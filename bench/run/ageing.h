/* SPDX-License-Identifier: MIT */
/* ageing.h - how the tips of a run aged: every fact of theirs, by every Go that is here. */
#ifndef AGEING_H
#define AGEING_H

#include "say/aged.h"

struct ageing {
    struct aged *list; /* tip by tip, fact by fact, release by release */
    size_t n;
};

/* Run the probes of these tips.  0 or -ENOMEM, or -EINTR; list is the caller's to free. */
int ageing_find(struct ageing *a, const struct entry *const *tips, size_t ntips);

/* The answers of the facts that have a claim. */
void ageing_judge(struct ageing *a, const struct findings *f);

/* How many facts are run and how many of these are confirmed, in a line, and a line for each
 * answer that contradicts its fact.  Nothing if no Go is here. */
void ageing_print(FILE *out, const struct ageing *a);

#endif
