/* SPDX-License-Identifier: MIT */
/* output.h - what a series found: for a terminal, a comment, a program. */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "trial/series.h"

#include <stdio.h>

/* At most 80 columns wide. */
void say_text(FILE *out, const struct series *s);

/* Tables in Markdown, for a comment. */
void say_markdown(FILE *out, const struct series *s);

/* Everything, with every value. */
void say_json(FILE *out, const struct series *s);

/* JUnit's XML: a test case for each measure, which fails if what is said of it is one of
 * `fail_on`. */
void say_junit(FILE *out, const struct series *s, const bool fail_on[SAID_WORDS]);

/* A script that has gnuplot draw it, to its standard output. */
void say_chart(FILE *out, const struct series *s, bool png);

#endif
