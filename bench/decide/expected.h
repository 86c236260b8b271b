/* SPDX-License-Identifier: MIT */
/* expected.h - what a tip expects a run to find of a claim, in each language.
 *
 * What is expected in Go is what is expected in C, unless the claim says that Go differs,
 * and why. */
#ifndef EXPECTED_H
#define EXPECTED_H

#include "decide/judge.h"

/* go: the release that is judged ("1.19.8"), "" for an unknown one, which is taken for the
 * newest. */
enum finding claim_expects(const struct claim *c, const char *lang, const char *go);

#endif
