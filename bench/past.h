/* SPDX-License-Identifier: MIT */
/* past.h - a run that is over, as a user names it. */
#ifndef PAST_H
#define PAST_H

#include <limits.h>

/* The folder of the run of that name into path, without links: NULL is the newest run,
 * else it is a folder, or the name of one in results/.  -ENOENT: said that there is no
 * run, and how to get one. */
int past_find(const char *name, char path[PATH_MAX]);

/* The results folder that a run's folder lies in; valid until the next call. */
const char *past_results(const char *folder);

#endif
