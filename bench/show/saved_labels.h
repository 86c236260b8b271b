/* SPDX-License-Identifier: MIT */
/* saved_labels.h - the labels of a run that is over, as its labels.csv has them. */
#ifndef SAVED_LABELS_H
#define SAVED_LABELS_H

#include "say/label.h"

struct saved_labels {
    struct saying *sayings; /* over all executors alone, in the order of the file */
    size_t n;
    char *text; /* the names of their tips are in here */
};

/* Those of a run's folder into *l; saved_labels_free() gives them back.  A line whose label
 * nobody knows is left out.  -ENOENT: the run has none, for it is older; -ENOMEM. */
int saved_labels_read(const char *folder, struct saved_labels *l);
void saved_labels_free(struct saved_labels *l);

/* The label of this tip; NULL: it got none. */
const struct saying *saved_labels_find(const struct saved_labels *l, const char *tip);

#endif
