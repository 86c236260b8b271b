/* SPDX-License-Identifier: MIT */
/* lang.h - the languages that twins are written in: C, and real Go beside it.
 *
 * The Go twins are there if `make go` has built them. */
#ifndef LANG_H
#define LANG_H

#include <stdbool.h>

/* "c" first. */
enum { NLANGS = 2 };
extern const char *const langs[NLANGS];

/* Can processes of this language be run here, of this tip? */
bool lang_has(const char *lang, const char *tip);

/* The release of Go that built the Go twins, "1.19.8"; "" if there are none. */
const char *lang_go(void);

/* The resource (RLIMIT_...) that caps the memory of such a process. */
int lang_limit(const char *lang);

#endif
