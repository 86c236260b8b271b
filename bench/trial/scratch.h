/* SPDX-License-Identifier: MIT */
/* scratch.h - a folder for what is built, which is gone when we are, however we end. */
#ifndef SCRATCH_H
#define SCRATCH_H

/* Make it, below TMPDIR.  Its path; NULL: said why not. */
const char *scratch_make(void);

/* Remove it with all that is in it, if there is one. */
void scratch_remove(void);

#endif
