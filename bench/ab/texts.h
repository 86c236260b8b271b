/* SPDX-License-Identifier: MIT */
/* texts.h - command lines put together, and what a command says when asked.
 *
 * All of this is before anything is measured.  Where memory runs out the process ends. */
#ifndef TEXTS_H
#define TEXTS_H

#include "trial/command.h"
#include "trial/complain.h"

/* A text of that form, malloc'd. */
char *text_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* As one word of a shell's, malloc'd. */
char *text_quoted(const char *word);

/* As a regular expression that matches this name and no other, malloc'd; `between` takes the place
 * of each '/': "/", or "$/^" where a framework matches part by part. */
char *text_exactly(const char *name, const char *between);

/* The first line that is not empty, cut to a screen's width.  Valid until the next call. */
const char *text_first_line(const char *text);

/* Have sh run a text in a folder (NULL: here), at most so many seconds.  0: it has ended, as
 * r->status says, and *r is the caller's.  Else the exit status: 1, which was said, or 130. */
int ask(const char *folder, const char *text, int limit_s, struct run *r);

/* The same for what the user's budget limits, and knows by another name. */
int ask_within_budget(const char *folder, const char *text, const char *shown, int limit_s,
                      struct run *r);

/* The same for a build: its temporary files are in `scratch`, where they go even if it is killed,
 * and it is no part of a make that started us. */
int ask_to_build(const char *folder, const char *text, int limit_s, const char *scratch,
                 struct run *r);

#endif
