/* SPDX-License-Identifier: MIT */
/* lang.h - the languages that twins are written in: C, and real Go beside it.
 *
 * The Go twins are there if `make go` has built them.  What is expected of a claim in
 * Go is what is expected in C, unless the claim says that Go differs, and why. */
#ifndef LANG_H
#define LANG_H

#include "decide/judge.h"

/* "c" first. */
enum { NLANGS = 2 };
extern const char *const langs[NLANGS];

/* "c" -> "C", "go" -> "Go". */
const char *lang_word(const char *lang);

/* Can processes of this language be run here, of this tip? */
bool lang_has(const char *lang, const char *tip);

/* The release of Go that built the Go twins, "1.19.8"; "" if there are none. */
const char *lang_go(void);

/* The expected finding.  go: the release that is judged, "" for an unknown one, which
 * is taken for the newest. */
enum finding lang_expects(const struct claim *c, const char *lang, const char *go);

/* The resource (RLIMIT_...) that caps the memory of such a process. */
int lang_limit(const char *lang);

#endif
