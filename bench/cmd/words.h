/* SPDX-License-Identifier: MIT */
/* words.h - all words of the tips and columns, for programs. */
#ifndef WORDS_H
#define WORDS_H

#include <jansson.h>

/* {"tips": [...], "columns": [...]}: what charts and reports are labelled with, and what
 * a run was asked.  The caller owns it.  NULL when memory runs out. */
json_t *words_json(void);

#endif
