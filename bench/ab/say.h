/* SPDX-License-Identifier: MIT */
/* say.h - what a trial found: for a terminal, a comment, a program. */
#ifndef SAY_H
#define SAY_H

#include "ab/trial.h"

#include <stdio.h>

/* At most 80 columns wide. */
void say_text(FILE *out, const struct trial *t);

/* A table in Markdown, for a comment. */
void say_markdown(FILE *out, const struct trial *t);

/* Everything, with every value; and a test case for each measure, which fails if
 * what is said of it is one of `fail_on`, as JUnit's XML. */
void say_json(FILE *out, const struct trial *t);
void say_junit(FILE *out, const struct trial *t, const bool fail_on[SAID_WORDS]);

#endif
