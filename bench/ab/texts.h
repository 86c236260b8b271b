/* SPDX-License-Identifier: MIT */
/* texts.h - command lines put together, complaints, and what a command says when asked.
 *
 * All of this is before anything is measured.  Where memory runs out the process ends. */
#ifndef TEXTS_H
#define TEXTS_H

#include "trial/command.h"

/* A line on stderr that begins with ours.  Returns 1, the exit status. */
int ab_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A text of that form, malloc'd. */
char *text_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* As one word of a shell's, malloc'd. */
char *text_quoted(const char *word);

/* As the text of a regular expression that matches it and no other name, malloc'd; between: what
 * stands instead of each '/'. */
char *text_exactly(const char *name, const char *between);

/* The first line that is not empty, cut to a screen's width.  Valid until the next call. */
const char *text_first_line(const char *text);

/* Have sh run a text in a folder (NULL: here), at most so many seconds.  0, and *r is the
 * caller's, also if it failed; else the exit status: 1, which was said, or 130. */
int ask(const char *folder, const char *text, int limit_s, struct run *r);

/* The same for a build, which leaves what it needs for a while in `scratch`, also if it is ended,
 * and is no part of a make that started us. */
int ask_to_build(const char *folder, const char *text, int limit_s, const char *scratch,
                 struct run *r);

#endif
