/* SPDX-License-Identifier: MIT */
/* commits.h - two commits of the repository that we are in, side by side. */
#ifndef COMMITS_H
#define COMMITS_H

#include "trial/trial.h"

/* Where A and B are.  All NULL: both are here, and there are no commits. */
struct commits {
    char *folder[SIDES]; /* of each commit what the folder is that we are in */
    char *label[SIDES];  /* "1a2b3c4 (main)" */
};

/* Check out both ends of "OLD..NEW" below `scratch`, each as a clone that borrows the objects of
 * the repository, and run `build` there (NULL: nothing is built).  The repository is only read:
 * it has no more worktrees and no other configuration afterwards.  What is not committed is in
 * neither.  The strings live as long as the process.  The exit status: 0, 130, or 1 or 2 that
 * has been said. */
int commits_prepare(struct commits *c, const char *range, const char *build, const char *scratch);

/* Say so if something is changed here and not committed: somebody may have meant to measure it. */
void commits_note_changes(void);

/* "1a2b3c4 (main) go1.19 BenchmarkX" in one line, malloc'd; release may be "". */
char *side_title(const struct commits *c, int side, const char *release, const char *name);

#endif
