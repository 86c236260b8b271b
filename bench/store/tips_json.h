/* SPDX-License-Identifier: MIT */
/* tips_json.h - all words of the tips and columns, for programs. */
#ifndef TIPS_JSON_H
#define TIPS_JSON_H

#include <jansson.h>

/* {"tips": [...], "columns": [...]}: what charts and reports are labelled with, and what
 * a run was asked.  The caller owns it.  NULL when memory runs out. */
json_t *tips_json(void);

#endif
